/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The one door through which a step's state changes: what is refused and why, and the line that is written.
 */
#include "pipeline/tracker_private.h"

/* As many as a person reads in a sentence. */
enum { NAMED_BLOCKERS = 3 };

static bool refuse(struct diags *diags, const struct step *step, const char *code, const char *hint, const char *text)
{
	struct place nowhere = { NULL, 0, 0 };

	diags_add(diags, SEV_ERROR, code, nowhere, step->id, hint, "%s", text);
	return false;
}

static bool refuse_waiting(const struct tracker *tracker, const struct step *step, size_t index, struct diags *diags)
{
	size_t blockers[NAMED_BLOCKERS], count = tracker_blockers(tracker, index, blockers, NAMED_BLOCKERS);
	size_t named = count < NAMED_BLOCKERS ? count : NAMED_BLOCKERS;
	struct strbuf text = STRBUF_INIT, hint = STRBUF_INIT;

	strbuf_puts(&text, "It may not start before ");
	for (size_t i = 0; i < named; i++) {
		bool last = i + 1 == named && count == named;
		strbuf_printf(&text, "%s%s",
			      i == 0 ? ""
			      : last ? " and "
				     : ", ",
			      tracker->sequence->items[blockers[i]].id);
	}
	if (count > named)
		strbuf_printf(&text, " and %zu more", count - named);
	strbuf_printf(&text, count == 1 ? " is done. %s" : " are done. %s", step->why);
	strbuf_printf(&hint, "First: %s.", tracker->sequence->items[blockers[0]].title);
	refuse(diags, step, "step-waits", strbuf_text(&hint), strbuf_text(&text));
	strbuf_clear(&hint);
	strbuf_clear(&text);
	return false;
}

/* A step that others require and that would be skipped or reset under them. STARTED: only those that were started
 * count. */
static size_t first_dependent(const struct tracker *tracker, size_t step, bool started)
{
	for (size_t i = step + 1; i < tracker->sequence->count; i++) {
		if (started && tracker->statuses[i].state == STATE_WAITING)
			continue;
		if (step_set_has(&tracker->sequence->items[i].requires, step))
			return i;
	}
	return SIZE_MAX;
}

static bool refuse_dependent(const struct tracker *tracker, const struct mark_request *request, size_t dependent,
			     struct diags *diags)
{
	const struct step *step = &tracker->sequence->items[request->step];
	const char *other = tracker->sequence->items[dependent].id;
	struct strbuf text = STRBUF_INIT;
	bool skip = request->mark == MARK_SKIPPED;

	strbuf_printf(&text,
		      skip ? "%s requires that it is done, so it cannot be skipped."
			   : "%s requires it and was started, so it cannot be set back.",
		      other);
	refuse(diags, step, skip ? "skip-required" : "reset-required", "It can be forced, which is recorded.",
	       strbuf_text(&text));
	strbuf_clear(&text);
	return false;
}

/* From which states a mark is allowed. */
static bool fits_state(enum step_state state, enum mark mark)
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

static bool refuse_state(const struct tracker *tracker, const struct mark_request *request, struct diags *diags)
{
	const struct step_status *status = &tracker->statuses[request->step];
	struct strbuf text = STRBUF_INIT;

	strbuf_printf(&text, "It is %s", step_state_name(status->state));
	if (status->by)
		strbuf_printf(&text, ", by %s since %s", status->by, status->since);
	strbuf_printf(&text, ", so it cannot become %s.", mark_name(request->mark));
	refuse(diags, &tracker->sequence->items[request->step], "step-state", "", strbuf_text(&text));
	strbuf_clear(&text);
	return false;
}

/* *FORCED: it may be only because REQUEST says so. */
static bool may_mark(const struct tracker *tracker, const struct mark_request *request, bool *forced,
		     struct diags *diags)
{
	const struct step *step = &tracker->sequence->items[request->step];
	struct report to = { .diags = diags, .path = step->id };
	size_t dependent = SIZE_MAX;

	*forced = false;
	if (!rule_note(request->note, &to))
		return false;
	if (!fits_state(tracker->statuses[request->step].state, request->mark))
		return refuse_state(tracker, request, diags);
	switch (request->mark) {
	case MARK_SKIPPED:
		if (!*request->note)
			return refuse(diags, step, "skip-note", "Say in the note why.",
				      "A step is skipped only with a note.");
		dependent = first_dependent(tracker, request->step, false);
		break;
	case MARK_RESET:
		dependent = first_dependent(tracker, request->step, true);
		break;
	case MARK_NOTED:
		if (!*request->note)
			return refuse(diags, step, "note-missing", "Say what was seen.", "There is no note to record.");
		break;
	case MARK_STARTED:
	case MARK_DONE:
	case MARK_FAILED:
		if (tracker_blocker(tracker, request->step, NULL) != SIZE_MAX)
			return refuse_waiting(tracker, step, request->step, diags);
		break;
	case MARK_COUNT:
		bug("no mark");
	}
	*forced = dependent != SIZE_MAX;
	return !*forced || request->force || refuse_dependent(tracker, request, dependent, diags);
}

static bool write_mark(struct tracker *tracker, const struct mark_request *request, bool forced, int log,
		       struct diags *diags)
{
	char now[21];
	struct strbuf line = STRBUF_INIT;
	const char *why = "";

	platform_time_utc(now);
	struct journal_entry entry = {
		.time = now,
		.step = tracker->sequence->items[request->step].id,
		.by = request->by,
		.note = request->note,
		.plan = tracker->plan_digest,
		.content = tracker->contents[request->step],
		.mark = request->mark,
		.forced = forced,
	};
	journal_format(&entry, &line);
	bool ok = platform_log_append(log, tracker->path, tracker->journal.good_bytes, strbuf_text(&line), line.length,
				      &why);
	strbuf_clear(&line);
	if (!ok) {
		struct place place = { tracker->path, 0, 0 };
		diags_add(diags, SEV_ERROR, "journal-write", place, "", "", "Nothing was recorded: %s.", why);
	}
	return ok;
}

bool tracker_mark(struct tracker *tracker, const struct mark_request *request, struct diags *diags)
{
	struct diags known = DIAGS_INIT; /* what opening the tracker said already */
	int log = tracker_open_log(tracker, true, diags);
	bool ok = log >= 0 && tracker_take_log(tracker, log, &known), forced;

	if (log >= 0 && !ok)
		diags_add_all(diags, &known);
	ok = ok && may_mark(tracker, request, &forced, diags) && write_mark(tracker, request, forced, log, diags) &&
	     tracker_take_log(tracker, log, &known);
	/* Before others may write again: what they do then is to be seen. */
	tracker->stamp = platform_log_stamp(tracker->path);
	platform_log_close(log);
	diags_clear(&known);
	return ok;
}
