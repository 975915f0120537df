/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Making command lines and reading them back as Windows does; shared by the tests of winquote.
 */
#ifndef SCUPGRADE_TESTS_QUOTED_LINES_H
#define SCUPGRADE_TESTS_QUOTED_LINES_H

#include "decoders.h"
#include "win/winquote.h"

/* Holds one command and what came of it. */
struct result {
	struct strbuf line;
	struct diags diags;
	char *findings;
	bool fine;
};

/* Fails unless the result, the findings and the line agree with each other. Clear the result. */
struct result make_line(const struct command_words *command, enum shell shell, const struct password_source *passwords);
void result_clear(struct result *result);

/* A command with one switch or property whose value is VALUE; WORDS has room for two and more. */
struct command_words one_switch(struct word *words, const char *value, enum word_reader reader);

/* The words of a line by the rules of READER: both C readers have to agree. */
void read_arguments(struct decoded *out, const char *line, enum word_reader reader);

/* Fails unless LINE, run by SHELL on a real system, gives exactly the words of COMMAND with PASSWORD for passwords. */
void assert_round_trip(const char *line, const struct command_words *command, enum shell shell, const char *password);

#endif
