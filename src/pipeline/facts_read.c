/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The tree of one file of facts against the table. What one key has wrong is a finding, and the next key is
 * read: a server whose memory is written wrongly still has its operating system known.
 */
#include "model/facts_private.h"

#include "core/text.h"

enum { MOST_KEYS = 64, PATH_ROOM = 160, SHOWN_CELLS = 60 };

/* One mapping of the file and the rows of the table that may stand in it. */
struct level {
	const struct fact *table;
	struct fact_value *values;
	char row[PATH_ROOM];    /* "databases[2]"; "" for the server itself */
	char prefix[PATH_ROOM]; /* of the group within TABLE: "os." */
};

/* ---- findings ---- */

static struct place key_place(const struct facts_loader *loader, const struct node *node)
{
	return (struct place){ loader->file, node->key_line, node->key_column };
}

/* "databases[2].role" or "os.version", in the findings' arena. */
static const char *path_of(struct facts_loader *loader, const struct level *level, const char *prefix, const char *key)
{
	struct strbuf shown = STRBUF_INIT;
	const char *path;

	if (!loader->diags->arena)
		loader->diags->arena = arena_new();
	text_fit(&shown, key, SHOWN_CELLS, false, false);
	path = arena_printf(loader->diags->arena, "%s%s%s%s", level->row, *level->row && *key ? "." : "", prefix,
			    strbuf_text(&shown));
	strbuf_clear(&shown);
	return path;
}

static bool is_nothing(const struct node *node)
{
	return node->kind == NODE_SCALAR && node->plain && !*node->text;
}

bool facts_wrong_kind(struct facts_loader *loader, const struct node *node, const char *path, const char *wanted)
{
	diags_add(loader->diags, SEV_ERROR, "wrong-kind", facts_value_place(loader, node), path, "",
		  "%s is expected here, but this is %s.", wanted,
		  node->kind == NODE_SCALAR && !node->plain ? "a text in quotes" : node_kind_name(node));
	return false;
}

static bool looks_secret(const char *key)
{
	static const char *const words[] = { "password", "passwd", "pwd", "secret", "passphrase" };

	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		if (text_contains_fold(key, words[i]))
			return true;
	}
	return false;
}

/* What may stand at LEVEL: keys up to their next dot. */
static void known_keys(struct arena *arena, const struct level *level, const char *names[MOST_KEYS + 1])
{
	size_t count = 0, skip = strlen(level->prefix);

	for (const struct fact *fact = level->table; fact->key && count < MOST_KEYS; fact++) {
		const char *part;

		if (!str_starts(fact->key, level->prefix))
			continue;
		part = arena_strndup(arena, fact->key + skip, strcspn(fact->key + skip, "."));
		if (count == 0 || !str_eq(names[count - 1], part))
			names[count++] = part;
	}
	names[count] = NULL;
}

static void unknown_key(struct facts_loader *loader, const struct level *level, const struct node *node)
{
	const char *names[MOST_KEYS + 1], *nearest;
	struct strbuf hint = STRBUF_INIT, shown = STRBUF_INIT;
	struct arena *arena = arena_new();

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
	text_fit(&shown, node->key, SHOWN_CELLS, false, false);
	diags_add(loader->diags, SEV_ERROR, "unknown-key", key_place(loader, node),
		  path_of(loader, level, level->prefix, node->key), strbuf_text(&hint), "There is no key \"%s\" here.",
		  strbuf_text(&shown));
	strbuf_clear(&shown);
	strbuf_clear(&hint);
	arena_free(arena);
}

static void secret_key(struct facts_loader *loader, const struct level *level, const struct node *node)
{
	diags_add(loader->diags, SEV_ERROR, "secret-in-facts", key_place(loader, node),
		  path_of(loader, level, level->prefix, node->key),
		  "Remove it, and change the password if others could read this file.", "Facts never hold a password.");
}

/* ---- values ---- */

/* A value and where it stands, for a report that is hardly ever needed. */
struct reading {
	struct facts_loader *loader;
	const struct level *level;
	const struct fact *fact;
	const struct node *node;
	struct fact_value *value;
};

static void locate(struct report *report)
{
	const struct reading *reading = report->data[0];

	report->at = facts_value_place(reading->loader, reading->node);
	report->path = path_of(reading->loader, reading->level, "", reading->fact->key);
}

static struct report report_of(const struct reading *reading)
{
	return (struct report){ .diags = reading->loader->diags, .locate = locate, .data = { reading } };
}

static bool wrong_value(const struct reading *reading, const char *wanted)
{
	return facts_wrong_kind(reading->loader, reading->node,
				path_of(reading->loader, reading->level, "", reading->fact->key), wanted);
}

static bool is_word(const struct fact *fact, const char *text, struct report *to)
{
	struct strbuf hint = STRBUF_INIT;

	for (size_t i = 0; fact->words[i]; i++) {
		if (str_eq(fact->words[i], text)) {
			strbuf_clear(&hint);
			return true;
		}
		strbuf_printf(&hint, "%s %s", i ? "," : "One of:", fact->words[i]);
	}
	strbuf_putc(&hint, '.');
	report_error(to, "choice-unknown", strbuf_text(&hint), "\"%.60s\" is not one of the words for this.", text);
	strbuf_clear(&hint);
	return false;
}

/* The text of a scalar in the facts' arena, or NULL. */
static const char *read_text(const struct reading *reading)
{
	struct report report = report_of(reading);
	const char *text = reading->node->text;

	if (reading->node->kind != NODE_SCALAR) {
		wrong_value(reading, "A text");
		return NULL;
	}
	if (strlen(text) > FACTS_TEXT_LIMIT) {
		report_error(&report, "text-long", "", "This text has more than %u bytes.", FACTS_TEXT_LIMIT);
		return NULL;
	}
	if (reading->fact->words && !is_word(reading->fact, text, &report))
		return NULL;
	if (reading->fact->rule && !reading->fact->rule(text, &report))
		return NULL;
	return arena_strdup(reading->loader->facts->arena, text);
}

static bool read_number(const struct reading *reading)
{
	struct report report = report_of(reading);
	const char *text = reading->node->text;
	uint64_t number = 0;
	bool too_big = false;

	if (reading->node->kind != NODE_SCALAR || !reading->node->plain)
		return wrong_value(reading, "A number");
	if (!*text || text[strspn(text, "0123456789")])
		return report_error(&report, "number-form", "Digits only.", "This is not a number.");
	for (; *text && !too_big; text++) {
		number = number * 10 + (uint64_t)(*text - '0');
		too_big = number > reading->fact->maximum;
	}
	if (too_big)
		return report_error(&report, "number-range", "", "This number is above %llu.",
				    (unsigned long long)reading->fact->maximum);
	reading->value->number = number;
	return true;
}

static bool read_flag(const struct reading *reading)
{
	static const char *const words[] = { "no", "yes", "false", "true" };
	struct report report = report_of(reading);

	if (reading->node->kind != NODE_SCALAR || !reading->node->plain)
		return wrong_value(reading, "One of true and false");
	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		if (str_eq(reading->node->text, words[i])) {
			reading->value->flag = i % 2 == 1;
			return true;
		}
	}
	return report_error(&report, "flag-form", "Write true or false.", "This is neither true nor false.");
}

/* How many children a list has; 0 with an error when it is none or has too many. */
static size_t count_items(const struct reading *reading, bool *ok)
{
	struct report report = report_of(reading);
	size_t count = 0;

	*ok = reading->node->kind == NODE_SEQUENCE || wrong_value(reading, "A list");
	if (!*ok)
		return 0;
	for (const struct node *node = reading->node->child; node; node = node->next)
		count++;
	if (count > reading->fact->limit)
		*ok = report_error(&report, "list-long", "", "This list has more than %zu entries.",
				   reading->fact->limit);
	return *ok ? count : 0;
}

static bool read_names(const struct reading *list)
{
	struct reading one = *list;
	struct names names = { NULL, 0 };
	bool ok;
	size_t count = count_items(list, &ok);

	names.items = arena_array(list->loader->facts->arena, count, sizeof(*names.items));
	for (one.node = list->node->child; ok && one.node; one.node = one.node->next) {
		const char *text = read_text(&one);

		ok = text != NULL;
		if (ok)
			names.items[names.count++] = text;
	}
	if (ok)
		list->value->names = names;
	return ok;
}

static void read_mapping(struct facts_loader *loader, struct level *level, const struct node *mapping);

static void check_required(struct facts_loader *loader, const struct level *level, const struct node *mapping)
{
	for (size_t i = 0; level->table[i].key; i++) {
		if (level->table[i].required && !node_find(mapping, level->table[i].key))
			diags_add(loader->diags, SEV_ERROR, "missing", facts_value_place(loader, mapping),
				  path_of(loader, level, "", level->table[i].key), level->table[i].help,
				  "The key \"%s\" is missing.", level->table[i].key);
	}
}

static bool has_required(const struct fact_set *set)
{
	for (size_t i = 0; set->table[i].key; i++) {
		if (set->table[i].required && !set->values[i].known)
			return false;
	}
	return true;
}

/* A row that lacks what it cannot be understood without is left out; its error was added. */
static bool read_rows(const struct reading *list)
{
	struct arena *arena = list->loader->facts->arena;
	const struct fact *fact = list->fact;
	size_t number = 0, kept = 0;
	bool ok;
	size_t count = count_items(list, &ok);
	struct fact_set *sets = arena_array(arena, count, sizeof(*sets));

	for (const struct node *node = list->node->child; ok && node && !facts_too_many(list->loader);
	     node = node->next) {
		struct level level = { .table = fact->columns };

		snprintf(level.row, sizeof(level.row), "%s[%zu]", fact->key, ++number);
		if (node->kind != NODE_MAPPING) {
			facts_wrong_kind(list->loader, node, path_of(list->loader, &level, "", ""), "A mapping");
			continue;
		}
		level.values = arena_array(arena, fact->column_count, sizeof(*level.values));
		read_mapping(list->loader, &level, node);
		check_required(list->loader, &level, node);
		sets[kept] = (struct fact_set){ fact->columns, level.values };
		kept += has_required(&sets[kept]);
	}
	list->value->rows.items = sets;
	list->value->rows.count = kept;
	return ok;
}

static void read_value(struct facts_loader *loader, const struct level *level, const struct fact *fact,
		       const struct node *node)
{
	struct fact_value value = { .known = false };
	struct reading reading = { loader, level, fact, node, &value };

	switch (fact->kind) {
	case FACT_TEXT:
		value.text = read_text(&reading);
		value.known = value.text != NULL;
		break;
	case FACT_NUMBER:
		value.known = read_number(&reading);
		break;
	case FACT_FLAG:
		value.known = read_flag(&reading);
		break;
	case FACT_NAMES:
		value.known = read_names(&reading);
		break;
	case FACT_ROWS:
		value.known = read_rows(&reading);
		break;
	}
	level->values[fact - level->table] = value;
}

/* The row with KEY at LEVEL. *GROUP: there is none, but rows below a group of that name. */
static const struct fact *fact_named(const struct level *level, const char *key, bool *group)
{
	size_t skip = strlen(level->prefix), length = strlen(key);

	*group = false;
	for (const struct fact *fact = level->table; fact->key; fact++) {
		if (!str_starts(fact->key, level->prefix) || strncmp(fact->key + skip, key, length) != 0)
			continue;
		if (!fact->key[skip + length])
			return fact;
		*group = *group || fact->key[skip + length] == '.';
	}
	return NULL;
}

static void read_key(struct facts_loader *loader, struct level *level, const struct node *node)
{
	bool group;
	const struct fact *fact = fact_named(level, node->key, &group);
	size_t outer = strlen(level->prefix);

	if (!fact && looks_secret(node->key)) {
		secret_key(loader, level, node);
	} else if (strchr(node->key, '.') || (!fact && !group)) {
		unknown_key(loader, level, node);
	} else if (is_nothing(node)) {
		return;
	} else if (fact) {
		read_value(loader, level, fact, node);
	} else if (node->kind != NODE_MAPPING) {
		facts_wrong_kind(loader, node, path_of(loader, level, level->prefix, node->key), "A mapping");
	} else {
		/* It is the beginning of a key of the table, so it fits. */
		snprintf(level->prefix + outer, sizeof(level->prefix) - outer, "%s.", node->key);
		read_mapping(loader, level, node);
		level->prefix[outer] = '\0';
	}
}

/* Recursion ends with the groups and columns of the tables, whatever the file says. */
static void read_mapping(struct facts_loader *loader, struct level *level, const struct node *mapping)
{
	bool root = level->table == server_facts && !*level->prefix;

	for (const struct node *node = mapping->child; node && !facts_too_many(loader); node = node->next) {
		if (!root || !str_eq(node->key, FACTS_VERSION_KEY))
			read_key(loader, level, node);
	}
}

struct fact_set facts_read_server(struct facts_loader *loader, const struct node *root)
{
	struct level level = { .table = server_facts };

	level.values = arena_array(loader->facts->arena, SERVER_FACT_COUNT, sizeof(*level.values));
	read_mapping(loader, &level, root);
	check_required(loader, &level, root);
	return (struct fact_set){ server_facts, level.values };
}
