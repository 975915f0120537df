/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The hop of a plan, and the releases as answers.
 */
#include "model/hop.h"

#include "model/flow.h"

/* The row of RELEASE; without one the last, which is that of the newest release that the product knows. */
static const struct product_release *row_of(const struct flow *flow, const struct release *release)
{
	const struct product_release *last = NULL;

	for (const struct product_release *const *row = flow->releases; row && *row; row++) {
		last = *row;
		if (str_eq(last->release, release->id))
			break;
	}
	return last;
}

struct hop flow_hop(const struct flow *flow, const struct release *source, const struct release *target)
{
	return (struct hop){
		.source = source,
		.target = target,
		.edge = release_edge_find(flow->edges, flow->id, source, target),
		.before = row_of(flow, source),
		.after = row_of(flow, target),
	};
}

const struct hop *plan_hop(const struct plan *plan)
{
	static const struct hop without_a_plan = { .source = &releases[RELEASE_SOURCE],
						   .target = &releases[RELEASE_TARGET] };
	const struct release *source, *target;
	struct hop *hop;

	if (!plan)
		return &without_a_plan;
	hop = plan->hop;
	source = &releases[plan->answers->source];
	target = &releases[plan->answers->target];
	if (hop->source != source || hop->target != target)
		*hop = flow_hop(plan->flow, source, target);
	return hop;
}

/* ---- choices ---- */

/* As releases[]; a test compares them. */
const struct choice release_choices[] = {
	{ "2012-r2", "System Center 2012 R2", "2012 R2", NULL },
	{ "2016", "System Center 2016", "2016", NULL },
	{ "1801", "System Center version 1801", "1801", NULL },
	{ "1807", "System Center version 1807", "1807", NULL },
	{ "2019", "System Center 2019", "2019", NULL },
	{ "2022", "System Center 2022", "2022", NULL },
	{ "2025", "System Center 2025", "2025", NULL },
	{ NULL, NULL, NULL, NULL },
};

/* An edge that this version plans begins there. */
static bool is_source(const struct flow *flow, const char *id)
{
	return release_edge_planned(flow->edges, flow->id, id) != NULL;
}

bool hop_offers_source(const struct scope *scope, const struct choice *choice)
{
	return is_source(scope->plan->flow, choice->id);
}

/* Where nothing leads on, the plan's own is left, which is judged. */
bool hop_offers_target(const struct scope *scope, const struct choice *choice)
{
	const struct flow *flow = scope->plan->flow;
	const struct release_edge *edge = release_edge_find(flow->edges, flow->id, scope->hop->source,
							    release_find(choice->id));

	return (edge && edge->planned) ||
	       (!is_source(flow, scope->hop->source->id) && str_eq(choice->id, scope->hop->target->id));
}

const char *hop_source_help(const struct scope *scope, const struct choice *choice)
{
	const struct flow *flow = scope->plan->flow;
	const struct release_edge *edge = release_edge_planned(flow->edges, flow->id, choice->id);

	if (!edge || (!edge->minimum_rollup && !edge->recommended_rollup))
		return NULL;
	if (!edge->minimum_rollup)
		return arena_printf(scope->arena, "Update rollup %s or later is recommended.",
				    edge->recommended_rollup);
	if (!edge->recommended_rollup)
		return arena_printf(scope->arena, "Update rollup %s or later.", edge->minimum_rollup);
	return arena_printf(scope->arena, "Update rollup %s or later; update rollup %s or later is recommended.",
			    edge->minimum_rollup, edge->recommended_rollup);
}

const char *day_in_words(struct arena *arena, const char *day)
{
	static const char *const months[] = { "January", "February", "March",     "April",   "May",      "June",
					      "July",    "August",   "September", "October", "November", "December" };
	unsigned month = (unsigned)(day[5] - '0') * 10 + (unsigned)(day[6] - '0');

	return arena_printf(arena, "%s %s, %.4s", months[month - 1], day + 8 + (day[8] == '0'), day);
}

const char *hop_target_help(const struct scope *scope, const struct choice *choice)
{
	const struct release *release = release_find(choice->id);

	return arena_printf(scope->arena, "Extended support of %s ends on %s.", release->brief,
			    day_in_words(scope->arena, release->extended_end));
}

/* ---- the verdict ---- */

static bool refuse_edge(const struct hop *hop, struct report *to)
{
	const char *source = hop->source->brief, *target = hop->target->brief;

	if (hop->target->channel == CHANNEL_SEMI_ANNUAL)
		return report_error(to, "edge-not-planned", "Choose a release that is supported.",
				    "No upgrade to %s is planned here: that release is out of support.", target);
	return report_error(to, "edge-not-planned", "",
			    "%s to %s is an upgrade that this version of scupgrade does not plan yet.", source, target);
}

/* "; upgrade to 2016 first, then from 2016 to 2019 and from 2019 to 2022." */
static void put_road(struct strbuf *out, const struct release_edge *const *road, size_t length)
{
	strbuf_printf(out, "; upgrade to %s first, then", release_find(road[0]->to)->brief);
	for (size_t i = 1; i < length; i++)
		strbuf_printf(out, "%s from %s to %s", i == 1 ? "" : i + 1 < length ? "," : " and",
			      release_find(road[i]->from)->brief, release_find(road[i]->to)->brief);
	strbuf_putc(out, '.');
}

const char *hop_dead_end(const struct flow *flow, const struct release *from, const struct release *to,
			 struct arena *arena)
{
	const char *refused = arena_printf(arena, "There is no upgrade from %s to %s", from->brief, to->brief);

	if (from == to)
		return arena_printf(arena, "%s: it is the same release.", refused);
	if (to->rank < from->rank)
		return arena_printf(arena, "%s: nothing goes back to an older release.", refused);
	if (to->channel == CHANNEL_SEMI_ANNUAL)
		return arena_printf(arena, "No upgrade to %s is planned here: that release is out of support.",
				    to->brief);
	return arena_printf(arena, "%s: %s has no upgrade that leads there.", refused, flow->title);
}

bool hop_check(const struct scope *scope, struct report *to)
{
	const struct release_edge *road[RELEASE_ROAD_LIMIT];
	const struct hop *hop = scope->hop;
	const struct flow *flow = scope->plan->flow;
	struct strbuf why = STRBUF_INIT;
	size_t length;

	if (hop_is_planned(hop))
		return true;
	if (hop->edge)
		return refuse_edge(hop, to);
	length = release_road(flow->edges, flow->id, hop->source, hop->target, road);
	if (length) {
		put_road(&why, road, length);
		report_error(to, "no-such-edge", "", "There is no upgrade from %s to %s%s", hop->source->brief,
			     hop->target->brief, strbuf_text(&why));
		strbuf_clear(&why);
	} else {
		struct arena *arena = arena_new();

		report_error(to, "no-such-edge", "", "%s", hop_dead_end(flow, hop->source, hop->target, arena));
		arena_free(arena);
	}
	return false;
}
