/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Runs a flow's table of checks over the plan and its servers.
 */
#include "model/prereq.h"

#include "core/digest.h"
#include "core/text.h"
#include "model/facts.h"
#include "model/flow.h"
#include "pipeline/prereq_notes.h"

enum { MARK_MOST = 400, SERVERS_SHOWN = 8 };

#define COLLECTOR_TELLS                                                                                                \
	"Run the collector there (scupgrade facts-script), or look, and confirm what you saw."
#define SOMEBODY_LOOKS "Look, and confirm what you saw."

/* One row of the table over the plan and its servers. */
struct run {
	struct scope scope; /* of the plan, with the facts */
	const char *today;   /* NULL: ages do not matter */
	const struct prereq *prereq;
	const char *title, *needed; /* its texts, as they read for the hop */
	const char *by_step;        /* what is said to be found where a step does it */
	struct note_places places;
	struct said said;           /* about it */
	struct check_verdict verdict; /* of the server before */
	const struct check_verdict *last; /* the same, as it stays */
	bool told;                  /* it serves for all */
	prereq_visit *visit;
	void *data;
};

/* What VISIT has, to make a list. */
struct lister {
	struct check_list *list;
	size_t room;
};

/* False: about no server anything comes of it. */
static bool row_applies(const struct run *run, const struct prereq *prereq)
{
	return (!prereq->on_hop || prereq->on_hop(run->scope.hop)) && (!prereq->by_facts || run->scope.facts);
}

static bool check_applies(const struct run *run, const struct server *server)
{
	struct scope scope;

	if (!run->prereq->applies)
		return true;
	scope = scope_on(&run->scope, server);
	return run->prereq->applies(&scope);
}

/* Whether a note keeps FOUND as it is: no blanks at its ends, nothing that a plan refuses. */
static bool is_mark(const char *found)
{
	size_t length = strlen(found), offset;

	if (length == 0)
		return true;
	return length <= MARK_MOST && !strchr(" \t", found[0]) && !strchr(" \t", found[length - 1]) &&
	       text_find_unsafe(found, length, &offset) == 0;
}

static const char *mark_of(struct arena *arena, const char *found)
{
	struct digest digest;
	char text[65];

	if (!found || is_mark(found))
		return found ? found : "";
	digest = digest_of(found, strlen(found));
	digest_text(&digest, text);
	return arena_printf(arena, "sha256:%s", text);
}

/* ---- results ---- */

static void run_begin(struct run *run, const struct prereq *prereq)
{
	run->prereq = prereq;
	run->told = false;
	run->title = table_text(run->scope.plan, prereq->title);
	run->needed = table_text(run->scope.plan, prereq->needed);
	run->by_step = prereq->step ? arena_printf(run->scope.arena, "the step %s does this", prereq->step) : NULL;
	run->said = said_about(prereq, &run->places, run->today);
}

static void run_end(struct run *run)
{
	said_clear(&run->said);
}

static bool is_asked(const struct run *run)
{
	return run->prereq->test && (run->scope.facts || !run->prereq->roles || run->prereq->needs_no_facts);
}

/* What to do: a remedy is only for what is known to be wrong. */
static const char *advice_for(const struct run *run, enum check_state raw, const char *of_test)
{
	const struct prereq *prereq = run->prereq;
	const char *text = of_test ? of_test : prereq->remedy;

	if (raw == CHECK_UNKNOWN && !prereq->step) {
		text = prereq->test && (prereq->roles || !prereq->needs_no_facts) ? COLLECTOR_TELLS : SOMEBODY_LOOKS;
		if (prereq->find_out)
			text = prereq->find_out;
	}
	return table_text(run->scope.plan, text);
}

/* What comes of it by what was said, and of what a step does. */
static void weigh(const struct run *run, const struct server *server, struct check_verdict *verdict)
{
	said_weigh(&run->said, server, verdict);
	if (verdict->state == CHECK_PLANNED && !*verdict->mark)
		verdict->found = run->by_step;
}

static struct check_verdict judge_one(const struct run *run, const struct server *server)
{
	struct check_verdict verdict = { .prereq = run->prereq, .title = run->title, .needed = run->needed };
	struct scope scope = scope_on(&run->scope, server);
	struct check_context context = { .scope = &scope };

	verdict.raw = is_asked(run) ? run->prereq->test(&context) : CHECK_UNKNOWN;
	verdict.mark = mark_of(run->scope.arena, context.found);
	verdict.collected = context.collected;
	if (!verdict.collected && server)
		verdict.collected = fact_text(facts_of(run->scope.facts, server->name), &fact_collected);
	else if (!verdict.collected)
		verdict.collected = facts_newest(run->scope.facts);
	verdict.remedy = advice_for(run, verdict.raw, context.remedy);
	verdict.found = context.found;
	weigh(run, server, &verdict);
	return verdict;
}

/* Whether nothing is known that could tell one server from another, but for what somebody said about it. */
static bool is_same_everywhere(const struct run *run)
{
	return !is_asked(run) && !run->scope.facts;
}

/* Whether somebody said something about the check. */
static bool is_spoken_of(const struct run *run)
{
	return run->said.confirmed.count || run->said.acknowledged.count;
}

static void run_one(struct run *run, const struct server *server)
{
	if (!check_applies(run, server))
		return;
	if (!run->told)
		run->verdict = judge_one(run, server);
	else if (is_spoken_of(run))
		weigh(run, server, &run->verdict);
	run->last = check_verdict_keep(&run->verdict, run->last, run->scope.arena);
	run->told = is_same_everywhere(run);
	run->visit(&(struct check_result){ server, run->last }, run->data);
}

static void run_row(struct run *run, const struct prereq *prereq)
{
	const struct plan *plan = run->scope.plan;

	if (!row_applies(run, prereq))
		return;
	run_begin(run, prereq);
	if (!prereq->roles)
		run_one(run, NULL);
	for (size_t i = 0; prereq->roles && i < plan_server_count(plan); i++)
		if (server_has(plan_server(plan, i), prereq->roles))
			run_one(run, plan_server(plan, i));
	run_end(run);
}

static void add_result(const struct check_result *result, void *data)
{
	struct lister *lister = data;
	struct check_list *list = lister->list;

	if (list->count == lister->room)
		bug("more results than were counted");
	list->items[list->count++] = *result;
	check_list_tell(list, result->verdict, true);
}

static size_t count_results(const struct plan *plan, const struct prereq *prereq)
{
	size_t count = !prereq->roles;

	for (size_t i = 0; prereq->roles && i < plan_server_count(plan); i++)
		count += server_has(plan_server(plan, i), prereq->roles);
	return count;
}

struct check_list prereq_run(const struct plan *plan, const struct facts *facts, const char *today,
			     struct arena *arena)
{
	struct check_list list = { 0 };
	struct lister lister = { .list = &list };
	struct run run = { .scope = scope_of(plan, arena), .today = today, .places = { .plan = plan },
			   .visit = add_result, .data = &lister };

	if (!hop_is_planned(run.scope.hop))
		return list;
	run.scope.facts = facts;
	for (const struct prereq *prereq = plan->flow->prereqs; prereq->id; prereq++)
		lister.room += count_results(plan, prereq);
	list.items = arena_array(arena, lister.room, sizeof(*list.items));
	for (const struct prereq *prereq = plan->flow->prereqs; prereq->id; prereq++)
		run_row(&run, prereq);
	note_places_clear(&run.places);
	return list;
}

void prereq_visit_row(const struct plan *plan, const struct facts *facts, const struct prereq *prereq,
		      struct arena *arena, prereq_visit *visit, void *data)
{
	struct run run = { .scope = scope_of(plan, arena), .places = { .plan = plan }, .visit = visit, .data = data };

	if (!hop_is_planned(run.scope.hop))
		return;
	run.scope.facts = facts;
	run_row(&run, prereq);
	note_places_clear(&run.places);
}

bool check_collector_tells(const struct check_result *result)
{
	return result->verdict->state == CHECK_UNKNOWN && str_eq(result->verdict->remedy, COLLECTOR_TELLS);
}

bool check_verdict_is_open(const struct check_verdict *verdict)
{
	switch (verdict->state) {
	case CHECK_FAILED:
	case CHECK_UNKNOWN:
		return true;
	case CHECK_WARNING:
		return !verdict->note;
	case CHECK_PLANNED:
	case CHECK_PASSED:
	case CHECK_STATE_COUNT:
		break;
	}
	return false;
}

bool check_is_open(const struct check_result *result)
{
	return check_verdict_is_open(result->verdict);
}

bool check_is_disputable(const struct check_result *result)
{
	return result->verdict->state == CHECK_FAILED && result->verdict->prereq->inferred;
}

bool check_is_due(const struct check_result *result)
{
	return result->verdict->state == CHECK_PLANNED && result->verdict->raw != CHECK_UNKNOWN;
}

/* ---- findings ---- */

struct finder {
	const struct plan *plan;
	const struct judge_wish *wish;
	struct diags *diags;
	const struct prereq *unknown; /* it is not known on COUNT servers */
	const struct server *first;
	struct check_verdict one;     /* the first result about it, when it was asked */
	struct strbuf names;
	size_t count;
	size_t checks;                /* rows of the table that are not known */
	bool *is_in;                  /* by place of the server, beside all that have ROLES */
	unsigned roles, all_roles;    /* ALL_ROLES: that any server has */
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
	if (server)
		at = record_place(finder->plan, &server->record);
	diags_add(finder->diags, severity, prereq->id, at, server && server->name ? server->name : "prerequisites",
		  hint, "%s: %s.", table_text(finder->plan, prereq->title), found);
}

/* ---- what is not known ---- */

static void list_unknown(struct finder *finder)
{
	struct strbuf found = STRBUF_INIT, hint = STRBUF_INIT;

	strbuf_puts(&found, check_state_name(CHECK_UNKNOWN));
	if (finder->count > 1)
		strbuf_printf(&found, " on %s", strbuf_text(&finder->names));
	if (finder->count > SERVERS_SHOWN)
		strbuf_printf(&found, " and %zu more servers", finder->count - SERVERS_SHOWN);
	if (finder->one.mark && *finder->one.mark)
		strbuf_printf(&found, "; %s", finder->one.found);
	strbuf_printf(&hint, "%s %s", finder->one.needed, finder->one.remedy);
	add_finding(finder, finder->wish->unknown, finder->unknown, finder->count > 1 ? NULL : finder->first,
		    strbuf_text(&hint), strbuf_text(&found));
	strbuf_clear(&found);
	strbuf_clear(&hint);
}

static void flush_unknown(struct finder *finder)
{
	if (finder->unknown && finder->wish->all)
		list_unknown(finder);
	finder->unknown = NULL;
}

static void note_unknown(struct finder *finder, const struct check_result *result, size_t place)
{
	const struct server *server = result->server;

	if (finder->unknown != result->verdict->prereq) {
		flush_unknown(finder);
		finder->unknown = result->verdict->prereq;
		finder->first = server;
		finder->one = *result->verdict;
		finder->count = 0;
		finder->checks++;
		strbuf_reset(&finder->names);
	}
	if (result->verdict->mark && finder->one.mark && !str_eq(result->verdict->mark, finder->one.mark))
		finder->one.mark = "";
	if (server)
		finder->is_in[place] = true;
	if (finder->count < SERVERS_SHOWN && server)
		strbuf_printf(&finder->names, "%s%s", finder->count ? ", " : "",
			      server->name ? server->name : "one without a name");
	finder->count++;
}

static void sum_up_unknown(const struct finder *finder)
{
	static const char way_out[] = "run the collector of \"scupgrade facts-script\" there and give its files to "
				      "--facts, confirm what you looked at, or see them all with "
				      "\"scupgrade check --all\"";
	struct place at = { finder->plan->file, 0, 0 };
	struct strbuf text = STRBUF_INIT;
	size_t servers = 0;

	for (size_t i = 0; i < plan_server_count(finder->plan); i++)
		servers += finder->is_in[i] || server_has(plan_server(finder->plan, i), finder->roles);
	if (servers == 0)
		strbuf_printf(&text, finder->checks == 1 ? "%zu prerequisite is not known" :
							   "%zu prerequisites are not known", finder->checks);
	else if (servers == 1)
		strbuf_printf(&text, finder->checks == 1 ? "%zu prerequisite of %zu server is not known" :
							   "%zu prerequisites of %zu server are not known",
			      finder->checks, servers);
	else
		strbuf_printf(&text, finder->checks == 1 ? "%zu prerequisite of %zu servers is not known" :
							   "%zu prerequisites of %zu servers are not known",
			      finder->checks, servers);
	diags_add(finder->diags, finder->wish->unknown, "prerequisites-unknown", at, "prerequisites", "", "%s; %s.",
		  strbuf_text(&text), way_out);
	strbuf_clear(&text);
}

/* ---- what was found ---- */

static void find_due(struct finder *finder, const struct check_result *result)
{
	const struct check_verdict *verdict = result->verdict;
	struct strbuf found = STRBUF_INIT;

	strbuf_printf(&found, "%s; the step %s sees to it before the start", verdict->found, verdict->prereq->step);
	add_finding(finder, SEV_NOTE, verdict->prereq, result->server, verdict->remedy, strbuf_text(&found));
	strbuf_clear(&found);
}

static void find_in(struct finder *finder, const struct check_result *result, size_t place)
{
	const struct check_verdict *verdict = result->verdict;

	if (check_is_due(result))
		find_due(finder, result);
	else if (!check_is_open(result))
		return;
	else if (verdict->state == CHECK_UNKNOWN)
		note_unknown(finder, result, place);
	else
		add_finding(finder, verdict->state == CHECK_FAILED ? SEV_ERROR : SEV_WARNING, verdict->prereq,
			    result->server, verdict->remedy, verdict->found);
}

static void finder_end(struct finder *finder)
{
	if (finder->checks && !finder->wish->all)
		sum_up_unknown(finder);
	strbuf_clear(&finder->names);
	free(finder->is_in);
	if (finder->hidden[SEV_ERROR] || finder->hidden[SEV_WARNING] || finder->hidden[SEV_NOTE])
		diags_add(finder->diags,
			  finder->hidden[SEV_ERROR]     ? SEV_ERROR
			  : finder->hidden[SEV_WARNING] ? SEV_WARNING
							: SEV_NOTE,
			  "too-many-findings", (struct place){ finder->plan->file, 0, 0 }, "prerequisites", "",
			  "%zu more errors, %zu more warnings and %zu more notes are not shown.",
			  finder->hidden[SEV_ERROR], finder->hidden[SEV_WARNING], finder->hidden[SEV_NOTE]);
}

/* SILENT: nothing but "not known" can come of it. */
static void find_on(struct finder *finder, const struct run *run, const struct server *server, size_t place,
		    bool silent)
{
	struct check_verdict verdict = { .prereq = run->prereq, .state = CHECK_UNKNOWN };

	if (!check_applies(run, server))
		return;
	/* Of what is the same for all servers only the first one is told in full. */
	if (!silent || finder->unknown != run->prereq)
		verdict = judge_one(run, server);
	find_in(finder, &(struct check_result){ server, &verdict }, place);
}

static void find_everywhere(struct finder *finder, const struct run *run, bool silent)
{
	const struct plan *plan = finder->plan;

	if (silent && run->prereq->step)
		return;
	if (!run->prereq->roles)
		find_on(finder, run, NULL, 0, silent);
	for (size_t i = 0; (run->prereq->roles & finder->all_roles) && i < plan_server_count(plan); i++)
		if (server_has(plan_server(plan, i), run->prereq->roles))
			find_on(finder, run, plan_server(plan, i), i, silent);
}

/* The same for what is known nowhere and will be no more than a number: no server need be looked at. */
static void count_unknown(struct finder *finder, const struct prereq *prereq)
{
	if (prereq->step || !(prereq->roles & finder->all_roles))
		return;
	finder->checks++;
	finder->roles |= prereq->roles;
}

static void judge_row(struct finder *finder, struct run *run, const struct prereq *prereq)
{
	bool silent;

	if (!row_applies(run, prereq))
		return;
	run->scope.arena = arena_new();
	run_begin(run, prereq);
	silent = !is_asked(run) && !run->said.confirmed.count;
	if (silent && prereq->roles && !prereq->applies && !finder->wish->all)
		count_unknown(finder, prereq);
	else
		find_everywhere(finder, run, silent);
	flush_unknown(finder);
	run_end(run);
	arena_free(run->scope.arena);
}

void prereq_judge(const struct plan *plan, const struct facts *facts, const char *today,
		  const struct judge_wish *wish, struct diags *diags)
{
	struct finder finder = { .plan = plan, .wish = wish, .diags = diags, .names = STRBUF_INIT };
	struct run run = { .today = today, .scope = scope_of(plan, NULL), .places = { .plan = plan } };
	size_t servers = plan_server_count(plan);

	if (!hop_is_planned(run.scope.hop))
		return;
	finder.is_in = xcalloc(servers ? servers : 1, sizeof(*finder.is_in));
	for (size_t i = 0; i < servers; i++)
		finder.all_roles |= plan_server(plan, i)->roles;
	run.scope.facts = facts;
	for (const struct prereq *prereq = plan->flow->prereqs; prereq->id; prereq++)
		judge_row(&finder, &run, prereq);
	note_places_clear(&run.places);
	finder_end(&finder);
}

const char *check_state_name(enum check_state state)
{
	/* clang-format off */
	static const char *const names[CHECK_STATE_COUNT] = {
		[CHECK_FAILED] = "failed", [CHECK_WARNING] = "warning", [CHECK_UNKNOWN] = "not known",
			[CHECK_PLANNED] = "before the start", [CHECK_PASSED] = "passed",
	};
	/* clang-format on */
	return names[state];
}
