/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Tests of the runbook as text, Markdown and HTML.
 */
#include "render_fixture.h"

#include "core/text.h"
#include "render/render_runbook.h"

#define HOSTILE "<script>alert(1)</script>|`x`|[a](b)&\"$*_ -->"
#define HOSTILE_FOLDER "D:\\```\\<b>|"

/* As it stands in brackets, in backticks, in a code element. */
static bool has_id(const char *text, size_t format, const char *id)
{
	struct strbuf shown = STRBUF_INIT;

	strbuf_printf(&shown, format == 0 ? "[%s]" : format == 1 ? "`%s`" : "<code>%s</code>", id);
	bool has = strstr(text, strbuf_text(&shown)) != NULL;
	strbuf_clear(&shown);
	return has;
}

static void test_render__every_format__has_the_digest_and_each_step(void **state)
{
	static const char *const formats[] = { "text", "markdown", "html" };
	char path[4096], digest[65];
	struct diags diags = DIAGS_INIT;
	struct arena *arena = arena_new();
	struct plan *plan;

	(void)state;
	snprintf(path, sizeof(path), "%s", source_path("tests/plans/om.yaml"));
	assert_int_equal(plan_load(path, &plan, NULL, &diags), LOAD_OK);
	struct sequence sequence = sequence_build(plan, arena);
	struct digest sum = plan_digest(plan);

	digest_text(&sum, digest);
	for (size_t i = 0; i < ARRAY_LEN(formats); i++) {
		char *text = fixture_render(formats[i], path, NULL);

		assert_labelled(formats[i], strstr(text, digest) != NULL);
		assert_labelled(formats[i], strstr(text, "scupgrade check --after --facts FOLDER PLAN") != NULL);
		for (size_t k = 0; k < sequence.count; k++) {
			const struct step *step = &sequence.items[k];

			/* Equal steps are one, with a row for each server. */
			assert_labelled(step->id, has_id(text, i, step->id) ||
							  (has_id(text, i, arena_printf(arena, "%s@SERVER",
											step->task->id)) &&
							   strstr(text, step->server->name)));
		}
		free(text);
	}
	plan_free(plan);
	arena_free(arena);
	diags_clear(&diags);
}

/* ---- HTML ---- */

/* The names of all tags, in order. Owned. */
static char *tags_of(const char *html)
{
	struct strbuf tags = STRBUF_INIT;

	for (const char *at = html; (at = strchr(at, '<')); at++) {
		strbuf_add(&tags, at, strcspn(at, " >"));
		strbuf_putc(&tags, '\n');
	}
	return take_text(&tags);
}

static void test_render_html__hostile_values__change_no_tag(void **state)
{
	char *tame = fixture_plan(3, "CONTOSO", "D:\\x", "seen");
	char *wild = fixture_plan(3, HOSTILE, HOSTILE_FOLDER, HOSTILE);
	char *tame_html = fixture_render("html", NULL, tame), *wild_html = fixture_render("html", NULL, wild);
	char *expected = tags_of(tame_html), *actual = tags_of(wild_html);

	(void)state;
	assert_text("tags", expected, actual);
	assert_null(strstr(wild_html, "<script"));
	assert_non_null(strstr(wild_html, "&lt;script&gt;alert(1)&lt;/script&gt;|`x`|[a](b)&amp;&quot;$*_ --&gt;"));
	free(expected);
	free(actual);
	free(tame_html);
	free(wild_html);
	free(tame);
	free(wild);
}

static void test_render_html__any_plan__refers_to_nothing_outside(void **state)
{
	static const char *const refused[] = { "<script", "<link",  "<img", "<iframe", "@import",    "url(",
					       "http:",   "https:", "src=", "onclick", "javascript:" };
	char *plan = fixture_plan(30, "CONTOSO", "D:\\", "seen"), *html = fixture_render("html", NULL, plan);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(refused); i++)
		assert_labelled(refused[i], !strstr(html, refused[i]));
	assert_non_null(strstr(html, "content=\"default-src 'none'; style-src 'unsafe-inline'\""));
	assert_int_equal(count_of(html, "href=\""), count_of(html, "href=\"#"));
	free(html);
	free(plan);
}

/* Every target of a link is there, once. */
static void test_render_html__links__have_their_targets(void **state)
{
	char *plan = fixture_plan(30, "CONTOSO", "D:\\", "seen"), *html = fixture_render("html", NULL, plan);
	size_t links = 0;

	(void)state;
	for (const char *at = html; (at = strstr(at, "href=\"#")); at++, links++) {
		struct strbuf id = STRBUF_INIT;

		at += strlen("href=\"#");
		strbuf_puts(&id, "id=\"");
		strbuf_add(&id, at, strcspn(at, "\"") + 1);
		assert_labelled(strbuf_text(&id), count_of(html, strbuf_text(&id)) == 1);
		strbuf_clear(&id);
	}
	assert_true(links > 60);
	free(html);
	free(plan);
}

static void test_render_html__servers__have_lanes_until_there_are_many(void **state)
{
	static const struct {
		const char *label;
		size_t servers, lanes;
		bool by_role;
	} cases[] = {
		{ "few", 3, 4, false }, /* and one for the steps that are about no server */
		{ "the most", 24, 25, false },
		{ "many", 25, 4, true },
		{ "hundreds", 300, 4, true },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		char *plan = fixture_plan(cases[i].servers, "CONTOSO", "D:\\", "seen");
		char *html = fixture_render("html", NULL, plan);
		size_t rows = cases[i].servers <= 12 || cases[i].by_role
				      ? count_of(html, "class=\"lane-name\"") / cases[i].lanes
				      : 1;

		assert_labelled(cases[i].label, rows >= 1 && rows <= 2);
		assert_int_equal(count_of(html, "class=\"lane-name\""), rows * cases[i].lanes);
		assert_labelled(cases[i].label, cases[i].by_role == (strstr(html, "a lane for each role") != NULL));
		assert_labelled(cases[i].label, count_of(html, "class=\"barrier\"") >= 2);
		free(html);
		free(plan);
	}
}

static void test_html_text__table__escaped(void **state)
{
	static const struct {
		const char *label, *text, *expected;
	} cases[] = {
		{ "plain", "MS01 \xC3\xA4", "MS01 \xC3\xA4" },
		{ "all that has a meaning", "<a href=\"x\" y='z'>&amp;",
		  "&lt;a href=&quot;x&quot; y=&#39;z&#39;&gt;&amp;amp;" },
		{ "bidi",
		  "a\xE2\x80\xAE"
		  "b",
		  "a\\u{202E}b" },
		{ "line feed", "a\nb", "a\\u{000A}b" },
		{ "bad byte", "a\xFF", "a\\x{FF}" },
	};
	struct strbuf out = STRBUF_INIT;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		strbuf_reset(&out);
		html_text(&out, cases[i].text);
		assert_text(cases[i].label, cases[i].expected, strbuf_text(&out));
	}
	strbuf_clear(&out);
}

/* ---- Markdown ---- */

static size_t count_cells(const char *line, size_t length)
{
	size_t count = 0;

	for (size_t i = 0; i < length; i++) {
		if (line[i] == '\\')
			i++;
		else
			count += line[i] == '|';
	}
	return count;
}

/* Each row of a table has the cells of its head, whatever stands in them. */
static void assert_tables(const char *markdown)
{
	size_t cells = 0, tables = 0;

	for (const char *line = markdown; *line; line += strcspn(line, "\n") + 1) {
		size_t length = strcspn(line, "\n");

		if (*line != '|') {
			cells = 0;
			continue;
		}
		tables += !cells;
		if (!cells)
			cells = count_cells(line, length);
		assert_int_equal(count_cells(line, length), cells);
	}
	assert_true(tables >= 5);
}

static void test_render_markdown__hostile_values__stay_in_their_cells(void **state)
{
	char *plan = fixture_plan(3, HOSTILE, HOSTILE_FOLDER, HOSTILE), *text = fixture_render("markdown", NULL, plan);

	(void)state;
	assert_tables(text);
	assert_null(strstr(text, "<script"));
	assert_null(strstr(text, "[a](b)"));
	/* As a value, and within a sentence */
	assert_non_null(strstr(text, "<code>&#60;script&#62;alert(1)"));
	assert_non_null(
		strstr(text, "&lt;script&gt;alert(1)&lt;/script&gt;\\|\\`x\\`\\|\\[a\\](b)&amp;\"\\$\\*\\_ --&gt;"));
	free(text);
	free(plan);
}

/* The fence of a block is longer than any run of backticks in it. */
static void test_render_markdown__backticks_in_a_line__longer_fence(void **state)
{
	char *plan = fixture_plan(1, "CONTOSO", HOSTILE_FOLDER, "x"), *text = fixture_render("markdown", NULL, plan);

	(void)state;
	assert_non_null(strstr(text, "\n````bat\n"));
	assert_int_equal(count_of(text, "\n````bat\n") * 2, count_of(text, "\n````"));
	assert_null(strstr(text, "\n```bat\n"));
	free(text);
	free(plan);
}

static void test_render_markdown__fences__are_in_pairs(void **state)
{
	char path[4096];

	(void)state;
	snprintf(path, sizeof(path), "%s", source_path("tests/plans/om.yaml"));
	char *text = fixture_render("markdown", path, NULL);

	assert_true(count_of(text, "\n```") > 20);
	assert_int_equal(count_of(text, "\n```") % 2, 0);
	free(text);
}

/* ---- text ---- */

/* What is longer than 80 cells is a command line or a script: those stand behind eight blanks. */
static void test_render_text__prose__wraps_at_80(void **state)
{
	char *plan = fixture_plan(40, "CONTOSO", "D:\\a folder with a long name\\and one more below it", HOSTILE);
	char *text = fixture_render("text", NULL, plan);

	(void)state;
	for (char *line = text, *end; *line; line = end + 1) {
		end = line + strcspn(line, "\n");
		assert_int_equal(*end, '\n');
		*end = '\0';
		assert_labelled(line, text_cells(line) <= 80 || str_starts(line, "        "));
	}
	free(text);
	free(plan);
}

static void test_render__no_line_for_cmd__says_powershell(void **state)
{
	char *plan = fixture_plan(1, "CONTOSO", "D:\\100%a%b", "x"), *text = fixture_render("text", NULL, plan);

	(void)state;
	assert_null(strstr(text, "Command Prompt, as administrator:"));
	assert_non_null(strstr(
		text, "PowerShell, as administrator:\n        Start-Process -Wait -FilePath 'D:\\100%a%b\\setup.exe'"));
	free(text);
	free(plan);
}

/* What a step's heading says: its number and its title, then where. */
static void test_render_text__equal_steps__are_one_with_a_row_for_each_server(void **state)
{
	char *text = fixture_render("text", source_path("tests/plans/eight-servers.yaml"), NULL);

	(void)state;
	assert_non_null(strstr(text, "[ ] 9 to 11. Review the event log of 3 servers\n"));
	assert_non_null(strstr(text, "      [ ] 10. MS02: from ________ to ________ by ______________\n"));
	assert_null(strstr(text, "[ ] 10. Review"));
	/* The second waits for the first: these are two. */
	assert_non_null(strstr(text, ". Upgrade management server MS01\n"));
	assert_non_null(strstr(text, ". Upgrade management server MS02\n"));
	free(text);
	/* A server may have the name of a word of the title: its own place is the last. */
	text = fixture_render("text", NULL,
			      "scupgrade: 1\nproduct: operations-manager\nmanagement-group: X\nservers:\n"
			      "  - { name: ms, roles: [management-server] }\n"
			      "  - { name: event, roles: [management-server] }\n"
			      "  - { name: log, roles: [management-server] }\n");
	assert_non_null(strstr(text, "Review the event log of 3 servers\n"));
	assert_non_null(strstr(text, "Stop the services on 2 servers\n"));
	free(text);
	text = fixture_render("text", NULL,
			      "scupgrade: 1\nproduct: operations-manager\nmanagement-group: X\nservers:\n"
			      "  - { name: event, roles: [management-server] }\n"
			      "  - { name: ms, roles: [management-server] }\n");
	assert_non_null(strstr(text, "Review the event log of 2 servers\n"));
	free(text);
}

/* What all of them wait for is each one's, whichever server it is about. */
static void test_render_text__equal_steps__own_is_what_differs(void **state)
{
	char *text = fixture_render("text", source_path("tests/plans/sma.yaml"), NULL);

	(void)state;
	assert_null(strstr(text, "uninstall-runbook-worker of the same server"));
	assert_null(strstr(text, "stop-runbook-worker of the same server"));
	assert_non_null(strstr(text, "[ ] 14 to 15. Install the runbook worker on 2 servers\n"));
	assert_non_null(strstr(text, "      Requires: steps 10 to 13\n"));
	assert_non_null(strstr(text, "      Requires: capture-settings of the same server; install-runbook-worker of"));
	free(text);
}

static void test_render_text__change__has_lines_to_fill_in(void **state)
{
	char *plan = fixture_plan(3, "CONTOSO", "D:\\SCOM 2016", "seen"), *blank = fixture_render("text", NULL, plan);
	struct strbuf more = STRBUF_INIT;

	(void)state;
	strbuf_printf(&more, "%schange: { number: CHG42, start: '2026-12-05 20:00' }\n", plan);
	char *filled = fixture_render("text", NULL, strbuf_text(&more));

	assert_non_null(strstr(blank, "\n  Number of the change: ______________________\n  The window opens: ____"));
	assert_non_null(strstr(blank, "\n  How to reach them: ____"));
	assert_true(strstr(blank, "\n  Number of the change: ") < strstr(blank, "\nSummary\n"));
	assert_non_null(strstr(filled, "\n  Number of the change: CHG42\n  The window opens: 2026-12-05 20:00\n"
				       "  The window closes: ______"));
	assert_int_equal(count_of(filled, "CHG42"), 1);
	/* A folder with a blank is one word for the program that extracts into it. */
	assert_non_null(strstr(blank, "/Dir=\"D:\\SCOM 2016\" /VERYSILENT"));
	/* Success first; setup's own codes with either sign. */
	assert_true(strstr(blank, "\n  0: It worked.") < strstr(blank, "\n  17, -17: "));
	assert_true(strstr(blank, "\n  3010: It worked") < strstr(blank, "\n  1, -1: "));
	strbuf_clear(&more);
	free(filled);
	free(blank);
	free(plan);
}

static void test_render_text__decisions__stand_around_the_point_of_no_return(void **state)
{
	char *text = fixture_render("text", source_path("tests/plans/eight-servers.yaml"), NULL);
	const char *point = strstr(text, "Upgrade management server MS01: the point of no return");

	(void)state;
	assert_non_null(point);
	assert_non_null(strstr(point, "No other server is started"));
	assert_non_null(strstr(point, "Restore the databases\n      From: step "));
	assert_non_null(strstr(point, "Install the gateways of 2012 R2"));
	free(text);
	text = fixture_render("text", source_path("tests/plans/minimal.yaml"), NULL);
	assert_null(strstr(text, "Install the gateways of 2012 R2"));
	free(text);
}

/* What comes after this upgrade, where there is more to come. */
static void test_render__a_goal_further_on__has_the_road_as_an_appendix(void **state)
{
	static const char *const formats[] = { "text", "markdown", "html" };
	char *plan = fixture_plan(1, "CONTOSO", "D:\\", "seen"), *text;
	struct strbuf with_goal = STRBUF_INIT;

	(void)state;
	strbuf_printf(&with_goal, "%sgoal: '2022'\n", plan);
	for (size_t i = 0; i < ARRAY_LEN(formats); i++) {
		text = fixture_render(formats[i], NULL, plan);
		assert_null(strstr(text, "The road from here"));
		free(text);
		text = fixture_render(formats[i], NULL, strbuf_text(&with_goal));
		assert_non_null(strstr(text, "The road from here"));
		assert_non_null(strstr(text, "2016 to 2019"));
		assert_non_null(strstr(text, "2019 to 2022"));
		free(text);
	}
	strbuf_clear(&with_goal);
	free(plan);
}

static void test_render_runbook__not_known__how_to_find_out_stands_once(void **state)
{
	char *plan = fixture_plan(3, "CONTOSO", "D:\\", "x");
	static const char *const formats[] = { "text", "markdown", "html" };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(formats); i++) {
		char *text = fixture_render(formats[i], NULL, plan);

		assert_int_equal(count_of(text, "Run the collector there"), 0);
		assert_int_equal(count_of(text, "Where the last column says nothing else"), 1);
		/* What a step brings about names it by its number, not by its id. */
		assert_int_equal(count_of(text, "the step back-up-database"), 0);
		assert_true(count_of(text, " does this") > 3);
		free(text);
	}
	free(plan);
}

static void test_render_dot__many_servers__are_one_node_a_task(void **state)
{
	char *few = fixture_plan(12, "CONTOSO", "D:\\", "x"), *many = fixture_plan(40, "CONTOSO", "D:\\", "x");
	char *more = fixture_plan(400, "CONTOSO", "D:\\", "x");
	char *each = fixture_render("dot", NULL, few), *grouped = fixture_render("dot", NULL, many);
	char *large = fixture_render("dot", NULL, more);

	(void)state;
	assert_int_equal(count_of(each, "Upgrade gateway server "), 4);
	assert_int_equal(count_of(grouped, "Upgrade gateway servers (14)"), 1);
	assert_int_equal(count_of(grouped, "[label="), count_of(large, "[label="));
	assert_int_equal(count_of(grouped, " -> "), count_of(large, " -> "));
	/* The first management server stays alone, and the others wait for it. */
	assert_int_equal(count_of(grouped, "Upgrade management server S0001\""), 1);
	assert_int_equal(count_of(grouped, "Upgrade management servers (13)"), 1);
	assert_int_equal(count_of(large, "Upgrade management servers (133)"), 1);
	free(few);
	free(many);
	free(more);
	free(each);
	free(grouped);
	free(large);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_render_dot__many_servers__are_one_node_a_task),
		TEST(test_render_runbook__not_known__how_to_find_out_stands_once),
		TEST(test_render__every_format__has_the_digest_and_each_step),
		TEST(test_render__a_goal_further_on__has_the_road_as_an_appendix),
		TEST(test_render_html__hostile_values__change_no_tag),
		TEST(test_render_html__any_plan__refers_to_nothing_outside),
		TEST(test_render_html__links__have_their_targets),
		TEST(test_render_html__servers__have_lanes_until_there_are_many),
		TEST(test_html_text__table__escaped),
		TEST(test_render_markdown__hostile_values__stay_in_their_cells),
		TEST(test_render_markdown__backticks_in_a_line__longer_fence),
		TEST(test_render_markdown__fences__are_in_pairs),
		TEST(test_render_text__prose__wraps_at_80),
		TEST(test_render_text__equal_steps__are_one_with_a_row_for_each_server),
		TEST(test_render_text__equal_steps__own_is_what_differs),
		TEST(test_render_text__change__has_lines_to_fill_in),
		TEST(test_render_text__decisions__stand_around_the_point_of_no_return),
		TEST(test_render__no_line_for_cmd__says_powershell),
	};

	return run_tests(tests);
}
