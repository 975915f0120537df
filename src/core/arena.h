/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Memory with one life: allocate freely, free once.
 *
 * What an arena hands out is zeroed, aligned for any type, never moves and never NULL. arena_free() wipes before it
 * releases, so that host and account names do not linger. Passwords never live in an arena (see secret.h).
 */
#ifndef SCUPGRADE_ARENA_H
#define SCUPGRADE_ARENA_H

#include <stdarg.h>
#include "core/strbuf.h"

struct arena;

struct arena *arena_new(void);                 /* owned: free with arena_free */
void arena_free(struct arena *arena);          /* NULL is fine */
/* What ARENA handed out is wiped and gone; the largest piece of its memory stays, for as much again. */
void arena_reset(struct arena *arena);
/* BUF, wiped, is what ARENA hands out next: begun memory costs less than new. */
void arena_adopt(struct arena *arena, struct strbuf *buf);

/* The next SIZE bytes, of whatever is asked for, come from one piece: begun once instead of bit by bit. */
void arena_reserve(struct arena *arena, size_t size);
void *arena_alloc(struct arena *arena, size_t size);
void *arena_array(struct arena *arena, size_t count, size_t size);   /* dies when COUNT * SIZE overflows */
/* ITEMS (of the arena, or NULL), COUNT of SIZE bytes in *ROOM, with room for one more: it doubles when it is full, and
 * what was there stays as waste, at most as much as the list takes in the end. */
void *arena_grow(struct arena *arena, void *items, size_t count, size_t *room, size_t size);
const char *arena_strdup(struct arena *arena, const char *text);
const char *arena_strndup(struct arena *arena, const char *text, size_t length);   /* adds the final NUL */
const char *arena_join(struct arena *arena, const char *a, const char *b, const char *c);    /* one behind the other */
const char *arena_printf(struct arena *arena, const char *format, ...) PRINTF_LIKE(2, 3);
const char *arena_vprintf(struct arena *arena, const char *format, va_list args) PRINTF_LIKE(2, 0);

#endif
