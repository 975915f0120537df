/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Growing text for building.
 *
 * The zero state (STRBUF_INIT or = {0}) is valid and owns nothing; strbuf_text() is never NULL and always terminated.
 * Every other function may move the text; what it leaves behind when it moves is wiped, since lines with passwords pass
 * through here. strbuf_clear() wipes, then frees, and leaves the zero state;
 * nothing else can free the bytes, which may be large pages.
 */
#ifndef SCUPGRADE_STRBUF_H
#define SCUPGRADE_STRBUF_H

#include <stdarg.h>
#include "core/base.h"

struct strbuf {
	char *data;
	size_t length, room;
};

#define STRBUF_INIT { NULL, 0, 0 }

const char *strbuf_text(const struct strbuf *buf);             /* borrowed until the next change */
void strbuf_clear(struct strbuf *buf);
void strbuf_reset(struct strbuf *buf);                         /* empty, keeps the memory */
void strbuf_truncate(struct strbuf *buf, size_t length);       /* LENGTH <= buf->length */

/* Room for COUNT more bytes (and the final NUL) without a further move; returns where they go. The length stays. */
char *strbuf_reserve(struct strbuf *buf, size_t count);
void strbuf_add(struct strbuf *buf, const char *bytes, size_t count);    /* BYTES must not lie in BUF */

/* Inline: the length of a literal is known where it stands, and single characters are many. */
static inline void strbuf_puts(struct strbuf *buf, const char *text)
{
	strbuf_add(buf, text, strlen(text));
}

static inline void strbuf_putc(struct strbuf *buf, char c)
{
	char *end = buf->room - buf->length > 1 ? buf->data + buf->length : strbuf_reserve(buf, 1);

	end[0] = c;
	end[1] = '\0';
	buf->length++;
}

void strbuf_fill(struct strbuf *buf, char c, size_t count);
void strbuf_put_code(struct strbuf *buf, uint32_t code);       /* one code point as UTF-8 */
void strbuf_put_number(struct strbuf *buf, size_t number);     /* its decimal digits */
void strbuf_printf(struct strbuf *buf, const char *format, ...) PRINTF_LIKE(2, 3);
void strbuf_vprintf(struct strbuf *buf, const char *format, va_list args) PRINTF_LIKE(2, 0);
bool strbuf_equal(const struct strbuf *a, const struct strbuf *b); /* the same bytes */

#endif
