/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Facts of a computer whatever is upgraded on it. Their keys and meanings stand in the rows.
 */
#ifndef SCUPGRADE_COMMON_FACTS_H
#define SCUPGRADE_COMMON_FACTS_H

#include "model/facts.h"

/* Tables for the list of a flow, whose own facts stand between them. */
extern const struct field *const common_facts_machine[], *const common_facts_software[];

extern const struct field fact_account_name, fact_account_local, fact_account_elevated, fact_os_kind,
	fact_os_version, fact_os_core, fact_cores, fact_memory, fact_system_drive, fact_system_drive_free,
	fact_system_drive_file_system, fact_net_release, fact_powershell, fact_winrm_running, fact_winrm_listeners,
	fact_reboot_pending, fact_reboot_reasons, fact_tls_10_client, fact_tls_10_server, fact_install_roles,
	fact_install_groups, fact_install_folder, fact_drivers_oledb, fact_drivers_odbc,
	fact_iis_features;

extern const struct field fact_services; /* rows of: */
extern const struct field fact_service_name, fact_service_state, fact_service_start, fact_service_account;

extern const struct field fact_databases; /* rows of: */
extern const struct field fact_database_role, fact_database_server, fact_database_name, fact_database_version,
	fact_database_edition, fact_database_full_text, fact_database_collation, fact_database_size,
	fact_database_free, fact_database_log, fact_database_allow_updates, fact_database_groom, fact_database_broker,
	fact_database_sysadmin, fact_database_group;

extern const struct field fact_replicas; /* rows of: */
extern const struct field fact_replica_database, fact_replica_name, fact_replica_mode,
	fact_replica_state;

#endif
