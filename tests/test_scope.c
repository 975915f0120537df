/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Tests of scopes and of the slots in texts.
 */
#define DEMO_REGISTER
#include "test_flow.h"

#include "helpers.h"
#include "model/release.h"

static int set_up(void **state)
{
	struct plan *plan = plan_new(&flow_demo);

	demo_add_server(plan, "MS01", DEMO_FIRST);
	*state = plan;
	return 0;
}

static int tear_down(void **state)
{
	plan_free(*state);
	return 0;
}

static void test_scope_of__a_plan__is_about_all_of_it(void **state)
{
	struct plan *plan = *state;
	struct scope scope = scope_of(plan, plan->arena);

	assert_ptr_equal(scope.plan, plan);
	assert_ptr_equal(scope.hop, plan_hop(plan));
	assert_ptr_equal(scope.record, &plan->answers->record);
	assert_null(scope.server);
	assert_null(scope.facts);
	assert_ptr_equal(scope.arena, plan->arena);
}

static void test_scope_on__a_server__changes_nothing_else(void **state)
{
	struct plan *plan = *state;
	struct arena *arena = arena_new();
	struct scope scope = scope_of(plan, arena), here = scope_on(&scope, plan_server(plan, 0));

	assert_ptr_equal(here.server, plan_server(plan, 0));
	assert_ptr_equal(here.record, &plan_server(plan, 0)->record);
	assert_ptr_equal(here.arena, arena);
	here = scope_on(&here, NULL);
	assert_memory_equal(&here, &scope, sizeof(scope));
	arena_free(arena);
}

static void test_scope_fill__slots__are_what_the_scope_has(void **state)
{
	static const struct {
		const char *text, *of_plan, *of_server;
	} cases[] = {
		{ "", "", "" },
		{ "plain", "plain", "plain" },
		{ "{server}", "{server}", "MS01" },
		{ "on {server}: {server}.", "on {server}: {server}.", "on MS01: MS01." },
		{ "{source} to {target} on {server}", "2012 R2 to 2016 on {server}", "2012 R2 to 2016 on MS01" },
		{ "{target}{target}", "20162016", "20162016" },
		{ "{ $_.Name } {", "{ $_.Name } {", "{ $_.Name } {" },
		{ "{{server}} {servers} {Server}", "{{server}} {servers} {Server}", "{MS01} {servers} {Server}" },
	};
	struct plan *plan = *state;
	struct scope scope = scope_of(plan, plan->arena), here = scope_on(&scope, plan_server(plan, 0));

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		assert_text(cases[i].text, cases[i].of_plan, scope_fill(&scope, cases[i].text));
		assert_text(cases[i].text, cases[i].of_server, scope_fill(&here, cases[i].text));
		struct server_text text = server_text(&scope, cases[i].text);
		assert_text(cases[i].text, cases[i].of_server, server_text_fill(&text, &here));
	}
	assert_ptr_equal(scope_fill(&here, cases[6].text), cases[6].text);
	/* What names no server is made once for all of them. */
	struct server_text shared = server_text(&scope, cases[5].text), none = server_text(&scope, NULL);
	assert_ptr_equal(server_text_fill(&shared, &here), server_text_fill(&shared, &here));
	assert_null(server_text_fill(&none, &here));
}

/* Texts name columns of a release that a product may not have: the slot stays as it is, and nothing is made up. */
static void test_scope_fill__a_release_without_rows__slots_stay(void **state)
{
	static const char *const slots[] = {
		"{target-product}", "{upgrade-title}", "{server-build}", "{agent-build}", "{windows}", "{workstations}",
		"{sure-windows}", "{server-core}", "{sql}", "{net}", "{powershell}", "{tls-rollup}",
		"{minimum-rollup}", "{recommended-rollup}", "{source-level}", "{agent-windows}", "{folder}",
		"{account-title}", "{best-windows}",
	};
	static const struct product_release empty = { .release = "2016" };
	static const struct release_edge edge = { .id = "X1" };
	struct plan *plan = *state;
	struct scope scope = scope_on(&(struct scope){ .plan = plan, .arena = plan->arena }, plan_server(plan, 0));
	struct hop hop = *plan_hop(plan);

	scope.hop = &hop;
	for (size_t i = 0; i < ARRAY_LEN(slots); i++) {
		/* With the server in it the text is filled for this scope, not once for the plan. */
		const char *text = arena_printf(plan->arena, "{server}: %s", slots[i]);
		const char *wanted = arena_printf(plan->arena, "MS01: %s", slots[i]);

		hop.edge = NULL;
		hop.before = hop.after = NULL;
		assert_text(slots[i], wanted, scope_fill(&scope, text));
		hop.edge = &edge;
		hop.before = hop.after = &empty;
		assert_text(slots[i], wanted, scope_fill(&scope, text));
	}
	/* A doubt that nobody has is none. */
	assert_text("no doubt", "MS01: ", scope_fill(&scope, "{server}: {windows-doubt}"));
}

/* What is made up of several columns, for a hop of which nothing is known, and for one of which all is. */
static void test_scope_fill__words_made_of_columns__say_what_is_known(void **state)
{
	static const char *const windows[] = { "2016", "2019", NULL };
	static const struct product_release silent = { .release = "2016" };
	static const struct product_release known = { .release = "2016", .windows = windows,
						       .windows_doubt = " Doubt." };
	static const struct product_release sure = { .release = "2016", .windows = windows, .sure_windows = "2016" };
	static const struct release_edge minimum = { .id = "X1", .minimum_rollup = "9" };
	static const struct release_edge both = { .id = "X1", .minimum_rollup = "9", .recommended_rollup = "12" };
	static const struct {
		const struct release_edge *edge;
		const struct product_release *before, *after;
		const char *level, *best, *safe, *doubt, *one_side;
	} cases[] = {
		{ NULL, NULL, NULL, "its newest update rollup", "{best-windows}", "", "", "" },
		{ &minimum, &silent, &known, "update rollup 9 or later", "2019", "", " Doubt.",
		  " For 2012 R2 no list was read: only 2016 is checked." },
		{ &both, &known, &sure, "update rollup 12 or later", "2016", " (2016 is safe: the documents differ)",
		  "", "" },
	};
	struct plan *plan = *state;
	struct scope scope = scope_on(&(struct scope){ .plan = plan, .arena = plan->arena }, plan_server(plan, 0));
	struct hop hop = *plan_hop(plan);

	scope.hop = &hop;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		hop.edge = cases[i].edge;
		hop.before = cases[i].before;
		hop.after = cases[i].after;
		/* With the server in them they are filled for this scope, not once for the plan. */
		assert_text("level", cases[i].level, scope_fill(&scope, "{server} {wanted-level}") + strlen("MS01 "));
		assert_text("best", cases[i].best, scope_fill(&scope, "{server} {best-windows}") + strlen("MS01 "));
		assert_text("safe", cases[i].safe, scope_fill(&scope, "{server} {windows-safe}") + strlen("MS01 "));
		assert_text("doubt", cases[i].doubt, scope_fill(&scope, "{server} {windows-doubt}") + strlen("MS01 "));
		assert_text("side", cases[i].one_side, scope_fill(&scope, "{server} {one-side}") + strlen("MS01 "));
	}
}

static void test_table_text__the_same_text__is_made_once(void **state)
{
	static const char text[] = "from {source} to {target} on {server}", plain[] = "plain", script[] = "{ $_.Id }";
	struct plan *plan = *state;
	const char *first = table_text(plan, text);

	assert_text("filled", "from 2012 R2 to 2016 on {server}", first);
	assert_ptr_equal(table_text(plan, text), first);
	assert_ptr_equal(table_text(plan, plain), plain);
	assert_ptr_equal(table_text(plan, script), script);
	assert_null(table_text(plan, NULL));
}

#define WITH_PLAN(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_PLAN(test_scope_of__a_plan__is_about_all_of_it),
		WITH_PLAN(test_scope_on__a_server__changes_nothing_else),
		WITH_PLAN(test_scope_fill__slots__are_what_the_scope_has),
		WITH_PLAN(test_scope_fill__a_release_without_rows__slots_stay),
		WITH_PLAN(test_scope_fill__words_made_of_columns__say_what_is_known),
		WITH_PLAN(test_table_text__the_same_text__is_made_once),
	};

	return run_tests(tests);
}
