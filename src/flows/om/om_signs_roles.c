/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Operations Manager: signs of gateways and certificates, of the web console, of Reporting and of ACS.
 */
#include "flows/om/om_signs.h"

#define SETUP (LOG_SETUP | LOG_ROLE)
#define PACKAGES (LOG_PACKAGE | LOG_ROLE | LOG_PUSH)
#define EVENT_LIST "the product's list of events [DOC]"

const struct sign om_role_signs[] = {
	/* ---- gateway, certificates ---- */
	{
		.id = "gw-certificate-not-usable", .role = SIGN_CAUSE, .next = NEXT_GO_ON, .logs = LOG_EVENTS,
		.texts = { SIGN_EVENT("20049"), SIGN_EVENT("20050"), SIGN_EVENT("20052"), SIGN_EVENT("20066"),
			   SIGN_EVENT("20077"), SIGN_EVENT("21036") },
		.means = "The certificate cannot be used: its key usage, its extended usage, its key specification, "
			"or it has no private key. The event says which.",
		.remedy = "Get a certificate for client and server authentication with key exchange and a private "
			"key in the machine's store, and import it with MOMCertImport; event 20053 says that it "
			"worked.",
		.source = "page on installing a gateway; the product's list of events [DOC]",
		.task = "upgrade-gateway",
	},
	{
		.id = "gw-certificate-not-loaded", .role = SIGN_CAUSE, .next = NEXT_GO_ON, .logs = LOG_EVENTS,
		.texts = { SIGN_EVENT("20068"), SIGN_EVENT("20069") },
		.means = "The certificate that the registry names cannot be loaded: it is missing, or its private "
			"key cannot be used.",
		.remedy = "Import the certificate with its private key into the machine's store, run MOMCertImport, "
			"and restart HealthService; event 20053 says that it worked.",
		.source = "page on installing a gateway; the product's list of events [DOC]",
		.task = "upgrade-gateway",
	},
	{
		.id = "gw-not-authorized", .role = SIGN_CAUSE, .next = NEXT_GO_ON, .logs = LOG_EVENTS,
		.texts = { SIGN_EVENT("20071"), SIGN_EVENT("20000") },
		.means = "The management server does not accept this machine: it is not approved, approved under "
			"another name, or not configured yet.",
		.remedy = "After an upgrade wait first, then restart HealthService. A gateway that was never "
			"approved needs the approval tool with both full names.",
		.source = EVENT_LIST,
		.task = "upgrade-gateway",
	},
	{
		.id = "gw-mutual-authentication", .role = SIGN_CAUSE, .next = NEXT_GO_ON, .logs = LOG_EVENTS,
		.texts = { SIGN_EVENT("20057"), SIGN_EVENT("21001"), SIGN_EVENT("21007"), SIGN_EVENT("21010"),
			   SIGN_EVENT("20067"), SIGN_EVENT("20072") },
		.means = "The two machines cannot prove to each other who they are: no trust and no certificate, a "
			"missing SPN, or a chain that is not trusted.",
		.remedy = "Put the root certificate on both sides, and use certificates whose names are the "
			"computers' names.",
		.source = EVENT_LIST,
		.task = "upgrade-gateway",
	},
	{
		.id = "gw-not-reachable", .role = SIGN_REMARK, .next = NEXT_GO_ON, .logs = LOG_EVENTS,
		.texts = { SIGN_EVENT("21006"), SIGN_EVENT("21016"), SIGN_EVENT("20070") },
		.means = "The management server above does not answer on TCP 5723. That is normal while its "
			"services are stopped or it is being upgraded.",
		.remedy = "If it goes on an hour after the upgrade, look at the firewall and at the approval.",
		.source = "support page on agents' connections; the product's list of events [DOC]",
	},
	/* ---- web console ---- */
	{
		.id = "web-http-module", .role = SIGN_CAUSE, .next = NEXT_GO_ON, .logs = LOG_EVENTS | SETUP,
		.texts = { { "System.ServiceModel.Activation.HttpModule", NULL } },
		.releases = "2012-r2 2016",
		.means = "HTTP Activation is missing on the web server, or .NET 3.5 was registered over .NET 4.",
		.remedy = "Add HTTP Activation; on Windows Server 2012 also run aspnet_regiis -r.",
		.source = "release notes 2016 [DOC]",
		.task = "upgrade-web-console",
	},
	{
		.id = "web-error-1943", .role = SIGN_CAUSE, .next = NEXT_REPEAT, .logs = PACKAGES,
		.texts = { SIGN_MSI_ERROR("1943"),
			   { "SDDL string", "\\bSDDL string\\b" SIGN_GAP "(?:invalid|could not|cannot|not be)" } },
		.means = "An account or group that the package gives rights to does not exist: the role IIS is "
			 "missing, or this is not a Windows Server.",
		.remedy = "Install IIS with its role services first, then run the step again.",
		.source = "a list of installer tests [FIELD]; messages of Windows Installer [DOC]",
		.task = "upgrade-web-console",
	},
	{
		.id = "web-binding-404", .role = SIGN_CAUSE, .next = NEXT_GO_ON, .logs = LOG_EVENTS,
		.texts = { { "(404) Not Found", "remote server returned an error: \\(404\\) Not Found" } },
		.releases = "1801 1807",
		.means = "The web site listens on a host name or one address only, and the web console calls itself "
			 "as localhost.",
		.remedy = "Add bindings for localhost on the same ports.",
		.source = "support page on logging on to the web console [DOC]; notes of an installation [FIELD]",
		.task = "upgrade-web-console",
	},
	{
		.id = "web-500-delegation", .role = SIGN_CAUSE, .next = NEXT_GO_ON, .logs = LOG_EVENTS,
		.texts = { { "500 - Internal server error", NULL } },
		.means = "A stand-alone web console may not pass on the identity of its users: SPNs or delegation are "
			 "missing.",
		.remedy = "Set the SPNs of MSOMSdkSvc and HTTP, and constrained delegation for the web console's "
			"machine.",
		.source = "support page on error 500 of the web console [DOC]",
		.task = "upgrade-web-console",
	},
	/* ---- Reporting ---- */
	{
		.id = "rep-custom-code-missing", .role = SIGN_CAUSE, .next = NEXT_ASK, .logs = SETUP,
		.texts = { { "reports publishing failed", "Application Monitoring reports publishing failed" },
			   { "Presentation.Util.AntiXssEncoder", NULL },
			   { "Publishing App Diagnostics Reports failed", NULL } },
		.releases = "2012-r2 2016",
		.means = "An old assembly Microsoft.EnterpriseManagement.Reporting.Code is in the assembly cache, "
			"and reports cannot be published.",
		.remedy = "Remove that assembly from Windows\\Assembly, restart the machine, then run setup again.",
		.source = "support page on installing Reporting, error 0xffffffff [DOC]",
		.task = "upgrade-reporting-server",
	},
	{
		.id = "rep-extension-not-allowed", .role = SIGN_CAUSE, .next = NEXT_GO_ON, .logs = LOG_EVENTS | SETUP,
		.texts = { { "ResourceFileFormatNotAllowedException", NULL },
			   { "extension is not allowed",
			     "Uploading or saving files with\\s+(\\S{1,20})\\s+extension is not allowed" },
			   SIGN_EVENT("31567") },
		.releases = "1807 2019 2022 2025",
		.means = "Reporting Services refuses the files of the reports.",
		.remedy = "Add *.* or the list of extensions to AllowedResourceExtensionsForUpload, and restart "
			"Reporting Services.",
		.source = "support page on deploying reports [DOC]; notes of an installation [FIELD]",
		.task = "upgrade-reporting-server",
	},
	{
		.id = "rep-ssrs-unauthorized", .role = SIGN_CAUSE, .next = NEXT_REPEAT, .logs = SETUP,
		.texts = { { "failed with HTTP status 401", NULL } },
		.means = "Reporting Services refuses the account that runs setup: an alias that the loopback check "
			"stops, a wrong address, or no right as a content manager.",
		.remedy = "Use the real host name, or BackConnectionHostNames; make the account System "
			"Administrator and Content Manager there.",
		.source = "practice with Reporting Services [UNCERTAIN]",
		.task = "upgrade-reporting-server",
	},
	/* ---- ACS ---- */
	{
		.id = "acs-query-denied", .role = SIGN_CAUSE, .next = NEXT_GO_ON, .logs = LOG_EVENTS,
		.texts = { { "0x00000005",
			     "(?:AdtAdmin|setquery)" SIGN_GAP "0x00000005|0x00000005" SIGN_GAP
			     "(?:AdtAdmin|setquery)" } },
		.releases = "2012-r2 2016 1801 1807 2019",
		.means = "NETWORK SERVICE may not write the Parameters key of the collector.",
		.remedy = "Give NETWORK SERVICE the right to set values on that key.",
		.source = "a note of the vendor's support [FIELD]",
		.task = "upgrade-acs-collector",
	},
	/* ---- licence, releases ---- */
	{
		.id = "lic-expired", .role = SIGN_CAUSE, .next = NEXT_GO_ON, .logs = LOG_EVENTS,
		.texts = { SIGN_EVENT("26383"), SIGN_EVENT("26384") },
		.means = "The product is an evaluation that has expired or is about to.",
		.remedy = "Run Set-SCOMLicense with the product key, and restart the Data Access Service on all "
			"management servers.",
		.source = EVENT_LIST,
		.task = "check-license",
	},
	{ .id = NULL }
};
