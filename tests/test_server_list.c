/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Tests of lists of servers: what is pasted, copied out of a spreadsheet or exported becomes rows.
 */
#include "helpers.h"

#include "pipeline/server_list.h"

/* The list as one text: "MS01=management-server; GW01=", then what was there already behind a bar. */
static char *list_text(const struct plan *plan, const struct server_list *list)
{
	const struct field *const *columns = plan->flow->servers->columns;
	struct strbuf out = STRBUF_INIT;

	for (size_t i = 0; i < list->count; i++) {
		struct arena *arena = arena_new();

		strbuf_printf(&out, "%s%s=%s", i ? "; " : "", field_text(columns[0], plan, list->rows[i], arena),
			      field_text(columns[1], plan, list->rows[i], arena));
		arena_free(arena);
	}
	for (size_t i = 0; i < list->there_count; i++)
		strbuf_printf(&out, "%s%s", i ? " " : "|", list->there[i]);
	return take_text(&out);
}

static const struct {
	const char *label, *text, *list, *findings;
} cases[] = {
	{ "names one a line", "MS01\nMS02\nGW01", "MS01=; MS02=; GW01=", "" },
	{ "lines as terminals paste them", "MS01\rMS02\rGW01\r", "MS01=; MS02=; GW01=", "" },
	{ "lines of Windows, blanks, an empty one", " MS01 \r\n\r\n\tMS02\r\n", "MS01=; MS02=", "" },
	{ "commas", "MS01, MS02,MS03", "MS01=; MS02=; MS03=", "" },
	{ "a row of a spreadsheet", "MS01\tMS02\tMS03", "MS01=; MS02=; MS03=", "" },
	{ "semicolons and blanks", "MS01; MS02\nGW01 GW02", "MS01=; MS02=; GW01=; GW02=", "" },
	{ "a column of roles", "MS01\tmanagement-server operations-console\nGW01\tgateway",
	  "MS01=management-server, operations-console; GW01=gateway", "" },
	{ "roles by the names of the pages",
	  "MS01\tManagement server, ACS\nAPP1\tAgent, installed by hand\nGW\tGateway",
	  "MS01=management-server, acs-collector; APP1=agent; GW=gateway", "" },
	{ "roles behind commas", "MS01,management-server,acs-collector\nWEB01,Web console",
	  "MS01=management-server, acs-collector; WEB01=web-console", "" },
	{ "roles behind a blank", "GW01 gateway\nREP01 Reporting server", "GW01=gateway; REP01=reporting-server", "" },
	{ "roles behind a blank and a tab", "MS01 management-server, ACS\tConsole",
	  "MS01=management-server, operations-console, acs-collector", "" },
	{ "roles behind a blank and a comma", "MS01 management-server, ACS",
	  "MS01=management-server, acs-collector", "" },
	{ "a role with a slip", "GW01\tgatway", "GW01=", "error servers choice-unknown\n" },
	{ "a role and one with a slip", "MS01\tmanagement-server consle", "MS01=management-server",
	  "error servers choice-unknown\n" },
	{ "more cells than roles", "GW01\tgateway\tBerlin", "GW01=gateway", "warning servers list-cell\n" },
	{ "roles for some", "MS01\tmanagement-server\nGW01", "MS01=management-server; GW01=", "" },
	{ "in two domains", "gw01.a.com\ngw01.b.com\nGW01.A.COM", "gw01.a.com=; gw01.b.com=|GW01.A.COM", "" },
	{ "there already", "OLD1\nold1.contoso.com\nNEW1\nnew1", "NEW1=|OLD1 old1.contoso.com new1", "" },
	{ "no name", "MS01\nC:\\Windows\nMS:02", "MS01=", "error servers list-name\nerror servers list-name\n" },
	{ "nothing", " \n\n,,\n", "", "error servers list-empty\n" },
	{ "a heading", "name,roles\nMS01,management-server operations-console\nGW01,gateway",
	  "MS01=management-server, operations-console; GW01=gateway", "" },
	{ "a heading and semicolons", "Roles;Name\n\"Management server; ACS\";MS01\n;MS02",
	  "MS01=management-server, acs-collector; MS02=", "" },
	{ "a heading and tabs", "Name\tRoles\r\nMS01\tgateway\r\n", "MS01=gateway", "" },
	{ "a heading of names alone", "ComputerName\n\"MS01\"\n\"MS02\"", "MS01=; MS02=", "" },
	{ "as PowerShell exports", "#TYPE Selected.System.Management.Automation.PSCustomObject\n\"Name\"\n\"MS01\"\n",
	  "MS01=", "" },
	{ "as Excel wants it", "sep=;\nname;roles\nMS01;gateway", "MS01=gateway", "" },
	{ "a column of something else", "name,owner,roles\nMS01,Anna,gateway", "MS01=gateway",
	  "warning servers list-column\n" },
	{ "a heading without names", "roles\nmanagement-server\n", "", "error servers list-empty\n" },
	{ "a heading without names, two columns", "roles,failover\ngateway,GW02\n", "", "error servers list-empty\n" },
	{ "a heading with a column twice", "name,roles,name\nMS01,gateway,MS02", "MS01=gateway",
	  "warning servers list-column\n" },
	{ "quotes", "name,roles\n\"MS01\",\"management-server,operations-console\"\n\"M\"\"S\",gateway",
	  "MS01=management-server, operations-console", "error servers list-name\n" },
	{ "a quote that is never closed", "\"MS01\nMS02", "MS02=", "error servers list-name\n" },
	{ "a lone quote in a cell", "name,roles\nMS01,\"gateway", "MS01=", "error servers choice-unknown\n" },
};

static struct plan *plan_with_old(void)
{
	struct plan *plan = plan_new(flow_find("operations-manager"));
	struct record *old = plan_new_record(plan, plan->flow->servers);

	assert_true(field_store(plan->flow->servers->columns[0], plan, old, "OLD1", NULL));
	rows_insert(plan, &plan->answers->servers, 0, old);
	return plan;
}

static void check(const char *label, const char *bytes, size_t length, const char *list_wanted, const char *wanted)
{
	struct plan *plan = plan_with_old();
	struct diags diags = DIAGS_INIT;
	struct server_list list;
	bool ok = server_list_read(plan, "list", bytes, length, &list, &diags);
	char *text = list_text(plan, &list), *findings = findings_text(&diags);

	assert_text(label, list_wanted, text);
	assert_text(label, wanted, findings);
	assert_labelled(label, ok == (diags.errors == 0));
	assert_int_equal(plan_server_count(plan), 1);
	server_list_add(plan, &list);
	assert_int_equal(plan_server_count(plan), 1 + list.count);
	if (list.count)
		assert_ptr_equal(plan_find_server(plan, plan_server(plan, 1)->name), plan_server(plan, 1));
	free(text);
	free(findings);
	server_list_clear(&list);
	diags_clear(&diags);
	plan_free(plan);
}

static void test_server_list_read__cases__become_rows(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		check(cases[i].label, cases[i].text, strlen(cases[i].text), cases[i].list, cases[i].findings);
}

/* As Excel saves "Unicode text": UTF-16, here in both orders, with a mark and without. */
static void test_server_list_read__utf_16__is_the_same(void **state)
{
	static const char text[] = "name\troles\r\nMS01\tgateway\r\n";

	(void)state;
	for (int kind = 0; kind < 4; kind++) {
		bool big = kind & 1, mark = kind & 2;
		char bytes[2 * sizeof(text) + 2];
		size_t length = 0;

		if (mark) {
			bytes[length++] = big ? '\xFE' : '\xFF';
			bytes[length++] = big ? '\xFF' : '\xFE';
		}
		for (size_t i = 0; text[i]; i++) {
			bytes[length++] = big ? '\0' : text[i];
			bytes[length++] = big ? text[i] : '\0';
		}
		check(big ? "big-endian" : "little-endian", bytes, length, "MS01=gateway", "");
	}
	check("with the mark of UTF-8", "\xEF\xBB\xBFname;roles\nMS01;gateway\n", 27, "MS01=gateway", "");
}

static void test_server_list_read__keys_of_a_server__are_set(void **state)
{
	static const char text[] = "Name;Roles;web-ssl;Web console authorization;web-site\n"
				   "WEB01;web-console;TRUE;Network (extranet);Site 2\nWEB02;web-console;maybe;;\n";
	struct plan *plan = plan_with_old();
	struct diags diags = DIAGS_INIT;
	struct server_list list;
	char *findings;

	(void)state;
	assert_false(server_list_read(plan, "list", text, strlen(text), &list, &diags));
	findings = findings_text(&diags);
	assert_string_equal(findings, "error servers flag-form\n");
	assert_int_equal(diags.items[0].at.line, 3);
	assert_string_equal(diags.items[0].at.file, "list");
	assert_int_equal(list.count, 2);
	server_list_add(plan, &list);
	for (size_t i = 0; i < 3; i++) {
		static const struct {
			const char *key, *value;
		} wanted[] = { { "web-ssl", "yes" }, { "web-authorization", "network" }, { "web-site", "Site 2" } };
		const struct field *field = fields_find(plan->flow->servers->columns, wanted[i].key);

		assert_text(wanted[i].key, wanted[i].value,
			    field_text(field, plan, &plan_server(plan, 1)->record, plan->arena));
	}
	free(findings);
	server_list_clear(&list);
	diags_clear(&diags);
	plan_free(plan);
}

static void test_server_list_load__files(void **state)
{
	char *folder = scratch_folder();
	struct strbuf path = STRBUF_INIT;
	struct plan *plan = plan_with_old();
	struct diags diags = DIAGS_INIT;
	struct server_list list;
	char *findings;

	(void)state;
	strbuf_printf(&path, "%s/servers.csv", folder);
	assert_false(server_list_load(plan, strbuf_text(&path), &list, &diags));
	assert_int_equal(list.count, 0);
	write_whole_file(strbuf_text(&path), "name\nMS01\n", 10);
	assert_true(server_list_load(plan, strbuf_text(&path), &list, &diags) && list.count == 1);
	server_list_clear(&list);
	assert_false(server_list_load(plan, folder, &list, &diags));
	findings = findings_text(&diags);
	assert_string_equal(findings, "error list-unreadable\nerror list-unreadable\n");
	free(findings);
	strbuf_clear(&path);
	diags_clear(&diags);
	plan_free(plan);
	scratch_remove(folder);
}

/* Two lists of many names that are all one another's namesakes take no time at all. */
static void test_server_list_read__a_hundred_thousand__is_linear(void **state)
{
	struct plan *plan = plan_with_old();
	struct diags diags = DIAGS_INIT;
	struct strbuf text = STRBUF_INIT;
	struct server_list list;

	(void)state;
	for (unsigned i = 0; i < 100000; i++)
		strbuf_printf(&text, "gw.d%u.com\n", i);
	assert_true(server_list_read(plan, "list", strbuf_text(&text), text.length, &list, &diags));
	assert_int_equal(list.count, 100000);
	server_list_clear(&list);
	strbuf_clear(&text);
	diags_clear(&diags);
	plan_free(plan);
}

/* A binary file has an end to its errors. */
static void test_server_list_read__no_list__says_so_once_in_a_while(void **state)
{
	struct plan *plan = plan_with_old();
	struct diags diags = DIAGS_INIT;
	struct strbuf text = STRBUF_INIT;
	struct server_list list;

	(void)state;
	for (unsigned i = 0; i < 5000; i++)
		strbuf_puts(&text, "\x01\x02?\n");
	assert_false(server_list_read(plan, "list", strbuf_text(&text), text.length, &list, &diags));
	assert_int_equal(list.count, 0);
	assert_int_equal(diags.errors, 1000);
	server_list_clear(&list);
	strbuf_clear(&text);
	diags_clear(&diags);
	plan_free(plan);
}

/* ---- names ---- */

static void test_roles_suggested__names__tell(void **state)
{
	static const struct {
		const char *name, *roles;
	} names[] = {
		{ "MS01", "management-server" }, { "scomms2.contoso.com", "management-server" },
		{ "GW01", "gateway" }, { "BER-GW-1", "gateway" }, { "GATE7", "gateway" },
		{ "CON01", "operations-console" }, { "WEB01", "web-console" }, { "REP01", "reporting-server" },
		{ "ACS1", "management-server, acs-collector" }, { "APP01", "" }, { "X.GW", "" }, { "1", "" },
	};
	struct plan *plan = plan_with_old();
	const struct field *roles = fields_find(plan->flow->servers->columns, "roles");

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		struct server *server = (struct server *)plan_new_record(plan, plan->flow->servers);

		server->roles = roles_suggested(plan->flow, names[i].name);
		assert_text(names[i].name, names[i].roles, field_text(roles, plan, &server->record, plan->arena));
	}
	plan_free(plan);
}

static void test_names_alike__pairs(void **state)
{
	(void)state;
	assert_true(names_alike("GW01", "gw2"));
	assert_true(names_alike("GW01", "gw02.contoso.com"));
	assert_true(names_alike("BER-GW-1", "BER-GW-20"));
	assert_false(names_alike("GW01", "MS01"));
	assert_false(names_alike("GW", "GWX"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_server_list_read__cases__become_rows),
		TEST(test_server_list_read__utf_16__is_the_same),
		TEST(test_server_list_read__keys_of_a_server__are_set),
		TEST(test_server_list_load__files),
		TEST(test_server_list_read__a_hundred_thousand__is_linear),
		TEST(test_server_list_read__no_list__says_so_once_in_a_while),
		TEST(test_roles_suggested__names__tell),
		TEST(test_names_alike__pairs),
	};

	return run_tests(tests);
}
