/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What stands in a cell of a list of rows.
 */
#ifndef SCUPGRADE_CELLS_H
#define SCUPGRADE_CELLS_H

#include "wizard/wizard.h"

/* COLUMN of RECORD as text with the short labels of its choices; "" where the column does not apply. In ARENA. */
const char *cell_text(struct wizard *wizard, const struct field *column, const struct record *record,
		      struct arena *arena);

#endif
