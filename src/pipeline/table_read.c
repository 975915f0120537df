/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The one reader of plans and facts: a tree of nodes against a table of fields.
 */
#include "pipeline/table_read.h"

#include "core/text.h"


enum { MOST_NAMES = 64, SHOWN_CELLS = 60 };

/* ---- findings ---- */

struct place table_place(const struct table_reader *reader, const struct node *node)
{
	return (struct place){ reader->file, node->line, node->column };
}

static struct arena *findings_arena(struct table_reader *reader)
{
	if (!reader->diags->arena)
		reader->diags->arena = arena_new();
	return reader->diags->arena;
}

const char *table_shown(struct table_reader *reader, const char *text)
{
	struct strbuf cut = STRBUF_INIT;
	const char *kept;

	text_fit(&cut, text, SHOWN_CELLS, false, false);
	kept = arena_strdup(findings_arena(reader), strbuf_text(&cut));
	strbuf_clear(&cut);
	return kept;
}

const char *table_path(struct table_reader *reader, const struct table_level *level, const char *prefix,
		       const char *key)
{
	if (!level->list)
		return arena_printf(findings_arena(reader), "%s%s", prefix, key);
	return arena_printf(findings_arena(reader), "%s[%zu]%s%s%s", level->list->key, level->number, *key ? "." : "",
			    prefix, key);
}

bool table_too_many(const struct table_reader *reader)
{
	return reader->diags->errors - reader->errors_before >= PLAN_ERROR_LIMIT ||
	       reader->empty_rows > PLAN_ERROR_LIMIT;
}

bool table_wrong_kind(struct table_reader *reader, const struct node *node, const char *path, const char *wanted)
{
	diags_add(reader->diags, SEV_ERROR, "wrong-kind", table_place(reader, node), path, "",
		  "%s is expected here, but this is %s.", wanted,
		  node->kind == NODE_SCALAR && !node->plain ? "a text in quotes" : node_kind_name(node));
	return false;
}

static void locate(struct report *report)
{
	const struct table_value *value = report->data[0];

	report->at = table_place(value->reader, value->node);
	report->path = table_path(value->reader, value->level, "", value->field->key);
}

struct report table_report(const struct table_value *value)
{
	return (struct report){ .diags = value->reader->diags, .locate = locate, .data = { value } };
}

const char *table_scalar(const struct table_value *value)
{
	return node_text(value->reader->tree, value->node);
}

static bool wrong_value(const struct table_value *value, const char *wanted)
{
	return table_wrong_kind(value->reader, value->node,
				table_path(value->reader, value->level, "", value->field->key), wanted);
}

/* ---- unknown keys ---- */

static bool looks_secret(const char *key)
{
	static const char *const words[] = { "password", "passwd", "pwd", "secret", "passphrase" };

	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		if (text_contains_fold(key, words[i]))
			return true;
	}
	return false;
}

/* The key of FIELD as it is written at LEVEL, up to the next dot, into PART. False: FIELD does not belong below
 * LEVEL. */
static bool part_at(const struct table_level *level, const struct field *field, char part[TABLE_KEY_ROOM])
{
	const char *rest;
	size_t length;

	if (field->kind == FIELD_SECRET ||
	    strncmp(field->key, level->prefix, level->prefix_length) != 0)
		return false;
	rest = field->key + level->prefix_length;
	length = strcspn(rest, ".");
	if (length >= TABLE_KEY_ROOM)
		bug("the key %s is too long", field->key);
	memcpy(part, rest, length);
	part[length] = '\0';
	return true;
}

static bool is_root(const struct table_level *level)
{
	return !level->list && !level->prefix_length;
}

/* All keys that may stand at LEVEL. */
static void known_keys(const struct table_document *document, struct arena *arena, const struct table_level *level,
		       const char *names[MOST_NAMES + 1])
{
	char part[TABLE_KEY_ROOM];
	size_t count = 0;

	if (document->offers_version && is_root(level))
		names[count++] = document->version_key;
	for (const struct field *const *field = level->fields; *field && count < MOST_NAMES; field++) {
		if (part_at(level, *field, part) && (count == 0 || !str_eq(names[count - 1], part)))
			names[count++] = arena_strdup(arena, part);
	}
	names[count] = NULL;
}

/* The last part of a key of the table, which may be written at the wrong level: "hardware.memory-mb" for "memmory". */
static const char *nearest_below(const struct table_level *level, const char *key)
{
	for (const struct field *const *field = level->fields; *field; field++) {
		const char *last = strrchr((*field)->key, '.');
		const char *candidates[3] = { NULL };
		char word[TABLE_KEY_ROOM];
		size_t length;

		if (!last)
			continue;
		length = strcspn(last + 1, "-");
		if (length >= sizeof(word))
			continue;
		memcpy(word, last + 1, length);
		word[length] = '\0';
		candidates[0] = last + 1;
		candidates[1] = word;
		if (text_nearest(key, candidates))
			return (*field)->key;
	}
	return NULL;
}

/* The key that NODE means, of those that MAPPING does not have yet, in the findings' arena; NULL: none that is sure
 * enough. */
static const char *meant_key(struct table_reader *reader, const struct table_level *level, const struct node *mapping,
			     const struct node *node)
{
	const char *names[MOST_NAMES + 1], *nearest;
	struct arena *arena = arena_new();
	size_t kept = 0;

	known_keys(reader->document, arena, level, names);
	for (size_t i = 0; names[i]; i++)
		if (!node_find(reader->tree, mapping, names[i]))
			names[kept++] = names[i];
	names[kept] = NULL;
	nearest = text_nearest(node_key(reader->tree, node), names);
	if (nearest)
		nearest = table_shown(reader, nearest);
	arena_free(arena);
	return nearest;
}

static void put_known_keys(struct table_reader *reader, const struct table_level *level, struct strbuf *hint)
{
	const char *names[MOST_NAMES + 1];
	struct arena *arena = arena_new();

	known_keys(reader->document, arena, level, names);
	strbuf_puts(hint, "Possible here:");
	for (size_t i = 0; names[i]; i++)
		strbuf_printf(hint, "%s %s", i ? "," : "", names[i]);
	strbuf_putc(hint, '.');
	arena_free(arena);
}

/* The key as it is nested: "accounts: { data-access: { user: ... } }". */
static void put_nested(const char *key, struct strbuf *hint)
{
	size_t depth = 0;

	strbuf_puts(hint, "Dots stand for nesting: ");
	for (; *key; key++) {
		if (*key != '.') {
			strbuf_putc(hint, *key);
			continue;
		}
		strbuf_puts(hint, ": { ");
		depth++;
	}
	strbuf_puts(hint, ": ...");
	while (depth--)
		strbuf_puts(hint, " }");
}

/* LENGTH bytes of TEXT with its odd blanks as \u{a0}, or, HIDDEN, without them. */
static void put_odd_blanks(struct strbuf *out, const char *text, size_t length, bool hidden)
{
	const char *end = text + length, *found;
	uint32_t code;

	while ((found = text_find_odd_blank(text, end, &code))) {
		strbuf_add(out, text, (size_t)(found - text));
		if (!hidden)
			strbuf_printf(out, "\\u{%x}", (unsigned)code);
		text = found;
		(void)text_next(&text, end);
	}
	strbuf_add(out, text, (size_t)(end - text));
}

/* CODE stands in KEY. What it was meant to be is told by the path. */
static void refuse_odd_blank(struct table_reader *reader, struct place at, const char *key, uint32_t code,
			     const char *path)
{
	struct strbuf shown = STRBUF_INIT, meant = STRBUF_INIT;

	put_odd_blanks(&shown, key, strlen(key), false);
	put_odd_blanks(&meant, path, strcspn(path, ":"), true);
	diags_add(reader->diags, SEV_ERROR, "unknown-key", at, strbuf_text(&meant), ODD_BLANK_HINT,
		  ODD_BLANK ": \"%s\".", (unsigned)code, table_shown(reader, strbuf_text(&shown)));
	strbuf_clear(&shown);
	strbuf_clear(&meant);
}

/* MEANT: what it is read as; NULL: nothing. */
static void refuse_unknown(struct table_reader *reader, const struct table_level *level, const struct node *node,
			   const char *path, const char *meant)
{
	struct place at = node_key_place(node, reader->file);
	const char *key = node_key(reader->tree, node), *below = meant ? NULL : nearest_below(level, key);
	struct strbuf hint = STRBUF_INIT;
	uint32_t code;

	if (text_find_odd_blank(key, key + strlen(key), &code)) {
		refuse_odd_blank(reader, at, key, code, path);
		return;
	}
	if (strchr(key, '.') && meant)
		put_nested(meant, &hint);
	else if (meant || below)
		strbuf_printf(&hint, "Did you mean \"%s\"?", meant ? meant : below);
	else
		put_known_keys(reader, level, &hint);
	diags_add(reader->diags, SEV_ERROR, "unknown-key", at, path, strbuf_text(&hint), "There is no key \"%s\" here.",
		  table_shown(reader, key));
	strbuf_clear(&hint);
}

static const char *path_of_key(struct table_reader *reader, const struct table_level *level, const struct node *node)
{
	return table_path(reader, level, level->prefix, table_shown(reader, node_key(reader->tree, node)));
}

static void refuse_secret(struct table_reader *reader, const struct table_level *level, const struct node *node)
{
	const struct table_document *document = reader->document;

	diags_add(reader->diags, SEV_ERROR, document->secret_code, node_key_place(node, reader->file),
		  path_of_key(reader, level, node),
		  document->secret_hint, "%s", document->secret_text);
}

/* ---- values ---- */

static void read_scalar(const struct table_value *value)
{
	const struct table_document *document = value->reader->document;
	bool number = value->field->kind == FIELD_NUMBER, flag = value->field->kind == FIELD_FLAG;
	bool scalar = value->node->kind == NODE_SCALAR;

	if (scalar && (value->node->plain || (!number && !flag)))
		document->scalar(value);
	else if (!scalar && document->no_scalar)
		wrong_value(value, document->no_scalar);
	else
		wrong_value(value, number ? "A number" : flag ? "One of true and false" : "A text");
}

static bool enter_list(struct table_value *list, const char *wanted)
{
	size_t limit = list->field->limit;
	struct report report = table_report(list);

	if (list->node->kind != NODE_SEQUENCE)
		return wrong_value(list, wanted);
	for (const struct node *node = node_first(list->node); node; node = node_next(node))
		list->count++;
	if (limit && list->count > limit)
		return report_error(&report, "list-long", "", "This list has more than %zu entries.", limit);
	list->reader->document->list_begin(list);
	return true;
}

static void leave_list(const struct table_value *list, bool well)
{
	if (list->reader->document->list_end)
		list->reader->document->list_end(list, well);
}

static void read_list(struct table_value *list)
{
	const struct table_document *document = list->reader->document;
	struct table_value item = *list;
	bool well = true, more = true;

	if (!enter_list(list, document->list))
		return;
	for (item.node = node_first(list->node); more && item.node && !table_too_many(list->reader);
	     item.node = node_next(item.node)) {
		bool fine = item.node->kind == NODE_SCALAR ? document->item(&item) : wrong_value(&item, "A text");

		well = well && fine;
		more = fine || !document->whole_lists;
	}
	leave_list(list, well);
}

static void read_rows(struct table_value *list)
{
	struct table_level level = { .fields = list->field->columns, .list = list->field };
	const struct table_document *document = list->reader->document;
	struct table_reader *reader = list->reader;

	if (!enter_list(list, "A list"))
		return;
	for (level.node = node_first(list->node); level.node && !table_too_many(reader);
	     level.node = node_next(level.node)) {
		level.number++;
		if (level.node->kind != NODE_MAPPING) {
			table_wrong_kind(reader, level.node, table_path(reader, &level, "", ""), document->row);
			continue;
		}
		reader->empty_rows += !node_first(level.node);
		document->row_begin(list, &level);
		table_read(reader, &level);
		document->row_end(list, &level);
	}
	leave_list(list, true);
}

static void read_value(struct table_reader *reader, const struct table_level *level, const struct field *field,
		       const struct node *node)
{
	struct table_value value = { reader, level, field, node, 0 };

	if (field->kind == FIELD_ROWS)
		read_rows(&value);
	else if (field->kind == FIELD_CHOICES || field->kind == FIELD_NAMES)
		read_list(&value);
	else
		read_scalar(&value);
	if (reader->document->done)
		reader->document->done(&value);
}

/* ---- keys ---- */

bool table_is_nothing(const struct yamltree *tree, const struct node *node)
{
	return node->kind == NODE_SCALAR && node->plain && !*node_text(tree, node);
}

/* The field with KEY at LEVEL. *GROUP: there is none, but fields below a group of that name. */
static const struct field *field_at(const struct table_level *level, const char *key, bool *group)
{
	size_t length = strlen(key);

	*group = false;
	for (const struct field *const *field = level->fields; *field; field++) {
		const char *rest;

		if (level->prefix_length && strncmp((*field)->key, level->prefix, level->prefix_length) != 0)
			continue;
		rest = (*field)->key + level->prefix_length;
		if (strncmp(rest, key, length) != 0)
			continue;
		if (!rest[length])
			return *field;
		*group = *group || rest[length] == '.';
	}
	return NULL;
}

static void read_mapping(struct table_reader *reader, struct table_level *level, const struct node *mapping);

/* NODE has the group KEY, as it is written or as it is meant. */
static void read_group(struct table_reader *reader, struct table_level *level, const struct node *node,
		       const char *key)
{
	size_t outer = level->prefix_length, length = strlen(key);

	if (node->kind != NODE_MAPPING) {
		table_wrong_kind(reader, node, table_path(reader, level, level->prefix, key), "A mapping");
		return;
	}
	if (outer + length + 2 > TABLE_KEY_ROOM)
		bug("the group %s is nested too deep", key);
	memcpy(level->prefix + outer, key, length);
	memcpy(level->prefix + outer + length, ".", 2);
	level->prefix_length = outer + length + 1;
	read_mapping(reader, level, node);
	level->prefix_length = outer;
	level->prefix[outer] = '\0';
}

static bool is_retired(const struct table_reader *reader, const struct table_level *level, const char *key)
{
	const char *const *retired = reader->document->retired;
	const char *list = level->list ? level->list->key : "", *mark = level->list ? "[]." : "";
	char path[3 * TABLE_KEY_ROOM];

	/* A longer one is cut off and is none of them. */
	(void)snprintf(path, sizeof(path), "%s%s%s%s", list, mark, level->prefix, key);
	while (*retired && !str_eq(*retired, path))
		retired++;
	return *retired;
}

/* Whether the value of the dotted KEY stands where it belongs too: then that one counts. */
static bool is_nested(const struct yamltree *tree, const struct node *mapping, const char *key)
{
	char part[TABLE_KEY_ROOM];

	for (;;) {
		size_t length = strcspn(key, ".");

		if (length >= sizeof(part))
			return false;
		memcpy(part, key, length);
		part[length] = '\0';
		mapping = node_find(tree, mapping, part);
		if (!key[length])
			return mapping != NULL;
		if (!mapping || mapping->kind != NODE_MAPPING)
			return false;
		key += length + 1;
	}
}

/* The field of a KEY that an earlier row had; equal keys of a file share their text. */
static const struct field *known_field(const struct table_level *level, const char *key)
{
	for (size_t i = 0; i < level->known_count; i++) {
		if (level->known[i].key == key)
			return level->prefix_length ? NULL : level->known[i].field;
	}
	return NULL;
}

static void remember_key(struct table_level *level, const char *key, const struct field *field)
{
	if (!level->list || level->prefix_length || level->known_count == TABLE_KNOWN_KEYS)
		return;
	level->known[level->known_count].key = key;
	level->known[level->known_count++].field = field;
}

static void read_field(struct table_reader *reader, const struct table_level *level, const struct field *field,
		       const struct node *node)
{
	if (field->kind != FIELD_SECRET && !table_is_nothing(reader->tree, node))
		read_value(reader, level, field, node);
}

/* Reads NODE by the key that it has or, after an error, by the one that is meant: whatever else is wrong is told in the
 * same run, and nothing is said to be missing that is only misspelt. */
static void read_key(struct table_reader *reader, struct table_level *level, const struct node *mapping,
		     const struct node *node)
{
	/* A dotted key is not the nested one: the same value could stand in the file twice. */
	const char *key = node_key(reader->tree, node);
	bool group, dotted = strchr(key, '.');
	const struct field *field = field_at(level, key, &group);

	if (reader->document->retired && !dotted && is_retired(reader, level, key))
		return;
	if ((!field || field->kind == FIELD_SECRET) && looks_secret(key)) {
		refuse_secret(reader, level, node);
		return;
	}
	if (dotted || (!field && !group)) {
		key = dotted ? (field ? key : NULL) : meant_key(reader, level, mapping, node);
		refuse_unknown(reader, level, node, path_of_key(reader, level, node), key);
		if (!key || (dotted && is_nested(reader->tree, mapping, key)))
			return;
		if (!dotted)
			node_rename(reader->tree, node, key);
		field = field_at(level, key, &group);
	} else if (field && !group) {
		remember_key(level, key, field);
	}
	if (group && !table_is_nothing(reader->tree, node))
		read_group(reader, level, node, key);
	else if (field)
		read_field(reader, level, field, node);
}

static void read_mapping(struct table_reader *reader, struct table_level *level, const struct node *mapping)
{
	bool root = is_root(level);

	for (const struct node *node = node_first(mapping); node && !table_too_many(reader); node = node_next(node)) {
		const char *key = node_key(reader->tree, node);
		const struct field *field = known_field(level, key);

		if (field)
			read_field(reader, level, field, node);
		else if (!root || !str_eq(key, reader->document->version_key))
			read_key(reader, level, mapping, node);
	}
}

void table_read(struct table_reader *reader, struct table_level *level)
{
	read_mapping(reader, level, level->node);
}
