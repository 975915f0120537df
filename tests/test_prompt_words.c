/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The plain front end with the small flow: its words at every question, and what is not read out twice.
 */
#define SMALL_REGISTER
#include "small_flow.h"

#include "small_answers.h"

static size_t count_of(const char *transcript, const char *text)
{
	size_t count = 0;

	while ((transcript = strstr(transcript, text)) != NULL) {
		count++;
		transcript += strlen(text);
	}
	return count;
}

/* What would change the checks while one is answered waits; the others work, and none becomes a name or a note. */
static void test_prompt_run__words_in_an_answer_to_a_check__are_no_answer(void **state)
{
	static const struct exchange lines[] = {
		NAME,
		ACCOUNTS,
		SERVERS,
		{ "Number, everything", "everything" },
		{ "Who vouches for it", "verify" },
		{ "Who vouches for it", "save" },
		{ "Who vouches for it", "goto 1" },
		{ "Who vouches for it", "?" },
		{ "Who vouches for it", "yes" },
		{ "Who vouches for it", "CONTOSO\\anna" },
		{ "How you know", "help" },
		{ "How you know", "NONE" },
		{ "How you know", "list" },
		{ "How you know", "verify" },
		{ "How you know", "quit" },
		{ "Keep your answers", "quit" },
		{ "Keep your answers", "help" },
		{ "Keep your answers", "back" },
		{ "How you know", "back" },
		{ "Number, everything", "everything" },
		{ "Who vouches for it", "back" },
		{ "Number, everything", "everything" },
		{ "Who vouches for it", "" },
		{ "How you know", "=help" },
		{ "Number, everything", "quit" },
		{ "Keep your answers", "discard" },
	};
	char *transcript = talk_about(NULL, TABLE(lines), FRONT_LEFT);

	(void)state;
	assert_int_equal(count_of(transcript, "Answer this question first; back leaves it."), 4);
	assert_int_equal(count_of(transcript, "It stays as it is."), 2);
	assert_says(transcript, "Error: \"yes\" is not taken for an answer: this asks for a text. If it is meant,\n"
				"write =yes.");
	assert_says(transcript, "Error: \"NONE\" is not taken for an answer: = alone leaves it empty. If it is\n"
				"meant, write =NONE.");
	assert_says(transcript, "A name such as CONTOSO\\anna.");
	assert_says(transcript, "What you looked at, and when.");
	assert_says(transcript, "  1. ");
	assert_says(transcript, "Who vouches for it [CONTOSO\\anna]: \nHow you know");
	assert_int_equal(count_of(transcript, "discard leaves and forgets"), 2);
	free(transcript);
}

static void test_prompt_run__words_where_files_are_chosen__are_no_file_names(void **state)
{
	static const struct exchange lines[] = {
		NAME,
		ACCOUNTS,
		SERVERS,
		CHECKS,
		{ "Write the files?", "files" },
		{ "Write the plan?", "?" },
		{ "Write the plan?", "hm" },
		{ "Write the plan?", "" },
		{ "to the file", "?" },
		{ "to the file", "help" },
		{ "to the file", "n" },
		{ "to the file", "quit" },
		{ "Keep your answers", "stay" },
		{ "to the file", "save" },
		{ "to the file", "back" },
		{ "Write the files?", "files" },
		{ "Write the plan?", "back" },
		{ "Write the files?", "files" },
		{ "Write the plan?", "quit" },
		{ "Keep your answers", "discard" },
	};
	char *transcript = talk_about(NULL, TABLE(lines), FRONT_LEFT);

	(void)state;
	assert_int_equal(count_of(transcript, "The path of the file; Enter keeps the one in brackets."), 2);
	assert_says(transcript, "Answer yes or no; Enter takes what is in brackets.");
	assert_int_equal(count_of(transcript, "  plan: contoso.yaml\n"), 3);
	free(transcript);
}

static void test_prompt_run__words_before_files_are_replaced__replace_nothing(void **state)
{
	static const struct exchange lines[] = {
		NAME,
		ACCOUNTS,
		SERVERS,
		CHECKS,
		{ "Write the files?", "yes" },
		{ "Replace what is there?", "help" },
		{ "Replace what is there?", "back" },
		{ "Write the files?", "quit" },
		{ "Keep your answers", "discard" },
	};
	char *bytes;

	(void)state;
	write_whole_file("contoso.commands.txt", "mine\n", 5);
	free(talk_about(NULL, TABLE(lines), FRONT_LEFT));
	bytes = read_whole_file("contoso.commands.txt", NULL);
	assert_string_equal(bytes, "mine\n");
	free(bytes);
}

static void test_prompt_run__words_in_a_conflict__write_nothing(void **state)
{
	static const struct exchange lines[] = {
		NAME,
		{ "folder", "save" },
		{ "What now?", "help" },
		{ "What now?", "save" },
		{ "What now?", "as" },
		{ "To which file", "?" },
		{ "To which file", "back" },
		{ "What now?", "quit" },
		{ "Keep your answers", "stay" },
		{ "What now?", "back" },
		{ "folder", "save" },
		{ "What now?", "as" },
		{ "To which file", "quit" },
		{ "Keep your answers", "keep" },
	};
	char *transcript, *bytes;

	(void)state;
	write_whole_file("contoso.yaml", "mine\n", 5);
	transcript = talk_about(NULL, TABLE(lines), FRONT_LEFT);
	assert_says(transcript, "leave writes nothing, as asks for another name.");
	assert_says(transcript, "The plan is not saved; the file is as it was.");
	assert_says(transcript, "The path of the file, such as plan.yaml.");
	free(transcript);
	bytes = read_whole_file("contoso.yaml", NULL);
	assert_string_equal(bytes, "mine\n");
	free(bytes);
	assert_int_equal(access("back", F_OK), -1);
	assert_int_equal(access("?", F_OK), -1);
}

/* Leaving before the draft was asked about leaves it where it is. */
static void test_prompt_run__words_at_the_draft__leave_it(void **state)
{
	static const struct exchange left[] = { NAME, { "folder", "quit" }, { "Keep your answers", "" } };
	static const struct exchange words[] = {
		{ "Resume it", "help" },
		{ "Resume it", "goto 1" },
		{ "Resume it", "quit" },
	};
	char *before, *after, *transcript;

	(void)state;
	free(talk_about(NULL, TABLE(left), FRONT_LEFT));
	before = read_whole_file("state/scupgrade/draft-new.yaml", NULL);
	transcript = talk_about(NULL, TABLE(words), FRONT_LEFT);
	assert_says(transcript, "resume goes on where it ended.");
	assert_says(transcript, "Left. The draft stays where it is.");
	free(transcript);
	after = read_whole_file("state/scupgrade/draft-new.yaml", NULL);
	assert_string_equal(before, after);
	free(before);
	free(after);
}

/* A page that was not reached yet: as far as the pages before it let one, and never past the one that writes. */
static void test_prompt_run__goto_ahead__goes_on_as_far_as_it_may(void **state)
{
	static const struct exchange lines[] = {
		{ "name", "goto 3" },
		{ "name", "CONTOSO" },
		{ "folder", "goto 3" },
		{ "account.mode", "" },
		ACCOUNTS,
		SERVERS,
		CHECKS,
		{ "Write the files?", "goto 7" },
		{ "Write the files?", "goto 1" },
		{ "name", "goto 5" },
		{ "Write the files?", "quit" },
		{ "Keep your answers", "" },
	};
	char *transcript;

	(void)state;
	transcript = talk_about(NULL, TABLE(lines), FRONT_LEFT);
	assert_says(transcript, "Group name: goto 3\nError: Group name is missing.");
	assert_says(transcript, "goto 3\nError: Service account is missing. For example: CONTOSO\\svc\n\nPage 2 of 7.");
	assert_says(transcript, "goto 7\nError: Done: that page comes when the files are written.\n");
	free(transcript);
}

/* A password that is a word is the word: nobody waits for help with a typed "help". */
static void test_prompt_run__words_at_a_password__are_no_password(void **state)
{
	static const struct exchange lines[] = {
		NAME,
		ACCOUNTS,
		{ "Its password (Service account)", "help" },
		{ "Its password (Service account)", "?" },
		{ "Its password (Service account)", CANARY },
		{ "The same again", "help" },
		{ "The same again", "back" },
		{ "name", "goto 2" },
		{ "account.user", "" },
		{ "Its password (Service account)", "quit" },
		{ "Keep your answers", "discard" },
	};
	char *transcript = talk_about(NULL, TABLE(lines), FRONT_LEFT);

	(void)state;
	assert_null(strstr(transcript, "is typed already"));
	assert_int_equal(count_of(transcript, "The same again: ********\n"), 2);
	free(transcript);
}

static void test_prompt_run__words_in_a_pasted_list__add_nothing(void **state)
{
	static const struct exchange lines[] = {
		NAME,
		ACCOUNTS,
		{ "add, edit", "paste" },
		{ "Server", "help" },
		{ "Server", "exit" },
		{ "Server", "MS01" },
		{ "Server", "back" },
		{ "add, edit", "paste" },
		{ "Server", "goto 1" },
		{ "name", "quit" },
		{ "Keep your answers", "discard" },
	};
	char *transcript = talk_about(NULL, TABLE(lines), FRONT_LEFT);

	(void)state;
	assert_says(transcript, "\"exit\" is not taken for an answer: quit leaves.");
	assert_says(transcript, "Nothing is added.");
	assert_null(strstr(transcript, "1. MS01"));
	free(transcript);
}

/* Behind "=" any word is the answer. */
static void test_prompt_run__slips_at_a_field__are_values_only_when_meant(void **state)
{
	static const struct exchange lines[] = {
		{ "name", "none" }, { "name", "No" },   { "name", "q" },
		{ "name", "=none" }, { "Service account", "quit" },
		{ "Keep your answers", "discard" },
	};
	char *transcript = talk_about(NULL, TABLE(lines), FRONT_LEFT);

	(void)state;
	assert_int_equal(count_of(transcript, "is not taken for an answer"), 3);
	free(transcript);
}

/* ---- not read out twice ---- */

static void test_prompt_run__a_page_again__is_not_read_out_again(void **state)
{
	static const struct exchange lines[] = {
		NAME,
		ACCOUNTS,
		SERVERS,
		{ "Number, everything", "goto 1" },
		{ "name", "goto 4" },
		{ "Number, everything", "show" },
		CHECKS,
		{ "Write the files?", "2" },
		{ "name", "FABRIKAM" },
		{ "account.user", "goto 5" },
		{ "Write the files?", "show" },
		{ "Write the files?", "quit" },
		{ "Keep your answers", "discard" },
	};
	char *transcript = talk_about(NULL, TABLE(lines), FRONT_LEFT);

	(void)state;
	assert_says(transcript, "The list is as before; show reads it again.");
	assert_says(transcript, "\n  1. Group name: FABRIKAM\nThe rest is as before; show reads it all.\n");
	assert_int_equal(count_of(transcript, "\n  1. Group name: FABRIKAM\n"), 2);
	assert_int_equal(count_of(transcript, "The first command line, for MS01"), 2);
	free(transcript);
}

static void test_prompt_run__the_steps_again__are_not_read_out_again(void **state)
{
	static const struct exchange lines[] = {
		NAME,
		ACCOUNTS,
		SERVERS,
		CHECKS,
		{ "Write the files?", "yes" },
		{ "What was done", "back" },
		{ "Write the files?", "goto 6" },
		{ "What was done", "list" },
		{ "What was done", "quit" },
		{ "Keep your answers", "discard" },
	};
	char *transcript = talk_about(NULL, TABLE(lines), FRONT_LEFT);

	(void)state;
	assert_int_equal(count_of(transcript, "See that everything works: waits for"), 2);
	assert_says(transcript, "The steps are those that were read out before; list reads them again.\nNext: ");
	free(transcript);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WIZARD_TEST(test_prompt_run__words_in_an_answer_to_a_check__are_no_answer),
		WIZARD_TEST(test_prompt_run__words_where_files_are_chosen__are_no_file_names),
		WIZARD_TEST(test_prompt_run__words_before_files_are_replaced__replace_nothing),
		WIZARD_TEST(test_prompt_run__words_in_a_conflict__write_nothing),
		WIZARD_TEST(test_prompt_run__words_at_the_draft__leave_it),
		WIZARD_TEST(test_prompt_run__goto_ahead__goes_on_as_far_as_it_may),
		WIZARD_TEST(test_prompt_run__words_at_a_password__are_no_password),
		WIZARD_TEST(test_prompt_run__words_in_a_pasted_list__add_nothing),
		WIZARD_TEST(test_prompt_run__slips_at_a_field__are_values_only_when_meant),
		WIZARD_TEST(test_prompt_run__a_page_again__is_not_read_out_again),
		WIZARD_TEST(test_prompt_run__the_steps_again__are_not_read_out_again),
	};

	return run_tests(tests);
}
