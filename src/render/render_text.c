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
static void put_line(struct runbook *book, const char *line, size_t length, size_t indent)
{
	if (length)
		strbuf_fill(book->out, ' ', indent);
	text_visible_part(book->out, line, length);
	strbuf_putc(book->out, '\n');
}

/* Wrapped; the lines behind the first are indented by HANG more. */
static void put_wrapped(struct runbook *book, const char *text, size_t indent, size_t hang)
{
	wrap_put(book->out, text, WIDTH, indent, hang);
}

/* The same for A, BETWEEN and B in a row. */
static void put_joined(struct runbook *book, const char *a, const char *between, const char *b, size_t indent,
		       size_t hang)
{
	strbuf_reset(&book->line);
	strbuf_puts(&book->line, a);
	strbuf_puts(&book->line, between);
	strbuf_puts(&book->line, b);
	put_wrapped(book, strbuf_text(&book->line), indent, hang);
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
	put_line(book, title, strlen(title), 0);
	put_rule(book, c);
	strbuf_putc(book->out, '\n');
}

static void plain_open_book(struct runbook *book)
{
	put_rule(book, '=');
	put_joined(book, "Runbook", ": ", book->title, 0, 0);
	put_rule(book, '=');
	put_joined(book, "Upgrade", ": ", book->upgrade, 0, 0);
	strbuf_printf(book->out, "Plan %s\n", book->origin.plan);
	if (book->facts)
		put_joined(book, "Facts", " ", book->facts, 0, STEP_INDENT);
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
static void plain_table(struct runbook *book, const struct runbook_grid *grid)
{
	for (size_t row = 0; row < grid->table->rows; row++) {
		const char *cells[RUNBOOK_COLUMNS_MOST];

		runbook_row(book, grid, row, cells);
		put_joined(book, cells[0], grid->columns == 2 ? ": " : "  ", cells[1], 2, 2);
		for (size_t i = 2; i < grid->columns; i++) {
			if (*cells[i])
				put_joined(book, grid->headings[i], ": ", cells[i], STEP_INDENT, 2);
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
	struct runbook_lines lines = runbook_lines(part->text);
	const char *line;
	size_t length;

	put_joined(book, part->label, ":", "", STEP_INDENT, 0);
	while (runbook_next_line(&lines, &line, &length))
		put_line(book, line, length, STEP_INDENT + 2);
}

static void links(struct runbook *book, const struct runbook_part *part)
{
	struct strbuf *line = &book->line;

	strbuf_reset(line);
	strbuf_printf(line, "%s: ", part->label);
	for (size_t i = 0; i < part->link_count; i++)
		strbuf_printf(line, "%s%s", i ? "; " : "", part->links[i].text);
	if (part->more)
		strbuf_printf(line, "; and %zu more", part->more);
	put_wrapped(book, strbuf_text(line), STEP_INDENT, 2);
}

/* A line for each server. */
static void signs(struct runbook *book, const struct runbook_step *step)
{
	struct strbuf *line = &book->line;

	for (size_t i = 0; i < step->count; i++) {
		strbuf_reset(line);
		strbuf_puts(line, "[ ] ");
		strbuf_put_number(line, step->number + i);
		strbuf_puts(line, ". ");
		strbuf_puts(line, runbook_signer(book, step, i));
		strbuf_puts(line, ": from ________ to ________ by ______________");
		put_wrapped(book, strbuf_text(line), STEP_INDENT, 4);
	}
}

static void plain_step(struct runbook *book, const struct runbook_step *step)
{
	put_wrapped(book, arena_printf(book->scratch, "[ ] %s. %s", runbook_numbers(book, step), step->title), 0,
		    STEP_INDENT);
	put_wrapped(book,
		    arena_printf(book->scratch, "%s%s%s [%s]", step->kind, step->where ? " on " : "",
				 step->where ? step->where : "", runbook_id(book, step)),
		    STEP_INDENT, 2);
	for (size_t i = 0; i < step->part_count; i++) {
		const struct runbook_part *part = &step->parts[i];

		if (part->form == RUNBOOK_CODE)
			code(book, part);
		else if (part->form == RUNBOOK_STEPS)
			links(book, part);
		else
			put_joined(book, part->label, ": ", part->text, STEP_INDENT, 2);
	}
	put_joined(book, "Source", ": ", step->source, STEP_INDENT, 2);
	strbuf_putc(book->out, '\n');
	if (step->count > 1)
		signs(book, step);
	else
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
