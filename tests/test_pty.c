/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The pseudo-terminal harness itself, with programs of one line of shell: what it says about the real program counts
 * only if it can also say no.
 */
#include "helpers.h"

#include <signal.h>
#include <unistd.h>

#include "pty.h"

#define MS SESSION_PATIENCE
#define SHORT 50                  /* for waits that must fail */

static struct session *start(const char *script)
{
	const char *const words[] = { "sh", "-c", script, NULL };
	const struct session_options options = { .rows = 6, .cols = 40, .argv = words };

	return session_start(&options);
}

/* Runs a call that must fail, without its complaint on standard error. */
#define refused(call) (mute(), unmute(call))

static int saved_error = -1;

static void mute(void)
{
	fflush(stderr);
	saved_error = dup(STDERR_FILENO);
	assert_true(saved_error >= 0);
	assert_non_null(freopen("/dev/null", "w", stderr));
}

static bool unmute(bool result)
{
	fflush(stderr);
	assert_true(dup2(saved_error, STDERR_FILENO) >= 0);
	close(saved_error);
	return !result;
}

static void test_session_wait_text__text_comes__is_seen_in_its_row(void **state)
{
	struct session *session = start("printf 'one\\n  two \\346\\227\\245\\346\\234\\254 x'; read line");

	(void)state;
	assert_true(session_wait_text(session, "本 x", MS));
	assert_string_equal(session_row(session, 0), "one");
	assert_string_equal(session_row(session, 1), "  two 日本 x");
	assert_string_equal(session_screen(session), "one\n  two 日本 x\n\n\n\n\n");
	assert_string_equal(session_cell(session, 1, 6).text, "日");
	assert_string_equal(session_cell(session, 1, 7).text, "");
	assert_true(session_wait_cursor(session, 1, 12, MS));
	assert_true(refused(session_wait_cursor(session, 0, 0, SHORT)));
	session_end(session);
}

static void test_session_wait_text__text_never_comes__is_false(void **state)
{
	struct session *session = start("echo here; read line");

	(void)state;
	assert_true(session_wait_text(session, "here", MS));
	assert_true(refused(session_wait_text(session, "elsewhere", SHORT)));
	assert_true(refused(session_wait_gone(session, "here", SHORT)));
	assert_true(refused(session_wait_exit(session, NULL, SHORT)));
	session_end(session);
}

static void test_session_wait_text__program_ends_first__does_not_wait_for_the_deadline(void **state)
{
	struct session *session = start("echo last words");

	(void)state;
	assert_true(refused(session_wait_text(session, "never said", 3600 * 1000)));
	assert_true(session_wait_text(session, "last words", 0));
	session_end(session);
}

static void test_session_wait_gone__screen_cleared__is_true(void **state)
{
	struct session *session = start("echo first; read line; printf '\\033[2J'; read line");

	(void)state;
	assert_true(session_wait_text(session, "first", MS));
	session_key(session, "Enter");
	assert_true(session_wait_gone(session, "first", MS));
	session_end(session);
}

static void test_session_wait_exit__ends__gives_the_status(void **state)
{
	static const struct { const char *script; int status; } cases[] = {
		{ "exit 0", 0 }, { "exit 3", 3 }, { "kill -TERM $$", 128 + SIGTERM },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(cases); i++) {
		struct session *session = start(cases[i].script);
		int status = -1;

		assert_true(session_wait_exit(session, &status, MS));
		assert_int_equal(status, cases[i].status);
		assert_true(session_peak_kib(session) > 0);
		session_end(session);
	}
}

static void test_session_signal__trapped__reaches_the_program(void **state)
{
	struct session *session = start("trap 'exit 9' HUP; echo ready; while read line; do :; done; exit 8");
	int status = -1;

	(void)state;
	assert_true(session_wait_text(session, "ready", MS));
	session_signal(session, SIGHUP);
	assert_true(session_wait_exit(session, &status, MS));
	assert_int_equal(status, 9);
	session_end(session);
}

static void test_session_hang_up__terminal_lost__program_gets_the_signal(void **state)
{
	struct session *session = start("echo ready; read line; exit 9");
	int status = -1;

	(void)state;
	assert_true(session_wait_text(session, "ready", MS));
	session_hang_up(session);
	assert_true(session_wait_exit(session, &status, MS));
	assert_int_equal(status, 128 + SIGHUP);
	session_end(session);
}

/* Shows the bytes of a key in hexadecimal, after the output of SETUP. */
static char *key_bytes(const char *setup, const char *key)
{
	static char row[64];
	char script[256];
	struct session *session;

	snprintf(script, sizeof(script), "stty raw -echo; printf '%s'; printf ready; dd bs=16 count=1 2>/dev/null | "
		 "od -An -tx1; stty sane; echo over; read line", setup);
	session = start(script);
	assert_true(session_wait_text(session, "ready", MS));
	session_key(session, key);
	assert_true(session_wait_text(session, "over", MS));
	snprintf(row, sizeof(row), "%s", session_row(session, 0) + strlen("ready "));
	session_end(session);
	return row;
}

static void test_session_key__each_kind__sends_what_a_terminal_sends(void **state)
{
	static const struct { const char *key, *bytes; } cases[] = {
		{ "Enter", "0d" }, { "Esc", "1b" }, { "Tab", "09" }, { "Shift-Tab", "1b 5b 5a" }, { "Backspace", "7f" },
		{ "Up", "1b 5b 41" }, { "PageDown", "1b 5b 36 7e" }, { "Delete", "1b 5b 33 7e" },
		{ "F1", "1b 4f 50" }, { "F5", "1b 5b 31 35 7e" }, { "F9", "1b 5b 32 30 7e" },
		{ "a", "61" }, { "Space", "20" }, { "-", "2d" }, { "Alt-l", "1b 6c" },
		{ "Ctrl-c", "03" }, { "Ctrl-L", "0c" }, { "Ctrl-Up", "1b 5b 31 3b 35 41" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(cases); i++)
		assert_text(cases[i].key, cases[i].bytes, key_bytes("", cases[i].key));
	assert_text("application mode", "1b 4f 41", key_bytes("\\033[?1h", "Up"));
}

static void test_session_resize__program_asks__sees_the_new_size(void **state)
{
	struct session *session = start("stty size; read line; stty size; read line");

	(void)state;
	assert_true(session_wait_text(session, "6 40", MS));
	session_resize(session, 10, 60);
	session_send(session, "\r");
	assert_true(session_wait_text(session, "10 60", MS));
	session_end(session);
}

static void test_session_start__output_file__terminal_stays_the_controlling_one(void **state)
{
	char *folder = scratch_folder(), path[512], *bytes;
	const char *script = "echo \"result $ADDED $(pwd)\"; echo to the terminal >/dev/tty; cat";
	const char *const words[] = { "sh", "-c", script, NULL };
	const char *const environment[] = { "ADDED=yes", "HOME", NULL };
	struct session_options options = {
		.argv = words, .environment = environment, .folder = "/",
		.input_file = "/dev/null", .output_file = path,
	};
	struct session *session;
	int status = -1;

	(void)state;
	snprintf(path, sizeof(path), "%s/output", folder);
	session = session_start(&options);
	assert_true(session_wait_text(session, "to the terminal", MS));
	assert_true(session_wait_exit(session, &status, MS));
	assert_int_equal(status, 0);
	bytes = read_whole_file(path, NULL);
	assert_string_equal(bytes, "result yes /\n");
	assert_null(strstr(session_output(session, NULL), "result"));
	free(bytes);
	session_end(session);
	scratch_remove(folder);
}

static void test_session_terminal_sane__what_was_left_behind__is_noticed(void **state)
{
	static const struct { const char *script; bool sane; } cases[] = {
		{ "true", true },
		{ "printf '\\033[?1049h\\033[?25l\\033[?2004h\\033=\\033[1;31m'; "
		  "printf '\\033[m\\033[?2004l\\033[?25h\\033>\\033[?1049l'", true },
		{ "stty -echo", false },
		{ "stty raw", false },
		{ "printf '\\033[?1049h'", false },
		{ "printf '\\033[?25l'", false },
		{ "printf '\\033[?12;25l'", false },
		{ "printf '\\033[?2004h'", false },
		{ "printf '\\033[?1000;1006h'", false },
		{ "printf '\\033[?1h'", false },
		{ "printf '\\033='", false },
		{ "printf '\\033[1m'", false },
		{ "printf '\\033[31m'", false },
		{ "printf '\\033[44m'", false },
		{ "printf '\\033[7m'", false },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(cases); i++) {
		struct session *session = start(cases[i].script);

		assert_true(session_wait_exit(session, NULL, MS));
		if (cases[i].sane)
			assert_labelled(cases[i].script, session_terminal_sane(session));
		else
			assert_labelled(cases[i].script, refused(session_terminal_sane(session)));
		session_end(session);
	}
}

static void test_session_cell__attributes__are_those_of_the_text(void **state)
{
	struct session *session = start("printf '\\033[1ma\\033[m\\033[4mb\\033[m\\033[7mc\\033[m\\033[32md\\033[m'; "
					"printf 'e\\033[?25l'; read x");

	(void)state;
	assert_true(session_wait_text(session, "abcde", MS));
	assert_true(session_wait_quiet(session, 20, MS));
	assert_true(session_cell(session, 0, 0).bold);
	assert_true(session_cell(session, 0, 1).underline);
	assert_true(session_cell(session, 0, 2).reverse);
	assert_true(session_cell(session, 0, 3).coloured);
	assert_false(session_cell(session, 0, 4).coloured);
	assert_false(session_cell(session, 0, 4).bold);
	assert_false(session_cursor(session).visible);
	session_end(session);
}

static void test_session_colours__sequences__only_colours_count(void **state)
{
	struct session *session = start("printf '\\033[1;7m\\033[0;10m\\033[m\\033[?30h\\033[30;40H'; echo no; "
					"printf '\\033[31m\\033[1;44m\\033[38;5;9m\\033[97m'; "
					"printf '\\033[?1049h\\033[?1049l'; exit");

	(void)state;
	assert_true(session_wait_exit(session, NULL, MS));
	assert_int_equal(session_colours(session), 4);
	assert_int_equal(session_screen_switches(session), 2);
	session_end(session);
}

static void test_session_echoes__echo_off__is_false(void **state)
{
	struct session *session = start("stty -echo; echo asked; read line; stty echo; echo told; read line");

	(void)state;
	assert_true(session_wait_text(session, "asked", MS));
	assert_false(session_echoes(session));
	session_send(session, "hidden\r");
	assert_true(session_wait_text(session, "told", MS));
	assert_true(session_echoes(session));
	assert_null(strstr(session_screen(session), "hidden"));
	session_end(session);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_session_wait_text__text_comes__is_seen_in_its_row),
		TEST(test_session_wait_text__text_never_comes__is_false),
		TEST(test_session_wait_text__program_ends_first__does_not_wait_for_the_deadline),
		TEST(test_session_wait_gone__screen_cleared__is_true),
		TEST(test_session_wait_exit__ends__gives_the_status),
		TEST(test_session_signal__trapped__reaches_the_program),
		TEST(test_session_hang_up__terminal_lost__program_gets_the_signal),
		TEST(test_session_key__each_kind__sends_what_a_terminal_sends),
		TEST(test_session_resize__program_asks__sees_the_new_size),
		TEST(test_session_start__output_file__terminal_stays_the_controlling_one),
		TEST(test_session_terminal_sane__what_was_left_behind__is_noticed),
		TEST(test_session_cell__attributes__are_those_of_the_text),
		TEST(test_session_colours__sequences__only_colours_count),
		TEST(test_session_echoes__echo_off__is_false),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
