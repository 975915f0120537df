/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Open addressing with a seeded hash; at most half full.
 */
#include "core/nametable.h"

struct slot {
	uint32_t hash;
	uint32_t number;         /* index + 1; 0: free */
};

struct nametable {
	name_at_fn *name_at;
	const void *data;
	uint64_t seed;
	size_t mask, count, most;
	bool fold;
	struct slot slots[];
};

struct nametable *nametable_new(size_t count, bool fold, name_at_fn *name_at, const void *data)
{
	struct nametable *table;
	size_t size = 16;

	if (count >= UINT32_MAX / 2)
		die("too many names (%zu)", count);
	while (size < count * 2)
		size *= 2;
	table = xcalloc(1, sizeof(*table) + size * sizeof(table->slots[0]));
	table->name_at = name_at;
	table->data = data;
	table->fold = fold;
	table->mask = size - 1;
	table->most = size / 2;
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

static uint32_t hash_of(const struct nametable *table, const char *name, size_t length)
{
	uint64_t hash = table->seed;
	size_t i;

	for (i = 0; i < length; i++) {
		hash = (hash ^ folded(table, name[i])) * 0xD6E8FEB86659FD93u;
		hash ^= hash >> 32;
	}
	return (uint32_t)(hash ^ hash >> 29);
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
	const struct slot *slot;

	for (;; at = (at + 1) & table->mask) {
		slot = &table->slots[at];
		if (slot->number == 0)
			return at;
		if (slot->hash == hash && same_name(table, slot->number - 1, name, length))
			return at;
	}
}

size_t nametable_add(struct nametable *table, size_t index)
{
	size_t length;
	const char *name = table->name_at(table->data, index, &length);
	uint32_t hash = hash_of(table, name, length);
	struct slot *slot = &table->slots[slot_of(table, name, length, hash)];

	if (slot->number != 0)
		return slot->number - 1;
	if (++table->count > table->most)
		bug("more names than the table was made for (%zu)", table->count);
	slot->hash = hash;
	slot->number = (uint32_t)(index + 1);
	return index;
}

size_t nametable_find(const struct nametable *table, const char *name, size_t length)
{
	uint32_t hash = hash_of(table, name, length);
	const struct slot *slot = &table->slots[slot_of(table, name, length, hash)];

	return slot->number == 0 ? NAME_NONE : slot->number - 1;
}
