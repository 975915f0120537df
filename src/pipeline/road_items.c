/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What has to change before, during and after a hop, in words, from the rows of its two releases and the flags of its
 * upgrade.
 */
#include "pipeline/road.h"

#include "model/hop.h"

enum { MOST_ITEMS = 48 };

struct items {
	struct road_hop *hop;
	struct arena *arena;
	struct road_item items[MOST_ITEMS];
	size_t count;
};

static void add(struct items *items, enum road_when when, enum road_topic topic, const char *text)
{
	if (items->count == MOST_ITEMS)
		bug("a hop has more than %d items", MOST_ITEMS);
	items->items[items->count++] = (struct road_item){ when, topic, text };
}

/* ---- lists of names ---- */

struct name_list {
	struct strbuf text;
	size_t count;
	const char *last;
};

/* One behind: the last name comes after a word. */
static void list_add(struct name_list *list, const char *name)
{
	if (list->last)
		strbuf_printf(&list->text, "%s%s", list->count > 1 ? ", " : "", list->last);
	list->last = name;
	list->count++;
}

/* "2016, 2017 or 2019"; NULL for none. In ARENA. */
static const char *list_end(struct name_list *list, const char *word, struct arena *arena)
{
	const char *text = NULL;

	if (list->count == 1)
		text = arena_strdup(arena, list->last);
	else if (list->count)
		text = arena_printf(arena, "%s %s %s", strbuf_text(&list->text), word, list->last);
	strbuf_clear(&list->text);
	return text;
}

/* ---- Windows ---- */

enum side { SIDE_BOTH, SIDE_BEFORE, SIDE_AFTER };

static const char *windows_of(struct items *items, enum side side)
{
	const struct hop *hop = &items->hop->hop;
	const char *const *name = side == SIDE_AFTER ? hop->after->windows : hop->before->windows;
	struct name_list list = { .text = STRBUF_INIT };

	for (; *name; name++) {
		if (hop_takes_windows(hop, *name) == (side == SIDE_BOTH))
			list_add(&list, *name);
	}
	return list_end(&list, "or", items->arena);
}

static void add_windows(struct items *items)
{
	const struct hop *hop = &items->hop->hop;
	const char *source = hop->source->brief, *target = hop->target->brief;
	const char *both, *old, *new;

	if (!hop->after->windows_text)
		return;
	if (!hop->before->windows) {
		add(items, ROAD_BEFORE, ROAD_WINDOWS,
		    arena_printf(items->arena, "Servers: %s, which %s supports; for %s no list was read.",
				 hop->after->windows_text, target, source));
		return;
	}
	both = windows_of(items, SIDE_BOTH);
	old = windows_of(items, SIDE_BEFORE);
	new = windows_of(items, SIDE_AFTER);
	if (!both)
		add(items, ROAD_DURING, ROAD_WINDOWS,
		    arena_printf(items->arena,
				 "No Windows fits both: between uninstallation and installation the servers move to "
				 "Windows Server %s, or are replaced by new ones with it.", new));
	if (both && old)
		add(items, ROAD_BEFORE, ROAD_WINDOWS,
		    arena_printf(items->arena,
				 "Servers on Windows Server %s move to Windows Server %s, which fits both, while on "
				 "%s.", old, both, source));
	if (both && !old)
		add(items, ROAD_BEFORE, ROAD_WINDOWS,
		    arena_printf(items->arena, "Servers may stay on Windows Server %s, which fits both.", both));
	if (both && new)
		add(items, ROAD_AFTER, ROAD_WINDOWS,
		    arena_printf(items->arena, "Windows Server %s may come now, not before.", new));
}

/* ---- SQL Server ---- */

/* "2019 (15.0.4073.23 or later)" */
static const char *sql_name(struct items *items, const struct sql_version *version)
{
	return version->least ? arena_printf(items->arena, "%s (%s or later)", version->name, version->least)
			      : version->name;
}

/* Those of one side, or of both; LATE: only those that need a level of the target. */
static const char *sql_of(struct items *items, enum side side, bool late)
{
	const struct hop *hop = &items->hop->hop;
	const struct sql_version *version = side == SIDE_BEFORE ? hop->before->sql : hop->after->sql;
	struct name_list list = { .text = STRBUF_INIT };

	for (; version->name; version++) {
		if (hop_takes_sql(hop, version->name) == (side == SIDE_BOTH) && late == (version->from_level != NULL))
			list_add(&list, sql_name(items, version));
	}
	return list_end(&list, "or", items->arena);
}

static const char *level_of_late_sql(const struct hop *hop)
{
	const struct sql_version *version = hop->after->sql;

	while (version->name && !version->from_level)
		version++;
	return version->from_level;
}

/* The database moves between uninstallation and installation, or while the old release runs. */
static void add_sql_moves(struct items *items, const char *both, const char *old)
{
	const struct hop *hop = &items->hop->hop;
	const char *source = hop->source->brief;

	if (!both)
		add(items, ROAD_DURING, ROAD_SQL,
		    arena_printf(items->arena,
				 "No SQL Server fits both: the database moves to SQL Server %s between uninstallation "
				 "and installation.", sql_of(items, SIDE_AFTER, false)));
	else if (old && items->hop->edge->method == METHOD_REINSTALL)
		add(items, ROAD_DURING, ROAD_SQL,
		    arena_printf(items->arena,
				 "A database on SQL Server %s moves to SQL Server %s, which fits both, before the "
				 "installation.", old, both));
	else if (old)
		add(items, ROAD_BEFORE, ROAD_SQL,
		    arena_printf(items->arena,
				 "Databases on SQL Server %s move to SQL Server %s, which fits both, while on %s.",
				 old, both, source));
	else
		add(items, ROAD_BEFORE, ROAD_SQL,
		    arena_printf(items->arena, "Databases may stay on SQL Server %s, which fits both.", both));
}

static void add_sql(struct items *items)
{
	const struct hop *hop = &items->hop->hop;
	const char *both, *new, *late;

	if (!hop->after->sql)
		return;
	if (!hop->before->sql) {
		add(items, ROAD_BEFORE, ROAD_SQL,
		    arena_printf(items->arena,
				 "Databases: SQL Server %s, which %s supports; for %s no list was read.",
				 sql_of(items, SIDE_BOTH, false), hop->target->brief, hop->source->brief));
		return;
	}
	both = sql_of(items, SIDE_BOTH, false);
	new = sql_of(items, SIDE_AFTER, false);
	late = sql_of(items, SIDE_AFTER, true);
	add_sql_moves(items, both, sql_of(items, SIDE_BEFORE, false));
	if (both && new)
		add(items, ROAD_AFTER, ROAD_SQL,
		    arena_printf(items->arena, "SQL Server %s may come now, not before.", new));
	if (late)
		add(items, ROAD_AFTER, ROAD_SQL,
		    arena_printf(items->arena, "SQL Server %s may come once %s has %s, not before; setup refuses it.",
				 late, hop->target->brief, level_of_late_sql(hop)));
}

/* ---- how long they are supported themselves ---- */

/* Public lifecycle tables [FIELD]: the last day, or the month, of all support. */
static const struct {
	enum road_topic topic;
	const char *name, *until;
} own_ends[] = {
	{ ROAD_WINDOWS, "2012 R2", "October 2023" },  { ROAD_WINDOWS, "2016", "January 2027" },
	{ ROAD_WINDOWS, "2019", "January 2029" },     { ROAD_SQL, "2014", "July 9, 2024" },
	{ ROAD_SQL, "2016", "July 14, 2026" },        { ROAD_SQL, "2017", "October 12, 2027" },
	{ ROAD_SQL, "2019", "January 8, 2030" },      { ROAD_SQL, "2022", "January 11, 2033" },
};

static bool is_common(const struct hop *hop, enum road_topic topic, const char *name)
{
	/* The other release's list alone tells nothing of both. */
	if (topic == ROAD_WINDOWS)
		return hop->before->windows && hop->after->windows && hop_takes_windows(hop, name);
	return hop->before->sql && hop->after->sql && hop_takes_sql(hop, name);
}

static void add_own_ends(struct items *items)
{
	struct strbuf text = STRBUF_INIT;

	for (size_t i = 0; i < ARRAY_LEN(own_ends); i++) {
		if (is_common(&items->hop->hop, own_ends[i].topic, own_ends[i].name))
			strbuf_printf(&text, "%s%s %s until %s", text.length ? "; " : "",
				      own_ends[i].topic == ROAD_WINDOWS ? "Windows Server" : "SQL Server",
				      own_ends[i].name, own_ends[i].until);
	}
	if (text.length)
		add(items, ROAD_AFTER, ROAD_OTHER,
		    arena_printf(items->arena, "What fits both is supported for a time only: %s.", strbuf_text(&text)));
	strbuf_clear(&text);
}

/* ---- levels, drivers, agents ---- */

static void add_level(struct items *items, bool first)
{
	const struct road_hop *hop = items->hop;
	const struct release *source = hop->hop.source;
	const struct release_level *level = hop->stage ? release_level_find(source, hop->stage) : NULL;

	add(items, ROAD_BEFORE, ROAD_LEVEL,
	    hop->minimum || hop->recommended
		    ? arena_printf(items->arena, "%s has %s.", source->brief, hop->edge->level_text)
		    : arena_printf(items->arena, "No document names a level of %s.", source->brief));
	if (level && !first)
		add(items, ROAD_BEFORE, ROAD_LEVEL,
		    arena_printf(items->arena, "Bring it to %s%s%s%s and its newest fix while you are there.",
				 hop->stage, level->server ? " (" : "", level->server ? level->server : "",
				 level->server ? ")" : ""));
}

/* What the flag OLEDB says is for every group. */
static void add_drivers(struct items *items)
{
	const struct driver_rule *rule = items->hop->hop.after->drivers;

	if (!rule)
		return;
	if (rule->with_sql && !rule->always && rule->least_oledb && rule->least_odbc)
		add(items, ROAD_BEFORE, ROAD_DRIVERS,
		    arena_printf(items->arena,
				 "With SQL Server %s or later: OLE DB Driver %s and ODBC Driver %s or later on the "
				 "management servers.", rule->with_sql, rule->least_oledb, rule->least_odbc));
	if (rule->newest_sql && rule->newest_oledb && rule->newest_odbc)
		add(items, ROAD_AFTER, ROAD_DRIVERS,
		    arena_printf(items->arena, "With SQL Server %s: OLE DB Driver %s and ODBC Driver %s or later.",
				 rule->newest_sql, rule->newest_oledb, rule->newest_odbc));
}

static void add_agents(struct items *items)
{
	const struct hop *hop = &items->hop->hop;

	if (hop->after->agent_windows_text)
		add(items, ROAD_AFTER, ROAD_AGENTS,
		    arena_printf(items->arena,
				 "The agents get %s too, on %s: no document mentions agents that are two releases "
				 "behind.", hop->target->brief, hop->after->agent_windows_text));
}

/* ---- flags ---- */

static enum road_topic topic_of(enum release_flag flag)
{
	if (flag == FLAG_OLEDB || flag == FLAG_DOTNET472)
		return ROAD_DRIVERS;
	if (flag == FLAG_X64_ONLY || flag == FLAG_UNIX_DROP || flag == FLAG_AGENT_FLOOR_2012 ||
	    flag == FLAG_AGENT_FLOOR_2016 || flag == FLAG_AGENT_CET)
		return ROAD_AGENTS;
	return ROAD_OTHER;
}

static enum road_when when_of(const char *phase)
{
	if (strncmp(phase, "pre", 3) == 0)
		return ROAD_BEFORE;
	return strncmp(phase, "post", 4) == 0 ? ROAD_AFTER : ROAD_DURING;
}

/* Moves stand in words of their own, with what fits. */
static bool is_told(enum release_flag flag)
{
	return flag != FLAG_OS_MOVE && flag != FLAG_SQL_MOVE && flag != FLAG_SAC;
}

/* "Only below UR7: list and retire agents on platforms that the target drops: HP-UX." */
static const char *flag_text(struct items *items, const struct edge_flag *flag)
{
	const char *step = release_flags[flag->flag].step;
	struct strbuf text = STRBUF_INIT;
	const char *kept;

	if (flag->below)
		strbuf_printf(&text, "Only below %s: %s", flag->below, step);
	else if (flag->from)
		strbuf_printf(&text, "When %s gets %s or later%s%s: %s", items->hop->hop.target->brief, flag->from,
			      flag->until ? ", below " : "", flag->until ? flag->until : "", step);
	else if (flag->until)
		strbuf_printf(&text, "Unless %s gets %s or later: %s", items->hop->hop.target->brief, flag->until,
			      step);
	else
		strbuf_printf(&text, "%c%s", *step >= 'a' && *step <= 'z' ? *step - 'a' + 'A' : *step, step + 1);
	if (flag->list)
		strbuf_printf(&text, ": %s", flag->list);
	strbuf_putc(&text, '.');
	kept = arena_strdup(items->arena, strbuf_text(&text));
	strbuf_clear(&text);
	return kept;
}

static void add_flags(struct items *items)
{
	const struct edge_flag *flag = items->hop->edge->flags;

	for (; flag && flag->flag != RELEASE_FLAG_COUNT; flag++) {
		if (is_told(flag->flag))
			add(items, when_of(release_flags[flag->flag].phase), topic_of(flag->flag),
			    flag_text(items, flag));
	}
}

void road_fill(struct road_hop *hop, bool first, struct arena *arena)
{
	struct items items = { .hop = hop, .arena = arena };
	struct road_item *sorted;

	add_level(&items, first);
	if (hop->hop.before && hop->hop.after) {
		add_windows(&items);
		add_sql(&items);
		add_drivers(&items);
		add_own_ends(&items);
	}
	add_flags(&items);
	if (hop->hop.after)
		add_agents(&items);
	sorted = arena_array(arena, items.count + 1, sizeof(*sorted));
	for (int when = 0; when < ROAD_WHEN_COUNT; when++) {
		for (size_t i = 0; i < items.count; i++) {
			if (items.items[i].when == (enum road_when)when)
				sorted[hop->item_count++] = items.items[i];
		}
	}
	hop->items = sorted;
}
