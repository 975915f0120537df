/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Accounts that look like managed service accounts: what is said of them follows from the release that the plan leads
 * to.
 */
#include "helpers.h"

#include "core/text.h"
#include "pipeline/planfile.h"
#include "pipeline/validate.h"

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

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_validate_plan__account_with_a_dollar_sign__told_what_its_release_takes),
	};

	return run_tests(tests);
}
