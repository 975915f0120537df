/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The small flow. See small_flow.h.
 */
#include "small_flow.h"

#include "core/strbuf.h"
#include "model/hop.h"

struct small_answers {
	struct answers common;
	const char *name, *folder, *user;
	unsigned port;
	bool agree;
	int mode, level;
	struct names admins;
};

struct small_server {
	struct server common;
	const char *site;
	bool secure;
};

static const struct small_answers *answers_of(const struct plan *plan)
{
	return (const struct small_answers *)plan->answers;
}

/* clang-format off */

/* ---- fields ---- */

static const struct release_edge edges[] = {
	{ .id = "E1", .product = "small", .from = "2012-r2", .to = "2016", .planned = true,
	  .source = "page one [PAGE]" },
	{ .id = "E2", .product = "small", .from = "2016", .to = "2019", .source = "page one [PAGE]" },
	{ .id = NULL },
};
static const struct choice modes[] = { { "domain", "A domain account", "domain", "An account of the directory." },
				       { "local", "Local System", "local", "The machine itself." },
				       { NULL, NULL, NULL, NULL } };
static const struct choice levels[] = { { "l1", "One", NULL, NULL },   { "l2", "Two", NULL, NULL },
					{ "l3", "Three", NULL, NULL }, { "l4", "Four", NULL, NULL },
					{ "l5", "Five", NULL, NULL },  { "l6", "Six", NULL, NULL },
					{ NULL, NULL, NULL, NULL } };
static const struct choice roles[] = { { "alpha", "Alpha role", "A", "Does the work." },
				       { "beta", "Beta role", "B", NULL },
				       { NULL, NULL, NULL, NULL } };

static const struct role_name role_names[] = { { SMALL_ALPHA, "ALPHA" }, { SMALL_BETA, "BETA" }, { 0, NULL } };

static const struct field f_source = {
	.key = "source", .kind = FIELD_CHOICE, .offset = AT_CHOICE(struct small_answers, common.source),
	.label = "From", .choices = release_choices, .offers = hop_offers_source, .preset = "2012-r2", .help = "From."
};
static const struct field f_target = {
	.key = "target", .kind = FIELD_CHOICE, .offset = AT_CHOICE(struct small_answers, common.target),
	.label = "To", .choices = release_choices, .offers = hop_offers_target, .choice_help = hop_target_help,
	.check = hop_check, .preset = "2016", .help = "To."
};
static const struct field f_name = {
	.key = "name", .kind = FIELD_TEXT, .flags = FIELD_REQUIRED,
	.offset = AT_TEXT(struct small_answers, name), .label = "Group name", .help = "The name of the group.",
	.example = "CONTOSO", .rule = rule_management_group,
	.source = "page one [PAGE]; domain notes [UNCERTAIN: two readings]"
};
static const struct field f_folder = {
	.key = "folder", .kind = FIELD_TEXT, .flags = FIELD_FOLDER, .offset = AT_TEXT(struct small_answers, folder),
	.label = "Install to", .preset = "C:\\Default", .help = "A folder.", .rule = rule_install_folder,
	.tidy = tidy_path
};
static const struct field f_port = {
	.key = "port", .kind = FIELD_NUMBER, .offset = AT_NUMBER(struct small_answers, port), .label = "Port",
	.preset = "1433", .minimum = 1, .maximum = 65535, .help = "A port."
};
static const struct field f_agree = {
	.key = "agree", .kind = FIELD_FLAG, .offset = AT_FLAG(struct small_answers, agree),
	.label = "I agree with the terms", .preset = "no", .help = "Must be ticked."
};
static const struct field f_level = {
	.key = "level", .kind = FIELD_CHOICE, .offset = AT_CHOICE(struct small_answers, level), .label = "Level",
	.choices = levels, .preset = "l1", .help = "How much."
};
static const struct field f_admins = {
	.key = "admins", .kind = FIELD_NAMES, .offset = AT_NAMES(struct small_answers, admins),
	.label = "Administrators", .rule = rule_account_or_group, .tidy = tidy_trim, .help = "A list."
};
static const struct field f_mode = {
	.key = "account.mode", .kind = FIELD_CHOICE, .offset = AT_CHOICE(struct small_answers, mode),
	.label = "Runs under", .choices = modes, .preset = "domain", .help = "As today."
};

static bool is_domain(const struct scope *scope)
{
	return answers_of(scope->plan)->mode == 0;
}

static const struct field f_user = {
	.key = "account.user", .kind = FIELD_TEXT, .flags = FIELD_REQUIRED, .offset = AT_TEXT(struct small_answers,
	user), .label = "Service account", .example = "CONTOSO\\svc", .rule = rule_account, .tidy = tidy_trim,
	.applies = is_domain, .help = "DOMAIN\\user."
};
static const struct field f_password = {
	.key = "account.password", .kind = FIELD_SECRET, .label = "Its password", .account = "account",
	.applies = is_domain, .help = "May stay empty."
};

static bool is_beta(const struct scope *scope)
{
	return (((const struct server *)scope->record)->roles & SMALL_BETA) != 0;
}

static const char *note_of(const struct scope *scope)
{
	return arena_printf(scope->arena, "note %s", ((const struct server *)scope->record)->name);
}

static const struct field c_name = {
	.key = "name", .kind = FIELD_TEXT, .flags = FIELD_REQUIRED | FIELD_IN_LIST, .offset = AT_TEXT(struct
	small_server, common.name), .label = "Name", .rule = rule_host, .tidy = tidy_trim, .example = "MS01",
	.help = "The server's name."
};
static const struct field c_roles = {
	.key = "roles", .kind = FIELD_CHOICES, .flags = FIELD_REQUIRED | FIELD_IN_LIST, .offset = AT_CHOICES(struct
	small_server, common.roles), .label = "Roles", .choices = roles, .help = "What it does."
};
static const struct field c_site = {
	.key = "site", .kind = FIELD_TEXT, .offset = AT_TEXT(struct small_server, site), .label = "Site",
	.applies = is_beta, .help = "A site."
};
static const struct field f_servers = {
	.key = "servers", .kind = FIELD_ROWS, .offset = AT_ROWS(struct small_answers, common.servers),
	.label = "Servers in order", .row_name = "server", .columns = (const struct field *const[]){ &c_name,
	&c_roles, &c_site, NULL }, .record_size = sizeof(struct small_server), .row_note = note_of,
	.row_note_label = "Notes", .help = "The servers."
};

static const struct field *const all_fields[] = {
	&field_product, &f_source,        &f_target,           &f_name, &f_folder, &f_port,
	&f_agree,       &f_level,         &f_admins,           &f_mode, &f_user,   &f_password,
	&f_servers,     &field_confirmed, &field_acknowledged, NULL
};

/* ---- pages ---- */

static const char *terms_text(const struct scope *scope)
{
	struct strbuf text = STRBUF_INIT;
	const char *result;

	for (int i = 1; i <= 60; i++)
		strbuf_printf(&text, "Paragraph %d of the terms.\n", i);
	result = arena_strdup(scope->arena, strbuf_text(&text));
	strbuf_clear(&text);
	return result;
}

static const char done_text[] = "Everything is written.";

const struct page small_form = {
	.id = "form", .section = "One", .title = "The form", .rail = "Form", .intro = "Answer this.",
	.help = "Help of the form.", .kind = PAGE_FORM, .fields = (const struct field *const[]){ &f_name, &f_folder,
	&f_port, &f_agree, &f_level, &f_admins, NULL }
};
const struct page small_accounts = {
	.id = "accounts", .section = "One", .title = "Accounts", .rail = "Accounts", .help = "Help.",
	.kind = PAGE_FORM, .fields = (const struct field *const[]){ &f_mode, &f_user, &f_password, NULL }
};
const struct page small_servers = {
	.id = "servers", .section = "One", .title = "The servers", .rail = "Servers", .help = "Help.",
	.kind = PAGE_FORM, .fields = (const struct field *const[]){ &f_servers, NULL }
};
const struct page small_terms = {
	.id = "terms", .section = "One", .title = "The terms", .rail = "Terms", .help = "Help.", .kind = PAGE_TEXT,
	.text_of = terms_text, .fields = (const struct field *const[]){ &f_agree, NULL }
};
const struct page small_checks = {
	.id = "checks", .section = "Two", .title = "Prerequisites", .rail = "Checks", .help = "Help.",
	.kind = PAGE_CHECKS
};
const struct page small_ready = {
	.id = "ready", .section = "Two", .title = "Ready", .rail = "Ready", .help = "Help.",
	.next_label = "Write the files", .kind = PAGE_SUMMARY
};
const struct page small_progress = {
	.id = "progress", .section = "Two", .title = "Progress", .rail = "Progress", .help = "Help.",
	.kind = PAGE_STEPS
};
const struct page small_done = {
	.id = "done", .section = "Two", .title = "Complete", .rail = "Done", .help = "Help.", .next_label = "Close",
	.kind = PAGE_DONE, .text = done_text
};

/* ---- checks and tasks ---- */

static enum check_state test_memory(struct check_context *context)
{
	bool bad = str_starts(context->scope->server->name, "BAD");

	context->found = bad ? "1 GB" : "16 GB";
	return bad ? CHECK_FAILED : CHECK_PASSED;
}

static enum check_state test_reboot(struct check_context *context)
{
	context->found = "a restart is pending";
	return CHECK_WARNING;
}

static const struct prereq prereqs[] = { { .id = "memory",
					   .title = "Enough memory",
					   .roles = SMALL_ALPHA,
					   .days = 30,
					   .test = test_memory,
					   .needs_no_facts = true,
					   .needed = "8 GB at least.",
					   .remedy = "Add memory.",
					   .source = "requirements page [DOC]" },
					 { .id = "reboot",
					   .title = "Pending reboot",
					   .roles = SMALL_ALPHA,
					   .days = 30,
					   .test = test_reboot,
					   .needs_no_facts = true,
					   .needed = "No restart is pending.",
					   .remedy = "Restart it.",
					   .source = "a tool [UNCERTAIN: not documented]" },
					 { .id = "backup",
					   .title = "Databases backed up",
					   .days = 30,
					   .needed = "A verified backup exists.",
					   .remedy = "Make a backup.",
					   .source = "upgrade page [PAGE]" },
					 { .id = NULL } };

static const char *user_of(const struct scope *scope)
{
	return answers_of(scope->plan)->user;
}

static const struct argument upgrade_words[] = { { .form = WORD_PLAIN, .value = "setup.exe" },
						 { .form = WORD_PLAIN, .value = "/silent" },
						 { .form = WORD_COLON, .name = "User", .value_of = user_of },
						 { .form = WORD_COLON, .name = "Password", .account = "account" } };
static const struct argument_list upgrade_line = ARGUMENTS(upgrade_words);

static const char *shrink_text(const struct scope *scope)
{
	return arena_printf(scope->arena, "DELETE FROM dbo.Log\nWHERE GroupName = %s;",
			    script_sql_text(scope->arena, answers_of(scope->plan)->name));
}

static const struct edge after_backup[] = { { EDGE_ALL, "backup" }, { EDGE_FIRST, "upgrade" }, { EDGE_NONE, NULL } };
static const struct edge after_upgrade[] = { { EDGE_ALL, "upgrade" }, { EDGE_NONE, NULL } };
static const struct edge after_same[] = { { EDGE_SAME_SERVER, "upgrade" }, { EDGE_NONE, NULL } };

static const struct build_probe small_build = {
	.key = "SOFTWARE\\Small\\Setup", .value = "Version", .target = "2.0.100.0", .source = "a page [DOC]"
};
static const char *const job_services[] = { "Jobs", NULL };

/* One of every kind, with every kind of edge but one. */
static const struct task tasks[] = {
	{ .id = "backup",
	  .phase = "Before",
	  .title = "Back up the databases",
	  .kind = STEP_MANUAL,
	  .text = "Make a backup by hand.",
	  .why = "Nothing may change before.",
	  .verify = "Restore it somewhere.",
	  .source = "upgrade page [PAGE]" },
	{ .id = "shrink",
	  .phase = "Before",
	  .title = "Shrink the log",
	  .kind = STEP_SQL,
	  .text_of = shrink_text,
	  .why = "It takes less time then.",
	  .verify = "The table is empty.",
	  .source = "upgrade page [PAGE]",
	  .optional = true },
	{ .id = "stop-jobs",
	  .phase = "Before",
	  .title = "Stop the jobs of {server}",
	  .kind = STEP_POWERSHELL,
	  .roles = SMALL_BETA,
	  .text = "Stop-Service -Name Jobs\nGet-Service -Name Jobs",
	  .why = "They hold files open.",
	  .verify = "The service is stopped.",
	  .source = "our own words [OURS]" },
	{ .id = "upgrade",
	  .phase = "Servers",
	  .title = "Upgrade server {server}",
	  .kind = STEP_COMMAND,
	  .roles = SMALL_ALPHA,
	  .arguments = &upgrade_line,
	  .requires = after_backup,
	  .build = &small_build,
	  .log = "%TEMP%\\small.log",
	  .why = "It comes now.",
	  .verify = "The version is new.",
	  .failure = "The setup log.",
	  .source = "upgrade page [OURS]" },
	{ .id = "start-jobs",
	  .phase = "After",
	  .title = "Start the jobs of {server}",
	  .kind = STEP_POWERSHELL,
	  .roles = SMALL_BETA,
	  .text = "Start-Service -Name Jobs",
	  .services = job_services,
	  .requires = after_same,
	  .why = "The new release has to be there.",
	  .verify = "The service runs.",
	  .source = "our own words [OURS]" },
	{ .id = "verify",
	  .phase = "After",
	  .title = "See that everything works",
	  .kind = STEP_MANUAL,
	  .text = "Open the console.",
	  .requires = after_upgrade,
	  .why = "It is the end.",
	  .verify = "Everything is green.",
	  .source = "a tool [UNCERTAIN: not documented]" },
	{ .id = NULL }
};

static const struct back_out back_out[] = {
	{ .title = "As long as nothing was upgraded", .text = "Start the jobs.", .source = "our own words [OURS]" },
	{ .title = "Go back to {source}", .from = "upgrade", .roles = 2, .text = "Restore the backup.",
	  .source = "upgrade page [PAGE]" },
	{ .title = "Never here", .from = "nothing", .text = "No.", .source = "our own words [OURS]" },
	{ .title = NULL }
};

static const struct account accounts[] = { { "account", "Service account", &f_user, NULL },
					    { NULL, NULL, NULL, NULL } };

static const struct page *const small_pages[] = { &small_form,  &small_accounts, &small_servers, &small_checks,
						  &small_ready, &small_progress, &small_done,    NULL };

const struct flow small_flow = {
	.id = "small", .title = "Small", .headline = "Small upgrade", .help = "Small.",
	.edges = edges, .answers_size = sizeof(struct small_answers), .fields = all_fields, .name = &f_name,
	.servers = &f_servers, .roles = roles, .role_names = role_names,
	.pages = small_pages, .accounts = accounts, .prereqs = prereqs,
	.tasks = tasks, .no_return = "upgrade", .back_out = back_out
};

/* clang-format on */
