/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The order of the steps as SVG inside the HTML runbook. Columns are tasks, from left to right as they come;
 * lanes are servers, or roles when there are many servers, so that the size depends on the tasks and not on the plan.
 * A barrier stands where the next column waits for another server.
 */
#include "render/render_runbook.h"

#include "core/text.h"

enum {
	LANES_MOST = 24, /* servers that still get a lane each */
	LANE_HEIGHT = 30,
	LANES_LEAST = 174, /* height: the words beside a barrier have to fit */
	HEAD = 44,         /* height of the phases' names */
	COLUMN_LEAST = 31,
	BARRIER = 24,       /* room before a column that waits */
	CHARACTER = 7,      /* width of one, about */
	NAME_CELLS = 22,    /* of a lane */
	BREAK_WIDTH = 1260, /* a phase that would end behind it starts a new row */
	BREAK_LANES = 12,   /* with more lanes two rows would be too high for a page */
	ROW_GAP = 18,
	EDGE = 5 /* behind the last column of a phase */
};

struct column {
	size_t task; /* index */
	const char *phase;
	size_t first; /* its first step */
	bool barrier;
	unsigned x, width, row;
};

struct chip { /* what one lane has to do in one column */
	size_t count, first, last;
};

struct drawing {
	struct runbook *book;
	struct column *columns;
	size_t column_count;
	uint32_t *column_of; /* by step */
	const char **lanes;  /* names; NULL: nothing to do in it */
	size_t lane_count;
	bool by_role;
	struct chip *chips;                        /* lane after lane */
	unsigned left, width, height, lane_height; /* HEIGHT: of one row */
	unsigned rows, lanes_used;
};

/* ---- columns ---- */

/* A task is one column, or two when its other steps wait for its first one. The tasks that go along with it, server by
 * server, start new columns there too, so that time never runs backwards. */
static void make_columns(struct drawing *drawing)
{
	const struct sequence *sequence = drawing->book->sequence;
	const struct flow *flow = drawing->book->plan->flow;
	size_t count = flow_task_count(flow), floor = 0;
	size_t *current = arena_array(drawing->book->arena, count, sizeof(*current));
	size_t *first = arena_array(drawing->book->arena, count, sizeof(*first));
	for (size_t i = 0; i < count; i++)
		current[i] = SIZE_MAX;
	drawing->columns = arena_array(drawing->book->arena, 2 * count, sizeof(*drawing->columns));
	drawing->column_of = arena_array(drawing->book->arena, sequence->count, sizeof(*drawing->column_of));
	for (size_t i = 0; i < sequence->count; i++) {
		const struct step *step = &sequence->items[i];
		size_t task = flow_task_number(flow, step->task);

		if (current[task] == SIZE_MAX)
			first[task] = i;
		else if (drawing->columns[current[task]].first == first[task] &&
			 step_set_has(&step->requires, first[task]))
			floor = drawing->column_count;
		if (current[task] == SIZE_MAX || current[task] < floor) {
			current[task] = drawing->column_count;
			drawing->columns[drawing->column_count++] =
				(struct column){ .task = task, .phase = step->task->phase, .first = i };
		}
		drawing->column_of[i] = (uint32_t)current[task];
	}
}

/* Steps of other servers that the step AT waits for: their number, the first, the last. */
static struct chip others(const struct sequence *sequence, size_t at)
{
	const struct step *step = &sequence->items[at];
	struct chip found = { 0 };

	for (size_t i = 0; i < step->requires.count; i++) {
		size_t other = step_set_at(&step->requires, i);

		if (step->server && sequence->items[other].server == step->server)
			continue;
		if (!found.count++)
			found.first = other;
		found.last = other;
	}
	return found;
}

/* Where a column waits for something behind the last barrier there is a new one. */
static void find_barriers(struct drawing *drawing)
{
	size_t passed = 0;

	for (size_t i = 0; i < drawing->column_count; i++) {
		struct chip wait = others(drawing->book->sequence, drawing->columns[i].first);

		if (!wait.count || drawing->column_of[wait.last] < passed)
			continue;
		drawing->columns[i].barrier = true;
		passed = i;
	}
}

/* ---- lanes ---- */

static size_t lane_of(const struct drawing *drawing, const struct step *step)
{
	const struct plan *plan = drawing->book->plan;
	size_t lane = 0;

	if (!step->server)
		return 0;
	if (drawing->by_role) {
		unsigned roles = step->server->roles & step->task->roles;

		while (lane + 2 < drawing->lane_count && !(roles & 1u << lane))
			lane++;
		return lane + 1;
	}
	while (plan_server(plan, lane) != step->server)
		lane++;
	return lane + 1;
}

static const char *lane_name(const struct drawing *drawing, size_t lane)
{
	const struct plan *plan = drawing->book->plan;

	if (lane == 0)
		return "Once for all";
	return drawing->by_role ? plan->flow->roles[lane - 1].label : plan_server(plan, lane - 1)->name;
}

static void fill_lanes(struct drawing *drawing)
{
	const struct runbook *book = drawing->book;

	drawing->by_role = plan_server_count(book->plan) > LANES_MOST;
	drawing->lane_count = 1 + plan_server_count(book->plan);
	if (drawing->by_role) {
		for (drawing->lane_count = 1; book->plan->flow->roles[drawing->lane_count - 1].id;)
			drawing->lane_count++;
	}
	drawing->lanes = arena_array(book->arena, drawing->lane_count, sizeof(*drawing->lanes));
	drawing->chips = arena_array(book->arena, drawing->lane_count * drawing->column_count, sizeof(*drawing->chips));
	for (size_t i = 0; i < book->sequence->count; i++) {
		size_t lane = lane_of(drawing, &book->sequence->items[i]);
		struct chip *chip = &drawing->chips[lane * drawing->column_count + drawing->column_of[i]];

		drawing->lanes[lane] = lane_name(drawing, lane);
		if (!chip->count++)
			chip->first = i;
		chip->last = i;
	}
}

/* ---- sizes ---- */

static const char *chip_text(const struct drawing *drawing, const struct chip *chip)
{
	if (chip->count == 1)
		return arena_printf(drawing->book->arena, "%zu", chip->first + 1);
	return arena_printf(drawing->book->arena, "%zu\xe2\x80\x93%zu", chip->first + 1, chip->last + 1);
}

static unsigned text_room(const char *text)
{
	return (unsigned)text_cells(text) * CHARACTER;
}

static void size_column(struct drawing *drawing, size_t at)
{
	struct column *column = &drawing->columns[at];

	column->width = COLUMN_LEAST;
	for (size_t lane = 0; lane < drawing->lane_count; lane++) {
		const struct chip *chip = &drawing->chips[lane * drawing->column_count + at];
		unsigned room = chip->count ? text_room(chip_text(drawing, chip)) + 17 : 0;

		if (room > column->width)
			column->width = room;
	}
}

/* The last column of the phase that starts at FIRST, plus one. */
static size_t phase_end(const struct drawing *drawing, size_t first)
{
	size_t end = first;

	while (end < drawing->column_count && str_eq(drawing->columns[end].phase, drawing->columns[first].phase))
		end++;
	return end;
}

/* How wide the columns from FIRST to END are; they are widened for the phase's name. */
static unsigned size_phase(struct drawing *drawing, size_t first, size_t end)
{
	unsigned wanted = text_room(drawing->columns[first].phase) * 6 / 5 + 24, have = 0;

	for (size_t i = first; i < end; i++) {
		size_column(drawing, i);
		have += drawing->columns[i].width + (drawing->columns[i].barrier ? BARRIER : 0);
	}
	unsigned more = wanted > have ? (wanted - have) / (unsigned)(end - first) + 1 : 0;
	for (size_t i = first; i < end; i++)
		drawing->columns[i].width += more;
	return have + more * (unsigned)(end - first);
}

static void place_columns(struct drawing *drawing)
{
	unsigned x = drawing->left;

	for (size_t first = 0, end; first < drawing->column_count; first = end) {
		end = phase_end(drawing, first);
		unsigned width = size_phase(drawing, first, end);

		if (x > drawing->left && x + width > BREAK_WIDTH && drawing->lanes_used <= BREAK_LANES) {
			drawing->rows++;
			x = drawing->left;
		}
		for (size_t i = first; i < end; i++) {
			x += drawing->columns[i].barrier ? BARRIER : 0;
			drawing->columns[i].x = x;
			drawing->columns[i].row = drawing->rows;
			x += drawing->columns[i].width;
		}
		x += EDGE;
		drawing->width = x + 1 > drawing->width ? x + 1 : drawing->width;
	}
	drawing->rows++;
}

static void place_lanes(struct drawing *drawing)
{
	unsigned name = 0;

	for (size_t i = 0; i < drawing->lane_count; i++) {
		unsigned room = drawing->lanes[i] ? text_room(drawing->lanes[i]) + 22 : 0;

		drawing->lanes_used += drawing->lanes[i] != NULL;
		name = room > name ? room : name;
	}
	drawing->left = name > NAME_CELLS * CHARACTER + 22 ? NAME_CELLS * CHARACTER + 22 : name;
	drawing->lane_height = LANE_HEIGHT;
	if (drawing->lanes_used * LANE_HEIGHT < LANES_LEAST)
		drawing->lane_height = LANES_LEAST / drawing->lanes_used;
	drawing->height = HEAD + drawing->lanes_used * drawing->lane_height + 1;
}

/* ---- marks ---- */

static unsigned row_top(const struct drawing *drawing, unsigned row)
{
	return row * (drawing->height + ROW_GAP);
}

static void put_phases(const struct drawing *drawing)
{
	struct strbuf *out = drawing->book->out;

	for (size_t first = 0, end; first < drawing->column_count; first = end) {
		end = phase_end(drawing, first);
		const struct column *last = &drawing->columns[end - 1];
		unsigned x = drawing->columns[first].x - (drawing->columns[first].barrier ? BARRIER : 0);
		unsigned width = last->x + last->width + EDGE - x;

		unsigned top = row_top(drawing, last->row);

		strbuf_printf(out, "<rect class=\"band\" x=\"%u\" y=\"%u\" width=\"%u\" height=\"%u\" rx=\"6\"/>\n",
			      x + 1, top, width - 2, drawing->height - 1);
		strbuf_printf(out, "<text class=\"band-name\" x=\"%u\" y=\"%u\">", x + 11, top + 20);
		html_text(out, last->phase);
		strbuf_puts(out, "</text>\n");
	}
}

static void put_wait(const struct drawing *drawing, const struct column *column)
{
	struct strbuf *out = drawing->book->out;
	struct chip wait = others(drawing->book->sequence, column->first);
	unsigned top = row_top(drawing, column->row);
	unsigned x = column->x - BARRIER / 2 + 4, middle = top + HEAD + (drawing->height - HEAD) / 2;

	strbuf_printf(out, "<g class=\"barrier\"><line x1=\"%u\" y1=\"%u\" x2=\"%u\" y2=\"%u\"/>", x, top + HEAD - 8, x,
		      top + drawing->height - 6);
	strbuf_printf(out, "<text transform=\"rotate(-90 %u %u)\" x=\"%u\" y=\"%u\">waits for ", x - 5, middle, x - 5,
		      middle);
	if (wait.count == 1)
		strbuf_printf(out, "step %zu", wait.first + 1);
	else if (wait.count == 2)
		strbuf_printf(out, "%zu and %zu", wait.first + 1, wait.last + 1);
	else if (wait.count == wait.last - wait.first + 1)
		strbuf_printf(out, "%zu to %zu", wait.first + 1, wait.last + 1);
	else
		strbuf_printf(out, "%zu steps, %zu to %zu", wait.count, wait.first + 1, wait.last + 1);
	strbuf_puts(out, "</text></g>\n");
}

static const char *chip_class(const struct step *step)
{
	if (step->kind == STEP_COMMAND)
		return "line";
	return step->kind == STEP_MANUAL ? "hand" : "script";
}

static void put_chip(const struct drawing *drawing, const struct column *column, const struct chip *chip, unsigned y)
{
	struct strbuf *out = drawing->book->out;
	const struct step *step = &drawing->book->sequence->items[chip->first];
	const char *text = chip_text(drawing, chip);
	unsigned width = text_room(text) + 12 < 26 ? 26 : text_room(text) + 12, middle = column->x + column->width / 2;

	strbuf_printf(out, "<a href=\"#step-%zu\"><title>", chip->first + 1);
	if (chip->count > 1)
		strbuf_printf(out, "%zu steps, the first: ", chip->count);
	strbuf_printf(out, "%zu. ", chip->first + 1);
	html_text(out, step->title);
	strbuf_printf(out, "</title><rect class=\"%s\" x=\"%u\" y=\"%u\" width=\"%u\" height=\"20\" rx=\"5\"/>",
		      chip_class(step), middle - width / 2, y - 10, width);
	strbuf_printf(out, "<text class=\"on-%s\" x=\"%u\" y=\"%u\">%s</text></a>\n", chip_class(step), middle, y + 4,
		      text);
}

static void put_lane(const struct drawing *drawing, size_t lane, unsigned row, unsigned y)
{
	struct strbuf *out = drawing->book->out, name = STRBUF_INIT;
	unsigned end = drawing->left;

	for (size_t i = 0; i < drawing->column_count; i++) {
		if (drawing->columns[i].row == row)
			end = drawing->columns[i].x + drawing->columns[i].width;
	}
	text_fit(&name, drawing->lanes[lane], NAME_CELLS, false, false);
	strbuf_printf(out, "<line class=\"lane\" x1=\"%u\" y1=\"%u\" x2=\"%u\" y2=\"%u\"/>\n", drawing->left, y,
		      end - 8, y);
	strbuf_printf(out, "<text class=\"lane-name\" x=\"%u\" y=\"%u\">", drawing->left - 12, y + 4);
	html_text(out, strbuf_text(&name));
	strbuf_puts(out, "</text>\n");
	strbuf_clear(&name);
	for (size_t i = 0; i < drawing->column_count; i++) {
		const struct chip *chip = &drawing->chips[lane * drawing->column_count + i];

		if (chip->count && drawing->columns[i].row == row)
			put_chip(drawing, &drawing->columns[i], chip, y);
	}
}

static void put_lanes(const struct drawing *drawing)
{
	for (unsigned row = 0; row < drawing->rows; row++) {
		unsigned y = row_top(drawing, row) + HEAD + drawing->lane_height / 2;

		for (size_t lane = 0; lane < drawing->lane_count; lane++) {
			if (!drawing->lanes[lane])
				continue;
			put_lane(drawing, lane, row, y);
			y += drawing->lane_height;
		}
	}
}

static void put_legend(const struct drawing *drawing)
{
	strbuf_printf(
		drawing->book->out,
		"<figcaption>From left to right as the steps come, a lane for each %s. The numbers are those of the "
		"steps. <span class=\"key line\">filled</span> command line, <span class=\"key script\">framed</span> "
		"script, <span class=\"key hand\">dashed</span> by hand. A heavy line is a barrier: what comes after "
		"it waits for the steps it names.</figcaption>\n",
		drawing->by_role ? "role, because there are many servers" : "server");
}

void render_drawing(struct runbook *book)
{
	struct drawing drawing = { .book = book };

	if (!book->sequence->count)
		return;
	make_columns(&drawing);
	find_barriers(&drawing);
	fill_lanes(&drawing);
	place_lanes(&drawing);
	place_columns(&drawing);
	strbuf_printf(book->out,
		      "<figure>\n<div class=\"wide\"><svg viewBox=\"0 0 %u %u\" role=\"group\" "
		      "aria-labelledby=\"drawing-title\" style=\"max-width:%upx;min-width:%upx\">\n",
		      drawing.width, row_top(&drawing, drawing.rows) - ROW_GAP, drawing.width, drawing.width * 3 / 4);
	strbuf_puts(book->out, "<title id=\"drawing-title\">The order of the steps</title>\n");
	put_phases(&drawing);
	put_lanes(&drawing);
	for (size_t i = 0; i < drawing.column_count; i++) {
		if (drawing.columns[i].barrier)
			put_wait(&drawing, &drawing.columns[i]);
	}
	strbuf_puts(book->out, "</svg></div>\n");
	put_legend(&drawing);
	strbuf_puts(book->out, "</figure>\n");
}
