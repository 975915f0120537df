/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Scopes, and the slots in the texts of tables.
 */
#include "model/scope.h"

#include "model/release.h"

struct scope scope_of(const struct plan *plan, struct arena *arena)
{
	return (struct scope){ .plan = plan,
			       .hop = plan_hop(plan),
			       .record = &plan->answers->record,
			       .facts = plan->facts,
			       .arena = arena };
}

struct scope scope_on(const struct scope *scope, const struct server *server)
{
	struct scope narrow = *scope;

	narrow.server = server;
	narrow.record = server ? &server->record : &scope->plan->answers->record;
	return narrow;
}

struct scope scope_in(const struct plan *plan, const struct record *record)
{
	struct scope scope = scope_of(plan, plan->arena);

	scope.record = record;
	return scope;
}

/* ---- slots ---- */

static const char *server_name(const struct scope *scope)
{
	return scope->server ? scope->server->name : NULL;
}

static const char *source_brief(const struct scope *scope)
{
	return scope->hop->source->brief;
}

static const char *target_brief(const struct scope *scope)
{
	return scope->hop->target->brief;
}

/* What the product has to know of a release: a slot for each column that texts name. */
#define OF_RELEASE(function, row, column)                                                                              \
	static const char *function(const struct scope *scope)                                                         \
	{                                                                                                              \
		return scope->hop->row ? scope->hop->row->column : NULL;                                               \
	}
OF_RELEASE(target_product, after, name)
OF_RELEASE(upgrade_title, after, upgrade_title)
OF_RELEASE(server_build, after, server_build)
OF_RELEASE(agent_build, after, agent_build)
OF_RELEASE(windows, after, windows_text)
OF_RELEASE(workstations, after, workstations_text)
OF_RELEASE(sure_windows, after, sure_windows)
OF_RELEASE(agent_windows, after, agent_windows_text)
OF_RELEASE(folder, after, folder)
OF_RELEASE(account_title, after, account_title)
OF_RELEASE(server_core, after, core_text)
OF_RELEASE(sql, after, sql_text)
OF_RELEASE(net, after, net_text)
OF_RELEASE(powershell, after, powershell)
OF_RELEASE(tls_rollup, after, tls_rollup)
OF_RELEASE(minimum_rollup, edge, minimum_rollup)
OF_RELEASE(recommended_rollup, edge, recommended_rollup)
OF_RELEASE(source_level, edge, level_text)

static const char *windows_doubt(const struct scope *scope)
{
	const struct product_release *after = scope->hop->after;

	return after && after->windows_doubt ? after->windows_doubt : "";
}

static const char *windows_safe(const struct scope *scope)
{
	const struct product_release *after = scope->hop->after;

	return after && after->sure_windows
		       ? arena_printf(scope->arena, " (%s is safe: the documents differ)", after->sure_windows)
		       : "";
}

/* The one that all documents name, else the newest. */
static const char *best_windows(const struct scope *scope)
{
	const struct product_release *after = scope->hop->after;
	const char *const *one = after ? after->windows : NULL;

	if (!one || after->sure_windows)
		return after ? after->sure_windows : NULL;
	while (one[1])
		one++;
	return *one;
}

/* Where one side's list is not known the other one alone is judged, and says so. */
static const char *one_side(const struct scope *scope)
{
	const struct hop *hop = scope->hop;

	if (!hop->before || hop->before->windows)
		return "";
	return arena_printf(scope->arena, " For %s no list was read: only %s is checked.",
			    hop->source->brief, hop->target->brief);
}

static const char *wanted_level(const struct scope *scope)
{
	const struct release_edge *edge = scope->hop->edge;
	const char *rollup = edge ? edge->recommended_rollup : NULL;

	if (edge && !rollup)
		rollup = edge->minimum_rollup;
	return rollup ? arena_printf(scope->arena, "update rollup %s or later", rollup) : "its newest update rollup";
}

/* Values come from tables or are a server's name: never what could look like a slot. */
struct slot {
	const char *name;                                   /* as it stands in texts, with its braces */
	const char *(*value_of)(const struct scope *scope); /* NULL: the scope has none */
};

enum { SLOT_SERVER };

static const struct slot slots[] = {
	[SLOT_SERVER] = { "{server}", server_name },
	{ "{source}", source_brief },
	{ "{target}", target_brief },
	{ "{target-product}", target_product },
	{ "{upgrade-title}", upgrade_title },
	{ "{server-build}", server_build },
	{ "{agent-build}", agent_build },
	{ "{windows}", windows },
	{ "{workstations}", workstations },
	{ "{sure-windows}", sure_windows },
	{ "{windows-safe}", windows_safe },
	{ "{best-windows}", best_windows },
	{ "{one-side}", one_side },
	{ "{wanted-level}", wanted_level },
	{ "{windows-doubt}", windows_doubt },
	{ "{agent-windows}", agent_windows },
	{ "{folder}", folder },
	{ "{account-title}", account_title },
	{ "{server-core}", server_core },
	{ "{sql}", sql },
	{ "{net}", net },
	{ "{powershell}", powershell },
	{ "{tls-rollup}", tls_rollup },
	{ "{minimum-rollup}", minimum_rollup },
	{ "{recommended-rollup}", recommended_rollup },
	{ "{source-level}", source_level },
};

/* The value of the slot that TEXT begins with, and its LENGTH in TEXT; NULL: none begins here. */
static const char *slot_value(const struct scope *scope, const char *text, size_t *length)
{
	for (size_t i = 0; i < ARRAY_LEN(slots); i++) {
		*length = strlen(slots[i].name);
		if (strncmp(text, slots[i].name, *length) == 0)
			return slots[i].value_of(scope);
	}
	return NULL;
}

static const char *fill(const struct scope *scope, const char *text)
{
	struct strbuf filled = STRBUF_INIT;
	const char *value, *result, *from = text;
	size_t length;

	for (const char *at = strchr(text, '{'); at; at = strchr(at, '{')) {
		value = slot_value(scope, at, &length);
		if (!value) {
			at++;
			continue;
		}
		strbuf_add(&filled, from, (size_t)(at - from));
		strbuf_puts(&filled, value);
		from = at += length;
	}
	if (from == text)
		return text;
	strbuf_puts(&filled, from);
	result = arena_strdup(scope->arena, strbuf_text(&filled));
	strbuf_clear(&filled);
	return result;
}

const char *table_text(const struct plan *plan, const char *text)
{
	const char *filled;
	struct filled_text *kept;
	struct scope scope;

	if (!text || !strchr(text, '{'))
		return text;
	scope = scope_of(plan, plan->arena);
	for (kept = plan->filled->next; kept; kept = kept->next) {
		if (kept->text == text && kept->source == scope.hop->source && kept->target == scope.hop->target)
			return kept->filled;
	}
	filled = fill(&scope, text);
	if (filled == text)
		return text;
	kept = arena_alloc(plan->arena, sizeof(*kept));
	*kept = (struct filled_text){ text, filled, scope.hop->source, scope.hop->target, plan->filled->next };
	plan->filled->next = kept;
	return filled;
}

/* Few texts name the server: all others are made once for all servers. */
const char *scope_fill(const struct scope *scope, const char *text)
{
	if (text && scope->server && strstr(text, slots[SLOT_SERVER].name))
		return fill(scope, text);
	return table_text(scope->plan, text);
}

struct server_text server_text(const struct scope *scope, const char *text)
{
	const char *slot = slots[SLOT_SERVER].name, *filled = table_text(scope->plan, text);
	const char *at = filled ? strstr(filled, slot) : NULL;

	if (!at)
		return (struct server_text){ filled, NULL };
	return (struct server_text){ arena_strndup(scope->arena, filled, (size_t)(at - filled)), at + strlen(slot) };
}

const char *server_text_fill(const struct server_text *text, const struct scope *scope)
{
	if (!text->behind)
		return text->before;
	return arena_join(scope->arena, text->before, scope->server->name, fill(scope, text->behind));
}
