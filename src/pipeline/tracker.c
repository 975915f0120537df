/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * States of steps from the lines of the journal, and what follows from them.
 */
#include "pipeline/tracker_private.h"

#include "core/nametable.h"

/* ---- digests ---- */

static void digest_step(const struct step *step, char text[17])
{
	struct strbuf content = STRBUF_INIT;
	char full[65];

	for (size_t i = 0; i < step->words.count; i++) {
		winquote_word(&content, &step->words.items[i]);
		strbuf_putc(&content, '\n');
	}
	strbuf_puts(&content, step->text ? step->text : "");
	struct digest digest = digest_of(strbuf_text(&content), content.length);
	digest_text(&digest, full);
	memcpy(text, full, 16);
	text[16] = '\0';
	strbuf_clear(&content);
}

/* ---- from the journal to states ---- */

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

static void warn_unknown_step(const struct tracker *tracker, const struct journal_entry *entry, struct diags *diags)
{
	struct place place = { tracker->path, entry->line, 1 };

	diags_add(diags, SEV_WARNING, "journal-step-unknown", place, "",
		  "The plan was changed since; the record stays.", "The plan has no step %s any more.", entry->step);
}

static void warn_changed_plan(const struct tracker *tracker, struct diags *diags)
{
	const struct journal *journal = &tracker->journal;
	struct place place = { tracker->path, 0, 0 };

	if (!journal->count || str_eq(journal->items[journal->count - 1].plan, tracker->plan_digest))
		return;
	diags_add(diags, SEV_WARNING, "plan-changed", place, "",
		  "Steps that run something else now are shown as changed.",
		  "The plan was changed since the last record.");
}

static void replay(struct tracker *tracker, struct diags *diags)
{
	struct nametable *table = nametable_new(tracker->sequence->count, false, step_name_at, tracker->sequence);

	memset(tracker->statuses, 0, tracker->sequence->count * sizeof(*tracker->statuses));
	memset(tracker->known, 0, SET_COUNT * sizeof(*tracker->known));
	for (size_t i = 0; i < tracker->sequence->count; i++)
		nametable_add(table, i);
	for (size_t i = 0; i < tracker->journal.count; i++) {
		const struct journal_entry *entry = &tracker->journal.items[i];
		size_t step = nametable_find(table, entry->step, strlen(entry->step));
		if (step == NAME_NONE)
			warn_unknown_step(tracker, entry, diags);
		else
			apply(tracker, step, entry);
	}
	nametable_free(table);
	count_phases(tracker);
}

bool tracker_take_log(struct tracker *tracker, int log, struct diags *diags)
{
	struct strbuf text = STRBUF_INIT;
	struct journal journal;
	const char *why = "";
	bool ok = log < 0 || platform_log_read(log, JOURNAL_LIMIT, &text, &why);

	if (!ok) {
		struct place place = { tracker->path, 0, 0 };
		diags_add(diags, SEV_ERROR, "journal-read", place, "", "", "The journal cannot be read: %s.", why);
		strbuf_clear(&text);
		return false;
	}
	ok = journal_parse(&journal, tracker->path, strbuf_text(&text), text.length, diags);
	strbuf_clear(&text);
	if (!ok) {
		journal_clear(&journal);
		return false;
	}
	journal_clear(&tracker->journal);
	tracker->journal = journal;
	replay(tracker, diags);
	return true;
}

int tracker_open_log(struct tracker *tracker, bool write, struct diags *diags)
{
	struct place place = { tracker->path, 0, 0 };
	const char *why = "";
	int log = platform_log_open(tracker->path, write, &why);

	if (log == -2)
		diags_add(diags, SEV_ERROR, write ? "journal-write" : "journal-read", place, "", "",
			  "The journal cannot be opened: %s.", why);
	return log;
}

/* Findings outlive a tracker that could not be opened. */
static void keep_places(const struct tracker *tracker, struct diags *diags)
{
	for (size_t i = 0; i < diags->count; i++)
		if (diags->items[i].at.file == tracker->path)
			diags->items[i].at.file = arena_strdup(diags->arena, tracker->path);
}

struct tracker *tracker_open(const struct plan *plan, const struct sequence *sequence, const char *plan_path,
			     struct diags *diags)
{
	struct tracker *tracker = xcalloc(1, sizeof(*tracker));
	struct digest digest = plan_digest(plan);
	size_t room = sequence->count ? sequence->count : 1;

	tracker->plan = plan;
	tracker->sequence = sequence;
	strbuf_printf(&tracker->path_text, "%s.journal", plan_path);
	tracker->path = strbuf_text(&tracker->path_text);
	digest_text(&digest, tracker->plan_digest);
	tracker->statuses = xcalloc(room, sizeof(*tracker->statuses));
	tracker->contents = xcalloc(room, sizeof(*tracker->contents));
	tracker->phases = xcalloc(room, sizeof(*tracker->phases));
	tracker->known = xcalloc(SET_COUNT, sizeof(*tracker->known));
	for (size_t i = 0; i < sequence->count; i++)
		digest_step(&sequence->items[i], tracker->contents[i]);
	tracker->stamp = platform_log_stamp(tracker->path);
	int log = tracker_open_log(tracker, false, diags);
	bool ok = log != -2 && tracker_take_log(tracker, log, diags);
	platform_log_close(log);
	if (ok)
		warn_changed_plan(tracker, diags);
	keep_places(tracker, diags);
	if (!ok) {
		tracker_free(tracker);
		return NULL;
	}
	return tracker;
}

void tracker_free(struct tracker *tracker)
{
	if (!tracker)
		return;
	journal_clear(&tracker->journal);
	strbuf_clear(&tracker->path_text);
	free(tracker->statuses);
	free(tracker->contents);
	free(tracker->phases);
	free(tracker->known);
	free(tracker);
}

bool tracker_reload(struct tracker *tracker, bool *changed, struct diags *diags)
{
	uint64_t stamp = platform_log_stamp(tracker->path);

	*changed = false;
	if (stamp == tracker->stamp)
		return true;
	int log = tracker_open_log(tracker, false, diags);
	bool ok = log != -2 && tracker_take_log(tracker, log, diags);
	platform_log_close(log);
	*changed = ok;
	if (ok)
		tracker->stamp = stamp;
	return ok;
}

/* ---- questions ---- */

const struct step_status *tracker_status(const struct tracker *tracker, size_t step)
{
	return &tracker->statuses[step];
}

bool tracker_is_settled(const struct tracker *tracker, size_t step)
{
	enum step_state state = tracker->statuses[step].state;

	return state == STATE_DONE || state == STATE_SKIPPED;
}

static const struct open_set *open_of(const struct tracker *tracker, const struct step_set *set, int which)
{
	struct open_set *known = &tracker->known[which];

	if (known->items == set->items && known->count == set->count && set->count)
		return known;
	*known = (struct open_set){ .items = set->items, .count = set->count, .first = SIZE_MAX };
	for (size_t i = 0; i < set->count; i++) {
		if (tracker_is_settled(tracker, set->items[i]))
			continue;
		if (!known->open++)
			known->first = set->items[i];
	}
	return known;
}

size_t tracker_blocker(const struct tracker *tracker, size_t step, size_t *more)
{
	const struct open_set *open = open_of(tracker, &tracker->sequence->items[step].requires, SET_REQUIRED);

	if (more)
		*more = open->open;
	return open->first;
}

size_t tracker_blockers(const struct tracker *tracker, size_t step, size_t *steps, size_t room)
{
	const struct step_set *set = &tracker->sequence->items[step].requires;
	size_t count = 0, all;

	tracker_blocker(tracker, step, &all);
	for (size_t i = 0; i < set->count && count < room && count < all; i++)
		if (!tracker_is_settled(tracker, set->items[i]))
			steps[count++] = set->items[i];
	return all;
}

bool tracker_may_start(const struct tracker *tracker, size_t step)
{
	enum step_state state = tracker->statuses[step].state;

	return (state == STATE_WAITING || state == STATE_FAILED) && tracker_blocker(tracker, step, NULL) == SIZE_MAX;
}

static bool is_recommended(const struct tracker *tracker, size_t step)
{
	return open_of(tracker, &tracker->sequence->items[step].follows, SET_RECOMMENDED)->open == 0;
}

size_t tracker_next(const struct tracker *tracker)
{
	size_t allowed = SIZE_MAX;

	for (size_t i = 0; i < tracker->sequence->count; i++) {
		if (!tracker_may_start(tracker, i))
			continue;
		if (is_recommended(tracker, i))
			return i;
		if (allowed == SIZE_MAX)
			allowed = i;
	}
	return allowed;
}

size_t tracker_phases(struct tracker *tracker, const struct phase_progress **phases)
{
	*phases = tracker->phases;
	return tracker->phase_count;
}

const char *tracker_begun(const struct tracker *tracker)
{
	return tracker->journal.count ? tracker->journal.items[0].time : NULL;
}

const char *tracker_begun_by(const struct tracker *tracker)
{
	return tracker->journal.count ? tracker->journal.items[0].by : NULL;
}

const char *tracker_path(const struct tracker *tracker)
{
	return tracker->path;
}

const struct sequence *tracker_sequence(const struct tracker *tracker)
{
	return tracker->sequence;
}

const char *step_state_name(enum step_state state)
{
	static const char *const names[STATE_COUNT] = {
		[STATE_WAITING] = "waiting", [STATE_STARTED] = "running", [STATE_DONE] = "done",
		[STATE_FAILED] = "failed",   [STATE_SKIPPED] = "skipped",
	};
	return names[state];
}
