/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Signals while the screen is open. Handlers use nothing but write, dup2, tcflush,
 * tcflow, tcsetattr, sigaction, raise.
 */
#include "ui/screen_signals.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <termios.h>
#include <unistd.h>

#include "os/posix/posix_signals.h"

/* The exception to "no globals": what a handler must reach. */
static struct {
	int pipe[2];
	struct posix_actions old_actions;
	stack_t old_stack;
	int terminal, reached, nothing;
	struct termios saved;
	char reset[512];
	size_t reset_length;
	volatile sig_atomic_t armed, ending;
} state = { .pipe = { -1, -1 }, .reached = -1, .nothing = -1 };

static char crash_stack[32 * 1024];

static void on_told(int number)
{
	int saved_errno = errno;
	unsigned char byte = (unsigned char)number;
	ssize_t written = write(state.pipe[1], &byte, 1);

	(void)written;         /* a full pipe has more than enough to say */
	errno = saved_errno;
}

/* Somebody may sit in write() to a terminal that takes no more. It goes on into nothing from here: what is drawn is not
 * looked at any more, and the way to the end leads past all the drawing. */
static void on_end(int number)
{
	int saved_errno = errno;

	state.ending = 1;
	if (state.armed)
		(void)dup2(state.nothing, state.terminal);
	errno = saved_errno;
	on_told(number);
}

/* Never waits. What the terminal has not shown by now makes room: it is a picture of what is over. Output that was
 * stopped goes on, or the last words would not be seen. */
void signals_put_back(void)
{
	const char *at = state.reset;
	size_t left = state.reset_length;
	ssize_t written;

	if (!state.armed)
		return;
	state.armed = 0;
	tcflush(state.reached, TCOFLUSH);
	tcflow(state.reached, TCOON);
	while (left > 0) {
		written = write(state.reached, at, left);
		if (written < 0 && errno == EINTR)
			continue;
		if (written <= 0)
			break;
		at += written;
		left -= (size_t)written;
	}
	tcsetattr(state.reached, TCSANOW, &state.saved);
}

static void on_crash(int number)
{
	struct sigaction plain = { .sa_handler = SIG_DFL };

	signals_put_back();
	sigaction(number, &plain, NULL);
	raise(number);
}

static bool is_told(int number)
{
	return number == SIGWINCH || number == SIGTSTP || number == SIGCONT;
}

static void close_descriptors(void)
{
	int *const all[] = { &state.pipe[0], &state.pipe[1], &state.nothing, &state.reached };

	for (size_t i = 0; i < ARRAY_LEN(all); i++) {
		if (*all[i] >= 0)
			close(*all[i]);
		*all[i] = -1;
	}
}

static int open_again(const char *path, int flags)
{
	int descriptor;

	do
		descriptor = open(path, flags);
	while (descriptor < 0 && errno == EINTR);
	return descriptor;
}

static void take_signals(void)
{
	sigset_t none, all, before;

	sigemptyset(&none);
	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, &before);
	posix_actions_take(&state.old_actions, is_told, on_told, SA_RESTART, &none);
	posix_actions_take(&state.old_actions, posix_signal_ends, on_end, SA_RESTART, &none);
	posix_actions_take(&state.old_actions, posix_signal_crashes, on_crash, SA_ONSTACK, &none);
	sigprocmask(SIG_SETMASK, &before, NULL);
}

bool signals_open(const char **why)
{
	stack_t stack = { .ss_sp = crash_stack, .ss_size = sizeof(crash_stack) };

	state.nothing = open_again("/dev/null", O_RDWR | O_CLOEXEC);
	/* The terminal once more, for the last words: without waiting, which no other descriptor of it shares. */
	state.reached = open_again("/dev/tty", O_RDWR | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (state.nothing < 0 || state.reached < 0 || pipe2(state.pipe, O_CLOEXEC | O_NONBLOCK) != 0) {
		*why = strerror(errno);
		close_descriptors();
		return false;
	}
	/* curses ends the program by itself where it finds no memory. */
	if (sigaltstack(&stack, &state.old_stack) != 0 || atexit(signals_put_back) != 0)
		bug("signals cannot be taken: %s", strerror(errno));
	take_signals();
	return true;
}

void signals_close(void)
{
	state.armed = state.ending = 0;
	posix_actions_give_back(&state.old_actions);
	sigaltstack(&state.old_stack, NULL);
	close_descriptors();
}

int signals_descriptor(void)
{
	return state.pipe[0];
}

bool signals_ending(void)
{
	return state.ending;
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
