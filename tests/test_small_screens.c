/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What every kind of page and dialog looks like, cell by cell: glyphs, roles, cursor, at the design size, at the
 * smallest one and at a large one, and with ASCII only. All with the small flow; the differences of these files are
 * read like those of the source.
 */
#define SMALL_REGISTER
#include "stage.h"

#include "vouched.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>

#include "pipeline/planfile.h"
#include "ui/theme.h"

static const struct page *const all_pages[] = { &small_form,     &small_accounts, &small_servers,
						&small_terms,    &small_checks,   &small_ready,
						&small_progress, &small_done,     NULL };

static int set_up(void **state)
{
	int result = stage_set_up(state);

	return result || mkdir("c", 0700) || mkdir("c/System Center", 0700) || mkdir("c/System Center/Old", 0700) ||
	       mkdir("c/System Center/Small", 0700);
}

/* Everything is vouched for, and every warning acknowledged. */
static void answer_all(struct stage *stage)
{
	const struct check_list *list = wizard_checks(stage->wizard);
	struct diags found = DIAGS_INIT;

	for (size_t i = 0; i < list->count; i++) {
		if (!check_is_open(&list->items[i]))
			continue;
		assert_true(vouch_result(stage->wizard, &list->items[i], "CONTOSO\\anna", "seen", true, &found));
		list = wizard_checks(stage->wizard);
		i = SIZE_MAX; /* from the first one again */
	}
	diags_clear(&found);
}

/* ---- all pages, from the first to the last ---- */

static const struct size {
	const char *name;
	int rows, columns;
	bool ascii;
} sizes[] = {
	{ "small-80x24", 24, 80, false },
	{ "small-40x10", 10, 40, false },
	{ "small-132x43", 43, 132, false },
	{ "small-ascii", 24, 80, true },
};

static void test_pages__every_size__look_as_before(void **state)
{
	struct strbuf path = STRBUF_INIT, script = STRBUF_INIT;

	for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
		struct stage *stage;

		stage_tear_down(state);
		assert_int_equal(set_up(state), 0);
		stage = *state;
		stage->rows = sizes[i].rows;
		stage->columns = sizes[i].columns;
		stage->ascii = sizes[i].ascii;
		stage_open(stage, all_pages);
		stage_set(stage, NULL, "roles", "alpha, beta");
		stage_add_servers(stage, 2);
		answer_all(stage);
		strbuf_reset(&script);
		for (const struct page *const *page = all_pages; *page; page++)
			strbuf_printf(&script, "<%s %s>\n<F8>\n", sizes[i].ascii ? "DumpText" : "Dump", (*page)->id);
		stage_play(stage, strbuf_text(&script));
		assert_int_equal(stage->result, FRONT_FINISHED);
		strbuf_reset(&path);
		strbuf_printf(&path, "tests/ui/%s.screen", sizes[i].name);
		assert_golden(strbuf_text(&path), strbuf_text(&stage->out));
	}
	strbuf_clear(&path);
	strbuf_clear(&script);
}

/* ---- what stands on a page, and over it ---- */

static const struct scene {
	const char *name;
	const struct page *page;
	const char *without; /* the answer that is taken out, or NULL */
	const char *keys;
} scenes[] = {
	{ "form: errors", &small_form, "name", "<F8>\n" },
	{ "form: a wrong folder", &small_form, NULL, "<Tab>\n<Ctrl-U>\nE:\\System Center\\CON\\Small\n<F8>\n" },
	{ "form: folders to browse", &small_form, NULL, "<Tab>\n<Ctrl-U>\nC:\\System Center\n<F2>\n" },
	{ "form: the last field", &small_form, NULL, "<Shift-Tab>\n<Up>\n" },
	{ "form: a button", &small_form, NULL, "<Shift-Tab>\n<Shift-Tab>\n" },
	{ "form: pages", &small_form, NULL, "<Alt-G>\n" },
	{ "form: help", &small_form, NULL, "<Tab>\n<F1>\n" },
	{ "form: to quit", &small_form, NULL, "2\n<Alt-Q>\n" },
	{ "accounts: errors", &small_accounts, "account.user", "<F8>\n" },
	{ "accounts: another choice", &small_accounts, NULL, "<Down>\n<Space>\n" },
	{ "accounts: two passwords", &small_accounts, NULL, "<Tab>\n<Tab>\nsecret\n<Tab>\nsecre\n<F8>\n" },
	{ "servers: the list", &small_servers, NULL, "<Tab>\n<Down>\n" },
	{ "servers: to add", &small_servers, NULL, "A\nREP01\n<Tab>\n<Down>\n<Space>\n" },
	{ "servers: twice", &small_servers, NULL, "A\nMS01\n<F8>\n" },
	{ "servers: to remove", &small_servers, NULL, "<Down>\n<Del>\n" },
	{ "terms: the end", &small_terms, NULL, "<End>\n" },
	{ "checks: open", &small_checks, NULL, "<Down>\n" },
	{ "checks: an answer", &small_checks, NULL, "<Space>\n" },
	{ "checks: several", &small_checks, NULL, "A\n" },
	{ "checks: everything", &small_checks, NULL, "A\n<End>\n<Enter>\n" },
	{ "checks: no note", &small_checks, NULL, "<Space>\n<Enter>\n" },
	{ "checks: it stays", &small_checks, NULL, "<F8>\n" },
	{ "checks: to find", &small_checks, NULL, "/\n" },
	{ "checks: found", &small_checks, NULL, "/\ns00001\n<Enter>\n" },
	{ "checks: detail", &small_checks, NULL, "<Enter>\n" },
	{ "ready: the end", &small_ready, NULL, "<End>\n" },
	{ "ready: a line", &small_ready, NULL, "<Alt-L>\n" },
	{ "ready: a file", &small_ready, NULL, "<End>\n<Enter>\n" },
};

static void test_scenes__design_size__look_as_before(void **state)
{
	struct strbuf out = STRBUF_INIT, script = STRBUF_INIT;

	for (size_t i = 0; i < ARRAY_LEN(scenes); i++) {
		const struct page *pages[] = { scenes[i].page, &small_done, NULL };
		struct stage *stage = *state;

		stage_open(stage, pages);
		stage_add_servers(stage, 2);
		if (scenes[i].without)
			stage_set(stage, small_flow.fields, scenes[i].without, "");
		strbuf_reset(&script);
		strbuf_printf(&script, "%s<Dump %s>\n", scenes[i].keys, scenes[i].name);
		strbuf_puts(&out, stage_play(stage, strbuf_text(&script)));
	}
	assert_golden("tests/ui/small-scenes.screen", strbuf_text(&out));
	strbuf_clear(&out);
	strbuf_clear(&script);
}

/* ---- the checklist of "track" ---- */

/* A wizard that tracks the saved plan. */
static void open_record(struct stage *stage)
{
	const struct wizard_options options = { .plan_path = "small.yaml", .track = true };
	struct plan_source source = { 0 };
	struct diags diags = DIAGS_INIT;
	struct plan *plan = NULL;

	assert_int_equal(plan_load("small.yaml", &plan, &source, &diags), LOAD_OK);
	diags_clear(&diags);
	wizard_free(stage->wizard);
	stage->wizard = wizard_new(plan, &source, &options);
}

static void record(struct stage *stage, const char *id, enum mark mark, const char *note, int minute)
{
	const struct sequence *sequence = wizard_sequence(stage->wizard);
	char now[21];
	struct mark_request request = { .step = (size_t)(sequence_find(sequence, id) - sequence->items),
					.mark = mark,
					.by = "CONTOSO\\bob",
					.note = note,
					.now = now };
	struct diags diags = DIAGS_INIT;
	char text[24];

	snprintf(text, sizeof(text), "%d", 1795250100 + 60 * minute);
	assert_int_equal(setenv("SOURCE_DATE_EPOCH", text, 1), 0);
	wizard_now(now);
	assert_labelled(id, tracker_mark(wizard_tracker(stage->wizard, NULL), &request, &diags) == MARKED);
	diags_clear(&diags);
}

static void work_half_a_day(struct stage *stage)
{
	struct strbuf note = STRBUF_INIT;

	stage_open(stage, all_pages);
	stage_set(stage, NULL, "roles", "alpha, beta");
	stage_add_servers(stage, 2);
	assert_labelled(strbuf_text(&note), wizard_save(stage->wizard, &note) == WIZARD_SAVED);
	strbuf_clear(&note);
	open_record(stage);
	record(stage, "backup", MARK_DONE, "verified", 0);
	record(stage, "shrink", MARK_SKIPPED, "12 rows only", 9);
	record(stage, "stop-jobs@MS01", MARK_FAILED, "access denied", 13);
	record(stage, "upgrade@MS01", MARK_STARTED, "", 31);
	record(stage, "upgrade@MS01", MARK_DONE, "", 63);
	record(stage, "upgrade@S00001", MARK_STARTED, "", 70);
	record(stage, "upgrade@S00001", MARK_NOTED, "setup shows 40 %", 72);
	record(stage, "start-jobs@MS01", MARK_STARTED, "", 73);
	record(stage, "start-jobs@MS01", MARK_RESET, "", 74);
}

static void test_checklist__half_of_an_upgrade__looks_as_before(void **state)
{
	struct stage *stage = *state;
	struct strbuf out = STRBUF_INIT, script = STRBUF_INIT;

	work_half_a_day(stage);
	for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
		stage->rows = sizes[i].rows;
		stage->columns = sizes[i].columns;
		stage->ascii = sizes[i].ascii;
		strbuf_reset(&script);
		strbuf_printf(&script, "<Dump %s>\n", sizes[i].name);
		strbuf_puts(&out, stage_play(stage, strbuf_text(&script)));
	}
	stage->rows = 24;
	stage->columns = 80;
	stage->ascii = false;
	strbuf_puts(&out, stage_play(stage,
				     "/\nverify\n<Enter>\nK\n<Dump to skip>\n<Esc>\n"
				     "/\nverify\n<Enter>\nS\n<Dump refused>\n<Esc>\n"
				     "/\nshrink\n<Enter>\n<Space>\n<Dump details>\n<Esc>\n<F1>\n<Dump help>\n<Esc>\n"));
	assert_golden("tests/ui/small-track.screen", strbuf_text(&out));
	strbuf_clear(&out);
	strbuf_clear(&script);
}

/* What waits for more than ten steps names ten. */
static void test_checklist__details_of_what_waits_for_many__the_rest_is_counted(void **state)
{
	struct stage *stage = *state;
	struct strbuf note = STRBUF_INIT;
	const char *screen;

	stage->rows = 43;
	stage_open(stage, all_pages);
	stage_add_servers(stage, 14);
	assert_labelled(strbuf_text(&note), wizard_save(stage->wizard, &note) == WIZARD_SAVED);
	strbuf_clear(&note);
	open_record(stage);
	screen = stage_play(stage, "/\nverify\n<Enter>\n<DumpText list>\n<Space>\n<DumpText all>\n");
	assert_shows(screen, "Waits for: Upgrade server MS01, and 14 more.");
	assert_shows(last_screen(screen), "Waits for:");
	assert_shows(last_screen(screen), "Upgrade server S00009");
	assert_shows(last_screen(screen), "and 5 more");
	assert_hides(strstr(last_screen(screen), "Waits for:"), "Upgrade server S00010");
	record(stage, "backup", MARK_DONE, "", 0);
	for (int i = 1; i <= 5; i++) {
		char id[24];

		snprintf(id, sizeof(id), i == 1 ? "upgrade@MS01" : "upgrade@S%05d", i - 1);
		record(stage, id, MARK_DONE, "", i);
	}
	assert_hides(last_screen(stage_play(stage, "/\nverify\n<Enter>\n<Space>\n<DumpText all>\n")), "more");
}

/* ---- the theme ---- */

static void put_look(struct look look, struct strbuf *out)
{
	static const char *const colors[THEME_COLOR_COUNT] = {
		[THEME_DEFAULT] = "default", [THEME_RED] = "red",         [THEME_GREEN] = "green",
		[THEME_CYAN] = "cyan",       [THEME_MAGENTA] = "magenta",
	};

	strbuf_printf(out, " %s%s%s%s%s", colors[look.color], look.bold ? " bold" : "", look.dim ? " dim" : "",
		      look.reverse ? " reverse" : "", look.underline ? " underline" : "");
}

/* The pictures have letters for roles; this says how the letters look. */
static void test_theme__every_role__looks_as_before(void **state)
{
	struct strbuf out = STRBUF_INIT;

	(void)state;
	for (int role = 0; role < ROLE_COUNT; role++) {
		strbuf_printf(&out, "%c  colour:", theme_letter((enum role)role));
		put_look(theme_look((enum role)role, false), &out);
		strbuf_puts(&out, "  mono:");
		put_look(theme_look((enum role)role, true), &out);
		strbuf_putc(&out, '\n');
	}
	assert_golden("tests/ui/theme.txt", strbuf_text(&out));
	strbuf_clear(&out);
}

static void test_theme__mono__has_no_colour(void **state)
{
	(void)state;
	for (int role = 0; role < ROLE_COUNT; role++)
		assert_int_equal(theme_look((enum role)role, true).color, THEME_DEFAULT);
}

#define ON_STAGE(test) cmocka_unit_test_setup_teardown(test, set_up, stage_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_STAGE(test_pages__every_size__look_as_before),
		ON_STAGE(test_scenes__design_size__look_as_before),
		ON_STAGE(test_checklist__half_of_an_upgrade__looks_as_before),
		ON_STAGE(test_checklist__details_of_what_waits_for_many__the_rest_is_counted),
		TEST(test_theme__every_role__looks_as_before),
		TEST(test_theme__mono__has_no_colour),
	};
	char *source = realpath(source_path("."), NULL);

	/* The time, the name and the place that a screen may show */
	if (!source || setenv("srcdir", source, 1) || setenv("SOURCE_DATE_EPOCH", "1795269727", 1) ||
	    setenv("LOGNAME", "anna", 1) || setenv("TZ", "UTC", 1))
		return 99;
	tzset();
	free(source);
	return run_tests(tests);
}
