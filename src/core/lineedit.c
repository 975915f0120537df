/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Editing one line of text.
 */
#include "core/lineedit.h"

#include "core/text.h"

#define PAST_MOST 64 /* changes that can be taken back */

struct edit_state {
	struct strbuf text;
	size_t cursor;
};

static const char *content(const struct lineedit *edit)
{
	return edit->hidden ? secret_expose(edit->hidden) : strbuf_text(&edit->text);
}

static size_t content_length(const struct lineedit *edit)
{
	return edit->hidden ? secret_length(edit->hidden) : edit->text.length;
}

void lineedit_start(struct lineedit *edit, const char *text, size_t limit)
{
	*edit = (struct lineedit){ .limit = limit };
	strbuf_puts(&edit->text, text);
	edit->cursor = edit->text.length;
}

void lineedit_start_hidden(struct lineedit *edit, struct secret *secret)
{
	*edit = (struct lineedit){ .hidden = secret, .limit = SECRET_MAX };
	edit->cursor = secret_length(secret);
}

void lineedit_select(struct lineedit *edit)
{
	edit->selected = !edit->hidden && edit->text.length > 0;
}

void lineedit_clear(struct lineedit *edit)
{
	strbuf_clear(&edit->text);
	while (edit->past_count > 0)
		strbuf_clear(&edit->past[--edit->past_count].text);
	free(edit->past);
	*edit = (struct lineedit){ .limit = 0 };
}

const char *lineedit_text(const struct lineedit *edit)
{
	return strbuf_text(&edit->text);
}

/* ---- taking changes back ---- */

/* Keeps the text as it is, before a change. TYPING: one more character of those typed in one go is no change of its
 * own. */
static void remember(struct lineedit *edit, bool typing)
{
	struct edit_state *state;
	bool goes_on = typing && edit->typing;

	edit->typing = typing;
	if (edit->hidden || goes_on)
		return;
	if (!edit->past)
		edit->past = xcalloc(PAST_MOST, sizeof(*edit->past));
	if (edit->past_count == PAST_MOST) {
		strbuf_clear(&edit->past[0].text);
		memmove(edit->past, edit->past + 1, (PAST_MOST - 1) * sizeof(*edit->past));
		edit->past_count--;
	}
	state = &edit->past[edit->past_count++];
	*state = (struct edit_state){ .cursor = edit->cursor };
	strbuf_puts(&state->text, strbuf_text(&edit->text));
}

static enum edit_result undo(struct lineedit *edit)
{
	struct edit_state *state;

	edit->typing = false;
	if (!edit->past_count)
		return EDIT_NOTHING;
	state = &edit->past[--edit->past_count];
	strbuf_clear(&edit->text);
	edit->text = state->text;
	edit->cursor = state->cursor;
	edit->changed = true;
	return EDIT_DONE;
}

void lineedit_resume(struct lineedit *edit, struct lineedit *former, const char *text, size_t limit)
{
	if (former->limit && !str_eq(lineedit_text(former), text))
		remember(former, false);
	lineedit_start(edit, text, limit);
	edit->past = former->past;
	edit->past_count = former->past_count;
	former->past = NULL;
	former->past_count = 0;
	lineedit_clear(former);
}

/* ---- changing the text; the cursor ends behind what came in, or where something went out ---- */

static void insert(struct lineedit *edit, const char *bytes, size_t count)
{
	char *at;

	if (count == 0)
		return;
	if (edit->hidden) {
		if (!secret_insert(edit->hidden, edit->cursor, bytes, count))
			bug("the limit was not looked at");
	} else {
		strbuf_reserve(&edit->text, count);
		at = edit->text.data + edit->cursor;
		memmove(at + count, at, edit->text.length - edit->cursor + 1);
		memcpy(at, bytes, count);
		edit->text.length += count;
	}
	edit->cursor += count;
	edit->changed = true;
}

static enum edit_result cut(struct lineedit *edit, size_t from, size_t to)
{
	if (from == to)
		return EDIT_NOTHING;
	remember(edit, false);
	if (edit->hidden) {
		secret_remove(edit->hidden, from, to - from);
	} else {
		memmove(edit->text.data + from, edit->text.data + to, edit->text.length - to);
		strbuf_truncate(&edit->text, edit->text.length - (to - from));
	}
	edit->cursor = from;
	edit->changed = true;
	return EDIT_DONE;
}

/* ---- places in the text ---- */

/* The end of the character, with its marks, that starts at OFFSET. */
static size_t after(const struct lineedit *edit, size_t offset)
{
	const char *text = content(edit), *end = text + content_length(edit), *at = text + offset, *next;

	if (at < end)
		text_next(&at, end);
	for (next = at; next < end && text_width(text_next(&next, end)) == 0; at = next)
		;
	return (size_t)(at - text);
}

/* The start of the character before OFFSET. Walks from the start: a line is short, and a bad byte is no trouble. */
static size_t before(const struct lineedit *edit, size_t offset)
{
	size_t start = 0, next;

	for (next = 0; next < offset; next = after(edit, next))
		start = next;
	return start;
}

static bool is_blank(char c)
{
	return c == ' ';
}

static bool is_word_break(char c)
{
	return c == ' ' || c == '\\' || c == '/';
}

/* Back over what BREAKS a word, then over the word. */
static size_t word_before(const struct lineedit *edit, bool (*breaks)(char))
{
	size_t offset = edit->hidden ? 0 : edit->cursor;
	const char *text = content(edit);

	while (offset > 0 && breaks(text[offset - 1]))
		offset--;
	while (offset > 0 && !breaks(text[offset - 1]))
		offset--;
	return offset;
}

static size_t word_after(const struct lineedit *edit)
{
	size_t length = content_length(edit), offset = edit->hidden ? length : edit->cursor;
	const char *text = content(edit);

	while (offset < length && is_blank(text[offset]))
		offset++;
	while (offset < length && !is_blank(text[offset]))
		offset++;
	return offset;
}

static enum edit_result move(struct lineedit *edit, size_t cursor)
{
	if (cursor == edit->cursor)
		return EDIT_NOTHING;
	edit->cursor = cursor;
	return EDIT_DONE;
}

enum edit_result lineedit_key(struct lineedit *edit, enum edit_key key)
{
	edit->selected = false;
	edit->typing = false;
	switch (key) {
	case EDIT_LEFT:
		return move(edit, before(edit, edit->cursor));
	case EDIT_RIGHT:
		return move(edit, after(edit, edit->cursor));
	case EDIT_HOME:
		return move(edit, 0);
	case EDIT_END:
		return move(edit, content_length(edit));
	case EDIT_WORD_LEFT:
		return move(edit, word_before(edit, is_blank));
	case EDIT_WORD_RIGHT:
		return move(edit, word_after(edit));
	case EDIT_BACKSPACE:
		return cut(edit, before(edit, edit->cursor), edit->cursor);
	case EDIT_DELETE:
		return cut(edit, edit->cursor, after(edit, edit->cursor));
	case EDIT_KILL_LINE:
		return cut(edit, 0, edit->cursor);
	case EDIT_KILL_WORD:
		return cut(edit, word_before(edit, is_word_break), edit->cursor);
	case EDIT_KILL_END:
		return cut(edit, edit->cursor, content_length(edit));
	case EDIT_UNDO:
		return undo(edit);
	}
	bug("no editing key %d", (int)key);
}

static bool fits(const struct lineedit *edit, size_t count)
{
	size_t length = edit->selected ? 0 : content_length(edit);

	return length <= edit->limit && count <= edit->limit - length;
}

/* What is selected makes room for what comes. */
static void replace_selected(struct lineedit *edit)
{
	if (edit->selected)
		strbuf_reset(&edit->text);
	edit->cursor = edit->selected ? 0 : edit->cursor;
	edit->selected = false;
}

enum edit_result lineedit_code(struct lineedit *edit, uint32_t code)
{
	struct strbuf bytes = STRBUF_INIT;
	enum edit_result result = EDIT_FULL;

	if (text_is_unsafe(code))
		return EDIT_NOTHING;
	strbuf_put_code(&bytes, code);
	if (fits(edit, bytes.length)) {
		remember(edit, true);
		replace_selected(edit);
		insert(edit, strbuf_text(&bytes), bytes.length);
		result = EDIT_DONE;
	}
	strbuf_clear(&bytes);
	return result;
}

/* ---- paste ---- */

/* How many bytes at AT are a mark that the terminal sets around a paste. */
static size_t paste_mark(const char *at, const char *end)
{
	static const char start_mark[] = "\x1B[200~", end_mark[] = "\x1B[201~";
	const size_t length = sizeof(start_mark) - 1;

	if ((size_t)(end - at) < length)
		return 0;
	return memcmp(at, start_mark, length) == 0 || memcmp(at, end_mark, length) == 0 ? length : 0;
}

/* How many bytes at AT are a control sequence such as a change of color: without its first byte the rest would stay. */
static size_t control_sequence(const char *at, const char *end)
{
	const char *last = at + 2;

	if (end - at < 3 || at[0] != '\x1B' || at[1] != '[')
		return 0;
	while (last < end && *last >= 0x20 && *last < 0x40)
		last++;
	return last < end && *last >= 0x40 && *last < 0x7F ? (size_t)(last + 1 - at) : 0;
}

/* Goes through the safe runs of the COUNT bytes at AT, inserting them when INSERTING. Returns how many bytes they have;
 * sets *STRIPPED when something is left out. Straight from the source: a copy of a pasted password would linger. */
static size_t safe_runs(struct lineedit *edit, const char *at, size_t count, bool inserting, bool *stripped)
{
	const char *end = at + count;
	size_t safe = 0, run, mark;
	bool found;

	while (at < end) {
		found = text_find_unsafe(at, (size_t)(end - at), &run) != 0;
		if (!found)
			run = (size_t)(end - at);
		if (inserting)
			insert(edit, at, run);
		safe += run;
		at += run;
		if (!found)
			break;
		mark = paste_mark(at, end);
		*stripped = *stripped || mark == 0;
		if (!mark)
			mark = control_sequence(at, end);
		if (mark)
			at += mark;
		else
			text_next(&at, end);
	}
	return safe;
}

enum edit_result lineedit_paste(struct lineedit *edit, const char *bytes, size_t count)
{
	bool stripped = false;
	size_t safe = safe_runs(edit, bytes, count, false, &stripped);

	if (!fits(edit, safe))
		return EDIT_FULL;
	if (safe) {
		remember(edit, false);
		replace_selected(edit);
	}
	safe_runs(edit, bytes, count, true, &stripped);
	if (stripped)
		return EDIT_STRIPPED;
	return safe ? EDIT_DONE : EDIT_NOTHING;
}

/* ---- view ---- */

static size_t cells_of(const struct lineedit *edit, bool stars, uint32_t code)
{
	size_t cells = (size_t)text_width(code);

	return edit->hidden && stars && cells ? 1 : cells;
}

/* The cells of the first COUNT bytes. */
static size_t cells_before(const struct lineedit *edit, bool stars, size_t count)
{
	const char *at = content(edit), *end = at + count;
	size_t cells = 0;

	while (at < end)
		cells += cells_of(edit, stars, text_next(&at, end));
	return cells;
}

static void keep_cursor_visible(struct lineedit *edit, size_t cursor, size_t total, size_t width)
{
	/* One cell more than the text: the cursor at its end stands there. */
	if (edit->scroll + width > total + 1)
		edit->scroll = total + 1 > width ? total + 1 - width : 0;
	if (cursor < edit->scroll)
		edit->scroll = cursor;
	if (cursor - edit->scroll >= width)
		edit->scroll = cursor - width + 1;
}

static void show(struct strbuf *out, const char *bytes, size_t count, uint32_t code, bool star)
{
	if (star)
		strbuf_putc(out, '*');
	else if (text_is_unsafe(code))
		strbuf_putc(out, '?');
	else
		strbuf_add(out, bytes, count);
}

size_t lineedit_view(struct lineedit *edit, size_t width, bool reveal, struct strbuf *out)
{
	bool stars = edit->hidden && !reveal;
	size_t length = content_length(edit), cursor = cells_before(edit, stars, edit->cursor), column = 0, cells;
	const char *at = content(edit), *end = at + length, *start;
	uint32_t code;

	if (width == 0)
		width = 1;
	keep_cursor_visible(edit, cursor, cells_before(edit, stars, length), width);
	while (at < end) {
		start = at;
		code = text_next(&at, end);
		cells = cells_of(edit, stars, code);
		if (column + cells > edit->scroll + width)
			break;
		if (cells == 0 && (stars || column <= edit->scroll))
			continue;       /* a mark whose base is scrolled away or a star */
		if (column >= edit->scroll)
			show(out, start, (size_t)(at - start), code, stars);
		else if (column + cells > edit->scroll)
			strbuf_putc(out, ' ');
		column += cells;
	}
	return cursor - edit->scroll;
}
