/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Facts that only Service Management Automation has, and how the collector reads them.
 */
#include "flows/sma/sma.h"

enum { MOST_WORKERS = 1000 };

/* clang-format off */
const struct field fact_build_worker = {
	.key = "builds.runbook-worker-version", .kind = FIELD_TEXT, .rule = rule_fact_version,
	.help = "Of Service Management Automation, by its uninstall key.",
};
const struct field fact_build_web_service = {
	.key = "builds.web-service-version", .kind = FIELD_TEXT, .rule = rule_fact_version,
	.help = "Of Service Management Automation, by its uninstall key.",
};
const struct field fact_sma_worker_folder = {
	.key = "sma.worker-folder", .kind = FIELD_TEXT,
	.help = "Folder of the runbook worker.",
};
const struct field fact_sma_web_folder = {
	.key = "sma.web-service-folder", .kind = FIELD_TEXT,
	.help = "Folder of the web service.",
};
const struct field fact_sma_site = {
	.key = "sma.site", .kind = FIELD_TEXT, .limit = FACT_TEXT,
	.help = "Site of IIS that the web service is in.",
};
const struct field fact_sma_port = {
	.key = "sma.port", .kind = FIELD_NUMBER, .maximum = 65535,
	.help = "Port of its binding.",
};
const struct field fact_sma_ssl = {
	.key = "sma.ssl", .kind = FIELD_FLAG,
	.help = "Its binding is one of https.",
};
const struct field fact_sma_pool_account = {
	.key = "sma.application-pool-account", .kind = FIELD_TEXT, .limit = FACT_ACCOUNT,
	.help = "Account of its application pool.",
};
const struct field fact_sma_admins = {
	.key = "sma.admin-group-members", .kind = FIELD_NAMES, .limit = FACT_MANY,
	.help = "Groups and users that may administer it.",
};
const struct field fact_sma_certificate_serial = {
	.key = "sma.certificate-serial", .kind = FIELD_TEXT, .rule = rule_certificate_serial,
	.help = "Serial number of its certificate.",
};
const struct field fact_sma_certificate_name = {
	.key = "sma.certificate-name", .kind = FIELD_TEXT, .limit = FACT_NAME,
	.help = "Name that the certificate is for.",
};
const struct field fact_sma_certificate_self_signed = {
	.key = "sma.certificate-self-signed", .kind = FIELD_FLAG,
	.help = "Whom it is for is who gave it out.",
};
const struct field fact_sma_certificate_ends = {
	.key = "sma.certificate-ends", .kind = FIELD_TEXT, .rule = rule_date,
	.help = "Day on which it ends: 2027-03-01.",
};
const struct field fact_sma_workers = {
	.key = "sma.workers", .kind = FIELD_NAMES, .limit = MOST_WORKERS,
	.help = "Runbook workers of the deployment.",
};
const struct field fact_sma_license = {
	.key = "sma.license", .kind = FIELD_TEXT, .limit = FACT_TEXT,
	.help = "What the web service says of its license.",
};
/* clang-format on */

const struct field *const sma_facts[] = {
	&fact_build_worker, &fact_build_web_service, &fact_sma_worker_folder, &fact_sma_web_folder, &fact_sma_site,
	&fact_sma_port, &fact_sma_ssl, &fact_sma_pool_account, &fact_sma_admins, &fact_sma_certificate_serial,
	&fact_sma_certificate_name, &fact_sma_certificate_self_signed, &fact_sma_certificate_ends, &fact_sma_workers,
	&fact_sma_license, NULL
};

const struct choice sma_databases[] = { { .id = "sma", .label = "SMA" }, { .id = NULL } };

const struct fact_words sma_fact_words[] = {
	{ &fact_database_role, sma_databases }, { &fact_replica_database, sma_databases }, { NULL, NULL }
};

const char *sma_found_build(const struct scope *scope, const struct task *task)
{
	const struct fact_set *facts = facts_of(scope->facts, scope->server->name);

	if (task->roles == SMA_WORKER)
		return fact_text(facts, &fact_build_worker);
	return task->roles == SMA_WEB_SERVICE ? fact_text(facts, &fact_build_web_service) : NULL;
}
