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

bool signals_open(const char **why);         /* takes INT, TERM, HUP, QUIT, WINCH, TSTP, CONT and the crashes */
void signals_close(void);                    /* what was there before, again */
int signals_descriptor(void);                /* readable while signals_next() has something */
int signals_next(void);                      /* the number of one that came; 0: none */
void signals_stop(void);                     /* stops the process as Ctrl-Z does; returns when it goes on */

/* What a crash or die() does to the terminal: RESET (copied, at most 512 bytes) is written and SAVED is set. */
void signals_arm(int terminal, const struct termios *saved, const char *reset);
void signals_put_back(void);                 /* does it now, at most once after signals_arm */

#endif
