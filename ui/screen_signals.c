/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Signals while the screen is open. Handlers use nothing but write, tcsetattr, sigaction, raise.
 */
#include "ui/screen_signals.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <termios.h>
#include <unistd.h>

static const int told[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGWINCH, SIGTSTP, SIGCONT };
static const int crashes[] = { SIGSEGV, SIGBUS, SIGFPE, SIGABRT };

/* The exception to "no globals": what a handler must reach. */
static struct {
	int pipe[2];
	struct sigaction old_told[ARRAY_LEN(told)], old_crashes[ARRAY_LEN(crashes)];
	stack_t old_stack;
	int terminal;
	struct termios saved;
	char reset[512];
	size_t reset_length;
	volatile sig_atomic_t armed;
} state = { .pipe = { -1, -1 } };

static char crash_stack[32 * 1024];

static void on_told(int number)
{
	int saved_errno = errno;
	unsigned char byte = (unsigned char)number;
	ssize_t written = write(state.pipe[1], &byte, 1);

	(void)written;         /* a full pipe has more than enough to say */
	errno = saved_errno;
}

void signals_put_back(void)
{
	const char *at = state.reset;
	size_t left = state.reset_length;
	ssize_t written;

	if (!state.armed)
		return;
	state.armed = 0;
	while (left > 0) {
		written = write(state.terminal, at, left);
		if (written < 0 && errno == EINTR)
			continue;
		if (written <= 0)
			break;
		at += written;
		left -= (size_t)written;
	}
	tcsetattr(state.terminal, TCSADRAIN, &state.saved);
}

static void on_crash(int number)
{
	struct sigaction plain = { .sa_handler = SIG_DFL };

	signals_put_back();
	sigaction(number, &plain, NULL);
	raise(number);
}

static bool take(int number, void (*handler)(int), int flags, struct sigaction *old)
{
	struct sigaction action = { .sa_handler = handler, .sa_flags = flags };

	sigemptyset(&action.sa_mask);
	if (sigaction(number, NULL, old) != 0)
		return false;
	/* What the parent had ignored (nohup) stays ignored. */
	if (old->sa_handler == SIG_IGN && (number == SIGHUP || number == SIGINT || number == SIGQUIT))
		return true;
	return sigaction(number, &action, NULL) == 0;
}

bool signals_open(const char **why)
{
	stack_t stack = { .ss_sp = crash_stack, .ss_size = sizeof(crash_stack) };
	bool fine;
	size_t i;

	if (pipe2(state.pipe, O_CLOEXEC | O_NONBLOCK) != 0) {
		*why = strerror(errno);
		return false;
	}
	fine = sigaltstack(&stack, &state.old_stack) == 0;
	for (i = 0; i < ARRAY_LEN(told); i++)
		fine = take(told[i], on_told, SA_RESTART, &state.old_told[i]) && fine;
	for (i = 0; i < ARRAY_LEN(crashes); i++)
		fine = take(crashes[i], on_crash, SA_ONSTACK, &state.old_crashes[i]) && fine;
	if (!fine)
		bug("signals cannot be taken: %s", strerror(errno));
	return true;
}

void signals_close(void)
{
	size_t i;

	state.armed = 0;
	for (i = 0; i < ARRAY_LEN(told); i++)
		sigaction(told[i], &state.old_told[i], NULL);
	for (i = 0; i < ARRAY_LEN(crashes); i++)
		sigaction(crashes[i], &state.old_crashes[i], NULL);
	sigaltstack(&state.old_stack, NULL);
	close(state.pipe[0]);
	close(state.pipe[1]);
	state.pipe[0] = state.pipe[1] = -1;
}

int signals_descriptor(void)
{
	return state.pipe[0];
}

int signals_next(void)
{
	unsigned char byte;

	return read(state.pipe[0], &byte, 1) == 1 ? byte : 0;
}

void signals_stop(void)
{
	struct sigaction plain = { .sa_handler = SIG_DFL }, tstp, cont;
	sigset_t stop, before;

	sigemptyset(&stop);
	sigaddset(&stop, SIGTSTP);
	sigaction(SIGTSTP, &plain, &tstp);
	sigaction(SIGCONT, &plain, &cont);
	sigprocmask(SIG_UNBLOCK, &stop, &before);
	kill(0, SIGTSTP);              /* the whole job, as the terminal's own Ctrl-Z would */
	sigprocmask(SIG_SETMASK, &before, NULL);
	sigaction(SIGTSTP, &tstp, NULL);
	sigaction(SIGCONT, &cont, NULL);
}

void signals_arm(int terminal, const struct termios *saved, const char *reset)
{
	state.terminal = terminal;
	state.saved = *saved;
	state.reset_length = strlen(reset) < sizeof(state.reset) ? strlen(reset) : sizeof(state.reset);
	memcpy(state.reset, reset, state.reset_length);
	state.armed = 1;
}
