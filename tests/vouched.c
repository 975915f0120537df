/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Somebody has looked at it. See vouched.h.
 */
#include "vouched.h"

#include "helpers.h"
#include "pipeline/planfile.h"

static void name_servers(struct plan *plan, struct answer_note *note, const char *const *servers)
{
	const struct field *names = fields_find(field_confirmed.columns, "servers");

	for (; servers && *servers; servers++)
		field_store_item(names, plan, &note->record, *servers, NULL);
	for (size_t i = 0; !servers && i < plan_server_count(plan); i++)
		field_store_item(names, plan, &note->record, plan_server(plan, i)->name, NULL);
}

void vouch_for(struct plan *plan, bool unseen_only, const char *const *servers)
{
	struct rows *rows = &plan->answers->confirmed;

	for (const struct prereq *prereq = plan->flow->prereqs; prereq->id; prereq++) {
		struct answer_note *note;

		if ((unseen_only && prereq->test) || plan_note(rows, prereq->id, NULL))
			continue;
		note = (struct answer_note *)plan_new_record(plan, &field_confirmed);
		note->check = prereq->id;
		note->by = "CONTOSO\\anna";
		note->on = "2026-11-20";
		note->note = "seen";
		if (prereq->roles)
			name_servers(plan, note, servers);
		rows_insert(plan, rows, rows->count, &note->record);
	}
}

char *vouched_plan(const char *relative)
{
	struct diags diags = DIAGS_INIT;
	struct strbuf text = STRBUF_INIT;
	struct plan *plan;

	assert_int_equal(plan_load(source_path(relative), &plan, NULL, &diags), LOAD_OK);
	vouch_for(plan, false, NULL);
	plan_format(plan, &text);
	diags_clear(&diags);
	plan_free(plan);
	return take_text(&text);
}

bool vouch_result(struct wizard *wizard, const struct check_result *like, const char *by, const char *note,
		  bool everywhere, struct diags *diags)
{
	const struct check_list *list = wizard_checks(wizard);
	const struct check_result **results = xcalloc(list->count + 1, sizeof(*results));
	size_t count = 0;
	bool ok;

	if (!everywhere)
		results[count++] = like;
	for (size_t i = 0; everywhere && i < list->count; i++) {
		if (list->items[i].verdict->prereq == like->verdict->prereq &&
		    list->items[i].verdict->raw == like->verdict->raw)
			results[count++] = &list->items[i];
	}
	ok = wizard_answer_results(wizard, results, count, by, note, diags);
	free(results);
	return ok;
}
