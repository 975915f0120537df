/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The program on a terminal: faults from the key that saves to its answer.
 */
#include "torture/torture.h"

#include <signal.h>
#include <stdlib.h>

#include "pty.h"

enum { PATIENCE = TOO_LONG_S * 1000, SLICE = 5 };

/* One of them is in the answer. */
static const char *const answers[] = { "The plan is saved", "othing was changed", "in place", "cannot be",
				      "not saved" };

static bool is_answered(struct session *session)
{
	const char *screen = session_screen(session);

	for (size_t i = 0; i < ARRAY_LEN(answers); i++) {
		if (strstr(screen, answers[i]))
			return true;
	}
	return false;
}

/* The first page, or the end of a program that could not start. */
static bool session_wait_first(struct session *session, const char *text)
{
	int waited = 0;

	while (!session_has_ended(session) && !strstr(session_screen(session), text) && waited < PATIENCE) {
		session_listen(session, SLICE);
		waited += SLICE;
	}
	return waited < PATIENCE;
}

static struct session *begin(struct rack *rack, const struct torture_case *test)
{
	char variables[4][PATH_MAX + 64];
	const char *environment[] = { variables[0], variables[1], variables[2], variables[3],
				      "SOURCE_DATE_EPOCH=1795269727", "LOGNAME=anna", NULL };
	const char *words[WORDS_MOST + 1] = { getenv("SCUPGRADE") };
	struct session_options options = { .argv = words, .environment = environment, .folder = rack->work,
					   .output_file = rack->out, .error_file = rack->err };

	for (size_t i = 0; test->arguments[i]; i++)
		words[i + 1] = test->arguments[i];
	snprintf(variables[0], sizeof(variables[0]), "XDG_STATE_HOME=%s", rack->state);
	snprintf(variables[1], sizeof(variables[1]), "LD_PRELOAD=%s", getenv("FAULTS"));
	snprintf(variables[2], sizeof(variables[2]), FAULTS_VARIABLE "=%s", rack->faults_path);
	snprintf(variables[3], sizeof(variables[3]), "HOME=%s", rack->state);
	return session_start(&options);
}

/* All keys but the last are typed before anything fails. */
static void type(struct rack *rack, const struct torture_case *test, struct session *session, struct outcome *outcome)
{
	size_t at = 1;

	if (test->from_start) {
		outcome->hung = !session_wait_first(session, test->screen[0]);
		return;
	}
	if (!session_wait_text(session, test->screen[0], PATIENCE))
		outcome->hung = true;
	for (; test->screen[at + 1]; at++) {
		if (test->screen[at][0] == '-') {
			session_send(session, test->screen[at]);
			outcome->hung = !session_wait_text(session, test->screen[at], PATIENCE) || outcome->hung;
		} else {
			session_key(session, test->screen[at]);
		}
	}
	rack->faults->armed = 1;
	session_key(session, test->screen[at]);
}

static void wait_for_answer(struct session *session, struct outcome *outcome)
{
	int waited = 0;

	while (!session_has_ended(session) && !is_answered(session) && waited < PATIENCE) {
		session_listen(session, SLICE);
		waited += SLICE;
	}
	outcome->hung = outcome->hung || waited >= PATIENCE;
}

void run_screen(struct rack *rack, const struct torture_case *test, struct outcome *outcome)
{
	struct session *session;

	memset(rack->faults->counts, 0, sizeof(rack->faults->counts));
	rack->faults->struck = 0;
	rack->faults->armed = test->from_start;
	session = begin(rack, test);
	outcome->hung = false;
	type(rack, test, session, outcome);
	if (!test->from_start)
		wait_for_answer(session, outcome);
	rack->faults->armed = 0;
	strbuf_reset(&outcome->out);
	strbuf_puts(&outcome->out, session_screen(session));
	if (!session_has_ended(session))
		session_signal(session, SIGTERM);
	if (!session_wait_exit(session, &outcome->status, PATIENCE))
		outcome->hung = true;
	/* By our own signal, after the answer. */
	if (outcome->status == 128 + SIGTERM)
		outcome->status = 0;
	take_output(rack->err, &outcome->err);
	if (!session_terminal_sane(session))
		outcome->status = 99;
	session_end(session);
}
