/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Service Management Automation: what the facts of its servers raise. A check that nothing but these facts can raise is
 * no row of a list until they do.
 */
#include "flows/sma/sma_tests.h"

#include "core/text.h"

/* What is wrong with the scope's server, in words; NULL: nothing, or it is not known. In ARENA. */
typedef const char *server_says_fn(const struct scope *scope, const struct fact_set *facts);

static const char *says(const struct scope *scope, server_says_fn *fn)
{
	const struct fact_set *facts = facts_of(scope->facts, scope->server ? scope->server->name : NULL);

	return facts ? fn(scope, facts) : NULL;
}

static enum check_state judge(struct check_context *context, server_says_fn *fn)
{
	const char *found = says(context->scope, fn);

	return found ? check_say(context, CHECK_WARNING, "%s", found) : CHECK_PASSED;
}

/* ---- the release that is there ---- */

static const char *build_says(const struct scope *scope, const char *what, const char *text)
{
	const struct product_release *before = scope->hop->before, *after = scope->hop->after;
	unsigned build[4];

	if (!text)
		return NULL;
	fact_version(text, build);
	if (after->server_build && build_reaches(build, after->server_build))
		return arena_printf(scope->arena, "the %s has %s, the build of %s or of a later release", what, text,
				    scope->hop->target->brief);
	if (before->server_build && !build_reaches(build, before->server_build))
		return arena_printf(scope->arena, "the %s has %s, a build before %s", what, text,
				    scope->hop->source->brief);
	return NULL;
}

static const char *release_says(const struct scope *scope, const struct fact_set *facts)
{
	const char *worker = build_says(scope, "runbook worker", fact_text(facts, &fact_build_worker));

	/* A new server is where the target is to be. */
	if (sma_is_new(scope))
		return NULL;
	return worker ? worker : build_says(scope, "web service", fact_text(facts, &fact_build_web_service));
}

bool sma_release_differs(const struct scope *scope)
{
	return says(scope, release_says) != NULL;
}

enum check_state sma_test_release(struct check_context *context)
{
	return judge(context, release_says);
}

/* ---- where it is installed ---- */

static const char *folder_says(const struct scope *scope, const struct fact_set *facts)
{
	const struct sma_answers *answers = sma_answers(scope->plan);
	const char *worker = answers->worker_folder ? answers->worker_folder : scope->hop->after->folder;
	const char *web = answers->web_folder ? answers->web_folder : SMA_WEB_FOLDER, *found = NULL;

	if (sma_is_new(scope) || sma_is_replaced(scope))
		return NULL;
	if (server_has(scope->server, SMA_WORKER))
		found = check_drive_moves(scope, "runbook worker", fact_text(facts, &fact_sma_worker_folder), worker);
	if (!found && server_has(scope->server, SMA_WEB_SERVICE))
		found = check_drive_moves(scope, "web service", fact_text(facts, &fact_sma_web_folder), web);
	return found;
}

bool sma_folder_differs(const struct scope *scope)
{
	return says(scope, folder_says) != NULL;
}

enum check_state sma_test_folder(struct check_context *context)
{
	return judge(context, folder_says);
}

/* ---- the certificate ---- */

bool sma_names_host(const char *name)
{
	struct diags diags = DIAGS_INIT;
	struct report to = { .diags = &diags };
	bool host = rule_host(name, &to);

	diags_clear(&diags);
	return host;
}

/* The name by which the steps ask the web service, as today's certificate has to have it. */
static bool is_called(const struct scope *scope, const char *name)
{
	const char *address = sma_answers(scope->plan)->web_address;

	return host_equal(address ? address : scope->server->name, name);
}

static const char *certificate_says(const struct scope *scope, const struct fact_set *facts)
{
	const char *ends = fact_text(facts, &fact_sma_certificate_ends), *seen = fact_text(facts, &fact_collected);
	const char *name = fact_text(facts, &fact_sma_certificate_name), *self = "";
	bool own;

	if (!sma_answers(scope->plan)->ssl || sma_is_new(scope))
		return NULL;
	if (fact_flag(facts, &fact_sma_certificate_self_signed, &own) && own)
		self = ", which is self-signed,";
	if (ends && seen && strncmp(ends, seen, strlen("2026-11-21")) < 0)
		return arena_printf(scope->arena, "its certificate%s expired on %s", self, ends);
	if (name && sma_names_host(name) && !is_called(scope, name))
		return arena_printf(scope->arena, "its certificate%s is for %s, and the steps ask for another name",
				    self, name);
	return NULL;
}

bool sma_certificate_is_wrong(const struct scope *scope)
{
	return says(scope, certificate_says) != NULL;
}

enum check_state sma_test_certificate(struct check_context *context)
{
	return judge(context, certificate_says);
}

/* ---- the license ---- */

static const char *license_says(const struct scope *scope, const struct fact_set *facts)
{
	const char *text = fact_text(facts, &fact_sma_license);

	return text && text_contains_fold(text, "eval")
		       ? arena_printf(scope->arena, "the web service says of its license: %s", text)
		       : NULL;
}

bool sma_is_evaluation(const struct scope *scope)
{
	return says(scope, license_says) != NULL;
}

enum check_state sma_test_license(struct check_context *context)
{
	return judge(context, license_says);
}

/* ---- what stays as it is ---- */

/* The facts of the web service of today; NULL: nobody collected them. */
static const struct fact_set *web_facts(const struct scope *scope)
{
	const struct server *web = sma_web_server(scope, false);

	return facts_of(scope->facts, web ? web->name : NULL);
}

/* The deployment of today has exactly the workers of the plan. */
bool sma_may_register_workers(const struct scope *scope)
{
	const struct names *known = fact_names(web_facts(scope), &fact_sma_workers);
	size_t workers = 0;

	if (!sma_keeps_workers(scope))
		return false;
	for (size_t i = 0; i < plan_server_count(scope->plan); i++)
		workers += server_has(plan_server(scope->plan, i), SMA_WORKER);
	if (!known || known->count != workers)
		return true;
	for (size_t i = 0; i < known->count; i++) {
		const struct server *server = plan_find_server(scope->plan, known->items[i]);

		if (!server || !server_has(server, SMA_WORKER))
			return true;
	}
	return false;
}

/* The portal knows the name, the port and the certificate: where it is another server, or the plan names no
 * certificate, so that a new one is made, they change. */
bool sma_may_register_endpoint(const struct scope *scope)
{
	const struct sma_answers *answers = sma_answers(scope->plan);
	const struct fact_set *facts = web_facts(scope);
	const char *serial = fact_text(facts, &fact_sma_certificate_serial);
	uint64_t port;
	bool ssl;

	if (sma_web_server(scope, false) != sma_web_server(scope, true))
		return true;
	if (!fact_number(facts, &fact_sma_port, &port) || port != answers->port ||
	    !fact_flag(facts, &fact_sma_ssl, &ssl) || ssl != answers->ssl)
		return true;
	return ssl && !(serial && answers->certificate_serial && text_equal_fold(serial, answers->certificate_serial));
}

/* ---- the rights of the accounts ---- */

/* Accounts that run the services today have what they need; about others nobody knows. */
enum check_state sma_test_rights(struct check_context *context)
{
	const struct scope *scope = context->scope;
	const struct sma_answers *answers = sma_answers(scope->plan);
	const char *pool = fact_text(web_facts(scope), &fact_sma_pool_account);

	if (!pool || !answers->pool_user || !text_equal_fold(pool, answers->pool_user) || !answers->worker_user)
		return CHECK_UNKNOWN;
	for (size_t i = 0; i < plan_server_count(scope->plan); i++) {
		struct scope here = scope_on(scope, plan_server(scope->plan, i));
		const struct fact_set *facts = facts_of(scope->facts, here.server->name);
		const char *account = fact_text(fact_row_with(facts, &fact_services, &fact_service_name, "rbsvc"),
						&fact_service_account);

		if (server_has(here.server, SMA_WORKER) && sma_is_todays(&here) &&
		    (!account || !text_equal_fold(account, answers->worker_user)))
			return CHECK_UNKNOWN;
	}
	return check_say(context, CHECK_PASSED, "they run the services today");
}
