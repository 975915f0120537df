/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Tests of the growing text.
 */
#include "helpers.h"

#include "core/strbuf.h"
#include "os/memory.h"

static void test_strbuf_text__zero_state__empty_text(void **state)
{
	struct strbuf buf = STRBUF_INIT;

	(void)state;
	assert_text("zero", "", strbuf_text(&buf));
	strbuf_reset(&buf);
	strbuf_truncate(&buf, 0);
	strbuf_add(&buf, NULL, 0);
	assert_text("still", "", strbuf_text(&buf));
	strbuf_clear(&buf);
	strbuf_clear(&buf);
	assert_null(buf.data);
}

static void test_strbuf_add__every_way__joined(void **state)
{
	struct strbuf buf = STRBUF_INIT;

	(void)state;
	strbuf_puts(&buf, "setup");
	strbuf_putc(&buf, '.');
	strbuf_add(&buf, "exempt", 3);
	strbuf_fill(&buf, ' ', 2);
	strbuf_printf(&buf, "/%s:%d", "AcceptEndUserLicenseAgreement", 1);
	assert_text("joined", "setup.exe  /AcceptEndUserLicenseAgreement:1", strbuf_text(&buf));
	assert_int_equal(buf.length, strlen(strbuf_text(&buf)));
	strbuf_truncate(&buf, 5);
	assert_text("cut", "setup", strbuf_text(&buf));
	strbuf_reset(&buf);
	assert_text("reset", "", strbuf_text(&buf));
	assert_true(buf.room > 0);
	strbuf_clear(&buf);
}

static void test_strbuf_printf__every_length_around_the_room__exact(void **state)
{
	int length;

	(void)state;
	for (length = 0; length < 300; length++) {
		struct strbuf buf = STRBUF_INIT;

		strbuf_printf(&buf, "%*s", length, "");
		assert_int_equal(buf.length, length);
		assert_int_equal(strlen(strbuf_text(&buf)), length);
		strbuf_printf(&buf, "%s", "end");
		assert_string_equal(strbuf_text(&buf) + length, "end");
		strbuf_clear(&buf);
	}
}

static void test_strbuf_add__a_million_bytes__all_kept(void **state)
{
	struct strbuf buf = STRBUF_INIT;
	size_t i;

	(void)state;
	for (i = 0; i < 1000000; i++)
		strbuf_putc(&buf, (char)('a' + i % 26));
	assert_int_equal(buf.length, 1000000);
	for (i = 0; i < 1000000; i++)
		assert_int_equal(buf.data[i], 'a' + (int)(i % 26));
	strbuf_clear(&buf);
}

static void test_strbuf_put_code__each_length__utf8(void **state)
{
	static const struct {
		const char *label, *bytes;
		uint32_t code;
	} cases[] = {
		{ "ASCII", "A", 'A' },
		{ "last of one byte", "\x7F", 0x7F },
		{ "first of two", "\xC2\x80", 0x80 },
		{ "last of two", "\xDF\xBF", 0x7FF },
		{ "first of three", "\xE0\xA0\x80", 0x800 },
		{ "before the surrogates", "\xED\x9F\xBF", 0xD7FF },
		{ "after the surrogates", "\xEE\x80\x80", 0xE000 },
		{ "last of three", "\xEF\xBF\xBF", 0xFFFF },
		{ "first of four", "\xF0\x90\x80\x80", 0x10000 },
		{ "last of all", "\xF4\x8F\xBF\xBF", 0x10FFFF },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(cases); i++) {
		struct strbuf buf = STRBUF_INIT;

		strbuf_put_code(&buf, cases[i].code);
		assert_text(cases[i].label, cases[i].bytes, strbuf_text(&buf));
		strbuf_clear(&buf);
	}
}

static void test_strbuf_put_number__each_length__its_digits(void **state)
{
	static const struct {
		size_t number;
		const char *digits;
	} cases[] = { { 0, "0" }, { 9, "9" }, { 10, "10" }, { 200027, "200027" }, { UINT32_MAX, "4294967295" } };
	struct strbuf buf = STRBUF_INIT;
	char largest[32];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		strbuf_reset(&buf);
		strbuf_put_number(&buf, cases[i].number);
		assert_text("number", cases[i].digits, strbuf_text(&buf));
	}
	strbuf_reset(&buf);
	strbuf_put_number(&buf, SIZE_MAX);
	snprintf(largest, sizeof(largest), "%zu", SIZE_MAX);
	assert_text("the largest", largest, strbuf_text(&buf));
	strbuf_clear(&buf);
}

static void test_strbuf_reserve__room_for_bytes__no_move_within_it(void **state)
{
	struct strbuf buf = STRBUF_INIT;
	const char *before;
	int i;

	(void)state;
	strbuf_puts(&buf, "x");
	strbuf_reserve(&buf, 5000);
	before = buf.data;
	assert_text("kept", "x", strbuf_text(&buf));
	for (i = 0; i < 5000; i++)
		strbuf_putc(&buf, 'y');
	assert_ptr_equal(before, buf.data);
	strbuf_clear(&buf);
	/* What is asked for at once gets no more: a file of 5 MiB would take 8. */
	strbuf_reserve(&buf, 5000);
	assert_int_equal(buf.room, 5001);
	strbuf_clear(&buf);
}

/* "strbuf canary pw" */
static const char coded[] = {
	's' ^ 0x5A, 't' ^ 0x5A, 'r' ^ 0x5A, 'b' ^ 0x5A, 'u' ^ 0x5A, 'f' ^ 0x5A, ' ' ^ 0x5A, 'c' ^ 0x5A, 'a' ^ 0x5A,
	'n' ^ 0x5A, 'a' ^ 0x5A, 'r' ^ 0x5A, 'y' ^ 0x5A, ' ' ^ 0x5A, 'p' ^ 0x5A, 'w' ^ 0x5A
};

static void test_strbuf_clear__grown_many_times__memory_holds_it_no_more(void **state)
{
	struct strbuf buf = STRBUF_INIT;
	char text[sizeof(coded) + 1] = "";

	(void)state;
	if (!can_read_memory())
		skip();
	decode_canary(text, coded, sizeof(coded));
	strbuf_puts(&buf, text);
	memory_wipe(text, sizeof(text));
	strbuf_fill(&buf, 'x', 100);
	strbuf_fill(&buf, 'x', 100000);
	strbuf_truncate(&buf, sizeof(coded));
	assert_true(memory_holds(coded, sizeof(coded)));
	strbuf_reset(&buf);
	strbuf_clear(&buf);
	assert_false(memory_holds(coded, sizeof(coded)));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_strbuf_text__zero_state__empty_text),
		TEST(test_strbuf_add__every_way__joined),
		TEST(test_strbuf_printf__every_length_around_the_room__exact),
		TEST(test_strbuf_add__a_million_bytes__all_kept),
		TEST(test_strbuf_put_code__each_length__utf8),
		TEST(test_strbuf_put_number__each_length__its_digits),
		TEST(test_strbuf_reserve__room_for_bytes__no_move_within_it),
		TEST(test_strbuf_clear__grown_many_times__memory_holds_it_no_more),
	};

	return run_tests(tests);
}
