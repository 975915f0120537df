/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Tests of the road between two releases.
 */
#include "helpers.h"

#include "pipeline/road.h"

/* The fewest hops between long-term releases, and from the two that are out of support; nothing else leads anywhere. */
static const struct {
	const char *from, *to, *hops;
} ways[] = {
	{ "2012-r2", "2016", "2016" },
	{ "2012-r2", "2019", "2016 2019" },
	{ "2012-r2", "2022", "2016 2019 2022" },
	{ "2012-r2", "2025", "2016 2019 2022 2025" },
	{ "2016", "2019", "2019" },
	{ "2016", "2022", "2019 2022" },
	{ "2016", "2025", "2019 2022 2025" },
	{ "1801", "2019", "2019" },
	{ "1801", "2022", "2019 2022" },
	{ "1801", "2025", "2019 2022 2025" },
	{ "1807", "2019", "2019" },
	{ "1807", "2022", "2019 2022" },
	{ "1807", "2025", "2019 2022 2025" },
	{ "2019", "2022", "2022" },
	{ "2019", "2025", "2022 2025" },
	{ "2022", "2025", "2025" },
};

static const char *way_between(const struct release *from, const struct release *to)
{
	for (size_t i = 0; i < ARRAY_LEN(ways); i++) {
		if (str_eq(ways[i].from, from->id) && str_eq(ways[i].to, to->id))
			return ways[i].hops;
	}
	return "";
}

static void assert_road(const struct flow *flow, const struct release *from, const struct release *to)
{
	struct arena *arena = arena_new();
	struct road road = road_find(flow, from, to, arena);
	struct strbuf hops = STRBUF_INIT;
	const char *at = from->id;

	for (size_t i = 0; i < road.count; i++) {
		assert_string_equal(road.hops[i].edge->from, at);
		at = road.hops[i].edge->to;
		strbuf_printf(&hops, "%s%s", i ? " " : "", at);
	}
	assert_text(arena_printf(arena, "%s %s to %s", flow->id, from->id, to->id), way_between(from, to),
		    strbuf_text(&hops));
	assert_true((road.why_not == NULL) == (road.count > 0));
	if (!road.count && to->rank < from->rank)
		assert_non_null(strstr(road.why_not, "nothing goes back"));
	if (!road.count && to->rank > from->rank) {
		assert_non_null(strstr(road.why_not, to->brief));
		assert_non_null(strstr(road.why_not, "out of support"));
	}
	strbuf_clear(&hops);
	arena_free(arena);
}

static void test_road_find__every_pair_of_both_products__is_the_shortest_or_says_why_not(void **state)
{
	const struct flow *flow;

	(void)state;
	for (size_t i = 0; (flow = flow_at(i)) != NULL; i++) {
		for (const struct release *from = releases; from->id; from++) {
			for (const struct release *to = releases; to->id; to++)
				assert_road(flow, from, to);
		}
	}
}

static bool has(const struct road_hop *hop, enum road_when when, enum road_topic topic, const char *part)
{
	for (size_t i = 0; i < hop->item_count; i++) {
		if (hop->items[i].when == when && hop->items[i].topic == topic && strstr(hop->items[i].text, part))
			return true;
	}
	return false;
}

static struct road road_of(const char *from, const char *to, struct arena *arena)
{
	return road_find(flow_find("operations-manager"), release_find(from), release_find(to), arena);
}

static void test_road_find__operations_manager__says_what_moves_when(void **state)
{
	struct arena *arena = arena_new();
	struct road road = road_of("2012-r2", "2025", arena);
	const struct road_hop *to_2019 = &road.hops[1], *to_2022 = &road.hops[2], *to_2025 = &road.hops[3];

	(void)state;
	assert_int_equal(road.count, 4);
	assert_text("lowest", "UR9", road.hops[0].minimum);
	assert_text("recommended", "UR12", road.hops[0].recommended);
	assert_true(has(to_2019, ROAD_BEFORE, ROAD_LEVEL, "UR10 (7.2.12324.0)"));
	assert_true(has(to_2019, ROAD_BEFORE, ROAD_WINDOWS, "Windows Server 2012 R2 move to Windows Server 2016"));
	assert_true(has(to_2019, ROAD_BEFORE, ROAD_SQL, "SQL Server 2012 or 2014 move to SQL Server 2016"));
	assert_true(has(to_2019, ROAD_AFTER, ROAD_WINDOWS, "Windows Server 2019 may come now"));
	assert_true(has(to_2019, ROAD_BEFORE, ROAD_AGENTS, "HP-UX"));
	assert_true(has(to_2022, ROAD_BEFORE, ROAD_DRIVERS, ".NET 4.7.2"));
	assert_true(has(to_2022, ROAD_BEFORE, ROAD_SQL, "2017 or 2019 (15.0.4073.23 or later)"));
	assert_true(has(to_2025, ROAD_BEFORE, ROAD_WINDOWS, "may stay on Windows Server 2019 or 2022"));
	assert_true(has(to_2025, ROAD_AFTER, ROAD_SQL, "2025 (17.0.1000.7 or later) may come once 2025 has UR1"));
	assert_true(has(to_2025, ROAD_AFTER, ROAD_DRIVERS, "OLE DB Driver 19 and ODBC Driver 18"));
	arena_free(arena);
}

static void test_road_find__automation__moves_between_uninstallation_and_installation(void **state)
{
	struct arena *arena = arena_new();
	const struct flow *flow = flow_find("service-management-automation");
	struct road road = road_find(flow, release_find("2019"), release_find("2025"), arena);

	(void)state;
	assert_int_equal(road.count, 2);
	assert_true(has(&road.hops[0], ROAD_DURING, ROAD_WINDOWS, "Windows Server 2022"));
	assert_true(has(&road.hops[0], ROAD_DURING, ROAD_SQL, "moves to SQL Server 2017, which fits both"));
	assert_true(has(&road.hops[1], ROAD_DURING, ROAD_WINDOWS, "Windows Server 2025"));
	assert_true(has(&road.hops[1], ROAD_DURING, ROAD_SQL, "No SQL Server fits both"));
	arena_free(arena);
}

/* What is uncertain in the tables is told as that. */
static void test_road_find__doubt__is_told(void **state)
{
	struct arena *arena = arena_new();
	struct road road = road_of("2012-r2", "2016", arena);

	(void)state;
	assert_int_equal(road.hops[0].certainty, CERTAINTY_DOUBTFUL);
	assert_non_null(strstr(road.hops[0].source, "not certain"));
	assert_non_null(strstr(road.hops[0].needs_source, "documented"));
	arena_free(arena);
}

static void test_support_words__days__warn_half_a_year_before(void **state)
{
	static const struct {
		const char *today, *words;
		bool soon;
	} cases[] = {
		{ "2026-07-14", "2016 is supported until January 11, 2027.", false },
		{ "2026-07-15", "2016 is supported only until January 11, 2027, which is in 180 days.", true },
		{ "2026-11-26", "2016 is supported only until January 11, 2027, which is in 46 days.", true },
		{ "2027-01-10", "2016 is supported until tomorrow, January 11, 2027.", true },
		{ "2027-01-11", "2016 is supported until today, January 11, 2027.", true },
		{ "2027-01-12", "2016 has not been supported since January 11, 2027.", true },
		{ "no date", "2016 is supported until January 11, 2027.", false },
	};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		bool soon;

		assert_text(cases[i].today, cases[i].words,
			    support_words(release_find("2016"), cases[i].today, arena, &soon));
		assert_int_equal(soon, cases[i].soon);
	}
	arena_free(arena);
}

static void test_road_put_hop__narrow__keeps_to_its_width(void **state)
{
	struct arena *arena = arena_new();
	struct road road = road_of("2016", "2025", arena);
	struct strbuf out = STRBUF_INIT;

	(void)state;
	for (size_t i = 1; i <= road.count; i++)
		road_put_hop(&out, &road, i, "Operations Manager", "2026-11-26", 40);
	for (const char *line = strbuf_text(&out); *line; line += strcspn(line, "\n") + 1)
		assert_true(strcspn(line, "\n") <= 40);
	strbuf_clear(&out);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_road_find__every_pair_of_both_products__is_the_shortest_or_says_why_not),
		TEST(test_road_find__operations_manager__says_what_moves_when),
		TEST(test_road_find__automation__moves_between_uninstallation_and_installation),
		TEST(test_road_find__doubt__is_told),
		TEST(test_support_words__days__warn_half_a_year_before),
		TEST(test_road_put_hop__narrow__keeps_to_its_width),
	};

	return run_tests(tests);
}
