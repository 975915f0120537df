/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Which upgrade a plan is about.
 */
#include "model/identity.h"

#include "core/json.h"
#include "model/flow.h"

static const char *stand_in(const struct plan *plan, struct arena *arena)
{
	struct scope scope = scope_of(plan, arena);

	return plan->flow->name_instead ? plan->flow->name_instead(&scope) : "";
}

static const char *name_of(const struct plan *plan, struct arena *arena)
{
	const struct field *field = plan->flow->name;
	const char *own = field ? field_own_text(field, &plan->answers->record) : NULL;

	return own ? own : stand_in(plan, arena);
}

struct upgrade_identity plan_identity(const struct plan *plan, struct arena *arena)
{
	const struct hop *hop = plan_hop(plan);

	return (struct upgrade_identity){ plan->flow->id, name_of(plan, arena), hop->source->id, hop->target->id };
}

const char *identity_words(struct arena *arena, const struct upgrade_identity *identity)
{
	return arena_printf(arena, "%s%s%s, %s to %s", identity->product, *identity->name ? " " : "", identity->name,
			    identity->source, identity->target);
}

void identity_json(struct strbuf *out, const struct upgrade_identity *identity)
{
	json_member(out, "{", "product", identity->product);
	json_member(out, ", ", "name", identity->name);
	json_member(out, ", ", "source", identity->source);
	json_member(out, ", ", "target", identity->target);
	strbuf_putc(out, '}');
}

void identity_record_key(struct strbuf *out, const struct upgrade_identity *identity)
{
	strbuf_printf(out, "SOFTWARE\\scupgrade\\%s\\", identity->product);
	for (const char *at = identity->name; *at; at++) {
		if (strchr("\\/%", *at))
			strbuf_printf(out, "%%%02X", (unsigned)*at);
		else
			strbuf_putc(out, *at);
	}
	strbuf_printf(out, "%s%s-%s", *identity->name ? "\\" : "", identity->source, identity->target);
}

void plan_keep_name(struct plan *plan)
{
	const struct field *field = plan->flow->name;
	const char *name = stand_in(plan, plan->arena);

	if (field && *name && !field_own_text(field, &plan->answers->record))
		field_store_kept(field, plan, &plan->answers->record, name, NULL);
}
