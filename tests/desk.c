/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The program at work in a folder of its own. See desk.h.
 */
#include "desk.h"

#include <stdlib.h>

#include "vouched.h"

/* ---- a desk of its own ---- */

int desk_set_up(void **state)
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

int desk_tear_down(void **state)
{
	struct desk *desk = *state;

	scratch_remove(desk->folder);
	free(desk);
	return 0;
}

static const char *desk_path(const struct desk *desk, const char *name)
{
	static char path[PATH_MAX];

	snprintf(path, sizeof(path), "%s/%s", desk->folder, name);
	return path;
}

char *desk_file(const struct desk *desk, const char *name)
{
	return read_whole_file(desk_path(desk, name), NULL);
}

void desk_copy_plan(const struct desk *desk, const char *plan)
{
	char relative[128];
	char *text;

	snprintf(relative, sizeof(relative), "tests/ui/%s.yaml", plan);
	text = vouched_plan(relative);
	snprintf(relative, sizeof(relative), "%s.yaml", plan);
	write_whole_file(desk_path(desk, relative), text, strlen(text));
	free(text);
}

struct session *desk_start(struct desk *desk, const char *const *arguments, const char *variable, int rows, int cols)
{
	static char program[PATH_MAX], out[PATH_MAX], err[PATH_MAX];
	const char *argv[12] = { program };
	struct session_options options = { .rows = rows,
					   .cols = cols,
					   .argv = argv,
					   .environment = desk->environment,
					   .folder = desk->folder,
					   .output_file = out,
					   .error_file = err };

	assert_non_null(getenv("SCUPGRADE"));
	assert_non_null(realpath(getenv("SCUPGRADE"), program));
	snprintf(out, sizeof(out), "%s/stdout", desk->folder);
	snprintf(err, sizeof(err), "%s/stderr", desk->folder);
	for (size_t i = 0; arguments[i]; i++)
		argv[i + 1] = arguments[i];
	desk->environment[4] = variable;
	return session_start(&options);
}

struct session *desk_wizard(struct desk *desk, const char *plan)
{
	const char *arguments[] = { "wizard", plan, NULL };

	return desk_start(desk, arguments, NULL, 24, 80);
}

/* ARGV[0] is a path. */
static int run_program(struct desk *desk, const char **argv)
{
	static char out[PATH_MAX], err[PATH_MAX];
	struct session_options options = { .argv = argv,
					   .environment = desk->environment,
					   .folder = desk->folder,
					   .input_file = "/dev/null",
					   .output_file = out,
					   .error_file = err };
	struct session *session;
	int status;

	snprintf(out, sizeof(out), "%s/stdout", desk->folder);
	snprintf(err, sizeof(err), "%s/stderr", desk->folder);
	desk->environment[4] = NULL;
	session = session_start(&options);
	assert_true(session_wait_exit(session, &status, MS));
	session_end(session);
	return status;
}

int desk_run(struct desk *desk, const char *const *arguments)
{
	static char program[PATH_MAX];
	const char *argv[96] = { program };

	assert_non_null(realpath(getenv("SCUPGRADE"), program));
	for (size_t i = 0; arguments[i]; i++)
		argv[i + 1] = arguments[i];
	return run_program(desk, argv);
}

int desk_interview(struct desk *desk, const char *const *arguments, const char *script)
{
	enum { DERAILED = 99 };
	static char program[PATH_MAX], interview[PATH_MAX], path[PATH_MAX];
	const char *argv[16] = { interview, path, program };
	int status;

	assert_non_null(realpath(getenv("SCUPGRADE"), program));
	snprintf(interview, sizeof(interview), "%s/tests/interview", getenv("builddir"));
	snprintf(path, sizeof(path), "%s/answers", desk->folder);
	write_whole_file(path, script, strlen(script));
	for (size_t i = 0; arguments[i]; i++)
		argv[i + 3] = arguments[i];
	status = run_program(desk, argv);
	if (status == DERAILED)
		fprintf(stderr, "%s\n", desk_file(desk, "stderr"));
	assert_int_not_equal(status, DERAILED);
	return status;
}

/* ---- keys ---- */

void expect_text(struct session *session, const char *text)
{
	assert_true(session_wait_text(session, text, MS));
}

void press_key(struct session *session, const char *key, const char *then)
{
	session_key(session, key);
	expect_text(session, then);
}

void expect_end(struct session *session, int expected)
{
	int status;

	assert_true(session_wait_exit(session, &status, MS));
	assert_int_equal(status, expected);
	assert_true(session_terminal_sane(session));
	session_end(session);
}

int page_number(struct session *session)
{
	const char *at = strstr(session_row(session, 0), " of ");

	assert_non_null(at);
	while (at > session_row(session, 0) && at[-1] >= '0' && at[-1] <= '9')
		at--;
	return (int)strtol(at, NULL, 10);
}

/* What came first may be half of what is drawn. */
static void expect_whole_screen(struct session *session)
{
	assert_true(session_wait_quiet(session, 50, MS));
}

/* A page that is not there is left out, and so is its number. */
void turn_page(struct session *session, const char *key)
{
	char here[24];

	snprintf(here, sizeof(here), " %d of ", page_number(session));
	session_key(session, key);
	assert_true(session_wait_gone(session, here, MS));
	expect_text(session, " of ");
}

void go_to_page(struct session *session, const char *page)
{
	enum { MOST_PAGES = 30 };

	expect_text(session, " of ");
	expect_whole_screen(session);
	for (int pages = 0; !strstr(session_screen(session), page); pages++) {
		assert_labelled(page, pages < MOST_PAGES);
		turn_page(session, "F8");
		expect_whole_screen(session);
	}
}

/* Whether the cursor stands in a row with LABEL, or right below it. */
static bool is_at_field(struct session *session, const char *label)
{
	struct session_cursor cursor = session_cursor(session);

	if (!cursor.visible)
		return false;
	return strstr(session_row(session, cursor.row), label) ||
	       (cursor.row > 0 && strstr(session_row(session, cursor.row - 1), label));
}

static void press_until_at(struct session *session, const char *key, const char *label)
{
	enum { MOST_STOPS = 80 };

	expect_whole_screen(session);
	for (int stops = 0; !is_at_field(session, label); stops++) {
		if (stops == MOST_STOPS)
			fprintf(stderr, "no way by %s to \"%s\":\n%s\n", key, label, session_screen(session));
		assert_true(stops < MOST_STOPS);
		session_key(session, key);
		expect_whole_screen(session);
	}
}

void go_to_second_page(struct session *session)
{
	expect_text(session, READY_HINT);
	press_key(session, "Alt-g", "Choose the upgrade");
	session_key(session, "Home");
	session_key(session, "Down");
	press_key(session, "Enter", " 2 of ");
}

void go_to_field(struct session *session, const char *label)
{
	press_until_at(session, "Tab", label);
}

void go_to_row(struct session *session, const char *text)
{
	press_until_at(session, "Down", text);
}

void add_server(struct session *session, const char *name, const char *role)
{
	press_key(session, "a", "Add a server");
	session_send(session, name);
	session_key(session, "Tab");
	press_until_at(session, "Down", role);
	session_key(session, "Space");
	session_key(session, "F8");
	assert_true(session_wait_gone(session, "Add a server", MS));
	expect_text(session, name);
}

void vouch_for_everything(struct session *session)
{
	press_key(session, "a", "All that is shown and not known (");
	session_key(session, "End");
	press_key(session, "Enter", "You vouch for ");
	session_send(session, "looked at it");
	press_key(session, "Enter", "Confirmed.");
}

void answer_operations_manager(struct session *session, const char *password)
{
	go_to_page(session, "Management group");
	session_send(session, "CONTOSO");
	go_to_field(session, "None yet");
	add_server(session, "MS01", "Management server");
	add_server(session, "MS02", "Management server");
	add_server(session, "GW01", "Gateway server");
	go_to_page(session, "Please read the license terms");
	press_key(session, "Space", "[x] I have read");
	go_to_page(session, "Verify prerequisites again");
	vouch_for_everything(session);
	go_to_page(session, "Configure Operations Manager accounts");
	go_to_field(session, "Data Access Service account");
	session_send(session, "CONTOSO\\svc-das");
	session_key(session, "Tab");
	session_send(session, password);
	session_key(session, "Tab");
	session_send(session, password);
	go_to_field(session, "Data Reader account");
	session_send(session, "CONTOSO\\svc-reader");
	go_to_page(session, "[ Write the files ]");
	expect_text(session, READY_HINT);
}

void finish_wizard(struct session *session, int expected)
{
	press_key(session, "F8", "S Start");
	press_key(session, "F8", "Files written");
	session_key(session, "F8");
	expect_end(session, expected);
}

static void assert_holds(const char *label, const char *text, const char *part)
{
	if (strstr(text, part))
		return;
	print_error("%s: \"%s\" is not in\n%s\n", label, part, text);
	fail();
}

void assert_desk_holds(const struct desk *desk, const char *name, const char *part)
{
	char *text = desk_file(desk, name);

	assert_holds(name, text, part);
	free(text);
}
