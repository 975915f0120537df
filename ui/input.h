/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * From what a terminal sends to keys: Alt as a leading Esc, UTF-8, bracketed pastes, unknown sequences swallowed.
 * Pure: bytes come from a function.
 */
#ifndef SCUPGRADE_INPUT_H
#define SCUPGRADE_INPUT_H

#include "core/lockbuf.h"
#include "ui/keys.h"

#define INPUT_NOTHING (-1)      /* nothing is there now */
#define INPUT_PASTE 0xFFF       /* a bracketed paste starts */
#define INPUT_KEY 0x1000        /* + enum key_name: a key that was recognized already */
#define INPUT_PASTE_MOST (64u * 1024u)

struct input {
	int (*next)(void *data);         /* a byte, INPUT_PASTE, INPUT_KEY + name, or INPUT_NOTHING; does not wait */
	int (*byte)(void *data);         /* a raw byte, waiting a little; or INPUT_NOTHING */
	void *data;
	int pushed;                      /* one that was read too early; 0: none */
	struct lockbuf paste;            /* it may be a password: locked, and wiped before anything else is read */
};

/* Sequences that terminals send for a key whatever their entry in the data base says. Ends with NULL. */
struct input_sequence {
	const char *bytes;
	enum key_name name;
};
extern const struct input_sequence input_sequences[];

enum input_result { INPUT_EMPTY, INPUT_SWALLOWED, INPUT_GOT };

/* The next key. INPUT_SWALLOWED: something came that is no key. A paste is borrowed until the next call. */
enum input_result input_read(struct input *input, struct key *key);
void input_clear(struct input *input);

#endif
