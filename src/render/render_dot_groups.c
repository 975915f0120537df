/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The graph of a large group: a node stands for all steps of a task, or two where the others wait for its first one, so
 * that the picture grows with the tasks and not with the servers.
 */
#include "render/render_dot.h"

enum bond { BOND_NONE, BOND_SOFT, BOND_HARD };

struct groups {
	const struct sequence *sequence;
	struct arena *arena;
	size_t count;
	size_t *of;              /* by step: its group */
	size_t *first, *members; /* by group */
	unsigned char *edges;    /* COUNT times COUNT, from the earlier to the later group */
	unsigned char *ways;     /* the same: whether a way leads there, of hard edges or of any */
	struct step_set *seen;   /* by group, of what is required and what is recommended: looked at last */
};

static void find_groups(struct groups *groups, const struct flow *flow)
{
	const struct sequence *sequence = groups->sequence;
	size_t tasks = flow_task_count(flow), *first, *later;

	first = arena_array(groups->arena, tasks, sizeof(*first));
	later = arena_array(groups->arena, tasks, sizeof(*later));
	groups->of = arena_array(groups->arena, sequence->count, sizeof(*groups->of));
	groups->first = arena_array(groups->arena, 2 * tasks, sizeof(*groups->first));
	groups->members = arena_array(groups->arena, 2 * tasks, sizeof(*groups->members));
	for (size_t i = 0; i < sequence->count; i++) {
		const struct step *step = &sequence->items[i];
		size_t task = flow_task_number(flow, step->task), *mine = &first[task];

		/* Kept as one more than the group: 0 is none yet. */
		if (*mine && step_set_has(&step->requires, (uint32_t)groups->first[*mine - 1]))
			mine = &later[task];
		if (!*mine) {
			groups->first[groups->count] = i;
			*mine = ++groups->count;
		}
		groups->of[i] = *mine - 1;
		groups->members[*mine - 1]++;
	}
}

/* What leads back in time, for servers take turns, is left out. */
static void add_edge(struct groups *groups, size_t step, size_t to, enum bond edge)
{
	size_t from = groups->of[step];
	unsigned char *cell = &groups->edges[from * groups->count + to];

	if (from < to && *cell < edge)
		*cell = (unsigned char)edge;
}

/* Neighbours share what they wait for: it is looked at once. */
static void add_edges(struct groups *groups, size_t to, const struct step_set *set, enum bond edge)
{
	struct step_set *seen = &groups->seen[2 * to + (edge == BOND_HARD)];

	for (size_t i = 0; i < set->own_count; i++)
		add_edge(groups, set->own[i].step, to, edge);
	if (step_set_shares(seen, set))
		return;
	*seen = *set;
	for (size_t i = 0; i < set->shared_count; i++)
		add_edge(groups, set->shared[i], to, edge);
}

static void find_edges(struct groups *groups)
{
	size_t cells = groups->count * groups->count;

	groups->edges = arena_array(groups->arena, cells, 1);
	groups->ways = arena_array(groups->arena, cells, 1);
	groups->seen = arena_array(groups->arena, 2 * groups->count, sizeof(*groups->seen));
	for (size_t i = 0; i < groups->sequence->count; i++) {
		add_edges(groups, groups->of[i], &groups->sequence->items[i].requires, BOND_HARD);
		add_edges(groups, groups->of[i], &groups->sequence->items[i].follows, BOND_SOFT);
	}
}

/* Whether a way of edges as strong as EDGE leads from A to B over a group between them. */
static bool is_implied(const struct groups *groups, size_t a, size_t b, enum bond edge)
{
	for (size_t over = a + 1; over < b; over++) {
		if (groups->edges[a * groups->count + over] >= edge && groups->ways[over * groups->count + b] >= edge)
			return true;
	}
	return false;
}

/* The strongest way from each group to each later one. */
static void find_ways(struct groups *groups)
{
	size_t count = groups->count;

	for (size_t a = count; a-- > 0;) {
		for (size_t b = a + 1; b < count; b++) {
			unsigned char way = groups->edges[a * count + b];

			for (enum bond edge = BOND_HARD; edge > way; edge--) {
				if (is_implied(groups, a, b, edge))
					way = (unsigned char)edge;
			}
			groups->ways[a * count + b] = way;
		}
	}
}

void render_dot_groups(const struct render_input *input, struct strbuf *out)
{
	struct arena *arena = arena_new();
	struct groups groups = { .sequence = input->sequence, .arena = arena };
	struct dot_phases phases = { .out = out };

	find_groups(&groups, input->plan->flow);
	find_edges(&groups);
	find_ways(&groups);
	for (size_t i = 0; i < groups.count; i++) {
		const struct step *step = &input->sequence->items[groups.first[i]];

		dot_phase(&phases, step->task->phase);
		dot_node(out, step, groups.first[i], render_group_title(arena, step, groups.members[i]));
	}
	dot_phase(&phases, NULL);
	for (size_t b = 0; b < groups.count; b++) {
		for (size_t a = 0; a < b; a++) {
			enum bond edge = (enum bond)groups.edges[a * groups.count + b];

			if (edge && !is_implied(&groups, a, b, edge))
				dot_edge(out, groups.first[a], groups.first[b], edge == BOND_SOFT);
		}
	}
	arena_free(arena);
}
