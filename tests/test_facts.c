/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Files of facts: what is read, what is refused and where, look-ups, facts against a plan, and the collector's script.
 */
#include "helpers.h"

#include "core/text.h"
#include "flows/common/common_facts.h"
#include "flows/om/om.h"
#include "flows/sma/sma.h"
#include "model/facts.h"
#include "model/flow.h"
#include "pipeline/facts_read.h"
#include "pipeline/facts_script.h"
#include "pipeline/facts_script_text.h"

#define NOW "2026-11-21T14:00:00Z"
#define A64 "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
#define A256 A64 A64 A64 A64
#define HEAD "scupgrade-facts: 1\nserver: MS01\ncollected: '2026-11-21T12:00:00Z'\n"

static struct facts *read_facts(const char *text, struct diags *diags)
{
	struct facts *facts;
	size_t errors = diags->errors;
	bool ok = facts_read("ms01.yaml", text, strlen(text), NOW, &facts, diags);

	assert_labelled(text, ok == (diags->errors == errors));
	assert_non_null(facts);
	return facts;
}

/* ---- what is refused ---- */

struct fault {
	const char *label, *text, *findings;
	unsigned line, column; /* of the first */
};

/* clang-format off */
static const struct fault faults[] = {
	{ "nothing", "", "error yaml-empty\n", 1, 1 },
	{ "a list", "- a\n", "error wrong-kind\n", 1, 1 },
	{ "no version", "server: MS01\n", "error scupgrade-facts facts-version\n", 1, 1 },
	{ "a plan", "scupgrade: 1\n", "error scupgrade-facts facts-version\n", 1, 1 },
	{ "another version", "scupgrade-facts: 2\n", "error scupgrade-facts facts-version\n", 1, 18 },
	{ "version in quotes", "scupgrade-facts: '1'\n", "error scupgrade-facts wrong-kind\n", 1, 18 },
	{ "no server", "scupgrade-facts: 1\ncollected: '2026-11-21T12:00:00Z'\n", "error server missing\n", 1, 1 },
	{ "no time", "scupgrade-facts: 1\nserver: MS01\n", "error collected missing\n", 1, 1 },
	{ "bad name", "scupgrade-facts: 1\nserver: 'a b'\ncollected: '2026-11-21T12:00:00Z'\n",
	  "error server host-form\n",
	  2, 9 },
	{ "bad time", "scupgrade-facts: 1\nserver: MS01\ncollected: '2026-11-31T12:00:00Z'\n",
	  "error collected facts-time\n", 3, 12 },
	{ "local time", "scupgrade-facts: 1\nserver: MS01\ncollected: '2026-11-21 12:00'\n",
	  "error collected facts-time\n",
	  3, 12 },
	{ "stale", "scupgrade-facts: 1\nserver: MS01\ncollected: '2026-11-20T13:59:59Z'\n",
	  "warning collected facts-stale\n", 3, 12 },
	{ "a day old", "scupgrade-facts: 1\nserver: MS01\ncollected: '2026-11-20T14:00:00Z'\n", "", 0, 0 },
	{ "future", "scupgrade-facts: 1\nserver: MS01\ncollected: '2026-11-21T14:05:01Z'\n",
	  "warning collected facts-future\n", 3, 12 },
	{ "a clock ahead", "scupgrade-facts: 1\nserver: MS01\ncollected: '2026-11-21T14:05:00Z'\n", "", 0, 0 },
	{ "unknown key", HEAD "memory: 4\n", "error memory unknown-key\n", 4, 1 },
	{ "unknown key in a group", HEAD "os:\n  versoin: 6.3\n", "error os.versoin unknown-key\n", 5, 3 },
	{ "dotted key", HEAD "os.version: 6.3\n", "error os.version unknown-key\n", 4, 1 },
	{ "unknown key in a row", HEAD "drives:\n  - { name: 'C:', sizes: 4 }\n",
	  "error drives[1].sizes unknown-key\n", 5, 19 },
	{ "password", HEAD "account:\n  password: 'x'\n", "error account.password secret-in-facts\n", 5, 3 },
	{ "group is a text", HEAD "os: 6.3\n", "error os wrong-kind\n", 4, 5 },
	{ "number is a text", HEAD "hardware: { cores: '4' }\n", "error hardware.cores wrong-kind\n", 4, 20 },
	{ "number is a list", HEAD "hardware: { cores: [4] }\n", "error hardware.cores wrong-kind\n", 4, 20 },
	{ "number has a sign", HEAD "hardware: { cores: -4 }\n", "error hardware.cores number-form\n", 4, 20 },
	{ "number has a fraction", HEAD "hardware: { cores: 4.5 }\n", "error hardware.cores number-form\n", 4, 20 },
	{ "number is big", HEAD "hardware: { cores: 65537 }\n", "error hardware.cores number-range\n", 4, 20 },
	{ "number is huge", HEAD "hardware: { cores: 99999999999999999999999999 }\n",
	  "error hardware.cores number-range\n", 4, 20 },
	{ "flag is a text", HEAD "os: { core: 'true' }\n", "error os.core wrong-kind\n", 4, 13 },
	{ "flag is a number", HEAD "os: { core: 1 }\n", "error os.core flag-form\n", 4, 13 },
	{ "flag is a word", HEAD "os: { core: TRUE }\n", "error os.core flag-form\n", 4, 13 },
	{ "another word", HEAD "os: { kind: desktop }\n", "error os.kind choice-unknown\n", 4, 13 },
	{ "no version", HEAD "os: { version: 'six' }\n", "error os.version version-form\n", 4, 16 },
	{ "list is a text", HEAD "folders: 'C:\\a'\n", "error folders wrong-kind\n", 4, 10 },
	{ "list of mappings", HEAD "folders: [{ a: b }]\n", "error folders wrong-kind\n", 4, 11 },
	{ "rows are texts", HEAD "drives: ['C:']\n", "error drives[1] wrong-kind\n", 4, 10 },
	{ "row lacks its name", HEAD "drives: [{ free-mb: 4 }]\n", "error drives[1].name missing\n", 4, 10 },
	{ "row has an empty name", HEAD "drives: [{ name: '', free-mb: 4 }]\n",
	  "error drives[1].name missing\n", 4, 18 },
	{ "row has nothing for its name", HEAD "drives: [{ free-mb: 4, name: }]\n",
	  "error drives[1].name missing\n", 4, 10 },
	{ "row has a bad value", HEAD "databases: [{ role: sma, server: S, name: SMA, size-mb: x }]\n",
	  "error databases[1].size-mb number-form\n", 4, 57 },
	{ "key twice", HEAD "os: { kind: server, kind: server }\n", "error yaml-duplicate-key\n", 4, 21 },
	{ "two keys are wrong", HEAD "os: { core: 1 }\nhardware: { cores: x }\n",
	  "error os.core flag-form\nerror hardware.cores number-form\n", 4, 13 },
	{ "the group has no name", HEAD "group: { version: 7.1.10226.0 }\n", "error group.name missing\n", 4, 8 },
	{ "the group is a text", HEAD "group: CONTOSO\n", "error group wrong-kind\n", 4, 8 },
	{ "text has more characters than its limit", HEAD "group: { name: '" A256 "', data-reader: '" A256 "A' }\n",
	  "error group.data-reader text-long\n", 4, 289 },
	{ "name has more characters than its limit", HEAD "group: { name: G, rms-emulator: '" A256 "' }\n",
	  "error group.rms-emulator text-long\n", 4, 33 },
	{ "no day", HEAD "group: { name: G, license-ends: '2027-02-29' }\n", "error group.license-ends date-form\n",
	  4, 33 },
	{ "more agents than there are", HEAD "group: { name: G, agents: 1000001 }\n",
	  "error group.agents number-range\n", 4, 27 },
	{ "row of the group lacks its count", HEAD "group: { name: G, agent-versions: [{ version: 7.1 }] }\n",
	  "error group.agent-versions[1].count missing\n", 4, 36 },
	{ "unknown key in the group", HEAD "group: { name: G, agent: 4 }\n", "error group.agent unknown-key\n", 4, 19 },
	{ "no role", HEAD "install: { roles: [management-server, manager] }\n",
	  "error install.roles choice-unknown\n", 4, 39 },
	{ "no time of a record", HEAD "records: [{ upgrade: u, step: s, state: done, time: '2026-11-21' }]\n",
	  "error records[1].time facts-time\n", 4, 53 },
	{ "no state of a record", HEAD "records: [{ upgrade: u, step: s, state: d, time: '2026-11-21T12:00:00Z' }]\n",
	  "error records[1].state choice-unknown\n", 4, 41 },
	{ "keys that nobody writes any more", HEAD "os: { name: [x] }\ntls: { client-1-1: maybe, server-1-1: }\n"
	  "dotnet: { framework-3-5: 1 }\nbuilds: { database-version: x }\niis: { version: x }\n",
	  "", 0, 0 },
	{ "columns that nobody writes any more", HEAD "drives: [{ name: C, file-system: [NTFS] }]\n"
	  "group: { name: G, network-devices: many, gateways: [{ name: GW01, primary: [x] }] }\n",
	  "", 0, 0 },
	{ "a column of another list", HEAD "drives: [{ name: C, primary: x }]\n",
	  "error drives[1].primary unknown-key\n", 4, 21 },
	{ "nothing behind a key", HEAD "domain:\nos:\n  version:\n", "", 0, 0 },
};
/* clang-format on */

static void test_facts_read__wrong_files__are_findings_with_their_place(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(faults); i++) {
		struct diags diags = DIAGS_INIT;
		struct facts *facts = read_facts(faults[i].text, &diags);
		char *text = findings_text(&diags);

		assert_text(faults[i].label, faults[i].findings, text);
		if (diags.count) {
			assert_labelled(faults[i].label, diags.items[0].at.line == faults[i].line);
			assert_labelled(faults[i].label, diags.items[0].at.column == faults[i].column);
			assert_labelled(faults[i].label, str_eq(diags.items[0].at.file, "ms01.yaml"));
		}
		free(text);
		diags_clear(&diags);
		facts_free(facts);
	}
}

/* Days that a calendar can get wrong: each pair is 24 hours apart, and a second more is too old. */
static void test_facts_read__ages__are_right_over_odd_days(void **state)
{
	static const struct {
		const char *now, *collected, *findings;
	} cases[] = {
		{ "2024-03-01T00:00:00Z", "2024-02-29T00:00:00Z", "" },
		{ "2024-03-01T00:00:00Z", "2024-02-28T23:59:59Z", "warning collected facts-stale\n" },
		{ "2023-03-01T00:00:00Z", "2023-02-28T00:00:00Z", "" },
		{ "2023-03-01T00:00:00Z", "2023-02-27T23:59:59Z", "warning collected facts-stale\n" },
		{ "2025-01-01T00:00:00Z", "2024-12-31T00:00:00Z", "" },
		{ "2025-01-01T00:00:00Z", "2024-12-30T23:59:59Z", "warning collected facts-stale\n" },
		{ "2027-01-01T00:00:00Z", "2026-12-31T00:00:00Z", "" },
		{ "2027-01-01T00:00:00Z", "2026-12-30T23:59:59Z", "warning collected facts-stale\n" },
		{ "2100-03-01T00:00:00Z", "2100-02-28T00:00:00Z", "" },
		{ "2101-01-01T00:00:00Z", "2100-12-31T00:00:00Z", "" },
		{ "2101-01-01T00:00:00Z", "2100-12-30T23:59:59Z", "warning collected facts-stale\n" },
		{ "2023-03-01T00:00:00Z", "2023-02-29T00:00:00Z", "error collected facts-time\n" },
		{ "2023-03-01T00:00:00Z", "2023-02-28T24:00:00Z", "error collected facts-time\n" },
		{ "2023-03-01T00:00:00Z", "2023-00-28T12:00:00Z", "error collected facts-time\n" },
		{ "2023-03-01T00:00:00Z", "2023-02-28T12:00:00Zz", "error collected facts-time\n" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct strbuf text = STRBUF_INIT;
		struct diags diags = DIAGS_INIT;
		struct facts *facts;
		char *findings;

		strbuf_printf(&text, "scupgrade-facts: 1\nserver: MS01\ncollected: '%s'\n", cases[i].collected);
		facts_read("f", strbuf_text(&text), text.length, cases[i].now, &facts, &diags);
		findings = findings_text(&diags);
		assert_text(cases[i].collected, cases[i].findings, findings);
		free(findings);
		facts_free(facts);
		diags_clear(&diags);
		strbuf_clear(&text);
	}
}

static void test_facts_read__unknown_key__says_what_may_be_meant(void **state)
{
	struct diags diags = DIAGS_INIT;
	struct facts *facts = read_facts(HEAD "hardware:\n  memroy-mb: 4\n", &diags);

	(void)state;
	assert_int_equal(diags.count, 1);
	assert_string_equal(diags.items[0].hint, "Did you mean \"memory-mb\"?");
	diags_clear(&diags);
	facts_free(facts);
}

static void test_facts_read__one_wrong_value__leaves_the_others_known(void **state)
{
	struct diags diags = DIAGS_INIT;
	struct facts *facts = read_facts(HEAD "domain: ''\nhardware: { cores: x, memory-mb: 8192 }\n", &diags);
	const struct fact_set *set = facts_of(facts, "MS01");
	uint64_t number = 7;

	(void)state;
	assert_int_equal(diags.errors, 1);
	assert_false(fact_number(set, &fact_cores, &number));
	assert_int_equal(number, 7);
	assert_true(fact_number(set, &fact_memory, &number));
	assert_int_equal(number, 8192);
	/* What is empty tells nothing, which is no mistake. */
	assert_null(fact_text(set, &fact_domain));
	diags_clear(&diags);
	facts_free(facts);
}

static void test_facts_read__too_much__is_refused(void **state)
{
	struct strbuf text = STRBUF_INIT;
	struct diags diags = DIAGS_INIT;
	struct facts *facts;
	char *findings;

	(void)state;
	strbuf_puts(&text, HEAD "drives:\n");
	for (size_t i = 0; i < 65; i++)
		strbuf_puts(&text, "  - { name: 'C:' }\n");
	strbuf_puts(&text, "domain: '");
	strbuf_fill(&text, 'a', FACTS_TEXT_LIMIT + 1);
	strbuf_puts(&text, "'\n");
	facts = read_facts(strbuf_text(&text), &diags);
	findings = findings_text(&diags);
	assert_string_equal(findings, "error drives list-long\nerror domain text-long\n");
	assert_false(fact_is_known(facts_of(facts, "MS01"), &fact_drives));
	free(findings);
	facts_free(facts);
	diags_clear(&diags);
	strbuf_reset(&text);
	strbuf_puts(&text, HEAD);
	for (unsigned i = 0; i < 3 * PLAN_ERROR_LIMIT; i++)
		strbuf_printf(&text, "key%u: 1\n", i);
	facts = read_facts(strbuf_text(&text), &diags);
	assert_int_equal(diags.count, PLAN_ERROR_LIMIT + 1);
	assert_string_equal(diags.items[PLAN_ERROR_LIMIT].code, "too-many-errors");
	facts_free(facts);
	diags_clear(&diags);
	strbuf_clear(&text);
}

/* ---- look-ups ---- */

static void test_facts_of__healthy_server__knows_every_kind(void **state)
{
	struct diags diags = DIAGS_INIT;
	struct facts *facts;
	const struct fact_set *set, *database;
	uint64_t number;
	bool flag;

	(void)state;
	assert_true(facts_load(source_path("tests/facts/healthy/MS01.facts.yaml"), NOW, &facts, &diags));
	assert_int_equal(facts_count(facts), 1);
	set = facts_of(facts, "ms01.CONTOSO.com");
	assert_non_null(set);
	assert_ptr_equal(set, facts_at(facts, 0));
	assert_null(facts_of(facts, "MS02"));
	assert_null(facts_of(facts, NULL));
	assert_null(facts_of(NULL, "MS01"));
	assert_string_equal(fact_text(set, &fact_os_version), "6.3.9600");
	assert_true(fact_number(set, &fact_cores, &number) && number == 4);
	assert_true(fact_flag(set, &fact_os_core, &flag) && !flag);
	assert_int_equal(fact_names(set, &fact_reboot_reasons)->count, 0);
	assert_null(fact_text(set, &fact_build_gateway));
	assert_int_equal(fact_row_count(set, &fact_databases), 2);
	assert_int_equal(fact_row_count(set, &fact_unread), 0);
	database = fact_row_with(set, &fact_databases, &fact_database_role, "data-warehouse");
	assert_string_equal(fact_text(database, &fact_database_server), "SQL02\\DW");
	assert_null(fact_row_with(set, &fact_databases, &fact_database_role, "sma"));
	assert_null(fact_why_unread(set, "tls"));
	facts_free(facts);
	diags_clear(&diags);
}

static void test_fact_version__texts__become_numbers(void **state)
{
	static const struct {
		const char *text;
		bool fine;
	} cases[] = {
		{ "7.1.10226.1304", true },
		{ "4", true },
		{ "6.3", true },
		{ "", false },
		{ "6.", false },
		{ ".6", false },
		{ "1.2.3.4.5", false },
		{ "1234567890", false },
		{ "6.3a", false },
		{ "-1", false },
		{ "6..3", false },
	};
	unsigned a[4], b[4];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_labelled(cases[i].text, fact_version(cases[i].text, a) == cases[i].fine);
	assert_true(fact_version("7.1.10226.1304", a) && a[0] == 7 && a[1] == 1 && a[2] == 10226 && a[3] == 1304);
	assert_true(fact_version("7.1.10226", b));
	assert_true(fact_version_compare(a, b) > 0 && fact_version_compare(b, a) < 0 &&
		    fact_version_compare(a, a) == 0);
}

/* ---- folders of a server ---- */

static void add_name(const char *name, void *data)
{
	strbuf_printf(data, "%s\n", name);
}

static void test_facts_folders__paths__list_what_lies_right_below(void **state)
{
	static const struct {
		const char *server, *path, *names; /* NULL: not known */
	} cases[] = {
		{ "MS01", "", "C:\\\nE:\\\n" },
		{ "MS01", "C:\\", "Program Files\nUsers\nwindows\n" },
		{ "MS01", "c:", "Program Files\nUsers\nwindows\n" },
		{ "MS01", "C:\\PROGRAM FILES", "a\nb\n" },
		{ "MS01", "C:\\Program", "" },
		{ "MS01", "C:\\Users", "" },
		{ "MS01", "E:\\", "deep\n" },
		{ "MS02", "", NULL },
		{ "MS02", "C:\\", NULL },
	};
	static const char text[] = HEAD "drives: [{ name: 'E:' }, { name: 'C:' }]\n"
					"folders: ['C:\\windows', 'C:\\Users', 'C:\\Program Files', 'C:\\Program "
					"Files\\b', 'C:\\Program Files\\a', "
					"'c:\\users', 'E:\\deep\\deeper\\deepest']\n";
	struct diags diags = DIAGS_INIT;
	struct facts *facts = read_facts(text, &diags);

	(void)state;
	assert_int_equal(diags.count, 0);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct strbuf names = STRBUF_INIT;
		bool known = facts_folders(facts, cases[i].server, cases[i].path, add_name, &names);

		assert_labelled(cases[i].path, known == (cases[i].names != NULL));
		assert_text(cases[i].path, cases[i].names ? cases[i].names : "", strbuf_text(&names));
		strbuf_clear(&names);
	}
	facts_free(facts);
	diags_clear(&diags);
}

/* ---- several files ---- */

static void put(const char *folder, const char *name, const char *text)
{
	struct strbuf path = STRBUF_INIT;

	strbuf_printf(&path, "%s/%s", folder, name);
	write_whole_file(strbuf_text(&path), text, strlen(text));
	strbuf_clear(&path);
}

static void test_facts_load__a_folder__takes_its_yaml_files(void **state)
{
	struct diags diags = DIAGS_INIT;
	char *folder = scratch_folder(), *findings;
	struct facts *facts;

	(void)state;
	put(folder, "ms01.yaml", HEAD);
	put(folder, "MS02.YML", "scupgrade-facts: 1\nserver: MS02\ncollected: '2026-11-21T12:00:00Z'\n");
	put(folder, ".hidden.yaml", "- broken");
	put(folder, "notes.txt", "- broken");
	put(folder, "plan.yaml", "scupgrade: 1\n");
	assert_false(facts_load(folder, NOW, &facts, &diags));
	findings = findings_text(&diags);
	assert_string_equal(findings, "error scupgrade-facts facts-version\n");
	assert_true(strstr(diags.items[0].at.file, "/plan.yaml") != NULL);
	assert_int_equal(facts_count(facts), 2);
	assert_true(facts_of(facts, "MS01") && facts_of(facts, "MS02"));
	free(findings);
	facts_free(facts);
	diags_clear(&diags);
	scratch_remove(folder);
}

static void test_facts_load__two_files_of_one_server__is_an_error_and_the_newer_counts(void **state)
{
	struct diags diags = DIAGS_INIT;
	char *folder = scratch_folder(), *findings;
	struct facts *facts;
	uint64_t cores = 0;

	(void)state;
	put(folder, "a.yaml", HEAD "hardware: { cores: 2 }\n");
	put(folder, "b.yaml",
	    "scupgrade-facts: 1\nserver: ms01.contoso.com\ncollected: '2026-11-21T13:00:00Z'\n"
	    "hardware: { cores: 8 }\n");
	put(folder, "c.yaml", HEAD "hardware: { cores: 4 }\n");
	assert_false(facts_load(folder, NOW, &facts, &diags));
	findings = findings_text(&diags);
	assert_string_equal(findings, "error server facts-twice\nerror server facts-twice\n");
	assert_int_equal(facts_count(facts), 1);
	assert_true(fact_number(facts_of(facts, "MS01"), &fact_cores, &cores));
	assert_int_equal(cores, 8);
	free(findings);
	facts_free(facts);
	diags_clear(&diags);
	scratch_remove(folder);
}

static void test_facts_load__nothing_to_read__is_an_error(void **state)
{
	struct diags diags = DIAGS_INIT;
	char *folder = scratch_folder(), *findings;
	struct strbuf path = STRBUF_INIT;
	struct facts *facts;

	(void)state;
	assert_false(facts_load(folder, NOW, &facts, &diags));
	assert_int_equal(facts_count(facts), 0);
	facts_free(facts);
	strbuf_printf(&path, "%s/none.yaml", folder);
	assert_false(facts_load(strbuf_text(&path), NOW, &facts, &diags));
	findings = findings_text(&diags);
	assert_string_equal(findings, "error facts-none\nerror facts-unreadable\n");
	free(findings);
	diags_clear(&diags);
	facts_free(facts);
	strbuf_clear(&path);
	scratch_remove(folder);
}

/* ---- facts against a plan ---- */

static void add_server(struct plan *plan, const char *name, unsigned roles)
{
	struct server *server = (struct server *)plan_new_record(plan, plan->flow->servers);

	server->name = name;
	server->roles = roles;
	rows_insert(plan, &plan->answers->servers, plan_server_count(plan), &server->record);
}

/* The collector writes the short name and the domain; plans have either, and two domains are two computers. */
static void test_facts_of__name_and_domain__are_one_computer(void **state)
{
	struct diags diags = DIAGS_INIT;
	struct facts *facts = read_facts(HEAD "domain: contoso.com\n", &diags);

	(void)state;
	assert_int_equal(diags.count, 0);
	assert_string_equal(facts_host_at(facts, 0), "MS01.contoso.com");
	assert_non_null(facts_of(facts, "ms01"));
	assert_non_null(facts_of(facts, "ms01.contoso.com"));
	assert_null(facts_of(facts, "ms01.fabrikam.com"));
	facts_free(facts);
	facts = read_facts("scupgrade-facts: 1\nserver: ms01.contoso.com\ncollected: '2026-11-21T12:00:00Z'\n"
			   "domain: fabrikam.com\n", &diags);
	assert_string_equal(facts_host_at(facts, 0), "ms01.contoso.com");
	facts_free(facts);
	diags_clear(&diags);
}

static void test_facts_check__plan_and_facts__are_compared(void **state)
{
	struct plan *plan = plan_new(flow_find("operations-manager"));
	struct diags diags = DIAGS_INIT;
	struct facts *facts;
	char *findings;

	(void)state;
	add_server(plan, "MS01", 1u << 0);
	add_server(plan, "MS02", 1u << 0);
	add_server(plan, "AGT01", 1u << 6); /* no prerequisite looks at agents */
	facts_check(NULL, plan, &diags);
	assert_int_equal(diags.count, 0);
	facts = read_facts(HEAD "unread: [{ what: tls, why: 'denied' }]\n", &diags);
	facts_check(facts, plan, &diags);
	findings = findings_text(&diags);
	assert_string_equal(findings, "warning facts-missing\nnote unread facts-unread\n");
	assert_string_equal(diags.items[0].text, "There are no facts of MS02.");
	assert_string_equal(diags.items[1].text, "MS01: tls was not read: denied.");
	free(findings);
	diags_clear(&diags);
	facts_free(facts);
	facts = read_facts("scupgrade-facts: 1\nserver: MS09\ncollected: '2026-11-21T12:00:00Z'\n", &diags);
	facts_check(facts, plan, &diags);
	findings = findings_text(&diags);
	assert_string_equal(findings, "warning server facts-unknown-server\nwarning facts-missing\n");
	assert_int_equal(diags.items[0].at.line, 2);
	assert_string_equal(diags.items[1].text, "There are no facts of MS01, MS02.");
	free(findings);
	diags_clear(&diags);
	facts_free(facts);
	plan_free(plan);
}

static void test_facts_check__a_server_of_the_group_that_the_plan_lacks__is_one_finding(void **state)
{
	struct plan *plan = plan_new(flow_find("operations-manager"));
	struct diags diags = DIAGS_INIT;
	struct facts *facts = read_facts("scupgrade-facts: 1\nserver: ms09\ndomain: contoso.com\n"
					 "collected: '2026-11-21T12:00:00Z'\n"
					 "group:\n  name: CONTOSO\n  management-servers:\n"
					 "    - { name: ms09.contoso.com }\n",
					 &diags);
	char *findings;

	(void)state;
	facts_check(facts, plan, &diags);
	findings = findings_text(&diags);
	assert_string_equal(findings, "error servers facts-server-missing\n");
	free(findings);
	diags_clear(&diags);
	facts_free(facts);
	plan_free(plan);
}

/* ---- samples of whole deployments ---- */

static struct facts *load_sample(const char *folder)
{
	struct diags diags = DIAGS_INIT;
	struct facts *facts;
	char *findings;

	assert_true(facts_load(source_path(folder), NOW, &facts, &diags));
	findings = findings_text(&diags);
	assert_string_equal(findings, "");
	free(findings);
	diags_clear(&diags);
	return facts;
}

static size_t sum_of(const struct fact_set *set, const struct field *list, const struct field *column)
{
	uint64_t sum = 0, value;

	for (size_t i = 0; i < fact_row_count(set, list); i++) {
		assert_true(fact_number(fact_row(set, list, i), column, &value));
		sum += value;
	}
	return (size_t)sum;
}

static void test_facts_load__a_folder_that_is_stale__is_one_finding(void **state)
{
	struct diags diags = DIAGS_INIT;
	struct facts *facts;

	(void)state;
	assert_true(facts_load(source_path("tests/facts/twelve"), "2026-11-23T13:00:00Z", &facts, &diags));
	assert_int_equal(diags.count, 1);
	assert_string_equal(diags.items[0].code, "facts-stale");
	assert_string_equal(diags.items[0].text,
			    "The facts of 12 servers are more than 24 hours old, those of app17 too; the oldest are 49 "
			    "hours old.");
	diags_clear(&diags);
	facts_free(facts);
}

static void test_facts_load__the_group_of_twelve__agrees_with_itself(void **state)
{
	struct facts *facts = load_sample("tests/facts/twelve");
	const struct fact_set *group = om_group(facts, NULL), *row;
	uint64_t agents, behind;

	(void)state;
	assert_int_equal(facts_count(facts), 12);
	assert_string_equal(fact_text(group, &fact_group_name), "CONTOSO-OM");
	assert_int_equal(fact_row_count(group, &fact_group_servers), 3);
	assert_int_equal(fact_row_count(group, &fact_group_pending), 0);
	assert_true(fact_is_known(group, &fact_group_pending));
	assert_true(fact_number(group, &fact_group_agents, &agents));
	assert_int_equal(sum_of(group, &fact_group_agent_versions, &fact_agent_count), agents);
	row = fact_row_with(group, &fact_group_gateways, &fact_gateway_name, "gw01.fabrikam.com");
	assert_true(fact_number(row, &fact_gateway_agents, &behind));
	assert_int_equal(behind, 161);
	facts_free(facts);
}

static void test_facts_load__the_deployment_of_sma__is_whole(void **state)
{
	struct facts *facts = load_sample("tests/facts/sma");
	const struct fact_set *web = facts_of(facts, "smaweb01");

	(void)state;
	assert_int_equal(facts_count(facts), 3);
	assert_null(om_group(facts, NULL));
	assert_int_equal(fact_names(web, &fact_sma_workers)->count, 2);
	assert_string_equal(fact_text(web, &fact_sma_site), "SMA");
	facts_free(facts);
}

/* A file without the section says nothing; of two the one that was collected last counts. */
static void test_om_group__several_files__the_newest_counts(void **state)
{
	static const char form[] = "scupgrade-facts: 1\nserver: %s\ncollected: '2026-11-21T%s:00:00Z'\n%s\n";
	static const struct {
		const char *file, *server, *hour, *group;
	} files[] = {
		{ "a.yaml", "MS01", "10", "group: { name: OLD }" },
		{ "b.yaml", "MS02", "12", "group: { name: NEW }" },
		{ "c.yaml", "MS03", "11", "group: { name: OLD }" },
		{ "d.yaml", "CON01", "13", "" },
	};
	char *folder = scratch_folder();
	struct diags diags = DIAGS_INIT;
	struct facts *facts;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(files); i++) {
		struct strbuf text = STRBUF_INIT;

		strbuf_printf(&text, form, files[i].server, files[i].hour, files[i].group);
		put(folder, files[i].file, strbuf_text(&text));
		strbuf_clear(&text);
	}
	assert_true(facts_load(folder, NOW, &facts, &diags));
	assert_string_equal(fact_text(om_group(facts, NULL), &fact_group_name), "NEW");
	assert_string_equal(fact_text(om_group(facts, ""), &fact_group_name), "NEW");
	assert_string_equal(fact_text(om_group(facts, "old"), &fact_collected), "2026-11-21T11:00:00Z");
	assert_null(om_group(facts, "OTHER"));
	assert_null(om_group(NULL, NULL));
	facts_free(facts);
	diags_clear(&diags);
	scratch_remove(folder);
}

/* ---- the collector ---- */

static void test_facts_script__its_bytes__suit_windows_powershell(void **state)
{
	struct strbuf script = STRBUF_INIT;
	const char *text, *end, *next;

	(void)state;
	assert_true(facts_script(&script, NULL));
	text = strbuf_text(&script);
	assert_true(str_starts(text, "\xEF\xBB\xBF<#\r\n.SYNOPSIS\r\n"));
	assert_null(strstr(text + 3, "\xEF\xBB\xBF"));
	for (const char *at = text + 3; *at; at++) {
		assert_true((unsigned char)*at < 0x7F && (*at >= ' ' || *at == '\r' || *at == '\n'));
		assert_true(*at != '\n' || at[-1] == '\r');
		assert_true(*at != '\r' || at[1] == '\n');
	}
	end = text + script.length;
	assert_true(end[-1] == '\n' && end[-3] == '}');
	for (const char *at = text; (next = strchr(at, '\n')) != NULL; at = next + 1)
		assert_true(next - at < 1 ||
			    (next[-1] == '\r' && (next - at < 2 || (next[-2] != ' ' && next[-2] != '\t'))));
	strbuf_clear(&script);
}

static bool is_fact(const struct field *const *table, const char *key)
{
	for (; *table; table++) {
		if (str_eq((*table)->key, key))
			return true;
	}
	return false;
}

/* Every key that the script reads may stand in the file; those of the group are named without their head. */
static void test_facts_script__its_keys__are_those_of_the_table(void **state)
{
	static const char call[] = " -Key '";
	struct arena *arena = arena_new();
	const struct field *const *table = facts_table(arena);
	struct strbuf script = STRBUF_INIT;

	(void)state;
	assert_true(facts_script(&script, NULL));
	for (const char *at = strstr(strbuf_text(&script), call); at; at = strstr(at + 1, call)) {
		const char *start = at + strlen(call);
		const char *key = arena_strndup(arena, start, strcspn(start, "'"));

		/* -Key 'HKLM:\...' is one of the registry's. */
		if (!str_starts(key, "HKLM:"))
			assert_labelled(key, is_fact(table, key) ||
						     is_fact(table, arena_printf(arena, "group.%s", key)));
	}
	arena_free(arena);
	strbuf_clear(&script);
}

static bool is_written(struct facts *const samples[], size_t count, const struct field *list,
		       const struct field *fact)
{
	for (size_t i = 0; i < count; i++) {
		for (size_t j = 0; j < facts_count(samples[i]); j++) {
			const struct fact_set *set = facts_at(samples[i], j);

			if (!list && fact_is_known(set, fact))
				return true;
			for (size_t k = 0; list && k < fact_row_count(set, list); k++) {
				if (fact_is_known(fact_row(set, list, k), fact))
					return true;
			}
		}
	}
	return false;
}

/* The samples are what the script wrote on pretended computers: there is no key that it does not write somewhere. */
static void test_facts_samples__all_of_them__have_every_key(void **state)
{
	static const char *const folders[] = { "tests/facts/twelve", "tests/facts/sma", "tests/facts/troubled" };
	struct arena *arena = arena_new();
	const struct field *const *table = facts_table(arena);
	struct facts *samples[ARRAY_LEN(folders)];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(folders); i++)
		samples[i] = load_sample(folders[i]);
	for (; *table; table++) {
		assert_labelled((*table)->key, is_written(samples, ARRAY_LEN(folders), NULL, *table));
		for (size_t i = 0; (*table)->columns && (*table)->columns[i]; i++)
			assert_labelled((*table)->columns[i]->key,
					is_written(samples, ARRAY_LEN(folders), *table, (*table)->columns[i]));
	}
	for (size_t i = 0; i < ARRAY_LEN(folders); i++)
		facts_free(samples[i]);
	arena_free(arena);
}

/* Words of things that the collector must not do. */
static void test_facts_script__its_words__only_read(void **state)
{
	static const char *const words[] = {
		"Set-Item", "New-Item",    "Remove-",   "Set-Service", "Start-",   "Stop-",   "Restart-",
		"Invoke-",  "Set-Content", "Out-File",  "Enable-",     "Disable-", "UPDATE ", "DELETE ",
		"INSERT ",  "EXEC",        "Password=", "http:",       "https:",   "Encrypted", "Win32_Product",
	};
	/* Frees a connection in this process. */
	static const char harmless[] = "Remove-SCOMManagementGroupConnection";
	struct strbuf script = STRBUF_INIT;

	(void)state;
	assert_true(facts_script(&script, NULL));
	for (char *at = strstr(script.data, harmless); at; at = strstr(at, harmless))
		memset(at, ' ', strlen(harmless));
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		assert_labelled(words[i], strstr(strbuf_text(&script), words[i]) == NULL);
	strbuf_clear(&script);
}

/* What the plan is called stands in the script as a value, whatever it is. */
static void test_facts_script__folder__is_a_value(void **state)
{
	struct strbuf script = STRBUF_INIT;

	(void)state;
	assert_true(facts_script(&script, "it's #> here.facts"));
	assert_non_null(strstr(strbuf_text(&script), "\r\n$target = 'it''s #> here.facts'\r\n"));
	assert_null(strstr(strbuf_text(&script), "{path}"));
	strbuf_reset(&script);
	assert_false(facts_script(&script, "a\nb.facts"));
	assert_int_equal(script.length, 0);
	strbuf_clear(&script);
}

/* No slot was left, and each value that the reader knows has its row. */
static void test_facts_script__its_slots__are_filled(void **state)
{
	struct arena *arena = arena_new();
	const struct field *const *table = facts_table(arena);
	struct strbuf script = STRBUF_INIT;

	(void)state;
	assert_true(facts_script(&script, NULL));
	for (const char *at = strbuf_text(&script); at; at = strchr(at, '\n') ? strchr(at, '\n') + 1 : NULL) {
		const char *word = at + strspn(at, " ");
		size_t length = strcspn(word, "\r");

		assert_labelled(word, !(length > 2 && word[0] == '{' && word[length - 1] == '}' &&
					!memchr(word, ' ', length)));
	}
	for (; *table; table++)
		assert_non_null(strstr(strbuf_text(&script), arena_printf(arena, "    @('%s', '", (*table)->key)));
	arena_free(arena);
	strbuf_clear(&script);
}

static bool has_line(const char *const *lines, const char *line)
{
	while (*lines && !str_eq(*lines + strspn(*lines, " "), line))
		lines++;
	return *lines != NULL;
}

/* A part for a slot that is nowhere would be lost without a word. */
static void test_collectors__parts_and_rows__have_their_place(void **state)
{
	(void)state;
	for (size_t i = 0; flow_at(i); i++) {
		const struct collector *own = flow_at(i)->collector;

		for (const struct collector_part *part = own->parts; part->slot; part++)
			assert_labelled(part->slot, has_line(facts_script_first, part->slot) ||
							    has_line(facts_script_tools, part->slot) ||
							    has_line(facts_script_machine, part->slot) ||
							    has_line(facts_script_rest, part->slot));
		for (const struct collector_statement *row = own->statements; row && row->key; row++)
			assert_labelled(row->key, is_fact(fact_databases.columns, row->key));
		for (const struct collector_database *row = own->databases; row->role; row++) {
			const struct choice *word = flow_at(i)->fact_words->words;

			while (word->id && !str_eq(word->id, row->role))
				word++;
			assert_ptr_equal(flow_at(i)->fact_words->fact, &fact_database_role);
			assert_labelled(row->role, word->id != NULL);
		}
	}
}

/* ---- the table ---- */

static void check_table(const struct field *const *table)
{
	for (; *table; table++) {
		const struct field *fact = *table;
		size_t length = strlen(fact->key);
		bool list = fact->kind == FIELD_ROWS || fact->kind == FIELD_NAMES;

		assert_labelled(fact->key, strspn(fact->key, "abcdefghijklmnopqrstuvwxyz0123456789-.") == length);
		assert_labelled(fact->key, fact->help && fact->help[strlen(fact->help) - 1] == '.');
		assert_labelled(fact->key, (fact->kind == FIELD_NUMBER) == (fact->maximum > 0));
		assert_labelled(fact->key, (fact->kind == FIELD_CHOICE) ==
						   (fact->choices || fact == &fact_database_role ||
						    fact == &fact_replica_database));
		assert_labelled(fact->key, (fact->kind == FIELD_ROWS) == (fact->columns != NULL));
		assert_labelled(fact->key, fact->kind == FIELD_TEXT || list == (fact->limit > 0));
		for (const struct field *const *other = table + 1; *other; other++)
			assert_labelled(fact->key, !str_eq(fact->key, (*other)->key));
		if (fact->columns)
			check_table(fact->columns);
	}
}

/* The groups of TABLE, each as often as it begins anew: "server collected account os ". */
static void name_groups(const struct field *const *table, struct strbuf *names)
{
	const char *last = "";

	for (; *table; last = (*table++)->key) {
		size_t length = strcspn((*table)->key, ".");

		if (strncmp(last, (*table)->key, length) != 0 || last[length] != '.') {
			strbuf_add(names, (*table)->key, length);
			strbuf_putc(names, ' ');
		}
	}
}

static void test_facts_table__all_flows__have_each_row_once_with_its_group(void **state)
{
	struct arena *arena = arena_new();
	const struct field *const *table = facts_table(arena);
	struct strbuf names = STRBUF_INIT;

	(void)state;
	check_table(table);
	name_groups(table, &names);
	assert_string_equal(strbuf_text(&names), "server collected domain account os hardware system-drive dotnet "
						 "powershell winrm reboot tls install drivers builds console "
						 "web-console reporting agent-queues iis services databases "
						 "replicas group sma drives folders records unread ");
	assert_true(is_fact(table, "account.operations-manager-administrator"));
	assert_true(is_fact(table, "builds.web-service-version"));
	strbuf_clear(&names);
	arena_free(arena);
}

static void name_items(const struct field *const *table, const char *list, struct strbuf *items)
{
	for (; *table; table++) {
		strbuf_printf(items, "\n.It Cm %s%s\n", list, (*table)->key);
		if ((*table)->columns) {
			struct strbuf prefix = STRBUF_INIT;

			strbuf_printf(&prefix, "%s[].", (*table)->key);
			name_items((*table)->columns, strbuf_text(&prefix), items);
			strbuf_clear(&prefix);
		}
	}
}

static void test_manual__its_keys__are_those_of_the_table(void **state)
{
	static const char mark[] = "\n.It Cm ";
	struct arena *arena = arena_new();
	char *manual = read_whole_file(source_path("man/scupgrade-facts.5"), NULL);
	struct strbuf items = STRBUF_INIT;

	(void)state;
	strbuf_puts(&items, "\n.It Cm " FACTS_VERSION_KEY "\n");
	name_items(facts_table(arena), "", &items);
	for (const char *at = strbuf_text(&items); *at; at = strchr(at + 1, '\n') + 1) {
		const char *item = arena_strndup(arena, at, strcspn(at + 1, "\n") + 2);

		assert_labelled(item, strstr(manual, item) != NULL);
	}
	for (const char *at = strstr(manual, mark); at; at = strstr(at + 1, mark)) {
		const char *item = arena_strndup(arena, at, strcspn(at + 1, "\n") + 2);

		assert_labelled(item, strstr(strbuf_text(&items), item) != NULL);
	}
	strbuf_clear(&items);
	free(manual);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_facts_read__wrong_files__are_findings_with_their_place),
		TEST(test_facts_read__ages__are_right_over_odd_days),
		TEST(test_facts_read__unknown_key__says_what_may_be_meant),
		TEST(test_facts_read__one_wrong_value__leaves_the_others_known),
		TEST(test_facts_read__too_much__is_refused),
		TEST(test_facts_of__healthy_server__knows_every_kind),
		TEST(test_fact_version__texts__become_numbers),
		TEST(test_facts_folders__paths__list_what_lies_right_below),
		TEST(test_facts_load__a_folder__takes_its_yaml_files),
		TEST(test_facts_load__two_files_of_one_server__is_an_error_and_the_newer_counts),
		TEST(test_facts_load__nothing_to_read__is_an_error),
		TEST(test_facts_of__name_and_domain__are_one_computer),
		TEST(test_facts_check__plan_and_facts__are_compared),
		TEST(test_facts_check__a_server_of_the_group_that_the_plan_lacks__is_one_finding),
		TEST(test_facts_load__a_folder_that_is_stale__is_one_finding),
		TEST(test_facts_load__the_group_of_twelve__agrees_with_itself),
		TEST(test_facts_load__the_deployment_of_sma__is_whole),
		TEST(test_om_group__several_files__the_newest_counts),
		TEST(test_facts_script__its_bytes__suit_windows_powershell),
		TEST(test_facts_script__its_keys__are_those_of_the_table),
		TEST(test_facts_samples__all_of_them__have_every_key),
		TEST(test_facts_script__its_words__only_read),
		TEST(test_facts_script__folder__is_a_value),
		TEST(test_facts_script__its_slots__are_filled),
		TEST(test_collectors__parts_and_rows__have_their_place),
		TEST(test_facts_table__all_flows__have_each_row_once_with_its_group),
		TEST(test_manual__its_keys__are_those_of_the_table),
	};

	return run_tests(tests);
}
