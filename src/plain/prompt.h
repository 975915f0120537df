/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The plain front end: the wizard line by line, for screen readers, serial lines, TERM=dumb and tests. Layer 4.
 *
 * No cursor movement, no colour, no box characters. Words at any prompt: back, help, list, goto N, save, verify, quit;
 * "?" repeats the hints; a value that equals a word is typed with = before it. End of input is quit with the draft
 * kept.
 */
#ifndef SCUPGRADE_PROMPT_H
#define SCUPGRADE_PROMPT_H

#include "wizard/wizard.h"

enum front_result {
	FRONT_FINISHED,    /* everything is written */
	FRONT_LEFT,        /* left without finishing; the draft is kept or was given up */
	FRONT_NO_TERMINAL, /* cannot start; WHY says why */
	FRONT_SIGNAL       /* ended by a signal: number in *SIGNAL; the draft is saved */
};

struct prompt_options {
	FILE *in, *out;
	bool echo;      /* IN is not a terminal: repeat the answers, so that a transcript is complete */
	unsigned width; /* columns, 80 when unknown */
};

enum front_result prompt_run(struct wizard *wizard, const struct prompt_options *options, int *signal);

#endif
