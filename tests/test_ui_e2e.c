/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The program from the first key to the last, on a terminal: both products from an empty screen to the printed line,
 * back and forth, every size, every wrong value, every signal, and that the front ends agree byte for byte.
 */
#include "helpers.h"

#include <ftw.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "pty.h"

#define MS SESSION_PATIENCE
#define LINE_OF_MS01                                                                                                   \
	"setup.exe /silent /upgrade /AcceptEndUserLicenseAgreement:1 /DASAccountUser:CONTOSO\\svc-das "                \
	"/DASAccountPassword:<password> /DataReaderUser:CONTOSO\\svc-reader /DataReaderPassword:<password>\n"
#define CANARY "Zq9!canary-7f3a"

struct desk {
	char *folder;
	char state_variable[PATH_MAX + 32], home_variable[PATH_MAX + 32];
	const char *environment[8];
};

/* ---- a desk of its own ---- */

static int set_up(void **state)
{
	struct desk *desk = xcalloc(1, sizeof(*desk));

	desk->folder = scratch_folder();
	snprintf(desk->state_variable, sizeof(desk->state_variable), "XDG_STATE_HOME=%s/state", desk->folder);
	snprintf(desk->home_variable, sizeof(desk->home_variable), "HOME=%s", desk->folder);
	desk->environment[0] = desk->state_variable;
	desk->environment[1] = desk->home_variable;
	desk->environment[2] = "SOURCE_DATE_EPOCH=1795269727";
	desk->environment[3] = "LOGNAME=anna";
	*state = desk;
	return 0;
}

static int tear_down(void **state)
{
	struct desk *desk = *state;

	scratch_remove(desk->folder);
	free(desk);
	return 0;
}

#define E2E(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

static const char *path_in(const struct desk *desk, const char *name)
{
	static char path[PATH_MAX];

	snprintf(path, sizeof(path), "%s/%s", desk->folder, name);
	return path;
}

static char *file_in(const struct desk *desk, const char *name)
{
	return read_whole_file(path_in(desk, name), NULL);
}

static void copy_plan(const struct desk *desk, const char *plan)
{
	char relative[128];
	size_t length;
	char *text;

	snprintf(relative, sizeof(relative), "tests/ui/%s.yaml", plan);
	text = read_whole_file(source_path(relative), &length);
	snprintf(relative, sizeof(relative), "%s.yaml", plan);
	write_whole_file(path_in(desk, relative), text, length);
	free(text);
}

/* Standard output goes to the file "stdout" there, standard error to "stderr". VARIABLE may be NULL. */
static struct session *start(struct desk *desk, const char *const *arguments, const char *variable, int rows,
			     int cols)
{
	static char program[PATH_MAX], out[PATH_MAX], err[PATH_MAX];
	const char *argv[12] = { program };
	struct session_options options = { .rows = rows, .cols = cols, .argv = argv,
					   .environment = desk->environment, .folder = desk->folder,
					   .output_file = out, .error_file = err };

	assert_non_null(getenv("SCUPGRADE"));
	assert_non_null(realpath(getenv("SCUPGRADE"), program));
	snprintf(out, sizeof(out), "%s/stdout", desk->folder);
	snprintf(err, sizeof(err), "%s/stderr", desk->folder);
	for (size_t i = 0; arguments[i]; i++)
		argv[i + 1] = arguments[i];
	desk->environment[4] = variable;
	return session_start(&options);
}

static struct session *start_wizard(struct desk *desk, const char *plan)
{
	const char *arguments[] = { "wizard", plan, NULL };

	return start(desk, arguments, NULL, 24, 80);
}

/* Runs the program without a terminal of its own on its streams; what it printed is in the files. */
static int run(struct desk *desk, const char *const *arguments, const char *input)
{
	static char program[PATH_MAX], in[PATH_MAX], out[PATH_MAX], err[PATH_MAX];
	const char *argv[96] = { program };
	struct session_options options = { .argv = argv, .environment = desk->environment,
					   .folder = desk->folder, .input_file = in,
					   .output_file = out, .error_file = err };
	struct session *session;
	int status;

	assert_non_null(realpath(getenv("SCUPGRADE"), program));
	snprintf(in, sizeof(in), "%s/stdin", desk->folder);
	snprintf(out, sizeof(out), "%s/stdout", desk->folder);
	snprintf(err, sizeof(err), "%s/stderr", desk->folder);
	write_whole_file(in, input, strlen(input));
	for (size_t i = 0; arguments[i]; i++)
		argv[i + 1] = arguments[i];
	desk->environment[4] = NULL;
	session = session_start(&options);
	assert_true(session_wait_exit(session, &status, MS));
	session_end(session);
	return status;
}

/* ---- keys ---- */

static void expect(struct session *session, const char *text)
{
	assert_true(session_wait_text(session, text, MS));
}

static void press(struct session *session, const char *key, const char *then)
{
	session_key(session, key);
	expect(session, then);
}

static void end_with(struct session *session, int expected)
{
	int status;

	assert_true(session_wait_exit(session, &status, MS));
	assert_int_equal(status, expected);
	assert_true(session_terminal_sane(session));
	session_end(session);
}

static void add_server(struct session *session, const char *name, int role)
{
	press(session, "a", "Add a server");
	session_send(session, name);
	session_key(session, "Tab");
	while (role-- > 0)
		session_key(session, "Down");
	session_key(session, "Space");
	session_key(session, "F8");
	assert_true(session_wait_gone(session, "Add a server", MS));
	expect(session, name);
}

/* From any check on: one note for all that is not known. */
static void vouch_for_everything(struct session *session)
{
	press(session, "a", "Everything that is not known (");
	session_key(session, "End");
	press(session, "Enter", "You vouch for everything");
	session_send(session, "looked at it");
	press(session, "Enter", "Confirmed.");
}

/* From the first page to Ready. */
static void answer_operations_manager(struct session *session, const char *password)
{
	expect(session, "1 of ");
	press(session, "F8", "Management group");
	session_send(session, "CONTOSO");
	session_key(session, "Tab");
	add_server(session, "MS01", 0);
	add_server(session, "MS02", 0);
	add_server(session, "GW01", 3);
	press(session, "F8", "Please read the license terms");
	press(session, "Space", "[x] I have read");
	press(session, "F8", "Select installation location");
	press(session, "F8", "Verify prerequisites again");
	vouch_for_everything(session);
	press(session, "F8", "Proceed with Setup");
	press(session, "Enter", "Configure Operations Manager accounts");
	session_key(session, "Tab");
	session_send(session, "CONTOSO\\svc-das");
	session_key(session, "Tab");
	session_send(session, password);
	session_key(session, "Tab");
	session_send(session, password);
	session_key(session, "Tab");
	session_send(session, "CONTOSO\\svc-reader");
	press(session, "F8", "Enter goes to the page where this is changed.");
	expect(session, "[ Upgrade ]");
}

/* From Ready: writes the files, leaves the checklist, closes. */
static void finish(struct session *session, int expected)
{
	press(session, "F8", "S Start");
	press(session, "F8", "Upgrade complete");
	session_key(session, "F8");
	end_with(session, expected);
}

static void assert_holds(const char *label, const char *text, const char *part)
{
	if (strstr(text, part))
		return;
	print_error("%s: \"%s\" is not in\n%s\n", label, part, text);
	fail();
}

static void assert_file_holds(const struct desk *desk, const char *name, const char *part)
{
	char *text = file_in(desk, name);

	assert_holds(name, text, part);
	free(text);
}

/* ---- whole ways ---- */

static void test_operations_manager__from_nothing__the_line_and_the_plan_that_gives_it_again(void **state)
{
	struct desk *desk = *state;
	struct session *session = start_wizard(desk, "om.yaml");
	static const char *const command[] = { "command", "om.yaml", "MS01", NULL };

	answer_operations_manager(session, "");
	finish(session, 0);
	assert_file_holds(desk, "stdout", "\n" LINE_OF_MS01);
	assert_int_equal(run(desk, command, ""), 0);
	char *line = file_in(desk, "stdout");
	assert_text("command", LINE_OF_MS01, line);
	free(line);
}

static void test_operations_manager__no_color__not_one_colour_on_any_page(void **state)
{
	struct desk *desk = *state;
	const char *arguments[] = { "wizard", "om.yaml", NULL };
	struct session *session = start(desk, arguments, "NO_COLOR=1", 24, 80);

	answer_operations_manager(session, "");
	press(session, "F8", "S Start");
	press(session, "F8", "Upgrade complete");
	assert_int_equal(session_colours(session), 0);
	assert_int_equal(session_screen_switches(session), 1);
	session_key(session, "F8");
	end_with(session, 0);
}

static void test_automation__from_nothing__two_workers_and_a_web_service(void **state)
{
	struct desk *desk = *state;
	struct session *session = start_wizard(desk, "sma.yaml");

	expect(session, "1 of ");
	session_key(session, "Down");
	press(session, "Space", "Service Management Automation 2012 R2");
	press(session, "F8", "None yet.");
	add_server(session, "WRK01", 0);
	add_server(session, "WRK02", 0);
	add_server(session, "WEB01", 1);
	session_key(session, "Tab");
	session_send(session, "D:\\SMA");
	press(session, "F8", "System requirements");
	vouch_for_everything(session);
	press(session, "F8", "BACKUP DATABASE [SMA]");
	session_key(session, "Tab");
	session_key(session, "Tab");
	session_send(session, "E:\\SMA.bak");
	session_key(session, "Tab");
	press(session, "Space", "[x] A full, verified backup");
	press(session, "F8", "Database server");
	session_send(session, "SQL01");
	press(session, "F8", "Runbook workers");
	expect(session, "Service account of the workers");
	session_send(session, "CONTOSO\\svc-sma");
	press(session, "F8", "Account of the application pool");
	session_send(session, "CONTOSO\\svc-web");
	for (int i = 0; i < 3; i++)
		session_key(session, "Tab");
	session_send(session, "CONTOSO\\SMA Admins");
	press(session, "F8", "Enter goes to the page where this is changed.");
	finish(session, 0);
	static const char *const expected[] = { "WebServiceInstaller.msi", "WorkerInstaller.msi", "SERVICEACCOUNT=\"CONTOSO\\svc-sma\"",
						"SERVICEPASSWORD=<password>", "CREATEDATABASE=\"No\"",
						"SQLDATABASE=\"SMA\"" };
	for (size_t i = 0; i < ARRAY_LEN(expected); i++)
		assert_file_holds(desk, "stdout", expected[i]);
}

/* ---- back, reload, draft ---- */

static void test_back__on_every_page__keeps_everything(void **state)
{
	struct desk *desk = *state;
	struct session *session = start_wizard(desk, "om.yaml");
	char page[32];

	answer_operations_manager(session, "");
	for (int at = 7; at >= 1; at--) {
		snprintf(page, sizeof(page), " %d of ", at);
		press(session, "Esc", page);
	}
	for (int at = 2; at <= 8; at++) {
		snprintf(page, sizeof(page), " %d of ", at);
		press(session, "F8", page);
	}
	expect(session, "CONTOSO\\svc-reader");
	finish(session, 0);
	assert_file_holds(desk, "stdout", "\n" LINE_OF_MS01);
}

static void test_saved_plan__opened_again__goes_through_unchanged(void **state)
{
	struct desk *desk = *state;
	struct session *session = start_wizard(desk, "om.yaml");
	char *first, *second, page[32];

	answer_operations_manager(session, "");
	finish(session, 0);
	first = file_in(desk, "om.yaml");
	session = start_wizard(desk, "om.yaml");
	expect(session, " 1 of ");
	for (int at = 2; at <= 7; at++) {
		snprintf(page, sizeof(page), " %d of ", at);
		press(session, "F8", page);
	}
	session_key(session, "Alt-q");
	end_with(session, 3);
	second = file_in(desk, "om.yaml");
	assert_text("the plan", first, second);
	free(first);
	free(second);
}

static void test_draft__lost_connection__is_offered_and_resumed_on_its_page(void **state)
{
	struct desk *desk = *state;
	struct session *session = start_wizard(desk, "om.yaml");

	expect(session, "1 of ");
	press(session, "F8", "Management group");
	session_send(session, "CONTOSO");
	session_key(session, "Tab");
	add_server(session, "MS01", 0);
	session_hang_up(session);
	assert_true(session_wait_exit(session, NULL, MS));
	session_end(session);
	session = start_wizard(desk, "om.yaml");
	expect(session, "There is a draft");
	press(session, "Enter", "MS01");
	expect(session, "Management group  CONTOSO");
	session_key(session, "Ctrl-c");
	end_with(session, 130);
}

/* ---- sizes ---- */

static void test_resize__on_every_page__nothing_is_lost(void **state)
{
	static const char *const titles[] = { "System Center 2016", "Please read",        "Select installation",
					      "Prerequisites",      "Proceed with Setup", "Configure Operations",
					      "Ready To Upgrade" };
	struct desk *desk = *state;
	struct session *session;

	copy_plan(desk, "om");
	session = start_wizard(desk, "om.yaml");
	for (size_t i = 0; i < ARRAY_LEN(titles); i++) {
		char page[32];

		snprintf(page, sizeof(page), " %zu of ", i + 1);
		expect(session, page);
		session_resize(session, 10, 40);
		expect(session, titles[i]);
		assert_true(session_wait_gone(session, "Getting Started", MS));
		session_resize(session, 5, 20);
		expect(session, "needs 40x10, is 20x5");
		session_resize(session, 43, 132);
		expect(session, titles[i]);
		expect(session, "Getting Started");
		session_resize(session, 24, 80);
		expect(session, page);
		assert_true(session_wait_quiet(session, 20, MS));
		assert_true(session_cursor(session).visible);
		session_key(session, "F8");
	}
	expect(session, "S Start");
	session_key(session, "Ctrl-c");
	end_with(session, 130);
}

/* ---- wrong values ---- */

struct mistake {
	const char *plan;
	int pages;           /* Next from the first one */
	int tabs;            /* to the field */
	const char *typed;
	const char *message; /* stands below the field */
};

static void make_mistake(struct desk *desk, const struct mistake *mistake)
{
	struct session *session = start_wizard(desk, mistake->plan);
	struct session_cursor cursor;
	char page[32];
	int row = 0;

	for (int at = 1; at <= mistake->pages; at++) {
		snprintf(page, sizeof(page), " %d of ", at);
		expect(session, page);
		session_key(session, "F8");
	}
	snprintf(page, sizeof(page), " %d of ", mistake->pages + 1);
	expect(session, page);
	for (int i = 0; i < mistake->tabs; i++)
		session_key(session, "Tab");
	session_key(session, "End");
	session_key(session, "Ctrl-u");
	session_send(session, mistake->typed);
	session_key(session, "F8");
	assert_labelled(mistake->message, session_wait_text(session, mistake->message, MS));
	assert_true(session_wait_quiet(session, 20, MS));
	assert_labelled(mistake->message, strstr(session_screen(session), page) != NULL);
	cursor = session_cursor(session);
	while (row < 20 && !strstr(session_row(session, row), "\xE2\x9C\x97 "))
		row++;
	/* The rail has marks of the same kind, but not right above a message. */
	while (row < 20 && !strstr(session_row(session, row), mistake->message))
		row++;
	assert_labelled(mistake->message, cursor.visible && (cursor.row == row - 1 || cursor.row == row - 2));
	session_key(session, "Ctrl-c");
	end_with(session, 130);
	scratch_remove(desk->folder);
	desk->folder = scratch_folder();
}

static void test_next__a_wrong_value_in_any_field__message_below_and_focus_there(void **state)
{
	/* clang-format off */
	static const struct mistake mistakes[] = {
		{ "om.yaml", 0, 0, "", "Management group is missing." },
		{ "om.yaml", 0, 0, "bad;name", "has ;" },
		{ "om.yaml", 0, 2, "many", "is not a number" },
		{ "om.yaml", 2, 0, "D:\\a|b", "has |" },
		{ "om.yaml", 2, 2, "E:\\System Center\\CON", "a name that Windows keeps" },
		{ "om.yaml", 5, 1, "svc-das", "has no domain" },
		{ "om.yaml", 5, 4, "CONTOSO\\a/b", "has /" },
		{ "sma.yaml", 0, 1, "media", "does not start with a drive" },
		{ "sma.yaml", 3, 0, "SQL01\\I", "has a backslash" },
		{ "sma.yaml", 3, 2, "70000", "is out of range" },
		{ "sma.yaml", 4, 0, "", "Service account of the workers is missing" },
		{ "sma.yaml", 5, 0, "bad", "has no domain" },
		{ "sma.yaml", 5, 5, "0", "is out of range" },
		{ "sma.yaml", 6, 0, "a b", "has a blank" },
		{ "sma.yaml", 6, 1, "-1", "\"-1\" is" },
	};
	/* clang-format on */
	struct desk *desk = *state;

	for (size_t i = 0; i < ARRAY_LEN(mistakes); i++) {
		char name[32];

		snprintf(name, sizeof(name), "%.*s", (int)strcspn(mistakes[i].plan, "."), mistakes[i].plan);
		tear_down(state);
		set_up(state);
		desk = *state;
		copy_plan(desk, name);
		make_mistake(desk, &mistakes[i]);
	}
}

/* ---- signals ---- */

static void open_a_dialog(struct session *session)
{
	expect(session, " 1 of ");
	session_key(session, "End");
	session_send(session, "-EU");
	session_key(session, "Tab");
	press(session, "a", "Add a server");
	session_send(session, "MS09");
	expect(session, "MS09");
}

static void test_signals__while_a_dialog_is_open__terminal_draft_status_message(void **state)
{
	static const int numbers[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT };

	for (size_t i = 0; i < ARRAY_LEN(numbers); i++) {
		struct desk *desk;
		struct session *session;

		tear_down(state);
		set_up(state);
		desk = *state;
		copy_plan(desk, "om");
		session = start_wizard(desk, "om.yaml");
		open_a_dialog(session);
		session_signal(session, numbers[i]);
		end_with(session, 128 + numbers[i]);
		assert_file_holds(desk, "stderr", "a draft is kept. Go on with: scupgrade wizard om.yaml");
		session = start_wizard(desk, "om.yaml");
		press(session, "Enter", "CONTOSO-EU");
		session_key(session, "Ctrl-c");
		end_with(session, 130);
	}
}

static void test_crashes__while_a_dialog_is_open__terminal_is_back(void **state)
{
	static const int numbers[] = { SIGSEGV, SIGABRT };

	for (size_t i = 0; i < ARRAY_LEN(numbers); i++) {
		struct desk *desk;
		struct session *session;

		tear_down(state);
		set_up(state);
		desk = *state;
		copy_plan(desk, "om");
		session = start_wizard(desk, "om.yaml");
		open_a_dialog(session);
		session_signal(session, numbers[i]);
		end_with(session, 128 + numbers[i]);
	}
}

static void test_closed_terminal__filled_page__ends_at_once_with_a_draft(void **state)
{
	struct desk *desk = *state;
	struct session *session;
	int status;

	copy_plan(desk, "sma");
	session = start_wizard(desk, "sma.yaml");
	expect(session, " 1 of ");
	press(session, "F8", " 2 of ");
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

	copy_plan(desk, "om");
	session = start_wizard(desk, "om.yaml");
	expect(session, " 1 of ");
	session_signal(session, SIGTERM);
	assert_true(session_wait_exit(session, NULL, MS));
	assert_true(session_terminal_sane(session));
	output = session_output(session, NULL);
	resets = strstr(output, "\033[?1049l");
	assert_non_null(resets);
	/* Behind them nothing that shows. */
	for (const char *at = resets; *at; at++)
		assert_true(*at == '\033' || *at == '\r' || strchr("[?>=;0123456789hlmtJKHr", *at));
	session_end(session);
}

/* ---- no terminal to draw on ---- */

static void test_plain__end_of_input__ends_with_a_draft_and_does_not_spin(void **state)
{
	static const char *const arguments[] = { "wizard", "--plain", "om.yaml", NULL };
	struct desk *desk = *state;

	assert_int_equal(run(desk, arguments, "1\nCONTOSO\n"), 3);
	assert_file_holds(desk, "stderr", "a draft is kept");
	assert_int_equal(run(desk, arguments, "resume\n"), 3);
	assert_file_holds(desk, "stderr", "CONTOSO");
}

static void test_terminal_type__dumb_or_none__goes_on_line_by_line(void **state)
{
	static const char *const variables[] = { "TERM=dumb", "TERM=", "TERM" };

	for (size_t i = 0; i < ARRAY_LEN(variables); i++) {
		struct desk *desk;
		struct session_options options = { .argv = (const char *[]){ getenv("SCUPGRADE"), "wizard", NULL } };
		struct session *session;

		tear_down(state);
		set_up(state);
		desk = *state;
		desk->environment[4] = variables[i];
		options.environment = desk->environment;
		options.folder = desk->folder;
		session = session_start(&options);
		expect(session, "going on line by line");
		expect(session, "Page 1 of");
		session_send(session, "quit\n");
		expect(session, "Keep your answers");
		session_send(session, "discard\n");
		end_with(session, 3);
	}
}

static void test_no_terminal__wizard__says_so_and_ends_with_2(void **state)
{
	static const char *const arguments[] = { "wizard", "--no-input", NULL };
	struct desk *desk = *state;

	assert_int_equal(run(desk, arguments, ""), 2);
	assert_file_holds(desk, "stderr", "the wizard has to ask");
}

/* ---- paste, passwords ---- */

static void test_paste__into_fields_and_passwords__one_line_without_controls(void **state)
{
	struct desk *desk = *state;
	struct session *session;

	copy_plan(desk, "om");
	session = start_wizard(desk, "om.yaml");
	expect(session, " 1 of ");
	session_key(session, "End");
	session_key(session, "Ctrl-u");
	session_send(session, "\033[200~CON\tTO\nSO\007\033[201~");
	expect(session, "Management group  CONTOSO");
	for (int at = 2; at <= 6; at++) {
		char page[32];

		snprintf(page, sizeof(page), " %d of ", at);
		press(session, "F8", page);
	}
	session_key(session, "Tab");
	session_key(session, "Tab");
	session_send(session, "\033[200~pa\nss\033[201~");
	expect(session, "****");
	press(session, "F4", "pass");
	session_key(session, "F4");
	assert_true(session_wait_gone(session, "pass ", MS));
	session_key(session, "Ctrl-c");
	end_with(session, 130);
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
	struct session *session = start_wizard(desk, "om.yaml");
	const char *output;
	size_t length;

	answer_operations_manager(session, CANARY);
	expect(session, "typed, not shown");
	press(session, "F6", "The plan is saved as");
	press(session, "Alt-l", "/DASAccountPassword:<password>");
	session_key(session, "Esc");
	session_key(session, "Alt-c");
	press(session, "F8", "S Start");
	session_signal(session, SIGTERM);
	assert_true(session_wait_exit(session, NULL, MS));
	output = session_output(session, &length);
	assert_null(memmem(output, length, CANARY, strlen(CANARY)));
	session_end(session);
	searched_for = CANARY;
	assert_int_equal(nftw(desk->folder, look_into, 16, FTW_PHYS), 0);
}

/* ---- the front ends agree ---- */

static char *plan_by_full_screen(struct desk *desk)
{
	struct session *session = start_wizard(desk, "full.yaml");

	answer_operations_manager(session, "");
	press(session, "F6", "The plan is saved as");
	session_key(session, "Ctrl-c");
	end_with(session, 130);
	return file_in(desk, "full.yaml");
}

static char *plan_by_lines(struct desk *desk)
{
	static const char *const arguments[] = { "wizard", "--plain", "plain.yaml", NULL };
	static const char answers[] = "1\n"
				      "CONTOSO\n"
				      "add MS01\n1\n"
				      "add MS02\n1\n"
				      "add GW01\n4\n"
				      "done\n"
				      "\n\n\n"                       /* agents, connectors */
				      "yes\n"                        /* license */
				      "\n\n"                         /* folders */
				      "everything\n\nlooked at it\n" /* checks */
				      "\n"
				      "\n"                           /* proceed */
				      "1\n"
				      "CONTOSO\\svc-das\n\n"
				      "CONTOSO\\svc-reader\n\n"
				      "save\n";

	run(desk, arguments, answers);
	return file_in(desk, "plain.yaml");
}

/* The confirmations of PLAN as arguments of "new"; the others are given as a person would. */
static char *plan_by_arguments(struct desk *desk, const char *plan)
{
	const char *arguments[80] = { "new",
				      "operations-manager",
				      "-o",
				      "new.yaml",
				      "management-group=CONTOSO",
				      "license-accepted=true",
				      "accounts.data-access.user=CONTOSO\\svc-das",
				      "accounts.data-reader.user=CONTOSO\\svc-reader",
				      "servers=MS01:management-server",
				      "servers=MS02:management-server",
				      "servers=GW01:gateway" };
	char texts[64][256];
	size_t count = 11, made = 0;
	char check[128];

	for (const char *at = plan; (at = strstr(at, "{ check: '")) != NULL && made < ARRAY_LEN(texts); at++) {
		assert_int_equal(sscanf(at, "{ check: '%127[^']'", check), 1);
		snprintf(texts[made], sizeof(texts[made]), "confirmed=%s,by=anna,on=2026-11-21,note=looked at it",
			 check);
		arguments[count++] = texts[made++];
	}
	arguments[count] = NULL;
	assert_true(made > 20);
	assert_int_equal(run(desk, arguments, ""), 0);
	return file_in(desk, "new.yaml");
}

static void test_parity__same_answers_in_three_ways__same_bytes(void **state)
{
	struct desk *desk = *state;
	char *full = plan_by_full_screen(desk);
	char *plain = plan_by_lines(desk);
	char *made = plan_by_arguments(desk, full);

	assert_text("full screen and line by line", full, plain);
	assert_text("full screen and new", full, made);
	free(full);
	free(plain);
	free(made);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		E2E(test_operations_manager__from_nothing__the_line_and_the_plan_that_gives_it_again),
		E2E(test_operations_manager__no_color__not_one_colour_on_any_page),
		E2E(test_automation__from_nothing__two_workers_and_a_web_service),
		E2E(test_back__on_every_page__keeps_everything),
		E2E(test_saved_plan__opened_again__goes_through_unchanged),
		E2E(test_draft__lost_connection__is_offered_and_resumed_on_its_page),
		E2E(test_resize__on_every_page__nothing_is_lost),
		E2E(test_next__a_wrong_value_in_any_field__message_below_and_focus_there),
		E2E(test_signals__while_a_dialog_is_open__terminal_draft_status_message),
		E2E(test_crashes__while_a_dialog_is_open__terminal_is_back),
		E2E(test_closed_terminal__filled_page__ends_at_once_with_a_draft),
		E2E(test_leaving__last_bytes__are_the_resets),
		E2E(test_plain__end_of_input__ends_with_a_draft_and_does_not_spin),
		E2E(test_terminal_type__dumb_or_none__goes_on_line_by_line),
		E2E(test_no_terminal__wizard__says_so_and_ends_with_2),
		E2E(test_paste__into_fields_and_passwords__one_line_without_controls),
		E2E(test_password__typed_and_left_on_every_way__is_in_nothing_that_was_written),
		E2E(test_parity__same_answers_in_three_ways__same_bytes),
	};

	return run_tests(tests);
}
