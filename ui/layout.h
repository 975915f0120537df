/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Where things stand on a screen of some size: pure geometry, no drawing.
 */
#ifndef SCUPGRADE_LAYOUT_H
#define SCUPGRADE_LAYOUT_H

#include "ui/canvas.h"

#define LAYOUT_MIN_ROWS 10
#define LAYOUT_MIN_COLUMNS 40

struct layout {
	bool too_small;              /* below 40x10: one line, wait */
	int title_row;               /* 0 */
	bool has_rail;               /* from 72 columns on */
	struct rect rail;
	struct rect page_title;      /* one row */
	struct rect body;
	int button_row;
	struct rect buttons;
	int hint_row, hint_rows;     /* 2; 0 under 18 rows: then a message stands on the key line */
	int line_row;                /* above hints and keys; 0: none, under 14 rows */
	int key_row;                 /* the last one */
	bool has_side_help;          /* from 120 columns on: help beside the form */
	struct rect side_help;
};

/* RAIL_WIDTH: cells of the longest entry of the rail. */
struct layout layout_of(int rows, int columns, int rail_width);

/* The side help's width goes to the body: for pages that are no forms. */
void layout_drop_side_help(struct layout *layout);

/* The rail's width goes to the body, and the row of the page's title too: for pages that need every cell. */
void layout_take_all(struct layout *layout);

/* Room for a message of so many lines at the bottom of a low screen, at most two: the buttons' row and one of the
 * body. */
void layout_make_message(struct layout *layout, int lines);

/* Scrolling: the first visible of COUNT items with ROOM rows, so that AT is visible, moving as little as possible
 * from FIRST. */
int layout_scroll(int first, int at, int count, int room);

#endif
