/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The plan file's reader: the tree against the flow's field tables. What one key has wrong is a finding, and
 * the next key is read; only a file that is no plan at all ends the reading.
 */
#include "pipeline/planfile.h"

#include "core/text.h"

enum { MOST_NAMES = 64, KEY_ROOM = 128, SHOWN_CELLS = 60 };

/* A value that other answers may make pointless; judged when all of them are known. */
struct conditional {
	struct conditional *next;
	const struct field *field;
	const struct record *record;
};

struct loader {
	struct plan *plan;
	struct diags *diags;
	const char *file;
	const struct flow *flow; /* the only one that it may be a plan of; NULL: any of the register */
	size_t errors_before, empty_rows;
	struct conditional *conditionals, **last;
};

/* One mapping of the file and what may stand in it. */
struct level {
	struct record *record;
	const struct field *const *fields;
	const struct field *list;        /* RECORD is row NUMBER (from 1) of it; NULL: the answers */
	size_t number;
	char prefix[KEY_ROOM];           /* of the group within FIELDS: "accounts.data-access." */
	size_t prefix_length;
};

/* ---- findings ---- */

static struct place value_place(const struct loader *loader, const struct node *node)
{
	return (struct place){ loader->file, node->line, node->column };
}

static struct arena *findings_arena(struct loader *loader)
{
	if (!loader->diags->arena)
		loader->diags->arena = arena_new();
	return loader->diags->arena;
}

/* What stands in the file, cut to a length that a message can hold. */
static const char *shown(struct loader *loader, const char *text)
{
	struct strbuf cut = STRBUF_INIT;
	const char *kept;

	text_fit(&cut, text, SHOWN_CELLS, false, false);
	kept = arena_strdup(findings_arena(loader), strbuf_text(&cut));
	strbuf_clear(&cut);
	return kept;
}

/* "servers[2].name" or "accounts.data-access", in the findings' arena. KEY is the whole key, or "" for the row
 * itself. */
static const char *path_of(struct loader *loader, const struct level *level, const char *prefix, const char *key)
{
	if (!level->list)
		return arena_printf(findings_arena(loader), "%s%s", prefix, key);
	return arena_printf(findings_arena(loader), "%s[%zu]%s%s%s", level->list->key, level->number, *key ? "." : "",
			    prefix, key);
}

static bool too_many(const struct loader *loader)
{
	return loader->diags->errors - loader->errors_before >= PLAN_ERROR_LIMIT ||
	       loader->empty_rows > PLAN_ERROR_LIMIT;
}

/* "key:" with nothing behind it: not answered, whatever belongs there. */
static bool is_nothing(const struct node *node)
{
	return node->kind == NODE_SCALAR && node->plain && !*node->text;
}

static bool wrong_kind(struct loader *loader, const struct node *node, const char *path, const char *wanted)
{
	diags_add(loader->diags, SEV_ERROR, "wrong-kind", value_place(loader, node), path, "",
		  "%s is expected here, but this is %s.", wanted,
		  node->kind == NODE_SCALAR && !node->plain ? "a text in quotes" : node_kind_name(node));
	return false;
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
static bool part_at(const struct level *level, const struct field *field, char part[KEY_ROOM])
{
	const char *rest;
	size_t length;

	if (field->kind == FIELD_SECRET || field->kind == FIELD_VOUCH ||
	    strncmp(field->key, level->prefix, level->prefix_length) != 0)
		return false;
	rest = field->key + level->prefix_length;
	length = strcspn(rest, ".");
	if (length >= KEY_ROOM)
		bug("the key %s is too long", field->key);
	memcpy(part, rest, length);
	part[length] = '\0';
	return true;
}

/* All keys that may stand at LEVEL. */
static void known_keys(struct arena *arena, const struct level *level, const char *names[MOST_NAMES + 1])
{
	char part[KEY_ROOM];
	size_t count = 0;

	if (!level->list && !level->prefix_length)
		names[count++] = PLAN_VERSION_KEY;
	for (const struct field *const *field = level->fields; *field && count < MOST_NAMES; field++) {
		if (part_at(level, *field, part) && (count == 0 || !str_eq(names[count - 1], part)))
			names[count++] = arena_strdup(arena, part);
	}
	names[count] = NULL;
}

static void refuse_key(struct loader *loader, const struct level *level, const struct node *node, bool secret)
{
	const char *names[MOST_NAMES + 1], *nearest, *key = shown(loader, node->key);
	const char *path = path_of(loader, level, level->prefix, key);
	struct place at = { loader->file, node->key_line, node->key_column };
	struct arena *arena = arena_new();
	struct strbuf hint = STRBUF_INIT;

	known_keys(arena, level, names);
	nearest = text_nearest(node->key, names);
	if (nearest) {
		strbuf_printf(&hint, "Did you mean \"%s\"?", nearest);
	} else {
		strbuf_puts(&hint, "Possible here:");
		for (size_t i = 0; names[i]; i++)
			strbuf_printf(&hint, "%s %s", i ? "," : "", names[i]);
		strbuf_putc(&hint, '.');
	}
	if (secret)
		diags_add(loader->diags, SEV_ERROR, "secret-in-plan", at, path,
			  "Remove it, and change the password if others could read this file. "
			  "Use --passwords ask, or let the scripts ask on the server.",
			  "A plan never holds a password.");
	else
		diags_add(loader->diags, SEV_ERROR, "unknown-key", at, path, strbuf_text(&hint),
			  "There is no key \"%s\" here.", key);
	strbuf_clear(&hint);
	arena_free(arena);
}

/* ---- values ---- */

/* Where a value stands, for a report that is hardly ever needed. */
struct value {
	struct loader *loader;
	const struct level *level;
	const struct field *field;
	const struct node *node;
};

static void locate(struct report *report)
{
	const struct value *value = report->data[0];

	report->at = value_place(value->loader, value->node);
	report->path = path_of(value->loader, value->level, "", value->field->key);
}

static bool wrong_value(const struct value *value, const char *wanted)
{
	return wrong_kind(value->loader, value->node, path_of(value->loader, value->level, "", value->field->key),
			  wanted);
}

static void load_scalar(const struct value *value)
{
	struct report report = { .diags = value->loader->diags, .locate = locate, .data = { value } };

	if (value->node->kind != NODE_SCALAR)
		wrong_value(value, "A text");
	else if (value->field->kind == FIELD_NUMBER && !value->node->plain)
		wrong_value(value, "A number");
	else if (value->field->kind == FIELD_FLAG && !value->node->plain)
		wrong_value(value, "One of true and false");
	else
		field_store_kept(value->field, value->loader->plan, value->level->record, value->node->text, &report);
}

static void load_list(const struct value *list)
{
	struct value value = *list;

	if (list->node->kind != NODE_SEQUENCE) {
		wrong_value(list, "A list such as [a, b]");
		return;
	}
	field_empty_list(list->field, list->level->record);
	for (value.node = list->node->child; value.node && !too_many(list->loader); value.node = value.node->next) {
		struct report report = { .diags = list->loader->diags, .locate = locate, .data = { &value } };

		if (value.node->kind != NODE_SCALAR)
			wrong_value(&value, "A text");
		else
			field_store_item(list->field, list->loader->plan, list->level->record, value.node->text,
					 &report);
	}
}

static void load_mapping(struct loader *loader, struct level *level, const struct node *mapping);

static void load_rows(struct loader *loader, struct record *record, const struct field *field, const struct node *node)
{
	struct level level = { .fields = field->columns, .list = field };
	struct rows *rows = field_rows_at(field, record);
	struct record *fresh;

	if (node->kind != NODE_SEQUENCE) {
		wrong_kind(loader, node, field->key, "A list");
		return;
	}
	fresh = plan_new_record(loader->plan, field);
	for (node = node->child; node && !too_many(loader); node = node->next) {
		level.number++;
		if (node->kind != NODE_MAPPING) {
			wrong_kind(loader, node, path_of(loader, &level, "", ""), "A mapping such as { key: value }");
			continue;
		}
		loader->empty_rows += !node->child;
		level.record = plan_copy_record(loader->plan, field, fresh);
		level.record->node = node;
		load_mapping(loader, &level, node);
		rows_insert(loader->plan, rows, rows->count, level.record);
	}
}

static void remember_conditional(struct loader *loader, const struct value *value)
{
	struct conditional *one = arena_alloc(loader->plan->arena, sizeof(*one));

	*one = (struct conditional){ NULL, value->field, value->level->record };
	*loader->last = one;
	loader->last = &one->next;
}

static void load_value(struct loader *loader, const struct level *level, const struct field *field,
		       const struct node *node)
{
	struct value value = { loader, level, field, node };

	if (field->kind == FIELD_ROWS)
		load_rows(loader, level->record, field, node);
	else if (field->kind == FIELD_CHOICES || field->kind == FIELD_NAMES)
		load_list(&value);
	else
		load_scalar(&value);
	if (field->applies)
		remember_conditional(loader, &value);
}

/* The field with KEY at LEVEL. *GROUP: there is none, but fields below a group of that name. */
static const struct field *field_at(const struct level *level, const char *key, bool *group)
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
		if (!rest[length] && (*field)->kind != FIELD_VOUCH)
			return *field;
		*group = *group || rest[length] == '.';
	}
	return NULL;
}

static void load_group(struct loader *loader, struct level *level, const struct node *node)
{
	size_t outer = level->prefix_length, length = strlen(node->key);

	if (node->kind != NODE_MAPPING) {
		wrong_kind(loader, node, path_of(loader, level, level->prefix, node->key), "A mapping");
		return;
	}
	if (outer + length + 2 > KEY_ROOM)
		bug("the group %s is nested too deep", node->key);
	memcpy(level->prefix + outer, node->key, length);
	memcpy(level->prefix + outer + length, ".", 2);
	level->prefix_length = outer + length + 1;
	load_mapping(loader, level, node);
	level->prefix_length = outer;
	level->prefix[outer] = '\0';
}

static void load_key(struct loader *loader, struct level *level, const struct node *node)
{
	/* A dotted key is not the nested one: the same answer could stand in the file twice. */
	const struct field *field;
	bool group, dotted = strchr(node->key, '.');

	field = field_at(level, node->key, &group);
	if ((!field || field->kind == FIELD_SECRET) && looks_secret(node->key))
		refuse_key(loader, level, node, true);
	else if (dotted || (!field && !group))
		refuse_key(loader, level, node, false);
	else if (group && !is_nothing(node))
		load_group(loader, level, node);
	else if (!group && field != &field_product && !is_nothing(node))
		load_value(loader, level, field, node);
}

/* Recursion ends with the groups of the field tables and their one level of rows, whatever the file says. */
static void load_mapping(struct loader *loader, struct level *level, const struct node *mapping)
{
	bool root = !level->list && !level->prefix_length;

	for (const struct node *node = mapping->child; node && !too_many(loader); node = node->next) {
		if (!root || strcmp(node->key, PLAN_VERSION_KEY) != 0)
			load_key(loader, level, node);
	}
}

static void warn_unused(struct loader *loader)
{
	const struct conditional *one;

	for (one = loader->conditionals; one && loader->diags->warnings < PLAN_ERROR_LIMIT; one = one->next) {
		struct report report = plan_report(loader->plan, NULL, one->record, one->field, loader->diags);

		if (!field_applies(one->field, loader->plan, one->record) &&
		    !field_is_preset(one->field, loader->plan, one->record))
			report_add(&report, SEV_WARNING, "unused-key", "Remove it; a saved plan leaves it out.",
				   "This is not used, because other answers make it pointless.");
	}
}

/* ---- the file ---- */

/* False: this program cannot know what the file means. */
static bool check_version(struct loader *loader, const struct node *root)
{
	const struct node *node = node_find(root, PLAN_VERSION_KEY);

	if (!node) {
		diags_add(loader->diags, SEV_ERROR, "plan-version", value_place(loader, root), PLAN_VERSION_KEY,
			  "Start the file with: " PLAN_VERSION_KEY ": 1", "The file does not say its format version.");
		return true;
	}
	if (node->kind != NODE_SCALAR || !node->plain)
		return wrong_kind(loader, node, PLAN_VERSION_KEY, "A number");
	if (!str_eq(node->text, PLAN_VERSION_TEXT)) {
		diags_add(loader->diags, SEV_ERROR, "plan-version", value_place(loader, node), PLAN_VERSION_KEY, "",
			  "The file says format version \"%s\"; this program reads version " PLAN_VERSION_TEXT ".",
			  shown(loader, node->text));
		return false;
	}
	return true;
}

static const struct flow *find_flow(struct loader *loader, const struct node *root)
{
	const struct node *node = node_find(root, field_product.key);
	const char *ids[MOST_NAMES + 1] = { NULL }, *nearest;
	const struct flow *flow = NULL;
	struct strbuf hint = STRBUF_INIT;

	for (size_t i = 0; i < MOST_NAMES && flow_at(i); i++) {
		ids[i] = flow_at(i)->id;
		strbuf_printf(&hint, "%s %s", i ? "," : "Possible:", ids[i]);
	}
	strbuf_putc(&hint, '.');
	if (!node) {
		diags_add(loader->diags, SEV_ERROR, "plan-product", value_place(loader, root), field_product.key,
			  strbuf_text(&hint), "The plan does not say which product is upgraded.");
	} else if (node->kind != NODE_SCALAR) {
		wrong_kind(loader, node, field_product.key, "A text");
	} else if (loader->flow && str_eq(loader->flow->id, node->text)) {
		flow = loader->flow;
	} else if (!(flow = flow_find(node->text))) {
		nearest = text_nearest(node->text, ids);
		if (nearest) {
			strbuf_reset(&hint);
			strbuf_printf(&hint, "Did you mean \"%s\"?", nearest);
		}
		diags_add(loader->diags, SEV_ERROR, "plan-product", value_place(loader, node), field_product.key,
			  strbuf_text(&hint), "\"%s\" is not a product that this program knows.",
			  shown(loader, node->text));
	}
	strbuf_clear(&hint);
	return flow;
}

static bool load_root(struct loader *loader, struct arena *arena, const struct node *root)
{
	struct level level = { .list = NULL };
	const struct flow *flow;
	bool known;

	if (root->kind != NODE_MAPPING)
		return wrong_kind(loader, root, "", "A mapping of keys and values");
	known = check_version(loader, root);
	flow = find_flow(loader, root);
	if (!known || !flow)
		return false;
	loader->plan = plan_new_in(arena, flow);
	loader->plan->file = loader->file;
	loader->plan->answers->record.node = root;
	level.record = &loader->plan->answers->record;
	level.fields = flow->fields;
	load_mapping(loader, &level, root);
	if (too_many(loader)) {
		diags_add(loader->diags, SEV_ERROR, "too-many-errors", (struct place){ loader->file, 0, 0 }, "", "",
			  "More than %u things are wrong; the rest of the file was not looked at.", PLAN_ERROR_LIMIT);
		return false;
	}
	warn_unused(loader);
	return true;
}

static enum load_result read_plan(const char *name, const struct flow *flow, const char *bytes, size_t length,
				  struct plan **plan, struct diags *diags)
{
	struct loader loader = { .diags = diags, .file = name, .flow = flow, .errors_before = diags->errors };
	struct arena *arena = arena_new();
	const struct node *root = yamltree_parse(arena, name, bytes, length, diags);
	bool ok;

	loader.last = &loader.conditionals;
	ok = root && load_root(&loader, arena, root);
	*plan = NULL;
	if (ok)
		*plan = loader.plan;
	else if (loader.plan)
		plan_free(loader.plan);
	else
		arena_free(arena);
	return ok ? LOAD_OK : LOAD_BAD;
}

enum load_result plan_read(const char *name, const char *bytes, size_t length, struct plan **plan,
			   struct diags *diags)
{
	return read_plan(name, NULL, bytes, length, plan, diags);
}

bool plan_reads_back(const struct plan *plan, const struct strbuf *text, struct diags *diags)
{
	struct strbuf again = STRBUF_INIT;
	struct plan *copy = NULL;
	bool same = false;

	if (read_plan(plan->file, plan->flow, strbuf_text(text), text->length, &copy, diags) == LOAD_OK) {
		plan_format(copy, &again);
		same = strbuf_equal(text, &again);
	}
	plan_free(copy);
	strbuf_clear(&again);
	return same;
}

static enum load_result refuse_file(const char *path, enum file_result result, const char *why, struct diags *diags)
{
	struct place at = { str_eq(path, "-") ? "standard input" : path, 0, 0 };

	if (result == FILE_TOO_LARGE) {
		diags_add(diags, SEV_ERROR, "file-too-large", at, "", "", "The file has more than %u MiB.",
			  YAML_FILE_LIMIT >> 20);
		return LOAD_BAD;
	}
	diags_add(diags, SEV_ERROR, "file-unreadable", at, "", "", "The file cannot be read: %s.", why);
	return LOAD_UNREADABLE;
}

enum load_result plan_load(const char *path, struct plan **plan, struct plan_source *source, struct diags *diags)
{
	const char *why, *name = str_eq(path, "-") ? "standard input" : path;
	struct strbuf bytes = STRBUF_INIT;
	struct file_identity identity;
	size_t errors = diags->errors;
	enum load_result result;
	enum file_result file;

	*plan = NULL;
	/* Who does not save needs no identity, whose digest takes its time. */
	file = platform_read(path, YAML_FILE_LIMIT, &bytes, source ? &identity : NULL, &why);
	if (file == FILE_OK)
		result = plan_read(name, strbuf_text(&bytes), bytes.length, plan, diags);
	else
		result = file == FILE_MISSING ? LOAD_MISSING : refuse_file(path, file, why, diags);
	if (source)
		*source = (struct plan_source){ .text = STRBUF_INIT };
	if (source && result == LOAD_OK) {
		source->identity = identity;
		source->has_errors = diags->errors > errors;
		source->has_comments = yamltree_has_comments(strbuf_text(&bytes), bytes.length);
		plan_format(*plan, &source->text);
	}
	strbuf_clear(&bytes);
	return result;
}
