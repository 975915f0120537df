/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Operations Manager: the prerequisites. What plan and facts tell is tested (om_tests.c), the rest is for
 * the administrator to confirm.
 */
#include "flows/om/om_later.h"
#include "flows/om/om_address.h"
#include "flows/om/om_tests.h"

/* Machines on which somebody runs setup or msiexec. */
#define INSTALLED_ROLES (OM_ALL_ROLES & ~(unsigned)OM_AGENT)
/* Those with figures in the table of requirements. */
#define SIZED_ROLES (OM_MANAGEMENT_SERVER | OM_GATEWAY | OM_WEB_CONSOLE | OM_REPORTING)

static bool has_one_of_several(const struct scope *scope)
{
	return om_count(scope->plan, OM_MANAGEMENT_SERVER) > 1;
}

static bool has_earlier(const struct scope *scope)
{
	return scope->plan->answers->upgraded_before.count > 0;
}

static bool has_web_console(const struct scope *scope)
{
	return plan_first_with(scope->plan, OM_WEB_CONSOLE) != NULL;
}

static bool needs_old_tls(const struct hop *hop)
{
	return hop->after->tls_rollup != NULL;
}

static bool needs_report_viewer(const struct hop *hop)
{
	return hop->after->report_viewer;
}

/* clang-format off */
const struct prereq om_prereqs[] = {
	{
		.id = "upgraded-before", .title = "Plans that come first", .days = 7,
		.applies = has_earlier, .test = om_test_earlier,
		.needed = "The upgrades of the plans that are named under upgraded-before are done.",
		.remedy = "Finish them first, step by step; their records say what is open.",
		.find_out = "See that each of them is there, readable and without errors: \"scupgrade status\" "
			    "tells.",
		.source = "order of the suite [DOC]; by their records [OURS]",
	},
	{
		.id = "database-backup", .title = "Databases backed up", .days = 30,
		.step = "back-up-database",
		.needed = "A full, verified, recent backup of the operational database and the data warehouse exists.",
		.remedy = "Back up both databases before the first management server. Nothing rolls an upgrade back; "
			  "backups are the only way.",
		.source = "pre-upgrade tasks, task 9, the only way back [DOC]; before the first server [OURS]",
	},
	{
		.id = "acs-database-backup", .title = "ACS database backed up", .days = 30, .applies = om_has_acs,
		.step = "back-up-acs-database",
		.needed = "A full, verified, recent backup of the ACS database exists.",
		.remedy = "Back up the ACS database: the collector's wizard upgrades it too.",
		.source = "pre-upgrade tasks, task 9; ACS collector upgrade page [DOC]",
	},
	{
		.id = "report-database-backup", .title = "ReportServer database backed up",
		.days = 30, .applies = om_has_reporting,
		.step = "back-up-report-database",
		.needed = "A full, verified, recent backup of the report server's databases and its encryption key "
			  "exists.",
		.remedy = "Back up the databases and the key of SQL Server Reporting Services.",
		.source = "pre-upgrade tasks, task 9 [DOC]; the key [OURS]",
	},
	{
		.id = "single-management-server", .title = "More than one management server", .days = 30,
		.test = om_test_single_server,
		.step = "back-up-database",
		.needed = "Another management server, or a backup of the databases.",
		.remedy = "With one management server and no backup, a failed setup loses the Run As passwords: "
			  "back up first.",
		.source = "pre-upgrade tasks [DOC, OURS]",
	},
	{
		.id = "source-build", .title = "Source build", .days = 7, .roles = OM_MANAGEMENT_SERVER | OM_GATEWAY,
		.test = om_test_source_build,
		.needed = "Operations Manager {source} with {source-level}.",
		.remedy = "Install {wanted-level}.",
		.find_out = "Read the file version of Tools\\TMF\\OMTraceTMFVer.Dll below the server's folder, of "
			    "HealthService.dll on a gateway server, or the console: the registry does not follow every "
			    "rollup.",
		.source = "upgrade overview [UNCERTAIN: the documents say UR9 or UR12]",
	},
	{
		.id = "upgraded-out-of-order", .title = "Order of the management servers", .days = 7,
		.roles = OM_MANAGEMENT_SERVER, .applies = om_may_be_out_of_order, .by_facts = true,
		.test = om_test_order,
		.needed = "The first management server of the plan is upgraded before all others.",
		.remedy = "Put the server that has {target} first in the plan, if its setup ended well; read its log "
			  "before you start anything else.",
		.source = "upgrade page, notes [PAGE]; the order of the plan [OURS]",
	},
	{
		.id = "operating-system", .title = "Operating system", .days = 30, .roles = INSTALLED_ROLES,
		.test = om_test_operating_system,
		.needed = "{windows}; for consoles also {workstations}. {server-core}{one-side}",
		.remedy = "Move the role to a server with {windows} with desktop before the "
			  "upgrade, or replace it.",
		.source = "system requirements [DOC]; Server Core of gateways and web consoles [UNCERTAIN: the "
			  "documents differ]",
	},
	{
		.id = "cores", .title = "Processor cores", .days = 30, .roles = SIZED_ROLES, .test = om_test_cores,
		.needed = "At least 4 cores; 8 for gateways that watch network devices.",
		.remedy = "Give the machine at least 4 cores.",
		.source = "system requirements [DOC]; as a warning [OURS]",
	},
	{
		.id = "memory", .title = "Memory", .days = 30, .roles = SIZED_ROLES, .test = om_test_memory,
		.needed = "At least 8 GB; 32 GB for gateways that watch network devices.",
		.remedy = "Give the machine at least 8 GB of memory.",
		.source = "system requirements [DOC]; as a warning [OURS]",
	},
	{
		.id = "free-disk", .title = "Free disk space",
		.days = 1, .roles = SIZED_ROLES, .test = om_test_free_disk,
		.inferred = true,
		.needed = "At least 10 GB free on the system drive and on the target drive.",
		.remedy = "Free space there, enlarge the drive, or install to another one.",
		.source = "system requirements [DOC]; free space [OURS]",
	},
	{
		.id = "file-system", .title = "File system",
		.days = 30, .roles = INSTALLED_ROLES, .test = om_test_file_system,
		.needed = "The system drive has NTFS.",
		.remedy = "Convert it with \"convert C: /fs:ntfs\" (works for FAT32 only), or move the role.",
		.source = "system requirements [DOC]",
	},
	{
		.id = "dotnet", .title = ".NET Framework", .days = 30, .roles = INSTALLED_ROLES, .test = om_test_dotnet,
		.needed = "{net}",
		.remedy = "Uninstall .NET Framework 4.8: it is an update of Windows, and the version before it comes "
			  "back.",
		.source = "system requirements of 2021 [DOC]; those of 2018 do not mention 4.8",
	},
	{
		.id = "powershell", .title = "Windows PowerShell", .days = 30,
		.roles = OM_MANAGEMENT_SERVER | OM_GATEWAY | OM_CONSOLE, .test = om_test_powershell,
		.needed = "Windows PowerShell {powershell} or later.",
		.remedy = "Install Windows Management Framework 4.0 or later.",
		.source = "system requirements [DOC]; as a minimum [OURS]",
	},
	{
		.id = "winrm", .title = "Windows Remote Management", .days = 1, .roles = OM_MANAGEMENT_SERVER,
		.test = om_test_winrm,
		.needed = "Windows Remote Management is enabled: its service runs and has a listener.",
		.remedy = "Run \"winrm quickconfig\" there.",
		.source = "system requirements [DOC]",
	},
	{
		.id = "pending-reboot", .title = "No restart pending", .days = 1, .roles = INSTALLED_ROLES,
		.test = check_pending_reboot,
		.needed = "Windows does not wait for a restart.",
		.remedy = "Restart the server before setup.",
		.source = "deployment code [CODE, OURS]",
	},
	{
		.id = "tls", .title = "TLS 1.0", .days = 30, .roles = SIZED_ROLES, .on_hop = needs_old_tls,
		.test = om_test_tls,
		.inferred = true,
		.needed = "TLS 1.0 is enabled during the upgrade: the media of {target} does not support TLS 1.2.",
		.remedy = "Enable TLS 1.0 for clients and servers, restart, upgrade, install update rollup "
			  "{tls-rollup} or later, then enforce TLS 1.2.",
		.source = "system requirements, for new installations [DOC]; for upgrades [OURS: by inference]",
	},
	{
		.id = "dns-domain", .title = "Domain name",
		.days = 30, .roles = OM_MANAGEMENT_SERVER, .test = om_test_domain,
		.needed = "The domain's DNS name has more than one label, such as contoso.com.",
		.remedy = "Operations Manager is not supported in such a domain: ask the vendor before the upgrade.",
		.source = "system requirements [DOC]; as a warning [OURS]",
	},
	{
		.id = "sql-version", .title = "SQL Server version", .days = 7, .test = om_test_sql_version,
		.needed = "{sql}, Standard or Enterprise, with a service pack that is still "
			  "supported.",
		.remedy = "Update SQL Server, or move the databases, before the upgrade.",
		.source = "SQL Server requirements [DOC]",
	},
	{
		.id = "sql-same-version", .title = "One SQL Server version", .days = 7, .test = om_test_sql_same,
		.needed = "All databases of Operations Manager are on the same version of SQL Server.",
		.remedy = "Bring all instances to the same version of SQL Server before the upgrade.",
		.source = "SQL Server requirements [DOC]",
	},
	{
		.id = "full-text-search", .title = "Full-Text Search", .days = 30, .test = om_test_full_text,
		.needed = "Full-Text Search is installed on the instances of the operational database and the data "
			  "warehouse.",
		.remedy = "Add the feature Full-Text and Semantic Extractions for Search with the setup of SQL "
			  "Server.",
		.source = "SQL Server requirements [DOC, FIELD]",
	},
	{
		.id = "sql-collation", .title = "Collation", .days = 7, .test = om_test_collation,
		.needed = "The databases have a supported collation, such as SQL_Latin1_General_CP1_CI_AS.",
		.remedy = "An upgrade in place succeeds with another collation; a new installation would not. Plan "
			  "the move.",
		.source = "SQL Server requirements [DOC]",
	},
	{
		.id = "sql-drivers", .title = "Drivers of SQL Server", .days = 30,
		.roles = OM_MANAGEMENT_SERVER | OM_WEB_CONSOLE, .applies = om_asks_for_drivers,
		.test = om_test_drivers, .step = "install-sql-drivers",
		.needed = "The Microsoft OLE DB Driver and the Microsoft ODBC Driver for SQL Server are installed.",
		.remedy = "Install them before setup, which stops without the first one.",
		.source = "news of the release; SQL Server requirements [DOC, UNCERTAIN: no minimum version is "
			  "printed]",
	},
	{
		.id = "allow-updates", .title = "Setting 'allow updates'", .days = 30, .test = om_test_allow_updates,
		.inferred = true,
		.needed = "The setting 'allow updates' of the SQL Server instances is 0.",
		.remedy = "Run EXEC sp_configure 'allow updates', 0; RECONFIGURE; there, or setup fails with "
			  "0x80131604.",
		.source = "a support article on 0x80131604 [FIELD]",
	},
	{
		.id = "service-broker", .title = "Service Broker", .days = 30, .test = om_test_broker,
		.needed = "Service Broker is enabled in the operational database.",
		.remedy = "ALTER DATABASE with SET ENABLE_BROKER, while the services of the management servers are "
			  "stopped.",
		.source = "SQL Server requirements, of 2019 and later [DOC]; for earlier releases [OURS]",
	},
	{
		.id = "data-access-account", .title = "Account of the Data Access Service", .days = 7,
		.roles = OM_MANAGEMENT_SERVER, .test = om_test_data_access,
		.needed = "The services OMSDK and cshost run as the account that the plan names, on every management "
			  "server.",
		.remedy = "Correct the account in the plan, or set the services to it: this account is given to setup.",
		.find_out = "Look at the services System Center Data Access Service and System Center Management "
			    "Configuration there, under Log On.",
		.source = "upgrade page, accounts [PAGE]; the comparison [OURS]",
	},
	{
		.id = "facts-contradict", .title = "Contradictory facts", .days = 7,
		.roles = INSTALLED_ROLES, .applies = om_facts_clash, .by_facts = true, .test = om_test_clash,
		.needed = "The collected facts do not contradict each other.",
		.remedy = "Collect again on these servers, and find out which of the two is true.",
		.source = "our reading [OURS]",
	},
	{
		.id = "facts-not-elevated", .title = "Collected without elevation", .days = 7,
		.roles = INSTALLED_ROLES, .applies = om_was_not_elevated, .by_facts = true, .test = om_test_elevated,
		.needed = "The collector ran as administrator.",
		.remedy = "Collect again in a window opened with Run as administrator.",
		.source = "our reading [OURS]",
	},
	{
		.id = "web-console-features", .title = "Features for the web console",
		.days = 30, .roles = OM_WEB_CONSOLE,
		.test = om_test_web_console_features,
		.needed = "IIS with everything that the web console uses, ASP.NET 3.5 and 4.5, Windows "
			  "Authentication, HTTP Activation.",
		.remedy = "Add what is missing with Install-WindowsFeature.",
		.source = "system requirements [DOC]; the names of the features [CODE]",
	},
	{
		.id = "remote-registry", .title = "Remote Registry", .days = 30, .roles = OM_REPORTING,
		.test = om_test_remote_registry,
		.needed = "The service Remote Registry is enabled and runs.",
		.remedy = "Set its start to automatic and start it.",
		.source = "system requirements [DOC]",
	},
	{
		.id = "report-viewer", .title = "Report Viewer 2015", .days = 30, .roles = OM_CONSOLE,
		.on_hop = needs_report_viewer, .test = om_test_report_viewer,
		.needed = "Report Viewer 2015 Runtime and System CLR Types for SQL Server 2014 are installed.",
		.remedy = "Install the CLR types first, then Report Viewer 2015 Runtime.",
		.source = "system requirements [DOC, OURS]",
	},
	{
		.id = "capacity", .title = "Agents for each management server", .days = 30, .test = om_test_capacity,
		.needed = "At most 3,000 agents for each management server.",
		.remedy = "Check the number of agents in the plan, or add management servers.",
		.source = "system requirements [DOC]",
	},
	{
		.id = "setup-account-operations-manager", .title = "Setup account is Operations Manager administrator",
		.days = 7,
		.test = om_test_account_om,
		.needed = "The account that runs setup is in the role Operations Manager Administrators of the "
			  "management group.",
		.remedy = "Add it in the Operations console: Administration, Security, User Roles.",
		.source = "upgrade page, step 1 [PAGE]",
	},
	{
		.id = "setup-account-sql", .title = "Setup account is SQL sysadmin",
		.days = 7, .test = om_test_account_sql,
		.needed = "The account that runs setup is a member of sysadmin on the SQL Server instances of the "
			  "databases.",
		.remedy = "Ask the database administrators for sysadmin during the upgrade; it can be revoked "
			  "afterwards.",
		.source = "upgrade page, step 1 [PAGE]; Reporting: SQL Server requirements [DOC]",
	},
	{
		.id = "setup-account-local", .title = "Setup account is local administrator",
		.days = 7, .roles = INSTALLED_ROLES,
		.test = om_test_account_local,
		.needed = "The account that runs setup is a local administrator of this machine.",
		.remedy = "Add it to the local group Administrators, and open the Command Prompt with Run as "
			  "administrator.",
		.source = "upgrade page, step 1 [PAGE]; every role [OURS]",
	},
	{
		.id = "unc-media", .title = "Media on a local drive", .days = 30, .test = om_test_media,
		.needed = "Setup is started from a local drive.",
		.remedy = "Copy the media to the server: a silent setup from a network path can hang on a hidden "
			  "security question.",
		.source = "reports on network paths [FIELD]",
	},
	{
		.id = "event-log-review", .title = "Event logs reviewed", .days = 30, .roles = OM_MANAGEMENT_SERVER,
		.step = "review-event-logs",
		.needed = "The event log \"Operations Manager\" was reviewed; recurring warnings and errors are "
			  "solved; a copy is kept.",
		.remedy = "Review the log, solve what recurs, save a copy to compare with after the upgrade.",
		.source = "pre-upgrade tasks, task 1 [DOC]",
	},
	{
		.id = "etl-cleanup", .title = "Rows to groom (ETL)", .days = 30, .test = om_test_groom,
		.step = "clean-up-entity-log",
		.needed = "The table EntityTransactionLog is groomed, or has at most 100,000 rows to groom.",
		.remedy = "Groom it before setup does: with more than 100,000 rows setup is slow and can time out. "
			  "It can take hours.",
		.source = "pre-upgrade tasks, task 2 [DOC]",
	},
	{
		.id = "gateway-failover", .title = "Agents behind gateways have a failover",
		.days = 30, .applies = om_has_gateways, .test = om_test_gateway_failover,
		.step = "set-gateway-failover",
		.needed = "Every agent behind a gateway server has a failover gateway server.",
		.remedy = "Set-SCOMParentManagementServer -Agent ... -FailoverServer ..., in a call of its own after "
			  "the one for the primary.",
		.source = "pre-upgrade tasks, task 3 [DOC]",
	},
	{
		.id = "pending-management", .title = "Pending Management is empty", .days = 30,
		.test = om_test_pending,
		.step = "empty-pending-management",
		.needed = "No agent waits under Pending Management.",
		.remedy = "Approve or reject each: Administration, Device Management, Pending Management.",
		.source = "pre-upgrade tasks, task 4 [DOC]",
	},
	{
		.id = "subscriptions-disabled", .title = "Notification subscriptions disabled", .days = 30,
		.test = om_test_subscriptions,
		.step = "disable-subscriptions",
		.needed = "All notification subscriptions are disabled, and it is recorded which ones were enabled.",
		.remedy = "Record them (Get-SCOMNotificationSubscription, filter on Enabled), then disable each.",
		.source = "pre-upgrade tasks, task 5 [DOC]",
	},
	{
		.id = "install-folder", .title = "Installation drive", .days = 30,
		.roles = OM_MANAGEMENT_SERVER, .applies = om_folder_moves, .by_facts = true, .test = om_test_folder,
		.inferred = true,
		.needed = "The folder of the plan is on the drive that Operations Manager is on today.",
		.remedy = "Correct install-path in the plan, or accept that it moves to another drive.",
		.source = "registry of the management servers [CODE]; that it should stay there [OURS]",
	},
	{
		.id = "data-access-address", .title = "Address of the Data Access Service", .days = 30,
		.roles = OM_REPORTING | OM_WEB_CONSOLE, .applies = om_asks_unknown_address, .test = om_test_address,
		.inferred = true,
		.needed = "Reporting and the web console ask a management server of the plan, or the address that the "
			  "plan names.",
		.remedy = "Where it is a load balancer's, put it into the plan (data-access-address): steps then point "
			  "them at an upgraded server. Where it is a management server, add it to the plan.",
		.source = "a page on load-balanced servers [FIELD]; the comparison [OURS]",
	},
	{
		.id = "management-group-health", .title = "Health of the management group", .days = 1,
		.applies = om_group_is_ill, .test = om_test_group_health, .step = "review-management-group",
		.needed = "Every management server is healthy.",
		.remedy = "Open the console's view of the management servers, and solve what it shows there.",
		.source = "our reading of the pre-upgrade tasks [OURS]",
	},
	{
		.id = "supported-packs", .title = "Management packs of other vendors", .days = 30,
		.applies = om_has_foreign_packs, .test = om_test_packs, .step = "review-management-group",
		.needed = "Each management pack of another vendor supports the target release.",
		.remedy = "Ask each vendor, and import the version for the target before the upgrade or remove the "
			  "pack.",
		.source = "our reading of the pre-upgrade tasks [OURS]",
	},
	{
		.id = "license", .title = "License", .days = 30, .applies = om_is_evaluation, .test = om_test_license,
		.needed = "The management group is licensed.",
		.remedy = "Run Set-SCOMLicense with the key: an evaluation ends 180 days after the installation.",
		.source = "evaluation [FIELD]",
	},
	{
		.id = "rollup-script", .title = "Script of the update rollup", .days = 7, .applies = om_lacks_script,
		.test = om_test_script,
		.needed = "The SQL script of the update rollup ran in both databases.",
		.remedy = "Run the rollup's script for the database, as its page says.",
		.source = "our reading of the table SqlPatchVersion [OURS]",
	},
	{
		.id = "data-reader-profiles", .title = "Profiles of the Data Reader", .days = 7,
		.applies = om_profiles_differ, .test = om_test_profiles,
		.needed = "The profile Data Warehouse Report Deployment Account has the same account for both of its "
			  "classes.",
		.remedy = "Set the profile to the Data Reader account for both: setup refuses another one.",
		.source = "setup's message about the Data Reader account [FIELD]",
	},
	{
		.id = "database-places", .title = "Where the databases are", .days = 7, .applies = om_places_differ,
		.test = om_test_places,
		.needed = "The registry and the settings of the group name the same databases.",
		.remedy = "Finish the move of the database as its page says, before anything is upgraded.",
		.source = "our reading [OURS]",
	},
	{
		.id = "gateway-capacity", .title = "Agents for each gateway", .days = 30,
		.applies = om_gateways_are_full, .test = om_test_gateways,
		.needed = "A gateway server has at most 2,000 agents.",
		.remedy = "Move agents to another gateway server.",
		.source = "capacity limits [DOC]",
	},
	{
		.id = "agent-counts", .title = "Counts of agents", .days = 7, .applies = om_counts_differ,
		.test = om_test_counts,
		.needed = "The counts of agents that were collected agree.",
		.remedy = "Collect again, with an account that is in the role Operations Manager Administrators.",
		.source = "our reading [OURS]",
	},
	{
		.id = "replicas", .title = "Replicas of the databases", .days = 1, .applies = om_replicas_lag,
		.test = om_test_replicas,
		.needed = "Every replica of a database is synchronized.",
		.remedy = "Let the availability group catch up before anything is upgraded.",
		.source = "our reading [OURS]",
	},
	{
		.id = "connectors-disabled", .title = "Connectors stopped", .days = 30, .applies = om_has_connectors,
		.step = "stop-connectors",
		.needed = "The services of all connectors are stopped.",
		.remedy = "Stop them; the vendor's documents have their names.",
		.source = "pre-upgrade tasks, task 6 [DOC]",
	},
	{
		.id = "services-stopped", .title = "Services of the other management servers stopped", .days = 30,
		.applies = has_one_of_several,
		.step = "stop-services",
		.needed = "HealthService, OMSDK and cshost are stopped on every management server but the one being "
			  "upgraded, or will be right before it.",
		.remedy = "Stop Microsoft Monitoring Agent, System Center Data Access Service and System Center "
			  "Management Configuration there.",
		.source = "pre-upgrade tasks, task 7 [DOC]",
	},
	{
		.id = "database-space", .title = "Free space of the database", .days = 30, .test = om_test_space,
		.step = "check-database-space",
		.needed = "The operational database has more than 50 % free space, and its transaction log is at "
			  "least 50 % of its size.",
		.remedy = "Raise the initial size of MOM_DATA by 50 %, and that of MOM_LOG to 50 % of the database's "
			  "size.",
		.source = "pre-upgrade tasks, task 8 [DOC]",
	},
	{
		.id = "agent-queue", .title = "Queue of the agents raised", .days = 30, .applies = om_has_agents,
		.step = "raise-agent-queue",
		.needed = "maximumQueueSizeKb of the agents is 76800 (75 MB) during the upgrade.",
		.remedy = "Set it below "
			  "HKLM\\SYSTEM\\CurrentControlSet\\Services\\HealthService\\Parameters\\Management "
			  "Groups\\<management group>; back to 15360 afterwards.",
		.source = "pre-upgrade tasks, task 10 [DOC]",
	},
	{
		.id = "web-console-stopped", .title = "Web console stopped in IIS",
		.days = 30, .applies = has_web_console,
		.step = "stop-web-console",
		.needed = "The web console's site or application pools are stopped, or will be right before the "
			  "upgrade.",
		.remedy = "Stop them in IIS Manager; the names of the pools differ, look for Operations Manager and "
			  "MonitoringViews.",
		.source = "pre-upgrade tasks, task 11 [UNCERTAIN: the pages name different things]",
	},
	{ .id = NULL }
};
/* clang-format on */
