/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * One handler per field kind: how it looks and what its keys do beyond walking from field to field.
 */
#include "ui/form.h"

#include <assert.h>

#include "core/text.h"
#include "ui/form_parts.h"

#define TEXT_MOST 72 /* a wider window does not stretch a field further */
#define NUMBER_MOST 12
#define BROWSE_LABEL "[ Browse ]"
#define BROWSE_CELLS 11 /* with the blank before it */
#define DEFAULT_MARK "(default)"
#define DEFAULT_CELLS 10
#define FOLDER_BESIDE_LEAST 36
#define RADIO_MOST 5 /* more choices, or a low window, are shown one at a time */
#define RADIO_LEAST_ROWS 14

static const enum action actions_none[] = { ACTION_NONE };
static const enum action actions_toggle[] = { ACTION_TOGGLE, ACTION_NONE };
static const enum action actions_side[] = { ACTION_CHOOSE_SIDE, ACTION_NONE };
static const enum action actions_marks[] = { ACTION_TOGGLE, ACTION_SELECT, ACTION_NONE };
static const enum action actions_browse[] = { ACTION_BROWSE, ACTION_NONE };
static const enum action actions_reveal[] = { ACTION_REVEAL, ACTION_NONE };

/* ---- one line to type ---- */

struct line {
	const char *label;
	int stop;
	int row, column, width; /* of the field, set by place() */
	bool is_default;
};

static bool is_default(struct form *form, const struct form_item *item)
{
	return str_eq(wizard_origin(form->wizard, form_record(form), item->field), "default") &&
	       form_value(form, item)[0];
}

/* Draws the label and says where the field goes. */
static void place(struct form *form, struct form_item *item, struct sheet *sheet, int row, struct line *line)
{
	const struct field *field = item->field;
	int most = field->kind == FIELD_NUMBER ? NUMBER_MOST : TEXT_MOST;
	int button = field->flags & FIELD_FOLDER ? BROWSE_CELLS : 0;
	int room = form->width - form->label_width - button;
	bool beside = form_beside(form, item) && (!button || room >= FOLDER_BESIDE_LEAST);
	int used = sheet_text(sheet, row, 0, form->width, ROLE_LABEL, line->label);

	line->row = beside ? row : row + 1;
	line->column = beside ? form->label_width : 0;
	line->width = beside ? room : form->width - button;
	if (line->is_default && beside && line->width - DEFAULT_CELLS >= NUMBER_MOST)
		line->width -= DEFAULT_CELLS;
	if (line->width > most)
		line->width = most;
	item->column = line->column;
	item->width = line->width;
	sheet_reserve(sheet, line->row + 1);
	if (line->is_default)
		sheet_text(sheet, row, beside ? line->column + line->width + button + 1 : used + 1, DEFAULT_CELLS,
			   ROLE_DIM, DEFAULT_MARK);
}

static void fill_field(struct sheet *sheet, const struct line *line, enum role role)
{
	canvas_fill(&sheet->canvas, (struct rect){ line->row, line->column, 1, line->width },
		    sheet->canvas.ascii ? '_' : ' ', role);
}

static void draw_value(struct form *form, struct form_item *item, struct sheet *sheet, const struct line *line,
		       const char *resting)
{
	bool here = form_has_focus(form, item) && item->stop == line->stop && form->editing;
	enum role role = here ? ROLE_FIELD_FOCUS : ROLE_FIELD;
	struct strbuf shown = STRBUF_INIT;
	size_t cursor = 0;

	fill_field(sheet, line, role);
	if (here)
		cursor = lineedit_view(&form->edit, (size_t)line->width, form->reveal, &shown);
	else
		strbuf_puts(&shown, resting);
	canvas_text(&sheet->canvas, line->row, line->column, line->width, role, strbuf_text(&shown));
	if (here)
		canvas_cursor(&sheet->canvas, line->row, line->column + (int)cursor);
	canvas_area(&sheet->canvas, (struct rect){ line->row, line->column, 1, line->width }, ACTION_FOCUS,
		    form_area(form, item, line->stop));
	strbuf_clear(&shown);
}

static void draw_browse(struct form *form, struct form_item *item, struct sheet *sheet, const struct line *line)
{
	bool here = form_has_focus(form, item) && item->stop == 1;
	int column = line->column + line->width + 1;

	canvas_text(&sheet->canvas, line->row, column, BROWSE_CELLS - 1, here ? ROLE_BUTTON_FOCUS : ROLE_BUTTON,
		    BROWSE_LABEL);
	canvas_area(&sheet->canvas, (struct rect){ line->row, column, 1, BROWSE_CELLS - 1 }, ACTION_FOCUS,
		    form_area(form, item, 1));
	if (here)
		canvas_cursor(&sheet->canvas, line->row, column + 2);
}

static int text_draw(struct form *form, struct form_item *item, struct sheet *sheet, int row)
{
	const struct field *field = item->field;
	const char *value = form_value(form, item);
	struct line line = { form_label(form, field), 0, 0, 0, 0, is_default(form, item) };
	const char *preset = field_preset(field, wizard_plan(form->wizard));

	place(form, item, sheet, row, &line);
	draw_value(form, item, sheet, &line, value);
	row = line.row + 1;
	if (!(field->flags & FIELD_FOLDER))
		return row;
	draw_browse(form, item, sheet, &line);
	/* Always there, so that nothing moves when the value becomes another than the default. */
	if (preset[0]) {
		const char *text = arena_printf(form->scratch, "Default: %s", preset);

		sheet_text(sheet, row++, line.column, form->width - line.column, ROLE_DIM, text);
	}
	return row;
}

static int text_stops(const struct field *field)
{
	return field->flags & FIELD_FOLDER ? 2 : 1;
}

static void browse(struct form *form, struct form_item *item)
{
	struct strbuf path = STRBUF_INIT;

	form_leave(form);
	if (dialog_browse(form->ui, form_value(form, item), &path))
		form_store(form, item, strbuf_text(&path));
	strbuf_clear(&path);
	item->stop = 0;
	form_enter(form);
}

static enum view_result text_key(struct form *form, struct form_item *item, const struct key *key, enum action action)
{
	bool pressed = item->stop == 1 && (action == ACTION_ACTIVATE || action == ACTION_TOGGLE);

	if (!(item->field->flags & FIELD_FOLDER) || !(action == ACTION_BROWSE || pressed)) {
		if (item->stop == 1 && (key->name == KEYNAME_LEFT || key->name == KEYNAME_RIGHT)) {
			item->stop = 0;
			form_enter(form);
			return VIEW_DONE;
		}
		return VIEW_IGNORED;
	}
	browse(form, item);
	return VIEW_DONE;
}

static enum view_result text_click(struct form *form, struct form_item *item, int part)
{
	if (part == 1)
		browse(form, item);
	return VIEW_DONE;
}

static const enum action *text_actions(const struct form *form, const struct form_item *item)
{
	(void)form;
	return item->field->flags & FIELD_FOLDER ? actions_browse : actions_none;
}

static bool text_hint(struct form *form, const struct form_item *item, struct strbuf *out)
{
	(void)form;
	if (item->stop == 1)
		strbuf_puts(out, "Looks for the folder on the drives that can be reached from here.");
	return item->stop == 1;
}

/* ---- a password, twice ---- */

static int secret_draw(struct form *form, struct form_item *item, struct sheet *sheet, int row)
{
	const char *label = form_label(form, item->field);
	const char *repeated = arena_printf(form->scratch, "%s" FORM_REPEATED, label);
	struct line lines[2] = { { label, 0, 0, 0, 0, false }, { repeated, 1, 0, 0, 0, false } };

	for (int i = 0; i < 2; i++) {
		bool typed = secret_length(wizard_secret(form->wizard, item->field, i)) > 0;

		place(form, item, sheet, row, &lines[i]);
		/* Says nothing about the length. */
		draw_value(form, item, sheet, &lines[i], typed ? "(typed, not shown)" : i ? "" : "(may stay empty)");
		if (item->stop == i) {
			item->from = row;
			item->to = lines[i].row + 1;
		}
		row = lines[i].row + 1;
	}
	return row;
}

static int secret_stops(const struct field *field)
{
	(void)field;
	return 2;
}

/* ---- check marks ---- */

static bool is_yes(const char *text)
{
	return str_eq(text, "yes") || str_eq(text, "true");
}

static int flag_draw(struct form *form, struct form_item *item, struct sheet *sheet, int row)
{
	bool here = form_has_focus(form, item);
	enum role role = here ? ROLE_SELECTED : ROLE_NORMAL;
	int lines;

	sheet_text(sheet, row, 0, 4, role, is_yes(form_value(form, item)) ? "[x] " : "[ ] ");
	lines = sheet_wrap(sheet, row, 4, form->width - 4, role, form_label(form, item->field));
	canvas_area(&sheet->canvas, (struct rect){ row, 0, lines, form->width }, ACTION_FOCUS,
		    form_area(form, item, 0));
	if (here)
		canvas_cursor(&sheet->canvas, row, 1);
	return row + lines;
}

static enum view_result flag_click(struct form *form, struct form_item *item, int part)
{
	(void)part;
	form_store(form, item, is_yes(form_value(form, item)) ? "no" : "yes");
	return VIEW_DONE;
}

static enum view_result flag_key(struct form *form, struct form_item *item, const struct key *key, enum action action)
{
	(void)key;
	return action == ACTION_TOGGLE ? flag_click(form, item, 0) : VIEW_IGNORED;
}

/* ---- one of several ---- */

static const struct choice *offer_at(const struct form *form, const struct field *field, size_t index)
{
	return field_offer(field, wizard_plan(form->wizard), index);
}

/* How many there are before the one with the id VALUE; NULL or none such: how many there are. */
static size_t count_before(const struct form *form, const struct field *field, const char *value)
{
	const struct plan *plan = wizard_plan(form->wizard);
	const struct choice *offer = field_next_offer(field, plan, NULL);
	size_t count = 0;

	for (; offer && !(value && str_eq(offer->id, value)); offer = field_next_offer(field, plan, offer))
		count++;
	return count;
}

static size_t choice_count(const struct form *form, const struct field *field)
{
	return count_before(form, field, NULL);
}

size_t form_chosen(struct form *form, const struct form_item *item)
{
	return count_before(form, item->field, form_value(form, item));
}

static bool one_at_a_time(const struct form *form, const struct field *field)
{
	return choice_count(form, field) > RADIO_MOST || form->room < RADIO_LEAST_ROWS;
}

/* A line "MARK label" of a list of choices. */
static void draw_option(struct form *form, struct form_item *item, struct sheet *sheet, int row, int column,
			size_t index, const char *mark)
{
	bool here = form_has_focus(form, item) && item->list.at == index;
	enum role role = here ? ROLE_SELECTED : ROLE_NORMAL;
	int width = form->width - column;

	sheet_text(sheet, row, column, 4, role, mark);
	sheet_text(sheet, row, column + 4, width - 4, role, offer_at(form, item->field, index)->label);
	canvas_area(&sheet->canvas, (struct rect){ row, column, 1, width }, ACTION_FOCUS,
		    form_area(form, item, (int)index));
	if (item->list.at == index) {
		item->from = row;
		item->to = row + 1;
	}
	if (here)
		canvas_cursor(&sheet->canvas, row, column + 1);
}

static int draw_selector(struct form *form, struct form_item *item, struct sheet *sheet, int row)
{
	size_t now = form_chosen(form, item);
	const struct choice *chosen = offer_at(form, item->field, now);
	const char *label = chosen ? chosen->label : form_value(form, item);
	const char *text = arena_printf(form->scratch, "%s %s %s", canvas_symbol(&sheet->canvas, SYMBOL_LEFT), label,
					canvas_symbol(&sheet->canvas, SYMBOL_RIGHT));
	bool here = form_has_focus(form, item);
	int column = form_beside(form, item) ? form->label_width : 0, used;

	sheet_text(sheet, row, 0, form->width, ROLE_LABEL, form_label(form, item->field));
	row += !form_beside(form, item);
	used = sheet_text(sheet, row, column, form->width - column, here ? ROLE_FIELD_FOCUS : ROLE_FIELD, text);
	canvas_area(&sheet->canvas, (struct rect){ row, column, 1, used }, ACTION_FOCUS, form_area(form, item, 0));
	if (is_default(form, item))
		sheet_text(sheet, row, column + used + 1, form->width - column - used - 1, ROLE_DIM, DEFAULT_MARK);
	if (here)
		canvas_cursor(&sheet->canvas, row, column + 2);
	return row + 1;
}

static int choice_draw(struct form *form, struct form_item *item, struct sheet *sheet, int row)
{
	size_t count = choice_count(form, item->field), now = form_chosen(form, item);
	int column = form_beside(form, item) ? form->label_width : 2, used;

	if (one_at_a_time(form, item->field))
		return draw_selector(form, item, sheet, row);
	if (!form_has_focus(form, item))
		item->list.at = now < count ? now : 0;
	used = sheet_text(sheet, row, 0, form->width, ROLE_LABEL, form_label(form, item->field));
	if (is_default(form, item) && !form_beside(form, item))
		sheet_text(sheet, row, used + 1, DEFAULT_CELLS, ROLE_DIM, DEFAULT_MARK);
	row += !form_beside(form, item);
	for (size_t i = 0; i < count; i++)
		draw_option(form, item, sheet, row + (int)i, column, i, i == now ? "(*) " : "( ) ");
	return row + (count ? (int)count : 1);
}

static void choose(struct form *form, struct form_item *item, size_t index)
{
	item->list.at = index;
	form_store(form, item, offer_at(form, item->field, index)->id);
}

static enum view_result choice_key(struct form *form, struct form_item *item, const struct key *key, enum action action)
{
	size_t count = choice_count(form, item->field), now = form_chosen(form, item);
	bool single = one_at_a_time(form, item->field);

	if (count == 0)
		return VIEW_IGNORED;
	if (key->name == KEYNAME_RIGHT || (action == ACTION_TOGGLE && single)) {
		choose(form, item, now >= count || now + 1 == count ? 0 : now + 1);
		return VIEW_DONE;
	}
	if (key->name == KEYNAME_LEFT) {
		choose(form, item, now >= count || now == 0 ? count - 1 : now - 1);
		return VIEW_DONE;
	}
	if (!single && (action == ACTION_TOGGLE || action == ACTION_ACTIVATE) && item->list.at < count) {
		bool moved = item->list.at != now;

		choose(form, item, item->list.at);
		return action == ACTION_ACTIVATE && !moved ? VIEW_IGNORED : VIEW_DONE;
	}
	if (!single && (key->name == KEYNAME_UP || key->name == KEYNAME_DOWN) &&
	    listing_key(&item->list, count, key) == VIEW_DONE)
		return VIEW_DONE;
	return VIEW_IGNORED;
}

static enum view_result choice_click(struct form *form, struct form_item *item, int part)
{
	size_t count = choice_count(form, item->field);

	if (one_at_a_time(form, item->field)) {
		size_t now = form_chosen(form, item);

		choose(form, item, now + 1 < count ? now + 1 : 0);
	} else if ((size_t)part < count) {
		choose(form, item, (size_t)part);
	}
	return VIEW_DONE;
}

static bool option_hint(struct form *form, const struct form_item *item, struct strbuf *out)
{
	struct arena *arena = arena_new();
	const struct choice *offer;
	const char *said = NULL;
	size_t at = item->list.at;

	if (item->field->kind == FIELD_CHOICE && one_at_a_time(form, item->field))
		at = form_chosen(form, item);
	offer = offer_at(form, item->field, at);
	if (offer)
		said = field_choice_help(item->field, wizard_plan(form->wizard), offer, arena);
	strbuf_puts(out, said ? said : "");
	arena_free(arena);
	return said != NULL;
}

/* ---- any of several ---- */

static bool in_list(const char *list, const char *word)
{
	size_t length = strlen(word);

	while (*list) {
		size_t here = strcspn(list, ",");

		if (here == length && memcmp(list, word, length) == 0)
			return true;
		list += here;
		list += strspn(list, ", ");
	}
	return false;
}

static int choices_draw(struct form *form, struct form_item *item, struct sheet *sheet, int row)
{
	const char *value = form_value(form, item);
	size_t count = choice_count(form, item->field);
	int column = form_beside(form, item) ? form->label_width : 2;

	sheet_text(sheet, row, 0, form->width, ROLE_LABEL, form_label(form, item->field));
	row += !form_beside(form, item);
	for (size_t i = 0; i < count; i++)
		draw_option(form, item, sheet, row + (int)i, column, i,
			    in_list(value, offer_at(form, item->field, i)->id) ? "[x] " : "[ ] ");
	return row + (count ? (int)count : 1);
}

/* Stores the list with choice INDEX the other way round, in table order. */
static enum view_result choices_click(struct form *form, struct form_item *item, int part)
{
	const char *value = form_value(form, item);
	const struct choice *offer;
	struct strbuf list = STRBUF_INIT;

	if ((size_t)part >= choice_count(form, item->field))
		return VIEW_DONE;
	item->list.at = (size_t)part;
	for (int i = 0; (offer = offer_at(form, item->field, (size_t)i)); i++)
		if (in_list(value, offer->id) != (i == part))
			strbuf_printf(&list, "%s%s", list.length ? ", " : "", offer->id);
	form_store(form, item, strbuf_text(&list));
	strbuf_clear(&list);
	return VIEW_DONE;
}

static enum view_result choices_key(struct form *form, struct form_item *item, const struct key *key,
				    enum action action)
{
	size_t count = choice_count(form, item->field);

	if (action == ACTION_TOGGLE)
		return choices_click(form, item, (int)item->list.at);
	if ((key->name == KEYNAME_UP || key->name == KEYNAME_DOWN) && listing_key(&item->list, count, key) == VIEW_DONE)
		return VIEW_DONE;
	return VIEW_IGNORED;
}

/* ---- the table ---- */

const struct form_kind form_kinds[] = {
	[FIELD_TEXT] = { true, text_stops, text_draw, text_key, text_click, NULL, text_actions, text_hint },
	[FIELD_NUMBER] = { true, NULL, text_draw, NULL, NULL, actions_none, NULL, NULL },
	[FIELD_FLAG] = { false, NULL, flag_draw, flag_key, flag_click, actions_toggle, NULL, NULL },
	[FIELD_CHOICE] = { false, NULL, choice_draw, choice_key, choice_click, actions_side, NULL, option_hint },
	[FIELD_CHOICES] = { false, NULL, choices_draw, choices_key, choices_click, actions_marks, NULL, option_hint },
	[FIELD_NAMES] = { true, NULL, text_draw, NULL, NULL, actions_none, NULL, NULL },
	[FIELD_ROWS] = { false, NULL, form_rows_draw, form_rows_key, form_rows_click, NULL, form_rows_actions,
			 form_rows_hint },
	[FIELD_SECRET] = { true, secret_stops, secret_draw, NULL, NULL, actions_reveal, NULL, NULL },
};
static_assert(ARRAY_LEN(form_kinds) == FIELD_KIND_COUNT, "one handler per field kind");
