/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Service Management Automation: the kept database and its backup, their fields and pages. Each row names its source.
 */
#include "flows/sma/sma.h"

static const struct choice authentications[] = {
	{ "windows", "Windows authentication", "Windows", "The service accounts log on to the database themselves." },
	{ "sql", "SQL Server authentication", "SQL", "A login of SQL Server with a password." },
	{ NULL, NULL, NULL, NULL }
};

static bool uses_sql_login(const struct scope *scope)
{
	return sma_answers(scope->plan)->authentication == SMA_SQL_AUTHENTICATION;
}

const struct field sma_sql_server = {
	.key = "database.server",
	.kind = FIELD_TEXT,
	.flags = FIELD_REQUIRED,
	.offset = AT_TEXT(struct sma_answers, sql_server),
	.label = "Database server",
	.example = "SQL01",
	.rule = rule_sql_server,
	.tidy = tidy_trim,
	.help = "The SQL Server or listener for the new installation, without instance and port: the one in use now, "
		"unless the database moves.",
	.source = "SMA deployment page; registry of the old servers [DOC, CODE]",
};

const struct field sma_sql_instance = {
	.key = "database.instance",
	.kind = FIELD_TEXT,
	.offset = AT_TEXT(struct sma_answers, sql_instance),
	.label = "Instance",
	.example = "AUTOMATION",
	.rule = rule_sql_instance,
	.tidy = tidy_trim,
	.help = "Only for a named instance; empty means the default one.",
	.source = "SMA deployment page [DOC]",
};

const struct field sma_sql_port = {
	.key = "database.port",
	.kind = FIELD_NUMBER,
	.offset = AT_NUMBER(struct sma_answers, sql_port),
	.label = "Port",
	.preset = "1433",
	.maximum = 65535,
	.help = "TCP port of the instance; 0 means that it is dynamic.",
	.source = "SMA deployment page [DOC]",
};

const struct field sma_database = {
	.key = "database.name",
	.kind = FIELD_TEXT,
	.flags = FIELD_REQUIRED,
	.offset = AT_TEXT(struct sma_answers, database),
	.label = "Database",
	.preset = SMA_DATABASE,
	.rule = rule_sql_database,
	.tidy = tidy_trim,
	.help = "The existing database: it keeps the runbooks and settings. Every line says CREATEDATABASE=\"No\".",
	.source = "upgrade page [PAGE]; SMA deployment page [DOC]",
};

const struct field sma_authentication = {
	.key = "database.authentication",
	.kind = FIELD_CHOICE,
	.offset = AT_CHOICE(struct sma_answers, authentication),
	.label = "Authentication",
	.choices = authentications,
	.preset = "windows",
	.help = "How workers and web service log on to the database now.",
	.source = "SMA deployment page [DOC, UNCERTAIN: the word for SQL is printed in two ways]",
};

const struct field sma_backup_file = {
	.key = "database.backup-file",
	.kind = FIELD_TEXT,
	.flags = FIELD_REQUIRED,
	.offset = AT_TEXT(struct sma_answers, backup_file),
	.label = "Backup file",
	.example = "E:\\Backup\\SMA.bak",
	.rule = rule_file,
	.tidy = tidy_path,
	.help = "On the database server, with its full path. The time is put into its name when it is made, so that "
		"nothing is written over.",
	.source = "SQL Server reference of BACKUP [OURS]",
};

const struct field sma_sql_user = {
	.key = "accounts.database.user",
	.kind = FIELD_TEXT,
	.flags = FIELD_REQUIRED,
	.offset = AT_TEXT(struct sma_answers, sql_user),
	.label = "SQL Server login",
	.example = "sma",
	.rule = rule_sql_login,
	.tidy = tidy_trim,
	.applies = uses_sql_login,
	.help = "The login that workers and web service use for the database now.",
	.source = "SMA deployment page [DOC]",
};

static const struct field sma_sql_password = {
	.key = "accounts.database.password",
	.kind = FIELD_SECRET,
	.label = "Its password",
	.account = "accounts.database",
	.help = PASSWORD_HELP,
	.applies = uses_sql_login,
	.source = "passwords on command lines [OURS]",
};

const struct field sma_deployment = {
	.key = "deployment",
	.kind = FIELD_TEXT,
	.offset = AT_TEXT(struct sma_answers, deployment),
	.label = "Deployment",
	.example = "Automation",
	.rule = rule_note,
	.tidy = tidy_trim,
	.help = "Its name, under which records are kept. Empty: server, instance and name of the database.",
	.source = "our reading [OURS]",
};

/* SERVER-INSTANCE-DATABASE, and without an instance SERVER-DATABASE. */
const char *sma_deployment_instead(const struct scope *scope)
{
	const struct sma_answers *answers = sma_answers(scope->plan);
	const char *instance = answers->sql_instance;
	const char *database = field_text(&sma_database, scope->plan, &answers->common.record, scope->arena);

	if (!answers->sql_server)
		return "";
	return arena_printf(scope->arena, "%s%s%s-%s", answers->sql_server, instance ? "-" : "",
			    instance ? instance : "", database);
}

/* ---- pages ---- */

static const char *backup_page_text(const struct scope *scope)
{
	return arena_printf(
		scope->arena,
		"Nothing brings the old release back but a backup. The database itself stays where it is and keeps the "
		"runbooks and settings.\n\nThe step Back up the database has this for the database server, with the "
		"database and the file of the fields below:\n\n%s",
		sma_backup_sql(scope));
}

const struct page sma_page_backup = {
	.id = "backup",
	.section = "Prerequisites",
	.title = "Back up the database",
	.rail = "Backup",
	.kind = PAGE_TEXT,
	.text_of = backup_page_text,
	.help = "A full backup of the database, with checksums and apart from the chain of the running backups, then "
		"its verification. It is a step of the checklist, and nothing is uninstalled before it is done.",
	.fields = (const struct field *const[]){ &sma_database, &sma_backup_file, NULL },
};

const struct page sma_page_database = {
	.id = "database",
	.section = "Configuration",
	.title = "Database",
	.rail = "Database",
	.kind = PAGE_FORM,
	.intro = "The details of the previous installation.",
	.help = "The registry keys WebService and RunbookWorker below "
		"HKLM\\SOFTWARE\\Microsoft\\ServiceManagementAutomation on the old servers have "
		"them: DatabaseServerName, DatabaseServerInstance, DatabaseName.",
	.fields = (const struct field *const[]){ &sma_sql_server, &sma_sql_instance, &sma_sql_port, &sma_authentication,
						 &sma_sql_user, &sma_sql_password, &sma_deployment,
						 &sma_source_server, &sma_source_instance, &sma_source_port, NULL },
};
