/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Running a command of the user's own.
 */
#include "os/platform.h"

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

/* Until the output ends or SECONDS are over. False: they are over. */
static bool listen_to(int input, unsigned seconds, struct strbuf *said)
{
	int64_t end = platform_monotonic_ms() + (int64_t)seconds * 1000;
	char block[1024];

	for (;;) {
		struct pollfd wait = { .fd = input, .events = POLLIN };
		int64_t left = end - platform_monotonic_ms();
		if (left <= 0)
			return false;
		int ready = poll(&wait, 1, left > 1000 ? 1000 : (int)left);
		if (ready <= 0)
			continue;
		ssize_t count = read(input, block, sizeof(block));
		if (count < 0 && errno == EINTR)
			continue;
		if (count <= 0)
			return true;
		keep_said(said, block, (size_t)count);
	}
}

static bool reap(pid_t child, const char **why)
{
	int status = 0;

	while (waitpid(child, &status, 0) < 0) {
		if (errno == EINTR)
			continue;
		*why = strerror(errno);
		return false;
	}
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return true;
	*why = WIFEXITED(status) ? "it ended with an error" : "it was ended by a signal";
	return false;
}

bool platform_run(const char *command, unsigned seconds, struct strbuf *said, const char **why)
{
	int pipe_ends[2];
	pid_t child = -1;

	if (pipe2(pipe_ends, O_CLOEXEC) != 0) {
		*why = strerror(errno);
		return false;
	}
	bool ok = start(command, pipe_ends[1], &child, why);
	close(pipe_ends[1]);
	if (ok && !listen_to(pipe_ends[0], seconds, said)) {
		kill(-child, SIGKILL);
		reap(child, why);
		*why = "it took too long";
		ok = false;
	} else if (ok) {
		ok = reap(child, why);
	}
	close(pipe_ends[0]);
	return ok;
}
