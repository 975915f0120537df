/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Scopes, and the slots in the texts of tables. Layer 1.
 */
#include "model/scope.h"

#include "model/release.h"

struct scope scope_of(const struct plan *plan, struct arena *arena)
{
	return (struct scope){ .plan = plan, .hop = plan_hop(plan), .record = &plan->answers->record, .arena = arena };
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

/* Values come from tables or are a server's name: never what could look like a slot. */
struct slot {
	const char *name;                                   /* as it stands in texts, with its braces */
	const char *(*value_of)(const struct scope *scope); /* NULL: the scope has none */
};

static const struct slot slots[] = {
	{ "{server}", server_name },
	{ "{source}", source_brief },
	{ "{target}", target_brief },
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

const char *scope_fill(const struct scope *scope, const char *text)
{
	text = table_text(scope->plan, text);
	return text && scope->server ? fill(scope, text) : text;
}
