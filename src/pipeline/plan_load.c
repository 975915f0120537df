/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The plan file's reader: the tree against the flow's field tables. What one key has wrong is a finding, and
 * the next key is read; only a file that is no plan at all ends the reading.
 */
#include "pipeline/planfile.h"

#include "core/debug.h"
#include "core/text.h"
#include "pipeline/earlier.h"
#include "pipeline/table_read.h"

enum { MOST_NAMES = 64 };

/* A value that other answers may make pointless; judged when all of them are known. */
struct conditional {
	struct conditional *next;
	const struct field *field;
	const struct record *record;
};

struct loader {
	struct table_reader reader;
	struct plan *plan;
	struct record *fresh;    /* a row of the list that is read, with its presets */
	const struct flow *flow; /* the only one that it may be a plan of; NULL: any of the register */
	struct strbuf *spare;    /* held the file: its memory becomes the plan's */
	struct conditional *conditionals, **last;
};

/* ---- values ---- */

static void load_scalar(const struct table_value *value)
{
	struct loader *loader = value->reader->data;
	struct report report = table_report(value);

	/* To YAML they are letters, so that the value is not what was meant. */
	if (value->node->plain && !field_check_quotes(table_scalar(value), false, &report))
		return;
	if (value->field != &field_product)
		field_store_kept(value->field, loader->plan, value->level->record, table_scalar(value), &report);
}

static bool load_item(const struct table_value *item)
{
	struct loader *loader = item->reader->data;
	struct report report = table_report(item);

	return field_store_item(item->field, loader->plan, item->level->record, table_scalar(item), &report);
}

static void empty_list(const struct table_value *list)
{
	struct loader *loader = list->reader->data;

	if (list->field->kind == FIELD_ROWS) {
		loader->fresh = plan_new_record(loader->plan, list->field);
		rows_begin(loader->plan, field_rows_at(list->field, list->level->record), list->count);
	} else {
		field_empty_list(list->field, loader->plan, list->level->record);
	}
}

static void load_row(const struct table_value *list, struct table_level *row)
{
	struct loader *loader = list->reader->data;
	struct record *record = plan_copy_record(loader->plan, list->field, loader->fresh);

	record->node = (uint32_t)(row->node - loader->plan->tree->nodes) + 1;
	row->record = record;
}

static void keep_row(const struct table_value *list, const struct table_level *row)
{
	struct loader *loader = list->reader->data;
	struct rows *rows = field_rows_at(list->field, list->level->record);

	rows_insert(loader->plan, rows, rows->count, row->record);
}

static void remember_conditional(const struct table_value *value)
{
	struct loader *loader = value->reader->data;
	struct conditional *one;

	if (!value->field->applies)
		return;
	one = arena_alloc(loader->plan->arena, sizeof(*one));
	*one = (struct conditional){ NULL, value->field, value->level->record };
	*loader->last = one;
	loader->last = &one->next;
}

static const struct table_document plan_document = {
	.version_key = PLAN_VERSION_KEY,
	.offers_version = true,
	.secret_code = "secret-in-plan",
	.secret_text = "A plan never holds a password.",
	.secret_hint = "Remove it, and change the password if others could read this file. "
		       "Use --passwords ask, or let the scripts ask on the server.",
	.no_scalar = "A text",
	.list = "A list such as [a, b]",
	.row = "A mapping such as { key: value }",
	.scalar = load_scalar,
	.list_begin = empty_list,
	.item = load_item,
	.row_begin = load_row,
	.row_end = keep_row,
	.done = remember_conditional,
};

static void warn_unused(struct loader *loader)
{
	const struct conditional *one;

	for (one = loader->conditionals; one && loader->reader.diags->warnings < PLAN_ERROR_LIMIT; one = one->next) {
		struct report report = plan_report(loader->plan, one->record, one->field, loader->reader.diags);

		if (!field_applies(one->field, loader->plan, one->record) &&
		    !field_is_preset(one->field, loader->plan, one->record))
			report_add(&report, SEV_WARNING, "unused-key", "Remove it; a saved plan leaves it out.",
				   "This is not used, because other answers make it pointless.");
	}
}

/* ---- the file ---- */

/* What to do with a file of ours that is no plan; NULL: it looks like none of these. */
static const char *other_use(const struct yamltree *tree)
{
	static const char ending[] = ".password";

	if (node_find(tree, tree->nodes, FACTS_VERSION_KEY))
		return "This is a file of facts: give it to --facts.";
	for (const struct node *node = node_first(tree->nodes); node; node = node_next(node)) {
		const char *key = node_key(tree, node);

		if (strlen(key) > strlen(ending) && str_ends(key, ending))
			return "This is a file of passwords: give it to --passwords.";
	}
	return NULL;
}

static bool is_other_file(struct table_reader *reader)
{
	const struct node *root = reader->tree->nodes;
	const char *use = node_find(reader->tree, root, PLAN_VERSION_KEY) ? NULL : other_use(reader->tree);

	if (use)
		diags_add(reader->diags, SEV_ERROR, "plan-version", table_place(reader, root), "", use,
			  "The file is not a plan.");
	return use;
}

/* False: this program cannot know what the file means. */
static bool check_version(struct table_reader *reader)
{
	const struct node *root = reader->tree->nodes, *node = node_find(reader->tree, root, PLAN_VERSION_KEY);
	const char *text = node && node->kind == NODE_SCALAR ? node_text(reader->tree, node) : NULL;

	if (!node) {
		diags_add(reader->diags, SEV_ERROR, "plan-version", table_place(reader, root), PLAN_VERSION_KEY,
			  "Start the file with: " PLAN_VERSION_KEY ": 1", "The file does not name its format version.");
		return true;
	}
	if (!text || !node->plain)
		return table_wrong_kind(reader, node, PLAN_VERSION_KEY, "A number");
	if (!str_eq(text, PLAN_VERSION_TEXT)) {
		diags_add(reader->diags, SEV_ERROR, "plan-version", table_place(reader, node), PLAN_VERSION_KEY, "",
			  "The file has format version \"%s\"; this program reads version " PLAN_VERSION_TEXT ".",
			  table_shown(reader, text));
		return false;
	}
	return true;
}

static const struct flow *find_flow(struct table_reader *reader, const struct flow *only)
{
	const struct node *root = reader->tree->nodes, *node = node_find(reader->tree, root, field_product.key);
	const char *text = node && node->kind == NODE_SCALAR ? node_text(reader->tree, node) : NULL;
	const char *ids[MOST_NAMES + 1] = { NULL }, *nearest;
	const struct flow *flow = NULL;
	struct strbuf hint = STRBUF_INIT;

	for (size_t i = 0; i < MOST_NAMES && flow_at(i); i++) {
		ids[i] = flow_at(i)->id;
		strbuf_printf(&hint, "%s %s", i ? "," : "Possible:", ids[i]);
	}
	strbuf_putc(&hint, '.');
	if (!node) {
		diags_add(reader->diags, SEV_ERROR, "plan-product", table_place(reader, root), field_product.key,
			  strbuf_text(&hint), "The plan does not say which product is upgraded.");
	} else if (!text) {
		table_wrong_kind(reader, node, field_product.key, "A text");
	} else if (only && str_eq(only->id, text)) {
		flow = only;
	} else if (!(flow = flow_find(text))) {
		nearest = text_nearest(text, ids);
		if (nearest) {
			strbuf_reset(&hint);
			strbuf_printf(&hint, "Did you mean \"%s\"?", nearest);
			flow = flow_find(nearest);     /* so that everything else is told in the same run */
		}
		diags_add(reader->diags, SEV_ERROR, "plan-product", table_place(reader, node), field_product.key,
			  strbuf_text(&hint), "\"%s\" is not a product that this program knows.",
			  table_shown(reader, text));
	}
	strbuf_clear(&hint);
	return flow;
}

static bool load_root(struct loader *loader)
{
	const struct node *root = loader->reader.tree->nodes;
	struct table_level level = { .node = root };
	const struct flow *flow;
	bool known;

	if (root->kind != NODE_MAPPING)
		return table_wrong_kind(&loader->reader, root, "", "A mapping of keys and values");
	if (is_other_file(&loader->reader))
		return false;
	known = check_version(&loader->reader);
	flow = find_flow(&loader->reader, loader->flow);
	if (!known || !flow)
		return false;
	loader->plan = plan_new(flow);
	arena_adopt(loader->plan->arena, loader->spare);
	loader->plan->tree = loader->reader.tree;
	loader->plan->file = loader->reader.file;
	loader->plan->answers->record.node = 1;
	level.record = &loader->plan->answers->record;
	level.fields = flow->fields;
	table_read(&loader->reader, &level);
	if (table_too_many(&loader->reader)) {
		diags_add(loader->reader.diags, SEV_ERROR, "too-many-errors",
			  (struct place){ loader->reader.file, 0, 0 }, "", "",
			  "More than %u things are wrong; the rest of the file was not looked at.", PLAN_ERROR_LIMIT);
		return false;
	}
	warn_unused(loader);
	return true;
}

/* TREE becomes the plan's, or is freed; NULL: the file has none, which was said. BYTES, it was made from them, is empty
 * afterwards. */
static enum load_result load_tree(const char *name, const struct flow *flow, struct yamltree *tree,
				  struct strbuf *bytes, struct plan **plan, struct diags *diags)
{
	struct loader loader = {
		.reader = { &plan_document, diags, name, tree, diags->errors, 0, &loader },
		.flow = flow,
		.spare = bytes,
		.last = &loader.conditionals,
	};
	bool ok = tree && load_root(&loader);

	strbuf_clear(bytes);
	*plan = NULL;
	if (ok) {
		*plan = loader.plan;
		plan_settle_notes(*plan);
	} else if (loader.plan) {
		plan_free(loader.plan);
	} else {
		yamltree_free(tree);
	}
	return ok ? LOAD_OK : LOAD_BAD;
}

enum load_result plan_read(const char *name, const char *bytes, size_t length, struct plan **plan,
			   struct diags *diags)
{
	struct strbuf none = STRBUF_INIT;

	return load_tree(name, NULL, yamltree_parse(name, bytes, length, diags), &none, plan, diags);
}

bool plan_reads_back(const struct plan *plan, const struct strbuf *text, struct diags *diags)
{
	struct strbuf none = STRBUF_INIT;
	struct yamltree *tree = yamltree_parse(plan->file, strbuf_text(text), text->length, diags);
	struct plan *copy = NULL;
	bool same = load_tree(plan->file, plan->flow, tree, &none, &copy, diags) == LOAD_OK &&
		    plan_formats_as(copy, text);

	plan_free(copy);
	return same;
}

static enum load_result refuse_file(const char *path, enum file_result result, const char *why, struct diags *diags)
{
	struct place at = { str_eq(path, "-") ? "<stdin>" : path, 0, 0 };
	/* Of "<(command)". */
	bool is_pipe = str_starts(path, "/dev/") || str_starts(path, "/proc/");
	const char *hint = is_pipe ? "A plan from a pipe is called \"-\"." : "";

	if (result == FILE_TOO_LARGE) {
		diags_add(diags, SEV_ERROR, "file-too-large", at, "", "", "The file has more than %u MiB.",
			  YAML_FILE_LIMIT >> 20);
		return LOAD_BAD;
	}
	diags_add(diags, SEV_ERROR, "file-unreadable", at, "", hint, "The file cannot be read: %s.", why);
	return LOAD_UNREADABLE;
}

enum load_result plan_load(const char *path, struct plan **plan, struct plan_source *source, struct diags *diags)
{
	const char *why, *name = str_eq(path, "-") ? "<stdin>" : path;
	struct strbuf bytes = STRBUF_INIT;
	struct file_identity identity;
	size_t errors = diags->errors;
	struct yamltree *tree = NULL;
	enum load_result result;
	enum file_result file;
	bool has_comments;

	*plan = NULL;
	/* Who does not save needs no identity, whose digest takes its time. */
	file = platform_read(path, YAML_FILE_LIMIT, &bytes, source ? &identity : NULL, &why);
	debug(DEBUG_PLAN, "%zu bytes read", bytes.length);
	if (file == FILE_OK)
		tree = yamltree_parse(name, strbuf_text(&bytes), bytes.length, diags);
	has_comments = source && tree && yamltree_has_comments(strbuf_text(&bytes), bytes.length);
	if (file == FILE_OK)
		result = load_tree(name, NULL, tree, &bytes, plan, diags);
	else
		result = file == FILE_MISSING ? LOAD_MISSING : refuse_file(path, file, why, diags);
	debug(DEBUG_PLAN, "%zu findings", diags->count);
	if (source)
		*source = (struct plan_source){ .text = STRBUF_INIT };
	if (source && result == LOAD_OK) {
		source->identity = identity;
		source->has_errors = diags->errors > errors;
		source->has_comments = has_comments;
		plan_format(*plan, &source->text);
	}
	if (result == LOAD_OK)
		earlier_look(*plan, path);
	return result;
}
