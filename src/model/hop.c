/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The hop of a plan.
 */
#include "model/flow.h"
#include "model/release.h"

/* The release that CHOICE of the field KEY names, or the one with FALLBACK. */
static const struct release *answered(const struct plan *plan, const char *key, int choice, const char *fallback)
{
	const struct field *field = fields_find(plan->flow->fields, key);
	const struct release *release = field ? release_find(field->choices[choice].id) : NULL;

	return release ? release : release_find(fallback);
}

const struct hop *plan_hop(const struct plan *plan)
{
	static const struct hop without_a_plan = { &releases[0], &releases[1], NULL };

	if (!plan)
		return &without_a_plan;
	*plan->hop = (struct hop){
		.source = answered(plan, "source", plan->answers->source, "2012-r2"),
		.target = answered(plan, "target", plan->answers->target, "2016"),
	};
	plan->hop->edge = release_edge_find(plan->flow->edges, plan->flow->id, plan->hop->source, plan->hop->target);
	return plan->hop;
}
