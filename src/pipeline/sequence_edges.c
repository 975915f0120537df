/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What the steps of a sequence require and follow. Linear in steps: what edges to whole tasks mean is made once and
 * shared; what they mean for one step alone stands beside it.
 */
#include "pipeline/sequence_private.h"

/* Steps, ascending. */
struct step_list {
	const uint32_t *items, *ends; /* as in struct step_set */
	size_t count;
};

static const uint32_t end_of_one[] = { 1 };

/* A row of a task's edges, not of whole tasks, and the steps of the task that it names. */
struct meant {
	enum edge_to to;
	const struct step_list *steps;
};

struct meant_list {
	struct meant *items;
	size_t count;
	struct step_list whole; /* all that the rows of whole tasks mean */
};

struct edges {
	const struct build *build;
	struct arena *own;         /* gone when the edges are there */
	struct step_list *of_task; /* by number of the task: its steps, in the order of the servers */
	struct meant_list *requires, *follows; /* likewise */
	const uint32_t *numbers;   /* of the steps, for the set of each one alone */
	size_t most;               /* rows that a list has */
	struct step_list *parts;   /* so many: what they mean for the step that is looked at */
};

static size_t task_number(const struct flow *flow, const char *id)
{
	for (const struct task *task = flow->tasks; task->id; task++)
		if (str_eq(task->id, id))
			return flow_task_number(flow, task);
	bug("an edge names the task %s, which is not in the table", id);
}

static int compare_index(const void *a, const void *b)
{
	uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
	return (left > right) - (left < right);
}

/* COUNT steps at ITEMS, which stay. */
static struct step_list list_of(const struct edges *edges, const uint32_t *items, size_t count)
{
	uint32_t *ends = arena_array(edges->build->arena, count, sizeof(*ends));

	for (size_t i = count; i-- > 0;) {
		bool goes_on = i + 1 < count && items[i + 1] == items[i] + 1;

		ends[i] = goes_on ? ends[i + 1] : (uint32_t)i + 1;
	}
	return (struct step_list){ items, ends, count };
}

/* All of A, and the COUNT steps at OTHERS, ascending. */
static struct step_list merge(const struct edges *edges, const struct step_list *a, const uint32_t *others,
			      size_t count)
{
	size_t total = a->count + count, i = 0, j = 0;
	uint32_t *items = arena_array(edges->build->arena, total, sizeof(*items));

	while (i + j < total) {
		bool first = j == count || (i < a->count && a->items[i] <= others[j]);

		items[i + j] = first ? a->items[i] : others[j];
		*(first ? &i : &j) += 1;
	}
	return list_of(edges, items, total);
}

/* Rows of tasks without a step mean nothing. */
static struct meant_list meant_by(struct edges *edges, const struct edge *rows)
{
	struct meant_list list = { .items = NULL };
	size_t count = 0;

	while (rows && rows[count].to != EDGE_NONE)
		count++;
	list.items = arena_array(edges->own, count, sizeof(*list.items));
	edges->most = count > edges->most ? count : edges->most;
	for (size_t i = 0; i < count; i++) {
		const struct step_list *steps =
			&edges->of_task[task_number(edges->build->plan->flow, rows[i].task)];

		if (!steps->count)
			continue;
		if (rows[i].to != EDGE_ALL)
			list.items[list.count++] = (struct meant){ rows[i].to, steps };
		else if (list.whole.count)
			list.whole = merge(edges, &list.whole, steps->items, steps->count);
		else
			list.whole = *steps;
	}
	return list;
}

static void collect_tasks(struct edges *edges)
{
	const struct build *build = edges->build;
	uint32_t *all = arena_array(build->arena, build->count, sizeof(*all)), *begin = all;
	uint32_t **ends = arena_array(edges->own, build->task_count, sizeof(*ends));

	for (size_t i = 0; i < build->count; i++)
		edges->of_task[build->places[i].task].count++;
	for (size_t i = 0; i < build->task_count; i++) {
		ends[i] = begin;
		begin += edges->of_task[i].count;
	}
	for (size_t i = 0; i < build->count; i++)
		*ends[build->places[i].task]++ = (uint32_t)i;
	for (size_t i = 0; i < build->task_count; i++) {
		size_t count = edges->of_task[i].count;

		edges->of_task[i] = list_of(edges, ends[i] - count, count);
	}
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
		size_t as = 0; /* tasks that take turns on a server often have the same rows, and then they share too */

		while (tasks[as].requires != tasks[i].requires)
			as++;
		edges->requires[i] = as < i ? edges->requires[as] : meant_by(edges, tasks[i].requires);
		edges->follows[i] = meant_by(edges, tasks[i].follows);
	}
	edges->parts = arena_array(edges->own, edges->most, sizeof(*edges->parts));
}

/* How many of COUNT steps at ITEMS come before VALUE, by the step's number or, with SERVERS, by that of its server. */
static size_t count_before(const struct build *build, const uint32_t *items, size_t count, size_t value, bool servers)
{
	size_t low = 0, high = count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		uint32_t step = items[middle];
		if ((servers ? build->places[step].server : step) < value)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static struct step_list one_of(const uint32_t *item)
{
	return (struct step_list){ item, end_of_one, 1 };
}

/* The steps that MEANT says for the step AT alone. */
static struct step_list edge_part(const struct edges *edges, const struct meant *meant, uint32_t at)
{
	const struct build *build = edges->build;
	const struct step_list none = { NULL, NULL, 0 }, *list = meant->steps;
	size_t found = 0;
	switch (meant->to) {
	case EDGE_BEGIN:
		return edges->of_task[build->places[at].task].items[0] == at ? *list : none;
	case EDGE_FIRST:
		return list->items[0] != at ? one_of(list->items) : none;
	case EDGE_PREVIOUS:
		found = count_before(build, list->items, list->count, at, false);
		return found ? one_of(list->items + found - 1) : none;
	case EDGE_SAME_SERVER:
		found = count_before(build, list->items, list->count, build->places[at].server, true);
		if (found < list->count && build->items[list->items[found]].server == build->items[at].server)
			return one_of(list->items + found);
		break;
	case EDGE_ALL:
	case EDGE_NONE:
		break;
	}
	return none;
}

static struct step_set set_of(const struct step_list *list)
{
	return (struct step_set){ .shared = list->items, .ends = list->ends,
				  .shared_count = list->count, .count = list->count };
}

/* LIST for all who wait for it, and beside it the few STEPS, ascending. */
static struct step_set set_beside(const struct edges *edges, const struct step_list *list, const uint32_t *steps,
				  size_t count)
{
	struct step_own *own = arena_array(edges->build->arena, count, sizeof(*own));
	struct step_set set = set_of(list);

	for (size_t i = 0; i < count; i++) {
		size_t before = count_before(edges->build, list->items, list->count, steps[i], false);

		own[i] = (struct step_own){ steps[i], (uint32_t)(before + i) };
	}
	set.own = own;
	set.own_count = count;
	set.count += count;
	return set;
}

static struct step_set resolve(const struct edges *edges, const struct meant_list *list, uint32_t at)
{
	struct step_list *parts = edges->parts, whole;
	size_t count = 0, total = 0;
	uint32_t *steps;

	for (size_t i = 0; i < list->count; i++) {
		parts[count] = edge_part(edges, &list->items[i], at);
		total += parts[count].count;
		count += parts[count].count > 0;
	}
	if (!count || (count == 1 && !list->whole.count))
		return set_of(count ? parts : &list->whole);
	steps = arena_array(edges->own, total, sizeof(*steps));
	total = 0;
	for (size_t i = 0; i < count; i++) {
		memcpy(steps + total, parts[i].items, parts[i].count * sizeof(*steps));
		total += parts[i].count;
	}
	qsort(steps, total, sizeof(*steps), compare_index);
	if (total <= list->count)
		return set_beside(edges, &list->whole, steps, total);
	whole = merge(edges, &list->whole, steps, total); /* of whole tasks, for the first step of this one alone */
	return set_of(&whole);
}

/* The recommended order where a task says nothing: the listed one. */
static struct step_set step_before(const struct edges *edges, uint32_t at)
{
	struct step_list one;

	if (!at)
		return (struct step_set){ .count = 0 };
	one = one_of(&edges->numbers[at - 1]);
	return set_of(&one);
}

/* A postponed task comes after what would follow it at its own place. */
static void drop_later(const struct edges *edges, struct step_set *set, uint32_t at)
{
	while (set->own_count && set->own[set->own_count - 1].step >= at)
		set->own_count--;
	set->shared_count = count_before(edges->build, set->shared, set->shared_count, at, false);
	set->count = set->shared_count + set->own_count;
}

void sequence_add_edges(const struct build *build)
{
	struct edges edges = { .build = build, .own = arena_new() };

	collect(&edges);
	for (uint32_t i = 0; i < build->count; i++) {
		struct step *step = &build->items[i];
		uint32_t task = build->places[i].task;

		step->requires = resolve(&edges, &edges.requires[task], i);
		step->follows = step->task->follows ? resolve(&edges, &edges.follows[task], i) : step_before(&edges, i);
		drop_later(&edges, &step->follows, i);
	}
	arena_free(edges.own);
}
