/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Where a plan's road ends, and what goes with a choice of its releases.
 */
#include "model/hop.h"

#include "model/flow.h"

const struct choice goal_choices[] = {
	{ "none", "As far as this plan goes", "none", NULL },
	{ "2016", "System Center 2016", "2016", NULL },
	{ "2019", "System Center 2019", "2019", NULL },
	{ "2022", "System Center 2022", "2022", NULL },
	{ "2025", "System Center 2025", "2025", NULL },
	{ NULL, NULL, NULL, NULL },
};

const struct release *plan_goal(const struct plan *plan)
{
	return plan->answers->goal ? release_find(goal_choices[plan->answers->goal].id) : NULL;
}

void plan_set_goal(struct plan *plan, const struct release *goal)
{
	for (int i = 1; goal_choices[i].id; i++) {
		if (str_eq(goal_choices[i].id, goal->id))
			plan->answers->goal = i;
	}
}

static bool is_on_road(const struct scope *scope, const struct release *goal)
{
	const struct release_edge *road[RELEASE_ROAD_LIMIT];
	const struct flow *flow = scope->plan->flow;

	return goal == scope->hop->target ||
	       (flow->edges && release_road(flow->edges, flow->id, scope->hop->target, goal, road));
}

bool hop_offers_goal(const struct scope *scope, const struct choice *choice)
{
	const struct release *goal = release_find(choice->id);

	return !goal || (goal != scope->hop->target && is_on_road(scope, goal));
}

bool hop_check_goal(const struct scope *scope, struct report *to)
{
	const struct release *goal = plan_goal(scope->plan);

	if (!goal || is_on_road(scope, goal))
		return true;
	return report_error(to, "goal-unreachable", "Name a later release, or leave it out.",
			    "No upgrade leads from %s, the target of this plan, to %s.",
			    scope->hop->target->brief, goal->brief);
}

void hop_settle(struct plan *plan)
{
	const struct hop *hop = plan_hop(plan);
	const struct release_edge *edge = release_edge_planned(plan->flow->edges, plan->flow->id, hop->source->id);
	struct scope scope;

	if (!hop_is_planned(hop) && edge)
		plan->answers->target = (int)(release_find(edge->to) - releases);
	scope = scope_of(plan, NULL);
	if (!hop_offers_goal(&scope, &goal_choices[plan->answers->goal]))
		plan->answers->goal = 0;
}
