/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The tree of one file of facts against the tables. What one key has wrong is a finding, and the next key is
 * read: a server whose memory is written wrongly still has its operating system known.
 */
#include "pipeline/facts_read.h"

#include "core/text.h"
#include "model/flow.h"

enum { MOST_FACTS = 512 };

/* ---- the table ---- */

struct fact_list {
	const struct field **rows;
	size_t count;
};

static bool same_group(const struct field *a, const struct field *b)
{
	size_t length = strcspn(a->key, ".");

	return a->key[length] && strncmp(a->key, b->key, length + 1) == 0;
}

static void add_fact(struct fact_list *list, const struct field *fact)
{
	size_t place = list->count;

	for (size_t i = 0; i < list->count; i++) {
		if (list->rows[i] == fact)
			return;
		if (same_group(fact, list->rows[i]))
			place = i + 1;
	}
	if (list->count == MOST_FACTS)
		bug("there are more than %d facts", MOST_FACTS);
	memmove(list->rows + place + 1, list->rows + place, (list->count - place) * sizeof(*list->rows));
	list->rows[place] = fact;
	list->count++;
}

static void add_facts(struct fact_list *list, const struct field *const *table)
{
	for (; *table; table++)
		add_fact(list, *table);
}

const struct field *const *facts_table(struct arena *arena)
{
	struct fact_list list = { arena_array(arena, MOST_FACTS + 1, sizeof(*list.rows)), 0 };

	add_facts(&list, facts_first);
	for (size_t i = 0; flow_at(i); i++) {
		for (size_t j = 0; flow_at(i)->facts && flow_at(i)->facts[j]; j++)
			add_facts(&list, flow_at(i)->facts[j]);
	}
	add_facts(&list, facts_last);
	return list.rows;
}

static size_t row_count(const struct field *const *table)
{
	size_t count = 0;

	while (table[count])
		count++;
	return count;
}

/* ---- values ---- */

static struct arena *facts_arena(const struct table_value *value)
{
	return ((struct facts_loader *)value->reader->data)->facts->arena;
}

static struct fact_value *place_of(const struct table_value *value)
{
	return fact_value(value->level->record, value->field);
}

const struct choice *facts_words(const struct field *fact, const struct flow *flow)
{
	if (fact->choices)
		return fact->choices;
	for (const struct fact_words *row = flow->fact_words; row && row->fact; row++) {
		if (row->fact == fact)
			return row->words;
	}
	return NULL;
}

static bool is_word(const struct field *fact, const char *text, struct report *to)
{
	struct strbuf hint = STRBUF_INIT;
	bool found = false;

	for (size_t i = 0; flow_at(i) && !(i && fact->choices); i++) {
		const struct choice *word = facts_words(fact, flow_at(i));

		for (; word && word->id && !found; word++) {
			found = str_eq(word->id, text);
			strbuf_printf(&hint, "%s %s", hint.length ? "," : "One of:", word->id);
		}
	}
	strbuf_putc(&hint, '.');
	if (!found)
		report_error(to, "choice-unknown", strbuf_text(&hint), "\"%.60s\" is not one of the words for this.",
			     text);
	strbuf_clear(&hint);
	return found;
}

/* The text in the facts' arena, or NULL. */
static const char *read_text(const struct table_value *value)
{
	struct report report = table_report(value);
	const char *text = table_scalar(value);
	size_t limit = value->field->kind == FIELD_TEXT ? value->field->limit : 0;

	if (!*text && value->field->flags & FIELD_REQUIRED && !value->field->rule) {
		report_error(&report, "missing", value->field->help, "The key \"%s\" has no value.", value->field->key);
		return NULL;
	}
	if (strlen(text) > FACTS_TEXT_LIMIT) {
		report_error(&report, "text-long", "", "This text has more than %u bytes.", FACTS_TEXT_LIMIT);
		return NULL;
	}
	if (limit && text_utf16_length(text) > limit) {
		report_error(&report, "text-long", "", "This text has more than %zu characters.", limit);
		return NULL;
	}
	if (value->field->kind == FIELD_CHOICE && !is_word(value->field, text, &report))
		return NULL;
	if (value->field->rule && !value->field->rule(text, &report))
		return NULL;
	return arena_strdup(facts_arena(value), text);
}

static bool read_number(const struct table_value *value, uint64_t *number)
{
	struct report report = table_report(value);
	const char *text = table_scalar(value);
	bool too_big = false;

	if (!*text || text[strspn(text, "0123456789")])
		return report_error(&report, "number-form", "Digits only.", "This is not a number.");
	for (*number = 0; *text && !too_big; text++) {
		*number = *number * 10 + (uint64_t)(*text - '0');
		too_big = *number > value->field->maximum;
	}
	return !too_big || report_error(&report, "number-range", "", "This number is above %llu.",
					(unsigned long long)value->field->maximum);
}

static bool read_flag(const struct table_value *value, bool *flag)
{
	static const char *const words[] = { "no", "yes", "false", "true" };
	struct report report = table_report(value);

	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		if (str_eq(table_scalar(value), words[i])) {
			*flag = i % 2 == 1;
			return true;
		}
	}
	return report_error(&report, "flag-form", "Write true or false.", "This is neither true nor false.");
}

static void read_scalar(const struct table_value *value)
{
	struct fact_value *fact = place_of(value);

	if (value->field->kind == FIELD_NUMBER) {
		fact->known = read_number(value, &fact->number);
	} else if (value->field->kind == FIELD_FLAG) {
		fact->known = read_flag(value, &fact->flag);
	} else {
		/* An empty text says nothing, as a key that is not there. */
		fact->text = read_text(value);
		fact->known = fact->text && *fact->text;
	}
}

/* ---- lists ---- */

static void begin_list(const struct table_value *list)
{
	struct fact_value *fact = place_of(list);
	struct arena *arena = facts_arena(list);

	if (list->field->kind == FIELD_ROWS)
		fact->rows.items = arena_array(arena, list->count, sizeof(*fact->rows.items));
	else
		fact->names.items = arena_array(arena, list->count, sizeof(*fact->names.items));
}

static bool read_name(const struct table_value *item)
{
	struct names *names = &place_of(item)->names;
	const char *text = read_text(item);

	if (text)
		names->items[names->count++] = text;
	return text != NULL;
}

static void end_list(const struct table_value *list, bool well)
{
	place_of(list)->known = well;
}

/* Zeroed values of all rows of TABLE. */
static struct fact_set new_set(struct arena *arena, const struct field *const *table)
{
	return (struct fact_set){ table, arena_array(arena, row_count(table), sizeof(struct fact_value)) };
}

static void begin_row(const struct table_value *list, struct table_level *row)
{
	struct fact_value *fact = place_of(list);
	struct fact_set *set = &fact->rows.items[fact->rows.count];

	*set = new_set(facts_arena(list), list->field->columns);
	row->record = set;
}

static bool has(const struct yamltree *tree, const struct node *mapping, const char *key)
{
	const struct node *value = node_find(tree, mapping, key);

	return value && !table_is_nothing(tree, value);
}

/* The mapping that lacks KEY: MAPPING, or its group that the key is one of; NULL: none does. */
static const struct node *lacks(const struct yamltree *tree, const struct node *mapping, const char *key)
{
	size_t length = strcspn(key, ".");

	for (const struct node *group = node_first(mapping); key[length] && group; group = node_next(group)) {
		const char *name = node_key(tree, group);

		if (strncmp(name, key, length) == 0 && !name[length])
			return group->kind == NODE_MAPPING && !has(tree, group, key + length + 1) ? group : NULL;
	}
	return key[length] || has(tree, mapping, key) ? NULL : mapping;
}

static void check_required(struct table_reader *reader, const struct table_level *level)
{
	for (const struct field *const *field = level->fields; *field; field++) {
		const struct node *node =
			(*field)->flags & FIELD_REQUIRED ? lacks(reader->tree, level->node, (*field)->key) : NULL;

		if (node)
			diags_add(reader->diags, SEV_ERROR, "missing", table_place(reader, node),
				  table_path(reader, level, "", (*field)->key), (*field)->help,
				  "The key \"%s\" is missing.", (*field)->key);
	}
}

/* A row that lacks what it cannot be understood without is left out; its error was added. */
static void end_row(const struct table_value *list, const struct table_level *row)
{
	const struct fact_set *set = row->record;
	bool whole = true;

	check_required(list->reader, row);
	for (size_t i = 0; set->table[i]; i++)
		whole = whole && (!(set->table[i]->flags & FIELD_REQUIRED) || set->values[i].known);
	place_of(list)->rows.count += whole;
}

static const struct table_document facts_document = {
	.version_key = FACTS_VERSION_KEY,
	.secret_code = "secret-in-facts",
	.secret_text = "Facts never hold a password.",
	.secret_hint = "Remove it, and change the password if others could read this file.",
	.list = "A list",
	.row = "A mapping",
	.whole_lists = true,
	.retired = facts_retired,
	.scalar = read_scalar,
	.item = read_name,
	.list_begin = begin_list,
	.list_end = end_list,
	.row_begin = begin_row,
	.row_end = end_row,
};

/* ---- a file ---- */

void facts_loader_init(struct facts_loader *loader, struct facts *facts, struct diags *diags)
{
	loader->reader = (struct table_reader){ &facts_document, diags, NULL, NULL, diags->errors, 0, loader };
	loader->facts = facts;
	facts->table = facts_table(facts->arena);
}

struct fact_set facts_read_server(struct facts_loader *loader)
{
	struct fact_set set = new_set(loader->facts->arena, loader->facts->table);
	struct table_level level = { .record = &set, .fields = set.table, .node = loader->reader.tree->nodes };

	table_read(&loader->reader, &level);
	check_required(&loader->reader, &level);
	return set;
}
