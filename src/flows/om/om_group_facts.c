/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What a management server knows of its group: the section "group".
 */
#include "flows/om/om_facts.h"

#include "core/text.h"
#include "model/facts.h"

enum { MOST_AGENTS = 1000000, MOST_PAIRS = 10000 };

/* clang-format off */
static const struct choice licenses[] = {
	{ .id = "retail" }, { .id = "evaluation" }, { .id = "other" }, { .id = NULL }
};
static const struct choice health_states[] = {
	{ .id = "success" }, { .id = "warning" }, { .id = "error" }, { .id = "unknown" }, { .id = NULL }
};
static const struct choice pending_types[] = {
	{ .id = "manual-approval" }, { .id = "push-install" }, { .id = "update" }, { .id = "repair" },
	{ .id = "failed" }, { .id = "other" }, { .id = NULL }
};
static const struct choice place_databases[] = {
	{ .id = "operational" }, { .id = "data-warehouse" }, { .id = NULL }
};
static const struct choice places[] = {
	{ .id = "setup" }, { .id = "common" }, { .id = "setting" }, { .id = "table" }, { .id = "member" },
	{ .id = NULL }
};

const struct field fact_group_name = {
	.key = "group.name", .kind = FIELD_TEXT, .flags = FIELD_REQUIRED, .limit = FACT_ACCOUNT,
	.help = "Name of the management group.",
};
const struct field fact_group_version = {
	.key = "group.version", .kind = FIELD_TEXT, .rule = rule_fact_version,
	.help = "Build of the server that answered.",
};
const struct field fact_group_rms_emulator = {
	.key = "group.rms-emulator", .kind = FIELD_TEXT, .limit = FACT_NAME,
	.help = "The management server that holds the RMS emulator.",
};
const struct field fact_group_license = {
	.key = "group.license", .kind = FIELD_CHOICE, .choices = licenses,
	.help = "Kind of license.",
};
const struct field fact_group_license_ends = {
	.key = "group.license-ends", .kind = FIELD_TEXT, .rule = rule_date,
	.help = "Day on which an evaluation ends: 2027-03-01.",
};
const struct field fact_group_level_database = {
	.key = "group.update-level-database", .kind = FIELD_TEXT, .rule = rule_fact_version,
	.help = "Highest script of an update rollup that ran in the operational database.",
};
const struct field fact_group_level_warehouse = {
	.key = "group.update-level-warehouse", .kind = FIELD_TEXT, .rule = rule_fact_version,
	.help = "The same in the data warehouse.",
};
const struct field fact_group_server_name = {
	.key = "name", .kind = FIELD_TEXT, .flags = FIELD_REQUIRED, .limit = FACT_NAME,
	.help = "DNS name.",
};
const struct field fact_group_server_version = {
	.key = "version", .kind = FIELD_TEXT, .rule = rule_fact_version,
	.help = "Build as the group knows it.",
};
const struct field fact_group_server_health = {
	.key = "health", .kind = FIELD_CHOICE, .choices = health_states,
	.help = "State of its health service.",
};
static const struct field *const server_columns[] = {
	&fact_group_server_name, &fact_group_server_version, &fact_group_server_health, NULL
};
const struct field fact_group_servers = {
	.key = "group.management-servers", .kind = FIELD_ROWS, .columns = server_columns, .limit = 1000,
	.help = "Management servers of the group.",
};
const struct field fact_gateway_name = {
	.key = "name", .kind = FIELD_TEXT, .flags = FIELD_REQUIRED, .limit = FACT_NAME,
	.help = "DNS name.",
};
const struct field fact_gateway_version = {
	.key = "version", .kind = FIELD_TEXT, .rule = rule_fact_version,
	.help = "Build as the group knows it.",
};
const struct field fact_gateway_agents = {
	.key = "agents", .kind = FIELD_NUMBER, .maximum = MOST_AGENTS,
	.help = "Agents behind it.",
};
const struct field fact_gateway_agents_alone = {
	.key = "agents-without-failover", .kind = FIELD_NUMBER, .maximum = MOST_AGENTS,
	.help = "Those of them that can change to no other server.",
};
static const struct field *const gateway_columns[] = {
	&fact_gateway_name, &fact_gateway_version, &fact_gateway_agents, &fact_gateway_agents_alone, NULL
};
const struct field fact_group_gateways = {
	.key = "group.gateways", .kind = FIELD_ROWS, .columns = gateway_columns, .limit = 2000,
	.help = "Gateway servers of the group.",
};
const struct field fact_gateway_failover_gateway = {
	.key = "gateway", .kind = FIELD_TEXT, .flags = FIELD_REQUIRED, .limit = FACT_NAME,
	.help = "DNS name of the gateway.",
};
const struct field fact_gateway_failover_server = {
	.key = "management-server", .kind = FIELD_TEXT, .flags = FIELD_REQUIRED, .limit = FACT_NAME,
	.help = "A server that it can change to.",
};
static const struct field *const gateway_failover_columns[] = {
	&fact_gateway_failover_gateway, &fact_gateway_failover_server, NULL
};
const struct field fact_group_gateway_failovers = {
	.key = "group.gateway-failovers", .kind = FIELD_ROWS, .columns = gateway_failover_columns, .limit = MOST_PAIRS,
	.help = "What each gateway can change to.",
};
const struct field fact_gateway_pair_gateway = {
	.key = "gateway", .kind = FIELD_TEXT, .flags = FIELD_REQUIRED, .limit = FACT_NAME,
	.help = "DNS name of the gateway.",
};
const struct field fact_gateway_pair_failover = {
	.key = "failover", .kind = FIELD_TEXT, .flags = FIELD_REQUIRED, .limit = FACT_NAME,
	.help = "Another gateway, which its agents can change to.",
};
const struct field fact_gateway_pair_agents = {
	.key = "agents", .kind = FIELD_NUMBER, .maximum = MOST_AGENTS,
	.help = "How many of them can.",
};
static const struct field *const gateway_pair_columns[] = {
	&fact_gateway_pair_gateway, &fact_gateway_pair_failover, &fact_gateway_pair_agents, NULL
};
const struct field fact_group_gateway_pairs = {
	.key = "group.gateway-pairs", .kind = FIELD_ROWS, .columns = gateway_pair_columns, .limit = MOST_PAIRS,
	.help = "Gateways that stand in for each other.",
};
const struct field fact_pool_name = {
	.key = "pool", .kind = FIELD_TEXT, .flags = FIELD_REQUIRED, .limit = FACT_TEXT,
	.help = "Name of the pool in its management pack.",
};
const struct field fact_pool_member = {
	.key = "member", .kind = FIELD_TEXT, .flags = FIELD_REQUIRED, .limit = FACT_NAME,
	.help = "DNS name of a member.",
};
const struct field fact_pool_network_devices = {
	.key = "network-devices", .kind = FIELD_NUMBER, .maximum = MOST_AGENTS,
	.help = "Network devices of the pool.",
};
static const struct field *const pool_columns[] = {
	&fact_pool_name, &fact_pool_member, &fact_pool_network_devices, NULL
};
const struct field fact_group_pool_members = {
	.key = "group.pool-members", .kind = FIELD_ROWS, .columns = pool_columns, .limit = MOST_PAIRS,
	.help = "Members of resource pools that watch network devices.",
};
const struct field fact_group_agents = {
	.key = "group.agents", .kind = FIELD_NUMBER, .maximum = MOST_AGENTS,
	.help = "Agents on Windows.",
};
const struct field fact_group_agents_push = {
	.key = "group.agents-push", .kind = FIELD_NUMBER, .maximum = MOST_AGENTS,
	.help = "Those that the console can upgrade.",
};
const struct field fact_group_agents_manual = {
	.key = "group.agents-manual", .kind = FIELD_NUMBER, .maximum = MOST_AGENTS,
	.help = "Those that were installed by hand.",
};
const struct field fact_group_agents_ad = {
	.key = "group.agents-ad-managed", .kind = FIELD_NUMBER, .maximum = MOST_AGENTS,
	.help = "Those that Active Directory assigns to their servers.",
};
const struct field fact_agent_version = {
	.key = "version", .kind = FIELD_TEXT, .rule = rule_fact_version,
	.help = "Build.",
};
const struct field fact_agent_count = {
	.key = "count", .kind = FIELD_NUMBER, .flags = FIELD_REQUIRED, .maximum = MOST_AGENTS,
	.help = "How many.",
};
static const struct field *const agent_version_columns[] = {
	&fact_agent_version, &fact_agent_count, NULL
};
const struct field fact_group_agent_versions = {
	.key = "group.agent-versions", .kind = FIELD_ROWS, .columns = agent_version_columns, .limit = 2000,
	.help = "Agents by build.",
};
const struct field fact_agent_os_version = {
	.key = "os-version", .kind = FIELD_TEXT, .flags = FIELD_REQUIRED, .rule = rule_fact_version,
	.help = "Version of Windows: 6.3.9600.",
};
static const struct field *const agent_system_columns[] = {
	&fact_agent_os_version, NULL
};
const struct field fact_group_agent_systems = {
	.key = "group.agent-systems", .kind = FIELD_ROWS, .columns = agent_system_columns, .limit = 500,
	.help = "Versions of Windows of the agents.",
};
const struct field fact_manual_agent_name = {
	.key = "name", .kind = FIELD_TEXT, .flags = FIELD_REQUIRED, .limit = FACT_NAME,
	.help = "Name of the computer.",
};
const struct field fact_manual_agent_version = {
	.key = "version", .kind = FIELD_TEXT, .rule = rule_fact_version,
	.help = "Build.",
};
static const struct field *const manual_agent_columns[] = {
	&fact_manual_agent_name, &fact_manual_agent_version, NULL
};
const struct field fact_group_manual_agents = {
	.key = "group.manual-agents", .kind = FIELD_ROWS, .columns = manual_agent_columns, .limit = 20000,
	.help = "Agents that were installed by hand.",
};
const struct field fact_pending_type = {
	.key = "type", .kind = FIELD_CHOICE, .flags = FIELD_REQUIRED, .choices = pending_types,
	.help = "What waits.",
};
const struct field fact_pending_count = {
	.key = "count", .kind = FIELD_NUMBER, .flags = FIELD_REQUIRED, .maximum = MOST_AGENTS,
	.help = "How many.",
};
static const struct field *const pending_columns[] = {
	&fact_pending_type, &fact_pending_count, NULL
};
const struct field fact_group_pending = {
	.key = "group.pending", .kind = FIELD_ROWS, .columns = pending_columns, .limit = 20,
	.help = "What waits under Pending Management.",
};
const struct field fact_group_unix = {
	.key = "group.unix-linux", .kind = FIELD_NUMBER, .maximum = MOST_AGENTS,
	.help = "UNIX and Linux computers.",
};
const struct field fact_group_web_console_url = {
	.key = "group.web-console-url", .kind = FIELD_TEXT, .limit = FACT_URL,
	.help = "Address of the web console in the group's settings.",
};
const struct field fact_group_reporting_url = {
	.key = "group.reporting-url", .kind = FIELD_TEXT, .limit = FACT_URL,
	.help = "Address of Reporting in the group's settings.",
};
const struct field fact_group_acs_collectors = {
	.key = "group.acs-collectors", .kind = FIELD_NAMES, .limit = 100,
	.help = "ACS collectors that were discovered; left out when none was.",
};
const struct field fact_data_access_server = {
	.key = "server", .kind = FIELD_TEXT, .flags = FIELD_REQUIRED, .limit = FACT_NAME,
	.help = "DNS name of the management server.",
};
const struct field fact_data_access_account = {
	.key = "account", .kind = FIELD_TEXT, .flags = FIELD_REQUIRED, .limit = FACT_ACCOUNT,
	.help = "Account of its Data Access Service.",
};
static const struct field *const data_access_columns[] = {
	&fact_data_access_server, &fact_data_access_account, NULL
};
const struct field fact_group_data_access_accounts = {
	.key = "group.data-access-accounts", .kind = FIELD_ROWS, .columns = data_access_columns, .limit = 1000,
	.help = "Accounts of the Data Access Service.",
};
const struct field fact_group_data_reader = {
	.key = "group.data-reader", .kind = FIELD_TEXT, .limit = FACT_ACCOUNT,
	.help = "The Data Reader account.",
};
const struct field fact_run_as_profile = {
	.key = "profile", .kind = FIELD_TEXT, .flags = FIELD_REQUIRED, .limit = FACT_TEXT,
	.help = "Name of the profile in its management pack.",
};
const struct field fact_run_as_class = {
	.key = "class", .kind = FIELD_TEXT, .limit = FACT_TEXT,
	.help = "Name of the class that it is for.",
};
const struct field fact_run_as_account = {
	.key = "account", .kind = FIELD_TEXT, .flags = FIELD_REQUIRED, .limit = FACT_ACCOUNT,
	.help = "The account.",
};
static const struct field *const run_as_columns[] = {
	&fact_run_as_profile, &fact_run_as_class, &fact_run_as_account, NULL
};
const struct field fact_group_run_as = {
	.key = "group.run-as", .kind = FIELD_ROWS, .columns = run_as_columns, .limit = 200,
	.help = "Accounts of Run As profiles.",
};
const struct field fact_connector_name = {
	.key = "name", .kind = FIELD_TEXT, .flags = FIELD_REQUIRED, .limit = FACT_TEXT,
	.help = "Name.",
};
const struct field fact_connector_initialized = {
	.key = "initialized", .kind = FIELD_FLAG,
	.help = "It is in use.",
};
static const struct field *const connector_columns[] = {
	&fact_connector_name, &fact_connector_initialized, NULL
};
const struct field fact_group_connectors = {
	.key = "group.connectors", .kind = FIELD_ROWS, .columns = connector_columns, .limit = 100,
	.help = "Product connectors, internal ones too.",
};
const struct field fact_group_subscriptions = {
	.key = "group.subscriptions", .kind = FIELD_NUMBER, .maximum = MOST_AGENTS,
	.help = "Notification subscriptions.",
};
const struct field fact_group_subscriptions_enabled = {
	.key = "group.subscriptions-enabled", .kind = FIELD_NUMBER, .maximum = MOST_AGENTS,
	.help = "Those that are enabled.",
};
const struct field fact_pack_name = {
	.key = "name", .kind = FIELD_TEXT, .flags = FIELD_REQUIRED, .limit = FACT_TEXT,
	.help = "Name of the management pack.",
};
const struct field fact_pack_version = {
	.key = "version", .kind = FIELD_TEXT, .rule = rule_fact_version,
	.help = "Its version.",
};
static const struct field *const pack_columns[] = {
	&fact_pack_name, &fact_pack_version, NULL
};
const struct field fact_group_packs_third_party = {
	.key = "group.packs-third-party", .kind = FIELD_ROWS, .columns = pack_columns, .limit = 500,
	.help = "Sealed management packs of other makers.",
};
const struct field fact_group_packs_duplicate_alias = {
	.key = "group.packs-duplicate-alias", .kind = FIELD_NAMES, .limit = 500,
	.help = "Management packs with two aliases of references that differ in case only.",
};
const struct field fact_place_database = {
	.key = "database", .kind = FIELD_CHOICE, .flags = FIELD_REQUIRED, .choices = place_databases,
	.help = "Which database.",
};
const struct field fact_place_place = {
	.key = "place", .kind = FIELD_CHOICE, .flags = FIELD_REQUIRED, .choices = places,
	.help = "Where it is written down.",
};
const struct field fact_place_server = {
	.key = "server", .kind = FIELD_TEXT, .flags = FIELD_REQUIRED, .limit = FACT_NAME,
	.help = "SQL Server that is named there.",
};
const struct field fact_place_name = {
	.key = "name", .kind = FIELD_TEXT, .limit = FACT_NAME,
	.help = "Database that is named there.",
};
static const struct field *const place_columns[] = {
	&fact_place_database, &fact_place_place, &fact_place_server, &fact_place_name, NULL
};
const struct field fact_group_database_places = {
	.key = "group.database-places", .kind = FIELD_ROWS, .columns = place_columns, .limit = 20,
	.help = "Where this server and the group say that the databases are.",
};
/* clang-format on */

const struct field *const om_group_facts[] = {
	&fact_group_name, &fact_group_version, &fact_group_rms_emulator, &fact_group_license,
	&fact_group_license_ends, &fact_group_level_database, &fact_group_level_warehouse, &fact_group_servers,
	&fact_group_gateways, &fact_group_gateway_failovers, &fact_group_gateway_pairs, &fact_group_pool_members,
	&fact_group_agents, &fact_group_agents_push, &fact_group_agents_manual, &fact_group_agents_ad,
	&fact_group_agent_versions, &fact_group_agent_systems, &fact_group_manual_agents, &fact_group_pending,
	&fact_group_unix, &fact_group_web_console_url, &fact_group_reporting_url, &fact_group_acs_collectors,
	&fact_group_data_access_accounts, &fact_group_data_reader, &fact_group_run_as, &fact_group_connectors,
	&fact_group_subscriptions, &fact_group_subscriptions_enabled, &fact_group_packs_third_party,
	&fact_group_packs_duplicate_alias, &fact_group_database_places, NULL
};

static bool is_group(const char *name, const char *wanted)
{
	return !wanted || !*wanted || text_equal_fold(name, wanted);
}

const struct fact_set *om_group(const struct facts *facts, const char *wanted)
{
	const struct fact_set *newest = NULL;
	const char *latest = "";

	for (size_t i = 0; i < facts_count(facts); i++) {
		const struct fact_set *set = facts_at(facts, i);
		const char *collected = fact_text(set, &fact_collected), *name = fact_text(set, &fact_group_name);

		/* Times of this form are in the order of their letters. */
		if (name && is_group(name, wanted) && collected && strcmp(collected, latest) > 0) {
			newest = set;
			latest = collected;
		}
	}
	return newest;
}

bool om_is_foreign(const struct fact_set *set, const char *wanted)
{
	const struct names *groups = fact_names(set, &fact_install_groups);
	const char *name = fact_text(set, &fact_group_name);

	if (name || !groups || !groups->count)
		return name && !is_group(name, wanted);
	for (size_t i = 0; i < groups->count; i++) {
		if (is_group(groups->items[i], wanted))
			return false;
	}
	return true;
}
