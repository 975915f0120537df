/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Tests of the memory with one life.
 */
#include "helpers.h"

#include "core/arena.h"
#include "os/memory.h"

static bool is_zero(const char *bytes, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++) {
		if (bytes[i])
			return false;
	}
	return true;
}

static void test_arena_alloc__many_sizes__zeroed_aligned_and_apart(void **state)
{
	static const size_t sizes[] = { 0, 1, 7, 8, 15, 16, 17, 1000, 1025, 4095, 4096, 4097, 70000, 1 << 20, 3 << 20 };
	struct arena *arena = arena_new();
	char *pieces[ARRAY_LEN(sizes) * 3];
	size_t i, k;

	(void)state;
	for (i = 0; i < ARRAY_LEN(pieces); i++) {
		pieces[i] = arena_alloc(arena, sizes[i % ARRAY_LEN(sizes)]);
		assert_int_equal((uintptr_t)pieces[i] % _Alignof(max_align_t), 0);
		assert_true(is_zero(pieces[i], sizes[i % ARRAY_LEN(sizes)]));
		memset(pieces[i], (int)i + 1, sizes[i % ARRAY_LEN(sizes)]);
	}
	for (i = 0; i < ARRAY_LEN(pieces); i++) {
		for (k = 0; k < sizes[i % ARRAY_LEN(sizes)]; k++)
			assert_int_equal((unsigned char)pieces[i][k], i + 1);
	}
	arena_free(arena);
}

static void test_arena_alloc__hundred_thousands_of_small_pieces__never_move(void **state)
{
	enum { COUNT = 300000 };
	struct arena *arena = arena_new();
	size_t **pieces = arena_array(arena, COUNT, sizeof(*pieces));
	size_t i;

	(void)state;
	for (i = 0; i < COUNT; i++) {
		pieces[i] = arena_alloc(arena, sizeof(size_t));
		*pieces[i] = i;
	}
	for (i = 0; i < COUNT; i++)
		assert_int_equal(*pieces[i], i);
	arena_free(arena);
}

static void test_arena_strndup__part_of_a_text__terminated_copy(void **state)
{
	struct arena *arena = arena_new();
	const char text[] = "management server";
	const char *copy = arena_strndup(arena, text, 10), *whole = arena_strdup(arena, text);

	(void)state;
	assert_text("part", "management", copy);
	assert_text("whole", text, whole);
	assert_ptr_not_equal(whole, text);
	assert_text("empty", "", arena_strndup(arena, NULL, 0));
	arena_free(arena);
}

static void test_arena_alloc__after_odd_text__still_aligned(void **state)
{
	struct arena *arena = arena_new();
	int i;

	(void)state;
	for (i = 0; i < 40; i++) {
		arena_strndup(arena, "0123456789012345678901234567890123456789", (size_t)i);
		assert_int_equal((uintptr_t)arena_alloc(arena, 8) % _Alignof(max_align_t), 0);
	}
	arena_free(arena);
}

static void test_arena_printf__short_and_long__exact_text(void **state)
{
	struct arena *arena = arena_new();
	char *expected = xrealloc(NULL, 20001);

	(void)state;
	memset(expected, ' ', 20000);
	memcpy(expected + 19996, "MS01", 5);
	assert_text("short", "servers[2].name", arena_printf(arena, "servers[%d].%s", 2, "name"));
	assert_text("long", expected, arena_printf(arena, "%20000s", "MS01"));
	free(expected);
	arena_free(arena);
}

static void test_arena_adopt__small_and_large_text__is_wiped_and_handed_out(void **state)
{
	static const size_t sizes[] = { 0, 100, 10000, 5 << 20 };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
		struct arena *arena = arena_new();
		struct strbuf buf = STRBUF_INIT;
		const char *before, *first = arena_strdup(arena, "first");
		char *piece;

		strbuf_fill(&buf, 'x', sizes[i]);
		before = buf.data;
		arena_adopt(arena, &buf);
		assert_int_equal(buf.length, 0);
		piece = arena_alloc(arena, 5000);
		assert_true(is_zero(piece, 5000));
		assert_int_equal(piece >= before && piece < before + sizes[i], sizes[i] >= 10000);
		memset(piece, 'y', 5000);
		assert_true(is_zero(arena_alloc(arena, 5 << 20), 5 << 20));
		assert_text("first", "first", first);
		strbuf_clear(&buf);
		arena_free(arena);
	}
}

/* Scratch memory: what was there is wiped, and what comes next is as good as new. */
static void test_arena_reset__small_and_large_pieces__zeroed_memory_again(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	arena_reset(arena);
	for (unsigned turn = 0; turn < 3; turn++) {
		const char *text = arena_strdup(arena, "CONTOSO");
		unsigned char *bytes = arena_alloc(arena, 100000);

		assert_text("text", "CONTOSO", text);
		for (size_t i = 0; i < 100000; i++) {
			assert_int_equal(bytes[i], 0);
			bytes[i] = 0xA5;
		}
		text = arena_strdup(arena, "a short one behind it");
		assert_text("behind it", "a short one behind it", text);
		arena_reset(arena);
		assert_int_equal(*(const unsigned char *)arena_alloc(arena, 64), 0);
		assert_text("fresh", "", arena_strndup(arena, "", 0));
	}
	arena_free(arena);
}

/* A large piece that is wanted again and again begins no new memory. */
static void test_arena_reset__a_large_piece_behind_a_small_one__comes_from_the_same_place(void **state)
{
	enum { LARGE = 5 << 20 };
	struct arena *arena = arena_new();
	char *first, *again;

	(void)state;
	arena_strdup(arena, "CONTOSO");
	first = arena_alloc(arena, LARGE);
	memset(first, 'x', LARGE);
	arena_strdup(arena, "CONTOSO");
	arena_reset(arena);
	again = arena_alloc(arena, LARGE);
	assert_ptr_equal(again, first);
	assert_true(is_zero(again, LARGE));
	arena_free(arena);
}

static void test_arena_free__null__is_fine(void **state)
{
	(void)state;
	arena_free(NULL);
}

/* "arena canary MS01-CONTOSO" */
static const char coded[] = {
	'a' ^ 0x5A, 'r' ^ 0x5A, 'e' ^ 0x5A, 'n' ^ 0x5A, 'a' ^ 0x5A, ' ' ^ 0x5A, 'M' ^ 0x5A, 'S' ^ 0x5A, '0' ^ 0x5A,
	'1' ^ 0x5A, '-' ^ 0x5A, 'C' ^ 0x5A, 'O' ^ 0x5A, 'N' ^ 0x5A, 'T' ^ 0x5A, 'O' ^ 0x5A
};

static void test_arena_free__text_in_it__memory_holds_it_no_more(void **state)
{
	struct arena *arena = arena_new();
	char text[sizeof(coded) + 1] = "";

	(void)state;
	if (!can_read_memory()) {
		arena_free(arena);
		skip();
	}
	decode_canary(text, coded, sizeof(coded));
	arena_strdup(arena, text);
	memset(arena_alloc(arena, 2 << 20), 1, 2 << 20);
	arena_strdup(arena, text);
	memory_wipe(text, sizeof(text));
	assert_true(memory_holds(coded, sizeof(coded)));
	arena_free(arena);
	assert_false(memory_holds(coded, sizeof(coded)));
}

/* The list in the arena and the one of its own keep what they have while they grow. */
static void test_arena_reserve__small_pieces_of_it__lie_side_by_side(void **state)
{
	enum { COUNT = 1000 };
	struct arena *arena = arena_new();
	char *before = arena_alloc(arena, 16), *pieces;

	(void)state;
	arena_reserve(arena, 16);
	assert_ptr_equal(arena_alloc(arena, 16), before + 16); /* there was room */
	arena_reserve(arena, 16 * COUNT);
	pieces = arena_alloc(arena, 16);
	for (size_t i = 1; i < COUNT; i++)
		assert_ptr_equal(arena_alloc(arena, 16), pieces + 16 * i);
	assert_true(is_zero(pieces, 16 * COUNT));
	assert_true(is_zero(arena_alloc(arena, 16), 16));
	arena_free(arena);
}

static void test_grow__a_thousand_items__all_there(void **state)
{
	struct arena *arena = arena_new();
	size_t room = 0, other_room = 0;
	unsigned *items = NULL, *others = NULL;

	(void)state;
	for (unsigned i = 0; i < 1000; i++) {
		items = arena_grow(arena, items, i, &room, sizeof(*items));
		others = xgrow(others, i, &other_room, sizeof(*others));
		assert_true(room > i && room <= 2 * (size_t)i + 8);
		assert_true(other_room > i && other_room <= 2 * (size_t)i + 16);
		items[i] = others[i] = i;
	}
	for (unsigned i = 0; i < 1000; i++) {
		assert_int_equal(items[i], i);
		assert_int_equal(others[i], i);
	}
	free(others);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_arena_alloc__many_sizes__zeroed_aligned_and_apart),
		TEST(test_arena_alloc__hundred_thousands_of_small_pieces__never_move),
		TEST(test_arena_strndup__part_of_a_text__terminated_copy),
		TEST(test_arena_alloc__after_odd_text__still_aligned),
		TEST(test_arena_printf__short_and_long__exact_text),
		TEST(test_arena_adopt__small_and_large_text__is_wiped_and_handed_out),
		TEST(test_arena_reset__small_and_large_pieces__zeroed_memory_again),
		TEST(test_arena_reset__a_large_piece_behind_a_small_one__comes_from_the_same_place),
		TEST(test_arena_free__null__is_fine),
		TEST(test_arena_free__text_in_it__memory_holds_it_no_more),
		TEST(test_arena_reserve__small_pieces_of_it__lie_side_by_side),
		TEST(test_grow__a_thousand_items__all_there),
	};

	return run_tests(tests);
}
