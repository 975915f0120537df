/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The runbook as Markdown in GitHub's dialect, for a wiki or an issue with its check list. Values of the plan
 * stand as code, where no other mark-up counts; nothing of them can open a fence, a tag, a link or a cell.
 */
#include "render/render_runbook.h"

#include "core/text.h"

/* Words in running text: each character that Markdown or HTML could take for its own is escaped. */
static runbook_escapes escapes = {
	['<'] = "&lt;", ['>'] = "&gt;", ['&'] = "&amp;", ['\\'] = "\\\\", ['`'] = "\\`",  ['*'] = "\\*", ['_'] = "\\_",
	['['] = "\\[",  [']'] = "\\]",  ['|'] = "\\|",   ['#'] = "\\#",   ['~'] = "\\~", ['$'] = "\\$", ['!'] = "\\!",
};

static void put_prose(struct strbuf *out, const char *text)
{
	runbook_escape(out, text, strlen(text), escapes);
}

static bool is_plain(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80 ||
	       strchr(" ,;()/=-", c) != NULL;
}

/* A value as code. A backtick span takes all but backticks, and pipes, which end a cell even there; those go as
 * entities. */
static void put_value(struct strbuf *out, const char *text)
{
	struct strbuf shown = STRBUF_INIT;

	if (!*text)
		return;
	if (!strpbrk(text, "`|")) {
		strbuf_putc(out, '`');
		text_visible(out, text);
		strbuf_putc(out, '`');
		return;
	}
	text_visible(&shown, text);
	strbuf_puts(out, "<code>");
	for (const char *at = strbuf_text(&shown); *at; at++) {
		if (is_plain(*at))
			strbuf_putc(out, *at);
		else
			strbuf_printf(out, "&#%d;", *at);
	}
	strbuf_puts(out, "</code>");
	strbuf_clear(&shown);
}

/* A fence is longer than every run of backticks in what it holds. */
static size_t fence_length(const char *text)
{
	size_t longest = 2, run = 0;

	for (; *text; text++) {
		run = *text == '`' ? run + 1 : 0;
		if (run > longest)
			longest = run;
	}
	return longest + 1;
}

static void markdown_open_book(struct runbook *book)
{
	strbuf_puts(book->out, "# Runbook: ");
	put_prose(book->out, book->title);
	strbuf_puts(book->out, "\n\nUpgrade: ");
	put_prose(book->out, book->upgrade);
	strbuf_printf(book->out, "\n\nPlan `%s`, made by %s\n", book->origin.plan, book->made_by);
	if (book->facts) {
		strbuf_puts(book->out, "\nFacts ");
		put_prose(book->out, book->facts);
		strbuf_putc(book->out, '\n');
	}
}

static void markdown_section(struct runbook *book, const char *id, const char *title)
{
	strbuf_printf(book->out, "\n<a id=\"%s\"></a>\n\n## %s\n\n", id, title);
}

static void markdown_words(struct runbook *book, const char *words)
{
	put_prose(book->out, words);
	strbuf_puts(book->out, "\n\n");
}

static void put_row(struct runbook *book, const struct runbook_grid *grid, size_t row)
{
	const char *cells[RUNBOOK_COLUMNS_MOST];

	runbook_row(book, grid, row, cells);
	for (size_t i = 0; i < grid->columns; i++) {
		strbuf_puts(book->out, i ? " | " : "| ");
		if (grid->values & 1u << i)
			put_value(book->out, cells[i]);
		else
			put_prose(book->out, cells[i]);
	}
	strbuf_puts(book->out, " |\n");
}

static void markdown_table(struct runbook *book, const struct runbook_grid *grid)
{
	for (size_t i = 0; i < grid->columns; i++) {
		strbuf_puts(book->out, i ? " | " : "| ");
		put_prose(book->out, grid->headings[i]);
	}
	strbuf_puts(book->out, " |\n|");
	for (size_t i = 0; i < grid->columns; i++)
		strbuf_puts(book->out, " --- |");
	strbuf_putc(book->out, '\n');
	for (size_t row = 0; row < grid->table->rows; row++)
		put_row(book, grid, row);
}

static void markdown_phase(struct runbook *book, const struct runbook_phase *phase)
{
	strbuf_puts(book->out, "\n## ");
	put_prose(book->out, phase->name);
	strbuf_printf(book->out, ": %s\n", runbook_range(book->arena, phase->first + 1, phase->first + phase->count));
}

static void code(struct runbook *book, const struct runbook_part *part)
{
	struct runbook_lines lines = runbook_lines(part->text);
	size_t fence = fence_length(part->text), length;
	const char *line;

	strbuf_fill(book->out, '`', fence);
	strbuf_printf(book->out, "%s\n", part->language);
	while (runbook_next_line(&lines, &line, &length)) {
		text_visible_part(book->out, line, length);
		strbuf_putc(book->out, '\n');
	}
	strbuf_fill(book->out, '`', fence);
	strbuf_putc(book->out, '\n');
}

static void links(struct runbook *book, const struct runbook_part *part)
{
	for (size_t i = 0; i < part->link_count; i++) {
		strbuf_puts(book->out, i ? "; [" : "[");
		put_prose(book->out, part->links[i].text);
		strbuf_printf(book->out, "](#step-%zu)", part->links[i].number);
	}
	if (part->more)
		strbuf_printf(book->out, "; and %zu more", part->more);
	strbuf_putc(book->out, '\n');
}

/* Sentences on lines of their own keep them. */
static void put_lines(struct strbuf *out, const char *text)
{
	struct runbook_lines lines = runbook_lines(text);
	const char *line, *before = "";
	size_t length;

	for (; runbook_next_line(&lines, &line, &length); before = "<br>\n") {
		strbuf_puts(out, before);
		runbook_escape(out, line, length, escapes);
	}
	strbuf_putc(out, '\n');
}

/* A place to sign, or a table of places where the step is done on many servers. */
static void put_signs(struct runbook *book, const struct runbook_step *step)
{
	if (step->count == 1) {
		strbuf_puts(book->out, "\n\n- [ ] Done by: \\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_ "
				       "Date and time: \\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\n");
		return;
	}
	strbuf_puts(book->out, "\n\n| Step | Server | From | To | Done by |\n| --- | --- | --- | --- | --- |\n");
	for (size_t i = 0; i < step->count; i++) {
		strbuf_puts(book->out, "| ");
		strbuf_put_number(book->out, step->number + i);
		strbuf_puts(book->out, " | ");
		put_value(book->out, runbook_signer(book, step, i));
		strbuf_puts(book->out, " | | | |\n");
	}
}

static void markdown_step(struct runbook *book, const struct runbook_step *step)
{
	strbuf_putc(book->out, '\n');
	for (size_t i = 0; i < step->count; i++) {
		strbuf_puts(book->out, "<a id=\"step-");
		strbuf_put_number(book->out, step->number + i);
		strbuf_puts(book->out, "\"></a>");
		render_hand_out(book->input, book->out);
	}
	strbuf_printf(book->out, "\n\n### %s. ", runbook_numbers(book, step));
	put_prose(book->out, step->title);
	strbuf_printf(book->out, "\n\n%s", step->kind);
	if (step->where) {
		strbuf_puts(book->out, " on ");
		put_value(book->out, step->where);
	}
	strbuf_puts(book->out, ", ");
	put_value(book->out, runbook_id(book, step));
	strbuf_putc(book->out, '\n');
	for (size_t i = 0; i < step->part_count; i++) {
		const struct runbook_part *part = &step->parts[i];

		strbuf_printf(book->out, "\n**%s:**%s", part->label, part->form == RUNBOOK_CODE ? "\n\n" : " ");
		if (part->form == RUNBOOK_CODE) {
			code(book, part);
		} else if (part->form == RUNBOOK_STEPS) {
			links(book, part);
		} else {
			put_lines(book->out, part->text);
		}
	}
	strbuf_printf(book->out, "\n**Source%s:** ", step->uncertain ? ", not certain" : "");
	put_prose(book->out, step->source);
	put_signs(book, step);
}

static void markdown_sign_off(struct runbook *book, const char *const *roles)
{
	strbuf_puts(book->out, "| | Name | Signature | Date and time |\n| --- | --- | --- | --- |\n");
	for (; *roles; roles++)
		strbuf_printf(book->out, "| %s | | | |\n", *roles);
}

static void markdown_close_book(struct runbook *book)
{
	(void)book;
}

static const struct runbook_writer writer = {
	.open = markdown_open_book,
	.section = markdown_section,
	.text = markdown_words,
	.table = markdown_table,
	.phase = markdown_phase,
	.step = markdown_step,
	.sign_off = markdown_sign_off,
	.close = markdown_close_book,
};

bool render_markdown(const struct render_input *input, struct strbuf *out, struct diags *diags)
{
	return render_runbook(&writer, input, out, diags);
}
