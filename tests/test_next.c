/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Tests of the plan of the next hop.
 */
#include "helpers.h"

#include "model/hop.h"
#include "pipeline/next.h"
#include "pipeline/planfile.h"
#include "pipeline/validate.h"

/* Every upgrade of the tables, planned: what is kept does not depend on what this version can plan. */
static struct release_edge all_edges[32];
static struct flow all_om, all_sma;

static void plan_everything(void)
{
	size_t count = 0;

	for (; release_edges[count].id; count++) {
		all_edges[count] = release_edges[count];
		all_edges[count].planned = true;
	}
	assert_true(count < ARRAY_LEN(all_edges));
	all_om = *flow_find("operations-manager");
	all_sma = *flow_find("service-management-automation");
	all_om.edges = all_sma.edges = all_edges;
}

static struct plan *plan_of(const char *text)
{
	struct diags diags = DIAGS_INIT;
	struct plan *plan = NULL;

	assert_int_equal(plan_read("plan", text, strlen(text), &plan, &diags), LOAD_OK);
	assert_int_equal(diags.errors, 0);
	diags_clear(&diags);
	plan_everything();
	plan->flow = str_eq(plan->flow->id, all_om.id) ? &all_om : &all_sma;
	return plan;
}

#define OM(releases) \
	"scupgrade: 1\nproduct: operations-manager\n" releases "management-group: CONTOSO\nlicense-accepted: true\n" \
	"setup-folder: 'D:\\'\ninstall-path: 'E:\\SCOM'\naccounts:\n  data-access: { user: 'CONTOSO\\das' }\n" \
	"  data-reader: { user: 'CONTOSO\\reader' }\nservers:\n" \
	"  - { name: MS01, roles: [management-server, operations-console] }\n" \
	"  - { name: WEB01, roles: [web-console], web-site: 'My, site', web-ssl: true }\n" \
	"agents: { push-installed: 1200 }\nconnectors: true\nconfirmed:\n" \
	"  - { check: database-backup, by: anna, on: '2026-11-20' }\nacknowledged:\n" \
	"  - { check: pending-reboot, servers: [MS01], by: anna, on: '2026-11-20', note: later }\n"
#define SMA \
	"scupgrade: 1\nproduct: service-management-automation\nmedia-folder: 'D:\\SMA'\n" \
	"source-media-folder: 'E:\\old'\ndatabase: { server: SQL01, backup-file: 'E:\\SMA.bak' }\n" \
	"web-service: { admin-group-members: ['CONTOSO\\A', 'CONTOSO\\B'] }\n" \
	"servers:\n  - { name: WRK01, roles: [runbook-worker] }\n"

/* The canonical form of the plan behind TEXT; owned. "" and the finding's code when there is none. */
static char *next_of(const char *text, char **left_out, const char **code)
{
	struct diags diags = DIAGS_INIT;
	struct strbuf out = STRBUF_INIT;
	struct plan *plan = plan_of(text);
	struct report to = plan_report(plan, &plan->answers->record, NULL, &diags);
	const struct release_edge *edge = next_edge(plan, &to);

	*code = diags.count ? diags.items[0].code : "";
	assert_int_equal(diags.count, edge ? 0 : 1);
	strbuf_puts(&out, "");
	*left_out = NULL;
	if (edge) {
		struct plan *next = next_plan(plan, edge);

		plan_format(next, &out);
		*left_out = strdup(next_left_out(plan, next, next->arena));
		plan_free(next);
	}
	diags_clear(&diags);
	plan_free(plan);
	return take_text(&out);
}

static void assert_lines(const char *text, const char *const *has, const char *const *lacks)
{
	for (; *has; has++)
		if (!strstr(text, *has))
			fail_msg("not there: %s\nin: %s", *has, text);
	for (; *lacks; lacks++)
		if (strstr(text, *lacks))
			fail_msg("there: %s\nin: %s", *lacks, text);
}

#define LINES(...) (const char *const[]){ __VA_ARGS__, NULL }

static void test_next_plan__operations_manager__keeps_the_group_and_no_decision(void **state)
{
	const char *code;
	char *left_out, *text = next_of(OM(""), &left_out, &code);

	(void)state;
	assert_lines(text,
		     LINES("source: '2016'\ntarget: '2019'\nmanagement-group: 'CONTOSO'\nlicense-accepted: false\n",
			   "user: 'CONTOSO\\das'",
			   "{ name: 'MS01', roles: ['management-server', 'operations-console'] }",
			   "web-site: 'My, site', web-ssl: true", "push-installed: 1200", "connectors: true"),
		     LINES("setup-folder", "E:\\SCOM", "confirmed", "acknowledged", "goal"));
	assert_text("left out", "license-accepted, setup-folder, install-path, confirmed, acknowledged", left_out);
	free(left_out);
	free(text);
}

static void test_next_plan__automation__the_packages_of_today_are_those_of_yesterday(void **state)
{
	const char *code;
	char *left_out, *text = next_of(SMA, &left_out, &code);

	(void)state;
	assert_lines(text,
		     LINES("source: '2016'\ntarget: '2019'\n", "\nsource-media-folder: 'D:\\SMA'\n", "server: 'SQL01'",
			   "admin-group-members: ['CONTOSO\\A', 'CONTOSO\\B']"),
		     LINES("\nmedia-folder", "E:\\old"));
	assert_text("left out", "media-folder", left_out);
	free(left_out);
	free(text);
}

static void test_next_edge__releases_and_goals__give_the_road_or_say_why_not(void **state)
{
	static const struct {
		const char *label, *text, *has, *code;
	} cases[] = {
		{ "the goal is further", OM("source: 2012-r2\ntarget: '2016'\ngoal: '2022'\n"),
		  "source: '2016'\ntarget: '2019'\ngoal: '2022'\n", "" },
		{ "the goal is next", OM("source: 2012-r2\ntarget: '2016'\ngoal: '2019'\n"),
		  "source: '2016'\ntarget: '2019'\nmanagement-group", "" },
		{ "the goal is reached", OM("source: 2012-r2\ntarget: '2016'\ngoal: '2016'\n"), "", "no-next" },
		{ "2019", OM("source: '2016'\ntarget: '2019'\n"), "source: '2019'\ntarget: '2022'\n", "" },
		{ "2022", OM("source: '2019'\ntarget: '2022'\n"), "source: '2022'\ntarget: '2025'\n", "" },
		{ "2025", OM("source: '2022'\ntarget: '2025'\n"), "", "no-next" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const char *code;
		char *left_out, *text = next_of(cases[i].text, &left_out, &code);

		assert_text(cases[i].label, cases[i].code, code);
		assert_labelled(cases[i].label, strstr(text, cases[i].has) != NULL);
		free(left_out);
		free(text);
	}
}

/* All that is left to answer, hop by hop, and then the road has ended. What each hop decides for itself is answered
 * again; nothing else is. */
static void walk(const char *plan_path, const char *const *answers, const char *const *left)
{
	static const char *const releases_of[] = { "2019", "2022", "2025" };
	struct diags diags = DIAGS_INIT;
	struct plan *plan = NULL, *next;

	assert_int_equal(plan_load(source_path(plan_path), &plan, NULL, &diags), LOAD_OK);
	for (size_t i = 0; i < ARRAY_LEN(releases_of); i++) {
		struct report to = plan_report(plan, &plan->answers->record, NULL, &diags);
		const struct release_edge *edge = next_edge(plan, &to);

		assert_non_null(edge);
		assert_string_equal(edge->to, releases_of[i]);
		next = next_plan(plan, edge);
		plan_free(plan);
		plan = next;
		validate_plan(plan, &diags);
		char *found = findings_text(&diags);
		assert_text(edge->id, left[i], found);
		free(found);
		diags_clear(&diags);
		for (size_t k = 0; answers[k]; k += 2)
			assert_true(field_store(fields_find(plan->flow->fields, answers[k]), plan,
						&plan->answers->record, answers[k + 1], NULL));
		assert_true(validate_plan(plan, &diags));
		diags_clear(&diags);
	}
	struct report to = plan_report(plan, &plan->answers->record, NULL, &diags);
	assert_null(next_edge(plan, &to));
	assert_string_equal(diags.items[0].code, "no-next");
	diags_clear(&diags);
	plan_free(plan);
}

static void test_next_plan__four_hops__ask_for_what_has_to_be_decided_alone(void **state)
{
	static const char *const om_answers[] = { "license-accepted", "yes", NULL };
	static const char *const om_left[] = { "error license-accepted license-not-accepted\n",
					       "error license-accepted license-not-accepted\n",
					       "error license-accepted license-not-accepted\n" };
	static const char *const sma_answers[] = { NULL };
	static const char *const sma_left[] = { "", "", "" };

	(void)state;
	walk("tests/plans/om.yaml", om_answers, om_left);
	walk("tests/plans/sma.yaml", sma_answers, sma_left);
}

static void test_next_path__names__get_the_target(void **state)
{
	static const struct {
		const char *path, *expected;
	} cases[] = {
		{ "contoso.yaml", "contoso-2019.yaml" },      { "contoso-2016.yml", "contoso-2019.yaml" },
		{ "a.b/plan", "a.b/plan-2019.yaml" },         { "-2016.yaml", "-2016-2019.yaml" },
		{ "a-2012-r2.YAML", "a-2012-r2-2019.yaml" },
	};
	struct plan *plan = plan_of(OM(""));
	struct strbuf out = STRBUF_INIT;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		strbuf_reset(&out);
		next_path(plan, cases[i].path, next_edge(plan, NULL), &out);
		assert_text(cases[i].path, cases[i].expected, strbuf_text(&out));
	}
	strbuf_clear(&out);
	plan_free(plan);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_next_plan__operations_manager__keeps_the_group_and_no_decision),
		TEST(test_next_plan__automation__the_packages_of_today_are_those_of_yesterday),
		TEST(test_next_edge__releases_and_goals__give_the_road_or_say_why_not),
		TEST(test_next_plan__four_hops__ask_for_what_has_to_be_decided_alone),
		TEST(test_next_path__names__get_the_target),
	};

	return run_tests(tests);
}
