/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The collector run by this program: what is written before PowerShell starts, and what becomes of what it leaves. What
 * stands in for PowerShell here leaves what a test wants.
 */
#include "wizard_fixture.h"

#include <sys/stat.h>

#include "os/platform.h"
#include "pipeline/collect.h"

#define STATE "state/scupgrade/collect"
#define NOW "2026-11-21T14:02:07Z"

/* What the next run leaves, says and returns. */
static struct {
	const char *leaves; /* NULL: no file */
	const char *says, *why;
	char command[512];
	unsigned runs;
} run;

static bool run_like_powershell(const char *command, unsigned seconds, struct strbuf *said, const char **why)
{
	run.runs++;
	assert_int_equal(seconds, PROBE_SECONDS);
	snprintf(run.command, sizeof(run.command), "%s", command);
	/* An older result would be taken for the new one. */
	assert_int_equal(access(STATE "/result.yaml", F_OK), -1);
	assert_int_equal(access(STATE "/collect-facts.ps1", F_OK), 0);
	assert_int_equal(access(STATE "/run.ps1", F_OK), 0);
	if (run.says)
		strbuf_puts(said, run.says);
	if (run.leaves)
		write_whole_file(STATE "/result.yaml", run.leaves, strlen(run.leaves));
	*why = run.why;
	return !run.why;
}

#define FACTS(server, more) "scupgrade-facts: 1\nserver: " server "\ncollected: 2026-11-21T14:00:00Z\n" more

static void test_collect_here__result__is_kept_under_the_name_of_the_collector(void **state)
{
	static const struct {
		const char *label, *leaves, *file;
	} cases[] = {
		{ "host and domain", FACTS("MS01", "domain: contoso.com\n"), "MS01.contoso.com.facts.yaml" },
		{ "host alone", FACTS("MS01", ""), "MS01.facts.yaml" },
		{ "a domain that is no name", FACTS("MS01", "domain: '../x'\n"), "MS01.facts.yaml" },
		{ "a host that is not passed on", FACTS("MS_01", "domain: contoso.com\n"), "asked.facts.yaml" },
	};
	struct diags found = DIAGS_INIT;
	char path[128], *kept;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		memset(&run, 0, sizeof(run));
		run.leaves = cases[i].leaves;
		assert_labelled(cases[i].label, collect_here("asked", "facts", NOW, run_like_powershell, &found));
		assert_int_equal(found.count, 0);
		snprintf(path, sizeof(path), "facts/%s", cases[i].file);
		kept = read_whole_file(path, NULL);
		assert_text(cases[i].label, cases[i].leaves, kept);
		free(kept);
		assert_int_equal(remove(path), 0);
	}
	assert_non_null(strstr(run.command, "-Server asked"));
	assert_null(strstr(run.command, "state"));
	diags_clear(&found);
}

static void test_collect_here__what_goes_wrong__is_an_error_and_the_older_file_stays(void **state)
{
	static const struct {
		const char *label, *leaves, *says, *why, *text, *hint;
	} cases[] = {
		{ "it ends with an error", NULL, "first\nno route to MS01\r\n \n", "it ended with status 1",
		  "No facts were collected: it ended with status 1.", "no route to MS01" },
		{ "one line", NULL, "no route", "it ended with status 1",
		  "No facts were collected: it ended with status 1.", "no route" },
		{ "nothing is left", NULL, NULL, NULL, "No facts were collected: the collector left nothing.", "" },
		{ "no facts", "Access is denied\n", NULL, NULL,
		  "No facts were collected: what came back is not a file of facts.",
		  "A mapping of keys and values is expected here, but this is a text." },
	};
	struct diags found = DIAGS_INIT;
	char *bytes;

	(void)state;
	assert_int_equal(mkdir("facts", 0700), 0);
	write_whole_file("facts/MS01.facts.yaml", "older\n", 6);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		memset(&run, 0, sizeof(run));
		run.leaves = cases[i].leaves;
		run.says = cases[i].says;
		run.why = cases[i].why;
		assert_labelled(cases[i].label, !collect_here("MS01", "facts", NOW, run_like_powershell, &found));
		assert_labelled(cases[i].label, found.count == 1);
		assert_text(cases[i].label, "collect-failed", found.items[0].code);
		assert_text(cases[i].label, cases[i].text, found.items[0].text);
		assert_text(cases[i].label, cases[i].hint, found.items[0].hint);
		assert_text(cases[i].label, "MS01", found.items[0].path);
		diags_clear(&found);
	}
	bytes = read_whole_file("facts/MS01.facts.yaml", NULL);
	assert_string_equal(bytes, "older\n");
	free(bytes);
}

static void test_collect_here__a_name_that_a_shell_could_read__starts_nothing(void **state)
{
	static const char *const names[] = { "MS01;calc", "-Server", ".", "a b", "%PATH%", "M\xc3\xa9", "", NULL };
	struct diags found = DIAGS_INIT;

	(void)state;
	memset(&run, 0, sizeof(run));
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		const char *label = names[i] ? names[i] : "none";

		assert_labelled(label, !collect_here(names[i], "facts", NOW, run_like_powershell, &found));
		assert_text(label, "collect-name", found.items[0].code);
		diags_clear(&found);
	}
	assert_int_equal(run.runs, 0);
	assert_int_equal(access("facts", F_OK), -1);
}

/* What runs is read from a file: nobody else may be able to change it. */
static void test_collect_here__files_that_are_not_ours_alone__nothing_runs(void **state)
{
	struct diags found = DIAGS_INIT;

	(void)state;
	memset(&run, 0, sizeof(run));
	run.leaves = FACTS("MS01", "");
	assert_true(collect_here("MS01", "facts", NOW, run_like_powershell, &found));
	assert_int_equal(run.runs, 1);

	assert_int_equal(chmod(STATE, 0777), 0);
	assert_false(collect_here("MS01", "facts", NOW, run_like_powershell, &found));
	assert_non_null(strstr(found.items[0].text, "others may write to"));
	diags_clear(&found);
	assert_int_equal(chmod(STATE, 0700), 0);

	assert_int_equal(remove(STATE "/run.ps1"), 0);
	assert_int_equal(symlink("elsewhere", STATE "/run.ps1"), 0);
	assert_false(collect_here("MS01", "facts", NOW, run_like_powershell, &found));
	assert_non_null(strstr(found.items[0].text, "it is a symbolic link"));
	diags_clear(&found);
	assert_int_equal(remove(STATE "/run.ps1"), 0);

	assert_int_equal(remove(STATE "/collect-facts.ps1"), 0);
	assert_int_equal(mkdir(STATE "/collect-facts.ps1", 0700), 0);
	assert_false(collect_here("MS01", "facts", NOW, run_like_powershell, &found));
	assert_non_null(strstr(found.items[0].text, "it is a folder"));
	diags_clear(&found);
	assert_int_equal(remove(STATE "/collect-facts.ps1"), 0);

	assert_int_equal(remove(STATE "/result.yaml"), 0);
	assert_int_equal(mkdir(STATE "/result.yaml", 0700), 0);
	assert_false(collect_here("MS01", "facts", NOW, run_like_powershell, &found));
	assert_text("result", "collect-failed", found.items[0].code);
	diags_clear(&found);

	unsetenv("HOME");
	unsetenv("XDG_STATE_HOME");
	assert_false(collect_here("MS01", "facts", NOW, run_like_powershell, &found));
	assert_non_null(strstr(found.items[0].text, "there is no folder for its files"));
	diags_clear(&found);
	assert_int_equal(run.runs, 1);
}

static void test_collect_here__no_place_for_the_facts__is_an_error(void **state)
{
	struct diags found = DIAGS_INIT;

	(void)state;
	memset(&run, 0, sizeof(run));
	run.leaves = FACTS("MS01", "");
	write_whole_file("facts", "a file\n", 7);
	assert_false(collect_here("MS01", "facts", NOW, run_like_powershell, &found));
	assert_text("a file", "collect-failed", found.items[0].code);
	diags_clear(&found);
	assert_int_equal(remove("facts"), 0);
	assert_int_equal(mkdir("facts", 0700), 0);
	assert_int_equal(mkdir("facts/MS01.facts.yaml", 0700), 0);
	assert_false(collect_here("MS01", "facts", NOW, run_like_powershell, &found));
	assert_non_null(strstr(found.items[0].text, "it is a folder"));
	diags_clear(&found);
}

/* Of a plan every server, and then what is in the folder is read. */
static void test_collect_facts__own__collects_of_every_server_first(void **state)
{
	struct collect how = { .facts_path = "facts", .clock = platform_time_utc, .own = run_like_powershell };
	struct wizard *wizard = open_wizard(NULL);
	struct diags found = DIAGS_INIT;
	struct facts *facts = NULL;

	(void)state;
	memset(&run, 0, sizeof(run));
	run.leaves = FACTS("MS01", "");
	assert_true(add_server(wizard, "MS01", "management-server", &found));
	assert_true(add_server(wizard, "MS02", "management-server", &found));
	(void)collect_facts(&how, wizard_plan(wizard), &facts, &found);
	assert_int_equal(run.runs, 2);
	assert_int_equal(facts_count(facts), 1);
	facts_free(facts);
	diags_clear(&found);
	wizard_free(wizard);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WIZARD_TEST(test_collect_here__result__is_kept_under_the_name_of_the_collector),
		WIZARD_TEST(test_collect_here__what_goes_wrong__is_an_error_and_the_older_file_stays),
		WIZARD_TEST(test_collect_here__a_name_that_a_shell_could_read__starts_nothing),
		WIZARD_TEST(test_collect_here__files_that_are_not_ours_alone__nothing_runs),
		WIZARD_TEST(test_collect_here__no_place_for_the_facts__is_an_error),
		WIZARD_TEST(test_collect_facts__own__collects_of_every_server_first),
	};

	return run_tests(tests);
}
