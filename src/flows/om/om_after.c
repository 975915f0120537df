/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Operations Manager: what has to be true when all is done.
 */
#include "flows/om/om_tests.h"

#include "core/text.h"
#include "flows/common/common.h"
#include "flows/common/common_after.h"
#include "flows/om/om_words.h"

/* What the steps of the plan set for the time of the upgrade, and what counts where nothing is set. */
enum { QUEUE_DURING = 76800, QUEUE_BEFORE = 15360 };

/* Of the plan's group before the start. */
static const struct fact_set *group_before(const struct check_context *context)
{
	struct scope scope = *context->scope;

	scope.facts = context->before;
	return om_own_group(&scope);
}

/* ---- builds ---- */

static bool has_update(const struct scope *scope)
{
	const struct release_level *level = common_update(scope);

	return level && level->server;
}

static enum check_state test_update(struct check_context *context)
{
	const struct release_level *level = common_update(context->scope);
	const char *file = fact_text(check_facts(context), &fact_build_file);
	unsigned found[4];

	if (!file)
		return check_unknown(context, "builds");
	fact_version(file, found);
	if (!build_reaches(found, level->server))
		return check_say(context, CHECK_FAILED, "%s by the file version, and the plan's %s is %s", file,
				 level->id, level->server);
	return CHECK_PASSED;
}

/* Those that do not answer today are upgraded later: nothing has failed. */
static enum check_state test_agents(struct check_context *context)
{
	const struct fact_set *group = om_own_group(context->scope);
	const char *least = context->scope->hop->after->agent_build, *example = NULL;
	uint64_t old = 0, all = 0, count;
	unsigned found[4], wanted[4];

	if (!fact_is_known(group, &fact_group_agent_versions) || !least || !fact_version(least, wanted))
		return check_unknown(context, "group");
	for (size_t i = 0; i < fact_row_count(group, &fact_group_agent_versions); i++) {
		const struct fact_set *row = fact_row(group, &fact_group_agent_versions, i);
		const char *version = fact_text(row, &fact_agent_version);

		/* Nothing of this upgrade touches those of Log Analytics. */
		if (!fact_number(row, &fact_agent_count, &count) || !version || om_is_log_analytics(version))
			continue;
		fact_version(version, found);
		all += count;
		if (fact_version_compare(found, wanted) >= 0)
			continue;
		old += count;
		example = version;
	}
	if (!old)
		return CHECK_PASSED;
	return check_say(context, CHECK_WARNING, "%llu of %llu have a build below %s, such as %s",
			 (unsigned long long)old, (unsigned long long)all, least, example);
}

/* ---- what was set for the time of the upgrade ---- */

static bool enabled_of(const struct fact_set *group, uint64_t *enabled, uint64_t *all)
{
	return fact_number(group, &fact_group_subscriptions, all) &&
	       fact_number(group, &fact_group_subscriptions_enabled, enabled);
}

/* Facts that were collected when they were disabled already tell nothing of before. */
static enum check_state test_subscriptions(struct check_context *context)
{
	uint64_t enabled, all, before, ignored;
	bool known = enabled_of(group_before(context), &before, &ignored) && before > 0;

	if (!enabled_of(om_own_group(context->scope), &enabled, &all))
		return check_unknown(context, "group");
	if (known && enabled < before)
		return check_say(context, CHECK_FAILED, "%llu of %llu are enabled, and %llu were before the upgrade",
				 (unsigned long long)enabled, (unsigned long long)all, (unsigned long long)before);
	if (all && !enabled)
		return check_say(context, CHECK_FAILED, "none of %llu is enabled, and a step of the plan enables them",
				 (unsigned long long)all);
	return CHECK_PASSED;
}

/* Of the agent of the context's server for the plan's group. */
static bool queue_of(const struct check_context *context, const struct facts *facts, uint64_t *kb)
{
	const struct fact_set *set = facts_of(facts, context->scope->server->name);
	const char *group = om_answers(context->scope->plan)->management_group;
	const struct fact_set *row = group ? fact_row_with(set, &fact_queues, &fact_queue_group, group) : NULL;

	return fact_number(row, &fact_queue_size, kb);
}

/* An own value as high as that is possible, and then the facts from before have it too. */
static enum check_state test_queue(struct check_context *context)
{
	uint64_t now, before;
	bool known = queue_of(context, context->before, &before);

	if (!queue_of(context, context->scope->facts, &now))
		return check_unknown(context, "agent-queues");
	if (known && now != before && !(before == 0 && now == QUEUE_BEFORE))
		return check_say(context, CHECK_FAILED, "%llu KB, and it was %llu KB before the upgrade",
				 (unsigned long long)now, (unsigned long long)(before ? before : QUEUE_BEFORE));
	if (!known && now == QUEUE_DURING)
		return check_say(context, CHECK_WARNING, "%llu KB, as for the upgrade, and the product's own is %d KB",
				 (unsigned long long)now, QUEUE_BEFORE);
	return CHECK_PASSED;
}

/* ---- failover of gateways ---- */

/* A row of LIST whose two columns name both. */
static bool has_pair(const struct fact_set *group, const struct field *list, const struct field *from,
		     const struct field *to, const char *gateway, const char *other)
{
	for (size_t i = 0; i < fact_row_count(group, list); i++) {
		const struct fact_set *row = fact_row(group, list, i);

		if (host_equal(fact_text(row, from), gateway) && host_equal(fact_text(row, to), other))
			return true;
	}
	return false;
}

/* The first server that GATEWAY could change to before and cannot now; NULL: none. */
static const char *lost_failover(const struct fact_set *before, const struct fact_set *group, const char *gateway)
{
	for (size_t i = 0; i < fact_row_count(before, &fact_group_gateway_failovers); i++) {
		const struct fact_set *row = fact_row(before, &fact_group_gateway_failovers, i);
		const char *server = fact_text(row, &fact_gateway_failover_server);

		if (host_equal(fact_text(row, &fact_gateway_failover_gateway), gateway) &&
		    !has_pair(group, &fact_group_gateway_failovers, &fact_gateway_failover_gateway,
			      &fact_gateway_failover_server, gateway, server))
			return server;
	}
	return NULL;
}

static enum check_state test_failover(struct check_context *context)
{
	const struct fact_set *group = om_own_group(context->scope);
	const char *name = context->scope->server->name, *wanted = om_server(context->scope->server)->failover, *lost;
	bool pairs = fact_is_known(group, &fact_group_gateway_pairs);
	bool failovers = fact_is_known(group, &fact_group_gateway_failovers);

	if (wanted && pairs &&
	    !has_pair(group, &fact_group_gateway_pairs, &fact_gateway_pair_gateway, &fact_gateway_pair_failover, name,
		      wanted))
		return check_say(context, CHECK_FAILED, "the plan says %s, and no agent behind it has that failover",
				 wanted);
	lost = failovers ? lost_failover(group_before(context), group, name) : NULL;
	if (lost)
		return check_say(context, CHECK_FAILED, "it cannot change to %s, and could before the upgrade", lost);
	return (pairs || !wanted) && failovers ? CHECK_PASSED : check_unknown(context, "group");
}

static bool has_name(const struct scope *scope)
{
	return scope->server->name;
}

/* ---- what setup was told, and may have ignored ---- */

static bool has_other_folder(const struct scope *scope)
{
	return has_name(scope) && om_other_folder(scope);
}

static enum check_state test_folder(struct check_context *context)
{
	struct arena *arena = context->scope->arena;
	const char *found = fact_text(check_facts(context), &fact_install_folder);
	const char *wanted = om_other_folder(context->scope);
	size_t length = strlen(wanted);

	if (!found)
		return check_unknown(context, "install");
	while (length && wanted[length - 1] == '\\')
		length--;
	if (strlen(found) >= length && (!found[length] || found[length] == '\\') &&
	    text_equal_fold(arena_strndup(arena, found, length), arena_strndup(arena, wanted, length)))
		return CHECK_PASSED;
	return check_say(context, CHECK_WARNING, "it is in %s, and the plan says %s", found, wanted);
}

#define AFTERWARDS "Collect again now that all is done (facts-script), on this server and on a management server."

/* clang-format off */
const struct prereq om_after[] = {
	{
		.id = "after-build", .title = "Build after the upgrade",
		.roles = OM_ALL_ROLES, .applies = has_name, .test = common_after_build,
		.remedy = "Its upgrade is not done, whatever the record says: read the log of its setup "
			  "(scupgrade diagnose).",
		.find_out = AFTERWARDS " The build of Reporting from 1801 on no facts tell: Programs and Features "
				       "shows it.",
		.source = "builds: build tables; setup logs and registry [CODE]",
	},
	{
		.id = "after-update", .title = "Update rollup after the upgrade", .roles = OM_MANAGEMENT_SERVER,
		.applies = has_update, .test = test_update,
		.remedy = "Install the update rollup of the plan on this server.",
		.find_out = AFTERWARDS,
		.source = "build tables of the update rollups [DOC]",
	},
	{
		.id = "after-services", .title = "Services after the upgrade",
		.roles = OM_MANAGEMENT_SERVER | OM_GATEWAY | OM_AGENT, .applies = has_name,
		.test = common_after_services,
		.remedy = "Start it, and read the event log where it does not start.",
		.find_out = AFTERWARDS,
		.source = "pre-upgrade tasks, task 6, and post-upgrade tasks [DOC]",
	},
	{
		.id = "after-account", .title = "Account of the Data Access Service after the upgrade",
		.roles = OM_MANAGEMENT_SERVER, .applies = has_name, .test = om_test_data_access,
		.remedy = "Set the services to the account of the plan, and read setup's log: setup silently "
			  "ignores a switch that it does not know.",
		.find_out = AFTERWARDS,
		.source = "upgrade page, accounts [PAGE]; the comparison [OURS]",
	},
	{
		.id = "after-folder", .title = "Folder after the upgrade", .roles = OM_MANAGEMENT_SERVER,
		.applies = has_other_folder, .test = test_folder,
		.remedy = "Setup silently ignores a switch that it does not know, and no document shows this one with "
			  "an upgrade: correct the plan, so that scripts and exclusions name the folder that there is.",
		.find_out = AFTERWARDS,
		.source = "setup logs and registry [CODE]; the comparison [OURS]",
	},
	{
		.id = "after-health", .title = "Health after the upgrade", .applies = om_group_is_ill,
		.test = om_test_group_health,
		.remedy = "Look at the state of the management servers in the console.",
		.source = "post-upgrade tasks [DOC]",
	},
	{
		.id = "after-agents", .title = "Agents after the upgrade", .applies = om_has_agents,
		.test = test_agents,
		.remedy = "Upgrade the rest: the console's Pending Management shows those that can be.",
		.find_out = AFTERWARDS,
		.source = "agent upgrade page [DOC]",
	},
	{
		.id = "after-subscriptions", .title = "Notification subscriptions after the upgrade",
		.test = test_subscriptions,
		.remedy = "Enable those that the step disable-subscriptions recorded.",
		.find_out = AFTERWARDS,
		.source = "post-upgrade tasks [DOC]",
	},
	{
		.id = "after-queue", .title = "Queue of the agent after the upgrade", .roles = OM_AGENT,
		.applies = has_name, .test = test_queue,
		.remedy = "Run the step reset-agent-queue there.",
		.find_out = AFTERWARDS,
		.source = "pre-upgrade tasks, task 11, and post-upgrade tasks [DOC]",
	},
	{
		.id = "after-failover", .title = "Failover of the gateway after the upgrade", .roles = OM_GATEWAY,
		.applies = has_name, .test = test_failover,
		.remedy = "Restore it: Set-SCOMParentManagementServer, with -FailoverServer.",
		.find_out = AFTERWARDS,
		.source = "pre-upgrade tasks, task 3 [DOC]",
	},
	{ .id = NULL }
};
/* clang-format on */
