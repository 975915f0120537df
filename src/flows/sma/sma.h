/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Service Management Automation: what the sources of this flow share.
 */
#ifndef SCUPGRADE_FLOW_SMA_H
#define SCUPGRADE_FLOW_SMA_H

#include "flows/common/common.h"
#include "flows/common/common_facts.h"

enum { /* bits of sma_roles, in that order */
       SMA_WORKER = 1u << 0,
       SMA_WEB_SERVICE = 1u << 1
};

enum { SMA_WINDOWS_AUTHENTICATION, SMA_SQL_AUTHENTICATION };
enum { SMA_LICENSE_KEY, SMA_LICENSE_EVALUATION };

struct sma_answers {
	struct answers common;
	const char *media_folder, *source_media_folder;
	const char *sql_server, *sql_instance;
	unsigned sql_port;
	const char *source_sql_server, *source_sql_instance; /* up to the removal; NULL: the same as after it */
	unsigned source_sql_port;
	const char *database;
	int authentication;
	const char *backup_file;
	bool monitored;
	const char *management_server;
	unsigned minutes;
	const char *worker_user, *pool_user, *sql_user;
	const char *deployment;
	int license;
	const char *web_address;     /* what clients call it; NULL: the name of the first web service */
	const char *site;
	unsigned port;
	bool ssl;
	const char *certificate_serial, *web_folder;
	struct names admins;
	const char *worker_folder;
	bool etw_manifest, telemetry, microsoft_update;
};

struct sma_server {
	struct server common;
	const char *replaces;        /* name of the server of today whose roles it takes over; NULL: none */
};

static inline const struct sma_answers *sma_answers(const struct plan *plan)
{
	return (const struct sma_answers *)plan->answers;
}

#define SMA_DATABASE "SMA"
#define SMA_SITE "SMA"
#define SMA_WEB_FOLDER "c:\\inetpub\\Service Management Automation"

/* sma_later.c: the scope's server in an upgrade in which servers change. */
bool sma_is_new(const struct scope *scope);          /* it replaces another one */
bool sma_is_replaced(const struct scope *scope);     /* another one replaces it */
bool sma_is_todays(const struct scope *scope);       /* the source runs there */
bool sma_stays(const struct scope *scope);           /* the target will run there */
bool sma_row_ends(const struct scope *scope);        /* the server of the record is replaced */
bool sma_has_new_workers(const struct scope *scope), sma_keeps_workers(const struct scope *scope);
/* The first web service of today, or of the target. */
const struct server *sma_web_server(const struct scope *scope, bool after);
bool sma_moves_windows(const struct scope *scope), sma_moves_database(const struct scope *scope);
bool sma_must_move_database(const struct scope *scope);  /* and not only if facts that nobody has say so */
const char *sma_move_windows_text(const struct scope *scope), *sma_move_database_text(const struct scope *scope);
unsigned long sma_level_number(const char *level);   /* 7 for "UR7"; 0 for "RTM" and what is no level */
extern const struct field sma_source_level, sma_source_server, sma_source_instance, sma_source_port, sma_replaces;

bool sma_is_monitored(const struct scope *scope); /* by Operations Manager */
/* Warns TO that no document shows a managed service account, which ACCOUNT's name looks like. True. */
bool sma_warn_managed(const char *account, struct report *to);

/* sma_database.c: the kept database and its backup */
extern const struct field sma_sql_server, sma_sql_instance, sma_sql_port, sma_database, sma_authentication,
	sma_backup_file, sma_sql_user, sma_deployment;
extern const struct page sma_page_backup, sma_page_database;
const char *sma_deployment_instead(const struct scope *scope); /* the name of a deployment that has none */
/* sma_workers.c: what is installed on the workers, its license and options */
extern const struct field sma_worker_user, sma_license, sma_product_key, sma_worker_folder, sma_etw, sma_telemetry,
	sma_update;
extern const struct page sma_page_workers;
/* sma_web.c: the web service */
extern const struct field sma_pool_user, sma_web_address, sma_web_site, sma_web_port, sma_web_ssl,
	sma_web_certificate, sma_web_folder, sma_web_admins;
extern const struct page sma_page_web;

/* Scripts and instructions of tasks. sma_scripts.c */
enum step_kind sma_removal_kind(const struct scope *scope); /* whether a package or a script removes the old roles */
/* Where the database is until something is removed, with its port unless it is the usual one. */
struct sql_place sma_todays_place(const struct scope *scope);
/* T-SQL of the full backup and its verification, for the step and for the page that asks for it. */
const char *sma_backup_sql(const struct scope *scope);
const char *sma_remove_worker_script(const struct scope *scope);
const char *sma_remove_web_script(const struct scope *scope);
const char *sma_remove_module_script(const struct scope *scope);
const char *sma_capture_script(const struct scope *scope);
const char *sma_start_maintenance_script(const struct scope *scope);
const char *sma_stop_maintenance_script(const struct scope *scope);
const char *sma_drain_script(const struct scope *scope);
const char *sma_register_script(const struct scope *scope);
const char *sma_check_script(const struct scope *scope);
const char *sma_worker_settings_text(const struct scope *scope);
extern const char sma_requirements_text[], sma_stop_worker_script[], sma_portal_text[];

extern const struct product_release *const sma_releases[]; /* sma_releases.c */
extern const struct prereq sma_prereqs[]; /* sma_checks.c */
extern const struct prereq sma_after[];   /* sma_after.c: the end state */
extern const struct task sma_tasks[];     /* sma_tasks.c */
extern const struct back_out sma_back_out[]; /* sma_back_out.c */

extern const struct field *const sma_facts[]; /* sma_facts.c */
extern const struct choice sma_databases[]; /* what they are for */
extern const struct fact_words sma_fact_words[];
extern const struct collector sma_collector;
extern const struct field fact_build_worker, fact_build_web_service, fact_sma_worker_folder, fact_sma_web_folder,
	fact_sma_site, fact_sma_port, fact_sma_ssl, fact_sma_pool_account, fact_sma_admins,
	fact_sma_certificate_serial, fact_sma_certificate_name, fact_sma_certificate_self_signed,
	fact_sma_certificate_ends, fact_sma_workers, fact_sma_license;
extern const struct log_tables sma_logs;

/* The build of the worker or the web service. sma_facts.c */
const char *sma_found_build(const struct scope *scope, const struct task *task);
/* Whether workers or the endpoint may have to be registered again: not where facts say that nothing changes.
 * sma_tests.c */
bool sma_may_register_workers(const struct scope *scope), sma_may_register_endpoint(const struct scope *scope);
bool sma_names_host(const char *name); /* a certificate may be for something else: "*.contoso.com"; sma_tests.c */

/* From facts to the plan. sma_fill.c */
void sma_propose(struct proposals *to);

#endif
