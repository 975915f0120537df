/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The tables of all flows as one list of texts, and the automaton for it. Flows share tables; a table counts once.
 */
#include "pipeline/diagnose_private.h"

#include "model/flow.h"

struct tables {
	const void *items[64];
	size_t count;
};

static bool is_new(struct tables *seen, const void *table)
{
	for (size_t i = 0; i < seen->count; i++) {
		if (seen->items[i] == table)
			return false;
	}
	if (seen->count == ARRAY_LEN(seen->items))
		bug("too many tables of signs");
	seen->items[seen->count++] = table;
	return true;
}

static void *grown(void *list, size_t count, size_t size)
{
	/* By powers of two. */
	return count & (count - 1) ? list : xrealloc(list, (count ? count * 2 : 1) * size);
}

static void add_wanted(struct catalog *catalog, enum wanted_of of, unsigned logs, const struct sign_text *text,
		       size_t row)
{
	catalog->wanted = grown(catalog->wanted, catalog->wanted_count, sizeof(*catalog->wanted));
	catalog->wanted[catalog->wanted_count++] = (struct wanted){ of, logs, text, row };
}

static void add_sign(struct catalog *catalog, const struct sign *sign)
{
	catalog->signs = grown(catalog->signs, catalog->sign_count, sizeof(*catalog->signs));
	catalog->signs[catalog->sign_count++] = sign;
}

static void add_mark(struct catalog *catalog, const struct log_mark *mark)
{
	catalog->marks = grown(catalog->marks, catalog->mark_count, sizeof(*catalog->marks));
	catalog->marks[catalog->mark_count] = mark;
	add_wanted(catalog, WANTED_MARK, mark->logs, &mark->text, catalog->mark_count++);
}

static void add_shape(struct catalog *catalog, const struct log_shape *shape)
{
	catalog->shapes = grown(catalog->shapes, catalog->shape_count, sizeof(*catalog->shapes));
	catalog->shapes[catalog->shape_count++] = shape;
}

/* Texts stand in the order in which those of a line are looked at: noise, marks, and then signs. */
static void add_noise_of(struct catalog *catalog, const struct log_tables *tables, struct tables *seen)
{
	for (const struct log_noise *const *table = tables->noise; *table; table++) {
		for (const struct log_noise *row = is_new(seen, *table) ? *table : NULL; row && row->logs; row++)
			add_wanted(catalog, WANTED_NOISE, row->logs, &row->text, 0);
	}
	for (const struct log_shape *const *table = tables->shapes; *table; table++) {
		for (const struct log_shape *row = is_new(seen, *table) ? *table : NULL; row && row->id; row++)
			add_shape(catalog, row);
	}
}

static void add_marks_of(struct catalog *catalog, const struct log_tables *tables, struct tables *seen)
{
	for (const struct log_mark *const *table = tables->marks; *table; table++) {
		for (const struct log_mark *row = is_new(seen, *table) ? *table : NULL; row && row->logs; row++)
			add_mark(catalog, row);
	}
}

static void add_signs_of(struct catalog *catalog, const struct log_tables *tables, struct tables *seen)
{
	for (const struct sign *const *table = tables->signs; *table; table++) {
		for (const struct sign *row = is_new(seen, *table) ? *table : NULL; row && row->id; row++)
			add_sign(catalog, row);
	}
}

static void add_sign_texts(struct catalog *catalog)
{
	for (size_t i = 0; i < catalog->sign_count; i++) {
		const struct sign *sign = catalog->signs[i];

		if (sign->lacks.literal)
			add_wanted(catalog, WANTED_LACKS, sign->logs, &sign->lacks, i);
	}
	for (size_t i = 0; i < catalog->sign_count; i++) {
		const struct sign *sign = catalog->signs[i];

		for (size_t k = 0; k < SIGN_TEXTS && sign->texts[k].literal; k++)
			add_wanted(catalog, WANTED_SIGN, sign->logs, &sign->texts[k], i);
	}
}

struct catalog *catalog_new(void)
{
	static void (*const add_of[])(struct catalog *, const struct log_tables *, struct tables *) = {
		add_noise_of, add_marks_of, add_signs_of
	};
	struct catalog *catalog = xcalloc(1, sizeof(*catalog));
	struct tables seen = { .count = 0 };

	for (size_t k = 0; k < ARRAY_LEN(add_of); k++) {
		for (size_t i = 0; flow_at(i); i++) {
			if (flow_at(i)->logs)
				add_of[k](catalog, flow_at(i)->logs, &seen);
		}
	}
	add_sign_texts(catalog);

	const char **words = xcalloc(catalog->wanted_count + 1, sizeof(*words));
	for (size_t i = 0; i < catalog->wanted_count; i++)
		words[i] = catalog->wanted[i].text->literal;
	catalog->literals = literals_new(words, catalog->wanted_count);
	catalog->patterns = pattern_set_new(catalog->wanted_count + catalog->sign_count + 2 * catalog->shape_count);
	free(words);
	return catalog;
}

void catalog_free(struct catalog *catalog)
{
	if (!catalog)
		return;
	literals_free(catalog->literals);
	pattern_set_free(catalog->patterns);
	free(catalog->shapes);
	free(catalog->signs);
	free(catalog->marks);
	free(catalog->wanted);
	free(catalog);
}

bool catalog_matches(const struct catalog *catalog, size_t wanted, const char *text, size_t length,
		     struct pattern_span spans[PATTERN_GROUPS])
{
	const char *pattern = catalog->wanted[wanted].text->pattern;

	if (pattern)
		return pattern_search(catalog->patterns, wanted, pattern, text, length, spans);
	memset(spans, 0, PATTERN_GROUPS * sizeof(*spans));
	return true;
}

bool catalog_with(const struct catalog *catalog, size_t sign, const char *text, size_t length,
		  struct pattern_span spans[PATTERN_GROUPS])
{
	return pattern_search(catalog->patterns, catalog->wanted_count + sign, catalog->signs[sign]->with, text, length,
			      spans);
}

/* What the shape asks for, if it is asked for; NAME and content have a pattern each. */
static bool shape_fits(const struct catalog *catalog, size_t shape, const char *name, const char *text, size_t length)
{
	const struct log_shape *row = catalog->shapes[shape];
	size_t pattern = catalog->wanted_count + catalog->sign_count + 2 * shape;

	return (!row->name || pattern_search(catalog->patterns, pattern, row->name, name, strlen(name), NULL)) &&
	       (!row->content || pattern_search(catalog->patterns, pattern + 1, row->content, text, length, NULL));
}

/* Name and content together tell most; the content more than a name, which people change. */
const struct log_shape *catalog_shape(const struct catalog *catalog, const char *name, const char *text, size_t length)
{
	static const struct {
		bool name, content;
	} told[] = { { true, true }, { false, true }, { true, false } };

	for (size_t k = 0; k < ARRAY_LEN(told); k++) {
		for (size_t i = 0; i < catalog->shape_count; i++) {
			const struct log_shape *row = catalog->shapes[i];

			if ((row->name != NULL) == told[k].name && (row->content != NULL) == told[k].content &&
			    shape_fits(catalog, i, name, text, length))
				return row;
		}
	}
	return NULL;
}
