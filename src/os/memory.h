/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Memory that secrets may lie in: the one thing that core needs of the system. It includes nothing of the tree and its
 * object needs no symbol of the tree, so that it can lie below everything.
 */
#ifndef SCUPGRADE_MEMORY_H
#define SCUPGRADE_MEMORY_H

#include <stddef.h>

/* Zeroed, locked (best effort), not dumped, wiped on fork; owned (free with memory_free_pages). NULL: there are
 * none. */
void *memory_locked_pages(size_t size);
void memory_free_pages(void *pages, size_t size);    /* of that SIZE; wipes first */
void memory_wipe(void *memory, size_t size);         /* not optimised away */
void memory_no_dumps(void);                          /* no core files of this process, and no debugger */

#endif
