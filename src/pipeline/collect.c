/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Runs the probe and reads the facts.
 */
#include "pipeline/collect.h"

#include "os/platform.h"
#include "pipeline/collect_here.h"

static const char slot[] = "{server}";

static void look_at(const char *name, void *data)
{
	(void)name;
	(void)data;
}

static bool is_folder(const char *path)
{
	const char *why;

	return platform_list_files(path, look_at, NULL, &why);
}

struct facts_search {
	struct strbuf *out;
	size_t count;
};

static void keep_folder(const char *name, void *data)
{
	static const char ending[] = ".facts";
	struct facts_search *search = data;
	size_t length = strlen(name);

	if (length <= strlen(ending) || !str_eq(name + length - strlen(ending), ending))
		return;
	strbuf_reset(search->out);
	strbuf_puts(search->out, name);
	search->count++;
}

bool facts_found(const char *plan, struct strbuf *out)
{
	struct facts_search search = { out, 0 };
	const char *why;
	bool found;

	if (plan) {
		facts_beside(plan, out);
		found = is_folder(strbuf_text(out));
	} else {
		found = platform_list_folders(".", keep_folder, &search, &why) && search.count == 1;
	}
	if (!found)
		strbuf_reset(out);
	return found;
}

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
		(void)collect_here(plan_server(plan, i)->name, collect->facts_path, now, collect->own, diags);
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

		if (length > ending && str_ends(plan, endings[i])) {
			length -= ending;
			break;
		}
	}
	strbuf_printf(out, "%.*s.facts", (int)length, plan);
}
