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
	{ .id = "S1", .product = OM, .from = "2012-r2", .to = "2016", .method = METHOD_IN_PLACE, .planned = true,
	  .minimum_rollup = "9", .minimum_build = "7.1.10226.1177",
	  .recommended_rollup = "12", .recommended_build = "7.1.10226.1304",
	  .level_text = "update rollup 9 (7.1.10226.1177) or later; 12 (7.1.10226.1304) or later is recommended",
	  .source = "upgrade overview [DOC]; its minimum [UNCERTAIN: the documents say UR9 or UR12]" },
	{ .id = "S2", .product = OM, .from = "2012-r2", .to = "1801", .method = METHOD_IN_PLACE,
	  .source = "upgrade overview of 2019, removed from later ones [DOC]" },
	{ .id = "S3", .product = OM, .from = "2016", .to = "1801", .method = METHOD_IN_PLACE,
	  .source = "upgrade overview of 2019, removed from later ones [DOC]" },
	{ .id = "S4", .product = OM, .from = "1801", .to = "1807", .method = METHOD_PATCH,
	  .source = "page on the upgrade to 1807 [DOC]" },
	{ .id = "S5", .product = OM, .from = "2016", .to = "2019", .method = METHOD_IN_PLACE,
	  .source = "upgrade overview [DOC]" },
	{ .id = "S6", .product = OM, .from = "1801", .to = "2019", .method = METHOD_IN_PLACE,
	  .source = "upgrade overview of 2019, removed from later ones [DOC]" },
	{ .id = "S7", .product = OM, .from = "1807", .to = "2019", .method = METHOD_IN_PLACE,
	  .source = "upgrade overview of 2019, removed from later ones [DOC]" },
	{ .id = "S8", .product = OM, .from = "2019", .to = "2022", .method = METHOD_IN_PLACE,
	  .source = "upgrade overview [DOC]" },
	{ .id = "S9", .product = OM, .from = "2022", .to = "2025", .method = METHOD_IN_PLACE,
	  .source = "upgrade overview [DOC]" },
	{ .id = "M1", .product = SMA, .from = "2012-r2", .to = "2016", .method = METHOD_REINSTALL, .planned = true,
	  .minimum_rollup = "7", .level_text = "update rollup 7 or later",
	  .source = "upgrade page [PAGE]; its minimum: suite page [DOC]" },
	{ .id = "M2", .product = SMA, .from = "2012-r2", .to = "1801", .method = METHOD_REINSTALL,
	  .source = "upgrade page of 1801 [DOC]" },
	{ .id = "M3", .product = SMA, .from = "2016", .to = "1801", .method = METHOD_REINSTALL,
	  .source = "upgrade page of 1801 [DOC]" },
	{ .id = "M4", .product = SMA, .from = "1801", .to = "1807", .method = METHOD_PATCH,
	  .source = "presumably as Operations Manager [UNCERTAIN: no text seen]" },
	{ .id = "M5", .product = SMA, .from = "2016", .to = "2019", .method = METHOD_REINSTALL,
	  .source = "upgrade page of 2019 [DOC]" },
	{ .id = "M6", .product = SMA, .from = "1801", .to = "2019", .method = METHOD_REINSTALL,
	  .source = "upgrade page of 2019 [DOC]" },
	{ .id = "M6", .product = SMA, .from = "1807", .to = "2019", .method = METHOD_REINSTALL,
	  .source = "upgrade page of 2019 [DOC]" },
	{ .id = "M7", .product = SMA, .from = "2019", .to = "2022", .method = METHOD_REINSTALL,
	  .source = "upgrade page of 2022 [DOC]" },
	{ .id = "M8", .product = SMA, .from = "2022", .to = "2025", .method = METHOD_REINSTALL,
	  .source = "upgrade page of 2025 [DOC]" },
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
