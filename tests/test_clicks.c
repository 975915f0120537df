/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What a mouse and the second button do: on forms, in lists, in dialogs, on the buttons below. The small flow again.
 */
#include "stage.h"

#include <sys/stat.h>

static const struct page *const form_pages[] = { &small_form, &small_accounts, &small_servers, &small_done, NULL };
static const struct page *const server_pages[] = { &small_servers, &small_done, NULL };
static const struct page *const account_pages[] = { &small_accounts, &small_done, NULL };
static const struct page *const checks_pages[] = { &small_checks, &small_done, NULL };

/* KEYS, a click on TEXT, then REST. */
static const char *click(struct stage *stage, const char *keys, const char *text, const char *rest)
{
	char script[2048];

	snprintf(script, sizeof(script), "%s%s", stage_click(stage, keys, text), rest);
	return stage_play(stage, script);
}

/* ---- forms ---- */

static void test_click__a_field__has_the_cursor(void **state)
{
	struct stage *stage = *state;

	stage_open(stage, form_pages);
	assert_cursor_on(click(stage, "", "1433", "<Dump a>\n"), "Port");
	assert_cursor_on(click(stage, "", "C:\\Default", "<Dump a>\n"), "Install to");
	click(stage, "", "1433", "<End>\n5\n<F8>\n<Dump a>\n");
	assert_text("typed", "14335", stage_value(stage, &small_form, "port"));
}

static void test_click__a_mark__switches_it(void **state)
{
	struct stage *stage = *state;

	stage_open(stage, form_pages);
	click(stage, "", "[ ] I agree", "<Dump a>\n");
	assert_text("ticked", "yes", stage_value(stage, &small_form, "agree"));
	assert_cursor_on(click(stage, "", "I agree", "<Shift-Tab>\n<Dump a>\n"), "Port");
	assert_text("cleared", "no", stage_value(stage, &small_form, "agree"));
}

/* A field with a button beside it, and one with two lines */
static void test_click__second_part__is_meant(void **state)
{
	struct stage *stage = *state;

	stage_open(stage, form_pages);
	assert_shows(click(stage, "", "[ Browse ]", "<DumpText a>\n<Esc>\n"), "Browse for a folder");
	stage->ascii = true;
	stage_open(stage, account_pages);
	assert_shows(click(stage, "", "Its password, repeated  _", "secret\n<F8>\n<Dump a>\n"),
		     "The two passwords are not the same.");
	assert_cursor_on(click(stage, "", "Its password            (", "<Shift-Tab>\n<Dump a>\n"), "Service account");
}

static void test_click__a_choice__is_taken(void **state)
{
	struct stage *stage = *state;

	stage_open(stage, account_pages);
	assert_cursor_on(click(stage, "", "Local System", "<Dump a>\n"), "(*) Local System");
	assert_text("second", "local", stage_value(stage, &small_accounts, "account.mode"));
	click(stage, "", "A domain account", "<Dump a>\n");
	assert_text("first", "domain", stage_value(stage, &small_accounts, "account.mode"));
}

/* A part that a field does not have, a place where nothing is. */
static void test_click__beside_everything__does_nothing(void **state)
{
	struct stage *stage = *state;

	stage_open(stage, form_pages);
	assert_cursor_on(stage_play(stage, "<Click 2 40>\n<Click 0 0>\n<Click 23 79>\n<Click 99 99>\n<Dump a>\n"),
			 "Group name");
}

/* ---- buttons ---- */

static void test_click__buttons_below__go_on_and_back(void **state)
{
	struct stage *stage = *state;

	stage_open(stage, form_pages);
	assert_shows(click(stage, "", "[ Next > ]", "<Dump a>\n"), "2 of 4");
	assert_shows(click(stage, "", "[ < Back ]", "<Dump a>\n"), "1 of 4");
	assert_shows(click(stage, "", "[ Cancel ]", "<Dump a>\n"), "Leave?");
}

static void test_click__middle_button__verifies(void **state)
{
	struct stage *stage = *state;

	stage_open(stage, checks_pages);
	assert_shows(click(stage, "", "[ Verify", "<Dump a>\n"), "Verified again at");
}

/* More words than columns: what has a key of its own goes, Back and Next stay, and nothing is drawn twice. */
static void test_buttons__wider_than_the_screen__lose_what_has_a_key(void **state)
{
	static const char label[] = "Upgrade everything that is listed here";
	struct stage *stage = *state;
	struct page page = small_checks;
	const struct page *const pages[] = { &page, &small_done, NULL };
	const char *screen;

	page.next_label = label;
	for (stage->columns = 40; stage->columns <= 120; stage->columns += 8) {
		stage->rows = stage->columns < 80 ? 10 : 24;
		stage_open(stage, pages);
		screen = stage_play(stage, "<DumpText a>\n");
		assert_shows(screen, "[ < Back ]");
		if (stage->columns < 60)
			assert_hides(screen, "Cancel ]");
		if (stage->columns >= 120) {
			assert_shows(screen, "[ Upgrade everything that is listed here ]");
			assert_shows(screen, "[ Verify prerequisites again ]");
		}
	}
}

/* ---- lists ---- */

static void test_click__a_row__selects_and_opens_it(void **state)
{
	struct stage *stage = *state;

	stage_open(stage, server_pages);
	stage_add_servers(stage, 3);
	assert_cursor_on(click(stage, "", "S00002", "<Dump a>\n"), "S00002");
	assert_shows(last_screen(click(stage, "", "S00002", "<Enter>\n<Dump a>\n")), "Name   S00002");
}

static void test_click__a_check__is_the_current_one(void **state)
{
	struct stage *stage = *state;

	stage_open(stage, checks_pages);
	stage_add_servers(stage, 3);
	assert_cursor_on(click(stage, "<Right>\n", "S00002", "<Dump a>\n"), "S00002");
	/* And in what a filter has left */
	assert_cursor_on(click(stage, "/\nmemory\n<Enter>\n<Right>\n", "S00003", "<Dump a>\n"), "S00003");
}

/* Verified again, the pointer is on the same check in the same row, however far the list was scrolled. */
static void test_verify__scrolled_list__stays_where_it_was(void **state)
{
	struct stage *stage = *state;
	const char *before, *after;

	stage_open(stage, checks_pages);
	stage_add_servers(stage, 40);
	stage_play(stage, "<Right>\n<PgDn>\n<PgDn>\n<Up>\n<Up>\n<DumpText before>\n<F5>\n<DumpText after>\n");
	before = strstr(strbuf_text(&stage->out), "== before");
	after = strstr(strbuf_text(&stage->out), "== after");
	for (int row = 0; row < 12; row++) {
		before = strchr(before, '\n') + 1;
		after = strchr(after, '\n') + 1;
		/* The time of the last look stands in the fourth row. */
		if (row != 3)
			assert_int_equal(strncmp(before, after, strcspn(before, "\n")), 0);
	}
}

/* A filter, and what it has left is answered: the pointer stays among what is shown. */
static void test_filter__answered_and_verified__shows_the_same(void **state)
{
	struct stage *stage = *state;
	const char *screen;

	stage_open(stage, checks_pages);
	stage_add_servers(stage, 12);
	screen =
		stage_play(stage, "/\nS00011\n<Enter>\n<Space>\nsoon\n<Enter>\n<Dump answered>\n<F5>\n<Dump verified>\n"
				  "<Down>\n<Dump second>\n");
	assert_shows(strstr(screen, "== answered"), "Only rows with \"S00011\": ");
	assert_shows(strstr(screen, "== verified"), "S00011    acknowledged");
	assert_hides(strstr(screen, "== verified"), "S00010");
	assert_cursor_on(screen, "S00011    acknowledged");
}

/* ---- browsing ---- */

static void open_folders(struct stage *stage)
{
	stage_open(stage, form_pages);
	stage_set(stage, small_form.fields, "folder", "C:\\");
}

static int set_up(void **state)
{
	int result = stage_set_up(state);

	return result || mkdir("c", 0700) || mkdir("c/Alpha", 0700) || mkdir("c/Beta", 0700) ||
	       mkdir("c/Beta/Old", 0700);
}

#define BROWSE "<Tab>\n<F2>\n"

static void test_browse__buttons__lead_round_and_mean_what_they_say(void **state)
{
	static const struct {
		const char *label, *keys, *cursor; /* CURSOR: the button or entry that has it */
	} cases[] = {
		{ "Tab", "<Tab>\n", "[ Use this folder ]" },
		{ "Tab twice", "<Tab>\n<Tab>\n", "[ Cancel ]" },
		{ "Tab three times", "<Tab>\n<Tab>\n<Tab>\n", ".." },
		{ "Shift-Tab", "<Shift-Tab>\n", "[ Cancel ]" },
		{ "Shift-Tab twice", "<Shift-Tab>\n<Shift-Tab>\n", "[ Use this folder ]" },
		{ "Shift-Tab three times", "<Shift-Tab>\n<Shift-Tab>\n<Shift-Tab>\n", ".." },
		{ "Right", "<Tab>\n<Right>\n", "[ Cancel ]" },
		{ "Right from the last", "<Tab>\n<Right>\n<Right>\n", ".." },
		{ "Left", "<Tab>\n<Right>\n<Left>\n", "[ Use this folder ]" },
		{ "Left from the first", "<Tab>\n<Left>\n", ".." },
		{ "Up", "<Tab>\n<Right>\n<Up>\n", ".." },
		{ "past the end", "<Down>\n<Down>\n<Down>\n", "[ Use this folder ]" },
	};
	struct stage *stage = *state;
	char script[256];

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const char *screen, *cursor, *row;
		int column;

		open_folders(stage);
		snprintf(script, sizeof(script), BROWSE "%s<Dump a>\n", cases[i].keys);
		screen = stage_play(stage, script);
		if (strstr(screen, "folders") && !strstr(screen, cases[i].cursor))
			assert_shows(screen, cases[i].cursor);
		/* Both buttons stand in one row: the column counts. */
		cursor = strstr(screen, "\ncursor ");
		assert_labelled(cases[i].label, cursor != NULL);
		column = (int)strtol(strchr(cursor + 8, ' '), NULL, 10);
		row = strstr(screen, cases[i].cursor);
		assert_labelled(cases[i].label, row != NULL);
		if (*cases[i].cursor == '[') {
			const char *start = row;
			int cells = 0;

			while (start > screen && start[-1] != '\n')
				start--;
			for (; start < row; start++)
				cells += ((unsigned char)*start & 0xC0) != 0x80;
			assert_labelled(cases[i].label,
					column >= cells && column < cells + (int)strlen(cases[i].cursor));
		}
		assert_cursor_on(screen, cases[i].cursor);
	}
}

static void test_browse__second_button__gives_up(void **state)
{
	struct stage *stage = *state;

	open_folders(stage);
	stage_play(stage, BROWSE "b\n<Enter>\n<Tab>\n<Tab>\n<Enter>\n<Dump a>\n");
	assert_text("given up", "C:\\", stage_value(stage, &small_form, "folder"));
	stage_play(stage, BROWSE "b\n<Enter>\n<Tab>\n<Enter>\n<Dump a>\n");
	assert_text("used", "C:\\Beta", stage_value(stage, &small_form, "folder"));
	stage_play(stage, BROWSE "<Tab>\n<Tab>\n<Space>\n<Dump a>\n");
	assert_text("given up by Space", "C:\\Beta", stage_value(stage, &small_form, "folder"));
}

static void test_browse__clicks__select_open_use_and_give_up(void **state)
{
	struct stage *stage = *state;
	char script[1024];

	open_folders(stage);
	assert_cursor_on(click(stage, BROWSE, "Beta", "<Dump a>\n"), "Beta");
	snprintf(script, sizeof(script), "%s", stage_click(stage, BROWSE, "Beta"));
	assert_shows(last_screen(click(stage, script, "Beta", "<Dump a>\n")), "Old");
	click(stage, BROWSE "b\n<Enter>\n", "[ Cancel ]", "<Dump a>\n");
	assert_text("given up", "C:\\", stage_value(stage, &small_form, "folder"));
	click(stage, BROWSE "b\n<Enter>\n", "[ Use this folder ]", "<Dump a>\n");
	assert_text("used", "C:\\Beta", stage_value(stage, &small_form, "folder"));
	/* From a button a click leads back into the list. */
	assert_cursor_on(click(stage, BROWSE "<Tab>\n", "Old", "<Dump a>\n"), "Old");
}

#define CLICK_TEST(test) cmocka_unit_test_setup_teardown(test, set_up, stage_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLICK_TEST(test_click__a_field__has_the_cursor),
		CLICK_TEST(test_click__a_mark__switches_it),
		CLICK_TEST(test_click__second_part__is_meant),
		CLICK_TEST(test_click__a_choice__is_taken),
		CLICK_TEST(test_click__beside_everything__does_nothing),
		CLICK_TEST(test_click__buttons_below__go_on_and_back),
		CLICK_TEST(test_click__middle_button__verifies),
		CLICK_TEST(test_buttons__wider_than_the_screen__lose_what_has_a_key),
		CLICK_TEST(test_click__a_row__selects_and_opens_it),
		CLICK_TEST(test_click__a_check__is_the_current_one),
		CLICK_TEST(test_verify__scrolled_list__stays_where_it_was),
		CLICK_TEST(test_filter__answered_and_verified__shows_the_same),
		CLICK_TEST(test_browse__buttons__lead_round_and_mean_what_they_say),
		CLICK_TEST(test_browse__second_button__gives_up),
		CLICK_TEST(test_browse__clicks__select_open_use_and_give_up),
	};

	return run_tests(tests);
}
