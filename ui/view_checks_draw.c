/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * How the prerequisites look: counts, the list, and the selected check in full below it.
 */
#include "ui/view_checks.h"

#include "core/text.h"
#include "ui/filter.h"

#define LEAD 5              /* pointer, blank, symbol (two cells in ASCII), blank */
#define TITLE_MOST 34
#define BEGINNING_CELLS 12
#define SERVER_MOST 20
#define DETAIL_LEAST_ROWS 9 /* of the body; below that only the list is shown, Alt-L shows the rest */
#define DETAIL_ENOUGH 10
#define HEADER_LEAST_ROWS 6
#define NAMED_MOST 6

static const struct {
	enum symbol symbol;
	enum role role;
	const char *count; /* after the number, in the first line */
	const char *brief; /* where room is short */
} looks[CHECK_STATE_COUNT] = {
	[CHECK_FAILED] = { SYMBOL_BAD, ROLE_ERROR, "failed", "failed" },
	[CHECK_WARNING] = { SYMBOL_WARNING, ROLE_WARNING, "warning", "warning" },
	[CHECK_UNKNOWN] = { SYMBOL_UNKNOWN, ROLE_UNKNOWN, "not known", "?" },
	[CHECK_PLANNED] = { SYMBOL_WAITING, ROLE_DIM, "by steps", "later" },
	[CHECK_PASSED] = { SYMBOL_OK, ROLE_OK, "passed", "passed" },
};

/* "2 failed", "1 warning", "3 not known" or, for little room, "3 ?"; "" for what has none. */
static void count_words(const struct check_table *table, int state, bool brief, struct strbuf *out)
{
	bool many = state == CHECK_WARNING && table->counts[state] != 1;

	strbuf_reset(out);
	if (table->counts[state] || state == CHECK_PASSED)
		strbuf_printf(out, "%zu %s%s", table->counts[state], brief ? looks[state].brief : looks[state].count,
			      many ? "s" : "");
}

static int counts_cells(const struct check_table *table, bool brief)
{
	struct strbuf text = STRBUF_INIT;
	int cells = 0;

	for (int i = 0; i < CHECK_STATE_COUNT; i++) {
		count_words(table, i, brief, &text);
		if (text.length)
			cells += (int)text_cells(strbuf_text(&text)) + (cells ? 2 : 0);
	}
	strbuf_clear(&text);
	return cells;
}

/* Whole words where they fit, and the time of day where it fits beside them. */
static void draw_counts(struct view *view, struct canvas *canvas, struct rect body)
{
	const struct checks_state *state = view->state;
	const char *at = wizard_checked_at(view->wizard);
	bool brief = counts_cells(state->table, false) > body.columns;
	int column = body.column, room = body.columns - counts_cells(state->table, brief) - 2;
	struct strbuf text = STRBUF_INIT;

	if (at && at[0])
		strbuf_printf(&text, "verified %s", at + strlen("2026-11-21 "));
	if (text.length && (int)text_cells(strbuf_text(&text)) <= room)
		canvas_text_right(canvas, body.row, body.column, body.columns, ROLE_DIM, strbuf_text(&text));
	for (int i = 0; i < CHECK_STATE_COUNT; i++) {
		count_words(state->table, i, brief, &text);
		if (text.length)
			column += canvas_text(canvas, body.row, column, body.column + body.columns - column,
					      state->table->counts[i] ? looks[i].role : ROLE_DIM, strbuf_text(&text)) +
				  2;
	}
	strbuf_clear(&text);
}

/* ---- the list ---- */

static void draw_header(const struct checks_state *state, struct canvas *canvas, struct rect rect, int words)
{
	struct arena *arena = arena_new();

	if (state->filter.length) {
		canvas_text(canvas, rect.row, rect.column, rect.columns, ROLE_CURRENT,
			    filter_title(arena, &state->filter, state->shown, state->table->count));
	} else {
		canvas_text(canvas, rect.row, rect.column + LEAD, words - LEAD, ROLE_DIM, "Check");
		canvas_text(canvas, rect.row, rect.column + words, rect.columns - words, ROLE_DIM, "Servers");
	}
	arena_free(arena);
}

/* Where the words behind a title start. */
static int words_column(const struct checks_state *state, int columns)
{
	int width = 8, most = (columns - LEAD) * 3 / 5, title = columns / 3 > TITLE_MOST ? columns / 3 : TITLE_MOST;

	most = most > title ? title : most;
	for (size_t i = 0; i < state->table->count; i++) {
		int cells = (int)text_cells(state->table->rows[i].title);

		width = cells > width ? cells : width;
	}
	return LEAD + (width < most ? width : most) + 1;
}

static void draw_beginning(struct view *view, struct canvas *canvas, struct rect line, const struct check_line *at,
			   enum role role)
{
	struct strbuf text = STRBUF_INIT;

	canvas_text(canvas, line.row, line.column + 2, BEGINNING_CELLS, role == ROLE_SELECTED ? role : ROLE_HEADING,
		    beginning_labels[at->beginning]);
	beginning_text(view->wizard, at->beginning, &text);
	canvas_text(canvas, line.row, line.column + 2 + BEGINNING_CELLS, line.columns - 2 - BEGINNING_CELLS,
		    ROLE_NORMAL, strbuf_text(&text));
	strbuf_clear(&text);
}

static void draw_row(struct view *view, struct canvas *canvas, struct rect line, const struct check_line *at,
		     enum role role, int words)
{
	struct strbuf text = STRBUF_INIT;
	enum check_state state = at->row->state;

	canvas_text(canvas, line.row, line.column + 2, 2, role == ROLE_SELECTED ? role : looks[state].role,
		    canvas_symbol(canvas, looks[state].symbol));
	canvas_text(canvas, line.row, line.column + LEAD, words - LEAD - 1, role, at->row->title);
	check_row_words(view->wizard, at->row, &text);
	canvas_text(canvas, line.row, line.column + words, line.columns - words, ROLE_NORMAL, strbuf_text(&text));
	strbuf_clear(&text);
}

static void draw_server(struct canvas *canvas, struct rect line, const struct check_result *result, enum role role)
{
	const char *found = result->verdict->note ? check_result_state(result) : result->verdict->found;
	int column = line.column + LEAD, width = SERVER_MOST;

	if (role == ROLE_SELECTED)
		canvas_fill(canvas, (struct rect){ line.row, column, 1, 3 }, ' ', role);
	canvas_text(canvas, line.row, column, 2, role == ROLE_SELECTED ? role : looks[result->verdict->state].role,
		    canvas_symbol(canvas, looks[result->verdict->state].symbol));
	width = canvas_text(canvas, line.row, column + 3, width, role, check_result_server(result));
	width = width < 8 ? 8 : width;
	canvas_text(canvas, line.row, column + 3 + width + 2, line.columns - LEAD - 5 - width, ROLE_NORMAL, found);
}

static void draw_line(struct view *view, struct canvas *canvas, struct rect line, size_t index, int words)
{
	const struct checks_state *state = view->state;
	const struct check_line *at = &state->lines[index];
	bool pointed = index == state->list.at, here = pointed && view->focused;
	enum role role = here ? ROLE_SELECTED : ROLE_NORMAL;

	/* Up to the end of what names it: a slow line would carry two whole rows for every move. */
	if (here)
		canvas_fill(canvas, (struct rect){ line.row, line.column, 1, at->row ? LEAD : 2 }, ' ', role);
	if (pointed)
		canvas_text(canvas, line.row, line.column, 1, role, canvas_symbol(canvas, SYMBOL_POINTER));
	if (!at->row)
		draw_beginning(view, canvas, line, at, role);
	else if (at->result)
		draw_server(canvas, line, at->result, role);
	else
		draw_row(view, canvas, line, at, role, words);
	canvas_area(canvas, line, ACTION_FOCUS, (int)index);
	if (here)
		canvas_cursor(canvas, line.row, line.column + 2);
}

static void draw_list(struct view *view, struct canvas *canvas, struct rect rect, bool header)
{
	struct checks_state *state = view->state;
	int words = words_column(state, rect.columns - 1);

	if (header)
		draw_header(state, canvas, rect, words);
	rect.row += header;
	rect.rows -= header;
	listing_fit(&state->list, state->count, rect.rows > 0 ? (size_t)rect.rows : 0);
	for (int i = 0; i < rect.rows && state->list.first + (size_t)i < state->count; i++)
		draw_line(view, canvas, (struct rect){ rect.row + i, rect.column, 1, rect.columns - 1 },
			  state->list.first + (size_t)i, words);
	listing_marks(&state->list, state->count, canvas, rect);
	if (!state->count) {
		canvas_text(canvas, rect.row, rect.column + 2, rect.columns - 2, ROLE_DIM,
			    "There is nothing to check.");
		if (view->focused)
			canvas_cursor(canvas, rect.row, rect.column + 2);
	}
}

/* ---- the selected check ---- */

/* The result that a line is told by: its own, or the first that stands as bad as its check. */
static const struct check_result *told(const struct check_line *line)
{
	const struct check_row *row = line->row;

	for (size_t i = 0; !line->result && i < row->count; i++) {
		if (row->results[i].verdict->state == row->state && (check_is_open(&row->results[i]) || !row->open))
			return &row->results[i];
	}
	return line->result ? line->result : &row->results[0];
}

/* ": 11 not known", ": MS01 and 2 more" */
static void title_of(struct view *view, const struct check_line *line, struct strbuf *out)
{
	strbuf_puts(out, line->row->title);
	if (line->result) {
		strbuf_printf(out, " on %s", check_result_server(line->result));
	} else if (line->row->results[0].server) {
		strbuf_puts(out, ": ");
		check_row_words(view->wizard, line->row, out);
	}
}

static void put_line(struct strbuf *out, const char *label, const char *text)
{
	if (text && *text)
		strbuf_printf(out, "%s%s\n", label, text);
}

static void name_servers(const struct check_row *row, enum check_state state, struct strbuf *out)
{
	size_t named = 0;

	for (size_t i = 0; i < row->count && named < NAMED_MOST; i++) {
		if (row->results[i].verdict->state == state && row->results[i].server)
			strbuf_printf(out, "%s%s", named++ ? ", " : "", check_result_server(&row->results[i]));
	}
	if (row->counts[state] > named && named)
		strbuf_printf(out, " and %zu more", row->counts[state] - named);
}

void check_words(struct view *view, const struct check_line *line, struct strbuf *out)
{
	const struct check_result *result = told(line);
	struct strbuf text = STRBUF_INIT;

	title_of(view, line, out);
	strbuf_printf(out, "\n%s\n\n", check_result_state(result));
	put_line(out, "Needed: ", result->verdict->needed);
	put_line(out, "Found: ", check_result_found(result));
	if (!line->result)
		name_servers(line->row, result->verdict->state, &text);
	put_line(out, "On: ", strbuf_text(&text));
	put_line(out, "What to do: ", result->verdict->remedy);
	strbuf_reset(&text);
	check_note_words(result, &text);
	put_line(out, "", strbuf_text(&text));
	strbuf_reset(&text);
	if (result->verdict->prereq->source)
		source_words(&text, result->verdict->prereq->source);
	put_line(out, "Source: ", strbuf_text(&text));
	strbuf_clear(&text);
}

static int wrap_line(struct sheet *sheet, int row, enum role role, const char *label, const char *text)
{
	struct strbuf line = STRBUF_INIT;

	if (!text || !text[0])
		return row;
	strbuf_printf(&line, "%s%s", label, text);
	row += sheet_wrap(sheet, row, 0, sheet->canvas.columns, role, strbuf_text(&line));
	strbuf_clear(&line);
	return row;
}

static void fill_detail(struct view *view, const struct check_line *line, struct sheet *sheet)
{
	const struct check_result *result = told(line);
	struct strbuf text = STRBUF_INIT;
	const char *state = check_result_state(result);
	int width = sheet->canvas.columns, row;
	enum role role;

	title_of(view, line, &text);
	row = sheet_wrap(sheet, 0, 0, width - (int)text_cells(state) - 2, ROLE_HEADING, strbuf_text(&text));
	canvas_text_right(&sheet->canvas, 0, 0, width, looks[result->verdict->state].role, state);
	row = wrap_line(sheet, row, ROLE_NORMAL, "Needed: ", result->verdict->needed);
	row = wrap_line(sheet, row, ROLE_NORMAL, "Found:  ", check_result_found(result));
	strbuf_reset(&text);
	check_note_words(result, &text);
	row = wrap_line(sheet, row, ROLE_OK, "", strbuf_text(&text));
	row = wrap_line(sheet, row, ROLE_NORMAL, "", result->verdict->remedy);
	strbuf_reset(&text);
	if (result->verdict->prereq->source) {
		role = source_words(&text, result->verdict->prereq->source);
		(void)wrap_line(sheet, row, role, "Source: ", strbuf_text(&text));
	}
	strbuf_clear(&text);
}

static void draw_detail(struct view *view, const struct check_line *line, struct canvas *canvas, struct rect rect)
{
	struct sheet sheet;
	int first = 0;

	sheet_init(&sheet, rect.columns - 1, canvas->ascii);
	if (line->row)
		fill_detail(view, line, &sheet);
	else
		sheet_wrap(&sheet, 0, 0, rect.columns - 1, ROLE_NORMAL,
			   "Nothing is known of the servers yet. The collector only reads, and nothing has to be "
			   "vouched for that it tells.");
	sheet_show(&sheet, canvas, rect, &first, 0, 1);
	sheet_clear(&sheet);
}

void checks_draw(struct view *view, struct canvas *canvas, struct rect body)
{
	const struct checks_state *state = view->state;
	int detail = body.rows >= DETAIL_LEAST_ROWS ? body.rows / 3 : 0;
	struct rect rect = { body.row + 1, body.column, body.rows - 1, body.columns };

	/* Hardly a check has more to say; the rest is for the list, as long as that needs it. */
	if (detail > DETAIL_ENOUGH && (size_t)(body.rows - 3 - detail) < state->count)
		detail = DETAIL_ENOUGH;
	rect.rows -= detail ? detail + 1 : 0;
	draw_counts(view, canvas, body);
	draw_list(view, canvas, rect, body.rows >= HEADER_LEAST_ROWS || state->filter.length);
	if (!detail || !state->count)
		return;
	canvas_hline(canvas, rect.row + rect.rows, body.column, body.columns);
	draw_detail(view, &state->lines[state->list.at], canvas,
		    (struct rect){ rect.row + rect.rows + 1, body.column, detail, body.columns });
}
