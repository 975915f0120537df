/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Conversations with the plain front end inside a test program: answers by what is asked, the transcript as a person
 * reads it. A header, for each test is a program with a register of its own.
 */
#ifndef SCUPGRADE_TESTS_TALK_H
#define SCUPGRADE_TESTS_TALK_H

#include "wizard_fixture.h"

#include "dialogue.h"
#include "plain/prompt.h"

#define TABLE(lines) (lines), ARRAY_LEN(lines)

struct talk {
	struct dialogue dialogue;
	FILE *out;
	char *transcript;    /* of OUT, up to date after a flush */
	size_t length, told; /* TOLD: before the last answer */
	struct strbuf line;  /* the answer */
	size_t heard;        /* bytes of it */
	bool derailed;
};

/* The next answer into LINE; false: there is none. */
static inline bool talk_turn(struct talk *talk)
{
	struct strbuf why = STRBUF_INIT;
	const char *answer = "";
	enum turn turn;

	fflush(talk->out);
	turn = dialogue_turn(&talk->dialogue, talk->transcript + talk->told, &answer, &why);
	talk->told = talk->length;
	if (turn == TURN_DERAILED) {
		fprintf(stderr, "%s", strbuf_text(&why));
		talk->derailed = true;
	}
	strbuf_clear(&why);
	talk->heard = 0;
	strbuf_reset(&talk->line);
	strbuf_printf(&talk->line, "%s\n", answer);
	return turn == TURN_ANSWER;
}

/* The ear. A line is wanted when the last one was heard whole, and then all questions are told. */
static inline ssize_t talk_read(void *cookie, char *bytes, size_t size)
{
	struct talk *talk = cookie;
	size_t count;

	if (talk->heard == talk->line.length && !talk_turn(talk))
		return 0;
	count = talk->line.length - talk->heard < size ? talk->line.length - talk->heard : size;
	memcpy(bytes, talk->line.data + talk->heard, count);
	talk->heard += count;
	return (ssize_t)count;
}

/* The whole transcript with the answers in it, WIDTH columns wide; owned: free it. Fails when the dialogue derails,
 * when lines are left, and unless it ends as EXPECTED. ALWAYS as in struct dialogue. */
static inline char *talk_with(struct wizard *wizard, const struct exchange *lines, size_t count,
			      const struct exchange *always, unsigned width, enum front_result expected)
{
	struct talk talk = { .dialogue = { .lines = lines, .count = count, .always = always } };
	struct prompt_options options = { .echo = true, .width = width };
	struct strbuf why = STRBUF_INIT;
	enum front_result result;
	int signal = 0;

	talk.out = open_memstream(&talk.transcript, &talk.length);
	options.out = talk.out;
	options.in = fopencookie(&talk, "r", (cookie_io_functions_t){ .read = talk_read });
	assert_true(options.in && options.out);
	result = prompt_run(wizard, &options, &signal);
	fclose(options.in);
	fclose(talk.out);
	if (!talk.derailed && dialogue_is_cut(&talk.dialogue, &why)) {
		fprintf(stderr, "%s", strbuf_text(&why));
		talk.derailed = true;
	}
	if (talk.derailed || result != expected)
		fprintf(stderr, "%s\n", talk.transcript);
	assert_false(talk.derailed);
	assert_int_equal(result, expected);
	assert_int_equal(signal, 0);
	assert_null(strstr(talk.transcript, CANARY));
	strbuf_clear(&why);
	strbuf_clear(&talk.line);
	dialogue_clear(&talk.dialogue);
	return talk.transcript;
}

/* The same about the plan in the file PLAN, or a new one (NULL), on 80 columns. */
static inline char *talk_about(const char *plan, const struct exchange *lines, size_t count, enum front_result expected)
{
	struct wizard *wizard = open_wizard(plan);
	char *transcript = talk_with(wizard, lines, count, NULL, 80, expected);

	wizard_free(wizard);
	return transcript;
}

/* The same, and the transcript is the golden file. */
static inline void check_talk(const char *golden, const char *plan, const struct exchange *lines, size_t count,
			      enum front_result expected)
{
	char *transcript = talk_about(plan, lines, count, expected);

	assert_golden(golden, transcript);
	free(transcript);
}

static inline void assert_says(const char *transcript, const char *text)
{
	if (strstr(transcript, text))
		return;
	fprintf(stderr, "\"%s\" is not said in\n%s\n", text, transcript);
	fail();
}

#endif
