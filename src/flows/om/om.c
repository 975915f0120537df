/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Operations Manager, the upgrade of a distributed management group: fields, roles, pages, rules across fields.
 * Facts come from the documents that each row names as its source.
 */
#include "flows/om/om.h"

#include "core/text.h"
#include "flows/om/om_later.h"
#include "flows/om/om_signs.h"

extern const struct flow flow_om;

/* ---- roles ---- */

static const struct choice om_roles[] = {
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
static const struct role_name om_role_names[] = {
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
	.rule = rule_host,
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
	.rule = rule_host,
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

static const struct field f_servers = {
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

/* ---- answers ---- */

static const struct field f_management_group = {
	.key = "management-group",
	.kind = FIELD_TEXT,
	.flags = FIELD_REQUIRED,
	.offset = AT_TEXT(struct om_answers, management_group),
	.label = "Management group",
	.help = "Its name as the Operations console shows it. An upgrade cannot change it.",
	.example = "CONTOSO",
	.rule = rule_management_group,
	.source = "server installation page [DOC]",
};

static bool check_license(const struct scope *scope, struct report *to)
{
	if (om_answers(scope->plan)->license_accepted)
		return true;
	return report_error(to, "license-not-accepted",
			    "Read them, then set this to yes.",
			    "The license terms are not accepted. Silent setup requires that.");
}

static const struct field f_license = {
	.key = "license-accepted",
	.kind = FIELD_FLAG,
	.flags = FIELD_THIS_HOP,
	.offset = AT_FLAG(struct om_answers, license_accepted),
	.label = "I have read, understood, and agree with the terms of the license agreement",
	.preset = "no",
	.help = "Silent setup does not ask again: /AcceptEndUserLicenseAgreement:1 is in every line.",
	.check = check_license,
	.source = "upgrade page, step 4; command line reference [PAGE]",
};

static const struct field f_setup_folder = {
	.key = "setup-folder",
	.kind = FIELD_TEXT,
	.flags = FIELD_FOLDER | FIELD_THIS_HOP,
	.offset = AT_TEXT(struct om_answers, setup_folder),
	.label = "Folder that holds setup.exe",
	.brief = "Setup folder",
	.help = "On the server, for example the drive of the mounted media. Empty: you change to that folder before "
		"you run a line.",
	.example = "D:\\",
	.rule = rule_media_folder,
	.tidy = tidy_path,
	.source = "upgrade page, command prompt step 3 [PAGE]",
};

static const struct field f_media = {
	.key = "media",
	.kind = FIELD_TEXT,
	.flags = FIELD_THIS_HOP,
	.offset = AT_TEXT(struct om_answers, media),
	.label = "Media as downloaded",
	.brief = "Media",
	.help = "The self-extracting file, as the servers see it. setup.exe exists only after it has run: enter the "
		"folder that it extracts to above.",
	.example = "\\\\NAS01\\Media\\SCOM_EN.exe",
	.rule = rule_file,
	.tidy = tidy_path,
	.source = "deployment scripts of administrators [FIELD: ten scripts]",
};

static bool asks_source_setup(const struct scope *scope)
{
	return om_has_reporting(scope) && edge_flag_find(scope->hop->edge, FLAG_REPORT_CONSOLE);
}

static const struct field f_source_setup_folder = {
	.key = "source-setup-folder",
	.kind = FIELD_TEXT,
	.flags = FIELD_FOLDER | FIELD_THIS_HOP,
	.next_from = &f_setup_folder,
	.offset = AT_TEXT(struct om_answers, source_setup_folder),
	.label = "Folder that holds setup.exe of {source}",
	.brief = "Setup folder of {source}",
	.help = "For the console that setup of a stand-alone Reporting server needs. May stay empty.",
	.example = "E:\\",
	.rule = rule_media_folder,
	.tidy = tidy_path,
	.applies = asks_source_setup,
	.source = "Reporting upgrade page [DOC]",
};

static const struct field f_install_path = {
	.key = "install-path",
	.kind = FIELD_TEXT,
	.flags = FIELD_FOLDER | FIELD_REQUIRED | FIELD_THIS_HOP,
	.offset = AT_TEXT(struct om_answers, install_path),
	.label = "Install to",
	.preset_of = common_folder,
	.help = "An absolute path on a local drive, up to 247 characters. Only one that is not the default stands in "
		"the line.",
	.example = "E:\\System Center\\Operations Manager",
	.rule = rule_install_folder,
	.tidy = tidy_path,
	.source = "upgrade page, step 5 [PAGE]; /InstallPath with /upgrade is not shown in the documents [UNCERTAIN]",
};

static const struct choice das_kinds[] = { { "domain", "A domain account", "domain",
					     "The account that the Data Access Service runs under now." },
					   { "local-system", "Local System", "Local System",
					     "The page for a distributed group asks for a domain account; whether an "
					     "upgrade accepts Local System is not certain." },
					   { "group-managed", "A group managed service account", "group managed",
					     "It has no password. No document shows it on a silent line: the pages of "
					     "setup are the safe way." },
					   { NULL, NULL, NULL, NULL } };

static bool offers_das_kind(const struct scope *scope, const struct choice *choice)
{
	return choice != &das_kinds[OM_DAS_GROUP_MANAGED] || scope->hop->after->gmsa_setup;
}

static bool check_das_kind(const struct scope *scope, struct report *to)
{
	if (om_answers(scope->plan)->das_kind == OM_DAS_GROUP_MANAGED && !scope->hop->after->gmsa_setup)
		return report_error(to, "das-group-managed", "Use a domain account; it can be changed after setup.",
				    "Setup of %s does not accept a group managed service "
				    "account.", scope->hop->target->brief);
	if (om_answers(scope->plan)->das_kind == OM_DAS_GROUP_MANAGED)
		report_add(to, SEV_WARNING, "das-group-managed-silent",
			   "Upgrade the management servers with the pages of setup.",
			   "No document shows a group managed service account on a silent line.");
	if (om_answers(scope->plan)->das_kind == OM_DAS_LOCAL_SYSTEM)
		report_add(to, SEV_WARNING, "das-local-system",
			   "Use the domain account that the service runs under, if it has one.",
			   "No document confirms that an upgrade accepts Local System for the Data Access Service.");
	return true;
}

static bool check_das_user(const struct scope *scope, struct report *to)
{
	const struct om_answers *answers = om_answers(scope->plan);
	const struct product_release *after = scope->hop->after;

	if (answers->das_kind == OM_DAS_GROUP_MANAGED) {
		if (!common_is_managed(answers->das_user))
			report_add(to, SEV_WARNING, "account-managed", "Look whether it is one.",
				   "The name of a group managed service account ends with a dollar sign.");
		return true;
	}
	if (after->gmsa_setup)
		return common_warn_managed(answers->das_user, "Such an account has no password.",
					   "If it is one, choose it as what the Data Access Service runs under (kind: "
					   "group-managed).", to);
	return common_warn_managed(answers->das_user,
				   after->gmsa_text ? arena_printf(scope->arena, "%s takes them %s.",
								   scope->hop->target->brief, after->gmsa_text)
						    : arena_printf(scope->arena, "%s does not take them.",
								   scope->hop->target->brief),
				   "Use a domain account with a password for the upgrade.", to);
}

static bool check_reader_user(const struct scope *scope, struct report *to)
{
	return common_warn_managed(om_answers(scope->plan)->reader_user,
				   "No document shows one as Data Reader account on a silent line.",
				   scope->hop->after->gmsa_setup
					   ? "Upgrade the management servers with the pages of setup."
					   : "Use a domain account with a password for the upgrade.", to);
}

static bool is_das_domain(const struct scope *scope)
{
	return om_answers(scope->plan)->das_kind == OM_DAS_DOMAIN;
}

static bool is_das_named(const struct scope *scope)
{
	return om_answers(scope->plan)->das_kind != OM_DAS_LOCAL_SYSTEM;
}

static const struct field f_das_kind = {
	.key = "accounts.data-access.kind",
	.kind = FIELD_CHOICE,
	.offset = AT_CHOICE(struct om_answers, das_kind),
	.label = "The Data Access Service runs under",
	.brief = "DAS runs under",
	.choices = das_kinds,
	.offers = offers_das_kind,
	.preset = "domain",
	.check = check_das_kind,
	.help = "As it does now: see Log On of the service System Center Data Access Service (OMSDK).",
	.source = "upgrade page, step 8 [PAGE]; Local System: upgrade pages of the roles [UNCERTAIN]",
};

static const struct field f_das_user = {
	.key = "accounts.data-access.user",
	.kind = FIELD_TEXT,
	.flags = FIELD_REQUIRED,
	.offset = AT_TEXT(struct om_answers, das_user),
	.label = "Data Access Service account",
	.brief = "DAS account",
	.example = "CONTOSO\\svc-das",
	.help = "DOMAIN\\user, the same account on all management servers; a local administrator there.",
	.rule = rule_account,
	.tidy = tidy_trim,
	.check = check_das_user,
	.applies = is_das_named,
	.source = "upgrade page, step 8; security accounts [DOC]",
};

static const struct field f_das_password = {
	.key = "accounts.data-access.password",
	.kind = FIELD_SECRET,
	.label = "Its password",
	.account = "accounts.data-access",
	.help = "May stay empty, which is recommended: the line then says <password>, and you type it on the server. "
		"It is never written to a file.",
	.applies = is_das_domain,
	.source = "passwords on command lines [OURS]",
};

static const struct field f_reader_user = {
	.key = "accounts.data-reader.user",
	.kind = FIELD_TEXT,
	.flags = FIELD_REQUIRED | FIELD_SILENT,
	.offset = AT_TEXT(struct om_answers, reader_user),
	.label = "Data Reader account",
	.example = "CONTOSO\\svc-reader",
	.help = "The current account of the Run As account \"Data Warehouse Report Deployment Account\". The setup "
		"pages do not ask for it, the silent line does.",
	.rule = rule_account,
	.tidy = tidy_trim,
	.check = check_reader_user,
	.source = "upgrade page, command prompt step 3; upgrade pages of the roles; security accounts [DOC]",
};

static const struct field f_reader_password = {
	.key = "accounts.data-reader.password",
	.kind = FIELD_SECRET,
	.flags = FIELD_SILENT,
	.label = "Its password",
	.account = "accounts.data-reader",
	.help = "May stay empty, which is recommended: the line then says <password>, and you type it on the server. "
		"It is never written to a file.",
	.source = "passwords on command lines [OURS]",
};

static bool check_agents(const struct scope *scope, struct report *to)
{
	unsigned count = om_answers(scope->plan)->push_agents;
	if (count > 15000 && count != NUMBER_OPEN)
		report_add(to, SEV_WARNING, "agents-many",
			   "Up to 15,000 agents with at most 25 open consoles are supported.",
			   "%u agents are more than one management group supports.", count);
	return true;
}

static const struct field f_push_agents = {
	.key = "agents.push-installed",
	.kind = FIELD_NUMBER,
	.offset = AT_NUMBER(struct om_answers, push_agents),
	.label = "Agents installed from the console",
	.brief = "Pushed agents",
	.minimum = 0,
	.maximum = 1000000,
	.check = check_agents,
	.help = "Their number, 0 for none; empty while not known. They appear under Pending Management and are "
		"approved at most 200 at once.",
	.example = "1200",
	.source = "system requirements; agent upgrade page [DOC]",
};

static const struct field f_unix_agents = {
	.key = "agents.unix-linux",
	.kind = FIELD_NUMBER,
	.offset = AT_NUMBER(struct om_answers, unix_agents),
	.label = "Agents on UNIX and Linux",
	.brief = "UNIX/Linux agents",
	.minimum = 0,
	.maximum = 1000000,
	.help = "Their number, 0 for none; empty while not known.",
	.example = "40",
	.source = "agent upgrade page [DOC]",
};

static const struct field f_no_apm = {
	.key = "agents.no-apm",
	.kind = FIELD_FLAG,
	.offset = AT_FLAG(struct om_answers, no_apm),
	.label = "Install the agents without APM",
	.brief = "Agents without APM",
	.preset = "no",
	.help = "APM of the {target} agent can crash IIS pools on .NET 2.0. Lines for agents get NOAPM=1; pushed ones "
		"are repaired without it.",
	.source = "agent upgrade page [DOC]",
};

static const struct field f_connectors = {
	.key = "connectors",
	.kind = FIELD_FLAG,
	.offset = AT_FLAG(struct om_answers, connectors),
	.label = "Connectors to other products are in use",
	.brief = "Connectors",
	.preset = "no",
	.help = "Their services are stopped before the upgrade and started after it.",
	.source = "pre-upgrade tasks, task 6 [DOC]",
};

/* clang-format off */
static const struct field *const om_fields[] = {
	&field_product,
	&common_source,
	&common_target,
	&common_goal,
	&f_management_group,
	&f_license,
	&common_source_level,
	&common_update_level,
	&f_setup_folder,
	&f_media,
	&f_source_setup_folder,
	&f_install_path,
	&f_das_kind,
	&f_das_user,
	&f_reader_user,
	&f_servers,
	&om_operational_server,
	&om_operational_name,
	&om_warehouse_server,
	&om_warehouse_name,
	&om_reporting_server,
	&om_reporting_name,
	&om_reporting_temporary,
	&om_acs,
	&om_backup_folder,
	&om_data_access_address,
	&f_push_agents,
	&f_unix_agents,
	&f_no_apm,
	&f_connectors,
	&common_change_number,
	&common_change_start,
	&common_change_end,
	&common_change_owner,
	&common_change_contact,
	&common_minutes,
	&common_upgraded_before,
	&field_confirmed,
	&field_acknowledged,
	NULL
};
/* clang-format on */

static const struct account om_accounts[] = {
	{ "accounts.data-access", "Data Access Service account", &f_das_user, NULL },
	{ "accounts.data-reader", "Data Reader account", &f_reader_user, NULL },
	{ NULL, NULL, NULL, NULL },
};

/* ---- pages ---- */

static const char license_text[] =
	"The Microsoft Software License Terms are not part of this program.\n\n"
	"Read them on this page of setup.exe, or among the files of the System Center {target} Operations Manager "
	"media, "
	"before you accept them here. To read them in this window, start the wizard with --license FILE.\n\n"
	"Accepting them here puts /AcceptEndUserLicenseAgreement:1 into every command line: silent setup will "
	"not ask again.";

static const char proceed_text[] =
	"No error is left, every warning is resolved or acknowledged, and what a program cannot see is "
	"confirmed.\n\n"
	"What comes next: the accounts, then a review of all answers. Nothing is run on a server from here.";

static const char *ending(const struct scope *scope)
{
	const struct server *first = plan_first_with(scope->plan, OM_MANAGEMENT_SERVER);
	return arena_printf(
		scope->arena,
		"Run the lines in their order, each in a Command Prompt opened with Run as administrator on its "
		"server.\n\n"
		"1. %s first, alone. Wait until its setup has finished before any other management server starts: "
		"a SQL update script runs early in setup and must run once only.\n"
		"2. Then the other management servers, one at a time, each with its ACS collector.\n"
		"3. Then gateways, stand-alone consoles, agents and web consoles; Reporting servers last.\n\n"
		"The upgrade is not complete until every feature of the management group is upgraded.",
		first && first->name ? first->name : "The first management server");
}

static const struct page page_servers = {
	.id = "servers",
	.section = "Getting Started",
	.title = "{upgrade-title}",
	.rail = "Servers",
	.kind = PAGE_FORM,
	.help = "Setup shows on this page which features of its machine it will upgrade. Here you list every machine "
		"of the management group "
		"with its roles, in the order of their upgrade. The first management server is upgraded alone: a SQL "
		"update script that "
		"runs early in its setup must run on one server only, or the databases are damaged.",
	.fields = (const struct field *const[]){ &f_management_group, &f_servers, &f_push_agents,
						 &f_unix_agents, &f_no_apm, &f_connectors, NULL },
};

static const struct page page_license = {
	.id = "license",
	.section = "Getting Started",
	.title = "Please read the license terms",
	.rail = "License terms",
	.kind = PAGE_TEXT,
	.text = license_text,
	.help = "Setup shows the Microsoft Software License Terms on this page. A silent upgrade requires that they "
		"are accepted first.",
	.fields = (const struct field *const[]){ &f_license, NULL },
};

static const struct page page_location = {
	.id = "location",
	.section = "Getting Started",
	.title = "Select installation location",
	.rail = "Location",
	.kind = PAGE_FORM,
	.intro = "Where is setup.exe, and where should it put the upgraded files?",
	.help = "Accept the default location, type another one, or browse to one. The folder of {source} is not used "
		"again: scripts, "
		"antivirus exclusions and customized files that name it must be adapted after the upgrade.",
	.fields = (const struct field *const[]){ &common_source_level, &f_setup_folder, &f_media,
						 &f_source_setup_folder, &f_install_path, &common_update_level, NULL },
};

static const struct page page_checks = {
	.id = "prerequisites",
	.section = "Prerequisites",
	.title = "Prerequisites",
	.rail = "Checks",
	.kind = PAGE_CHECKS,
	.help = "Review and address every warning and error, then verify again. What a program cannot see from here "
		"you confirm, with your name and a note, which are kept in the plan.",
};

static const struct page page_proceed = {
	.id = "proceed",
	.section = "Prerequisites",
	.title = "Proceed with Setup",
	.rail = "Proceed",
	.kind = PAGE_TEXT,
	.text = proceed_text,
	.after_checks = true,
	.help = "This page appears only when the prerequisites leave nothing open, as in setup.",
};

static const struct page page_accounts = {
	.id = "accounts",
	.section = "Configuration",
	.title = "Configure Operations Manager accounts",
	.rail = "Accounts",
	.kind = PAGE_FORM,
	.help = "Setup asks for the account of the {account-title}; the silent line needs the Data "
		"Reader account too. "
		"Use the accounts that are in use now: Reporting refuses another Data Reader account.",
	.fields = (const struct field *const[]){ &f_das_kind, &f_das_user, &f_das_password, &f_reader_user,
						 &f_reader_password, NULL },
};

/* clang-format off */
static const struct page *const om_pages[] = {
	&common_page_choose,
	&page_servers,
	&page_license,
	&page_location,
	&page_checks,
	&page_proceed,
	&page_accounts,
	&om_page_databases,
	&common_page_change,
	&common_page_ready,
	&common_page_progress,
	&common_page_done,
	NULL
};
/* clang-format on */

/* ---- rules across fields ---- */

static bool om_check(const struct scope *scope, struct diags *diags)
{
	const struct answers *answers = scope->plan->answers;
	struct report at = plan_report(scope->plan, &answers->record, &f_servers, diags);
	bool fine = common_check_accounts(scope, diags);

	if (!plan_server_count(scope->plan) || plan_first_with(scope->plan, OM_MANAGEMENT_SERVER))
		return fine;
	return report_error(&at, "no-management-server", "Give at least one server the role management-server.",
			    "None of the servers is a management server, and a management group has at least one.");
}

static const char *const other_names[] = { "om", "scom", "opsmgr", "mom", "operationsmanager", NULL };

const struct flow flow_om = {
	.id = "operations-manager",
	.other_names = other_names,
	.title = "Operations Manager",
	.headline = "Operations Manager {source} \xe2\x86\x92 {target}",
	.help = "A management group: its management servers, gateways, consoles, Reporting servers and agents are "
		"upgraded in place.",
	.build_facts = (const struct field *const[]){ &fact_build_file, &fact_build_server, NULL },
	.edges = release_edges,
	.releases = om_releases,
	.answers_size = sizeof(struct om_answers),
	.fields = om_fields,
	.name = &f_management_group,
	.servers = &f_servers,
	.roles = om_roles,
	.role_names = om_role_names,
	.pages = om_pages,
	.accounts = om_accounts,
	.prereqs = om_prereqs,
	.after = om_after,
	.tasks = om_tasks,
	.no_return = "upgrade-management-server",
	.back_out = om_back_out,
	.facts = (const struct field *const *const[]){ common_facts_machine, om_facts, common_facts_software,
						om_group_facts, NULL },
	.fact_words = om_fact_words,
	.propose = om_propose,
	.collector = &om_collector,
	.ending = ending,
	.logs = &om_logs,
	.found_build = om_found_build,
	.facts_check = om_facts_check,
	.check = om_check,
};
