/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Reading our own command lines back: cmd.exe, PowerShell and JSON text, then the C runtime's or Windows Installer's
 * words.
 */
#include "win/winquote_decode.h"

#include "core/text.h"

struct strbuf *line_words_add(struct line_words *words)
{
	words->items = xgrow(words->items, words->count, &words->room, sizeof(*words->items));
	words->items[words->count] = (struct strbuf)STRBUF_INIT;
	return &words->items[words->count++];
}

void line_words_clear(struct line_words *words)
{
	for (size_t i = 0; i < words->count; i++)
		strbuf_clear(&words->items[i]);
	free(words->items);
	*words = (struct line_words){ 0 };
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* The program: up to the next quote, or up to a blank. Neither reader knows an escape here. */
static const char *read_program(const char *at, struct line_words *words)
{
	bool quoted = *at == '"';
	const char *start = quoted ? ++at : at;

	while (*at && (quoted ? *at != '"' : !is_blank(*at) && *at != '"'))
		at++;
	if (at == start || (quoted && *at != '"'))
		return NULL;
	strbuf_add(line_words_add(words), start, (size_t)(at - start));
	if (quoted)
		at++;
	return *at == '\0' || is_blank(*at) ? at : NULL;
}

/* A run of backslashes and the quote behind it, if there is one. Returns NULL for two quotes in a row inside quotes:
 * the C runtime stays inside there and CommandLineToArgvW does not. */
static const char *read_backslashes(const char *at, struct strbuf *word, bool *quoted)
{
	size_t run = strspn(at, "\\");

	at += run;
	if (*at != '"') {
		strbuf_fill(word, '\\', run);
		return at;
	}
	strbuf_fill(word, '\\', run / 2);
	if (run % 2) {
		strbuf_putc(word, '"');
		return at + 1;
	}
	if (*quoted && at[1] == '"')
		return NULL;
	*quoted = !*quoted;
	return at + 1;
}

/* A quote by Windows Installer's rules: two of them inside quotes are one. */
static const char *read_msi_quote(const char *at, struct strbuf *word, bool *quoted)
{
	if (*quoted && at[1] == '"') {
		strbuf_putc(word, '"');
		return at + 2;
	}
	*quoted = !*quoted;
	return at + 1;
}

/* One word from AT on; NULL when it is not clear how it ends. */
static const char *read_word(const char *at, struct strbuf *word, enum word_reader reader)
{
	bool quoted = false;
	size_t run;

	while (at && *at && (quoted || !is_blank(*at))) {
		if (reader == READER_ARGV && (*at == '\\' || *at == '"')) {
			at = read_backslashes(at, word, &quoted);
		} else if (reader == READER_MSI && *at == '"') {
			at = read_msi_quote(at, word, &quoted);
		} else {
			run = 1 + strcspn(at + 1, quoted ? "\\\"" : "\\\" \t");
			strbuf_add(word, at, run);
			at += run;
		}
	}
	return quoted ? NULL : at;
}

static bool read_words(const char *at, struct line_words *words, enum word_reader reader)
{
	while (at) {
		at += strspn(at, " \t");
		if (*at == '\0')
			return true;
		at = read_word(at, line_words_add(words), reader);
	}
	return false;
}

/* The length of the word that stands for a secret at TEXT; 0: there is none. */
static size_t placeholder(const char *text)
{
	if (str_starts(text, WINQUOTE_PASSWORD))
		return strlen(WINQUOTE_PASSWORD);
	return str_starts(text, WINQUOTE_PRODUCT_KEY) ? strlen(WINQUOTE_PRODUCT_KEY) : 0;
}

/* The length of a bare placeholder at AT: behind a colon, an equals sign or a blank, before a blank or the end.
 * 0: there is none. */
static size_t bare_placeholder(const char *line, const char *at)
{
	size_t length = placeholder(at);

	if (!length || at == line || !strchr(":= ", at[-1]) || (at[length] != '\0' && at[length] != ' '))
		return 0;
	return length;
}

/* What cmd.exe does with the line at its prompt has to be nothing: no second command, no redirection, no escape, no
 * variable. */
static bool read_cmd(const char *line, struct line_words *words, enum word_reader reader)
{
	bool quoted = false;
	unsigned percents = 0;
	size_t length;

	for (const char *at = line; *at; at++) {
		if ((unsigned char)*at < ' ' && *at != '\t')
			return false;
		if (*at == '%' && ++percents > 1)
			return false;
		if (*at == '"') {
			quoted = !quoted;
		} else if (!quoted && strchr("&|<>()^", *at)) {
			length = bare_placeholder(line, at);
			if (!length)
				return false;
			words->placeholders++;
			at += length - 1;
		}
	}
	if (quoted)
		return false;
	line = read_program(line, words);
	return line && read_words(line, words, reader);
}

static bool is_powershell_quote(uint32_t code)
{
	return code == '\'' || (code >= 0x2018 && code <= 0x201B);
}

/* A '...' string at AT: each quote inside stands twice. */
static const char *read_powershell_string(const char *at, struct strbuf *text)
{
	const char *end = at + strlen(at);

	if (*at++ != '\'')
		return NULL;
	while (at < end) {
		const char *start = at;
		uint32_t code = text_next(&at, end);

		if (code == TEXT_BAD || code == '\n' || code == '\r')
			return NULL;
		if (is_powershell_quote(code)) {
			const char *second = at;

			if (at == end || !is_powershell_quote(text_next(&second, end)))
				return code == '\'' ? at : NULL;
			if (strncmp(start, at, (size_t)(at - start)) != 0)
				return NULL;
			at = second;
		}
		strbuf_add(text, start, (size_t)(at - start) / (is_powershell_quote(code) ? 2 : 1));
	}
	return NULL;
}

static const char *read_literal(const char *at, const char *literal)
{
	return at && str_starts(at, literal) ? at + strlen(literal) : NULL;
}

/* ('...' + <password> + '...') from behind the parenthesis. */
static const char *read_powershell_sum(const char *at, struct strbuf *text, struct line_words *words)
{
	for (;;) {
		size_t length = placeholder(at);

		if (length) {
			strbuf_add(text, at, length);
			words->placeholders++;
			at += length;
		} else {
			at = read_powershell_string(at, text);
		}
		if (!at)
			return NULL;
		if (*at == ')')
			return at + 1;
		at = read_literal(at, " + ");
		if (!at)
			return NULL;
	}
}

static bool read_powershell(const char *line, struct line_words *words, enum word_reader reader)
{
	struct strbuf arguments = STRBUF_INIT;
	const char *at = read_literal(line, "Start-Process -Wait -FilePath ");
	bool fine = false;

	if (at)
		at = read_powershell_string(at, line_words_add(words));
	if (at && *at) {
		at = read_literal(at, " -ArgumentList ");
		if (at)
			at = *at == '(' ? read_powershell_sum(at + 1, &arguments, words)
					: read_powershell_string(at, &arguments);
	}
	if (at && *at == '\0')
		fine = read_words(strbuf_text(&arguments), words, reader);
	strbuf_clear(&arguments);
	return fine;
}

static const char *read_hex(const char *at, uint32_t *value)
{
	static const char digits[] = "0123456789abcdef";

	*value = 0;
	for (int i = 0; i < 4; i++, at++) {
		char c = *at >= 'A' && *at <= 'F' ? (char)(*at - 'A' + 'a') : *at;
		const char *digit = c ? strchr(digits, c) : NULL;

		if (!digit)
			return NULL;
		*value = *value * 16 + (uint32_t)(digit - digits);
	}
	return at;
}

static const char *read_json_unicode(const char *at, struct strbuf *word)
{
	uint32_t code, low;

	at = read_hex(at, &code);
	if (at && code >= 0xD800 && code <= 0xDBFF) {
		at = read_literal(at, "\\u");
		at = at ? read_hex(at, &low) : NULL;
		if (!at || low < 0xDC00 || low > 0xDFFF)
			return NULL;
		code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
	}
	if (!at || code == 0 || (code >= 0xDC00 && code <= 0xDFFF))
		return NULL;
	strbuf_put_code(word, code);
	return at;
}

static const char *read_json_string(const char *at, struct strbuf *word)
{
	static const char letters[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";

	if (*at++ != '"')
		return NULL;
	while (at && *at && *at != '"') {
		const char *letter;

		if (*at != '\\') {
			strbuf_putc(word, *at++);
			continue;
		}
		letter = at[1] ? strchr(letters, at[1]) : NULL;
		if (letter)
			strbuf_putc(word, meanings[letter - letters]);
		at = letter ? at + 2 : at[1] == 'u' ? read_json_unicode(at + 2, word) : NULL;
	}
	return at && *at == '"' ? at + 1 : NULL;
}

static bool read_argv(const char *line, struct line_words *words)
{
	const char *at = read_literal(line, "[");

	while (at) {
		at = read_json_string(at, line_words_add(words));
		if (at && str_eq(at, "]"))
			return true;
		at = read_literal(at, ",");
	}
	return false;
}

bool winquote_decode(struct line_words *words, const char *line, enum shell shell, enum word_reader reader)
{
	switch (shell) {
	case SHELL_CMD:
		return read_cmd(line, words, reader);
	case SHELL_POWERSHELL:
		return read_powershell(line, words, reader);
	case SHELL_ARGV:
		return read_argv(line, words);
	case SHELL_COUNT:
		break;
	}
	bug("no such shell: %d", (int)shell);
}
