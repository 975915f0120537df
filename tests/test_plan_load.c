/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Tests of the plan file's reader: values, places of findings, and what is no plan at all.
 */
#include "helpers.h"

#include "pipeline/planfile.h"
#define DEMO_REGISTER
#include "test_flow.h"

#define HEAD "scupgrade: 1\nproduct: demonstration\n"

static const char *value(struct plan *plan, const struct field *field)
{
	return field_text(field, plan, &plan->answers->record, plan->arena);
}

static void test_plan_read__every_kind__is_stored(void **state)
{
	static const char text[] =
		"product: demonstration\n"
		"scupgrade: 1\n"
		"group: ' CONTOSO '\n"
		"folder: D:/Data/\n"
		"port: 8080\n"
		"batches: 3\n"
		"options: { colour: \"red\", ssl: no, parts: [reports, core] }\n"
		"members: ['A\\x, y', \"B\\\\z\"]\n"
		"source: 1801\n"
		"accounts:\n"
		"  main:\n"
		"    user: CONTOSO\\main\n"
		"derived:\n"
		"servers:\n"
		"  - { name: MS01, roles: [first] }\n"
		"  - { roles: [first, second], name: MS02, site: My Site, fast: yes, aliases: [] }\n"
		"confirmed: [{ check: database-backup, by: anna, on: 2026-11-20 }]\n";
	struct plan *plan = demo_plan(text);
	const struct demo_server *server = (const struct demo_server *)plan_server(plan, 1);

	(void)state;
	assert_text("group", "CONTOSO", value(plan, &demo_group));
	assert_text("folder", "D:\\Data", value(plan, &demo_folder));
	assert_text("port", "8080", value(plan, &demo_port));
	assert_text("batches", "3", value(plan, &demo_batches));
	assert_text("colour", "red", value(plan, &demo_colour));
	assert_text("ssl", "no", value(plan, &demo_ssl));
	assert_text("parts", "core, reports", value(plan, &demo_parts));
	assert_int_equal(demo_answers(plan)->members.count, 2);
	assert_text("members", "A\\x, y", demo_answers(plan)->members.items[0]);
	assert_text("user", "CONTOSO\\main", value(plan, &demo_user));
	assert_int_equal(plan->answers->source, 2);
	assert_int_equal(plan_server_count(plan), 2);
	assert_text("name", "MS01", plan_server(plan, 0)->name);
	assert_text("second", "MS02", server->common.name);
	assert_int_equal(server->common.roles, DEMO_FIRST | DEMO_SECOND);
	assert_text("site", "My Site", server->site);
	assert_true(server->fast);
	assert_int_equal(plan->answers->confirmed.count, 1);
	assert_text("on", "2026-11-20", ((const struct answer_note *)plan->answers->confirmed.items[0])->on);
	plan_free(plan);
}

struct faulty {
	const char *label, *text, *expected;
};

static void test_plan_read__faults__each_is_one_finding_and_the_rest_is_read(void **state)
{
	static const struct faulty cases[] = {
		{ "unknown key", HEAD "gruop: x\n", "3:1 error gruop unknown-key" },
		{ "unknown key in a group", HEAD "accounts:\n  main: { usr: x }\n",
		  "4:11 error accounts.main.usr unknown-key" },
		{ "unknown group", HEAD "accounts: { mian: { user: x } }\n", "3:13 error accounts.mian unknown-key" },
		{ "unknown key in a row", HEAD "servers:\n- { name: A }\n- { nam: B }\n",
		  "5:5 error servers[2].nam unknown-key" },
		{ "merge key", HEAD "<<: { group: x }\n", "3:1 error << unknown-key" },
		{ "dotted key", HEAD "accounts.main.user: x\n", "3:1 error accounts.main.user unknown-key" },
		{ "key of a deeper level", HEAD "user: x\n", "3:1 error user unknown-key" },
		{ "password", HEAD "accounts: { main: { password: x } }\n",
		  "3:21 error accounts.main.password secret-in-plan" },
		{ "something like one", HEAD "DasPwd: x\n", "3:1 error DasPwd secret-in-plan" },
		{ "a whole mapping of them", HEAD "my-secrets: { a: b }\n", "3:1 error my-secrets secret-in-plan" },
		{ "one in a row", HEAD "servers:\n- { name: A, passphrase: x }\n",
		  "4:14 error servers[1].passphrase secret-in-plan" },
		{ "list for a text", HEAD "group: [x]\n", "3:8 error group wrong-kind" },
		{ "mapping for a number", HEAD "port: { a: 1 }\n", "3:7 error port wrong-kind" },
		{ "quoted number", HEAD "port: '80'\n", "3:7 error port wrong-kind" },
		{ "quoted flag", HEAD "options: { ssl: 'true' }\n", "3:17 error options.ssl wrong-kind" },
		{ "flag of another language", HEAD "options: { ssl: on }\n", "3:17 error options.ssl flag-form" },
		{ "number with a sign", HEAD "port: +80\n", "3:7 error port number-form" },
		{ "number out of range", HEAD "port: 70000\n", "3:7 error port number-range" },
		{ "choice", HEAD "options: { colour: grean }\n", "3:20 error options.colour choice-unknown" },
		{ "text for choices", HEAD "options: { parts: web }\n", "3:19 error options.parts wrong-kind" },
		{ "one of the choices", HEAD "options: { parts: [web, wab] }\n",
		  "3:25 error options.parts choice-unknown" },
		{ "list among choices", HEAD "options: { parts: [[web]] }\n", "3:20 error options.parts wrong-kind" },
		{ "role of a row", HEAD "servers:\n- { name: A }\n- { name: B, roles: [first, frist] }\n",
		  "5:29 error servers[2].roles choice-unknown" },
		{ "mapping among names", HEAD "members: [a, { b: c }]\n", "3:14 error members wrong-kind" },
		{ "text for a group", HEAD "accounts: x\n", "3:11 error accounts wrong-kind" },
		{ "text for rows", HEAD "servers: x\n", "3:10 error servers wrong-kind" },
		{ "mapping for rows", HEAD "servers: { name: A }\n", "3:10 error servers wrong-kind" },
		{ "text for a row", HEAD "servers:\n- { name: A }\n- MS02\n", "5:3 error servers[2] wrong-kind" },
		{ "version missing", "product: demonstration\n", "1:1 error scupgrade plan-version" },
		{ "not used", HEAD "accounts: { main: { kind: local-system, user: 'A\\x' } }\n",
		  "3:47 warning accounts.main.user unused-key" },
		{ "not used, said before the reason", HEAD "servers:\n- { site: Other, name: A, roles: [first] }\n",
		  "4:11 warning servers[1].site unused-key" },
		{ "not used, but as preset",
		  HEAD "servers:\n- { site: Default Web Site, fast: no, name: A, roles: [first] }\n", "" },
		{ "several", HEAD "a: 1\nport: x\nb: 1\n",
		  "3:1 error a unknown-key\n4:7 error port number-form\n5:1 error b unknown-key" },
		{ "nothing behind the key", HEAD "group:\nservers:\naccounts:\noptions: { parts: , ssl: }\n", "" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct strbuf text = STRBUF_INIT;
		struct diags diags = DIAGS_INIT;
		struct plan *plan;
		enum load_result result;

		strbuf_printf(&text, "%sbatches: 77\n", cases[i].text);
		result = plan_read("p.yaml", strbuf_text(&text), text.length, &plan, &diags);
		assert_labelled(cases[i].label, result == LOAD_OK);
		assert_labelled(cases[i].label, demo_answers(plan)->batches == 77);
		assert_findings(cases[i].label, cases[i].expected, &diags);
		plan_free(plan);
		strbuf_clear(&text);
	}
}

static void test_plan_read__no_plan_at_all__is_bad(void **state)
{
	static const struct faulty cases[] = {
		{ "empty", "", "1:1 error yaml-empty" },
		{ "list", "- scupgrade: 1\n", "1:1 error wrong-kind" },
		{ "text", "scupgrade\n", "1:1 error wrong-kind" },
		{ "later version", "scupgrade: 2\nproduct: demonstration\n", "1:12 error scupgrade plan-version" },
		{ "version with a point", "scupgrade: 1.0\nproduct: demonstration\n",
		  "1:12 error scupgrade plan-version" },
		{ "version in quotes", "scupgrade: '1'\nproduct: demonstration\n", "1:12 error scupgrade wrong-kind" },
		{ "no product", "scupgrade: 1\n", "1:1 error product plan-product" },
		{ "unknown product", "scupgrade: 1\nproduct: something\n", "2:10 error product plan-product" },
		{ "list of products", "scupgrade: 1\nproduct: [demonstration]\n", "2:10 error product wrong-kind" },
		{ "some other file", "name: x\nhosts: all\n",
		  "1:1 error scupgrade plan-version\n1:1 error product plan-product" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct diags diags = DIAGS_INIT;
		struct plan *plan;
		enum load_result result = plan_read("p.yaml", cases[i].text, strlen(cases[i].text), &plan, &diags);

		assert_labelled(cases[i].label, result == LOAD_BAD);
		assert_null(plan);
		assert_findings(cases[i].label, cases[i].expected, &diags);
	}
}

static void test_plan_read__findings__say_what_was_read_and_what_would_be_right(void **state)
{
	static const struct {
		const char *text, *expected, *hint;
	} cases[] = {
		{ HEAD "gruop: x\n", "There is no key \"gruop\" here.", "Did you mean \"group\"?" },
		{ HEAD "accounts: { other: 1 }\n", "There is no key \"other\" here.", "Possible here: main, reader." },
		{ "scupgrade: 1\nproduct: demonstratoin\n",
		  "\"demonstratoin\" is not a product that this program knows.", "Did you mean \"demonstration\"?" },
		{ "scupgrade: 7\nproduct: demonstration\n",
		  "The file has format version \"7\"; this program reads version 1.", "" },
		{ HEAD "port: '80'\n", "A number is expected here, but this is a text in quotes.", "" },
		{ HEAD "servers: { a: b }\n", "A list is expected here, but this is a mapping.", "" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct diags diags = DIAGS_INIT;
		struct plan *plan;

		plan_read("p.yaml", cases[i].text, strlen(cases[i].text), &plan, &diags);
		assert_int_equal(diags.count, 1);
		assert_text(cases[i].text, cases[i].expected, diags.items[0].text);
		assert_text(cases[i].text, cases[i].hint, diags.items[0].hint);
		diags_clear(&diags);
		plan_free(plan);
	}
}

/* What was meant by a wrong key is known as long as the plan, though its findings are gone. */
static void test_plan_read__wrong_key__is_the_right_one_when_the_findings_are_gone(void **state)
{
	static const char text[] = HEAD "gruop: CONTOSO\naccounts: { main: { usr: x } }\n";
	struct diags diags = DIAGS_INIT, later = DIAGS_INIT;
	struct report report;
	struct plan *plan;

	(void)state;
	assert_int_equal(plan_read("p.yaml", text, strlen(text), &plan, &diags), LOAD_OK);
	assert_int_equal(diags.count, 2);
	diags_clear(&diags);
	assert_true(record_has(plan, &plan->answers->record, "group"));
	assert_true(record_has(plan, &plan->answers->record, "accounts.main.user"));
	assert_false(record_has(plan, &plan->answers->record, "gruop"));
	report = plan_report(plan, &plan->answers->record, &demo_group, &later);
	report_error(&report, "some", "", "Something.");
	assert_findings("place", "3:8 error group some", &later);
	plan_free(plan);
}

/* A key that earlier rows had is not looked up again. */
static void test_plan_read__keys_of_later_rows__are_judged_like_those_of_the_first(void **state)
{
	static const char text[] = HEAD
		"servers:\n"
		"  - { name: A, roles: [first], fast: yes }\n"
		"  - { fast: , roles: [second], nam: B }\n"
		"  - { roles: second, name: C, fast: yes }\n"
		"  - { server.name: x, name: [D], fast: yes }\n";
	struct diags diags = DIAGS_INIT;
	struct plan *plan;

	(void)state;
	assert_int_equal(plan_read("p.yaml", text, strlen(text), &plan, &diags), LOAD_OK);
	assert_findings("rows", "5:32 error servers[2].nam unknown-key\n"
				"6:14 error servers[3].roles wrong-kind\n"
				"7:7 error servers[4].server.name unknown-key\n"
				"7:29 error servers[4].name wrong-kind\n"
				"4:38 warning servers[1].fast unused-key\n"
				"6:37 warning servers[3].fast unused-key\n"
				"7:40 warning servers[4].fast unused-key", &diags);
	assert_int_equal(plan_server_count(plan), 4);
	assert_text("meant", "B", plan_server(plan, 1)->name);
	assert_false(((const struct demo_server *)plan_server(plan, 1))->fast);
	assert_text("after a wrong list", "C", plan_server(plan, 2)->name);
	assert_true(((const struct demo_server *)plan_server(plan, 3))->fast);
	diags_clear(&diags);
	plan_free(plan);
}

static void test_plan_read__password_in_the_file__is_never_in_a_finding(void **state)
{
	static const char text[] = HEAD
		"password: Canary4711\n"
		"accounts: { main: { password: [Canary4711], passwd: { Canary4711: x } } }\n"
		"servers:\n  - { name: A, pwd: 'Canary4711' }\n";
	struct strbuf out = STRBUF_INIT;
	struct diags diags = DIAGS_INIT;
	struct plan *plan;

	(void)state;
	assert_int_equal(plan_read("p.yaml", text, strlen(text), &plan, &diags), LOAD_OK);
	assert_int_equal(diags.errors, 4);
	for (size_t i = 0; i < diags.count; i++)
		diag_format(&out, &diags.items[i]);
	plan_format(plan, &out);
	assert_null(strstr(strbuf_text(&out), "Canary"));
	strbuf_clear(&out);
	diags_clear(&diags);
	plan_free(plan);
}

static void test_plan_read__thousands_of_faults__ends_with_one_that_says_so(void **state)
{
	struct strbuf text = STRBUF_INIT;
	struct diags diags = DIAGS_INIT;
	struct plan *plan;

	(void)state;
	strbuf_puts(&text, HEAD);
	for (unsigned i = 0; i < 5000; i++)
		strbuf_printf(&text, "k%u: 1\n", i);
	assert_int_equal(plan_read("p.yaml", strbuf_text(&text), text.length, &plan, &diags), LOAD_BAD);
	assert_null(plan);
	assert_int_equal(diags.count, PLAN_ERROR_LIMIT + 1);
	assert_text("code", "too-many-errors", diags.items[diags.count - 1].code);
	diags_clear(&diags);
	strbuf_reset(&text);
	strbuf_puts(&text, HEAD "servers: [");
	for (unsigned i = 0; i < 100000; i++)
		strbuf_puts(&text, "{},");
	strbuf_puts(&text, "]\n");
	assert_int_equal(plan_read("p.yaml", strbuf_text(&text), text.length, &plan, &diags), LOAD_BAD);
	assert_findings("empty rows", "0:0 error too-many-errors", &diags);
	strbuf_clear(&text);
}

static void test_plan_load__files__give_the_right_result(void **state)
{
	char *folder = scratch_folder();
	struct strbuf path = STRBUF_INIT;
	struct diags diags = DIAGS_INIT;
	struct plan_source source;
	struct plan *plan;

	(void)state;
	strbuf_printf(&path, "%s/plan.yaml", folder);
	assert_int_equal(plan_load(strbuf_text(&path), &plan, &source, &diags), LOAD_MISSING);
	assert_findings("missing", "", &diags);
	assert_false(source.identity.exists);
	plan_source_clear(&source);
	assert_int_equal(plan_load(folder, &plan, NULL, &diags), LOAD_UNREADABLE);
	assert_findings("folder", "0:0 error file-unreadable", &diags);
	write_whole_file(strbuf_text(&path), HEAD "batches: 5 # five\n", strlen(HEAD "batches: 5 # five\n"));
	assert_int_equal(plan_load(strbuf_text(&path), &plan, &source, &diags), LOAD_OK);
	assert_findings("plan", "", &diags);
	assert_int_equal(demo_answers(plan)->batches, 5);
	assert_true(source.has_comments);
	assert_true(source.identity.exists);
	assert_true(source.text.length > 0);
	plan_free(plan);
	plan_source_clear(&source);
	strbuf_clear(&path);
	scratch_remove(folder);
}

static void test_plan_load__over_16_mib__is_refused_unread(void **state)
{
	char *folder = scratch_folder(), *bytes = xcalloc(1, YAML_FILE_LIMIT + 1);
	struct strbuf path = STRBUF_INIT;
	struct diags diags = DIAGS_INIT;
	struct plan *plan;

	(void)state;
	memset(bytes, '\n', YAML_FILE_LIMIT + 1);
	strbuf_printf(&path, "%s/plan.yaml", folder);
	write_whole_file(strbuf_text(&path), bytes, YAML_FILE_LIMIT + 1);
	assert_int_equal(plan_load(strbuf_text(&path), &plan, NULL, &diags), LOAD_BAD);
	assert_findings("too large", "0:0 error file-too-large", &diags);
	strbuf_clear(&path);
	free(bytes);
	scratch_remove(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_plan_read__every_kind__is_stored),
		TEST(test_plan_read__faults__each_is_one_finding_and_the_rest_is_read),
		TEST(test_plan_read__no_plan_at_all__is_bad),
		TEST(test_plan_read__findings__say_what_was_read_and_what_would_be_right),
		TEST(test_plan_read__wrong_key__is_the_right_one_when_the_findings_are_gone),
		TEST(test_plan_read__keys_of_later_rows__are_judged_like_those_of_the_first),
		TEST(test_plan_read__password_in_the_file__is_never_in_a_finding),
		TEST(test_plan_read__thousands_of_faults__ends_with_one_that_says_so),
		TEST(test_plan_load__files__give_the_right_result),
		TEST(test_plan_load__over_16_mib__is_refused_unread),
	};

	return run_tests(tests);
}
