/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Command lines for Windows as layers: value -> switch -> words -> shell text.
 *
 * A command is a list of words, never pasted text. Each layer encodes or refuses; a refusal names the reason and a
 * target that can carry the value. Every line is decoded again before it is handed out: what does not decode to exactly
 * the intended words is never shown. The rules are those that Windows' own documents print.
 */
#ifndef SCUPGRADE_WINQUOTE_H
#define SCUPGRADE_WINQUOTE_H

#include "core/diag.h"
#include "core/secret.h"

enum word_form {
	WORD_PLAIN,           /* VALUE alone: "/silent", "setup.exe", a path */
	WORD_COLON,           /* /NAME:VALUE, no blank after the colon (NAME is given without the slash) */
	WORD_PROPERTY         /* NAME=VALUE or NAME="VALUE" */
};

struct word {
	enum word_form form;
	const char *name;         /* NULL for WORD_PLAIN */
	const char *value;        /* NULL when the value is a password */
	const char *account;      /* not NULL: the value is the password of this account, e.g. "accounts.data-access" */
};

/* Who splits the line into words: the C runtime's rules (\" is a quote), or Windows Installer's for properties ("" is
 * one). */
enum word_reader { READER_ARGV, READER_MSI };

struct command_words {
	const struct word *items;     /* items[0] is the program, WORD_PLAIN */
	size_t count;                 /* 0: there is no command, and its line is empty */
	enum word_reader reader;
};

enum shell { SHELL_CMD, SHELL_POWERSHELL, SHELL_ARGV, SHELL_COUNT };

/* Whether both are the same line, with the same passwords left open. */
bool command_words_equal(const struct command_words *a, const struct command_words *b);

const char *shell_name(enum shell shell);                      /* "cmd", "powershell", "argv" */
bool shell_find(const char *name, enum shell *shell);

/* How passwords appear. LOOKUP NULL: each as the word <password>, bare, which every shell refuses to run (a product key
 * as <product-key>). Otherwise the secret of an account; NULL from LOOKUP, or an empty secret, means the placeholder
 * for that one. */
struct password_source {
	const struct secret *(*lookup)(const void *data, const char *account);
	const void *data;
};

/* Adds COMMAND as one line for SHELL to OUT, without a line feed; an argv line is a JSON array of strings. PASSWORDS
 * may be NULL (placeholders). False: refused, OUT is as it was, and TO has the reason, which names the switch and never
 * the password. Errors: "cmd-cannot-carry", "powershell-cannot-carry", "argv-cannot-carry", "cannot-verify". Warnings:
 * "cmd-exclamation", "tab-in-value", "blank-slash", "msi-brackets". The caller wipes OUT (strbuf_clear) when it holds
 * passwords. */
bool winquote_line(struct strbuf *out, const struct command_words *command, enum shell shell,
		   const struct password_source *passwords, struct report *to);

/* One word as the started program receives it: "/InstallPath:D:\System Center", "SITENAME=My Site"; placeholders for
 * passwords. */
void winquote_word(struct strbuf *out, const struct word *word);
/* What stands before the value: "/InstallPath:", "SITENAME=", or nothing. */
void winquote_lead(struct strbuf *out, const struct word *word);
/* A public property of Windows Installer is written as Microsoft's own samples write it: NAME="value", always. */
bool winquote_is_public(const struct word *word);

/* The pieces, for scripts and tests. The encoders add to OUT and return false (OUT unchanged) for what the target
 * cannot carry: control characters but the tab, characters that cannot be seen, bytes that are not UTF-8, an empty SQL
 * name. */
bool quote_argv(struct strbuf *out, const char *value);        /* "...", \" inside, backslashes doubled before " */
bool quote_msi(struct strbuf *out, const char *value);         /* "...", "" inside */
bool quote_powershell(struct strbuf *out, const char *value);  /* '...' with all five quote characters doubled */
bool quote_sql_text(struct strbuf *out, const char *value);    /* N'...' with ' doubled */
bool quote_sql_name(struct strbuf *out, const char *value);    /* [...] with ] doubled */

#endif
