/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Browsing for a Windows folder over whatever folders the wizard can list. Windows' rules for paths, never those of the
 * system that this program runs on.
 */
#include "core/text.h"
#include "ui/dialog.h"
#include "ui/sheet.h"

#define DIALOG_COLUMNS 70
#define UP ".."

enum { FOCUS_LIST = -1, BUTTON_USE, BUTTON_GIVE_UP, BUTTONS };

static const char *const button_labels[] = { "Use this folder", "Cancel", NULL };

struct browser {
	struct wizard *wizard;
	struct strbuf path;  /* "": the drives */
	struct arena *arena; /* of the names */
	const char **names;
	size_t count, room;
	struct listing list;
	const char *why; /* cannot be listed; NULL: it can */
	int button;      /* or FOCUS_LIST */
};

static void add_name(const char *name, void *data)
{
	struct browser *browser = data;

	if (browser->count == browser->room) {
		browser->room = browser->room ? browser->room * 2 : 32;
		browser->names = xrealloc(browser->names, browser->room * sizeof(*browser->names));
	}
	browser->names[browser->count++] = arena_strdup(browser->arena, name);
}

/* False: the folder cannot be listed. */
static bool fill(struct browser *browser)
{
	const char *why = NULL;
	bool listed;

	arena_free(browser->arena);
	browser->arena = arena_new();
	browser->count = 0;
	browser->list = (struct listing){ 0 };
	if (browser->path.length)
		add_name(UP, browser);
	listed = wizard_list_folders(browser->wizard, strbuf_text(&browser->path), add_name, browser, &why);
	browser->why = listed ? NULL : arena_strdup(browser->arena, why ? why : "It cannot be listed.");
	return listed;
}

/* "C:\A\B" to "C:\A" to "C:\" to the drives. */
static void cut_last(struct strbuf *path)
{
	size_t length = path->length;
	const char *text = strbuf_text(path);

	while (length && text[length - 1] == '\\')
		length--;
	while (length && text[length - 1] != '\\')
		length--;
	while (length > 3 && text[length - 1] == '\\')
		length--;
	if (length < 3 || length == path->length)
		length = 0;
	strbuf_truncate(path, length);
}

/* A drive may be called "C", "C:" or "C:\". */
static void append(struct strbuf *path, const char *name)
{
	bool drive = path->length == 0;

	if (!drive && strbuf_text(path)[path->length - 1] != '\\')
		strbuf_putc(path, '\\');
	strbuf_puts(path, name);
	if (drive && path->length == 1)
		strbuf_putc(path, ':');
	if (drive && path->length == 2)
		strbuf_putc(path, '\\');
}

static void go_up(struct browser *browser)
{
	struct strbuf old = STRBUF_INIT;
	const char *name;

	if (!browser->path.length)
		return;
	strbuf_puts(&old, strbuf_text(&browser->path));
	cut_last(&browser->path);
	fill(browser);
	name = strbuf_text(&old) + browser->path.length;
	name += strspn(name, "\\");
	for (size_t i = 0; i < browser->count; i++)
		if (text_equal_fold(browser->names[i], name) ||
		    (!browser->path.length && str_starts(name, browser->names[i])))
			browser->list.at = i;
	strbuf_clear(&old);
}

static void go_into(struct browser *browser)
{
	const char *name;

	if (browser->list.at >= browser->count)
		return;
	name = browser->names[browser->list.at];
	if (str_eq(name, UP)) {
		go_up(browser);
		return;
	}
	append(&browser->path, name);
	fill(browser);
}

/* ---- drawing ---- */

static void draw_names(struct browser *browser, struct canvas *canvas, struct rect rect)
{
	listing_fit(&browser->list, browser->count, (size_t)rect.rows);
	for (int i = 0; i < rect.rows && browser->list.first + (size_t)i < browser->count; i++) {
		size_t index = browser->list.first + (size_t)i;
		bool at = index == browser->list.at, here = at && browser->button == FOCUS_LIST;
		struct rect line = { rect.row + i, rect.column, 1, rect.columns - 1 };
		enum role role = here ? ROLE_SELECTED : ROLE_NORMAL;

		if (here)
			canvas_fill(canvas, line, ' ', role);
		if (at)
			canvas_text(canvas, line.row, line.column, 1, role, canvas_symbol(canvas, SYMBOL_POINTER));
		canvas_text(canvas, line.row, line.column + 2, line.columns - 2, role, browser->names[index]);
		canvas_area(canvas, line, ACTION_FOCUS, (int)index);
		if (here)
			canvas_cursor(canvas, line.row, line.column + 2);
	}
	listing_marks(&browser->list, browser->count, canvas, rect);
}

static int draw_why(const struct browser *browser, struct canvas *canvas, struct rect rect)
{
	struct diag diag = { .severity = SEV_WARNING, .text = browser->why, .hint = "", .path = "" };
	struct sheet sheet;
	int first = 0, rows;

	if (!browser->why)
		return 0;
	sheet_init(&sheet, rect.columns, canvas->ascii);
	rows = sheet_finding(&sheet, 0, 0, rect.columns, &diag);
	if (rows > rect.rows - 2)
		rows = rect.rows - 2 > 1 ? rect.rows - 2 : 1;
	sheet.rows = rows;
	rect.rows = rows;
	sheet_show(&sheet, canvas, rect, &first, 0, 1);
	sheet_clear(&sheet);
	return rows;
}

/* The drives are no folder to use. */
static void draw_keys(const struct browser *browser, struct canvas *canvas)
{
	static const char *const list_keys[] = { "F8",  "Use this folder", "Enter", "Open", "Backspace", "Up",
						 "Esc", "Close",           NULL };
	static const char *const button_keys[] = { "F8",         "Use this folder", "Enter", "Press", "Tab",
						   "Next field", "Esc",             "Close", NULL };
	const char *const *keys = browser->button == FOCUS_LIST ? list_keys : button_keys;

	dialog_keys(canvas, browser->path.length ? keys : keys + 2);
}

static void overlay(struct ui *ui, struct canvas *canvas, void *data)
{
	struct browser *browser = data;
	int columns = canvas->columns - 2 < DIALOG_COLUMNS ? canvas->columns - 2 : DIALOG_COLUMNS;
	int rows = canvas->rows - 2 < 20 ? canvas->rows - 2 : 20, low = rows < 12;
	struct rect box = { (canvas->rows - rows) / 2, (canvas->columns - columns) / 2, rows, columns };
	struct rect inside = { box.row + 2, box.column + 2, rows - 4 - !low, columns - 3 };
	const char *path = browser->path.length ? strbuf_text(&browser->path) : "The drives";
	int used;

	(void)ui;
	canvas_box(canvas, box, "Browse for a folder");
	canvas->cursor_row = canvas->cursor_column = -1; /* the page's cursor is under the box */
	canvas_text_left_cut(canvas, box.row + 1, inside.column, columns - 4, ROLE_HEADING, path);
	used = draw_why(browser, canvas, inside);
	inside.row += used;
	inside.rows -= used;
	draw_names(browser, canvas, inside);
	dialog_buttons(canvas, (struct rect){ box.row + rows - 2, inside.column, 1, columns - 4 }, button_labels,
		       browser->button);
	draw_keys(browser, canvas);
	if (canvas->cursor_row < 0)
		canvas_cursor(canvas, box.row + 1, inside.column);
}

/* ---- keys ---- */

static void jump(struct browser *browser, const struct key *key)
{
	struct strbuf letter = STRBUF_INIT, head = STRBUF_INIT;

	strbuf_put_code(&letter, key->code);
	for (size_t i = 1; i <= browser->count; i++) {
		size_t index = (browser->list.at + i) % browser->count;

		strbuf_reset(&head);
		strbuf_add(&head, browser->names[index], strnlen(browser->names[index], letter.length));
		if (text_equal_fold(strbuf_text(&head), strbuf_text(&letter))) {
			browser->list.at = index;
			break;
		}
	}
	strbuf_clear(&letter);
	strbuf_clear(&head);
}

static void list_pressed(struct browser *browser, const struct key *key, enum action action)
{
	enum view_result result;

	if (action == ACTION_ACTIVATE || action == ACTION_TOGGLE || key->name == KEYNAME_RIGHT) {
		go_into(browser);
		return;
	}
	if (key->name == KEYNAME_BACKSPACE || key->name == KEYNAME_LEFT) {
		go_up(browser);
		return;
	}
	result = listing_key(&browser->list, browser->count, key);
	if (result == VIEW_DONE || result == VIEW_PAST_START)
		return;
	if (result == VIEW_PAST_END || action == ACTION_NEXT_FIELD)
		browser->button = BUTTON_USE;
	else if (action == ACTION_PREVIOUS_FIELD)
		browser->button = BUTTON_GIVE_UP;
	else if (key->name == KEYNAME_CODE)
		jump(browser, key);
}

static void button_pressed(struct browser *browser, const struct key *key, enum action action)
{
	if (key->name == KEYNAME_UP)
		browser->button = FOCUS_LIST;
	else if (action == ACTION_PREVIOUS_FIELD || key->name == KEYNAME_LEFT)
		browser->button = browser->button == BUTTON_USE ? FOCUS_LIST : browser->button - 1;
	else if (action == ACTION_NEXT_FIELD || key->name == KEYNAME_RIGHT)
		browser->button = browser->button == BUTTONS - 1 ? FOCUS_LIST : browser->button + 1;
}

enum outcome { OPEN, USE, GIVE_UP };

static enum outcome pressed(struct ui *ui, struct browser *browser, const struct key *key)
{
	enum action action = key_action(key, false);

	if (key->name == KEYNAME_MOUSE && !key->wheel) {
		action = loop_clicked(ui);
		if (action == ACTION_BUTTON)
			return (int)key->code == BUTTON_USE ? USE : GIVE_UP;
		if (action == ACTION_FOCUS) {
			bool again = browser->list.at == (size_t)key->code;

			browser->button = FOCUS_LIST;
			browser->list.at = (size_t)key->code;
			if (again)
				go_into(browser);
		}
		return OPEN;
	}
	if (action == ACTION_BACK)
		return GIVE_UP;
	if (action == ACTION_BROWSE || action == ACTION_NEXT_PAGE)
		return USE;
	if (browser->button == FOCUS_LIST)
		list_pressed(browser, key, action);
	else if (action == ACTION_ACTIVATE || action == ACTION_TOGGLE)
		return browser->button == BUTTON_USE ? USE : GIVE_UP;
	else
		button_pressed(browser, key, action);
	return OPEN;
}

bool dialog_browse(struct ui *ui, const char *start, struct strbuf *out)
{
	struct browser browser = { .wizard = loop_wizard(ui), .button = FOCUS_LIST };
	enum outcome outcome = OPEN;
	struct key key;

	/* The nearest folder of START that is there. */
	strbuf_puts(&browser.path, start);
	while (!fill(&browser) && browser.path.length)
		cut_last(&browser.path);
	while (outcome == OPEN && !loop_ending(ui)) {
		loop_dialog_key(ui, overlay, &browser, &key);
		if (loop_ending(ui))
			break;
		outcome = pressed(ui, &browser, &key);
		/* The drives are no folder. */
		if (outcome == USE && !browser.path.length)
			outcome = OPEN;
	}
	if (outcome == USE)
		strbuf_puts(out, strbuf_text(&browser.path));
	strbuf_clear(&browser.path);
	arena_free(browser.arena);
	free(browser.names);
	return outcome == USE;
}
