/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Numbers of errors in words.
 */
#include "helpers.h"

#include "win/winerror.h"

static void test_winerror_explain__table__numbers_that_are_errors(void **state)
{
	static const struct {
		const char *text, *expected;
	} cases[] = {
		{ "Error Code: 80070005", "80070005 is 5, access is denied" },
		{ "0x80070643 and 0x80070643", "0x80070643 is 1603, fatal error during installation" },
		{ "Error Code: -2147024891.", "-2147024891 is 5, access is denied" },
		{ "0x80131604", "0x80131604 is \".NET: an error inside a called method (a wrapper)\"" },
		{ "80070005 80070035 800706BA",
		  "80070005 is 5, access is denied; 80070035 is 53, the network path was not "
		  "found (name, file sharing or firewall)" },
		{ "{80070005-0000-0000}", "80070005 is 5, access is denied" },
		{ "A80070005", "" },
		{ "800700055", "" },
		{ "20000005", "" },
		{ "0x8007", "" },
		{ "", "" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct strbuf out = STRBUF_INIT;

		winerror_explain(&out, cases[i].text, strlen(cases[i].text), 2);
		assert_text(cases[i].text, cases[i].expected, strbuf_text(&out));
		strbuf_clear(&out);
	}
}

static void test_winerror_text__either_form__the_same(void **state)
{
	(void)state;
	assert_string_equal(winerror_text(1618), winerror_text(0x80070652));
	assert_null(winerror_text(77));
	assert_int_equal(winerror_plain(0x80070652), 1618);
	assert_int_equal(winerror_plain(0x80041010), 0x80041010);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_winerror_explain__table__numbers_that_are_errors),
		TEST(test_winerror_text__either_form__the_same),
	};

	return run_tests(tests);
}
