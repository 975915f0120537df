/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Operations Manager: signs of setup.exe itself, from its start to its rollback.
 */
#include "flows/om/om_signs.h"

#define SETUP (LOG_SETUP | LOG_ROLE)
#define SIBLING "public sources of a setup of the same framework [CODE]; in these logs [UNCERTAIN]"
#define LAB "a lab's setup logs of 2025 [FIELD]"

const struct sign om_setup_signs[] = {
	/* ---- start, command line, media ---- */
	{
		.id = "setup-switches-rejected", .role = SIGN_CAUSE, .next = NEXT_REPEAT, .logs = LOG_START | SETUP,
		.texts = { { "Invalid command line switches", NULL }, { "no components switch found", NULL } },
		.means = "The start of setup could not read the command line: the verb and the components are "
			"separate switches.",
		.remedy = "Write the line as planned (/silent /upgrade ..., or /silent /install /components:NAME "
			"...), without a space after a colon. Nothing was changed.",
		.source = LAB,
	},
	{
		.id = "setup-already-running", .role = SIGN_CAUSE, .next = NEXT_REPEAT, .logs = LOG_START | SETUP,
		.texts = { { "already another setup wizard running", NULL },
			   { "AnotherSetupRunningOnThisMachine", NULL } },
		.means = "A second setup is running on this machine, perhaps one that was left behind without a "
			 "window or in another session.",
		.remedy = "Wait for it, or end that process by its id; then run the line again.",
		.source = SIBLING,
	},
	{
		.id = "setup-license-not-accepted", .role = SIGN_CAUSE, .next = NEXT_REPEAT,
		.logs = LOG_START | SETUP | LOG_PACKAGE,
		.texts = { { "NOT acknowledge acceptance of the license terms", NULL } },
		.means = "The line does not accept the license terms.",
		.remedy = "Add /AcceptEndUserLicenseAgreement:1, or AcceptEndUserLicenseAgreement=1 for a package.",
		.source = SIBLING,
	},
	{
		.id = "package-license-missing", .role = SIGN_CAUSE, .next = NEXT_REPEAT, .logs = LOG_PACKAGE,
		.texts = { { "ProductName = ",
			     "\\bProperty\\([SC]\\): ProductName = .{0,60}(?:Monitoring Agent|Operations Manager.{0,"
			     "20}(?:Gateway|Agent))" } },
		.lacks = { "AcceptEndUserLicenseAgreement", NULL },
		.means = "AcceptEndUserLicenseAgreement is not among the properties of this run: the package then "
			 "fails without saying so.",
		.remedy = "Add AcceptEndUserLicenseAgreement=1 to the line. Deployment tools that drop unknown "
			"properties are a usual reason.",
		.source = "agents that silently did not arrive [FIELD]",
	},
	{
		.id = "setup-path-invalid", .role = SIGN_CAUSE, .next = NEXT_REPEAT, .logs = LOG_START | SETUP,
		.texts = { { "Invalid path passed to the setup", NULL } },
		.means = "The path of the installation is empty, relative, on a drive that does not exist, or has "
			 "forbidden characters.",
		.remedy = "Use an absolute path on a local drive, without a backslash before the closing quote.",
		.source = SIBLING,
	},
	{
		.id = "setup-components-contradict", .role = SIGN_CAUSE, .next = NEXT_REPEAT,
		.logs = LOG_START | SETUP,
		.texts = { { "could not rationalize the component choices", NULL } },
		.means = "The chosen components do not fit what is installed, such as an installation of a role "
			"that is there, or an upgrade without the older role.",
		.remedy = "Compare the line with the installed products, and use /upgrade only where the older "
			"release is.",
		.source = SIBLING,
	},
	{
		.id = "setup-chainer-not-started", .role = SIGN_CAUSE, .next = NEXT_REPEAT, .logs = LOG_START,
		.texts = { { "Message Type", "\\bMessage Type\\b" } },
		.lacks = { "SetupChainerUI.exe", NULL },
		.means = "The start of setup ended before the wizard began: the command line, missing files beside "
			"setup.exe, or the self-extractor was started in its place.",
		.remedy = "Check the line, and that the folder is the extracted media. The Setup log with the next "
			"higher number may be the real one.",
		.source = LAB,
	},
	{
		.id = "setup-version-installed", .role = SIGN_CAUSE, .next = NEXT_ASK, .logs = LOG_START | SETUP,
		.texts = { { "DifferentVersionInstalled", NULL } },
		.means = "Another version of the product is installed than the one that this media can upgrade.",
		.remedy = "Compare the installed build with what the release can be upgraded from.",
		.source = SIBLING,
	},
	{
		.id = "setup-image-invalid", .role = SIGN_CAUSE, .next = NEXT_REPEAT, .logs = LOG_START | SETUP,
		.texts = { { "InvalidInstallImage", NULL } },
		.means = "Files of the media are missing or damaged.",
		.remedy = "Extract the media again, and start setup.exe from there.",
		.source = SIBLING,
	},
	/* ---- prerequisites ---- */
	{
		.id = "prereq-report-viewer", .role = SIGN_CAUSE, .next = NEXT_REPEAT, .logs = LOG_CHECKS,
		.texts = { { "ReportViewerCheckTitle", "StatusCode\\s*=\\s*\"2\"|>Failed<" } },
		.releases = "2012-r2 2016 1801 1807 2019",
		.means = "The Report Viewer runtime is missing, or it is the wrong release: 2012 for 2012 R2, "
			"2015 for 2016 and 2019.",
		.remedy = "Install the CLR types of SQL Server first, then the Report Viewer of that release; then "
			"run setup again.",
		.source = "two reports of a failed check [FIELD]",
	},
	{
		.id = "prereq-sql-version", .role = SIGN_CAUSE, .next = NEXT_REPEAT, .logs = LOG_CHECKS,
		.texts = { { "OMDBSqlVersionCheckTitle", "StatusCode\\s*=\\s*\"2\"|>Failed<" } },
		.means = "SQL Server is too old or too new, or setup could not ask it because WMI or DCOM refused: "
			"the check does not tell the two apart.",
		.remedy = "Compare its version with the list of the release. If it fits, look for event 10036 in "
			"the System log of the SQL Server host, and for GetRemoteOSVersion in setup's log.",
		.source = "a post on an upgrade from 2016 to 2019 [FIELD]",
	},
	{
		.id = "prereq-failed-result", .role = SIGN_CAUSE, .next = NEXT_REPEAT, .logs = LOG_CHECKS,
		.texts = { { "StatusCode", "StatusCode\\s*=\\s*\"2\"[^<]{0,200}(?:<(?!Check>|Result)[^<]{0,500}){0,12}?"
			     "<Check>\\s*(\\w{1,80}?)(?:CheckTitle)?\\s*<" },
			   { "StatusCode", "<Check\\b[^<>]{0,200}Title\\s*=\\s*\"(\\w{1,80}?)(?:CheckTitle)?\""
			     "[^<>]{0,200}StatusCode\\s*=\\s*\"2\"" },
			   { "StatusCode", "<Check\\b[^<>]{0,200}StatusCode\\s*=\\s*\"2\"[^<>]{0,200}Title\\s*=\\s*\""
			     "(\\w{1,80}?)(?:CheckTitle)?\"" } },
		.means = "The prerequisite check \"{1}\" failed. | A prerequisite check failed.",
		.remedy = "Repair what the check is about for the components that it names, then run setup again. "
			"Nothing was changed.",
		.source = "two reports of failed checks [FIELD]",
	},
	{
		.id = "prereq-management-server-not-upgraded", .role = SIGN_CAUSE, .next = NEXT_REPEAT,
		.logs = SETUP | LOG_EVENTS,
		.texts = { { "Management Server Upgraded Check", NULL },
			   { "component reports has not been upgraded", NULL } },
		.means = "This role's host cannot find an upgraded management server: none is, the name of the Data "
			"Access Service leads to a load balancer, or no Operations console is beside Reporting.",
		.remedy = "Upgrade all management servers first. Point the role at one that is upgraded; or install "
			"the console of the old release beside Reporting, run setup again, and remove it later.",
		.source = "release notes 1801 and 2019 [DOC]; a page on load-balanced servers [FIELD]",
	},
	{
		.id = "prereq-aspnet-not-registered", .role = SIGN_CAUSE, .next = NEXT_REPEAT,
		.logs = SETUP | LOG_EVENTS,
		.texts = { { "not registered with IIS", "ASP\\.NET 4" SIGN_GAP "not registered with IIS" } },
		.releases = "2012-r2 2016",
		.means = "ASP.NET 4 is not registered with IIS: IIS was added after .NET, or the registration is "
			"damaged.",
		.remedy = "Run aspnet_regiis -r in the v4 folder of Framework64; from Windows Server 2012 on add "
			"the role service ASP.NET 4.5.",
		.source = "page on installing; release notes 2016 [DOC]",
		.task = "upgrade-web-console",
	},
	{
		.id = "prereq-isapi-cgi", .role = SIGN_CAUSE, .next = NEXT_REPEAT, .logs = SETUP | LOG_EVENTS,
		.texts = { { "ISAPI and CGI", "ISAPI and CGI" SIGN_GAP "(?:restriction|not allowed|not enabled)" } },
		.means = "ASP.NET 4 is forbidden in the ISAPI and CGI restrictions of the web server.",
		.remedy = "Allow both entries of v4.0.30319 there, then run setup again.",
		.source = "page on installing the web console [DOC]",
		.task = "upgrade-web-console",
	},
	{
		.id = "prereq-reboot-pending", .role = SIGN_CAUSE, .next = NEXT_REPEAT, .logs = SETUP,
		.texts = { { "PendingFileRenameOperations",
			     "PendingFileRenameOperations" SIGN_GAP "(?:pending|reboot|restart|fail)" },
			   { "RebootPending", "RebootPending" SIGN_GAP "(?:true|exists|fail|restart|reboot)" } },
		.means = "An earlier installation waits for a restart of this machine.",
		.remedy = "Restart it, then run setup again.",
		.source = "prerequisites of the upgrade [DOC]; the wording in the log [UNCERTAIN]",
	},
	/* ---- accounts, Data Access Service ---- */
	{
		.id = "account-data-reader-differs", .role = SIGN_CAUSE, .next = NEXT_REPEAT,
		.logs = SETUP | LOG_EVENTS,
		.texts = { { "Data Reader account provided is not same", NULL } },
		.means = "The Run As profiles of the data warehouse hold other accounts than the one on the line.",
		.remedy = "Put the report deployment account on Collection Server and Warehouse Synchronization "
			"Server, the action account on Data Set and APM Data Transfer; then install with the report "
			"deployment account.",
		.source = "support page on installing Reporting [DOC]; a post of that title [FIELD]",
		.task = "upgrade-reporting-server",
	},
	{
		.id = "sdk-not-reachable", .role = SIGN_CAUSE, .next = NEXT_REPEAT, .logs = SETUP | LOG_EVENTS,
		.texts = { { "Unable to connect to the Data Access service", NULL } },
		.means = "The Data Access Service of the management server does not answer: it is stopped, the name "
			"is wrong, or the versions differ.",
		.remedy = "Check the service OMSDK and the name. The installer of 2019 without rollup does not talk "
			"to a server with a rollup: ask the vendor before anything is changed in the database.",
		.source = "a post on installing Reporting 2019 [FIELD]",
		.task = "upgrade-reporting-server",
	},
	{
		.id = "sdk-azman-store", .role = SIGN_CAUSE, .next = NEXT_ASK, .logs = LOG_EVENTS | SETUP,
		.texts = { { "AzManHelper.Initialize", NULL }, SIGN_EVENT("26380"), SIGN_EVENT("26339"),
			   SIGN_EVENT("26325") },
		.means = "The Data Access Service cannot open its authorization store, and stops right after its "
			"start: a local SQL login owns the database, or is db_owner in it.",
		.remedy = "Make sa or a domain login the owner, and take db_owner from local SQL logins.",
		.source = "a post on the service that does not stay on [FIELD]",
	},
	{
		.id = "sdk-spn-not-registered", .role = SIGN_REMARK, .next = NEXT_GO_ON, .logs = LOG_EVENTS,
		.texts = { SIGN_EVENT("26371"), { "failed to register an SPN", NULL } },
		.means = "The account of the Data Access Service may not write its SPN. This does not make setup fail.",
		.remedy = "A domain administrator adds MSOMSdkSvc/NAME and MSOMSdkSvc/FQDN to the account.",
		.source = "the product's list of events [DOC]",
	},
	/* ---- where it broke off ---- */
	{
		.id = "setup-canceled", .role = SIGN_CAUSE, .next = NEXT_ASK, .logs = SETUP,
		.texts = { { "User decided to cancel the install", NULL } },
		.means = "Somebody canceled setup, and it was rolled back.",
		.remedy = "Ask who it was, and check whether the role is still there.",
		.source = SIBLING,
	},
	{
		.id = "setup-fatal-action", .role = SIGN_PLACE, .next = NEXT_ASK, .logs = SETUP,
		.texts = { { "FATAL ACTION", "FATAL ACTION:\\s*(\\w{1,80})" } },
		.means = "Setup stopped in its action {1}. | Setup stopped.",
		.remedy = "The cause is above this line; what follows is the rollback.",
		.source = "support page on installing Reporting [DOC]",
	},
	{
		.id = "setup-item-failed", .role = SIGN_PLACE, .next = NEXT_ASK, .logs = SETUP,
		.texts = { { "This is a fatal item", "(?:for\\s+(\\S{1,80})\\s+failed)?.{0,40}This is a fatal item" },
			   { "failed to install", "Install Item\\s+(.{1,80}?)\\s+failed to install" } },
		.means = "The item {1} failed. | An item of setup failed.",
		.remedy = "Look at the lines since \"Doing Install task for\" that item, and at the log of its own "
			"package.",
		.source = "the vendor's pages and public sources on the same framework [DOC, CODE]; in these logs "
			"[UNCERTAIN]",
	},
	{
		.id = "setup-component-not-valid", .role = SIGN_SUMMARY, .next = NEXT_REPEAT, .logs = SETUP,
		.texts = { { "is not valid to install on this",
			     "(?:component|item)\\s+(\\w{1,40})\\s+is not valid to install on this" } },
		.means = "A check before it failed, so {1} is not installed. | A check before it failed.",
		.remedy = "Look at the first Error line above it, and at the failed results of SCOMPrereqCheck.log.",
		.source = LAB,
	},
	{
		.id = "setup-wrapper-invocation", .role = SIGN_SUMMARY, .next = NEXT_ASK, .logs = SETUP,
		.texts = { { "RunAdminScripts failed", NULL }, SIGN_CODE("80131604"),
			   { "thrown by the target of an invocation", NULL } },
		.means = "Only a wrapper: something that setup called reported an error.",
		.remedy = "Read the inner exception, in the Error line above it or after InnerException below.",
		.source = "support page on setup error 0x80131604 [DOC]",
	},
	{
		.id = "setup-ended-invalid-machine", .role = SIGN_SUMMARY, .next = NEXT_REPEAT, .logs = SETUP,
		.texts = { { "InvalidToInstallOnThisMachine", NULL }, { "FailedPrerequisiteChecks", NULL } },
		.means = "Setup's last message: a check of prerequisites or of a database failed. Nothing was changed.",
		.remedy = "Look at the first Error line above it, and at the failed results of SCOMPrereqCheck.log.",
		.source = LAB,
	},
	{
		.id = "rollback-removed-role", .role = SIGN_REMARK, .next = NEXT_RESTORE, .logs = SETUP,
		.texts = { { "RollBack", "Starting\\W*RollBack" } },
		.means = "A rollback ran. After a failed upgrade it can remove the role, although the databases are "
			 "already upgraded.",
		.remedy = "Check whether the role is still there. If it is gone: no second try and no other server; "
			"restore the databases and the server, or ask the vendor.",
		.source = "release notes 1801 [DOC]; a page on failed upgrades [FIELD]",
	},
	{ .id = NULL }
};
