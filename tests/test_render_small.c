/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Every output and the schema as a whole, of the small flow. Steps of every kind, a note, a server with two roles: what
 * an output can say stands here once, and does not change with the products.
 */
#define SMALL_REGISTER
#include "small_flow.h"

#include "render_fixture.h"

#include "pipeline/schema.h"

static const char plan_text[] = "scupgrade: 1\nproduct: small\nname: 'CONTOSO'\nport: 1500\nagree: true\n"
				"admins: ['CONTOSO\\anna', 'CONTOSO\\bob']\naccount: { user: 'CONTOSO\\svc' }\n"
				"servers:\n  - { name: MS01, roles: [alpha] }\n"
				"  - { name: MS02, roles: [alpha, beta], site: 'North & South' }\n"
				"confirmed:\n"
				"  - { check: backup, by: 'CONTOSO\\anna', on: '2026-11-20', note: 'restored' }\n"
				"acknowledged:\n"
				"  - { check: reboot, server: MS01, by: anna, on: '2026-11-20', note: 'at ten' }\n";

static void test_render__small_plan__as_expected(void **state)
{
	struct strbuf path = STRBUF_INIT;

	(void)state;
	for (const struct renderer *renderer = renderers; renderer->name; renderer++) {
		char *text = fixture_render(renderer->name, NULL, plan_text);
		char *again = fixture_render(renderer->name, NULL, plan_text);

		assert_text("the same plan gives the same bytes", text, again);
		if (!str_eq(renderer->name, "commands"))
			assert_labelled(renderer->name, strstr(text, "scupgrade " PACKAGE_VERSION) != NULL);
		strbuf_reset(&path);
		strbuf_printf(&path, "tests/expected/small%s", renderer->suffix);
		fixture_golden(strbuf_text(&path), text);
		free(text);
		free(again);
	}
	strbuf_clear(&path);
}

/* Accepted although a document rules it out: the runbook says so, and in red. */
static void test_render__accepted_against_the_document__is_said(void **state)
{
	static const char text[] = "scupgrade: 1\nproduct: small\nname: 'CONTOSO'\nport: 1500\nagree: true\n"
				   "admins: ['CONTOSO\\anna']\naccount: { user: 'CONTOSO\\svc' }\n"
				   "servers:\n  - { name: BAD01, roles: [alpha] }\n"
				   "acknowledged:\n"
				   "  - { check: memory, servers: [BAD01], by: anna, on: '2026-11-20', "
				   "note: 'in the lab', against-document: true }\n";
	static const struct {
		const char *format, *says;
	} cases[] = {
		{ "html", "class=\"against\"" },
		{ "html", ".against .state{color:var(--bad)}" },
		{ "html", "1 GB. Accepted all the same by anna, 2026-11-20: in the lab" },
		{ "text", "1 prerequisite goes against what a document states" },
		{ "text", "against the document" },
		{ "markdown", "against the document" },
		{ "json", "\"note\": \"in the lab\", \"against-document\": true}" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		char *out = fixture_render(cases[i].format, NULL, text);

		assert_labelled(cases[i].says, strstr(out, cases[i].says) != NULL);
		free(out);
	}
}

/* What a folder format makes, as one text. */
static void put_folder(struct strbuf *text, const struct folder_renderer *renderer, const struct render_input *input)
{
	struct render_folder folder = RENDER_FOLDER_INIT;
	struct diags diags = DIAGS_INIT;

	assert_labelled(renderer->name, renderer->render(input, &folder, &diags));
	assert_int_equal(diags.errors, 0);
	for (size_t i = 0; i < folder.count; i++) {
		const char *name = folder.items[i].name, *inside = strbuf_text(&folder.items[i].text);

		if (str_eq(name, "upgrade.ps1")) {
			char *script = fixture_render("powershell", NULL, plan_text);

			assert_text("the script of the folder is that of its own format", inside, script);
			free(script);
			inside = "";
		}
		strbuf_printf(text, "==== %s\n%s", name, inside);
	}
	render_folder_clear(&folder);
	diags_clear(&diags);
}

static void test_render_folder__small_plan__as_expected(void **state)
{
	struct diags diags = DIAGS_INIT;
	struct strbuf text = STRBUF_INIT, path = STRBUF_INIT;
	struct arena *arena = arena_new();
	struct sequence sequence;
	struct plan *plan;

	(void)state;
	assert_int_equal(plan_read("plan.yaml", plan_text, strlen(plan_text), &plan, &diags), LOAD_OK);
	sequence = sequence_build(plan, arena);
	struct render_input input = { .plan = plan, .sequence = &sequence };

	for (const struct folder_renderer *renderer = folder_renderers; renderer->name; renderer++) {
		strbuf_reset(&path);
		strbuf_reset(&text);
		strbuf_printf(&path, "tests/expected/small.%s", renderer->name);
		put_folder(&text, renderer, &input);
		fixture_golden(strbuf_text(&path), strbuf_text(&text));
	}
	strbuf_clear(&path);
	strbuf_clear(&text);
	diags_clear(&diags);
	plan_free(plan);
	arena_free(arena);
}

/* What FORMAT makes of INPUT; owned. */
static char *made(const char *format, const struct render_input *input)
{
	struct strbuf out = STRBUF_INIT;
	struct diags diags = DIAGS_INIT;

	assert_labelled(format, renderer_find(format)->render(input, &out, &diags));
	diags_clear(&diags);
	return take_text(&out);
}

static void write_lines(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

static void test_render__facts_and_record__stand_in_the_head(void **state)
{
	static const char when[] = "2026-11-21T14:02:07Z";
	static const char facts_text[] = "scupgrade-facts: 1\nserver: MS01\ncollected: '2026-11-21T12:00:00Z'\n";
	static const char *const formats[] = { "text", "markdown", "html", "json" };
	char *folder = scratch_folder(), *text;
	const char *path;
	struct strbuf place = STRBUF_INIT;
	struct diags diags = DIAGS_INIT;
	struct arena *arena = arena_new();
	struct facts *facts;
	struct plan *plan;
	struct digest digest;
	char hex[65];

	(void)state;
	strbuf_printf(&place, "%s/plan.yaml", folder);
	path = arena_strdup(arena, strbuf_text(&place));
	write_lines(path, plan_text);
	assert_int_equal(plan_load(path, &plan, NULL, &diags), LOAD_OK);
	struct sequence sequence = sequence_build(plan, arena);
	struct render_input input = { .plan = plan, .sequence = &sequence };

	assert_false(facts_digest(NULL, &digest));
	assert_true(facts_read("f", facts_text, strlen(facts_text), when, &facts, &diags));
	assert_true(facts_digest(facts, &digest));
	digest_text(&digest, hex);
	for (size_t i = 0; i < ARRAY_LEN(formats); i++) {
		input.facts = NULL;
		text = made(formats[i], &input);
		assert_null(strstr(text, "collected at"));
		free(text);
		input.facts = facts;
		text = made(formats[i], &input);
		assert_labelled(formats[i], strstr(text, hex) != NULL);
		assert_labelled(formats[i], strstr(text, "2026-11-21T12:00:00Z") != NULL);
		free(text);
	}
	facts_free(facts);
	/* Facts without a server and without a time are facts. */
	assert_false(facts_read("f", "x: 1\n", strlen("x: 1\n"), when, &facts, &diags));
	input.facts = facts;
	text = made("json", &input);
	assert_non_null(strstr(text, "\"facts-collected\": null"));
	assert_null(strstr(text, "\"facts-digest\": null"));
	free(text);
	text = made("markdown", &input);
	assert_null(strstr(text, "collected at"));
	free(text);
	facts_free(facts);
	input.facts = NULL;

	struct tracker *tracker = tracker_open(plan, &sequence, path, NULL, when, &diags);
	input.tracker = tracker;
	text = made("csv", &input);
	assert_null(strstr(text, ", record "));
	free(text);
	struct mark_request request = { .mark = MARK_DONE, .by = "anna", .note = "", .now = when };
	assert_int_equal(tracker_mark(tracker, &request, &diags), MARKED);
	tracker_free(tracker);
	input.tracker = tracker = tracker_open(plan, &sequence, path, NULL, when, &diags);
	assert_true(tracker_digest(tracker, &digest));
	digest_text(&digest, hex);
	text = made("csv", &input);
	assert_non_null(strstr(text, hex));
	free(text);
	tracker_free(tracker);

	strbuf_clear(&place);
	diags_clear(&diags);
	plan_free(plan);
	arena_free(arena);
	scratch_remove(folder);
}

static void test_schema_plan__small__as_expected(void **state)
{
	struct strbuf out = STRBUF_INIT;

	(void)state;
	schema_plan(&out);
	fixture_golden("tests/expected/small.schema.json", strbuf_text(&out));
	strbuf_clear(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_render__small_plan__as_expected),
		TEST(test_render__accepted_against_the_document__is_said),
		TEST(test_render_folder__small_plan__as_expected),
		TEST(test_render__facts_and_record__stand_in_the_head),
		TEST(test_schema_plan__small__as_expected),
	};

	return run_tests(tests);
}
