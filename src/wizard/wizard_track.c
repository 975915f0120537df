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

/* What was read or saved last is what stands there. */
static bool is_on_disk(const struct wizard *wizard)
{
	struct strbuf bytes = STRBUF_INIT;
	struct file_identity found;
	const char *why;
	bool same = platform_read(wizard->source_path, YAML_FILE_LIMIT, &bytes, &found, &why) == FILE_OK &&
		    digest_equal(&found.digest, &wizard->source.identity.digest);

	strbuf_clear(&bytes);
	return same;
}

/* The plan is in the file where it would be saved, and nothing was changed since. Where tracking is all there is,
 * nothing can be changed. */
static bool is_saved(struct wizard *wizard)
{
	if (wizard->options.track)
		return true;
	return wizard->source.identity.exists && str_eq(wizard->source_path, wizard_plan_path(wizard)) &&
	       !wizard_changed(wizard) && is_on_disk(wizard);
}

static bool check_saved(struct wizard *wizard)
{
	struct strbuf path = STRBUF_INIT;
	bool saved = is_saved(wizard);

	if (!saved) {
		text_visible(&path, wizard_plan_path(wizard));
		wizard_finding(&wizard->tracked, SEV_ERROR, "plan-not-saved", "",
			       "Save the plan; its record stands beside it.",
			       "Nothing can be recorded yet: the plan is not saved as %s.", strbuf_text(&path));
		strbuf_clear(&path);
	}
	return saved;
}

struct tracker *wizard_tracker(struct wizard *wizard, struct diags *diags)
{
	bool fits = wizard->tracker && str_eq(wizard->tracked_path, wizard_plan_path(wizard));
	char now[21];

	if (!fits) {
		wizard_forget_tracker(wizard);
		if (check_saved(wizard)) {
			wizard_now(now);
			wizard->tracked_path = arena_strdup(wizard->arena, wizard_plan_path(wizard));
			wizard->tracker = tracker_open(wizard->plan, wizard_sequence(wizard), wizard->tracked_path, now,
						       &wizard->tracked);
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

bool wizard_step_is_settled(struct wizard *wizard, size_t step)
{
	struct tracker *tracker = wizard_tracker(wizard, NULL);

	return tracker && tracker_is_settled(tracker, step);
}

bool wizard_is_complete(struct wizard *wizard)
{
	const struct sequence *sequence = wizard_sequence(wizard);
	struct tracker *tracker = wizard_tracker(wizard, NULL);
	size_t settled = 0;

	while (tracker && settled < sequence->count && tracker_is_settled(tracker, settled))
		settled++;
	return tracker && settled == sequence->count;
}

const char *wizard_page_title(struct wizard *wizard, const struct page *page)
{
	bool open = page->open_title && !wizard_is_complete(wizard);

	return table_text(wizard->plan, open ? page->open_title : page->title);
}
