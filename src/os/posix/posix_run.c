/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Running a command of the user's own.
 */
#include "os/posix/posix.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SAID_LIMIT = 4096 };

extern char **environ;

/* /bin/sh -c COMMAND in a process group of its own, with no input and its output into the pipe. */
static bool start(const char *command, int output, pid_t *child, const char **why)
{
	static const char shell[] = "/bin/sh", option[] = "-c";
	posix_spawn_file_actions_t files;
	posix_spawnattr_t attributes;
	sigset_t all, none;
	/* posix_spawn takes words that it may write to by its type only. */
	char *const words[] = { (char *)(uintptr_t)shell, (char *)(uintptr_t)option, (char *)(uintptr_t)command, NULL };

	sigfillset(&all);
	sigemptyset(&none);
	posix_spawn_file_actions_init(&files);
	posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_adddup2(&files, output, STDOUT_FILENO);
	posix_spawn_file_actions_adddup2(&files, output, STDERR_FILENO);
	posix_spawnattr_init(&attributes);
	posix_spawnattr_setpgroup(&attributes, 0);
	posix_spawnattr_setsigmask(&attributes, &none);
	posix_spawnattr_setsigdefault(&attributes, &all);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
	int error = posix_spawn(child, shell, &files, &attributes, words, environ);
	posix_spawnattr_destroy(&attributes);
	posix_spawn_file_actions_destroy(&files);
	if (error)
		*why = strerror(error);
	return error == 0;
}

static void keep_said(struct strbuf *said, const char *bytes, size_t count)
{
	size_t room = SAID_LIMIT - said->length;

	strbuf_add(said, bytes, count < room ? count : room);
}

/* ---- until it ends ---- */

static const int leaving_signals[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT };

enum { STEP_MILLISECONDS = 50 };

/* The command, and how far it is. */
struct run {
	pid_t child;
	int input, status;
	bool output_ended, ended;
};

static void hold_leaving(sigset_t *before)
{
	sigset_t held;

	sigemptyset(&held);
	for (size_t i = 0; i < ARRAY_LEN(leaving_signals); i++)
		sigaddset(&held, leaving_signals[i]);
	posix_must(sigprocmask(SIG_BLOCK, &held, before), "sigprocmask");
}

/* A signal that asks to leave has come: it waits until the command is gone. */
static bool is_leaving(void)
{
	sigset_t pending;

	posix_must(sigpending(&pending), "sigpending");
	for (size_t i = 0; i < ARRAY_LEN(leaving_signals); i++) {
		if (sigismember(&pending, leaving_signals[i]) == 1)
			return true;
	}
	return false;
}

/* Takes what was printed meanwhile, for a moment at most. */
static void listen_a_little(struct run *run, struct strbuf *said)
{
	struct pollfd wait = { .fd = run->output_ended ? -1 : run->input, .events = POLLIN };
	char block[1024];
	ssize_t count;

	if (poll(&wait, 1, STEP_MILLISECONDS) <= 0)
		return;
	count = read(run->input, block, sizeof(block));
	if (count > 0)
		keep_said(said, block, (size_t)count);
	else if (count == 0 || errno != EINTR)
		run->output_ended = true;
}

/* False: *WHY says why it is not known how it ended. */
static bool look_at_child(struct run *run, int flags, const char **why)
{
	pid_t got = 0;

	if (!run->ended) {
		do {
			got = waitpid(run->child, &run->status, flags);
		} while (got < 0 && errno == EINTR);
	}
	if (got < 0)
		*why = strerror(errno);
	run->ended = run->ended || got == run->child;
	return got >= 0;
}

/* Until the command has ended and its output too. False: *WHY says why it was not waited for any longer. */
static bool attend(struct run *run, unsigned seconds, struct strbuf *said, const char **why)
{
	int64_t end = platform_monotonic_ms() + (int64_t)seconds * 1000;

	while (!run->ended || !run->output_ended) {
		*why = "it took too long";
		if (platform_monotonic_ms() >= end)
			return false;
		*why = "it was interrupted";
		if (is_leaving())
			return false;
		listen_a_little(run, said);
		if (!look_at_child(run, WNOHANG, why))
			return false;
	}
	return true;
}

static bool was_fine(const struct run *run, const char **why)
{
	if (WIFEXITED(run->status) && WEXITSTATUS(run->status) == 0)
		return true;
	*why = WIFEXITED(run->status) ? "it ended with an error" : "it was ended by a signal";
	return false;
}

bool platform_run(const char *command, unsigned seconds, struct strbuf *said, const char **why)
{
	struct run run = { .child = -1 };
	const char *ignored;
	int pipe_ends[2];
	sigset_t before;

	if (pipe2(pipe_ends, O_CLOEXEC) != 0) {
		*why = strerror(errno);
		return false;
	}
	hold_leaving(&before);
	bool ok = start(command, pipe_ends[1], &run.child, why);
	close(pipe_ends[1]);
	run.input = pipe_ends[0];
	if (ok && !attend(&run, seconds, said, why)) {
		kill(-run.child, SIGKILL);
		(void)look_at_child(&run, 0, &ignored); /* what counts is why it was ended */
		ok = false;
	}
	ok = ok && was_fine(&run, why);
	close(pipe_ends[0]);
	posix_must(sigprocmask(SIG_SETMASK, &before, NULL), "sigprocmask");
	return ok;
}
