/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Tests of the named patterns: what matches, what does not, and that none can be slow.
 */
#include "helpers.h"

#include "core/pattern.h"

static int free_patterns(void **state)
{
	(void)state;
	pattern_free_all();
	return 0;
}

static void test_pattern_matches__table__whole_text_only(void **state)
{
	static const struct {
		const char *label, *text;
		enum pattern_id id;
		bool expected;
	} cases[] = {
		{ "date", "2026-11-21", PATTERN_DATE, true },
		{ "last day", "2026-12-31", PATTERN_DATE, true },
		{ "month 13", "2026-13-01", PATTERN_DATE, false },
		{ "month 0", "2026-00-01", PATTERN_DATE, false },
		{ "day 0", "2026-01-00", PATTERN_DATE, false },
		{ "day 32", "2026-01-32", PATTERN_DATE, false },
		{ "short year", "26-01-01", PATTERN_DATE, false },
		{ "date and line feed", "2026-11-21\n", PATTERN_DATE, false },
		{ "date and more", "2026-11-21T", PATTERN_DATE, false },
		{ "blank before date", " 2026-11-21", PATTERN_DATE, false },
		{ "other digits", "\xD9\xA2\xD9\xA0" "26-11-21", PATTERN_DATE, false },
		{ "no date", "", PATTERN_DATE, false },
		{ "key", "target", PATTERN_KEY, true },
		{ "kebab and dots", "accounts.data-access.user", PATTERN_KEY, true },
		{ "digit within", "web2.site-1", PATTERN_KEY, true },
		{ "key ends in dot", "accounts.", PATTERN_KEY, false },
		{ "two hyphens", "data--access", PATTERN_KEY, false },
		{ "upper case", "Target", PATTERN_KEY, false },
		{ "digit first", "2target", PATTERN_KEY, false },
		{ "underscore", "data_access", PATTERN_KEY, false },
		{ "key and line feed", "target\n", PATTERN_KEY, false },
		{ "version", "7.1.10226.1304", PATTERN_VERSION, true },
		{ "two numbers", "7.1", PATTERN_VERSION, true },
		{ "one number", "7", PATTERN_VERSION, false },
		{ "five numbers", "1.2.3.4.5", PATTERN_VERSION, false },
		{ "nine digits", "1.123456789", PATTERN_VERSION, true },
		{ "ten digits", "1.1234567890", PATTERN_VERSION, false },
		{ "empty number", "7..1", PATTERN_VERSION, false },
		{ "hex", "00aAfF9", PATTERN_HEX, true },
		{ "not hex", "0g", PATTERN_HEX, false },
		{ "no hex", "", PATTERN_HEX, false },
		{ "licence key", "ABCDE-12345-fghij-67890-KLMNO", PATTERN_LICENCE_KEY, true },
		{ "four groups", "ABCDE-12345-FGHIJ-67890", PATTERN_LICENCE_KEY, false },
		{ "long group", "ABCDEF-12345-FGHIJ-67890-KLMNO", PATTERN_LICENCE_KEY, false },
		{ "licence key and line feed", "ABCDE-12345-FGHIJ-67890-KLMNO\n", PATTERN_LICENCE_KEY, false },
		{ "bad UTF-8", "a\xFF", PATTERN_KEY, false },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(cases); i++)
		assert_labelled(cases[i].label, pattern_matches(cases[i].id, cases[i].text) == cases[i].expected);
}

static void test_pattern_matches__subject_of_4096_and_4097_bytes__limit_holds(void **state)
{
	char text[4098];

	(void)state;
	memset(text, 'a', sizeof(text));
	text[4096] = '\0';
	assert_true(pattern_matches(PATTERN_HEX, text));
	text[4096] = 'a';
	text[4097] = '\0';
	assert_false(pattern_matches(PATTERN_HEX, text));
}

static void test_pattern_matches__longest_subjects__no_limit_in_the_way(void **state)
{
	char text[4097];
	size_t i;

	(void)state;
	for (i = 0; i < 4096; i++)
		text[i] = i % 2 ? '.' : 'a';
	text[4096] = '\0';
	assert_false(pattern_matches(PATTERN_KEY, text));
	text[4095] = '\0';
	assert_true(pattern_matches(PATTERN_KEY, text));
}

static void test_pattern_free_all__used_again__compiled_again(void **state)
{
	(void)state;
	assert_true(pattern_matches(PATTERN_HEX, "ff"));
	pattern_free_all();
	pattern_free_all();
	assert_true(pattern_matches(PATTERN_HEX, "ff"));
	assert_true(pattern_matches(PATTERN_DATE, "2026-11-21"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_pattern_matches__table__whole_text_only),
		TEST(test_pattern_matches__subject_of_4096_and_4097_bytes__limit_holds),
		TEST(test_pattern_matches__longest_subjects__no_limit_in_the_way),
		TEST(test_pattern_free_all__used_again__compiled_again),
	};

	return cmocka_run_group_tests(tests, NULL, free_patterns);
}
