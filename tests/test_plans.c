/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Tests with the products' own flows and the plans below tests/plans: good ones, one for every code of a fault
 * (bad-CODE.yaml), and the fuzz target over all of them.
 */
#include "helpers.h"

#include <dirent.h>

#include "fuzz.h"
#include "pipeline/planfile.h"
#include "pipeline/validate.h"

enum { MOST_PLANS = 200 };

struct plans {
	char *names[MOST_PLANS];
	size_t count;
};

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static int set_up(void **state)
{
	struct plans *plans = xcalloc(1, sizeof(*plans));
	DIR *folder = opendir(source_path("tests/plans"));
	struct dirent *entry;

	assert_non_null(folder);
	while ((entry = readdir(folder))) {
		if (strstr(entry->d_name, ".yaml") && plans->count < MOST_PLANS)
			plans->names[plans->count++] = strdup(entry->d_name);
	}
	closedir(folder);
	qsort(plans->names, plans->count, sizeof(plans->names[0]), compare_names);
	*state = plans;
	return 0;
}

static int tear_down(void **state)
{
	struct plans *plans = *state;

	for (size_t i = 0; i < plans->count; i++)
		free(plans->names[i]);
	free(plans);
	return 0;
}

static char *read_plan_file(const char *name, size_t *length)
{
	struct strbuf path = STRBUF_INIT;
	char *bytes;

	strbuf_printf(&path, "tests/plans/%s", name);
	bytes = read_whole_file(source_path(strbuf_text(&path)), length);
	strbuf_clear(&path);
	return bytes;
}

/* All that check finds in a plan by itself. */
static enum load_result judge(const char *name, struct diags *diags)
{
	size_t length;
	char *bytes = read_plan_file(name, &length);
	struct plan *plan;
	enum load_result result = plan_read(name, bytes, length, &plan, diags);

	if (result == LOAD_OK)
		validate_plan(plan, diags);
	plan_free(plan);
	free(bytes);
	return result;
}

static void test_plans__good_ones__have_no_findings(void **state)
{
	const struct plans *plans = *state;
	size_t good = 0;

	for (size_t i = 0; i < plans->count; i++) {
		struct diags diags = DIAGS_INIT;
		char *found;

		if (str_starts(plans->names[i], "bad-"))
			continue;
		assert_labelled(plans->names[i], judge(plans->names[i], &diags) == LOAD_OK);
		found = findings_text(&diags);
		assert_text(plans->names[i], "", diags.errors ? found : "");
		free(found);
		diags_clear(&diags);
		good++;
	}
	assert_true(good >= 4);
}

static void test_plans__bad_ones__have_exactly_the_error_of_their_name(void **state)
{
	const struct plans *plans = *state;
	size_t bad = 0;

	for (size_t i = 0; i < plans->count; i++) {
		const char *name = plans->names[i];
		struct diags diags = DIAGS_INIT;
		struct strbuf codes = STRBUF_INIT, expected = STRBUF_INIT;

		if (!str_starts(name, "bad-"))
			continue;
		strbuf_add(&expected, name + strlen("bad-"), strlen(name) - strlen("bad-") - strlen(".yaml"));
		strbuf_putc(&expected, '\n');
		judge(name, &diags);
		for (size_t n = 0; n < diags.count; n++) {
			if (diags.items[n].severity == SEV_ERROR)
				strbuf_printf(&codes, "%s\n", diags.items[n].code);
		}
		assert_text(name, strbuf_text(&expected), strbuf_text(&codes));
		assert_labelled(name, diags.items[0].at.line > 0);
		strbuf_clear(&codes);
		strbuf_clear(&expected);
		diags_clear(&diags);
		bad++;
	}
	assert_true(bad >= 30);
}

static void replay(const char *bytes, size_t length)
{
	assert_int_equal(fuzz_plan((const uint8_t *)bytes, length), 0);
}

static void test_fuzz_plan__corpus__survives(void **state)
{
	const struct plans *plans = *state;

	for (size_t i = 0; i < plans->count; i++) {
		size_t length;
		char *bytes = read_plan_file(plans->names[i], &length);

		replay(bytes, length);
		free(bytes);
	}
}

/* A poor man's fuzzer, the same in every run: cut off everywhere, and every byte replaced by each of a few. */
static void test_fuzz_plan__damaged_good_plans__survive(void **state)
{
	static const char *const names[] = { "full.yaml", "sma.yaml", "flow-style.yaml" };
	static const char bytes_in[] = "\0\n'\":#-{[,x\xFF";

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		size_t length;
		char *bytes = read_plan_file(names[i], &length);

		for (size_t at = 0; at < length; at += 3) {
			char kept = bytes[at];
			char *copy = xcalloc(1, at + 1);

			memcpy(copy, bytes, at);
			replay(copy, at);
			free(copy);
			bytes[at] = bytes_in[at / 3 % (sizeof(bytes_in) - 1)];
			replay(bytes, length);
			bytes[at] = kept;
		}
		free(bytes);
	}
}

static void test_full_plan__canonical_form__is_the_known_one(void **state)
{
	static const char *const names[][2] = {
		{ "full.yaml", "tests/expected/full.yaml" }, { "sma.yaml", "tests/expected/sma.yaml" }
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		struct strbuf text = STRBUF_INIT;
		struct diags diags = DIAGS_INIT;
		size_t length;
		char *bytes = read_plan_file(names[i][0], &length);
		struct plan *plan;

		assert_int_equal(plan_read(names[i][0], bytes, length, &plan, &diags), LOAD_OK);
		plan_format(plan, &text);
		assert_golden(names[i][1], strbuf_text(&text));
		strbuf_clear(&text);
		diags_clear(&diags);
		plan_free(plan);
		free(bytes);
	}
}

#define WITH_PLANS(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_PLANS(test_plans__good_ones__have_no_findings),
		WITH_PLANS(test_plans__bad_ones__have_exactly_the_error_of_their_name),
		WITH_PLANS(test_fuzz_plan__corpus__survives),
		TEST(test_fuzz_plan__damaged_good_plans__survive),
		TEST(test_full_plan__canonical_form__is_the_known_one),
	};

	return run_tests(tests);
}
