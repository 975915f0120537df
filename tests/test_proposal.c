/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * From facts to a plan: what is filled, what is left alone, and where plan and facts differ.
 */
#include "helpers.h"

#include "core/text.h"
#include "model/flow.h"
#include "model/proposal.h"
#include "pipeline/planfile.h"

#define NOW "2026-11-21T14:00:00Z"
#define HEAD "scupgrade-facts: 1\nserver: MS01\ncollected: '2026-11-21T12:00:00Z'\ndomain: contoso.com\n"

static struct facts *facts_of_folder(const char *folder)
{
	struct strbuf path = STRBUF_INIT;
	struct diags diags = DIAGS_INIT;
	struct facts *facts;

	strbuf_printf(&path, "%s/tests/facts/%s", getenv("srcdir"), folder);
	assert_labelled(folder, facts_load(strbuf_text(&path), NOW, &facts, &diags));
	strbuf_clear(&path);
	diags_clear(&diags);
	return facts;
}

static struct facts *facts_of_text(const char *text)
{
	struct diags diags = DIAGS_INIT;
	struct facts *facts;

	assert_labelled(text, facts_read("ms01.yaml", text, strlen(text), NOW, &facts, &diags));
	diags_clear(&diags);
	return facts;
}

static struct plan *plan_of(const char *text, struct diags *diags)
{
	struct plan *plan;

	assert_labelled(text, plan_read("plan.yaml", text, strlen(text), &plan, diags) == LOAD_OK);
	return plan;
}

/* The plan that a folder of facts makes, as a file; NOTES gets what is said of it. */
static char *filled(const char *product, const char *folder, char **notes)
{
	struct plan *plan = plan_new(flow_find(product));
	struct facts *facts = facts_of_folder(folder);
	struct diags diags = DIAGS_INIT;
	struct strbuf text = STRBUF_INIT;

	assert_true(plan_fill(plan, facts, &diags) > 0);
	*notes = findings_text(&diags);
	diags_clear(&diags);
	plan_compare(plan, facts, NULL, &diags);
	assert_int_equal(diags.count, 0);
	assert_int_equal(plan_fill(plan, facts, &diags), 0);
	plan_format(plan, &text);
	diags_clear(&diags);
	facts_free(facts);
	plan_free(plan);
	return take_text(&text);
}

static void test_plan_fill__samples__become_whole_plans(void **state)
{
	static const struct {
		const char *product, *folder, *golden, *notes;
	} cases[] = {
		{ "operations-manager", "twelve", "tests/expected/from-twelve.yaml", "note servers facts-silent\n" },
		{ "service-management-automation", "sma", "tests/expected/from-sma.yaml", "" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		char *notes, *text = filled(cases[i].product, cases[i].folder, &notes);

		assert_text(cases[i].folder, cases[i].notes, notes);
		assert_golden(cases[i].golden, text);
		free(notes);
		free(text);
	}
}

static void test_plan_fill__answers_and_order__stay_as_they_are(void **state)
{
	static const char text[] =
		"scupgrade: 1\nproduct: operations-manager\nmanagement-group: MINE\nconnectors: false\n"
		"accounts: { data-reader: { user: 'CONTOSO\\mine' } }\n"
		"servers:\n  - { name: MS03, roles: [management-server] }\n  - { name: ms01.contoso.com }\n";
	struct diags diags = DIAGS_INIT;
	struct plan *plan = plan_of(text, &diags);
	struct facts *facts = facts_of_folder("twelve");
	struct strbuf out = STRBUF_INIT;

	(void)state;
	plan_fill(plan, facts, &diags);
	plan_format(plan, &out);
	assert_non_null(strstr(out.data, "management-group: 'MINE'\n"));
	assert_non_null(strstr(out.data, "connectors: false\n"));
	assert_non_null(strstr(out.data, "user: 'CONTOSO\\mine'\n"));
	assert_non_null(strstr(out.data, "user: 'CONTOSO\\svc-das'\n"));
	assert_int_equal(plan_server_count(plan), 12);
	assert_string_equal(plan_server(plan, 0)->name, "MS03");
	assert_string_equal(plan_server(plan, 1)->name, "ms01.contoso.com");
	assert_true(server_has(plan_server(plan, 1), 1u << 0 | 1u << 1));
	strbuf_clear(&out);
	diags_clear(&diags);
	facts_free(facts);
	plan_free(plan);
}

/* Roles of a server that the wizard has just got, which stands in no file yet, are an answer too. */
static void test_plan_fill__roles_given_by_hand__are_not_added_to(void **state)
{
	struct plan *plan = plan_new(flow_find("operations-manager"));
	struct facts *facts = facts_of_folder("twelve");
	struct diags diags = DIAGS_INIT;
	static const struct {
		const char *name, *roles;
	} given[] = { { "MS01", "management-server" }, { "ms02.contoso.com", "" } };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(given); i++) {
		const struct field *list = plan->flow->servers;
		struct record *row = plan_new_record(plan, list);

		field_store(fields_find(list->columns, "name"), plan, row, given[i].name, NULL);
		field_store(fields_find(list->columns, "roles"), plan, row, given[i].roles, NULL);
		rows_insert(plan, &plan->answers->servers, i, row);
	}
	plan_names_changed(plan);
	plan_fill(plan, facts, &diags);
	assert_int_equal(plan_server(plan, 0)->roles, 1u << 0);
	assert_int_equal(plan_server(plan, 1)->roles, 1u << 0 | 1u << 2);
	diags_clear(&diags);
	facts_free(facts);
	plan_free(plan);
}

/* A server that only an address names is taken, and it is said that nobody looked; what differs is left out. */
static void test_plan_fill__what_is_not_sure__is_said(void **state)
{
	static const char text[] = HEAD
		"group:\n  name: CONTOSO\n  management-servers:\n    - { name: ms01.contoso.com }\n"
		"  web-console-url: 'https://web.contoso.com:443/OperationsManager'\n"
		"  manual-agents:\n    - { name: app1.contoso.com }\n"
		"  data-access-accounts:\n    - { server: ms01, account: 'CONTOSO\\a' }\n"
		"    - { server: ms02, account: 'CONTOSO\\b' }\n";
	struct plan *plan = plan_new(flow_find("operations-manager"));
	struct facts *facts = facts_of_text(text);
	struct diags diags = DIAGS_INIT;

	(void)state;
	plan_fill(plan, facts, &diags);
	assert_int_equal(plan_server_count(plan), 2);
	assert_string_equal(plan_server(plan, 1)->name, "web.contoso.com");
	assert_true(field_is_empty(fields_find(plan->flow->fields, "accounts.data-access.user"), plan,
				   &plan->answers->record));
	assert_int_equal(diags.count, 4);
	assert_string_equal(diags.items[0].text, "1 agent that was installed by hand is not in the plan.");
	assert_string_equal(diags.items[1].text,
			    "web.contoso.com is in the plan as web-console because an address names it; this "
			    "was not checked.");
	assert_string_equal(diags.items[2].text,
			    "No facts were collected on web.contoso.com: what else is installed there is not known.");
	diags_clear(&diags);
	facts_free(facts);
	plan_free(plan);
}

/* The facts of FILE against the plan TEXT give FINDINGS, the FIRST with these words (NULL: any). */
static void check_comparison(const char *text, const char *file, const char *findings, const char *first)
{
	struct diags diags = DIAGS_INIT;
	struct plan *plan = plan_of(text, &diags);
	struct facts *facts = facts_of_text(file);
	char *found;

	plan_compare(plan, facts, NULL, &diags);
	found = findings_text(&diags);
	assert_text(file, findings, found);
	if (first)
		assert_string_equal(diags.items[0].text, first);
	free(found);
	diags_clear(&diags);
	facts_free(facts);
	plan_free(plan);
}

static void test_plan_compare__differences__are_told_with_both_values(void **state)
{
	static const struct {
		const char *facts, *findings, *first;
	} cases[] = {
		{ "group: { name: OTHER }\n", "error management-group facts-differ\n",
		  "Management group: the plan says \"CONTOSO\", but the facts of MS01.contoso.com say \"OTHER\"." },
		{ "group: { name: contoso, data-reader: 'contoso\\SVC-reader' }\n", "", NULL },
		{ "group: { name: CONTOSO, data-reader: 'CONTOSO\\other' }\n",
		  "error accounts.data-reader.user facts-differ\n", NULL },
		{ "databases:\n  - { role: operational, server: SQL01, name: OpsMgr2 }\n",
		  "error databases.operational.name facts-differ\n", NULL },
		{ "databases:\n  - { role: operational, server: 'sql01', name: operationsmanager }\n", "", NULL },
		{ "group:\n  name: CONTOSO\n  management-servers:\n    - { name: ms01.contoso.com }\n"
		  "    - { name: ms02.contoso.com }\n",
		  "error servers facts-server-missing\n",
		  "The plan has no server \"ms02.contoso.com\", which is management-server by the facts of "
		  "MS01.contoso.com." },
		{ "group:\n  name: CONTOSO\n  gateways: []\n", "warning servers[2].name facts-server-surplus\n", NULL },
		{ "group:\n  name: CONTOSO\n  gateways:\n    - { name: gw01.fabrikam.com }\n", "", NULL },
		{ "install: { roles: [management-server, reporting-server] }\n",
		  "warning servers[1].roles facts-roles\n",
		  "The plan says that MS01 is management-server, but the facts of MS01.contoso.com say "
		  "management-server, reporting-server." },
	};
	static const char text[] =
		"scupgrade: 1\nproduct: operations-manager\nmanagement-group: CONTOSO\n"
		"accounts: { data-reader: { user: 'CONTOSO\\svc-reader' } }\n"
		"databases: { operational: { server: SQL01, name: OperationsManager } }\n"
		"servers:\n  - { name: MS01, roles: [management-server] }\n  - { name: GW01, roles: [gateway] }\n";

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct strbuf file = STRBUF_INIT;

		strbuf_printf(&file, HEAD "%s", cases[i].facts);
		check_comparison(text, strbuf_text(&file), cases[i].findings, cases[i].first);
		strbuf_clear(&file);
	}
}

#define OF_SMA "scupgrade-facts: 1\nserver: web01\ndomain: contoso.com\ncollected: 2026-11-21T12:00:00Z\n"
#define PLACE(address) "databases:\n  - { role: sma, server: '" address "', name: SMA }\n"

/* What facts of a deployment say against the plan of it: each with both values, one finding a mistake. */
static void test_plan_compare__service_management_automation__each_value(void **state)
{
	static const struct {
		const char *facts, *findings, *first;
	} cases[] = {
		{ PLACE("sql01"), "", NULL },
		{ PLACE("sql01.contoso.com"), "", NULL },
		{ PLACE("SQL01\\MSSQLSERVER,1433"), "", NULL },
		{ PLACE("SQL09"), "error database.server facts-differ\n",
		  "Database server: the plan says \"SQL01\", but the facts of web01.contoso.com say \"SQL09\"." },
		{ PLACE("SQL09\\A,7"), "error database.server facts-differ\n", NULL },
		{ PLACE("SQL01\\AUTO"), "error database.instance facts-differ\n",
		  "Instance: the plan says \"the default instance\", but the facts of web01.contoso.com say "
		  "\"AUTO\"." },
		{ PLACE("SQL01, 14330"), "warning database.port facts-differ\n", NULL },
		{ "databases:\n  - { role: sma, server: SQL01, name: SMA2 }\n",
		  "error database.name facts-differ\n", NULL },
		/* The two roles of one machine contradict each other. */
		{ "databases:\n  - { role: sma, server: SQL01, name: SMA }\n"
		  "  - { role: sma, server: SQL01, name: SMA_OLD }\n  - { role: sma, server: SQL01, name: SMA_OLD }\n",
		  "error database.name facts-differ\n", NULL },
		{ "install: { roles: [web-service] }\nsma: { application-pool-account: 'CONTOSO\\other' }\n",
		  "error accounts.application-pool.user facts-differ\n", NULL },
		{ "install: { roles: [web-service] }\nsma: { site: SMA2, port: 9091, ssl: false }\n",
		  "warning web-service.site facts-differ\nwarning web-service.port facts-differ\n"
		  "warning web-service.ssl facts-differ\n", NULL },
		{ "install: { roles: [web-service] }\nsma: { certificate-name: auto.contoso.com }\n",
		  "warning web-service.address facts-differ\n", NULL },
		{ "install: { roles: [web-service] }\nsma: { certificate-name: SMA.contoso.com }\n", "", NULL },
		{ "install: { roles: [web-service] }\nsma: { certificate-name: '*.contoso.com' }\n", "", NULL },
		{ "sma: { workers: [wrk01, wrk02] }\n", "", NULL },
		{ "sma: { workers: [] }\n", "", NULL },
		{ "sma: { workers: [wrk01, wrk02, wrk03] }\n", "error servers facts-server-missing\n",
		  "The plan has no server \"wrk03\", which is runbook-worker by the facts of web01.contoso.com." },
		{ "sma: { workers: [wrk01] }\n", "warning servers[2].name facts-server-surplus\n", NULL },
		{ "services:\n  - { name: rbsvc, account: 'CONTOSO\\other' }\n",
		  "error accounts.worker-service.user facts-differ\n", NULL },
	};
	static const char text[] =
		"scupgrade: 1\nproduct: service-management-automation\nsource: 2012-r2\ntarget: '2016'\n"
		"database: { server: SQL01, name: SMA }\n"
		"accounts:\n  worker-service: { user: 'CONTOSO\\svc-sma' }\n"
		"  application-pool: { user: 'CONTOSO\\web' }\n"
		"web-service: { address: sma.contoso.com }\n"
		"servers:\n  - { name: WRK01, roles: [runbook-worker] }\n  - { name: WRK02, roles: [runbook-worker] }\n"
		"  - { name: WEB01, roles: [web-service] }\n";

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		for (int known = 1; known >= 0; known--) {
			struct strbuf file = STRBUF_INIT;

			strbuf_printf(&file, "%s%s", OF_SMA, cases[i].facts);
			if (!known) /* a computer that the plan does not have is not heard */
				memcpy(strstr(file.data, "web01"), "oth09", 5);
			check_comparison(text, strbuf_text(&file), known ? cases[i].findings : "",
					 known ? cases[i].first : NULL);
			strbuf_clear(&file);
		}
	}
}

/* Servers that name two databases fill none, and say so. */
static void test_plan_fill__two_databases__are_said(void **state)
{
	struct diags diags = DIAGS_INIT;
	struct plan *plan = plan_of("scupgrade: 1\nproduct: service-management-automation\n", &diags);
	struct facts *facts = facts_of_text(OF_SMA "databases:\n  - { role: sma, server: SQL01, name: SMA }\n"
						   "  - { role: sma, server: SQL02, name: SMA }\n");

	(void)state;
	plan_fill(plan, facts, &diags);
	assert_true(field_is_empty(fields_find(plan->flow->fields, "database.server"), plan, &plan->answers->record));
	assert_int_equal(diags.count, 1);
	assert_string_equal(diags.items[0].text, "The servers do not name one database: SMA on SQL01 by "
						 "web01.contoso.com, SMA on SQL02 by web01.contoso.com.");
	diags_clear(&diags);
	facts_free(facts);
	plan_free(plan);
}

#define GROUP(rest) HEAD "group:\n  name: CONTOSO\n" rest
#define OF_WEB(rest) "scupgrade-facts: 1\nserver: WEB01\ncollected: '2026-11-21T12:00:00Z'\n" rest
#define OF_SERVICE(account) HEAD "services:\n  - { name: OMSDK, account: '" account "' }\n"
#define PLACES(rest) GROUP("  database-places:\n    - { database: operational, place: setup, server: SQL01" rest)
#define PAIR(failover, agents) "    - { gateway: gw01, failover: " failover agents " }\n"

/* What single facts put into a plan that knows its servers alone. */
static void test_plan_fill__single_facts__fill_what_they_tell(void **state)
{
	static const struct {
		const char *facts, *has, *lacks; /* the plan's text then; NULL: anything */
	} cases[] = {
		{ GROUP("  web-console-url: 'https://web09.contoso.com:8443/x'\n"), "name: 'web09.contoso.com', roles: "
		  "['web-console']", NULL },
		{ GROUP("  web-console-url: 'web09/OperationsManager'\n"), "name: 'web09', roles: ['web-console']",
		  NULL },
		{ GROUP("  web-console-url: 'https://'\n"), NULL, "roles: ['web-console']" },
		{ GROUP("  reporting-url: 'http://WEB01/ReportServer'\n"), "name: 'WEB01', roles: ['reporting-server'",
		  NULL },
		{ GROUP("  reporting-url: 'http://rep01/ReportServer'\n"), NULL, "rep02" },
		/* whom a web console and Reporting ask */
		{ OF_WEB("install: { roles: [web-console] }\n"
			 "web-console: { ssl: false, management-server: om.contoso.com }\n"),
		  "data-access-address: 'om.contoso.com'", "web-ssl: true" },
		{ OF_WEB("install: { roles: [web-console] }\nweb-console: { ssl: true, management-server: MS01 }\n"),
		  "web-ssl: true", "data-access-address: '" },
		{ OF_WEB("install: { roles: [web-console] }\nweb-console: { management-server: localhost }\n"), NULL,
		  "data-access-address: '" },
		{ OF_WEB("install: { roles: [web-console] }\nweb-console: { management-server: GW01 }\n"),
		  "data-access-address: 'GW01'", NULL },
		{ OF_WEB("install: { roles: [reporting-server] }\nreporting: { management-server: ms01 }\n"),
		  "management-server: 'MS01'", "data-access-address: '" },
		{ OF_WEB("install: { roles: [reporting-server] }\nreporting: { management-server: GW01 }\n"),
		  "data-access-address: 'GW01'", NULL },
		{ OF_WEB("install: { roles: [reporting-server] }\nreporting: { management-server: om }\n"),
		  "data-access-address: 'om'", NULL },
		/* gateways */
		{ GROUP("  gateway-pairs:\n" PAIR("gw02", ", agents: 5") PAIR("MS01", ", agents: 4")),
		  "failover: 'GW02'",
		  NULL },
		{ GROUP("  gateway-pairs:\n" PAIR("gw02", ", agents: 5") PAIR("ms01", ", agents: 6")),
		  "failover: 'MS01'",
		  NULL },
		{ GROUP("  gateway-pairs:\n" PAIR("gw02", "") PAIR("gw09", ", agents: 6")), NULL, "failover: '" },
		{ GROUP("  pool-members:\n    - { pool: P, member: gw01, network-devices: 7 }\n"),
		  "network-devices: true",
		  NULL },
		{ GROUP("  pool-members:\n    - { pool: P, member: gw01, network-devices: 0 }\n"), NULL,
		  "network-devices: true" },
		{ GROUP("  pool-members:\n    - { pool: P, member: gw01 }\n"
			"    - { pool: P, member: x, network-devices: 2 }\n"),
		  NULL, "network-devices: true" },
		/* accounts */
		{ OF_SERVICE("LocalSystem"), "kind: 'local-system'", NULL },
		{ OF_SERVICE("NT AUTHORITY\\SYSTEM"), "kind: 'local-system'", NULL },
		{ OF_SERVICE("CONTOSO\\svc-das"), "user: 'CONTOSO\\svc-das'", "local-system" },
		{ OF_SERVICE("CONTOSO\\svc-das") "  - { name: cshost, account: 'CONTOSO\\svc-das' }\n"
		  "group:\n  name: CONTOSO\n  data-access-accounts:\n"
		  "    - { server: MS02, account: 'CONTOSO\\other' }\n",
		  NULL, "user: '" },
		/* databases */
		{ PLACES(", name: OpsMgr }\n"), "server: 'SQL01'\n    name: 'OpsMgr'", NULL },
		{ PLACES(" }\n"), NULL, "server: 'SQL01'" },
		{ PLACES(", name: OpsMgr }\n    - { database: operational, place: table, server: SQL02 }\n"),
		  "server: 'SQL01'\n    name: 'OpsMgr'", NULL },
		/* connectors */
		{ GROUP("  connectors:\n    - { name: Tickets, initialized: true }\n"), "connectors: true", NULL },
		{ GROUP("  connectors:\n    - { name: Tickets, initialized: false }\n    - { name: Other }\n"), NULL,
		  "connectors: true" },
		{ GROUP("  connectors:\n    - { name: 'Operations Manager Internal Connector', initialized: true }\n"),
		  NULL,
		  "connectors: true" },
	};
	static const char text[] =
		"scupgrade: 1\nproduct: operations-manager\nservers:\n  - { name: MS01, roles: [management-server] }\n"
		"  - { name: GW01, roles: [gateway] }\n  - { name: GW02, roles: [gateway] }\n";

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct diags diags = DIAGS_INIT;
		struct plan *plan = plan_of(text, &diags);
		struct facts *facts = facts_of_text(cases[i].facts);
		struct strbuf made = STRBUF_INIT;

		plan_fill(plan, facts, &diags);
		plan_format(plan, &made);
		if (cases[i].has && !strstr(strbuf_text(&made), cases[i].has))
			print_error("%s\n%s", cases[i].facts, strbuf_text(&made));
		assert_labelled(cases[i].facts, !cases[i].has || strstr(strbuf_text(&made), cases[i].has));
		assert_labelled(cases[i].facts, !cases[i].lacks || !strstr(strbuf_text(&made), cases[i].lacks));
		strbuf_clear(&made);
		diags_clear(&diags);
		facts_free(facts);
		plan_free(plan);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_plan_fill__samples__become_whole_plans),
		TEST(test_plan_fill__answers_and_order__stay_as_they_are),
		TEST(test_plan_fill__roles_given_by_hand__are_not_added_to),
		TEST(test_plan_fill__what_is_not_sure__is_said),
		TEST(test_plan_compare__differences__are_told_with_both_values),
		TEST(test_plan_compare__service_management_automation__each_value),
		TEST(test_plan_fill__two_databases__are_said),
		TEST(test_plan_fill__single_facts__fill_what_they_tell),
	};

	return run_tests(tests);
}
