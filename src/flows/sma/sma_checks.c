/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Service Management Automation: the prerequisites. What plan and facts tell is tested, the rest is for the
 * administrator to confirm.
 */
#include "flows/sma/sma_tests.h"

#include "flows/common/both_sides.h"

static enum check_state test_media(struct check_context *context)
{
	const char *folder = sma_answers(context->scope->plan)->media_folder;
	if (!folder) {
		context->found = "current folder of the prompt";
		return CHECK_PASSED;
	}
	context->found = folder;
	return str_starts(folder, "\\\\") ? CHECK_WARNING : CHECK_PASSED;
}

/* A server of today is judged by the source's list, a new one by the target's. One that stays needs both, or gets the
 * target's Windows while nothing is installed on it. */
static enum check_state judge_side(const struct scope *scope, enum side side, struct strbuf *say)
{
	const struct hop *hop = scope->hop;
	bool old = side == SIDE_SOURCE || side == SIDE_BOTH, new = side == SIDE_TARGET || side == SIDE_BOTH;

	if (sma_is_replaced(scope) ? old : new)
		return CHECK_PASSED;
	if (old && !sma_is_new(scope)) {
		strbuf_printf(say, ", which fits %s; its step between removal and installation brings %s",
			      hop->source->brief, hop->after->windows_text);
		return CHECK_PASSED;
	}
	strbuf_puts(say, side_advice(hop, side, "Windows Server ", hop_common_windows(hop, scope->arena),
				     hop->before->windows, scope->arena));
	return CHECK_FAILED;
}

/* By the lists; where later ones are taken too, the first Windows of the target's list or a later one, and below the
 * one that all documents name it is a warning. Says what was found. */
static enum check_state judge_windows(struct check_context *context, struct strbuf *say)
{
	const struct hop *hop = context->scope->hop;
	const struct product_release *target = hop->after;
	const struct fact_set *facts = check_facts(context);
	const char *text = fact_text(facts, &fact_os_version), *kind = fact_text(facts, &fact_os_kind), *name;
	unsigned version[4];

	if (!text || !kind)
		return CHECK_UNKNOWN;
	fact_version(text, version);
	name = windows_name(version, str_eq(kind, "workstation"));
	strbuf_printf(say, "%s (%s)", name ? name : "another Windows", text);
	if (str_eq(kind, "workstation"))
		return CHECK_FAILED;
	if (!target->windows_or_later)
		return judge_side(context->scope, side_of_windows(hop, version), say);
	if (!windows_reaches(version, target->windows[0]))
		return CHECK_FAILED;
	return target->sure_windows && !windows_reaches(version, target->sure_windows) ? CHECK_WARNING : CHECK_PASSED;
}

static enum check_state worse(enum check_state a, enum check_state b)
{
	return a < b ? a : b;
}

static enum check_state end_test(struct check_context *context, enum check_state state, struct strbuf *say,
				 const char *group)
{
	if (state == CHECK_UNKNOWN)
		state = check_unknown(context, group);
	else
		check_say(context, state, "%s", strbuf_text(say));
	strbuf_clear(say);
	return state;
}

static enum check_state test_worker(struct check_context *context)
{
	const char *text = fact_text(check_facts(context), &fact_powershell);
	struct strbuf say = STRBUF_INIT;
	enum check_state state = judge_windows(context, &say);
	unsigned version[4], least[4];

	if (!text)
		return end_test(context, worse(state, CHECK_UNKNOWN), &say, "powershell");
	fact_version(text, version);
	fact_version(context->scope->hop->after->powershell, least);
	strbuf_printf(&say, "%sPowerShell %s", say.length ? ", " : "", text);
	if (fact_version_compare(version, least) < 0)
		state = worse(state, CHECK_FAILED);
	return end_test(context, state, &say, "os");
}

static enum check_state test_web_service(struct check_context *context)
{
	/* clang-format off */
	static const char *const features[] = {
		"NET-Framework-Core", "Web-WebServer", "Web-Basic-Auth", "Web-Windows-Auth", "Web-Url-Auth",
		"Web-Asp-Net45", "NET-WCF-HTTP-Activation45", NULL
	};
	/* clang-format on */
	struct strbuf say = STRBUF_INIT;
	enum check_state state = judge_windows(context, &say), installed = check_features(context, features);

	if (installed == CHECK_UNKNOWN)
		return end_test(context, worse(state, CHECK_UNKNOWN), &say, "iis");
	strbuf_printf(&say, "%sfeatures: %s", say.length ? ", " : "", context->found);
	return end_test(context, worse(state, installed), &say, "os");
}

/* The database that the registry of the SMA servers names, asked from there. */
static enum check_state test_sql_version(struct check_context *context)
{
	return check_sql_version(context, sma_databases, 1u << 0, 1u << 0,
				 edge_flag_find(context->scope->hop->edge, FLAG_SQL_MOVE) != NULL);
}

static bool has_least_level(const struct scope *scope)
{
	return scope->hop->edge->minimum_rollup != NULL;
}

/* No build tells the level: the plan does, or a person. */
static enum check_state test_source_level(struct check_context *context)
{
	const char *level = context->scope->plan->answers->source_level;
	const char *least = context->scope->hop->edge->minimum_rollup;

	if (!level)
		return CHECK_UNKNOWN;
	return check_say(context, sma_level_number(level) < strtoul(least, NULL, 10) ? CHECK_FAILED : CHECK_PASSED,
			 "%s by the plan", level);
}

static enum check_state test_local_administrator(struct check_context *context)
{
	return check_flag(context, &fact_account_local, true, CHECK_WARNING, "the account that ran the collector is a "
									     "local administrator",
			  "the account that ran the collector is not a local administrator", "account");
}

/* clang-format off */
const struct prereq sma_prereqs[] = {
	{
		.id = "source-build", .title = "Source build", .days = 7, .applies = has_least_level,
		.test = test_source_level, .needs_no_facts = true,
		.needed = "Service Management Automation {source} with {source-level}.",
		.remedy = "Install update rollup {minimum-rollup} or later before the upgrade.",
		.source = "suite upgrade page [DOC]",
	},
	{
		.id = "worker-requirements", .title = "Requirements of a runbook worker",
		.days = 30, .roles = SMA_WORKER,
		.test = test_worker,
		.needed = "{windows}{windows-safe} and PowerShell {powershell} or "
			  "later.",
		.remedy = "Move the worker to Windows Server {best-windows}, or update PowerShell.",
		.source = "SMA system requirements [DOC, UNCERTAIN: one page names Windows Server 2016 only]",
	},
	{
		.id = "web-service-requirements", .title = "Requirements of the web service",
		.days = 30, .roles = SMA_WEB_SERVICE,
		.test = test_web_service,
		.needed = "{windows}; IIS 7.5 or later with Basic Authentication, Windows "
			  "Authentication, URL Authorization; ASP.NET 4.5; .NET 3.5 and 4.5; WCF HTTP Activation.",
		.remedy = "Add what is missing: NET-Framework-Core, Web-WebServer, Web-Basic-Auth, Web-Windows-Auth, "
			  "Web-Url-Auth, Web-Asp-Net45, NET-WCF-HTTP-Activation45.",
		.source = "SMA system requirements [DOC, CODE]",
	},
	{
		.id = "sql-version", .title = "SQL Server version", .days = 7, .test = test_sql_version,
		.needed = "SQL Server {sql}, Standard or Enterprise.",
		.remedy = "Update SQL Server, or move the database, before the upgrade.",
		.source = "SMA system requirements [UNCERTAIN: the pages differ by date on the service pack of 2012]",
	},
	{
		.id = "installed-release", .title = "Release that is installed", .days = 7,
		.roles = SMA_WORKER | SMA_WEB_SERVICE, .applies = sma_release_differs, .by_facts = true,
		.test = sma_test_release,
		.inferred = true,
		.needed = "Service Management Automation {source} is installed on this machine.",
		.remedy = "Look which release is there. Where {target} is, record its steps as done; else correct "
			  "source and target of the plan.",
		.source = "SMA system requirements [CODE, UNCERTAIN: one source for the builds]",
	},
	{
		.id = "pending-reboot", .title = "No restart pending", .days = 1, .roles = SMA_WORKER | SMA_WEB_SERVICE,
		.test = check_pending_reboot,
		.needed = "Windows does not wait for a restart.",
		.remedy = "Restart the server before setup.",
		.source = "deployment code [CODE, OURS]",
	},
	{
		.id = "install-folder", .title = "Installation drive", .days = 30,
		.roles = SMA_WORKER | SMA_WEB_SERVICE, .applies = sma_folder_differs, .by_facts = true,
		.test = sma_test_folder,
		.inferred = true,
		.needed = "The folder of the plan is on the drive that Service Management Automation is on today.",
		.remedy = "Correct the folder in the plan, or accept that it moves to another drive.",
		.source = "registry of the old servers [CODE]; that it should stay there [OURS]",
	},
	{
		.id = "web-certificate", .title = "Certificate of the web service", .days = 7,
		.roles = SMA_WEB_SERVICE, .applies = sma_certificate_is_wrong, .by_facts = true,
		.test = sma_test_certificate,
		.inferred = true,
		.needed = "The certificate has not expired, and is for the name by which the steps ask the web "
			  "service.",
		.remedy = "Replace a certificate that has expired. Where it is for another name, such as that of a "
			  "load balancer, put this name into the plan: web-service.address.",
		.source = "SMA deployment page [DOC]; the comparison [OURS]",
	},
	{
		.id = "license", .title = "License", .days = 30, .roles = SMA_WEB_SERVICE,
		.applies = sma_is_evaluation, .by_facts = true, .test = sma_test_license,
		.inferred = true,
		.needed = "The deployment is licensed: a new installation without a product key is an evaluation "
			  "again.",
		.remedy = "Plan the product key (license: key), or run Set-SmaLicense after the installation.",
		.source = "SMA cmdlet reference [DOC, UNCERTAIN: which of its properties tells]",
	},
	{
		.id = "setup-account-local", .title = "Setup account is local administrator", .days = 7,
		.roles = SMA_WORKER | SMA_WEB_SERVICE, .test = test_local_administrator,
		.needed = "The account that uninstalls and installs is a local administrator of this machine.",
		.remedy = "Add it to the local group Administrators, and open the Command Prompt with Run as "
			  "administrator.",
		.source = "msiexec [DOC]; that it takes an administrator here [OURS]",
	},
	{
		.id = "database-rights", .title = "Rights of the service accounts", .days = 30,
		.test = sma_test_rights,
		.needed = "The service accounts are db_owner of the database, and local administrators of their "
			  "machines.",
		.remedy = "Ask the database administrators for db_owner for accounts that change, and add them to the "
			  "local group Administrators.",
		.source = "SMA system requirements [FIELD]; local administrators: deployment code [CODE]",
	},
	{
		.id = "unc-media", .title = "Media on a local drive", .days = 30, .test = test_media,
		.needed = "The packages are started from a local drive.",
		.remedy = "Copy the media to the servers: from a network path an installation can hang on a hidden "
			  "security question.",
		.source = "reports on network paths [FIELD]",
	},
	{
		.id = "maintenance-server", .title = "A management server is up for maintenance mode", .days = 30,
		.applies = sma_is_monitored, .step = "start-maintenance-mode",
		.needed = "At least one management server runs, and its management group is not in the middle of an "
			  "upgrade.",
		.remedy = "Upgrade Service Management Automation first and Operations Manager later.",
		.source = "suite-wide upgrade sequence [DOC]; before Operations Manager [OURS]",
	},
	{
		.id = "database-backup", .title = "Database backed up", .days = 30, .step = "back-up-database",
		.needed = "A full, verified, recent backup of the database exists.",
		.remedy = "Run the statement of that step, which the page Back up the database shows.",
		.source = "upgrade page, prerequisites [PAGE]",
	},
	{ .id = NULL }
};
/* clang-format on */
