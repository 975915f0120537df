/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Names that Windows and the products take, but for paths: each limit on both sides, each character set, and what the
 * findings say.
 */
#include "helpers.h"

#include "name_cases.h"

static void test_rule_host__forms__are_told_apart(void **state)
{
	static const struct name_case cases[] = {
		{ rule_host, "MS01", NULL },
		{ rule_host, "ms-01", NULL },
		{ rule_host, "x", NULL },
		{ rule_host, "MS01.contoso.com", NULL },
		{ rule_host, "MS01.corp.contoso.com", NULL },
		{ rule_host, "3com", NULL },
		{ rule_host, "", "error host-form\n" },
		{ rule_host, ".contoso.com", "error host-form\n" },
		{ rule_host, "MS01.", "error host-form\n" },
		{ rule_host, "MS01..contoso.com", "error host-form\n" },
		{ rule_host, "12345", "error host-form\n" },
		{ rule_host, "12345.contoso.com", "error host-form\n" },
		{ rule_host, "10.1.2.3", "error host-form\n" },
		{ rule_host, "-MS01", "error host-form\n" },
		{ rule_host, "MS01-.contoso.com", "error host-form\n" },
		{ rule_host, "MS01.-contoso.com", "error host-form\n" },
		{ rule_host, "_ms.contoso.com", "error host-form\n" },
		{ rule_host, "MS 01", "error host-form\n" },
		{ rule_host, " MS01", "error host-form\n" },
		{ rule_host, "\\\\MS01", "error host-form\n" },
		{ rule_host, "MS01:5723", "error host-form\n" },
		{ rule_host, "MS01,MS02", "error host-form\n" },
		{ rule_host, "MS/01", "error host-form\n" }, { rule_host, "MS*01", "error host-form\n" },
		{ rule_host, "MS?01", "error host-form\n" }, { rule_host, "MS\"01", "error host-form\n" },
		{ rule_host, "MS<01", "error host-form\n" }, { rule_host, "MS>01", "error host-form\n" },
		{ rule_host, "MS|01", "error host-form\n" },
		{ rule_host, "MS!01.contoso.com", "error host-form\n" },
		{ rule_host, "MS01.cont&oso.com", "error host-form\n" },
		{ rule_host, "MS_01", "warning host-unusual\n" },
		{ rule_host, "MS!01", "warning host-unusual\n" },
		{ rule_host, "ms_01.contoso.com", "warning host-unusual\n" },
		{ rule_host, "MS01.con_toso.com", "warning host-unusual\n" },
		{ rule_host, "m\xC3\xBCnchen", "warning host-unusual\n" },
		{ rule_host, "gateway", "warning host-unusual\n" },
		{ rule_host, "M\xD0\x85" "01", "warning host-unusual\nwarning mixed-scripts\n" },
		{ rule_host, "\xD0\xBC\xD1\x81", "warning host-unusual\n" },
		{ rule_named_host, "gateway", NULL },
		{ rule_named_host, "MS/01", "error host-form\n" },
	};

	(void)state;
	RUN(cases);
}

static void test_rule_account__forms__are_told_apart(void **state)
{
	static const struct name_case cases[] = {
		{ rule_account, "CONTOSO\\svc-das", NULL },
		{ rule_account, "CONTOSO\\svc.das_1", NULL },
		{ rule_account, "C\\s", NULL },
		{ rule_account, "CONTOSO\\svc$das", NULL },
		{ rule_account, "", "error account-form\n" },
		{ rule_account, "svc-das", "error account-form\n" },
		{ rule_account, "CONTOSO\\", "error account-form\n" },
		{ rule_account, "\\svc-das", "error account-form\n" },
		{ rule_account, "\\", "error account-form\nerror account-form\n" },
		{ rule_account, "CONTOSO\\x\\svc-das", "error account-form\n" },
		{ rule_account, "CONTOSO\\\\svc-das", "error account-form\n" },
		{ rule_account, "\\\\CONTOSO\\svc", "error account-form\n" },
		{ rule_account, "CONTOSO/svc-das", "error account-form\n" },
		{ rule_account, "CONTOSO\\svc-das.", "error account-form\n" },
		{ rule_account, "CONTOSO\\ svc", "error account-form\n" },
		{ rule_account, "CONTOSO\\svc ", "error account-form\n" },
		{ rule_account, "CON TOSO\\svc", "error account-form\n" },
		{ rule_account, ".CONTOSO\\svc", "error account-form\n" },
		{ rule_account, "CON*TOSO\\svc", "error account-form\n" },
		{ rule_account, "C:\\svc", "error account-form\n" },
		{ rule_account, ".\\svc-das", "error account-local\n" },
		{ rule_account, "NT AUTHORITY\\SYSTEM", "error account-local\n" },
		{ rule_account, "nt authority\\NETWORK SERVICE", "error account-local\n" },
		{ rule_account, "BUILTIN\\Administrators", "error account-local\n" },
		{ rule_account, "NT SERVICE\\HealthService", "error account-local\n" },
		{ rule_account, "IIS APPPOOL\\SMA", "error account-local\n" },
		{ rule_account, "LocalSystem", "error account-local\n" },
		{ rule_account, "Local System", "error account-local\n" },
		{ rule_account, "svc-das@contoso.com", "warning account-upn\n" },
		{ rule_account, "svc-das@con_toso.com", "warning account-upn\n" },
		{ rule_account, "@contoso.com", "error account-form\n" },
		{ rule_account, "svc-das@", "error account-form\n" },
		{ rule_account, "svc@das@contoso.com", "error account-form\n" },
		{ rule_account, "svc das@contoso.com", "error account-form\n" },
		{ rule_account, "svc@con toso.com", "error account-form\n" },
		{ rule_account, "svc@.com", "error account-form\n" },
		{ rule_account, "svc@contoso..com", "error account-form\n" },
		{ rule_account, "CON_TOSO\\svc", "warning account-unusual\n" },
		{ rule_account, "CON&TOSO\\svc", "warning account-unusual\n" },
		{ rule_account, "CON,TOSO\\svc", "warning account-unusual\n" },
		{ rule_account, "contoso.com\\svc", "warning account-unusual\n" },
		{ rule_account, "12345\\svc", "warning account-unusual\n" },
		{ rule_account, "WORLD\\svc", "warning account-unusual\n" },
		{ rule_account, "CONTOSO\\svc das", "warning account-unusual\n" },
		{ rule_account, "CONTOSO\\svc@das", "warning account-unusual\n" },
		{ rule_account, "CONTOSO\\m\xC3\xBCller", "warning account-unusual\n" },
		{ rule_account, "CONTOSO\\gmsa-das$", "" },
		{ rule_account, "CONTOSO\\svc-d\xD0\xB0s", "warning account-unusual\nwarning mixed-scripts\n" },
		{ rule_account, "C\xCE\x9FNTOSO\\svc", "warning account-unusual\nwarning mixed-scripts\n" },
		{ rule_account, "CONTOSO\\\xD0\xB8\xD0\xB2\xD0\xB0\xD0\xBD", "warning account-unusual\n" },
		{ rule_account_or_group, "CONTOSO\\SMA Admins", NULL },
		{ rule_account_or_group, "CONTOSO\\svc-sma", NULL },
		{ rule_account_or_group, "anna@contoso.com", NULL },
		{ rule_account_or_group, "Administrators", "warning account-local\n" },
		{ rule_account_or_group, "BUILTIN\\Administrators", "warning account-local\n" },
		{ rule_account_or_group, ".\\anna", "warning account-local\n" },
		{ rule_account_or_group, ".\\", "error account-form\n" },
		{ rule_account_or_group, "CONTOSO\\a,CONTOSO\\b", "error account-form\n" },
		{ rule_account_or_group, "Domain;Admins", "error account-form\n" },
		{ rule_account_or_group, "", "error account-form\n" },
	};

	(void)state;
	RUN(cases);
}

static void test_rule_account__forbidden_characters__are_errors(void **state)
{
	(void)state;
	for (const char *c = "\"/[]:;|=,+*?<>"; *c; c++) {
		char text[] = "CONTOSO\\svc?das";

		text[11] = *c;
		assert_case(rule_account, text, "error account-form\n");
		assert_case(rule_account_or_group, text, "error account-form\n");
	}
}

static void test_rule_sql__forms__are_told_apart(void **state)
{
	static const struct name_case cases[] = {
		{ rule_sql_server, "SQL01", NULL },
		{ rule_sql_server, "sql01.contoso.com", NULL },
		{ rule_sql_server, "localhost", NULL },
		{ rule_sql_server, "10.1.2.3", "warning host-unusual\n" },
		{ rule_sql_server, "SQL_01", "warning host-unusual\n" },
		{ rule_sql_server, "SQL01\\OPSMGR", "error sql-server-form\n" },
		{ rule_sql_server, "SQL01,1433", "error sql-server-form\n" },
		{ rule_sql_server, "tcp:SQL01", "error sql-server-form\n" },
		{ rule_sql_server, ".", "error sql-server-form\n" },
		{ rule_sql_server, "(LOCAL)", "error sql-server-form\n" },
		{ rule_sql_server, "12345", "error sql-server-form\n" },
		{ rule_sql_server, "", "error sql-server-form\n" },
		{ rule_sql_instance, "OPSMGR", NULL },
		{ rule_sql_instance, "SQL$2016_X", NULL },
		{ rule_sql_instance, "\xC3\x84PFEL", NULL },
		{ rule_sql_instance, "MSSQLSERVER", "warning sql-instance-default\n" },
		{ rule_sql_instance, "mssqlserver", "warning sql-instance-default\n" },
		{ rule_sql_instance, "", "error sql-instance-form\n" },
		{ rule_sql_instance, "1SQL", "error sql-instance-form\n" },
		{ rule_sql_instance, "_SQL", "error sql-instance-form\n" },
		{ rule_sql_instance, "SQL_", "error sql-instance-form\n" },
		{ rule_sql_instance, "SQL 1", "error sql-instance-form\n" },
		{ rule_sql_instance, "SQL-1", "error sql-instance-form\n" },
		{ rule_sql_instance, "SQL\\1", "error sql-instance-form\n" },
		{ rule_sql_instance, "SQL@1", "error sql-instance-form\n" },
		{ rule_sql_instance, "SQL\xE2\x80\x94" "1", "error sql-instance-form\n" },
		{ rule_sql_instance, "Default", "error sql-instance-form\n" },
		{ rule_sql_instance, "backup", "error sql-instance-form\n" },
		{ rule_sql_instance, "SQ\xD0\x9B", "warning mixed-scripts\n" },
		{ rule_sql_database, "OperationsManager", NULL },
		{ rule_sql_database, "_SMA1$", NULL },
		{ rule_sql_database, "Operations Manager", "warning sql-database-unusual\n" },
		{ rule_sql_database, "1SMA", "warning sql-database-unusual\n" },
		{ rule_sql_database, "$SMA", "warning sql-database-unusual\n" },
		{ rule_sql_database, "SMA-1", "warning sql-database-unusual\n" },
		{ rule_sql_database, "SMA ", "error sql-database-form\n" },
		{ rule_sql_database, "", "error sql-database-form\n" },
		{ rule_sql_login, "sma_setup", NULL },
		{ rule_sql_login, "sma setup", NULL },
		{ rule_sql_login, "CONTOSO\\sma", "error sql-login-form\n" },
		{ rule_sql_login, "", "error sql-login-form\n" },
	};

	(void)state;
	RUN(cases);
	for (const char *c = "\"'][;\\/:*?<>|"; *c; c++) {
		char text[] = "SMA?x";

		text[3] = *c;
		assert_case(rule_sql_database, text, "error sql-database-form\n");
	}
}

static void test_rule_small_kinds__forms__are_told_apart(void **state)
{
	static const struct name_case cases[] = {
		{ rule_management_group, "CONTOSO Production_1-a", NULL },
		{ rule_management_group, " CONTOSO", "error group-form\n" },
		{ rule_management_group, "CONTOSO ", "error group-form\n" },
		{ rule_management_group, "", "error group-form\n" },
		{ rule_management_group, "CONT\xD0\x9ESO", "warning mixed-scripts\n" },
		{ rule_web_site, "Default Web Site", NULL },
		{ rule_web_site, "Site #1 (old)", NULL },
		{ rule_web_site, "Site ", "error web-site-form\n" },
		{ rule_web_site, "", "error web-site-form\n" },
		{ rule_certificate_serial, "1a2B3c", NULL },
		{ rule_certificate_serial, "1a2B3", "error certificate-form\n" },
		{ rule_certificate_serial, "1a 2B", "error certificate-form\n" },
		{ rule_certificate_serial, "0x1A", "error certificate-form\n" },
		{ rule_certificate_serial, "", "error certificate-form\n" },
		{ rule_sql_address, "SQL01", NULL },
		{ rule_sql_address, "sql01.contoso.com\\OM", NULL },
		{ rule_sql_address, "SQLAG01-L,14333", NULL },
		{ rule_sql_address, "SQL01\\OM, 1433", NULL },
		{ rule_sql_address, "SQL01\\", "error sql-instance-form\n" },
		{ rule_sql_address, "SQL01\\SELECT", "error sql-instance-form\n" },
		{ rule_sql_address, "\\OM", "error sql-server-form\n" },
		{ rule_sql_address, "SQL01,", "error sql-address-form\n" },
		{ rule_sql_address, "SQL01,0", "error sql-address-form\n" },
		{ rule_sql_address, "SQL01,65536", "error sql-address-form\n" },
		{ rule_sql_address, "SQL01,14333;x", "error sql-address-form\n" },
		{ rule_sql_address, "tcp:SQL01,1433", "error sql-server-form\n" },
		{ rule_sql_address, "", "error sql-address-form\n" },
		{ rule_backup_folder, "E:\\Backup", NULL },
		{ rule_backup_folder, "\\\\NAS01\\Backup", NULL },
		{ rule_backup_folder, "Backup", "error path-form\n" },
		{ rule_local_time, "2026-12-05 20:00", NULL },
		{ rule_local_time, "2026-12-05 24:00", "error time-form\n" },
		{ rule_local_time, "2026-12-05 20:60", "error time-form\n" },
		{ rule_local_time, "2026-12-05T20:00", "error time-form\n" },
		{ rule_local_time, "2026-12-05", "error time-form\n" },
		{ rule_local_time, "2026-02-30 20:00", "error date-form\n" },
		{ rule_local_time, "", "error time-form\n" },
		{ rule_date, "2026-11-21", NULL },
		{ rule_date, "2024-02-29", NULL },
		{ rule_date, "2000-02-29", NULL },
		{ rule_date, "2023-02-29", "error date-form\n" },
		{ rule_date, "1900-02-29", "error date-form\n" },
		{ rule_date, "2026-04-31", "error date-form\n" },
		{ rule_date, "2026-13-01", "error date-form\n" },
		{ rule_date, "2026-00-01", "error date-form\n" },
		{ rule_date, "2026-01-00", "error date-form\n" },
		{ rule_date, "0000-01-01", "error date-form\n" },
		{ rule_date, "2026-1-21", "error date-form\n" },
		{ rule_date, "2026/11/21", "error date-form\n" },
		{ rule_date, "21.11.2026", "error date-form\n" },
		{ rule_date, "2026-11-21 ", "error date-form\n" },
		{ rule_date, "", "error date-form\n" },
		{ rule_note, "", NULL },
		{ rule_note, "restart: done \xE2\x80\x93 see ticket", NULL },
		{ rule_text, "", NULL },
		{ rule_text, "any \"text\" & <more>", NULL },
	};

	(void)state;
	RUN(cases);
	for (const char *c = "()^~:;.!?\",'`@#%\\/*+=$|&[]<>{}"; *c; c++) {
		char text[] = "MG?1";

		text[2] = *c;
		assert_case(rule_management_group, text, "error group-form\n");
	}
	for (const char *c = "\\/?;:@&=+$,|\"<>*"; *c; c++) {
		char text[] = "Web?1";

		text[3] = *c;
		assert_case(rule_web_site, text, "error web-site-form\n");
	}
}

/* Each limit: what is just short enough and what is one longer. X stands for the filling. */
static void test_rules__lengths__end_where_documented(void **state)
{
	static const struct {
		value_rule_fn *rule;
		const char *before, *after;
		size_t most;              /* letters between them that are still without the finding */
		const char *fine, *beyond;
	} cases[] = {
		{ rule_host, "", "", 15, "", "warning host-long\n" },
		{ rule_host, "", ".contoso.com", 15, "", "warning host-long\n" },
		{ rule_host, "", "", 63, "warning host-long\n", "error host-form\n" },
		{ rule_host, "MS01.", ".com", 60, "", "warning host-long\n" },
		{ rule_host, "MS01.", ".com", 63, "warning host-long\n", "error host-form\n" },
		{ rule_account, "", "\\svc", 15, "", "error account-form\n" },
		{ rule_account, "CONTOSO\\", "", 20, "", "error account-form\n" },
		{ rule_account, "CONTOSO\\", "$", 15, "", "error account-form\n" },
		{ rule_account, "", ".contoso.com\\svc", 243, "warning account-unusual\n", "error account-form\n" },
		{ rule_account, "", "@contoso.com", 1012, "warning account-upn\n", "error account-form\n" },
		{ rule_account_or_group, "CONTOSO\\", "", 256, "", "error account-form\n" },
		{ rule_account_or_group, "", "\\group", 15, "", "error account-form\n" },
		{ rule_install_folder, "E:\\", "\\x", 242, "", "error path-long\n" },
		{ rule_install_folder, "E:\\x\\", "", 242, "", "error path-long\n" },
		{ rule_media_folder, "E:\\", "", 244, "", "error path-long\n" },
		{ rule_media_folder, "\\\\srv\\", "", 241, "warning path-unc\n",
		  "warning path-unc\nerror path-long\n" },
		{ rule_file, "E:\\x\\", "", 254, "", "error path-long\n" },
		{ rule_file, "E:\\x\\", "", 255, "error path-long\n", "error path-long\nerror path-long\n" },
		{ rule_sql_instance, "", "", 16, "", "error sql-instance-form\n" },
		{ rule_sql_database, "", "", 128, "", "error sql-database-form\n" },
		{ rule_sql_login, "", "", 128, "", "error sql-login-form\n" },
		{ rule_note, "", "", 500, "", "error note-form\n" },
	};
	struct strbuf text = STRBUF_INIT;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		for (size_t more = 0; more < 2; more++) {
			strbuf_reset(&text);
			strbuf_puts(&text, cases[i].before);
			strbuf_fill(&text, 'x', cases[i].most + more);
			strbuf_puts(&text, cases[i].after);
			assert_case(cases[i].rule, strbuf_text(&text), more ? cases[i].beyond : cases[i].fine);
		}
	}
	/* UTF-16 units: a character beyond the first plane counts as two. */
	strbuf_reset(&text);
	strbuf_fill(&text, 'x', 498);
	strbuf_puts(&text, "\xF0\x9F\x98\x80");
	assert_case(rule_note, strbuf_text(&text), NULL);
	strbuf_putc(&text, 'x');
	assert_case(rule_note, strbuf_text(&text), "error note-form\n");
	strbuf_clear(&text);
}

static void test_rule_host__full_name__is_limited_to_255(void **state)
{
	struct strbuf text = STRBUF_INIT;

	(void)state;
	strbuf_puts(&text, "m");
	for (int i = 0; i < 126; i++)
		strbuf_puts(&text, ".a");
	strbuf_puts(&text, ".b");
	assert_int_equal(text.length, 255);
	assert_case(rule_host, strbuf_text(&text), "warning host-long\n");
	strbuf_putc(&text, 'c');
	assert_case(rule_host, strbuf_text(&text), "error host-form\n");
	strbuf_clear(&text);
}

static void test_rules__unsafe_characters__are_refused_by_every_kind(void **state)
{
	static value_rule_fn *const rules[] = {
		rule_text, rule_host, rule_account, rule_account_or_group, rule_install_folder, rule_media_folder,
		rule_file, rule_management_group, rule_web_site, rule_sql_server, rule_sql_instance,
		rule_sql_database, rule_sql_login, rule_certificate_serial, rule_date, rule_local_time,
		rule_sql_address, rule_backup_folder, rule_note,
	};
	static const char *const endings[] = {
		"\n", "\r\n", "\t", "\x1B[31m", "\x7F", "\xC2\x85", "\xE2\x80\xAE", "\xE2\x80\x8B", "\xEF\xBB\xBF",
		"\xFF", "\xED\xA0\x80",
	};
	static const char *const starts[] = { "ABC", "CONTOSO\\svc", "E:\\x", "ABCD", "2026-11-21" };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rules); i++) {
		for (size_t j = 0; j < ARRAY_LEN(endings) * ARRAY_LEN(starts); j++) {
			struct strbuf text = STRBUF_INIT;

			strbuf_puts(&text, starts[j % ARRAY_LEN(starts)]);
			strbuf_puts(&text, endings[j / ARRAY_LEN(starts)]);
			assert_case(rules[i], strbuf_text(&text), "error unsafe-character\n");
			strbuf_clear(&text);
		}
	}
}

static void test_rules__findings__say_what_was_read_and_what_is_right(void **state)
{
	static const struct {
		value_rule_fn *rule;
		const char *text, *says, *hint;
	} cases[] = {
		{ rule_install_folder, "E:\\System Center\\CON\\Operations Manager",
		  "\"CON\" is a name that Windows reserves for a device.",
		  "Example: E:\\System Center\\Operations Manager" },
		{ rule_account, "svc-das", "\"svc-das\" has no domain.", "Example: CONTOSO\\svc-das" },
		{ rule_account, "CONTOSO\\a/b,c",
		  "\"a/b,c\" has / and a comma. A user name cannot have that.", "Example: CONTOSO\\svc-das" },
		{ rule_backup_folder, "Backup",
		  "\"Backup\" starts neither with a drive letter and a colon nor, for a share, with "
		  "\\\\SERVER\\SHARE.",
		  "Example: \\\\NAS01\\Backup" },
		{ rule_management_group, "SCOM.Prod",
		  "\"SCOM.Prod\" has a dot. The name of a management group cannot have that.",
		  "Example: CONTOSO Production" },
		{ rule_account, "CONTOSO_PRODUCTION\\svc",
		  "\"CONTOSO_PRODUCTION\" is 18 characters long. The short name of a domain has at most 15.",
		  "Example: CONTOSO\\svc-das" },
		{ rule_host, "MS\xE2\x80\xAE" "01",
		  "\"MS\\u{202E}01\" has a character that is not printed and may hide something.",
		  "Type the value again instead of pasting it." },
		{ rule_host, "", "Nothing was entered.", "Example: MS01 or ms01.contoso.com" },
		{ rule_date, "2026-02-30", "\"2026-02-30\" is a day that does not exist.", "Example: 2026-11-21" },
		{ rule_sql_server, "SQL01\\X",
		  "\"SQL01\\X\" has a backslash. Only the name of the server belongs here.",
		  "The instance has a field of its own." },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct diags diags = DIAGS_INIT;
		struct report to = { .diags = &diags, .path = "key" };

		assert_false(cases[i].rule(cases[i].text, &to));
		assert_int_equal(diags.count, 1);
		assert_text(cases[i].text, cases[i].says, diags.items[0].text);
		assert_text(cases[i].text, cases[i].hint, diags.items[0].hint);
		assert_text(cases[i].text, "key", diags.items[0].path);
		diags_clear(&diags);
	}
}

static void test_host_equal__domain_part__may_be_missing(void **state)
{
	static const struct { const char *a, *b; bool equal; } cases[] = {
		{ "MS01", "ms01", true }, { "MS01", "ms01.contoso.com", true }, { "ms01.contoso.com", "MS01", true },
		{ "ms01.contoso.com", "MS01.CONTOSO.COM", true }, { "ms01.contoso.com", "ms01.fabrikam.com", false },
		{ "MS01", "MS02", false }, { "MS0", "MS01", false }, { "MS01", "MS0", false },
		{ "MS0.contoso.com", "MS01", false },
		{ "MS_1", "MS\x7F" "1", false }, { "m\xC3\xBC", "M\xC3\xBC", true }, { "", "", true },
		{ "", "a", false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_labelled(cases[i].b, host_equal(cases[i].a, cases[i].b) == cases[i].equal);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_rule_host__forms__are_told_apart),
		TEST(test_rule_host__full_name__is_limited_to_255),
		TEST(test_rule_account__forms__are_told_apart),
		TEST(test_rule_account__forbidden_characters__are_errors),
		TEST(test_rule_sql__forms__are_told_apart),
		TEST(test_rule_small_kinds__forms__are_told_apart),
		TEST(test_rules__lengths__end_where_documented),
		TEST(test_rules__unsafe_characters__are_refused_by_every_kind),
		TEST(test_rules__findings__say_what_was_read_and_what_is_right),
		TEST(test_host_equal__domain_part__may_be_missing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
