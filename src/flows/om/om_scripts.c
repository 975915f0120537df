/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Operations Manager: scripts and instructions of the tasks before and after the upgrade, written here from the facts.
 */
#include "flows/om/om_words.h"

#include "core/text.h"

#define QUEUE_BEFORE "15360"
#define QUEUE_DURING "76800"

const char om_review_logs_text[] =
	"$ErrorActionPreference = 'Stop'\n" COMMON_BEFORE_FOLDER
	"$copy = Join-Path $folder ('OperationsManager-' + $time + '.evtx')\n"
	"& wevtutil.exe epl 'Operations Manager' $copy\n"
	"if ($LASTEXITCODE -ne 0) { throw ('wevtutil ended with ' + $LASTEXITCODE) }\n"
	"'The log was saved as ' + $copy\n"
	"$recent = @{ LogName = 'Operations Manager'; Level = 1, 2, 3; StartTime = (Get-Date).AddDays(-7) }\n"
	"$found = @()\n"
	"# Nothing that matches is an error of Get-WinEvent.\n"
	"try { $found = @(Get-WinEvent -FilterHashtable $recent -ErrorAction Stop) }\n"
	"catch { if ($_.FullyQualifiedErrorId -notlike 'NoMatchingEventsFound*') { throw } }\n"
	"'Warnings and errors of the last seven days: ' + $found.Count\n"
	"$found | Group-Object 'Id', 'ProviderName' | Sort-Object Count -Descending |\n"
	"  Format-Table 'Count', 'Name' -AutoSize | Out-Host\n";

const char om_pending_text[] =
	"$ErrorActionPreference = 'Stop'\n"
	"Import-Module OperationsManager\n"
	"foreach ($one in @(Get-SCOMPendingManagement)) {\n"
	"  $what = $one.AgentName + ', ' + $one.AgentPendingActionType\n"
	"  $answer = [string] (Read-Host ($what + ': type approve or deny; anything else leaves it'))\n"
	"  if ($answer.Trim() -eq 'approve') { $one | Approve-SCOMPendingManagement }\n"
	"  elseif ($answer.Trim() -eq 'deny') { $one | Deny-SCOMPendingManagement }\n"
	"}\n"
	"$left = @(Get-SCOMPendingManagement)\n"
	"$names = @($left | ForEach-Object { $_.AgentName }) -join ', '\n"
	"if ($left.Count -gt 0) { throw ('Still pending: ' + $names) }\n"
	"'Nothing is pending.'\n";

/* The first list counts, whoever made it: a run that comes later finds some of them disabled already. An empty list is
 * a list. It is written beside and renamed, so that half a list is none. */
#define SUBSCRIPTIONS COMMON_KEPT("subscriptions")

const char om_disable_subscriptions_text[] =
	"$ErrorActionPreference = 'Stop'\n"
	"Import-Module OperationsManager\n" SUBSCRIPTIONS
	"$enabled = @(Get-SCOMNotificationSubscription | Where-Object { $_.Enabled })\n"
	"if ($open.Count -eq 0) {\n"
	"  $ids = [string[]] @($enabled | ForEach-Object { [string] $_.Id })\n"
	"  $new = $file + '.' + $time\n"
	"  [IO.File]::WriteAllLines($new, $ids, (New-Object System.Text.UTF8Encoding $true))\n"
	"  [IO.File]::Move($new, $file)\n"
	"}\n"
	"$known = @([IO.File]::ReadAllLines($file))\n"
	"foreach ($one in $enabled) {\n"
	"  if ($known -contains [string] $one.Id) { continue }\n"
	"  throw ('Enabled since the list was made: ' + $one.DisplayName)\n"
	"}\n"
	"$enabled | ForEach-Object { Disable-SCOMNotificationSubscription -Subscription $_ }\n"
	"$left = @(Get-SCOMNotificationSubscription | Where-Object { $_.Enabled })\n"
	"if ($left.Count -gt 0) { throw ('Still enabled: ' + $left.Count) }\n"
	"'Disabled; the list of ' + $known.Count + ' that were enabled is ' + $file\n";

const char om_enable_subscriptions_text[] =
	"# Only those that were enabled before: the list was written when they were disabled.\n"
	"$ErrorActionPreference = 'Stop'\n"
	"Import-Module OperationsManager\n" SUBSCRIPTIONS COMMON_NO_LIST
	"if ($open.Count -eq 0) { 'Enabled again already, by ' + $all[-1]; return }\n"
	"$wanted = @([IO.File]::ReadAllLines($file))\n"
	"Get-SCOMNotificationSubscription | Where-Object { $wanted -contains [string] $_.Id -and -not $_.Enabled } |\n"
	"  ForEach-Object { Enable-SCOMNotificationSubscription -Subscription $_ }\n"
	"$all = @(Get-SCOMNotificationSubscription)\n"
	"$off = @($all | Where-Object { $wanted -contains [string] $_.Id -and -not $_.Enabled })\n"
	"if ($off.Count -gt 0) { throw ('Not enabled: ' + (@($off | ForEach-Object { $_.DisplayName }) -join ', ')) }\n"
	COMMON_PUT_BACK
	"$all | Format-Table 'DisplayName', 'Enabled' -AutoSize | Out-Host\n";

const char om_stop_connectors_text[] =
	"Stop the services of every connector to another product. Their names are in the vendor's documents. "
	"Write down which ones "
	"you stopped: they are started again after the upgrade.";

const char om_start_connectors_text[] =
	"Ask the vendors whether their connectors support Operations Manager {target}. Then start the services that "
	"you stopped before.";

#define SERVICES "'cshost', 'OMSDK', 'HealthService'"

const char om_stop_services_text[] =
	"$ErrorActionPreference = 'Stop'\n"
	"Stop-Service -Name " SERVICES " -Force\n"
	"$left = @(Get-Service -Name " SERVICES " | Where-Object { $_.Status -ne 'Stopped' })\n"
	"if ($left.Count -gt 0) { throw ('Not stopped: ' + (@($left | ForEach-Object { $_.Name }) -join ', ')) }\n"
	"'Stopped.'\n";

const char om_start_services_text[] =
	"$ErrorActionPreference = 'Stop'\n"
	"Start-Service -Name " SERVICES "\n"
	"$left = @(Get-Service -Name " SERVICES " | Where-Object { $_.Status -ne 'Running' })\n"
	"if ($left.Count -gt 0) { throw ('Not running: ' + (@($left | ForEach-Object { $_.Name }) -join ', ')) }\n"
	"'Running.'\n";

/* The old value is kept on the agent: the first one that is found counts, and none is written as 0. That it was put
 * back stands under a name that no group can have, so that a later upgrade keeps its own. */
static const char *queue_script(const struct scope *scope, const char *what)
{
	return arena_printf(
		scope->arena,
		"# On every agent, for example through Invoke-Command -ComputerName or a group policy.\n"
		"$ErrorActionPreference = 'Stop'\n"
		"$name = %s\n"
		"$key = 'HKLM:\\SYSTEM\\CurrentControlSet\\Services\\HealthService\\Parameters\\Management Groups'\n"
		"$group = Join-Path $key $name\n"
		"$kept = 'HKLM:\\SOFTWARE\\scupgrade\\agent-queue'\n"
		"$back = $name + ' (put back)'\n"
		"if (-not (Test-Path -LiteralPath $group)) { throw ('This agent does not report to the management "
		"group: ' + $group) }\n"
		"%s"
		"Restart-Service -Name 'HealthService'\n",
		script_powershell(scope->arena, om_answers(scope->plan)->management_group), what);
}

const char *om_raise_queue_text(const struct scope *scope)
{
	return queue_script(
		scope,
		"$now = [int] (Get-Item -LiteralPath $group).GetValue('maximumQueueSizeKb', 0)\n"
		"if (-not (Test-Path -LiteralPath $kept)) { New-Item -Path $kept -Force | Out-Null }\n"
		"$old = Get-Item -LiteralPath $kept\n"
		"if ($null -eq $old.GetValue($name, $null) -or $old.GetValue($back, 0)) {\n"
		"  Set-ItemProperty -LiteralPath $kept -Name $name -Type DWord -Value $now\n"
		"  Set-ItemProperty -LiteralPath $kept -Name $back -Type DWord -Value 0\n"
		"}\n"
		"# A value that was above stays; what a run that was cut short set is set again.\n"
		"if ([int] (Get-Item -LiteralPath $kept).GetValue($name) -ge " QUEUE_DURING ") { return }\n"
		"Set-ItemProperty -LiteralPath $group -Name 'maximumQueueSizeKb' -Type DWord -Value "
		"([Math]::Max($now, " QUEUE_DURING "))\n");
}

const char *om_reset_queue_text(const struct scope *scope)
{
	return queue_script(
		scope,
		"$old = 0\n"
		"if (Test-Path -LiteralPath $kept) { $old = [int] (Get-Item -LiteralPath $kept).GetValue($name, 0) }\n"
		"# Where no value was, the product's own.\n"
		"if ($old -eq 0) { $old = " QUEUE_BEFORE " }\n"
		"Set-ItemProperty -LiteralPath $group -Name 'maximumQueueSizeKb' -Type DWord -Value $old\n"
		"if (Test-Path -LiteralPath $kept) {\n"
		"  Set-ItemProperty -LiteralPath $kept -Name $back -Type DWord -Value 1\n"
		"}\n");
}

/* ---- media, rights and replicas ---- */

const char *om_extract_text(const struct scope *scope)
{
	const char *folder = om_answers(scope->plan)->setup_folder, *media = om_media(scope);
	const char *quote = folder && folder[strlen(folder) - 1] != '\\' ? "\"" : "";
	const char *where = folder ? folder : "the folder that Setup.exe is to be run from";
	const char *download = om_target(scope)->download ? om_target(scope)->download : "the downloaded program";

	return arena_printf(scope->arena,
			    "Run %s with /Dir=%s%s%s /VERYSILENT, best to a local drive. Skip this where Setup.exe is "
			    "there already.",
			    media ? media : download, quote, where, quote);
}

/* Whether LIST, "SQL01, SQL02", has HOST. */
static bool has_host(const struct scope *scope, const char *list, const char *host)
{
	size_t length;

	for (const char *at = list; *at; at += length + strspn(at + length, ", ")) {
		length = strcspn(at, ",");
		if (text_equal_fold(arena_strndup(scope->arena, at, length), host))
			return true;
	}
	return false;
}

/* The host of ADDRESS, "SQL01\\OM" or "SQL01,1433", unless LIST has it; LIST with it. */
static const char *with_host(const struct scope *scope, const char *list, const char *address)
{
	const char *host;

	if (!address)
		return list;
	host = arena_strndup(scope->arena, address, strcspn(address, "\\,"));
	if (has_host(scope, list, host))
		return list;
	return *list ? arena_printf(scope->arena, "%s, %s", list, host) : host;
}

const char *om_sql_hosts_text(const struct scope *scope)
{
	const struct om_answers *answers = om_answers(scope->plan);
	const char *list = with_host(scope, "", answers->operational.server);

	list = with_host(scope, list, answers->warehouse.server);
	list = with_host(scope, list, answers->reporting.server);
	return arena_printf(
		scope->arena,
		"On the SQL Server computers (%s; in a cluster, each node) make the setup account a local "
		"administrator for the time of the upgrade, and let the management servers reach TCP 135 and 445, the "
		"dynamic ports 49152 to 65535 and UDP 137 there. Both sides need the updates for DCOM hardening "
		"(KB5004442): event 10036 on the SQL Server computer says that one of them lacks these. Write down "
		"what was granted.",
		*list ? list : "those of the operational database, of the data warehouse and of Reporting");
}

const char om_take_back_rights_text[] =
	"On the SQL Server computers remove what was added to the local administrators for setup, close the ports "
	"again, and revoke sysadmin from the setup account where it was granted for the upgrade.";

const char *om_replicas_text(const struct scope *scope)
{
	return om_where_due(
		scope, om_replica_verdict(scope), "a database is in an availability group",
		"On every replica check the logins of the service accounts, the setting \"clr enabled\", the messages "
		"of Operations Manager in sys.messages (18054 is one), and the databases of Reporting Services. "
		"Service Broker is on in the operational database. A web site or report that is opened by an alias on "
		"its own computer can answer 401, because of the loopback check.");
}

const char *om_group_failover_text(const struct scope *scope)
{
	return om_where_due(scope, om_replica_verdict(scope), "a database is in an availability group",
			    "Move the databases of Operations Manager to each other replica in turn, look at the "
			    "consoles, at the event logs of the management servers and at one report, and move them "
			    "back.");
}

/* ---- what makes room for the agent of its machine, and comes back ---- */

#define REMOVE_FEATURE                                                                                                 \
	"Open Programs and Features, choose Operations Manager, then Change, Remove a feature, and "

const char om_remove_old_console_text[] = REMOVE_FEATURE "tick Operations console.";
const char om_remove_old_web_console_text[] = REMOVE_FEATURE "tick Web console.";

/* " Then install UR10 for it." where the plan has an update: those of the other consoles are done by then. */
static const char *and_its_update(const struct scope *scope)
{
	const struct release_level *update = common_update(scope);

	return update ? arena_printf(scope->arena, " Then install %s for it.", update->id) : "";
}

const char *om_install_console_text(const struct scope *scope)
{
	return arena_printf(scope->arena,
			    "Start setup of %s, choose Install and the feature Operations console, and follow its "
			    "pages.%s",
			    scope->hop->target->brief, and_its_update(scope));
}

const char *om_install_web_console_text(const struct scope *scope)
{
	const struct om_server *server = om_server(scope->server);

	return arena_printf(
		scope->arena,
		"Start setup of %s, choose Install and the feature Web console. Give the management server %s, the web "
		"site %s, %s and the authorization %s, as it was. Then restore what was changed in web.config.%s",
		scope->hop->target->brief, om_first_server(scope), om_web_site(scope),
		server->web_ssl ? "SSL" : "no SSL", om_web_authorization(scope), and_its_update(scope));
}

const char om_stop_web_console_text[] =
	"Open IIS Manager and stop the web console: its web site, or its application pools. "
	"The documents name the site "
	"\"Operations Manager\" in one place, the pools \"Operations Manager\" and "
	"\"MonitoringViews\" in another. [UNCERTAIN] "
	"Write down what you stopped.";

const char om_start_web_console_text[] =
	"Open IIS Manager and start what was stopped before the upgrade: the web site, or "
	"the application pools.";

const char om_save_web_config_text[] =
	"$ErrorActionPreference = 'Stop'\n" COMMON_BEFORE_FOLDER
	"$target = Join-Path $folder ('web-console-' + $time)\n"
	"New-Item -ItemType Directory -Path $target | Out-Null\n"
	"$setup = 'HKLM:\\SOFTWARE\\Microsoft\\System Center Operations Manager\\12\\Setup'\n"
	"$settings = Join-Path $target 'WebConsole-registry.txt'\n"
	"Get-ItemProperty -Path ($setup + '\\WebConsole') | Out-File -FilePath $settings -Encoding UTF8\n"
	"$installed = (Get-ItemProperty -Path $setup).InstallDirectory\n"
	"$number = 0\n"
	"foreach ($file in @(Get-ChildItem -Path $installed -Recurse -Filter 'web.config')) {\n"
	"  $number = $number + 1\n"
	"  Copy-Item -LiteralPath $file.FullName -Destination (Join-Path $target ('web' + $number + '.config'))\n"
	"  Add-Content -Path (Join-Path $target 'where.txt') -Value ('web' + $number + '.config ' + $file.FullName) "
	"-Encoding UTF8\n"
	"}\n"
	"# Setup takes the choice of SSL from the registry. SSL on: HTTP_GET_ENABLED 0, BINDING_CONFIGURATION "
	"DefaultHttpsBinding.\n"
	"# SSL off: 1 and DefaultHttpBinding. Correct them before the upgrade where they do not fit. [value "
	"types UNCERTAIN]\n"
	"Get-Content -LiteralPath $settings\n"
	"'Saved in ' + $target + ': ' + $number + ' web.config'\n"
	"if ($number -eq 0) { throw 'No web.config was found.' }\n";

const char om_acs_forwarding_text[] =
	"The upgrade of an agent disables its audit forwarding. In the Operations console open Monitoring, "
	"Operations Manager, Agent Details, "
	"Agent Health State; choose the agents that forwarded before, and run the task Enable Audit Collection.";

const char *om_verify_text(const struct scope *scope)
{
	return arena_printf(
		scope->arena,
		"Health Service Watcher state view: management servers, gateway servers and agents are healthy. "
		"Alerts, sorted by the date of their last change: nothing new about the management group. Event logs "
		"of the management servers: no new errors, compared with the copy from before. Processor, memory and "
		"disk of the database servers as usual.%s\n"
		"Where application monitoring or client-side monitoring stopped, restart Microsoft Monitoring Agent on "
		"that machine. Dashboards on SharePoint must be recreated.",
		om_has_reporting(scope) ? " One generic performance report runs." : "");
}

const char om_license_text[] =
	"$ErrorActionPreference = 'Stop'\n"
	"Import-Module OperationsManager\n"
	"Get-SCOMManagementGroup | Format-List 'SKUForLicense', 'Version', 'TimeOfExpiration' | Out-Host\n"
	"# Where it says Eval: Set-SCOMLicense -ProductId with the key, in an elevated window, then restart "
	"OMSDK on every management\n"
	"# server. It needs sysadmin on the operational database for that moment.\n";
