/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Where the fields of a form stand: labels above or beside, empty lines where there is room for them, the window that
 * follows the focus. The body does not move when a message comes: the empty lines are decided without the messages.
 */
#include "ui/form.h"

#include "core/text.h"
#include "ui/form_parts.h"

#define LABEL_MOST 32
#define MESSAGE_LEAST 40
#define BESIDE_LEAST 26 /* cells that a field must keep beside its label */

struct sums {
	int gaps, messages, rows;
};

const char *form_label(const struct form *form, const struct field *field)
{
	return field_label(field, wizard_plan(form->wizard));
}

static int label_cells(const struct form *form, const struct field *field)
{
	int repeated = field->kind == FIELD_SECRET ? (int)strlen(FORM_REPEATED) : 0;

	return (int)text_cells(form_label(form, field)) + 2 + repeated;
}

/* Labels up to a reasonable width stand beside their fields, longer ones above. Fields that do not apply count too:
 * nothing moves sideways when they come and go. */
static void measure_labels(struct form *form)
{
	int most = form->width - BESIDE_LEAST < LABEL_MOST ? form->width - BESIDE_LEAST : LABEL_MOST;

	form->label_width = 0;
	for (size_t i = 0; i < form->count; i++) {
		const struct field *field = form->items[i].field;
		int cells = label_cells(form, field);

		if (field->kind != FIELD_FLAG && field->kind != FIELD_ROWS && cells <= most &&
		    cells > form->label_width)
			form->label_width = cells;
	}
}

bool form_beside(const struct form *form, const struct form_item *item)
{
	return form->label_width > 0 && label_cells(form, item->field) <= form->label_width;
}

/* Messages stand under their field; where that is too narrow to read them they use the whole width. */
static int findings_column(const struct form *form, const struct form_item *item)
{
	return form->width - item->column >= MESSAGE_LEAST ? item->column : 2;
}

static int draw_item(struct form *form, struct form_item *item, struct sheet *sheet, int row, struct sums *sums)
{
	int end, next;

	item->from = item->to = -1;
	item->column = 0;
	end = form_kinds[item->field->kind].draw(form, item, sheet, row);
	next = form_draw_findings(form, item, sheet, end, findings_column(form, item));
	sums->messages += next - end;
	if (item->from < 0) {
		item->from = row;
		item->to = next;
	}
	return next;
}

static struct sums lay(struct form *form, struct sheet *sheet, const char *intro, bool gaps)
{
	struct sums sums = { 0, 0, 0 };
	const struct form_item *above = NULL;
	int row = 0, end;

	if (intro)
		row = sheet_wrap(sheet, 0, 0, form->width, ROLE_NORMAL, intro);
	for (size_t i = 0; i < form->count; i++) {
		struct form_item *item = &form->items[i];
		bool gap = above ? !(above->field->kind == FIELD_FLAG && item->field->kind == FIELD_FLAG) : row > 0;

		if (!item->shown)
			continue;
		sums.gaps += gap;
		row = draw_item(form, item, sheet, row + (gap && gaps), &sums);
		above = item;
	}
	end = form_draw_findings(form, NULL, sheet, row + gaps, 0);
	if (end > row + gaps) {
		sums.messages += end - row;
		row = end;
	}
	sheet_reserve(sheet, row);
	sums.rows = row;
	return sums;
}

static void begin(struct form *form, int width, int room)
{
	form->scratch = arena_new();
	form->width = width > 0 ? width : 1;
	form->room = room;
	form->spare = 0;
	form->measuring = true;
	form_refresh(form);
	measure_labels(form);
}

static void end_drawing(struct form *form)
{
	arena_free(form->scratch);
	form->scratch = NULL;
}

int form_height(struct form *form, int columns)
{
	struct sheet sheet;
	struct sums sums;

	form->focused = false;
	begin(form, columns - 1, 0);
	sheet_init(&sheet, form->width, ui_ascii(form->ui));
	sums = lay(form, &sheet, NULL, false);
	sheet_clear(&sheet);
	end_drawing(form);
	return sums.rows;
}

/* The first field brings the introduction above it into the window, when both fit. */
static void show(struct form *form, const struct sheet *sheet, struct canvas *canvas, struct rect rect)
{
	const struct form_item *item = form->at < form->count ? &form->items[form->at] : NULL;
	int from = 0, to = 0;
	bool first = true;

	for (size_t i = 0; item && i < form->at; i++)
		first = first && !form->items[i].shown;
	if (item && item->shown) {
		from = first && item->to <= rect.rows ? 0 : item->from;
		to = item->to;
	} else {
		to = form->first + 1;
		from = form->first;
	}
	sheet_show(sheet, canvas, rect, &form->first, from, to);
	form->scrolls = sheet->rows > rect.rows;
}

void form_draw(struct form *form, struct canvas *canvas, struct rect rect, const char *intro, bool focused)
{
	struct sheet sheet;
	struct sums sums;
	bool gaps;

	form->focused = focused;
	begin(form, rect.columns - 1, rect.rows);
	if (focused)
		form_enter(form);
	sheet_init(&sheet, form->width, canvas->ascii);
	sums = lay(form, &sheet, intro, false);
	sheet_clear(&sheet);
	gaps = sums.rows - sums.messages + sums.gaps <= rect.rows;
	form->spare = rect.rows - sums.rows - (gaps ? sums.gaps : 0);
	if (form->spare < 0)
		form->spare = 0;
	form->measuring = true;
	form->measuring = false;
	sheet_init(&sheet, form->width, canvas->ascii);
	lay(form, &sheet, intro, gaps);
	show(form, &sheet, canvas, rect);
	sheet_clear(&sheet);
	end_drawing(form);
}
