/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Tests of nametable.
 */
#include "helpers.h"

#include "core/nametable.h"

struct list {
	char names[3000][12];
};

static const char *name_at(const void *data, size_t index, size_t *length)
{
	const struct list *list = data;

	*length = strlen(list->names[index]);
	return list->names[index];
}

static void test_nametable_add__names_of_many_servers__only_equal_ones_meet(void **state)
{
	static struct list list;
	struct nametable *table = nametable_new(3000, true, name_at, &list);

	(void)state;
	for (size_t i = 0; i < 3000; i++)
		snprintf(list.names[i], sizeof(list.names[i]), i >= 2000 ? "ms%zu" : "MS%zu", i >= 2000 ? i - 2000 : i);
	for (size_t i = 0; i < 2000; i++)
		assert_int_equal(nametable_add(table, i), i);
	for (size_t i = 2000; i < 3000; i++)
		assert_int_equal(nametable_add(table, i), i - 2000);
	assert_int_equal(nametable_find(table, "mS1999x", 6), 1999);
	assert_true(nametable_find(table, "MS2000", 6) == NAME_NONE);
	assert_true(nametable_find(table, "", 0) == NAME_NONE);
	nametable_free(table);
}

/* They share their place in the table: the next ones go behind them, over its end too. */
static void test_nametable_add__names_that_differ_in_the_last_byte__are_others(void **state)
{
	static struct list list;
	struct nametable *table = nametable_new(3000, false, name_at, &list);

	(void)state;
	for (size_t i = 0; i < 3000; i++)
		snprintf(list.names[i], sizeof(list.names[i]), "W%zu%c", i / 200, (int)(i % 200) + 32);
	for (size_t i = 0; i < 3000; i++)
		assert_int_equal(nametable_add_name(table, i, list.names[i], strlen(list.names[i])), i);
	for (size_t i = 0; i < 3000; i++)
		assert_int_equal(nametable_find(table, list.names[i], strlen(list.names[i])), i);
	assert_true(nametable_find(table, "W0", 2) == NAME_NONE);
	assert_true(nametable_find(table, "W15 ", 4) == NAME_NONE);
	nametable_free(table);
}

static void test_nametable_find__with_case__letters_differ(void **state)
{
	static struct list list = { { "name", "Name" } };
	struct nametable *table = nametable_new(2, false, name_at, &list);

	(void)state;
	assert_int_equal(nametable_add(table, 0), 0);
	assert_int_equal(nametable_add(table, 1), 1);
	assert_int_equal(nametable_find(table, "Name", 4), 1);
	assert_true(nametable_find(table, "NAME", 4) == NAME_NONE);
	nametable_free(table);
}

static void test_nametable_new__no_names__finds_nothing(void **state)
{
	struct nametable *table = nametable_new(0, true, name_at, NULL);

	(void)state;
	assert_true(nametable_find(table, "x", 1) == NAME_NONE);
	nametable_free(table);
	nametable_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_nametable_add__names_of_many_servers__only_equal_ones_meet),
		TEST(test_nametable_add__names_that_differ_in_the_last_byte__are_others),
		TEST(test_nametable_find__with_case__letters_differ),
		TEST(test_nametable_new__no_names__finds_nothing),
	};

	return run_tests(tests);
}
