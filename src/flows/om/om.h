/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Operations Manager: what the three sources of this flow share.
 */
#ifndef SCUPGRADE_FLOW_OM_H
#define SCUPGRADE_FLOW_OM_H

#include "flows/common/common.h"
#include "flows/om/om_facts.h"

enum { /* bits of om_roles, in that order */
       OM_MANAGEMENT_SERVER = 1u << 0,
       OM_CONSOLE = 1u << 1,
       OM_ACS = 1u << 2,
       OM_GATEWAY = 1u << 3,
       OM_WEB_CONSOLE = 1u << 4,
       OM_REPORTING = 1u << 5,
       OM_AGENT = 1u << 6,
       OM_ALL_ROLES = (1u << 7) - 1
};

enum { OM_DAS_DOMAIN, OM_DAS_LOCAL_SYSTEM, OM_DAS_GROUP_MANAGED };
enum { OM_WEB_IN_PLACE, OM_WEB_REINSTALL };
enum { OM_WEB_MIXED, OM_WEB_NETWORK };

struct om_database {
	const char *server, *name; /* "SQL01\\OM"; NULL: not known */
};

struct om_acs_database {
	struct record record;
	const char *collector; /* name of a server */
	struct om_database database;
};

struct om_answers {
	struct answers common;
	const char *management_group;
	bool license_accepted;
	const char *setup_folder, *media, *source_setup_folder, *install_path;
	int das_kind;
	const char *das_user, *reader_user;
	unsigned push_agents, unix_agents; /* NUMBER_OPEN: not known */
	bool no_apm;
	bool connectors;
	struct om_database operational, warehouse, reporting;
	const char *reporting_temporary;
	struct rows acs; /* struct om_acs_database */
	const char *backup_folder, *data_access_address;
};

struct om_server {
	struct server common;
	const char *web_site;
	bool web_ssl;
	bool network_devices;      /* a gateway watches some */
	int web_authorization;
	int web_upgrade;
	const char *management_server;
	const char *failover;      /* of a gateway: another one */
};

static inline const struct om_answers *om_answers(const struct plan *plan)
{
	return (const struct om_answers *)plan->answers;
}

static inline const struct om_server *om_server(const struct server *server)
{
	return (const struct om_server *)server;
}

/* The role stands alone: its machine is no management server, whose setup would upgrade the role along. */
static inline bool om_alone(const struct server *server)
{
	return !server_has(server, OM_MANAGEMENT_SERVER);
}

/* The verdict about a role on Server Core. */
struct om_core_rule {
	unsigned role;                       /* 0 ends a list */
	const char *name;                    /* "Gateway server" */
	enum check_state listed, elsewhere;  /* on the Windows that the documents speak of, and on another one */
	const char *say;
};

/* What Operations Manager alone has to know of a release. */
struct om_release {
	struct product_release common;
	const struct om_core_rule *core;     /* for servers without desktop */
	const char *core_windows;            /* the Windows that the documents speak of there: "2016" */
	const char *download;                /* what was downloaded, with its name; NULL: that is not known */
};

static inline const struct om_release *om_target(const struct scope *scope)
{
	return (const struct om_release *)scope->hop->after;
}

size_t om_count(const struct plan *plan, unsigned roles); /* servers with any of ROLES */
bool om_has_acs(const struct scope *scope); /* this and what follows: the plan has any */
bool om_has_gateways(const struct scope *scope);
bool om_has_reporting(const struct scope *scope);
bool om_has_agents(const struct scope *scope); /* pushed or installed by hand; true while that is not known */
bool om_has_connectors(const struct scope *scope);
bool om_wants_review(const struct scope *scope); /* om_tests_group.c */

/* om_servers.c: the list of servers and what their roles are */
extern const struct field om_servers;
extern const struct choice om_roles[];
extern const struct role_name om_role_names[];
/* om_accounts.c: the accounts of the lines */
extern const struct field om_das_kind, om_das_user, om_reader_user;
extern const struct account om_accounts[];
extern const struct page om_page_accounts;
/* om_databases.c: its fields and page, and where SQL runs (the last one: of the scope's server) */
extern const struct field om_operational_server, om_operational_name, om_warehouse_server, om_warehouse_name,
	om_reporting_server, om_reporting_name, om_reporting_temporary, om_acs, om_backup_folder,
	om_data_access_address;
extern const struct page om_page_databases;
struct sql_place om_operational_place(const struct scope *scope);
struct sql_place om_warehouse_place(const struct scope *scope);
struct sql_place om_reporting_place(const struct scope *scope);
struct sql_place om_acs_place(const struct scope *scope);

/* Whether VERSION is that of a Log Analytics agent. It lies between the builds of the product's agents and looks newer
 * than them: it tells of no upgrade. [CODE: table of versions in CSS's collector, which is for 2016 to 2022] */
bool om_is_log_analytics(const char *version);
const char *om_found_build(const struct scope *scope, const struct task *task); /* om_tests_builds.c */
void om_facts_check(const struct scope *scope, struct diags *diags); /* om_tests_builds.c */
extern const struct product_release *const om_releases[]; /* om_releases.c; each the head of an om_release */
extern const struct prereq om_prereqs[]; /* om_checks.c */
extern const struct prereq om_after[];   /* om_after.c: the end state */
extern const struct task om_tasks[];     /* om_tasks.c */
extern const struct back_out om_back_out[]; /* om_back_out.c */

extern const struct choice om_databases[]; /* what they are for */
extern const struct fact_words om_fact_words[];
extern const struct collector om_collector;

/* From facts to the plan. om_fill.c */
void om_propose(struct proposals *to);

/* Scripts and instructions of tasks. om_scripts_group.c: what asks the management group; om_scripts.c: the rest */
extern const char om_export_packs_text[], om_restore_failover_text[], om_leave_out_apm_text[];
const char *om_failover_text(const struct scope *scope);
const char *om_extract_text(const struct scope *scope);
const char *om_sql_hosts_text(const struct scope *scope);
const char *om_replicas_text(const struct scope *scope);
const char *om_group_failover_text(const struct scope *scope);
extern const char om_take_back_rights_text[];
extern const char om_review_logs_text[], om_pending_text[],
	om_disable_subscriptions_text[], om_enable_subscriptions_text[], om_stop_connectors_text[],
	om_start_connectors_text[], om_stop_services_text[], om_start_services_text[],
	om_stop_web_console_text[],
	om_start_web_console_text[], om_save_web_config_text[], om_acs_forwarding_text[], om_license_text[],
	om_remove_old_console_text[], om_remove_old_web_console_text[];
const char *om_install_console_text(const struct scope *scope);
const char *om_install_web_console_text(const struct scope *scope);
const char *om_verify_text(const struct scope *scope);
const char *om_raise_queue_text(const struct scope *scope);
const char *om_reset_queue_text(const struct scope *scope);
/* SQL, with names of the plan or placeholders. om_scripts_sql.c */
const char *om_etl_text(const struct scope *scope);
const char *om_space_text(const struct scope *scope);
const char *om_backup_text(const struct scope *scope);
const char *om_warehouse_backup_text(const struct scope *scope);
const char *om_acs_backup_text(const struct scope *scope);
const char *om_report_backup_text(const struct scope *scope);

#endif
