/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Service Management Automation: upgrades whose releases share no Windows or no SQL Server, so that servers and the
 * database change between removal and installation; and the level of the source, which no build tells.
 */
#include "core/text.h"
#include "flows/common/both_sides.h"
#include "flows/sma/sma.h"

/* ---- servers ---- */

static const char *replaces(const struct server *server)
{
	return ((const struct sma_server *)server)->replaces;
}

bool sma_is_new(const struct scope *scope)
{
	return replaces(scope->server) != NULL;
}

bool sma_is_replaced(const struct scope *scope)
{
	return plan_is_named(scope->plan, &sma_replaces, scope->server);
}

bool sma_row_ends(const struct scope *scope)
{
	struct scope here = scope_on(scope, (const struct server *)scope->record);

	return sma_is_replaced(&here);
}

bool sma_is_todays(const struct scope *scope)
{
	return !sma_is_new(scope);
}

bool sma_stays(const struct scope *scope)
{
	return !sma_is_replaced(scope);
}

bool sma_has_new_workers(const struct scope *scope)
{
	for (size_t i = 0; i < plan_server_count(scope->plan); i++) {
		const struct server *server = plan_server(scope->plan, i);

		if (server_has(server, SMA_WORKER) && replaces(server))
			return true;
	}
	return false;
}

bool sma_keeps_workers(const struct scope *scope)
{
	return !sma_has_new_workers(scope);
}

const struct server *sma_web_server(const struct scope *scope, bool after)
{
	for (size_t i = 0; i < plan_server_count(scope->plan); i++) {
		struct scope here = scope_on(scope, plan_server(scope->plan, i));

		if (server_has(here.server, SMA_WEB_SERVICE) && (after ? sma_stays(&here) : sma_is_todays(&here)))
			return here.server;
	}
	return NULL;
}

/* ---- what moves ---- */

/* Of a server that stays, on which both releases run one after the other. */
static enum due windows_moves(const struct scope *scope)
{
	const struct fact_set *facts = facts_of(scope->facts, scope->server->name);
	const char *text = fact_text(facts, &fact_os_version);
	unsigned version[4];

	if (!edge_flag_find(scope->hop->edge, FLAG_OS_MOVE) || sma_is_new(scope) || sma_is_replaced(scope))
		return DUE_NO;
	if (!text)
		return DUE_OPEN;
	fact_version(text, version);
	return side_of_windows(scope->hop, version) & SIDE_TARGET ? DUE_NO : DUE_YES;
}

bool sma_moves_windows(const struct scope *scope)
{
	return windows_moves(scope) != DUE_NO;
}

const char *sma_move_windows_text(const struct scope *scope)
{
	const char *name = scope->server->name, *windows = scope->hop->after->windows_text;
	const char *what =
		arena_printf(scope->arena,
			     "Bring %s to %s while nothing of Service Management Automation is installed on "
			     "it: a new installation with the same name, or an upgrade of Windows. Its accounts "
			     "and features have to be there again before the installation.",
			     name, windows);

	return windows_moves(scope) == DUE_YES
		       ? what
		       : arena_printf(scope->arena, "If %s does not run %s: %s", name, windows, what);
}

static bool has_other_server(const struct scope *scope)
{
	return sma_answers(scope->plan)->source_sql_server;
}

static enum due database_moves(const struct scope *scope)
{
	bool known = false;

	if (!edge_flag_find(scope->hop->edge, FLAG_SQL_MOVE))
		return DUE_NO;
	if (has_other_server(scope) || !*hop_common_sql(scope->hop, scope->arena))
		return DUE_YES;
	for (size_t i = 0; i < facts_count(scope->facts); i++) {
		const struct fact_set *set = facts_at(scope->facts, i);

		if (!plan_find_server(scope->plan, fact_text(set, &fact_server)))
			continue;
		for (size_t k = 0; k < fact_row_count(set, &fact_databases); k++) {
			const char *text = fact_text(fact_row(set, &fact_databases, k), &fact_database_version);
			unsigned version[4];

			if (!text)
				continue;
			known = true;
			fact_version(text, version);
			if (!(side_of_sql(scope->hop, version) & SIDE_TARGET))
				return DUE_YES;
		}
	}
	return known ? DUE_NO : DUE_OPEN;
}

bool sma_moves_database(const struct scope *scope)
{
	return database_moves(scope) != DUE_NO;
}

bool sma_must_move_database(const struct scope *scope)
{
	return database_moves(scope) == DUE_YES;
}

/* SQL01\AUTO */
static const char *instance_of(const struct scope *scope, const char *server, const char *instance)
{
	if (!server)
		server = "<SQL Server>";
	return instance ? arena_printf(scope->arena, "%s\\%s", server, instance) : server;
}

#define DEFAULT_SQL_PORT 1433u

struct sql_place sma_todays_place(const struct scope *scope)
{
	const struct sma_answers *answers = sma_answers(scope->plan);
	bool other = has_other_server(scope);
	const char *server = other ? answers->source_sql_server : answers->sql_server;
	unsigned port = other ? answers->source_sql_port : answers->sql_port;
	struct sql_place place = { .database = answers->database };

	if (!place.database)
		place.database = SMA_DATABASE;
	if (!server || !*server)
		return place;
	place.server = instance_of(scope, server, other ? answers->source_sql_instance : answers->sql_instance);
	if (port && port != DEFAULT_SQL_PORT)
		place.server = arena_printf(scope->arena, "%s,%u", place.server, port);
	return place;
}

const char *sma_move_database_text(const struct scope *scope)
{
	const struct sma_answers *answers = sma_answers(scope->plan);
	const char *name = answers->database ? answers->database : SMA_DATABASE;
	const char *to = instance_of(scope, answers->sql_server, answers->sql_instance);
	const char *wanted = scope->hop->after->sql_text;

	if (has_other_server(scope))
		return arena_printf(
			scope->arena,
			"Make a last full backup, now that nothing writes, as in the step back-up-database, on %s. "
			"Copy the file, whose name it prints, to %s (SQL Server %s) and restore it there:\nRESTORE "
			"DATABASE %s FROM DISK = N'<that file>' WITH CHECKSUM;\nwith MOVE where the folders "
			"of its files differ. Make the logins of the service accounts there, with db_owner "
			"in the database. Set the old database offline: it remains the way back.",
			instance_of(scope, answers->source_sql_server, answers->source_sql_instance), to, wanted,
			script_sql_name(scope->arena, name));
	return arena_printf(scope->arena,
			    "%sUpgrade the instance %s to SQL Server %s while nothing of Service Management Automation "
			    "is installed, or restore the database on such an instance and name it in this plan "
			    "(source-database: where it is today; database: where it will be).",
			    database_moves(scope) == DUE_YES
				    ? ""
				    : arena_printf(scope->arena, "If %s is not SQL Server %s: ", to, wanted),
			    to, wanted);
}

/* ---- answers ---- */

static bool can_move_database(const struct scope *scope)
{
	return edge_flag_find(scope->hop->edge, FLAG_SQL_MOVE) != NULL;
}

static bool moves_to_other_server(const struct scope *scope)
{
	return can_move_database(scope) && has_other_server(scope);
}

static bool can_replace(const struct scope *scope)
{
	return edge_flag_find(scope->hop->edge, FLAG_OS_MOVE) != NULL;
}

static bool check_replaces(const struct scope *scope, struct report *to)
{
	const struct server *server = (const struct server *)scope->record;
	const char *name = replaces(server);
	const struct server *old = name ? plan_find_server(scope->plan, name) : NULL;

	if (!name)
		return true;
	if (!old || old == server)
		return report_error(to, "replaces-unknown",
				    "List the existing server with its roles, and name it here.",
				    "\"%s\" is not another server of this plan.", name);
	if (replaces(old))
		return report_error(to, "replaces-new", "Name the server that has the installed release.",
				    "\"%s\" is a new server itself.", name);
	if (server->roles & ~old->roles)
		return report_error(to, "replaces-roles", "Give both the same roles.",
				    "\"%s\" does not have all roles of the server that replaces it.", name);
	return true;
}

static bool asks_level(const struct scope *scope)
{
	return scope->hop->edge && scope->hop->edge->minimum_rollup;
}

unsigned long sma_level_number(const char *level)
{
	return level && str_starts(level, "UR") ? strtoul(level + 2, NULL, 10) : 0;
}

static bool check_level(const struct scope *scope, struct report *to)
{
	const char *level = scope->plan->answers->source_level;

	if (!level || str_eq(level, "RTM") || (sma_level_number(level) && sma_level_number(level) < 100))
		return true;
	return report_error(to, "no-such-level", "RTM for the first release, else as UR5.",
			    "\"%s\" is not a level of a release.", level);
}

const struct field sma_source_level = {
	.key = "source-level",
	.kind = FIELD_TEXT,
	.flags = FIELD_THIS_HOP,
	.offset = AT_TEXT(struct answers, source_level),
	.label = "Update rollup of {source} in use now",
	.brief = "Source level",
	.help = "RTM for the first release, else as UR5. No build shows it: the documents have none. {source} needs "
		"{source-level}.",
	.example = "UR5",
	.rule = rule_text,
	.tidy = tidy_trim,
	.check = check_level,
	.applies = asks_level,
	.source = "SMA upgrade pages; suite page [DOC]",
};

const struct field sma_source_server = {
	.key = "source-database.server",
	.kind = FIELD_TEXT,
	.flags = FIELD_THIS_HOP,
	.offset = AT_TEXT(struct sma_answers, source_sql_server),
	.label = "Current database server, if it changes",
	.brief = "Current database server",
	.example = "SQL01",
	.rule = rule_sql_server,
	.tidy = tidy_trim,
	.applies = can_move_database,
	.help = "Where the database is until the uninstallation; the database above is where it is restored. Empty: "
		"it stays where it is.",
	.source = "SMA system requirements of both releases [OURS]",
};

const struct field sma_source_instance = {
	.key = "source-database.instance",
	.kind = FIELD_TEXT,
	.flags = FIELD_THIS_HOP,
	.offset = AT_TEXT(struct sma_answers, source_sql_instance),
	.label = "Its instance",
	.example = "AUTOMATION",
	.rule = rule_sql_instance,
	.tidy = tidy_trim,
	.applies = moves_to_other_server,
	.help = "Only for a named instance; empty means the default one.",
	.source = "SMA deployment page [DOC]",
};

const struct field sma_source_port = {
	.key = "source-database.port",
	.kind = FIELD_NUMBER,
	.flags = FIELD_THIS_HOP,
	.offset = AT_NUMBER(struct sma_answers, source_sql_port),
	.label = "Its port",
	.preset = "1433",
	.maximum = 65535,
	.applies = moves_to_other_server,
	.help = "TCP port of the instance; 0 means that it is dynamic.",
	.source = "SMA deployment page [DOC]",
};

const struct field sma_replaces = {
	.key = "replaces",
	.kind = FIELD_TEXT,
	.flags = FIELD_THIS_HOP,
	.offset = AT_TEXT(struct sma_server, replaces),
	.label = "Existing server that it replaces",
	.brief = "Replaces",
	.example = "WRK01",
	.rule = rule_host,
	.tidy = tidy_trim,
	.check = check_replaces,
	.applies = can_replace,
	.help = "For a new machine: the server of this list from which the installed release is removed. Empty: this "
		"machine is not new.",
	.source = "SMA system requirements of both releases [OURS]",
};
