/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Operations Manager: the tests of the prerequisites over plan and facts; the table that names them is
 * om_checks.c.
 *
 * Failed is what the documents rule out or what ends setup; a warning is what they recommend, what they are not sure
 * of, and what is only known of the account that collected.
 */
#include "flows/om/om_tests.h"

#include "core/text.h"
#include "flows/common/both_sides.h"
#include "model/earlier.h"

/* ---- plan ---- */

/* The worst of them speaks for all. */
enum check_state om_test_earlier(struct check_context *context)
{
	static const enum check_state states[] = { [EARLIER_DONE] = CHECK_PASSED, [EARLIER_OPEN] = CHECK_FAILED,
						   [EARLIER_UNKNOWN] = CHECK_UNKNOWN };
	const struct plan *plan = context->scope->plan;
	const struct earlier_plan *worst = NULL;

	for (size_t i = 0; plan->earlier && i < plan->answers->upgraded_before.count; i++) {
		if (!worst || states[plan->earlier[i].state] < states[worst->state])
			worst = &plan->earlier[i];
	}
	if (!worst)
		return check_say(context, CHECK_UNKNOWN, "their records were not checked");
	return check_say(context, states[worst->state], "%s: %s", worst->name, worst->found);
}

enum check_state om_test_single_server(struct check_context *context)
{
	const struct server *first = plan_first_with(context->scope->plan, OM_MANAGEMENT_SERVER);
	size_t count = om_count(context->scope->plan, OM_MANAGEMENT_SERVER);

	if (count != 1)
		return check_say(context, CHECK_PASSED, "%zu management servers", count);
	/* The step of the backup is what there is instead, and a program does not see a backup. */
	return check_say(context, CHECK_UNKNOWN, "%s is the only one", first->name ? first->name : "one");
}

enum check_state om_test_media(struct check_context *context)
{
	const char *folder = om_answers(context->scope->plan)->setup_folder;

	if (!folder)
		return check_say(context, CHECK_PASSED, "current folder of the prompt");
	return check_say(context, str_starts(folder, "\\\\") ? CHECK_WARNING : CHECK_PASSED, "%s", folder);
}

enum check_state om_test_capacity(struct check_context *context)
{
	size_t servers = om_count(context->scope->plan, OM_MANAGEMENT_SERVER);
	size_t pushed = om_answers(context->scope->plan)->push_agents;
	size_t agents = pushed + om_count(context->scope->plan, OM_AGENT);

	if (pushed == NUMBER_OPEN)
		return CHECK_UNKNOWN;
	return check_say(context, agents > servers * 3000 ? CHECK_WARNING : CHECK_PASSED,
			 "agents: %zu; management servers: %zu", agents, servers);
}

/* ---- Windows ---- */

static enum check_state judge_core(struct check_context *context, const char *windows, bool listed)
{
	const struct om_core_rule *worst = NULL;
	enum check_state state = CHECK_PASSED;

	for (const struct om_core_rule *rule = om_target(context->scope)->core; rule->role; rule++) {
		enum check_state one = listed ? rule->listed : rule->elsewhere;

		if (!server_has(context->scope->server, rule->role) || one >= state)
			continue;
		state = one;
		worst = rule;
	}
	if (!worst)
		return check_say(context, state, "%s, Server Core", windows);
	return check_say(context, state, "%s, %s on Server Core: %s", windows, worst->name, worst->say);
}

/* Consoles may stand on a workstation. */
static enum check_state judge_workstation(struct check_context *context, const unsigned version[4], const char *text)
{
	bool listed = windows_is_one_of(version, true, context->scope->hop->after->workstations);
	bool console_only = !(context->scope->server->roles & ~(unsigned)(OM_CONSOLE | OM_AGENT));
	const char *name = windows_name(version, true);

	return check_say(context, listed && console_only ? CHECK_PASSED : CHECK_FAILED, "%s (%s)",
			 name ? name : "a workstation", text);
}

enum check_state om_test_operating_system(struct check_context *context)
{
	const struct om_release *target = om_target(context->scope);
	const struct fact_set *facts = check_facts(context);
	const char *text = fact_text(facts, &fact_os_version), *kind = fact_text(facts, &fact_os_kind), *name, *windows;
	const char *const listed[] = { target->core_windows, NULL };
	const struct hop *hop = context->scope->hop;
	enum side side;
	unsigned version[4];
	bool core;

	if (!text || !kind)
		return check_unknown(context, "os");
	fact_version(text, version);
	if (str_eq(kind, "workstation"))
		return judge_workstation(context, version, text);
	name = windows_name(version, false);
	windows = arena_printf(context->scope->arena, "%s (%s)", name ? name : "another Windows", text);
	side = side_of_windows(hop, version);
	if (side != SIDE_BOTH)
		return check_say(context, CHECK_FAILED, "%s%s", windows,
				 side_advice(hop, side, "Windows Server ",
					     hop_common_windows(hop, context->scope->arena), hop->before->windows,
					     context->scope->arena));
	if (!fact_flag(facts, &fact_os_core, &core))
		return check_unknown(context, "os");
	return core ? judge_core(context, windows,
				 !target->core_windows || windows_is_one_of(version, false, listed))
		    : check_say(context, CHECK_PASSED, "%s", windows);
}

/* A gateway server that does needs more than the others, and REMEDY where it lacks it. */
static bool watches_devices(struct check_context *context, const char *remedy)
{
	const struct server *server = context->scope->server;

	if (!server_has(server, OM_GATEWAY) || !om_server(server)->network_devices)
		return false;
	context->remedy = remedy;
	return true;
}

enum check_state om_test_cores(struct check_context *context)
{
	bool many = watches_devices(context, "Give the machine at least 8 cores: it watches network devices.");

	return check_minimum(context, &fact_cores, many ? 8 : 4, CHECK_WARNING, "cores", "hardware");
}

/* No server has so little memory. */
#define LOOKS_LIKE_GB 512

/* Firmware keeps a little of it for itself. */
enum check_state om_test_memory(struct check_context *context)
{
	const char *remedy = "Give the machine at least 32 GB of memory: it watches network devices.";
	uint64_t value, least = watches_devices(context, remedy) ? 32000 : 8000;

	if (fact_number(check_facts(context), &fact_memory, &value) && value <= LOOKS_LIKE_GB)
		return check_say(context, CHECK_WARNING, "%llu MB; was GB meant?", (unsigned long long)value);
	return check_minimum(context, &fact_memory, least, CHECK_WARNING, "MB", "hardware");
}

/* "E:" when setup is told another drive than the system drive; NULL: it is not. */
static const char *install_drive(const struct check_context *context, const char *system_drive)
{
	const char *path = om_answers(context->scope->plan)->install_path, *name;

	if (server_has(context->scope->server, OM_GATEWAY) || !path || !path[0] || path[1] != ':')
		return NULL;
	if (str_eq(path, context->scope->hop->after->folder))
		return NULL; /* written or not: setup is not told */
	name = arena_strndup(context->scope->arena, path, 2);
	return system_drive && text_equal_fold(system_drive, name) ? NULL : name;
}

static enum check_state judge_free(struct check_context *context, uint64_t free_mb, const char *drive)
{
	return check_say(context, free_mb < 10240 ? CHECK_FAILED : CHECK_PASSED, "%llu MB free on %s",
			 (unsigned long long)free_mb, drive);
}

enum check_state om_test_free_disk(struct check_context *context)
{
	const struct fact_set *facts = check_facts(context), *drive;
	const char *system_drive = fact_text(facts, &fact_system_drive), *name = install_drive(context, system_drive);
	uint64_t free_mb;

	if (!system_drive || !fact_number(facts, &fact_system_drive_free, &free_mb))
		return check_unknown(context, "system-drive");
	if (!name || judge_free(context, free_mb, system_drive) == CHECK_FAILED)
		return judge_free(context, free_mb, system_drive);
	drive = fact_row_with(facts, &fact_drives, &fact_drive_name, name);
	if (fact_number(drive, &fact_drive_free, &free_mb))
		return judge_free(context, free_mb, name);
	if (fact_is_known(facts, &fact_drives) && !drive)
		return check_say(context, CHECK_FAILED, "there is no drive %s to install to", name);
	context->found = NULL;
	return check_unknown(context, "drives");
}

enum check_state om_test_file_system(struct check_context *context)
{
	const char *name = fact_text(check_facts(context), &fact_system_drive_file_system);

	if (!name)
		return check_unknown(context, "system-drive");
	if (text_equal_fold(name, "ReFS"))
		context->remedy = "Move the role to a server whose system drive has NTFS: Windows converts FAT32, but "
				  "not ReFS.";
	return check_say(context, text_equal_fold(name, "NTFS") ? CHECK_PASSED : CHECK_FAILED, "%s", name);
}

struct net_release {
	uint64_t from;
	const char *name;
};

enum check_state om_test_dotnet(struct check_context *context)
{
	static const struct net_release known[] = {
		{ NET_4_8, "4.8" }, { NET_4_7_2, "4.7.2" }, { 460798, "4.7" },
		{ 393295, "4.6" },  { NET_4_5, "4.5" },     { 0, "4.0" },
	};
	const struct product_release *target = context->scope->hop->after;
	enum check_state state = CHECK_PASSED;
	uint64_t release;
	size_t i = 0;

	if (!fact_number(check_facts(context), &fact_net_release, &release))
		return check_unknown(context, "dotnet");
	while (release < known[i].from)
		i++;
	if (target->net_doubt && release >= target->net_doubt)
		state = CHECK_WARNING;
	if (release < target->net_least || (target->net_below && release >= target->net_below))
		state = CHECK_FAILED;
	return check_say(context, state, "%s%s (release %llu)", known[i].name, i == 0 ? " or later" : "",
			 (unsigned long long)release);
}

enum check_state om_test_powershell(struct check_context *context)
{
	return check_version(context, &fact_powershell, context->scope->hop->after->powershell, "PowerShell",
			     "powershell");
}

enum check_state om_test_winrm(struct check_context *context)
{
	const struct fact_set *facts = check_facts(context);
	uint64_t listeners;
	bool running;

	if (!fact_flag(facts, &fact_winrm_running, &running))
		return check_unknown(context, "winrm");
	if (!running)
		return check_say(context, CHECK_FAILED, "the service WinRM is not running");
	if (!fact_number(facts, &fact_winrm_listeners, &listeners))
		return check_unknown(context, "winrm");
	if (listeners == 0)
		return check_say(context, CHECK_FAILED, "WinRM is running, but has no listener");
	return check_say(context, CHECK_PASSED, "WinRM is running and listening");
}

/* The media knows no TLS 1.2: it needs TLS 1.0, on both ends. */
enum check_state om_test_tls(struct check_context *context)
{
	const struct fact_set *facts = check_facts(context);
	const char *client = fact_text(facts, &fact_tls_10_client), *server = fact_text(facts, &fact_tls_10_server);
	bool client_off = str_eq(client, "disabled"), server_off = str_eq(server, "disabled");

	if (client_off || server_off)
		return check_say(context, CHECK_FAILED, "TLS 1.0 is disabled for %s%s%s", client_off ? "clients" : "",
				 client_off && server_off ? " and " : "", server_off ? "servers" : "");
	if (!client || !server)
		return check_unknown(context, "tls");
	return check_say(context, CHECK_PASSED, "TLS 1.0 is not disabled");
}

enum check_state om_test_domain(struct check_context *context)
{
	const struct fact_set *facts = check_facts(context);
	const char *domain = fact_text(facts, &fact_domain);

	/* The collector leaves the domain out where the computer is in none, and says so where it could not tell. */
	if ((!domain || !*domain) && fact_is_known(facts, &fact_os_version) && !fact_why_unread(facts, "domain")) {
		context->remedy = "A management server has to be in a domain (a gateway server need not): join one, or "
				  "take the role away from it.";
		return check_say(context, CHECK_FAILED, "a management server that is not in a domain");
	}
	if (!domain || !*domain)
		return check_unknown(context, "domain");
	return check_say(context, strchr(domain, '.') ? CHECK_PASSED : CHECK_WARNING, "%s", domain);
}

/* ---- Operations Manager ---- */

enum check_state om_test_web_console_features(struct check_context *context)
{
	/* clang-format off */
	static const char *const features[] = {
		"NET-Framework-Core", "Web-WebServer", "Web-Static-Content", "Web-Default-Doc", "Web-Dir-Browsing",
		"Web-Http-Errors", "Web-Http-Logging", "Web-Request-Monitor", "Web-Filtering", "Web-Stat-Compression",
		"Web-Windows-Auth", "Web-Asp-Net", "Web-Asp-Net45", "NET-WCF-HTTP-Activation45", "Web-Mgmt-Console",
		"Web-Metabase", NULL
	};
	/* clang-format on */

	return check_features(context, features);
}

enum check_state om_test_remote_registry(struct check_context *context)
{
	const struct fact_set *service =
		fact_row_with(check_facts(context), &fact_services, &fact_service_name, "RemoteRegistry");
	const char *state = fact_text(service, &fact_service_state), *start = fact_text(service, &fact_service_start);

	bool good = str_eq(state, "running") && !str_eq(start, "disabled");

	if (!state)
		return check_unknown(context, "services");
	return check_say(context, good ? CHECK_PASSED : CHECK_FAILED, "Remote Registry is %s%s%s", state,
			 start ? ", its start is " : "", start ? start : "");
}

enum check_state om_test_report_viewer(struct check_context *context)
{
	const struct fact_set *facts = check_facts(context);
	bool doubt = context->scope->hop->after->report_viewer == REPORT_VIEWER_IN_DOUBT;
	enum check_state missing = doubt ? CHECK_WARNING : CHECK_FAILED;
	bool viewer, types, viewer_known = fact_flag(facts, &fact_report_viewer, &viewer);
	bool types_known = fact_flag(facts, &fact_clr_types, &types);

	if (viewer_known && !viewer)
		return check_say(context, missing, "Report Viewer 2015 is not installed");
	if (types_known && !types)
		return check_say(context, missing, "the CLR types of SQL Server 2014 are not installed");
	if (!viewer_known || !types_known)
		return check_unknown(context, "console");
	return check_say(context, CHECK_PASSED, "both are installed");
}

/* ---- the setup account: what is known of the account that collected ---- */

static const char *collector(const struct fact_set *facts)
{
	const char *name = fact_text(facts, &fact_account_name);

	return name ? name : "the account";
}

enum check_state om_test_account_local(struct check_context *context)
{
	const char *who = collector(check_facts(context));
	bool member;

	if (!fact_flag(check_facts(context), &fact_account_local, &member))
		return check_unknown(context, "account");
	return member ? check_say(context, CHECK_PASSED, "%s is a local administrator", who)
		      : check_say(context, CHECK_WARNING, "%s ran the collector and is not a local administrator", who);
}

enum check_state om_test_account_om(struct check_context *context)
{
	const struct fact_set *good = NULL;

	for (size_t i = 0; i < facts_count(context->scope->facts); i++) {
		const struct fact_set *facts = facts_at(context->scope->facts, i);
		const char *name = fact_text(facts, &fact_server);
		bool member;

		if (!plan_find_server(context->scope->plan, facts_host_at(context->scope->facts, i)) ||
		    !fact_flag(facts, &fact_account_om, &member))
			continue;
		if (!member)
			return check_say(context, CHECK_WARNING,
					 "%s ran the collector on %s and is not an Operations Manager administrator",
					 collector(facts), name);
		good = facts;
	}
	return good ? check_say(context, CHECK_PASSED, "%s is an Operations Manager administrator", collector(good))
		    : CHECK_UNKNOWN;
}
