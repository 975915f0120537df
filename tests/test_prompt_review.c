/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The plain front end with the small flow from the review on: command lines, files, passwords in them.
 */
#define SMALL_REGISTER
#include "small_flow.h"

#include "small_answers.h"

static const struct exchange no_more_files[] = { { "Write the", "no" }, { NULL, NULL } };

/* CONTOSO with its servers, everything confirmed; the wizard stands before what LINES say first. Owned. */
static char *talk_on(const struct exchange *lines, size_t count, enum front_result expected)
{
	struct wizard *wizard = open_wizard(NULL);
	char *transcript = talk_with(wizard, lines, count, no_more_files, 80, expected);

	wizard_free(wizard);
	return transcript;
}

static void test_prompt_run__ready__reviews_lines_and_files(void **state)
{
	static const struct exchange lines[] = {
		NAME,
		ACCOUNTS,
		SERVERS,
		CHECKS,
		{ "Write the files?", "" },
		{ "Write the files?", "no" },
		{ "Write the files?", "line MS02" },
		{ "Write the files?", "line MS09" },
		{ "Write the files?", "line" },
		{ "Write the files?", "shell powershell" },
		{ "Write the files?", "shell bash" },
		{ "Write the files?", "hello" },
		{ "Write the files?", "99" },
		{ "Write the files?", "2" },
		{ "name", "goto 5" },
		{ "Write the files?", "files" },
		{ "Write the plan?", "" },
		{ "to the file", "mine.yaml" },
		{ "Write the files?", "show" },
		{ "Write the files?", "yes" },
		{ "What was done", "4" },
		{ "What was done", "no" },
		{ "What was done", "99" },
		{ "What was done", "show 1" },
		{ "What was done", "what" },
		{ "What was done", "back" },
		{ "Write the files?", "yes" },
		{ "What was done", "" },
		{ "Enter closes", "" },
	};
	char *transcript = talk_on(TABLE(lines), FRONT_FINISHED);

	(void)state;
	assert_golden("tests/expected/prompt-ready.txt", transcript);
	free(transcript);
	assert_int_equal(access("mine.yaml", F_OK), 0);
	assert_int_equal(access("mine.commands.txt", F_OK), -1);
}

static void test_prompt_run__files_are_there__asks_before_it_replaces(void **state)
{
	static const struct exchange lines[] = {
		NAME,
		ACCOUNTS,
		SERVERS,
		CHECKS,
		{ "Write the files?", "yes" },
		{ "Replace what is there?", "no" },
		{ "Write the files?", "yes" },
		{ "Replace what is there?", "yes" },
		{ "What was done", "" },
		{ "Enter closes", "" },
	};
	char *transcript;

	(void)state;
	write_whole_file("contoso.commands.txt", "mine\n", 5);
	transcript = talk_about(NULL, TABLE(lines), FRONT_FINISHED);
	assert_says(transcript, "There already:\ncontoso.commands.txt\nReplace what is there? (yes/no) [no]: no\n");
	assert_says(transcript, "Written: contoso.commands.txt, the command lines.\n");
	free(transcript);
}

static void test_prompt_run__passwords__are_asked_twice_and_never_shown(void **state)
{
	static const struct exchange lines[] = {
		NAME,
		ACCOUNTS,
		{ "Its password (Service account)", CANARY },
		{ "The same again", "something else" },
		{ "Its password (Service account)", CANARY },
		{ "The same again", CANARY },
		SERVERS,
		CHECKS,
		{ "Write the files?", "goto 2" },
		{ "account.user", "" },
		{ "Its password (Service account) is typed already", "" },
		{ "add, edit", "" },
		{ "Number, everything", "" },
		{ "Write the files?", "goto 2" },
		{ "account.user", "" },
		{ "Its password (Service account) is typed already", "yes" },
		{ "Its password (Service account), not shown", CANARY },
		{ "The same again", CANARY },
		{ "add, edit", "goto 5" },
		{ "Write the files?", "files" },
		{ "Write the plan?", "" },
		{ "to the file", "" },
		{ "Put the typed passwords", "yes" },
		{ "Write the files?", "yes" },
		{ "What was done", "" },
		{ "Enter closes", "" },
	};
	char *transcript = talk_on(TABLE(lines), FRONT_FINISHED);

	(void)state;
	assert_golden("tests/expected/prompt-passwords.txt", transcript);
	free(transcript);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WIZARD_TEST(test_prompt_run__ready__reviews_lines_and_files),
		WIZARD_TEST(test_prompt_run__files_are_there__asks_before_it_replaces),
		WIZARD_TEST(test_prompt_run__passwords__are_asked_twice_and_never_shown),
	};

	return run_tests(tests);
}
