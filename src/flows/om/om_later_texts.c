/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Operations Manager: scripts and instructions of what the flags of an upgrade insert, written here from the facts.
 */
#include "flows/om/om_later.h"

/* ---- before ---- */

const char *om_move_windows_text(const struct scope *scope)
{
	const char *common = hop_common_windows(scope->hop, scope->arena);

	return om_where_due(
		scope, om_windows_moves(scope),
		arena_printf(scope->arena, "a server of the management group does not run Windows Server %s", common),
		arena_printf(
			scope->arena,
			"Move its roles to Windows Server %s while the group is on Operations Manager %s. The safe "
			"way: add new servers with that Windows and the same release and update rollup, move agents, "
			"gateway servers, resource pools, watcher nodes and connectors, retire the old ones, and "
			"list the new names in this plan. No page on Operations Manager describes an upgrade of "
			"Windows in place.",
			common, scope->hop->source->brief));
}

const char *om_move_sql_text(const struct scope *scope)
{
	const char *common = hop_common_sql(scope->hop, scope->arena);

	return om_where_due(
		scope, om_sql_moves(scope),
		arena_printf(scope->arena, "a database or Reporting Services is not on SQL Server %s", common),
		arena_printf(
			scope->arena,
			"Move to SQL Server %s while the group is on Operations Manager %s (%s).\n"
			"1. Stop OMSDK, HealthService and cshost on all management servers. Back up the databases, "
			"ReportServer and ReportServerTempDB, the key of Reporting Services, and web.config.\n"
			"2. Uninstall the role Reporting of Operations Manager (Programs and Features, Change, Remove "
			"a "
			"feature): setup of SQL Server 2017 and later removes Reporting Services.\n"
			"3. Upgrade SQL Server, where instances differ first that of the operational database, then "
			"that of the data warehouse, then that of ReportServer, and install its newest cumulative "
			"update.\n"
			"4. Install stand-alone Reporting Services, attach the old database, restore the key, set the "
			"URLs. Below HKLM\\SOFTWARE\\Microsoft\\Microsoft SQL Server\\SSRS\\Setup make the text "
			"Version with the value of CurrentVersion below ...\\SSRS\\MSSQLServer\\CurrentVersion, and "
			"put *.* into AllowedResourceExtensionsForUpload.\n"
			"5. Restart the machine, install the role Reporting again, and start the services.",
			common, scope->hop->source->brief, scope->hop->after->sql_text));
}

const char *om_checksum_text(const struct scope *scope)
{
	return arena_printf(scope->arena,
			    "In Windows PowerShell: Get-FileHash -Algorithm SHA256 with the file that was downloaded. "
			    "Published for Operations Manager %s: %s. The page calls the file a .zip, evaluations are "
			    ".exe files: another value does not prove a fault, but find out where the file comes "
			    "from. Run setup as a named administrator, never as SYSTEM.",
			    scope->hop->target->brief, scope->hop->after->media_sha256);
}

#define HEALTH_KEY "HKLM:\\SYSTEM\\CurrentControlSet\\Services\\HealthService\\Parameters"
#define SETUP_KEY "HKLM:\\SOFTWARE\\Microsoft\\Microsoft Operations Manager\\3.0\\Setup"
#define REGISTRY_NAMES                                                                                                 \
	"$names = 'Persistence Cache Maximum', 'Persistence Checkpoint Depth Maximum',\n"                              \
	"  'Persistence Initial Database Page Count', 'Persistence Maximum Sessions',\n"                               \
	"  'Persistence Page Hit Cache Size', 'Persistence Version Store Maximum'\n"
#define REGISTRY COMMON_KEPT("registry-values")

const char om_record_registry_text[] =
	"# The six values of the health service, and where the data warehouse and the agent are.\n"
	"$ErrorActionPreference = 'Stop'\n" REGISTRY
	"# What was saved first is from before the upgrade: a repeat keeps it.\n"
	"if ($open.Count -gt 0) {\n"
	"  'Kept from an earlier run: ' + $file\n"
	"  Get-Content -LiteralPath $file\n"
	"  return\n"
	"}\n" REGISTRY_NAMES
	"$health = Get-ItemProperty -Path '" HEALTH_KEY "'\n"
	"$setup = Get-ItemProperty -Path '" SETUP_KEY "'\n"
	"$lines = @($names | Where-Object { $null -ne $health.$_ } | ForEach-Object { $_ + '=' + $health.$_ })\n"
	"foreach ($name in 'DataWarehouseDBServerName', 'DataWarehouseDBName', 'InstallDirectory') {\n"
	"  $lines += '# ' + $name + '=' + $setup.$name\n"
	"}\n"
	"Set-Content -LiteralPath ($file + '.new') -Value $lines -Encoding UTF8\n"
	"Move-Item -LiteralPath ($file + '.new') -Destination $file\n"
	"Get-Content -LiteralPath $file\n";

/* Where the product is says the new release itself; it is only told. */
const char om_restore_registry_text[] =
	"# Only values that were there before and are gone or changed.\n"
	"$ErrorActionPreference = 'Stop'\n" REGISTRY COMMON_NO_LIST
	"if ($open.Count -eq 0) { 'Set again already, by ' + $all[-1]; return }\n"
	"$health = '" HEALTH_KEY "'\n"
	"$setup = '" SETUP_KEY "'\n"
	"$restart = $file + '.restart'\n"
	"$changed = 0\n"
	"foreach ($line in Get-Content -LiteralPath $file) {\n"
	"  $at = $line.IndexOf('=')\n"
	"  $name = $line.Substring(0, $at).TrimStart('#', ' ')\n"
	"  $value = $line.Substring($at + 1)\n"
	"  $key, $type = $health, 'DWord'\n"
	"  if ($line.StartsWith('#')) { $key, $type = $setup, 'String' }\n"
	"  $now = [string] (Get-Item -LiteralPath $key).GetValue($name)\n"
	"  if (-not $value -or $now -eq $value) { continue }\n"
	"  if ($name -eq 'InstallDirectory') { $name + ' was ' + $value + ', is ' + $now; continue }\n"
	"  New-Item -ItemType File -Path $restart -Force | Out-Null\n"
	"  Set-ItemProperty -LiteralPath $key -Name $name -Type $type -Value $value\n"
	"  $name + ' was ' + $now + ', is ' + $value + ' again'\n"
	"  $changed++\n"
	"}\n"
	"# Also when a run before this one ended between the first value and the service that reads it.\n"
	"if (Test-Path -LiteralPath $restart) { Restart-Service -Name 'HealthService' -Force }\n"
	"'Set again: ' + $changed\n" COMMON_PUT_BACK;

const char om_logon_right_text[] =
	"From {target} on the health service logs accounts on as a service. Grant the right \"Log on as a service\" "
	"(Group Policy, or secpol.msc: Local Policies, User Rights Assignment) to every Run As account and action "
	"account, on each computer that uses it, and to the account that pushes agents, on all management servers, "
	"gateway servers and the computers that it pushes to. Setup grants it only to the five standard accounts.";

const char om_logon_events_text[] =
	"$ErrorActionPreference = 'Stop'\n"
	"$wanted = @{ LogName = 'Operations Manager'; Id = 7002, 7028; StartTime = (Get-Date).AddDays(-2) }\n"
	"try { $events = @(Get-WinEvent -FilterHashtable $wanted) }\n"
	"catch [Exception] { if ($_.FullyQualifiedErrorId -notlike 'NoMatchingEventsFound*') { throw }; $events = @() "
	"}\n"
	"$events | Format-Table 'TimeCreated', 'Id', 'Message' -Wrap\n"
	"if (@($events | Where-Object { $_.Id -eq 7002 }).Count) {\n"
	"  Write-Warning 'An account lacks the right to log on as a service: grant it, and look for event 7028.'\n"
	"}\n";

const char om_32_bit_text[] =
	"Release {target} has no 32-bit agent and no 32-bit console. List the computers with 32-bit Windows "
	"(Operations console, Monitoring, Discovered Inventory, target type Windows Operating System) and the "
	"consoles on 32-bit computers, and replace or retire them before the agents are upgraded.";

const char om_old_windows_text[] =
	"Agents of {target} run on {agent-windows}. List the agents on anything older (Operations console, Monitoring, "
	"Discovered Inventory, target type Windows Operating System), and move or retire these computers, or leave "
	"their agents as they are until then: an upgraded group supports agents one generation older.";

const char *om_drop_unix_text(const struct scope *scope)
{
	return om_where_due(
		scope, om_unix_verdict(scope), "the group watches UNIX or Linux computers",
		arena_printf(scope->arena,
			     "%s no longer supports agents on %s. List the UNIX and Linux computers by their operating "
			     "system (Operations console, Administration, Device Management, UNIX/Linux Computers) and "
			     "replace or retire these.",
			     scope->hop->after->name, edge_flag_find(scope->hop->edge, FLAG_UNIX_DROP)->list));
}

const char *om_linux_library_text(const struct scope *scope)
{
	return om_where_due(
		scope, DUE_OPEN, "management packs of Audit Collection for UNIX or Linux are imported",
		"Import the newest Microsoft.Linux.Universal.Library first, or delete the Audit Collection packs for "
		"UNIX "
		"and Linux. For an earlier release it is documented that setup otherwise fails, rolls back, and leaves "
		"the server without its role.");
}

const char *om_drivers_text(const struct scope *scope)
{
	const struct driver_rule *rule = scope->hop->after->drivers;

	return om_where_due(
		scope, DUE_OPEN, arena_printf(scope->arena, "they are not installed on %s", scope->server->name),
		arena_printf(
			scope->arena,
			"Install the Microsoft OLE DB Driver and the Microsoft ODBC Driver for SQL Server before "
			"setup. Where connections to SQL Server are not encrypted, install OLE DB %s and ODBC %s: "
			"newer ones insist on encryption and a trusted certificate. With encrypted connections "
			"install the newest.%s",
			rule->unencrypted_oledb, rule->unencrypted_odbc,
			rule->newest_sql ? arena_printf(scope->arena,
							" A later move to SQL Server %s needs OLE DB %s and ODBC %s.",
							rule->newest_sql, rule->newest_oledb, rule->newest_odbc)
					 : ""));
}

const char *om_net_text(const struct scope *scope)
{
	uint64_t release;
	bool known = fact_number(facts_of(scope->facts, scope->server->name), &fact_net_release, &release);

	return om_where_due(
		scope, known ? DUE_YES : DUE_OPEN,
		arena_printf(scope->arena, ".NET Framework 4.7.2 or later is not installed on %s", scope->server->name),
		"Install .NET Framework 4.8 and restart the machine: without 4.7.2 or 4.8 setup stops.");
}

const char *om_isapi_text(const struct scope *scope)
{
	return arena_printf(scope->arena,
			    "In IIS Manager on %s choose the server, open ISAPI and CGI Restrictions, and allow "
			    "ASP.NET %s.",
			    scope->server->name, scope->hop->after->isapi);
}

const char *om_tls_10_text(const struct scope *scope)
{
	return om_where_due(
		scope, om_tls_10_is_off(scope), "TLS 1.0 is disabled on a machine that setup runs on",
		arena_printf(
			scope->arena,
			"Write down the values below HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\"
			"SCHANNEL\\Protocols\\TLS 1.0, enable it for Client and Server, and restart the machine. The "
			"same holds for the SQL Server. After update rollup %s it can be disabled again.",
			scope->hop->after->tls_rollup));
}

/* Whether the plan's update is the one that needs no TLS 1.0 any more, or a later one. */
static bool has_tls_rollup(const struct scope *scope, const struct release_level *update)
{
	const char *least = arena_printf(scope->arena, "UR%s", scope->hop->after->tls_rollup);

	return update && update >= release_level_find(scope->hop->target, least);
}

const char *om_restore_tls_10_text(const struct scope *scope)
{
	const struct release_level *update = common_update(scope);

	return arena_printf(
		scope->arena,
		"If TLS 1.0 was enabled for setup: on each of those machines put the values below HKLM\\SYSTEM\\"
		"CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\TLS 1.0 back as they were "
		"written down, and restart one machine after the other. Not before update rollup %s is everywhere%s.",
		scope->hop->after->tls_rollup,
		has_tls_rollup(scope, update) ? arena_printf(scope->arena, ": this plan has %s", update->id)
					      : ", which is not in this plan: until then skip this step with a note");
}

/* ---- around setup ---- */

const char *om_helper_console_text(const struct scope *scope)
{
	const char *folder = om_answers(scope->plan)->source_setup_folder;

	return arena_printf(scope->arena,
			    "From the media of Operations Manager %s (%s) install the Operations console, and no "
			    "other feature, on %s. Without it setup of Reporting says that the management server is "
			    "not upgraded. The same setup upgrades this console.",
			    scope->hop->source->brief, folder ? folder : "the installed release",
			    scope->server->name);
}

const char om_remove_console_text[] =
	"On {server} uninstall the Operations console again: Programs and Features, Operations Manager, Change, "
	"Remove a feature.";

const char *om_unix_text(const struct scope *scope)
{
	return om_where_due(
		scope, om_unix_verdict(scope), "the group watches UNIX or Linux computers",
		arena_printf(
			scope->arena,
			"Import the UNIX and Linux management packs of %s, then upgrade the agents: Operations "
			"console, "
			"Administration, Device Management, UNIX/Linux Computers, Upgrade Agent. By hand, on the "
			"computer: sh ./scx-<version>.universalr.<version>.<architecture>.sh --upgrade "
			"--enable-opsmgr, with the file from AgentManagement\\UnixAgents\\DownloadedKits of a "
			"management server. Check the certificate afterwards: newer kits create a new one, which has "
			"to be signed again.",
			scope->hop->target->brief));
}

/* ---- the update rollup ---- */

const char *om_update_title(const struct scope *scope)
{
	return arena_printf(scope->arena, "Install %s on %s", common_update(scope)->id, scope->server->name);
}

const char *om_update_text(const struct scope *scope)
{
	const struct release_level *level = common_update(scope);
	const char *note = scope->hop->target->update_note;

	return arena_printf(scope->arena,
			    "Install the package of %s of Operations Manager %s%s for each role of %s: run it "
			    "elevated, from a local "
			    "drive, with the console closed, as its article describes.%s%s%s%s",
			    level->id, scope->hop->target->brief,
			    level->kb ? arena_printf(scope->arena, " (KB%s)", level->kb) : "", scope->server->name,
			    level->kb ? "" : " This program knows no article about it: look for one on the vendor's "
					"site.",
			    level->doubt ? " " : "", level->doubt ? level->doubt : "",
			    note ? arena_printf(scope->arena, " %s", note) : "");
}

const char om_update_acs_text[] =
	"On each ACS collector install the update rollup's package for it, if there is one.";

const char om_update_sql_text[] =
	"Run the SQL script of the update rollup, once, as sysadmin: update_rollup_mom_db.sql against the operational "
	"database, and where the rollup has one, UR_Datawarehouse.sql against the data warehouse. They are on a "
	"management server in ...\\Server\\SQL Script for Update Rollups. If it ends with a deadlock, run it again.";

const char om_update_packs_text[] =
	"In the Operations console import the management packs of the update rollup that the group uses. They are on "
	"a management server in ...\\Server\\Management Packs for Update Rollups.";

/* ---- after ---- */

const char om_folder_text[] =
	"Change scripts, scheduled tasks, shortcuts and antivirus exclusions that refer to the folder of {source}: "
	"the files are now below {folder}.";

const char om_tls_13_text[] =
	"If gateway servers or agents behind them stay gray after the update: first install KB5080648 everywhere. If "
	"that does not help, disable TLS 1.3 on the management servers and gateway servers: below "
	"HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\TLS 1.3, in Client and in "
	"Server, Enabled=0 and DisabledByDefault=1 (DWORD), then restart them.";

const char om_hotfix_text[] =
	"Install KB5080648 (servers 10.25.10644.0, agents and gateway servers 10.25.11182.0) on all management "
	"servers, "
	"gateway servers and agents, with the update rollup or right after it: without it a resource pool can stop "
	"its heartbeat, and agents and gateway servers of the other management servers turn gray.";

const char om_agent_patch_text[] =
	"Copy KB5068304-amd64-Agent.msp into the folder AgentManagement\\amd64 of gateway server {server}: its update "
	"does not do that.";

#define AGENT_CRASHES                                                                                                  \
	"Look whether agents stop answering where the processor's protection of the stack (CET) is on: their "         \
	"MonitoringHost.exe can crash there. Switch the mitigation off for MonitoringHost.exe on those computers"

const char *om_agent_crash_text(const struct scope *scope)
{
	const char *cure = edge_flag_find(scope->hop->edge, FLAG_AGENT_CET)->until;

	return cure ? arena_printf(scope->arena, AGENT_CRASHES ", or bring the group to %s of %s, which cures it.",
				   cure, scope->hop->target->brief)
		    : AGENT_CRASHES "; no update that cures it is named.";
}

const char om_local_system_text[] =
	"In the Operations console, Administration, Security, User Roles look at Operations Manager Administrators: "
	"from "
	"{target} on LocalSystem is visible there and can be removed. Decide whether it stays.";

const char om_report_files_text[] =
	"If Reporting Services is 2017 (14.0.600.1274) or later: in SQL Server Management Studio, connected to "
	"Reporting Services, Properties, Advanced, put *.* into AllowedResourceExtensionsForUpload and restart it. "
	"Otherwise reports are not deployed (event 31567).";

const char *om_license_why(const struct scope *scope)
{
	const char *why =
		"Setup has no switch for the product key. Whether a licensed group becomes an evaluation is not "
		"stated. [UNCERTAIN] An evaluation ends 180 days after the installation.";

	if (!scope->hop->after->key_in_console)
		return why;
	return arena_printf(
		scope->arena,
		"%s The Operations console takes the key too (Help, About, Activate)%s; the account that sets it has "
		"to be a member of Operations Manager Administrators itself, not through a group.",
		why, scope->hop->after->key_doubt ? " [UNCERTAIN: no later page repeats it]" : "");
}
