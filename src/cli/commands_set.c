/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * "set": changes answers of a plan that exists, by arguments and from facts. The file is saved as the wizard saves it:
 * under its lock, and never over what somebody else wrote since it was read.
 */
#include "cli/assign.h"

#include "pipeline/validate.h"

int save_changed(const struct session *session, const struct plan *plan, const char *path, struct plan_source *source)
{
	struct waiting waiting = { session, path, false };
	const struct lock_wait wait = wait_in_sight(&waiting);
	struct plan_saving saving = { .wait = &wait };
	enum save_result result = plan_save(plan, path, source, &saving);
	int status = say_saved(session, path, result, saving.why, "it was not there before; nothing was written");

	if (status == EXIT_FINE && *saving.note)
		say(session, "%s", saving.note);
	return status;
}

int open_changeable(const struct session *session, const char *path, struct plan **plan, struct plan_source *source,
	      struct diags *diags)
{
	int status = EXIT_USE;

	*plan = NULL;
	*source = (struct plan_source){ .text = STRBUF_INIT };
	inputs_add_record(session->inputs, path);
	if (str_eq(path, "-")) {
		say(session, "a plan on standard input cannot be changed; name a file");
		return EXIT_USE;
	}
	switch (plan_load(path, plan, source, diags)) {
	case LOAD_OK:
		/* What cannot be read would be lost. */
		status = diags->errors ? EXIT_PLAN : EXIT_FINE;
		break;
	case LOAD_BAD:
		status = EXIT_PLAN;
		break;
	case LOAD_MISSING:
		say(session, "%s: there is no such file", path);
		break;
	case LOAD_UNREADABLE:
		break;
	}
	if (status == EXIT_FINE)
		return status;
	diags_print(diags, session->err);
	diags_clear(diags);
	if (status == EXIT_PLAN)
		say(session, "%s has errors, so nothing was changed", path);
	plan_free(*plan);
	plan_source_clear(source);
	*plan = NULL;
	return status;
}

static bool is_among(const struct diag *diag, const struct diags *diags)
{
	for (size_t i = 0; i < diags->count; i++) {
		const struct diag *one = &diags->items[i];

		if (str_eq(one->code, diag->code) && str_eq(one->path, diag->path) && str_eq(one->text, diag->text))
			return true;
	}
	return false;
}

/* What is wrong only since the change: a plan with two mistakes can be mended one by one. What is still to be answered
 * was so before. */
static void judge_change(struct maker *maker, const struct diags *before)
{
	struct diags after = DIAGS_INIT;

	validate_plan(maker->plan, &after);
	for (size_t i = 0; i < after.count; i++) {
		const struct diag *diag = &after.items[i];

		if (!is_among(diag, before))
			diags_add(maker->diags, diag->severity, diag->code, diag->at, diag->path, diag->hint, "%s",
				  diag->text);
	}
	diags_clear(&after);
}

static void apply(struct maker *maker, const struct facts *facts)
{
	const struct session *session = maker->session;
	size_t filled;

	for (size_t i = 1; i < session->options->argument_count; i++)
		assign_argument(maker, 1, i);
	plan_settle_notes(maker->plan);
	if (!facts)
		return;
	filled = plan_fill(maker->plan, facts, maker->diags);
	say(session, filled == 1 ? "%zu answer or server comes from the facts"
				 : "%zu answers and servers come from the facts", filled);
}

static int change(struct maker *maker, const struct facts *facts, struct plan_source *source)
{
	const struct session *session = maker->session;
	const char *path = session->options->arguments[0];
	struct diags before = DIAGS_INIT;

	validate_plan(maker->plan, &before);
	apply(maker, facts);
	judge_change(maker, &before);
	diags_clear(&before);
	findings_drop_followers(maker->diags);
	sort_findings(maker->diags, path);
	diags_print(maker->diags, session->err);
	if (!findings_refuse(session, maker->diags))
		return save_changed(session, maker->plan, path, source);
	say(session, "nothing was changed");
	return EXIT_PLAN;
}

int command_set(const struct session *session)
{
	const struct options *options = session->options;
	struct diags diags = DIAGS_INIT;
	struct plan_source source;
	struct facts *facts = NULL;
	struct plan *plan;
	int status;

	if (options->argument_count == 1 && !options->from) {
		say(session, "say what is to be changed: KEY=VALUE, or --from FACTS");
		return EXIT_USE;
	}
	if (!arguments_have_keys(session, 1))
		return EXIT_USE;
	status = open_changeable(session, options->arguments[0], &plan, &source, &diags);
	if (status != EXIT_FINE)
		return status;
	struct maker maker = { .session = session, .plan = plan, .diags = &diags, .arena = arena_new() };
	status = take_facts(session, options->from, &facts, &diags);
	if (status == EXIT_FINE) {
		status = change(&maker, facts, &source);
	} else {
		diags_print(&diags, session->err);
		say(session, "nothing was changed");
	}
	diags_clear(&diags);
	arena_free(maker.arena);
	plan_source_clear(&source);
	plan_free(plan);
	facts_free(facts);
	return status;
}
