/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The plain front end: the wizard line by line, for screen readers, serial lines, TERM=dumb and tests.
 *
 * No cursor movement, no colour, no box characters. Words at any prompt: back, help, list, goto N, save, verify, quit;
 * "?" repeats the hints; a value that equals a word is typed with = before it. End of input is quit with the draft
 * kept.
 */
#ifndef SCUPGRADE_PROMPT_H
#define SCUPGRADE_PROMPT_H

#include "wizard/wizard.h"

struct prompt_options {
	FILE *in, *out;
	bool echo;      /* IN is not a terminal: repeat the answers, so that a transcript is complete */
	unsigned width; /* columns, 80 when unknown */
};

enum front_result prompt_run(struct wizard *wizard, const struct prompt_options *options, int *signal);

#endif
