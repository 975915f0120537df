/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The plain front end on a terminal: long texts come a screenful at a time, and passwords do not show.
 */
#include "desk.h"

#include "core/text.h"

#define CANARY "Canary-7f3a"
/* The question anew: an end of input typed before it stands there is lost with the change of the terminal's modes. */
#define AFTER_A_SLIP                                                                                                   \
	"leave both empty.\nIts password (Data Access Service account), not shown, Enter leaves it out:"

static struct session *start_plain(struct desk *desk)
{
	struct session_options options = { .argv = (const char *[]){ getenv("SCUPGRADE"), "wizard", "--plain",
								     "--license", "terms.txt", "om.yaml", NULL } };

	desk_copy_plan(desk, "om");
	options.environment = desk->environment;
	options.folder = desk->folder;
	return session_start(&options);
}

static void put_terms(const struct desk *desk, unsigned paragraphs)
{
	struct strbuf text = STRBUF_INIT, path = STRBUF_INIT;

	for (unsigned i = 1; i <= paragraphs; i++)
		strbuf_printf(&text, "Paragraph %u.\n", i);
	strbuf_printf(&path, "%s/terms.txt", desk->folder);
	write_whole_file(strbuf_text(&path), strbuf_text(&text), text.length);
	strbuf_clear(&path);
	strbuf_clear(&text);
}

static void answer(struct session *session, const char *asked, const char *line)
{
	expect_text(session, asked);
	session_send(session, line);
	session_send(session, "\n");
}

static void test_text_page__long_text__a_screenful_at_a_time(void **state)
{
	struct desk *desk = *state;
	struct session *session;

	put_terms(desk, 100);
	session = start_plain(desk);
	answer(session, "files, show [no]", "goto 3");
	expect_text(session, "Paragraph 20.");
	answer(session, "Enter shows more, end leaves out the rest", "");
	expect_text(session, "Paragraph 40.");
	assert_null(strstr(session_screen(session), "Paragraph 41."));
	answer(session, "Enter shows more", "other");
	expect_text(session, "Paragraph 60.");
	answer(session, "Enter shows more", "end");
	expect_text(session, "agree with the terms");
	assert_null(strstr(session_screen(session), "Paragraph 61."));
	session_send(session, "quit\n");
	answer(session, "Keep your answers", "discard");
	expect_end(session, 3);
}

static void test_password__typed_on_a_terminal__is_not_shown(void **state)
{
	struct desk *desk = *state;
	struct session *session;

	put_terms(desk, 3);
	session = start_plain(desk);
	answer(session, "files, show [no]", "goto 7");
	answer(session, "The Data Access Service runs under, number or word", "");
	answer(session, "Data Access Service account", "");
	expect_text(session, "Its password");
	session_send(session, CANARY "\n");
	expect_text(session, "The same again");
	session_send(session, "another\n");
	expect_text(session, AFTER_A_SLIP);
	session_send(session, CANARY "\n");
	expect_text(session, AFTER_A_SLIP "\nThe same again");
	session_send(session, "\x04");
	expect_end(session, 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		DESK_TEST(test_text_page__long_text__a_screenful_at_a_time),
		DESK_TEST(test_password__typed_on_a_terminal__is_not_shown),
	};

	return run_tests(tests);
}
