/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What a file of facts may hold, row by row.
 */
#include "model/facts.h"

#define MOST_MB UINT64_C(1000000000000)
#define MOST_ROWS UINT64_C(1000000000000000)

enum { MANY = 256, MOST_FOLDERS = 20000, MOST_DATABASES = 64, MOST_DRIVES = 64 };

static bool rule_version(const char *text, struct report *to)
{
	unsigned numbers[4];

	return fact_version(text, numbers) ||
	       report_error(to, "version-form", "Example: 7.1.10226.1304", "This is not a version in numbers.");
}

static const char *const os_kinds[] = { "workstation", "domain-controller", "server", NULL };
static const char *const tls_states[] = { "default", "enabled", "disabled", NULL };
static const char *const service_states[] = { "running", "stopped", "paused", "pending", NULL };
static const char *const service_starts[] = { "boot", "system", "automatic", "manual", "disabled", NULL };
static const char *const database_roles[] = { "operational", "data-warehouse", "acs", "report-server", "sma", NULL };

/* clang-format off */
static const struct fact service_columns[] = {
	[SERVICE_NAME] = { .key = "name", .kind = FACT_TEXT, .required = true, .help = "Short name, such as OMSDK." },
	[SERVICE_STATE] = { .key = "state", .kind = FACT_TEXT, .words = service_states, .help = "Whether it runs." },
	[SERVICE_START] = { .key = "start", .kind = FACT_TEXT, .words = service_starts, .help = "How it is started." },
	[SERVICE_ACCOUNT] = { .key = "account", .kind = FACT_TEXT, .help = "The account that it runs under." },
	[SERVICE_FACT_COUNT] = { .key = NULL },
};
/* clang-format on */

/* clang-format off */
static const struct fact database_columns[] = {
	[DATABASE_ROLE] = { .key = "role", .kind = FACT_TEXT, .words = database_roles, .required = true,
			    .help = "What the database is for." },
	[DATABASE_SERVER] = { .key = "server", .kind = FACT_TEXT, .required = true,
			      .help = "SQL Server as the registry names it: SQL01, SQL01\\INST or SQL01,1433." },
	[DATABASE_NAME] = { .key = "name", .kind = FACT_TEXT, .required = true, .help = "Name of the database." },
	[DATABASE_VERSION] = { .key = "version", .kind = FACT_TEXT, .rule = rule_version,
			       .help = "SERVERPROPERTY('ProductVersion')." },
	[DATABASE_EDITION] = { .key = "edition", .kind = FACT_TEXT, .help = "SERVERPROPERTY('Edition')." },
	[DATABASE_FULL_TEXT] = { .key = "full-text", .kind = FACT_FLAG, .help = "Full-Text Search is installed." },
	[DATABASE_COLLATION] = { .key = "collation", .kind = FACT_TEXT, .help = "Collation of the database." },
	[DATABASE_SIZE] = { .key = "size-mb", .kind = FACT_NUMBER, .maximum = MOST_MB,
		.help = "Size of its data files." },
	[DATABASE_FREE] = { .key = "free-mb", .kind = FACT_NUMBER, .maximum = MOST_MB,
			    .help = "What is not used in its data files." },
	[DATABASE_LOG] = { .key = "log-mb", .kind = FACT_NUMBER, .maximum = MOST_MB, .help = "Size of its log files." },
	[DATABASE_ALLOW_UPDATES] = { .key = "allow-updates", .kind = FACT_FLAG,
				     .help = "The instance's setting 'allow updates' is 1." },
	[DATABASE_GROOM] = { .key = "rows-to-groom", .kind = FACT_NUMBER, .maximum = MOST_ROWS,
			     .help = "Rows of EntityTransactionLog below the watermark to which nothing refers." },
	[DATABASE_BROKER] = { .key = "service-broker", .kind = FACT_FLAG,
		.help = "Service Broker is on in the database." },
	[DATABASE_SYSADMIN] = { .key = "sysadmin", .kind = FACT_FLAG,
				.help = "The account that collected is a sysadmin of the instance." },
	[DATABASE_FACT_COUNT] = { .key = NULL },
};
/* clang-format on */

/* clang-format off */
static const struct fact drive_columns[] = {
	[DRIVE_NAME] = { .key = "name", .kind = FACT_TEXT, .required = true, .help = "Such as D:." },
	[DRIVE_FILE_SYSTEM] = { .key = "file-system", .kind = FACT_TEXT, .help = "Such as NTFS." },
	[DRIVE_FREE] = { .key = "free-mb", .kind = FACT_NUMBER, .maximum = MOST_MB, .help = "Free space." },
	[DRIVE_FACT_COUNT] = { .key = NULL },
};
/* clang-format on */

/* clang-format off */
static const struct fact unread_columns[] = {
	[UNREAD_WHAT] = { .key = "what", .kind = FACT_TEXT, .required = true, .help = "The group of facts." },
	[UNREAD_WHY] = { .key = "why", .kind = FACT_TEXT, .help = "What Windows said." },
	[UNREAD_FACT_COUNT] = { .key = NULL },
};
/* clang-format on */

#define ROWS(name, table, count, most, words_of_help)                                                                  \
	{                                                                                                              \
		.key = (name), .kind = FACT_ROWS, .columns = (table), .column_count = (count), .limit = (most),        \
		.help = words_of_help                                                                                  \
	}
#define TLS(name, what)                                                                                                \
	{                                                                                                              \
		.key = "tls." name, .kind = FACT_TEXT, .words = tls_states,                                            \
		.help = what " in SCHANNEL; default: not set there."                                                   \
	}
#define BUILD(name, words_of_help)                                                                                     \
	{                                                                                                              \
		.key = "builds." name, .kind = FACT_TEXT, .rule = rule_version, .help = words_of_help                  \
	}

/* clang-format off */
const struct fact server_facts[] = {
	[FACT_SERVER] = { .key = "server", .kind = FACT_TEXT, .rule = rule_host, .required = true,
			  .help = "Name of the computer." },
	[FACT_COLLECTED] = { .key = "collected", .kind = FACT_TEXT, .required = true,
			     .help = "When, in UTC: 2026-11-21T14:02:07Z." },
	[FACT_DOMAIN] = { .key = "domain", .kind = FACT_TEXT, .help = "DNS name of the computer's domain." },
	[FACT_ACCOUNT_NAME] = { .key = "account.name", .kind = FACT_TEXT, .help = "The account that collected." },
	[FACT_ACCOUNT_LOCAL] = { .key = "account.local-administrator", .kind = FACT_FLAG,
				 .help = "It is in the local group Administrators." },
	[FACT_ACCOUNT_ELEVATED] = { .key = "account.elevated", .kind = FACT_FLAG, .help = "It ran as administrator." },
	[FACT_ACCOUNT_OM] = { .key = "account.operations-manager-administrator", .kind = FACT_FLAG,
			      .help = "It is in the role Operations Manager Administrators." },
	[FACT_OS_NAME] = { .key = "os.name", .kind = FACT_TEXT, .help = "As Windows calls itself." },
	[FACT_OS_KIND] = { .key = "os.kind", .kind = FACT_TEXT, .words = os_kinds, .help = "Product type of Windows." },
	[FACT_OS_VERSION] = { .key = "os.version", .kind = FACT_TEXT, .rule = rule_version,
			      .help = "With the build: 6.3.9600." },
	[FACT_OS_CORE] = { .key = "os.core", .kind = FACT_FLAG, .help = "Installed as Server Core." },
	[FACT_CORES] = { .key = "hardware.cores", .kind = FACT_NUMBER, .maximum = 65536, .help = "Processor cores." },
	[FACT_MEMORY] = { .key = "hardware.memory-mb", .kind = FACT_NUMBER, .maximum = MOST_MB, .help = "Memory." },
	[FACT_DRIVE] = { .key = "system-drive.name", .kind = FACT_TEXT, .help = "Such as C:." },
	[FACT_DRIVE_FREE] = { .key = "system-drive.free-mb", .kind = FACT_NUMBER, .maximum = MOST_MB,
		.help = "Free space." },
	[FACT_DRIVE_FILE_SYSTEM] = { .key = "system-drive.file-system", .kind = FACT_TEXT, .help = "Such as NTFS." },
	[FACT_NET_RELEASE] = { .key = "dotnet.release", .kind = FACT_NUMBER, .maximum = 1000000000,
			       .help = "Value Release of the full .NET Framework 4; 0: 4.0, which has none." },
	[FACT_NET_35] = { .key = "dotnet.framework-3-5", .kind = FACT_FLAG,
		.help = ".NET Framework 3.5 is installed." },
	[FACT_POWERSHELL] = { .key = "powershell.version", .kind = FACT_TEXT, .rule = rule_version,
			      .help = "Version of Windows PowerShell." },
	[FACT_WINRM_RUNNING] = { .key = "winrm.running", .kind = FACT_FLAG, .help = "The service WinRM runs." },
	[FACT_WINRM_LISTENERS] = { .key = "winrm.listeners", .kind = FACT_NUMBER, .maximum = 1000,
		.help = "Its listeners." },
	[FACT_REBOOT_PENDING] = { .key = "reboot.pending", .kind = FACT_FLAG, .help = "Windows waits for a restart." },
	[FACT_REBOOT_REASONS] = { .key = "reboot.reasons", .kind = FACT_NAMES, .limit = MANY,
				  .help = "Where that is written down." },
	[FACT_TLS_10_CLIENT] = TLS("client-1-0", "TLS 1.0 of clients"),
	[FACT_TLS_10_SERVER] = TLS("server-1-0", "TLS 1.0 of servers"),
	[FACT_TLS_11_CLIENT] = TLS("client-1-1", "TLS 1.1 of clients"),
	[FACT_TLS_11_SERVER] = TLS("server-1-1", "TLS 1.1 of servers"),
	[FACT_BUILD_SERVER] = BUILD("server-version",
		"ServerVersion in the registry; it does not follow every rollup."),
	[FACT_BUILD_UI] = BUILD("ui-version", "UIVersion in the registry."),
	[FACT_BUILD_DATABASE] = BUILD("database-version", "DatabaseVersion in the registry."),
	[FACT_BUILD_FILE] = BUILD("file-version", "File version of Tools\\TMF\\OMTraceTMFVer.Dll."),
	[FACT_BUILD_GATEWAY] = BUILD("health-service-version", "File version of HealthService.dll."),
	[FACT_BUILD_WORKER] = BUILD("runbook-worker-version",
		"Of Service Management Automation, by its uninstall key."),
	[FACT_BUILD_WEB_SERVICE] = BUILD("web-service-version",
		"Of Service Management Automation, by its uninstall key."),
	[FACT_REPORT_VIEWER] = { .key = "console.report-viewer-2015", .kind = FACT_FLAG,
				 .help = "Report Viewer 2015 Runtime is installed." },
	[FACT_CLR_TYPES] = { .key = "console.sql-clr-types-2014", .kind = FACT_FLAG,
			     .help = "System CLR Types for SQL Server 2014 are installed." },
	[FACT_IIS_VERSION] = { .key = "iis.version", .kind = FACT_TEXT, .rule = rule_version,
		.help = "Version of IIS." },
	[FACT_IIS_FEATURES] = { .key = "iis.features", .kind = FACT_NAMES, .limit = MANY,
				.help = "Installed features by the names of Install-WindowsFeature." },
	[FACT_SERVICES] = ROWS("services", service_columns, SERVICE_FACT_COUNT, MANY, "Services that matter."),
	[FACT_DATABASES] = ROWS("databases", database_columns, DATABASE_FACT_COUNT, MOST_DATABASES,
				"Databases that the registry of this server names, asked from here."),
	[FACT_DRIVES] = ROWS("drives", drive_columns, DRIVE_FACT_COUNT, MOST_DRIVES, "Local drives."),
	[FACT_FOLDERS] = { .key = "folders", .kind = FACT_NAMES, .limit = MOST_FOLDERS,
		.help = "Folders, for Browse." },
	[FACT_UNREAD] = ROWS("unread", unread_columns, UNREAD_FACT_COUNT, MANY, "What could not be read, and why."),
	[SERVER_FACT_COUNT] = { .key = NULL },
};
/* clang-format on */
