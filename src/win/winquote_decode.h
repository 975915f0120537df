/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Reading our own command lines back, for winquote.c only.
 *
 * The readers are stricter than Windows: whatever the C runtime, CommandLineToArgvW, cmd.exe or PowerShell might read
 * in two ways is not read at all. They share no code with the encoders.
 */
#ifndef SCUPGRADE_WINQUOTE_DECODE_H
#define SCUPGRADE_WINQUOTE_DECODE_H

#include "core/strbuf.h"
#include "win/winquote.h"

#define WINQUOTE_PASSWORD "<password>"
#define WINQUOTE_PRODUCT_KEY "<product-key>"

/* Words that may hold passwords. The zero state is valid and empty. */
struct line_words {
	struct strbuf *items;
	size_t count, room;
	size_t placeholders;      /* bare ones seen by a shell; always 0 for an argv line */
};

struct strbuf *line_words_add(struct line_words *words);     /* a new empty word; borrowed until the next one */
void line_words_clear(struct line_words *words);             /* wipes, then frees */

/* Adds to WORDS what the started program receives from LINE, the program first. False: LINE is nothing that every
 * reader of that kind reads in the same way, and WORDS holds rubbish. */
bool winquote_decode(struct line_words *words, const char *line, enum shell shell, enum word_reader reader);

#endif
