/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Facts that only Operations Manager has.
 */
#include "flows/om/om.h"

/* clang-format off */
const struct field fact_account_om = {
	.key = "account.operations-manager-administrator", .kind = FIELD_FLAG,
	.help = "It is in the role Operations Manager Administrators.",
};
const struct field fact_build_server = {
	.key = "builds.server-version", .kind = FIELD_TEXT, .rule = rule_fact_version,
	.help = "ServerVersion in the registry; it does not follow every rollup.",
};
const struct field fact_build_ui = {
	.key = "builds.ui-version", .kind = FIELD_TEXT, .rule = rule_fact_version,
	.help = "UIVersion in the registry.",
};
const struct field fact_build_database = {
	.key = "builds.database-version", .kind = FIELD_TEXT, .rule = rule_fact_version,
	.help = "DatabaseVersion in the registry.",
};
const struct field fact_build_file = {
	.key = "builds.file-version", .kind = FIELD_TEXT, .rule = rule_fact_version,
	.help = "File version of Tools\\TMF\\OMTraceTMFVer.Dll.",
};
const struct field fact_build_gateway = {
	.key = "builds.health-service-version", .kind = FIELD_TEXT, .rule = rule_fact_version,
	.help = "File version of HealthService.dll.",
};
const struct field fact_report_viewer = {
	.key = "console.report-viewer-2015", .kind = FIELD_FLAG,
	.help = "Report Viewer 2015 Runtime is installed.",
};
const struct field fact_clr_types = {
	.key = "console.sql-clr-types-2014", .kind = FIELD_FLAG,
	.help = "System CLR Types for SQL Server 2014 are installed.",
};
/* clang-format on */

const struct field *const om_facts[] = {
	&fact_account_om, &fact_build_server, &fact_build_ui, &fact_build_database, &fact_build_file,
	&fact_build_gateway, &fact_report_viewer, &fact_clr_types, NULL
};
