/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Writing JSON text.
 */
#ifndef SCUPGRADE_JSON_H
#define SCUPGRADE_JSON_H

#include "core/strbuf.h"

/* Adds TEXT as a JSON string with its quotes; NULL gives null. What text_is_unsafe() names (controls and DEL among
 * it) is written as \uXXXX, line feed, carriage return and tab as \n, \r, \t, so that JSON on a terminal is safe
 * too. A bad byte becomes U+FFFD. */
void json_string(struct strbuf *out, const char *text);
/* BEFORE ("{" or ", ") as it stands, then "KEY": . KEY is ours and needs no escape. */
void json_key(struct strbuf *out, const char *before, const char *key);
/* The same, and VALUE as a string. */
void json_member(struct strbuf *out, const char *before, const char *key, const char *value);

#endif
