/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The encoders of single values, and what none of them carries.
 */
#include "win/winquote_encode.h"

#include "core/text.h"
#include "win/winquote.h"

enum flaw winquote_flaw(const char *text, size_t length)
{
	const char *end = text + length;

	while (text < end) {
		uint32_t code;

		if (end - text >= 8 && text_is_plain_word(text)) {
			text += 8;
			continue;
		}
		if (*text >= 0x20 && *text < 0x7F) {
			text++;
			continue;
		}
		code = text_next(&text, end);
		if (code == TEXT_BAD)
			return FLAW_ENCODING;
		if (code == '\t')
			continue;
		if (code < 0x20 || (code >= 0x7F && code < 0xA0))
			return FLAW_CONTROL;
		if (text_is_unsafe(code))
			return FLAW_INVISIBLE;
	}
	return FLAW_NONE;
}

static bool can_carry(const char *value)
{
	return winquote_flaw(value, strlen(value)) == FLAW_NONE;
}

bool quote_argv(struct strbuf *out, const char *value)
{
	size_t run = 0;

	if (!can_carry(value))
		return false;
	strbuf_putc(out, '"');
	for (; *value; value++) {
		if (*value == '\\') {
			run++;
			continue;
		}
		strbuf_fill(out, '\\', *value == '"' ? 2 * run + 1 : run);
		strbuf_putc(out, *value);
		run = 0;
	}
	strbuf_fill(out, '\\', 2 * run);
	strbuf_putc(out, '"');
	return true;
}

/* Puts VALUE between the quotes OPEN and CLOSE; the byte INSIDE stands twice. */
static bool quote_doubling(struct strbuf *out, const char *value, const char *open, char inside, const char *close)
{
	if (!can_carry(value))
		return false;
	strbuf_puts(out, open);
	for (; *value; value++) {
		if (*value == inside)
			strbuf_putc(out, *value);
		strbuf_putc(out, *value);
	}
	strbuf_puts(out, close);
	return true;
}

bool quote_msi(struct strbuf *out, const char *value)
{
	return quote_doubling(out, value, "\"", '"', "\"");
}

bool quote_sql_text(struct strbuf *out, const char *value)
{
	return quote_doubling(out, value, "N'", '\'', "'");
}

bool quote_sql_name(struct strbuf *out, const char *value)
{
	return *value && quote_doubling(out, value, "[", ']', "]");
}

/* PowerShell takes the typographic single quotes for the plain one. */
static bool is_single_quote(uint32_t code)
{
	return code == '\'' || (code >= 0x2018 && code <= 0x201B);
}

bool quote_powershell(struct strbuf *out, const char *value)
{
	const char *end = value + strlen(value), *from = value;

	if (!can_carry(value))
		return false;
	strbuf_putc(out, '\'');
	while (value < end) {
		const char *at = value;

		if ((unsigned char)*value < 0x80 && *value != '\'') {
			value++;
			continue;
		}
		if (is_single_quote(text_next(&value, end))) {
			strbuf_add(out, from, (size_t)(value - from));
			from = at;
		}
	}
	strbuf_add(out, from, (size_t)(end - from));
	strbuf_putc(out, '\'');
	return true;
}
