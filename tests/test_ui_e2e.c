/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The program from the first key to the last, on a terminal: both products from an empty screen to the printed line,
 * back and forth, every size, every wrong value, and that the front ends agree byte for byte.
 */
#include "desk.h"

#include <dirent.h>
#include <stdlib.h>
#include <sys/stat.h>

#define LINE_OF_MS01                                                                                                   \
	"setup.exe /silent /upgrade /AcceptEndUserLicenseAgreement:1 /DASAccountUser:CONTOSO\\svc-das "                \
	"/DASAccountPassword:<password> /DataReaderUser:CONTOSO\\svc-reader /DataReaderPassword:<password>\n"

/* ---- whole ways ---- */

static void test_operations_manager__from_nothing__the_line_and_the_plan_that_gives_it_again(void **state)
{
	struct desk *desk = *state;
	struct session *session = desk_wizard(desk, "om.yaml");
	static const char *const command[] = { "command", "om.yaml", "MS01", NULL };

	answer_operations_manager(session, "");
	finish_wizard(session, 0);
	assert_desk_holds(desk, "stdout", "\n" LINE_OF_MS01);
	assert_int_equal(desk_run(desk, command), 0);
	char *line = desk_file(desk, "stdout");
	assert_text("command", LINE_OF_MS01, line);
	free(line);
}

static void test_operations_manager__no_color__not_one_colour_on_any_page(void **state)
{
	struct desk *desk = *state;
	const char *arguments[] = { "wizard", "om.yaml", NULL };
	struct session *session = desk_start(desk, arguments, "NO_COLOR=1", 24, 80);

	answer_operations_manager(session, "");
	press_key(session, "F8", "S Start");
	press_key(session, "F8", "Files written");
	assert_int_equal(session_colours(session), 0);
	assert_int_equal(session_screen_switches(session), 1);
	session_key(session, "F8");
	expect_end(session, 0);
}

static void test_automation__from_nothing__two_workers_and_a_web_service(void **state)
{
	struct desk *desk = *state;
	struct session *session = desk_wizard(desk, "sma.yaml");

	expect_text(session, "1 of ");
	session_key(session, "Down");
	press_key(session, "Space", "Service Management Automation 2012 R2");
	go_to_page(session, "None yet.");
	add_server(session, "WRK01", "Runbook worker");
	add_server(session, "WRK02", "Runbook worker");
	add_server(session, "WEB01", "Web service");
	go_to_field(session, "Folder of the 2016 packages");
	session_send(session, "D:\\SMA");
	go_to_page(session, "System requirements");
	vouch_for_everything(session);
	go_to_page(session, "Nothing brings the old release back");
	go_to_field(session, "Backup file");
	session_send(session, "E:\\SMA.bak");
	go_to_page(session, "Database server");
	session_send(session, "SQL01");
	go_to_page(session, "Service account of the workers");
	session_send(session, "CONTOSO\\svc-sma");
	go_to_page(session, "Account of the application pool");
	session_send(session, "CONTOSO\\svc-web");
	go_to_field(session, "administrators' group");
	session_send(session, "CONTOSO\\SMA Admins");
	go_to_page(session, READY_HINT);
	finish_wizard(session, 0);
	static const char *const expected[] = {
		"WebServiceInstaller.msi",    "WorkerInstaller.msi",   "SERVICEACCOUNT=\"CONTOSO\\svc-sma\"",
		"SERVICEPASSWORD=<password>", "CREATEDATABASE=\"No\"", "SQLDATABASE=\"SMA\"",
		"PRODUCTKEY=<product-key>"
	};
	for (size_t i = 0; i < ARRAY_LEN(expected); i++)
		assert_desk_holds(desk, "stdout", expected[i]);
}

/* ---- facts, and lists ---- */

/* The whole folder FROM of the source tree as TO there. */
static void copy_folder(const struct desk *desk, const char *from, const char *to)
{
	char path[PATH_MAX], source[PATH_MAX];
	DIR *files = opendir(source_path(from));
	struct dirent *entry;
	size_t length;
	char *bytes;

	assert_non_null(files);
	snprintf(path, sizeof(path), "%s/%s", desk->folder, to);
	assert_int_equal(mkdir(path, 0700), 0);
	while ((entry = readdir(files))) {
		if (entry->d_name[0] == '.')
			continue;
		snprintf(source, sizeof(source), "%s/%s", from, entry->d_name);
		bytes = read_whole_file(source_path(source), &length);
		snprintf(path, sizeof(path), "%s/%s/%s", desk->folder, to, entry->d_name);
		write_whole_file(path, bytes, length);
		free(bytes);
	}
	closedir(files);
}

/* On to PAGE, with the license terms accepted on the way. The number of keys that took: one a page, or fewer. */
static int go_on_to(struct session *session, const char *page)
{
	int before = page_number(session);

	go_to_page(session, "Please read the license terms");
	press_key(session, "Space", "[x] I have read");
	go_to_page(session, page);
	return page_number(session) - before + 1;
}

/* A new user with the facts of twelve servers is at Ready after fewer than 25 keys, and vouched for nothing. */
static void test_facts__from_an_empty_folder__ready_after_few_keys(void **state)
{
	static const char *const arguments[] = { "wizard", NULL };
	struct desk *desk = *state;
	struct session *session;
	char *plan;
	int keys = 2;

	copy_folder(desk, "tests/facts/twelve", "contoso.facts");
	session = desk_start(desk, arguments, NULL, 24, 80);
	expect_text(session, "There are facts in contoso.facts.");
	press_key(session, "Enter", "Facts of 12 servers were read from contoso.facts. 32 answers were");
	press_key(session, "Enter", "32 answers were filled in.");
	keys += go_on_to(session, READY_HINT);
	assert_true(keys < 25);
	expect_text(session, "What happens");
	press_key(session, "F6", "The plan is saved as contoso.yaml.");
	session_key(session, "Ctrl-c");
	expect_end(session, 130);
	assert_desk_holds(desk, "contoso.yaml", "name: 'OpsMgr_CONTOSO'");
	plan = desk_file(desk, "contoso.yaml");
	assert_null(strstr(plan, "confirmed:"));
	free(plan);
}

/* A pasted list of eleven names: fewer than 80 keys to the page of prerequisites, which says how to get facts. */
static void test_paste__eleven_names__prerequisites_after_few_keys(void **state)
{
	static const char *const arguments[] = { "wizard", NULL };
	static const char names[] = "MS01\rMS02\rMS03\rGW01\rGW02\rCON01\rCON02\rWEB01\rREP01\rAPP01\rAPP02\r";
	struct desk *desk = *state;
	struct session *session = desk_start(desk, arguments, NULL, 24, 80);
	int keys = (int)strlen("CONTOSO") + 2; /* the paste counts as one, and so does the first page */

	go_to_page(session, "Management group");
	session_send(session, "CONTOSO");
	expect_text(session, "Management group          CONTOSO");
	session_send(session, "\033[200~");
	session_send(session, names);
	session_send(session, "\033[201~");
	for (size_t left = 11; left > 2; keys++) {
		static const size_t groups[] = { 3, 2, 2, 1, 1 };
		char title[64];

		snprintf(title, sizeof(title), "%zu new servers: which roles?", left);
		expect_text(session, title);
		session_key(session, "Enter");
		left -= groups[keys - (int)strlen("CONTOSO") - 2];
	}
	expect_text(session, "2 new servers: which roles?");
	for (int i = 0; i < 6; i++)
		session_key(session, "Down");
	press_key(session, "Space", "[x] Agent");
	press_key(session, "F8", "11 servers were added.");
	keys += 8;
	keys += go_on_to(session, "Get facts");
	assert_true(keys < 80);
	expect_text(session, "writes collect-facts.ps1; 3 lines to run");
	press_key(session, "Enter", "collect-facts.ps1 is written.");
	session_key(session, "Ctrl-c");
	expect_end(session, 130);
	assert_desk_holds(desk, "collect-facts.ps1", "param(");
}

/* ---- back, reload, draft ---- */

static void test_back__on_every_page__keeps_everything(void **state)
{
	struct desk *desk = *state;
	struct session *session = desk_wizard(desk, "om.yaml");

	answer_operations_manager(session, "");
	while (page_number(session) > 1)
		turn_page(session, "Esc");
	go_to_page(session, "Ready To Upgrade");
	go_to_page(session, "[ Write the files ]");
	go_to_row(session, "Data Reader account    CONTOSO\\svc-reader");
	finish_wizard(session, 0);
	assert_desk_holds(desk, "stdout", "\n" LINE_OF_MS01);
}

static void test_saved_plan__opened_again__goes_through_unchanged(void **state)
{
	struct desk *desk = *state;
	struct session *session = desk_wizard(desk, "om.yaml");
	char *first, *second;

	answer_operations_manager(session, "");
	finish_wizard(session, 0);
	assert_desk_holds(desk, "stderr", "written: om.yaml, om.commands.txt, om.html\n");
	assert_desk_holds(desk, "stderr", "go on with: scupgrade track om.yaml\n");
	first = desk_file(desk, "om.yaml");
	session = desk_wizard(desk, "om.yaml");
	expect_text(session, READY_HINT);
	session_key(session, "Alt-q");
	expect_end(session, 3);
	second = desk_file(desk, "om.yaml");
	assert_text("the plan", first, second);
	free(first);
	free(second);
}

static void test_draft__lost_connection__is_offered_and_resumed_on_its_page(void **state)
{
	struct desk *desk = *state;
	struct session *session = desk_wizard(desk, "om.yaml");

	go_to_page(session, "Management group");
	session_send(session, "CONTOSO");
	go_to_field(session, "None yet");
	add_server(session, "MS01", "Management server");
	session_hang_up(session);
	assert_true(session_wait_exit(session, NULL, MS));
	session_end(session);
	session = desk_wizard(desk, "om.yaml");
	expect_text(session, "There is a draft");
	press_key(session, "Enter", "MS01");
	expect_text(session, "Management group          CONTOSO");
	session_key(session, "Ctrl-c");
	expect_end(session, 130);
}

/* ---- somebody else ---- */

static void test_track__somebody_else_records__shows_by_itself(void **state)
{
	static const char *const track[] = { "track", "om.yaml", NULL };
	static const char *const mark[] = { "mark", "om.yaml", "review-event-logs@MS01", "started", NULL };
	struct desk *desk = *state;
	struct session *session;

	desk_copy_plan(desk, "om");
	session = desk_start(desk, track, NULL, 24, 80);
	expect_text(session, "S Start");
	assert_null(strstr(session_screen(session), "running"));
	assert_int_equal(desk_run(desk, mark), 0);
	expect_text(session, "running");
	session_key(session, "Ctrl-c");
	expect_end(session, 130);
}

/* ---- sizes ---- */

static void test_resize__on_every_page__nothing_is_lost(void **state)
{
	static const char *const titles[] = { "System Center 2016", "Please read",        "Select installation",
					      "Prerequisites",      "Proceed with Setup", "Configure Operations",
					      "Ready To Upgrade" };
	struct desk *desk = *state;
	struct session *session;

	desk_copy_plan(desk, "om");
	session = desk_wizard(desk, "om.yaml");
	go_to_second_page(session);
	for (size_t i = 0; i < ARRAY_LEN(titles); i++) {
		char page[64];

		/* Behind the rail, which has titles too */
		snprintf(page, sizeof(page), "\xE2\x94\x82 %s", titles[i]);
		go_to_page(session, page);
		snprintf(page, sizeof(page), " %d of ", page_number(session));
		session_resize(session, 10, 40);
		expect_text(session, titles[i]);
		assert_true(session_wait_gone(session, "Getting Started", MS));
		session_resize(session, 5, 20);
		expect_text(session, "needs 40x10, is 20x5");
		session_resize(session, 43, 132);
		expect_text(session, titles[i]);
		expect_text(session, "Getting Started");
		session_resize(session, 24, 80);
		expect_text(session, page);
		assert_true(session_wait_quiet(session, 20, MS));
		assert_true(session_cursor(session).visible);
	}
	session_key(session, "F8");
	expect_text(session, "S Start");
	session_key(session, "Ctrl-c");
	expect_end(session, 130);
}

/* ---- wrong values ---- */

struct mistake {
	const char *plan;
	const char *page, *field; /* something that stands there alone, and the label */
	const char *typed;
	const char *message; /* stands below the field */
};

static void make_mistake(struct desk *desk, const struct mistake *mistake)
{
	struct session *session = desk_wizard(desk, mistake->plan);
	struct session_cursor cursor;
	char page[32];
	int row = 0;

	go_to_second_page(session);
	go_to_page(session, mistake->page);
	snprintf(page, sizeof(page), " %d of ", page_number(session));
	go_to_field(session, mistake->field);
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
	expect_end(session, 130);
	scratch_remove(desk->folder);
	desk->folder = scratch_folder();
}

static void test_next__a_wrong_value_in_any_field__message_below_and_focus_there(void **state)
{
	/* clang-format off */
	static const struct mistake mistakes[] = {
		{ "om.yaml", "Management group", "Management group", "", "Management group is missing." },
		{ "om.yaml", "Management group", "Management group", "bad;name", "has a semicolon" },
		{ "om.yaml", "Management group", "Agents installed", "many", "is not a number" },
		{ "om.yaml", "Select installation", "Folder that holds", "D:\\a|b", "has |" },
		{ "om.yaml", "Select installation", "Install to", "E:\\SC\\CON", "a name that Windows reserves" },
		{ "om.yaml", "Configure Operations", "Data Access Service account", "svc-das", "has no domain" },
		{ "om.yaml", "Configure Operations", "Data Reader account", "CONTOSO\\a/b", "has /" },
		{ "sma.yaml", "Servers", "Folder of the 2016", "media", "does not start with a drive" },
		{ "sma.yaml", "Database server", "Database server", "SQL01\\I", "has a backslash" },
		{ "sma.yaml", "Database server", "Port", "70000", "is out of range" },
		{ "sma.yaml", "Service account of", "Service account of", "", "account of the workers is missing" },
		{ "sma.yaml", "application pool", "application pool", "bad", "has no domain" },
		{ "sma.yaml", "application pool", "Port of the web service", "0", "is out of range" },
		{ "sma.yaml", "Maintenance mode", "Management server to", "a b", "has a space" },
		{ "sma.yaml", "Maintenance mode", "Minutes of", "-1", "\"-1\" is" },
	};
	/* clang-format on */
	struct desk *desk = *state;

	for (size_t i = 0; i < ARRAY_LEN(mistakes); i++) {
		char name[32];

		snprintf(name, sizeof(name), "%.*s", (int)strcspn(mistakes[i].plan, "."), mistakes[i].plan);
		desk_tear_down(state);
		desk_set_up(state);
		desk = *state;
		desk_copy_plan(desk, name);
		make_mistake(desk, &mistakes[i]);
	}
}

/* ---- the front ends agree ---- */

static char *plan_by_full_screen(struct desk *desk)
{
	struct session *session = desk_wizard(desk, "full.yaml");

	answer_operations_manager(session, "");
	press_key(session, "F6", "The plan is saved as");
	session_key(session, "Ctrl-c");
	expect_end(session, 130);
	return desk_file(desk, "full.yaml");
}

static char *plan_by_lines(struct desk *desk)
{
	static const char *const arguments[] = { "wizard", "--plain", "plain.yaml", NULL };
	static const char answers[] = "product\toperations-manager\ngoal\t\n"
				      "management-group\tCONTOSO\n"
				      "add, edit\tadd MS01\n"
				      "servers.roles\tmanagement-server\n"
				      "add, edit\tadd MS02\n"
				      "servers.roles\tmanagement-server\n"
				      "add, edit\tadd GW01\n"
				      "servers.roles\tgateway\n"
				      "add, edit\tdone\n"
				      "license-accepted\tyes\n"
				      "Number, everything\teverything\n"
				      "Who vouches for it\t\n"
				      "How you know\tlooked at it\n"
				      "Number, everything\t\n"
				      "accounts.data-access.user\tCONTOSO\\svc-das\n"
				      "accounts.data-reader.user\tCONTOSO\\svc-reader\n"
				      "Write the files?\tsave\n";

	desk_interview(desk, arguments, answers);
	return desk_file(desk, "plain.yaml");
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
	char check[128], names[128];

	for (const char *at = plan; (at = strstr(at, "{ check: '")) != NULL && made < ARRAY_LEN(texts); at++) {
		bool named = sscanf(at, "{ check: '%127[^']', servers: [%127[^]]]", check, names) == 2;
		size_t length = 0;

		if (!named)
			assert_int_equal(sscanf(at, "{ check: '%127[^']'", check), 1);
		/* 'MS01', 'MS02' becomes MS01+MS02. */
		for (const char *name = named ? names : ""; *name; name++)
			if (*name != ' ' && *name != '\'')
				names[length++] = *name == ',' ? '+' : *name;
		names[length] = '\0';
		snprintf(texts[made], sizeof(texts[made]), "confirmed=%s%s%s,by=anna,on=2026-11-21,note=looked at it",
			 check, named ? ",servers=" : "", names);
		arguments[count++] = texts[made++];
	}
	arguments[count] = NULL;
	assert_true(made > 10);
	assert_int_equal(desk_run(desk, arguments), 0);
	return desk_file(desk, "new.yaml");
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
		DESK_TEST(test_operations_manager__from_nothing__the_line_and_the_plan_that_gives_it_again),
		DESK_TEST(test_operations_manager__no_color__not_one_colour_on_any_page),
		DESK_TEST(test_automation__from_nothing__two_workers_and_a_web_service),
		DESK_TEST(test_facts__from_an_empty_folder__ready_after_few_keys),
		DESK_TEST(test_paste__eleven_names__prerequisites_after_few_keys),
		DESK_TEST(test_back__on_every_page__keeps_everything),
		DESK_TEST(test_saved_plan__opened_again__goes_through_unchanged),
		DESK_TEST(test_draft__lost_connection__is_offered_and_resumed_on_its_page),
		DESK_TEST(test_track__somebody_else_records__shows_by_itself),
		DESK_TEST(test_resize__on_every_page__nothing_is_lost),
		DESK_TEST(test_next__a_wrong_value_in_any_field__message_below_and_focus_there),
		DESK_TEST(test_parity__same_answers_in_three_ways__same_bytes),
	};

	return run_tests(tests);
}
