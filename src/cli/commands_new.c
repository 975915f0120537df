/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * "new": a plan from KEY=VALUE arguments, from a list of servers, from facts.
 */
#include "cli/assign.h"

#include "model/identity.h"
#include "pipeline/server_list.h"

int write_plan(const struct session *session, const struct plan *plan)
{
	struct strbuf text = STRBUF_INIT;
	struct diags diags = DIAGS_INIT;
	int status = EXIT_PLAN;

	plan_format(plan, &text);
	if (plan_reads_back(plan, &text, &diags)) {
		diags_print(&diags, session->err);
		status = emit_plan(session, &text);
	} else {
		diags_print(&diags, session->err);
		say(session, "this program could not read the plan back; nothing was written");
	}
	diags_clear(&diags);
	strbuf_clear(&text);
	return status;
}

/* Servers of a file, at the end of those that there are. False: nothing could be read of it. */
static bool add_list(struct maker *maker)
{
	const char *path = maker->session->options->servers;
	struct server_list list;
	bool read;

	if (!path)
		return true;
	inputs_add(maker->session->inputs, path);
	read = server_list_load(maker->plan, path, &list, maker->diags) || list.count || list.there_count;
	server_list_add(maker->plan, &list);
	server_list_clear(&list);
	return read;
}

/* What facts cannot say is no error of theirs: it is named, and the plan is written without it. */
static void add_open(const struct diags *found, struct diags *diags)
{
	static const char *const open[] = { "missing", "license-not-accepted" };

	for (size_t i = 0; i < found->count; i++) {
		const struct diag *diag = &found->items[i];
		bool is_open = false;

		for (size_t k = 0; k < ARRAY_LEN(open); k++)
			is_open = is_open || str_eq(diag->code, open[k]);
		diags_add(diags, is_open ? SEV_NOTE : diag->severity, diag->code, diag->at, diag->path, diag->hint,
			  "%s", diag->text);
	}
}

static void fill_and_judge(struct maker *maker, const struct facts *facts)
{
	struct diags found = DIAGS_INIT;

	if (!facts) {
		validate_plan(maker->plan, maker->diags);
		return;
	}
	plan_fill(maker->plan, facts, maker->diags);
	validate_plan(maker->plan, &found);
	add_open(&found, maker->diags);
	diags_clear(&found);
}

/* What was given against the facts that fill the plan, and all of it against those of --facts or of the folder beside
 * the plan. They live as long as the findings: the session keeps them. */
static void compare(const struct maker *maker, const struct facts *filled)
{
	const struct session *session = maker->session;
	const char *path = output_is_file(session) ? session->options->output : "-";
	struct strbuf place = STRBUF_INIT;
	struct diags found = DIAGS_INIT;

	if (facts_place(session, path, &place) &&
	    !(filled && platform_same_file(strbuf_text(&place), session->options->from))) {
		(void)take_facts(session, strbuf_text(&place), session->facts, &found);
		facts_check(*session->facts, maker->plan, &found);
	}
	plan_compare(maker->plan, filled, NULL, &found);
	/* The plan is there to be looked at. */
	diags_add_mild(maker->diags, &found);
	diags_clear(&found);
	strbuf_clear(&place);
}

static int make(struct maker *maker, const struct facts *facts)
{
	const struct session *session = maker->session;
	int status = EXIT_PLAN;

	for (size_t i = 1; i < session->options->argument_count; i++)
		assign_argument(maker, 1, i);
	if (add_list(maker)) {
		plan_settle_notes(maker->plan);
		fill_and_judge(maker, facts);
		compare(maker, facts);
	} else {
		status = EXIT_USE;
	}
	keep_quiet(session, maker->diags);
	diags_print(maker->diags, session->err);
	if (findings_refuse(session, maker->diags)) {
		say(session, "nothing was written");
	} else {
		plan_keep_name(maker->plan);
		status = write_plan(session, maker->plan);
	}
	return status;
}

int command_new(const struct session *session)
{
	const struct flow *flow = find_product(session, session->options->arguments[0]);
	struct diags diags = DIAGS_INIT;
	struct facts *facts = NULL;
	int status;

	if (!flow || !arguments_have_keys(session, 1))
		return EXIT_USE;
	struct maker maker = { .session = session, .plan = plan_new(flow), .diags = &diags, .arena = arena_new() };
	status = take_facts(session, session->options->from, &facts, &diags);
	if (status == EXIT_FINE) {
		status = make(&maker, facts);
	} else {
		diags_print(&diags, session->err);
		say(session, "nothing was written");
	}
	diags_clear(&diags);
	plan_free(maker.plan);
	arena_free(maker.arena);
	facts_free(facts);
	return status;
}
