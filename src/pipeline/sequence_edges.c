/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What the steps of a sequence require and follow. Linear in steps: the sets of edges that many steps have in common
 * are made once and shared.
 */
#include "pipeline/sequence_private.h"

/* A row of a task's edges, and the steps of the task that it names. */
struct meant {
	enum edge_to to;
	const struct step_set *steps;
};

struct meant_list {
	struct meant *items;
	size_t count;
	bool shared; /* they mean the same for every step of the task */
};

struct edges {
	const struct build *build;
	struct arena *own;         /* gone when the edges are there */
	struct step_set *of_task;  /* by number of the task: its steps, in the order of the servers */
	struct meant_list *requires, *follows; /* likewise */
	const uint32_t *numbers;   /* of the steps, for the set of each one alone */
};

static size_t task_number(const struct flow *flow, const char *id)
{
	for (const struct task *task = flow->tasks; task->id; task++)
		if (str_eq(task->id, id))
			return flow_task_number(flow, task);
	bug("an edge names the task %s, which is not in the table", id);
}

static struct meant_list meant_by(const struct edges *edges, const struct edge *rows)
{
	struct meant_list list = { .shared = true };
	size_t count = 0;

	while (rows && rows[count].to != EDGE_NONE)
		count++;
	list.items = arena_array(edges->own, count, sizeof(*list.items));
	for (; list.count < count; list.count++) {
		const struct edge *row = &rows[list.count];
		size_t task = task_number(edges->build->plan->flow, row->task);

		list.items[list.count] = (struct meant){ row->to, &edges->of_task[task] };
		list.shared = list.shared && row->to == EDGE_ALL;
	}
	return list;
}

static void collect_tasks(struct edges *edges)
{
	const struct build *build = edges->build;
	uint32_t *all = arena_array(build->arena, build->count, sizeof(*all));
	uint32_t **ends = arena_array(edges->own, build->task_count, sizeof(*ends));

	for (size_t i = 0; i < build->count; i++)
		edges->of_task[build->places[i].task].count++;
	for (size_t i = 0; i < build->task_count; i++) {
		edges->of_task[i].items = ends[i] = all;
		all += edges->of_task[i].count;
	}
	for (size_t i = 0; i < build->count; i++)
		*ends[build->places[i].task]++ = (uint32_t)i;
}

static void collect(struct edges *edges)
{
	const struct build *build = edges->build;
	const struct task *tasks = build->plan->flow->tasks;
	uint32_t *numbers = arena_array(build->arena, build->count, sizeof(*numbers));

	for (size_t i = 0; i < build->count; i++)
		numbers[i] = (uint32_t)i;
	edges->numbers = numbers;
	edges->of_task = arena_array(edges->own, build->task_count, sizeof(*edges->of_task));
	collect_tasks(edges);
	edges->requires = arena_array(edges->own, build->task_count, sizeof(*edges->requires));
	edges->follows = arena_array(edges->own, build->task_count, sizeof(*edges->follows));
	for (size_t i = 0; i < build->task_count; i++) {
		edges->requires[i] = meant_by(edges, tasks[i].requires);
		edges->follows[i] = meant_by(edges, tasks[i].follows);
	}
}

/* How many items of SET come before VALUE, by the step's number or, with SERVERS, by that of its server. */
static size_t count_before(const struct build *build, const struct step_set *set, uint32_t value, bool servers)
{
	size_t low = 0, high = set->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		uint32_t step = set->items[middle];
		if ((servers ? build->places[step].server : step) < value)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* The steps that MEANT says for the step AT: a part of its task's set. */
static struct step_set edge_part(const struct edges *edges, const struct meant *meant, uint32_t at)
{
	const struct build *build = edges->build;
	const struct step_set *set = meant->steps;
	size_t found = 0;
	switch (meant->to) {
	case EDGE_ALL:
		return *set;
	case EDGE_BEGIN:
		return edges->of_task[build->places[at].task].items[0] == at ? *set : (struct step_set){ NULL, 0 };
	case EDGE_FIRST:
		return (struct step_set){ set->items, set->count && set->items[0] != at ? 1 : 0 };
	case EDGE_PREVIOUS:
		found = count_before(build, set, at, false);
		return found ? (struct step_set){ set->items + found - 1, 1 } : (struct step_set){ NULL, 0 };
	case EDGE_SAME_SERVER:
		found = count_before(build, set, build->places[at].server, true);
		if (found < set->count && build->items[set->items[found]].server == build->items[at].server)
			return (struct step_set){ set->items + found, 1 };
		break;
	case EDGE_NONE:
		break;
	}
	return (struct step_set){ NULL, 0 };
}

static int compare_index(const void *a, const void *b)
{
	uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
	return (left > right) - (left < right);
}

static struct step_set resolve(const struct edges *edges, const struct meant_list *list, uint32_t at)
{
	struct step_set only = { NULL, 0 };
	size_t total = 0, parts = 0;
	for (size_t i = 0; i < list->count; i++) {
		struct step_set part = edge_part(edges, &list->items[i], at);
		if (!part.count)
			continue;
		only = part;
		total += part.count;
		parts++;
	}
	if (parts <= 1)
		return only;
	uint32_t *all = arena_array(edges->build->arena, total, sizeof(*all));
	struct step_set set = { all, 0 };
	bool ascend = true; /* as they do unless a row stands before that of an earlier task */
	for (size_t i = 0; i < list->count; i++) {
		struct step_set part = edge_part(edges, &list->items[i], at);
		if (!part.count)
			continue;
		ascend = ascend && (!set.count || all[set.count - 1] < part.items[0]);
		memcpy(all + set.count, part.items, part.count * sizeof(*all));
		set.count += part.count;
	}
	if (!ascend)
		qsort(all, set.count, sizeof(*all), compare_index);
	return set;
}

/* The recommended order where a task says nothing: the listed one. */
static struct step_set step_before(const struct edges *edges, uint32_t at)
{
	return at ? (struct step_set){ &edges->numbers[at - 1], 1 } : (struct step_set){ NULL, 0 };
}

/* A postponed task comes after what would follow it at its own place. */
static void drop_later(struct step_set *set, uint32_t at)
{
	while (set->count && set->items[set->count - 1] >= at)
		set->count--;
}

/* Edges that mean whole tasks are the same for all steps of a task: they are resolved for the first of them only. */
void sequence_add_edges(const struct build *build)
{
	struct edges edges = { .build = build, .own = arena_new() };

	collect(&edges);
	for (uint32_t i = 0; i < build->count; i++) {
		struct step *step = &build->items[i];
		uint32_t task = build->places[i].task, first = edges.of_task[task].items[0];
		const struct meant_list *requires = &edges.requires[task], *follows = &edges.follows[task];

		step->requires = first != i && requires->shared ? build->items[first].requires
								: resolve(&edges, requires, i);
		if (!step->task->follows)
			step->follows = step_before(&edges, i);
		else
			step->follows = first != i && follows->shared ? build->items[first].follows
								      : resolve(&edges, follows, i);
		drop_later(&step->follows, i);
	}
	arena_free(edges.own);
}
