/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Operations Manager: what its logs look like, how a run of setup ends, what stands in good runs too, what setup's exit
 * codes mean.
 */
#include "flows/om/om_signs.h"

#define SETUP (LOG_SETUP | LOG_ROLE)

/* "[20:00:03]:	Info:	:..."; people paste the time and the second colon away. */
#define SETUP_LINE "(?m)^(?:\\[\\d\\d:\\d\\d:\\d\\d\\]:?)?[ \\t]*(?:Info|Always|Error|Debug|Warn(?:ing)?):[ \\t]*:"

static const struct log_shape shapes[] = {
	{
		.id = "checks",
		.kind = LOG_CHECKS, .texts = LOG_CHECKS,
		.content = "<Result\\b[^>]{0,200}StatusCode",
		.title = "the results of the prerequisite checker",
		.record = "</Result>",
	},
	{
		.id = "checks",
		.kind = LOG_CHECKS, .texts = LOG_CHECKS,
		.content = "<Check\\b[^>]{0,400}StatusCode",
		.title = "the results of the prerequisite checker",
		.record = "/>",
	},
	{
		.id = "role",
		.kind = LOG_ROLE, .texts = LOG_ROLE | LOG_SETUP | LOG_PACKAGE,
		.name = "OM(?:Reporting|Server|Console|WebConsole)\\w*\\.",
		.content = SETUP_LINE "|" SIGN_PACKAGE_LOG,
		.title = "the log of a role's package",
	},
	{
		.id = "push",
		.kind = LOG_PUSH, .texts = LOG_PUSH | LOG_PACKAGE,
		.name = "AgentInstall\\.|MOMAgentMgmt",
		.content = SIGN_PACKAGE_LOG,
		.title = "the log of an agent that was pushed",
	},
	{
		.id = "push",
		.kind = LOG_PUSH, .texts = LOG_PUSH | LOG_PACKAGE,
		.name = "AgentInstall\\.|MOMAgentMgmt",
		.title = "the log of an agent that was pushed",
	},
	{
		.id = "setup",
		.kind = LOG_SETUP, .texts = LOG_SETUP | LOG_ROLE,
		.content = SETUP_LINE,
		.title = "setup's log",
	},
	{
		.id = "start",
		.kind = LOG_START, .texts = LOG_START,
		.content = "(?m)^[ \\t]*Message Type[ \\t]+\\d+:",
		.title = "the log of setup's start",
	},
	{
		.id = "unix",
		.kind = LOG_UNIX, .texts = LOG_UNIX,
		.content = "\\berrdata:|\\bSSHCommandProbe\\b|\\bDiscoveryResult\\b|\\bscxadmin\\b|\\bomiserver\\b",
		.title = "a log of a UNIX or Linux agent",
	},
	{ .id = NULL }
};

static const struct log_mark marks[] = {
	{ RUN_GOOD, SETUP, { "Application Ended: Success", NULL }, "a setup of the same framework [CODE]" },
	{ RUN_BAD, SETUP, { "Application Ended: ", "Application Ended: (?!Success)" }, "a lab's setup logs [FIELD]" },
	{ RUN_UNDO_BEGIN, SETUP, { "RollBack", "Starting\\W*RollBack" }, "a setup of the same framework [CODE]" },
	{ RUN_UNDO_END, SETUP, { "RollBack", "Ended\\W*RollBack" }, "a setup of the same framework [CODE]" },
	{ RUN_ERROR, SETUP, { "error:", "^(?:\\[[0-9:]{5,12}\\]:?)?\\s*Error:" }, "three setup logs [FIELD]" },
	{ RUN_ERROR, LOG_START, { "Error : 0x", "Error : 0x(?!0+\\b)" }, "a lab's setup logs [FIELD]" },
	{ RUN_ERROR, LOG_UNIX, { "errdata:", "\\berrdata:\\s*\\S" }, "a post on UNIX agents [FIELD]" },
	{ .logs = 0 }
};

static const struct log_noise noise[] = {
	{ SETUP, { "ImportManagementPack: Loading management pack", NULL }, "a good run [FIELD]" },
	{ SETUP, { "FirstManagementServer: Importing Management Pack", NULL }, "a good run [FIELD]" },
	{ SETUP, { "We will retry", NULL }, "one try, a later one may work [FIELD]" },
	{ SETUP, { "Run the RECONFIGURE statement to install", "changed from (\\d+) to \\1\\." },
	  "SQL Server's message 15457 [DOC]" },
	{ SETUP, { "Changed database context to", NULL }, "SQL Server's message 5701 [DOC]" },
	{ SETUP, { "Changed language setting to", NULL }, "SQL Server's message 5703 [DOC]" },
	{ SETUP, { "will still be created", NULL }, "SQL Server's message 2007 [DOC]" },
	{ SETUP, { "Null value is eliminated by an aggregate", NULL }, "SQL Server's message 8153 [DOC]" },
	{ SETUP, { "Changing any part of an object name", NULL }, "SQL Server's message 15477 [DOC]" },
	{ SETUP, { "The maximum key length", NULL }, "SQL Server's message 1945 [DOC]" },
	{ SETUP, { "Nonqualified transactions are being rolled back", NULL }, "SQL Server's message 5060 [DOC]" },
	{ SETUP, { "this item is not fatal", NULL }, "a setup of the same framework [CODE]" },
	{ SETUP, { "ngen", "\\bngen\\b(?!.{0,500}FATAL)" }, "the text itself says that it goes on [DOC]" },
	{ LOG_START, { "Copying Localization Folder", NULL }, "signs of life [FIELD]" },
	{ LOG_START, { "Starting to wait", NULL }, "signs of life [FIELD]" },
	{ LOG_EVENTS, SIGN_EVENT("10616"), "success in the form of an error [DOC]" },
	{ LOG_EVENTS, SIGN_EVENT("10628"), "success in the form of an error [DOC]" },
	{ LOG_EVENTS, SIGN_EVENT("10622"), "a restart that may be needed [DOC]" },
	{ LOG_EVENTS, { "Error Code: 0", "Error Code: (?:0x)?0+\\b" }, "success in the form of an error [DOC]" },
	{ LOG_EVENTS, SIGN_EVENT("33333"), "the first hour after the upgrade [UNCERTAIN]" },
	{ LOG_EVENTS, SIGN_EVENT("31551"), "the first hour after the upgrade [UNCERTAIN]" },
	{ LOG_EVENTS, SIGN_EVENT("31552"), "the first hour after the upgrade [UNCERTAIN]" },
	{ LOG_EVENTS, SIGN_EVENT("31553"), "the first hour after the upgrade [UNCERTAIN]" },
	{ .logs = 0 }
};

#define FRAMEWORK "exit codes of a setup of the same framework [CODE]; here [UNCERTAIN: one of them was seen, -17]"

static const struct exit_code codes[] = {
	{ "setup.exe", 1, "Failed", false, NEXT_ASK, "Setup failed.",
	  "Read its log: OpsMgrSetupWizard.log in %LocalAppData%\\SCOM\\LOGS of the account that ran it.", FRAMEWORK },
	{ "setup.exe", 13, "DifferentVersionInstalled", false, NEXT_ASK,
	  "Another version is installed than the one that this media can upgrade.",
	  "Compare the installed build with what the release can be upgraded from.", FRAMEWORK },
	{ "setup.exe", 14, "FailedPrerequisiteChecks", false, NEXT_REPEAT,
	  "A prerequisite failed; nothing was changed.", "Read SCOMPrereqCheck.log beside setup's log.", FRAMEWORK },
	{ "setup.exe", 15, "InvalidCommandLine", false, NEXT_REPEAT, "The command line is wrong; nothing was changed.",
	  "Compare it with the planned one, word by word.", FRAMEWORK },
	{ "setup.exe", 16, "InvalidInstallImage", false, NEXT_REPEAT, "Files of the media are missing or damaged.",
	  "Extract the media again.", FRAMEWORK },
	{ "setup.exe", 17, "InvalidToInstallOnThisMachine", false, NEXT_REPEAT,
	  "A prerequisite or a check of a database failed; nothing was changed.",
	  "Read SCOMPrereqCheck.log and the first Error line of setup's log.",
	  "number and name in a setup of the same framework [CODE]; seen as -17 [FIELD]" },
	{ "setup.exe", 18, "AnotherSetupRunningOnThisMachine", false, NEXT_REPEAT,
	  "Another setup is running on this machine.", "Wait for it, or end that process by its id.", FRAMEWORK },
	{ .program = NULL }
};

/* The rows that are read first stand first: what is more special before what is common. */
const struct log_tables om_logs = {
	.shapes = (const struct log_shape *const[]){ shapes, common_shapes, NULL },
	.signs = (const struct sign *const[]){ om_setup_signs, om_database_signs, om_role_signs, om_agent_signs,
					       om_unix_signs, common_sql_signs, common_signs, NULL },
	.marks = (const struct log_mark *const[]){ marks, common_marks, NULL },
	.noise = (const struct log_noise *const[]){ noise, common_noise, NULL },
	.codes = (const struct exit_code *const[]){ codes, common_codes, NULL },
};
