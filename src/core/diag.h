/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Findings: the one error type.
 *
 * A finding says how bad, where (file:line:column when it came from a file), which key, what is wrong with what was
 * read, what would be right, and has a stable kebab-case code that the manual lists. Functions that can find something
 * wrong take a struct diags (or a struct report, which knows the place already) last and return false exactly when they
 * added an error; they go on after the first one where it makes sense.
 */
#ifndef SCUPGRADE_DIAG_H
#define SCUPGRADE_DIAG_H

#include "core/arena.h"
#include "core/strbuf.h"

enum severity { SEV_NOTE, SEV_WARNING, SEV_ERROR };

struct place {
	const char *file;           /* borrowed; NULL: none */
	unsigned line, column;      /* from 1; line 0: no place. Columns count characters. */
};

struct diag {
	enum severity severity;
	const char *code;           /* static */
	struct place at;
	const char *path;           /* key such as "accounts.data-access.user" or "servers[2].name"; "" for none */
	const char *text, *hint;    /* hint: what would be right, "" for none */
};

struct diags {
	struct arena *arena;        /* holds paths, texts and hints; made by the first finding */
	struct diag *items;
	size_t count, room;
	size_t errors, warnings;
};

#define DIAGS_INIT { NULL, NULL, 0, 0, 0, 0 }

void diags_clear(struct diags *diags);
/* PATH, HINT and the text are copied; AT.file is borrowed. */
void diags_add(struct diags *diags, enum severity severity, const char *code, struct place at, const char *path,
	       const char *hint, const char *format, ...) PRINTF_LIKE(7, 8);
void diags_add_all(struct diags *to, const struct diags *from);
/* The same, where what is wrong is told and stops nothing: errors are warnings then. */
void diags_add_mild(struct diags *to, const struct diags *from);
/* The first of SEVERITY, or NULL. Borrowed until the next one is added. */
const struct diag *diags_first(const struct diags *diags, enum severity severity);
/* Takes those out that KEEP does not want. */
void diags_filter(struct diags *diags, bool (*keep)(const struct diags *diags, size_t index, const void *data),
		  const void *data);
/* Errors first, then warnings, then notes; each by file, line, column; stable; those without a place last. */
void diags_sort(struct diags *diags);

/* Where the findings about one value go. The path is made only when there is something to say, by PATH_OF. */
struct report {
	struct diags *diags;
	struct place at;
	const char *path;           /* borrowed; or NULL and then */
	void (*locate)(struct report *report);    /* fills AT and PATH (in diags' arena) from DATA, once */
	const void *data[3];
};

/* Adds a finding at REPORT's place. HINT may be "". REPORT->locate is called by the first one only, and is NULL
 * then. */
void report_add(struct report *report, enum severity severity, const char *code, const char *hint,
		const char *format, ...) PRINTF_LIKE(5, 6);
/* The same with SEV_ERROR; returns false, so that a rule can say "return report_error(...)". */
bool report_error(struct report *report, const char *code, const char *hint, const char *format, ...)
	PRINTF_LIKE(4, 5);

const char *severity_name(enum severity severity);         /* "note", "warning", "error" */

/* One finding as compilers print it: "plan.yaml:12:9: error: accounts.data-access.user: text [code]" and, indented on
 * a line of its own, the hint; each line with its line feed. All of it filtered by text_visible. */
void diag_format(struct strbuf *out, const struct diag *diag);
void diags_print(const struct diags *diags, FILE *out);
/* A JSON array, one object a line, with the keys severity, code, file, line, column, path, text, hint. Without a place,
 * file, line and column are null. No line feed after the last bracket. */
void diags_json(struct strbuf *out, const struct diags *diags);

#endif
