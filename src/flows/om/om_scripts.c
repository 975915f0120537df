/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Operations Manager: scripts and instructions of the tasks before and after the upgrade, written here from the facts.
 */
#include "flows/om/om.h"

#define QUEUE_BEFORE "15360"
#define QUEUE_DURING "76800"

const char om_review_logs_text[] =
	"$ErrorActionPreference = 'Stop'\n"
	"$since = (Get-Date).AddDays(-7)\n"
	"$recent = @{ LogName = 'Operations Manager'; Level = 1, 2, 3; StartTime = $since }\n"
	"Get-WinEvent -FilterHashtable $recent |\n"
	"  Group-Object 'Id', 'ProviderName' | Sort-Object Count -Descending |\n"
	"  Format-Table 'Count', 'Name' -AutoSize\n"
	"$copy = Join-Path $env:SystemDrive 'OperationsManager-before-upgrade.evtx'\n"
	"& wevtutil.exe epl 'Operations Manager' $copy\n";

const char om_failover_text[] =
	"# Primary and failover are two calls, never one; let an agent connect to a new primary before the "
	"second.\n"
	"$ErrorActionPreference = 'Stop'\n"
	"Import-Module OperationsManager\n"
	"$gateways = @(Get-SCOMManagementServer | Where-Object { $_.IsGateway })\n"
	"foreach ($gateway in $gateways) {\n"
	"  $others = @($gateways | Where-Object { $_.Id -ne $gateway.Id })\n"
	"  if (-not $others) { Write-Warning ('No second gateway server for ' + $gateway.Name); continue }\n"
	"  $agents = @(Get-SCOMAgent | Where-Object { $_.PrimaryManagementServerName -eq $gateway.Name })\n"
	"  foreach ($agent in $agents) {\n"
	"    if (@($agent.GetFailoverManagementServers()).Count -eq 0) {\n"
	"      Set-SCOMParentManagementServer -Agent $agent -FailoverServer $others[0]\n"
	"    }\n"
	"  }\n"
	"}\n";

const char om_pending_text[] =
	"# Look first, then approve or reject each one.\n"
	"$ErrorActionPreference = 'Stop'\n"
	"Import-Module OperationsManager\n"
	"Get-SCOMPendingManagement | Format-Table 'AgentName', 'AgentPendingActionType' -AutoSize\n"
	"# Get-SCOMPendingManagement | Where-Object { $_.AgentName -eq 'server' } | "
	"Approve-SCOMPendingManagement\n"
	"# Get-SCOMPendingManagement | Where-Object { $_.AgentName -eq 'server' } | "
	"Deny-SCOMPendingManagement\n";

#define SUBSCRIPTIONS "(Join-Path $env:SystemDrive 'subscriptions-before-upgrade.txt')"

const char om_disable_subscriptions_text[] =
	"$ErrorActionPreference = 'Stop'\n"
	"Import-Module OperationsManager\n"
	"$file = " SUBSCRIPTIONS "\n"
	"if (Test-Path $file) { throw ('The list is there already, from an earlier run: ' + $file) }\n"
	"$enabled = @(Get-SCOMNotificationSubscription | Where-Object { $_.Enabled })\n"
	"$enabled | ForEach-Object { [string]$_.Id } | Set-Content -Path $file -Encoding UTF8\n"
	"$enabled | Format-Table 'DisplayName', 'Id' -AutoSize\n"
	"$enabled | Disable-SCOMNotificationSubscription\n";

const char om_enable_subscriptions_text[] =
	"# Only those that were enabled before: the list was written when they were disabled.\n"
	"$ErrorActionPreference = 'Stop'\n"
	"Import-Module OperationsManager\n"
	"$wanted = @(Get-Content -Path " SUBSCRIPTIONS ")\n"
	"Get-SCOMNotificationSubscription | Where-Object { $wanted -contains [string]$_.Id } |\n"
	"  ForEach-Object { Enable-SCOMNotificationSubscription -Subscription $_ }\n"
	"Get-SCOMNotificationSubscription | Format-Table 'DisplayName', 'Enabled' -AutoSize\n";

const char om_stop_connectors_text[] =
	"Stop the services of every connector to another product. Their names stand in the vendor's documents. "
	"Write down which ones "
	"you stopped: they are started again after the upgrade.";

const char om_start_connectors_text[] =
	"Ask the vendors whether their connectors support Operations Manager {target}. Then start the services that "
	"you stopped before.";

const char om_stop_services_text[] = "$ErrorActionPreference = 'Stop'\n"
				     "Stop-Service -Name 'cshost', 'OMSDK', 'HealthService'\n"
				     "Get-Service -Name 'HealthService', 'OMSDK', 'cshost'\n";

const char om_start_services_text[] = "$ErrorActionPreference = 'Stop'\n"
				      "Start-Service -Name 'HealthService', 'OMSDK', 'cshost'\n"
				      "Get-Service -Name 'HealthService', 'OMSDK', 'cshost'\n";

static const char *queue_script(const struct scope *scope, const char *size)
{
	return arena_printf(
		scope->arena,
		"# On every agent, for example through Invoke-Command -ComputerName or a group policy.\n"
		"$ErrorActionPreference = 'Stop'\n"
		"$key = 'HKLM:\\SYSTEM\\CurrentControlSet\\Services\\HealthService\\Parameters\\Management Groups'\n"
		"$group = Join-Path $key %s\n"
		"if (-not (Test-Path -LiteralPath $group)) { throw ('This agent does not report to the management "
		"group: ' + $group) }\n"
		"Set-ItemProperty -LiteralPath $group -Name 'maximumQueueSizeKb' -Type DWord -Value %s\n"
		"Restart-Service -Name 'HealthService'\n",
		script_powershell(scope->arena, om_answers(scope->plan)->management_group), size);
}

const char *om_raise_queue_text(const struct scope *scope)
{
	return queue_script(scope, QUEUE_DURING);
}

const char *om_reset_queue_text(const struct scope *scope)
{
	return queue_script(scope, QUEUE_BEFORE);
}

const char om_stop_web_console_text[] =
	"On {server} open IIS Manager and stop the web console: its web site, or its application pools. "
	"The documents name the site "
	"\"Operations Manager\" in one place, the pools \"Operations Manager\" and "
	"\"MonitoringViews\" in another. [UNCERTAIN] "
	"Write down what you stopped.";

const char om_start_web_console_text[] =
	"On {server} open IIS Manager and start what was stopped before the upgrade: the web site, or "
	"the application pools.";

const char om_save_web_config_text[] =
	"$ErrorActionPreference = 'Stop'\n"
	"$folder = Join-Path $env:SystemDrive 'web-console-before-upgrade'\n"
	"New-Item -ItemType Directory -Path $folder -Force | Out-Null\n"
	"$setup = 'HKLM:\\SOFTWARE\\Microsoft\\System Center Operations Manager\\12\\Setup'\n"
	"Get-ItemProperty -Path ($setup + '\\WebConsole') | Out-File (Join-Path $folder "
	"'WebConsole-registry.txt')\n"
	"$installed = (Get-ItemProperty -Path $setup).InstallDirectory\n"
	"$number = 0\n"
	"foreach ($file in Get-ChildItem -Path $installed -Recurse -Filter 'web.config') {\n"
	"  $number = $number + 1\n"
	"  Copy-Item -LiteralPath $file.FullName -Destination (Join-Path $folder ('web' + $number + "
	"'.config'))\n"
	"  Add-Content -Path (Join-Path $folder 'where.txt') -Value ('web' + $number + '.config ' + "
	"$file.FullName)\n"
	"}\n"
	"# Setup takes the choice of SSL from the registry. SSL on: HTTP_GET_ENABLED 0, BINDING_CONFIGURATION "
	"DefaultHttpsBinding.\n"
	"# SSL off: 1 and DefaultHttpBinding. Correct them before the upgrade where they do not fit. [value "
	"types UNCERTAIN]\n"
	"Get-Content (Join-Path $folder 'WebConsole-registry.txt')\n";

const char om_acs_forwarding_text[] =
	"The upgrade of an agent disables its audit forwarding. In the Operations console open Monitoring, "
	"Operations Manager, Agent Details, "
	"Agent Health State; choose the agents that forwarded before, and run the task Enable Audit Collection.";

const char om_verify_text[] =
	"Health Service Watcher state view: management servers, gateway servers and agents are healthy. Alerts, "
	"sorted by the date of their "
	"last change: nothing new about the management group. Event logs of the management servers: no new "
	"errors, compared with the "
	"copy of before. Processor, memory and disk of the database servers as usual. One generic performance "
	"report runs.\n"
	"Where application monitoring or client-side monitoring stopped, restart Microsoft Monitoring Agent on "
	"that machine. Dashboards on "
	"SharePoint are made again.";

const char om_license_text[] =
	"$ErrorActionPreference = 'Stop'\n"
	"Import-Module OperationsManager\n"
	"Get-SCOMManagementGroup | Format-List 'SKUForLicense', 'Version', 'TimeOfExpiration'\n"
	"# Where it says Eval: Set-SCOMLicense -ProductId with the key, in an elevated window, then restart "
	"OMSDK on every management\n"
	"# server. It needs sysadmin on the operational database for that moment.\n";
