/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Where a mistake in YAML likely is. BYTES up to END are the whole text, UNTIL is where the parser gave up.
 */
#ifndef SCUPGRADE_YAMLGUESS_H
#define SCUPGRADE_YAMLGUESS_H

#include "core/base.h"

/* The colon of a key right before UNTIL that has no blank behind it; NULL: there is none, or a good line between. */
const char *yaml_tight_colon(const char *bytes, const char *until, const char *end);
/* A blank that is none to YAML where one belongs, in the line of UNTIL or the one above; NULL: none. *CODE gets it. */
const char *yaml_odd_blank(const char *bytes, const char *until, const char *end, uint32_t *code);
/* The quote that opens in one line and is closed by that of a later one, the last before UNTIL; NULL: none. */
const char *yaml_runaway_quote(const char *bytes, const char *until, const char *end);

#endif
