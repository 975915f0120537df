/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Operations Manager: where its databases are, where their backups go, and what SQL names them. Nothing has a default:
 * names that carry the group's are common, and where two groups share an instance a guess grooms the other one.
 */
#include "flows/om/om.h"

#include "core/text.h"

/* ---- fields ---- */

#define SERVER_HELP                                                                                                    \
	"Server, server\\instance or listener, with a port after a comma if it needs one. Empty: the steps show "  \
	"a placeholder."

#define DATABASE_SERVER(variable, group, member, title, short_title)                                                   \
	const struct field variable = {                                                                         \
		.key = "databases." group ".server", \
		.kind = FIELD_TEXT,                                                                                    \
		.offset = AT_TEXT(struct om_answers, member.server),                                                   \
		.label = "SQL Server of the " title,                                                                   \
		.brief = short_title " server",                                                                        \
		.example = "SQL01\\OM",                                                                                \
		.rule = rule_sql_address,                                                                              \
		.tidy = tidy_trim,                                                                                     \
		.help = SERVER_HELP, \
		.source = "registry of the management servers [CODE]",                                                 \
	}

#define DATABASE_NAME(variable, group, member, title, short_title, sample)                                             \
	const struct field variable = {                                                                         \
		.key = "databases." group ".name", \
		.kind = FIELD_TEXT,                                                                                    \
		.offset = AT_TEXT(struct om_answers, member.name),                                                     \
		.label = "Name of the " title,                                                                         \
		.brief = short_title,                                                                                  \
		.example = sample,                                                                                     \
		.rule = rule_sql_database,                                                                             \
		.tidy = tidy_trim,                                                                                     \
		.help = "As SQL Server has it; " sample " unless another was chosen.", \
		.source = "registry of the management servers [CODE]",                                                 \
	}

DATABASE_SERVER(om_operational_server, "operational", operational, "operational database", "Operational");
DATABASE_NAME(om_operational_name, "operational", operational, "operational database", "Operational database",
	      "OperationsManager");
DATABASE_SERVER(om_warehouse_server, "data-warehouse", warehouse, "data warehouse", "Data warehouse");
DATABASE_NAME(om_warehouse_name, "data-warehouse", warehouse, "data warehouse", "Data warehouse",
	      "OperationsManagerDW");

const struct field om_reporting_server = {
	.key = "databases.reporting.server",
	.kind = FIELD_TEXT,
	.offset = AT_TEXT(struct om_answers, reporting.server),
	.label = "SQL Server of the report server database",
	.brief = "Report database server",
	.example = "REP01",
	.rule = rule_sql_address,
	.tidy = tidy_trim,
	.applies = om_has_reporting,
	.help = SERVER_HELP,
	.source = "configuration of Reporting Services [CODE]",
};

const struct field om_reporting_name = {
	.key = "databases.reporting.name",
	.kind = FIELD_TEXT,
	.offset = AT_TEXT(struct om_answers, reporting.name),
	.label = "Name of the report server database",
	.brief = "Report server database",
	.example = "ReportServer",
	.rule = rule_sql_database,
	.tidy = tidy_trim,
	.applies = om_has_reporting,
	.help = "ReportServer, or ReportServer$INSTANCE, unless it was chosen. Empty: the steps show a placeholder.",
	.source = "configuration of Reporting Services [CODE]",
};

const struct field om_reporting_temporary = {
	.key = "databases.reporting.temporary",
	.kind = FIELD_TEXT,
	.offset = AT_TEXT(struct om_answers, reporting_temporary),
	.label = "Name of its temporary database",
	.brief = "Its temporary database",
	.example = "ReportServerTempDB",
	.rule = rule_sql_database,
	.tidy = tidy_trim,
	.applies = om_has_reporting,
	.help = "Empty: the name of the report server database, followed by TempDB.",
	.source = "configuration of Reporting Services [DOC]",
};

static bool check_collector(const struct scope *scope, struct report *to)
{
	const char *name = ((const struct om_acs_database *)scope->record)->collector;
	const struct server *server = plan_find_server(scope->plan, name);

	if (!server || !server_has(server, OM_ACS))
		report_add(to, SEV_WARNING, "collector-unknown", "Name a server with the role acs-collector.",
			   "\"%s\" is not an ACS collector of this plan.", name);
	return true;
}

static const struct field acs_collector = {
	.key = "collector",
	.kind = FIELD_TEXT,
	.flags = FIELD_REQUIRED | FIELD_IN_LIST,
	.offset = AT_TEXT(struct om_acs_database, collector),
	.label = "Collector",
	.example = "MS02",
	.rule = rule_host,
	.tidy = tidy_trim,
	.check = check_collector,
	.help = "The server with the role acs-collector.",
	.source = "ACS collector upgrade page [DOC]",
};

static const struct field acs_server = {
	.key = "server",
	.kind = FIELD_TEXT,
	.flags = FIELD_IN_LIST,
	.offset = AT_TEXT(struct om_acs_database, database.server),
	.label = "SQL Server",
	.example = "SQL03",
	.rule = rule_sql_address,
	.tidy = tidy_trim,
	.help = SERVER_HELP,
	.source = "ACS collector upgrade page [DOC]",
};

static const struct field acs_name = {
	.key = "name",
	.kind = FIELD_TEXT,
	.flags = FIELD_IN_LIST,
	.offset = AT_TEXT(struct om_acs_database, database.name),
	.label = "Database",
	.example = "OperationsManagerAC",
	.rule = rule_sql_database,
	.tidy = tidy_trim,
	.help = "OperationsManagerAC unless it was chosen. Empty: the steps show a placeholder.",
	.source = "ACS collector upgrade page [DOC]",
};

const struct field om_acs = {
	.key = "databases.acs",
	.kind = FIELD_ROWS,
	.offset = AT_ROWS(struct om_answers, acs),
	.label = "Databases of the ACS collectors",
	.brief = "ACS databases",
	.row_name = "database",
	.columns = (const struct field *const[]){ &acs_collector, &acs_server, &acs_name, NULL },
	.record_size = sizeof(struct om_acs_database),
	.applies = om_has_acs,
	.help = "One for each collector.",
	.source = "ACS collector upgrade page [DOC]",
};

const struct field om_backup_folder = {
	.key = "backup-folder",
	.kind = FIELD_TEXT,
	.flags = FIELD_FOLDER,
	.offset = AT_TEXT(struct om_answers, backup_folder),
	.label = "Folder for the backups",
	.brief = "Backup folder",
	.example = "\\\\NAS01\\Backup",
	.rule = rule_backup_folder,
	.tidy = tidy_path,
	.help = "As the SQL Servers see it; a share that their service accounts can write to. Empty: each instance's "
		"own folder.",
	.source = "SQL Server reference of BACKUP [OURS]",
};

const struct field om_data_access_address = {
	.key = "data-access-address",
	.kind = FIELD_TEXT,
	.offset = AT_TEXT(struct om_answers, data_access_address),
	.label = "Address of the Data Access Service behind a load balancer",
	.brief = "Data Access address",
	.example = "scom.contoso.com",
	.rule = rule_host,
	.tidy = tidy_trim,
	.help = "Only if there is a load balancer in front of the management servers. Empty: there is none.",
	.source = "reports on load-balanced management servers [FIELD]",
};

const struct page om_page_databases = {
	.id = "databases",
	.section = "Configuration",
	.title = "Databases and backups",
	.rail = "Databases",
	.kind = PAGE_FORM,
	.intro = "Where are the databases, and where do their backups go? What is known from facts is filled in.",
	.help = "Each SQL script of the steps names its server and database from here. What stays empty shows as a "
		"placeholder such as <operational database>, which no SQL Server accepts: an incomplete script does "
		"no harm.",
	.fields = (const struct field *const[]){ &om_operational_server, &om_operational_name, &om_warehouse_server,
						 &om_warehouse_name, &om_reporting_server, &om_reporting_name,
						 &om_reporting_temporary, &om_acs, &om_backup_folder,
						 &om_data_access_address, NULL },
};

/* ---- where SQL runs ---- */

/* DATABASE as the plan has it; the first of SERVER and NAME that it lacks is unknown. */
static struct sql_place place_of(const struct om_database *database, const struct field *server,
				 const struct field *name)
{
	const struct field *lacks = !database->server ? server : !database->name ? name : NULL;

	return (struct sql_place){ database->server, database->name, lacks };
}

struct sql_place om_operational_place(const struct scope *scope)
{
	return place_of(&om_answers(scope->plan)->operational, &om_operational_server, &om_operational_name);
}

struct sql_place om_warehouse_place(const struct scope *scope)
{
	return place_of(&om_answers(scope->plan)->warehouse, &om_warehouse_server, &om_warehouse_name);
}

struct sql_place om_reporting_place(const struct scope *scope)
{
	return place_of(&om_answers(scope->plan)->reporting, &om_reporting_server, &om_reporting_name);
}

struct sql_place om_acs_place(const struct scope *scope)
{
	const struct rows *rows = &om_answers(scope->plan)->acs;

	for (size_t i = 0; i < rows->count; i++) {
		const struct om_acs_database *row = (const struct om_acs_database *)rows->items[i];

		if (scope->server && scope->server == plan_find_server(scope->plan, row->collector))
			return place_of(&row->database, &om_acs, &om_acs);
	}
	return (struct sql_place){ .unknown = &om_acs };
}
