/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Where a secret begins is told by the name before it; where it ends nobody can tell for sure, for it may hold blanks
 * and quotes. So it ends where the next name with a value begins, at its closing quote, at the end of its element, else
 * at the end of the line.
 */
#include "core/mask.h"

struct scan {
	const char *text;
	size_t length;
};

static char lower(char c)
{
	return (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

static bool is_word(char c)
{
	return (lower(c) >= 'a' && lower(c) <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

static char at(const struct scan *scan, size_t i)
{
	return i < scan->length ? scan->text[i] : '\0';
}

/* The length of WORD when it stands at I, without case; else 0. */
static size_t word_at(const struct scan *scan, size_t i, const char *word)
{
	size_t n = 0;

	while (word[n] && lower(at(scan, i + n)) == word[n])
		n++;
	return word[n] ? 0 : n;
}

/* A name of a secret that begins at I, inside a longer name too (SQLPASSWORD, PasswordHash): where it ends, or 0. */
static size_t secret_name(const struct scan *scan, size_t i)
{
	static const char *const names[] = { "password", "passwd", "passphrase", "kennwort", "pwd", "productkey",
					     "product key", "secret", "apikey", "privatekey", "accesskey", "token" };
	size_t n = 0;

	for (size_t k = 0; !n && k < sizeof(names) / sizeof(names[0]); k++)
		n = word_at(scan, i, names[k]);
	if (!n)
		return 0;
	for (n += i; is_word(at(scan, n)); n++)
		;
	return n;
}

static size_t skip_blanks(const struct scan *scan, size_t i)
{
	while (at(scan, i) == ' ' || at(scan, i) == '\t')
		i++;
	return i;
}

/* Behind "NAME property. Its value is '", as Windows Installer says it. 0: something else. */
static size_t told_value(const struct scan *scan, size_t i)
{
	size_t n = word_at(scan, i, " property. its ");

	if (!n)
		return 0;
	i += n;
	i += word_at(scan, i, "current ");
	n = word_at(scan, i, "value is ");
	return n ? i + n : 0;
}

/* Where the value of the name that ends at I begins; 0: it has none. */
static size_t value_start(const struct scan *scan, size_t i)
{
	size_t told = told_value(scan, i);

	if (told)
		return told;
	if (at(scan, i) == '"' || at(scan, i) == '\'')
		i++;
	i = skip_blanks(scan, i);
	if (at(scan, i) != '=' && at(scan, i) != ':' && at(scan, i) != '>')
		return 0;
	return skip_blanks(scan, i + 1);
}

/* Whether a name with a value begins at I: "/Name:", "-Name:", "NAME=", "User ID=". */
static bool name_with_value(const struct scan *scan, size_t i)
{
	size_t start;

	if (at(scan, i) == '/' || at(scan, i) == '-')
		i++;
	start = i;
	while (is_word(at(scan, i)))
		i++;
	if (i > start && at(scan, i) == ' ' && is_word(at(scan, i + 1))) {
		size_t second = i + 1;

		while (is_word(at(scan, second)))
			second++;
		if (at(scan, second) == '=')
			return true;
	}
	return i > start && (at(scan, i) == '=' || at(scan, i) == ':');
}

/* The quote that closes what QUOTE at I opens; a doubled one and one inside a word close nothing. The end when there is
 * none. */
static size_t closing(const struct scan *scan, size_t i, char quote)
{
	for (i++; i < scan->length; i++) {
		if (at(scan, i) != quote)
			continue;
		if (at(scan, i + 1) == quote)
			i++;
		else if (!is_word(at(scan, i + 1)))
			return i;
	}
	return scan->length;
}

/* Names are short: further on nobody looks, so that it takes linear time. */
enum { LONGEST_NAME = 64 };

static size_t value_end(const struct scan *scan, size_t i, bool element)
{
	struct scan near = *scan;

	/* Windows Installer doubles no quote. */
	if (i >= 3 && word_at(scan, i - 3, "is "))
		return scan->length;
	if (at(scan, i) == '"' || at(scan, i) == '\'')
		return closing(scan, i, at(scan, i));
	for (; i < scan->length; i++) {
		char c = at(scan, i);

		if (element ? c == '<' : (c == ' ' || c == ';' || c == ',' || c == '&' || c == '\t')) {
			near.length = scan->length < i + LONGEST_NAME ? scan->length : i + LONGEST_NAME;
			if (element || name_with_value(&near, skip_blanks(&near, i + 1)))
				return i;
		}
	}
	return scan->length;
}

/* Five groups of five letters or digits. */
static bool licence_key(const struct scan *scan, size_t i)
{
	if (i && (is_word(at(scan, i - 1)) || at(scan, i - 1) == '-'))
		return false;
	for (size_t k = 0; k < 29; k++) {
		char c = at(scan, i + k);

		if (k % 6 == 5 ? c != '-' : !is_word(c) || c == '_')
			return false;
	}
	return !is_word(at(scan, i + 29)) && at(scan, i + 29) != '-';
}

size_t mask_secrets(struct strbuf *out, const char *text, size_t length)
{
	const struct scan scan = { text, length };
	size_t copied = 0, count = 0;

	for (size_t i = 0; i < length;) {
		size_t name = secret_name(&scan, i), start = name ? value_start(&scan, name) : 0, end;

		if (licence_key(&scan, i)) {
			start = i;
			end = i + 29;
		} else if (start && start < length) {
			end = value_end(&scan, start, at(&scan, start - 1) == '>');
			/* The quotes stay. */
			if (at(&scan, start) == '"' || at(&scan, start) == '\'')
				start++;
		} else {
			i = name ? name : i + 1;
			continue;
		}
		if (end > start) {
			strbuf_add(out, text + copied, start - copied);
			strbuf_puts(out, MASKED);
			copied = end;
			count++;
		}
		i = end > start ? end : start + 1;
	}
	strbuf_add(out, text + copied, length - copied);
	return count;
}
