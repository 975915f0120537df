/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * From cells to bytes. A row with a character of two cells goes out as a whole: what half of one leaves behind differs
 * from terminal to terminal.
 */
#include "ui/paint.h"

#include <wchar.h>

#include "core/text.h"
#include "os/memory.h"

#define REPEAT_LEAST 8 /* cells that are worth the word for repeating */
#define REWRITE_MOST 4 /* cells that are cheaper sent again than jumped over */

static const struct cell blank_cell = { ' ', 0, ROLE_NORMAL };

void paint_init(struct paint *paint, const struct paint_words *words, bool mono, bool utf8)
{
	*paint = (struct paint){ .words = *words, .mono = mono, .utf8 = utf8, .row = -1 };
}

/* A password that was revealed may have been shown. */
static void forget(struct paint *paint)
{
	if (paint->shown)
		memory_wipe(paint->shown, (size_t)paint->rows * (size_t)paint->columns * sizeof(*paint->shown));
	free(paint->shown);
	paint->shown = NULL;
}

void paint_clear(struct paint *paint)
{
	forget(paint);
	*paint = (struct paint){ .row = -1 };
}

void paint_blank(struct paint *paint, int rows, int columns)
{
	size_t cells = (size_t)rows * (size_t)columns;

	forget(paint);
	paint->shown = xcalloc(cells, sizeof(*paint->shown));
	for (size_t i = 0; i < cells; i++)
		paint->shown[i] = blank_cell;
	paint->rows = rows;
	paint->columns = columns;
	paint->pen = (struct look){ .color = THEME_DEFAULT };
	paint->row = -1;
}

/* ---- looks ---- */

static struct look look_of(const struct paint *paint, const struct cell *cell)
{
	return theme_look((enum role)cell->role, paint->mono);
}

static bool is_blank_in(const struct cell *cell, struct look look)
{
	return cell->code == ' ' && !cell->mark && !look.reverse && !look.underline;
}

static bool is_blank(const struct paint *paint, const struct cell *cell)
{
	return is_blank_in(cell, look_of(paint, cell));
}

static bool same_look(struct look a, struct look b)
{
	return a.color == b.color && a.bold == b.bold && a.dim == b.dim && a.reverse == b.reverse &&
	       a.underline == b.underline;
}

/* Whether the two are the same on the glass. */
static bool same_cell(const struct paint *paint, const struct cell *a, const struct cell *b)
{
	if (is_blank(paint, a) && is_blank(paint, b))
		return true;
	return a->code == b->code && a->mark == b->mark && same_look(look_of(paint, a), look_of(paint, b));
}

/* Whether CELL can be written with the pen as it is: nothing is seen of the color of a blank. */
static bool pen_serves(const struct paint *paint, const struct cell *cell)
{
	struct look look = look_of(paint, cell);

	if (is_blank_in(cell, look))
		return !paint->pen.reverse && !paint->pen.underline;
	return same_look(paint->pen, look);
}

static void set_pen(struct paint *paint, struct look look, struct strbuf *out)
{
	const struct paint_words *words = &paint->words;
	struct look *pen = &paint->pen;

	if ((pen->bold && !look.bold) || (pen->dim && !look.dim) || (pen->reverse && !look.reverse) ||
	    (pen->underline && !look.underline) || (pen->color && !look.color)) {
		strbuf_puts(out, words->normal);
		*pen = (struct look){ .color = THEME_DEFAULT };
	}
	if (look.bold && !pen->bold)
		strbuf_puts(out, words->bold);
	if (look.dim && !pen->dim)
		strbuf_puts(out, words->dim);
	if (look.reverse && !pen->reverse)
		strbuf_puts(out, words->reverse);
	if (look.underline && !pen->underline)
		strbuf_puts(out, words->underline);
	if (look.color != pen->color)
		strbuf_puts(out, words->colors[look.color]);
	*pen = look;
}

static void set_pen_for(struct paint *paint, const struct cell *cell, struct strbuf *out)
{
	if (!pen_serves(paint, cell))
		set_pen(paint, is_blank(paint, cell) ? (struct look){ .color = THEME_DEFAULT } : look_of(paint, cell),
			out);
}

/* ---- cells ---- */

static int width_of(const struct paint *paint, const struct cell *row, int column)
{
	return column + 1 < paint->columns && row[column + 1].code == 0 ? 2 : 1;
}

/* What the terminal's locale sees otherwise than we do would shift the rest of the row: question marks, then. */
static void put_cell(struct paint *paint, const struct cell *cell, int width, struct strbuf *out)
{
	bool plain = cell->code >= ' ' && cell->code < 0x7F && width == 1;
	bool known = plain || (cell->code != 0 && paint->utf8 && wcwidth((wchar_t)cell->code) == width);

	set_pen_for(paint, cell, out);
	if (plain)
		strbuf_putc(out, (char)cell->code);
	else if (known)
		strbuf_put_code(out, cell->code);
	else
		strbuf_fill(out, '?', (size_t)width);
	if (known && paint->utf8 && cell->mark && wcwidth((wchar_t)cell->mark) == 0)
		strbuf_put_code(out, cell->mark);
	paint->column += width;
	/* Behind the last column terminals differ in where they stand. */
	if (paint->column >= paint->columns)
		paint->row = -1;
}

static bool pen_serves_all(const struct paint *paint, const struct cell *cells, int count)
{
	for (int i = 0; i < count; i++) {
		if (cells[i].code == 0 || cells[i].mark || !pen_serves(paint, &cells[i]))
			return false;
	}
	return true;
}

static void move_to(struct paint *paint, int row, int column, const struct cell *cells, struct strbuf *out)
{
	int forward = column - paint->column;

	if (paint->row == row && forward == 0)
		return;
	if (paint->row == row && forward > 0 && forward <= REWRITE_MOST &&
	    pen_serves_all(paint, cells + paint->column, forward)) {
		while (paint->column < column)
			put_cell(paint, &cells[paint->column], 1, out);
		return;
	}
	if (paint->row == row && forward < 0 && forward >= -REWRITE_MOST)
		strbuf_fill(out, '\b', (size_t)-forward);
	else if (paint->row == row && paint->words.in_row)
		paint->words.in_row(out, column);
	else
		paint->words.place(out, row, column);
	paint->row = row;
	paint->column = column;
}

/* The same cell again and again from COLUMN on, if it is worth a word. Returns how many went out. */
static int put_repeated(struct paint *paint, const struct cell *cells, int column, int end, struct strbuf *out)
{
	const struct cell *cell = &cells[column];
	int count = 1;

	if (!paint->words.repeat || cell->code >= 0x7F || cell->code < ' ' || cell->mark)
		return 0;
	while (column + count < end && cells[column + count].code == cell->code && !cells[column + count].mark &&
	       same_look(look_of(paint, &cells[column + count]), look_of(paint, cell)))
		count++;
	if (count < REPEAT_LEAST || column + count >= paint->columns)
		return 0;
	set_pen_for(paint, cell, out);
	paint->words.repeat(out, (char)cell->code, count);
	paint->column += count;
	return count;
}

/* ---- rows ---- */

static bool has_wide(const struct paint *paint, const struct cell *row)
{
	for (int i = 0; i < paint->columns; i++) {
		if (row[i].code == 0)
			return true;
	}
	return false;
}

/* Where the blank rest of a row starts. */
static int end_of(const struct paint *paint, const struct cell *row)
{
	int end = paint->columns;

	while (end > 0 && is_blank(paint, &row[end - 1]))
		end--;
	return end;
}

/* The end of the run of cells from COLUMN on that differ. */
static int run_end(const struct paint *paint, const struct cell *cells, const struct cell *shown, int column, int end,
		   bool whole)
{
	while (column < end && (whole || !same_cell(paint, &cells[column], &shown[column])))
		column++;
	return column;
}

static void paint_row(struct paint *paint, int row, const struct cell *cells, struct cell *shown, struct strbuf *out)
{
	bool whole = has_wide(paint, cells) || has_wide(paint, shown);
	int end = end_of(paint, cells), rest = end_of(paint, shown), column = 0;
	/* The last cell of all would scroll some terminals. */
	int most = row == paint->rows - 1 ? paint->columns - 1 : paint->columns;

	end = end > most ? most : end;
	while (column < end) {
		int stop = run_end(paint, cells, shown, column, end, whole);

		for (; column < stop;) {
			int sent;

			move_to(paint, row, column, cells, out);
			sent = put_repeated(paint, cells, column, stop, out);
			if (!sent) {
				sent = width_of(paint, cells, column);
				put_cell(paint, &cells[column], sent, out);
			}
			column += sent;
		}
		column += column == stop;
	}
	rest = rest > most ? most : rest;
	if (rest <= end)
		return;
	move_to(paint, row, end, cells, out);
	if (*paint->words.clear_line && rest - end > (int)strlen(paint->words.clear_line)) {
		set_pen_for(paint, &blank_cell, out);
		strbuf_puts(out, paint->words.clear_line);
		return;
	}
	for (column = end; column < rest; column++)
		put_cell(paint, &blank_cell, 1, out);
}

void paint_update(struct paint *paint, const struct canvas *canvas, struct strbuf *out)
{
	size_t width = (size_t)paint->columns * sizeof(struct cell);

	for (int row = 0; row < paint->rows; row++) {
		const struct cell *cells = canvas->cells + (size_t)row * (size_t)paint->columns;
		struct cell *shown = paint->shown + (size_t)row * (size_t)paint->columns;

		if (memcmp(cells, shown, width) == 0)
			continue;
		paint_row(paint, row, cells, shown, out);
		memcpy(shown, cells, width);
	}
	if (canvas->cursor_row >= 0)
		move_to(paint, canvas->cursor_row, canvas->cursor_column,
			canvas->cells + (size_t)canvas->cursor_row * (size_t)paint->columns, out);
}

void paint_end(struct paint *paint, struct strbuf *out)
{
	set_pen(paint, (struct look){ .color = THEME_DEFAULT }, out);
	paint->words.place(out, 0, 0);
	paint->row = -1;
}
