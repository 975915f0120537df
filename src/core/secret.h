/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * A password as a type.
 *
 * It lives in locked pages of its own that are left out of core dumps and wiped on clear and free. There is no function
 * that copies it into ordinary memory; secret_expose() is the one way to look inside, and lint counts its callers.
 */
#ifndef SCUPGRADE_SECRET_H
#define SCUPGRADE_SECRET_H

#include "core/base.h"

#define SECRET_MAX 1024u          /* bytes of UTF-8, without the final NUL */

struct secret;

/* Owned: free with secret_free. The first one turns core dumps off and makes the process unreadable to others. */
struct secret *secret_new(void);
void secret_free(struct secret *secret);                   /* NULL is fine */
void secret_clear(struct secret *secret);
/* Makes it TEXT (LENGTH bytes). False when it is longer than SECRET_MAX; then nothing changed. */
bool secret_set(struct secret *secret, const char *text, size_t length);
bool secret_insert(struct secret *secret, size_t offset, const char *bytes, size_t count);
void secret_remove(struct secret *secret, size_t offset, size_t count);
size_t secret_length(const struct secret *secret);
bool secret_is(const struct secret *secret, const char *text); /* the very bytes of TEXT */
bool secret_equal(const struct secret *a, const struct secret *b);
/* Borrowed until the next change; never keep it, never copy it but into the line that was asked for. */
const char *secret_expose(const struct secret *secret);

#endif
