/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Tests of breaking text into lines.
 */
#include "helpers.h"

#include "core/text.h"
#include "core/wrap.h"

static void test_wrap_text__table__lines(void **state)
{
	static const struct {
		const char *label, *text, *expected;      /* the lines joined by "|" */
		size_t width;
	} cases[] = {
		{ "empty", "", "", 10 },
		{ "fits", "one two", "one two", 7 },
		{ "at the blank", "one two three", "one two|three", 8 },
		{ "blank right at the width", "one two", "one|two", 3 },
		{ "several blanks at a break", "one    two", "one|two", 4 },
		{ "several blanks within", "a   b", "a   b", 10 },
		{ "long word", "C:\\Program", "C:\\P|rogr|am", 4 },
		{ "long word after a short one", "in C:\\Program", "in|C:\\Pr|ogram", 5 },
		{ "line feeds", "one\ntwo", "one|two", 10 },
		{ "empty line", "one\n\ntwo", "one||two", 10 },
		{ "line feed at the end", "one\n", "one|", 10 },
		{ "only line feeds", "\n\n", "||", 10 },
		{ "indent stays", "  one two", "  one|two", 6 },
		{ "indent wider than the lines", "     one", "|one", 3 },
		{ "blanks at the end", "one   ", "one", 4 },
		{ "only blanks", "    ", "", 2 },
		{ "width 0 is 1", "ab c", "a|b|c", 0 },
		{ "wide characters", "\xE6\x97\xA5\xE6\x97\xA5\xE6\x97\xA5",
		  "\xE6\x97\xA5|\xE6\x97\xA5|\xE6\x97\xA5", 3 },
		{ "wide in one cell", "\xE6\x97\xA5x", "\xE6\x97\xA5|x", 1 },
		{ "marks stay with their base", "e\xCC\x81" "e\xCC\x81" "e", "e\xCC\x81" "e\xCC\x81|e", 2 },
	};
	struct strbuf joined = STRBUF_INIT;
	struct arena *arena = arena_new();
	struct lines lines;
	size_t i, k;

	(void)state;
	for (i = 0; i < ARRAY_LEN(cases); i++) {
		strbuf_reset(&joined);
		lines = wrap_text(arena, cases[i].text, cases[i].width);
		for (k = 0; k < lines.count; k++)
			strbuf_printf(&joined, "%s%s", k ? "|" : "", lines.items[k]);
		assert_text(cases[i].label, cases[i].expected, strbuf_text(&joined));
	}
	strbuf_clear(&joined);
	arena_free(arena);
}

static void test_wrap_text__every_width__no_line_too_wide_and_no_word_lost(void **state)
{
	static const char text[] = "Setup on the first management server has to finish before another one may start; "
				   "then come gateways, stand-alone consoles and agents in C:\\Program Files\\X.";
	struct strbuf words = STRBUF_INIT, expected = STRBUF_INIT;
	struct arena *arena = arena_new();
	struct lines lines;
	size_t width, i, k;

	(void)state;
	for (i = 0; text[i]; i++) {
		if (text[i] != ' ')
			strbuf_putc(&expected, text[i]);
	}
	for (width = 1; width < 200; width++) {
		strbuf_reset(&words);
		lines = wrap_text(arena, text, width);
		for (i = 0; i < lines.count; i++) {
			assert_true(text_cells(lines.items[i]) <= width);
			for (k = 0; lines.items[i][k]; k++) {
				if (lines.items[i][k] != ' ')
					strbuf_putc(&words, lines.items[i][k]);
			}
		}
		assert_text("letters", strbuf_text(&expected), strbuf_text(&words));
	}
	assert_int_equal(lines.count, 1);
	strbuf_clear(&words);
	strbuf_clear(&expected);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_wrap_text__table__lines),
		TEST(test_wrap_text__every_width__no_line_too_wide_and_no_word_lost),
	};

	return run_tests(tests);
}
