/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * States of steps from the lines of the journal, and the one door through which a state changes. Layer 3.
 */
#include "tracker.h"

#include "nametable.h"

struct tracker {
	const struct plan *plan;
	const struct sequence *sequence;
	const char *path; /* of the journal */
	struct strbuf path_text;
	struct journal journal;
	struct step_status *statuses;
	char (*contents)[17]; /* digest of what each step runs */
	struct phase_progress *phases;
	size_t phase_count;
	char plan_digest[65];
	uint64_t stamp;
};

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

	status->state = states[entry->mark];
	status->since = entry->time;
	if (entry->mark == MARK_STARTED || (entry->mark == MARK_DONE && !status->started))
		status->started = entry->time;
	if (entry->mark == MARK_RESET)
		status->started = NULL;
	status->by = entry->by;
	status->note = entry->note;
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

/* Takes over what the open LOG holds. False: it is no journal, and everything is as it was. */
static bool take_log(struct tracker *tracker, int log, struct diags *diags)
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

static int open_log(struct tracker *tracker, bool write, struct diags *diags)
{
	struct place place = { tracker->path, 0, 0 };
	const char *why = "";
	int log = platform_log_open(tracker->path, write, &why);

	if (log == -2)
		diags_add(diags, SEV_ERROR, write ? "journal-write" : "journal-read", place, "", "",
			  "The journal cannot be opened: %s.", why);
	return log;
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
	for (size_t i = 0; i < sequence->count; i++)
		digest_step(&sequence->items[i], tracker->contents[i]);
	tracker->stamp = platform_log_stamp(tracker->path);
	int log = open_log(tracker, false, diags);
	bool ok = log != -2 && take_log(tracker, log, diags);
	platform_log_close(log);
	if (!ok) {
		tracker_free(tracker);
		return NULL;
	}
	warn_changed_plan(tracker, diags);
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
	free(tracker);
}

bool tracker_reload(struct tracker *tracker, bool *changed, struct diags *diags)
{
	uint64_t stamp = platform_log_stamp(tracker->path);

	*changed = false;
	if (stamp == tracker->stamp)
		return true;
	int log = open_log(tracker, false, diags);
	bool ok = log != -2 && take_log(tracker, log, diags);
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

size_t tracker_blocker(const struct tracker *tracker, size_t step, size_t *more)
{
	const struct step_set *set = &tracker->sequence->items[step].requires;
	size_t first = SIZE_MAX, count = 0;

	for (size_t i = 0; i < set->count; i++) {
		if (tracker_is_settled(tracker, set->items[i]))
			continue;
		if (first == SIZE_MAX)
			first = set->items[i];
		count++;
		if (!more)
			break;
	}
	if (more)
		*more = count;
	return first;
}

bool tracker_may_start(const struct tracker *tracker, size_t step)
{
	enum step_state state = tracker->statuses[step].state;

	return (state == STATE_WAITING || state == STATE_FAILED) && tracker_blocker(tracker, step, NULL) == SIZE_MAX;
}

static bool is_recommended(const struct tracker *tracker, size_t step)
{
	const struct step_set *set = &tracker->sequence->items[step].follows;

	for (size_t i = 0; i < set->count; i++)
		if (!tracker_is_settled(tracker, set->items[i]))
			return false;
	return true;
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

const char *tracker_path(const struct tracker *tracker)
{
	return tracker->path;
}

const char *step_state_name(enum step_state state)
{
	static const char *const names[STATE_COUNT] = {
		[STATE_WAITING] = "waiting", [STATE_STARTED] = "running", [STATE_DONE] = "done",
		[STATE_FAILED] = "failed",   [STATE_SKIPPED] = "skipped",
	};
	return names[state];
}

/* ---- marking ---- */

static bool refuse(struct diags *diags, const struct step *step, const char *code, const char *hint, const char *text)
{
	struct place nowhere = { NULL, 0, 0 };

	diags_add(diags, SEV_ERROR, code, nowhere, step->id, hint, "%s", text);
	return false;
}

static bool refuse_waiting(const struct tracker *tracker, const struct step *step, size_t blocker, size_t more,
			   struct diags *diags)
{
	const struct step *first = &tracker->sequence->items[blocker];
	struct strbuf text = STRBUF_INIT;

	strbuf_printf(&text, "It may not start before %s is done", first->id);
	if (more > 1)
		strbuf_printf(&text, ", and %zu more", more - 1);
	strbuf_printf(&text, ". %s", step->why);
	refuse(diags, step, "step-waits", first->title, strbuf_text(&text));
	strbuf_clear(&text);
	return false;
}

/* A step that others require and that would be skipped or reset under them. STARTED: only those that were started
 * count. */
static size_t first_dependent(const struct tracker *tracker, size_t step, bool started)
{
	for (size_t i = step + 1; i < tracker->sequence->count; i++) {
		const struct step_set *set = &tracker->sequence->items[i].requires;
		if (started && tracker->statuses[i].state == STATE_WAITING)
			continue;
		for (size_t j = 0; j < set->count; j++)
			if (set->items[j] == step)
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
	refuse(diags, step, skip ? "skip-required" : "reset-required", "--force does it all the same, and is recorded.",
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
	case MARK_COUNT:
		break;
	}
	return false;
}

static bool may_mark(const struct tracker *tracker, const struct mark_request *request, struct diags *diags)
{
	const struct step *step = &tracker->sequence->items[request->step];
	const struct step_status *status = &tracker->statuses[request->step];
	size_t more = 0, blocker = tracker_blocker(tracker, request->step, &more), dependent = SIZE_MAX;
	struct strbuf text = STRBUF_INIT;

	if (!fits_state(status->state, request->mark)) {
		strbuf_printf(&text, "It is %s", step_state_name(status->state));
		if (status->by)
			strbuf_printf(&text, ", by %s since %s", status->by, status->since);
		strbuf_printf(&text, ", so it cannot become %s.", mark_name(request->mark));
		refuse(diags, step, "step-state", "", strbuf_text(&text));
		strbuf_clear(&text);
		return false;
	}
	if (request->mark == MARK_SKIPPED && !*request->note)
		return refuse(diags, step, "skip-note", "Say why: --note TEXT", "A step is skipped only with a note.");
	if (request->mark == MARK_SKIPPED)
		dependent = first_dependent(tracker, request->step, false);
	else if (request->mark == MARK_RESET)
		dependent = first_dependent(tracker, request->step, true);
	else if (blocker != SIZE_MAX)
		return refuse_waiting(tracker, step, blocker, more, diags);
	if (dependent != SIZE_MAX && !request->force)
		return refuse_dependent(tracker, request, dependent, diags);
	return true;
}

static bool write_mark(struct tracker *tracker, const struct mark_request *request, int log, struct diags *diags)
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
		.forced = request->force,
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
	int log = open_log(tracker, true, diags);
	bool ok = log >= 0 && take_log(tracker, log, &known);

	if (log >= 0 && !ok)
		diags_add_all(diags, &known);
	ok = ok && may_mark(tracker, request, diags) && write_mark(tracker, request, log, diags) &&
	     take_log(tracker, log, &known);
	platform_log_close(log);
	tracker->stamp = platform_log_stamp(tracker->path);
	diags_clear(&known);
	return ok;
}
