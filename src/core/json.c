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

/* A byte that stands in a string as it is: printable ASCII but quote and backslash. */
static bool is_plain(char c)
{
	return c >= ' ' && c < 0x7F && c != '"' && c != '\\';
}

/* The same for the eight bytes at AT at once. */
static bool is_plain_word(const char *at)
{
	uint64_t word;

	memcpy(&word, at, sizeof(word));
	return text_is_plain_word(at) &&
	       ((text_word_has(word, '"') | text_word_has(word, '\\')) & 0x8080808080808080u) == 0;
}

/* The first byte from AT on that is none of those, at the latest END. */
static const char *plain_end(const char *at, const char *end)
{
	while (end - at >= 8 && is_plain_word(at))
		at += 8;
	while (at < end && is_plain(*at))
		at++;
	return at;
}

/* BEFORE, then TEXT in quotes, then AFTER, in one piece: most strings and all keys are. */
static inline void put_quoted(struct strbuf *out, const char *before, const char *text, size_t length,
			      const char *after)
{
	size_t lead = strlen(before), tail = strlen(after), count = lead + length + tail + 2;
	char *at = strbuf_reserve(out, count);

	memcpy(at, before, lead);
	at[lead] = '"';
	memcpy(at + lead + 1, text, length);
	at[lead + 1 + length] = '"';
	memcpy(at + lead + length + 2, after, tail);
	at[count] = '\0';
	out->length += count;
}

void json_string(struct strbuf *out, const char *text)
{
	const char *end, *start;
	uint32_t code;

	if (!text) {
		strbuf_puts(out, "null");
		return;
	}
	end = text + strlen(text);
	if (plain_end(text, end) == end) {
		put_quoted(out, "", text, (size_t)(end - text), "");
		return;
	}
	strbuf_putc(out, '"');
	for (;;) {
		start = text;
		text = plain_end(text, end);
		strbuf_add(out, start, (size_t)(text - start));
		if (text == end)
			break;
		start = text;
		code = text_next(&text, end);
		if (text_is_unsafe(code)) {
			escaped(out, code);
			continue;
		}
		if (code == '"' || code == '\\')
			strbuf_putc(out, '\\');
		strbuf_add(out, start, (size_t)(text - start));
	}
	strbuf_putc(out, '"');
}

void json_key(struct strbuf *out, const char *before, const char *key)
{
	put_quoted(out, before, key, strlen(key), ": ");
}

void json_member(struct strbuf *out, const char *before, const char *key, const char *value)
{
	json_key(out, before, key);
	json_string(out, value);
}
