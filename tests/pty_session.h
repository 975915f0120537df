/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What the two sources of the pseudo-terminal harness share.
 */
#ifndef SCUPGRADE_TESTS_PTY_SESSION_H
#define SCUPGRADE_TESTS_PTY_SESSION_H

#include <sys/resource.h>
#include <sys/types.h>
#include <termios.h>
#include <vterm.h>

#include "core/strbuf.h"
#include "pty.h"

struct session {
	int master, slave;
	pid_t pid;
	bool ended;
	int status;             /* of the ended program */
	struct rusage usage;
	struct termios before;
	VTerm *vterm;
	VTermScreen *screen;
	int rows, cols;
	bool cursor_visible;
	unsigned switches;
	struct strbuf output, text;
};

/* Reads what has come, without waiting. */
void session_take_output(struct session *session);
/* Ends the process: WHAT failed, for the reason in errno. */
NORETURN void session_cannot(const char *what);

#endif
