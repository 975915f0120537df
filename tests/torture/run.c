/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Starting the program, with calls that fail or a kill before one of its system calls.
 */
#include "torture/torture.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static void cannot(const char *what)
{
	die("torture: %s: %s", what, strerror(errno));
}

/* ---- racks ---- */

void rack_open(struct rack *rack, const char *below, unsigned number)
{
	int file;

	snprintf(rack->root, sizeof(rack->root), "%s/worker-%u", below, number);
	snprintf(rack->work, sizeof(rack->work), "%s/work", rack->root);
	snprintf(rack->state, sizeof(rack->state), "%s/state", rack->root);
	snprintf(rack->out, sizeof(rack->out), "%s/out", rack->root);
	snprintf(rack->err, sizeof(rack->err), "%s/err", rack->root);
	snprintf(rack->in, sizeof(rack->in), "%s/in", rack->root);
	snprintf(rack->faults_path, sizeof(rack->faults_path), "%s/faults", rack->root);
	if (mkdir(rack->root, 0700) != 0)
		cannot(rack->root);
	file = open(rack->faults_path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (file < 0 || ftruncate(file, sizeof(*rack->faults)) != 0)
		cannot(rack->faults_path);
	rack->faults = mmap(NULL, sizeof(*rack->faults), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
	if (rack->faults == MAP_FAILED)
		cannot(rack->faults_path);
	close(file);
}

void rack_close(struct rack *rack)
{
	munmap(rack->faults, sizeof(*rack->faults));
	tree_remove(rack->root);
}

void outcome_clear(struct outcome *outcome)
{
	strbuf_clear(&outcome->out);
	strbuf_clear(&outcome->err);
}

/* ---- the program ---- */

static volatile sig_atomic_t overdue;

static void remember(int number)
{
	(void)number;
	overdue = 1;
}

static void redirect(const char *path, int flags, int stream)
{
	int file = open(path, flags | O_CLOEXEC, 0600);

	if (file < 0 || dup2(file, stream) < 0)
		_exit(126);
}

NORETURN static void become_program(const struct rack *rack, const struct torture_case *test,
				    const char *const *arguments, bool traced)
{
	const char *words[WORDS_MOST + 1] = { getenv("SCUPGRADE") };
	/* execv takes the words as not const for historical reasons only. */
	union { const char *const *given; char *const *taken; } vector = { .given = words };

	for (size_t i = 0; arguments[i]; i++)
		words[i + 1] = arguments[i];
	setenv("XDG_STATE_HOME", rack->state, 1);
	setenv("SOURCE_DATE_EPOCH", "1795269727", 1);
	if (test->nameless)
		unsetenv("LOGNAME");
	else
		setenv("LOGNAME", "anna", 1);
	if (!traced) {
		setenv("LD_PRELOAD", getenv("FAULTS"), 1);
		setenv(FAULTS_VARIABLE, rack->faults_path, 1);
	}
	redirect(rack->in, O_RDONLY, STDIN_FILENO);
	redirect(rack->out, O_WRONLY | O_CREAT | O_TRUNC, STDOUT_FILENO);
	redirect(rack->err, O_WRONLY | O_CREAT | O_TRUNC, STDERR_FILENO);
	if (chdir(rack->work) != 0 || (traced && ptrace(PTRACE_TRACEME, 0, NULL, NULL) != 0))
		_exit(126);
	execv(vector.taken[0], vector.taken);
	_exit(127);
}

static void put_input(const struct rack *rack, const char *input)
{
	int file = open(rack->in, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	size_t length = input ? strlen(input) : 0;

	if (file < 0 || write(file, input, length) != (ssize_t)length)
		cannot(rack->in);
	close(file);
}

void take_output(const char *path, struct strbuf *out)
{
	int file = open(path, O_RDONLY | O_CLOEXEC);
	char bytes[8192];
	ssize_t got;

	strbuf_reset(out);
	if (file < 0)
		return;
	while ((got = read(file, bytes, sizeof(bytes))) > 0)
		strbuf_add(out, bytes, (size_t)got);
	close(file);
}

static void watch(void)
{
	struct sigaction action = { .sa_handler = remember };

	overdue = 0;
	sigemptyset(&action.sa_mask);
	if (sigaction(SIGALRM, &action, NULL) != 0)
		cannot("sigaction");
	alarm(TOO_LONG_S);
}

static pid_t start(struct rack *rack, const struct torture_case *test, const char *const *arguments, bool traced)
{
	pid_t child;

	put_input(rack, test->input);
	child = fork();
	if (child < 0)
		cannot("fork");
	if (child == 0)
		become_program(rack, test, arguments, traced);
	watch();
	return child;
}

/* The end or the next stop of CHILD; kills it when it takes too long. */
static int next_state(pid_t child, struct outcome *outcome)
{
	int status = 0;

	while (waitpid(child, &status, 0) != child) {
		if (errno != EINTR)
			cannot("waitpid");
		if (!overdue)
			continue;
		outcome->hung = true;
		kill(child, SIGKILL);
	}
	return status;
}

static void finish(const struct rack *rack, int status, struct outcome *outcome)
{
	alarm(0);
	outcome->status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
	take_output(rack->out, &outcome->out);
	take_output(rack->err, &outcome->err);
}

void run_case(struct rack *rack, const struct torture_case *test, const char *const *arguments,
	      struct outcome *outcome)
{
	memset(rack->faults->counts, 0, sizeof(rack->faults->counts));
	rack->faults->struck = 0;
	rack->faults->armed = 1;
	outcome->hung = false;
	finish(rack, next_state(start(rack, test, arguments, false), outcome), outcome);
	rack->faults->armed = 0;
}

/* ---- kills ---- */

bool run_killed(struct rack *rack, const struct torture_case *test, unsigned call, struct outcome *outcome)
{
	pid_t child = start(rack, test, test->arguments, true);
	/* The first stop is that of exec; then one on the way into each call, and one on the way out. */
	int status = next_state(child, outcome);
	unsigned stops = 0;

	outcome->hung = false;
	if (WIFSTOPPED(status) &&
	    ptrace(PTRACE_SETOPTIONS, child, NULL, PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL) != 0)
		cannot("ptrace");
	while (WIFSTOPPED(status)) {
		int number = WSTOPSIG(status);
		bool at_call = number == (SIGTRAP | 0x80);

		if (at_call && stops++ == (call - 1) * 2)
			kill(child, SIGKILL);
		else if (ptrace(PTRACE_SYSCALL, child, NULL, (long)(at_call || number == SIGTRAP ? 0 : number)) != 0 &&
			 errno != ESRCH)
			cannot("ptrace");
		status = next_state(child, outcome);
	}
	finish(rack, status, outcome);
	return stops > (call - 1) * 2;
}
