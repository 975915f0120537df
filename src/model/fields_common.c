/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The fields that every flow has: product, and what the administrator vouched for.
 */
#include "model/flow.h"

#include "core/text.h"

enum { MOST_CHECKS = 256 };

/* The id of a prerequisite of the plan's flow. A warning only: a note about anything else counts for nothing, and
 * another release of the program may know other prerequisites. */
static bool check_id(const struct scope *scope, struct report *to)
{
	const char *id = ((const struct answer_note *)scope->record)->check, *ids[MOST_CHECKS + 1] = { NULL }, *nearest;
	const struct prereq *prereq = scope->plan->flow->prereqs;
	struct strbuf hint = STRBUF_INIT;

	for (size_t count = 0; prereq && prereq->id && count < MOST_CHECKS; prereq++) {
		if (str_eq(prereq->id, id))
			return true;
		ids[count++] = prereq->id;
	}
	nearest = text_nearest(id, ids);
	if (nearest)
		strbuf_printf(&hint, "Did you mean \"%s\"?", nearest);
	report_add(to, SEV_WARNING, "check-unknown", strbuf_text(&hint), "There is no prerequisite \"%s\".", id);
	strbuf_clear(&hint);
	return true;
}

const struct field field_product = {
	.key = "product", .kind = FIELD_CHOICE, .flags = FIELD_REQUIRED | FIELD_FIXED, .offset = FIELD_NO_MEMBER,
	.label = "Product", .choices = product_choices, .example = "operations-manager",
	.help = "What is upgraded. Every product is a plan of its own.",
	.source = "our reading",
};

static const struct field note_check = {
	.key = "check", .kind = FIELD_TEXT, .flags = FIELD_REQUIRED | FIELD_IN_LIST,
	.offset = AT_TEXT(struct answer_note, check), .label = "Prerequisite", .example = "pending-reboot",
	.help = "The id of the prerequisite, as the list of prerequisites shows it.",
	.tidy = tidy_trim, .check = check_id, .source = "our reading",
};

static const struct field note_servers = {
	.key = "servers", .kind = FIELD_NAMES, .flags = FIELD_IN_LIST,
	.offset = AT_NAMES(struct answer_note, servers), .label = "Servers", .example = "MS01, MS02",
	.help = "The servers that it is about. Empty only for what is checked once for the whole plan.",
	.rule = rule_named_host, .tidy = tidy_trim, .source = "our reading",
};

static const struct field note_server = {
	.key = "server", .kind = FIELD_TEXT,
	.offset = AT_TEXT(struct answer_note, server), .label = "Server", .example = "MS02",
	.help = "One server, as older files name it. It is saved as one of the servers.",
	.rule = rule_named_host, .tidy = tidy_trim, .source = "our reading",
};

static const struct field note_by = {
	.key = "by", .kind = FIELD_TEXT, .flags = FIELD_REQUIRED | FIELD_IN_LIST,
	.offset = AT_TEXT(struct answer_note, by), .label = "Who", .example = "CONTOSO\\anna",
	.help = "Who vouches for it.",
	.rule = rule_note, .tidy = tidy_trim, .source = "our reading",
};

static const struct field note_on = {
	.key = "on", .kind = FIELD_TEXT, .flags = FIELD_REQUIRED | FIELD_IN_LIST,
	.offset = AT_TEXT(struct answer_note, on), .label = "When", .example = "2026-11-21",
	.help = "The day on which it was looked at.",
	.rule = rule_date, .tidy = tidy_trim, .source = "our reading",
};

static const struct field note_text = {
	.key = "note", .kind = FIELD_TEXT, .flags = FIELD_IN_LIST,
	.offset = AT_TEXT(struct answer_note, note), .label = "Note", .example = "verified restore",
	.help = "How it was seen.",
	.rule = rule_note, .tidy = tidy_trim, .source = "our reading",
};

/* A warning that is accepted needs its reason. */
static const struct field note_reason = {
	.key = "note", .kind = FIELD_TEXT, .flags = FIELD_REQUIRED | FIELD_IN_LIST,
	.offset = AT_TEXT(struct answer_note, note), .label = "Note", .example = "reboot at 22:00",
	.help = "Why the warning may stand.",
	.rule = rule_note, .tidy = tidy_trim, .source = "our reading",
};

/* So that a finding that changed is asked about again. */
static const struct field note_found = {
	.key = "found", .kind = FIELD_TEXT, .offset = AT_TEXT(struct answer_note, found), .label = "Found",
	.example = "a restart is pending: Windows Update",
	.help = "What was found then. The note counts for that finding only; empty: for every one.",
	.rule = rule_note, .tidy = tidy_trim, .source = "our reading",
};

/* Written only where it says something. */
static bool is_against(const struct scope *scope)
{
	return ((const struct answer_note *)scope->record)->against;
}

static const struct field note_against = {
	.key = "against-document", .kind = FIELD_FLAG, .flags = FIELD_IN_LIST, .applies = is_against,
	.offset = AT_FLAG(struct answer_note, against), .label = "Against the document",
	.help = "Accepts what a document rules out. The runbook shows it in red.",
	.source = "our reading",
};

const struct field field_confirmed = {
	.key = "confirmed", .kind = FIELD_ROWS, .flags = FIELD_HIDDEN_ROW | FIELD_THIS_HOP,
	.offset = AT_ROWS(struct answers, confirmed),
	.label = "Confirmed", .row_name = "confirmation", .record_size = sizeof(struct answer_note),
	.help = "Prerequisites that a program cannot see and that the administrator vouches for.",
	.columns = (const struct field *const[]){ &note_check, &note_servers, &note_server, &note_by,
					      &note_on, &note_text, &note_found, NULL },
	.source = "our reading",
};

const struct field field_acknowledged = {
	.key = "acknowledged", .kind = FIELD_ROWS, .flags = FIELD_HIDDEN_ROW | FIELD_THIS_HOP,
	.offset = AT_ROWS(struct answers, acknowledged),
	.label = "Acknowledged", .row_name = "acknowledgment", .record_size = sizeof(struct answer_note),
	.help = "Warnings of the prerequisites that were read and accepted.",
	.columns = (const struct field *const[]){ &note_check, &note_servers, &note_server, &note_by,
					      &note_on, &note_reason, &note_found, &note_against, NULL },
	.source = "our reading",
};

static void settle(struct plan *plan, const struct rows *rows)
{
	for (size_t i = 0; i < rows->count; i++) {
		struct answer_note *note = (struct answer_note *)rows->items[i];

		if (note->server)
			field_store_item(&note_servers, plan, &note->record, note->server, NULL);
		note->server = NULL;
	}
}

void plan_settle_notes(struct plan *plan)
{
	settle(plan, &plan->answers->confirmed);
	settle(plan, &plan->answers->acknowledged);
}
