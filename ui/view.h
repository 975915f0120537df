/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What a page view does, and what it may ask of the loop. One view_*.c per page kind; none knows a product.
 */
#ifndef SCUPGRADE_VIEW_H
#define SCUPGRADE_VIEW_H

#include "ui/canvas.h"
#include "ui/keys.h"
#include "wizard/wizard.h"

struct ui;

enum view_result {
	VIEW_IGNORED,                /* not mine */
	VIEW_DONE,                   /* handled: draw again */
	VIEW_PAST_END,               /* the focus leaves the body downwards: to the buttons */
	VIEW_PAST_START,             /* ... upwards: to the last button */
	VIEW_NEXT,                   /* go to the next page */
	VIEW_GOTO,                   /* go to view->target */
	VIEW_FACTS                   /* fill the plan from facts, or the list from a file */
};

/* FOCUS_ERROR: the first field with an error. FOCUS_TARGET: what leads to the page TARGET, else the first. */
enum focus_at { FOCUS_FIRST, FOCUS_LAST, FOCUS_ERROR, FOCUS_TARGET };

struct view {
	const struct view_ops *ops;
	struct ui *ui;
	struct wizard *wizard;
	const struct page *page;
	const struct page *target;   /* for VIEW_GOTO, FOCUS_TARGET */
	void *state;                 /* ops->state_size bytes, zeroed before open */
	bool focused;                /* false: the button row has the focus */
	struct diags findings;       /* shown by the view under its fields; filled by Next and by leaving a field */
};

struct view_ops {
	size_t state_size;
	void (*open)(struct view *view);
	void (*close)(struct view *view);                            /* after commit; may be NULL */
	void (*draw)(struct view *view, struct canvas *canvas, struct rect body);    /* sets the cursor when focused */
	enum view_result (*key)(struct view *view, const struct key *key, enum action action);
	void (*focus)(struct view *view, enum focus_at at);
	bool (*in_text)(struct view *view);                          /* a text field has the focus; NULL: never */
	/* What is being typed goes to the wizard; NULL: nothing to do. */
	void (*commit)(struct view *view);
	void (*hint)(struct view *view, struct strbuf *out);         /* at most two lines for the focused thing */
	/* Actions that work right now and stand on the key line, most useful first; ends with ACTION_NONE. Help,
	 * Save, Back and Quit are added. */
	const enum action *(*actions)(struct view *view);
	const char *(*help)(struct view *view);                      /* of the focused field, or NULL */
	/* Called when no key has come for a while: looks at what others may have changed. True: draw again. NULL: the
	 * page waits for keys alone. */
	bool (*idle)(struct view *view);
	/* Such as "Verify prerequisites again"; NULL: none. */
	size_t (*middle_buttons)(struct view *view, const char *labels[2], enum action actions[2]);
};

extern const struct view_ops view_form, view_text, view_checks, view_summary, view_steps, view_done;
extern const struct view_ops *const views[PAGE_KIND_COUNT];

/* ---- what views may ask of the loop (ui.c, dialog.c) ---- */

bool ui_ascii(const struct ui *ui);
/* One line in the hint area until the next key: "Copied.", "Saved contoso.yaml." */
void ui_say(struct ui *ui, const char *text);
void ui_copy(struct ui *ui, const char *text);              /* to the terminal's clipboard (OSC 52); never a password */

/* Modal: draws over the page, reads keys, follows resizes, returns when closed. A signal or a hang-up closes it as
 * Esc does. */
void dialog_text(struct ui *ui, const char *title, const char *text);          /* scrolls; Esc, Enter close */
/* The same with all of FINDINGS to read: none is ever dropped. */
void dialog_findings(struct ui *ui, const char *title, const struct diags *findings);
/* The same behind INTRO, a paragraph. */
void dialog_findings_of(struct ui *ui, const char *title, const char *intro, const struct diags *findings);
/* Buttons from LABELS (NULL-terminated); returns the index, -1 for Esc. FOCUSED is the safe one. */
int dialog_ask(struct ui *ui, const char *title, const char *text, const char *const *labels, int focused);
/* The same with the focus on the first, where Esc leaves the wizard: the key line says so. */
int dialog_ask_or_leave(struct ui *ui, const char *title, const char *text, const char *const *labels);
/* A list to choose from: index or -1. CURRENT has the pointer at first. */
int dialog_choose(struct ui *ui, const char *title, const char *const *items, size_t count, int current);
/* One or two lines to type: TEXTS hold what is there at first and what was typed. False: Esc. CHECK may be NULL; it
 * says what is wrong (in WHY) or returns true. */
bool dialog_input(struct ui *ui, const char *title, const char *intro, const char *const *labels, struct strbuf *texts,
		  size_t count, bool (*check)(const struct strbuf *texts, void *data, struct strbuf *why), void *data);
/* The form of one row: edits a copy through the wizard until it is accepted. INDEX SIZE_MAX: new rows, until no next
 * one is wanted; a list that is pasted closes it and is in PASTE then. True: something was accepted and is in the list.
 */
bool dialog_row(struct ui *ui, const struct field *rows_field, size_t index, struct strbuf *paste);
/* Browse for a Windows folder, starting at START. True: OUT has the path. */
bool dialog_browse(struct ui *ui, const char *start, struct strbuf *out);

#endif
