/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The collector, put together: the text that no product owns, and in its slots what the flows have.
 */
#include "pipeline/facts_script.h"

#include "core/text.h"
#include "model/flow.h"
#include "pipeline/facts_script_text.h"

/* clang-format off */
static const struct collector_statement statements[] = {
	{ "version", "\"SELECT CONVERT(nvarchar(128), SERVERPROPERTY('ProductVersion'))\"", "" },
	{ "edition", "\"SELECT CONVERT(nvarchar(128), SERVERPROPERTY('Edition'))\"", "" },
	{ "full-text", "\"SELECT CONVERT(bit, FULLTEXTSERVICEPROPERTY('IsFullTextInstalled'))\"", "" },
	{ "collation", "\"SELECT CONVERT(nvarchar(128), DATABASEPROPERTYEX(DB_NAME(), 'Collation'))\"", "" },
	{ "size-mb", "'SELECT SUM(CONVERT(bigint, size)) / 128 FROM sys.database_files WHERE type = 0'", "" },
	{ "free-mb", "\"SELECT SUM(CONVERT(bigint, size) - CONVERT(bigint, FILEPROPERTY(name, 'SpaceUsed'))) / "
		"128 FROM sys.database_files WHERE type = 0\"", "" },
	{ "log-mb", "'SELECT SUM(CONVERT(bigint, size)) / 128 FROM sys.database_files WHERE type = 1'", "" },
	{ "allow-updates", "\"SELECT CONVERT(bit, value_in_use) FROM sys.configurations WHERE name = 'allow "
		"updates'\"", "" },
	{ "service-broker", "'SELECT is_broker_enabled FROM sys.databases WHERE database_id = DB_ID()'", "" },
	{ "sysadmin", "\"SELECT CONVERT(bit, IS_SRVROLEMEMBER('sysadmin'))\"", "" },
	{ .key = NULL }
};
/* clang-format on */

/* ---- what stands in a slot ---- */

static const struct collector *collector_at(size_t index)
{
	static const struct collector nothing;
	const struct flow *flow = flow_at(index);

	return !flow ? NULL : flow->collector ? flow->collector : &nothing;
}

/* Several products may look at one service: it stands once. */
static bool is_new_service(const char *name, size_t before)
{
	for (size_t i = 0; i < before; i++) {
		for (const char *const *service = collector_at(i)->services; service && *service; service++) {
			if (str_eq(*service, name))
				return false;
		}
	}
	return true;
}

static void put_services(struct strbuf *out, bool patterns)
{
	const struct collector *collector;
	size_t count = 0;

	for (size_t i = 0; (collector = collector_at(i)); i++) {
		for (const char *const *service = collector->services; service && *service; service++) {
			if (patterns != (strchr(*service, '*') != NULL) || !is_new_service(*service, i))
				continue;
			if (!patterns)
				strbuf_puts(out, count++ ? ", " : "");
			strbuf_printf(out, patterns ? " -or ($_.Name -like '%s')" : "'%s'", *service);
		}
	}
}

static void put_service_names(struct strbuf *out)
{
	put_services(out, false);
}

static void put_service_patterns(struct strbuf *out)
{
	put_services(out, true);
}

static void put_statement_rows(struct strbuf *out, size_t *count, const struct collector_statement *rows)
{
	for (; rows && rows->key; rows++) {
		strbuf_puts(out, (*count)++ ? ",\r\n" : "");
		strbuf_printf(out, "    @('%s', %s, '%s')", rows->key, rows->text, rows->role);
	}
}

static void put_statements(struct strbuf *out)
{
	size_t count = 0;

	put_statement_rows(out, &count, statements);
	for (size_t i = 0; collector_at(i); i++)
		put_statement_rows(out, &count, collector_at(i)->statements);
}

static void put_databases(struct strbuf *out)
{
	const struct collector *collector;
	size_t count = 0;

	for (size_t i = 0; (collector = collector_at(i)); i++) {
		for (const struct collector_database *row = collector->databases; row && row->role; row++) {
			strbuf_puts(out, count++ ? ",\r\n" : "");
			strbuf_printf(out, "        @('%s', %s, '%s', '%s', '%s')", row->role, row->key, row->server,
				      row->instance, row->name);
		}
	}
}

/* ---- lines ---- */

static void put_lines(struct strbuf *out, const char *const *lines);

/* What the products have for the slot LINE. */
static void put_parts(struct strbuf *out, const char *line)
{
	const struct collector *collector;

	for (size_t i = 0; (collector = collector_at(i)); i++) {
		for (const struct collector_part *part = collector->parts; part && part->slot; part++) {
			if (str_eq(part->slot, line))
				put_lines(out, part->lines);
		}
	}
}

static bool is_slot(const char *line)
{
	size_t length = strlen(line);

	return length > 2 && line[0] == '{' && strspn(line + 1, "abcdefghijklmnopqrstuvwxyz-") == length - 2;
}

static void put_line(struct strbuf *out, const char *line)
{
	static const struct {
		const char *slot;
		void (*put)(struct strbuf *out);
	} slots[] = {
		{ "{services}", put_service_names },
		{ "{service-patterns}", put_service_patterns },
		{ "{statements}", put_statements },
		{ "{databases}", put_databases },
	};

	for (size_t i = 0; i < ARRAY_LEN(slots); i++) {
		const char *at = strstr(line, slots[i].slot);

		if (at) {
			strbuf_add(out, line, (size_t)(at - line));
			slots[i].put(out);
			strbuf_printf(out, "%s\r\n", at + strlen(slots[i].slot));
			return;
		}
	}
	if (is_slot(line))
		put_parts(out, line);
	else
		strbuf_printf(out, "%s\r\n", line);
}

static void put_lines(struct strbuf *out, const char *const *lines)
{
	for (; *lines; lines++)
		put_line(out, *lines);
}

void facts_script(struct strbuf *out)
{
	/* Without the mark Windows PowerShell would read the file in the code page of the server. */
	strbuf_puts(out, "\xEF\xBB\xBF");
	put_lines(out, facts_script_first);
	put_lines(out, facts_script_rest);
}
