/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The upgrades that exist, and the way along them.
 */
#include "model/release.h"

#define OM "operations-manager"
#define SMA "service-management-automation"

/* clang-format off */
static const struct edge_flag flags_s1[] = {
	{ .flag = FLAG_PATH_CHANGE }, { .flag = FLAG_REG_RESET }, { .flag = FLAG_DWREG_RESET },
	{ .flag = FLAG_TLS10_SETUP }, { .flag = RELEASE_FLAG_COUNT },
};

static const struct edge_flag flags_s5[] = {
	{ .flag = FLAG_PATH_CHANGE }, { .flag = FLAG_REG_RESET }, { .flag = FLAG_DWREG_RESET },
	{ .flag = FLAG_REPORT_CONSOLE }, { .flag = FLAG_LOGON_SERVICE }, { .flag = FLAG_X64_ONLY },
	{ .flag = FLAG_UNIX_DROP, .list = "HP-UX" }, { .flag = FLAG_AGENT_FLOOR_2012 },
	{ .flag = FLAG_AD_RULES, .below = "UR7" }, { .flag = FLAG_ACS_LINUX_MP, .warns = true },
	{ .flag = FLAG_OS_MOVE }, { .flag = FLAG_SQL_MOVE }, { .flag = FLAG_AGENT_CET }, { .flag = RELEASE_FLAG_COUNT },
};

static const struct edge_flag flags_s6_s7[] = {
	{ .flag = FLAG_REG_RESET }, { .flag = FLAG_DWREG_RESET }, { .flag = FLAG_REPORT_CONSOLE },
	{ .flag = FLAG_LOGON_SERVICE }, { .flag = FLAG_X64_ONLY }, { .flag = FLAG_UNIX_DROP, .list = "HP-UX" },
	{ .flag = FLAG_AGENT_FLOOR_2012 }, { .flag = FLAG_AD_RULES }, { .flag = FLAG_OS_MOVE },
	{ .flag = FLAG_AGENT_CET }, { .flag = RELEASE_FLAG_COUNT },
};

static const struct edge_flag flags_s8[] = {
	{ .flag = FLAG_REPORT_CONSOLE }, { .flag = FLAG_ALIAS, .below = "UR4" }, { .flag = FLAG_OLEDB },
	{ .flag = FLAG_DOTNET472 }, { .flag = FLAG_CONSOLE_AFTER_MS },
	{ .flag = FLAG_UNIX_DROP,
	  .list = "AIX, Solaris, RHEL 5, RHEL 6, RHEL 7 PPC, CentOS 6, Debian 8, SLES 11, SLES 12 PPC" },
	{ .flag = FLAG_OS_MOVE }, { .flag = FLAG_SQL_MOVE }, { .flag = FLAG_AGENT_CET, .until = "UR2" },
	{ .flag = RELEASE_FLAG_COUNT },
};

static const struct edge_flag flags_s9[] = {
	{ .flag = FLAG_REPORT_CONSOLE }, { .flag = FLAG_AD_RULES }, { .flag = FLAG_AGENT_FLOOR_2016 },
	{ .flag = FLAG_UNIX_DROP, .from = "UR1", .list = "CentOS 7, CentOS 8" }, { .flag = FLAG_OLEDB },
	{ .flag = FLAG_DOTNET472 }, { .flag = FLAG_TLS13, .from = "UR1" },
	{ .flag = FLAG_UR1_HOTFIX, .from = "UR1", .until = "UR1-hotfix" },
	{ .flag = FLAG_GW_AGENT_MSP, .from = "UR1" }, { .flag = RELEASE_FLAG_COUNT },
};

static const struct edge_flag flags_m1[] = {
	{ .flag = FLAG_REINSTALL }, { .flag = FLAG_WORKERS_FIRST }, { .flag = FLAG_NEW_DEPLOYMENT },
	{ .flag = RELEASE_FLAG_COUNT },
};

static const struct edge_flag flags_m5_to_m8[] = {
	{ .flag = FLAG_REINSTALL }, { .flag = FLAG_WORKERS_FIRST }, { .flag = FLAG_OS_MOVE },
	{ .flag = FLAG_SQL_MOVE }, { .flag = FLAG_NEW_DEPLOYMENT }, { .flag = RELEASE_FLAG_COUNT },
};

const struct release_edge release_edges[] = {
	{ .id = "S1", .product = OM, .from = "2012-r2", .to = "2016", .method = METHOD_IN_PLACE, .planned = true,
	  .minimum_rollup = "9", .minimum_build = "7.1.10226.1177",
	  .recommended_rollup = "12", .recommended_build = "7.1.10226.1304",
	  .level_text = "update rollup 9 (7.1.10226.1177) or later; 12 (7.1.10226.1304) or later is recommended",
	  .flags = flags_s1,
	  .source = "upgrade overview [DOC]; its minimum [UNCERTAIN: the documents say UR9 or UR12]" },
	{ .id = "S2", .product = OM, .from = "2012-r2", .to = "1801", .method = METHOD_IN_PLACE,
	  .minimum_rollup = "12", .minimum_build = "7.1.10226.1304",
	  .level_text = "update rollup 12 (7.1.10226.1304) or later",
	  .status = STATUS_REMOVED,
	  .source = "upgrade overview of 2019, removed from later ones [DOC]" },
	{ .id = "S3", .product = OM, .from = "2016", .to = "1801", .method = METHOD_IN_PLACE,
	  .minimum_build = "7.2.11719.0",
	  .status = STATUS_REMOVED,
	  .source = "upgrade overview of 2019, removed from later ones [DOC]" },
	{ .id = "S4", .product = OM, .from = "1801", .to = "1807", .method = METHOD_PATCH,
	  .minimum_build = "7.3.13142.0",
	  .source = "page on the upgrade to 1807 [DOC]" },
	{ .id = "S5", .product = OM, .from = "2016", .to = "2019", .method = METHOD_IN_PLACE, .planned = true,
	  .minimum_build = "7.2.11719.0",
	  .recommended_rollup = "7", .recommended_build = "7.2.12150.0",
	  .level_text = "the first release (7.2.11719.0) or later; "
			"update rollup 7 (7.2.12150.0) or later is recommended",
	  .stage_level = "UR10",
	  .flags = flags_s5,
	  .source = "upgrade overview; system requirements of 2019 [DOC]; "
		    "the recommended level [OURS: from the post-upgrade tasks]" },
	{ .id = "S6", .product = OM, .from = "1801", .to = "2019", .method = METHOD_IN_PLACE, .planned = true,
	  .minimum_build = "7.3.13142.0",
	  .level_text = "the first release (7.3.13142.0) or later",
	  .status = STATUS_REMOVED,
	  .flags = flags_s6_s7,
	  .source = "upgrade overview of 2019, removed from later ones [DOC]" },
	{ .id = "S7", .product = OM, .from = "1807", .to = "2019", .method = METHOD_IN_PLACE, .planned = true,
	  .minimum_build = "7.3.13261.0",
	  .level_text = "the first release (7.3.13261.0) or later",
	  .status = STATUS_REMOVED,
	  .flags = flags_s6_s7,
	  .source = "upgrade overview of 2019, removed from later ones [DOC]" },
	{ .id = "S8", .product = OM, .from = "2019", .to = "2022", .method = METHOD_IN_PLACE, .planned = true,
	  .minimum_build = "10.19.10050.0",
	  .recommended_rollup = "3", .recommended_build = "10.19.10505.0",
	  .level_text = "the first release (10.19.10050.0) or later; "
			"update rollup 3 (10.19.10505.0) or later is recommended",
	  .stage_level = "UR6",
	  .flags = flags_s8,
	  .source = "upgrade overview [DOC]" },
	{ .id = "S9", .product = OM, .from = "2022", .to = "2025", .method = METHOD_IN_PLACE, .planned = true,
	  .minimum_build = "10.22.10118.0",
	  .recommended_rollup = "3", .recommended_build = "10.22.11642.0",
	  .level_text = "the first release (10.22.10118.0) or later; "
			"update rollup 3 (10.22.11642.0) or later is recommended",
	  .stage_level = "UR3",
	  .flags = flags_s9,
	  .source = "upgrade overview; system requirements of 2025 [DOC]; the recommended level [OURS]" },
	{ .id = "M1", .product = SMA, .from = "2012-r2", .to = "2016", .method = METHOD_REINSTALL, .planned = true,
	  .minimum_rollup = "7",
	  .level_text = "update rollup 7 or later",
	  .flags = flags_m1,
	  .source = "upgrade page [PAGE]; its minimum: suite page [DOC]" },
	{ .id = "M2", .product = SMA, .from = "2012-r2", .to = "1801", .method = METHOD_REINSTALL,
	  .minimum_rollup = "8", .level_text = "update rollup 8 or later",
	  .status = STATUS_REMOVED,
	  .source = "upgrade page of 1801 [DOC]" },
	{ .id = "M3", .product = SMA, .from = "2016", .to = "1801", .method = METHOD_REINSTALL,
	  .minimum_rollup = "1", .level_text = "update rollup 1 or later",
	  .status = STATUS_REMOVED,
	  .source = "upgrade page of 1801 [DOC]" },
	{ .id = "M4", .product = SMA, .from = "1801", .to = "1807", .method = METHOD_PATCH,
	  .status = STATUS_UNCERTAIN,
	  .source = "presumably as Operations Manager [UNCERTAIN: no text seen]" },
	{ .id = "M5", .product = SMA, .from = "2016", .to = "2019", .method = METHOD_REINSTALL, .planned = true,
	  .minimum_rollup = "5",
	  .level_text = "update rollup 5 or later",
	  .flags = flags_m5_to_m8,
	  .source = "upgrade page of 2019 [DOC]" },
	{ .id = "M6", .product = SMA, .from = "1801", .to = "2019", .method = METHOD_REINSTALL, .planned = true,
	  .level_text = "any level: the documents name none",
	  .flags = flags_m5_to_m8,
	  .source = "upgrade page of 2019 [DOC]" },
	{ .id = "M6", .product = SMA, .from = "1807", .to = "2019", .method = METHOD_REINSTALL, .planned = true,
	  .level_text = "any level: the documents name none",
	  .flags = flags_m5_to_m8,
	  .source = "upgrade page of 2019 [DOC]" },
	{ .id = "M7", .product = SMA, .from = "2019", .to = "2022", .method = METHOD_REINSTALL, .planned = true,
	  .level_text = "any level: the documents name none",
	  .flags = flags_m5_to_m8,
	  .source = "upgrade page of 2022 [DOC]" },
	{ .id = "M8", .product = SMA, .from = "2022", .to = "2025", .method = METHOD_REINSTALL, .planned = true,
	  .level_text = "any level: the documents name none",
	  .flags = flags_m5_to_m8,
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

const struct release_edge *release_edge_planned(const struct release_edge *edges, const char *product, const char *from)
{
	for (; edges && edges->id; edges++) {
		if (edges->planned && str_eq(edges->product, product) && str_eq(edges->from, from))
			return edges;
	}
	return NULL;
}

/* Depth first and no deeper than LIMIT: with some ten edges that is quick, and growing LIMIT finds the shortest. */
static size_t road_within(const struct release_edge *edges, const char *product, const struct release *from,
			  const struct release *to, const struct release_edge **road, size_t limit)
{
	for (const struct release_edge *edge = edges; limit && edge->id; edge++) {
		const struct release *next;
		size_t rest;

		if (!str_eq(edge->from, from->id) || !str_eq(edge->product, product))
			continue;
		next = release_find(edge->to);
		if (next->channel == CHANNEL_SEMI_ANNUAL)
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
