/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Tests of the pop-ups, opened by letters in the stand-in view: what they show, every key, what they return.
 */
#include "helpers.h"

#include <signal.h>

#include "ui/loop.h"
#include "ui_fixture.h"

static char returned[600]; /* what the dialog gave */

static void assert_shows(const char *out, const char *text)
{
	if (!strstr(out, text))
		fail_msg("\"%s\" is missing:\n%s", text, out);
}

static void assert_lacks(const char *out, const char *text)
{
	if (strstr(out, text))
		fail_msg("\"%s\" is there:\n%s", text, out);
}

/* ---- dialog_text ---- */

static void open_text(struct view *view, uint32_t code)
{
	struct strbuf text = STRBUF_INIT;
	int i;

	for (i = 1; i <= (code == 'l' ? 50 : 2); i++)
		strbuf_printf(&text, "line %d\n", i);
	dialog_text(view->ui, "A text", strbuf_text(&text));
	snprintf(returned, sizeof(returned), "closed");
	strbuf_clear(&text);
}

static void test_dialog_text__short__closed_by_enter_and_esc(void **state)
{
	static const char *const ways[] = { "<Enter>\n", "<Esc>\n" };
	struct fixture *fixture = *state;
	struct strbuf script = STRBUF_INIT;
	const char *out;
	size_t i;

	fixture_letter = open_text;
	for (i = 0; i < ARRAY_LEN(ways); i++) {
		returned[0] = '\0';
		strbuf_reset(&script);
		strbuf_printf(&script, "<Tab>\ns\n<Dump open>\nx\n<Tab>\n%s<Dump closed>\n", ways[i]);
		out = fixture_run(fixture, strbuf_text(&script));
		assert_shows(out, "┌─ A text ─");
		assert_shows(out, "│ line 1 ");
		assert_lacks(strstr(out, "== closed"), "line 1");
		assert_string_equal(returned, "closed");
		fixture_restart(fixture);
	}
	strbuf_clear(&script);
}

static void test_dialog_text__long__scrolls_and_marks_both_ends(void **state)
{
	const char *out;

	fixture_letter = open_text;
	out = fixture_run(*state, "<Tab>\nl\n<DumpText top>\n<Down>\n<DumpText second>\n<PgDn>\n<DumpText page>\n"
				  "<End>\n<DumpText end>\n"
				  "<Up>\n<DumpText up>\n<Home>\n<DumpText home>\n<Wheel down 5 5>\n"
				  "<DumpText wheel>\n");
	assert_shows(strstr(out, "== top"), "│ line 1 ");
	assert_shows(strstr(out, "== second"), "▲");
	assert_shows(strstr(out, "== second"), "▼");
	assert_shows(strstr(out, "== page"), "│ line 22 ");
	assert_shows(strstr(out, "== end"), "│ line 50 ");
	assert_lacks(strstr(out, "== up"), "│ line 50 \n");
	assert_shows(strstr(out, "== home"), "│ line 1 ");
	assert_shows(strstr(out, "== wheel"), "│ line 4 ");
}

static void test_dialog_text__resize__stays_open_and_fits(void **state)
{
	const char *out;

	fixture_letter = open_text;
	out = fixture_run(*state, "<Tab>\nl\n<Resize 40x10>\n<Dump small>\n<Resize 20x5>\n<Dump tiny>\n<Esc>\n"
				  "<Resize 80x24>\n<Dump back>\n");
	assert_shows(strstr(out, "== small"), "line 1 ");
	assert_shows(strstr(out, "== tiny"), "needs 40x10");
	/* While nothing can be seen no key counts. */
	assert_shows(strstr(out, "== back"), "line 1 ");
}

/* ---- dialog_ask ---- */

static void open_ask(struct view *view, uint32_t code)
{
	static const char *const labels[] = { "Yes", "No", "Stay", NULL };
	struct strbuf text = STRBUF_INIT;
	int i;

	for (i = 1; i <= (code == 'l' ? 40 : 1); i++)
		strbuf_printf(&text, "question %d\n", i);
	snprintf(returned, sizeof(returned), "%d", dialog_ask(view->ui, "Really?", strbuf_text(&text), labels, 2));
	strbuf_clear(&text);
}

static void test_dialog_ask__keys__the_button_that_was_chosen(void **state)
{
	static const struct {
		const char *label, *keys, *expected;
	} cases[] = {
		{ "the safe one at first", "<Enter>\n", "2" },
		{ "Esc", "<Esc>\n", "-1" },
		{ "left", "<Left>\n<Enter>\n", "1" },
		{ "Shift-Tab", "<Shift-Tab>\n<Space>\n", "1" },
		{ "round to the right", "<Right>\n<Enter>\n", "0" },
		{ "Tab twice", "<Tab>\n<Tab>\n<Enter>\n", "1" },
		{ "interrupt", "<Ctrl-C>\n", "-1" },
		{ "hang-up", "<Hangup>\n", "-1" },
		{ "other keys wait", "x\n<F5>\n<Alt-N>\n<Enter>\n", "2" },
	};
	struct fixture *fixture = *state;
	struct strbuf script = STRBUF_INIT;
	size_t i;

	fixture_letter = open_ask;
	for (i = 0; i < ARRAY_LEN(cases); i++) {
		returned[0] = '\0';
		strbuf_reset(&script);
		strbuf_printf(&script, "<Tab>\ns\n%s", cases[i].keys);
		fixture_run(fixture, strbuf_text(&script));
		assert_text(cases[i].label, cases[i].expected, returned);
		fixture_restart(fixture);
	}
	strbuf_clear(&script);
}

static void test_dialog_ask__long_text__scrolls_and_buttons_stay(void **state)
{
	const char *out;

	fixture_letter = open_ask;
	out = fixture_run(*state, "<Tab>\nl\n<DumpText top>\n<End>\n<DumpText end>\n<Resize 40x10>\n"
				  "<DumpText small>\n");
	assert_shows(strstr(out, "== top"), "question 1 ");
	assert_shows(strstr(out, "== top"), "[ Yes ]  [ No ]  [ Stay ]");
	assert_shows(strstr(out, "== top"), "Enter Choose  Tab Next button  Esc Close  PgDn More");
	assert_shows(strstr(out, "== end"), "question 40");
	assert_null(strstr(strstr(out, "== end"), "PgDn More"));
	assert_shows(strstr(out, "== small"), "[ Yes ]  [ No ]  [ Stay ]");
}

static void test_dialog_ask__click__presses_only_the_dialogs_buttons(void **state)
{
	struct fixture *fixture = *state;
	const char *out;

	fixture_letter = open_ask;
	/* First where the page has its Next button, then on "No" */
	out = fixture_run(fixture, "<Tab>\ns\n<Click 19 60>\n<Dump open>\n<Click 12 60>\n<Dump done>\n");
	assert_shows(out, "[ Yes ]");
	assert_shows(strstr(out, "== open"), "[ No ]");
	assert_shows(strstr(out, "== done"), "1 of");
	assert_string_equal(returned, "1");
}

static void open_wide_ask(struct view *view, uint32_t code)
{
	static const char *const labels[] = { "Save draft and quit", "Discard it all", "Stay here", NULL };

	(void)code;
	snprintf(returned, sizeof(returned), "%d", dialog_ask(view->ui, "Leave?", "Well?", labels, 2));
}

static void test_dialog_ask__narrow__the_focused_button_is_always_visible(void **state)
{
	const char *out;

	fixture_letter = open_wide_ask;
	out = fixture_run(*state, "<Resize 40x10>\n<Tab>\ns\n<DumpText last>\n<Left>\n<DumpText middle>\n<Left>\n"
				  "<DumpText first>\n<Enter>\n");
	assert_shows(strstr(out, "== last"), "◂ [ Discard it all ]  [ Stay here ] │");
	assert_shows(strstr(out, "== middle"), "[ Discard it all ]");
	assert_shows(strstr(out, "== first"), "[ Save draft and quit ]▸│");
	assert_string_equal(returned, "0");
}

/* ---- dialog_choose ---- */

static void open_choose(struct view *view, uint32_t code)
{
	static char names[60][32];
	const char *items[60];
	size_t i, count = code == 'n' ? 0 : code == 'l' ? 60 : 3;

	for (i = 0; i < count; i++) {
		snprintf(names[i], sizeof(names[i]), "%c-item %zu", (int)('a' + i % 26), i);
		items[i] = names[i];
	}
	snprintf(returned, sizeof(returned), "%d", dialog_choose(view->ui, "Choose", items, count, count > 1 ? 1 : 0));
}

static void test_dialog_choose__keys__the_item_that_was_chosen(void **state)
{
	static const struct {
		const char *label, *keys, *expected;
	} cases[] = {
		{ "the current one at first", "s\n<Enter>\n", "1" },
		{ "Esc", "s\n<Esc>\n", "-1" },
		{ "up", "s\n<Up>\n<Enter>\n", "0" },
		{ "not above the first", "s\n<Up>\n<Up>\n<Up>\n<Enter>\n", "0" },
		{ "down", "s\n<Ctrl-N>\n<Space>\n", "2" },
		{ "not below the last", "s\n<End>\n<Down>\n<Enter>\n", "2" },
		{ "a page on", "l\n<PgDn>\n<Enter>\n", "21" },
		{ "the end", "l\n<End>\n<Enter>\n", "59" },
		{ "a letter", "l\nc\n<Enter>\n", "2" },
		{ "the letter again", "l\ncc\n<Enter>\n", "28" },
		{ "a letter that none has", "s\nz\n<Enter>\n", "1" },
		{ "nothing there", "n\n<Down>\n<Enter>\n", "-1" },
		{ "click twice", "s\n<Click 12 35>\n<Click 12 35>\n", "2" },
	};
	struct fixture *fixture = *state;
	struct strbuf script = STRBUF_INIT;
	size_t i;

	fixture_letter = open_choose;
	for (i = 0; i < ARRAY_LEN(cases); i++) {
		returned[0] = '\0';
		strbuf_reset(&script);
		strbuf_printf(&script, "<Tab>\n%s", cases[i].keys);
		fixture_run(fixture, strbuf_text(&script));
		assert_text(cases[i].label, cases[i].expected, returned);
		fixture_restart(fixture);
	}
	strbuf_clear(&script);
}

static void test_dialog_choose__list__pointer_and_cursor_on_the_current_one(void **state)
{
	const char *out;

	fixture_letter = open_choose;
	out = fixture_run(*state, "<Tab>\ns\n<Dump list>\n<Down>\n<Dump down>\n");
	assert_shows(out, "▸ b-item 1");
	assert_shows(strstr(out, "== down"), "▸ c-item 2");
	assert_shows(strstr(out, "== down"), "cursor 12 29");
}

/* ---- dialog_input ---- */

static bool no_twins(const struct strbuf *texts, void *data, struct strbuf *why)
{
	(void)data;
	if (!str_eq(strbuf_text(&texts[0]), strbuf_text(&texts[1])))
		return true;
	strbuf_puts(why, "The two must differ.");
	return false;
}

static void open_input(struct view *view, uint32_t code)
{
	static const char *const labels[] = { "Name", "Note" };
	struct strbuf texts[2] = { STRBUF_INIT, STRBUF_INIT };
	bool accepted;

	strbuf_puts(&texts[0], "anna");
	accepted = dialog_input(view->ui, "Who?",
				code != 'l' ? "Who says so, and why."
					    : "Windows Server 2012 R2 or 2016, and for consoles and for agents every "
					      "one that the list of the target names, in this order or another.",
				labels, texts, 2,
				code == 'c' ? no_twins : NULL, NULL);
	snprintf(returned, sizeof(returned), "%s|%s|%s", accepted ? "ok" : "no", strbuf_text(&texts[0]),
		 strbuf_text(&texts[1]));
	strbuf_clear(&texts[0]);
	strbuf_clear(&texts[1]);
}

static void test_dialog_input__keys__what_was_typed(void **state)
{
	static const struct {
		const char *label, *keys, *expected;
	} cases[] = {
		{ "enter goes on, then accepts", "s\n<Up>\n<End>\n bell\n<Enter>\nwhy\n<Enter>\n", "ok|anna bell|why" },
		{ "what is proposed gives way", "s\n<Up>\nbob\n<Enter>\n<Enter>\n", "ok|bob|" },
		{ "Esc", "s\nx\n<Esc>\n", "no|anna|" },
		{ "by the buttons", "s\nn\n<Tab>\n<Enter>\n", "ok|anna|n" },
		{ "cancel", "s\nn\n<Tab>\n<Right>\n<Enter>\n", "no|anna|" },
		{ "back from the buttons", "s\n<Tab>\n<Shift-Tab>\nm\n<Enter>\n", "ok|anna|m" },
		{ "editing", "s\n<Up>\n<Home>\n<Del>\nA\n<End>\n<Backspace>\ne\n<Enter>\n<Enter>\n", "ok|Anne|" },
		{ "word keys", "s\n<Up>\n<End>\n one two\n<Ctrl-W>\n<Ctrl-A>\n<Ctrl-K>\nx\n<Enter>\n<Enter>\n",
		  "ok|x|" },
		{ "digits and letters that are keys elsewhere", "s\n<Up>\n<Ctrl-U>\n1q?/\n<Enter>\n<Enter>\n",
		  "ok|1q?/|" },
		{ "paste", "s\n<Up>\n<Ctrl-U>\n<Paste CONTOSO\\anna>\n<Enter>\n<Enter>\n", "ok|CONTOSO\\anna|" },
		{ "refused, then mended", "c\nanna\n<Enter>\n2\n<Enter>\n<Enter>\n", "ok|anna2|anna" },
		{ "starts on the first line without a text", "s\nn\n<Enter>\n", "ok|anna|n" },
		{ "a click on a line", "s\n<Up>\n<Click 12 20>\nn\n<Enter>\n", "ok|anna|n" },
		{ "interrupt", "s\n<Ctrl-C>\n", "no|anna|" },
		{ "F8 from a line", "s\n<Up>\nbob\n<F8>\n", "ok|bob|" },
		{ "F8 from the button that cancels", "s\n<Tab>\n<Tab>\n<F8>\n", "ok|anna|" },
	};
	struct fixture *fixture = *state;
	struct strbuf script = STRBUF_INIT;
	size_t i;

	fixture_letter = open_input;
	for (i = 0; i < ARRAY_LEN(cases); i++) {
		returned[0] = '\0';
		strbuf_reset(&script);
		strbuf_printf(&script, "<Tab>\n%s", cases[i].keys);
		fixture_run(fixture, strbuf_text(&script));
		assert_text(cases[i].label, cases[i].expected, returned);
		fixture_restart(fixture);
	}
	strbuf_clear(&script);
}

static void test_dialog_input__refused__says_why_and_keeps_the_text(void **state)
{
	const char *out;

	fixture_letter = open_input;
	out = fixture_run(*state, "<Tab>\nc\n<Dump open>\nanna\n<Enter>\n<Dump refused>\n");
	assert_shows(out, "Who says so, and why.");
	/* Only there, not in the picture before. */
	assert_shows(out, "The two must differ.");
	assert_true(strstr(out, "The two must differ.") > strstr(out, "== refused"));
	assert_shows(strstr(out, "== refused"), "│ anna ");
}

static void test_dialog_input__smallest_screen__lines_and_error_have_room(void **state)
{
	const char *out;

	fixture_letter = open_input;
	out = fixture_run(*state, "<Resize 40x10>\n<Tab>\nc\nanna\n<Enter>\n<DumpText refused>\n");
	assert_shows(out, "│ Name        anna ");
	assert_shows(out, "│ Note        anna ");
	assert_shows(out, "The two must differ.");
	assert_shows(out, "[ OK ]  [ Cancel ]");
}

static void test_dialog_input__smallest_screen__long_explanation_is_cut_with_an_ellipsis(void **state)
{
	const char *out;

	fixture_letter = open_input;
	out = fixture_run(*state, "<Resize 40x10>\n<Tab>\nl\n<DumpText open>\n");
	assert_shows(out, "│ every one that the list of the ta… │");
	assert_shows(out, "│ Name        anna ");
}

static void test_dialog_input__key_line__how_to_go_on_first_and_true(void **state)
{
	const char *out;

	fixture_letter = open_input;
	out = fixture_run(*state, "<Tab>\ns\n<DumpText line>\n<Tab>\n<Tab>\n<DumpText cancel>\n");
	assert_shows(out, "\n F8 OK  Tab Next field  Esc Close\n");
	assert_shows(strstr(out, "== cancel"), "\n F8 OK  Enter Press  Tab Next field  Esc Close\n");
}

static void test_dialog_input__pasted_lines__words_of_one_line(void **state)
{
	const char *out;

	fixture_letter = open_input;
	out = fixture_run(*state, "<Tab>\ns\n<PasteLines |one||two|>\n<DumpText pasted>\n");
	assert_shows(out, "│ one two ");
	assert_lacks(out, "left out of what was pasted");
}

static void test_dialog_input__pasted_controls__left_out_and_said(void **state)
{
	const char *out;

	fixture_letter = open_input;
	out = fixture_run(*state, "<Tab>\ns\n<Paste one\x02two>\n<DumpText pasted>\n");
	assert_shows(out, "│ onetwo ");
	assert_shows(out, "left out of what was pasted");
}

/* ---- a dialog over a dialog ---- */

static void draw_under(struct ui *ui, struct canvas *canvas, void *data)
{
	(void)ui;
	canvas_text(canvas, 0, 0, 20, ROLE_NORMAL, data);
	canvas_area(canvas, (struct rect){ 0, 0, 1, 20 }, ACTION_BUTTON, 7);
}

static void open_two(struct view *view, uint32_t code)
{
	char text[] = "under";
	struct key key;

	(void)code;
	loop_overlay_begin(view->ui, draw_under, text);
	dialog_text(view->ui, "Over", "over");
	loop_overlay_end(view->ui);
	loop_dialog_key(view->ui, draw_under, text, &key);
	snprintf(returned, sizeof(returned), "%d %u", loop_clicked(view->ui) == ACTION_BUTTON, (unsigned)key.code);
}

static void test_loop_overlay__nested__both_are_drawn(void **state)
{
	const char *out;

	fixture_letter = open_two;
	out = fixture_run(*state, "<Tab>\nx\n<DumpText both>\n<Esc>\n<DumpText one>\n<Click 0 3>\n<DumpText none>\n");
	assert_shows(strstr(out, "== both"), "\nunder");
	assert_shows(strstr(out, "== both"), "─ Over ─");
	assert_shows(strstr(out, "== one"), "\nunder");
	assert_lacks(strstr(out, "== one"), "─ Over ─");
	assert_lacks(strstr(out, "== none"), "\nunder");
	assert_string_equal(returned, "1 7");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		UI_TEST(test_dialog_text__short__closed_by_enter_and_esc),
		UI_TEST(test_dialog_text__long__scrolls_and_marks_both_ends),
		UI_TEST(test_dialog_text__resize__stays_open_and_fits),
		UI_TEST(test_dialog_ask__keys__the_button_that_was_chosen),
		UI_TEST(test_dialog_ask__long_text__scrolls_and_buttons_stay),
		UI_TEST(test_dialog_ask__click__presses_only_the_dialogs_buttons),
		UI_TEST(test_dialog_ask__narrow__the_focused_button_is_always_visible),
		UI_TEST(test_dialog_choose__keys__the_item_that_was_chosen),
		UI_TEST(test_dialog_choose__list__pointer_and_cursor_on_the_current_one),
		UI_TEST(test_dialog_input__keys__what_was_typed),
		UI_TEST(test_dialog_input__key_line__how_to_go_on_first_and_true),
		UI_TEST(test_dialog_input__pasted_lines__words_of_one_line),
		UI_TEST(test_dialog_input__pasted_controls__left_out_and_said),
		UI_TEST(test_dialog_input__refused__says_why_and_keeps_the_text),
		UI_TEST(test_dialog_input__smallest_screen__lines_and_error_have_room),
		UI_TEST(test_dialog_input__smallest_screen__long_explanation_is_cut_with_an_ellipsis),
		UI_TEST(test_loop_overlay__nested__both_are_drawn),
	};

	return run_tests(tests);
}
