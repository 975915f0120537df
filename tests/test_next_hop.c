/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The last page of the full screen: the key that writes the plan of the next upgrade.
 */
#include "wizard_fixture.h"

#include "ui/ui.h"

/* A plan on the way to 2019, everything confirmed, on the last page. */
static struct wizard *open_at_the_end(bool all_done)
{
	struct strbuf text = STRBUF_INIT;
	char *plan = vouched_plan("tests/plans/om.yaml");
	struct wizard *wizard;

	strbuf_printf(&text, "%sgoal: '2019'\n", plan);
	write_whole_file("p.yaml", strbuf_text(&text), text.length);
	wizard = open_wizard("p.yaml");
	if (all_done)
		mark_all(wizard);
	walk_to(wizard, "complete");
	free(plan);
	strbuf_clear(&text);
	return wizard;
}

/* The screens that SCRIPT dumps. Owned: free it. */
static char *play(struct wizard *wizard, const char *script)
{
	const struct ui_options look = { .color = COLOR_NEVER, .ascii = true };
	struct strbuf out = STRBUF_INIT;
	unsigned bad_line;
	int signal;

	(void)ui_run_script(wizard, &look, script, 24, 80, &out, &signal, &bad_line);
	assert_int_equal(bad_line, 0);
	return take_text(&out);
}

static void test_view_done__p__writes_the_plan_of_the_next_upgrade(void **state)
{
	struct wizard *wizard = open_at_the_end(true);
	char *screens = play(wizard, "<DumpText before>\nP\n<DumpText after>\n"), *next;

	(void)state;
	assert_labelled(screens, strstr(screens, "P writes the plan of the next upgrade, 2016 to 2019.") != NULL);
	assert_labelled(screens, strstr(screens, "Run the lines") == NULL);
	assert_labelled(screens, strstr(screens, "p-2019.yaml is the plan from 2016 to 2019.") != NULL);
	next = read_whole_file("p-2019.yaml", NULL);
	assert_non_null(strstr(next, "source: '2016'\ntarget: '2019'\n"));
	free(next);
	free(screens);
	wizard_free(wizard);
}

static void test_view_done__p_with_open_steps__writes_nothing(void **state)
{
	struct wizard *wizard = open_at_the_end(false);
	char *screens = play(wizard, "<DumpText before>\nP\n<DumpText after>\n");

	(void)state;
	assert_labelled(screens, strstr(screens, "| Files written") != NULL);
	assert_labelled(screens, strstr(screens, "Run the lines") != NULL);
	assert_labelled(screens, strstr(screens, "Next plan") == NULL);
	assert_int_equal(access("p-2019.yaml", F_OK), -1);
	free(screens);
	wizard_free(wizard);
}

/* A plan with a record is opened at its checklist, so that the last page comes without a file that was written. */
static void test_view_done__nothing_written__no_file_is_told(void **state)
{
	struct wizard *wizard = open_at_the_end(false), *again;
	struct diags found = DIAGS_INIT;
	char *screens;

	(void)state;
	assert_string_equal(wizard_page_title(wizard, page_of(wizard, "complete")), "Files written");
	wizard_free(wizard);
	wizard = open_wizard("p.yaml");
	assert_string_equal(wizard_page_title(wizard, page_of(wizard, "complete")), "What comes next");
	mark_all(wizard);
	wizard_free(wizard);
	again = open_wizard("p.yaml");
	wizard_goto_open(again, &found);
	screens = play(again, "<F8>\n<DumpText done>\n<Tab>\n<Tab>\n<DumpText button>\n");
	assert_labelled(screens, strstr(screens, "| Upgrade complete") != NULL);
	assert_labelled(screens, strstr(screens, "| Files") == NULL);
	assert_labelled(screens, strstr(screens, "2016 to 2019. F8 closes the wizard.") != NULL);
	assert_labelled(screens, strstr(screens, "files are written") == NULL);
	free(screens);
	diags_clear(&found);
	wizard_free(again);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WIZARD_TEST(test_view_done__p__writes_the_plan_of_the_next_upgrade),
		WIZARD_TEST(test_view_done__p_with_open_steps__writes_nothing),
		WIZARD_TEST(test_view_done__nothing_written__no_file_is_told),
	};

	return run_tests(tests);
}
