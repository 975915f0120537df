/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * One file of facts against the tables of all flows. For facts_load.c alone.
 */
#ifndef SCUPGRADE_FACTS_READ_H
#define SCUPGRADE_FACTS_READ_H

#include "model/facts_private.h"
#include "pipeline/table_read.h"

struct facts_loader {
	struct table_reader reader;
	struct facts *facts;
	int64_t now;
	struct {
		size_t count;
		int64_t oldest;        /* its age in seconds */
		struct place at;       /* of the first one */
		const char *server;    /* its name, in the facts' arena */
	} stale;
};

/* FACTS is borrowed; so is LOADER, by itself: it must not be copied. */
void facts_loader_init(struct facts_loader *loader, struct facts *facts, struct diags *diags);
/* The values of the reader's tree, a mapping, in the facts' arena. */
struct fact_set facts_read_server(struct facts_loader *loader);

/* The words for FACT, its own or those of the product FLOW; NULL: none. */
const struct choice *facts_words(const struct field *fact, const struct flow *flow);
/* All rows that a file may hold, in the order of the collector; in ARENA. A row whose group ("builds.") stands already
 * stands behind it. */
const struct field *const *facts_table(struct arena *arena);

#endif
