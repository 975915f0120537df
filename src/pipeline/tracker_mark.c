/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The one door through which a step's state changes: what is refused and why, and the line that is written.
 */
#include "pipeline/tracker_private.h"

/* As many as a person reads in a sentence. */
enum { NAMED_BLOCKERS = 3 };

/* Of a user's name, in bytes. */
enum { BY_LIMIT = 256 };

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
		strbuf_printf(&text, "%s\"%s\"",
			      i == 0 ? ""
			      : last ? " and "
				     : ", ",
			      tracker->sequence->items[blockers[i]].title);
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

static bool refuse_held(const struct step *step, const struct check_result *result, struct diags *diags)
{
	const struct check_verdict *verdict = result->verdict;
	struct strbuf text = STRBUF_INIT, hint = STRBUF_INIT;

	strbuf_printf(&text, "It may not start: by the facts the prerequisite \"%s\" %s%s%s", verdict->prereq->title,
		      check_is_due(result) ? "is not met yet" : "failed", result->server ? " on " : "",
		      result->server ? result->server->name : "");
	strbuf_printf(&text, ": %s.", verdict->found);
	strbuf_printf(&hint, "%s%sThen collect the facts again.", verdict->remedy ? verdict->remedy : "",
		      verdict->remedy ? " " : "");
	refuse(diags, step, "prerequisite-failed", strbuf_text(&hint), strbuf_text(&text));
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
	const char *other = tracker->sequence->items[dependent].title;
	struct strbuf text = STRBUF_INIT;
	bool skip = request->mark == MARK_SKIPPED;

	strbuf_printf(&text,
		      skip ? "\"%s\" requires that it is done, so it cannot be skipped."
			   : "\"%s\" requires it and was started, so it cannot be set back.",
		      other);
	if (skip && step->task->backup)
		refuse(diags, step, "skip-backup",
		       "If somebody else made the backup, record it as done, with a note that says where it is.",
		       strbuf_text(&text));
	else
		refuse(diags, step, skip ? "skip-required" : "reset-required",
		       "It can be forced, which is recorded.", strbuf_text(&text));
	strbuf_clear(&text);
	return false;
}

/* The hint names the way that there is. */
static bool refuse_state(const struct tracker *tracker, const struct mark_request *request, struct diags *diags)
{
	const struct step_status *status = &tracker->statuses[request->step];
	bool open = status->state == STATE_WAITING || request->mark == MARK_RESET;
	struct strbuf text = STRBUF_INIT;

	if (status->record) {
		strbuf_puts(&text, step_is_unknown(status) ? "How it ended is not known" : "It is ");
		strbuf_puts(&text, step_is_unknown(status) ? "" : step_state_name(status->state));
		tracker_put_origin(tracker, request->step, NULL, &text);
	} else {
		strbuf_printf(&text, "It is %s", step_state_name(status->state));
		if (status->by)
			strbuf_printf(&text, ", by %s since %s", status->by, status->since);
	}
	strbuf_printf(&text, ", so it cannot become %s.", mark_name(request->mark));
	refuse(diags, &tracker->sequence->items[request->step], "step-state",
	       step_is_unknown(status) ? "Read its log there, then record what is true: done, failed or reset."
	       : open ? "" : "Set it back first (reset); a note alone can always be added (noted).",
	       strbuf_text(&text));
	strbuf_clear(&text);
	return false;
}

/* What a server recorded is taken over into the journal, by whoever says the same. */
static bool is_adopted(const struct step_status *status, enum mark mark)
{
	return status->record && !step_is_unknown(status) && status->state != STATE_WAITING &&
	       status->state == tracker_state_of(mark);
}

/* The note that comes with it, unless there is one: where it stands. */
static const char *note_of(struct tracker *tracker, const struct mark_request *request)
{
	struct strbuf text = STRBUF_INIT;
	const char *note = request->note;

	if (!*note && is_adopted(&tracker->statuses[request->step], request->mark)) {
		tracker_put_origin(tracker, request->step, NULL, &text);
		if (rule_note(strbuf_text(&text) + strlen(", "), NULL))
			note = arena_strdup(tracker->arena, strbuf_text(&text) + strlen(", "));
	}
	strbuf_clear(&text);
	return note;
}

/* Repeating what stands in the record is no fault; but of two who start a step, the second one is told so, and a new
 * note is not to be lost. */
static bool is_repeated(const struct tracker *tracker, const struct mark_request *request)
{
	const struct step_status *status = &tracker->statuses[request->step];

	return status->state == tracker_state_of(request->mark) && status->by && !status->record &&
	       (!*request->note || str_eq(request->note, status->note)) &&
	       (request->mark != MARK_STARTED || str_eq(request->by, status->by));
}

static enum mark_result tell_repeated(const struct tracker *tracker, const struct mark_request *request,
				      struct diags *diags)
{
	const struct step_status *status = &tracker->statuses[request->step];
	struct place nowhere = { NULL, 0, 0 };

	diags_add(diags, SEV_NOTE, "step-already", nowhere, tracker->sequence->items[request->step].id, "",
		  status->changed ? "It is %s already, by %s since %s; but what it runs was changed since. Done anew, "
				    "it is set back (reset) and recorded again."
				  : "It is %s already, by %s since %s.",
		  step_state_name(status->state), status->by, status->since);
	return MARKED_BEFORE;
}

static void refuse_name(const struct tracker *tracker, struct diags *diags)
{
	struct place place = { tracker->path, 1, 1 };

	diags_add(diags, SEV_ERROR, "journal-name", place, "",
		  "Adopt it, only if it is the same upgrade under a new name.",
		  "Nothing was recorded: the record was begun for \"%s\", and the plan is about \"%s\".",
		  tracker->journal.head.name, tracker->identity.name);
}

/* *FORCED: it may be only because REQUEST says so. */
static bool may_mark(const struct tracker *tracker, const struct mark_request *request, bool *forced,
		     struct diags *diags)
{
	const struct step *step = &tracker->sequence->items[request->step];
	const struct check_result *held;
	size_t dependent = SIZE_MAX;

	*forced = false;
	if (is_adopted(&tracker->statuses[request->step], request->mark))
		return request->mark == MARK_SKIPPED || tracker_blocker(tracker, request->step, NULL) == SIZE_MAX ||
		       refuse_waiting(tracker, step, request->step, diags);
	if (!tracker_fits(tracker->statuses[request->step].state, request->mark))
		return refuse_state(tracker, request, diags);
	switch (request->mark) {
	case MARK_SKIPPED:
		if (!*request->note)
			return refuse(diags, step, "skip-note", "Say in the note why.",
				      "A step is skipped only with a note.");
		if (!step->task->preparation)
			dependent = first_dependent(tracker, request->step, false);
		if (dependent != SIZE_MAX && step->task->backup)
			return refuse_dependent(tracker, request, dependent, diags);
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
		held = request->mark == MARK_STARTED ? tracker_held_by(tracker, request->step) : NULL;
		if (held)
			return refuse_held(step, held, diags);
		if (tracker_blocker(tracker, request->step, NULL) != SIZE_MAX)
			return refuse_waiting(tracker, step, request->step, diags);
		break;
	case MARK_COUNT:
		bug("no mark");
	}
	*forced = dependent != SIZE_MAX;
	return !*forced || request->force || refuse_dependent(tracker, request, dependent, diags);
}

/* With TEXT, what stands in the journal now. */
static enum mark_result judge_and_write(struct tracker *tracker, const struct mark_request *request,
					const struct strbuf *text, struct diags *diags)
{
	char content[17];
	struct journal_entry entry = {
		.time = request->now,
		.step = tracker->sequence->items[request->step].id,
		.by = request->by,
		.note = request->note,
		.plan = tracker_plan_digest(tracker),
		.content = content,
		.mark = request->mark,
	};

	step_digest(&tracker->sequence->items[request->step], content);
	if (tracker_has_other_name(tracker) && !request->adopt) {
		refuse_name(tracker, diags);
		return MARK_REFUSED;
	}
	if (is_repeated(tracker, request))
		return tell_repeated(tracker, request, diags);
	if (!may_mark(tracker, request, &entry.forced, diags))
		return MARK_REFUSED;
	entry.note = note_of(tracker, request);
	return tracker_write(tracker, request->step, &entry, text, diags) ? MARKED : MARK_UNWRITTEN;
}

static enum mark_result mark_locked(struct tracker *tracker, const struct mark_request *request, struct diags *diags)
{
	struct strbuf text = STRBUF_INIT;
	enum mark_result result = MARK_UNWRITTEN;

	if (tracker_read_locked(tracker, request->now, &text, diags))
		result = judge_and_write(tracker, request, &text, diags);
	/* Before others may write again: what they do then is to be seen. */
	if (result != MARK_UNWRITTEN)
		tracker->stamp = platform_log_stamp(tracker->path);
	strbuf_clear(&text);
	return result;
}

enum mark_result tracker_mark(struct tracker *tracker, const struct mark_request *request, struct diags *diags)
{
	struct report to = { .diags = diags, .path = tracker->sequence->items[request->step].id };
	struct place place = { tracker->path, 0, 0 };
	enum mark_result result;
	const char *why = "";
	int lock;

	if (!rule_note(request->note, &to))
		return MARK_REFUSED;
	if (strlen(request->by) > BY_LIMIT) {
		diags_add(diags, SEV_ERROR, "mark-by", place, "", "The environment variable LOGNAME gives it.",
			  "Nothing was recorded: the name of the user has more than %d bytes.", BY_LIMIT);
		return MARK_UNWRITTEN;
	}
	lock = platform_lock(tracker->path, request->wait, &why);
	if (lock < 0) {
		diags_add(diags, SEV_ERROR, lock == LOCK_HELD ? "journal-locked" : "journal-write", place, "", "",
			  "Nothing was recorded: %s.", why);
		return MARK_UNWRITTEN;
	}
	result = mark_locked(tracker, request, diags);
	platform_unlock(tracker->path, lock);
	return result;
}
