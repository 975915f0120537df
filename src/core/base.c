/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The two ways to stop, and memory that is there or ends the program.
 */
#include "core/base.h"

#include <stdarg.h>

#include "os/memory.h"

static void (*die_hook)(void);

void die_set_hook(void (*hook)(void))
{
	die_hook = hook;
}

/* The hook runs once: a hook that fails itself must not come back here for ever. */
static void run_die_hook(void)
{
	void (*hook)(void) = die_hook;

	die_hook = NULL;
	if (hook)
		hook();
}

void bug_at(const char *file, int line, const char *format, ...)
{
	va_list args;

	run_die_hook();
	fprintf(stderr, "scupgrade: bug at %s:%d: ", file, line);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
	abort();
}

void die(const char *format, ...)
{
	va_list args;

	run_die_hook();
	fputs("scupgrade: ", stderr);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
	exit(2);
}

void *xrealloc(void *old, size_t size)
{
	void *new = realloc(old, size ? size : 1);

	if (!new)
		die("out of memory (%zu bytes wanted)", size);
	return new;
}

void *xgrow(void *items, size_t count, size_t *room, size_t size)
{
	if (count < *room)
		return items;
	*room = count ? 2 * count : 16;
	return xrealloc(items, *room * size);
}

void *xcalloc(size_t count, size_t size)
{
	void *new = calloc(count ? count : 1, size ? size : 1);

	if (!new)
		die("out of memory (%zu items of %zu bytes wanted)", count, size);
	return new;
}

void *xlarge(size_t size)
{
	void *new;

	if (size < MEMORY_LARGE)
		return xrealloc(NULL, size);
	new = size <= SIZE_MAX / 2 ? memory_large(size) : NULL; /* more would not fit its own sums */
	if (!new)
		die("out of memory (%zu bytes wanted)", size);
	return new;
}

size_t xlarge_size(size_t size)
{
	if (size < MEMORY_LARGE || size > SIZE_MAX / 2)
		return size;
	return (size + MEMORY_LARGE - 1) / MEMORY_LARGE * MEMORY_LARGE;
}

void xfree_large(void *memory, size_t size)
{
	if (size < MEMORY_LARGE)
		free(memory);
	else
		memory_free_large(memory, size);
}
