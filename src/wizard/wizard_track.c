/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The wizard's hold on the record of what was done. A record belongs to a saved plan: what is only in memory
 * has no name that others could track it by.
 */
#include "wizard/wizard_private.h"

#include "core/text.h"

bool wizard_tracks(const struct wizard *wizard)
{
	return wizard->options.track;
}

/* The file says what was read or saved here last, be it in other words. */
static bool says_the_same(struct wizard *wizard)
{
	struct plan_source source = { 0 };
	struct diags ignored = DIAGS_INIT;
	struct plan *plan = NULL;
	bool same = plan_load(wizard->source_path, &plan, &source, &ignored) == LOAD_OK &&
		    (digest_equal(&source.identity.digest, &wizard->source.identity.digest) ||
		     str_eq(strbuf_text(&source.text), strbuf_text(&wizard->baseline)));

	plan_free(plan);
	plan_source_clear(&source);
	diags_clear(&ignored);
	return same;
}

/* Looks at the file when something has happened to it. */
static bool is_on_disk(struct wizard *wizard)
{
	uint64_t stamp = platform_log_stamp(wizard->source_path);

	if (stamp != wizard->plan_stamp || !stamp) {
		wizard->plan_is_there = says_the_same(wizard);
		wizard->plan_stamp = stamp;
	}
	return wizard->plan_is_there;
}

bool wizard_is_saved(struct wizard *wizard)
{
	return wizard->source.identity.exists && str_eq(wizard->source_path, wizard_plan_path(wizard)) &&
	       !wizard_changed(wizard);
}

bool wizard_plan_moved(struct wizard *wizard)
{
	return wizard_is_saved(wizard) && !is_on_disk(wizard);
}

static bool check_saved(struct wizard *wizard)
{
	struct strbuf path = STRBUF_INIT;
	bool saved = wizard_is_saved(wizard);

	text_visible(&path, wizard_plan_path(wizard));
	if (!saved)
		wizard_finding(&wizard->tracked, SEV_ERROR, "plan-not-saved", "",
			       "Save the plan; its record stands beside it.",
			       "Nothing can be recorded yet: the plan is not saved as %s.", strbuf_text(&path));
	else if (!is_on_disk(wizard))
		wizard_finding(&wizard->tracked, SEV_ERROR, "plan-moved", "",
			       "Read the plan again: the steps are those that it has now.",
			       "Nothing is recorded any more: %s is another plan, or gone, since it was read here.",
			       strbuf_text(&path));
	strbuf_clear(&path);
	return saved && wizard->plan_is_there;
}

static size_t steps_page(const struct wizard *wizard)
{
	size_t page = 0;

	while (wizard->plan->flow->pages[page] && wizard->plan->flow->pages[page]->kind != PAGE_STEPS)
		page++;
	return page;
}

/* PLAN in the place of the one that was tracked, at its steps. */
static void take_plan(struct wizard *wizard, struct plan *plan, struct plan_source *source)
{
	wizard_replace_plan(wizard, plan);
	plan_source_clear(&wizard->source);
	wizard->source = *source;
	wizard_set_baseline(wizard);
	wizard->plan_stamp = 0;
	wizard->page = steps_page(wizard);
	for (size_t i = 0; i <= wizard->page; i++)
		wizard->marks[i].visited = wizard_page_applies(wizard, i, false);
}

bool wizard_reread_plan(struct wizard *wizard, struct diags *diags)
{
	struct plan_source source = { 0 };
	struct plan *plan = NULL;
	enum load_result loaded = plan_load(wizard->source_path, &plan, &source, diags);

	if (loaded == LOAD_MISSING)
		wizard_finding(diags, SEV_ERROR, "file-unreadable", "", "", "The plan's file is gone.");
	if (loaded == LOAD_OK && validate_plan(plan, diags) && !diags->errors) {
		take_plan(wizard, plan, &source);
		return true;
	}
	plan_free(plan);
	plan_source_clear(&source);
	return false;
}

struct tracker *wizard_tracker(struct wizard *wizard, struct diags *diags)
{
	bool fits = wizard->tracker && str_eq(wizard->tracked_path, wizard_plan_path(wizard)) &&
		    is_on_disk(wizard);
	char now[21];

	if (!fits) {
		wizard_forget_tracker(wizard);
		if (check_saved(wizard)) {
			wizard_now(now);
			wizard->tracked_path = arena_strdup(wizard->arena, wizard_plan_path(wizard));
			wizard->tracker = tracker_open(wizard->plan, wizard_sequence(wizard), wizard->tracked_path,
						       wizard_facts(wizard), now, &wizard->tracked);
			if (wizard->tracker)
				tracker_use_text(wizard->tracker, wizard_canonical(wizard));
		}
	}
	if (wizard->tracker) {
		wizard_now(now);
		tracker_use_records(wizard->tracker, wizard_facts(wizard), now, &wizard->tracked);
		tracker_use_checks(wizard->tracker, wizard_facts(wizard) ? wizard_checks(wizard) : NULL);
	}
	if (diags)
		diags_add_all(diags, &wizard->tracked);
	return wizard->tracker;
}

/* Many pages ask: the steps of a large group are not made before one of them can be done. */
bool wizard_is_complete(struct wizard *wizard)
{
	const struct sequence *sequence;
	struct tracker *tracker;
	size_t settled = 0;

	/* A record or facts tell of what is done. Without them no step is worked out, be it for the title of a page. */
	if (!wizard_is_fixed(wizard) && !wizard_facts(wizard))
		return false;
	sequence = wizard_sequence(wizard);
	tracker = wizard_tracker(wizard, NULL);
	while (settled < sequence->count && tracker_is_settled(tracker, settled))
		settled++;
	return tracker && settled == sequence->count;
}

const char *wizard_page_title(struct wizard *wizard, const struct page *page)
{
	const char *title = page->title;

	if (page->open_title && !wizard_is_complete(wizard))
		title = wizard_has_written(wizard) ? page->open_title : page->unwritten_title;
	return table_text(wizard->plan, title);
}
