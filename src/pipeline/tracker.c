/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Opening a tracker, and what follows from the states of the steps.
 */
#include "pipeline/tracker_private.h"

/* ---- digests ---- */

void step_digest(const struct step *step, char text[17])
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

/* ---- opening ---- */

static void set_paths(struct tracker *tracker, const char *plan_path)
{
	if (!platform_link_target(plan_path, &tracker->plan_path))
		strbuf_puts(&tracker->plan_path, plan_path);
	journal_path(plan_path, &tracker->path_text);
	tracker->path = strbuf_text(&tracker->path_text);
}

static struct tracker *make(const struct plan *plan, const struct sequence *sequence, const char *plan_path)
{
	struct tracker *tracker = xcalloc(1, sizeof(*tracker));
	size_t room = sequence->count ? sequence->count : 1;

	tracker->plan = plan;
	tracker->sequence = sequence;
	tracker->no_return = plan->flow->no_return;
	tracker->arena = arena_new();
	tracker->identity = plan_identity(plan, tracker->arena);
	set_paths(tracker, plan_path);
	tracker->statuses = xcalloc(room, sizeof(*tracker->statuses));
	tracker->phases = xcalloc(room, sizeof(*tracker->phases));
	tracker->known = xcalloc(SET_COUNT, sizeof(*tracker->known));
	return tracker;
}

const char *tracker_plan_digest(struct tracker *tracker)
{
	struct digest digest;

	if (!*tracker->plan_digest) {
		digest = plan_digest(tracker->plan);
		digest_text(&digest, tracker->plan_digest);
	}
	return tracker->plan_digest;
}

void tracker_use_text(struct tracker *tracker, const struct strbuf *text)
{
	struct digest digest = digest_of(strbuf_text(text), text->length);

	digest_text(&digest, tracker->plan_digest);
}

static void warn_changed_plan(struct tracker *tracker, struct diags *diags)
{
	const struct journal *journal = &tracker->journal;
	struct place place = { tracker->path, 0, 0 };

	if (!journal->count)
		return;
	if (str_eq(journal->items[journal->count - 1].plan, tracker_plan_digest(tracker)))
		return;
	diags_add(diags, SEV_WARNING, "plan-changed", place, "",
		  "Steps that run something else now are shown as changed.",
		  "The plan was changed since the last record.");
}

/* Findings outlive a tracker that could not be opened. */
static void keep_places(const struct tracker *tracker, struct diags *diags)
{
	for (size_t i = 0; i < diags->count; i++)
		if (diags->items[i].at.file == tracker->path)
			diags->items[i].at.file = arena_strdup(diags->arena, tracker->path);
}

struct tracker *tracker_open(const struct plan *plan, const struct sequence *sequence, const char *plan_path,
			     const struct facts *facts, const char *now, struct diags *diags)
{
	struct tracker *tracker = make(plan, sequence, plan_path);
	bool ok;

	tracker->stamp = platform_log_stamp(tracker->path);
	ok = tracker_read(tracker, now, diags);
	if (ok)
		warn_changed_plan(tracker, diags);
	if (ok)
		tracker_use_records(tracker, facts, now, diags);
	keep_places(tracker, diags);
	if (ok)
		return tracker;
	tracker_free(tracker);
	return NULL;
}

void tracker_free(struct tracker *tracker)
{
	if (!tracker)
		return;
	journal_clear(&tracker->journal);
	arena_free(tracker->arena);
	arena_free(tracker->record_arena);
	strbuf_clear(&tracker->path_text);
	strbuf_clear(&tracker->plan_path);
	free(tracker->statuses);
	free(tracker->phases);
	free(tracker->known);
	free(tracker);
}

bool tracker_reload(struct tracker *tracker, const char *now, bool *changed, struct diags *diags)
{
	uint64_t stamp = platform_log_stamp(tracker->path);

	*changed = false;
	if (stamp == tracker->stamp)
		return true;
	*changed = tracker_read(tracker, now, diags);
	if (*changed)
		tracker->stamp = stamp;
	return *changed;
}

bool tracker_digest(const struct tracker *tracker, struct digest *digest)
{
	*digest = tracker->digest;
	return tracker->journal.lines > 0;
}

/* ---- questions ---- */

const struct step_status *tracker_status(const struct tracker *tracker, size_t step)
{
	return &tracker->statuses[step];
}

bool tracker_is_settled(const struct tracker *tracker, size_t step)
{
	enum step_state state = tracker ? tracker->statuses[step].state : STATE_WAITING;

	return state == STATE_DONE || state == STATE_SKIPPED;
}

bool tracker_holds_up(const struct tracker *tracker, size_t step)
{
	return !tracker_is_settled(tracker, step) ||
	       (tracker->statuses[step].state == STATE_SKIPPED && tracker->sequence->items[step].task->backup);
}

static void add_open(const struct tracker *tracker, struct open_set *set, size_t step, int which)
{
	if (which == SET_REQUIRED ? !tracker_holds_up(tracker, step) : tracker_is_settled(tracker, step))
		return;
	if (!set->open++ || step < set->first)
		set->first = step;
}

static struct open_set open_of(const struct tracker *tracker, const struct step_set *set, int which)
{
	struct open_set *known = &tracker->known[which], open;

	if (!set->shared_count || !step_set_shares(&known->of, set)) {
		*known = (struct open_set){ .of = *set, .first = SIZE_MAX };
		for (size_t i = 0; i < set->shared_count; i++)
			add_open(tracker, known, set->shared[i], which);
	}
	open = *known;
	for (size_t i = 0; i < set->own_count; i++)
		add_open(tracker, &open, set->own[i].step, which);
	return open;
}

size_t tracker_blocker(const struct tracker *tracker, size_t step, size_t *more)
{
	struct open_set open = open_of(tracker, &tracker->sequence->items[step].requires, SET_REQUIRED);

	if (more)
		*more = open.open;
	return open.first;
}

size_t tracker_blockers(const struct tracker *tracker, size_t step, size_t *steps, size_t room)
{
	const struct step_set *set = &tracker->sequence->items[step].requires;
	size_t count = 0, all;

	tracker_blocker(tracker, step, &all);
	for (size_t i = 0; i < set->count && count < room && count < all; i++)
		if (tracker_holds_up(tracker, step_set_at(set, i)))
			steps[count++] = step_set_at(set, i);
	return all;
}

bool tracker_may_start(const struct tracker *tracker, size_t step)
{
	enum step_state state = tracker->statuses[step].state;

	return (state == STATE_WAITING || state == STATE_FAILED) && tracker_blocker(tracker, step, NULL) == SIZE_MAX;
}

static bool is_recommended(const struct tracker *tracker, size_t step)
{
	return open_of(tracker, &tracker->sequence->items[step].follows, SET_RECOMMENDED).open == 0;
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

bool step_is_unknown(const struct step_status *status)
{
	return status->record && status->state == STATE_STARTED;
}

const char *step_status_name(const struct step_status *status)
{
	return step_is_unknown(status) ? "unknown" : step_state_name(status->state);
}
