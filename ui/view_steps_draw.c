/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The picture of the checklist: the phases, the steps that are in sight, the selected one in full below them. A small
 * body has one line for the phases and no details; Space shows those.
 */
#include "ui/view_steps.h"

#include "core/text.h"
#include "core/wrap.h"

#define PHASES_FROM_COLUMNS 60 /* from here on each phase has a line and a bar */
#define PHASES_FROM_ROWS 14
#define PHASES_MOST 6
#define DETAIL_FROM_ROWS 12
#define DETAIL_LEAST 5
#define DETAIL_ENOUGH 8 /* while steps are out of sight */
#define DETAIL_ENOUGH_WIDE 6
#define WIDE_COLUMNS 100
#define SITUATION_FROM_COLUMNS 60 /* from here on the situation stands beside the title in full */
#define STATE_CELLS 10            /* below that: "may start" */
#define BY_CELLS 26               /* who began, and the elapsed time */
#define COUNT_CELLS 14            /* "12/29   41 %" */
#define LABEL_CELLS 13            /* of the details: "If it fails  " */
#define BRIEF_LINES 2             /* of a text in details that have little room */

/* ---- the phases ---- */

struct share {
	size_t settled, steps;
};

/* Down: only what is finished has 100 %. */
static int percent(struct share share)
{
	return share.steps ? (int)((double)share.settled * 100 / (double)share.steps) : 100;
}

static void draw_bar(struct canvas *canvas, struct rect at, struct share share)
{
	int full = share.steps ? (int)((double)share.settled * at.columns / (double)share.steps) : at.columns;

	for (int i = 0; i < at.columns; i++)
		canvas_text(canvas, at.row, at.column + i, 1, i < full ? ROLE_OK : ROLE_DIM,
			    canvas_symbol(canvas, i < full ? SYMBOL_FULL : SYMBOL_EMPTY));
}

static void put_share(struct strbuf *out, struct share share)
{
	strbuf_printf(out, "%zu/%zu  %3d %%", share.settled, share.steps, percent(share));
}

static void draw_begun(const struct steps_state *state, struct canvas *canvas, struct rect at)
{
	const char *begun = tracker_begun(state->tracker);
	struct strbuf text = STRBUF_INIT;

	if (!begun) {
		canvas_text_right(canvas, at.row, at.column, at.columns, ROLE_DIM, "nothing recorded yet");
		return;
	}
	strbuf_printf(&text, "%s  ", tracker_begun_by(state->tracker));
	tracker_put_time(&text, begun, state->now);
	strbuf_puts(&text, " UTC");
	canvas_text_right(canvas, at.row, at.column, at.columns, ROLE_NORMAL, strbuf_text(&text));
	strbuf_reset(&text);
	strbuf_puts(&text, "elapsed ");
	tracker_put_elapsed(&text, begun, state->now);
	if (at.rows > 1)
		canvas_text_right(canvas, at.row + 1, at.column, at.columns, ROLE_NORMAL, strbuf_text(&text));
	strbuf_clear(&text);
}

static void draw_phases(const struct steps_state *state, struct canvas *canvas, struct rect rect)
{
	const struct phase_progress *phases;
	size_t count = tracker_phases(state->tracker, &phases);
	int names = 0, bar;
	struct strbuf text = STRBUF_INIT;

	for (size_t i = 0; i < count; i++)
		names = (int)text_cells(phases[i].phase) > names ? (int)text_cells(phases[i].phase) : names;
	names = names > rect.columns / 4 ? rect.columns / 4 : names;
	bar = rect.columns - names - 1 - COUNT_CELLS - 2 - BY_CELLS;
	for (int i = 0; i < rect.rows && (size_t)i < count; i++) {
		const struct phase_progress *phase = &phases[i];
		struct share share = { phase->settled, phase->steps };
		int row = rect.row + i;

		strbuf_reset(&text);
		put_share(&text, share);
		canvas_text(canvas, row, rect.column, names, phase->failed ? ROLE_ERROR : ROLE_LABEL, phase->phase);
		draw_bar(canvas, (struct rect){ row, rect.column + names + 1, 1, bar }, share);
		canvas_text_right(canvas, row, rect.column + names + 1 + bar, COUNT_CELLS, ROLE_NORMAL,
				  strbuf_text(&text));
	}
	draw_begun(state, canvas,
		   (struct rect){ rect.row, rect.column + rect.columns - BY_CELLS, rect.rows, BY_CELLS });
	strbuf_clear(&text);
}

/* All phases in one line, the failed and the running ones counted. */
static void draw_sum(const struct steps_state *state, struct canvas *canvas, struct rect rect)
{
	const struct phase_progress *phases;
	size_t count = tracker_phases(state->tracker, &phases), failed = 0, running = 0;
	struct share share = { 0, 0 };
	struct strbuf text = STRBUF_INIT;

	for (size_t i = 0; i < count; i++) {
		share.settled += phases[i].settled;
		share.steps += phases[i].steps;
		failed += phases[i].failed;
		running += phases[i].started;
	}
	put_share(&text, share);
	if (failed)
		strbuf_printf(&text, "  %zu failed", failed);
	if (running)
		strbuf_printf(&text, "  %zu running", running);
	canvas_text(canvas, rect.row, rect.column, rect.columns, failed ? ROLE_ERROR : ROLE_LABEL, strbuf_text(&text));
	strbuf_reset(&text);
	if (tracker_begun(state->tracker))
		tracker_put_elapsed(&text, tracker_begun(state->tracker), state->now);
	if (rect.columns > 36)
		canvas_text_right(canvas, rect.row, rect.column, rect.columns, ROLE_NORMAL, strbuf_text(&text));
	strbuf_clear(&text);
}

/* Why nothing can be recorded, or why this may not be how things are. */
static void draw_trouble(const struct steps_state *state, struct canvas *canvas, struct rect rect)
{
	struct sheet sheet;
	int first = 0;

	sheet_init(&sheet, rect.columns, canvas->ascii);
	if (state->trouble.length)
		sheet_wrap(&sheet, 0, 0, rect.columns, ROLE_ERROR, strbuf_text(&state->trouble));
	else if (state->found.count)
		sheet_finding(&sheet, 0, 0, rect.columns, &state->found.items[state->found.count - 1]);
	sheet_show(&sheet, canvas, rect, &first, 0, 1);
	sheet_clear(&sheet);
}

/* Returns the rows that it took, with the line below. */
static int draw_head(const struct steps_state *state, struct canvas *canvas, struct rect body)
{
	const struct phase_progress *phases;
	bool roomy = body.columns >= PHASES_FROM_COLUMNS && body.rows >= PHASES_FROM_ROWS;
	int rows = 1;

	if (!state->tracker || state->trouble.length) {
		rows = roomy ? 3 : 2;
		draw_trouble(state, canvas, (struct rect){ body.row, body.column, rows, body.columns });
	} else if (roomy && tracker_phases(state->tracker, &phases) <= PHASES_MOST) {
		rows = (int)tracker_phases(state->tracker, &phases);
		draw_phases(state, canvas, (struct rect){ body.row, body.column, rows, body.columns });
	} else {
		draw_sum(state, canvas, (struct rect){ body.row, body.column, 1, body.columns });
	}
	if (body.rows < DETAIL_FROM_ROWS)
		return rows;
	canvas_hline(canvas, body.row + rows, body.column, body.columns);
	return rows + 1;
}

/* ---- one step of the list ---- */

static const char *state_symbol(const struct canvas *canvas, enum step_state state)
{
	static const enum symbol symbols[STATE_COUNT] = {
		[STATE_WAITING] = SYMBOL_WAITING,
		[STATE_STARTED] = SYMBOL_RUNNING,
		[STATE_DONE] = SYMBOL_OK,
		[STATE_FAILED] = SYMBOL_BAD,
	};

	return state == STATE_SKIPPED ? "-" : canvas_symbol(canvas, symbols[state]);
}

static enum role state_role(const struct steps_state *state, size_t step)
{
	static const enum role roles[STATE_COUNT] = {
		[STATE_WAITING] = ROLE_NORMAL, [STATE_STARTED] = ROLE_CURRENT, [STATE_DONE] = ROLE_OK,
		[STATE_FAILED] = ROLE_ERROR,   [STATE_SKIPPED] = ROLE_WARNING,
	};
	enum step_state now = tracker_status(state->tracker, step)->state;

	return now == STATE_WAITING && !tracker_may_start(state->tracker, step) ? ROLE_DIM : roles[now];
}

/* What stands at the right of a title: who and when, or what it waits for. */
static void draw_situation(const struct steps_state *state, size_t step, struct canvas *canvas, struct rect at,
			   enum role role)
{
	const struct step_status *status = tracker_status(state->tracker, step);
	bool settled = tracker_is_settled(state->tracker, step) || status->state == STATE_FAILED;
	struct strbuf text = STRBUF_INIT;

	if (at.columns > STATE_CELLS && settled) {
		tracker_put_time(&text, status->since, state->now);
		at.columns -= canvas_text_right(canvas, at.row, at.column, at.columns, role, strbuf_text(&text)) + 1;
		strbuf_reset(&text);
		if (status->state != STATE_DONE)
			strbuf_printf(&text, "%s, ", step_state_name(status->state));
		strbuf_puts(&text, status->by ? status->by : status->record->host);
	} else if (at.columns > STATE_CELLS) {
		tracker_situation(state->tracker, step, state->now, &text);
	} else if (status->state == STATE_WAITING) {
		strbuf_puts(&text, tracker_may_start(state->tracker, step) ? "may start" : "waits");
	} else {
		strbuf_puts(&text, step_status_name(status));
	}
	canvas_text(canvas, at.row, at.column, at.columns, role, strbuf_text(&text));
	strbuf_clear(&text);
}

static void draw_record(const struct steps_state *state, size_t step, struct canvas *canvas, struct rect line,
			struct rect right, bool here)
{
	enum role mark = here ? ROLE_SELECTED : state_role(state, step);

	canvas_text(canvas, line.row, line.column + 2, 2, mark,
		    state_symbol(canvas, tracker_status(state->tracker, step)->state));
	if (tracker_status(state->tracker, step)->changed)
		canvas_text(canvas, line.row, line.column + 3 + canvas->ascii, 1, here ? ROLE_SELECTED : ROLE_WARNING,
			    "!");
	draw_situation(state, step, canvas, right, state_role(state, step) == ROLE_DIM ? ROLE_DIM : ROLE_NORMAL);
}

static void draw_step(struct view *view, size_t index, struct canvas *canvas, struct rect line)
{
	const struct steps_state *state = view->state;
	const struct step *step = &wizard_sequence(view->wizard)->items[index];
	bool at = index == state->list.at, here = at && view->focused;
	int right = line.columns >= SITUATION_FROM_COLUMNS ? line.columns * 2 / 5 : STATE_CELLS;
	struct rect situation = { line.row, line.column + line.columns - right, 1, right };
	int title = line.column + 4 + canvas->ascii; /* "ok" has two letters */
	bool open = state->tracker && state_role(state, index) != ROLE_DIM;
	enum role role = here ? ROLE_SELECTED : open ? ROLE_NORMAL : ROLE_DIM;

	/* Up to the end of what names it, as in every list. */
	if (here)
		canvas_fill(canvas, (struct rect){ line.row, line.column, 1, title - line.column }, ' ', ROLE_SELECTED);
	if (at)
		canvas_text(canvas, line.row, line.column, 1, role, canvas_symbol(canvas, SYMBOL_POINTER));
	if (state->tracker)
		draw_record(state, index, canvas, line, situation, here);
	canvas_text(canvas, line.row, title, line.column + line.columns - right - 1 - title, role, step->title);
	canvas_area(canvas, line, ACTION_FOCUS, (int)index);
	if (here)
		canvas_cursor(canvas, line.row, line.column + 2);
}

static void draw_filter(const struct steps_state *state, struct canvas *canvas, struct rect rect, size_t all)
{
	struct arena *arena = arena_new();

	canvas_text(canvas, rect.row, rect.column, rect.columns, ROLE_CURRENT,
		    filter_title(arena, &state->filter.text, filter_count(&state->filter, all), all));
	arena_free(arena);
}

static void draw_list(struct view *view, struct canvas *canvas, struct rect rect)
{
	struct steps_state *state = view->state;
	size_t all = wizard_sequence(view->wizard)->count, count;

	steps_update_filter(view);
	count = filter_count(&state->filter, all);
	if (filter_is_on(&state->filter) && rect.rows > 1) {
		draw_filter(state, canvas, rect, all);
		rect.row++;
		rect.rows--;
	}
	filter_fit(&state->filter, &state->list, all, rect.rows > 0 ? (size_t)rect.rows : 0);
	for (int i = 0; i < rect.rows && state->list.first + (size_t)i < count; i++)
		draw_step(view, filter_row(&state->filter, state->list.first + (size_t)i), canvas,
			  (struct rect){ rect.row + i, rect.column, 1, rect.columns - 1 });
	listing_marks(&state->list, count, canvas, rect);
}

/* ---- the selected step ---- */

struct detail {
	struct sheet sheet;
	int row, width, most; /* most: lines of one text */
};

/* LABEL and the first lines of TEXT; what does not fit ends with the ellipsis. */
static void draw_part(struct detail *detail, enum role role, const char *label, const char *text)
{
	int column = detail->width >= 40 ? LABEL_CELLS : 0;
	struct rect rect = { detail->row, column, detail->most, detail->width - column };

	if (!text || !*text)
		return;
	sheet_text(&detail->sheet, detail->row, 0, column ? LABEL_CELLS - 1 : detail->width, ROLE_LABEL, label);
	rect.row += !column;
	sheet_reserve(&detail->sheet, rect.row + rect.rows);
	detail->row = rect.row + canvas_wrap(&detail->sheet.canvas, rect, role, text);
	detail->sheet.rows = detail->row;
}

static void draw_run(struct view *view, const struct step *step, struct detail *detail)
{
	const struct steps_state *state = view->state;
	struct strbuf text = STRBUF_INIT, label = STRBUF_INIT;
	int most = detail->most;
	bool made = steps_put_run(view, step, &text);

	steps_put_label(view, step, &label);
	detail->most = most == BRIEF_LINES ? 1 : most;
	draw_part(detail, made ? ROLE_CODE : ROLE_ERROR,
		  label.length < LABEL_CELLS ? strbuf_text(&label) : shell_name(state->shell), strbuf_text(&text));
	detail->most = most;
	strbuf_clear(&text);
	strbuf_clear(&label);
}

/* What is urgent comes first: the details may have five lines. */
static void draw_parts(struct view *view, size_t index, struct detail *detail)
{
	const struct steps_state *state = view->state;
	const struct step *step = &wizard_sequence(view->wizard)->items[index];
	const struct step_status *status = state->tracker ? tracker_status(state->tracker, index) : NULL;
	bool failed = status && status->state == STATE_FAILED;
	struct strbuf text = STRBUF_INIT;

	if (failed)
		draw_part(detail, ROLE_ERROR, "If it fails", step->failure);
	if (status && status->changed)
		draw_part(detail, ROLE_WARNING, "Changed", "What it runs is not what it was when this was recorded.");
	steps_put_note(state, index, &text);
	draw_part(detail, ROLE_NORMAL, "Note", strbuf_text(&text));
	draw_part(detail, ROLE_NORMAL, "Why here", step->why);
	draw_run(view, step, detail);
	draw_part(detail, ROLE_NORMAL, "Verify", step->verify);
	if (!failed)
		draw_part(detail, ROLE_NORMAL, "If it fails", step->failure);
	strbuf_reset(&text);
	if (step->task->source) {
		enum role role = source_words(&text, step->task->source);
		draw_part(detail, role, "Source", strbuf_text(&text));
	}
	strbuf_clear(&text);
}

static void draw_detail(struct view *view, struct canvas *canvas, struct rect rect)
{
	const struct steps_state *state = view->state;
	struct detail detail = { .width = rect.columns - 1, .most = rect.rows < 10 ? BRIEF_LINES : rect.rows };
	int first = 0;

	sheet_init(&detail.sheet, detail.width, canvas->ascii);
	if (steps_current(view))
		draw_parts(view, state->list.at, &detail);
	sheet_show(&detail.sheet, canvas, rect, &first, 0, 1);
	sheet_clear(&detail.sheet);
}

/* Rows of the details: what the list leaves, when that is enough for every step; never more than two fifths. */
static int detail_rows(struct view *view, struct rect body, int left)
{
	const struct steps_state *state = view->state;
	size_t count = filter_count(&state->filter, wizard_sequence(view->wizard)->count);
	int detail = body.rows >= DETAIL_FROM_ROWS ? left * 2 / 5 : 0;
	int enough = body.columns >= WIDE_COLUMNS ? DETAIL_ENOUGH_WIDE : DETAIL_ENOUGH;

	if (detail && detail < DETAIL_LEAST)
		return left > DETAIL_LEAST + 3 ? DETAIL_LEAST : left / 2;
	if (detail > enough && count > (size_t)(left - detail - 1)) {
		int spare = count < (size_t)left ? left - (int)count - 1 : 0;

		detail = spare > enough ? spare : enough;
	}
	return detail;
}

void steps_draw(struct view *view, struct canvas *canvas, struct rect body)
{
	int head = draw_head(view->state, canvas, body), left = body.rows - head;
	int detail = detail_rows(view, body, left);

	if (detail) {
		struct rect below = { body.row + body.rows - detail, body.column, detail, body.columns };

		canvas_hline(canvas, below.row - 1, body.column, body.columns);
		draw_detail(view, canvas, below);
		left -= detail + 1;
	}
	draw_list(view, canvas, (struct rect){ body.row + head, body.column, left, body.columns });
}
