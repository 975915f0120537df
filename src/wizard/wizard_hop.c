/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The wizard and the releases: what the page that chooses them says, when they stay, and the plan of the next hop.
 */
#include "wizard/wizard_private.h"

#include "core/text.h"
#include "pipeline/next.h"
#include "pipeline/road.h"

/* ---- pages ---- */

/* The pages on the way are counted, that after the prerequisites from the start, for nobody gets past them without it;
 * one aside goes with the page behind it, which leads to it. */
static size_t count_until(const struct wizard *wizard, const struct page *page)
{
	const struct page *const *at = wizard->plan->flow->pages;
	size_t count = 0;

	for (; *at && *at != page; at++)
		count += !(*at)->aside && page_applies(*at, wizard->plan);
	return count;
}

size_t wizard_page_number(const struct wizard *wizard, const struct page *page)
{
	return count_until(wizard, page) + 1;
}

size_t wizard_page_total(const struct wizard *wizard)
{
	return count_until(wizard, NULL);
}

const struct page *wizard_page_numbered(struct wizard *wizard, size_t number)
{
	const struct page *const *pages = wizard->plan->flow->pages;

	for (size_t i = 0; pages[i]; i++) {
		if (!pages[i]->aside && wizard_page_number(wizard, pages[i]) == number)
			return wizard_page_applies(wizard, i, false) ? pages[i] : NULL;
	}
	return NULL;
}

const char *wizard_page_intro(struct wizard *wizard, const struct page *page)
{
	const char *intro = table_text(wizard->plan, page->intro), *story;
	char today[11];

	if (!page->chooses)
		return intro;
	arena_free(wizard->intro_arena);
	wizard->intro_arena = arena_new();
	wizard_today(today);
	story = road_story(wizard->plan, wizard_facts(wizard), wizard_is_fixed(wizard), today, wizard->intro_arena);
	return intro ? arena_printf(wizard->intro_arena, "%s %s", intro, story) : story;
}

void wizard_answer_release(struct wizard *wizard)
{
	(void)road_answer(wizard->plan, wizard_facts(wizard));
}

/* ---- what stays ---- */

static bool has_record(const char *plan_path)
{
	struct strbuf path = STRBUF_INIT, bytes = STRBUF_INIT;
	struct diags unheard = DIAGS_INIT;
	struct file_identity identity;
	struct journal journal = { 0 };
	const char *why;
	bool has = false;

	journal_path(plan_path, &path);
	if (platform_read(strbuf_text(&path), JOURNAL_LIMIT, &bytes, &identity, &why) == FILE_OK) {
		journal_parse(&journal, strbuf_text(&path), strbuf_text(&bytes), bytes.length, &unheard);
		has = journal.count > 0;
	}
	journal_clear(&journal);
	diags_clear(&unheard);
	strbuf_clear(&bytes);
	strbuf_clear(&path);
	return has;
}

/* Only what was read or saved has a record. One that this wizard has open tells for itself; else the file is looked at
 * once, for a plan with changes has no tracker. */
bool wizard_is_fixed(struct wizard *wizard)
{
	if (wizard->options.track)
		return true;
	if (!wizard->begun && wizard->tracker && tracker_begun(wizard->tracker))
		wizard->begun = true;
	if (!wizard->begun && !wizard->begun_known && wizard->source.identity.exists) {
		wizard->begun = has_record(wizard->source_path);
		wizard->begun_known = true;
	}
	return wizard->begun;
}

/* ---- the next hop ---- */

static const struct release_edge *edge_after(struct wizard *wizard, struct diags *diags)
{
	struct report to = plan_report(wizard->plan, wizard_record(wizard), NULL, diags);

	return next_edge(wizard->plan, &to);
}

bool wizard_has_next(struct wizard *wizard, const char **what)
{
	struct diags unheard = DIAGS_INIT;
	const struct release_edge *edge = wizard_is_complete(wizard) ? edge_after(wizard, &unheard) : NULL;

	if (edge && what)
		*what = arena_printf(wizard->plan->arena, "%s to %s", release_find(edge->from)->brief,
				     release_find(edge->to)->brief);
	diags_clear(&unheard);
	return edge != NULL;
}

static bool save_next(struct wizard *wizard, const struct release_edge *edge, struct strbuf *note)
{
	struct plan *next = next_plan(wizard->plan, edge);
	const char *left_out = next_left_out(wizard->plan, next, next->arena);
	struct plan_source source = { .text = STRBUF_INIT };
	struct plan_saving saving = { .wait = wizard->wait };
	struct strbuf path = STRBUF_INIT;
	enum save_result result;

	next_path(wizard->plan, wizard_plan_path(wizard), edge, &path);
	result = plan_save(next, strbuf_text(&path), &source, &saving);
	text_visible(note, strbuf_text(&path));
	if (save_is_done(result))
		strbuf_printf(note, " is the plan from %s to %s. %s", release_find(edge->from)->brief,
			      release_find(edge->to)->brief, saving.note);
	else if (result == SAVE_EXISTS || result == SAVE_CHANGED)
		strbuf_puts(note, " is there already; nothing was written.");
	else
		strbuf_printf(note, " cannot be written: %s.", saving.why);
	if (save_is_done(result) && *left_out)
		strbuf_printf(note, "%sTo be answered again: %s.", *saving.note ? " " : "", left_out);
	if (save_is_done(result))
		wizard->next_plan = arena_strdup(wizard->arena, strbuf_text(&path));
	plan_source_clear(&source);
	strbuf_clear(&path);
	plan_free(next);
	return save_is_done(result);
}

const char *wizard_next_plan(const struct wizard *wizard)
{
	return wizard->next_plan;
}

bool wizard_write_next(struct wizard *wizard, struct strbuf *note)
{
	struct diags diags = DIAGS_INIT;
	const struct release_edge *edge;
	bool saved = false;

	if (!wizard_is_complete(wizard)) {
		strbuf_puts(note, "Steps are open: the next plan comes when all are done.");
		return false;
	}
	edge = edge_after(wizard, &diags);
	if (edge)
		saved = save_next(wizard, edge, note);
	else if (diags.count)
		strbuf_puts(note, diags.items[0].text);
	diags_clear(&diags);
	return saved;
}
