/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Operations Manager: what the facts of the management group say. A check that nothing but these facts can raise is no
 * row of a list until they do.
 */
#include "flows/om/om_tests.h"

#include "core/text.h"

enum { GATEWAY_MOST = 2000, NAMES_SHOWN = 5 };

const struct fact_set *om_own_group(const struct scope *scope)
{
	return om_group(scope->facts, om_answers(scope->plan)->management_group);
}

/* Adds what is wrong to OUT; nothing when all is well, or not known. */
typedef void group_says_fn(const struct fact_set *group, const struct scope *scope, struct strbuf *out);

static bool says(const struct scope *scope, group_says_fn *fn)
{
	const struct fact_set *group = om_own_group(scope);
	struct strbuf out = STRBUF_INIT;
	bool any;

	if (group)
		fn(group, scope, &out);
	any = out.length > 0;
	strbuf_clear(&out);
	return any;
}

static enum check_state judge(struct check_context *context, group_says_fn *fn, enum check_state bad)
{
	const struct fact_set *group = om_own_group(context->scope);
	struct strbuf out = STRBUF_INIT;

	if (group)
		fn(group, context->scope, &out);
	if (out.length)
		check_say(context, bad, "%s", strbuf_text(&out));
	else
		bad = CHECK_PASSED;
	strbuf_clear(&out);
	return bad;
}

/* One of several, with what they have in common said once before them. */
static void add_one(struct strbuf *out, size_t *count, const char *lead, const char *text)
{
	if (*count < NAMES_SHOWN)
		strbuf_printf(out, "%s%s", *count ? ", " : lead, text);
	else if (*count == NAMES_SHOWN)
		strbuf_puts(out, " and others");
	(*count)++;
}

/* ---- what steps of the plan bring about ---- */

enum check_state om_test_gateway_failover(struct check_context *context)
{
	const struct fact_set *group = om_own_group(context->scope);
	uint64_t sum = 0, alone;

	if (!fact_is_known(group, &fact_group_gateways))
		return check_unknown(context, "group");
	for (size_t i = 0; i < fact_row_count(group, &fact_group_gateways); i++) {
		if (!fact_number(fact_row(group, &fact_group_gateways, i), &fact_gateway_agents_alone, &alone))
			return check_unknown(context, "group");
		sum += alone;
	}
	return sum ? check_say(context, CHECK_WARNING, "agents behind gateways without a failover: %llu",
			       (unsigned long long)sum)
		   : check_say(context, CHECK_PASSED, "all agents behind gateways have a failover");
}

/* Of COLUMN, over the LIST's rows that have it. */
static uint64_t sum_of(const struct fact_set *group, const struct field *list, const struct field *column)
{
	uint64_t sum = 0, one;

	for (size_t i = 0; i < fact_row_count(group, list); i++) {
		if (fact_number(fact_row(group, list, i), column, &one))
			sum += one;
	}
	return sum;
}

enum check_state om_test_pending(struct check_context *context)
{
	const struct fact_set *group = om_own_group(context->scope);
	uint64_t sum = sum_of(group, &fact_group_pending, &fact_pending_count);

	if (!fact_is_known(group, &fact_group_pending))
		return check_unknown(context, "group");
	return sum ? check_say(context, CHECK_WARNING, "entries that wait: %llu", (unsigned long long)sum)
		   : check_say(context, CHECK_PASSED, "nothing waits");
}

enum check_state om_test_subscriptions(struct check_context *context)
{
	const struct fact_set *group = om_own_group(context->scope);
	uint64_t all, enabled;

	if (!fact_number(group, &fact_group_subscriptions, &all) ||
	    !fact_number(group, &fact_group_subscriptions_enabled, &enabled))
		return check_unknown(context, "group");
	return check_say(context, enabled ? CHECK_WARNING : CHECK_PASSED, "%llu of %llu are enabled",
			 (unsigned long long)enabled, (unsigned long long)all);
}

/* ---- health ---- */

static void say_health(const struct fact_set *group, const struct scope *scope, struct strbuf *out)
{
	size_t count = 0;

	for (size_t i = 0; i < fact_row_count(group, &fact_group_servers); i++) {
		const struct fact_set *row = fact_row(group, &fact_group_servers, i);
		const char *health = fact_text(row, &fact_group_server_health);

		if (health && (str_eq(health, "error") || str_eq(health, "warning")))
			add_one(out, &count, "the group says: ",
				arena_printf(scope->arena, "%s %s", fact_text(row, &fact_group_server_name), health));
	}
}

bool om_group_is_ill(const struct scope *scope)
{
	return says(scope, say_health);
}

enum check_state om_test_group_health(struct check_context *context)
{
	return judge(context, say_health, CHECK_WARNING);
}

/* ---- management packs ---- */

static void say_packs(const struct fact_set *group, const struct scope *scope, struct strbuf *out)
{
	size_t count = 0;

	for (size_t i = 0; i < fact_row_count(group, &fact_group_packs_third_party); i++) {
		const struct fact_set *row = fact_row(group, &fact_group_packs_third_party, i);
		const char *version = fact_text(row, &fact_pack_version);

		add_one(out, &count, "of other vendors: ",
			arena_printf(scope->arena, "%s%s%s", fact_text(row, &fact_pack_name), version ? " " : "",
				     version ? version : ""));
	}
}

bool om_has_foreign_packs(const struct scope *scope)
{
	return says(scope, say_packs);
}

enum check_state om_test_packs(struct check_context *context)
{
	return judge(context, say_packs, CHECK_WARNING);
}

/* Facts show something that a person has to look at before the start. */
bool om_wants_review(const struct scope *scope)
{
	return om_group_is_ill(scope) || om_has_foreign_packs(scope);
}

/* ---- license ---- */

static void say_license(const struct fact_set *group, const struct scope *scope, struct strbuf *out)
{
	const char *kind = fact_text(group, &fact_group_license), *ends = fact_text(group, &fact_group_license_ends);

	(void)scope;
	if (kind && str_eq(kind, "evaluation"))
		strbuf_printf(out, "an evaluation%s%s", ends ? ", until " : "", ends ? ends : "");
}

bool om_is_evaluation(const struct scope *scope)
{
	return says(scope, say_license);
}

enum check_state om_test_license(struct check_context *context)
{
	return judge(context, say_license, CHECK_WARNING);
}

/* ---- the script of the update rollup ---- */

/* The highest file of a management server in the facts; "" when none is known. */
static const char *newest_file(const struct scope *scope)
{
	unsigned best[4] = { 0 }, one[4];
	const char *found = "";

	for (size_t i = 0; i < plan_server_count(scope->plan); i++) {
		const struct server *server = plan_server(scope->plan, i);
		const char *text = fact_text(facts_of(scope->facts, server->name), &fact_build_file);

		if (!text || !server_has(server, OM_MANAGEMENT_SERVER))
			continue;
		fact_version(text, one);
		if (fact_version_compare(one, best) <= 0)
			continue;
		memcpy(best, one, sizeof(best));
		found = text;
	}
	return found;
}

static void say_script(const struct fact_set *group, const struct scope *scope, struct strbuf *out)
{
	static const struct {
		const struct field *fact;
		const char *where;
	} levels[] = {
		{ &fact_group_level_database, "the operational database" },
		{ &fact_group_level_warehouse, "the data warehouse" },
	};
	const char *file = newest_file(scope);
	unsigned have[4];

	for (size_t i = 0; *file && i < ARRAY_LEN(levels); i++) {
		const char *level = fact_text(group, levels[i].fact);

		if (!level)
			continue;
		fact_version(level, have);
		if (!build_reaches(have, file))
			strbuf_printf(out, "%s%s is at %s, the servers at %s", out->length ? "; " : "",
				      levels[i].where, level, file);
	}
}

bool om_lacks_script(const struct scope *scope)
{
	return says(scope, say_script);
}

enum check_state om_test_script(struct check_context *context)
{
	return judge(context, say_script, CHECK_WARNING);
}

/* ---- profiles of the Data Reader ---- */

static void say_profiles(const struct fact_set *group, const struct scope *scope, struct strbuf *out)
{
	static const char profile[] = "Microsoft.SystemCenter.DataWarehouse.ReportDeploymentActionAccount";
	size_t count = 0;

	if (!fact_is_known(group, &fact_group_run_as) || fact_is_known(group, &fact_group_data_reader))
		return;
	for (size_t i = 0; i < fact_row_count(group, &fact_group_run_as); i++) {
		const struct fact_set *row = fact_row(group, &fact_group_run_as, i);
		const char *class = fact_text(row, &fact_run_as_class);

		if (str_eq(fact_text(row, &fact_run_as_profile), profile))
			add_one(out, &count, "the profile has ",
				arena_printf(scope->arena, "%s for %s", fact_text(row, &fact_run_as_account),
					     class ? class : "everything"));
	}
	if (!count)
		strbuf_puts(out, "the profile has no account");
}

bool om_profiles_differ(const struct scope *scope)
{
	return says(scope, say_profiles);
}

enum check_state om_test_profiles(struct check_context *context)
{
	return judge(context, say_profiles, CHECK_WARNING);
}

/* ---- where the databases are ---- */

static bool same_place(struct arena *arena, const struct fact_set *a, const struct fact_set *b)
{
	const char *one = fact_text(a, &fact_place_name), *other = fact_text(b, &fact_place_name);

	return text_equal_fold(sql_address_plain(arena, fact_text(a, &fact_place_server)),
			       sql_address_plain(arena, fact_text(b, &fact_place_server))) &&
	       (!one || !other || text_equal_fold(one, other));
}

static void say_places(const struct fact_set *group, const struct scope *scope, struct strbuf *out)
{
	for (size_t i = 0; i < fact_row_count(group, &fact_group_database_places); i++) {
		const struct fact_set *row = fact_row(group, &fact_group_database_places, i);
		const struct fact_set *first = fact_row_with(group, &fact_group_database_places, &fact_place_database,
							     fact_text(row, &fact_place_database));

		if (same_place(scope->arena, first, row))
			continue;
		strbuf_printf(out, "the %s database is on %s by its %s, on %s by its %s",
			      fact_text(row, &fact_place_database), fact_text(first, &fact_place_server),
			      fact_text(first, &fact_place_place), fact_text(row, &fact_place_server),
			      fact_text(row, &fact_place_place));
		return;
	}
}

bool om_places_differ(const struct scope *scope)
{
	return says(scope, say_places);
}

enum check_state om_test_places(struct check_context *context)
{
	return judge(context, say_places, CHECK_WARNING);
}

/* ---- gateways ---- */

static void say_gateways(const struct fact_set *group, const struct scope *scope, struct strbuf *out)
{
	size_t count = 0;
	uint64_t agents;

	for (size_t i = 0; i < fact_row_count(group, &fact_group_gateways); i++) {
		const struct fact_set *row = fact_row(group, &fact_group_gateways, i);

		if (fact_number(row, &fact_gateway_agents, &agents) && agents > GATEWAY_MOST)
			add_one(out, &count, "", arena_printf(scope->arena, "%s has %llu agents",
							      fact_text(row, &fact_gateway_name),
							      (unsigned long long)agents));
	}
}

bool om_gateways_are_full(const struct scope *scope)
{
	return says(scope, say_gateways);
}

enum check_state om_test_gateways(struct check_context *context)
{
	return judge(context, say_gateways, CHECK_WARNING);
}

/* ---- counts ---- */

static void say_counts(const struct fact_set *group, const struct scope *scope, struct strbuf *out)
{
	uint64_t all, push, manual, sum = sum_of(group, &fact_group_agent_versions, &fact_agent_count);

	(void)scope;
	if (!fact_number(group, &fact_group_agents, &all))
		return;
	if (fact_number(group, &fact_group_agents_push, &push) &&
	    fact_number(group, &fact_group_agents_manual, &manual) && push + manual != all)
		strbuf_printf(out, "%llu agents, of which %llu by push and %llu by hand", (unsigned long long)all,
			      (unsigned long long)push, (unsigned long long)manual);
	if (fact_is_known(group, &fact_group_agent_versions) && sum != all)
		strbuf_printf(out, "%s%llu agents, and %llu by their builds", out->length ? "; " : "",
			      (unsigned long long)all, (unsigned long long)sum);
}

bool om_counts_differ(const struct scope *scope)
{
	return says(scope, say_counts);
}

enum check_state om_test_counts(struct check_context *context)
{
	return judge(context, say_counts, CHECK_WARNING);
}

/* ---- replicas: of the databases that the facts of a management server name ---- */

static void say_replicas(const struct fact_set *group, const struct scope *scope, struct strbuf *out)
{
	size_t count = 0;

	for (size_t i = 0; i < fact_row_count(group, &fact_replicas); i++) {
		const struct fact_set *row = fact_row(group, &fact_replicas, i);
		const char *mode = fact_text(row, &fact_replica_mode), *state = fact_text(row, &fact_replica_state);

		if (!state || str_eq(state, "synchronized") ||
		    (str_eq(state, "synchronizing") && mode && str_eq(mode, "asynchronous")))
			continue;
		add_one(out, &count, "", arena_printf(scope->arena, "%s on %s is %s",
						      fact_text(row, &fact_replica_database),
						      fact_text(row, &fact_replica_name), state));
	}
}

bool om_replicas_lag(const struct scope *scope)
{
	return says(scope, say_replicas);
}

enum check_state om_test_replicas(struct check_context *context)
{
	return judge(context, say_replicas, CHECK_WARNING);
}
