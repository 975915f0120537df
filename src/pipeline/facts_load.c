/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Files of facts: one, or all of a folder; their age; two for one server.
 */
#include "pipeline/facts_read.h"

#include "core/text.h"
#include "os/platform.h"

/* ---- a file ---- */

static bool check_version(struct table_reader *reader)
{
	const struct yamltree *tree = reader->tree;
	const struct node *root = tree->nodes, *node;

	if (root->kind != NODE_MAPPING)
		return table_wrong_kind(reader, root, "", "A mapping of keys and values");
	node = node_find(tree, root, FACTS_VERSION_KEY);
	if (!node) {
		bool plan = node_find(tree, root, "scupgrade") != NULL;

		diags_add(reader->diags, SEV_ERROR, "facts-version", table_place(reader, root), FACTS_VERSION_KEY,
			  plan ? "This is a plan: keep facts in a folder of their own."
			       : "The collector starts its files with: " FACTS_VERSION_KEY ": 1",
			  "This file does not say that it holds facts.");
		return false;
	}
	if (node->kind != NODE_SCALAR || !node->plain)
		return table_wrong_kind(reader, node, FACTS_VERSION_KEY, "A number");
	if (str_eq(node_text(tree, node), FACTS_VERSION_TEXT))
		return true;
	diags_add(reader->diags, SEV_ERROR, "facts-version", table_place(reader, node), FACTS_VERSION_KEY,
		  "Collect again with the collector of this program.",
		  "The file has format version \"%.20s\"; this program reads version " FACTS_VERSION_TEXT ".",
		  node_text(tree, node));
	return false;
}

static void keep_stale(struct facts_loader *loader, struct place at, const char *server, int64_t age)
{
	if (loader->stale.count++ == 0) {
		loader->stale.at = at;
		loader->stale.server = server;
	}
	if (age > loader->stale.oldest)
		loader->stale.oldest = age;
}

/* One warning for all: after a day all of a folder are stale at once. */
static void tell_stale(const struct facts_loader *loader)
{
	long long hours = (long long)(loader->stale.oldest / 3600);

	if (loader->stale.count == 1)
		diags_add(loader->reader.diags, SEV_WARNING, "facts-stale", loader->stale.at, "collected",
			  "Run the collector there again.", "The facts of %s are %lld hours old.", loader->stale.server,
			  hours);
	else if (loader->stale.count)
		diags_add(loader->reader.diags, SEV_WARNING, "facts-stale", loader->stale.at, "collected",
			  "Run the collector there again.",
			  "The facts of %zu servers are more than 24 hours old, those of %s too; the oldest are %lld "
			  "hours old.",
			  loader->stale.count, loader->stale.server, hours);
}

/* Stale facts count, with a warning: that they are old does not make them wrong. */
static int64_t check_age(struct facts_loader *loader, const char *server, const char *collected)
{
	struct table_reader *reader = &loader->reader;
	const struct node *node = node_find(reader->tree, reader->tree->nodes, fact_collected.key);
	int64_t time = collected ? facts_time(collected) : -1, age = loader->now - time;

	if (!collected)
		return 0;
	if (time < 0) {
		diags_add(reader->diags, SEV_ERROR, "facts-time", table_place(reader, node), "collected",
			  "Example: 2026-11-21T14:02:07Z", "\"%.60s\" is not a time in UTC.", collected);
		return 0;
	}
	if (age > FACTS_FRESH_SECONDS)
		keep_stale(loader, table_place(reader, node), server, age);
	else if (-age > FACTS_CLOCK_SECONDS)
		diags_add(reader->diags, SEV_WARNING, "facts-future", table_place(reader, node), "collected",
			  "Set the clocks right, then run the collector there again.",
			  "The facts of %s were collected at %s, which is in the future.", server, collected);
	return time;
}

/* The computer's name with its domain, unless it has one already or is in none. */
static const char *host_of(struct arena *arena, const struct fact_set *set)
{
	const char *server = fact_text(set, &fact_server), *domain = fact_text(set, &fact_domain);

	if (!domain || !*domain || strchr(server, '.'))
		return server;
	return arena_printf(arena, "%s.%s", server, domain);
}

static void keep_file(struct facts *facts, struct server_file file)
{
	facts->files = xgrow(facts->files, facts->file_count, &facts->room, sizeof(*facts->files));
	facts->files[facts->file_count++] = file;
}

static void read_bytes(struct facts_loader *loader, const char *bytes, size_t length)
{
	struct table_reader *reader = &loader->reader;
	struct server_file file = { .collected = 0 };
	const char *server;

	reader->tree = yamltree_parse(reader->file, bytes, length, reader->diags);
	if (reader->tree && check_version(reader)) {
		file.set = facts_read_server(loader);
		server = fact_text(&file.set, &fact_server);
		if (server) {
			file.host = host_of(loader->facts->arena, &file.set);
			file.at = table_place(reader, node_find(reader->tree, reader->tree->nodes, fact_server.key));
			file.collected = check_age(loader, server, fact_text(&file.set, &fact_collected));
			keep_file(loader->facts, file);
		}
	}
	if (table_too_many(reader)) {
		diags_add(reader->diags, SEV_ERROR, "too-many-errors", (struct place){ reader->file, 0, 0 }, "", "",
			  "More than %u things are wrong; the rest was not looked at.", PLAN_ERROR_LIMIT);
		loader->facts->cut = true;
	}
	yamltree_free(reader->tree);
	reader->tree = NULL;
}

/* The digest goes on: it is of the one before and of these bytes. */
static void add_digest(struct facts *facts, const char *bytes, size_t length)
{
	struct digest parts[2] = { facts->digest, digest_of(bytes, length) };

	facts->digest = digest_of(parts, sizeof(parts));
	facts->read++;
}

/* ---- several files ---- */

static const char *host_at(const void *data, size_t index)
{
	return ((const struct facts *)data)->files[index].host;
}

/* The look-ups; two files for one server are found here. */
static void index_files(struct facts_loader *loader)
{
	struct facts *facts = loader->facts;

	facts->hosts = hosttable_new(facts->file_count, host_at, facts);
	facts->servers = arena_array(facts->arena, facts->file_count, sizeof(*facts->servers));
	for (size_t i = 0; i < facts->file_count; i++) {
		struct server_file *file = &facts->files[i];
		size_t first = hosttable_add(facts->hosts, i);
		const struct server_file **newest;

		if (first == NAME_NONE) {
			file->place = facts->server_count;
			facts->servers[facts->server_count++] = file;
		} else {
			newest = &facts->servers[facts->files[first].place];
			diags_add(loader->reader.diags, SEV_ERROR, "facts-twice", file->at, "server",
				  "Keep only the newer file; it is the one that is used here.",
				  "The facts of %s are also in %s.", file->host, (*newest)->at.file);
			file->place = facts->files[first].place;
			if (file->collected > (*newest)->collected)
				*newest = file;
		}
	}
}

static void loader_begin(struct facts_loader *loader, const char *now_utc, struct facts **facts, struct diags *diags)
{
	memset(loader, 0, sizeof(*loader));
	loader->now = facts_time(now_utc);
	if (loader->now < 0)
		bug("\"%s\" is not a time", now_utc);
	*facts = xcalloc(1, sizeof(**facts));
	(*facts)->arena = arena_new();
	facts_loader_init(loader, *facts, diags);
}

static bool loader_end(struct facts_loader *loader)
{
	tell_stale(loader);
	index_files(loader);
	return loader->reader.diags->errors == loader->reader.errors_before;
}

bool facts_read(const char *name, const char *bytes, size_t length, const char *now_utc, struct facts **facts,
		struct diags *diags)
{
	struct facts_loader loader;

	loader_begin(&loader, now_utc, facts, diags);
	loader.reader.file = name;
	add_digest(*facts, bytes, length);
	read_bytes(&loader, bytes, length);
	return loader_end(&loader);
}

struct file_list {
	struct arena *arena;
	const char **names;
	size_t count, room;
};

static void collect_name(const char *name, void *data)
{
	struct file_list *list = data;
	size_t length = strlen(name);
	bool facts = (length > 5 && text_equal_fold(name + length - 5, ".yaml")) ||
		     (length > 4 && text_equal_fold(name + length - 4, ".yml"));

	if (!facts || name[0] == '.')
		return;
	list->names = xgrow(list->names, list->count, &list->room, sizeof(*list->names));
	list->names[list->count++] = arena_strdup(list->arena, name);
}

/* Reads one file; *LEFT bytes may still come. False: it is time to stop. */
static bool read_one(struct facts_loader *loader, const char *path, size_t *left)
{
	struct table_reader *reader = &loader->reader;
	struct strbuf bytes = STRBUF_INIT;
	const char *why = "there is no such file";
	enum file_result result = platform_read(path, YAML_FILE_LIMIT, &bytes, NULL, &why);
	struct place at = { str_eq(path, "-") ? "<stdin>" : path, 0, 0 };
	bool fits = result != FILE_OK || bytes.length <= *left;
	size_t before = loader->facts->file_count;

	reader->file = at.file;
	if (result == FILE_TOO_LARGE) {
		diags_add(reader->diags, SEV_ERROR, "file-too-large", at, "", "", "The file has more than %u MiB.",
			  YAML_FILE_LIMIT >> 20);
	} else if (result != FILE_OK) {
		diags_add(reader->diags, SEV_ERROR, "facts-unreadable", at, "", "", "The facts cannot be read: %s.",
			  result == FILE_MISSING ? "there is no such file" : why);
	} else if (!fits) {
		diags_add(reader->diags, SEV_ERROR, "facts-many", at, "", "",
			  "All files together have more than %u MiB; this one and what follows was not read.",
			  FACTS_BYTES_LIMIT >> 20);
	} else {
		*left -= bytes.length;
		add_digest(loader->facts, strbuf_text(&bytes), bytes.length);
		read_bytes(loader, strbuf_text(&bytes), bytes.length);
	}
	loader->facts->nameless += loader->facts->file_count == before;
	strbuf_clear(&bytes);
	return fits && !table_too_many(reader);
}

static void read_folder(struct facts_loader *loader, const char *folder, const struct file_list *list, size_t *left)
{
	struct table_reader *reader = &loader->reader;
	const char *slash = *folder && !*platform_last_part(folder) ? "" : "/";
	struct place at = { folder, 0, 0 };

	if (list->count == 0)
		diags_add(reader->diags, SEV_ERROR, "facts-none", at, "",
			  "The collector names its files HOST.DOMAIN.facts.yaml.", "The folder has no *.yaml file.");
	if (list->count > FACTS_FILES_LIMIT) {
		diags_add(reader->diags, SEV_ERROR, "facts-many", at, "", "",
			  "The folder has more than %u *.yaml files.", FACTS_FILES_LIMIT);
		loader->facts->cut = true;
		return;
	}
	for (size_t i = 0; i < list->count; i++) {
		if (!read_one(loader, arena_printf(loader->facts->arena, "%s%s%s", folder, slash, list->names[i]),
			      left))
			return;
	}
}

bool facts_load(const char *path, const char *now_utc, struct facts **facts, struct diags *diags)
{
	struct facts_loader loader;
	struct file_list list = { .arena = NULL };
	size_t left = FACTS_BYTES_LIMIT;
	const char *why;

	loader_begin(&loader, now_utc, facts, diags);
	list.arena = (*facts)->arena;
	path = arena_strdup((*facts)->arena, path);
	if (!str_eq(path, "-") && platform_list_files(path, collect_name, &list, &why))
		read_folder(&loader, path, &list, &left);
	else
		read_one(&loader, path, &left);
	free(list.names);
	return loader_end(&loader);
}
