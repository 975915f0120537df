/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What every source may use: compiler attributes, small inline helpers, the two ways to stop.
 */
#ifndef SCUPGRADE_BASE_H
#define SCUPGRADE_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ARRAY_LEN(array) (sizeof(array) / sizeof((array)[0]))
/* FIRST 0: a va_list. The printf of Windows is another one than that of C, which is what we use there too. */
#ifdef _WIN32
#define PRINTF_LIKE(text, first) __attribute__((__format__(__gnu_printf__, text, first)))
#else
#define PRINTF_LIKE(text, first) __attribute__((__format__(__printf__, text, first)))
#endif
#define NORETURN _Noreturn

/* True when A and B are the same text. NULL equals only NULL. */
static inline bool str_eq(const char *a, const char *b)
{
	/* Most of what is compared differs in the first letter. */
	return a == b || (a && b && *a == *b && strcmp(a, b) == 0);
}

static inline bool str_starts(const char *text, const char *prefix)
{
	return strncmp(text, prefix, strlen(prefix)) == 0;
}

static inline bool str_ends(const char *text, const char *ending)
{
	size_t length = strlen(text), own = strlen(ending);

	return length >= own && strcmp(text + length - own, ending) == 0;
}

/* We are wrong: says where and aborts. */
#define bug(...) bug_at(__FILE__, __LINE__, __VA_ARGS__)
NORETURN void bug_at(const char *file, int line, const char *format, ...) PRINTF_LIKE(3, 4);

/* Cannot go on (no memory): runs the hook, which puts the terminal back, prints the message, exits with 2. */
NORETURN void die(const char *format, ...) PRINTF_LIKE(1, 2);
void die_set_hook(void (*hook)(void));

/* Never NULL: they die instead. */
void *xrealloc(void *old, size_t size);
void *xcalloc(size_t count, size_t size);      /* zeroed */
/* SIZE bytes, not zeroed: where they are very many, in large pages (os/memory.h). Owned: free with xfree_large. */
void *xlarge(size_t size);
void xfree_large(void *memory, size_t size);   /* of that SIZE; NULL is fine */
size_t xlarge_size(size_t size);               /* of the pages that SIZE bytes take: no larger ones cost more */
/* ITEMS (of xrealloc, or NULL), COUNT of SIZE bytes in *ROOM, with room for one more: it doubles when it is full. */
void *xgrow(void *items, size_t count, size_t *room, size_t size);

/* A use of one of these is a compile error; each has a bounded or checked counterpart here. Not where the headers of
 * the system itself use them. */
#ifndef _WIN32
#undef alloca
#pragma GCC poison strcpy strcat strncpy strncat sprintf vsprintf strtok gets atoi atol system popen alloca
#endif

#endif
