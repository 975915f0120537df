/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Open addressing with a seeded hash; at most half full. A slot has the number and, in the bits that no number needs,
 * the hash: with 100,000 names the table stays within the processor's own memory.
 */
#include "core/nametable.h"

struct nametable {
	name_at_fn *name_at;
	const void *data;
	uint64_t seed;
	size_t mask, count;
	uint32_t numbers;        /* the bits of a slot that are index + 1; 0: free */
	bool fold;
	uint32_t slots[];
};

struct nametable *nametable_new(size_t count, bool fold, name_at_fn *name_at, const void *data)
{
	struct nametable *table;
	size_t size = 16;

	if (count >= UINT32_MAX / 2)
		die("too many names (%zu)", count);
	while (size < count * 2)
		size *= 2;
	table = xrealloc(NULL, sizeof(*table) + size * sizeof(table->slots[0]));
	*table = (struct nametable){ .name_at = name_at, .data = data, .mask = size - 1, .count = count, .fold = fold };
	/* Not by calloc, whose pages begin twice: when one is read first, and when it is written. */
	memset(table->slots, 0, size * sizeof(table->slots[0]));
	while (table->numbers < count)
		table->numbers = table->numbers * 2 + 1;
	/* The address differs from run to run. */
	table->seed = (uint64_t)(uintptr_t)table * 0x9E3779B97F4A7C15u;
	return table;
}

void nametable_free(struct nametable *table)
{
	free(table);
}

static unsigned char folded(const struct nametable *table, char c)
{
	unsigned char byte = (unsigned char)c;

	return table->fold && byte >= 'A' && byte <= 'Z' ? (unsigned char)(byte + ('a' - 'A')) : byte;
}

/* Names that are counted on, as most are, differ in the last byte alone: they stand side by side, as they come. That
 * byte is in the highest bits too, which are compared first. */
static uint32_t hash_of(const struct nametable *table, const char *name, size_t length)
{
	uint32_t last = length ? folded(table, name[length - 1]) : 0;
	uint64_t hash = table->seed;

	for (size_t i = 0; i + 1 < length; i++) {
		hash = (hash ^ folded(table, name[i])) * 0xD6E8FEB86659FD93u;
		hash ^= hash >> 32;
	}
	return (uint32_t)(hash ^ hash >> 29) ^ (last & 15) ^ last << 24;
}

static bool same_name(const struct nametable *table, size_t index, const char *name, size_t length)
{
	size_t other_length, i;
	const char *other = table->name_at(table->data, index, &other_length);

	if (other_length != length)
		return false;
	for (i = 0; i < length; i++) {
		if (folded(table, other[i]) != folded(table, name[i]))
			return false;
	}
	return true;
}

/* Where NAME is, or the free slot where it belongs. */
static size_t slot_of(const struct nametable *table, const char *name, size_t length, uint32_t hash)
{
	size_t at = hash & table->mask;
	uint32_t slot;

	for (;; at = (at + 1) & table->mask) {
		slot = table->slots[at];
		if (slot == 0)
			return at;
		if (((slot ^ hash) & ~table->numbers) == 0 &&
		    same_name(table, (slot & table->numbers) - 1, name, length))
			return at;
	}
}

size_t nametable_add(struct nametable *table, size_t index)
{
	size_t length;
	const char *name = table->name_at(table->data, index, &length);

	return nametable_add_name(table, index, name, length);
}

size_t nametable_add_name(struct nametable *table, size_t index, const char *name, size_t length)
{
	uint32_t hash = hash_of(table, name, length);
	uint32_t *slot = &table->slots[slot_of(table, name, length, hash)];

	if (*slot != 0)
		return (*slot & table->numbers) - 1;
	if (index >= table->count)
		bug("name %zu of a table for %zu", index, table->count);
	*slot = (hash & ~table->numbers) | (uint32_t)(index + 1);
	return index;
}

size_t nametable_find(const struct nametable *table, const char *name, size_t length)
{
	uint32_t hash = hash_of(table, name, length);
	uint32_t slot = table->slots[slot_of(table, name, length, hash)];

	return slot == 0 ? NAME_NONE : (slot & table->numbers) - 1;
}
