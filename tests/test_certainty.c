/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Tests of the tags of sources in words.
 */
#include "helpers.h"

#include "model/certainty.h"

static void test_certainty_words__tags__in_words_and_the_least_certain_counts(void **state)
{
	static const struct {
		const char *source, *words;
		enum certainty least;
	} cases[] = {
		{ "a page", "a page", CERTAINTY_DOCUMENTED },
		{ "a page [DOC]", "a page (documented)", CERTAINTY_DOCUMENTED },
		{ "a page [DOC, CODE]", "a page (documented; seen in tools, not documented)", CERTAINTY_SEEN },
		{ "[OURS]; b [PAGE]", "(our advice, not documented); b (documented)", CERTAINTY_SEEN },
		{ "c [UNCERTAIN: two pages differ]", "c (not certain: two pages differ)", CERTAINTY_DOUBTFUL },
		{ "[UNCERTAIN] and [FIELD]", "(not certain) and (reported from practice, not documented)",
		  CERTAINTY_DOUBTFUL },
		{ "a word [DOCUMENT] and [3]", "a word [DOCUMENT] and [3]", CERTAINTY_DOCUMENTED },
		{ "never closed [DOC", "never closed [DOC", CERTAINTY_DOCUMENTED },
		{ "mixed [DOC, see there]", "mixed (documented; see there)", CERTAINTY_DOCUMENTED },
		{ "", "", CERTAINTY_DOCUMENTED },
	};
	struct strbuf out = STRBUF_INIT;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		strbuf_reset(&out);
		assert_int_equal(certainty_words(&out, cases[i].source), cases[i].least);
		assert_text(cases[i].source, cases[i].words, strbuf_text(&out));
	}
	strbuf_clear(&out);
}

static void test_certainty_is_closed__brackets__hold_tags_and_a_reason_only(void **state)
{
	static const struct {
		const char *source;
		bool closed;
	} cases[] = {
		{ "a page", true },
		{ "a page [DOC]; b [CODE, OURS]", true },
		{ "a page [UNCERTAIN: the pages differ, by date]", true },
		{ "a page [DOC of 2021]", false },
		{ "a page [DOC; names CODE]", false },
		{ "a page [DOC,CODE]", false },
		{ "a page [DOC, by omission]", false },
		{ "a page [DOC", false },
		{ "a page DOC]", false },
		{ "a page [doc]", false },
		{ "a page [3]", false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_labelled(cases[i].source, certainty_is_closed(cases[i].source) == cases[i].closed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_certainty_is_closed__brackets__hold_tags_and_a_reason_only),
		TEST(test_certainty_words__tags__in_words_and_the_least_certain_counts),
	};

	return run_tests(tests);
}
