/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Facts that only Operations Manager has, and how the collector reads them.
 */
#include "flows/om/om_facts.h"

#include "flows/om/om.h"

/* clang-format off */
static const struct choice authorizations[] = {
	{ .id = "mixed" }, { .id = "network" }, { .id = NULL }
};

const struct field fact_account_om = {
	.key = "account.operations-manager-administrator", .kind = FIELD_FLAG,
	.help = "It is in the role Operations Manager Administrators.",
};
const struct field fact_build_server = {
	.key = "builds.server-version", .kind = FIELD_TEXT, .rule = rule_fact_version,
	.help = "ServerVersion in the registry; it does not follow every rollup.",
};
const struct field fact_build_file = {
	.key = "builds.file-version", .kind = FIELD_TEXT, .rule = rule_fact_version,
	.help = "File version of Tools\\TMF\\OMTraceTMFVer.Dll.",
};
const struct field fact_build_gateway = {
	.key = "builds.health-service-version", .kind = FIELD_TEXT, .rule = rule_fact_version,
	.help = "File version of HealthService.dll.",
};
const struct field fact_build_console = {
	.key = "builds.ui-version", .kind = FIELD_TEXT, .rule = rule_fact_version,
	.help = "UIVersion in the registry: that of the Operations console.",
};
const struct field fact_build_web_console = {
	.key = "builds.web-console-version", .kind = FIELD_TEXT, .rule = rule_fact_version,
	.help = "File version of WebConsole\\MonitoringView\\OMVersion.dll.",
};
const struct field fact_build_reporting = {
	.key = "builds.reporting-version", .kind = FIELD_TEXT, .rule = rule_fact_version,
	.help = "Version of the package of Reporting, of 2012 R2 or 2016.",
};
const struct field fact_report_viewer = {
	.key = "console.report-viewer-2015", .kind = FIELD_FLAG,
	.help = "Report Viewer 2015 Runtime is installed.",
};
const struct field fact_clr_types = {
	.key = "console.sql-clr-types-2014", .kind = FIELD_FLAG,
	.help = "System CLR Types for SQL Server 2014 are installed.",
};
const struct field fact_web_site = {
	.key = "web-console.site", .kind = FIELD_TEXT, .limit = FACT_TEXT,
	.help = "Site of IIS that the web console is in.",
};
const struct field fact_web_ssl = {
	.key = "web-console.ssl", .kind = FIELD_FLAG,
	.help = "The site has a binding of https.",
};
const struct field fact_web_authorization = {
	.key = "web-console.authorization", .kind = FIELD_CHOICE, .choices = authorizations,
	.help = "How the web console asks who one is.",
};
const struct field fact_web_management_server = {
	.key = "web-console.management-server", .kind = FIELD_TEXT, .limit = FACT_NAME,
	.help = "The management server that it asks.",
};
const struct field fact_reporting_management_server = {
	.key = "reporting.management-server", .kind = FIELD_TEXT, .limit = FACT_NAME,
	.help = "The management server that Reporting asks.",
};
const struct field fact_queue_group = {
	.key = "group", .kind = FIELD_TEXT, .flags = FIELD_REQUIRED, .limit = FACT_ACCOUNT,
	.help = "Management group that it is for.",
};
const struct field fact_queue_size = {
	.key = "kb", .kind = FIELD_NUMBER, .flags = FIELD_REQUIRED, .maximum = UINT32_MAX,
	.help = "Value maximumQueueSizeKb; 0: none is set, the product's own counts.",
};
static const struct field *const queue_columns[] = { &fact_queue_group, &fact_queue_size, NULL };
const struct field fact_queues = {
	.key = "agent-queues", .kind = FIELD_ROWS, .columns = queue_columns, .limit = FACT_MANY,
	.help = "Queues of the agent on this computer.",
};
/* clang-format on */

const struct field *const om_facts[] = {
	&fact_account_om, &fact_build_server, &fact_build_file, &fact_build_gateway, &fact_build_console,
	&fact_build_web_console, &fact_build_reporting,
	&fact_report_viewer, &fact_clr_types, &fact_web_site, &fact_web_ssl, &fact_web_authorization,
	&fact_web_management_server, &fact_reporting_management_server, &fact_queues, NULL
};

/* ---- what its databases are for ---- */

const struct choice om_databases[] = {
	{ .id = "operational", .label = "OperationsManager" },
	{ .id = "data-warehouse", .label = "OperationsManagerDW" },
	{ .id = "acs", .label = "OperationsManagerAC" },
	{ .id = "report-server", .label = "ReportServer" },
	{ .id = NULL }
};

const struct fact_words om_fact_words[] = {
	{ &fact_database_role, om_databases }, { &fact_replica_database, om_databases }, { NULL, NULL }
};
