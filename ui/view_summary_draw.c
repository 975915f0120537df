/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * How the Ready page looks: the servers in order, the command line, the files, the answers. All on one sheet that
 * scrolls; a wide window has the answers beside the rest.
 */
#include "ui/view_summary.h"

#include "core/text.h"
#include "core/wrap.h"

#define LABEL_MOST 40
#define TURNS_LEAST 3    /* servers that are always in sight */
#define ROOMY_ROWS 18    /* from here on an empty line stands between the parts */
#define BESIDE_FROM 140  /* columns from which the answers stand beside the rest */

struct page_drawing {
	struct view *view;
	struct summary_state *state;
	struct sheet *sheet;
	int row, width;
	int left;     /* the column where this part of the page starts */
	int body;     /* rows of the window */
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
	canvas_area(&drawing->sheet->canvas, (struct rect){ drawing->row, drawing->left, rows, drawing->width },
		    ACTION_FOCUS, (int)index);
	if (at(drawing, index)) {
		drawing->from = drawing->row;
		drawing->to = drawing->row + rows;
	}
	if (here(drawing, index))
		canvas_cursor(&drawing->sheet->canvas, drawing->row, drawing->left + column);
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
	enum role role = here(drawing, index) ? ROLE_SELECTED : ROLE_LABEL;
	int room = drawing->width - labels - 2, used, left = drawing->left;

	sheet_reserve(drawing->sheet, drawing->row + 1);
	used = canvas_text(canvas, drawing->row, left, labels, role, line->label);
	if (here(drawing, index))
		canvas_text(canvas, drawing->row, left + used, 1, role, " ");
	used = canvas_text(canvas, drawing->row, left + labels + 2, room, ROLE_NORMAL,
			   line->value[0] ? line->value : "-");
	if (line->is_default && used + 10 <= room)
		canvas_text(canvas, drawing->row, left + labels + 2 + used + 1, room - used - 1, ROLE_DIM, "(default)");
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

/* A row of a command line; one that goes on has a mark before it. */
static void put_piece(struct sheet *sheet, int row, int width, bool continued, const char *text)
{
	if (continued)
		sheet_text(sheet, row, 0, 1, ROLE_DIM, canvas_symbol(&sheet->canvas, SYMBOL_CONTINUED));
	sheet_text(sheet, row, 1, width, ROLE_CODE, text);
}

/* Cuts TEXT into pieces of WIDTH cells without keeping a copy: it may hold passwords. */
static int draw_pieces(struct sheet *sheet, int row, int width, const char *text)
{
	struct strbuf piece = STRBUF_INIT;
	const char *from = text, *end = text + strlen(text);
	int start = row, cells = 0;
	bool continued = false;

	while (from < end) {
		const char *before = from;
		uint32_t code = text_next(&from, end);
		int wide = code == TEXT_BAD ? 6 : text_is_unsafe(code) ? 10 : text_width(code);

		if (code == '\n' || (cells + wide > width && cells > 0)) {
			put_piece(sheet, row++, width, continued, strbuf_text(&piece));
			strbuf_clear(&piece);
			cells = 0;
			continued = code != '\n';
		}
		if (code != '\n') {
			strbuf_add(&piece, before, (size_t)(from - before));
			cells += wide;
		}
	}
	if (piece.length)
		put_piece(sheet, row++, width, continued, strbuf_text(&piece));
	strbuf_clear(&piece);
	return row - start;
}

/* Each line of TEXT wrapped at its blanks. */
static int draw_wrapped(struct sheet *sheet, int row, int width, const char *text)
{
	struct arena *arena = arena_new();
	int start = row;

	while (*text) {
		size_t length = strcspn(text, "\n");
		const char *line = arena_strndup(arena, text, length);
		struct lines lines = wrap_text(arena, line, width > 0 ? (size_t)width : 1);

		for (size_t i = 0; i < lines.count; i++)
			put_piece(sheet, row++, width, i > 0, lines.items[i]);
		text += length + (text[length] == '\n');
	}
	arena_free(arena);
	return row - start;
}

static int draw_line_text(const struct page_drawing *drawing, struct sheet *sheet, int row)
{
	const struct summary_state *state = drawing->state;
	struct strbuf literal = STRBUF_INIT;
	int rows;

	if (state->reveal && summary_literal_line(drawing->view, &literal))
		rows = draw_pieces(sheet, row, drawing->width - 2, strbuf_text(&literal));
	else
		rows = draw_wrapped(sheet, row, drawing->width - 2, strbuf_text(&state->line));
	strbuf_clear(&literal);
	return rows;
}

/* The table takes what the command line below it and two rows of files leave. */
static void draw_turns(struct page_drawing *drawing, size_t index)
{
	struct sheet trial;
	int from = drawing->row, room;

	sheet_init(&trial, drawing->width, drawing->sheet->canvas.ascii);
	room = drawing->body - 4 - draw_line_text(drawing, &trial, 0) - 1;
	sheet_clear(&trial);
	room = room < TURNS_LEAST ? TURNS_LEAST : room;
	drawing->row = summary_draw_turns(drawing->view, drawing->sheet,
					  (struct rect){ from, 0, room, drawing->width }, here(drawing, index));
	if (at(drawing, index)) {
		drawing->from = from;
		drawing->to = drawing->row;
	}
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
		drawing->row += draw_line_text(drawing, drawing->sheet, drawing->row);
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
	/* What is turned is seen. */
	if (at(drawing, server) || at(drawing, shell))
		drawing->to = drawing->row;
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
	canvas_text(canvas, drawing->row, column, 4, role, output->chosen ? "[x] " : "[ ] ");
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

	sheet_text(drawing->sheet, drawing->row, 7, 4, role, literal ? "[x] " : "[ ] ");
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

static bool is_beside(const struct page_drawing *drawing)
{
	return drawing->sheet->canvas.columns >= BESIDE_FROM;
}

/* The answers begin: below the rest, or beside it. */
static void begin_answers(struct page_drawing *drawing, int top)
{
	int columns = drawing->sheet->canvas.columns;

	drawing->row++;
	if (is_beside(drawing)) {
		drawing->left = drawing->width + 3;
		drawing->width = columns - 1 - drawing->left;
		drawing->row = top;
	}
	sheet_text(drawing->sheet, drawing->row++, drawing->left, drawing->width, ROLE_HEADING, "Answers");
}

static void draw_lines(struct page_drawing *drawing)
{
	struct summary_state *state = drawing->state;
	int labels = 0, top = drawing->row;
	enum line_kind before = LINE_KIND_COUNT;

	for (size_t i = 0; i < state->count; before = state->lines[i++].kind) {
		switch (state->lines[i].kind) {
		case LINE_TURNS:
			draw_turns(drawing, i);
			break;
		case LINE_SERVER:
			drawing->row += drawing->row > 0;
			draw_command(drawing, i, i + 1);
			break;
		case LINE_SHELL: /* beside the server */
			break;
		case LINE_OUTPUT:
			drawing->row += before != LINE_OUTPUT && drawing->body >= ROOMY_ROWS;
			draw_output(drawing, i, before != LINE_OUTPUT);
			break;
		case LINE_LITERAL:
			draw_literal(drawing, i);
			break;
		case LINE_ANSWER:
			if (before != LINE_ANSWER) {
				begin_answers(drawing, top);
				labels = label_width(state, drawing->width);
			}
			draw_answer(drawing, i, labels);
			break;
		case LINE_KIND_COUNT:
			break;
		}
	}
}

void summary_draw(struct view *view, struct canvas *canvas, struct rect body)
{
	struct summary_state *state = view->state;
	struct sheet sheet;
	struct page_drawing drawing = { .view = view, .state = state, .sheet = &sheet, .width = body.columns - 1,
					.body = body.rows };

	state->list.room = (size_t)body.rows;
	sheet_init(&sheet, drawing.width, canvas->ascii);
	if (is_beside(&drawing))
		drawing.width = drawing.width * 3 / 5;
	draw_findings(&drawing);
	draw_lines(&drawing);
	if (state->list.at == 0)
		drawing.from = 0;
	/* The focused row itself, whatever of what belongs to it has room. */
	if (drawing.to - drawing.from > body.rows && state->list.at == 0)
		drawing.from = drawing.to - 1;
	else if (drawing.to - drawing.from > body.rows)
		drawing.to = drawing.from + body.rows;
	sheet_show(&sheet, canvas, body, &state->first, drawing.from, drawing.to);
	sheet_clear(&sheet);
}
