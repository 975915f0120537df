/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Members of records behind their fields, and what a field is by itself.
 */
#include "model/field.h"

#include "model/scope.h"

/* ---- typed access ---- */

static void *member_at(const struct field *field, enum field_kind kind, struct record *record)
{
	if (field->kind != kind || field->offset == FIELD_NO_MEMBER)
		bug("field %s is not of kind %d", field->key, (int)kind);
	return (char *)record + field->offset;
}

static const void *const_member_at(const struct field *field, enum field_kind kind, const struct record *record)
{
	if (field->kind != kind || field->offset == FIELD_NO_MEMBER)
		bug("field %s is not of kind %d", field->key, (int)kind);
	return (const char *)record + field->offset;
}

const char **field_text_at(const struct field *field, struct record *record)
{
	return member_at(field, FIELD_TEXT, record);
}

unsigned *field_number_at(const struct field *field, struct record *record)
{
	return member_at(field, field->kind == FIELD_CHOICES ? FIELD_CHOICES : FIELD_NUMBER, record);
}

bool *field_flag_at(const struct field *field, struct record *record)
{
	return member_at(field, FIELD_FLAG, record);
}

int *field_choice_at(const struct field *field, struct record *record)
{
	return member_at(field, FIELD_CHOICE, record);
}

struct names *field_names_at(const struct field *field, struct record *record)
{
	return member_at(field, FIELD_NAMES, record);
}

struct rows *field_rows_at(const struct field *field, struct record *record)
{
	return member_at(field, FIELD_ROWS, record);
}

const struct rows *field_rows(const struct field *field, const struct record *record)
{
	return const_member_at(field, FIELD_ROWS, record);
}

const struct names *field_names(const struct field *field, const struct record *record)
{
	return const_member_at(field, FIELD_NAMES, record);
}

unsigned field_choices(const struct field *field, const struct record *record)
{
	return *(const unsigned *)const_member_at(field, FIELD_CHOICES, record);
}

const char *field_own_text(const struct field *field, const struct record *record)
{
	return *(const char *const *)const_member_at(field, FIELD_TEXT, record);
}

unsigned field_number(const struct field *field, const struct record *record)
{
	return *(const unsigned *)const_member_at(field, FIELD_NUMBER, record);
}

bool field_flag(const struct field *field, const struct record *record)
{
	return *(const bool *)const_member_at(field, FIELD_FLAG, record);
}

int field_choice(const struct field *field, const struct record *record)
{
	return *(const int *)const_member_at(field, FIELD_CHOICE, record);
}

/* ---- looking up, asking ---- */

const struct field *fields_find(const struct field *const *columns, const char *key)
{
	for (; *columns; columns++) {
		if (strcmp((*columns)->key, key) == 0)
			return *columns;
	}
	return NULL;
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

bool field_applies(const struct field *field, const struct plan *plan, const struct record *record)
{
	struct scope scope;

	if (!field->applies)
		return true;
	scope = scope_in(plan, record);
	return field->applies(&scope);
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
		return field_number(field, record) < field->minimum;     /* 0: there was never an answer */
	case FIELD_CHOICES:
		return field_choices(field, record) == 0;
	case FIELD_NAMES:
		return field_names(field, record)->count == 0;
	case FIELD_ROWS:
		return field_rows(field, record)->count == 0;
	case FIELD_FLAG:
	case FIELD_VOUCH:
	case FIELD_CHOICE:
		return false;
	case FIELD_SECRET:
	case FIELD_KIND_COUNT:
		break;
	}
	return true;
}
