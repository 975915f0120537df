/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Editing one line of text: the only editor of the program, for visible and hidden fields, without a terminal.
 *
 * The text is UTF-8; the cursor stands between characters (a combining mark goes with its base). A hidden editor keeps
 * its text in a struct secret alone, and its word keys go to the ends of the text, so that they do not tell where
 * words are. Offsets are bytes, columns are cells.
 */
#ifndef SCUPGRADE_LINEEDIT_H
#define SCUPGRADE_LINEEDIT_H

#include "core/secret.h"
#include "core/strbuf.h"

struct edit_state;

struct lineedit {
	struct strbuf text;              /* unused when hidden */
	struct secret *hidden;           /* borrowed; NULL: a visible field */
	size_t cursor;                   /* byte offset */
	size_t limit;                    /* most bytes it may hold */
	size_t scroll;                   /* cells that are scrolled away at the left; kept by lineedit_view */
	bool changed;                    /* since lineedit_start */
	bool selected;                   /* what is typed or pasted next replaces all of it */
	bool typing;                     /* the last change was a typed character */
	struct edit_state *past;         /* what EDIT_UNDO goes back to, the latest last */
	size_t past_count;
};

enum edit_key {
	EDIT_LEFT, EDIT_RIGHT, EDIT_HOME, EDIT_END, EDIT_WORD_LEFT, EDIT_WORD_RIGHT,
	EDIT_BACKSPACE, EDIT_DELETE, EDIT_KILL_LINE,     /* Ctrl-U: all before the cursor */
	EDIT_KILL_WORD,                                  /* Ctrl-W: back to the last blank, \ or / */
	EDIT_KILL_END,                                   /* Ctrl-K */
	EDIT_UNDO          /* takes the last change back; what was typed in one go as one */
};

enum edit_result {
	EDIT_DONE,          /* something changed or the cursor moved */
	EDIT_NOTHING,       /* nothing to do (end of text; a typed control or otherwise unsafe character) */
	EDIT_FULL,          /* the limit stands in the way; nothing was inserted */
	EDIT_STRIPPED       /* a paste was inserted without its line feeds and control characters */
};

/* Starts with TEXT (copied), the cursor at its end. LIMIT in bytes. */
void lineedit_start(struct lineedit *edit, const char *text, size_t limit);
/* The same, and EDIT_UNDO goes on where FORMER, which is cleared, was left: also to its text, where TEXT is another. */
void lineedit_resume(struct lineedit *edit, struct lineedit *former, const char *text, size_t limit);
/* Selects the whole text: what is typed or pasted next replaces it, every other key leaves it selected no longer. */
void lineedit_select(struct lineedit *edit);
/* Starts on SECRET, which keeps what it holds. Of it nothing is kept for EDIT_UNDO. */
void lineedit_start_hidden(struct lineedit *edit, struct secret *secret);
void lineedit_clear(struct lineedit *edit);      /* wipes and frees what the editor owns, never the secret */

enum edit_result lineedit_key(struct lineedit *edit, enum edit_key key);
enum edit_result lineedit_code(struct lineedit *edit, uint32_t code);               /* a typed character */
/* One piece; unsafe characters, bad bytes and whole control sequences are left out, and so are the marks of a bracketed
 * paste (without a word). */
enum edit_result lineedit_paste(struct lineedit *edit, const char *bytes, size_t count);

const char *lineedit_text(const struct lineedit *edit);     /* borrowed; "" when hidden */
/* What a field of WIDTH cells (at least 1) shows, added to OUT without padding: the text scrolled so that the cursor is
 * visible, or one '*' per character when hidden (the text itself when REVEAL). An unsafe character shows as '?', half a
 * wide one at the left edge as a blank. Returns the cursor's column within the field, always < WIDTH. */
size_t lineedit_view(struct lineedit *edit, size_t width, bool reveal, struct strbuf *out);

#endif
