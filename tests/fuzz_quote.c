/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Fuzz target: a value through every encoder and every shell, and back by the readers of decoders.c, which know nothing
 * of the encoders: the same value, or refused with nothing written.
 */
#include "fuzz.h"

#include "core/text.h"
#include "decoders.h"
#include "win/winquote.h"

enum { MOST_BYTES = 400 };

static void must_be(const char *what, const char *value, const char *received)
{
	if (!str_eq(value, received))
		bug("%s: \"%s\" arrives as \"%s\"", what, value, received ? received : "nothing");
}

/* Both readers of WORDS (line of a program) give COUNT words. */
static void read_both(struct decoded *words, const char *line, size_t count)
{
	struct decoded other = { .count = 0 };

	decode_crt(words, line);
	decode_shell32(&other, line);
	if (words->count != count || other.count != count)
		bug("%zu and %zu words instead of %zu: %s", words->count, other.count, count, line);
	for (size_t i = 0; i < count; i++)
		must_be("the other reader", words->items[i], other.items[i]);
	decoded_clear(&other);
}

/* ---- the pieces ---- */

/* A tab is the only one that may be carried. */
static bool has_unsafe(const char *value)
{
	size_t offset;

	for (; *value; value += strspn(value, "\t")) {
		size_t length = strcspn(value, "\t");

		if (text_find_unsafe(value, length, &offset))
			return true;
		value += length;
	}
	return false;
}

static bool encode(bool (*encoder)(struct strbuf *out, const char *value), const char *before, const char *value,
		   struct strbuf *line)
{
	bool ok;

	strbuf_reset(line);
	strbuf_puts(line, before);
	ok = encoder(line, value);
	if (!ok && line->length != strlen(before))
		bug("refused, but written: %s", strbuf_text(line));
	if (ok && has_unsafe(value))
		bug("taken, though it has an unsafe character");
	return ok;
}

static void check_argv(const char *value, struct strbuf *line)
{
	struct decoded words = { .count = 0 };

	if (!encode(quote_argv, "setup.exe /A:", value, line))
		return;
	strbuf_puts(line, " /last");
	read_both(&words, strbuf_text(line), 3);
	must_be("quote_argv", value, words.items[1] + strlen("/A:"));
	must_be("quote_argv", "/last", words.items[2]);
	decoded_clear(&words);
}

static void check_msi(const char *value, struct strbuf *line)
{
	struct decoded words = { .count = 0 };

	if (!encode(quote_msi, "A=", value, line))
		return;
	strbuf_puts(line, " B=x");
	decode_msi(&words, strbuf_text(line));
	if (words.count != 2)
		bug("quote_msi: %zu properties: %s", words.count, strbuf_text(line));
	must_be("quote_msi", value, words.items[0] + strlen("A="));
	must_be("quote_msi", "B=x", words.items[1]);
	decoded_clear(&words);
}

static void check_powershell(const char *value, struct strbuf *line)
{
	struct statement statement;

	if (!encode(quote_powershell, "Start-Process -FilePath ", value, line))
		return;
	decode_statement(&statement, strbuf_text(line));
	if (statement.syntax_error || statement.strings != 1)
		bug("quote_powershell: %s", strbuf_text(line));
	must_be("quote_powershell", value, statement.program);
	statement_clear(&statement);
}

/* Text between OPEN and CLOSE, in which only CLOSE is doubled. */
static void check_sql(bool (*encoder)(struct strbuf *out, const char *value), const char *open, char close,
		      const char *value, struct strbuf *line)
{
	struct strbuf read = STRBUF_INIT;
	const char *at;

	if (!encode(encoder, "", value, line))
		return;
	at = strbuf_text(line);
	if (!str_starts(at, open))
		bug("no %s: %s", open, at);
	for (at += strlen(open); *at && !(at[0] == close && at[1] != close); at++) {
		at += *at == close;
		strbuf_putc(&read, *at);
	}
	if (*at != close || at[1])
		bug("the text ends too early: %s", strbuf_text(line));
	must_be("SQL", value, strbuf_text(&read));
	strbuf_clear(&read);
}

/* ---- whole lines ---- */

static void read_arguments(struct decoded *words, const char *line, const struct command_words *command)
{
	if (command->reader == READER_ARGV) {
		read_both(words, line, command->count);
		return;
	}
	words->items[words->count++] = strdup("msiexec");
	decode_msi(words, line + strcspn(line, " "));
}

static void read_prompt(struct decoded *words, const char *line, const struct command_words *command)
{
	struct prompt_line prompt;

	decode_prompt(&prompt, line);
	if (prompt.second_command || prompt.redirection || prompt.expansion || prompt.open_quote)
		bug("cmd.exe does something else: %s", line);
	read_arguments(words, prompt.text, command);
	prompt_line_clear(&prompt);
}

static void read_statement(struct decoded *words, const char *line, const struct command_words *command)
{
	struct statement statement;
	struct strbuf joined = STRBUF_INIT;

	decode_statement(&statement, line);
	if (statement.syntax_error || !statement.program)
		bug("PowerShell does not take: %s", line);
	strbuf_printf(&joined, "%s %s", statement.program, statement.arguments ? statement.arguments : "");
	read_arguments(words, strbuf_text(&joined), command);
	strbuf_clear(&joined);
	statement_clear(&statement);
}

static void check_line(const struct command_words *command, enum shell shell)
{
	struct strbuf line = STRBUF_INIT, expected = STRBUF_INIT;
	struct decoded words = { .count = 0 };
	struct diags diags = DIAGS_INIT;
	struct report to = { .diags = &diags, .path = "command" };
	bool ok = winquote_line(&line, command, shell, NULL, &to);

	if (ok != (diags.errors == 0) || (!ok && line.length))
		bug("a line is refused without a reason, or taken with an error");
	if (ok && shell == SHELL_CMD)
		read_prompt(&words, strbuf_text(&line), command);
	else if (ok && shell == SHELL_POWERSHELL)
		read_statement(&words, strbuf_text(&line), command);
	else if (ok && !decode_json_array(&words, strbuf_text(&line)))
		bug("no array: %s", strbuf_text(&line));
	if (ok && words.count != command->count)
		bug("%zu words: %s", words.count, strbuf_text(&line));
	for (size_t i = 0; ok && i < command->count; i++) {
		strbuf_reset(&expected);
		winquote_word(&expected, &command->items[i]);
		must_be(shell_name(shell), strbuf_text(&expected), words.items[i]);
	}
	decoded_clear(&words);
	diags_clear(&diags);
	strbuf_clear(&expected);
	strbuf_clear(&line);
}

int fuzz_quote(const uint8_t *data, size_t size)
{
	struct strbuf value = STRBUF_INIT, line = STRBUF_INIT;
	const char *text;

	strbuf_add(&value, (const char *)data, size < MOST_BYTES ? size : MOST_BYTES);
	text = strbuf_text(&value);
	check_argv(text, &line);
	check_msi(text, &line);
	check_powershell(text, &line);
	check_sql(quote_sql_text, "N'", '\'', text, &line);
	check_sql(quote_sql_name, "[", ']', text, &line);
	for (enum shell shell = SHELL_CMD; shell < SHELL_COUNT; shell++) {
		/* PowerShell would get ".\\setup.exe". */
		const struct word setup[] = { { WORD_PLAIN, NULL, "D:\\setup.exe", NULL },
					      { WORD_COLON, "Name", text, NULL },
					      { WORD_PLAIN, NULL, text, NULL },
					      { WORD_PLAIN, NULL, "/last", NULL } };
		const struct word package[] = { { WORD_PLAIN, NULL, "msiexec", NULL },
						{ WORD_PLAIN, NULL, "/qn", NULL },
						{ WORD_PROPERTY, "NAME", text, NULL },
						{ WORD_PROPERTY, "LAST", "x", NULL } };

		check_line(&(struct command_words){ setup, ARRAY_LEN(setup), READER_ARGV }, shell);
		check_line(&(struct command_words){ package, ARRAY_LEN(package), READER_MSI }, shell);
	}
	strbuf_clear(&value);
	strbuf_clear(&line);
	return 0;
}
