/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The plain front end's checklist: the steps with their states, and the words that record what was done.
 * Percentages stand where the full screen has bars; refusals are the same, for they come from the same place.
 */
#include "plain/prompt_private.h"

#include "core/text.h"

enum { SHOWN_STEPS = 50 };

static const char words[] = "start N, done N, failed N NOTE, skip N NOTE, note N NOTE, reset N, show N, "
			    "log N PATH, next, list, again";

/* The record as it is on the disk now; NULL: it was said why there is none. */
static struct tracker *tracker_now(struct prompt *prompt)
{
	struct diags found = DIAGS_INIT;
	struct tracker *tracker = wizard_tracker(prompt->wizard, &found);
	char now[21];
	bool changed;

	if (tracker) {
		wizard_now(now);
		(void)tracker_reload(tracker, now, &changed, &found); /* the findings say it */
	}
	prompt_say_findings(prompt, &found);
	diags_clear(&found);
	return tracker;
}

/* ---- showing ---- */

static void put_state(const struct tracker *tracker, size_t step, struct strbuf *out)
{
	const struct step_status *status = tracker_status(tracker, step);
	char now[21];

	wizard_now(now);
	tracker_situation(tracker, step, now, out);
	tracker_put_origin(tracker, step, now, out);
	if (status->forced)
		strbuf_puts(out, ", forced");
	if (status->note && *status->note)
		strbuf_printf(out, ", note: %s", status->note);
	if (status->changed)
		strbuf_puts(out, ", changed since: what it runs is another");
}

static void say_phase(struct prompt *prompt, const struct phase_progress *phase)
{
	struct strbuf text = STRBUF_INIT;

	strbuf_printf(&text, "%s: %zu of %zu, %d %%", phase->phase, phase->settled, phase->steps,
		      (int)((double)phase->settled * 100 / (double)phase->steps));
	if (phase->started)
		strbuf_printf(&text, ", %zu running", phase->started);
	if (phase->failed)
		strbuf_printf(&text, ", %zu failed", phase->failed);
	prompt_say(prompt, "%s", strbuf_text(&text));
	strbuf_clear(&text);
}

static void say_line(struct prompt *prompt, const struct tracker *tracker, size_t index)
{
	const struct step *step = &wizard_sequence(prompt->wizard)->items[index];
	struct strbuf line = STRBUF_INIT;

	strbuf_printf(&line, "%s%s", step->title, tracker ? ": " : "");
	if (tracker)
		put_state(tracker, index, &line);
	prompt_say_list_item(prompt, index + 1, strbuf_text(&line));
	strbuf_clear(&line);
}

static void say_list(struct prompt *prompt, size_t first)
{
	const struct sequence *sequence = wizard_sequence(prompt->wizard);
	struct tracker *tracker = tracker_now(prompt);
	const struct phase_progress *phases = NULL;
	size_t count = tracker ? tracker_phases(tracker, &phases) : 0, phase = 0;
	const char *name = NULL;

	for (size_t i = first; i < sequence->count; i++) {
		const struct step *step = &sequence->items[i];

		if (i - first == SHOWN_STEPS) {
			prompt_say(prompt, "  and %zu more: list %zu goes on", sequence->count - i, i + 1);
			break;
		}
		while (phase + 1 < count && phases[phase].first + phases[phase].steps <= i)
			phase++;
		if (!str_eq(name, step->task->phase) && phase < count)
			say_phase(prompt, &phases[phase]);
		else if (!str_eq(name, step->task->phase))
			prompt_say(prompt, "%s:", step->task->phase);
		name = step->task->phase;
		say_line(prompt, tracker, i);
	}
}

static void say_next(struct prompt *prompt)
{
	struct tracker *tracker = tracker_now(prompt);
	size_t next = tracker ? tracker_next(tracker) : SIZE_MAX;
	struct strbuf proof = STRBUF_INIT;

	if (next != SIZE_MAX)
		prompt_say(prompt, "Next: %zu, %s.", next + 1, wizard_sequence(prompt->wizard)->items[next].title);
	else if (tracker)
		prompt_say(prompt, "Next: nothing may start.");
	if (tracker && wizard_is_complete(prompt->wizard))
		wizard_proof(prompt->wizard, &proof);
	if (proof.length)
		prompt_say(prompt, "%s", strbuf_text(&proof));
	strbuf_clear(&proof);
}

static void say_begun(struct prompt *prompt)
{
	struct tracker *tracker = tracker_now(prompt);
	struct strbuf text = STRBUF_INIT;
	char now[21];

	wizard_now(now);
	if (tracker && tracker_begun(tracker)) {
		strbuf_printf(&text, "Begun by %s, ", tracker_begun_by(tracker));
		tracker_put_time(&text, tracker_begun(tracker), now);
		strbuf_puts(&text, " UTC; elapsed ");
		tracker_put_elapsed(&text, tracker_begun(tracker), now);
		strbuf_puts(&text, " (hours:minutes).");
		prompt_say(prompt, "%s", strbuf_text(&text));
	}
	strbuf_clear(&text);
}

static void say_lines(struct prompt *prompt, const char *text, unsigned indent)
{
	while (*text) {
		struct strbuf line = STRBUF_INIT;
		size_t length = strcspn(text, "\n");

		strbuf_add(&line, text, length);
		prompt_say_raw(prompt, indent, strbuf_text(&line));
		strbuf_clear(&line);
		text += length + (text[length] == '\n');
	}
}

static void say_block(struct prompt *prompt, const char *label, const char *text)
{
	if (!text)
		return;
	prompt_say(prompt, "  %s:", label);
	say_lines(prompt, text, 4);
}

static void say_run(struct prompt *prompt, const struct step *step)
{
	struct strbuf line = STRBUF_INIT;
	struct diags found = DIAGS_INIT;

	if (step->words.count &&
	    render_step_line(wizard_plan(prompt->wizard), step, prompt->shell, NULL, &line, &found))
		say_block(prompt, "Run", strbuf_text(&line));
	if (step->kind == STEP_MANUAL && step->text)
		prompt_say(prompt, "  Do: %s", step->text);
	else
		say_block(prompt, step->kind == STEP_SQL ? "Run (SQL)" : "Run (PowerShell)", step->text);
	prompt_say_findings(prompt, &found);
	strbuf_clear(&line);
	diags_clear(&found);
}

static void say_waits(struct prompt *prompt, const struct tracker *tracker, size_t index)
{
	size_t steps[10], count = tracker_blockers(tracker, index, steps, ARRAY_LEN(steps));

	for (size_t i = 0; i < count && i < ARRAY_LEN(steps); i++)
		prompt_say(prompt, "  Waits for: %zu, %s", steps[i] + 1,
			   wizard_sequence(prompt->wizard)->items[steps[i]].title);
	if (count > ARRAY_LEN(steps))
		prompt_say(prompt, "  and for %zu more", count - ARRAY_LEN(steps));
}

static void say_step(struct prompt *prompt, size_t index)
{
	const struct step *step = &wizard_sequence(prompt->wizard)->items[index];
	struct tracker *tracker = tracker_now(prompt);
	struct strbuf state = STRBUF_INIT;

	prompt_say(prompt, "%zu. %s", index + 1, step->title);
	if (tracker) {
		put_state(tracker, index, &state);
		prompt_say(prompt, "  State: %s", strbuf_text(&state));
	}
	if (tracker && !tracker_is_settled(tracker, index))
		say_waits(prompt, tracker, index);
	if (step->why)
		prompt_say(prompt, "  Why here: %s", step->why);
	say_run(prompt, step);
	if (step->verify)
		prompt_say(prompt, "  Verify: %s", step->verify);
	if (step->failure)
		prompt_say(prompt, "  If it fails: %s", step->failure);
	strbuf_clear(&state);
}

/* ---- recording ---- */

/* Whether what was refused is to be recorded all the same; fills FORCE or ADOPT. */
static enum reply may_force(struct prompt *prompt, const struct diags *refusal, struct mark_request *request)
{
	const char *code = refusal->count ? refusal->items[refusal->count - 1].code : "";

	if (str_eq(code, "skip-required"))
		return prompt_ask_yes(prompt,
				      "Skip it anyway? What requires it may start then although nobody "
				      "did it, and the record says that it was forced.",
				      &request->force);
	if (str_eq(code, "reset-required"))
		return prompt_ask_yes(prompt,
				      "Set it back anyway? What builds on it stays as it is, and the record "
				      "says that it was forced.",
				      &request->force);
	if (str_eq(code, "journal-name"))
		return prompt_ask_yes(prompt,
				      "Adopt the record? Its first line gets the name of this plan; a copy of the old "
				      "one stays beside it.",
				      &request->adopt);
	return REPLY_TEXT;
}

static void say_recorded(struct prompt *prompt, size_t index, enum mark mark)
{
	const struct step *step = &wizard_sequence(prompt->wizard)->items[index];

	prompt_say(prompt, "Recorded: %zu, %s, %s.", index + 1, step->title, mark_name(mark));
	if (mark == MARK_FAILED && step->failure)
		prompt_say(prompt, "Where to look: %s", step->failure);
	if (mark == MARK_FAILED)
		prompt_say(prompt, "\"log %zu PATH\" reads its log, or a folder of logs, and says why.", index + 1);
	if (mark == MARK_DONE || mark == MARK_SKIPPED)
		say_next(prompt);
}

static enum reply record(struct prompt *prompt, size_t index, enum mark mark, const char *note)
{
	struct tracker *tracker = tracker_now(prompt);
	struct strbuf kept = STRBUF_INIT;
	struct diags found = DIAGS_INIT;
	const struct lock_wait wait = { LOCK_MILLISECONDS, prompt_say_waiting, prompt };
	char now[21];
	struct mark_request request = { .step = index, .mark = mark, .now = now, .wait = &wait };
	enum reply reply = REPLY_TEXT;
	enum mark_result result;

	if (!tracker)
		return REPLY_TEXT;
	strbuf_puts(&kept, note); /* the question would take its place */
	request.by = wizard_user(prompt->wizard);
	request.note = strbuf_text(&kept);
	wizard_now(now);
	result = tracker_mark(tracker, &request, &found);
	prompt_say_findings(prompt, &found);
	if (result == MARK_REFUSED)
		reply = may_force(prompt, &found, &request);
	if (reply != REPLY_OVER && (request.force || request.adopt)) {
		diags_clear(&found);
		wizard_now(now);
		result = tracker_mark(tracker, &request, &found);
		prompt_say_findings(prompt, &found);
	}
	if (result == MARKED_BEFORE)
		prompt_say(prompt, "Nothing more is recorded.");
	if (result == MARKED)
		say_recorded(prompt, index, mark);
	diags_clear(&found);
	strbuf_clear(&kept);
	return reply == REPLY_OVER ? reply : REPLY_TEXT;
}

/* ---- words ---- */

/* Its index by number or id; SIZE_MAX: there is none. */
static size_t find_step(const struct sequence *sequence, const char *word)
{
	size_t number, unused, numbers;

	if (prompt_numbers(word, &number, &unused, &numbers) && number > 0 && number <= sequence->count)
		return number - 1;
	for (size_t i = 0; i < sequence->count; i++) {
		if (text_equal_fold(sequence->items[i].id, word))
			return i;
	}
	return SIZE_MAX;
}

/* "7 the rest" in TEXT: the index of step 7, and the rest. SIZE_MAX: there is no such step, which was said. */
static size_t take_step(struct prompt *prompt, const char *text, const char **rest)
{
	size_t length = strcspn(text, " \t"), found;
	struct strbuf word = STRBUF_INIT;

	strbuf_add(&word, text, length);
	found = find_step(wizard_sequence(prompt->wizard), strbuf_text(&word));
	if (found == SIZE_MAX)
		prompt_say(prompt,
			   *text ? "Error: There is no step %s; list shows their numbers."
				 : "Error: Say which step, by its number or id%s.",
			   strbuf_text(&word));
	strbuf_clear(&word);
	*rest = text + length + strspn(text + length, " \t");
	return found;
}

/* False: LINE is none of the words that record something. */
static bool obey_mark(struct prompt *prompt, const char *line, enum reply *reply)
{
	static const struct {
		const char *word;
		enum mark mark;
	} marks[] = { { "start", MARK_STARTED }, { "done", MARK_DONE },   { "failed", MARK_FAILED },
		      { "skip", MARK_SKIPPED },  { "reset", MARK_RESET }, { "note", MARK_NOTED } };

	for (size_t i = 0; i < ARRAY_LEN(marks); i++) {
		const char *rest = prompt_after_word(line, marks[i].word), *note;
		size_t step;

		if (!rest)
			continue;
		step = take_step(prompt, rest, &note);
		if (step != SIZE_MAX && prompt_is_word(note))
			prompt_say(prompt, "Error: \"%s\" is a word of this wizard and no note.", note);
		else if (step != SIZE_MAX)
			*reply = record(prompt, step, marks[i].mark, note);
		return true;
	}
	return false;
}

/* "7 C:\\Logs\\x.log": what that log says about step 7. */
static void read_log(struct prompt *prompt, const char *rest)
{
	struct strbuf path = STRBUF_INIT, text = STRBUF_INIT;
	const char *typed;
	size_t step = take_step(prompt, rest, &typed);

	if (step != SIZE_MAX && !*typed) {
		prompt_say(prompt, "Error: Say which log, by its path.");
	} else if (step != SIZE_MAX) {
		strbuf_puts(&path, typed);
		if (wizard_diagnose(prompt->wizard, step, strbuf_text(&path), prompt->width, &text))
			say_lines(prompt, strbuf_text(&text), 0);
		else
			prompt_say(prompt, "Error: %s", strbuf_text(&text));
	}
	strbuf_clear(&path);
	strbuf_clear(&text);
}

/* The plan's file as it is now, and its steps. */
static void read_again(struct prompt *prompt)
{
	struct diags found = DIAGS_INIT;

	if (!wizard_plan_moved(prompt->wizard))
		prompt_say(prompt, "The plan's file is what was read here.");
	else if (wizard_reread_plan(prompt->wizard, &found))
		say_list(prompt, 0);
	prompt_say_findings(prompt, &found);
	diags_clear(&found);
	say_next(prompt);
}

/* Facts that came meanwhile count before anything is started. False: the numbers mean other steps now. */
static bool follow_facts(struct prompt *prompt)
{
	const char *line = strbuf_text(&prompt->line);
	bool surely = prompt_after_word(line, "start") || text_equal_fold(line, "again");
	struct strbuf said = STRBUF_INIT;
	enum followed followed = wizard_follow_facts(prompt->wizard, surely, &said);

	if (followed != FOLLOWED_NOTHING)
		prompt_say(prompt, "%s", strbuf_text(&said));
	if (followed == FOLLOWED_STEPS)
		prompt_say(prompt, "The steps are others now; list shows their numbers. Say it again by those.");
	strbuf_clear(&said);
	return followed != FOLLOWED_STEPS;
}

static enum reply obey_steps(struct prompt *prompt)
{
	const char *line = strbuf_text(&prompt->line), *rest;
	enum reply reply = REPLY_TEXT;
	size_t step;

	if (*line >= '0' && *line <= '9') {
		step = take_step(prompt, line, &rest);
		if (step != SIZE_MAX)
			say_step(prompt, step);
	} else if ((rest = prompt_after_word(line, "show")) != NULL) {
		step = take_step(prompt, rest, &rest);
		if (step != SIZE_MAX)
			say_step(prompt, step);
	} else if ((rest = prompt_after_word(line, "list")) != NULL) {
		step = *rest ? take_step(prompt, rest, &rest) : 0;
		if (step != SIZE_MAX)
			say_list(prompt, step);
	} else if ((rest = prompt_after_word(line, "log")) != NULL) {
		read_log(prompt, rest);
	} else if (text_equal_fold(line, "next")) {
		say_next(prompt);
	} else if (text_equal_fold(line, "again")) {
		read_again(prompt);
	} else if (!obey_mark(prompt, line, &reply)) {
		prompt_say(prompt, "Error: \"%s\" is none of the words: %s.", line, words);
	}
	return reply;
}

void prompt_say_files(struct prompt *prompt)
{
	for (size_t i = 0; i < wizard_output_count(prompt->wizard); i++) {
		const struct output *output = wizard_output(prompt->wizard, i);

		if (output->written)
			prompt_say(prompt, "Written: %s, the %s.", output->path, output->label);
	}
}

/* Enter: to the next page; where this is the only one, what is next. */
static enum reply enter(struct prompt *prompt)
{
	struct diags found = DIAGS_INIT;
	enum reply reply = REPLY_TEXT;

	if (wizard_tracks(prompt->wizard))
		say_next(prompt);
	else
		reply = prompt_next(prompt, &found);
	diags_clear(&found);
	return reply;
}

/* Their list is read out once, and again when they are others. */
static void say_steps(struct prompt *prompt)
{
	const struct sequence *sequence = wizard_sequence(prompt->wizard);
	struct strbuf ids = STRBUF_INIT;

	for (size_t i = 0; i < sequence->count; i++)
		strbuf_printf(&ids, "%s\n", sequence->items[i].id);
	if (str_eq(strbuf_text(&ids), strbuf_text(&prompt->steps_read)))
		prompt_say(prompt, "The steps are those that were read out before; list reads them again.");
	else
		say_list(prompt, 0);
	strbuf_clear(&prompt->steps_read);
	prompt->steps_read = ids;
}

enum reply prompt_steps(struct prompt *prompt)
{
	static const char help[] =
		"A number, or show and a number, tells why a step stands there, what to run, and how to "
		"see that it worked. start, done, failed, skip, note and reset record what happened with "
		"a step; a step that has to wait is refused. Do not write a password into a note. log, a number "
		"and a path read what setup left, and say why it failed. next tells what may start, list shows "
		"all steps, again reads a plan or facts that somebody changed meanwhile, quit leaves.";
	bool tracks = wizard_tracks(prompt->wizard);
	enum reply reply;

	prompt_say_files(prompt);
	say_begun(prompt);
	say_steps(prompt);
	say_next(prompt);
	prompt_say(prompt, "Words: %s; %s.", words, tracks ? "quit leaves" : "Enter goes on");
	do {
		reply = prompt_ask(prompt, "What was done", NULL, help);
		if (reply == REPLY_ENTER)
			reply = enter(prompt);
		else if (reply == REPLY_TEXT && follow_facts(prompt))
			reply = obey_steps(prompt);
	} while (reply == REPLY_TEXT || reply == REPLY_ENTER);
	return reply;
}
