/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The checklist: the steps with their states, and the keys that record what was done. What others record shows up with
 * the next key, or by itself after a while. A refusal is always shown with its reason; nothing is forced but after a
 * question of its own.
 */
#include "ui/view_steps.h"

#include "core/text.h"
#include "win/winname.h"

/* ---- up to date ---- */

/* Looks at the plan's record again. True: something is different. */
static bool update(struct view *view)
{
	struct steps_state *state = view->state;
	bool had = state->tracker != NULL, fine = true, changed = false;
	size_t trouble = state->trouble.length;
	struct diags found = DIAGS_INIT;

	diags_clear(&state->found);
	state->tracker = wizard_tracker(view->wizard, &state->found);
	wizard_now(state->now);
	if (state->tracker)
		fine = tracker_reload(state->tracker, state->now, &changed, &found);
	strbuf_reset(&state->trouble);
	if (fine && found.count)
		ui_say(view->ui, found.items[found.count - 1].text);
	if (!fine)
		strbuf_printf(&state->trouble, "What is shown may be old: %s", found.items[found.count - 1].text);
	diags_clear(&found);
	return changed || had != (state->tracker != NULL) || trouble != state->trouble.length;
}

/* What others have recorded and collected meanwhile. */
static bool look(struct view *view)
{
	bool facts = steps_follow_facts(view, false);

	return update(view) || facts;
}

static const struct step *step_at(struct view *view, size_t index)
{
	return &wizard_sequence(view->wizard)->items[index];
}

const struct step *steps_current(struct view *view)
{
	const struct steps_state *state = view->state;

	return state->list.at < wizard_sequence(view->wizard)->count ? step_at(view, state->list.at) : NULL;
}

/* The pointer goes where there is something to do. */
static void go_to_next(struct view *view)
{
	struct steps_state *state = view->state;
	size_t next = state->tracker ? tracker_next(state->tracker) : SIZE_MAX;

	if (next == SIZE_MAX)
		return;
	state->list.at = next;
	/* What comes next is to be seen. */
	if (filter_is_on(&state->filter) && filter_row(&state->filter, filter_place(&state->filter, next)) != next)
		filter_clear(&state->filter);
}

/* ---- recording ---- */

static void show_findings(struct view *view, const char *title, const struct diags *diags)
{
	struct strbuf text = STRBUF_INIT;

	for (size_t i = 0; i < diags->count; i++) {
		const struct diag *diag = &diags->items[i];

		strbuf_printf(&text, "%s%s%s%s", i ? "\n\n" : "", diag->text, *diag->hint ? "\n\n" : "", diag->hint);
	}
	dialog_text(view->ui, title, strbuf_text(&text));
	strbuf_clear(&text);
}

static void say_recorded(struct view *view, size_t index, enum mark mark)
{
	struct steps_state *state = view->state;
	struct strbuf text = STRBUF_INIT;

	strbuf_printf(&text, "Recorded: %s, %s.", step_at(view, index)->title, mark_name(mark));
	if (mark == MARK_DONE || mark == MARK_SKIPPED) {
		go_to_next(view);
		if (tracker_next(state->tracker) != SIZE_MAX)
			strbuf_printf(&text, " Next: %s.", step_at(view, state->list.at)->title);
	}
	ui_say(view->ui, strbuf_text(&text));
	strbuf_reset(&text);
	if (wizard_is_complete(view->wizard))
		wizard_proof(view->wizard, &text);
	if (text.length)
		dialog_text(view->ui, "Every step is settled", strbuf_text(&text));
	strbuf_clear(&text);
}

enum otherwise { LEAVE_IT, FORCE_IT, ADOPT_IT, SHOW_WHY };

/* Whether what was refused is to be recorded all the same, after saying what that means. */
static enum otherwise ask_otherwise(struct view *view, enum mark mark, const struct diag *refusal)
{
	static const char *const skip[] = { "Skip all the same", "Leave it", NULL };
	static const char *const reset[] = { "Set back all the same", "Leave it", NULL };
	static const char *const adopt[] = { "Adopt the record", "Leave it", NULL };
	bool name = str_eq(refusal->code, "journal-name");
	struct strbuf text = STRBUF_INIT;
	bool yes;

	if (!name && !str_eq(refusal->code, "skip-required") && !str_eq(refusal->code, "reset-required"))
		return SHOW_WHY;
	strbuf_printf(&text, "%s\n\n", refusal->text);
	strbuf_puts(&text, name ? "Adopted, its first line gets the name of this plan; a copy of the old one stays "
				  "beside it. Do so only if it is the same upgrade under a new name."
			   : mark == MARK_SKIPPED
				   ? "Skipped all the same, it holds nothing back any more: what requires it may start "
				     "although nobody did it. The record says that it was forced, and by whom."
				   : "Set back all the same, what builds on it stays as it is, although this step "
				     "counts as not done. The record says that it was forced, and by whom.");
	yes = dialog_ask(view->ui, name ? "Another name" : "Other steps require it", strbuf_text(&text),
			 name                   ? adopt
			 : mark == MARK_SKIPPED ? skip
						: reset,
			 1) == 0;
	strbuf_clear(&text);
	return !yes ? LEAVE_IT : name ? ADOPT_IT : FORCE_IT;
}

/* Who has the record, until it is free or the user has enough. */
static enum mark_result mark_when_free(struct view *view, struct mark_request *request, struct diags *diags)
{
	static const char *const labels[] = { "Try again", "Leave it", NULL };
	const struct lock_wait glance = { .milliseconds = 300 };
	struct steps_state *state = view->state;
	enum mark_result result;

	request->wait = &glance;
	for (;;) {
		wizard_now(state->now);
		diags_clear(diags);
		result = tracker_mark(state->tracker, request, diags);
		if (result != MARK_UNWRITTEN || !diags->count ||
		    !str_eq(diags->items[diags->count - 1].code, "journal-locked") ||
		    dialog_ask(view->ui, "Not recorded", diags->items[diags->count - 1].text, labels, 0) != 0)
			return result;
	}
}

/* True: it stands in the record. */
static bool record(struct view *view, enum mark mark, const char *note)
{
	struct steps_state *state = view->state;
	size_t index = state->list.at;
	struct diags diags = DIAGS_INIT;
	struct mark_request request = { .step = index, .mark = mark, .note = note, .now = state->now };
	enum otherwise otherwise = SHOW_WHY;
	enum mark_result result;

	request.by = wizard_user(view->wizard);
	result = mark_when_free(view, &request, &diags);
	if (result == MARK_REFUSED && diags.count)
		otherwise = ask_otherwise(view, mark, &diags.items[diags.count - 1]);
	request.force = otherwise == FORCE_IT;
	request.adopt = otherwise == ADOPT_IT;
	if (request.force || request.adopt)
		result = mark_when_free(view, &request, &diags);
	update(view);
	if (result == MARKED)
		say_recorded(view, index, mark);
	if (diags.count && otherwise != LEAVE_IT)
		show_findings(view, result <= MARKED_BEFORE ? "Recorded" : "Not recorded", &diags);
	diags_clear(&diags);
	return result <= MARKED_BEFORE;
}

/* DATA: whether there must be a note. */
static bool check_note(const struct strbuf *texts, void *data, struct strbuf *why)
{
	const bool *needed = data;
	struct diags diags = DIAGS_INIT;
	struct report to = { .diags = &diags, .path = "" };
	bool good = rule_note(strbuf_text(&texts[0]), &to);

	if (!good)
		strbuf_puts(why, diags.items[0].text);
	else if (*needed && !texts[0].length)
		strbuf_puts(why, "Say why, or what was seen.");
	good = good && (!*needed || texts[0].length);
	diags_clear(&diags);
	return good;
}

static bool record_with_note(struct view *view, enum mark mark, const char *title, const char *intro, bool needed)
{
	static const char *const labels[] = { "Note", NULL };
	struct strbuf note = STRBUF_INIT;
	bool done = dialog_input(view->ui, title, intro, labels, &note, 1, check_note, &needed) &&
		    record(view, mark, strbuf_text(&note));

	strbuf_clear(&note);
	return done;
}

static void record_failed(struct view *view)
{
	static const char *const labels[] = { "Close", "Read its log", NULL };
	const struct step *step = steps_current(view);
	struct strbuf text = STRBUF_INIT;

	if (!record_with_note(view, MARK_FAILED, "Failed",
			      "What was seen? An error code, the end of a log; it may stay "
			      "empty. Do not write a password here.",
			      false))
		return;
	strbuf_printf(&text, "Where to look: %s\n\n", step->failure ? step->failure : "nothing is known.");
	if (step->verify)
		strbuf_printf(&text, "How it should be: %s\n\n", step->verify);
	strbuf_puts(&text, "Its log says why it failed: read it now, or later with F2. S starts the step again. What "
			   "requires it waits until it is done.");
	if (dialog_ask(view->ui, step->title, strbuf_text(&text), labels, 0) == 1)
		steps_read_log(view);
	strbuf_clear(&text);
}

/* A step that was not started here is done only after a question: one Enter too many must let nothing begin. */
static void record_done(struct view *view)
{
	static const char *const labels[] = { "Done", "Start", "Leave it", NULL };
	struct steps_state *state = view->state;
	int answer = 0;

	if (tracker_may_start(state->tracker, state->list.at) &&
	    tracker_status(state->tracker, state->list.at)->state == STATE_WAITING)
		answer = dialog_ask(view->ui, steps_current(view)->title, "It was not started yet. Is it done already?",
				    labels, 0);
	if (answer == 0 || answer == 1)
		record(view, answer == 0 ? MARK_DONE : MARK_STARTED, "");
}

static void record_reset(struct view *view)
{
	static const char *const labels[] = { "Set it back", "Leave it", NULL };
	const struct steps_state *state = view->state;

	if (tracker_status(state->tracker, state->list.at)->state == STATE_WAITING ||
	    dialog_ask(
		    view->ui, steps_current(view)->title,
		    "It will wait again, as if it had not been started. What was recorded before stays in the record.",
		    labels, 1) == 0)
		record(view, MARK_RESET, "");
}

/* The file is another plan now: nothing is recorded for the old one. */
static void ask_reread(struct view *view)
{
	static const char *const labels[] = { "Read it again", "Leave it", NULL };
	struct steps_state *state = view->state;
	struct strbuf text = STRBUF_INIT; /* of its own: the page below looks again while the question stands */
	struct diags diags = DIAGS_INIT;
	int answer;

	strbuf_puts(&text, state->found.items[state->found.count - 1].text);
	answer = dialog_ask(view->ui, "The plan was changed", strbuf_text(&text), labels, 0);
	strbuf_clear(&text);
	if (answer != 0)
		return;
	if (wizard_reread_plan(view->wizard, &diags)) {
		state->list.at = 0;
		update(view);
		go_to_next(view);
		ui_say(view->ui, "The plan was read again.");
	} else {
		show_findings(view, "Not read", &diags);
	}
	diags_clear(&diags);
}

static void record_action(struct view *view, enum action action)
{
	struct steps_state *state = view->state;

	if (!state->tracker && wizard_plan_moved(view->wizard)) {
		ask_reread(view);
		return;
	}
	if (!state->tracker) {
		show_findings(view, "Not recorded", &state->found);
		return;
	}
	if (action == ACTION_STEP_START)
		record(view, MARK_STARTED, "");
	else if (action == ACTION_STEP_FAILED)
		record_failed(view);
	else if (action == ACTION_STEP_SKIP)
		record_with_note(view, MARK_SKIPPED, "Skip", "Why is it not needed? The note stays in the record.",
				 true);
	else if (action == ACTION_STEP_NOTE)
		record_with_note(view, MARK_NOTED, "Note", "It stays in the record, so do not write a password here.",
				 true);
	else if (action == ACTION_STEP_RESET)
		record_reset(view);
	else
		record_done(view);
}

/* ---- showing ---- */

static void copy_line(struct view *view, const struct step *step)
{
	struct strbuf text = STRBUF_INIT;

	if (!steps_put_run(view, step, &text))
		ui_say(view->ui, strbuf_text(&text));
	else if (!text.length)
		ui_say(view->ui, "There is nothing to copy.");
	else {
		ui_copy(view->ui, strbuf_text(&text));
		ui_say(view->ui, "Copied, with placeholders instead of passwords.");
	}
	strbuf_clear(&text);
}

static void show_line(struct view *view, const struct step *step)
{
	struct strbuf text = STRBUF_INIT;

	steps_put_run(view, step, &text);
	dialog_text(view->ui, step->title, strbuf_text(&text));
	strbuf_clear(&text);
}

static void show_details(struct view *view)
{
	const struct steps_state *state = view->state;
	struct strbuf text = STRBUF_INIT;

	steps_put_all(view, state->list.at, &text);
	dialog_text(view->ui, steps_current(view)->title, strbuf_text(&text));
	strbuf_clear(&text);
}

static void turn_shell(struct view *view, int direction)
{
	struct steps_state *state = view->state;

	state->shell = (enum shell)(((int)state->shell + SHELL_COUNT + direction) % SHELL_COUNT);
}

static bool step_fits(size_t index, const char *text, void *data)
{
	const struct step *step = step_at(data, index);

	return text_contains_fold(step->title, text) || text_contains_fold(step->id, text);
}

void steps_update_filter(struct view *view)
{
	struct steps_state *state = view->state;

	filter_update(&state->filter, wizard_sequence(view->wizard)->count, step_fits, view, false);
}

static void find(struct view *view)
{
	struct steps_state *state = view->state;

	filter_ask(&state->filter, view->ui, "step", wizard_sequence(view->wizard)->count, step_fits, view);
	/* The pointer is on one of those that are shown. */
	state->list.at = filter_row(&state->filter, filter_place(&state->filter, state->list.at));
}

/* ---- keys ---- */

static enum view_result move_key(struct view *view, const struct key *pressed, enum action action)
{
	struct steps_state *state = view->state;
	enum view_result result =
		filter_key(&state->filter, &state->list, wizard_sequence(view->wizard)->count, pressed);

	if (result != VIEW_IGNORED)
		return result;
	/* At the end of the list it must not leave the page. */
	if (pressed->name == KEYNAME_PAGE_DOWN)
		return VIEW_DONE;
	return action == ACTION_NEXT_FIELD       ? VIEW_PAST_END
	       : action == ACTION_PREVIOUS_FIELD ? VIEW_PAST_START
						 : VIEW_IGNORED;
}

static enum view_result key(struct view *view, const struct key *pressed, enum action action)
{
	struct steps_state *state = view->state;
	const struct step *step;

	(void)steps_follow_facts(view, action == ACTION_STEP_START || action == ACTION_ACTIVATE);
	if (state->lost)
		action = ACTION_NONE;
	state->lost = false;
	update(view);
	step = steps_current(view);
	if (action == ACTION_FOCUS && (size_t)pressed->code < wizard_sequence(view->wizard)->count)
		state->list.at = (size_t)pressed->code;
	else if (action == ACTION_FIND)
		find(view);
	else if (pressed->name == KEYNAME_ESC && filter_is_on(&state->filter))
		filter_clear(&state->filter);
	else if (pressed->name == KEYNAME_LEFT || pressed->name == KEYNAME_RIGHT)
		turn_shell(view, pressed->name == KEYNAME_LEFT ? -1 : 1);
	else if (!step)
		return move_key(view, pressed, action);
	else if (action == ACTION_ACTIVATE || (action >= ACTION_STEP_START && action <= ACTION_STEP_RESET))
		record_action(view, action);
	else if (action == ACTION_DETAILS || action == ACTION_TOGGLE)
		show_details(view);
	else if (action == ACTION_BROWSE)
		steps_read_log(view);
	else if (action == ACTION_COPY_LINE)
		copy_line(view, step);
	else if (action == ACTION_WHOLE_LINE)
		show_line(view, step);
	else
		return move_key(view, pressed, action);
	return VIEW_DONE;
}

/* ---- the view ---- */

/* What the administrator should know before the first mark. */
static void say_opened(struct view *view)
{
	const struct steps_state *state = view->state;
	struct strbuf text = STRBUF_INIT;
	size_t count = wizard_output_count(view->wizard), written = 0;

	for (size_t i = 0; i < count; i++)
		if (wizard_output(view->wizard, i)->written)
			strbuf_printf(&text, "%s%s",
				      written++ ? ", " : "Written: ", wizard_output(view->wizard, i)->path);
	if (written)
		strbuf_puts(&text, ". ");
	for (size_t i = 0; state->tracker && i < state->found.count && i < 2; i++)
		strbuf_printf(&text, "%s ", state->found.items[i].text);
	if (text.length)
		ui_say(view->ui, strbuf_text(&text));
	strbuf_clear(&text);
}

static void open(struct view *view)
{
	update(view);
	go_to_next(view);
	say_opened(view);
}

static void close(struct view *view)
{
	struct steps_state *state = view->state;

	diags_clear(&state->found);
	strbuf_clear(&state->trouble);
	strbuf_clear(&state->help);
	filter_clear(&state->filter);
}

static void draw(struct view *view, struct canvas *canvas, struct rect body)
{
	update(view);
	steps_draw(view, canvas, body);
}

/* The state in a sentence, with a name for what is waited for. */
static void put_where(struct view *view, struct strbuf *out)
{
	const struct steps_state *state = view->state;
	size_t count, first = tracker_blocker(state->tracker, state->list.at, &count);

	if (!count || tracker_status(state->tracker, state->list.at)->state != STATE_WAITING) {
		strbuf_puts(out, "State: ");
		steps_put_situation(state, state->list.at, out);
	} else {
		strbuf_printf(out, "Waits for: %s", step_at(view, first)->title);
		if (count > 1)
			strbuf_printf(out, ", and %zu more", count - 1);
	}
	strbuf_puts(out, ". ");
}

static void hint(struct view *view, struct strbuf *out)
{
	const struct steps_state *state = view->state;
	const struct step *step = steps_current(view);

	if (!step)
		return;
	if (state->tracker)
		put_where(view, out);
	if (state->tracker && tracker_status(state->tracker, state->list.at)->state == STATE_FAILED)
		strbuf_puts(out, "F2 reads its log and says why. ");
	strbuf_puts(out, step->words.count
				 ? "Alt-L shows the line whole, Alt-C copies it, Left and Right choose the shell."
				 : "Space shows all about the step.");
}

static const char *help(struct view *view)
{
	struct steps_state *state = view->state;

	strbuf_reset(&state->help);
	for (size_t i = 0; i < state->found.count; i++)
		strbuf_printf(&state->help, "%s\n\n", state->found.items[i].text);
	steps_put_files(view, &state->help);
	if (steps_current(view))
		steps_put_all(view, state->list.at, &state->help);
	return strbuf_text(&state->help);
}

const struct view_ops view_steps = {
	.state_size = sizeof(struct steps_state),
	.open = open,
	.close = close,
	.draw = draw,
	.key = key,
	.hint = hint,
	.actions = steps_actions,
	.help = help,
	.idle = look,
};
