/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * More than fits: the tails of lists ("and 3 more") in every output, a drawing of several rows. The limits are those of
 * the sources; one below, and one above.
 */
#define SMALL_REGISTER
#include "small_flow.h"

#include "render_fixture.h"
#include "small_answers.h"

static const char *const formats[] = { "text", "markdown", "html" };

/* A plan of the small flow with COUNT servers of the first role. Owned. */
static char *servers_text(size_t count)
{
	struct strbuf text = STRBUF_INIT;

	strbuf_puts(&text,
		    "scupgrade: 1\nproduct: small\nname: CONTOSO\naccount: { user: 'CONTOSO\\svc' }\nservers:\n");
	for (size_t i = 1; i <= count; i++)
		strbuf_printf(&text, "  - { name: S%03zu, roles: [alpha] }\n", i);
	return take_text(&text);
}

static void assert_has(const char *label, const char *text, const char *part, bool wanted)
{
	if ((strstr(text, part) != NULL) == wanted)
		return;
	fprintf(stderr, "%s: \"%s\" is %s\n%s\n", label, part, wanted ? "missing" : "there", text);
	fail();
}

/* ---- runbooks ---- */

/* A flow of COUNT steps by hand, named "step-0" and on, each PER_PHASE in a phase of their own. */
enum { MOST_TASKS = 40 };

struct steps_flow {
	struct flow flow;
	struct task tasks[MOST_TASKS + 1];
	char ids[MOST_TASKS][16], phases[MOST_TASKS][40];
	struct edge edges[MOST_TASKS + 1]; /* what the last one requires; to be filled */
};

static void make_steps(struct steps_flow *steps, size_t count, size_t per_phase)
{
	*steps = (struct steps_flow){ .flow = small_flow };
	for (size_t i = 0; i < count; i++) {
		snprintf(steps->phases[i], sizeof(steps->phases[0]), "Phase with a long name %zu", i / per_phase);
		snprintf(steps->ids[i], sizeof(steps->ids[0]), "step-%zu", i);
		steps->tasks[i] = (struct task){ .id = steps->ids[i],
						 .phase = steps->phases[i / per_phase * per_phase],
						 .title = "Do it",
						 .kind = STEP_MANUAL,
						 .text = "Do it.",
						 .why = "So.",
						 .verify = "Done.",
						 .source = "ours [OURS]" };
	}
	steps->flow.tasks = steps->tasks;
	steps->tasks[count - 1].requires = steps->edges;
}

/* What FORMAT makes of a new plan of FLOW. Owned. */
static char *render_new(const char *format, const struct flow *flow)
{
	struct plan *plan = plan_new(flow);
	struct arena *arena = arena_new();
	struct sequence sequence = sequence_build(plan, arena);
	struct strbuf out = STRBUF_INIT;
	struct diags diags = DIAGS_INIT;

	struct render_input input = { .plan = plan, .sequence = &sequence };

	assert_labelled(format, renderer_find(format)->render(&input, &out, &diags));
	diags_clear(&diags);
	plan_free(plan);
	arena_free(arena);
	return take_text(&out);
}

/* Every other step, for neighbours are told as one. */
static void test_render__links_of_a_step__the_rest_is_counted(void **state)
{
	static const struct {
		size_t required;
		const char *tail; /* NULL: all are named */
	} cases[] = { { 8, NULL }, { 9, "; and 1 more" }, { 19, "; and 11 more" } };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct steps_flow steps;

		make_steps(&steps, MOST_TASKS, MOST_TASKS);
		for (size_t k = 0; k < cases[i].required; k++)
			steps.edges[k] = (struct edge){ EDGE_ALL, steps.ids[2 * k] };
		for (size_t k = 0; k < ARRAY_LEN(formats); k++) {
			char *text = render_new(formats[k], &steps.flow);

			assert_has(formats[k], text, cases[i].tail ? cases[i].tail : "; and ", cases[i].tail != NULL);
			free(text);
		}
	}
}

static void test_render__servers_of_a_check__the_rest_is_counted(void **state)
{
	char *four = servers_text(4), *nine = servers_text(9);

	(void)state;
	for (size_t k = 0; k < ARRAY_LEN(formats); k++) {
		char *few = fixture_render(formats[k], NULL, four), *many = fixture_render(formats[k], NULL, nine);

		assert_has(formats[k], few, "S001, S002, S003, S004", true);
		assert_has(formats[k], few, "S004 and ", false);
		assert_has(formats[k], many, "S001, S002, S003, S004 and 5 more", true);
		free(few);
		free(many);
	}
	free(four);
	free(nine);
}

/* ---- prerequisites ---- */

static bool is_found(const struct diags *diags, const char *part)
{
	for (size_t i = 0; i < diags->count; i++) {
		if (strstr(diags->items[i].text, part))
			return true;
	}
	return false;
}

static void add_servers(struct plan *plan, size_t count)
{
	struct rows *rows = &plan->answers->servers;

	for (size_t i = 1; i <= count; i++) {
		struct server *server = (struct server *)plan_new_record(plan, plan->flow->servers);

		server->name = arena_printf(plan->arena, "S%03zu", i);
		server->roles = SMALL_ALPHA;
		rows_insert(plan, rows, rows->count, &server->record);
	}
}

static void test_prereq_judge__not_known_on_many__the_rest_is_counted(void **state)
{
	static const struct prereq prereqs[] = { { .id = "look",
						   .title = "Looked at",
						   .roles = SMALL_ALPHA,
						   .needed = "Somebody looks.",
						   .remedy = "Look.",
						   .source = "ours [OURS]" },
						 { .id = NULL } };
	static const struct {
		size_t servers;
		const char *text;
	} cases[] = {
		{ 1, "Looked at: not known." },
		{ 2, "Looked at: not known on S001, S002." },
		{ 8, "S006, S007, S008." },
		{ 9, "S006, S007, S008 and 1 more servers." },
		{ 20, "S006, S007, S008 and 12 more servers." },
	};
	struct flow flow = small_flow;

	(void)state;
	flow.prereqs = prereqs;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct plan *plan = plan_new(&flow);
		struct diags diags = DIAGS_INIT;

		add_servers(plan, cases[i].servers);
		prereq_judge(plan, NULL, "2026-11-21", &(struct judge_wish){ true, SEV_WARNING }, &diags);
		assert_labelled(cases[i].text, is_found(&diags, cases[i].text));
		assert_int_equal(diags.count, 1);
		diags_clear(&diags);
		plan_free(plan);
	}
}

/* ---- the drawing ---- */

enum { PHASES = 20, WIDEST = 1260 };

/* Phases that together are too wide for a page stand in several rows, each with all its lanes. */
static void test_render_drawing__wide__breaks_into_rows(void **state)
{
	unsigned width = 0, height = 0;
	struct steps_flow steps;
	size_t rows;
	char *html;

	(void)state;
	make_steps(&steps, MOST_TASKS, MOST_TASKS / PHASES);
	html = render_new("html", &steps.flow);
	assert_int_equal(sscanf(strstr(html, "viewBox=\""), "viewBox=\"0 0 %u %u\"", &width, &height), 2);
	assert_in_range(width, WIDEST / 2, WIDEST + 20);
	/* No step is about a server: one lane in each row. */
	rows = count_of(html, "class=\"lane-name\"");
	assert_in_range(rows, 3, PHASES / 2);
	for (size_t i = 0; i < MOST_TASKS; i++)
		assert_labelled(steps.phases[i], strstr(html, steps.phases[i / 2 * 2]) != NULL);
	/* Everything is drawn inside of the drawing. */
	for (const char *at = strstr(html, "<svg"); at < strstr(html, "</svg>") && (at = strstr(at, " y=\"")); at += 4)
		assert_in_range(strtoul(at + 4, NULL, 10), 0, height);
	free(html);
}

/* ---- the plain front end ---- */

static void test_prompt__many_servers_and_steps__shown_in_parts(void **state)
{
	static const struct exchange lines[] = {
		{ "What was done", "list 31" },
		{ "What was done", "show 62" },
		{ "What was done", "quit" },
	};
	static const struct exchange rows[] = {
		{ "name", "" },
		{ "account.user", "" },
		{ "add, edit", "show 51" },
		{ "add, edit", "remove S060" },
		{ "add, edit", "show 2 3" },
		{ "add, edit", "" },
		CHECKS,
		{ "Write the files?", "quit" },
		{ "Keep your answers", "discard" },
	};
	char *plan = servers_text(60), *transcript;
	struct wizard *wizard;

	(void)state;
	write_whole_file("p.yaml", plan, strlen(plan));
	free(plan);
	wizard = open_wizard_with("p.yaml", (struct wizard_options){ .track = true });
	transcript = talk_with(wizard, TABLE(lines), NULL, 80, FRONT_LEFT);
	wizard_free(wizard);
	assert_says(transcript, "  and 13 more: list 51 goes on\n");
	assert_says(transcript, " 63. See that everything works: waits for: 60 steps\n");
	assert_says(transcript, "\n  Waits for: 3, Upgrade server S001\n");
	free(transcript);
	transcript = talk_about("p.yaml", TABLE(rows), FRONT_LEFT);
	assert_says(transcript, " 50. S050: Alpha role. Notes: note S050\n  and 10 more: show 51 goes on\n");
	assert_says(transcript, " 60. S060: Alpha role. Notes: note S060\nadd, edit");
	assert_says(transcript, "\n  59 in all\n");
	assert_says(transcript, "  3. S003: Alpha role. Notes: note S003\n  and 56 more: show 4 goes on\n");
	assert_says(transcript, "  S050: Alpha role. Notes: note S050\n  and 9 more\nThe first command line, for S001");
	free(transcript);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_render__links_of_a_step__the_rest_is_counted),
		TEST(test_render__servers_of_a_check__the_rest_is_counted),
		TEST(test_prereq_judge__not_known_on_many__the_rest_is_counted),
		TEST(test_render_drawing__wide__breaks_into_rows),
		WIZARD_TEST(test_prompt__many_servers_and_steps__shown_in_parts),
	};

	return run_tests(tests);
}
