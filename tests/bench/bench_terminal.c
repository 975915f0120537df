/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The wizard on a pseudo-terminal: start, memory, bytes sent, and how soon Esc answers. The way through its pages is
 * one table.
 */
#include "bench.h"

#include <unistd.h>

#include "../pty.h"

#define STARTS 201             /* a start takes 2 ms, of which a few samples say little */
#define ESCAPES 21
#define QUIET 40               /* ms without output: a key's effect is complete */
#define PATIENCE 5000
#define SAMPLES 256

enum stroke_kind {
	STROKE_TYPE,            /* letters, each measured */
	STROKE_LIST,            /* a move of the selection in a list */
	STROKE_CHECKS,          /* the same on the page of the checks, which shows the selected one in full below */
	STROKE_FIELD,           /* a move to the next field: its hint changes too */
	STROKE_PAGE,            /* a page change */
	STROKE_KIND_COUNT
};

struct stroke {
	enum stroke_kind kind;
	const char *keys;       /* name of a key, or the text to type */
	unsigned times;
	const char *shows;      /* what the screen shows in the end; NULL: whatever */
};

#define KEY_LINE "Alt-Q Quit"       /* the last thing that is drawn */
#define FIRST_PAGE "Servers, in the order of their upgrade"
#define SECOND_PAGE "Please read the license terms"
#define THIRD_PAGE "Select installation location"
#define FOURTH_PAGE "Verify prerequisites again"

/* Through the pages of a complete plan, and back. */
static const struct stroke walk[] = {
	{ STROKE_TYPE, "-Group", 1, "CONTOSO-Group" },
	{ STROKE_FIELD, "Tab", 1, NULL },
	{ STROKE_LIST, "Down", 4, NULL },
	{ STROKE_LIST, "Up", 4, NULL },
	{ STROKE_FIELD, "Tab", 3, NULL },
	{ STROKE_FIELD, "Shift-Tab", 3, NULL },
	{ STROKE_PAGE, "Alt-n", 1, SECOND_PAGE },
	{ STROKE_PAGE, "Alt-n", 1, THIRD_PAGE },
	{ STROKE_FIELD, "Tab", 3, NULL },
	{ STROKE_PAGE, "Alt-n", 1, FOURTH_PAGE },
	{ STROKE_CHECKS, "Down", 20, NULL },
	{ STROKE_CHECKS, "Up", 20, NULL },
	{ STROKE_PAGE, "Esc", 1, THIRD_PAGE },
	{ STROKE_PAGE, "Esc", 1, SECOND_PAGE },
	{ STROKE_PAGE, "Esc", 1, FIRST_PAGE },
};

struct samples {
	double values[SAMPLES];
	size_t count;
};

static void add_sample(struct samples *samples, double value)
{
	if (samples->count < SAMPLES)
		samples->values[samples->count++] = value;
}

/* Starts WORDS with a state folder of its own: a draft of an earlier run would ask to be resumed. */
static struct session *start(const char *const *words)
{
	static unsigned count;
	char state[300];
	const char *const environment[] = { state, NULL };
	const struct session_options options = {
		.argv = words, .folder = bench_folder(), .environment = environment,
	};

	snprintf(state, sizeof(state), "XDG_STATE_HOME=%s/state-%u", bench_folder(), count++);
	return session_start(&options);
}

static struct session *start_with_plan(void)
{
	const char *const words[] = { bench_program(), "wizard", "walk.yaml", NULL };
	char path[300];

	bench_write_plan(path, sizeof(path), "walk", 8);
	return start(words);
}

static double time_start(const char *const *words, const char *text)
{
	double begin = bench_now_ms(), ms;
	struct session *session = start(words);

	ms = session_wait_text(session, text, PATIENCE) ? bench_now_ms() - begin : -1;
	session_end(session);
	return ms;
}

/* In turns, so that whatever else the machine does hits both. */
static void bench_start(void)
{
	char path[300];
	struct bench_case copy = { .words = { "cp", bench_program(), path } };
	const char *const ours[] = { path, "wizard", NULL };
	const char *const theirs[] = { "dialog", "--yesno", "First screen", "7", "40", NULL };
	double our_ms[STARTS], their_ms[STARTS], ours_median, theirs_median;
	const char *what = "start to the first screen, beside dialog --yesno";
	size_t i;

	/* As an installation and as dialog lie on the disk. A linker writes here and there, and the system keeps such a
	 * file in small pieces, each of which takes time to map. */
	snprintf(path, sizeof(path), "%s/scupgrade", bench_folder());
	bench_run_in_turns(&copy, 1, 1);
	if (copy.run.status != 0) {
		bench_left_out(what, "the program cannot be copied");
		return;
	}
	for (i = 0; i < STARTS; i++) {
		our_ms[i] = time_start(ours, KEY_LINE);
		their_ms[i] = time_start(theirs, "< No");
		if (our_ms[i] < 0 || their_ms[i] < 0) {
			bench_left_out(what, our_ms[i] < 0 ? "the wizard shows no first screen" : "dialog is not here");
			return;
		}
	}
	unlink(path);
	ours_median = bench_median(our_ms, STARTS);
	theirs_median = bench_median(their_ms, STARTS);
	printf("(median of %d starts: wizard %.1f ms, dialog %.1f ms)\n", STARTS, ours_median, theirs_median);
	bench_row(what, ours_median / theirs_median, "times", 1);
}

/* Bytes that come in answer to one press of KEY (or one letter). */
static double bytes_of(struct session *session, const char *key)
{
	size_t before = session_output_length(session);

	session_key(session, key);
	session_wait_quiet(session, QUIET, PATIENCE);
	return (double)(session_output_length(session) - before);
}

static void press(struct session *session, const struct stroke *stroke, struct samples *samples)
{
	char letter[2] = "";
	unsigned i;

	if (stroke->kind == STROKE_TYPE)
		for (i = 0; stroke->keys[i]; i++) {
			letter[0] = stroke->keys[i];
			add_sample(samples, bytes_of(session, letter));
		}
	else
		for (i = 0; i < stroke->times; i++)
			add_sample(samples, bytes_of(session, stroke->keys));
}

static bool take_walk(struct session *session, struct samples samples[])
{
	size_t i;

	if (!session_wait_text(session, KEY_LINE, PATIENCE) || !session_wait_quiet(session, QUIET, PATIENCE))
		return false;
	for (i = 0; i < ARRAY_LEN(walk); i++) {
		press(session, &walk[i], &samples[walk[i].kind]);
		if (walk[i].shows && !session_wait_text(session, walk[i].shows, PATIENCE))
			return false;
	}
	return true;
}

static void report_bytes(struct samples samples[], unsigned switches)
{
	struct samples *lists = &samples[STROKE_LIST], *fields = &samples[STROKE_FIELD];
	struct samples *checks = &samples[STROKE_CHECKS];
	const struct samples *typed = &samples[STROKE_TYPE], *pages = &samples[STROKE_PAGE];

	bench_row("a typed letter, worst", bench_worst(typed->values, typed->count), "bytes", 12);
	bench_row("a move of the selection in a list, median", bench_median(lists->values, lists->count), "bytes", 70);
	bench_row("a move of the selection in a list, worst", bench_worst(lists->values, lists->count), "bytes", 160);
	/* Another check has five lines of detail, another field has two of help: those texts are the most of it. */
	bench_row("a move in the list of the checks, median", bench_median(checks->values, checks->count), "bytes",
		  500);
	bench_row("a move in the list of the checks, worst", bench_worst(checks->values, checks->count), "bytes", 800);
	bench_row("a move to another field, median", bench_median(fields->values, fields->count), "bytes", 250);
	bench_row("a move to another field, worst", bench_worst(fields->values, fields->count), "bytes", 250);
	bench_row("a page change, worst", bench_worst(pages->values, pages->count), "bytes", 1500);
	bench_row("switches to the alternate screen on the way", switches, "", 1);
}

static void bench_bytes(void)
{
	struct session *session = start_with_plan();
	struct samples samples[STROKE_KIND_COUNT] = { { { 0 }, 0 } };
	bool arrived = take_walk(session, samples);
	unsigned switches = session_screen_switches(session);

	session_key(session, "Ctrl-c");
	if (session_wait_exit(session, NULL, PATIENCE) && arrived) {
		bench_row("largest resident set of the wizard", (double)session_peak_kib(session) / 1024, "MiB", 6);
		report_bytes(samples, switches);
	} else {
		bench_left_out("bytes and memory", "the way through the wizard ended early");
	}
	session_end(session);
}

static void bench_escape(void)
{
	double ms[ESCAPES];
	struct session *session = start_with_plan();
	bool arrived = session_wait_text(session, FIRST_PAGE, PATIENCE);
	size_t i;

	for (i = 0; i < ESCAPES && arrived; i++) {
		double begin;

		session_key(session, "Alt-n");
		arrived = session_wait_text(session, SECOND_PAGE, PATIENCE) &&
			  session_wait_quiet(session, QUIET, PATIENCE);
		begin = bench_now_ms();
		session_key(session, "Esc");
		arrived = arrived && session_wait_text(session, FIRST_PAGE, PATIENCE);
		ms[i] = bench_now_ms() - begin;
	}
	if (arrived)
		bench_row("Esc to its effect, worst", bench_worst(ms, ESCAPES), "ms", 50);
	else
		bench_left_out("Esc to its effect, worst", "the way through the wizard ended early");
	session_end(session);
}

void bench_terminal(void)
{
	bench_start();
	bench_bytes();
	bench_escape();
}
