/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What a terminal is sent for a picture, byte by byte, with words that can be read: {7} is a place in the row, {2,7}
 * one of the screen, {x*9} a repetition.
 */
#include "helpers.h"

#include <locale.h>

#include "ui/paint.h"

enum { ROWS = 3, COLUMNS = 20 };

struct glass {
	struct paint paint;
	struct canvas canvas;
	struct strbuf out;
};

static void place(struct strbuf *out, int row, int column)
{
	strbuf_printf(out, "{%d,%d}", row, column);
}

static void in_row(struct strbuf *out, int column)
{
	strbuf_printf(out, "{%d}", column);
}

static void repeat(struct strbuf *out, char c, int count)
{
	strbuf_printf(out, "{%c*%d}", c, count);
}

static const struct paint_words all_words = {
	"{0}", "{bold}", "{dim}", "{reverse}", "{underline}", { "", "{red}", "{green}", "{cyan}", "{magenta}" },
	"{end}", place, in_row, repeat,
};

static int set_up_with(void **state, const struct paint_words *words, bool mono)
{
	struct glass *glass = xcalloc(1, sizeof(*glass));

	paint_init(&glass->paint, words, mono, true);
	paint_blank(&glass->paint, ROWS, COLUMNS);
	canvas_init(&glass->canvas, ROWS, COLUMNS, false);
	*state = glass;
	return 0;
}

static int set_up(void **state)
{
	return set_up_with(state, &all_words, false);
}

static int set_up_poor(void **state)
{
	static const struct paint_words poor = { "", "", "", "", "", { "", "", "", "", "" }, "", place, NULL, NULL };

	return set_up_with(state, &poor, true);
}

static int tear_down(void **state)
{
	struct glass *glass = *state;

	paint_clear(&glass->paint);
	canvas_clear(&glass->canvas);
	strbuf_clear(&glass->out);
	free(glass);
	return 0;
}

static void assert_sent(struct glass *glass, const char *expected)
{
	strbuf_reset(&glass->out);
	paint_update(&glass->paint, &glass->canvas, &glass->out);
	assert_string_equal(strbuf_text(&glass->out), expected);
}

static void test_paint_update__the_same_picture__nothing(void **state)
{
	struct glass *glass = *state;

	assert_sent(glass, "");
	canvas_text(&glass->canvas, 1, 2, 10, ROLE_NORMAL, "one");
	assert_sent(glass, "{1,2}one");
	assert_sent(glass, "");
}

static void test_paint_update__a_typed_letter__one_byte(void **state)
{
	struct glass *glass = *state;

	canvas_fill(&glass->canvas, (struct rect){ 1, 4, 1, 6 }, ' ', ROLE_FIELD_FOCUS);
	canvas_cursor(&glass->canvas, 1, 4);
	paint_update(&glass->paint, &glass->canvas, &glass->out);
	canvas_text(&glass->canvas, 1, 4, 6, ROLE_FIELD_FOCUS, "a");
	canvas_cursor(&glass->canvas, 1, 5);
	assert_sent(glass, "a");
}

static void test_paint_update__looks__are_ended_only_when_they_must(void **state)
{
	struct glass *glass = *state;

	canvas_text(&glass->canvas, 0, 0, 2, ROLE_ERROR, "ab");
	canvas_text(&glass->canvas, 0, 3, 2, ROLE_OK, "cd");
	canvas_text(&glass->canvas, 0, 5, 2, ROLE_NORMAL, "ef");
	/* The blank between needs no change of color. */
	assert_sent(glass, "{0,0}{red}ab {green}cd{0}ef");
	canvas_text(&glass->canvas, 0, 0, 2, ROLE_CURRENT, "ab");
	assert_sent(glass, "{0}{bold}{cyan}ab");
}

static void test_paint_update__gaps__are_sent_again_or_jumped_over(void **state)
{
	struct glass *glass = *state;

	canvas_text(&glass->canvas, 0, 0, 20, ROLE_NORMAL, "abcdefghijkl");
	paint_update(&glass->paint, &glass->canvas, &glass->out);
	canvas_text(&glass->canvas, 0, 0, 1, ROLE_NORMAL, "1");
	canvas_text(&glass->canvas, 0, 3, 1, ROLE_NORMAL, "2");
	canvas_text(&glass->canvas, 0, 10, 1, ROLE_NORMAL, "3");
	canvas_cursor(&glass->canvas, 0, 9);
	assert_sent(glass, "{0}1bc2{10}3\b\b");
}

static void test_paint_update__rest_of_a_row__is_cleared(void **state)
{
	struct glass *glass = *state;

	canvas_text(&glass->canvas, 1, 0, 20, ROLE_NORMAL, "a long line here");
	paint_update(&glass->paint, &glass->canvas, &glass->out);
	canvas_blank(&glass->canvas);
	canvas_text(&glass->canvas, 1, 0, 20, ROLE_NORMAL, "a");
	assert_sent(glass, "{1}{end}");
}

static void test_paint_update__a_long_run__is_one_word(void **state)
{
	struct glass *glass = *state;

	canvas_fill(&glass->canvas, (struct rect){ 0, 2, 1, 9 }, ' ', ROLE_SELECTED);
	assert_sent(glass, "{0,2}{reverse}{ *9}");
}

/* A character of two cells takes its row along, and the last cell of all is left alone. */
static void test_paint_update__wide_characters_and_the_last_cell(void **state)
{
	struct glass *glass = *state;

	canvas_text(&glass->canvas, 0, 0, 10, ROLE_NORMAL, "\xE6\xBC\xA2x");
	assert_sent(glass, "{0,0}\xE6\xBC\xA2x");
	canvas_text(&glass->canvas, 0, 2, 10, ROLE_NORMAL, "y");
	assert_sent(glass, "\b\b\b\xE6\xBC\xA2y");
	canvas_text(&glass->canvas, 2, 16, 4, ROLE_NORMAL, "last");
	assert_sent(glass, "{2,16}las");
	canvas_text(&glass->canvas, 1, 17, 3, ROLE_NORMAL, "end");
	canvas_cursor(&glass->canvas, 1, 19);
	/* Where it stands behind the last column nobody knows. */
	assert_sent(glass, "{1,17}end{1,19}");
}

static void test_paint_update__poor_terminal__places_and_blanks(void **state)
{
	struct glass *glass = *state;

	canvas_text(&glass->canvas, 0, 0, 20, ROLE_ERROR, "abcdefghijkl");
	paint_update(&glass->paint, &glass->canvas, &glass->out);
	canvas_blank(&glass->canvas);
	canvas_text(&glass->canvas, 0, 0, 9, ROLE_ERROR, "abcdefghi");
	canvas_cursor(&glass->canvas, 0, 0);
	assert_sent(glass, "\b\b\b   {0,0}");
}

static void test_paint_end__attributes_on__are_off(void **state)
{
	struct glass *glass = *state;

	canvas_text(&glass->canvas, 0, 0, 2, ROLE_SELECTED, "ab");
	paint_update(&glass->paint, &glass->canvas, &glass->out);
	strbuf_reset(&glass->out);
	paint_end(&glass->paint, &glass->out);
	assert_string_equal(strbuf_text(&glass->out), "{0}{0,0}");
}

#define GLASS_TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		GLASS_TEST(test_paint_update__the_same_picture__nothing),
		GLASS_TEST(test_paint_update__a_typed_letter__one_byte),
		GLASS_TEST(test_paint_update__looks__are_ended_only_when_they_must),
		GLASS_TEST(test_paint_update__gaps__are_sent_again_or_jumped_over),
		GLASS_TEST(test_paint_update__rest_of_a_row__is_cleared),
		GLASS_TEST(test_paint_update__a_long_run__is_one_word),
		GLASS_TEST(test_paint_update__wide_characters_and_the_last_cell),
		cmocka_unit_test_setup_teardown(test_paint_update__poor_terminal__places_and_blanks, set_up_poor,
						tear_down),
		GLASS_TEST(test_paint_end__attributes_on__are_off),
	};

	if (!setlocale(LC_ALL, "C.UTF-8"))
		return 99;
	return run_tests(tests);
}
