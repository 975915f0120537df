/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Proposals: filling a plan, and comparing one. See proposal.h.
 */
#include "model/proposal.h"

#include "core/text.h"
#include "model/flow.h"
#include "win/hosttable.h"

struct proposals {
	struct plan *plan;
	const struct facts *facts;
	struct diags *diags;
	struct host_names missing, told; /* servers that the plan lacks, and whose roles differ: once each */
	bool compares;
	size_t own;      /* servers that the plan had: the rest is appended by these facts */
	bool *answered;  /* which of these had roles */
	size_t filled;
};

const struct plan *proposals_plan(const struct proposals *to)
{
	return to->plan;
}

const struct facts *proposals_facts(const struct proposals *to)
{
	return to->facts;
}

struct arena *proposals_arena(struct proposals *to)
{
	return to->plan->arena;
}

bool proposals_compare(const struct proposals *to)
{
	return to->compares;
}

static const struct field *find_field(const struct field *const *fields, const char *key)
{
	const struct field *field = fields_find(fields, key);

	if (!field)
		bug("facts are proposed for the key %s, which does not exist", key);
	return field;
}

static const struct field *field_of(const struct proposals *to, const struct proposal *proposal)
{
	const struct flow *flow = to->plan->flow;

	if (proposal->record == &to->plan->answers->record)
		return find_field(flow->fields, proposal->key);
	if (proposal->list)
		return find_field(find_field(flow->fields, proposal->list)->columns, proposal->key);
	return find_field(flow->servers->columns, proposal->key);
}

static const char *without_blanks(const char *text, struct arena *arena)
{
	char *kept = arena_alloc(arena, strlen(text) + 1);
	size_t length = 0;

	for (; *text; text++) {
		if (*text != ' ')
			kept[length++] = *text;
	}
	return kept;
}

static bool is_same_address(const char *own, const char *value, struct arena *arena)
{
	return host_equal(arena_strndup(arena, own, strcspn(own, "\\,")),
			  arena_strndup(arena, value, strcspn(value, "\\,"))) &&
	       text_equal_fold(sql_address_plain(arena, own), sql_address_plain(arena, value));
}

/* Hosts, accounts and addresses have no case, and a port may stand behind a blank. */
static bool is_same(const struct field *field, const char *own, const char *value, struct arena *arena)
{
	own = without_blanks(own, arena);
	value = without_blanks(value, arena);
	if (field->rule == rule_sql_server || field->rule == rule_sql_address)
		return is_same_address(own, value, arena);
	return text_equal_fold(own, value) || (rule_is_host(field->rule) && host_equal(own, value));
}

/* ---- filling ---- */

/* Nobody has answered it: it is empty, or as it is presupposed and in no file. */
static bool is_open(const struct plan *plan, const struct field *field, const struct record *record)
{
	if (field_is_empty(field, plan, record))
		return true;
	return field_is_preset(field, plan, record) && !record_has(plan, record, field->key);
}

static void fill(struct proposals *to, const struct field *field, const struct proposal *proposal)
{
	struct record *record = proposal->record;
	struct report report;

	if (!is_open(to->plan, field, record) || str_eq(field_text(field, to->plan, record, to->plan->arena),
							proposal->value))
		return;
	report = plan_report(to->plan, record, field, to->diags);
	to->filled += field_store(field, to->plan, record, proposal->value, &report);
}

/* ---- comparing ---- */

static void compare(struct proposals *to, const struct field *field, const struct proposal *proposal)
{
	const char *own = field_text(field, to->plan, proposal->record, to->plan->arena);
	struct report report;

	if (!*own && proposal->instead)
		own = proposal->instead;
	if (proposal->weight == WEIGHT_NONE || !*own || is_same(field, own, proposal->value, to->plan->arena) ||
	    !field_applies(field, to->plan, proposal->record))
		return;
	report = plan_report(to->plan, proposal->record, field, to->diags);
	report_add(&report, proposal->weight == WEIGHT_ERROR ? SEV_ERROR : SEV_WARNING, "facts-differ",
		   "Correct the plan, or find out why they differ.",
		   "%s: the plan says \"%s\", but the facts of %s say \"%s\".", field_label(field, to->plan), own,
		   proposal->from, proposal->value);
}

void propose_value(struct proposals *to, const struct proposal *proposal)
{
	struct proposal one = *proposal;
	const struct field *field;

	if (!one.value || !*one.value)
		return;
	if (!one.record)
		one.record = &to->plan->answers->record;
	field = field_of(to, &one);
	if (to->compares)
		compare(to, field, &one);
	else
		fill(to, field, &one);
}

struct record *propose_row(struct proposals *to, const char *list, const char *column, const char *host)
{
	const struct field *field = find_field(to->plan->flow->fields, list);
	const struct field *key = find_field(field->columns, column);
	struct rows *rows = field_rows_at(field, &to->plan->answers->record);
	struct record *row;

	for (size_t i = 0; i < rows->count; i++) {
		const char *own = field_own_text(key, rows->items[i]);

		if (own && host_equal(own, host))
			return rows->items[i];
	}
	if (to->compares)
		return NULL;
	row = plan_new_record(to->plan, field);
	if (!field_store(key, to->plan, row, host, NULL))
		return NULL;
	rows_insert(to->plan, rows, rows->count, row);
	to->filled++;
	return row;
}

/* ---- servers ---- */

static const char *roles_text(const struct proposals *to, unsigned roles)
{
	const struct choice *choices = to->plan->flow->roles;
	struct strbuf text = STRBUF_INIT;
	const char *kept;

	for (unsigned i = 0; choices[i].id; i++) {
		if (roles & 1u << i)
			strbuf_printf(&text, "%s%s", text.length ? ", " : "", choices[i].id);
	}
	kept = arena_strdup(to->plan->arena, strbuf_text(&text));
	strbuf_clear(&text);
	return kept;
}

static struct server *append(struct proposals *to, const char *name, unsigned roles)
{
	const struct field *list = to->plan->flow->servers;
	struct record *record = plan_new_record(to->plan, list);
	struct server *server = (struct server *)record;

	if (!field_store(fields_find(list->columns, "name"), to->plan, record, name, NULL))
		return NULL;
	server->roles = roles;
	rows_insert(to->plan, &to->plan->answers->servers, plan_server_count(to->plan), record);
	to->filled++;
	return server;
}

static bool is_in(const struct host_names *names, const char *host)
{
	for (size_t i = 0; i < names->count; i++) {
		if (host_equal(names->items[i], host))
			return true;
	}
	return false;
}

static void miss(struct proposals *to, const char *name, unsigned roles, const char *from, enum weight weight)
{
	struct report report = plan_report(to->plan, &to->plan->answers->record, to->plan->flow->servers, to->diags);

	if (weight == WEIGHT_NONE || is_in(&to->missing, name))
		return;
	host_names_add(to, &to->missing, name);
	report_add(&report, weight == WEIGHT_ERROR ? SEV_ERROR : SEV_WARNING, "facts-server-missing",
		   "Add it to the plan: scupgrade set PLAN --from FACTS",
		   "The plan has no server \"%s\", which is %s by the facts of %s.", name, roles_text(to, roles), from);
}

static void compare_roles(struct proposals *to, const struct server *server, unsigned roles, const char *from)
{
	const struct field *field = fields_find(to->plan->flow->servers->columns, "roles");
	struct report report = plan_report(to->plan, &server->record, field, to->diags);

	if (!(roles & ~server->roles) || is_in(&to->told, server->name))
		return;
	host_names_add(to, &to->told, server->name);
	report_add(&report, SEV_WARNING, "facts-roles", "Give the server all its roles, or find out why they differ.",
		   "The plan says that %s is %s, but the facts of %s say %s.", server->name,
		   roles_text(to, server->roles), from, roles_text(to, roles));
}

struct server *propose_server(struct proposals *to, const char *name, unsigned roles, const char *from,
			      enum weight weight)
{
	/* A plan that is filled is ours to change. */
	struct server *server = (struct server *)(uintptr_t)plan_find_server(to->plan, name);

	if (!name || !*name)
		return NULL;
	if (!server && to->compares) {
		miss(to, name, roles, from, weight);
		return NULL;
	}
	if (!server)
		return append(to, name, roles);
	if (to->compares) {
		compare_roles(to, server, roles, from);
	} else if ((roles & ~server->roles) &&
		   (server->record.position >= to->own || !to->answered[server->record.position])) {
		to->filled++;
		server->roles |= roles;
		plan_names_changed(to->plan);
	}
	return server;
}

void host_names_add(struct proposals *to, struct host_names *names, const char *name)
{
	names->items = arena_grow(to->plan->arena, names->items, names->count, &names->room, sizeof(*names->items));
	names->items[names->count++] = name;
}

static const char *host_name_at(const void *data, size_t index)
{
	return ((const struct host_names *)data)->items[index];
}

void propose_no_others(struct proposals *to, unsigned roles, const struct host_names *names, const char *from)
{
	struct hosttable *table;

	if (!to->compares)
		return;
	table = hosttable_new(names->count, host_name_at, names);
	for (size_t i = 0; i < names->count; i++)
		hosttable_add(table, i);
	for (size_t i = 0; i < plan_server_count(to->plan); i++) {
		const struct server *server = plan_server(to->plan, i);
		struct report report = plan_report(to->plan, &server->record,
						   fields_find(to->plan->flow->servers->columns, "name"), to->diags);

		if (server->name && server_has(server, roles) && hosttable_find(table, server->name) == NAME_NONE)
			report_add(&report, SEV_WARNING, "facts-server-surplus",
				   "Take it out of the plan, or find out why they differ.",
				   "The plan has the server \"%s\" as %s, but by the facts of %s there is none.",
				   server->name, roles_text(to, server->roles & roles), from);
	}
	hosttable_free(table);
}

void propose_nothing(struct proposals *to, const char *key, const char *hint, const char *what)
{
	if (!to->compares)
		diags_add(to->diags, SEV_NOTE, "facts-silent", (struct place){ to->plan->file, 0, 0 }, key, hint, "%s",
			  what);
}

/* ---- the two ---- */

size_t plan_fill(struct plan *plan, const struct facts *facts, struct diags *diags)
{
	struct proposals to = { .plan = plan, .facts = facts, .diags = diags, .own = plan_server_count(plan) };

	to.answered = xcalloc(to.own + 1, sizeof(*to.answered));
	for (size_t i = 0; i < to.own; i++)
		to.answered[i] = plan_server(plan, i)->roles != 0;
	if (facts && plan->flow->propose)
		plan->flow->propose(&to);
	free(to.answered);
	return to.filled;
}

void plan_compare(const struct plan *plan, const struct facts *facts, struct host_names *missing, struct diags *diags)
{
	/* Who compares changes nothing. */
	struct proposals to = { .plan = (struct plan *)(uintptr_t)plan, .facts = facts, .diags = diags,
				.compares = true };

	if (facts && plan->flow->propose)
		plan->flow->propose(&to);
	if (missing)
		*missing = to.missing;
}
