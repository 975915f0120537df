/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Operations Manager, the upgrade of a distributed management group: answers, pages, rules across fields.
 * Facts come from the documents that each row names as its source.
 */
#include "flows/om/om.h"

#include "flows/om/om_signs.h"

extern const struct flow flow_om;

/* ---- answers ---- */

static const struct field f_management_group = {
	.key = "management-group",
	.kind = FIELD_TEXT,
	.flags = FIELD_REQUIRED,
	.offset = AT_TEXT(struct om_answers, management_group),
	.label = "Management group",
	.help = "Its name as the Operations console shows it. An upgrade cannot change it.",
	.example = "CONTOSO",
	.rule = rule_management_group,
	.source = "server installation page [DOC]",
};

static bool check_license(const struct scope *scope, struct report *to)
{
	if (om_answers(scope->plan)->license_accepted)
		return true;
	return report_error(to, "license-not-accepted",
			    "Read them, then set this to yes.",
			    "The license terms are not accepted. Silent setup requires that.");
}

static const struct field f_license = {
	.key = "license-accepted",
	.kind = FIELD_FLAG,
	.flags = FIELD_THIS_HOP,
	.offset = AT_FLAG(struct om_answers, license_accepted),
	.label = "I have read, understood, and agree with the terms of the license agreement",
	.preset = "no",
	.help = "Silent setup does not ask again: /AcceptEndUserLicenseAgreement:1 is in every line.",
	.check = check_license,
	.source = "upgrade page, step 4; command line reference [PAGE]",
};

static const struct field f_setup_folder = {
	.key = "setup-folder",
	.kind = FIELD_TEXT,
	.flags = FIELD_FOLDER | FIELD_THIS_HOP,
	.offset = AT_TEXT(struct om_answers, setup_folder),
	.label = "Folder that holds setup.exe",
	.brief = "Setup folder",
	.help = "On the server, for example the drive of the mounted media. Empty: you change to that folder before "
		"you run a line.",
	.example = "D:\\",
	.rule = rule_media_folder,
	.tidy = tidy_path,
	.source = "upgrade page, command prompt step 3 [PAGE]",
};

static const struct field f_media = {
	.key = "media",
	.kind = FIELD_TEXT,
	.flags = FIELD_THIS_HOP,
	.offset = AT_TEXT(struct om_answers, media),
	.label = "Media as downloaded",
	.brief = "Media",
	.help = "The self-extracting file, as the servers see it. setup.exe exists only after it has run: enter the "
		"folder that it extracts to above.",
	.example = "\\\\NAS01\\Media\\SCOM_EN.exe",
	.rule = rule_file,
	.tidy = tidy_path,
	.source = "deployment scripts of administrators [FIELD: ten scripts]",
};

static bool asks_source_setup(const struct scope *scope)
{
	return om_has_reporting(scope) && edge_flag_find(scope->hop->edge, FLAG_REPORT_CONSOLE);
}

static const struct field f_source_setup_folder = {
	.key = "source-setup-folder",
	.kind = FIELD_TEXT,
	.flags = FIELD_FOLDER | FIELD_THIS_HOP,
	.next_from = &f_setup_folder,
	.offset = AT_TEXT(struct om_answers, source_setup_folder),
	.label = "Folder that holds setup.exe of {source}",
	.brief = "Setup folder of {source}",
	.help = "For the console that setup of a stand-alone Reporting server needs. May stay empty.",
	.example = "E:\\",
	.rule = rule_media_folder,
	.tidy = tidy_path,
	.applies = asks_source_setup,
	.source = "Reporting upgrade page [DOC]",
};

static const struct field f_install_path = {
	.key = "install-path",
	.kind = FIELD_TEXT,
	.flags = FIELD_FOLDER | FIELD_REQUIRED | FIELD_THIS_HOP,
	.offset = AT_TEXT(struct om_answers, install_path),
	.label = "Install to",
	.preset_of = common_folder,
	.help = "An absolute path on a local drive, up to 247 characters. Only one that is not the default stands in "
		"the line.",
	.example = "E:\\System Center\\Operations Manager",
	.rule = rule_install_folder,
	.tidy = tidy_path,
	.source = "upgrade page, step 5 [PAGE]; /InstallPath with /upgrade is not shown in the documents [UNCERTAIN]",
};

static bool check_agents(const struct scope *scope, struct report *to)
{
	unsigned count = om_answers(scope->plan)->push_agents;
	if (count > 15000 && count != NUMBER_OPEN)
		report_add(to, SEV_WARNING, "agents-many",
			   "Up to 15,000 agents with at most 25 open consoles are supported.",
			   "%u agents are more than one management group supports.", count);
	return true;
}

static const struct field f_push_agents = {
	.key = "agents.push-installed",
	.kind = FIELD_NUMBER,
	.offset = AT_NUMBER(struct om_answers, push_agents),
	.label = "Agents installed from the console",
	.brief = "Pushed agents",
	.minimum = 0,
	.maximum = 1000000,
	.check = check_agents,
	.help = "Their number, 0 for none; empty while not known. They appear under Pending Management and are "
		"approved at most 200 at once.",
	.example = "1200",
	.source = "system requirements; agent upgrade page [DOC]",
};

static const struct field f_unix_agents = {
	.key = "agents.unix-linux",
	.kind = FIELD_NUMBER,
	.offset = AT_NUMBER(struct om_answers, unix_agents),
	.label = "Agents on UNIX and Linux",
	.brief = "UNIX/Linux agents",
	.minimum = 0,
	.maximum = 1000000,
	.help = "Their number, 0 for none; empty while not known.",
	.example = "40",
	.source = "agent upgrade page [DOC]",
};

static const struct field f_no_apm = {
	.key = "agents.no-apm",
	.kind = FIELD_FLAG,
	.offset = AT_FLAG(struct om_answers, no_apm),
	.label = "Install the agents without APM",
	.brief = "Agents without APM",
	.preset = "no",
	.help = "APM of the {target} agent can crash IIS pools on .NET 2.0. Lines for agents get NOAPM=1; pushed ones "
		"are repaired without it.",
	.source = "agent upgrade page [DOC]",
};

static const struct field f_connectors = {
	.key = "connectors",
	.kind = FIELD_FLAG,
	.offset = AT_FLAG(struct om_answers, connectors),
	.label = "Connectors to other products are in use",
	.brief = "Connectors",
	.preset = "no",
	.help = "Their services are stopped before the upgrade and started after it.",
	.source = "pre-upgrade tasks, task 6 [DOC]",
};

/* clang-format off */
static const struct field *const om_fields[] = {
	&field_product,
	&common_source,
	&common_target,
	&common_goal,
	&f_management_group,
	&f_license,
	&common_source_level,
	&common_update_level,
	&f_setup_folder,
	&f_media,
	&f_source_setup_folder,
	&f_install_path,
	&om_das_kind,
	&om_das_user,
	&om_reader_user,
	&om_servers,
	&om_operational_server,
	&om_operational_name,
	&om_warehouse_server,
	&om_warehouse_name,
	&om_reporting_server,
	&om_reporting_name,
	&om_reporting_temporary,
	&om_acs,
	&om_backup_folder,
	&om_data_access_address,
	&f_push_agents,
	&f_unix_agents,
	&f_no_apm,
	&f_connectors,
	&common_change_number,
	&common_change_start,
	&common_change_end,
	&common_change_owner,
	&common_change_contact,
	&common_minutes,
	&common_upgraded_before,
	&field_confirmed,
	&field_acknowledged,
	NULL
};
/* clang-format on */

/* ---- pages ---- */

static const char license_text[] =
	"The Microsoft Software License Terms are not part of this program.\n\n"
	"Read them on this page of setup.exe, or among the files of the System Center {target} Operations Manager "
	"media, "
	"before you accept them here. To read them in this window, start the wizard with --license FILE.\n\n"
	"Accepting them here puts /AcceptEndUserLicenseAgreement:1 into every command line: silent setup will "
	"not ask again.";

static const char proceed_text[] =
	"No error is left, every warning is resolved or acknowledged, and what a program cannot see is "
	"confirmed.\n\n"
	"What comes next: the accounts, the databases and their backups, then a review of all answers. Nothing is "
	"run on a server from here.";

static const char *ending(const struct scope *scope)
{
	const struct server *first = plan_first_with(scope->plan, OM_MANAGEMENT_SERVER);
	return arena_printf(
		scope->arena,
		"Run the lines in their order, each in a Command Prompt opened with Run as administrator on its "
		"server.\n\n"
		"1. %s first, alone. Wait until its setup has finished before any other management server starts: "
		"a SQL update script runs early in setup and must run once only.\n"
		"2. Then the other management servers, one at a time, each with its ACS collector.\n"
		"3. Then gateways, stand-alone consoles, agents and web consoles; Reporting servers last.\n\n"
		"The upgrade is not complete until every feature of the management group is upgraded.",
		first && first->name ? first->name : "The first management server");
}

static const struct page page_servers = {
	.id = "servers",
	.section = "Getting Started",
	.title = "{upgrade-title}",
	.rail = "Servers",
	.kind = PAGE_FORM,
	.help = "Setup shows on this page which features of its machine it will upgrade. Here you list every machine "
		"of the management group "
		"with its roles, in the order of their upgrade. The first management server is upgraded alone: a SQL "
		"update script that "
		"runs early in its setup must run on one server only, or the databases are damaged.",
	.fields = (const struct field *const[]){ &f_management_group, &om_servers, &f_push_agents,
						 &f_unix_agents, &f_no_apm, &f_connectors, NULL },
};

static const struct page page_license = {
	.id = "license",
	.section = "Getting Started",
	.title = "Please read the license terms",
	.rail = "License terms",
	.kind = PAGE_TEXT,
	.text = license_text,
	.help = "Setup shows the Microsoft Software License Terms on this page. A silent upgrade requires that they "
		"are accepted first.",
	.fields = (const struct field *const[]){ &f_license, NULL },
};

static const struct page page_location = {
	.id = "location",
	.section = "Getting Started",
	.title = "Select installation location",
	.rail = "Location",
	.kind = PAGE_FORM,
	.intro = "Where is setup.exe, and where should it put the upgraded files?",
	.help = "Accept the default location, type another one, or browse to one. The folder of {source} is not used "
		"again: scripts, "
		"antivirus exclusions and customized files that name it must be adapted after the upgrade.",
	.fields = (const struct field *const[]){ &common_source_level, &f_setup_folder, &f_media,
						 &f_source_setup_folder, &f_install_path, &common_update_level, NULL },
};

static const struct page page_checks = {
	.id = "prerequisites",
	.section = "Prerequisites",
	.title = "Prerequisites",
	.rail = "Checks",
	.kind = PAGE_CHECKS,
	.help = "Review and address every warning and error, then verify again. What a program cannot see from here "
		"you confirm, with your name and a note, which are kept in the plan.",
};

static const struct page page_proceed = {
	.id = "proceed",
	.section = "Prerequisites",
	.title = "Proceed with Setup",
	.rail = "Proceed",
	.kind = PAGE_TEXT,
	.text = proceed_text,
	.after_checks = true,
	.help = "This page appears only when the prerequisites leave nothing open, as in setup.",
};

/* clang-format off */
static const struct page *const om_pages[] = {
	&common_page_choose,
	&page_servers,
	&page_license,
	&page_location,
	&page_checks,
	&page_proceed,
	&om_page_accounts,
	&om_page_databases,
	&common_page_change,
	&common_page_ready,
	&common_page_progress,
	&common_page_done,
	NULL
};
/* clang-format on */

/* ---- rules across fields ---- */

static bool om_check(const struct scope *scope, struct diags *diags)
{
	const struct answers *answers = scope->plan->answers;
	struct report at = plan_report(scope->plan, &answers->record, &om_servers, diags);
	bool fine = common_check_accounts(scope, diags);

	if (!plan_server_count(scope->plan) || plan_first_with(scope->plan, OM_MANAGEMENT_SERVER))
		return fine;
	return report_error(&at, "no-management-server", "Give at least one server the role management-server.",
			    "None of the servers is a management server, and a management group has at least one.");
}

static const char *const other_names[] = { "om", "scom", "opsmgr", "mom", "operationsmanager", NULL };

const struct flow flow_om = {
	.id = "operations-manager",
	.other_names = other_names,
	.title = "Operations Manager",
	.headline = "Operations Manager {source} \xe2\x86\x92 {target}",
	.help = "A management group: its management servers, gateways, consoles, Reporting servers and agents are "
		"upgraded in place.",
	.build_facts = (const struct field *const[]){ &fact_build_file, &fact_build_server, NULL },
	.edges = release_edges,
	.releases = om_releases,
	.answers_size = sizeof(struct om_answers),
	.fields = om_fields,
	.name = &f_management_group,
	.servers = &om_servers,
	.roles = om_roles,
	.role_names = om_role_names,
	.pages = om_pages,
	.accounts = om_accounts,
	.prereqs = om_prereqs,
	.after = om_after,
	.tasks = om_tasks,
	.no_return = "upgrade-management-server",
	.back_out = om_back_out,
	.facts = (const struct field *const *const[]){ common_facts_machine, om_facts, common_facts_software,
						om_group_facts, NULL },
	.fact_words = om_fact_words,
	.propose = om_propose,
	.collector = &om_collector,
	.ending = ending,
	.logs = &om_logs,
	.found_build = om_found_build,
	.facts_check = om_facts_check,
	.check = om_check,
};
