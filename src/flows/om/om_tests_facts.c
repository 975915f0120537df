/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Operations Manager: facts that contradict the plan's account, each other or themselves, and those of a session that
 * could not see everything.
 */
#include "flows/om/om_tests.h"

#include "core/text.h"

/* ---- the account of the Data Access Service ---- */

#define LOCAL_SYSTEM "LocalSystem"

/* "CONTOSO\anna" and "anna@contoso.com": the domain has two names, which nothing here compares. */
static const char *user_part(const char *account, size_t *length)
{
	const char *slash = strrchr(account, '\\');
	const char *user = slash ? slash + 1 : account;

	*length = strcspn(user, "@");
	return user;
}

static bool same_account(struct arena *arena, const char *a, const char *b)
{
	size_t a_length, b_length;
	const char *a_user, *b_user;

	if ((strchr(a, '@') != NULL) == (strchr(b, '@') != NULL))
		return text_equal_fold(a, b);
	a_user = user_part(a, &a_length);
	b_user = user_part(b, &b_length);
	return a_length == b_length && text_equal_fold(arena_strndup(arena, a_user, a_length),
						       arena_strndup(arena, b_user, b_length));
}

static const char *wanted_account(const struct plan *plan)
{
	const struct om_answers *answers = om_answers(plan);

	return answers->das_kind == OM_DAS_LOCAL_SYSTEM ? LOCAL_SYSTEM : answers->das_user;
}

static const char *account_words(const char *account)
{
	return text_equal_fold(account, LOCAL_SYSTEM) ? "Local System" : account;
}

enum check_state om_test_data_access(struct check_context *context)
{
	static const char *const services[] = { "OMSDK", "cshost" };
	const char *wanted = wanted_account(context->scope->plan), *found = NULL;

	for (size_t i = 0; i < ARRAY_LEN(services); i++) {
		const struct fact_set *service =
			fact_row_with(check_facts(context), &fact_services, &fact_service_name, services[i]);
		const char *account = fact_text(service, &fact_service_account);

		if (!account || !wanted)
			continue;
		found = account;
		if (!same_account(context->scope->arena, account, wanted))
			return check_say(context, CHECK_FAILED, "%s runs as %s, the plan says %s", services[i],
					 account_words(account), account_words(wanted));
	}
	return found ? check_say(context, CHECK_PASSED, "%s", account_words(found)) :
		       check_unknown(context, "services");
}

/* ---- a session that saw less ---- */

bool om_was_not_elevated(const struct scope *scope)
{
	bool elevated;

	return fact_flag(facts_of(scope->facts, scope->server->name), &fact_account_elevated, &elevated) && !elevated;
}

enum check_state om_test_elevated(struct check_context *context)
{
	return check_say(context, CHECK_WARNING,
			 "collected without elevation: some facts may be missing or wrong");
}

/* ---- where it is installed ---- */

static const char *moved_folder(const struct scope *scope)
{
	const char *planned = om_answers(scope->plan)->install_path;

	return check_drive_moves(scope, "management server",
				 fact_text(facts_of(scope->facts, scope->server->name), &fact_install_folder),
				 planned ? planned : scope->hop->after->folder);
}

bool om_folder_moves(const struct scope *scope)
{
	return moved_folder(scope) != NULL;
}

enum check_state om_test_folder(struct check_context *context)
{
	return check_say(context, CHECK_WARNING, "%s", moved_folder(context->scope));
}

/* ---- facts against facts ---- */

struct clash {
	struct arena *arena;
	enum check_state state; /* CHECK_PASSED: there is none */
	const char *found;
};

static const struct fact_set *database_of(const struct fact_set *facts, const char *role)
{
	return fact_row_with(facts, &fact_databases, &fact_database_role, role);
}

/* Another database for the same purpose: another management group. */
static void compare_names(struct clash *clash, const char *role, const struct server *first,
			  const struct fact_set *ours, const struct server *server, const struct fact_set *theirs)
{
	const char *name = fact_text(ours, &fact_database_name), *other = fact_text(theirs, &fact_database_name);
	const char *place = fact_text(ours, &fact_database_server), *where = fact_text(theirs, &fact_database_server);

	if (text_equal_fold(name, other) && text_equal_fold(place, where))
		return;
	clash->state = CHECK_FAILED;
	clash->found = arena_printf(clash->arena,
				    "%s and %s name different %s databases (another management group): %s on %s, and "
				    "%s on %s",
				    server->name, first->name, role, other, where, name, place);
}

/* Sizes move between two looks; by more than a tenth of the database one of them is about something else. */
static void compare_sizes(struct clash *clash, const char *role, const struct server *first,
			  const struct fact_set *ours, const struct server *server, const struct fact_set *theirs)
{
	static const struct field *const sizes[] = { &fact_database_size, &fact_database_free, &fact_database_log };
	uint64_t whole, one, other;

	if (clash->state != CHECK_PASSED || !fact_number(ours, &fact_database_size, &whole))
		return;
	for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
		if (!fact_number(ours, sizes[i], &one) || !fact_number(theirs, sizes[i], &other) ||
		    (one > other ? one - other : other - one) <= whole / 10)
			continue;
		clash->state = CHECK_WARNING;
		clash->found = arena_printf(clash->arena,
					    "%s and %s do not agree on the %s database: %s is %llu and %llu",
					    first->name, server->name, role, sizes[i]->key, (unsigned long long)one,
					    (unsigned long long)other);
		return;
	}
}

static void compare_databases(struct clash *clash, const struct scope *scope)
{
	static const char *const roles[] = { "operational", "data-warehouse" };
	const struct server *first = plan_first_with(scope->plan, OM_MANAGEMENT_SERVER);
	const struct fact_set *facts = facts_of(scope->facts, scope->server->name);

	if (!first || first == scope->server || !server_has(scope->server, OM_MANAGEMENT_SERVER))
		return;
	for (size_t i = 0; i < ARRAY_LEN(roles) && clash->state == CHECK_PASSED; i++) {
		const struct fact_set *ours = database_of(facts_of(scope->facts, first->name), roles[i]);
		const struct fact_set *theirs = database_of(facts, roles[i]);

		if (!ours || !theirs)
			continue;
		compare_names(clash, roles[i], first, ours, scope->server, theirs);
		compare_sizes(clash, roles[i], first, ours, scope->server, theirs);
	}
}

/* What the plan names is told where that is wrong (facts-differ), not of each server. */
static void compare_group(struct clash *clash, const struct scope *scope, const struct fact_set *facts)
{
	const char *wanted = om_answers(scope->plan)->management_group, *name = fact_text(facts, &fact_group_name);

	if (!om_is_foreign(facts, wanted) || (om_group(scope->facts, NULL) && !om_own_group(scope)))
		return;
	clash->state = CHECK_FAILED;
	clash->found = arena_printf(clash->arena,
				    "it is of another management group, %s, by its own facts: the plan is about %s",
				    name ? name : fact_names(facts, &fact_install_groups)->items[0], wanted);
}

static struct clash clash_of(const struct scope *scope)
{
	struct clash clash = { scope->arena, CHECK_PASSED, NULL };
	const struct fact_set *facts = facts_of(scope->facts, scope->server->name);
	const struct names *reasons = fact_names(facts, &fact_reboot_reasons);
	bool pending;

	if (!facts)
		return clash;
	compare_group(&clash, scope, facts);
	if (clash.state == CHECK_PASSED)
		compare_databases(&clash, scope);
	if (clash.state == CHECK_PASSED && reasons && reasons->count &&
	    fact_flag(facts, &fact_reboot_pending, &pending) && !pending) {
		clash.state = CHECK_WARNING;
		clash.found = arena_printf(scope->arena,
					   "reasons for a restart are listed (%s), yet the file says that none is "
					   "pending",
					   reasons->items[0]);
	}
	return clash;
}

bool om_facts_clash(const struct scope *scope)
{
	return clash_of(scope).state != CHECK_PASSED;
}

enum check_state om_test_clash(struct check_context *context)
{
	struct clash clash = clash_of(context->scope);

	return check_say(context, clash.state, "%s", clash.found);
}
