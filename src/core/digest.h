/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * SHA-256 of bytes: the identity of a plan and of what was written.
 */
#ifndef SCUPGRADE_DIGEST_H
#define SCUPGRADE_DIGEST_H

#include "core/base.h"

struct digest {
	unsigned char bytes[32];
};

struct digest digest_of(const void *bytes, size_t count);
/* The same in pieces, for what need not be in memory at once. */
enum { DIGEST_BLOCK = 64 };
struct digester {
	uint32_t state[8];
	unsigned char block[DIGEST_BLOCK]; /* what was added behind the last whole one */
	uint64_t count;
};
void digest_begin(struct digester *digester);
void digest_add(struct digester *digester, const void *bytes, size_t count);
struct digest digest_end(struct digester *digester); /* nothing can be added after it */
bool digest_equal(const struct digest *a, const struct digest *b);
/* 64 lower-case hex digits and a NUL into TEXT. */
void digest_text(const struct digest *digest, char text[65]);
bool digest_parse(const char *text, struct digest *digest); /* the way back; false: TEXT is no digest */

#endif
