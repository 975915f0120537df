/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The list of rows within a form: columns from the fields that are flagged for the list, a note for each row, keys to
 * add, edit, remove and move. Only the visible rows are looked at, so that its length does not matter.
 */
#include "ui/form.h"

#include "core/text.h"
#include "model/plan.h"
#include "ui/cells.h"
#include "ui/form_parts.h"
#include "wizard/wizard_servers.h"

#define COLUMNS_MOST 6
#define LEAST_ROWS 5
#define LEAST_ROWS_LOW 3 /* in a low window */
#define LOW_WINDOW 9
#define COLUMN_GAP 2

struct table {
	const struct field *fields[COLUMNS_MOST];
	int widths[COLUMNS_MOST + 1]; /* the last one is the note's */
	size_t columns;
	int number, pointer; /* cells of the number and of the pointer before it */
	bool labels;         /* names of computers without their domain: there is no room, and they differ */
};

static const struct rows *rows_of(const struct form *form, const struct form_item *item)
{
	return field_rows(item->field, form_record(form));
}

static size_t form_rows_count(const struct form *form, const struct form_item *item)
{
	return rows_of(form, item)->count;
}

static const char *row_name(struct form *form, const struct form_item *item, size_t index, struct arena *arena)
{
	return cell_text(form->wizard, item->field->columns[0], rows_of(form, item)->items[index], arena);
}

static const char *note_text(struct form *form, const struct field *field, const struct record *record)
{
	return field_row_note(field, wizard_plan(form->wizard), record, form->scratch);
}

/* ---- drawing ---- */

static void widen(int *width, const char *text)
{
	int cells = (int)text_cells(text);

	if (cells > *width)
		*width = cells;
}

/* The widest gives way first; what is left over is the note's, or the last column's. */
static void fit(struct table *table, int room)
{
	size_t last = table->columns;
	int sum = 0;

	for (size_t i = 0; i <= last; i++)
		sum += table->widths[i] + (table->widths[i] ? COLUMN_GAP : 0);
	while (sum > room) {
		size_t widest = 0;

		for (size_t i = 1; i <= last; i++)
			if (table->widths[i] > table->widths[widest])
				widest = i;
		if (table->widths[widest] <= 4)
			break;
		table->widths[widest]--;
		sum--;
	}
	if (sum < room)
		table->widths[table->widths[last] || !last ? last : last - 1] += room - sum;
}

/* The rows that are seen are those at the places from the list's first to this one. */
static size_t last_place(const struct form *form, const struct form_item *item)
{
	size_t count = filter_count(&item->filter, rows_of(form, item)->count);
	size_t last = item->list.first + item->list.room;

	return last < count ? last : count;
}

/* What stands in column INDEX of TABLE at ROW. */
static const char *shown_text(struct form *form, const struct table *table, size_t index, const struct record *row)
{
	const char *text = cell_text(form->wizard, table->fields[index], row, form->scratch);

	return index == 0 && table->labels ? arena_strndup(form->scratch, text, strcspn(text, ".")) : text;
}

/* Two of the names that are seen are the same without their domain. */
static bool has_namesakes(struct form *form, const struct form_item *item, struct table *table)
{
	const struct rows *rows = rows_of(form, item);
	bool same = false;

	table->labels = true;
	for (size_t i = item->list.first; i < last_place(form, item) && !same; i++) {
		const char *name = shown_text(form, table, 0, rows->items[filter_row(&item->filter, i)]);

		for (size_t j = i + 1; j < last_place(form, item) && !same; j++)
			same = text_equal_fold(
				name, shown_text(form, table, 0, rows->items[filter_row(&item->filter, j)]));
	}
	table->labels = false;
	return same;
}

static int measure_widths(struct form *form, const struct form_item *item, struct table *table)
{
	const struct rows *rows = rows_of(form, item);
	const struct field *field = item->field;
	int sum = 0;

	memset(table->widths, 0, sizeof(table->widths));
	for (size_t i = 0; i < table->columns; i++)
		widen(&table->widths[i], form_label(form, table->fields[i]));
	if (field->row_note)
		widen(&table->widths[table->columns], field->row_note_label ? field->row_note_label : "");
	for (size_t i = item->list.first; i < last_place(form, item); i++) {
		const struct record *row = rows->items[filter_row(&item->filter, i)];

		for (size_t j = 0; j < table->columns; j++)
			widen(&table->widths[j], shown_text(form, table, j, row));
		widen(&table->widths[table->columns], note_text(form, field, row));
	}
	for (size_t i = 0; i <= table->columns; i++)
		sum += table->widths[i] + COLUMN_GAP;
	return sum;
}

static void measure(struct form *form, const struct form_item *item, struct table *table)
{
	const struct field *field = item->field;
	char digits[24];
	int room;

	*table = (struct table){ .pointer = 2 };
	for (size_t i = 0; field->columns[i] && table->columns < COLUMNS_MOST; i++)
		if (field->columns[i]->flags & FIELD_IN_LIST)
			table->fields[table->columns++] = field->columns[i];
	table->number = snprintf(digits, sizeof(digits), "%zu", rows_of(form, item)->count);
	room = form->width - table->pointer - table->number - COLUMN_GAP;
	if (measure_widths(form, item, table) > room && form_takes_lists(form, item)) {
		table->labels = !has_namesakes(form, item, table);
		(void)measure_widths(form, item, table);
	}
	fit(table, room);
}

static void draw_header(struct form *form, const struct form_item *item, struct sheet *sheet, int row,
			const struct table *table)
{
	int column = table->pointer + table->number + COLUMN_GAP;

	sheet_text(sheet, row, table->pointer + table->number - 1, 1, ROLE_DIM, "#");
	for (size_t i = 0; i < table->columns; i++) {
		sheet_text(sheet, row, column, table->widths[i], ROLE_DIM, form_label(form, table->fields[i]));
		column += table->widths[i] + COLUMN_GAP;
	}
	if (item->field->row_note_label)
		sheet_text(sheet, row, column, form->width - column, ROLE_DIM, item->field->row_note_label);
}

static void draw_row(struct form *form, struct form_item *item, struct sheet *sheet, int row, size_t index,
		     const struct table *table)
{
	const struct record *record = rows_of(form, item)->items[index];
	bool here = form_has_focus(form, item) && item->list.at == index;
	enum role role = here ? ROLE_SELECTED : ROLE_NORMAL;
	int column = table->pointer + table->number + COLUMN_GAP;
	char number[24];

	snprintf(number, sizeof(number), "%zu", index + 1);
	sheet_reserve(sheet, row + 1);
	/* Up to the end of what names it: a slow line would carry two whole rows for every move. */
	if (here)
		canvas_fill(&sheet->canvas, (struct rect){ row, 0, 1, column }, ' ', role);
	if (item->list.at == index)
		canvas_text(&sheet->canvas, row, 0, 1, role, canvas_symbol(&sheet->canvas, SYMBOL_POINTER));
	canvas_text_right(&sheet->canvas, row, table->pointer, table->number, role, number);
	for (size_t i = 0; i < table->columns; i++) {
		int used = canvas_text(&sheet->canvas, row, column, table->widths[i], i ? ROLE_NORMAL : role,
				       shown_text(form, table, i, record));

		if (here && !i)
			canvas_text(&sheet->canvas, row, column + used, 1, role, " ");
		column += table->widths[i] + COLUMN_GAP;
	}
	canvas_text(&sheet->canvas, row, column, form->width - column, ROLE_NORMAL,
		    note_text(form, item->field, record));
	canvas_area(&sheet->canvas, (struct rect){ row, 0, 1, form->width }, ACTION_FOCUS,
		    form_area(form, item, (int)index));
	if (here)
		canvas_cursor(&sheet->canvas, row,
			      column < form->width ? table->pointer + table->number + COLUMN_GAP : 0);
}

/* What does not fit any more is left out: the last line of the screen has it too. */
static void draw_keys(struct form *form, const struct form_item *item, struct sheet *sheet, int row)
{
	static const struct {
		const char *key, *name;
		enum action action; /* of a click; ACTION_NONE: none */
	} keys[] = {
		{ "A", "Add", ACTION_ADD },       { "D", "Like this", ACTION_REPEAT },
		{ "F", "Facts", ACTION_FACTS }, { "Del", "Remove", ACTION_REMOVE },
		{ "+/-", "Move", ACTION_NONE },
	};
	bool any = form_rows_count(form, item) > 0, facts = form_takes_lists(form, item);
	int column = 2;

	sheet_reserve(sheet, row + 1);
	for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
		int start = column, cells = (int)(strlen(keys[i].key) + 1 + strlen(keys[i].name));

		if (keys[i].action == ACTION_FACTS ? !facts : i && !any)
			continue;
		if (column + cells > form->width)
			break;
		column += sheet_text(sheet, row, column, form->width - column, ROLE_KEY, keys[i].key) + 1;
		column += sheet_text(sheet, row, column, form->width - column, ROLE_HINT, keys[i].name);
		if (keys[i].action != ACTION_NONE)
			canvas_area(&sheet->canvas, (struct rect){ row, start, 1, column - start }, (int)keys[i].action,
				    0);
		column += 2;
	}
}

static void draw_empty(struct form *form, struct form_item *item, struct sheet *sheet, int row)
{
	const char *noun = item->field->row_name ? item->field->row_name : "row";
	const char *paste = form_takes_lists(form, item) ? "Paste a list, or press" : "Press";
	const char *text = arena_printf(form->scratch, "None yet. %s A to add a %s.", paste, noun);
	bool here = form_has_focus(form, item);

	sheet_text(sheet, row, 2, form->width - 2, here ? ROLE_SELECTED : ROLE_NORMAL, text);
	if (here)
		canvas_cursor(&sheet->canvas, row, 2);
}

struct searched {
	struct form *form;
	const struct form_item *item;
};

static bool row_fits(size_t index, const char *text, void *data)
{
	const struct searched *searched = data;
	const struct form_item *item = searched->item;
	const struct record *record = rows_of(searched->form, item)->items[index];
	struct arena *arena = arena_new();
	bool fits = false;

	for (size_t i = 0; item->field->columns[i] && !fits; i++) {
		const struct field *column = item->field->columns[i];

		fits = (column->flags & FIELD_IN_LIST) &&
		       text_contains_fold(cell_text(searched->form->wizard, column, record, arena), text);
	}
	arena_free(arena);
	return fits;
}

static void update_filter(struct form *form, struct form_item *item, bool fresh)
{
	struct searched searched = { form, item };

	filter_update(&item->filter, form_rows_count(form, item), row_fits, &searched, fresh);
}

static void ask_filter(struct form *form, struct form_item *item)
{
	struct searched searched = { form, item };

	filter_ask(&item->filter, form->ui, item->field->row_name, form_rows_count(form, item), row_fits, &searched);
}

/* The label with the count, or what a filter shows. */
static void draw_label(struct form *form, struct form_item *item, struct sheet *sheet, int row, size_t all, size_t room)
{
	size_t count = filter_count(&item->filter, all);
	const char *label = form_label(form, item->field);

	if (filter_is_on(&item->filter))
		label = filter_title(form->scratch, &item->filter.text, count, all);
	sheet_text(sheet, row, 0, form->width, filter_is_on(&item->filter) ? ROLE_CURRENT : ROLE_LABEL, label);
	if (room < count && !filter_is_on(&item->filter))
		canvas_text_right(&sheet->canvas, row, 0, form->width, ROLE_NORMAL,
				  arena_printf(form->scratch, "%zu/%zu", item->list.at + 1, count));
}

int form_rows_draw(struct form *form, struct form_item *item, struct sheet *sheet, int row)
{
	size_t all = form_rows_count(form, item), count;
	size_t room = (size_t)((form->room < LOW_WINDOW ? LEAST_ROWS_LOW : LEAST_ROWS) + form->spare);
	struct listing before = item->list;
	struct table table;

	update_filter(form, item, false);
	count = filter_count(&item->filter, all);
	filter_fit(&item->filter, &item->list, all, room < count ? room : count);
	draw_label(form, item, sheet, row++, all, room);
	if (count) {
		struct rect rect = { row + 1, 0, (int)item->list.room, form->width };

		measure(form, item, &table);
		draw_header(form, item, sheet, row++, &table);
		for (size_t i = 0; i < item->list.room; i++)
			draw_row(form, item, sheet, row++, filter_row(&item->filter, item->list.first + i), &table);
		listing_marks(&item->list, count, &sheet->canvas, rect);
		item->from = rect.row + (int)(filter_place(&item->filter, item->list.at) - item->list.first);
	} else {
		draw_empty(form, item, sheet, row);
		item->from = row++;
	}
	item->to = item->from + 1;
	draw_keys(form, item, sheet, row++);
	if (form->measuring)
		item->list = before;
	return row;
}

/* ---- keys ---- */

/* The rows changed: what was found about the list is judged anew. */
static void judge_rows(struct form *form, struct form_item *item)
{
	form_store(form, item, NULL);
	update_filter(form, item, true);
}

static void edit_row(struct form *form, struct form_item *item, size_t index)
{
	struct strbuf paste = STRBUF_INIT;
	bool changed = dialog_row(form->ui, item->field, index, &paste);

	if (changed && index == SIZE_MAX) {
		filter_clear(&item->filter); /* the new one is to be seen */
		item->list.at = form_rows_count(form, item) - 1;
	}
	if (changed)
		judge_rows(form, item);
	if (paste.length) {
		struct key key = { .name = KEYNAME_PASTE, .text = strbuf_text(&paste), .length = paste.length };

		(void)form_paste(form, item, &key);
	}
	strbuf_clear(&paste);
}

static void remove_row(struct form *form, struct form_item *item)
{
	static const char *const labels[] = { "Remove", "Keep", NULL };
	const char *noun = item->field->row_name ? item->field->row_name : "row";
	struct arena *arena = arena_new();
	const char *title = arena_printf(arena, "Remove %s", noun);
	const char *text = arena_printf(arena, "Remove %s from the list?", row_name(form, item, item->list.at, arena));

	if (dialog_ask(form->ui, title, text, labels, 1) == 0) {
		wizard_row_remove(form->wizard, item->field, item->list.at);
		listing_fit(&item->list, form_rows_count(form, item), item->list.room);
		judge_rows(form, item);
	}
	arena_free(arena);
}

static void move_row(struct form *form, struct form_item *item, int direction)
{
	size_t to = item->list.at + (size_t)direction;

	if (filter_is_on(&item->filter)) {
		ui_say(form->ui, "Rows move while all are shown: Esc shows them.");
		return;
	}
	if (to >= form_rows_count(form, item))
		return;
	wizard_row_move(form->wizard, item->field, item->list.at, to);
	item->list.at = to;
	judge_rows(form, item);
}

/* Letters are commands of the list, or nothing: "/" finds. */
static enum view_result letter_key(struct form *form, struct form_item *item, const struct key *key)
{
	if (key->name != KEYNAME_CODE)
		return VIEW_IGNORED;
	if (key->code == '-' || key->code == '+' || key->code == '=')
		move_row(form, item, key->code == '-' ? -1 : 1);
	return VIEW_DONE;
}

enum view_result form_rows_key(struct form *form, struct form_item *item, const struct key *key, enum action action)
{
	size_t count = form_rows_count(form, item);
	enum view_result result;

	if (action == ACTION_ADD || (action == ACTION_ACTIVATE && !count)) {
		edit_row(form, item, SIZE_MAX);
	} else if (action == ACTION_FACTS && form_takes_lists(form, item)) {
		return VIEW_FACTS;
	} else if (!count) {
		return VIEW_IGNORED;
	} else if (action == ACTION_ACTIVATE || action == ACTION_EDIT || action == ACTION_TOGGLE) {
		edit_row(form, item, item->list.at);
	} else if (action == ACTION_REMOVE) {
		remove_row(form, item);
	} else if (action == ACTION_REPEAT) {
		item->list.at = wizard_row_repeat(form->wizard, item->field, item->list.at);
		filter_clear(&item->filter);
		judge_rows(form, item);
	} else if (action == ACTION_MOVE_UP || action == ACTION_MOVE_DOWN) {
		move_row(form, item, action == ACTION_MOVE_UP ? -1 : 1);
	} else if (action == ACTION_FIND) {
		ask_filter(form, item);
	} else if (key->name == KEYNAME_ESC && filter_is_on(&item->filter)) {
		filter_clear(&item->filter);
	} else if (action == ACTION_NONE || action == ACTION_NEXT_FIELD || action == ACTION_PREVIOUS_FIELD) {
		result = filter_key(&item->filter, &item->list, count, key);
		if (result == VIEW_IGNORED && action != ACTION_NEXT_FIELD && action != ACTION_PREVIOUS_FIELD)
			result = letter_key(form, item, key);
		return result == VIEW_DONE ? VIEW_DONE : VIEW_IGNORED;
	} else {
		return VIEW_IGNORED;
	}
	return VIEW_DONE;
}

enum view_result form_rows_click(struct form *form, struct form_item *item, int part)
{
	if ((size_t)part < form_rows_count(form, item))
		item->list.at = (size_t)part;
	return VIEW_DONE;
}

/* Moving stands under the list. */
const enum action *form_rows_actions(const struct form *form, const struct form_item *item)
{
	static const enum action empty[] = { ACTION_ADD, ACTION_NONE };
	static const enum action no_servers[] = { ACTION_ADD, ACTION_FACTS, ACTION_NONE };
	static const enum action filled[] = { ACTION_EDIT,   ACTION_FIND,    ACTION_ADD,       ACTION_REPEAT,
					      ACTION_REMOVE, ACTION_MOVE_UP, ACTION_MOVE_DOWN, ACTION_NONE };
	static const enum action found[] = { ACTION_EDIT,   ACTION_SHOW_ALL, ACTION_FIND, ACTION_REPEAT,
					     ACTION_REMOVE, ACTION_NONE };
	static const enum action servers[] = { ACTION_EDIT,   ACTION_FIND,      ACTION_ADD,
					       ACTION_REPEAT, ACTION_FACTS,     ACTION_REMOVE,
					       ACTION_MOVE_UP, ACTION_MOVE_DOWN, ACTION_NONE };

	if (filter_is_on(&item->filter))
		return found;
	if (form_takes_lists(form, item))
		return form_rows_count(form, item) ? servers : no_servers;
	return form_rows_count(form, item) ? filled : empty;
}

/* The whole name of a server stands here: the list may show it without its domain. */
bool form_rows_hint(struct form *form, const struct form_item *item, struct strbuf *out)
{
	struct arena *arena;
	const char *name;

	if (!form_takes_lists(form, item) || !form_rows_count(form, item))
		return false;
	arena = arena_new();
	name = row_name(form, item, item->list.at, arena);
	if (strchr(name, '.'))
		strbuf_printf(out, "%s. ", name);
	strbuf_puts(out, field_help(item->field, wizard_plan(form->wizard)));
	arena_free(arena);
	return true;
}
