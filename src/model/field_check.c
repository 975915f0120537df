/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Judging stored values: required, then the field's rule, then its check.
 */
#include "model/field.h"

#include "model/scope.h"

/* What is said about a required field without a value. Always false. */
static bool refuse_empty(const struct field *field, const struct plan *plan, struct report *to)
{
	static const char *const texts[FIELD_KIND_COUNT] = {
		[FIELD_CHOICES] = "are missing: nothing is chosen.", [FIELD_NAMES] = "are missing: the list is empty."
	};
	struct strbuf hint = STRBUF_INIT;

	if (field->kind == FIELD_ROWS)
		return report_error(to, "missing", "", "There is no %s in the list.", field->row_name);
	/* Words of a file are for who writes one: a page has their labels. */
	if (field->example)
		strbuf_printf(&hint, field->kind == FIELD_CHOICES ? "Choose at least one; in a file as in [%s]." :
								   "For example: %s", field->example);
	report_error(to, "missing", strbuf_text(&hint), "%s %s", field_label(field, plan),
		     texts[field->kind] ? texts[field->kind] : "is missing.");
	strbuf_clear(&hint);
	return false;
}

static const char *const marks[][2] = {
	{ "\xe2\x80\x98", "U+2018" }, { "\xe2\x80\x99", "U+2019" }, { "\xe2\x80\x9a", "U+201A" },
	{ "\xe2\x80\x9c", "U+201C" }, { "\xe2\x80\x9d", "U+201D" }, { "\xe2\x80\x9e", "U+201E" },
};

/* The mark that TEXT begins with, or, END, ends with; NULL: none. */
static const char *const *quotation_mark(const char *text, bool end)
{
	for (size_t i = 0; i < ARRAY_LEN(marks); i++) {
		if (end ? str_ends(text, marks[i][0]) : str_starts(text, marks[i][0]))
			return marks[i];
	}
	return NULL;
}

bool field_check_quotes(const char *text, bool whole, struct report *to)
{
	/* First the byte that all of them begin with: every text of every server comes here. */
	const char *const *mark = *text == marks[0][0][0] ? quotation_mark(text, false) : NULL;

	if (!mark || (whole && !quotation_mark(text, true)))
		return true;
	return report_error(to, "quote-form", "Leave it out; in a file write single quotes, as in 'CONTOSO\\svc-das'.",
			    "This begins with %s (%s), the quotation mark of a word processor, which is a letter here.",
			    mark[0], mark[1]);
}

static bool check_names(const struct field *field, const struct names *names, struct report *to)
{
	bool ok = true;

	for (size_t i = 0; i < names->count; i++)
		ok = field_check_quotes(names->items[i], true, to) && field->rule(names->items[i], to) && ok;
	return ok;
}

/* Notes are prose, in which somebody may be quoted. */
static bool check_text(const struct field *field, const char *text, struct report *to)
{
	return (field->rule == rule_note || field_check_quotes(text, true, to)) && field->rule(text, to);
}

bool field_check(const struct field *field, const struct plan *plan, const struct record *record, struct report *to)
{
	struct scope scope;
	bool ok = true;

	if (field->kind == FIELD_SECRET)
		return true;
	if (field_is_empty(field, plan, record))
		return !(field->flags & FIELD_REQUIRED) || refuse_empty(field, plan, to);
	if (field->rule && field->kind == FIELD_TEXT)
		ok = check_text(field, field_text(field, plan, record, plan->arena), to);
	if (field->rule && field->kind == FIELD_NAMES)
		ok = check_names(field, field_names(field, record), to);
	if (!ok || !field->check)
		return ok;
	scope = scope_in(plan, record);
	return field->check(&scope, to);
}

void field_describe_kind(const struct field *field, struct strbuf *out)
{
	static const char *const kinds[FIELD_KIND_COUNT] = {
		[FIELD_TEXT] = "text", [FIELD_NUMBER] = "number", [FIELD_FLAG] = "true or false",
		[FIELD_CHOICE] = "one of:", [FIELD_CHOICES] = "list of:", [FIELD_NAMES] = "list of texts",
		[FIELD_ROWS] = "list of",
		[FIELD_SECRET] = "password, never in a file"
	};

	strbuf_puts(out, kinds[field->kind]);
	if (field->kind == FIELD_NUMBER)
		strbuf_printf(out, " %llu to %llu", (unsigned long long)field->minimum,
			      (unsigned long long)field->maximum);
	if (field->kind == FIELD_ROWS)
		strbuf_printf(out, " %ss", field->row_name);
	if (field->kind != FIELD_CHOICE && field->kind != FIELD_CHOICES)
		return;
	for (const struct choice *choice = field->choices; choice->id; choice++)
		strbuf_printf(out, "%s %s", choice > field->choices ? "," : "", choice->id);
}
