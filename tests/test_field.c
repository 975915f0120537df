/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Tests of field: text in, text out, presets, and the verdict about stored values.
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

static const char *value(struct plan *plan, const struct field *field)
{
	return field_text(field, plan, &plan->answers->record, plan->arena);
}

/* Stores TEXT; the codes of what was found must be FINDINGS. */
static void store(struct plan *plan, const struct field *field, const char *text, const char *findings)
{
	struct diags diags = DIAGS_INIT;
	struct report report = { .diags = &diags };
	bool ok = field_store(field, plan, &plan->answers->record, text, &report);
	char *actual = findings_text(&diags);

	assert_text(text, findings, actual ? actual : "");
	assert_labelled(text, ok == (diags.errors == 0));
	free(actual);
	diags_clear(&diags);
}

static void test_plan_new__fresh_plan__has_all_presets(void **state)
{
	struct plan *plan = *state;
	static const struct {
		const struct field *field;
		const char *expected;
	} cases[] = {
		{ &field_product, "demonstration" },
		{ &demo_group, "" },
		{ &demo_folder, "C:\\Setup" },
		{ &demo_derived, "" },
		{ &demo_port, "9090" },
		{ &demo_batches, "" },
		{ &demo_ssl, "yes" },
		{ &demo_colour, "green" },
		{ &demo_parts, "core, web" },
		{ &demo_members, "" },
		{ &demo_servers, "" },
		{ &demo_password, "" },
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		assert_text(cases[i].field->key, cases[i].expected, value(plan, cases[i].field));
		assert_labelled(cases[i].field->key, cases[i].field == &field_product ||
				field_is_preset(cases[i].field, plan, &plan->answers->record));
	}
	assert_null(demo_answers(plan)->folder);
}

struct stored {
	const struct field *field;
	const char *text, *expected, *findings;
};

static void test_field_store__texts_of_every_kind__are_kept_or_refused(void **state)
{
	static const struct stored cases[] = {
		{ &demo_group, "  CONTOSO ", "CONTOSO", "" },
		{ &demo_group, "bad(name", "bad(name", "" },
		{ &demo_group, "", "", "" },
		{ &demo_folder, "D:/Data/", "D:\\Data", "" },
		{ &demo_folder, "", "C:\\Setup", "" },
		{ &demo_port, "1", "1", "" },
		{ &demo_port, " 65535 ", "65535", "" },
		{ &demo_port, "0", "65535", "error number-range\n" },
		{ &demo_port, "65536", "65535", "error number-range\n" },
		{ &demo_port, "99999999999999999999999", "65535", "error number-range\n" },
		{ &demo_port, "-1", "65535", "error number-form\n" },
		{ &demo_port, "12a", "65535", "error number-form\n" },
		{ &demo_port, "0x10", "65535", "error number-form\n" },
		{ &demo_port, "", "9090", "" },
		{ &demo_batches, "4294967295", "4294967295", "" },
		{ &demo_batches, "4294967296", "4294967295", "error number-range\n" },
		{ &demo_ssl, "no", "no", "" },
		{ &demo_ssl, "maybe", "no", "error flag-form\n" },
		{ &demo_ssl, "true", "yes", "" },
		{ &demo_ssl, "oui", "yes", "error flag-form\n" },
		{ &demo_ssl, "false", "no", "" },
		{ &demo_ssl, "", "yes", "" },
		{ &demo_colour, "blue", "blue", "" },
		{ &demo_colour, "Blue", "blue", "error choice-unknown\n" },
		{ &demo_colour, "", "green", "" },
		{ &demo_parts, "reports", "reports", "" },
		{ &demo_parts, "web , core,", "core, web", "" },
		{ &demo_parts, "core, nothing", "core, web", "error choice-unknown\n" },
		{ &demo_parts, "", "core, web", "" },
		{ &demo_members, "A\\x, B\\y ,, C\\z", "A\\x, B\\y, C\\z", "" },
		{ &demo_members, "", "", "" },
		{ &field_product, "demonstration", "demonstration", "" },
		{ &field_product, "other-product", "demonstration", "error product-fixed\n" },
		{ &field_product, "demo", "demonstration", "error choice-unknown\n" },
	};
	struct plan *plan = *state;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		store(plan, cases[i].field, cases[i].text, cases[i].findings);
		assert_text(cases[i].text, cases[i].expected, value(plan, cases[i].field));
	}
}

static void test_field_store__text_of_the_caller__is_copied(void **state)
{
	struct plan *plan = *state;
	char text[] = "CONTOSO";

	store(plan, &demo_group, text, "");
	text[0] = 'X';
	assert_text("copied", "CONTOSO", value(plan, &demo_group));
}

static void test_field_store__wrong_choice__hint_names_the_nearest(void **state)
{
	struct plan *plan = *state;
	struct diags diags = DIAGS_INIT;
	struct report report = { .diags = &diags };

	assert_false(field_store(&demo_colour, plan, &plan->answers->record, "grean", &report));
	assert_text("text", "\"grean\" is not one of the possible values.", diags.items[0].text);
	assert_text("hint", "Did you mean \"green\"? Possible: red, green, blue.", diags.items[0].hint);
	diags_clear(&diags);
}

static void test_field_store__very_long_wrong_text__is_cut_in_the_finding(void **state)
{
	struct plan *plan = *state;
	struct diags diags = DIAGS_INIT;
	struct report report = { .diags = &diags };
	char text[3001];

	memset(text, '7', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	assert_false(field_store(&demo_port, plan, &plan->answers->record, text, &report));
	assert_true(strlen(diags.items[0].text) < 100);
	diags_clear(&diags);
}

static void test_field_preset__that_depends_on_the_plan__follows_it(void **state)
{
	struct plan *plan = *state;

	store(plan, &demo_group, "ONE", "");
	assert_text("one", "C:\\One", value(plan, &demo_derived));
	store(plan, &demo_group, "TWO", "");
	assert_text("two", "C:\\Other", value(plan, &demo_derived));
	assert_true(field_is_preset(&demo_derived, plan, &plan->answers->record));
	store(plan, &demo_derived, "D:\\Own", "");
	assert_text("own", "D:\\Own", value(plan, &demo_derived));
	assert_false(field_is_preset(&demo_derived, plan, &plan->answers->record));
}

static void test_field_is_preset__same_value_in_other_words__is_the_preset(void **state)
{
	struct plan *plan = *state;
	struct record *answers = &plan->answers->record;

	store(plan, &demo_parts, "web,core", "");
	assert_true(field_is_preset(&demo_parts, plan, answers));
	store(plan, &demo_parts, "web", "");
	assert_false(field_is_preset(&demo_parts, plan, answers));
	store(plan, &demo_ssl, "false", "");
	assert_false(field_is_preset(&demo_ssl, plan, answers));
	store(plan, &demo_ssl, "true", "");
	assert_true(field_is_preset(&demo_ssl, plan, answers));
	store(plan, &demo_folder, "C:\\Setup", "");
	assert_true(field_is_preset(&demo_folder, plan, answers));
	store(plan, &demo_colour, "red", "");
	assert_false(field_is_preset(&demo_colour, plan, answers));
	store(plan, &demo_members, "A\\x", "");
	assert_false(field_is_preset(&demo_members, plan, answers));
}

static void test_field_store_item__many_items__are_all_kept_in_order(void **state)
{
	struct plan *plan = *state;
	const struct names *names = &demo_answers(plan)->members;
	char text[16];

	for (unsigned i = 0; i < 100; i++) {
		snprintf(text, sizeof(text), "A\\x%u", i);
		field_store_item(&demo_members, plan, &plan->answers->record, arena_strdup(plan->arena, text), NULL);
	}
	assert_int_equal(names->count, 100);
	for (unsigned i = 0; i < 100; i++) {
		snprintf(text, sizeof(text), "A\\x%u", i);
		assert_text("item", text, names->items[i]);
	}
	field_empty_list(&demo_members, plan, &plan->answers->record);
	assert_int_equal(names->count, 0);
}

struct checked {
	const char *label;
	const struct field *field;
	const char *text, *findings;
};

static void test_field_check__values__are_judged_by_need_rule_and_check(void **state)
{
	static const struct checked cases[] = {
		{ "needed text", &demo_group, "", "error missing\n" },
		{ "rule", &demo_group, "bad(name", "error group-form\n" },
		{ "check", &demo_group, "Forbidden", "error group-forbidden\n" },
		{ "fine", &demo_group, "CONTOSO", "" },
		{ "not needed", &demo_derived, "", "" },
		{ "preset", &demo_folder, "", "" },
		{ "needed number", &demo_batches, "", "error missing\n" },
		{ "number", &demo_batches, "2", "" },
		{ "each of a list", &demo_members, "CONTOSO\\ok, C/x, CONTOSO\\fine, C/y",
		  "error account-form\nerror account-form\n" },
		{ "secret", &demo_password, NULL, "" },
		{ "needed rows", &demo_servers, NULL, "error missing\n" },
		{ "flag", &demo_ssl, "no", "" },
	};
	struct plan *plan = *state;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct diags diags = DIAGS_INIT;
		struct report report = { .diags = &diags };
		char *actual;
		bool ok;

		if (cases[i].text)
			store(plan, cases[i].field, cases[i].text, "");
		ok = field_check(cases[i].field, plan, &plan->answers->record, &report);
		actual = findings_text(&diags);
		assert_text(cases[i].label, cases[i].findings, actual ? actual : "");
		assert_labelled(cases[i].label, ok == (diags.errors == 0));
		free(actual);
		diags_clear(&diags);
	}
}

static void test_field_check__missing_text__says_which_and_gives_an_example(void **state)
{
	struct plan *plan = *state;
	struct diags diags = DIAGS_INIT;
	struct report report = { .diags = &diags };

	assert_false(field_check(&demo_user, plan, &plan->answers->record, &report));
	assert_text("text", "Main account is missing.", diags.items[0].text);
	assert_text("hint", "For example: CONTOSO\\main", diags.items[0].hint);
	diags_clear(&diags);
}

static void test_field_describe_kind__every_kind__is_described(void **state)
{
	static const struct {
		const struct field *field;
		const char *expected;
	} cases[] = {
		{ &demo_group, "text" }, { &demo_port, "number 1 to 65535" }, { &demo_ssl, "true or false" },
		{ &demo_kind, "one of: domain, local-system" }, { &demo_parts, "list of: core, web, reports" },
		{ &demo_members, "list of texts" }, { &demo_servers, "list of servers" },
		{ &demo_password, "password, never in a file" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct strbuf text = STRBUF_INIT;

		field_describe_kind(cases[i].field, &text);
		assert_text(cases[i].field->key, cases[i].expected, strbuf_text(&text));
		strbuf_clear(&text);
	}
}

static void test_fields_find__keys__are_found_exactly(void **state)
{
	(void)state;
	assert_ptr_equal(fields_find(flow_demo.fields, "accounts.main.user"), &demo_user);
	assert_null(fields_find(flow_demo.fields, "accounts.main"));
	assert_null(fields_find(flow_demo.fields, "Group"));
}

#define WITH_PLAN(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

/* What the plan's reader would refuse never gets into a plan, whoever brings it. */
static void test_field_store__text_that_no_plan_takes__is_refused(void **state)
{
	struct plan *plan = plan_new(&flow_demo);
	struct record *answers = &plan->answers->record;
	struct diags diags = DIAGS_INIT;
	struct report to = plan_report(plan, answers, &demo_group, &diags);
	char text[4098];

	(void)state;
	memset(text, 'x', 4097);
	text[4097] = '\0';
	assert_false(field_store(&demo_group, plan, answers, text, &to));
	assert_string_equal(diags.items[0].code, "text-long");
	assert_null(field_own_text(&demo_group, answers));
	text[4096] = '\0';
	assert_true(field_store(&demo_group, plan, answers, text, &to));
	diags_clear(&diags);
	plan_free(plan);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_field_store__text_that_no_plan_takes__is_refused),
		WITH_PLAN(test_plan_new__fresh_plan__has_all_presets),
		WITH_PLAN(test_field_store__texts_of_every_kind__are_kept_or_refused),
		WITH_PLAN(test_field_store__text_of_the_caller__is_copied),
		WITH_PLAN(test_field_store__wrong_choice__hint_names_the_nearest),
		WITH_PLAN(test_field_store__very_long_wrong_text__is_cut_in_the_finding),
		WITH_PLAN(test_field_preset__that_depends_on_the_plan__follows_it),
		WITH_PLAN(test_field_is_preset__same_value_in_other_words__is_the_preset),
		WITH_PLAN(test_field_store_item__many_items__are_all_kept_in_order),
		WITH_PLAN(test_field_check__values__are_judged_by_need_rule_and_check),
		WITH_PLAN(test_field_check__missing_text__says_which_and_gives_an_example),
		TEST(test_field_describe_kind__every_kind__is_described),
		TEST(test_fields_find__keys__are_found_exactly),
	};

	return run_tests(tests);
}
