/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * UTF-8 text: decoding, widths in terminal cells, and the one filter that stands between foreign text and a terminal,
 * a file or a log. Depends on no locale, so that the same text has the same width everywhere.
 */
#ifndef SCUPGRADE_TEXT_H
#define SCUPGRADE_TEXT_H

#include "core/strbuf.h"

#define TEXT_BAD 0xFFFFFFFFu   /* what text_next gives for a byte that starts no valid sequence */

/* Decodes the code point at *AT (before END), moves *AT behind it and returns it. A byte that starts no valid sequence
 * (overlong, surrogate, beyond U+10FFFF, cut off) gives TEXT_BAD and moves by one. Call only while *AT < END. */
uint32_t text_next(const char **at, const char *end);

/* Bit 7 of some byte of the result is set exactly when one of the eight bytes of WORD, all ASCII, is C. */
static inline uint64_t text_word_has(uint64_t word, unsigned char c)
{
	const uint64_t ones = 0x0101010101010101u;

	return (word ^ ones * c) - ones;
}

/* Whether the eight bytes at AT are all printable ASCII: no high bit, none below a blank, no DEL. */
static inline bool text_is_plain_word(const char *at)
{
	const uint64_t ones = 0x0101010101010101u, highs = 0x8080808080808080u;
	uint64_t word;

	memcpy(&word, at, sizeof(word));
	return ((word | (word - ones * 0x20) | text_word_has(word, 0x7F)) & highs) == 0;
}

bool text_is_utf8(const char *text, size_t length);
size_t text_utf16_length(const char *text);            /* in UTF-16 code units, as Windows counts */

struct text_range {
	uint32_t first, last;
};

/* Whether CODE is in one of the COUNT RANGES, which are in order. */
bool text_in_ranges(uint32_t code, const struct text_range *ranges, size_t count);

/* True for code points that no value may hold and no terminal may see raw: C0, DEL, C1, bidi and zero-width marks,
 * variation selectors, private use, noncharacters and the others that hide or turn text around
 * (SECURITY). */
bool text_is_unsafe(uint32_t code);
/* The first unsafe code point (or TEXT_BAD, for a NUL byte too) of the LENGTH bytes at TEXT, or 0; *OFFSET gets its
 * byte offset. Fast for plain ASCII. */
uint32_t text_find_unsafe(const char *text, size_t length, size_t *offset);

/* The first blank from AT up to END that is none to a program: no-break, em, ideographic and the like, as pasted from
 * documents. NULL: none. *CODE gets it. */
const char *text_find_odd_blank(const char *at, const char *end, uint32_t *code);
#define ODD_BLANK "There is a blank of another kind (U+%04X) where an ordinary one belongs" /* CODE; no full stop */
#define ODD_BLANK_HINT "Write ordinary blanks: this came from a document or a web page."

/* Adds TEXT to OUT with every unsafe code point as \u{202E} (at least four digits) and every bad byte as \x{FF}. Line
 * feeds too: one line in, one line out. Everything that reaches a terminal or a message passes here. */
void text_visible(struct strbuf *out, const char *text);
void text_visible_part(struct strbuf *out, const char *text, size_t length);    /* the same for so many bytes */

int text_width(uint32_t code);                          /* cells: 0 (combining), 1 or 2; unsafe ones count 1 */
size_t text_cells(const char *text);                    /* cells of a whole text */
/* Adds as much of TEXT as fits WIDTH cells; when it does not fit, the last cell is the ellipsis ("…", "~" when ASCII).
 * With FROM_LEFT the start is cut instead of the end. Filters as text_visible. */
void text_fit(struct strbuf *out, const char *text, size_t width, bool from_left, bool ascii);

int text_compare_fold(const char *a, const char *b);    /* ASCII letters without case, as Windows names are compared */
bool text_equal_fold(const char *a, const char *b);
bool text_contains_fold(const char *haystack, const char *needle);

/* The candidate nearest to WORD (edit distance at most 2, two swapped letters counting once, and less than half the
 * length of WORD; the first of several), or NULL. Without case. For "did you mean". CANDIDATES ends with NULL. */
const char *text_nearest(const char *word, const char *const *candidates);

#endif
