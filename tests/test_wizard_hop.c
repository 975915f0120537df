/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The wizard and the releases: what can be chosen, what is said of it, when it stays, and the plan of the next hop.
 */
#include "wizard_fixture.h"

#include "model/hop.h"

/* Every upgrade of the tables, planned. */
static struct release_edge all_edges[32];
static struct flow all_om;

static struct wizard *open_with_all(const char *path)
{
	struct wizard *wizard = open_wizard(path);
	size_t count = 0;

	for (; release_edges[count].id; count++) {
		all_edges[count] = release_edges[count];
		all_edges[count].planned = release_find(all_edges[count].to)->channel == CHANNEL_LONG_TERM;
	}
	assert_true(count < ARRAY_LEN(all_edges));
	all_om = *flow_find("operations-manager");
	all_om.edges = all_edges;
	wizard_plan(wizard)->flow = &all_om;
	return wizard;
}

static const char *value(struct wizard *wizard, const char *key)
{
	return wizard_text(wizard, wizard_record(wizard), field_of(wizard, key));
}

#define PLAN \
	"scupgrade: 1\nproduct: operations-manager\nmanagement-group: CONTOSO\nlicense-accepted: true\n" \
	"setup-folder: 'D:\\'\naccounts:\n  data-access: { user: 'CONTOSO\\das' }\n" \
	"  data-reader: { user: 'CONTOSO\\reader' }\nservers:\n  - { name: MS01, roles: [management-server] }\n"

static void write_plan(const char *text)
{
	write_whole_file("contoso.yaml", text, strlen(text));
}

static void test_wizard_set__another_source__what_follows_comes_along(void **state)
{
	struct wizard *wizard = open_with_all(NULL);

	(void)state;
	set(wizard, "goal", "2022");
	set(wizard, "source", "2019");
	assert_text("target", "2022", value(wizard, "target"));
	assert_text("the goal is reached", "none", value(wizard, "goal"));
	set(wizard, "goal", "2025");
	set(wizard, "source", "2016");
	assert_text("target", "2019", value(wizard, "target"));
	assert_text("the goal is still further", "2025", value(wizard, "goal"));
	wizard_free(wizard);
}

static void test_wizard_page_intro__choices__say_what_follows(void **state)
{
	struct wizard *wizard = open_with_all(NULL);
	const struct page *page = page_of(wizard, "choose");
	const char *intro = wizard_page_intro(wizard, page);

	(void)state;
	assert_non_null(strstr(intro, "Which release is installed"));
	assert_non_null(strstr(intro, "no single upgrade leads to 2019, 2022 or 2025: 2016 comes first."));
	assert_non_null(strstr(intro, "Warning: 2016 is supported only until January 11, 2027"));
	set(wizard, "goal", "2022");
	intro = wizard_page_intro(wizard, page);
	assert_non_null(strstr(intro, "The road: 2012 R2 to 2022 through 2016 and 2019"));
	set(wizard, "source", "2022");
	intro = wizard_page_intro(wizard, page);
	assert_null(strstr(intro, "Warning"));
	assert_non_null(strstr(intro, "2025 is supported until January 9, 2035."));
	wizard_free(wizard);
}

/* Facts that are there answer the first question. */
static void test_wizard_new__facts_of_a_later_release__are_the_source(void **state)
{
	static const char facts[] = "scupgrade-facts: 1\nserver: MS01\ncollected: '2026-11-21T13:00:00Z'\n"
				    "builds: { server-version: '10.19.10505.0' }\n";
	struct wizard_options options = { .collect = { .facts_path = "ms01.yaml", .clock = wizard_now } };
	struct wizard *wizard;

	(void)state;
	write_whole_file("ms01.yaml", facts, strlen(facts));
	wizard = open_wizard_with("contoso.yaml", options);
	assert_text("source", "2019", value(wizard, "source"));
	assert_text("target", "2022", value(wizard, "target"));
	assert_non_null(strstr(wizard_page_intro(wizard, page_of(wizard, "choose")), "The facts show 2019."));
	assert_false(wizard_changed(wizard));
	wizard_free(wizard);
	write_plan(PLAN);
	wizard = open_wizard_with("contoso.yaml", options);
	assert_text("a plan that exists is not changed", "2012-r2", value(wizard, "source"));
	wizard_free(wizard);
}

static void test_wizard_page__a_plan_that_exists__begins_behind_the_choice_and_leads_back_to_it(void **state)
{
	struct wizard *wizard;

	(void)state;
	write_plan(PLAN);
	wizard = open_wizard("contoso.yaml");
	assert_string_equal(wizard_page(wizard)->id, "servers");
	assert_int_equal(wizard_page_number(wizard, wizard_page(wizard)), 2);
	assert_true(wizard_back(wizard));
	assert_string_equal(wizard_page(wizard)->id, "choose");
	assert_ptr_equal(wizard_page_numbered(wizard, 1), wizard_page(wizard));
	assert_null(wizard_page_numbered(wizard, 0));
	assert_null(wizard_page_numbered(wizard, wizard_page_total(wizard) + 1));
	wizard_free(wizard);
}

static void test_wizard_set__a_step_is_recorded__the_releases_stay(void **state)
{
	struct diags diags = DIAGS_INIT;
	struct wizard *wizard;

	(void)state;
	write_plan(PLAN);
	wizard = open_wizard("contoso.yaml");
	assert_false(wizard_is_fixed(wizard));
	assert_true(wizard_field_applies(wizard, wizard_record(wizard), field_of(wizard, "source")));
	mark_all(wizard);
	assert_true(wizard_is_fixed(wizard));
	wizard_free(wizard);

	wizard = open_with_all("contoso.yaml");
	set(wizard, "management-group", "OTHER"); /* with changes there is no tracker */
	assert_true(wizard_is_fixed(wizard));
	assert_false(wizard_field_applies(wizard, wizard_record(wizard), field_of(wizard, "source")));
	assert_false(wizard_set(wizard, wizard_record(wizard), field_of(wizard, "source"), "2016", &diags));
	assert_string_equal(diags.items[0].code, "upgrade-begun");
	assert_text("source", "2012-r2", value(wizard, "source"));
	assert_non_null(strstr(wizard_page_intro(wizard, page_of(wizard, "choose")), "2012 R2 to 2016 stays"));
	diags_clear(&diags);
	wizard_free(wizard);
}

static void test_wizard_write_next__all_done__is_a_new_file_and_no_other(void **state)
{
	struct strbuf note = STRBUF_INIT;
	struct wizard *wizard;
	const char *what;
	char *bytes;

	(void)state;
	write_plan(PLAN);
	wizard = open_with_all("contoso.yaml");
	assert_false(wizard_has_next(wizard, NULL));
	assert_false(wizard_write_next(wizard, &note));
	assert_int_equal(access("contoso-2019.yaml", F_OK), -1);
	mark_all(wizard);
	assert_true(wizard_has_next(wizard, &what));
	assert_text("what", "2016 to 2019", what);
	strbuf_reset(&note);
	assert_true(wizard_write_next(wizard, &note));
	assert_non_null(strstr(strbuf_text(&note), "contoso-2019.yaml is the plan from 2016 to 2019."));
	assert_non_null(strstr(strbuf_text(&note), "license-accepted, setup-folder"));
	bytes = read_whole_file("contoso-2019.yaml", NULL);
	assert_non_null(strstr(bytes, "source: '2016'\ntarget: '2019'\n"));
	free(bytes);

	write_whole_file("contoso-2019.yaml", "mine\n", 5);
	strbuf_reset(&note);
	assert_false(wizard_write_next(wizard, &note));
	assert_non_null(strstr(strbuf_text(&note), "there already"));
	bytes = read_whole_file("contoso-2019.yaml", NULL);
	assert_text("it is as it was", "mine\n", bytes);
	free(bytes);
	strbuf_clear(&note);
	wizard_free(wizard);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WIZARD_TEST(test_wizard_set__another_source__what_follows_comes_along),
		WIZARD_TEST(test_wizard_page_intro__choices__say_what_follows),
		WIZARD_TEST(test_wizard_new__facts_of_a_later_release__are_the_source),
		WIZARD_TEST(test_wizard_page__a_plan_that_exists__begins_behind_the_choice_and_leads_back_to_it),
		WIZARD_TEST(test_wizard_set__a_step_is_recorded__the_releases_stay),
		WIZARD_TEST(test_wizard_write_next__all_done__is_a_new_file_and_no_other),
	};

	return run_tests(tests);
}
