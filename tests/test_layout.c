/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Tests of the geometry: the documented sizes, and that nothing overlaps at any size.
 */
#include "helpers.h"

#include "ui/layout.h"

#define RAIL 21

static void test_layout_of__thresholds__as_documented(void **state)
{
	static const struct {
		int rows, columns;
		bool too_small, rail, side_help;
		int hint_rows;
	} cases[] = {
		{ 9, 80, true, false, false, 0 },    { 10, 39, true, false, false, 0 },
		{ 10, 40, false, false, false, 0 },  { 17, 71, false, false, false, 0 },
		{ 18, 72, false, true, false, 2 },   { 24, 80, false, true, false, 2 },
		{ 24, 119, false, true, false, 2 },  { 24, 120, false, true, true, 2 },
	};
	struct layout layout;
	char label[32];
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(cases); i++) {
		snprintf(label, sizeof(label), "%dx%d", cases[i].columns, cases[i].rows);
		layout = layout_of(cases[i].rows, cases[i].columns, RAIL);
		assert_labelled(label, layout.too_small == cases[i].too_small);
		assert_labelled(label, layout.has_rail == cases[i].rail);
		assert_labelled(label, layout.has_side_help == cases[i].side_help);
		assert_labelled(label, layout.hint_rows == cases[i].hint_rows);
	}
}

static void test_layout_of__80x24__as_drawn(void **state)
{
	struct layout layout = layout_of(24, 80, RAIL);

	(void)state;
	assert_int_equal(layout.title_row, 0);
	assert_int_equal(layout.page_title.row, 2);
	assert_int_equal(layout.rail.columns, RAIL);
	assert_int_equal(layout.body.column, 23);
	assert_int_equal(layout.body.columns, 56);
	assert_int_equal(layout.body.row, 4);
	assert_int_equal(layout.button_row, 19);
	assert_int_equal(layout.line_row, 20);
	assert_int_equal(layout.hint_row, 21);
	assert_int_equal(layout.key_row, 23);
}

static bool inside(struct rect rect, int rows, int columns)
{
	return rect.row >= 0 && rect.column >= 0 && rect.rows > 0 && rect.columns > 0 && rect.row + rect.rows <= rows &&
	       rect.column + rect.columns <= columns;
}

static void check_size(int rows, int columns, int rail_width)
{
	struct layout layout = layout_of(rows, columns, rail_width);
	char label[48];

	snprintf(label, sizeof(label), "%dx%d, rail %d", columns, rows, rail_width);
	assert_labelled(label, !layout.too_small);
	assert_labelled(label, inside(layout.body, rows, columns) && inside(layout.page_title, rows, columns));
	assert_labelled(label, inside(layout.buttons, rows, columns));
	assert_labelled(label, layout.body.rows >= 4 && layout.body.columns >= 24);
	assert_labelled(label, layout.page_title.row > 1 && layout.body.row > layout.page_title.row);
	assert_labelled(label, layout.body.row + layout.body.rows <= layout.button_row);
	assert_labelled(label, layout.button_row < (layout.line_row ? layout.line_row : layout.hint_row));
	assert_labelled(label, layout.line_row < layout.hint_row);
	assert_labelled(label, layout.hint_row + layout.hint_rows == layout.key_row && layout.key_row == rows - 1);
	if (layout.has_rail) {
		assert_labelled(label, inside(layout.rail, rows, columns));
		assert_labelled(label, layout.rail.columns <= rail_width);
		assert_labelled(label, layout.rail.column + layout.rail.columns + 1 < layout.body.column);
	}
	if (layout.has_side_help) {
		assert_labelled(label, inside(layout.side_help, rows, columns));
		assert_labelled(label, layout.body.column + layout.body.columns < layout.side_help.column - 1);
	}
}

static void test_layout_of__every_size__nothing_overlaps(void **state)
{
	int rows, columns, rail;

	(void)state;
	for (rows = LAYOUT_MIN_ROWS; rows <= 60; rows++)
		for (columns = LAYOUT_MIN_COLUMNS; columns <= 220; columns++)
			for (rail = 5; rail <= 60; rail += 11)
				check_size(rows, columns, rail);
}

static void test_layout_drop_side_help__wide__the_body_gets_it(void **state)
{
	struct layout layout = layout_of(30, 140, RAIL);
	int before = layout.body.columns;

	(void)state;
	layout_drop_side_help(&layout);
	assert_false(layout.has_side_help);
	assert_true(layout.body.columns > before);
	assert_int_equal(layout.body.column + layout.body.columns, 139);
	layout = layout_of(24, 80, RAIL);
	before = layout.body.columns;
	layout_drop_side_help(&layout);
	assert_int_equal(layout.body.columns, before);
}

static void test_layout_scroll__table__moves_as_little_as_possible(void **state)
{
	static const struct { const char *label; int first, at, count, room, expected; } cases[] = {
		{ "all fit", 0, 4, 5, 10, 0 },      { "visible already", 2, 4, 20, 5, 2 },
		{ "just below", 2, 7, 20, 5, 3 },   { "far below", 0, 19, 20, 5, 15 },
		{ "above", 10, 4, 20, 5, 4 },       { "shrunk list", 15, 3, 4, 5, 0 },
		{ "empty", 3, 0, 0, 5, 0 },         { "no room", 0, 3, 5, 0, 3 },
		{ "window grew", 15, 19, 20, 12, 8 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(cases); i++)
		assert_labelled(cases[i].label, layout_scroll(cases[i].first, cases[i].at, cases[i].count,
							      cases[i].room) == cases[i].expected);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_layout_of__thresholds__as_documented),
		TEST(test_layout_of__80x24__as_drawn),
		TEST(test_layout_of__every_size__nothing_overlaps),
		TEST(test_layout_drop_side_help__wide__the_body_gets_it),
		TEST(test_layout_scroll__table__moves_as_little_as_possible),
	};

	return run_tests(tests);
}
