/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * How the prerequisites look: counts, the list, and the selected check in full below it.
 */
#include "ui/view_checks.h"

#include "core/text.h"

#define SERVER_LEAST 6
#define SERVER_MOST 16
#define LEAD 5              /* pointer, blank, symbol (two cells in ASCII), blank */
#define DETAIL_LEAST_ROWS 9 /* of the body; below that only the list is shown, Enter shows the rest */
#define HEADER_LEAST_ROWS 6
#define TIME_LEAST_COLUMNS 50

static const struct {
	enum symbol symbol;
	enum role role;
	const char *count; /* after the number, in the first line */
} looks[CHECK_STATE_COUNT] = {
	[CHECK_FAILED] = { SYMBOL_BAD, ROLE_ERROR, "failed" },
	[CHECK_WARNING] = { SYMBOL_WARNING, ROLE_WARNING, "warning" },
	[CHECK_UNKNOWN] = { SYMBOL_UNKNOWN, ROLE_UNKNOWN, "not known" },
	[CHECK_PLANNED] = { SYMBOL_WAITING, ROLE_DIM, "before the start" },
	[CHECK_PASSED] = { SYMBOL_OK, ROLE_OK, "passed" },
};

/* "2 failed", "1 warning", "3 not known" or, for little room, "3 ?" and "13 later". */
static void count_words(const struct check_list *checks, int state, bool brief, struct strbuf *out)
{
	bool many = state == CHECK_WARNING && checks->counts[state] != 1;

	const char *word = looks[state].count;

	if (brief && state == CHECK_UNKNOWN)
		word = "?";
	else if (brief && state == CHECK_PLANNED)
		word = "later";
	strbuf_reset(out);
	strbuf_printf(out, "%zu %s%s", checks->counts[state], word, many ? "s" : "");
}

static void draw_counts(struct view *view, const struct check_list *checks, struct canvas *canvas, struct rect body)
{
	struct strbuf text = STRBUF_INIT;
	const char *at = wizard_checked_at(view->wizard);
	int column = body.column, room = body.columns, wanted = 0;

	if (at && at[0] && body.columns >= TIME_LEAST_COLUMNS) {
		strbuf_printf(&text, "verified %s", at);
		room -= canvas_text_right(canvas, body.row, body.column, body.columns, ROLE_DIM, strbuf_text(&text)) +
			2;
	}
	for (int i = 0; i < CHECK_STATE_COUNT; i++) {
		if (i == CHECK_PLANNED && !checks->counts[i])
			continue;
		count_words(checks, i, false, &text);
		wanted += (int)text_cells(strbuf_text(&text)) + 2;
	}
	for (int i = 0; i < CHECK_STATE_COUNT; i++) {
		if (i == CHECK_PLANNED && !checks->counts[i])
			continue;
		count_words(checks, i, wanted > room, &text);
		column += canvas_text(canvas, body.row, column, body.column + room - column,
				      checks->counts[i] ? looks[i].role : ROLE_DIM, strbuf_text(&text)) +
			  2;
	}
	strbuf_clear(&text);
}

struct columns {
	int server, check, found; /* where they start */
	int end;
};

static struct columns measure(const struct checks_state *state, const struct check_list *checks, struct rect rect)
{
	int width = SERVER_LEAST, rest;
	size_t count = checks_shown(state, checks);
	struct columns columns;

	for (size_t i = state->list.first; i < count && i < state->list.first + state->list.room; i++) {
		int cells = (int)text_cells(check_server_name(check_shown(state, checks, i)));

		if (cells > width)
			width = cells;
	}
	if (width > SERVER_MOST)
		width = SERVER_MOST;
	columns.server = rect.column + LEAD;
	columns.check = columns.server + width + 1;
	columns.end = rect.column + rect.columns - 1;
	rest = columns.end - columns.check;
	columns.found = columns.check + rest * 3 / 5 + 1;
	return columns;
}

static void draw_header(const struct checks_state *state, struct canvas *canvas, int row, const struct columns *columns)
{
	struct strbuf text = STRBUF_INIT;

	if (state->filter.length) {
		strbuf_printf(&text, "Only what has \"%s\" in it; Esc shows all", strbuf_text(&state->filter));
		canvas_text(canvas, row, columns->server - LEAD, columns->end - columns->server + LEAD, ROLE_CURRENT,
			    strbuf_text(&text));
	} else {
		canvas_text(canvas, row, columns->server, columns->check - columns->server, ROLE_DIM, "Server");
		canvas_text(canvas, row, columns->check, columns->found - columns->check, ROLE_DIM, "Check");
		canvas_text(canvas, row, columns->found, columns->end - columns->found, ROLE_DIM, "Found");
	}
	strbuf_clear(&text);
}

static const char *answered(const struct check_result *result)
{
	if (!result->note)
		return NULL;
	return result->raw == CHECK_WARNING ? "acknowledged" : "confirmed";
}

static void draw_result(struct view *view, const struct check_result *result, struct canvas *canvas, struct rect line,
			const struct columns *columns, size_t index)
{
	const struct checks_state *state = view->state;
	bool at = index == state->list.at, here = at && view->focused;
	enum role role = here ? ROLE_SELECTED : ROLE_NORMAL;
	const char *mark = answered(result);

	/* Not the whole row: a slow line would carry two rows for every move. */
	if (here)
		canvas_fill(canvas, (struct rect){ line.row, line.column, 1, LEAD - 1 }, ' ', role);
	if (at)
		canvas_text(canvas, line.row, line.column, 1, role, canvas_symbol(canvas, SYMBOL_POINTER));
	canvas_text(canvas, line.row, line.column + 2, 2, here ? role : looks[result->state].role,
		    canvas_symbol(canvas, looks[result->state].symbol));
	canvas_text(canvas, line.row, columns->server, columns->check - columns->server - 1, ROLE_NORMAL,
		    check_server_name(result));
	canvas_text(canvas, line.row, columns->check, columns->found - columns->check - 1, ROLE_NORMAL,
		    result->title);
	canvas_text(canvas, line.row, columns->found, columns->end - columns->found, ROLE_NORMAL,
		    mark ? mark : result->found);
	canvas_area(canvas, line, ACTION_FOCUS, (int)index);
	if (here)
		canvas_cursor(canvas, line.row, line.column + 2);
}

static void draw_list(struct view *view, const struct check_list *checks, struct canvas *canvas, struct rect rect,
		      bool header)
{
	struct checks_state *state = view->state;
	size_t count = checks_shown(state, checks);
	struct columns columns;

	rect.row += header;
	rect.rows -= header;
	listing_fit(&state->list, count, rect.rows > 0 ? (size_t)rect.rows : 0);
	columns = measure(state, checks, rect);
	if (header)
		draw_header(state, canvas, rect.row - 1, &columns);
	for (int i = 0; i < rect.rows && state->list.first + (size_t)i < count; i++) {
		struct rect line = { rect.row + i, rect.column, 1, rect.columns - 1 };

		draw_result(view, check_shown(state, checks, state->list.first + (size_t)i), canvas, line, &columns,
			    state->list.first + (size_t)i);
	}
	listing_marks(&state->list, count, canvas, rect);
	if (!count) {
		canvas_text(canvas, rect.row, rect.column + 2, rect.columns - 2, ROLE_DIM,
			    checks->count ? "No check has this text." : "There is nothing to check.");
		if (view->focused)
			canvas_cursor(canvas, rect.row, rect.column + 2);
	}
}

/* ---- the selected check ---- */

static void title_of(const struct check_result *result, struct strbuf *out)
{
	strbuf_puts(out, result->title);
	if (result->server)
		strbuf_printf(out, " on %s", check_server_name(result));
}

static void note_words(const struct check_result *result, struct strbuf *out)
{
	const struct answer_note *note = result->note;

	strbuf_printf(out, "%s by %s on %s", result->raw == CHECK_WARNING ? "Acknowledged" : "Confirmed",
		      note->by ? note->by : "?", note->on ? note->on : "?");
	if (note->note && note->note[0])
		strbuf_printf(out, ": %s", note->note);
}

/* What was found, when that is more than the state in other words; else "". */
static const char *found_words(const struct check_result *result)
{
	bool same = str_eq(result->found, check_state_name(result->raw)) || str_eq(result->found, "confirmed");

	return same ? "" : result->found;
}

void check_words(const struct check_result *result, struct strbuf *out)
{
	const struct prereq *prereq = result->prereq;

	title_of(result, out);
	strbuf_printf(out, ": %s\n\n", check_state_name(result->state));
	if (*found_words(result))
		strbuf_printf(out, "Found: %s\n", result->found);
	if (result->needed)
		strbuf_printf(out, "Needed: %s\n", result->needed);
	if (result->remedy)
		strbuf_printf(out, "What to do: %s\n", result->remedy);
	if (result->note) {
		note_words(result, out);
		strbuf_putc(out, '\n');
	}
	if (prereq->source) {
		strbuf_puts(out, "Source: ");
		source_words(out, prereq->source);
	}
}

static int draw_line(struct sheet *sheet, int row, int width, enum role role, const char *label, const char *text)
{
	struct strbuf line = STRBUF_INIT;

	if (!text || !text[0])
		return row;
	strbuf_printf(&line, "%s%s", label, text);
	row += sheet_wrap(sheet, row, 0, width, role, strbuf_text(&line));
	strbuf_clear(&line);
	return row;
}

static int draw_source(struct sheet *sheet, int row, int width, const char *source)
{
	struct strbuf words = STRBUF_INIT;
	enum role role;

	if (!source)
		return row;
	role = source_words(&words, source);
	row = draw_line(sheet, row, width, role, "Source: ", strbuf_text(&words));
	strbuf_clear(&words);
	return row;
}

static void draw_detail(const struct check_result *result, struct canvas *canvas, struct rect rect)
{
	const struct prereq *prereq = result->prereq;
	struct strbuf text = STRBUF_INIT;
	int width = rect.columns - 1, row, first = 0;
	struct sheet sheet;

	sheet_init(&sheet, width, canvas->ascii);
	title_of(result, &text);
	row = sheet_wrap(&sheet, 0, 0, width - 12, ROLE_HEADING, strbuf_text(&text));
	canvas_text_right(&sheet.canvas, 0, 0, width, looks[result->state].role, check_state_name(result->state));
	strbuf_reset(&text);
	if (result->note)
		note_words(result, &text);
	row = draw_line(&sheet, row, width, ROLE_OK, "", strbuf_text(&text));
	row = draw_line(&sheet, row, width, ROLE_NORMAL, "Found: ", found_words(result));
	if (check_is_open(result))
		row = draw_line(&sheet, row, width, ROLE_NORMAL, "", result->remedy);
	row = draw_source(&sheet, row, width, prereq->source);
	row = draw_line(&sheet, row, width, ROLE_NORMAL, "Needed: ", result->needed);
	if (!check_is_open(result))
		row = draw_line(&sheet, row, width, ROLE_NORMAL, "", result->remedy);
	sheet_show(&sheet, canvas, rect, &first, 0, 1);
	sheet_clear(&sheet);
	strbuf_clear(&text);
}

void checks_draw(struct view *view, const struct check_list *checks, struct canvas *canvas, struct rect body)
{
	struct checks_state *state = view->state;
	const struct check_result *result;
	int detail = body.rows >= DETAIL_LEAST_ROWS ? body.rows / 3 : 0;
	struct rect rect = { body.row + 1, body.column, body.rows - 1 - (detail ? detail + 1 : 0), body.columns };

	draw_counts(view, checks, canvas, body);
	draw_list(view, checks, canvas, rect, body.rows >= HEADER_LEAST_ROWS || state->filter.length);
	if (!detail || !checks_shown(state, checks))
		return;
	result = check_shown(state, checks, state->list.at);
	canvas_hline(canvas, rect.row + rect.rows, body.column, body.columns);
	draw_detail(result, canvas, (struct rect){ rect.row + rect.rows + 1, body.column, detail, body.columns });
}
