/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Service Management Automation on the way to releases that share no Windows or SQL Server with the one of today: what
 * moves by what the facts show, and which server replaces which.
 */
#include "helpers.h"

#include "core/text.h"
#include "model/facts.h"
#include "pipeline/planfile.h"
#include "pipeline/sequence.h"
#include "pipeline/validate.h"

#define NOW "2026-11-21T14:00:00Z"
#define USUAL "  - { name: WRK01, roles: [runbook-worker] }\n  - { name: WEB01, roles: [web-service] }\n"

/* A plan from FROM to TO with MORE keys and SERVERS (NULL: a worker and a web service); fails when it is not read. */
static struct plan *plan_of(const char *from, const char *to, const char *more, const char *servers)
{
	struct strbuf text = STRBUF_INIT;
	struct diags found = DIAGS_INIT;
	struct plan *plan = NULL;

	strbuf_printf(&text,
		      "scupgrade: 1\nproduct: service-management-automation\nsource: '%s'\ntarget: '%s'\n"
		      "media-folder: 'D:\\SMA'\n%s%saccounts:\n"
		      "  worker-service: { user: 'CONTOSO\\svc' }\n  application-pool: { user: 'CONTOSO\\web' }\n"
		      "servers:\n%s",
		      from, to,
		      strstr(more, "\ndatabase:") ? "" : "database: { server: SQL01, backup-file: 'E:\\SMA.bak' }\n",
		      more, servers ? servers : USUAL);
	if (plan_read("plan.yaml", strbuf_text(&text), text.length, &plan, &found) != LOAD_OK) {
		fprintf(stderr, "%s\n%s", findings_text(&found), strbuf_text(&text));
		fail();
	}
	diags_clear(&found);
	strbuf_clear(&text);
	return plan;
}

/* The text of the step ID ("move-windows@WRK01"), owned; NULL: there is no such step. */
static char *step_text(const struct plan *plan, const char *id)
{
	struct arena *arena = arena_new();
	struct sequence sequence = sequence_build(plan, arena);
	char *text = NULL;

	for (size_t i = 0; i < sequence.count; i++) {
		if (str_eq(sequence.items[i].id, id))
			text = strdup(sequence.items[i].text ? sequence.items[i].text : "");
	}
	arena_free(arena);
	return text;
}

/* The step ID has PART in its text; PART NULL: there is no such step. */
static void assert_step(const char *label, const struct plan *plan, const char *id, const char *part)
{
	char *text = step_text(plan, id);

	if (!part ? text != NULL : !text || !strstr(text, part)) {
		fprintf(stderr, "%s: %s: %s\n", label, id, text ? text : "no such step");
		fail();
	}
	free(text);
}

/* ---- who replaces whom ---- */

static void test_check_replaces__each_mistake__is_named(void **state)
{
	static const struct {
		const char *servers, *findings;
	} cases[] = {
		{ USUAL "  - { name: WRK11, roles: [runbook-worker], replaces: WRK01 }\n", "" },
		{ USUAL "  - { name: WRK11, roles: [runbook-worker], replaces: '' }\n", "" },
		{ USUAL "  - { name: WRK11, roles: [runbook-worker], replaces: WRK09 }\n",
		  "error servers[3].replaces replaces-unknown\n" },
		{ USUAL "  - { name: WRK11, roles: [runbook-worker], replaces: WRK11 }\n",
		  "error servers[3].replaces replaces-unknown\n" },
		{ USUAL "  - { name: WRK11, roles: [runbook-worker], replaces: WRK01 }\n"
			"  - { name: WRK12, roles: [runbook-worker], replaces: WRK11 }\n",
		  "error servers[4].replaces replaces-new\n" },
		{ USUAL "  - { name: WRK11, roles: [runbook-worker, web-service], replaces: WRK01 }\n",
		  "error servers[3].replaces replaces-roles\n" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct plan *plan = plan_of("2022", "2025", "", cases[i].servers);
		struct diags found = DIAGS_INIT;
		char *text;

		validate_plan(plan, &found);
		text = findings_text(&found);
		assert_text(cases[i].servers, cases[i].findings, text);
		free(text);
		diags_clear(&found);
		plan_free(plan);
	}
}

static void test_check_level__each_form__is_taken_or_refused(void **state)
{
	static const struct {
		const char *level;
		bool good;
	} cases[] = { { "RTM", true }, { "UR1", true },    { "UR14", true }, { "", true },  { "UR0", false },
		      { "UR", false }, { "UR100", false }, { "SP1", false }, { "5", false } };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct strbuf more = STRBUF_INIT;
		struct diags found = DIAGS_INIT;
		struct plan *plan;

		strbuf_printf(&more, "source-level: '%s'\n", cases[i].level);
		plan = plan_of("2016", "2019", strbuf_text(&more), NULL);
		validate_plan(plan, &found);
		assert_labelled(cases[i].level, (found.errors == 0) == cases[i].good);
		if (!cases[i].good)
			assert_text(cases[i].level, "no-such-level", found.items[0].code);
		diags_clear(&found);
		plan_free(plan);
		strbuf_clear(&more);
	}
}

/* ---- what moves ---- */

#define FACTS(os) "scupgrade-facts: 1\nserver: WRK01\ncollected: '" NOW "'\nos: { kind: server, version: '" os "' }\n"
#define DATABASE(version) "databases:\n  - { role: 'sma', server: 'SQL01', name: 'SMA', version: '" version "' }\n"

/* From 2016 to 2019: Windows Server 2016 and SQL Server 2016 are what both take. */
static void test_moves__what_the_facts_show__decides(void **state)
{
	static const struct {
		const char *label, *facts;
		const char *windows, *database; /* a part of the step's text; NULL: there is none */
	} cases[] = {
		{ "nothing is known", NULL, "If WRK01 does not run Windows Server", "If SQL01 is not SQL Server" },
		{ "nothing of it is known", "scupgrade-facts: 1\nserver: WRK01\ncollected: '" NOW "'\n",
		  "If WRK01 does not run Windows Server", "If SQL01 is not SQL Server" },
		{ "both fit", FACTS("10.0.14393") DATABASE("13.0.6300.2"), NULL, NULL },
		{ "neither fits", FACTS("6.3.9600") DATABASE("12.0.6024.0"), "Bring WRK01 to Windows Server",
		  "Upgrade the instance SQL01 to SQL Server" },
		{ "the version of SQL Server is no number", FACTS("10.0.14393") DATABASE("none"), NULL,
		  "If SQL01 is not SQL Server" },
		{ "of a server that is not in the plan",
		  "scupgrade-facts: 1\nserver: OTHER\ncollected: '" NOW "'\n" DATABASE("12.0.6024.0"),
		  "If WRK01 does not run Windows Server", "If SQL01 is not SQL Server" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct plan *plan = plan_of("2016", "2019", "", NULL);
		struct diags found = DIAGS_INIT;
		struct facts *facts = NULL;

		if (cases[i].facts)
			(void)facts_read("facts.yaml", cases[i].facts, strlen(cases[i].facts), NOW, &facts, &found);
		plan_use_facts(plan, facts);
		assert_step(cases[i].label, plan, "move-windows@WRK01", cases[i].windows);
		assert_step(cases[i].label, plan, "move-database", cases[i].database);
		plan_free(plan);
		facts_free(facts);
		diags_clear(&found);
	}
}

/* A new server, the one that it replaces, and what stays. */
static void test_moves__replaced_servers__do_not_move(void **state)
{
	struct plan *plan =
		plan_of("2022", "2025", "", USUAL "  - { name: WRK11, roles: [runbook-worker], replaces: WRK01 }\n");

	(void)state;
	assert_step("replaced", plan, "move-windows@WRK01", NULL);
	assert_step("new", plan, "move-windows@WRK11", NULL);
	assert_step("stays", plan, "move-windows@WEB01", "If WEB01 does not run");
	plan_free(plan);
	plan = plan_of("2012-r2", "2016", "", NULL);
	assert_step("an upgrade on the same Windows", plan, "move-windows@WRK01", NULL);
	assert_step("an upgrade on the same SQL Server", plan, "move-database", NULL);
	plan_free(plan);
}

/* What is kept lies on the old web server: the new one says so, and a web server that stays needs no word of it. */
static void test_check_automation__another_web_server__names_where_the_drain_time_is(void **state)
{
	static const char part[] = "was kept on ' + 'WEB01' + ', below scupgrade-before";
	struct plan *plan =
		plan_of("2022", "2025", "", USUAL "  - { name: WEB11, roles: [web-service], replaces: WEB01 }\n");
	struct arena *arena = arena_new();
	struct sequence sequence = sequence_build(plan, arena);

	(void)state;
	assert_non_null(strstr(sequence_find(&sequence, "check-automation")->text, part));
	plan_free(plan);
	plan = plan_of("2022", "2025", "", NULL);
	sequence = sequence_build(plan, arena);
	assert_null(strstr(sequence_find(&sequence, "check-automation")->text, "was kept on"));
	arena_free(arena);
	plan_free(plan);
}

static void test_moves__another_database_server__names_both(void **state)
{
	static const struct {
		const char *more, *part;
	} cases[] = {
		{ "source-database: { server: SQL00 }\n",
		  "as in the step back-up-database, on SQL00. Copy the file, whose name it prints, to SQL01 (" },
		{ "source-database: { server: SQL00, instance: OLD }\n", "on SQL00\\OLD. Copy the file, whose" },
		{ "source-database: { server: SQL00, instance: '' }\n", "on SQL00. Copy" },
		{ "source-database: { server: '' }\n", "If SQL01 is not SQL Server" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct plan *plan = plan_of("2016", "2019", cases[i].more, NULL);

		assert_step(cases[i].more, plan, "move-database", cases[i].part);
		plan_free(plan);
	}
}

/* ---- what stays as it is ---- */

#define WEB_FACTS(sma) "scupgrade-facts: 1\nserver: WEB01\ncollected: '" NOW "'\nsma:\n" sma
#define KNOWN "  workers: ['WRK01']\n"
#define ENDPOINT(port, ssl, serial) "  port: " port "\n  ssl: " ssl "\n  certificate-serial: '" serial "'\n"

/* What the database and the portal know changes only where the plan says so, or where nobody knows. */
static void test_registration__what_the_facts_show__decides(void **state)
{
	static const struct {
		const char *label, *more, *servers, *facts;
		bool workers, endpoint; /* there is the step to register them */
	} cases[] = {
		{ "nothing is known", "", NULL, NULL, true, true },
		{ "nothing of it is known", "", NULL, WEB_FACTS("  site: SMA\n"), true, true },
		{ "all stays", "web-service: { certificate-serial: '3A5F' }\n", NULL,
		  WEB_FACTS(KNOWN ENDPOINT("9090", "true", "3a5f")), false, false },
		{ "a worker more in the plan", "",
		  USUAL "  - { name: WRK02, roles: [runbook-worker] }\n", WEB_FACTS(KNOWN), true, true },
		{ "another worker in the plan", "", NULL, WEB_FACTS("  workers: ['WRK09']\n"), true, true },
		{ "the worker is a web service in the plan", "", NULL, WEB_FACTS("  workers: ['WEB01']\n"), true,
		  true },
		{ "another port", "web-service: { certificate-serial: '3A5F', port: 9443 }\n", NULL,
		  WEB_FACTS(ENDPOINT("9090", "true", "3A5F")), true, true },
		{ "SSL begins", "", NULL, WEB_FACTS(ENDPOINT("9090", "false", "3A5F")), true, true },
		{ "no SSL before or after", "web-service: { ssl: false }\n", NULL,
		  WEB_FACTS("  port: 9090\n  ssl: false\n"), true, false },
		{ "nobody knows whether there is SSL", "", NULL, WEB_FACTS("  port: 9090\n"), true, true },
		{ "another certificate", "web-service: { certificate-serial: '3A60' }\n", NULL,
		  WEB_FACTS(ENDPOINT("9090", "true", "3A5F")), true, true },
		{ "a new certificate", "", NULL, WEB_FACTS(ENDPOINT("9090", "true", "3A5F")), true, true },
		{ "a certificate that nobody read", "web-service: { certificate-serial: '3A5F' }\n", NULL,
		  WEB_FACTS("  port: 9090\n  ssl: true\n"), true, true },
		{ "another web server", "web-service: { certificate-serial: '3A5F' }\n",
		  USUAL "  - { name: WEB11, roles: [web-service], replaces: WEB01 }\n",
		  WEB_FACTS(KNOWN ENDPOINT("9090", "true", "3A5F")), false, true },
		{ "a new worker, which has a step of its own", "",
		  USUAL "  - { name: WRK11, roles: [runbook-worker], replaces: WRK01 }\n", WEB_FACTS(KNOWN), false,
		  true },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct plan *plan = plan_of("2022", "2025", cases[i].more, cases[i].servers);
		struct diags found = DIAGS_INIT;
		struct facts *facts = NULL;

		if (cases[i].facts)
			(void)facts_read("facts.yaml", cases[i].facts, strlen(cases[i].facts), NOW, &facts, &found);
		assert_labelled(cases[i].label, found.count == 0);
		plan_use_facts(plan, facts);
		assert_step(cases[i].label, plan, "register-runbook-workers", cases[i].workers ? "" : NULL);
		assert_step(cases[i].label, plan, "register-endpoint", cases[i].endpoint ? "" : NULL);
		plan_free(plan);
		facts_free(facts);
		diags_clear(&found);
	}
}

/* Where the database is today stands in the text of its backup, with the port that is not the usual one. */
static void test_backup__todays_server__is_named(void **state)
{
	static const struct {
		const char *more, *part;
	} cases[] = {
		{ "", "-- On SQL01, the SQL Server of the database." },
		{ "source-database: { server: SQL00 }\n", "-- On SQL00, the" },
		{ "source-database: { server: SQL00, instance: OLD, port: 14333 }\n", "-- On SQL00\\OLD,14333, the" },
		{ "source-database: { server: SQL00, port: 0 }\n", "-- On SQL00, the" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct plan *plan = plan_of("2016", "2019", cases[i].more, NULL);

		assert_step(cases[i].more, plan, "back-up-database", cases[i].part);
		plan_free(plan);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_check_replaces__each_mistake__is_named),
		TEST(test_check_level__each_form__is_taken_or_refused),
		TEST(test_moves__what_the_facts_show__decides),
		TEST(test_moves__replaced_servers__do_not_move),
		TEST(test_check_automation__another_web_server__names_where_the_drain_time_is),
		TEST(test_moves__another_database_server__names_both),
		TEST(test_registration__what_the_facts_show__decides),
		TEST(test_backup__todays_server__is_named),
	};

	return run_tests(tests);
}
