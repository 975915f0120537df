/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The full-screen front end: the only header of ui/ that the rest of the program sees.
 */
#ifndef SCUPGRADE_UI_H
#define SCUPGRADE_UI_H

#include "wizard/wizard.h"

enum color_mode { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };

struct ui_options {
	enum color_mode color;
	bool ascii;                  /* --ascii */
	bool mouse;                  /* --mouse */
};

/* Runs WIZARD on the controlling terminal. FRONT_NO_TERMINAL: *WHY says why, nothing was drawn. */
enum front_result ui_run(struct wizard *wizard, const struct ui_options *options, int *signal, const char **why);

/* The same without a terminal: keys from SCRIPT (see script.h), pictures and the like to OUT. BAD_LINE gets the
 * number of a line that could not be understood, or 0. */
enum front_result ui_run_script(struct wizard *wizard, const struct ui_options *options, const char *script, int rows,
				int columns, struct strbuf *out, int *signal, unsigned *bad_line);

#endif
