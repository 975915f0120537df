/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Pop-ups over a page: a text, a question, a list, a line to type. Each draws itself anew for every key, so that it
 * follows a change of the size.
 */
#include "ui/dialog.h"

#include "core/text.h"
#include "ui/layout.h"

#define WIDEST 76
#define BUTTON_GAP 2

struct rect dialog_box(struct canvas *canvas, const char *title, int rows, int columns)
{
	struct rect box, inside;

	box.columns = columns + 4 > canvas->columns - 2 ? canvas->columns - 2 : columns + 4;
	box.rows = rows + 2 > canvas->rows - 2 ? canvas->rows - 2 : rows + 2;
	box.row = (canvas->rows - box.rows) / 2;
	box.column = (canvas->columns - box.columns) / 2;
	canvas_box(canvas, box, title);
	inside = (struct rect){ box.row + 1, box.column + 2, box.rows - 2, box.columns - 4 };
	return inside;
}

int dialog_width(const struct canvas *canvas)
{
	return canvas->columns - 6 > WIDEST - 4 ? WIDEST - 4 : canvas->columns - 6;
}

/* Marks at the right border of a list of COUNT lines that starts with FIRST and goes on beyond INSIDE. */
static void dialog_bar(struct canvas *canvas, struct rect inside, int first, int count)
{
	int column = inside.column + inside.columns + 1;

	if (first > 0)
		canvas_text(canvas, inside.row, column, 1, ROLE_KEY, canvas_symbol(canvas, SYMBOL_UP));
	if (first + inside.rows < count)
		canvas_text(canvas, inside.row + inside.rows - 1, column, 1, ROLE_KEY,
			    canvas_symbol(canvas, SYMBOL_DOWN));
}

/* Cells of the buttons FIRST to LAST with the gaps between them. */
static int buttons_width(const char *const *labels, int first, int last)
{
	int i, width = -BUTTON_GAP;

	for (i = first; i <= last; i++)
		width += (int)text_cells(labels[i]) + 4 + BUTTON_GAP;
	return width;
}

int dialog_buttons(struct canvas *canvas, struct rect row, const char *const *labels, int focused)
{
	int count = 0, first = 0, last, i, cells, column;
	struct strbuf text = STRBUF_INIT;

	while (labels[count])
		count++;
	/* What does not fit a narrow screen makes room for the one with the focus. */
	last = count - 1;
	while (buttons_width(labels, first, last) > row.columns && last > first) {
		if (focused >= 0 && last > focused)
			last--;
		else
			first++;
	}
	column = row.column + row.columns - buttons_width(labels, first, last);
	for (i = first; i <= last; i++) {
		strbuf_reset(&text);
		strbuf_printf(&text, "[ %s ]", labels[i]);
		cells = canvas_text(canvas, row.row, column, row.column + row.columns - column,
				    i == focused ? ROLE_BUTTON_FOCUS : ROLE_BUTTON, strbuf_text(&text));
		canvas_area(canvas, (struct rect){ row.row, column, 1, cells }, ACTION_BUTTON, i);
		if (i == focused)
			canvas_cursor(canvas, row.row, column + 2);
		column += cells + BUTTON_GAP;
	}
	if (first > 0)
		canvas_text(canvas, row.row, row.column - 1, 1, ROLE_KEY, canvas_symbol(canvas, SYMBOL_LEFT));
	if (last < count - 1)
		canvas_text(canvas, row.row, row.column + row.columns, 1, ROLE_KEY,
			    canvas_symbol(canvas, SYMBOL_RIGHT));
	strbuf_clear(&text);
	return count;
}

void dialog_keys(struct canvas *canvas, const char *const *keys)
{
	int row = canvas->rows - 1, column = 1, width;

	canvas_fill(canvas, (struct rect){ row, 0, 1, canvas->columns }, ' ', ROLE_NORMAL);
	for (; *keys; keys += 2) {
		width = (int)(text_cells(keys[0]) + 1 + text_cells(keys[1]));
		if (column + width >= canvas->columns)
			continue;
		column += canvas_text(canvas, row, column, canvas->columns - column, ROLE_KEY, keys[0]) + 1;
		column += canvas_text(canvas, row, column, canvas->columns - column, ROLE_NORMAL, keys[1]) + 2;
	}
}

bool dialog_closes(const struct ui *ui, const struct key *key)
{
	return loop_ending(ui) || key->name == KEYNAME_ESC;
}

/* A key that moves within COUNT items, ROOM of them visible. -1: it does not. */
static int dialog_move(const struct key *key, int at, int count, int room)
{
	int to = at;

	if (key->name == KEYNAME_UP || (key->name == KEYNAME_CTRL && key->code == 'p'))
		to = at - 1;
	else if (key->name == KEYNAME_DOWN || (key->name == KEYNAME_CTRL && key->code == 'n'))
		to = at + 1;
	else if (key->name == KEYNAME_PAGE_UP)
		to = at - room;
	else if (key->name == KEYNAME_PAGE_DOWN)
		to = at + room;
	else if (key->name == KEYNAME_HOME)
		to = 0;
	else if (key->name == KEYNAME_END)
		to = count - 1;
	else if (key->name == KEYNAME_MOUSE && key->wheel)
		to = at + 3 * key->wheel;
	else
		return -1;
	if (to > count - 1)
		to = count - 1;
	return to < 0 ? 0 : to;
}

/* ---- a text ---- */

struct text_dialog {
	const char *title, *text;
	int first, count, room;
};

static void draw_text(struct ui *ui, struct canvas *canvas, void *data)
{
	static const char *const fitting[] = { "Esc", "Close", NULL };
	static const char *const more[] = { "PgDn", "More", "Esc", "Close", NULL };
	static const char *const end[] = { "Esc", "Close", "PgUp", "Back", NULL };
	struct text_dialog *dialog = data;
	struct arena *arena = arena_new();
	struct lines lines = wrap_text(arena, dialog->text, (size_t)dialog_width(canvas));
	struct rect inside;
	int i;

	(void)ui;
	while (lines.count && !*lines.items[lines.count - 1])
		lines.count--;
	dialog->count = (int)lines.count;
	inside = dialog_box(canvas, dialog->title, dialog->count, dialog_width(canvas));
	dialog->room = inside.rows;
	dialog->first = layout_scroll(dialog->first, dialog->first, dialog->count, dialog->room);
	for (i = 0; i < inside.rows && dialog->first + i < dialog->count; i++)
		canvas_text(canvas, inside.row + i, inside.column, inside.columns, ROLE_NORMAL,
			    lines.items[dialog->first + i]);
	dialog_bar(canvas, inside, dialog->first, dialog->count);
	dialog_keys(canvas, dialog->first + dialog->room < dialog->count ? more : dialog->first ? end : fitting);
	canvas_cursor(canvas, inside.row, inside.column);
	arena_free(arena);
}

void dialog_text(struct ui *ui, const char *title, const char *text)
{
	struct text_dialog dialog = { .title = title, .text = text };
	struct key key;
	int to;

	for (;;) {
		loop_dialog_key(ui, draw_text, &dialog, &key);
		if (dialog_closes(ui, &key) || key.name == KEYNAME_ENTER)
			return;
		if (key.name == KEYNAME_CODE && key.code == ' ')
			key.name = KEYNAME_PAGE_DOWN;
		to = dialog_move(&key, dialog.first, dialog.count, dialog.room);
		if (to >= 0)
			dialog.first = to;
	}
}

void dialog_findings(struct ui *ui, const char *title, const struct diags *findings)
{
	dialog_findings_of(ui, title, "", findings);
}

void dialog_findings_of(struct ui *ui, const char *title, const char *intro, const struct diags *findings)
{
	struct strbuf text = STRBUF_INIT;

	strbuf_puts(&text, intro);
	for (size_t i = 0; i < findings->count; i++) {
		const struct diag *diag = &findings->items[i];

		strbuf_puts(&text, text.length ? "\n\n" : "");
		if (diag->at.line)
			strbuf_printf(&text, "Line %u: ", diag->at.line);
		strbuf_printf(&text, "%s%s%s", diag->text, *diag->hint ? " " : "", diag->hint);
	}
	dialog_text(ui, title, strbuf_text(&text));
	strbuf_clear(&text);
}

/* ---- a question ---- */

struct ask_dialog {
	const char *title, *text;
	const char *const *labels;
	const char *escape; /* what Esc does */
	int focused, count, first, lines, room;
};

static void draw_ask(struct ui *ui, struct canvas *canvas, void *data)
{
	struct ask_dialog *dialog = data;
	const char *const keys[] = { "Enter", "Choose", "Tab", "Next button", "Esc", dialog->escape, NULL };
	const char *const more[] = { "Enter",  "Choose", "Tab",  "Next button", "Esc", dialog->escape,
				     "PgDn", "More",   NULL };
	struct arena *arena = arena_new();
	struct lines lines = wrap_text(arena, dialog->text, (size_t)dialog_width(canvas));
	struct rect inside, row;
	int i;

	(void)ui;
	while (lines.count && !*lines.items[lines.count - 1])
		lines.count--;
	inside = dialog_box(canvas, dialog->title, (int)lines.count + 2, dialog_width(canvas));
	row = (struct rect){ inside.row + inside.rows - 1, inside.column, 1, inside.columns };
	inside.rows -= inside.rows > 3 ? 2 : 1;
	dialog->lines = (int)lines.count;
	dialog->room = inside.rows;
	dialog->first = layout_scroll(dialog->first, dialog->first, dialog->lines, dialog->room);
	for (i = 0; i < inside.rows && dialog->first + i < dialog->lines; i++)
		canvas_text(canvas, inside.row + i, inside.column, inside.columns, ROLE_NORMAL,
			    lines.items[dialog->first + i]);
	dialog_bar(canvas, inside, dialog->first, dialog->lines);
	dialog->count = dialog_buttons(canvas, row, dialog->labels, dialog->focused);
	dialog_keys(canvas, dialog->first + dialog->room < dialog->lines ? more : keys);
	arena_free(arena);
}

static int ask(struct ui *ui, struct ask_dialog *dialog)
{
	struct key key;
	int to;

	for (;;) {
		loop_dialog_key(ui, draw_ask, dialog, &key);
		if (dialog_closes(ui, &key))
			return -1;
		if (key.name == KEYNAME_ENTER || (key.name == KEYNAME_CODE && key.code == ' '))
			return dialog->focused;
		if (key.name == KEYNAME_MOUSE && loop_clicked(ui) == ACTION_BUTTON)
			return (int)key.code;
		if (key.name == KEYNAME_LEFT || key.name == KEYNAME_BACKTAB)
			dialog->focused = (dialog->focused + dialog->count - 1) % dialog->count;
		else if (key.name == KEYNAME_RIGHT || key.name == KEYNAME_TAB)
			dialog->focused = (dialog->focused + 1) % dialog->count;
		to = dialog_move(&key, dialog->first, dialog->lines, dialog->room);
		if (to >= 0)
			dialog->first = to;
	}
}

int dialog_ask(struct ui *ui, const char *title, const char *text, const char *const *labels, int focused)
{
	return ask(ui, &(struct ask_dialog){ title, text, labels, "Close", .focused = focused });
}

int dialog_ask_or_leave(struct ui *ui, const char *title, const char *text, const char *const *labels)
{
	return ask(ui, &(struct ask_dialog){ title, text, labels, "Leave", .focused = 0 });
}

/* ---- a list ---- */

struct choose_dialog {
	const char *title;
	const char *const *items;
	int count, at, first, room;
};

static int widest_item(const struct choose_dialog *dialog)
{
	int i, cells, widest = 20;

	for (i = 0; i < dialog->count; i++) {
		cells = (int)text_cells(dialog->items[i]);
		widest = cells > widest ? cells : widest;
	}
	return widest;
}

static void draw_choose(struct ui *ui, struct canvas *canvas, void *data)
{
	const struct key_row *select = key_row_of(ACTION_SELECT);
	const char *const keys[] = { "Enter", "Choose", key_brief(select, canvas->ascii), select->name, "Esc", "Close",
				     NULL };
	struct choose_dialog *dialog = data;
	int width = widest_item(dialog) + 2, i, row;
	struct rect inside;

	(void)ui;
	width = width > dialog_width(canvas) ? dialog_width(canvas) : width;
	inside = dialog_box(canvas, dialog->title, dialog->count > 0 ? dialog->count : 1, width);
	dialog->room = inside.rows;
	dialog->first = layout_scroll(dialog->first, dialog->at, dialog->count, inside.rows);
	for (i = dialog->first; i < dialog->count && i < dialog->first + inside.rows; i++) {
		row = inside.row + i - dialog->first;
		struct rect line = { row, inside.column, 1, inside.columns };

		if (i == dialog->at)
			canvas_text(canvas, row, inside.column, 1, ROLE_NORMAL, canvas_symbol(canvas, SYMBOL_POINTER));
		canvas_text(canvas, row, inside.column + 2, inside.columns - 2, ROLE_NORMAL, dialog->items[i]);
		canvas_area(canvas, line, ACTION_FOCUS, i);
		if (i == dialog->at) {
			canvas_role(canvas, line, ROLE_SELECTED);
			canvas_cursor(canvas, row, inside.column);
		}
	}
	if (dialog->count == 0)
		canvas_text(canvas, inside.row, inside.column, inside.columns, ROLE_DIM, "nothing to choose from");
	dialog_bar(canvas, inside, dialog->first, dialog->count);
	dialog_keys(canvas, keys);
}

/* The next item that starts with the letter CODE, from the one with the pointer on. */
static int item_of_letter(const struct choose_dialog *dialog, uint32_t code)
{
	char letter[2] = { (char)(code < 0x80 ? code : 0), '\0' };
	int i, item;

	for (i = 1; letter[0] > ' ' && i <= dialog->count; i++) {
		item = (dialog->at + i) % dialog->count;
		char first[2] = { dialog->items[item][0], '\0' };

		if (text_equal_fold(first, letter))
			return item;
	}
	return dialog->at;
}

int dialog_choose(struct ui *ui, const char *title, const char *const *items, size_t count, int current)
{
	struct choose_dialog dialog = { .title = title, .items = items, .count = (int)count, .at = current };
	struct key key;
	int to;

	for (;;) {
		loop_dialog_key(ui, draw_choose, &dialog, &key);
		if (dialog_closes(ui, &key))
			return -1;
		to = dialog_move(&key, dialog.at, dialog.count, dialog.room);
		if (key.name == KEYNAME_ENTER || (key.name == KEYNAME_CODE && key.code == ' '))
			return dialog.count ? dialog.at : -1;
		if (key.name == KEYNAME_MOUSE && loop_clicked(ui) == ACTION_FOCUS) {
			if (dialog.at == (int)key.code)
				return dialog.at;
			dialog.at = (int)key.code;
		} else if (to >= 0) {
			dialog.at = to;
		} else if (key.name == KEYNAME_CODE) {
			dialog.at = item_of_letter(&dialog, key.code);
		}
	}
}
