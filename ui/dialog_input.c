/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The pop-up with lines to type.
 */
#include "ui/dialog.h"

#include "core/text.h"
#include "ui/editing.h"

#define LONGEST 4096u /* bytes; as long as a value of the plan file may be */
#define LABEL_ROWS 2  /* a label and its line */

struct input_dialog {
	const char *title, *intro;
	const char *const *labels;
	struct lineedit *edits;
	int count, at; /* AT: a line; then OK and Cancel */
	struct strbuf why;
};

/* Label and line below each other, or beside each other when COMPACT. */
static void draw_line(struct canvas *canvas, struct input_dialog *dialog, struct rect at, int index, bool compact)
{
	bool focused = dialog->at == index;
	struct strbuf text = STRBUF_INIT;
	int label = compact ? at.columns / 3 : at.columns;
	size_t column;

	canvas_text(canvas, at.row, at.column, label, ROLE_LABEL, dialog->labels[index]);
	at.row += !compact;
	at.column += compact ? label + 1 : 0;
	at.columns -= compact ? label + 1 : 0;
	column = lineedit_view(&dialog->edits[index], (size_t)at.columns, false, &text);
	canvas_fill(canvas, at, ' ', ROLE_FIELD);
	canvas_text(canvas, at.row, at.column, at.columns, ROLE_FIELD, strbuf_text(&text));
	if (focused)
		canvas_role(canvas, at, ROLE_FIELD_FOCUS);
	canvas_area(canvas, at, ACTION_FOCUS, index);
	if (focused)
		canvas_cursor(canvas, at.row, at.column + (int)column);
	strbuf_clear(&text);
}

static int rows_of(struct arena *arena, const struct canvas *canvas, const char *text)
{
	return *text ? (int)wrap_text(arena, text, (size_t)dialog_width(canvas)).count : 0;
}

/* TEXT from ROW on, at most up to END. Returns the row behind it. */
static int draw_text(struct canvas *canvas, struct rect inside, int row, int end, enum role role, const char *text)
{
	return row + canvas_wrap(canvas, (struct rect){ row, inside.column, end - row, inside.columns }, role, text);
}

/* On a small screen the lines come first, then what is wrong, then the explanation. */
static void draw_input(struct ui *ui, struct canvas *canvas, void *data)
{
	static const char *const labels[] = { "OK", "Cancel", NULL };
	static const char *const line_keys[] = { "F8", "OK", "Tab", "Next field", "Esc", "Close", NULL };
	static const char *const button_keys[] = { "F8",         "OK",  "Enter", "Press", "Tab",
						   "Next field", "Esc", "Close", NULL };
	struct input_dialog *dialog = data;
	struct arena *arena = arena_new();
	const char *intro = dialog->intro ? dialog->intro : "", *why = strbuf_text(&dialog->why);
	int intro_rows = rows_of(arena, canvas, intro), why_rows = rows_of(arena, canvas, why);
	int needed = dialog->count * LABEL_ROWS + 2 + why_rows, i, row, spare;
	struct rect inside = dialog_box(canvas, dialog->title, intro_rows + needed, dialog_width(canvas));
	bool compact = intro_rows + needed > inside.rows;

	(void)ui;
	if (compact)
		needed = dialog->count + 1 + why_rows;
	spare = inside.rows > needed ? inside.rows - needed : 0;
	row = draw_text(canvas, inside, inside.row, inside.row + spare, ROLE_NORMAL, intro);
	for (i = 0; i < dialog->count; i++, row += compact ? 1 : LABEL_ROWS)
		draw_line(canvas, dialog, (struct rect){ row, inside.column, 1, inside.columns }, i, compact);
	draw_text(canvas, inside, row, inside.row + inside.rows - 1, ROLE_ERROR, why);
	row = inside.row + inside.rows - 1;
	dialog_buttons(canvas, (struct rect){ row, inside.column, 1, inside.columns }, labels,
		       dialog->at - dialog->count);
	dialog_keys(canvas, dialog->at < dialog->count ? line_keys : button_keys);
	arena_free(arena);
}

static void move_focus(struct input_dialog *dialog, const struct key *key)
{
	int stops = dialog->count + 2;
	bool button = dialog->at >= dialog->count;
	enum action action = key_action(key, !button);

	if (action == ACTION_NEXT_FIELD)
		dialog->at = (dialog->at + 1) % stops;
	else if (action == ACTION_PREVIOUS_FIELD)
		dialog->at = (dialog->at + stops - 1) % stops;
	else if (button && key->name == KEYNAME_LEFT)
		dialog->at = dialog->count;
	else if (button && key->name == KEYNAME_RIGHT)
		dialog->at = dialog->count + 1;
}

/* What was pasted as the one line that there is room for: words of two lines, or cells, stay two words. */
static void join_lines(const struct key *key, struct strbuf *line)
{
	bool end = false;

	for (size_t i = 0; i < key->length; i++) {
		if (strchr("\r\n\t", key->text[i]) && key->text[i]) {
			end = true;
			continue;
		}
		if (end && line->length)
			strbuf_putc(line, ' ');
		strbuf_putc(line, key->text[i]);
		end = false;
	}
}

/* True: KEY is the line's own. What is said of it stands where a mistake would. */
static bool edited(struct input_dialog *dialog, const struct key *key)
{
	enum edit_result result = EDIT_NOTHING;
	struct strbuf line = STRBUF_INIT;
	struct key joined = *key;
	bool mine;

	if (dialog->at >= dialog->count)
		return false;
	if (key->name == KEYNAME_PASTE) {
		join_lines(key, &line);
		joined.text = strbuf_text(&line);
		joined.length = line.length;
	}
	mine = editing_press(&dialog->edits[dialog->at], &joined, &result);
	strbuf_clear(&line);
	if (!mine)
		return false;
	if (editing_notice(result)) {
		strbuf_reset(&dialog->why);
		strbuf_puts(&dialog->why, editing_notice(result));
	}
	return true;
}

enum input_state { INPUT_GOES_ON, INPUT_ACCEPT, INPUT_CLOSE };

/* Enter, Space and clicks. */
static enum input_state choose(struct ui *ui, struct input_dialog *dialog, const struct key *key)
{
	bool enter = key->name == KEYNAME_ENTER, space = key->name == KEYNAME_CODE && key->code == ' ';

	if (key_action(key, true) == ACTION_NEXT_PAGE)
		return INPUT_ACCEPT;
	if (key->name == KEYNAME_MOUSE) {
		if (loop_clicked(ui) == ACTION_FOCUS)
			dialog->at = (int)key->code;
		if (loop_clicked(ui) == ACTION_BUTTON)
			return key->code == 0 ? INPUT_ACCEPT : INPUT_CLOSE;
	} else if (dialog->at == dialog->count + 1 && (enter || space)) {
		return INPUT_CLOSE;
	} else if ((dialog->at == dialog->count && (enter || space)) || (dialog->at == dialog->count - 1 && enter)) {
		return INPUT_ACCEPT;
	} else if (enter) {
		dialog->at++;
	}
	return INPUT_GOES_ON;
}

/* Where there is something to type: the first line without a text. */
static int first_empty(const struct strbuf *texts, int count)
{
	int i;

	for (i = 0; i < count && texts[i].length; i++)
		;
	return i < count ? i : 0;
}

static bool accepted(struct input_dialog *dialog, struct strbuf *texts,
		     bool (*check)(const struct strbuf *texts, void *data, struct strbuf *why), void *data)
{
	int i;

	for (i = 0; i < dialog->count; i++) {
		strbuf_reset(&texts[i]);
		strbuf_puts(&texts[i], lineedit_text(&dialog->edits[i]));
		dialog->edits[i].selected = false; /* it is an answer now, to be mended at most */
	}
	strbuf_reset(&dialog->why);
	return !check || check(texts, data, &dialog->why);
}

bool dialog_input(struct ui *ui, const char *title, const char *intro, const char *const *labels, struct strbuf *texts,
		  size_t count, bool (*check)(const struct strbuf *texts, void *data, struct strbuf *why), void *data)
{
	struct input_dialog dialog = { .title = title, .intro = intro, .labels = labels, .count = (int)count };
	enum input_state state = INPUT_GOES_ON;
	struct key key;
	size_t i;

	dialog.edits = xcalloc(count, sizeof(*dialog.edits));
	for (i = 0; i < count; i++) {
		lineedit_start(&dialog.edits[i], strbuf_text(&texts[i]), LONGEST);
		/* What is proposed gives way to what is typed. */
		lineedit_select(&dialog.edits[i]);
	}
	dialog.at = first_empty(texts, dialog.count);
	while (state == INPUT_GOES_ON) {
		loop_dialog_key(ui, draw_input, &dialog, &key);
		if (dialog_closes(ui, &key)) {
			state = INPUT_CLOSE;
		} else if (!edited(&dialog, &key)) {
			state = choose(ui, &dialog, &key);
			move_focus(&dialog, &key);
		}
		if (state == INPUT_ACCEPT && !accepted(&dialog, texts, check, data)) {
			state = INPUT_GOES_ON;
			dialog.at = first_empty(texts, dialog.count);
		}
	}
	for (i = 0; i < count; i++)
		lineedit_clear(&dialog.edits[i]);
	free(dialog.edits);
	strbuf_clear(&dialog.why);
	return state == INPUT_ACCEPT;
}
