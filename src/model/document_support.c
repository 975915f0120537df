/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The documents that the tables rest on: support pages of the vendor, Windows and SQL Server.
 */
#include "model/document_rows.h"

const struct document document_support[] = {
	{
		.id = "setup-not-completed", .kind = DOCUMENT_VENDOR, .date = "2020-07-06",
		.title = "Operations Manager setup cannot be completed",
		.address = TROUBLE "setup-not-completed-error",
		.calls = { "support page on a setup that does not complete" },
	},
	{
		.id = "setup-error-0x80131604", .kind = DOCUMENT_VENDOR, .date = "2020-06-30",
		.title = "Error 0x80131604 installing an OpsMgr management server",
		.address = TROUBLE "management-server-installation-error-0x80131604",
		.calls = { "support page on setup error 0x80131604", "a support article on 0x80131604" },
	},
	{
		.id = "reporting-data-reader", .kind = DOCUMENT_VENDOR, .date = "2022-09-26",
		.title = "Can't install Reporting Services in System Center Operations Manager",
		.address = TROUBLE "reporting-services-installation-fails",
		.calls = { "support page on installing Reporting" },
	},
	{
		.id = "reporting-error-0xffffffff", .kind = DOCUMENT_VENDOR, .date = "2020-06-30",
		.title = "Reporting installation or upgrade fails with error 0xffffffff",
		.address = TROUBLE "reporting-installation-error-0xffffffff",
		.calls = { "support page on installing Reporting, error 0xffffffff" },
	},
	{
		.id = "reports-not-deployed", .kind = DOCUMENT_VENDOR, .date = "2022-10-10",
		.title = "Operations Manager reports fail to deploy",
		.address = TROUBLE "cannot-deploy-operations-manager-reports",
		.calls = { "support page on deploying reports" },
	},
	{
		.id = "uninstalled-features", .kind = DOCUMENT_VENDOR, .date = "2020-07-07",
		.title = "OpsMgr stops working after uninstalling features",
		.address = TROUBLE "uninstalling-features-causes-opsmgr-stop-working",
		.calls = { "support page on uninstalled features" },
	},
	{
		.id = "web-console-login", .kind = DOCUMENT_VENDOR, .date = "2020-07-06",
		.title = "Login errors when installing the web console",
		.address = TROUBLE "web-console-login-errors",
		.calls = { "support page on logging on to the web console" },
	},
	{
		.id = "web-console-500", .kind = DOCUMENT_VENDOR, .date = "2023-02-09",
		.title = "HTTP 500 error when connecting to OpsMgr web console remotely",
		.address = TROUBLE "http-500-error-connecting-to-web-console",
		.calls = { "support page on error 500 of the web console" },
	},
	{
		.id = "agent-error-25211", .kind = DOCUMENT_VENDOR, .date = "2020-06-22",
		.title = "Error 25211 installing the Operations Manager agent",
		.address = TROUBLE "error-25211-installing-opsmgr-agent",
		.calls = { "support page on error 25211" },
	},
	{
		.id = "agent-error-80070520", .kind = DOCUMENT_VENDOR, .date = "2024-04-15",
		.title = "Error 80070520 when deploying Operations Manager agents",
		.address = TROUBLE "deploy-operations-manager-agents-error-80070520",
		.calls = { "support page on error 80070520" },
	},
	{
		.id = "push-error-800706d3", .kind = DOCUMENT_VENDOR, .date = "2024-04-15",
		.title = "OpsMgr agent push installation fails with error 800706D3",
		.address = TROUBLE "agent-push-installation-error-800706d3",
		.calls = { "support page on push error 800706D3" },
	},
	{
		.id = "agent-installation", .kind = DOCUMENT_VENDOR,
		.title = "Troubleshoot client agent installation issues",
		.address = TROUBLE "troubleshoot-client-agent-installation-issues",
		.calls = { "support page on installing agents" },
	},
	{
		.id = "agent-connectivity", .kind = DOCUMENT_VENDOR,
		.title = "Troubleshoot agent connectivity issues in Operations Manager",
		.address = TROUBLE "troubleshoot-agent-connectivity-issues",
		.calls = { "support page on agents' connections" },
	},
	{
		.id = "unix-discovery", .kind = DOCUMENT_VENDOR,
		.title = "Troubleshoot UNIX/Linux agent discovery",
		.address = TROUBLE "troubleshoot-unix-linux-agent-discovery",
		.calls = { "support page on discovering UNIX and Linux computers" },
	},
	{
		.id = "duplicate-aliases", .kind = DOCUMENT_VENDOR, .date = "2023-03-30",
		.title = "Remove duplicate Management pack aliases",
		.address = TROUBLE "remove-duplicate-management-pack-aliases",
		.calls = { "support page on duplicate aliases", "support article on duplicate aliases" },
	},
	{
		.id = "sma-web-service-error", .kind = DOCUMENT_VENDOR, .date = "2024-06-26",
		.title = "Exception error installing SMA Web Service",
		.address = LEARN "troubleshoot/system-center/orchestrator/exception-error-install-sma-web-service",
		.calls = { "support page on an error of the web service's installer" },
	},
	{
		.id = "installer-error", .kind = DOCUMENT_VENDOR,
		.title = "A support page on an installer's error, of another product of the suite",
		.calls = { "support page on an installer's error" },
	},
	{
		.id = "msi-codes", .kind = DOCUMENT_VENDOR,
		.title = "Windows Installer: error codes",
		.address = LEARN "windows/win32/msi/error-codes",
		.calls = { "error codes of Windows Installer", "messages and error codes of Windows Installer",
			   "Windows Installer", "success in the form of an error", "a restart that may be needed" },
	},
	{
		.id = "msi-messages", .kind = DOCUMENT_VENDOR,
		.title = "Windows Installer Error Messages (for Developers)",
		.address = LEARN "windows/win32/msi/windows-installer-error-messages",
		.calls = { "messages of Windows Installer", "messages and error codes of Windows Installer" },
	},
	{
		.id = "msiexec", .kind = DOCUMENT_VENDOR,
		.title = "msiexec",
		.address = LEARN "windows-server/administration/windows-commands/msiexec",
		.calls = { "msiexec", "setup and msiexec" },
	},
	{
		.id = "windows-codes", .kind = DOCUMENT_VENDOR,
		.title = "System Error Codes",
		.address = LEARN "windows/win32/debug/system-error-codes",
		.calls = { "error codes of Windows" },
	},
	{
		.id = "wmi-codes", .kind = DOCUMENT_VENDOR,
		.title = "WMI Error Constants",
		.address = LEARN "windows/win32/wmisdk/wmi-error-constants",
		.calls = { "WMI's list of errors" },
	},
	{
		.id = "sql-errors", .kind = DOCUMENT_VENDOR,
		.title = "Database engine events and errors",
		.address = LEARN "sql/relational-databases/errors-events/database-engine-events-and-errors",
		.calls = { "SQL Server's list of errors", "SQL Server's message 15457",
			   "SQL Server's message 15477", "SQL Server's message 1945", "SQL Server's message 2007",
			   "SQL Server's message 5060", "SQL Server's message 5701", "SQL Server's message 5703",
			   "SQL Server's message 8153", "SQL Server's documentation" },
	},
	{
		.id = "sql-backup", .kind = DOCUMENT_VENDOR,
		.title = "BACKUP (Transact-SQL)",
		.address = LEARN "sql/t-sql/statements/backup-transact-sql",
		.calls = { "SQL Server reference of BACKUP" },
	},
	{
		.id = "reporting-services", .kind = DOCUMENT_VENDOR,
		.title = "Reporting Services WMI provider, class MSReportServer_ConfigurationSetting",
		.calls = { "configuration of Reporting Services" },
	},
	{
		.id = "product-texts", .kind = DOCUMENT_VENDOR,
		.title = "What the product's own messages and packages say",
		.calls = { "the text itself", "properties of the package",
			   "setup's message about the Data Reader account" },
	},
	{ .id = NULL }
};
