/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What the pop-ups of view.h are made of: shared by dialog.c and by every other file that draws one.
 */
#ifndef SCUPGRADE_DIALOG_H
#define SCUPGRADE_DIALOG_H

#include "core/wrap.h"
#include "ui/loop.h"
#include "ui/view.h"

/* A box in the middle for ROWS x COLUMNS cells, smaller when the canvas is. Returns the space inside. */
struct rect dialog_box(struct canvas *canvas, const char *title, int rows, int columns);
int dialog_width(const struct canvas *canvas);           /* columns for running text inside a box */
/* A row of buttons at its right end, as areas ACTION_BUTTON. Sets the cursor when one has the focus (-1: none).
 * Returns their number. */
int dialog_buttons(struct canvas *canvas, struct rect row, const char *const *labels, int focused);
/* The line of keys while a dialog is open: KEYS and their names in turn, ending with NULL. */
void dialog_keys(struct canvas *canvas, const char *const *keys);
bool dialog_closes(const struct ui *ui, const struct key *key);      /* Esc, or the program ends */

#endif
