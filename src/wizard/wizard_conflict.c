/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The question that comes when the plan's file is not what this wizard read or wrote: its words, and what was agreed
 * to.
 *
 * A yes is about what was there when the question was put. What comes after it is asked about again.
 */
#include "wizard/wizard_private.h"

#include "core/text.h"

const struct conflict_choice conflict_choices[CONFLICT_ANSWER_COUNT] = {
	[CONFLICT_REPLACE] = { "Replace", "replace" },
	[CONFLICT_LEAVE] = { "Leave", "leave" },
	[CONFLICT_SAVE_AS] = { "Save as", "as" },
};

#define CHOICES                                                                                                        \
	"\n\nReplace writes this plan there and keeps what it replaces beside it, with ~ at the end of its name. "    \
	"Leave writes nothing. Save as asks for another name."

/* What happened to the file, after its name. */
static const char *what_happened(const struct wizard *wizard, const struct file_identity *found)
{
	bool known = str_eq(wizard->conflict_path, wizard->source_path) && wizard->source.identity.exists;

	if (!known)
		return "is there already and holds another plan, or something else.";
	if (!found->exists)
		return wizard->resumed_older ? "is gone: it was there when the draft was begun."
					     : "is gone: somebody removed it after it was read here.";
	return wizard->resumed_older ? "was changed by somebody else after this draft was begun."
				     : "was changed by somebody else after it was read here.";
}

static void put_question(struct wizard *wizard)
{
	const struct file_identity *found = &wizard->conflict_found;

	strbuf_reset(&wizard->conflict_text);
	text_visible(&wizard->conflict_text, wizard->conflict_path);
	strbuf_printf(&wizard->conflict_text, " %s", what_happened(wizard, found));
	strbuf_puts(&wizard->conflict_text, found->exists ? CHOICES
							  : "\n\nReplace writes this plan there again. Leave writes "
							    "nothing. Save as asks for another name.");
}

void wizard_keep_conflict(struct wizard *wizard, enum save_result result, const struct plan_saving *saving)
{
	wizard->may_replace = false;
	wizard->conflict = result == SAVE_EXISTS || result == SAVE_CHANGED;
	if (save_is_done(result))
		wizard->resumed_older = false;
	if (!wizard->conflict)
		return;
	wizard->conflict_path = arena_strdup(wizard->arena, wizard_plan_path(wizard));
	wizard->conflict_found = saving->found;
	put_question(wizard);
}

const char *wizard_conflict(const struct wizard *wizard)
{
	return wizard->conflict ? strbuf_text(&wizard->conflict_text) : NULL;
}

void wizard_answer_conflict(struct wizard *wizard, enum conflict_answer answer, const char *path)
{
	wizard->conflict = false;
	wizard->may_replace = answer == CONFLICT_REPLACE;
	if (answer == CONFLICT_SAVE_AS)
		wizard_set_plan_path(wizard, path);
}

bool wizard_others(const struct wizard *wizard, struct strbuf *out)
{
	if (!wizard->others.length)
		return false;
	text_visible(out, wizard->source_path);
	strbuf_puts(out, " is open elsewhere too, in ");
	text_visible(out, strbuf_text(&wizard->others));
	strbuf_puts(out, ". The second one who saves is asked what to do with the other's changes.");
	return true;
}
