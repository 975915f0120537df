/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Operations Manager: an address of the Data Access Service that is a load balancer's, for the tables of steps and
 * prerequisites. om_address.c
 */
#ifndef SCUPGRADE_FLOW_OM_ADDRESS_H
#define SCUPGRADE_FLOW_OM_ADDRESS_H

#include "flows/om/om_later.h"
#include "flows/om/om_tests.h"
#include "flows/om/om_words.h"

/* Whether the scope's server has to name an upgraded management server for its upgrade; and how, before and after. */
bool om_points_reporting(const struct scope *scope), om_points_web_console(const struct scope *scope);
const char *om_point_reporting_text(const struct scope *scope);
const char *om_point_reporting_back_text(const struct scope *scope);
const char *om_point_web_console_text(const struct scope *scope);
const char *om_point_web_console_back_text(const struct scope *scope);

/* Whether the scope's server asks a name that the plan does not know. */
bool om_asks_unknown_address(const struct scope *scope);
enum check_state om_test_address(struct check_context *context);

#endif
