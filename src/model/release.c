/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The releases. Days of support: the lifecycle files cover Operations Manager; the parts of one release share them.
 */
#include "model/release.h"

/* clang-format off */
const struct release releases[] = {
	{
		.id = "2012-r2", .name = "System Center 2012 R2", .brief = "2012 R2", .rank = 1,
		.channel = CHANNEL_LONG_TERM,
		.start = "2014-01-16", .mainstream_end = "2017-07-11", .extended_end = "2022-07-12",
		.support_source = "lifecycle data [DOC]",
	},
	{
		.id = "2016", .name = "System Center 2016", .brief = "2016", .rank = 2,
		.channel = CHANNEL_LONG_TERM,
		.start = "2016-10-28", .mainstream_end = "2022-01-11", .extended_end = "2027-01-11",
		.support_source = "lifecycle data [DOC, UNCERTAIN: the last day may be one later]",
	},
	{
		.id = "1801", .name = "System Center version 1801", .brief = "1801", .rank = 3,
		.channel = CHANNEL_SEMI_ANNUAL,
		.start = "2018-02", .extended_end = "2019-08-08",
		.support_source = "press report on the semi-annual channel, day of the last update [FIELD]",
	},
	{
		.id = "1807", .name = "System Center version 1807", .brief = "1807", .rank = 4,
		.channel = CHANNEL_SEMI_ANNUAL,
		.start = "2018-07", .extended_end = "2020-01-24",
		.support_source = "press report on the semi-annual channel, day of the last update [FIELD]",
	},
	{
		.id = "2019", .name = "System Center 2019", .brief = "2019", .rank = 5,
		.channel = CHANNEL_LONG_TERM,
		.start = "2019-03-14", .mainstream_end = "2024-04-09", .extended_end = "2029-04-09",
		.support_source = "lifecycle data [DOC, UNCERTAIN: the last day may be one later]",
	},
	{
		.id = "2022", .name = "System Center 2022", .brief = "2022", .rank = 6,
		.channel = CHANNEL_LONG_TERM,
		.start = "2022-04-01", .mainstream_end = "2027-04-13", .extended_end = "2032-04-13",
		.support_source = "lifecycle data [DOC]",
	},
	{
		.id = "2025", .name = "System Center 2025", .brief = "2025", .rank = 7,
		.channel = CHANNEL_LONG_TERM,
		.start = "2024-11-01", .mainstream_end = "2030-01-08", .extended_end = "2035-01-09",
		.support_source = "pages of 2026 that quote the lifecycle pages; two others say one day later [FIELD]",
	},
	{ .id = NULL },
};
/* clang-format on */

const struct release *release_find(const char *id)
{
	for (const struct release *release = releases; release->id; release++) {
		if (str_eq(release->id, id))
			return release;
	}
	return NULL;
}
