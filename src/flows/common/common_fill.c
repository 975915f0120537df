/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What the products' proposals from facts share. See common_fill.h.
 */
#include "flows/common/common_fill.h"

#include "core/text.h"

#define NAMES_LENGTH 300u

void fill_setting(struct proposals *to, struct record *record, const char *key, const char *value, const char *from,
		  enum weight weight)
{
	propose_value(to, &(struct proposal){ .record = record, .key = key, .value = value, .from = from,
					    .weight = weight });
}

void fill_answer(struct proposals *to, const char *key, const char *value, const char *from, enum weight weight)
{
	fill_setting(to, NULL, key, value, from, weight);
}

unsigned fill_roles(const struct plan *plan, const struct fact_set *set)
{
	const struct names *names = fact_names(set, &fact_install_roles);
	const struct choice *roles = plan->flow->roles;
	unsigned found = 0;

	for (size_t i = 0; names && i < names->count; i++) {
		for (unsigned bit = 0; roles[bit].id; bit++)
			found |= str_eq(roles[bit].id, names->items[i]) ? 1u << bit : 0;
	}
	return found;
}

void agree(struct agreed *agreed, const char *value, const char *from)
{
	if (!value || !*value)
		return;
	if (!agreed->value)
		*agreed = (struct agreed){ value, from, false };
	else
		agreed->differs = agreed->differs || !text_equal_fold(agreed->value, value);
}

void fill_tell_uncollected(struct proposals *to, unsigned roles)
{
	const struct plan *plan = proposals_plan(to);
	struct strbuf names = STRBUF_INIT;
	size_t more = 0;

	for (size_t i = 0; i < plan_server_count(plan); i++) {
		const struct server *server = plan_server(plan, i);

		if (!server->name || !server_has(server, roles) || facts_of(proposals_facts(to), server->name))
			continue;
		if (names.length < NAMES_LENGTH)
			strbuf_printf(&names, "%s%s", names.length ? ", " : "", server->name);
		else
			more++;
	}
	if (more)
		strbuf_printf(&names, " and %zu more", more);
	if (names.length)
		propose_nothing(to, "servers", "Run the collector there.",
				arena_printf(proposals_arena(to),
					     "No facts were collected on %s: what else is installed there is not "
					     "known.",
					     strbuf_text(&names)));
	strbuf_clear(&names);
}
