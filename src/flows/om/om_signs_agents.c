/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Operations Manager: signs of agents on Windows, of their package and of how a management server pushes them.
 */
#include "flows/om/om_signs.h"

#define PACKAGES (LOG_PACKAGE | LOG_PUSH)
#define PUSHED (LOG_EVENTS | LOG_PUSH)
#define EVENT_LIST "the product's list of events [DOC]"
#define PUSH_PAGE "support page on installing agents [DOC]"
#define PUSH .task = "approve-agents", .next = NEXT_REPEAT, .role = SIGN_CAUSE

const struct sign om_agent_signs[] = {
	/* ---- the package ---- */
	{
		.id = "agt-25211", .role = SIGN_CAUSE, .next = NEXT_REPEAT, .logs = PACKAGES | LOG_EVENTS,
		.texts = { SIGN_MSI_ERROR("25211"), { "Failed to install performance counters", NULL } },
		.releases = "2012-r2 2016",
		.means = "The performance counters cannot be registered: their keys are missing, Perfh009.dat is "
			"locked, or the machine's counters are damaged.",
		.remedy = "Run it with NOAPM=1; or create the Performance keys of HealthService and MOMConnector, "
			"find what locks the file, and rebuild the counters with lodctr /R.",
		.source = "support page on error 25211 [DOC]",
		.task = "upgrade-agent",
	},
	{
		.id = "files-health-service-state", .role = SIGN_REMARK, .next = NEXT_GO_ON,
		.logs = PACKAGES | LOG_EVENTS,
		.texts = { { "Warning 25453", NULL }, { "25453.", "\\b(?:error|warning)\\s+25453\\." } },
		.means = "A file or window keeps a folder \"Health Service State\" open; setup goes on without "
			"replacing it.",
		.remedy = "Let it go on. Afterwards stop HealthService, rename that folder, and start the service.",
		.source = "a page on upgrading 2012 to SP1 [FIELD]",
	},
	{
		.id = "agt-25nnn", .role = SIGN_CAUSE, .next = NEXT_ASK, .logs = PACKAGES,
		.texts = { { "error 25", "\\berror\\s+25(?!211\\.|453\\.)\\d{3}\\.\\s*(.{0,100})" } },
		.means = "An action of the package itself failed: {1} | An action of the package itself failed.",
		.remedy = "Read the sentence after the number; the error code in it is one of Windows.",
		.source = "the form of errors 25211 and 25453 [UNCERTAIN]",
	},
	{
		.id = "agt-esent-keys", .role = SIGN_CAUSE, .next = NEXT_REPEAT, .logs = PACKAGES | LOG_EVENTS,
		.texts = { { "ESENT Keys are required", NULL } },
		.means = "The package was not started from an elevated prompt.",
		.remedy = "Run the line from an elevated prompt; nothing was changed.",
		.source = "a post of that title [FIELD]",
		.task = "upgrade-agent",
	},
	{
		.id = "agt-event-log-acl", .role = SIGN_CAUSE, .next = NEXT_REPEAT, .logs = PACKAGES,
		.texts = { { "ConvertStringSecurityDescriptorToSecurityDescriptor failed", NULL },
			   { "ModifyEventLogAccessForNetworkService",
			     "ModifyEventLogAccessForNetworkService\\(\\)" SIGN_GAP "(?:fail|error|0x8)" } },
		.releases = "2012-r2 2016",
		.means = "The account may not change the rights of the Security log, or the log's CustomSD value is "
			"damaged.",
		.remedy = "Use an account with these rights, and repair CustomSD.",
		.source = PUSH_PAGE,
		.task = "upgrade-agent",
	},
	{
		.id = "agt-temp-database", .role = SIGN_CAUSE, .next = NEXT_REPEAT, .logs = PACKAGES,
		.texts = { { "Cannot open database file", "Cannot open database file\\. System error -2147024629" } },
		.means = "The installer has no rights on the system's Temp folder.",
		.remedy = "Put the rights of Windows\\Temp back, then run the step again.",
		.source = PUSH_PAGE,
		.task = "upgrade-agent",
	},
	/* ---- pushed from a management server ---- */
	{
		PUSH, .id = "push-access-denied", .logs = PUSHED,
		.texts = { SIGN_CODE("80070005"), SIGN_EVENT("10602"), SIGN_EVENT("10603"), SIGN_EVENT("10612") },
		.means = "The account is not an administrator on the target, or remote administration is restricted "
			"there.",
		.remedy = "Use the right account; test the share admin$, the services and the registry of the "
			"target with it.",
		.source = "support page on installing agents; the product's list of events [DOC]",
	},
	{
		PUSH, .id = "push-network", .logs = PUSHED,
		.texts = { SIGN_CODE("800706D9"), SIGN_CODE("80070035"), SIGN_CODE("80070043"),
			   SIGN_CODE("80070079") },
		.means = "The target cannot be reached: firewall, name, administrative share, or a slow network.",
		.remedy = "Open the ports 135, 137, 139, 445, 5723 and the dynamic ones; Netlogon, Remote Registry "
			"and Windows Installer have to run there.",
		.source = "support page on installing agents [DOC]; two of the numbers [UNCERTAIN]",
	},
	{
		PUSH, .id = "push-dns-client", .logs = PUSHED,
		.texts = { SIGN_CODE("800706D3"), { "authentication service is unknown", NULL } },
		.means = "The service DNS Client of the target is stopped.",
		.remedy = "Start it, then try again.",
		.source = "support page on push error 800706D3 [DOC]",
	},
	{
		PUSH, .id = "push-logon-session", .logs = PUSHED,
		.texts = { SIGN_CODE("80070520"), { "specified logon session does not exist", NULL } },
		.means = "A policy forbids storing credentials, or the action account is Local System.",
		.remedy = "Set disabledomaincreds to 0, or use a domain account as the action account.",
		.source = "support page on error 80070520 [DOC]",
	},
	{
		PUSH, .id = "push-ad-codes", .logs = PUSHED,
		.texts = { { "C000296E", NULL }, { "C0002976", NULL } },
		.means = "Active Directory refuses the account, or a policy does.",
		.remedy = "As for denied access: use the right account, and test it on the target.",
		.source = PUSH_PAGE,
	},
	{
		PUSH, .id = "push-timeout", .logs = PUSHED,
		.texts = { SIGN_CODE("80070102"), SIGN_EVENT("10621"), SIGN_EVENT("10623"),
			   { "timed out while processing", NULL },
			   { "could not start the MOMAgentInstaller service", NULL } },
		.means = "The target is slow, or its installer waits. It may still finish.",
		.remedy = "Wait, look at the agent's version, and try again only then; exclude the agent from the "
			"scanner.",
		.source = "the product's list of events [DOC]; the number [UNCERTAIN]",
	},
	{
		PUSH, .id = "push-installer-left", .logs = PUSHED,
		.texts = { { "already contains MOMAgentInstaller", NULL }, SIGN_EVENT("10619"), SIGN_EVENT("10620") },
		.means = "An earlier push to this machine was interrupted and left its service behind.",
		.remedy = "Restart the target or delete the service MOMAgentInstaller, then try again; or install "
			"by hand.",
		.source = EVENT_LIST,
	},
	{
		PUSH, .id = "push-lock", .logs = PUSHED,
		.texts = { SIGN_EVENT("10609"), { "failed to acquire lock", NULL } },
		.means = "Another push to this machine is running.",
		.remedy = "Wait until it has ended.",
		.source = EVENT_LIST,
	},
	{
		PUSH, .id = "push-services", .logs = PUSHED,
		.texts = { SIGN_EVENT("10606"), SIGN_EVENT("10614") },
		.means = "Services that the push needs are not running on the target, or Windows Installer is disabled "
			"there.",
		.remedy = "Start or enable them, then try again.",
		.source = EVENT_LIST,
	},
	{
		PUSH, .id = "push-os", .logs = PUSHED,
		.texts = { { "operating system version verification", NULL }, { "could not execute WMI Query", NULL },
			   SIGN_EVENT("10607"), SIGN_EVENT("10615"), SIGN_EVENT("10629") },
		.means = "The Windows of the target is too old, or WMI does not answer there.",
		.remedy = "Check its Windows against the release; repair WMI and DCOM there.",
		.source = EVENT_LIST,
	},
	{
		PUSH, .id = "push-name", .logs = PUSHED,
		.texts = { SIGN_EVENT("10601"), SIGN_EVENT("10608"), SIGN_EVENT("10617") },
		.means = "The name is not that of this machine: a cluster's name, or another NetBIOS name.",
		.remedy = "Use the node's own name.",
		.source = EVENT_LIST,
	},
	{
		PUSH, .id = "push-share", .logs = PUSHED,
		.texts = { SIGN_EVENT("10618"), { "could not find directory", NULL },
			   { "cannot find the path specified",
			     "agent" SIGN_GAP "cannot find the path specified|cannot find the path specified"
			     SIGN_GAP "agent" } },
		.means = "The share admin$ is missing on the target, or there is no package for its platform: from "
			"2019 on there is no 32-bit agent.",
		.remedy = "Enable the share; 32-bit Windows keeps the old agent.",
		.source = "the product's list of events; release notes 2019 [DOC]",
	},
	{
		PUSH, .id = "push-module-missing", .logs = PUSHED | LOG_PACKAGE,
		.texts = { SIGN_CODE("8007007E"), { "specified module could not be found", NULL } },
		.means = "A library that the package loads is missing or blocked: a runtime, or a scanner.",
		.remedy = "Install the runtime, pause the scanner, repair the system's files, then try again.",
		.source = "error codes of Windows [DOC]; in these logs [UNCERTAIN]",
	},
	{
		PUSH, .id = "push-incompatible", .logs = PUSHED,
		.texts = { SIGN_EVENT("21044"), { "running an incompatible version", NULL } },
		.means = "The target is a management server, a gateway, or of another release.",
		.remedy = "Upgrade it as what it is.",
		.source = EVENT_LIST,
	},
	{
		PUSH, .id = "push-uninstall-leftovers", .logs = PUSHED,
		.texts = { SIGN_CODE("80070643") },
		.with = "\\b(?:uninstall|remov)(?:ed|ing|al)?\\b", .within = 4,
		.releases = "2012-r2 2016 1801 1807 2019",
		.means = "After the removal of the old agent, its installer keys, services and folders remained.",
		.remedy = "Remove what remained (Products, UpgradeCodes, Uninstall, services, folders), restart, "
			"try again.",
		.source = "a note of the vendor's support [FIELD]",
	},
	{
		.role = SIGN_PLACE, .next = NEXT_REPEAT, .task = "approve-agents", .id = "push-msi-failed",
		.logs = PUSHED,
		.texts = { SIGN_EVENT("10624"), SIGN_EVENT("10625"), SIGN_CODE("80070643"),
			   { "Microsoft Installer Error Description", NULL } },
		.means = "The agent's package failed on the target.",
		.remedy = "Read the log that the event names, COMPUTERAgentInstall.LOG in "
			"AgentManagement\\AgentLogs of the management server: give it to this command.",
		.source = EVENT_LIST,
	},
	{ .id = NULL }
};
