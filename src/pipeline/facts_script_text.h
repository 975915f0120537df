/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The collector's text that no product owns, for facts_script.c alone. A line that is {slot} gives way to the lines
 * that products have for it; {services}, {service-patterns}, {statements} and {databases} to what their tables have.
 */
#ifndef SCUPGRADE_FACTS_SCRIPT_TEXT_H
#define SCUPGRADE_FACTS_SCRIPT_TEXT_H

#include "core/base.h"

/* facts_script_first.c, facts_script_rest.c: both end with NULL. */
extern const char *const facts_script_first[], *const facts_script_rest[];

#endif
