/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The answers of two plans of one product, key by key and row by row, as plan_format() would write them.
 */
#include "pipeline/compare.h"

#include "pipeline/planfile.h"

struct comparison {
	const struct plan *before, *after;
	struct arena *arena;
	struct differences *differences;
};

/* In one line; NULL: a plan file would not have it. */
static const char *value_of(struct comparison *comparison, const struct plan *plan, const struct field *field,
			    const struct record *record)
{
	struct strbuf text = STRBUF_INIT;
	const char *kept;

	if (!plan_writes(plan, field, record))
		return NULL;
	plan_put_value(&text, plan, field, record, plan_quote);
	kept = arena_strdup(comparison->arena, strbuf_text(&text));
	strbuf_clear(&text);
	return kept;
}

static void compare_values(struct comparison *comparison, const char *where, const char *before, const char *after)
{
	struct difference difference = { CHANGE_CHANGED, where, NULL, before, after };

	if (before == after || str_eq(before, after))
		return;
	if (!before)
		difference.change = CHANGE_ADDED;
	else if (!after)
		difference.change = CHANGE_REMOVED;
	differences_add(comparison->differences, comparison->arena, difference);
}

/* ---- rows ---- */

struct row_list {
	const struct plan *plan;
	const struct rows *rows;
	const char **lines, **names, **labels;   /* of each row: all of it, what it begins with, a host's label */
};

static struct row_list list_rows(struct comparison *comparison, const struct plan *plan, const struct field *field)
{
	const struct rows *rows = field_rows(field, &plan->answers->record);
	struct arena *arena = comparison->arena;
	struct strbuf line = STRBUF_INIT;
	struct row_list list = { .plan = plan, .rows = rows };

	list.lines = arena_array(arena, rows->count + 1, sizeof(*list.lines));
	list.names = arena_array(arena, rows->count + 1, sizeof(*list.names));
	list.labels = arena_array(arena, rows->count + 1, sizeof(*list.labels));
	for (size_t i = 0; i < rows->count; i++) {
		const char *name = field_text(field->columns[0], plan, rows->items[i], arena);

		strbuf_reset(&line);
		plan_put_row(&line, plan, field, rows->items[i]);
		list.lines[i] = arena_strdup(arena, strbuf_text(&line));
		list.names[i] = *name ? name : NULL;
		list.labels[i] = *name && field == plan->flow->servers ? arena_strndup(arena, name, strcspn(name, "."))
								       : NULL;
	}
	strbuf_clear(&line);
	return list;
}

/* "servers[MS01]"; a row without a name by its turn. */
static const char *row_path(struct comparison *comparison, const struct field *field, const struct row_list *list,
			    size_t row)
{
	if (list->names[row])
		return arena_printf(comparison->arena, "%s[%s]", field->key, list->names[row]);
	return arena_printf(comparison->arena, "%s[%zu]", field->key, row + 1);
}

static void compare_row(struct comparison *comparison, const struct field *field, const struct row_list *before,
			size_t old_row, const struct row_list *after, size_t row)
{
	for (const struct field *const *column = field->columns; *column; column++) {
		const char *old_value = value_of(comparison, before->plan, *column, before->rows->items[old_row]);
		const char *value = value_of(comparison, after->plan, *column, after->rows->items[row]);

		if (old_value == value || str_eq(old_value, value))
			continue;
		compare_values(comparison,
			       arena_printf(comparison->arena, "%s.%s", row_path(comparison, field, after, row),
					    (*column)->key),
			       old_value, value);
	}
}

static void compare_rows(struct comparison *comparison, const struct field *field)
{
	struct arena *arena = comparison->arena;
	struct row_list before = list_rows(comparison, comparison->before, field);
	struct row_list after = list_rows(comparison, comparison->after, field);
	struct matching matching = matching_new(arena, before.rows->count, after.rows->count);
	const bool *moved;

	matching_pair(&matching, arena, before.lines, after.lines);
	matching_pair(&matching, arena, before.names, after.names);
	matching_pair(&matching, arena, before.labels, after.labels);
	moved = matching_moved(&matching, arena);
	for (size_t i = 0; i < before.rows->count; i++) {
		if (matching.before[i] == SIZE_MAX)
			compare_values(comparison, row_path(comparison, field, &before, i), before.lines[i], NULL);
	}
	for (size_t i = 0; i < after.rows->count; i++) {
		size_t old = matching.after[i];

		if (old == SIZE_MAX) {
			compare_values(comparison, row_path(comparison, field, &after, i), NULL, after.lines[i]);
			continue;
		}
		if (!str_eq(before.lines[old], after.lines[i]))
			compare_row(comparison, field, &before, old, &after, i);
		if (moved[i])
			differences_add(comparison->differences, arena,
					(struct difference){ CHANGE_MOVED, row_path(comparison, field, &after, i), NULL,
							     arena_printf(arena, "%zu", old + 1),
							     arena_printf(arena, "%zu", i + 1) });
	}
}

/* ---- all ---- */

void compare_answers(const struct plan *before, const struct plan *after, struct arena *arena,
		     struct differences *differences)
{
	struct comparison comparison = { before, after, arena, differences };

	compare_values(&comparison, field_product.key, before->flow->id, after->flow->id);
	if (before->flow != after->flow)
		return;
	for (const struct field *const *field = before->flow->fields; *field; field++) {
		if (*field == &field_product)
			continue;
		if ((*field)->kind == FIELD_ROWS)
			compare_rows(&comparison, *field);
		else
			compare_values(&comparison, (*field)->key,
				       value_of(&comparison, before, *field, &before->answers->record),
				       value_of(&comparison, after, *field, &after->answers->record));
	}
}
