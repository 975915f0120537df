/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The plain front end as whole conversations about the small flow: what is asked and answered, what a person reads. The
 * transcripts under tests/expected are meant to be read.
 */
#define SMALL_REGISTER
#include "small_flow.h"

#include <signal.h>

#include "small_answers.h"

static const struct exchange whole_way[] = {
	NAME, ACCOUNTS, SERVERS, CHECKS, { "Write the files?", "yes" }, { "What was done", "" }, { "Enter closes", "" },
};

/* ---- whole conversations ---- */

static void test_prompt_run__small__whole_way(void **state)
{
	char *bytes;

	(void)state;
	check_talk("tests/expected/prompt-small.txt", NULL, TABLE(whole_way), FRONT_FINISHED);
	bytes = read_whole_file("contoso.yaml", NULL);
	assert_says(bytes, "{ name: 'MS02', roles: ['alpha', 'beta'], site: 'North' }");
	free(bytes);
	assert_int_equal(access("contoso.commands.txt", F_OK), 0);
	assert_int_equal(access("state/scupgrade/draft-new.yaml", F_OK), -1);
}

static void test_prompt_run__wrong_values__are_told_and_asked_again(void **state)
{
	static const struct exchange lines[] = {
		{ "name", "" },
		{ "name", "bad;name" },
		{ "name", "CONTOSO" },
		{ "folder", "\\\\srv" },
		{ "folder", "relative" },
		{ "folder", "E:\\CON\\om" },
		{ "folder", "?" },
		{ "folder", "" },
		{ "port", "many" },
		{ "port", "2000000" },
		{ "port", "=" },
		{ "agree", "perhaps" },
		{ "agree", "y" },
		{ "level", "9" },
		{ "level", "Ten" },
		{ "level", "?" },
		{ "level", "six" },
		{ "admins", "CONTOSO\\a, a/b" },
		{ "admins", "CONTOSO\\a, CONTOSO\\b" },
		{ "account.mode", "local" },
		{ "add, edit", "hello" },
		{ "add, edit", "edit 1" },
		{ "add, edit", "add a b" },
		{ "servers.name", "MS01" },
		{ "servers.roles", "9" },
		{ "servers.roles", "owner, 2" },
		{ "servers.roles", "2 1" },
		{ "servers.site", "" },
		{ "add, edit", "add MS01" },
		{ "servers.roles", "1" },
		{ "servers.name", "back" },
		{ "add, edit", "add ms02" },
		{ "servers.roles", "1" },
		{ "add, edit", "edit 2" },
		{ "servers.name", "back" },
		{ "add, edit", "remove 7" },
		{ "add, edit", "move 1" },
		{ "add, edit", "move 1 5" },
		{ "add, edit", "remove" },
		{ "add, edit", "move ms02 1" },
		{ "add, edit", "move 2 1" },
		{ "add, edit", "show x" },
		{ "add, edit", "show 2" },
		{ "add, edit", "remove ms02" },
		{ "add, edit", "done" },
		{ "Number, everything", "goto 9" },
		{ "Number, everything", "goto" },
		{ "Number, everything", "goto 7" },
		{ "Number, everything", "help" },
		{ "Number, everything", "list" },
		{ "Number, everything", "quit" },
		{ "Keep your answers", "what" },
		{ "Keep your answers", "discard" },
	};

	(void)state;
	check_talk("tests/expected/prompt-mistakes.txt", NULL, TABLE(lines), FRONT_LEFT);
	assert_int_equal(access("state/scupgrade/draft-new.yaml", F_OK), -1);
}

static void test_prompt_run__words_as_values__are_taken_with_an_equals_sign(void **state)
{
	static const struct exchange lines[] = { { "name", "=back" } };
	char *transcript = talk_about(NULL, TABLE(lines), FRONT_LEFT);

	(void)state;
	assert_says(transcript, "Group name: =back\nInstall to");
	free(transcript);
	transcript = read_whole_file("state/scupgrade/draft-new.yaml", NULL);
	assert_says(transcript, "\nname: 'back'\n");
	free(transcript);
}

/* A list is pasted; the roles of those that came without are asked for in groups. */
static void test_prompt_run__a_list__becomes_servers(void **state)
{
	static const struct exchange lines[] = {
		NAME,
		ACCOUNTS,
		{ "add, edit", "paste" },
		{ "Server", "A1 alpha, Beta role" },
		{ "Server", "ALPHA1" },
		{ "Server", "ALPHA2" },
		{ "Server", "X1" },
		{ "Server", "X2" },
		{ "Server", "X3" },
		{ "Server", "C:\\" },
		{ "Server", "a1.contoso.com" },
		{ "Server", "x1" },
		{ "Server", "" },
		{ "Roles of ALPHA1, ALPHA2", "?" },
		{ "Roles of ALPHA1, ALPHA2", "" },
		{ "Roles of X1, X2, X3", "gamma" },
		{ "Roles of X1, X2, X3", "each" },
		{ "Roles of X1", "beta" },
		{ "Roles of X2, X3", "skip" },
		{ "add, edit", "repeat ALPHA2" },
		{ "add, edit", "move ALPHA3 1" },
		{ "add, edit", "file no-such-file.csv" },
		{ "add, edit", "quit" },
		{ "Keep your answers", "discard" },
	};

	(void)state;
	check_talk("tests/expected/prompt-list.txt", NULL, TABLE(lines), FRONT_LEFT);
}

/* Nobody reads along: all of it at once, and the tick below it. */
static void test_prompt_run__long_text__is_told_whole(void **state)
{
	static const struct exchange lines[] = { { "agree", "yes" } };
	static const struct page *const pages[] = { &small_terms, NULL };
	struct flow flow = small_flow;
	struct plan_source source = { 0 };
	struct wizard *wizard;
	char *transcript;

	(void)state;
	flow.pages = pages;
	wizard = wizard_new(plan_new(&flow), &source, &(struct wizard_options){ 0 });
	transcript = talk_with(wizard, TABLE(lines), NULL, 80, FRONT_FINISHED);
	assert_says(transcript, "Paragraph 60 of the terms.\n\nI agree with the terms (yes/no) [no]: yes\n");
	free(transcript);
	wizard_free(wizard);
}

static void test_prompt_run__prerequisites__are_answered_one_by_one(void **state)
{
	static const struct exchange lines[] = {
		NAME,
		ACCOUNTS,
		SERVERS,
		{ "Number, everything", "" },
		{ "Number, everything", "2" },
		{ "Who vouches for it", "CONTOSO\\anna" },
		{ "How you know", "restore tested" },
		{ "Number, everything", "show" },
		{ "Number, everything", "1 MS01" },
		{ "Who acknowledges it", "" },
		{ "Why it may stand", "back" },
		{ "Number, everything", "1" },
		{ "Who acknowledges it", "" },
		{ "Why it may stand", "read" },
		{ "Number, everything", "verify" },
		{ "Number, everything", "" },
		{ "Write the files?", "back" },
		{ "Number, everything", "1 NOWHERE" },
		{ "Number, everything", "99" },
		{ "Number, everything", "0" },
		{ "Number, everything", "hello" },
		{ "Number, everything", "show 9" },
		{ "Number, everything", "?" },
	};
	static const struct exchange withdrawn[] = {
		{ "Resume it", "resume" },     { "Number, everything", "passed" },
		{ "Number, everything", "1" },      { "Withdraw the answer?", "no" },
		{ "Number, everything", "1" },      { "Withdraw the answer?", "yes" },
		{ "Number, everything", "show" },   { "Number, everything", "1" },
		{ "Who acknowledges it", "" }, { "Why it may stand", "seen again" },
		{ "Number, everything", "" },       { "Write the files?", "back" },
		{ "Number, everything", "quit" },   { "Keep your answers", "" },
	};
	char *transcript = talk_about(NULL, TABLE(lines), FRONT_LEFT);

	(void)state;
	assert_golden("tests/expected/prompt-checks.txt", transcript);
	free(transcript);
	transcript = talk_about(NULL, TABLE(withdrawn), FRONT_LEFT);
	assert_says(transcript, "\n  1. acknowledged: Pending reboot. MS01: a restart is pending, 1 more");
	assert_says(transcript, "Withdraw the answer? (yes/no) [no]: yes\n");
	assert_says(transcript, "\n  1. warning: Pending reboot. MS01: a restart is pending, 1 more");
	assert_says(transcript, "Kept: Pending reboot");
	free(transcript);
}

/* What a document rules out is accepted with words of its own; the answers before it go on. */
static void test_prompt_run__failed_prerequisite__is_accepted_against_the_document(void **state)
{
	static const struct exchange lines[] = {
		NAME,
		ACCOUNTS,
		{ "add, edit", "add BAD01" },
		{ "servers.roles", "1" },
		{ "add, edit", "" },
		{ "Number, everything", "1" },
		{ "Who accepts it against the document", "" },
		{ "Why it may stand", "tried in the lab" },
		{ "Number, everything", "passed" },
		{ "Number, everything", "quit" },
		{ "Keep your answers", "" },
	};
	char *transcript = talk_about(NULL, TABLE(lines), FRONT_LEFT);

	(void)state;
	assert_says(transcript, "A document rules out what was found.");
	assert_says(transcript, "Kept: Enough memory.");
	assert_says(transcript, "against the document: Enough memory. BAD01: 1 GB, acknowledged");
	free(transcript);
}

/* From the end back to the first page, and from there by its number to where one was. */
static void test_prompt_run__back_on_every_page__loses_nothing(void **state)
{
	static const struct exchange lines[] = {
		NAME,
		{ "account.user", "CONTOSO\\svc" },
		SERVERS,
		CHECKS,
		{ "Write the files?", "back" },
		{ "Number, everything", "<" },
		{ "add, edit", "back" },
		{ "account.user", "Back" },
		{ "name", "back" },
		{ "name", "goto 5" },
		{ "Write the files?", "yes" },
		{ "What was done", "back" },
		{ "Write the files?", "quit" },
		{ "Keep your answers", "" },
	};

	(void)state;
	check_talk("tests/expected/prompt-back.txt", NULL, TABLE(lines), FRONT_LEFT);
}

static void test_prompt_run__quit_and_resume__goes_on_where_one_was(void **state)
{
	static const struct exchange lines[] = {
		NAME,
		ACCOUNTS,
		{ "add, edit", "save" },
		{ "add, edit", "quit" },
		{ "Keep your answers", "stay" },
		{ "add, edit", "quit" },
		{ "Keep your answers", "draft" },
		{ "Keep your answers", "keep" },
	};
	static const struct exchange resumed[] = {
		{ "Resume it", "hm" },       { "Resume it", "resume" },     SERVERS,
		{ "Number, everything", "save" }, { "Number, everything", "goto 1" }, { "name", "quit" },
		{ "Keep your answers", "" },
	};
	static const struct exchange left[] = { { "Resume it", "back" } };
	char *first = talk_about(NULL, TABLE(lines), FRONT_LEFT);

	(void)state;
	assert_says(first, "The plan is saved as contoso.yaml.");
	assert_says(first, "[keep]: draft\nError: \"draft\" is none of the words: keep, discard, stay.\n");
	assert_says(first, "Left. What is not saved is kept as a draft.");
	free(first);
	/* Nothing is before this question. */
	first = talk_about(NULL, TABLE(left), FRONT_LEFT);
	assert_says(first, "[resume]: back\nLeft. The draft stays where it is.\n");
	free(first);
	check_talk("tests/expected/prompt-resume.txt", NULL, TABLE(resumed), FRONT_LEFT);
	first = read_whole_file("contoso.yaml", NULL);
	assert_says(first, "name: 'MS01'");
	free(first);
}

static void test_prompt_run__save_over_another_file__asks_first(void **state)
{
	static const struct exchange left[] = {
		NAME, { "folder", "save" }, { "What now?", "hm" }, { "What now?", "" }
	};
	static const struct exchange elsewhere[] = {
		{ "Resume it", "discard" }, NAME,
		{ "folder", "save" },       { "What now?", "as" },
		{ "To which file", "" },    { "To which file", "other.yaml" },
	};
	static const struct exchange replaced[] = { NAME, { "folder", "save" }, { "What now?", "replace" } };
	char *transcript, *bytes;

	(void)state;
	write_whole_file("contoso.yaml", "mine\n", 5);
	transcript = talk_about(NULL, TABLE(left), FRONT_LEFT);
	assert_says(transcript, "contoso.yaml is there already and holds another plan");
	assert_says(transcript, "What now? (replace, leave, as) [leave]: hm\n"
				"Error: \"hm\" is none of the words: replace, leave, as.\n"
				"What now? (replace, leave, as) [leave]: \n"
				"The plan is not saved; the file is as it was.");
	free(transcript);
	bytes = read_whole_file("contoso.yaml", NULL);
	assert_string_equal(bytes, "mine\n");
	free(bytes);
	transcript = talk_about(NULL, TABLE(elsewhere), FRONT_LEFT);
	assert_says(transcript, "The plan is saved as other.yaml.");
	free(transcript);
	transcript = talk_about(NULL, TABLE(replaced), FRONT_LEFT);
	assert_says(transcript, "The plan is saved as contoso.yaml. What it replaced");
	free(transcript);
	bytes = read_whole_file("contoso.yaml~", NULL);
	assert_string_equal(bytes, "mine\n");
	free(bytes);
}

/* Nobody hears of a draft that could not be kept when it is too late. */
static void test_prompt_run__no_draft_can_be_kept__is_said_at_once_and_asked_at_the_end(void **state)
{
	static const struct exchange lines[] = {
		NAME,
		ACCOUNTS,
		{ "add, edit", "quit" },
		{ "Keep your answers", "keep" },
		{ "Keep your answers", "discard" },
	};
	char *transcript;
	const char *first;

	(void)state;
	setenv("XDG_STATE_HOME", "/dev/null/x", 1);
	transcript = talk_about(NULL, TABLE(lines), FRONT_LEFT);
	first = strstr(transcript, "No draft can be kept: ");
	assert_non_null(first);
	assert_true(first < strstr(transcript, "Keep your answers"));
	assert_says(strstr(transcript, "Keep your answers"), "No draft can be kept: ");
	assert_null(strstr(transcript, "kept as a draft."));
	free(transcript);
}

static void test_prompt_run__draft_left_or_discarded__starts_new(void **state)
{
	static const struct exchange left[] = { NAME, { "folder", "quit" }, { "Keep your answers", "" } };
	static const struct exchange anew[] = { { "Resume it", "new" },
						{ "name", "quit" },
						{ "Keep your", "discard" } };
	static const struct exchange discarded[] = { { "Resume it", "discard" } };
	char *transcript = talk_about(NULL, TABLE(left), FRONT_LEFT);

	(void)state;
	free(transcript);
	transcript = talk_about(NULL, TABLE(anew), FRONT_LEFT);
	assert_says(transcript, "Page 1 of ");
	free(transcript);
	assert_int_equal(access("state/scupgrade/draft-new.yaml", F_OK), 0);
	transcript = talk_about(NULL, TABLE(discarded), FRONT_LEFT);
	assert_says(transcript, "End of input. No draft is kept.");
	free(transcript);
	assert_int_equal(access("state/scupgrade/draft-new.yaml", F_OK), -1);
}

/* A plan file with a fault: the wizard stands on its page, and Enter does not wave it through. */
static void test_prompt_run__plan_with_an_error__does_not_accept_it(void **state)
{
	static const char plan[] = "scupgrade: 1\nproduct: small\nname: CONTOSO\nport: 1\naccount: { user: svc }\n"
				   "servers:\n  - { name: MS01, roles: [alpha] }\n";
	static const struct exchange lines[] = {
		{ "account.user", "" },
		{ "account.user", "CONTOSO\\svc" },
		{ "add, edit", "" },
	};
	char *transcript;

	(void)state;
	write_whole_file("p.yaml", plan, strlen(plan));
	transcript = talk_about("p.yaml", TABLE(lines), FRONT_LEFT);
	assert_says(transcript, "Page 1 of 7");
	assert_says(transcript, "Service account [svc]: \nError: ");
	assert_says(transcript, "Page 4 of 7");
	free(transcript);
}

/* ---- the end ---- */

/* Wherever the input ends, the session ends with it, and what was typed is kept without any password. */
static void test_prompt_run__input_ends_at_any_question__keeps_a_draft(void **state)
{
	static const struct exchange lines[] = {
		NAME,
		{ "folder", "" },
		{ "port", "" },
		{ "agree", "" },
		{ "level", "" },
		{ "admins", "" },
		{ "account.mode", "" },
		ACCOUNTS,
		{ "Its password (Service account)", CANARY },
		{ "The same again", CANARY },
		SERVERS,
		CHECKS,
		{ "Write the files?", "files" },
		{ "Write the plan?", "" },
		{ "to the file", "" },
		{ "Write the", "" },
	};

	(void)state;
	for (size_t count = 0; count <= ARRAY_LEN(lines); count++) {
		const char *label = count ? lines[count - 1].asked : "at once";
		char *transcript = talk_about(NULL, lines, count, FRONT_LEFT), *bytes;

		assert_labelled(label, strstr(transcript, "End of input. ") != NULL);
		free(transcript);
		if (count) {
			bytes = read_whole_file("state/scupgrade/draft-new.yaml", NULL);
			assert_labelled(label, !strstr(bytes, CANARY));
			assert_labelled(label, strstr(bytes, "\nname: 'CONTOSO'") != NULL);
			free(bytes);
			unlink("state/scupgrade/draft-new.yaml");
		}
	}
}

/* The third line comes with a signal. One byte at a time: the stream is not buffered. */
static ssize_t read_and_signal(void *cookie, char *bytes, size_t size)
{
	static const char lines[] = "CONTOSO\n\n\n\n";
	size_t *at = cookie;

	assert_true(size > 0 && *at < sizeof(lines) - 1);
	*bytes = lines[(*at)++];
	if (*at == sizeof(lines) - 2)
		raise(SIGTERM);
	return 1;
}

static void test_prompt_run__signal__ends_at_once_and_keeps_a_draft(void **state)
{
	struct wizard *wizard = open_wizard(NULL);
	char *transcript;
	size_t length, count = 0;
	struct prompt_options options = {
		.in = fopencookie(&count, "r", (cookie_io_functions_t){ .read = read_and_signal }),
		.out = open_memstream(&transcript, &length),
		.width = 80,
	};
	int signal = 0;

	(void)state;
	assert_true(options.in && options.out);
	assert_int_equal(prompt_run(wizard, &options, &signal), FRONT_SIGNAL);
	assert_int_equal(signal, SIGTERM);
	fclose(options.in);
	fclose(options.out);
	assert_says(transcript, "Interrupted. ");
	free(transcript);
	wizard_free(wizard);
}

/* ---- hostile input ---- */

static void test_prompt_run__bytes_that_are_no_text__are_refused(void **state)
{
	static const struct exchange lines[] = { { "name", "\xff\xfe" }, { "name", "A\x1b[31mB" }, NAME };
	char *transcript = talk_about(NULL, TABLE(lines), FRONT_LEFT);

	(void)state;
	assert_says(transcript, "Error: That is not text (UTF-8), or too long.");
	assert_null(strchr(transcript, '\x1b'));
	assert_null(strchr(transcript, '\xff'));
	assert_says(transcript, "\\u{001B}");
	free(transcript);
}

static void test_prompt_run__narrow__wraps_every_line(void **state)
{
	struct wizard *wizard = open_wizard(NULL);
	char *transcript = talk_with(wizard, TABLE(whole_way), NULL, 40, FRONT_FINISHED);
	bool all = true;

	(void)state;
	for (const char *at = transcript; *at; at += strcspn(at, "\n") + (at[strcspn(at, "\n")] == '\n')) {
		size_t width = strcspn(at, "\n");

		/* A command line is copied and stays whole; an answer stands behind its question. */
		if (str_starts(at, "setup.exe") || memchr(at, ':', width))
			continue;
		assert_labelled(at, width <= 40);
		all = all && width <= 20;
	}
	assert_false(all);
	free(transcript);
	wizard_free(wizard);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WIZARD_TEST(test_prompt_run__small__whole_way),
		WIZARD_TEST(test_prompt_run__wrong_values__are_told_and_asked_again),
		WIZARD_TEST(test_prompt_run__words_as_values__are_taken_with_an_equals_sign),
		WIZARD_TEST(test_prompt_run__a_list__becomes_servers),
		WIZARD_TEST(test_prompt_run__long_text__is_told_whole),
		WIZARD_TEST(test_prompt_run__prerequisites__are_answered_one_by_one),
		WIZARD_TEST(test_prompt_run__failed_prerequisite__is_accepted_against_the_document),
		WIZARD_TEST(test_prompt_run__back_on_every_page__loses_nothing),
		WIZARD_TEST(test_prompt_run__quit_and_resume__goes_on_where_one_was),
		WIZARD_TEST(test_prompt_run__save_over_another_file__asks_first),
		WIZARD_TEST(test_prompt_run__no_draft_can_be_kept__is_said_at_once_and_asked_at_the_end),
		WIZARD_TEST(test_prompt_run__draft_left_or_discarded__starts_new),
		WIZARD_TEST(test_prompt_run__plan_with_an_error__does_not_accept_it),
		WIZARD_TEST(test_prompt_run__input_ends_at_any_question__keeps_a_draft),
		WIZARD_TEST(test_prompt_run__signal__ends_at_once_and_keeps_a_draft),
		WIZARD_TEST(test_prompt_run__bytes_that_are_no_text__are_refused),
		WIZARD_TEST(test_prompt_run__narrow__wraps_every_line),
	};

	return run_tests(tests);
}
