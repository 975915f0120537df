/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Prerequisites: the running of the tables, notes, counts, and every test over the facts of eight servers.
 */
#include "helpers.h"
#include "vouched.h"

#include <limits.h>

#include "model/facts.h"
#include "model/flow.h"
#include "pipeline/planfile.h"

#define NOW "2026-11-21T14:00:00Z"

static const struct judge_wish all_of_it = { true, SEV_NOTE };

/* ---- fixtures ---- */

struct world {
	struct plan *plan;
	struct facts *facts;
	struct arena *arena;
	struct diags diags;
	char *plan_path, *facts_path;
};

static char *own_text(const char *text)
{
	char *copy = xcalloc(1, strlen(text) + 1);

	memcpy(copy, text, strlen(text));
	return copy;
}

/* FACTS NULL: none. */
static struct world world_new(const char *plan, const char *facts)
{
	struct world world = { .arena = arena_new(), .diags = DIAGS_INIT };

	world.plan_path = own_text(source_path(plan));
	assert_int_equal(plan_load(world.plan_path, &world.plan, NULL, &world.diags), LOAD_OK);
	if (facts) {
		world.facts_path = own_text(source_path(facts));
		assert_true(facts_load(world.facts_path, NOW, &world.facts, &world.diags));
	}
	assert_int_equal(world.diags.count, 0);
	return world;
}

static void world_free(struct world *world)
{
	diags_clear(&world->diags);
	facts_free(world->facts);
	plan_free(world->plan);
	arena_free(world->arena);
	free(world->plan_path);
	free(world->facts_path);
}

static const struct check_result *result_of(const struct check_list *list, const char *id, const char *server)
{
	for (size_t i = 0; i < list->count; i++) {
		const struct check_result *result = &list->items[i];

		if (str_eq(result->verdict->prereq->id, id) &&
		    (!server ? !result->server : result->server && str_eq(result->server->name, server)))
			return result;
	}
	return NULL;
}

static void add_note(struct plan *plan, const struct field *list, const char *check, const char *server,
		     const char *found)
{
	struct answer_note *note = (struct answer_note *)plan_new_record(plan, list);
	struct rows *rows = field_rows_at(list, &plan->answers->record);

	note->check = check;
	note->server = server;
	note->by = "CONTOSO\\anna";
	note->on = "2026-11-21";
	note->note = "seen";
	note->found = found;
	rows_insert(plan, rows, rows->count, &note->record);
	plan_settle_notes(plan);
}

/* ---- the twenty faults ---- */

struct fault {
	const char *id, *server; /* NULL: the plan */
	enum check_state state;
	const char *found, *remedy; /* parts of them */
};

/* clang-format off */
static const struct fault faults[] = {
	{ "memory", "MS01", CHECK_WARNING, "4096", "8 GB" },
	{ "tls", "MS01", CHECK_FAILED, "disabled for clients", "Enable TLS 1.0" },
	{ "source-build", "MS02", CHECK_FAILED, "7.1.10226.1118", "update rollup 12" },
	{ "pending-reboot", "MS02", CHECK_WARNING, "Windows Update", "Restart" },
	{ "winrm", "MS02", CHECK_FAILED, "is not running", "quickconfig" },
	{ "cores", "MS03", CHECK_WARNING, "2 cores", "4 cores" },
	{ "source-build", "MS03", CHECK_WARNING, "7.1.10226.1177", "update rollup 12" },
	{ "operating-system", "MS03", CHECK_FAILED, "Windows Server 2012 (6.2.9200)", "2012 R2 or 2016" },
	{ "operating-system", "GW01", CHECK_WARNING, "Server Core", "with desktop" },
	{ "free-disk", "GW01", CHECK_FAILED, "2000 MB free on C:", "Free space" },
	{ "file-system", "GW02", CHECK_FAILED, "ReFS", "NTFS" },
	{ "dotnet", "CON01", CHECK_FAILED, "528049", "4.8" },
	{ "web-console-features", "WEB01", CHECK_FAILED, "Web-Metabase", "Install-WindowsFeature" },
	{ "remote-registry", "REP01", CHECK_FAILED, "stopped", "start it" },
	{ "database-space", NULL, CHECK_PLANNED, "30 %", "MOM_DATA" },
	{ "etl-cleanup", NULL, CHECK_PLANNED, "250000 rows", "Groom" },
	{ "full-text-search", NULL, CHECK_FAILED, "OperationsManager on SQL01: not installed (asked from MS01)",
	  "Full-Text" },
	{ "sql-collation", NULL, CHECK_WARNING, "Latin1_General_BIN", "in place succeeds" },
	{ "allow-updates", NULL, CHECK_FAILED, "allow updates is 1", "sp_configure" },
	{ "sql-same-version", NULL, CHECK_FAILED, "OperationsManagerDW on SQL02\\DW: SQL Server 2016", "same version" },
};
/* clang-format on */

static void test_prereq_run__eight_healthy_servers__nothing_is_open(void **state)
{
	struct world world = world_new("tests/plans/eight-servers.yaml", "tests/facts/healthy");
	struct check_list list;

	(void)state;
	vouch_for(world.plan, true, NULL);
	list = prereq_run(world.plan, world.facts, NULL, world.arena);
	for (size_t i = 0; i < list.count; i++)
		assert_labelled(list.items[i].verdict->prereq->id, !check_is_open(&list.items[i]));
	assert_int_equal(list.open, 0);
	facts_check(world.facts, world.plan, &world.diags);
	prereq_judge(world.plan, world.facts, NULL, &all_of_it, &world.diags);
	assert_int_equal(world.diags.count, 0);
	world_free(&world);
}

static void test_prereq_run__twenty_faults__are_these_twenty(void **state)
{
	struct world world = world_new("tests/plans/eight-servers.yaml", "tests/facts/faulty");
	struct check_list list;

	(void)state;
	vouch_for(world.plan, true, NULL);
	list = prereq_run(world.plan, world.facts, NULL, world.arena);
	assert_int_equal(list.open, 18);
	assert_int_equal(list.counts[CHECK_FAILED], 12);
	assert_int_equal(list.counts[CHECK_WARNING], 6);
	assert_int_equal(list.counts[CHECK_UNKNOWN], 0);
	for (size_t i = 0; i < ARRAY_LEN(faults); i++) {
		const struct check_result *result = result_of(&list, faults[i].id, faults[i].server);

		assert_labelled(faults[i].id, result != NULL);
		assert_labelled(faults[i].id, result->verdict->state == faults[i].state);
		assert_labelled(faults[i].id, check_is_due(result) == (faults[i].state == CHECK_PLANNED));
		assert_labelled(result->verdict->found, strstr(result->verdict->found, faults[i].found) != NULL);
		assert_labelled(faults[i].id, strstr(result->verdict->remedy, faults[i].remedy) != NULL);
	}
	world_free(&world);
}

static void test_prereq_judge__twenty_faults__are_twenty_findings(void **state)
{
	struct world world = world_new("tests/plans/eight-servers.yaml", "tests/facts/faulty");

	(void)state;
	vouch_for(world.plan, true, NULL);
	facts_check(world.facts, world.plan, &world.diags);
	prereq_judge(world.plan, world.facts, NULL, &all_of_it, &world.diags);
	assert_int_equal(world.diags.count, ARRAY_LEN(faults));
	for (size_t i = 0; i < ARRAY_LEN(faults); i++) {
		const char *path = faults[i].server ? faults[i].server : "prerequisites";
		size_t found = 0;

		for (size_t j = 0; j < world.diags.count; j++) {
			const struct diag *diag = &world.diags.items[j];
			bool same = str_eq(diag->code, faults[i].id) && str_eq(diag->path, path);
			enum severity severity = faults[i].state == CHECK_FAILED    ? SEV_ERROR
						 : faults[i].state == CHECK_WARNING ? SEV_WARNING
										    : SEV_NOTE;

			found += same && diag->severity == severity &&
				 strstr(diag->text, faults[i].found) && strstr(diag->hint, faults[i].remedy) &&
				 (diag->at.line != 0) == (faults[i].server != NULL);
		}
		assert_labelled(faults[i].id, found == 1);
	}
	world_free(&world);
}

static void test_prereq_judge__without_facts__is_one_note(void **state)
{
	static const struct judge_wish wishes[] = { { false, SEV_NOTE }, { false, SEV_ERROR } };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(wishes); i++) {
		struct world world = world_new("tests/plans/eight-servers.yaml", NULL);

		prereq_judge(world.plan, NULL, NULL, &wishes[i], &world.diags);
		assert_int_equal(world.diags.count, 1);
		assert_string_equal(world.diags.items[0].code, "prerequisites-unknown");
		assert_int_equal(world.diags.items[0].severity, wishes[i].unknown);
		assert_non_null(strstr(world.diags.items[0].text, "prerequisites of 8 servers are not known; run "));
		world_free(&world);
	}
}

static void test_prereq_judge__without_facts__unknown_ones_are_one_finding_each(void **state)
{
	struct world world = world_new("tests/plans/eight-servers.yaml", NULL);
	size_t memory = 0;

	(void)state;
	prereq_judge(world.plan, NULL, NULL, &all_of_it, &world.diags);
	assert_int_equal(world.diags.errors, 0);
	for (size_t i = 0; i < world.diags.count; i++) {
		for (size_t j = 0; j < i; j++)
			assert_labelled(world.diags.items[i].code,
					!str_eq(world.diags.items[i].code, world.diags.items[j].code));
		if (!str_eq(world.diags.items[i].code, "memory"))
			continue;
		memory++;
		assert_string_equal(world.diags.items[i].text,
				    "Memory: not known on MS01, MS02, MS03, GW01, GW02, WEB01, REP01.");
	}
	assert_int_equal(memory, 1);
	world_free(&world);
}

/* ---- one change to healthy facts ---- */

struct change {
	const char *file; /* of tests/facts/healthy; also the server */
	const char *from, *to;
	const char *id;
	bool whole; /* the result is about the plan */
	enum check_state state;
	const char *found; /* a part; NULL: anything */
};

#define SERVER false
#define PLAN true

/* clang-format off */
static const struct change changes[] = {
	{ "MS01", "'6.3.9600'", "'10.0.14393'", "operating-system", SERVER, CHECK_PASSED, "Windows Server 2016" },
	{ "MS01", "'6.3.9600'", "'10.0.17763'", "operating-system", SERVER, CHECK_FAILED, "2019" },
	{ "MS01", "'6.3.9600'", "'6.1.7601'", "operating-system", SERVER, CHECK_FAILED, "2008 R2" },
	{ "MS01", "kind: 'server'", "kind: 'workstation'", "operating-system", SERVER, CHECK_FAILED, "8.1" },
	{ "MS01", "core: false", "core: true", "operating-system", SERVER, CHECK_WARNING, "Operations console" },
	{ "MS03", "core: false", "core: true", "operating-system", SERVER, CHECK_WARNING, "Management server" },
	{ "REP01", "core: false", "core: true", "operating-system", SERVER, CHECK_FAILED, "rule that out" },
	{ "WEB01", "core: false", "core: true", "operating-system", SERVER, CHECK_WARNING, "Web console" },
	{ "CON01", "kind: 'server'", "kind: 'workstation'", "operating-system", SERVER, CHECK_PASSED, "Windows 8.1" },
	{ "CON01", "  kind: 'server'\n", "", "operating-system", SERVER, CHECK_UNKNOWN, NULL },
	{ "MS01", "  core: false\n", "", "operating-system", SERVER, CHECK_UNKNOWN, NULL },
	{ "MS01", "cores: 4", "cores: 3", "cores", SERVER, CHECK_WARNING, "3 cores" },
	{ "MS01", "memory-mb: 8191", "memory-mb: 8000", "memory", SERVER, CHECK_PASSED, NULL },
	{ "MS01", "memory-mb: 8191", "memory-mb: 7999", "memory", SERVER, CHECK_WARNING, NULL },
	{ "MS01", "free-mb: 40960\n  file", "free-mb: 10240\n  file", "free-disk", SERVER, CHECK_PASSED, "10240 MB" },
	{ "MS01", "free-mb: 40960\n  file", "free-mb: 10239\n  file", "free-disk", SERVER, CHECK_FAILED, "on C:" },
	{ "MS01", "file-system: 'NTFS'\nd", "file-system: 'FAT32'\nd", "file-system", SERVER, CHECK_FAILED, "FAT32" },
	{ "MS01", "release: 379893", "release: 0", "dotnet", SERVER, CHECK_PASSED, "4.0" },
	{ "MS01", "release: 379893", "release: 461814", "dotnet", SERVER, CHECK_PASSED, "4.7" },
	{ "MS01", "release: 379893", "release: 528040", "dotnet", SERVER, CHECK_FAILED, "4.8" },
	{ "MS01", "  version: '4.0'", "  version: '1.0'", "powershell", SERVER, CHECK_FAILED, "1.0" },
	{ "MS01", "listeners: 1", "listeners: 0", "winrm", SERVER, CHECK_FAILED, "no listener" },
	{ "MS01", "  listeners: 1\n", "", "winrm", SERVER, CHECK_UNKNOWN, NULL },
	{ "MS01", "pending: false", "pending: true", "pending-reboot", SERVER, CHECK_WARNING, "a restart is pending" },
	{ "MS01", "server-1-0: 'default'", "server-1-0: 'disabled'", "tls", SERVER, CHECK_FAILED, "for servers" },
	{ "MS01", "client-1-0: 'default'", "client-1-0: 'enabled'", "tls", SERVER, CHECK_PASSED, NULL },
	{ "MS01", "client-1-1: 'default'", "client-1-1: 'disabled'", "tls", SERVER, CHECK_PASSED, NULL },
	{ "MS01", "  client-1-0: 'default'\n", "", "tls", SERVER, CHECK_UNKNOWN, NULL },
	{ "MS01", "'contoso.com'", "'contoso'", "dns-domain", SERVER, CHECK_WARNING, "contoso" },
	{ "MS01", "10226.1387", "10226.1304", "source-build", SERVER, CHECK_PASSED, "file version" },
	{ "MS01", "10226.1387", "10226.1303", "source-build", SERVER, CHECK_WARNING, "below update rollup 12" },
	{ "MS01", "10226.1387", "10226.1176", "source-build", SERVER, CHECK_FAILED, "below update rollup 9" },
	{ "MS01", "'7.1.10226.1387'", "'7.0.9538.1136'", "source-build", SERVER, CHECK_FAILED, "not 2012 R2" },
	{ "MS01", "'7.1.10226.1387'", "'7.2.11719.0'", "source-build", SERVER, CHECK_PASSED, "2016 already" },
	{ "MS01", "'7.1.10226.1387'", "'7.2.10015.0'", "source-build", SERVER, CHECK_FAILED, "not 2012 R2" },
	{ "MS01", "  file-version: '7.1.10226.1387'\n", "", "source-build", SERVER, CHECK_UNKNOWN, "does not follow" },
	{ "MS01", "10226.0'\n  file-version: '7.1.10226.1387", "10226.1118", "source-build", SERVER, CHECK_UNKNOWN,
	  "does not follow" },
	{ "MS01", "report-viewer-2015: true", "report-viewer-2015: false", "report-viewer", SERVER, CHECK_FAILED,
	  "Report" },
	{ "CON01", "sql-clr-types-2014: true", "sql-clr-types-2014: false", "report-viewer", SERVER, CHECK_FAILED,
	  "CLR" },
	{ "WEB01", "    - 'Web-Windows-Auth'\n", "", "web-console-features", SERVER, CHECK_FAILED, "Web-Windows-Auth" },
	{ "MS01", "local-administrator: true", "local-administrator: false", "setup-account-local", SERVER,
	  CHECK_WARNING,
	  "CONTOSO\\anna ran the collector and is not a local administrator" },
	{ "REP01", "sysadmin: true", "sysadmin: false", "setup-account-sql", PLAN, CHECK_WARNING, "SQL02\\DW" },
	{ "REP01", ", sysadmin: true", "", "setup-account-sql", PLAN, CHECK_UNKNOWN, NULL },
	{ "MS02", "manager-administrator: true", "manager-administrator: false", "setup-account-operations-manager",
	  PLAN,
	  CHECK_WARNING, "ran the collector on MS02" },
	{ "MS02", "services:", "install: { folder: 'D:\\SCOM\\Server\\' }\nservices:", "install-folder", SERVER,
	  CHECK_WARNING, "is in D:\\SCOM\\Server\\ today, the plan has C:\\Program" },
	{ "REP01", "services:", "reporting: { management-server: scom.contoso.com }\nservices:", "data-access-address",
	  SERVER, CHECK_WARNING, "the Reporting server asks scom.contoso.com" },
	{ "WEB01", "services:", "web-console: { management-server: scom.contoso.com }\nservices:",
	  "data-access-address", SERVER, CHECK_WARNING, "the web console asks scom.contoso.com" },
	{ "MS02", "'12.0.5000.0'", "'10.50.6000.34'", "sql-version", PLAN, CHECK_FAILED, "asked from MS02" },
	{ "MS02", "'12.0.5000.0'", "'14.0.1000.169'", "sql-version", PLAN, CHECK_FAILED, "2017" },
	{ "REP01", "'Enterprise Edition", "'Express Edition", "sql-version", PLAN, CHECK_FAILED, "ReportServer" },
	{ "REP01", "'Enterprise Edition", "'Developer Edition", "sql-version", PLAN, CHECK_WARNING, "Developer" },
	{ "MS03", "rows-to-groom: 1200", "rows-to-groom: 100000", "etl-cleanup", PLAN, CHECK_PASSED, NULL },
	{ "MS03", "rows-to-groom: 1200", "rows-to-groom: 100001", "etl-cleanup", PLAN, CHECK_WARNING,
	  "asked from MS03" },
	{ "MS03", "free-mb: 60000", "free-mb: 50000", "database-space", PLAN, CHECK_FAILED, "50 %" },
	{ "MS03", "free-mb: 60000", "free-mb: 50001", "database-space", PLAN, CHECK_PASSED, NULL },
	{ "MS03", "log-mb: 50000", "log-mb: 49999", "database-space", PLAN, CHECK_FAILED, "log 49999 MB" },
	{ "MS03", "full-text: true", "full-text: false", "full-text-search", PLAN, CHECK_FAILED, "not installed" },
	{ "MS03", "allow-updates: false", "allow-updates: true", "allow-updates", PLAN, CHECK_FAILED, NULL },
	{ "MS03", "'SQL_Latin1_General_CP1_CI_AS'", "'French_CI_AS'", "sql-collation", PLAN, CHECK_PASSED, NULL },
};
/* clang-format on */

/* All files of the folder of healthy facts, one of them changed, in a folder of their own. */
static void copy_changed(const char *folder, const struct change *change)
{
	static const char *const servers[] = { "MS01", "MS02", "MS03", "GW01", "GW02", "CON01", "WEB01", "REP01" };

	for (size_t i = 0; i < ARRAY_LEN(servers); i++) {
		struct strbuf path = STRBUF_INIT, text = STRBUF_INIT;
		size_t length;
		char *bytes, *at;

		strbuf_printf(&path, "tests/facts/healthy/%s.facts.yaml", servers[i]);
		bytes = read_whole_file(source_path(strbuf_text(&path)), &length);
		strbuf_add(&text, bytes, length);
		free(bytes);
		if (str_eq(servers[i], change->file)) {
			at = strstr(text.data, change->from);
			assert_labelled(change->from, at != NULL);
			bytes = own_text(at + strlen(change->from));
			strbuf_truncate(&text, (size_t)(at - text.data));
			strbuf_puts(&text, change->to);
			strbuf_puts(&text, bytes);
			free(bytes);
		}
		strbuf_reset(&path);
		strbuf_printf(&path, "%s/%s.facts.yaml", folder, servers[i]);
		write_whole_file(strbuf_text(&path), strbuf_text(&text), text.length);
		strbuf_clear(&path);
		strbuf_clear(&text);
	}
}

static void check_change(const struct change *change)
{
	struct world world = world_new("tests/plans/eight-servers.yaml", NULL);
	char *folder = scratch_folder();
	struct strbuf label = STRBUF_INIT;
	const struct check_result *result;
	struct check_list list;

	strbuf_printf(&label, "%s on %s: %s", change->id, change->file, change->to);
	copy_changed(folder, change);
	assert_labelled(strbuf_text(&label), facts_load(folder, NOW, &world.facts, &world.diags));
	list = prereq_run(world.plan, world.facts, NULL, world.arena);
	result = result_of(&list, change->id, change->whole ? NULL : change->file);
	assert_labelled(strbuf_text(&label), result != NULL);
	assert_text(strbuf_text(&label), check_state_name(change->state), check_state_name(result->verdict->raw));
	assert_labelled(result->verdict->found, !change->found || strstr(result->verdict->found, change->found));
	strbuf_clear(&label);
	scratch_remove(folder);
	world_free(&world);
}

static void test_prereq_run__one_fact_changed__gives_its_verdict(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(changes); i++)
		check_change(&changes[i]);
}

static void test_prereq_run__install_path_on_another_drive__looks_at_that_drive(void **state)
{
	struct world world = world_new("tests/plans/eight-servers.yaml", "tests/facts/healthy");
	const struct field *field = fields_find(world.plan->flow->fields, "install-path");
	static const struct {
		const char *path;
		enum check_state state;
		const char *found;
	} cases[] = {
		{ "C:\\OM", CHECK_PASSED, "on C:" },
		{ "E:\\OM", CHECK_PASSED, "204800 MB free on E:" },
		{ "F:\\OM", CHECK_FAILED, "no drive F:" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct report to = plan_report(world.plan, &world.plan->answers->record, field, &world.diags);
		const struct check_result *result;
		struct check_list list;

		assert_true(field_store(field, world.plan, &world.plan->answers->record, cases[i].path, &to));
		list = prereq_run(world.plan, world.facts, NULL, world.arena);
		result = result_of(&list, "free-disk", "MS02");
		assert_int_equal(result->verdict->state, cases[i].state);
		assert_labelled(result->verdict->found, strstr(result->verdict->found, cases[i].found) != NULL);
		/* msiexec does not take the path. */
		assert_int_equal(result_of(&list, "free-disk", "GW01")->verdict->state, CHECK_PASSED);
	}
	world_free(&world);
}

static void test_prereq_run__gateway_that_watches_network_devices__needs_larger_hardware(void **state)
{
	static const struct {
		const char *hardware;
		enum check_state cores, memory;
	} cases[] = {
		{ "cores: 4, memory-mb: 8191", CHECK_WARNING, CHECK_WARNING },
		{ "cores: 7, memory-mb: 31999", CHECK_WARNING, CHECK_WARNING },
		{ "cores: 8, memory-mb: 32000", CHECK_PASSED, CHECK_PASSED },
		{ "cores: 8, memory-mb: 16", CHECK_PASSED, CHECK_WARNING },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct world world = world_new("tests/plans/eight-servers.yaml", NULL);
		struct strbuf text = STRBUF_INIT;
		const struct check_result *result;
		struct check_list list;
		/* The plan is this test's own. */
		struct record *gateway = (struct record *)(uintptr_t)&plan_find_server(world.plan, "GW01")->record;

		assert_true(field_store(fields_find(world.plan->flow->servers->columns, "network-devices"), world.plan,
					gateway, "yes", NULL));
		for (size_t k = 1; k <= 2; k++) {
			strbuf_reset(&text);
			strbuf_printf(&text, "scupgrade-facts: 1\nserver: GW0%zu\ncollected: 2026-11-21T13:00:00Z\n"
					     "hardware: { %s }\n", k, cases[i].hardware);
			facts_free(world.facts);
			world.facts = NULL;
			assert_true(facts_read("facts", strbuf_text(&text), text.length, NOW, &world.facts,
					       &world.diags));
			list = prereq_run(world.plan, world.facts, NULL, world.arena);
			result = result_of(&list, "cores", k == 1 ? "GW01" : "GW02");
			assert_int_equal(result->verdict->raw, k == 1 ? cases[i].cores : CHECK_PASSED);
			assert_true(result->verdict->raw == CHECK_PASSED ||
				    strstr(result->verdict->remedy, "network devices"));
			result = result_of(&list, "memory", k == 1 ? "GW01" : "GW02");
			assert_true(k == 2 || result->verdict->raw == cases[i].memory);
			assert_true(k == 2 || result->verdict->raw == CHECK_PASSED ||
				    strstr(result->verdict->remedy, "32 GB"));
		}
		strbuf_clear(&text);
		world_free(&world);
	}
}

static void test_prereq_run__too_many_agents__is_a_warning(void **state)
{
	struct world world = world_new("tests/plans/eight-servers.yaml", "tests/facts/healthy");
	const struct field *field = fields_find(world.plan->flow->fields, "agents.push-installed");
	struct report to = plan_report(world.plan, &world.plan->answers->record, field, &world.diags);
	struct check_list list;

	(void)state;
	assert_true(field_store(field, world.plan, &world.plan->answers->record, "9000", &to));
	list = prereq_run(world.plan, world.facts, NULL, world.arena);
	assert_int_equal(result_of(&list, "capacity", NULL)->verdict->state, CHECK_PASSED);
	assert_true(field_store(field, world.plan, &world.plan->answers->record, "9001", &to));
	list = prereq_run(world.plan, world.facts, NULL, world.arena);
	assert_int_equal(result_of(&list, "capacity", NULL)->verdict->state, CHECK_WARNING);
	world_free(&world);
}

/* ---- not known ---- */

/* Those that the plan alone answers. */
static bool is_about_answers(const char *id)
{
	static const char *const ids[] = { "single-management-server", "unc-media", "capacity" };

	for (size_t i = 0; i < ARRAY_LEN(ids); i++) {
		if (str_eq(ids[i], id))
			return true;
	}
	return false;
}

static void check_unknown(const char *plan_file, const char *server, bool with_empty_facts)
{
	struct world world = world_new(plan_file, NULL);
	struct strbuf text = STRBUF_INIT;
	struct check_list list;

	world.plan->answers->confirmed.count = 0;
	world.plan->answers->acknowledged.count = 0;
	strbuf_printf(&text, "scupgrade-facts: 1\nserver: %s\ncollected: '2026-11-21T12:00:00Z'\n", server);
	if (with_empty_facts)
		assert_true(facts_read("facts", strbuf_text(&text), text.length, NOW, &world.facts, &world.diags));
	list = prereq_run(world.plan, world.facts, NULL, world.arena);
	assert_true(list.count > 10);
	for (size_t i = 0; i < list.count; i++) {
		const struct check_result *result = &list.items[i];
		const struct check_verdict *verdict = result->verdict;

		if (is_about_answers(verdict->prereq->id))
			continue;
		assert_labelled(verdict->prereq->id, verdict->raw == CHECK_UNKNOWN && *verdict->mark == '\0');
		/* What a step brings about is asked of nobody. */
		assert_labelled(verdict->prereq->id,
				verdict->state == (verdict->prereq->step ? CHECK_PLANNED : CHECK_UNKNOWN));
		assert_labelled(verdict->prereq->id, check_is_open(result) == !verdict->prereq->step);
		/* How to mend it is no help to who does not know whether it is broken. */
		assert_labelled(verdict->prereq->id,
				verdict->prereq->step || !str_eq(verdict->remedy, verdict->prereq->remedy));
		if (verdict->prereq->step)
			assert_labelled(verdict->found, strstr(verdict->found, verdict->prereq->step) != NULL);
		else
			assert_text(verdict->prereq->id, "not known", verdict->found);
	}
	strbuf_clear(&text);
	world_free(&world);
}

static void test_prereq_run__what_facts_do_not_tell__never_passes(void **state)
{
	(void)state;
	check_unknown("tests/plans/eight-servers.yaml", "MS01", false);
	check_unknown("tests/plans/eight-servers.yaml", "MS01", true);
	check_unknown("tests/plans/eight-servers.yaml", "WEB01", true);
	check_unknown("tests/plans/sma.yaml", "WRK01", false);
	check_unknown("tests/plans/sma.yaml", "WRK01", true);
}

static void test_prereq_run__what_the_collector_could_not_read__says_why(void **state)
{
	static const char facts[] =
		"scupgrade-facts: 1\nserver: MS01\ncollected: '2026-11-21T12:00:00Z'\nunread:\n"
		"  - { what: 'tls', why: 'access denied' }\n  - { what: 'databases', why: 'SQL01: timeout' }\n";
	struct world world = world_new("tests/plans/eight-servers.yaml", NULL);
	struct check_list list;

	(void)state;
	assert_true(facts_read("facts", facts, strlen(facts), NOW, &world.facts, &world.diags));
	list = prereq_run(world.plan, world.facts, NULL, world.arena);
	assert_int_equal(result_of(&list, "tls", "MS01")->verdict->state, CHECK_UNKNOWN);
	assert_string_equal(result_of(&list, "tls", "MS01")->verdict->found, "not read: access denied");
	assert_string_equal(result_of(&list, "full-text-search", NULL)->verdict->found, "not read: SQL01: timeout");
	assert_string_equal(result_of(&list, "tls", "MS02")->verdict->found, "not known");
	world_free(&world);
}

/* ---- notes ---- */

static const struct check_result *after_note(struct world *world, const struct field *field, const char *check,
					     const char *server, const char *note_server, const char *found)
{
	struct rows *rows = field_rows_at(field, &world->plan->answers->record);
	struct check_list list;

	rows->count = 0;
	add_note(world->plan, field, check, note_server, found);
	list = prereq_run(world->plan, world->facts, NULL, world->arena);
	return result_of(&list, check, server);
}

static void test_prereq_run__confirmation__makes_not_known_pass(void **state)
{
	struct world world = world_new("tests/plans/eight-servers.yaml", NULL);
	const struct check_result *result;

	(void)state;
	result = after_note(&world, &field_confirmed, "memory", "MS02", "MS02", NULL);
	assert_true(result->verdict->raw == CHECK_UNKNOWN && result->verdict->state == CHECK_PASSED);
	assert_non_null(result->verdict->note);
	assert_string_equal(result->verdict->found, "confirmed");
	result = after_note(&world, &field_confirmed, "memory", "MS02", "ms02.contoso.com", NULL);
	assert_int_equal(result->verdict->state, CHECK_PASSED);
	/* One that names nobody vouches for nobody: not for those that are there, and not for those that come later. */
	result = after_note(&world, &field_confirmed, "memory", "MS02", NULL, NULL);
	assert_int_equal(result->verdict->state, CHECK_UNKNOWN);
	result = after_note(&world, &field_confirmed, "memory", "MS02", "MS01", NULL);
	assert_int_equal(result->verdict->state, CHECK_UNKNOWN);
	result = after_note(&world, &field_acknowledged, "memory", "MS02", "MS02", NULL);
	assert_int_equal(result->verdict->state, CHECK_UNKNOWN);
	world_free(&world);
}

/* With very many servers the list stays small, and what somebody says of one of them is about no other. */
static void test_prereq_run__same_on_all_servers__is_one_verdict(void **state)
{
	struct world world = world_new("tests/plans/eight-servers.yaml", NULL);
	bool *of_check = xcalloc(flow_check_count(world.plan->flow), sizeof(*of_check));
	const struct check_verdict *first;
	struct check_list list;

	(void)state;
	list = prereq_run(world.plan, NULL, NULL, world.arena);
	first = result_of(&list, "memory", "MS01")->verdict;
	assert_ptr_equal(result_of(&list, "memory", "MS02")->verdict, first);
	assert_ptr_equal(result_of(&list, "memory", "REP01")->verdict, first);
	assert_ptr_not_equal(result_of(&list, "cores", "MS01")->verdict, first);
	of_check[first->prereq - world.plan->flow->prereqs] = true;
	add_note(world.plan, &field_confirmed, "memory", "MS02", NULL);
	prereq_weigh_again(&list, world.plan, of_check, NULL, world.arena);
	assert_ptr_equal(result_of(&list, "memory", "MS01")->verdict, first);
	assert_ptr_not_equal(result_of(&list, "memory", "MS02")->verdict, first);
	assert_ptr_equal(result_of(&list, "memory", "MS03")->verdict, first);
	assert_int_equal(first->state, CHECK_UNKNOWN);
	free(of_check);
	world_free(&world);
}

/* In the plan's order and letters, and in every other way. */
static void test_prereq_run__names_of_a_note__count_in_any_order_and_form(void **state)
{
	static const struct {
		const char *names[4];
		bool counts[3]; /* for MS01, MS02 and MS03 */
	} cases[] = {
		{ { "MS01", "MS02", "MS03" }, { true, true, true } },
		{ { "MS03", "MS01" }, { true, false, true } },
		{ { "MS02", "MS02", "ms02.contoso.com" }, { false, true, false } },
		{ { "MS01", "NOBODY", "MS03" }, { true, false, true } },
		{ { "NOBODY", "ms03", "ms01" }, { true, false, true } },
		{ { "MS01.contoso.com", "MS02.fabrikam.com" }, { true, false, false } },
		{ { "MS01", "MS02" }, { true, true, false } },
		{ { "NOBODY" }, { false, false, false } },
	};
	struct world world = world_new("tests/plans/eight-servers.yaml", NULL);
	struct rows *confirmed = &world.plan->answers->confirmed;
	const char *const servers[] = { "MS01", "MS02.contoso.com", "MS03" };

	(void)state;
	((struct server *)world.plan->answers->servers.items[1])->name = "MS02.contoso.com";
	plan_names_changed(world.plan);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const char *names[4];
		struct check_list list;
		size_t count = 0;

		while (cases[i].names[count]) {
			names[count] = cases[i].names[count];
			count++;
		}
		confirmed->count = 0;
		add_note(world.plan, &field_confirmed, "memory", "MS01", NULL);
		((struct answer_note *)confirmed->items[0])->servers = (struct names){ names, count };
		list = prereq_run(world.plan, NULL, NULL, world.arena);
		for (size_t k = 0; k < ARRAY_LEN(servers); k++) {
			bool counts = result_of(&list, "memory", servers[k])->verdict->note != NULL;

			assert_labelled(names[0], counts == cases[i].counts[k]);
		}
	}
	confirmed->count = 0;
	world_free(&world);
}

/* A provider's gateways are called alike in the domains of many customers. */
static void test_prereq_run__one_label_in_many_domains__each_server_has_its_notes(void **state)
{
	enum { DOMAINS = 200, FIRST = 8 };
	struct world world = world_new("tests/plans/eight-servers.yaml", NULL);
	struct rows *confirmed = &world.plan->answers->confirmed;
	const char *names[DOMAINS], *label = "Gw01";
	unsigned roles = plan_find_server(world.plan, "GW01")->roles;

	(void)state;
	confirmed->count = 0;
	for (size_t i = 0; i < DOMAINS; i++) {
		struct record *record = plan_new_record(world.plan, world.plan->flow->servers);

		names[i] = arena_printf(world.arena, "gw01.customer%zu.com", i);
		((struct server *)record)->name = arena_printf(world.arena, "GW01.customer%zu.com", i);
		((struct server *)record)->roles = roles;
		rows_insert(world.plan, &world.plan->answers->servers, FIRST + i, record);
	}
	add_note(world.plan, &field_confirmed, "memory", "MS01", NULL);
	add_note(world.plan, &field_confirmed, "memory", "MS01", NULL);
	((struct answer_note *)confirmed->items[0])->servers = (struct names){ names, DOMAINS / 2 };
	((struct answer_note *)confirmed->items[1])->servers = (struct names){ &label, 1 };
	for (confirmed->count = 1; confirmed->count <= 2; confirmed->count++) {
		struct check_list list = prereq_run(world.plan, NULL, NULL, world.arena);
		const struct record *rest = confirmed->count == 2 ? confirmed->items[1] : NULL;

		for (size_t i = 0; i < DOMAINS; i++) {
			const char *name = plan_server(world.plan, FIRST + i)->name;

			assert_ptr_equal(result_of(&list, "memory", name)->verdict->note,
					 i < DOMAINS / 2 ? confirmed->items[0] : rest);
		}
	}
	confirmed->count = 0;
	world_free(&world);
}

/* The first that counts does; those that a file has by the thousand for one server are not all tried. */
static void test_prereq_run__many_notes_about_one_server__takes_the_first_that_counts(void **state)
{
	struct world world = world_new("tests/plans/eight-servers.yaml", NULL);
	struct rows *confirmed = &world.plan->answers->confirmed;
	struct check_list list;

	(void)state;
	confirmed->count = 0;
	add_note(world.plan, &field_confirmed, "memory", "MS01", "another");
	add_note(world.plan, &field_confirmed, "memory", "MS01", NULL);
	add_note(world.plan, &field_confirmed, "memory", "MS01", NULL);
	list = prereq_run(world.plan, NULL, NULL, world.arena);
	assert_ptr_equal(result_of(&list, "memory", "MS01")->verdict->note, confirmed->items[1]);
	confirmed->count = 0;
	for (int i = 0; i < 100; i++)
		add_note(world.plan, &field_confirmed, "memory", "MS01", "another");
	add_note(world.plan, &field_confirmed, "memory", "MS01", NULL);
	list = prereq_run(world.plan, NULL, NULL, world.arena);
	assert_null(result_of(&list, "memory", "MS01")->verdict->note);
	world_free(&world);
}

/* Local days: what was looked at yesterday is good for a day. */
static void test_prereq_run__confirmation__ages(void **state)
{
	static const struct {
		const char *check, *today;
		bool counts;
	} cases[] = {
		{ "pending-reboot", "2026-11-21", true },  { "pending-reboot", "2026-11-22", true },
		{ "pending-reboot", "2026-11-23", false }, { "source-build", "2026-11-28", true },
		{ "source-build", "2026-11-29", false },   { "memory", "2026-12-21", true },
		{ "memory", "2026-12-22", false },         { "memory", "2026-11-20", false },
		{ "memory", NULL, true },
	};
	struct world world = world_new("tests/plans/eight-servers.yaml", NULL);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const struct check_result *result;
		struct check_list list;

		world.plan->answers->confirmed.count = 0;
		add_note(world.plan, &field_confirmed, cases[i].check, "MS02", NULL);
		list = prereq_run(world.plan, NULL, cases[i].today, world.arena);
		result = result_of(&list, cases[i].check, "MS02");
		assert_labelled(cases[i].today, (result->verdict->state == CHECK_PASSED) == cases[i].counts);
		if (!cases[i].counts)
			assert_string_equal(result->verdict->found, "confirmed too long ago");
	}
	world_free(&world);
}

static void test_note_age__two_dates__is_the_days_between(void **state)
{
	static const struct {
		const char *on, *today;
		int days;
	} cases[] = {
		{ "2026-11-21", "2026-11-21", 0 },  { "2026-11-21", "2026-11-22", 1 },
		{ "2026-12-31", "2027-01-01", 1 },  { "2028-02-28", "2028-03-01", 2 },
		{ "2027-02-28", "2027-03-01", 1 },  { "2019-01-01", "2026-11-21", 2881 },
		{ "2026-11-22", "2026-11-21", -1 }, { "2100-02-28", "2100-03-01", 1 },
		{ "soon", "2026-11-21", INT_MAX },  { NULL, "2026-11-21", INT_MAX },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_int_equal(note_age(cases[i].on, cases[i].today), cases[i].days);
}

static void test_prereq_judge_notes__old_future_or_for_nobody__is_told(void **state)
{
	struct world world = world_new("tests/plans/eight-servers.yaml", NULL);
	char *text;

	(void)state;
	world.plan->answers->confirmed.count = 0;
	add_note(world.plan, &field_confirmed, "memory", NULL, NULL);
	add_note(world.plan, &field_confirmed, "pending-reboot", "MS01", NULL);
	add_note(world.plan, &field_confirmed, "sql-version", NULL, NULL);
	add_note(world.plan, &field_acknowledged, "pending-reboot", "MS01", NULL);
	assert_true(prereq_judge_notes(world.plan, "2026-11-25", &world.diags));
	text = findings_text(&world.diags);
	assert_text("old", "warning confirmed[1].servers confirmed-without-servers\n"
			   "warning confirmed[2].on confirmed-old\n", text);
	free(text);
	diags_clear(&world.diags);
	assert_false(prereq_judge_notes(world.plan, "2026-11-20", &world.diags));
	text = findings_text(&world.diags);
	assert_text("future", "warning confirmed[1].servers confirmed-without-servers\n"
			      "error confirmed[1].on confirmed-future\nerror confirmed[2].on confirmed-future\n"
			      "error confirmed[3].on confirmed-future\nerror acknowledged[1].on confirmed-future\n",
		    text);
	free(text);
	world_free(&world);
}

static void test_prereq_run__acknowledgment__closes_a_warning_and_no_failure(void **state)
{
	struct world world = world_new("tests/plans/eight-servers.yaml", "tests/facts/faulty");
	const struct check_result *result;
	struct check_list list;

	(void)state;
	result = after_note(&world, &field_acknowledged, "memory", "MS01", "MS01", NULL);
	assert_true(result->verdict->state == CHECK_WARNING && result->verdict->note && !check_is_open(result));
	/* What is only inferred may be acknowledged, what a document states only against the document. */
	result = after_note(&world, &field_acknowledged, "tls", "MS01", "MS01", NULL);
	assert_true(result->verdict->state == CHECK_WARNING && result->verdict->raw == CHECK_FAILED);
	assert_true(result->verdict->note && !result->verdict->against);
	result = after_note(&world, &field_acknowledged, "dotnet", "CON01", "CON01", NULL);
	assert_true(result->verdict->state == CHECK_FAILED && !result->verdict->note && check_is_open(result));
	((struct answer_note *)world.plan->answers->acknowledged.items[0])->against = true;
	list = prereq_run(world.plan, world.facts, NULL, world.arena);
	result = result_of(&list, "dotnet", "CON01");
	assert_true(result->verdict->state == CHECK_WARNING && result->verdict->note && result->verdict->against);
	assert_false(check_is_open(result));
	world.plan->answers->acknowledged.count = 0;
	result = after_note(&world, &field_confirmed, "tls", "MS01", "MS01", NULL);
	assert_true(result->verdict->state == CHECK_FAILED && !result->verdict->note && check_is_open(result));
	world_free(&world);
}

static void test_prereq_run__note_about_another_finding__asks_again(void **state)
{
	struct world world = world_new("tests/plans/eight-servers.yaml", "tests/facts/faulty");
	const struct check_result *result;

	(void)state;
	result = after_note(&world, &field_acknowledged, "memory", "MS01", "MS01", "4096 MB");
	assert_string_equal(result->verdict->mark, "4096 MB");
	assert_false(check_is_open(result));
	result = after_note(&world, &field_acknowledged, "memory", "MS01", "MS01", "6144 MB");
	assert_true(check_is_open(result));
	assert_null(result->verdict->note);
	add_note(world.plan, &field_acknowledged, "memory", "MS01", NULL);
	struct check_list list = prereq_run(world.plan, world.facts, NULL, world.arena);
	assert_false(check_is_open(result_of(&list, "memory", "MS01")));
	world_free(&world);
}

/* ---- the list ---- */

static void test_check_list_sort__results__are_sorted_and_counted(void **state)
{
	struct world world = world_new("tests/plans/eight-servers.yaml", "tests/facts/faulty");
	size_t counts[CHECK_STATE_COUNT] = { 0 }, open = 0;
	struct check_list list;

	(void)state;
	world.plan->answers->confirmed.count = 0;
	list = prereq_run(world.plan, world.facts, NULL, world.arena);
	check_list_sort(&list, world.arena);
	for (size_t i = 0; i < list.count; i++) {
		const struct check_result *result = &list.items[i], *before = i ? &list.items[i - 1] : NULL;

		counts[result->verdict->state]++;
		open += check_is_open(result);
		assert_true(result->verdict->found && result->verdict->mark);
		assert_true(!before || before->verdict->state <= result->verdict->state);
		/* The order of the table within a state */
		assert_true(!before || before->verdict->state < result->verdict->state ||
			    before->verdict->prereq <= result->verdict->prereq);
	}
	for (size_t i = 0; i < CHECK_STATE_COUNT; i++)
		assert_int_equal(counts[i], list.counts[i]);
	assert_int_equal(open, list.open);
	assert_true(list.counts[CHECK_PLANNED] > 5);
	world_free(&world);
}

/* LIST is what a run would make now. */
static void assert_as_run(const struct world *world, const struct check_list *list, const char *today)
{
	struct check_list again = prereq_run(world->plan, world->facts, today, world->arena);

	assert_int_equal(list->count, again.count);
	for (size_t i = 0; i < again.count; i++) {
		const struct check_verdict *one = list->items[i].verdict, *other = again.items[i].verdict;
		const char *label = other->prereq->id;

		assert_labelled(label, list->items[i].server == again.items[i].server);
		assert_labelled(label, one->prereq == other->prereq && one->raw == other->raw);
		assert_labelled(label, one->state == other->state && one->note == other->note);
		assert_int_equal(one->against, other->against);
		assert_text(label, other->found, one->found);
		assert_text(label, other->mark, one->mark);
		assert_text(label, other->remedy ? other->remedy : "", one->remedy ? one->remedy : "");
	}
	assert_memory_equal(list->counts, again.counts, sizeof(again.counts));
	assert_int_equal(list->open, again.open);
}

/* Each kind of note given, one after the other, and all taken back; with facts and without. */
static void test_prereq_weigh_again__notes_of_every_kind__is_a_run_anew(void **state)
{
	static const struct {
		const struct field *list;
		const char *check, *server, *found;
		bool against;
	} notes[] = {
		{ &field_confirmed, "memory", "MS02", NULL, false },
		{ &field_confirmed, "memory", "MS03", "another", false },
		{ &field_confirmed, "winrm", "MS01", NULL, false }, /* good for a day */
		{ &field_confirmed, "database-backup", NULL, NULL, false }, /* a step does it */
		{ &field_acknowledged, "memory", "MS01", "4096 MB", false },
		{ &field_acknowledged, "tls", "MS01", NULL, false },
		{ &field_acknowledged, "dotnet", "CON01", NULL, false },
		{ &field_acknowledged, "dotnet", "CON01", NULL, true },
		{ &field_acknowledged, "sql-collation", NULL, NULL, false },
	};
	static const char *const facts[] = { NULL, "tests/facts/faulty" };
	static const char *const today = "2026-11-25";

	(void)state;
	for (size_t f = 0; f < ARRAY_LEN(facts); f++) {
		struct world world = world_new("tests/plans/eight-servers.yaml", facts[f]);
		struct answers *answers = world.plan->answers;
		const struct prereq *prereqs = world.plan->flow->prereqs;
		bool *of_check = xcalloc(flow_check_count(world.plan->flow), sizeof(*of_check));
		struct check_list list;

		answers->confirmed.count = answers->acknowledged.count = 0;
		list = prereq_run(world.plan, world.facts, today, world.arena);
		for (size_t i = 0; i < ARRAY_LEN(notes); i++) {
			size_t check = 0;

			while (!str_eq(prereqs[check].id, notes[i].check))
				check++;
			of_check[check] = true;
			add_note(world.plan, notes[i].list, notes[i].check, notes[i].server, notes[i].found);
			if (notes[i].against)
				((struct answer_note *)answers->acknowledged.items[answers->acknowledged.count - 1])
					->against = true;
			prereq_weigh_again(&list, world.plan, of_check, today, world.arena);
			assert_as_run(&world, &list, today);
		}
		answers->confirmed.count = answers->acknowledged.count = 0;
		prereq_weigh_again(&list, world.plan, of_check, today, world.arena);
		assert_as_run(&world, &list, today);
		free(of_check);
		world_free(&world);
	}
}

static void test_prereq_run__each_row__is_run_on_its_roles_only(void **state)
{
	struct world world = world_new("tests/plans/eight-servers.yaml", "tests/facts/healthy");
	struct check_list list = prereq_run(world.plan, world.facts, NULL, world.arena);

	(void)state;
	for (size_t i = 0; i < list.count; i++) {
		const struct check_result *result = &list.items[i];

		if (result->verdict->prereq->roles)
			assert_labelled(result->verdict->prereq->id,
					result->server && server_has(result->server, result->verdict->prereq->roles));
		else
			assert_labelled(result->verdict->prereq->id, !result->server);
	}
	assert_null(result_of(&list, "connectors-disabled", NULL));
	assert_non_null(result_of(&list, "web-console-features", "WEB01"));
	assert_null(result_of(&list, "web-console-features", "MS01"));
	assert_null(result_of(&list, "winrm", "GW01"));
	world_free(&world);
}

static void test_prereq_run__what_a_step_brings_about__is_not_open(void **state)
{
	struct world world = world_new("tests/plans/sma.yaml", NULL);
	struct check_list list;

	(void)state;
	world.plan->answers->confirmed.count = 0;
	list = prereq_run(world.plan, NULL, NULL, world.arena);
	assert_int_equal(result_of(&list, "database-backup", NULL)->verdict->state, CHECK_PLANNED);
	assert_false(check_is_open(result_of(&list, "database-backup", NULL)));
	world_free(&world);
}

/* ---- Service Management Automation ---- */

struct sma_case {
	const char *label, *facts, *id, *server;
	enum check_state state;
};

#define HEAD(name) "scupgrade-facts: 1\nserver: " name "\ncollected: '2026-11-21T12:00:00Z'\n"
#define FEATURES                                                                                                       \
	"iis:\n  features: [NET-Framework-Core, Web-WebServer, Web-Basic-Auth, Web-Windows-Auth, Web-Url-Auth, "       \
	"Web-Asp-Net45, NET-WCF-HTTP-Activation45]\n"

/* clang-format off */
static const struct sma_case sma_cases[] = {
	{ "2016", HEAD("WRK01") "os: { kind: server, version: 10.0.14393 }\npowershell: { version: 5.1 }\n",
	  "worker-requirements", "WRK01", CHECK_PASSED },
	{ "2012 R2", HEAD("WRK01") "os: { kind: server, version: 6.3.9600 }\npowershell: { version: 4.0 }\n",
	  "worker-requirements", "WRK01", CHECK_WARNING },
	{ "2012", HEAD("WRK01") "os: { kind: server, version: 6.2.9200 }\npowershell: { version: 4.0 }\n",
	  "worker-requirements", "WRK01", CHECK_FAILED },
	{ "PowerShell 3", HEAD("WRK01") "os: { kind: server, version: 10.0.14393 }\npowershell: { version: 3.0 }\n",
	  "worker-requirements", "WRK01", CHECK_FAILED },
	{ "PowerShell unknown", HEAD("WRK01") "os: { kind: server, version: 10.0.14393 }\n", "worker-requirements",
	  "WRK01",
	  CHECK_UNKNOWN },
	{ "bad Windows, PowerShell unknown", HEAD("WRK01") "os: { kind: server, version: 6.1.7601 }\n",
	  "worker-requirements", "WRK01", CHECK_FAILED },
	{ "Windows unknown", HEAD("WRK01") "powershell: { version: 5.1 }\n", "worker-requirements", "WRK01",
	  CHECK_UNKNOWN },
	{ "all features", HEAD("WEB01") "os: { kind: server, version: 10.0.14393 }\n" FEATURES,
	  "web-service-requirements",
	  "WEB01", CHECK_PASSED },
	{ "no features", HEAD("WEB01") "os: { kind: server, version: 10.0.14393 }\niis: { features: [] }\n",
	  "web-service-requirements", "WEB01", CHECK_FAILED },
	{ "features unknown", HEAD("WEB01") "os: { kind: server, version: 10.0.14393 }\n", "web-service-requirements",
	  "WEB01", CHECK_UNKNOWN },
	{ "database", HEAD("WRK01") "databases: [{ role: sma, server: SQL01, name: SMA, version: 11.0.7001.0, "
				    "edition: Standard Edition }]\n", "sql-version", NULL, CHECK_PASSED },
	{ "old database", HEAD("WRK01") "databases: [{ role: sma, server: SQL01, name: SMA, version: 10.50.4000.0 }]\n",
	  "sql-version", NULL, CHECK_FAILED },
	{ "database of a stranger",
	  HEAD("OTHER") "databases: [{ role: sma, server: SQL01, name: SMA, version: 11.0.7001.0, "
						  "edition: Standard Edition }]\n", "sql-version", NULL,
						  	CHECK_UNKNOWN },
	{ "administrator", HEAD("WRK01") "account: { local-administrator: yes }\n", "setup-account-local", "WRK01",
	  CHECK_PASSED },
	{ "a restart", HEAD("WRK01") "reboot: { pending: yes }\n", "pending-reboot", "WRK01", CHECK_WARNING },
	{ "the target", HEAD("WRK01") "builds: { runbook-worker-version: 7.3.345.0 }\n", "installed-release", "WRK01",
	  CHECK_WARNING },
	{ "later than the target", HEAD("WEB01") "builds: { web-service-version: 8.0.0.1 }\n", "installed-release",
	  "WEB01", CHECK_WARNING },
	{ "another drive", HEAD("WRK01") "sma: { worker-folder: 'D:\\SMA' }\n", "install-folder", "WRK01",
	  CHECK_WARNING },
	{ "another drive of the web", HEAD("WEB01") "sma: { web-service-folder: 'E:\\inetpub\\SMA' }\n",
	  "install-folder", "WEB01", CHECK_WARNING },
	{ "a certificate that ended", HEAD("WEB01") "sma: { certificate-ends: '2026-11-20' }\n", "web-certificate",
	  "WEB01", CHECK_WARNING },
	{ "a certificate for another name", HEAD("WEB01")
	  "sma: { certificate-name: sma.contoso.com, certificate-self-signed: yes }\n", "web-certificate", "WEB01",
	  CHECK_WARNING },
	{ "accounts that nobody saw", HEAD("WRK01") "services:\n  - { name: rbsvc, account: 'CONTOSO\\svc-sma' }\n",
	  "database-rights", NULL, CHECK_UNKNOWN },
	{ "the account of the pool alone", HEAD("WEB01") "sma: { application-pool-account: 'CONTOSO\\svc-smaweb' }\n",
	  "database-rights", NULL, CHECK_UNKNOWN },
	{ "another account of the pool", HEAD("WEB01") "sma: { application-pool-account: 'CONTOSO\\other' }\n",
	  "database-rights", NULL, CHECK_UNKNOWN },
	{ "an evaluation", HEAD("WEB01") "sma: { license: 'Evaluation' }\n", "license", "WEB01", CHECK_WARNING },
	{ "no administrator", HEAD("WRK01") "account: { local-administrator: no }\n", "setup-account-local", "WRK01",
	  CHECK_WARNING },
};
/* clang-format on */

static void test_prereq_run__service_management_automation__judges_facts(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(sma_cases); i++) {
		const struct sma_case *one = &sma_cases[i];
		struct world world = world_new("tests/plans/sma.yaml", NULL);
		const struct check_result *result;
		struct check_list list;

		assert_labelled(one->label,
				facts_read("facts", one->facts, strlen(one->facts), NOW, &world.facts, &world.diags));
		list = prereq_run(world.plan, world.facts, NULL, world.arena);
		result = result_of(&list, one->id, one->server);
		assert_labelled(one->label, result != NULL);
		assert_text(one->label, check_state_name(one->state), check_state_name(result->verdict->raw));
		world_free(&world);
	}
}

/* What facts alone raise is no row of the list while they say nothing of the kind. */
static void test_prereq_run__service_management_automation__healthy_facts_raise_nothing(void **state)
{
	static const char *const texts[] = {
		HEAD("WRK01") "builds: { runbook-worker-version: 7.2.1563.0 }\nsma: { worker-folder: 'C:\\SMA' }\n",
		HEAD("WRK01") "builds: { runbook-worker-version: '7.2' }\n",
		HEAD("WEB01") "builds: { web-service-version: 7.2.1563.0 }\n"
			      "sma: { web-service-folder: 'c:\\inetpub', certificate-ends: '2027-01-01', "
			      "certificate-name: web01.contoso.com, certificate-self-signed: no, license: 'Retail' }\n",
	};
	static const char *const raised[] = { "installed-release", "install-folder", "web-certificate", "license" };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		struct world world = world_new("tests/plans/sma.yaml", NULL);
		struct check_list list;

		(void)facts_read("facts", texts[i], strlen(texts[i]), NOW, &world.facts, &world.diags);
		list = prereq_run(world.plan, world.facts, NULL, world.arena);
		for (size_t k = 0; k < list.count; k++)
			for (size_t j = 0; j < ARRAY_LEN(raised); j++)
				assert_labelled(raised[j], !str_eq(list.items[k].verdict->prereq->id, raised[j]));
		world_free(&world);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_prereq_run__eight_healthy_servers__nothing_is_open),
		TEST(test_prereq_run__twenty_faults__are_these_twenty),
		TEST(test_prereq_judge__without_facts__is_one_note),
		TEST(test_prereq_judge__twenty_faults__are_twenty_findings),
		TEST(test_prereq_judge__without_facts__unknown_ones_are_one_finding_each),
		TEST(test_prereq_run__one_fact_changed__gives_its_verdict),
		TEST(test_prereq_run__install_path_on_another_drive__looks_at_that_drive),
		TEST(test_prereq_run__gateway_that_watches_network_devices__needs_larger_hardware),
		TEST(test_prereq_run__too_many_agents__is_a_warning),
		TEST(test_prereq_run__what_facts_do_not_tell__never_passes),
		TEST(test_prereq_run__what_the_collector_could_not_read__says_why),
		TEST(test_prereq_run__confirmation__makes_not_known_pass),
		TEST(test_prereq_run__same_on_all_servers__is_one_verdict),
		TEST(test_prereq_run__names_of_a_note__count_in_any_order_and_form),
		TEST(test_prereq_run__one_label_in_many_domains__each_server_has_its_notes),
		TEST(test_prereq_run__many_notes_about_one_server__takes_the_first_that_counts),
		TEST(test_prereq_run__confirmation__ages),
		TEST(test_note_age__two_dates__is_the_days_between),
		TEST(test_prereq_judge_notes__old_future_or_for_nobody__is_told),
		TEST(test_prereq_run__acknowledgment__closes_a_warning_and_no_failure),
		TEST(test_prereq_run__note_about_another_finding__asks_again),
		TEST(test_check_list_sort__results__are_sorted_and_counted),
		TEST(test_prereq_weigh_again__notes_of_every_kind__is_a_run_anew),
		TEST(test_prereq_run__each_row__is_run_on_its_roles_only),
		TEST(test_prereq_run__what_a_step_brings_about__is_not_open),
		TEST(test_prereq_run__service_management_automation__judges_facts),
		TEST(test_prereq_run__service_management_automation__healthy_facts_raise_nothing),
	};

	return run_tests(tests);
}
