/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The program's regular expressions, by name. The only module that knows PCRE2.
 *
 * Patterns are constants of the program, never from a file. Those with a name match the whole text, as UTF-8, with
 * small limits: a subject over 4,096 bytes or a match that takes too long is "no".
 */
#ifndef SCUPGRADE_PATTERN_H
#define SCUPGRADE_PATTERN_H

#include "core/base.h"

enum pattern_id {
	PATTERN_DATE,             /* 2026-11-21: month and day in range, not whether the month has that day */
	PATTERN_UTC_TIME,         /* 2026-11-21T14:02:07Z */
	PATTERN_KEY,              /* a plan key: kebab-case words joined by dots */
	PATTERN_VERSION,          /* 7.1.10226.1304: two to four numbers of at most nine digits */
	PATTERN_HEX,              /* hex digits */
	PATTERN_LICENCE_KEY,      /* five groups of five letters or digits */
	PATTERN_ID_COUNT
};

bool pattern_matches(enum pattern_id id, const char *text);
void pattern_free_all(void);              /* for leak checkers */

/* ---- patterns of a table, looked for in text of any length ---- */

/* Compiled when first used, by PCRE2's just-in-time compiler where it is there. ASCII letters count without case,
 * bytes are bytes, "." is anything but a line feed. Constants of the program too; each must take time linear in the
 * text (no repetition inside a repetition), for the text is anybody's. */
struct pattern_set;

struct pattern_span {
	size_t start, end;
};

#define PATTERN_GROUPS 3u

struct pattern_set *pattern_set_new(size_t count);        /* owned: free with pattern_set_free */
void pattern_set_free(struct pattern_set *set);           /* NULL is fine */
/* Whether SOURCE, which is always the same for INDEX, is found in the LENGTH bytes at TEXT. SPANS (may be NULL): the
 * match, then its groups (0, 0 for those that are not there). A match that takes too long is "no". */
bool pattern_search(struct pattern_set *set, size_t index, const char *source, const char *text, size_t length,
		    struct pattern_span spans[PATTERN_GROUPS]);
bool pattern_is_sound(const char *source);                /* whether it can be compiled; for tests of tables */

#endif
