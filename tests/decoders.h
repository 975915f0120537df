/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * How Windows programs read a command line, written from the published rules and apart from src/. For tests only.
 *
 * The readers are as lenient as the real ones: they show what a bad line would do instead of refusing it.
 */
#ifndef SCUPGRADE_TESTS_DECODERS_H
#define SCUPGRADE_TESTS_DECODERS_H

#include <stdbool.h>
#include <stddef.h>

#define DECODED_MAX 64

struct decoded {
	char *items[DECODED_MAX];         /* owned */
	size_t count;
};

void decoded_clear(struct decoded *decoded);

/* The whole line, program first. */
void decode_crt(struct decoded *out, const char *line);              /* C runtime of Visual C++ 2008 and later */
void decode_shell32(struct decoded *out, const char *line);          /* CommandLineToArgvW and older runtimes */

/* What stands behind the program, by Windows Installer's rules: quotes taken off, "" inside them is one quote. */
void decode_msi(struct decoded *out, const char *arguments);

/* What cmd.exe makes of a line typed at its prompt. */
struct prompt_line {
	char *text;                       /* owned: what the program gets, every %NAME% replaced by "?" */
	bool second_command, redirection, expansion, open_quote;
};

void decode_prompt(struct prompt_line *out, const char *line);
void prompt_line_clear(struct prompt_line *line);

/* A statement "Start-Process -Name value ...": words and '...' strings, sums of strings in parentheses. */
struct statement {
	char *program, *arguments;        /* owned; NULL: not given */
	bool wait, syntax_error;
	size_t strings;                   /* how many '...' there were */
};

void decode_statement(struct statement *out, const char *line);
void statement_clear(struct statement *statement);

/* A JSON array of strings; false when it is something else. */
bool decode_json_array(struct decoded *out, const char *json);

#endif
