/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Operations Manager: an address of the Data Access Service that is a load balancer's. Setup of Reporting and of the
 * web console asks there whether the management servers are upgraded, and fails; so both name an upgraded one for
 * their upgrade, and the address again after it.
 */
#include "flows/om/om_address.h"

/* What the server names by its facts, as Reporting or as web console; NULL: not known. */
static const char *named_by(const struct scope *scope, unsigned role)
{
	const struct fact_set *facts = facts_of(scope->facts, scope->server ? scope->server->name : NULL);

	return fact_text(facts, role == OM_REPORTING ? &fact_reporting_management_server :
						       &fact_web_management_server);
}

static bool is_management_server(const struct scope *scope, const char *name)
{
	const struct server *server = plan_find_server(scope->plan, name);

	return host_equal(name, "localhost") || (server && server_has(server, OM_MANAGEMENT_SERVER));
}

/* ---- steps ---- */

/* Facts that name a management server refute it. */
static bool asks_address(const struct scope *scope, unsigned role)
{
	const char *address = om_answers(scope->plan)->data_access_address, *named = named_by(scope, role);

	return address && om_alone(scope->server) && server_has(scope->server, role) &&
	       !(named && is_management_server(scope, named));
}

bool om_points_reporting(const struct scope *scope)
{
	return asks_address(scope, OM_REPORTING);
}

bool om_points_web_console(const struct scope *scope)
{
	return asks_address(scope, OM_WEB_CONSOLE) && !om_reinstalls_web_console(scope) &&
	       !om_makes_room_web_console(scope);
}

#define REPORTING_VALUE                                                                                                \
	"DefaultSDKServiceMachine in HKLM\\SOFTWARE\\Microsoft\\Microsoft Operations Manager\\3.0\\Reporting"
#define WEB_VALUES                                                                                                     \
	"DEFAULT_SERVER in HKLM\\SOFTWARE\\Microsoft\\System Center Operations Manager\\12\\Setup\\WebConsole, and "  \
	"the name in <managementServer> of WebConsole\\WebHost\\Web.config"

const char *om_point_reporting_text(const struct scope *scope)
{
	return arena_printf(scope->arena,
			    "On %s write down " REPORTING_VALUE ", which names %s. Set it to %s, and restart Reporting "
			    "Services.",
			    scope->server->name, om_answers(scope->plan)->data_access_address, om_first_server(scope));
}

const char *om_point_reporting_back_text(const struct scope *scope)
{
	return arena_printf(scope->arena,
			    "On %s set " REPORTING_VALUE ", to %s again, as it was written down, and restart Reporting "
			    "Services.",
			    scope->server->name, om_answers(scope->plan)->data_access_address);
}

const char *om_point_web_console_text(const struct scope *scope)
{
	return arena_printf(scope->arena,
			    "On %s write down " WEB_VALUES ", which name %s. Set both to %s, and run iisreset.",
			    scope->server->name, om_answers(scope->plan)->data_access_address, om_first_server(scope));
}

const char *om_point_web_console_back_text(const struct scope *scope)
{
	return arena_printf(scope->arena, "On %s set " WEB_VALUES ", to %s again, and run iisreset.",
			    scope->server->name, om_answers(scope->plan)->data_access_address);
}

/* ---- the check ---- */

/* What the server names while the plan has no address; NULL: there is nothing of the kind. One that the plan has is
 * compared with the facts. */
static const char *unknown_address(const struct scope *scope, unsigned role)
{
	const char *address = om_answers(scope->plan)->data_access_address, *named = named_by(scope, role);

	return named && !address && server_has(scope->server, role) && !is_management_server(scope, named)
		       ? named
		       : NULL;
}

bool om_asks_unknown_address(const struct scope *scope)
{
	return unknown_address(scope, OM_REPORTING) || unknown_address(scope, OM_WEB_CONSOLE);
}

enum check_state om_test_address(struct check_context *context)
{
	const char *reporting = unknown_address(context->scope, OM_REPORTING);

	return check_say(context, CHECK_WARNING, "the %s asks %s, which is no management server of this plan",
			 reporting ? "Reporting server" : "web console",
			 reporting ? reporting : unknown_address(context->scope, OM_WEB_CONSOLE));
}
