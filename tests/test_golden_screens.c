/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What every page and dialog of both products looks like, cell by cell: glyphs, roles, cursor, at the design size, at
 * the smallest one and at a large one, and with ASCII only. The differences of these files are read like those of the
 * source.
 */
#include "helpers.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "model/flow.h"
#include "model/plan.h"
#include "ui/theme.h"
#include "ui/ui.h"

struct scene {
	const char *name;    /* of the golden file */
	const char *plan;    /* below tests/ui; NULL: a new plan */
	const char *without; /* keys at the root of the plan that are taken out, with a blank before and after each */
	const char *page;    /* where Next leads to before the keys; NULL: the first page */
	const char *keys;
};

#define NEW_OM NULL, NULL
#define OM "om.yaml"
#define SMA "sma.yaml"

/* clang-format off */
static const struct scene scenes[] = {
	{ "om-choose", NEW_OM, NULL, "" },
	{ "om-choose-sma", NEW_OM, NULL, "<Down>\n<Space>\n" },
	{ "om-servers-empty", NEW_OM, "servers", "" },
	{ "om-servers-errors", NEW_OM, "servers", "<F8>\n" },
	{ "om-servers", OM, NULL, "servers", "<Tab>\n<Down>\n" },
	{ "om-server-add", OM, NULL, "servers",
	  "<Tab>\nA\nREP01\n<Tab>\n<Down>\n<Down>\n<Down>\n<Down>\n<Down>\n<Space>\n" },
	{ "om-server-error", OM, NULL, "servers", "<Tab>\nA\nMS01\n<F8>\n" },
	{ "om-server-remove", OM, NULL, "servers", "<Tab>\n<Down>\n<Del>\n" },
	{ "om-license", OM, " license-accepted ", "license", "" },
	{ "om-license-error", OM, " license-accepted ", "license", "<F8>\n" },
	{ "om-location", OM, NULL, "location", "<Tab>\n<Tab>\n" },
	{ "om-location-error", OM, NULL, "location",
	  "<Tab>\n<Tab>\n<Ctrl-U>\nE:\\System Center\\CON\\Operations Manager\n<F8>\n" },
	{ "om-location-browse", OM, NULL, "location", "<Tab>\n<Tab>\n<Ctrl-U>\nC:\\System Center\n<F2>\n" },
	{ "om-checks-open", OM, " confirmed ", "prerequisites", "" },
	{ "om-checks-answer", OM, " confirmed ", "prerequisites", "<Down>\n<Space>\n" },
	{ "om-checks-several", OM, " confirmed ", "prerequisites", "<Down>\n<Down>\nA\n" },
	{ "om-checks-everything", OM, " confirmed ", "prerequisites", "A\n<Down>\n<Enter>\n" },
	{ "om-checks-no-note", OM, " confirmed ", "prerequisites", "<Space>\n<Enter>\n" },
	{ "om-checks-stays", OM, " confirmed ", "prerequisites", "<F8>\n" },
	{ "om-checks", OM, NULL, "prerequisites", "<Down>\n" },
	{ "om-checks-find", OM, NULL, "prerequisites", "/\n" },
	{ "om-checks-found", OM, NULL, "prerequisites", "/\ngw01\n<Enter>\n" },
	{ "om-checks-detail", OM, NULL, "prerequisites", "<Enter>\n" },
	{ "om-proceed", OM, NULL, "proceed", "" },
	{ "om-accounts-empty", OM, " accounts ", "accounts", "" },
	{ "om-accounts-errors", OM, " accounts ", "accounts", "<F8>\n" },
	{ "om-accounts", OM, NULL, "accounts", "<Tab>\n" },
	{ "om-accounts-password", OM, NULL, "accounts", "<Tab>\n<Tab>\nsecret\n<Tab>\nsecre\n<F8>\n" },
	{ "om-ready", OM, NULL, "ready", "" },
	{ "om-ready-end", OM, NULL, "ready", "<End>\n" },
	{ "om-ready-line", OM, NULL, "ready", "<Alt-L>\n" },
	{ "om-ready-file", OM, NULL, "ready", "<End>\n<Enter>\n" },
	{ "om-progress", OM, NULL, "ready", "<F8>\n" },
	{ "om-complete", OM, NULL, "ready", "<F8>\n<F8>\n" },
	{ "om-pages", OM, NULL, "accounts", "<Alt-G>\n" },
	{ "om-help", OM, NULL, "location", "<F1>\n" },
	{ "om-quit", OM, NULL, "servers", "2\n<Alt-Q>\n" },
	{ "om-button", OM, NULL, "servers", "<Shift-Tab>\n<Shift-Tab>\n" },
	{ "sma-servers", SMA, NULL, "servers", "" },
	{ "sma-servers-errors", SMA, " servers media-folder ", "servers", "<F8>\n" },
	{ "sma-checks-open", SMA, " confirmed ", "prerequisites", "" },
	{ "sma-backup", SMA, NULL, "backup", "" },
	{ "sma-backup-unticked", SMA, NULL, "backup", "<Tab>\n<Tab>\n<Tab>\n<Space>\n" },
	{ "sma-database", SMA, NULL, "database", "" },
	{ "sma-database-errors", SMA, NULL, "database",
	  "<Ctrl-U>\nSQL01\\I:1433\n<Tab>\n<Tab>\n<Ctrl-U>\n70000\n<F8>\n" },
	{ "sma-workers", SMA, NULL, "workers", "" },
	{ "sma-workers-errors", SMA, " accounts ", "workers", "<F8>\n" },
	{ "sma-web-service", SMA, NULL, "web-service", "" },
	{ "sma-web-service-end", SMA, NULL, "web-service", "<Shift-Tab>\n<Up>\n" },
	{ "sma-maintenance", SMA, NULL, "maintenance", "" },
	{ "sma-ready", SMA, NULL, "ready", "" },
	{ "sma-ready-end", SMA, NULL, "ready", "<End>\n" },
	{ "sma-progress", SMA, NULL, "ready", "<F8>\n" },
	{ "sma-complete", SMA, NULL, "ready", "<F8>\n<F8>\n" },
	{ "sma-ready-open", SMA, NULL, "backup",
	  "<Tab>\n<Tab>\n<Tab>\n<Space>\n<F8>\n<F8>\n<F8>\n<F8>\n<F8>\n<F8>\n" },
};
/* clang-format on */

/* ---- plans ---- */

/* The text of the plan without the keys that the scene takes out: a line at the root and what is indented below it. */
static char *plan_text(const struct scene *scene)
{
	struct strbuf path = STRBUF_INIT, out = STRBUF_INIT, key = STRBUF_INIT;
	char *text;
	bool kept = true;

	strbuf_printf(&path, "tests/ui/%s", scene->plan);
	text = read_whole_file(source_path(strbuf_text(&path)), NULL);
	for (const char *line = text; *line;) {
		size_t length = strcspn(line, "\n") + 1;

		if (*line != ' ') {
			strbuf_reset(&key);
			strbuf_printf(&key, " %.*s ", (int)strcspn(line, ":"), line);
			kept = !scene->without || !strstr(scene->without, strbuf_text(&key));
		}
		if (kept)
			strbuf_add(&out, line, length);
		line += length;
	}
	free(text);
	strbuf_clear(&path);
	strbuf_clear(&key);
	return out.data;
}

static struct wizard *open_plan(const struct scene *scene)
{
	static const char *const drives[] = { "C=drive", NULL };
	const struct wizard_options options = { .plan_path = "contoso.yaml", .drives = drives };
	struct plan_source source = { 0 };
	struct diags diags = DIAGS_INIT;
	struct plan *plan;

	if (scene->plan) {
		char *text = plan_text(scene);

		write_whole_file("contoso.yaml", text, strlen(text));
		free(text);
		assert_int_equal(plan_load("contoso.yaml", &plan, &source, &diags), LOAD_OK);
	} else {
		plan = plan_new(flow_at(0));
	}
	diags_clear(&diags);
	return wizard_new(plan, &source, &options);
}

static void go_to(struct wizard *wizard, const struct scene *scene)
{
	struct diags found = DIAGS_INIT;

	while (scene->page && !str_eq(wizard_page(wizard)->id, scene->page)) {
		const struct page *before = wizard_page(wizard);

		wizard_next(wizard, &found);
		if (wizard_page(wizard) == before)
			diags_print(&found, stderr);
		assert_labelled(scene->name, wizard_page(wizard) != before);
	}
	diags_clear(&found);
}

/* ---- pictures ---- */

static void play(const struct scene *scene, bool ascii, const char *dumps, struct strbuf *out)
{
	const struct ui_options options = { .color = COLOR_AUTO, .ascii = ascii };
	struct wizard *wizard = open_plan(scene);
	struct strbuf script = STRBUF_INIT;
	unsigned bad_line;
	int signal;

	go_to(wizard, scene);
	strbuf_printf(&script, "%s%s", scene->keys, dumps);
	ui_run_script(wizard, &options, strbuf_text(&script), 24, 80, out, &signal, &bad_line);
	assert_int_equal(bad_line, 0);
	strbuf_clear(&script);
	wizard_draft_remove(wizard);
	wizard_free(wizard);
}

static void test_screen__scene__looks_as_before(void **state)
{
	const struct scene *scene = *state;
	struct strbuf out = STRBUF_INIT, path = STRBUF_INIT;
	char *folder = scratch_folder(), *home = getcwd(NULL, 0);

	assert_int_equal(chdir(folder), 0);
	assert_int_equal(setenv("XDG_STATE_HOME", folder, 1), 0);
	assert_int_equal(mkdir("drive", 0700), 0);
	assert_int_equal(mkdir("drive/System Center", 0700), 0);
	assert_int_equal(mkdir("drive/System Center/Old", 0700), 0);
	assert_int_equal(mkdir("drive/System Center/Operations Manager", 0700), 0);
	play(scene, false,
	     "<Dump 80x24>\n<Resize 40x10>\n<Dump 40x10>\n<Resize 132x43>\n<Dump 132x43>\n<Resize 80x24>\n", &out);
	play(scene, true, "<DumpText ASCII>\n", &out);
	assert_int_equal(chdir(home), 0);
	strbuf_printf(&path, "tests/ui/%s.screen", scene->name);
	assert_golden(strbuf_text(&path), strbuf_text(&out));
	strbuf_clear(&out);
	strbuf_clear(&path);
	scratch_remove(folder);
	free(home);
}

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

int main(void)
{
	struct CMUnitTest tests[ARRAY_LEN(scenes) + 2] = { TEST(test_theme__every_role__looks_as_before),
							   TEST(test_theme__mono__has_no_colour) };
	char *source = realpath(source_path("."), NULL);

	/* The time, the name and the place that a screen may show */
	if (!source || setenv("srcdir", source, 1) || setenv("SOURCE_DATE_EPOCH", "1795269727", 1) ||
	    setenv("LOGNAME", "anna", 1) || setenv("TZ", "UTC", 1))
		return 99;
	tzset();
	free(source);
	for (size_t i = 0; i < ARRAY_LEN(scenes); i++) {
		tests[i + 2].name = scenes[i].name;
		tests[i + 2].test_func = test_screen__scene__looks_as_before;
		/* cmocka's initial states are not const; nothing writes there. */
		tests[i + 2].initial_state = (void *)(uintptr_t)&scenes[i];
	}
	return run_tests(tests);
}
