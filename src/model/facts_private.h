/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What the sources of facts share, and nobody else uses.
 */
#ifndef SCUPGRADE_FACTS_PRIVATE_H
#define SCUPGRADE_FACTS_PRIVATE_H

#include "model/facts.h"
#include "win/hosttable.h"

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
	const struct field *const *table; /* ends with NULL */
	struct fact_value *values; /* one for each row of TABLE */
};

struct server_file {
	struct fact_set set;
	const char *host;  /* the server's name, with its domain where that is known */
	struct place at;   /* of the server's name */
	int64_t collected; /* seconds since 1970; 0: not known */
	size_t place;      /* in facts->servers, of the first file of this server */
};

struct facts {
	struct arena *arena;
	const struct field *const *table; /* of every file */
	struct server_file *files; /* all that have a name */
	size_t file_count, room;
	size_t nameless; /* files that could not be read as far as their server's name */
	bool cut;        /* something behind the limits was not read */
	const struct server_file **servers; /* each server once, the newest file of it */
	size_t server_count;
	struct hosttable *hosts; /* of files */
	size_t read;             /* files whose bytes were looked at */
	struct digest digest;    /* of them all; only with READ */
};

/* Where SET keeps FACT; NULL: its table has no such row, or SET is NULL. */
struct fact_value *fact_value(const struct fact_set *set, const struct field *fact);

/* Seconds since 1970 of "2026-11-21T14:02:07Z", or -1. */
int64_t facts_time(const char *text);

#endif
