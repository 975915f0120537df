/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The demonstration flow.
 */
#include "test_flow.h"

#include "core/text.h"
#include "helpers.h"
#include "model/hop.h"
#include "pipeline/planfile.h"

/* ---- fields ---- */

static const struct release_edge edges[] = {
	{ .id = "E1", .product = "demonstration", .from = "2012-r2", .to = "2016", .planned = true,
	  .source = "page one [PAGE]" },
	{ .id = NULL },
};

static const struct choice colours[] = { { "red", "Red", NULL, NULL },
					 { "green", "Green", NULL, NULL },
					 { "blue", "Blue", NULL, NULL },
					 { NULL, NULL, NULL, NULL } };

static const struct choice parts[] = { { "core", "Core", NULL, NULL },
				       { "web", "Web", NULL, NULL },
				       { "reports", "Reports", NULL, NULL },
				       { NULL, NULL, NULL, NULL } };

static const struct choice kinds[] = {
	{ "domain", "Domain", NULL, NULL }, { "local-system", "Local System", NULL, NULL }, { NULL, NULL, NULL, NULL }
};

static const struct choice roles[] = {
	{ "first", "First", NULL, NULL }, { "second", "Second", NULL, NULL }, { NULL, NULL, NULL, NULL }
};

static const char *derived_preset(const struct scope *scope)
{
	const char *group = ((const struct demo_answers *)scope->plan->answers)->group;

	return str_eq(group, "ONE") ? "C:\\One" : group ? "C:\\Other" : NULL;
}

static bool is_domain(const struct scope *scope)
{
	return ((const struct demo_answers *)scope->plan->answers)->kind == 0;
}

static bool is_second(const struct scope *scope)
{
	return server_has((const struct server *)scope->record, DEMO_SECOND);
}

static bool check_group(const struct scope *scope, struct report *to)
{
	const struct demo_answers *answers = (const struct demo_answers *)scope->record;

	if (text_equal_fold(answers->group, "forbidden"))
		return report_error(to, "group-forbidden", "", "The group is forbidden.");
	return true;
}

static const struct field demo_source = {
	.key = "source",
	.kind = FIELD_CHOICE,
	.offset = AT_CHOICE(struct answers, source),
	.label = "Source",
	.choices = release_choices,
	.help = "Where from.",
	.preset = "2012-r2",
};

const struct field demo_group = {
	.key = "group", .kind = FIELD_TEXT, .flags = FIELD_REQUIRED, .offset = AT_TEXT(struct demo_answers, group),
	.label = "Group", .example = "CONTOSO", .rule = rule_management_group, .tidy = tidy_trim, .check = check_group,
};

const struct field demo_folder = {
	.key = "folder", .kind = FIELD_TEXT, .offset = AT_TEXT(struct demo_answers, folder), .label = "Folder",
	.preset = "C:\\Setup", .rule = rule_install_folder, .tidy = tidy_path,
};

const struct field demo_derived = {
	.key = "derived",
	.kind = FIELD_TEXT,
	.offset = AT_TEXT(struct demo_answers, derived),
	.label = "Derived folder",
	.preset_of = derived_preset,
	.tidy = tidy_trim,
};

const struct field demo_port = {
	.key = "port",
	.kind = FIELD_NUMBER,
	.offset = AT_NUMBER(struct demo_answers, port),
	.label = "Port",
	.preset = "9090",
	.minimum = 1,
	.maximum = 65535,
};

const struct field demo_batches = {
	.key = "batches",
	.kind = FIELD_NUMBER,
	.flags = FIELD_REQUIRED,
	.offset = AT_NUMBER(struct demo_answers, batches),
	.label = "Batches",
	.minimum = 2,
	.maximum = 4294967295u,
};

const struct field demo_ssl = {
	.key = "options.ssl",
	.kind = FIELD_FLAG,
	.offset = AT_FLAG(struct demo_answers, ssl),
	.label = "SSL",
	.preset = "yes",
};

const struct field demo_colour = {
	.key = "options.colour",
	.kind = FIELD_CHOICE,
	.offset = AT_CHOICE(struct demo_answers, colour),
	.label = "Colour",
	.choices = colours,
	.preset = "green",
};

const struct field demo_parts = {
	.key = "options.parts",
	.kind = FIELD_CHOICES,
	.offset = AT_CHOICES(struct demo_answers, parts),
	.label = "Parts",
	.choices = parts,
	.preset = "core,web",
};

const struct field demo_members = {
	.key = "members", .kind = FIELD_NAMES, .offset = AT_NAMES(struct demo_answers, members), .label = "Members",
	.rule = rule_account_or_group, .tidy = tidy_trim,
};

const struct field demo_kind = {
	.key = "accounts.main.kind",
	.kind = FIELD_CHOICE,
	.offset = AT_CHOICE(struct demo_answers, kind),
	.label = "Kind",
	.choices = kinds,
	.preset = "domain",
};

const struct field demo_user = {
	.key = "accounts.main.user",
	.kind = FIELD_TEXT,
	.flags = FIELD_REQUIRED,
	.offset = AT_TEXT(struct demo_answers, user),
	.label = "Main account",
	.example = "CONTOSO\\main",
	.rule = rule_account,
	.tidy = tidy_trim,
	.applies = is_domain,
};

const struct field demo_password = {
	.key = "accounts.main.password",
	.kind = FIELD_SECRET,
	.label = "Password of the main account",
	.account = "accounts.main",
	.applies = is_domain,
};

const struct field demo_reader = {
	.key = "accounts.reader.user", .kind = FIELD_TEXT, .offset = AT_TEXT(struct demo_answers, reader),
	.label = "Reader account", .example = "CONTOSO\\reader", .rule = rule_account, .tidy = tidy_trim,
};

const struct field demo_name = {
	.key = "name", .kind = FIELD_TEXT, .flags = FIELD_REQUIRED, .offset = AT_TEXT(struct demo_server, common.name),
	.label = "Name", .example = "MS01", .rule = rule_host, .tidy = tidy_trim,
};

const struct field demo_roles = {
	.key = "roles",
	.kind = FIELD_CHOICES,
	.flags = FIELD_REQUIRED,
	.offset = AT_CHOICES(struct demo_server, common.roles),
	.label = "Roles",
	.choices = roles,
	.example = "first",
};

const struct field demo_site = {
	.key = "site",
	.kind = FIELD_TEXT,
	.flags = FIELD_REQUIRED,
	.offset = AT_TEXT(struct demo_server, site),
	.label = "Site",
	.preset = "Default Web Site",
	.rule = rule_web_site,
	.applies = is_second,
};

const struct field demo_fast = {
	.key = "fast",
	.kind = FIELD_FLAG,
	.offset = AT_FLAG(struct demo_server, fast),
	.label = "Fast",
	.applies = is_second,
};

const struct field demo_aliases = {
	.key = "aliases", .kind = FIELD_NAMES, .offset = AT_NAMES(struct demo_server, aliases), .label = "Aliases",
	.rule = rule_host, .tidy = tidy_trim,
};

const struct field demo_servers = {
	.key = "servers",
	.kind = FIELD_ROWS,
	.flags = FIELD_REQUIRED,
	.offset = AT_ROWS(struct answers, servers),
	.label = "Servers",
	.row_name = "server",
	.record_size = sizeof(struct demo_server),
	.columns =
		(const struct field *const[]){ &demo_name, &demo_roles, &demo_site, &demo_fast, &demo_aliases, NULL },
};

/* ---- the flow ---- */

const struct page demo_page_accounts = {
	.id = "accounts",
	.kind = PAGE_FORM,
	.title = "Accounts",
	.fields = (const struct field *const[]){ &demo_kind, &demo_user, &demo_password, &demo_reader, &demo_group,
						 NULL },
};

const struct page demo_page_servers = {
	.id = "servers",
	.kind = PAGE_FORM,
	.title = "Servers",
	.fields = (const struct field *const[]){ &demo_servers, NULL },
};

static const struct page demo_page_end = { .id = "end", .kind = PAGE_DONE, .title = "End" };

static const struct account accounts[] = { { "accounts.main", "main account", &demo_user, NULL },
					   { "accounts.reader", "reader account", &demo_reader, NULL },
					   { NULL, NULL, NULL, NULL } };

static const struct prereq prereqs[] = { { .id = "database-backup" }, { .id = "pending-reboot" }, { .id = NULL } };

static bool demo_check(const struct scope *scope, struct diags *diags)
{
	const struct record *answers = &scope->plan->answers->record;
	struct report servers = plan_report(scope->plan, answers, &demo_servers, diags);
	struct report reader = plan_report(scope->plan, answers, &demo_reader, diags);
	bool ok = true;

	if (plan_server_count(scope->plan) > 0 && !plan_first_with(scope->plan, DEMO_FIRST))
		ok = report_error(&servers, "no-first", "", "There is no first server.");
	if (((const struct demo_answers *)scope->plan->answers)->reader == NULL)
		report_add(&reader, SEV_WARNING, "no-reader", "", "There is no reader.");
	return ok;
}

static const struct field *const demo_fields[] = { &field_product,   &demo_source,        &demo_group,   &demo_folder,
						   &demo_derived,    &demo_port,          &demo_batches, &demo_ssl,
						   &demo_colour,     &demo_parts,         &demo_members, &demo_kind,
						   &demo_user,       &demo_password,      &demo_reader,  &demo_servers,
						   &field_confirmed, &field_acknowledged, NULL };

const struct flow flow_demo = {
	.id = "demonstration",
	.title = "Demonstration",
	.edges = edges,
	.answers_size = sizeof(struct demo_answers),
	.fields = demo_fields,
	.servers = &demo_servers,
	.roles = roles,
	.prereqs = prereqs,
	.accounts = accounts,
	.check = demo_check,
	.pages = (const struct page *const[]){ &demo_page_accounts, &demo_page_servers, &demo_page_end, NULL },
};

/* ---- what tests share ---- */

struct demo_server *demo_add_server(struct plan *plan, const char *name, unsigned server_roles)
{
	struct demo_server *server = (struct demo_server *)plan_new_record(plan, &demo_servers);

	server->common.name = name ? arena_strdup(plan->arena, name) : NULL;
	server->common.roles = server_roles;
	rows_insert(plan, &plan->answers->servers, plan_server_count(plan), &server->common.record);
	return server;
}

struct plan *demo_plan(const char *text)
{
	struct diags diags = DIAGS_INIT;
	struct plan *plan;
	enum load_result result = plan_read("demo.yaml", text, strlen(text), &plan, &diags);

	assert_findings("the plan of the test", "", &diags);
	assert_int_equal(result, LOAD_OK);
	return plan;
}

char *placed_findings(const struct diags *diags)
{
	struct strbuf text = STRBUF_INIT;

	strbuf_puts(&text, "");
	for (size_t i = 0; i < diags->count; i++) {
		const struct diag *diag = &diags->items[i];

		strbuf_printf(&text, "%s%u:%u %s %s%s%s", i ? "\n" : "", diag->at.line, diag->at.column,
			      severity_name(diag->severity), diag->path, *diag->path ? " " : "", diag->code);
	}
	return take_text(&text);
}

void assert_findings(const char *label, const char *expected, struct diags *diags)
{
	char *actual = placed_findings(diags);

	assert_text(label, expected, actual);
	free(actual);
	diags_clear(diags);
}
