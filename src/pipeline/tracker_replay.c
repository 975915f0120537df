/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * From the lines of the journal to the states of the steps, and what does not fit together in them.
 */
#include "pipeline/tracker_private.h"

#include "core/nametable.h"
#include "model/flow.h"

/* ---- one line ---- */

static const char *step_name_at(const void *data, size_t position, size_t *length)
{
	const struct sequence *sequence = data;

	*length = strlen(sequence->items[position].id);
	return sequence->items[position].id;
}

enum step_state tracker_state_of(enum mark mark)
{
	static const enum step_state states[MARK_COUNT] = {
		[MARK_STARTED] = STATE_STARTED, [MARK_DONE] = STATE_DONE,     [MARK_FAILED] = STATE_FAILED,
		[MARK_SKIPPED] = STATE_SKIPPED, [MARK_RESET] = STATE_WAITING, [MARK_NOTED] = STATE_COUNT,
	};
	return states[mark];
}

/* What ENTRY was about is not what STEP runs now. Digests are taken for what was recorded only: most steps of a large
 * plan were not. */
static bool is_changed(struct tracker *tracker, const struct step *step, const struct journal_entry *entry)
{
	struct content *content = &tracker->content;

	if (!entry->content || entry->mark == MARK_RESET)
		return false;
	if (!content->known || content->words != step->words.items || content->text != step->text) {
		*content = (struct content){ .known = true, .words = step->words.items, .text = step->text };
		step_digest(step, content->digest);
	}
	return !str_eq(entry->content, content->digest);
}

/* RECORD: where the entry comes from; NULL: the journal. */
static void apply(struct tracker *tracker, size_t step, const struct journal_entry *entry,
		  const struct step_record *record)
{
	struct step_status *status = &tracker->statuses[step];

	if (entry->mark == MARK_NOTED) {
		status->note = entry->note;
		status->note_by = entry->by;
		status->noted = entry->time;
		return;
	}
	status->state = tracker_state_of(entry->mark);
	status->record = record;
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
	status->changed = is_changed(tracker, &tracker->sequence->items[step], entry);
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

size_t tracker_find_step(const struct tracker *tracker, const struct nametable *table, const char *id)
{
	size_t step = nametable_find(table, id, strlen(id));
	const char *at = strchr(id, '@');
	const struct server *server = step == NAME_NONE && at ? plan_find_server(tracker->plan, at + 1) : NULL;
	struct strbuf ours = STRBUF_INIT;

	if (!server)
		return step;
	strbuf_printf(&ours, "%.*s@%s", (int)(at - id), id, server->name);
	step = nametable_find(table, strbuf_text(&ours), ours.length);
	strbuf_clear(&ours);
	return step;
}

bool tracker_is_left_out(const struct tracker *tracker, const char *id)
{
	size_t length = strcspn(id, "@");
	const struct task *task = tracker->plan->flow->tasks;

	while (task->id && (strlen(task->id) != length || strncmp(task->id, id, length) != 0))
		task++;
	return task->id && (!id[length] || plan_find_server(tracker->plan, id + length + 1));
}

/* ---- what does not fit together ---- */

enum oddity { ODD_UNKNOWN, ODD_BACKWARDS, ODD_FUTURE, ODD_STATE, ODD_RECORD, ODD_RECORD_FUTURE, ODD_COUNT };

/* Clocks of two desks may differ that much. */
enum { CLOCK_SKEW = 5 * 60, TOLD_LINES = 10 };

static const struct {
	const char *code, *hint;
} oddities[ODD_COUNT] = {
	[ODD_UNKNOWN] = { "journal-step-unknown", "The plan was changed since; the record stays." },
	[ODD_BACKWARDS] = { "journal-time", "Find out whose clock is wrong, and whether lines were moved." },
	[ODD_FUTURE] = { "journal-future", "Find out whose clock is wrong." },
	[ODD_STATE] = { "journal-state", "Look at both lines, and ask who wrote them." },
	[ODD_RECORD] = { "record-state", "Read the log there, then record what is true (mark)." },
	[ODD_RECORD_FUTURE] = { "record-future", "Set its clock right; until then its record outweighs the journal." },
};

struct oddity_report {
	struct place at; /* what is looked at */
	struct diags *diags;
	size_t counts[ODD_COUNT];
	struct place last[ODD_COUNT]; /* of each kind */
};

/* The first ones of each kind by their line, so that a journal full of them is no wall of text. */
static void PRINTF_LIKE(3, 4) tell(struct oddity_report *report, enum oddity oddity, const char *format, ...)
{
	struct strbuf text = STRBUF_INIT;
	va_list args;

	report->last[oddity] = report->at;
	if (++report->counts[oddity] > TOLD_LINES)
		return;
	va_start(args, format);
	strbuf_vprintf(&text, format, args);
	va_end(args);
	diags_add(report->diags, SEV_WARNING, oddities[oddity].code, report->at, "", oddities[oddity].hint, "%s",
		  strbuf_text(&text));
	strbuf_clear(&text);
}

static void tell_the_rest(struct oddity_report *report)
{
	for (enum oddity oddity = 0; oddity < ODD_COUNT; oddity++) {
		if (report->counts[oddity] > TOLD_LINES)
			diags_add(report->diags, SEV_WARNING, oddities[oddity].code, report->last[oddity], "",
				  oddities[oddity].hint, "There are %zu such lines in all.",
				  report->counts[oddity]);
	}
}

static void look_at_time(struct oddity_report *report, const char *before, const char *time, const char *now)
{
	if (before && tracker_seconds_between(time, before) > CLOCK_SKEW)
		tell(report, ODD_BACKWARDS, "It was recorded at %s, after a line of %s.", time, before);
	if (tracker_seconds_between(now, time) > CLOCK_SKEW)
		tell(report, ODD_FUTURE, "It was recorded at %s, which is in the future.", time);
}

/* Whether the journal and a server, or two servers, say what cannot both be: repeating what stands there is none. */
static bool contradicts(const struct step_status *status, enum mark mark)
{
	return !tracker_fits(status->state, mark) && tracker_state_of(mark) != status->state;
}

/* "the journal (CONTOSO\anna, 2026-11-21T14:02:07Z)" */
static void put_source(struct strbuf *out, const struct step_record *record, const char *by, const char *time)
{
	strbuf_printf(out, "%s%s (%s%s%s)", record ? "the record on " : "the journal", record ? record->host : "",
		      by ? by : "", by ? ", " : "", time);
}

static void tell_contradiction(struct oddity_report *report, const struct step_status *status,
			       const struct journal_entry *entry, const struct step_record *record)
{
	struct strbuf before = STRBUF_INIT, after = STRBUF_INIT;

	report->at = record ? record->at : status->record->at;
	put_source(&before, status->record, status->by, status->since);
	put_source(&after, record, entry->by, entry->time);
	tell(report, ODD_RECORD, "%s: %s says %s, and later %s says %s.", entry->step, strbuf_text(&before),
	     step_state_name(status->state), strbuf_text(&after), step_state_name(tracker_state_of(entry->mark)));
	strbuf_clear(&before);
	strbuf_clear(&after);
}

static void look_at_state(struct oddity_report *report, const struct tracker *tracker, size_t step,
			  const struct journal_entry *entry)
{
	const struct step_status *status = &tracker->statuses[step];

	if (status->record && contradicts(status, entry->mark))
		tell_contradiction(report, status, entry, NULL);
	else if (!status->record && !tracker_fits(status->state, entry->mark))
		tell(report, ODD_STATE, "%s was %s when it was recorded as %s.", entry->step,
		     step_state_name(status->state), mark_name(entry->mark));
}

/* ---- all lines ---- */

struct replay {
	struct tracker *tracker;
	struct nametable *table;
	const char *now, *before; /* the time of the line before; NULL: there is none */
	struct oddity_report report;
	size_t record; /* the next one of the servers */
};

static void replay_record(struct replay *replay, const struct machine_record *record)
{
	struct tracker *tracker = replay->tracker;

	replay->report.at = record->origin.at;
	if (tracker_seconds_between(replay->now, record->entry.time) > CLOCK_SKEW)
		tell(&replay->report, ODD_RECORD_FUTURE, "%s: %s recorded it at %s, which is in the future.",
		     record->entry.step, record->origin.host, record->entry.time);
	if (contradicts(&tracker->statuses[record->step], record->entry.mark))
		tell_contradiction(&replay->report, &tracker->statuses[record->step], &record->entry, &record->origin);
	apply(tracker, record->step, &record->entry, &record->origin);
}

/* What servers recorded up to TIME; NULL: all the rest. */
static void replay_records(struct replay *replay, const char *time)
{
	const struct tracker *tracker = replay->tracker;

	while (replay->record < tracker->record_count &&
	       (!time || strcmp(tracker->records[replay->record].entry.time, time) <= 0))
		replay_record(replay, &tracker->records[replay->record++]);
}

static void replay_line(struct replay *replay, const struct journal_entry *entry, size_t step)
{
	replay->report.at = (struct place){ replay->tracker->path, entry->line, 1 };
	look_at_time(&replay->report, replay->before, entry->time, replay->now);
	replay->before = entry->time;
	if (step == NAME_NONE) {
		if (tracker_is_left_out(replay->tracker, entry->step))
			return;
		tell(&replay->report, ODD_UNKNOWN, "The plan no longer has the step %s.", entry->step);
		return;
	}
	look_at_state(&replay->report, replay->tracker, step, entry);
	apply(replay->tracker, step, entry, NULL);
}

/* The target's build, and nothing later says how it came. */
static void replay_builds(struct tracker *tracker)
{
	for (size_t i = 0; tracker->builds && i < tracker->sequence->count; i++) {
		const struct step_record *build = tracker->builds[i];
		struct step_status *status = &tracker->statuses[i];

		if (!build || status->state != STATE_WAITING || (status->since && build->collected &&
								 strcmp(status->since, build->collected) >= 0))
			continue;
		status->state = STATE_STARTED;
		status->record = build;
		status->since = build->collected;
		status->started = status->by = NULL;
		status->note = "";
	}
}

static struct nametable *table_of(const struct sequence *sequence)
{
	struct nametable *table = nametable_new(sequence->count, false, step_name_at, sequence);

	for (size_t i = 0; i < sequence->count; i++)
		nametable_add(table, i);
	return table;
}

void tracker_replay(struct tracker *tracker, const char *now, struct diags *diags)
{
	struct replay replay = { .tracker = tracker, .now = now, .report = { .diags = diags } };

	if (tracker->phase_count) /* else it is the first time, and all are as they begin */
		memset(tracker->statuses, 0, tracker->sequence->count * sizeof(*tracker->statuses));
	memset(tracker->known, 0, SET_COUNT * sizeof(*tracker->known));
	if (tracker->journal.count)
		replay.table = table_of(tracker->sequence);
	for (size_t i = 0; i < tracker->journal.count; i++) {
		const struct journal_entry *entry = &tracker->journal.items[i];

		replay_records(&replay, entry->time);
		replay_line(&replay, entry, tracker_find_step(tracker, replay.table, entry->step));
	}
	replay_records(&replay, NULL);
	tell_the_rest(&replay.report);
	replay_builds(tracker);
	nametable_free(replay.table);
	count_phases(tracker);
}

void tracker_replay_last(struct tracker *tracker, size_t step, const char *now, struct diags *diags)
{
	const struct journal_entry *last = &tracker->journal.items[tracker->journal.count - 1];
	struct replay replay = { .tracker = tracker, .now = now, .report = { .diags = diags } };

	replay.before = tracker->journal.count > 1 ? last[-1].time : NULL;
	memset(tracker->known, 0, SET_COUNT * sizeof(*tracker->known));
	replay_line(&replay, last, step);
	count_phases(tracker);
}
