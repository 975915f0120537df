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
	struct strbuf cell;  /* in use by put_cell() */
	struct arena *arena; /* of one row */
};

/* A spreadsheet takes what begins with one of these for a formula, and runs it. */
static bool is_formula(const char *text)
{
	return *text && strchr("=+-@\t\r", *text);
}

/* TEXT as it is seen: no control character leaves the program this way either. */
static void put_cell(struct sheet *sheet, const char *text, bool last)
{
	strbuf_reset(&sheet->cell);
	if (is_formula(text))
		strbuf_putc(&sheet->cell, '\'');
	text_visible(&sheet->cell, text);
	const char *shown = strbuf_text(&sheet->cell);
	bool quoted = strpbrk(shown, ",\"") != NULL;

	strbuf_puts(sheet->out, quoted ? "\"" : "");
	for (const char *quote; (quote = strchr(shown, '"')); shown = quote + 1) {
		strbuf_add(sheet->out, shown, (size_t)(quote + 1 - shown));
		strbuf_putc(sheet->out, '"');
	}
	strbuf_puts(sheet->out, shown);
	strbuf_puts(sheet->out, quoted ? "\"" : "");
	strbuf_puts(sheet->out, last ? "\r\n" : ",");
}

/* "3; 4 to 9; 12": numbers of steps. In the sheet's arena. */
static const char *numbers_of(const struct sheet *sheet, const struct step_set *set)
{
	struct strbuf text = STRBUF_INIT;

	for (size_t i = 0, end; i < set->count; i = end) {
		end = step_set_run(set, i);
		strbuf_printf(&text, "%s%zu", i ? "; " : "", (size_t)set->items[i] + 1);
		if (end - i > 1)
			strbuf_printf(&text, " to %zu", (size_t)set->items[end - 1] + 1);
	}
	const char *kept = arena_strdup(sheet->arena, strbuf_text(&text));
	strbuf_clear(&text);
	return kept;
}

static const char *or_empty(const char *text)
{
	return text ? text : "";
}

static void put_record(struct sheet *sheet, size_t index)
{
	static const struct step_status nothing = { .state = STATE_WAITING };
	const struct tracker *tracker = sheet->input->tracker;
	const struct step_status *status = tracker ? tracker_status(tracker, index) : &nothing;
	bool waits = status->state == STATE_WAITING, ended = !waits && status->state != STATE_STARTED;

	put_cell(sheet, or_empty(status->started), false);
	put_cell(sheet, ended ? or_empty(status->since) : "", false);
	put_cell(sheet, waits ? "" : or_empty(status->by), false);
	put_cell(sheet, waits ? "" : step_state_name(status->state), false);
}

static void put_row(struct sheet *sheet, size_t index, const char *upgrade, const char *made_from)
{
	const struct step *step = &sheet->input->sequence->items[index];
	struct scope scope = scope_of(sheet->input->plan, sheet->arena);
	unsigned minutes = render_minutes(sheet->input, step);
	const char *where = step->server ? step->server->name : task_run_on(step->task, &scope);

	put_cell(sheet, arena_printf(sheet->arena, "%zu", index + 1), false);
	put_cell(sheet, step->id, false);
	put_cell(sheet, or_empty(where), false);
	put_cell(sheet, step->task->phase, false);
	put_cell(sheet, step->title, false);
	put_cell(sheet, numbers_of(sheet, &step->requires), false);
	put_cell(sheet, minutes ? arena_printf(sheet->arena, "%u", minutes) : "", false);
	put_record(sheet, index);
	put_cell(sheet, upgrade, false);
	put_cell(sheet, made_from, true);
}

bool render_csv(const struct render_input *input, struct strbuf *out, struct diags *diags)
{
	struct sheet sheet = { .input = input, .out = out };
	struct arena *arena = arena_new();
	struct upgrade_identity identity = plan_identity(input->plan, arena);
	const char *upgrade = identity_words(arena, &identity), *made_from;
	struct render_origin origin = render_origin(input);

	(void)diags;
	made_from = arena_printf(arena, "scupgrade " PACKAGE_VERSION ", plan %s%s%s%s%s", origin.plan,
				 *origin.facts ? ", facts " : "", origin.facts, *origin.record ? ", record " : "",
				 origin.record);
	strbuf_puts(out, BYTE_ORDER_MARK
			 "number,step,server,phase,what,requires,planned (minutes),started (UTC),ended (UTC),who,"
			 "result,upgrade,made from\r\n");
	for (size_t i = 0; i < input->sequence->count; i++) {
		if (!render_is_wanted(input, &input->sequence->items[i]))
			continue;
		sheet.arena = arena_new();
		put_row(&sheet, i, upgrade, made_from);
		arena_free(sheet.arena);
		render_hand_out(input, out);
	}
	strbuf_clear(&sheet.cell);
	arena_free(arena);
	return true;
}
