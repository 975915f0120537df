/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The dialog of one row: a form over the page. The row is a copy until the wizard accepts it; what is wrong stays under
 * its field.
 */
#include "ui/dialog.h"
#include "ui/form.h"
#include "ui/sheet.h"

#define DIALOG_COLUMNS 76
#define HINT_ROWS 2
#define HINT_LEAST_ROWS 18 /* of the screen; no hints in lower ones */

enum { FOCUS_FORM = -1, BUTTON_OK, BUTTON_GIVE_UP, BUTTONS };

struct row_dialog {
	struct form *form;
	const char *title;
	int button; /* or FOCUS_FORM */
};

static const char *const button_labels[] = { "OK", "Cancel", NULL };

static void draw_hint(const struct row_dialog *dialog, struct canvas *canvas, struct rect rect)
{
	struct strbuf text = STRBUF_INIT;
	struct sheet sheet;
	int first = 0;

	if (dialog->button == FOCUS_FORM)
		form_hint(dialog->form, &text);
	sheet_init(&sheet, rect.columns, canvas->ascii);
	sheet_wrap(&sheet, 0, 0, rect.columns, ROLE_HINT, strbuf_text(&text));
	sheet.rows = sheet.rows > rect.rows ? rect.rows : sheet.rows;
	sheet_show(&sheet, canvas, rect, &first, 0, 1);
	sheet_clear(&sheet);
	strbuf_clear(&text);
}

static void draw_keys(const struct row_dialog *dialog, struct canvas *canvas)
{
	static const char *const button_keys[] = { "Enter", "Choose", "Tab",   "Next field", "F8",
						   "OK",    "Esc",    "Close", NULL };
	static const char *const text_keys[] = { "F1", "Help", "Tab", "Next field", "F8", "OK", "Esc", "Close", NULL };
	static const char *const mark_keys[] = { "F1", "Help", "Space", "Switch", "Tab", "Next field",
						 "F8", "OK",   "Esc",   "Close",  NULL };

	if (dialog->button != FOCUS_FORM)
		dialog_keys(canvas, button_keys);
	else
		dialog_keys(canvas, form_in_text(dialog->form) ? text_keys : mark_keys);
}

static void overlay(struct ui *ui, struct canvas *canvas, void *data)
{
	struct row_dialog *dialog = data;
	int columns = canvas->columns - 2 < DIALOG_COLUMNS ? canvas->columns - 2 : DIALOG_COLUMNS;
	int hints = canvas->rows >= HINT_LEAST_ROWS ? HINT_ROWS : 0;
	int wanted = form_height(dialog->form, columns - 3) + 5 + hints;
	int rows = wanted < canvas->rows - 2 ? wanted : canvas->rows - 2;
	struct rect box = { (canvas->rows - rows) / 2, (canvas->columns - columns) / 2, rows, columns };
	struct rect inside = { box.row + 1, box.column + 2, rows - 4 - hints, columns - 3 };

	(void)ui;
	canvas_box(canvas, box, dialog->title);
	canvas->cursor_row = canvas->cursor_column = -1; /* the page's cursor is under the box */
	form_draw(dialog->form, canvas, inside, NULL, dialog->button == FOCUS_FORM);
	draw_keys(dialog, canvas);
	dialog_buttons(canvas, (struct rect){ box.row + rows - 2 - hints, inside.column, 1, columns - 4 },
		       button_labels, dialog->button);
	if (hints)
		draw_hint(dialog, canvas,
			  (struct rect){ box.row + rows - 1 - hints, inside.column, hints, columns - 4 });
}

/* ---- keys ---- */

static void focus_form(struct row_dialog *dialog, enum focus_at at)
{
	dialog->button = FOCUS_FORM;
	form_focus(dialog->form, at);
}

static void form_pressed(struct ui *ui, struct row_dialog *dialog, const struct key *key, enum action action)
{
	enum view_result result;

	loop_overlay_begin(ui, overlay, dialog);
	result = form_key(dialog->form, key, action);
	if (result == VIEW_IGNORED && action == ACTION_HELP && form_help(dialog->form))
		dialog_text(ui, dialog->title, form_help(dialog->form));
	loop_overlay_end(ui);
	if (result == VIEW_PAST_END)
		dialog->button = BUTTON_OK;
	else if (result == VIEW_PAST_START)
		dialog->button = BUTTON_GIVE_UP;
}

/* Moves between the buttons and back into the form. */
static void button_pressed(struct row_dialog *dialog, const struct key *key, enum action action)
{
	if (action == ACTION_PREVIOUS_FIELD || key->name == KEYNAME_LEFT || key->name == KEYNAME_UP) {
		if (dialog->button == BUTTON_OK || key->name == KEYNAME_UP)
			focus_form(dialog, FOCUS_LAST);
		else
			dialog->button--;
	} else if (action == ACTION_NEXT_FIELD || key->name == KEYNAME_RIGHT) {
		if (dialog->button < BUTTONS - 1)
			dialog->button++;
		else if (key->name == KEYNAME_TAB)
			focus_form(dialog, FOCUS_FIRST);
	}
}

static bool may_close(struct ui *ui, struct row_dialog *dialog)
{
	static const char *const labels[] = { "Discard", "Keep editing", NULL };
	bool close;

	if (!form_touched(dialog->form))
		return true;
	loop_overlay_begin(ui, overlay, dialog);
	close = dialog_ask(ui, dialog->title, "Discard what was changed here?", labels, 1) == 0;
	loop_overlay_end(ui);
	return close;
}

static bool accept(struct ui *ui, struct row_dialog *dialog, const struct field *rows_field, size_t index,
		   struct record *row)
{
	struct diags found = DIAGS_INIT;
	bool accepted;

	form_leave(dialog->form);
	accepted = wizard_row_accept(loop_wizard(ui), rows_field, index, row, &found);
	if (!accepted) {
		form_findings(dialog->form, &found);
		focus_form(dialog, FOCUS_ERROR);
	}
	diags_clear(&found);
	return accepted;
}

enum outcome { OPEN, ACCEPT, GIVE_UP };

static enum outcome pressed(struct ui *ui, struct row_dialog *dialog, const struct key *key)
{
	bool in_form = dialog->button == FOCUS_FORM;
	enum action action = key_action(key, in_form && form_in_text(dialog->form));

	if (key->name == KEYNAME_MOUSE && !key->wheel) {
		action = loop_clicked(ui);
		if (action == ACTION_BUTTON)
			return (int)key->code == BUTTON_OK ? ACCEPT : GIVE_UP;
		if (action == ACTION_NONE)
			return OPEN;
		dialog->button = FOCUS_FORM;
		in_form = true;
	}
	if (action == ACTION_BACK)
		return GIVE_UP;
	if (action == ACTION_NEXT_PAGE)
		return ACCEPT;
	if (in_form)
		form_pressed(ui, dialog, key, action);
	else if (action == ACTION_ACTIVATE || action == ACTION_TOGGLE)
		return dialog->button == BUTTON_OK ? ACCEPT : GIVE_UP;
	else
		button_pressed(dialog, key, action);
	return OPEN;
}

bool dialog_row(struct ui *ui, const struct field *rows_field, size_t index)
{
	struct record *row = wizard_row_edit(loop_wizard(ui), rows_field, index);
	const char *noun = rows_field->row_name ? rows_field->row_name : "row";
	struct arena *arena = arena_new();
	struct row_dialog dialog = { .button = FOCUS_FORM };
	bool accepted = false, open = true;
	struct key key;

	dialog.title = index == SIZE_MAX ? arena_printf(arena, "Add a %s", noun)
					 : arena_printf(arena, "Edit %s %zu", noun, index + 1);
	dialog.form = form_new(ui, loop_wizard(ui), rows_field->columns, rows_field, row);
	form_focus(dialog.form, FOCUS_FIRST);
	while (open && !loop_ending(ui)) {
		enum outcome outcome;

		loop_dialog_key(ui, overlay, &dialog, &key);
		if (loop_ending(ui))
			break;
		outcome = pressed(ui, &dialog, &key);
		if (outcome == ACCEPT)
			accepted = accept(ui, &dialog, rows_field, index, row);
		open = !accepted && !(outcome == GIVE_UP && may_close(ui, &dialog));
	}
	/* A lost connection costs no row that is right already. */
	if (open && !accepted && form_touched(dialog.form))
		accepted = accept(ui, &dialog, rows_field, index, row);
	form_free(dialog.form);
	arena_free(arena);
	return accepted;
}
