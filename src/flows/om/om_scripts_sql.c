/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Operations Manager: the SQL of the tasks, with the names that the plan has. A name that it has not is a placeholder
 * without brackets or quotes, so that no server takes a statement that nobody completed.
 */
#include "flows/om/om_later.h"

#include "core/text.h"

/* What the databases are called where their names are not known. */
#define OPERATIONAL "operational database"
#define WAREHOUSE "data warehouse"
#define REPORTING "report server database"
#define REPORTING_TEMPORARY "temporary database of Reporting"
#define ACS "ACS database"

/* NAME in brackets, or the placeholder. */
static const char *sql_name(const struct scope *scope, const char *name, const char *what)
{
	return name ? script_sql_name(scope->arena, name) : arena_printf(scope->arena, "<%s>", what);
}

/* "-- On SQL01\OM, the SQL Server of the data warehouse" */
static void put_head(struct strbuf *out, const struct sql_place *place, const char *what)
{
	strbuf_puts(out, "-- On ");
	if (place->server) {
		text_visible(out, place->server);
		strbuf_puts(out, ", ");
	}
	strbuf_printf(out, "the SQL Server of the %s", what);
}

static const char *kept(const struct scope *scope, struct strbuf *text)
{
	const char *result = arena_strdup(scope->arena, strbuf_text(text));

	strbuf_clear(text);
	return result;
}

const char *om_etl_text(const struct scope *scope)
{
	struct sql_place place = om_operational_place(scope);
	struct strbuf out = STRBUF_INIT;

	put_head(&out, &place, OPERATIONAL);
	strbuf_printf(&out, ". It can take hours. Batches keep the transaction log small in\n"
		      "-- the recovery model SIMPLE; in FULL, back the log up between them.\n"
		      "-- Indexed views want QUOTED_IDENTIFIER: sqlcmd has it with -I only.\n"
		      "SET QUOTED_IDENTIFIER ON;\nUSE %s;\n", sql_name(scope, place.database, OPERATIONAL));
	strbuf_puts(&out,
	"SET NOCOUNT ON;\n"
	"DECLARE @watermark bigint, @removed int;\n"
	"SET @watermark = dbo.fn_GetEntityChangeLogGroomingWatermark();\n"
	"\n"
	"SELECT COUNT_BIG(*) AS rows_to_groom\n"
	"FROM dbo.EntityTransactionLog AS t WITH (NOLOCK)\n"
	"WHERE t.EntityTransactionLogId < @watermark\n"
	"  AND NOT EXISTS (SELECT * FROM dbo.EntityChangeLog AS c WITH (NOLOCK)\n"
	"    WHERE c.EntityTransactionLogId = t.EntityTransactionLogId)\n"
	"  AND NOT EXISTS (SELECT * FROM dbo.RelatedEntityChangeLog AS r WITH (NOLOCK)\n"
	"    WHERE r.EntityTransactionLogId = t.EntityTransactionLogId);\n"
	"\n"
	"-- At most 100,000 rows a pass, so that the transaction log does not fill; until a pass removes none.\n"
	"SET @removed = 1;\n"
	"WHILE @removed > 0\n"
	"BEGIN\n"
	"  DELETE TOP (100000) t\n"
	"  FROM dbo.EntityTransactionLog AS t\n"
	"  WHERE t.EntityTransactionLogId < @watermark\n"
	"    AND NOT EXISTS (SELECT * FROM dbo.EntityChangeLog AS c\n"
	"      WHERE c.EntityTransactionLogId = t.EntityTransactionLogId)\n"
	"    AND NOT EXISTS (SELECT * FROM dbo.RelatedEntityChangeLog AS r\n"
	"      WHERE r.EntityTransactionLogId = t.EntityTransactionLogId);\n"
	"  SET @removed = @@ROWCOUNT;\n"
	"  RAISERROR ('%d rows groomed', 0, 1, @removed) WITH NOWAIT;\n"
	"END;\n");
	return kept(scope, &out);
}

const char *om_space_text(const struct scope *scope)
{
	struct sql_place place = om_operational_place(scope);
	struct strbuf out = STRBUF_INIT;

	put_head(&out, &place, OPERATIONAL);
	strbuf_printf(&out,
		      ".\n"
		      "-- Needed: more than 50 %% of the data file free, and a transaction log of at least 50 %% of\n"
		      "-- the database's size. Where it is less: database properties, Files: raise the initial size\n"
		      "-- of MOM_DATA by 50 %%, and set that of MOM_LOG to half of the database's size.\n"
		      "USE %s;\n"
		      "SELECT name, type_desc, size / 128 AS size_mb,\n"
		      "  CAST(FILEPROPERTY(name, 'SpaceUsed') AS int) / 128 AS used_mb,\n"
		      "  100 - 100 * CAST(FILEPROPERTY(name, 'SpaceUsed') AS bigint) / size AS free_percent\n"
		      "FROM sys.database_files;\n",
		      sql_name(scope, place.database, OPERATIONAL));
	return kept(scope, &out);
}

/* ---- backups ---- */

/* The full backup of one database, into a file of the plan's folder or, without one, of the instance's own. */
static void put_backup(struct strbuf *out, const struct scope *scope, const char *name, const char *what)
{
	const char *database = sql_name(scope, name, what), *folder = om_answers(scope->plan)->backup_folder;
	const char *file = arena_printf(scope->arena, "%s-before-%s",
					name ? name : arena_printf(scope->arena, "<%s>", what),
					scope_fill(scope, "{target}"));

	strbuf_putc(out, '\n');
	common_put_backup(out, scope->arena, common_in_folder(scope->arena, folder, file), database);
}

static void begin_backup(struct strbuf *out, const struct scope *scope, const struct sql_place *place,
			 const char *what)
{
	put_head(out, place, what);
	strbuf_puts(out, om_answers(scope->plan)->backup_folder
				 ? ".\n"
				 : ". The file goes to the instance's own folder for backups:\n"
				   "-- copy it to another machine afterwards.\n");
	common_begin_backup(out);
}

static const char *backup_of(const struct scope *scope, struct sql_place place, const char *what)
{
	struct strbuf out = STRBUF_INIT;

	begin_backup(&out, scope, &place, what);
	put_backup(&out, scope, place.database, what);
	return kept(scope, &out);
}

const char *om_backup_text(const struct scope *scope)
{
	return backup_of(scope, om_operational_place(scope), OPERATIONAL);
}

const char *om_warehouse_backup_text(const struct scope *scope)
{
	return backup_of(scope, om_warehouse_place(scope), WAREHOUSE);
}

const char *om_acs_backup_text(const struct scope *scope)
{
	return backup_of(scope, om_acs_place(scope), ACS);
}

const char *om_report_backup_text(const struct scope *scope)
{
	struct sql_place place = om_reporting_place(scope);
	const char *temporary = om_answers(scope->plan)->reporting_temporary;
	struct strbuf out = STRBUF_INIT;

	if (!temporary && place.database)
		temporary = arena_printf(scope->arena, "%sTempDB", place.database);
	strbuf_puts(&out, "-- Back up the encryption key too, in Reporting Services Configuration Manager: without it "
			  "the data sources are lost.\n");
	begin_backup(&out, scope, &place, REPORTING);
	put_backup(&out, scope, place.database, REPORTING);
	put_backup(&out, scope, temporary, REPORTING_TEMPORARY);
	return kept(scope, &out);
}

/* As the support article looks for them, in words of our own. */
const char *om_alias_text(const struct scope *scope)
{
	struct sql_place place = om_operational_place(scope);
	struct strbuf out = STRBUF_INIT;

	put_head(&out, &place, OPERATIONAL);
	strbuf_printf(&out, ". No row: go. A row is a management pack that has two references under one alias:\n"
			    "-- rename one at its reference and wherever the pack uses it, and import it again.\n"
			    "USE %s;\n",
		      sql_name(scope, place.database, OPERATIONAL));
	strbuf_puts(&out,
	"SELECT pack.MPFriendlyName, pack.MPName, pack.ManagementPackId, ref.alias, COUNT(*) AS times\n"
	"FROM (SELECT MPFriendlyName, MPName, ManagementPackId, CAST(MPXML AS xml) AS body\n"
	"  FROM dbo.ManagementPack) AS pack\n"
	"CROSS APPLY pack.body.nodes('/ManagementPack/Manifest/References/Reference') AS refs(node)\n"
	"CROSS APPLY (SELECT LOWER(refs.node.value('@Alias', 'nvarchar(256)')) AS alias) AS ref\n"
	"GROUP BY pack.MPFriendlyName, pack.MPName, pack.ManagementPackId, ref.alias\n"
	"HAVING COUNT(*) > 1;\n");
	return kept(scope, &out);
}
