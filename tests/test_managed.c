/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Accounts that look like managed service accounts: what is said of them follows from the release that the plan leads
 * to.
 */
#include "helpers.h"

#include "core/text.h"
#include "model/facts.h"
#include "model/prereq.h"
#include "pipeline/planfile.h"
#include "pipeline/validate.h"

#define NOW "2026-11-21T14:00:00Z"

static const struct {
	const char *product, *from, *to, *accounts; /* inside the mapping "accounts" */
	const char *path;                           /* of the warning; NULL: there is none */
	const char *text, *hint;                    /* parts of it */
} cases[] = {
	{ "operations-manager", "2012-r2", "2016", "data-access: { user: 'C\\das$' }", "accounts.data-access.user",
	  "2016 does not take them.", "a domain account with a password" },
	{ "operations-manager", "2016", "2019", "data-access: { user: 'C\\das$' }", "accounts.data-access.user",
	  "2019 takes them from update rollup 1 on, changed after setup.", "a domain account with a password" },
	{ "operations-manager", "2019", "2022", "data-access: { user: 'C\\das$' }", "accounts.data-access.user",
	  "Such an account has no password.", "(kind: group-managed)" },
	{ "operations-manager", "2022", "2025", "data-access: { user: 'C\\das$' }", "accounts.data-access.user",
	  "Such an account has no password.", "(kind: group-managed)" },
	{ "operations-manager", "2022", "2025", "data-access: { kind: group-managed, user: 'C\\das$' }", NULL, "", "" },
	{ "operations-manager", "2022", "2025", "data-access: { kind: group-managed, user: 'C\\das' }",
	  "accounts.data-access.user", "ends with a dollar sign", "Look whether it is one." },
	{ "operations-manager", "2022", "2025", "data-access: { user: 'C\\das' }", NULL, "", "" },
	{ "operations-manager", "2022", "2025", "data-access: { kind: local-system }", NULL, "", "" },
	{ "operations-manager", "2022", "2025", "data-reader: { user: 'C\\reader$' }", "accounts.data-reader.user",
	  "No document shows one as Data Reader account", "with the pages of setup" },
	{ "operations-manager", "2012-r2", "2016", "data-reader: { user: 'C\\reader$' }", "accounts.data-reader.user",
	  "No document shows one as Data Reader account", "a domain account with a password" },
	{ "service-management-automation", "2019", "2022", "worker-service: { user: 'C\\sma$' }",
	  "accounts.worker-service.user", "No document shows one with Service", "a domain account with a password" },
	{ "service-management-automation", "2019", "2022", "application-pool: { user: 'C\\web$' }",
	  "accounts.application-pool.user", "No document shows one with Service", "a domain account with a password" },
};

static const struct diag *find_warning(const struct diags *found)
{
	for (size_t i = 0; i < found->count; i++) {
		if (str_eq(found->items[i].code, "account-managed"))
			return &found->items[i];
	}
	return NULL;
}

static void test_validate_plan__account_with_a_dollar_sign__told_what_its_release_takes(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const struct diag *warning;
		struct strbuf text = STRBUF_INIT;
		struct diags found = DIAGS_INIT;
		struct plan *plan = NULL;

		strbuf_printf(&text, "scupgrade: 1\nproduct: %s\nsource: '%s'\ntarget: '%s'\naccounts:\n  %s\n",
			      cases[i].product, cases[i].from, cases[i].to, cases[i].accounts);
		assert_int_equal(plan_read("plan.yaml", strbuf_text(&text), text.length, &plan, &found), LOAD_OK);
		validate_plan(plan, &found);
		warning = find_warning(&found);
		assert_labelled(strbuf_text(&text), !warning == !cases[i].path);
		if (warning) {
			assert_text(strbuf_text(&text), cases[i].path, warning->path);
			assert_labelled(warning->text, strstr(warning->text, cases[i].text) != NULL);
			assert_labelled(warning->hint, strstr(warning->hint, cases[i].hint) != NULL);
		}
		plan_free(plan);
		diags_clear(&found);
		strbuf_clear(&text);
	}
}

/* ---- the account that the service runs as ---- */

static const struct {
	const char *plan, *runs_as;
	enum check_state state;
	const char *found;
} accounts[] = {
	{ "kind: group-managed, user: 'C\\das$'", "C\\das$", CHECK_PASSED, "C\\das$" },
	{ "kind: group-managed, user: 'C\\das$'", "LocalSystem", CHECK_FAILED,
	  "as Local System, the plan says C\\das$" },
	{ "kind: local-system", "LocalSystem", CHECK_PASSED, "Local System" },
	{ "kind: local-system", "C\\das", CHECK_FAILED, "as C\\das, the plan says Local System" },
	{ "user: 'C\\das'", "c\\DAS", CHECK_PASSED, "c\\DAS" },
	{ "user: 'C\\das'", "das@contoso.com", CHECK_PASSED, "das@contoso.com" },
	{ "user: 'C\\das'", "das2@contoso.com", CHECK_FAILED, "as das2@contoso.com, the plan says C\\das" },
	{ "user: 'C\\das'", "dos@contoso.com", CHECK_FAILED, "as dos@contoso.com, the plan says C\\das" },
	{ "user: ''", "C\\das", CHECK_UNKNOWN, "" },
};

static void test_data_access_account__service_runs_as__compared_with_the_plan(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(accounts); i++) {
		struct strbuf text = STRBUF_INIT, seen = STRBUF_INIT;
		struct arena *arena = arena_new();
		struct diags found = DIAGS_INIT;
		const struct check_result *result = NULL;
		struct check_list list;
		struct facts *facts;
		struct plan *plan;

		strbuf_printf(&text,
			      "scupgrade: 1\nproduct: operations-manager\nsource: '2022'\ntarget: '2025'\n"
			      "accounts:\n  data-access: { %s }\nservers:\n"
			      "  - { name: MS01, roles: [management-server] }\n",
			      accounts[i].plan);
		strbuf_printf(&seen,
			      "scupgrade-facts: 1\nserver: MS01\ncollected: '" NOW "'\nservices:\n"
			      "  - { name: OMSDK, state: running, start: automatic, account: '%s' }\n",
			      accounts[i].runs_as);
		assert_int_equal(plan_read("p", strbuf_text(&text), text.length, &plan, &found), LOAD_OK);
		assert_true(facts_read("f", strbuf_text(&seen), seen.length, NOW, &facts, &found));
		list = prereq_run(plan, facts, NULL, arena);
		for (size_t k = 0; k < list.count; k++) {
			if (str_eq(list.items[k].verdict->prereq->id, "data-access-account"))
				result = &list.items[k];
		}
		assert_labelled(strbuf_text(&seen), result && result->verdict->raw == accounts[i].state);
		assert_labelled(result->verdict->found, strstr(result->verdict->found, accounts[i].found) != NULL);
		facts_free(facts);
		plan_free(plan);
		arena_free(arena);
		diags_clear(&found);
		strbuf_clear(&text);
		strbuf_clear(&seen);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_validate_plan__account_with_a_dollar_sign__told_what_its_release_takes),
		TEST(test_data_access_account__service_runs_as__compared_with_the_plan),
	};

	return run_tests(tests);
}
