/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Tests of the releases, of every upgrade between them, and of the hop of a plan.
 */
#include "helpers.h"

#include "model/flow.h"

#define OM "operations-manager"
#define SMA "service-management-automation"

static void test_releases__every_row__is_whole_and_in_order(void **state)
{
	unsigned rank = 0;

	(void)state;
	for (const struct release *release = releases; release->id; release++) {
		assert_int_equal(release->rank, ++rank);
		assert_non_null(strstr(release->name, release->brief));
		assert_non_null(release->start);
		assert_true(strcmp(release->start, release->extended_end) < 0);
		if (release->channel == CHANNEL_LONG_TERM)
			assert_true(strcmp(release->mainstream_end, release->extended_end) < 0);
		assert_non_null(strchr(release->support_source, '['));
		assert_ptr_equal(release_find(release->id), release);
	}
	assert_int_equal(rank, 7);
	assert_null(release_find("2012"));
	assert_null(release_find(NULL));
}

static void test_release_edges__every_row__leads_on_and_is_found(void **state)
{
	(void)state;
	for (const struct release_edge *edge = release_edges; edge->id; edge++) {
		const struct release *from = release_find(edge->from), *to = release_find(edge->to);

		print_message("%s %s to %s\n", edge->product, edge->from, edge->to);
		assert_non_null(flow_find(edge->product));
		assert_non_null(from);
		assert_non_null(to);
		assert_true(from->rank < to->rank);
		assert_non_null(strchr(edge->source, '['));
		assert_ptr_equal(release_edge_find(release_edges, edge->product, from, to), edge);
		/* What is planned ends at a release that is supported for long. */
		assert_true(!edge->planned || to->channel == CHANNEL_LONG_TERM);
	}
}

/* "2016, 2019" */
static const char *road_text(struct strbuf *out, const char *product, const char *from, const char *to)
{
	const struct release_edge *road[RELEASE_ROAD_LIMIT];
	size_t length = release_road(release_edges, product, release_find(from), release_find(to), road);

	strbuf_reset(out);
	for (size_t i = 0; i < length; i++) {
		assert_string_equal(road[i]->from, i ? road[i - 1]->to : from);
		strbuf_printf(out, "%s%s", i ? ", " : "", road[i]->to);
	}
	return strbuf_text(out);
}

static void test_release_road__every_pair__fewest_hops_and_never_through_a_semi_annual_release(void **state)
{
	static const struct {
		const char *from, *to, *road;
	} cases[] = {
		{ "2012-r2", "2016", "2016" },
		{ "2012-r2", "2019", "2016, 2019" },
		{ "2012-r2", "2022", "2016, 2019, 2022" },
		{ "2012-r2", "2025", "2016, 2019, 2022, 2025" },
		{ "2016", "2019", "2019" },
		{ "2016", "2022", "2019, 2022" },
		{ "2016", "2025", "2019, 2022, 2025" },
		{ "1801", "2019", "2019" },
		{ "1801", "2022", "2019, 2022" },
		{ "1801", "2025", "2019, 2022, 2025" },
		{ "1807", "2019", "2019" },
		{ "1807", "2022", "2019, 2022" },
		{ "1807", "2025", "2019, 2022, 2025" },
		{ "2019", "2022", "2022" },
		{ "2019", "2025", "2022, 2025" },
		{ "2022", "2025", "2025" },
	};
	struct strbuf out = STRBUF_INIT;
	size_t roads = 0;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		assert_text(cases[i].from, cases[i].road, road_text(&out, OM, cases[i].from, cases[i].to));
		assert_text(cases[i].from, cases[i].road, road_text(&out, SMA, cases[i].from, cases[i].to));
	}
	for (const struct release *from = releases; from->id; from++) {
		for (const struct release *to = releases; to->id; to++)
			roads += *road_text(&out, OM, from->id, to->id) != '\0';
	}
	assert_int_equal(roads, ARRAY_LEN(cases));
	assert_text("no such product", "", road_text(&out, "nothing", "2016", "2019"));
	strbuf_clear(&out);
}

static void test_plan_hop__a_new_plan__is_2012_r2_to_2016(void **state)
{
	(void)state;
	assert_string_equal(plan_hop(NULL)->source->id, "2012-r2");
	assert_string_equal(plan_hop(NULL)->target->id, "2016");
	for (size_t i = 0; flow_at(i); i++) {
		struct plan *plan = plan_new(flow_at(i));
		const struct hop *hop = plan_hop(plan);

		assert_string_equal(hop->source->id, "2012-r2");
		assert_string_equal(hop->target->id, "2016");
		assert_non_null(hop->edge);
		assert_true(hop->edge->planned);
		assert_string_equal(hop->edge->product, flow_at(i)->id);
		plan_free(plan);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_releases__every_row__is_whole_and_in_order),
		cmocka_unit_test(test_release_edges__every_row__leads_on_and_is_found),
		cmocka_unit_test(test_release_road__every_pair__fewest_hops_and_never_through_a_semi_annual_release),
		cmocka_unit_test(test_plan_hop__a_new_plan__is_2012_r2_to_2016),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
