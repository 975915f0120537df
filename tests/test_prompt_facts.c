/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The plain front end and facts: the collector written from the page of checks, facts read there, a plan filled from
 * what lies beside it.
 */
#include "talk.h"
#include "vouched.h"

#include <sys/stat.h>

#define CHECKS "Number, everything"

static void copy_file(const char *from, const char *to)
{
	size_t size;
	char *bytes = read_whole_file(source_path(from), &size);

	write_whole_file(to, bytes, size);
	free(bytes);
}

/* The facts of SERVERS (ends with NULL), as they are in tests/facts/KIND, into FOLDER. */
static void put_facts(const char *kind, const char *folder, const char *const *servers)
{
	char from[256], to[256];

	(void)mkdir(folder, 0700);
	for (size_t i = 0; servers[i]; i++) {
		snprintf(from, sizeof(from), "tests/facts/%s/%s.facts.yaml", kind, servers[i]);
		snprintf(to, sizeof(to), "%s/%s.facts.yaml", folder, servers[i]);
		copy_file(from, to);
	}
}

static const char *const everybody[] = { "MS01", "MS02", "MS03", "GW01", "GW02", "CON01", "WEB01", "REP01", NULL };
static const char *const one_server[] = { "MS01", NULL };

/* LINES on the page of checks of eight servers, without a draft of an earlier talk. */
static char *talk_of_checks(const struct exchange *lines, size_t count, struct wizard_options options)
{
	struct wizard *wizard;
	char *transcript;

	copy_file("tests/plans/eight-servers.yaml", "p.yaml");
	wizard = open_wizard_with("p.yaml", options);
	walk_to(wizard, "prerequisites");
	transcript = talk_with(wizard, lines, count, NULL, 80, FRONT_LEFT);
	wizard_free(wizard);
	return transcript;
}

static const struct wizard_options usual;

static void test_checks__get__writes_the_collector_and_never_over_another_file(void **state)
{
	static const struct exchange lines[] = {
		{ CHECKS, "get" },
		{ CHECKS, "get" },
		{ CHECKS, "quit" },
		{ "Keep your answers", "discard" },
	};
	char *transcript = talk_of_checks(TABLE(lines), usual), *script;

	(void)state;
	assert_says(transcript, "go on: get\ncollect-facts.ps1 is written.");
	assert_says(transcript, "What the last line shows goes into the folder p.facts here");
	assert_null(strstr(transcript, "not written"));
	free(transcript);
	script = read_whole_file("collect-facts.ps1", NULL);
	assert_says(script, "[switch] $Print");
	free(script);

	write_whole_file("collect-facts.ps1", "mine\n", 5);
	transcript = talk_of_checks(lines + 1, ARRAY_LEN(lines) - 1, usual);
	assert_says(transcript, "collect-facts.ps1 was not written: a file of this name is there already, and it\n"
				"is another one; move it away first.");
	free(transcript);
	script = read_whole_file("collect-facts.ps1", NULL);
	assert_string_equal(script, "mine\n");
	free(script);

	assert_int_equal(remove("collect-facts.ps1"), 0);
	assert_int_equal(mkdir("collect-facts.ps1", 0700), 0);
	transcript = talk_of_checks(lines + 1, ARRAY_LEN(lines) - 1, usual);
	assert_says(transcript, "collect-facts.ps1 was not written: it is a folder");
	free(transcript);
}

static void test_checks__load__counts_what_was_found(void **state)
{
	static const struct exchange lines[] = {
		{ CHECKS, "load" },         { CHECKS, "load nowhere" }, { CHECKS, "load bad" },
		{ CHECKS, "load f" },       { CHECKS, "everything" },   { CHECKS, "7" },
		{ "Who accepts", "back" },  { CHECKS, "11" },           { "Who acknowl", "back" },
		{ CHECKS, "17" },           { "Who acknowl", "back" },  { CHECKS, "16" },
		{ "Who acknowledges", "" }, { "Why it may", "" },       { "Why it may", "as before" },
		{ CHECKS, "16" },           { "Withdraw the answer?", "yes" },
	};
	char *transcript;

	(void)state;
	put_facts("faulty", "f", everybody);
	assert_int_equal(mkdir("bad", 0700), 0);
	write_whole_file("bad/MS01.facts.yaml", "scupgrade-facts: 99\n", 20);
	transcript = talk_of_checks(TABLE(lines), usual);
	assert_says(transcript, "go on: load\nError: p.facts: The facts cannot be read: there is no such file.\n");
	assert_says(transcript, "load nowhere\nError: nowhere: The facts cannot be read: there is no such file.\n");
	assert_says(transcript, "load bad\nError: bad/MS01.facts.yaml: The file has format version \"99\"");
	assert_says(transcript,
		    "load f\nFacts of 8 servers were read from f.\n"
		    "12 failed, 4 warnings, 0 not known, 12 done by steps, 12 passed. Checked at\n"
		    "2026-11-21 14:02 UTC.\n");
	assert_says(transcript, "everything\nNothing is left here that is not known.\n");
	assert_says(transcript, "  CON01: failed, 4.8 or later (release 528049)\n  What to do: ");
	/* About the whole plan: what was found has a line of its own, and so has the answer. */
	assert_says(transcript, "  Found: OperationsManager on SQL01: allow updates is 1 (asked from MS01)\n");
	assert_says(transcript, "Error: A note is needed: what was done, or why it may stay as it is.\n");
	assert_says(transcript, "Kept: Collation.\n");
	assert_says(transcript, "16\nacknowledged: Collation\n");
	free(transcript);
}

/* One server's facts first; the probe brings those of all others. */
static void test_checks__verify__tells_what_changed(void **state)
{
	static const struct exchange lines[] = {
		{ CHECKS, "verify" },
		{ CHECKS, "verify" },
		{ CHECKS, "quit" },
		{ "Keep your answers", "discard" },
	};
	struct wizard_options probing = { .collect = { .facts_path = "f", .probe = "cp later/* f" } };
	char *transcript;

	(void)state;
	put_facts("healthy", "f", one_server);
	put_facts("healthy", "later", one_server);
	write_whole_file("f/MS02.facts.yaml", "nothing\n", 8);
	transcript = talk_of_checks(TABLE(lines), probing);
	assert_says(
		transcript,
		"verify\n  error: f/MS02.facts.yaml: A mapping of keys and values is expected here, but\n"
		"  this is a text.\n  warning: There are no facts of MS02, MS03, GW01, GW02, CON01, WEB01, REP01.\n");
	assert_says(transcript, "Nothing has changed.\n");
	free(transcript);

	put_facts("faulty", "later", everybody);
	transcript = talk_of_checks(TABLE(lines), probing);
	assert_says(transcript, "  now failed: .NET Framework on CON01. Found: 4.8 or later (release 528049)\n");
	assert_says(transcript, "  now passed: Memory on MS02. Found: 8191 MB\n");
	assert_says(transcript, "  and 37 more changes\n12 failed, 4 warnings, 0 not known");
	free(transcript);
}

/* ---- a plan from facts ---- */

/* The facts of twelve computers into FOLDER. */
static void put_twelve(const char *folder)
{
	static const char *const files[] = { "app17.fabrikam.com",
					     "app18.fabrikam.com",
					     "con01.contoso.com",
					     "con02.contoso.com",
					     "con03.fabrikam.com",
					     "gw01.fabrikam.com",
					     "gw02.fabrikam.com",
					     "ms01.contoso.com",
					     "ms02.contoso.com",
					     "ms03.contoso.com",
					     "rep01.contoso.com",
					     "web01.contoso.com",
					     NULL };

	put_facts("twelve", folder, files);
}

static char *talk_of_new(const struct exchange *lines, size_t count)
{
	struct wizard *wizard = open_wizard(NULL);
	char *transcript = talk_with(wizard, lines, count, NULL, 80, FRONT_LEFT);

	wizard_free(wizard);
	return transcript;
}

static void test_start__facts_beside__are_offered_and_fill_the_plan(void **state)
{
	static const struct exchange filled[] = {
		{ "Fill the plan from them?", "" }, { "product", "" },
		{ "add, edit", "facts" },           { "add, edit", "quit" },
		{ "Keep your answers", "discard" },
	};
	static const struct exchange refused[] = {
		{ "Fill the plan from them?", "no" },
		{ "product", "" },
		{ "management-group", "CONTOSO" },
		{ "add, edit", "facts nowhere" },
		{ "add, edit", "facts one" },
		{ "add, edit", "facts" },
		{ "add, edit", "quit" },
		{ "Keep your answers", "discard" },
	};
	char *transcript;

	(void)state;
	put_twelve("contoso.facts");
	transcript = talk_of_new(TABLE(filled));
	assert_says(transcript, "There are facts in contoso.facts. They fill the plan: servers, roles, accounts,\n"
				"databases.\n");
	assert_says(transcript, "Facts of 12 servers were read from contoso.facts. 32 answers were filled in.\n");
	assert_says(transcript, "Management group [CONTOSO-OM]: \n");
	assert_says(transcript, "[done]: facts\nFacts of 12 servers were read from contoso.facts. Nothing was empty "
				"that they\ncould fill.\n");
	free(transcript);
	put_facts("healthy", "one", one_server);
	transcript = talk_of_new(TABLE(refused));
	assert_says(transcript, "Fill the plan from them? (yes/no) [yes]: no\nEnter keeps");
	assert_says(transcript, "facts nowhere\nError: nowhere: The facts cannot be read: there is no such file.\n");
	assert_says(transcript, "facts one\nFacts of 1 server were read from one. 5 answers were filled in.\n");
	assert_says(transcript, "facts\nFacts of 1 server were read from one. Nothing was empty");
	free(transcript);
}

/* What goes on with the plan finds its facts: they lie beside it, or the command names them. */
static void test_fill__a_plan_without_a_name__has_its_facts_beside_it(void **state)
{
	static const struct {
		const char *label, *facts, *plan, *command;
	} cases[] = {
		{ "the folder here", "contoso.facts", "contoso.yaml", "scupgrade track contoso.yaml" },
		{ "a plan of this name", "taken.facts", "contoso-om.yaml",
		  "scupgrade track contoso-om.yaml --facts taken.facts" },
		{ "elsewhere", "in/other.facts", "contoso-om.yaml",
		  "scupgrade track contoso-om.yaml --facts in/other.facts" },
		{ "called otherwise", "collected", "contoso-om.yaml",
		  "scupgrade track contoso-om.yaml --facts collected" },
		{ "one file", "contoso.facts/ms01.contoso.com.facts.yaml", "contoso-om.yaml",
		  "scupgrade track contoso-om.yaml --facts contoso.facts/ms01.contoso.com.facts.yaml" },
		{ "without a stem", ".facts", "contoso-om.yaml", "scupgrade track contoso-om.yaml --facts .facts" },
	};

	(void)state;
	write_whole_file("taken.yaml", "mine\n", 5);
	assert_int_equal(mkdir("in", 0700), 0);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		for (int at_start = 0; at_start < 2; at_start++) {
			const char *given = at_start ? cases[i].facts : NULL;
			struct strbuf said = STRBUF_INIT;
			struct diags found = DIAGS_INIT;
			struct wizard *wizard;

			if (!at_start && !strstr(cases[i].facts, ".yaml"))
				put_twelve(cases[i].facts);
			wizard = open_wizard_with(NULL, (struct wizard_options){ .collect = { .facts_path = given } });
			assert_true(wizard_fill(wizard, cases[i].facts, &said, &found));
			assert_text(cases[i].label, cases[i].plan, wizard_plan_path(wizard));
			strbuf_reset(&said);
			wizard_track_command(wizard, &said);
			assert_text(cases[i].label, cases[i].command, strbuf_text(&said));
			diags_clear(&found);
			strbuf_clear(&said);
			wizard_free(wizard);
		}
	}
}

static void test_start__the_input_ends_at_the_offer__nothing_is_filled(void **state)
{
	char *transcript;

	(void)state;
	put_twelve("contoso.facts");
	transcript = talk_of_new(NULL, 0);
	assert_says(transcript, "Fill the plan from them? (yes/no) [yes]: \nEnd of input. No draft is kept.\n");
	free(transcript);
}

/* ---- the plan that follows ---- */

static void test_done__next__writes_the_plan_that_follows(void **state)
{
	static const struct exchange lines[] = {
		{ "add, edit", "" },        { "Write the files?", "yes" },      { "What was done", "" },
		{ "Enter closes", "next" }, { "Enter closes", "next" }, { "Enter closes", "" },
	};
	char *plan = vouched_plan("tests/plans/om.yaml"), *transcript, *next;
	struct strbuf text = STRBUF_INIT;
	struct wizard *wizard;

	(void)state;
	strbuf_puts(&text, plan);
	strbuf_puts(&text, "goal: '2019'\n");
	write_whole_file("p.yaml", strbuf_text(&text), text.length);
	wizard = open_wizard("p.yaml");
	mark_all(wizard);
	walk_to(wizard, "proceed");
	transcript = talk_with(wizard, TABLE(lines), NULL, 80, FRONT_FINISHED);
	assert_says(transcript, "What follows: the upgrade from 2016 to 2019.\n");
	assert_says(transcript,
		    "writes the next plan: next\np-2019.yaml is the plan from 2016 to 2019. To be answered again: "
		    "goal,\nlicense-accepted");
	next = read_whole_file("p-2019.yaml", NULL);
	assert_says(next, "source: '2016'\ntarget: '2019'\n");
	free(next);
	free(plan);
	free(transcript);
	strbuf_clear(&text);
	wizard_free(wizard);
}

/* ---- facts that come while the steps are tracked ---- */

static void put_text(const char *path, const char *text)
{
	write_whole_file(path, text, strlen(text));
}

static void test_track__facts_that_come_later__count_before_a_start(void **state)
{
	static const struct exchange lines[] = {
		{ "What was done", "start extract-media@MS01" },
		{ "What was done", "start extract-media@MS01" },
		{ "What was done", "start upgrade-management-server@MS01" },
		{ "What was done", "again" },
		{ "What was done", "quit" },
	};
	struct wizard *wizard;
	char *transcript, *plan;
	struct strbuf text = STRBUF_INIT;
	size_t length;

	(void)state;
	plan = read_whole_file(source_path("tests/plans/eight-servers.yaml"), &length);
	strbuf_puts(&text, plan);
	strbuf_puts(&text, "data-access-address: das.contoso.com\n");
	put_text("p.yaml", strbuf_text(&text));
	wizard = open_wizard_with("p.yaml", (struct wizard_options){ .track = true });
	assert_non_null(sequence_find(wizard_sequence(wizard), "point-web-console@WEB01"));
	assert_int_equal(mkdir("p.facts", 0700), 0);
	put_text("p.facts/web01.yaml", "scupgrade-facts: 1\nserver: WEB01\ncollected: '2026-11-21T08:00:00Z'\n"
				       "web-console: { management-server: MS01 }\n");
	transcript = talk_with(wizard, TABLE(lines), NULL, 80, FRONT_LEFT);
	assert_says(transcript, "start extract-media@MS01\nThe facts were read again.\n"
				"The steps are others now; list shows their numbers. Say it again by those.\n");
	assert_says(transcript, "Extract the media of 2016 on MS01, started.\n");
	assert_null(sequence_find(wizard_sequence(wizard), "point-web-console@WEB01"));
	free(transcript);
	put_text("p.facts/web01.yaml", "scupgrade-facts: 1\nserver: WEB01\ncollected: '2026-11-21T08:00:00Z'\n"
				       "web-console: { management-server: MS01, oops: 1 }\n");
	transcript = talk_with(wizard, lines + 3, 2, NULL, 80, FRONT_LEFT);
	assert_says(transcript, "again\nThe facts were read again. p.facts/web01.yaml: There is no key \"oops\" here.");
	free(transcript);
	free(plan);
	strbuf_clear(&text);
	wizard_free(wizard);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WIZARD_TEST(test_checks__get__writes_the_collector_and_never_over_another_file),
		WIZARD_TEST(test_checks__load__counts_what_was_found),
		WIZARD_TEST(test_checks__verify__tells_what_changed),
		WIZARD_TEST(test_start__facts_beside__are_offered_and_fill_the_plan),
		WIZARD_TEST(test_fill__a_plan_without_a_name__has_its_facts_beside_it),
		WIZARD_TEST(test_start__the_input_ends_at_the_offer__nothing_is_filled),
		WIZARD_TEST(test_track__facts_that_come_later__count_before_a_start),
		WIZARD_TEST(test_done__next__writes_the_plan_that_follows),
	};

	return run_tests(tests);
}
