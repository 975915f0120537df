/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Keys in a wizard whose plan has 10,000 servers: what each of them costs, on every page. The way is one table.
 *
 * A key's time is the processor's from the key to the moment when the program waits for the next one, so that what it
 * does behind its answer (the draft) counts too, and neither other programs nor the disk stretch it.
 */
#include "bench.h"

#include <time.h>

#include "../pty.h"

#define SERVERS 10000
#define PATIENCE 20000
#define QUIET 40                /* ms in which it neither sends nor computes: it waits for a key */

enum stroke_kind {
	KEY_ANY,
	KEY_SAVES,              /* writes the plan, and reads back what it will write: report_saving() */
	KEY_ALL_CHECKS,         /* answers every check for every server at once */
	KEY_WRITES,             /* writes the runbook, the command lines and the plan: as long as these are */
	KEY_KIND_COUNT
};

/* KEYS are names of keys with blanks between; the screen SHOWS a text in the end. */
static const struct stroke {
	const char *keys, *shows;
	enum stroke_kind kind;
} walk[] = {
	{ "F1 Esc Alt-g Esc x Backspace Alt-z Alt-z Tab Down Down PageDown PageDown End Up Home", "1/10000", KEY_ANY },
	{ "/ G W 0 0 5 0 0 0 Enter", "1 of 10000", KEY_ANY },
	{ "Esc / Z Z Enter Home + - Ctrl-Down Ctrl-Up End - Home +", "2/10000", KEY_ANY },
	{ "- Down d", "3/10001", KEY_ANY },
	{ "Delete Tab Enter Down", "/10000", KEY_ANY },
	{ "Down a Q 1 Down Down Down Down Space F8", "10001", KEY_ANY },
	{ "End Delete Tab Enter", "10000/10000", KEY_ANY },
	{ "Home Enter F8 Alt-f", "acts", KEY_ANY },
	{ "Esc Tab 5 Tab Tab Space Space Tab Tab", "Checks this page", KEY_ANY },
	{ "F8 Esc F8 Space Space", "license terms", KEY_ANY },
	{ "Alt-s", "The plan is saved", KEY_SAVES },
	{ "F8", "Select installation location", KEY_ANY },
	{ "x Backspace Tab Tab Tab Tab Tab F8", "Verify prerequisites again", KEY_ANY },
	{ "Down Down Down PageDown End Home F5", "Verified again", KEY_ANY },
	{ "Down Down Down Right", "MS000000", KEY_ANY },
	{ "Down PageDown PageDown Up Left Enter Enter Alt-l", "Source build", KEY_ANY },
	{ "Esc Space", "Confirm", KEY_ANY },
	{ "x F8", "Confirmed.", KEY_ANY },
	{ "/ C o n f i r m e d Enter", "confirmed", KEY_ANY },
	{ "Delete", "is withdrawn", KEY_ANY },
	{ "/ G W 0 Enter Enter Down End Esc Home a", "All that is shown", KEY_ANY },
	{ "Enter x", "You vouch for", KEY_ANY },
	{ "F8", "Confirmed.", KEY_ALL_CHECKS },
	{ "Alt-s", "The plan is saved", KEY_SAVES },
	{ "Home Down End F5", "Verified", KEY_ANY },
	{ "F8", "Proceed with Setup", KEY_ANY },
	{ "Esc F8 F8", "Configure Operations Manager accounts", KEY_ANY },
	{ "Right Left Tab x Backspace Tab Tab Tab Tab Tab F8", "Databases and backups", KEY_ANY },
	{ "x Backspace Tab Tab Tab Tab Tab F8", "Write the files", KEY_ANY },
	{ "Down PageDown End Up Home / G W 0 0 5 0 0 0 Enter", "GW005000", KEY_ANY },
	{ "Esc Tab Right Left Tab Tab Tab Alt-l", "msiexec", KEY_ANY },
	{ "Esc", "Ready To Upgrade", KEY_ANY },
	{ "F8", "may start", KEY_WRITES },
	{ "Down PageDown End Up Home / G W 0 0 5 0 0 0 Enter", "GW005000", KEY_ANY },
	{ "Esc Home Space", "Verify", KEY_ANY },
	{ "Esc s", "started", KEY_ANY },
	{ "F8 Esc F8", "Files", KEY_ANY },
};

struct worst {
	double ms, answer_ms;   /* of the processor; until the last byte of the answer */
	char key[32];
	const char *page;       /* what the screen showed then */
	unsigned count;
};

static double ms_of(clockid_t clock)
{
	struct timespec now;

	if (clock_gettime(clock, &now) < 0)
		return 0;
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

/* It neither computes nor waits for the disk. */
static bool is_asleep(pid_t pid)
{
	char path[64], line[512] = "";
	const char *state;
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
	file = fopen(path, "r");
	if (!file || !fgets(line, sizeof(line), file))
		line[0] = '\0';
	if (file)
		fclose(file);
	state = strrchr(line, ')');
	return state && str_starts(state, ") S");
}

/* Presses KEY and waits until the program waits for the next one. */
static void press(struct session *session, clockid_t clock, const char *key, struct worst *worst)
{
	double begin = bench_now_ms(), before = ms_of(clock), answer = begin, calm = begin, ms = before;

	session_key(session, key);
	while (bench_now_ms() < calm + QUIET) {
		size_t sent = session_output_length(session);

		session_listen(session, 1);
		if (session_output_length(session) != sent)
			answer = calm = bench_now_ms();
		if (ms_of(clock) > ms || !is_asleep(session_pid(session)))
			calm = bench_now_ms();
		ms = ms_of(clock);
	}
	worst->count++;
	if (answer - begin > worst->answer_ms && !str_eq(key, "Esc"))
		worst->answer_ms = answer - begin;
	if (ms - before <= worst->ms)
		return;
	worst->ms = ms - before;
	snprintf(worst->key, sizeof(worst->key), "%s", key);
}

static bool take(struct session *session, clockid_t clock, const struct stroke *stroke, struct worst *worst)
{
	const char *at = stroke->keys;
	char key[32];

	while (*at) {
		size_t length = strcspn(at, " ");
		double before = worst->ms;

		snprintf(key, sizeof(key), "%.*s", (int)length, at);
		press(session, clock, key, worst);
		if (worst->ms > before)
			worst->page = stroke->shows;
		at += length + strspn(at + length, " ");
	}
	return session_wait_text(session, stroke->shows, PATIENCE);
}

/* The key that saves reads the whole new text back, with libyaml, before that replaces the file, and writes what it
 * read once more to compare. With all checks answered that is a text of megabytes, for which libyaml alone takes more
 * than 10 ms: what it may cost is told by the program that does nothing but read the same file, in the same run. */
static void report_saving(const struct worst *saving, const char *path)
{
	static const char what[] = "  the key that saves the plan, beside check of the file";
	struct bench_case check = { .words = { bench_program(), "check", path } };

	bench_run_in_turns(&check, 1, 3);
	if (check.run.status == 0)
		bench_row(what, saving->ms / check.run.ms, "times", 1.0);
	else
		bench_left_out(what, "check finds errors in the plan that the wizard saved");
}

static void report(const struct worst worst[], const char *path)
{
	char any[80];
	const char *const rows[] = {
		[KEY_ANY] = any,
		[KEY_ALL_CHECKS] = "  the key that answers all checks for all of them",
	};

	snprintf(any, sizeof(any), "a key with 10,000 servers, worst of %u keys", worst[KEY_ANY].count);
	printf("(worst: %s, before the screen showed \"%s\"; the latest answer came after %.0f ms; writing the files "
	       "took %.0f ms)\n",
	       worst[KEY_ANY].key, worst[KEY_ANY].page, worst[KEY_ANY].answer_ms, worst[KEY_WRITES].ms);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		if (rows[i])
			bench_row(rows[i], worst[i].ms, "ms", 10);
	}
	report_saving(&worst[KEY_SAVES], path);
}

void bench_keys(void)
{
	char path[300];
	const char *const words[] = { bench_program(), "wizard", path, NULL };
	const struct session_options options = { .argv = words, .folder = bench_folder() };
	struct worst worst[KEY_KIND_COUNT] = { { .ms = 0 } };
	struct session *session;
	bool arrived;
	clockid_t clock;

	bench_write_plan(path, sizeof(path), "keys", SERVERS);
	session = session_start(&options);
	arrived = clock_getcpuclockid(session_pid(session), &clock) == 0 &&
		  session_wait_text(session, "Alt-Q Quit", PATIENCE) && session_wait_quiet(session, QUIET, PATIENCE);
	for (size_t i = 0; i < ARRAY_LEN(walk) && arrived; i++)
		arrived = take(session, clock, &walk[i], &worst[walk[i].kind]);
	session_end(session);
	if (arrived)
		report(worst, path);
	else
		bench_left_out("a key with 10,000 servers", "the way through the wizard ended early");
}
