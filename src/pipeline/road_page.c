/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What the page that chooses the releases says of them, and which release the facts show.
 */
#include "pipeline/road.h"

#include "model/facts.h"
#include "model/hop.h"

/* ---- what the facts show ---- */

const struct release *road_shown(const struct flow *flow, const struct facts *facts)
{
	const struct release *oldest = NULL;

	for (size_t i = 0; i < facts_count(facts); i++) {
		for (const struct field *const *fact = flow->build_facts; fact && *fact; fact++) {
			const struct product_release *row =
				release_of_version(flow->releases, fact_text(facts_at(facts, i), *fact));
			const struct release *release = row ? release_find(row->release) : NULL;

			if (release && (!oldest || release->rank < oldest->rank))
				oldest = release;
		}
	}
	return oldest;
}

bool road_answer(struct plan *plan, const struct facts *facts)
{
	const struct release *shown = road_shown(plan->flow, facts);
	int before = plan->answers->source;
	struct scope scope = scope_of(plan, NULL);

	if (!shown || plan->file || before != RELEASE_SOURCE || plan->answers->target != RELEASE_TARGET ||
	    !hop_offers_source(&scope, &release_choices[shown - releases]))
		return false;
	plan->answers->source = (int)(shown - releases);
	hop_settle(plan);
	return plan->answers->source != before;
}

/* ---- what the page says ---- */

/* "2019, 2022 and 2025" that a road leads to from the plan's source, not in one hop; NULL: none. *FIRST: where it
 * begins. */
static const char *later_ones(const struct plan *plan, struct arena *arena, const struct release **first)
{
	const struct release_edge *road[RELEASE_ROAD_LIMIT];
	const struct release *source = plan_hop(plan)->source;
	const struct flow *flow = plan->flow;
	const char *list = NULL, *last = NULL;

	for (const struct release *to = releases; flow->edges && to->id; to++) {
		if (release_road(flow->edges, flow->id, source, to, road) < 2)
			continue;
		*first = release_find(road[0]->to);
		if (last)
			list = list ? arena_printf(arena, "%s, %s", list, last) : last;
		last = to->brief;
	}
	return list ? arena_printf(arena, "%s or %s", list, last) : last;
}

static void put_road(struct strbuf *out, const struct plan *plan, struct arena *arena)
{
	const struct release *goal = plan_goal(plan), *first = NULL;
	const char *later;

	if (goal && goal->rank > plan_hop(plan)->target->rank) {
		struct road road = road_find(plan->flow, plan_hop(plan)->source, goal, arena);

		if (road.count)
			strbuf_printf(out, " The road: %s; this plan is its first part.", road_line(&road, arena));
		return;
	}
	later = later_ones(plan, arena, &first);
	if (later)
		strbuf_printf(out, " From %s no single upgrade leads to %s: %s comes first.",
			      plan_hop(plan)->source->brief, later, first->brief);
}

const char *road_story(const struct plan *plan, const struct facts *facts, bool fixed, const char *today,
		       struct arena *arena)
{
	const struct hop *hop = plan_hop(plan);
	const struct release *shown = road_shown(plan->flow, facts);
	struct strbuf out = STRBUF_INIT;
	const char *kept;
	bool soon;

	if (fixed)
		strbuf_printf(&out, " %s to %s stays: steps of this upgrade are recorded.", hop->source->brief,
			      hop->target->brief);
	if (shown)
		strbuf_printf(&out, " The facts show %s.", shown->brief);
	if (!fixed || plan_goal(plan))
		put_road(&out, plan, arena);
	kept = support_words(hop->target, today, arena, &soon);
	strbuf_printf(&out, "%s %s", soon ? " Warning:" : "", kept);
	kept = arena_strdup(arena, strbuf_text(&out) + 1);
	strbuf_clear(&out);
	return kept;
}
