/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Reading rows of cells, each character once or twice.
 */
#include "core/cells.h"

#include "core/strbuf.h"

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static const char *line_end(const char *at, const char *end)
{
	while (at < end && *at != '\n' && *at != '\r')
		at++;
	return at;
}

static void skip_line_end(struct cells *cells)
{
	if (cells->at < cells->end && *cells->at == '\r')
		cells->at++;
	if (cells->at < cells->end && *cells->at == '\n')
		cells->at++;
	cells->line++;
}

/* The separator of the line that starts here: what stands in quotes does not count. */
static char find_separator(const struct cells *cells)
{
	const char *end = line_end(cells->at, cells->end);
	bool quoted = false, semicolon = false, comma = false;

	for (const char *at = cells->at; at < end; at++) {
		quoted ^= *at == '"';
		if (!quoted && *at == '\t')
			return '\t';
		semicolon |= !quoted && *at == ';';
		comma |= !quoted && *at == ',';
	}
	return semicolon ? ';' : comma ? ',' : '\0';
}

/* Behind the quote that closes the one at AT; NULL: none does. */
static const char *closing_quote(const char *at, const char *end)
{
	for (at++; at < end; at++) {
		if (*at != '"')
			continue;
		if (at + 1 == end || at[1] != '"')
			return at + 1;
		at++;
	}
	return NULL;
}

static const char *read_quoted(struct cells *cells, struct arena *arena, const char *close)
{
	struct strbuf text = STRBUF_INIT;
	const char *result;

	for (const char *at = cells->at + 1; at < close - 1; at++) {
		strbuf_putc(&text, *at);
		cells->line += *at == '\n';
		at += *at == '"'; /* it is doubled */
	}
	result = arena_strdup(arena, strbuf_text(&text));
	strbuf_clear(&text);
	cells->at = close;
	return result;
}

/* The cell that starts here; the place is behind it then, on its separator or the end of the line. */
static const char *read_cell(struct cells *cells, struct arena *arena, char separator)
{
	const char *start, *stop, *close;

	while (cells->at < cells->end && is_blank(*cells->at) && *cells->at != separator)
		cells->at++;
	close = cells->at < cells->end && *cells->at == '"' ? closing_quote(cells->at, cells->end) : NULL;
	if (close) {
		const char *text = read_quoted(cells, arena, close);

		while (cells->at < cells->end && *cells->at != separator && *cells->at != '\n' && *cells->at != '\r')
			cells->at++;
		return text;
	}
	start = cells->at;
	while (cells->at < cells->end && *cells->at != separator && *cells->at != '\n' && *cells->at != '\r')
		cells->at++;
	for (stop = cells->at; stop > start && is_blank(stop[-1]);)
		stop--;
	return arena_strndup(arena, start, (size_t)(stop - start));
}

static bool read_row(struct cells *cells, struct arena *arena, struct cell_row *row)
{
	size_t room = 4;
	const char **items = xcalloc(room, sizeof(*items)), **kept;
	bool any = false, more = true;

	*row = (struct cell_row){ .line = cells->line };
	row->separator = cells->separator ? cells->separator : find_separator(cells);
	while (more) {
		if (row->count == room) {
			room *= 2;
			items = xrealloc(items, room * sizeof(*items));
		}
		items[row->count] = read_cell(cells, arena, row->separator);
		any = any || *items[row->count];
		row->count++;
		more = row->separator && cells->at < cells->end && *cells->at == row->separator;
		cells->at += more;
	}
	kept = arena_array(arena, row->count, sizeof(*kept));
	memcpy(kept, items, row->count * sizeof(*kept));
	free(items);
	row->cells = kept;
	skip_line_end(cells);
	return any;
}

bool cells_next(struct cells *cells, struct arena *arena, struct cell_row *row)
{
	cells->line += !cells->line;
	while (cells->at < cells->end) {
		if (read_row(cells, arena, row))
			return true;
	}
	return false;
}
