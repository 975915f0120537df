/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The field tables as JSON Schema. Never stricter than the reader: what "check" takes, the schema takes.
 */
#include "pipeline/schema.h"

#include "core/json.h"
#include "pipeline/planfile.h"

#define BLANKS "[ \\t]*"
#define LOCAL_PATH "[A-Za-z]:[\\\\/]"
#define SHARE "[\\\\/]{2}[^\\\\/]"
#define HOST "^" BLANKS "[^ \\t\\\\/:*?\"<>|]+" BLANKS "$"
#define SCALAR_MOST 4096u

/* What a pattern can say of a rule of winname.h. Blanks around a value are trimmed, so they are allowed here. */
static const struct {
	value_rule_fn *rule;
	const char *pattern;
	unsigned longest; /* 0: that of any text */
} forms[] = {
	{ rule_account, "[\\\\@]", 0 },
	{ rule_install_folder, "^" BLANKS LOCAL_PATH, 0 },
	{ rule_media_folder, "^" BLANKS "(" LOCAL_PATH "|" SHARE ")", 0 },
	{ rule_file, "^" BLANKS "(" LOCAL_PATH "|" SHARE ")", 0 },
	{ rule_host, HOST, 0 },
	{ rule_named_host, HOST, 0 },
	{ rule_sql_server, "^" BLANKS "[^ \\t\\\\/*?\"<>|]+" BLANKS "$", 0 },
	{ rule_sql_address, "^" BLANKS "[^\\\\/*?\"<>|]+(\\\\[^\\\\/*?\"<>|]+)?" BLANKS "$", 0 },
	{ rule_backup_folder, "^" BLANKS "(" LOCAL_PATH "|" SHARE ")", 0 },
	{ rule_local_time,
	  "^" BLANKS "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01]) ([01][0-9]|2[0-3]):[0-5][0-9]" BLANKS "$", 0 },
	{ rule_date, "^" BLANKS "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])" BLANKS "$", 0 },
};

struct schema {
	struct strbuf *out;
	const struct plan *plan; /* a new one, for presets */
	unsigned depth;
	bool first; /* no member since the last brace */
};

/* ---- JSON ---- */

static void next_line(struct schema *schema)
{
	strbuf_puts(schema->out, schema->first ? "\n" : ",\n");
	strbuf_fill(schema->out, ' ', schema->depth * 2);
	schema->first = false;
}

static void put_key(struct schema *schema, const char *key, size_t length)
{
	next_line(schema);
	strbuf_printf(schema->out, "\"%.*s\": ", (int)length, key);
}

/* KEY NULL: an item of a list. */
static void open_brace(struct schema *schema, const char *key, char brace)
{
	if (key)
		put_key(schema, key, strlen(key));
	else
		next_line(schema);
	strbuf_putc(schema->out, brace);
	schema->depth++;
	schema->first = true;
}

static void close_brace(struct schema *schema, char brace)
{
	schema->depth--;
	if (!schema->first) {
		strbuf_putc(schema->out, '\n');
		strbuf_fill(schema->out, ' ', schema->depth * 2);
	}
	strbuf_putc(schema->out, brace);
	schema->first = false;
}

static void put_text(struct schema *schema, const char *key, const char *value)
{
	if (!value || !*value)
		return;
	put_key(schema, key, strlen(key));
	json_string(schema->out, value);
}

/* VALUE is JSON. */
static void put_json(struct schema *schema, const char *key, const char *value)
{
	put_key(schema, key, strlen(key));
	strbuf_puts(schema->out, value);
}

static void put_number(struct schema *schema, const char *key, uint64_t value)
{
	put_key(schema, key, strlen(key));
	strbuf_printf(schema->out, "%llu", (unsigned long long)value);
}

/* ---- fields ---- */

static bool is_digits(const char *text)
{
	return *text && !text[strspn(text, "0123456789")];
}

static bool is_saved(const struct field *field)
{
	return field->kind != FIELD_SECRET;
}

/* Always an error when it is not there. */
static bool is_required(const struct schema *schema, const struct field *field)
{
	return (field->flags & FIELD_REQUIRED) && !field->applies && is_saved(field) &&
	       !*field_preset(field, schema->plan);
}

static bool may_be_empty(const struct schema *schema, const struct field *field)
{
	return !is_required(schema, field);
}

/* Words, those that fit only other answers too: one schema is for the plans of all releases. One of digits alone may
 * also stand in a file as a number. */
static void put_choices(struct schema *schema, const struct field *field, bool nothing)
{
	put_key(schema, "enum", 4);
	strbuf_putc(schema->out, '[');
	for (const struct choice *choice = field->choices; choice->id; choice++) {
		strbuf_puts(schema->out, choice > field->choices ? ", " : "");
		json_string(schema->out, choice->id);
		if (is_digits(choice->id))
			strbuf_printf(schema->out, ", %s", choice->id);
	}
	strbuf_puts(schema->out, nothing ? ", null, \"\"]" : "]");
}

/* A text may look like a number to a YAML parser, and an empty one like nothing. */
static void put_text_rule(struct schema *schema, const struct field *field, bool nothing)
{
	const char *pattern = NULL;
	unsigned longest = SCALAR_MOST;

	for (size_t i = 0; field->rule && i < ARRAY_LEN(forms); i++) {
		if (forms[i].rule != field->rule)
			continue;
		pattern = forms[i].pattern;
		longest = forms[i].longest ? forms[i].longest : longest;
	}
	put_json(schema, "type",
		 nothing ? "[\"string\", \"number\", \"boolean\", \"null\"]" : "[\"string\", \"number\", \"boolean\"]");
	if (!nothing)
		put_number(schema, "minLength", 1);
	put_number(schema, "maxLength", longest);
	if (!pattern)
		return;
	put_key(schema, "pattern", 7);
	struct strbuf either = STRBUF_INIT;

	strbuf_printf(&either, nothing ? "^" BLANKS "$|%s" : "%s", pattern);
	json_string(schema->out, strbuf_text(&either));
	strbuf_clear(&either);
}

static void put_object(struct schema *schema, const struct field *const *fields, const char *prefix, size_t length,
		       const char *product);

static void put_list(struct schema *schema, const struct field *field, bool nothing)
{
	put_json(schema, "type", nothing ? "[\"array\", \"null\"]" : "\"array\"");
	if (!nothing)
		put_number(schema, "minItems", 1);
	open_brace(schema, "items", '{');
	if (field->kind == FIELD_CHOICES)
		put_choices(schema, field, false);
	else if (field->kind == FIELD_ROWS)
		put_object(schema, field->columns, "", 0, NULL);
	else
		put_text_rule(schema, field, true);
	close_brace(schema, '}');
}

static void put_kind(struct schema *schema, const struct field *field)
{
	bool nothing = may_be_empty(schema, field);

	switch (field->kind) {
	case FIELD_TEXT:
		put_text_rule(schema, field, nothing);
		break;
	case FIELD_NUMBER:
		put_json(schema, "type", "[\"integer\", \"null\"]");
		put_number(schema, "minimum", field->minimum);
		put_number(schema, "maximum", field->maximum);
		break;
	case FIELD_FLAG:
		put_json(schema, "enum", "[true, false, \"yes\", \"no\", null]");
		break;
	case FIELD_CHOICE:
		put_choices(schema, field, nothing);
		break;
	case FIELD_CHOICES:
	case FIELD_NAMES:
	case FIELD_ROWS:
		put_list(schema, field, nothing);
		break;
	case FIELD_SECRET:
	case FIELD_KIND_COUNT:
		bug("field %s is not in a file", field->key);
	}
}

/* Flags and numbers as such, everything else as text. */
static void put_preset(struct schema *schema, const struct field *field)
{
	const char *preset = field_preset(field, schema->plan);

	if (!*preset || field->preset_of || field->kind == FIELD_CHOICES || field->kind == FIELD_NAMES)
		return;
	put_key(schema, "default", 7);
	if (field->kind == FIELD_FLAG)
		strbuf_puts(schema->out, str_eq(preset, "yes") ? "true" : "false");
	else if (field->kind == FIELD_NUMBER)
		strbuf_puts(schema->out, preset);
	else
		json_string(schema->out, preset);
}

static void put_example(struct schema *schema, const struct field *field)
{
	if (!field->example || (field->kind != FIELD_TEXT && field->kind != FIELD_NUMBER))
		return;
	put_key(schema, "examples", 8);
	strbuf_putc(schema->out, '[');
	if (field->kind == FIELD_NUMBER)
		strbuf_puts(schema->out, field->example);
	else
		json_string(schema->out, field->example);
	strbuf_putc(schema->out, ']');
}

static void put_field(struct schema *schema, const struct field *field)
{
	put_text(schema, "title", field_label(field, schema->plan));
	put_text(schema, "description", field_help(field, schema->plan));
	put_kind(schema, field);
	put_preset(schema, field);
	put_example(schema, field);
}

/* ---- objects ---- */

/* The first field behind FIELD that does not belong to the group of its first LENGTH bytes. */
static const struct field *const *group_end(const struct field *const *field, size_t length)
{
	const char *prefix = (*field)->key;

	while (*field && strncmp((*field)->key, prefix, length) == 0)
		field++;
	return field;
}

/* What the reader insists on at this level: fields, and groups that hold such ones. */
static void put_required(struct schema *schema, const struct field *const *field, const char *prefix, size_t length,
			 const char *product)
{
	struct strbuf list = STRBUF_INIT;

	if (product)
		strbuf_printf(&list, "\"%s\", \"%s\"", PLAN_VERSION_KEY, field_product.key);
	while (*field && strncmp((*field)->key, prefix, length) == 0) {
		const char *rest = (*field)->key + length;
		size_t part = strcspn(rest, ".");
		const struct field *const *end = rest[part] ? group_end(field, length + part + 1) : field + 1;
		bool needed = false;

		for (const struct field *const *each = field; each < end; each++)
			needed = needed || (*each != &field_product && is_required(schema, *each));
		if (needed)
			strbuf_printf(&list, "%s\"%.*s\"", list.length ? ", " : "", (int)part, rest);
		field = end;
	}
	if (list.length) {
		put_key(schema, "required", 8);
		strbuf_printf(schema->out, "[%s]", strbuf_text(&list));
	}
	strbuf_clear(&list);
}

static bool has_required(const struct schema *schema, const struct field *const *field, const struct field *const *end)
{
	for (; field < end; field++) {
		if (is_required(schema, *field))
			return true;
	}
	return false;
}

static bool has_saved(const struct field *const *field, const struct field *const *end)
{
	for (; field < end; field++) {
		if (is_saved(*field))
			return true;
	}
	return false;
}

static void put_members(struct schema *schema, const struct field *const *field, const char *prefix, size_t length)
{
	while (*field && strncmp((*field)->key, prefix, length) == 0) {
		const char *rest = (*field)->key + length;
		size_t part = strcspn(rest, ".");
		const struct field *const *end = rest[part] ? group_end(field, length + part + 1) : field + 1;

		if (*field != &field_product && has_saved(field, end)) {
			put_key(schema, rest, part);
			strbuf_putc(schema->out, '{');
			schema->depth++;
			schema->first = true;
			if (rest[part])
				put_object(schema, field, (*field)->key, length + part + 1, NULL);
			else
				put_field(schema, *field);
			close_brace(schema, '}');
		}
		field = end;
	}
}

/* The fields from *FIELD on whose keys begin with the LENGTH bytes of PREFIX. PRODUCT: the whole plan of a product. A
 * group in which nothing is required may stand there empty. */
static void put_object(struct schema *schema, const struct field *const *fields, const char *prefix, size_t length,
		       const char *product)
{
	bool needed = !length || has_required(schema, fields, group_end(fields, length));

	put_json(schema, "type", needed ? "\"object\"" : "[\"object\", \"null\"]");
	put_json(schema, "additionalProperties", "false");
	put_required(schema, fields, prefix, length, product);
	open_brace(schema, "properties", '{');
	if (product) {
		open_brace(schema, PLAN_VERSION_KEY, '{');
		put_text(schema, "title", "Version of the file's form");
		put_json(schema, "const", PLAN_VERSION_TEXT);
		close_brace(schema, '}');
		open_brace(schema, field_product.key, '{');
		put_text(schema, "title", field_product.label);
		put_text(schema, "const", product);
		close_brace(schema, '}');
	}
	put_members(schema, fields, prefix, length);
	close_brace(schema, '}');
}

static void put_flow(struct schema *schema, const struct flow *flow)
{
	struct plan *plan = plan_new(flow);

	schema->plan = plan;
	open_brace(schema, flow->id, '{');
	put_text(schema, "title", flow->title);
	put_text(schema, "description", flow->help);
	put_object(schema, flow->fields, "", 0, flow->id);
	close_brace(schema, '}');
	plan_free(plan);
}

static void put_product(struct schema *schema)
{
	open_brace(schema, field_product.key, '{');
	put_text(schema, "title", field_product.label);
	put_text(schema, "description", field_product.help);
	put_key(schema, "enum", 4);
	strbuf_putc(schema->out, '[');
	for (size_t i = 0; flow_at(i); i++) {
		strbuf_puts(schema->out, i ? ", " : "");
		json_string(schema->out, flow_at(i)->id);
	}
	strbuf_putc(schema->out, ']');
	close_brace(schema, '}');
}

void schema_plan(struct strbuf *out)
{
	struct schema schema = { .out = out, .depth = 1, .first = true };

	strbuf_putc(out, '{');
	put_text(&schema, "$schema", "https://json-schema.org/draft/2020-12/schema");
	put_text(&schema, "$id", "urn:scupgrade:plan:" PLAN_VERSION_TEXT);
	put_text(&schema, "$comment", "Made by scupgrade " PACKAGE_VERSION " from its field tables.");
	put_text(&schema, "title", "Plan of a System Center upgrade");
	put_json(&schema, "type", "\"object\"");
	put_key(&schema, "required", 8);
	strbuf_printf(out, "[\"%s\", \"%s\"]", PLAN_VERSION_KEY, field_product.key);
	open_brace(&schema, "properties", '{');
	put_product(&schema);
	close_brace(&schema, '}');
	open_brace(&schema, "allOf", '[');
	for (size_t i = 0; flow_at(i); i++) {
		next_line(&schema);
		strbuf_printf(
			out,
			"{ \"if\": { \"properties\": { \"%s\": { \"const\": \"%s\" } }, \"required\": [\"%s\"] }, ",
			field_product.key, flow_at(i)->id, field_product.key);
		strbuf_printf(out, "\"then\": { \"$ref\": \"#/$defs/%s\" } }", flow_at(i)->id);
	}
	close_brace(&schema, ']');
	open_brace(&schema, "$defs", '{');
	for (size_t i = 0; flow_at(i); i++)
		put_flow(&schema, flow_at(i));
	close_brace(&schema, '}');
	close_brace(&schema, '}');
	strbuf_putc(out, '\n');
}
