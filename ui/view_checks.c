/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The prerequisites: a list to walk, one line a check, opened into its servers; a filter, verifying again, and the ways
 * to begin where there are no facts.
 */
#include "ui/view_checks.h"

#include "core/text.h"
#include "ui/filter.h"

/* What is wrong with the facts themselves, or with the probe: no check can say it. */
static void show_facts_findings(struct view *view)
{
	const struct diags *findings = wizard_facts_findings(view->wizard);
	struct strbuf text = STRBUF_INIT;

	for (size_t i = 0; i < findings->count; i++)
		diag_format(&text, &findings->items[i]);
	if (findings->count)
		dialog_text(view->ui, "Facts", strbuf_text(&text));
	strbuf_clear(&text);
}

static void verify(struct view *view)
{
	struct checks_state *state = view->state;
	const struct check_table *table;
	struct strbuf text = STRBUF_INIT;

	(void)checks_fresh(view);
	(void)wizard_recheck(view->wizard);
	state->stale = true;
	table = wizard_check_table(view->wizard);
	strbuf_printf(&text, "Verified again at %s: %zu failed, %zu of %zu open.", wizard_checked_at(view->wizard),
		      table->counts[CHECK_FAILED], table->open, table->count);
	ui_say(view->ui, strbuf_text(&text));
	strbuf_clear(&text);
	show_facts_findings(view);
}

static void find(struct view *view)
{
	struct checks_state *state = view->state;
	struct strbuf text = STRBUF_INIT;

	strbuf_puts(&text, strbuf_text(&state->filter));
	if (filter_prompt(view->ui, "check", &text)) {
		checks_filter(view, strbuf_text(&text));
		if (text.length && !state->filter.length)
			filter_none(view->ui, "check");
	}
	strbuf_clear(&text);
}

static void show_whole(struct view *view, const struct check_line *line)
{
	struct strbuf text = STRBUF_INIT;

	check_words(view, line, &text);
	dialog_text(view->ui, line->row->title, strbuf_text(&text));
	strbuf_clear(&text);
}

/* ---- ways to begin ---- */

static void load_facts(struct view *view)
{
	static const char *const labels[] = { "Folder or file", NULL };
	struct checks_state *state = view->state;
	struct strbuf path = STRBUF_INIT, said = STRBUF_INIT;

	strbuf_puts(&path, wizard_facts_here(view->wizard));
	if (dialog_input(view->ui, "Load facts",
			 "What the collector wrote on the servers: one file, or a folder of them. A folder of this "
			 "name beside the plan is read by itself.",
			 labels, &path, 1, NULL, NULL) &&
	    path.length) {
		bool ok = wizard_load_facts(view->wizard, strbuf_text(&path), &said);

		state->stale = true;
		state->list.at = 0;
		if (ok)
			ui_say(view->ui, strbuf_text(&said));
		else
			dialog_text(view->ui, "Load facts", strbuf_text(&said));
		if (ok)
			show_facts_findings(view);
	}
	strbuf_clear(&path);
	strbuf_clear(&said);
}

static void begin(struct view *view, enum beginning beginning)
{
	struct strbuf said = STRBUF_INIT;

	if (beginning == BEGIN_GET) {
		(void)wizard_write_collector(view->wizard, &said);
		dialog_text(view->ui, beginning_labels[beginning], strbuf_text(&said));
	} else if (beginning == BEGIN_LOAD) {
		load_facts(view);
	} else {
		checks_go_to_open(view);
	}
	strbuf_clear(&said);
}

/* ---- keys ---- */

static void set_opened(struct view *view, const struct check_line *line, bool opened)
{
	struct checks_state *state = view->state;
	size_t at = state->list.at;

	*check_opened(view, line->row) = opened;
	/* Closed from one of its servers the pointer goes to the check. */
	while (!opened && at > 0 && state->lines[at].result)
		at--;
	state->list.at = at;
	state->at = NULL;
	state->stale = true;
	(void)checks_fresh(view);
}

/* Enter and Right open what has something in it. */
static void open_line(struct view *view, const struct check_line *line, bool enter)
{
	bool has_servers = line->row && !line->result && line->row->results[0].server;

	if (!line->row)
		begin(view, line->beginning);
	else if (has_servers && (!*check_opened(view, line->row) || enter))
		set_opened(view, line, !*check_opened(view, line->row));
	else if (!has_servers && enter)
		show_whole(view, line);
}

/* Down from the last check and Tab go to the buttons; the page keys stay in a list that scrolls. */
static enum view_result walk(struct view *view, const struct key *key, enum action action)
{
	struct checks_state *state = view->state;
	enum view_result result = listing_key(&state->list, state->count, key);

	if (result != VIEW_IGNORED)
		return result;
	if (key->name == KEYNAME_PAGE_DOWN && state->count > state->list.room)
		return VIEW_DONE;
	return action == ACTION_NEXT_FIELD       ? VIEW_PAST_END
	       : action == ACTION_PREVIOUS_FIELD ? VIEW_PAST_START
						 : VIEW_IGNORED;
}

static enum view_result line_key(struct view *view, const struct check_line *line, const struct key *pressed,
				 enum action action)
{
	bool enter = action == ACTION_ACTIVATE || action == ACTION_SERVERS;

	if (enter || pressed->name == KEYNAME_RIGHT)
		open_line(view, line, enter);
	else if (pressed->name == KEYNAME_LEFT && line->row && *check_opened(view, line->row))
		set_opened(view, line, false);
	else if (action == ACTION_WHOLE_LINE && line->row)
		show_whole(view, line);
	else
		return walk(view, pressed, action);
	return VIEW_DONE;
}

static enum view_result view_checks_key(struct view *view, const struct key *pressed, enum action action)
{
	struct checks_state *state = view->state;
	const struct check_line *line = checks_fresh(view);

	if (pressed->name == KEYNAME_ESC && state->filter.length)
		checks_filter(view, "");
	else if (action == ACTION_VERIFY)
		verify(view);
	else if (action == ACTION_FACTS)
		load_facts(view);
	else if (action == ACTION_TOGGLE || action == ACTION_ANSWER)
		checks_answer(view);
	else if (action == ACTION_ADD || action == ACTION_ANSWER_ALL)
		checks_answer_more(view);
	else if (action == ACTION_REMOVE)
		checks_withdraw(view);
	else if (action == ACTION_FIND)
		find(view);
	else if (action == ACTION_FOCUS && (size_t)pressed->code < state->count)
		state->list.at = (size_t)pressed->code;
	else if (line)
		return line_key(view, line, pressed, action);
	else
		return walk(view, pressed, action);
	return VIEW_DONE;
}

/* ---- the rest of the view ---- */

static void view_checks_open(struct view *view)
{
	struct checks_state *state = view->state;

	state->stale = true;
}

static void view_checks_close(struct view *view)
{
	checks_clear(view->state);
}

static void view_checks_show(struct view *view, struct canvas *canvas, struct rect body)
{
	(void)checks_fresh(view);
	checks_draw(view, canvas, body);
}

static void view_checks_focus(struct view *view, enum focus_at at)
{
	struct checks_state *state = view->state;

	(void)checks_fresh(view);
	if (at != FOCUS_ERROR)
		return;
	state->list.at = 0;
	checks_go_to_open(view);
}

static const char *hint_of(const struct check_line *line)
{
	if (!line)
		return "There is nothing to check.";
	if (!line->row)
		return "Facts answer nearly everything here: one run of the collector on a management server tells of "
		       "the whole group. Enter does what the line says.";
	if (line->result ? line->result->verdict->note != NULL : line->row->answered > 0)
		return "This check is answered. Del withdraws the answer.";
	switch (line->result ? line->result->verdict->state : line->row->state) {
	case CHECK_FAILED:
		return "Failed checks stop the upgrade. Put it right, then verify again with F5. Space accepts it "
		       "all the same, with a note.";
	case CHECK_WARNING:
		return "A warning needs a fix or a note of yours: Space acknowledges it, for the servers shown.";
	case CHECK_UNKNOWN:
		return "What is not known needs facts or your word: Space confirms it, for the servers shown.";
	case CHECK_PLANNED:
		return "A step of the plan does this before the first server; nothing has to be answered here.";
	case CHECK_PASSED:
	case CHECK_STATE_COUNT:
		break;
	}
	return "This check has passed. Alt-L shows all that is known about it.";
}

static void view_checks_hint(struct view *view, struct strbuf *out)
{
	const struct check_line *line = checks_fresh(view);

	strbuf_puts(out, hint_of(line));
}

/* The line has servers to open, or details alone. */
static bool opens(const struct check_line *line)
{
	return !line->result && line->row->results[0].server;
}

static bool is_answered(const struct check_line *line)
{
	return line->result ? line->result->verdict->note != NULL : line->row->answered > 0;
}

static bool is_askable(const struct check_line *line)
{
	return line->result ? check_is_askable(line->result) : line->row->open > 0;
}

static const enum action *view_checks_actions(struct view *view)
{
	struct checks_state *state = view->state;
	const struct check_line *line = checks_fresh(view);
	size_t count = 0;
	bool many = state->table->open > state->table->counts[CHECK_FAILED];

	if (line && !line->row) {
		state->actions[count++] = ACTION_ACTIVATE;
		state->actions[count++] = ACTION_SELECT;
	} else if (line) {
		if (is_answered(line))
			state->actions[count++] = ACTION_WITHDRAW;
		else if (is_askable(line))
			state->actions[count++] = ACTION_ANSWER;
		if (many)
			state->actions[count++] = ACTION_ANSWER_ALL;
		state->actions[count++] = opens(line) ? ACTION_SERVERS : ACTION_WHOLE_PAGE;
	}
	if (state->filter.length)
		state->actions[count++] = ACTION_SHOW_ALL;
	state->actions[count++] = ACTION_VERIFY;
	state->actions[count++] = ACTION_FIND;
	if (many && (!line || !line->row))
		state->actions[count++] = ACTION_ANSWER_ALL;
	state->actions[count++] = ACTION_FACTS;
	if (line && line->row)
		state->actions[count++] = ACTION_WHOLE_LINE;
	if (!line || line->row)
		state->actions[count++] = ACTION_SELECT;
	state->actions[count] = ACTION_NONE;
	return state->actions;
}

static const char *view_checks_help(struct view *view)
{
	struct checks_state *state = view->state;
	const struct check_line *line = checks_fresh(view);

	if (!line || !line->row)
		return NULL;
	strbuf_reset(&state->help);
	check_words(view, line, &state->help);
	return strbuf_text(&state->help);
}

static size_t middle_buttons(struct view *view, const char *labels[2], enum action pressed[2])
{
	(void)view;
	labels[0] = "Verify prerequisites again";
	pressed[0] = ACTION_VERIFY;
	return 1;
}

const struct view_ops view_checks = {
	.state_size = sizeof(struct checks_state),
	.open = view_checks_open,
	.close = view_checks_close,
	.draw = view_checks_show,
	.key = view_checks_key,
	.focus = view_checks_focus,
	.hint = view_checks_hint,
	.actions = view_checks_actions,
	.help = view_checks_help,
	.middle_buttons = middle_buttons,
};
