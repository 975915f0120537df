/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Memory with one life, as a list of chunks that double up to a large page.
 */
#include "core/arena.h"

#include "os/memory.h"

enum { FIRST_CHUNK = 4096 };

struct chunk {
	struct chunk *next;
	size_t used, size; /* of DATA */
	max_align_t data[];
};

#define LARGEST_CHUNK (MEMORY_LARGE - offsetof(struct chunk, data))

struct arena {
	struct chunk *chunks; /* the first is the one being filled */
	size_t next_size;
};

struct arena *arena_new(void)
{
	struct arena *arena = xcalloc(1, sizeof(*arena));

	arena->next_size = FIRST_CHUNK;
	return arena;
}

static void free_chunks(struct chunk *chunk)
{
	struct chunk *next;

	for (; chunk; chunk = next) {
		next = chunk->next;
		memory_wipe(chunk->data, chunk->used);
		xfree_large(chunk, offsetof(struct chunk, data) + chunk->size);
	}
}

void arena_free(struct arena *arena)
{
	if (!arena)
		return;
	free_chunks(arena->chunks);
	free(arena);
}

void arena_reset(struct arena *arena)
{
	struct chunk **largest = &arena->chunks, *kept;

	for (struct chunk **at = largest; *at; at = &(*at)->next)
		if ((*at)->size > (*largest)->size)
			largest = at;
	kept = *largest;
	if (!kept)
		return;
	*largest = kept->next;
	free_chunks(arena->chunks);
	memory_wipe(kept->data, kept->used);
	kept->next = NULL;
	kept->used = 0;
	arena->chunks = kept;
}

static struct chunk *chunk_new(size_t size)
{
	size_t whole = size <= SIZE_MAX / 2 ? offsetof(struct chunk, data) + size : SIZE_MAX;
	struct chunk *chunk = size < LARGEST_CHUNK ? xcalloc(1, whole) : xlarge(whole);

	chunk->size = size;
	return chunk;
}

void arena_adopt(struct arena *arena, struct strbuf *buf)
{
	struct chunk *chunk = (struct chunk *)(void *)buf->data;
	size_t size = buf->room;

	if (size < FIRST_CHUNK) {
		strbuf_clear(buf);
		return;
	}
	*buf = (struct strbuf)STRBUF_INIT;
	memory_wipe(chunk, size);
	chunk->size = size - offsetof(struct chunk, data);
	chunk->next = arena->chunks;
	arena->chunks = chunk;
	if (arena->next_size < size)
		arena->next_size = size < LARGEST_CHUNK ? size : LARGEST_CHUNK;
}

/* The chunk that SIZE bytes go to. A large piece gets a chunk of its own behind the first one, whose rest stays in
 * use. */
static struct chunk *chunk_for(struct arena *arena, size_t size)
{
	bool alone = arena->chunks && size > arena->next_size / 4;
	struct chunk *chunk = chunk_new(alone || size > arena->next_size ? size : arena->next_size);

	arena->next_size = arena->next_size < LARGEST_CHUNK / 2 ? arena->next_size * 2 : LARGEST_CHUNK;
	if (alone) {
		chunk->next = arena->chunks->next;
		arena->chunks->next = chunk;
		return chunk;
	}
	chunk->next = arena->chunks;
	arena->chunks = chunk;
	return chunk;
}

void arena_reserve(struct arena *arena, size_t size)
{
	struct chunk *chunk = arena->chunks;

	if (chunk && size <= chunk->size - chunk->used)
		return;
	chunk = chunk_new(size);
	chunk->next = arena->chunks;
	arena->chunks = chunk;
}

static void *take(struct arena *arena, size_t size, size_t alignment)
{
	struct chunk *chunk = arena->chunks;
	size_t start = 0;

	if (chunk)
		start = (chunk->used + alignment - 1) & ~(alignment - 1);
	if (!chunk || start > chunk->size || size > chunk->size - start) {
		chunk = chunk_for(arena, size);
		start = 0;
	}
	chunk->used = start + size;
	return (char *)chunk->data + start;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	return take(arena, size ? size : 1, _Alignof(max_align_t));
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
	if (size && count > SIZE_MAX / size)
		die("out of memory (%zu items of %zu bytes wanted)", count, size);
	return arena_alloc(arena, count * size);
}

void *arena_grow(struct arena *arena, void *items, size_t count, size_t *room, size_t size)
{
	void *more;

	if (count < *room)
		return items;
	*room = count ? 2 * count : 8;
	more = arena_array(arena, *room, size);
	if (count)
		memcpy(more, items, count * size);
	return more;
}

const char *arena_strdup(struct arena *arena, const char *text)
{
	return arena_strndup(arena, text, strlen(text));
}

const char *arena_strndup(struct arena *arena, const char *text, size_t length)
{
	char *copy = take(arena, length + 1, 1); /* text needs no alignment: names stay close together */

	if (length)
		memcpy(copy, text, length);
	copy[length] = '\0';
	return copy;
}

const char *arena_join(struct arena *arena, const char *a, const char *b, const char *c)
{
	size_t first = strlen(a), second = strlen(b), third = strlen(c);
	char *text = take(arena, first + second + third + 1, 1);

	memcpy(text, a, first);
	memcpy(text + first, b, second);
	memcpy(text + first + second, c, third + 1);
	return text;
}

const char *arena_printf(struct arena *arena, const char *format, ...)
{
	va_list args;
	const char *text;

	va_start(args, format);
	text = arena_vprintf(arena, format, args);
	va_end(args);
	return text;
}

/* Formats straight into what is left of the chunk, and a second time only when that was too little. */
const char *arena_vprintf(struct arena *arena, const char *format, va_list args)
{
	struct chunk *chunk = arena->chunks ? arena->chunks : chunk_for(arena, 1);
	size_t left = chunk->size - chunk->used;
	char *text = (char *)chunk->data + chunk->used;
	va_list again;
	int length;

	va_copy(again, args);
	length = vsnprintf(text, left, format, args);
	if (length < 0)
		bug("cannot format \"%s\"", format);
	if ((size_t)length < left) {
		chunk->used += (size_t)length + 1;
	} else {
		memset(text, 0, left);
		text = take(arena, (size_t)length + 1, 1);
		vsnprintf(text, (size_t)length + 1, format, again);
	}
	va_end(again);
	return text;
}
