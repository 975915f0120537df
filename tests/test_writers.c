/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Two wizards, an editor and resumed drafts on one plan, at random: nobody's change is lost without a question that was
 * answered, and nothing is called saved that is not on the disk. A fixed seed makes every round the same again; a round
 * that fails tells its number and all that was said.
 */
#include "helpers.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define PLAN "p.yaml"

enum { PATIENCE = 60000 /* ms */, KNOWN_MOST = 64, WRITERS = 3, DRAFTS_MOST = 64, STEPS = 12 };

/* What one session has seen of the plan's file: read, written, or was asked about and told to replace. */
struct known {
	char *texts[KNOWN_MOST];
	size_t count;
};

struct writer {
	pid_t process; /* 0: none runs */
	int in, out;
	struct strbuf said;    /* since the last answer */
	struct known known;
	char token[16];        /* the name that it would save */
};

/* A draft is found again by what was typed in it. */
struct kept_draft {
	char token[16];
	struct known known;
};

struct world {
	char *folder, program[PATH_MAX];
	uint64_t seed;
	unsigned round, tokens;
	struct writer writers[WRITERS];
	struct kept_draft drafts[DRAFTS_MOST];
	size_t draft_count;
	struct strbuf log; /* of the round */
};

/* ---- chance ---- */

static unsigned below(struct world *world, unsigned most)
{
	world->seed = world->seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(world->seed >> 33) % most;
}

static void fail_round(struct world *world, const char *what)
{
	fprintf(stderr, "round %u: %s\n%s\n", world->round, what, strbuf_text(&world->log));
	fail_msg("round %u: %s", world->round, what);
}

/* ---- the file ---- */

static char *plan_now(void)
{
	return access(PLAN, F_OK) == 0 ? read_whole_file(PLAN, NULL) : NULL;
}

static bool same(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

static void know(struct known *known, const char *text)
{
	assert_true(known->count < KNOWN_MOST);
	known->texts[known->count++] = text ? strdup(text) : NULL;
}

static bool knows(const struct known *known, const char *text)
{
	for (size_t i = 0; i < known->count; i++)
		if (same(known->texts[i], text))
			return true;
	return false;
}

static void forget(struct known *known)
{
	while (known->count)
		free(known->texts[--known->count]);
}

static void learn_all(struct known *known, const struct known *more)
{
	for (size_t i = 0; i < more->count; i++)
		know(known, more->texts[i]);
}

/* As editors do: another file in its place, whatever is there. */
static char *edit(struct world *world)
{
	char text[1024];
	FILE *file = fopen("editor.tmp", "w");

	snprintf(text, sizeof(text),
		 "scupgrade: 1\nproduct: operations-manager\nmanagement-group: E%u\nlicense-accepted: true\n"
		 "accounts:\n  data-access: { kind: domain, user: 'CONTOSO\\das' }\n"
		 "  data-reader: { user: 'CONTOSO\\reader' }\n"
		 "servers:\n  - { name: MS01, roles: [management-server] }\n",
		 ++world->tokens);
	assert_non_null(file);
	assert_true(fputs(text, file) >= 0 && fclose(file) == 0);
	assert_int_equal(rename("editor.tmp", PLAN), 0);
	strbuf_printf(&world->log, "\n== editor: E%u\n", world->tokens);
	return strdup(text);
}

/* ---- a wizard ---- */

static void start(struct world *world, struct writer *writer)
{
	int in[2], out[2];

	assert_int_equal(pipe(in), 0);
	assert_int_equal(pipe(out), 0);
	for (int i = 0; i < 2; i++)
		assert_true(fcntl(in[i], F_SETFD, FD_CLOEXEC) == 0 && fcntl(out[i], F_SETFD, FD_CLOEXEC) == 0);
	writer->process = fork();
	assert_true(writer->process >= 0);
	if (writer->process == 0) {
		if (dup2(in[0], STDIN_FILENO) < 0 || dup2(out[1], STDERR_FILENO) < 0 ||
		    dup2(open("/dev/null", O_WRONLY | O_CLOEXEC), STDOUT_FILENO) < 0)
			_exit(99);
		execl(world->program, "scupgrade", "wizard", "--plain", PLAN, (char *)NULL);
		_exit(99);
	}
	close(in[0]);
	close(out[1]);
	writer->in = in[1];
	writer->out = out[0];
	strbuf_reset(&writer->said);
	strbuf_printf(&world->log, "\n== wizard %d starts\n", (int)(writer - world->writers));
}

/* Waits for a question, which ends without a line feed. False: it ended. */
static bool listen(struct world *world, struct writer *writer)
{
	size_t heard = writer->said.length;
	bool asks = false, over = false;

	while (!asks && !over) {
		struct pollfd ready = { writer->out, POLLIN, 0 };
		char bytes[4096];
		ssize_t count;

		if (poll(&ready, 1, PATIENCE) != 1)
			fail_round(world, "a wizard neither asks nor ends");
		count = read(writer->out, bytes, sizeof(bytes));
		if (count < 0 && errno == EINTR)
			continue;
		over = count <= 0;
		if (!over)
			strbuf_add(&writer->said, bytes, (size_t)count);
		asks = writer->said.length > 2 &&
		       strcmp(writer->said.data + writer->said.length - 2, ": ") == 0;
	}
	strbuf_puts(&world->log, strbuf_text(&writer->said) + heard);
	return !over;
}

static void say(struct world *world, struct writer *writer, const char *answer)
{
	strbuf_printf(&world->log, "<%d: %s>\n", (int)(writer - world->writers), answer);
	strbuf_reset(&writer->said);
	assert_int_equal(dprintf(writer->in, "%s\n", answer), (int)strlen(answer) + 1);
}

/* False: it ended. */
static bool ask(struct world *world, struct writer *writer, const char *answer)
{
	say(world, writer, answer);
	return listen(world, writer);
}

static bool said(const struct writer *writer, const char *text)
{
	return strstr(strbuf_text(&writer->said), text) != NULL;
}

static void reap(struct writer *writer)
{
	int status;

	if (!writer->process)
		return;
	close(writer->in);
	close(writer->out);
	assert_int_equal(waitpid(writer->process, &status, 0), writer->process);
	writer->process = 0;
}

/* "Management group [G7]: " stands at the end: G7. */
static void read_token(struct world *world, struct writer *writer)
{
	const char *open = strrchr(strbuf_text(&writer->said), '[');

	if (!open || sscanf(open, "[%15[^]]", writer->token) != 1)
		fail_round(world, "the question has no value");
}

/* To the question for the name, wherever it stands. */
static void go_to_name(struct world *world, struct writer *writer)
{
	bool there = ask(world, writer, "goto 1");

	for (int tries = 0; there && !said(writer, "Management group ["); tries++) {
		if (tries == 20)
			fail_round(world, "the name is not asked for");
		there = ask(world, writer, "");
	}
	if (!there)
		fail_round(world, "a wizard ended by itself");
	read_token(world, writer);
}

/* Resumes, leaves or discards the draft that it offers, and then knows what it knew. */
static void open_wizard(struct world *world, struct writer *writer)
{
	static const char *const answers[] = { "resume", "resume", "new", "discard" };
	const char *answer = answers[below(world, ARRAY_LEN(answers))];
	char *text = plan_now();
	bool resumed = false;

	forget(&writer->known);
	start(world, writer);
	if (!listen(world, writer))
		fail_round(world, "a wizard does not start");
	if (said(writer, "There is a draft")) {
		resumed = strcmp(answer, "resume") == 0;
		if (!ask(world, writer, answer))
			fail_round(world, "a wizard ended with a draft");
	}
	go_to_name(world, writer);
	if (!resumed)
		know(&writer->known, text);
	for (size_t i = 0; resumed && i < world->draft_count; i++)
		if (strcmp(world->drafts[i].token, writer->token) == 0)
			learn_all(&writer->known, &world->drafts[i].known);
	free(text);
}

static void keep_in_mind(struct world *world, struct writer *writer)
{
	struct kept_draft *draft = &world->drafts[world->draft_count++];

	assert_true(world->draft_count < DRAFTS_MOST);
	memcpy(draft->token, writer->token, sizeof(draft->token));
	learn_all(&draft->known, &writer->known);
}

static void change(struct world *world, struct writer *writer)
{
	go_to_name(world, writer);
	snprintf(writer->token, sizeof(writer->token), "W%u", ++world->tokens);
	if (!ask(world, writer, writer->token))
		fail_round(world, "a wizard ended after an answer");
}

/* It says that the plan is saved: the disk holds it, and what it took the place of was known to this session. */
static void judge_saved(struct world *world, struct writer *writer, const char *before, bool asked)
{
	char *after = plan_now();
	char line[64];

	snprintf(line, sizeof(line), "management-group: '%s'", writer->token);
	if (said(writer, "The plan is saved as " PLAN)) {
		/* What was typed by an editor has no quotes, and stays as it is. */
		if (!after || (!strstr(after, line) && !same(before, after)))
			fail_round(world, "it is called saved, and is not on the disk");
		if (!same(before, after) && !knows(&writer->known, before))
			fail_round(world, asked ? "what came after the question was replaced"
						: "a change was replaced without a question");
		if (same(before, after) && !strstr(after, writer->token))
			fail_round(world, "another plan is called saved");
		know(&writer->known, after);
	} else if (!same(before, after)) {
		fail_round(world, "it is not called saved, and the file is another one");
	}
	free(after);
}

/* Answers the question about the file; an editor may come while it stands there. */
static void answer_conflict(struct world *world, struct writer *writer)
{
	for (int tries = 0; said(writer, "What now?"); tries++) {
		char *asked_about = plan_now(), *before;
		unsigned what = tries > 3 ? 1 : below(world, 4);

		if (below(world, 4) == 0)
			free(edit(world));
		before = plan_now();
		if (what == 0 || what == 3) {
			know(&writer->known, asked_about);
			ask(world, writer, "replace");
			judge_saved(world, writer, before, true);
		} else if (what == 1) {
			ask(world, writer, "leave");
			judge_saved(world, writer, before, true);
		} else {
			char name[32];

			ask(world, writer, "as");
			snprintf(name, sizeof(name), "other-%u.yaml", ++world->tokens);
			ask(world, writer, name);
			judge_saved(world, writer, before, true);
			assert_int_equal(access(name, F_OK), 0);
			/* From here on it is about another file. */
			ask(world, writer, "quit");
			ask(world, writer, "discard");
			reap(writer);
		}
		free(asked_about);
		free(before);
		if (!writer->process)
			return;
	}
}

static void save(struct world *world, struct writer *writer)
{
	char *before = plan_now();

	if (!ask(world, writer, "save"))
		fail_round(world, "a wizard ended while saving");
	if (said(writer, "What now?"))
		answer_conflict(world, writer);
	else
		judge_saved(world, writer, before, false);
	free(before);
}

static void leave(struct world *world, struct writer *writer)
{
	char *before = plan_now(), *after;
	unsigned how = below(world, 4);

	if (how < 2) {
		keep_in_mind(world, writer);
		ask(world, writer, "quit");
		if (ask(world, writer, "keep"))
			fail_round(world, "a wizard stays");
	} else if (how == 2) {
		keep_in_mind(world, writer);
		assert_int_equal(kill(writer->process, SIGTERM), 0);
		while (listen(world, writer))
			;
	} else {
		/* What it typed since the last page is lost, and nothing else. */
		go_to_name(world, writer);
		keep_in_mind(world, writer);
		assert_int_equal(kill(writer->process, SIGKILL), 0);
		while (listen(world, writer))
			;
	}
	reap(writer);
	after = plan_now();
	if (!same(before, after))
		fail_round(world, "leaving wrote the plan");
	free(before);
	free(after);
}

/* ---- rounds ---- */

/* In a folder of its own. */
static void begin_round(struct world *world, unsigned round)
{
	char state[PATH_MAX];

	world->round = round;
	world->tokens = 0;
	world->seed = 0x5CDB1E5u + round * 2654435761u;
	strbuf_reset(&world->log);
	world->folder = scratch_folder();
	assert_int_equal(chdir(world->folder), 0);
	snprintf(state, sizeof(state), "%s/state", world->folder);
	assert_int_equal(setenv("XDG_STATE_HOME", state, 1), 0);
	free(edit(world));
}

static void end_round(struct world *world)
{
	for (size_t i = 0; i < WRITERS; i++) {
		struct writer *writer = &world->writers[i];

		if (writer->process) {
			assert_int_equal(kill(writer->process, SIGKILL), 0);
			reap(writer);
		}
		forget(&writer->known);
	}
	while (world->draft_count)
		forget(&world->drafts[--world->draft_count].known);
	assert_int_equal(chdir("/"), 0);
	scratch_remove(world->folder);
}

static void play_round(struct world *world, unsigned round)
{
	begin_round(world, round);
	for (unsigned step = 0; step < STEPS; step++) {
		struct writer *writer = &world->writers[below(world, 2)];
		unsigned what = below(world, 10);

		if (!writer->process)
			open_wizard(world, writer);
		else if (what < 3)
			change(world, writer);
		else if (what < 7)
			save(world, writer);
		else if (what < 8)
			leave(world, writer);
		else
			free(edit(world));
	}
	end_round(world);
}

/* Three that loaded the same plan save at one moment: one is told that it is saved, the others are asked. */
static void play_race(struct world *world, unsigned round)
{
	unsigned saved = 0;
	char *after, line[64] = "";

	begin_round(world, round);
	for (size_t i = 0; i < WRITERS; i++) {
		open_wizard(world, &world->writers[i]);
		change(world, &world->writers[i]);
	}
	for (size_t i = 0; i < WRITERS; i++)
		say(world, &world->writers[i], "save");
	for (size_t i = 0; i < WRITERS; i++) {
		struct writer *writer = &world->writers[i];

		if (!listen(world, writer))
			fail_round(world, "a wizard ended while saving");
		if (said(writer, "The plan is saved as " PLAN)) {
			saved++;
			snprintf(line, sizeof(line), "management-group: '%s'", writer->token);
		} else if (!said(writer, "What now?")) {
			fail_round(world, "it is neither saved nor asked about");
		}
	}
	after = plan_now();
	if (saved != 1)
		fail_round(world, "not one of three was told that it is saved");
	if (!strstr(after, line))
		fail_round(world, "it is called saved, and another plan is on the disk");
	free(after);
	end_round(world);
}

/* An editor, who takes no lock, comes at the very moment: the change of neither is gone. */
static void play_editor_race(struct world *world, unsigned round)
{
	struct writer *writer = &world->writers[0];
	char *edited, *after;

	begin_round(world, round);
	open_wizard(world, writer);
	change(world, writer);
	say(world, writer, "save");
	for (unsigned turns = below(world, 4000); turns > 0; turns--)
		(void)getppid(); /* a moment that differs from round to round */
	edited = edit(world);
	if (!listen(world, writer))
		fail_round(world, "a wizard ended while saving");
	after = plan_now();
	if (!same(after, edited))
		fail_round(world, "an editor's change is gone");
	free(edited);
	free(after);
	end_round(world);
}

static int set_up(void **state)
{
	struct world *world = xcalloc(1, sizeof(*world));

	assert_non_null(getenv("SCUPGRADE"));
	assert_non_null(realpath(getenv("SCUPGRADE"), world->program));
	*state = world;
	return 0;
}

static int tear_down(void **state)
{
	struct world *world = *state;

	for (size_t i = 0; i < WRITERS; i++)
		strbuf_clear(&world->writers[i].said);
	strbuf_clear(&world->log);
	free(world);
	return 0;
}

static unsigned rounds(unsigned all, unsigned quick)
{
	const char *wanted = getenv("QUICK_TESTS");

	return wanted && *wanted ? quick : all;
}

static void test_writers__at_random__no_change_is_lost_unasked(void **state)
{
	unsigned all = rounds(1000, 25);

	for (unsigned round = 0; round < all; round++)
		play_round(*state, round);
}

static void test_writers__three_at_one_moment__one_is_saved(void **state)
{
	unsigned all = rounds(60, 5);

	for (unsigned round = 0; round < all; round++)
		play_race(*state, round);
}

static void test_writers__editor_at_the_same_moment__its_change_stays(void **state)
{
	unsigned all = rounds(60, 5);

	for (unsigned round = 0; round < all; round++)
		play_editor_race(*state, round);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_writers__at_random__no_change_is_lost_unasked, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_writers__three_at_one_moment__one_is_saved, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_writers__editor_at_the_same_moment__its_change_stays, set_up,
						tear_down),
	};

	/* A wizard that was killed closes its pipe. */
	(void)signal(SIGPIPE, SIG_IGN);
	return run_tests(tests);
}
