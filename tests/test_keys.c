/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Tests of the key table, of the names of keys, and of what key does what.
 */
#include "helpers.h"

#include "ui/keys.h"

/* Calls EACH for every name in the comma-separated KEYS. */
static void each_name(const char *keys, void (*each)(const char *name, size_t length, void *data), void *data)
{
	size_t length;

	while (*keys) {
		length = strcspn(keys, ",");
		each(keys, length, data);
		keys += length;
		keys += strspn(keys, ", ");
	}
}

static void test_key_table__each_row__complete_and_of_its_own(void **state)
{
	const struct key_row *row;
	size_t length;

	(void)state;
	for (row = key_table; row->action != ACTION_NONE; row++) {
		assert_ptr_equal(key_row_of(row->action), row);
		assert_labelled(row->keys, *row->brief && *row->name && strlen(row->name) <= 16);
		length = strlen(row->help);
		assert_labelled(row->keys, length > 10 && row->help[length - 1] == '.');
	}
}

static void test_key_table__each_action__has_a_row_unless_it_is_of_clicks(void **state)
{
	int action;
	bool of_clicks;

	(void)state;
	for (action = ACTION_NONE + 1; action < ACTION_COUNT; action++) {
		of_clicks = action == ACTION_FOCUS || action == ACTION_BUTTON || action == ACTION_GOTO_PAGE;
		assert_int_equal(key_row_of((enum action)action) != NULL, !of_clicks);
	}
}

static void check_reading(const char *name, size_t length, void *data)
{
	const struct key_row *row = data;
	struct strbuf back = STRBUF_INIT;
	struct key key;

	assert_labelled(row->keys, key_from_name(name, length, &key));
	/* A key that two rows claim would be read as the first of them. */
	assert_labelled(row->keys, key_action(&key, false) == row->action);
	assert_labelled(row->keys, key_action(&key, true) == (key.name == KEYNAME_CODE ? ACTION_NONE : row->action));
	key_to_name(&key, &back);
	assert_labelled(row->keys, back.length == length && memcmp(strbuf_text(&back), name, length) == 0);
	strbuf_clear(&back);
}

static void test_key_action__each_key_of_the_table__its_action_and_no_other(void **state)
{
	const struct key_row *row;

	(void)state;
	for (row = key_table; row->action != ACTION_NONE; row++) {
		struct key_row copy = *row;

		each_name(row->keys, check_reading, &copy);
	}
}

static void count_way(const char *name, size_t length, void *data)
{
	struct key key;
	bool *plain = data;

	assert_true(key_from_name(name, length, &key));
	*plain = *plain || key.name == KEYNAME_ALT || key.name == KEYNAME_CTRL || key.name == KEYNAME_ENTER ||
		 key.name == KEYNAME_TAB || key.name == KEYNAME_BACKTAB || key.name == KEYNAME_CODE ||
		 key.name == KEYNAME_ESC;
}

/* F-keys and the keys of the small keypad are missing on some consoles and taken by some terminals. */
static void test_key_table__each_action__has_a_key_that_every_terminal_sends(void **state)
{
	struct key one = { .name = KEYNAME_CODE, .code = '9' };
	const struct key_row *row;
	bool plain;

	(void)state;
	for (row = key_table; row->action != ACTION_NONE; row++) {
		plain = row->action == key_action(&one, false);
		each_name(row->keys, count_way, &plain);
		assert_labelled(row->keys, plain);
	}
}

static void test_key_action__table__as_the_model_says(void **state)
{
	static const struct { const char *name; bool in_text; enum action action; } cases[] = {
		{ "Tab", true, ACTION_NEXT_FIELD }, { "Down", false, ACTION_NEXT_FIELD },
		{ "Ctrl-N", true, ACTION_NEXT_FIELD }, { "Shift-Tab", true, ACTION_PREVIOUS_FIELD },
		{ "Up", true, ACTION_PREVIOUS_FIELD }, { "Ctrl-P", false, ACTION_PREVIOUS_FIELD },
		{ "Enter", true, ACTION_ACTIVATE }, { "Space", false, ACTION_TOGGLE }, { "Space", true, ACTION_NONE },
		{ "Alt-N", true, ACTION_NEXT_PAGE }, { "F8", true, ACTION_NEXT_PAGE }, { "8", false, ACTION_NEXT_PAGE },
		{ "8", true, ACTION_NONE }, { "Esc", true, ACTION_BACK }, { "Alt-B", true, ACTION_BACK },
		{ "F7", true, ACTION_BACK }, { "Alt-G", true, ACTION_PAGE_LIST }, { "F1", true, ACTION_HELP },
		{ "Alt-H", true, ACTION_HELP }, { "?", false, ACTION_HELP }, { "?", true, ACTION_NONE },
		{ "1", false, ACTION_HELP }, { "F2", true, ACTION_BROWSE }, { "Alt-O", true, ACTION_BROWSE },
		{ "/", false, ACTION_FIND }, { "/", true, ACTION_NONE }, { "F3", true, ACTION_FIND },
		{ "F5", true, ACTION_VERIFY }, { "Alt-V", true, ACTION_VERIFY }, { "F6", true, ACTION_SAVE },
		{ "Alt-S", true, ACTION_SAVE }, { "F4", true, ACTION_REVEAL }, { "Alt-P", true, ACTION_REVEAL },
		{ "Ctrl-L", true, ACTION_REDRAW }, { "Ctrl-Z", true, ACTION_SUSPEND }, { "F9", true, ACTION_MOUSE },
		{ "Alt-Q", true, ACTION_QUIT }, { "Ctrl-Q", true, ACTION_QUIT }, { "Q", false, ACTION_QUIT },
		{ "q", true, ACTION_NONE }, { "Ctrl-C", true, ACTION_INTERRUPT }, { "Alt-L", true, ACTION_WHOLE_LINE },
		{ "Alt-C", true, ACTION_COPY_LINE },
		/* Inside a text, or of no use */
		{ "Left", true, ACTION_NONE }, { "Home", false, ACTION_NONE }, { "PgDn", false, ACTION_NONE },
		{ "Ctrl-A", true, ACTION_NONE }, { "Ctrl-E", true, ACTION_NONE }, { "Ctrl-U", true, ACTION_NONE },
		{ "Ctrl-W", true, ACTION_NONE }, { "Ctrl-S", true, ACTION_NONE }, { "Backspace", true, ACTION_NONE },
		{ "0", false, ACTION_NONE }, { "é", false, ACTION_NONE },
	};
	struct key key;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(cases); i++) {
		assert_labelled(cases[i].name, key_from_name(cases[i].name, strlen(cases[i].name), &key));
		assert_labelled(cases[i].name, key_action(&key, cases[i].in_text) == cases[i].action);
	}
}

static void test_key_action__no_keys__no_action(void **state)
{
	static const enum key_name names[] = { KEYNAME_PASTE, KEYNAME_MOUSE, KEYNAME_RESIZE, KEYNAME_RESUME,
					       KEYNAME_SIGNAL, KEYNAME_HANGUP };
	struct key key = { .code = 'q' };
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(names); i++) {
		key.name = names[i];
		assert_int_equal(key_action(&key, false), ACTION_NONE);
	}
}

static void test_key_from_name__nonsense__refused(void **state)
{
	static const char *const names[] = { "", "Entre", "F10", "Ctrl-", "Alt-", "Ctrl-Nn", "ab", "\033", "\xFF" };
	struct key key;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(names); i++)
		assert_labelled(names[i], !key_from_name(names[i], strlen(names[i]), &key));
}

static void test_keys_print__some_actions__theirs_and_no_other(void **state)
{
	static const struct key_use some[] = { { ACTION_SELECT, true }, { ACTION_FIND, true }, { ACTION_NONE, true } };
	struct strbuf out = STRBUF_INIT;

	(void)state;
	keys_print(&out, 24, some, false);
	assert_non_null(strstr(strbuf_text(&out), "Up, Down                 Goes to the row before or"));
	assert_non_null(strstr(strbuf_text(&out), key_row_of(ACTION_FIND)->help));
	assert_non_null(strstr(strbuf_text(&out), "1 to 9"));
	assert_null(strstr(strbuf_text(&out), key_row_of(ACTION_ADD)->help));
	assert_null(strstr(strbuf_text(&out), key_editing[0].help));
	strbuf_reset(&out);
	keys_print(&out, 24, some, true);
	for (const struct key_row *row = key_editing; row->keys; row++)
		assert_labelled(row->keys, strstr(strbuf_text(&out), row->keys) != NULL);
	assert_null(strstr(strbuf_text(&out), "1 to 9"));
	strbuf_clear(&out);
}

static void test_keys_print__a_key_that_does_something_else__is_not_named(void **state)
{
	static const struct key_use uses[] = { { ACTION_SELECT, true },       { ACTION_NEXT_FIELD, true },
					       { ACTION_SHOW_ALL, true },     { ACTION_BACK, true },
					       { ACTION_HELP, true },         { ACTION_QUIT, false },
					       { ACTION_STEP_START, true },   { ACTION_REPEAT, false },
					       { ACTION_NONE, true } };
	struct strbuf out = STRBUF_INIT;

	(void)state;
	keys_print(&out, 12, uses, false);
	assert_non_null(strstr(strbuf_text(&out), "Up, Down     Goes to the row"));
	assert_non_null(strstr(strbuf_text(&out), "\nTab, Ctrl-N  Goes to the next field."));
	assert_non_null(strstr(strbuf_text(&out), "\nAlt-B, F7    Goes to the page before"));
	assert_non_null(strstr(strbuf_text(&out), "\nF1, Alt-H, ? "));
	assert_non_null(strstr(strbuf_text(&out), "\nAlt-Q, Ctrl-Q Leaves"));
	assert_non_null(strstr(strbuf_text(&out), "\nS, Alt-T     The step"));
	assert_null(strstr(strbuf_text(&out), key_row_of(ACTION_REPEAT)->help));
	strbuf_reset(&out);
	keys_print(&out, 12, uses, true);
	assert_non_null(strstr(strbuf_text(&out), "\nF1, Alt-H    Explains"));
	assert_non_null(strstr(strbuf_text(&out), "\nAlt-T        The step"));
	strbuf_clear(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_key_table__each_row__complete_and_of_its_own),
		TEST(test_key_table__each_action__has_a_row_unless_it_is_of_clicks),
		TEST(test_key_action__each_key_of_the_table__its_action_and_no_other),
		TEST(test_key_table__each_action__has_a_key_that_every_terminal_sends),
		TEST(test_key_action__table__as_the_model_says),
		TEST(test_key_action__no_keys__no_action),
		TEST(test_key_from_name__nonsense__refused),
		TEST(test_keys_print__some_actions__theirs_and_no_other),
		TEST(test_keys_print__a_key_that_does_something_else__is_not_named),
	};

	return run_tests(tests);
}
