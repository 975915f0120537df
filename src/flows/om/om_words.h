/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Operations Manager: the command lines of om_tasks.c, the files that they name, and how to see what a line did.
 */
#ifndef SCUPGRADE_FLOW_OM_WORDS_H
#define SCUPGRADE_FLOW_OM_WORDS_H

#include "flows/om/om_later.h"

#define OM_SETUP_LOG "%LocalAppData%\\SCOM\\LOGS\\OpsMgrSetupWizard.log"

extern const struct argument_list om_management_server_line, om_feature_line, om_remove_web_console_line,
	om_install_web_console_line, om_extract_line, om_gateway_line, om_agent_line;

/* A line where the plan names the downloaded media and the folder, else by hand. */
enum step_kind om_extract_kind(const struct scope *scope);

/* The files as the lines name them: in the folders of the plan, or alone where it has none. */
const char *om_media(const struct scope *scope); /* as it was downloaded */
const char *om_setup_program(const struct scope *scope);
const char *om_gateway_package(const struct scope *scope);
const char *om_agent_package(const struct scope *scope); /* for 64-bit Windows */

/* A console or web console that has to go before the agent of its machine is upgraded, and comes back after it. */
bool om_makes_room_console(const struct scope *scope), om_makes_room_web_console(const struct scope *scope);
/* One run of setup upgrades every feature of a machine that is no management server, at the turn of the latest:
 * Reporting, then the web console, then the console. The one that these ask about is the latest. */
bool om_upgrades_reporting(const struct scope *scope), om_upgrades_web_console(const struct scope *scope),
	om_upgrades_console(const struct scope *scope);
const char *om_feature_title(const struct scope *scope); /* names all that the run upgrades */

/* The folder that setup is told: another one than its own; NULL: it is told none. */
const char *om_other_folder(const struct scope *scope);
/* The web console of the scope's server as setup is told about it. */
const char *om_web_site(const struct scope *scope), *om_web_authorization(const struct scope *scope);

/* The name of the first management server, which has the module: what is about the whole group runs there. NULL: the
 * plan has none. */
const char *om_first_server(const struct scope *scope);

extern const struct build_probe om_server_build, om_console_build, om_agent_build, om_web_console_build,
	om_reporting_build;
extern const char *const om_server_services[], *const om_agent_services[]; /* end with NULL */

#endif
