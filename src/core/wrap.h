/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Breaks UTF-8 text into lines of at most so many cells, at blanks where it can, inside a word (a long path) where it
 * must. A line feed in the text starts a new line; an empty line stays, so that a text with N line feeds gives at least
 * N + 1 lines. Blanks at the start of a paragraph (an indent) stay, those at a break and at the end do not.
 */
#ifndef SCUPGRADE_WRAP_H
#define SCUPGRADE_WRAP_H

#include "core/arena.h"
#include "core/strbuf.h"

/* Line by line; all borrowed from the text. */
struct wrap {
	const char *at, *end, *behind;   /* the next line, the end of its paragraph without and with blanks */
	size_t width;
};

struct wrap wrap_begin(const char *text, size_t width);
/* The next line, without the blanks at the break; false: there is none. */
bool wrap_next(struct wrap *wrap, const char **line, size_t *length);

struct lines {
	const char **items;      /* in ARENA; without the blanks at the break */
	size_t count;
};

/* WIDTH of 0 counts as 1. */
struct lines wrap_text(struct arena *arena, const char *text, size_t width);

/* Adds TEXT in lines of at most WIDTH cells, those after the first with HANG more blanks than INDENT before them; an
 * empty line has none. Each filtered by text_visible, with its line feed. */
void wrap_put(struct strbuf *out, const char *text, size_t width, size_t indent, size_t hang);

#endif
