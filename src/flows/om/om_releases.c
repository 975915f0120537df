/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Operations Manager: what its upgrade has to know of each release. What is not there is not known.
 */
#include "flows/om/om.h"

#define PROGRAM_FILES "C:\\Program Files\\"
#define FOLDER_WITHOUT_YEAR PROGRAM_FILES "Microsoft System Center\\Operations Manager"
#define ACCOUNT_FROM_1801 "System Center Configuration and Data Access Service"
#define LIST(...) (const char *const[]){ __VA_ARGS__, NULL }

static const struct om_release om_2012_r2 = {
	.common = {
		.release = "2012-r2",
		.name = "System Center 2012 R2 Operations Manager",
		.folder = PROGRAM_FILES "Microsoft System Center 2012 R2\\Operations Manager",
		.lowest = "7.1.10226.0",
		.below = "7.2.0.0",
		.server_build = "7.1.10226.0",
		.agent_build = "7.1.10184.0",
		.isapi = "v4.0.30319",
		.source = "build tables; setup logs and registry [CODE]",
	},
};

/* The column for Server Core is about 2016 only; for 2012 R2 the documents do not tell. */
/* clang-format off */
static const struct om_core_rule core_2016[] = {
	{ OM_REPORTING, "Reporting server", CHECK_FAILED, CHECK_FAILED, "the documents rule that out" },
	{ OM_ACS, "ACS collector", CHECK_WARNING, CHECK_WARNING, "the documents do not list that" },
	{ OM_CONSOLE, "Operations console", CHECK_WARNING, CHECK_WARNING, "the documents do not list that" },
	{ OM_GATEWAY, "Gateway server", CHECK_WARNING, CHECK_WARNING, "the documents differ on that" },
	{ OM_WEB_CONSOLE, "Web console", CHECK_WARNING, CHECK_WARNING, "the documents differ on that" },
	{ OM_MANAGEMENT_SERVER, "Management server", CHECK_PASSED, CHECK_WARNING,
	  "the documents do not mention that" },
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
		.windows = LIST("2012 R2", "2016"),
		.windows_text = "Windows Server 2012 R2 or 2016",
		.core_text = "Server Core of 2016 for management servers.",
		.workstations = LIST("7", "8", "8.1", "10"),
		.workstations_text = "Windows 7 to 10",
		.agent_windows = LIST("2008", "2008 R2", "2012", "2012 R2", "2016", "2019"),
		.agent_workstations = LIST("7", "8", "10"),
		.agent_windows_text = "Windows Server 2008 SP2 to 2019 and Windows 7, 8 and 10",
		.sql = (const struct sql_version[]){ { .name = "2012" }, { .name = "2014" }, { .name = "2016" },
						     { .name = NULL } },
		.sql_text = "SQL Server 2012, 2014 or 2016",
		.net_below = NET_4_8,
		.net_text = ".NET Framework 4 to 4.7.2. Operations Manager 2016 is not supported with 4.8.",
		.powershell = "2.0",
		.tls_rollup = "4",
		.report_viewer = REPORT_VIEWER_NEEDED,
		.isapi = "v4.0.30319",
		.web_upgrade_page = true,
		.account_title = "System Center Data Access Service",
		.source = "builds: build tables; setup logs and registry [CODE]; title and folder: upgrade page "
			  "[PAGE]; Windows, PowerShell, TLS, Report Viewer: system requirements [DOC]; .NET: those "
			  "of 2021 [DOC]; SQL Server: SQL Server requirements [DOC]",
	},
	.core = core_2016,
	.core_windows = "2016",
	.download = "the downloaded program (SC2016_SCOM_EN.exe or similar)", /* deployment scripts [FIELD] */
};

/* 1807 is 1801 with an update: what holds for one holds for the other. */
#define SEMI_ANNUAL                                                                                                    \
	.upgrade_title = "Operations Manager Upgrade", .folder = FOLDER_WITHOUT_YEAR,                                  \
	.windows = LIST("2012 R2", "2016"), .windows_text = "Windows Server 2012 R2 or 2016",                          \
	.core_text = "Server Core of 2016 for management servers.", .workstations = LIST("7", "8", "8.1", "10"),       \
	.workstations_text = "Windows 7 to 10",                                                                        \
	.agent_windows = LIST("2008", "2008 R2", "2012", "2012 R2", "2016"),                                           \
	.agent_workstations = LIST("7", "8", "10"),                                                                    \
	.agent_windows_text = "Windows Server 2008 SP2 to 2016 and Windows 7, 8 and 10",                               \
	.sql = (const struct sql_version[]){ { .name = "2016" }, { .name = NULL } },                                   \
	.sql_text = "SQL Server 2016", .net_below = NET_4_8,                                                           \
	.net_text = ".NET Framework 4 to 4.7.2.", .powershell = "2.0", .report_viewer = REPORT_VIEWER_NEEDED,          \
	.isapi = "v4.0.30319", .account_title = ACCOUNT_FROM_1801, .key_in_console = true,                             \
	.source = "builds: support tool that knows them [CODE]; the rest: system requirements, which send to "         \
		  "those of 2016; SQL Server requirements of 2018 [DOC, UNCERTAIN: SQL Server 2017 by an upgrade of "  \
		  "the instance is hinted at by a title only]"

static const struct om_release om_1801 = {
	.common = {
		.release = "1801",
		.name = "System Center Operations Manager version 1801",
		.lowest = "7.3.13040.0",         /* a technical preview */
		.below = "7.3.13261.0",
		.server_build = "7.3.13142.0",
		.agent_build = "8.0.13053.0",
		SEMI_ANNUAL,
	},
	.core = core_2016,
	.core_windows = "2016",
};

static const struct om_release om_1807 = {
	.common = {
		.release = "1807",
		.name = "System Center Operations Manager version 1807",
		.lowest = "7.3.13261.0",
		.below = "7.4.0.0",
		.server_build = "7.3.13261.0",
		.agent_build = "8.0.13067.0",
		SEMI_ANNUAL,
	},
	.core = core_2016,
	.core_windows = "2016",
};

/* From 2019 on, on every Windows of the list; the console needs the App Compatibility feature, with 2019 alone. */
/* clang-format off */
#define NEVER_ON_CORE(role, name) { role, name, CHECK_FAILED, CHECK_FAILED, "the documents rule that out" }
static const struct om_core_rule core_2019[] = {
	NEVER_ON_CORE(OM_REPORTING, "Reporting server"),
	NEVER_ON_CORE(OM_ACS, "ACS collector"),
	NEVER_ON_CORE(OM_WEB_CONSOLE, "Web console"),
	{ OM_CONSOLE, "Operations console", CHECK_WARNING, CHECK_WARNING,
	  "the feature App Compatibility has to be installed" },
	{ 0, NULL, CHECK_PASSED, CHECK_PASSED, NULL },
};
static const struct om_core_rule core_2022[] = {
	NEVER_ON_CORE(OM_REPORTING, "Reporting server"),
	NEVER_ON_CORE(OM_ACS, "ACS collector"),
	NEVER_ON_CORE(OM_WEB_CONSOLE, "Web console"),
	NEVER_ON_CORE(OM_CONSOLE, "Operations console"),
	{ 0, NULL, CHECK_PASSED, CHECK_PASSED, NULL },
};

#define SQL_2019_CU8 "15.0.4073.23"
#define SQL_2022_CU11 "16.0.4105.2"
#define SQL_2025_GA "17.0.1000.7"

/* Newer drivers insist on encrypted connections. */
static const struct driver_rule drivers_2019 = {
	.with_sql = "2019", .least_oledb = "18.2", .least_odbc = "17.3",
	.unencrypted_oledb = "18.7.4", .unencrypted_odbc = "17.10.6",
};
static const struct driver_rule drivers_2022 = {
	.always = true, .unencrypted_oledb = "18.7.4", .unencrypted_odbc = "17.10.6",
};
static const struct driver_rule drivers_2025 = {
	.always = true, .newest_sql = "2025", .newest_oledb = "19", .newest_odbc = "18",
	.unencrypted_oledb = "18.7.4", .unencrypted_odbc = "17.10.6",
};
/* clang-format on */

static const struct om_release om_2019 = {
	.common = {
		.release = "2019",
		.name = "System Center 2019 Operations Manager",
		.upgrade_title = "Operations Manager Upgrade",
		.folder = FOLDER_WITHOUT_YEAR,
		.lowest = "10.19.10003.0",       /* a technical preview */
		.below = "10.20.0.0",
		.server_build = "10.19.10050.0",
		.agent_build = "10.19.10014.0",
		.windows = LIST("2016", "2019"),
		.windows_text = "Windows Server 2016 or 2019",
		.core_text = "Server Core for management servers, gateway servers and databases.",
		.workstations = LIST("10"),
		.workstations_text = "Windows 10",
		.agent_windows = LIST("2012", "2012 R2", "2016", "2019"),
		.agent_workstations = LIST("10"),
		.agent_windows_text = "Windows Server 2012 to 2019 and Windows 10, 64 bits only",
		.sql = (const struct sql_version[]){ { .name = "2016" }, { .name = "2017" },
						     { .name = "2019", .least = SQL_2019_CU8 }, { .name = NULL } },
		.sql_text = "SQL Server 2016, 2017 or 2019 with CU8 (" SQL_2019_CU8 ") or later",
		.net_doubt = NET_4_8,
		.net_text = ".NET Framework 4 to 4.7.2. No document mentions 4.8 with Operations Manager 2019.",
		.powershell = "2.0",
		.report_viewer = REPORT_VIEWER_NEEDED,
		.drivers = &drivers_2019,
		.isapi = "v4.0.30319",
		.account_title = ACCOUNT_FROM_1801,
		.x64_only = true,
		.logon_as_service = true,
		.gmsa_text = "from update rollup 1 on, changed after setup",
		.key_in_console = true,
		.key_doubt = "carried over from 1801",
		.media_sha256 = "5562D148315D8208F15CACE00F33C6A9820AF1EA3CAAA9CD2144973B4548B8C9",
		.source = "builds, folder: build tables of 2019 [DOC]; Windows, PowerShell, Report Viewer: system "
			  "requirements of 2019 [DOC]; .NET: the same [UNCERTAIN: 4.7.x is inferred from Windows "
			  "Server 2019, 4.8 is not named]; SQL Server, drivers: SQL Server requirements; news of 2019 "
			  "[DOC]; title of the page [OURS]; key in the console [UNCERTAIN: carried over from 1801]",
	},
	.core = core_2019,
};

static const struct om_release om_2022 = {
	.common = {
		.release = "2022",
		.name = "System Center 2022 Operations Manager",
		.upgrade_title = "Operations Manager Upgrade",
		.folder = FOLDER_WITHOUT_YEAR,
		.lowest = "10.22.0.0",
		.below = "10.23.0.0",
		.server_build = "10.22.10118.0",
		.agent_build = "10.22.10056.0",
		.windows = LIST("2019", "2022"),
		.windows_text = "Windows Server 2019 or 2022",
		.core_text = "Server Core for management servers, gateway servers and databases.",
		.workstations = LIST("10", "11"),
		.workstations_text = "Windows 10 and 11",
		.agent_windows = LIST("2012", "2012 R2", "2016", "2019", "2022", "2025"),
		.agent_workstations = LIST("10", "11"),
		.agent_windows_text = "Windows Server 2012 to 2025, Windows 10 and 11",
		.sql = (const struct sql_version[]){ { .name = "2017" }, { .name = "2019", .least = SQL_2019_CU8 },
						     { .name = "2022", .least = SQL_2022_CU11 }, { .name = NULL } },
		.sql_text = "SQL Server 2017, 2019 with CU8 (" SQL_2019_CU8 ") or later, or 2022 with CU11 ("
			    SQL_2022_CU11 ") or later",
		.net_least = NET_4_7_2,
		.net_text = ".NET Framework 4.7.2 or 4.8.",
		.powershell = "3.0",
		.report_viewer = REPORT_VIEWER_IN_DOUBT,
		.drivers = &drivers_2022,
		.isapi = "v4.8",
		.account_title = ACCOUNT_FROM_1801,
		.x64_only = true,
		.logon_as_service = true,
		.gmsa_text = "by setup itself",
		.gmsa_setup = true,
		.key_in_console = true,
		.key_doubt = "carried over from 1801",
		.media_sha256 = "77E84740E2D7BD893227627616CC048B5BC1EF939F734D326EB654CADE8E5C0C",
		.source = "builds, folder: build tables of 2022 [DOC]; Windows: system requirements of 2022, revision "
			  "of 2025 [DOC, UNCERTAIN: the one before the release took Windows Server 2016 too]; .NET: "
			  "the same [DOC]; PowerShell, drivers: news of 2022 [DOC]; SQL Server: SQL Server "
			  "requirements [DOC]; Report Viewer [UNCERTAIN: only the revision before the release lists "
			  "it]; title of the page [OURS]; key in the console [UNCERTAIN: carried over from 1801]",
	},
	.core = core_2022,
};

static const struct om_release om_2025 = {
	.common = {
		.release = "2025",
		.name = "System Center 2025 Operations Manager",
		.upgrade_title = "Operations Manager Upgrade",
		.folder = FOLDER_WITHOUT_YEAR,
		.lowest = "10.25.0.0",
		.below = "10.26.0.0",
		.server_build = "10.25.10132.0",
		.agent_build = "10.25.10079.0",
		.windows = LIST("2019", "2022", "2025"),
		.windows_text = "Windows Server 2019, 2022 or 2025",
		.core_text = "Server Core for management servers, gateway servers and databases.",
		.workstations = LIST("10", "11"),
		.workstations_text = "Windows 10 and 11",
		.agent_windows = LIST("2016", "2019", "2022", "2025"),
		.agent_workstations = LIST("10", "11"),
		.agent_windows_text = "Windows Server 2016 to 2025, Windows 10 and 11",
		.sql = (const struct sql_version[]){ { .name = "2017" }, { .name = "2019", .least = SQL_2019_CU8 },
						     { .name = "2022", .least = SQL_2022_CU11 },
						     { .name = "2025", .least = SQL_2025_GA, .from_level = "UR1" },
						     { .name = NULL } },
		.sql_text = "SQL Server 2017, 2019 with CU8 (" SQL_2019_CU8 ") or later, or 2022 with CU11 ("
			    SQL_2022_CU11 ") or later; 2025 only after setup, once update rollup 1 is installed",
		.net_least = NET_4_7_2,
		.net_text = ".NET Framework 4.7.2 or 4.8.",
		.powershell = "3.0",
		.drivers = &drivers_2025,
		.isapi = "v4.8",
		.account_title = ACCOUNT_FROM_1801,
		.x64_only = true,
		.logon_as_service = true,
		.gmsa_text = "by setup itself",
		.gmsa_setup = true,
		.key_in_console = true,
		.key_doubt = "carried over from 1801",
		.media_sha256 = "EAB2EB4A877857E44420759512682A153AFBBD80A169752CCD9B0DB8A9C0D1C2",
		.source = "builds, folder: build tables of 2025 [DOC]; Windows, .NET: system requirements of 2025 "
			  "[DOC]; SQL Server: SQL Server requirements; page on SQL Server 2025 [DOC]; title of the "
			  "page [OURS]; key in the console [UNCERTAIN: carried over from 1801]",
	},
	.core = core_2022,
};

const struct product_release *const om_releases[] = {
	&om_2012_r2.common, &om_2016.common, &om_1801.common, &om_1807.common,
	&om_2019.common,    &om_2022.common, &om_2025.common, NULL,
};
