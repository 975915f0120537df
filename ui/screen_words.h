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

/* Whether it can place the cursor. */
bool words_place(void);
/* Adds the capability NAME ("cnorm"), if there is one, without the delays that tputs() would obey. */
void words_add(struct strbuf *out, const char *name);
/* For a terminal without another screen to go back to, of so many ROWS: clears the last one, where the shell goes
 * on. */
void words_leave(struct strbuf *out, int rows);
/* OUT borrows from WORDS. MONO: without colors. Owned: words_clear. */
void words_read(struct words *words, bool mono, struct paint_words *out);
void words_clear(struct words *words);

#endif
