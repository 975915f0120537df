/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The checklist: a step has failed, and its log says why. A path is typed, pasted, dropped on the terminal, or found by
 * browsing.
 */
#include "ui/view_steps.h"

/* DATA: the view. What cannot be read is said under the path, which stays to be corrected. */
static bool check_log(const struct strbuf *texts, void *data, struct strbuf *why)
{
	struct view *view = data;
	const struct steps_state *state = view->state;
	struct strbuf text = STRBUF_INIT;
	bool good = texts[0].length > 0;

	if (!good)
		strbuf_puts(why, "Say which log.");
	else if (!wizard_diagnose(view->wizard, state->list.at, strbuf_text(&texts[0]), 72, &text)) {
		strbuf_puts(why, strbuf_text(&text));
		good = false;
	}
	strbuf_clear(&text);
	return good;
}

static bool ask_path(struct view *view, struct strbuf *path)
{
	static const char *const labels[] = { "Log", NULL };

	return dialog_input(view->ui, "Read the log",
			    "A log that setup left, or a folder of them: type, paste or drop its path. Only this "
			    "program reads it, and passwords in it are not shown.",
			    labels, path, 1, check_log, view);
}

void steps_read_log(struct view *view)
{
	static const char *const ways[] = { "Type or paste", "Browse", "Leave it", NULL };
	const struct steps_state *state = view->state;
	const struct step *step = steps_current(view);
	struct strbuf path = STRBUF_INIT, text = STRBUF_INIT;
	int way;

	strbuf_printf(&text, "Where to look: %s\n\n", step->failure ? step->failure : "nothing is known.");
	strbuf_puts(&text, "The log, or a folder of logs, is read here, and what it says stands beside what to do.");
	way = dialog_ask(view->ui, step->title, strbuf_text(&text), ways, 0);
	strbuf_reset(&text);
	if (way == 1 && !dialog_browse(view->ui, "", &path))
		way = 2;
	if ((way == 0 || way == 1) && ask_path(view, &path)) {
		wizard_diagnose(view->wizard, state->list.at, strbuf_text(&path), 72, &text);
		dialog_text(view->ui, "What the log says", strbuf_text(&text));
	}
	strbuf_clear(&path);
	strbuf_clear(&text);
}
