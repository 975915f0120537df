/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The form: which field has the focus, the editor of that field, what is kept and judged when the focus leaves, the
 * messages. How a kind of field looks and what its keys do stands in form_kinds.c.
 */
#include "ui/form.h"

#include "ui/editing.h"
#include "ui/form_parts.h"

#define VALUE_LIMIT 4000u    /* bytes of a typed value; the plan file's limit for a scalar is a little higher */
#define AREA_PARTS (1 << 20) /* an area's argument is the item's index times this plus the part */

struct record *form_record(const struct form *form)
{
	return form->row ? form->row : wizard_record(form->wizard);
}

static const struct form_kind *kind_of(const struct form_item *item)
{
	return &form_kinds[item->field->kind];
}

struct form_item *form_current(const struct form *form)
{
	return form->at < form->count && form->items[form->at].shown ? &form->items[form->at] : NULL;
}

/* The editor of ITEM, or of none (NULL), ends; what was changed in it can be taken back when the focus returns. */
static void put_away(struct form *form, struct form_item *item)
{
	if (form->editing && item && item->field->kind != FIELD_SECRET) {
		lineedit_clear(&item->left);
		item->left = form->edit;
	} else if (form->editing) {
		lineedit_clear(&form->edit);
	}
	form->edit = (struct lineedit){ .limit = 0 };
	form->editing = false;
}

/* The nearest item that applies, DIRECTION first; COUNT when there is none. */
static size_t nearest_shown(const struct form *form, size_t from, int direction)
{
	while (from < form->count && !form->items[from].shown)
		from += (size_t)direction;
	return from < form->count ? from : form->count;
}

static bool item_applies(const struct form *form, const struct form_item *item)
{
	return !(item->field->flags & FIELD_HIDDEN_ROW) &&
	       wizard_field_applies(form->wizard, form_record(form), item->field);
}

/* An answer decides which others apply: fields come and go at once, the focus stays or goes to the neighbour. */
void form_refresh(struct form *form)
{
	if (form->replaced)
		return;
	for (size_t i = 0; i < form->count; i++)
		form->items[i].shown = item_applies(form, &form->items[i]);
	if (form->count && !form_current(form)) {
		size_t next = nearest_shown(form, form->at, 1);

		if (next == form->count)
			next = nearest_shown(form, form->at, -1);
		put_away(form, NULL);
		form->reveal = form->unchecked = false;
		form->at = next < form->count ? next : 0;
		if (next < form->count)
			form->items[next].stop = 0;
	}
}

/* The pointer of a list of choices starts on the one that is chosen. */
static void point_at_choice(struct form *form, struct form_item *item)
{
	if (item->field->kind == FIELD_CHOICE)
		item->list.at = form_chosen(form, item);
}

struct form *form_new(struct ui *ui, struct wizard *wizard, const struct field *const *fields,
		      const struct field *rows_field, struct record *record)
{
	struct form *form = xcalloc(1, sizeof(*form));

	form->ui = ui;
	form->wizard = wizard;
	form->rows_field = rows_field;
	form->row = rows_field ? record : NULL;
	while (fields && fields[form->count])
		form->count++;
	form->items = xcalloc(form->count + 1, sizeof(*form->items));
	for (size_t i = 0; i < form->count; i++)
		form->items[i].field = fields[i];
	form_refresh(form);
	for (size_t i = 0; i < form->count; i++)
		if (form->items[i].shown)
			point_at_choice(form, &form->items[i]);
	return form;
}

void form_free(struct form *form)
{
	if (!form)
		return;
	if (form->editing)
		lineedit_clear(&form->edit);
	diags_clear(&form->findings);
	strbuf_clear(&form->help);
	for (size_t i = 0; i < form->count; i++) {
		filter_clear(&form->items[i].filter);
		lineedit_clear(&form->items[i].left);
	}
	free(form->items);
	free(form);
}

bool form_is_empty(struct form *form)
{
	form_refresh(form);
	return !form_current(form);
}

bool form_replaced(const struct form *form)
{
	return form->replaced;
}

bool form_touched(const struct form *form)
{
	return form->touched || (form->editing && form->edit.changed);
}

bool form_has_focus(const struct form *form, const struct form_item *item)
{
	return form->focused && form_current(form) == item;
}

int form_area(const struct form *form, const struct form_item *item, int part)
{
	return (int)(item - form->items) * AREA_PARTS + part;
}

const char *form_value(struct form *form, const struct form_item *item)
{
	return wizard_text(form->wizard, form_record(form), item->field);
}

/* ---- keeping and judging ---- */

static void judge(struct form *form, const struct form_item *item, const char *text)
{
	const struct record *before = form_record(form);
	struct diags found = DIAGS_INIT;
	bool held = !text || wizard_set(form->wizard, form_record(form), item->field, text, &found);

	form->replaced |= form_record(form) != before;
	if (held && !form->replaced)
		wizard_check_field(form->wizard, form_record(form), item->field, &found);
	form_drop_findings(form, item->field);
	diags_add_all(&form->findings, &found);
	diags_clear(&found);
}

void form_store(struct form *form, const struct form_item *item, const char *text)
{
	form->touched = true;
	judge(form, item, text);
	form_refresh(form);
	/* The editor has what was there before: a picture behind a dialog may have started it. */
	if (form->editing && form_current(form) == item) {
		put_away(form, form_current(form));
		form_enter(form);
	}
}

static bool stop_is_text(const struct form_item *item)
{
	return kind_of(item)->text && (item->stop == 0 || item->field->kind == FIELD_SECRET);
}

void form_enter(struct form *form)
{
	struct form_item *item = form_current(form);

	if (!item || form->editing || !stop_is_text(item))
		return;
	if (item->field->kind == FIELD_SECRET)
		lineedit_start_hidden(&form->edit, wizard_secret(form->wizard, item->field, item->stop));
	else
		lineedit_resume(&form->edit, &item->left, form_value(form, item), VALUE_LIMIT);
	/* A default gives way to what is typed. */
	if (str_eq(wizard_origin(form->wizard, form_record(form), item->field), "default"))
		lineedit_select(&form->edit);
	form->editing = true;
	form->reveal = form->unchecked = false;
}

/* Nobody is told that a field is empty for merely walking past it; Next tells. What was said about it stays while it is
 * the same: the message may be about more than this field. */
static void leave_text(struct form *form, const struct form_item *item)
{
	const char *text = lineedit_text(&form->edit);

	if (form->edit.changed || form->unchecked || (text[0] && !form_has_findings(form, item))) {
		form->touched |= form->edit.changed;
		judge(form, item, form->edit.changed ? text : NULL);
	}
}

static void leave_secret(struct form *form, const struct form_item *item)
{
	form->touched |= form->edit.changed;
	if (item->stop == 1 || secret_length(wizard_secret(form->wizard, item->field, 1)) > 0)
		judge(form, item, NULL);
}

void form_leave(struct form *form)
{
	struct form_item *item = form_current(form);

	if (!form->editing || !item)
		return;
	if (item->field->kind == FIELD_SECRET)
		leave_secret(form, item);
	else
		leave_text(form, item);
	put_away(form, item);
	form->reveal = form->unchecked = false;
	form_refresh(form);
}

void form_commit(struct form *form)
{
	struct form_item *item = form_current(form);

	if (!form->editing || !item || item->field->kind == FIELD_SECRET || !form->edit.changed)
		return;
	wizard_set(form->wizard, form_record(form), item->field, lineedit_text(&form->edit), NULL);
	form->edit.changed = false;
	form->unchecked = form->touched = true;
}

/* ---- focus ---- */

int form_stops(const struct form_item *item)
{
	return kind_of(item)->stops ? kind_of(item)->stops(item->field) : 1;
}

static void focus_item(struct form *form, size_t index, int stop)
{
	form_leave(form);
	if (index >= form->count)
		return;
	form->at = index;
	form->items[index].stop = stop;
	point_at_choice(form, &form->items[index]);
	form_refresh(form);
	form_enter(form);
}

void form_focus_item(struct form *form, const struct form_item *item)
{
	focus_item(form, (size_t)(item - form->items), 0);
}

/* To the next Tab stop. False: there is none, the focus leaves the form. */
static bool step(struct form *form, int direction)
{
	struct form_item *item = form_current(form);
	size_t next;

	form_leave(form);
	item = form_current(form);
	if (!item)
		return false;
	if (item->stop + direction >= 0 && item->stop + direction < form_stops(item)) {
		item->stop += direction;
		form_enter(form);
		return true;
	}
	next = nearest_shown(form, direction > 0 ? form->at + 1 : form->at - 1, direction);
	if (next >= form->count)
		return false;
	focus_item(form, next, direction > 0 ? 0 : form_stops(&form->items[next]) - 1);
	return true;
}

/* The row that a path such as "servers[3].name" is about, from 0. */
static size_t row_of_path(const char *path)
{
	const char *open = strchr(path, '[');
	unsigned long number = open ? strtoul(open + 1, NULL, 10) : 0;

	return number ? (size_t)number - 1 : 0;
}

/* What was typed is kept, and nothing is judged: the findings are fresh. */
static void end_editing(struct form *form)
{
	form_commit(form);
	put_away(form, form_current(form));
	form->reveal = form->unchecked = false;
}

static const struct diag *first_error(const struct form *form, const struct field *field)
{
	for (size_t i = 0; i < form->findings.count; i++) {
		const struct diag *diag = &form->findings.items[i];

		if (diag->severity == SEV_ERROR && form_owns(form, field, diag->path))
			return diag;
	}
	return NULL;
}

static void focus_error(struct form *form)
{
	end_editing(form);
	for (size_t i = 0; i < form->count; i++) {
		struct form_item *item = &form->items[i];
		const struct diag *error = item->shown ? first_error(form, item->field) : NULL;

		if (!error)
			continue;
		focus_item(form, i, 0);
		filter_clear(&item->filter);
		if (item->field->kind == FIELD_ROWS)
			item->list.at = row_of_path(error->path);
		return;
	}
	form_enter(form);
}

void form_focus(struct form *form, enum focus_at at)
{
	size_t index;

	form_refresh(form);
	if (!form->count)
		return;
	if (at == FOCUS_ERROR) {
		focus_error(form);
		return;
	}
	index = at == FOCUS_FIRST ? nearest_shown(form, 0, 1) : nearest_shown(form, form->count - 1, -1);
	if (index < form->count)
		focus_item(form, index, at == FOCUS_FIRST ? 0 : form_stops(&form->items[index]) - 1);
}

bool form_in_text(struct form *form)
{
	const struct form_item *item = form_current(form);

	return item && stop_is_text(item);
}

/* ---- keys ---- */

static enum view_result edit_key(struct form *form, const struct key *key)
{
	enum edit_result result = EDIT_NOTHING;
	bool mine = editing_press(&form->edit, key, &result);

	if (editing_notice(result))
		ui_say(form->ui, editing_notice(result));
	return mine ? VIEW_DONE : VIEW_IGNORED;
}

static enum view_result click(struct form *form, int argument)
{
	size_t index = (size_t)(argument / AREA_PARTS);
	int part = argument % AREA_PARTS;
	struct form_item *item;

	if (argument < 0 || index >= form->count || !form->items[index].shown)
		return VIEW_IGNORED;
	item = &form->items[index];
	focus_item(form, index, kind_of(item)->text && part < form_stops(item) ? part : 0);
	return kind_of(item)->click ? kind_of(item)->click(form, item, part) : VIEW_DONE;
}

/* The page keys walk when the form is longer than its window; otherwise they are the page's. */
static enum view_result page_key(struct form *form, int direction)
{
	enum view_result result = VIEW_IGNORED;

	for (int i = 0; i < 4; i++) {
		size_t next = nearest_shown(form, direction > 0 ? form->at + 1 : form->at - 1, direction);

		if (next >= form->count)
			break;
		focus_item(form, next, 0);
		result = VIEW_DONE;
	}
	return result;
}

static enum view_result walk_key(struct form *form, struct form_item *item, const struct key *key, enum action action)
{
	bool secret = item->field->kind == FIELD_SECRET;

	if (action == ACTION_REVEAL && secret) {
		form->reveal = !form->reveal;
		return VIEW_DONE;
	}
	if (action == ACTION_WHOLE_LINE && kind_of(item)->text && !secret) {
		form_commit(form);
		dialog_text(form->ui, form_label(form, item->field), form_value(form, item));
		return VIEW_DONE;
	}
	if (action == ACTION_NEXT_FIELD || action == ACTION_ACTIVATE || key->name == KEYNAME_DOWN)
		return step(form, 1) ? VIEW_DONE : VIEW_PAST_END;
	if (action == ACTION_PREVIOUS_FIELD || key->name == KEYNAME_UP)
		return step(form, -1) ? VIEW_DONE : VIEW_PAST_START;
	if (key->name == KEYNAME_PAGE_DOWN || key->name == KEYNAME_PAGE_UP)
		return form->scrolls ? page_key(form, key->name == KEYNAME_PAGE_DOWN ? 1 : -1) : VIEW_IGNORED;
	return VIEW_IGNORED;
}

enum view_result form_key(struct form *form, const struct key *key, enum action action)
{
	struct form_item *item;
	enum view_result result = VIEW_IGNORED;

	form_refresh(form);
	if (action == ACTION_FOCUS)
		return click(form, (int)key->code);
	item = form_current(form);
	if (!item)
		return action == ACTION_NEXT_FIELD || action == ACTION_ACTIVATE ? VIEW_PAST_END
		       : action == ACTION_PREVIOUS_FIELD                        ? VIEW_PAST_START
										: VIEW_IGNORED;
	form_enter(form);
	if (key->name == KEYNAME_PASTE && form_paste(form, item, key))
		return VIEW_DONE;
	if (form->editing)
		result = edit_key(form, key);
	if (result == VIEW_IGNORED && kind_of(item)->key)
		result = kind_of(item)->key(form, item, key, action);
	if (result == VIEW_IGNORED)
		result = walk_key(form, item, key, action);
	return result;
}
