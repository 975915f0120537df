/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The last page: its text, the files that were written, the first steps of what comes next. Scrolls.
 */
#include "ui/sheet.h"
#include "ui/view.h"
#include "wizard/wizard_checks.h"

#define LABEL_CELLS 7
#define NEXT_STEPS 8 /* the file with all of them is named above */

struct done_state {
	int first, rows, room;
};

static int draw_files(struct view *view, struct sheet *sheet, int row, int width)
{
	size_t count = wizard_output_count(view->wizard);
	struct strbuf text = STRBUF_INIT;

	if (!wizard_has_written(view->wizard))
		return row;
	sheet_text(sheet, row++, 0, width, ROLE_HEADING, "Files");
	for (size_t i = 0; i < count; i++) {
		const struct output *output = wizard_output(view->wizard, i);

		if (!output->chosen)
			continue;
		sheet_text(sheet, row, 0, 2, output->written ? ROLE_OK : ROLE_WARNING,
			   canvas_symbol(&sheet->canvas, output->written ? SYMBOL_OK : SYMBOL_UNKNOWN));
		strbuf_reset(&text);
		strbuf_printf(&text, "%s: %s%s", output->label, output->path,
			      !output->written   ? " (not written)"
			      : output->existed ? " (replaced)"
						: "");
		row += sheet_wrap(sheet, row, 3, width - 3, ROLE_NORMAL, strbuf_text(&text));
	}
	strbuf_clear(&text);
	return row + 1;
}

/* What the record leaves open, in its order. */
static int draw_steps(struct view *view, struct sheet *sheet, int row, int width)
{
	const struct sequence *sequence = wizard_sequence(view->wizard);
	const struct tracker *tracker = wizard_tracker(view->wizard, NULL);
	struct strbuf text = STRBUF_INIT;
	size_t open = 0;

	if (!sequence->count || wizard_is_complete(view->wizard))
		return row;
	sheet_text(sheet, row++, 0, width, ROLE_HEADING, "What comes next");
	for (size_t i = 0; i < sequence->count; i++) {
		if (tracker_is_settled(tracker, i) || open++ >= NEXT_STEPS)
			continue;
		strbuf_reset(&text);
		strbuf_printf(&text, "%zu.", i + 1);
		sheet_text(sheet, row, 0, 3, ROLE_DIM, strbuf_text(&text));
		row += sheet_wrap(sheet, row, 3, width - 3, ROLE_NORMAL, sequence->items[i].title);
	}
	if (open > NEXT_STEPS) {
		strbuf_reset(&text);
		strbuf_puts(&text, "... and ");
		put_count(&text, open - NEXT_STEPS, "more step");
		sheet_text(sheet, row++, 3, width - 3, ROLE_DIM, strbuf_text(&text));
	}
	strbuf_clear(&text);
	return row;
}

/* The last command of all. */
static void draw_proof(struct view *view, struct sheet *sheet, int row, int width)
{
	struct strbuf text = STRBUF_INIT;

	wizard_proof(view->wizard, &text);
	if (text.length)
		sheet_wrap(sheet, row + 1, 0, width, ROLE_NORMAL, strbuf_text(&text));
	strbuf_clear(&text);
}

/* What to do now, by the record, and how to come back to it. */
static int draw_now(struct view *view, struct sheet *sheet, int row, int width)
{
	const struct sequence *sequence = wizard_sequence(view->wizard);
	const struct tracker *tracker = wizard_tracker(view->wizard, NULL);
	struct strbuf text = STRBUF_INIT;
	size_t now = 0;

	while (now < sequence->count && tracker_is_settled(tracker, now))
		now++;
	if (now == sequence->count)
		return row;
	sheet_text(sheet, row, 0, LABEL_CELLS, ROLE_HEADING, "Now");
	strbuf_printf(&text, "step %zu of %zu: %s", now + 1, sequence->count, sequence->items[now].title);
	row += sheet_wrap(sheet, row, LABEL_CELLS, width - LABEL_CELLS, ROLE_NORMAL, strbuf_text(&text));
	sheet_text(sheet, row, 0, LABEL_CELLS, ROLE_HEADING, "Later");
	strbuf_reset(&text);
	wizard_track_command(view->wizard, &text);
	strbuf_puts(&text, " goes on with the checklist");
	row += sheet_wrap(sheet, row, LABEL_CELLS, width - LABEL_CELLS, ROLE_NORMAL, strbuf_text(&text));
	strbuf_clear(&text);
	return row + 1;
}

static void view_done_draw(struct view *view, struct canvas *canvas, struct rect body)
{
	struct done_state *state = view->state;
	const char *text = wizard_page_text(view->wizard, view->page);
	const char *intro = table_text(wizard_plan(view->wizard), view->page->intro);
	int width = body.columns - 1, row = 0;
	struct sheet sheet;

	sheet_init(&sheet, width, canvas->ascii);
	if (intro)
		row += sheet_wrap(&sheet, row, 0, width, ROLE_NORMAL, intro) + 1;
	row = draw_files(view, &sheet, row, width);
	row = draw_now(view, &sheet, row, width);
	if (text && text[0])
		row += sheet_wrap(&sheet, row, 0, width, ROLE_NORMAL, text) + 1;
	row = draw_steps(view, &sheet, row, width);
	draw_proof(view, &sheet, row, width);
	state->rows = sheet.rows;
	state->room = body.rows;
	sheet_show(&sheet, canvas, body, &state->first, state->first, state->first + 1);
	if (view->focused)
		canvas_cursor(canvas, body.row, body.column);
	sheet_clear(&sheet);
}

static bool scroll(struct done_state *state, int lines)
{
	int before = state->first, most = state->rows - state->room;

	state->first += lines;
	if (state->first > most)
		state->first = most;
	if (state->first < 0)
		state->first = 0;
	return state->first != before;
}

static void write_next(struct view *view)
{
	struct strbuf note = STRBUF_INIT;

	wizard_write_next(view->wizard, &note);
	dialog_text(view->ui, "The next upgrade", strbuf_text(&note));
	strbuf_clear(&note);
}

static enum view_result view_done_key(struct view *view, const struct key *pressed, enum action action)
{
	struct done_state *state = view->state;
	int page = state->room > 1 ? state->room - 1 : 1;

	if (pressed->name == KEYNAME_DOWN)
		return scroll(state, 1) ? VIEW_DONE : VIEW_PAST_END;
	if (pressed->name == KEYNAME_UP)
		return scroll(state, -1) ? VIEW_DONE : VIEW_PAST_START;
	if (pressed->name == KEYNAME_PAGE_DOWN && state->rows > state->room)
		scroll(state, page);
	else if (pressed->name == KEYNAME_PAGE_UP)
		scroll(state, -page);
	else if (pressed->name == KEYNAME_HOME || pressed->name == KEYNAME_END)
		scroll(state, pressed->name == KEYNAME_HOME ? -state->rows : state->rows);
	else if (pressed->name == KEYNAME_MOUSE && pressed->wheel)
		scroll(state, 3 * pressed->wheel);
	else if (action == ACTION_NEXT_PLAN && wizard_has_next(view->wizard, NULL))
		write_next(view);
	else if (action == ACTION_NEXT_FIELD || action == ACTION_ACTIVATE)
		return VIEW_PAST_END;
	else
		return action == ACTION_PREVIOUS_FIELD ? VIEW_PAST_START : VIEW_IGNORED;
	return VIEW_DONE;
}

static void view_done_hint(struct view *view, struct strbuf *out)
{
	const char *what;

	if (wizard_has_next(view->wizard, &what))
		strbuf_printf(out, "P writes the plan of the next upgrade, %s. ", what);
	strbuf_printf(out, "F8 closes the wizard.%s",
		      wizard_has_written(view->wizard) ? " The files are written." : "");
}

static const enum action *view_done_actions(struct view *view)
{
	static const enum action next[] = { ACTION_NEXT_PLAN, ACTION_SCROLL, ACTION_NONE };
	static const enum action short_next[] = { ACTION_NEXT_PLAN, ACTION_NONE };
	const struct done_state *state = view->state;
	bool scrolls = state->rows > state->room;

	if (!wizard_has_next(view->wizard, NULL))
		return scrolls ? next + 1 : next + 2;
	return scrolls ? next : short_next;
}

const struct view_ops view_done = {
	.state_size = sizeof(struct done_state),
	.draw = view_done_draw,
	.key = view_done_key,
	.hint = view_done_hint,
	.actions = view_done_actions,
};
