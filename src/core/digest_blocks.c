/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The rounds of SHA-256 as in FIPS 180-4, in C for every processor and, where the compiler can ask for them when the
 * program runs, with the instructions that x86 has for them: some five times as fast.
 */
#include "core/digest_blocks.h"

/* From 11 on gcc asks for "sha" itself; clang 14 does not know that name, and takes the way in C. */
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && __GNUC__ >= 11
#include <immintrin.h>
#define HAS_SHA_INSTRUCTIONS 1
#else
#define HAS_SHA_INSTRUCTIONS 0
#endif

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

void digest_blocks_portable(uint32_t state[8], const unsigned char *at, size_t count)
{
	for (; count; count--, at += DIGEST_BLOCK)
		add_block(state, at);
}

#if HAS_SHA_INSTRUCTIONS

/* Their order of the letters: a, b, e, f in one register, c, d, g, h in the other. Four rounds a turn. */
__attribute__((target("sha,sse4.1"))) static void add_with_instructions(uint32_t state[8], const unsigned char *at,
									 size_t count)
{
	const __m128i swap = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
	__m128i low = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)state), 0xb1);
	__m128i high = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)(state + 4)), 0x1b);
	__m128i abef = _mm_alignr_epi8(low, high, 8), cdgh = _mm_blend_epi16(high, low, 0xf0);
	__m128i words[16], sum, abef_before, cdgh_before;
	unsigned i;

	for (; count; count--, at += DIGEST_BLOCK) {
		abef_before = abef;
		cdgh_before = cdgh;
		for (i = 0; i < 4; i++)
			words[i] = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(at + i * 16)), swap);
		for (; i < 16; i++) {
			sum = _mm_add_epi32(_mm_sha256msg1_epu32(words[i - 4], words[i - 3]),
					    _mm_alignr_epi8(words[i - 1], words[i - 2], 4));
			words[i] = _mm_sha256msg2_epu32(sum, words[i - 1]);
		}
		for (i = 0; i < 16; i++) {
			sum = _mm_add_epi32(words[i], _mm_loadu_si128((const __m128i *)(constants + i * 4)));
			cdgh = _mm_sha256rnds2_epu32(cdgh, abef, sum);
			abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(sum, 0x0e));
		}
		abef = _mm_add_epi32(abef, abef_before);
		cdgh = _mm_add_epi32(cdgh, cdgh_before);
	}
	low = _mm_shuffle_epi32(abef, 0x1b);
	high = _mm_shuffle_epi32(cdgh, 0xb1);
	_mm_storeu_si128((__m128i *)state, _mm_blend_epi16(low, high, 0xf0));
	_mm_storeu_si128((__m128i *)(state + 4), _mm_alignr_epi8(high, low, 8));
}

#endif

void digest_blocks(uint32_t state[8], const unsigned char *at, size_t count)
{
#if HAS_SHA_INSTRUCTIONS
	if (__builtin_cpu_supports("sha") && __builtin_cpu_supports("sse4.1")) {
		add_with_instructions(state, at, count);
		return;
	}
#endif
	digest_blocks_portable(state, at, count);
}
