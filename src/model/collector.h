/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What the collector reads of one product: its parts of the script, which the pipeline puts together with those of all
 * products. Texts are Windows PowerShell 4.0, ASCII, and only read.
 */
#ifndef SCUPGRADE_COLLECTOR_H
#define SCUPGRADE_COLLECTOR_H

struct collector_part {
	const char *slot;         /* a line of the script that they stand for: "{account}"; NULL ends the table */
	const char *const *lines; /* NULL-terminated */
};

/* A database that values of the registry name. */
struct collector_database {
	const char *role;                    /* one of the words of the fact databases[].role; NULL ends the table */
	const char *key;                     /* expression for the registry's key: "$omSetup" */
	const char *server, *instance, *name; /* names of its values; INSTANCE "": the server's value has it */
};

/* A value that a database is asked for. */
struct collector_statement {
	const char *key;  /* of a column of the fact databases; NULL ends the table */
	const char *text; /* T-SQL as an expression, with its quotes */
	const char *role; /* of the databases that have it; "": every one */
};

struct collector {
	const struct collector_part *parts;             /* NULL: none, as in what follows */
	const char *const *services;                    /* names, "ReportServer*" too; NULL-terminated */
	const struct collector_database *databases;
	const struct collector_statement *statements;
};

#endif
