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

/* 40 bytes: a plan of 100,000 servers has half a million of them. */
struct node {
	const char *key;                  /* within a mapping; else NULL */
	union {                           /* look at KIND first */
		const char *text;         /* of a scalar */
		const struct node *child; /* the first one of a mapping or sequence; NULL: none */
	};
	const struct node *next;          /* children in file order */
	uint32_t line, column;            /* of the value, from 1, in characters */
	uint32_t key_column;
	uint32_t key_line : 28;
	unsigned kind : 2;                /* enum node_kind */
	bool plain : 1;                   /* a scalar without quotes: may be a number or a boolean */
};

/* Parses LENGTH bytes. FILE (borrowed) is the name for places. The tree is in ARENA. NULL: errors were added. An empty
 * file is the error "yaml-empty". */
const struct node *yamltree_parse(struct arena *arena, const char *file, const char *bytes, size_t length,
				  struct diags *diags);
const struct node *node_find(const struct node *mapping, const char *key);     /* NULL: no such key */
/* NODE of a parsed tree has KEY (borrowed) from now on: the one that was meant. */
void node_rename(const struct node *node, const char *key);
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
