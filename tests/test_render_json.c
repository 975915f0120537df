/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Tests of the formats for programs: JSON and Graphviz. schema.sh holds the JSON against its schema.
 */
#include "render_fixture.h"

#include "render/steps_json.h"

static void test_renderer_find__names__each_format_once(void **state)
{
	(void)state;
	for (const struct renderer *renderer = renderers; renderer->name; renderer++) {
		assert_ptr_equal(renderer_find(renderer->name), renderer);
		assert_labelled(renderer->name, renderer->suffix[0] == '.' && *renderer->label && renderer->render);
		for (const struct renderer *other = renderers; other < renderer; other++)
			assert_labelled(renderer->name, !str_eq(other->suffix, renderer->suffix));
	}
	assert_null(renderer_find("pdf"));
	assert_null(renderer_find(""));
	assert_true(renderer_find("html")->chosen);
}

/* The brackets of JSON match, seen without its strings. */
static void assert_brackets(const char *json)
{
	char open[64];
	size_t depth = 0;

	for (const char *at = json; *at; at++) {
		if (*at == '"') {
			for (at++; *at != '"'; at++) {
				assert_true((unsigned char)*at >= 0x20);
				at += *at == '\\';
			}
		} else if (*at == '{' || *at == '[') {
			assert_true(depth < sizeof(open));
			open[depth++] = *at;
		} else if (*at == '}' || *at == ']') {
			assert_true(depth > 0);
			depth--;
			assert_int_equal(open[depth], *at == '}' ? '{' : '[');
		}
	}
	assert_int_equal(depth, 0);
}

static void test_render_json__hostile_values__stay_in_their_strings(void **state)
{
	char *plan = fixture_plan(3, "\"},{\\<!--", "D:\\\"x", "a\"b\\c"), *json = fixture_render("json", NULL, plan);

	(void)state;
	assert_brackets(json);
	assert_non_null(strstr(json, "\"management-group\": \"\\\"},{\\\\<!--\""));
	assert_non_null(strstr(json, "\"note\": \"a\\\"b\\\\c\""));
	free(json);
	free(plan);
}

struct gathered {
	struct strbuf *text;
	size_t *parts;
};

static void gather(const void *to, struct strbuf *out)
{
	const struct gathered *gathered = to;

	strbuf_add(gathered->text, strbuf_text(out), out->length);
	++*gathered->parts;
	strbuf_reset(out);
}

/* What goes out while it grows is the same text, and nothing of it is looked at again. */
static void test_render__handed_out__the_same_text(void **state)
{
	static const char *const formats[] = { "json", "csv", "powershell", "text", "markdown", "html" };
	char *text = fixture_plan(9, "CONTOSO", "D:\\SCOM", "seen");

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(formats); i++) {
		char *whole = fixture_render(formats[i], NULL, text);
		struct strbuf parts_text = STRBUF_INIT, out = STRBUF_INIT;
		struct arena *arena = arena_new();
		struct diags diags = DIAGS_INIT;
		struct plan *plan = NULL;
		size_t parts = 0;
		const struct gathered gathered = { &parts_text, &parts };

		assert_int_equal(plan_read("plan.yaml", text, strlen(text), &plan, &diags), LOAD_OK);
		struct sequence sequence = sequence_build(plan, arena);
		struct render_input input = {
			.plan = plan, .sequence = &sequence, .hand_out = gather, .hand_out_to = &gathered,
		};
		assert_true(renderer_find(formats[i])->render(&input, &out, &diags));
		gather(&gathered, &out);
		assert_text(formats[i], whole, strbuf_text(&parts_text));
		assert_labelled(formats[i], parts > sequence.count);
		strbuf_clear(&parts_text);
		strbuf_clear(&out);
		diags_clear(&diags);
		plan_free(plan);
		arena_free(arena);
		free(whole);
	}
	free(text);
}

struct first_part {
	const struct diags *diags;
	size_t *findings; /* when the first part went out; SIZE_MAX: none did */
};

static void note_findings(const void *to, struct strbuf *out)
{
	const struct first_part *first = to;

	if (*first->findings == SIZE_MAX)
		*first->findings = first->diags->count;
	strbuf_reset(out);
}

/* A runbook in FORMAT of a plan with the setup folder FOLDER: whether it was made, how many FINDINGS there were in the
 * end, and how many when the first part went out (SIZE_MAX: none did). */
static bool hand_out_runbook(const char *format, const char *folder, size_t *at_first, size_t *findings)
{
	char *text = fixture_plan(3, "CONTOSO", folder, "seen");
	struct strbuf out = STRBUF_INIT;
	struct arena *arena = arena_new();
	struct diags diags = DIAGS_INIT;
	struct plan *plan = NULL;
	const struct first_part first = { &diags, at_first };

	assert_int_equal(plan_read("plan.yaml", text, strlen(text), &plan, &diags), LOAD_OK);
	diags_clear(&diags);
	struct sequence sequence = sequence_build(plan, arena);
	struct render_input input = {
		.plan = plan, .sequence = &sequence, .hand_out = note_findings, .hand_out_to = &first,
	};
	*at_first = SIZE_MAX;
	strbuf_puts(&out, "before");
	bool fine = renderer_find(format)->render(&input, &out, &diags);
	*findings = diags.count;
	if (!fine)
		assert_text(format, "before", strbuf_text(&out));
	strbuf_clear(&out);
	diags_clear(&diags);
	plan_free(plan);
	arena_free(arena);
	free(text);
	return fine;
}

/* Who hands out refuses by the findings: none may come behind the first part. */
static void test_render__handed_out__findings_come_first(void **state)
{
	static const char *const formats[] = { "text", "markdown", "html" };
	size_t at_first, findings;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(formats); i++) {
		assert_true(hand_out_runbook(formats[i], "D:\\Set!up", &at_first, &findings));
		assert_labelled(formats[i], findings > 0 && at_first == findings);
		assert_false(hand_out_runbook(formats[i], "D:\\Set\"up", &at_first, &findings));
		assert_labelled(formats[i], findings > 0 && at_first == SIZE_MAX);
	}
}

static const struct strbuf *file_in(const struct render_folder *folder, const char *name)
{
	for (size_t i = 0; i < folder->count; i++) {
		if (str_eq(folder->items[i].name, name))
			return &folder->items[i].text;
	}
	fail_msg("no file %s", name);
	return NULL;
}

/* Tasks go over all servers: what belongs to one of them is gathered from everywhere, in its order. */
static void test_render_folder__command_files__each_has_the_lines_of_its_server(void **state)
{
	static const char media[] = "media: 'E:\\SCOM.exe'\naccounts:";
	char *small = fixture_plan(9, "CONTOSO", "D:\\SCOM", "seen"), *at = strstr(small, "accounts:");
	struct strbuf text = STRBUF_INIT;
	struct render_folder folder = RENDER_FOLDER_INIT;
	struct diags diags = DIAGS_INIT;
	struct arena *arena = arena_new();
	struct plan *plan = NULL;

	(void)state;
	strbuf_add(&text, small, (size_t)(at - small));
	strbuf_puts(&text, media);
	strbuf_puts(&text, at + strlen("accounts:"));
	assert_int_equal(plan_read("plan.yaml", strbuf_text(&text), text.length, &plan, &diags), LOAD_OK);
	diags_clear(&diags);
	struct sequence sequence = sequence_build(plan, arena);
	struct render_input input = { .plan = plan, .sequence = &sequence, .hand_out = refuse_part };
	assert_true(folder_renderer_find("command-files")->render(&input, &folder, &diags));
	assert_int_equal(folder.count, 2 * 9 + 2);
	const char *gateway = strbuf_text(file_in(&folder, "upgrade-s0004.cmd"));
	const char *first = strstr(gateway, "echo Extract"), *second = strstr(gateway, "echo Upgrade");
	assert_true(first && second && first < second);
	assert_int_equal(count_of(gateway, "start /wait "), 2);
	assert_int_equal(count_of(gateway, "S0005"), 0);
	assert_non_null(strstr(strbuf_text(file_in(&folder, "upgrade-s0001.cmd")), "upgrade-s0001.ps1"));
	assert_non_null(strstr(strbuf_text(file_in(&folder, "upgrade.ps1")), "exit $status\r\n"));
	render_folder_clear(&folder);
	strbuf_clear(&text);
	free(small);
	diags_clear(&diags);
	plan_free(plan);
	arena_free(arena);
}

static void test_render_json__groups_that_do_not_apply__are_left_out(void **state)
{
	static const char text[] = "scupgrade: 1\nproduct: operations-manager\nmanagement-group: CONTOSO\n"
				   "accounts: { data-access: { kind: local-system }, data-reader: { user: 'C\\r' } }\n"
				   "servers: [{ name: MS01, roles: [management-server] }]\n";
	char *json = fixture_render("json", NULL, text);

	(void)state;
	assert_brackets(json);
	assert_non_null(strstr(json, "\"accounts\": {\"data-access\": {\"kind\": \"local-system\"}, "
				     "\"data-reader\": {\"user\": \"C\\\\r\"}},\n"));
	assert_null(strstr(json, "setup-folder"));
	assert_null(strstr(json, "{}"));
	free(json);
}

static void test_render_dot__hostile_values__stay_in_their_strings(void **state)
{
	char *plan = fixture_plan(3, "x", "D:\\", "x"), *dot;
	char *at = strstr(plan, "S0001");

	(void)state;
	memcpy(at, "a\"]\\;", 5);
	dot = fixture_render("dot", NULL, plan);
	assert_non_null(strstr(dot, " a\\\"]\\\\;\", tooltip=\""));
	assert_null(strstr(dot, " a\"]"));
	free(dot);
	free(plan);
}

/* Twice the servers, about twice the edges at most: those that all have in common are drawn through one node. */
static void test_render_dot__many_servers__stays_linear(void **state)
{
	size_t edges[2], nodes = 0;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(edges); i++) {
		char *plan = fixture_plan((size_t)6 << i, "CONTOSO", "D:\\", "x");
		char *dot = fixture_render("dot", NULL, plan);

		edges[i] = count_of(dot, " -> ");
		nodes = count_of(dot, "shape=point");
		free(dot);
		free(plan);
	}
	assert_true(edges[0] > 30);
	assert_true(edges[1] < edges[0] * 5 / 2);
	assert_true(nodes >= 1 && nodes < 20);
}

static void test_render_dot__edges__solid_and_dashed(void **state)
{
	char *plan = fixture_plan(2, "CONTOSO", "D:\\", "x"), *dot = fixture_render("dot", NULL, plan);
	size_t dashed = 0, solid = 0;

	(void)state;
	for (const char *at = dot; (at = strstr(at, " -> ")); at += 4) {
		const char *dash = strstr(at, "dashed"), *end = strchr(at, '\n');

		if (dash && dash < end)
			dashed++;
		else
			solid++;
	}
	assert_true(dashed > 3);
	assert_true(solid > 3);
	free(dot);
	free(plan);
}

static void test_step_kind_name__kinds__all_have_one(void **state)
{
	static const char *const names[] = { "command", "powershell", "sql", "manual" };

	(void)state;
	for (unsigned i = 0; i < STEP_KIND_COUNT; i++)
		assert_text("kind", names[i], step_kind_name((enum step_kind)i));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_renderer_find__names__each_format_once),
		TEST(test_render_json__hostile_values__stay_in_their_strings),
		TEST(test_render__handed_out__the_same_text),
		TEST(test_render__handed_out__findings_come_first),
		TEST(test_render_folder__command_files__each_has_the_lines_of_its_server),
		TEST(test_render_json__groups_that_do_not_apply__are_left_out),
		TEST(test_render_dot__hostile_values__stay_in_their_strings),
		TEST(test_render_dot__many_servers__stays_linear),
		TEST(test_render_dot__edges__solid_and_dashed),
		TEST(test_step_kind_name__kinds__all_have_one),
	};

	return run_tests(tests);
}
