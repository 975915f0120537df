/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What facts of a management group raise: one change to a healthy group gives the one finding.
 */
#include "helpers.h"

#include "core/text.h"
#include "model/facts.h"
#include "model/plan.h"
#include "model/prereq.h"
#include "pipeline/planfile.h"
#include "pipeline/sequence.h"

#define NOW "2026-11-21T14:00:00Z"

/* clang-format off */
static const struct change {
	const char *from, *to;          /* in the facts of a management server of tests/facts/twelve */
	const char *id;                 /* "": nothing is raised */
	enum check_state raw;
	const char *found;              /* a part of it */
} changes[] = {
	{ "agents: 161, agents-without-failover: 0", "agents: 161, agents-without-failover: 12", "gateway-failover",
	  CHECK_WARNING, "agents behind gateways without a failover: 12" },
	{ "agents-without-failover: 0", "agents-without-failover: 0", "gateway-failover", CHECK_PASSED, "" },
	{ "agents: 161, agents-without-failover: 0", "agents: 161", "gateway-failover", CHECK_UNKNOWN, "" },
	{ "  pending: []\n", "  pending:\n    - { type: 'other', count: 3 }\n    - { type: 'update', count: 2 }\n",
	  "pending-management", CHECK_WARNING, "entries that wait: 5" },
	{ "  pending: []\n", "  pending: []\n", "pending-management", CHECK_PASSED, "nothing waits" },
	{ "  pending: []\n", "", "pending-management", CHECK_UNKNOWN, "" },
	{ "subscriptions-enabled: 11", "subscriptions-enabled: 11", "subscriptions-disabled", CHECK_WARNING,
	  "11 of 14" },
	{ "subscriptions-enabled: 11", "subscriptions-enabled: 0", "subscriptions-disabled", CHECK_PASSED, "0 of 14" },
	{ "health: 'success'", "health: 'error'", "management-group-health", CHECK_WARNING, "ms01.contoso.com error" },
	{ "health: 'success'", "health: 'unknown'", "", CHECK_PASSED, "" },
	{ "packs-third-party: []", "packs-third-party:\n    - { name: 'Fabrikam.Array', version: '4.2' }",
	  "supported-packs", CHECK_WARNING, "Fabrikam.Array 4.2" },
	{ "license: 'retail'", "license: 'evaluation'\n  license-ends: '2027-03-01'", "license", CHECK_WARNING,
	  "until 2027-03-01" },
	{ "license: 'retail'", "license: 'evaluation'", "license", CHECK_WARNING, "an evaluation" },
	{ "health: 'success'", "health: 'warning'", "management-group-health", CHECK_WARNING,
	  "ms01.contoso.com warning" },
	{ "packs-third-party: []",
	  "packs-third-party: [{ name: A.1 }, { name: A.2 }, { name: A.3 }, { name: A.4 }, { name: A.5 }, "
	  "{ name: A.6 }, { name: A.7 }, { name: A.8 }, { name: A.9 }, { name: A.10 }, { name: A.11 }, { name: A.12 }]",
	  "supported-packs", CHECK_WARNING, " and others" },
	{ "count: 1202 }", "count: 702 }", "agent-counts", CHECK_WARNING, "1202 agents, and 702 by their builds" },
	{ "replica: 'SQLN02', mode: 'synchronous', state: 'synchronized'",
	  "replica: 'SQLN02', state: 'synchronizing'", "replicas", CHECK_WARNING,
	  "operational on SQLN02 is synchronizing" },
	{ "replica: 'SQLN02', mode: 'synchronous', state: 'synchronized'", "replica: 'SQLN02', mode: 'synchronous'", "",
	  CHECK_PASSED, "" },
	{ "update-level-database: '7.1.10226.1387'", "update-level-database: '7.1.10226.1304'", "rollup-script",
	  CHECK_WARNING, "the operational database is at 7.1.10226.1304, the servers at 7.1.10226.1387" },
	{ "update-level-database: '7.1.10226.1387'", "update-level-database: '7.1.10226.1400'", "", CHECK_PASSED, "" },
	{ "  data-reader: 'CONTOSO\\svc-reader'\n", "", "data-reader-profiles", CHECK_WARNING,
	  "CONTOSO\\svc-reader for Microsoft.SystemCenter.CollectionManagementServer" },
	{ "place: 'common', server: 'SQLAG01-L,14333'", "place: 'common', server: 'SQL09'", "database-places",
	  CHECK_WARNING, "on SQLAG01-L,14333 by its setup, on SQL09 by its common" },
	{ "place: 'common', server: 'SQLAG01-L,14333'", "place: 'common', server: 'sqlag01-l.contoso.com,14333'", "",
	  CHECK_PASSED, "" },
	{ "agents: 161,", "agents: 2001,", "gateway-capacity", CHECK_WARNING, "gw01.fabrikam.com has 2001 agents" },
	{ "agents-manual: 2", "agents-manual: 3", "agent-counts", CHECK_WARNING, "1200 by push and 3 by hand" },
	{ "count: 1202", "count: 1201", "agent-counts", CHECK_WARNING, "1202 agents, and 1201 by their builds" },
	{ "replica: 'SQLN02', mode: 'synchronous', state: 'synchronized'",
	  "replica: 'SQLN02', mode: 'synchronous', state: 'synchronizing'", "replicas",
	  CHECK_WARNING, "operational on SQLN02 is synchronizing" },
	{ "mode: 'synchronous', state: 'synchronized' }\n  - { database: 'data-warehouse'",
	  "mode: 'asynchronous', state: 'synchronizing' }\n  - { database: 'data-warehouse'", "", CHECK_PASSED, "" },
	{ "replica: 'SQLN02', mode: 'synchronous', state: 'synchronized'",
	  "replica: 'SQLN02', mode: 'asynchronous', state: 'not-synchronizing'", "replicas", CHECK_WARNING,
	  "operational on SQLN02 is not-synchronizing" },
	{ "  subscriptions: 14\n", "", "subscriptions-disabled", CHECK_UNKNOWN, "" },
	{ "  subscriptions-enabled: 11\n", "", "subscriptions-disabled", CHECK_UNKNOWN, "" },
	{ ", health: 'success'", "", "", CHECK_PASSED, "" },
	{ "update-level-database: '7.1.10226.1387'\n  update-level-warehouse: '7.1.10226.1387'",
	  "update-level-database: '7.1.10226.1304'\n  update-level-warehouse: '7.1.10226.1239'", "rollup-script",
	  CHECK_WARNING, "at 7.1.10226.1387; the data warehouse is at 7.1.10226.1239" },
	{ "  update-level-database: '7.1.10226.1387'\n", "", "", CHECK_PASSED, "" },
	{ "  file-version: '7.1.10226.1387'\n", "", "", CHECK_PASSED, "" },
	{ "agents: 161, agents", "agents", "", CHECK_PASSED, "" },
	{ "  agents: 1202\n", "", "", CHECK_PASSED, "" },
	{ "  agents-push: 1200\n", "", "", CHECK_PASSED, "" },
	{ "  agents-manual: 2\n", "", "", CHECK_PASSED, "" },
	{ "  agent-versions:\n    - { version: '7.1.10184.0', count: 1202 }\n", "", "", CHECK_PASSED, "" },
	{ "  agents: 1202\n", "  agents: 1300\n", "agent-counts", CHECK_WARNING,
	  "of which 1200 by push and 2 by hand; 1300 agents, and 1202 by their builds" },
	{ "server: 'SQLAG01-L,14333', name: 'OpsMgr_CONTOSO' }\n    - { database: 'data-warehouse', place: 'setup'",
	  "server: 'SQLAG01-L,14333' }\n    - { database: 'data-warehouse', place: 'setup'", "", CHECK_PASSED, "" },
	{ "place: 'common', server: 'SQLAG01-L,14333', name: 'OpsMgr_CONTOSO'",
	  "place: 'common', server: 'SQLAG01-L,14333', name: 'OpsMgr_OTHER'", "database-places", CHECK_WARNING,
	  "the operational database is on SQLAG01-L,14333" },
	{ "name: 'CONTOSO-OM'", "name: 'FABRIKAM-OM'", "pending-management", CHECK_UNKNOWN, "" },
};
/* clang-format on */

/* Rows that only these facts raise. */
static const char *const raised[] = { "management-group-health", "supported-packs", "license", "rollup-script",
				      "data-reader-profiles", "database-places", "gateway-capacity", "agent-counts",
				      "replicas" };

static char *changed(const char *text, const struct change *change)
{
	const char *at = strstr(text, change->from);
	struct strbuf out = STRBUF_INIT;
	char *made;

	assert_labelled(change->from, at != NULL);
	strbuf_add(&out, text, (size_t)(at - text));
	strbuf_printf(&out, "%s%s", change->to, at + strlen(change->from));
	made = xcalloc(1, out.length + 1);
	memcpy(made, strbuf_text(&out), out.length);
	strbuf_clear(&out);
	return made;
}

static const struct check_result *result_of(const struct check_list *list, const char *id)
{
	for (size_t i = 0; i < list->count; i++) {
		if (str_eq(list->items[i].verdict->prereq->id, id))
			return &list->items[i];
	}
	return NULL;
}

/* What a person has to look at before the start is no warning today: a step that the first server waits for does it.
 * The rest has to be true now. */
static void check_moment(struct plan *plan, const struct facts *facts, const struct check_result *result,
			 struct arena *arena)
{
	struct sequence sequence;
	const struct step *review, *first;
	bool later = result && (str_eq(result->verdict->prereq->id, "management-group-health") ||
				str_eq(result->verdict->prereq->id, "supported-packs"));

	if (result) {
		const struct check_verdict *verdict = result->verdict;
		bool planned = verdict->prereq->step && verdict->raw != CHECK_PASSED;

		assert_labelled(verdict->prereq->id, verdict->state == (planned ? CHECK_PLANNED : verdict->raw));
	}
	plan_use_facts(plan, facts);
	sequence = sequence_build(plan, arena);
	plan_use_facts(plan, NULL);
	review = sequence_find(&sequence, "review-management-group");
	first = sequence_find(&sequence, "upgrade-management-server@ms01.contoso.com");
	assert_true((review != NULL) == later);
	if (later) {
		assert_string_equal(result->verdict->prereq->step, "review-management-group");
		assert_true(step_set_has(&first->requires, (size_t)(review - sequence.items)));
	}
}

static void check_change(struct plan *plan, const char *text, const struct change *change)
{
	struct arena *arena = arena_new();
	struct diags diags = DIAGS_INIT;
	char *facts_text = changed(text, change);
	const struct check_result *result;
	struct check_list list;
	struct facts *facts;

	assert_labelled(change->to, facts_read("ms01.yaml", facts_text, strlen(facts_text), NOW, &facts, &diags));
	list = prereq_run(plan, facts, NULL, arena);
	result = result_of(&list, change->id);
	assert_labelled(change->to, !*change->id == !result);
	if (result) {
		assert_labelled(change->to, result->verdict->raw == change->raw);
		assert_labelled(result->verdict->found, strstr(result->verdict->found, change->found) != NULL);
	}
	check_moment(plan, facts, result, arena);
	for (size_t i = 0; i < ARRAY_LEN(raised); i++)
		assert_labelled(raised[i], str_eq(raised[i], change->id) || !result_of(&list, raised[i]));
	facts_free(facts);
	free(facts_text);
	diags_clear(&diags);
	arena_free(arena);
}

static void test_group_checks__one_change__gives_the_one_finding(void **state)
{
	static const char plan_text[] = "scupgrade: 1\nproduct: operations-manager\nmanagement-group: CONTOSO-OM\n"
					"servers:\n  - { name: ms01.contoso.com, roles: [management-server] }\n"
					"  - { name: gw01.fabrikam.com, roles: [gateway] }\n";
	char *text = read_whole_file(source_path("tests/facts/twelve/ms01.contoso.com.facts.yaml"), NULL);
	char *folder = scratch_folder();
	struct diags diags = DIAGS_INIT;
	struct strbuf path = STRBUF_INIT;
	struct plan *plan;

	(void)state;
	strbuf_printf(&path, "%s/plan.yaml", folder);
	write_whole_file(strbuf_text(&path), plan_text, strlen(plan_text));
	assert_int_equal(plan_load(strbuf_text(&path), &plan, NULL, &diags), LOAD_OK);
	for (size_t i = 0; i < ARRAY_LEN(changes); i++)
		check_change(plan, text, &changes[i]);
	plan_free(plan);
	diags_clear(&diags);
	strbuf_clear(&path);
	free(text);
	scratch_remove(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_group_checks__one_change__gives_the_one_finding),
	};

	return run_tests(tests);
}
