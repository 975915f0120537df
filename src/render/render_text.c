/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The runbook as plain text for paper and mail: prose in 80 columns, command lines and scripts whole.
 */
#include "render/render_runbook.h"

#include "core/text.h"
#include "core/wrap.h"
#include "render/render.h"

enum { WIDTH = 80, STEP_INDENT = 6 };

/* LINE behind INDENT blanks, filtered; an empty one has no blanks. */
static void put_line(struct runbook *book, const char *line, size_t indent)
{
	if (*line)
		strbuf_fill(book->out, ' ', indent);
	text_visible(book->out, line);
	strbuf_putc(book->out, '\n');
}

/* Wrapped; the lines behind the first are indented by HANG more. */
static void put_wrapped(struct runbook *book, const char *text, size_t indent, size_t hang)
{
	wrap_put(book->out, text, WIDTH, indent, hang);
}

static void put_rule(struct runbook *book, char c)
{
	strbuf_fill(book->out, c, WIDTH);
	strbuf_putc(book->out, '\n');
}

static void put_heading(struct runbook *book, const char *title, char c)
{
	strbuf_putc(book->out, '\n');
	put_rule(book, c);
	put_line(book, title, 0);
	put_rule(book, c);
	strbuf_putc(book->out, '\n');
}

static void plain_open_book(struct runbook *book)
{
	put_rule(book, '=');
	put_wrapped(book, arena_printf(book->arena, "Runbook: %s", book->title), 0, 0);
	put_rule(book, '=');
	put_wrapped(book, arena_printf(book->arena, "Upgrade: %s", book->upgrade), 0, 0);
	strbuf_printf(book->out, "Plan %s\n", book->origin.plan);
	if (book->facts)
		put_wrapped(book, arena_printf(book->arena, "Facts %s", book->facts), 0, 6);
	strbuf_printf(book->out, "Made by %s\n", book->made_by);
}

static void plain_section(struct runbook *book, const char *id, const char *title)
{
	(void)id;
	put_heading(book, title, '=');
}

static void plain_words(struct runbook *book, const char *words)
{
	put_wrapped(book, words, 0, 0);
	strbuf_putc(book->out, '\n');
}

/* No columns: long names would not fit them. A row is a line, or with more than two cells a line with its details. */
static void plain_table(struct runbook *book, const struct runbook_table *table)
{
	for (size_t row = 0; row < table->rows; row++) {
		const char *const *cells = table->cells + row * table->columns;

		if (table->columns == 2) {
			put_wrapped(book, arena_printf(book->arena, "%s: %s", cells[0], cells[1]), 2, 2);
			continue;
		}
		put_wrapped(book, arena_printf(book->arena, "%s  %s", cells[0], cells[1]), 2, 2);
		for (size_t i = 2; i < table->columns; i++) {
			if (*cells[i])
				put_wrapped(book, arena_printf(book->arena, "%s: %s", table->headings[i], cells[i]),
					    STEP_INDENT, 2);
		}
	}
}

static void plain_phase(struct runbook *book, const struct runbook_phase *phase)
{
	put_heading(book,
		    arena_printf(book->arena, "%s: %s", phase->name,
				 runbook_range(book->arena, phase->first + 1, phase->first + phase->count)),
		    '=');
}

static void code(struct runbook *book, const struct runbook_part *part)
{
	struct lines lines = runbook_lines(book->arena, part->text);

	put_wrapped(book, arena_printf(book->arena, "%s:", part->label), STEP_INDENT, 0);
	for (size_t i = 0; i < lines.count; i++)
		put_line(book, lines.items[i], STEP_INDENT + 2);
}

static void links(struct runbook *book, const struct runbook_part *part)
{
	struct strbuf line = STRBUF_INIT;

	strbuf_printf(&line, "%s: ", part->label);
	for (size_t i = 0; i < part->link_count; i++)
		strbuf_printf(&line, "%s%s", i ? "; " : "", part->links[i].text);
	if (part->more)
		strbuf_printf(&line, "; and %zu more", part->more);
	put_wrapped(book, strbuf_text(&line), STEP_INDENT, 2);
	strbuf_clear(&line);
}

static void plain_step(struct runbook *book, const struct runbook_step *step)
{
	put_wrapped(book, arena_printf(book->arena, "[ ] %s. %s", runbook_numbers(book, step), step->title), 0,
		    STEP_INDENT);
	put_wrapped(book,
		    arena_printf(book->arena, "%s%s%s [%s]", step->kind, step->where ? " on " : "",
				 step->where ? step->where : "", runbook_id(book, step)),
		    STEP_INDENT, 2);
	for (size_t i = 0; i < step->part_count; i++) {
		const struct runbook_part *part = &step->parts[i];

		if (part->form == RUNBOOK_CODE)
			code(book, part);
		else if (part->form == RUNBOOK_STEPS)
			links(book, part);
		else
			put_wrapped(book, arena_printf(book->arena, "%s: %s", part->label, part->text), STEP_INDENT, 2);
	}
	put_wrapped(book, arena_printf(book->arena, "Source: %s", step->source), STEP_INDENT, 2);
	strbuf_putc(book->out, '\n');
	for (size_t i = 0; step->count > 1 && i < step->count; i++)
		put_wrapped(book,
			    arena_printf(book->arena, "[ ] %zu. %s: from ________ to ________ by ______________",
					 step->number + i, step->step[i].server->name),
			    STEP_INDENT, 4);
	if (step->count == 1)
		strbuf_puts(book->out,
			    "      Done by: ______________________   Date and time: ______________________\n");
	strbuf_putc(book->out, '\n');
}

static void plain_sign_off(struct runbook *book, const char *const *roles)
{
	for (; *roles; roles++)
		strbuf_printf(book->out,
			      "%-15s Name: __________________________  Date: __________________\n\n"
			      "%-15s Signature: _________________________________________\n\n",
			      *roles, "");
}

static void plain_close_book(struct runbook *book)
{
	put_rule(book, '-');
	strbuf_printf(book->out, "Plan %s\n", book->origin.plan);
}

static const struct runbook_writer writer = {
	.open = plain_open_book,
	.section = plain_section,
	.text = plain_words,
	.table = plain_table,
	.phase = plain_phase,
	.step = plain_step,
	.sign_off = plain_sign_off,
	.close = plain_close_book,
};

bool render_text(const struct render_input *input, struct strbuf *out, struct diags *diags)
{
	return render_runbook(&writer, input, out, diags);
}
