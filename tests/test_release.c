/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Tests of the releases, of every upgrade between them, and of the hop of a plan.
 */
#include "helpers.h"

#include "flows/common/prereq_facts.h"
#include "model/flow.h"
#include "model/hop.h"
#include "pipeline/sequence.h"
#include "pipeline/validate.h"

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
		assert_string_equal(release_choices[rank - 1].id, release->id);
		assert_string_equal(release_choices[rank - 1].label, release->name);
		assert_string_equal(release_choices[rank - 1].brief, release->brief);
	}
	assert_int_equal(rank, 7);
	assert_null(release_choices[rank].id);
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
		assert_true(!edge->planned || edge->level_text);
		assert_true(!edge->minimum_rollup || strstr(edge->level_text, edge->minimum_rollup));
		assert_true(!edge->recommended_build || strstr(edge->level_text, edge->recommended_build));
	}
}

static void check_order(const char *label, const char *before, const char *after)
{
	unsigned a[4], b[4];

	assert_labelled(label, after && fact_version(after, b));
	assert_labelled(label, !before || (fact_version(before, a) && fact_version_compare(a, b) < 0));
}

static void test_release_levels__every_row__is_in_order_and_found_by_its_build(void **state)
{
	(void)state;
	for (const struct release *release = releases; release->id; release++) {
		const char *agent = NULL;

		assert_string_equal(release->levels[0].id, "RTM");
		assert_non_null(strchr(release->levels_source, '['));
		for (const struct release_level *level = release->levels; level->id; level++) {
			check_order(level->id, level == release->levels ? NULL : level[-1].server, level->server);
			if (level->agent)
				check_order(level->id, agent, level->agent);
			agent = level->agent ? level->agent : agent;
			assert_ptr_equal(release_level_find(release, level->id), level);
			assert_ptr_equal(release_level_of(release, level->server), level);
		}
		assert_null(release_level_find(release, "UR99"));
	}
	assert_string_equal(release_level_of(release_find("2016"), "7.2.12149.9")->id, "UR6");
	assert_string_equal(release_level_of(release_find("2016"), "7.2.13000.0")->id, "UR10-fix");
	assert_null(release_level_of(release_find("2016"), "7.2.11718.0"));
	assert_string_equal(release_level_find(release_find("2025"), "UR1-hotfix")->kb, "5080648");
}

/* Levels that an edge names are levels of its releases, and each flag stands once. */
static void check_flags(const struct release_edge *edge)
{
	const struct release *from = release_find(edge->from), *to = release_find(edge->to);

	for (const struct edge_flag *flag = edge->flags; flag && flag->flag != RELEASE_FLAG_COUNT; flag++) {
		print_message("%s %s\n", edge->id, release_flags[flag->flag].name);
		assert_ptr_equal(edge_flag_find(edge, flag->flag), flag);
		assert_true(!flag->below || release_level_find(from, flag->below));
		assert_true(!flag->from || release_level_find(to, flag->from));
		assert_true(!flag->until || release_level_find(to, flag->until));
	}
	assert_true(!edge->stage_level || release_level_find(from, edge->stage_level));
	assert_true(!edge->minimum_build || release_level_of(from, edge->minimum_build));
}

static void test_release_flags__every_edge__has_those_that_exist(void **state)
{
	(void)state;
	for (size_t i = 0; i < RELEASE_FLAG_COUNT; i++) {
		assert_labelled(release_flags[i].name, release_flags[i].name && *release_flags[i].step);
		for (size_t k = 0; k < i; k++)
			assert_string_not_equal(release_flags[i].name, release_flags[k].name);
	}
	for (const struct release_edge *edge = release_edges; edge->id; edge++)
		check_flags(edge);
	assert_null(edge_flag_find(release_edge_find(release_edges, OM, release_find("1801"), release_find("2019")),
				   FLAG_PATH_CHANGE));
	assert_null(edge_flag_find(NULL, FLAG_PATH_CHANGE));
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

/* ---- what products have to know ---- */

/* LIST is there, and WORDS name each of it. */
static void check_list_in_words(const char *label, const char *const *list, const char *words)
{
	assert_labelled(label, list && *list && words);
	for (; *list && !strstr(words, "later"); list++)
		assert_labelled(*list, strstr(words, *list) != NULL);
}

static void check_target_row(const struct product_release *row)
{
	unsigned numbers[4];

	assert_labelled(row->name, row->folder && row->sql && row->sql->name && row->powershell);
	/* Of later releases of Service Management Automation no document has a build. */
	assert_labelled(row->name, !row->server_build || fact_version(row->server_build, numbers));
	assert_labelled(row->name, fact_version(row->powershell, numbers));
	assert_labelled(row->name, !row->agent_build || fact_version(row->agent_build, numbers));
	check_list_in_words(row->name, row->windows, row->windows_text);
	for (const struct sql_version *sql = row->sql; sql->name; sql++)
		assert_labelled(sql->name, strstr(row->sql_text, sql->name) != NULL);
	for (const char *const *windows = row->windows; *windows; windows++)
		assert_labelled(*windows, windows_reaches((const unsigned[4]){ 10, 0, 30000, 0 }, *windows));
}

/* Each end of a planned edge has a row, and the target's says what prerequisites and steps ask for. */
static void test_product_releases__every_planned_edge__has_its_rows(void **state)
{
	(void)state;
	for (size_t k = 0; flow_at(k); k++) {
		const struct flow *flow = flow_at(k);

		for (const struct product_release *const *row = flow->releases; *row; row++) {
			const struct release *release = release_find((*row)->release);

			assert_labelled((*row)->name, release && strstr((*row)->name, release->brief));
			assert_labelled((*row)->name, strchr((*row)->source, '[') != NULL);
		}
		for (const struct release_edge *edge = release_edges; edge->id; edge++) {
			struct plan *plan = plan_new(flow);
			const struct hop *hop;

			plan->answers->source = (int)(release_find(edge->from) - releases);
			plan->answers->target = (int)(release_find(edge->to) - releases);
			hop = plan_hop(plan);
			/* Fields are judged for every hop, planned or not. */
			assert_labelled(edge->id, hop->before && hop->after);
			if (edge->planned && str_eq(edge->product, flow->id)) {
				assert_string_equal(hop->before->release, edge->from);
				assert_string_equal(hop->after->release, edge->to);
				check_target_row(hop->after);
			}
			plan_free(plan);
		}
	}
}

/* What of Windows Server and of SQL Server both ends take. Where a list is not known the other one decides. */
static void test_hop_takes__every_edge__what_both_releases_take(void **state)
{
	static const char *const windows[] = { "2012", "2012 R2", "2016", "2019", "2022", "2025", NULL };
	static const char *const sql[] = { "2012", "2014", "2016", "2017", "2019", "2022", "2025", NULL };
	static const struct {
		const char *product, *from, *to, *windows, *sql;
	} cases[] = {
		{ OM, "2012-r2", "2016", " 2012 R2 2016", " 2012 2014 2016" },
		{ OM, "2016", "2019", " 2016", " 2016" },
		{ OM, "1801", "2019", " 2016", " 2016" },
		{ OM, "1807", "2019", " 2016", " 2016" },
		{ OM, "2019", "2022", " 2019", " 2017 2019" },
		{ OM, "2022", "2025", " 2019 2022", " 2017 2019 2022" },
		{ SMA, "2016", "2019", " 2016", " 2012 2016" },
		{ SMA, "1801", "2019", " 2016 2019", " 2012 2016 2017" },
		{ SMA, "2019", "2022", "", " 2017" },
		{ SMA, "2022", "2025", "", "" },
	};
	struct strbuf out = STRBUF_INIT;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct plan *plan = plan_new(flow_find(cases[i].product));

		plan->answers->source = (int)(release_find(cases[i].from) - releases);
		plan->answers->target = (int)(release_find(cases[i].to) - releases);
		strbuf_reset(&out);
		for (const char *const *name = windows; *name; name++)
			strbuf_printf(&out, "%s%s", hop_takes_windows(plan_hop(plan), *name) ? " " : "",
				      hop_takes_windows(plan_hop(plan), *name) ? *name : "");
		assert_text(cases[i].to, cases[i].windows, strbuf_text(&out));
		strbuf_reset(&out);
		for (const char *const *name = sql; *name; name++)
			strbuf_printf(&out, "%s%s", hop_takes_sql(plan_hop(plan), *name) ? " " : "",
				      hop_takes_sql(plan_hop(plan), *name) ? *name : "");
		assert_text(cases[i].to, cases[i].sql, strbuf_text(&out));
		plan_free(plan);
	}
	strbuf_clear(&out);
}

/* ---- the verdict about a plan ---- */

static struct plan *plan_from_to(const struct flow *flow, const char *from, const char *to)
{
	struct plan *plan = plan_new(flow);
	struct record *server = plan_new_record(plan, flow->servers);

	assert_true(field_store(fields_find(flow->servers->columns, "name"), plan, server, "MS01", NULL));
	assert_true(field_store(fields_find(flow->servers->columns, "roles"), plan, server, flow->roles[0].id, NULL));
	rows_insert(plan, &plan->answers->servers, 0, server);
	assert_true(field_store(fields_find(flow->fields, "source"), plan, &plan->answers->record, from, NULL));
	assert_true(field_store(fields_find(flow->fields, "target"), plan, &plan->answers->record, to, NULL));
	return plan;
}

/* The finding about the target of such a plan, or "" when it has none. */
static void judge(const struct flow *flow, const char *from, const char *to, struct strbuf *out)
{
	struct plan *plan = plan_from_to(flow, from, to);
	struct diags diags = DIAGS_INIT;

	strbuf_reset(out);
	validate_plan(plan, &diags);
	for (size_t i = 0; i < diags.count; i++) {
		if (str_eq(diags.items[i].path, "target"))
			strbuf_printf(out, "%s: %s", diags.items[i].code, diags.items[i].text);
	}
	diags_clear(&diags);
	plan_free(plan);
}

static void test_hop_check__no_edge__names_the_road_that_exists(void **state)
{
	static const struct {
		const char *from, *to, *finding;
	} cases[] = {
		{ "2012-r2", "2016", "" },
		{ "2012-r2", "2019",
		  "no-such-edge: There is no upgrade from 2012 R2 to 2019; upgrade to 2016 first, then from 2016 to "
		  "2019." },
		{ "2012-r2", "2025",
		  "no-such-edge: There is no upgrade from 2012 R2 to 2025; upgrade to 2016 first, then from 2016 to "
		  "2019, from 2019 to 2022 and from 2022 to 2025." },
		{ "1801", "2022",
		  "no-such-edge: There is no upgrade from 1801 to 2022; upgrade to 2019 first, then from 2019 to "
		  "2022." },
		{ "2019", "2016",
		  "no-such-edge: There is no upgrade from 2019 to 2016: nothing goes back to an older release." },
		{ "2016", "2016", "no-such-edge: There is no upgrade from 2016 to 2016: it is the same release." },
		{ "2012-r2", "1807",
		  "no-such-edge: No upgrade to 1807 is planned here: that release is out of support." },
		{ "2016", "1801",
		  "edge-not-planned: No upgrade to 1801 is planned here: that release is out of support." },
	};
	struct strbuf out = STRBUF_INIT;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		for (size_t k = 0; flow_at(k); k++) {
			judge(flow_at(k), cases[i].from, cases[i].to, &out);
			assert_text(cases[i].to, cases[i].finding, strbuf_text(&out));
		}
	}
	strbuf_clear(&out);
}

static void test_hop_check__edge_without_what_a_plan_needs__is_not_planned_yet(void **state)
{
	const struct release_edge edges[] = {
		{ .id = "E1", .product = flow_at(0)->id, .from = "2016", .to = "2019", .source = "a page [DOC]" },
		{ .id = NULL },
	};
	struct flow flow = *flow_at(0);
	struct strbuf out = STRBUF_INIT;

	(void)state;
	flow.edges = edges;
	judge(&flow, "2016", "2019", &out);
	assert_string_equal(strbuf_text(&out), "edge-not-planned: 2016 to 2019 is an upgrade that this version of "
					       "scupgrade does not plan yet.");
	strbuf_clear(&out);
}

/* What is planned has steps and prerequisites, and no finding; nothing else has any, and one finding. */
static void check_pair(const struct flow *flow, const struct release *from, const struct release *to)
{
	const struct release_edge *edge = release_edge_find(release_edges, flow->id, from, to);
	const char *code = !edge ? "no-such-edge: " : edge->planned ? "" : "edge-not-planned: ";
	struct plan *plan = plan_from_to(flow, from->id, to->id);
	struct arena *arena = arena_new();
	struct strbuf out = STRBUF_INIT;

	judge(flow, from->id, to->id, &out);
	print_message("%s, %s to %s: %s\n", flow->id, from->id, to->id, strbuf_text(&out));
	assert_ptr_equal(plan_hop(plan)->edge, edge);
	assert_true(*code ? str_starts(strbuf_text(&out), code) : !out.length);
	assert_int_equal(sequence_build(plan, arena).count > 0, !*code);
	assert_int_equal(prereq_run(plan, NULL, NULL, arena).count > 0, !*code);
	strbuf_clear(&out);
	arena_free(arena);
	plan_free(plan);
}

static void test_hop__every_pair__is_planned_or_refused_with_one_finding(void **state)
{
	(void)state;
	for (size_t k = 0; flow_at(k); k++) {
		for (const struct release *from = releases; from->id; from++) {
			for (const struct release *to = releases; to->id; to++)
				check_pair(flow_at(k), from, to);
		}
	}
}

/* A plan shows where its releases were chosen, also when its file has them, and such a pair stays there. */
static void test_validate_page__no_such_edge__is_an_error_at_the_field(void **state)
{
	(void)state;
	for (size_t k = 0; flow_at(k); k++) {
		struct plan *plan = plan_from_to(flow_at(k), "2012-r2", "2019");
		const struct page *choose = flow_at(k)->pages[0];
		struct diags diags = DIAGS_INIT;

		plan->file = "plan.yaml";
		assert_true(page_applies(choose, plan));
		assert_false(validate_page(plan, choose, &diags));
		assert_int_equal(diags.count, 1);
		assert_string_equal(diags.items[0].path, "target");
		assert_ptr_equal(page_of_path(flow_at(k), "target"), choose);
		diags_clear(&diags);
		assert_true(field_store(fields_find(flow_at(k)->fields, "target"), plan, &plan->answers->record, "2016",
					NULL));
		assert_true(page_applies(choose, plan));
		assert_true(validate_page(plan, choose, &diags));
		plan_free(plan);
	}
}

/* Whether there is a planned edge of FLOW that begins at RELEASE or, TARGET, leads from SOURCE to it. */
static bool is_planned_end(const struct flow *flow, const char *source, const char *release, bool target)
{
	for (const struct release_edge *edge = release_edges; edge->id; edge++) {
		if (edge->planned && str_eq(edge->product, flow->id) && (!target || str_eq(edge->from, source)) &&
		    str_eq(target ? edge->to : edge->from, release))
			return true;
	}
	return false;
}

static void check_offers(const struct plan *plan, const char *key)
{
	const struct field *field = fields_find(plan->flow->fields, key);
	bool target = str_eq(key, "target");
	size_t count = 0;

	for (const struct release *release = releases; release->id; release++) {
		if (!is_planned_end(plan->flow, plan_hop(plan)->source->id, release->id, target))
			continue;
		assert_non_null(field_offer(field, plan, count));
		assert_string_equal(field_offer(field, plan, count++)->id, release->id);
	}
	assert_null(field_offer(field, plan, count));
	assert_true(count > 0);
}

static void test_field_offer__releases__are_those_of_planned_edges(void **state)
{
	(void)state;
	for (size_t k = 0; flow_at(k); k++) {
		struct plan *plan = plan_new(flow_at(k));
		const struct field *source = fields_find(flow_at(k)->fields, "source");
		const struct field *target = fields_find(flow_at(k)->fields, "target");

		check_offers(plan, "source");
		check_offers(plan, "target");
		assert_true(str_starts(field_choice_help(source, plan, field_offer(source, plan, 0), plan->arena),
				       "Update rollup "));
		assert_string_equal(field_choice_help(target, plan, field_offer(target, plan, 0), plan->arena),
				    "Extended support of 2016 ends on January 11, 2027.");
		plan_free(plan);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_releases__every_row__is_whole_and_in_order),
		cmocka_unit_test(test_release_edges__every_row__leads_on_and_is_found),
		cmocka_unit_test(test_release_levels__every_row__is_in_order_and_found_by_its_build),
		cmocka_unit_test(test_release_flags__every_edge__has_those_that_exist),
		cmocka_unit_test(test_hop_takes__every_edge__what_both_releases_take),
		cmocka_unit_test(test_release_road__every_pair__fewest_hops_and_never_through_a_semi_annual_release),
		cmocka_unit_test(test_plan_hop__a_new_plan__is_2012_r2_to_2016),
		cmocka_unit_test(test_product_releases__every_planned_edge__has_its_rows),
		cmocka_unit_test(test_hop_check__no_edge__names_the_road_that_exists),
		cmocka_unit_test(test_hop_check__edge_without_what_a_plan_needs__is_not_planned_yet),
		cmocka_unit_test(test_hop__every_pair__is_planned_or_refused_with_one_finding),
		cmocka_unit_test(test_validate_page__no_such_edge__is_an_error_at_the_field),
		cmocka_unit_test(test_field_offer__releases__are_those_of_planned_edges),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
