/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Single faults put into healthy facts of eight servers: each gives exactly the findings that stand beside it, with the
 * right server, severity and what to do about it.
 */
#include "faulty.h"
#include "helpers.h"

#include <unistd.h>

#define FILE_BUILD(version) { "MS02", "file-version: '7.1.10226.1387'", "file-version: '" version "'" }
#define BUILD_OF(server, version) { server, "file-version: '7.1.10226.1387'", "file-version: '" version "'" }
#define NO_FILE_BUILD { "MS02", "  file-version: '7.1.10226.1387'\n", "" }
#define OPERATIONAL "name: 'OperationsManager', version: '12.0.5000.0', edition: 'Enterprise Edition (64-bit)'"
#define WAREHOUSE "name: 'OperationsManagerDW', version: '12.0.5000.0', edition: 'Enterprise Edition (64-bit)'"
#define REPORTS "name: 'ReportServer', version: '12.0.5000.0', edition: 'Enterprise Edition (64-bit)'"
#define OF(name, version, edition) "name: '" name "', version: '" version "', edition: '" edition "'"
#define ENTERPRISE "Enterprise Edition (64-bit)"
#define REST ", full-text: true, collation: 'SQL_Latin1_General_CP1_CI_AS', size-mb: "
#define SYSTEM_DRIVE "  free-mb: 40960\n  file-system: 'NTFS'"
#define ACCOUNT_OF(service) "'" service "', state: 'running', start: 'automatic', account: 'CONTOSO\\svc-das'"
#define RUNS_AS(service, account) "'" service "', state: 'running', start: 'automatic', account: '" account "'"
#define DESKTOP "core: false"
#define WINDOWS_2016 { "WEB01", "'6.3.9600'", "'10.0.14393'" }

#define INSTALL_IN(folder) { "plan", "", "install-path: '" folder "'\n" }
#define ASKS(server, key, whom) { server, "", key ": { management-server: " whom " }\n" }
#define WATCHES_DEVICES { "plan", "{ name: 'GW01', roles: ['gateway'] }", \
			"{ name: 'GW01', roles: ['gateway'], network-devices: true }" }

/* clang-format off */
static const struct fault faults[] = {
	{ 1, { FILE_BUILD("7.1.10226.1118") },
	  { "error source-build MS02|below update rollup 9|Install update rollup 12" } },
	{ 2, { FILE_BUILD("7.1.10226.1177") }, { "warning source-build MS02|below update rollup 12|Install update" } },
	{ 3, { FILE_BUILD("7.1.10226.1239") }, { "warning source-build MS02|below update rollup 12|Install update" } },
	{ 4, { FILE_BUILD("7.1.10226.1304") }, { NULL } },
	{ 5, { FILE_BUILD("7.0.9538.0") }, { "error source-build MS02|is 2012, not 2012 R2|to 2012 R2 first" } },
	{ 6, { FILE_BUILD("7.2.11719.0") },
	  { "error upgraded-out-of-order MS02|it has 2016 already, and MS01, the first of the plan, has not|first" } },
	{ 7, { BUILD_OF("all", "7.2.11719.0") },
	  { "note target-build-found |All management servers have 2016 already|Read their logs, then record" } },
	{ 8, { FILE_BUILD("7.2.11469.0") },
	  { "error source-build MS02|a preview of 2016|A preview cannot be upgraded" } },
	{ 9, { FILE_BUILD("7.2.10015.0") }, { "error source-build MS02|is not 2012 R2|Check the build" } },
	{ 10, { FILE_BUILD("10.19.10050.0") },
	  { "error source-build MS02|Operations Manager 2019, newer than the target|correct source and target" } },
	{ 11, { FILE_BUILD("10.22.10118.0") },
	  { "error source-build MS02|Operations Manager 2022, newer than the target|correct source and target" } },
	{ 12, { NO_FILE_BUILD },
	  { "unknown source-build MS02|which does not follow every rollup|Read the file version" } },
	{ 13, { { "MS02", "server-version: '7.1.10226.0'\n  file-version: '7.1.10226.1387'",
		  "server-version: '7.1.10226.1090'" } },
	  { "unknown source-build MS02|which does not follow every rollup|Read the file version" } },
	{ 14, { { "MS02", "'7.1.10226.0'", "'7.1.10226.1304'" }, FILE_BUILD("7.1.10226.1064") },
	  { "error source-build MS02|7.1.10226.1064 by the file version|Install update rollup" } },
	{ 15, { { "GW01", "'7.1.10292.0'", "'7.1.10184.0'" } },
	  { "warning source-build GW01|the first release, below update rollup 9|Install update rollup" } },
	{ 16, { { "MS03", "379893", "528040" } },
	  { "error dotnet MS03|4.8 or later (release 528040)|the version before it comes back" } },
	{ 17, { { "MS03", "379893", "528049" } },
	  { "error dotnet MS03|528049|the version before it comes back" } },
	{ 18, { { "MS03", "379893", "461814" } }, { NULL } },
	{ 19, { { "MS03", "  release: 379893\n", "" } }, { "unknown dotnet MS03|not known|Run the collector" } },
	{ 20, { { "MS01", "'6.3.9600'", "'6.2.9200'" } },
	  { "error operating-system MS01|Windows Server 2012 (6.2.9200)|Move the role" } },
	{ 21, { { "MS01", "'6.3.9600'", "'10.0.17763'" } },
	  { "error operating-system MS01|Windows Server 2019 (10.0.17763)|Move the role" } },
	{ 22, { { "GW01", "'10.0.14393'", "'6.1.7601'" } },
	  { "error operating-system GW01|Windows Server 2008 R2 (6.1.7601)|Move the role" } },
	{ 23, { { "CON01", "kind: 'server'\n  version: '6.3.9600'", "kind: 'workstation'\n  version: '10.0.19045'" } },
	  { NULL } },
	{ 24, { { "CON01", "kind: 'server'\n  version: '6.3.9600'", "kind: 'workstation'\n  version: '10.0.22631'" } },
	  { "error operating-system CON01|Windows 11 (10.0.22631)|Move the role" } },
	{ 25, { { "REP01", "'6.3.9600'", "'10.0.14393'" }, { "REP01", DESKTOP, "core: true" } },
	  { "error operating-system REP01|the documents rule that out|" } },
	{ 26, { { "GW01", DESKTOP, "core: true" } },
	  { "warning operating-system GW01|the documents differ|" } },
	{ 27, { WINDOWS_2016, { "WEB01", DESKTOP, "core: true" } },
	  { "warning operating-system WEB01|the documents differ|" } },
	{ 28, { { "MS02", "'6.3.9600'", "'10.0.14393'" }, { "MS02", DESKTOP, "core: true" } },
	  { "warning operating-system MS02|ACS collector on Server Core: the documents do not list that|" } },
	{ 29, { { "all", OPERATIONAL, OF("OperationsManager", "14.0.1000.169", ENTERPRISE) } },
	  { "error sql-version prerequisites|SQL Server 2017|Update SQL Server" } },
	{ 30, { { "all", OPERATIONAL, OF("OperationsManager", "11.0.2100.60", ENTERPRISE) },
		{ "all", WAREHOUSE, OF("OperationsManagerDW", "11.0.2100.60", ENTERPRISE) },
		{ "all", REPORTS, OF("ReportServer", "11.0.2100.60", ENTERPRISE) } },
	  { "warning sql-version prerequisites|no service pack|Install a service pack" } },
	{ 31, { { "all", OPERATIONAL, OF("OperationsManager", "12.0.5000.0", "Express Edition (64-bit)") } },
	  { "error sql-version prerequisites|Express Edition|Change the edition" } },
	{ 32, { { "all", OPERATIONAL, OF("OperationsManager", "12.0.5000.0", "Developer Edition (64-bit)") } },
	  { "warning sql-version prerequisites|Developer Edition|Change the edition" } },
	{ 33, { { "all", OPERATIONAL,
		  OF("OperationsManager", "12.0.5000.0", "Enterprise Evaluation Edition (64-bit)") } },
	  { "warning sql-version prerequisites|Enterprise Evaluation|ends after 180 days" } },
	{ 34, { { "all", WAREHOUSE, OF("OperationsManagerDW", "13.0.5026.0", ENTERPRISE) } },
	  { "error sql-same-version prerequisites|SQL Server 2016|same version" } },
	{ 35, { { "all", REPORTS, OF("ReportServer", "14.0.1000.169", ENTERPRISE) } },
	  { "error sql-version prerequisites|ReportServer on SQL02\\DW: SQL Server 2017|Update SQL Server" } },
	{ 36, { { "all", OPERATIONAL ", full-text: true, collation: 'SQL_Latin1_General_CP1_CI_AS'",
		  OPERATIONAL ", full-text: true, collation: 'German_PhoneBook_CI_AS'" } },
	  { "warning sql-collation prerequisites|German_PhoneBook_CI_AS|in place succeeds" } },
	{ 37, { { "all", WAREHOUSE ", full-text: true", WAREHOUSE ", full-text: false" } },
	  { "error full-text-search prerequisites|OperationsManagerDW on SQL02\\DW: not installed|Full-Text" } },
	{ 38, { { "all", "log-mb: 50000", "log-mb: 20000" } },
	  { "note database-space prerequisites|check-database-space|MOM_LOG" } },
	{ 39, { { "all", "free-mb: 60000", "free-mb: 50000" } },
	  { "note database-space prerequisites|(50 %)|MOM_DATA" } },
	{ 40, { { "MS03", "free-mb: 60000", "free-mb: 10" } },
	  { "note database-space prerequisites|asked from MS03|MOM_DATA",
	    "warning facts-contradict MS03|MS01 and MS03 do not agree|Collect again" } },
	{ 41, { { "all", "rows-to-groom: 1200", "rows-to-groom: 150000" } },
	  { "note etl-cleanup prerequisites|150000 rows|Groom" } },
	{ 42, { { "all", "rows-to-groom: 1200", "rows-to-groom: 100000" } }, { NULL } },
	{ 43, { { "all", "log-mb: 50000, allow-updates: false", "log-mb: 50000, allow-updates: true" } },
	  { "error allow-updates prerequisites|allow updates is 1|sp_configure" } },
	{ 44, { { "all", "log-mb: 60000, allow-updates: false, service-broker: true, sysadmin: true",
		  "log-mb: 60000, allow-updates: false, service-broker: true, sysadmin: false" } },
	  { "warning setup-account-sql prerequisites|OperationsManagerDW on SQL02\\DW|sysadmin" } },
	{ 45, { { "GW02", "reasons: []\n  pending: false",
		  "reasons: ['Windows Update', 'PendingFileRenameOperations']\n  pending: true" } },
	  { "warning pending-reboot GW02|Windows Update, PendingFileRenameOperations|Restart" } },
	{ 46, { { "GW02", "reasons: []", "reasons: ['Windows Update']" } },
	  { "warning facts-contradict GW02|yet the file says that none is pending|Collect again" } },
	{ 47, { { "MS01", "client-1-0: 'default'", "client-1-0: 'disabled'" } },
	  { "error tls MS01|disabled for clients|Enable TLS 1.0" } },
	{ 48, { { "WEB01", "server-1-0: 'default'", "server-1-0: 'disabled'" } },
	  { "error tls WEB01|disabled for servers|Enable TLS 1.0" } },
	{ 49, { { "MS01", "client-1-1: 'default'\n  server-1-1: 'default'",
		  "client-1-1: 'disabled'\n  server-1-1: 'disabled'" } }, { NULL } },
	{ 50, { { "MS03", "running: true", "running: false" } },
	  { "error winrm MS03|is not running|winrm quickconfig" } },
	{ 51, { { "MS03", "listeners: 1", "listeners: 0" } },
	  { "error winrm MS03|no listener|winrm quickconfig" } },
	{ 52, { { "MS01", "cores: 4", "cores: 2" } }, { "warning cores MS01|2 cores|4 cores" } },
	{ 53, { { "GW01", "memory-mb: 8191", "memory-mb: 4096" } }, { "warning memory GW01|4096 MB|8 GB" } },
	{ 54, { { "MS01", "memory-mb: 8191", "memory-mb: 7990" } }, { "warning memory MS01|7990 MB|8 GB" } },
	{ 55, { { "MS01", "memory-mb: 8191", "memory-mb: 16" } },
	  { "warning memory MS01|16 MB; was GB meant?|8 GB" } },
	{ 56, { { "MS02", SYSTEM_DRIVE, "  free-mb: 5120\n  file-system: 'NTFS'" } },
	  { "error free-disk MS02|5120 MB free on C:|Free space" } },
	{ 57, { { "MS02", SYSTEM_DRIVE, "  free-mb: 40960\n  file-system: 'FAT32'" } },
	  { "error file-system MS02|FAT32|convert C: /fs:ntfs" } },
	{ 58, { { "MS02", SYSTEM_DRIVE, "  free-mb: 40960\n  file-system: 'ReFS'" } },
	  { "error file-system MS02|ReFS|Move the role" } },
	{ 59, { { "MS01", "'contoso.com'", "'contoso'" } }, { "warning dns-domain MS01|contoso|" } },
	{ 60, { { "MS01", "domain: 'contoso.com'\n", "" } },
	  { "error dns-domain MS01|a management server that is not in a domain|a gateway server need not" } },
	{ 61, { { "WEB01", "    - 'NET-Framework-Core'\n", "" } },
	  { "error web-console-features WEB01|NET-Framework-Core|Install-WindowsFeature" } },
	{ 62, { { "REP01", "'RemoteRegistry', state: 'running'", "'RemoteRegistry', state: 'stopped'" } },
	  { "error remote-registry REP01|is stopped|start it" } },
	{ 63, { { "REP01", "'RemoteRegistry', state: 'running', start: 'automatic'",
		  "'RemoteRegistry', state: 'running', start: 'disabled'" } },
	  { "error remote-registry REP01|is running, its start is disabled|automatic" } },
	{ 64, { { "REP01", "  - { name: 'RemoteRegistry', state: 'running', start: 'automatic' }\n", "" } },
	  { "unknown remote-registry REP01|not known|Run the collector" } },
	{ 65, { { "CON01", "report-viewer-2015: true", "report-viewer-2015: false" } },
	  { "error report-viewer CON01|Report Viewer 2015 is not installed|" } },
	{ 66, { { "MS02", "local-administrator: true", "local-administrator: false" } },
	  { "warning setup-account-local MS02|CONTOSO\\anna ran the collector and is not a local administrator|" } },
	{ 67, { { "MS01", "operations-manager-administrator: true", "operations-manager-administrator: false" } },
	  { "warning setup-account-operations-manager prerequisites|ran the collector on MS01|" } },
	{ 68, { { "MS01", "elevated: true", "elevated: false" } },
	  { "warning facts-not-elevated MS01|may be missing|Run as administrator" } },
	{ 69, { { "MS01", ACCOUNT_OF("OMSDK"), RUNS_AS("OMSDK", "CONTOSO\\other-das") },
		{ "MS01", ACCOUNT_OF("cshost"), RUNS_AS("cshost", "CONTOSO\\other-das") } },
	  { "error data-access-account MS01|CONTOSO\\other-das, the plan says CONTOSO\\svc-das|Correct the account" } },
	{ 70, { { "MS01", ACCOUNT_OF("OMSDK"), RUNS_AS("OMSDK", "LocalSystem") },
		{ "MS01", ACCOUNT_OF("cshost"), RUNS_AS("cshost", "LocalSystem") } },
	  { "error data-access-account MS01|Local System, the plan says CONTOSO\\svc-das|Correct the account" } },
	{ 71, { { "MS02", ACCOUNT_OF("OMSDK"), RUNS_AS("OMSDK", "CONTOSO\\other-das") } },
	  { "error data-access-account MS02|OMSDK runs as CONTOSO\\other-das|Correct the account" } },
	{ 72, { { "all", "log-mb: 50000, allow-updates: false, service-broker: true",
		  "log-mb: 50000, allow-updates: false, service-broker: false" } },
	  { "warning service-broker prerequisites|Service Broker is off|ENABLE_BROKER" } },
	{ 73, { { "MS01", "2026-11-21T12:00:00Z", "2026-11-20T13:02:00Z" } }, { "warning facts-stale collected||" } },
	{ 74, { { "MS01", "2026-11-21T12:00:00Z", "2026-11-21T16:02:07Z" } }, { "warning facts-future collected||" } },
	{ 75, { { "MS01", "2026-11-21T12:00:00Z", "2026-11-21 14:00:00" } }, { "error facts-time collected||" } },
	{ 76, { { "MS02", "server: 'SQL01', name: 'OperationsManager'", "server: 'SQL09', name: 'OpsMgr2'" } },
	  { "error facts-contradict MS02|MS02 and MS01 name different operational databases|Collect again" } },
	{ 77, { { "MS01", "memory-mb: 8191", "memory-mb: '16 GB'" } },
	  { "error wrong-kind hardware.memory-mb||", "unknown memory MS01|not known|Run the collector" } },
	{ 78, { { "MS01", "cores: 4", "cores: -4" } },
	  { "error number-form hardware.cores||", "unknown cores MS01|not known|Run the collector" } },
	{ 79, { { "MS01", "cores: 4", "cores: 99999999999999999999999" } },
	  { "error number-range hardware.cores||", "unknown cores MS01|not known|Run the collector" } },
	{ 80, { { "MS01", "memory-mb: 8191", "memory-mb: 8191.5" } },
	  { "error number-form hardware.memory-mb||", "unknown memory MS01|not known|Run the collector" } },
	/* A step sees to the space: nobody is asked. */
	{ 81, { { "all", "size-mb: 100000", "size-mb: 0" } }, { NULL } },
	{ 82, { { "MS01", "  kind: 'server'\n  version: '6.3.9600'\n  core: false\n", "" } },
	  { "unknown operating-system MS01|not known|Run the collector" } },
	{ 83, { { "MS01", "server: 'MS01'\n", "" } },
	  { "error missing server||", "unknown source-build MS01|not known|Read the file version" } },
	{ 84, { { "MS01", "collected: '2026-11-21T12:00:00Z'\n", "" } }, { "error missing collected||" } },
	{ 85, { { "MS01", "", "memmory: 4\n" } },
	  { "error unknown-key memmory||Did you mean \"hardware.memory-mb\"?" } },
	{ 86, { { "MS01", "running: true", "running: yes" } }, { NULL } },
	{ 87, { { "MS01", "running: true", "running: 'true'" } },
	  { "error wrong-kind winrm.running||", "unknown winrm MS01|not known|Run the collector" } },
	{ 88, { { "MS01", "cores: 4", "cores:" } }, { "unknown cores MS01|not known|Run the collector" } },
	{ 89, { { "MS01", SYSTEM_DRIVE, "  free-mb: 100\n  file-system: 'NTFS'" } },
	  { "error free-disk MS01|100 MB free on C:|Free space" } },
	{ 100, { { "MS01", "kind: 'server'\n  version: '6.3.9600'", "kind: 'workstation'\n  version: '10.0.19045'" } },
	  { "error operating-system MS01|Windows 10 (10.0.19045)|" } },
	{ 101, { { "MS01", "'6.3.9600'", "'11.0.1'" } },
	  { "error operating-system MS01|another Windows (11.0.1), which does not fit 2016: move to|" } },
	{ 102, { INSTALL_IN("E:\\OM") }, { NULL } },
	{ 103, { INSTALL_IN("F:\\OM") },
	  { "error free-disk MS01|there is no drive F: to install to|",
	    "error free-disk MS02|there is no drive F: to install to|",
	    "error free-disk MS03|there is no drive F: to install to|",
	    "error free-disk WEB01|there is no drive F: to install to|",
	    "error free-disk REP01|there is no drive F: to install to|" } },
	{ 104, { INSTALL_IN("E:\\OM"), { "MS01", "free-mb: 204800", "free-mb: 5000" } },
	  { "error free-disk MS01|5000 MB free on E:|" } },
	{ 105, { INSTALL_IN("E:\\OM"), { "MS01",
		   "drives:\n  - { name: 'C:', free-mb: 40960 }\n  - { name: 'E:', free-mb: 204800 }\n", "" } },
	  { "unknown free-disk MS01|not known|" } },
	{ 106, { INSTALL_IN("C:\\Program Files\\Microsoft System Center 2016\\Operations Manager") }, { NULL } },
	{ 107, { INSTALL_IN("c:\\OM") }, { NULL } },
	{ 108, { { "MS01", "client-1-0: 'default'", "client-1-0: 'disabled'" },
		 { "MS01", "server-1-0: 'default'", "server-1-0: 'disabled'" } },
	  { "error tls MS01|disabled for clients and servers|Enable TLS 1.0" } },
	{ 109, { { "MS01", "  client-1-0: 'default'\n", "" } },
	  { "unknown tls MS01|not known|" } },
	{ 110, { { "MS01", "  server-1-0: 'default'\n", "" } },
	  { "unknown tls MS01|not known|" } },
	{ 111, { { "MS01", "'contoso.com'", "''" } },
	  { "error dns-domain MS01|a management server that is not in a domain|" } },
	{ 112, { { "MS01", "domain: 'contoso.com'\n", "" },
		 { "MS01", "", "unread:\n  - { what: 'domain', why: 'Access denied' }\n" } },
	  { "note facts-unread unread|Access denied|",
	    "unknown dns-domain MS01|not read: Access denied|" } },
	{ 113, { { "REP01", "'RemoteRegistry', state: 'running', start: 'automatic'",
		   "'RemoteRegistry', state: 'running'" } },
	  { NULL } },
	{ 114, { { "REP01", "'RemoteRegistry', state: 'running', start: 'automatic'",
		   "'RemoteRegistry', state: 'stopped'" } },
	  { "error remote-registry REP01|Remote Registry is stopped.|" } },
	{ 115, { { "CON01", "sql-clr-types-2014: true", "sql-clr-types-2014: false" } },
	  { "error report-viewer CON01|the CLR types of SQL Server 2014 are not installed|" } },
	{ 116, { { "CON01", "  sql-clr-types-2014: true\n", "" } },
	  { "unknown report-viewer CON01|not known|" } },
	{ 117, { { "CON01", "  report-viewer-2015: true\n", "" } },
	  { "unknown report-viewer CON01|not known|" } },
	{ 118, { { "MS02", "  name: 'CONTOSO\\anna'\n  local-administrator: true", "  local-administrator: false" } },
	  { "warning setup-account-local MS02|the account ran the collector and is not a local|" } },
	{ 119, { { "MS02", "  local-administrator: true\n", "" } },
	  { "unknown setup-account-local MS02|not known|" } },
	{ 120, { { "MS03", "  running: true\n", "" } },
	  { "unknown winrm MS03|not known|" } },
	{ 121, { { "MS03", "  listeners: 1\n", "" } },
	  { "unknown winrm MS03|not known|" } },
	{ 123, { { "all", WAREHOUSE ", full-text: true", WAREHOUSE } },
	  { "unknown full-text-search prerequisites|OperationsManagerDW is not known|" } },
	{ 124, { { "all", ", rows-to-groom: 1200", "" } }, { NULL } },
	{ 125, { { "all", "log-mb: 50000, allow-updates: false", "log-mb: 50000" } },
	  { "unknown allow-updates prerequisites|OperationsManager is not known|" } },
	{ 126, { { "all", ", allow-updates: false, service-broker: true, sysadmin: true, rows",
		   ", allow-updates: false, sysadmin: true, rows" } },
	  { "unknown service-broker prerequisites|not known|" } },
	{ 127, { { "all", "service-broker: true, sysadmin: true, rows", "service-broker: true, rows" } },
	  { "unknown setup-account-sql prerequisites|OperationsManager is not known|" } },
	{ 128, { { "all", "sysadmin: true, rows", "sysadmin: false, rows" }, { "all", "  name: 'CONTOSO\\anna'\n",
		   "" } },
	  { "warning setup-account-sql prerequisites|the account ran the collector and is not a sysadmin|" } },
	{ 129, { { "all", "size-mb: 100000, free-mb: 60000", "size-mb: 100000" } }, { NULL } },
	{ 130, { { "all", ", log-mb: 50000", "" } }, { NULL } },
	{ 131, { { "all", OPERATIONAL, "name: 'OperationsManager', version: '12.0.5000.0'" } },
	  { "unknown sql-version prerequisites|OperationsManager is not known|" } },
	{ 132, { { "all", OPERATIONAL, OF("OperationsManager", "10.50.6000.34", ENTERPRISE) } },
	  { "error sql-version prerequisites|, which does not fit 2016: move to SQL Server 2012, 2014 or 2016|" } },
	{ 133, { { "all", OPERATIONAL, OF("OperationsManager", "10.0.6000.29", ENTERPRISE) } },
	  { "error sql-version prerequisites|SQL Server 2008 (10.0.6000.29)|" } },
	{ 134, { { "all", OPERATIONAL, OF("OperationsManager", "18.0.1000.0", ENTERPRISE) } },
	  { "error sql-version prerequisites|SQL Server of an unknown release (18.0.1000.0)|" } },
	{ 135, { { "all", OPERATIONAL, OF("OperationsManager", "8.0.2039.0", ENTERPRISE) } },
	  { "error sql-version prerequisites|SQL Server of an unknown release (8.0.2039.0)|" } },
	{ 136, { { "all", ", version: '12.0.5000.0', edition: 'Enterprise Edition (64-bit)'", "" } },
	  { "unknown sql-version prerequisites|OperationsManager is not known|",
	    "unknown sql-same-version prerequisites|OperationsManager is not known|" } },
	{ 137, { { "MS02", "server: 'SQL01', name: 'OperationsManager'",
		   "server: 'SQL09', name: 'OperationsManager'" } },
	  { "error facts-contradict MS02|OperationsManager on SQL09, and OperationsManager on SQL01|" } },
	{ 138, { { "MS02", "server: 'SQL01', name: 'OperationsManager'", "server: 'SQL01', name: 'OpsMgr2'" } },
	  { "error facts-contradict MS02|OpsMgr2 on SQL01, and OperationsManager on SQL01|" } },
	{ 139, { { "MS01", "size-mb: 100000, ", "" } }, { NULL } },
	{ 140, { { "MS02", "log-mb: 50000", "log-mb: 90000" } },
	  { "warning facts-contradict MS02|log-mb is 50000 and 90000|" } },
	{ 141, { { "MS02", "size-mb: 400000, ", "" } }, { NULL } },
	{ 142, { { "MS01", "  elevated: true\n", "" } }, { NULL } },
	{ 143, { { "MS01", ACCOUNT_OF("OMSDK"), "'OMSDK', state: 'running', start: 'automatic'" },
		 { "MS01", ACCOUNT_OF("cshost"), "'cshost', state: 'running', start: 'automatic'" } },
	  { "unknown data-access-account MS01|not known|" } },
	{ 144, { { "MS01", "  pending: false\n", "" }, { "MS01", "reasons: []", "reasons: ['Windows Update']" } },
	  { "unknown pending-reboot MS01|not known|" } },
	{ 145, { { "MS03", "379893", "378389" } }, { NULL } },
	{ 146, { { "MS03", "379893", "1" } }, { NULL } },
	{ 147, { WATCHES_DEVICES },
	  { "warning cores GW01|4 cores|at least 8 cores: it watches network devices",
	    "warning memory GW01|8191 MB|at least 32 GB of memory: it watches" } },
	{ 148, { WATCHES_DEVICES, { "GW01", "cores: 4", "cores: 8" }, { "GW01", "memory-mb: 8191",
		   "memory-mb: 32767" } },
	  { NULL } },
	{ 149, { { "GW01", "  health-service-version: '7.1.10292.0'\n", "" } },
	  { "unknown source-build GW01|not known|" } },
	{ 150, { { "GW01", "'7.1.10292.0'", "'8.0.10918.0'" } }, { NULL } },
	{ 151, { { "GW01", "'7.1.10292.0'", "'7.1.10200.0'" } },
	  { "warning source-build GW01|7.1.10200.0 is below update rollup 9|" } },
	/* whom the web console and Reporting ask */
	{ 152, { ASKS("WEB01", "web-console", "om.contoso.com") },
	  { "warning data-access-address WEB01|the web console asks om.contoso.com|" } },
	{ 153, { ASKS("WEB01", "web-console", "MS02") }, { NULL } },
	{ 154, { ASKS("WEB01", "web-console", "localhost") }, { NULL } },
	{ 155, { ASKS("WEB01", "web-console", "GW01") },
	  { "warning data-access-address WEB01|the web console asks GW01|" } },
	{ 156, { ASKS("REP01", "reporting", "om.contoso.com") },
	  { "warning data-access-address REP01|the Reporting server asks om.contoso.com|" } },
	{ 157, { ASKS("REP01", "web-console", "om.contoso.com") }, { NULL } },
	{ 158, { ASKS("WEB01", "web-console", "om.contoso.com"),
		 { "plan", "", "data-access-address: om.contoso.com\n" } },
	  { NULL } },
	{ 98, { { "MS01", "  kind: 'server'\n  version: '6.3.9600'\n  core: false\n", "" },
		{ "MS01", "", "unread:\n  - { what: 'os', why: 'os.version: Access denied' }\n" } },
	  { "unknown operating-system MS01|not read: os.version: Access denied|Run the collector",
	    "note facts-unread unread|Access denied|" } },
	/* Not of the list: other management groups. */
	{ 101, { { "MS02", "", "group:\n  name: 'FABRIKAM'\n" }, { "MS01", "", "group:\n  name: 'contoso'\n" } },
	  { "error facts-contradict MS02|of another management group, FABRIKAM, by its own facts|Collect again" } },
	{ 102, { { "GW02", "", "install:\n  management-groups:\n    - 'FABRIKAM'\n    - 'TAILSPIN'\n" } },
	  { "error facts-contradict GW02|of another management group, FABRIKAM|Collect again" } },
	{ 103, { { "GW02", "", "install:\n  management-groups:\n    - 'FABRIKAM'\n    - 'CONTOSO'\n" } }, { NULL } },
	{ 104, { { "GW02", "", "install:\n  management-groups: []\n" } }, { NULL } },
	{ 105, { { "MS01", "", "group:\n  name: 'OTHER'\n" } },
	  { "error facts-differ management-group|says \"CONTOSO\", but the facts of MS01.contoso.com say|" } },
};
/* clang-format on */

static const char *const servers[] = { "MS01", "MS02", "MS03", "GW01", "GW02", "CON01", "WEB01", "REP01", NULL };
static const struct faulty_ground eight = { "tests/plans/eight-servers.yaml", "facts/healthy", "", servers };

static void test_check__each_fault__gives_what_is_right(void **state)
{
	(void)state;
	faulty_assert_each(&eight, faults, ARRAY_LEN(faults));
}

/* ---- whole files ---- */

static const struct faulty_edit nothing[FAULTY_EDITS];

struct whole {
	int number;
	const char *label;
	const char *name;         /* the file that is written; NULL: that of SERVER is taken away */
	const char *server;       /* whose healthy facts are taken */
	const char *before;       /* put before them */
	bool wide, windows_lines; /* UTF-16; CR LF */
	const char *instead;      /* of the healthy text; NULL: that */
	const char *findings[FAULTY_FINDINGS];
};

/* clang-format off */
static const struct whole wholes[] = {
	{ .number = 90, .label = "two files of one server", .name = "MS01-copy.facts.yaml", .server = "MS01",
	  .findings = { "error facts-twice server||Keep only the newer" } },
	{ .number = 91, .label = "a server that the plan has not", .name = "XS01.facts.yaml", .server = "MS01",
	  .instead = "scupgrade-facts: 1\nserver: XS01\ncollected: '2026-11-21T12:00:00Z'\n",
	  .findings = { "warning facts-unknown-server server|XS01|" } },
	{ .number = 92, .label = "no file of GW02", .server = "GW02",
	  .findings = { "warning facts-missing |There are no facts of GW02|Run the collector",
			"unknown memory GW02|not known|Run the collector" } },
	{ .number = 93, .label = "UTF-16", .name = "MS02.facts.yaml", .server = "MS02",
	  .before = "\xff\xfe", .wide = true,
	  .findings = { "error yaml-encoding ||", "unknown winrm MS02|not known|Run the collector" } },
	{ .number = 94, .label = "byte order mark and CR LF", .name = "MS02.facts.yaml", .server = "MS02",
	  .before = "\xef\xbb\xbf", .windows_lines = true, .findings = { "warning yaml-bom ||" } },
	{ .number = 95, .label = "code page 1252", .name = "MS02.facts.yaml", .server = "MS02",
	  .before = "# B\xfcro\n",
	  .findings = { "error yaml-encoding ||", "unknown winrm MS02|not known|Run the collector" } },
	{ .number = 96, .label = "empty", .name = "MS02.facts.yaml", .server = "MS02", .instead = "",
	  .findings = { "error yaml-empty ||", "unknown winrm MS02|not known|Run the collector" } },
	{ .number = 97, .label = "U+202E in a name", .name = "MS02.facts.yaml", .server = "MS02",
	  .before = "folders: ['C:\\a\xe2\x80\xae" "b']\n",
	  .findings = { "error yaml-character ||", "unknown winrm MS02|not known|Run the collector" } },
};
/* clang-format on */

static void write_whole(const char *folder, const struct whole *whole)
{
	struct strbuf healthy = STRBUF_INIT, text = STRBUF_INIT, path = STRBUF_INIT;

	faulty_read_healthy(&eight, whole->server, &healthy);
	if (whole->before)
		strbuf_puts(&text, whole->before);
	for (const char *at = whole->instead ? whole->instead : strbuf_text(&healthy); *at; at++) {
		if (*at == '\n' && whole->windows_lines)
			strbuf_putc(&text, '\r');
		strbuf_putc(&text, *at);
		if (whole->wide)
			strbuf_putc(&text, '\0');
	}
	if (whole->name)
		faulty_write_file(folder, whole->name, strbuf_text(&text), text.length);
	strbuf_printf(&path, "%s/%s.facts.yaml", folder, whole->server);
	if (!whole->name)
		assert_int_equal(unlink(strbuf_text(&path)), 0);
	strbuf_clear(&healthy);
	strbuf_clear(&text);
	strbuf_clear(&path);
}

static void test_check__each_faulty_file__gives_what_is_right(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(wholes); i++) {
		char *folder = scratch_folder();

		faulty_write(&eight, folder, nothing);
		write_whole(folder, &wholes[i]);
		faulty_assert(&eight, wholes[i].number, folder, nothing, wholes[i].findings);
		scratch_remove(folder);
	}
}

static void test_check__no_fault__finds_nothing(void **state)
{
	static const char *const none[FAULTY_FINDINGS];
	char *folder = scratch_folder();

	(void)state;
	faulty_write(&eight, folder, nothing);
	faulty_assert(&eight, 0, folder, nothing, none);
	scratch_remove(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_check__no_fault__finds_nothing),
		TEST(test_check__each_fault__gives_what_is_right),
		TEST(test_check__each_faulty_file__gives_what_is_right),
	};

	return run_tests(tests);
}
