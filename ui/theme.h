/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * How roles look: colour and attributes as plain data, without curses. Default colours and four accents (red, green,
 * cyan, magenta); nothing is said by colour alone.
 */
#ifndef SCUPGRADE_THEME_H
#define SCUPGRADE_THEME_H

#include "ui/canvas.h"

enum theme_color { THEME_DEFAULT, THEME_RED, THEME_GREEN, THEME_CYAN, THEME_MAGENTA, THEME_COLOR_COUNT };

struct look {
	enum theme_color color;
	bool bold, dim, reverse, underline;
};

/* MONO: no colour; what colour would tell apart differs by attribute. */
struct look theme_look(enum role role, bool mono);
char theme_letter(enum role role);           /* for canvas_dump */

#endif
