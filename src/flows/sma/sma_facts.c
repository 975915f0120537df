/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Facts that only Service Management Automation has, and how the collector reads them.
 */
#include "flows/sma/sma.h"

/* clang-format off */
const struct field fact_build_worker = {
	.key = "builds.runbook-worker-version", .kind = FIELD_TEXT, .rule = rule_fact_version,
	.help = "Of Service Management Automation, by its uninstall key.",
};
const struct field fact_build_web_service = {
	.key = "builds.web-service-version", .kind = FIELD_TEXT, .rule = rule_fact_version,
	.help = "Of Service Management Automation, by its uninstall key.",
};
/* clang-format on */

const struct field *const sma_facts[] = {
	&fact_build_worker, &fact_build_web_service, NULL
};

const struct choice sma_databases[] = { { .id = "sma", .label = "SMA" }, { .id = NULL } };

const struct fact_words sma_fact_words[] = { { &fact_database_role, sma_databases }, { NULL, NULL } };

/* ---- the collector ---- */

/* clang-format off */
static const char *const product_keys[] = {
	"$smaRoot = 'HKLM:\\SOFTWARE\\Microsoft\\ServiceManagementAutomation'",
	NULL
};

static const char *const builds[] = {
	"Read-Fact -Key 'builds.runbook-worker-version' -Query {",
	"    Get-InstalledVersion -Like '*Service Management Automation Runbook Worker*'",
	"}",
	"Read-Fact -Key 'builds.web-service-version' -Query {",
	"    Get-InstalledVersion -Like '*Service Management Automation Web Service*'",
	"}",
	NULL
};

static const struct collector_part parts[] = {
	{ "{product-keys}", product_keys },
	{ "{builds}", builds },
	{ NULL, NULL }
};

static const char *const services[] = { "W3SVC", "rbsvc", NULL };

static const struct collector_database databases[] = {
	{ "sma", "(Join-Path -Path $smaRoot -ChildPath 'WebService')",
	  "DatabaseServerName", "DatabaseServerInstance", "DatabaseName" },
	{ "sma", "(Join-Path -Path $smaRoot -ChildPath 'RunbookWorker')",
	  "DatabaseServerName", "DatabaseServerInstance", "DatabaseName" },
	{ .role = NULL }
};
/* clang-format on */

const struct collector sma_collector = { parts, services, databases, NULL };
