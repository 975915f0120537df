/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The pop-up that asks for the roles of new servers, group by group: names that look alike are ticked together and the
 * role that they suggest is proposed.
 */
#include "ui/dialog_servers.h"

#include "core/text.h"
#include "ui/dialog.h"
#include "ui/sheet.h"

#define BOX_CELLS 4 /* "[x] " */
#define GAP 3
#define WIDEST 72

enum part { PART_NAMES, PART_ROLES, PART_ADD, PART_CANCEL, PART_COUNT };

/* Boxes to tick, in as many columns as fit. */
struct boxes {
	size_t count, at;
	int columns, width, row, rows; /* as last drawn */
};

struct servers_dialog {
	struct incoming *incoming;
	const struct choice *roles;
	const struct plan *plan;
	enum part part;
	struct boxes boxes[2]; /* PART_NAMES, PART_ROLES */
	struct diags found;
	int first;
	const char *labels[3];
	char add[32], title[64];
};

/* ---- drawing ---- */

static const char *label_of(const struct servers_dialog *dialog, enum part part, size_t index)
{
	return part == PART_NAMES ? incoming_name(dialog->incoming, index) : dialog->roles[index].label;
}

static bool is_ticked(struct servers_dialog *dialog, enum part part, size_t index)
{
	return part == PART_NAMES ? *incoming_ticked(dialog->incoming, index)
				  : (*incoming_roles(dialog->incoming) & 1u << index) != 0;
}

static void measure(struct servers_dialog *dialog, enum part part, int width)
{
	struct boxes *boxes = &dialog->boxes[part];

	boxes->width = 1;
	for (size_t i = 0; i < boxes->count; i++) {
		int cells = (int)text_cells(label_of(dialog, part, i));

		boxes->width = cells > boxes->width ? cells : boxes->width;
	}
	boxes->width += BOX_CELLS + GAP;
	boxes->columns = (width + GAP) / boxes->width;
	if (boxes->columns < 1)
		boxes->columns = 1;
	boxes->rows = ((int)boxes->count + boxes->columns - 1) / boxes->columns;
}

/* Names go along the lines, roles down the columns, as one reads them. */
static int row_of(const struct boxes *boxes, enum part part, size_t index)
{
	return part == PART_NAMES ? (int)index / boxes->columns : (int)index % boxes->rows;
}

static int column_of(const struct boxes *boxes, enum part part, size_t index)
{
	return part == PART_NAMES ? (int)index % boxes->columns : (int)index / boxes->rows;
}

static int draw_boxes(struct servers_dialog *dialog, struct sheet *sheet, enum part part, int row)
{
	struct boxes *boxes = &dialog->boxes[part];

	measure(dialog, part, sheet->canvas.columns);
	boxes->row = row;
	sheet_reserve(sheet, row + boxes->rows);
	for (size_t i = 0; i < boxes->count; i++) {
		int at = row + row_of(boxes, part, i), column = column_of(boxes, part, i) * boxes->width;
		struct rect rect = { at, column, 1, boxes->width - GAP };
		bool here = dialog->part == part && boxes->at == i;
		enum role role = here ? ROLE_SELECTED : ROLE_NORMAL;

		if (here)
			canvas_fill(&sheet->canvas, rect, ' ', role);
		sheet_text(sheet, at, column, 3, role, is_ticked(dialog, part, i) ? "[x]" : "[ ]");
		sheet_text(sheet, at, column + BOX_CELLS, rect.columns - BOX_CELLS, role, label_of(dialog, part, i));
		canvas_area(&sheet->canvas, rect, ACTION_FOCUS, (int)(2 * i) + (int)part);
		if (here)
			canvas_cursor(&sheet->canvas, at, column + 1);
	}
	return row + boxes->rows;
}

static void fill(struct servers_dialog *dialog, struct sheet *sheet)
{
	int row = draw_boxes(dialog, sheet, PART_NAMES, 0), width = sheet->canvas.columns;
	const char *there = incoming_there(dialog->incoming);

	row++;
	sheet_text(sheet, row++, 0, width, ROLE_LABEL, "Roles of those that are ticked");
	row = draw_boxes(dialog, sheet, PART_ROLES, row);
	for (size_t i = 0; i < dialog->found.count; i++)
		row += sheet_finding(sheet, row, 0, width, &dialog->found.items[i]);
	if (*there)
		sheet_wrap(sheet, row, 0, width, ROLE_HINT, there);
}

static void draw_keys(const struct servers_dialog *dialog, struct canvas *canvas)
{
	static const char *const box_keys[] = { "F8", "Add", "Space", "Tick", "A", "All", "Tab", "Next field",
						"Esc", "Close", NULL };
	static const char *const button_keys[] = { "F8",         "Add", "Enter", "Press", "Tab",
						   "Next field", "Esc", "Close", NULL };

	dialog_keys(canvas, dialog->part < PART_ADD ? box_keys : button_keys);
}

static void overlay(struct ui *ui, struct canvas *canvas, void *data)
{
	struct servers_dialog *dialog = data;
	int width = dialog_width(canvas) < WIDEST ? dialog_width(canvas) : WIDEST;
	enum part part = dialog->part;
	struct sheet sheet;
	struct rect inside, row;
	int from = 0;

	(void)ui;
	snprintf(dialog->title, sizeof(dialog->title), incoming_open(dialog->incoming) == 1
		 ? "%zu new server: which roles?" : "%zu new servers: which roles?", incoming_open(dialog->incoming));
	snprintf(dialog->add, sizeof(dialog->add), "Add %zu", incoming_ticked_count(dialog->incoming));
	sheet_init(&sheet, width - 1, canvas->ascii);
	fill(dialog, &sheet);
	inside = dialog_box(canvas, dialog->title, sheet.rows + 2, width);
	row = (struct rect){ inside.row + inside.rows - 1, inside.column, 1, inside.columns };
	inside.rows -= inside.rows > sheet.rows + 1 ? 2 : 1;
	if (part < PART_ADD)
		from = dialog->boxes[part].row + row_of(&dialog->boxes[part], part, dialog->boxes[part].at);
	else if (dialog->found.count)
		from = sheet.rows - 1;
	canvas->cursor_row = canvas->cursor_column = -1; /* the page's cursor is under the box */
	sheet_show(&sheet, canvas, inside, &dialog->first, from, from + 1);
	sheet_clear(&sheet);
	dialog_buttons(canvas, row, dialog->labels, part == PART_ADD ? 0 : part == PART_CANCEL ? 1 : -1);
	draw_keys(dialog, canvas);
}

/* ---- keys ---- */

static void toggle(struct servers_dialog *dialog, enum part part, size_t index)
{
	if (part == PART_NAMES)
		*incoming_ticked(dialog->incoming, index) ^= true;
	else
		*incoming_roles(dialog->incoming) ^= 1u << index;
	diags_clear(&dialog->found);
}

/* All names, or none when all are. */
static void toggle_all(struct servers_dialog *dialog)
{
	size_t count = incoming_open(dialog->incoming);
	bool all = incoming_ticked_count(dialog->incoming) == count;

	for (size_t i = 0; i < count; i++)
		*incoming_ticked(dialog->incoming, i) = !all;
	diags_clear(&dialog->found);
}

/* The next group, or the first one: what is proposed needs one key. */
static void begin_group(struct servers_dialog *dialog)
{
	size_t first = 0, count = incoming_open(dialog->incoming);

	while (first < count && !*incoming_ticked(dialog->incoming, first))
		first++;
	dialog->boxes[PART_NAMES] = (struct boxes){ .count = count, .at = first < count ? first : 0 };
	dialog->boxes[PART_ROLES].at = 0;
	dialog->part = *incoming_roles(dialog->incoming) ? PART_ADD : PART_ROLES;
	dialog->first = 0;
}

static void take(struct servers_dialog *dialog)
{
	diags_clear(&dialog->found);
	if (incoming_take(dialog->incoming, &dialog->found))
		begin_group(dialog);
	else
		dialog->part = incoming_ticked_count(dialog->incoming) ? PART_ROLES : PART_NAMES;
}

static void move_by(struct boxes *boxes, int by)
{
	size_t to = boxes->at + (size_t)by;

	if (to < boxes->count)
		boxes->at = to;
}

/* True: the key moved within the boxes of PART, or ticked. */
static bool box_key(struct servers_dialog *dialog, enum part part, const struct key *key)
{
	struct boxes *boxes = &dialog->boxes[part];
	int along = part == PART_NAMES ? 1 : boxes->rows, down = part == PART_NAMES ? boxes->columns : 1;

	if (key->name == KEYNAME_LEFT)
		move_by(boxes, -along);
	else if (key->name == KEYNAME_RIGHT)
		move_by(boxes, along);
	else if (key->name == KEYNAME_UP)
		move_by(boxes, -down);
	else if (key->name == KEYNAME_DOWN)
		move_by(boxes, down);
	else if (key->name == KEYNAME_HOME)
		boxes->at = 0;
	else if (key->name == KEYNAME_END)
		boxes->at = boxes->count ? boxes->count - 1 : 0;
	else if (key->name == KEYNAME_CODE && key->code == ' ' && boxes->count)
		toggle(dialog, part, boxes->at);
	else if (key->name == KEYNAME_CODE && (key->code | 0x20) == 'a')
		toggle_all(dialog);
	else
		return false;
	return true;
}

/* False: the dialog is closed. */
static bool pressed(struct servers_dialog *dialog, const struct key *key, enum action clicked)
{
	enum part part = dialog->part;

	if (key->name == KEYNAME_MOUSE && clicked == ACTION_BUTTON) {
		if (key->code == 1)
			return false;
		take(dialog);
	} else if (key->name == KEYNAME_MOUSE && clicked == ACTION_FOCUS) {
		dialog->part = (enum part)(key->code % 2);
		dialog->boxes[dialog->part].at = key->code / 2;
		toggle(dialog, dialog->part, key->code / 2);
	} else if (key_action(key, true) == ACTION_NEXT_PAGE) {
		take(dialog);
	} else if (part < PART_ADD && box_key(dialog, part, key)) {
		return true;
	} else if (key->name == KEYNAME_TAB || (key->name == KEYNAME_ENTER && part < PART_ADD) ||
		   key->name == KEYNAME_DOWN || key->name == KEYNAME_RIGHT) {
		dialog->part = (part + 1) % PART_COUNT;
	} else if (key->name == KEYNAME_BACKTAB || key->name == KEYNAME_UP || key->name == KEYNAME_LEFT) {
		dialog->part = (part + PART_COUNT - 1) % PART_COUNT;
	} else if (key->name == KEYNAME_ENTER || (key->name == KEYNAME_CODE && key->code == ' ')) {
		if (part == PART_CANCEL)
			return false;
		take(dialog);
	}
	return true;
}

void dialog_servers(struct ui *ui, struct incoming *incoming)
{
	struct servers_dialog dialog = { .incoming = incoming, .plan = wizard_plan(loop_wizard(ui)) };
	struct key key;
	bool open = true;

	dialog.roles = dialog.plan->flow->roles;
	while (dialog.roles[dialog.boxes[PART_ROLES].count].id)
		dialog.boxes[PART_ROLES].count++;
	dialog.labels[0] = dialog.add;
	dialog.labels[1] = "Cancel";
	begin_group(&dialog);
	while (open && incoming_open(incoming)) {
		loop_dialog_key(ui, overlay, &dialog, &key);
		open = !dialog_closes(ui, &key) && pressed(&dialog, &key, loop_clicked(ui));
	}
	diags_clear(&dialog.found);
}
