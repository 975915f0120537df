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
#define STEPS_PER_ARENA 512u        /* whose wrapped lines are kept at a time */

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

/* TEXT below the step's title, wrapped unless it is a SCRIPT, each line filtered. */
static void put_lines(struct strbuf *out, struct arena *arena, const char *label, const char *text, bool script)
{
	struct lines lines;

	if (!text || !*text)
		return;
	lines = wrap_text(arena, script ? text : arena_printf(arena, "%s: %s", label, text), script ? SIZE_MAX : 73);
	if (script)
		strbuf_printf(out, "      %s:\n", label);
	/* A script ends with a line feed, which makes an empty line of its own here. */
	if (script && !*lines.items[lines.count - 1])
		lines.count--;
	for (size_t i = 0; i < lines.count; i++) {
		if (*lines.items[i])
			strbuf_puts(out, script ? "        " : "      ");
		text_visible(out, lines.items[i]);
		strbuf_putc(out, '\n');
	}
}

/* What was made of a text last: the steps of one task share most of theirs. */
struct shown {
	const char *text;
	struct strbuf lines;
};

static void put_shared(struct strbuf *out, struct arena *arena, struct shown *shown, const char *label,
		       const char *text)
{
	if (shown->text != text) {
		strbuf_reset(&shown->lines);
		put_lines(&shown->lines, arena, label, text, false);
		shown->text = text;
	}
	strbuf_add(out, strbuf_text(&shown->lines), shown->lines.length);
}

static const char *set_text(struct arena *arena, const struct sequence *sequence, const struct step_set *set)
{
	struct strbuf text = STRBUF_INIT;

	for (size_t i = 0; i < set->count && i < STEPS_SHOWN; i++)
		strbuf_printf(&text, "%s%s", i ? ", " : "", sequence->items[set->items[i]].id);
	if (set->count > STEPS_SHOWN)
		strbuf_printf(&text, " and %zu more", set->count - STEPS_SHOWN);
	const char *kept = arena_strdup(arena, strbuf_text(&text));
	strbuf_clear(&text);
	return kept;
}

static bool put_command(struct strbuf *out, const struct plan *plan, const struct step *step, struct diags *diags)
{
	struct strbuf line = STRBUF_INIT;
	bool fine = render_step_line(plan, step, SHELL_CMD, NULL, &line, diags);

	strbuf_printf(out, "      run: %s\n", fine ? strbuf_text(&line) : "no line: cmd cannot carry a value");
	strbuf_clear(&line);
	return fine;
}

static bool put_text(struct strbuf *out, const struct plan *plan, const struct sequence *sequence,
		     const struct session *session, struct diags *diags)
{
	struct shown why = { NULL, STRBUF_INIT }, verify = { NULL, STRBUF_INIT }, failure = { NULL, STRBUF_INIT };
	struct shown source = { NULL, STRBUF_INIT };
	struct arena *arena = arena_new();
	const char *phase = NULL;
	bool fine = true;

	for (size_t i = 0; i < sequence->count; i++) {
		const struct step *step = &sequence->items[i];

		if (!str_eq(phase, step->task->phase)) {
			phase = step->task->phase;
			strbuf_printf(out, "%s%s\n", i ? "\n" : "", phase);
		}
		strbuf_printf(out, "\n%4zu. ", i + 1);
		text_visible(out, step->title);
		strbuf_printf(out, " [%s]\n", step->id);
		put_lines(out, arena, "on", step->run_on, false);
		if (step->words.count && !put_command(out, plan, step, diags))
			fine = false;
		put_lines(out, arena, step->kind == STEP_MANUAL ? "do" : step_kind_name(step->kind), step->text,
			  step->kind != STEP_MANUAL);
		put_lines(out, arena, "requires", set_text(arena, sequence, &step->requires), false);
		put_lines(out, arena, "follows", set_text(arena, sequence, &step->follows), false);
		put_shared(out, arena, &why, "why", step->why);
		put_shared(out, arena, &verify, "verify", step->verify);
		put_lines(out, arena, "uncertain", step->uncertain, false);
		put_shared(out, arena, &failure, "if it fails", step->failure);
		put_shared(out, arena, &source, "source", step->task->source);
		emit_part(session, out);
		if (i % STEPS_PER_ARENA == STEPS_PER_ARENA - 1) {
			arena_free(arena);
			arena = arena_new();
		}
	}
	arena_free(arena);
	strbuf_clear(&why.lines);
	strbuf_clear(&verify.lines);
	strbuf_clear(&failure.lines);
	strbuf_clear(&source.lines);
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
