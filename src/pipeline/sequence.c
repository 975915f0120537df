/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Expands a flow's task table over the servers of a plan.
 */
#include "pipeline/sequence_private.h"

/* The servers with one of ROLES, by number. */
struct role_list {
	unsigned roles;
	uint32_t *servers;
	size_t count;
};

/* Where the steps are is found out before they are made: so many get their room at once. */
struct placing {
	struct build *build;
	struct arena *own;       /* gone when all have their place */
	struct role_list *lists; /* as many as were asked for: there are not more than tasks */
	size_t count;
};

static bool task_applies(const struct task *task, const struct scope *scope)
{
	return !task->applies || task->applies(scope);
}

static void add_place(struct build *build, const struct task *task, size_t server)
{
	build->places = xgrow(build->places, build->count, &build->room, sizeof(*build->places));
	build->places[build->count++] =
		(struct step_place){ (uint32_t)flow_task_number(build->plan->flow, task), (uint32_t)server };
}

/* Many tasks have the same roles. A server without a name has no steps. */
static const struct role_list *servers_with(struct placing *placing, unsigned roles)
{
	const struct plan *plan = placing->build->plan;
	struct role_list *list = placing->lists;

	for (; list < placing->lists + placing->count; list++)
		if (list->roles == roles)
			return list;
	placing->count++;
	list->roles = roles;
	for (size_t i = 0, room = 0; i < plan_server_count(plan); i++) {
		const struct server *server = plan_server(plan, i);

		if (!server->name || !server_has(server, roles))
			continue;
		list->servers = arena_grow(placing->own, list->servers, list->count, &room, sizeof(*list->servers));
		list->servers[list->count++] = (uint32_t)i;
	}
	return list;
}

static void place_on_server(struct build *build, const struct task *first, const struct task *last, size_t number)
{
	const struct server *server = plan_server(build->plan, number);
	struct scope scope = scope_on(&build->scope, server);

	for (const struct task *task = first; task < last; task++)
		if (server_has(server, task->roles) && task_applies(task, &scope))
			add_place(build, task, number);
}

/* Rows FIRST to LAST - 1: one task, and the tasks that go along with it. */
static void place_group(struct placing *placing, const struct task *first, const struct task *last)
{
	struct build *build = placing->build;
	unsigned roles = 0;

	for (const struct task *task = first; task < last; task++) {
		roles |= task->roles;
		if (!first->roles && task_applies(task, &build->scope))
			add_place(build, task, 0);
	}
	if (!first->roles)
		return;
	const struct role_list *list = servers_with(placing, roles);
	for (size_t i = 0; i < list->count; i++)
		place_on_server(build, first, last, list->servers[i]);
}

/* Where the tasks that go along with the one at FIRST end. */
static size_t group_end(const struct task *tasks, size_t first)
{
	size_t end = first + 1;

	while (tasks[end].id && tasks[end].along)
		end++;
	return end;
}

static bool is_postponed(const struct build *build, const struct task *task)
{
	return task->postponed && task->postponed(&build->scope);
}

static void place_in_order(struct placing *placing)
{
	const struct build *build = placing->build;
	const struct task *tasks = build->plan->flow->tasks;

	for (size_t i = 0, end; i < build->task_count; i = end) {
		end = group_end(tasks, i);
		if (is_postponed(build, &tasks[i]))
			continue;
		place_group(placing, &tasks[i], &tasks[end]);
		for (size_t k = 0; k < i; k = group_end(tasks, k)) {
			if (str_eq(tasks[k].behind, tasks[i].id) && is_postponed(build, &tasks[k]))
				place_group(placing, &tasks[k], &tasks[group_end(tasks, k)]);
		}
	}
}

static void place_all(struct build *build)
{
	struct placing placing = { .build = build, .own = arena_new() };

	placing.lists = arena_array(placing.own, build->task_count, sizeof(*placing.lists));
	place_in_order(&placing);
	arena_free(placing.own);
}

struct sequence sequence_build(const struct plan *plan, struct arena *arena)
{
	struct build build = { .plan = plan, .arena = arena, .scope = scope_of(plan, arena) };

	if (!hop_is_planned(build.scope.hop))
		return (struct sequence){ NULL, 0 };
	build.task_count = flow_task_count(plan->flow);
	place_all(&build);
	sequence_make_steps(&build);
	sequence_add_edges(&build);
	free(build.places);
	return (struct sequence){ build.items, build.count };
}

/* Some step before number END lacks the same key: it is told already. */
static bool is_told(const struct sequence *sequence, size_t end, const struct field *unknown)
{
	for (size_t i = 0; i < end; i++) {
		if (sequence->items[i].sql.unknown == unknown)
			return true;
	}
	return false;
}

bool sequence_names_databases(const struct sequence *sequence, const struct plan *plan, const struct server *only,
			      struct diags *diags)
{
	bool all = true;

	for (size_t i = 0; i < sequence->count; i++) {
		const struct step *step = &sequence->items[i];
		struct report report;

		if (!step->sql.unknown || (only && step->server != only))
			continue;
		all = false;
		if (is_told(sequence, i, step->sql.unknown))
			continue;
		report = plan_report(plan, &plan->answers->record, step->sql.unknown, diags);
		report_error(&report, "database-unknown",
			     "Fill it in, or let facts do it: scupgrade set PLAN --from FACTS",
			     "The step %s runs SQL, and the plan does not say where or on which database.", step->id);
	}
	return all;
}

const struct step *sequence_find(const struct sequence *sequence, const char *id)
{
	for (size_t i = 0; i < sequence->count; i++)
		if (str_eq(sequence->items[i].id, id))
			return &sequence->items[i];
	return NULL;
}

/* How many of SET's own items have a place before I. */
static size_t own_before(const struct step_set *set, size_t i)
{
	size_t count = 0;

	while (count < set->own_count && set->own[count].at < i)
		count++;
	return count;
}

size_t step_set_at(const struct step_set *set, size_t i)
{
	size_t before = own_before(set, i);

	if (before < set->own_count && set->own[before].at == i)
		return set->own[before].step;
	return set->shared[i - before];
}

/* Behind the neighbors from I on that the shared part of SET has, or behind the own item at I. */
static size_t part_run(const struct step_set *set, size_t i)
{
	size_t before = own_before(set, i), next = before < set->own_count ? set->own[before].at : set->count;
	size_t end;

	if (i == next)
		return i + 1;
	end = set->ends[i - before] + before;
	return end < next ? end : next;
}

size_t step_set_run(const struct step_set *set, size_t first)
{
	size_t end = part_run(set, first);

	while (end < set->count && step_set_at(set, end) == step_set_at(set, end - 1) + 1)
		end = part_run(set, end);
	return end;
}

bool step_set_has(const struct step_set *set, size_t step)
{
	size_t low = 0, high = set->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (step_set_at(set, middle) < step)
			low = middle + 1;
		else
			high = middle;
	}
	return low < set->count && step_set_at(set, low) == step;
}

bool step_set_shares(const struct step_set *a, const struct step_set *b)
{
	return a->shared == b->shared && a->shared_count == b->shared_count;
}

bool step_set_is_same(const struct step_set *a, const struct step_set *b)
{
	return step_set_shares(a, b) && a->own == b->own && a->own_count == b->own_count;
}

const char *step_kind_name(enum step_kind kind)
{
	static const char *const names[STEP_KIND_COUNT] = {
		[STEP_COMMAND] = "command",
		[STEP_POWERSHELL] = "powershell",
		[STEP_SQL] = "sql",
		[STEP_MANUAL] = "manual",
	};

	return names[kind];
}
