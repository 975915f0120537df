/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * A YAML tree read by a table of fields: what plans and facts have in common.
 *
 * Keys are looked up in the table, groups ("os.version" is version below os) and rows of lists entered, lists and kinds
 * judged. What one key has wrong is a finding, and the next key is read. Where values go is the document's own matter.
 */
#ifndef SCUPGRADE_TABLE_READ_H
#define SCUPGRADE_TABLE_READ_H

#include "model/plan.h"

#define TABLE_KEY_ROOM 128
#define TABLE_KNOWN_KEYS 8

struct table_reader {
	const struct table_document *document;
	struct diags *diags;
	const char *file;                /* for places: borrowed as long as the findings */
	struct yamltree *tree;           /* what is read; keys that are meant otherwise get their names there */
	size_t errors_before;            /* of DIAGS, when reading began */
	size_t empty_rows;
	void *data;                      /* the document's own */
};

/* One mapping of the file and what may stand in it. */
struct table_level {
	void *record;                    /* takes the values: the document's own */
	const struct field *const *fields;
	const struct field *list;        /* it is row NUMBER (from 1) of this list; NULL: the root */
	size_t number;
	const struct node *node;
	char prefix[TABLE_KEY_ROOM];     /* of the group within FIELDS: "accounts.data-access." */
	size_t prefix_length;
	/* Of rows: keys that were looked up, by their text's place, for all rows have the same few. */
	struct {
		const char *key;
		const struct field *field;
	} known[TABLE_KNOWN_KEYS];
	size_t known_count;
};

struct table_value {
	struct table_reader *reader;
	const struct table_level *level;
	const struct field *field;
	const struct node *node;
	size_t count;                    /* of a list: items in the file */
};

/* What a kind of document does with what is read. A value's node is of the kind that its field wants. */
struct table_document {
	const char *version_key;         /* stands at the root; the document reads it by itself */
	bool offers_version;             /* named where it is said which keys are possible */
	const char *secret_code, *secret_text, *secret_hint;      /* about a key that looks like a password's */
	const char *no_scalar;           /* what is expected where no scalar is; NULL: what the field's kind wants */
	const char *list, *row;          /* the same where no list of texts is, and no row of a list */
	const char *const *retired;      /* keys, with groups, or LIST[].KEY: passed over; NULL: none */
	bool whole_lists;                /* a list of texts is not read beyond its first bad one */
	void (*scalar)(const struct table_value *value);
	bool (*item)(const struct table_value *item);             /* false: errors were added */
	void (*list_begin)(const struct table_value *list);       /* of texts or rows */
	void (*list_end)(const struct table_value *list, bool well);        /* WELL: no bad item; may be NULL */
	void (*row_begin)(const struct table_value *list, struct table_level *row);         /* sets its RECORD */
	void (*row_end)(const struct table_value *list, const struct table_level *row);
	void (*done)(const struct table_value *value);            /* after each value, good or not; may be NULL */
};

/* Reads LEVEL->node, a mapping, into LEVEL->record. Recursion ends with the groups of the table and its one level of
 * rows, whatever the file says. [unknown-key, wrong-kind, list-long, the document's secret_code] */
void table_read(struct table_reader *reader, struct table_level *level);

bool table_too_many(const struct table_reader *reader);      /* enough is wrong: it is time to stop */

struct place table_place(const struct table_reader *reader, const struct node *node);
/* "key:" with nothing behind it: not answered, whatever belongs there. */
bool table_is_nothing(const struct yamltree *tree, const struct node *node);
/* Sets TO up for findings about VALUE, which must outlive it. */
struct report table_report(const struct table_value *value);
const char *table_scalar(const struct table_value *value);       /* its text, borrowed from the tree */
/* "servers[2].name" or "accounts.data-access", for the KEY below PREFIX; KEY "" with PREFIX "": the row itself. In the
 * findings' arena. */
const char *table_path(struct table_reader *reader, const struct table_level *level, const char *prefix,
		       const char *key);
/* TEXT of the file, cut to a length that a message can hold. In the findings' arena. */
const char *table_shown(struct table_reader *reader, const char *text);
/* An error, and always false. WANTED: "A number". */
bool table_wrong_kind(struct table_reader *reader, const struct node *node, const char *path, const char *wanted);

#endif
