/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Making command lines and reading them back with the readers of decoders.c.
 */
#include "quoted_lines.h"

#include "helpers.h"

#include "core/text.h"

struct result make_line(const struct command_words *command, enum shell shell, const struct password_source *passwords)
{
	struct result result = { .diags = DIAGS_INIT };
	struct report to = { .diags = &result.diags, .path = "command" };

	result.fine = winquote_line(&result.line, command, shell, passwords, &to);
	assert_int_equal(result.fine, result.diags.errors == 0);
	assert_true(result.fine || result.line.length == 0);
	result.findings = findings_text(&result.diags);
	return result;
}

void result_clear(struct result *result)
{
	strbuf_clear(&result->line);
	diags_clear(&result->diags);
	free(result->findings);
}

struct command_words one_switch(struct word *words, const char *value, enum word_reader reader)
{
	words[0] = (struct word){ WORD_PLAIN, NULL, "setup.exe", NULL };
	words[1] = (struct word){ reader == READER_MSI ? WORD_PROPERTY : WORD_COLON, "NAME", value, NULL };
	return (struct command_words){ words, 2, reader };
}

void read_arguments(struct decoded *out, const char *line, enum word_reader reader)
{
	struct decoded other = { .count = 0 };

	if (reader == READER_MSI) {
		const char *behind = *line == '"' ? strchr(line + 1, '"') + 1 : line + strcspn(line, " ");

		decode_crt(&other, line);
		out->items[out->count++] = strdup(other.items[0]);
		decode_msi(out, behind);
	} else {
		decode_crt(out, line);
		decode_shell32(&other, line);
		assert_int_equal(out->count, other.count);
		for (size_t i = 0; i < other.count; i++)
			assert_string_equal(out->items[i], other.items[i]);
	}
	decoded_clear(&other);
}

static void read_statement(struct decoded *out, const char *line, enum word_reader reader)
{
	struct statement statement;
	struct strbuf joined = STRBUF_INIT;

	decode_statement(&statement, line);
	assert_false(statement.syntax_error);
	assert_true(statement.wait);
	assert_non_null(statement.program);
	assert_int_equal(statement.strings, statement.arguments ? 2 : 1);
	if (str_starts(statement.program, ".\\"))
		memmove(statement.program, statement.program + 2, strlen(statement.program) - 1);
	strbuf_printf(&joined, "\"%s\" %s", statement.program, statement.arguments ? statement.arguments : "");
	read_arguments(out, strbuf_text(&joined), reader);
	strbuf_clear(&joined);
	statement_clear(&statement);
}

static void read_prompt(struct decoded *out, const char *line, enum word_reader reader)
{
	struct prompt_line prompt;

	decode_prompt(&prompt, line);
	assert_false(prompt.second_command);
	assert_false(prompt.redirection);
	assert_false(prompt.expansion);
	assert_false(prompt.open_quote);
	assert_string_equal(prompt.text, line);
	assert_true(text_utf16_length(line) <= 2000);
	read_arguments(out, line, reader);
	prompt_line_clear(&prompt);
}

void assert_round_trip(const char *line, const struct command_words *command, enum shell shell, const char *password)
{
	struct decoded read = { .count = 0 };

	if (shell == SHELL_CMD)
		read_prompt(&read, line, command->reader);
	else if (shell == SHELL_POWERSHELL)
		read_statement(&read, line, command->reader);
	else
		assert_true(decode_json_array(&read, line));
	assert_int_equal(read.count, command->count);
	for (size_t i = 0; i < command->count; i++) {
		struct word word = command->items[i];
		struct strbuf expected = STRBUF_INIT;

		if (word.account)
			word.value = password;
		word.account = NULL;
		winquote_word(&expected, &word);
		assert_text(shell_name(shell), strbuf_text(&expected), read.items[i]);
		strbuf_clear(&expected);
	}
	decoded_clear(&read);
}
