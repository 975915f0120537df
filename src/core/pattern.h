/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The program's regular expressions, by name. The only module that knows PCRE2.
 *
 * Patterns are constants of the program, never from a file. They match the whole text, as UTF-8, with small limits: a
 * subject over 4,096 bytes or a match that takes too long is "no".
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

#endif
