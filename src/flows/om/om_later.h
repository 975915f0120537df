/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Operations Manager: what the flags of an upgrade insert, and the update rollup. Conditions (om_later.c) are asked
 * by the rows of om_tasks.c and om_checks.c; where neither plan nor facts tell, the step stands and its text begins
 * with "If".
 */
#ifndef SCUPGRADE_FLOW_OM_LATER_H
#define SCUPGRADE_FLOW_OM_LATER_H

#include "flows/om/om.h"
#include "flows/om/om_facts.h"

/* The level of the source by plan or facts (the lowest of its management servers); NULL: not known. */
const struct release_level *om_source_level(const struct scope *scope);
enum due om_flag(const struct scope *scope, enum release_flag flag);
/* What a program cannot decide is written as a condition: "If ...: TEXT" where the verdict is open, else TEXT alone.
 * In the scope's arena. */
const char *om_where_due(const struct scope *scope, enum due verdict, const char *condition, const char *text);

/* Whether the scope's server has a Windows that not both releases take; whether any server of the plan has. */
enum due om_server_moves(const struct scope *scope);
enum due om_windows_moves(const struct scope *scope);
enum due om_sql_moves(const struct scope *scope);
enum due om_tls_10_is_off(const struct scope *scope);
enum due om_replica_verdict(const struct scope *scope);
enum due om_unix_verdict(const struct scope *scope);
/* Only the page of an earlier release shows how a web console that stands alone is upgraded. */
bool om_web_page_is_missing(const struct scope *scope);

/* Rows of the tables: whether they apply. */
bool om_asks_for_drivers(const struct scope *scope), om_updates_console(const struct scope *scope),
	om_updates_web_console(const struct scope *scope), om_moves_windows(const struct scope *scope),
	om_moves_sql(const struct scope *scope), om_has_checksum(const struct scope *scope),
	om_resets_registry(const struct scope *scope), om_needs_logon_right(const struct scope *scope),
	om_drops_32_bit(const struct scope *scope), om_drops_unix(const struct scope *scope),
	om_drops_windows(const struct scope *scope), om_needs_linux_library(const struct scope *scope),
	om_needs_alias_check(const struct scope *scope), om_needs_drivers(const struct scope *scope),
	om_needs_net(const struct scope *scope), om_needs_isapi(const struct scope *scope),
	om_needs_tls_10(const struct scope *scope), om_needs_helper_console(const struct scope *scope),
	om_renames_ad_rules(const struct scope *scope), om_changes_folder(const struct scope *scope),
	om_needs_tls_13_check(const struct scope *scope), om_needs_hotfix(const struct scope *scope),
	om_copies_agent_patch(const struct scope *scope), om_agents_may_crash(const struct scope *scope),
	om_has_unix_agents(const struct scope *scope),
	om_updates(const struct scope *scope), om_updates_acs(const struct scope *scope),
	om_updates_alone(const struct scope *scope), om_reinstalls_web_console(const struct scope *scope),
	om_shows_local_system(const struct scope *scope),
	om_limits_report_files(const struct scope *scope), om_has_replicas(const struct scope *scope);

/* Their texts. om_later_texts.c */
const char *om_move_windows_text(const struct scope *scope), *om_move_sql_text(const struct scope *scope),
	*om_checksum_text(const struct scope *scope), *om_drop_unix_text(const struct scope *scope),
	*om_linux_library_text(const struct scope *scope), *om_drivers_text(const struct scope *scope),
	*om_net_text(const struct scope *scope), *om_isapi_text(const struct scope *scope),
	*om_tls_10_text(const struct scope *scope), *om_restore_tls_10_text(const struct scope *scope),
	*om_helper_console_text(const struct scope *scope),
	*om_ad_rules_text(const struct scope *scope), *om_alias_text(const struct scope *scope),
	*om_update_title(const struct scope *scope), *om_update_text(const struct scope *scope),
	*om_unix_text(const struct scope *scope), *om_agent_crash_text(const struct scope *scope);
const char *om_license_why(const struct scope *scope);
extern const char om_record_registry_text[], om_restore_registry_text[], om_logon_right_text[], om_logon_events_text[],
	om_32_bit_text[], om_old_windows_text[], om_folder_text[], om_tls_13_text[], om_hotfix_text[],
	om_agent_patch_text[], om_update_acs_text[], om_update_sql_text[], om_update_packs_text[],
	om_local_system_text[], om_report_files_text[], om_remove_console_text[];

#endif
