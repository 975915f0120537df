/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * A buffer of a fixed size in locked memory, for bytes of which nobody knows yet whether they are a secret.
 */
#ifndef SCUPGRADE_LOCKBUF_H
#define SCUPGRADE_LOCKBUF_H

#include "core/base.h"

struct lockbuf {
	char *bytes;              /* NULL: nothing was added yet; else ends with a NUL */
	size_t length, most;      /* MOST: set it before the first byte; what is beyond is dropped */
};

void lockbuf_add(struct lockbuf *buf, const char *bytes, size_t count);
const char *lockbuf_text(const struct lockbuf *buf);   /* borrowed until the next change */
void lockbuf_wipe(struct lockbuf *buf);                /* empty again; nothing of it stays */
void lockbuf_free(struct lockbuf *buf);                /* wipes first */

#endif
