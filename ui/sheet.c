/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Scrolling for views: draw on a sheet as tall as it needs to be, then show the part around the focus. See sheet.h.
 */
#include "ui/sheet.h"

#include "core/wrap.h"
#include "model/certainty.h"
#include "os/memory.h"
#include "ui/layout.h"

#define SHEET_FIRST_ROWS 24

void sheet_init(struct sheet *sheet, int columns, bool ascii)
{
	*sheet = (struct sheet){ 0 };
	canvas_init(&sheet->canvas, SHEET_FIRST_ROWS, columns > 0 ? columns : 1, ascii);
}

static void wipe_canvas(struct canvas *canvas)
{
	memory_wipe(canvas->cells, (size_t)canvas->rows * (size_t)canvas->columns * sizeof(*canvas->cells));
	canvas_clear(canvas);
}

void sheet_clear(struct sheet *sheet)
{
	wipe_canvas(&sheet->canvas);
	sheet->rows = 0;
}

void sheet_reserve(struct sheet *sheet, int row)
{
	struct canvas *old = &sheet->canvas, taller;

	if (row > sheet->rows)
		sheet->rows = row;
	if (row <= old->rows)
		return;
	canvas_init(&taller, row * 2, old->columns, old->ascii);
	memcpy(taller.cells, old->cells, (size_t)old->rows * (size_t)old->columns * sizeof(*old->cells));
	for (size_t i = 0; i < old->area_count; i++)
		canvas_area(&taller, old->areas[i].rect, old->areas[i].action, old->areas[i].argument);
	taller.cursor_row = old->cursor_row;
	taller.cursor_column = old->cursor_column;
	wipe_canvas(old);
	*old = taller;
}

int sheet_text(struct sheet *sheet, int row, int column, int width, enum role role, const char *text)
{
	sheet_reserve(sheet, row + 1);
	return canvas_text(&sheet->canvas, row, column, width, role, text);
}

int sheet_wrap(struct sheet *sheet, int row, int column, int width, enum role role, const char *text)
{
	struct arena *arena = arena_new();
	struct lines lines = wrap_text(arena, text, width > 0 ? (size_t)width : 1);
	int count = (int)lines.count;

	for (int i = 0; i < count; i++)
		sheet_text(sheet, row + i, column, width, role, lines.items[i]);
	arena_free(arena);
	return count;
}

static void follow(int *first, int from, int to, int total, int room)
{
	if (to - *first > room)
		*first = to - room;
	if (from < *first)
		*first = from;
	if (*first > total - room)
		*first = total - room;
	if (*first < 0)
		*first = 0;
}

static void copy_row(const struct canvas *from, int from_row, struct canvas *to, struct rect rect, int to_row)
{
	int columns = from->columns < rect.columns ? from->columns : rect.columns;

	if (to_row < 0 || to_row >= to->rows || rect.column < 0 || rect.column >= to->columns)
		return;
	if (columns > to->columns - rect.column)
		columns = to->columns - rect.column;
	if (columns > 0)
		memcpy(to->cells + (size_t)to_row * (size_t)to->columns + rect.column,
		       from->cells + (size_t)from_row * (size_t)from->columns, (size_t)columns * sizeof(*to->cells));
}

static void copy_areas(const struct canvas *from, struct canvas *to, struct rect rect, int first)
{
	for (size_t i = 0; i < from->area_count; i++) {
		struct rect area = from->areas[i].rect;
		int top = area.row < first ? first : area.row;
		int bottom = area.row + area.rows;

		if (bottom > first + rect.rows)
			bottom = first + rect.rows;
		if (bottom <= top)
			continue;
		area = (struct rect){ rect.row + top - first, rect.column + area.column, bottom - top, area.columns };
		canvas_area(to, area, from->areas[i].action, from->areas[i].argument);
	}
}

void sheet_show(const struct sheet *sheet, struct canvas *canvas, struct rect rect, int *first, int from, int to)
{
	const struct canvas *own = &sheet->canvas;

	if (rect.rows <= 0 || rect.columns <= 0)
		return;
	follow(first, from, to, sheet->rows, rect.rows);
	for (int i = 0; i < rect.rows && *first + i < sheet->rows; i++)
		copy_row(own, *first + i, canvas, rect, rect.row + i);
	copy_areas(own, canvas, rect, *first);
	if (own->cursor_row >= *first && own->cursor_row < *first + rect.rows)
		canvas_cursor(canvas, rect.row + own->cursor_row - *first, rect.column + own->cursor_column);
	if (*first > 0)
		canvas_text(canvas, rect.row, rect.column + rect.columns - 1, 1, ROLE_DIM,
			    canvas_symbol(canvas, SYMBOL_UP));
	if (*first + rect.rows < sheet->rows)
		canvas_text(canvas, rect.row + rect.rows - 1, rect.column + rect.columns - 1, 1, ROLE_DIM,
			    canvas_symbol(canvas, SYMBOL_DOWN));
}

/* ---- plain lists ---- */

void listing_fit(struct listing *listing, size_t count, size_t room)
{
	listing->room = room;
	if (listing->at >= count)
		listing->at = count ? count - 1 : 0;
	/* By half the room: on a slow line not every move should bring the whole list again. */
	if (listing->at < listing->first)
		listing->first = listing->at > room / 2 ? listing->at - room / 2 : 0;
	if (room && listing->at - listing->first >= room)
		listing->first = listing->at - room / 2;
	if (listing->first + room > count)
		listing->first = count > room ? count - room : 0;
}

enum view_result listing_key(struct listing *listing, size_t count, const struct key *key)
{
	size_t page = listing->room > 1 ? listing->room - 1 : 1;
	size_t last = count ? count - 1 : 0;

	if (key->name == KEYNAME_UP) {
		if (listing->at == 0)
			return VIEW_PAST_START;
		listing->at--;
	} else if (key->name == KEYNAME_DOWN) {
		if (listing->at >= last)
			return VIEW_PAST_END;
		listing->at++;
	} else if (key->name == KEYNAME_PAGE_UP) {
		listing->at -= listing->at < page ? listing->at : page;
	} else if (key->name == KEYNAME_PAGE_DOWN) {
		if (listing->at >= last)
			return VIEW_IGNORED;
		listing->at = last - listing->at < page ? last : listing->at + page;
	} else if (key->name == KEYNAME_HOME) {
		listing->at = 0;
	} else if (key->name == KEYNAME_END) {
		listing->at = last;
	} else if (key->name == KEYNAME_MOUSE && key->wheel < 0) {
		listing->at -= listing->at < 3 ? listing->at : 3;
	} else if (key->name == KEYNAME_MOUSE && key->wheel > 0) {
		listing->at = last - listing->at < 3 ? last : listing->at + 3;
	} else {
		return VIEW_IGNORED;
	}
	return VIEW_DONE;
}

void listing_marks(const struct listing *listing, size_t count, struct canvas *canvas, struct rect rect)
{
	int column = rect.column + rect.columns - 1;

	if (rect.rows <= 0)
		return;
	if (listing->first > 0)
		canvas_text(canvas, rect.row, column, 1, ROLE_DIM, canvas_symbol(canvas, SYMBOL_UP));
	if (listing->first + (size_t)rect.rows < count)
		canvas_text(canvas, rect.row + rect.rows - 1, column, 1, ROLE_DIM, canvas_symbol(canvas, SYMBOL_DOWN));
}

/* ---- what several views say ---- */

static enum symbol severity_symbol(enum severity severity)
{
	return severity == SEV_ERROR ? SYMBOL_BAD : severity == SEV_WARNING ? SYMBOL_WARNING : SYMBOL_UNKNOWN;
}

static enum role severity_role(enum severity severity)
{
	return severity == SEV_ERROR ? ROLE_ERROR : severity == SEV_WARNING ? ROLE_WARNING : ROLE_UNKNOWN;
}

int sheet_finding(struct sheet *sheet, int row, int column, int width, const struct diag *diag)
{
	enum role role = severity_role(diag->severity);
	int used = sheet_text(sheet, row, column, width, role,
			      canvas_symbol(&sheet->canvas, severity_symbol(diag->severity)));
	int lines = sheet_wrap(sheet, row, column + used + 1, width - used - 1, role, diag->text);

	if (diag->hint[0])
		lines += sheet_wrap(sheet, row + lines, column + used + 1, width - used - 1, ROLE_HINT, diag->hint);
	return lines;
}

enum role source_words(struct strbuf *out, const char *source)
{
	static const enum role roles[] = {
		[CERTAINTY_DOCUMENTED] = ROLE_DIM, [CERTAINTY_SEEN] = ROLE_UNKNOWN, [CERTAINTY_DOUBTFUL] = ROLE_WARNING
	};

	return roles[certainty_words(out, source)];
}

void put_count(struct strbuf *out, size_t count, const char *noun)
{
	strbuf_printf(out, "%zu %s%s", count, noun, count == 1 ? "" : "s");
}
