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

static const struct choice authentications[] = {
	{ "windows", "Windows authentication", "Windows", "The service accounts log on to the database themselves." },
	{ "sql", "SQL Server authentication", "SQL", "A login of SQL Server with a password." },
	{ NULL, NULL, NULL, NULL }
};

static bool uses_sql_login(const struct scope *scope)
{
	return sma_answers(scope->plan)->authentication == SMA_SQL_AUTHENTICATION;
}

static bool uses_ssl(const struct scope *scope)
{
	return sma_answers(scope->plan)->ssl;
}

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

static const struct field f_sql_server = {
	.key = "database.server",
	.kind = FIELD_TEXT,
	.flags = FIELD_REQUIRED,
	.offset = AT_TEXT(struct sma_answers, sql_server),
	.label = "Database server",
	.example = "SQL01",
	.rule = rule_sql_server,
	.tidy = tidy_trim,
	.help = "The SQL Server or listener that has the database now, without instance and port.",
	.source = "SMA deployment page; registry of the old servers [DOC, CODE]",
};

static const struct field f_sql_instance = {
	.key = "database.instance",
	.kind = FIELD_TEXT,
	.offset = AT_TEXT(struct sma_answers, sql_instance),
	.label = "Instance",
	.example = "AUTOMATION",
	.rule = rule_sql_instance,
	.tidy = tidy_trim,
	.help = "Only for a named instance; empty means the default one.",
	.source = "SMA deployment page [DOC]",
};

static const struct field f_sql_port = {
	.key = "database.port",
	.kind = FIELD_NUMBER,
	.offset = AT_NUMBER(struct sma_answers, sql_port),
	.label = "Port",
	.preset = "1433",
	.maximum = 65535,
	.help = "TCP port of the instance; 0 means that it is dynamic.",
	.source = "SMA deployment page [DOC]",
};

static const struct field f_database = {
	.key = "database.name",
	.kind = FIELD_TEXT,
	.flags = FIELD_REQUIRED,
	.offset = AT_TEXT(struct sma_answers, database),
	.label = "Database",
	.preset = SMA_DATABASE,
	.rule = rule_sql_database,
	.tidy = tidy_trim,
	.help = "The existing database: it keeps the runbooks and settings. Every line says CREATEDATABASE=\"No\".",
	.source = "upgrade page [PAGE]; SMA deployment page [DOC]",
};

static const struct field f_authentication = {
	.key = "database.authentication",
	.kind = FIELD_CHOICE,
	.offset = AT_CHOICE(struct sma_answers, authentication),
	.label = "Authentication",
	.choices = authentications,
	.preset = "windows",
	.help = "How workers and web service log on to the database now.",
	.source = "SMA deployment page [DOC, UNCERTAIN: the word for SQL is printed in two ways]",
};

static const struct field f_backup_file = {
	.key = "database.backup-file",
	.kind = FIELD_TEXT,
	.flags = FIELD_REQUIRED,
	.offset = AT_TEXT(struct sma_answers, backup_file),
	.label = "Backup file",
	.example = "E:\\Backup\\SMA.bak",
	.rule = rule_file,
	.tidy = tidy_path,
	.help = "On the database server, with its full path. The time is put into its name when it is made, so that "
		"nothing is written over.",
	.source = "SQL Server reference of BACKUP [OURS]",
};

static const struct field f_backup_done = {
	.key = "backup-done",
	.kind = FIELD_VOUCH,
	.label = "A full, verified backup of the database exists",
	.brief = "Backup done",
	.vouches = "database-backup",
	.help = "Set this to yes when the statement has run without an error. Your name and the date are kept in the "
		"plan.",
	.source = "upgrade page, prerequisites [PAGE]",
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

static bool warn_managed(const char *account, struct report *to)
{
	return common_warn_managed(account, "No document shows one with Service Management Automation.",
				   "Use a domain account with a password.", to);
}

static bool check_worker_user(const struct scope *scope, struct report *to)
{
	return warn_managed(sma_answers(scope->plan)->worker_user, to);
}

static bool check_pool_user(const struct scope *scope, struct report *to)
{
	return warn_managed(sma_answers(scope->plan)->pool_user, to);
}

static const struct field f_worker_user = {
	.key = "accounts.worker-service.user",
	.kind = FIELD_TEXT,
	.flags = FIELD_REQUIRED,
	.offset = AT_TEXT(struct sma_answers, worker_user),
	.label = "Service account of the workers",
	.brief = "Worker account",
	.example = "CONTOSO\\svc-sma",
	.rule = rule_account,
	.tidy = tidy_trim,
	.check = check_worker_user,
	.help = "DOMAIN\\user: the current logon of the service rbsvc.",
	.source = "SMA deployment page; registry of the old servers [DOC, CODE]",
};

static const struct field f_pool_user = {
	.key = "accounts.application-pool.user",
	.kind = FIELD_TEXT,
	.flags = FIELD_REQUIRED,
	.offset = AT_TEXT(struct sma_answers, pool_user),
	.label = "Account of the application pool",
	.brief = "Pool account",
	.example = "CONTOSO\\svc-smaweb",
	.rule = rule_account,
	.tidy = tidy_trim,
	.check = check_pool_user,
	.help = "DOMAIN\\user: the current identity of the application pool SMA in IIS.",
	.source = "SMA deployment page; registry of the old servers [DOC, CODE]",
};

static const struct field f_sql_user = {
	.key = "accounts.database.user",
	.kind = FIELD_TEXT,
	.flags = FIELD_REQUIRED,
	.offset = AT_TEXT(struct sma_answers, sql_user),
	.label = "SQL Server login",
	.example = "sma",
	.rule = rule_sql_login,
	.tidy = tidy_trim,
	.applies = uses_sql_login,
	.help = "The login that workers and web service use for the database now.",
	.source = "SMA deployment page [DOC]",
};

static const struct field f_deployment = {
	.key = "deployment",
	.kind = FIELD_TEXT,
	.offset = AT_TEXT(struct sma_answers, deployment),
	.label = "Deployment",
	.example = "Automation",
	.rule = rule_note,
	.tidy = tidy_trim,
	.help = "Its name, under which records are kept. Empty: server, instance and name of the database.",
	.source = "our reading [OURS]",
};

/* SERVER-INSTANCE-DATABASE, and without an instance SERVER-DATABASE. */
static const char *deployment_instead(const struct scope *scope)
{
	const struct sma_answers *answers = sma_answers(scope->plan);
	const char *instance = answers->sql_instance;
	const char *database = field_text(&f_database, scope->plan, &answers->common.record, scope->arena);

	if (!answers->sql_server)
		return "";
	return arena_printf(scope->arena, "%s%s%s-%s", answers->sql_server, instance ? "-" : "",
			    instance ? instance : "", database);
}

#define PASSWORD_HELP                                                                                                  \
	"May stay empty, which is recommended: the line then says <password>, and you type it on the server. It is "   \
	"never written to a file."

static const struct field f_worker_password = {
	.key = "accounts.worker-service.password",
	.kind = FIELD_SECRET,
	.label = "Its password",
	.account = "accounts.worker-service",
	.help = PASSWORD_HELP,
	.source = "passwords on command lines [OURS]",
};

static const struct field f_pool_password = {
	.key = "accounts.application-pool.password",
	.kind = FIELD_SECRET,
	.label = "Its password",
	.account = "accounts.application-pool",
	.help = PASSWORD_HELP,
	.source = "passwords on command lines [OURS]",
};

static const struct field f_sql_password = {
	.key = "accounts.database.password",
	.kind = FIELD_SECRET,
	.label = "Its password",
	.account = "accounts.database",
	.help = PASSWORD_HELP,
	.applies = uses_sql_login,
	.source = "passwords on command lines [OURS]",
};

static const struct choice licenses[] = {
	{ "key", "A product key", "Key", "PRODUCTKEY stands in the lines, and the key is typed where they run." },
	{ "evaluation", "An evaluation", "Evaluation",
	  "It ends 180 days after the installation, unless a key is set." },
	{ NULL, NULL, NULL, NULL }
};

static const struct field f_license = {
	.key = "license",
	.kind = FIELD_CHOICE,
	.offset = AT_CHOICE(struct sma_answers, license),
	.label = "License of the new installation",
	.brief = "License",
	.choices = licenses,
	.preset = "key",
	.help = "Nothing of the old installation's license is kept: without a key the new one is an evaluation.",
	.source = "SMA deployment page [OURS: from its table of properties]",
};

static bool has_product_key(const struct scope *scope)
{
	return sma_answers(scope->plan)->license == SMA_LICENSE_KEY;
}

static const struct field f_product_key = {
	.key = "product-key.password",
	.kind = FIELD_SECRET,
	.label = "Product key",
	.account = "product-key",
	.help = "May stay empty, which is recommended: the line then says <product-key>, and you type it on the "
		"server. It is never written to a file.",
	.applies = has_product_key,
	.source = "SMA deployment page [DOC]",
};

static const struct field f_address = {
	.key = "web-service.address",
	.kind = FIELD_TEXT,
	.flags = FIELD_SPARSE,
	.offset = AT_TEXT(struct sma_answers, web_address),
	.label = "Address of the web service",
	.brief = "Web address",
	.example = "sma.contoso.com",
	.rule = rule_host,
	.tidy = tidy_trim,
	.help = "The name in its certificate where that is not the server's, such as the name of a load balancer. "
		"Empty: the first web service is asked by its own name.",
	.source = "SMA deployment page [DOC]; the key [OURS]",
};

static const struct field f_site = {
	.key = "web-service.site",
	.kind = FIELD_TEXT,
	.flags = FIELD_REQUIRED,
	.offset = AT_TEXT(struct sma_answers, site),
	.label = "Web site",
	.preset = SMA_SITE,
	.rule = rule_web_site,
	.help = "The site in IIS, spelled as in IIS Manager.",
	.source = "SMA deployment page [DOC]",
};

static const struct field f_port = {
	.key = "web-service.port",
	.kind = FIELD_NUMBER,
	.offset = AT_NUMBER(struct sma_answers, port),
	.label = "Port of the web service",
	.brief = "Web port",
	.preset = "9090",
	.minimum = 1,
	.maximum = 65535,
	.help = "The installer opens it in the local firewall.",
	.source = "SMA system requirements; SMA deployment page [DOC]",
};

static const struct field f_ssl = {
	.key = "web-service.ssl",
	.kind = FIELD_FLAG,
	.offset = AT_FLAG(struct sma_answers, ssl),
	.label = "Use SSL",
	.preset = "yes",
	.help = "With SSL and no certificate named, the installer makes a self-signed one.",
	.source = "SMA deployment page [DOC]",
};

static const struct field f_certificate = {
	.key = "web-service.certificate-serial",
	.kind = FIELD_TEXT,
	.offset = AT_TEXT(struct sma_answers, certificate_serial),
	.label = "Serial number of the certificate",
	.brief = "Certificate",
	.example = "3a5f00c2d14e",
	.rule = rule_certificate_serial,
	.tidy = tidy_serial,
	.applies = uses_ssl,
	.help = "As the certificate's details show it; spaces are removed. Empty: a self-signed one is made.",
	.source = "SMA deployment page; limits of this program [DOC, OURS]",
};

static const struct field f_web_folder = {
	.key = "web-service.install-folder",
	.kind = FIELD_TEXT,
	.flags = FIELD_REQUIRED | FIELD_FOLDER,
	.offset = AT_TEXT(struct sma_answers, web_folder),
	.label = "Install the web service to",
	.brief = "Web folder",
	.preset = SMA_WEB_FOLDER,
	.rule = rule_install_folder,
	.tidy = tidy_path,
	.help = "An absolute path on a local drive, up to 247 characters.",
	.source = "SMA deployment page [DOC]",
};

static const struct field f_admins = {
	.key = "web-service.admin-group-members",
	.kind = FIELD_NAMES,
	.offset = AT_NAMES(struct sma_answers, admins),
	.label = "Members of the administrators' group",
	.brief = "Administrators",
	.example = "CONTOSO\\SMA Admins",
	.rule = rule_account_or_group,
	.tidy = tidy_trim,
	.help = "Users and groups, separated by commas: the current members of the local group smaAdminGroup.",
	.source = "SMA deployment page; registry of the old servers [DOC, CODE]",
};

static const struct field f_worker_folder = {
	.key = "worker.install-folder",
	.kind = FIELD_TEXT,
	.flags = FIELD_REQUIRED | FIELD_FOLDER | FIELD_THIS_HOP,
	.offset = AT_TEXT(struct sma_answers, worker_folder),
	.label = "Install the workers to",
	.brief = "Worker folder",
	.preset_of = common_folder,
	.rule = rule_install_folder,
	.tidy = tidy_path,
	.help = "An absolute path on a local drive, up to 247 characters.",
	.source = "SMA deployment page [UNCERTAIN: the 2016 pages still print the folder of 2012 R2]",
};

static const struct field f_etw = {
	.key = "options.etw-manifest",
	.kind = FIELD_FLAG,
	.offset = AT_FLAG(struct sma_answers, etw_manifest),
	.label = "Install the ETW manifest",
	.brief = "ETW manifest",
	.preset = "yes",
	.help = "For the event log of Service Management Automation.",
	.source = "SMA deployment page [DOC]",
};

static const struct field f_telemetry = {
	.key = "options.telemetry",
	.kind = FIELD_FLAG,
	.offset = AT_FLAG(struct sma_answers, telemetry),
	.label = "Send telemetry reports to Microsoft",
	.brief = "Telemetry",
	.preset = "yes",
	.help = "Yes is the documented default; no is always allowed.",
	.source = "SMA deployment page [DOC]",
};

static const struct field f_update = {
	.key = "options.microsoft-update",
	.kind = FIELD_FLAG,
	.offset = AT_FLAG(struct sma_answers, microsoft_update),
	.label = "Turn Microsoft Update on",
	.brief = "Microsoft Update",
	.preset = "no",
	.help = "No changes nothing.",
	.source = "SMA deployment page [DOC]",
};

/* clang-format off */
static const struct field *const sma_fields[] = {
	&field_product,
	&common_source,
	&common_target,
	&common_goal,
	&sma_source_level,
	&f_media,
	&f_old_media,
	&f_sql_server,
	&f_sql_instance,
	&f_sql_port,
	&f_database,
	&f_authentication,
	&f_backup_file,
	&sma_source_server,
	&sma_source_instance,
	&sma_source_port,
	&f_monitored,
	&f_management_server,
	&f_minutes,
	&f_worker_user,
	&f_pool_user,
	&f_sql_user,
	&f_deployment,
	&f_license,
	&f_address,
	&f_site,
	&f_port,
	&f_ssl,
	&f_certificate,
	&f_web_folder,
	&f_admins,
	&f_worker_folder,
	&f_etw,
	&f_telemetry,
	&f_update,
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
	{ "accounts.worker-service", "Service account of the workers", &f_worker_user, NULL },
	{ "accounts.application-pool", "Account of the application pool", &f_pool_user, NULL },
	{ "accounts.database", "SQL Server login", &f_sql_user, NULL },
	{ "product-key", "License of the new installation", &f_product_key, "Product key" },
	{ NULL, NULL, NULL, NULL }
};

/* ---- pages ---- */

static const char *backup_page_text(const struct scope *scope)
{
	return arena_printf(
		scope->arena,
		"Nothing brings the old release back but a backup. The database itself stays where it is and keeps the "
		"runbooks "
		"and settings.\n\nRun this on the database server; it names the database and the file of the fields "
		"below:\n\n%s",
		sma_backup_sql(scope));
}

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

static const struct page page_backup = {
	.id = "backup",
	.section = "Prerequisites",
	.title = "Back up the database",
	.rail = "Backup",
	.kind = PAGE_TEXT,
	.text_of = backup_page_text,
	.help = "A full backup of the database, with checksums and apart from the chain of the running backups, then "
		"its verification. Without a confirmed backup you cannot go past the page Ready To Upgrade.",
	.fields = (const struct field *const[]){ &f_database, &f_backup_file, &f_backup_done, NULL },
};

static const struct page page_database = {
	.id = "database",
	.section = "Configuration",
	.title = "Database",
	.rail = "Database",
	.kind = PAGE_FORM,
	.intro = "The details of the previous installation.",
	.help = "The registry keys WebService and RunbookWorker below "
		"HKLM\\SOFTWARE\\Microsoft\\ServiceManagementAutomation on the old servers have "
		"them: DatabaseServerName, DatabaseServerInstance, DatabaseName.",
	.fields = (const struct field *const[]){ &f_sql_server, &f_sql_instance, &f_sql_port, &f_authentication,
						 &f_sql_user, &f_sql_password, &f_deployment,
						 &sma_source_server, &sma_source_instance, &sma_source_port, NULL },
};

static const struct page page_workers = {
	.id = "workers",
	.section = "Configuration",
	.title = "Runbook workers",
	.rail = "Workers",
	.kind = PAGE_FORM,
	.help = "Every worker gets the same line. They are installed before the web service, since the database exists "
		"already.",
	.fields = (const struct field *const[]){ &f_worker_user, &f_worker_password, &f_worker_folder, &f_license,
						 &f_product_key, &f_etw, &f_telemetry, &f_update, NULL },
};

static const struct page page_web = {
	.id = "web-service",
	.section = "Configuration",
	.title = "Web service",
	.rail = "Web service",
	.kind = PAGE_FORM,
	.help = "The web service is installed last, with its old settings. Windows Azure Pack knows it by name, "
		"port and certificate.",
	.fields = (const struct field *const[]){ &f_pool_user, &f_pool_password, &f_admins, &f_address, &f_site,
						 &f_port, &f_ssl, &f_certificate, &f_web_folder, NULL },
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
	&page_backup,
	&page_database,
	&page_workers,
	&page_web,
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
	.name = &f_deployment,
	.name_instead = deployment_instead,
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
