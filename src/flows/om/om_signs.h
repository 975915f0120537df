/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Operations Manager: the signs of its setup, its roles and its agents; how its logs look.
 */
#ifndef SCUPGRADE_OM_SIGNS_H
#define SCUPGRADE_OM_SIGNS_H

#include "flows/common/common_signs.h"

extern const struct sign om_setup_signs[];      /* of setup.exe */
extern const struct sign om_database_signs[];   /* of what setup does in databases and with management packs */
extern const struct sign om_role_signs[];       /* gateway, web console, Reporting, ACS */
extern const struct sign om_agent_signs[];      /* agents of Windows, and how they are pushed */
extern const struct sign om_unix_signs[];       /* agents of UNIX and Linux */
extern const struct log_tables om_logs;

#endif
