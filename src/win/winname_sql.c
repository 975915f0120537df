/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Names of SQL Server.
 */
#include "win/winname.h"

#include "core/text.h"
#include "win/winname_common.h"

#define INSTANCE_MAX 16u
#define SYSNAME_MAX 128u

/* Transact-SQL's reserved words that are short enough for an instance. */
static const char *const keywords[] = {
	"ADD", "ALL", "ALTER", "AND", "ANY", "AS", "ASC", "AUTHORIZATION", "BACKUP", "BEGIN", "BETWEEN",
	"BREAK", "BROWSE", "BULK", "BY", "CASCADE", "CASE", "CHECK", "CHECKPOINT", "CLOSE", "CLUSTERED",
	"COALESCE", "COLLATE", "COLUMN", "COMMIT", "COMPUTE", "CONSTRAINT", "CONTAINS", "CONTAINSTABLE",
	"CONTINUE", "CONVERT", "CREATE", "CROSS", "CURRENT", "CURSOR", "DATABASE", "DBCC", "DEALLOCATE",
	"DECLARE", "DEFAULT", "DELETE", "DENY", "DESC", "DISK", "DISTINCT", "DISTRIBUTED", "DOUBLE", "DROP",
	"DUMP", "ELSE", "END", "ERRLVL", "ESCAPE", "EXCEPT", "EXEC", "EXECUTE", "EXISTS", "EXIT", "EXTERNAL",
	"FETCH", "FILE", "FILLFACTOR", "FOR", "FOREIGN", "FREETEXT", "FREETEXTTABLE", "FROM", "FULL",
	"FUNCTION", "GOTO", "GRANT", "GROUP", "HAVING", "HOLDLOCK", "IDENTITY", "IDENTITYCOL", "IF", "IN",
	"INDEX", "INNER", "INSERT", "INTERSECT", "INTO", "IS", "JOIN", "KEY", "KILL", "LEFT", "LIKE", "LINENO",
	"LOAD", "MERGE", "NATIONAL", "NOCHECK", "NONCLUSTERED", "NOT", "NULL", "NULLIF", "OF", "OFF", "OFFSETS",
	"ON", "OPEN", "OPENQUERY", "OPENROWSET", "OPENXML", "OPTION", "OR", "ORDER", "OUTER", "OVER", "PERCENT",
	"PIVOT", "PLAN", "PRECISION", "PRIMARY", "PRINT", "PROC", "PROCEDURE", "PUBLIC", "RAISERROR", "READ",
	"READTEXT", "RECONFIGURE", "REFERENCES", "REPLICATION", "RESTORE", "RESTRICT", "RETURN", "REVERT",
	"REVOKE", "RIGHT", "ROLLBACK", "ROWCOUNT", "ROWGUIDCOL", "RULE", "SAVE", "SCHEMA", "SELECT",
	"SESSION_USER", "SET", "SETUSER", "SHUTDOWN", "SOME", "STATISTICS", "SYSTEM_USER", "TABLE",
	"TABLESAMPLE", "TEXTSIZE", "THEN", "TO", "TOP", "TRAN", "TRANSACTION", "TRIGGER", "TRUNCATE",
	"TRY_CONVERT", "TSEQUAL", "UNION", "UNIQUE", "UNPIVOT", "UPDATE", "UPDATETEXT", "USE", "USER", "VALUES",
	"VARYING", "VIEW", "WAITFOR", "WHEN", "WHERE", "WHILE", "WITH", "WRITETEXT",
};

bool rule_sql_server(const char *text, struct report *to)
{
	static const char hint[] = "Example: SQL01";

	if (!name_begin(text, to, "sql-server-form", hint))
		return false;
	if (strchr(text, '\\')) {
		name_finding(to, SEV_ERROR, "sql-server-form", "The instance has a field of its own.", text,
			     "has a backslash. Only the name of the server belongs here.");
		return false;
	}
	if (strpbrk(text, ",:")) {
		name_finding(to, SEV_ERROR, "sql-server-form", "The port has a field of its own.", text,
			     "has a port or protocol. Only the name of the server belongs here.");
		return false;
	}
	if (str_eq(text, ".") || text_equal_fold(text, "(local)")) {
		name_finding(to, SEV_ERROR, "sql-server-form", hint, text,
			     "means another server on each computer. Its name is needed.");
		return false;
	}
	return name_host(text, to, "sql-server-form", hint, true);
}

/* The port behind the comma at AT. */
static bool check_port(const char *at, const char *text, struct report *to, const char *hint)
{
	size_t digits;

	at += strspn(at, " ");
	digits = strspn(at, "0123456789");
	if (digits && digits <= 5 && !at[digits] && strtoul(at, NULL, 10) >= 1 && strtoul(at, NULL, 10) <= 65535)
		return true;
	name_finding(to, SEV_ERROR, "sql-address-form", hint, text,
		     "needs a port from 1 to 65535 after its comma.");
	return false;
}

bool rule_sql_address(const char *text, struct report *to)
{
	static const char hint[] = "Examples: SQL01, SQL01\\OM, SQLAG01,14333";
	size_t host = strcspn(text, "\\,"), end = strcspn(text, ",");
	struct strbuf part;
	bool fine;

	if (!name_begin(text, to, "sql-address-form", hint))
		return false;
	part = name_part(text, host);
	fine = rule_sql_server(strbuf_text(&part), to);
	strbuf_clear(&part);
	if (fine && text[host] == '\\') {
		part = name_part(text + host + 1, end - host - 1);
		fine = rule_sql_instance(strbuf_text(&part), to);
		strbuf_clear(&part);
	}
	if (fine && text[end])
		fine = check_port(text + end + 1, text, to, hint);
	return fine;
}

/* The letters of other scripts, roughly: what lies outside these blocks is punctuation or a symbol. */
static bool is_letter(uint32_t code)
{
	if (code < 0x80)
		return is_ascii_letter((char)code);
	return (code >= 0xC0 && code <= 0x1FFF && code != 0xD7 && code != 0xF7) || (code >= 0x2C00 && code <= 0x2DFF) ||
	       (code >= 0x3041 && code <= 0xD7FF) || (code >= 0xF900 && code <= 0xFDFF) ||
	       (code >= 0xFF21 && code <= 0xFFDC) || (code >= 0x20000 && code <= 0x3FFFF);
}

static bool check_instance_letters(const char *text, struct report *to, const char *hint)
{
	const char *at = text, *end = text + strlen(text);

	if (!is_letter(text_next(&at, end))) {
		name_finding(to, SEV_ERROR, "sql-instance-form", hint, text, "does not start with a letter.");
		return false;
	}
	while (at < end) {
		uint32_t code = text_next(&at, end);

		if (is_letter(code) || (code >= '0' && code <= '9') || code == '_' || code == '$')
			continue;
		name_finding(to, SEV_ERROR, "sql-instance-form", hint, text,
			     "has characters other than letters, digits, the underscore and the dollar sign.");
		return false;
	}
	if (end[-1] != '_')
		return true;
	name_finding(to, SEV_ERROR, "sql-instance-form", hint, text, "ends with an underscore.");
	return false;
}

bool rule_sql_instance(const char *text, struct report *to)
{
	static const char hint[] = "Example: OPSMGR; leave it empty for the default instance";
	bool fine;

	if (!name_begin(text, to, "sql-instance-form", hint))
		return false;
	fine = check_instance_letters(text, to, hint);
	fine = name_fits(text, INSTANCE_MAX, to, "sql-instance-form", hint, "The name of an instance") && fine;
	if (in_fold(text, keywords, ARRAY_LEN(keywords))) {
		name_finding(to, SEV_ERROR, "sql-instance-form", hint, text,
			     "is a word that SQL Server reserves.");
		fine = false;
	}
	if (text_equal_fold(text, "MSSQLSERVER"))
		name_finding(to, SEV_WARNING, "sql-instance-default", "Leave it empty.", text,
			     "means the default instance, which is named by its server alone.");
	name_scripts(text, to);
	return fine;
}

bool rule_sql_database(const char *text, struct report *to)
{
	static const char hint[] = "Example: OperationsManager";
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_0123456789@$#";
	bool fine;

	if (!name_begin(text, to, "sql-database-form", hint))
		return false;
	fine = name_without(text, "\"'][;\\/:*?<>|", to, "sql-database-form", hint, "The name of a database");
	fine = name_trimmed(text, to, "sql-database-form", hint) && fine;
	fine = name_fits(text, SYSNAME_MAX, to, "sql-database-form", hint, "The name of a database") && fine;
	if (fine && (text[strspn(text, letters)] != '\0' || strchr("0123456789@$#", text[0])))
		name_finding(to, SEV_WARNING, "sql-database-unusual", hint, text,
			     "needs brackets wherever it is used: it has characters other than letters, digits and _ "
			     "@ $ #, or does not start with a letter.");
	name_scripts(text, to);
	return fine;
}

bool rule_sql_login(const char *text, struct report *to)
{
	static const char hint[] = "Example: sma_setup";
	bool fine;

	if (!name_begin(text, to, "sql-login-form", hint))
		return false;
	fine = name_fits(text, SYSNAME_MAX, to, "sql-login-form", hint, "A login of SQL Server");
	if (strchr(text, '\\')) {
		name_finding(to, SEV_ERROR, "sql-login-form",
			     "For an account of the domain choose Windows authentication.", text,
			     "has a backslash. A login of SQL Server cannot have one.");
		fine = false;
	}
	name_scripts(text, to);
	return fine;
}

const char *sql_address_plain(struct arena *arena, const char *text)
{
	size_t port = strcspn(text, ","), instance = strcspn(text, "\\,"), host = strcspn(text, ".\\,");
	const char *name = arena_strndup(arena, text + instance, port - instance);
	const char *number = text + port;

	if (text_equal_fold(name, "\\MSSQLSERVER"))
		name = "";
	if (str_eq(number, ",1433"))
		number = "";
	return arena_printf(arena, "%.*s%s%s", (int)host, text, name, number);
}
