/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Runs a flow's table of checks over the plan and its servers. Layer 3.
 */
#include "prereq.h"

#include "digest.h"
#include "flow.h"

enum { MARK_MOST = 400, SERVERS_SHOWN = 8 };

struct run {
	const struct plan *plan;
	const struct facts *facts;
	struct arena *arena;
	struct check_list *list;
	size_t room;
};

static bool check_applies(const struct prereq *prereq, const struct plan *plan, const struct server *server)
{
	return !prereq->applies || prereq->applies(plan, server);
}

/* The note about this result and what was found now; one that was written about something else asks again. */
static const struct answer_note *find_note(const struct rows *notes, const struct check_result *result)
{
	const char *server = result->server ? result->server->name : NULL;

	for (size_t i = 0; i < notes->count; i++) {
		const struct answer_note *note = (const struct answer_note *)notes->items[i];

		if (!str_eq(note->check, result->prereq->id))
			continue;
		if (note->server && !(server && host_equal(note->server, server)))
			continue;
		if (!note->found || !*note->found || str_eq(note->found, result->mark))
			return note;
	}
	return NULL;
}

/* What the administrator said about this result turns "not known" into passed, and lets a warning pass as a warning. */
static void weigh_note(struct check_result *result, const struct plan *plan)
{
	const struct rows *notes = NULL;

	if (result->raw == CHECK_UNKNOWN)
		notes = &plan->answers->confirmed;
	else if (result->raw == CHECK_WARNING)
		notes = &plan->answers->acknowledged;
	result->state = result->raw;
	result->note = notes && notes->count ? find_note(notes, result) : NULL;
	if (result->note && result->raw == CHECK_UNKNOWN)
		result->state = CHECK_PASSED;
}

static const char *mark_of(struct arena *arena, const char *found)
{
	struct digest digest;
	char text[65];

	if (!found || strlen(found) <= MARK_MOST)
		return found ? found : "";
	digest = digest_of(found, strlen(found));
	digest_text(&digest, text);
	return arena_printf(arena, "sha256:%s", text);
}

static struct check_result judge_one(const struct plan *plan, const struct facts *facts, struct arena *arena,
				     const struct prereq *prereq, const struct server *server)
{
	struct check_result result = { .prereq = prereq, .server = server };
	struct check_context context = { plan, server, facts, arena, NULL };

	result.raw = prereq->test ? prereq->test(&context) : CHECK_UNKNOWN;
	result.mark = mark_of(arena, context.found);
	weigh_note(&result, plan);
	if (context.found)
		result.found = context.found;
	else if (result.note)
		result.found = "confirmed";
	else
		result.found = check_state_name(result.raw);
	return result;
}

static void run_one(struct run *run, const struct prereq *prereq, const struct server *server)
{
	struct check_result result;

	if (!check_applies(prereq, run->plan, server))
		return;
	if (run->list->count == run->room)
		bug("more results than were counted");
	result = judge_one(run->plan, run->facts, run->arena, prereq, server);
	run->list->items[run->list->count++] = result;
	run->list->counts[result.state]++;
	run->list->open += check_is_open(&result);
	run->list->open_here += check_is_open(&result) && !prereq->page;
}

static size_t count_results(const struct plan *plan)
{
	size_t count = 0;
	for (const struct prereq *prereq = plan->flow->prereqs; prereq->id; prereq++) {
		if (!prereq->roles)
			count++;
		for (size_t i = 0; prereq->roles && i < plan_server_count(plan); i++)
			count += server_has(plan_server(plan, i), prereq->roles);
	}
	return count;
}

/* Failed first, passed last; the order of table and plan within. A counting sort keeps it linear. */
static void sort_by_state(struct check_list *list, struct arena *arena)
{
	struct check_result *sorted = arena_array(arena, list->count, sizeof(*sorted));
	size_t next[CHECK_STATE_COUNT] = { 0 };
	for (size_t state = 1; state < CHECK_STATE_COUNT; state++)
		next[state] = next[state - 1] + list->counts[state - 1];
	for (size_t i = 0; i < list->count; i++)
		sorted[next[list->items[i].state]++] = list->items[i];
	list->items = sorted;
}

struct check_list prereq_run(const struct plan *plan, const struct facts *facts, struct arena *arena)
{
	struct check_list list = { 0 };
	struct run run = { plan, facts, arena, &list, count_results(plan) };
	list.items = arena_array(arena, run.room, sizeof(*list.items));
	for (const struct prereq *prereq = plan->flow->prereqs; prereq->id; prereq++) {
		if (!prereq->roles)
			run_one(&run, prereq, NULL);
		for (size_t i = 0; prereq->roles && i < plan_server_count(plan); i++)
			if (server_has(plan_server(plan, i), prereq->roles))
				run_one(&run, prereq, plan_server(plan, i));
	}
	sort_by_state(&list, arena);
	return list;
}

bool check_is_open(const struct check_result *result)
{
	switch (result->state) {
	case CHECK_FAILED:
	case CHECK_UNKNOWN:
		return true;
	case CHECK_WARNING:
		return !result->note;
	case CHECK_PASSED:
	case CHECK_STATE_COUNT:
		break;
	}
	return false;
}

/* ---- findings ---- */

struct finder {
	const struct plan *plan;
	struct diags *diags;
	const struct prereq *unknown;        /* nothing is known about it on COUNT servers */
	const struct server *first;
	struct strbuf names;
	size_t count;
	size_t added, hidden[SEV_ERROR + 1];
};

static void add_finding(struct finder *finder, enum severity severity, const struct prereq *prereq,
			const struct server *server, const char *hint, const char *found)
{
	struct place at = { finder->plan->file, 0, 0 };

	if (finder->added >= PLAN_ERROR_LIMIT) {
		finder->hidden[severity]++;
		return;
	}
	finder->added++;
	if (server && server->record.node) {
		at.line = server->record.node->line;
		at.column = server->record.node->column;
	}
	diags_add(finder->diags, severity, prereq->id, at, server && server->name ? server->name : "prerequisites", hint,
		  "%s: %s.", prereq->title, found);
}

static void flush_unknown(struct finder *finder)
{
	struct strbuf found = STRBUF_INIT;

	if (!finder->unknown)
		return;
	strbuf_puts(&found, check_state_name(CHECK_UNKNOWN));
	if (finder->count > 1)
		strbuf_printf(&found, " on %s", strbuf_text(&finder->names));
	if (finder->count > SERVERS_SHOWN)
		strbuf_printf(&found, " and %zu more servers", finder->count - SERVERS_SHOWN);
	add_finding(finder, SEV_WARNING, finder->unknown, finder->count > 1 ? NULL : finder->first,
		    finder->unknown->needed, strbuf_text(&found));
	finder->unknown = NULL;
	strbuf_clear(&found);
}

static void note_unknown(struct finder *finder, const struct check_result *result)
{
	if (finder->unknown != result->prereq) {
		flush_unknown(finder);
		finder->unknown = result->prereq;
		finder->first = result->server;
		finder->count = 0;
		strbuf_reset(&finder->names);
	}
	if (finder->count < SERVERS_SHOWN && result->server)
		strbuf_printf(&finder->names, "%s%s", finder->count ? ", " : "",
			      result->server->name ? result->server->name : "one without a name");
	finder->count++;
}

static void find_in(struct finder *finder, const struct check_result *result)
{
	if (!check_is_open(result))
		return;
	if (result->state == CHECK_UNKNOWN && !*result->mark)
		note_unknown(finder, result);
	else
		add_finding(finder, result->state == CHECK_FAILED ? SEV_ERROR : SEV_WARNING, result->prereq,
			    result->server, result->prereq->remedy, result->found);
}

static void finder_end(struct finder *finder)
{
	flush_unknown(finder);
	strbuf_clear(&finder->names);
	if (finder->hidden[SEV_ERROR] || finder->hidden[SEV_WARNING])
		diags_add(finder->diags, finder->hidden[SEV_ERROR] ? SEV_ERROR : SEV_WARNING, "too-many-findings",
			  (struct place){ finder->plan->file, 0, 0 }, "prerequisites", "",
			  "%zu more errors and %zu more warnings are not shown.", finder->hidden[SEV_ERROR],
			  finder->hidden[SEV_WARNING]);
}

void prereq_findings(const struct plan *plan, const struct check_list *list, struct diags *diags)
{
	struct finder finder = { .plan = plan, .diags = diags, .names = STRBUF_INIT };

	for (size_t i = 0; i < list->count; i++)
		find_in(&finder, &list->items[i]);
	finder_end(&finder);
}

void prereq_judge(const struct plan *plan, const struct facts *facts, struct diags *diags)
{
	struct finder finder = { .plan = plan, .diags = diags, .names = STRBUF_INIT };

	for (const struct prereq *prereq = plan->flow->prereqs; prereq->id; prereq++) {
		size_t count = prereq->roles ? plan_server_count(plan) : 1;
		struct arena *arena = arena_new();

		for (size_t i = 0; i < count; i++) {
			const struct server *server = prereq->roles ? plan_server(plan, i) : NULL;
			struct check_result result;

			if ((server && !server_has(server, prereq->roles)) || !check_applies(prereq, plan, server))
				continue;
			result = judge_one(plan, facts, arena, prereq, server);
			find_in(&finder, &result);
		}
		flush_unknown(&finder);
		arena_free(arena);
	}
	finder_end(&finder);
}

const char *check_state_name(enum check_state state)
{
	static const char *const names[CHECK_STATE_COUNT] = {
		[CHECK_FAILED] = "failed", [CHECK_WARNING] = "warning", [CHECK_UNKNOWN] = "not known", [CHECK_PASSED] = "passed",
	};
	return names[state];
}
