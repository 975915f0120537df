/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The automaton against looking for each word by itself.
 */
#include "helpers.h"

#include "core/literals.h"

struct found {
	size_t count[16];
	size_t last_end;
};

static void take(void *data, size_t word, size_t end)
{
	struct found *found = data;

	found->count[word]++;
	assert_true(end >= found->last_end);
	found->last_end = end;
}

static char folded(char c)
{
	return c == '\t' ? ' ' : (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
}

static size_t count_plainly(const char *word, const char *text, size_t length)
{
	size_t count = 0, n = strlen(word);

	for (size_t at = 0; at + n <= length; at++) {
		size_t same = 0;

		while (same < n && folded(text[at + same]) == folded(word[same]))
			same++;
		count += same == n;
	}
	return count;
}

static void check(const char *const *words, size_t count, const char *text, size_t length)
{
	struct literals *literals = literals_new(words, count);
	struct found found = { .last_end = 0 };

	literals_scan(literals, text, length, take, &found);
	for (size_t i = 0; i < count; i++)
		assert_labelled(words[i], found.count[i] == count_plainly(words[i], text, length));
	literals_free(literals);
}

static void test_literals_scan__words_in_words__each_is_found(void **state)
{
	static const char *const words[] = { "he", "she", "his", "hers", "e", "she", "is h" };
	static const char text[] = "uSHErs and\tHIS\theRS she his\this hers";

	(void)state;
	check(words, ARRAY_LEN(words), text, sizeof(text) - 1);
	check(words, ARRAY_LEN(words), text, 0);
	check(words, 0, text, sizeof(text) - 1);
}

static void test_literals_scan__random_texts__as_looking_for_each(void **state)
{
	unsigned bits = 1;

	(void)state;
	for (unsigned round = 0; round < 300; round++) {
		char words[8][6], text[400];
		const char *list[8];

		for (size_t i = 0; i < ARRAY_LEN(words); i++) {
			size_t n = 1 + (bits = bits * 1103515245 + 12345) / 65536 % 5;

			for (size_t k = 0; k < n; k++)
				words[i][k] = "abAB"[(bits = bits * 1103515245 + 12345) / 65536 % 4];
			words[i][n] = '\0';
			list[i] = words[i];
		}
		for (size_t i = 0; i < sizeof(text); i++)
			text[i] = "abcB\xE4"[(bits = bits * 1103515245 + 12345) / 65536 % 5];
		check(list, ARRAY_LEN(list), text, sizeof(text));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_literals_scan__words_in_words__each_is_found),
		TEST(test_literals_scan__random_texts__as_looking_for_each),
	};

	return run_tests(tests);
}
