/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Tests of what differs between two plans.
 */
#include "helpers.h"

#include "pipeline/compare.h"
#include "pipeline/planfile.h"

#define BEGIN \
	"scupgrade: 1\nproduct: operations-manager\nmanagement-group: CONTOSO\nlicense-accepted: true\n" \
	"accounts:\n  data-access: { user: 'CONTOSO\\das' }\n  data-reader: { user: 'CONTOSO\\reader' }\n"
#define MS01 "  - { name: MS01, roles: [management-server] }\n"
#define MS02 "  - { name: MS02, roles: [management-server] }\n"
#define MS03 "  - { name: MS03, roles: [management-server] }\n"
#define PLAIN BEGIN "servers:\n" MS01 MS02 MS03
#define NOTE(check, servers) "  - { check: " check ", servers: [" servers "], by: anna, on: '2026-11-20' }\n"

static struct plan *plan_of(const char *text)
{
	struct diags diags = DIAGS_INIT;
	struct plan *plan = NULL;

	assert_int_equal(plan_read("plan", text, strlen(text), &plan, &diags), LOAD_OK);
	assert_int_equal(diags.errors, 0);
	diags_clear(&diags);
	return plan;
}

/* "changed servers[MS01].roles: A -> B", one a line; steps have their part behind the id. Owned. */
static char *listed(const struct differences *differences)
{
	struct strbuf text = STRBUF_INIT;

	for (size_t i = 0; i < differences->count; i++) {
		const struct difference *one = &differences->items[i];

		strbuf_printf(&text, "%s %s%s%s: %s -> %s\n", change_name(one->change), one->where,
			      one->part ? " " : "", one->part ? one->part : "", one->before ? one->before : "none",
			      one->after ? one->after : "none");
	}
	if (!text.length)
		strbuf_puts(&text, "");
	return take_text(&text);
}

static void assert_answers(const char *label, const char *before, const char *after, const char *expected)
{
	struct plan *old_plan = plan_of(before), *plan = plan_of(after);
	struct differences differences = { 0 };
	struct arena *arena = arena_new();

	compare_answers(old_plan, plan, arena, &differences);
	char *text = listed(&differences);
	assert_text(label, expected, text);
	free(text);
	arena_free(arena);
	plan_free(old_plan);
	plan_free(plan);
}

static void test_compare_answers__pairs__are_told_apart_by_key_and_name(void **state)
{
	static const struct {
		const char *label, *before, *after, *expected;
	} cases[] = {
		{ "the same", PLAIN, PLAIN, "" },
		{ "another form of the same", PLAIN, "# a comment\n" PLAIN "connectors: no\n", "" },
		{ "one more answer", PLAIN, PLAIN "setup-folder: 'D:\\'\n", "added setup-folder: none -> 'D:\\'\n" },
		{ "one less", PLAIN "setup-folder: 'D:\\'\n", PLAIN, "removed setup-folder: 'D:\\' -> none\n" },
		{ "another flag", PLAIN, PLAIN "connectors: true\n", "changed connectors: false -> true\n" },
		{ "a server more", PLAIN, PLAIN "  - { name: CON01, roles: [operations-console] }\n",
		  "added servers[CON01]: none -> { name: 'CON01', roles: ['operations-console'] }\n" },
		{ "a server less", PLAIN, BEGIN "servers:\n" MS01 MS03,
		  "removed servers[MS02]: { name: 'MS02', roles: ['management-server'] } -> none\n" },
		{ "another role", PLAIN,
		  BEGIN "servers:\n" MS01 "  - { name: MS02, roles: [management-server, acs-collector] }\n" MS03,
		  "changed servers[MS02].roles: ['management-server'] -> ['management-server', 'acs-collector']\n" },
		{ "case of a name", PLAIN, BEGIN "servers:\n" MS01 "  - { name: ms02, roles: [management-server] }\n"
		  MS03,
		  "changed servers[ms02].name: 'MS02' -> 'ms02'\n" },
		{ "a name with its domain", PLAIN,
		  BEGIN "servers:\n" MS01 "  - { name: ms02.contoso.com, roles: [management-server] }\n" MS03,
		  "changed servers[ms02.contoso.com].name: 'MS02' -> 'ms02.contoso.com'\n" },
		{ "the last one comes first", PLAIN, BEGIN "servers:\n" MS03 MS01 MS02,
		  "moved servers[MS03]: 3 -> 1\n" },
		{ "moved behind one that is gone", PLAIN, BEGIN "servers:\n" MS03 MS02,
		  "removed servers[MS01]: { name: 'MS01', roles: ['management-server'] } -> none\n"
		  "moved servers[MS03]: 3 -> 1\n" },
		{ "notes of one check on two servers",
		  PLAIN "confirmed:\n" NOTE("free-disk", "MS01") NOTE("free-disk", "MS02"),
		  PLAIN "confirmed:\n" NOTE("free-disk", "MS02"),
		  "removed confirmed[free-disk]: { check: 'free-disk', servers: ['MS01'], by: 'anna', "
		  "'on': '2026-11-20' } -> none\n" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_answers(cases[i].label, cases[i].before, cases[i].after, cases[i].expected);
}

static void test_compare_answers__two_products__is_the_only_difference(void **state)
{
	(void)state;
	assert_answers("products", PLAIN,
		       "scupgrade: 1\nproduct: service-management-automation\nmedia-folder: 'D:\\SMA'\n",
		       "changed product: operations-manager -> service-management-automation\n");
}

/* Linear: names that are all the same, and an order that is turned round. */
static void test_compare_answers__many_rows__are_quick(void **state)
{
	enum { MANY = 20000 };
	struct strbuf before = STRBUF_INIT, after = STRBUF_INIT;
	struct differences differences = { 0 };
	struct arena *arena = arena_new();

	(void)state;
	strbuf_puts(&before, BEGIN "servers:\n");
	strbuf_puts(&after, BEGIN "servers:\n");
	for (int i = 0; i < MANY; i++) {
		strbuf_printf(&before, "  - { name: S%d, roles: [management-server] }\n", i);
		strbuf_printf(&after, "  - { name: S%d, roles: [management-server] }\n", MANY - 1 - i);
	}
	strbuf_puts(&before, "confirmed:\n");
	strbuf_puts(&after, "confirmed:\n");
	for (int i = 0; i < MANY; i++) {
		strbuf_printf(&before, NOTE("free-disk", "A%d"), i);
		strbuf_printf(&after, NOTE("free-disk", "B%d"), i);
	}
	struct plan *old_plan = plan_of(strbuf_text(&before)), *plan = plan_of(strbuf_text(&after));
	compare_answers(old_plan, plan, arena, &differences);
	assert_int_equal(differences.count, MANY - 1 + MANY);
	assert_int_equal(differences.items[0].change, CHANGE_MOVED);
	assert_text("the last one", "confirmed[free-disk].servers", differences.items[differences.count - 1].where);
	strbuf_clear(&before);
	strbuf_clear(&after);
	arena_free(arena);
	plan_free(old_plan);
	plan_free(plan);
}

static void test_compare_steps__a_server_less_and_a_folder__say_which_part_changed(void **state)
{
	struct plan *old_plan = plan_of(PLAIN), *plan = plan_of(BEGIN "setup-folder: 'E:\\'\nservers:\n" MS01 MS02);
	struct differences differences = { 0 };
	struct arena *arena = arena_new();
	struct sequence before = sequence_build(old_plan, arena), after = sequence_build(plan, arena);
	bool gone = false, words = false, waits = false;

	(void)state;
	compare_steps(&before, &before, arena, &differences);
	assert_int_equal(differences.count, 0);
	compare_steps(&before, &after, arena, &differences);
	for (size_t i = 0; i < differences.count; i++) {
		const struct difference *one = &differences.items[i];

		gone = gone || (one->change == CHANGE_REMOVED && str_eq(one->where, "upgrade-management-server@MS03"));
		words = words || (str_eq(one->where, "upgrade-management-server@MS01") && str_eq(one->part, "words") &&
				  strstr(one->before, "[\"setup.exe\", \"/silent\"") &&
				  strstr(one->after, "E:\\\\setup.exe"));
		waits = waits || (str_eq(one->part, "requires") && strstr(one->before, "management-server@MS03") &&
				  !strstr(one->after, "management-server@MS03"));
	}
	assert_true(gone && words && waits);
	arena_free(arena);
	plan_free(old_plan);
	plan_free(plan);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_compare_answers__pairs__are_told_apart_by_key_and_name),
		TEST(test_compare_answers__two_products__is_the_only_difference),
		TEST(test_compare_answers__many_rows__are_quick),
		TEST(test_compare_steps__a_server_less_and_a_folder__say_which_part_changed),
	};

	return run_tests(tests);
}
