/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Operations Manager: the command lines of om_tasks.c, the files that they name, and how to see what a line did.
 */
#ifndef SCUPGRADE_FLOW_OM_WORDS_H
#define SCUPGRADE_FLOW_OM_WORDS_H

#include "flows/om/om.h"

#define OM_SETUP_LOG "%LocalAppData%\\SCOM\\LOGS\\OpsMgrSetupWizard.log"

extern const struct argument_list om_management_server_line, om_console_line, om_web_console_line,
	om_remove_web_console_line, om_install_web_console_line, om_reporting_line, om_gateway_line, om_agent_line;

/* The files as the lines name them: in the folders of the plan, or alone where it has none. */
const char *om_setup_program(const struct scope *scope);
const char *om_gateway_package(const struct scope *scope);
extern const char om_agent_package[];

/* The name of the first management server, which has the module: what is about the whole group runs there. NULL: the
 * plan has none. */
const char *om_first_server(const struct scope *scope);

extern const struct build_probe om_server_build, om_console_build, om_agent_build, om_web_console_build,
	om_reporting_build;
extern const char *const om_server_services[], *const om_agent_services[]; /* end with NULL */

#endif
