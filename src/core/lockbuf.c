/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Locked memory of a fixed size: it never moves, so that no copy is left behind.
 */
#include "core/lockbuf.h"

#include "os/memory.h"

void lockbuf_add(struct lockbuf *buf, const char *bytes, size_t count)
{
	if (!buf->bytes) {
		buf->bytes = memory_locked_pages(buf->most + 1);
		if (!buf->bytes)
			die("there is no memory left");
	}
	if (count > buf->most - buf->length)
		count = buf->most - buf->length;
	memcpy(buf->bytes + buf->length, bytes, count);
	buf->length += count;
	buf->bytes[buf->length] = '\0';
}

const char *lockbuf_text(const struct lockbuf *buf)
{
	return buf->bytes ? buf->bytes : "";
}

void lockbuf_wipe(struct lockbuf *buf)
{
	if (buf->length)
		memory_wipe(buf->bytes, buf->length);
	buf->length = 0;
}

void lockbuf_free(struct lockbuf *buf)
{
	if (buf->bytes)
		memory_free_pages(buf->bytes, buf->most + 1);
	buf->bytes = NULL;
	buf->length = 0;
}
