/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Signs of Windows Installer and of Windows: packages, files, services, accounts, WMI.
 */
#include "flows/common/common_signs.h"

#define PACKAGES (LOG_PACKAGE | LOG_ROLE | LOG_PUSH)
#define SETUPS (LOG_SETUP | LOG_START)

#define W32E "error codes of Windows Installer [DOC]"
#define W32M "messages of Windows Installer [DOC]; in these logs [UNCERTAIN]"
#define WINDOWS "error codes of Windows [DOC]; in these logs [UNCERTAIN]"

const struct sign common_signs[] = {
	/* ---- files, services ---- */
	{
		.id = "files-in-use", .role = SIGN_CAUSE, .next = NEXT_REPEAT, .logs = PACKAGES,
		.texts = { SIGN_MSI_ERROR("1306"), { "is in use", "\\bThe file \\S" SIGN_GAP "\\bis in use\\b" },
			   { "unable to automatically close all requested applications", NULL } },
		.means = "A console, a shell, IIS or a scanner holds files that are to be replaced.",
		.remedy = "Close it, or accept 3010 and restart; then run the step again.",
		.source = W32M,
	},
	{
		.id = "service-not-stopped", .role = SIGN_CAUSE, .next = NEXT_REPEAT, .logs = PACKAGES,
		.texts = { SIGN_MSI_ERROR("1921"),
			   { "could not be stopped", "\\bService\\b" SIGN_GAP "could not be stopped" } },
		.means = "A service does not stop: it hangs, often in a long script or in application monitoring.",
		.remedy = "Stop it by hand, end its left-over processes by their id, then run the step again.",
		.source = W32M,
	},
	{
		.id = "service-marked-for-deletion", .role = SIGN_CAUSE, .next = NEXT_REPEAT,
		.logs = PACKAGES | SETUPS,
		.texts = { SIGN_MSI_ERROR("1923"), { "marked for deletion", NULL } },
		.means = "The old service is only marked for deletion: an open services window or a handle keeps it.",
		.remedy = "Close the window, or restart the machine, then run the step again.",
		.source = W32M,
	},
	{
		.id = "service-start-failed", .role = SIGN_CAUSE, .next = NEXT_ASK, .logs = PACKAGES | SETUPS,
		.texts = { SIGN_MSI_ERROR("1920"),
			   { "failed to start", "\\bService\\b" SIGN_GAP "failed to start\\b" } },
		.means = "A service did not start in its time: a wrong password, a missing logon right, a "
			"dependency, a blocked file, or a database that cannot be reached. Missing rights are rarely "
			"the reason, whatever the message says.",
		.remedy = "Start it by hand, and read the System log and the product's event log of that minute.",
		.source = W32M,
	},
	{
		.id = "disk-full", .role = SIGN_CAUSE, .next = NEXT_REPEAT, .logs = PACKAGES | SETUPS,
		.texts = { SIGN_MSI_ERROR("1307"), { "not enough disk space", "\\bnot enough disk space\\b" },
			   { "not enough space on the disk", NULL }, SIGN_CODE("80070070") },
		.means = "The disk of the target folder, or of the Temp folder, is full.",
		.remedy = "Free space there, then run the step again.",
		.source = "messages and error codes of Windows Installer [DOC]",
	},
	/* ---- accounts ---- */
	{
		.id = "account-locked-or-wrong", .role = SIGN_CAUSE, .next = NEXT_REPEAT,
		.logs = PACKAGES | SETUPS | LOG_EVENTS,
		.texts = { SIGN_CODE("8007052E"), SIGN_CODE("80070775"),
			   { "user name or password is incorrect", NULL },
			   { "unknown user name or bad password", NULL },
			   { "account is currently locked out", NULL } },
		.means = "The password on the line is wrong, often because a shell changed its characters; or the "
			"account is locked.",
		.remedy = "Type it again, look at % ^ ! & and quotes in the shell that was used, and unlock the "
			"account.",
		.source = WINDOWS,
	},
	{
		.id = "account-no-service-logon", .role = SIGN_CAUSE, .next = NEXT_REPEAT,
		.logs = LOG_EVENTS | SETUPS | PACKAGES,
		.releases = "2019 2022 2025",
		.texts = { { "could not log on the RunAs account", NULL }, SIGN_CODE("80070569"),
			   { "logon type at this computer", "has not been granted the requested logon type" } },
		.means = "Since 2019 service accounts and Run As accounts need the right \"Log on as a service\".",
		.remedy = "Grant the right by policy before the upgrade, then go on.",
		.source = "release notes 2019 [DOC]",
	},
	/* ---- WMI, DCOM, RPC ---- */
	{
		.id = "wmi-remote-os-denied", .role = SIGN_CAUSE, .next = NEXT_REPEAT, .logs = SETUPS | LOG_ROLE,
		.texts = { { "GetRemoteOSVersion()",
			     "GetRemoteOSVersion\\(\\)" SIGN_GAP "(?:UnauthorizedAccessException|0x80070005)" } },
		.means = "The account that runs setup is not a local administrator on the SQL Server host, so setup "
			"cannot read the operating system there.",
		.remedy = "Make it an administrator there for the run, and revoke that afterwards.",
		.source = "three setup logs of one author [FIELD]",
	},
	{
		.id = "wmi-rpc-unavailable", .role = SIGN_CAUSE, .next = NEXT_REPEAT,
		.logs = SETUPS | LOG_ROLE | LOG_EVENTS | LOG_PUSH,
		.texts = { { "RPC server is unavailable", NULL }, SIGN_CODE("800706BA"), SIGN_CODE("800706BE") },
		.means = "The other machine cannot be reached: a firewall blocks it, its name leads elsewhere, or it "
			 "is down.",
		.remedy = "Open TCP 135, 445 and 49152 to 65535 for the run, and check the name.",
		.source = "support page on installing agents [DOC]; ports [FIELD]",
	},
	{
		.id = "dcom-hardening", .role = SIGN_CAUSE, .next = NEXT_REPEAT, .logs = LOG_EVENTS | SETUPS,
		.texts = { { "server-side authentication level policy does not allow the user", NULL },
			   { "RPC_C_AUTHN_LEVEL_PKT_INTEGRITY", NULL }, SIGN_EVENT("10036") },
		.means = "DCOM on the other machine refuses the old authentication level (KB5004442): the machine "
			"that asks lacks a Windows update.",
		.remedy = "Install the current Windows updates on the machine that runs setup. Do not weaken the "
			"other one.",
		.source = "an upgrade post and a note of the vendor's support [FIELD]",
	},
	{
		.id = "wmi-class-missing", .role = SIGN_CAUSE, .next = NEXT_REPEAT,
		.logs = SETUPS | LOG_ROLE | LOG_EVENTS | PACKAGES,
		.texts = { SIGN_CODE("80041010"), SIGN_CODE("8004100E"), SIGN_CODE("80041002") },
		.means = "The WMI repository of the machine that was asked, or the provider of SQL Server or "
			"Reporting Services in it, is damaged.",
		.remedy = "Run winmgmt /verifyrepository there, and register the provider again with mofcomp.",
		.source = "WMI's list of errors [DOC]; in these logs [UNCERTAIN]",
	},
	{
		.id = "wmi-access-denied", .role = SIGN_CAUSE, .next = NEXT_REPEAT,
		.logs = SETUPS | LOG_ROLE | LOG_EVENTS,
		.texts = { SIGN_CODE("80041003") },
		.means = "WMI on the other machine refuses the account: it lacks rights on root\\cimv2 or on SQL "
			"Server's namespace.",
		.remedy = "Make it a local administrator there for the run.",
		.source = "WMI's list of errors [DOC]; in these logs [UNCERTAIN]",
	},
	/* ---- Windows Installer ---- */
	{
		.id = "msi-1618", .role = SIGN_CAUSE, .next = NEXT_REPEAT, .logs = PACKAGES | SETUPS,
		.texts = { { "Another installation is already in progress", NULL },
			   { "returning 1618", "\\breturning 1618\\b" },
			   { "Failed to grab execution mutex",
			     "Failed to grab execution mutex\\. System error 258" } },
		.means = "Windows Installer is busy: an update, another package, or an earlier line that was not "
			"waited for.",
		.remedy = "Wait until it has ended, then run the same line again; nothing was changed.",
		.source = "error codes of Windows Installer [DOC]; second text [FIELD]",
	},
	{
		.id = "msi-1638", .role = SIGN_CAUSE, .next = NEXT_REPEAT, .logs = PACKAGES,
		.texts = { { "Another version of this product is already installed", NULL },
			   { "returning 1638", "\\breturning 1638\\b" }, SIGN_CODE("80070666") },
		.means = "The same product is there from another package: a minor update was run as an "
			"installation, or a Log Analytics agent looks newer.",
		.remedy = "Compare the versions. Leave a Log Analytics agent (8.0.110xx, 10.20.x), or remove it "
			"first.",
		.source = "error codes of Windows Installer [DOC]; the agent's case [UNCERTAIN]",
	},
	{
		.id = "msi-1706", .role = SIGN_CAUSE, .next = NEXT_REPEAT, .logs = PACKAGES,
		.texts = { SIGN_MSI_ERROR("1706"), { "No valid source could be found for product", NULL },
			   { "returning 1612", "\\breturning 1612\\b" } },
		.means = "The package of the old release is needed and is neither in Windows\\Installer nor at its "
			 "source.",
		.remedy = "Provide the original media of the old release, or put the cached package back.",
		.source = W32M,
	},
	{
		.id = "msi-2711", .role = SIGN_CAUSE, .next = NEXT_REPEAT, .logs = PACKAGES,
		.texts = { { "not found in Feature table", NULL },
			   { "error 2711", "(?<!debug: )\\berror\\s+2711\\." } },
		.means = "ADDLOCAL or REMOVE names a feature that the package does not have.",
		.remedy = "Correct the name on the line, or drop the property.",
		.source = W32M,
	},
	{
		.id = "msi-package-missing", .role = SIGN_CAUSE, .next = NEXT_REPEAT, .logs = PACKAGES | SETUPS,
		.texts = { { "installation package could not be opened", NULL },
			   { "returning 16", "\\breturning (?:1619|1620)\\b" } },
		.means = "The package cannot be opened: a wrong path, a share that the account cannot read, or a "
			 "damaged download.",
		.remedy = "Copy it to a local drive, and check its path and its signature.",
		.source = W32E,
	},
	{
		.id = "msi-cabinet-broken", .role = SIGN_CAUSE, .next = NEXT_REPEAT, .logs = PACKAGES,
		.texts = { SIGN_MSI_ERROR("1334"), SIGN_MSI_ERROR("1335"),
			   { "cannot be found in cabinet file", NULL },
			   { "cabinet file", "\\bcabinet file\\b" SIGN_GAP "\\bis corrupt\\b" } },
		.means = "The copy of the media is damaged; with patched products, left-over patch registrations have "
			 "the same effect.",
		.remedy = "Make a fresh copy of the media; then look at the product's Patches key.",
		.source = "messages of Windows Installer [DOC]; a case of 2007 [FIELD]",
	},
	{
		.id = "msi-policy-forbids", .role = SIGN_CAUSE, .next = NEXT_REPEAT, .logs = PACKAGES | SETUPS,
		.texts = { { "forbidden by system policy", NULL }, { "returning 1625", "\\breturning 1625\\b" } },
		.means = "AppLocker, a software restriction or DisableMSI forbids the package, or the prompt is not "
			"elevated.",
		.remedy = "Use an elevated prompt, and have the package allowed.",
		.source = W32E,
	},
	{
		.id = "msi-registry-rights", .role = SIGN_CAUSE, .next = NEXT_ASK, .logs = PACKAGES,
		.texts = { SIGN_MSI_ERROR("1402"), SIGN_MSI_ERROR("1406"),
			   { "Could not write value", "\\bCould not write value\\b" SIGN_GAP "\\bkey\\b" } },
		.means = "A key of the registry cannot be opened or written: its rights were changed, or a security "
			 "product blocks it.",
		.remedy = "Put the key's owner and rights back to their defaults, and pause the security product.",
		.source = W32M,
	},
	{
		.id = "msi-temp-folder", .role = SIGN_CAUSE, .next = NEXT_REPEAT, .logs = PACKAGES,
		.texts = { { "returning 1632", "\\breturning 1632\\b" },
			   { "Temp folder is either full or inaccessible", NULL } },
		.means = "The Temp folder is full, or the account may not write there.",
		.remedy = "Free space, or put the folder's rights back; then run the line again.",
		.source = W32E,
	},
	{
		.id = "msi-user-canceled", .role = SIGN_CAUSE, .next = NEXT_ASK, .logs = PACKAGES,
		.texts = { { "returning 1602", "\\breturning 1602\\b" }, { "Return value 2.", NULL },
			   { "success or error status: 1602", NULL } },
		.means = "Somebody pressed Cancel, or a dialog could not be shown.",
		.remedy = "Run it again; silent runs with /qn.",
		.source = W32E,
	},
	{
		.id = "msi-net-required", .role = SIGN_CAUSE, .next = NEXT_REPEAT, .logs = PACKAGES,
		.texts = { { ".NET Framework",
			     "\\.NET Framework ([0-9.]+)\\b.{0,80}\\bis required to install this application" } },
		.means = "The package needs .NET Framework {1} or later, and this machine has an older one.",
		.remedy = "Install that .NET Framework or a later one, then run the step again; nothing was changed.",
		.source = "a post on agents that cannot be deployed [FIELD]",
	},
	{
		.id = "msi-os-too-old", .role = SIGN_CAUSE, .next = NEXT_ASK, .logs = PACKAGES,
		.texts = { { "This product must be installed on",
			     "This product must be installed on (.{1,80}?)(?: or later|\\.|$)" } },
		.means = "The package needs {1} or later: the Windows of this machine is no longer supported.",
		.remedy = "Keep the old release there while it is supported, or move the machine to a newer Windows.",
		.source = "notes of an installation [FIELD]",
	},
	{
		.id = "msi-return-value-3", .role = SIGN_PLACE, .next = NEXT_ASK, .logs = PACKAGES,
		.texts = { { "Return value 3.", "(?:: )?([A-Za-z_][\\w.]{0,80})?\\.? Return value 3\\." } },
		.means = "The action {1} failed; the lines above say why. | An action failed; the lines above say "
			"why.",
		.remedy = "Read the lines above this one, back to where the action starts.",
		.source = "support page on installing agents [DOC]",
	},
	{
		.id = "msi-custom-action", .role = SIGN_PLACE, .next = NEXT_ASK, .logs = PACKAGES,
		.texts = { { "returned actual error code",
			     "CustomAction (\\S{1,80}) returned actual error code (?!0\\b)\\d+" } },
		.means = "{1} is the part of the package that failed. | A part of the package failed.",
		.remedy = "Read the lines above this one: they have its own message.",
		.source = "support page on an installer's error [DOC]",
	},
	{
		.id = "msi-1603", .role = SIGN_SUMMARY, .next = NEXT_ASK, .logs = PACKAGES,
		.texts = { { "returning 1603", "\\breturning 1603\\b" }, { "success or error status: 1603", NULL } },
		.means = "It failed; the code says no more than that.",
		.remedy = "Look for the first \"Return value 3\", \"Error\" with a number, or \"returned actual "
			"error code\".",
		.source = W32E,
	},
	{
		.id = "msi-3010", .role = SIGN_REMARK, .next = NEXT_GO_ON, .logs = PACKAGES | SETUPS,
		.texts = { { "returning 3010", "\\breturning 3010\\b" }, { "error status: 3010", NULL },
			   { "SuccessfulNeedReboot", NULL } },
		.means = "It worked, and a restart is needed.",
		.remedy = "Restart the machine before its next step, and mark this one as done.",
		.source = "error codes of Windows Installer [DOC]; setup's word [CODE]",
	},
	{
		.id = "msi-1641", .role = SIGN_REMARK, .next = NEXT_GO_ON, .logs = PACKAGES,
		.texts = { { "returning 1641", "\\breturning 1641\\b" }, { "error status: 1641", NULL } },
		.means = "It worked, and Windows Installer has begun a restart.",
		.remedy = "Wait for the machine; next time add /norestart.",
		.source = W32E,
	},
	{ .id = NULL }
};
