/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Runs the probe and reads the facts.
 */
#include "pipeline/collect.h"

#include "os/platform.h"
#include "pipeline/collect_here.h"

static const char slot[] = "{server}";

static void fill_slots(const char *probe, const char *name, struct strbuf *command)
{
	for (const char *at = strstr(probe, slot); at; at = strstr(probe, slot)) {
		strbuf_add(command, probe, (size_t)(at - probe));
		strbuf_puts(command, name);
		probe = at + strlen(slot);
	}
	strbuf_puts(command, probe);
}

static void probe_server(const struct collect *collect, const struct server *server, struct diags *diags)
{
	struct strbuf command = STRBUF_INIT, said = STRBUF_INIT;
	struct place nowhere = { NULL, 0, 0 };
	const char *why = "", *name = server->name ? server->name : "";

	if (!collect_takes_name(name)) {
		diags_add(diags, SEV_WARNING, "probe-name", nowhere, name, "Collect its facts by hand.",
			  "The probe is not run for a name with other characters than letters, digits, dots and "
			  "hyphens.");
		return;
	}
	fill_slots(collect->probe, name, &command);
	if (!platform_run(strbuf_text(&command), PROBE_SECONDS, &said, &why)) {
		const char *line = collect_last_line(&said);
		diags_add(diags, SEV_WARNING, "probe-failed", nowhere, name, line, "The probe failed: %s.", why);
	}
	strbuf_clear(&command);
	strbuf_clear(&said);
}

bool collect_facts(const struct collect *collect, const struct plan *plan, struct facts **facts, struct diags *diags)
{
	size_t servers = plan_server_count(plan);
	char now[21];
	bool ok = true;

	*facts = NULL;
	collect->clock(now);
	for (size_t i = 0; collect->own && i < servers; i++)
		(void)collect_here(plan_server(plan, i)->name, collect->facts_path, now, diags);
	for (size_t i = 0; collect->probe && i < servers; i++) {
		probe_server(collect, plan_server(plan, i), diags);
		if (!strstr(collect->probe, slot))
			break; /* one command for all of them */
	}
	if (!collect->facts_path)
		return true;
	collect->clock(now);
	ok = facts_load(collect->facts_path, now, facts, diags);
	if (*facts)
		facts_check(*facts, plan, diags);
	return ok;
}

void facts_beside(const char *plan, struct strbuf *out)
{
	static const char *const endings[] = { ".yaml", ".yml" };
	size_t length = strlen(plan);

	for (size_t i = 0; i < ARRAY_LEN(endings); i++) {
		size_t ending = strlen(endings[i]);

		if (length > ending && str_eq(plan + length - ending, endings[i])) {
			length -= ending;
			break;
		}
	}
	strbuf_printf(out, "%.*s.facts", (int)length, plan);
}
