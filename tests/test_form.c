/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Forms: typing, walking, messages, every kind of field. Keys go in, pictures come out.
 */
#include "stage.h"

#define CANARY "Xq7canary"

static const struct page *const form_pages[] = { &small_form, &small_done, NULL };
static const struct page *const second_pages[] = { &small_servers, &small_form, &small_done, NULL };
static const struct page *const account_pages[] = { &small_accounts, &small_done, NULL };

/* ---- walking and typing ---- */

static void test_form__typing_and_enter__goes_on_to_the_next_field(void **state)
{
	struct stage *stage = *state;
	const char *screen;

	stage_open(stage, form_pages);
	screen = stage_play(stage, "<Ctrl-U>\nFABRIKAM\n<Enter>\n<Dump a>\n");
	assert_text("kept", "FABRIKAM", stage_value(stage, &small_form, "name"));
	assert_shows(screen, "The form");
	assert_shows(screen, "FABRIKAM");
	assert_cursor_on(screen, "C:\\Default");
}

static void test_form__every_way_to_walk__reaches_every_stop(void **state)
{
	static const struct {
		const char *label, *keys, *on;
	} cases[] = {
		{ "Tab", "<Tab>\n", "C:\\Default" },
		{ "button beside the field", "<Tab>\n<Tab>\n", "[ Browse ]" },
		{ "Down", "<Down>\n<Down>\n<Down>\n", "Port" },
		{ "Ctrl-N", "<Ctrl-N>\n<Ctrl-N>\n<Ctrl-N>\n<Ctrl-N>\n", "[ ] I agree" },
		{ "Shift-Tab", "<Tab>\n<Tab>\n<Tab>\n<Shift-Tab>\n", "[ Browse ]" },
		{ "Up", "<Tab>\n<Up>\n", "CONTOSO" },
		{ "Ctrl-P", "<Tab>\n<Ctrl-P>\n", "CONTOSO" },
		{ "past the end: the buttons", "<Enter>\n<Tab>\n<Tab>\n<Enter>\n<Enter>\n<Tab>\n<Enter>\n",
		  "[ Next > ]" },
		{ "back from the buttons", "<Enter>\n<Tab>\n<Tab>\n<Enter>\n<Enter>\n<Tab>\n<Enter>\n<Up>\n",
		  "Administrators" },
		{ "past the start: the last button", "<Shift-Tab>\n", "[ Cancel ]" },
	};
	struct stage *stage = *state;
	struct strbuf keys = STRBUF_INIT;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		stage_open(stage, form_pages);
		strbuf_reset(&keys);
		strbuf_printf(&keys, "%s<Dump a>\n", cases[i].keys);
		print_message("%s\n", cases[i].label);
		assert_cursor_on(stage_play(stage, strbuf_text(&keys)), cases[i].on);
	}
	strbuf_clear(&keys);
}

static void test_form__esc_while_typing__loses_nothing(void **state)
{
	struct stage *stage = *state;

	stage_open(stage, second_pages);
	stage_play(stage, "<F8>\n<Ctrl-U>\nhalf typ\n<Esc>\n<Dump a>\n");
	assert_shows(strbuf_text(&stage->out), "The servers");
	assert_text("kept", "half typ", stage_value(stage, &small_form, "name"));
}

static void test_form__undo_after_leaving_the_field__takes_the_change_back(void **state)
{
	struct stage *stage = *state;

	stage_open(stage, form_pages);
	stage_play(stage, "<Ctrl-U>\nFABRIKAM\n<Tab>\n<Shift-Tab>\n<Alt-Z>\n<Alt-Z>\n<Tab>\n<Dump a>\n");
	assert_text("what was there", "CONTOSO", stage_value(stage, &small_form, "name"));
	stage_play(stage, "<Alt-Z>\n<Tab>\n<Dump a>\n");
	assert_text("nothing more of the form before", "CONTOSO", stage_value(stage, &small_form, "name"));
}

static void test_form__resize_while_typing__keeps_text_and_focus(void **state)
{
	struct stage *stage = *state;
	const char *screen;

	stage_open(stage, form_pages);
	screen = stage_play(stage, "<Ctrl-U>\nFAB\n<Resize 40x10>\nRIKAM\n<Resize 132x43>\n<Dump a>\n");
	assert_cursor_on(screen, "FABRIKAM");
}

static void test_form__paste_with_line_feeds__one_line_and_a_notice(void **state)
{
	struct stage *stage = *state;
	const char *screen;

	stage_open(stage, form_pages);
	screen = stage_play(stage, "<Ctrl-U>\n<Paste ONE\x02TWO>\n<Dump a>\n");
	assert_shows(screen, "ONETWO");
	assert_shows(screen, "left out of what was pasted");
}

static void test_form__default_value__marked_until_it_is_changed(void **state)
{
	struct stage *stage = *state;
	const char *screen;

	stage_open(stage, form_pages);
	screen = stage_play(stage, "<Dump a>\n");
	assert_shows(screen, "Port");
	assert_shows(screen, "(default)");
	stage_play(stage,
		   "<Down>\n<Ctrl-U>\nD:\\Other\n<Tab>\n<Tab>\n<Ctrl-U>\n99\n<Tab>\n<Tab>\n<Right>\n<Tab>\n<Dump a>\n");
	assert_hides(strbuf_text(&stage->out), "(default)");
	assert_shows(strbuf_text(&stage->out), "Default: C:\\Default");
	assert_text("number", "99", stage_value(stage, &small_form, "port"));
	assert_text("choice", "l2", stage_value(stage, &small_form, "level"));
}

static void test_form__emptied_field__shows_the_default_again(void **state)
{
	struct stage *stage = *state;

	stage_open(stage, form_pages);
	stage_set(stage, small_form.fields, "folder", "D:\\Other");
	stage_play(stage, "<Tab>\n<Ctrl-U>\n<Tab>\n<Dump a>\n");
	assert_text("value", "C:\\Default", stage_value(stage, &small_form, "folder"));
}

/* ---- messages ---- */

static void test_form__wrong_value__message_stays_until_it_is_corrected(void **state)
{
	struct stage *stage = *state;
	const char *screen;

	stage_open(stage, form_pages);
	screen = stage_play(stage, "<Down>\n<Ctrl-U>\nC:\\a<b\n<Tab>\n<Dump wrong>\n");
	assert_shows(screen, "\xE2\x9C\x97");
	screen = stage_play(stage, "<Down>\n<Ctrl-U>\nC:\\a<b\n<Tab>\n<Shift-Tab>\nc\n<Dump typing>\n");
	assert_shows(screen, "\xE2\x9C\x97");
	screen = stage_play(stage,
			    "<Down>\n<Ctrl-U>\nC:\\a<b\n<Tab>\n<Shift-Tab>\n<Ctrl-U>\nC:\\ab\n<Tab>\n<Dump right>\n");
	assert_hides(screen, "\xE2\x9C\x97");
}

static void test_form__next_with_an_error__focus_on_the_first_wrong_field(void **state)
{
	struct stage *stage = *state;
	const char *screen;

	stage_open(stage, form_pages);
	stage_set(stage, small_form.fields, "name", "");
	screen = stage_play(stage, "<Down>\n<F8>\n<Dump a>\n");
	assert_shows(screen, "The form");
	assert_shows(screen, "\xE2\x9C\x97");
	assert_cursor_on(screen, "Group name");
}

static void test_form__number_that_is_none__kept_as_typed_with_a_message(void **state)
{
	struct stage *stage = *state;
	const char *screen;

	stage_open(stage, form_pages);
	screen = stage_play(stage, "<Down>\n<Tab>\n<Tab>\n<Ctrl-U>\nabc\n<Tab>\n<Dump a>\n");
	assert_shows(screen, "abc");
	assert_shows(screen, "\xE2\x9C\x97");
}

static void test_form__merely_walked_past__an_empty_field_says_nothing(void **state)
{
	struct stage *stage = *state;

	stage_open(stage, account_pages);
	stage_set(stage, small_accounts.fields, "account.user", "");
	assert_hides(stage_play(stage, "<Tab>\n<Tab>\n<Tab>\n<Dump a>\n"), "\xE2\x9C\x97");
}

static void test_form__hostile_value__made_visible(void **state)
{
	struct stage *stage = *state;
	const char *screen;

	stage_open(stage, form_pages);
	stage_set(stage, small_form.fields, "name",
		  "A\xE2\x80\xAE"
		  "B\x1B[31m");
	screen = stage_play(stage, "<Tab>\n<Dump a>\n");
	assert_shows(screen, "A\\u{202E}B\\u{001B}[31m");
	assert_hides(screen, "\x1B");
}

/* ---- kinds ---- */

static void test_form__space_on_a_check_mark__switches_it(void **state)
{
	struct stage *stage = *state;

	stage_open(stage, form_pages);
	assert_shows(stage_play(stage, "<Down>\n<Tab>\n<Tab>\n<Tab>\n<Space>\n<Dump a>\n"),
		     "[x] I agree with the terms");
	assert_text("kept", "yes", stage_value(stage, &small_form, "agree"));
}

static void test_form__choice__arrows_choose_and_fields_that_no_longer_apply_go(void **state)
{
	struct stage *stage = *state;
	const char *screen;

	stage_open(stage, account_pages);
	screen = stage_play(stage, "<Dump a>\n");
	assert_shows(screen, "(*) A domain account");
	assert_shows(screen, "Service account");
	screen = stage_play(stage, "<Down>\n<Space>\n<Dump a>\n");
	assert_shows(screen, "(*) Local System");
	assert_hides(screen, "Service account");
	assert_cursor_on(screen, "Local System");
	screen = stage_play(stage, "<Left>\n<Dump a>\n");
	assert_shows(screen, "Service account");
	assert_text("kept", "domain", stage_value(stage, &small_accounts, "account.mode"));
}

static void test_form__choice_that_is_not_the_first__the_pointer_starts_there(void **state)
{
	struct stage *stage = *state;

	stage_open(stage, account_pages);
	stage_set(stage, small_accounts.fields, "account.mode", "local");
	assert_cursor_on(stage_play(stage, "<Dump a>\n"), "(*) Local System");
}

static void test_form__long_choice__one_at_a_time(void **state)
{
	struct stage *stage = *state;
	const char *screen;

	stage_open(stage, form_pages);
	screen = stage_play(stage, "<Enter>\n<Tab>\n<Tab>\n<Enter>\n<Enter>\n<Left>\n<Dump a>\n");
	assert_cursor_on(screen, "\xE2\x97\x82 Six \xE2\x96\xB8");
	assert_text("kept", "l6", stage_value(stage, &small_form, "level"));
}

static void test_form__list_of_names__typed_with_commas(void **state)
{
	struct stage *stage = *state;

	stage_open(stage, form_pages);
	stage_play(stage,
		   "<Enter>\n<Tab>\n<Tab>\n<Enter>\n<Enter>\n<Tab>\nCONTOSO\\anna, CONTOSO\\bert\n<Tab>\n<Dump a>\n");
	assert_text("kept", "CONTOSO\\anna, CONTOSO\\bert", stage_value(stage, &small_form, "admins"));
}

/* ---- passwords ---- */

static void test_form__password__never_shown_but_when_asked(void **state)
{
	struct stage *stage = *state;
	const char *screen;
	struct secret *secret;

	stage_open(stage, account_pages);
	screen = stage_play(stage,
			    "<Tab>\n<Tab>\n" CANARY "\n<Dump typing>\n<Tab>\n<DumpText left>\n<Tab>\n<Dump end>\n");
	assert_hides(screen, CANARY);
	assert_shows(screen, "*********");
	assert_hides(strstr(screen, "== left"), "**");
	assert_shows(strstr(screen, "== left"), "(typed, not shown)");
	secret = wizard_secret(stage->wizard, small_accounts.fields[2], 0);
	assert_int_equal(secret_length(secret), strlen(CANARY));
	screen = stage_play(stage, "<Tab>\n<Tab>\n<F4>\n<Dump revealed>\n");
	assert_shows(screen, CANARY);
	assert_hides(stage_play(stage, "<Tab>\n<Tab>\n<F4>\n<Tab>\n<Dump a>\n<Shift-Tab>\n<Dump b>\n"), CANARY);
	assert_shows(stage_play(stage, "<Tab>\n<Tab>\n<Alt-P>\n<Dump a>\n"), CANARY);
	secret_clear(secret);
}

static void test_form__passwords_differ__message_and_no_way_on(void **state)
{
	struct stage *stage = *state;
	const char *screen;

	stage_open(stage, account_pages);
	screen = stage_play(stage, "<Tab>\n<Tab>\n" CANARY "\n<Tab>\nother\n<Tab>\n<DumpText a>\n<F8>\n<Dump b>\n");
	assert_shows(screen, "\xE2\x9C\x97");
	assert_hides(screen, CANARY);
	assert_shows(last_screen(screen), "Accounts");
	assert_cursor_on(screen, "Its password");
}

/* ---- sizes ---- */

static void test_form__every_size__the_focused_stop_is_in_sight(void **state)
{
	static const int sizes[][2] = { { 10, 40 }, { 12, 60 }, { 18, 72 }, { 24, 80 }, { 43, 132 } };
	static const char *const stops[] = { "CONTOSO", "C:\\Default", "[ Browse ]", "1433", "I agree", "One", "" };
	struct stage *stage = *state;
	struct strbuf keys = STRBUF_INIT;

	for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
		for (size_t j = 0; j < ARRAY_LEN(stops); j++) {
			stage->rows = sizes[i][0];
			stage->columns = sizes[i][1];
			stage_open(stage, form_pages);
			strbuf_reset(&keys);
			for (size_t k = 0; k < j; k++)
				strbuf_puts(&keys, "<Tab>\n");
			strbuf_puts(&keys, "<Dump a>\n");
			print_message("%d x %d, stop %zu\n", stage->rows, stage->columns, j);
			assert_cursor_on(stage_play(stage, strbuf_text(&keys)), stops[j]);
		}
	}
	strbuf_clear(&keys);
}

static void test_form__ascii__no_other_character(void **state)
{
	struct stage *stage = *state;

	stage->ascii = true;
	stage_open(stage, form_pages);
	stage_play(stage, "<Ctrl-U>\n<Tab>\n<Enter>\n<F8>\n<DumpText a>\n");
	for (const char *at = strbuf_text(&stage->out); *at; at++)
		assert_true((unsigned char)*at < 0x80);
}

static void test_form__hint_and_help__speak_about_the_field(void **state)
{
	struct stage *stage = *state;
	const char *screen;

	stage_open(stage, form_pages);
	screen = stage_play(stage, "<Dump a>\n<F1>\n<Dump help>\n");
	assert_shows(screen, "The name of the group.");
	assert_shows(strstr(screen, "== help"), "Example: CONTOSO");
	assert_shows(strstr(screen, "== help"), "page one (documented); domain notes (not certain: two readings)");
}

static void test_form__help_of_a_choice__speaks_in_labels(void **state)
{
	struct stage *stage = *state;
	const char *screen;

	stage_open(stage, form_pages);
	screen = stage_play(stage, "<Tab>\n<Tab>\n<Tab>\n<Tab>\n<Tab>\n<F1>\n<Dump help>\n");
	assert_shows(strstr(screen, "== help"), "Default: One");
	assert_hides(strstr(screen, "== help"), "Default: l1");
}

#define STAGED(function) cmocka_unit_test_setup_teardown(function, stage_set_up, stage_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		STAGED(test_form__typing_and_enter__goes_on_to_the_next_field),
		STAGED(test_form__every_way_to_walk__reaches_every_stop),
		STAGED(test_form__esc_while_typing__loses_nothing),
		STAGED(test_form__undo_after_leaving_the_field__takes_the_change_back),
		STAGED(test_form__resize_while_typing__keeps_text_and_focus),
		STAGED(test_form__paste_with_line_feeds__one_line_and_a_notice),
		STAGED(test_form__default_value__marked_until_it_is_changed),
		STAGED(test_form__emptied_field__shows_the_default_again),
		STAGED(test_form__wrong_value__message_stays_until_it_is_corrected),
		STAGED(test_form__next_with_an_error__focus_on_the_first_wrong_field),
		STAGED(test_form__number_that_is_none__kept_as_typed_with_a_message),
		STAGED(test_form__merely_walked_past__an_empty_field_says_nothing),
		STAGED(test_form__hostile_value__made_visible),
		STAGED(test_form__space_on_a_check_mark__switches_it),
		STAGED(test_form__choice__arrows_choose_and_fields_that_no_longer_apply_go),
		STAGED(test_form__choice_that_is_not_the_first__the_pointer_starts_there),
		STAGED(test_form__long_choice__one_at_a_time),
		STAGED(test_form__list_of_names__typed_with_commas),
		STAGED(test_form__password__never_shown_but_when_asked),
		STAGED(test_form__passwords_differ__message_and_no_way_on),
		STAGED(test_form__every_size__the_focused_stop_is_in_sight),
		STAGED(test_form__ascii__no_other_character),
		STAGED(test_form__hint_and_help__speak_about_the_field),
		STAGED(test_form__help_of_a_choice__speaks_in_labels),
	};

	return run_tests(tests);
}
