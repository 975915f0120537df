/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Operations Manager: what is done on which server. Rows stand by phase in om_rows_*.inc, their lines in
 * om_words.c; here is what they have in common: conditions, titles and edges.
 */
#include "flows/om/om_address.h"
#include "flows/om/om_later.h"
#include "flows/om/om_words.h"

#define SETUP_LOG OM_SETUP_LOG " of the account that ran setup"

/* ---- conditions, titles and texts ---- */

static const char *management_server_why(const struct scope *scope)
{
	if (scope->server == plan_first_with(scope->plan, OM_MANAGEMENT_SERVER))
		return "The first management server is upgraded alone: a SQL update script runs early in its setup, "
		       "and run from two "
		       "servers it damages the databases.";
	return "The first management server's setup runs the SQL update script, which must run once only. The "
	       "others follow as "
	       "soon as possible, one at a time: no document says that they may run together.";
}

static const char *web_console_why(const struct scope *scope)
{
	const char *why = "A stand-alone web console comes after all management servers. Setup resets web.config, so a "
			  "copy of it was saved first.";

	return om_web_page_is_missing(scope)
		       ? arena_printf(scope->arena,
				      "%s The page on this line is published for 2016 only; the other way is to "
				      "uninstall and reinstall it. [UNCERTAIN]",
				      why)
		       : why;
}

#define AGENT_VERIFY                                                                                                   \
	"Agent version {agent-build} or later; it can take 60 minutes to show. APM events on agents, even on those "   \
	"without APM, end with their upgrade; where they stay, restart the health service there."

/* What one run of setup upgrades is looked at in one place. */
#define SAME_RUN "Programs and Features lists every feature of this machine with version {server-build} or later."

#define MAKES_ROOM                                                                                                     \
	"An agent is not upgraded on a computer that has a console or web console of {source}: that is removed "      \
	"first, and installed again after the agent."
#define MAKES_ROOM_SOURCE "agent upgrade page [DOC]; the way [UNCERTAIN: the page shows neither a line nor the pages]"

#define ADDRESS_WHY                                                                                                    \
	"Behind a load balancer setup does not see that the management servers are upgraded, and its prerequisite "    \
	"check \"Management Server Upgraded\" fails. That was seen in an earlier upgrade; the keys are the same since."
#define ADDRESS_SOURCE "a page on load-balanced servers [FIELD]; here [UNCERTAIN: it was seen in an earlier upgrade]"

static const char acs_text[] =
	"Start Setup.exe from the media and choose Audit Collection Services. In its wizard "
	"choose \"Use an existing "
	"database\", the data source name (OpsMgrAC unless it was changed), where the database "
	"server is, and how "
	"to log on to it; then Finish. No silent command line is documented.";

static bool pushes_without_apm(const struct scope *scope)
{
	return om_answers(scope->plan)->no_apm && om_answers(scope->plan)->push_agents > 0;
}

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
	if (count == 1)
		return "Approve the update of 1 pushed agent";
	if (batches <= 1)
		return arena_printf(scope->arena, "Approve the update of %u pushed agents", count);
	return arena_printf(scope->arena, "Approve the update of %u pushed agents in %u batches of at most %u", count,
			    batches, AGENT_BATCH);
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

/* ---- phases and edges ---- */

#define BEFORE "Before"
#define SERVERS "Management servers"
#define OTHERS "Other roles"
#define AFTER "After"

/* Hard edges, each with its reason in the step's "why". */
static const struct edge may_start_server[] = {
	{ EDGE_BEGIN, "export-management-packs" },
	{ EDGE_BEGIN, "grant-sql-host-rights" },
	{ EDGE_BEGIN, "prepare-replicas" },
	{ EDGE_BEGIN, "move-windows" },
	{ EDGE_BEGIN, "move-sql-server" },
	{ EDGE_BEGIN, "upgrade-linux-library" },
	{ EDGE_BEGIN, "find-duplicate-aliases" },
	{ EDGE_BEGIN, "install-sql-drivers" },
	{ EDGE_BEGIN, "install-dotnet" },
	{ EDGE_BEGIN, "allow-aspnet" },
	{ EDGE_BEGIN, "enable-tls-1-0" },
	{ EDGE_BEGIN, "review-event-logs" },
	{ EDGE_BEGIN, "review-management-group" },
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
	{ EDGE_SAME_SERVER, "save-web-config" },
	{ EDGE_BEGIN, "record-registry-values" },
	{ EDGE_FIRST, "upgrade-management-server" },
	{ EDGE_NONE, NULL },
};
static const struct edge after_one_before[] = {
	{ EDGE_PREVIOUS, "clean-up-entity-log" },
	{ EDGE_PREVIOUS, "stop-services" },
	{ EDGE_PREVIOUS, "stop-web-console" },
	{ EDGE_PREVIOUS, "upgrade-management-server" },
	{ EDGE_PREVIOUS, "upgrade-acs-collector" },
	{ EDGE_PREVIOUS, "start-services" },
	{ EDGE_NONE, NULL },
};
static const struct edge may_start_acs[] = { { EDGE_SAME_SERVER, "back-up-acs-database" },
					     { EDGE_SAME_SERVER, "upgrade-management-server" },
					     { EDGE_NONE, NULL } };
static const struct edge after_servers[] = { { EDGE_ALL, "upgrade-management-server" }, { EDGE_NONE, NULL } };
static const struct edge after_approvals[] = { { EDGE_ALL, "approve-agents" }, { EDGE_NONE, NULL } };
static const struct edge undo_failover[] = { { EDGE_ALL, "set-gateway-failover" },
					     { EDGE_ALL, "upgrade-gateway" },
					     { EDGE_NONE, NULL } };
static const struct edge undo_sql_rights[] = { { EDGE_ALL, "grant-sql-host-rights" },
					       { EDGE_ALL, "upgrade-management-server" },
					       { EDGE_ALL, "upgrade-reporting-server" },
					       { EDGE_ALL, "run-update-script" },
					       { EDGE_ALL, "check-license" },
					       { EDGE_NONE, NULL } };
static const struct edge undo_tls_10[] = { { EDGE_ALL, "enable-tls-1-0" },
					   { EDGE_ALL, "upgrade-management-server" },
					   { EDGE_ALL, "upgrade-gateway" },
					   { EDGE_ALL, "upgrade-web-console" },
					   { EDGE_ALL, "upgrade-reporting-server" },
					   { EDGE_ALL, "update-gateway" },
					   { EDGE_ALL, "update-web-console" },
					   { EDGE_ALL, "update-reporting-server" },
					   { EDGE_ALL, "import-update-packs" },
					   { EDGE_NONE, NULL } };
static const struct edge after_replicas[] = { { EDGE_ALL, "prepare-replicas" },
					      { EDGE_ALL, "upgrade-management-server" },
					      { EDGE_NONE, NULL } };
static const struct edge may_start_web_console[] = { { EDGE_SAME_SERVER, "save-web-config" },
						     { EDGE_SAME_SERVER, "point-web-console" },
						     { EDGE_SAME_SERVER, "allow-aspnet" },
						     { EDGE_SAME_SERVER, "remove-web-console-role" },
						     { EDGE_ALL, "upgrade-management-server" },
						     { EDGE_NONE, NULL } };
static const struct edge may_remove_web_console[] = { { EDGE_SAME_SERVER, "save-web-config" },
						      { EDGE_ALL, "upgrade-management-server" },
						      { EDGE_NONE, NULL } };
static const struct edge may_start_agent[] = { { EDGE_SAME_SERVER, "remove-operations-console" },
					       { EDGE_SAME_SERVER, "remove-web-console" },
					       { EDGE_ALL, "upgrade-management-server" },
					       { EDGE_NONE, NULL } };
static const struct edge after_own_agent[] = { { EDGE_SAME_SERVER, "upgrade-agent" }, { EDGE_NONE, NULL } };
static const struct edge after_agents[] = { { EDGE_ALL, "upgrade-management-server" },
					    { EDGE_ALL, "approve-agents" },
					    { EDGE_ALL, "upgrade-agent" },
					    { EDGE_NONE, NULL } };
static const struct edge may_start_reporting[] = { { EDGE_ALL, "back-up-report-database" },
						   { EDGE_SAME_SERVER, "save-web-config" },
						   { EDGE_SAME_SERVER, "allow-aspnet" },
						   { EDGE_SAME_SERVER, "install-helper-console" },
						   { EDGE_SAME_SERVER, "point-web-console" },
						   { EDGE_SAME_SERVER, "point-reporting-server" },
						   { EDGE_ALL, "upgrade-management-server" },
						   { EDGE_NONE, NULL } };
static const struct edge any_time[] = { { EDGE_NONE, NULL } };
static const struct edge after_gateways[] = { { EDGE_ALL, "upgrade-gateway" }, { EDGE_NONE, NULL } };
/* Agents come after the consoles, and once: where the plan has an update, after that. */
static const struct edge after_consoles[] = { { EDGE_ALL, "upgrade-operations-console" },
					      { EDGE_ALL, "import-update-packs" },
					      { EDGE_NONE, NULL } };
static const struct edge may_approve[] = { { EDGE_ALL, "upgrade-management-server" },
					   { EDGE_ALL, "import-update-packs" },
					   { EDGE_NONE, NULL } };
static const struct edge after_everything[] = {
	{ EDGE_ALL, "upgrade-gateway" },
	{ EDGE_ALL, "upgrade-operations-console" },
	{ EDGE_ALL, "approve-agents" },
	{ EDGE_ALL, "upgrade-agent" },
	{ EDGE_ALL, "install-operations-console" },
	{ EDGE_ALL, "install-web-console" },
	{ EDGE_ALL, "upgrade-web-console" },
	{ EDGE_NONE, NULL },
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
						{ EDGE_SAME_SERVER, "reinstall-web-console" },
						{ EDGE_SAME_SERVER, "install-web-console" },
						{ EDGE_SAME_SERVER, "upgrade-reporting-server" },
						{ EDGE_NONE, NULL } };
static const struct edge undo_web_address[] = { { EDGE_SAME_SERVER, "point-web-console" },
						{ EDGE_SAME_SERVER, "upgrade-web-console" },
						{ EDGE_SAME_SERVER, "upgrade-reporting-server" },
						{ EDGE_NONE, NULL } };
static const struct edge undo_reporting_address[] = { { EDGE_SAME_SERVER, "point-reporting-server" },
						      { EDGE_SAME_SERVER, "upgrade-reporting-server" },
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

/* Where a step lives, in the order of the phases. */
const struct task om_tasks[] = {
#include "flows/om/om_rows_before.inc"
#include "flows/om/om_rows_prepare.inc"
#include "flows/om/om_rows_servers.inc"
#include "flows/om/om_rows_others.inc"
#include "flows/om/om_rows_update.inc"
#include "flows/om/om_rows_undo.inc"
#include "flows/om/om_rows_address_back.inc"
#include "flows/om/om_rows_after.inc"
	{ .id = NULL }
};
