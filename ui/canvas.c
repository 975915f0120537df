/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The screen as data. Every text passes text_fit(), which filters what a terminal must not see.
 */
#include "ui/canvas.h"

#include "core/text.h"
#include "core/wrap.h"
#include "ui/theme.h"

void canvas_init(struct canvas *canvas, int rows, int columns, bool ascii)
{
	memset(canvas, 0, sizeof(*canvas));
	canvas->ascii = ascii;
	canvas_resize(canvas, rows, columns);
}

void canvas_clear(struct canvas *canvas)
{
	free(canvas->cells);
	free(canvas->areas);
	memset(canvas, 0, sizeof(*canvas));
}

void canvas_resize(struct canvas *canvas, int rows, int columns)
{
	canvas->rows = rows > 0 ? rows : 0;
	canvas->columns = columns > 0 ? columns : 0;
	free(canvas->cells);
	canvas->cells = xcalloc((size_t)canvas->rows * (size_t)canvas->columns, sizeof(*canvas->cells));
	canvas_blank(canvas);
}

void canvas_blank(struct canvas *canvas)
{
	size_t i, count = (size_t)canvas->rows * (size_t)canvas->columns;

	for (i = 0; i < count; i++)
		canvas->cells[i] = (struct cell){ .code = ' ', .role = ROLE_NORMAL };
	canvas->area_count = 0;
	canvas_cursor(canvas, -1, -1);
}

static struct cell *cell_at(struct canvas *canvas, int row, int column)
{
	if (row < 0 || row >= canvas->rows || column < 0 || column >= canvas->columns)
		return NULL;
	return &canvas->cells[(size_t)row * (size_t)canvas->columns + (size_t)column];
}

/* A new glyph at COLUMN must not leave half of a wide one beside it. */
static void split_wide(struct canvas *canvas, int row, int column)
{
	struct cell *cell = cell_at(canvas, row, column);

	if (cell && cell->code == 0 && column > 0) {
		cell[-1].code = ' ';
		cell[-1].mark = 0;
		cell->code = ' ';
	}
}

static void put(struct canvas *canvas, int row, int column, uint32_t code, int width, enum role role)
{
	struct cell *cell = cell_at(canvas, row, column);

	if (!cell || column + width > canvas->columns)
		return;
	split_wide(canvas, row, column);
	split_wide(canvas, row, column + width);
	*cell = (struct cell){ .code = code, .role = (unsigned char)role };
	if (width == 2)
		cell[1] = (struct cell){ .code = 0, .role = (unsigned char)role };
}

/* Draws TEXT, which is filtered and fits. Returns the cells used. */
static int put_text(struct canvas *canvas, int row, int column, enum role role, const struct strbuf *text)
{
	const char *at = strbuf_text(text), *end = at + text->length;
	int start = column, last = -1, width;
	struct cell *base;
	uint32_t code;

	while (at < end) {
		code = text_next(&at, end);
		width = text_width(code);
		base = cell_at(canvas, row, last);
		if (width == 0) {
			if (base && base->mark == 0)
				base->mark = code & 0x1FFFFF;
			continue;
		}
		put(canvas, row, column, code, width, role);
		last = column;
		column += width;
	}
	return column - start;
}

/* Clips; false: nothing of it is on the canvas. */
static bool clip(const struct canvas *canvas, int row, int *column, int *width)
{
	if (*column < 0) {
		*width += *column;
		*column = 0;
	}
	if (*width > canvas->columns - *column)
		*width = canvas->columns - *column;
	return row >= 0 && row < canvas->rows && *width > 0;
}

/* Punctuation of our own texts in ASCII. What a user typed stays: whether the terminal can show it is the screen's
 * matter. */
static const char *to_ascii(const char *text, struct strbuf *out)
{
	static const char *const pairs[][2] = {
		{ "→", "->" }, { "…", "..." }, { "–", "-" }, { "—", "-" }, { "“", "\"" }, { "”", "\"" },
		{ "’", "'" },  { "✓", "ok" },  { "✗", "x" }, { "▸", ">" }, { "◂", "<" },  { "↑", "Up" },
		{ "↓", "Down" }
	};
	size_t i;

	while (*text) {
		for (i = 0; (unsigned char)*text >= 0x80 && i < ARRAY_LEN(pairs); i++)
			if (str_starts(text, pairs[i][0]))
				break;
		if ((unsigned char)*text >= 0x80 && i < ARRAY_LEN(pairs)) {
			strbuf_puts(out, pairs[i][1]);
			text += strlen(pairs[i][0]);
		} else {
			strbuf_putc(out, *text++);
		}
	}
	return strbuf_text(out);
}

static int draw_text(struct canvas *canvas, int row, int column, int width, enum role role, const char *text,
		     bool from_left, bool right)
{
	struct strbuf fitted = STRBUF_INIT, plain = STRBUF_INIT;
	int cells = 0;

	if (!clip(canvas, row, &column, &width))
		return 0;
	if (canvas->ascii)
		text = to_ascii(text, &plain);
	text_fit(&fitted, text, (size_t)width, from_left, canvas->ascii);
	if (right)
		column += width - (int)text_cells(strbuf_text(&fitted));
	cells = put_text(canvas, row, column, role, &fitted);
	strbuf_clear(&fitted);
	strbuf_clear(&plain);
	return cells;
}

int canvas_text(struct canvas *canvas, int row, int column, int width, enum role role, const char *text)
{
	return draw_text(canvas, row, column, width, role, text, false, false);
}

int canvas_text_right(struct canvas *canvas, int row, int column, int width, enum role role, const char *text)
{
	return draw_text(canvas, row, column, width, role, text, false, true);
}

int canvas_text_left_cut(struct canvas *canvas, int row, int column, int width, enum role role, const char *text)
{
	return draw_text(canvas, row, column, width, role, text, true, false);
}

int canvas_wrap(struct canvas *canvas, struct rect rect, enum role role, const char *text)
{
	struct arena *arena = arena_new();
	struct lines lines = wrap_text(arena, text, rect.columns > 0 ? (size_t)rect.columns : 1);
	int row;

	while (lines.count && !*lines.items[lines.count - 1])
		lines.count--;
	for (row = 0; row < rect.rows && (size_t)row < lines.count; row++) {
		const char *line = lines.items[row];

		/* With what follows it is too long, and so it is cut. */
		for (size_t i = (size_t)row + 1; row + 1 == rect.rows && i < lines.count; i++) {
			line = arena_printf(arena, "%s %s", line, lines.items[i]);
			if ((int)text_cells(line) > rect.columns)
				break;
		}
		canvas_text(canvas, rect.row + row, rect.column, rect.columns, role, line);
	}
	arena_free(arena);
	return row;
}

void canvas_fill(struct canvas *canvas, struct rect rect, uint32_t code, enum role role)
{
	int row, column;

	for (row = rect.row; row < rect.row + rect.rows; row++)
		for (column = rect.column; column < rect.column + rect.columns; column++)
			put(canvas, row, column, code, 1, role);
}

void canvas_role(struct canvas *canvas, struct rect rect, enum role role)
{
	struct cell *cell;
	int row, column;

	for (row = rect.row; row < rect.row + rect.rows; row++)
		for (column = rect.column; column < rect.column + rect.columns; column++) {
			cell = cell_at(canvas, row, column);
			if (cell)
				cell->role = (unsigned char)role;
		}
}

void canvas_hline(struct canvas *canvas, int row, int column, int width)
{
	canvas_fill(canvas, (struct rect){ row, column, 1, width }, canvas->ascii ? '-' : 0x2500, ROLE_LINE);
}

void canvas_vline(struct canvas *canvas, int row, int column, int height)
{
	canvas_fill(canvas, (struct rect){ row, column, height, 1 }, canvas->ascii ? '|' : 0x2502, ROLE_LINE);
}

void canvas_box(struct canvas *canvas, struct rect rect, const char *title)
{
	static const uint32_t corners[2][4] = { { 0x250C, 0x2510, 0x2514, 0x2518 }, { '+', '+', '+', '+' } };
	const uint32_t *corner = corners[canvas->ascii];
	int bottom = rect.row + rect.rows - 1, right = rect.column + rect.columns - 1, cells;

	canvas_fill(canvas, rect, ' ', ROLE_NORMAL);
	canvas_hline(canvas, rect.row, rect.column, rect.columns);
	canvas_hline(canvas, bottom, rect.column, rect.columns);
	canvas_vline(canvas, rect.row, rect.column, rect.rows);
	canvas_vline(canvas, rect.row, right, rect.rows);
	put(canvas, rect.row, rect.column, corner[0], 1, ROLE_LINE);
	put(canvas, rect.row, right, corner[1], 1, ROLE_LINE);
	put(canvas, bottom, rect.column, corner[2], 1, ROLE_LINE);
	put(canvas, bottom, right, corner[3], 1, ROLE_LINE);
	if (title && *title && rect.columns > 6) {
		cells = canvas_text(canvas, rect.row, rect.column + 3, rect.columns - 6, ROLE_HEADING, title);
		put(canvas, rect.row, rect.column + 2, ' ', 1, ROLE_LINE);
		put(canvas, rect.row, rect.column + 3 + cells, ' ', 1, ROLE_LINE);
	}
}

void canvas_cursor(struct canvas *canvas, int row, int column)
{
	bool inside = cell_at(canvas, row, column) != NULL;

	canvas->cursor_row = inside ? row : -1;
	canvas->cursor_column = inside ? column : -1;
}

void canvas_area(struct canvas *canvas, struct rect rect, int action, int argument)
{
	if (canvas->area_count == canvas->area_room) {
		canvas->area_room = canvas->area_room ? canvas->area_room * 2 : 32;
		canvas->areas = xrealloc(canvas->areas, canvas->area_room * sizeof(*canvas->areas));
	}
	canvas->areas[canvas->area_count++] = (struct area){ rect, action, argument };
}

const struct area *canvas_area_at(const struct canvas *canvas, int row, int column)
{
	const struct rect *rect;
	size_t i;

	for (i = canvas->area_count; i-- > 0;) {
		rect = &canvas->areas[i].rect;
		if (row >= rect->row && row < rect->row + rect->rows && column >= rect->column &&
		    column < rect->column + rect->columns)
			return &canvas->areas[i];
	}
	return NULL;
}

const char *canvas_symbol(const struct canvas *canvas, enum symbol symbol)
{
	static const char *const symbols[][2] = {
		[SYMBOL_OK] = { "✓", "ok" },      [SYMBOL_BAD] = { "✗", "x" },      [SYMBOL_WARNING] = { "!", "!" },
		[SYMBOL_UNKNOWN] = { "?", "?" },  [SYMBOL_POINTER] = { "▸", ">" },  [SYMBOL_RUNNING] = { "●", "*" },
		[SYMBOL_WAITING] = { "○", "o" },  [SYMBOL_UP] = { "▲", "^" },       [SYMBOL_DOWN] = { "▼", "v" },
		[SYMBOL_LEFT] = { "◂", "<" },     [SYMBOL_RIGHT] = { "▸", ">" },
		[SYMBOL_ELLIPSIS] = { "…", "~" },
		[SYMBOL_ARROW] = { "→", "->" },   [SYMBOL_FULL] = { "█", "#" },     [SYMBOL_EMPTY] = { "░", "." },
		[SYMBOL_CONTINUED] = { "↪", ">" }
	};

	return symbols[symbol][canvas->ascii];
}

static void dump_row_text(const struct canvas *canvas, int row, struct strbuf *out)
{
	const struct cell *cell = canvas->cells + (size_t)row * (size_t)canvas->columns;
	size_t kept = out->length;
	int column;

	for (column = 0; column < canvas->columns; column++, cell++) {
		if (cell->code)
			strbuf_put_code(out, cell->code);
		if (cell->mark)
			strbuf_put_code(out, cell->mark);
		if (cell->code != ' ')
			kept = out->length;
	}
	strbuf_truncate(out, kept);
	strbuf_putc(out, '\n');
}

static void dump_row_roles(const struct canvas *canvas, int row, struct strbuf *out)
{
	const struct cell *cell = canvas->cells + (size_t)row * (size_t)canvas->columns;
	size_t kept = out->length;
	int column;

	for (column = 0; column < canvas->columns; column++, cell++) {
		strbuf_putc(out, theme_letter((enum role)cell->role));
		if (cell->role != ROLE_NORMAL)
			kept = out->length;
	}
	strbuf_truncate(out, kept);
	strbuf_putc(out, '\n');
}

void canvas_dump_text(const struct canvas *canvas, struct strbuf *out)
{
	int row;

	for (row = 0; row < canvas->rows; row++)
		dump_row_text(canvas, row, out);
}

void canvas_dump(const struct canvas *canvas, struct strbuf *out)
{
	int row;

	canvas_dump_text(canvas, out);
	strbuf_puts(out, "--\n");
	for (row = 0; row < canvas->rows; row++)
		dump_row_roles(canvas, row, out);
	strbuf_puts(out, "--\n");
	if (canvas->cursor_row < 0)
		strbuf_puts(out, "cursor hidden\n");
	else
		strbuf_printf(out, "cursor %d %d\n", canvas->cursor_row, canvas->cursor_column);
}
