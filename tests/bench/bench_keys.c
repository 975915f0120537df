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
#define WALKS 4                 /* of each key the least time counts: what comes on top is the machine's */
#define KEYS_MOST 300

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

/* What a key of the walk took. */
struct pressed {
	double ms, answer_ms;   /* of the processor; until the last byte of the answer */
	char key[32];
	const struct stroke *stroke;
};

struct walked {
	struct pressed keys[KEYS_MOST];
	size_t count;
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

/* Presses the key of PRESSED and waits until the program waits for the next one. */
static void press(struct session *session, clockid_t clock, struct pressed *pressed)
{
	double begin = bench_now_ms(), before = ms_of(clock), answer = begin, calm = begin, ms = before;

	session_key(session, pressed->key);
	while (bench_now_ms() < calm + QUIET) {
		size_t sent = session_output_length(session);

		session_listen(session, 1);
		if (session_output_length(session) != sent)
			answer = calm = bench_now_ms();
		if (ms_of(clock) > ms || !is_asleep(session_pid(session)))
			calm = bench_now_ms();
		ms = ms_of(clock);
	}
	pressed->ms = ms - before;
	pressed->answer_ms = answer - begin;
}

static bool take(struct session *session, clockid_t clock, const struct stroke *stroke, struct walked *walked)
{
	const char *at = stroke->keys;

	while (*at) {
		size_t length = strcspn(at, " ");
		struct pressed *pressed = &walked->keys[walked->count++];

		if (walked->count > KEYS_MOST)
			bug("more keys than there is room for");
		pressed->stroke = stroke;
		snprintf(pressed->key, sizeof(pressed->key), "%.*s", (int)length, at);
		press(session, clock, pressed);
		at += length + strspn(at + length, " ");
	}
	return session_wait_text(session, stroke->shows, PATIENCE);
}

/* One walk, with a plan of its own at PATH. False: it ended early. */
static bool go(const char *path, struct walked *walked)
{
	const char *const words[] = { bench_program(), "wizard", path, NULL };
	const struct session_options options = { .argv = words, .folder = bench_folder() };
	struct session *session = session_start(&options);
	clockid_t clock;
	bool arrived = clock_getcpuclockid(session_pid(session), &clock) == 0 &&
		       session_wait_text(session, "Alt-Q Quit", PATIENCE) &&
		       session_wait_quiet(session, QUIET, PATIENCE);

	walked->count = 0;
	for (size_t i = 0; i < ARRAY_LEN(walk) && arrived; i++)
		arrived = take(session, clock, &walk[i], walked);
	session_end(session);
	return arrived;
}

static void keep_least(struct walked *least, const struct walked *walked)
{
	for (size_t i = 0; i < walked->count; i++) {
		if (walked->keys[i].ms < least->keys[i].ms)
			least->keys[i].ms = walked->keys[i].ms;
		if (walked->keys[i].answer_ms < least->keys[i].answer_ms)
			least->keys[i].answer_ms = walked->keys[i].answer_ms;
	}
}

/* The slowest key of KIND. */
static const struct pressed *worst_of(const struct walked *walked, enum stroke_kind kind)
{
	const struct pressed *worst = NULL;

	for (size_t i = 0; i < walked->count; i++) {
		if (walked->keys[i].stroke->kind == kind && (!worst || walked->keys[i].ms > worst->ms))
			worst = &walked->keys[i];
	}
	return worst;
}

/* With all checks answered the plan is a text of megabytes, with a quarter of a million answers, which one key gave,
 * and another one saves: that reads the whole new text back, with libyaml, before it replaces the file. libyaml alone
 * takes more than 10 ms for it. What such keys may cost is told by the program that does nothing but read the file. */
static void report_large(const struct walked *walked, const struct bench_run *check)
{
	if (check->status != 0) {
		bench_left_out("  keys beside check of it", "check finds errors in the plan that was saved");
		return;
	}
	bench_row("  the key that answers all checks, beside check of it",
		  worst_of(walked, KEY_ALL_CHECKS)->ms / check->ms, "times", 0.5);
	bench_row("  the key that saves the plan, beside check of it", worst_of(walked, KEY_SAVES)->ms / check->ms,
		  "times", 1.5);
}

static void report(const struct walked *walked, const struct bench_run *check)
{
	const struct pressed *any = worst_of(walked, KEY_ANY);
	char what[80];

	printf("(worst: %s, before the screen showed \"%s\", answered after %.0f ms; answering all checks took %.0f ms,"
	       " writing the files %.0f ms)\n",
	       any->key, any->stroke->shows, any->answer_ms, worst_of(walked, KEY_ALL_CHECKS)->ms,
	       worst_of(walked, KEY_WRITES)->ms);
	snprintf(what, sizeof(what), "a key with 10,000 servers, worst of %zu keys", walked->count);
	bench_row(what, any->ms, "ms", 10);
	report_large(walked, check);
}

void bench_keys(void)
{
	static struct walked least, walked;
	struct bench_run check = { .ms = 0 };
	char path[300], name[16];
	bool arrived = true;

	for (unsigned i = 0; i < WALKS && arrived; i++) {
		struct bench_case now = { .words = { bench_program(), "check", path } };

		snprintf(name, sizeof(name), "keys-%u", i);
		bench_write_plan(path, sizeof(path), name, SERVERS);
		arrived = go(path, i ? &walked : &least);
		if (i && arrived)
			keep_least(&least, &walked);
		bench_run_in_turns(&now, 1, 3);
		if (!i || now.run.ms < check.ms)
			check = now.run;
	}
	if (arrived)
		report(&least, &check);
	else
		bench_left_out("a key with 10,000 servers", "the way through the wizard ended early");
}
