/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The fuzz targets over their corpora, and over what a poor man's fuzzer makes of them: the same in every run. (Those
 * of plans: test_plans.c.)
 */
#include "helpers.h"

#include "fuzz_corpus.h"

/* Every *.yaml of FOLDER, and one of them damaged. The number of files. */
static size_t replay_folder(target_fn *target, const char *relative, const char *damaged)
{
	struct strbuf path = STRBUF_INIT;
	DIR *folder = opendir(source_path(relative));
	struct dirent *entry;
	size_t count = 0, length;

	assert_labelled(relative, folder != NULL);
	while ((entry = readdir(folder))) {
		char *bytes;

		if (!strstr(entry->d_name, ".yaml"))
			continue;
		strbuf_reset(&path);
		strbuf_printf(&path, "%s/%s", relative, entry->d_name);
		bytes = read_whole_file(source_path(strbuf_text(&path)), &length);
		assert_int_equal(target((const uint8_t *)bytes, length), 0);
		if (str_eq(entry->d_name, damaged))
			damage(target, bytes, length, 11);
		free(bytes);
		count++;
	}
	closedir(folder);
	strbuf_clear(&path);
	return count;
}

static void test_fuzz_facts__corpus__survives(void **state)
{
	(void)state;
	assert_true(replay_folder(fuzz_facts, "tests/facts/healthy", "MS01.facts.yaml") >= 8);
	assert_true(replay_folder(fuzz_facts, "tests/facts/faulty", "MS01.facts.yaml") >= 1);
	assert_true(replay_folder(fuzz_facts, "tests/plans", NULL) >= 30);
}

/* The samples of all signs as one log, whole and damaged. */
static void test_fuzz_diagnose__corpus__survives(void **state)
{
	size_t length;
	char *bytes = read_whole_file(source_path("tests/logs/samples.txt"), &length);

	(void)state;
	assert_int_equal(fuzz_diagnose((const uint8_t *)bytes, length), 0);
	damage(fuzz_diagnose, bytes, length, 149);
	free(bytes);
}

/* The values that tests/wine.sh gives to real programs: behind the first word of each line. */
static void test_fuzz_quote__corpus__survives(void **state)
{
	size_t length, count = 0;
	char *bytes = read_whole_file(source_path("tests/windows/values"), &length);

	(void)state;
	for (const char *line = bytes, *end; (end = strchr(line, '\n')); line = end + 1) {
		const char *value = strchr(line, ' ') + 1;

		assert_int_equal(fuzz_quote((const uint8_t *)value, (size_t)(end - value)), 0);
		damage(fuzz_quote, value, (size_t)(end - value), 1);
		count++;
	}
	assert_true(count >= 30);
	free(bytes);
}

static void test_fuzz__small_corpora__survive(void **state)
{
	(void)state;
	replay_corpus(fuzz_journal, "journal", 3, 5);
	replay_corpus(fuzz_options, "options", 1, 3);
	replay_corpus(fuzz_passwords, "passwords", 5, 4);
	replay_corpus(fuzz_draft, "draft", 61, 4);
	replay_corpus(fuzz_dialogue, "dialogue", 17, 3);
	replay_corpus(fuzz_servers, "servers", 3, 5);
}

/* What guided fuzzers kept because it went where nothing else did; whole, for there is a lot of it. */
static void test_fuzz__inputs_that_went_further__survive(void **state)
{
	(void)state;
	replay_corpus(fuzz_journal, "found/journal", SIZE_MAX, 50);
	replay_corpus(fuzz_options, "found/options", SIZE_MAX, 20);
	replay_corpus(fuzz_draft, "found/draft", SIZE_MAX, 20);
	replay_corpus(fuzz_dialogue, "found/dialogue", SIZE_MAX, 50);
}

/* What a fuzzer found once. */
static void test_fuzz__found_once__stays_fixed(void **state)
{
	static const char head[] = "scupgrade-facts: 1\nserver: MS01\ncollected: '2026-11-21T12:00:00Z'\n";
	static const struct {
		target_fn *target;
		const char *before, *text;
	} cases[] = {
		/* A return as the last byte before what is refused: the byte behind it was looked at. */
		{ fuzz_plan, "", "scupgrade: 1\nproduct: 'a\r" },
		{ fuzz_plan, "", "a: [\r\r\r" },
		/* The default folder counted as another drive, but only once it stood in the plan. */
		{ fuzz_facts, head, "system-drive: { name: 'D:', free-mb: 40960 }\n" },
		{ fuzz_quote, "", "`\tti\\k`" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		size_t before = strlen(cases[i].before), length = before + strlen(cases[i].text);
		char *bytes = xcalloc(1, length);

		memcpy(bytes, cases[i].before, before);
		memcpy(bytes + before, cases[i].text, length - before);
		assert_labelled(cases[i].text, cases[i].target((const uint8_t *)bytes, length) == 0);
		free(bytes);
	}
}

/* Every value of up to four characters out of those that matter most. */
static void test_fuzz_quote__short_values__all_survive(void **state)
{
	static const char alphabet[] = "\\\"' %^&!a";
	enum { LETTERS = sizeof(alphabet) - 1, MOST = 4 };

	(void)state;
	for (size_t length = 0, all = 1; length <= MOST; length++, all *= LETTERS) {
		for (size_t number = 0; number < all; number++) {
			uint8_t value[MOST];
			size_t rest = number;

			for (size_t i = 0; i < length; i++, rest /= LETTERS)
				value[i] = (uint8_t)alphabet[rest % LETTERS];
			assert_int_equal(fuzz_quote(value, length), 0);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_fuzz_facts__corpus__survives),
		TEST(test_fuzz_diagnose__corpus__survives),
		TEST(test_fuzz_quote__corpus__survives),
		TEST(test_fuzz__small_corpora__survive),
		TEST(test_fuzz__inputs_that_went_further__survive),
		TEST(test_fuzz__found_once__stays_fixed),
		TEST(test_fuzz_quote__short_values__all_survive),
	};

	return run_tests(tests);
}
