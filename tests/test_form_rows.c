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
	assert_shows(strstr(screen, "== list"), "\n F8 Use this folder  Enter Open  Backspace Up  Esc Close");
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

static void test_rows__find__jumps_and_letters_do_not(void **state)
{
	struct stage *stage = *state;

	stage_open(stage, server_pages);
	stage_add_servers(stage, 3);
	assert_cursor_on(stage_play(stage, "s\ns\n<Dump a>\n"), "MS01");
	assert_cursor_on(stage_play(stage, "/\n0003\n<Enter>\n<Dump a>\n"), "S00003");
}

static void test_rows__like_this__the_next_number_below_it(void **state)
{
	struct stage *stage = *state;

	stage_open(stage, server_pages);
	stage_play(stage, "d\nd\n<Dump a>\n");
	assert_text("next", "MS02", stage_server(stage, 1));
	assert_text("and next", "MS03", stage_server(stage, 2));
	stage_play(stage, "<Home>\n<Del>\n<Left>\n<Enter>\n<End>\n<Up>\nd\n<Dump a>\n");
	assert_text("a gap is not filled", "MS02", stage_server(stage, 0));
	assert_text("one that is free", "MS04", stage_server(stage, 1));
	assert_text("still behind", "MS03", stage_server(stage, 2));
}

static void test_dialog_row__add_and_next__opens_empty_again(void **state)
{
	struct stage *stage = *state;
	const char *screen;

	stage_open(stage, server_pages);
	screen = stage_play(stage, "a\nMS02\n<Tab>\n<Space>\n<Alt-A>\n<Dump next>\n"
				   "MS03\n<Tab>\n<Space>\n<F8>\n<Dump a>\n");
	assert_shows(strstr(screen, "== next"), "Add a server");
	assert_text("first", "MS02", stage_server(stage, 1));
	assert_text("second", "MS03", stage_server(stage, 2));
	assert_null(stage_server(stage, 3));
}

/* Where there is no room a name stands without its domain, and whole in the hint; not where that is ambiguous. */
static void test_rows__long_names__lose_their_domain(void **state)
{
	struct stage *stage = *state;
	const char *screen;

	stage->columns = 44;
	stage_open(stage, server_pages);
	stage_play(stage, "<Enter>\n<Ctrl-U>\nms01.contoso.example.com\n<F8>\n<Dump a>\n");
	screen = stage_play(stage, "<Dump a>\n");
	assert_shows(screen, " 1  ms01 ");
	assert_shows(screen, "ms01.contoso.example.com. The servers.");
	screen = stage_play(stage, "a\nms01.fabrikam.example.com\n<Tab>\n<Space>\n<F8>\n<Dump a>\n");
	assert_shows(screen, "ms01.contos");
	assert_shows(screen, "ms01.fabrik");
}

/* ---- lists ---- */

static void test_rows__paste_with_roles__nothing_is_asked(void **state)
{
	struct stage *stage = *state;
	const char *screen;

	stage_open(stage, server_pages);
	screen = stage_play(stage, "<PasteLines A1\talpha|B1\tBeta role, A|ms01>\n<Dump a>\n");
	assert_text("first", "A1", stage_server(stage, 1));
	assert_text("second", "B1", stage_server(stage, 2));
	assert_shows(screen, "3  B1    A, B   note B1");
	assert_shows(screen, "2 servers were added. 1 name was there already: ms01.");
	assert_cursor_on(screen, "A1");
}

static void test_rows__paste_of_names__asks_group_by_group(void **state)
{
	struct stage *stage = *state;
	const char *screen;

	stage_open(stage, server_pages);
	screen = stage_play(stage, "<PasteLines ALPHA1|X1|BETA1|ALPHA2|X2>\n<Dump first>\n<Enter>\n<Dump second>\n"
				   "<F8>\n<Dump none>\n<Space>\n<F8>\n<Dump third>\n<Enter>\n<Dump a>\n");
	assert_shows(strstr(screen, "== first"), "5 new servers: which roles?");
	assert_shows(strstr(screen, "== first"), "[x] ALPHA1   [ ] X1       [ ] BETA1    [x] ALPHA2   [ ] X2");
	assert_shows(strstr(screen, "== first"), "[x] Alpha role");
	assert_shows(strstr(screen, "== first"), "[ Add 2 ]");
	assert_shows(strstr(screen, "== first"), "\n F8 Add  Enter Press  Tab Next field  Esc Close");
	assert_shows(strstr(screen, "== second"), "[x] X1      [ ] BETA1   [x] X2");
	assert_shows(strstr(screen, "== second"), "\n F8 Add  Space Tick  A All  Tab Next field  Esc Close");
	assert_shows(strstr(screen, "== none"), "Roles are missing");
	assert_shows(strstr(screen, "== third"), "[x] BETA1");
	/* In the order of the list, whatever the order of the answers. */
	assert_text("1", "ALPHA1", stage_server(stage, 1));
	assert_text("2", "X1", stage_server(stage, 2));
	assert_text("3", "BETA1", stage_server(stage, 3));
	assert_text("5", "X2", stage_server(stage, 5));
	assert_shows(last_screen(screen), "5 servers were added.");
}

static void test_rows__paste_given_up__what_was_answered_stays(void **state)
{
	struct stage *stage = *state;
	const char *screen;

	stage_open(stage, server_pages);
	screen = stage_play(stage, "<PasteLines ALPHA1|X1|X2>\n<Enter>\n<Esc>\n<Dump a>\n");
	assert_text("1", "ALPHA1", stage_server(stage, 1));
	assert_null(stage_server(stage, 2));
	assert_shows(screen, "1 server was added. 2 have no roles and were left out.");
}

static void test_dialog_row__paste_of_lines__becomes_rows(void **state)
{
	struct stage *stage = *state;

	stage_open(stage, server_pages);
	stage_play(stage, "a\n<PasteLines A1 alpha|B1 beta>\n<Dump a>\n");
	assert_text("1", "A1", stage_server(stage, 1));
	assert_text("2", "B1", stage_server(stage, 2));
}

static void test_form__lines_in_a_text__nothing_is_glued_together(void **state)
{
	struct stage *stage = *state;
	const char *screen;

	stage_open(stage, form_pages);
	screen = stage_play(stage, "<PasteLines GW01|GW02>\n<Dump a>\n");
	assert_shows(screen, "Several lines were pasted, and this field takes one: nothing was taken.");
	assert_text("name", "CONTOSO", stage_value(stage, &small_form, "name"));
	screen = stage_play(stage, "<Tab>\n<Tab>\n<Tab>\n<Tab>\n<Tab>\n<Tab>\n"
				   "<PasteLines CONTOSO\\a|CONTOSO\\b|>\n<Tab>\n<Dump a>\n");
	assert_text("a list", "CONTOSO\\a, CONTOSO\\b", stage_value(stage, &small_form, "admins"));
}

static void test_rows__a_file__becomes_rows(void **state)
{
	struct stage *stage = *state;
	struct strbuf path = STRBUF_INIT, keys = STRBUF_INIT;
	const char *screen;

	strbuf_printf(&path, "%s/servers.csv", stage->folder);
	write_whole_file(strbuf_text(&path), "Name;Roles;site\nB7;beta;Berlin\nB8;gamma\n", 41);
	strbuf_printf(&keys, "f\n%s\n<Enter>\n<Dump found>\n<Esc>\n<Enter>\n<Dump a>\n", strbuf_text(&path));
	stage_open(stage, server_pages);
	screen = stage_play(stage, strbuf_text(&keys));
	assert_shows(strstr(screen, "== found"), "Line 3: \"gamma\" is not one of the possible values.");
	assert_text("1", "B7", stage_server(stage, 1));
	strbuf_clear(&path);
	strbuf_clear(&keys);
}

static void test_dialog_servers__smallest_size__everything_can_be_reached(void **state)
{
	struct stage *stage = *state;

	stage_open(stage, server_pages);
	stage_play(stage, "<Resize 40x10>\n<PasteLines N1|N2|N3|N4|N5|N6|N7|N8|N9>\n<Dump a>\n"
			  "<Shift-Tab>\n<End>\n<Dump b>\n<Tab>\n<Down>\n<Dump c>\n");
	assert_shows(strstr(strbuf_text(&stage->out), "== b"), "N9");
	assert_cursor_on(strbuf_text(&stage->out), "Beta role");
}

static void test_rows__none__says_how_to_add_one(void **state)
{
	struct stage *stage = *state;
	const char *screen;

	stage_open(stage, server_pages);
	screen = stage_play(stage, "<Del>\n<Left>\n<Enter>\n<Dump a>\n<Enter>\n<Dump b>\n");
	assert_shows(screen, "None yet. Paste a list, or press A to add a server.");
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
	assert_shows(screen, "100000/100000");
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

/* "/" leaves the rows with a text; Esc brings all of them back before it is a way out of the page. */
static void test_rows__filter__shows_some_until_esc(void **state)
{
	struct stage *stage = *state;
	const char *screen;

	stage_open(stage, server_pages);
	stage_add_servers(stage, 30);
	screen = stage_play(stage, "/\ns0001\n<Enter>\n<Dump some>\n");
	assert_shows(screen, "Only rows with \"s0001\": 10 of 31. Esc shows all.");
	assert_shows(screen, "Esc Show all");
	assert_cursor_on(screen, "S00010");
	assert_hides(screen, "S00009");
	screen = stage_play(stage, "/\ns0001\n<Enter>\n<End>\n<Up>\n<Dump moved>\n");
	assert_cursor_on(screen, "S00018");
	/* A key that moves rows waits until all are there. */
	assert_shows(stage_play(stage, "/\ns0001\n<Enter>\n+\n<Dump a>\n"), "Rows move while all are shown");
	screen = stage_play(stage, "/\ns0001\n<Enter>\n<Esc>\n<Dump all>\n");
	assert_hides(screen, "Only rows");
	assert_hides(screen, "Leave?");
	assert_cursor_on(screen, "S00010");
	assert_shows(stage_play(stage, "/\nnobody\n<Enter>\n<Dump none>\n"), "No server has this text.");
	/* What is added, repeated or pasted is seen; what is removed goes from those shown. */
	screen = stage_play(stage, "/\ns0001\n<Enter>\n<Del>\n<Left>\n<Enter>\n<Dump less>\n");
	assert_shows(screen, "9 of 30");
	assert_hides(screen, "S00010");
	assert_hides(stage_play(stage, "/\ns0001\n<Enter>\nD\n<Dump more>\n"), "Only rows");
}

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
		STAGED(test_rows__find__jumps_and_letters_do_not),
		STAGED(test_rows__filter__shows_some_until_esc),
		STAGED(test_rows__like_this__the_next_number_below_it),
		STAGED(test_dialog_row__add_and_next__opens_empty_again),
		STAGED(test_rows__paste_with_roles__nothing_is_asked),
		STAGED(test_rows__paste_of_names__asks_group_by_group),
		STAGED(test_rows__paste_given_up__what_was_answered_stays),
		STAGED(test_dialog_row__paste_of_lines__becomes_rows),
		STAGED(test_form__lines_in_a_text__nothing_is_glued_together),
		STAGED(test_rows__a_file__becomes_rows),
		STAGED(test_dialog_servers__smallest_size__everything_can_be_reached),
		STAGED(test_rows__long_names__lose_their_domain),
		STAGED(test_rows__none__says_how_to_add_one),
		STAGED(test_rows__a_hundred_thousand__only_the_visible_are_drawn),
		STAGED(test_dialog_row__smallest_size__everything_can_be_reached),
	};

	return run_tests(tests);
}
