/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Operations Manager: when what the flags of an upgrade insert is due.
 */
#include "flows/om/om_later.h"
#include "flows/om/om_tests.h"

#include "flows/common/both_sides.h"

/* ---- levels ---- */

/* The lowest level that files of management servers show; NULL: of none is it known. */
static const struct release_level *level_of_facts(const struct scope *scope)
{
	const struct release_level *lowest = NULL;

	for (size_t i = 0; scope->facts && i < plan_server_count(scope->plan); i++) {
		const struct server *server = plan_server(scope->plan, i);
		const struct release_level *level;
		const char *build;

		if (!server_has(server, OM_MANAGEMENT_SERVER))
			continue;
		build = fact_text(facts_of(scope->facts, server->name), &fact_build_file);
		level = build ? release_level_of(scope->hop->source, build) : NULL;
		if (!level)
			return NULL;
		if (!lowest || level < lowest)
			lowest = level;
	}
	return lowest;
}

const struct release_level *om_source_level(const struct scope *scope)
{
	const char *id = scope->plan->answers->source_level;

	return id ? release_level_find(scope->hop->source, id) : level_of_facts(scope);
}

/* Asked for every step: the servers are looked at for the level of the source only where a flag depends on it. */
enum due om_flag(const struct scope *scope, enum release_flag flag)
{
	const struct release_level *update = common_update(scope);
	enum due verdict = hop_has_flag(scope->hop, flag, NULL, update);

	return verdict == DUE_OPEN ? hop_has_flag(scope->hop, flag, om_source_level(scope), update) : verdict;
}

const char *om_where_due(const struct scope *scope, enum due verdict, const char *condition, const char *text)
{
	return verdict == DUE_YES ? text : arena_printf(scope->arena, "If %s: %s", condition, text);
}

static bool is_due(const struct scope *scope, enum release_flag flag)
{
	return om_flag(scope, flag) != DUE_NO;
}

/* ---- moves ---- */

enum due om_server_moves(const struct scope *scope)
{
	const struct fact_set *facts = facts_of(scope->facts, scope->server->name);
	const char *text = fact_text(facts, &fact_os_version), *kind = fact_text(facts, &fact_os_kind);
	unsigned version[4];

	if (!text || !kind)
		return DUE_OPEN;
	fact_version(text, version);
	if (str_eq(kind, "workstation"))
		return DUE_NO;
	return side_of_windows(scope->hop, version) == SIDE_BOTH ? DUE_NO : DUE_YES;
}

#define SERVER_ROLES (OM_ALL_ROLES & ~(unsigned)(OM_AGENT | OM_CONSOLE))

static enum due worst_of_servers(const struct scope *scope, enum due (*ask)(const struct scope *scope))
{
	enum due worst = DUE_NO;

	for (size_t i = 0; i < plan_server_count(scope->plan) && worst != DUE_YES; i++) {
		struct scope here = scope_on(scope, plan_server(scope->plan, i));
		enum due one = server_has(here.server, SERVER_ROLES) ? ask(&here) : DUE_NO;

		worst = one > worst ? one : worst;
	}
	return worst;
}

enum due om_windows_moves(const struct scope *scope)
{
	return is_due(scope, FLAG_OS_MOVE) ? worst_of_servers(scope, om_server_moves) : DUE_NO;
}

static enum due database_moves(const struct hop *hop, const struct fact_set *database)
{
	const char *text = fact_text(database, &fact_database_version);
	unsigned version[4];

	if (!text)
		return DUE_OPEN;
	fact_version(text, version);
	return side_of_sql(hop, version) == SIDE_BOTH ? DUE_NO : DUE_YES;
}

enum due om_sql_moves(const struct scope *scope)
{
	enum due worst = DUE_NO;
	bool known = false;

	if (!is_due(scope, FLAG_SQL_MOVE))
		return DUE_NO;
	for (size_t i = 0; i < facts_count(scope->facts); i++) {
		const struct fact_set *set = facts_at(scope->facts, i);

		if (!plan_find_server(scope->plan, fact_text(set, &fact_server)))
			continue;
		for (size_t k = 0; k < fact_row_count(set, &fact_databases); k++) {
			enum due one = database_moves(scope->hop, fact_row(set, &fact_databases, k));

			worst = one > worst ? one : worst;
			known = true;
		}
	}
	return known ? worst : DUE_OPEN;
}

/* Whether a database is in an availability group: what an instance answered tells. */
enum due om_replica_verdict(const struct scope *scope)
{
	enum due verdict = DUE_OPEN;

	for (size_t i = 0; i < facts_count(scope->facts); i++) {
		const struct fact_set *set = facts_at(scope->facts, i);

		for (size_t k = 0; k < fact_row_count(set, &fact_databases); k++) {
			const struct fact_set *database = fact_row(set, &fact_databases, k);

			if (fact_text(database, &fact_database_group))
				return DUE_YES;
			if (fact_text(database, &fact_database_version))
				verdict = DUE_NO;
		}
	}
	return verdict;
}

bool om_has_replicas(const struct scope *scope)
{
	return om_replica_verdict(scope) != DUE_NO;
}

bool om_moves_windows(const struct scope *scope)
{
	return om_windows_moves(scope) != DUE_NO;
}

bool om_moves_sql(const struct scope *scope)
{
	return om_sql_moves(scope) != DUE_NO;
}

/* ---- before ---- */

#define ROW_DUE(function, flag)                                                                                        \
	bool function(const struct scope *scope)                                                                       \
	{                                                                                                              \
		return is_due(scope, flag);                                                                            \
	}
ROW_DUE(om_needs_logon_right, FLAG_LOGON_SERVICE)
ROW_DUE(om_drops_32_bit, FLAG_X64_ONLY)
ROW_DUE(om_changes_folder, FLAG_PATH_CHANGE)
ROW_DUE(om_needs_hotfix, FLAG_UR1_HOTFIX)

bool om_has_checksum(const struct scope *scope)
{
	return scope->hop->after->media_sha256 != NULL;
}

bool om_resets_registry(const struct scope *scope)
{
	return is_due(scope, FLAG_REG_RESET) || is_due(scope, FLAG_DWREG_RESET);
}

enum due om_unix_verdict(const struct scope *scope)
{
	unsigned count = om_answers(scope->plan)->unix_agents;

	return count == NUMBER_OPEN ? DUE_OPEN : count ? DUE_YES : DUE_NO;
}

bool om_has_unix_agents(const struct scope *scope)
{
	return om_unix_verdict(scope) != DUE_NO;
}

bool om_drops_unix(const struct scope *scope)
{
	return om_has_unix_agents(scope) && is_due(scope, FLAG_UNIX_DROP);
}

/* Whether agents of the group run on a Windows below FLOOR, by its version. */
static enum due has_agents_below(const struct scope *scope, const unsigned floor[4])
{
	const struct fact_set *group = om_own_group(scope);

	if (!fact_is_known(group, &fact_group_agent_systems))
		return DUE_OPEN;
	for (size_t i = 0; i < fact_row_count(group, &fact_group_agent_systems); i++) {
		const char *text = fact_text(fact_row(group, &fact_group_agent_systems, i), &fact_agent_os_version);
		unsigned version[4];

		if (text)
			fact_version(text, version);
		if (!text || fact_version_compare(version, floor) < 0)
			return DUE_YES;
	}
	return DUE_NO;
}

bool om_drops_windows(const struct scope *scope)
{
	static const unsigned windows_2012[4] = { 6, 2, 0, 0 }, windows_2016[4] = { 10, 0, 0, 0 };

	return (is_due(scope, FLAG_AGENT_FLOOR_2012) && has_agents_below(scope, windows_2012) != DUE_NO) ||
	       (is_due(scope, FLAG_AGENT_FLOOR_2016) && has_agents_below(scope, windows_2016) != DUE_NO);
}

/* The collector looks for such packs itself. */
bool om_needs_alias_check(const struct scope *scope)
{
	const struct names *packs = fact_names(om_own_group(scope), &fact_group_packs_duplicate_alias);

	return is_due(scope, FLAG_ALIAS) && (!packs || packs->count);
}

bool om_needs_linux_library(const struct scope *scope)
{
	return om_has_acs(scope) && om_has_unix_agents(scope) && is_due(scope, FLAG_ACS_LINUX_MP);
}

static bool has_drivers(const struct scope *scope)
{
	const struct fact_set *facts = facts_of(scope->facts, scope->server->name);
	const struct names *oledb = fact_names(facts, &fact_drivers_oledb);
	const struct names *odbc = fact_names(facts, &fact_drivers_odbc);

	return oledb && oledb->count && odbc && odbc->count;
}

bool om_needs_drivers(const struct scope *scope)
{
	return is_due(scope, FLAG_OLEDB) && !has_drivers(scope);
}

bool om_needs_net(const struct scope *scope)
{
	uint64_t release;

	return is_due(scope, FLAG_DOTNET472) &&
	       !(fact_number(facts_of(scope->facts, scope->server->name), &fact_net_release, &release) &&
		 release >= scope->hop->after->net_least);
}

bool om_needs_isapi(const struct scope *scope)
{
	return is_due(scope, FLAG_DOTNET472) && !str_eq(scope->hop->before->isapi, scope->hop->after->isapi);
}

static enum due disables_tls_10(const struct scope *scope)
{
	const struct fact_set *facts = facts_of(scope->facts, scope->server->name);
	const char *client = fact_text(facts, &fact_tls_10_client), *server = fact_text(facts, &fact_tls_10_server);

	if (str_eq(client, "disabled") || str_eq(server, "disabled"))
		return DUE_YES;
	return client && server ? DUE_NO : DUE_OPEN;
}

enum due om_tls_10_is_off(const struct scope *scope)
{
	return is_due(scope, FLAG_TLS10_SETUP) ? worst_of_servers(scope, disables_tls_10) : DUE_NO;
}

bool om_needs_tls_10(const struct scope *scope)
{
	return om_tls_10_is_off(scope) != DUE_NO;
}

/* ---- around setup ---- */

bool om_web_page_is_missing(const struct scope *scope)
{
	return !scope->hop->after->web_upgrade_page;
}

bool om_needs_helper_console(const struct scope *scope)
{
	return is_due(scope, FLAG_REPORT_CONSOLE) && om_alone(scope->server) && !server_has(scope->server, OM_CONSOLE);
}

bool om_reinstalls_web_console(const struct scope *scope)
{
	return om_alone(scope->server) && !server_has(scope->server, OM_AGENT) && om_web_page_is_missing(scope) &&
	       om_server(scope->server)->web_upgrade == OM_WEB_REINSTALL;
}

/* ---- the update rollup ---- */

bool om_updates(const struct scope *scope)
{
	return common_update(scope) != NULL;
}

bool om_updates_acs(const struct scope *scope)
{
	return om_updates(scope) && om_has_acs(scope);
}

bool om_updates_alone(const struct scope *scope)
{
	return om_updates(scope) && om_alone(scope->server);
}

/* Stand-alone roles on one machine are one step, that of the latest of them. What makes room for an agent is updated
 * when it is installed again. */
bool om_updates_console(const struct scope *scope)
{
	return om_updates_alone(scope) && !server_has(scope->server, OM_REPORTING | OM_AGENT);
}

bool om_updates_web_console(const struct scope *scope)
{
	return om_updates_console(scope) && !server_has(scope->server, OM_CONSOLE);
}

/* ---- after ---- */

static enum due has_ad_rules(const struct scope *scope)
{
	uint64_t managed;

	if (fact_number(om_own_group(scope), &fact_group_agents_ad, &managed))
		return managed ? DUE_YES : DUE_NO;
	return DUE_OPEN;
}

bool om_renames_ad_rules(const struct scope *scope)
{
	return is_due(scope, FLAG_AD_RULES) && has_ad_rules(scope) != DUE_NO;
}

const char *om_ad_rules_text(const struct scope *scope)
{
	enum due flag = om_flag(scope, FLAG_AD_RULES), rules = has_ad_rules(scope);

	return om_where_due(scope, flag < rules ? flag : rules,
			    "agents are assigned to management servers by Active Directory",
			    "Export the Default Management Pack to a folder. In the file "
			    "Microsoft.SystemCenter.OperationsManager.DefaultUser.xml change the ids of the rules from "
			    "_<DNS name of the domain>_<management server>_... to _<NetBIOS name of the domain>_"
			    "<management server>_..., with upper and lower case unchanged, and import it again.");
}

bool om_needs_tls_13_check(const struct scope *scope)
{
	return om_has_gateways(scope) && is_due(scope, FLAG_TLS13);
}

bool om_agents_may_crash(const struct scope *scope)
{
	return om_has_agents(scope) && is_due(scope, FLAG_AGENT_CET);
}

bool om_copies_agent_patch(const struct scope *scope)
{
	return is_due(scope, FLAG_GW_AGENT_MSP);
}

/* From the release on whose setup takes group managed accounts. */
bool om_shows_local_system(const struct scope *scope)
{
	return scope->hop->after->gmsa_setup && !scope->hop->before->gmsa_setup;
}

bool om_limits_report_files(const struct scope *scope)
{
	return om_has_reporting(scope) && release_sql(scope->hop->after, "2017") != NULL;
}
