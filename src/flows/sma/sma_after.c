/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Service Management Automation: what has to be true when all is done.
 */
#include "flows/sma/sma.h"

#include "core/text.h"
#include "flows/common/common_after.h"
#include "flows/sma/sma_words.h"

static bool is_kept(const struct scope *scope)
{
	return scope->server->name && sma_stays(scope);
}

static enum check_state test_services(struct check_context *context)
{
	enum check_state state = common_after_services(context);
	const struct fact_set *row = fact_row_with(check_facts(context), &fact_services, &fact_service_name, "W3SVC");
	const char *web = fact_text(row, &fact_service_state);

	if (state == CHECK_FAILED || !server_has(context->scope->server, SMA_WEB_SERVICE))
		return state;
	if (!web)
		return check_unknown(context, "services");
	return str_eq(web, "running") ? state
				      : check_say(context, CHECK_FAILED, "W3SVC is %s, and should be running", web);
}

/* "SQL01\AUTO" of the plan: the default instance has no name, and a port is another way to say one. NULL: no server. */
static const char *wanted_server(const struct scope *scope)
{
	const struct sma_answers *answers = sma_answers(scope->plan);

	return answers->sql_server && answers->sql_instance
		       ? arena_printf(scope->arena, "%s\\%s", answers->sql_server, answers->sql_instance)
		       : answers->sql_server;
}

/* Hosts match as computers do; an instance has no case. */
static bool same_server(struct arena *arena, const char *a, const char *b)
{
	size_t a_host = strcspn(a, "\\,"), b_host = strcspn(b, "\\,");
	const char *a_rest = arena_strndup(arena, a + a_host, strcspn(a + a_host, ","));
	const char *b_rest = arena_strndup(arena, b + b_host, strcspn(b + b_host, ","));

	return host_equal(arena_strndup(arena, a, a_host), arena_strndup(arena, b, b_host)) &&
	       text_equal_fold(str_eq(a_rest, "\\MSSQLSERVER") ? "" : a_rest,
			       str_eq(b_rest, "\\MSSQLSERVER") ? "" : b_rest);
}

static enum check_state test_connection(struct check_context *context)
{
	const struct scope *scope = context->scope;
	const struct fact_set *row = fact_row_with(check_facts(context), &fact_databases, &fact_database_role, "sma");
	const char *server = fact_text(row, &fact_database_server), *name = fact_text(row, &fact_database_name);
	const char *wanted = wanted_server(scope);
	const char *database = sma_kept(sma_answers(scope->plan)->database, SMA_DATABASE);

	if (!server || !wanted)
		return check_unknown(context, "databases");
	if (same_server(scope->arena, server, wanted) && text_equal_fold(name, database))
		return CHECK_PASSED;
	return check_say(context, CHECK_FAILED, "it uses %s on %s, and the plan says %s on %s", name, server, database,
			 wanted);
}

/* The list of the deployment, by any web service that answered. */
static const struct names *workers_of(const struct facts *facts)
{
	const struct names *workers = NULL;

	for (size_t i = 0; i < facts_count(facts) && !workers; i++)
		workers = fact_names(facts_at(facts, i), &fact_sma_workers);
	return workers;
}

static enum check_state test_worker(struct check_context *context)
{
	const struct names *workers = workers_of(context->scope->facts);

	if (!workers)
		return check_unknown(context, "sma");
	for (size_t i = 0; i < workers->count; i++) {
		if (host_equal(workers->items[i], context->scope->server->name))
			return CHECK_PASSED;
	}
	return check_say(context, CHECK_FAILED, "it is not among the workers that the deployment knows (%zu)",
			 workers->count);
}

#define AFTERWARDS "Collect again now that all is done (facts-script), on this server and on a web service."

/* clang-format off */
const struct prereq sma_after[] = {
	{
		.id = "after-build", .title = "Build after the upgrade", .roles = SMA_WORKER | SMA_WEB_SERVICE,
		.applies = is_kept, .test = common_after_build,
		.remedy = "Its installation is not done, whatever a record says: read its log (scupgrade diagnose).",
		.find_out = AFTERWARDS,
		.source = "SMA system requirements [CODE, UNCERTAIN: one source]",
	},
	{
		.id = "after-services", .title = "Services after the upgrade", .roles = SMA_WORKER | SMA_WEB_SERVICE,
		.applies = is_kept, .test = test_services,
		.remedy = "Start it, and read the event log where it does not start.",
		.find_out = AFTERWARDS,
		.source = "SMA deployment page [DOC]",
	},
	{
		.id = "after-connection", .title = "Database after the upgrade",
		.roles = SMA_WORKER | SMA_WEB_SERVICE, .applies = is_kept, .test = test_connection,
		.remedy = "Uninstall it there and install it with the database of the plan.",
		.find_out = AFTERWARDS,
		.source = "upgrade page [PAGE]",
	},
	{
		.id = "after-worker", .title = "Worker after the upgrade", .roles = SMA_WORKER, .applies = is_kept,
		.test = test_worker,
		.remedy = "Register it: New-SmaRunbookWorkerDeployment.",
		.find_out = AFTERWARDS,
		.source = "SMA deployment page [DOC]",
	},
	{ .id = NULL }
};
/* clang-format on */
