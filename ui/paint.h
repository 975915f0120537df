/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * From cells to bytes: what a terminal that shows one picture has to be sent to show another. Only cells that differ
 * are sent, attributes stay on from one update to the next, and a cursor that stands right is not moved: on a slow line
 * every byte is seen. Knows no terminal; screen.c gives it what the terminal understands.
 */
#ifndef SCUPGRADE_PAINT_H
#define SCUPGRADE_PAINT_H

#include "ui/canvas.h"
#include "ui/theme.h"

struct paint_words { /* "" where the terminal has none; borrowed while painting */
	const char *normal, *bold, *dim, *reverse, *underline;
	const char *colors[THEME_COLOR_COUNT];
	const char *clear_line; /* from the cursor to the end of the row */
	void (*place)(struct strbuf *out, int row, int column);
	void (*in_row)(struct strbuf *out, int column);       /* within the row; NULL: PLACE does it */
	void (*repeat)(struct strbuf *out, char c, int count); /* C so many times; NULL: there is no such word */
};

struct paint {
	struct paint_words words;
	bool mono, utf8;
	int rows, columns;
	struct cell *shown;          /* what the terminal shows */
	struct look pen;
	int row, column;             /* of the terminal's cursor; row -1: not known */
};

/* Owned: paint_clear. */
void paint_init(struct paint *paint, const struct paint_words *words, bool mono, bool utf8);
void paint_clear(struct paint *paint);
/* The terminal has this size now, shows nothing and writes without attributes; where its cursor stands is not known. */
void paint_blank(struct paint *paint, int rows, int columns);
/* Adds to OUT what makes the terminal show CANVAS, which has its size, the cursor last. */
void paint_update(struct paint *paint, const struct canvas *canvas, struct strbuf *out);
/* Adds to OUT what leaves the terminal without attributes and its cursor at the top. */
void paint_end(struct paint *paint, struct strbuf *out);

#endif
