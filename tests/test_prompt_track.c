/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The plain checklist with the small flow: every word, what is refused and why, what is asked before it is forced.
 */
#define SMALL_REGISTER
#include "small_flow.h"

#include "talk.h"

static const char plan[] = "scupgrade: 1\nproduct: small\nname: CONTOSO\naccount: { user: 'CONTOSO\\svc' }\n"
			   "servers:\n  - { name: MS01, roles: [alpha] }\n  - { name: MS02, roles: [alpha, beta] }\n";

static struct wizard *open_track(void)
{
	return open_wizard_with("p.yaml", (struct wizard_options){ .track = true });
}

static char *track(const struct exchange *lines, size_t count, enum front_result expected)
{
	struct wizard *wizard = open_track();
	char *transcript = talk_with(wizard, lines, count, NULL, 80, expected);

	wizard_free(wizard);
	return transcript;
}

static void test_prompt_steps__track__every_word(void **state)
{
	static const struct exchange begun[] = {
		{ "What was done", "done 1 verified" },
		{ "What was done", "start 4" },
		{ "What was done", "quit" },
	};
	static const struct exchange lines[] = {
		{ "What was done", "next" },
		{ "What was done", "?" },
		{ "What was done", "list 5" },
		{ "What was done", "show 4" },
		{ "What was done", "show UPGRADE@ms01" },
		{ "What was done", "2" },
		{ "What was done", "start 5" },
		{ "What was done", "done 4" },
		{ "What was done", "start 4" },
		{ "What was done", "skip 2" },
		{ "What was done", "skip 2 ?" },
		{ "What was done", "skip 2 12 rows only" },
		{ "What was done", "start 3" },
		{ "What was done", "failed 3 access denied" },
		{ "What was done", "note 3 asked bob" },
		{ "What was done", "done 3" },
		{ "What was done", "reset 5" },
		{ "What was done", "skip 5 not needed" },
		{ "Skip it anyway?", "no" },
		{ "What was done", "reset 1" },
		{ "Set it back anyway?", "no" },
		{ "What was done", "reset 1" },
		{ "Set it back anyway?", "yes" },
		{ "What was done", "skip 1 snapshot of the storage" },
		{ "Skip it anyway?", "yes" },
		{ "What was done", "start 99" },
		{ "What was done", "start" },
		{ "What was done", "hello" },
		{ "What was done", "" },
		{ "What was done", "save" },
		{ "What was done", "back" },
		{ "What was done", "list" },
		{ "What was done", "quit" },
	};
	char *transcript;

	(void)state;
	write_whole_file("p.yaml", plan, strlen(plan));
	free(track(TABLE(begun), FRONT_LEFT));
	transcript = track(TABLE(lines), FRONT_LEFT);
	assert_golden("tests/expected/prompt-track.txt", transcript);
	free(transcript);
}

static void test_prompt_steps__track_to_the_end__nothing_is_next(void **state)
{
	static const struct exchange lines[] = {
		{ "What was done", "done 1" },  { "What was done", "done 2" }, { "What was done", "done 3" },
		{ "What was done", "done 4" },  { "What was done", "done 5" }, { "What was done", "done 6" },
		{ "What was done", "start 7" }, { "What was done", "next" },   { "What was done", "list" },
	};
	char *transcript;

	(void)state;
	write_whole_file("p.yaml", plan, strlen(plan));
	transcript = track(TABLE(lines), FRONT_LEFT);
	assert_says(transcript, "What was done: next\nNext: nothing may start.\n");
	assert_says(transcript, "After: 1 of 2, 50 %, 1 running\n");
	assert_null(strstr(transcript, "--after"));
	assert_says(transcript, "End of input. What was recorded stays.\n");
	free(transcript);
}

static void test_prompt_steps__plan_changed_meanwhile__nothing_is_recorded_until_it_was_read_again(void **state)
{
	static const struct exchange lines[] = {
		{ "What was done", "start 1" }, { "What was done", "again" }, { "What was done", "start 1" },
		{ "What was done", "again" },   { "What was done", "quit" },
	};
	struct strbuf changed = STRBUF_INIT;
	struct wizard *wizard;
	char *transcript;

	(void)state;
	write_whole_file("p.yaml", plan, strlen(plan));
	wizard = open_track();
	strbuf_printf(&changed, "%s  - { name: MS03, roles: [alpha] }\n", plan);
	write_whole_file("p.yaml", strbuf_text(&changed), changed.length);
	transcript = talk_with(wizard, TABLE(lines), NULL, 80, FRONT_LEFT);
	assert_says(transcript, "Nothing is recorded any more: p.yaml is another plan, or gone");
	assert_says(transcript, "What was done: again\nBefore: 0 of ");
	assert_says(transcript, "MS03");
	assert_says(transcript, "Recorded: 1, ");
	assert_says(transcript, "The plan's file is what was read here.");
	free(transcript);
	wizard_free(wizard);
	strbuf_clear(&changed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WIZARD_TEST(test_prompt_steps__track__every_word),
		WIZARD_TEST(test_prompt_steps__track_to_the_end__nothing_is_next),
		WIZARD_TEST(test_prompt_steps__plan_changed_meanwhile__nothing_is_recorded_until_it_was_read_again),
	};

	return run_tests(tests);
}
