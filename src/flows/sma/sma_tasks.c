/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Service Management Automation: the steps from the first check to the end of maintenance mode, the properties of every
 * installation line, and the scripts, written here from the facts. There is no upgrade in place: uninstall,
 * then install against the kept database, workers before the web service.
 */
#include "flows/sma/sma.h"

#define LOG_FOLDER COMMON_LOG_FOLDER
#define MSI_FAILURE "Look for \"Return value 3\" in the log. 0, 1641 and 3010 mean success."

static const char *kept(const char *value, const char *preset)
{
	return value && *value ? value : preset;
}

/* ---- words ---- */

#define VALUE_OF(function, expression)                                                                                 \
	static const char *function(const struct scope *scope)                                                         \
	{                                                                                                              \
		const struct sma_answers *answers = sma_answers(scope->plan);                                          \
		return (expression);                                                                                   \
	}

VALUE_OF(worker_package, common_in_folder(scope->arena, answers->media_folder, "WorkerInstaller.msi"))
VALUE_OF(web_package, common_in_folder(scope->arena, answers->media_folder, "WebServiceInstaller.msi"))
VALUE_OF(module_package, common_in_folder(scope->arena, answers->media_folder, "PowershellModuleInstaller.msi"))
VALUE_OF(old_worker_package, common_in_folder(scope->arena, answers->source_media_folder, "WorkerInstaller.msi"))
VALUE_OF(old_web_package, common_in_folder(scope->arena, answers->source_media_folder, "WebServiceInstaller.msi"))
VALUE_OF(old_module_package,
	 common_in_folder(scope->arena, answers->source_media_folder, "PowershellModuleInstaller.msi"))
VALUE_OF(worker_user, answers->worker_user)
VALUE_OF(pool_user, answers->pool_user)
VALUE_OF(sql_user, answers->sql_user)
VALUE_OF(sql_server,
	 answers->sql_server ? arena_printf(scope->arena, "%s, %u", answers->sql_server, answers->sql_port) : NULL)
VALUE_OF(sql_instance, answers->sql_instance)
VALUE_OF(database, kept(answers->database, SMA_DATABASE))
VALUE_OF(authentication, answers->authentication == SMA_SQL_AUTHENTICATION ? "SQL" : "Windows")
VALUE_OF(site, kept(answers->site, SMA_SITE))
VALUE_OF(web_port, arena_printf(scope->arena, "%u", answers->port))
VALUE_OF(web_folder, kept(answers->web_folder, SMA_WEB_FOLDER))
VALUE_OF(worker_folder, kept(answers->worker_folder, common_folder(scope)))
VALUE_OF(use_ssl, answers->ssl ? "Yes" : "No")
VALUE_OF(certificate, answers->certificate_serial)
VALUE_OF(etw_manifest, answers->etw_manifest ? "Yes" : "No")
VALUE_OF(telemetry, answers->telemetry ? "Yes" : "No")
VALUE_OF(microsoft_update, answers->microsoft_update ? "Yes" : "No")

static bool has_sql_login(const struct scope *scope)
{
	return sma_answers(scope->plan)->authentication == SMA_SQL_AUTHENTICATION;
}

static bool has_ssl(const struct scope *scope)
{
	return sma_answers(scope->plan)->ssl;
}

static bool has_certificate(const struct scope *scope)
{
	const char *serial = sma_answers(scope->plan)->certificate_serial;
	return has_ssl(scope) && serial && *serial;
}

static const char *specify_certificate(const struct scope *scope)
{
	return has_certificate(scope) ? "Yes" : "No";
}

static const char *worker_secrets(const struct scope *scope)
{
	return has_sql_login(scope) ? "SERVICEPASSWORD;SQLPASSWORD" : "SERVICEPASSWORD";
}

static const char *web_secrets(const struct scope *scope)
{
	return has_sql_login(scope) ? "APPOOLPASSWORD;SQLPASSWORD" : "APPOOLPASSWORD";
}

static const char *admins(const struct scope *scope)
{
	const struct names *names = &sma_answers(scope->plan)->admins;
	const char *list = NULL;
	for (size_t i = 0; i < names->count; i++)
		list = list ? arena_printf(scope->arena, "%s,%s", list, names->items[i]) : names->items[i];
	return list;
}

#define MSIEXEC(option, package_of, log)                                                                               \
	{ .form = WORD_PLAIN, .value = "msiexec" }, { .form = WORD_PLAIN, .value = option },                           \
		{ .form = WORD_PLAIN, .value_of = package_of }, { .form = WORD_PLAIN, .value = "/qn" },                \
		{ .form = WORD_PLAIN, .value = "/norestart" }, { .form = WORD_PLAIN, .value = "/l*v" },                \
	{                                                                                                              \
		.form = WORD_PLAIN, .value = LOG_FOLDER log                                                            \
	}
#define PROPERTY(property, function)                                                                                   \
	{                                                                                                              \
		.form = WORD_PROPERTY, .name = property, .value_of = function                                          \
	}

/* The old database is used, never a new one made: this constant is the point of the whole flow. */
#define KEPT_DATABASE                                                                                                  \
	{ .form = WORD_PROPERTY, .name = "CREATEDATABASE", .value = "No" },                                            \
		PROPERTY("DATABASEAUTHENTICATION", authentication),                                                    \
		{ .form = WORD_PROPERTY, .name = "SQLUSER", .value_of = sql_user, .applies = has_sql_login },          \
		{ .form = WORD_PROPERTY,                                                                               \
		  .name = "SQLPASSWORD",                                                                               \
		  .account = "accounts.database",                                                                      \
		  .applies = has_sql_login },                                                                          \
		PROPERTY("SQLSERVER", sql_server), PROPERTY("SQLINSTANCE", sql_instance),                              \
		PROPERTY("SQLDATABASE", database)
#define OPTIONS                                                                                                        \
	PROPERTY("ETWMANIFEST", etw_manifest), PROPERTY("SENDTELEMETRYREPORTS", telemetry),                            \
		PROPERTY("MSUPDATE", microsoft_update)

static const struct argument install_worker_words[] = {
	MSIEXEC("/i", worker_package, "SMA-WorkerInstaller.log"),
	PROPERTY("SERVICEACCOUNT", worker_user),
	{ .form = WORD_PROPERTY, .name = "SERVICEPASSWORD", .account = "accounts.worker-service" },
	KEPT_DATABASE,
	PROPERTY("INSTALLFOLDER", worker_folder),
	OPTIONS,
	PROPERTY("MsiHiddenProperties", worker_secrets),
};

static const struct argument install_web_words[] = {
	MSIEXEC("/i", web_package, "SMA-WebServiceInstaller.log"),
	PROPERTY("APPOOLACCOUNT", pool_user),
	{ .form = WORD_PROPERTY, .name = "APPOOLPASSWORD", .account = "accounts.application-pool" },
	PROPERTY("ADMINGROUPMEMBERS", admins),
	KEPT_DATABASE,
	PROPERTY("SITENAME", site),
	PROPERTY("WEBSERVICEPORT", web_port),
	PROPERTY("INSTALLFOLDER", web_folder),
	PROPERTY("USESSL", use_ssl),
	{ .form = WORD_PROPERTY, .name = "SPECIFYCERTIFICATE", .value_of = specify_certificate, .applies = has_ssl },
	{ .form = WORD_PROPERTY, .name = "CERTIFICATESERIAL", .value_of = certificate, .applies = has_certificate },
	OPTIONS,
	PROPERTY("MsiHiddenProperties", web_secrets),
};

static const struct argument install_module_words[] = { MSIEXEC("/i", module_package,
								"SMA-PowershellModuleInstaller.log") };
static const struct argument remove_worker_words[] = { MSIEXEC("/x", old_worker_package, "SMA-WorkerRemove.log") };
static const struct argument remove_web_words[] = { MSIEXEC("/x", old_web_package, "SMA-WebServiceRemove.log") };
static const struct argument remove_module_words[] = { MSIEXEC("/x", old_module_package,
							       "SMA-PowershellModuleRemove.log") };

/* ---- how to see that it worked ---- */

#define BUILD_SOURCE "SMA system requirements [CODE, UNCERTAIN: one source]; SMA uninstallation page [DOC]"

static const struct build_probe worker_build = {
	.product = "*Service Management Automation Runbook Worker*",
	.target = "{server-build}",
	.source = BUILD_SOURCE,
};
static const struct build_probe web_build = {
	.product = "*Service Management Automation Web Service*",
	.target = "{server-build}",
	.source = BUILD_SOURCE,
};
static const struct build_probe module_build = {
	.product = "*Service Management Automation Powershell*",
	.target = "{server-build}",
	.source = BUILD_SOURCE,
};

static const char *const worker_services[] = { "rbsvc", NULL };

static const char *name_of(const struct server *server)
{
	return server ? server->name : NULL;
}

static const char *old_web_server(const struct scope *scope)
{
	return name_of(sma_web_server(scope, false));
}

static const char *new_web_server(const struct scope *scope)
{
	return name_of(sma_web_server(scope, true));
}

VALUE_OF(management_server, answers->management_server)

/* ---- scripts ---- */

/* With the old media the package itself is removed; without it, what the Uninstall keys name. */
static enum step_kind removal_kind(const struct scope *scope)
{
	const char *folder = sma_answers(scope->plan)->source_media_folder;
	return folder && *folder ? STEP_COMMAND : STEP_POWERSHELL;
}

/* Finds the product by its display name and removes it by the code that Windows knows: published product codes are not
 * to be trusted. */
static const char *removal_script(const char *product, const char *log, struct arena *arena)
{
	return arena_printf(
		arena,
		"$ErrorActionPreference = 'Stop'\n"
		"$keys = 'HKLM:\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\*',\n"
		"  'HKLM:\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\*'\n"
		"$found = @(Get-ItemProperty -Path $keys -ErrorAction SilentlyContinue |\n"
		"  Where-Object { $_.DisplayName -like 'System Center*Service Management Automation %s' -and "
		"$_.PSChildName -like '{*}' })\n"
		"if ($found.Count -ne 1) { throw ('Expected one entry for the %s, found ' + $found.Count) }\n"
		"$found[0].DisplayName\n"
		"$arguments = '/x ' + $found[0].PSChildName + ' /qn /norestart /l*v " LOG_FOLDER "%s'\n"
		"$process = Start-Process -FilePath 'msiexec.exe' -ArgumentList $arguments -Wait -PassThru\n"
		"if (@(0, 1641, 3010) -notcontains $process.ExitCode) { throw ('msiexec ended with ' + "
		"$process.ExitCode) }\n",
		product, product, log);
}

static const char *remove_worker_script(const struct scope *scope)
{
	return removal_script("Runbook Worker", "SMA-WorkerRemove.log", scope->arena);
}

static const char *remove_web_script(const struct scope *scope)
{
	return removal_script("Web Service", "SMA-WebServiceRemove.log", scope->arena);
}

static const char *remove_module_script(const struct scope *scope)
{
	return removal_script("Powershell", "SMA-PowershellModuleRemove.log", scope->arena);
}

static const char requirements_text[] =
	"Runbook workers: {windows}, PowerShell {powershell} or later.\n"
	"Web services: the same, and IIS 7.5 or later with Basic Authentication, Windows Authentication and URL "
	"Authorization, "
	"ASP.NET 4.5, .NET 3.5 and 4.5, WCF HTTP Activation.\n"
	"SQL Server: {sql}.\n"
	"Today's release: {source} with {source-level}.\n"
	"{windows-doubt}";

/* What was before goes to one folder, with the time in its name. */
#define SMA_BEFORE                                                                                              \
	"$folder = Join-Path $env:SystemDrive 'scupgrade-before'\n"                                                    \
	"New-Item -ItemType Directory -Path $folder -Force | Out-Null\n"                                               \
	"$time = [DateTime]::UtcNow.ToString('yyyyMMdd-HHmmss')\n"                                                     \
	"$kept = Join-Path $folder 'SMA-drain-time.txt'\n"

/* A folder of its own each time. Where the role is gone already the first line fails, and nothing is written. */
static const char *capture_script(const struct scope *scope)
{
	bool worker = server_has(scope->server, SMA_WORKER), web = server_has(scope->server, SMA_WEB_SERVICE);
	return arena_printf(
		scope->arena,
		"$ErrorActionPreference = 'Stop'\n"
		"$root = 'HKLM:\\SOFTWARE\\Microsoft\\ServiceManagementAutomation'\n"
		"%s%s" SMA_BEFORE "$target = Join-Path $folder ('SMA-settings-' + $time)\n"
		"New-Item -ItemType Directory -Path $target | Out-Null\n"
		"%s%s"
		"Get-ChildItem -Path $target | Out-Host\n",
		worker ? "$worker = Get-ItemProperty -Path ($root + '\\RunbookWorker')\n" : "",
		web ? "$web = Get-ItemProperty -Path ($root + '\\WebService')\n" : "",
		worker ? "$worker | Out-File -FilePath (Join-Path $target 'RunbookWorker.txt') -Encoding UTF8\n"
			 "Get-WmiObject Win32_Service -Filter 'Name = ''rbsvc''' | Select-Object 'Name', 'StartName', "
			 "'PathName' |\n"
			 "  Out-File -FilePath (Join-Path $target 'rbsvc.txt') -Encoding UTF8\n"
			 "Get-ChildItem -Path $worker.InstallationFolder -Recurse -Filter "
			 "'Orchestrator.Settings.config' |\n"
			 "  Copy-Item -Destination $target\n"
		       : "",
		web ? "$web | Out-File -FilePath (Join-Path $target 'WebService.txt') -Encoding UTF8\n"
		      "& netsh.exe http show sslcert | Out-File -FilePath (Join-Path $target 'certificates.txt') "
		      "-Encoding UTF8\n"
		      "& net.exe localgroup smaAdminGroup | Out-File -FilePath (Join-Path $target "
		      "'smaAdminGroup.txt') -Encoding UTF8\n"
		    : "");
}

static const char *backup_text(const struct scope *scope)
{
	return sma_backup_sql(scope);
}

const char *sma_backup_sql(const struct scope *scope)
{
	const struct sma_answers *answers = sma_answers(scope->plan);
	const char *name = kept(answers->database, SMA_DATABASE);
	const char *file = script_sql_text(scope->arena, kept(answers->backup_file, "SMA.bak"));
	return arena_printf(scope->arena,
			    "BACKUP DATABASE %s\n"
			    "TO DISK = %s\n"
			    "WITH COPY_ONLY, CHECKSUM, NOINIT;\n"
			    "\n"
			    "DECLARE @position int;\n"
			    "SELECT TOP (1) @position = position\n"
			    "FROM msdb.dbo.backupset\n"
			    "WHERE database_name = %s AND type = 'D' AND is_copy_only = 1\n"
			    "ORDER BY backup_set_id DESC;\n"
			    "\n"
			    "RESTORE VERIFYONLY\n"
			    "FROM DISK = %s\n"
			    "WITH CHECKSUM, FILE = @position;\n",
			    script_sql_name(scope->arena, name), file, script_sql_text(scope->arena, name), file);
}

/* 'WRK01', 'WRK02', ...: all servers with ROLES, or those that will have them. */
static const char *server_list(const struct scope *scope, unsigned roles, bool of_target)
{
	struct strbuf list = STRBUF_INIT;
	for (size_t i = 0; i < plan_server_count(scope->plan); i++) {
		const struct server *server = plan_server(scope->plan, i);
		struct scope here = scope_on(scope, server);

		if (!server->name || !server_has(server, roles) || (of_target && !sma_stays(&here)))
			continue;
		strbuf_puts(&list, list.length ? ", " : "");
		strbuf_puts(&list, script_powershell(scope->arena, server->name));
	}
	const char *text = arena_strdup(scope->arena, list.length ? strbuf_text(&list) : "''");
	strbuf_clear(&list);
	return text;
}

/* Connects, refuses management servers, and calls ACTION for the computer, its Health Service and the watcher of it. */
static const char *maintenance_script(const struct scope *scope, const char *before, const char *action)
{
	return arena_printf(
		scope->arena,
		"$ErrorActionPreference = 'Stop'\n"
		"Import-Module OperationsManager\n"
		"New-SCOMManagementGroupConnection -ComputerName %s\n"
		"$servers = @(%s)\n"
		"%s"
		"$short = { param($name); ($name -split '\\.')[0] }\n"
		"$managing = @(Get-SCOMManagementServer | ForEach-Object { & $short $_.DisplayName })\n"
		"$classes = 'Microsoft.Windows.Computer', 'Microsoft.SystemCenter.HealthService', "
		"'Microsoft.SystemCenter.HealthServiceWatcher'\n"
		"foreach ($server in $servers) {\n"
		"  if ($managing -contains (& $short $server)) { throw ('A management server never goes into "
		"maintenance mode: ' + $server) }\n"
		"  foreach ($class in $classes) {\n"
		"    $instances = @(Get-SCOMClass -Name $class | Get-SCOMClassInstance |\n"
		"      Where-Object { (& $short $_.DisplayName) -eq (& $short $server) })\n"
		"    if (-not $instances) { Write-Warning ('Not monitored: ' + $server + ' as ' + $class) }\n"
		"    foreach ($instance in $instances) {\n"
		"      %s\n"
		"    }\n"
		"  }\n"
		"}\n",
		script_powershell(scope->arena, kept(sma_answers(scope->plan)->management_server, "localhost")),
		server_list(scope, SMA_WORKER | SMA_WEB_SERVICE, false), before, action);
}

static const char *start_maintenance_script(const struct scope *scope)
{
	return maintenance_script(
		scope,
		arena_printf(scope->arena, "$until = (Get-Date).AddMinutes(%u)\n", sma_answers(scope->plan)->minutes),
		"if ($instance.InMaintenanceMode) { continue }\n"
		"      Start-SCOMMaintenanceMode -Instance $instance -EndTime $until "
		"-Reason PlannedApplicationMaintenance "
		"-Comment 'Upgrade of Service Management Automation'");
}

static const char *stop_maintenance_script(const struct scope *scope)
{
	return maintenance_script(
		scope, "$recursive = [Microsoft.EnterpriseManagement.Common.TraversalDepth]::Recursive\n",
		"if ($instance.InMaintenanceMode) { $instance.StopMaintenanceMode([DateTime]::UtcNow, $recursive) }");
}

/* -WebServiceEndpoint and -Port of the first web service, of today or of the target. */
static const char *endpoint(const struct scope *scope, bool after)
{
	const struct sma_answers *answers = sma_answers(scope->plan);
	const struct server *web = sma_web_server(scope, after);
	const char *url = arena_printf(scope->arena, "%s://%s", answers->ssl ? "https" : "http",
				       web && web->name ? web->name : "localhost");
	return arena_printf(scope->arena, "-WebServiceEndpoint %s -Port %u", script_powershell(scope->arena, url),
			    answers->port);
}

/* The time that the jobs had is kept, the first one that is found, and put back when the new deployment is checked. */
static const char *drain_script(const struct scope *scope)
{
	return arena_printf(scope->arena,
			    "$ErrorActionPreference = 'Stop'\n"
			    "Import-Module Microsoft.SystemCenter.ServiceManagementAutomation\n" SMA_BEFORE
			    "$path = Join-Path $folder ('SMA-' + $time)\n"
			    "Get-SmaRunbookWorkerDeployment %s |\n"
			    "  Out-File -FilePath ($path + '-workers.txt') -Encoding UTF8\n"
			    "$configuration = Get-SmaAdminConfiguration %s\n"
			    "$configuration |\n"
			    "  Out-File -FilePath ($path + '-configuration.txt') -Encoding UTF8\n"
			    "if (-not (Test-Path -LiteralPath $kept)) {\n"
			    "  Set-Content -LiteralPath $kept -Value $configuration.DrainTimeInSeconds -Encoding UTF8\n"
			    "}\n"
			    "Set-SmaAdminConfiguration %s -DrainTimeInSeconds 300\n"
			    "$running = @(Get-SmaJob %s | Where-Object { $_.JobStatus -eq 'Running' })\n"
			    "'Jobs that run: ' + $running.Count\n"
			    "$running | Select-Object 'JobId', 'RunbookName', 'StartTime' | Out-Host\n",
			    endpoint(scope, false), endpoint(scope, false), endpoint(scope, false),
			    endpoint(scope, false));
}

static const char stop_worker_script[] =
	"$ErrorActionPreference = 'Stop'\n"
	"Stop-Service -Name 'rbsvc'\n"
	"(Get-Service -Name 'rbsvc').WaitForStatus('Stopped', [TimeSpan]::FromMinutes(10))\n"
	"Get-Service -Name 'rbsvc'\n";

static const char *register_script(const struct scope *scope)
{
	return arena_printf(
		scope->arena,
		"%s The list is complete: it replaces the old one.\n"
		"$ErrorActionPreference = 'Stop'\n"
		"Import-Module Microsoft.SystemCenter.ServiceManagementAutomation\n"
		"$workers = @(%s)\n"
		"try {\n"
		"  $workers | ForEach-Object { Get-Service -ComputerName $_ -Name 'rbsvc' | Stop-Service }\n"
		"  New-SmaRunbookWorkerDeployment -ComputerName $workers %s -Force\n"
		"}\n"
		"finally {\n"
		"  $workers | ForEach-Object { Get-Service -ComputerName $_ -Name 'rbsvc' | Start-Service }\n"
		"}\n",
		sma_has_new_workers(scope) ? "# Some runbook workers are new."
					   : "# Only if a runbook worker has another name than before.",
		server_list(scope, SMA_WORKER, true), endpoint(scope, true));
}

static const char *check_script(const struct scope *scope)
{
	return arena_printf(scope->arena,
			    "$ErrorActionPreference = 'Stop'\n"
			    "Import-Module Microsoft.SystemCenter.ServiceManagementAutomation\n" SMA_BEFORE
			    "if (Test-Path -LiteralPath $kept) {\n"
			    "  $old = [int] (Get-Content -LiteralPath $kept)\n"
			    "  Set-SmaAdminConfiguration %s -DrainTimeInSeconds $old\n"
			    "}\n"
			    "Get-SmaRunbookWorkerDeployment %s | Out-Host\n"
			    "Get-SmaAdminConfiguration %s | Out-Host\n"
			    "Get-SmaRunbook %s | Select-Object -First 5 RunbookName | Out-Host\n"
			    "Get-SmaLicense %s | Out-Host\n"
			    "@(%s) | ForEach-Object { Get-Service -ComputerName $_ -Name 'rbsvc' } | Format-Table "
			    "'MachineName', 'Status' | Out-Host\n",
			    endpoint(scope, true), endpoint(scope, true), endpoint(scope, true), endpoint(scope, true),
			    endpoint(scope, true), server_list(scope, SMA_WORKER, true));
}

static const char portal_text[] =
	"If the name, port or certificate of the web service changed: in the Windows Azure Pack portal open the "
	"QuickStart tab of "
	"Automation and register the endpoint again (URL with port, user, password). Replace a self-signed "
	"certificate by a "
	"trusted one. Put back what you changed in Orchestrator.Settings.config, and start a test runbook.";

/* ---- tasks ---- */

#define BEFORE "Before"
#define REMOVE "Uninstall"
#define INSTALL "Install"
#define AFTER "After"
#define BOTH (SMA_WORKER | SMA_WEB_SERVICE)

static const struct edge after_review[] = { { EDGE_ALL, "review-requirements" }, { EDGE_NONE, NULL } };
static const struct edge after_capture[] = { { EDGE_ALL, "capture-settings" }, { EDGE_NONE, NULL } };
static const struct edge after_backup[] = { { EDGE_ALL, "back-up-database" }, { EDGE_NONE, NULL } };
static const struct edge after_maintenance[] = { { EDGE_ALL, "start-maintenance-mode" }, { EDGE_NONE, NULL } };
static const struct edge after_drain[] = { { EDGE_ALL, "drain-jobs" }, { EDGE_NONE, NULL } };
static const struct edge may_uninstall[] = { { EDGE_ALL, "capture-settings" },
					     { EDGE_ALL, "back-up-database" },
					     { EDGE_ALL, "start-maintenance-mode" },
					     { EDGE_ALL, "stop-runbook-worker" },
					     { EDGE_NONE, NULL } };
static const struct edge after_own_web_removal[] = { { EDGE_SAME_SERVER, "uninstall-web-service" },
						     { EDGE_NONE, NULL } };
static const struct edge after_web_removal[] = { { EDGE_ALL, "uninstall-web-service" }, { EDGE_NONE, NULL } };
static const struct edge may_install[] = { { EDGE_ALL, "uninstall-web-service" },
					   { EDGE_ALL, "uninstall-powershell-module" },
					   { EDGE_ALL, "uninstall-runbook-worker" },
					   { EDGE_NONE, NULL } };
static const struct edge may_install_worker[] = { { EDGE_ALL, "uninstall-web-service" },
						  { EDGE_ALL, "uninstall-powershell-module" },
						  { EDGE_ALL, "uninstall-runbook-worker" },
						  { EDGE_SAME_SERVER, "move-windows" },
						  { EDGE_ALL, "move-database" },
						  { EDGE_NONE, NULL } };
static const struct edge may_install_module[] = { { EDGE_ALL, "uninstall-web-service" },
						  { EDGE_ALL, "uninstall-powershell-module" },
						  { EDGE_ALL, "uninstall-runbook-worker" },
						  { EDGE_SAME_SERVER, "move-windows" },
						  { EDGE_ALL, "move-database" },
						  { EDGE_ALL, "install-runbook-worker" },
						  { EDGE_NONE, NULL } };
static const struct edge may_install_web[] = { { EDGE_ALL, "install-runbook-worker" },
					       { EDGE_SAME_SERVER, "install-powershell-module" },
					       { EDGE_NONE, NULL } };
static const struct edge after_modules[] = { { EDGE_ALL, "install-powershell-module" }, { EDGE_NONE, NULL } };
static const struct edge after_install[] = { { EDGE_ALL, "install-web-service" }, { EDGE_NONE, NULL } };
static const struct edge after_register[] = { { EDGE_ALL, "register-runbook-workers" }, { EDGE_NONE, NULL } };
static const struct edge after_checks[] = { { EDGE_ALL, "check-automation" }, { EDGE_NONE, NULL } };
static const struct edge after_portal[] = { { EDGE_ALL, "register-endpoint" },
					    { EDGE_ALL, "check-automation" },
					    { EDGE_NONE, NULL } };
static const struct edge may_end_maintenance[] = { { EDGE_ALL, "start-maintenance-mode" },
						   { EDGE_ALL, "install-runbook-worker" },
						   { EDGE_ALL, "install-web-service" },
						   { EDGE_NONE, NULL } };

const struct task sma_tasks[] = {
	{
		.id = "review-requirements",
		.phase = BEFORE,
		.title = "Review the system requirements",
		.kind = STEP_MANUAL,
		.text = requirements_text,
		.why = "What does not fit is cheaper to find before the old release is gone.",
		.verify = "Every server meets the list.",
		.source = "upgrade page, prerequisites [PAGE]; SMA system requirements [DOC, UNCERTAIN]",
	},
	{
		.id = "capture-settings",
		.phase = BEFORE,
		.title = "Capture the settings of {server}",
		.kind = STEP_POWERSHELL,
		.roles = BOTH,
		.applies = sma_is_todays,
		.text_of = capture_script,
		.follows = after_review,
		.why = "Uninstalling loses tuned settings, the certificate binding and the members of the "
		       "administrators' group.",
		.verify = "Below scupgrade-before on the system drive a folder of this time holds the files.",
		.source = "registry of the old servers [CODE, FIELD, OURS]",
	},
	{
		.id = "back-up-database",
		.backup = true,
		.phase = BEFORE,
		.title = "Back up the database",
		.kind = STEP_SQL,
		.text_of = backup_text,
		.follows = after_capture,
		.why = "The database keeps the runbooks and settings; a full, verified backup is the only way back.",
		.verify = "RESTORE VERIFYONLY says that the backup set is valid. It does not check the structure of "
			  "the data.",
		.source = "upgrade page, prerequisites [PAGE]; SQL Server reference of BACKUP [OURS]",
	},
	{
		.id = "start-maintenance-mode",
		.phase = BEFORE,
		.title = "Start maintenance mode",
		.kind = STEP_POWERSHELL,
		.applies = sma_is_monitored,
		.text_of = start_maintenance_script,
		.follows = after_backup,
		.why = "The servers are monitored: without it every stopped service raises an alert. Health Service "
		       "and its watcher too, or "
		       "heartbeat alerts come all the same.",
		.verify = "The console shows the servers in maintenance mode; event 1215 on them.",
		.run_on = management_server,
		.source = "upgrade page, step 1 [PAGE]; Operations Manager cmdlet reference [DOC, CODE]",
	},
	{
		.id = "drain-jobs",
		.phase = BEFORE,
		.title = "Let the running jobs end",
		.kind = STEP_POWERSHELL,
		.text_of = drain_script,
		.follows = after_maintenance,
		.why = "A job that is cut off starts again from its last checkpoint, or from the beginning.",
		.verify = "No job is running, and the list of workers is kept in SMA-workers-before.txt.",
		.run_on = old_web_server,
		.source = "SMA upgrade and deployment pages [FIELD]",
	},
	{
		.id = "stop-runbook-worker",
		.phase = BEFORE,
		.title = "Stop the runbook worker on {server}",
		.kind = STEP_POWERSHELL,
		.roles = SMA_WORKER,
		.applies = sma_is_todays,
		.text = stop_worker_script,
		.requires = after_maintenance,
		.follows = after_drain,
		.why = "The service is stopped on every worker before anything is uninstalled.",
		.verify = "The service rbsvc is stopped.",
		.source = "SMA upgrade and deployment pages [DOC]",
	},
	{
		.id = "uninstall-web-service",
		.phase = REMOVE,
		.title = "Uninstall the web service from {server}",
		.roles = SMA_WEB_SERVICE,
		.applies = sma_is_todays,
		.kind = STEP_COMMAND,
		.kind_of = removal_kind,
		COMMON_WORDS(remove_web_words),
		.reader = READER_MSI,
		.text_of = remove_web_script,
		.requires = may_uninstall,
		.why = "There is no upgrade in place. The backup, the settings and the stopped workers come before.",
		.verify = "Programs and Features no longer lists it.",
		.failure = LOG_FOLDER "SMA-WebServiceRemove.log. " MSI_FAILURE,
		.build = &web_build,
		.removes = true,
		.file_of = old_web_package,
		.log = LOG_FOLDER "SMA-WebServiceRemove.log",
		.source = "upgrade page, step 2 [PAGE]; SMA uninstallation page [OURS]",
	},
	{
		.id = "uninstall-powershell-module",
		.phase = REMOVE,
		.title = "Uninstall the PowerShell module from {server}",
		.along = true,
		.roles = SMA_WEB_SERVICE,
		.applies = sma_is_todays,
		.kind = STEP_COMMAND,
		.kind_of = removal_kind,
		COMMON_WORDS(remove_module_words),
		.reader = READER_MSI,
		.text_of = remove_module_script,
		.requires = may_uninstall,
		.follows = after_own_web_removal,
		.why = "The new web service needs the new module, so the old one goes too.",
		.verify = "Programs and Features no longer lists it.",
		.failure = LOG_FOLDER "SMA-PowershellModuleRemove.log. " MSI_FAILURE,
		.build = &module_build,
		.removes = true,
		.file_of = old_module_package,
		.log = LOG_FOLDER "SMA-PowershellModuleRemove.log",
		.source = "SMA upgrade and deployment pages [OURS]",
	},
	{
		.id = "uninstall-runbook-worker",
		.phase = REMOVE,
		.title = "Uninstall the runbook worker from {server}",
		.roles = SMA_WORKER,
		.applies = sma_is_todays,
		.kind = STEP_COMMAND,
		.kind_of = removal_kind,
		COMMON_WORDS(remove_worker_words),
		.reader = READER_MSI,
		.text_of = remove_worker_script,
		.requires = may_uninstall,
		.follows = after_web_removal,
		.why = "There is no upgrade in place. Everything old is gone before anything new comes.",
		.verify = "Programs and Features no longer lists it.",
		.failure = LOG_FOLDER "SMA-WorkerRemove.log. " MSI_FAILURE,
		.build = &worker_build,
		.removes = true,
		.file_of = old_worker_package,
		.log = LOG_FOLDER "SMA-WorkerRemove.log",
		.source = "upgrade page, step 2 [PAGE]; SMA uninstallation page [OURS]",
	},
	{
		.id = "move-windows",
		.phase = REMOVE,
		.title = "Bring {server} to a Windows that the new release takes",
		.kind = STEP_MANUAL,
		.roles = BOTH,
		.applies = sma_moves_windows,
		.text_of = sma_move_windows_text,
		.requires = may_install,
		.why = "Nothing is installed there now, and the new release is not supported on the Windows of today.",
		.verify = "winver shows it, and the server has its name, accounts and features.",
		.source = "SMA system requirements of both releases [DOC]; the way [OURS, UNCERTAIN: no page describes "
			  "it]",
	},
	{
		.id = "move-database",
		.phase = REMOVE,
		.title = "Bring the database to a SQL Server that the new release takes",
		.kind = STEP_MANUAL,
		.applies = sma_moves_database,
		.text_of = sma_move_database_text,
		.requires = may_install,
		.why = "Nothing uses the database now, and the new release is not supported on the SQL Server of "
		       "today.",
		.verify = "The database is online there, and the service accounts are db_owner.",
		.source = "SMA system requirements of both releases [DOC]; the way [OURS, UNCERTAIN: no page describes "
			  "it]",
	},
	{
		.id = "install-runbook-worker",
		.phase = INSTALL,
		.title = "Install the runbook worker on {server}",
		.kind = STEP_COMMAND,
		.roles = SMA_WORKER,
		.applies = sma_stays,
		COMMON_WORDS(install_worker_words),
		.reader = READER_MSI,
		.requires = may_install_worker,
		.why = "With an existing database the workers come before the web service; a fresh installation goes "
		       "the other way.",
		.verify = "The service rbsvc runs.",
		.failure = LOG_FOLDER "SMA-WorkerInstaller.log. " MSI_FAILURE,
		.build = &worker_build,
		.services = worker_services,
		.file_of = worker_package,
		.log = LOG_FOLDER "SMA-WorkerInstaller.log",
		.source = "upgrade page, note and step 3 [PAGE]; SMA deployment page; SMA upgrade and deployment pages "
			  "[DOC]; the folder [UNCERTAIN]",
	},
	{
		.id = "install-powershell-module",
		.phase = INSTALL,
		.title = "Install the PowerShell module on {server}",
		.kind = STEP_COMMAND,
		.roles = SMA_WEB_SERVICE,
		.applies = sma_stays,
		COMMON_WORDS(install_module_words),
		.reader = READER_MSI,
		.requires = may_install_module,
		.why = "The web service needs the module on its machine.",
		.verify = "Get-Module -ListAvailable lists "
			  "Microsoft.SystemCenter.ServiceManagementAutomation.",
		.failure = LOG_FOLDER "SMA-PowershellModuleInstaller.log. " MSI_FAILURE,
		.build = &module_build,
		.file_of = module_package,
		.log = LOG_FOLDER "SMA-PowershellModuleInstaller.log",
		.source = "SMA upgrade and deployment pages [DOC]",
	},
	{
		.id = "install-web-service",
		.phase = INSTALL,
		.title = "Install the web service on {server}",
		.kind = STEP_COMMAND,
		.roles = SMA_WEB_SERVICE,
		.applies = sma_stays,
		COMMON_WORDS(install_web_words),
		.reader = READER_MSI,
		.requires = may_install_web,
		.follows = after_modules,
		.why = "The web service comes last, with the database details of before and CREATEDATABASE=\"No\".",
		.verify = "The web service answers on its port, and Get-SmaRunbookWorkerDeployment lists the workers.",
		.failure = LOG_FOLDER "SMA-WebServiceInstaller.log. " MSI_FAILURE,
		.build = &web_build,
		.file_of = web_package,
		.log = LOG_FOLDER "SMA-WebServiceInstaller.log",
		.source = "upgrade page, step 4 [PAGE]; SMA deployment page [DOC]",
	},
	{
		.id = "register-runbook-workers",
		.phase = AFTER,
		.title = "Register the runbook workers, only if their names changed",
		.kind = STEP_POWERSHELL,
		.applies = sma_keeps_workers,
		.text_of = register_script,
		.requires = after_install,
		.why = "The database still names the old workers. With the same names nothing has to be done. "
		       "[UNCERTAIN: inferred]",
		.verify = "Get-SmaRunbookWorkerDeployment lists exactly the workers of this plan.",
		.run_on = new_web_server,
		.optional = true,
		.source = "SMA uninstallation page [DOC, UNCERTAIN]",
	},
	{
		.id = "register-new-workers",
		.phase = AFTER,
		.title = "Register the new runbook workers",
		.kind = STEP_POWERSHELL,
		.applies = sma_has_new_workers,
		.text_of = register_script,
		.requires = after_install,
		.why = "The database still names the old workers, and a worker that is not registered gets no jobs.",
		.verify = "Get-SmaRunbookWorkerDeployment lists exactly the workers that stay.",
		.run_on = new_web_server,
		.source = "SMA uninstallation page [DOC]",
	},
	{
		.id = "check-automation",
		.phase = AFTER,
		.title = "Check the new deployment",
		.kind = STEP_POWERSHELL,
		.text_of = check_script,
		.requires = after_install,
		.follows = after_register,
		.why = "Now is the time to see that it works, while monitoring is quiet.",
		.verify = "The workers, runbooks and the license are listed; a test runbook ends (event 50008 in "
			  "Microsoft-ServiceManagementAutomation).",
		.run_on = new_web_server,
		.source = "SMA cmdlet reference [DOC]",
	},
	{
		.id = "register-endpoint",
		.phase = AFTER,
		.title = "Register the endpoint in Windows Azure Pack, if it changed",
		.kind = STEP_MANUAL,
		.text = portal_text,
		.requires = after_install,
		.follows = after_checks,
		.why = "The portal knows the web service by its URL, port and certificate.",
		.verify = "The portal shows the runbooks.",
		.optional = true,
		.source = "SMA upgrade and deployment pages; SMA cmdlet reference [DOC]",
	},
	{
		.id = "stop-maintenance-mode",
		.phase = AFTER,
		.title = "Stop maintenance mode",
		.kind = STEP_POWERSHELL,
		.applies = sma_is_monitored,
		.text_of = stop_maintenance_script,
		.requires = may_end_maintenance,
		.follows = after_portal,
		.why = "The servers are monitored again. There is no cmdlet that stops maintenance mode, so the "
		       "objects are told themselves.",
		.verify = "The console shows the servers as monitored; event 1216 on them.",
		.run_on = management_server,
		.source = "upgrade page, step 5 [PAGE]; Operations Manager cmdlet reference [CODE]",
	},
	{ .id = NULL }
};
