/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Writing JSON text.
 */
#include "core/json.h"

#include "core/text.h"

static void escaped(struct strbuf *out, uint32_t code)
{
	switch (code) {
	case '\n':
		strbuf_puts(out, "\\n");
		break;
	case '\r':
		strbuf_puts(out, "\\r");
		break;
	case '\t':
		strbuf_puts(out, "\\t");
		break;
	case TEXT_BAD:
		strbuf_put_code(out, 0xFFFD);
		break;
	default:
		if (code >= 0x10000) {
			code -= 0x10000;
			strbuf_printf(out, "\\u%04x", 0xD800u + (unsigned)(code >> 10));
			code = 0xDC00 + (code & 0x3FF);
		}
		strbuf_printf(out, "\\u%04x", (unsigned)code);
	}
}

/* LENGTH bytes without an unsafe character. */
static void plain(struct strbuf *out, const char *text, size_t length)
{
	const char *end = text + length;
	size_t count;

	if (!memchr(text, '"', length) && !memchr(text, '\\', length)) {
		strbuf_add(out, text, length);
		return;
	}
	while (text < end) {
		for (count = 0; text + count < end && text[count] != '"' && text[count] != '\\'; count++)
			;
		strbuf_add(out, text, count);
		text += count;
		if (text < end) {
			strbuf_putc(out, '\\');
			strbuf_putc(out, *text++);
		}
	}
}

void json_string(struct strbuf *out, const char *text)
{
	const char *end;
	size_t offset;
	uint32_t code;

	if (!text) {
		strbuf_puts(out, "null");
		return;
	}
	end = text + strlen(text);
	strbuf_putc(out, '"');
	while ((code = text_find_unsafe(text, (size_t)(end - text), &offset)) != 0) {
		plain(out, text, offset);
		text += offset;
		text_next(&text, end);
		escaped(out, code);
	}
	plain(out, text, (size_t)(end - text));
	strbuf_putc(out, '"');
}

void json_key(struct strbuf *out, const char *before, const char *key)
{
	strbuf_puts(out, before);
	strbuf_putc(out, '"');
	strbuf_puts(out, key);
	strbuf_puts(out, "\": ");
}

void json_member(struct strbuf *out, const char *before, const char *key, const char *value)
{
	json_key(out, before, key);
	json_string(out, value);
}
