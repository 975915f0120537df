/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Operations Manager: the words of every command line, the files that they name, and how to see what a line did.
 */
#include "flows/om/om_words.h"

/* ---- words ---- */

const char *om_setup_program(const struct scope *scope)
{
	return common_in_folder(scope->arena, om_answers(scope->plan)->setup_folder, "setup.exe");
}

/* Where the plan does not say where the media is, the prompt is in the package's folder. */
static const char *package_on_media(const struct scope *scope, const char *folder, const char *name)
{
	const char *media = om_answers(scope->plan)->setup_folder;

	if (!media)
		return name;
	return common_in_folder(scope->arena, media, arena_printf(scope->arena, "%s\\%s", folder, name));
}

const char *om_gateway_package(const struct scope *scope)
{
	return package_on_media(scope, "gateway\\AMD64", "MOMGateway.msi");
}

const char *om_agent_package(const struct scope *scope)
{
	return package_on_media(scope, "agent\\AMD64", "MOMAgent.msi");
}

static const char *das_user(const struct scope *scope)
{
	return om_answers(scope->plan)->das_user;
}

static const char *reader_user(const struct scope *scope)
{
	return om_answers(scope->plan)->reader_user;
}

/* Only another folder than the default is told to setup: the documents do not show the switch with /upgrade. */
const char *om_other_folder(const struct scope *scope)
{
	const char *path = om_answers(scope->plan)->install_path;
	return path && !str_eq(path, common_folder(scope)) ? path : NULL;
}

const char *om_web_site(const struct scope *scope)
{
	const char *site = om_server(scope->server)->web_site;
	return site ? site : "Default Web Site";
}

const char *om_web_authorization(const struct scope *scope)
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

/* ---- which features one run of setup upgrades ---- */

/* The agent of a machine is not upgraded beside a console or web console of the old release: they make room for it. */
static bool makes_room(const struct scope *scope, unsigned role)
{
	return om_alone(scope->server) && server_has(scope->server, OM_AGENT) && server_has(scope->server, role);
}

bool om_makes_room_console(const struct scope *scope)
{
	return makes_room(scope, OM_CONSOLE);
}

bool om_makes_room_web_console(const struct scope *scope)
{
	return makes_room(scope, OM_WEB_CONSOLE);
}

/* The roles that the one run on a machine without management server upgrades; 0: there is none. */
static unsigned features(const struct scope *scope)
{
	unsigned set = scope->server->roles & (OM_REPORTING | OM_WEB_CONSOLE | OM_CONSOLE);

	if (!om_alone(scope->server))
		return 0;
	if (server_has(scope->server, OM_AGENT))
		set &= ~(unsigned)(OM_WEB_CONSOLE | OM_CONSOLE);
	return om_reinstalls_web_console(scope) ? set & ~(unsigned)OM_WEB_CONSOLE : set;
}

bool om_upgrades_reporting(const struct scope *scope)
{
	return features(scope) & OM_REPORTING;
}

bool om_upgrades_web_console(const struct scope *scope)
{
	return (features(scope) & (OM_REPORTING | OM_WEB_CONSOLE)) == OM_WEB_CONSOLE;
}

bool om_upgrades_console(const struct scope *scope)
{
	return features(scope) == OM_CONSOLE;
}

const char *om_feature_title(const struct scope *scope)
{
	static const char *const titles[] = {
		[OM_CONSOLE] = "Upgrade Operations console on {server}",
		[OM_WEB_CONSOLE] = "Upgrade web console on {server}",
		[OM_REPORTING] = "Upgrade Reporting server {server}",
		[OM_WEB_CONSOLE | OM_CONSOLE] = "Upgrade web console and Operations console on {server}",
		[OM_REPORTING | OM_CONSOLE] = "Upgrade Reporting server and Operations console on {server}",
		[OM_REPORTING | OM_WEB_CONSOLE] = "Upgrade Reporting server and web console on {server}",
		[OM_REPORTING | OM_WEB_CONSOLE | OM_CONSOLE] =
			"Upgrade Reporting server, web console and Operations console on {server}",
	};

	return scope_fill(scope, titles[features(scope)]);
}

/* Whether the line has the switches of the web console: those that stand alone, and those of a management server. */
static bool has_web_console(const struct scope *scope)
{
	return om_alone(scope->server) ? features(scope) & OM_WEB_CONSOLE : server_has(scope->server, OM_WEB_CONSOLE);
}

static bool uses_ssl(const struct scope *scope)
{
	return om_server(scope->server)->web_ssl;
}

static bool has_ssl_switch(const struct scope *scope)
{
	return has_web_console(scope) && uses_ssl(scope);
}

static bool leaves_out_apm(const struct scope *scope)
{
	return om_answers(scope->plan)->no_apm;
}

/* What is about the whole group runs on the first management server, which has the module. */
const char *om_first_server(const struct scope *scope)
{
	const struct server *first = plan_first_with(scope->plan, OM_MANAGEMENT_SERVER);
	return first ? first->name : NULL;
}

#define SETUP_UPGRADE                                                                                                  \
	{ .form = WORD_PLAIN, .value_of = om_setup_program }, { .form = WORD_PLAIN, .value = "/silent" },              \
		{ .form = WORD_PLAIN, .value = "/upgrade" },                                                           \
	{                                                                                                              \
		.form = WORD_COLON, .name = "AcceptEndUserLicenseAgreement", .value = "1"                              \
	}

#define OTHER_FOLDER                                                                                                   \
	{                                                                                                              \
		.form = WORD_COLON, .name = "InstallPath", .value_of = om_other_folder,                                \
		.uncertain = "no document shows the switch InstallPath with an upgrade"                                \
	}

/* DOUBT: what is not sure about them. */
#define WEB_CONSOLE_SWITCHES(doubt)                                                                                    \
	{ .form = WORD_COLON,                                                                                          \
	  .name = "WebSiteName",                                                                                       \
	  .value_of = om_web_site,                                                                                     \
	  .applies = has_web_console,                                                                                  \
	  .uncertain = (doubt) },                                                                                      \
		{ .form = WORD_PLAIN, .value = "/WebConsoleUseSSL", .applies = has_ssl_switch },                       \
	{                                                                                                              \
		.form = WORD_COLON, .name = "WebConsoleAuthorizationMode", .value_of = om_web_authorization,           \
		.applies = has_web_console                                                                             \
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
	WEB_CONSOLE_SWITCHES("no document shows the switches of the web console in the line of a management server"),
	OTHER_FOLDER,
};
const struct argument_list om_management_server_line = ARGUMENTS(management_server_words);

/* One run of setup upgrades every feature of a machine, so that its line has the switches of all. */
static const struct argument feature_words[] = {
	SETUP_UPGRADE,
	WEB_CONSOLE_SWITCHES(NULL),
	{ .form = WORD_COLON,
	  .name = "ManagementServer",
	  .value_of = reported_server,
	  .applies = om_upgrades_reporting },
	OTHER_FOLDER,
};
const struct argument_list om_feature_line = ARGUMENTS(feature_words);

static const struct argument remove_web_console_words[] = {
	{ .form = WORD_PLAIN, .value_of = om_setup_program },
	{ .form = WORD_PLAIN, .value = "/silent" },
	{ .form = WORD_PLAIN, .value = "/uninstall" },
	{ .form = WORD_COLON, .name = "components", .value = "OMWebConsole" },
};
const struct argument_list om_remove_web_console_line = ARGUMENTS(remove_web_console_words);

static const struct argument install_web_console_words[] = {
	{ .form = WORD_PLAIN, .value_of = om_setup_program },
	{ .form = WORD_PLAIN, .value = "/silent" },
	{ .form = WORD_PLAIN, .value = "/install" },
	{ .form = WORD_COLON, .name = "components", .value = "OMWebConsole" },
	{ .form = WORD_COLON, .name = "ManagementServer", .value_of = om_first_server },
	{ .form = WORD_COLON, .name = "WebSiteName", .value_of = om_web_site },
	{ .form = WORD_PLAIN, .value = "/WebConsoleUseSSL", .applies = uses_ssl },
	{ .form = WORD_COLON, .name = "WebConsoleAuthorizationMode", .value_of = om_web_authorization },
	{ .form = WORD_COLON, .name = "UseMicrosoftUpdate", .value = "0" },
	{ .form = WORD_COLON, .name = "AcceptEndUserLicenseAgreement", .value = "1" },
	{ .form = WORD_COLON, .name = "InstallPath", .value_of = om_other_folder },
};
const struct argument_list om_install_web_console_line = ARGUMENTS(install_web_console_words);

/* The media as it is downloaded, a program that unpacks itself. */
const char *om_media(const struct scope *scope)
{
	return om_answers(scope->plan)->media;
}

static const char *media_folder(const struct scope *scope)
{
	return om_answers(scope->plan)->setup_folder;
}

enum step_kind om_extract_kind(const struct scope *scope)
{
	const char *from = om_media(scope), *to = media_folder(scope);

	return from && to ? STEP_COMMAND : STEP_MANUAL;
}

static const struct argument extract_words[] = {
	{ .form = WORD_PLAIN, .value_of = om_media },
	{ .form = WORD_PROPERTY, .name = "/Dir", .value_of = media_folder },
	{ .form = WORD_PLAIN, .value = "/VERYSILENT" },
};
const struct argument_list om_extract_line = ARGUMENTS(extract_words);

static const struct argument gateway_words[] = {
	{ .form = WORD_PLAIN, .value = "msiexec" },
	{ .form = WORD_PLAIN, .value = "/i" },
	{ .form = WORD_PLAIN, .value_of = om_gateway_package },
	{ .form = WORD_PLAIN, .value = "/qn" },
	{ .form = WORD_PLAIN, .value = "/norestart" },
	{ .form = WORD_PLAIN, .value = "/l*v" },
	{ .form = WORD_PLAIN, .value = COMMON_LOG_FOLDER "MOMGateway.log" },
	{ .form = WORD_PROPERTY, .name = "AcceptEndUserLicenseAgreement", .value = "1" },
};
const struct argument_list om_gateway_line = ARGUMENTS(gateway_words);

static const struct argument agent_words[] = {
	{ .form = WORD_PLAIN, .value = "msiexec" },
	{ .form = WORD_PLAIN, .value = "/i" },
	{ .form = WORD_PLAIN, .value_of = om_agent_package },
	{ .form = WORD_PLAIN, .value = "/qn" },
	{ .form = WORD_PLAIN, .value = "/norestart" },
	{ .form = WORD_PLAIN, .value = "/l*v" },
	{ .form = WORD_PLAIN, .value = COMMON_LOG_FOLDER "MOMAgent.log" },
	{ .form = WORD_PROPERTY, .name = "AcceptEndUserLicenseAgreement", .value = "1" },
	{ .form = WORD_PROPERTY, .name = "NOAPM", .value = "1", .applies = leaves_out_apm },
};
const struct argument_list om_agent_line = ARGUMENTS(agent_words);

/* ---- how to see that it worked ---- */

#define SETUP_KEY "SOFTWARE\\Microsoft\\Microsoft Operations Manager\\3.0\\Setup"

const struct build_probe om_server_build = {
	.key = SETUP_KEY,
	.value = "ServerVersion",
	.target = "{server-build}",
	.source = "setup logs and registry [CODE]",
};
const struct build_probe om_console_build = {
	.key = SETUP_KEY,
	.value = "UIVersion",
	.target = "{server-build}",
	.source = "console upgrade page [DOC]",
};
const struct build_probe om_agent_build = {
	.service = "HealthService",
	.file = "HealthService.dll",
	.target = "{agent-build}",
	.source = "gateway upgrade page; agent upgrade page [DOC]",
};
const struct build_probe om_web_console_build = {
	.product = "System Center Operations Manager*Web Console*",
	.target = "{server-build}",
	.source = "setup logs and registry [UNCERTAIN: the name follows that of the server's package]",
};
const struct build_probe om_reporting_build = {
	.product = "System Center Operations Manager*Reporting*",
	.target = "{server-build}",
	.source = "setup logs and registry [UNCERTAIN: the name follows that of the server's package]",
};

const char *const om_server_services[] = { "HealthService", "OMSDK", "cshost", NULL };
const char *const om_agent_services[] = { "HealthService", NULL };
