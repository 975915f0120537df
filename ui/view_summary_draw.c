/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * How the Ready page looks: answers, the command line in its box, the files. All on one sheet that scrolls.
 */
#include "ui/view_summary.h"

#include "core/text.h"

#define LABEL_MOST 40
#define CHANGE "change"
#define CHANGE_CELLS 8          /* with the gap before it */
#define CHANGE_LEAST_COLUMNS 50 /* narrower windows give its place to the values; Enter works all the same */

struct page_drawing {
	struct view *view;
	struct summary_state *state;
	struct sheet *sheet;
	int row, width;
	int from, to; /* of the focused line */
};

static bool at(const struct page_drawing *drawing, size_t index)
{
	return drawing->state->list.at == index;
}

static bool here(const struct page_drawing *drawing, size_t index)
{
	return drawing->view->focused && at(drawing, index);
}

/* A line that can have the focus occupies ROWS from the current one on; the cursor goes to COLUMN. */
static void mark_line(struct page_drawing *drawing, size_t index, int rows, int column)
{
	canvas_area(&drawing->sheet->canvas, (struct rect){ drawing->row, 0, rows, drawing->width }, ACTION_FOCUS,
		    (int)index);
	if (at(drawing, index)) {
		drawing->from = drawing->row;
		drawing->to = drawing->row + rows;
	}
	if (here(drawing, index))
		canvas_cursor(&drawing->sheet->canvas, drawing->row, column);
}

static void draw_findings(struct page_drawing *drawing)
{
	const struct diags *findings = &drawing->view->findings;

	for (size_t i = 0; i < findings->count; i++)
		drawing->row += sheet_finding(drawing->sheet, drawing->row, 0, drawing->width, &findings->items[i]);
	if (findings->count)
		drawing->row++;
}

static int label_width(const struct summary_state *state, int width)
{
	int widest = 0;

	for (size_t i = 0; i < state->count; i++) {
		int cells = state->lines[i].label ? (int)text_cells(state->lines[i].label) : 0;

		if (cells > widest)
			widest = cells;
	}
	widest = widest > LABEL_MOST ? LABEL_MOST : widest;
	return widest > width / 2 ? width / 2 : widest;
}

static void draw_answer(struct page_drawing *drawing, size_t index, int labels)
{
	const struct summary_line *line = &drawing->state->lines[index];
	struct canvas *canvas = &drawing->sheet->canvas;
	enum role role = here(drawing, index) ? ROLE_SELECTED : ROLE_NORMAL;
	bool change = here(drawing, index) && drawing->width >= CHANGE_LEAST_COLUMNS;
	int room = drawing->width - labels - 2 - (change ? CHANGE_CELLS : 0), used;

	sheet_reserve(drawing->sheet, drawing->row + 1);
	if (here(drawing, index))
		canvas_fill(canvas, (struct rect){ drawing->row, 0, 1, drawing->width }, ' ', role);
	canvas_text(canvas, drawing->row, 0, labels, here(drawing, index) ? role : ROLE_LABEL, line->label);
	used = canvas_text(canvas, drawing->row, labels + 2, room, role, line->value[0] ? line->value : "-");
	if (line->is_default && used + 10 <= room)
		canvas_text(canvas, drawing->row, labels + 2 + used + 1, room - used - 1,
			    here(drawing, index) ? role : ROLE_DIM, "(default)");
	if (change)
		canvas_text_right(canvas, drawing->row, 0, drawing->width, role, CHANGE);
	mark_line(drawing, index, 1, 0);
	drawing->row++;
}

/* "label ◂ value ▸" at COLUMN. Returns the next column. */
static int draw_turn(struct page_drawing *drawing, size_t index, int column, const char *label, const char *value)
{
	struct canvas *canvas = &drawing->sheet->canvas;
	struct strbuf text = STRBUF_INIT;
	int start, used;

	sheet_reserve(drawing->sheet, drawing->row + 1);
	start = column + canvas_text(canvas, drawing->row, column, drawing->width - column, ROLE_LABEL, label) + 1;
	strbuf_printf(&text, "%s %s %s", canvas_symbol(canvas, SYMBOL_LEFT), value,
		      canvas_symbol(canvas, SYMBOL_RIGHT));
	used = canvas_text(canvas, drawing->row, start, drawing->width - start,
			   here(drawing, index) ? ROLE_FIELD_FOCUS : ROLE_FIELD, strbuf_text(&text));
	strbuf_clear(&text);
	canvas_area(canvas, (struct rect){ drawing->row, start, 1, used }, ACTION_FOCUS, (int)index);
	if (at(drawing, index)) {
		drawing->from = drawing->row;
		drawing->to = drawing->row + 1;
	}
	if (here(drawing, index))
		canvas_cursor(canvas, drawing->row, start);
	return start + used;
}

/* Cuts TEXT into pieces of WIDTH cells without keeping a copy: it may hold passwords. */
static int draw_pieces(struct sheet *sheet, int row, int column, int width, const char *text)
{
	struct strbuf piece = STRBUF_INIT;
	const char *from = text, *end = text + strlen(text);
	int start = row, cells = 0;

	while (from < end) {
		const char *before = from;
		uint32_t code = text_next(&from, end);
		int wide = code == TEXT_BAD ? 6 : text_is_unsafe(code) ? 10 : text_width(code);

		if (code == '\n' || (cells + wide > width && cells > 0)) {
			sheet_text(sheet, row++, column, width, ROLE_CODE, strbuf_text(&piece));
			strbuf_clear(&piece);
			cells = 0;
		}
		if (code != '\n') {
			strbuf_add(&piece, before, (size_t)(from - before));
			cells += wide;
		}
	}
	if (piece.length)
		sheet_text(sheet, row++, column, width, ROLE_CODE, strbuf_text(&piece));
	strbuf_clear(&piece);
	return row - start;
}

static int draw_line_text(struct page_drawing *drawing, int row)
{
	const struct summary_state *state = drawing->state;
	struct strbuf literal = STRBUF_INIT;
	int rows;

	if (state->reveal && summary_literal_line(drawing->view, &literal))
		rows = draw_pieces(drawing->sheet, row, 1, drawing->width - 2, strbuf_text(&literal));
	else
		rows = sheet_wrap(drawing->sheet, row, 1, drawing->width - 2, ROLE_CODE, strbuf_text(&state->line));
	strbuf_clear(&literal);
	return rows;
}

/* The box is drawn first, for it clears what is inside: its height comes from a trial on a sheet of its own. */
static void draw_box(struct page_drawing *drawing)
{
	struct sheet trial, *sheet = drawing->sheet;
	struct page_drawing measuring = *drawing;
	int rows;

	sheet_init(&trial, drawing->width, sheet->canvas.ascii);
	measuring.sheet = &trial;
	rows = draw_line_text(&measuring, 0);
	sheet_clear(&trial);
	sheet_reserve(sheet, drawing->row + rows + 2);
	canvas_box(&sheet->canvas, (struct rect){ drawing->row, 0, rows + 2, drawing->width }, NULL);
	draw_line_text(drawing, drawing->row + 1);
	drawing->row += rows + 2;
}

static void draw_command(struct page_drawing *drawing, size_t server, size_t shell)
{
	struct summary_state *state = drawing->state;
	int column = draw_turn(drawing, server, 0, "Command line for", summary_server(state));

	if (column + 22 > drawing->width) {
		drawing->row++;
		column = -4;
	}
	draw_turn(drawing, shell, column + 4, "shell", shell_name(state->shell));
	drawing->row++;
	if (state->line.length)
		draw_box(drawing);
	else if (!state->server_count)
		drawing->row += sheet_wrap(drawing->sheet, drawing->row, 0, drawing->width, ROLE_DIM,
					   "No server has a command line yet.");
	for (size_t i = 0; i < state->refused.count; i++)
		drawing->row +=
			sheet_finding(drawing->sheet, drawing->row, 0, drawing->width, &state->refused.items[i]);
	if (!state->line.length && state->server_count && state->able != SHELL_COUNT) {
		struct strbuf text = STRBUF_INIT;

		strbuf_printf(&text, "The shell %s can carry it.", shell_name(state->able));
		drawing->row +=
			sheet_wrap(drawing->sheet, drawing->row, 2, drawing->width - 2, ROLE_HINT, strbuf_text(&text));
		strbuf_clear(&text);
	}
}

static void draw_output(struct page_drawing *drawing, size_t index, bool is_first)
{
	const struct output *output = wizard_output(drawing->view->wizard, drawing->state->lines[index].index);
	struct canvas *canvas = &drawing->sheet->canvas;
	enum role role = here(drawing, index) ? ROLE_SELECTED : ROLE_NORMAL;
	int column = 7, used, room;

	sheet_reserve(drawing->sheet, drawing->row + 1);
	if (is_first)
		canvas_text(canvas, drawing->row, 0, column, ROLE_LABEL, "Write");
	canvas_text(canvas, drawing->row, column, 3, role, output->chosen ? "[x]" : "[ ]");
	used = canvas_text(canvas, drawing->row, column + 4, (drawing->width - column - 4) / 2, role, output->label);
	used = used < 18 && drawing->width >= 50 ? 18 : used;
	room = drawing->width - column - 4 - used - 2;
	canvas_text_left_cut(canvas, drawing->row, column + 4 + used + 2, room, output->chosen ? ROLE_FIELD : ROLE_DIM,
			     output->path);
	mark_line(drawing, index, 1, column + 1);
	drawing->row++;
}

static void draw_literal(struct page_drawing *drawing, size_t index)
{
	bool literal = wizard_literal(drawing->view->wizard);
	enum role role = here(drawing, index) ? ROLE_SELECTED : ROLE_NORMAL;
	int rows;

	sheet_text(drawing->sheet, drawing->row, 7, 3, role, literal ? "[x]" : "[ ]");
	rows = sheet_wrap(drawing->sheet, drawing->row, 11, drawing->width - 11, role,
			  "Put the typed passwords into the final line");
	mark_line(drawing, index, rows, 8);
	drawing->row += rows;
	if (literal) {
		struct diag warning = {
			.severity = SEV_WARNING,
			.path = "",
			.hint = "",
			.text = "A password on a command line can be seen in the server's list of processes, "
				"in its event log where command lines are audited, and in the shell's history."
		};

		drawing->row += sheet_finding(drawing->sheet, drawing->row, 7, drawing->width - 7, &warning);
	}
}

static void draw_lines(struct page_drawing *drawing)
{
	struct summary_state *state = drawing->state;
	int labels = label_width(state, drawing->width);
	bool first_output = true;

	for (size_t i = 0; i < state->count; i++) {
		switch (state->lines[i].kind) {
		case LINE_ANSWER:
			draw_answer(drawing, i, labels);
			break;
		case LINE_SERVER:
			drawing->row++;
			draw_command(drawing, i, i + 1);
			break;
		case LINE_SHELL: /* beside the server */
			break;
		case LINE_OUTPUT:
			draw_output(drawing, i, first_output);
			first_output = false;
			break;
		case LINE_LITERAL:
			draw_literal(drawing, i);
			break;
		}
	}
}

void summary_draw(struct view *view, struct canvas *canvas, struct rect body)
{
	struct summary_state *state = view->state;
	struct sheet sheet;
	struct page_drawing drawing = { .view = view, .state = state, .sheet = &sheet, .width = body.columns - 1 };

	state->list.room = (size_t)body.rows;
	sheet_init(&sheet, drawing.width, canvas->ascii);
	draw_findings(&drawing);
	draw_lines(&drawing);
	if (state->list.at == 0)
		drawing.from = 0;
	if (drawing.to - drawing.from > body.rows)
		drawing.from = drawing.to - 1;
	sheet_show(&sheet, canvas, body, &state->first, drawing.from, drawing.to);
	sheet_clear(&sheet);
}
