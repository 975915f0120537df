/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Somebody has looked at it. See vouched.h.
 */
#include "vouched.h"

#include "helpers.h"
#include "pipeline/planfile.h"

void vouch_for(struct plan *plan, bool unseen_only)
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
		rows_insert(plan, rows, rows->count, &note->record);
	}
}

char *vouched_plan(const char *relative)
{
	struct diags diags = DIAGS_INIT;
	struct strbuf text = STRBUF_INIT;
	struct plan *plan;

	assert_int_equal(plan_load(source_path(relative), &plan, NULL, &diags), LOAD_OK);
	vouch_for(plan, false);
	plan_format(plan, &text);
	diags_clear(&diags);
	plan_free(plan);
	return text.data;
}
