/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What stands around a page. Everything is worked out anew for each picture; the terminal gets only what differs.
 */
#include "ui/frame.h"

#include "core/text.h"
#include "core/wrap.h"
#include "model/flow.h"
#include "os/platform.h"

#define NAME_COLUMNS 11       /* "scupgrade" and the gap behind it */
#define RAIL_LEAD 3           /* a blank, the state, a blank */
#define RAIL_COUNT 2          /* "2✗" at the right end */
#define RAIL_BESIDE_STEPS 110 /* columns from which the checklist does without those of the rail */

static void draw_title(const struct frame *frame, struct canvas *canvas)
{
	const struct plan *plan = wizard_plan(frame->wizard);
	const char *name = platform_last_part(wizard_plan_path(frame->wizard));
	const char *headline = flow_headline(plan);
	struct strbuf place = STRBUF_INIT;
	int column, room, used, wide;

	strbuf_printf(&place, "%s%s  ", *name ? name : "new plan", wizard_changed(frame->wizard) ? "*" : "");
	if (wizard_tracks(frame->wizard))
		strbuf_puts(&place, "tracking");
	else
		strbuf_printf(&place, "%zu of %zu",
			      wizard_page_number(frame->wizard, wizard_page(frame->wizard)),
			      wizard_page_total(frame->wizard));
	used = canvas_text_right(canvas, 0, 1, canvas->columns - 2, ROLE_NORMAL, strbuf_text(&place));
	room = canvas->columns - used - 4;
	column = 1;
	/* The program's own name is what can be spared, unless nothing else fits anyway. */
	wide = (int)text_cells(headline);
	if (room >= (int)strlen("scupgrade") && (wide > room || wide + NAME_COLUMNS <= room))
		column += canvas_text(canvas, 0, column, room, ROLE_TITLE, "scupgrade") + 2;
	if (room - column > 8)
		canvas_text(canvas, 0, column, room - column + 1, ROLE_NORMAL, headline);
	strbuf_clear(&place);
}

/* ---- rail ---- */

static int rail_width(struct wizard *wizard)
{
	size_t i, count = wizard_page_count(wizard), longest = 0, cells;
	const struct page *page;

	for (i = 0; i < count; i++) {
		page = wizard_page_at(wizard, i);
		cells = text_cells(page->rail) + RAIL_LEAD + RAIL_COUNT;
		longest = cells > longest ? cells : longest;
		cells = text_cells(page->section) + 2;
		longest = cells > longest ? cells : longest;
	}
	return (int)longest;
}

/* Lines of the rail up to and with page INDEX: sections count too. */
static int rail_line(struct wizard *wizard, size_t index)
{
	const char *section = NULL;
	int line = -1;
	size_t i;

	for (i = 0; i <= index; i++) {
		line += 1 + !str_eq(section, wizard_page_at(wizard, i)->section);
		section = wizard_page_at(wizard, i)->section;
	}
	return line;
}

static void draw_rail_page(const struct frame *frame, struct canvas *canvas, struct rect at, size_t index)
{
	static const struct {
		int symbol;
		enum role mark, name;
	} looks[] = { [PAGE_STATE_AHEAD] = { -1, ROLE_DIM, ROLE_DIM },
		      [PAGE_STATE_SEEN] = { -1, ROLE_NORMAL, ROLE_NORMAL },
		      [PAGE_STATE_OK] = { SYMBOL_OK, ROLE_OK, ROLE_NORMAL },
		      [PAGE_STATE_BAD] = { SYMBOL_BAD, ROLE_ERROR, ROLE_NORMAL },
		      [PAGE_STATE_CURRENT] = { SYMBOL_POINTER, ROLE_CURRENT, ROLE_CURRENT } };
	const struct page *page = wizard_page_at(frame->wizard, index);
	enum page_state state =
		page == wizard_page(frame->wizard) ? PAGE_STATE_CURRENT : wizard_page_state(frame->wizard, page);
	size_t errors = index < frame->error_count ? frame->errors[index] : 0;
	char count[32];

	if (looks[state].symbol >= 0)
		canvas_text_right(canvas, at.row, at.column, 2, looks[state].mark,
				  canvas_symbol(canvas, (enum symbol)looks[state].symbol));
	canvas_text(canvas, at.row, at.column + RAIL_LEAD, at.columns - RAIL_LEAD - (errors ? RAIL_COUNT + 1 : 0),
		    looks[state].name, page->rail);
	if (errors) {
		snprintf(count, sizeof(count), "%zu%s", errors > 99 ? 99 : errors, canvas_symbol(canvas, SYMBOL_BAD));
		canvas_text_right(canvas, at.row, at.column, at.columns, ROLE_ERROR, count);
	}
	if (wizard_page_visited(frame->wizard, page))
		canvas_area(canvas, at, ACTION_GOTO_PAGE, (int)index);
}

static void draw_rail(const struct frame *frame, struct canvas *canvas, struct rect rail)
{
	struct wizard *wizard = frame->wizard;
	size_t i, count = wizard_page_count(wizard);
	int lines = count ? rail_line(wizard, count - 1) + 1 : 0, line = 0;
	int first = layout_scroll(0, rail_line(wizard, wizard_page_index(wizard)), lines, rail.rows);
	struct rect at = { 0, rail.column, 1, rail.columns };
	const char *section = NULL;

	canvas_vline(canvas, rail.row, rail.column + rail.columns, rail.rows);
	for (i = 0; i < count; i++) {
		if (!str_eq(section, wizard_page_at(wizard, i)->section)) {
			section = wizard_page_at(wizard, i)->section;
			if (line >= first && line < first + rail.rows)
				canvas_text(canvas, rail.row + line - first, rail.column + 1, rail.columns - 1,
					    ROLE_HEADING, section);
			line++;
		}
		at.row = rail.row + line - first;
		if (line >= first && line < first + rail.rows)
			draw_rail_page(frame, canvas, at, i);
		line++;
	}
}

/* ---- buttons ---- */

static size_t middle_buttons(const struct frame *frame, const char *labels[2], enum action actions[2])
{
	if (!frame->view->ops->middle_buttons)
		return 0;
	return frame->view->ops->middle_buttons(frame->view, labels, actions);
}

static const char *button_label(const struct frame *frame, enum frame_button button)
{
	const char *labels[2] = { NULL, NULL };
	enum action actions[2];
	size_t count = middle_buttons(frame, labels, actions);
	const char *next = frame->view->page->next_label;

	if (wizard_tracks(frame->wizard))
		return button == BUTTON_NEXT ? "Close" : NULL;
	switch (button) {
	case BUTTON_BACK:
		return "< Back";
	case BUTTON_MIDDLE_1:
	case BUTTON_MIDDLE_2:
		return (size_t)(button - BUTTON_MIDDLE_1) < count ? labels[button - BUTTON_MIDDLE_1] : NULL;
	case BUTTON_NEXT:
		return next ? next : "Next >";
	case BUTTON_CANCEL: /* everything is written: there is nothing to cancel */
		return frame->view->page->kind == PAGE_DONE ? NULL : "Cancel";
	case BUTTON_COUNT:
		break;
	}
	return NULL;
}

enum action frame_middle_action(const struct frame *frame, enum frame_button button)
{
	const char *labels[2];
	enum action actions[2] = { ACTION_NONE, ACTION_NONE };

	middle_buttons(frame, labels, actions);
	return actions[button - BUTTON_MIDDLE_1];
}

bool frame_has_button(const struct frame *frame, enum frame_button button)
{
	if (button == BUTTON_BACK && wizard_page_index(frame->wizard) == 0)
		return false;
	return button_label(frame, button) != NULL;
}

static int buttons_width(const struct frame *frame, const bool shown[BUTTON_COUNT], int gap)
{
	int button, width = -gap;

	for (button = 0; button < BUTTON_COUNT; button++)
		if (shown[button])
			width += (int)text_cells(button_label(frame, (enum frame_button)button)) + 4 + gap;
	return width;
}

static void draw_button(const struct frame *frame, struct canvas *canvas, struct rect at, enum frame_button button)
{
	bool focused = !frame->view->focused && frame->button == button;
	enum role role = focused ? ROLE_BUTTON_FOCUS : frame_has_button(frame, button) ? ROLE_BUTTON : ROLE_BUTTON_OFF;
	struct strbuf text = STRBUF_INIT;

	strbuf_printf(&text, "[ %s ]", button_label(frame, button));
	canvas_text(canvas, at.row, at.column, at.columns, role, strbuf_text(&text));
	strbuf_clear(&text);
	if (frame_has_button(frame, button))
		canvas_area(canvas, at, ACTION_BUTTON, (int)button);
	if (focused)
		canvas_cursor(canvas, at.row, at.column + 2);
}

/* At the right end, so that they keep their place from page to page. Cancel goes first when there is no room: Alt-Q
 * does the same; then the middle ones, which have keys of their own. The one with the focus stays. */
static void draw_buttons(const struct frame *frame, struct canvas *canvas, struct rect rect)
{
	static const enum frame_button expendable[] = { BUTTON_CANCEL, BUTTON_MIDDLE_2, BUTTON_MIDDLE_1 };
	bool shown[BUTTON_COUNT];
	int button, gap, column;
	size_t drop = 0;

	for (button = 0; button < BUTTON_COUNT; button++)
		shown[button] = button_label(frame, (enum frame_button)button) != NULL;
	for (gap = 2; buttons_width(frame, shown, gap) > rect.columns && drop < ARRAY_LEN(expendable);) {
		if (gap == 2)
			gap = 1;
		else if (!frame->view->focused && frame->button == expendable[drop])
			drop++;
		else
			shown[expendable[drop++]] = false;
	}
	column = rect.column + rect.columns - buttons_width(frame, shown, gap);
	column = column < rect.column ? rect.column : column;
	for (button = 0; button < BUTTON_COUNT; button++) {
		if (!shown[button])
			continue;
		struct rect at = { rect.row, column, 1,
				   (int)text_cells(button_label(frame, (enum frame_button)button)) + 4 };

		draw_button(frame, canvas, at, (enum frame_button)button);
		column += at.columns + gap;
	}
}

/* ---- hints and keys ---- */

/* What Next does, by the page that it leaves. */
static const char *next_hint(const struct frame *frame)
{
	if (wizard_tracks(frame->wizard))
		return "Leaves. Everything is already recorded.";
	switch (frame->view->page->kind) {
	case PAGE_SUMMARY:
		return "Writes the files and opens the checklist. Nothing is run on a server from here.";
	case PAGE_STEPS:
		return "Goes to the last page. Everything is already recorded; open steps stay open.";
	case PAGE_DONE:
		return wizard_has_written(frame->wizard) ? "Closes the wizard. The files are written."
							 : "Closes the wizard.";
	case PAGE_CHECKS:
		return "Goes on when no check has failed and every other one passed or is answered.";
	case PAGE_FORM:
	case PAGE_TEXT:
	case PAGE_KIND_COUNT:
		break;
	}
	return "Checks this page and goes on to the next one.";
}

static const char *button_hint(const struct frame *frame)
{
	static const char *const hints[BUTTON_COUNT] = {
		[BUTTON_BACK] = "Goes to the page before. Nothing that was typed is lost.",
		[BUTTON_MIDDLE_1] = "Reads the facts and checks everything again.",
		[BUTTON_MIDDLE_2] = "",
		[BUTTON_CANCEL] = "Leaves. You are asked what to do with changes.",
	};

	return frame->button == BUTTON_NEXT ? next_hint(frame) : hints[frame->button];
}

static void draw_hints(const struct frame *frame, struct canvas *canvas, const struct layout *layout)
{
	struct strbuf text = STRBUF_INIT;
	bool message = *frame->message != '\0';
	struct rect rect = { layout->hint_row, 1, layout->hint_rows, canvas->columns - 2 };

	if (message)
		strbuf_puts(&text, frame->message);
	else if (!frame->view->focused)
		strbuf_puts(&text, button_hint(frame));
	else if (frame->view->ops->hint)
		frame->view->ops->hint(frame->view, &text);
	canvas_wrap(canvas, rect, message ? ROLE_CURRENT : ROLE_HINT, strbuf_text(&text));
	strbuf_clear(&text);
}

/* ---- the key line ---- */

#define KEYS_MOST 24
#define KEY_GAP 2

struct key_item {
	const char *brief, *name;
	enum action action; /* of a click */
	int rank;           /* the lower ones stay when there is no room for all */
	bool shown;
};

struct key_items {
	struct key_item items[KEYS_MOST];
	size_t count;
};

static void add_key(struct key_items *keys, enum action action, const char *name, int rank, bool ascii)
{
	const struct key_row *row = key_row_of(action);
	const char *brief = key_brief(row, ascii);
	/* A key that is only shown has no action, and what a button takes is not the page's. */
	bool clicked = action < ACTION_CHOOSE_SIDE && !(action == ACTION_ACTIVATE && name);

	if (keys->count < KEYS_MOST)
		keys->items[keys->count++] = (struct key_item){ brief, name ? name : row->name,
								clicked ? action : ACTION_NONE, rank, false };
}

static const char *next_name(const struct frame *frame)
{
	enum page_kind kind = frame->view->page->kind;

	return kind == PAGE_SUMMARY ? "Write" : kind == PAGE_DONE ? "Close" : NULL;
}

static bool lists_action(const enum action *actions, enum action action)
{
	while (*actions != ACTION_NONE && *actions != action)
		actions++;
	return *actions == action;
}

/* How to go on, then what has the focus. */
static void collect_own_keys(const struct frame *frame, bool ascii, struct key_items *keys)
{
	static const enum action none[] = { ACTION_NONE };
	const enum action *actions = frame->view->ops->actions ? frame->view->ops->actions(frame->view) : none;
	int rank = *actions == ACTION_NEXT_FIELD ? 6 : 1;

	if (!wizard_tracks(frame->wizard))
		add_key(keys, ACTION_NEXT_PAGE, next_name(frame), 0, ascii);
	if (!frame->view->focused) {
		add_key(keys, ACTION_ACTIVATE, "Press", 1, ascii);
		add_key(keys, ACTION_NEXT_FIELD, "Next button", 5, ascii);
	}
	/* It stands in one place, whatever has the focus: a slow line carries less. */
	if (frame->view->focused && lists_action(actions, ACTION_NEXT_FIELD))
		add_key(keys, ACTION_NEXT_FIELD, NULL, *actions == ACTION_NEXT_FIELD ? 1 : 5, ascii);
	for (; frame->view->focused && *actions != ACTION_NONE; actions++) {
		if (*actions == ACTION_NEXT_FIELD)
			continue;
		add_key(keys, *actions, NULL, *actions == ACTION_SHOW_ALL ? 1 : rank, ascii);
		rank = rank == 1 ? 6 : rank + 1;
	}
}

/* What every page has, for the right end, where it stays while the focus moves: a slow line carries less. */
static void collect_common_keys(const struct frame *frame, struct key_items *keys)
{
	const enum action *(*of)(struct view *view) = frame->view->focused ? frame->view->ops->actions : NULL;
	bool tracks = wizard_tracks(frame->wizard), filtered = of && lists_action(of(frame->view), ACTION_SHOW_ALL);
	const char *back = tracks ? "Close" : wizard_page_index(frame->wizard) > 0 ? NULL : "Leave";

	if (!tracks && frame->view->page->kind != PAGE_DONE)
		add_key(keys, ACTION_SAVE, NULL, 9, false);
	add_key(keys, ACTION_HELP, NULL, 2, false);
	if (!filtered)
		add_key(keys, ACTION_BACK, back, 3, false);
	add_key(keys, ACTION_QUIT, NULL, 4, false);
}

static int key_cells(const struct key_item *item)
{
	return (int)(text_cells(item->brief) + 1 + text_cells(item->name));
}

/* The useful ones first, until there is no room. Returns the cells of those of KEYS from FIRST on. */
static int choose_keys(struct key_items *keys, int room, size_t first)
{
	int used = 0;

	for (int rank = 0; rank < KEYS_MOST + 5; rank++) {
		for (size_t i = 0; i < keys->count; i++) {
			struct key_item *item = &keys->items[i];

			if (item->rank != rank || key_cells(item) > room)
				continue;
			item->shown = true;
			room -= key_cells(item) + KEY_GAP;
			used += i >= first ? key_cells(item) + KEY_GAP : 0;
		}
	}
	return used;
}

static int draw_key(struct canvas *canvas, int row, int column, const struct key_item *item)
{
	int cells = key_cells(item);

	canvas_text(canvas, row, column, cells, ROLE_KEY, item->brief);
	canvas_text(canvas, row, column + (int)text_cells(item->brief) + 1, cells, ROLE_NORMAL, item->name);
	if (item->action != ACTION_NONE)
		canvas_area(canvas, (struct rect){ row, column, 1, cells }, (int)item->action, 0);
	return column + cells + KEY_GAP;
}

static void draw_keys(const struct frame *frame, struct canvas *canvas, int row)
{
	struct key_items keys = { .count = 0 };
	size_t own;
	int column = 1, common;

	collect_own_keys(frame, canvas->ascii, &keys);
	own = keys.count;
	collect_common_keys(frame, &keys);
	common = choose_keys(&keys, canvas->columns - 2, own);
	for (size_t i = 0; i < keys.count; i++) {
		if (i == own)
			column = canvas->columns - 1 + KEY_GAP - common;
		if (keys.items[i].shown)
			column = draw_key(canvas, row, column, &keys.items[i]);
	}
}

/* ---- all of it ---- */

static void draw_side_help(const struct frame *frame, struct canvas *canvas, struct rect rect)
{
	const char *text = frame->view->ops->help ? frame->view->ops->help(frame->view) : NULL;
	if (!text)
		text = frame->view->page->help ? table_text(wizard_plan(frame->wizard), frame->view->page->help) : "";
	canvas_vline(canvas, rect.row, rect.column - 2, rect.rows);
	canvas_wrap(canvas, rect, ROLE_HINT, text);
}

static void draw_too_small(struct canvas *canvas)
{
	char text[64];

	snprintf(text, sizeof(text), "needs %dx%d, is %dx%d", LAYOUT_MIN_COLUMNS, LAYOUT_MIN_ROWS, canvas->columns,
		 canvas->rows);
	canvas_text(canvas, 0, 0, canvas->columns, ROLE_NORMAL, text);
	canvas_cursor(canvas, 0, 0);
}

static int wrapped_rows(const char *text, int columns)
{
	struct arena *arena = arena_new();
	int rows = (int)wrap_text(arena, text, (size_t)columns).count;

	arena_free(arena);
	return rows;
}

void frame_draw(const struct frame *frame, struct canvas *canvas)
{
	struct layout layout = layout_of(canvas->rows, canvas->columns, rail_width(frame->wizard));
	struct view *view = frame->view;
	bool low = false;

	if (layout.too_small) {
		draw_too_small(canvas);
		return;
	}
	if (view->page->kind != PAGE_FORM)
		layout_drop_side_help(&layout);
	if (view->page->kind == PAGE_STEPS && (canvas->columns < RAIL_BESIDE_STEPS || wizard_tracks(frame->wizard)))
		layout_take_all(&layout);
	/* Without rows for hints a message takes those of the buttons, and the keys stay. */
	if (!layout.hint_rows && *frame->message && !frame->modal) {
		low = true;
		layout_make_message(&layout, wrapped_rows(frame->message, canvas->columns - 2));
	}
	draw_title(frame, canvas);
	canvas_hline(canvas, 1, 0, canvas->columns);
	if (layout.line_row)
		canvas_hline(canvas, layout.line_row, 0, canvas->columns);
	if (layout.has_rail)
		draw_rail(frame, canvas, layout.rail);
	if (layout.page_title.rows)
		canvas_text(canvas, layout.page_title.row, layout.page_title.column, layout.page_title.columns,
			    ROLE_HEADING, wizard_page_title(frame->wizard, view->page));
	view->ops->draw(view, canvas, layout.body);
	if (layout.has_side_help)
		draw_side_help(frame, canvas, layout.side_help);
	if (view->focused && canvas->cursor_row < 0)
		canvas_cursor(canvas, layout.body.row, layout.body.column);
	if (low && canvas->cursor_row < 0)
		canvas_cursor(canvas, layout.hint_row, 1);
	else if (!low)
		draw_buttons(frame, canvas, layout.buttons);
	if (frame->modal)
		return;
	draw_keys(frame, canvas, layout.key_row);
	draw_hints(frame, canvas, &layout);
}
