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
bool digest_equal(const struct digest *a, const struct digest *b);
/* 64 lower-case hex digits and a NUL into TEXT. */
void digest_text(const struct digest *digest, char text[65]);
bool digest_parse(const char *text, struct digest *digest); /* the way back; false: TEXT is no digest */

#endif
