/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Service Management Automation, uninstall and reinstall against the kept database: fields, roles, pages, rules across
 * fields. Facts come from the documents that each row names; each row names its source.
 */
#include "flows/sma/sma.h"

#include "core/text.h"

extern const struct flow flow_sma;

/* ---- servers ---- */

static const struct choice sma_roles[] = { { "runbook-worker", "Runbook worker", "Worker",
					     "Runs the runbooks: the service rbsvc. One worker for each computer." },
					   { "web-service", "Web service", "Web service",
					     "The web service in IIS; it needs the PowerShell module on its machine." },
					   { NULL, NULL, NULL, NULL } };

/* [OURS: custom, no document] */
static const struct role_name sma_role_names[] = {
	{ SMA_WORKER, "WRK WORKER RBW RW SMA" },
	{ SMA_WEB_SERVICE, "WEB WS" },
	{ 0, NULL },
};

static const char *row_note(const struct scope *scope)
{
	const struct server *server = (const struct server *)scope->record;
	if (server_has(server, SMA_WORKER) && server_has(server, SMA_WEB_SERVICE))
		return "worker first";
	if (server_has(server, SMA_WORKER))
		return "before the web service";
	return server->roles ? "after all workers" : "";
}

static const struct field server_name = {
	.key = "name",
	.kind = FIELD_TEXT,
	.flags = FIELD_REQUIRED | FIELD_IN_LIST,
	.offset = AT_TEXT(struct server, name),
	.label = "Name",
	.help = "Short (WRK01) or with its domain (wrk01.contoso.com). With the same names the workers need not be "
		"registered again.",
	.example = "WRK01",
	.rule = rule_host,
	.tidy = tidy_trim,
	.source = "limits of this program [OURS]; registering: SMA uninstallation page [UNCERTAIN: inferred]",
};

static const struct field server_roles = {
	.key = "roles",
	.kind = FIELD_CHOICES,
	.flags = FIELD_REQUIRED | FIELD_IN_LIST,
	.offset = AT_CHOICES(struct server, roles),
	.label = "Roles",
	.choices = sma_roles,
	.help = "The roles of Service Management Automation on this machine; both are possible.",
	.example = "runbook-worker",
	.source = "upgrade page [PAGE]",
};

static const struct field *const server_columns[] = { &server_name, &server_roles, &sma_replaces, NULL };

static const struct field f_servers = {
	.key = "servers",
	.kind = FIELD_ROWS,
	.flags = FIELD_REQUIRED,
	.offset = AT_ROWS(struct sma_answers, common.servers),
	.label = "Servers",
	.row_name = "server",
	.columns = server_columns,
	.record_size = sizeof(struct sma_server),
	.row_note = row_note,
	.row_ends = sma_row_ends,
	.row_note_label = "Installed",
	.help = "Everything old is uninstalled first; then every worker is installed, and the web services last.",
	.source = "upgrade page, note [PAGE]",
};

/* ---- answers ---- */

bool sma_is_monitored(const struct scope *scope)
{
	return sma_answers(scope->plan)->monitored;
}

static bool check_old_media(const struct scope *scope, struct report *to)
{
	const struct sma_answers *answers = sma_answers(scope->plan);
	if (!answers->media_folder || !text_equal_fold(answers->media_folder, answers->source_media_folder))
		return true;
	return report_error(to, "media-same",
			    "Name the folder with the packages of the release to uninstall, or leave it empty.",
			    "\"%s\" is the folder of the new packages too; one of the two is wrong.",
			    answers->source_media_folder);
}

static const struct field f_media = {
	.key = "media-folder",
	.kind = FIELD_TEXT,
	.flags = FIELD_FOLDER | FIELD_THIS_HOP,
	.offset = AT_TEXT(struct sma_answers, media_folder),
	.label = "Folder of the {target} packages",
	.brief = "{target} packages",
	.example = "D:\\SMA",
	.rule = rule_media_folder,
	.tidy = tidy_path,
	.help = "The folder SMA of the Orchestrator media, as the servers see it. Empty: you change to that folder "
		"before you run a line.",
	.source = "SMA deployment page [DOC]",
};

static const struct field f_old_media = {
	.key = "source-media-folder",
	.kind = FIELD_TEXT,
	.flags = FIELD_FOLDER | FIELD_THIS_HOP,
	.offset = AT_TEXT(struct sma_answers, source_media_folder),
	.label = "Folder of the {source} packages",
	.brief = "{source} packages",
	.example = "E:\\SMA-old",
	.rule = rule_media_folder,
	.tidy = tidy_path,
	.check = check_old_media,
	.help = "For the uninstallation. Empty: a script looks the product up by its display name. A product code is "
		"never guessed.",
	.source = "SMA uninstallation page [OURS]",
	.next_from = &f_media,
};

static const struct field f_monitored = {
	.key = "monitoring.operations-manager",
	.kind = FIELD_FLAG,
	.offset = AT_FLAG(struct sma_answers, monitored),
	.label = "Operations Manager monitors these servers",
	.brief = "Monitored",
	.preset = "no",
	.help = "Then they go into maintenance mode first and leave it last.",
	.source = "upgrade page, steps 1 and 5 [PAGE]",
};

static bool check_management_server(const struct scope *scope, struct report *to)
{
	const char *name = sma_answers(scope->plan)->management_server;

	if (!plan_find_server(scope->plan, name))
		return true;
	return report_error(to, "monitoring-own-server", "Name a management server that is not upgraded by this plan.",
			    "\"%s\" is one of the servers that go into maintenance mode, and a management server "
			    "never does.",
			    name);
}

static const struct field f_management_server = {
	.key = "monitoring.management-server",
	.kind = FIELD_TEXT,
	.flags = FIELD_REQUIRED,
	.offset = AT_TEXT(struct sma_answers, management_server),
	.label = "Management server to connect to",
	.brief = "Management server",
	.example = "MS01",
	.rule = rule_host,
	.tidy = tidy_trim,
	.applies = sma_is_monitored,
	.check = check_management_server,
	.help = "Its Data Access Service must run during the whole upgrade.",
	.source = "Operations Manager cmdlet reference [DOC, OURS]",
};

static const struct field f_minutes = {
	.key = "monitoring.minutes",
	.kind = FIELD_NUMBER,
	.offset = AT_NUMBER(struct sma_answers, minutes),
	.label = "Minutes of maintenance",
	.preset = "120",
	.minimum = 5,
	.maximum = 10080,
	.applies = sma_is_monitored,
	.help = "At least five; long enough for all steps. The last step ends it early.",
	.source = "Operations Manager cmdlet reference [DOC]; which server is asked [OURS]",
};

bool sma_warn_managed(const char *account, struct report *to)
{
	return common_warn_managed(account, "No document shows one with Service Management Automation.",
				   "Use a domain account with a password.", to);
}

/* clang-format off */
static const struct field *const sma_fields[] = {
	&field_product,
	&common_source,
	&common_target,
	&common_goal,
	&sma_source_level,
	&f_media,
	&f_old_media,
	&sma_sql_server,
	&sma_sql_instance,
	&sma_sql_port,
	&sma_database,
	&sma_authentication,
	&sma_backup_file,
	&sma_source_server,
	&sma_source_instance,
	&sma_source_port,
	&f_monitored,
	&f_management_server,
	&f_minutes,
	&sma_worker_user,
	&sma_pool_user,
	&sma_sql_user,
	&sma_deployment,
	&sma_license,
	&sma_web_address,
	&sma_web_site,
	&sma_web_port,
	&sma_web_ssl,
	&sma_web_certificate,
	&sma_web_folder,
	&sma_web_admins,
	&sma_worker_folder,
	&sma_etw,
	&sma_telemetry,
	&sma_update,
	&f_servers,
	&common_change_number,
	&common_change_start,
	&common_change_end,
	&common_change_owner,
	&common_change_contact,
	&common_minutes,
	&field_confirmed,
	&field_acknowledged,
	NULL
};
/* clang-format on */

static const struct account sma_accounts[] = {
	{ "accounts.worker-service", "Service account of the workers", &sma_worker_user, NULL },
	{ "accounts.application-pool", "Account of the application pool", &sma_pool_user, NULL },
	{ "accounts.database", "SQL Server login", &sma_sql_user, NULL },
	{ "product-key", "License of the new installation", &sma_product_key, "Product key" },
	{ NULL, NULL, NULL, NULL }
};

/* ---- pages ---- */

static const char *ending(const struct scope *scope)
{
	return arena_printf(
		scope->arena,
		"Work through the steps in their order; \"scupgrade steps PLAN\" prints them with their scripts.\n\n"
		"1. Settings, backup, %sthen stop every runbook worker.\n"
		"2. Uninstall everything old: web services, modules, workers.\n"
		"3. Install every runbook worker, then the PowerShell module, and the web services last.\n"
		"4. Check the deployment%s.\n\n"
		"Every line says CREATEDATABASE=\"No\". The samples in the documents say Yes; against a live database "
		"that must never happen.",
		sma_answers(scope->plan)->monitored ? "maintenance mode, " : "",
		sma_answers(scope->plan)->monitored ? ", then end maintenance mode" : "");
}

static const struct page page_servers = {
	.id = "servers",
	.section = "Getting Started",
	.title = "Upgrade Service Management Automation",
	.rail = "Servers",
	.kind = PAGE_FORM,
	.help = "There is no upgrade in place: the old release is uninstalled, and the new one is installed against "
		"the kept database. "
		"List every runbook worker and "
		"every web service.",
	.fields = (const struct field *const[]){ &f_servers, &sma_source_level, &f_media, &f_old_media, &f_monitored,
						 NULL },
};

static const struct page page_checks = {
	.id = "prerequisites",
	.section = "Prerequisites",
	.title = "System requirements",
	.rail = "Checks",
	.kind = PAGE_CHECKS,
	.help = "Review the system requirements. What a program cannot see from here you confirm, with your name and "
		"a note, which are kept in the plan.",
};

static const struct page page_maintenance = {
	.id = "maintenance",
	.section = "Configuration",
	.title = "Maintenance mode",
	.rail = "Maintenance",
	.kind = PAGE_FORM,
	.applies = sma_is_monitored,
	.help = "The servers, their Health Service and its watcher go into maintenance mode through a running "
		"management server, so that no alerts are raised. Management servers themselves never go into it.",
	.fields = (const struct field *const[]){ &f_management_server, &f_minutes, NULL },
};

/* clang-format off */
static const struct page *const sma_pages[] = {
	&common_page_choose,
	&page_servers,
	&page_checks,
	&sma_page_backup,
	&sma_page_database,
	&sma_page_workers,
	&sma_page_web,
	&page_maintenance,
	&common_page_change,
	&common_page_ready,
	&common_page_progress,
	&common_page_done,
	NULL
};
/* clang-format on */

/* ---- rules across fields ---- */

static bool sma_check(const struct scope *scope, struct diags *diags)
{
	struct report at = plan_report(scope->plan, &scope->plan->answers->record, &f_servers, diags);
	bool ok = common_check_accounts(scope, diags);

	if (!plan_server_count(scope->plan))
		return ok; /* the list is missing, which says enough */
	if (!plan_first_with(scope->plan, SMA_WORKER))
		ok = report_error(&at, "no-runbook-worker", "Give at least one server the role runbook-worker.",
				  "None of the servers is a runbook worker.");
	if (!plan_first_with(scope->plan, SMA_WEB_SERVICE))
		ok = report_error(&at, "no-web-service", "Give at least one server the role web-service.",
				  "None of the servers has the web service.");
	return ok;
}

static const char *const other_names[] = { "sma", "automation", "servicemanagementautomation", NULL };

const struct flow flow_sma = {
	.id = "service-management-automation",
	.other_names = other_names,
	.title = "Service Management Automation",
	.headline = "Service Management Automation {source} \xe2\x86\x92 {target}",
	.help = "Runbook workers and web services: uninstalled, then installed again against the kept database.",
	.goes_first = true,
	.edges = release_edges,
	.releases = sma_releases,
	.answers_size = sizeof(struct sma_answers),
	.fields = sma_fields,
	.name = &sma_deployment,
	.name_instead = sma_deployment_instead,
	.servers = &f_servers,
	.roles = sma_roles,
	.role_names = sma_role_names,
	.pages = sma_pages,
	.accounts = sma_accounts,
	.prereqs = sma_prereqs,
	.after = sma_after,
	.tasks = sma_tasks,
	.no_return = "uninstall-web-service",
	.back_out = sma_back_out,
	.facts = (const struct field *const *const[]){ common_facts_machine, sma_facts, common_facts_software, NULL },
	.fact_words = sma_fact_words,
	.propose = sma_propose,
	.collector = &sma_collector,
	.ending = ending,
	.logs = &sma_logs,
	.found_build = sma_found_build,
	.check = sma_check,
};
