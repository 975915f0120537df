/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The hops of a road.
 */
#include "pipeline/road.h"

#include <limits.h>

#include "model/hop.h"
#include "pipeline/prereq_notes.h"

const char road_advice[] =
	"Every hop is an upgrade of its own: its preparations, backup, steps, license check. All roles and the agents "
	"have the new release before the next hop begins; a day between two hops lets configuration and data warehouse "
	"settle (our advice).";

const char *road_when_name(enum road_when when)
{
	static const char *const names[ROAD_WHEN_COUNT] = { "before", "during", "after" };

	return names[when];
}

const char *road_topic_name(enum road_topic topic)
{
	static const char *const names[ROAD_TOPIC_COUNT] = {
		[ROAD_LEVEL] = "level",     [ROAD_WINDOWS] = "windows", [ROAD_SQL] = "sql",
		[ROAD_DRIVERS] = "drivers", [ROAD_AGENTS] = "agents",   [ROAD_OTHER] = "other",
	};

	return names[topic];
}

/* "UR9"; with a build alone it is the first release. */
static const char *level_name(const char *rollup, const char *build, struct arena *arena)
{
	if (rollup)
		return arena_printf(arena, "UR%s", rollup);
	return build ? "RTM" : NULL;
}

static void describe(struct road_hop *hop, const struct flow *flow, bool first, struct arena *arena)
{
	const struct release_edge *edge = hop->edge;
	struct strbuf source = STRBUF_INIT, needs = STRBUF_INIT;

	hop->hop = flow_hop(flow, release_find(edge->from), release_find(edge->to));
	hop->minimum = level_name(edge->minimum_rollup, edge->minimum_build, arena);
	hop->recommended = level_name(edge->recommended_rollup, edge->recommended_build, arena);
	hop->stage = edge->stage_level;
	hop->certainty = certainty_words(&source, edge->source);
	hop->source = arena_strdup(arena, strbuf_text(&source));
	strbuf_clear(&source);
	if (hop->hop.after) {
		certainty_words(&needs, hop->hop.after->source);
		hop->needs_source = arena_strdup(arena, strbuf_text(&needs));
		strbuf_clear(&needs);
	}
	road_fill(hop, first, arena);
}

struct road road_find(const struct flow *flow, const struct release *from, const struct release *to,
		      struct arena *arena)
{
	const struct release_edge *edges[RELEASE_ROAD_LIMIT];
	struct road road = { .flow = flow, .from = from, .to = to };

	if (to->channel == CHANNEL_LONG_TERM && flow->edges)
		road.count = release_road(flow->edges, flow->id, from, to, edges);
	if (!road.count) {
		road.why_not = hop_dead_end(flow, from, to, arena);
		return road;
	}
	road.hops = arena_array(arena, road.count, sizeof(*road.hops));
	for (size_t i = 0; i < road.count; i++) {
		road.hops[i] = (struct road_hop){ .edge = edges[i] };
		describe(&road.hops[i], flow, i == 0, arena);
	}
	return road;
}

const char *support_words(const struct release *release, const char *today, struct arena *arena, bool *soon)
{
	const char *day = day_in_words(arena, release->extended_end);
	int past = note_age(release->extended_end, today);

	*soon = past != INT_MAX && past >= -SUPPORT_NEAR_DAYS;
	if (past == INT_MAX)
		return arena_printf(arena, "%s is supported until %s.", release->brief, day);
	if (past > 0)
		return arena_printf(arena, "%s has not been supported since %s.", release->brief, day);
	if (past == 0)
		return arena_printf(arena, "%s is supported until today, %s.", release->brief, day);
	if (past == -1)
		return arena_printf(arena, "%s is supported until tomorrow, %s.", release->brief, day);
	if (*soon)
		return arena_printf(arena, "%s is supported only until %s, which is in %d days.", release->brief, day,
				    -past);
	return arena_printf(arena, "%s is supported until %s.", release->brief, day);
}

static bool goes_on(const struct plan *plan)
{
	const struct release *goal = plan_goal(plan);

	return goal && goal->rank > plan_hop(plan)->target->rank;
}

void support_note(const struct plan *plan, const char *today, struct diags *diags)
{
	const struct field *target = fields_find(plan->flow->fields, "target");
	struct report to = plan_report(plan, &plan->answers->record, target, diags);
	struct arena *arena = arena_new();
	bool soon;
	const char *words = support_words(plan_hop(plan)->target, today, arena, &soon);

	/* Whoever has a goal beyond it is on the way already. */
	if (target && soon && hop_is_planned(plan_hop(plan)) && !goes_on(plan))
		report_add(&to, SEV_NOTE, "support-ends",
			   "Plan the next hop too: \"scupgrade path\" shows the road.", "%s", words);
	arena_free(arena);
}
