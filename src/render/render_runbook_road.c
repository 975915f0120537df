/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The runbook's appendix: the hops that follow the plan on the road to its goal.
 */
#include "render/render_runbook.h"

#include "model/hop.h"
#include "pipeline/road.h"

enum { COLUMNS = 3 };

static size_t count_rows(const struct road *road)
{
	size_t count = 0;

	for (size_t i = 0; i < road->count; i++)
		count += road->hops[i].item_count + 2;
	return count;
}

static void add_row(struct runbook_table *table, const char *hop, const char *when, const char *what)
{
	const char **cells = table->cells + table->rows++ * COLUMNS;

	cells[0] = hop;
	cells[1] = when;
	cells[2] = what;
}

/* No row says what depends on the day: the same plan gives the same runbook. */
static void add_hop(struct runbook *book, struct runbook_table *table, const struct road_hop *hop)
{
	static const char *const words[ROAD_WHEN_COUNT] = { "before", "on the way", "after" };
	const char *name = arena_printf(book->arena, "%s to %s", hop->hop.source->brief, hop->hop.target->brief);
	bool soon;

	for (size_t i = 0; i < hop->item_count; i++)
		add_row(table, name, words[hop->items[i].when], hop->items[i].text);
	add_row(table, name, "support", support_words(hop->hop.target, NULL, book->arena, &soon));
	add_row(table, name, "known from", hop->source);
}

void runbook_write_road(const struct runbook_writer *writer, struct runbook *book)
{
	static const char *const headings[COLUMNS] = { "Hop", "When", "What" };
	const struct release *goal = plan_goal(book->plan), *target = plan_hop(book->plan)->target;
	struct runbook_table table = { .caption = "Later hops", .headings = headings, .columns = COLUMNS };
	struct road road;

	if (!goal || goal == target)
		return;
	road = road_find(book->plan->flow, target, goal, book->arena);
	if (!road.count)
		return;
	writer->section(book, "road", "The road from here");
	writer->text(book, arena_printf(book->arena,
					"This upgrade is not the last one: what follows is %s. Each of these hops is "
					"a plan of its own, made from the one before it when that is done.",
					road_line(&road, book->arena)));
	writer->text(book, road_advice);
	table.cells = arena_array(book->arena, count_rows(&road) * COLUMNS, sizeof(*table.cells));
	for (size_t i = 0; i < road.count; i++)
		add_hop(book, &table, &road.hops[i]);
	runbook_write_table(writer, book, &table);
}
