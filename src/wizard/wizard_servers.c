/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Lists of servers on their way into the plan.
 */
#include "wizard/wizard_servers.h"

#include "core/text.h"
#include "wizard/wizard_private.h"

enum { NAMES_SHOWN = 6 };

struct incoming {
	struct wizard *wizard;
	struct server_list list;
	struct server **open; /* those of the list that have no roles yet, in its order */
	bool *ticked;
	size_t count; /* of open */
	size_t skipped;
	unsigned roles;
	struct strbuf there;
};

static const char *name_of(const struct server *server)
{
	return server->name ? server->name : "";
}

/* Named alike, or by their names the same. */
static bool belongs(const struct flow *flow, const struct server *first, unsigned roles, const struct server *server)
{
	if (names_alike(name_of(first), name_of(server)))
		return true;
	return roles && roles_suggested(flow, name_of(server)) == roles;
}

static void propose_group(struct incoming *incoming)
{
	const struct flow *flow = incoming->wizard->plan->flow;

	incoming->roles = incoming->count ? roles_suggested(flow, name_of(incoming->open[0])) : 0;
	for (size_t i = 0; i < incoming->count; i++)
		incoming->ticked[i] = belongs(flow, incoming->open[0], incoming->roles, incoming->open[i]);
}

static void say_there(struct incoming *incoming)
{
	const struct server_list *list = &incoming->list;
	size_t count = list->there_count;

	if (!count)
		return;
	if (count == 1)
		strbuf_puts(&incoming->there, "1 name was there already:");
	else
		strbuf_printf(&incoming->there, "%zu names were there already:", count);
	for (size_t i = 0; i < count && i < NAMES_SHOWN; i++)
		strbuf_printf(&incoming->there, "%s %s", i ? "," : "", list->there[i]);
	strbuf_puts(&incoming->there, count > NAMES_SHOWN ? ", and others." : ".");
}

static struct incoming *incoming_new(struct wizard *wizard, const struct server_list *list)
{
	struct incoming *incoming = xcalloc(1, sizeof(*incoming));

	incoming->wizard = wizard;
	incoming->list = *list;
	incoming->open = xcalloc(list->count + 1, sizeof(struct server *));
	incoming->ticked = xcalloc(list->count + 1, sizeof(*incoming->ticked));
	for (size_t i = 0; i < list->count; i++) {
		struct server *server = (struct server *)list->rows[i];

		if (!server->roles)
			incoming->open[incoming->count++] = server;
	}
	say_there(incoming);
	propose_group(incoming);
	return incoming;
}

struct incoming *incoming_paste(struct wizard *wizard, const char *text, size_t length, struct diags *diags)
{
	struct server_list list;

	(void)server_list_read(wizard->plan, NULL, text, length, &list, diags);
	return incoming_new(wizard, &list);
}

struct incoming *incoming_load(struct wizard *wizard, const char *path, struct diags *diags)
{
	struct server_list list;

	(void)server_list_load(wizard->plan, arena_strdup(wizard->arena, path), &list, diags);
	return incoming_new(wizard, &list);
}

void incoming_free(struct incoming *incoming)
{
	if (!incoming)
		return;
	server_list_clear(&incoming->list);
	strbuf_clear(&incoming->there);
	free(incoming->open);
	free(incoming->ticked);
	free(incoming);
}

size_t incoming_open(const struct incoming *incoming)
{
	return incoming->count;
}

const char *incoming_name(const struct incoming *incoming, size_t index)
{
	return name_of(incoming->open[index]);
}

bool *incoming_ticked(struct incoming *incoming, size_t index)
{
	return &incoming->ticked[index];
}

size_t incoming_ticked_count(const struct incoming *incoming)
{
	size_t count = 0;

	for (size_t i = 0; i < incoming->count; i++)
		count += incoming->ticked[i];
	return count;
}

unsigned *incoming_roles(struct incoming *incoming)
{
	return &incoming->roles;
}

const char *incoming_there(const struct incoming *incoming)
{
	return strbuf_text(&incoming->there);
}

/* Those that are ticked are not asked about any more. */
static void close_ticked(struct incoming *incoming)
{
	size_t kept = 0;

	for (size_t i = 0; i < incoming->count; i++) {
		if (!incoming->ticked[i])
			incoming->open[kept++] = incoming->open[i];
	}
	incoming->count = kept;
	propose_group(incoming);
}

static const struct field *roles_field(const struct incoming *incoming)
{
	return fields_find(incoming->wizard->plan->flow->servers->columns, "roles");
}

/* Roles that no server can have together are said once, for the first one. */
static bool check_roles(struct incoming *incoming, struct server *server, struct diags *diags)
{
	const struct field *field = roles_field(incoming);
	unsigned before = server->roles;
	struct report to = { .diags = diags, .path = "servers" };
	bool ok;

	server->roles = incoming->roles;
	ok = field_check(field, incoming->wizard->plan, &server->record, &to);
	server->roles = before;
	return ok;
}

bool incoming_take(struct incoming *incoming, struct diags *diags)
{
	size_t first = 0;

	while (first < incoming->count && !incoming->ticked[first])
		first++;
	if (first == incoming->count) {
		wizard_finding(diags, SEV_ERROR, "list-ticked", "servers", "Space ticks a name, A all of them.",
			       "No name is ticked.");
		return false;
	}
	if (!check_roles(incoming, incoming->open[first], diags))
		return false;
	for (size_t i = first; i < incoming->count; i++) {
		if (incoming->ticked[i])
			incoming->open[i]->roles = incoming->roles;
	}
	close_ticked(incoming);
	return true;
}

void incoming_skip(struct incoming *incoming)
{
	incoming->skipped += incoming_ticked_count(incoming);
	close_ticked(incoming);
}

void incoming_finish(struct incoming *incoming, struct strbuf *said)
{
	struct server_list *list = &incoming->list;
	size_t kept = 0, left = incoming->count + incoming->skipped;

	for (size_t i = 0; i < list->count; i++) {
		if (((struct server *)list->rows[i])->roles)
			list->rows[kept++] = list->rows[i];
	}
	list->count = kept;
	if (kept) {
		server_list_add(incoming->wizard->plan, list);
		wizard_rows_changed(incoming->wizard, incoming->wizard->plan->flow->servers);
	}
	if (kept < 2)
		strbuf_puts(said, kept ? "1 server was added." : "No server was added.");
	else
		strbuf_printf(said, "%zu servers were added.", kept);
	if (left == 1)
		strbuf_puts(said, " 1 has no roles and was left out.");
	else if (left)
		strbuf_printf(said, " %zu have no roles and were left out.", left);
	if (incoming->there.length)
		strbuf_printf(said, " %s", strbuf_text(&incoming->there));
	list->count = 0;
	incoming->count = 0;
}

/* ---- one more like this ---- */

/* The digits of the first label that count: the last run of them. */
static void find_number(const char *name, size_t *from, size_t *to)
{
	size_t label = strcspn(name, ".");

	for (*to = label; *to > 0 && !(name[*to - 1] >= '0' && name[*to - 1] <= '9'); --*to)
		;
	for (*from = *to; *from > 0 && name[*from - 1] >= '0' && name[*from - 1] <= '9'; --*from)
		;
	if (*to == 0)
		*from = *to = label;
}

/* NAME with NUMBER in the place of its own, as many digits at least. */
static void put_name(struct strbuf *out, const char *name, size_t from, size_t to, unsigned long long number)
{
	strbuf_reset(out);
	strbuf_add(out, name, from);
	strbuf_printf(out, "%0*llu", (int)(to - from), number);
	strbuf_puts(out, name + to);
}

static void next_name(const struct plan *plan, const char *name, struct strbuf *out)
{
	unsigned long long number;
	size_t from, to;

	find_number(name, &from, &to);
	/* More digits than a number has: those at the end count. */
	if (to - from > 9)
		from = to - 9;
	number = to > from ? strtoull(name + from, NULL, 10) : 1;
	do
		put_name(out, name, from, to, ++number);
	while (plan_find_server(plan, strbuf_text(out)));
}

size_t wizard_row_repeat(struct wizard *wizard, const struct field *rows_field, size_t index)
{
	struct rows *rows = field_rows_at(rows_field, wizard_record(wizard));
	struct record *row = plan_copy_record(wizard->plan, rows_field, rows->items[index]);
	const struct field *first = rows_field->columns[0];
	const char *name = field_own_text(first, row);
	struct strbuf text = STRBUF_INIT;

	row->node = 0;
	if (name && rows_field == wizard->plan->flow->servers) {
		next_name(wizard->plan, name, &text);
		(void)field_store(first, wizard->plan, row, strbuf_text(&text), NULL);
	}
	rows_insert(wizard->plan, rows, index + 1, row);
	wizard_rows_changed(wizard, rows_field);
	strbuf_clear(&text);
	return index + 1;
}
