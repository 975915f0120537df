/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Tests of JSON strings.
 */
#include "helpers.h"

#include "core/json.h"
#include "core/text.h"

static void test_json_string__table__quoted(void **state)
{
	static const struct {
		const char *label, *text, *expected;
	} cases[] = {
		{ "null", NULL, "null" },
		{ "empty", "", "\"\"" },
		{ "plain", "MS01", "\"MS01\"" },
		{ "quote and backslash", "C:\\a \"b\"", "\"C:\\\\a \\\"b\\\"\"" },
		{ "only a backslash", "\\", "\"\\\\\"" },
		{ "short forms", "a\nb\rc\td", "\"a\\nb\\rc\\td\"" },
		{ "controls", "\x01\x08\x1B\x1F", "\"\\u0001\\u0008\\u001b\\u001f\"" },
		{ "DEL and C1", "\x7F\xC2\x85", "\"\\u007f\\u0085\"" },
		{ "bidi", "\xE2\x80\xAE", "\"\\u202e\"" },
		{ "byte order mark", "\xEF\xBB\xBFx", "\"\\ufeffx\"" },
		{ "beyond the first plane", "\xF3\xA0\x81\x81", "\"\\udb40\\udc41\"" },
		{ "last code point", "\xF4\x8F\xBF\xBF", "\"\\udbff\\udfff\"" },
		{ "wide", "\xE6\x97\xA5", "\"\xE6\x97\xA5\"" },
		{ "emoji", "\xF0\x9F\x98\x80", "\"\xF0\x9F\x98\x80\"" },
		{ "bad bytes", "a\xFF\xC3", "\"a\xEF\xBF\xBD\xEF\xBF\xBD\"" },
	};
	struct strbuf out = STRBUF_INIT;
	size_t i, offset;

	(void)state;
	for (i = 0; i < ARRAY_LEN(cases); i++) {
		strbuf_reset(&out);
		json_string(&out, cases[i].text);
		assert_text(cases[i].label, cases[i].expected, strbuf_text(&out));
		assert_labelled(cases[i].label, text_find_unsafe(strbuf_text(&out), out.length, &offset) == 0);
	}
	strbuf_clear(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_json_string__table__quoted),
	};

	return run_tests(tests);
}
