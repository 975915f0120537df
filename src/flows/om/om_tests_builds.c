/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Operations Manager: which release a server has, by its builds, and whether that fits the upgrade.
 */
#include "flows/om/om_tests.h"

/* The release before those of the table: nothing in it can be upgraded by what this program plans. */
#define OLDEST "2012"
#define OLDEST_FROM "7.0.0.0"
#define OLDEST_BELOW "7.1.10226.0"

struct found_release {
	const char *brief;             /* NULL: the build is nobody's */
	const struct release *release; /* NULL: none that this program knows more of */
	bool preview;
};

static struct found_release release_of(const unsigned build[4])
{
	const struct product_release *row = release_of_build(om_releases, build);
	const struct release *release = row ? release_find(row->release) : NULL;
	bool oldest = build_is_between(build, OLDEST_FROM, OLDEST_BELOW);

	if (!release)
		return (struct found_release){ oldest ? OLDEST : NULL, NULL, false };
	return (struct found_release){ release->brief, release, !build_reaches(build, row->server_build) };
}

/* Another release than the one that the plan upgrades, and not yet its target. */
static enum check_state judge_other(struct check_context *context, const struct found_release *found,
				    const char *version, const char *from)
{
	const struct hop *hop = context->scope->hop;

	if (!found->brief) {
		context->remedy = "Check the build: no known release has it.";
		return check_say(context, CHECK_FAILED, "%s by %s is not %s", version, from, hop->source->brief);
	}
	if (found->preview) {
		context->remedy = "A preview cannot be upgraded: install {source} again, or ask the vendor.";
		return check_say(context, CHECK_FAILED, "%s by %s is a preview of %s, not %s", version, from,
				 found->brief, hop->source->brief);
	}
	if (found->release && found->release->rank > hop->target->rank) {
		context->remedy = "Nothing leads back to {target}: correct source and target of the plan.";
		return check_say(context, CHECK_FAILED, "%s by %s is Operations Manager %s, newer than the target",
				 version, from, found->brief);
	}
	context->remedy = "This plan begins with {source}: bring the group to {source} first, by a plan of its own.";
	return check_say(context, CHECK_FAILED, "%s by %s is %s, not %s", version, from, found->brief,
			 hop->source->brief);
}

static enum check_state judge_level(struct check_context *context, const unsigned build[4], const char *version,
				    const char *from)
{
	const struct release_edge *edge = context->scope->hop->edge;

	if (!build_reaches(build, edge->minimum_build))
		return check_say(context, CHECK_FAILED, "%s by %s is below %s", version, from,
				 edge->minimum_rollup ? arena_printf(context->scope->arena, "update rollup %s",
								     edge->minimum_rollup)
						      : edge->minimum_build);
	if (!build_reaches(build, edge->recommended_build))
		return check_say(context, CHECK_WARNING, "%s by %s is below update rollup %s", version, from,
				 edge->recommended_rollup);
	return check_say(context, CHECK_PASSED, "%s by %s", version, from);
}

/* VERSION as the installed files or the registry (FROM) say. Rollups often leave the value of the first release in the
 * registry: it tells the release only. */
static enum check_state judge_build(struct check_context *context, const char *version, const char *from, bool registry)
{
	const struct hop *hop = context->scope->hop;
	struct found_release found;
	unsigned build[4];

	fact_version(version, build);
	found = release_of(build);
	if (found.release == hop->target && !found.preview)
		return check_say(context, CHECK_PASSED, "%s by %s: %s already", version, from, hop->target->brief);
	if (found.release != hop->source || found.preview)
		return judge_other(context, &found, version, from);
	if (registry && hop->edge->recommended_build)
		return check_say(context, CHECK_UNKNOWN, "%s by the registry, which does not follow every rollup",
				 version);
	return judge_level(context, build, version, from);
}

/* The build of a gateway server is that of agents. Few updates bring one, and no document asks for a level. */
static enum check_state judge_gateway(struct check_context *context, const struct fact_set *facts)
{
	const char *version = fact_text(facts, &fact_build_gateway);
	const struct hop *hop = context->scope->hop;
	const char *minimum = hop->edge->minimum_rollup;
	const struct release_level *least;
	unsigned build[4];

	if (!version)
		return check_unknown(context, "builds");
	fact_version(version, build);
	if (build_reaches(build, hop->after->agent_build))
		return check_say(context, CHECK_PASSED, "%s: %s already", version, hop->target->brief);
	least = hop->edge->minimum_build ? release_level_of(hop->source, hop->edge->minimum_build) : NULL;
	if (!minimum || !least || !least->agent || build_reaches(build, least->agent))
		return check_say(context, CHECK_PASSED, "%s", version);
	if (str_eq(version, hop->before->agent_build))
		return check_say(context, CHECK_WARNING, "%s: the first release, below update rollup %s", version,
				 minimum);
	return check_say(context, CHECK_WARNING, "%s is below update rollup %s", version, minimum);
}

enum check_state om_test_source_build(struct check_context *context)
{
	const struct fact_set *facts = check_facts(context);
	const char *file = fact_text(facts, &fact_build_file), *registry = fact_text(facts, &fact_build_server);

	if (!server_has(context->scope->server, OM_MANAGEMENT_SERVER))
		return judge_gateway(context, facts);
	if (file)
		return judge_build(context, file, "the file version", false);
	if (registry)
		return judge_build(context, registry, "the registry", true);
	return check_unknown(context, "builds");
}

bool om_is_log_analytics(const char *version)
{
	static const char *const builds[][2] = {
		{ "8.0.11058", "8.0.12000" },
		{ "10.19.10006", "10.19.10007" },
		{ "10.19.13515", "10.19.13516" },
		{ "10.20.18000", "10.20.19000" },
	};
	bool is = false;
	unsigned build[4];

	fact_version(version, build);
	for (size_t i = 0; i < ARRAY_LEN(builds) && !is; i++)
		is = build_is_between(build, builds[i][0], builds[i][1]);
	return is;
}

/* As the group knows it. */
static const char *group_build(const struct scope *scope, const struct field *list, const struct field *name,
			       const struct field *version)
{
	const struct fact_set *group = om_own_group(scope);

	for (size_t i = 0; i < fact_row_count(group, list); i++) {
		const struct fact_set *row = fact_row(group, list, i);

		if (host_equal(fact_text(row, name), scope->server->name))
			return fact_text(row, version);
	}
	return NULL;
}

/* Facts tell of management servers, of consoles, and of what has the health service of agents: its own file, else the
 * group. Of Reporting the packages of some releases are known. */
const char *om_found_build(const struct scope *scope, const struct task *task)
{
	const struct fact_set *facts = facts_of(scope->facts, scope->server->name);
	const char *file = fact_text(facts, &fact_build_file), *found = NULL;

	if (task->roles == OM_MANAGEMENT_SERVER) {
		found = file ? file : fact_text(facts, &fact_build_server);
		return found ? found
			     : group_build(scope, &fact_group_servers, &fact_group_server_name,
					   &fact_group_server_version);
	}
	if (task->roles == OM_CONSOLE)
		return fact_text(facts, &fact_build_console);
	if (task->roles == OM_WEB_CONSOLE)
		return fact_text(facts, &fact_build_web_console);
	if (task->roles == OM_REPORTING)
		return fact_text(facts, &fact_build_reporting);
	if (task->roles == OM_GATEWAY || task->roles == OM_AGENT)
		found = fact_text(facts, &fact_build_gateway);
	if (task->roles == OM_GATEWAY && !found)
		return group_build(scope, &fact_group_gateways, &fact_gateway_name, &fact_gateway_version);
	if (task->roles == OM_AGENT && !found)
		found = group_build(scope, &fact_group_manual_agents, &fact_manual_agent_name,
				    &fact_manual_agent_version);
	return found && task->roles == OM_AGENT && om_is_log_analytics(found) ? NULL : found;
}

/* ---- the order of the servers ---- */

enum progress { PROGRESS_UNKNOWN, PROGRESS_BEFORE, PROGRESS_AFTER };

static enum progress progress_of(const struct scope *scope, const struct server *server)
{
	const struct fact_set *facts = facts_of(scope->facts, server->name);
	const char *file = fact_text(facts, &fact_build_file), *registry = fact_text(facts, &fact_build_server);
	struct found_release found;
	unsigned build[4];

	if (!file && !registry)
		return PROGRESS_UNKNOWN;
	fact_version(file ? file : registry, build);
	found = release_of(build);
	if (found.release == scope->hop->target && !found.preview)
		return PROGRESS_AFTER;
	return PROGRESS_BEFORE;
}

bool om_may_be_out_of_order(const struct scope *scope)
{
	const struct server *first = plan_first_with(scope->plan, OM_MANAGEMENT_SERVER);

	return scope->facts && scope->server != first && progress_of(scope, scope->server) == PROGRESS_AFTER &&
	       progress_of(scope, first) == PROGRESS_BEFORE;
}

enum check_state om_test_order(struct check_context *context)
{
	const struct scope *scope = context->scope;
	const struct server *first = plan_first_with(scope->plan, OM_MANAGEMENT_SERVER);

	return check_say(context, CHECK_FAILED, "it has %s already, and %s, the first of the plan, has not",
			 scope->hop->target->brief, first->name);
}

void om_facts_check(const struct scope *scope, struct diags *diags)
{
	size_t count = plan_server_count(scope->plan), servers = 0;

	for (size_t i = 0; i < count; i++) {
		const struct server *server = plan_server(scope->plan, i);

		if (!server_has(server, OM_MANAGEMENT_SERVER))
			continue;
		if (!server->name || progress_of(scope, server) != PROGRESS_AFTER)
			return;
		servers++;
	}
	if (servers)
		diags_add(diags, SEV_NOTE, "target-build-found", (struct place){ scope->plan->file, 0, 0 }, "",
			  "Read their logs, then record the steps that were done as done (mark).",
			  "All management servers have %s already. Without a record that says nothing about their "
			  "steps: they are not known, not done.",
			  scope->hop->target->brief);
}
