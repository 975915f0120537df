/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Decoding of logs: every encoding, and that pieces of any size give the same text.
 */
#include "helpers.h"

#include "core/logtext.h"

struct bytes {
	const char *text;
	size_t length, at;
};

static ptrdiff_t read_bytes(void *data, char *to, size_t room)
{
	struct bytes *bytes = data;
	size_t left = bytes->length - bytes->at, count = left < room ? left : room;

	memcpy(to, bytes->text + bytes->at, count);
	bytes->at += count;
	return (ptrdiff_t)count;
}

static ptrdiff_t fail_to_read(void *data, char *to, size_t room)
{
	(void)data, (void)to, (void)room;
	return -1;
}

static void decode(struct strbuf *out, const char *text, size_t length, size_t room, enum log_encoding *encoding)
{
	struct bytes bytes = { text, length, 0 };
	struct logtext *log = logtext_new(read_bytes, &bytes);
	size_t got;

	do {
		got = logtext_fill(log, strbuf_reserve(out, room), room);
		assert_true(got <= room);
		out->length += got;
		out->data[out->length] = '\0';
	} while (got);
	*encoding = logtext_encoding(log);
	assert_int_equal(logtext_bytes(log), length);
	assert_false(logtext_failed(log));
	logtext_free(log);
}

#define BYTES(text) (text), sizeof(text) - 1

static void test_logtext_fill__table__utf8_comes_out(void **state)
{
	static const struct {
		const char *label, *bytes;
		size_t length;
		const char *expected;
		enum log_encoding encoding;
	} cases[] = {
		{ "empty", BYTES(""), "", ENCODING_UTF8 },
		{ "ascii", BYTES("a longer line of text\r\n"), "a longer line of text\r\n", ENCODING_UTF8 },
		{ "mark", BYTES("\xEF\xBB\xBFx"), "x", ENCODING_UTF8 },
		{ "umlaut", BYTES("Zugriff verweigert: \xC3\xBC\xF0\x9F\x98\x80"),
		  "Zugriff verweigert: \xC3\xBC\xF0\x9F\x98\x80", ENCODING_UTF8 },
		{ "code page", BYTES("f\xFCr \x80 und \x93x\x94"),
		  "f\xC3\xBCr \xE2\x82\xAC und \xE2\x80\x9Cx\xE2\x80\x9D", ENCODING_CODE_PAGE },
		{ "cut character", BYTES("x\xE2\x82"), "x\xC3\xA2\xE2\x80\x9A", ENCODING_CODE_PAGE },
		{ "NUL", BYTES("a\0b"),
		  "a\xEF\xBF\xBD"
		  "b",
		  ENCODING_UTF8 },
		{ "UTF-16",
		  BYTES("\xFF\xFE"
			"a\0\xFC\0\x3D\xD8\x00\xDE"),
		  "a\xC3\xBC\xF0\x9F\x98\x80", ENCODING_UTF16_LE },
		{ "UTF-16, big", BYTES("\xFE\xFF\0a\0\xFC\xD8\x3D\xDE\x00"), "a\xC3\xBC\xF0\x9F\x98\x80",
		  ENCODING_UTF16_BE },
		{ "UTF-16 without a mark", BYTES("a\0b\0c\0d\0e\0"), "abcde", ENCODING_UTF16_LE },
		{ "big without a mark", BYTES("\0a\0b\0c\0d\0e"), "abcde", ENCODING_UTF16_BE },
		{ "odd length",
		  BYTES("\xFF\xFE"
			"a\0b"),
		  "a\xEF\xBF\xBD", ENCODING_UTF16_LE },
		{ "lone surrogate",
		  BYTES("\xFF\xFE\x00\xDE"
			"a\0"),
		  "\xEF\xBF\xBD"
		  "a",
		  ENCODING_UTF16_LE },
		{ "half a pair",
		  BYTES("\xFF\xFE\x3D\xD8"
			"a\0"),
		  "\xEF\xBF\xBD"
		  "a",
		  ENCODING_UTF16_LE },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		static const size_t rooms[] = { 16, 17, 24, 1000 };

		for (size_t k = 0; k < ARRAY_LEN(rooms); k++) {
			struct strbuf out = STRBUF_INIT;
			enum log_encoding encoding;

			decode(&out, cases[i].bytes, cases[i].length, rooms[k], &encoding);
			assert_text(cases[i].label, cases[i].expected, strbuf_text(&out));
			assert_labelled(cases[i].label, encoding == cases[i].encoding);
			strbuf_clear(&out);
		}
	}
}

/* A character of several bytes across the end of what is read at once, at each offset. */
static void test_logtext_fill__borders_of_reading__cut_no_character(void **state)
{
	(void)state;
	for (size_t shift = 0; shift < 8; shift++) {
		for (int wide = 0; wide < 2; wide++) {
			struct strbuf in = STRBUF_INIT, out = STRBUF_INIT;
			enum log_encoding encoding;
			size_t count = 0;

			if (wide)
				strbuf_add(&in, "\xFF\xFE", 2);
			for (size_t i = 0; i < shift; i++)
				strbuf_add(&in, "a", wide ? 2 : 1);
			while (in.length < 200000)
				strbuf_add(&in, wide ? "\x3D\xD8\x00\xDE" : "\xF0\x9F\x98\x80", 4);
			decode(&out, strbuf_text(&in), in.length, 4099, &encoding);
			for (size_t i = shift; i + 4 <= out.length; i += 4, count++)
				assert_memory_equal(strbuf_text(&out) + i, "\xF0\x9F\x98\x80", 4);
			assert_int_equal(out.length, shift + 4 * count);
			strbuf_clear(&in);
			strbuf_clear(&out);
		}
	}
}

static void test_logtext_fill__reading_fails__is_said(void **state)
{
	struct logtext *log = logtext_new(fail_to_read, NULL);
	char room[64];

	(void)state;
	assert_int_equal(logtext_fill(log, room, sizeof(room)), 0);
	assert_true(logtext_failed(log));
	logtext_free(log);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_logtext_fill__table__utf8_comes_out),
		TEST(test_logtext_fill__borders_of_reading__cut_no_character),
		TEST(test_logtext_fill__reading_fails__is_said),
	};

	return run_tests(tests);
}
