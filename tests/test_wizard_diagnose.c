/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * A log of a failed step, as its path is typed, pasted, dropped or found on a Windows drive.
 */
#include "wizard_fixture.h"

#include <sys/stat.h>

#include "pipeline/planfile.h"

static struct wizard *open_tracking(void)
{
	static const char *const drives[] = { "C=drive", NULL };
	struct wizard_options options = { .drives = drives, .track = true };
	struct plan_source source;
	struct diags diags = DIAGS_INIT;
	struct plan *plan;

	assert_int_equal(plan_load(source_path("tests/plans/om.yaml"), &plan, &source, &diags), LOAD_OK);
	diags_clear(&diags);
	return wizard_new(plan, &source, &options);
}

static void write_logs(void)
{
	static const char text[] = "[20:00:01]:\tError:\t:SQL Server SQL01 does not have Full Text Search installed.\n";

	assert_int_equal(mkdir("drive", 0700), 0);
	assert_int_equal(mkdir("drive/My Logs", 0700), 0);
	write_whole_file("drive/My Logs/OpsMgrSetupWizard.log", text, sizeof(text) - 1);
	write_whole_file("plain.log", text, sizeof(text) - 1);
}

static void test_wizard_diagnose__forms_of_a_path__are_all_read(void **state)
{
	static const char *const typed[] = {
		"plain.log", "  plain.log ", "'plain.log'", "\"plain.log\"", "drive/My Logs", "drive/My Logs/",
		"drive/My\\ Logs/OpsMgrSetupWizard.log", "C:\\my logs\\opsmgrsetupwizard.LOG", "c:\\My Logs",
		"\"C:/My Logs/OpsMgrSetupWizard.log\"",
	};
	struct wizard *wizard = open_tracking();

	(void)state;
	write_logs();
	for (size_t i = 0; i < ARRAY_LEN(typed); i++) {
		struct strbuf out = STRBUF_INIT;

		assert_labelled(typed[i], wizard_diagnose(wizard, 0, typed[i], 72, &out));
		assert_labelled(typed[i], strstr(strbuf_text(&out), "[sql-full-text-missing]") != NULL);
		assert_labelled(typed[i], strstr(strbuf_text(&out), wizard_sequence(wizard)->items[0].id) != NULL);
		strbuf_clear(&out);
	}
	wizard_free(wizard);
}

static void test_wizard_diagnose__nothing_to_read__says_why(void **state)
{
	static const char *const typed[] = { "no-such.log", "",   "''",   "C:\\nowhere\\x.log",
					     "Q:\\x.log",   "C:", "drive", "-",
					     " '-' " };
	struct wizard *wizard = open_tracking();

	(void)state;
	write_logs();
	for (size_t i = 0; i < ARRAY_LEN(typed); i++) {
		struct strbuf out = STRBUF_INIT;

		assert_labelled(typed[i], !wizard_diagnose(wizard, 0, typed[i], 72, &out));
		assert_labelled(typed[i], strstr(strbuf_text(&out), "cannot be read: ") != NULL);
		strbuf_clear(&out);
	}
	wizard_free(wizard);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WIZARD_TEST(test_wizard_diagnose__forms_of_a_path__are_all_read),
		WIZARD_TEST(test_wizard_diagnose__nothing_to_read__says_why),
	};

	return run_tests(tests);
}
