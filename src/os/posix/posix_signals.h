/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Which signals are an end: for the three that put a terminal back or keep answers when one comes (a session line by
 * line, a password that is asked for, the full screen).
 */
#ifndef SCUPGRADE_POSIX_SIGNALS_H
#define SCUPGRADE_POSIX_SIGNALS_H

#include "core/base.h"

#include <signal.h>

enum { POSIX_SIGNALS = 65 };         /* above every number there is */

/* Every one that would end the program unless it is taken: an end that is asked for. Not those of a crash, not KILL,
 * not those that the program ignores for good (PIPE, XFSZ). */
bool posix_signal_ends(int number);
/* The program itself cannot go on: nothing but the terminal is put back. */
bool posix_signal_crashes(int number);

/* The actions that were there before; all zero at first. */
struct posix_actions {
	struct sigaction before[POSIX_SIGNALS];
	bool taken[POSIX_SIGNALS];
};

/* HANDLER for every signal that WANTED names, with MASK while it runs and FLAGS, beside what ACTIONS has taken already.
 * Blocked meanwhile, or HANDLER may see one that is ignored: what the caller of the program ignores (nohup) stays
 * ignored, and what the system keeps for itself stays its own. */
void posix_actions_take(struct posix_actions *actions, bool (*wanted)(int number), void (*handler)(int), int flags,
			const sigset_t *mask);
void posix_actions_give_back(struct posix_actions *actions);
/* Adds every signal that WANTED names to SET. */
void posix_signals_add(sigset_t *set, bool (*wanted)(int number));

#endif
