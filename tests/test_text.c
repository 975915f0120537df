/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Tests of UTF-8, widths and the filter.
 */
#include "helpers.h"

#include "core/text.h"

static void test_text_next__valid_and_bad_bytes__codes(void **state)
{
	static const struct {
		const char *label, *bytes;
		uint32_t code;
		size_t length;
	} cases[] = {
		{ "ASCII", "A", 'A', 1 },
		{ "two bytes", "\xC3\xA9", 0xE9, 2 },
		{ "three bytes", "\xE6\x97\xA5", 0x65E5, 3 },
		{ "four bytes", "\xF0\x9F\x98\x80", 0x1F600, 4 },
		{ "last", "\xF4\x8F\xBF\xBF", 0x10FFFF, 4 },
		{ "lone continuation", "\x80", TEXT_BAD, 1 },
		{ "0xFF", "\xFF", TEXT_BAD, 1 },
		{ "overlong C0", "\xC0\x80", TEXT_BAD, 1 },
		{ "overlong C1", "\xC1\xBF", TEXT_BAD, 1 },
		{ "overlong of three", "\xE0\x9F\xBF", TEXT_BAD, 1 },
		{ "overlong of four", "\xF0\x8F\xBF\xBF", TEXT_BAD, 1 },
		{ "surrogate", "\xED\xA0\x80", TEXT_BAD, 1 },
		{ "last surrogate", "\xED\xBF\xBF", TEXT_BAD, 1 },
		{ "beyond Unicode", "\xF4\x90\x80\x80", TEXT_BAD, 1 },
		{ "five bytes", "\xF8\x88\x80\x80\x80", TEXT_BAD, 1 },
		{ "cut off after one", "\xE6", TEXT_BAD, 1 },
		{ "cut off after two", "\xE6\x97", TEXT_BAD, 1 },
		{ "wrong continuation", "\xE6\x97z", TEXT_BAD, 1 },
	};
	const char *at, *end;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(cases); i++) {
		at = cases[i].bytes;
		end = at + strlen(at);
		assert_labelled(cases[i].label, text_next(&at, end) == cases[i].code);
		assert_labelled(cases[i].label, (size_t)(at - cases[i].bytes) == cases[i].length);
		assert_labelled(cases[i].label,
				text_is_utf8(cases[i].bytes, strlen(cases[i].bytes)) == (cases[i].code != TEXT_BAD));
	}
}

static void test_text_next__every_code_point__round_trip(void **state)
{
	struct strbuf buf = STRBUF_INIT;
	const char *at;
	uint32_t code;

	(void)state;
	for (code = 1; code <= 0x10FFFF; code++) {
		if (code >= 0xD800 && code <= 0xDFFF)
			continue;
		strbuf_reset(&buf);
		strbuf_put_code(&buf, code);
		at = buf.data;
		if (text_next(&at, buf.data + buf.length) != code || at != buf.data + buf.length)
			fail_msg("U+%04X", (unsigned)code);
	}
	strbuf_clear(&buf);
}

static void test_text_is_utf8__bad_byte_anywhere__found(void **state)
{
	char text[41];
	size_t i;

	(void)state;
	memset(text, 'a', 40);
	assert_true(text_is_utf8(text, 40));
	for (i = 0; i < 40; i++) {
		text[i] = (char)0xBF;
		assert_false(text_is_utf8(text, 40));
		text[i] = 'a';
	}
}

static void test_text_utf16_length__planes__pairs_count_two(void **state)
{
	(void)state;
	assert_int_equal(text_utf16_length(""), 0);
	assert_int_equal(text_utf16_length("MS01"), 4);
	assert_int_equal(text_utf16_length("\xC3\xA9\xE6\x97\xA5"), 2);
	assert_int_equal(text_utf16_length("\xF0\x9F\x98\x80x"), 3);
	assert_int_equal(text_utf16_length("\xFF"), 1);
}

/* The list of unsafe code points, written out a second time; every code point is compared with it. */
static bool listed(uint32_t code)
{
	static const uint32_t ranges[][2] = {
		{ 0, 0x1F }, { 0x7F, 0x7F }, { 0x80, 0x9F }, { 0xAD, 0xAD }, { 0x34F, 0x34F }, { 0x61C, 0x61C },
		{ 0x115F, 0x1160 }, { 0x17B4, 0x17B5 }, { 0x180B, 0x180F }, { 0x200B, 0x200F }, { 0x202A, 0x202E },
		{ 0x2028, 0x2029 }, { 0x2060, 0x206F }, { 0x3164, 0x3164 }, { 0xFE00, 0xFE0F }, { 0xFEFF, 0xFEFF },
		{ 0xFFA0, 0xFFA0 }, { 0xFFF0, 0xFFFB }, { 0x1D173, 0x1D17A }, { 0xE0000, 0xE0FFF },
		{ 0x2800, 0x2800 }, { 0x13430, 0x1345F }, { 0x1BCA0, 0x1BCA3 },
		{ 0xD800, 0xDFFF }, { 0xFDD0, 0xFDEF }, { 0xE000, 0xF8FF }, { 0xF0000, 0x10FFFF },
	};
	size_t i;

	for (i = 0; i < ARRAY_LEN(ranges); i++) {
		if (code >= ranges[i][0] && code <= ranges[i][1])
			return true;
	}
	return (code & 0xFFFF) >= 0xFFFE;
}

static void test_text_is_unsafe__every_code_point__as_listed(void **state)
{
	uint32_t code;

	(void)state;
	for (code = 0; code <= 0x10FFFF; code++) {
		if (text_is_unsafe(code) != listed(code))
			fail_msg("U+%04X", (unsigned)code);
	}
	assert_true(text_is_unsafe(TEXT_BAD));
	assert_true(text_is_unsafe(0x110000));
}

static void test_text_find_unsafe__each_byte_at_each_place__found_there(void **state)
{
	char text[33];
	size_t place, offset;
	uint32_t found;
	int byte;

	(void)state;
	memset(text, '~', 32);
	assert_int_equal(text_find_unsafe(text, 32, &offset), 0);
	for (byte = 0; byte < 256; byte++) {
		for (place = 0; place < 32; place++) {
			memset(text, place % 2 ? ' ' : '~', 32);
			text[place] = (char)byte;
			offset = 99;
			found = text_find_unsafe(text, 32, &offset);
			if (byte >= 0x20 && byte < 0x7F) {
				assert_int_equal(found, 0);
			} else {
				assert_int_equal(found, byte == 0 || byte >= 0x80 ? TEXT_BAD : (uint32_t)byte);
				assert_int_equal(offset, place);
			}
		}
	}
}

static void test_text_find_unsafe__wide_text__skips_what_is_safe(void **state)
{
	static const char text[] = "C:\\\xE6\x97\xA5\xC3\xA9 \xF0\x9F\x98\x80 plain ASCII of some length \xE2\x80\xAE!";
	size_t offset = 0;

	(void)state;
	assert_int_equal(text_find_unsafe(text, strlen(text), &offset), 0x202E);
	assert_int_equal(offset, strlen(text) - 4);
	assert_int_equal(text_find_unsafe(text, strlen(text) - 4, &offset), 0);
	assert_int_equal(text_find_unsafe(text, 0, &offset), 0);
}

static void test_text_visible__hostile_text__shown_harmless(void **state)
{
	static const struct {
		const char *label, *text, *expected;
	} cases[] = {
		{ "plain", "CONTOSO\\svc-das", "CONTOSO\\svc-das" },
		{ "empty", "", "" },
		{ "wide", "\xE6\x97\xA5\xC3\xA9", "\xE6\x97\xA5\xC3\xA9" },
		{ "escape", "a\x1B[31mb", "a\\u{001B}[31mb" },
		{ "line feed and tab", "a\nb\tc", "a\\u{000A}b\\u{0009}c" },
		{ "DEL, C1", "\x7F\xC2\x9B", "\\u{007F}\\u{009B}" },
		{ "bidi", "x\xE2\x80\xAEy", "x\\u{202E}y" },
		{ "tag", "\xF3\xA0\x81\x81", "\\u{E0041}" },
		{ "bad bytes", "a\xFF\xC3z", "a\\x{FF}\\x{C3}z" },
		{ "bad at the end", "a\xE6\x97", "a\\x{E6}\\x{97}" },
	};
	struct strbuf out = STRBUF_INIT;
	size_t i, offset;

	(void)state;
	for (i = 0; i < ARRAY_LEN(cases); i++) {
		strbuf_reset(&out);
		text_visible(&out, cases[i].text);
		assert_text(cases[i].label, cases[i].expected, strbuf_text(&out));
		assert_int_equal(text_find_unsafe(strbuf_text(&out), out.length, &offset), 0);
	}
	strbuf_clear(&out);
}

static void test_text_width__kinds__cells(void **state)
{
	static const struct {
		const char *label;
		uint32_t code;
		int cells;
	} cases[] = {
		{ "ASCII", 'A', 1 }, { "Latin", 0xE9, 1 }, { "Greek", 0x3B1, 1 }, { "box drawing", 0x2500, 1 },
		{ "ellipsis", 0x2026, 1 }, { "check mark", 0x2713, 1 }, { "acute", 0x301, 0 },
		{ "enclosing", 0x20DD, 0 }, { "Thai vowel", 0xE31, 0 }, { "Hebrew point", 0x5B0, 0 },
		{ "kana mark", 0x3099, 0 }, { "Hangul vowel", 0x1161, 0 }, { "Hangul lead", 0x1100, 2 },
		{ "ideograph", 0x65E5, 2 }, { "kana", 0x3042, 2 }, { "syllable", 0xAC00, 2 },
		{ "last syllable", 0xD7A3, 2 }, { "full width", 0xFF21, 2 }, { "half width kana", 0xFF71, 1 },
		{ "emoji", 0x1F600, 2 }, { "extension B", 0x20000, 2 }, { "half fill space", 0x303F, 1 },
		{ "control", 0x1B, 1 }, { "bidi", 0x202E, 1 }, { "bad", TEXT_BAD, 1 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(cases); i++)
		assert_labelled(cases[i].label, text_width(cases[i].code) == cases[i].cells);
}

static void test_text_cells__mixed_text__sum(void **state)
{
	(void)state;
	assert_int_equal(text_cells(""), 0);
	assert_int_equal(text_cells("e\xCC\x81\xE6\x97\xA5x"), 4);
}

static void test_text_fit__widths_and_sides__cut_with_ellipsis(void **state)
{
	static const struct {
		const char *label, *text, *expected;
		size_t width;
		bool from_left, ascii;
	} cases[] = {
		{ "fits", "MS01", "MS01", 4, false, false },
		{ "cut right", "management", "manag\xE2\x80\xA6", 6, false, false },
		{ "cut left", "C:\\Program Files", "\xE2\x80\xA6" "Files", 6, true, false },
		{ "ASCII", "management", "manag~", 6, false, true },
		{ "ASCII left", "management", "~ement", 6, true, true },
		{ "one cell", "MS01", "~", 1, false, true },
		{ "one cell left", "MS01", "~", 1, true, true },
		{ "no cell", "MS01", "", 0, false, true },
		{ "empty", "", "", 0, false, true },
		{ "wide does not fit", "\xE6\x97\xA5\xE6\x97\xA5\xE6\x97\xA5", "\xE6\x97\xA5~", 4, false, true },
		{ "wide left", "\xE6\x97\xA5\xE6\x97\xA5\xE6\x97\xA5", "~\xE6\x97\xA5", 4, true, true },
		{ "marks stay", "e\xCC\x81" "e\xCC\x81xyz", "e\xCC\x81" "e\xCC\x81~", 3, false, true },
		{ "no mark alone", "xyze\xCC\x81z", "~z", 2, true, true },
		{ "filters", "a\nb", "a\\u{000A}b", 10, false, true },
		{ "filters, then cuts", "a\nbcdef", "a\\u{~", 5, false, true },
	};
	struct strbuf out = STRBUF_INIT;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(cases); i++) {
		strbuf_reset(&out);
		text_fit(&out, cases[i].text, cases[i].width, cases[i].from_left, cases[i].ascii);
		assert_text(cases[i].label, cases[i].expected, strbuf_text(&out));
		assert_labelled(cases[i].label, text_cells(strbuf_text(&out)) <= cases[i].width);
	}
	strbuf_clear(&out);
}

static void test_text_compare_fold__names__ascii_letters_without_case(void **state)
{
	(void)state;
	assert_true(text_equal_fold("ms01", "MS01"));
	assert_false(text_equal_fold("ms01", "MS011"));
	assert_false(text_equal_fold("ms01", "MS0"));
	assert_false(text_equal_fold("[", "{"));
	assert_false(text_equal_fold("@", "`"));
	assert_false(text_equal_fold("\xC3\x89", "\xC3\xA9"));
	assert_true(text_compare_fold("a", "B") < 0);
	assert_true(text_compare_fold("B", "a") > 0);
	assert_true(text_compare_fold("a", "ab") < 0);
	assert_true(text_compare_fold("z", "\xC3\xA9") < 0);
}

static void test_text_contains_fold__places__found(void **state)
{
	(void)state;
	assert_true(text_contains_fold("Operations Manager", "MANAGER"));
	assert_true(text_contains_fold("Operations Manager", "op"));
	assert_true(text_contains_fold("aab", "AB"));
	assert_true(text_contains_fold("Zum B\303\204R", "\303\204r"));
	assert_true(text_contains_fold("", ""));
	assert_true(text_contains_fold("x", ""));
	assert_false(text_contains_fold("", "x"));
	assert_false(text_contains_fold("Manage", "Manager"));
}

static void test_text_nearest__misspelt_keys__the_one_meant(void **state)
{
	static const char *const keys[] = { "accounts", "servers", "setup-folder", "source", "target", "web", NULL };
	static const char *const none[] = { NULL };
	static const struct {
		const char *label, *word, *expected;
	} cases[] = {
		{ "letter missing", "acounts", "accounts" }, { "letter more", "serverss", "servers" },
		{ "letter wrong", "targat", "target" }, { "swapped", "sevrers", "servers" },
		{ "two edits", "setupfoldr", "setup-folder" }, { "case", "Source", "source" },
		{ "same", "servers", "servers" }, { "too far", "account-list", NULL },
		{ "half of a short word", "wx", NULL }, { "one of three", "wbe", "web" },
		{ "two of four is half", "weeb", "web" }, { "two of three", "wxy", NULL }, { "empty", "", NULL },
		{ "very long", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", NULL },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(cases); i++)
		assert_text(cases[i].label, cases[i].expected, text_nearest(cases[i].word, keys));
	assert_null(text_nearest("servers", none));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_text_next__valid_and_bad_bytes__codes),
		TEST(test_text_next__every_code_point__round_trip),
		TEST(test_text_is_utf8__bad_byte_anywhere__found),
		TEST(test_text_utf16_length__planes__pairs_count_two),
		TEST(test_text_is_unsafe__every_code_point__as_listed),
		TEST(test_text_find_unsafe__each_byte_at_each_place__found_there),
		TEST(test_text_find_unsafe__wide_text__skips_what_is_safe),
		TEST(test_text_visible__hostile_text__shown_harmless),
		TEST(test_text_width__kinds__cells),
		TEST(test_text_cells__mixed_text__sum),
		TEST(test_text_fit__widths_and_sides__cut_with_ellipsis),
		TEST(test_text_compare_fold__names__ascii_letters_without_case),
		TEST(test_text_contains_fold__places__found),
		TEST(test_text_nearest__misspelt_keys__the_one_meant),
	};

	return run_tests(tests);
}
