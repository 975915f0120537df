/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The screen as data: cells of text and role, a cursor, areas to click. Views draw here and never call curses;
 * screen.c alone copies a canvas to a terminal, so that nearly all of the user interface is tested without one.
 */
#ifndef SCUPGRADE_CANVAS_H
#define SCUPGRADE_CANVAS_H

#include "core/base.h"
#include "core/strbuf.h"

enum role {                          /* what a cell means; theme.c says how that looks */
	ROLE_NORMAL, ROLE_TITLE, ROLE_LINE, ROLE_HEADING, ROLE_CURRENT, ROLE_DIM, ROLE_LABEL,
	ROLE_FIELD, ROLE_FIELD_FOCUS, ROLE_SELECTED, ROLE_BUTTON, ROLE_BUTTON_FOCUS, ROLE_BUTTON_OFF,
	ROLE_ERROR, ROLE_WARNING, ROLE_OK, ROLE_UNKNOWN, ROLE_KEY, ROLE_HINT, ROLE_CODE,
	ROLE_COUNT
};

struct rect { int row, column, rows, columns; };

struct cell {
	uint32_t code;               /* 0: right half of a wide character */
	uint32_t mark : 24;          /* a combining mark on it, or 0 */
	uint32_t role : 8;           /* enum role */
};

struct area { struct rect rect; int action; int argument; };   /* click: the action of keys.h and its argument */

struct canvas {
	int rows, columns;
	struct cell *cells;          /* rows * columns, row by row */
	int cursor_row, cursor_column;       /* -1: hidden; otherwise always on the focused thing */
	struct area *areas;
	size_t area_count, area_room;
	bool ascii;                  /* draw with ASCII only */
};

void canvas_init(struct canvas *canvas, int rows, int columns, bool ascii);
void canvas_clear(struct canvas *canvas);                            /* frees; the zero state after */
void canvas_resize(struct canvas *canvas, int rows, int columns);    /* blank afterwards */
void canvas_blank(struct canvas *canvas);                            /* all blanks, no areas, cursor hidden */

/* Everything below clips to the canvas and filters TEXT (text_visible). */
/* TEXT from ROW, COLUMN on, at most WIDTH cells (longer text ends with the ellipsis); the rest of WIDTH is left
 * alone. Returns the cells used. */
int canvas_text(struct canvas *canvas, int row, int column, int width, enum role role, const char *text);
/* The same, right-aligned; and cut at the start instead of the end. */
int canvas_text_right(struct canvas *canvas, int row, int column, int width, enum role role, const char *text);
int canvas_text_left_cut(struct canvas *canvas, int row, int column, int width, enum role role, const char *text);
/* TEXT wrapped into RECT; when there is more of it the last line ends with the ellipsis. Returns the rows used. */
int canvas_wrap(struct canvas *canvas, struct rect rect, enum role role, const char *text);
void canvas_fill(struct canvas *canvas, struct rect rect, uint32_t code, enum role role);
void canvas_role(struct canvas *canvas, struct rect rect, enum role role);     /* changes the role only */
void canvas_hline(struct canvas *canvas, int row, int column, int width);
void canvas_vline(struct canvas *canvas, int row, int column, int height);
void canvas_box(struct canvas *canvas, struct rect rect, const char *title);   /* clears inside */
void canvas_cursor(struct canvas *canvas, int row, int column);
void canvas_area(struct canvas *canvas, struct rect rect, int action, int argument);
const struct area *canvas_area_at(const struct canvas *canvas, int row, int column);   /* the latest one drawn there */

/* Symbols by meaning, UTF-8 or ASCII: see screens' legend. */
enum symbol { SYMBOL_OK, SYMBOL_BAD, SYMBOL_WARNING, SYMBOL_UNKNOWN, SYMBOL_POINTER, SYMBOL_RUNNING, SYMBOL_WAITING,
	      SYMBOL_UP, SYMBOL_DOWN, SYMBOL_LEFT, SYMBOL_RIGHT, SYMBOL_ELLIPSIS, SYMBOL_ARROW, SYMBOL_FULL,
	      SYMBOL_EMPTY, SYMBOL_CONTINUED };
const char *canvas_symbol(const struct canvas *canvas, enum symbol symbol);

/* For golden files: the glyphs of every row (trailing blanks kept off), a line "--", the roles as one letter a cell
 * (trailing normal cells kept off), a line "--", "cursor R C" or "cursor hidden". */
void canvas_dump(const struct canvas *canvas, struct strbuf *out);
void canvas_dump_text(const struct canvas *canvas, struct strbuf *out);        /* the glyphs alone */

#endif
