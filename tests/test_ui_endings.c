/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * How the wizard ends when nobody planned it: signals, crashes, a closed terminal, no terminal at all. And that a typed
 * password is in nothing that it leaves behind.
 */
#include "desk.h"

#include <ftw.h>
#include <signal.h>
#include <stdlib.h>

#define CANARY "Zq9!canary-7f3a"

/* ---- signals ---- */

static void open_a_dialog(struct session *session)
{
	go_to_second_page(session);
	session_key(session, "End");
	session_send(session, "-EU");
	session_key(session, "Tab");
	press_key(session, "a", "Add a server");
	session_send(session, "MS09");
	expect_text(session, "MS09");
}

static void test_signals__while_a_dialog_is_open__terminal_draft_status_message(void **state)
{
	static const int numbers[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT };

	for (size_t i = 0; i < ARRAY_LEN(numbers); i++) {
		struct desk *desk;
		struct session *session;

		desk_tear_down(state);
		desk_set_up(state);
		desk = *state;
		desk_copy_plan(desk, "om");
		session = desk_wizard(desk, "om.yaml");
		open_a_dialog(session);
		session_signal(session, numbers[i]);
		expect_end(session, 128 + numbers[i]);
		assert_desk_holds(desk, "stderr", "a draft is kept. Go on with: scupgrade wizard om.yaml");
		session = desk_wizard(desk, "om.yaml");
		press_key(session, "Enter", "CONTOSO-EU");
		session_key(session, "Ctrl-c");
		expect_end(session, 130);
	}
}

/* Every other one that would end it. */
static void test_signals__rare_ones__terminal_draft_message(void **state)
{
	static const int numbers[] = { SIGUSR1, SIGUSR2, SIGALRM, SIGVTALRM, SIGPROF, SIGXCPU, SIGTRAP,
#ifdef SIGPWR
				       SIGPWR,
#endif
#ifdef SIGIO
				       SIGIO,
#endif
	};

	for (size_t i = 0; i < ARRAY_LEN(numbers); i++) {
		struct desk *desk;
		struct session *session;

		desk_tear_down(state);
		desk_set_up(state);
		desk = *state;
		desk_copy_plan(desk, "om");
		session = desk_wizard(desk, "om.yaml");
		go_to_second_page(session);
		session_key(session, "End");
		session_send(session, "-EU");
		expect_text(session, "CONTOSO-EU");
		session_signal(session, numbers[i]);
		expect_end(session, 128 + numbers[i]);
		assert_desk_holds(desk, "stderr", "a draft is kept. Go on with: scupgrade wizard om.yaml");
	}
}

/* Ctrl-S, a connection that is stuck: it sits in write(). The draft has what was typed last. */
static void test_signals__terminal_that_takes_no_more__draft_and_end(void **state)
{
	static const int numbers[] = { SIGTERM, SIGHUP, SIGINT, SIGQUIT };

	for (size_t i = 0; i < ARRAY_LEN(numbers); i++) {
		struct desk *desk;
		struct session *session;

		desk_tear_down(state);
		desk_set_up(state);
		desk = *state;
		desk_copy_plan(desk, "om");
		session = desk_wizard(desk, "om.yaml");
		go_to_second_page(session);
		session_key(session, "End");
		session_send(session, "-E");
		expect_text(session, "CONTOSO-E");
		/* Not in the middle of a picture, or it is that one that waits. */
		assert_true(session_wait_quiet(session, 100, MS));
		session_stop_output(session);
		assert_true(session_type_blindly(session, "U?", MS));
		session_signal(session, numbers[i]);
		expect_end(session, 128 + numbers[i]);
		session = desk_wizard(desk, "om.yaml");
		press_key(session, "Enter", "CONTOSO-EU");
		session_key(session, "Ctrl-c");
		expect_end(session, 130);
	}
}

static void test_crashes__while_a_dialog_is_open__terminal_is_back(void **state)
{
	static const int numbers[] = { SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSYS };

	for (size_t i = 0; i < ARRAY_LEN(numbers); i++) {
		struct desk *desk;
		struct session *session;

		desk_tear_down(state);
		desk_set_up(state);
		desk = *state;
		desk_copy_plan(desk, "om");
		session = desk_wizard(desk, "om.yaml");
		open_a_dialog(session);
		session_signal(session, numbers[i]);
		expect_end(session, 128 + numbers[i]);
	}
}

static void test_closed_terminal__filled_page__ends_at_once_with_a_draft(void **state)
{
	struct desk *desk = *state;
	struct session *session;
	int status;

	desk_copy_plan(desk, "sma");
	session = desk_wizard(desk, "sma.yaml");
	go_to_second_page(session);
	session_hang_up(session);
	assert_true(session_wait_exit(session, &status, MS));
	assert_int_equal(status, 128 + SIGHUP);
	assert_true(session_cpu_ms(session) < 2000);
	session_end(session);
}

static void test_leaving__last_bytes__are_the_resets(void **state)
{
	struct desk *desk = *state;
	struct session *session;
	const char *output, *resets;

	desk_copy_plan(desk, "om");
	session = desk_wizard(desk, "om.yaml");
	go_to_second_page(session);
	session_signal(session, SIGTERM);
	assert_true(session_wait_exit(session, NULL, MS));
	assert_true(session_terminal_sane(session));
	output = session_output(session, NULL);
	resets = strstr(output, "\033[?1049l");
	assert_non_null(resets);
	/* Behind them nothing that shows. */
	for (const char *at = resets; *at; at++)
		assert_true(*at == '\033' || *at == '\r' || strchr("[(?>=;0123456789hlmtBJKHr", *at));
	session_end(session);
}

/* ---- no terminal to draw on ---- */

static void test_plain__end_of_input__ends_with_a_draft_and_does_not_spin(void **state)
{
	static const char *const arguments[] = { "wizard", "--plain", "om.yaml", NULL };
	struct desk *desk = *state;

	assert_int_equal(desk_interview(desk, arguments, "product\t\nmanagement-group\tCONTOSO\n"), 3);
	assert_desk_holds(desk, "stderr", "a draft is kept");
	assert_int_equal(desk_interview(desk, arguments, "Resume it\tresume\n"), 3);
	assert_desk_holds(desk, "stderr", "CONTOSO");
}

/* It sits in write() there as well. */
static void test_plain__terminal_that_takes_no_more__draft_and_end(void **state)
{
	static const char *const arguments[] = { "wizard", "--plain", "om.yaml", NULL };
	static const int numbers[] = { SIGTERM, SIGHUP, SIGINT };

	for (size_t i = 0; i < ARRAY_LEN(numbers); i++) {
		struct session_options options = { .argv = (const char *[]){ getenv("SCUPGRADE"), "wizard", "--plain",
									     "om.yaml", NULL } };
		struct session *session;
		struct desk *desk;

		desk_tear_down(state);
		desk_set_up(state);
		desk = *state;
		desk_copy_plan(desk, "om");
		options.environment = desk->environment;
		options.folder = desk->folder;
		session = session_start(&options);
		expect_text(session, "Write the files?");
		session_send(session, "goto 2\n");
		expect_text(session, "Management group [CONTOSO]:");
		assert_true(session_wait_quiet(session, 100, MS));
		session_stop_output(session);
		assert_true(session_type_blindly(session, "CONTOSO-E\n\n", MS));
		session_signal(session, numbers[i]);
		expect_end(session, 128 + numbers[i]);
		assert_int_equal(desk_interview(desk, arguments, "Resume it\tresume\n"), 3);
		assert_desk_holds(desk, "stderr", "CONTOSO-E");
	}
}

static void test_plain__any_signal__ends_with_a_draft(void **state)
{
	static const char *const arguments[] = { "wizard", "--plain", "om.yaml", NULL };
	static const int numbers[] = { SIGTERM, SIGQUIT, SIGUSR1, SIGALRM };

	for (size_t i = 0; i < ARRAY_LEN(numbers); i++) {
		struct desk *desk;
		struct session_options options = { .argv = (const char *[]){ getenv("SCUPGRADE"), "wizard", "--plain",
									     "om.yaml", NULL } };
		struct session *session;

		desk_tear_down(state);
		desk_set_up(state);
		desk = *state;
		options.environment = desk->environment;
		options.folder = desk->folder;
		session = session_start(&options);
		expect_text(session, "Product");
		session_send(session, "operations-manager\n");
		/* Which releases are asked for depends on the upgrades that are planned: Enter keeps what is there. */
		for (int more = 0; more < 4 && !strstr(session_screen(session), "Management group"); more++) {
			assert_true(session_wait_quiet(session, 50, MS));
			if (strstr(session_screen(session), "From, number") ||
			    strstr(session_screen(session), "To, number") ||
			    strstr(session_screen(session), "Final release, number"))
				session_send(session, "\n");
		}
		expect_text(session, "Management group");
		session_send(session, "CONTOSO\n");
		expect_text(session, "Servers");
		session_signal(session, numbers[i]);
		expect_end(session, 128 + numbers[i]);
		assert_int_equal(desk_interview(desk, arguments, "Resume it\tresume\n"), 3);
		assert_desk_holds(desk, "stderr", "CONTOSO");
	}
}

static void test_terminal_type__dumb_or_none__goes_on_line_by_line(void **state)
{
	static const char *const variables[] = { "TERM=dumb", "TERM=", "TERM" };

	for (size_t i = 0; i < ARRAY_LEN(variables); i++) {
		struct desk *desk;
		struct session_options options = { .argv = (const char *[]){ getenv("SCUPGRADE"), "wizard", NULL } };
		struct session *session;

		desk_tear_down(state);
		desk_set_up(state);
		desk = *state;
		desk->environment[4] = variables[i];
		options.environment = desk->environment;
		options.folder = desk->folder;
		session = session_start(&options);
		expect_text(session, "going on line by line");
		expect_text(session, "Page 1 of");
		session_send(session, "quit\n");
		expect_text(session, "Keep your answers");
		session_send(session, "discard\n");
		expect_end(session, 3);
	}
}

static void test_no_terminal__wizard__says_so_and_ends_with_2(void **state)
{
	static const char *const arguments[] = { "wizard", "--no-input", NULL };
	struct desk *desk = *state;

	assert_int_equal(desk_run(desk, arguments), 2);
	assert_desk_holds(desk, "stderr", "the wizard has to ask");
}

/* ---- paste, passwords ---- */

static void test_paste__into_fields_and_passwords__one_line_without_controls(void **state)
{
	struct desk *desk = *state;
	struct session *session;

	desk_copy_plan(desk, "om");
	session = desk_wizard(desk, "om.yaml");
	go_to_second_page(session);
	session_key(session, "End");
	session_key(session, "Ctrl-u");
	session_send(session, "\033[200~CON\001TO\002SO\007\n\033[201~");
	expect_text(session, "Management group          CONTOSO");
	go_to_page(session, "Its password");
	go_to_field(session, "Its password");
	session_send(session, "\033[200~pa\nss\033[201~");
	expect_text(session, "****");
	press_key(session, "F4", "pass");
	session_key(session, "F4");
	assert_true(session_wait_gone(session, "pass ", MS));
	session_key(session, "Ctrl-c");
	expect_end(session, 130);
}

static const char *searched_for;

static int look_into(const char *path, const struct stat *status, int type, struct FTW *walk)
{
	size_t length;
	char *bytes;
	bool found;

	(void)status;
	(void)walk;
	if (type != FTW_F)
		return 0;
	bytes = read_whole_file(path, &length);
	found = memmem(bytes, length, searched_for, strlen(searched_for)) != NULL;
	free(bytes);
	if (found)
		print_error("%s has the password\n", path);
	return found;
}

static void test_password__typed_and_left_on_every_way__is_in_nothing_that_was_written(void **state)
{
	struct desk *desk = *state;
	struct session *session = desk_wizard(desk, "om.yaml");
	const char *output;
	size_t length;

	answer_operations_manager(session, CANARY);
	press_key(session, "Alt-l", "/DASAccountPassword:<password>");
	session_key(session, "Esc");
	go_to_row(session, "typed, not shown");
	press_key(session, "F6", "The plan is saved as");
	session_key(session, "Alt-c");
	press_key(session, "F8", "S Start");
	session_signal(session, SIGTERM);
	assert_true(session_wait_exit(session, NULL, MS));
	output = session_output(session, &length);
	assert_null(memmem(output, length, CANARY, strlen(CANARY)));
	session_end(session);
	searched_for = CANARY;
	assert_int_equal(nftw(desk->folder, look_into, 16, FTW_PHYS), 0);
}

/* ---- passwords for "command" ---- */

static void answer_blindly(struct session *session, const char *question, const char *password)
{
	expect_text(session, question);
	session_send(session, password);
	session_send(session, "\r");
}

static void test_passwords__asked_on_a_terminal__are_typed_twice(void **state)
{
	struct desk *desk = *state;
	const char *const arguments[] = { "command", "--passwords", "ask", "-o", "lines.txt", "om.yaml", "MS01", NULL };
	struct session *session;

	desk_copy_plan(desk, "om");
	session = desk_start(desk, arguments, NULL, 24, 80);
	answer_blindly(session, "Password of the Data Access Service account", "First-1");
	answer_blindly(session, "The same again:", "Other-1");
	answer_blindly(session, "Not the same. Password of the Data Access Service account", "First-1");
	session_send(session, "First-1\r");
	answer_blindly(session, "Password of the Data Reader account", "Second-2");
	session_send(session, "Second-2\r");
	expect_end(session, 0);
	assert_desk_holds(desk, "lines.txt", "/DASAccountPassword:First-1 ");
	assert_desk_holds(desk, "lines.txt", "/DataReaderPassword:Second-2");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		DESK_TEST(test_passwords__asked_on_a_terminal__are_typed_twice),
		DESK_TEST(test_signals__while_a_dialog_is_open__terminal_draft_status_message),
		DESK_TEST(test_signals__rare_ones__terminal_draft_message),
		DESK_TEST(test_signals__terminal_that_takes_no_more__draft_and_end),
		DESK_TEST(test_crashes__while_a_dialog_is_open__terminal_is_back),
		DESK_TEST(test_closed_terminal__filled_page__ends_at_once_with_a_draft),
		DESK_TEST(test_leaving__last_bytes__are_the_resets),
		DESK_TEST(test_plain__end_of_input__ends_with_a_draft_and_does_not_spin),
		DESK_TEST(test_plain__terminal_that_takes_no_more__draft_and_end),
		DESK_TEST(test_plain__any_signal__ends_with_a_draft),
		DESK_TEST(test_terminal_type__dumb_or_none__goes_on_line_by_line),
		DESK_TEST(test_no_terminal__wizard__says_so_and_ends_with_2),
		DESK_TEST(test_paste__into_fields_and_passwords__one_line_without_controls),
		DESK_TEST(test_password__typed_and_left_on_every_way__is_in_nothing_that_was_written),
	};

	return run_tests(tests);
}
