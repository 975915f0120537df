/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Facts that only Operations Manager has. Their keys and meanings stand in the rows.
 *
 * What a management server knows of its whole group is the section "group". Every one of them tells the same: look it
 * up with om_group().
 */
#ifndef SCUPGRADE_OM_FACTS_H
#define SCUPGRADE_OM_FACTS_H

#include "flows/common/common_facts.h"

extern const struct field *const om_facts[]; /* om_facts.c: of the computer */
extern const struct field *const om_group_facts[]; /* om_group_facts.c: of the group */

/* The file of FACTS (may be NULL) whose section "group" was collected last, of the management group WANTED (NULL or
 * "": of any), or NULL: nobody told. */
const struct fact_set *om_group(const struct facts *facts, const char *wanted);
/* Whether the computer of SET (may be NULL) is known to be of other management groups than WANTED (NULL or "": never).
 */
bool om_is_foreign(const struct fact_set *set, const char *wanted);

extern const struct field fact_account_om, fact_build_server, fact_build_file, fact_build_gateway, fact_build_console,
	fact_build_web_console, fact_build_reporting,
	fact_report_viewer, fact_clr_types;

/* The web console and Reporting of this computer. */
extern const struct field fact_web_site, fact_web_ssl, fact_web_authorization, fact_web_management_server,
	fact_reporting_management_server;

extern const struct field fact_queues; /* rows of: */
extern const struct field fact_queue_group, fact_queue_size;

extern const struct field fact_group_name, fact_group_version, fact_group_rms_emulator,
	fact_group_license, fact_group_license_ends, fact_group_level_database, fact_group_level_warehouse;

extern const struct field fact_group_servers; /* rows of: */
extern const struct field fact_group_server_name, fact_group_server_version, fact_group_server_health;

extern const struct field fact_group_gateways; /* rows of: */
extern const struct field fact_gateway_name, fact_gateway_version, fact_gateway_agents, fact_gateway_agents_alone;

extern const struct field fact_group_gateway_failovers; /* rows of: */
extern const struct field fact_gateway_failover_gateway, fact_gateway_failover_server;

extern const struct field fact_group_gateway_pairs; /* rows of: */
extern const struct field fact_gateway_pair_gateway, fact_gateway_pair_failover, fact_gateway_pair_agents;

extern const struct field fact_group_pool_members; /* rows of: */
extern const struct field fact_pool_name, fact_pool_member, fact_pool_network_devices;

extern const struct field fact_group_agents, fact_group_agents_push, fact_group_agents_manual, fact_group_agents_ad;

extern const struct field fact_group_agent_versions; /* rows of: */
extern const struct field fact_agent_version, fact_agent_count;

extern const struct field fact_group_agent_systems; /* rows of: */
extern const struct field fact_agent_os_version;

extern const struct field fact_group_manual_agents; /* rows of: */
extern const struct field fact_manual_agent_name, fact_manual_agent_version;

extern const struct field fact_group_pending; /* rows of: */
extern const struct field fact_pending_type, fact_pending_count;

extern const struct field fact_group_unix;

extern const struct field fact_group_web_console_url, fact_group_reporting_url,
	fact_group_acs_collectors;

extern const struct field fact_group_data_access_accounts; /* rows of: */
extern const struct field fact_data_access_server, fact_data_access_account;
extern const struct field fact_group_data_reader;

extern const struct field fact_group_run_as; /* rows of: */
extern const struct field fact_run_as_profile, fact_run_as_class, fact_run_as_account;

extern const struct field fact_group_connectors; /* rows of: */
extern const struct field fact_connector_name, fact_connector_initialized;

extern const struct field fact_group_subscriptions, fact_group_subscriptions_enabled;

extern const struct field fact_group_packs_third_party; /* rows of: */
extern const struct field fact_pack_name, fact_pack_version;
extern const struct field fact_group_packs_duplicate_alias;

extern const struct field fact_group_database_places; /* rows of: */
extern const struct field fact_place_database, fact_place_place, fact_place_server, fact_place_name;

#endif
