/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What the sources of winname share, and nobody else uses.
 *
 * Every text of a finding starts with what was read, in quotes and filtered: "CON" is a name that ...
 */
#ifndef SCUPGRADE_WINNAME_COMMON_H
#define SCUPGRADE_WINNAME_COMMON_H

#include "win/winname.h"

/* Adds a finding: TEXT in quotes, cut when it is very long, then a blank and the formatted rest. */
void name_finding(struct report *to, enum severity severity, const char *code, const char *hint, const char *text,
		  const char *format, ...) PRINTF_LIKE(6, 7);

/* The beginning of every rule: False when TEXT is empty (an error with CODE) or has an unsafe character. */
bool name_begin(const char *text, struct report *to, const char *code, const char *hint);

/* False, with an error, when TEXT has one of the bytes of FORBIDDEN; the finding lists them. WHAT: "A folder name". */
bool name_without(const char *text, const char *forbidden, struct report *to, const char *code, const char *hint,
		  const char *what);
/* False, with an error, when TEXT has more than MAX UTF-16 units. */
bool name_fits(const char *text, size_t max, struct report *to, const char *code, const char *hint, const char *what);
/* False, with an error, when TEXT starts or ends with a blank. */
bool name_trimmed(const char *text, struct report *to, const char *code, const char *hint);
/* Warns when TEXT has Latin letters and Cyrillic or Greek ones. */
void name_scripts(const char *text, struct report *to);

/* The LENGTH bytes at TEXT on their own. Owned: strbuf_clear. */
struct strbuf name_part(const char *text, size_t length);

static inline bool is_ascii_letter(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static inline bool is_ascii_digit(char c)
{
	return c >= '0' && c <= '9';
}

bool all_digits(const char *text);            /* false for "" */
bool all_ascii(const char *text);
bool in_fold(const char *text, const char *const *words, size_t count);

/* rule_host with CODE for its errors; an IPv4 address is a warning with ADDRESS, otherwise an error. */
bool name_host(const char *text, struct report *to, const char *code, const char *hint, bool address);

#endif
