/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Facts of a computer whatever is upgraded on it: account, Windows, hardware, services, databases.
 */
#include "flows/common/common_facts.h"

#define MOST_ROWS UINT64_C(1000000000000000)

enum { MOST_DATABASES = 64, MOST_ROLES = 32, MOST_DRIVERS = 16 };

/* clang-format off */
static const struct choice os_kinds[] = {
	{ .id = "workstation" }, { .id = "domain-controller" }, { .id = "server" }, { .id = NULL }
};
static const struct choice tls_states[] = {
	{ .id = "default" }, { .id = "enabled" }, { .id = "disabled" }, { .id = NULL }
};
static const struct choice replica_modes[] = {
	{ .id = "synchronous" }, { .id = "asynchronous" }, { .id = NULL }
};
static const struct choice replica_states[] = {
	{ .id = "synchronized" }, { .id = "synchronizing" }, { .id = "not-synchronizing" }, { .id = "reverting" },
	{ .id = "initializing" }, { .id = NULL }
};
static const struct choice service_states[] = {
	{ .id = "running" }, { .id = "stopped" }, { .id = "paused" }, { .id = "pending" }, { .id = NULL }
};
static const struct choice service_starts[] = {
	{ .id = "boot" }, { .id = "system" }, { .id = "automatic" }, { .id = "manual" }, { .id = "disabled" },
	{ .id = NULL }
};

const struct field fact_account_name = {
	.key = "account.name", .kind = FIELD_TEXT,
	.help = "The account that collected.",
};
const struct field fact_account_local = {
	.key = "account.local-administrator", .kind = FIELD_FLAG,
	.help = "It is in the local group Administrators.",
};
const struct field fact_account_elevated = {
	.key = "account.elevated", .kind = FIELD_FLAG,
	.help = "It ran as administrator.",
};
const struct field fact_os_kind = {
	.key = "os.kind", .kind = FIELD_CHOICE, .choices = os_kinds,
	.help = "Product type of Windows.",
};
const struct field fact_os_version = {
	.key = "os.version", .kind = FIELD_TEXT, .rule = rule_fact_version,
	.help = "With the build: 6.3.9600.",
};
const struct field fact_os_core = {
	.key = "os.core", .kind = FIELD_FLAG,
	.help = "Installed as Server Core.",
};
const struct field fact_cores = {
	.key = "hardware.cores", .kind = FIELD_NUMBER, .maximum = 65536,
	.help = "Processor cores.",
};
const struct field fact_memory = {
	.key = "hardware.memory-mb", .kind = FIELD_NUMBER, .maximum = FACT_MOST_MB,
	.help = "Memory.",
};
const struct field fact_system_drive = {
	.key = "system-drive.name", .kind = FIELD_TEXT,
	.help = "Such as C:.",
};
const struct field fact_system_drive_free = {
	.key = "system-drive.free-mb", .kind = FIELD_NUMBER, .maximum = FACT_MOST_MB,
	.help = "Free space.",
};
const struct field fact_system_drive_file_system = {
	.key = "system-drive.file-system", .kind = FIELD_TEXT,
	.help = "Such as NTFS.",
};
const struct field fact_net_release = {
	.key = "dotnet.release", .kind = FIELD_NUMBER, .maximum = 1000000000,
	.help = "Value Release of the full .NET Framework 4; 0: 4.0, which has none.",
};
const struct field fact_powershell = {
	.key = "powershell.version", .kind = FIELD_TEXT, .rule = rule_fact_version,
	.help = "Version of Windows PowerShell.",
};
const struct field fact_winrm_running = {
	.key = "winrm.running", .kind = FIELD_FLAG,
	.help = "The service WinRM runs.",
};
const struct field fact_winrm_listeners = {
	.key = "winrm.listeners", .kind = FIELD_NUMBER, .maximum = 1000,
	.help = "Its listeners.",
};
const struct field fact_reboot_pending = {
	.key = "reboot.pending", .kind = FIELD_FLAG,
	.help = "Windows waits for a restart.",
};
const struct field fact_reboot_reasons = {
	.key = "reboot.reasons", .kind = FIELD_NAMES, .limit = FACT_MANY,
	.help = "Where that is written down.",
};
const struct field fact_tls_10_client = {
	.key = "tls.client-1-0", .kind = FIELD_CHOICE, .choices = tls_states,
	.help = "TLS 1.0 of clients in SCHANNEL; default: not set there.",
};
const struct field fact_tls_10_server = {
	.key = "tls.server-1-0", .kind = FIELD_CHOICE, .choices = tls_states,
	.help = "TLS 1.0 of servers in SCHANNEL; default: not set there.",
};

const struct field fact_service_name = {
	.key = "name", .kind = FIELD_TEXT, .flags = FIELD_REQUIRED,
	.help = "Short name, such as OMSDK.",
};
const struct field fact_service_state = {
	.key = "state", .kind = FIELD_CHOICE, .choices = service_states,
	.help = "Whether it runs.",
};
const struct field fact_service_start = {
	.key = "start", .kind = FIELD_CHOICE, .choices = service_starts,
	.help = "How it is started.",
};
const struct field fact_service_account = {
	.key = "account", .kind = FIELD_TEXT,
	.help = "The account that it runs under.",
};
static const struct field *const service_columns[] = {
	&fact_service_name, &fact_service_state, &fact_service_start, &fact_service_account, NULL
};

/* Its words are the products' own (struct fact_words). The columns are common: a list has one set of them, and
 * databases of several products may stand in it. */
const struct field fact_database_role = {
	.key = "role", .kind = FIELD_CHOICE, .flags = FIELD_REQUIRED,
	.help = "What the database is for.",
};
const struct field fact_database_server = {
	.key = "server", .kind = FIELD_TEXT, .flags = FIELD_REQUIRED,
	.help = "SQL Server as the registry names it: SQL01, SQL01\\INST or SQL01,1433.",
};
const struct field fact_database_name = {
	.key = "name", .kind = FIELD_TEXT, .flags = FIELD_REQUIRED,
	.help = "Name of the database.",
};
const struct field fact_database_version = {
	.key = "version", .kind = FIELD_TEXT, .rule = rule_fact_version,
	.help = "SERVERPROPERTY('ProductVersion').",
};
const struct field fact_database_edition = {
	.key = "edition", .kind = FIELD_TEXT,
	.help = "SERVERPROPERTY('Edition').",
};
const struct field fact_database_full_text = {
	.key = "full-text", .kind = FIELD_FLAG,
	.help = "Full-Text Search is installed.",
};
const struct field fact_database_collation = {
	.key = "collation", .kind = FIELD_TEXT,
	.help = "Collation of the database.",
};
const struct field fact_database_size = {
	.key = "size-mb", .kind = FIELD_NUMBER, .maximum = FACT_MOST_MB,
	.help = "Size of its data files.",
};
const struct field fact_database_free = {
	.key = "free-mb", .kind = FIELD_NUMBER, .maximum = FACT_MOST_MB,
	.help = "What is not used in its data files.",
};
const struct field fact_database_log = {
	.key = "log-mb", .kind = FIELD_NUMBER, .maximum = FACT_MOST_MB,
	.help = "Size of its log files.",
};
const struct field fact_database_allow_updates = {
	.key = "allow-updates", .kind = FIELD_FLAG,
	.help = "The instance's setting 'allow updates' is 1.",
};
const struct field fact_database_groom = {
	.key = "rows-to-groom", .kind = FIELD_NUMBER, .maximum = MOST_ROWS,
	.help = "Rows of EntityTransactionLog below the watermark to which nothing refers.",
};
const struct field fact_database_broker = {
	.key = "service-broker", .kind = FIELD_FLAG,
	.help = "Service Broker is on in the database.",
};
const struct field fact_database_sysadmin = {
	.key = "sysadmin", .kind = FIELD_FLAG,
	.help = "The account that collected is a sysadmin of the instance.",
};
const struct field fact_database_group = {
	.key = "availability-group", .kind = FIELD_TEXT, .limit = FACT_TEXT,
	.help = "Availability group that the database is in.",
};
static const struct field *const database_columns[] = {
	&fact_database_role, &fact_database_server, &fact_database_name, &fact_database_version,
	&fact_database_edition, &fact_database_full_text, &fact_database_collation, &fact_database_size,
	&fact_database_free, &fact_database_log, &fact_database_allow_updates, &fact_database_groom,
	&fact_database_broker, &fact_database_sysadmin, &fact_database_group, NULL
};

const struct field fact_iis_features = {
	.key = "iis.features", .kind = FIELD_NAMES, .limit = FACT_MANY,
	.help = "Installed features by the names of Install-WindowsFeature.",
};
const struct field fact_services = {
	.key = "services", .kind = FIELD_ROWS, .columns = service_columns, .limit = FACT_MANY,
	.help = "Services that matter.",
};
const struct field fact_databases = {
	.key = "databases", .kind = FIELD_ROWS, .columns = database_columns, .limit = MOST_DATABASES,
	.help = "Databases that the registry of this server names, asked from here.",
};
const struct field fact_replica_database = {
	.key = "database", .kind = FIELD_CHOICE, .flags = FIELD_REQUIRED,
	.help = "What the database is for.",
};
const struct field fact_replica_name = {
	.key = "replica", .kind = FIELD_TEXT, .flags = FIELD_REQUIRED, .limit = FACT_NAME,
	.help = "Instance that holds the replica.",
};
const struct field fact_replica_mode = {
	.key = "mode", .kind = FIELD_CHOICE, .choices = replica_modes,
	.help = "How it follows the primary.",
};
const struct field fact_replica_state = {
	.key = "state", .kind = FIELD_CHOICE, .choices = replica_states,
	.help = "How far it follows.",
};
static const struct field *const replica_columns[] = {
	&fact_replica_database, &fact_replica_name, &fact_replica_mode, &fact_replica_state, NULL
};
const struct field fact_replicas = {
	.key = "replicas", .kind = FIELD_ROWS, .columns = replica_columns, .limit = MOST_DATABASES,
	.help = "Replicas of databases that are in an availability group.",
};

const struct field fact_drivers_oledb = {
	.key = "drivers.oledb", .kind = FIELD_NAMES, .limit = MOST_DRIVERS, .rule = rule_fact_version,
	.help = "Versions of Microsoft OLE DB Driver for SQL Server.",
};
const struct field fact_drivers_odbc = {
	.key = "drivers.odbc", .kind = FIELD_NAMES, .limit = MOST_DRIVERS, .rule = rule_fact_version,
	.help = "Versions of Microsoft ODBC Driver for SQL Server.",
};

const struct field fact_install_roles = {
	.key = "install.roles", .kind = FIELD_NAMES, .limit = MOST_ROLES, .rule = rule_fact_role,
	.help = "Roles that are installed on this computer, in the words of a plan.",
};
const struct field fact_install_groups = {
	.key = "install.management-groups", .kind = FIELD_NAMES, .limit = FACT_MANY,
	.help = "Management groups of Operations Manager that this computer is part of, or is watched by.",
};
const struct field fact_install_folder = {
	.key = "install.folder", .kind = FIELD_TEXT,
	.help = "Folder of the role: management server, gateway or agent.",
};
/* clang-format on */

const struct field *const common_facts_machine[] = {
	&fact_account_name, &fact_account_local, &fact_account_elevated, &fact_os_kind, &fact_os_version,
	&fact_os_core, &fact_cores, &fact_memory, &fact_system_drive, &fact_system_drive_free,
	&fact_system_drive_file_system, &fact_net_release, &fact_powershell, &fact_winrm_running, &fact_winrm_listeners,
	&fact_reboot_pending, &fact_reboot_reasons, &fact_tls_10_client, &fact_tls_10_server, &fact_install_roles,
	&fact_install_groups, &fact_install_folder, &fact_drivers_oledb, &fact_drivers_odbc, NULL
};

const struct field *const common_facts_software[] = {
	&fact_iis_features, &fact_services, &fact_databases, &fact_replicas, NULL
};
