/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Which of many names is the same as another one, in linear time.
 *
 * The table holds numbers only and asks the caller for the name of a number, so that it stays small. The hash is
 * seeded: a file made for it cannot make it slow.
 */
#ifndef SCUPGRADE_NAMETABLE_H
#define SCUPGRADE_NAMETABLE_H

#include "core/base.h"

#define NAME_NONE SIZE_MAX

/* The name of number INDEX (*LENGTH bytes of it), borrowed from DATA. */
typedef const char *name_at_fn(const void *data, size_t index, size_t *length);

struct nametable;

/* For names with numbers below COUNT (and that below 2^31). FOLD: ASCII letters without case. Owned: free with
 * nametable_free. */
struct nametable *nametable_new(size_t count, bool fold, name_at_fn *name_at, const void *data);
void nametable_free(struct nametable *table);      /* NULL is fine */
/* Adds number INDEX, unless its name is there: returns the number that has the name now. */
size_t nametable_add(struct nametable *table, size_t index);
/* The same where the caller has just looked at that name: NAME, of LENGTH bytes. */
size_t nametable_add_name(struct nametable *table, size_t index, const char *name, size_t length);
size_t nametable_find(const struct nametable *table, const char *name, size_t length);     /* NAME_NONE: not there */

#endif
