/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What a field is for a plan: its preset, whether it applies and has a value, what its rows say of themselves.
 */
#include "model/field.h"

#include "model/scope.h"

const struct choice *field_next_offer(const struct field *field, const struct plan *plan, const struct choice *before)
{
	struct scope scope = scope_of(plan, NULL);

	for (const struct choice *choice = before ? before + 1 : field->choices; choice && choice->id; choice++)
		if (!field->offers || field->offers(&scope, choice))
			return choice;
	return NULL;
}

const struct choice *field_offer(const struct field *field, const struct plan *plan, size_t index)
{
	const struct choice *offer = field_next_offer(field, plan, NULL);

	while (offer && index-- > 0)
		offer = field_next_offer(field, plan, offer);
	return offer;
}

const char *field_choice_help(const struct field *field, const struct plan *plan, const struct choice *choice,
			      struct arena *arena)
{
	struct scope scope = scope_of(plan, arena);

	return field->choice_help ? field->choice_help(&scope, choice) : choice->help;
}

const char *field_preset(const struct field *field, const struct plan *plan)
{
	const char *preset = field->preset;
	struct scope scope;

	if (field->preset_of) {
		scope = scope_in(plan, &plan->answers->record);
		preset = field->preset_of(&scope);
	}
	return preset ? preset : "";
}

const char *field_label(const struct field *field, const struct plan *plan)
{
	return field->label ? table_text(plan, field->label) : "";
}

const char *field_brief(const struct field *field, const struct plan *plan)
{
	return field->brief ? table_text(plan, field->brief) : field_label(field, plan);
}

const char *field_help(const struct field *field, const struct plan *plan)
{
	return field->help ? table_text(plan, field->help) : "";
}

bool field_applies_in(const struct field *field, const struct scope *scope)
{
	return !field->applies || field->applies(scope);
}

bool field_applies(const struct field *field, const struct plan *plan, const struct record *record)
{
	struct scope scope;

	if (!field->applies)
		return true;
	scope = scope_in(plan, record);
	return field_applies_in(field, &scope);
}

const char *field_row_note(const struct field *field, const struct plan *plan, const struct record *row,
			   struct arena *arena)
{
	struct scope scope = scope_of(plan, arena);
	const char *note;

	scope.record = row;
	note = field->row_note ? field->row_note(&scope) : NULL;
	return note ? note : "";
}

bool field_is_empty(const struct field *field, const struct plan *plan, const struct record *record)
{
	switch (field->kind) {
	case FIELD_TEXT:
		return !field_own_text(field, record) && !*field_preset(field, plan);
	case FIELD_NUMBER:
		return field_number(field, record) < field->minimum || field_number(field, record) > field->maximum;
	case FIELD_CHOICES:
		return field_choices(field, record) == 0;
	case FIELD_NAMES:
		return field_names(field, record)->count == 0;
	case FIELD_ROWS:
		return field_rows(field, record)->count == 0;
	case FIELD_FLAG:
	case FIELD_CHOICE:
		return false;
	case FIELD_SECRET:
	case FIELD_KIND_COUNT:
		break;
	}
	return true;
}
