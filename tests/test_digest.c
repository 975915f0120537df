/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Tests of SHA-256: the published vectors, and every way the last block can end.
 */
#include "helpers.h"

#include "core/digest_blocks.h"

static void assert_digest(const char *label, const char *expected, const void *bytes, size_t count)
{
	struct digest digest = digest_of(bytes, count);
	char text[65];

	digest_text(&digest, text);
	assert_text(label, expected, text);
}

static void test_digest_of__published_vectors__equal(void **state)
{
	char *million = xrealloc(NULL, 1000000);

	(void)state;
	memset(million, 'a', 1000000);
	assert_digest("nothing", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", NULL, 0);
	assert_digest("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", "abc", 3);
	assert_digest("448 bits", "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
		      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 56);
	assert_digest("896 bits", "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1",
		      "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmno"
		      "ijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu", 112);
	assert_digest("a million", "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0", million,
		      1000000);
	free(million);
}

static void test_digest_of__lengths_around_the_block__equal(void **state)
{
	/* Of so many letters a, by another program. */
	static const struct {
		size_t count;
		const char *expected;
	} cases[] = {
		{ 55, "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318" },
		{ 56, "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a" },
		{ 57, "f13b2d724659eb3bf47f2dd6af1accc87b81f09f59f2b75e5c0bed6589dfe8c6" },
		{ 63, "7d3e74a05d7db15bce4ad9ec0658ea98e3f06eeecf16b4c6fff2da457ddc2f34" },
		{ 64, "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb" },
		{ 65, "635361c48bb9eab14198e76ea8ab7f1a41685d6ad62aa9146d301d4f17eb0ae0" },
		{ 119, "31eba51c313a5c08226adf18d4a359cfdfd8d2e816b13f4af952f7ea6584dcfb" },
		{ 120, "2f3d335432c70b580af0e8e1b3674a7c020d683aa5f73aaaedfdc55af904c21c" },
		{ 127, "c57e9278af78fa3cab38667bef4ce29d783787a2f731d4e12200270f0c32320a" },
		{ 128, "6836cf13bac400e9105071cd6af47084dfacad4e5e302c94bfed24e013afb73e" },
		{ 129, "c12cb024a2e5551cca0e08fce8f1c5e314555cc3fef6329ee994a3db752166ae" },
		{ 1000, "41edece42d63e8d9bf515a9ba6932e1c20cbc9f5a5d134645adb5db1b9737ea3" },
	};
	char text[1000];
	size_t i;

	(void)state;
	memset(text, 'a', sizeof(text));
	for (i = 0; i < ARRAY_LEN(cases); i++)
		assert_digest("length", cases[i].expected, text, cases[i].count);
}

/* Pieces of every length, so that each place in a block is a seam: the same as at once. */
static void test_digest_add__pieces__as_at_once(void **state)
{
	unsigned char text[300];
	struct digest whole, pieces;
	struct digester digester;

	(void)state;
	for (size_t i = 0; i < sizeof(text); i++)
		text[i] = (unsigned char)(i * 7);
	whole = digest_of(text, sizeof(text));
	for (size_t piece = 1; piece < 140; piece++) {
		digest_begin(&digester);
		for (size_t at = 0; at < sizeof(text); at += piece)
			digest_add(&digester, text + at, sizeof(text) - at < piece ? sizeof(text) - at : piece);
		pieces = digest_end(&digester);
		assert_true(digest_equal(&whole, &pieces));
	}
}

enum { RANDOM_BYTES = 300, FILL = 72 };

static void fill_random(unsigned char *bytes, size_t count)
{
	uint32_t random = 1;

	for (size_t i = 0; i < count; i++) {
		random = random * 1664525 + 1013904223;
		bytes[i] = (unsigned char)(random >> 24);
	}
}

/* Any state, any bytes, at any address: the way that this processor takes, beside the one that all of them can. */
static void test_digest_blocks__against_portable__equal(void **state)
{
	unsigned char bytes[16 + 9 * DIGEST_BLOCK];

	(void)state;
	fill_random(bytes, sizeof(bytes));
	for (size_t offset = 0; offset < 16; offset++) {
		for (size_t count = 0; count < 9; count++) {
			uint32_t fast[8], portable[8];

			memcpy(fast, bytes + count * 5, sizeof(fast));
			memcpy(portable, fast, sizeof(fast));
			digest_blocks(fast, bytes + offset, count);
			digest_blocks_portable(portable, bytes + offset, count);
			assert_memory_equal(fast, portable, sizeof(fast));
		}
	}
}

/* The digest by the portable blocks alone, padded here. */
static struct digest portable_digest(const unsigned char *bytes, size_t count)
{
	uint32_t state[8] = { 0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
			      0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19 };
	unsigned char padded[RANDOM_BYTES + FILL] = { 0 };
	size_t blocks = (count + 8) / DIGEST_BLOCK + 1, bits = count * 8;
	struct digest digest;

	memcpy(padded, bytes, count);
	padded[count] = 0x80;
	padded[blocks * DIGEST_BLOCK - 2] = (unsigned char)(bits >> 8);
	padded[blocks * DIGEST_BLOCK - 1] = (unsigned char)bits;
	digest_blocks_portable(state, padded, blocks);
	for (size_t i = 0; i < sizeof(digest.bytes); i++)
		digest.bytes[i] = (unsigned char)(state[i / 4] >> (24 - i % 4 * 8));
	return digest;
}

static void test_digest_of__every_length__as_the_portable_blocks(void **state)
{
	unsigned char bytes[RANDOM_BYTES + 1];

	(void)state;
	fill_random(bytes, sizeof(bytes));
	for (size_t count = 0; count < RANDOM_BYTES; count++) {
		struct digest whole = digest_of(bytes + count % 2, count);
		struct digest portable = portable_digest(bytes + count % 2, count);

		assert_true(digest_equal(&whole, &portable));
	}
}

static void test_digest_equal__one_bit__tells_apart(void **state)
{
	struct digest a = digest_of("x", 1), b = digest_of("x", 1);

	(void)state;
	assert_true(digest_equal(&a, &b));
	b.bytes[31] ^= 1;
	assert_false(digest_equal(&a, &b));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_digest_of__published_vectors__equal),
		TEST(test_digest_of__lengths_around_the_block__equal),
		TEST(test_digest_add__pieces__as_at_once),
		TEST(test_digest_blocks__against_portable__equal),
		TEST(test_digest_of__every_length__as_the_portable_blocks),
		TEST(test_digest_equal__one_bit__tells_apart),
	};

	return run_tests(tests);
}
