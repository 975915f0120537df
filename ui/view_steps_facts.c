/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The checklist: facts that come while it is open, from servers whose steps were done by a script, or from one that
 * was put right.
 */
#include "ui/view_steps.h"

#include "core/text.h"

/* COUNT of them: there is none with that id. */
static size_t place_of(struct view *view, const char *id)
{
	const struct sequence *sequence = wizard_sequence(view->wizard);
	size_t place = 0;

	while (place < sequence->count && !str_eq(sequence->items[place].id, id))
		place++;
	return place;
}

bool steps_follow_facts(struct view *view, bool surely)
{
	struct steps_state *state = view->state;
	const struct step *step = steps_current(view);
	struct strbuf id = STRBUF_INIT, said = STRBUF_INIT;
	enum followed followed;

	strbuf_puts(&id, step ? step->id : "");
	followed = wizard_follow_facts(view->wizard, surely, &said);
	if (followed == FOLLOWED_STEPS) {
		size_t place = place_of(view, strbuf_text(&id));
		bool there = place < wizard_sequence(view->wizard)->count;

		state->lost = state->lost || !there;
		state->list.at = there ? place : 0;
		steps_update_filter(view);
	}
	if (followed != FOLLOWED_NOTHING)
		ui_say(view->ui, strbuf_text(&said));
	strbuf_clear(&id);
	strbuf_clear(&said);
	return followed != FOLLOWED_NOTHING;
}
