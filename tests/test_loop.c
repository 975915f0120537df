/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Tests of the loop around the pages: the frame, the button row, moving between pages, leaving, drafts, saving, sizes,
 * clicks.
 */
#include "helpers.h"

#include <signal.h>

#include "ui_fixture.h"

/* The text of dump NAME in OUT, up to the next one. Owned: free it. */
static char *dump(const char *out, const char *name)
{
	struct strbuf heading = STRBUF_INIT;
	const char *start, *end;
	char *copy;

	strbuf_printf(&heading, "== %s ==\n", name);
	start = strstr(out, strbuf_text(&heading));
	assert_non_null(start);
	start += heading.length;
	end = strstr(start, "\n== ");
	copy = strndup(start, end ? (size_t)(end - start + 1) : strlen(start));
	assert_non_null(copy);
	strbuf_clear(&heading);
	return copy;
}

static void assert_shows(const char *out, const char *name, const char *text, bool shown)
{
	char *screen = dump(out, name);

	if ((strstr(screen, text) != NULL) != shown)
		fail_msg("%s: \"%s\" %s:\n%s", name, text, shown ? "is missing" : "is there", screen);
	free(screen);
}

static void assert_cursor(const char *out, const char *name, int row, int column)
{
	char wanted[32];

	snprintf(wanted, sizeof(wanted), "cursor %d %d\n", row, column);
	assert_shows(out, name, wanted, true);
}

static void test_loop__first_page__frame_as_drawn(void **state)
{
	const char *out = fixture_run(*state, "<Dump first>\n");

	assert_shows(out, "first", " scupgrade  ", true);
	assert_shows(out, "first", "contoso.yaml  1 of ", true);
	assert_shows(out, "first", " Getting Started     │ Choose the upgrade", true);
	assert_shows(out, "first", " ▸ Upgrade", true);
	assert_shows(out, "first", "[ < Back ]  [ Verify ]  [ Next > ]  [ Cancel ]\n────", true);
	assert_shows(out, "first", "\n hint of the text\n\n F8 Next  F5 Verify  / Find  ", true);
	assert_shows(out, "first", "Esc Back", false);
	assert_shows(out, "first", "  F6 Save  F1 Help  Esc Leave  Alt-Q Quit\n", true);
	assert_cursor(out, "first", 4, 23);
}

static void test_loop__button_row__tab_and_arrows_go_through_it(void **state)
{
	const char *out = fixture_run(*state, "<Tab>\n<Dump list>\n<Tab>\n<Dump next>\n<Tab>\n<Dump cancel>\n<Tab>\n"
					      "<Dump round>\n"
					      "<Shift-Tab>\n<Dump last>\n<Left>\n<Left>\n<Dump middle>\n<Left>\n"
					      "<Dump stays>\n"
					      "<Enter>\n<Dump pressed>\n<Up>\n<Dump up>\n");

	assert_cursor(out, "list", 5, 23);
	assert_cursor(out, "next", 19, 59);
	assert_shows(out, "next", "Checks this page and goes on to the next one.", true);
	assert_cursor(out, "cancel", 19, 71);
	assert_cursor(out, "round", 4, 23);
	assert_cursor(out, "last", 19, 71);
	assert_cursor(out, "middle", 19, 47);
	assert_cursor(out, "stays", 19, 47);
	assert_shows(out, "pressed", " verified\n", true);
	assert_cursor(out, "up", 5, 23);
}

static void test_loop__letters_on_a_button__are_not_typed(void **state)
{
	const char *out = fixture_run(*state, "<F8>\nab\n<Tab>\n<Tab>\nxyz\n<Dump after>\n");

	assert_shows(out, "after", "text: ab\n", true);
}

static void test_loop__every_way_to_the_next_page__moves(void **state)
{
	static const char *const ways[] = { "<F8>\n", "<Alt-N>\n", "<PgDn>\n", "<Tab>\n<Tab>\n<Enter>\n",
					    "<Tab>\n<Tab>\n<Space>\n", "<Enter>\n<Enter>\n", "<Tab>\n8\n",
					    "<Click 19 60>\n" };
	struct fixture *fixture = *state;
	struct strbuf script = STRBUF_INIT;
	size_t i;

	for (i = 0; i < ARRAY_LEN(ways); i++) {
		strbuf_reset(&script);
		strbuf_printf(&script, "%s<Dump there>\n<Alt-B>\n<Dump back>\n<Esc>\n<Left>\n<Enter>\n", ways[i]);
		fixture_run(fixture, strbuf_text(&script));
		assert_shows(strbuf_text(&fixture->out), "there", "2 of", true);
		assert_shows(strbuf_text(&fixture->out), "back", "1 of", true);
		assert_int_equal(fixture->result, FRONT_LEFT);
		fixture_restart(fixture);
	}
	strbuf_clear(&script);
}

static void test_loop__next_with_errors__stays_and_says_why(void **state)
{
	const char *out = fixture_run(*state, "<F8>\n<F8>\n<Dump stayed>\n<Esc>\n<F8>\n<Dump again>\n");

	assert_shows(out, "stayed", "2 of", true);
	assert_shows(out, "stayed", "hint of", false);
	assert_cursor(out, "stayed", 4, 23);
	/* The message is gone with the next key. */
	assert_shows(out, "again", "hint of the text", true);
}

static void test_loop__typed_text__survives_back_and_comes_with_the_draft(void **state)
{
	struct fixture *fixture = *state;
	const char *out;

	fixture_run(fixture, "<F8>\nCONTOSO\n<Esc>\n<Signal 15>\n");
	assert_int_equal(fixture->result, FRONT_SIGNAL);
	assert_int_equal(fixture->signal, SIGTERM);
	fixture_restart(fixture);
	out = fixture_run(fixture, "<Dump offer>\n<Enter>\n<Dump resumed>\n");
	assert_shows(out, "offer", "There is a draft", true);
	assert_shows(out, "offer", "Enter Choose  Tab Next button  Esc Leave", true);
	assert_shows(out, "offer", "[ Resume ]  [ New ]  [ Discard ]", true);
	assert_shows(out, "resumed", "The draft is open.", true);
	assert_shows(out, "resumed", "contoso.yaml*", true);
}

static void test_loop__draft_offer__new_keeps_it_discard_removes_it_esc_leaves(void **state)
{
	struct fixture *fixture = *state;
	const char *out;

	fixture_run(fixture, "<F8>\nCONTOSO\n<Ctrl-C>\n");
	assert_int_equal(fixture->signal, SIGINT);
	fixture_restart(fixture);
	fixture_run(fixture, "<Esc>\n");
	assert_int_equal(fixture->result, FRONT_LEFT);
	fixture_restart(fixture);
	out = fixture_run(fixture, "<Right>\n<Enter>\n<Dump new>\n<Alt-Q>\n");
	assert_shows(out, "new", "contoso.yaml  1 of", true);
	assert_int_equal(fixture->result, FRONT_LEFT);
	fixture_restart(fixture);
	/* Discarding a new plan is not discarding the older draft. */
	fixture_run(fixture, "<Right>\n<Enter>\n<Esc>\n<Left>\n<Enter>\n");
	assert_int_equal(fixture->result, FRONT_LEFT);
	fixture_restart(fixture);
	out = fixture_run(fixture, "<Dump still>\n<Right>\n<Right>\n<Enter>\n<Dump gone>\n<Alt-Q>\n");
	assert_shows(out, "still", "There is a draft", true);
	assert_shows(out, "gone", "contoso.yaml  1 of", true);
	fixture_restart(fixture);
	assert_shows(fixture_run(fixture, "<Dump none>\n"), "none", "There is a draft", false);
}

static void test_loop__leaving__asks_only_when_something_changed(void **state)
{
	struct fixture *fixture = *state;
	const char *out;

	fixture_run(fixture, "<Alt-Q>\n");
	assert_int_equal(fixture->result, FRONT_LEFT);
	fixture_restart(fixture);
	out = fixture_run(fixture, "<F8>\nCONTOSO\n<Ctrl-Q>\n<Dump asked>\n<Enter>\n<Dump stayed>\n<Alt-Q>\n<Esc>\n"
				   "<Dump esc>\n"
				   "<Alt-Q>\n<Left>\n<Enter>\n");
	assert_shows(out, "asked", "[ Save draft and quit ]  [ Discard ]  [ Stay ]", true);
	assert_shows(out, "stayed", "2 of", true);
	assert_shows(out, "esc", "2 of", true);
	assert_int_equal(fixture->result, FRONT_LEFT);
	fixture_restart(fixture);
	assert_shows(fixture_run(fixture, "<Dump none>\n"), "none", "There is a draft", false);
	fixture_restart(fixture);
	fixture_run(fixture, "<F8>\nCONTOSO\n<Alt-Q>\n<Left>\n<Left>\n<Enter>\n");
	assert_int_equal(fixture->result, FRONT_LEFT);
	fixture_restart(fixture);
	assert_shows(fixture_run(fixture, "<Dump kept>\n"), "kept", "There is a draft", true);
}

static void test_loop__cancel_and_q__quit_too(void **state)
{
	struct fixture *fixture = *state;

	fixture_run(fixture, "<Shift-Tab>\n<Enter>\n");
	assert_int_equal(fixture->result, FRONT_LEFT);
	fixture_restart(fixture);
	fixture_run(fixture, "<Tab>\nq\n");
	assert_int_equal(fixture->result, FRONT_LEFT);
	fixture_restart(fixture);
	/* Not on a page that has a text field, wherever the focus is. */
	assert_shows(fixture_run(fixture, "<F8>\n<Tab>\nq\n<Dump there>\n"), "there", "2 of", true);
	assert_int_equal(fixture->result, FRONT_SIGNAL);
}

static void test_loop__ways_to_end__result_and_number(void **state)
{
	static const struct { const char *script; int signal; } cases[] = {
		{ "<Ctrl-C>\n", SIGINT }, { "<Signal 1>\n", SIGHUP }, { "<Signal 3>\n", SIGQUIT },
		{ "<Hangup>\n", SIGHUP },
		{ "", SIGHUP }, { "<F1>\n<Ctrl-C>\n", SIGINT }, { "<Esc>\n<Signal 15>\n", SIGTERM },
		{ "<Resize 20x5>\n<Ctrl-C>\n", SIGINT },
	};
	struct fixture *fixture = *state;
	size_t i;

	for (i = 0; i < ARRAY_LEN(cases); i++) {
		fixture_run(fixture, cases[i].script);
		assert_labelled(cases[i].script, fixture->result == FRONT_SIGNAL && fixture->signal == cases[i].signal);
		fixture_restart(fixture);
	}
}

static void test_loop__help__page_field_and_keys(void **state)
{
	const char *out = fixture_run(*state, "<F1>\n<Dump help>\n<End>\n<Dump end>\n<Esc>\n<Dump closed>\n<Tab>\n?\n"
					      "<Dump mark>\n");

	assert_shows(out, "help", "─ Choose the upgrade ─", true);
	assert_shows(out, "help", "Help of the field.", true);
	assert_shows(out, "help", "Keys that work here:", true);
	assert_shows(out, "end", "Takes the last change back.", true);
	assert_shows(out, "closed", "Keys that work here:", false);
	assert_shows(out, "mark", "Keys that work here:", true);
}

static void test_loop__page_list__all_pages(void **state)
{
	const char *out = fixture_run(*state, "<F8>\n<Alt-G>\n<Dump list>\n<Up>\n<Enter>\n<Dump first>\n<Alt-G>\n"
					      "<Esc>\n<Dump same>\n");

	assert_shows(out, "list", "▸    System Center", true);
	assert_shows(out, "list", "✓  Choose the upgrade", true);
	assert_shows(out, "list", "Select installation location", true);
	assert_shows(out, "first", "1 of", true);
	assert_shows(out, "same", "1 of", true);
}

static void test_loop__clicks__rail_list_and_keys(void **state)
{
	const char *out = fixture_run(*state, "<F8>\n<Dump second>\n<Click 3 5>\n<Dump first>\n<Click 6 5>\n"
					      "<Dump ahead>\n"
					      "<Click 5 24>\n<Dump focus>\n<Click 23 51>\n<Dump help>\n");

	assert_shows(out, "second", "2 of", true);
	assert_shows(out, "first", "1 of", true);
	assert_shows(out, "ahead", "1 of", true);
	assert_cursor(out, "focus", 5, 23);
	assert_shows(out, "help", "Keys that work here:", true);
}

static void test_loop__save__says_where_and_asks_before_replacing(void **state)
{
	struct fixture *fixture = *state;
	char path[512];
	const char *out;

	snprintf(path, sizeof(path), "%s/contoso.yaml", fixture->folder);
	write_whole_file(path, "something else\n", 15);
	out = fixture_run(fixture, "<F6>\n<Dump asked>\n<Enter>\n<Dump left>\n<Alt-S>\n<Left>\n<Enter>\n"
				   "<Dump saved>\n<F6>\n<Dump twice>\n");
	assert_shows(out, "asked", "[ Replace ]  [ Leave ]  [ Save as ]", true);
	assert_shows(out, "left", "The plan is not saved; the file is as it was.", true);
	assert_shows(out, "saved", "The plan is saved as", true);
	assert_shows(out, "twice", "[ Replace ]", false);
}

static void test_loop__save_as__asks_for_the_name(void **state)
{
	struct fixture *fixture = *state;
	struct strbuf script = STRBUF_INIT;
	char path[512];
	const char *out;

	snprintf(path, sizeof(path), "%s/contoso.yaml", fixture->folder);
	write_whole_file(path, "something else\n", 15);
	strbuf_printf(&script, "<F6>\n<Right>\n<Enter>\n<Dump named>\n<Esc>\n<Dump left>\n"
			       "<F6>\n<Right>\n<Enter>\n<Ctrl-U>\n%s/other.yaml\n<Enter>\n<Dump saved>\n",
		      fixture->folder);
	out = fixture_run(fixture, strbuf_text(&script));
	assert_shows(out, "named", "Save as", true);
	assert_shows(out, "left", "The plan is not saved; the file is as it was.", true);
	assert_shows(out, "saved", "other.yaml.", true);
	strbuf_clear(&script);
}

static void test_loop__no_draft_can_be_kept__is_said_once_and_asked_at_the_end(void **state)
{
	const char *out;

	assert_int_equal(setenv("XDG_STATE_HOME", "/dev/null/x", 1), 0);
	out = fixture_run(*state, "<F8>\n<Dump told>\n<Enter>\nabc\n<Dump once>\n<Alt-Q>\n"
				  "<Left>\n<Left>\n<Enter>\n<Dump asked>\n<Enter>\n<Dump stayed>\n");
	assert_shows(out, "told", "No draft can be kept", true);
	assert_shows(out, "once", "No draft can be kept", false);
	assert_shows(out, "asked", "[ Leave without it ]", true);
	assert_shows(out, "stayed", "[ Leave without it ]", false);
}

static void test_loop__sizes__frame_follows(void **state)
{
	const char *out = fixture_run(*state, "<Resize 71x17>\n<Dump folded>\n<Resize 40x10>\n<Dump least>\n"
					      "<Resize 20x5>\n<Dump small>\n"
					      "<F8>\nabc\n<Alt-Q>\n<Dump waits>\n<Resize 130x40>\n<Dump wide>\n");

	assert_shows(out, "folded", "Getting Started", false);
	assert_shows(out, "folded", "1 of", true);
	assert_shows(out, "folded", "hint of", false);
	assert_shows(out, "least", "Choose the upgrade", true);
	assert_shows(out, "least", "[ Next > ]", true);
	assert_shows(out, "least", " F8 Next  F5 Verify  F1 Help  Esc Leave\n--", true);
	assert_shows(out, "small", "needs 40x10, is 20x5\n\n\n\n\n--", true);
	assert_shows(out, "waits", "needs 40x10, is 20x5", true);
	assert_shows(out, "wide", "1 of", true);
	assert_shows(out, "wide", "text: \n", false);
	assert_shows(out, "wide", "│ Help of the field.", true);
}

static void test_loop__terminal_keys__reach_the_terminal(void **state)
{
	const char *out = fixture_run(*state, "<F9>\n<Dump on>\n<F9>\n<Ctrl-Z>\n<Resume>\n<Ctrl-L>\n<Dump same>\n"
					      "<F1>\n<Ctrl-Z>\n");

	assert_non_null(strstr(out, "mouse on\n"));
	assert_non_null(strstr(out, "mouse off\nsuspended\n== same"));
	assert_shows(out, "on", "The mouse is on", true);
	assert_shows(out, "same", "1 of", true);
	assert_non_null(strstr(strstr(out, "== same"), "suspended\n"));
}

/* Makes the page count as the Ready page, where Next writes the files. */
static void become_ready_page(struct view *view, uint32_t code)
{
	static struct page ready;

	(void)code;
	ready = *view->page;
	ready.kind = PAGE_SUMMARY;
	view->page = &ready;
}

static void test_loop__next_on_the_ready_page__asks_before_files_are_replaced(void **state)
{
	struct fixture *fixture = *state;
	char path[512];
	const char *out;

	snprintf(path, sizeof(path), "%s/contoso.commands.txt", fixture->folder);
	write_whole_file(path, "something else\n", 15);
	fixture_letter = become_ready_page;
	out = fixture_run(fixture, "<Tab>\nx\n<F8>\n<Dump asked>\n<Enter>\n<Dump stayed>\n<F8>\n<Esc>\n<Dump esc>\n"
				   "<F8>\n<Left>\n<Enter>\n<Dump went on>\n");
	assert_shows(out, "asked", "Replace files?", true);
	assert_shows(out, "asked", "contoso.commands.txt ", true);
	assert_shows(out, "asked", "[ Replace ]  [ Stay ]", true);
	assert_shows(out, "stayed", "1 of", true);
	assert_shows(out, "esc", "1 of", true);
	assert_shows(out, "went on", "2 of", true);
}

static void copy_line(struct view *view, uint32_t code)
{
	if (code == 'c')
		ui_copy(view->ui, "setup.exe /silent");
}

static void test_ui_copy__line__reaches_the_terminal(void **state)
{
	fixture_letter = copy_line;
	assert_non_null(strstr(fixture_run(*state, "<Tab>\nc\n"), "copied: setup.exe /silent\n"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		UI_TEST(test_loop__first_page__frame_as_drawn),
		UI_TEST(test_loop__button_row__tab_and_arrows_go_through_it),
		UI_TEST(test_loop__letters_on_a_button__are_not_typed),
		UI_TEST(test_loop__every_way_to_the_next_page__moves),
		UI_TEST(test_loop__next_with_errors__stays_and_says_why),
		UI_TEST(test_loop__typed_text__survives_back_and_comes_with_the_draft),
		UI_TEST(test_loop__draft_offer__new_keeps_it_discard_removes_it_esc_leaves),
		UI_TEST(test_loop__leaving__asks_only_when_something_changed),
		UI_TEST(test_loop__cancel_and_q__quit_too),
		UI_TEST(test_loop__ways_to_end__result_and_number),
		UI_TEST(test_loop__help__page_field_and_keys),
		UI_TEST(test_loop__page_list__all_pages),
		UI_TEST(test_loop__clicks__rail_list_and_keys),
		UI_TEST(test_loop__save__says_where_and_asks_before_replacing),
		UI_TEST(test_loop__save_as__asks_for_the_name),
		UI_TEST(test_loop__no_draft_can_be_kept__is_said_once_and_asked_at_the_end),
		UI_TEST(test_loop__sizes__frame_follows),
		UI_TEST(test_loop__terminal_keys__reach_the_terminal),
		UI_TEST(test_loop__next_on_the_ready_page__asks_before_files_are_replaced),
		UI_TEST(test_ui_copy__line__reaches_the_terminal),
	};

	return run_tests(tests);
}
