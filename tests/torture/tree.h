/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What a folder holds, all of it in memory, to be compared and put back.
 */
#ifndef SCUPGRADE_TESTS_TREE_H
#define SCUPGRADE_TESTS_TREE_H

#include "core/strbuf.h"

enum { LIST_ROOM = 64 };

struct tree_entry {
	char *path;              /* below the folder */
	unsigned char list[LIST_ROOM]; /* its access list, as the system keeps it */
	size_t list_length;
	unsigned mode;
	bool folder;
	char *bytes;             /* of a file */
	size_t length;
};

struct tree {
	struct tree_entry *items;
	size_t count;
};

void tree_read(struct tree *tree, const char *folder); /* sorted; free with tree_clear */
void tree_clear(struct tree *tree);
const struct tree_entry *tree_find(const struct tree *tree, const char *path); /* borrowed, or NULL */
/* The folder holds exactly TREE then; it need not exist. */
void tree_put(const struct tree *tree, const char *folder);
void tree_remove(const char *folder);
/* An access list: another user may read it, the group of the file may nothing. Where the file system knows none, the
 * file that is put has none. */
void tree_give_list(struct tree_entry *entry);
/* Whether both are there with the same bytes, or both are not. Modes do not count. */
bool tree_same(const struct tree_entry *a, const struct tree_entry *b);

#endif
