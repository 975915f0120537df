/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * POSIX: which signals are an end, and taking them all.
 */
#include "os/posix/posix_signals.h"

#include "os/posix/posix.h"

#include <errno.h>

bool posix_signal_crashes(int number)
{
	static const int crashes[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGSYS, SIGABRT };

	for (size_t i = 0; i < ARRAY_LEN(crashes); i++) {
		if (crashes[i] == number)
			return true;
	}
	return false;
}

bool posix_signal_ends(int number)
{
	/* Those that stop, go on or do nothing, those that nobody can take, and what posix_start.c ignores. */
	static const int others[] = { SIGKILL, SIGSTOP, SIGTSTP, SIGTTIN, SIGTTOU, SIGCONT, SIGCHLD, SIGURG,
#ifdef SIGWINCH
				      SIGWINCH,
#endif
				      SIGPIPE, SIGXFSZ };

	for (size_t i = 0; i < ARRAY_LEN(others); i++) {
		if (others[i] == number)
			return false;
	}
	return number > 0 && number < POSIX_SIGNALS && !posix_signal_crashes(number);
}

void posix_actions_take(struct posix_actions *actions, bool (*wanted)(int number), void (*handler)(int), int flags,
			const sigset_t *mask)
{
	struct sigaction action = { .sa_handler = handler, .sa_flags = flags, .sa_mask = *mask };

	for (int number = 1; number < POSIX_SIGNALS; number++) {
		struct sigaction *before = &actions->before[number];

		/* Numbers without a signal, and those that the C library uses itself. */
		if (!wanted(number) || sigaction(number, &action, before) != 0)
			continue;
		actions->taken[number] = before->sa_handler != SIG_IGN || posix_signal_crashes(number);
		/* One that came meanwhile is dropped with this. */
		if (!actions->taken[number])
			posix_must(sigaction(number, before, NULL), "sigaction");
	}
}

void posix_actions_give_back(struct posix_actions *actions)
{
	for (int number = 1; number < POSIX_SIGNALS; number++) {
		if (actions->taken[number])
			posix_must(sigaction(number, &actions->before[number], NULL), "sigaction");
		actions->taken[number] = false;
	}
}

void posix_signals_add(sigset_t *set, bool (*wanted)(int number))
{
	for (int number = 1; number < POSIX_SIGNALS; number++) {
		if (wanted(number))
			(void)sigaddset(set, number);         /* fails for numbers without a signal */
	}
}
