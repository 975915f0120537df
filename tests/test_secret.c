/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Tests of the password type: what it holds, that it leaves nothing, that it is not dumped.
 */
#include "helpers.h"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef HAVE_PRCTL
#include <sys/prctl.h>
#endif

#include "core/secret.h"
#include "os/memory.h"

static int new_secret(void **state)
{
	*state = secret_new();
	return 0;
}

static int free_secret(void **state)
{
	secret_free(*state);
	return 0;
}

static void test_secret_insert__start_middle_end__text_in_order(void **state)
{
	struct secret *secret = *state;

	assert_text("new", "", secret_expose(secret));
	assert_true(secret_set(secret, "bd", 2));
	assert_true(secret_insert(secret, 0, "a", 1));
	assert_true(secret_insert(secret, 2, "c", 1));
	assert_true(secret_insert(secret, 4, "ef", 2));
	assert_true(secret_insert(secret, 6, NULL, 0));
	assert_text("joined", "abcdef", secret_expose(secret));
	assert_int_equal(secret_length(secret), 6);
	secret_remove(secret, 1, 2);
	assert_text("removed", "adef", secret_expose(secret));
	secret_remove(secret, 3, 1);
	secret_remove(secret, 0, 0);
	assert_text("end removed", "ade", secret_expose(secret));
}

static void test_secret_set__longest_and_longer__refused_without_a_change(void **state)
{
	struct secret *secret = *state;
	char text[SECRET_MAX + 1];

	memset(text, 'x', sizeof(text));
	assert_true(secret_set(secret, "old", 3));
	assert_false(secret_set(secret, text, SECRET_MAX + 1));
	assert_text("kept", "old", secret_expose(secret));
	assert_true(secret_set(secret, text, SECRET_MAX));
	assert_int_equal(secret_length(secret), SECRET_MAX);
	assert_int_equal(strlen(secret_expose(secret)), SECRET_MAX);
	assert_false(secret_insert(secret, 5, "y", 1));
	assert_null(strchr(secret_expose(secret), 'y'));
	assert_true(secret_set(secret, "new", 3));
	assert_text("shorter", "new", secret_expose(secret));
}

static void test_secret_equal__pairs__bytes_compared(void **state)
{
	struct secret *secret = *state, *other = secret_new();

	assert_true(secret_equal(secret, other));
	assert_true(secret_set(secret, "a\0b", 3));
	assert_true(secret_set(other, "a\0c", 3));
	assert_false(secret_equal(secret, other));
	assert_true(secret_set(other, "a\0b", 3));
	assert_true(secret_equal(secret, other));
	assert_true(secret_set(other, "a", 1));
	assert_false(secret_equal(secret, other));
	secret_free(other);
	secret_free(NULL);
}

static void test_secret_clear__text_in_it__every_byte_zero(void **state)
{
	struct secret *secret = *state;
	const char *text = secret_expose(secret);
	size_t i;

	assert_true(secret_set(secret, "P@ssw0rd-of-some-length", 23));
	secret_remove(secret, 3, 20);
	for (i = 3; i < 30; i++)
		assert_int_equal(text[i], 0);
	secret_clear(secret);
	for (i = 0; i <= SECRET_MAX; i++)
		assert_int_equal(text[i], 0);
	assert_int_equal(secret_length(secret), 0);
}

/* "secret canary 7" */
static const char coded[] = {
	's' ^ 0x5A, 'e' ^ 0x5A, 'c' ^ 0x5A, 'r' ^ 0x5A, 'e' ^ 0x5A, 't' ^ 0x5A, ' ' ^ 0x5A, 'c' ^ 0x5A, 'a' ^ 0x5A,
	'n' ^ 0x5A, 'a' ^ 0x5A, 'r' ^ 0x5A, 'y' ^ 0x5A, ' ' ^ 0x5A, '7' ^ 0x5A
};

static void test_secret_free__canary_in_it__memory_holds_it_no_more(void **state)
{
	struct secret *secret = secret_new();
	char text[sizeof(coded)];

	(void)state;
	if (!can_read_memory()) {
		secret_free(secret);
		skip();
	}
	decode_canary(text, coded, sizeof(coded));
	assert_true(secret_set(secret, text, sizeof(text)));
	memory_wipe(text, sizeof(text));
	assert_true(memory_holds(coded, sizeof(coded)));
	secret_free(secret);
	assert_false(memory_holds(coded, sizeof(coded)));
}

static void test_secret_new__first_one__process_not_dumpable(void **state)
{
	struct rlimit limit;

	(void)state;
	assert_int_equal(getrlimit(RLIMIT_CORE, &limit), 0);
	assert_int_equal(limit.rlim_cur, 0);
	assert_int_equal(limit.rlim_max, 0);
#ifdef HAVE_PRCTL
	assert_int_equal(prctl(PR_GET_DUMPABLE, 0L, 0L, 0L, 0L), 0);
#endif
}

static void test_secret_expose__in_a_child__does_not_get_the_text(void **state)
{
#ifdef __linux__
	struct secret *secret = *state;
	int status = -1;
	pid_t child;

	assert_true(secret_set(secret, "P@ssw0rd", 8));
	child = fork();
	assert_true(child >= 0);
	if (child == 0)
		_exit(secret_length(secret) == 0 && *secret_expose(secret) == '\0' ? 0 : 1);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	assert_text("still ours", "P@ssw0rd", secret_expose(secret));
#else
	(void)state;
	skip();
#endif
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_secret_insert__start_middle_end__text_in_order, new_secret,
						free_secret),
		cmocka_unit_test_setup_teardown(test_secret_set__longest_and_longer__refused_without_a_change,
						new_secret, free_secret),
		cmocka_unit_test_setup_teardown(test_secret_equal__pairs__bytes_compared, new_secret, free_secret),
		cmocka_unit_test_setup_teardown(test_secret_clear__text_in_it__every_byte_zero, new_secret,
						free_secret),
		TEST(test_secret_free__canary_in_it__memory_holds_it_no_more),
		cmocka_unit_test_setup_teardown(test_secret_new__first_one__process_not_dumpable, new_secret,
						free_secret),
		cmocka_unit_test_setup_teardown(test_secret_expose__in_a_child__does_not_get_the_text, new_secret,
						free_secret),
	};

	return run_tests(tests);
}
