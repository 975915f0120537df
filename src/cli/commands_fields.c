/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * "fields": every page and field from the tables, for people, for programs and for the check of the manual.
 */
#include "cli/commands.h"

#include "core/json.h"
#include "core/wrap.h"
#include "pipeline/collect.h"
#include "pipeline/facts_script.h"

static const struct {
	value_rule_fn *rule;
	const char *text;
} rule_texts[] = {
	{ rule_text, "any text on one line" },
	{ rule_host, "NetBIOS or DNS name of a computer" },
	{ rule_named_host, "NetBIOS or DNS name of a computer" },
	{ rule_account, "DOMAIN\\user" },
	{ rule_account_or_group, "DOMAIN\\user or DOMAIN\\group" },
	{ rule_install_folder, "full path on a local drive, up to 247 characters" },
	{ rule_media_folder, "full path on a local drive or a share, up to 247 characters" },
	{ rule_file, "full path of a file, up to 259 characters" },
	{ rule_management_group, "name of a management group" },
	{ rule_web_site, "name of an IIS web site" },
	{ rule_sql_server, "name of a computer or listener, without instance and port" },
	{ rule_sql_instance, "name of a SQL Server instance, up to 16 characters" },
	{ rule_sql_database, "name of a SQL Server database, up to 128 characters" },
	{ rule_sql_login, "SQL Server login, up to 128 characters" },
	{ rule_certificate_serial, "serial number of a certificate, hex digits" },
	{ rule_sql_address, "SQL Server as SERVER, SERVER\\INSTANCE or LISTENER,PORT" },
	{ rule_backup_folder, "full path on a local drive or a share, up to 247 characters" },
	{ rule_local_time, "date and time as YYYY-MM-DD hh:mm" },
	{ rule_date, "date as YYYY-MM-DD" },
	{ rule_note, "one line of text, up to 500 characters" },
};

/* How the fields are written out: one function a row of the answer, one for the frame of a product. */
struct writer {
	struct strbuf *out;
	bool json, first;
	const struct flow *flow;
	const struct plan *plan;                /* a new one, for presets */
	const struct page *page;                /* NULL: no page shows the field */
	struct arena *arena;
};

static const char *rule_of(const struct field *field)
{
	for (size_t i = 0; i < ARRAY_LEN(rule_texts); i++) {
		if (field->rule && rule_texts[i].rule == field->rule)
			return rule_texts[i].text;
	}
	return NULL;
}

static const char *kind_of(struct writer *writer, const struct field *field)
{
	struct strbuf text = STRBUF_INIT;

	field_describe_kind(field, &text);
	const char *kept = arena_strdup(writer->arena, strbuf_text(&text));
	strbuf_clear(&text);
	return kept;
}

static void put_member(struct writer *writer, const char *key, const char *value)
{
	json_member(writer->out, ", ", key, value && *value ? value : NULL);
}

static void put_json(struct writer *writer, const struct field *field, const char *key)
{
	strbuf_puts(writer->out, writer->first ? "\n{\"product\": " : ",\n{\"product\": ");
	json_string(writer->out, writer->flow->id);
	put_member(writer, "page", writer->page ? writer->page->id : NULL);
	put_member(writer, "key", key);
	put_member(writer, "kind", kind_of(writer, field));
	put_member(writer, "label", field_label(field, writer->plan));
	put_member(writer, "rule", rule_of(field));
	strbuf_printf(writer->out, ", \"required\": %s", field->flags & FIELD_REQUIRED ? "true" : "false");
	put_member(writer, "default", field_preset(field, writer->plan));
	put_member(writer, "example", field->example);
	put_member(writer, "help", field_help(field, writer->plan));
	put_member(writer, "source", field->source);
	strbuf_putc(writer->out, '}');
}

/* "LABEL: TEXT"; LABEL "" and an empty TEXT leave out what they would say. */
static void put_labelled(struct writer *writer, const char *label, const char *text)
{
	if (text && *text)
		wrap_put(writer->out, *label ? arena_printf(writer->arena, "%s: %s", label, text) : text, 79, 6, 0);
}

static void put_text(struct writer *writer, const struct field *field, const char *key)
{
	strbuf_printf(writer->out, "\n  %s\n", key);
	put_labelled(writer, "", arena_printf(writer->arena, "%s%s", field_label(field, writer->plan),
					     field->flags & FIELD_REQUIRED ? " (required)" : ""));
	put_labelled(writer, "kind", kind_of(writer, field));
	put_labelled(writer, "rule", rule_of(field));
	put_labelled(writer, "default", field_preset(field, writer->plan));
	put_labelled(writer, "example", field->example);
	put_labelled(writer, "", field_help(field, writer->plan));
}

static void put_field(struct writer *writer, const struct field *field, const char *key)
{
	if (writer->json)
		put_json(writer, field, key);
	else
		put_text(writer, field, key);
	writer->first = false;
	if (field->kind != FIELD_ROWS)
		return;
	for (const struct field *const *column = field->columns; *column; column++)
		put_field(writer, *column, arena_printf(writer->arena, "%s[].%s", key, (*column)->key));
}

static bool page_shows(const struct page *page, const struct field *field)
{
	for (const struct field *const *each = page->fields; each && *each; each++) {
		if (*each == field)
			return true;
	}
	return false;
}

static bool any_page_shows(const struct flow *flow, const struct field *field, const struct page *before)
{
	for (const struct page *const *page = flow->pages; *page && *page != before; page++) {
		if (page_shows(*page, field))
			return true;
	}
	return false;
}

static void put_heading(struct writer *writer, const char *section, const char *title)
{
	if (!writer->json)
		strbuf_printf(writer->out, "\n%s%s%s\n", section, *section ? ": " : "", title);
}

static void put_page(struct writer *writer, const struct page *page)
{
	writer->page = page;
	put_heading(writer, page->section, table_text(writer->plan, page->title));
	for (const struct field *const *field = page->fields; field && *field; field++) {
		if (!any_page_shows(writer->flow, *field, page))
			put_field(writer, *field, (*field)->key);
	}
}

static void put_flow(struct writer *writer, const struct flow *flow)
{
	struct plan *plan = plan_new(flow);

	writer->flow = flow;
	writer->plan = plan;
	if (!writer->json)
		strbuf_printf(writer->out, "%s%s: %s\n", writer->first ? "" : "\n", flow->id, flow->title);
	for (const struct page *const *page = flow->pages; *page; page++)
		put_page(writer, *page);
	writer->page = NULL;
	put_heading(writer, "", "Only in the plan file, or by answers on the page Prerequisites");
	for (const struct field *const *field = flow->fields; *field; field++) {
		if (!any_page_shows(flow, *field, NULL))
			put_field(writer, *field, (*field)->key);
	}
	plan_free(plan);
}

int command_fields(const struct session *session)
{
	const struct options *options = session->options;
	const struct flow *only = NULL, *flow;
	struct strbuf out = STRBUF_INIT;
	struct writer writer = { .out = &out, .json = options->json, .first = true };
	int status;

	if (options->argument_count) {
		only = find_product(session, options->arguments[0]);
		if (!only)
			return EXIT_USE;
	}
	writer.arena = arena_new();
	if (options->json)
		strbuf_putc(&out, '[');
	for (size_t i = 0; (flow = flow_at(i)); i++) {
		if (!only || flow == only)
			put_flow(&writer, flow);
	}
	if (options->json)
		strbuf_puts(&out, "\n]\n");
	status = emit(session, &out, false);
	arena_free(writer.arena);
	strbuf_clear(&out);
	return status;
}

int command_facts_script(const struct session *session)
{
	const char *plan = session->options->argument_count ? session->options->arguments[0] : NULL;
	struct strbuf out = STRBUF_INIT, folder = STRBUF_INIT;
	int status = EXIT_USE;

	/* What stands before the name is about this computer, not those where the script runs. */
	for (const char *at = plan; at && (at = strpbrk(at, "/\\")) != NULL;)
		plan = ++at;
	if (plan && (!*plan || str_eq(plan, "-"))) {
		say(session, "a plan without a name has no folder of facts");
		return EXIT_USE;
	}
	if (plan)
		facts_beside(plan, &folder);
	if (facts_script(&out, plan ? strbuf_text(&folder) : NULL))
		status = emit(session, &out, false);
	else
		say(session, "the name of the plan has characters that no script can carry");
	strbuf_clear(&folder);
	strbuf_clear(&out);
	return status;
}
