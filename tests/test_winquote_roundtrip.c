/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Command lines: generated values through readers of their own, and lines that our own reader has to refuse.
 */
#include "helpers.h"

#include "quoted_lines.h"
#include "win/winquote_decode.h"

enum { RANDOM_VALUES = 100000, RANDOM_LINES = 20000 };

static const struct word sample_words[] = {
	{ WORD_PLAIN, NULL, "D:\\SCOM 2016\\setup.exe", NULL },
	{ WORD_PLAIN, NULL, "/silent", NULL },
	{ WORD_COLON, "DASAccountUser", "CONTOSO\\svc-das", NULL },
	{ WORD_COLON, "DASAccountPassword", NULL, "accounts.data-access" },
	{ WORD_COLON, "DataReaderPassword", NULL, "accounts.data-reader" },
	{ WORD_COLON, "InstallPath", "E:\\System Center\\", NULL },
};

static const struct command_words sample = { sample_words, ARRAY_LEN(sample_words), READER_ARGV };

/* Always the same numbers. */
static uint32_t next_random(uint32_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 17;
	*seed ^= *seed << 5;
	return *seed;
}

/* Mostly the characters that some layer gives a meaning to. */
static void random_value(struct strbuf *out, uint32_t *seed, size_t longest)
{
	static const uint32_t alphabet[] = {
		'\\', '\\', '\\', '\\', '"', '"', '"', ' ', ' ', '\t', '\'', '%', '!', '^', '&', '|', '<', '>',
		'(', ')', '$', '`', ',', ';', '=', '[', ']', '{', '}', '/', ':', '-', '+', '~', '@', '#', '*', '?', '.',
		'_', 'a', 'Z', '0', 'n', 'u', 0xE9, 0xDF, 0x2018, 0x2019, 0x201A, 0x201B, 0x201C, 0x201D, 0x201E,
		0x2013, 0x65E5, 0x1F600, 0xA0,
	};
	size_t length = next_random(seed) % (longest + 1);

	strbuf_reset(out);
	for (size_t i = 0; i < length; i++)
		strbuf_put_code(out, alphabet[next_random(seed) % ARRAY_LEN(alphabet)]);
}

static void test_quote_argv__random_values__both_readers_give_them_back(void **state)
{
	struct strbuf value = STRBUF_INIT, line = STRBUF_INIT;
	uint32_t seed = 20261121;

	(void)state;
	for (int i = 0; i < RANDOM_VALUES; i++) {
		struct decoded words = { .count = 0 };

		random_value(&value, &seed, 12);
		strbuf_reset(&line);
		strbuf_puts(&line, "setup.exe /A:");
		assert_true(quote_argv(&line, strbuf_text(&value)));
		strbuf_putc(&line, ' ');
		assert_true(quote_argv(&line, strbuf_text(&value)));
		read_arguments(&words, strbuf_text(&line), READER_ARGV);
		assert_int_equal(words.count, 3);
		assert_string_equal(words.items[1] + 3, strbuf_text(&value));
		assert_string_equal(words.items[2], strbuf_text(&value));
		decoded_clear(&words);
	}
	strbuf_clear(&value);
	strbuf_clear(&line);
}

static void test_quote_msi__random_values__installer_gives_them_back(void **state)
{
	struct strbuf value = STRBUF_INIT, line = STRBUF_INIT;
	uint32_t seed = 4711;

	(void)state;
	for (int i = 0; i < RANDOM_VALUES; i++) {
		struct decoded words = { .count = 0 };

		random_value(&value, &seed, 12);
		strbuf_reset(&line);
		strbuf_puts(&line, "A=");
		assert_true(quote_msi(&line, strbuf_text(&value)));
		strbuf_puts(&line, " /qn");
		decode_msi(&words, strbuf_text(&line));
		assert_int_equal(words.count, 2);
		assert_string_equal(words.items[0] + 2, strbuf_text(&value));
		assert_string_equal(words.items[1], "/qn");
		decoded_clear(&words);
	}
	strbuf_clear(&value);
	strbuf_clear(&line);
}

static void test_quote_powershell__random_values__stay_one_string(void **state)
{
	struct strbuf value = STRBUF_INIT, line = STRBUF_INIT;
	uint32_t seed = 5150;

	(void)state;
	for (int i = 0; i < RANDOM_VALUES; i++) {
		struct statement statement;

		random_value(&value, &seed, 12);
		strbuf_reset(&line);
		strbuf_puts(&line, "Start-Process -FilePath ");
		assert_true(quote_powershell(&line, strbuf_text(&value)));
		decode_statement(&statement, strbuf_text(&line));
		assert_false(statement.syntax_error);
		assert_int_equal(statement.strings, 1);
		assert_string_equal(statement.program, strbuf_text(&value));
		statement_clear(&statement);
	}
	strbuf_clear(&value);
	strbuf_clear(&line);
}

static void test_winquote_line__random_values__are_refused_or_read_back(void **state)
{
	struct strbuf value = STRBUF_INIT, second = STRBUF_INIT;
	uint32_t seed = 99;
	size_t carried[SHELL_COUNT] = { 0 };

	(void)state;
	for (int i = 0; i < RANDOM_LINES; i++) {
		struct word words[3];
		enum shell shell = (enum shell)(i % SHELL_COUNT);
		enum word_reader reader = next_random(&seed) % 2 ? READER_MSI : READER_ARGV;
		struct command_words command;
		struct result result;

		random_value(&value, &seed, 6);
		random_value(&second, &seed, 6);
		command = one_switch(words, strbuf_text(&value), reader);
		words[2] = (struct word){ WORD_PLAIN, NULL, strbuf_text(&second), NULL };
		command.count = 3;
		result = make_line(&command, shell, NULL);
		if (result.fine) {
			assert_round_trip(strbuf_text(&result.line), &command, shell, NULL);
			carried[shell]++;
		} else {
			assert_int_equal(shell, SHELL_CMD);
		}
		result_clear(&result);
	}
	for (size_t i = 0; i < SHELL_COUNT; i++)
		assert_in_range(carried[i], i == SHELL_CMD ? RANDOM_LINES / 10 : RANDOM_LINES / 3, RANDOM_LINES);
	strbuf_clear(&value);
	strbuf_clear(&second);
}

/* Lines that some reader would take otherwise than another, or that a shell would act on. */
static void test_winquote_decode__ambiguous_lines__are_not_read(void **state)
{
	static const struct { enum shell shell; enum word_reader reader; const char *line; } cases[] = {
		{ SHELL_CMD, READER_ARGV, "setup.exe /A:\"a\"\"b\"" },
		{ SHELL_CMD, READER_ARGV, "setup.exe /A:a&b" },
		{ SHELL_CMD, READER_ARGV, "setup.exe /A:\"a\\\"&calc\\\"b\"" },
		{ SHELL_CMD, READER_ARGV, "setup.exe /A:a^b" },
		{ SHELL_CMD, READER_ARGV, "setup.exe /A:<passwords>" },
		{ SHELL_CMD, READER_ARGV, "setup.exe /A:<password>x" },
		{ SHELL_CMD, READER_ARGV, "setup.exe /A:x<password>" },
		{ SHELL_CMD, READER_ARGV, "setup.exe /A:%OS%" },
		{ SHELL_CMD, READER_ARGV, "setup.exe /A:\"%OS%\"" },
		{ SHELL_CMD, READER_ARGV, "setup.exe /A:\"a b" },
		{ SHELL_CMD, READER_ARGV, "setup.exe /A:\"a b\\\"" },
		{ SHELL_CMD, READER_ARGV, "setup.exe /A:a\ncalc" },
		{ SHELL_CMD, READER_ARGV, "\"D:\\a b\"x /A:b" },
		{ SHELL_CMD, READER_ARGV, "" },
		{ SHELL_CMD, READER_MSI, "msiexec A=\"a" },
		{ SHELL_POWERSHELL, READER_ARGV,
		  "Start-Process -Wait -FilePath 'a' -ArgumentList 'x\xE2\x80\x99; calc'" },
		{ SHELL_POWERSHELL, READER_ARGV, "Start-Process -Wait -FilePath 'a' -ArgumentList 'x'; calc" },
		{ SHELL_POWERSHELL, READER_ARGV, "Start-Process -Wait -FilePath 'a' -ArgumentList \"x\"" },
		{ SHELL_POWERSHELL, READER_ARGV, "Start-Process -Wait -FilePath 'a' -ArgumentList ('x' + calc)" },
		{ SHELL_POWERSHELL, READER_ARGV, "Start-Process -Wait -FilePath 'a' -ArgumentList '\"x'" },
		{ SHELL_POWERSHELL, READER_ARGV, "& 'a'" },
		{ SHELL_ARGV, READER_ARGV, "[\"a\"" },
		{ SHELL_ARGV, READER_ARGV, "[\"a\",]" },
		{ SHELL_ARGV, READER_ARGV, "[\"\\ud800\"]" },
		{ SHELL_ARGV, READER_ARGV, "[\"a\\x\"]" },
		{ SHELL_ARGV, READER_ARGV, "[\"a\"]x" },
		{ SHELL_ARGV, READER_ARGV, "\"a\"]" },
		{ SHELL_ARGV, READER_ARGV, "[a]" },
		{ SHELL_ARGV, READER_ARGV, "[\"a\\" },
		{ SHELL_ARGV, READER_ARGV, "[\"\\u00g0\"]" },
		{ SHELL_ARGV, READER_ARGV, "[\"\\u00" },
		{ SHELL_ARGV, READER_ARGV, "[\"\\u0000\"]" },
		{ SHELL_ARGV, READER_ARGV, "[\"\\uDC00\"]" },
		{ SHELL_ARGV, READER_ARGV, "[\"\\uD83D\"]" },
		{ SHELL_ARGV, READER_ARGV, "[\"\\uD83D\\n\"]" },
		{ SHELL_ARGV, READER_ARGV, "[\"\\uD83D\\uD83D\"]" },
		{ SHELL_ARGV, READER_ARGV, "[\"\\uD83D\\uFFFF\"]" },
		{ SHELL_ARGV, READER_ARGV, "[\"\\uD83D\\uDEx0\"]" },
		{ SHELL_POWERSHELL, READER_ARGV, "Start-Process -Wait -FilePath 'a\nb'" },
		{ SHELL_POWERSHELL, READER_ARGV, "Start-Process -Wait -FilePath 'a\rb'" },
		{ SHELL_POWERSHELL, READER_ARGV, "Start-Process -Wait -FilePath 'a\xFF'" },
		{ SHELL_POWERSHELL, READER_ARGV, "Start-Process -Wait -FilePath 'a" },
		{ SHELL_POWERSHELL, READER_ARGV, "Start-Process -Wait -FilePath 'a\xE2\x80\x99" },
		{ SHELL_POWERSHELL, READER_ARGV, "Start-Process -Wait -FilePath 'a' -ArgumentList ('x' <password>)" },
		{ SHELL_POWERSHELL, READER_ARGV, "Start-Process -Wait -FilePath 'a' -ArgumentList (<password>" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct line_words words = { 0 };

		assert_labelled(cases[i].line,
				!winquote_decode(&words, cases[i].line, cases[i].shell, cases[i].reader));
		line_words_clear(&words);
	}
}

/* What JSON may say in several ways is one word. */
static void test_winquote_decode__escapes_of_json__are_read(void **state)
{
	static const struct { const char *line, *word; } cases[] = {
		{ "[\"a\"]", "a" },
		{ "[\"\"]", "" },
		{ "[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"]", "\"\\/\b\f\n\r\t" },
		{ "[\"\\u0041\\u00e9\\u20AC\"]", "A\xC3\xA9\xE2\x82\xAC" },
		{ "[\"\\uD83D\\uDE00\"]", "\xF0\x9F\x98\x80" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct line_words words = { 0 };

		assert_labelled(cases[i].line, winquote_decode(&words, cases[i].line, SHELL_ARGV, READER_ARGV));
		assert_int_equal(words.count, 1);
		assert_text(cases[i].line, cases[i].word, strbuf_text(&words.items[0]));
		line_words_clear(&words);
	}
}

/* A line with one byte changed never reads as the words that were meant. */
static void test_winquote_decode__any_byte_changed__is_noticed(void **state)
{
	(void)state;
	for (int shell = 0; shell < SHELL_COUNT; shell++) {
		struct result result = make_line(&sample, (enum shell)shell, NULL);

		for (size_t at = 0; at < result.line.length; at++) {
			struct line_words words = { 0 };
			struct strbuf changed = STRBUF_INIT;
			bool same;

			strbuf_add(&changed, result.line.data, result.line.length);
			changed.data[at] = changed.data[at] == '~' ? '_' : '~';
			same = winquote_decode(&words, strbuf_text(&changed), (enum shell)shell, READER_ARGV) &&
			       words.count == sample.count;
			for (size_t i = 0; same && i < words.count; i++) {
				struct strbuf meant = STRBUF_INIT;

				winquote_word(&meant, &sample_words[i]);
				same = str_eq(strbuf_text(&meant), strbuf_text(&words.items[i]));
				strbuf_clear(&meant);
			}
			assert_labelled(strbuf_text(&changed), !same);
			strbuf_clear(&changed);
			line_words_clear(&words);
		}
		result_clear(&result);
	}
}

/* The readers used above have to be able to tell bad from good. */
static void test_decoders__known_lines__read_as_documented(void **state)
{
	struct decoded words = { .count = 0 };
	struct prompt_line prompt;

	(void)state;
	decode_crt(&words, "x \"a\"\"b\" \"c\"\"d e\" \"x\"\" y\" \"q\"\"\"");
	assert_int_equal(words.count, 5);
	assert_string_equal(words.items[1], "a\"b");
	assert_string_equal(words.items[2], "c\"d e");
	assert_string_equal(words.items[3], "x\" y");
	assert_string_equal(words.items[4], "q\"");
	decoded_clear(&words);
	decode_shell32(&words, "x \"a\"\"b\" \"c\"\"d e\" \"x\"\" y\" \"q\"\"\"");
	assert_int_equal(words.count, 4);
	assert_string_equal(words.items[1], "a\"b cd");
	assert_string_equal(words.items[2], "e x");
	assert_string_equal(words.items[3], "y q\"");
	decoded_clear(&words);
	decode_msi(&words, "A=\"say \"\"hi\"\"\" B=\"C:\\dir\\\" C=\"e\\\"\" /qn");
	assert_int_equal(words.count, 3);
	assert_string_equal(words.items[0], "A=say \"hi\"");
	assert_string_equal(words.items[1], "B=C:\\dir\\");
	assert_string_equal(words.items[2], "C=e\\\" /qn");
	decoded_clear(&words);
	decode_prompt(&prompt, "setup \"a\\\"&calc\\\"b\"");
	assert_true(prompt.second_command);
	prompt_line_clear(&prompt);
	decode_prompt(&prompt, "setup \"%PATH%\" >x");
	assert_true(prompt.expansion && prompt.redirection && !prompt.second_command);
	assert_string_equal(prompt.text, "setup \"?\" >x");
	prompt_line_clear(&prompt);
}

static void test_quote_sql__values__double_what_ends_them(void **state)
{
	struct strbuf out = STRBUF_INIT;

	(void)state;
	assert_true(quote_sql_text(&out, "O'Brien\xE2\x80\x99]"));
	assert_string_equal(strbuf_text(&out), "N'O''Brien\xE2\x80\x99]'");
	strbuf_reset(&out);
	assert_true(quote_sql_name(&out, "a]b[c'd"));
	assert_string_equal(strbuf_text(&out), "[a]]b[c'd]");
	assert_false(quote_sql_name(&out, ""));
	assert_false(quote_sql_name(&out, "a\nb"));
	assert_false(quote_sql_text(&out, "a\nb"));
	assert_string_equal(strbuf_text(&out), "[a]]b[c'd]");
	strbuf_clear(&out);
}

static void test_quote__what_nothing_carries__leaves_out_unchanged(void **state)
{
	static const char *const values[] = {
		"a\nb", "a\rb", "\x01", "\x7F", "\xC2\x85", "\xE2\x80\xAE", "\xC3", "ABC\n",
	};
	bool (*const quotes[])(struct strbuf *, const char *) = {
		quote_argv, quote_msi, quote_powershell, quote_sql_text, quote_sql_name,
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(values); i++) {
		for (size_t j = 0; j < ARRAY_LEN(quotes); j++) {
			struct strbuf out = STRBUF_INIT;

			assert_labelled(values[i], !quotes[j](&out, values[i]) && out.length == 0);
			strbuf_clear(&out);
		}
	}
}

static void test_shell_find__names__are_those_of_shell_name(void **state)
{
	enum shell shell;

	(void)state;
	for (int i = 0; i < SHELL_COUNT; i++) {
		assert_true(shell_find(shell_name((enum shell)i), &shell));
		assert_int_equal(shell, i);
	}
	assert_false(shell_find("bash", &shell));
	assert_string_equal(shell_name(SHELL_POWERSHELL), "powershell");
}

/* "canary of line 9" */
static const char coded[] = {
	'c' ^ 0x5A, 'a' ^ 0x5A, 'n' ^ 0x5A, 'a' ^ 0x5A, 'r' ^ 0x5A, 'y' ^ 0x5A, ' ' ^ 0x5A, 'o' ^ 0x5A, 'f' ^ 0x5A,
	' ' ^ 0x5A, 'l' ^ 0x5A, 'i' ^ 0x5A, 'n' ^ 0x5A, 'e' ^ 0x5A, ' ' ^ 0x5A, '9' ^ 0x5A,
};

static const struct secret *lookup_same(const void *data, const char *account)
{
	return account ? data : NULL;
}

static void test_winquote_line__password__leaves_nothing_in_memory(void **state)
{
	struct secret *secret = secret_new();
	const struct password_source passwords = { lookup_same, secret };
	char text[sizeof(coded) + 1];

	(void)state;
	if (!can_read_memory()) {
		secret_free(secret);
		skip();
	}
	/* Once as it is and once with a quote, which cmd refuses. */
	for (size_t extra = 0; extra < 2; extra++) {
		decode_canary(text, coded, sizeof(coded));
		text[sizeof(coded)] = '"';
		assert_true(secret_set(secret, text, sizeof(coded) + extra));
		memset(text, 0, sizeof(text));
		assert_true(memory_holds(coded, sizeof(coded)));
		for (int shell = 0; shell < SHELL_COUNT; shell++) {
			struct result result = make_line(&sample, (enum shell)shell, &passwords);

			assert_int_equal(result.fine, extra == 0 || shell != SHELL_CMD);
			result_clear(&result);
		}
		secret_clear(secret);
		assert_false(memory_holds(coded, sizeof(coded)));
	}
	secret_free(secret);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_decoders__known_lines__read_as_documented),
		TEST(test_quote_argv__random_values__both_readers_give_them_back),
		TEST(test_quote_msi__random_values__installer_gives_them_back),
		TEST(test_quote_powershell__random_values__stay_one_string),
		TEST(test_winquote_line__random_values__are_refused_or_read_back),
		TEST(test_winquote_decode__ambiguous_lines__are_not_read),
		TEST(test_winquote_decode__escapes_of_json__are_read),
		TEST(test_winquote_decode__any_byte_changed__is_noticed),
		TEST(test_quote_sql__values__double_what_ends_them),
		TEST(test_quote__what_nothing_carries__leaves_out_unchanged),
		TEST(test_shell_find__names__are_those_of_shell_name),
		TEST(test_winquote_line__password__leaves_nothing_in_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
