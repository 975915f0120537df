/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The plain front end with the products themselves: one whole way through each. What any page can do is shown by
 * test_prompt.c with the small flow.
 */
#include "talk.h"
#include "vouched.h"

#define SERVERS                                                                                                        \
	{ "management-group", "CONTOSO" }, { "add, edit", "add" }, { "servers.name", "MS01" },                         \
		{ "servers.roles", "1,2" }, { "add, edit", "add MS02" },                                               \
		{ "servers.roles", "management-server, acs" },                                                         \
	{                                                                                                              \
		"add, edit", ""                                                                                        \
	}

static void test_prompt_run__operations_manager__whole_way(void **state)
{
	static const struct exchange lines[] = {
		{ "product", "" },
		{ "goal", "" },
		SERVERS,
		{ "license-accepted", "yes" },
		{ "Number, everything", "" },
		{ "accounts.data-access.user", "CONTOSO\\svc-das" },
		{ "accounts.data-reader.user", "CONTOSO\\svc-reader" },
		{ "add, edit", "" },
		{ "Write the files?", "yes" },
		{ "What was done", "" },
		{ "Enter closes", "" },
	};
	static const char *const later[] = { "MS01", "MS02", NULL };
	struct wizard *wizard = open_wizard(NULL);
	char *transcript, *bytes;

	(void)state;
	vouch_for(wizard_plan(wizard), false, later);
	transcript = talk_with(wizard, TABLE(lines), NULL, 80, FRONT_FINISHED);
	wizard_free(wizard);
	assert_golden("tests/expected/prompt-om.txt", transcript);
	free(transcript);
	bytes = read_whole_file("contoso.yaml", NULL);
	assert_says(bytes, "{ name: 'MS02', roles: ['management-server', 'acs-collector'] }");
	free(bytes);
	assert_int_equal(access("contoso.commands.txt", F_OK), 0);
	assert_int_equal(access("state/scupgrade/draft-new.yaml", F_OK), -1);
}

/* The other product has other pages; the wizard goes on with them. */
static void test_prompt_run__service_management_automation__whole_way(void **state)
{
	static const struct exchange lines[] = {
		{ "product", "99" },
		{ "product", "no such product" },
		{ "product", "2" },
		{ "goal", "" },
		{ "add, edit", "add WRK01" },
		{ "servers.roles", "1" },
		{ "add, edit", "add WEB01" },
		{ "servers.roles", "2" },
		{ "add, edit", "move 2 1" },
		{ "add, edit", "move web01 wrk01" },
		{ "add, edit", "" },
		{ "media-folder", "D:\\SMA" },
		{ "Number, everything", "everything" },
		{ "Who vouches for it", "CONTOSO\\anna" },
		{ "How you know", "" },
		{ "How you know", "seen" },
		{ "Number, everything", "" },
		{ "database.backup-file", "E:\\SMA.bak" },
		{ "database.server", "SQL01" },
		{ "accounts.worker-service.user", "CONTOSO\\svc-sma" },
		{ "accounts.application-pool.user", "CONTOSO\\svc-web" },
		{ "Write the files?", "yes" },
		{ "What was done", "" },
		{ "Enter closes", "" },
	};
	char *transcript;

	(void)state;
	check_talk("tests/expected/prompt-sma.txt", NULL, TABLE(lines), FRONT_FINISHED);
	transcript = read_whole_file("plan.yaml", NULL);
	assert_says(transcript, "name: 'WRK01'");
	free(transcript);
}

/* A plan file with a fault in a server: the wizard stands on its page, and Enter does not wave it through. */
static void test_prompt_run__collector_without_its_server__does_not_accept_it(void **state)
{
	static const char plan[] = "scupgrade: 1\nproduct: operations-manager\nmanagement-group: CONTOSO\n"
				   "servers:\n  - { name: MS01, roles: [acs-collector] }\n";
	static const struct exchange lines[] = {
		{ "add, edit", "" },        { "add, edit", "edit ms01" }, { "servers.roles", "" },
		{ "servers.roles", "1 3" }, { "add, edit", "" },
	};
	char *transcript;

	(void)state;
	write_whole_file("p.yaml", plan, strlen(plan));
	transcript = talk_about("p.yaml", TABLE(lines), FRONT_LEFT);
	assert_says(transcript, "Error: An ACS collector has to be on a management server, and this server is not\n"
				"one.");
	assert_says(transcript, "  1. MS01: Management server, ACS collector. Upgrades: first, alone");
	free(transcript);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WIZARD_TEST(test_prompt_run__operations_manager__whole_way),
		WIZARD_TEST(test_prompt_run__service_management_automation__whole_way),
		WIZARD_TEST(test_prompt_run__collector_without_its_server__does_not_accept_it),
	};

	return run_tests(tests);
}
