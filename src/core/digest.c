/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * SHA-256 as in FIPS 180-4.
 */
#include "core/digest.h"

enum { BLOCK = DIGEST_BLOCK };

static uint32_t rotated(uint32_t value, unsigned bits)
{
	return value >> bits | value << (32 - bits);
}

static uint32_t big_endian(const unsigned char *at)
{
	return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

/* One of the 64 rounds. Which letter is which moves on by one with each, and after eight they are back. */
static inline void add_round(uint32_t a, uint32_t b, uint32_t c, uint32_t *d, uint32_t e, uint32_t f, uint32_t g,
			     uint32_t *h, uint32_t word)
{
	uint32_t one = *h + (rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)) + (g ^ (e & (f ^ g))) + word;

	*d += one;
	*h = one + (rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)) + ((a & b) | (c & (a | b)));
}

static void add_block(uint32_t state[8], const unsigned char *block)
{
	/* The fractions of the cube roots of the first 64 primes. */
	static const uint32_t constants[64] = {
		0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
		0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
		0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
		0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
		0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
		0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
		0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
		0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2
	};
	uint32_t a = state[0], b = state[1], c = state[2], d = state[3], e = state[4], f = state[5], g = state[6];
	uint32_t h = state[7], words[64], one, two;
	unsigned i;

	for (i = 0; i < 16; i++)
		words[i] = big_endian(block + i * 4);
	for (; i < 64; i++) {
		one = rotated(words[i - 15], 7) ^ rotated(words[i - 15], 18) ^ words[i - 15] >> 3;
		two = rotated(words[i - 2], 17) ^ rotated(words[i - 2], 19) ^ words[i - 2] >> 10;
		words[i] = words[i - 16] + one + words[i - 7] + two;
	}
	for (i = 0; i < 64; i++)
		words[i] += constants[i];
	for (i = 0; i < 64; i += 8) {
		add_round(a, b, c, &d, e, f, g, &h, words[i]);
		add_round(h, a, b, &c, d, e, f, &g, words[i + 1]);
		add_round(g, h, a, &b, c, d, e, &f, words[i + 2]);
		add_round(f, g, h, &a, b, c, d, &e, words[i + 3]);
		add_round(e, f, g, &h, a, b, c, &d, words[i + 4]);
		add_round(d, e, f, &g, h, a, b, &c, words[i + 5]);
		add_round(c, d, e, &f, g, h, a, &b, words[i + 6]);
		add_round(b, c, d, &e, f, g, h, &a, words[i + 7]);
	}
	state[0] += a;
	state[1] += b;
	state[2] += c;
	state[3] += d;
	state[4] += e;
	state[5] += f;
	state[6] += g;
	state[7] += h;
}

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
		add_block(digester->state, digester->block);
		at += room;
		count -= room;
		begun = 0;
	}
	for (; count >= BLOCK; count -= BLOCK, at += BLOCK)
		add_block(digester->state, at);
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
