/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Tests of reading keys from what a terminal sends, and of the clipboard's sequence.
 */
#include "helpers.h"

#include "fuzz_corpus.h"
#include "os/memory.h"
#include "ui/clipboard.h"
#include "ui/input.h"

/* Bytes as a terminal sends them in one read; 0x01 to 0x04 after a NUL stand for what curses recognizes itself. */
struct source {
	const char *at, *end;
};

static int next_byte(void *data)
{
	struct source *source = data;

	return source->at < source->end ? (unsigned char)*source->at++ : INPUT_NOTHING;
}

static int next_code(void *data)
{
	int code = next_byte(data);

	if (code != 0)
		return code;
	switch (next_byte(data)) {
	case 1:
		return INPUT_PASTE;
	case 2:
		return INPUT_KEY + (int)KEYNAME_UP;
	case 3:
		return INPUT_KEY + (int)KEYNAME_BACKSPACE;
	default:
		return 0;
	}
}

#define PASTE "\0\001"
#define UP "\0\002"
#define BACKSPACE "\0\003"

static void describe(const struct key *key, struct strbuf *out)
{
	if (out->length)
		strbuf_putc(out, ' ');
	if (key->name == KEYNAME_PASTE)
		strbuf_printf(out, "paste(%s)", key->text);
	else if (key->name == KEYNAME_SIGNAL)
		strbuf_printf(out, "signal(%u)", (unsigned)key->code);
	else
		key_to_name(key, out);
}

static void test_input_read__table__keys(void **state)
{
	static const struct { const char *label, *bytes; size_t length; const char *expected; } cases[] = {
#define CASE(label, bytes, expected) { label, bytes, sizeof(bytes) - 1, expected }
		CASE("letters", "aB1", "A B 1"),
		CASE("UTF-8", "\xC3\xA9\xE6\x97\xA5\xF0\x9F\x98\x80", "é 日 \xF0\x9F\x98\x80"),
		CASE("controls", "\t\r\n\x08\x7F\x01\x1A", "Tab Enter Enter Backspace Backspace Ctrl-A Ctrl-Z"),
		CASE("Ctrl-backslash ends", "\x1C", "signal(3)"),
		CASE("controls without a meaning", "\x1D\x1E" "a", "A"),
		CASE("the key that takes back", "\x1F", "Ctrl-_"),
		CASE("Esc alone", "\033", "Esc"),
		CASE("Esc twice", "\033\033", "Esc Esc"),
		CASE("Alt and a letter", "\033n\033N", "Alt-N Alt-N"),
		CASE("Alt-O and Alt-[ alone", "\033O", "Alt-O"),
		CASE("Alt-[ alone", "\033[", "Alt-["),
		CASE("Alt-Backspace", "\033\x7F", "Ctrl-W"),
		CASE("Alt-Backspace as curses has it", "\033" BACKSPACE, "Ctrl-W"),
		CASE("Alt-Enter", "\033\r", "Enter"),
		CASE("Alt and an arrow", "\033" UP, "Up"),
		CASE("recognized before", "a" UP "b", "A Up B"),
		CASE("unknown sequences are swallowed", "\033[1;7Xa\033[200;3ub\033Ozc\033[<1;2;3Md", "A B C D"),
		CASE("a sequence that breaks off", "\033[12;", ""),
		CASE("bad UTF-8", "\xFF\xC3(\xE6\x97z\xC0\xAF\x80" "a", "( Z A"),
		CASE("UTF-8 that breaks off", "\xE6\x97", ""),
		CASE("surrogate", "\xED\xA0\x80" "a", "A"),
		CASE("paste", PASTE "one two\033[201~x", "paste(one two) X"),
		CASE("empty paste", PASTE "\033[201~x", "paste() X"),
		CASE("paste with a sequence in it", PASTE "a\033[31mb\033[201~", "paste(a\033[31mb)"),
		CASE("paste with half a mark", PASTE "a\033[201\033[201~b", "paste(a\033[201) B"),
		CASE("paste that never ends", PASTE "abc\033[20", "paste(abc\033[20)"),
#undef CASE
	};
	struct strbuf got = STRBUF_INIT;
	struct source source;
	struct input input;
	enum input_result result;
	struct key key;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(cases); i++) {
		source = (struct source){ cases[i].bytes, cases[i].bytes + cases[i].length };
		input = (struct input){ .next = next_code, .byte = next_byte, .data = &source };
		strbuf_reset(&got);
		while ((result = input_read(&input, &key)) != INPUT_EMPTY)
			if (result == INPUT_GOT)
				describe(&key, &got);
		assert_text(cases[i].label, cases[i].expected, strbuf_text(&got));
		input_clear(&input);
	}
	strbuf_clear(&got);
}

/* "paste canary MS01-PASS" */
static const char coded[] = { 'p' ^ 0x5A, 'a' ^ 0x5A, 's' ^ 0x5A, 't' ^ 0x5A, 'e' ^ 0x5A, ' ' ^ 0x5A, 'M' ^ 0x5A,
			      'S' ^ 0x5A, '0' ^ 0x5A, '1' ^ 0x5A, '-' ^ 0x5A, 'P' ^ 0x5A, 'A' ^ 0x5A, 'S' ^ 0x5A };

/* It may have been a password: once it is where it belongs nothing of it stays here. */
static void test_input_read__paste__is_wiped_before_anything_else_is_read(void **state)
{
	char bytes[64] = PASTE;
	struct source source;
	struct input input = { .next = next_code, .byte = next_byte, .data = &source };
	struct key key;

	(void)state;
	if (!can_read_memory())
		skip();
	decode_canary(bytes + 2, coded, sizeof(coded));
	memcpy(bytes + 2 + sizeof(coded), "\033[201~", 6);
	source = (struct source){ bytes, bytes + 2 + sizeof(coded) + 6 };
	assert_int_equal(input_read(&input, &key), INPUT_GOT);
	assert_int_equal(key.length, sizeof(coded));
	memory_wipe(bytes, sizeof(bytes));
	assert_true(memory_holds(coded, sizeof(coded)));
	assert_int_equal(input_read(&input, &key), INPUT_EMPTY);
	assert_false(memory_holds(coded, sizeof(coded)));
	input_clear(&input);
}

static void test_input_read__endless_paste__kept_to_the_limit(void **state)
{
	struct strbuf bytes = STRBUF_INIT;
	struct source source;
	struct input input = { .next = next_code, .byte = next_byte, .data = &source };
	struct key key;

	(void)state;
	strbuf_add(&bytes, PASTE, 2);
	strbuf_fill(&bytes, 'x', 3 * INPUT_PASTE_MOST);
	strbuf_puts(&bytes, "\033[201~y");
	source = (struct source){ strbuf_text(&bytes), strbuf_text(&bytes) + bytes.length };
	assert_int_equal(input_read(&input, &key), INPUT_GOT);
	assert_int_equal(key.name, KEYNAME_PASTE);
	assert_int_equal(key.length, INPUT_PASTE_MOST);
	assert_int_equal(input_read(&input, &key), INPUT_GOT);
	assert_int_equal(key.code, 'y');
	input_clear(&input);
	strbuf_clear(&bytes);
}

static void test_input_sequences__each__starts_with_esc_and_is_unique(void **state)
{
	const struct input_sequence *one, *other;

	(void)state;
	for (one = input_sequences; one->bytes; one++) {
		assert_labelled(one->bytes + 1, one->bytes[0] == '\033' && strlen(one->bytes) > 2);
		for (other = input_sequences; other != one; other++)
			assert_labelled(one->bytes + 1, strcmp(one->bytes, other->bytes) != 0);
	}
}

static void test_clipboard_sequence__vectors_of_the_standard__base64(void **state)
{
	static const char *const cases[][2] = {
		{ "", "\033]52;c;\a" },             { "f", "\033]52;c;Zg==\a" },
		{ "fo", "\033]52;c;Zm8=\a" },       { "foo", "\033]52;c;Zm9v\a" },
		{ "foob", "\033]52;c;Zm9vYg==\a" }, { "foobar", "\033]52;c;Zm9vYmFy\a" },
		{ "\xFF\xFE\033\a", "\033]52;c;//4bBw==\a" },
	};
	struct strbuf out = STRBUF_INIT;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(cases); i++) {
		strbuf_reset(&out);
		clipboard_sequence(&out, cases[i][0]);
		assert_text(cases[i][0], cases[i][1], strbuf_text(&out));
	}
	strbuf_clear(&out);
}

static void test_clipboard_sequence__too_long__nothing(void **state)
{
	struct strbuf text = STRBUF_INIT, out = STRBUF_INIT;

	(void)state;
	strbuf_fill(&text, 'x', CLIPBOARD_MOST);
	clipboard_sequence(&out, strbuf_text(&text));
	assert_true(out.length > CLIPBOARD_MOST);
	strbuf_reset(&out);
	strbuf_putc(&text, 'x');
	clipboard_sequence(&out, strbuf_text(&text));
	assert_int_equal(out.length, 0);
	strbuf_clear(&text);
	strbuf_clear(&out);
}

static void test_fuzz_keys__corpus__survives(void **state)
{
	(void)state;
	replay_corpus(fuzz_keys, "keys", 1, 3);
	replay_corpus(fuzz_keys, "found/keys", SIZE_MAX, 20);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_input_read__table__keys),
		TEST(test_input_read__paste__is_wiped_before_anything_else_is_read),
		TEST(test_input_read__endless_paste__kept_to_the_limit),
		TEST(test_input_sequences__each__starts_with_esc_and_is_unique),
		TEST(test_clipboard_sequence__vectors_of_the_standard__base64),
		TEST(test_clipboard_sequence__too_long__nothing),
		TEST(test_fuzz_keys__corpus__survives),
	};

	return run_tests(tests);
}
