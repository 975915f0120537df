/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Breaks UTF-8 text into lines.
 */
#include "core/wrap.h"

#include "core/text.h"

/* The end of the line that starts at START: the last blank that fits, else as many characters as fit, at least one. */
static const char *line_end(const char *start, const char *end, size_t width)
{
	const char *at = start, *before, *blank = NULL;
	size_t cells = 0;
	bool word = false;
	uint32_t code;

	if ((size_t)(end - start) <= width)     /* no character has more cells than bytes */
		return end;
	while (at < end) {
		before = at;
		code = text_next(&at, end);
		if (code == ' ' && word)
			blank = before;
		if (code != ' ')
			word = true;
		cells += (size_t)text_width(code);
		if (cells > width) {
			if (blank)
				return blank;
			return before > start ? before : at;
		}
	}
	return end;
}

static const char *without_blanks(const char *start, const char *end)
{
	while (end > start && end[-1] == ' ')
		end--;
	return end;
}

static void begin_paragraph(struct wrap *wrap, const char *text)
{
	wrap->behind = text + strcspn(text, "\n");
	wrap->at = text;
	wrap->end = without_blanks(text, wrap->behind);
}

struct wrap wrap_begin(const char *text, size_t width)
{
	struct wrap wrap = { .width = width ? width : 1 };

	begin_paragraph(&wrap, text);
	return wrap;
}

bool wrap_next(struct wrap *wrap, const char **line, size_t *length)
{
	const char *stop;

	if (!wrap->at)
		return false;
	*line = wrap->at;
	stop = line_end(wrap->at, wrap->end, wrap->width);
	*length = (size_t)(without_blanks(wrap->at, stop) - wrap->at);
	for (wrap->at = stop; wrap->at < wrap->end && *wrap->at == ' '; wrap->at++)
		;
	if (wrap->at < wrap->end)
		return true;
	if (*wrap->behind)
		begin_paragraph(wrap, wrap->behind + 1);
	else
		wrap->at = NULL;
	return true;
}

struct lines wrap_text(struct arena *arena, const char *text, size_t width)
{
	struct wrap wrap = wrap_begin(text, width);
	struct lines lines = { NULL, 0 };
	size_t room = 0, length;
	const char *line;

	while (wrap_next(&wrap, &line, &length)) {
		lines.items = arena_grow(arena, lines.items, lines.count, &room, sizeof(*lines.items));
		lines.items[lines.count++] = arena_strndup(arena, line, length);
	}
	return lines;
}

void wrap_put(struct strbuf *out, const char *text, size_t width, size_t indent, size_t hang)
{
	size_t taken = indent + hang, before = indent, length;
	struct wrap wrap = wrap_begin(text, width > taken ? width - taken : 1);
	const char *line;

	for (; wrap_next(&wrap, &line, &length); before = taken) {
		if (length)
			strbuf_fill(out, ' ', before);
		text_visible_part(out, line, length);
		strbuf_putc(out, '\n');
	}
}
