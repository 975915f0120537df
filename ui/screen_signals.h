/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Signals while the screen is open. Those that end or resize come out of a pipe, one by one, to be handled in peace;
 * those of a crash put the terminal back by a string that was prepared before. One screen at a time: a handler has no
 * other way to its data than this module's own.
 */
#ifndef SCUPGRADE_SCREEN_SIGNALS_H
#define SCUPGRADE_SCREEN_SIGNALS_H

#include "core/base.h"

struct termios;

/* Takes every signal that asks for an end, WINCH, TSTP, CONT and the crashes. After one that asks for an end nothing
 * that is drawn reaches the terminal any more: signals_put_back() is the way out then. */
bool signals_open(const char **why);
void signals_close(void);                    /* what was there before, again */
int signals_descriptor(void);                /* readable while signals_next() has something */
int signals_next(void);                      /* the number of one that came; 0: none */
bool signals_ending(void);                   /* one came that asks for an end */
void signals_stop(void);                     /* stops the process as Ctrl-Z does; returns when it goes on */

/* What a crash, die() or an end by signal does to the terminal: RESET (copied, at most 512 bytes) is written, SAVED is
 * set. */
void signals_arm(int terminal, const struct termios *saved, const char *reset);
void signals_put_back(void);                 /* does it now, at most once after signals_arm */

#endif
