/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * libyaml's events, less everything that no file of ours may have. Included by yamltree.c alone.
 *
 * The first refused thing becomes one finding and ends the reading. libyaml counts lines and columns from 0; this
 * module adds the 1, nobody else.
 */
#ifndef SCUPGRADE_YAMLREAD_H
#define SCUPGRADE_YAMLREAD_H

#include <yaml.h>

#include "core/yamltree.h"

struct yamlread {
	yaml_parser_t parser;
	yaml_event_t event;              /* the current one: a scalar, or start or end of a mapping or sequence */
	const char *bytes;
	size_t length;                   /* without a byte order mark */
	const char *file;
	struct diags *diags;
	bool wipe;                       /* the text holds secrets */
	bool tabs;                       /* the text has some, or carriage returns */
	unsigned depth, nodes, documents;
};

enum read_result { READ_EVENT, READ_END, READ_BAD };

/* False: a finding was added, there is nothing to close. Behind the LENGTH bytes is a NUL. READ must not move, nor
 * BYTES change, until it is closed. */
bool yamlread_open(struct yamlread *read, const char *file, const char *bytes, size_t length, bool wipe,
		   struct diags *diags);
enum read_result yamlread_next(struct yamlread *read);
void yamlread_close(struct yamlread *read);

struct place yamlread_place(const struct yamlread *read, yaml_mark_t mark);
/* A finding at MARK; always READ_BAD. */
enum read_result yamlread_refuse(struct yamlread *read, const char *code, yaml_mark_t mark, const char *hint,
				 const char *format, ...) PRINTF_LIKE(5, 6);

#endif
