/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The inside of the checklist: view_steps.c (what is up to date, what is recorded), view_steps_draw.c and the words in
 * view_steps_words.c. Nobody else includes it.
 */
#ifndef SCUPGRADE_VIEW_STEPS_H
#define SCUPGRADE_VIEW_STEPS_H

#include "ui/filter.h"
#include "ui/sheet.h"
#include "ui/view.h"

struct steps_state {
	struct listing list;     /* of the steps, by their index */
	struct filter filter;    /* of the steps */
	struct tracker *tracker; /* as last asked for; NULL: nothing can be recorded, FOUND says why */
	struct diags found;      /* what opening the record found */
	struct strbuf trouble;   /* why it could not be read again; empty: it could be */
	enum shell shell;
	char now[21];
	struct strbuf help;
	enum action actions[16]; /* as last asked for */
	bool lost;               /* the step of the pointer is none any more, and no key has come since */
};

const struct step *steps_current(struct view *view); /* NULL: there is none */

/* The command line or the script of STEP; false: OUT says why there is none. */
bool steps_put_run(struct view *view, const struct step *step, struct strbuf *out);
/* What stands before that: "Run (cmd)", "Run", "Do". */
void steps_put_label(struct view *view, const struct step *step, struct strbuf *out);
/* Everything about STEP, in paragraphs. */
void steps_put_all(struct view *view, size_t step, struct strbuf *out);
/* "done by anna 09:38", "waits for: ..."; without a tracker nothing. */
void steps_put_situation(const struct steps_state *state, size_t step, struct strbuf *out);
/* The note of STEP with who added it. */
void steps_put_note(const struct steps_state *state, size_t step, struct strbuf *out);
/* Takes facts that changed (SURELY: looks into every file of them), and stays on its step. Not while a step is held.
 * What a key would do to a step that is none any more must not be done to another: it is LOST. True: draw again. */
bool steps_follow_facts(struct view *view, bool surely);
void steps_read_log(struct view *view);                      /* asks for a log of the step, and shows what it says */
void steps_put_files(struct view *view, struct strbuf *out); /* what was written, with SHA-256 */

const enum action *steps_actions(struct view *view);         /* what works now, the most useful first */

void steps_update_filter(struct view *view); /* to the steps as they are */
void steps_draw(struct view *view, struct canvas *canvas, struct rect body);

#endif
