/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The collector's text that no product owns, for facts_script.c alone. A line that is {slot} gives way to the lines
 * that products have for it, as far in as itself; {services}, {service-patterns}, {statements}, {databases} and {known}
 * to what tables have, {path} to the folder that the file goes to.
 */
#ifndef SCUPGRADE_FACTS_SCRIPT_TEXT_H
#define SCUPGRADE_FACTS_SCRIPT_TEXT_H

#include "core/base.h"

/* Of the sources of the same names, in this order; each ends with NULL. */
extern const char *const facts_script_first[], *const facts_script_tools[], *const facts_script_machine[],
	*const facts_script_rest[];

#endif
