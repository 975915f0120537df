/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Tests of the plans that come first.
 */
#include "helpers.h"

#include <sys/stat.h>
#include <unistd.h>

#include "core/text.h"
#include "model/earlier.h"
#include "model/prereq.h"
#include "pipeline/earlier.h"
#include "pipeline/planfile.h"
#include "pipeline/tracker.h"

#define LATER(names) \
	"scupgrade: 1\nproduct: operations-manager\nmanagement-group: CONTOSO\nlicense-accepted: true\n" \
	"accounts:\n  data-access: { user: 'CONTOSO\\das' }\n  data-reader: { user: 'CONTOSO\\reader' }\n" \
	"servers:\n  - { name: MS01, roles: [management-server] }\nupgraded-before: [" names "]\n"

static void write_text(const char *path, const char *text)
{
	write_whole_file(path, text, strlen(text));
}

static void copy_sma(const char *path)
{
	char *bytes = read_whole_file(source_path("tests/plans/sma.yaml"), NULL);

	write_text(path, bytes);
	free(bytes);
}

static int set_up(void **state)
{
	static char source[4096];
	char *folder = scratch_folder();

	assert_non_null(realpath(source_path("."), source));
	setenv("srcdir", source, 1);
	*state = folder;
	return chdir(folder);
}

static int tear_down(void **state)
{
	int result = chdir("/");

	scratch_remove(*state);
	return result;
}

static void test_rule_plan_name__names__beside_or_below_and_nothing_else(void **state)
{
	static const struct {
		const char *name;
		bool fine;
	} cases[] = {
		{ "sma.yaml", true },   { "sma/plan.yaml", true },  { "a/b/c.yml", true },     { "..yaml", true },
		{ "my plan.yaml", true },
		{ "", false },          { "/etc/passwd", false },   { "../sma.yaml", false },  { "a/../../b", false },
		{ "..", false },        { ".", false },             { "a//b", false },         { "a/", false },
		{ "./a", false },       { "a\\b", false },          { "C:a", false },          { "a:stream", false },
		{ "\\\\s\\s\\a", false }, { "a\nb", false },          { "a\x1b[2J", false },
		{ "a\xe2\x80\xae" "b", false },
		{ "a\xff", false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_labelled(cases[i].name, rule_plan_name(cases[i].name, NULL) == cases[i].fine);
}

/* What the plan with NAMES in it is told of the first of them; the state is the test of the prerequisite's. */
static void assert_earlier(const char *text, enum earlier_state state, const char *found)
{
	struct diags diags = DIAGS_INIT;
	struct plan *plan = NULL;

	write_text("om.yaml", text);
	assert_int_equal(plan_load("om.yaml", &plan, NULL, &diags), LOAD_OK);
	assert_non_null(plan->earlier);
	assert_int_equal(plan->earlier[0].state, state);
	if (!strstr(plan->earlier[0].found, found))
		fail_msg("not \"%s\": %s", found, plan->earlier[0].found);
	diags_clear(&diags);
	plan_free(plan);
}

/* Marks every step of the plan at PATH done, but for the last LEFT. */
static void mark(const char *path, size_t left)
{
	struct arena *arena = arena_new();
	struct diags diags = DIAGS_INIT;
	struct plan *plan = NULL;

	assert_int_equal(plan_load(path, &plan, NULL, &diags), LOAD_OK);
	struct sequence sequence = sequence_build(plan, arena);
	struct tracker *tracker = tracker_open(plan, &sequence, path, NULL, "2026-11-21T14:02:07Z", &diags);

	for (size_t i = 0; i + left < sequence.count; i++) {
		struct mark_request request = { .step = i, .mark = MARK_DONE, .by = "anna", .note = "",
						.now = "2026-11-21T14:02:07Z" };

		if (!tracker_is_settled(tracker, i))
			assert_int_equal(tracker_mark(tracker, &request, &diags), MARKED);
	}
	tracker_free(tracker);
	diags_clear(&diags);
	arena_free(arena);
	plan_free(plan);
}

static void test_earlier_look__records__tell_what_is_open(void **state)
{
	(void)state;
	copy_sma("sma.yaml");
	assert_earlier(LATER("sma.yaml"), EARLIER_OPEN, "of its steps are open");
	mark("sma.yaml", 1);
	assert_earlier(LATER("sma.yaml"), EARLIER_OPEN, "1 of its steps are open");
	mark("sma.yaml", 0);
	assert_earlier(LATER("sma.yaml"), EARLIER_DONE, "every step of it is done");
	assert_int_equal(mkdir("below", 0700), 0);
	copy_sma("below/sma.yaml");
	assert_earlier(LATER("below/sma.yaml, sma.yaml"), EARLIER_OPEN, "steps are open");
}

#define WRK01_HEAD "scupgrade-facts: 1\nserver: WRK01\ncollected: '2026-11-21T15:00:00Z'\n"

/* What scripts recorded on the servers counts as in every other place. */
static void test_earlier_look__records_of_servers__count(void **state)
{
	static const char later[] = WRK01_HEAD "records:\n"
				    "  - upgrade: 'service-management-automation\\SQL01-SMA\\2012-r2-2016'\n"
				    "    step: 'install-runbook-worker@WRK01'\n"
				    "    time: '2026-11-21T14:30:00Z'\n    state: failed\n";

	(void)state;
	copy_sma("sma.yaml");
	mark("sma.yaml", 0);
	assert_int_equal(mkdir("sma.facts", 0700), 0);
	assert_earlier(LATER("sma.yaml"), EARLIER_DONE, "every step of it is done");
	write_text("sma.facts/wrk01.facts.yaml", WRK01_HEAD);
	assert_earlier(LATER("sma.yaml"), EARLIER_DONE, "every step of it is done");
	write_text("sma.facts/wrk01.facts.yaml", later);
	assert_earlier(LATER("sma.yaml"), EARLIER_OPEN, "1 of its steps are open");
	write_text("sma.facts/wrk02.facts.yaml", "no facts\n");
	assert_earlier(LATER("sma.yaml"), EARLIER_UNKNOWN, "");
	/* A wrong key is no reason; what cannot be read is. */
	assert_int_equal(remove("sma.facts/wrk02.facts.yaml"), 0);
	write_text("sma.facts/wrk01.facts.yaml", WRK01_HEAD "oops: 1\n");
	assert_earlier(LATER("sma.yaml"), EARLIER_DONE, "every step of it is done");
	write_text("sma.yaml.journal", "no journal\n");
	assert_earlier(LATER("sma.yaml"), EARLIER_UNKNOWN, "not a line of a journal");
}

static void test_earlier_look__what_cannot_be_judged__is_not_known(void **state)
{
	static const struct {
		const char *text, *found;
	} cases[] = {
		{ LATER("nothing.yaml"), "cannot be read" },
		{ LATER("om.yaml"), "this plan" },
		{ LATER("link.yaml"), "a link" },
		{ LATER("linked/sma.yaml"), "a link" },
		{ LATER("folder"), "cannot be read" },
		{ LATER("text.yaml"), "" },
		{ LATER("later.yaml"), "leads to 2019, and this plan to 2016" },
		{ LATER("'../sma.yaml'"), "not the name of a plan beside" },
		{ LATER("'/etc/passwd'"), "not the name of a plan beside" },
	};

	(void)state;
	copy_sma("sma.yaml");
	write_text("text.yaml", "not: a plan\n");
	write_text("later.yaml",
		   "scupgrade: 1\nproduct: service-management-automation\nsource: '2016'\ntarget: '2019'\n");
	assert_int_equal(symlink("sma.yaml", "link.yaml"), 0);
	assert_int_equal(mkdir("folder", 0700), 0);
	copy_sma("folder/sma.yaml");
	assert_int_equal(symlink("folder", "linked"), 0);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_earlier(cases[i].text, EARLIER_UNKNOWN, cases[i].found);
}

/* Operations Manager's prerequisite says what the worst of them is. */
static void test_upgraded_before__states_of_the_others__the_worst_counts(void **state)
{
	static const struct earlier_plan done = { "sma.yaml", EARLIER_DONE, "every step of it is done" },
					 open = { "b.yaml", EARLIER_OPEN, "2 of its steps are open" },
					 unknown = { "c.yaml", EARLIER_UNKNOWN, "it cannot be read" };
	const struct earlier_plan lists[][2] = { { done, done }, { done, unknown }, { open, unknown }, { done, open } };
	static const struct {
		enum check_state state;
		const char *found;
	} expected[] = {
		{ CHECK_PASSED, "sma.yaml: every step of it is done" },
		{ CHECK_UNKNOWN, "c.yaml: it cannot be read" },
		{ CHECK_FAILED, "b.yaml: 2 of its steps are open" },
		{ CHECK_FAILED, "b.yaml: 2 of its steps are open" },
		{ CHECK_UNKNOWN, "their records were not checked" },
	};
	static const char text[] = "scupgrade: 1\nproduct: operations-manager\nupgraded-before: [sma.yaml, b.yaml]\n"
				   "servers:\n  - { name: MS01, roles: [management-server] }\n";
	struct diags found = DIAGS_INIT;
	struct plan *plan;

	(void)state;
	assert_int_equal(plan_read("plan.yaml", text, strlen(text), &plan, &found), LOAD_OK);
	for (size_t i = 0; i < ARRAY_LEN(expected); i++) {
		struct arena *arena = arena_new();
		const struct check_result *result = NULL;
		struct check_list list;

		plan->earlier = i < ARRAY_LEN(lists) ? lists[i] : NULL;
		list = prereq_run(plan, NULL, NULL, arena);
		for (size_t k = 0; k < list.count; k++) {
			if (str_eq(list.items[k].verdict->prereq->id, "upgraded-before"))
				result = &list.items[k];
		}
		assert_labelled(expected[i].found, result && result->verdict->raw == expected[i].state);
		assert_text("found", expected[i].found, result->verdict->found);
		arena_free(arena);
	}
	plan->earlier = NULL;
	plan_free(plan);
	diags_clear(&found);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_rule_plan_name__names__beside_or_below_and_nothing_else),
		cmocka_unit_test_setup_teardown(test_earlier_look__records__tell_what_is_open, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_earlier_look__records_of_servers__count, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_earlier_look__what_cannot_be_judged__is_not_known, set_up,
						tear_down),
		TEST(test_upgraded_before__states_of_the_others__the_worst_counts),
	};

	return run_tests(tests);
}
