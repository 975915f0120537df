/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * SHA-256 as in FIPS 180-4: what goes before and after the blocks.
 */
#include "core/digest.h"

#include "core/digest_blocks.h"

enum { BLOCK = DIGEST_BLOCK };

void digest_begin(struct digester *digester)
{
	/* The fractions of the square roots of the first eight primes. */
	*digester = (struct digester){ .state = { 0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f,
						  0x9b05688c, 0x1f83d9ab, 0x5be0cd19 } };
}

void digest_add(struct digester *digester, const void *bytes, size_t count)
{
	size_t begun = digester->count % BLOCK, room = BLOCK - begun;
	const unsigned char *at = bytes;

	digester->count += count;
	if (begun && count >= room) {
		memcpy(digester->block + begun, at, room);
		digest_blocks(digester->state, digester->block, 1);
		at += room;
		count -= room;
		begun = 0;
	}
	if (count >= BLOCK) {
		digest_blocks(digester->state, at, count / BLOCK);
		at += count - count % BLOCK;
		count %= BLOCK;
	}
	if (count)
		memcpy(digester->block + begun, at, count);
}

struct digest digest_end(struct digester *digester)
{
	static const unsigned char fill[BLOCK] = { 0x80 };
	uint64_t bits = digester->count * 8;
	unsigned char length[8];
	struct digest digest;

	for (size_t i = sizeof(length); i--; bits >>= 8)
		length[i] = (unsigned char)bits;
	/* One byte at least, and so many that the length ends a block. */
	digest_add(digester, fill, BLOCK - (digester->count + sizeof(length)) % BLOCK);
	digest_add(digester, length, sizeof(length));
	for (size_t i = 0; i < sizeof(digest.bytes); i++)
		digest.bytes[i] = (unsigned char)(digester->state[i / 4] >> (24 - i % 4 * 8));
	return digest;
}

struct digest digest_of(const void *bytes, size_t count)
{
	struct digester digester;

	digest_begin(&digester);
	digest_add(&digester, bytes, count);
	return digest_end(&digester);
}

bool digest_equal(const struct digest *a, const struct digest *b)
{
	return memcmp(a->bytes, b->bytes, sizeof(a->bytes)) == 0;
}

void digest_text(const struct digest *digest, char text[65])
{
	static const char digits[] = "0123456789abcdef";
	size_t i;

	for (i = 0; i < sizeof(digest->bytes); i++) {
		text[i * 2] = digits[digest->bytes[i] >> 4];
		text[i * 2 + 1] = digits[digest->bytes[i] & 15];
	}
	text[64] = '\0';
}

static int hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool digest_parse(const char *text, struct digest *digest)
{
	if (strlen(text) != 2 * sizeof(digest->bytes))
		return false;
	for (size_t i = 0; i < sizeof(digest->bytes); i++) {
		int high = hex_value(text[2 * i]), low = hex_value(text[2 * i + 1]);

		if (high < 0 || low < 0)
			return false;
		digest->bytes[i] = (unsigned char)(high << 4 | low);
	}
	return true;
}
