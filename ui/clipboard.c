/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The terminal's clipboard. Base 64 (RFC 4648) keeps the text from being read as anything else.
 */
#include "ui/clipboard.h"

static void add_base64(struct strbuf *out, const unsigned char *bytes, size_t count)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	uint32_t group;
	size_t i, left;

	for (i = 0; i < count; i += 3) {
		left = count - i;
		group = (uint32_t)bytes[i] << 16;
		group |= left > 1 ? (uint32_t)bytes[i + 1] << 8 : 0;
		group |= left > 2 ? bytes[i + 2] : 0;
		strbuf_putc(out, digits[group >> 18]);
		strbuf_putc(out, digits[group >> 12 & 63]);
		strbuf_putc(out, left > 1 ? digits[group >> 6 & 63] : '=');
		strbuf_putc(out, left > 2 ? digits[group & 63] : '=');
	}
}

void clipboard_sequence(struct strbuf *out, const char *text)
{
	size_t length = strlen(text);

	if (length > CLIPBOARD_MOST)
		return;
	strbuf_puts(out, "\033]52;c;");
	add_base64(out, (const unsigned char *)text, length);
	strbuf_putc(out, '\a');
}
