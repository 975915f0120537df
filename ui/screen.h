/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The terminal: the only module that knows curses. Starts and ends it, copies canvases to it, reads keys, survives
 * signals.
 */
#ifndef SCUPGRADE_SCREEN_H
#define SCUPGRADE_SCREEN_H

#include "ui/loop.h"

/* Opens the controlling terminal (standard output stays free). False: *WHY says why, the terminal is as it was. */
bool screen_open(const struct ui_options *options, struct terminal *terminal, const char **why);
void screen_close(struct terminal *terminal);        /* puts the terminal back as it was */
bool screen_is_ascii(const struct terminal *terminal);

#endif
