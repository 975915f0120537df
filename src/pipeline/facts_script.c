/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The collector, put together: the text that no product owns, and in its slots what the flows have.
 */
#include "pipeline/facts_script.h"

#include "core/text.h"
#include "model/flow.h"
#include "pipeline/facts_read.h"
#include "pipeline/facts_script_text.h"
#include "win/winquote.h"

/* The availability group of the database that is asked. */
#define FROM_GROUP \
	"FROM sys.databases AS base JOIN sys.availability_databases_cluster AS member ON member.group_database_id = " \
	"base.group_database_id"
#define IS_MINE " WHERE base.database_id = DB_ID()"

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
	{ "allow-updates", "'SELECT CONVERT(bit, value_in_use) FROM sys.configurations WHERE configuration_id = "
		"102'", "" },
	{ "service-broker", "'SELECT is_broker_enabled FROM sys.databases WHERE database_id = DB_ID()'", "" },
	{ "sysadmin", "\"SELECT CONVERT(bit, IS_SRVROLEMEMBER('sysadmin'))\"", "" },
	{ "availability-group", "'SELECT grp.name " FROM_GROUP " JOIN sys.availability_groups AS grp ON grp.group_id = "
		"member.group_id" IS_MINE "'", "" },
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

/* ---- what may stand in the file ---- */

/* What a value must look like there. */
static const char *kind_of(const struct field *fact)
{
	static const struct {
		value_rule_fn *rule;
		const char *kind;
	} rules[] = {
		{ rule_fact_version, "version" }, { rule_date, "day" },         { rule_fact_time, "time" },
		{ rule_named_host, "text" },      { rule_fact_role, "words" }, { rule_certificate_serial, "serial" },
	};

	if (fact->kind != FIELD_TEXT && fact->kind != FIELD_NAMES)
		return fact->kind == FIELD_NUMBER ? "number" : fact->kind == FIELD_FLAG ? "flag" : "words";
	if (!fact->rule)
		return "text";
	for (size_t i = 0; i < ARRAY_LEN(rules); i++) {
		if (rules[i].rule == fact->rule)
			return rules[i].kind;
	}
	bug("the collector knows no rule of %s", fact->key);
}

/* Characters of a text, or the highest number. */
static uint64_t most_of(const struct field *fact)
{
	if (fact->kind == FIELD_NUMBER)
		return fact->maximum;
	return fact->kind == FIELD_TEXT && fact->limit ? fact->limit : FACT_TEXT;
}

static void put_words(struct strbuf *out, const struct field *fact)
{
	size_t count = 0;

	for (size_t i = 0; flow_at(i) && !(i && fact->choices); i++) {
		const struct choice *word = fact->rule == rule_fact_role ? flow_at(i)->roles : NULL;

		if (fact->kind == FIELD_CHOICE)
			word = facts_words(fact, flow_at(i));
		for (; word && word->id; word++)
			strbuf_printf(out, "%s'%s'", count++ ? ", " : "", word->id);
	}
}

/* One row for a value; PREFIX is the list that it stands in, "" for none. */
static void put_value(struct strbuf *out, const char *prefix, const char *key, const struct field *fact)
{
	strbuf_printf(out, ",\r\n    @('%s%s', '%s', %llu, @(", prefix, key, kind_of(fact),
		      (unsigned long long)most_of(fact));
	put_words(out, fact);
	strbuf_printf(out, "), $%s)", fact->flags & FIELD_REQUIRED ? "true" : "false");
}

static void put_list(struct strbuf *out, struct arena *arena, const struct field *fact)
{
	const char *prefix = arena_printf(arena, "%s[]", fact->key);

	strbuf_printf(out, ",\r\n    @('%s', '%s', %zu, @(), $false)", fact->key,
		      fact->kind == FIELD_ROWS ? "rows" : "list", fact->limit);
	if (fact->kind == FIELD_NAMES)
		put_value(out, prefix, "", fact);
	prefix = arena_printf(arena, "%s.", prefix);
	for (size_t i = 0; fact->columns && fact->columns[i]; i++)
		put_value(out, prefix, fact->columns[i]->key, fact->columns[i]);
}

/* The reader's own table, so that no file is written that it would refuse. */
static void put_known(struct strbuf *out)
{
	struct arena *arena = arena_new();
	const struct field *const *table = facts_table(arena);
	struct strbuf rows = STRBUF_INIT;

	for (; *table; table++) {
		if ((*table)->kind == FIELD_ROWS || (*table)->kind == FIELD_NAMES)
			put_list(&rows, arena, *table);
		else
			put_value(&rows, "", (*table)->key, *table);
	}
	strbuf_puts(out, strbuf_text(&rows) + strlen(",\r\n"));
	strbuf_clear(&rows);
	arena_free(arena);
}

/* ---- lines ---- */

static void put_lines(struct strbuf *out, const char *const *lines, const char *indent);

/* What the products have for the slot LINE. */
static void put_parts(struct strbuf *out, const char *line, const char *indent)
{
	const struct collector *collector;

	for (size_t i = 0; (collector = collector_at(i)); i++) {
		for (const struct collector_part *part = collector->parts; part && part->slot; part++) {
			if (str_eq(part->slot, line))
				put_lines(out, part->lines, indent);
		}
	}
}

static bool is_slot(const char *line)
{
	size_t length = strlen(line);

	return length > 2 && line[0] == '{' && strspn(line + 1, "abcdefghijklmnopqrstuvwxyz-") == length - 2;
}

static void put_line(struct strbuf *out, const char *line, const char *indent)
{
	static const struct {
		const char *slot;
		void (*put)(struct strbuf *out);
	} slots[] = {
		{ "{services}", put_service_names }, { "{service-patterns}", put_service_patterns },
		{ "{statements}", put_statements },  { "{databases}", put_databases },
		{ "{known}", put_known },
	};
	size_t blanks = strspn(line, " ");

	strbuf_puts(out, *line ? indent : "");
	for (size_t i = 0; i < ARRAY_LEN(slots); i++) {
		const char *at = strstr(line, slots[i].slot);

		if (at) {
			strbuf_add(out, line, (size_t)(at - line));
			slots[i].put(out);
			strbuf_printf(out, "%s\r\n", at + strlen(slots[i].slot));
			return;
		}
	}
	if (is_slot(line + blanks)) {
		char deeper[32];

		snprintf(deeper, sizeof(deeper), "%s%.*s", indent, (int)blanks, line);
		strbuf_truncate(out, out->length - strlen(indent));
		put_parts(out, line + blanks, deeper);
	} else {
		strbuf_printf(out, "%s\r\n", line);
	}
}

static void put_lines(struct strbuf *out, const char *const *lines, const char *indent)
{
	for (; *lines; lines++)
		put_line(out, *lines, indent);
}

/* Fills {path}, which stands in the first part only. */
static void put_first(struct strbuf *out, const char *quoted)
{
	for (const char *const *line = facts_script_first; *line; line++) {
		if (str_eq(*line, "$target = {path}"))
			strbuf_printf(out, "$target = %s\r\n", quoted);
		else
			put_line(out, *line, "");
	}
}

bool facts_script(struct strbuf *out, const char *folder)
{
	struct strbuf quoted = STRBUF_INIT;
	bool ok = quote_powershell(&quoted, folder ? folder : ".");

	if (ok) {
		/* Without the mark Windows PowerShell would read the file in the code page of the server. */
		strbuf_puts(out, "\xEF\xBB\xBF");
		put_first(out, strbuf_text(&quoted));
		put_lines(out, facts_script_tools, "");
		put_lines(out, facts_script_machine, "");
		put_lines(out, facts_script_rest, "");
	}
	strbuf_clear(&quoted);
	return ok;
}
