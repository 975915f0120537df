/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The inside of a form, shared by form.c (focus, editors, messages), form_kinds.c (one handler per field kind) and
 * form_rows.c (the list of rows). Nobody else includes it.
 */
#ifndef SCUPGRADE_FORM_PARTS_H
#define SCUPGRADE_FORM_PARTS_H

#include "ui/form.h"
#include "ui/filter.h"
#include "ui/sheet.h"

#define FORM_REPEATED ", repeated"

struct form_item {
	const struct field *field;
	bool shown;          /* it applies right now */
	int stop;            /* the Tab stop within the field: a button beside it, the repeated password */
	struct listing list; /* the pointer within choices and rows */
	struct filter filter; /* of rows */
	struct lineedit left; /* its editor when the focus left it, to take changes back; none of a password */
	int column;          /* where the field stands, messages below it too; as last drawn */
	int from, to;        /* rows of the sheet of the focused stop, as last drawn */
	int width;           /* cells of the line to type, as last drawn; 0: none */
};

struct form {
	struct ui *ui;
	struct wizard *wizard;
	const struct field *rows_field;
	struct record *row; /* NULL: the answers, which the wizard may replace */
	struct form_item *items;
	size_t count, at;                /* at: the item with the focus */
	struct lineedit edit;            /* of the focused stop, while EDITING */
	bool editing, reveal, unchecked; /* unchecked: typed, kept, not judged yet */
	bool replaced;                   /* the answers are others now: the fields do not fit them any more */
	bool touched;                    /* something was changed here */
	struct diags findings;
	struct strbuf help;
	enum action actions[16];         /* as last asked for */
	/* of the drawing at hand */
	struct arena *scratch;
	bool focused, measuring; /* measuring: nothing may change, the heights alone count */
	int width, label_width, room,
		spare; /* room: rows of the window; spare: rows that a list may take beyond its least */
	int first;     /* scrolling */
	bool scrolls;  /* it is longer than its window */
};

/* One per field kind. */
struct form_kind {
	bool text; /* edited by the line editor */
	int (*stops)(const struct field *field);
	int (*draw)(struct form *form, struct form_item *item, struct sheet *sheet, int row); /* the next free row */
	/* For keys that are not text and do not leave the field; VIEW_IGNORED otherwise. NULL: none. */
	enum view_result (*key)(struct form *form, struct form_item *item, const struct key *key, enum action action);
	enum view_result (*click)(struct form *form, struct form_item *item,
				  int part); /* after it got the focus; NULL: nothing */
	const enum action *keys; /* what it takes, the most useful first; where that differs ACTIONS says it */
	const enum action *(*actions)(const struct form *form, const struct form_item *item);
	/* Adds what stands in the hint line; false: the field's help does. NULL: always that. */
	bool (*hint)(struct form *form, const struct form_item *item, struct strbuf *out);
};

extern const struct form_kind form_kinds[FIELD_KIND_COUNT];
size_t form_chosen(struct form *form, const struct form_item *item); /* FIELD_CHOICE: index of the value */

/* form.c */
struct form_item *form_current(const struct form *form); /* NULL: no field applies */
int form_stops(const struct form_item *item);
void form_refresh(struct form *form); /* which fields apply; the focus stays on one of them */
struct record *form_record(const struct form *form);
const char *form_label(const struct form *form, const struct field *field);
const char *form_value(struct form *form, const struct form_item *item); /* as text, borrowed until something is set */
void form_store(struct form *form, const struct form_item *item,
		const char *text);  /* keeps, judges, updates the messages */
void form_focus_item(struct form *form, const struct form_item *item);
void form_enter(struct form *form); /* the focused stop starts its editor */
bool form_has_focus(const struct form *form, const struct form_item *item);
int form_area(const struct form *form, const struct form_item *item, int part); /* argument of an area */

/* form_findings.c */
bool form_owns(const struct form *form, const struct field *field, const char *path);
bool form_has_findings(const struct form *form, const struct form_item *item);
void form_drop_findings(struct form *form, const struct field *field);
/* The findings of ITEM (NULL: those that no field owns) from ROW on. Returns the next free row. */
int form_draw_findings(struct form *form, const struct form_item *item, struct sheet *sheet, int row, int column);

/* form_draw.c */
bool form_beside(const struct form *form, const struct form_item *item); /* its label stands beside it, not above */

/* form_incoming.c */
bool form_takes_lists(const struct form *form, const struct form_item *item); /* it is the list of servers */
/* A list that is pasted goes to the list of servers, wherever the focus is. False: it is an answer like others. */
bool form_paste(struct form *form, struct form_item *item, const struct key *key);

/* form_rows.c */
int form_rows_draw(struct form *form, struct form_item *item, struct sheet *sheet, int row);
enum view_result form_rows_key(struct form *form, struct form_item *item, const struct key *key, enum action action);
enum view_result form_rows_click(struct form *form, struct form_item *item, int part);
const enum action *form_rows_actions(const struct form *form, const struct form_item *item);
bool form_rows_hint(struct form *form, const struct form_item *item, struct strbuf *out);

#endif
