/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Texts of the runbook: their lines, and what a format escapes in them.
 */
#include "render/render_runbook.h"

#include "core/text.h"

const char *runbook_keep(struct arena *arena, struct strbuf *text)
{
	const char *kept = arena_strdup(arena, strbuf_text(text));

	strbuf_clear(text);
	return kept;
}

const char *runbook_range(struct arena *arena, size_t first, size_t last)
{
	if (first == last)
		return arena_printf(arena, "step %zu", first);
	return arena_printf(arena, "steps %zu to %zu", first, last);
}

const char *runbook_numbers(const struct runbook *book, const struct runbook_step *step)
{
	if (step->count == 1)
		return arena_printf(book->scratch, "%zu", step->number);
	return arena_printf(book->scratch, "%zu to %zu", step->number, step->number + step->count - 1);
}

const char *runbook_id(const struct runbook *book, const struct runbook_step *step)
{
	return step->count > 1 ? arena_join(book->scratch, step->step->task->id, "@SERVER", "") : step->step->id;
}

/* ---- lines ---- */

static const char *without(const char *start, const char *end, const char *characters)
{
	while (end > start && strchr(characters, end[-1]))
		end--;
	return end;
}

struct runbook_lines runbook_lines(const char *text)
{
	return (struct runbook_lines){ text, without(text, text + strlen(text), " \n") };
}

bool runbook_next_line(struct runbook_lines *lines, const char **line, size_t *length)
{
	const char *stop;

	if (!lines->at)
		return false;
	*line = lines->at;
	stop = memchr(lines->at, '\n', (size_t)(lines->end - lines->at));
	lines->at = stop ? stop + 1 : NULL;
	*length = (size_t)(without(*line, stop ? stop : lines->end, " ") - *line);
	return true;
}

/* ---- escapes ---- */

static size_t plain_length(const char *text, runbook_escapes escapes)
{
	size_t length = 0;

	while (text[length] && !escapes[(unsigned char)text[length]])
		length++;
	return length;
}

void runbook_escape(struct strbuf *out, const char *text, size_t length, runbook_escapes escapes)
{
	struct strbuf shown = STRBUF_INIT;
	size_t start = out->length, plain;
	const char *at;

	text_visible_part(out, text, length);
	plain = start + plain_length(strbuf_text(out) + start, escapes);
	if (plain == out->length)
		return;
	strbuf_puts(&shown, strbuf_text(out) + plain);
	strbuf_truncate(out, plain);
	for (at = strbuf_text(&shown); *at; at += plain) {
		strbuf_puts(out, escapes[(unsigned char)*at++]);
		plain = plain_length(at, escapes);
		strbuf_add(out, at, plain);
	}
	strbuf_clear(&shown);
}
