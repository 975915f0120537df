/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * "next": the plan of the next hop, from one that is done.
 */
#include "cli/commands.h"

#include "pipeline/next.h"
#include "pipeline/validate.h"

#define OPEN_SHOWN 3u

/* Says which steps are open. */
static bool all_settled(const struct session *session, const char *path, const struct tracked *tracked)
{
	struct strbuf which = STRBUF_INIT;
	size_t open = 0;

	for (size_t i = 0; i < tracked->sequence.count; i++) {
		if (tracker_is_settled(tracked->tracker, i))
			continue;
		if (open++ < OPEN_SHOWN)
			strbuf_printf(&which, "%s%s", which.length ? ", " : "", tracked->sequence.items[i].id);
	}
	if (open > OPEN_SHOWN)
		strbuf_printf(&which, " and %zu more", open - OPEN_SHOWN);
	if (open)
		say(session, "%s is not done, so there is no next plan yet; open: %s. --anyway makes it all the same",
		    path, strbuf_text(&which));
	strbuf_clear(&which);
	return !open;
}

/* The plan at PATH, whose record has to be whole unless --anyway. EXIT_FINE: *PLAN is owned. */
static int load_done(const struct session *session, const char *path, struct plan **plan)
{
	struct diags diags = DIAGS_INIT;
	struct tracked tracked;
	int status;

	*plan = NULL;
	if (!session->options->anyway) {
		status = open_tracked(session, path, &tracked);
		if (status != EXIT_FINE)
			return status;
		status = all_settled(session, path, &tracked) ? EXIT_FINE : EXIT_PLAN;
		close_tracked(&tracked);
		if (status != EXIT_FINE)
			return status;
	}
	status = load_plan(session, path, plan, &diags);
	if (status == EXIT_FINE && diags.errors)
		status = EXIT_PLAN;
	if (status != EXIT_FINE) {
		sort_findings(&diags, path);
		diags_print(&diags, session->err);
	}
	if (status == EXIT_PLAN)
		say(session, "%s has errors, so there is no next plan", path);
	diags_clear(&diags);
	return status;
}

/* What has to be known about NEXT, made from PLAN. */
static void say_rest(const struct session *session, const struct plan *plan, const struct plan *next)
{
	struct diags diags = DIAGS_INIT;
	struct arena *arena = arena_new();
	const char *left_out = next_left_out(plan, next, arena);
	const struct hop *hop = plan_hop(next);

	say(session, "%s to %s comes next; \"scupgrade path %s %s %s\" says what has to change before it",
	    hop->source->brief, hop->target->brief, next->flow->id, hop->source->id, hop->target->id);
	if (*left_out)
		say(session, "not carried over: %s", left_out);
	validate_plan(next, &diags);
	for (size_t i = 0; i < diags.count; i++) {
		if (diags.items[i].severity == SEV_ERROR)
			say(session, "still to be answered: %s: %s", diags.items[i].path, diags.items[i].text);
	}
	diags_clear(&diags);
	arena_free(arena);
}

int command_next(const struct session *session)
{
	const char *path = session->options->arguments[0];
	struct diags diags = DIAGS_INIT;
	const struct release_edge *edge;
	struct report report;
	struct plan *plan;
	int status = load_done(session, path, &plan);

	if (status != EXIT_FINE) {
		plan_free(plan);
		return status;
	}
	report = plan_report(plan, &plan->answers->record, fields_find(plan->flow->fields, "target"), &diags);
	edge = next_edge(plan, &report);
	diags_print(&diags, session->err);
	status = EXIT_PLAN;
	if (edge) {
		struct plan *next = next_plan(plan, edge);

		status = write_plan(session, next);
		if (status == EXIT_FINE)
			say_rest(session, plan, next);
		plan_free(next);
	}
	diags_clear(&diags);
	plan_free(plan);
	return status;
}
