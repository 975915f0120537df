/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * From the lines of the journal to the states of the steps, and what does not fit together in them.
 */
#include "pipeline/tracker_private.h"

#include "core/nametable.h"

/* ---- one line ---- */

static const char *step_name_at(const void *data, size_t position, size_t *length)
{
	const struct sequence *sequence = data;

	*length = strlen(sequence->items[position].id);
	return sequence->items[position].id;
}

static void apply(struct tracker *tracker, size_t step, const struct journal_entry *entry)
{
	static const enum step_state states[MARK_COUNT] = {
		[MARK_STARTED] = STATE_STARTED, [MARK_DONE] = STATE_DONE,     [MARK_FAILED] = STATE_FAILED,
		[MARK_SKIPPED] = STATE_SKIPPED, [MARK_RESET] = STATE_WAITING,
	};
	struct step_status *status = &tracker->statuses[step];

	if (entry->mark == MARK_NOTED) {
		status->note = entry->note;
		status->note_by = entry->by;
		status->noted = entry->time;
		return;
	}
	status->state = states[entry->mark];
	status->since = entry->time;
	if (entry->mark == MARK_STARTED || (entry->mark == MARK_DONE && !status->started))
		status->started = entry->time;
	if (entry->mark == MARK_RESET)
		status->started = NULL;
	status->by = entry->by;
	/* A note of its own stays until there is another one, or the step begins anew. */
	if (!status->noted || *entry->note || entry->mark == MARK_RESET) {
		status->note = entry->note;
		status->note_by = status->noted = NULL;
	}
	status->forced = entry->forced;
	status->changed = !str_eq(entry->content, tracker->contents[step]) && entry->mark != MARK_RESET;
}

static void count_phases(struct tracker *tracker)
{
	struct phase_progress *phase = NULL;

	tracker->phase_count = 0;
	for (size_t i = 0; i < tracker->sequence->count; i++) {
		const struct step_status *status = &tracker->statuses[i];
		const char *name = tracker->sequence->items[i].task->phase;
		if (!phase || !str_eq(phase->phase, name)) {
			phase = &tracker->phases[tracker->phase_count++];
			*phase = (struct phase_progress){ .phase = name, .first = i };
		}
		phase->steps++;
		phase->settled += status->state == STATE_DONE || status->state == STATE_SKIPPED;
		phase->failed += status->state == STATE_FAILED;
		phase->started += status->state == STATE_STARTED;
	}
}

bool tracker_fits(enum step_state state, enum mark mark)
{
	switch (mark) {
	case MARK_STARTED:
	case MARK_SKIPPED:
		return state == STATE_WAITING || state == STATE_FAILED;
	case MARK_DONE:
		return state != STATE_DONE && state != STATE_SKIPPED;
	case MARK_FAILED:
		return state == STATE_WAITING || state == STATE_STARTED;
	case MARK_RESET:
		return state != STATE_WAITING;
	case MARK_NOTED:
		return true;
	case MARK_COUNT:
		break;
	}
	return false;
}

/* ---- what does not fit together ---- */

enum oddity { ODD_UNKNOWN, ODD_BACKWARDS, ODD_FUTURE, ODD_STATE, ODD_COUNT };

/* Clocks of two desks may differ that much. */
enum { CLOCK_SKEW = 5 * 60, TOLD_LINES = 10 };

static const struct {
	const char *code, *hint;
} oddities[ODD_COUNT] = {
	[ODD_UNKNOWN] = { "journal-step-unknown", "The plan was changed since; the record stays." },
	[ODD_BACKWARDS] = { "journal-time", "Find out whose clock is wrong, and whether lines were moved." },
	[ODD_FUTURE] = { "journal-future", "Find out whose clock is wrong." },
	[ODD_STATE] = { "journal-state", "Look at both lines, and ask who wrote them." },
};

struct oddity_report {
	const char *file;
	struct diags *diags;
	unsigned line; /* that is looked at */
	size_t counts[ODD_COUNT];
};

/* The first ones of each kind by their line, so that a journal full of them is no wall of text. */
static void PRINTF_LIKE(3, 4) tell(struct oddity_report *report, enum oddity oddity, const char *format, ...)
{
	struct place place = { report->file, report->line, 1 };
	struct strbuf text = STRBUF_INIT;
	va_list args;

	if (++report->counts[oddity] > TOLD_LINES)
		return;
	va_start(args, format);
	strbuf_vprintf(&text, format, args);
	va_end(args);
	diags_add(report->diags, SEV_WARNING, oddities[oddity].code, place, "", oddities[oddity].hint, "%s",
		  strbuf_text(&text));
	strbuf_clear(&text);
}

static void tell_the_rest(struct oddity_report *report)
{
	for (enum oddity oddity = 0; oddity < ODD_COUNT; oddity++) {
		if (report->counts[oddity] > TOLD_LINES)
			diags_add(report->diags, SEV_WARNING, oddities[oddity].code,
				  (struct place){ report->file, report->line, 1 }, "", oddities[oddity].hint,
				  "There are %zu such lines in all.", report->counts[oddity]);
	}
}

static void look_at_time(struct oddity_report *report, const char *before, const char *time, const char *now)
{
	if (before && tracker_seconds_between(time, before) > CLOCK_SKEW)
		tell(report, ODD_BACKWARDS, "It was recorded at %s, after a line of %s.", time, before);
	if (tracker_seconds_between(now, time) > CLOCK_SKEW)
		tell(report, ODD_FUTURE, "It was recorded at %s, which is in the future.", time);
}

static void look_at_state(struct oddity_report *report, const struct tracker *tracker, size_t step,
			  const struct journal_entry *entry)
{
	enum step_state state = tracker->statuses[step].state;

	if (!tracker_fits(state, entry->mark))
		tell(report, ODD_STATE, "%s was %s when it was recorded as %s.", entry->step, step_state_name(state),
		     mark_name(entry->mark));
}

/* ---- all lines ---- */

void tracker_replay(struct tracker *tracker, const char *now, struct diags *diags)
{
	struct nametable *table = nametable_new(tracker->sequence->count, false, step_name_at, tracker->sequence);
	struct oddity_report report = { .file = tracker->path, .diags = diags };
	const char *before = NULL;

	memset(tracker->statuses, 0, tracker->sequence->count * sizeof(*tracker->statuses));
	memset(tracker->known, 0, SET_COUNT * sizeof(*tracker->known));
	for (size_t i = 0; i < tracker->sequence->count; i++)
		nametable_add(table, i);
	for (size_t i = 0; i < tracker->journal.count; i++) {
		const struct journal_entry *entry = &tracker->journal.items[i];
		size_t step = nametable_find(table, entry->step, strlen(entry->step));

		report.line = entry->line;
		look_at_time(&report, before, entry->time, now);
		before = entry->time;
		if (step == NAME_NONE) {
			tell(&report, ODD_UNKNOWN, "The plan no longer has the step %s.", entry->step);
			continue;
		}
		look_at_state(&report, tracker, step, entry);
		apply(tracker, step, entry);
	}
	tell_the_rest(&report);
	nametable_free(table);
	count_phases(tracker);
}
