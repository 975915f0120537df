/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The documents that the tables rest on: where each source text of a row leads.
 *
 * A source text is one or more parts with "; " between, each the words by which a document is called, what is meant in
 * it, and tags (model/certainty.h): "pre-upgrade tasks, task 9 [DOC]; before the first server [OURS]". Words before a
 * colon say what the part is about. Sources: document.c (where a text leads, and every text of a flow),
 * document_table.c and document_support.c (the rows).
 */
#ifndef SCUPGRADE_DOCUMENT_H
#define SCUPGRADE_DOCUMENT_H

#include "model/flow.h"

enum document_kind {
	DOCUMENT_VENDOR,             /* the vendor's documentation and support pages */
	DOCUMENT_CODE,               /* public tools that do or detect it */
	DOCUMENT_FIELD,              /* reports from practice */
	DOCUMENT_OURS,               /* read into them, or advised, by us */
	DOCUMENT_KIND_COUNT
};

#define DOCUMENT_CALLS 24u

struct document {
	const char *id;              /* "pre-upgrade-tasks"; NULL ends a table */
	enum document_kind kind;
	const char *title;
	const char *date;            /* of what was read: a day, a month or a year; NULL: not known */
	const char *address;         /* NULL: none is known */
	const char *product;         /* id of the flow whose texts lead here; NULL: those of all */
	const char *calls[DOCUMENT_CALLS]; /* the words with which parts of texts begin; NULL behind the last */
};

extern const struct document *const document_tables[];  /* NULL-terminated; each ends with a row without id */

const char *document_kind_name(enum document_kind kind);    /* "vendor" */
const char *document_kind_words(enum document_kind kind);   /* "the vendor's documentation" */

/* No text leads to more. */
#define SOURCE_DOCUMENTS 16u

/* Where a text leads. */
struct source_way {
	const struct document *documents[SOURCE_DOCUMENTS]; /* each once, in the order of the parts */
	size_t count;
	const char *lost;            /* the first part that leads nowhere, within the text; NULL: there is none */
};

/* A part that only says what is ours or uncertain leads to what no document says. PRODUCT: id of the flow of the row;
 * NULL: the row belongs to none. */
struct source_way source_way(const char *source, const char *product);

/* A source text in its place. */
struct source_text {
	const char *product;         /* id of the flow; NULL: of the table of releases */
	const char *table;           /* "prerequisite", "step" */
	const char *row;             /* id of the row, or what stands for one; "" where it has none */
	const char *source;          /* never NULL */
};

/* Calls VISIT with every source text of all flows and of the releases. */
void source_each(void (*visit)(void *data, const struct source_text *text), void *data);

#endif
