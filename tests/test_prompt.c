/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The plain front end as whole conversations: what is typed goes in, what a person reads comes out. The transcripts
 * under tests/expected are meant to be read.
 */
#include "wizard_fixture.h"

#include <signal.h>

#include "plain/prompt.h"

/* A conversation: INPUT's lines are typed. The transcript is owned: free it. */
static char *talk(struct wizard *wizard, FILE *in, enum front_result expected, int *signal)
{
	struct prompt_options options = { .in = in, .echo = true, .width = 80 };
	char *transcript = NULL;
	size_t length;
	enum front_result result;

	options.out = open_memstream(&transcript, &length);
	assert_non_null(options.out);
	result = prompt_run(wizard, &options, signal);
	fclose(options.out);
	if (result != expected)
		print_error("%s\n", transcript);
	assert_int_equal(result, expected);
	return transcript;
}

/* Everything that a program cannot see is vouched for, so that the way through does not depend on how many checks there
 * are; but the ids in EXCEPT. */
static void vouch(struct wizard *wizard, const char *except)
{
	struct plan *plan = wizard_plan(wizard);

	for (const struct prereq *prereq = plan->flow->prereqs; prereq->id; prereq++) {
		struct answer_note *note = (struct answer_note *)plan_new_record(plan, &field_confirmed);

		if (strstr(except, prereq->id))
			continue;
		note->check = prereq->id;
		note->by = "CONTOSO\\anna";
		note->on = "2026-11-20";
		note->note = "seen";
		rows_insert(plan, &plan->answers->confirmed, plan->answers->confirmed.count, &note->record);
	}
}

static char *talk_with(const char *plan, const char *except, const char *input, enum front_result expected)
{
	struct wizard *wizard = open_wizard(plan);
	FILE *in = fmemopen((char *)(uintptr_t)input, strlen(input), "r");
	int signal = 0;
	char *transcript;

	assert_non_null(in);
	if (!plan)
		vouch(wizard, except);
	transcript = talk(wizard, in, expected, &signal);
	assert_int_equal(signal, 0);
	fclose(in);
	wizard_free(wizard);
	return transcript;
}

static char *talk_about(const char *plan, const char *input, enum front_result expected)
{
	return talk_with(plan, "", input, expected);
}

static void check_talk(const char *golden, const char *plan, const char *input, enum front_result expected)
{
	char *transcript = talk_about(plan, input, expected);

	assert_null(strstr(transcript, CANARY));
	assert_golden(golden, transcript);
	free(transcript);
}

/* ---- answers ---- */

#define START "\n"
#define SERVERS "CONTOSO\nadd\nMS01\n1,2\nadd MS02\nmanagement-server, acs\n\n\n\n\n"
#define LICENSE "yes\n"
#define LOCATION "\n\n"
#define ACCOUNTS "\nCONTOSO\\svc-das\n\nCONTOSO\\svc-reader\n\n"

#define CHECKS "\n"

static const char whole_way[] = START SERVERS LICENSE LOCATION CHECKS "\n" ACCOUNTS "yes\n\n\n";

/* ---- whole conversations ---- */

static void test_prompt_run__operations_manager__whole_way(void **state)
{
	char *bytes;

	(void)state;
	check_talk("tests/expected/prompt-om.txt", NULL, whole_way, FRONT_FINISHED);
	bytes = read_whole_file("contoso.yaml", NULL);
	assert_non_null(strstr(bytes, "{ name: 'MS02', roles: ['management-server', 'acs-collector'] }"));
	free(bytes);
	assert_int_equal(access("contoso.commands.txt", F_OK), 0);
	assert_int_equal(access("state/scupgrade/draft-new.yaml", F_OK), -1);
}

static void test_prompt_run__wrong_values__are_told_and_asked_again(void **state)
{
	(void)state;
	check_talk("tests/expected/prompt-mistakes.txt", NULL,
		   "3\nno such product\n1\n"                                             /* product */
		   "\nbad;name\nCONTOSO\n"                                               /* management group */
		   "hello\nedit 1\nadd MS_01!\nMS01\n9\nowner, 2\n4 1\n1 3\n"            /* a server */
		   "add MS01\n1 3\nadd ms01\n1\nback\nadd ms01\n1\nMS02\nedit 2\nback\n" /* another, twice, given up */
		   "remove 7\nmove 1\nmove 1 5\nshow x\ndone\n"
		   "many\n2000000\n12\nperhaps\nn\nyes\n"                     /* agents, APM, connectors */
		   "no\nmaybe\nyes\n"                                         /* license */
		   "E:\\setup\\aux\n\\\\srv\n=\nrelative\nE:\\CON\\om\n?\n\n" /* folders */
		   "goto 9\ngoto\ngoto 99\nhelp\nlist\nquit\nwhat\ndiscard\n",
		   FRONT_LEFT);
	assert_int_equal(access("state/scupgrade/draft-new.yaml", F_OK), -1);
}

static void test_prompt_run__words_as_values__are_taken_with_an_equals_sign(void **state)
{
	char *transcript = talk_about(NULL, START "=back\n", FRONT_LEFT);

	(void)state;
	assert_non_null(strstr(transcript, "Management group: =back\nServers, in the order"));
	free(transcript);
	transcript = read_whole_file("state/scupgrade/draft-new.yaml", NULL);
	assert_non_null(strstr(transcript, "management-group: 'back'\n"));
	free(transcript);
}

static void test_prompt_run__prerequisites__are_answered_one_by_one(void **state)
{
	static const char input[] = START SERVERS LICENSE LOCATION
		"\n1\nCONTOSO\\anna\nrestore tested\nshow\n2\n\n\nall 2\n\nread\nverify\n\nback\n"
		"all\n99\n0\nhello\nshow 9\n?\n";
	static const char withdrawn[] = "resume\npassed\n1\nyes\nshow\n1\n\nseen again\n\nback\nquit\n\n";
	char *transcript = talk_with(NULL, "database-backup event-log-review", input, FRONT_LEFT);

	(void)state;
	assert_golden("tests/expected/prompt-checks.txt", transcript);
	free(transcript);
	transcript = talk_about(NULL, withdrawn, FRONT_LEFT);
	assert_non_null(strstr(transcript, "\n  1. confirmed: Databases backed up\n"));
	assert_non_null(strstr(transcript, "Withdraw it? (yes/no) [no]: yes\n"));
	assert_non_null(strstr(transcript, "\n  1. not known: Databases backed up\nNumber"));
	assert_non_null(strstr(transcript, "Kept: Databases backed up.\n"));
	assert_non_null(strstr(transcript, "Proceed with Setup"));
	free(transcript);
}

/* From the end back to the first page, and from there by its number to where one was. */
static void test_prompt_run__back_on_every_page__loses_nothing(void **state)
{
	static const char input[] = START SERVERS LICENSE LOCATION CHECKS
		"\n" ACCOUNTS "back\nback\n<\nback\nBack\nback\nback\nback\ngoto 8\nyes\nback\nquit\n\n";

	(void)state;
	check_talk("tests/expected/prompt-back.txt", NULL, input, FRONT_LEFT);
}

static void test_prompt_run__quit_and_resume__goes_on_where_one_was(void **state)
{
	char *first = talk_about(NULL, START SERVERS LICENSE "save\nquit\nstay\nquit\nkeep\n", FRONT_LEFT);

	(void)state;
	assert_non_null(strstr(first, "The plan is saved as contoso.yaml."));
	assert_non_null(strstr(first, "Left. What is not saved is kept as a draft."));
	free(first);
	check_talk("tests/expected/prompt-resume.txt", NULL, "hm\nresume\nD:\\\nE:\\om\nsave\ngoto 2\nquit\n\n",
		   FRONT_LEFT);
	first = read_whole_file("contoso.yaml", NULL);
	assert_non_null(strstr(first, "setup-folder: 'D:\\'"));
	free(first);
}

static void test_prompt_run__save_over_another_file__asks_first(void **state)
{
	char *transcript, *bytes;

	(void)state;
	write_whole_file("contoso.yaml", "mine\n", 5);
	transcript = talk_about(NULL, START "CONTOSO\nsave\nno\n", FRONT_LEFT);
	assert_non_null(strstr(transcript, "nothing was changed.\nReplace it? (yes/no) [no]: no"));
	free(transcript);
	bytes = read_whole_file("contoso.yaml", NULL);
	assert_string_equal(bytes, "mine\n");
	free(bytes);
	transcript = talk_about(NULL, "discard\n" START "CONTOSO\nsave\nyes\n", FRONT_LEFT);
	assert_non_null(strstr(transcript, "The plan is saved as contoso.yaml."));
	free(transcript);
}

static void test_prompt_run__draft_left_or_discarded__starts_new(void **state)
{
	char *transcript = talk_about(NULL, START "CONTOSO\nquit\n\n", FRONT_LEFT);

	(void)state;
	free(transcript);
	transcript = talk_about(NULL, "new\nquit\ndiscard\n", FRONT_LEFT);
	assert_non_null(strstr(transcript, "Page 1 of 9"));
	free(transcript);
	assert_int_equal(access("state/scupgrade/draft-new.yaml", F_OK), 0);
	transcript = talk_about(NULL, "discard\n", FRONT_LEFT);
	assert_non_null(strstr(transcript, "End of input. No draft is kept."));
	free(transcript);
	assert_int_equal(access("state/scupgrade/draft-new.yaml", F_OK), -1);
}

/* "no" for every file and folder that could be written besides the plan. */
static void refuse_outputs(struct strbuf *input)
{
	for (const struct renderer *renderer = renderers; renderer->name; renderer++)
		strbuf_puts(input, "no\n");
	for (const struct folder_renderer *folder = folder_renderers; folder->name; folder++)
		strbuf_puts(input, "no\n");
}

static void test_prompt_run__ready__reviews_lines_and_files(void **state)
{
	static const char before[] = START SERVERS LICENSE LOCATION CHECKS
		"\n" ACCOUNTS "\nno\nline MS02\nline MS09\nline\nshell powershell\nshell bash\nhello\n99\n6\n"
		"\n\n7\n\n\ngoto 4\n\nE:\\om\ngoto 8\n"
		"files\n\nmine.yaml\n";
	struct strbuf input = STRBUF_INIT;

	(void)state;
	strbuf_puts(&input, before);
	refuse_outputs(&input);
	strbuf_puts(&input, "show\nyes\n10\nno\n99\nshow 16\nwhat\n\nback\n\n\n");
	check_talk("tests/expected/prompt-ready.txt", NULL, strbuf_text(&input), FRONT_FINISHED);
	strbuf_clear(&input);
	assert_int_equal(access("mine.yaml", F_OK), 0);
	assert_int_equal(access("mine.commands.txt", F_OK), -1);
}

static void test_prompt_run__files_are_there__asks_before_it_replaces(void **state)
{
	static const char input[] = START SERVERS LICENSE LOCATION CHECKS "\n" ACCOUNTS "yes\nno\nyes\nyes\n\n\n";
	char *transcript;

	(void)state;
	write_whole_file("contoso.commands.txt", "mine\n", 5);
	transcript = talk_about(NULL, input, FRONT_FINISHED);
	assert_non_null(
		strstr(transcript, "There already:\ncontoso.commands.txt\nReplace what is there? (yes/no) [no]: no\n"));
	assert_non_null(strstr(transcript, "Written: contoso.commands.txt, the command lines.\n"));
	free(transcript);
}

static void test_prompt_run__passwords__are_asked_twice_and_never_shown(void **state)
{
	static const char input[] = START SERVERS LICENSE LOCATION CHECKS "\n"
									  "\nCONTOSO\\svc-das\n" CANARY
									  "\nsomething else\n" CANARY "\n" CANARY "\n"
									  "CONTOSO\\svc-reader\nback\nback\n"
									  "back\n\n\nyes\n\n\nno\n";
	struct strbuf whole = STRBUF_INIT;

	(void)state;
	strbuf_puts(&whole, input);
	strbuf_puts(&whole, "files\n\n\n");
	refuse_outputs(&whole);
	strbuf_puts(&whole, "yes\nyes\n\n\n");
	check_talk("tests/expected/prompt-passwords.txt", NULL, strbuf_text(&whole), FRONT_FINISHED);
	strbuf_clear(&whole);
}

static void test_prompt_run__service_management_automation__has_its_pages(void **state)
{
	(void)state;
	check_talk("tests/expected/prompt-sma.txt", NULL,
		   "2\n\n"
		   "add WRK01\n1\nadd WEB01\n2\nmove 2 1\nmove web01 2\n\nD:\\SMA\n\n\n"
		   "list\nquit\n\n",
		   FRONT_LEFT);
}

/* A plan file with a fault: the wizard stands on its page, and Enter does not wave it through. */
static void test_prompt_run__plan_with_an_error__does_not_accept_it(void **state)
{
	static const char plan[] = "scupgrade: 1\nproduct: operations-manager\nmanagement-group: CONTOSO\n"
				   "servers:\n  - { name: MS01, roles: [acs-collector] }\n";
	char *transcript;

	(void)state;
	write_whole_file("p.yaml", plan, strlen(plan));
	transcript = talk_about("p.yaml", "\n\n\n\n\nedit ms01\n\n\n1 3\n\n", FRONT_LEFT);
	assert_non_null(strstr(transcript, "Page 1 of 8"));
	assert_non_null(
		strstr(transcript, "Error: An ACS collector lives on a management server, and this server is none."));
	assert_non_null(strstr(transcript, "  1. MS01: Management server, ACS collector. Upgrades: first, alone"));
	free(transcript);
}

/* ---- the end ---- */

/* Wherever the input ends, the session ends with it, and what was typed is kept without any password. */
static void test_prompt_run__input_ends_at_any_question__keeps_a_draft(void **state)
{
	static const char with_passwords[] = START SERVERS LICENSE LOCATION CHECKS
		"\n"
		"\nCONTOSO\\svc-das\n" CANARY "\n" CANARY "\nCONTOSO\\svc-reader\n\nfiles\n\n\n\n\n\n";
	struct strbuf input = STRBUF_INIT;
	const char *at = with_passwords;

	(void)state;
	while (*at) {
		char *transcript, *bytes;

		strbuf_reset(&input);
		strbuf_add(&input, with_passwords, (size_t)(at - with_passwords));
		transcript = talk_about(NULL, input.length ? strbuf_text(&input) : "\n", FRONT_LEFT);
		assert_labelled(strbuf_text(&input), strstr(transcript, "End of input. ") != NULL);
		assert_null(strstr(transcript, CANARY));
		free(transcript);
		if (strstr(strbuf_text(&input), "CONTOSO")) {
			bytes = read_whole_file("state/scupgrade/draft-new.yaml", NULL);
			assert_null(strstr(bytes, CANARY));
			assert_non_null(strstr(bytes, "management-group: 'CONTOSO'"));
			free(bytes);
			unlink("state/scupgrade/draft-new.yaml");
		}
		at += strcspn(at, "\n") + 1;
	}
	strbuf_clear(&input);
}

/* Gives one line at a time; the third comes with a signal. */
static ssize_t read_and_signal(void *cookie, char *bytes, size_t size)
{
	unsigned *count = cookie;
	static const char *const lines[] = { "\n", "CONTOSO\n", "add MS01\n", "1\n", "\n" };
	const char *line = lines[*count % ARRAY_LEN(lines)];

	assert_true(size > 0);
	if (*count == 2)
		raise(SIGTERM);
	++*count;
	/* The stream is not buffered and asks for one byte; more come from the line that is left. */
	memcpy(bytes, line, strlen(line) < size ? strlen(line) : size);
	return (ssize_t)(strlen(line) < size ? strlen(line) : size);
}

static void test_prompt_run__signal__ends_at_once_and_keeps_a_draft(void **state)
{
	struct wizard *wizard = open_wizard(NULL);
	unsigned count = 0;
	FILE *in = fopencookie(&count, "r", (cookie_io_functions_t){ .read = read_and_signal });
	int signal = 0;
	char *transcript;

	(void)state;
	assert_non_null(in);
	transcript = talk(wizard, in, FRONT_SIGNAL, &signal);
	assert_int_equal(signal, SIGTERM);
	assert_non_null(strstr(transcript, "Interrupted. "));
	free(transcript);
	fclose(in);
	wizard_free(wizard);
}

/* ---- hostile input ---- */

static void test_prompt_run__bytes_that_are_no_text__are_refused(void **state)
{
	char *transcript = talk_about(NULL, START "\xff\xfe\nA\x1b[31mB\nCONTOSO\n", FRONT_LEFT);

	(void)state;
	assert_non_null(strstr(transcript, "Error: That is not text (UTF-8), or too long."));
	assert_null(strchr(transcript, '\x1b'));
	assert_null(strchr(transcript, '\xff'));
	assert_non_null(strstr(transcript, "\\u{001B}"));
	free(transcript);
}

static void test_prompt_run__narrow__wraps_every_line(void **state)
{
	struct wizard *wizard = open_wizard(NULL);
	FILE *in = fmemopen((char *)(uintptr_t)whole_way, sizeof(whole_way) - 1, "r");
	struct prompt_options options = { .in = in, .width = 40 };
	char *transcript = NULL;
	int signal;
	size_t length;

	(void)state;
	vouch(wizard, "");
	options.out = open_memstream(&transcript, &length);
	assert_int_equal(prompt_run(wizard, &options, &signal), FRONT_FINISHED);
	fclose(options.out);
	for (const char *at = transcript; *at; at += strcspn(at, "\n") + (at[strcspn(at, "\n")] == '\n')) {
		size_t width = strcspn(at, "\n");

		/* A command line is copied and stays whole. Questions end with ": " and are not answered on a line of
		 * their own here. */
		if (str_starts(at, "setup.exe") || memchr(at, ':', width))
			continue;
		assert_labelled(at, width <= 40);
	}
	free(transcript);
	fclose(in);
	wizard_free(wizard);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WIZARD_TEST(test_prompt_run__operations_manager__whole_way),
		WIZARD_TEST(test_prompt_run__wrong_values__are_told_and_asked_again),
		WIZARD_TEST(test_prompt_run__words_as_values__are_taken_with_an_equals_sign),
		WIZARD_TEST(test_prompt_run__prerequisites__are_answered_one_by_one),
		WIZARD_TEST(test_prompt_run__back_on_every_page__loses_nothing),
		WIZARD_TEST(test_prompt_run__quit_and_resume__goes_on_where_one_was),
		WIZARD_TEST(test_prompt_run__save_over_another_file__asks_first),
		WIZARD_TEST(test_prompt_run__draft_left_or_discarded__starts_new),
		WIZARD_TEST(test_prompt_run__ready__reviews_lines_and_files),
		WIZARD_TEST(test_prompt_run__files_are_there__asks_before_it_replaces),
		WIZARD_TEST(test_prompt_run__passwords__are_asked_twice_and_never_shown),
		WIZARD_TEST(test_prompt_run__service_management_automation__has_its_pages),
		WIZARD_TEST(test_prompt_run__plan_with_an_error__does_not_accept_it),
		WIZARD_TEST(test_prompt_run__input_ends_at_any_question__keeps_a_draft),
		WIZARD_TEST(test_prompt_run__signal__ends_at_once_and_keeps_a_draft),
		WIZARD_TEST(test_prompt_run__bytes_that_are_no_text__are_refused),
		WIZARD_TEST(test_prompt_run__narrow__wraps_every_line),
	};

	return run_tests(tests);
}
