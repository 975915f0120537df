/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What stands in a cell of a list of rows.
 */
#include "ui/cells.h"

/* TEXT, as field_text gives it, with the short labels of its choices. In ARENA. */
static const char *with_short_labels(const struct field *field, const char *text, struct arena *arena)
{
	struct strbuf labels = STRBUF_INIT;
	const char *result;

	if (!field->choices)
		return text;
	while (*text) {
		size_t length = strcspn(text, ",");
		const struct choice *choice = field->choices;

		while (choice->id && (strlen(choice->id) != length || memcmp(choice->id, text, length) != 0))
			choice++;
		if (labels.length)
			strbuf_puts(&labels, ", ");
		if (choice->id)
			strbuf_puts(&labels, choice->brief ? choice->brief : choice->label);
		else
			strbuf_add(&labels, text, length);
		text += length;
		text += strspn(text, ", ");
	}
	result = arena_strdup(arena, strbuf_text(&labels));
	strbuf_clear(&labels);
	return result;
}

const char *cell_text(struct wizard *wizard, const struct field *column, const struct record *record,
		      struct arena *arena)
{
	const struct plan *plan = wizard_plan(wizard);

	if (!wizard_field_applies(wizard, record, column))
		return "";
	return with_short_labels(column, field_text(column, plan, record, arena), arena);
}
