/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * KEY=VALUE arguments. See assign.h.
 */
#include "cli/assign.h"

#include "core/text.h"

#define COLUMNS_MAX 64u             /* of one record; a flow with more is a bug */

/* The key that KEY may be meant for: one like it, or one that ends with it ("push-installed"). NULL: there is none. */
static const char *nearest_key(struct maker *maker, const struct field *const *fields, const char *key)
{
	const char *last, *near;
	size_t count = 0;

	while (fields[count])
		count++;
	const char **keys = arena_array(maker->arena, count + 1, sizeof(*keys));
	for (size_t i = 0; i < count; i++)
		keys[i] = fields[i]->key;
	near = text_nearest(key, keys);
	for (size_t i = 0; i < count && !near; i++) {
		last = strrchr(keys[i], '.');
		near = last && str_eq(last + 1, key) ? keys[i] : NULL;
	}
	return near;
}

static bool key_is_secret(const char *key)
{
	static const char *const words[] = { "password", "passwd", "passphrase", "pwd", "secret" };

	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		if (text_contains_fold(key, words[i]))
			return true;
	}
	return false;
}

/* KEY is no key of FIELDS: says so, without its value, which may be a password. PATH is KEY with what stands before it.
 */
static void add_unknown_key(struct maker *maker, const struct field *const *fields, const char *key, const char *path)
{
	const struct place nowhere = { NULL, 0, 0 };
	const char *near = nearest_key(maker, fields, key);

	if (key_is_secret(key))
		diags_add(maker->diags, SEV_ERROR, "secret-in-plan", nowhere, path,
			  "Passwords are asked for where a command line needs them: --passwords ask.",
			  "A plan never holds a password.");
	else
		diags_add(maker->diags, SEV_ERROR, "unknown-key", nowhere, path,
			  near ? arena_printf(maker->arena, "Did you mean %s?", near) : "", "There is no such key.");
}

/* One value of a row. In lists + stands between the items, since a comma ends the value. */
static void store_column(struct maker *maker, struct record *row, const struct field *column, const char *value)
{
	struct report to = plan_report(maker->plan, row, column, maker->diags);

	if (column->kind == FIELD_CHOICES || column->kind == FIELD_NAMES) {
		struct strbuf list = STRBUF_INIT;

		for (const char *at = value; *at; at++)
			strbuf_putc(&list, *at == '+' ? ',' : *at);
		value = arena_strdup(maker->arena, strbuf_text(&list));
		strbuf_clear(&list);
	}
	field_store(column, maker->plan, row, value, &to);
}

/* The part of a row up to the next single comma; two stand for one. *AT moves behind it. */
static const char *next_part(struct maker *maker, const char **at)
{
	struct strbuf part = STRBUF_INIT;
	const char *c = *at;

	for (; *c && (*c != ',' || c[1] == ','); c++) {
		strbuf_putc(&part, *c);
		if (*c == ',')
			c++;
	}
	*at = *c ? c + 1 : c;
	const char *kept = arena_strdup(maker->arena, strbuf_text(&part));
	strbuf_clear(&part);
	return kept;
}

/* "MS01:management-server+operations-console": the first column, and the second behind a colon. */
static void store_head(struct maker *maker, const struct field *rows_field, struct record *row, const char *part,
		       bool *seen)
{
	const struct field *const *columns = rows_field->columns;
	const char *colon = strchr(part, ':');

	seen[0] = true;
	store_column(maker, row, columns[0], colon ? arena_strndup(maker->arena, part, (size_t)(colon - part)) : part);
	if (colon && columns[1]) {
		seen[1] = true;
		store_column(maker, row, columns[1], colon + 1);
	}
}

/* "web-ssl=true", of the last row. */
static void store_part(struct maker *maker, const struct field *rows_field, struct record *row, const char *part,
		       bool *seen)
{
	const struct rows *rows = field_rows(rows_field, &maker->plan->answers->record);
	const struct place nowhere = { NULL, 0, 0 };
	const struct field *const *columns = rows_field->columns;
	const char *equals = strchr(part, '=');
	const char *key = equals ? arena_strndup(maker->arena, part, (size_t)(equals - part)) : part;
	const char *path = arena_printf(maker->arena, "%s[%zu].%s", rows_field->key, rows->count, key);
	size_t index = 0;

	while (columns[index] && !str_eq(columns[index]->key, key))
		index++;
	if (!equals) {
		diags_add(maker->diags, SEV_ERROR, "argument-form", nowhere, rows_field->key,
			  "Write NAME:ROLE+ROLE,COLUMN=VALUE; a comma in a value is written twice.",
			  "\"%s\" is not of the form COLUMN=VALUE.", part);
	} else if (!columns[index]) {
		add_unknown_key(maker, columns, key, path);
	} else if (seen[index]) {
		diags_add(maker->diags, SEV_ERROR, "duplicate-key", nowhere, path, "", "The key is given twice.");
	} else {
		seen[index] = true;
		store_column(maker, row, columns[index], equals + 1);
	}
}

static void add_row(struct maker *maker, const struct field *field, const char *value)
{
	struct rows *rows = field_rows_at(field, &maker->plan->answers->record);
	struct record *row = plan_new_record(maker->plan, field);
	bool seen[COLUMNS_MAX] = { false };
	const char *at = value, *part = next_part(maker, &at);
	size_t count = 0;

	while (field->columns[count])
		count++;
	if (count > COLUMNS_MAX)
		bug("%s has %zu columns", field->key, count);
	/* In the list first, so that findings can name the row by its number. */
	rows_insert(maker->plan, rows, rows->count, row);
	if (strchr(part, '='))
		store_part(maker, field, row, part, seen);
	else
		store_head(maker, field, row, part, seen);
	while (*at)
		store_part(maker, field, row, next_part(maker, &at), seen);
}

static bool was_given_before(const struct options *options, size_t first, size_t index, const char *key)
{
	size_t length = strlen(key);

	for (size_t i = first; i < index; i++) {
		if (str_starts(options->arguments[i], key) && options->arguments[i][length] == '=')
			return true;
	}
	return false;
}

/* ---- rows that are there ---- */

/* Whether one of the arguments before takes a row out of LIST: the numbers behind it are others then. */
static bool has_moved(const struct options *options, size_t first, size_t index, const char *list)
{
	size_t length = strlen(list);

	for (size_t i = first; i < index; i++) {
		const char *argument = options->arguments[i];

		if (str_starts(argument, list) && argument[length] == '[' && str_ends(argument, "]="))
			return true;
	}
	return false;
}

/* The row of ROWS_FIELD whose first column is NAME, by host where it names one, else, if NUMBERED, the one of that
 * number, as findings name it: "servers[2]". *INDEX is its place. NULL: none. */
static struct record *find_row(struct maker *maker, const struct field *rows_field, const char *name, bool numbered,
			       size_t *index)
{
	const struct rows *rows = field_rows(rows_field, &maker->plan->answers->record);
	const struct field *column = rows_field->columns[0];

	for (*index = 0; *index < rows->count; (*index)++) {
		const char *own = field_text(column, maker->plan, rows->items[*index], maker->arena);

		if (text_equal_fold(own, name) || (rule_is_host(column->rule) && *own && host_equal(own, name)))
			return rows->items[*index];
	}
	*index = strtoul(name, NULL, 10);
	if (!numbered || strspn(name, "0123456789") != strlen(name) || *index - 1 >= rows->count)
		return NULL;
	return rows->items[--*index];
}

/* "servers[MS01].roles" or "servers[MS01]", with its VALUE: the one at ARGUMENT, where the first is FIRST. */
static void assign_row(struct maker *maker, const char *key, const char *value, size_t first, size_t argument)
{
	const struct place nowhere = { NULL, 0, 0 };
	size_t list = strcspn(key, "["), name = strcspn(key + list, "]"), index = 0;
	const char *rest = key + list + name, *column;
	const struct field *rows_field =
		fields_find(maker->plan->flow->fields, arena_strndup(maker->arena, key, list));
	const struct field *field = NULL;
	struct record *row;
	bool moved;

	if (!rows_field || rows_field->kind != FIELD_ROWS || *rest != ']' || (rest[1] && rest[1] != '.')) {
		add_unknown_key(maker, maker->plan->flow->fields, key, key);
		return;
	}
	column = rest[1] ? rest + 2 : NULL;
	field = column ? fields_find(rows_field->columns, column) : NULL;
	moved = has_moved(maker->session->options, first, argument, rows_field->key);
	row = find_row(maker, rows_field, arena_strndup(maker->arena, key + list + 1, name - 1), !moved, &index);
	if (!row)
		diags_add(maker->diags, SEV_ERROR, "row-unknown", nowhere, key,
			  moved ? "Behind a row that is taken out numbers are others: name the row." : "",
			  "The plan has no such %s.", rows_field->row_name);
	else if (column && !field)
		add_unknown_key(maker, rows_field->columns, column, key);
	else if (field)
		store_column(maker, row, field, value);
	else if (*value)
		diags_add(maker->diags, SEV_ERROR, "argument-form", nowhere, key, "",
			  "Name a column: %s.COLUMN=VALUE; without a value the %s is taken out.", key,
			  rows_field->row_name);
	else
		rows_remove(maker->plan, field_rows_at(rows_field, &maker->plan->answers->record), index);
	plan_names_changed(maker->plan);
}

void assign_argument(struct maker *maker, size_t first, size_t index)
{
	const struct options *options = maker->session->options;
	const struct place nowhere = { NULL, 0, 0 };
	const char *argument = options->arguments[index], *equals = strchr(argument, '=');
	const char *key = arena_strndup(maker->arena, argument, (size_t)(equals - argument));
	const struct field *field = fields_find(maker->plan->flow->fields, key);
	struct record *answers = &maker->plan->answers->record;

	if (strchr(key, '[')) {
		assign_row(maker, key, equals + 1, first, index);
	} else if (!field || field->kind == FIELD_SECRET) {
		add_unknown_key(maker, maker->plan->flow->fields, key, key);
	} else if (field == &field_product) {
		diags_add(maker->diags, SEV_ERROR, "argument-form", nowhere, key, "",
			  "The product of a plan is chosen when it is made.");
	} else if (field->kind == FIELD_ROWS) {
		add_row(maker, field, equals + 1);
	} else if (was_given_before(options, first, index, key)) {
		diags_add(maker->diags, SEV_ERROR, "duplicate-key", nowhere, key, "", "The key is given twice.");
	} else {
		struct report to = plan_report(maker->plan, answers, field, maker->diags);

		field_store(field, maker->plan, answers, equals + 1, &to);
	}
}

/* False: an argument is not KEY=VALUE at all, which is wrong use; it is not repeated, for it may be a password. */
bool arguments_have_keys(const struct session *session, size_t first)
{
	const struct options *options = session->options;

	for (size_t i = first; i < options->argument_count; i++) {
		const char *equals = strchr(options->arguments[i], '=');

		if (equals && equals != options->arguments[i])
			continue;
		say(session, "argument %zu of \"%s\" is not of the form KEY=VALUE", i + 1,
		    command_table[options->command].name);
		return false;
	}
	return true;
}

