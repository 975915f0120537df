/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Memory that secrets may lie in, and very much memory: the one thing that core needs of the system. It includes
 * nothing of the tree and its object needs no symbol of the tree, so that it can lie below everything.
 */
#ifndef SCUPGRADE_MEMORY_H
#define SCUPGRADE_MEMORY_H

#include <stddef.h>

/* Zeroed, locked (best effort), not dumped, wiped on fork; owned (free with memory_free_pages). NULL: there are
 * none. */
void *memory_locked_pages(size_t size);
void memory_free_pages(void *pages, size_t size);    /* of that SIZE; wipes first */

#define MEMORY_LARGE ((size_t)2 << 20)
/* SIZE bytes, zeroed, from MEMORY_LARGE on: in large pages where the system has them, since a plan of many servers
 * would begin thousands of small ones. Owned: free with memory_free_large. NULL: there are none. */
void *memory_large(size_t size);
void memory_free_large(void *memory, size_t size);   /* of that SIZE; does not wipe; NULL is fine */

void memory_wipe(void *memory, size_t size);         /* not optimised away */
void memory_no_dumps(void);                          /* no core files of this process, and no debugger */

#endif
