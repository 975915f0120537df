/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Service Management Automation: the web service and its account, their fields and page. Each row names its source.
 */
#include "flows/sma/sma.h"

static bool uses_ssl(const struct scope *scope)
{
	return sma_answers(scope->plan)->ssl;
}

static bool check_pool_user(const struct scope *scope, struct report *to)
{
	return sma_warn_managed(sma_answers(scope->plan)->pool_user, to);
}

const struct field sma_pool_user = {
	.key = "accounts.application-pool.user",
	.kind = FIELD_TEXT,
	.flags = FIELD_REQUIRED,
	.offset = AT_TEXT(struct sma_answers, pool_user),
	.label = "Account of the application pool",
	.brief = "Pool account",
	.example = "CONTOSO\\svc-smaweb",
	.rule = rule_account,
	.tidy = tidy_trim,
	.check = check_pool_user,
	.help = "DOMAIN\\user: the current identity of the application pool SMA in IIS.",
	.source = "SMA deployment page; registry of the old servers [DOC, CODE]",
};

static const struct field sma_pool_password = {
	.key = "accounts.application-pool.password",
	.kind = FIELD_SECRET,
	.label = "Its password",
	.account = "accounts.application-pool",
	.help = PASSWORD_HELP,
	.source = "passwords on command lines [OURS]",
};

const struct field sma_web_address = {
	.key = "web-service.address",
	.kind = FIELD_TEXT,
	.flags = FIELD_SPARSE,
	.offset = AT_TEXT(struct sma_answers, web_address),
	.label = "Address of the web service",
	.brief = "Web address",
	.example = "sma.contoso.com",
	.rule = rule_host,
	.tidy = tidy_trim,
	.help = "The name in its certificate where that is not the server's, such as the name of a load balancer. "
		"Empty: the first web service is asked by its own name.",
	.source = "SMA deployment page [DOC]; the key [OURS]",
};

const struct field sma_web_site = {
	.key = "web-service.site",
	.kind = FIELD_TEXT,
	.flags = FIELD_REQUIRED,
	.offset = AT_TEXT(struct sma_answers, site),
	.label = "Web site",
	.preset = SMA_SITE,
	.rule = rule_web_site,
	.help = "The site in IIS, spelled as in IIS Manager.",
	.source = "SMA deployment page [DOC]",
};

const struct field sma_web_port = {
	.key = "web-service.port",
	.kind = FIELD_NUMBER,
	.offset = AT_NUMBER(struct sma_answers, port),
	.label = "Port of the web service",
	.brief = "Web port",
	.preset = "9090",
	.minimum = 1,
	.maximum = 65535,
	.help = "The installer opens it in the local firewall.",
	.source = "SMA system requirements; SMA deployment page [DOC]",
};

const struct field sma_web_ssl = {
	.key = "web-service.ssl",
	.kind = FIELD_FLAG,
	.offset = AT_FLAG(struct sma_answers, ssl),
	.label = "Use SSL",
	.preset = "yes",
	.help = "With SSL and no certificate named, the installer makes a self-signed one.",
	.source = "SMA deployment page [DOC]",
};

const struct field sma_web_certificate = {
	.key = "web-service.certificate-serial",
	.kind = FIELD_TEXT,
	.offset = AT_TEXT(struct sma_answers, certificate_serial),
	.label = "Serial number of the certificate",
	.brief = "Certificate",
	.example = "3a5f00c2d14e",
	.rule = rule_certificate_serial,
	.tidy = tidy_serial,
	.applies = uses_ssl,
	.help = "As the certificate's details show it; spaces are removed. Empty: a self-signed one is made.",
	.source = "SMA deployment page; limits of this program [DOC, OURS]",
};

const struct field sma_web_folder = {
	.key = "web-service.install-folder",
	.kind = FIELD_TEXT,
	.flags = FIELD_REQUIRED | FIELD_FOLDER,
	.offset = AT_TEXT(struct sma_answers, web_folder),
	.label = "Install the web service to",
	.brief = "Web folder",
	.preset = SMA_WEB_FOLDER,
	.rule = rule_install_folder,
	.tidy = tidy_path,
	.help = "An absolute path on a local drive, up to 247 characters.",
	.source = "SMA deployment page [DOC]",
};

const struct field sma_web_admins = {
	.key = "web-service.admin-group-members",
	.kind = FIELD_NAMES,
	.offset = AT_NAMES(struct sma_answers, admins),
	.label = "Members of the administrators' group",
	.brief = "Administrators",
	.example = "CONTOSO\\SMA Admins",
	.rule = rule_account_or_group,
	.tidy = tidy_trim,
	.help = "Users and groups, separated by commas: the current members of the local group smaAdminGroup.",
	.source = "SMA deployment page; registry of the old servers [DOC, CODE]",
};

const struct page sma_page_web = {
	.id = "web-service",
	.section = "Configuration",
	.title = "Web service",
	.rail = "Web service",
	.kind = PAGE_FORM,
	.help = "The web service is installed last, with its old settings. Windows Azure Pack knows it by name, "
		"port and certificate.",
	.fields = (const struct field *const[]){ &sma_pool_user, &sma_pool_password, &sma_web_admins, &sma_web_address,
						 &sma_web_site, &sma_web_port, &sma_web_ssl, &sma_web_certificate,
						 &sma_web_folder, NULL },
};
