/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Service Management Automation: scripts and instructions of the tasks, written here from the facts.
 */
#include "flows/sma/sma_words.h"

#include "core/text.h"

#define LOG_FOLDER COMMON_LOG_FOLDER

/* With the old media the package itself is removed; without it, what the Uninstall keys name. */
enum step_kind sma_removal_kind(const struct scope *scope)
{
	const char *folder = sma_answers(scope->plan)->source_media_folder;
	return folder ? STEP_COMMAND : STEP_POWERSHELL;
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

const char *sma_remove_worker_script(const struct scope *scope)
{
	return removal_script("Runbook Worker", "SMA-WorkerRemove.log", scope->arena);
}

const char *sma_remove_web_script(const struct scope *scope)
{
	return removal_script("Web Service", "SMA-WebServiceRemove.log", scope->arena);
}

const char *sma_remove_module_script(const struct scope *scope)
{
	return removal_script("Powershell", "SMA-PowershellModuleRemove.log", scope->arena);
}

const char sma_requirements_text[] =
	"Runbook workers: {windows}, PowerShell {powershell} or later.\n"
	"Web services: the same, and IIS 7.5 or later with Basic Authentication, Windows Authentication and URL "
	"Authorization, "
	"ASP.NET 4.5, .NET 3.5 and 4.5, WCF HTTP Activation.\n"
	"SQL Server: {sql}.\n"
	"Installed release: {source} with {source-level}.\n"
	"{windows-doubt}";

/* A folder of its own each time. Where the role is gone already the first line fails, and nothing is written. */
const char *sma_capture_script(const struct scope *scope)
{
	bool worker = server_has(scope->server, SMA_WORKER), web = server_has(scope->server, SMA_WEB_SERVICE);
	return arena_printf(
		scope->arena,
		"$ErrorActionPreference = 'Stop'\n"
		"$root = 'HKLM:\\SOFTWARE\\Microsoft\\ServiceManagementAutomation'\n"
		"%s%s" COMMON_BEFORE_FOLDER "$target = Join-Path $folder ('SMA-settings-' + $time)\n"
		"New-Item -ItemType Directory -Path $target | Out-Null\n"
		"%s%s"
		"Get-ChildItem -Path $target | Out-Host\n",
		worker ? "$worker = Get-ItemProperty -Path ($root + '\\RunbookWorker')\n" : "",
		web ? "$web = Get-ItemProperty -Path ($root + '\\WebService')\n" : "",
		worker ? "$worker | Out-File -FilePath (Join-Path $target 'RunbookWorker.txt') -Encoding UTF8\n"
			 "Get-WmiObject Win32_Service -Filter 'Name = ''rbsvc''' | Select-Object 'Name', 'StartName', "
			 "'PathName' |\n"
			 "  Out-File -FilePath (Join-Path $target 'rbsvc.txt') -Encoding UTF8\n"
			 "$number = 0\n"
			 "foreach ($file in @(Get-ChildItem -Path $worker.InstallationFolder -Recurse -Filter "
			 "'Orchestrator.Settings.config')) {\n"
			 "  $number++\n"
			 "  Copy-Item -LiteralPath $file.FullName -Destination (Join-Path $target ($file.Name + '.' + "
			 "$number))\n"
			 "  $file.FullName\n"
			 "}\n"
		       : "",
		web ? "$web | Out-File -FilePath (Join-Path $target 'WebService.txt') -Encoding UTF8\n"
		      "& netsh.exe http show sslcert | Out-File -FilePath (Join-Path $target 'certificates.txt') "
		      "-Encoding UTF8\n"
		      "# netsh names a certificate by its hash (thumbprint); the plan takes the serial number.\n"
		      "Get-ChildItem -Path 'Cert:\\LocalMachine\\My' |\n"
		      "  Select-Object 'Thumbprint', 'SerialNumber', 'Subject', 'NotAfter' | Format-List |\n"
		      "  Out-File -FilePath (Join-Path $target 'serial-numbers.txt') -Encoding UTF8\n"
		      "& net.exe localgroup smaAdminGroup | Out-File -FilePath (Join-Path $target "
		      "'smaAdminGroup.txt') -Encoding UTF8\n"
		    : "");
}

const char *sma_backup_sql(const struct scope *scope)
{
	const struct sma_answers *answers = sma_answers(scope->plan);
	const char *name = sma_kept(answers->database, SMA_DATABASE), *file = sma_kept(answers->backup_file, "SMA.bak");
	size_t length = strlen(file);
	struct sql_place place = sma_todays_place(scope);
	struct strbuf out = STRBUF_INIT;
	const char *text;

	if (length > 4 && text_equal_fold(file + length - 4, ".bak"))
		file = arena_strndup(scope->arena, file, length - 4);
	if (place.server) {
		strbuf_puts(&out, "-- On ");
		text_visible(&out, place.server);
		strbuf_puts(&out, ", the SQL Server of the database.\n");
	}
	common_begin_backup(&out);
	common_put_backup(&out, scope->arena, file, script_sql_name(scope->arena, name));
	text = arena_strdup(scope->arena, strbuf_text(&out));
	strbuf_clear(&out);
	return text;
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
		script_powershell(scope->arena, sma_kept(sma_answers(scope->plan)->management_server, "localhost")),
		server_list(scope, SMA_WORKER | SMA_WEB_SERVICE, false), before, action);
}

const char *sma_start_maintenance_script(const struct scope *scope)
{
	return maintenance_script(
		scope,
		arena_printf(scope->arena, "$until = (Get-Date).AddMinutes(%u)\n", sma_answers(scope->plan)->minutes),
		"if ($instance.InMaintenanceMode) { continue }\n"
		"      Start-SCOMMaintenanceMode -Instance $instance -EndTime $until "
		"-Reason PlannedApplicationMaintenance "
		"-Comment 'Upgrade of Service Management Automation'");
}

const char *sma_stop_maintenance_script(const struct scope *scope)
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
	const char *own = sma_kept(answers->web_address, web && web->name ? web->name : "localhost");
	const char *url = arena_printf(scope->arena, "%s://%s", answers->ssl ? "https" : "http", own);
	return arena_printf(scope->arena, "-WebServiceEndpoint %s -Port %u", script_powershell(scope->arena, url),
			    answers->port);
}

#define DRAIN_TIME COMMON_KEPT("SMA-drain-time")

/* The time that the jobs had is kept, the first one that is found, and put back when the new deployment is checked. */
const char *sma_drain_script(const struct scope *scope)
{
	return arena_printf(scope->arena,
			    "$ErrorActionPreference = 'Stop'\n"
			    "Import-Module Microsoft.SystemCenter.ServiceManagementAutomation\n" DRAIN_TIME
			    "$path = Join-Path $folder ('SMA-' + $time)\n"
			    "Get-SmaRunbookWorkerDeployment %s |\n"
			    "  Out-File -FilePath ($path + '-workers.txt') -Encoding UTF8\n"
			    "$configuration = Get-SmaAdminConfiguration %s\n"
			    "$configuration |\n"
			    "  Out-File -FilePath ($path + '-configuration.txt') -Encoding UTF8\n"
			    "if ($open.Count -eq 0) {\n"
			    "  Set-Content -LiteralPath $file -Value $configuration.DrainTimeInSeconds -Encoding UTF8\n"
			    "}\n"
			    "Set-SmaAdminConfiguration %s -DrainTimeInSeconds 300\n"
			    "# As long as the drain time, for what runs to come to its end.\n"
			    "for ($waited = 0; $waited -le 300; $waited += 15) {\n"
			    "  $running = @(Get-SmaJob %s | Where-Object { $_.JobStatus -eq 'Running' })\n"
			    "  if ($running.Count -eq 0) { break }\n"
			    "  Start-Sleep -Seconds 15\n"
			    "}\n"
			    "'Jobs that run: ' + $running.Count\n"
			    "$running | Select-Object 'JobId', 'RunbookName', 'StartTime' | Out-Host\n",
			    endpoint(scope, false), endpoint(scope, false), endpoint(scope, false),
			    endpoint(scope, false));
}

const char sma_stop_worker_script[] =
	"$ErrorActionPreference = 'Stop'\n"
	"Stop-Service -Name 'rbsvc'\n"
	"(Get-Service -Name 'rbsvc').WaitForStatus('Stopped', [TimeSpan]::FromMinutes(10))\n"
	"Get-Service -Name 'rbsvc'\n";

const char *sma_register_script(const struct scope *scope)
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

/* Where another server has the web service now, the drain time is kept on the old one; "" where it is the same. */
static const char *kept_elsewhere(const struct scope *scope)
{
	const struct server *old = sma_web_server(scope, false);

	if (!old || !old->name || old == sma_web_server(scope, true))
		return "";
	return arena_printf(scope->arena,
			    "else {\n"
			    "  'The drain time of the jobs was kept on ' + %s + ', below scupgrade-before: set it "
			    "again with Set-SmaAdminConfiguration -DrainTimeInSeconds.'\n"
			    "}\n",
			    script_powershell(scope->arena, old->name));
}

const char *sma_check_script(const struct scope *scope)
{
	return arena_printf(scope->arena,
			    "$ErrorActionPreference = 'Stop'\n"
			    "Import-Module Microsoft.SystemCenter.ServiceManagementAutomation\n" DRAIN_TIME
			    "if ($open.Count -gt 0) {\n"
			    "  $old = [int] (Get-Content -LiteralPath $file)\n"
			    "  Set-SmaAdminConfiguration %s -DrainTimeInSeconds $old\n"
			    "  " COMMON_PUT_BACK
			    "}\n"
			    "%s"
			    "Get-SmaRunbookWorkerDeployment %s | Out-Host\n"
			    "Get-SmaAdminConfiguration %s | Out-Host\n"
			    "Get-SmaRunbook %s | Select-Object -First 5 RunbookName | Out-Host\n"
			    "# Where it says evaluation: Set-SmaLicense with -ProductKey and the same endpoint. An "
			    "evaluation ends after 180 days.\n"
			    "Get-SmaLicense %s | Out-Host\n"
			    "@(%s) | ForEach-Object { Get-Service -ComputerName $_ -Name 'rbsvc' } | Format-Table "
			    "'MachineName', 'Status' | Out-Host\n",
			    endpoint(scope, true), kept_elsewhere(scope), endpoint(scope, true),
			    endpoint(scope, true), endpoint(scope, true), endpoint(scope, true),
			    server_list(scope, SMA_WORKER, true));
}

const char sma_portal_text[] =
	"If the name, port or certificate of the web service changed: in the Windows Azure Pack portal open the "
	"QuickStart tab of "
	"Automation and register the endpoint again (URL with port, user, password). Replace a self-signed "
	"certificate with a trusted one.";

const char *sma_worker_settings_text(const struct scope *scope)
{
	const char *old = ((const struct sma_server *)scope->server)->replaces;

	return arena_printf(
		scope->arena,
		"Compare Orchestrator.Settings.config below the new installation folder with its copy below "
		"scupgrade-before on the system drive%s, line by line. It is another release's file: put single values "
		"back that were tuned, such as MaxRunningJobs, TotalAllowedJobs and MaxRunningJobsPerWorker, never the "
		"whole file, and restart the service rbsvc. Where nothing was tuned, nothing is to be done.",
		old && *old ? arena_printf(scope->arena, " of %s", old) : "");
}
