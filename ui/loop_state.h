/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The state of the loop, for loop_state.c (pictures, keys), loop.c (what a key does) and navigate.c (pages, saving,
 * leaving) alone.
 */
#ifndef SCUPGRADE_LOOP_STATE_H
#define SCUPGRADE_LOOP_STATE_H

#include "ui/frame.h"
#include "ui/loop.h"

#define LOOP_OVERLAYS 4

struct overlay {
	void (*draw)(struct ui *ui, struct canvas *canvas, void *data);
	void *data;
};

struct ui {
	struct wizard *wizard;
	struct terminal terminal;
	struct canvas canvas;
	struct view view;                        /* of the wizard's page; ops NULL: none is open */
	enum frame_button button;
	struct strbuf message;
	size_t *errors, error_count;             /* of each page, for the rail */
	struct overlay overlays[LOOP_OVERLAYS];
	size_t overlay_count;
	const struct page *answered;             /* where Enter on the summary led; NULL: nowhere, or one is back */
	bool all;                                /* the next picture goes to the terminal whole */
	bool mouse;
	bool typed;                              /* something was typed since the last draft */
	bool draft_due;                          /* one is kept when the next picture is there: it takes time */
	bool tell_no_draft, told_no_draft;       /* that none can be kept: it is to be told, it was */
	bool ended;
	enum front_result result;
	int signal;
	enum action clicked;                     /* what the last click in a dialog was on */
};

/* navigate.c */
void navigate_start(struct ui *ui);              /* offers the draft, opens the first page */
void navigate_reopen(struct ui *ui);             /* the plan is another one than the open view looks at */
void navigate_commit(struct ui *ui);             /* what is being typed goes to the wizard */
void navigate_next(struct ui *ui);
void navigate_back(struct ui *ui);
void navigate_goto(struct ui *ui, const struct page *page);
void navigate_page_list(struct ui *ui);
void navigate_help(struct ui *ui);
void navigate_save(struct ui *ui);
void navigate_quit(struct ui *ui, bool always_ask);
bool navigate_draft(struct ui *ui);              /* false: it could not be written */
void navigate_due_draft(struct ui *ui);          /* the one that is due */

/* navigate_facts.c */
void navigate_facts(struct ui *ui);              /* asks from where */
void navigate_offer_facts(struct ui *ui);        /* those that lie here, for a plan without servers */

/* loop.c: whether a character alone does ACTION on this page, where no text has the focus and the view has no use for
 * it. */
bool loop_takes_letter(const struct ui *ui, enum action action);

/* loop_state.c */
void loop_end(struct ui *ui, enum front_result result, int signal);
void loop_close_view(struct ui *ui);
void loop_draw(struct ui *ui);                   /* the page and the dialogs over it */
/* The next key. A page that others change is looked at from time to time, and drawn only when it is another one. */
void loop_read_key(struct ui *ui, struct key *key);
/* Does what concerns the terminal and not the page. True: KEY is dealt with. */
bool loop_terminal_key(struct ui *ui, const struct key *key, enum action action);
const struct area *loop_area_of(const struct ui *ui, const struct key *key);     /* NULL: not clicked on one */

#endif
