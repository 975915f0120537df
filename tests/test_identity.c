/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Tests of what says which upgrade a plan is about.
 */
#include "helpers.h"

#include "model/flow.h"
#include "model/identity.h"

struct answer {
	const char *key, *value;
};

static struct plan *plan_with(const char *product, const struct answer *answers, size_t count)
{
	struct plan *plan = plan_new(flow_find(product));

	for (size_t i = 0; i < count && answers[i].key; i++)
		assert_true(field_store(fields_find(plan->flow->fields, answers[i].key), plan, &plan->answers->record,
					answers[i].value, NULL));
	return plan;
}

static const struct {
	const char *label, *product;
	struct answer answers[4];
	const char *name, *kept;
} cases[] = {
	{ "a group", "operations-manager", { { "management-group", "CONTOSO" } }, "CONTOSO", "CONTOSO" },
	{ "no group yet", "operations-manager", { { NULL, NULL } }, "", "" },
	{ "no database yet", "service-management-automation", { { NULL, NULL } }, "", "" },
	{ "a database", "service-management-automation", { { "database.server", "SQL01" } }, "SQL01-SMA", "SQL01-SMA" },
	{ "an instance",
	  "service-management-automation",
	  { { "database.server", "SQL01" }, { "database.instance", "AUTO" }, { "database.name", "SMA2" } },
	  "SQL01-AUTO-SMA2",
	  "SQL01-AUTO-SMA2" },
	{ "a name",
	  "service-management-automation",
	  { { "database.server", "SQL01" }, { "deployment", "Automation" } },
	  "Automation",
	  "Automation" },
};

static void test_plan_identity__name__is_the_products_own(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct plan *plan = plan_with(cases[i].product, cases[i].answers, ARRAY_LEN(cases[i].answers));
		struct upgrade_identity identity = plan_identity(plan, plan->arena);

		assert_text(cases[i].label, cases[i].product, identity.product);
		assert_text(cases[i].label, cases[i].name, identity.name);
		assert_text(cases[i].label, "2012-r2", identity.source);
		assert_text(cases[i].label, "2016", identity.target);
		plan_free(plan);
	}
}

static void test_plan_keep_name__a_database_that_moves__the_name_stays(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct plan *plan = plan_with(cases[i].product, cases[i].answers, ARRAY_LEN(cases[i].answers));
		const struct field *server = fields_find(plan->flow->fields, "database.server");

		plan_keep_name(plan);
		if (server && *cases[i].name)
			assert_true(field_store(server, plan, &plan->answers->record, "SQL09", NULL));
		assert_text(cases[i].label, cases[i].kept, plan_identity(plan, plan->arena).name);
		plan_free(plan);
	}
}

static void test_identity_json__quotes__are_escaped(void **state)
{
	const struct upgrade_identity identity = { "operations-manager", "A \"B\"", "2016", "2019" };
	struct strbuf out = STRBUF_INIT;

	(void)state;
	identity_json(&out, &identity);
	assert_string_equal(strbuf_text(&out), "{\"product\": \"operations-manager\", \"name\": \"A \\\"B\\\"\", "
					       "\"source\": \"2016\", \"target\": \"2019\"}");
	strbuf_clear(&out);
}

static void test_identity_words__no_name__is_left_out(void **state)
{
	struct upgrade_identity identity = { "operations-manager", "CONTOSO", "2016", "2019" };
	struct arena *arena = arena_new();

	(void)state;
	assert_string_equal(identity_words(arena, &identity), "operations-manager CONTOSO, 2016 to 2019");
	identity.name = "";
	assert_string_equal(identity_words(arena, &identity), "operations-manager, 2016 to 2019");
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_plan_identity__name__is_the_products_own),
		cmocka_unit_test(test_plan_keep_name__a_database_that_moves__the_name_stays),
		cmocka_unit_test(test_identity_words__no_name__is_left_out),
		cmocka_unit_test(test_identity_json__quotes__are_escaped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
