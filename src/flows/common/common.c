/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What stands in the tables of more than one product.
 */
#include "flows/common/common.h"

#include "model/earlier.h"
#include "model/facts.h"
#include "model/hop.h"

/* ---- fields ---- */

const struct field common_source = {
	.key = "source",
	.kind = FIELD_CHOICE,
	.flags = FIELD_THIS_HOP | FIELD_FIXED,
	.offset = AT_CHOICE(struct answers, source),
	.label = "From",
	.choices = release_choices,
	.offers = hop_offers_source,
	.choice_help = hop_source_help,
	.preset = "2012-r2",
	.help = "The release that is installed now.",
	.source = "upgrade overview [DOC]",
};

const struct field common_target = {
	.key = "target",
	.kind = FIELD_CHOICE,
	.flags = FIELD_THIS_HOP | FIELD_FIXED,
	.offset = AT_CHOICE(struct answers, target),
	.label = "To",
	.choices = release_choices,
	.offers = hop_offers_target,
	.choice_help = hop_target_help,
	.check = hop_check,
	.preset = "2016",
	.help = "The release to upgrade to.",
	.source = "upgrade page [PAGE]",
};

const struct field common_goal = {
	.key = "goal",
	.kind = FIELD_CHOICE,
	.flags = FIELD_SPARSE | FIELD_THIS_HOP,
	.offset = AT_CHOICE(struct answers, goal),
	.label = "Final release",
	.choices = goal_choices,
	.offers = hop_offers_goal,
	.check = hop_check_goal,
	.preset = "none",
	.help = "The release to reach in the end, when this upgrade is only the first of several. Each further one is "
		"a plan of its own.",
	.source = "our reading",
};

const struct field common_upgraded_before = {
	.key = "upgraded-before",
	.kind = FIELD_NAMES,
	.flags = FIELD_HIDDEN_ROW | FIELD_SPARSE | FIELD_THIS_HOP,
	.offset = AT_NAMES(struct answers, upgraded_before),
	.label = "Plans that come first",
	.limit = 16,
	.help = "Files of other plans, beside this one or below it, that have to be done first. Their records are "
		"checked.",
	.example = "sma.yaml",
	.rule = rule_plan_name,
	.tidy = tidy_trim,
	.source = "order of the suite [DOC]",
};

/* ---- pages ---- */

const struct page common_page_choose = {
	.id = "choose",
	.section = "Getting Started",
	.title = "Choose the upgrade",
	.rail = "Upgrade",
	.kind = PAGE_FORM,
	.intro = "Which release is installed, and to which one do you want to go?",
	.help = "The wizard asks what setup would ask, checks what you answer, and ends with every step and command "
		"line in order. Nothing is run on a server from here, and you can go back at any time.",
	.fields = (const struct field *const[]){ &field_product, &common_source, &common_target, &common_goal, NULL },
	.chooses = true,
};

const struct page common_page_ready = {
	.id = "ready",
	.section = "Configuration",
	.title = "Ready To Upgrade",
	.rail = "Ready To Upgrade",
	.kind = PAGE_SUMMARY,
	.next_label = "Write the files",
	.help = "What comes of the answers: the servers in the order of their upgrade, the command line of each, the "
		"files. Below stands every answer, and Enter leads to its page. Writing the files shows the steps "
		"as a checklist. Nothing is run on a server from here.",
};

const struct page common_page_progress = {
	.id = "progress",
	.section = "Progress",
	.title = "Upgrade progress",
	.rail = "Progress",
	.kind = PAGE_STEPS,
	.help = "The steps as a checklist: what is done, what runs, what may start, and what waits for what. Each "
		"change is recorded at once in a file beside the plan, which several people may share.",
};

static const char *ending(const struct scope *scope)
{
	return scope->plan->flow->ending(scope);
}

const struct page common_page_done = {
	.id = "complete",
	.section = "Complete",
	.title = "Upgrade complete",
	.open_title = "Files written",
	.unwritten_title = "What comes next",
	.rail = "Finish",
	.kind = PAGE_DONE,
	.text_of = ending,
	.next_label = "Close",
	.help = "The files that were written, and what comes next by the record. Close prints the command lines on "
		"standard output.",
};

/* ---- words ---- */

const char *common_folder(const struct scope *scope)
{
	return scope->hop->after->folder;
}

bool common_is_managed(const char *account)
{
	size_t length = account ? strlen(account) : 0;

	return length > 0 && account[length - 1] == '$';
}

bool common_warn_managed(const char *account, const char *sentence, const char *hint, struct report *to)
{
	if (common_is_managed(account))
		report_add(to, SEV_WARNING, "account-managed", hint, "This looks like a managed service account. %s",
			   sentence);
	return true;
}

const char *common_in_folder(struct arena *arena, const char *folder, const char *name)
{
	if (!folder)
		return name;
	return arena_printf(arena, "%s%s%s", folder, folder[strlen(folder) - 1] == '\\' ? "" : "\\", name);
}

/* ---- accounts ---- */

bool common_check_accounts(const struct scope *scope, struct diags *diags)
{
	const struct record *record = &scope->plan->answers->record;
	bool fine = true;

	for (const struct account *account = scope->plan->flow->accounts; account->key; account++) {
		const char *text = field_text(account->user, scope->plan, record, scope->arena);
		const char *slash = strchr(text, '\\');
		struct report to = plan_report(scope->plan, record, account->user, diags);

		if (slash && field_applies(account->user, scope->plan, record) &&
		    plan_find_server(scope->plan, arena_strndup(scope->arena, text, (size_t)(slash - text))))
			fine = report_error(&to, "account-local", "Example: CONTOSO\\svc-das",
					    "\"%s\" is an account of a server of this plan itself. An account of the "
					    "domain is needed here.", text);
	}
	return fine;
}
