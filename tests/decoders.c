/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * How Windows programs read a command line. Written from the rules that Windows' documents print.
 */
#include "decoders.h"

#include <stdlib.h>
#include <string.h>

/* A text that grows by one byte at a time; slow and simple on purpose. */
struct piece {
	char *text;
	size_t length;
};

static void put(struct piece *piece, char c)
{
	char *grown = realloc(piece->text, piece->length + 2);

	if (!grown)
		abort();
	piece->text = grown;
	if (c != '\0')
		piece->text[piece->length++] = c;
	piece->text[piece->length] = '\0';
}

static void put_many(struct piece *piece, char c, size_t count)
{
	while (count--)
		put(piece, c);
}

static void keep(struct decoded *out, struct piece *piece)
{
	if (out->count == DECODED_MAX)
		abort();
	put(piece, '\0');
	out->items[out->count++] = piece->text;
	*piece = (struct piece){ NULL, 0 };
}

void decoded_clear(struct decoded *decoded)
{
	for (size_t i = 0; i < decoded->count; i++)
		free(decoded->items[i]);
	decoded->count = 0;
}

static bool blank(char c)
{
	return c == ' ' || c == '\t';
}

/* Words behind the program. The readers differ in one place: what a second quote right behind a closing one does. */
static void split_arguments(struct decoded *out, const char *p, bool stays_inside)
{
	for (;;) {
		struct piece word = { NULL, 0 };
		bool inside = false;

		while (blank(*p))
			p++;
		if (!*p)
			return;
		while (*p && (inside || !blank(*p))) {
			size_t slashes = 0;

			for (; *p == '\\'; p++)
				slashes++;
			if (*p != '"') {
				put_many(&word, '\\', slashes);
				if (*p && (inside || !blank(*p)))
					put(&word, *p++);
				continue;
			}
			put_many(&word, '\\', slashes / 2);
			if (slashes & 1) {
				put(&word, '"');
			} else if (inside && p[1] == '"') {
				put(&word, '"');
				inside = stays_inside;
				p++;
			} else {
				inside = !inside;
			}
			p++;
		}
		keep(out, &word);
	}
}

void decode_crt(struct decoded *out, const char *line)
{
	struct piece program = { NULL, 0 };
	bool inside = false;

	for (; *line && (inside || !blank(*line)); line++) {
		if (*line == '"')
			inside = !inside;
		else
			put(&program, *line);
	}
	keep(out, &program);
	split_arguments(out, line, true);
}

void decode_shell32(struct decoded *out, const char *line)
{
	struct piece program = { NULL, 0 };

	if (*line == '"') {
		for (line++; *line && *line != '"'; line++)
			put(&program, *line);
		if (*line)
			line++;
	} else {
		for (; (unsigned char)*line > ' '; line++)
			put(&program, *line);
	}
	keep(out, &program);
	split_arguments(out, line, false);
}

void decode_msi(struct decoded *out, const char *p)
{
	while (*p) {
		struct piece word = { NULL, 0 };
		int inside = 0;

		if (blank(*p)) {
			p++;
			continue;
		}
		for (; *p && (inside || !blank(*p)); p++) {
			if (*p != '"') {
				put(&word, *p);
			} else if (inside && p[1] == '"') {
				put(&word, '"');
				p++;
			} else {
				inside = !inside;
			}
		}
		keep(out, &word);
	}
}

/* The end of %NAME% when one starts at P: at the prompt any text between two percent signs may be a name. */
static const char *variable_end(const char *p)
{
	const char *end = *p == '%' ? strchr(p + 1, '%') : NULL;

	return end && end > p + 1 ? end : NULL;
}

void decode_prompt(struct prompt_line *out, const char *line)
{
	struct piece expanded = { NULL, 0 }, text = { NULL, 0 };
	bool quoted = false;

	*out = (struct prompt_line){ 0 };
	/* Phase 1: variables, quotes or not. */
	for (const char *p = line; *p; p++) {
		const char *end = variable_end(p);

		put(&expanded, end ? '?' : *p);
		out->expansion |= end != NULL;
		p = end ? end : p;
	}
	put(&expanded, '\0');
	/* Phase 2: special characters, outside quotes only. */
	for (const char *p = expanded.text; *p; p++) {
		if (*p == '"')
			quoted = !quoted;
		if (!quoted && *p == '^' && p[1]) {
			put(&text, *++p);
			continue;
		}
		out->second_command |= !quoted && (*p == '&' || *p == '|' || *p == '(' || *p == ')' || *p == '\n');
		out->redirection |= !quoted && (*p == '<' || *p == '>');
		put(&text, *p);
	}
	put(&text, '\0');
	out->open_quote = quoted;
	out->text = text.text;
	free(expanded.text);
}

void prompt_line_clear(struct prompt_line *line)
{
	free(line->text);
	*line = (struct prompt_line){ 0 };
}

/* The length in bytes of the single-quote character at P (U+0027, U+2018 to U+201B), 0 when it is none. */
static size_t single_quote(const char *p)
{
	static const char *const quotes[] = { "'", "\xE2\x80\x98", "\xE2\x80\x99", "\xE2\x80\x9A", "\xE2\x80\x9B" };

	for (size_t i = 0; i < sizeof(quotes) / sizeof(quotes[0]); i++) {
		size_t length = strlen(quotes[i]);

		if (strncmp(p, quotes[i], length) == 0)
			return length;
	}
	return 0;
}

/* A verbatim string: any quote of the class opens and closes it; two in a row give the second. */
static const char *read_verbatim(struct statement *out, struct piece *text, const char *p)
{
	p += single_quote(p);
	out->strings++;
	while (*p) {
		size_t length = single_quote(p);

		if (length) {
			p += length;
			length = single_quote(p);
			if (!length)
				return p;
		} else {
			length = 1;
		}
		while (length--)
			put(text, *p++);
	}
	out->syntax_error = true;
	return p;
}

/* ( string [+ string]... ), or a string alone. */
static const char *read_expression(struct statement *out, struct piece *text, const char *p)
{
	bool sum = *p == '(';

	for (p += sum; ; p++) {
		while (sum && *p == ' ')
			p++;
		if (!single_quote(p)) {
			out->syntax_error = true;
			return p + strlen(p);
		}
		p = read_verbatim(out, text, p);
		while (sum && *p == ' ')
			p++;
		if (!sum)
			return p;
		if (*p == ')')
			return p + 1;
		if (*p != '+') {
			out->syntax_error = true;
			return p + strlen(p);
		}
	}
}

static const char *read_parameter(struct statement *out, const char *p)
{
	struct piece text = { NULL, 0 };
	bool program = strncmp(p, "-FilePath ", 10) == 0, arguments = strncmp(p, "-ArgumentList ", 14) == 0;
	char **target = program ? &out->program : &out->arguments;

	if (strncmp(p, "-Wait", 5) == 0 && (p[5] == ' ' || p[5] == '\0')) {
		out->wait = true;
		return p + 5;
	}
	if (!program && !arguments) {
		out->syntax_error = true;
		return p + strlen(p);
	}
	p = read_expression(out, &text, p + (program ? 10 : 14));
	put(&text, '\0');
	free(*target);
	*target = text.text;
	return p;
}

void decode_statement(struct statement *out, const char *line)
{
	static const char command[] = "Start-Process";

	*out = (struct statement){ 0 };
	if (strncmp(line, command, sizeof(command) - 1) != 0) {
		out->syntax_error = true;
		return;
	}
	line += sizeof(command) - 1;
	while (*line && !out->syntax_error) {
		if (*line != ' ') {
			out->syntax_error = true;
			return;
		}
		line = read_parameter(out, line + 1);
	}
}

void statement_clear(struct statement *statement)
{
	free(statement->program);
	free(statement->arguments);
	*statement = (struct statement){ 0 };
}

bool decode_json_array(struct decoded *out, const char *p)
{
	if (*p != '[')
		return false;
	do {
		struct piece word = { NULL, 0 };

		if (*++p != '"')
			return false;
		for (p++; *p && *p != '"'; p++) {
			if (*p == '\\' && p[1] == 't')
				put(&word, (++p, '\t'));
			else if (*p == '\\' && strncmp(p + 1, "u0009", 5) == 0)
				put(&word, (p += 5, '\t'));
			else if (*p == '\\' && (p[1] == '"' || p[1] == '\\' || p[1] == '/'))
				put(&word, *++p);
			else
				put(&word, *p == '\\' ? '?' : *p);
		}
		keep(out, &word);
		if (*p++ != '"')
			return false;
	} while (*p == ',');
	return strcmp(p, "]") == 0;
}
