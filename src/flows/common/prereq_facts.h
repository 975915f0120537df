/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What the flows' tests of prerequisites share: from facts to a verdict in words.
 *
 * Each returns the verdict and sets CONTEXT->found. A fact that is not known gives CHECK_UNKNOWN, never anything
 * better.
 */
#ifndef SCUPGRADE_PREREQ_FACTS_H
#define SCUPGRADE_PREREQ_FACTS_H

#include "flows/common/common_facts.h"

/* Of the context's server; NULL: none. */
const struct fact_set *check_facts(const struct check_context *context);
/* STATE, having said what was found. */
enum check_state check_say(struct check_context *context, enum check_state state, const char *format, ...)
	PRINTF_LIKE(3, 4);
/* CHECK_UNKNOWN; says why when the collector could not read GROUP ("tls"). */
enum check_state check_unknown(struct check_context *context, const char *group);

/* BELOW when the number is less than LEAST. UNIT: "MB"; GROUP as above. */
enum check_state check_minimum(struct check_context *context, const struct field *fact, uint64_t least,
			       enum check_state below, const char *unit, const char *group);
/* BAD when the flag is not WANTED; YES and NO say what it means. */
enum check_state check_flag(struct check_context *context, const struct field *fact, bool wanted, enum check_state bad,
			    const char *yes, const char *no, const char *group);
/* CHECK_WARNING when Windows waits for a restart. */
enum check_state check_pending_reboot(struct check_context *context);
/* CHECK_FAILED below LEAST ("2.0"). */
enum check_state check_version(struct check_context *context, const struct field *fact, const char *least,
			       const char *what, const char *group);
/* CHECK_FAILED when one of the NULL-terminated FEATURES is not installed. */
enum check_state check_features(struct check_context *context, const char *const *features);

/* Where the folder TODAYS is on another drive than PLANNED: "the WHAT is in TODAYS today, the plan has PLANNED"; else,
 * and where one is not known (NULL), NULL. In the scope's arena. */
const char *check_drive_moves(const struct scope *scope, const char *what, const char *todays, const char *planned);

/* Windows in words from its version and kind: "Windows Server 2012 R2"; NULL: another one. */
const char *windows_name(const unsigned version[4], bool workstation);
/* Whether it is one of the NULL-terminated NAMES: "2012 R2" of servers, "8.1" of workstations. NULL: it is none. */
bool windows_is_one_of(const unsigned version[4], bool workstation, const char *const *names);
/* Whether it is the Windows Server NAME or a later one. */
bool windows_reaches(const unsigned version[4], const char *name);

struct database_asked {
	const struct fact_set *facts;        /* of this database */
	const struct fact_set *asked_by;     /* of the server that asked */
	struct check_context *context;       /* of the check, for its remedy */
	struct strbuf *say;                  /* gets what was found */
	void *data;                          /* the caller's */
};

/* The verdict about one database. CHECK_UNKNOWN when its facts do not tell. */
typedef enum check_state judge_database_fn(const struct database_asked *database);
/* The worst verdict over every database that has one of the roles ASKED (bit i is ROLES[i], words of
 * fact_database_role) and that a server of the plan asked; not known when one of REQUIRED was not asked by any. */
enum check_state check_databases(struct check_context *context, const struct choice *roles, unsigned asked,
				 unsigned required, judge_database_fn *judge, void *data);

/* The same about the version of SQL Server: one that both releases take, in an edition that the documents name. MOVES:
 * a step of the plan moves what the source alone takes. */
enum check_state check_sql_version(struct check_context *context, const struct choice *roles, unsigned asked,
				   unsigned required, bool moves);

#endif
