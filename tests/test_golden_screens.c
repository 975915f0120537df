/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What the pages of both products look like at the design size, from the first to the last, cell by cell. What any page
 * can do, and the other sizes, are shown with the small flow (test_small_screens.c).
 */
#include "helpers.h"

#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "model/flow.h"
#include "model/plan.h"
#include "ui/ui.h"
#include "vouched.h"

/* A finished plan of tests/ui, page by page. */
static void walk(const char *name)
{
	const struct wizard_options options = { .plan_path = "contoso.yaml" };
	const struct ui_options look = { .color = COLOR_AUTO };
	struct strbuf script = STRBUF_INIT, out = STRBUF_INIT, path = STRBUF_INIT;
	struct plan_source source = { 0 };
	struct diags diags = DIAGS_INIT;
	struct plan *plan;
	struct wizard *wizard;
	unsigned bad_line;
	int signal;

	assert_int_equal(plan_load("contoso.yaml", &plan, &source, &diags), LOAD_OK);
	wizard = wizard_new(plan, &source, &options);
	strbuf_puts(&script, "<Alt-G>\n<Home>\n<Enter>\n");
	for (const struct page *const *page = plan->flow->pages; *page; page++)
		strbuf_puts(&script, "<Dump page>\n<F8>\n");
	assert_int_equal(ui_run_script(wizard, &look, strbuf_text(&script), 24, 80, &out, &signal, &bad_line),
			 FRONT_FINISHED);
	assert_int_equal(bad_line, 0);
	strbuf_printf(&path, "tests/ui/%s.screen", name);
	assert_golden(strbuf_text(&path), strbuf_text(&out));
	strbuf_clear(&path);
	strbuf_clear(&script);
	strbuf_clear(&out);
	diags_clear(&diags);
	wizard_free(wizard);
}

static void test_screens__product__look_as_before(void **state)
{
	static const char *const names[] = { "om", "sma" };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		char *folder = scratch_folder(), *home = getcwd(NULL, 0), *text, file[64];

		snprintf(file, sizeof(file), "tests/ui/%s.yaml", names[i]);
		text = vouched_plan(file);
		assert_int_equal(chdir(folder), 0);
		assert_int_equal(setenv("XDG_STATE_HOME", folder, 1), 0);
		write_whole_file("contoso.yaml", text, strlen(text));
		free(text);
		walk(names[i]);
		assert_int_equal(chdir(home), 0);
		scratch_remove(folder);
		free(home);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { TEST(test_screens__product__look_as_before) };
	char *source = realpath(source_path("."), NULL);

	/* The time, the name and the place that a screen may show */
	if (!source || setenv("srcdir", source, 1) || setenv("SOURCE_DATE_EPOCH", "1795269727", 1) ||
	    setenv("LOGNAME", "anna", 1) || setenv("TZ", "UTC", 1))
		return 99;
	tzset();
	free(source);
	return run_tests(tests);
}
