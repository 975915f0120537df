/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Operations Manager: tests of the prerequisites, one each. Included by om_checks.c and om_tests.c
 * alone.
 */
#ifndef SCUPGRADE_FLOW_OM_TESTS_H
#define SCUPGRADE_FLOW_OM_TESTS_H

#include "flows/om/om.h"
#include "flows/om/om_facts.h"
#include "flows/common/prereq_facts.h"

typedef enum check_state om_test_fn(struct check_context *context);

/* Over the plan */
om_test_fn om_test_earlier, om_test_single_server, om_test_media, om_test_capacity;
/* Over the facts of one server */
om_test_fn om_test_operating_system, om_test_cores, om_test_memory, om_test_free_disk, om_test_file_system,
	om_test_dotnet, om_test_powershell, om_test_winrm, om_test_tls, om_test_domain,
	om_test_source_build, om_test_web_console_features, om_test_remote_registry, om_test_report_viewer,
	om_test_account_local, om_test_data_access, om_test_order, om_test_elevated, om_test_folder, om_test_clash;
/* Whether those of the last line have something to say: what facts do not contradict is no row of a list. */
bool om_may_be_out_of_order(const struct scope *scope), om_was_not_elevated(const struct scope *scope),
	om_folder_moves(const struct scope *scope),
	om_facts_clash(const struct scope *scope);
/* Over the facts of all servers of the plan: databases are asked from management servers */
om_test_fn om_test_account_om, om_test_sql_version, om_test_sql_same, om_test_full_text, om_test_collation,
	om_test_space, om_test_groom, om_test_allow_updates, om_test_drivers, om_test_broker, om_test_account_sql;

/* The facts of the plan's own group among those of SCOPE; NULL: nobody told, or only about another one. */
const struct fact_set *om_own_group(const struct scope *scope);
/* Over the facts of the management group, om_tests_group.c */
om_test_fn om_test_gateway_failover, om_test_pending, om_test_subscriptions, om_test_group_health, om_test_packs,
	om_test_license, om_test_script, om_test_profiles, om_test_places, om_test_gateways, om_test_counts,
	om_test_replicas;
/* Whether those but the first three have something to say. */
bool om_group_is_ill(const struct scope *scope), om_has_foreign_packs(const struct scope *scope),
	om_is_evaluation(const struct scope *scope), om_lacks_script(const struct scope *scope),
	om_profiles_differ(const struct scope *scope), om_places_differ(const struct scope *scope),
	om_gateways_are_full(const struct scope *scope), om_counts_differ(const struct scope *scope),
	om_replicas_lag(const struct scope *scope);

#endif
