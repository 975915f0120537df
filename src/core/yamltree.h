/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * YAML text to a small tree with places, refusing everything that a plan must not have. With planfile the only
 * module that knows about YAML, and (with yamlread, its inner half) the only one that knows libyaml.
 *
 * Refused, each with one finding that has its place: duplicate key, alias, anchor, tag, directive, second document,
 * UTF-16, invalid UTF-8, unsafe characters and embedded NUL, a key that is not a scalar, and more than the limits
 * below. Linear time up to the limits.
 */
#ifndef SCUPGRADE_YAMLTREE_H
#define SCUPGRADE_YAMLTREE_H

#include "core/diag.h"

#define YAML_FILE_LIMIT (16u * 1024 * 1024)      /* bytes */
#define YAML_DEPTH_LIMIT 16u
#define YAML_NODE_LIMIT 1000000u                 /* values and keys */
#define YAML_SCALAR_LIMIT 4096u                  /* bytes */

enum node_kind { NODE_SCALAR, NODE_MAPPING, NODE_SEQUENCE };

/* 12 bytes, one behind the other as the file has them, for a plan of 100,000 servers has 600,000 of them. A key is a
 * scalar of its own before its value. Look at places and kind; go on and read by the functions below. */
struct node {
	uint32_t link;                    /* of a scalar: its text in the tree; else: how many nodes are within it */
	uint32_t line;                    /* from 1 */
	uint32_t column : 27;             /* from 1, in characters */
	unsigned kind : 2;                /* enum node_kind */
	unsigned plain : 1;               /* a scalar without quotes: may be a number or a boolean */
	unsigned keyed : 1;               /* a value within a mapping: its key is the node before it */
	unsigned last : 1;                /* of its mapping or sequence */
};

struct yamltree {
	struct node *nodes;               /* the root first */
	char *texts;
	size_t count, length;             /* of nodes, of texts */
	size_t room;                      /* for nodes */
	char **renamed;                   /* keys that node_rename() gave: owned */
	size_t renamed_count, renamed_room;
};

/* Parses LENGTH bytes, behind which is a NUL, as for all that read a text here. FILE (borrowed) is the name for places.
 * Owned: free with yamltree_free. NULL: errors were added. An empty file is the error "yaml-empty". */
struct yamltree *yamltree_parse(const char *file, const char *bytes, size_t length, struct diags *diags);
void yamltree_free(struct yamltree *tree);                 /* NULL is fine; wipes the texts */

/* The text of NODE, a scalar of TREE. Borrowed, as what follows is. */
static inline const char *node_text(const struct yamltree *tree, const struct node *node)
{
	return tree->texts + node->link;
}

/* The first value in a mapping or sequence, in the order of the file; NULL: none, as in a scalar. */
static inline const struct node *node_first(const struct node *node)
{
	if (node->kind == NODE_SCALAR || !node->link)
		return NULL;
	return node + 1 + (node->kind == NODE_MAPPING);
}

/* The value after NODE in the same mapping or sequence, or NULL. */
static inline const struct node *node_next(const struct node *node)
{
	if (node->last)
		return NULL;
	return node + 1 + (node->kind == NODE_SCALAR ? 0 : node->link) + node->keyed;
}

const char *node_key(const struct yamltree *tree, const struct node *node);    /* of a value within a mapping */
struct place node_key_place(const struct node *node, const char *file);
const struct node *node_find(const struct yamltree *tree, const struct node *mapping, const char *key);
/* NODE of TREE has KEY (copied) from now on: the one that was meant. */
void node_rename(struct yamltree *tree, const struct node *node, const char *key);
const char *node_kind_name(const struct node *node);       /* "a text", "a mapping", "a list", for messages */

/* Whether the text has a comment. Call only for what yamltree_parse took. */
bool yamltree_has_comments(const char *bytes, size_t length);

/* One pair of a flat mapping: VALUE has LENGTH bytes and a final NUL, and is wiped after the call. False ends the
 * reading. */
typedef bool yaml_pair_fn(const char *key, const char *value, size_t length, struct place at, void *data);
/* Reads a mapping of texts that must not linger: nothing of it is kept, and what libyaml holds of it is wiped. The same
 * refusals, but duplicate keys are EACH's matter. False: errors were added, or EACH said so. */
bool yamltree_pairs(const char *file, const char *bytes, size_t length, yaml_pair_fn *each, void *data,
		    struct diags *diags);

#endif
