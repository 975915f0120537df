/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Service Management Automation: signs of its packages. What Windows Installer and SQL Server say is common.
 */
#include "flows/common/common_signs.h"
#include "flows/sma/sma.h"

#define PACKAGES (LOG_PACKAGE | LOG_ROLE)
#define PAGE "page on deploying Service Management Automation [DOC]"

static const struct sign signs[] = {
	{
		.id = "sma-fips", .role = SIGN_CAUSE, .next = NEXT_REPEAT, .logs = PACKAGES,
		.texts = { { "not part of the Windows Platform FIPS validated", NULL },
			   { "GenerateTenantKey", "GenerateTenantKey" SIGN_GAP "(?:exception|error|fail|FIPS)" } },
		.means = "The policy for FIPS algorithms forbids the cipher that the web service's package uses.",
		.remedy = "Turn the policy off for the installation, after asking those who set it; "
			"then run the step again.",
		.source = "support page on an error of the web service's installer [DOC]",
		.task = "install-web-service",
	},
	{
		.id = "sma-basic-authentication", .role = SIGN_CAUSE, .next = NEXT_REPEAT, .logs = PACKAGES,
		.texts = { { "Basic Authentication",
			     "\\b(?:IIS|Internet Information)" SIGN_GAP "Basic Authentication|Basic Authentication"
			     SIGN_GAP "(?:required|must be|not installed|is missing)" } },
		.means = "The web server lacks role services that the package asks for.",
		.remedy = "Add Basic, Windows and URL authorization, ASP.NET 4.5 and HTTP Activation, then run the "
			"step again.",
		.source = "page on deploying Service Management Automation [DOC]; a list of installer tests [FIELD]",
		.task = "install-web-service",
	},
	{
		.id = "sma-service-account", .role = SIGN_CAUSE, .next = NEXT_REPEAT, .logs = PACKAGES,
		.texts = { { "ProductName = ", "\\bProperty\\([SC]\\): ProductName = .{0,80}Runbook Worker" } },
		.lacks = { "SERVICEACCOUNT", NULL },
		.means = "SERVICEACCOUNT is not among the properties of this run; the worker's package "
			"needs it and SERVICEPASSWORD.",
		.remedy = "Give both on the line, as the plan has it.",
		.source = "a list of installer tests [FIELD]; public scripts [CODE]",
		.task = "install-runbook-worker",
	},
	{
		.id = "sma-powershell-4", .role = SIGN_CAUSE, .next = NEXT_ASK, .logs = PACKAGES,
		.texts = { { "PowerShell 4", "PowerShell 4(?:\\.0)?\\b.{0,80}(?:required|must be|needs|install)" } },
		.releases = "2012-r2",
		.means = "The packages of 2012 R2 ask for PowerShell 4.0 exactly, and this machine has a later one. "
			"It matters only for a way back.",
		.remedy = "Restore the machine as it was, or use a transform of the package.",
		.source = "a public module for these packages [CODE]",
	},
	{
		.id = "sma-module-missing", .role = SIGN_CAUSE, .next = NEXT_REPEAT, .logs = PACKAGES,
		.texts = { { "PowerShell Module",
			     "PowerShell Module" SIGN_GAP "(?:required|must be installed|not installed)" } },
		.means = "The PowerShell module is missing, which comes before the web service.",
		.remedy = "Install PowershellModuleInstaller.msi first, then run the step again.",
		.source = "page on deploying Service Management Automation [DOC]; the text [UNCERTAIN]",
		.task = "install-web-service",
	},
	{
		.id = "sma-certificate", .role = SIGN_CAUSE, .next = NEXT_REPEAT, .logs = PACKAGES,
		.texts = { { "certificate",
			     "\\bcertificate\\b" SIGN_GAP "\\bserial number\\b" SIGN_GAP
			     "(?:not found|could not be found|does not exist|cannot)" } },
		.means = "No certificate with the serial number of CERTIFICATESERIAL is in the machine's "
			"store: it has spaces, is a thumbprint, or the certificate is in another store.",
		.remedy = "Give the serial number in hex without spaces, of a certificate with a private key in the "
			"machine's store.",
		.source = "properties of the package [UNCERTAIN]",
		.task = "install-web-service",
	},
	{
		.id = "sma-service-start", .role = SIGN_CAUSE, .next = NEXT_ASK, .logs = PACKAGES,
		.texts = { { "rbsvc",
			     "(?:error 1920|failed to start)" SIGN_GAP "rbsvc|rbsvc" SIGN_GAP "failed to start" },
			   { "RunbookService",
			     "(?:error 1920|failed to start)" SIGN_GAP "RunbookService|RunbookService" SIGN_GAP
			     "failed to start" } },
		.means = "The service of the runbook worker did not start: its account, the right to log on as a "
			"service, or the database.",
		.remedy = "Start it by hand, and read the event log of Service Management Automation of that minute.",
		.source = "messages of Windows Installer [DOC]; in these logs [UNCERTAIN]",
		.task = "install-runbook-worker",
	},
	{
		.id = "sma-database", .role = SIGN_CAUSE, .next = NEXT_REPEAT, .logs = PACKAGES,
		.texts = { { "already exists. Choose a different database name",
			     "Database '?([^']{1,128}?)'? already exists" },
			   { "CREATEDATABASE", "CREATEDATABASE" SIGN_GAP "(?:exists|fail|error)" } },
		.means = "The package tried to create the database, which exists.",
		.remedy = "CREATEDATABASE=No for the upgrade, and the server as \"server, port\"; compare the line "
			"with the plan.",
		.source = "properties of the package [UNCERTAIN]",
		.task = "install-runbook-worker",
	},
	{ .id = NULL }
};

const struct log_tables sma_logs = {
	.shapes = (const struct log_shape *const[]){ common_shapes, NULL },
	.signs = (const struct sign *const[]){ signs, common_sql_signs, common_signs, NULL },
	.marks = (const struct log_mark *const[]){ common_marks, NULL },
	.noise = (const struct log_noise *const[]){ common_noise, NULL },
	.codes = (const struct exit_code *const[]){ common_codes, NULL },
};
