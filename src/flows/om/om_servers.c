/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Operations Manager: the roles of servers, and what the plan has about each of them. Each row names its source.
 */
#include "flows/om/om.h"

#include "core/text.h"
#include "flows/om/om_later.h"

/* ---- roles ---- */

const struct choice om_roles[] = {
	{ "management-server", "Management server", "Mgmt server",
	  "Runs the management group. The first one is upgraded alone; setup also upgrades the console, web console "
	  "and Reporting on the same machine." },
	{ "operations-console", "Operations console", "Console",
	  "A console on its own machine needs its own step; on a management server it is upgraded with the server." },
	{ "acs-collector", "ACS collector", "ACS",
	  "Audit Collection Services. It is on a management server and is upgraded right after it, by its own "
	  "wizard." },
	{ "gateway", "Gateway server", "Gateway", "Upgraded after all management servers." },
	{ "web-console", "Web console", NULL, "Alone on its machine it is upgraded after all management servers." },
	{ "reporting-server", "Reporting server", "Reporting", "Alone on its machine it is upgraded last." },
	{ "agent", "Agent, installed by hand", "Agent",
	  "A computer whose agent was installed by hand. Agents that were pushed are counted, not listed." },
	{ NULL, NULL, NULL, NULL }
};

/* [OURS: custom, no document] */
const struct role_name om_role_names[] = {
	{ OM_MANAGEMENT_SERVER, "MS SCOM OPSMGR OM" },
	{ OM_GATEWAY, "GW GTW GATE GATEWAY" },
	{ OM_CONSOLE, "CON CONS CONSOLE" },
	{ OM_WEB_CONSOLE, "WEB WC" },
	{ OM_REPORTING, "REP RPT REPORT SSRS" },
	{ OM_MANAGEMENT_SERVER | OM_ACS, "ACS" },
	{ 0, NULL },
};

size_t om_count(const struct plan *plan, unsigned roles)
{
	size_t count = 0;
	for (size_t i = 0; i < plan_server_count(plan); i++)
		count += server_has(plan_server(plan, i), roles);
	return count;
}

bool om_has_acs(const struct scope *scope)
{
	return plan_first_with(scope->plan, OM_ACS) != NULL;
}

bool om_has_gateways(const struct scope *scope)
{
	return plan_first_with(scope->plan, OM_GATEWAY) != NULL;
}

bool om_has_reporting(const struct scope *scope)
{
	return plan_first_with(scope->plan, OM_REPORTING) != NULL;
}

bool om_has_agents(const struct scope *scope)
{
	return om_answers(scope->plan)->push_agents > 0 || plan_first_with(scope->plan, OM_AGENT);
}

bool om_has_connectors(const struct scope *scope)
{
	return om_answers(scope->plan)->connectors;
}

/* When this server's turn comes: the last column of the server list. */
static const char *om_row_note(const struct scope *scope)
{
	const struct server *server = (const struct server *)scope->record;
	if (server_has(server, OM_MANAGEMENT_SERVER)) {
		const struct server *first = plan_first_with(scope->plan, OM_MANAGEMENT_SERVER);

		if (!first || first == server)
			return "first, alone";
		return !first->name ? "after the first"
				    : arena_printf(scope->arena, "after %.*s", (int)strcspn(first->name, "."),
						   first->name);
	}
	if (server_has(server, OM_REPORTING))
		return "last";
	return server->roles ? "then" : "";
}

/* ---- servers ---- */

static bool is_web_console(const struct scope *scope)
{
	return server_has((const struct server *)scope->record, OM_WEB_CONSOLE);
}

static bool is_web_console_alone(const struct scope *scope)
{
	return is_web_console(scope) && om_alone((const struct server *)scope->record);
}

static bool is_reporting_alone(const struct scope *scope)
{
	const struct server *server = (const struct server *)scope->record;
	return server_has(server, OM_REPORTING) && om_alone(server);
}

static bool check_roles(const struct scope *scope, struct report *to)
{
	const struct server *server = (const struct server *)scope->record;
	bool ok = true;
	if (server_has(server, OM_ACS) && !server_has(server, OM_MANAGEMENT_SERVER))
		ok = report_error(to, "acs-alone", "Give the server the role management-server too.",
				  "An ACS collector has to be on a management server, and this server is not one.");
	if (server_has(server, OM_GATEWAY) && server_has(server, OM_MANAGEMENT_SERVER))
		ok = report_error(to, "gateway-is-management-server", "Remove one of the two roles.",
				  "A gateway server is never also a management server.");
	if (server_has(server, OM_AGENT) && server_has(server, OM_MANAGEMENT_SERVER | OM_GATEWAY))
		ok = report_error(to, "agent-on-server", "Remove the role agent.",
				  "Management servers and gateway servers have no agent of their own to upgrade.");
	return ok;
}

static bool check_reporting_target(const struct scope *scope, struct report *to)
{
	const char *name = ((const struct om_server *)scope->record)->management_server;
	const struct server *target = plan_find_server(scope->plan, name);
	if (!target || !server_has(target, OM_MANAGEMENT_SERVER))
		report_add(to, SEV_WARNING, "management-server-unknown",
			   "Name one of the servers with the role management-server.",
			   "\"%s\" is not a management server of this plan.", name);
	return true;
}

static const struct choice web_authorizations[] = {
	{ "mixed", "Mixed (intranet)", "Mixed", "For use inside the company's network." },
	{ "network", "Network (extranet)", "Network", "For use from outside." },
	{ NULL, NULL, NULL, NULL }
};

static const struct field server_name = {
	.key = "name",
	.kind = FIELD_TEXT,
	.flags = FIELD_REQUIRED | FIELD_IN_LIST,
	.offset = AT_TEXT(struct om_server, common.name),
	.label = "Name",
	.help = "The computer's name, short (MS01) or with its domain (ms01.contoso.com).",
	.example = "MS01",
	.rule = rule_host,
	.tidy = tidy_trim,
	.source = "limits of this program [OURS]",
};

static const struct field server_roles = {
	.key = "roles",
	.kind = FIELD_CHOICES,
	.flags = FIELD_REQUIRED | FIELD_IN_LIST,
	.offset = AT_CHOICES(struct om_server, common.roles),
	.label = "Roles",
	.choices = om_roles,
	.help = "All features of Operations Manager that are installed on this machine.",
	.example = "management-server, operations-console",
	.check = check_roles,
	.source = "upgrade page; upgrade overview [DOC]",
};

static const struct field server_web_site = {
	.key = "web-site",
	.kind = FIELD_TEXT,
	.flags = FIELD_REQUIRED,
	.offset = AT_TEXT(struct om_server, web_site),
	.label = "Web site of the web console",
	.preset = "Default Web Site",
	.help = "The site in IIS that holds the web console, spelled as in IIS Manager.",
	.example = "Default Web Site",
	.rule = rule_web_site,
	.applies = is_web_console,
	.source = "command line reference; upgrade pages of the roles [DOC]",
};

static const struct field server_web_ssl = {
	.key = "web-ssl",
	.kind = FIELD_FLAG,
	.offset = AT_FLAG(struct om_server, web_ssl),
	.label = "The web console uses SSL",
	.preset = "no",
	.help = "Only if the site has an https binding. Without this, setup goes back to the choice of the first "
		"installation.",
	.applies = is_web_console,
	.source = "command line reference; web console upgrade page [DOC]",
};

static const struct field server_web_authorization = {
	.key = "web-authorization",
	.kind = FIELD_CHOICE,
	.offset = AT_CHOICE(struct om_server, web_authorization),
	.label = "Web console authorization",
	.choices = web_authorizations,
	.preset = "mixed",
	.help = "Mixed for the intranet, network for access from outside. Choose what the web console has now.",
	.applies = is_web_console,
	.source = "command line reference [DOC]",
};

static const struct choice web_upgrades[] = {
	{ "in-place", "In place, as the page of an earlier release shows it", "In place",
	  "The line of the upgrade page, which is published for an earlier release only." },
	{ "reinstall", "Uninstall it, then install it again", "Reinstall",
	  "Two lines from the command line reference; the settings are saved first." },
	{ NULL, NULL, NULL, NULL }
};

static bool asks_web_upgrade(const struct scope *scope)
{
	return is_web_console_alone(scope) && om_web_page_is_missing(scope);
}

static const struct field server_web_upgrade = {
	.key = "web-upgrade",
	.kind = FIELD_CHOICE,
	.flags = FIELD_THIS_HOP,
	.offset = AT_CHOICE(struct om_server, web_upgrade),
	.label = "The web console is upgraded",
	.choices = web_upgrades,
	.preset = "in-place",
	.help = "No page of this release shows the upgrade of a stand-alone web console: try it in place first.",
	.applies = asks_web_upgrade,
	.source = "web console upgrade page; web console installation page [OURS, UNCERTAIN]",
};

static const struct field server_management_server = {
	.key = "management-server",
	.kind = FIELD_TEXT,
	.offset = AT_TEXT(struct om_server, management_server),
	.label = "Management server that it reports to",
	.help = "May stay empty: setup knows it. Needed when the one it knows is not supported or cannot be reached.",
	.example = "MS01",
	.rule = rule_named_host,
	.tidy = tidy_trim,
	.check = check_reporting_target,
	.applies = is_reporting_alone,
	.source = "upgrade pages of the roles [UNCERTAIN: the documents differ on when it is needed]",
};

static bool is_gateway(const struct scope *scope)
{
	return server_has((const struct server *)scope->record, OM_GATEWAY);
}

static bool check_failover(const struct scope *scope, struct report *to)
{
	const struct om_server *row = (const struct om_server *)scope->record;
	const struct server *other = plan_find_server(scope->plan, row->failover);

	if (other == &row->common || (row->common.name && host_equal(row->common.name, row->failover)))
		return report_error(to, "failover-self", "Name another gateway, or leave it empty.",
				    "A gateway server cannot stand in for itself.");
	if (!other || !server_has(other, OM_GATEWAY))
		report_add(to, SEV_WARNING, "failover-unknown", "Name one of the servers with the role gateway.",
			   "\"%s\" is not a gateway server of this plan.", row->failover);
	return true;
}

static const struct field server_failover = {
	.key = "failover",
	.kind = FIELD_TEXT,
	.offset = AT_TEXT(struct om_server, failover),
	.label = "Gateway server that its agents fail over to",
	.brief = "Failover",
	.help = "May stay empty. The two gateway servers of a pair are never upgraded at the same time.",
	.example = "GW02",
	.rule = rule_named_host,
	.tidy = tidy_trim,
	.check = check_failover,
	.applies = is_gateway,
	.source = "pre-upgrade tasks, task 3 [DOC]",
};

static const struct field server_network_devices = {
	.key = "network-devices",
	.kind = FIELD_FLAG,
	.offset = AT_FLAG(struct om_server, network_devices),
	.label = "It watches network devices",
	.preset = "no",
	.help = "Then the requirements ask for larger hardware: 8 cores and 32 GB.",
	.applies = is_gateway,
	.source = "system requirements [DOC]",
};

static const struct field *const server_columns[] = { &server_name,
						      &server_roles,
						      &server_web_site,
						      &server_web_ssl,
						      &server_web_authorization,
						      &server_web_upgrade,
						      &server_management_server,
						      &server_failover,
						      &server_network_devices,
						      NULL };

const struct field om_servers = {
	.key = "servers",
	.kind = FIELD_ROWS,
	.flags = FIELD_REQUIRED,
	.offset = AT_ROWS(struct om_answers, common.servers),
	.label = "Servers, in the order of their upgrade",
	.brief = "Servers",
	.row_name = "server",
	.columns = server_columns,
	.record_size = sizeof(struct om_server),
	.row_note = om_row_note,
	.row_note_label = "Upgrades",
	.help = "The first management server is upgraded alone, then the others. Move a server up to have it first.",
	.source = "upgrade page, notes [PAGE]",
};
