/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Operations Manager: what facts say about the answers of a plan.
 *
 * The group knows its management servers and gateways, its accounts, agents and databases; what else a computer has is
 * known from its own file alone. An address names a server without proving that the role is there.
 */
#include "flows/om/om.h"

#include "core/text.h"
#include "flows/common/common_fill.h"
#include "model/hop.h"

#define WHERE_AGENTS "group.manual-agents"

/* Agents are no role to be proposed: most of them were pushed. */
static unsigned own_roles(const struct proposals *to, const struct fact_set *set)
{
	return fill_roles(proposals_plan(to), set) & ~(unsigned)OM_AGENT;
}

static unsigned roles_of(const struct proposals *to, const char *name)
{
	return own_roles(to, facts_of(proposals_facts(to), name));
}

/* The host that told about the group. */
static const char *teller(const struct proposals *to, const struct fact_set *group)
{
	const struct facts *facts = proposals_facts(to);

	for (size_t i = 0; i < facts_count(facts); i++) {
		if (facts_at(facts, i) == group)
			return facts_host_at(facts, i);
	}
	return "";
}

static void answer_number(struct proposals *to, const struct fact_set *group, const struct field *fact, const char *key,
			  const char *from)
{
	uint64_t number;

	if (fact_number(group, fact, &number))
		fill_answer(to, key, arena_printf(proposals_arena(to), "%llu", (unsigned long long)number), from,
		       WEIGHT_NONE);
}

/* ---- the release ---- */

static void propose_release(struct proposals *to, const struct fact_set *group, const char *from)
{
	const struct flow *flow = proposals_plan(to)->flow;
	const struct product_release *release =
		release_of_version(flow->releases, fact_text(group, &fact_group_version));
	const struct release_edge *edge;

	if (!release)
		return;
	edge = release_edge_planned(flow->edges, flow->id, release->release);
	fill_answer(to, "source", release->release, from, WEIGHT_NONE);
	fill_answer(to, "target", edge ? edge->to : NULL, from, WEIGHT_NONE);
}

/* ---- other groups ---- */

/* A web console and Reporting are of the group of the management server that they ask. */
static bool is_foreign(const struct proposals *to, const struct fact_set *set)
{
	const char *wanted = om_answers(proposals_plan(to))->management_group;
	const struct facts *facts = proposals_facts(to);

	return om_is_foreign(set, wanted) ||
	       om_is_foreign(facts_of(facts, fact_text(set, &fact_web_management_server)), wanted) ||
	       om_is_foreign(facts_of(facts, fact_text(set, &fact_reporting_management_server)), wanted);
}

/* The facts of the computer at INDEX, unless it is of another management group than the plan: those count for nothing.
 * Else NULL. */
static const struct fact_set *own_facts(const struct proposals *to, size_t index)
{
	const struct fact_set *set = facts_at(proposals_facts(to), index);

	return is_foreign(to, set) ? NULL : set;
}

/* Which group the plan is about was chosen by the newest file, or by the plan: nobody is to find that out later. */
static void tell_others(struct proposals *to)
{
	const char *wanted = om_answers(proposals_plan(to))->management_group, *name = NULL, *host = NULL;
	const struct facts *facts = proposals_facts(to);
	size_t others = 0;

	for (size_t i = 0; i < facts_count(facts); i++) {
		const char *told = own_facts(to, i) ? NULL : fact_text(facts_at(facts, i), &fact_group_name);

		if (told && others++ == 0) {
			name = told;
			host = facts_host_at(facts, i);
		}
	}
	if (others)
		propose_nothing(to, "management-group",
				"Name the other one where it is meant: management-group=NAME.",
				arena_printf(proposals_arena(to),
					     "The facts of %s%s are of another management group, %s, and are left "
					     "out: the plan is about %s.",
					     host, others > 1 ? " and other computers" : "", name, wanted));
}

/* ---- servers ---- */

static int compare_names(const void *a, const void *b)
{
	return text_compare_fold(*(const char *const *)a, *(const char *const *)b);
}

/* The names in COLUMN of the rows of LIST, in order; *COUNT of them. */
static const char **sorted(struct proposals *to, const struct fact_set *group, const struct field *list,
			   const struct field *column, size_t *count)
{
	size_t rows = fact_row_count(group, list);
	const char **names = arena_array(proposals_arena(to), rows, sizeof(*names));

	*count = 0;
	for (size_t i = 0; i < rows; i++)
		names[(*count)++] = fact_text(fact_row(group, list, i), column);
	if (*count)
		qsort(names, *count, sizeof(*names), compare_names);
	return names;
}

static void propose_member(struct proposals *to, struct host_names *names, const char *name, unsigned role,
			   const char *from)
{
	host_names_add(to, names, name);
	propose_server(to, name, role | roles_of(to, name), from,
		       role == OM_MANAGEMENT_SERVER ? WEIGHT_ERROR : WEIGHT_WARNING);
}

/* The one with the RMS emulator is upgraded first. */
static void propose_management_servers(struct proposals *to, const struct fact_set *group, const char *from)
{
	const char *first = fact_text(group, &fact_group_rms_emulator);
	struct host_names names = { NULL, 0, 0 };
	size_t count;
	const char **all = sorted(to, group, &fact_group_servers, &fact_group_server_name, &count);

	if (!fact_is_known(group, &fact_group_servers))
		return;
	for (size_t i = 0; first && i < count; i++) {
		if (host_equal(all[i], first))
			propose_member(to, &names, all[i], OM_MANAGEMENT_SERVER, from);
	}
	for (size_t i = 0; i < count; i++) {
		if (!first || !host_equal(all[i], first))
			propose_member(to, &names, all[i], OM_MANAGEMENT_SERVER, from);
	}
	propose_no_others(to, OM_MANAGEMENT_SERVER, &names, from);
}

static void propose_gateways(struct proposals *to, const struct fact_set *group, const char *from)
{
	struct host_names names = { NULL, 0, 0 };
	size_t count;
	const char **all = sorted(to, group, &fact_group_gateways, &fact_gateway_name, &count);

	if (!fact_is_known(group, &fact_group_gateways))
		return;
	for (size_t i = 0; i < count; i++)
		propose_member(to, &names, all[i], OM_GATEWAY, from);
	propose_no_others(to, OM_GATEWAY, &names, from);
}

static void propose_collectors(struct proposals *to, const struct fact_set *group, const char *from)
{
	const struct names *names = fact_names(group, &fact_group_acs_collectors);

	for (size_t i = 0; names && i < names->count; i++)
		propose_server(to, names->items[i], OM_MANAGEMENT_SERVER | OM_ACS, from, WEIGHT_WARNING);
}

/* Computers with a file of their own: consoles, web consoles, Reporting servers. */
static void propose_own(struct proposals *to)
{
	const struct facts *facts = proposals_facts(to);

	for (size_t i = 0; i < facts_count(facts); i++) {
		unsigned roles = own_roles(to, own_facts(to, i));

		if (roles)
			propose_server(to, facts_host_at(facts, i), roles, facts_host_at(facts, i), WEIGHT_NONE);
	}
}

/* Those that were installed by hand may be thousands: taken are the ones that somebody collected on. */
static void propose_agents(struct proposals *to, const struct fact_set *group, const char *from)
{
	size_t count = fact_row_count(group, &fact_group_manual_agents), left = 0;

	for (size_t i = 0; i < count; i++) {
		const char *name = fact_text(fact_row(group, &fact_group_manual_agents, i), &fact_manual_agent_name);

		if (facts_of(proposals_facts(to), name))
			propose_server(to, name, OM_AGENT, from, WEIGHT_NONE);
		else
			left += !plan_find_server(proposals_plan(to), name);
	}
	if (left)
		propose_nothing(to, "servers", "The list is in the facts, below " WHERE_AGENTS ".",
				arena_printf(proposals_arena(to),
					     left == 1 ? "%zu agent that was installed by hand is not in the plan."
						       : "%zu agents that were installed by hand are not in the plan.",
					     left));
}

/* The host of an address, "https://web01.contoso.com:80/x"; NULL: there is none. */
static const char *host_of(struct arena *arena, const char *url)
{
	const char *scheme = url ? strstr(url, "://") : NULL, *host = scheme ? scheme + 3 : url;

	return host && *host ? arena_strndup(arena, host, strcspn(host, ":/")) : NULL;
}

static void propose_address(struct proposals *to, const char *url, unsigned role, const char *what, const char *from)
{
	const struct plan *plan = proposals_plan(to);
	const char *host = host_of(proposals_arena(to), url);
	const struct server *server = plan_find_server(plan, host);

	if (!host || (server && server_has(server, role)) || plan_first_with(plan, role))
		return;
	propose_server(to, host, role, from, WEIGHT_WARNING);
	propose_nothing(to, "servers", "Find out whether it exists: run the collector on it.",
			arena_printf(proposals_arena(to), "%s is in the plan as %s because an address names it; this "
							  "was not checked.", host, what));
}

/* ---- settings of servers ---- */

/* NAME, which a web console or Reporting asks, is a load balancer's where no management server is called so. */
static void propose_balancer(struct proposals *to, const char *name, const char *host)
{
	const struct server *server = plan_find_server(proposals_plan(to), name);

	if (name && !host_equal(name, "localhost") && !(server && server_has(server, OM_MANAGEMENT_SERVER)))
		fill_answer(to, "data-access-address", name, host, WEIGHT_WARNING);
}

static void propose_web_console(struct proposals *to, struct record *record, const struct fact_set *set,
				const char *host)
{
	bool ssl;

	fill_setting(to, record, "web-site", fact_text(set, &fact_web_site), host, WEIGHT_WARNING);
	fill_setting(to, record, "web-authorization", fact_text(set, &fact_web_authorization), host, WEIGHT_WARNING);
	if (fact_flag(set, &fact_web_ssl, &ssl))
		fill_setting(to, record, "web-ssl", ssl ? "yes" : "no", host, WEIGHT_WARNING);
	propose_balancer(to, fact_text(set, &fact_web_management_server), host);
}

/* What Reporting reports to: a server of the plan, else the address of a load balancer. */
static void propose_reporting(struct proposals *to, struct record *record, const struct fact_set *set, const char *host)
{
	const char *name = fact_text(set, &fact_reporting_management_server);
	const struct server *server = plan_find_server(proposals_plan(to), name);

	if (server && server_has(server, OM_MANAGEMENT_SERVER))
		fill_setting(to, record, "management-server", server->name, host, WEIGHT_WARNING);
	else
		propose_balancer(to, name, host);
}

/* The gateway that most agents of this one have as their failover. */
static void propose_failover(struct proposals *to, struct record *record, const struct fact_set *group,
			     const char *from)
{
	const char *name = ((const struct server *)record)->name, *best = NULL;
	uint64_t most = 0, agents;

	for (size_t i = 0; i < fact_row_count(group, &fact_group_gateway_pairs); i++) {
		const struct fact_set *row = fact_row(group, &fact_group_gateway_pairs, i);
		const char *failover = fact_text(row, &fact_gateway_pair_failover);

		if (!host_equal(fact_text(row, &fact_gateway_pair_gateway), name) ||
		    !fact_number(row, &fact_gateway_pair_agents, &agents) || agents <= most ||
		    !plan_find_server(proposals_plan(to), failover))
			continue;
		most = agents;
		best = plan_find_server(proposals_plan(to), failover)->name;
	}
	fill_setting(to, record, "failover", best, from, WEIGHT_NONE);
}

static void propose_network_devices(struct proposals *to, struct record *record, const struct fact_set *group,
				    const char *from)
{
	const char *name = ((const struct server *)record)->name;
	uint64_t devices;

	for (size_t i = 0; i < fact_row_count(group, &fact_group_pool_members); i++) {
		const struct fact_set *row = fact_row(group, &fact_group_pool_members, i);

		if (host_equal(fact_text(row, &fact_pool_member), name) &&
		    fact_number(row, &fact_pool_network_devices, &devices) && devices)
			fill_setting(to, record, "network-devices", "yes", from, WEIGHT_WARNING);
	}
}

static void propose_settings(struct proposals *to, const struct fact_set *group, const char *from)
{
	const struct plan *plan = proposals_plan(to);

	for (size_t i = 0; i < plan_server_count(plan); i++) {
		struct record *record = plan->answers->servers.items[i];
		const struct server *server = (const struct server *)record;
		const struct fact_set *own = facts_of(proposals_facts(to), server->name);

		if (!server->name)
			continue;
		if (own && server_has(server, OM_WEB_CONSOLE) && om_alone(server))
			propose_web_console(to, record, own, server->name);
		if (own && server_has(server, OM_REPORTING) && om_alone(server))
			propose_reporting(to, record, own, server->name);
		if (server_has(server, OM_GATEWAY)) {
			propose_failover(to, record, group, from);
			propose_network_devices(to, record, group, from);
		}
	}
}

/* ---- accounts ---- */

static bool is_local_system(const char *account)
{
	return text_equal_fold(account, "LocalSystem") || text_equal_fold(account, "NT AUTHORITY\\SYSTEM");
}

/* Its difference from the plan is a prerequisite (data-access-account), not told again here. */
static void propose_data_access(struct proposals *to, const struct fact_set *group, const char *from)
{
	const struct facts *facts = proposals_facts(to);
	struct agreed agreed = { NULL, NULL, false };

	for (size_t i = 0; i < facts_count(facts); i++) {
		const struct fact_set *row =
			fact_row_with(own_facts(to, i), &fact_services, &fact_service_name, "OMSDK");

		agree(&agreed, fact_text(row, &fact_service_account), facts_host_at(facts, i));
	}
	for (size_t i = 0; i < fact_row_count(group, &fact_group_data_access_accounts); i++)
		agree(&agreed,
		      fact_text(fact_row(group, &fact_group_data_access_accounts, i), &fact_data_access_account), from);
	if (!agreed.value || agreed.differs)
		return;
	if (is_local_system(agreed.value))
		fill_answer(to, "accounts.data-access.kind", "local-system", agreed.from, WEIGHT_NONE);
	else
		fill_answer(to, "accounts.data-access.user", agreed.value, agreed.from, WEIGHT_NONE);
}

/* ---- databases ---- */

struct found_database {
	const char *role;              /* in the facts */
	const char *server, *name;     /* keys of the plan */
};

static const struct found_database found_databases[] = {
	{ "operational", "databases.operational.server", "databases.operational.name" },
	{ "data-warehouse", "databases.data-warehouse.server", "databases.data-warehouse.name" },
	{ "report-server", "databases.reporting.server", "databases.reporting.name" },
};

/* By all files of the group. */
static void agree_database(const struct proposals *to, const char *role, struct agreed *server, struct agreed *name)
{
	const struct facts *facts = proposals_facts(to);

	for (size_t i = 0; i < facts_count(facts); i++) {
		const struct fact_set *row =
			fact_row_with(own_facts(to, i), &fact_databases, &fact_database_role, role);

		agree(server, fact_text(row, &fact_database_server), facts_host_at(facts, i));
		agree(name, fact_text(row, &fact_database_name), facts_host_at(facts, i));
	}
}

static void propose_database(struct proposals *to, const struct fact_set *group, const char *from,
			     const struct found_database *found)
{
	struct agreed server = { NULL, NULL, false }, name = { NULL, NULL, false };

	agree_database(to, found->role, &server, &name);
	for (size_t i = 0; !server.value && i < fact_row_count(group, &fact_group_database_places); i++) {
		const struct fact_set *row = fact_row(group, &fact_group_database_places, i);

		if (!str_eq(fact_text(row, &fact_place_database), found->role))
			continue;
		agree(&server, fact_text(row, &fact_place_server), from);
		agree(&name, fact_text(row, &fact_place_name), from);
	}
	if (!server.value || !name.value || server.differs || name.differs)
		return;
	fill_answer(to, found->server, server.value, server.from, WEIGHT_ERROR);
	fill_answer(to, found->name, name.value, name.from, WEIGHT_ERROR);
}

/* Each collector tells its own. */
static void propose_collector_databases(struct proposals *to)
{
	const struct facts *facts = proposals_facts(to);
	static const char list[] = "databases.acs";

	for (size_t i = 0; i < facts_count(facts); i++) {
		const struct fact_set *found =
			fact_row_with(facts_at(facts, i), &fact_databases, &fact_database_role, "acs");
		const char *host = facts_host_at(facts, i);
		const struct server *server = plan_find_server(proposals_plan(to), host);
		struct record *row;

		if (!found || !server || !server_has(server, OM_ACS))
			continue;
		row = propose_row(to, list, "collector", server->name);
		if (!row)
			continue;
		propose_value(to, &(struct proposal){ row, "server", fact_text(found, &fact_database_server), host,
						      WEIGHT_ERROR, list, NULL });
		propose_value(to, &(struct proposal){ row, "name", fact_text(found, &fact_database_name), host,
						      WEIGHT_ERROR, list, NULL });
	}
}

/* ---- the rest ---- */

/* Part of the names of the product's own connectors, which are no other product's. */
#define OWN_CONNECTOR "Internal Connector"

static void propose_connectors(struct proposals *to, const struct fact_set *group, const char *from)
{
	bool used;

	for (size_t i = 0; i < fact_row_count(group, &fact_group_connectors); i++) {
		const struct fact_set *row = fact_row(group, &fact_group_connectors, i);

		if (fact_flag(row, &fact_connector_initialized, &used) && used &&
		    !text_contains_fold(fact_text(row, &fact_connector_name), OWN_CONNECTOR))
			fill_answer(to, "connectors", "yes", from, WEIGHT_WARNING);
	}
}

void om_propose(struct proposals *to)
{
	const struct facts *facts = proposals_facts(to);
	const struct fact_set *own = om_group(facts, om_answers(proposals_plan(to))->management_group);
	const struct fact_set *group = own ? own : om_group(facts, NULL);
	const char *from = teller(to, group);

	fill_answer(to, "management-group", fact_text(group, &fact_group_name), from, WEIGHT_ERROR);
	propose_release(to, group, from);
	propose_management_servers(to, group, from);
	propose_gateways(to, group, from);
	propose_collectors(to, group, from);
	propose_own(to);
	propose_agents(to, group, from);
	propose_address(to, fact_text(group, &fact_group_web_console_url), OM_WEB_CONSOLE, "web-console", from);
	propose_address(to, fact_text(group, &fact_group_reporting_url), OM_REPORTING, "reporting-server", from);
	propose_settings(to, group, from);
	propose_data_access(to, group, from);
	fill_answer(to, "accounts.data-reader.user", fact_text(group, &fact_group_data_reader), from, WEIGHT_ERROR);
	for (size_t i = 0; i < ARRAY_LEN(found_databases); i++)
		propose_database(to, group, from, &found_databases[i]);
	propose_collector_databases(to);
	answer_number(to, group, &fact_group_agents_push, "agents.push-installed", from);
	answer_number(to, group, &fact_group_unix, "agents.unix-linux", from);
	propose_connectors(to, group, from);
	tell_others(to);
	fill_tell_uncollected(to, OM_ALL_ROLES & ~(unsigned)OM_AGENT);
	propose_nothing(to, "servers", "Add those that have no facts.",
			"Facts do not show Operations consoles on machines of their own.");
}
