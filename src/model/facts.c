/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Facts: look-ups, and facts against a plan.
 */
#include "model/facts.h"

#include "core/text.h"
#include "model/flow.h"
#include "model/facts_private.h"

enum { PATH_TEXT_MOST = 300 };

void facts_free(struct facts *facts)
{
	if (!facts)
		return;
	hosttable_free(facts->hosts);
	free(facts->files);
	arena_free(facts->arena);
	free(facts);
}

/* ---- servers ---- */

size_t facts_count(const struct facts *facts)
{
	return facts ? facts->server_count : 0;
}

const struct fact_set *facts_at(const struct facts *facts, size_t index)
{
	return &facts->servers[index]->set;
}

const char *facts_host_at(const struct facts *facts, size_t index)
{
	return facts->servers[index]->host;
}

struct place facts_place_at(const struct facts *facts, size_t index)
{
	return facts->servers[index]->at;
}

const struct fact_set *facts_of(const struct facts *facts, const char *name)
{
	size_t found = facts && name ? hosttable_find(facts->hosts, name) : NAME_NONE;

	return found == NAME_NONE ? NULL : facts_at(facts, facts->files[found].place);
}

/* ---- values ---- */

struct fact_value *fact_value(const struct fact_set *set, const struct field *fact)
{
	for (size_t i = 0; set && set->table[i]; i++) {
		if (set->table[i] == fact)
			return &set->values[i];
	}
	return NULL;
}

static const struct fact_value *known_value(const struct fact_set *set, const struct field *fact, bool fits)
{
	const struct fact_value *value = fact_value(set, fact);

	if (!fits)
		bug("the fact %s is of another kind", fact->key);
	return value && value->known ? value : NULL;
}

bool fact_is_known(const struct fact_set *set, const struct field *fact)
{
	return known_value(set, fact, true) != NULL;
}

bool fact_number(const struct fact_set *set, const struct field *fact, uint64_t *value)
{
	const struct fact_value *found = known_value(set, fact, fact->kind == FIELD_NUMBER);

	if (found)
		*value = found->number;
	return found != NULL;
}

bool fact_flag(const struct fact_set *set, const struct field *fact, bool *value)
{
	const struct fact_value *found = known_value(set, fact, fact->kind == FIELD_FLAG);

	if (found)
		*value = found->flag;
	return found != NULL;
}

const char *fact_text(const struct fact_set *set, const struct field *fact)
{
	const struct fact_value *found = known_value(set, fact, fact->kind == FIELD_TEXT || fact->kind == FIELD_CHOICE);

	return found ? found->text : NULL;
}

const struct names *fact_names(const struct fact_set *set, const struct field *fact)
{
	const struct fact_value *found = known_value(set, fact, fact->kind == FIELD_NAMES);

	return found ? &found->names : NULL;
}

size_t fact_row_count(const struct fact_set *set, const struct field *fact)
{
	const struct fact_value *found = known_value(set, fact, fact->kind == FIELD_ROWS);

	return found ? found->rows.count : 0;
}

const struct fact_set *fact_row(const struct fact_set *set, const struct field *fact, size_t index)
{
	return &known_value(set, fact, fact->kind == FIELD_ROWS)->rows.items[index];
}

const struct fact_set *fact_row_with(const struct fact_set *set, const struct field *fact, const struct field *column,
				     const char *text)
{
	for (size_t i = 0; i < fact_row_count(set, fact); i++) {
		const struct fact_set *row = fact_row(set, fact, i);
		const char *value = fact_text(row, column);

		if (value && text_equal_fold(value, text))
			return row;
	}
	return NULL;
}

const char *fact_why_unread(const struct fact_set *set, const char *what)
{
	const struct fact_set *row = fact_row_with(set, &fact_unread, &fact_unread_what, what);
	const char *why = row ? fact_text(row, &fact_unread_why) : NULL;

	return row && !why ? "no reason is given" : why;
}

/* ---- folders ---- */

struct folder_names {
	const char **items;
	size_t count;
};

static int compare_folders(const void *a, const void *b)
{
	const char *const *first = a, *const *second = b;
	int order = text_compare_fold(*first, *second);

	return order ? order : strcmp(*first, *second);
}

/* What comes right below the LENGTH bytes of PATH (which end with a backslash) in FOLDER, or NULL. In ARENA. */
static const char *child_of(struct arena *arena, const char *folder, const char *path, size_t length)
{
	const char *start = arena_strndup(arena, folder, length);
	size_t rest;

	if (strlen(folder) <= length || !text_equal_fold(start, path))
		return NULL;
	rest = strcspn(folder + length, "\\");
	return rest ? arena_strndup(arena, folder + length, rest) : NULL;
}

static void add_drives(struct arena *arena, const struct fact_set *set, struct folder_names *found)
{
	for (size_t i = 0; i < fact_row_count(set, &fact_drives); i++)
		found->items[found->count++] =
			arena_printf(arena, "%s\\", fact_text(fact_row(set, &fact_drives, i), &fact_drive_name));
}

static void add_children(struct arena *arena, const struct names *folders, const char *path, struct folder_names *found)
{
	size_t length = strlen(path);
	const char *base = path[length - 1] == '\\' ? path : arena_printf(arena, "%s\\", path);

	length = strlen(base);
	for (size_t i = 0; i < folders->count; i++) {
		const char *child = child_of(arena, folders->items[i], base, length);

		if (child)
			found->items[found->count++] = child;
	}
}

bool facts_folders(const struct facts *facts, const char *server, const char *path,
		   void (*each)(const char *name, void *data), void *data)
{
	const struct fact_set *set = facts_of(facts, server);
	const struct names *folders = fact_names(set, &fact_folders);
	struct folder_names found = { NULL, 0 };
	struct arena *arena;

	if (*path ? !folders : !fact_is_known(set, &fact_drives))
		return false;
	arena = arena_new();
	found.items =
		arena_array(arena, *path ? folders->count : fact_row_count(set, &fact_drives), sizeof(*found.items));
	if (*path)
		add_children(arena, folders, path, &found);
	else
		add_drives(arena, set, &found);
	if (found.count)
		qsort(found.items, found.count, sizeof(*found.items), compare_folders);
	for (size_t i = 0; i < found.count; i++) {
		if (i == 0 || !text_equal_fold(found.items[i - 1], found.items[i]))
			each(found.items[i], data);
	}
	arena_free(arena);
	return true;
}

/* ---- facts against a plan ---- */

/* The roles that some prerequisite looks at. */
static unsigned checked_roles(const struct flow *flow)
{
	unsigned roles = 0;

	for (const struct prereq *prereq = flow->prereqs; prereq->id; prereq++)
		roles |= prereq->roles;
	return roles;
}

/* MISSING: what the group knows and the plan lacks was told. */
static bool is_told(const struct host_names *missing, const char *host)
{
	for (size_t i = 0; i < missing->count; i++) {
		if (host_equal(missing->items[i], host))
			return true;
	}
	return false;
}

/* A file of a server that the plan does not have, or of a second computer that the short name in the plan may mean. */
static void check_owner(const struct facts *facts, const struct plan *plan, const struct server_file *file,
			bool told, struct diags *diags)
{
	const struct server *server = plan_find_server(plan, file->host);

	if (!server && !told)
		diags_add(diags, SEV_WARNING, "facts-unknown-server", file->at, "server",
			  "Add the server to the plan, or take the file out of the folder.",
			  "The plan has no server \"%s\"; its facts count for nothing.", file->host);
	if (server && facts_of(facts, server->name) != &file->set)
		diags_add(diags, SEV_ERROR, "facts-ambiguous", file->at, "server",
			  "Write the full name into the plan, or take one of the files out of the folder.",
			  "\"%s\" in the plan may be %s or another computer of that name that there are facts of.",
			  server->name, file->host);
}

static void check_owners(const struct facts *facts, const struct plan *plan, const struct host_names *missing,
			 struct diags *diags)
{
	for (size_t i = 0; i < facts->server_count; i++)
		check_owner(facts, plan, facts->servers[i], is_told(missing, facts->servers[i]->host), diags);
}

/* One finding for all, because a plan may have very many. */
static void check_missing(const struct facts *facts, const struct plan *plan, struct diags *diags)
{
	unsigned roles = checked_roles(plan->flow);
	struct strbuf names = STRBUF_INIT;
	size_t count = 0, shown = 0;

	for (size_t i = 0; i < plan_server_count(plan); i++) {
		const struct server *server = plan_server(plan, i);

		if (!server->name || !server_has(server, roles) || facts_of(facts, server->name))
			continue;
		count++;
		if (names.length > PATH_TEXT_MOST)
			continue;
		strbuf_printf(&names, "%s%s", shown ? ", " : "", server->name);
		shown++;
	}
	if (count > shown)
		strbuf_printf(&names, " and %zu more", count - shown);
	/* Files that do not say whose they are may be theirs; what is wrong with those is told. */
	if (count > facts->nameless)
		diags_add(diags, SEV_WARNING, "facts-missing", (struct place){ NULL, 0, 0 }, "",
			  "Run the collector there (scupgrade facts-script), or confirm what is not known.",
			  "There are no facts of %s.", strbuf_text(&names));
	strbuf_clear(&names);
}

bool facts_are_whole(const struct facts *facts)
{
	return !facts->nameless && !facts->cut;
}

const char *facts_newest(const struct facts *facts)
{
	const char *newest = NULL;

	for (size_t i = 0; facts && i < facts->server_count; i++) {
		const char *collected = fact_text(&facts->servers[i]->set, &fact_collected);

		if (collected && (!newest || strcmp(collected, newest) > 0))
			newest = collected;
	}
	return newest;
}

bool facts_digest(const struct facts *facts, struct digest *digest)
{
	if (!facts || facts->read == 0)
		return false;
	*digest = facts->digest;
	return true;
}

static void note_unread(const struct facts *facts, const struct plan *plan, struct diags *diags)
{
	for (size_t i = 0; i < facts->server_count; i++) {
		const struct server_file *file = facts->servers[i];
		const char *name = fact_text(&file->set, &fact_server);

		size_t unread = plan_find_server(plan, file->host) ? fact_row_count(&file->set, &fact_unread) : 0;

		for (size_t j = 0; j < unread; j++) {
			const char *what = fact_text(fact_row(&file->set, &fact_unread, j), &fact_unread_what);
			const char *why = fact_why_unread(&file->set, what);
			bool sentence = *why && why[strlen(why) - 1] == '.';

			diags_add(diags, SEV_NOTE, "facts-unread", file->at, "unread", "", "%s: %s was not read: %s%s",
				  name, what, why, sentence ? "" : ".");
		}
	}
}

void facts_check(const struct facts *facts, const struct plan *plan, struct diags *diags)
{
	struct host_names missing = { NULL, 0, 0 };

	if (!facts)
		return;
	plan_compare(plan, facts, &missing, diags);
	check_owners(facts, plan, &missing, diags);
	check_missing(facts, plan, diags);
	note_unread(facts, plan, diags);
	if (plan->flow->facts_check) {
		struct scope scope = scope_of(plan, plan->arena);

		scope.facts = facts;
		plan->flow->facts_check(&scope, diags);
	}
}
