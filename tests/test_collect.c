/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The probe: run once for every server, never with a name that a shell would look at, and never for ever.
 */
#include "helpers.h"

#include "model/flow.h"
#include "os/platform.h"
#include "pipeline/collect.h"

#include <signal.h>
#include <unistd.h>

struct world {
	char *folder;
	struct plan *plan;
	struct facts *facts;
	struct diags diags;
};

static void add_server(struct plan *plan, const char *name)
{
	struct server *server = (struct server *)plan_new_record(plan, plan->flow->servers);

	server->name = name;
	server->roles = 1;
	rows_insert(plan, &plan->answers->servers, plan_server_count(plan), &server->record);
}

static int open_world(void **state)
{
	struct world *world = calloc(1, sizeof(*world));

	world->folder = scratch_folder();
	world->plan = plan_new(flow_find("operations-manager"));
	*state = world;
	return 0;
}

static int close_world(void **state)
{
	struct world *world = *state;

	diags_clear(&world->diags);
	facts_free(world->facts);
	plan_free(world->plan);
	scratch_remove(world->folder);
	free(world);
	return 0;
}

static bool collect(struct world *world, const char *facts, const char *probe)
{
	struct collect how = { .facts_path = facts, .probe = probe, .clock = platform_time_utc };

	return collect_facts(&how, world->plan, &world->facts, &world->diags);
}

static void test_collect__probe_with_a_slot__runs_for_every_server(void **state)
{
	struct world *world = *state;
	char command[512];
	char *found;

	add_server(world->plan, "MS01");
	add_server(world->plan, "ms02.contoso.com");
	snprintf(command, sizeof(command), "echo {server} {server} >> %s/said", world->folder);
	assert_true(collect(world, NULL, command));
	assert_int_equal(world->diags.count, 0);
	snprintf(command, sizeof(command), "%s/said", world->folder);
	found = read_whole_file(command, NULL);
	assert_string_equal(found, "MS01 MS01\nms02.contoso.com ms02.contoso.com\n");
	free(found);
}

static void test_collect__probe_without_a_slot__runs_once(void **state)
{
	struct world *world = *state;
	char command[512];
	char *found;

	add_server(world->plan, "MS01");
	add_server(world->plan, "MS02");
	snprintf(command, sizeof(command), "echo once >> %s/said", world->folder);
	assert_true(collect(world, NULL, command));
	snprintf(command, sizeof(command), "%s/said", world->folder);
	found = read_whole_file(command, NULL);
	assert_string_equal(found, "once\n");
	free(found);
}

static void test_collect__a_name_for_the_shell__is_never_passed(void **state)
{
	static const char *const names[] = { "MS01;touch x", "$(touch x)", "`touch x`", "-n",
					     "a b", "a&b", "M\xc3\xa9", "" };
	struct world *world = *state;
	char command[512];

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		add_server(world->plan, names[i]);
	snprintf(command, sizeof(command), "touch %s/ran #{server}", world->folder);
	assert_true(collect(world, NULL, command));
	assert_int_equal(world->diags.warnings, ARRAY_LEN(names));
	for (size_t i = 0; i < world->diags.count; i++)
		assert_string_equal(world->diags.items[i].code, "probe-name");
	snprintf(command, sizeof(command), "%s/ran", world->folder);
	assert_int_not_equal(access(command, F_OK), 0);
}

static void test_collect__a_probe_that_fails__is_a_warning_with_its_last_line(void **state)
{
	struct world *world = *state;

	add_server(world->plan, "MS01");
	assert_true(collect(world, NULL, "echo first; echo 'no route to {server}' >&2; echo; exit 3"));
	assert_int_equal(world->diags.warnings, 1);
	assert_string_equal(world->diags.items[0].code, "probe-failed");
	assert_string_equal(world->diags.items[0].path, "MS01");
	assert_string_equal(world->diags.items[0].hint, "no route to MS01");
}

static void test_collect__facts_that_are_not_there__are_an_error(void **state)
{
	struct world *world = *state;
	char path[512];

	snprintf(path, sizeof(path), "%s/none", world->folder);
	assert_false(collect(world, path, NULL));
	assert_int_equal(world->diags.errors, 1);
}

static void test_collect__nothing_asked_for__finds_nothing(void **state)
{
	struct world *world = *state;

	add_server(world->plan, "MS01");
	assert_true(collect(world, NULL, NULL));
	assert_null(world->facts);
	assert_int_equal(world->diags.count, 0);
}

static void test_platform_run__output_closed__the_time_counts_all_the_same(void **state)
{
	struct strbuf said = STRBUF_INIT;
	const char *why = "";

	(void)state;
	assert_false(platform_run("echo early; exec >&- 2>&-; sleep 600", 1, &said, &why));
	assert_string_equal(why, "it took too long");
	assert_string_equal(strbuf_text(&said), "early\n");
	strbuf_clear(&said);
}

/* A signal that asks to leave while a command runs ends the command, too, which is in a group of its own. */
static void test_platform_run__signal__ends_the_command_first(void **state)
{
	struct strbuf said = STRBUF_INIT;
	const char *why = "";

	(void)state;
	platform_signals_catch();
	assert_false(platform_run("echo here; kill -TERM $PPID; sleep 600 & sleep 600", 600, &said, &why));
	assert_int_equal(platform_signals_release(), SIGTERM);
	assert_string_equal(why, "it was interrupted");
	strbuf_clear(&said);
}

static void test_run__too_long__is_ended_with_all_it_started(void **state)
{
	struct world *world = *state;
	struct strbuf said = STRBUF_INIT;
	const char *why = "";

	(void)world;
	assert_false(platform_run("echo before; sleep 600 & sleep 600", 1, &said, &why));
	assert_string_equal(why, "it took too long");
	assert_string_equal(strbuf_text(&said), "before\n");
	strbuf_clear(&said);
}

static void test_run__endless_output__keeps_the_first_part_only(void **state)
{
	struct strbuf said = STRBUF_INIT;
	const char *why = "";

	(void)state;
	assert_true(platform_run("head -c 1000000 /dev/zero | tr '\\0' x", 30, &said, &why));
	assert_int_equal(said.length, 4096);
	strbuf_clear(&said);
}

int main(void)
{
#define IN_WORLD(test) cmocka_unit_test_setup_teardown(test, open_world, close_world)
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_platform_run__output_closed__the_time_counts_all_the_same),
		cmocka_unit_test(test_platform_run__signal__ends_the_command_first),
		IN_WORLD(test_collect__probe_with_a_slot__runs_for_every_server),
		IN_WORLD(test_collect__probe_without_a_slot__runs_once),
		IN_WORLD(test_collect__a_name_for_the_shell__is_never_passed),
		IN_WORLD(test_collect__a_probe_that_fails__is_a_warning_with_its_last_line),
		IN_WORLD(test_collect__facts_that_are_not_there__are_an_error),
		IN_WORLD(test_collect__nothing_asked_for__finds_nothing),
		IN_WORLD(test_run__too_long__is_ended_with_all_it_started),
		IN_WORLD(test_run__endless_output__keeps_the_first_part_only),
	};

	return run_tests(tests);
}
