/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * A column of fields that can be edited: the body of a form page and of the dialog of one row. Draws on a canvas, keeps
 * focus, editors and messages, scrolls when there is no room. One handler per field kind.
 */
#ifndef SCUPGRADE_FORM_H
#define SCUPGRADE_FORM_H

#include "core/lineedit.h"
#include "ui/view.h"

struct form;

/* FIELDS (NULL-terminated; NULL: none) of RECORD; ROWS_FIELD: the list that RECORD is a row of, or NULL: the fields are
 * the wizard's answers, whatever record holds them at the moment. Owned: form_free. */
struct form *form_new(struct ui *ui, struct wizard *wizard, const struct field *const *fields,
		      const struct field *rows_field, struct record *record);
void form_free(struct form *form);
/* INTRO may be NULL. Sets the cursor when FOCUSED. */
void form_draw(struct form *form, struct canvas *canvas, struct rect rect, const char *intro, bool focused);
int form_height(struct form *form, int columns); /* rows that it would like to have */
enum view_result form_key(struct form *form, const struct key *key, enum action action);
void form_focus(struct form *form, enum focus_at at);
bool form_in_text(struct form *form);
void form_commit(struct form *form);
void form_leave(struct form *form); /* the focus goes elsewhere: what was typed is kept and judged */
void form_hint(struct form *form, struct strbuf *out);
const enum action *form_actions(struct form *form);
const char *form_help(struct form *form);
bool form_is_empty(struct form *form);      /* no field applies */
/* KEY pastes more than one answer: lines, or cells of a spreadsheet. */
bool is_list_paste(const struct key *key);
bool form_touched(const struct form *form); /* something was changed here */
/* The answer just given has put other answers in the place of these (another product): make a new form. */
bool form_replaced(const struct form *form);
/* Findings to show under their fields (copied); replaces the ones of before. */
void form_findings(struct form *form, const struct diags *diags);
const struct diags *form_found(const struct form *form); /* those it shows now; borrowed */

#endif
