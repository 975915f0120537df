/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Judges the end state.
 */
#include "pipeline/after.h"

#include "model/flow.h"

/* As many as a person reads in a sentence. */
enum { NAMED = 8 };

struct proof {
	struct scope scope;
	const struct facts *before;
	const struct judge_wish *wish;
	struct diags *diags;
	size_t added, hidden;          /* findings that were told, and that were not */
	size_t unknown;                /* rows of which not everything is known */
	bool *is_in;                   /* by place of the server: something of it is not known */
};

static void add(struct proof *proof, enum severity severity, const struct prereq *row, const struct server *server,
		const char *found, const char *hint)
{
	struct place at = { proof->scope.plan->file, 0, 0 };

	if (proof->added == PLAN_ERROR_LIMIT) {
		proof->hidden++;
		return;
	}
	proof->added++;
	if (server)
		at = record_place(proof->scope.plan, &server->record);
	diags_add(proof->diags, severity, row->id, at, server && server->name ? server->name : "upgrade",
		  table_text(proof->scope.plan, hint), "%s: %s.", table_text(proof->scope.plan, row->title), found);
}

/* Whether it is known. */
static bool judge(struct proof *proof, const struct prereq *row, const struct server *server)
{
	struct scope scope = scope_on(&proof->scope, server);
	struct check_context context = { .scope = &scope, .before = proof->before };

	if (row->applies && !row->applies(&scope))
		return true;
	switch (row->test(&context)) {
	case CHECK_FAILED:
		add(proof, SEV_ERROR, row, server, context.found, context.remedy ? context.remedy : row->remedy);
		break;
	case CHECK_WARNING:
		add(proof, SEV_WARNING, row, server, context.found, context.remedy ? context.remedy : row->remedy);
		break;
	case CHECK_UNKNOWN:
		if (proof->wish->all)
			add(proof, proof->wish->unknown, row, server,
			    context.found ? context.found : check_state_name(CHECK_UNKNOWN), row->find_out);
		return false;
	case CHECK_PLANNED:
	case CHECK_PASSED:
	case CHECK_STATE_COUNT:
		break;
	}
	return true;
}

static void judge_row(struct proof *proof, const struct prereq *row)
{
	const struct plan *plan = proof->scope.plan;
	bool known = true;

	proof->scope.arena = arena_new();
	if (!row->roles)
		known = judge(proof, row, NULL);
	for (size_t i = 0; row->roles && i < plan_server_count(plan); i++) {
		if (!server_has(plan_server(plan, i), row->roles) || judge(proof, row, plan_server(plan, i)))
			continue;
		proof->is_in[i] = true;
		known = false;
	}
	proof->unknown += !known;
	arena_free(proof->scope.arena);
}

static void put_names(const struct proof *proof, struct strbuf *out)
{
	const struct plan *plan = proof->scope.plan;
	size_t count = 0;

	for (size_t i = 0; i < plan_server_count(plan); i++) {
		const char *name = plan_server(plan, i)->name;

		if (proof->is_in[i] && count++ < NAMED)
			strbuf_printf(out, "%s%s", count > 1 ? ", " : " on ", name ? name : "one without a name");
	}
	if (count > NAMED)
		strbuf_printf(out, " and %zu more", count - NAMED);
}

static void sum_up(const struct proof *proof)
{
	struct place at = { proof->scope.plan->file, 0, 0 };
	struct strbuf names = STRBUF_INIT;

	put_names(proof, &names);
	if (proof->unknown && !proof->wish->all)
		diags_add(proof->diags, proof->wish->unknown, "after-unknown", at, "upgrade",
			  "Run the collector there now that all is done (scupgrade facts-script), or see them with "
			  "--all.",
			  proof->unknown == 1 ? "%zu thing about the end state is not known%s."
					      : "%zu things about the end state are not known%s.",
			  proof->unknown, strbuf_text(&names));
	if (proof->hidden)
		diags_add(proof->diags, SEV_ERROR, "too-many-findings", at, "upgrade", "",
			  "%zu more findings are not shown.", proof->hidden);
	strbuf_clear(&names);
}

void after_judge(const struct plan *plan, const struct facts *facts, const struct facts *before,
		 const struct judge_wish *wish, struct diags *diags)
{
	struct proof proof = { .scope = scope_of(plan, NULL), .before = before, .wish = wish, .diags = diags };
	size_t servers = plan_server_count(plan);

	if (!hop_is_planned(proof.scope.hop))
		return;
	proof.scope.facts = facts;
	proof.is_in = xcalloc(servers ? servers : 1, sizeof(*proof.is_in));
	for (const struct prereq *row = plan->flow->after; row && row->id; row++)
		judge_row(&proof, row);
	sum_up(&proof);
	free(proof.is_in);
}
