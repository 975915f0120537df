/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * "steps": the ordered steps, for people and for programs.
 */
#include "cli/commands.h"

#include "core/text.h"
#include "core/wrap.h"
#include "render/render.h"
#include "render/steps_json.h"

#define STEPS_SHOWN 6u              /* of a set, in the text form */

/* ---- JSON ---- */

static void put_json(struct strbuf *out, const struct sequence *sequence, const struct session *session)
{
	struct steps_json json = { .sequence = sequence };

	strbuf_putc(out, '[');
	for (size_t i = 0; i < sequence->count; i++) {
		strbuf_puts(out, i ? ",\n" : "\n");
		steps_json_put(&json, out, i);
		emit_part(session, out);
	}
	strbuf_puts(out, "\n]\n");
	steps_json_clear(&json);
}

/* ---- text ---- */

static void put_line(struct strbuf *out, const char *before, const char *line, size_t length)
{
	if (length)
		strbuf_puts(out, before);
	text_visible_part(out, line, length);
	strbuf_putc(out, '\n');
}

/* TEXT below the step's title, wrapped, each line filtered. LABELLED: room that is used again and again. */
static void put_lines(struct strbuf *out, struct strbuf *labelled, const char *label, const char *text)
{
	const char *line;
	size_t length;

	if (!text || !*text)
		return;
	strbuf_reset(labelled);
	strbuf_puts(labelled, label);
	strbuf_puts(labelled, ": ");
	strbuf_puts(labelled, text);
	struct wrap wrap = wrap_begin(strbuf_text(labelled), 73);
	while (wrap_next(&wrap, &line, &length))
		put_line(out, "      ", line, length);
}

/* The same for a script, which ends with a line feed and is not wrapped. */
static void put_script(struct strbuf *out, const char *label, const char *text)
{
	struct wrap wrap = wrap_begin(text, SIZE_MAX);
	const char *line;
	size_t length;

	strbuf_printf(out, "      %s:\n", label);
	while (wrap_next(&wrap, &line, &length))
		if (line[0])
			put_line(out, "        ", line, length);
}

/* What was made of it last: the steps of one task share most of what they say. */
struct shown {
	const void *of;
	size_t count;           /* of the items at OF, for a set; the kind of a text that is done */
	struct strbuf lines;
};

enum piece { SHOWN_COMMAND, SHOWN_TEXT, SHOWN_REQUIRES, SHOWN_FOLLOWS, SHOWN_WHY, SHOWN_VERIFY, SHOWN_UNCERTAIN,
	     SHOWN_FAILURE, SHOWN_SOURCE, SHOWN_COUNT };

/* The pieces of the last step of one task. */
struct shown_step {
	struct shown pieces[SHOWN_COUNT];
};

struct step_lines {
	struct strbuf *out;
	struct shown_step *tasks;       /* by the number of the task */
	struct shown *shown;            /* the pieces of the task whose step is put */
	struct strbuf labelled;
};

/* Whether OF is shown already; else its lines are to be made anew. */
static bool is_shown(struct shown *shown, const void *of, size_t count)
{
	if (shown->of == of && shown->count == count)
		return true;
	shown->of = of;
	shown->count = count;
	strbuf_reset(&shown->lines);
	return false;
}

static void put_shown(struct strbuf *out, const struct shown *shown)
{
	strbuf_add(out, strbuf_text(&shown->lines), shown->lines.length);
}

static void put_shared(struct step_lines *lines, enum piece piece, const char *label, const char *text)
{
	struct shown *shown = &lines->shown[piece];

	if (!is_shown(shown, text, 0))
		put_lines(&shown->lines, &lines->labelled, label, text);
	put_shown(lines->out, shown);
}

/* What is done: the script, or the sentences for a person. */
static void put_done(struct step_lines *lines, const struct step *step)
{
	struct shown *shown = &lines->shown[SHOWN_TEXT];

	if (!is_shown(shown, step->text, step->kind)) {
		if (step->text && *step->text && step->kind != STEP_MANUAL)
			put_script(&shown->lines, step_kind_name(step->kind), step->text);
		else
			put_lines(&shown->lines, &lines->labelled, "do", step->text);
	}
	put_shown(lines->out, shown);
}

static void put_set(struct step_lines *lines, enum piece piece, const char *label, const struct sequence *sequence,
		    const struct step_set *set)
{
	struct shown *shown = &lines->shown[piece];
	struct strbuf text = STRBUF_INIT;

	if (!is_shown(shown, set->own ? (const void *)set->own : set->shared, set->count)) {
		for (size_t i = 0; i < set->count && i < STEPS_SHOWN; i++) {
			strbuf_puts(&text, i ? ", " : "");
			strbuf_puts(&text, sequence->items[step_set_at(set, i)].id);
		}
		if (set->count > STEPS_SHOWN)
			strbuf_printf(&text, " and %zu more", set->count - STEPS_SHOWN);
		put_lines(&shown->lines, &lines->labelled, label, strbuf_text(&text));
		strbuf_clear(&text);
	}
	put_shown(lines->out, shown);
}

static bool put_command(struct step_lines *lines, const struct plan *plan, const struct step *step, struct diags *diags)
{
	struct shown *shown = &lines->shown[SHOWN_COMMAND];
	size_t before = diags->count;
	bool fine = true;

	if (!is_shown(shown, step->words.items, step->words.count)) {
		strbuf_puts(&shown->lines, "      run: ");
		fine = render_step_line(plan, step, SHELL_CMD, NULL, &shown->lines, diags);
		strbuf_puts(&shown->lines, fine ? "\n" : "no line: cmd cannot carry a value\n");
		if (diags->count > before)      /* a finding names its step: the next one has its own */
			shown->of = NULL;
	}
	put_shown(lines->out, shown);
	return fine;
}

/* Its blanks make all of up to four digits as wide. */
static void put_number(struct strbuf *out, size_t number)
{
	strbuf_putc(out, '\n');
	for (size_t most = 1000; most > number; most /= 10)
		strbuf_putc(out, ' ');
	strbuf_put_number(out, number);
	strbuf_puts(out, ". ");
}

static bool put_step(struct step_lines *lines, const struct plan *plan, const struct sequence *sequence, size_t index,
		     struct diags *diags)
{
	const struct step *step = &sequence->items[index];
	struct strbuf *out = lines->out;
	bool fine = true;

	lines->shown = lines->tasks[flow_task_number(plan->flow, step->task)].pieces;
	put_number(out, index + 1);
	text_visible(out, step->title);
	strbuf_puts(out, " [");
	strbuf_puts(out, step->id);
	strbuf_puts(out, "]\n");
	put_lines(out, &lines->labelled, "on", step->run_on);
	if (step->words.count)
		fine = put_command(lines, plan, step, diags);
	put_done(lines, step);
	put_set(lines, SHOWN_REQUIRES, "requires", sequence, &step->requires);
	put_set(lines, SHOWN_FOLLOWS, "follows", sequence, &step->follows);
	put_shared(lines, SHOWN_WHY, "why", step->why);
	put_shared(lines, SHOWN_VERIFY, "verify", step->verify);
	put_shared(lines, SHOWN_UNCERTAIN, "uncertain", step->uncertain);
	put_shared(lines, SHOWN_FAILURE, "if it fails", step->failure);
	put_shared(lines, SHOWN_SOURCE, "source", step->task->source);
	return fine;
}

static bool put_text(struct strbuf *out, const struct plan *plan, const struct sequence *sequence,
		     const struct session *session, struct diags *diags)
{
	size_t tasks = flow_task_count(plan->flow);
	struct step_lines lines = { .out = out, .tasks = xcalloc(tasks, sizeof(*lines.tasks)) };
	const char *phase = NULL;
	bool fine = true;

	for (size_t i = 0; i < sequence->count; i++) {
		const struct step *step = &sequence->items[i];

		if (!str_eq(phase, step->task->phase)) {
			phase = step->task->phase;
			strbuf_printf(out, "%s%s\n", i ? "\n" : "", phase);
		}
		fine &= put_step(&lines, plan, sequence, i, diags);
		emit_part(session, out);
	}
	for (size_t i = 0; i < tasks * SHOWN_COUNT; i++)
		strbuf_clear(&lines.tasks[i / SHOWN_COUNT].pieces[i % SHOWN_COUNT].lines);
	free(lines.tasks);
	strbuf_clear(&lines.labelled);
	return fine;
}

int command_steps(const struct session *session)
{
	struct diags diags = DIAGS_INIT;
	struct strbuf out = STRBUF_INIT;
	struct plan *plan;
	bool fine = true;
	int status = load_good_plan(session, session->options->arguments[0], JUDGE_FACTS, "no steps are shown", &plan);

	if (status != EXIT_FINE)
		return status;
	struct arena *arena = arena_new();
	struct sequence sequence = sequence_build(plan, arena);
	if (session->options->json)
		put_json(&out, &sequence, session);
	else
		fine = put_text(&out, plan, &sequence, session, &diags);
	sort_findings(&diags, plan->file);
	diags_print(&diags, session->err);
	status = emit(session, &out, false);
	if (status == EXIT_FINE && !fine)
		status = EXIT_PLAN;
	diags_clear(&diags);
	strbuf_clear(&out);
	arena_free(arena);
	plan_free(plan);
	return status;
}
