/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * "collect": runs the collector for the servers of a plan, where there is a Windows PowerShell.
 */
#include "cli/commands.h"
#include "os/platform.h"
#include "pipeline/collect.h"
#include "pipeline/collect_here.h"

static void facts_folder(const struct session *session, const char *plan, struct strbuf *out)
{
	if (session->options->facts)
		strbuf_puts(out, session->options->facts);
	else
		facts_beside(plan, out);
}

/* One server after the other: each takes its time, and who waits sees how far it is. */
static bool collect_one(const struct session *session, const char *name, const char *folder)
{
	struct diags diags = DIAGS_INIT;
	char now[21];
	bool ok;

	platform_time_utc(now);
	ok = collect_here(name, folder, now, platform_run, &diags);
	diags_print(&diags, session->err);
	diags_clear(&diags);
	if (ok)
		say(session, "%s: collected", name);
	return ok;
}

static int collect_named(const struct session *session, const struct plan *plan, const char *folder)
{
	const struct options *options = session->options;
	int status = EXIT_FINE;

	for (size_t i = 1; i < options->argument_count; i++) {
		const struct server *server = named_server(session, plan, options->arguments[i]);

		if (!server || !collect_one(session, server->name, folder))
			status = EXIT_PLAN;
	}
	for (size_t i = 0; options->argument_count == 1 && i < plan_server_count(plan); i++) {
		if (!collect_one(session, plan_server(plan, i)->name, folder))
			status = EXIT_PLAN;
	}
	return status;
}

int command_collect(const struct session *session)
{
	const char *path = session->options->arguments[0];
	struct strbuf folder = STRBUF_INIT;
	struct diags diags = DIAGS_INIT;
	struct plan *plan = NULL;
	int status;

	if (!platform_has_powershell()) {
		say(session,
		    "there is no Windows PowerShell here: run the collector on the servers instead; \"scupgrade "
		    "facts-script\" prints it");
		return EXIT_USE;
	}
	status = load_plan(session, path, &plan, &diags);
	sort_findings(&diags, path);
	diags_print(&diags, session->err);
	diags_clear(&diags);
	if (status != EXIT_FINE)
		return status;
	facts_folder(session, path, &folder);
	status = collect_named(session, plan, strbuf_text(&folder));
	if (status == EXIT_FINE)
		say(session, "use them with: --facts %s", strbuf_text(&folder));
	strbuf_clear(&folder);
	plan_free(plan);
	return status;
}
