/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * A sheet of any height that a view draws on, and the window through which a part of it is seen: scrolling for
 * everything that is not a plain list. Plain lists have struct listing: a pointer and a first visible row, so that only
 * what is visible is drawn.
 */
#ifndef SCUPGRADE_SHEET_H
#define SCUPGRADE_SHEET_H

#include "ui/canvas.h"
#include "ui/keys.h"
#include "ui/view.h"

struct sheet {
	struct canvas canvas; /* draw here, after sheet_reserve */
	int rows;             /* used so far: the height of what is drawn */
};

void sheet_init(struct sheet *sheet, int columns, bool ascii);
void sheet_clear(struct sheet *sheet); /* wipes: a revealed password may have been drawn */
/* Makes room for rows up to ROW (exclusive) and counts them as used. */
void sheet_reserve(struct sheet *sheet, int row);
/* One line of text at ROW; reserves it. Returns the cells used. */
int sheet_text(struct sheet *sheet, int row, int column, int width, enum role role, const char *text);
/* TEXT wrapped to WIDTH cells from ROW on. Returns the number of lines. */
int sheet_wrap(struct sheet *sheet, int row, int column, int width, enum role role, const char *text);
/* Copies the part of SHEET that fits RECT to CANVAS, cursor and areas too. *FIRST is the first row shown; it moves as
 * little as possible so that the rows FROM to TO (exclusive) are seen, FROM before all. Marks at the right edge say
 * that there is more. */
void sheet_show(const struct sheet *sheet, struct canvas *canvas, struct rect rect, int *first, int from, int to);

/* ---- plain lists ---- */

struct listing {
	size_t at, first; /* the pointer, the first visible row */
	size_t room;      /* visible rows when it was last drawn */
};

/* Keeps the pointer in the list and visible in ROOM rows. */
void listing_fit(struct listing *listing, size_t count, size_t room);
/* Up, Down, the page keys, Home and End. Past the ends: VIEW_PAST_START and VIEW_PAST_END (page keys stop there). */
enum view_result listing_key(struct listing *listing, size_t count, const struct key *key);
/* Marks at the right end of RECT, which shows the visible rows. */
void listing_marks(const struct listing *listing, size_t count, struct canvas *canvas, struct rect rect);

/* ---- what several views say ---- */

/* A finding at ROW: symbol and text, the hint on the next line. Returns the number of lines. */
int sheet_finding(struct sheet *sheet, int row, int column, int width, const struct diag *diag);
/* "pre-upgrade tasks [OURS]" with its certainty in words; returns the role it is shown in. */
enum role source_words(struct strbuf *out, const char *source);
/* "2 servers": COUNT and NOUN, with an s unless COUNT is 1. */
void put_count(struct strbuf *out, size_t count, const char *noun);

#endif
