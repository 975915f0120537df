/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Signs of SQL Server: what it says to a setup that connects, and to one that changes databases. Its sentences are
 * translated on other languages of Windows; the numbers are not.
 */
#include "flows/common/common_signs.h"

#define SETUPS (LOG_SETUP | LOG_START | LOG_ROLE | LOG_PACKAGE)
#define SERVERS (LOG_EVENTS | LOG_SQL)

#define SQL_LIST "SQL Server's list of errors [DOC]; in these logs [UNCERTAIN]"

const struct sign common_sql_signs[] = {
	/* ---- connection, rights ---- */
	{
		.id = "sql-not-reachable", .role = SIGN_CAUSE, .next = NEXT_REPEAT, .logs = SETUPS,
		.texts = { { "network-related or instance-specific error", NULL },
			   { "error: 26", "\\berror: 26\\b" SIGN_GAP "\\b(?:server|instance)" },
			   { "error: 40", "\\berror: 40\\b" SIGN_GAP "\\bSQL Server" } },
		.means = "SQL Server does not answer under that name: name, port, browser service or firewall, or the "
			 "service is stopped.",
		.remedy = "Test from this server with exactly the name that the plan has. Open the port; a named "
			"instance needs the browser (UDP 1434) or the port in its name.",
		.source = SQL_LIST,
	},
	{
		.id = "sql-login-failed", .role = SIGN_CAUSE, .next = NEXT_REPEAT, .logs = SETUPS | LOG_SQL,
		.texts = { { "Login failed for user", "Login failed for user '?([^'.]{1,100})?" },
			   { "requested by the login", "Cannot open database" SIGN_GAP "requested by the login" },
			   SIGN_SQL_ERROR("18456"), SIGN_SQL_ERROR("4060") },
		.means = "SQL Server refuses {1}: the account has no login there, or may not open the database. | "
			"SQL Server refuses the account: it has no login there, or may not open the database.",
		.remedy = "Create the login; the setup account needs sysadmin on both instances for the run. The "
			  "state number in SQL Server's own log says why.",
		.source = SQL_LIST,
	},
	{
		.id = "sql-permission-denied", .role = SIGN_CAUSE, .next = NEXT_REPEAT, .logs = SETUPS,
		.texts = { { "permission denied in database", "CREATE DATABASE permission denied" },
			   { "permission was denied on the object", NULL },
			   { "does not have permission to perform this action", NULL }, SIGN_SQL_MSG("262"),
			   SIGN_SQL_MSG("229") },
		.means = "The login exists, but the setup account is not a sysadmin.",
		.remedy = "Grant sysadmin for the run, and revoke it afterwards.",
		.source = SQL_LIST,
	},
	{
		.id = "sql-sspi-context", .role = SIGN_CAUSE, .next = NEXT_REPEAT, .logs = SETUPS | LOG_EVENTS,
		.texts = { { "Cannot generate SSPI context", NULL }, { "target principal name is incorrect", NULL },
			   SIGN_CODE("80090322") },
		.means = "Kerberos does not find SQL Server's account: its SPN is wrong, duplicated or missing; or "
			 "RC4 is off and the account lacks the AES flags.",
		.remedy = "Look with setspn -L and -X, and put the SPN on SQL Server's service account; tick AES "
			"128 and 256 on it and change its password once.",
		.source = "a post on the SSPI context [FIELD]; SQL Server's documentation [DOC]",
	},
	{
		.id = "sql-tls-no-common-algorithm", .role = SIGN_CAUSE, .next = NEXT_REPEAT,
		.logs = SETUPS | LOG_EVENTS,
		.texts = { { "do not possess a common algorithm", NULL }, SIGN_CODE("80090331"),
			   { "SSL Provider, error: 0", NULL }, { "pre-login handshake", NULL } },
		.means = "TLS 1.0 and 1.1 are off on one side, and .NET or the SQL client on the other side cannot "
			"do 1.2.",
		.remedy = "Set SchUseStrongCrypto and SystemDefaultTlsVersions, and install the newer ODBC and OLE "
			"DB drivers; 2016 needs UR4 or later. Then run the step again.",
		.source = "page on enforcing TLS 1.2 [DOC]; in these logs [UNCERTAIN]",
	},
	{
		.id = "sql-certificate-untrusted", .role = SIGN_CAUSE, .next = NEXT_REPEAT, .logs = SETUPS,
		.texts = { { "issued by an authority that is not trusted", NULL } },
		.releases = "2022 2025",
		.means = "The newer drivers encrypt, and SQL Server's certificate is not trusted.",
		.remedy = "Give SQL Server a trusted certificate. Do not turn the check off in production.",
		.source = "SQL Server's documentation [DOC]; in these logs [UNCERTAIN]",
	},
	{
		.id = "sql-availability-group", .role = SIGN_CAUSE, .next = NEXT_REPEAT, .logs = SETUPS | LOG_SQL,
		.texts = { { "participating in an availability group", NULL }, SIGN_SQL_MSG("976"),
			   SIGN_SQL_MSG("983") },
		.means = "Setup talks to a secondary replica, or the database is not synchronized.",
		.remedy = "Use the listener or the primary, or fail over. After the run repeat logins, sys.messages "
			"and CLR on each replica.",
		.source = SQL_LIST,
	},
	{
		.id = "sql-full-text-missing", .role = SIGN_CAUSE, .next = NEXT_REPEAT, .logs = SETUPS | LOG_SQL,
		.texts = { { "does not have Full Text Search installed", NULL },
			   { "Full-Text Search is not installed", NULL }, SIGN_SQL_ERROR("7609") },
		.means = "SQL Server's Full-Text Search is missing on the instance of a database.",
		.remedy = "Add the feature Full-Text to the instances of the operational database and of the data "
			"warehouse, start its filter daemon launcher, then run the step again.",
		.source = "a lab's setup log [FIELD]; SQL Server's list of errors [DOC]",
	},
	/* ---- inside the databases ---- */
	{
		.id = "sql-allow-updates", .role = SIGN_CAUSE, .next = NEXT_REPEAT, .logs = SETUPS,
		.releases = "2012-r2 2016",
		.texts = { { "Ad hoc update to system catalogs is not supported", NULL }, SIGN_SQL_ERROR("5808") },
		.means = "The server option 'allow updates' is 1, so the RECONFIGURE of setup fails.",
		.remedy = "Run EXEC sp_configure 'allow updates', 0; RECONFIGURE; on that instance, then setup again.",
		.source = "support page on setup error 0x80131604 [DOC]",
	},
	{
		.id = "sql-database-files-exist", .role = SIGN_CAUSE, .next = NEXT_ASK, .logs = SETUPS,
		.texts = { { "Cannot create file", "Cannot create file" SIGN_GAP "already exists" },
			   { "Some file names listed could not be created", NULL }, SIGN_SQL_ERROR("5170"),
			   SIGN_SQL_ERROR("1802") },
		.means = "Old .mdf and .ldf files of an earlier try are in the folder. An upgrade creates no "
			 "database: then the line was that of a new installation.",
		.remedy = "Compare the line with the plan. Move the files away after making sure that no instance "
			"uses them.",
		.source = "support page on a setup that does not complete [DOC]",
	},
	{
		.id = "sql-folder-missing", .role = SIGN_CAUSE, .next = NEXT_REPEAT, .logs = SETUPS,
		.texts = { { "Directory lookup for the file", NULL },
			   { "CREATE FILE encountered operating system error", NULL }, SIGN_SQL_ERROR("5133"),
			   SIGN_SQL_ERROR("5123") },
		.means = "The path for data or log does not exist on the SQL Server host, or SQL Server's account "
			"may not write there.",
		.remedy = "Make the folder on that host, and give the account its rights.",
		.source = SQL_LIST,
	},
	{
		.id = "sql-data-file-full", .role = SIGN_CAUSE, .next = NEXT_RESTORE, .logs = SETUPS | SERVERS,
		.texts = { { "Could not allocate space for object", NULL }, SIGN_SQL_ERROR("1105") },
		.means = "The data file has reached its limit, or its disk is full: an upgrade needs half of the "
			"operational database free.",
		.remedy = "Enlarge the file or let it grow. An upgrade that stopped inside the database is not "
			"repeated on it without a restore or the vendor.",
		.source = SQL_LIST,
	},
	{
		.id = "sql-log-full", .role = SIGN_CAUSE, .next = NEXT_RESTORE, .logs = SETUPS | SERVERS,
		.texts = { { "transaction log for database",
			     "transaction log for database '?([^']{1,128}?)'? is full" }, SIGN_SQL_ERROR("9002") },
		.means = "The transaction log of {1} is full: its size is limited, its disk is full, or it is not "
			 "backed up. | A transaction log is full: its size is limited, its disk is full, or it is not "
			 "backed up.",
		.remedy = "Back the log up, enlarge it, free the disk. An upgrade that stopped inside the database "
			"is not repeated on it without a restore or the vendor.",
		.source = SQL_LIST,
	},
	{
		.id = "sql-timeout", .role = SIGN_CAUSE, .next = NEXT_RESTORE, .logs = SETUPS | LOG_EVENTS,
		.texts = { { "Timeout expired",
			     "Timeout expired" SIGN_GAP "(?:prior to completion|server is not responding)" },
			   { "Execution Timeout Expired", NULL } },
		.means = "A command of the upgrade took too long: large tables (localized texts, entity log, state "
			"changes, staging of the warehouse), or something blocks it.",
		.remedy = "Clean these tables and groom, stop the services of all other management servers, update "
			"the statistics, raise the time-outs; then as the step says.",
		.source = SQL_LIST,
	},
	{
		.id = "sql-deadlock", .role = SIGN_CAUSE, .next = NEXT_RESTORE, .logs = SETUPS | LOG_EVENTS,
		.texts = { { "was deadlocked on lock resources", NULL }, SIGN_SQL_ERROR("1205"),
			   { "rejected retry on SqlError", NULL } },
		.means = "Something else is using the database: another management server, or a job.",
		.remedy = "Stop the three services on all other management servers and the jobs of SQL Server Agent.",
		.source = SQL_LIST,
	},
	{
		.id = "sql-database-in-use", .role = SIGN_CAUSE, .next = NEXT_ASK, .logs = SETUPS,
		.texts = { { "could not be exclusively locked to perform the operation", NULL },
			   { "Exclusive access could not be obtained", NULL }, SIGN_SQL_ERROR("5030"),
			   SIGN_SQL_ERROR("3101") },
		.means = "The database has open sessions: services, consoles, monitoring, a backup.",
		.remedy = "End these sessions (sys.dm_exec_sessions), not the server; then run the step again.",
		.source = SQL_LIST,
	},
	{
		.id = "sql-collation", .role = SIGN_CAUSE, .next = NEXT_ASK, .logs = SETUPS,
		.texts = { { "Cannot resolve the collation conflict", NULL }, SIGN_SQL_MSG("468") },
		.means = "The instances or databases have different collations, or one that the product does not "
			"support.",
		.remedy = "Both instances need the same supported collation; there is no quick repair.",
		.source = SQL_LIST,
	},
	{
		.id = "sql-clr-disabled", .role = SIGN_CAUSE, .next = NEXT_REPEAT, .logs = SETUPS | LOG_EVENTS,
		.texts = { { "Execution of user code in the .NET Framework is disabled", NULL },
			   SIGN_SQL_ERROR("6263") },
		.means = "The server option 'clr enabled' is 0 on this instance or replica.",
		.remedy = "Run EXEC sp_configure 'clr enabled', 1; RECONFIGURE; there, then the step again.",
		.source = "SQL Server's list of errors [DOC]; notes of a move [FIELD]",
	},
	{
		.id = "sql-read-only", .role = SIGN_CAUSE, .next = NEXT_REPEAT, .logs = SETUPS,
		.texts = { { "because the database is read-only", NULL }, SIGN_SQL_ERROR("3906") },
		.means = "The database is read-only: a secondary replica, or restored in STANDBY.",
		.remedy = "Check that the name leads to the primary, and make it writable.",
		.source = SQL_LIST,
	},
	{
		.id = "sql-exception-wrapper", .role = SIGN_SUMMARY, .next = NEXT_ASK, .logs = SETUPS | LOG_EVENTS,
		.texts = { { "System.Data.SqlClient.SqlException", NULL }, SIGN_CODE("80131904") },
		.means = "SQL Server reported an error; the number 0x80131904 names only the kind.",
		.remedy = "Read the message in the same line or below it.",
		.source = "support page on a setup that does not complete [DOC]",
	},
	{ .id = NULL }
};
