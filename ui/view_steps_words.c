/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What the checklist says about a step: what to run, who did what when, and everything together.
 */
#include "ui/view_steps.h"

static const char *const kind_names[] = {
	[STEP_COMMAND] = "command line",
	[STEP_POWERSHELL] = "PowerShell",
	[STEP_SQL] = "SQL",
	[STEP_MANUAL] = "by hand",
};

bool steps_put_run(struct view *view, const struct step *step, struct strbuf *out)
{
	const struct steps_state *state = view->state;
	struct diags refused = DIAGS_INIT;
	bool made = true;

	if (step->words.count)
		made = render_step_line(wizard_plan(view->wizard), step, state->shell, NULL, out, &refused);
	else if (step->text)
		strbuf_puts(out, step->text);
	for (size_t i = 0; !made && i < refused.count; i++)
		strbuf_printf(out, "%s%s %s", i ? "\n" : "", refused.items[i].text, refused.items[i].hint);
	diags_clear(&refused);
	return made;
}

void steps_put_situation(const struct steps_state *state, size_t step, struct strbuf *out)
{
	if (!state->tracker)
		return;
	tracker_situation(state->tracker, step, state->now, out);
	tracker_put_origin(state->tracker, step, state->now, out);
	if (tracker_status(state->tracker, step)->forced)
		strbuf_puts(out, ", forced");
}

void steps_put_note(const struct steps_state *state, size_t step, struct strbuf *out)
{
	const struct step_status *status = state->tracker ? tracker_status(state->tracker, step) : NULL;

	if (!status || !status->note || !*status->note)
		return;
	strbuf_puts(out, status->note);
	if (!status->noted)
		return;
	strbuf_printf(out, " (%s, ", status->note_by);
	tracker_put_time(out, status->noted, state->now);
	strbuf_puts(out, " UTC)");
}

static void add_part(struct strbuf *out, const char *label, const char *text)
{
	if (text && *text)
		strbuf_printf(out, "%s: %s\n\n", label, text);
}

static void add_record(struct view *view, size_t step, struct strbuf *out)
{
	const struct steps_state *state = view->state;
	struct strbuf text = STRBUF_INIT;

	steps_put_situation(state, step, &text);
	add_part(out, "State", strbuf_text(&text));
	strbuf_reset(&text);
	steps_put_note(state, step, &text);
	add_part(out, "Note", strbuf_text(&text));
	if (state->tracker && tracker_status(state->tracker, step)->changed)
		add_part(out, "Changed", "What the step runs is not what it was when this was recorded.");
	strbuf_clear(&text);
}

static void add_waits(struct view *view, size_t step, struct strbuf *out)
{
	const struct steps_state *state = view->state;
	size_t steps[10], count;

	if (!state->tracker || tracker_is_settled(state->tracker, step))
		return;
	count = tracker_blockers(state->tracker, step, steps, ARRAY_LEN(steps));
	for (size_t i = 0; i < count && i < ARRAY_LEN(steps); i++)
		strbuf_printf(out, "%s%s\n", i ? "  " : "Waits for:\n  ",
			      wizard_sequence(view->wizard)->items[steps[i]].title);
	if (count > ARRAY_LEN(steps))
		strbuf_printf(out, "  and %zu more\n", count - ARRAY_LEN(steps));
	if (count)
		strbuf_putc(out, '\n');
}

void steps_put_label(struct view *view, const struct step *step, struct strbuf *out)
{
	const struct steps_state *state = view->state;

	strbuf_printf(out,
		      step->words.count           ? "Run (%s)"
		      : step->kind == STEP_MANUAL ? "Do"
						  : "Run",
		      shell_name(state->shell));
}

void steps_put_all(struct view *view, size_t index, struct strbuf *out)
{
	const struct step *step = &wizard_sequence(view->wizard)->items[index];
	struct strbuf text = STRBUF_INIT, label = STRBUF_INIT;

	strbuf_printf(out, "%s\nId: %s\n", step->title, step->id);
	if (step->server && step->server->name)
		strbuf_printf(out, "Server: %s\n", step->server->name);
	strbuf_printf(out, "Kind: %s\n\n", kind_names[step->kind]);
	add_record(view, index, out);
	add_waits(view, index, out);
	add_part(out, "Why here", step->why);
	steps_put_run(view, step, &text);
	steps_put_label(view, step, &label);
	add_part(out, strbuf_text(&label), strbuf_text(&text));
	add_part(out, "Verify", step->verify);
	add_part(out, "If it fails", step->failure);
	strbuf_reset(&text);
	if (step->task->source)
		source_words(&text, step->task->source);
	add_part(out, "Source", strbuf_text(&text));
	strbuf_clear(&text);
	strbuf_clear(&label);
}

void steps_put_files(struct view *view, struct strbuf *out)
{
	size_t count = wizard_output_count(view->wizard), written = 0;

	for (size_t i = 0; i < count; i++) {
		const struct output *output = wizard_output(view->wizard, i);

		if (!output->written)
			continue;
		strbuf_printf(out, "%s%s: %s\n  SHA-256 %s\n", written++ ? "" : "Files that were written:\n",
			      output->label, output->path, output->sha256);
	}
	if (written)
		strbuf_putc(out, '\n');
}

/* ---- keys ---- */

/* What the state of a step takes, the most useful first; what is refused in any case is not among it. */
static const enum action *actions_of(const struct steps_state *state)
{
	static const enum action open[] = { ACTION_STEP_START, ACTION_STEP_DONE, ACTION_STEP_SKIP, ACTION_STEP_NOTE,
					    ACTION_DETAILS, ACTION_NONE };
	static const enum action waits[] = { ACTION_DETAILS, ACTION_STEP_SKIP, ACTION_STEP_NOTE, ACTION_NONE };
	static const enum action running[] = { ACTION_STEP_DONE, ACTION_STEP_FAILED, ACTION_STEP_NOTE, ACTION_DETAILS,
					       ACTION_STEP_RESET, ACTION_NONE };
	static const enum action failed[] = { ACTION_READ_LOG,  ACTION_STEP_START, ACTION_STEP_SKIP,  ACTION_STEP_DONE,
					      ACTION_STEP_NOTE, ACTION_DETAILS,    ACTION_STEP_RESET, ACTION_NONE };
	static const enum action settled[] = { ACTION_DETAILS, ACTION_STEP_NOTE, ACTION_STEP_RESET, ACTION_NONE };
	static const enum action none[] = { ACTION_DETAILS, ACTION_NONE };
	static const enum action *const of[STATE_COUNT] = {
		[STATE_WAITING] = open,  [STATE_STARTED] = running, [STATE_DONE] = settled,
		[STATE_FAILED] = failed, [STATE_SKIPPED] = settled,
	};
	enum step_state now;

	if (!state->tracker)
		return none;
	now = tracker_status(state->tracker, state->list.at)->state;
	return now == STATE_WAITING && !tracker_may_start(state->tracker, state->list.at) ? waits : of[now];
}

const enum action *steps_actions(struct view *view)
{
	static const enum action line[] = { ACTION_WHOLE_LINE, ACTION_COPY_LINE, ACTION_SHELL, ACTION_NONE };
	struct steps_state *state = view->state;
	const struct step *step = steps_current(view);
	size_t count = 0;

	for (const enum action *own = step ? actions_of(state) : NULL; own && *own != ACTION_NONE; own++)
		state->actions[count++] = *own;
	if (filter_is_on(&state->filter))
		state->actions[count++] = ACTION_SHOW_ALL;
	state->actions[count++] = ACTION_FIND;
	for (const enum action *own = line; step && step->words.count && *own != ACTION_NONE; own++)
		state->actions[count++] = *own;
	state->actions[count++] = ACTION_SELECT;
	state->actions[count] = ACTION_NONE;
	return state->actions;
}
