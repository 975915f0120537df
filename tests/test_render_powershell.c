/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The PowerShell script, read by a small lexer of PowerShell's own rules: whatever a plan holds stays in verbatim
 * strings.
 */
#include "render_fixture.h"

#include "core/text.h"
#include "render/render_powershell.h"

/* Everything that could end a string, a comment or a line of the script, around the number of the value. */
#define HOSTILE                                                                                                        \
	"K%02uK \xE2\x80\x98\xE2\x80\x99\xE2\x80\x9A\xE2\x80\x9B' $env:x "                                             \
	"$(x) `n #> <# \xE2\x80\x9C\xE2\x80\x9D {{ x }} K%02uK"

/* ---- the lexer ---- */

enum token { TOKEN_END, TOKEN_CODE, TOKEN_COMMENT, TOKEN_VERBATIM, TOKEN_EXPANDABLE, TOKEN_BAD };

struct lexer {
	const char *at;
	struct strbuf text; /* of the token; a verbatim string decoded */
	int depth;          /* of braces, brackets and parentheses */
};

static bool is_single_quote(uint32_t code)
{
	return code == '\'' || (code >= 0x2018 && code <= 0x201B);
}

static bool is_double_quote(uint32_t code)
{
	return code == '"' || (code >= 0x201C && code <= 0x201E);
}

static uint32_t peek(const char *at)
{
	return *at ? text_next(&at, at + strlen(at)) : 0;
}

static void step_over(const char **at)
{
	text_next(at, *at + strlen(*at));
}

static enum token lex_string(struct lexer *lexer, bool verbatim)
{
	step_over(&lexer->at);
	for (;;) {
		uint32_t code = peek(lexer->at);
		bool quote = verbatim ? is_single_quote(code) : is_double_quote(code);

		if (!code)
			return TOKEN_BAD;
		step_over(&lexer->at);
		if (!verbatim && code == '`' && *lexer->at) {
			step_over(&lexer->at);
		} else if (quote) {
			uint32_t next = peek(lexer->at);

			if (!(verbatim ? is_single_quote(next) : is_double_quote(next)))
				return verbatim ? TOKEN_VERBATIM : TOKEN_EXPANDABLE;
			/* Of two quotes the second one counts. */
			code = next;
			step_over(&lexer->at);
		}
		strbuf_put_code(&lexer->text, code);
	}
}

static enum token lex_comment(struct lexer *lexer)
{
	const char *end;

	if (str_starts(lexer->at, "<#")) {
		end = strstr(lexer->at + 2, "#>");
		if (!end)
			return TOKEN_BAD;
		end += 2;
	} else {
		end = lexer->at + strcspn(lexer->at, "\r\n");
	}
	strbuf_add(&lexer->text, lexer->at, (size_t)(end - lexer->at));
	lexer->at = end;
	return TOKEN_COMMENT;
}

/* A hash sign in the middle of a word starts no comment. */
static enum token lex(struct lexer *lexer)
{
	bool start = true;

	strbuf_reset(&lexer->text);
	if (!*lexer->at)
		return TOKEN_END;
	if (str_starts(lexer->at, "<#") || *lexer->at == '#')
		return lex_comment(lexer);
	if (str_starts(lexer->at, "@'") || str_starts(lexer->at, "@\""))
		return TOKEN_BAD; /* a here-string */
	if (is_single_quote(peek(lexer->at)) || is_double_quote(peek(lexer->at)))
		return lex_string(lexer, is_single_quote(peek(lexer->at)));
	while (*lexer->at) {
		uint32_t code = peek(lexer->at);

		if (is_single_quote(code) || is_double_quote(code) || (start && code == '#') ||
		    str_starts(lexer->at, "<#") || str_starts(lexer->at, "@'") || str_starts(lexer->at, "@\""))
			break;
		start = code < 0x80 && strchr(" \t\r\n;(){},|&=", (int)code);
		lexer->depth += code == '{' || code == '(' || code == '[';
		lexer->depth -= code == '}' || code == ')' || code == ']';
		if (lexer->depth < 0)
			return TOKEN_BAD;
		strbuf_put_code(&lexer->text, code);
		step_over(&lexer->at);
		if (code == '`' && *lexer->at)
			step_over(&lexer->at);
	}
	return TOKEN_CODE;
}

static void test_lexer__pieces_of_script__are_told_apart(void **state)
{
	static const struct {
		const char *script;
		const char *kinds; /* c code, # comment, v verbatim, e expandable, ! bad */
	} cases[] = {
		{ "a 'b' c", "cvc" },
		{ "'it''s'", "v" },
		{ "'a\xE2\x80\x99 b", "vc" }, /* U+2019 ends it */
		{ "'a\xE2\x80\x99\xE2\x80\x98 b'", "v" },
		{ "\"a `\" b\" c", "ec" },
		{ "a # b 'c'\nd", "c#c" },
		{ "a#b", "c" },
		{ "<# 'a #> b", "#c" },
		{ "'a", "!" },
		{ "@'\nx\n'@", "!" },
		{ "a )", "!" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct lexer lexer = { .at = cases[i].script };
		struct strbuf kinds = STRBUF_INIT;
		enum token token;

		while ((token = lex(&lexer)) != TOKEN_END) {
			strbuf_putc(&kinds, "?c#ve!"[token]);
			if (token == TOKEN_BAD)
				break;
		}
		assert_text(cases[i].script, cases[i].kinds, strbuf_text(&kinds));
		strbuf_clear(&kinds);
		strbuf_clear(&lexer.text);
	}
}

/* ---- plans ---- */

struct rendered {
	struct plan *plan;
	struct arena *arena;
	struct sequence sequence;
	struct strbuf out;
	struct diags diags;
	bool fine;
};

static void render(struct rendered *rendered)
{
	rendered->arena = arena_new();
	rendered->sequence = sequence_build(rendered->plan, rendered->arena);
	struct render_input input = { .plan = rendered->plan, .sequence = &rendered->sequence };

	rendered->fine = render_powershell(&input, &rendered->out, &rendered->diags);
}

static struct rendered render_file(const char *name)
{
	struct rendered rendered = { .plan = NULL };
	const char *path = source_path(name);

	assert_int_equal(plan_load(path, &rendered.plan, NULL, &rendered.diags), LOAD_OK);
	assert_int_equal(rendered.diags.count, 0);
	rendered.plan->file = "plan.yaml";
	render(&rendered);
	assert_labelled(name, rendered.fine);
	return rendered;
}

static void rendered_clear(struct rendered *rendered)
{
	strbuf_clear(&rendered->out);
	diags_clear(&rendered->diags);
	arena_free(rendered->arena);
	plan_free(rendered->plan);
}

/* Every text of RECORD becomes a hostile one with a number of its own. */
static unsigned make_hostile(struct plan *plan, const struct field *const *columns, struct record *record,
			     unsigned number)
{
	for (; *columns; columns++) {
		if ((*columns)->kind == FIELD_TEXT && (*columns)->offset != FIELD_NO_MEMBER) {
			*field_text_at(*columns, record) = arena_printf(plan->arena, HOSTILE, number, number);
			number++;
		}
		if ((*columns)->kind == FIELD_NAMES && field_names_at(*columns, record)->count) {
			field_names_at(*columns, record)->items[0] = arena_printf(plan->arena, HOSTILE, number, number);
			number++;
		}
	}
	return number;
}

static unsigned make_plan_hostile(struct plan *plan)
{
	unsigned number = make_hostile(plan, plan->flow->fields, &plan->answers->record, 10);

	for (size_t i = 0; i < plan_server_count(plan); i++)
		number = make_hostile(plan, plan->flow->servers->columns, plan->answers->servers.items[i], number);
	plan_names_changed(plan);
	return number;
}

/* ---- tests ---- */

static void test_render_powershell__hostile_values__are_verbatim_strings_alone(void **state)
{
	static const char *const plans[] = { "tests/plans/om.yaml", "tests/plans/sma.yaml" };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(plans); i++) {
		struct rendered rendered = render_file(plans[i]);
		struct lexer lexer = { .at = NULL };
		unsigned end, found[100] = { 0 }, used = 0;
		enum token token;

		strbuf_reset(&rendered.out);
		arena_free(rendered.arena);
		end = make_plan_hostile(rendered.plan);
		assert_true(end < ARRAY_LEN(found));
		render(&rendered);
		assert_labelled(plans[i], rendered.fine);
		lexer.at = strbuf_text(&rendered.out) + 3;
		while ((token = lex(&lexer)) != TOKEN_END) {
			assert_labelled(strbuf_text(&lexer.text), token != TOKEN_BAD);
			for (unsigned number = 10; number < end; number++) {
				char mark[16], whole[128];

				snprintf(mark, sizeof(mark), "K%02uK", number);
				if (!strstr(strbuf_text(&lexer.text), mark))
					continue;
				snprintf(whole, sizeof(whole), HOSTILE, number, number);
				/* T-SQL in it is a second layer, where the one quote it knows is doubled. */
				if (!strstr(strbuf_text(&lexer.text), "N'"))
					assert_labelled(mark, strstr(strbuf_text(&lexer.text), whole) != NULL);
				assert_labelled(strbuf_text(&lexer.text), token == TOKEN_VERBATIM);
				used += !found[number]++;
			}
		}
		assert_int_equal(lexer.depth, 0);
		assert_labelled(plans[i], used >= 8);
		strbuf_clear(&lexer.text);
		rendered_clear(&rendered);
	}
}

static void test_render_powershell__what_no_program_can_get__is_refused(void **state)
{
	struct rendered rendered = render_file("tests/plans/om.yaml");
	const struct field *user = fields_find(rendered.plan->flow->fields, "accounts.data-access.user");
	char *findings;

	(void)state;
	strbuf_reset(&rendered.out);
	arena_free(rendered.arena);
	*field_text_at(user, &rendered.plan->answers->record) = "CONTOSO\\a\nb";
	render(&rendered);
	assert_false(rendered.fine);
	assert_int_equal(rendered.out.length, 0);
	findings = findings_text(&rendered.diags);
	assert_non_null(strstr(findings, "error upgrade-management-server@MS01 argv-cannot-carry\n"));
	free(findings);
	rendered_clear(&rendered);
}

/* A row is made once for all that are like it, and so is its file. */
static void test_tasks__equal_words__have_the_same_file(void **state)
{
	static const char *const plans[] = { "tests/plans/full.yaml", "tests/plans/sma.yaml",
					     "tests/plans/eight-servers.yaml" };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(plans); i++) {
		struct rendered rendered = render_file(plans[i]);
		struct scope scope = scope_of(rendered.plan, rendered.arena);

		for (size_t j = 1; j < rendered.sequence.count; j++) {
			const struct step *step = &rendered.sequence.items[j], *before = step - 1;
			struct scope here = scope_on(&scope, step->server), there = scope_on(&scope, before->server);

			if (step->task == before->task && command_words_equal(&step->words, &before->words))
				assert_labelled(step->id, str_eq(task_file(step->task, &here),
								 task_file(step->task, &there)));
		}
		rendered_clear(&rendered);
	}
}

/* With --strict the warning refuses the whole, and nothing of it may be out by then. */
static void test_render_powershell__with_a_warning__nothing_is_out_before_the_end(void **state)
{
	struct rendered rendered = render_file("tests/plans/om.yaml");
	const struct field *user = fields_find(rendered.plan->flow->fields, "accounts.data-access.user");
	struct render_input input = { .plan = rendered.plan, .sequence = &rendered.sequence, .hand_out = refuse_part };

	(void)state;
	arena_free(rendered.arena);
	*field_text_at(user, &rendered.plan->answers->record) = "CONTOSO\\a /b";
	rendered.arena = arena_new();
	rendered.sequence = sequence_build(rendered.plan, rendered.arena);
	strbuf_reset(&rendered.out);
	assert_true(render_powershell(&input, &rendered.out, &rendered.diags));
	assert_true(rendered.diags.count > 0);
	assert_int_equal(rendered.diags.errors, 0);
	assert_non_null(strstr(strbuf_text(&rendered.out), "exit $status\r\n"));
	rendered_clear(&rendered);
}

/* Where the part begins that every script has: the lines at the end that A and B share. In A. */
static char *shared_part(char *a, const char *b)
{
	char *at = a + strlen(a);
	const char *other = b + strlen(b);

	while (at > a && other > b && at[-1] == other[-1])
		at--, other--;
	return strchr(at, '\n') + 1;
}

static void test_render_powershell__documented_plans__are_the_golden_files(void **state)
{
	struct rendered om = render_file("tests/plans/om.yaml"), sma = render_file("tests/plans/sma.yaml");
	char *om_text = om.out.data, *sma_text = sma.out.data;
	char *om_rest = shared_part(om_text, sma_text), *sma_rest = shared_part(sma_text, om_text);

	(void)state;
	/* That part is golden with the small flow. */
	assert_true(strlen(om_rest) > 10000);
	assert_string_equal(om_rest, sma_rest);
	*om_rest = *sma_rest = '\0';
	fixture_golden("tests/expected/render-om.ps1", om_text);
	fixture_golden("tests/expected/render-sma.ps1", sma_text);
	rendered_clear(&om);
	rendered_clear(&sma);
}

static void test_render_powershell__bytes__are_marked_and_have_windows_line_ends(void **state)
{
	struct rendered one = render_file("tests/plans/full.yaml"), other = render_file("tests/plans/full.yaml");
	const char *text = strbuf_text(&one.out);

	(void)state;
	assert_text("the same plan, the same bytes", text, strbuf_text(&other.out));
	assert_true(str_starts(text, "\xEF\xBB\xBF#requires -Version 4.0\r\n"));
	assert_string_equal(text + one.out.length - 2, "\r\n");
	for (const char *at = text; *at; at++) {
		assert_true(*at != '\n' || at[-1] == '\r');
		assert_true(*at != '\r' || at[1] == '\n');
		assert_true(*at != '\t');
	}
	assert_null(strstr(text + 3, "\xEF\xBB\xBF"));
	rendered_clear(&one);
	rendered_clear(&other);
}

static void test_render_powershell__origin__is_the_plan_and_the_version(void **state)
{
	struct rendered rendered = render_file("tests/plans/om.yaml");
	struct digest digest = plan_digest(rendered.plan);
	struct strbuf line = STRBUF_INIT;
	char hex[65];

	(void)state;
	digest_text(&digest, hex);
	strbuf_printf(&line, "\r\nMade by scupgrade " PACKAGE_VERSION ". Plan: SHA-256 %s.\r\n", hex);
	assert_non_null(strstr(strbuf_text(&rendered.out), strbuf_text(&line)));
	strbuf_clear(&line);
	rendered_clear(&rendered);
}

/* The places of passwords are empty, and everything that asks for one names an account that is asked for. */
static void test_render_powershell__passwords__have_empty_places(void **state)
{
	static const char *const plans[] = { "tests/plans/om.yaml", "tests/plans/sma.yaml" };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(plans); i++) {
		struct rendered rendered = render_file(plans[i]);
		const char *at = strbuf_text(&rendered.out);
		size_t places = 0, wanted = 0;

		for (size_t j = 0; j < rendered.sequence.count; j++)
			for (size_t k = 0; k < rendered.sequence.items[j].words.count; k++)
				wanted += rendered.sequence.items[j].words.items[k].account != NULL;
		while ((at = strstr(at, "Account = 'accounts."))) {
			const char *row = at;

			while (row[-1] != '\n')
				row--;
			assert_non_null(memmem(row, (size_t)(at - row), "Value = '';", strlen("Value = '';")));
			assert_true(memmem(row, (size_t)(at - row), "Password", 8) ||
				    memmem(row, (size_t)(at - row), "PASSWORD", 8));
			places++;
			at++;
		}
		assert_labelled(plans[i], places == 2 && wanted >= places);
		rendered_clear(&rendered);
	}
}

/* The numbers "0 3-7" behind a step's id, as flags. */
static void read_requires(const char *script, const char *id, bool *flags, size_t count)
{
	struct strbuf row = STRBUF_INIT;
	const char *at;

	strbuf_printf(&row, "@{ Id = '%s'; Title", id);
	at = strstr(script, strbuf_text(&row));
	assert_labelled(id, at != NULL);
	at = strstr(at, "Requires = '");
	assert_labelled(id, at != NULL);
	at += strlen("Requires = '");
	while (*at != '\'') {
		char *end;
		unsigned long first = strtoul(at, &end, 10), last = first;

		assert_labelled(id, end > at);
		at = end;
		if (*at == '-') {
			last = strtoul(at + 1, &end, 10);
			at = end;
		}
		at += *at == ' ';
		for (; first <= last; first++) {
			assert_labelled(id, first < count && !flags[first]);
			flags[first] = true;
		}
	}
	strbuf_clear(&row);
}

static void test_render_powershell__requirements__are_those_of_the_sequence(void **state)
{
	static const char *const plans[] = { "tests/plans/full.yaml", "tests/plans/sma.yaml" };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(plans); i++) {
		struct rendered rendered = render_file(plans[i]);

		for (size_t j = 0; j < rendered.sequence.count; j++) {
			const struct step *step = &rendered.sequence.items[j];
			bool flags[100] = { false };

			assert_true(rendered.sequence.count < ARRAY_LEN(flags));
			read_requires(strbuf_text(&rendered.out), step->id, flags, rendered.sequence.count);
			for (size_t k = 0; k < step->requires.count; k++) {
				assert_labelled(step->id, flags[step_set_at(&step->requires, k)]);
				flags[step_set_at(&step->requires, k)] = false;
			}
			for (size_t k = 0; k < ARRAY_LEN(flags); k++)
				assert_labelled(step->id, !flags[k]);
		}
		rendered_clear(&rendered);
	}
}

/* Where many servers take turns with what is before and after their upgrade, the list of the upgrades stands once. */
static void test_render_powershell__long_lists__stand_once(void **state)
{
	struct strbuf plan = STRBUF_INIT;

	(void)state;
	strbuf_puts(&plan, "scupgrade: 1\nproduct: operations-manager\nmanagement-group: CONTOSO\n"
			   "license-accepted: true\naccounts:\n  data-access: { user: 'CONTOSO\\das' }\n"
			   "  data-reader: { user: 'CONTOSO\\reader' }\nservers:\n");
	for (unsigned i = 0; i < 20; i++)
		strbuf_printf(&plan, "  - { name: MS%02u, roles: [management-server] }\n", i);
	for (unsigned i = 0; i < 20; i++)
		strbuf_printf(&plan, "  - { name: GW%02u, roles: [gateway] }\n", i);
	char *script = fixture_render("powershell", NULL, strbuf_text(&plan));
	const char *list = strstr(script, "$Lists = @(\r\n  '");

	assert_non_null(list);
	list += strlen("$Lists = @(\r\n  '");
	assert_true(count_of(script, "Requires = $Lists[0];") >= 20); /* the gateways */
	strbuf_reset(&plan);
	strbuf_add(&plan, list, strcspn(list, "'"));
	assert_int_equal(count_of(strbuf_text(&plan), " "), 19);
	/* Those of single steps, with one of their own. */
	assert_true(count_of(script, strbuf_text(&plan)) < 10);
	assert_true(list < strstr(script, "$Steps = @("));
	free(script);
	script = fixture_render("powershell", source_path("tests/plans/eight-servers.yaml"), NULL);
	assert_null(strstr(script, "$Lists"));
	free(script);
	strbuf_clear(&plan);
}

/* Steps that wait for all of a task and for one step of their own share what is long. */
static void test_render_powershell__long_lists_and_one_more__share_it(void **state)
{
	static const char *const roles[] = { "management-server", "gateway", "web-console", "operations-console",
					     "agent" };
	struct strbuf plan = STRBUF_INIT;
	char *script;
	const char *lists;

	(void)state;
	strbuf_puts(&plan, "scupgrade: 1\nproduct: operations-manager\nmanagement-group: CONTOSO\n"
			   "license-accepted: true\naccounts:\n  data-access: { user: 'CONTOSO\\das' }\n"
			   "  data-reader: { user: 'CONTOSO\\reader' }\nservers:\n");
	for (unsigned i = 0; i < 100; i++)
		strbuf_printf(&plan, "  - { name: S%02u, roles: [%s] }\n", i, roles[i % ARRAY_LEN(roles)]);
	script = fixture_render("powershell", NULL, strbuf_text(&plan));
	lists = strstr(script, "$Lists = @(");
	assert_non_null(lists);
	strbuf_reset(&plan);
	strbuf_add(&plan, lists, (size_t)(strstr(lists, "\r\n)") - lists));
	assert_true(count_of(strbuf_text(&plan), "\r\n") < 10);
	assert_int_equal(count_of(script, "Requires = @('"), 20); /* the web consoles */
	free(script);
	strbuf_clear(&plan);
}

static void test_render_powershell__constant_part__is_plain_and_knows_no_product(void **state)
{
	static const char *const *const parts[] = { powershell_help,    powershell_parameters, powershell_tools,
						    powershell_records, powershell_steps,      powershell_run };
	static const char *const refused[] = { "Operations Manager",
					       "SCOM",
					       "Service Management",
					       "setup.exe",
					       "MOM",
					       "Invoke-Expression",
					       "-EncodedCommand",
					       "ConvertFrom-SecureString",
					       "Start-Transcript",
					       "@\"",
					       "@'" };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
		for (const char *const *line = parts[i]; *line; line++) {
			for (const char *at = *line; *at; at++)
				assert_labelled(*line, *at >= ' ' && *at < 0x7F);
			for (size_t j = 0; j < ARRAY_LEN(refused); j++)
				assert_labelled(*line, !strstr(*line, refused[j]));
		}
	}
}

/* The words of a command and the text of a script are written once for all servers that share them. */
static void test_render_powershell__many_servers__grows_by_one_row_each(void **state)
{
	size_t lengths[3] = { 0 }, counts[] = { 100, 2100, 4100 };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(counts); i++) {
		struct rendered rendered = render_file("tests/plans/om.yaml");
		struct rows *servers = &rendered.plan->answers->servers;
		const struct record *agent = servers->items[servers->count - 1];

		for (size_t j = 0; j < counts[i]; j++) {
			struct record *row = plan_copy_record(rendered.plan, rendered.plan->flow->servers, agent);

			((struct server *)row)->name = arena_printf(rendered.plan->arena, "AGT%05zu", j + 100);
			rows_insert(rendered.plan, servers, servers->count, row);
		}
		strbuf_reset(&rendered.out);
		arena_free(rendered.arena);
		render(&rendered);
		assert_true(rendered.fine);
		lengths[i] = rendered.out.length;
		rendered_clear(&rendered);
	}
	assert_true(lengths[2] - lengths[1] < (lengths[1] - lengths[0]) + 2000 * 2);
	assert_true(lengths[1] - lengths[0] < (size_t)2000 * 1400); /* two steps each, one with a text */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_lexer__pieces_of_script__are_told_apart),
		TEST(test_render_powershell__hostile_values__are_verbatim_strings_alone),
		TEST(test_render_powershell__what_no_program_can_get__is_refused),
		TEST(test_tasks__equal_words__have_the_same_file),
		TEST(test_render_powershell__with_a_warning__nothing_is_out_before_the_end),
		TEST(test_render_powershell__documented_plans__are_the_golden_files),
		TEST(test_render_powershell__bytes__are_marked_and_have_windows_line_ends),
		TEST(test_render_powershell__origin__is_the_plan_and_the_version),
		TEST(test_render_powershell__passwords__have_empty_places),
		TEST(test_render_powershell__requirements__are_those_of_the_sequence),
		TEST(test_render_powershell__long_lists__stand_once),
		TEST(test_render_powershell__long_lists_and_one_more__share_it),
		TEST(test_render_powershell__constant_part__is_plain_and_knows_no_product),
		TEST(test_render_powershell__many_servers__grows_by_one_row_each),
	};

	return run_tests(tests);
}
