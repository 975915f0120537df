/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * A program on a pseudo-terminal, and the screen that it draws there, for end-to-end tests and the bench. The terminal
 * is libvterm's. Nothing here sleeps: every wait reads what the program sends until a state is reached or a deadline
 * passes, and says on standard error what the screen showed when it was not. What cannot go on at all (no terminal, an
 * unknown key name) ends the process.
 */
#ifndef SCUPGRADE_TESTS_PTY_H
#define SCUPGRADE_TESTS_PTY_H

#include <sys/types.h>

#include "core/base.h"

#define SESSION_PATIENCE 10000       /* ms: a deadline for tests, generous enough for a busy machine with sanitizers */

struct session;

struct session_options {
	int rows, cols;                  /* 0: 24 rows, 80 columns */
	const char *const *argv;         /* ends with NULL; argv[0] is searched for in PATH */
	const char *const *environment;  /* NULL, or ends with NULL: "NAME=VALUE" sets, "NAME" removes */
	const char *folder;              /* working folder; NULL: ours */
	/* NULL: the terminal. Else the stream is this file; the terminal stays the controlling one. Output files are
	 * made anew. */
	const char *input_file, *output_file, *error_file;
};

/* Owned: end with session_end, which kills what still runs. Unless the options say otherwise TERM is xterm-256color and
 * the locale C.UTF-8. */
struct session *session_start(const struct session_options *options);
void session_end(struct session *session);

/* Types TEXT as it stands: "text", "\033[A", "\r". */
void session_send(struct session *session, const char *text);
/* Presses a key by name, as the terminal in its present mode sends it: one character, or "Enter", "Esc", "Tab",
 * "Space", "Backspace", "Delete", "Insert", "Up", "Down", "Left", "Right", "Home", "End", "PageUp", "PageDown", "F1" to
 * "F12", each after any of "Ctrl-", "Alt-", "Shift-". */
void session_key(struct session *session, const char *name);
void session_resize(struct session *session, int rows, int cols);
void session_signal(struct session *session, int number);
/* Takes the terminal away, as a lost connection does. Only session_wait_exit and session_end make sense after it. */
void session_hang_up(struct session *session);
/* The terminal takes no more output, as after Ctrl-S: the program waits in its next write. Nothing that waits for the
 * screen makes sense until it goes on. */
void session_stop_output(struct session *session);
/* Types TEXT without looking at the output, and waits until the program has read all but its last character. False: it
 * did not. */
bool session_type_blindly(struct session *session, const char *text, int ms);

/* True when TEXT stands in a row of the screen within MS milliseconds. False, after showing the screen, when it does
 * not, or the program ended first without showing it. */
bool session_wait_text(struct session *session, const char *text, int ms);
bool session_wait_gone(struct session *session, const char *text, int ms);
bool session_wait_cursor(struct session *session, int row, int col, int ms);
/* True when nothing came for QUIET milliseconds; false when the program never stopped sending within MS. */
bool session_wait_quiet(struct session *session, int quiet, int ms);
/* Waits for the end of the program. STATUS (may be NULL) is its exit status, or 128 plus the signal that ended it. */
bool session_wait_output(struct session *session, size_t sent, int ms); /* more than SENT bytes in all */
bool session_wait_exit(struct session *session, int *status, int ms);
bool session_has_ended(struct session *session); /* without waiting, and without a word */
void session_listen(struct session *session, int ms); /* takes what comes within that time, if anything does */

/* The rows of the screen, each without trailing blanks and with a final newline. Borrowed until the next call. */
const char *session_screen(struct session *session);
/* One row of it, from 0, without the newline. Borrowed until the next call. */
const char *session_row(struct session *session, int row);

struct session_cell {
	char text[32];                   /* UTF-8, "" for the right half of a wide character */
	bool bold, underline, reverse, coloured;
};
struct session_cell session_cell(const struct session *session, int row, int col);

struct session_cursor {
	int row, col;                    /* from 0 */
	bool visible;
};
struct session_cursor session_cursor(const struct session *session);

/* All bytes that the program sent to the terminal so far. Borrowed until the next wait. LENGTH may be NULL. */
const char *session_output(const struct session *session, size_t *length);
size_t session_output_length(const struct session *session);
/* How often the program went to or came back from the alternate screen. */
unsigned session_screen_switches(const struct session *session);
/* Colour sequences (SGR 30 to 38, 40 to 48, 90 to 107) among them. */
unsigned session_colours(const struct session *session);

/* True when the terminal is as it was before: line settings, primary screen, visible cursor, plain attributes, no
 * mouse, no bracketed paste, cursor keys and keypad in their normal mode. Else says on standard error what is not. */
bool session_terminal_sane(struct session *session);

pid_t session_pid(const struct session *session);
bool session_echoes(const struct session *session);   /* the terminal echoes what is typed */
/* Once it has ended: its largest resident set in KiB, its processor time in ms. */
long session_peak_kib(const struct session *session);
double session_cpu_ms(const struct session *session);

#endif
