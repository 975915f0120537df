/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Filling the plan: from facts, or the list of servers from a file. What is filled in is on a page that is open, so the
 * page is opened anew.
 */
#include "ui/dialog_servers.h"
#include "ui/loop_state.h"
#include "wizard/wizard_checks.h"

static void fill_servers(struct ui *ui, const char *path, struct strbuf *said, struct diags *found)
{
	struct incoming *incoming = incoming_load(ui->wizard, path, found);

	if (found->count)
		dialog_findings(ui, "Left out", found);
	if (incoming_open(incoming))
		dialog_servers(ui, incoming);
	incoming_finish(incoming, said);
	incoming_free(incoming);
}

static void use(struct ui *ui, const char *path)
{
	struct strbuf said = STRBUF_INIT;
	struct diags found = DIAGS_INIT;
	bool ok = true, facts = !is_server_file(path);

	if (facts)
		ok = wizard_fill(ui->wizard, path, &said, &found);
	else
		fill_servers(ui, path, &said, &found);
	navigate_reopen(ui);
	navigate_draft(ui);
	if (!ok)
		dialog_text(ui, "From facts", strbuf_text(&said));
	else
		ui_say(ui, strbuf_text(&said));
	if (ok && facts && found.count)
		dialog_findings_of(ui, "From facts", strbuf_text(&said), &found);
	diags_clear(&found);
	strbuf_clear(&said);
}

void navigate_facts(struct ui *ui)
{
	static const char *const labels[] = { "Folder or file", NULL };
	struct strbuf path = STRBUF_INIT;

	navigate_commit(ui);
	strbuf_puts(&path, wizard_facts_here(ui->wizard));
	if (dialog_input(ui, "Fill from facts",
			 "What the collector wrote: a folder or a file. It fills what is empty and adds servers; no "
			 "answer is changed. A file that lists servers, or a CSV file with name and roles, will do "
			 "too.",
			 labels, &path, 1, NULL, NULL) &&
	    path.length)
		use(ui, strbuf_text(&path));
	strbuf_clear(&path);
}

void navigate_offer_facts(struct ui *ui)
{
	static const char *const labels[] = { "Fill the plan", "Not now", NULL };
	const char *offer = wizard_facts_offer(ui->wizard);
	struct strbuf text = STRBUF_INIT;

	if (!offer)
		return;
	strbuf_printf(&text,
		      "There are facts in %s. They fill the plan: servers, roles, accounts, databases. Alt-F does it "
		      "later too.",
		      offer);
	if (dialog_ask(ui, "Facts are here", strbuf_text(&text), labels, 0) == 0)
		use(ui, offer);
	strbuf_clear(&text);
}
