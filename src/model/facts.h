/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Facts: what the collector found on the servers, one YAML file a server.
 *
 * What a file may hold are rows of the type of a plan's fields, in tables that the flows name; a fact is looked up by
 * its row. Of a row only key, kind, help, maximum, choices, rule, FIELD_REQUIRED, columns and limit count; the limit of
 * a text is in UTF-16 units, as the collector counts. A key of a group ("group.name") that is required is so where the
 * group stands. Every value is "known or not": what a file leaves out is not known, and never counts as good. Sources:
 * facts.c (look-ups, facts against a plan), facts_text.c, facts_table.c, pipeline's facts_read.c and facts_load.c. A
 * struct facts never changes after loading.
 */
#ifndef SCUPGRADE_FACTS_H
#define SCUPGRADE_FACTS_H

#include "core/digest.h"
#include "model/prereq.h"

#define FACTS_VERSION_KEY "scupgrade-facts"
#define FACTS_VERSION_TEXT "1"
#define FACTS_FILES_LIMIT 10000u               /* files in a folder */
#define FACTS_BYTES_LIMIT (256u * 1024 * 1024) /* of all files together; each has the limits of a plan */
#define FACTS_TEXT_LIMIT 1024u                 /* bytes of one text */
#define FACTS_FRESH_SECONDS (24 * 60 * 60)
#define FACTS_CLOCK_SECONDS (5 * 60) /* how far the clock of a server may be ahead */

#define FACT_MOST_MB UINT64_C(1000000000000)
#define FACT_MANY 256 /* rows of a list that is short in life */

enum { /* longest texts of a kind */
       FACT_TEXT = 250, /* what nothing else limits */
       FACT_NAME = 255, /* of a computer */
       FACT_ACCOUNT = 256,
       FACT_URL = 1024
};

/* What every file may hold: facts_first comes before those of the flows, facts_last behind them. End with NULL. */
extern const struct field *const facts_first[], *const facts_last[];
/* Keys, or columns of lists as LIST[].KEY, that no collector writes any more: what they hold is passed over. Ends with
 * NULL. */
extern const char *const facts_retired[];

extern const struct field fact_server, fact_collected, fact_domain, fact_folders;
extern const struct field fact_drives; /* rows of: */
extern const struct field fact_drive_name, fact_drive_free;
/* What scripts and playbooks wrote down on this computer of the steps of upgrades, each a row: */
extern const struct field fact_records;
extern const struct field fact_record_upgrade, fact_record_step, fact_record_time, fact_record_state, fact_record_who,
	fact_record_by_hand, fact_record_digest, fact_record_note;
extern const struct field fact_unread; /* rows of: */
extern const struct field fact_unread_what, fact_unread_why;

bool rule_fact_version(const char *text, struct report *to); /* [version-form] */
bool rule_fact_time(const char *text, struct report *to); /* [facts-time] */
bool rule_fact_role(const char *text, struct report *to); /* a server's role of any product [choice-unknown] */

/* The values of one table's rows: a server's, or those of one row of a list. */
struct fact_set;

/* Reads PATH: a file, "-", or a folder with *.yaml and *.yml files. NOW ("2026-11-21T14:02:07Z") is what their age is
 * taken from. *FACTS is never NULL and owned (facts_free); it holds what could be read. It must outlive DIAGS, whose
 * places borrow its file names. False: errors were added. [facts-unreadable, facts-none, facts-many, file-too-large,
 * facts-version, facts-time, facts-twice, missing, unknown-key, secret-in-facts, wrong-kind, number-form, number-range,
 * flag-form, choice-unknown, text-long, list-long, too-many-errors and those of yamltree; warnings facts-stale,
 * facts-future] */
bool facts_load(const char *path, const char *now_utc, struct facts **facts, struct diags *diags);
/* One file from memory, a NUL behind LENGTH, as facts_load(); NAME is for places and must outlive FACTS. */
bool facts_read(const char *name, const char *bytes, size_t length, const char *now_utc, struct facts **facts,
		struct diags *diags);
void facts_free(struct facts *facts); /* NULL is fine */

/* Warns of facts whose server the plan does not have (facts-unknown-server), and of servers whose prerequisites need
 * facts that are not there (facts-missing); notes what the collector could not read (facts-unread). FACTS may be NULL:
 * nothing to say. */
void facts_check(const struct facts *facts, const struct plan *plan, struct diags *diags);

/* ---- look-ups: a NULL set knows nothing ---- */

size_t facts_count(const struct facts *facts); /* servers; 0 for NULL */
/* Every file was read to its end and says whose it is: what errors there are concern single keys, or two files of one
 * server, and no server is missing. */
bool facts_are_whole(const struct facts *facts);
const struct fact_set *facts_at(const struct facts *facts, size_t index);
/* Its computer's name with its domain, by which plan_find_server() finds it. */
const char *facts_host_at(const struct facts *facts, size_t index);
struct place facts_place_at(const struct facts *facts, size_t index); /* of its name, for findings about its file */
/* Of the server NAME by host_equal (may be NULL), or NULL. With several files for one server, those that were collected
 * last. */
const struct fact_set *facts_of(const struct facts *facts, const char *name);
/* When the newest of them were collected, in UTC; NULL: there are none. */
const char *facts_newest(const struct facts *facts);
/* Of the bytes of all files, in the order of their names. False: there are none. */
bool facts_digest(const struct facts *facts, struct digest *digest);

/* False, NULL or 0: not known. FACT and COLUMN are rows of the set's table; one that is not is not known. */
bool fact_number(const struct fact_set *set, const struct field *fact, uint64_t *value);
bool fact_flag(const struct fact_set *set, const struct field *fact, bool *value);
const char *fact_text(const struct fact_set *set, const struct field *fact);
const struct names *fact_names(const struct fact_set *set, const struct field *fact);
bool fact_is_known(const struct fact_set *set, const struct field *fact);
size_t fact_row_count(const struct fact_set *set, const struct field *fact);
const struct fact_set *fact_row(const struct fact_set *set, const struct field *fact, size_t index);
/* The row whose text COLUMN is TEXT (ASCII letters without case), or NULL. */
const struct fact_set *fact_row_with(const struct fact_set *set, const struct field *fact,
				     const struct field *column, const char *text);
/* Why WHAT ("iis") could not be read there, or NULL. */
const char *fact_why_unread(const struct fact_set *set, const char *what);

/* Folders right below the Windows folder PATH of SERVER ("" lists the drives as "C:\"), sorted, each once: calls EACH.
 * False: nothing is known of that server's folders. */
bool facts_folders(const struct facts *facts, const char *server, const char *path,
		   void (*each)(const char *name, void *data), void *data);

/* "7.1.10226.1304" into NUMBERS (missing parts are 0). False: not a version. */
bool fact_version(const char *text, unsigned numbers[4]);
int fact_version_compare(const unsigned a[4], const unsigned b[4]);

#endif
