/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * "path": the hops from one release to another.
 */
#include "cli/commands.h"

#include "core/json.h"
#include "core/text.h"
#include "core/wrap.h"
#include "pipeline/road.h"

enum { MOST_ROADS = 8, PATH_WIDTH = 79 };

struct roads { /* of one product, or of all: the one that goes first in each stage comes first */
	struct road items[MOST_ROADS];
	size_t count;
	const struct release *from, *to;
	char today[11];
	struct arena *arena;
};

/* ---- JSON ---- */

static void put_level(struct strbuf *out, const char *key, const char *level, const char *build)
{
	json_key(out, ", ", key);
	if (!level) {
		strbuf_puts(out, "null");
		return;
	}
	json_member(out, "{", "level", level);
	json_member(out, ", ", "build", build);
	strbuf_putc(out, '}');
}

static void put_items(struct strbuf *out, const struct road_hop *hop)
{
	strbuf_puts(out, ", \"changes\": [");
	for (size_t i = 0; i < hop->item_count; i++) {
		json_member(out, i ? ",\n        {" : "\n        {", "when", road_when_name(hop->items[i].when));
		json_member(out, ", ", "about", road_topic_name(hop->items[i].topic));
		json_member(out, ", ", "text", hop->items[i].text);
		strbuf_putc(out, '}');
	}
	strbuf_puts(out, hop->item_count ? "\n      ]" : "]");
}

static void put_hop(struct strbuf *out, const struct roads *roads, const struct road_hop *hop)
{
	static const char *const methods[] = { [METHOD_IN_PLACE] = "in-place", [METHOD_PATCH] = "patch",
					       [METHOD_REINSTALL] = "reinstall" };
	static const char *const certainties[] = { [CERTAINTY_DOCUMENTED] = "documented", [CERTAINTY_SEEN] = "seen",
						   [CERTAINTY_DOUBTFUL] = "doubtful" };
	const struct release_edge *edge = hop->edge;
	const struct release_level *stage = hop->stage ? release_level_find(hop->hop.source, hop->stage) : NULL;
	bool soon;

	support_words(hop->hop.target, roads->today, roads->arena, &soon);
	json_member(out, "{", "source", edge->from);
	json_member(out, ", ", "target", edge->to);
	json_member(out, ", ", "method", methods[edge->method]);
	put_level(out, "minimum", hop->minimum, edge->minimum_build);
	put_level(out, "recommended", hop->recommended, edge->recommended_build);
	put_level(out, "before-a-later-hop", hop->stage, stage ? stage->server : NULL);
	put_items(out, hop);
	json_member(out, ", ", "supported-until", hop->hop.target->extended_end);
	strbuf_printf(out, ", \"support-ends-soon\": %s", soon ? "true" : "false");
	json_member(out, ", ", "certainty", certainties[hop->certainty]);
	json_member(out, ", ", "known-from", hop->source);
	json_member(out, ", ", "needs-known-from", hop->needs_source);
	strbuf_putc(out, '}');
}

static void put_json(struct strbuf *out, const struct roads *roads)
{
	strbuf_puts(out, "{\n  \"format\": 1");
	json_member(out, ",\n  ", "from", roads->from->id);
	json_member(out, ",\n  ", "to", roads->to->id);
	strbuf_puts(out, ",\n  \"roads\": [");
	for (size_t i = 0; i < roads->count; i++) {
		const struct road *road = &roads->items[i];

		json_member(out, i ? ",\n    {" : "\n    {", "product", road->flow->id);
		json_member(out, ", ", "why-not", road->why_not);
		strbuf_puts(out, ", \"hops\": [");
		for (size_t j = 0; j < road->count; j++) {
			strbuf_puts(out, j ? ",\n      " : "\n      ");
			put_hop(out, roads, &road->hops[j]);
		}
		strbuf_puts(out, road->count ? "\n    ]}" : "]}");
	}
	strbuf_puts(out, "\n  ]\n}\n");
}

/* ---- text ---- */

static void put_head(struct strbuf *out, const struct roads *roads)
{
	for (size_t i = 0; i < roads->count; i++) {
		const struct road *road = &roads->items[i];

		if (road->count)
			wrap_put(out,
				 arena_printf(roads->arena, road->count == 1 ? "%s, %s: %zu hop" : "%s, %s: %zu hops",
					      road->flow->title,
					      road_line(road, roads->arena), road->count),
				 PATH_WIDTH, 0, 2);
	}
}

static void put_text(struct strbuf *out, const struct roads *roads)
{
	size_t longest = 0;

	put_head(out, roads);
	for (size_t i = 0; i < roads->count; i++) {
		if (roads->items[i].count > longest)
			longest = roads->items[i].count;
	}
	for (size_t stage = 1; stage <= longest; stage++) {
		for (size_t i = 0; i < roads->count; i++) {
			const struct road *road = &roads->items[i];

			if (stage > road->count)
				continue;
			strbuf_putc(out, '\n');
			road_put_hop(out, road, stage, roads->count > 1 ? road->flow->title : NULL, roads->today,
				     PATH_WIDTH);
		}
	}
	if (longest) {
		strbuf_putc(out, '\n');
		wrap_put(out, road_advice, PATH_WIDTH, 0, 0);
	}
}

/* ---- the command ---- */

static const struct release *find_release(const struct session *session, const char *id)
{
	const struct release *release = release_find(id);
	struct strbuf list = STRBUF_INIT;

	if (release)
		return release;
	for (const struct release *one = releases; one->id; one++)
		strbuf_printf(&list, "%s%s", list.length ? ", " : "", one->id);
	say(session, "there is no release \"%s\"; there are: %s", id, strbuf_text(&list));
	strbuf_clear(&list);
	return NULL;
}

/* In the order of a stage. */
static void add_roads(struct roads *roads, const struct flow *only)
{
	const struct flow *flow;

	for (int turn = 0; turn < 2; turn++) {
		for (size_t i = 0; (flow = flow_at(i)) != NULL; i++) {
			if ((only && flow != only) || flow->goes_first != (turn == 0) || roads->count == MOST_ROADS)
				continue;
			roads->items[roads->count++] = road_find(flow, roads->from, roads->to, roads->arena);
		}
	}
}

/* Says why a road is missing, and of what is near its end. */
static int say_rest(const struct session *session, const struct roads *roads)
{
	int status = EXIT_PLAN;
	bool soon;

	for (size_t i = 0; i < roads->count; i++) {
		if (roads->items[i].count)
			status = EXIT_FINE;
		else if (!i || !str_eq(roads->items[i].why_not, roads->items[i - 1].why_not))
			say(session, "%s", roads->items[i].why_not);
	}
	if (status == EXIT_FINE) {
		const char *words = support_words(roads->to, roads->today, roads->arena, &soon);

		if (soon)
			say(session, "warning: %s", words);
	}
	return status;
}

/* With a PRODUCT in front, or without. False: a release is missing, and which was said. */
static bool are_complete(const struct session *session)
{
	const char *const *arguments = session->options->arguments;
	size_t count = session->options->argument_count;
	bool with_product = flow_find(arguments[0]) != NULL;

	if (count == 1 && with_product)
		say(session, "FROM and TO are missing: scupgrade path %s FROM TO", arguments[0]);
	else if (count == 2 && with_product)
		say(session, "TO is missing, the release to upgrade to: scupgrade path %s %s TO", arguments[0],
		    arguments[1]);
	else if (count == 1 && find_release(session, arguments[0]))
		say(session, "TO is missing, the release to upgrade to: scupgrade path %s TO", arguments[0]);
	return count - with_product >= 2;
}

int command_path(const struct session *session)
{
	const char *const *arguments = session->options->arguments;
	size_t count = session->options->argument_count;
	const struct flow *only = count == 3 ? find_product(session, arguments[0]) : NULL;
	struct roads roads = { .from = NULL };
	struct strbuf out = STRBUF_INIT;
	int status, written;

	if (!are_complete(session) || (count == 3 && !only))
		return EXIT_USE;
	roads.from = find_release(session, arguments[count - 2]);
	roads.to = roads.from ? find_release(session, arguments[count - 1]) : NULL;
	if (!roads.to)
		return EXIT_USE;
	platform_date_local(roads.today);
	roads.arena = arena_new();
	add_roads(&roads, only);
	if (session->options->json)
		put_json(&out, &roads);
	else
		put_text(&out, &roads);
	status = say_rest(session, &roads);
	written = status == EXIT_FINE || session->options->json ? emit(session, &out, false) : EXIT_FINE;
	strbuf_clear(&out);
	arena_free(roads.arena);
	return written == EXIT_FINE ? status : written;
}
