/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Facts: what the collector found on the servers, one YAML file a server.
 *
 * A table says what a file may hold; reading, the schema and the look-ups work from its rows alone. Every value is
 * "known or not": what a file leaves out is not known, and never counts as good. Sources: facts.c (look-ups, facts
 * against a plan), facts_load.c, facts_table.c. A struct facts never changes after loading.
 */
#ifndef SCUPGRADE_FACTS_H
#define SCUPGRADE_FACTS_H

#include "model/prereq.h"

#define FACTS_VERSION_KEY "scupgrade-facts"
#define FACTS_VERSION_TEXT "1"
#define FACTS_FILES_LIMIT 10000u               /* files in a folder */
#define FACTS_BYTES_LIMIT (256u * 1024 * 1024) /* of all files together; each has the limits of a plan */
#define FACTS_TEXT_LIMIT 1024u                 /* bytes of one text */
#define FACTS_FRESH_SECONDS (24 * 60 * 60)
#define FACTS_CLOCK_SECONDS (5 * 60) /* how far the clock of a server may be ahead */

enum fact_kind { FACT_TEXT, FACT_NUMBER, FACT_FLAG, FACT_NAMES, FACT_ROWS };

struct fact {
	const char *key; /* "os.version"; NULL ends the table */
	enum fact_kind kind;
	const char *help;         /* what it is and where the collector reads it */
	uint64_t maximum;         /* FACT_NUMBER */
	const char *const *words; /* FACT_TEXT: one of these, NULL-terminated; NULL: any text */
	value_rule_fn *rule;      /* FACT_TEXT and each of FACT_NAMES; NULL: none */
	bool required;
	const struct fact *columns; /* FACT_ROWS */
	size_t column_count;        /* FACT_ROWS */
	size_t limit;               /* FACT_NAMES and FACT_ROWS: items */
};

/* Rows of server_facts, in that order. */
enum server_fact {
	FACT_SERVER,
	FACT_COLLECTED,
	FACT_DOMAIN,
	FACT_ACCOUNT_NAME,
	FACT_ACCOUNT_LOCAL,
	FACT_ACCOUNT_ELEVATED,
	FACT_ACCOUNT_OM,
	FACT_OS_NAME,
	FACT_OS_KIND,
	FACT_OS_VERSION,
	FACT_OS_CORE,
	FACT_CORES,
	FACT_MEMORY,
	FACT_DRIVE,
	FACT_DRIVE_FREE,
	FACT_DRIVE_FILE_SYSTEM,
	FACT_NET_RELEASE,
	FACT_NET_35,
	FACT_POWERSHELL,
	FACT_WINRM_RUNNING,
	FACT_WINRM_LISTENERS,
	FACT_REBOOT_PENDING,
	FACT_REBOOT_REASONS,
	FACT_TLS_10_CLIENT,
	FACT_TLS_10_SERVER,
	FACT_TLS_11_CLIENT,
	FACT_TLS_11_SERVER,
	FACT_BUILD_SERVER,
	FACT_BUILD_UI,
	FACT_BUILD_DATABASE,
	FACT_BUILD_FILE,
	FACT_BUILD_GATEWAY,
	FACT_BUILD_WORKER,
	FACT_BUILD_WEB_SERVICE,
	FACT_REPORT_VIEWER,
	FACT_CLR_TYPES,
	FACT_IIS_VERSION,
	FACT_IIS_FEATURES,
	FACT_SERVICES,
	FACT_DATABASES,
	FACT_DRIVES,
	FACT_FOLDERS,
	FACT_UNREAD,
	SERVER_FACT_COUNT
};

enum service_fact { SERVICE_NAME, SERVICE_STATE, SERVICE_START, SERVICE_ACCOUNT, SERVICE_FACT_COUNT };

enum database_fact {
	DATABASE_ROLE,
	DATABASE_SERVER,
	DATABASE_NAME,
	DATABASE_VERSION,
	DATABASE_EDITION,
	DATABASE_FULL_TEXT,
	DATABASE_COLLATION,
	DATABASE_SIZE,
	DATABASE_FREE,
	DATABASE_LOG,
	DATABASE_ALLOW_UPDATES,
	DATABASE_GROOM,
	DATABASE_BROKER,
	DATABASE_SYSADMIN,
	DATABASE_FACT_COUNT
};

enum drive_fact { DRIVE_NAME, DRIVE_FILE_SYSTEM, DRIVE_FREE, DRIVE_FACT_COUNT };
enum unread_fact { UNREAD_WHAT, UNREAD_WHY, UNREAD_FACT_COUNT };

extern const struct fact server_facts[]; /* ends with a row of zeros */

/* The values of one table's rows: a server's, or those of one row of a list. */
struct fact_set;

/* Reads PATH: a file, "-", or a folder with *.yaml and *.yml files. NOW ("2026-11-21T14:02:07Z") is what their age is
 * taken from. *FACTS is never NULL and owned (facts_free); it holds what could be read. It must outlive DIAGS, whose
 * places borrow its file names. False: errors were added. [facts-unreadable, facts-none, facts-many, file-too-large,
 * facts-version, facts-time, facts-twice, missing, unknown-key, secret-in-facts, wrong-kind, number-form, number-range,
 * flag-form, choice-unknown, text-long, list-long, too-many-errors and those of yamltree; warnings facts-stale,
 * facts-future] */
bool facts_load(const char *path, const char *now_utc, struct facts **facts, struct diags *diags);
/* One file from memory, as facts_load(); NAME is for places and must outlive FACTS. */
bool facts_read(const char *name, const char *bytes, size_t length, const char *now_utc, struct facts **facts,
		struct diags *diags);
void facts_free(struct facts *facts); /* NULL is fine */

/* Warns of facts whose server the plan does not have (facts-unknown-server), and of servers whose prerequisites need
 * facts that are not there (facts-missing); notes what the collector could not read (facts-unread). FACTS may be NULL:
 * nothing to say. */
void facts_check(const struct facts *facts, const struct plan *plan, struct diags *diags);

/* ---- look-ups: a NULL set knows nothing ---- */

size_t facts_count(const struct facts *facts); /* servers; 0 for NULL */
const struct fact_set *facts_at(const struct facts *facts, size_t index);
/* Of the server NAME by host_equal (may be NULL), or NULL. With several files for one server, those that were collected
 * last. */
const struct fact_set *facts_of(const struct facts *facts, const char *name);

/* False, NULL or 0: not known. ID is of the enum of the set's table. */
bool fact_number(const struct fact_set *set, size_t id, uint64_t *value);
bool fact_flag(const struct fact_set *set, size_t id, bool *value);
const char *fact_text(const struct fact_set *set, size_t id);
const struct names *fact_names(const struct fact_set *set, size_t id);
bool fact_is_known(const struct fact_set *set, size_t id);
size_t fact_row_count(const struct fact_set *set, size_t id);
const struct fact_set *fact_row(const struct fact_set *set, size_t id, size_t index);
/* The row whose text COLUMN is TEXT (ASCII letters without case), or NULL. */
const struct fact_set *fact_row_with(const struct fact_set *set, size_t id, size_t column, const char *text);
/* Why WHAT ("iis") could not be read there, or NULL. */
const char *fact_unread(const struct fact_set *set, const char *what);

/* Folders right below the Windows folder PATH of SERVER ("" lists the drives as "C:\"), sorted, each once: calls EACH.
 * False: nothing is known of that server's folders. */
bool facts_folders(const struct facts *facts, const char *server, const char *path,
		   void (*each)(const char *name, void *data), void *data);

/* "7.1.10226.1304" into NUMBERS (missing parts are 0). False: not a version. */
bool fact_version(const char *text, unsigned numbers[4]);
int fact_version_compare(const unsigned a[4], const unsigned b[4]);

#endif
