/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What fits one side of a hop alone, and when it has to be moved.
 */
#include "flows/common/both_sides.h"

static enum side side_of(bool source, bool target)
{
	return source ? (target ? SIDE_BOTH : SIDE_SOURCE) : (target ? SIDE_TARGET : SIDE_NEITHER);
}

enum side side_of_windows(const struct hop *hop, const unsigned version[4])
{
	return side_of(!hop->before->windows || windows_is_one_of(version, false, hop->before->windows),
		       !hop->after->windows || windows_is_one_of(version, false, hop->after->windows));
}

const char *sql_year(const unsigned version[4])
{
	static const char *const names[] = { "2008", "2012", "2014", "2016", "2017", "2019", "2022", "2025" };

	if (version[0] == 10 && version[1] == 50)
		return "2008 R2";
	return version[0] >= 10 && version[0] - 10 < ARRAY_LEN(names) ? names[version[0] - 10] : NULL;
}

static bool takes_sql(const struct product_release *release, const unsigned version[4])
{
	const struct sql_version *row = release_sql(release, sql_year(version));

	if (!release->sql)
		return true;
	return row && !row->from_level && build_reaches(version, row->least);
}

enum side side_of_sql(const struct hop *hop, const unsigned version[4])
{
	return side_of(takes_sql(hop->before, version), takes_sql(hop->after, version));
}

const char *side_advice(const struct hop *hop, enum side side, const char *what, const char *common, bool told,
			struct arena *arena)
{
	const char *source = hop->source->brief, *target = hop->target->brief, *fits;

	switch (side) {
	case SIDE_SOURCE:
		fits = told ? arena_printf(arena, "fits %s, not %s", source, target)
			    : arena_printf(arena, "does not fit %s", target);
		if (!*common)
			return arena_printf(arena, ", which %s, and nothing fits both", fits);
		return arena_printf(arena, ", which %s: move to %s%s while on %s", fits, what, common, source);
	case SIDE_TARGET:
		return arena_printf(arena, ", which fits %s, not %s: move there only after the upgrade", target,
				    source);
	case SIDE_NEITHER:
		return arena_printf(arena, ", which fits neither %s nor %s", source, target);
	case SIDE_BOTH:
		break;
	}
	return "";
}
