/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Tests of the one-line editor, visible and hidden.
 */
#include "helpers.h"

#include "core/lineedit.h"
#include "core/text.h"

#define E_ACUTE "e\xCC\x81"      /* two code points, one character */
#define SUN "\xE6\x97\xA5"       /* two cells */

/* Keys as a text: < > home [ ] end and so on, so that a case reads as a line. */
static enum edit_result press(struct lineedit *edit, char key)
{
	switch (key) {
	case '<':
		return lineedit_key(edit, EDIT_LEFT);
	case '>':
		return lineedit_key(edit, EDIT_RIGHT);
	case '[':
		return lineedit_key(edit, EDIT_HOME);
	case ']':
		return lineedit_key(edit, EDIT_END);
	case '(':
		return lineedit_key(edit, EDIT_WORD_LEFT);
	case ')':
		return lineedit_key(edit, EDIT_WORD_RIGHT);
	case 'B':
		return lineedit_key(edit, EDIT_BACKSPACE);
	case 'D':
		return lineedit_key(edit, EDIT_DELETE);
	case 'U':
		return lineedit_key(edit, EDIT_KILL_LINE);
	case 'W':
		return lineedit_key(edit, EDIT_KILL_WORD);
	case 'K':
		return lineedit_key(edit, EDIT_KILL_END);
	case 'Z':
		return lineedit_key(edit, EDIT_UNDO);
	case '*':
		lineedit_select(edit);
		return EDIT_DONE;
	default:
		return lineedit_code(edit, (uint32_t)key);
	}
}

static const struct {
	const char *label, *start, *keys, *expected;
	size_t cursor;
	enum edit_result last;
} key_cases[] = {
	{ "typed at the end", "ms0", "1", "ms01", 4, EDIT_DONE },
	{ "undo of nothing", "ab", "Z", "ab", 2, EDIT_NOTHING },
	{ "undo of what was typed in one go", "ab", "cdZ", "ab", 2, EDIT_DONE },
	{ "undo after a move in between", "ab", "c<dZ", "abc", 2, EDIT_DONE },
	{ "undo of both", "ab", "c<dZZ", "ab", 2, EDIT_DONE },
	{ "undo of a cleared line", "a b", "UZ", "a b", 3, EDIT_DONE },
	{ "undo of a deletion, twice", "abc", "BBZZ", "abc", 3, EDIT_DONE },
	{ "selected and typed over", "0", "*12", "12", 2, EDIT_DONE },
	{ "selected, moved in, typed", "0", "*<1", "10", 1, EDIT_DONE },
	{ "selected and one character deleted", "100", "*B", "10", 2, EDIT_DONE },
	{ "undo of typing over", "100", "*7Z", "100", 3, EDIT_DONE },
	{ "an empty text cannot be selected", "", "*a", "a", 1, EDIT_DONE },
	{ "typed in the middle", "ab", "<x", "axb", 2, EDIT_DONE },
	{ "typed at the start", "ab", "[x", "xab", 1, EDIT_DONE },
	{ "backspace", "abc", "B", "ab", 2, EDIT_DONE },
	{ "backspace at the start", "abc", "[B", "abc", 0, EDIT_NOTHING },
	{ "delete", "abc", "[D", "bc", 0, EDIT_DONE },
	{ "delete at the end", "abc", "D", "abc", 3, EDIT_NOTHING },
	{ "left at the start", "a", "<<", "a", 0, EDIT_NOTHING },
	{ "right at the end", "a", ">", "a", 1, EDIT_NOTHING },
	{ "home when there", "a", "[[", "a", 0, EDIT_NOTHING },
	{ "end when there", "a", "]", "a", 1, EDIT_NOTHING },
	{ "left over a mark", "x" E_ACUTE, "<", "x" E_ACUTE, 1, EDIT_DONE },
	{ "right over a mark", "x" E_ACUTE, "[>>", "x" E_ACUTE, 4, EDIT_DONE },
	{ "backspace takes the mark along", "x" E_ACUTE, "B", "x", 1, EDIT_DONE },
	{ "delete takes the mark along", E_ACUTE "x", "[D", "x", 0, EDIT_DONE },
	{ "backspace of a wide one", "a" SUN, "B", "a", 1, EDIT_DONE },
	{ "kill line", "one two", "<<<U", "two", 0, EDIT_DONE },
	{ "kill line at the start", "one", "[U", "one", 0, EDIT_NOTHING },
	{ "kill end", "one two", "<<<K", "one ", 4, EDIT_DONE },
	{ "kill end at the end", "one", "K", "one", 3, EDIT_NOTHING },
	{ "kill word", "one two", "W", "one ", 4, EDIT_DONE },
	{ "kill word and blanks", "one two  ", "W", "one ", 4, EDIT_DONE },
	{ "kill part of a path", "C:\\a\\b", "W", "C:\\a\\", 5, EDIT_DONE },
	{ "kill next part of a path", "C:\\a\\b", "WW", "C:\\", 3, EDIT_DONE },
	{ "kill part after a slash", "/srv/x", "W", "/srv/", 5, EDIT_DONE },
	{ "kill word at the start", "a", "[W", "a", 0, EDIT_NOTHING },
	{ "word left", "one two  ", "(", "one two  ", 4, EDIT_DONE },
	{ "word left twice", "one two", "((", "one two", 0, EDIT_DONE },
	{ "word right", "one two", "[)", "one two", 3, EDIT_DONE },
	{ "word right twice", "one two", "[))", "one two", 7, EDIT_DONE },
	{ "a control is not typed", "a", "\x1B", "a", 1, EDIT_NOTHING },
	{ "a line feed is not typed", "a", "\n", "a", 1, EDIT_NOTHING },
};

static void test_lineedit_key__visible__table(void **state)
{
	enum edit_result result = EDIT_NOTHING;
	struct lineedit edit;
	const char *key;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(key_cases); i++) {
		lineedit_start(&edit, key_cases[i].start, 100);
		assert_labelled(key_cases[i].label, edit.cursor == strlen(key_cases[i].start) && !edit.changed);
		for (key = key_cases[i].keys; *key; key++)
			result = press(&edit, *key);
		assert_text(key_cases[i].label, key_cases[i].expected, lineedit_text(&edit));
		assert_labelled(key_cases[i].label, edit.cursor == key_cases[i].cursor);
		assert_labelled(key_cases[i].label, result == key_cases[i].last);
		/* Who takes back has changed something: what was there may have been kept meanwhile. */
		if (!strchr(key_cases[i].keys, 'Z'))
			assert_labelled(key_cases[i].label,
					edit.changed == !str_eq(key_cases[i].start, key_cases[i].expected));
		lineedit_clear(&edit);
	}
}

/* Hidden fields do the same but for words, which they do not give away. */
static void test_lineedit_key__hidden__same_but_for_words(void **state)
{
	struct secret *secret = secret_new();
	enum edit_result result = EDIT_NOTHING;
	struct lineedit edit;
	const char *key;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(key_cases); i++) {
		if (strpbrk(key_cases[i].keys, "()WZ*"))
			continue;
		assert_true(secret_set(secret, key_cases[i].start, strlen(key_cases[i].start)));
		lineedit_start_hidden(&edit, secret);
		for (key = key_cases[i].keys; *key; key++)
			result = press(&edit, *key);
		assert_text(key_cases[i].label, key_cases[i].expected, secret_expose(secret));
		assert_labelled(key_cases[i].label, edit.cursor == key_cases[i].cursor);
		assert_labelled(key_cases[i].label, result == key_cases[i].last);
		assert_text(key_cases[i].label, "", lineedit_text(&edit));
		lineedit_clear(&edit);
	}
	assert_true(secret_set(secret, "one two three", 13));
	lineedit_start_hidden(&edit, secret);
	assert_int_equal(press(&edit, '('), EDIT_DONE);
	assert_int_equal(edit.cursor, 0);
	assert_int_equal(press(&edit, ')'), EDIT_DONE);
	assert_int_equal(edit.cursor, 13);
	assert_int_equal(press(&edit, 'W'), EDIT_DONE);
	assert_int_equal(secret_length(secret), 0);
	lineedit_clear(&edit);
	secret_free(secret);
}

static void test_lineedit_code__at_the_limit__full(void **state)
{
	struct lineedit edit;

	(void)state;
	lineedit_start(&edit, "abc", 5);
	assert_int_equal(lineedit_code(&edit, 0x65E5), EDIT_FULL);
	assert_int_equal(lineedit_code(&edit, 0xE9), EDIT_DONE);
	assert_int_equal(lineedit_code(&edit, 'x'), EDIT_FULL);
	assert_text("full", "abc\xC3\xA9", lineedit_text(&edit));
	assert_int_equal(lineedit_code(&edit, 0x202E), EDIT_NOTHING);
	assert_int_equal(lineedit_code(&edit, TEXT_BAD), EDIT_NOTHING);
	lineedit_clear(&edit);
	lineedit_start(&edit, "longer than its limit", 5);
	assert_int_equal(lineedit_code(&edit, 'x'), EDIT_FULL);
	assert_int_equal(lineedit_key(&edit, EDIT_BACKSPACE), EDIT_DONE);
	lineedit_clear(&edit);
}

static void test_lineedit_code__hidden_at_the_limit__full(void **state)
{
	struct secret *secret = secret_new();
	struct lineedit edit;
	unsigned i;

	(void)state;
	lineedit_start_hidden(&edit, secret);
	for (i = 0; i < SECRET_MAX; i++)
		assert_int_equal(lineedit_code(&edit, 'x'), EDIT_DONE);
	assert_int_equal(lineedit_code(&edit, 'x'), EDIT_FULL);
	assert_int_equal(lineedit_paste(&edit, "yy", 2), EDIT_FULL);
	assert_int_equal(secret_length(secret), SECRET_MAX);
	lineedit_clear(&edit);
	secret_free(secret);
}

static void test_lineedit_key__more_changes_than_are_kept__the_first_ones_stay(void **state)
{
	struct lineedit edit;
	size_t undone = 0;

	(void)state;
	lineedit_start(&edit, "", 4000);
	for (int i = 0; i < 100; i++) {
		lineedit_code(&edit, 'x');
		lineedit_key(&edit, EDIT_END);
	}
	while (lineedit_key(&edit, EDIT_UNDO) == EDIT_DONE)
		undone++;
	assert_int_equal(undone, 64);
	assert_int_equal(strlen(lineedit_text(&edit)), 36);
	lineedit_clear(&edit);
}

static void test_lineedit_key__undo_in_a_hidden_field__nothing(void **state)
{
	struct secret *secret = secret_new();
	struct lineedit edit;

	(void)state;
	lineedit_start_hidden(&edit, secret);
	lineedit_code(&edit, 'x');
	lineedit_select(&edit);
	assert_int_equal(lineedit_key(&edit, EDIT_UNDO), EDIT_NOTHING);
	lineedit_code(&edit, 'y');
	assert_int_equal(secret_length(secret), 2);
	lineedit_clear(&edit);
	secret_free(secret);
}

static void test_lineedit_resume__another_text__undo_goes_back_to_the_one_before(void **state)
{
	struct lineedit former, edit;

	(void)state;
	lineedit_start(&former, "a", 8);
	lineedit_code(&former, 'b');
	lineedit_resume(&edit, &former, "browsed", 8);
	assert_int_equal(former.past_count, 0);
	assert_int_equal(lineedit_key(&edit, EDIT_UNDO), EDIT_DONE);
	assert_text("what was left", "ab", lineedit_text(&edit));
	assert_int_equal(lineedit_key(&edit, EDIT_UNDO), EDIT_DONE);
	assert_text("what was there", "a", lineedit_text(&edit));
	assert_int_equal(lineedit_key(&edit, EDIT_UNDO), EDIT_NOTHING);
	former = edit;
	lineedit_resume(&edit, &former, "a", 8);
	assert_int_equal(lineedit_key(&edit, EDIT_UNDO), EDIT_NOTHING);
	lineedit_clear(&edit);
}

static void test_lineedit_paste__selected__replaces_it(void **state)
{
	struct lineedit edit;

	(void)state;
	lineedit_start(&edit, "default", 8);
	lineedit_select(&edit);
	assert_int_equal(lineedit_paste(&edit, "\n", 1), EDIT_STRIPPED);
	assert_text("nothing came", "default", lineedit_text(&edit));
	assert_int_equal(lineedit_paste(&edit, "instead", 7), EDIT_DONE);
	assert_text("replaced", "instead", lineedit_text(&edit));
	lineedit_clear(&edit);
}

static void test_lineedit_paste__table__one_piece_filtered(void **state)
{
	static const struct {
		const char *label, *paste, *expected;
		enum edit_result result;
	} cases[] = {
		{ "plain", "svc-das", "asvc-dasb", EDIT_DONE },
		{ "nothing", "", "ab", EDIT_NOTHING },
		{ "line feeds", "one\r\ntwo\n", "aonetwob", EDIT_STRIPPED },
		{ "tab and escape", "x\ty\x1Bz", "axyzb", EDIT_STRIPPED },
		{ "bidi and bad byte", "x\xE2\x80\xAEy\xFFz", "axyzb", EDIT_STRIPPED },
		{ "only controls", "\n\n", "ab", EDIT_STRIPPED },
		{ "marks of the paste", "\x1B[200~pw\x1B[201~", "apwb", EDIT_DONE },
		{ "marks only", "\x1B[200~\x1B[201~", "ab", EDIT_NOTHING },
		{ "mark cut off", "\x1B[20", "a[20b", EDIT_STRIPPED },
		{ "a change of color", "x\x1B[1;31my", "axyb", EDIT_STRIPPED },
		{ "a sequence without an end", "x\x1B[1;", "ax[1;b", EDIT_STRIPPED },
		{ "wide", SUN SUN, "a" SUN SUN "b", EDIT_DONE },
		{ "as much as fits", "0123456789", "a0123456789b", EDIT_DONE },
		{ "too much", "0123456789x", "ab", EDIT_FULL },
		{ "fits without its controls", "01234\n\n\n56789", "a0123456789b", EDIT_STRIPPED },
	};
	struct secret *secret = secret_new();
	struct lineedit edit;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(cases); i++) {
		lineedit_start(&edit, "ab", 12);
		lineedit_key(&edit, EDIT_LEFT);
		assert_labelled(cases[i].label,
				lineedit_paste(&edit, cases[i].paste, strlen(cases[i].paste)) == cases[i].result);
		assert_text(cases[i].label, cases[i].expected, lineedit_text(&edit));
		assert_labelled(cases[i].label, edit.cursor == strlen(cases[i].expected) - 1);
		lineedit_clear(&edit);

		assert_true(secret_set(secret, "ab", 2));
		lineedit_start_hidden(&edit, secret);
		edit.limit = 12;
		lineedit_key(&edit, EDIT_LEFT);
		assert_labelled(cases[i].label,
				lineedit_paste(&edit, cases[i].paste, strlen(cases[i].paste)) == cases[i].result);
		assert_text(cases[i].label, cases[i].expected, secret_expose(secret));
		lineedit_clear(&edit);
	}
	secret_free(secret);
}

static void assert_view(const char *label, struct lineedit *edit, size_t width, bool reveal, const char *expected,
			size_t column)
{
	struct strbuf out = STRBUF_INIT;
	size_t actual = lineedit_view(edit, width, reveal, &out);

	assert_text(label, expected, strbuf_text(&out));
	if (actual != column)
		fail_msg("%s: column %zu, not %zu", label, actual, column);
	strbuf_clear(&out);
}

static void test_lineedit_view__long_text__scrolls_with_the_cursor(void **state)
{
	struct lineedit edit;
	int i;

	(void)state;
	lineedit_start(&edit, "0123456789", 100);
	assert_view("wide enough", &edit, 11, false, "0123456789", 10);
	assert_view("end visible", &edit, 5, false, "6789", 4);
	for (i = 0; i < 4; i++)
		lineedit_key(&edit, EDIT_LEFT);
	assert_view("within: no scrolling", &edit, 5, false, "6789", 0);
	lineedit_key(&edit, EDIT_LEFT);
	assert_view("one to the left", &edit, 5, false, "56789", 0);
	lineedit_key(&edit, EDIT_HOME);
	assert_view("start", &edit, 5, false, "01234", 0);
	lineedit_key(&edit, EDIT_END);
	assert_view("end again", &edit, 5, false, "6789", 4);
	assert_view("a wider field shows more", &edit, 8, false, "3456789", 7);
	assert_view("one cell", &edit, 1, false, "", 0);
	lineedit_key(&edit, EDIT_KILL_LINE);
	assert_view("empty", &edit, 5, false, "", 0);
	lineedit_clear(&edit);
}

static void test_lineedit_view__wide_and_hostile_text__whole_cells(void **state)
{
	struct lineedit edit;

	(void)state;
	lineedit_start(&edit, SUN SUN SUN, 100);
	assert_view("half at the left is a blank", &edit, 4, false, " " SUN, 3);
	lineedit_key(&edit, EDIT_HOME);
	assert_view("half at the right is left out", &edit, 3, false, SUN, 0);
	lineedit_clear(&edit);
	lineedit_start(&edit, "ab" E_ACUTE, 100);
	assert_view("marks take no cell", &edit, 4, false, "ab" E_ACUTE, 3);
	lineedit_clear(&edit);
	lineedit_start(&edit, "a\x1B" "b\xE2\x80\xAE\xFF", 100);
	assert_view("unsafe ones", &edit, 10, false, "a?b??", 5);
	lineedit_clear(&edit);
}

static void test_lineedit_view__hidden__stars_or_text(void **state)
{
	struct secret *secret = secret_new();
	struct lineedit edit;

	(void)state;
	assert_true(secret_set(secret, "a" E_ACUTE SUN "b", 8));
	lineedit_start_hidden(&edit, secret);
	assert_view("a star each", &edit, 10, false, "****", 4);
	assert_view("revealed", &edit, 10, true, "a" E_ACUTE SUN "b", 5);
	assert_view("narrow", &edit, 3, false, "**", 2);
	lineedit_key(&edit, EDIT_HOME);
	assert_view("narrow at the start", &edit, 3, false, "***", 0);
	lineedit_clear(&edit);
	assert_int_equal(secret_length(secret), 8);
	secret_free(secret);
}

static void test_lineedit_view__random_editing__cursor_within_and_text_fits(void **state)
{
	static const char keys[] = "<>[]()BDWabc d\\e";
	struct strbuf out = STRBUF_INIT;
	unsigned random = 7, i;
	struct lineedit edit;
	size_t width, column;

	(void)state;
	lineedit_start(&edit, "", 60);
	for (i = 0; i < 20000; i++) {
		random = random * 1103515245u + 12345u;
		if ((random >> 16) % 5 == 0)
			lineedit_paste(&edit, SUN E_ACUTE "\n", 7);
		else
			press(&edit, keys[(random >> 16) % (sizeof(keys) - 1)]);
		width = 1 + (random >> 20) % 12;
		strbuf_reset(&out);
		column = lineedit_view(&edit, width, false, &out);
		assert_true(column < width);
		assert_true(text_cells(strbuf_text(&out)) <= width);
		assert_true(edit.cursor <= edit.text.length && edit.text.length <= 60);
		assert_true(text_is_utf8(strbuf_text(&out), out.length));
		assert_true(text_is_utf8(lineedit_text(&edit), edit.cursor));
	}
	strbuf_clear(&out);
	lineedit_clear(&edit);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_lineedit_key__visible__table),
		TEST(test_lineedit_key__hidden__same_but_for_words),
		TEST(test_lineedit_code__at_the_limit__full),
		TEST(test_lineedit_code__hidden_at_the_limit__full),
		TEST(test_lineedit_key__more_changes_than_are_kept__the_first_ones_stay),
		TEST(test_lineedit_key__undo_in_a_hidden_field__nothing),
		TEST(test_lineedit_resume__another_text__undo_goes_back_to_the_one_before),
		TEST(test_lineedit_paste__selected__replaces_it),
		TEST(test_lineedit_paste__table__one_piece_filtered),
		TEST(test_lineedit_view__long_text__scrolls_with_the_cursor),
		TEST(test_lineedit_view__wide_and_hostile_text__whole_cells),
		TEST(test_lineedit_view__hidden__stars_or_text),
		TEST(test_lineedit_view__random_editing__cursor_within_and_text_fits),
	};

	return run_tests(tests);
}
