/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Tests of validate: fields, rows, pages and whole plans, and servers that are listed twice.
 */
#include "helpers.h"

#define DEMO_REGISTER
#include "pipeline/validate.h"
#include "test_flow.h"

static const char fine[] =
	"scupgrade: 1\n"
	"product: demonstration\n"
	"group: CONTOSO\n"
	"batches: 2\n"
	"accounts: { main: { user: 'CONTOSO\\main' }, reader: { user: 'CONTOSO\\r' } }\n"
	"servers:\n"
	"  - { name: MS01, roles: [first] }\n"
	"  - { name: MS02, roles: [second] }\n";

static void test_validate_plan__good_plan__has_no_findings(void **state)
{
	struct plan *plan = demo_plan(fine);
	struct diags diags = DIAGS_INIT;

	(void)state;
	assert_true(validate_plan(plan, &diags));
	assert_findings("good", "", &diags);
	plan_free(plan);
}

struct faulty {
	const char *label, *text, *expected;
};

static void test_validate_plan__faults__are_all_found_with_their_places(void **state)
{
	static const struct faulty cases[] = {
		{ "nothing answered", "scupgrade: 1\nproduct: demonstration\n",
		  "1:1 error group missing\n1:1 error batches missing\n1:1 error accounts.main.user missing\n"
		  "1:1 error servers missing\n1:1 warning accounts.reader.user no-reader" },
		{ "rows", "scupgrade: 1\nproduct: demonstration\ngroup: A\nbatches: 2\n"
		  "accounts: { main: { kind: local-system }, reader: { user: 'A\\r' } }\n"
		  "servers:\n- { roles: [second], site: 'a/b', aliases: [x, 'y z'] }\n- { name: 'bad name' }\n",
		  "7:3 error servers[1].name missing\n7:28 error servers[1].site web-site-form\n"
		  "7:44 error servers[1].aliases host-form\n8:11 error servers[2].name host-form\n"
		  "8:3 error servers[2].roles missing\n7:1 error servers no-first" },
		{ "notes", "scupgrade: 1\nproduct: demonstration\ngroup: A\nbatches: 2\n"
		  "accounts: { main: { kind: local-system }, reader: { user: 'A\\r' } }\n"
		  "servers: [{ name: MS01, roles: [first] }]\n"
		  "confirmed:\n"
		  "- { check: database-backup, server: MS01.contoso.com, by: anna, on: 2026-11-20 }\n"
		  "- { check: database-bakcup, by: anna, on: 2026-02-30 }\n"
		  "- { check: pending-reboot, server: MS02, by: anna, on: 2026-11-20 }\n"
		  "acknowledged: [{ check: pending-reboot, server: MS01 }]\n",
		  "9:12 warning confirmed[2].check check-unknown\n9:43 error confirmed[2].on date-form\n"
		  "11:16 error acknowledged[1].by missing\n11:16 error acknowledged[1].on missing\n"
		  "11:16 error acknowledged[1].note missing\n10:36 warning confirmed[3].server server-unknown" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct plan *plan = demo_plan(cases[i].text);
		struct diags diags = DIAGS_INIT;

		assert_labelled(cases[i].label, !validate_plan(plan, &diags));
		assert_findings(cases[i].label, cases[i].expected, &diags);
		plan_free(plan);
	}
}

static void test_validate_plan__only_warnings__is_true(void **state)
{
	struct plan *plan = demo_plan(fine);
	struct diags diags = DIAGS_INIT;

	(void)state;
	demo_answers(plan)->reader = NULL;
	assert_true(validate_plan(plan, &diags));
	assert_findings("warning", "5:61 warning accounts.reader.user no-reader", &diags);
	plan_free(plan);
}

/* Every answer to a prerequisite names its servers: dozens of times the same would be said. */
static void test_validate_plan__a_name_that_is_unusual__is_said_of_its_server_only(void **state)
{
	struct plan *plan = demo_plan("scupgrade: 1\nproduct: demonstration\ngroup: A\nbatches: 2\n"
				      "accounts: { main: { kind: local-system }, reader: { user: 'A\\r' } }\n"
				      "servers: [{ name: GW, roles: [first] }]\nconfirmed:\n"
				      "- { check: pending-reboot, servers: [GW], by: a, on: '2026-11-20' }\n"
				      "- { check: pending-reboot, server: GW, by: a, on: '2026-11-20' }\n");
	struct diags diags = DIAGS_INIT;

	(void)state;
	assert_true(validate_plan(plan, &diags));
	assert_findings("one", "6:19 warning servers[1].name host-unusual", &diags);
	plan_free(plan);
}

/* ---- servers that are listed twice ---- */

static bool finds_twice(const char *const *names, size_t count)
{
	struct plan *plan = demo_plan(fine);
	struct diags diags = DIAGS_INIT;
	bool twice = false;

	plan->answers->servers.count = 0;
	for (size_t i = 0; i < count; i++)
		demo_add_server(plan, names[i], DEMO_FIRST);
	validate_plan(plan, &diags);
	for (size_t i = 0; i < diags.count; i++)
		twice = twice || str_eq(diags.items[i].code, "server-twice");
	diags_clear(&diags);
	plan_free(plan);
	return twice;
}

/* Every list of up to three of these names: the same verdict as comparing each pair by host_equal(). */
static void test_validate_plan__names_of_hosts__twice_is_what_host_equal_says(void **state)
{
	static const char *const names[] = { "ms1",       "MS1", "ms1.a.com", "Ms1.A.com",
					     "ms1.b.com", "ms2", "ms2.a.com", NULL };
	enum { COUNT = ARRAY_LEN(names) };

	(void)state;
	for (size_t i = 0; i < COUNT * COUNT * COUNT; i++) {
		const char *list[] = { names[i % COUNT], names[i / COUNT % COUNT], names[i / COUNT / COUNT] };
		bool twice = false;

		for (size_t a = 0; a < 3; a++) {
			for (size_t b = 0; b < a; b++)
				twice = twice || (list[a] && list[b] && host_equal(list[a], list[b]));
		}
		assert_int_equal(finds_twice(list, 3), twice);
	}
}

static void test_validate_plan__server_twice__names_the_other_line(void **state)
{
	struct strbuf text = STRBUF_INIT;
	struct diags diags = DIAGS_INIT;
	struct plan *plan;

	(void)state;
	strbuf_printf(&text, "%s  - { name: ms01.contoso.com, roles: [first] }\n", fine);
	plan = demo_plan(strbuf_text(&text));
	assert_false(validate_plan(plan, &diags));
	assert_text("text", "The server \"ms01.contoso.com\" is already listed on line 7.", diags.items[0].text);
	assert_findings("twice", "9:13 error servers[3].name server-twice", &diags);
	plan_free(plan);
	strbuf_clear(&text);
}

static void test_validate_plan__fault_in_each_of_many_servers__list_ends(void **state)
{
	struct plan *plan = demo_plan(fine);
	struct diags diags = DIAGS_INIT;

	(void)state;
	for (unsigned i = 0; i < 3000; i++)
		demo_add_server(plan, "bad name", DEMO_FIRST);
	assert_false(validate_plan(plan, &diags));
	assert_int_equal(diags.count, PLAN_ERROR_LIMIT + 1);
	assert_text("last", "too-many-findings", diags.items[diags.count - 1].code);
	diags_clear(&diags);
	plan_free(plan);
}

/* The one error stands behind more warnings than are kept. */
static void test_validate_plan__error_behind_many_warnings__is_found(void **state)
{
	struct plan *plan = demo_plan(fine);
	struct diags diags = DIAGS_INIT;

	(void)state;
	for (unsigned i = 0; i < 3000; i++) {
		char name[16];

		snprintf(name, sizeof(name), "ms_%u", i);
		demo_add_server(plan, name, DEMO_FIRST);
	}
	assert_true(validate_plan(plan, &diags));
	assert_int_equal(diags.errors, 0);
	assert_int_equal(diags.warnings, PLAN_ERROR_LIMIT);
	diags_clear(&diags);
	demo_add_server(plan, "bad name", DEMO_FIRST);
	demo_add_server(plan, "bad name 2", DEMO_FIRST);
	assert_false(validate_plan(plan, &diags));
	assert_int_equal(diags.errors, 1);
	diags_clear(&diags);
	plan_free(plan);
}

/* ---- pages, rows, fields ---- */

static void test_validate_page__each_page__has_its_own_findings_only(void **state)
{
	static const char text[] = "scupgrade: 1\nproduct: demonstration\ngroup: A\nservers: [{ name: MS01, roles: "
				   "[second] }, { name: ms01, roles: [second] }]\n";
	struct plan *plan = demo_plan(text);
	struct diags diags = DIAGS_INIT;

	(void)state;
	assert_false(validate_page(plan, &demo_page_accounts, &diags));
	assert_findings("accounts", "1:1 error accounts.main.user missing\n1:1 warning accounts.reader.user no-reader",
			&diags);
	assert_false(validate_page(plan, &demo_page_servers, &diags));
	assert_findings("servers", "4:52 error servers[2].name server-twice\n4:10 error servers no-first", &diags);
	assert_true(validate_page(plan, flow_demo.pages[2], &diags));
	assert_findings("end", "", &diags);
	field_store(&demo_kind, plan, &plan->answers->record, "local-system", NULL);
	assert_true(validate_page(plan, &demo_page_accounts, &diags));
	assert_findings("warning only", "1:1 warning accounts.reader.user no-reader", &diags);
	plan_free(plan);
}

static void test_validate_row_and_field__new_row__is_judged_before_it_is_in_the_list(void **state)
{
	struct plan *plan = demo_plan(fine);
	struct record *record = plan_new_record(plan, &demo_servers);
	struct diags diags = DIAGS_INIT;

	(void)state;
	assert_false(validate_row(plan, &demo_servers, record, &diags));
	assert_findings("row", "1:1 error servers[3].name missing\n1:1 error servers[3].roles missing", &diags);
	assert_false(validate_field(plan, record, &demo_name, &diags));
	assert_findings("field", "1:1 error servers[3].name missing", &diags);
	assert_true(validate_field(plan, record, &demo_site, &diags));
	assert_findings("does not apply", "", &diags);
	assert_true(validate_field(plan, &plan->answers->record, &demo_group, &diags));
	plan_free(plan);
}

static void test_page_of_path__paths__belong_to_the_page_with_the_field(void **state)
{
	static const struct {
		const char *path;
		const struct page *expected;
	} cases[] = {
		{ "accounts.main.user", &demo_page_accounts },
		{ "accounts.main", &demo_page_accounts },
		{ "accounts", &demo_page_accounts },
		{ "accounts.main.userx", NULL },
		{ "accounts.ma", NULL },
		{ "servers", &demo_page_servers },
		{ "servers[2].name", &demo_page_servers },
		{ "servers[2]", &demo_page_servers },
		{ "serversx", NULL },
		{ "confirmed[1].by", NULL },
		{ "", NULL },
		{ "group", &demo_page_accounts },
		{ "port", NULL },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_labelled(cases[i].path, page_of_path(&flow_demo, cases[i].path) == cases[i].expected);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_validate_plan__good_plan__has_no_findings),
		TEST(test_validate_plan__faults__are_all_found_with_their_places),
		TEST(test_validate_plan__only_warnings__is_true),
		TEST(test_validate_plan__a_name_that_is_unusual__is_said_of_its_server_only),
		TEST(test_validate_plan__names_of_hosts__twice_is_what_host_equal_says),
		TEST(test_validate_plan__server_twice__names_the_other_line),
		TEST(test_validate_plan__fault_in_each_of_many_servers__list_ends),
		TEST(test_validate_plan__error_behind_many_warnings__is_found),
		TEST(test_validate_page__each_page__has_its_own_findings_only),
		TEST(test_validate_row_and_field__new_row__is_judged_before_it_is_in_the_list),
		TEST(test_page_of_path__paths__belong_to_the_page_with_the_field),
	};

	return run_tests(tests);
}
