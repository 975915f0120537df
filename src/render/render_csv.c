/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The steps as a checklist for spreadsheets and ticket systems: RFC 4180, UTF-8 with its mark, one row a step.
 */
#include "render/render.h"

#include "core/text.h"
#include "model/identity.h"
#include "pipeline/planfile.h"

struct sheet {
	const struct render_input *input;
	struct strbuf *out;
	struct strbuf shown;     /* in use by put_cell() */
	struct strbuf requires;  /* the cell of this set: neighbors share theirs */
	struct step_set requires_of;
	struct strbuf last;      /* the cells that end every row */
};

/* A spreadsheet takes what begins with one of these for a formula, and runs it. */
static bool is_formula(const char *text)
{
	return *text && strchr("=+-@\t\r", *text);
}

static void put_quoted(struct strbuf *out, const char *text)
{
	strbuf_putc(out, '"');
	for (const char *quote; (quote = strchr(text, '"')); text = quote + 1) {
		strbuf_add(out, text, (size_t)(quote + 1 - text));
		strbuf_putc(out, '"');
	}
	strbuf_puts(out, text);
	strbuf_putc(out, '"');
}

/* TEXT as it is seen: no control character leaves the program this way either. */
static void put_cell(struct sheet *sheet, struct strbuf *out, const char *text)
{
	strbuf_reset(&sheet->shown);
	if (is_formula(text))
		strbuf_putc(&sheet->shown, '\'');
	text_visible(&sheet->shown, text);
	if (memchr(strbuf_text(&sheet->shown), ',', sheet->shown.length) ||
	    memchr(strbuf_text(&sheet->shown), '"', sheet->shown.length))
		put_quoted(out, strbuf_text(&sheet->shown));
	else
		strbuf_add(out, strbuf_text(&sheet->shown), sheet->shown.length);
	strbuf_putc(out, ',');
}

/* "3; 4 to 9; 12": numbers of steps. */
static void put_numbers(struct sheet *sheet, const struct step_set *set)
{
	struct strbuf *cell = &sheet->requires;

	if (!step_set_is_same(&sheet->requires_of, set)) {
		sheet->requires_of = *set;
		strbuf_reset(cell);
		for (size_t i = 0, end; i < set->count; i = end) {
			end = step_set_run(set, i);
			strbuf_puts(cell, i ? "; " : "");
			strbuf_put_number(cell, step_set_at(set, i) + 1);
			if (end - i > 1) {
				strbuf_puts(cell, " to ");
				strbuf_put_number(cell, step_set_at(set, end - 1) + 1);
			}
		}
	}
	strbuf_add(sheet->out, strbuf_text(cell), cell->length);
	strbuf_putc(sheet->out, ',');
}

static const char *or_empty(const char *text)
{
	return text ? text : "";
}

/* The four cells of what was recorded. */
static void put_record(struct sheet *sheet, size_t index)
{
	const struct tracker *tracker = sheet->input->tracker;
	const struct step_status *status = tracker ? tracker_status(tracker, index) : NULL;

	if (!status || status->state == STATE_WAITING) {
		strbuf_puts(sheet->out, ",,,,");
		return;
	}
	put_cell(sheet, sheet->out, or_empty(status->started));
	put_cell(sheet, sheet->out, status->state == STATE_STARTED ? "" : or_empty(status->since));
	put_cell(sheet, sheet->out, or_empty(status->by));
	put_cell(sheet, sheet->out, step_state_name(status->state));
}

static void put_row(struct sheet *sheet, size_t index)
{
	const struct step *step = &sheet->input->sequence->items[index];
	unsigned minutes = render_minutes(sheet->input, step);
	struct strbuf *out = sheet->out;

	strbuf_put_number(out, index + 1);
	strbuf_putc(out, ',');
	put_cell(sheet, out, step->id);
	put_cell(sheet, out, step->run_on ? step->run_on : or_empty(step->sql.server));
	put_cell(sheet, out, step->task->phase);
	put_cell(sheet, out, step->title);
	put_numbers(sheet, &step->requires);
	if (minutes)
		strbuf_put_number(out, minutes);
	strbuf_putc(out, ',');
	put_record(sheet, index);
	strbuf_add(out, strbuf_text(&sheet->last), sheet->last.length);
}

/* Which upgrade it is, and what the sheet was made from: rows are sorted, and cut out. */
static void make_last(struct sheet *sheet)
{
	struct arena *arena = arena_new();
	struct upgrade_identity identity = plan_identity(sheet->input->plan, arena);
	struct render_origin origin = render_origin(sheet->input);

	put_cell(sheet, &sheet->last, identity_words(arena, &identity));
	put_cell(sheet, &sheet->last,
		 arena_printf(arena, "scupgrade " PACKAGE_VERSION ", plan %s%s%s%s%s", origin.plan,
			      *origin.facts ? ", facts " : "", origin.facts, *origin.record ? ", record " : "",
			      origin.record));
	strbuf_truncate(&sheet->last, sheet->last.length - 1);
	strbuf_puts(&sheet->last, "\r\n");
	arena_free(arena);
}

bool render_csv(const struct render_input *input, struct strbuf *out, struct diags *diags)
{
	struct sheet sheet = { .input = input, .out = out };

	(void)diags;
	make_last(&sheet);
	strbuf_puts(out, BYTE_ORDER_MARK
			 "number,step,server,phase,what,requires,planned (minutes),started (UTC),ended (UTC),who,"
			 "result,upgrade,made from\r\n");
	for (size_t i = 0; i < input->sequence->count; i++) {
		if (!render_is_wanted(input, &input->sequence->items[i]))
			continue;
		put_row(&sheet, i);
		render_hand_out(input, out);
	}
	strbuf_clear(&sheet.shown);
	strbuf_clear(&sheet.requires);
	strbuf_clear(&sheet.last);
	return true;
}
