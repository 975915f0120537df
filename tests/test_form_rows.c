/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What opens over a form: browsing for a folder, the list of rows with the dialog of one row. Keys go in, pictures come
 * out.
 */
#include "stage.h"

#include <sys/stat.h>

static const struct page *const form_pages[] = { &small_form, &small_done, NULL };
static const struct page *const server_pages[] = { &small_servers, &small_done, NULL };

/* ---- folders ---- */

static void make_folders(const struct stage *stage)
{
	static const char *const folders[] = { "c", "c/Data", "c/Data/Old", "c/Programs" };
	struct strbuf path = STRBUF_INIT;

	for (size_t i = 0; i < ARRAY_LEN(folders); i++) {
		strbuf_reset(&path);
		strbuf_printf(&path, "%s/%s", stage->folder, folders[i]);
		assert_int_equal(mkdir(strbuf_text(&path), 0700), 0);
	}
	strbuf_clear(&path);
}

static void test_dialog_browse__walk_and_use__the_folder_is_the_value(void **state)
{
	struct stage *stage = *state;
	const char *screen;

	make_folders(stage);
	stage_open(stage, form_pages);
	screen = stage_play(stage, "<Tab>\n<F2>\n<Dump list>\nd\n<Enter>\n<Dump inside>\n<F2>\n<Dump a>\n");
	assert_shows(strstr(screen, "== list"), "Programs");
	assert_shows(strstr(screen, "== inside"), "C:\\Data");
	assert_shows(strstr(screen, "== inside"), "Old");
	assert_text("used", "C:\\Data", stage_value(stage, &small_form, "folder"));
	assert_cursor_on(screen, "C:\\Data");
}

static void test_dialog_browse__up_and_escape__nothing_changes(void **state)
{
	struct stage *stage = *state;
	const char *screen;

	make_folders(stage);
	stage_open(stage, form_pages);
	stage_set(stage, small_form.fields, "folder", "C:\\Data\\Old\\Gone");
	screen = stage_play(stage, "<Tab>\n<Tab>\n<Enter>\n<DumpText near>\n<Backspace>\n<Dump up>\n<Esc>\n<Dump a>\n");
	assert_shows(strstr(screen, "== near"), "C:\\Data\\Old");
	assert_shows(strstr(screen, "== up"), "Old");
	assert_text("kept", "C:\\Data\\Old\\Gone", stage_value(stage, &small_form, "folder"));
}

static void test_dialog_browse__buttons_at_every_size__cursor_and_choice(void **state)
{
	struct stage *stage = *state;

	make_folders(stage);
	stage_open(stage, form_pages);
	stage_play(stage, "<Resize 40x10>\n<Tab>\n<F2>\n<Down>\n<Enter>\n<Dump list>\n<Tab>\n<Dump button>\n<Enter>\n");
	assert_cursor_on(strbuf_text(&stage->out), "[ Use this folder ]");
	assert_text("used", "C:\\Data", stage_value(stage, &small_form, "folder"));
}

/* ---- rows ---- */

static void test_rows__add__the_new_row_is_at_the_end(void **state)
{
	struct stage *stage = *state;
	const char *screen;

	stage_open(stage, server_pages);
	screen = stage_play(stage,
			    "a\n<Dump dialog>\nMS02\n<Tab>\n<Space>\n<Down>\n<Space>\n<Dump roles>\n<F8>\n<Dump a>\n");
	assert_shows(strstr(screen, "== dialog"), "Add a server");
	assert_shows(strstr(screen, "== roles"), "[x] Beta role");
	assert_shows(strstr(screen, "== roles"), "Site");
	assert_text("name", "MS02", stage_server(stage, 1));
	assert_shows(last_screen(screen), "2  MS02  A, B   note MS02");
	assert_cursor_on(screen, "MS02");
}

static void test_rows__wrong_row__the_dialog_stays_with_the_message(void **state)
{
	struct stage *stage = *state;
	const char *screen;

	stage_open(stage, server_pages);
	screen = stage_play(stage, "<Insert>\nMS 02?\n<F8>\n<Dump a>\n");
	assert_shows(screen, "Add a server");
	assert_shows(screen, "\xE2\x9C\x97");
	assert_cursor_on(screen, "MS 02?");
	assert_null(stage_server(stage, 1));
}

static void test_rows__edit_and_escape__asks_before_it_discards(void **state)
{
	struct stage *stage = *state;
	const char *screen;

	stage_open(stage, server_pages);
	screen = stage_play(stage,
			    "<Enter>\n<Ctrl-U>\nNEW01\n<Esc>\n<Dump asks>\n<Enter>\n<Dump still>\n<F8>\n<Dump a>\n");
	assert_shows(strstr(screen, "== asks"), "Discard");
	assert_shows(strstr(screen, "== still"), "Edit server 1");
	assert_text("name", "NEW01", stage_server(stage, 0));
	stage_play(stage, "<Enter>\n<Esc>\n<Enter>\n<Ctrl-U>\nOTHER\n<Esc>\n<Left>\n<Enter>\n<Dump a>\n");
	assert_hides(strbuf_text(&stage->out), "Edit server");
	assert_text("unchanged", "NEW01", stage_server(stage, 0));
}

static void test_rows__remove__only_after_a_yes(void **state)
{
	struct stage *stage = *state;

	stage_open(stage, server_pages);
	stage_add_servers(stage, 2);
	stage_play(stage, "<Down>\n<Del>\n<Esc>\n");
	assert_text("there", "S00001", stage_server(stage, 1));
	assert_shows(stage_play(stage, "<Down>\n<Del>\n<DumpText asks>\n<Left>\n<Enter>\n<Dump a>\n"), "Remove S00001");
	assert_text("gone", "S00002", stage_server(stage, 1));
	assert_null(stage_server(stage, 2));
}

static void test_rows__move__by_every_key(void **state)
{
	static const struct {
		const char *label, *keys;
	} cases[] = {
		{ "Ctrl-Up", "<End>\n<Ctrl-Up>\n<Dump a>\n" },
		{ "-", "<End>\n-\n<Dump a>\n" },
		{ "Ctrl-Down", "<Down>\n<Ctrl-Down>\n<Up>\n<Dump a>\n" },
		{ "+", "<Down>\n+\n<Up>\n<Dump a>\n" },
	};
	struct stage *stage = *state;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		stage_open(stage, server_pages);
		stage_add_servers(stage, 2);
		stage_play(stage, cases[i].keys);
		assert_text(cases[i].label, "S00002", stage_server(stage, 1));
		assert_text(cases[i].label, "S00001", stage_server(stage, 2));
		assert_cursor_on(strbuf_text(&stage->out), "2  S00002");
	}
}

static void test_rows__letter_and_find__jump(void **state)
{
	struct stage *stage = *state;

	stage_open(stage, server_pages);
	stage_add_servers(stage, 3);
	assert_cursor_on(stage_play(stage, "s\ns\n<Dump a>\n"), "S00002");
	assert_cursor_on(stage_play(stage, "s\ns\ns\ns\n<Dump a>\n"), "S00001");
	assert_cursor_on(stage_play(stage, "/\n0003\n<Enter>\n<Dump a>\n"), "S00003");
}

static void test_rows__none__says_how_to_add_one(void **state)
{
	struct stage *stage = *state;
	const char *screen;

	stage_open(stage, server_pages);
	screen = stage_play(stage, "<Del>\n<Left>\n<Enter>\n<Dump a>\n<Enter>\n<Dump b>\n");
	assert_shows(screen, "None yet. Press A to add a server.");
	assert_shows(last_screen(screen), "Add a server");
}

static void test_rows__a_hundred_thousand__only_the_visible_are_drawn(void **state)
{
	struct stage *stage = *state;
	const char *screen;

	stage_open(stage, server_pages);
	stage_add_servers(stage, 99999);
	screen = stage_play(stage, "<End>\n<PgUp>\n<PgDn>\n<Dump a>\n");
	assert_cursor_on(screen, "100000");
	assert_shows(screen, "100000 of 100000");
	assert_shows(screen, "\xE2\x96\xB2");
	assert_cursor_on(stage_play(stage, "<End>\n<Home>\n<Down>\n<Dump a>\n"), "S00001");
}

static void test_dialog_row__smallest_size__everything_can_be_reached(void **state)
{
	struct stage *stage = *state;

	stage->rows = 10;
	stage->columns = 40;
	stage_open(stage, server_pages);
	assert_cursor_on(stage_play(stage, "a\nMS02\n<Tab>\n<Down>\n<Space>\n<Dump a>\n"), "[x] Beta role");
	assert_cursor_on(stage_play(stage, "a\nMS02\n<Tab>\n<Down>\n<Space>\n<Tab>\n<Tab>\n<Dump a>\n"), "[ OK ]");
}

#define STAGED(function) cmocka_unit_test_setup_teardown(function, stage_set_up, stage_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		STAGED(test_dialog_browse__walk_and_use__the_folder_is_the_value),
		STAGED(test_dialog_browse__up_and_escape__nothing_changes),
		STAGED(test_dialog_browse__buttons_at_every_size__cursor_and_choice),
		STAGED(test_rows__add__the_new_row_is_at_the_end),
		STAGED(test_rows__wrong_row__the_dialog_stays_with_the_message),
		STAGED(test_rows__edit_and_escape__asks_before_it_discards),
		STAGED(test_rows__remove__only_after_a_yes),
		STAGED(test_rows__move__by_every_key),
		STAGED(test_rows__letter_and_find__jump),
		STAGED(test_rows__none__says_how_to_add_one),
		STAGED(test_rows__a_hundred_thousand__only_the_visible_are_drawn),
		STAGED(test_dialog_row__smallest_size__everything_can_be_reached),
	};

	return run_tests(tests);
}
