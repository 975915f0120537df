/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The cells of a list that was copied or exported: one row a line, cells between tabs, semicolons or commas, in double
 * quotes where one has such a character, a line feed or a quote (doubled) in it.
 */
#ifndef SCUPGRADE_CELLS_H
#define SCUPGRADE_CELLS_H

#include "core/arena.h"

struct cells {
	const char *at, *end; /* what is left to read; borrowed */
	char separator;       /* '\0': of each line its own: a tab if it has one, else a semicolon, else a comma */
	unsigned line;        /* from 1, of the row that comes next; 0 counts as 1 */
};

struct cell_row {
	const char *const *cells; /* without blanks at their ends, unless in quotes; in ARENA */
	size_t count;             /* at least 1 */
	char separator;           /* that this row has; '\0': none */
	unsigned line;            /* where it starts */
};

/* The next row that has anything in it. False: there is none. A quote that is never closed reaches to the end of the
 * line. */
bool cells_next(struct cells *cells, struct arena *arena, struct cell_row *row);

#endif
