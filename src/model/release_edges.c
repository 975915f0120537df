/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The upgrades that exist, and the way along them.
 */
#include "model/release.h"

#define OM "operations-manager"
#define SMA "service-management-automation"

/* clang-format off */
const struct release_edge release_edges[] = {
	{ "S1", OM, "2012-r2", "2016", METHOD_IN_PLACE, true, "upgrade overview [DOC]" },
	{ "S2", OM, "2012-r2", "1801", METHOD_IN_PLACE, false,
	  "upgrade overview of 2019, removed from later ones [DOC]" },
	{ "S3", OM, "2016", "1801", METHOD_IN_PLACE, false, "upgrade overview of 2019, removed from later ones [DOC]" },
	{ "S4", OM, "1801", "1807", METHOD_PATCH, false, "page on the upgrade to 1807 [DOC]" },
	{ "S5", OM, "2016", "2019", METHOD_IN_PLACE, false, "upgrade overview [DOC]" },
	{ "S6", OM, "1801", "2019", METHOD_IN_PLACE, false,
	  "upgrade overview of 2019, removed from later ones [DOC]" },
	{ "S7", OM, "1807", "2019", METHOD_IN_PLACE, false,
	  "upgrade overview of 2019, removed from later ones [DOC]" },
	{ "S8", OM, "2019", "2022", METHOD_IN_PLACE, false, "upgrade overview [DOC]" },
	{ "S9", OM, "2022", "2025", METHOD_IN_PLACE, false, "upgrade overview [DOC]" },
	{ "M1", SMA, "2012-r2", "2016", METHOD_REINSTALL, true, "upgrade page [PAGE]" },
	{ "M2", SMA, "2012-r2", "1801", METHOD_REINSTALL, false, "upgrade page of 1801 [DOC]" },
	{ "M3", SMA, "2016", "1801", METHOD_REINSTALL, false, "upgrade page of 1801 [DOC]" },
	{ "M4", SMA, "1801", "1807", METHOD_PATCH, false,
	  "presumably as Operations Manager [UNCERTAIN: no text seen]" },
	{ "M5", SMA, "2016", "2019", METHOD_REINSTALL, false, "upgrade page of 2019 [DOC]" },
	{ "M6", SMA, "1801", "2019", METHOD_REINSTALL, false, "upgrade page of 2019 [DOC]" },
	{ "M6", SMA, "1807", "2019", METHOD_REINSTALL, false, "upgrade page of 2019 [DOC]" },
	{ "M7", SMA, "2019", "2022", METHOD_REINSTALL, false, "upgrade page of 2022 [DOC]" },
	{ "M8", SMA, "2022", "2025", METHOD_REINSTALL, false, "upgrade page of 2025 [DOC]" },
	{ .id = NULL },
};
/* clang-format on */

const struct release_edge *release_edge_find(const struct release_edge *edges, const char *product,
					     const struct release *from, const struct release *to)
{
	for (; edges && edges->id; edges++) {
		if (str_eq(edges->product, product) && str_eq(edges->from, from->id) && str_eq(edges->to, to->id))
			return edges;
	}
	return NULL;
}

/* Depth first and no deeper than LIMIT: with some ten edges that is quick, and growing LIMIT finds the shortest. */
static size_t road_within(const struct release_edge *edges, const char *product, const struct release *from,
			  const struct release *to, const struct release_edge **road, size_t limit)
{
	for (const struct release_edge *edge = edges; limit && edge->id; edge++) {
		const struct release *next = release_find(edge->to);
		size_t rest;

		if (!str_eq(edge->product, product) || !str_eq(edge->from, from->id) ||
		    next->channel == CHANNEL_SEMI_ANNUAL)
			continue;
		*road = edge;
		if (next == to)
			return 1;
		rest = road_within(edges, product, next, to, road + 1, limit - 1);
		if (rest)
			return rest + 1;
	}
	return 0;
}

size_t release_road(const struct release_edge *edges, const char *product, const struct release *from,
		    const struct release *to, const struct release_edge *road[RELEASE_ROAD_LIMIT])
{
	size_t length = 0;

	for (size_t limit = 1; edges && from != to && !length && limit <= RELEASE_ROAD_LIMIT; limit++)
		length = road_within(edges, product, from, to, road, limit);
	return length;
}
