/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What the rules for names have in common: findings that quote what was read, lengths, characters, scripts.
 */
#include "win/winname_common.h"

#include "core/text.h"

#define SHOWN_CELLS 100u          /* a longer value is cut in a finding */

void name_finding(struct report *to, enum severity severity, const char *code, const char *hint, const char *text,
		  const char *format, ...)
{
	struct strbuf message = STRBUF_INIT;
	va_list args;

	strbuf_putc(&message, '"');
	text_fit(&message, text, SHOWN_CELLS, false, true);
	strbuf_puts(&message, "\" ");
	va_start(args, format);
	strbuf_vprintf(&message, format, args);
	va_end(args);
	report_add(to, severity, code, hint, "%s", strbuf_text(&message));
	strbuf_clear(&message);
}

bool rule_text(const char *text, struct report *to)
{
	size_t offset = 0;
	uint32_t code = text_find_unsafe(text, strlen(text), &offset);

	if (code == 0)
		return true;
	name_finding(to, SEV_ERROR, "unsafe-character", "Type the value again instead of pasting it.", text,
		     code == TEXT_BAD ? "has a byte that is not UTF-8 text."
				      : "has a character that is not printed and may hide something.");
	return false;
}

bool name_begin(const char *text, struct report *to, const char *code, const char *hint)
{
	if (*text == '\0')
		return report_error(to, code, hint, "Nothing was entered.");
	return rule_text(text, to);
}

/* Characters that a sentence would take for its own. */
static const struct { char byte; const char *name; } spoken[] = {
	{ ' ', "a space" }, { ',', "a comma" }, { '.', "a dot" }, { ';', "a semicolon" }, { ':', "a colon" },
	{ '!', "an exclamation mark" }, { '?', "a question mark" }, { '"', "a quotation mark" },
	{ '\'', "an apostrophe" }, { '`', "a backtick" },
};

static void put_spoken(struct strbuf *list, char byte)
{
	for (size_t i = 0; i < ARRAY_LEN(spoken); i++) {
		if (spoken[i].byte == byte) {
			strbuf_puts(list, spoken[i].name);
			return;
		}
	}
	strbuf_putc(list, byte);
}

/* "a space", "< and >", ...: each byte of FORBIDDEN that TEXT has. */
static void list_found(struct strbuf *list, const char *text, const char *forbidden)
{
	size_t count = 0, done = 0;

	for (const char *c = forbidden; *c; c++)
		count += strchr(text, *c) != NULL;
	for (const char *c = forbidden; *c; c++) {
		if (!strchr(text, *c))
			continue;
		if (done++ > 0)
			strbuf_puts(list, done == count ? " and " : ", ");
		put_spoken(list, *c);
	}
}

bool name_without(const char *text, const char *forbidden, struct report *to, const char *code, const char *hint,
		  const char *what)
{
	struct strbuf list = STRBUF_INIT;

	if (!strpbrk(text, forbidden))
		return true;
	list_found(&list, text, forbidden);
	name_finding(to, SEV_ERROR, code, hint, text, "has %s. %s cannot have that.", strbuf_text(&list), what);
	strbuf_clear(&list);
	return false;
}

bool name_fits(const char *text, size_t max, struct report *to, const char *code, const char *hint, const char *what)
{
	size_t length = text_utf16_length(text);

	if (length <= max)
		return true;
	name_finding(to, SEV_ERROR, code, hint, text, "is %zu characters long. %s has at most %zu.", length, what, max);
	return false;
}

bool name_trimmed(const char *text, struct report *to, const char *code, const char *hint)
{
	size_t length = strlen(text);

	if (length == 0 || (text[0] != ' ' && text[length - 1] != ' '))
		return true;
	name_finding(to, SEV_ERROR, code, hint, text, "%s",
		     text[0] == ' ' ? "starts with a space." : "ends with a space.");
	return false;
}

static bool is_latin(uint32_t code)
{
	return (code >= 'A' && code <= 'Z') || (code >= 'a' && code <= 'z') ||
	       (code >= 0xC0 && code <= 0x24F && code != 0xD7 && code != 0xF7) || (code >= 0x1E00 && code <= 0x1EFF);
}

static bool is_greek_or_cyrillic(uint32_t code)
{
	return (code >= 0x370 && code <= 0x52F) || (code >= 0x1C80 && code <= 0x1C8F) ||
	       (code >= 0x1F00 && code <= 0x1FFF) || (code >= 0x2DE0 && code <= 0x2DFF) ||
	       (code >= 0xA640 && code <= 0xA69F);
}

void name_scripts(const char *text, struct report *to)
{
	const char *at = text, *end = text + strlen(text);
	bool latin = false, other = false;

	while (at < end) {
		uint32_t code = text_next(&at, end);

		latin |= is_latin(code);
		other |= is_greek_or_cyrillic(code);
	}
	if (latin && other)
		name_finding(to, SEV_WARNING, "mixed-scripts", "Type the name again instead of pasting it.", text,
			     "mixes Latin letters with Greek or Cyrillic ones that may look the same.");
}

struct strbuf name_part(const char *text, size_t length)
{
	struct strbuf part = STRBUF_INIT;

	strbuf_add(&part, text, length);
	return part;
}

bool all_digits(const char *text)
{
	return *text && text[strspn(text, "0123456789")] == '\0';
}

bool all_ascii(const char *text)
{
	while (*text && (unsigned char)*text < 0x80)
		text++;
	return *text == '\0';
}

bool in_fold(const char *text, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (text_equal_fold(text, words[i]))
			return true;
	}
	return false;
}
