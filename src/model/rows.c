/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Lists of records: servers, confirmations.
 */
#include "model/plan.h"

static void renumber(struct rows *rows, size_t from, size_t end)
{
	for (size_t i = from; i < end; i++)
		rows->items[i]->position = (uint32_t)i;
}

void rows_begin(struct plan *plan, struct rows *rows, size_t count)
{
	rows->items = arena_array(plan->arena, count, sizeof(struct record *));
	rows->count = 0;
	rows->room = count;
	plan_names_changed(plan);
}

void rows_insert(struct plan *plan, struct rows *rows, size_t index, struct record *record)
{
	if (index > rows->count)
		bug("row %zu of %zu", index, rows->count);
	rows->items = arena_grow(plan->arena, rows->items, rows->count, &rows->room, sizeof(struct record *));
	memmove(rows->items + index + 1, rows->items + index, (rows->count - index) * sizeof(struct record *));
	rows->items[index] = record;
	rows->count++;
	renumber(rows, index, rows->count);
	if (index + 1 < rows->count)
		plan_names_changed(plan);
}

void rows_remove(struct plan *plan, struct rows *rows, size_t index)
{
	if (index >= rows->count)
		bug("row %zu of %zu", index, rows->count);
	rows->count--;
	memmove(rows->items + index, rows->items + index + 1, (rows->count - index) * sizeof(struct record *));
	renumber(rows, index, rows->count);
	plan_names_changed(plan);
}

void rows_move(struct plan *plan, struct rows *rows, size_t from, size_t to)
{
	struct record *record;

	if (from >= rows->count || to >= rows->count)
		bug("rows %zu and %zu of %zu", from, to, rows->count);
	record = rows->items[from];
	if (from < to)
		memmove(rows->items + from, rows->items + from + 1, (to - from) * sizeof(struct record *));
	else
		memmove(rows->items + to + 1, rows->items + to, (from - to) * sizeof(struct record *));
	rows->items[to] = record;
	renumber(rows, from < to ? from : to, (from < to ? to : from) + 1);
	plan_names_changed(plan);
}

bool note_names(const struct answer_note *note, const char *server)
{
	for (size_t i = 0; i < note->servers.count; i++) {
		if (host_equal(note->servers.items[i], server))
			return true;
	}
	return false;
}

const struct answer_note *plan_note(const struct rows *list, const char *check, const char *server)
{
	for (size_t i = 0; i < list->count; i++) {
		const struct answer_note *note = (const struct answer_note *)list->items[i];

		if (str_eq(note->check, check) && (server ? note_names(note, server) : !note->servers.count))
			return note;
	}
	return NULL;
}
