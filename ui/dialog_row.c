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

enum { FOCUS_FORM = -1, BUTTON_OK };

static const char *const edit_labels[] = { "OK", "Cancel", NULL };
static const char *const add_labels[] = { "OK", "Add and next", "Cancel", NULL };

struct row_dialog {
	struct form *form;
	const char *title;
	const char *const *labels;
	int buttons;          /* the last of them gives up */
	int button;           /* or FOCUS_FORM */
	struct strbuf *paste; /* takes a list that is pasted */
};

enum outcome { OPEN, ACCEPT, ACCEPT_AND_NEXT, GIVE_UP, PASTED };

static enum outcome outcome_of(const struct row_dialog *dialog, int button)
{
	return button == BUTTON_OK ? ACCEPT : button == dialog->buttons - 1 ? GIVE_UP : ACCEPT_AND_NEXT;
}

static void draw_hint(const struct row_dialog *dialog, struct canvas *canvas, struct rect rect)
{
	struct strbuf text = STRBUF_INIT;

	if (dialog->button == FOCUS_FORM)
		form_hint(dialog->form, &text);
	canvas_wrap(canvas, rect, ROLE_HINT, strbuf_text(&text));
	strbuf_clear(&text);
}

static void draw_keys(const struct row_dialog *dialog, struct canvas *canvas)
{
	bool in_form = dialog->button == FOCUS_FORM;
	const enum action *own = in_form ? form_actions(dialog->form) : NULL;
	const char *keys[32] = { "F8", "OK" };
	size_t count = 2;

	if (!in_form) {
		keys[count++] = "Enter";
		keys[count++] = "Press";
	}
	keys[count++] = "Tab";
	keys[count++] = "Next field";
	for (; own && *own != ACTION_NONE && count < 20; own++) {
		const struct key_row *row = key_row_of(*own);

		if (*own == ACTION_NEXT_FIELD)
			continue;
		keys[count++] = key_brief(row, canvas->ascii);
		keys[count++] = row->name;
	}
	if (in_form && dialog->buttons > 2) {
		keys[count++] = "Alt-A";
		keys[count++] = "Add and next";
	}
	keys[count++] = "Esc";
	keys[count++] = "Close";
	if (in_form) {
		keys[count++] = "F1";
		keys[count++] = "Help";
	}
	dialog_keys(canvas, keys);
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
		       dialog->labels, dialog->button);
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
		dialog->button = dialog->buttons - 1;
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
		if (dialog->button < dialog->buttons - 1)
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

static enum outcome pressed(struct ui *ui, struct row_dialog *dialog, const struct key *key)
{
	bool in_form = dialog->button == FOCUS_FORM;
	enum action action = key_action(key, in_form && form_in_text(dialog->form));

	if (key->name == KEYNAME_MOUSE && !key->wheel) {
		action = loop_clicked(ui);
		if (action == ACTION_BUTTON)
			return outcome_of(dialog, (int)key->code);
		if (action == ACTION_NONE)
			return OPEN;
		dialog->button = FOCUS_FORM;
		in_form = true;
	}
	if (is_list_paste(key) && dialog->paste) {
		strbuf_add(dialog->paste, key->text, key->length);
		return PASTED;
	}
	if (action == ACTION_BACK)
		return GIVE_UP;
	if (action == ACTION_ADD && key->name != KEYNAME_CODE && dialog->buttons > 2)
		return ACCEPT_AND_NEXT;
	if (action == ACTION_NEXT_PAGE)
		return ACCEPT;
	if (in_form)
		form_pressed(ui, dialog, key, action);
	else if (action == ACTION_ACTIVATE || action == ACTION_TOGGLE)
		return outcome_of(dialog, dialog->button);
	else
		button_pressed(dialog, key, action);
	return OPEN;
}

/* One row, until it is in the list or given up. */
static enum outcome run(struct ui *ui, struct row_dialog *dialog, const struct field *rows_field, size_t index,
			struct record *row)
{
	enum outcome outcome = OPEN;
	bool accepted = false, open = true;
	struct key key;

	form_focus(dialog->form, FOCUS_FIRST);
	while (open && !loop_ending(ui)) {
		loop_dialog_key(ui, overlay, dialog, &key);
		if (loop_ending(ui))
			break;
		outcome = pressed(ui, dialog, &key);
		if (outcome == ACCEPT || outcome == ACCEPT_AND_NEXT)
			accepted = accept(ui, dialog, rows_field, index, row);
		open = !accepted && outcome != PASTED && !(outcome == GIVE_UP && may_close(ui, dialog));
	}
	/* A lost connection costs no row that is right already. */
	if (open && !accepted && form_touched(dialog->form))
		accepted = accept(ui, dialog, rows_field, index, row);
	return accepted || outcome == PASTED ? outcome : GIVE_UP;
}

static enum outcome one_row(struct ui *ui, const struct field *rows_field, size_t index, struct strbuf *paste)
{
	struct record *row = wizard_row_edit(loop_wizard(ui), rows_field, index);
	const char *noun = rows_field->row_name ? rows_field->row_name : "row";
	struct arena *arena = arena_new();
	bool add = index == SIZE_MAX;
	struct row_dialog dialog = { .button = FOCUS_FORM, .labels = add ? add_labels : edit_labels,
				     .buttons = add ? 3 : 2 };
	enum outcome outcome;

	if (add && rows_field == wizard_plan(loop_wizard(ui))->flow->servers)
		dialog.paste = paste;
	dialog.title = add ? arena_printf(arena, "Add a %s", noun)
			   : arena_printf(arena, "Edit %s %zu", noun, index + 1);
	dialog.form = form_new(ui, loop_wizard(ui), rows_field->columns, rows_field, row);
	outcome = run(ui, &dialog, rows_field, index, row);
	form_free(dialog.form);
	arena_free(arena);
	return outcome;
}

bool dialog_row(struct ui *ui, const struct field *rows_field, size_t index, struct strbuf *paste)
{
	enum outcome outcome;
	bool any = false;

	do {
		outcome = one_row(ui, rows_field, index, paste);
		any = any || outcome == ACCEPT || outcome == ACCEPT_AND_NEXT;
	} while (outcome == ACCEPT_AND_NEXT && !loop_ending(ui));
	return any;
}
