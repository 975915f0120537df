/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * A text to read, with the page's fields below it that are always in sight: nobody has to scroll to the end to reach
 * them.
 */
#include "core/wrap.h"
#include "ui/form.h"
#include "ui/sheet.h"

#define TEXT_LEAST_ROWS 3

struct text_state {
	struct form *form;
	bool in_form;  /* the focus is on a field, not on the text */
	bool arriving; /* from above, and nothing was drawn since: a text that needs no scrolling is passed over */
	int first, lines, room; /* of the text, as last drawn */
};

static void publish(struct view *view)
{
	struct text_state *state = view->state;

	diags_clear(&view->findings);
	view->findings = (struct diags)DIAGS_INIT;
	diags_add_all(&view->findings, form_found(state->form));
}

static void view_text_open(struct view *view)
{
	struct text_state *state = view->state;

	state->form = form_new(view->ui, view->wizard, view->page->fields, NULL, NULL);
	form_findings(state->form, &view->findings);
	state->arriving = true;
}

static void view_text_close(struct view *view)
{
	struct text_state *state = view->state;

	form_free(state->form);
}

static void clamp(struct text_state *state)
{
	if (state->first > state->lines - state->room)
		state->first = state->lines - state->room;
	if (state->first < 0)
		state->first = 0;
}

/* How far one has read: 100 % when the last line is in sight. */
static int percent(const struct text_state *state)
{
	int hidden = state->lines - state->room;

	return hidden > 0 ? (int)((long)state->first * 100 / hidden) : 100;
}

static void draw_position(const struct text_state *state, struct canvas *canvas, struct rect rect)
{
	char text[32];

	canvas_hline(canvas, rect.row + rect.rows, rect.column, rect.columns);
	snprintf(text, sizeof(text), " %d %% ", percent(state));
	canvas_text_right(canvas, rect.row + rect.rows, rect.column, rect.columns - 1, ROLE_DIM, text);
	if (state->first > 0)
		canvas_text(canvas, rect.row, rect.column + rect.columns - 1, 1, ROLE_DIM,
			    canvas_symbol(canvas, SYMBOL_UP));
	if (state->first + rect.rows < state->lines)
		canvas_text(canvas, rect.row + rect.rows - 1, rect.column + rect.columns - 1, 1, ROLE_DIM,
			    canvas_symbol(canvas, SYMBOL_DOWN));
}

static enum view_result into_form(struct text_state *state)
{
	if (form_is_empty(state->form))
		return VIEW_PAST_END;
	state->in_form = true;
	form_focus(state->form, FOCUS_FIRST);
	return VIEW_DONE;
}

static void draw_text(struct view *view, struct canvas *canvas, struct rect rect)
{
	struct text_state *state = view->state;
	struct arena *arena = arena_new();
	const char *text = wizard_page_text(view->wizard, view->page);
	struct lines lines = wrap_text(arena, text ? text : "", rect.columns > 2 ? (size_t)rect.columns - 2 : 1);

	state->lines = (int)lines.count;
	state->room = rect.rows;
	clamp(state);
	if (state->arriving && state->lines <= state->room && !form_is_empty(state->form))
		into_form(state);
	state->arriving = false;
	for (int i = 0; i < rect.rows && state->first + i < state->lines; i++)
		canvas_text(canvas, rect.row + i, rect.column, rect.columns - 2, ROLE_NORMAL,
			    lines.items[state->first + i]);
	draw_position(state, canvas, rect);
	if (view->focused && !state->in_form)
		canvas_cursor(canvas, rect.row, rect.column);
	arena_free(arena);
}

static void view_text_draw(struct view *view, struct canvas *canvas, struct rect body)
{
	struct text_state *state = view->state;
	const char *intro = table_text(wizard_plan(view->wizard), view->page->intro);
	bool empty = form_is_empty(state->form);
	int wanted = empty ? 0 : form_height(state->form, body.columns);
	struct rect text = body, form = body;

	if (intro && body.rows > 12) {
		struct sheet sheet;
		int first = 0, used;

		sheet_init(&sheet, body.columns - 1, canvas->ascii);
		used = sheet_wrap(&sheet, 0, 0, body.columns - 1, ROLE_NORMAL, intro) + 1;
		text.rows -= used;
		text.row += used;
		sheet_show(&sheet, canvas, (struct rect){ body.row, body.column, used - 1, body.columns }, &first, 0,
			   1);
		sheet_clear(&sheet);
	}
	if (wanted > text.rows - TEXT_LEAST_ROWS - 1)
		wanted = text.rows - TEXT_LEAST_ROWS - 1;
	if (wanted < 1)
		wanted = empty ? 0 : 1;
	text.rows -= wanted + 1;
	if (text.rows < 1)
		text.rows = 1;
	form.row = text.row + text.rows + 1;
	form.rows = body.row + body.rows - form.row;
	state->in_form = state->in_form && !empty;
	draw_text(view, canvas, text);
	if (!empty)
		form_draw(state->form, canvas, form, NULL, view->focused && state->in_form);
}

static bool scroll(struct text_state *state, int lines)
{
	int before = state->first;

	state->first += lines;
	clamp(state);
	return state->first != before;
}

static enum view_result text_key(struct text_state *state, const struct key *pressed, enum action action)
{
	int page = state->room > 1 ? state->room - 1 : 1;

	if (pressed->name == KEYNAME_DOWN)
		return scroll(state, 1) ? VIEW_DONE : into_form(state);
	if (pressed->name == KEYNAME_UP)
		return scroll(state, -1) ? VIEW_DONE : VIEW_PAST_START;
	if (pressed->name == KEYNAME_HOME || pressed->name == KEYNAME_END) {
		scroll(state, pressed->name == KEYNAME_HOME ? -state->lines : state->lines);
		return VIEW_DONE;
	}
	if (action == ACTION_TOGGLE)
		return scroll(state, page) ? VIEW_DONE : into_form(state);
	/* Nothing to answer: one Enter is enough. */
	if (action == ACTION_ACTIVATE && form_is_empty(state->form))
		return VIEW_NEXT;
	if (action == ACTION_NEXT_FIELD || action == ACTION_ACTIVATE)
		return into_form(state);
	return action == ACTION_PREVIOUS_FIELD ? VIEW_PAST_START : VIEW_IGNORED;
}

static enum view_result view_text_key(struct view *view, const struct key *pressed, enum action action)
{
	struct text_state *state = view->state;
	int page = state->room > 1 ? state->room - 1 : 1;
	enum view_result result;

	/* A text that scrolls keeps the page keys to itself: one too many must not leave the page. */
	if ((pressed->name == KEYNAME_PAGE_DOWN || pressed->name == KEYNAME_PAGE_UP) && state->lines > state->room) {
		scroll(state, pressed->name == KEYNAME_PAGE_DOWN ? page : -page);
		return VIEW_DONE;
	}
	if (pressed->name == KEYNAME_MOUSE && pressed->wheel) {
		scroll(state, 3 * pressed->wheel);
		return VIEW_DONE;
	}
	if (action == ACTION_FOCUS)
		state->in_form = true;
	if (!state->in_form)
		return text_key(state, pressed, action);
	result = form_key(state->form, pressed, action);
	if (result == VIEW_PAST_START) {
		state->in_form = false;
		result = VIEW_DONE;
	}
	if (result != VIEW_IGNORED)
		publish(view);
	return result;
}

static void view_text_focus(struct view *view, enum focus_at at)
{
	struct text_state *state = view->state;

	if (at == FOCUS_ERROR)
		form_findings(state->form, &view->findings);
	state->arriving = at == FOCUS_FIRST;
	state->in_form = at != FOCUS_FIRST && !form_is_empty(state->form);
	if (state->in_form)
		form_focus(state->form, at);
}

static bool view_text_in_text(struct view *view)
{
	struct text_state *state = view->state;

	return state->in_form && form_in_text(state->form);
}

static void view_text_commit(struct view *view)
{
	struct text_state *state = view->state;

	form_commit(state->form);
}

static void view_text_hint(struct view *view, struct strbuf *out)
{
	struct text_state *state = view->state;

	if (state->in_form)
		form_hint(state->form, out);
	else
		strbuf_printf(out, "%s%s", state->lines > state->room ? "PgUp and PgDn scroll the text. " : "",
			      form_is_empty(state->form) ? "There is nothing to answer here: F8 goes on."
							 : "Tab goes to what is to be answered below it.");
}

static const enum action *view_text_actions(struct view *view)
{
	static const enum action reads[] = { ACTION_NEXT_FIELD, ACTION_SCROLL, ACTION_NONE };
	static const enum action answers[] = { ACTION_NEXT_FIELD, ACTION_NONE };
	static const enum action ends[] = { ACTION_SCROLL, ACTION_NONE };
	struct text_state *state = view->state;
	bool scrolls = state->lines > state->room;

	if (state->in_form)
		return form_actions(state->form);
	if (form_is_empty(state->form))
		return scrolls ? ends : ends + 1;
	return scrolls ? reads : answers;
}

static const char *view_text_help(struct view *view)
{
	struct text_state *state = view->state;

	return state->in_form ? form_help(state->form) : NULL;
}

const struct view_ops view_text = {
	.state_size = sizeof(struct text_state),
	.open = view_text_open,
	.close = view_text_close,
	.draw = view_text_draw,
	.key = view_text_key,
	.focus = view_text_focus,
	.in_text = view_text_in_text,
	.commit = view_text_commit,
	.hint = view_text_hint,
	.actions = view_text_actions,
	.help = view_text_help,
};
