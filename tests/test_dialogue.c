/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Tests of the tests' own answers: a dialogue that asks something else than expected derails, and is never taken for a
 * new golden file.
 */
#define SMALL_REGISTER
#include "small_flow.h"

#include "dialogue.h"
#include "helpers.h"

static const struct exchange lines[] = { { "name", "CONTOSO" }, { "servers.site", "North" }, { "Go on?", "yes" } };

/* The first question is answered; then comes TAIL. "" for derailed, "-" for over. */
static const char *after_the_first(const char *tail, const struct exchange *always, size_t count)
{
	static struct strbuf why; /* cleared by the next call; the last one stays with the program */
	struct dialogue dialogue = { .lines = lines, .count = count, .always = always };
	const char *answer = NULL;
	enum turn turn;

	strbuf_clear(&why);
	assert_int_equal(dialogue_turn(&dialogue, "hello\nGroup name [x]: ", &answer, &why), TURN_ANSWER);
	assert_string_equal(answer, "CONTOSO");
	turn = dialogue_turn(&dialogue, tail, &answer, &why);
	assert_int_equal(turn == TURN_DERAILED, why.length > 0);
	strbuf_clear(&why);
	dialogue_clear(&dialogue);
	return turn == TURN_ANSWER ? answer : turn == TURN_OVER ? "-" : "(derailed)";
}

static void test_dialogue_turn__questions__answered_or_derailed(void **state)
{
	static const struct exchange always[] = { { "Overwrite", "no" }, { NULL, NULL } };
	static const struct {
		const char *label, *tail, *expected;
	} cases[] = {
		{ "the next", "CONTOSO\nSite: ", "North" },
		{ "its value in brackets", "Site [South]: ", "North" },
		{ "a field that no line names", "Port [1433]: ", "" },
		{ "a choice that no line names", "Level:\n  1. One\nLevel, number or word [1]: ", "" },
		{ "one that may always come", "Overwrite x? (yes/no) [no]: ", "no" },
		{ "one that comes later", "Go on? (yes/no): ", "(derailed)" },
		{ "one that was answered", "Group name [CONTOSO]: ", "(derailed)" },
		{ "a label that only begins like it", "Sites: ", "(derailed)" },
		{ "one that nobody knows", "Really? (yes/no): ", "(derailed)" },
		{ "a field after an error", "Error: no.\nPort: ", "(derailed)" },
		{ "no question", "Site\n", "(derailed)" },
		{ "nothing", "", "(derailed)" },
		{ "the words in another line", "Site: here\nReally? (yes/no): ", "(derailed)" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_text(cases[i].label, cases[i].expected, after_the_first(cases[i].tail, always, 3));
	assert_text("the end", "-", after_the_first("Site: ", NULL, 1));
}

static void test_dialogue_turn__wrapped_question__is_one(void **state)
{
	static const struct exchange long_lines[] = { { "I agree with all of the terms that stand above this line",
							"y" } };
	struct dialogue dialogue = { .lines = long_lines, .count = 1 };
	struct strbuf why = STRBUF_INIT;
	const char *answer = NULL;

	(void)state;
	assert_int_equal(dialogue_turn(&dialogue,
				       "I agree with all of the terms that\nstand above this line (yes/no): ", &answer,
				       &why),
			 TURN_ANSWER);
	dialogue_clear(&dialogue);
}

static void test_dialogue_turn__enter_was_no_answer__derails(void **state)
{
	struct dialogue dialogue = { .lines = lines, .count = ARRAY_LEN(lines) };
	struct strbuf why = STRBUF_INIT;
	const char *answer;

	(void)state;
	assert_int_equal(dialogue_turn(&dialogue, "\nPort: ", &answer, &why), TURN_ANSWER);
	assert_int_equal(dialogue_turn(&dialogue, "\nPort: ", &answer, &why), TURN_DERAILED);
	assert_true(why.length > 0);
	strbuf_reset(&why);
	assert_true(dialogue_is_cut(&dialogue, &why));
	assert_non_null(strstr(strbuf_text(&why), "\"name\" (number 1 of 3)"));
	strbuf_clear(&why);
	dialogue_clear(&dialogue);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_dialogue_turn__questions__answered_or_derailed),
		TEST(test_dialogue_turn__wrapped_question__is_one),
		TEST(test_dialogue_turn__enter_was_no_answer__derails),
	};

	return run_tests(tests);
}
