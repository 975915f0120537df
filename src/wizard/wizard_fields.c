/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The wizard's answers: fields, rows, passwords.
 */
#include "wizard/wizard_private.h"

#include "model/hop.h"
#include "core/text.h"
#include "os/platform.h"

/* ---- texts that a kind cannot hold ---- */

static struct kept_text *find_kept(const struct wizard *wizard, const struct record *record, const struct field *field)
{
	for (size_t i = 0; i < wizard->kept_count; i++) {
		if (wizard->kept[i].record == record && wizard->kept[i].field == field)
			return &wizard->kept[i];
	}
	return NULL;
}

static void keep(struct wizard *wizard, const struct record *record, const struct field *field, const char *text)
{
	struct kept_text *kept = find_kept(wizard, record, field);

	if (!kept) {
		wizard->kept = xgrow(wizard->kept, wizard->kept_count, &wizard->kept_room, sizeof(*wizard->kept));
		kept = &wizard->kept[wizard->kept_count++];
		*kept = (struct kept_text){ record, field, STRBUF_INIT };
	}
	strbuf_reset(&kept->text);
	strbuf_puts(&kept->text, text);
}

/* Says again what is wrong with KEPT. False unless it can be held by now. */
static bool check_kept(struct wizard *wizard, struct record *record, const struct kept_text *kept, struct diags *diags)
{
	struct report to = plan_report(wizard->plan, record, kept->field, diags);

	return field_store(kept->field, wizard->plan, record, strbuf_text(&kept->text), &to);
}

/* ---- fields ---- */

static bool set_product(struct wizard *wizard, const char *text, struct diags *diags)
{
	const struct flow *flow = flow_find(text);
	struct report to = plan_report(wizard->plan, wizard_record(wizard), &field_product, diags);

	if (!flow)
		return report_error(&to, "choice-unknown", "Choose one of the products.", "\"%s\" is not a product.",
				    text);
	if (flow != wizard->plan->flow) {
		/* Who comes back to a product, as after one arrow too many, finds the answers as they were. */
		struct plan *there = wizard->parked, *plan = there && there->flow == flow ? there : plan_new(flow);
		struct typed typed = wizard->typed;

		plan->file = wizard->plan->file;
		wizard->typed = (struct typed){ NULL, 0, 0 };
		wizard->parked = wizard_exchange_plan(wizard, plan);
		if (there == plan) {
			wizard->typed = wizard->parked_typed;
		} else {
			plan_free(there);
			free(wizard->parked_typed.items);
		}
		wizard->parked_typed = typed;
	}
	return true;
}

static bool was_typed(const struct wizard *wizard, const struct field *field)
{
	for (size_t i = 0; i < wizard->typed.count; i++) {
		if (wizard->typed.items[i] == field)
			return true;
	}
	return false;
}

/* Remembers that the value is the user's. A row that is edited is no longer the one that the file has. */
static void note_typed(struct wizard *wizard, struct record *record, const struct field *field)
{
	struct typed *typed = &wizard->typed;

	if (record != wizard_record(wizard)) {
		record->node = 0;
		return;
	}
	if (was_typed(wizard, field))
		return;
	typed->items = xgrow(typed->items, typed->count, &typed->room, sizeof(*typed->items));
	typed->items[typed->count++] = field;
}

static bool set_value(struct wizard *wizard, struct record *record, const struct field *field, const char *text,
		      struct diags *diags)
{
	struct report to = plan_report(wizard->plan, record, field, diags);
	struct kept_text *kept;

	if (str_eq(wizard_text(wizard, record, field), text))
		return !find_kept(wizard, record, field) || field_store(field, wizard->plan, record, text, &to);
	wizard_touch(wizard);
	if (!field_store(field, wizard->plan, record, text, &to)) {
		keep(wizard, record, field, text);
		return false;
	}
	kept = find_kept(wizard, record, field);
	if (kept)
		wizard_drop_kept(wizard, kept);
	note_typed(wizard, record, field);
	if (field->flags & FIELD_FIXED)
		hop_settle(wizard->plan);
	return true;
}

/* False: DIAGS says that FIELD cannot change any more. */
static bool check_fixed(struct wizard *wizard, struct record *record, const struct field *field, const char *text,
			struct diags *diags)
{
	struct report to = plan_report(wizard->plan, record, field, diags);

	if (!(field->flags & FIELD_FIXED) || !wizard_is_fixed(wizard) ||
	    str_eq(wizard_text(wizard, record, field), text))
		return true;
	return report_error(&to, "upgrade-begun", "Another upgrade needs its own plan: \"scupgrade next\" makes it.",
			    "Steps of this upgrade are recorded, so its product and releases stay.");
}

bool wizard_set(struct wizard *wizard, struct record *record, const struct field *field, const char *text,
		struct diags *diags)
{
	struct diags unheard = DIAGS_INIT;
	struct diags *to = diags ? diags : &unheard;
	bool ok;

	if (field->kind == FIELD_ROWS || field->kind == FIELD_SECRET)
		bug("\"%s\" is not set as text", field->key);
	if (!check_fixed(wizard, record, field, text, to)) {
		ok = false;
	} else if (field == &field_product) {
		ok = set_product(wizard, text, to);
		if (ok)
			note_typed(wizard, wizard_record(wizard), field);
	} else {
		ok = set_value(wizard, record, field, text, to);
	}
	/* Not before: TEXT may be what wizard_text gave. */
	arena_free(wizard->texts);
	wizard->texts = NULL;
	diags_clear(&unheard);
	return ok;
}

const char *wizard_text(struct wizard *wizard, struct record *record, const struct field *field)
{
	const struct kept_text *kept = find_kept(wizard, record, field);

	if (field == &field_product)
		return wizard->plan->flow->id;
	if (kept)
		return strbuf_text(&kept->text);
	if (!wizard->texts)
		wizard->texts = arena_new();
	return field_text(field, wizard->plan, record, wizard->texts);
}

bool wizard_field_applies(struct wizard *wizard, const struct record *record, const struct field *field)
{
	/* What stays is said above the fields, and asked no more. */
	if ((field->flags & FIELD_FIXED) && wizard_is_fixed(wizard))
		return false;
	return field_applies(field, wizard->plan, record);
}

const char *wizard_origin(struct wizard *wizard, const struct record *record, const struct field *field)
{
	bool is_answer = record == wizard_record(wizard);

	if (field->kind == FIELD_SECRET)
		return secret_length(wizard_secret(wizard, field, 0)) ? "you" : "default";
	if (is_answer && (was_typed(wizard, field) || find_kept(wizard, record, field)))
		return "you";
	if (field == &field_product)
		return wizard->resumed ? "draft" : wizard->plan->file ? "plan file" : "default";
	if (field->kind != FIELD_ROWS && field_is_preset(field, wizard->plan, record))
		return "default";
	if (record_has(wizard->plan, record, field->key))
		return wizard->resumed ? "draft" : "plan file";
	return is_answer && field->kind == FIELD_ROWS && !field_rows(field, record)->count ? "default" : "you";
}

/* ---- passwords ---- */

struct secret *wizard_secret(struct wizard *wizard, const struct field *field, int which)
{
	return passwords_secret(which ? wizard->repeats : wizard->passwords, field->account);
}

struct passwords *wizard_passwords(struct wizard *wizard)
{
	return wizard->passwords;
}

bool wizard_literal(const struct wizard *wizard)
{
	return wizard->literal;
}

void wizard_set_literal(struct wizard *wizard, bool literal)
{
	wizard->literal = literal;
}

static bool check_password(struct wizard *wizard, const struct field *field, struct diags *diags)
{
	struct report to = plan_report(wizard->plan, wizard_record(wizard), field, diags);
	const struct secret *first = wizard_secret(wizard, field, 0), *second = wizard_secret(wizard, field, 1);
	bool ok = secret_length(first) == 0 || password_check(first, &to);

	if (secret_equal(first, second))
		return ok;
	return report_error(&to, "password-differs", "Type the same password twice, or leave both empty.",
			    "The two passwords are not the same.");
}

bool wizard_check_field(struct wizard *wizard, struct record *record, const struct field *field, struct diags *diags)
{
	const struct kept_text *kept = find_kept(wizard, record, field);

	if (kept && !check_kept(wizard, record, kept, diags))
		return false;
	if (field->kind == FIELD_SECRET)
		return check_password(wizard, field, diags);
	return validate_field(wizard->plan, record, field, diags);
}

bool wizard_check_typed(struct wizard *wizard, const struct page *page, struct diags *diags)
{
	struct record *record = wizard_record(wizard);
	bool ok = true;

	for (const struct field *const *at = page->fields; at && *at; at++) {
		const struct kept_text *kept = find_kept(wizard, record, *at);

		if (!field_applies(*at, wizard->plan, record))
			continue;
		if (kept)
			ok = check_kept(wizard, record, kept, diags) && ok;
		if ((*at)->kind == FIELD_SECRET)
			ok = check_password(wizard, *at, diags) && ok;
	}
	return ok;
}

/* ---- rows ---- */

static struct rows *rows_of(struct wizard *wizard, const struct field *rows_field)
{
	return field_rows_at(rows_field, wizard_record(wizard));
}

struct record *wizard_row_edit(struct wizard *wizard, const struct field *rows_field, size_t index)
{
	wizard_forget_kept(wizard, false);
	if (index == SIZE_MAX)
		return plan_new_record(wizard->plan, rows_field);
	return plan_copy_record(wizard->plan, rows_field, rows_of(wizard, rows_field)->items[index]);
}

/* A second server of the same name can never be meant, and is easier told here than on the Ready page. */
static bool check_name_is_new(struct wizard *wizard, const struct field *rows_field, const struct record *row,
			      struct diags *diags)
{
	const struct server *server = (const struct server *)row;
	struct report to;

	if (rows_field != wizard->plan->flow->servers || !server->name)
		return true;
	to = plan_report(wizard->plan, row, rows_field->columns[0], diags);
	for (size_t i = 0; i < plan_server_count(wizard->plan); i++) {
		const struct server *other = plan_server(wizard->plan, i);

		if (other != server && other->name && host_equal(other->name, server->name))
			return report_error(&to, "server-twice", "List every server once, with all its roles.",
					    "The server \"%s\" is already number %zu of the list.",
					    server->name, i + 1);
	}
	return true;
}

static bool check_row(struct wizard *wizard, const struct field *rows_field, struct record *row, struct diags *diags)
{
	bool ok = true;

	for (size_t i = 0; i < wizard->kept_count; i++) {
		const struct kept_text *kept = &wizard->kept[i];

		if (kept->record == row && field_applies(kept->field, wizard->plan, row))
			ok = check_kept(wizard, row, kept, diags) && ok;
	}
	ok = validate_row(wizard->plan, rows_field, row, diags) && ok;
	return check_name_is_new(wizard, rows_field, row, diags) && ok;
}

static void replace_row(struct wizard *wizard, struct rows *rows, size_t index, struct record *row)
{
	row->position = (uint32_t)index;
	rows->items[index] = row;
	plan_names_changed(wizard->plan);
}

void wizard_rows_changed(struct wizard *wizard, const struct field *rows_field)
{
	note_typed(wizard, wizard_record(wizard), rows_field);
	wizard_touch(wizard);
}

/* The row is judged in its place, so that findings have its number and rules see the others; a bad one is taken out
 * again. */
bool wizard_row_accept(struct wizard *wizard, const struct field *rows_field, size_t index, struct record *row,
		       struct diags *diags)
{
	struct rows *rows = rows_of(wizard, rows_field);
	struct record *old = index < rows->count ? rows->items[index] : NULL;
	bool ok;

	if (old)
		replace_row(wizard, rows, index, row);
	else
		rows_insert(wizard->plan, rows, rows->count, row);
	ok = check_row(wizard, rows_field, row, diags);
	if (ok) {
		wizard_forget_kept(wizard, false);
		wizard_rows_changed(wizard, rows_field);
	} else if (old) {
		replace_row(wizard, rows, index, old);
	} else {
		rows_remove(wizard->plan, rows, rows->count - 1);
	}
	return ok;
}

void wizard_row_remove(struct wizard *wizard, const struct field *rows_field, size_t index)
{
	rows_remove(wizard->plan, rows_of(wizard, rows_field), index);
	wizard_rows_changed(wizard, rows_field);
}

void wizard_row_move(struct wizard *wizard, const struct field *rows_field, size_t from, size_t to)
{
	rows_move(wizard->plan, rows_of(wizard, rows_field), from, to);
	wizard_rows_changed(wizard, rows_field);
}
