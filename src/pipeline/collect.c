/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Runs the probe and reads the facts.
 */
#include "pipeline/collect.h"

#include "os/platform.h"

static const char slot[] = "{server}";

/* Stricter than what a host may be named: nothing that any shell looks at. */
static bool is_plain_name(const char *name)
{
	if (!name || !*name || *name == '-' || *name == '.')
		return false;
	for (const char *at = name; *at; at++) {
		bool letter = (*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z') || (*at >= '0' && *at <= '9');
		if (!letter && *at != '.' && *at != '-')
			return false;
	}
	return true;
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

/* The last line that is not empty: where commands say what went wrong. */
static const char *last_line(struct strbuf *said)
{
	size_t end = said->length;

	while (end && (said->data[end - 1] == '\n' || said->data[end - 1] == '\r' || said->data[end - 1] == ' '))
		end--;
	strbuf_truncate(said, end);
	const char *text = strbuf_text(said), *feed = strrchr(text, '\n');
	return feed ? feed + 1 : text;
}

static void probe_server(const struct collect *collect, const struct server *server, struct diags *diags)
{
	struct strbuf command = STRBUF_INIT, said = STRBUF_INIT;
	struct place nowhere = { NULL, 0, 0 };
	const char *why = "", *name = server->name ? server->name : "";

	if (!is_plain_name(name)) {
		diags_add(diags, SEV_WARNING, "probe-name", nowhere, name, "Collect its facts by hand.",
			  "The probe is not run for a name with other characters than letters, digits, dots and "
			  "hyphens.");
		return;
	}
	fill_slots(collect->probe, name, &command);
	if (!platform_run(strbuf_text(&command), PROBE_SECONDS, &said, &why)) {
		const char *line = last_line(&said);
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
