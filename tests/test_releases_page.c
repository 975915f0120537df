/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The manual page of the releases says what the tables say: its middle is made from them here and compared.
 * UPDATE_GOLDEN=1 writes it anew.
 */
#include "helpers.h"

#include "core/wrap.h"
#include "model/hop.h"
#include "pipeline/road.h"

#define PAGE "man/scupgrade-releases.7"
#define BEGIN ".\\\" begin: made from the tables\n"
#define END ".\\\" end: made from the tables\n"

enum { WIDTH = 110 };

/* ---- mdoc ---- */

/* One line of text, escaped; one that would begin with a control character of roff is kept from it. */
static void put_line(struct strbuf *out, const char *text)
{
	if (*text == '.' || *text == '\'')
		strbuf_puts(out, "\\&");
	for (; *text; text++) {
		if (*text == '\\')
			strbuf_puts(out, "\\e");
		else
			strbuf_putc(out, *text);
	}
	strbuf_putc(out, '\n');
}

/* TEXT, each sentence on a line of its own. */
static void put_text(struct strbuf *out, struct arena *arena, const char *text)
{
	while (*text) {
		const char *stop = strstr(text, ". ");
		size_t length = stop ? (size_t)(stop - text) + 1 : strlen(text);
		struct lines lines = wrap_text(arena, arena_strndup(arena, text, length), WIDTH);

		for (size_t i = 0; i < lines.count; i++)
			put_line(out, lines.items[i]);
		text += length + (stop != NULL);
	}
}

/* ---- releases ---- */

static const char *day_or_month(struct arena *arena, const char *text)
{
	return strlen(text) == 10 ? day_in_words(arena, text) : text;
}

static void put_levels(struct strbuf *out, struct arena *arena, const struct release *release)
{
	struct strbuf text = STRBUF_INIT;

	for (const struct release_level *level = release->levels; level && level->id; level++)
		strbuf_printf(&text, "%s%s%s%s%s", text.length ? ", " : "", level->id, level->server ? " (" : "",
			      level->server ? level->server : "", level->server ? ")" : "");
	if (text.length)
		put_text(out, arena,
			 arena_printf(arena, "Levels, with the builds of servers of Operations Manager: %s.",
				      strbuf_text(&text)));
	strbuf_clear(&text);
}

static void put_releases(struct strbuf *out, struct arena *arena)
{
	strbuf_puts(out, ".Sh RELEASES\n.Bl -tag -width 2012-r2\n");
	for (const struct release *release = releases; release->id; release++) {
		struct strbuf source = STRBUF_INIT;

		certainty_words(&source, release->support_source);
		strbuf_printf(out, ".It Li %s\n", release->id);
		put_text(out, arena,
			 arena_printf(arena, "%s, since %s.%s%s%s All support ends on %s.", release->name,
				      day_or_month(arena, release->start),
				      release->mainstream_end ? " Mainstream support ends on " : "",
				      release->mainstream_end ? day_in_words(arena, release->mainstream_end) : "",
				      release->mainstream_end ? "." : "", day_in_words(arena, release->extended_end)));
		put_text(out, arena, arena_printf(arena, "Known from: %s.", strbuf_text(&source)));
		put_levels(out, arena, release);
		strbuf_clear(&source);
	}
	strbuf_puts(out, ".El\n");
}

/* ---- roads ---- */

static void put_roads_from(struct strbuf *out, struct arena *arena, const struct release *from)
{
	bool any = false;

	for (const struct release *to = releases; to->id; to++) {
		const char *line = NULL;

		for (size_t i = 0; flow_at(i); i++) {
			struct road road = road_find(flow_at(i), from, to, arena);
			const char *one = road.count ? road_line(&road, arena) : NULL;

			/* Both products go the same ways; else they would stand here one by one. */
			assert_true(i == 0 || str_eq(line, one));
			line = one;
		}
		if (!line)
			continue;
		if (any)
			strbuf_puts(out, ".br\n");
		else
			strbuf_printf(out, ".It Li %s\n", from->id);
		any = true;
		put_text(out, arena, arena_printf(arena, "%s.", line));
	}
}

static void put_roads(struct strbuf *out, struct arena *arena)
{
	strbuf_puts(out, ".Sh ROADS\n");
	put_text(out, arena,
		 "The same for both products: the fewest hops there are, none of which ends at 1801 or 1807. Nothing "
		 "goes back to an older release.");
	put_text(out, arena, road_advice);
	strbuf_puts(out, ".Bl -tag -width 2012-r2\n");
	for (const struct release *from = releases; from->id; from++)
		put_roads_from(out, arena, from);
	strbuf_puts(out, ".El\n");
}

/* ---- hops ---- */

static void put_items(struct strbuf *out, struct arena *arena, const struct road_hop *hop)
{
	static const char *const heads[ROAD_WHEN_COUNT] = { "Before", "On the way", "After" };
	int shown = -1;

	for (size_t i = 0; i < hop->item_count; i++) {
		if (shown != (int)hop->items[i].when)
			strbuf_printf(out, "%s.Pp\n%s:\n.Bl -dash -compact\n", shown < 0 ? "" : ".El\n",
				      heads[hop->items[i].when]);
		shown = (int)hop->items[i].when;
		strbuf_puts(out, ".It\n");
		put_text(out, arena, hop->items[i].text);
	}
	strbuf_puts(out, ".El\n.Pp\n");
}

static void put_hop(struct strbuf *out, struct arena *arena, const struct flow *flow, const struct release_edge *edge)
{
	static const char *const methods[] = { [METHOD_IN_PLACE] = "In place.", [METHOD_PATCH] = "An update package.",
					       [METHOD_REINSTALL] = ("Uninstalled, then installed against the kept "
								     "database.") };
	struct road road = road_find(flow, release_find(edge->from), release_find(edge->to), arena);
	const struct road_hop *hop = &road.hops[0];

	assert_int_equal(road.count, 1);
	strbuf_printf(out, ".Ss %s %s to %s\n", flow->title, hop->hop.source->brief, hop->hop.target->brief);
	put_text(out, arena, methods[edge->method]);
	if (hop->stage)
		put_text(out, arena,
			 arena_printf(arena, "Where it is not the first hop of a road, the source gets %s before.",
				      hop->stage));
	put_items(out, arena, hop);
	put_text(out, arena, arena_printf(arena, "Known from: %s.", hop->source));
	if (hop->needs_source)
		put_text(out, arena, arena_printf(arena, "What the target needs: %s.", hop->needs_source));
}

static void put_hops(struct strbuf *out, struct arena *arena)
{
	strbuf_puts(out, ".Sh UPGRADES\n");
	put_text(out, arena,
		 "Every upgrade that exists but those to 1801 and 1807, which are out of support: no plan leads there. "
		 "Levels, Windows and SQL Server are what the documents name for the servers.");
	for (size_t i = 0; flow_at(i); i++) {
		for (const struct release_edge *edge = release_edges; edge->id; edge++) {
			if (str_eq(edge->product, flow_at(i)->id) &&
			    release_find(edge->to)->channel == CHANNEL_LONG_TERM)
				put_hop(out, arena, flow_at(i), edge);
		}
	}
}

/* ---- the page ---- */

static void test_page__its_middle__is_what_the_tables_say(void **state)
{
	char *page = read_whole_file(source_path(PAGE), NULL), *begin, *end;
	struct arena *arena = arena_new();
	struct strbuf whole = STRBUF_INIT;

	(void)state;
	begin = strstr(page, BEGIN);
	end = strstr(page, END);
	assert_non_null(begin);
	assert_non_null(end);
	strbuf_add(&whole, page, (size_t)(begin - page) + strlen(BEGIN));
	put_releases(&whole, arena);
	put_roads(&whole, arena);
	put_hops(&whole, arena);
	strbuf_puts(&whole, end);
	assert_golden(PAGE, strbuf_text(&whole));
	strbuf_clear(&whole);
	arena_free(arena);
	free(page);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_page__its_middle__is_what_the_tables_say),
	};

	return run_tests(tests);
}
