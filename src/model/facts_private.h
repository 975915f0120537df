/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What the sources of facts share, and nobody else uses.
 */
#ifndef SCUPGRADE_FACTS_PRIVATE_H
#define SCUPGRADE_FACTS_PRIVATE_H

#include "core/nametable.h"
#include "core/yamltree.h"
#include "model/facts.h"

struct fact_value {
	bool known;
	union {
		uint64_t number;
		bool flag;
		const char *text;
		struct names names;
		struct {
			struct fact_set *items;
			size_t count;
		} rows;
	};
};

struct fact_set {
	const struct fact *table;
	struct fact_value *values; /* one for each row of TABLE */
};

struct server_file {
	struct fact_set set;
	struct place at;   /* of the server's name */
	int64_t collected; /* seconds since 1970; 0: not known */
	size_t place;      /* in facts->servers, of the first file of this server */
};

struct facts {
	struct arena *arena;
	struct server_file *files; /* all that have a name */
	size_t file_count, room;
	const struct server_file **servers; /* each server once, the newest file of it */
	size_t server_count;
	struct nametable *names, *labels; /* of files: whole names, first labels */
};

struct facts_loader {
	struct facts *facts;
	struct diags *diags;
	const char *file; /* for places; in the facts' arena, or the caller's */
	size_t errors_before;
	int64_t now;
};

static inline bool facts_too_many(const struct facts_loader *loader)
{
	return loader->diags->errors - loader->errors_before >= PLAN_ERROR_LIMIT;
}

static inline struct place facts_value_place(const struct facts_loader *loader, const struct node *node)
{
	return (struct place){ loader->file, node->line, node->column };
}

/* An error; always false. WANTED: "A number". */
bool facts_wrong_kind(struct facts_loader *loader, const struct node *node, const char *path, const char *wanted);
/* facts_read.c: the values of ROOT, a mapping. */
struct fact_set facts_read_server(struct facts_loader *loader, const struct node *root);

/* Seconds since 1970 of "2026-11-21T14:02:07Z", or -1. */
int64_t facts_time(const char *text);

/* The first file of the server NAME, or NAME_NONE. Call when the tables are there. */
size_t facts_find_file(const struct facts *facts, const char *name);

#endif
