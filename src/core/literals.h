/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Many words looked for at once: one pass over the text, whatever their number (Aho and Corasick's automaton as a
 * table). ASCII letters count without case, a tab as a blank.
 */
#ifndef SCUPGRADE_LITERALS_H
#define SCUPGRADE_LITERALS_H

#include "core/base.h"

#define LITERAL_LONGEST 255u

struct literals;

/* WORDS[i] for i below COUNT, of 1 to LITERAL_LONGEST bytes each; the same word may stand there several times. Words
 * are copied. Owned: free with literals_free. */
struct literals *literals_new(const char *const *words, size_t count);
void literals_free(struct literals *literals);          /* NULL is fine */

/* Word number WORD ends before TEXT[END]. */
typedef void literal_found_fn(void *data, size_t word, size_t end);

/* Every place of every word that lies wholly in TEXT, by their ends, in order. Time: LENGTH and what is found. */
void literals_scan(const struct literals *literals, const char *text, size_t length, literal_found_fn *found,
		   void *data);

#endif
