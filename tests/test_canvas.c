/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Tests of the screen as data: what is drawn where, what is cut, and that nothing hostile gets into a cell.
 */
#include "helpers.h"

#include "core/text.h"
#include "ui/canvas.h"
#include "ui/theme.h"

/* The glyphs of CANVAS with its rows joined by "|" and blanks at their ends left out. */
static const char *glyphs(const struct canvas *canvas, struct strbuf *out)
{
	size_t i;

	strbuf_reset(out);
	canvas_dump_text(canvas, out);
	for (i = 0; i < out->length; i++)
		if (out->data[i] == '\n')
			out->data[i] = '|';
	if (out->length)
		strbuf_truncate(out, out->length - 1);
	return strbuf_text(out);
}

static void test_canvas_text__table__glyphs_and_cells(void **state)
{
	static const struct {
		const char *label, *text, *expected;
		int column, width, cells;
		bool ascii;
	} cases[] = {
		{ "plain", "abc", "abc", 0, 8, 3, false },
		{ "fits exactly", "12345678", "12345678", 0, 8, 8, false },
		{ "cut", "123456789", "1234567…", 0, 8, 8, false },
		{ "cut in ASCII", "123456789", "1234567~", 0, 8, 8, true },
		{ "cut at the edge of the canvas", "12345", "     12…", 5, 8, 3, false },
		{ "left of the canvas", "abcdef", "abc…", -2, 6, 4, false },
		{ "right of the canvas", "abc", "", 8, 3, 0, false },
		{ "no width", "abc", "", 0, 0, 0, false },
		{ "wide", "日本", "日本", 0, 8, 4, false },
		{ "wide, cut in the middle", "日本語", "日本…", 0, 5, 5, false },
		{ "wide, half a cell left", "日本語", "日…", 0, 4, 3, false },
		{ "combining", "e\xCC\x81t", "e\xCC\x81t", 0, 8, 2, false },
		{ "combining without a base", "\xCC\x81" "a", "a", 0, 8, 1, false },
		{ "escape", "\033[2Jx", "\\u{001B…", 0, 8, 8, false },
		{ "bidi", "\xE2\x80\xAE", "\\u{202E}", 0, 8, 8, false },
		{ "bad byte", "\xFF", "\\x{FF}", 0, 8, 6, false },
		{ "line feed", "a\nb", "a\\u{000…", 0, 8, 8, false },
		{ "arrow in ASCII", "1 → 2", "1 -> 2", 0, 8, 6, true },
		{ "a user's letter in ASCII mode stays", "é", "é", 0, 8, 1, true },
	};
	struct strbuf text = STRBUF_INIT;
	struct canvas canvas;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(cases); i++) {
		canvas_init(&canvas, 1, 8, cases[i].ascii);
		assert_labelled(cases[i].label, canvas_text(&canvas, 0, cases[i].column, cases[i].width, ROLE_NORMAL,
							    cases[i].text) == cases[i].cells);
		assert_text(cases[i].label, cases[i].expected, glyphs(&canvas, &text));
		canvas_clear(&canvas);
	}
	strbuf_clear(&text);
}

static void test_canvas_text__other_ends__right_and_left_cut(void **state)
{
	struct strbuf text = STRBUF_INIT;
	struct canvas canvas;

	(void)state;
	canvas_init(&canvas, 3, 8, false);
	assert_int_equal(canvas_text_right(&canvas, 0, 0, 8, ROLE_NORMAL, "abc"), 3);
	assert_int_equal(canvas_text_right(&canvas, 1, 0, 8, ROLE_NORMAL, "abcdefghi"), 8);
	assert_int_equal(canvas_text_left_cut(&canvas, 2, 0, 8, ROLE_NORMAL, "C:\\one\\two"), 8);
	assert_string_equal(glyphs(&canvas, &text), "     abc|abcdefg…|…one\\two");
	strbuf_clear(&text);
	canvas_clear(&canvas);
}

static void test_canvas_text__over_half_of_a_wide_one__no_half_stays(void **state)
{
	struct strbuf text = STRBUF_INIT;
	struct canvas canvas;

	(void)state;
	canvas_init(&canvas, 2, 6, false);
	canvas_text(&canvas, 0, 0, 6, ROLE_NORMAL, "日本語");
	canvas_text(&canvas, 0, 1, 1, ROLE_NORMAL, "x");
	canvas_text(&canvas, 0, 4, 1, ROLE_NORMAL, "y");
	canvas_text(&canvas, 1, 0, 6, ROLE_NORMAL, "a日b");
	canvas_text(&canvas, 1, 0, 2, ROLE_NORMAL, "語");
	assert_string_equal(glyphs(&canvas, &text), " x本y|語 b");
	strbuf_clear(&text);
	canvas_clear(&canvas);
}

/* Whatever is drawn wherever: every cell is safe to show and every wide character has its right half. */
static void check_cells(const struct canvas *canvas)
{
	const struct cell *cell;
	int row, column;
	bool wide;

	for (row = 0; row < canvas->rows; row++) {
		for (column = 0; column < canvas->columns; column++) {
			cell = &canvas->cells[row * canvas->columns + column];
			wide = cell->code && text_width(cell->code) == 2;
			assert_true(cell->code == 0 || !text_is_unsafe(cell->code));
			assert_true(cell->mark == 0 || text_width(cell->mark) == 0);
			assert_true(cell->role < ROLE_COUNT);
			if (column + 1 < canvas->columns)
				assert_int_equal(wide, cell[1].code == 0);
			else
				assert_false(wide);
			assert_false(column == 0 && cell->code == 0);
		}
	}
}

static void test_canvas__random_drawing__cells_stay_whole(void **state)
{
	static const char *const pieces[] = { "日", "a", "e\xCC\x81", "\033", "\xFF", "\xE2\x80\xAE",
					      "本語", " ", "\xF0\x9F\x98\x80" };
	struct strbuf text = STRBUF_INIT;
	struct canvas canvas;
	uint32_t seed = 1;
	int turn, row, column, width;

	(void)state;
	canvas_init(&canvas, 5, 11, false);
	for (turn = 0; turn < 4000; turn++) {
		seed = seed * 1664525u + 1013904223u;
		strbuf_reset(&text);
		for (width = 0; width < (int)(seed >> 8 & 7); width++)
			strbuf_puts(&text, pieces[(seed >> (12 + 2 * width)) % ARRAY_LEN(pieces)]);
		row = (int)(seed >> 4 & 7) - 1;
		column = (int)(seed >> 16 & 15) - 2;
		width = (int)(seed >> 20 & 15) - 1;
		switch (seed >> 28 & 3) {
		case 0:
			canvas_fill(&canvas, (struct rect){ row, column, 2, width }, 'f', ROLE_FIELD);
			break;
		case 1:
			canvas_box(&canvas, (struct rect){ row, column, 3, width }, strbuf_text(&text));
			break;
		default:
			canvas_text(&canvas, row, column, width, ROLE_ERROR, strbuf_text(&text));
		}
		check_cells(&canvas);
	}
	strbuf_clear(&text);
	canvas_clear(&canvas);
}

static void test_canvas_box__title__cut_to_the_border(void **state)
{
	struct strbuf text = STRBUF_INIT;
	struct canvas canvas;

	(void)state;
	canvas_init(&canvas, 3, 12, false);
	canvas_text(&canvas, 1, 0, 12, ROLE_NORMAL, "under the box");
	canvas_box(&canvas, (struct rect){ 0, 0, 3, 12 }, "A long title");
	assert_string_equal(glyphs(&canvas, &text),
			    "┌─ A lon… ─┐|"
			    "│          │|"
			    "└──────────┘");
	canvas_clear(&canvas);
	canvas_init(&canvas, 3, 5, true);
	canvas_box(&canvas, (struct rect){ 0, 0, 3, 5 }, "T");
	assert_string_equal(glyphs(&canvas, &text), "+---+||   ||+---+");
	strbuf_clear(&text);
	canvas_clear(&canvas);
}

static void test_canvas_cursor__outside__is_hidden(void **state)
{
	struct canvas canvas;

	(void)state;
	canvas_init(&canvas, 2, 3, false);
	assert_int_equal(canvas.cursor_row, -1);
	canvas_cursor(&canvas, 1, 2);
	assert_int_equal(canvas.cursor_row, 1);
	assert_int_equal(canvas.cursor_column, 2);
	canvas_cursor(&canvas, 2, 0);
	assert_int_equal(canvas.cursor_row, -1);
	canvas_cursor(&canvas, 0, 3);
	assert_int_equal(canvas.cursor_column, -1);
	canvas_clear(&canvas);
}

static void test_canvas_area_at__overlap__the_later_one(void **state)
{
	struct canvas canvas;
	int i;

	(void)state;
	canvas_init(&canvas, 10, 10, false);
	for (i = 0; i < 40; i++)
		canvas_area(&canvas, (struct rect){ 9, 9, 1, 1 }, 1, i);
	canvas_area(&canvas, (struct rect){ 0, 0, 5, 5 }, 2, 100);
	canvas_area(&canvas, (struct rect){ 2, 2, 1, 2 }, 3, 200);
	assert_int_equal(canvas_area_at(&canvas, 2, 3)->argument, 200);
	assert_int_equal(canvas_area_at(&canvas, 2, 4)->argument, 100);
	assert_int_equal(canvas_area_at(&canvas, 9, 9)->argument, 39);
	assert_null(canvas_area_at(&canvas, 5, 5));
	canvas_blank(&canvas);
	assert_null(canvas_area_at(&canvas, 2, 3));
	canvas_clear(&canvas);
}

static void test_canvas_dump__roles_and_cursor__as_letters(void **state)
{
	struct strbuf text = STRBUF_INIT;
	struct canvas canvas;

	(void)state;
	canvas_init(&canvas, 2, 6, false);
	canvas_text(&canvas, 0, 1, 5, ROLE_TITLE, "ab");
	canvas_text(&canvas, 1, 0, 5, ROLE_NORMAL, "cd");
	canvas_role(&canvas, (struct rect){ 1, 1, 5, 9 }, ROLE_SELECTED);
	canvas_dump(&canvas, &text);
	canvas_cursor(&canvas, 1, 3);
	canvas_dump(&canvas, &text);
	assert_string_equal(strbuf_text(&text), " ab\ncd\n--\n.TT\n.SSSSS\n--\ncursor hidden\n"
						" ab\ncd\n--\n.TT\n.SSSSS\n--\ncursor 1 3\n");
	strbuf_clear(&text);
	canvas_clear(&canvas);
}

static void test_canvas_symbol__each__fits_and_is_ascii_when_asked(void **state)
{
	struct canvas utf8, ascii;
	const char *at;
	int symbol;

	(void)state;
	canvas_init(&utf8, 1, 1, false);
	canvas_init(&ascii, 1, 1, true);
	for (symbol = SYMBOL_OK; symbol <= SYMBOL_EMPTY; symbol++) {
		assert_int_equal(text_cells(canvas_symbol(&utf8, (enum symbol)symbol)), 1);
		assert_in_range(text_cells(canvas_symbol(&ascii, (enum symbol)symbol)), 1, 2);
		for (at = canvas_symbol(&ascii, (enum symbol)symbol); *at; at++)
			assert_true((unsigned char)*at < 0x7F);
	}
	canvas_clear(&utf8);
	canvas_clear(&ascii);
}

static void test_theme__each_role__own_letter_and_no_colour_in_mono(void **state)
{
	bool used[128] = { false };
	int role;
	char letter;

	(void)state;
	for (role = 0; role < ROLE_COUNT; role++) {
		letter = theme_letter((enum role)role);
		assert_true(letter > ' ' && letter < 127);
		assert_false(used[(int)letter]);
		used[(int)letter] = true;
		assert_int_equal(theme_look((enum role)role, true).color, THEME_DEFAULT);
	}
	/* What decides must differ without colour too. */
	assert_true(theme_look(ROLE_SELECTED, true).reverse);
	assert_true(theme_look(ROLE_BUTTON_FOCUS, true).reverse);
	assert_true(theme_look(ROLE_FIELD_FOCUS, true).reverse);
	assert_true(theme_look(ROLE_ERROR, true).bold);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_canvas_text__table__glyphs_and_cells),
		TEST(test_canvas_text__other_ends__right_and_left_cut),
		TEST(test_canvas_text__over_half_of_a_wide_one__no_half_stays),
		TEST(test_canvas__random_drawing__cells_stay_whole),
		TEST(test_canvas_box__title__cut_to_the_border),
		TEST(test_canvas_cursor__outside__is_hidden),
		TEST(test_canvas_area_at__overlap__the_later_one),
		TEST(test_canvas_dump__roles_and_cursor__as_letters),
		TEST(test_canvas_symbol__each__fits_and_is_ascii_when_asked),
		TEST(test_theme__each_role__own_letter_and_no_colour_in_mono),
	};

	return run_tests(tests);
}
