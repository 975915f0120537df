/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Which item of one list is which of another, and which of them moved.
 */
#include "pipeline/compare.h"

#include "core/nametable.h"

const char *change_name(enum change change)
{
	static const char *const names[CHANGE_COUNT] = {
		[CHANGE_ADDED] = "added",
		[CHANGE_REMOVED] = "removed",
		[CHANGE_CHANGED] = "changed",
		[CHANGE_MOVED] = "moved",
	};

	return names[change];
}

void differences_add(struct differences *differences, struct arena *arena, struct difference difference)
{
	differences->items = arena_grow(arena, differences->items, differences->count, &differences->room,
					sizeof(*differences->items));
	differences->items[differences->count++] = difference;
}

/* ---- pairs ---- */

static size_t *none_of(struct arena *arena, size_t count)
{
	size_t *items = arena_array(arena, count + 1, sizeof(*items));

	for (size_t i = 0; i <= count; i++)
		items[i] = SIZE_MAX;
	return items;
}

struct matching matching_new(struct arena *arena, size_t before_count, size_t after_count)
{
	return (struct matching){ .before_count = before_count, .after_count = after_count,
				  .before = none_of(arena, before_count), .after = none_of(arena, after_count) };
}

static const char *name_at(const void *data, size_t index, size_t *length)
{
	const char *name = ((const char *const *)data)[index];

	*length = strlen(name);
	return name;
}

/* The items of one name form a queue: FIRST and LAST of the one that stands in the table, NEXT of each. */
struct queues {
	size_t *first, *last, *next;
};

static void enqueue(struct queues *queues, struct nametable *table, size_t item)
{
	size_t head = nametable_add(table, item);

	if (queues->first[head] == SIZE_MAX)
		queues->first[head] = item;
	else
		queues->next[queues->last[head]] = item;
	queues->last[head] = item;
}

void matching_pair(struct matching *matching, struct arena *arena, const char *const *before, const char *const *after)
{
	size_t count = matching->before_count;
	struct queues queues = { none_of(arena, count), none_of(arena, count), none_of(arena, count) };
	struct nametable *table = nametable_new(count + 1, true, name_at, before);

	for (size_t i = 0; i < count; i++) {
		if (before[i] && matching->before[i] == SIZE_MAX)
			enqueue(&queues, table, i);
	}
	for (size_t i = 0; i < matching->after_count; i++) {
		size_t head, found;

		if (!after[i] || matching->after[i] != SIZE_MAX)
			continue;
		head = nametable_find(table, after[i], strlen(after[i]));
		if (head == NAME_NONE || queues.first[head] == SIZE_MAX)
			continue;
		found = queues.first[head];
		queues.first[head] = queues.next[found];
		matching->after[i] = found;
		matching->before[found] = i;
	}
	nametable_free(table);
}

/* ---- order ---- */

/* The longest part of AFTER whose items stand in the order of BEFORE stays: TAILS[n] is the item of AFTER that ends the
 * best part of length n + 1, EARLIER[i] the one before i in its part. */
const bool *matching_moved(const struct matching *matching, struct arena *arena)
{
	bool *moved = arena_array(arena, matching->after_count + 1, sizeof(*moved));
	size_t *tails = none_of(arena, matching->after_count), *earlier = none_of(arena, matching->after_count);
	size_t length = 0;

	for (size_t i = 0; i < matching->after_count; i++) {
		size_t low = 0, high = length;

		moved[i] = matching->after[i] != SIZE_MAX;
		if (!moved[i])
			continue;
		while (low < high) {
			size_t middle = low + (high - low) / 2;

			if (matching->after[tails[middle]] < matching->after[i])
				low = middle + 1;
			else
				high = middle;
		}
		earlier[i] = low ? tails[low - 1] : SIZE_MAX;
		tails[low] = i;
		if (low == length)
			length++;
	}
	for (size_t i = length ? tails[length - 1] : SIZE_MAX; i != SIZE_MAX; i = earlier[i])
		moved[i] = false;
	return moved;
}
