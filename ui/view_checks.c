/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The prerequisites: a list to walk, answers of the administrator with a name and a note, a filter, verifying again.
 * The pointer stays on its check when the results change.
 */
#include "ui/view_checks.h"

#include "core/text.h"
#include "model/plan.h"

size_t checks_shown(const struct checks_state *state, const struct check_list *checks)
{
	return state->filter.length ? state->shown_count : checks->count;
}

const struct check_result *check_shown(const struct checks_state *state, const struct check_list *checks, size_t index)
{
	return &checks->items[state->filter.length ? state->shown[index] : index];
}

const char *check_server_name(const struct check_result *result)
{
	if (!result->server)
		return "-";
	return result->server->name ? result->server->name : "?";
}

static bool matches(const struct check_result *result, const char *text)
{
	return text_contains_fold(result->title, text) || text_contains_fold(check_server_name(result), text) ||
	       text_contains_fold(result->found, text) || text_contains_fold(check_state_name(result->state), text);
}

static void apply_filter(struct checks_state *state, const struct check_list *checks)
{
	state->shown_count = 0;
	if (!state->filter.length)
		return;
	state->shown = xrealloc(state->shown, (checks->count + 1) * sizeof(*state->shown));
	for (size_t i = 0; i < checks->count; i++)
		if (matches(&checks->items[i], strbuf_text(&state->filter)))
			state->shown[state->shown_count++] = i;
}

static void remember(struct checks_state *state, const struct check_result *result)
{
	state->at = result->prereq;
	strbuf_reset(&state->at_server);
	strbuf_puts(&state->at_server, check_server_name(result));
}

static bool is_remembered(const struct checks_state *state, const struct check_result *result)
{
	return result->prereq == state->at && str_eq(check_server_name(result), strbuf_text(&state->at_server));
}

/* The results as they are now. After a change the pointer goes to the same check, wherever it stands. */
static const struct check_list *fresh(struct view *view)
{
	struct checks_state *state = view->state;
	const struct check_list *checks = wizard_checks(view->wizard);
	size_t count;

	if (checks->count != state->filtered_count)
		state->stale = true;
	state->filtered_count = checks->count;
	if (state->stale)
		apply_filter(state, checks);
	count = checks_shown(state, checks);
	for (size_t i = 0; state->stale && state->at && i < count; i++) {
		if (!is_remembered(state, check_shown(state, checks, i)))
			continue;
		state->list.first += i;
		state->list.first -= state->list.first < state->list.at ? state->list.first : state->list.at;
		state->list.at = i;
		break;
	}
	state->stale = false;
	if (state->list.at >= count)
		state->list.at = count ? count - 1 : 0;
	return checks;
}

static const struct check_result *current(struct view *view)
{
	struct checks_state *state = view->state;
	const struct check_list *checks = fresh(view);

	return checks_shown(state, checks) ? check_shown(state, checks, state->list.at) : NULL;
}

/* ---- answers ---- */

static bool both_given(const struct strbuf *texts, void *data, struct strbuf *why)
{
	(void)data;
	for (int i = 0; i < 2; i++) {
		const char *text = strbuf_text(&texts[i]);

		if (text[strspn(text, " ")])
			continue;
		strbuf_puts(why, i == 0 ? "Who vouches for this? A name is needed, such as CONTOSO\\anna."
					: "A note is needed: what was done, or why it may stay as it is.");
		return false;
	}
	return true;
}

/* How far an answer reaches. */
enum reach { REACH_ONE, REACH_EVERY_SERVER, REACH_UNKNOWN, REACH_NOTHING };

/* What the name is given for is on the screen while it is typed. */
static void vouch_words(struct view *view, const struct check_result *result, enum reach reach, struct strbuf *out)
{
	if (reach == REACH_UNKNOWN) {
		strbuf_printf(out, "You vouch for everything that is not known (%zu). The note says how you know.",
			      wizard_unknown_count(view->wizard));
		return;
	}
	strbuf_puts(out, result->title);
	if (result->server)
		strbuf_printf(out, " on %s", reach == REACH_EVERY_SERVER ? "every server" : check_server_name(result));
	if (result->found[0] && !str_eq(result->found, check_state_name(result->raw)))
		strbuf_printf(out, "\nFound: %s", result->found);
	if (result->raw == CHECK_WARNING)
		strbuf_puts(out, "\nThe note says why it may stay as it is, or what will be done.");
	else
		strbuf_printf(out, "\nYou vouch for this: %s",
			      result->needed ? result->needed : result->title);
}

/* After an answer: to the next check that is open, so that many are answered in a row. */
static void go_to_open(struct view *view)
{
	struct checks_state *state = view->state;
	const struct check_list *checks = fresh(view);
	size_t count = checks_shown(state, checks);

	for (size_t i = 0; i < count; i++) {
		size_t index = (state->list.at + i) % count;

		if (check_is_open(check_shown(state, checks, index))) {
			state->list.at = index;
			return;
		}
	}
}

static void say_first(struct view *view, const struct diags *diags, const char *otherwise)
{
	ui_say(view->ui, diags->count ? diags->items[0].text : otherwise);
}

static void give_answer(struct view *view, const struct check_result *result, enum reach reach, const char *by,
			const char *note)
{
	struct checks_state *state = view->state;
	bool warning = reach != REACH_UNKNOWN && result->raw == CHECK_WARNING, ok;
	struct diags found = DIAGS_INIT;

	strbuf_reset(&state->by);
	strbuf_puts(&state->by, by);
	if (reach == REACH_UNKNOWN)
		ok = wizard_answer_unknown(view->wizard, by, note, &found);
	else
		ok = wizard_answer_check(view->wizard, result, by, note, reach == REACH_EVERY_SERVER, &found);
	say_first(view, &found, !ok ? "This cannot be answered." : warning ? "Acknowledged." : "Confirmed.");
	diags_clear(&found);
	state->stale = true;
	state->at = NULL;
	if (ok)
		go_to_open(view);
}

static void ask_answer(struct view *view, const struct check_result *result, enum reach reach)
{
	static const char *const labels[] = { "By", "Note", NULL };
	struct checks_state *state = view->state;
	struct strbuf texts[2] = { STRBUF_INIT, STRBUF_INIT }, intro = STRBUF_INIT;
	bool warning = reach != REACH_UNKNOWN && result->raw == CHECK_WARNING;

	if (!state->by.length)
		strbuf_puts(&state->by, wizard_user(view->wizard));
	strbuf_puts(&texts[0], strbuf_text(&state->by));
	vouch_words(view, result, reach, &intro);
	if (dialog_input(view->ui, warning ? "Acknowledge a warning" : "Confirm", strbuf_text(&intro), labels, texts, 2,
			 both_given, NULL))
		give_answer(view, result, reach, strbuf_text(&texts[0]), strbuf_text(&texts[1]));
	strbuf_clear(&intro);
	strbuf_clear(&texts[0]);
	strbuf_clear(&texts[1]);
}

static bool can_answer(const struct check_result *result)
{
	return !result->note && (result->state == CHECK_UNKNOWN || result->state == CHECK_WARNING);
}

static void answer(struct view *view)
{
	const struct check_result *result = current(view);

	if (!result)
		return;
	if (result->note)
		ui_say(view->ui, "It is answered already; Del withdraws the answer.");
	else if (result->state == CHECK_FAILED)
		ui_say(view->ui,
		       "A failed check cannot be acknowledged: it must be put right, then F5 verifies again.");
	else if (result->state == CHECK_PASSED)
		ui_say(view->ui, "It has passed: nobody needs to vouch for it.");
	else
		ask_answer(view, result, REACH_ONE);
}

/* The ways to answer more than one check at once; the pointer is on the widest for this check. */
static enum reach ask_reach(struct view *view, const struct check_result *result)
{
	const char *items[REACH_NOTHING];
	enum reach reaches[REACH_NOTHING];
	size_t count = 0, unknown = wizard_unknown_count(view->wizard);
	int current = 0, chosen;
	char everything[64];

	if (can_answer(result)) {
		items[count] = "This one";
		reaches[count++] = REACH_ONE;
	}
	if (can_answer(result) && result->server) {
		current = (int)count;
		items[count] = "This check on every server";
		reaches[count++] = REACH_EVERY_SERVER;
	}
	if (unknown) {
		snprintf(everything, sizeof(everything), "Everything that is not known (%zu)", unknown);
		items[count] = everything;
		reaches[count++] = REACH_UNKNOWN;
	}
	if (!count)
		return REACH_NOTHING;
	chosen = dialog_choose(view->ui, "Answer", items, count, current);
	return chosen < 0 ? REACH_NOTHING : reaches[chosen];
}

static void answer_more(struct view *view)
{
	const struct check_result *result = current(view);
	enum reach reach;

	if (!result)
		return;
	if (!can_answer(result) && !wizard_unknown_count(view->wizard)) {
		answer(view);
		return;
	}
	reach = ask_reach(view, result);
	if (reach != REACH_NOTHING)
		ask_answer(view, result, reach);
}

static void withdraw(struct view *view)
{
	struct checks_state *state = view->state;
	const struct check_result *result = current(view);

	if (!result || !result->note) {
		ui_say(view->ui, "There is no answer of yours to withdraw.");
		return;
	}
	remember(state, result);
	wizard_withdraw_answer(view->wizard, result);
	state->stale = true;
	ui_say(view->ui, "The answer is withdrawn.");
}

/* ---- keys ---- */

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
	const struct check_result *result = current(view);
	const struct check_list *checks;
	struct strbuf text = STRBUF_INIT;

	if (result)
		remember(state, result);
	checks = wizard_recheck(view->wizard);
	state->stale = true;
	strbuf_printf(&text, "Verified again at %s: %zu failed, %zu of %zu open.", wizard_checked_at(view->wizard),
		      checks->counts[CHECK_FAILED], checks->open, checks->count);
	ui_say(view->ui, strbuf_text(&text));
	strbuf_clear(&text);
	show_facts_findings(view);
}

static void set_filter(struct view *view, const char *text)
{
	struct checks_state *state = view->state;
	const struct check_result *result = current(view);

	if (result)
		remember(state, result);
	strbuf_reset(&state->filter);
	strbuf_puts(&state->filter, text);
	state->stale = true;
}

static void find(struct view *view)
{
	static const char *const labels[] = { "Text", NULL };
	struct checks_state *state = view->state;
	struct strbuf text = STRBUF_INIT;

	strbuf_puts(&text, strbuf_text(&state->filter));
	if (dialog_input(view->ui, "Find",
			 "Shows only the checks with this text: part of a server's name, a title, what was found.",
			 labels, &text, 1, NULL, NULL))
		set_filter(view, strbuf_text(&text));
	strbuf_clear(&text);
}

static void show_whole(struct view *view)
{
	const struct check_result *result = current(view);
	struct strbuf text = STRBUF_INIT;

	if (!result)
		return;
	check_words(result, &text);
	dialog_text(view->ui, result->title, strbuf_text(&text));
	strbuf_clear(&text);
}

/* Down from the last check and Tab go to the buttons; the page keys stay in a list that scrolls. */
static enum view_result walk(struct view *view, const struct key *key, enum action action)
{
	struct checks_state *state = view->state;
	size_t count = checks_shown(state, fresh(view));
	enum view_result result = listing_key(&state->list, count, key);

	if (result != VIEW_IGNORED)
		return result;
	if (key->name == KEYNAME_PAGE_DOWN && count > state->list.room)
		return VIEW_DONE;
	return action == ACTION_NEXT_FIELD       ? VIEW_PAST_END
	       : action == ACTION_PREVIOUS_FIELD ? VIEW_PAST_START
						 : VIEW_IGNORED;
}

static enum view_result view_checks_key(struct view *view, const struct key *pressed, enum action action)
{
	struct checks_state *state = view->state;

	if (pressed->name == KEYNAME_ESC && state->filter.length)
		set_filter(view, "");
	else if (action == ACTION_VERIFY)
		verify(view);
	else if (action == ACTION_TOGGLE || action == ACTION_ANSWER)
		answer(view);
	else if (action == ACTION_ADD || action == ACTION_ANSWER_ALL)
		answer_more(view);
	else if (action == ACTION_REMOVE)
		withdraw(view);
	else if (action == ACTION_FIND)
		find(view);
	else if (action == ACTION_ACTIVATE || action == ACTION_WHOLE_LINE)
		show_whole(view);
	else if (action == ACTION_FOCUS && (size_t)pressed->code < checks_shown(state, fresh(view)))
		state->list.at = (size_t)pressed->code;
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
	struct checks_state *state = view->state;

	free(state->shown);
	strbuf_clear(&state->filter);
	strbuf_clear(&state->at_server);
	strbuf_clear(&state->by);
	strbuf_clear(&state->help);
}

static void view_checks_show(struct view *view, struct canvas *canvas, struct rect body)
{
	checks_draw(view, fresh(view), canvas, body);
}

static void view_checks_focus(struct view *view, enum focus_at at)
{
	struct checks_state *state = view->state;
	const struct check_list *checks = fresh(view);
	size_t count = checks_shown(state, checks);

	if (at != FOCUS_ERROR)
		return;
	for (size_t i = 0; i < count; i++)
		if (check_is_open(check_shown(state, checks, i))) {
			state->list.at = i;
			break;
		}
}

static void view_checks_hint(struct view *view, struct strbuf *out)
{
	struct checks_state *state = view->state;
	const struct check_result *result = current(view);

	if (!result)
		strbuf_puts(out, state->filter.length ? "Esc shows all checks again." : "There is nothing to check.");
	else if (result->note)
		strbuf_puts(out, "This check is answered. Del withdraws the answer.");
	else if (result->state == CHECK_FAILED)
		strbuf_puts(out, "Failed checks stop the upgrade. Put it right, then verify again with F5.");
	else if (result->state == CHECK_WARNING)
		strbuf_puts(out, "A warning needs a fix or a note of yours: Space acknowledges it, A several at once.");
	else if (result->state == CHECK_UNKNOWN && result->prereq->page)
		strbuf_puts(out, "A page of its own asks for this later; Space confirms it here too.");
	else if (result->state == CHECK_UNKNOWN)
		strbuf_puts(out, "What is not known needs facts from the server or your word: Space confirms it, "
				 "A several at once.");
	else
		strbuf_puts(out, "This check has passed. Enter shows all that is known about it.");
}

static const enum action *view_checks_actions(struct view *view)
{
	static const enum action unanswered[] = { ACTION_VERIFY, ACTION_ANSWER,     ACTION_ANSWER_ALL,
						  ACTION_FIND,   ACTION_WHOLE_LINE, ACTION_NONE };
	static const enum action answered[] = { ACTION_VERIFY, ACTION_REMOVE, ACTION_FIND, ACTION_WHOLE_LINE,
						ACTION_NONE };
	const struct check_result *result = current(view);

	return result && result->note ? answered : unanswered;
}

static const char *view_checks_help(struct view *view)
{
	struct checks_state *state = view->state;
	const struct check_result *result = current(view);

	if (!result)
		return NULL;
	strbuf_reset(&state->help);
	check_words(result, &state->help);
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
