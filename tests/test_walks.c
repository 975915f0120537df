/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The full-screen wizard walked through without looking: every field of every page has had the focus, with its hint,
 * its help and its keys, for plans that are new and plans that are complete, of every product; then keys at random,
 * always the same ones. What is on the screen other tests look at; here nothing may end the program but what ends a
 * wizard.
 */
#include "helpers.h"

#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "model/flow.h"
#include "ui/ui.h"
#include "vouched.h"

enum { STOPS = 60, SEEDS = 24, KEYS = 400 };

/* Runs SCRIPT on PLAN (taken over); a script that ends is a terminal that is gone. */
static void run(struct plan *plan, struct plan_source *source, bool track, const struct strbuf *script, int rows,
		int columns)
{
	const struct wizard_options options = { .plan_path = "contoso.yaml", .track = track };
	const struct ui_options look = { .color = COLOR_AUTO };
	struct wizard *wizard = wizard_new(plan, source, &options);
	struct strbuf out = STRBUF_INIT;
	unsigned bad_line;
	int signal;

	assert_int_not_equal(ui_run_script(wizard, &look, strbuf_text(script), rows, columns, &out, &signal, &bad_line),
			     FRONT_NO_TERMINAL);
	assert_int_equal(bad_line, 0);
	strbuf_clear(&out);
	wizard_free(wizard);
}

static void run_new(const struct flow *flow, const struct strbuf *script)
{
	struct plan_source source = { 0 };

	run(plan_new(flow), &source, false, script, 24, 80);
}

/* A complete plan of tests/ui in the file that the wizard saves to. */
static void run_file(const char *name, bool track, const struct strbuf *script, int rows, int columns)
{
	struct plan_source source = { 0 };
	struct diags diags = DIAGS_INIT;
	struct plan *plan;

	write_whole_file("contoso.yaml", name, strlen(name));
	assert_int_equal(plan_load("contoso.yaml", &plan, &source, &diags), LOAD_OK);
	run(plan, &source, track, script, rows, columns);
	diags_clear(&diags);
}

/* From stop to stop and once back, with help, and with a look at each choice. */
static void put_walk(struct strbuf *script)
{
	for (unsigned i = 0; i < STOPS; i++)
		strbuf_puts(script, i % 7 == 3 ? "<F1>\n<Esc>\n<Right>\n<Left>\n<Tab>\n" : "<Down>\n<Up>\n<Tab>\n");
	for (unsigned i = 0; i < STOPS; i++)
		strbuf_puts(script, "<Shift-Tab>\n");
}

static char *texts[2];
static const char *const names[] = { "tests/ui/om.yaml", "tests/ui/sma.yaml" };

static void test_walk__every_stop_of_every_page__goes_on(void **state)
{
	struct strbuf script = STRBUF_INIT;
	const struct flow *flow;

	(void)state;
	put_walk(&script);
	for (size_t i = 0; (flow = flow_at(i)); i++)
		run_new(flow, &script);
	strbuf_reset(&script);
	strbuf_puts(&script, "<Alt-G>\n<Home>\n<Enter>\n");
	for (unsigned page = 0; page < 12; page++) {
		put_walk(&script);
		strbuf_puts(&script, "<F8>\n");
	}
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		run_file(texts[i], false, &script, 24, 80);
		run_file(texts[i], true, &script, 43, 132);
	}
	strbuf_clear(&script);
}

static unsigned next_random(uint64_t *seed)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(*seed >> 33);
}

static void test_walk__keys_at_random__goes_on(void **state)
{
	static const char *const keys[] = {
		"<Tab>",
		"<Tab>",
		"<Shift-Tab>",
		"<Up>",
		"<Down>",
		"<Down>",
		"<Left>",
		"<Right>",
		"<Space>",
		"<Enter>",
		"<Esc>",
		"<F1>",
		"<F8>",
		"<F8>",
		"<F8>",
		"<F5>",
		"<PgDn>",
		"<PgUp>",
		"<Home>",
		"<End>",
		"<Ctrl-U>",
		"<Backspace>",
		"<Del>",
		"<Alt-B>",
		"<Alt-G>",
		"<Alt-C>",
		"<Alt-L>",
		"<Ctrl-Up>",
		"<Ctrl-Down>",
		"<F2>",
		"<F6>",
		"<Resize 40x10>",
		"<Resize 80x24>",
		"<Resize 132x43>",
		"<Resize 30x8>",
		"MS01",
		"a",
		"e",
		"d",
		"x",
		"s",
		"f",
		"n",
		"r",
		"/",
		"-",
		"?",
		"7",
		"C:\\",
	};

	(void)state;
	for (uint64_t seed = 1; seed <= SEEDS; seed++) {
		struct strbuf script = STRBUF_INIT;
		uint64_t random = seed;

		for (unsigned i = 0; i < KEYS; i++)
			strbuf_printf(&script, "%s\n", keys[next_random(&random) % ARRAY_LEN(keys)]);
		if (seed % 4 == 0)
			run_new(flow_at(seed / 4 % 2), &script);
		else
			run_file(texts[seed % 2], seed % 4 == 3, &script, 24, 80);
		strbuf_clear(&script);
	}
}

/* Each test in a folder that goes away with all that was saved. */
static char *folder, *home;

static int set_up(void **state)
{
	(void)state;
	folder = scratch_folder();
	home = getcwd(NULL, 0);
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		texts[i] = vouched_plan(names[i]);
	return chdir(folder) || setenv("XDG_STATE_HOME", folder, 1);
}

static int tear_down(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		free(texts[i]);
	if (chdir(home))
		return 1;
	scratch_remove(folder);
	free(home);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_walk__every_stop_of_every_page__goes_on, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_walk__keys_at_random__goes_on, set_up, tear_down),
	};
	char *source = realpath(source_path("."), NULL);

	if (!source || setenv("srcdir", source, 1) || setenv("SOURCE_DATE_EPOCH", "1795269727", 1) ||
	    setenv("LOGNAME", "anna", 1) || setenv("TZ", "UTC", 1))
		return 99;
	tzset();
	free(source);
	return run_tests(tests);
}
