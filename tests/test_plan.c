/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Tests of plan: rows, look-ups, notes, and where findings belong.
 */
#include "helpers.h"

#define DEMO_REGISTER
#include "test_flow.h"

static int set_up(void **state)
{
	*state = plan_new(&flow_demo);
	return 0;
}

static int tear_down(void **state)
{
	plan_free(*state);
	return 0;
}

/* The servers' names, in order, as one text; each row must know its position. */
static void assert_order(struct plan *plan, const char *expected)
{
	struct strbuf text = STRBUF_INIT;

	for (size_t i = 0; i < plan_server_count(plan); i++) {
		strbuf_puts(&text, plan_server(plan, i)->name);
		assert_int_equal(plan_server(plan, i)->record.position, i);
	}
	assert_text("order", expected, strbuf_text(&text));
	strbuf_clear(&text);
}

static void test_rows__insert_move_remove__keep_order_and_positions(void **state)
{
	struct plan *plan = *state;
	struct rows *rows = &plan->answers->servers;
	struct record *record;

	for (const char *const *name = (const char *const[]){ "a", "b", "c", "d", "e", "f", "g", "h", "i", NULL };
	     *name; name++)
		demo_add_server(plan, *name, DEMO_FIRST);
	assert_order(plan, "abcdefghi");
	rows_move(plan, rows, 0, 8);
	assert_order(plan, "bcdefghia");
	rows_move(plan, rows, 8, 1);
	assert_order(plan, "bacdefghi");
	rows_move(plan, rows, 3, 3);
	assert_order(plan, "bacdefghi");
	rows_remove(plan, rows, 0);
	assert_order(plan, "acdefghi");
	rows_remove(plan, rows, 7);
	assert_order(plan, "acdefgh");
	record = plan_new_record(plan, &demo_servers);
	field_store(&demo_name, plan, record, "x", NULL);
	rows_insert(plan, rows, 0, record);
	assert_order(plan, "xacdefgh");
}

static void test_plan_copy_record__changed_copy__leaves_the_first_alone(void **state)
{
	struct plan *plan = *state;
	struct demo_server *server = demo_add_server(plan, "MS01", DEMO_SECOND), *copy;

	field_store(&demo_aliases, plan, &server->common.record, "a, b, c", NULL);
	copy = (struct demo_server *)plan_copy_record(plan, &demo_servers, &server->common.record);
	field_store(&demo_name, plan, &copy->common.record, "MS02", NULL);
	field_store_item(&demo_aliases, plan, &copy->common.record, "copied", NULL);
	field_store_item(&demo_aliases, plan, &server->common.record, "own", NULL);
	assert_text("name", "MS01", server->common.name);
	assert_int_equal(copy->common.roles, DEMO_SECOND);
	assert_text("copy", "a, b, c, copied", field_text(&demo_aliases, plan, &copy->common.record, plan->arena));
	assert_text("first", "a, b, c, own", field_text(&demo_aliases, plan, &server->common.record, plan->arena));
}

static void assert_found(struct plan *plan, const char *name, const char *expected)
{
	const struct server *server = plan_find_server(plan, name);

	assert_text(name ? name : "(null)", expected, server ? server->name : NULL);
}

static void test_plan_find_server__few_and_many__are_found_without_case(void **state)
{
	static const unsigned counts[] = { 3, 2000 };
	char name[16];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(counts); i++) {
		struct plan *plan = plan_new(&flow_demo);

		for (unsigned n = 0; n < counts[i]; n++) {
			snprintf(name, sizeof(name), "Ms%u", n);
			demo_add_server(plan, n == 1 ? NULL : name, DEMO_FIRST);
		}
		assert_found(plan, "mS0", "Ms0");
		assert_found(plan, "MS2", "Ms2");
		assert_found(plan, "ms1", NULL);
		assert_found(plan, "", NULL);
		assert_found(plan, NULL, NULL);
		field_store(&demo_name, plan, plan->answers->servers.items[1], "Late", NULL);
		assert_found(plan, "late", "Late");
		rows_remove(plan, &plan->answers->servers, 1);
		assert_found(plan, "late", NULL);
		demo_add_server(plan, "Later", DEMO_FIRST);
		assert_found(plan, "LATER", "Later");
		plan_free(plan);
	}
}

/* Looked for while they are added one by one, with names that are there already, and by roles that none had. */
static void test_plan_find_server__servers_come_and_go__present_ones_are_found(void **state)
{
	struct plan *plan = *state;
	struct rows *rows = &plan->answers->servers;
	size_t count;
	char name[16];

	for (unsigned n = 0; n < 1000; n++) {
		snprintf(name, sizeof(name), "MS%u", n % 900);
		demo_add_server(plan, name, n < 500 ? DEMO_FIRST : DEMO_SECOND);
		assert_ptr_equal(plan_find_server(plan, name), plan_server(plan, n % 900));
		assert_ptr_equal(plan_first_with(plan, DEMO_SECOND), n < 500 ? NULL : plan_server(plan, 500));
		plan_servers_twice(plan, &count);
		assert_int_equal(count, n < 900 ? 0 : n - 899);
		assert_false(plan_is_named(plan, &demo_site, plan_server(plan, n)));
		field_store(&demo_site, plan, rows->items[0], name, NULL);
		assert_true(plan_is_named(plan, &demo_site, plan_server(plan, n % 900)));
	}
	rows_begin(plan, rows, 1000);
	for (unsigned n = 0; n < 1000; n++) {
		snprintf(name, sizeof(name), "GW%u", n);
		demo_add_server(plan, name, DEMO_FIRST);
	}
	assert_found(plan, "MS5", NULL);
	assert_found(plan, "GW5", "GW5");
}

static void assert_twice(const struct plan *plan, const char *expected)
{
	struct strbuf text = STRBUF_INIT;
	size_t count;
	const struct server_pair *pairs = plan_servers_twice(plan, &count);

	for (size_t i = 0; i < count; i++)
		strbuf_printf(&text, "%zu-%zu ", pairs[i].first, pairs[i].again);
	assert_text("pairs", expected, strbuf_text(&text));
	strbuf_clear(&text);
}

/* What a row says of its site stands for the name of another server. */
static void test_plan_is_named__few_and_many__changes_count(void **state)
{
	static const unsigned counts[] = { 3, 200 };
	char name[16];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(counts); i++) {
		struct plan *plan = plan_new(&flow_demo);
		struct record *naming;
		struct server *copy;

		for (unsigned n = 0; n < counts[i]; n++) {
			snprintf(name, sizeof(name), "MS%u", n);
			demo_add_server(plan, name, DEMO_FIRST);
		}
		naming = plan->answers->servers.items[2];
		assert_false(plan_is_named(plan, &demo_site, plan_server(plan, 1)));
		field_store(&demo_site, plan, naming, "ms1", NULL);
		assert_true(plan_is_named(plan, &demo_site, plan_server(plan, 1)));
		assert_false(plan_is_named(plan, &demo_site, plan_server(plan, 0)));
		copy = (struct server *)plan_copy_record(plan, &demo_servers, plan->answers->servers.items[1]);
		assert_false(plan_is_named(plan, &demo_site, copy));
		copy->record.position = counts[i];
		assert_false(plan_is_named(plan, &demo_site, copy));
		assert_true(plan_is_named(plan, &demo_name, plan_server(plan, 0)));
		field_store(&demo_site, plan, naming, "MS0", NULL);
		assert_false(plan_is_named(plan, &demo_site, plan_server(plan, 1)));
		assert_true(plan_is_named(plan, &demo_site, plan_server(plan, 0)));
		plan_free(plan);
	}
}

static void test_plan_servers_twice__list_changes__pairs_have_their_present_places(void **state)
{
	static const char *const names[] = { "a", "b.x.com", NULL, "A", "B", "b.y.com", "c" };
	static const unsigned others[] = { 0, 100 };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(others); i++) {
		struct plan *plan = plan_new(&flow_demo);
		struct rows *rows = &plan->answers->servers;
		char name[16];

		assert_twice(plan, "");
		for (size_t n = 0; n < ARRAY_LEN(names); n++)
			demo_add_server(plan, names[n], DEMO_FIRST);
		for (unsigned n = 0; n < others[i]; n++) {
			snprintf(name, sizeof(name), "X%u", n);
			demo_add_server(plan, name, DEMO_FIRST);
		}
		assert_twice(plan, "0-3 1-4 ");
		rows_move(plan, rows, 0, 6);
		assert_twice(plan, "0-3 2-6 ");
		rows_remove(plan, rows, 1);
		assert_twice(plan, "0-2 1-5 ");
		field_store(&demo_name, plan, rows->items[1], "d", NULL);
		assert_twice(plan, "0-2 ");
		plan_free(plan);
	}
}

/* MS01 and ms01.contoso.com are the same computer unless two domains say otherwise. */
static void test_plan_find_server__domains__tell_hosts_apart(void **state)
{
	static const unsigned others[] = { 0, 100 };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(others); i++) {
		struct plan *plan = plan_new(&flow_demo);
		char name[16];

		demo_add_server(plan, "ms01.contoso.com", DEMO_FIRST);
		demo_add_server(plan, "ms01.fabrikam.com", DEMO_FIRST);
		demo_add_server(plan, "GW01", DEMO_FIRST);
		for (unsigned n = 0; n < others[i]; n++) {
			snprintf(name, sizeof(name), "X%u", n);
			demo_add_server(plan, name, DEMO_FIRST);
		}
		assert_found(plan, "MS01", "ms01.contoso.com");
		assert_found(plan, "MS01.Fabrikam.com", "ms01.fabrikam.com");
		assert_found(plan, "ms01.example.com", NULL);
		assert_found(plan, "gw01.fabrikam.com", "GW01");
		assert_found(plan, "gw0", NULL);
		plan_free(plan);
	}
}

static void test_plan_first_with__roles__first_in_order_counts(void **state)
{
	struct plan *plan = *state;

	assert_null(plan_first_with(plan, DEMO_FIRST | DEMO_SECOND));
	demo_add_server(plan, "A", 0);
	demo_add_server(plan, "B", DEMO_SECOND);
	demo_add_server(plan, "C", DEMO_FIRST | DEMO_SECOND);
	assert_text("first", "C", plan_first_with(plan, DEMO_FIRST)->name);
	assert_text("second", "B", plan_first_with(plan, DEMO_SECOND)->name);
	assert_text("any", "B", plan_first_with(plan, DEMO_FIRST | DEMO_SECOND)->name);
	assert_null(plan_first_with(plan, 0));
}

static void assert_first(const struct plan *plan, const char *expected)
{
	const struct server *first = plan_first_with(plan, DEMO_SECOND);

	assert_text("first", expected, first ? first->name : NULL);
}

/* Behind many servers of another role, and whichever way roles and rows change. */
static void test_plan_first_with__few_and_many__changes_count(void **state)
{
	static const unsigned counts[] = { 3, 200 };
	char name[16];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(counts); i++) {
		struct plan *plan = plan_new(&flow_demo);
		struct rows *rows = &plan->answers->servers;

		for (unsigned n = 0; n < counts[i]; n++) {
			snprintf(name, sizeof(name), "MS%u", n);
			demo_add_server(plan, name, DEMO_FIRST);
		}
		assert_first(plan, NULL);
		demo_add_server(plan, "A", DEMO_SECOND);
		demo_add_server(plan, "B", DEMO_FIRST);
		assert_first(plan, "A");
		field_store(&demo_roles, plan, rows->items[counts[i] + 1], "second", NULL);
		assert_first(plan, "A");
		field_store(&demo_roles, plan, rows->items[counts[i]], "first", NULL);
		assert_first(plan, "B");
		field_store_item(&demo_roles, plan, rows->items[counts[i]], "second", NULL);
		assert_first(plan, "A");
		field_store(&demo_roles, plan, rows->items[counts[i]], "", NULL);
		assert_first(plan, "B");
		field_store(&demo_roles, plan, rows->items[counts[i]], "first, second", NULL);
		assert_first(plan, "A");
		field_empty_list(&demo_roles, plan, rows->items[counts[i]]);
		assert_first(plan, "B");
		demo_add_server(plan, "C", DEMO_FIRST | DEMO_SECOND);
		rows_move(plan, rows, counts[i] + 2, counts[i]);
		assert_first(plan, "C");
		assert_text("any", "MS0", plan_first_with(plan, DEMO_FIRST | DEMO_SECOND)->name);
		rows_remove(plan, rows, counts[i]);
		assert_first(plan, "B");
		plan_free(plan);
	}
}

static void add_note(struct plan *plan, const char *check, const char *server, const char *text)
{
	struct answer_note *note = (struct answer_note *)plan_new_record(plan, &field_confirmed);

	note->check = check;
	note->server = server;
	note->note = text;
	rows_insert(plan, &plan->answers->confirmed, plan->answers->confirmed.count, &note->record);
	plan_settle_notes(plan);
	assert_null(note->server);
	assert_int_equal(note->servers.count, server != NULL);
}

static void test_plan_note__server_and_plan__the_right_note_counts(void **state)
{
	static const struct {
		const char *check, *server, *expected;
	} cases[] = {
		{ "disk", "MS02", "about MS02" },  { "disk", "ms02.contoso.com", "about MS02" },
		{ "disk", "MS03", NULL },          { "disk", NULL, NULL },
		{ "backup", "MS03", NULL },        { "backup", NULL, "about all" },
		{ "other", "MS02", NULL },
	};
	struct plan *plan = *state;

	add_note(plan, "disk", "MS02", "about MS02");
	add_note(plan, "backup", NULL, "about all");
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const struct answer_note *note = plan_note(&plan->answers->confirmed, cases[i].check, cases[i].server);

		assert_text(cases[i].check, cases[i].expected, note ? note->note : NULL);
	}
}

static const char file_text[] =
	"# head\n"
	"scupgrade: 1\n"
	"product: demonstration\n"
	"group: CONTOSO\n"
	"accounts:\n"
	"  main: { kind: domain }\n"
	"servers:\n"
	"  - { name: A, roles: [first] }\n"
	"  - name: B\n"
	"    roles: [first]\n";

struct placed {
	const char *label;
	const struct field *rows_field, *field;
	size_t row;
	const char *expected;
};

static void test_plan_report__plan_from_a_file__place_is_the_value_or_what_lacks_it(void **state)
{
	static const struct placed cases[] = {
		{ "value", NULL, &demo_group, 0, "4:8 error group x" },
		{ "missing at the top", NULL, &demo_port, 0, "1:1 error port x" },
		{ "missing in a group", NULL, &demo_user, 0, "6:9 error accounts.main.user x" },
		{ "missing with half of its groups", NULL, &demo_reader, 0, "6:3 error accounts.reader.user x" },
		{ "column", &demo_servers, &demo_name, 1, "9:11 error servers[2].name x" },
		{ "missing column", &demo_servers, &demo_site, 1, "9:5 error servers[2].site x" },
		{ "missing column of the first", &demo_servers, &demo_site, 0, "8:5 error servers[1].site x" },
		{ "whole row", &demo_servers, NULL, 1, "9:5 error servers[2] x" },
	};
	struct plan *plan = demo_plan(file_text);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const struct record *record =
			cases[i].rows_field ? plan->answers->servers.items[cases[i].row] : &plan->answers->record;
		struct diags diags = DIAGS_INIT;
		struct report report = plan_report(plan, record, cases[i].field, &diags);

		report_error(&report, "x", "", "text");
		assert_findings(cases[i].label, cases[i].expected, &diags);
	}
	plan_free(plan);
}

static void test_plan_report__rows_that_moved_or_are_new__have_their_present_number(void **state)
{
	struct plan *plan = demo_plan(file_text);
	struct record *fresh = plan_new_record(plan, &demo_servers), *copy;
	struct diags diags = DIAGS_INIT;
	struct report report;

	(void)state;
	rows_move(plan, &plan->answers->servers, 1, 0);
	report = plan_report(plan, plan->answers->servers.items[0], &demo_name, &diags);
	report_error(&report, "moved", "", "text");
	report = plan_report(plan, fresh, &demo_name, &diags);
	report_error(&report, "new", "", "text");
	copy = plan_copy_record(plan, &demo_servers, plan->answers->servers.items[1]);
	report = plan_report(plan, copy, &demo_name, &diags);
	report_error(&report, "copied", "", "text");
	report_error(&report, "again", "", "text");
	assert_findings("numbers", "9:11 error servers[1].name moved\n1:1 error servers[3].name new\n"
			"8:13 error servers[2].name copied\n8:13 error servers[2].name again", &diags);
	plan_free(plan);
}

static void test_plan_report__plan_without_a_file__has_no_place(void **state)
{
	struct plan *plan = *state;
	struct diags diags = DIAGS_INIT;
	struct report report = plan_report(plan, &plan->answers->record, &demo_group, &diags);

	report_error(&report, "x", "", "text");
	assert_null(diags.items[0].at.file);
	assert_findings("no place", "0:0 error group x", &diags);
}

#define WITH_PLAN(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_PLAN(test_rows__insert_move_remove__keep_order_and_positions),
		WITH_PLAN(test_plan_copy_record__changed_copy__leaves_the_first_alone),
		TEST(test_plan_find_server__few_and_many__are_found_without_case),
		WITH_PLAN(test_plan_find_server__servers_come_and_go__present_ones_are_found),
		TEST(test_plan_is_named__few_and_many__changes_count),
		TEST(test_plan_servers_twice__list_changes__pairs_have_their_present_places),
		TEST(test_plan_find_server__domains__tell_hosts_apart),
		WITH_PLAN(test_plan_first_with__roles__first_in_order_counts),
		TEST(test_plan_first_with__few_and_many__changes_count),
		WITH_PLAN(test_plan_note__server_and_plan__the_right_note_counts),
		TEST(test_plan_report__plan_from_a_file__place_is_the_value_or_what_lacks_it),
		TEST(test_plan_report__rows_that_moved_or_are_new__have_their_present_number),
		WITH_PLAN(test_plan_report__plan_without_a_file__has_no_place),
	};

	return run_tests(tests);
}
