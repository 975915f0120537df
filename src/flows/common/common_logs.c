/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Logs of common programs: what they look like, how their runs begin and end, what stands in good ones too, what
 * msiexec's exit codes mean.
 */
#include "flows/common/common_signs.h"

#define PACKAGES (LOG_PACKAGE | LOG_ROLE | LOG_PUSH)

const struct log_shape common_shapes[] = {
	{
		.id = "package",
		.kind = LOG_PACKAGE, .texts = PACKAGES,
		.content = SIGN_PACKAGE_LOG,
		.title = "a log of Windows Installer",
	},
	{
		.id = "sql",
		.kind = LOG_SQL, .texts = LOG_SQL,
		.content = "(?m)^\\d{4}-\\d\\d-\\d\\d [0-9:.]+ (?:spid\\d+s?|server|logon|backup)\\s",
		.title = "SQL Server's error log",
	},
	{
		.id = "events",
		.kind = LOG_EVENTS, .texts = LOG_EVENTS | LOG_PUSH,
		.content = "<EventID|(?m)^(?:Log Name:|\"?Level\"?[,;\\t]\"?Date and Time|Event ?ID\\s*:)|"
			   "(?m)^Error (?:Code|Description):",
		.title = "exported events",
	},
	{ .id = NULL }
};

const struct log_mark common_marks[] = {
	{ RUN_BEGIN, PACKAGES, { "=== Verbose logging started", NULL }, "Windows Installer [DOC]" },
	{ RUN_BEGIN, PACKAGES, { "=== Logging started", NULL }, "Windows Installer [DOC]" },
	{ RUN_GOOD, PACKAGES, { "Installation success or error status",
				"Installation success or error status:\\s*(0|3010|1641)\\b" },
	  "Windows Installer [DOC]" },
	{ RUN_BAD, PACKAGES, { "Installation success or error status",
			       "Installation success or error status:\\s*(?!(?:0|3010|1641)\\b)(\\d{1,5})\\b" },
	  "Windows Installer [DOC]" },
	{ RUN_GOOD, PACKAGES, { "MainEngineThread is returning", "MainEngineThread is returning (0|3010|1641)\\b" },
	  "Windows Installer [DOC]" },
	{ RUN_BAD, PACKAGES, { "MainEngineThread is returning",
			       "MainEngineThread is returning (?!(?:0|3010|1641)\\b)(\\d{1,5})\\b" },
	  "Windows Installer [DOC]" },
	{ RUN_ERROR, PACKAGES, { "error ", "(?<!debug: )(?<!system )(?<!or )\\berror [12]\\d{3,4}\\. ?\\w" },
	  "Windows Installer [DOC]" },
	{ RUN_ERROR, LOG_PUSH | LOG_EVENTS, { "Error Code: 8", "Error Code: 8[0-9A-F]{7}" }, "event texts [DOC]" },
	{ .logs = 0 }
};

const struct log_noise common_noise[] = {
	{ PACKAGES,
	  { "Note: 1: ", "\\bNote: 1: (?:1325|1336|1402|2205|2228|2262|2318|2715|2729|2898)\\b" },
	  "a good run [FIELD]" },
	{ PACKAGES, { "DEBUG: Error 28", "DEBUG: Error 28\\d\\d" }, "dialogs of a good run [FIELD]" },
	{ PACKAGES, { "Skipping action: ", NULL }, "a good run [FIELD]" },
	{ PACKAGES, { "PROPERTY CHANGE: ", NULL }, "a good run [FIELD]" },
	{ PACKAGES,
	  { "Property(",
	    "\\bProperty\\([SCN]\\): (?:ErrorDialog|SecureCustomProperties|\\w*(?:Error|Fail|Abort)\\w*) =" },
	  "a good run [FIELD]" },
	{ PACKAGES, { "will be translated to success", NULL }, "Windows Installer [DOC]" },
	{ PACKAGES, { "RESTART MANAGER:", NULL }, "Windows Installer [DOC]" },
	{ PACKAGES, { "MSI_LUA: ", NULL }, "a good run [FIELD]" },
	{ PACKAGES, { "Machine policy value", NULL }, "a good run [FIELD]" },
	{ PACKAGES, { "SOFTWARE RESTRICTION POLICY: ", NULL }, "a good run [UNCERTAIN]" },
	{ PACKAGES, { "Resetting cached policy values", NULL }, "a good run [FIELD]" },
	{ PACKAGES, { "Decrementing counter to disable shutdown", NULL }, "a good run [FIELD]" },
	{ PACKAGES, { "Won't Overwrite;", NULL }, "a good run [UNCERTAIN]" },
	{ PACKAGES, { "Custom Action Manager thread ending", NULL }, "a good run [FIELD]" },
	{ PACKAGES, { "Destroying RemoteAPI object", NULL }, "a good run [FIELD]" },
	{ PACKAGES, { "Unable to delete the file outside of the engine", NULL }, "a good run [UNCERTAIN]" },
	{ PACKAGES, { "Doing action: FatalError", NULL }, "a consequence [FIELD]" },
	{ PACKAGES,
	  { "ExecNetFx: ", "ExecNetFx:" SIGN_GAP "(?:0xffffffff|Ngen|not installed)" },
	  "the text itself says that it goes on [DOC]" },
	{ PACKAGES, { "continuing anyway", NULL }, "the text itself says that it goes on [DOC]" },
	{ PACKAGES, { "specified assembly is not installed", NULL }, "the text itself says that it goes on [DOC]" },
	{ PACKAGES, { "Product check", "\\bProduct check\\b" }, "a lab's filter [CODE: one]" },
	{ LOG_SQL, { "Starting up database 'SCOMINSTALLTESTDB_", NULL }, "setup's own trial [FIELD]" },
	{ .logs = 0 }
};

#define W32E "error codes of Windows Installer [DOC]"

const struct exit_code common_codes[] = {
	{ "any setup", 0, NULL, true, NEXT_GO_ON, "It worked.",
	  "Check what the step says under verify; a setup with windows returns 0 whatever happened.",
	  "setup and msiexec [DOC, FIELD]" },
	{ "any setup", 3010, NULL, true, NEXT_GO_ON, "It worked, and a restart is needed.",
	  "Restart the machine before its next step.", "msiexec [DOC]; setup.exe [CODE]" },
	{ "msiexec", 1601, NULL, false, NEXT_REPEAT, "The Windows Installer service cannot be reached.",
	  "Start the service, then run the line again.", W32E },
	{ "msiexec", 1602, NULL, false, NEXT_ASK, "Somebody canceled it, or a dialog could not be shown.",
	  "Run it again; silent runs with /qn.", W32E },
	{ "msiexec", 1603, NULL, false, NEXT_ASK, "It failed; the code says no more than that.",
	  "Look in the log for the first \"Return value 3\" and the lines above it.", W32E },
	{ "msiexec", 1605, NULL, false, NEXT_GO_ON, "What was to be removed is not installed.",
	  "Check the product code; a removal has nothing to do then.", W32E },
	{ "msiexec", 1612, NULL, false, NEXT_REPEAT, "The source of the installed product is not available.",
	  "Provide the original media, then run the line again.", W32E },
	{ "msiexec", 1618, NULL, false, NEXT_REPEAT, "Another installation is running.",
	  "Wait until it has ended, then run the same line again.", W32E },
	{ "msiexec", 1619, NULL, false, NEXT_REPEAT, "The package could not be opened.",
	  "Check the path, and that the account can read it; copy it to a local drive.", W32E },
	{ "msiexec", 1620, NULL, false, NEXT_REPEAT, "The file is not a valid package.",
	  "Copy it again from the media, and check its signature.", W32E },
	{ "msiexec", 1622, NULL, false, NEXT_REPEAT, "The log cannot be written: its folder does not exist.",
	  "Make the folder of /l*v, then run the line again; nothing was installed.", W32E },
	{ "msiexec", 1624, NULL, false, NEXT_REPEAT, "A transform cannot be applied.",
	  "Check the paths of TRANSFORMS.", W32E },
	{ "msiexec", 1625, NULL, false, NEXT_REPEAT, "A policy forbids it, or the prompt is not elevated.",
	  "Use an elevated prompt, or have the package allowed.", W32E },
	{ "msiexec", 1632, NULL, false, NEXT_REPEAT, "The Temp folder is full, or may not be written.",
	  "Free space, or put the rights of the Temp folder back.", W32E },
	{ "msiexec", 1633, NULL, false, NEXT_REPEAT, "The package is for another platform.",
	  "Use the package for this machine's platform.", W32E },
	{ "msiexec", 1638, NULL, false, NEXT_REPEAT, "Another version of the product is installed.",
	  "Compare the versions: the line may be the one of an installation, not of an upgrade.", W32E },
	{ "msiexec", 1639, NULL, false, NEXT_REPEAT, "The command line is wrong.",
	  "Compare it with the planned one, word by word.", W32E },
	{ "msiexec", 1641, NULL, true, NEXT_GO_ON, "It worked, and a restart has begun.",
	  "Wait for the machine; next time add /norestart.", W32E },
	{ "msiexec", 1654, NULL, false, NEXT_ASK, "The installation was refused.", "Read the log.", W32E },
	{ .program = NULL }
};
