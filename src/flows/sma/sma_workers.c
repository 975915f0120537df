/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Service Management Automation: what is installed on the runbook workers, its license and options, their fields and
 * page. Each row names its source.
 */
#include "flows/sma/sma.h"

static bool check_worker_user(const struct scope *scope, struct report *to)
{
	return sma_warn_managed(sma_answers(scope->plan)->worker_user, to);
}

const struct field sma_worker_user = {
	.key = "accounts.worker-service.user",
	.kind = FIELD_TEXT,
	.flags = FIELD_REQUIRED,
	.offset = AT_TEXT(struct sma_answers, worker_user),
	.label = "Service account of the workers",
	.brief = "Worker account",
	.example = "CONTOSO\\svc-sma",
	.rule = rule_account,
	.tidy = tidy_trim,
	.check = check_worker_user,
	.help = "DOMAIN\\user: the current logon of the service rbsvc.",
	.source = "SMA deployment page; registry of the old servers [DOC, CODE]",
};

static const struct field f_worker_password = {
	.key = "accounts.worker-service.password",
	.kind = FIELD_SECRET,
	.label = "Its password",
	.account = "accounts.worker-service",
	.help = PASSWORD_HELP,
	.source = "passwords on command lines [OURS]",
};

static const struct choice licenses[] = {
	{ "key", "A product key", "Key", "PRODUCTKEY stands in the lines, and the key is typed where they run." },
	{ "evaluation", "An evaluation", "Evaluation",
	  "It ends 180 days after the installation, unless a key is set." },
	{ NULL, NULL, NULL, NULL }
};

const struct field sma_license = {
	.key = "license",
	.kind = FIELD_CHOICE,
	.offset = AT_CHOICE(struct sma_answers, license),
	.label = "License of the new installation",
	.brief = "License",
	.choices = licenses,
	.preset = "key",
	.help = "Nothing of the old installation's license is kept: without a key the new one is an evaluation.",
	.source = "SMA deployment page [OURS: from its table of properties]",
};

static bool has_product_key(const struct scope *scope)
{
	return sma_answers(scope->plan)->license == SMA_LICENSE_KEY;
}

const struct field sma_product_key = {
	.key = "product-key.password",
	.kind = FIELD_SECRET,
	.label = "Product key",
	.account = "product-key",
	.help = "May stay empty, which is recommended: the line then says <product-key>, and you type it on the "
		"server. It is never written to a file.",
	.applies = has_product_key,
	.source = "SMA deployment page [DOC]",
};

const struct field sma_worker_folder = {
	.key = "worker.install-folder",
	.kind = FIELD_TEXT,
	.flags = FIELD_REQUIRED | FIELD_FOLDER | FIELD_THIS_HOP,
	.offset = AT_TEXT(struct sma_answers, worker_folder),
	.label = "Install the workers to",
	.brief = "Worker folder",
	.preset_of = common_folder,
	.rule = rule_install_folder,
	.tidy = tidy_path,
	.help = "An absolute path on a local drive, up to 247 characters.",
	.source = "SMA deployment page [UNCERTAIN: the 2016 pages still print the folder of 2012 R2]",
};

const struct field sma_etw = {
	.key = "options.etw-manifest",
	.kind = FIELD_FLAG,
	.offset = AT_FLAG(struct sma_answers, etw_manifest),
	.label = "Install the ETW manifest",
	.brief = "ETW manifest",
	.preset = "yes",
	.help = "For the event log of Service Management Automation.",
	.source = "SMA deployment page [DOC]",
};

const struct field sma_telemetry = {
	.key = "options.telemetry",
	.kind = FIELD_FLAG,
	.offset = AT_FLAG(struct sma_answers, telemetry),
	.label = "Send telemetry reports to Microsoft",
	.brief = "Telemetry",
	.preset = "yes",
	.help = "Yes is the documented default; no is always allowed.",
	.source = "SMA deployment page [DOC]",
};

const struct field sma_update = {
	.key = "options.microsoft-update",
	.kind = FIELD_FLAG,
	.offset = AT_FLAG(struct sma_answers, microsoft_update),
	.label = "Turn Microsoft Update on",
	.brief = "Microsoft Update",
	.preset = "no",
	.help = "No changes nothing.",
	.source = "SMA deployment page [DOC]",
};

const struct page sma_page_workers = {
	.id = "workers",
	.section = "Configuration",
	.title = "Runbook workers",
	.rail = "Workers",
	.kind = PAGE_FORM,
	.help = "Every worker gets the same line. They are installed before the web service, since the database exists "
		"already.",
	.fields = (const struct field *const[]){ &sma_worker_user, &f_worker_password, &sma_worker_folder, &sma_license,
						 &sma_product_key, &sma_etw, &sma_telemetry, &sma_update, NULL },
};
