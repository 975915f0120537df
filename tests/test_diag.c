/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Tests of findings: order, form, and that places are looked up only when needed.
 */
#include "helpers.h"

#include "core/diag.h"

static const struct place nowhere;

static void test_diags_add__several__counted_and_copied(void **state)
{
	struct diags diags = DIAGS_INIT;
	char path[] = "servers[0].name", hint[] = "write it so";
	struct place at = { "plan.yaml", 3, 7 };
	char *text;

	(void)state;
	diags_add(&diags, SEV_ERROR, "host-name", at, path, hint, "%s is no name", "a b");
	diags_add(&diags, SEV_WARNING, "host-case", at, path, "", "lower case");
	diags_add(&diags, SEV_NOTE, "plain-note", nowhere, "", "", "note");
	path[0] = hint[0] = 'X';
	assert_int_equal(diags.count, 3);
	assert_int_equal(diags.errors, 1);
	assert_int_equal(diags.warnings, 1);
	assert_text("hint", "write it so", diags.items[0].hint);
	assert_text("text", "a b is no name", diags.items[0].text);
	text = findings_text(&diags);
	assert_text("findings",
		    "error servers[0].name host-name\nwarning servers[0].name host-case\nnote plain-note\n", text);
	free(text);
	diags_clear(&diags);
	assert_int_equal(diags.count + diags.errors + diags.warnings, 0);
	text = findings_text(&diags);
	assert_text("empty", "", text);
	free(text);
	diags_clear(&diags);
}

static void test_diags_add_all__other_list_cleared__copies_stay(void **state)
{
	struct diags to = DIAGS_INIT, from = DIAGS_INIT;
	char *text;

	(void)state;
	diags_add(&to, SEV_NOTE, "first", nowhere, "", "", "x");
	diags_add(&from, SEV_ERROR, "second", nowhere, "target", "h", "y");
	diags_add(&from, SEV_WARNING, "third", nowhere, "source", "", "z");
	diags_add_all(&to, &from);
	diags_clear(&from);
	diags_add_all(&to, &from);
	text = findings_text(&to);
	assert_text("all", "note first\nerror target second\nwarning source third\n", text);
	assert_text("hint", "h", to.items[1].hint);
	assert_int_equal(to.errors, 1);
	assert_int_equal(to.warnings, 1);
	free(text);
	diags_clear(&to);
}

static void test_diags_sort__mixed_places__by_file_line_column_stable(void **state)
{
	static const struct place places[] = {
		{ NULL, 0, 0 }, { "b.yaml", 1, 1 }, { "a.yaml", 10, 1 }, { "a.yaml", 2, 9 }, { "a.yaml", 2, 3 },
		{ "a.yaml", 0, 0 }, { "a.yaml", 2, 3 }, { "a.yaml", 10, 1 }, { NULL, 0, 0 },
	};
	static const char *const codes[] = { "a", "b", "c", "d", "e", "f", "g", "h", "i" };
	struct diags diags = DIAGS_INIT;
	char *text;
	size_t i;

	(void)state;
	diags_sort(&diags);
	for (i = 0; i < ARRAY_LEN(places); i++)
		diags_add(&diags, SEV_NOTE, codes[i], places[i], "", "", "x");
	diags_sort(&diags);
	text = findings_text(&diags);
	assert_text("order", "note e\nnote g\nnote d\nnote c\nnote h\nnote b\nnote a\nnote f\nnote i\n", text);
	free(text);
	diags_add(&diags, SEV_NOTE, "late", (struct place){ "a.yaml", 1, 1 }, "", "", "x");
	diags_sort(&diags);
	assert_text("first", "late", diags.items[0].code);
	diags_clear(&diags);
}

static void test_diags_sort__every_count__sorted_and_stable(void **state)
{
	unsigned count, i, random = 1;

	(void)state;
	for (count = 0; count < 70; count++) {
		struct diags diags = DIAGS_INIT;

		for (i = 0; i < count; i++) {
			random = random * 1103515245u + 12345u;
			diags_add(&diags, SEV_ERROR, "x", (struct place){ "p", 1 + (random >> 16) % 8, 1 }, "", "",
				  "%03u", i);
		}
		diags_sort(&diags);
		assert_int_equal(diags.count, count);
		for (i = 1; i < count; i++) {
			assert_true(diags.items[i - 1].at.line <= diags.items[i].at.line);
			if (diags.items[i - 1].at.line == diags.items[i].at.line)
				assert_true(strcmp(diags.items[i - 1].text, diags.items[i].text) < 0);
		}
		diags_clear(&diags);
	}
}

static void test_diags_add__hundreds_of_thousands__all_there_sorted(void **state)
{
	enum { COUNT = 300000 };
	struct diags diags = DIAGS_INIT;
	unsigned i;

	(void)state;
	for (i = 0; i < COUNT; i++)
		diags_add(&diags, SEV_WARNING, "x", (struct place){ "p", COUNT - i, 1 }, "servers", "", "%u", i);
	diags_sort(&diags);
	assert_int_equal(diags.warnings, COUNT);
	for (i = 0; i < COUNT; i++)
		assert_int_equal(diags.items[i].at.line, i + 1);
	diags_clear(&diags);
}

static void count_and_locate(struct report *report)
{
	int *calls;

	memcpy(&calls, &report->data[0], sizeof(calls));
	++*calls;
	report->at = (struct place){ "plan.yaml", 5, 3 };
	report->path = arena_printf(report->diags->arena, "servers[%d].name", 4);
}

static void test_report_add__locate_given__called_once_at_the_first_finding(void **state)
{
	struct diags diags = DIAGS_INIT;
	int calls = 0;
	struct report report = { .diags = &diags, .locate = count_and_locate, .data = { &calls } };
	char *text;

	(void)state;
	assert_int_equal(calls, 0);
	assert_false(report_error(&report, "host-name", "", "first"));
	assert_int_equal(calls, 1);
	report_add(&report, SEV_WARNING, "host-case", "hint", "second %d", 2);
	assert_int_equal(calls, 1);
	text = findings_text(&diags);
	assert_text("both", "error servers[4].name host-name\nwarning servers[4].name host-case\n", text);
	assert_int_equal(diags.items[1].at.line, 5);
	assert_text("text", "second 2", diags.items[1].text);
	free(text);
	diags_clear(&diags);
}

static void test_report_add__path_given__copied(void **state)
{
	struct diags diags = DIAGS_INIT;
	char path[] = "target";
	struct report report = { .diags = &diags, .at = { "p", 1, 2 }, .path = path };

	(void)state;
	report_add(&report, SEV_NOTE, "x", "", "text");
	path[0] = 'X';
	assert_text("path", "target", diags.items[0].path);
	report.path = NULL;
	report_add(&report, SEV_NOTE, "x", "", "text");
	assert_text("no path", "", diags.items[1].path);
	diags_clear(&diags);
}

static void test_diag_format__kinds__as_compilers_print(void **state)
{
	static const struct {
		const char *label, *expected;
		struct diag diag;
	} cases[] = {
		{ "all parts", "plan.yaml:12:9: error: accounts.data-access.user: no account [account-form]\n"
		  "    write DOMAIN\\user\n",
		  { SEV_ERROR, "account-form", { "plan.yaml", 12, 9 }, "accounts.data-access.user", "no account",
		    "write DOMAIN\\user" } },
		{ "no place", "warning: target: old [old]\n",
		  { SEV_WARNING, "old", { NULL, 0, 0 }, "target", "old", "" } },
		{ "file only", "plan.yaml: note: empty [x]\n",
		  { SEV_NOTE, "x", { "plan.yaml", 0, 0 }, "", "empty", "" } },
		{ "hostile", "a\\u{001B}b:1:1: error: p\\u{000A}: t\\u{202E} [x]\n    h\\x{FF}\n",
		  { SEV_ERROR, "x", { "a\x1B" "b", 1, 1 }, "p\n", "t\xE2\x80\xAE", "h\xFF" } },
	};
	struct strbuf out = STRBUF_INIT;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(cases); i++) {
		strbuf_reset(&out);
		diag_format(&out, &cases[i].diag);
		assert_text(cases[i].label, cases[i].expected, strbuf_text(&out));
	}
	strbuf_clear(&out);
}

static void test_diags_print__two_findings__written_in_order(void **state)
{
	struct diags diags = DIAGS_INIT;
	FILE *file = tmpfile();
	char text[200] = "";

	(void)state;
	assert_non_null(file);
	diags_add(&diags, SEV_ERROR, "one", (struct place){ "p", 1, 2 }, "", "do this", "first");
	diags_add(&diags, SEV_NOTE, "two", nowhere, "key", "", "second");
	diags_print(&diags, file);
	rewind(file);
	assert_true(fread(text, 1, sizeof(text) - 1, file) > 0);
	assert_text("print", "p:1:2: error: first [one]\n    do this\nnote: key: second [two]\n", text);
	fclose(file);
	diags_clear(&diags);
}

static void test_diags_json__none_and_two__array(void **state)
{
	struct diags diags = DIAGS_INIT;
	struct strbuf out = STRBUF_INIT;

	(void)state;
	diags_json(&out, &diags);
	assert_text("none", "[]", strbuf_text(&out));
	strbuf_reset(&out);
	diags_add(&diags, SEV_ERROR, "one", (struct place){ "p\"q", 1, 2 }, "a.b", "h", "t");
	diags_add(&diags, SEV_WARNING, "two", nowhere, "", "", "u\x1B");
	diags_json(&out, &diags);
	assert_text("two",
		    "[\n"
		    "  {\"severity\": \"error\", \"code\": \"one\", \"file\": \"p\\\"q\", \"line\": 1, \"column\": 2, "
		    "\"path\": \"a.b\", \"text\": \"t\", \"hint\": \"h\"},\n"
		    "  {\"severity\": \"warning\", \"code\": \"two\", \"file\": null, \"line\": null, "
		    "\"column\": null, \"path\": \"\", \"text\": \"u\\u001b\", \"hint\": \"\"}\n"
		    "]", strbuf_text(&out));
	strbuf_clear(&out);
	diags_clear(&diags);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_diags_add__several__counted_and_copied),
		TEST(test_diags_add_all__other_list_cleared__copies_stay),
		TEST(test_diags_sort__mixed_places__by_file_line_column_stable),
		TEST(test_diags_sort__every_count__sorted_and_stable),
		TEST(test_diags_add__hundreds_of_thousands__all_there_sorted),
		TEST(test_report_add__locate_given__called_once_at_the_first_finding),
		TEST(test_report_add__path_given__copied),
		TEST(test_diag_format__kinds__as_compilers_print),
		TEST(test_diags_print__two_findings__written_in_order),
		TEST(test_diags_json__none_and_two__array),
	};

	return run_tests(tests);
}
