/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The plan: records, rows, look-ups, and where a finding about it belongs.
 */
#include "model/plan.h"

#include "core/text.h"
#include "model/flow.h"
#include "win/hosttable.h"

enum { FEW_SERVERS = 64, MOST_ROLES = 32, KEY_ROOM = 128 };

/* The servers by their hosts and roles. Made when a plan with many servers is searched, and again after a name, a role
 * or the list changed; servers behind the last one are added. */
struct server_index {
	struct hosttable *table;
	struct server_pair *twice;
	size_t twice_count, twice_room;
	size_t count, room, changes;  /* COUNT: how many are in it */
	const struct server *first[MOST_ROLES]; /* each has a role that no server before it has; in order */
	size_t first_count;
	unsigned roles;               /* of all of these */
	const struct field *named_in; /* the column that plan_is_named() was asked about; NULL: none yet */
	bool *named;                  /* by server */
};

/* ---- life ---- */

struct plan *plan_new(const struct flow *flow)
{
	struct arena *arena = arena_new();
	struct plan *plan = arena_alloc(arena, sizeof(*plan));

	plan->arena = arena;
	plan->flow = flow;
	plan->answers = arena_alloc(arena, flow->answers_size);
	plan->index = arena_alloc(arena, sizeof(*plan->index));
	plan->filled = arena_alloc(arena, sizeof(*plan->filled));
	plan->hop = arena_alloc(arena, sizeof(*plan->hop));
	plan->answers->source = RELEASE_SOURCE;
	plan->answers->target = RELEASE_TARGET;
	fields_init(flow->fields, plan, &plan->answers->record);
	return plan;
}

static void clear_index(struct server_index *index)
{
	hosttable_free(index->table);
	free(index->twice);
	free(index->named);
	*index = (struct server_index){ 0 };
}

void plan_free(struct plan *plan)
{
	if (!plan)
		return;
	clear_index(plan->index);
	yamltree_free(plan->tree);
	arena_free(plan->arena);
}

/* ---- servers ---- */

static const char *server_name_at(const void *plan, size_t position)
{
	return plan_server(plan, position)->name;
}

static void note_twice(struct server_index *index, size_t first, size_t again)
{
	index->twice = xgrow(index->twice, index->twice_count, &index->twice_room, sizeof(*index->twice));
	index->twice[index->twice_count++] = (struct server_pair){ first, again };
}

static void note_roles(struct server_index *index, const struct server *server)
{
	if (!(server->roles & ~index->roles))
		return;
	index->roles |= server->roles;
	index->first[index->first_count++] = server;
}

static void add_server(struct server_index *index, const struct server *server, size_t place)
{
	size_t first = server->name ? hosttable_add(index->table, place) : NAME_NONE;

	if (first != NAME_NONE)
		note_twice(index, first, place);
	note_roles(index, server);
}

/* Begins INDEX anew, for ROOM servers. */
static void begin_index(struct server_index *index, const struct plan *plan, size_t room)
{
	clear_index(index);
	index->table = hosttable_new(room, server_name_at, plan);
	index->room = room;
	index->changes = plan->changes;
}

/* A plan with few servers gets a new one: it costs nothing. Where servers are added one by one, and looked for between,
 * there is room for as many again. */
static struct server_index *index_of(const struct plan *plan)
{
	struct server_index *index = plan->index;
	size_t count = plan_server_count(plan);

	if (count < FEW_SERVERS || index->changes != plan->changes || index->count > count)
		begin_index(index, plan, count);
	else if (count > index->room)
		begin_index(index, plan, 2 * count);
	if (index->count < count) {
		free(index->named);
		index->named = NULL;
		index->named_in = NULL;
	}
	for (; index->count < count; index->count++)
		add_server(index, plan_server(plan, index->count), index->count);
	return index;
}

/* The one that is called NAME to the letter, else the first that is the same host. */
static const struct server *search(const struct plan *plan, const char *name)
{
	const struct server *same = NULL;

	for (size_t i = 0; i < plan_server_count(plan); i++) {
		const struct server *server = plan_server(plan, i);

		if (!server->name)
			continue;
		if (text_equal_fold(server->name, name))
			return server;
		if (!same && host_equal(server->name, name))
			same = server;
	}
	return same;
}

const struct server *plan_find_server(const struct plan *plan, const char *name)
{
	size_t found;

	if (!name || !*name)
		return NULL;
	if (plan_server_count(plan) < FEW_SERVERS)
		return search(plan, name);
	found = hosttable_find(index_of(plan)->table, name);
	return found == NAME_NONE ? NULL : plan_server(plan, found);
}

const struct server_pair *plan_servers_twice(const struct plan *plan, size_t *count)
{
	const struct server_index *index = index_of(plan);

	*count = index->twice_count;
	return index->twice;
}

/* A row's position is a hint, which holds for plans as they were read. */
static bool stands_at_position(const struct plan *plan, const struct server *server)
{
	size_t place = server->record.position;

	return place < plan_server_count(plan) && plan_server(plan, place) == server;
}

size_t plan_place(const struct plan *plan, const struct server *server)
{
	size_t place = 0;

	if (stands_at_position(plan, server))
		return server->record.position;
	while (plan_server(plan, place) != server)
		place++;
	return place;
}

/* The server that number I names in its COLUMN; NULL: none. */
static const struct server *named_by(const struct plan *plan, const struct field *column, size_t i)
{
	return plan_find_server(plan, *field_text_at(column, plan->answers->servers.items[i]));
}

static void find_named(struct server_index *index, const struct plan *plan, const struct field *column)
{
	free(index->named);
	index->named = xcalloc(index->count, sizeof(*index->named));
	index->named_in = column;
	for (size_t i = 0; i < index->count; i++) {
		const struct server *found = named_by(plan, column, i);

		if (found)
			index->named[plan_place(plan, found)] = true;
	}
}

bool plan_is_named(const struct plan *plan, const struct field *column, const struct server *server)
{
	size_t count = plan_server_count(plan), i = 0;
	struct server_index *index;

	if (count < FEW_SERVERS || !stands_at_position(plan, server)) {
		while (i < count && named_by(plan, column, i) != server)
			i++;
		return i < count;
	}
	index = index_of(plan);
	if (index->named_in != column)
		find_named(index, plan, column);
	return index->named[server->record.position];
}

const struct server *plan_first_with(const struct plan *plan, unsigned roles)
{
	size_t count = plan_server_count(plan);
	const struct server_index *index;

	for (size_t i = 0; i < count && i < FEW_SERVERS; i++) {
		if (server_has(plan_server(plan, i), roles))
			return plan_server(plan, i);
	}
	if (count < FEW_SERVERS)
		return NULL;
	index = index_of(plan);
	for (size_t i = 0; i < index->first_count; i++) {
		if (server_has(index->first[i], roles))
			return index->first[i];
	}
	return NULL;
}

/* ---- rows ---- */

struct record *plan_new_record(struct plan *plan, const struct field *rows_field)
{
	struct record *record = arena_alloc(plan->arena, rows_field->record_size);

	record->position = (uint32_t)field_rows(rows_field, &plan->answers->record)->count;
	fields_init(rows_field->columns, plan, record);
	return record;
}

struct record *plan_copy_record(struct plan *plan, const struct field *rows_field, const struct record *record)
{
	struct record *copy = arena_alloc(plan->arena, rows_field->record_size);

	memcpy(copy, record, rows_field->record_size);
	/* Texts never change and may be shared; lists grow in place and may not. */
	for (const struct field *const *column = rows_field->columns; *column; column++) {
		const struct names *names;

		if ((*column)->kind != FIELD_NAMES)
			continue;
		names = field_names(*column, record);
		field_empty_list(*column, plan, copy);
		for (size_t i = 0; i < names->count; i++)
			field_store_item(*column, plan, copy, names->items[i], NULL);
	}
	return copy;
}

/* ---- places ---- */

/* The node of the dotted KEY below MAPPING; when it is not there, *NEAREST is the innermost of its groups that is. */
static const struct node *find_value(const struct yamltree *tree, const struct node *mapping, const char *key,
				     const struct node **nearest)
{
	char part[KEY_ROOM];
	size_t length;

	*nearest = NULL;
	for (;;) {
		length = strcspn(key, ".");
		if (length >= sizeof(part))
			return NULL;
		memcpy(part, key, length);
		part[length] = '\0';
		mapping = node_find(tree, mapping, part);
		if (!mapping || !key[length])
			return mapping;
		*nearest = mapping;
		key += length + 1;
	}
}

/* NULL: RECORD is from no file. */
static const struct node *node_of(const struct plan *plan, const struct record *record)
{
	return record->node ? &plan->tree->nodes[record->node - 1] : NULL;
}

struct place record_place(const struct plan *plan, const struct record *record)
{
	const struct node *node = node_of(plan, record);

	return (struct place){ plan->file, node ? node->line : 0, node ? node->column : 0 };
}

bool record_has(const struct plan *plan, const struct record *record, const char *key)
{
	const struct node *nearest;

	return record->node && find_value(plan->tree, node_of(plan, record), key, &nearest);
}

/* The list that RECORD is in, and the field of that list. Positions make this quick. */
static const struct field *list_of(const struct plan *plan, const struct record *record)
{
	const struct rows *rows;

	for (const struct field *const *field = plan->flow->fields; *field; field++) {
		if ((*field)->kind != FIELD_ROWS)
			continue;
		rows = field_rows(*field, &plan->answers->record);
		if (record->position < rows->count && rows->items[record->position] == record)
			return *field;
	}
	return NULL;
}

/* For a row that is not in its list (new, or a copy that is edited): the list that has such a column. */
static const struct field *list_with(const struct plan *plan, const struct field *column)
{
	for (const struct field *const *field = plan->flow->fields; *field; field++) {
		if ((*field)->kind != FIELD_ROWS)
			continue;
		for (const struct field *const *own = (*field)->columns; *own; own++) {
			if (*own == column)
				return *field;
		}
	}
	return NULL;
}

static const char *path_of(struct arena *arena, const struct plan *plan, const struct record *record,
			   const struct field *field)
{
	const struct field *list = list_of(plan, record);

	if (!list)
		list = list_with(plan, field);
	if (!list)
		return field ? field->key : "";
	return arena_printf(arena, "%s[%zu]%s%s", list->key, (size_t)record->position + 1, field ? "." : "",
			    field ? field->key : "");
}

/* Fills AT and PATH of REPORT, whose data are plan, record and field. */
static void locate(struct report *report)
{
	const struct plan *plan = report->data[0];
	const struct record *record = report->data[1];
	const struct field *field = report->data[2];
	const struct node *value = NULL, *nearest = NULL;
	bool is_row = record != &plan->answers->record;

	if (!report->diags->arena)
		report->diags->arena = arena_new();
	report->path = is_row ? path_of(report->diags->arena, plan, record, field) : field ? field->key : "";
	report->at = (struct place){ plan->file, 0, 0 };
	if (!plan->file)
		return;
	if (field)
		value = find_value(plan->tree, node_of(plan, record), field->key, &nearest);
	if (!value)
		value = nearest ? nearest : is_row ? node_of(plan, record) : NULL;
	report->at.line = value ? value->line : 1;
	report->at.column = value ? value->column : 1;
}

struct report plan_report(const struct plan *plan, const struct record *record, const struct field *field,
			  struct diags *diags)
{
	return (struct report){ .diags = diags, .locate = locate, .data = { plan, record, field } };
}
