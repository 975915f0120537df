/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What the description of the terminal (terminfo) says, as bytes to send. Of the terminal that curses opened last.
 */
#ifndef SCUPGRADE_SCREEN_WORDS_H
#define SCUPGRADE_SCREEN_WORDS_H

#include "ui/paint.h"

enum { WORD_COLORS = 6, WORD_COUNT = WORD_COLORS + THEME_COLOR_COUNT };

struct words {
	struct strbuf texts[WORD_COUNT];
};

/* The first terminal type that is known and can place the cursor: $TERM, then what most terminals understand. HEIGHT,
 * WIDTH: of the terminal, or the type's where it does not tell its own. NULL: WHY says why. */
const char *words_pick_type(int descriptor, int *height, int *width, const char **why);
/* Adds the capability NAME ("cnorm"), if there is one, without the delays that tputs() would obey. */
void words_add(struct strbuf *out, const char *name);
/* OUT borrows from WORDS. MONO: without colors. Owned: words_clear. */
void words_read(struct words *words, bool mono, struct paint_words *out);
void words_clear(struct words *words);

#endif
