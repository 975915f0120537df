/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The terminal module on a pseudo-terminal, through the program itself: starting, keys as terminals send them,
 * signals, suspending, sizes, colours, the end.
 */
#include "helpers.h"

#include <signal.h>
#include <unistd.h>

#include "pty.h"

#define MS SESSION_PATIENCE

static struct session *start_with(int rows, int cols, const char *const *environment, const char *option)
{
	const char *argv[4] = { getenv("SCUPGRADE"), NULL, NULL, NULL };
	const struct session_options options = { .rows = rows, .cols = cols, .argv = argv, .environment = environment };

	argv[1] = option;
	assert_non_null(argv[0]);
	return session_start(&options);
}

/* Every test has a state folder of its own, so that none finds the draft of another. */
static struct session *start(void **state, const char *variable, const char *option)
{
	static char folder_variable[512];
	const char *environment[] = { folder_variable, variable, NULL };
	struct session *session;

	snprintf(folder_variable, sizeof(folder_variable), "XDG_STATE_HOME=%s", (const char *)*state);
	session = start_with(24, 80, environment, option);
	assert_true(session_wait_text(session, "[ Cancel ]", MS));
	return session;
}

static int set_up(void **state)
{
	*state = scratch_folder();
	return 0;
}

static int tear_down(void **state)
{
	scratch_remove(*state);
	return 0;
}

static void end_with(struct session *session, int expected)
{
	int status;

	assert_true(session_wait_exit(session, &status, MS));
	assert_int_equal(status, expected);
	assert_true(session_terminal_sane(session));
	session_end(session);
}

/* To the page with a text field. */
static void go_to_text(struct session *session)
{
	session_key(session, "F8");
	assert_true(session_wait_text(session, "Management group", MS));
}

static void test_screen_open__start__first_page_with_a_visible_cursor(void **state)
{
	struct session *session = start(state, NULL, NULL);

	assert_true(session_wait_quiet(session, 50, MS));
	assert_true(session_cursor(session).visible);
	assert_int_equal(session_screen_switches(session), 1);
	assert_true(session_colours(session) > 0);
	assert_non_null(strstr(session_row(session, 0), "scupgrade"));
	assert_non_null(strstr(session_row(session, 1), "────"));
	session_key(session, "Alt-q");
	end_with(session, 3);
}

static void test_screen_close__nothing_changed__last_bytes_are_the_resets(void **state)
{
	struct session *session = start(state, NULL, NULL);
	const char *output;
	size_t length;

	session_key(session, "Ctrl-q");
	assert_true(session_wait_exit(session, NULL, MS));
	output = session_output(session, &length);
	assert_non_null(strstr(output, "\033[?2004h"));
	assert_non_null(strstr(output, "\033[?2004l"));
	assert_null(strstr(strstr(output, "\033[?2004l"), "Quit"));
	assert_int_equal(session_screen_switches(session), 2);
	session_end(session);
}

static void test_screen__ending_signals__terminal_is_back_and_the_status_says_which(void **state)
{
	static const int numbers[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT };
	struct session *session;
	size_t i;

	for (i = 0; i < ARRAY_LEN(numbers); i++) {
		session = start(state, NULL, NULL);
		session_signal(session, numbers[i]);
		end_with(session, 128 + numbers[i]);
		scratch_remove(*state);
		*state = scratch_folder();
	}
}

static void test_screen__ctrl_c__leaves_at_once_and_keeps_a_draft(void **state)
{
	struct session *session = start(state, NULL, NULL);

	go_to_text(session);
	session_send(session, "CONTOSO");
	assert_true(session_wait_text(session, "CONTOSO", MS));
	session_key(session, "Ctrl-c");
	end_with(session, 130);
	session = start(state, NULL, NULL);
	assert_true(session_wait_text(session, "There is a draft", MS));
	session_key(session, "Enter");
	assert_true(session_wait_text(session, "CONTOSO", MS));
	session_key(session, "Ctrl-c");
	end_with(session, 130);
}

static void test_screen__crash__terminal_is_back(void **state)
{
	static const int numbers[] = { SIGSEGV, SIGBUS, SIGFPE, SIGABRT };
	struct session *session;
	size_t i;

	for (i = 0; i < ARRAY_LEN(numbers); i++) {
		session = start(state, NULL, NULL);
		session_signal(session, numbers[i]);
		end_with(session, 128 + numbers[i]);
	}
}

static void test_screen__connection_lost__ends_without_spinning(void **state)
{
	struct session *session = start(state, NULL, NULL);
	int status;

	session_hang_up(session);
	assert_true(session_wait_exit(session, &status, MS));
	assert_int_equal(status, 128 + SIGHUP);
	assert_true(session_cpu_ms(session) < 2000);
	session_end(session);
}

static void test_screen__keys_as_terminals_send_them__have_their_effect(void **state)
{
	static const struct { const char *label, *keys, *expected; } cases[] = {
		{ "plain", "abc", "abc" },
		{ "UTF-8", "\xC3\xA9\xE6\x97\xA5", "é日" },
		{ "left and insert", "ab\033[Dx", "axb" },
		{ "application cursor keys", "ab\033ODx", "axb" },
		{ "home in three spellings", "b\033[1~a\033[H0\033OH-", "-0ab" },
		{ "word left by xterm", "one two\033[1;5Dx", "one xtwo" },
		{ "backspace in both spellings", "abcd\x7F\x08", "ab" },
		{ "delete", "ab\033[D\033[3~c", "ac" },
		{ "Ctrl-A, Ctrl-E", "b\001a\005c", "abc" },
		{ "Ctrl-U", "gone\025kept", "kept" },
		{ "Alt-Backspace", "one two\033\x7Fx", "one x" },
		{ "unknown sequences are no text", "a\033[27;5;9~b\033[200;3ucd", "abcd" },
		{ "bytes that are no UTF-8 are dropped", "a\xFF\xC3z", "az" },
		{ "paste in one piece, controls left out", "\033[200~one\007two\001three\n\033[201~!", "onetwothree!" },
	};
	struct session *session = start(state, NULL, NULL);
	size_t i;

	go_to_text(session);
	for (i = 0; i < ARRAY_LEN(cases); i++) {
		session_send(session, "\005\025");
		session_send(session, cases[i].keys);
		assert_labelled(cases[i].label, session_wait_text(session, cases[i].expected, MS));
	}
	session_key(session, "Ctrl-c");
	end_with(session, 130);
}

static void test_screen__esc_and_alt__are_told_apart(void **state)
{
	struct session *session = start(state, NULL, NULL);

	go_to_text(session);
	session_key(session, "Alt-h");
	assert_true(session_wait_text(session, "Keys that work here:", MS));
	session_key(session, "Esc");
	assert_true(session_wait_gone(session, "Keys that work here:", MS));
	session_key(session, "Esc");
	assert_true(session_wait_text(session, "1 of", MS));
	session_key(session, "Esc");
	assert_true(session_wait_text(session, "Save draft and quit", MS));
	session_key(session, "Tab");
	session_key(session, "Tab");
	session_key(session, "Enter");
	end_with(session, 3);
}

static void test_screen__resize__follows_and_waits_when_too_small(void **state)
{
	struct session *session = start(state, NULL, NULL);
	size_t sent;

	session_resize(session, 10, 40);
	assert_true(session_wait_gone(session, "Getting Started", MS));
	assert_true(session_wait_text(session, "1 of", MS));
	session_resize(session, 5, 20);
	assert_true(session_wait_text(session, "needs 40x10, is 20x5", MS));
	/* A key and a new size that come together may be read in either order. Ctrl-L draws: F8 was read before it. */
	sent = session_output_length(session);
	session_key(session, "F8");
	session_key(session, "Ctrl-l");
	assert_true(session_wait_output(session, sent, MS));
	session_resize(session, 30, 130);
	assert_true(session_wait_text(session, "Getting Started", MS));
	assert_true(session_wait_text(session, "1 of", MS));
	session_key(session, "Alt-q");
	end_with(session, 3);
}

static void test_screen__suspend__gives_the_terminal_back_meanwhile(void **state)
{
	static char folder_variable[512];
	const char *environment[] = { folder_variable, NULL };
	const char *argv[] = { "sh", "-ic", "\"$SCUPGRADE\"; echo now $?; read line; fg; echo then $?", NULL };
	const struct session_options options = { .argv = argv, .environment = environment };
	struct session *session;

	snprintf(folder_variable, sizeof(folder_variable), "XDG_STATE_HOME=%s", (const char *)*state);
	session = session_start(&options);
	assert_true(session_wait_text(session, "Alt-Q Quit", MS));
	session_key(session, "Ctrl-z");
	assert_true(session_wait_text(session, "now 14", MS));
	assert_true(session_echoes(session));
	session_resize(session, 20, 60);
	session_send(session, "\n");
	assert_true(session_wait_text(session, "Alt-Q Quit", MS));
	session_key(session, "Alt-q");
	assert_true(session_wait_text(session, "then 3", MS));
	end_with(session, 0);
}

static void test_screen__stopped_from_outside__draws_everything_when_it_goes_on(void **state)
{
	struct session *session = start(state, NULL, NULL);
	size_t before;

	assert_true(session_wait_quiet(session, 50, MS));
	session_signal(session, SIGSTOP);
	before = session_output_length(session);
	session_signal(session, SIGCONT);
	session_key(session, "F8");
	assert_true(session_wait_text(session, "2 of", MS));
	assert_true(session_wait_quiet(session, 50, MS));
	assert_true(session_output_length(session) - before > 1500);
	session_signal(session, SIGTERM);
	end_with(session, 128 + SIGTERM);
}

static void test_screen__no_colour_wanted__none_is_sent(void **state)
{
	static const struct { const char *label, *variable, *option; bool colour; } cases[] = {
		{ "NO_COLOR", "NO_COLOR=1", NULL, false },
		{ "empty NO_COLOR", "NO_COLOR=", NULL, true },
		{ "--color=never", NULL, "--color=never", false },
		{ "--color=always", "NO_COLOR=1", "--color=always", true },
		{ "terminal without colours", "TERM=vt100", NULL, false },
	};
	struct session *session;
	size_t i;

	for (i = 0; i < ARRAY_LEN(cases); i++) {
		session = start(state, cases[i].variable, cases[i].option);
		session_key(session, "Alt-q");
		assert_true(session_wait_exit(session, NULL, MS));
		assert_labelled(cases[i].label, (session_colours(session) > 0) == cases[i].colour);
		session_end(session);
	}
}

/* What is said after the wizard comes where its keys stood. */
static void test_screen__no_other_screen__its_last_line_is_cleared(void **state)
{
	struct session *session = start(state, "TERM=linux", NULL);

	assert_true(session_wait_text(session, "Alt-Q Quit", MS));
	session_key(session, "Ctrl-c");
	assert_true(session_wait_exit(session, NULL, MS));
	assert_null(strstr(session_screen(session), "Quit"));
	assert_non_null(strstr(session_screen(session), "left without finishing"));
	session_end(session);
}

static void test_screen__locale_without_utf8__ascii_lines(void **state)
{
	struct session *session = start(state, "LC_ALL=C", NULL);
	const char *output;
	size_t length, i;

	assert_true(session_wait_text(session, "----", MS));
	session_key(session, "Alt-q");
	assert_true(session_wait_exit(session, NULL, MS));
	output = session_output(session, &length);
	for (i = 0; i < length; i++)
		assert_true((unsigned char)output[i] < 0x80);
	session_end(session);
}

static void test_screen__unknown_type__falls_back(void **state)
{
	struct session *session = start(state, "TERM=nosuch-terminal", NULL);

	session_key(session, "Alt-q");
	end_with(session, 3);
}

/* As nohup does it. */
static void test_screen__a_signal_that_was_ignored_before__stays_ignored(void **state)
{
	static const char *const argv[] = { "sh", "-c", "trap '' HUP; exec \"$SCUPGRADE\"", NULL };
	char folder[512];
	const char *const environment[] = { folder, NULL };
	const struct session_options options = { .argv = argv, .environment = environment };
	struct session *session;

	snprintf(folder, sizeof(folder), "XDG_STATE_HOME=%s", (const char *)*state);
	session = session_start(&options);
	assert_true(session_wait_text(session, "[ Cancel ]", MS));
	session_signal(session, SIGHUP);
	session_key(session, "F8");
	assert_true(session_wait_text(session, "2 of", MS));
	session_signal(session, SIGTERM);
	end_with(session, 128 + SIGTERM);
}

/* What a shell has exported may be of another terminal. */
static void test_screen__another_size_in_the_environment__the_terminals_own_counts(void **state)
{
	struct session *session = start(state, "COLUMNS=10", NULL);

	assert_true(session_wait_text(session, "Service Management Automation", MS));
	session_resize(session, 30, 100);
	assert_true(session_wait_text(session, "Alt-Q Quit", MS));
	assert_int_equal(session_screen_switches(session), 1);
	session_key(session, "Ctrl-c");
	end_with(session, 130);
}

static void test_screen__mouse__only_on_request(void **state)
{
	struct session *session = start(state, NULL, NULL);
	const char *output;

	assert_null(strstr(session_output(session, NULL), "\033[?1000h"));
	session_key(session, "F9");
	assert_true(session_wait_text(session, "The mouse is on", MS));
	output = session_output(session, NULL);
	assert_true(strstr(output, "1000h") || strstr(output, ";1000h"));
	/* A click on Next */
	session_send(session, "\033[<0;60;20M");
	assert_true(session_wait_text(session, "2 of", MS));
	session_key(session, "F9");
	assert_true(session_wait_text(session, "The mouse is off", MS));
	session_key(session, "Ctrl-c");
	end_with(session, 130);
}

/* Both ways: the help of a page is longer than the screen. */
static void test_screen__wheel__scrolls_down_and_up(void **state)
{
	struct session *session = start(state, NULL, NULL);

	session_key(session, "F9");
	assert_true(session_wait_text(session, "The mouse is on", MS));
	session_key(session, "F1");
	assert_true(session_wait_text(session, "PgDn More", MS));
	assert_null(strstr(session_screen(session), "\xE2\x96\xB2"));
	session_send(session, "\033[<65;40;10M");
	assert_true(session_wait_text(session, "\xE2\x96\xB2", MS));
	session_send(session, "\033[<64;40;10M");
	assert_true(session_wait_gone(session, "\xE2\x96\xB2", MS));
	session_key(session, "Ctrl-c");
	end_with(session, 130);
}

/* What a session costs that is left alone for MILLISECONDS and then ends. */
static double idle_cost(void **state, int milliseconds)
{
	struct session *session = start(state, NULL, NULL);
	double cost;

	assert_true(session_wait_quiet(session, milliseconds, MS));
	session_key(session, "Ctrl-c");
	assert_true(session_wait_exit(session, NULL, MS));
	cost = session_cpu_ms(session);
	session_end(session);
	scratch_remove(*state);
	*state = scratch_folder();
	return cost;
}

static void test_screen__nobody_types__nothing_is_done(void **state)
{
	double short_one = idle_cost(state, 50), long_one = idle_cost(state, 1000);

	assert_true(long_one - short_one < 250);
}

static void test_screen__bytes_sent__stay_within_the_budget(void **state)
{
	struct session *session = start(state, NULL, NULL);
	size_t before, used;

	assert_true(session_wait_quiet(session, 100, MS));
	before = session_output_length(session);
	go_to_text(session);
	assert_true(session_wait_quiet(session, 100, MS));
	used = session_output_length(session) - before;
	print_message("page change: %zu bytes\n", used);
	assert_true(used < 2500);
	session_send(session, "a");
	assert_true(session_wait_quiet(session, 100, MS));
	before = session_output_length(session);
	session_send(session, "b");
	assert_true(session_wait_text(session, "ab", MS));
	assert_true(session_wait_quiet(session, 100, MS));
	used = session_output_length(session) - before;
	print_message("typed letter: %zu bytes\n", used);
	assert_true(used < 40);
	before = session_output_length(session);
	session_key(session, "Tab");
	assert_true(session_wait_quiet(session, 100, MS));
	used = session_output_length(session) - before;
	print_message("move to the next field: %zu bytes\n", used);
	assert_int_equal(session_screen_switches(session), 1);
	session_key(session, "Ctrl-c");
	end_with(session, 130);
}

#define SCREEN_TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		SCREEN_TEST(test_screen_open__start__first_page_with_a_visible_cursor),
		SCREEN_TEST(test_screen_close__nothing_changed__last_bytes_are_the_resets),
		SCREEN_TEST(test_screen__ending_signals__terminal_is_back_and_the_status_says_which),
		SCREEN_TEST(test_screen__ctrl_c__leaves_at_once_and_keeps_a_draft),
		SCREEN_TEST(test_screen__crash__terminal_is_back),
		SCREEN_TEST(test_screen__connection_lost__ends_without_spinning),
		SCREEN_TEST(test_screen__keys_as_terminals_send_them__have_their_effect),
		SCREEN_TEST(test_screen__esc_and_alt__are_told_apart),
		SCREEN_TEST(test_screen__resize__follows_and_waits_when_too_small),
		SCREEN_TEST(test_screen__suspend__gives_the_terminal_back_meanwhile),
		SCREEN_TEST(test_screen__stopped_from_outside__draws_everything_when_it_goes_on),
		SCREEN_TEST(test_screen__no_colour_wanted__none_is_sent),
		SCREEN_TEST(test_screen__no_other_screen__its_last_line_is_cleared),
		SCREEN_TEST(test_screen__locale_without_utf8__ascii_lines),
		SCREEN_TEST(test_screen__unknown_type__falls_back),
		SCREEN_TEST(test_screen__a_signal_that_was_ignored_before__stays_ignored),
		SCREEN_TEST(test_screen__another_size_in_the_environment__the_terminals_own_counts),
		SCREEN_TEST(test_screen__mouse__only_on_request),
		SCREEN_TEST(test_screen__wheel__scrolls_down_and_up),
		SCREEN_TEST(test_screen__nobody_types__nothing_is_done),
		SCREEN_TEST(test_screen__bytes_sent__stay_within_the_budget),
	};

	return run_tests(tests);
}
