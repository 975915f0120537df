/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Where things stand. The numbers come from the 80x24 drawings; everything else follows from them.
 */
#include "ui/layout.h"

#define RAIL_FROM 72            /* columns from which the rail stands at the left */
#define SIDE_HELP_FROM 120
#define SIDE_HELP_COLUMNS 36
#define SIDE_HELP_MOST 64
#define HINTS_FROM 18           /* rows from which the hints have their two lines */
#define LOWER_LINE_FROM 14            /* rows from which the lower line is affordable */

static void place_rows(struct layout *layout, int rows)
{
	int bottom;

	layout->title_row = 0;
	layout->key_row = rows - 1;
	layout->hint_rows = rows >= HINTS_FROM ? 2 : 0;
	layout->hint_row = layout->key_row - layout->hint_rows;
	layout->line_row = rows >= LOWER_LINE_FROM ? layout->hint_row - 1 : 0;
	bottom = layout->line_row ? layout->line_row : layout->hint_row;
	layout->button_row = bottom - 1;
	layout->page_title = (struct rect){ .row = 2, .rows = 1 };
	layout->body.row = layout->hint_rows ? 4 : 3;
	layout->body.rows = layout->button_row - layout->body.row;
	layout->buttons = (struct rect){ .row = layout->button_row, .rows = 1 };
	layout->rail = (struct rect){ .row = 2, .rows = bottom - 2 };
	layout->side_help = (struct rect){ .row = layout->body.row, .rows = layout->body.rows };
}

static void place_columns(struct layout *layout, int columns, int rail_width)
{
	int left = 1, right = columns - 1;

	layout->has_rail = columns >= RAIL_FROM;
	if (layout->has_rail) {
		layout->rail.columns = rail_width > columns / 3 ? columns / 3 : rail_width;
		left = layout->rail.columns + 2;
	}
	layout->page_title.column = layout->buttons.column = layout->body.column = left;
	layout->page_title.columns = layout->buttons.columns = layout->body.columns = right - left;
	layout->has_side_help = columns >= SIDE_HELP_FROM;
	if (layout->has_side_help) {
		int help = SIDE_HELP_COLUMNS + (columns - SIDE_HELP_FROM) / 2;

		help = help > SIDE_HELP_MOST ? SIDE_HELP_MOST : help;
		layout->body.columns -= help + 3;
		layout->side_help.column = right - help;
		layout->side_help.columns = help;
	}
}

struct layout layout_of(int rows, int columns, int rail_width)
{
	struct layout layout = { .too_small = rows < LAYOUT_MIN_ROWS || columns < LAYOUT_MIN_COLUMNS };

	if (layout.too_small)
		return layout;
	place_rows(&layout, rows);
	place_columns(&layout, columns, rail_width);
	return layout;
}

void layout_drop_side_help(struct layout *layout)
{
	if (!layout->has_side_help)
		return;
	layout->has_side_help = false;
	layout->body.columns = layout->buttons.columns;
}

void layout_take_all(struct layout *layout)
{
	int right = layout->body.column + layout->body.columns, bottom = layout->body.row + layout->body.rows;

	layout->has_rail = false;
	layout->body.column = layout->buttons.column = 1;
	layout->body.columns = layout->buttons.columns = right - 1;
	layout->body.row = layout->page_title.row;
	layout->body.rows = bottom - layout->body.row;
	layout->page_title.rows = 0;
}

void layout_make_message(struct layout *layout, int lines)
{
	layout->hint_rows = lines > 1 ? 2 : 1;
	layout->body.rows -= layout->hint_rows - 1;
	layout->hint_row = layout->buttons.row + 1 - layout->hint_rows;
}

int layout_scroll(int first, int at, int count, int room)
{
	if (room < 1)
		room = 1;
	if (at < first)
		first = at;
	if (at >= first + room)
		first = at - room + 1;
	if (first > count - room)
		first = count - room;
	return first > 0 ? first : 0;
}
