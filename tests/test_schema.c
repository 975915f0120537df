/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Tests of the plan's JSON Schema against the field tables. schema.sh judges plans with it.
 */
#include "render_fixture.h"

#include "pipeline/schema.h"

static int set_up(void **state)
{
	struct strbuf out = STRBUF_INIT;

	schema_plan(&out);
	*state = take_text(&out);
	return 0;
}

static int tear_down(void **state)
{
	free(*state);
	return 0;
}

static const char *last_part(const char *key)
{
	const char *dot = strrchr(key, '.');

	return dot ? dot + 1 : key;
}

/* From AT on, the fields stand in the order of their table. Returns the place behind the last one. */
static const char *assert_fields(const char *at, const struct field *const *fields)
{
	for (; *fields; fields++) {
		const struct field *field = *fields;
		struct strbuf member = STRBUF_INIT;

		if (field->kind == FIELD_SECRET)
			continue;
		strbuf_printf(&member, "\"%s\": {\n", last_part(field->key));
		at = strstr(at, strbuf_text(&member));
		assert_labelled(field->key, at != NULL);
		at += member.length;
		strbuf_clear(&member);
		if (field->kind == FIELD_ROWS)
			at = assert_fields(at, field->columns);
	}
	return at;
}

static void test_schema_plan__fields__all_there_in_order(void **state)
{
	const char *schema = *state;

	for (size_t i = 0; flow_at(i); i++) {
		struct strbuf start = STRBUF_INIT;

		strbuf_printf(&start, "    \"%s\": {\n", flow_at(i)->id);
		const char *at = strstr(schema, strbuf_text(&start));
		assert_labelled(flow_at(i)->id, at != NULL);
		assert_fields(at, flow_at(i)->fields);
		strbuf_clear(&start);
	}
}

static void test_schema_plan__passwords__have_no_key(void **state)
{
	const char *schema = *state;

	assert_null(strstr(schema, "\"password\""));
}

/* A key that is not known is an error on every level. */
static void test_schema_plan__objects__are_closed(void **state)
{
	const char *schema = *state, *flows = strstr(schema, "\"$defs\"");

	assert_non_null(flows);
	assert_true(count_of(flows, "\"properties\"") > 10);
	assert_int_equal(count_of(flows, "\"properties\""), count_of(flows, "\"additionalProperties\": false"));
}

static void test_schema_plan__values__as_the_tables_say(void **state)
{
	static const char *const parts[] = {
		("\"enum\": [\"2012-r2\", \"2016\", 2016, \"1801\", 1801, \"1807\", 1807, \"2019\", 2019, \"2022\", "
		 "2022, \"2025\", 2025, null, \"\"],\n          \"default\": \"2016\""),
		"\"minimum\": 5,\n",
		"\"maximum\": 10080,\n",
		"\"default\": 1433",
		"\"examples\": [\"CONTOSO\\\\svc-das\"]",
		"\"required\": [\"name\", \"roles\"]",
		"\"required\": [\"check\", \"by\", \"on\"]",
		"\"enum\": [\"runbook-worker\", \"web-service\"]",
		"{ \"$ref\": \"#/$defs/operations-manager\" }",
		PACKAGE_VERSION,
	};

	for (size_t i = 0; i < ARRAY_LEN(parts); i++)
		assert_labelled(parts[i], strstr(*state, parts[i]) != NULL);
}

static void test_schema_plan__twice__the_same_bytes(void **state)
{
	struct strbuf again = STRBUF_INIT;

	schema_plan(&again);
	assert_text("schema", *state, strbuf_text(&again));
	strbuf_clear(&again);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_schema_plan__fields__all_there_in_order, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_schema_plan__passwords__have_no_key, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_schema_plan__objects__are_closed, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_schema_plan__values__as_the_tables_say, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_schema_plan__twice__the_same_bytes, set_up, tear_down),
	};

	return run_tests(tests);
}
