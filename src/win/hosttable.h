/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Which of many names are the same host, in linear time, as host_equal() has it: a name with and without its domain
 * part is the same host, two domains are two hosts.
 */
#ifndef SCUPGRADE_HOSTTABLE_H
#define SCUPGRADE_HOSTTABLE_H

#include "core/nametable.h"

/* The name of number INDEX, borrowed from DATA; never NULL. */
typedef const char *host_at_fn(const void *data, size_t index);

struct hosttable;

/* For names with numbers below COUNT. Owned: free with hosttable_free. */
struct hosttable *hosttable_new(size_t count, host_at_fn *host_at, const void *data);
void hosttable_free(struct hosttable *table); /* NULL is fine */
/* Adds number INDEX. Returns the one before it that is the same host, or NAME_NONE. */
size_t hosttable_add(struct hosttable *table, size_t index);
/* The first that is the host NAME, or NAME_NONE. */
size_t hosttable_find(const struct hosttable *table, const char *name);

#endif
