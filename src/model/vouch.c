/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Ticks that are confirmations.
 */
#include "model/flow.h"

static void withdraw(const struct field *field, struct plan *plan)
{
	struct rows *rows = &plan->answers->confirmed;

	for (size_t i = rows->count; i-- > 0;)
		if (str_eq(((const struct answer_note *)rows->items[i])->check, field->vouches))
			rows_remove(plan, rows, i);
}

static void confirm(const struct field *field, struct plan *plan, const char *by, const char *on)
{
	struct answer_note *note = (struct answer_note *)plan_new_record(plan, &field_confirmed);

	note->check = field->vouches;
	note->by = arena_strdup(plan->arena, by);
	note->on = arena_strdup(plan->arena, on);
	rows_insert(plan, &plan->answers->confirmed, plan->answers->confirmed.count, &note->record);
}

bool field_vouch(const struct field *field, struct plan *plan, const char *text, const char *by, const char *on,
		 struct report *to)
{
	bool wanted, there = plan_note(&plan->answers->confirmed, field->vouches, NULL) != NULL;

	text = tidy_trim(plan->arena, text);
	if (!*text)
		return true;
	if (!field_parse_flag(text, &wanted, to))
		return false;
	if (there && !wanted)
		withdraw(field, plan);
	if (!there && wanted)
		confirm(field, plan, by, on);
	return true;
}
