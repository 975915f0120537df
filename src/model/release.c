/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The releases. Days of support: the lifecycle files cover Operations Manager; the parts of one release share them.
 */
#include "model/release.h"

#include "model/facts.h"

/* clang-format off */
static const struct release_level levels_2012_r2[] = {
	{ .id = "RTM", .date = "2013-10", .server = "7.1.10226.0", .agent = "7.1.10184.0" },
	{ .id = "UR9", .date = "2016-01", .server = "7.1.10226.1177", .agent = "7.1.10268.0" },
	{ .id = "UR11", .date = "2016-08", .server = "7.1.10226.1239", .agent = "7.1.10285.0" },
	{ .id = "UR12", .date = "2017-01", .server = "7.1.10226.1304", .agent = "7.1.10292.0" },
	{ .id = "UR13", .date = "2017-05", .server = "7.1.10226.1360", .agent = "7.1.10302.0" },
	{ .id = "UR14", .date = "2017-11", .server = "7.1.10226.1387", .agent = "7.1.10305.0" },
	{ .id = NULL },
};

static const struct release_level levels_2016[] = {
	{ .id = "RTM", .date = "2016-09",
	  .server = "7.2.11719.0", .agent = "8.0.10918.0", .unix_agent = "7.6.1064.0" },
	{ .id = "UR1", .date = "2016-10", .server = "7.2.11759.0", .agent = "8.0.10931.0" },
	{ .id = "UR2", .date = "2017-02", .server = "7.2.11822.0", .agent = "8.0.10949.0" },
	{ .id = "UR3", .date = "2017-05", .server = "7.2.11878.0", .agent = "8.0.10970.0" },
	{ .id = "UR4", .date = "2017-10", .server = "7.2.11938.0", .agent = "8.0.10977.0" },
	{ .id = "UR5", .date = "2018-04", .server = "7.2.12016.0", .agent = "8.0.10990.0" },
	{ .id = "UR6", .date = "2018-10", .server = "7.2.12066.0", .agent = "8.0.11004.0" },
	{ .id = "UR7", .date = "2019-04", .server = "7.2.12150.0", .agent = "8.0.11025.0" },
	{ .id = "UR8", .date = "2019-09", .server = "7.2.12213.0", .agent = "8.0.11037.0" },
	{ .id = "UR9", .date = "2020-03", .server = "7.2.12265.0", .agent = "8.0.11049.0" },
	{ .id = "UR10", .date = "2020-10", .server = "7.2.12324.0", .agent = "8.0.11057.0" },
	{ .id = "UR10-fix", .server = "7.2.12348.0" },
	{ .id = NULL },
};

static const struct release_level levels_1801[] = {
	{ .id = "RTM", .date = "2018-02", .server = "7.3.13142.0", .agent = "8.0.13053.0" },
	{ .id = NULL },
};

static const struct release_level levels_1807[] = {
	{ .id = "RTM", .date = "2018-07", .server = "7.3.13261.0", .agent = "8.0.13067.0" },
	{ .id = NULL },
};

static const struct release_level levels_2019[] = {
	{ .id = "RTM", .date = "2019-03",
	  .server = "10.19.10050.0", .agent = "10.19.10014.0", .unix_agent = "10.19.1008.0" },
	{ .id = "UR1", .date = "2020-02", .kb = "4533415",
	  .server = "10.19.10311.0", .agent = "10.19.10140.0", .unix_agent = "10.19.1082.0" },
	{ .id = "UR2", .date = "2020-08", .kb = "4558752",
	  .server = "10.19.10407.0", .agent = "10.19.10153.0", .unix_agent = "10.19.1123.0" },
	{ .id = "UR3", .date = "2021-03", .kb = "4594078",
	  .server = "10.19.10505.0", .agent = "10.19.10177.0", .unix_agent = "10.19.1138.0" },
	{ .id = "UR4", .date = "2022-06", .kb = "5013427",
	  .server = "10.19.10569.0", .agent = "10.19.10200.0", .unix_agent = "10.19.1150.0" },
	{ .id = "UR5", .date = "2023-04", .kb = "5025123",
	  .server = "10.19.10606.0", .agent = "10.19.10211.0", .unix_agent = "10.19.1226.0" },
	{ .id = "UR6", .date = "2024-03", .kb = "5035285",
	  .server = "10.19.10649.0", .agent = "10.19.10253.0", .unix_agent = "10.19.1248.0" },
	{ .id = "UR6-fips", .date = "2024-04", .kb = "5037360",
	  .server = "10.19.10652.0", .unix_agent = "10.19.1254.0" },
	{ .id = "UR6-security", .date = "2026-03", .server = "10.19.10658.0" },
	{ .id = NULL },
};

static const struct release_level levels_2022[] = {
	{ .id = "RTM", .date = "2022-03",
	  .server = "10.22.10118.0", .agent = "10.22.10056.0", .unix_agent = "10.22.1019.0" },
	{ .id = "UR1", .date = "2022-12", .kb = "5020318",
	  .server = "10.22.10337.0", .agent = "10.22.10110.0", .unix_agent = "10.22.1039.0" },
	{ .id = "UR1-openssl", .date = "2023-03", .kb = "5024286",
	  .server = "10.22.10448.0", .unix_agent = "10.22.1044.0" },
	{ .id = "UR2", .date = "2023-11", .kb = "5031649",
	  .server = "10.22.10610.0", .agent = "10.22.10208.0", .unix_agent = "10.22.1055.0" },
	{ .id = "UR2-linux", .date = "2023-12", .kb = "5033752", .server = "10.22.10618.0", .agent = "10.22.10215.0" },
	{ .id = "UR2-fips", .date = "2024-04", .kb = "5037360",
	  .server = "10.22.10684.0", .unix_agent = "10.22.1072.0" },
	{ .id = "UR3", .date = "2025-08", .kb = "5059070",
	  .server = "10.22.11642.0", .agent = "10.22.10870.0", .unix_agent = "10.22.1330.0" },
	{ .id = "UR3-security", .date = "2026-03", .kb = "5071859",
	  .server = "10.22.11951.0",
	  .doubt = "Whether this build and that article belong together is not certain." },
	{ .id = NULL },
};

static const struct release_level levels_2025[] = {
	{ .id = "RTM", .date = "2024-11",
	  .server = "10.25.10132.0", .agent = "10.25.10079.0", .unix_agent = "10.25.1005.0" },
	{ .id = "UR1", .date = "2025-11", .kb = "5068304",
	  .server = "10.25.10324.0", .agent = "10.25.10994.0", .unix_agent = "10.25.1016.0" },
	{ .id = "UR1-security", .date = "2026-03", .kb = "5073079", .server = "10.25.10377.0" },
	{ .id = "UR1-hotfix", .date = "2026-03", .kb = "5080648",
	  .server = "10.25.10644.0", .agent = "10.25.11182.0" },
	{ .id = NULL },
};

const struct release releases[] = {
	{
		.id = "2012-r2", .name = "System Center 2012 R2", .brief = "2012 R2", .rank = 1,
		.channel = CHANNEL_LONG_TERM,
		.start = "2014-01-16", .mainstream_end = "2017-07-11", .extended_end = "2022-07-12",
		.support_source = "lifecycle data [DOC]",
		.levels = levels_2012_r2, .levels_source = "build tables [DOC]",
	},
	{
		.id = "2016", .name = "System Center 2016", .brief = "2016", .rank = 2,
		.channel = CHANNEL_LONG_TERM,
		.start = "2016-10-28", .mainstream_end = "2022-01-11", .extended_end = "2027-01-11",
		.support_source = "lifecycle data [DOC, UNCERTAIN: the last day may be one later]",
		.levels = levels_2016, .levels_source = "build tables [DOC]",
	},
	{
		.id = "1801", .name = "System Center version 1801", .brief = "1801", .rank = 3,
		.channel = CHANNEL_SEMI_ANNUAL,
		.start = "2018-02", .extended_end = "2019-08-08",
		.support_source = "press report on the semi-annual channel, day of the last update [FIELD]",
		.levels = levels_1801, .levels_source = "support tool that knows the builds [CODE]",
	},
	{
		.id = "1807", .name = "System Center version 1807", .brief = "1807", .rank = 4,
		.channel = CHANNEL_SEMI_ANNUAL,
		.start = "2018-07", .extended_end = "2020-01-24",
		.support_source = "press report on the semi-annual channel, day of the last update [FIELD]",
		.levels = levels_1807, .levels_source = "support tool that knows the builds [CODE]",
	},
	{
		.id = "2019", .name = "System Center 2019", .brief = "2019", .rank = 5,
		.channel = CHANNEL_LONG_TERM,
		.start = "2019-03-14", .mainstream_end = "2024-04-09", .extended_end = "2029-04-09",
		.support_source = "lifecycle data [DOC, UNCERTAIN: the last day may be one later]",
		.levels = levels_2019,
		.levels_source = "build tables of 2019 [DOC]; the last fix: the record of the weakness that it mends "
				 "[DOC, UNCERTAIN: its article was not found]",
	},
	{
		.id = "2022", .name = "System Center 2022", .brief = "2022", .rank = 6,
		.channel = CHANNEL_LONG_TERM,
		.start = "2022-04-01", .mainstream_end = "2027-04-13", .extended_end = "2032-04-13",
		.support_source = "lifecycle data [DOC]",
		.levels = levels_2022,
		.levels_source = "build tables of 2022 [DOC]; the last fix: the record of the weakness that it mends "
				 "[DOC, UNCERTAIN: which article describes it]",
		.update_note = "The package of build 10.22.10560.0 is not cumulative: KB5024286 has to be there first.",
	},
	{
		.id = "2025", .name = "System Center 2025", .brief = "2025", .rank = 7,
		.channel = CHANNEL_LONG_TERM,
		.start = "2024-11-01", .mainstream_end = "2030-01-08", .extended_end = "2035-01-09",
		.support_source = "pages of 2026 that quote the lifecycle pages; two others say one day later [FIELD]",
		.levels = levels_2025, .levels_source = "build tables of 2025 [DOC]",
		.update_note = "Help, About shows a wrong level after update rollup 1: read the version in the view "
			       "Management Servers.",
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

const struct release_level *release_level_find(const struct release *release, const char *id)
{
	for (const struct release_level *level = release->levels; level->id; level++) {
		if (str_eq(level->id, id))
			return level;
	}
	return NULL;
}

const struct release_level *release_level_of(const struct release *release, const char *build)
{
	const struct release_level *found = NULL;
	unsigned numbers[4];

	fact_version(build, numbers);
	for (const struct release_level *level = release->levels; level->id; level++) {
		if (build_reaches(numbers, level->server))
			found = level;
	}
	return found;
}
