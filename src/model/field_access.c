/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Members of records behind their fields, and looking up a field.
 */
#include "model/field.h"

#include "model/plan.h"

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

/* ---- looking up ---- */

const struct field *fields_find(const struct field *const *columns, const char *key)
{
	for (; *columns; columns++) {
		if (strcmp((*columns)->key, key) == 0)
			return *columns;
	}
	return NULL;
}
