/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Service Management Automation: the steps from the first check to the end of maintenance mode. There is no upgrade in
 * place: uninstall, then install against the kept database, workers before the web service. Their lines are in
 * sma_words.c, their scripts in sma_scripts.c.
 */
#include "flows/sma/sma_words.h"

#define LOG_FOLDER COMMON_LOG_FOLDER
/* The rest of why a line logs less: what the packages themselves write is not known. */
#define WITHOUT_VALUES                                                                                                 \
	"The line has passwords, so it logs no property values; even so, keep the log from others. "
#define MSI_FAILURE "Look for \"Return value 3\" in the log. 0, 1641 and 3010 mean success."

/* ---- where scripts run ---- */

static const char *name_of(const struct server *server)
{
	return server ? server->name : NULL;
}

static const char *old_web_server(const struct scope *scope)
{
	return name_of(sma_web_server(scope, false));
}

static const char *new_web_server(const struct scope *scope)
{
	return name_of(sma_web_server(scope, true));
}

static const char *management_server(const struct scope *scope)
{
	return sma_answers(scope->plan)->management_server;
}

/* ---- tasks ---- */

#define BEFORE "Before"
#define REMOVE "Uninstall"
#define INSTALL "Install"
#define AFTER "After"
#define BOTH (SMA_WORKER | SMA_WEB_SERVICE)

static const struct edge after_review[] = { { EDGE_ALL, "review-requirements" }, { EDGE_NONE, NULL } };
static const struct edge after_capture[] = { { EDGE_ALL, "capture-settings" }, { EDGE_NONE, NULL } };
static const struct edge after_backup[] = { { EDGE_ALL, "back-up-database" }, { EDGE_NONE, NULL } };
static const struct edge after_maintenance[] = { { EDGE_ALL, "start-maintenance-mode" }, { EDGE_NONE, NULL } };
static const struct edge after_drain[] = { { EDGE_ALL, "drain-jobs" }, { EDGE_NONE, NULL } };
static const struct edge may_uninstall[] = { { EDGE_ALL, "capture-settings" },
					     { EDGE_ALL, "back-up-database" },
					     { EDGE_ALL, "start-maintenance-mode" },
					     { EDGE_ALL, "stop-runbook-worker" },
					     { EDGE_NONE, NULL } };
static const struct edge after_own_web_removal[] = { { EDGE_SAME_SERVER, "uninstall-web-service" },
						     { EDGE_NONE, NULL } };
static const struct edge after_web_removal[] = { { EDGE_ALL, "uninstall-web-service" }, { EDGE_NONE, NULL } };
static const struct edge may_install[] = { { EDGE_ALL, "uninstall-web-service" },
					   { EDGE_ALL, "uninstall-powershell-module" },
					   { EDGE_ALL, "uninstall-runbook-worker" },
					   { EDGE_NONE, NULL } };
static const struct edge may_install_worker[] = { { EDGE_ALL, "uninstall-web-service" },
						  { EDGE_ALL, "uninstall-powershell-module" },
						  { EDGE_ALL, "uninstall-runbook-worker" },
						  { EDGE_SAME_SERVER, "move-windows" },
						  { EDGE_ALL, "move-database" },
						  { EDGE_NONE, NULL } };
static const struct edge may_install_module[] = { { EDGE_ALL, "uninstall-web-service" },
						  { EDGE_ALL, "uninstall-powershell-module" },
						  { EDGE_ALL, "uninstall-runbook-worker" },
						  { EDGE_SAME_SERVER, "move-windows" },
						  { EDGE_ALL, "move-database" },
						  { EDGE_ALL, "install-runbook-worker" },
						  { EDGE_NONE, NULL } };
static const struct edge may_install_web[] = { { EDGE_ALL, "install-runbook-worker" },
					       { EDGE_SAME_SERVER, "install-powershell-module" },
					       { EDGE_NONE, NULL } };
static const struct edge after_modules[] = { { EDGE_ALL, "install-powershell-module" }, { EDGE_NONE, NULL } };
static const struct edge after_install[] = { { EDGE_ALL, "install-web-service" }, { EDGE_NONE, NULL } };
static const struct edge after_own_worker[] = { { EDGE_SAME_SERVER, "capture-settings" },
						{ EDGE_SAME_SERVER, "install-runbook-worker" },
						{ EDGE_NONE, NULL } };
static const struct edge after_register[] = { { EDGE_ALL, "register-runbook-workers" }, { EDGE_NONE, NULL } };
static const struct edge after_checks[] = { { EDGE_ALL, "check-automation" }, { EDGE_NONE, NULL } };
static const struct edge after_portal[] = { { EDGE_ALL, "register-endpoint" },
					    { EDGE_ALL, "check-automation" },
					    { EDGE_NONE, NULL } };
static const struct edge may_end_maintenance[] = { { EDGE_ALL, "start-maintenance-mode" },
						   { EDGE_ALL, "install-runbook-worker" },
						   { EDGE_ALL, "install-web-service" },
						   { EDGE_NONE, NULL } };

const struct task sma_tasks[] = {
	{
		.id = "review-requirements",
		.phase = BEFORE,
		.title = "Review the system requirements",
		.kind = STEP_MANUAL,
		.text = sma_requirements_text,
		.why = "What does not fit is easier to fix before the old release is gone.",
		.verify = "Every server meets the list.",
		.source = "upgrade page, prerequisites [PAGE]; SMA system requirements [DOC, UNCERTAIN]",
	},
	{
		.id = "capture-settings",
		.phase = BEFORE,
		.title = "Capture the settings of {server}",
		.kind = STEP_POWERSHELL,
		.roles = BOTH,
		.applies = sma_is_todays,
		.text_of = sma_capture_script,
		.follows = after_review,
		.why = "Uninstalling loses tuned settings, the certificate binding and the members of the "
		       "administrators' group.",
		.verify = "Below scupgrade-before on the system drive a folder named after the time has the files.",
		.source = "registry of the old servers [CODE, FIELD, OURS]",
	},
	{
		.id = "back-up-database",
		.backup = true,
		.phase = BEFORE,
		.title = "Back up the database",
		.kind = STEP_SQL,
		.text_of = sma_backup_sql,
		.sql_of = sma_todays_place,
		.follows = after_capture,
		.why = "The database keeps the runbooks and settings; a full, verified backup is the only way back.",
		.verify = "RESTORE VERIFYONLY says that the backup set is valid. It does not check the structure of "
			  "the data.",
		.source = "upgrade page, prerequisites [PAGE]; SQL Server reference of BACKUP [OURS]",
	},
	{
		.id = "start-maintenance-mode",
		.preparation = true,
		.phase = BEFORE,
		.title = "Start maintenance mode",
		.kind = STEP_POWERSHELL,
		.applies = sma_is_monitored,
		.text_of = sma_start_maintenance_script,
		.follows = after_backup,
		.why = "The servers are monitored: without it every stopped service raises an alert. The Health "
		       "Service and its watcher go in too, or heartbeat alerts are raised anyway.",
		.verify = "The console shows the servers in maintenance mode; event 1215 on them.",
		.run_on = management_server,
		.source = "upgrade page, step 1 [PAGE]; Operations Manager cmdlet reference [DOC, CODE]",
	},
	{
		.id = "drain-jobs",
		.phase = BEFORE,
		.title = "Let the running jobs end",
		.kind = STEP_POWERSHELL,
		.text_of = sma_drain_script,
		.follows = after_maintenance,
		.why = "A job that is interrupted starts again from its last checkpoint, or from the beginning.",
		.verify = "No job is running, and below scupgrade-before on the system drive files named after the "
			  "time have the workers and the settings.",
		.run_on = old_web_server,
		.source = "SMA upgrade and deployment pages [FIELD]",
	},
	{
		.id = "stop-runbook-worker",
		.phase = BEFORE,
		.title = "Stop the runbook worker on {server}",
		.kind = STEP_POWERSHELL,
		.roles = SMA_WORKER,
		.applies = sma_is_todays,
		.text = sma_stop_worker_script,
		.requires = after_maintenance,
		.follows = after_drain,
		.why = "The service is stopped on every worker before anything is uninstalled.",
		.verify = "The service rbsvc is stopped.",
		.source = "SMA upgrade and deployment pages [DOC]",
	},
	{
		.id = "uninstall-web-service",
		.phase = REMOVE,
		.title = "Uninstall the web service from {server}",
		.roles = SMA_WEB_SERVICE,
		.applies = sma_is_todays,
		.kind = STEP_COMMAND,
		.kind_of = sma_removal_kind,
		.arguments = &sma_remove_web_line,
		.reader = READER_MSI,
		.text_of = sma_remove_web_script,
		.requires = may_uninstall,
		.why = "There is no upgrade in place. The backup, the settings and the stopped workers come before.",
		.verify = "Programs and Features no longer lists it.",
		.failure = LOG_FOLDER "SMA-WebServiceRemove.log. " MSI_FAILURE,
		.build = &sma_web_build,
		.removes = true,
		.file_of = sma_old_web_package,
		.log = LOG_FOLDER "SMA-WebServiceRemove.log",
		.source = "upgrade page, step 2 [PAGE]; SMA uninstallation page [OURS]",
	},
	{
		.id = "uninstall-powershell-module",
		.phase = REMOVE,
		.title = "Uninstall the PowerShell module from {server}",
		.along = true,
		.roles = SMA_WEB_SERVICE,
		.applies = sma_is_todays,
		.kind = STEP_COMMAND,
		.kind_of = sma_removal_kind,
		.arguments = &sma_remove_module_line,
		.reader = READER_MSI,
		.text_of = sma_remove_module_script,
		.requires = may_uninstall,
		.follows = after_own_web_removal,
		.why = "The new web service needs the new module, so the old one goes too.",
		.verify = "Programs and Features no longer lists it.",
		.failure = LOG_FOLDER "SMA-PowershellModuleRemove.log. " MSI_FAILURE,
		.build = &sma_module_build,
		.removes = true,
		.file_of = sma_old_module_package,
		.log = LOG_FOLDER "SMA-PowershellModuleRemove.log",
		.source = "SMA upgrade and deployment pages [OURS]",
	},
	{
		.id = "uninstall-runbook-worker",
		.phase = REMOVE,
		.title = "Uninstall the runbook worker from {server}",
		.roles = SMA_WORKER,
		.applies = sma_is_todays,
		.kind = STEP_COMMAND,
		.kind_of = sma_removal_kind,
		.arguments = &sma_remove_worker_line,
		.reader = READER_MSI,
		.text_of = sma_remove_worker_script,
		.requires = may_uninstall,
		.follows = after_web_removal,
		.why = "There is no upgrade in place. Everything old is removed before anything new is installed.",
		.verify = "Programs and Features no longer lists it.",
		.failure = LOG_FOLDER "SMA-WorkerRemove.log. " MSI_FAILURE,
		.build = &sma_worker_build,
		.removes = true,
		.file_of = sma_old_worker_package,
		.log = LOG_FOLDER "SMA-WorkerRemove.log",
		.source = "upgrade page, step 2 [PAGE]; SMA uninstallation page [OURS]",
	},
	{
		.id = "move-windows",
		.phase = REMOVE,
		.title = "Bring {server} to a version of Windows that the new release supports",
		.kind = STEP_MANUAL,
		.roles = BOTH,
		.applies = sma_moves_windows,
		.text_of = sma_move_windows_text,
		.requires = may_install,
		.why = "Nothing is installed there now, and the new release is not supported on the current Windows.",
		.verify = "winver shows it, and the server has its name, accounts and features.",
		.source = "SMA system requirements of both releases [DOC]; the way [OURS, UNCERTAIN: no page describes "
			  "it]",
	},
	{
		.id = "move-database",
		.phase = REMOVE,
		.title = "Bring the database to a version of SQL Server that the new release supports",
		.kind = STEP_MANUAL,
		.applies = sma_moves_database,
		.text_of = sma_move_database_text,
		.requires = may_install,
		.why = "Nothing uses the database now, and the new release is not supported on the current SQL Server.",
		.verify = "The database is online there, and the service accounts are db_owner.",
		.source = "SMA system requirements of both releases [DOC]; the way [OURS, UNCERTAIN: no page describes "
			  "it]",
	},
	{
		.id = "install-runbook-worker",
		.phase = INSTALL,
		.title = "Install the runbook worker on {server}",
		.kind = STEP_COMMAND,
		.roles = SMA_WORKER,
		.applies = sma_stays,
		.arguments = &sma_install_worker_line,
		.reader = READER_MSI,
		.requires = may_install_worker,
		.why = "With an existing database the workers come before the web service; a new installation has the "
		       "opposite order.",
		.verify = "The service rbsvc runs.",
		.failure = LOG_FOLDER "SMA-WorkerInstaller.log. " WITHOUT_VALUES MSI_FAILURE,
		.build = &sma_worker_build,
		.services = sma_worker_services,
		.file_of = sma_worker_package,
		.log = LOG_FOLDER "SMA-WorkerInstaller.log",
		.source = "upgrade page, note and step 3 [PAGE]; SMA deployment page; SMA upgrade and deployment pages "
			  "[DOC]; the folder [UNCERTAIN]",
	},
	{
		.id = "install-powershell-module",
		.phase = INSTALL,
		.title = "Install the PowerShell module on {server}",
		.kind = STEP_COMMAND,
		.roles = SMA_WEB_SERVICE,
		.applies = sma_stays,
		.arguments = &sma_install_module_line,
		.reader = READER_MSI,
		.requires = may_install_module,
		.why = "The web service needs the module on its machine.",
		.verify = "Get-Module -ListAvailable lists "
			  "Microsoft.SystemCenter.ServiceManagementAutomation.",
		.failure = LOG_FOLDER "SMA-PowershellModuleInstaller.log. " MSI_FAILURE,
		.build = &sma_module_build,
		.file_of = sma_module_package,
		.log = LOG_FOLDER "SMA-PowershellModuleInstaller.log",
		.source = "SMA upgrade and deployment pages [DOC]",
	},
	{
		.id = "install-web-service",
		.phase = INSTALL,
		.title = "Install the web service on {server}",
		.kind = STEP_COMMAND,
		.roles = SMA_WEB_SERVICE,
		.applies = sma_stays,
		.arguments = &sma_install_web_line,
		.reader = READER_MSI,
		.requires = may_install_web,
		.follows = after_modules,
		.why = "The web service comes last, with the old database details and CREATEDATABASE=\"No\".",
		.verify = "The web service answers on its port, and Get-SmaRunbookWorkerDeployment lists the workers.",
		.failure = LOG_FOLDER "SMA-WebServiceInstaller.log. " WITHOUT_VALUES MSI_FAILURE,
		.build = &sma_web_build,
		.file_of = sma_web_package,
		.log = LOG_FOLDER "SMA-WebServiceInstaller.log",
		.source = "upgrade page, step 4 [PAGE]; SMA deployment page [DOC]",
	},
	{
		.id = "restore-worker-settings",
		.phase = AFTER,
		.title = "Restore tuned settings of the runbook worker on {server}",
		.kind = STEP_MANUAL,
		.roles = SMA_WORKER,
		.applies = sma_stays,
		.text_of = sma_worker_settings_text,
		.requires = after_own_worker,
		.why = "The uninstallation removed the file with what was tuned in it.",
		.verify = "The service rbsvc runs, and the values are those of the copy.",
		.source = "reports on tuned runbook workers [FIELD]",
	},
	{
		.id = "register-runbook-workers",
		.phase = AFTER,
		.title = "Register the runbook workers, only if their names changed",
		.kind = STEP_POWERSHELL,
		.applies = sma_may_register_workers,
		.text_of = sma_register_script,
		.requires = after_install,
		.why = "The database still names the old workers. With the same names nothing has to be done. "
		       "[UNCERTAIN: inferred]",
		.verify = "Get-SmaRunbookWorkerDeployment lists exactly the workers of this plan.",
		.run_on = new_web_server,
		.optional = true,
		.source = "SMA uninstallation page [DOC, UNCERTAIN]",
	},
	{
		.id = "register-new-workers",
		.phase = AFTER,
		.title = "Register the new runbook workers",
		.kind = STEP_POWERSHELL,
		.applies = sma_has_new_workers,
		.text_of = sma_register_script,
		.requires = after_install,
		.why = "The database still names the old workers, and a worker that is not registered gets no jobs.",
		.verify = "Get-SmaRunbookWorkerDeployment lists exactly the workers that stay.",
		.run_on = new_web_server,
		.source = "SMA uninstallation page [DOC]",
	},
	{
		.id = "check-automation",
		.phase = AFTER,
		.title = "Check the new deployment",
		.kind = STEP_POWERSHELL,
		.text_of = sma_check_script,
		.requires = after_install,
		.follows = after_register,
		.why = "It is best to see that it works while monitoring is quiet.",
		.verify = "The workers, runbooks and the license are listed; a test runbook ends (event 50008 in "
			  "Microsoft-ServiceManagementAutomation).",
		.run_on = new_web_server,
		.source = "SMA cmdlet reference [DOC]",
	},
	{
		.id = "register-endpoint",
		.phase = AFTER,
		.title = "Register the endpoint in Windows Azure Pack, if it changed",
		.kind = STEP_MANUAL,
		.applies = sma_may_register_endpoint,
		.text = sma_portal_text,
		.requires = after_install,
		.follows = after_checks,
		.why = "The portal knows the web service by its URL, port and certificate.",
		.verify = "The portal shows the runbooks.",
		.optional = true,
		.source = "SMA upgrade and deployment pages; SMA cmdlet reference [DOC]",
	},
	{
		.id = "stop-maintenance-mode",
		.phase = AFTER,
		.title = "Stop maintenance mode",
		.kind = STEP_POWERSHELL,
		.applies = sma_is_monitored,
		.text_of = sma_stop_maintenance_script,
		.requires = may_end_maintenance,
		.follows = after_portal,
		.why = "The servers are monitored again. There is no cmdlet that stops maintenance mode, so a method "
		       "of the objects is called.",
		.verify = "The console shows the servers as monitored; event 1216 on them.",
		.run_on = management_server,
		.source = "upgrade page, step 5 [PAGE]; Operations Manager cmdlet reference [CODE]",
	},
	{ .id = NULL }
};
