/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Breaks UTF-8 text into lines.
 */
#include "core/wrap.h"

#include "core/text.h"

struct wrapper {
	struct arena *arena;
	struct lines lines;
	size_t room;
};

static void add_line(struct wrapper *wrapper, const char *start, const char *end)
{
	struct lines *lines = &wrapper->lines;

	while (end > start && end[-1] == ' ')
		end--;
	lines->items = arena_grow(wrapper->arena, lines->items, lines->count, &wrapper->room, sizeof(*lines->items));
	lines->items[lines->count++] = arena_strndup(wrapper->arena, start, (size_t)(end - start));
}

/* The end of the line that starts at START: the last blank that fits, else as many characters as fit, at least one. */
static const char *line_end(const char *start, const char *end, size_t width)
{
	const char *at = start, *before, *blank = NULL;
	size_t cells = 0;
	bool word = false;
	uint32_t code;

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

static void wrap_paragraph(struct wrapper *wrapper, const char *start, const char *end, size_t width)
{
	const char *stop;

	while (end > start && end[-1] == ' ')
		end--;
	do {
		stop = line_end(start, end, width);
		add_line(wrapper, start, stop);
		for (start = stop; start < end && *start == ' '; start++)
			;
	} while (start < end);
}

struct lines wrap_text(struct arena *arena, const char *text, size_t width)
{
	struct wrapper wrapper = { arena, { NULL, 0 }, 0 };
	const char *end;

	for (;; text = end + 1) {
		end = text + strcspn(text, "\n");
		wrap_paragraph(&wrapper, text, end, width ? width : 1);
		if (!*end)
			return wrapper.lines;
	}
}

void wrap_put(struct strbuf *out, const char *text, size_t width, size_t indent, size_t hang)
{
	size_t taken = indent + hang;
	struct arena *arena = arena_new();
	struct lines lines = wrap_text(arena, text, width > taken ? width - taken : 1);

	for (size_t i = 0; i < lines.count; i++) {
		if (*lines.items[i])
			strbuf_fill(out, ' ', i ? taken : indent);
		text_visible(out, lines.items[i]);
		strbuf_putc(out, '\n');
	}
	arena_free(arena);
}
