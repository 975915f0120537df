/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Operations Manager: the accounts of the command lines, their fields and their page. Each row names its source.
 */
#include "flows/om/om.h"

static const struct choice das_kinds[] = { { "domain", "A domain account", "domain",
					     "The account that the Data Access Service runs under now." },
					   { "local-system", "Local System", "Local System",
					     "The page for a distributed group asks for a domain account; whether an "
					     "upgrade accepts Local System is not certain." },
					   { "group-managed", "A group managed service account", "group managed",
					     "It has no password. No document shows it on a silent line: the pages of "
					     "setup are the safe way." },
					   { NULL, NULL, NULL, NULL } };

static bool offers_das_kind(const struct scope *scope, const struct choice *choice)
{
	return choice != &das_kinds[OM_DAS_GROUP_MANAGED] || scope->hop->after->gmsa_setup;
}

static bool check_das_kind(const struct scope *scope, struct report *to)
{
	if (om_answers(scope->plan)->das_kind == OM_DAS_GROUP_MANAGED && !scope->hop->after->gmsa_setup)
		return report_error(to, "das-group-managed", "Use a domain account; it can be changed after setup.",
				    "Setup of %s does not accept a group managed service "
				    "account.", scope->hop->target->brief);
	if (om_answers(scope->plan)->das_kind == OM_DAS_GROUP_MANAGED)
		report_add(to, SEV_WARNING, "das-group-managed-silent",
			   "Upgrade the management servers with the pages of setup.",
			   "No document shows a group managed service account on a silent line.");
	if (om_answers(scope->plan)->das_kind == OM_DAS_LOCAL_SYSTEM)
		report_add(to, SEV_WARNING, "das-local-system",
			   "Use the domain account that the service runs under, if it has one.",
			   "No document confirms that an upgrade accepts Local System for the Data Access Service.");
	return true;
}

static bool check_das_user(const struct scope *scope, struct report *to)
{
	const struct om_answers *answers = om_answers(scope->plan);
	const struct product_release *after = scope->hop->after;

	if (answers->das_kind == OM_DAS_GROUP_MANAGED) {
		if (!common_is_managed(answers->das_user))
			report_add(to, SEV_WARNING, "account-managed", "Look whether it is one.",
				   "The name of a group managed service account ends with a dollar sign.");
		return true;
	}
	if (after->gmsa_setup)
		return common_warn_managed(answers->das_user, "Such an account has no password.",
					   "If it is one, choose it as what the Data Access Service runs under (kind: "
					   "group-managed).", to);
	return common_warn_managed(answers->das_user,
				   after->gmsa_text ? arena_printf(scope->arena, "%s takes them %s.",
								   scope->hop->target->brief, after->gmsa_text)
						    : arena_printf(scope->arena, "%s does not take them.",
								   scope->hop->target->brief),
				   "Use a domain account with a password for the upgrade.", to);
}

static bool check_reader_user(const struct scope *scope, struct report *to)
{
	return common_warn_managed(om_answers(scope->plan)->reader_user,
				   "No document shows one as Data Reader account on a silent line.",
				   scope->hop->after->gmsa_setup
					   ? "Upgrade the management servers with the pages of setup."
					   : "Use a domain account with a password for the upgrade.", to);
}

static bool is_das_domain(const struct scope *scope)
{
	return om_answers(scope->plan)->das_kind == OM_DAS_DOMAIN;
}

static bool is_das_named(const struct scope *scope)
{
	return om_answers(scope->plan)->das_kind != OM_DAS_LOCAL_SYSTEM;
}

const struct field om_das_kind = {
	.key = "accounts.data-access.kind",
	.kind = FIELD_CHOICE,
	.offset = AT_CHOICE(struct om_answers, das_kind),
	.label = "The Data Access Service runs under",
	.brief = "DAS runs under",
	.choices = das_kinds,
	.offers = offers_das_kind,
	.preset = "domain",
	.check = check_das_kind,
	.help = "As it does now: see Log On of the service System Center Data Access Service (OMSDK).",
	.source = "upgrade page, step 8 [PAGE]; Local System: upgrade pages of the roles [UNCERTAIN]",
};

const struct field om_das_user = {
	.key = "accounts.data-access.user",
	.kind = FIELD_TEXT,
	.flags = FIELD_REQUIRED,
	.offset = AT_TEXT(struct om_answers, das_user),
	.label = "Data Access Service account",
	.brief = "DAS account",
	.example = "CONTOSO\\svc-das",
	.help = "DOMAIN\\user, the same account on all management servers; a local administrator there.",
	.rule = rule_account,
	.tidy = tidy_trim,
	.check = check_das_user,
	.applies = is_das_named,
	.source = "upgrade page, step 8; security accounts [DOC]",
};

static const struct field f_das_password = {
	.key = "accounts.data-access.password",
	.kind = FIELD_SECRET,
	.label = "Its password",
	.account = "accounts.data-access",
	.help = PASSWORD_HELP,
	.applies = is_das_domain,
	.source = "passwords on command lines [OURS]",
};

const struct field om_reader_user = {
	.key = "accounts.data-reader.user",
	.kind = FIELD_TEXT,
	.flags = FIELD_REQUIRED | FIELD_SILENT,
	.offset = AT_TEXT(struct om_answers, reader_user),
	.label = "Data Reader account",
	.example = "CONTOSO\\svc-reader",
	.help = "The current account of the Run As account \"Data Warehouse Report Deployment Account\". The setup "
		"pages do not ask for it, the silent line does.",
	.rule = rule_account,
	.tidy = tidy_trim,
	.check = check_reader_user,
	.source = "upgrade page, command prompt step 3; upgrade pages of the roles; security accounts [DOC]",
};

static const struct field f_reader_password = {
	.key = "accounts.data-reader.password",
	.kind = FIELD_SECRET,
	.flags = FIELD_SILENT,
	.label = "Its password",
	.account = "accounts.data-reader",
	.help = PASSWORD_HELP,
	.source = "passwords on command lines [OURS]",
};

const struct account om_accounts[] = {
	{ "accounts.data-access", "Data Access Service account", &om_das_user, NULL },
	{ "accounts.data-reader", "Data Reader account", &om_reader_user, NULL },
	{ NULL, NULL, NULL, NULL },
};

const struct page om_page_accounts = {
	.id = "accounts",
	.section = "Configuration",
	.title = "Configure Operations Manager accounts",
	.rail = "Accounts",
	.kind = PAGE_FORM,
	.help = "Setup asks for the account of the {account-title}; the silent line needs the Data "
		"Reader account too. "
		"Use the accounts that are in use now: Reporting refuses another Data Reader account.",
	.fields = (const struct field *const[]){ &om_das_kind, &om_das_user, &f_das_password, &om_reader_user,
						 &f_reader_password, NULL },
};
