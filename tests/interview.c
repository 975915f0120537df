/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * interview SCRIPT PROGRAM ARGUMENT...: runs the program and answers what it asks on its standard error; SCRIPT has one
 * exchange a line, what is asked and the answer with a tabulator between (see dialogue.h). Its exit status is the
 * program's, or 99 when the dialogue derails: then it says what was asked instead. Needs no test library, so that shell
 * scripts can use it everywhere.
 */
#include "dialogue.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { DERAILED = 99, PATIENCE = 20000, MOST_LINES = 100 };

struct interview {
	struct dialogue dialogue;
	struct exchange lines[MOST_LINES];
	struct strbuf script, tail, why;
	pid_t program;
	int to, from; /* its standard input and standard error; TO is -1 when the input has ended */
};

static _Noreturn void fail(const char *what)
{
	perror(what);
	exit(DERAILED);
}

static void read_script(struct interview *interview, const char *path)
{
	FILE *file = fopen(path, "r");
	size_t got;

	if (!file)
		fail(path);
	do {
		got = fread(strbuf_reserve(&interview->script, 4096), 1, 4096, file);
		interview->script.length += got;
	} while (got > 0);
	interview->script.data[interview->script.length] = '\0';
	fclose(file);
	for (char *line = interview->script.data, *end; (end = strchr(line, '\n')) != NULL; line = end + 1) {
		char *tab = memchr(line, '\t', (size_t)(end - line));

		*end = '\0';
		if (!tab || interview->dialogue.count == MOST_LINES) {
			fprintf(stderr, "%s: no tabulator, or too many lines: %s\n", path, line);
			exit(DERAILED);
		}
		*tab = '\0';
		interview->lines[interview->dialogue.count++] = (struct exchange){ line, tab + 1 };
	}
	interview->dialogue.lines = interview->lines;
}

static void start(struct interview *interview, char **arguments)
{
	int in[2], err[2];

	if (pipe(in) != 0 || pipe(err) != 0 || (interview->program = fork()) < 0)
		fail("fork");
	if (interview->program == 0) {
		if (dup2(in[0], STDIN_FILENO) < 0 || dup2(err[1], STDERR_FILENO) < 0)
			fail("dup2");
		close(in[0]);
		close(in[1]);
		close(err[0]);
		close(err[1]);
		execv(arguments[0], arguments);
		fail(arguments[0]);
	}
	close(in[0]);
	close(err[1]);
	interview->to = in[1];
	interview->from = err[0];
}

static void end_input(struct interview *interview)
{
	if (interview->to >= 0)
		close(interview->to);
	interview->to = -1;
}

/* What was asked so far may be half a question: a derailment counts when nothing more comes. */
static void answer(struct interview *interview)
{
	const char *text = "";
	enum turn turn;

	strbuf_reset(&interview->why);
	turn = dialogue_turn(&interview->dialogue, strbuf_text(&interview->tail), &text, &interview->why);
	if (turn == TURN_OVER)
		end_input(interview);
	if (turn != TURN_ANSWER)
		return;
	fprintf(stderr, "%s\n", text);
	strbuf_reset(&interview->tail);
	if (interview->to < 0 || dprintf(interview->to, "%s\n", text) < 0)
		fail("answer");
}

/* Until the program has closed its standard error. */
static bool talk(struct interview *interview)
{
	struct pollfd wait = { .fd = interview->from, .events = POLLIN };
	char bytes[4096];
	ssize_t got;

	for (;;) {
		if (poll(&wait, 1, PATIENCE) <= 0)
			return false;
		got = read(interview->from, bytes, sizeof(bytes));
		if (got <= 0)
			return got == 0;
		strbuf_add(&interview->tail, bytes, (size_t)got);
		fwrite(bytes, 1, (size_t)got, stderr);
		if (interview->to >= 0)
			answer(interview);
	}
}

int main(int argc, char **argv)
{
	struct interview interview = { .to = -1 };
	int status;
	bool ended;

	if (argc < 3) {
		fputs("interview SCRIPT PROGRAM ARGUMENT...\n", stderr);
		return DERAILED;
	}
	signal(SIGPIPE, SIG_IGN);
	read_script(&interview, argv[1]);
	start(&interview, argv + 2);
	ended = talk(&interview);
	if (!ended)
		kill(interview.program, SIGKILL);
	end_input(&interview);
	if (waitpid(interview.program, &status, 0) < 0)
		fail("waitpid");
	if (!ended)
		fprintf(stderr, "\n%s", strbuf_text(&interview.why));
	else
		ended = !dialogue_is_cut(&interview.dialogue, &interview.why) ||
			fprintf(stderr, "\n%s", strbuf_text(&interview.why)) < 0;
	dialogue_clear(&interview.dialogue);
	strbuf_clear(&interview.script);
	strbuf_clear(&interview.tail);
	strbuf_clear(&interview.why);
	return ended && WIFEXITED(status) ? WEXITSTATUS(status) : DERAILED;
}
