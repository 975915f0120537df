/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The road for people.
 */
#include "pipeline/road.h"

#include "core/wrap.h"

const char *road_line(const struct road *road, struct arena *arena)
{
	const char *line = arena_printf(arena, "%s to %s", road->from->brief, road->to->brief);
	const char *through = NULL;

	for (size_t i = 0; i + 1 < road->count; i++) {
		const char *brief = road->hops[i].hop.target->brief;

		through = !through ? brief
				   : arena_printf(arena, "%s%s %s", through, i + 2 < road->count ? "," : " and", brief);
	}
	return through ? arena_printf(arena, "%s through %s", line, through) : line;
}

static const char *method_words(enum release_method method)
{
	switch (method) {
	case METHOD_IN_PLACE:
		return "in place";
	case METHOD_PATCH:
		return "an update package";
	case METHOD_REINSTALL:
		return "uninstalled, then installed against the kept database";
	}
	return "";
}

static void put_item(struct strbuf *out, const char *text, size_t width)
{
	struct strbuf item = STRBUF_INIT;

	strbuf_printf(&item, "- %s", text);
	wrap_put(out, strbuf_text(&item), width, 5, 2);
	strbuf_clear(&item);
}

void road_put_hop(struct strbuf *out, const struct road *road, size_t number, const char *title, const char *today,
		  size_t width)
{
	static const char *const heads[ROAD_WHEN_COUNT] = { "Before", "On the way", "After" };
	const struct road_hop *hop = &road->hops[number - 1];
	struct arena *arena = arena_new();
	int shown = -1;
	bool soon;

	wrap_put(out,
		 arena_printf(arena, "%zu. %s%s%s to %s, %s", number, title ? title : "", title ? " " : "",
			      hop->hop.source->brief, hop->hop.target->brief, method_words(hop->edge->method)),
		 width, 0, 3);
	for (size_t i = 0; i < hop->item_count; i++) {
		if (shown != (int)hop->items[i].when)
			strbuf_printf(out, "   %s\n", heads[hop->items[i].when]);
		shown = (int)hop->items[i].when;
		put_item(out, hop->items[i].text, width);
	}
	wrap_put(out, support_words(hop->hop.target, today, arena, &soon), width, 3, 0);
	wrap_put(out, arena_printf(arena, "Known from: %s.", hop->source), width, 3, 2);
	if (hop->needs_source)
		wrap_put(out,
			 arena_printf(arena, "What %s needs: %s.", hop->hop.target->brief, hop->needs_source), width, 3,
			 2);
	arena_free(arena);
}
