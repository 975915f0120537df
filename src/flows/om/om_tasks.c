/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Operations Manager: what is done on which server, and the words of every command line.
 */
#include "flows/om/om_later.h"

#define LOG_FOLDER COMMON_LOG_FOLDER
#define SETUP_LOG "%LocalAppData%\\SCOM\\LOGS\\OpsMgrSetupWizard.log of the account that ran setup"

/* ---- words ---- */

static const char *setup_program(const struct scope *scope)
{
	return common_in_folder(scope->arena, om_answers(scope->plan)->setup_folder, "setup.exe");
}

/* Where the plan does not say where the media is, the prompt is in the package's folder. */
static const char *gateway_package(const struct scope *scope)
{
	const char *media = om_answers(scope->plan)->setup_folder;
	if (!media || !*media)
		return "MOMGateway.msi";
	return common_in_folder(scope->arena, media, "gateway\\AMD64\\MOMGateway.msi");
}

/* The agent's package is named alone: its folder on the media depends on the platform of the machine. */
static const char agent_package[] = "MOMAgent.msi";

static const char *das_user(const struct scope *scope)
{
	return om_answers(scope->plan)->das_user;
}

static const char *reader_user(const struct scope *scope)
{
	return om_answers(scope->plan)->reader_user;
}

/* Only another folder than the default is told to setup: the documents do not show the switch with /upgrade. */
static const char *other_folder(const struct scope *scope)
{
	const char *path = om_answers(scope->plan)->install_path;
	return path && *path && !str_eq(path, common_folder(scope)) ? path : NULL;
}

static const char *web_site(const struct scope *scope)
{
	const char *site = om_server(scope->server)->web_site;
	return site && *site ? site : "Default Web Site";
}

static const char *web_authorization(const struct scope *scope)
{
	return om_server(scope->server)->web_authorization == OM_WEB_NETWORK ? "Network" : "Mixed";
}

static const char *reported_server(const struct scope *scope)
{
	return om_server(scope->server)->management_server;
}

static bool das_is_domain(const struct scope *scope)
{
	return om_answers(scope->plan)->das_kind == OM_DAS_DOMAIN;
}

static bool das_is_local_system(const struct scope *scope)
{
	return om_answers(scope->plan)->das_kind == OM_DAS_LOCAL_SYSTEM;
}

static bool das_is_named(const struct scope *scope)
{
	return !das_is_local_system(scope);
}

static bool uses_ssl(const struct scope *scope)
{
	return om_server(scope->server)->web_ssl;
}

static bool leaves_out_apm(const struct scope *scope)
{
	return om_answers(scope->plan)->no_apm;
}

/* What is about the whole group runs on the first management server, which has the module. */
static const char *first_server(const struct scope *scope)
{
	const struct server *first = plan_first_with(scope->plan, OM_MANAGEMENT_SERVER);
	return first ? first->name : NULL;
}

#define SETUP_UPGRADE                                                                                                  \
	{ .form = WORD_PLAIN, .value_of = setup_program }, { .form = WORD_PLAIN, .value = "/silent" },                 \
		{ .form = WORD_PLAIN, .value = "/upgrade" },                                                           \
	{                                                                                                              \
		.form = WORD_COLON, .name = "AcceptEndUserLicenseAgreement", .value = "1"                              \
	}

/* The words of the upgrade page's command, in its order. */
static const struct argument management_server_words[] = {
	SETUP_UPGRADE,
	{ .form = WORD_COLON, .name = "DASAccountUser", .value_of = das_user, .applies = das_is_named },
	{ .form = WORD_COLON,
	  .name = "DASAccountPassword",
	  .account = "accounts.data-access",
	  .applies = das_is_domain },
	{ .form = WORD_PLAIN,
	  .value = "/UseLocalSystemDASAccount",
	  .applies = das_is_local_system,
	  .uncertain = "no document shows the switch UseLocalSystemDASAccount with an upgrade" },
	{ .form = WORD_COLON, .name = "DataReaderUser", .value_of = reader_user },
	{ .form = WORD_COLON, .name = "DataReaderPassword", .account = "accounts.data-reader" },
	{ .form = WORD_COLON,
	  .name = "InstallPath",
	  .value_of = other_folder,
	  .uncertain = "no document shows the switch InstallPath with an upgrade" },
};

static const struct argument console_words[] = {
	SETUP_UPGRADE,
	{ .form = WORD_COLON,
	  .name = "InstallPath",
	  .value_of = other_folder,
	  .uncertain = "no document shows the switch InstallPath with an upgrade" },
};

static const struct argument web_console_words[] = {
	SETUP_UPGRADE,
	{ .form = WORD_COLON, .name = "WebSiteName", .value_of = web_site },
	{ .form = WORD_PLAIN, .value = "/WebConsoleUseSSL", .applies = uses_ssl },
	{ .form = WORD_COLON, .name = "WebConsoleAuthorizationMode", .value_of = web_authorization },
	{ .form = WORD_COLON,
	  .name = "InstallPath",
	  .value_of = other_folder,
	  .uncertain = "no document shows the switch InstallPath with an upgrade" },
};

static const struct argument remove_web_console_words[] = {
	{ .form = WORD_PLAIN, .value_of = setup_program },
	{ .form = WORD_PLAIN, .value = "/silent" },
	{ .form = WORD_PLAIN, .value = "/uninstall" },
	{ .form = WORD_COLON, .name = "components", .value = "OMWebConsole" },
};

static const struct argument install_web_console_words[] = {
	{ .form = WORD_PLAIN, .value_of = setup_program },
	{ .form = WORD_PLAIN, .value = "/silent" },
	{ .form = WORD_PLAIN, .value = "/install" },
	{ .form = WORD_COLON, .name = "components", .value = "OMWebConsole" },
	{ .form = WORD_COLON, .name = "ManagementServer", .value_of = first_server },
	{ .form = WORD_COLON, .name = "WebSiteName", .value_of = web_site },
	{ .form = WORD_PLAIN, .value = "/WebConsoleUseSSL", .applies = uses_ssl },
	{ .form = WORD_COLON, .name = "WebConsoleAuthorizationMode", .value_of = web_authorization },
	{ .form = WORD_COLON, .name = "UseMicrosoftUpdate", .value = "0" },
	{ .form = WORD_COLON, .name = "AcceptEndUserLicenseAgreement", .value = "1" },
	{ .form = WORD_COLON, .name = "InstallPath", .value_of = other_folder },
};

static const struct argument reporting_words[] = {
	SETUP_UPGRADE,
	{ .form = WORD_COLON, .name = "ManagementServer", .value_of = reported_server },
	{ .form = WORD_COLON,
	  .name = "InstallPath",
	  .value_of = other_folder,
	  .uncertain = "no document shows the switch InstallPath with an upgrade" },
};

static const struct argument gateway_words[] = {
	{ .form = WORD_PLAIN, .value = "msiexec" },
	{ .form = WORD_PLAIN, .value = "/i" },
	{ .form = WORD_PLAIN, .value_of = gateway_package },
	{ .form = WORD_PLAIN, .value = "/qn" },
	{ .form = WORD_PLAIN, .value = "/l*v" },
	{ .form = WORD_PLAIN, .value = LOG_FOLDER "MOMGateway.log" },
	{ .form = WORD_PROPERTY, .name = "AcceptEndUserLicenseAgreement", .value = "1" },
};

static const struct argument agent_words[] = {
	{ .form = WORD_PLAIN, .value = "msiexec" },
	{ .form = WORD_PLAIN, .value = "/i" },
	{ .form = WORD_PLAIN, .value = agent_package },
	{ .form = WORD_PLAIN, .value = "/qn" },
	{ .form = WORD_PLAIN, .value = "/l*v" },
	{ .form = WORD_PLAIN, .value = LOG_FOLDER "MOMAgent.log" },
	{ .form = WORD_PROPERTY, .name = "AcceptEndUserLicenseAgreement", .value = "1" },
	{ .form = WORD_PROPERTY, .name = "NOAPM", .value = "1", .applies = leaves_out_apm },
};

/* ---- how to see that it worked ---- */

#define SETUP_KEY "SOFTWARE\\Microsoft\\Microsoft Operations Manager\\3.0\\Setup"
#define SETUP_LOG_FILE "%LocalAppData%\\SCOM\\LOGS\\OpsMgrSetupWizard.log"

static const struct build_probe server_build = {
	.key = SETUP_KEY,
	.value = "ServerVersion",
	.target = "{server-build}",
	.source = "setup logs and registry [CODE]",
};
static const struct build_probe console_build = {
	.key = SETUP_KEY,
	.value = "UIVersion",
	.target = "{server-build}",
	.source = "console upgrade page [DOC]",
};
static const struct build_probe agent_build = {
	.service = "HealthService",
	.file = "HealthService.dll",
	.target = "{agent-build}",
	.source = "gateway upgrade page; agent upgrade page [DOC]",
};
static const struct build_probe web_console_build = {
	.product = "System Center Operations Manager*Web Console*",
	.target = "{server-build}",
	.source = "setup logs and registry [UNCERTAIN: the name follows that of the server's package]",
};
static const struct build_probe reporting_build = {
	.product = "System Center Operations Manager*Reporting*",
	.target = "{server-build}",
	.source = "setup logs and registry [UNCERTAIN: the name follows that of the server's package]",
};

static const char *const server_services[] = { "HealthService", "OMSDK", "cshost", NULL };
static const char *const agent_services[] = { "HealthService", NULL };

/* ---- tasks ---- */

static bool is_alone(const struct scope *scope)
{
	return om_alone(scope->server);
}

static const char *management_server_why(const struct scope *scope)
{
	if (scope->server == plan_first_with(scope->plan, OM_MANAGEMENT_SERVER))
		return "The first management server is upgraded alone: a SQL update script runs early in its setup, "
		       "and run from two "
		       "servers it damages the databases.";
	return "The first management server's setup has run the SQL update script, which must run once only. The "
	       "others follow as "
	       "soon as possible, one at a time: no document says that they may run together.";
}

static const char *web_console_why(const struct scope *scope)
{
	const char *why = "A stand-alone web console comes after all management servers. Setup resets web.config, so a "
			  "copy of it was saved first.";

	return om_web_page_is_missing(scope)
		       ? arena_printf(scope->arena,
				      "%s The page on this line is published for 2016 only; web-upgrade: reinstall is "
				      "the other way. [UNCERTAIN]",
				      why)
		       : why;
}

static const char acs_text[] =
	"On {server} start Setup.exe from the media and choose Audit Collection Services. In its wizard "
	"choose \"Use an existing "
	"database\", the data source name (OpsMgrAC unless it was changed), where the database "
	"server is, and how "
	"to log on to it; then Finish. No silent command line is documented.";

static bool has_push_agents(const struct scope *scope)
{
	return om_answers(scope->plan)->push_agents > 0;
}

#define AGENT_BATCH 200u

static const char *approve_title(const struct scope *scope)
{
	unsigned count = om_answers(scope->plan)->push_agents;

	if (count == NUMBER_OPEN)
		return arena_printf(scope->arena,
				    "Approve the update of pushed agents, where there are any, in batches of at most "
				    "%u", AGENT_BATCH);
	unsigned batches = count / AGENT_BATCH + (count % AGENT_BATCH != 0);
	return arena_printf(scope->arena, "Approve the update of %u pushed agent%s in %u batch%s of at most %u", count,
			    count == 1 ? "" : "s", batches, batches == 1 ? "" : "es", AGENT_BATCH);
}

static const char *approve_text(const struct scope *scope)
{
	return arena_printf(scope->arena,
			    "In the Operations console open Administration, Device Management, Pending Management. "
			    "Under \"Agent Requires Update\" "
			    "choose at most %u agents, approve them, wait until they are done, and go on with the next "
			    "ones. Use an "
			    "administrator account of those computers or the management server action account.",
			    AGENT_BATCH);
}

#define BEFORE "Before"
#define SERVERS "Management servers"
#define OTHERS "Other roles"
#define AFTER "After"

/* Hard edges, each with its reason in the step's "why". */
static const struct edge may_start_server[] = {
	{ EDGE_BEGIN, "move-windows" },
	{ EDGE_BEGIN, "move-sql-server" },
	{ EDGE_BEGIN, "upgrade-linux-library" },
	{ EDGE_BEGIN, "find-duplicate-aliases" },
	{ EDGE_BEGIN, "install-sql-drivers" },
	{ EDGE_BEGIN, "install-dotnet" },
	{ EDGE_BEGIN, "allow-aspnet" },
	{ EDGE_BEGIN, "enable-tls-1-0" },
	{ EDGE_BEGIN, "review-event-logs" },
	{ EDGE_BEGIN, "clean-up-entity-log" },
	{ EDGE_BEGIN, "set-gateway-failover" },
	{ EDGE_BEGIN, "empty-pending-management" },
	{ EDGE_BEGIN, "disable-subscriptions" },
	{ EDGE_BEGIN, "stop-connectors" },
	{ EDGE_BEGIN, "stop-services" },
	{ EDGE_BEGIN, "check-database-space" },
	{ EDGE_ALL, "back-up-database" },
	{ EDGE_BEGIN, "back-up-warehouse-database" },
	{ EDGE_BEGIN, "back-up-acs-database" },
	{ EDGE_BEGIN, "back-up-report-database" },
	{ EDGE_BEGIN, "raise-agent-queue" },
	{ EDGE_BEGIN, "stop-web-console" },
	{ EDGE_FIRST, "upgrade-management-server" },
	{ EDGE_NONE, NULL },
};
static const struct edge after_one_before[] = {
	{ EDGE_SAME_SERVER, "record-registry-values" },
	{ EDGE_PREVIOUS, "clean-up-entity-log" },
	{ EDGE_PREVIOUS, "stop-services" },
	{ EDGE_PREVIOUS, "stop-web-console" },
	{ EDGE_PREVIOUS, "upgrade-management-server" },
	{ EDGE_PREVIOUS, "upgrade-acs-collector" },
	{ EDGE_NONE, NULL },
};
static const struct edge may_start_acs[] = { { EDGE_SAME_SERVER, "back-up-acs-database" },
					     { EDGE_SAME_SERVER, "upgrade-management-server" },
					     { EDGE_NONE, NULL } };
static const struct edge after_servers[] = { { EDGE_ALL, "upgrade-management-server" }, { EDGE_NONE, NULL } };
static const struct edge may_start_web_console[] = { { EDGE_ALL, "save-web-config" },
						     { EDGE_SAME_SERVER, "allow-aspnet" },
						     { EDGE_SAME_SERVER, "remove-web-console-role" },
						     { EDGE_ALL, "upgrade-management-server" },
						     { EDGE_NONE, NULL } };
static const struct edge may_remove_web_console[] = { { EDGE_ALL, "save-web-config" },
						      { EDGE_ALL, "upgrade-management-server" },
						      { EDGE_NONE, NULL } };
static const struct edge may_start_reporting[] = { { EDGE_ALL, "back-up-report-database" },
						   { EDGE_SAME_SERVER, "install-helper-console" },
						   { EDGE_ALL, "upgrade-management-server" },
						   { EDGE_NONE, NULL } };
static const struct edge any_time[] = { { EDGE_NONE, NULL } };
static const struct edge after_gateways[] = { { EDGE_ALL, "upgrade-gateway" }, { EDGE_NONE, NULL } };
static const struct edge after_consoles[] = { { EDGE_ALL, "upgrade-operations-console" }, { EDGE_NONE, NULL } };
static const struct edge after_everything[] = {
	{ EDGE_ALL, "upgrade-gateway" }, { EDGE_ALL, "upgrade-operations-console" }, { EDGE_ALL, "approve-agents" },
	{ EDGE_ALL, "upgrade-agent" },   { EDGE_ALL, "upgrade-web-console" },        { EDGE_NONE, NULL }
};

/* Every role is on the target before the first update. */
static const struct edge may_update[] = {
	{ EDGE_ALL, "upgrade-management-server" }, { EDGE_ALL, "upgrade-acs-collector" },
	{ EDGE_ALL, "upgrade-gateway" },           { EDGE_ALL, "upgrade-operations-console" },
	{ EDGE_ALL, "upgrade-web-console" },       { EDGE_ALL, "reinstall-web-console" },
	{ EDGE_ALL, "upgrade-reporting-server" },  { EDGE_NONE, NULL }
};
static const struct edge after_updated_servers[] = { { EDGE_ALL, "update-management-server" }, { EDGE_NONE, NULL } };
static const struct edge after_update_script[] = { { EDGE_ALL, "run-update-script" }, { EDGE_NONE, NULL } };
static const struct edge after_update_packs[] = { { EDGE_ALL, "import-update-packs" }, { EDGE_NONE, NULL } };
static const struct edge after_own_update[] = { { EDGE_SAME_SERVER, "update-gateway" }, { EDGE_NONE, NULL } };
static const struct edge after_own_reporting[] = { { EDGE_SAME_SERVER, "upgrade-reporting-server" },
						   { EDGE_NONE, NULL } };

/* What is undone needs that it was done, and that the upgrade is over. */
#define UNDO(name, how, task, and_how, after) \
	static const struct edge name[] = { { how, task }, { and_how, after }, { EDGE_NONE, NULL } }
UNDO(undo_services, EDGE_SAME_SERVER, "stop-services", EDGE_SAME_SERVER, "upgrade-management-server");
UNDO(undo_registry, EDGE_SAME_SERVER, "record-registry-values", EDGE_SAME_SERVER, "upgrade-management-server");
UNDO(undo_connectors, EDGE_ALL, "stop-connectors", EDGE_ALL, "upgrade-management-server");
UNDO(undo_subscriptions, EDGE_ALL, "disable-subscriptions", EDGE_ALL, "upgrade-management-server");
static const struct edge undo_web_console[] = { { EDGE_SAME_SERVER, "stop-web-console" },
						{ EDGE_SAME_SERVER, "upgrade-management-server" },
						{ EDGE_SAME_SERVER, "upgrade-web-console" },
						{ EDGE_NONE, NULL } };
static const struct edge undo_queue[] = { { EDGE_ALL, "raise-agent-queue" },
					  { EDGE_ALL, "approve-agents" },
					  { EDGE_ALL, "upgrade-agent" },
					  { EDGE_NONE, NULL } };

static bool is_later_server(const struct scope *scope)
{
	return scope->server != plan_first_with(scope->plan, OM_MANAGEMENT_SERVER);
}

static bool has_servers(const struct scope *scope)
{
	return plan_first_with(scope->plan, OM_MANAGEMENT_SERVER) != NULL;
}

/* clang-format off */
const struct task om_tasks[] = {
	{
		.id = "review-event-logs",
		.preparation = true,
		.phase = BEFORE,
		.title = "Review the event log of {server}",
		.kind = STEP_POWERSHELL,
		.roles = OM_MANAGEMENT_SERVER,
		.text = om_review_logs_text,
		.follows = any_time,
		.why = "Errors that recur today are easier to solve before the upgrade, and the copy tells later what "
		       "is new.",
		.verify = "Nothing that recurs is left, and the copy of the log is kept.",
		.source = "pre-upgrade tasks, task 1 [DOC]",
	},
#include "flows/om/om_rows_before.inc"
	{
		.id = "clean-up-entity-log",
		.preparation = true,
		.phase = BEFORE,
		.title = "Groom the table EntityTransactionLog",
		.kind = STEP_SQL,
		.applies = has_servers,
		.text_of = om_etl_text,
		.sql_of = om_operational_place,
		.why = "Setup grooms it too, and with more than 100,000 rows to groom it is slow and can time out.",
		.verify = "The first result, run again, says 0 rows, or at most some thousand new ones.",
		.source = "pre-upgrade tasks, task 2 [DOC]",
	},
	{
		.id = "set-gateway-failover",
		.preparation = true,
		.phase = BEFORE,
		.title = "Give agents behind gateway servers a failover",
		.kind = STEP_POWERSHELL,
		.applies = om_has_gateways,
		.text = om_failover_text,
		.why = "While its gateway server is upgraded an agent needs another one to report to.",
		.verify = "No warning is printed; each agent behind a gateway server has a failover.",
		.run_on = first_server,
		.source = "pre-upgrade tasks, task 3 [DOC]",
	},
	{
		.id = "empty-pending-management",
		.preparation = true,
		.phase = BEFORE,
		.title = "Empty Pending Management",
		.kind = STEP_POWERSHELL,
		.applies = has_servers,
		.text = om_pending_text,
		.why = "Agents that wait there can block the upgrade.",
		.verify = "Get-SCOMPendingManagement returns nothing.",
		.run_on = first_server,
		.source = "pre-upgrade tasks, task 4 [DOC]",
	},
	{
		.id = "disable-subscriptions",
		.preparation = true,
		.phase = BEFORE,
		.title = "Record and disable the notification subscriptions",
		.kind = STEP_POWERSHELL,
		.applies = has_servers,
		.text = om_disable_subscriptions_text,
		.why = "The upgrade raises alerts that nobody should be woken for. Only those that were enabled are "
		       "enabled again.",
		.verify = "No subscription is enabled, and the list is kept on the system drive.",
		.run_on = first_server,
		.source = "pre-upgrade tasks, task 5 [DOC]",
	},
	{
		.id = "stop-connectors",
		.preparation = true,
		.phase = BEFORE,
		.title = "Stop the connectors",
		.kind = STEP_MANUAL,
		.applies = om_has_connectors,
		.text = om_stop_connectors_text,
		.why = "Connectors hold connections to the management group while it changes.",
		.verify = "The services of the connectors are stopped.",
		.source = "pre-upgrade tasks, task 6 [DOC]",
	},
	{
		.id = "stop-services",
		.preparation = true,
		.phase = BEFORE,
		.title = "Stop the services on {server}",
		.kind = STEP_POWERSHELL,
		.roles = OM_MANAGEMENT_SERVER,
		.applies = is_later_server,
		.text = om_stop_services_text,
		.why = "Recommended for every management server but the one being upgraded, so that only setup works "
		       "on the databases.",
		.verify = "HealthService, OMSDK and cshost are stopped.",
		.source = "pre-upgrade tasks, task 7 [DOC]",
	},
	{
		.id = "check-database-space",
		.preparation = true,
		.phase = BEFORE,
		.title = "Check the space of the operational database",
		.kind = STEP_SQL,
		.applies = has_servers,
		.text_of = om_space_text,
		.sql_of = om_operational_place,
		.why = "Setup changes the database in large transactions: without room it fails in the middle.",
		.verify =
			"More than 50 % of the data file is free, and the log is at least half of the database's size.",
		.source = "pre-upgrade tasks, task 8 [DOC]",
	},
	{
		.id = "back-up-database",
		.backup = true,
		.phase = BEFORE,
		.title = "Back up the operational database",
		.kind = STEP_SQL,
		.applies = has_servers,
		.text_of = om_backup_text,
		.sql_of = om_operational_place,
		.why = "Nothing rolls an upgrade back; backups are the only way, and the first management server "
		       "changes the databases. The "
		       "document says before the second one, a left-over of an older path.",
		.verify =
			"RESTORE VERIFYONLY says that the backup set is valid; the file lies on another machine too.",
		.source = "pre-upgrade tasks, task 9 [DOC]; before the first server [OURS]",
	},
	{
		.id = "back-up-warehouse-database",
		.backup = true,
		.phase = BEFORE,
		.title = "Back up the data warehouse",
		.kind = STEP_SQL,
		.applies = has_servers,
		.text_of = om_warehouse_backup_text,
		.sql_of = om_warehouse_place,
		.why = "The first management server changes it too, and it may be on another SQL Server.",
		.verify =
			"RESTORE VERIFYONLY says that the backup set is valid; the file lies on another machine too.",
		.source = "pre-upgrade tasks, task 9 [DOC]; before the first server [OURS]",
	},
	{
		.id = "back-up-acs-database",
		.backup = true,
		.phase = BEFORE,
		.title = "Back up the database of the ACS collector {server}",
		.kind = STEP_SQL,
		.roles = OM_ACS,
		.text_of = om_acs_backup_text,
		.sql_of = om_acs_place,
		.why = "The wizard of the ACS collector upgrades its database along.",
		.verify = "RESTORE VERIFYONLY says that the backup set is valid.",
		.source = "pre-upgrade tasks, task 9; ACS collector upgrade page [DOC]",
	},
	{
		.id = "back-up-report-database",
		.backup = true,
		.phase = BEFORE,
		.title = "Back up the databases of Reporting Services",
		.kind = STEP_SQL,
		.applies = om_has_reporting,
		.text_of = om_report_backup_text,
		.sql_of = om_reporting_place,
		.why = "A failed setup of Reporting can leave Reporting Services broken.",
		.verify = "RESTORE VERIFYONLY says that the backup set is valid; the key's file is kept apart.",
		.source = "pre-upgrade tasks, task 9 [DOC]; the key [OURS]",
	},
	{
		.id = "raise-agent-queue",
		.preparation = true,
		.phase = BEFORE,
		.title = "Raise the queue of the agents to 75 MB",
		.kind = STEP_POWERSHELL,
		.applies = om_has_agents,
		.text_of = om_raise_queue_text,
		.why = "Agents keep their data while no management server takes it.",
		.verify = "maximumQueueSizeKb is 76800 on the agents.",
		.elsewhere = true,
		.source = "pre-upgrade tasks, task 10 [DOC]",
	},
	{
		.id = "save-web-config",
		.phase = BEFORE,
		.title = "Save the web console's settings on {server}",
		.kind = STEP_POWERSHELL,
		.roles = OM_WEB_CONSOLE,
		.text = om_save_web_config_text,
		.why = "Setup resets web.config, and the choice of SSL to what the registry says.",
		.verify = "Below scupgrade-before on the system drive a folder of this time holds the files.",
		.source = "web console upgrade page [DOC]",
	},
	{
		.id = "stop-web-console",
		.preparation = true,
		.phase = BEFORE,
		.title = "Stop the web console on {server}",
		.kind = STEP_MANUAL,
		.along = true,
		.roles = OM_WEB_CONSOLE,
		.text = om_stop_web_console_text,
		.why = "Nobody should work in it while it changes.",
		.verify = "The web console does not answer.",
		.source = "pre-upgrade tasks, task 11 [UNCERTAIN: the pages name different things]",
	},
	{
		.id = "upgrade-management-server",
		.once = true,
		.alone = true,
		.phase = SERVERS,
		.title = "Upgrade management server {server}",
		.kind = STEP_COMMAND,
		.roles = OM_MANAGEMENT_SERVER,
		COMMON_WORDS(management_server_words),
		.requires = may_start_server,
		.follows = after_one_before,
		.why_of = management_server_why,
		.verify = "ServerVersion below HKLM\\SOFTWARE\\Microsoft\\Microsoft Operations Manager\\3.0\\Setup is "
			  "{server-build} or later; the services "
			  "HealthService, OMSDK and cshost run.",
		.failure = SETUP_LOG,
		.build = &server_build,
		.services = server_services,
		.file_of = setup_program,
		.log = SETUP_LOG_FILE,
		.source = "upgrade page, command prompt step 3 and notes [PAGE]; setup logs and registry [CODE]",
	},
	{
		.id = "upgrade-acs-collector",
		.phase = SERVERS,
		.title = "Upgrade ACS collector on {server}",
		.kind = STEP_MANUAL,
		.roles = OM_ACS,
		.along = true,
		.text = acs_text,
		.requires = may_start_acs,
		.why = "An ACS collector is upgraded along with the management server that it lives on.",
		.verify = "The service AdtServer runs, and new events arrive in its database.",
		.source = "upgrade page, note [PAGE]; ACS collector upgrade page [DOC]",
	},
	{
		.id = "upgrade-gateway",
		.once = true,
		.phase = OTHERS,
		.title = "Upgrade gateway server {server}",
		.kind = STEP_COMMAND,
		.roles = OM_GATEWAY,
		COMMON_WORDS(gateway_words),
		.reader = READER_MSI,
		.requires = after_servers,
		.follows = any_time,
		.why = "Gateway servers come after all management servers.",
		.verify = "Operations console, Administration, Device Management, Management Servers: version "
			  "{agent-build} or later.",
		.failure = LOG_FOLDER "MOMGateway.log: look for \"Return value 3\".",
		.build = &agent_build,
		.services = agent_services,
		.file_of = gateway_package,
		.log = LOG_FOLDER "MOMGateway.log",
		.source = "gateway upgrade page [DOC]",
	},
	{
		.id = "upgrade-operations-console",
		.phase = OTHERS,
		.title = "Upgrade Operations console on {server}",
		.kind = STEP_COMMAND,
		.roles = OM_CONSOLE,
		.applies = is_alone,
		COMMON_WORDS(console_words),
		.requires = after_servers,
		.follows = after_gateways,
		.why = "Stand-alone consoles come after the management servers and the gateway servers.",
		.verify = "UIVersion below HKLM\\SOFTWARE\\Microsoft\\Microsoft Operations Manager\\3.0\\Setup is "
			  "{server-build} or later.",
		.failure = SETUP_LOG,
		.build = &console_build,
		.file_of = setup_program,
		.log = SETUP_LOG_FILE,
		.source = "upgrade page [PAGE]; console upgrade page [DOC]",
	},
	{
		.id = "approve-agents",
		.postponed = om_updates,
		.behind = "import-update-packs",
		.phase = OTHERS,
		.kind = STEP_MANUAL,
		.title = "Approve the update of pushed agents",
		.title_of = approve_title,
		.applies = has_push_agents,
		.text_of = approve_text,
		.requires = after_servers,
		.follows = after_consoles,
		.why = "Pushed agents appear under Pending Management once the management servers are upgraded. Until "
		       "then APM events on agents are to be expected.",
		.verify = "Agent version {agent-build} or later; it can take 60 minutes to show.",
		.source = "upgrade page, note [PAGE]; agent upgrade page [DOC]",
	},
	{
		.id = "upgrade-agent",
		.postponed = om_updates,
		.behind = "import-update-packs",
		.phase = OTHERS,
		.title = "Upgrade agent on {server}",
		.kind = STEP_COMMAND,
		.roles = OM_AGENT,
		COMMON_WORDS(agent_words),
		.reader = READER_MSI,
		.requires = after_servers,
		.follows = after_consoles,
		.why = "Agents that were installed by hand are upgraded by hand, after the management servers. A "
		       "console of {source} on the same "
		       "machine is removed first.",
		.verify = "Agent version {agent-build} or later; it can take 60 minutes to show.",
		.failure = LOG_FOLDER "MOMAgent.log: look for \"Return value 3\".",
		.build = &agent_build,
		.services = agent_services,
		.file = agent_package,
		.log = LOG_FOLDER "MOMAgent.log",
		.source = "agent upgrade page [DOC]",
	},
	{
		.id = "upgrade-unix-agents",
		.postponed = om_updates,
		.behind = "import-update-packs",
		.phase = OTHERS,
		.title = "Upgrade the agents of UNIX and Linux computers",
		.kind = STEP_MANUAL,
		.applies = om_has_unix_agents,
		.text_of = om_unix_text,
		.requires = after_servers,
		.follows = after_consoles,
		.why = "They come after the management servers, like all agents.",
		.verify = "UNIX/Linux Computers shows the new version and the computers healthy.",
		.source = "agent upgrade page [DOC]; certificates [FIELD]",
	},
	{
		.id = "remove-web-console-role",
		.once = true,
		.phase = OTHERS,
		.title = "Remove the web console from {server}",
		.kind = STEP_COMMAND,
		.roles = OM_WEB_CONSOLE,
		.applies = om_reinstalls_web_console,
		COMMON_WORDS(remove_web_console_words),
		.requires = may_remove_web_console,
		.follows = after_gateways,
		.why = "The plan has the web console removed and installed anew, because no page shows its upgrade in "
		       "place. Its settings were saved first.",
		.verify = "Programs and Features lists no web console.",
		.failure = SETUP_LOG,
		.build = &web_console_build,
		.removes = true,
		.file_of = setup_program,
		.log = SETUP_LOG_FILE,
		.source = "command line reference [DOC]; as a way to upgrade [OURS, UNCERTAIN: no page of this release "
			  "shows one]",
	},
	{
		.id = "reinstall-web-console",
		.once = true,
		.phase = OTHERS,
		.title = "Install the web console on {server}",
		.kind = STEP_COMMAND,
		.roles = OM_WEB_CONSOLE,
		.along = true,
		.applies = om_reinstalls_web_console,
		COMMON_WORDS(install_web_console_words),
		.requires = may_start_web_console,
		.why = "The web console of {target} is installed where that of {source} was.",
		.verify = "The web console opens, and its customisations are in web.config again.",
		.failure = SETUP_LOG,
		.build = &web_console_build,
		.file_of = setup_program,
		.log = SETUP_LOG_FILE,
		.source = "web console installation page [DOC]; as a way to upgrade [OURS, UNCERTAIN: no page of this "
			  "release shows one]",
	},
	{
		.id = "upgrade-web-console",
		.phase = OTHERS,
		.title = "Upgrade web console on {server}",
		.kind = STEP_COMMAND,
		.roles = OM_WEB_CONSOLE,
		.applies = om_keeps_web_console,
		COMMON_WORDS(web_console_words),
		.requires = may_start_web_console,
		.follows = after_gateways,
		.why_of = web_console_why,
		.verify = "The web console opens, and its customisations are in web.config again.",
		.failure = SETUP_LOG,
		.build = &web_console_build,
		.file_of = setup_program,
		.log = SETUP_LOG_FILE,
		.source = "upgrade pages of the roles; web console upgrade page [DOC]",
	},
	{
		.id = "install-helper-console",
		.phase = OTHERS,
		.title = "Install the console of {source} on Reporting server {server}",
		.kind = STEP_MANUAL,
		.roles = OM_REPORTING,
		.applies = om_needs_helper_console,
		.text_of = om_helper_console_text,
		.requires = after_servers,
		.follows = any_time,
		.why = "Without it the check \"Management Server Upgraded\" of Reporting's setup fails where Reporting "
		       "stands apart.",
		.verify = "The Operations console of {source} is listed in Programs and Features.",
		.source = "Reporting upgrade page [DOC, UNCERTAIN: between some releases by inference]",
	},
	{
		.id = "upgrade-reporting-server",
		.phase = OTHERS,
		.title = "Upgrade Reporting server {server}",
		.kind = STEP_COMMAND,
		.roles = OM_REPORTING,
		.applies = is_alone,
		COMMON_WORDS(reporting_words),
		.requires = may_start_reporting,
		.follows = after_everything,
		.why = "Reporting comes last. One page wants gateways, consoles and agents done before it, another "
		       "lets them run side by side; last is safe. "
		       "[UNCERTAIN: the documents disagree]",
		.verify = "A report opens in the Operations console.",
		.failure = "OMReporting.log beside OpsMgrSetupWizard.log; a broken Reporting Services instance is "
			   "repaired by ResetSRS.exe from SupportTools.",
		.build = &reporting_build,
		.file_of = setup_program,
		.log = SETUP_LOG_FILE,
		.source = "upgrade overview; Reporting upgrade page [DOC, UNCERTAIN]",
	},
#include "flows/om/om_rows_update.inc"
	{
		.id = "start-web-console",
		.phase = AFTER,
		.title = "Start the web console on {server}",
		.kind = STEP_MANUAL,
		.roles = OM_WEB_CONSOLE,
		.text = om_start_web_console_text,
		.requires = undo_web_console,
		.why = "It was stopped before the upgrade.",
		.verify = "The web console opens.",
		.source = "post-upgrade tasks [OURS]",
	},
	{
		.id = "start-services",
		.phase = AFTER,
		.title = "See that the services run on {server}",
		.kind = STEP_POWERSHELL,
		.roles = OM_MANAGEMENT_SERVER,
		.applies = is_later_server,
		.text = om_start_services_text,
		.requires = undo_services,
		.why = "They were stopped before the upgrade.",
		.verify = "HealthService, OMSDK and cshost run.",
		.source = "post-upgrade tasks [OURS]",
	},
	{
		.id = "enable-subscriptions",
		.phase = AFTER,
		.title = "Enable the notification subscriptions again",
		.kind = STEP_POWERSHELL,
		.applies = has_servers,
		.text = om_enable_subscriptions_text,
		.requires = undo_subscriptions,
		.why = "They were disabled before the upgrade, and only those that were enabled come back.",
		.verify = "The list is the one of before.",
		.run_on = first_server,
		.source = "post-upgrade tasks, task 1 [DOC]",
	},
	{
		.id = "start-connectors",
		.phase = AFTER,
		.title = "Start the connectors",
		.kind = STEP_MANUAL,
		.applies = om_has_connectors,
		.text = om_start_connectors_text,
		.requires = undo_connectors,
		.why = "They were stopped before the upgrade.",
		.verify = "Alerts reach the other products.",
		.source = "post-upgrade tasks, task 2 [DOC]",
	},
	{
		.id = "enable-acs-forwarding",
		.phase = AFTER,
		.title = "Enable audit forwarding on the agents",
		.kind = STEP_MANUAL,
		.applies = om_has_acs,
		.text = om_acs_forwarding_text,
		.requires = after_servers,
		.why = "The upgrade of an agent disables it.",
		.verify = "New events of those agents arrive in OperationsManagerAC.",
		.source = "post-upgrade tasks, task 3; agent upgrade page [DOC]",
	},
	{
		.id = "reset-agent-queue",
		.phase = AFTER,
		.title = "Reset the queue of the agents to 15 MB",
		.kind = STEP_POWERSHELL,
		.applies = om_has_agents,
		.text_of = om_reset_queue_text,
		.requires = undo_queue,
		.why = "It was raised before the upgrade; 15360 is the default.",
		.verify = "maximumQueueSizeKb is 15360 on the agents.",
		.elsewhere = true,
		.source = "post-upgrade tasks, task 4 [DOC]",
	},
#include "flows/om/om_rows_after.inc"
	{
		.id = "verify-management-group",
		.phase = AFTER,
		.title = "Verify the management group",
		.kind = STEP_MANUAL,
		.applies = has_servers,
		.text = om_verify_text,
		.requires = after_servers,
		.why = "The upgrade is complete only when every feature is upgraded and healthy.",
		.verify = "Everything in the list is as it should be.",
		.source = "post-upgrade tasks, task 5 [DOC]",
	},
	{
		.id = "check-license",
		.phase = AFTER,
		.title = "Check the license",
		.kind = STEP_POWERSHELL,
		.applies = has_servers,
		.text = om_license_text,
		.requires = after_servers,
		.why_of = om_license_why,
		.verify = "Help, About says (Retail).",
		.run_on = first_server,
		.source = "license page [DOC, UNCERTAIN]",
	},
	{ .id = NULL }
};
