/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What upgrades bring with them, in words.
 */
#include "model/release.h"

/* clang-format off */
const struct flag_words release_flags[RELEASE_FLAG_COUNT] = {
	[FLAG_PATH_CHANGE] = { "PATH_CHANGE", "post", false,
		"adapt scripts, exclusions and shortcuts to the new folder" },
	[FLAG_REG_RESET] = { "REG_RESET", "pre, post", false,
		"record six Persistence values and custom agent paths, set them again afterwards" },
	[FLAG_DWREG_RESET] = { "DWREG_RESET", "pre, post", false,
		"record the data warehouse registry details of the other management servers, set them again "
		"afterwards" },
	[FLAG_TLS10_SETUP] = { "TLS10_SETUP", "pre", true,
		"TLS 1.0 on while setup runs" },
	[FLAG_REPORT_CONSOLE] = { "REPORT_CONSOLE", "before reporting, post", false,
		"console of the source release on the Reporting server before its upgrade, removed afterwards" },
	[FLAG_LOGON_SERVICE] = { "LOGON_SERVICE", "pre, post", false,
		"grant Log on as a service to Run As and push accounts; watch events 7002 and 7028" },
	[FLAG_X64_ONLY] = { "X64_ONLY", "pre", false,
		"list and retire 32-bit agents and consoles" },
	[FLAG_UNIX_DROP] = { "UNIX_DROP", "pre", false,
		"list and retire agents on platforms that the target drops" },
	[FLAG_AGENT_FLOOR_2012] = { "AGENT_FLOOR_2012", "pre", false,
		"list Windows agents below Windows Server 2012 or Windows 10" },
	[FLAG_AGENT_FLOOR_2016] = { "AGENT_FLOOR_2016", "pre", false,
		"list Windows agents below Windows Server 2016 or Windows 10" },
	[FLAG_AD_RULES] = { "AD_RULES", "post", false,
		"rename the AD assignment rules in the default management pack" },
	[FLAG_ACS_LINUX_MP] = { "ACS_LINUX_MP", "pre", true,
		"upgrade the Linux library pack or delete the UNIX/Linux ACS packs" },
	[FLAG_ALIAS] = { "ALIAS", "pre", true,
		"the query for duplicate reference aliases returns no row" },
	[FLAG_OLEDB] = { "OLEDB", "pre", true,
		"OLE DB and ODBC drivers on management servers and web console servers" },
	[FLAG_DOTNET472] = { "DOTNET472", "pre", true,
		".NET 4.7.2 or 4.8; ASP.NET v4.8 allowed in IIS where the web console is" },
	[FLAG_CONSOLE_AFTER_MS] = { "CONSOLE_AFTER_MS", "order", true,
		"no console upgrade before the last management server" },
	[FLAG_TLS13] = { "TLS13", "post", false,
		"check gateways after UR1; TLS 1.3 off on management servers and gateways if they stay gray" },
	[FLAG_UR1_HOTFIX] = { "UR1_HOTFIX", "post", false,
		"KB5080648 on management servers, gateways and agents" },
	[FLAG_GW_AGENT_MSP] = { "GW_AGENT_MSP", "post", false,
		"copy KB5068304-amd64-Agent.msp into AgentManagement\\amd64 of each gateway" },
	[FLAG_MSP] = { "MSP", "main", false,
		"update packages in the patch order of 3.5" },
	[FLAG_SQL_SCRIPT] = { "SQL_SCRIPT", "main", false,
		"SQL script of the update package on the operational database" },
	[FLAG_MP_IMPORT] = { "MP_IMPORT", "main", false,
		"import the management packs of the update package" },
	[FLAG_OS_MOVE] = { "OS_MOVE", "between hops", true,
		"move to a Windows that fits both releases" },
	[FLAG_SQL_MOVE] = { "SQL_MOVE", "between hops", true,
		"move to a SQL Server that fits both releases" },
	[FLAG_SAC] = { "SAC", "info", false,
		"out of support" },
	[FLAG_REINSTALL] = { "REINSTALL", "main", false,
		"uninstall, then install against the kept database" },
	[FLAG_WORKERS_FIRST] = { "WORKERS_FIRST", "order", true,
		"workers before the web service" },
	[FLAG_NEW_DEPLOYMENT] = { "NEW_DEPLOYMENT", "main", false,
		"new worker deployment for changed worker names" },
	[FLAG_AGENT_CET] = { "AGENT_CET", "post", false,
		"agents can crash where the processor's protection of the stack (CET) is on (reported, not "
		"documented); switch it off for MonitoringHost.exe there" },
};
/* clang-format on */

const struct edge_flag *edge_flag_find(const struct release_edge *edge, enum release_flag flag)
{
	const struct edge_flag *found = edge ? edge->flags : NULL;

	while (found && found->flag != RELEASE_FLAG_COUNT && found->flag != flag)
		found++;
	return found && found->flag == flag ? found : NULL;
}

/* Levels of one release stand in one array. */
static bool is_below(const struct release *release, const struct release_level *level, const char *id)
{
	return level < release_level_find(release, id);
}

enum due hop_has_flag(const struct hop *hop, enum release_flag flag, const struct release_level *source,
			  const struct release_level *target)
{
	const struct edge_flag *found = edge_flag_find(hop->edge, flag);

	if (!found)
		return DUE_NO;
	if (found->from && (!target || is_below(hop->target, target, found->from)))
		return DUE_NO;
	if (found->until && !is_below(hop->target, target, found->until))
		return DUE_NO;
	if (!found->below)
		return DUE_YES;
	if (!source)
		return DUE_OPEN;
	return is_below(hop->source, source, found->below) ? DUE_YES : DUE_NO;
}
