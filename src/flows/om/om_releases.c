/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Operations Manager: what its upgrade has to know of each release. Rows are made for the releases whose edges are
 * planned.
 */
#include "flows/om/om.h"

#define PROGRAM_FILES "C:\\Program Files\\"

static const struct om_release om_2012_r2 = {
	.common = {
		.release = "2012-r2",
		.name = "System Center 2012 R2 Operations Manager",
		.folder = PROGRAM_FILES "Microsoft System Center 2012 R2\\Operations Manager",
		.lowest = "7.1.10226.0",
		.below = "7.2.0.0",
		.server_build = "7.1.10226.0",
		.agent_build = "7.1.10184.0",
		.source = "build tables; setup logs and registry [CODE]",
	},
};

/* The column for Server Core is about 2016 only; for 2012 R2 the documents do not tell. */
/* clang-format off */
static const struct om_core_rule core_2016[] = {
	{ OM_REPORTING, "Reporting server", CHECK_FAILED, CHECK_FAILED, "the documents rule that out" },
	{ OM_ACS, "ACS collector", CHECK_FAILED, CHECK_WARNING, "the documents do not list that" },
	{ OM_CONSOLE, "Operations console", CHECK_FAILED, CHECK_WARNING, "the documents do not list that" },
	{ OM_GATEWAY, "Gateway server", CHECK_WARNING, CHECK_WARNING, "the documents differ on that" },
	{ OM_WEB_CONSOLE, "Web console", CHECK_WARNING, CHECK_WARNING, "the documents differ on that" },
	{ OM_MANAGEMENT_SERVER, "Management server", CHECK_PASSED, CHECK_WARNING,
	  "the documents do not speak of that" },
	{ 0, NULL, CHECK_PASSED, CHECK_PASSED, NULL },
};
/* clang-format on */

static const struct om_release om_2016 = {
	.common = {
		.release = "2016",
		.name = "System Center 2016 Operations Manager",
		.upgrade_title = "System Center 2016 Operations Manager Upgrade",
		.folder = PROGRAM_FILES "Microsoft System Center 2016\\Operations Manager",
		.lowest = "7.2.11469.0",         /* a technical preview */
		.below = "7.3.0.0",
		.server_build = "7.2.11719.0",
		.agent_build = "8.0.10918.0",
		.windows = (const char *const[]){ "2012 R2", "2016", NULL },
		.windows_text = "Windows Server 2012 R2 or 2016",
		.core_text = "Server Core of 2016 for management servers.",
		.workstations = (const char *const[]){ "7", "8", "8.1", "10", NULL },
		.workstations_text = "Windows 7 to 10",
		.sql = (const struct sql_version[]){ { "2012", NULL }, { "2014", NULL }, { "2016", NULL },
						     { NULL, NULL } },
		.sql_text = "SQL Server 2012, 2014 or 2016",
		.net_below = 528040,
		.net_text = ".NET Framework 4 to 4.7.2. Operations Manager 2016 is not supported with 4.8.",
		.powershell = "2.0",
		.tls_rollup = "4",
		.report_viewer = true,
		.source = "builds: build tables; setup logs and registry [CODE]; title and folder: upgrade page "
			  "[PAGE]; Windows, PowerShell, TLS, Report Viewer: system requirements [DOC]; .NET: those "
			  "of 2021 [DOC]; SQL Server: SQL Server requirements [DOC]",
	},
	.core = core_2016,
	.core_windows = "2016",
};

const struct product_release *const om_releases[] = { &om_2012_r2.common, &om_2016.common, NULL };
