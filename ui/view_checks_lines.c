/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Which lines the list of prerequisites has: one a check, below it its servers while it is open, the ways to begin
 * where there are no facts, and what a filter leaves of them. The pointer stays on its check when the results change.
 */
#include "ui/view_checks.h"

#include "core/text.h"
#include "model/flow.h"

static bool matches_row(const struct checks_state *state, const struct check_row *row)
{
	return text_contains_fold(row->title, strbuf_text(&state->filter));
}

/* The filter is found in the name of a server. Where it is not, and that is most words, no row needs to look. */
static bool is_in_names(const struct checks_state *state, const struct plan *plan)
{
	for (size_t i = 0; i < plan_server_count(plan); i++) {
		const struct check_result result = { .server = plan_server(plan, i) };

		if (text_contains_fold(check_result_server(&result), strbuf_text(&state->filter)))
			return true;
	}
	return false;
}

bool *checks_shown(const struct checks_state *state, const struct check_row *row)
{
	const char *filter = strbuf_text(&state->filter);
	const struct check_verdict *verdict = NULL;
	bool *shown = xcalloc(row->count, sizeof(*shown));
	bool all = !state->filter.length || matches_row(state, row), fits = false;

	memset(shown, all, row->count * sizeof(*shown));
	for (size_t i = 0; !all && i < row->count; i++) {
		const struct check_result *result = &row->results[i];

		/* Neighbors that say the same share it. */
		if (result->verdict != verdict) {
			verdict = result->verdict;
			fits = text_contains_fold(verdict->found, filter) ||
			       text_contains_fold(check_result_state(result), filter);
		}
		shown[i] = fits || ((state->in_names || !result->server) &&
				    text_contains_fold(check_result_server(result), filter));
	}
	return shown;
}

static void add_line(struct checks_state *state, struct check_line line)
{
	if (state->count == state->room) {
		state->room = state->room ? 2 * state->room : 64;
		state->lines = xrealloc(state->lines, state->room * sizeof(*state->lines));
	}
	state->lines[state->count++] = line;
}

bool *check_opened(struct view *view, const struct check_row *row)
{
	struct checks_state *state = view->state;

	return &state->opened[row->prereq - wizard_plan(view->wizard)->flow->prereqs];
}

static void add_row(struct view *view, const struct check_row *row)
{
	struct checks_state *state = view->state;
	/* Where the filter is about some of its servers, these are shown. */
	bool some = state->filter.length && !matches_row(state, row);
	bool opened = (some || *check_opened(view, row)) && row->results[0].server;
	bool *shown = checks_shown(state, row);
	size_t at = state->count;
	bool any = false;

	add_line(state, (struct check_line){ .row = row });
	for (size_t i = 0; i < row->count && (opened || !any); i++) {
		any = any || shown[i];
		if (opened && shown[i])
			add_line(state, (struct check_line){ .row = row, .result = &row->results[i] });
	}
	if (any)
		state->shown++;
	else
		state->count = at;
	free(shown);
}

/* A filter always leaves something: one that nothing fits any more, as after an answer, is none. */
static void make_lines(struct view *view)
{
	struct checks_state *state = view->state;

	state->count = state->shown = 0;
	state->in_names = is_in_names(state, wizard_plan(view->wizard));
	for (int i = 0; !state->filter.length && i < BEGINNINGS && wizard_wants_facts(view->wizard); i++)
		add_line(state, (struct check_line){ .beginning = (enum beginning)i });
	for (size_t i = 0; i < state->table->count; i++)
		add_row(view, &state->table->rows[i]);
	if (!state->count && state->filter.length) {
		strbuf_reset(&state->filter);
		make_lines(view);
	}
}

/* Where the pointer was: its server, else its check. */
static size_t find_again(const struct checks_state *state)
{
	size_t found = SIZE_MAX;

	for (size_t i = 0; state->at && i < state->count; i++) {
		const struct check_line *line = &state->lines[i];

		if (!line->row || line->row->prereq != state->at)
			continue;
		if (str_eq(line->result ? check_result_server(line->result) : "", strbuf_text(&state->at_server)))
			return i;
		if (found == SIZE_MAX)
			found = i;
	}
	return found;
}

static void remember(struct checks_state *state)
{
	const struct check_line *line = state->list.at < state->count ? &state->lines[state->list.at] : NULL;

	state->at = line && line->row ? line->row->prereq : NULL;
	strbuf_reset(&state->at_server);
	if (line && line->result)
		strbuf_puts(&state->at_server, check_result_server(line->result));
}

const struct check_line *checks_fresh(struct view *view)
{
	struct checks_state *state = view->state;
	const struct check_table *table = wizard_check_table(view->wizard);

	if (!state->opened)
		state->opened = xcalloc(flow_check_count(wizard_plan(view->wizard)->flow) + 1, sizeof(*state->opened));
	if (state->stale || table != state->table || table->number != state->number) {
		size_t found;

		state->table = table;
		state->number = table->number;
		state->stale = false;
		make_lines(view);
		found = find_again(state);
		if (found != SIZE_MAX) {
			state->list.first += found;
			state->list.first -= state->list.first < state->list.at ? state->list.first : state->list.at;
			state->list.at = found;
		}
	}
	if (state->list.at >= state->count)
		state->list.at = state->count ? state->count - 1 : 0;
	remember(state);
	return state->count ? &state->lines[state->list.at] : NULL;
}

void checks_clear(struct checks_state *state)
{
	free(state->lines);
	free(state->opened);
	strbuf_clear(&state->filter);
	strbuf_clear(&state->at_server);
	strbuf_clear(&state->by);
	strbuf_clear(&state->help);
}

const struct check_result *line_result(const struct check_line *line)
{
	if (!line || !line->row)
		return NULL;
	return line->result || line->row->count > 1 ? line->result : &line->row->results[0];
}

void checks_filter(struct view *view, const char *text)
{
	struct checks_state *state = view->state;

	(void)checks_fresh(view);
	strbuf_reset(&state->filter);
	strbuf_puts(&state->filter, text);
	state->stale = true;
	(void)checks_fresh(view);
}

static bool is_open(const struct check_line *line)
{
	if (!line->row)
		return false;
	return line->result ? check_is_open(line->result) : line->row->open > 0;
}

void checks_go_to_open(struct view *view)
{
	struct checks_state *state = view->state;

	(void)checks_fresh(view);
	for (size_t i = 0; i < state->count; i++) {
		size_t index = (state->list.at + i) % state->count;

		if (is_open(&state->lines[index])) {
			state->list.at = index;
			return;
		}
	}
}
