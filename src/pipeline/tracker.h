/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Steps and their states: who did what when, what may start, and the refusal that keeps a second management server from
 * starting too early. Every mark is made under the journal's lock after reading what others wrote, so two
 * people may track one plan.
 */
#ifndef SCUPGRADE_TRACKER_H
#define SCUPGRADE_TRACKER_H

#include "pipeline/journal.h"
#include "pipeline/sequence.h"

enum step_state { STATE_WAITING, STATE_STARTED, STATE_DONE, STATE_FAILED, STATE_SKIPPED, STATE_COUNT };

struct step_status {
	enum step_state state;
	const char *since, *started; /* UTC; NULL: never. STARTED of the last start, for the elapsed time */
	const char *by, *note;
	const char *note_by, *noted; /* who added the note afterwards, and when; NULL: it came with the state */
	bool changed; /* what the step runs is not what it was when it was marked last */
	bool forced;
};

struct tracker;

/* The journal of PLAN_PATH is PLAN_PATH.journal. PLAN, SEQUENCE and PLAN_PATH are borrowed. NULL: the journal cannot be
 * read or is no journal; findings say why. A torn last line, steps that the plan no longer has, and a changed plan are
 * warnings. Owned: tracker_free. */
struct tracker *tracker_open(const struct plan *plan, const struct sequence *sequence, const char *plan_path,
			     struct diags *diags);
void tracker_free(struct tracker *tracker);
/* Reads again when somebody else wrote. *CHANGED says whether. False: errors were added, the states are as they were.
 */
bool tracker_reload(struct tracker *tracker, bool *changed, struct diags *diags);

const struct step_status *tracker_status(const struct tracker *tracker, size_t step);
bool tracker_is_settled(const struct tracker *tracker, size_t step); /* done or skipped */
bool tracker_may_start(const struct tracker *tracker,
		       size_t step); /* waiting or failed, and nothing that it requires is open */
/* The first step that STEP requires and that is not settled; SIZE_MAX: none. *MORE (may be NULL) gets how many there
 * are. */
size_t tracker_blocker(const struct tracker *tracker, size_t step, size_t *more);
/* The first ROOM of them into STEPS, in their order. Returns how many there are. */
size_t tracker_blockers(const struct tracker *tracker, size_t step, size_t *steps, size_t room);
/* The next step that should run: the first that may start and whose recommended ones are settled, else the first that
 * may start; SIZE_MAX: none. */
size_t tracker_next(const struct tracker *tracker);

struct mark_request {
	size_t step;
	enum mark mark;
	const char *by, *note; /* NOTE may be "" but for MARK_SKIPPED and MARK_NOTED */
	bool force;            /* skip what others require, reset under what was started; recorded when it was needed */
};
/* Judges REQUEST under the lock and, when it may be, writes its line. False: DIAGS says why (codes "step-waits",
 * "step-state", "skip-note", "note-missing", "skip-required", "reset-required", "journal-write", those of
 * rule_note), nothing was written. */
bool tracker_mark(struct tracker *tracker, const struct mark_request *request, struct diags *diags);

struct phase_progress {
	const char *phase;
	size_t first, steps, settled, failed, started;
};
/* The phases in their order. In the tracker; valid until the next mark or reload. */
size_t tracker_phases(struct tracker *tracker, const struct phase_progress **phases);
const char *tracker_begun(const struct tracker *tracker); /* time of the first line, or NULL */
const char *tracker_begun_by(const struct tracker *tracker);
const char *tracker_path(const struct tracker *tracker);
const struct sequence *tracker_sequence(const struct tracker *tracker);
const char *step_state_name(enum step_state state); /* "waiting", "running", "done", "failed", "skipped" */

/* ---- words for the front ends: tracker_words.c ---- */

/* "may start", "waits for: MS01, MS02" (or the title of one step, or "7 steps"), "running 4 min", "done", "failed",
 * "skipped". NOW is the time in UTC. */
void tracker_situation(const struct tracker *tracker, size_t step, const char *now, struct strbuf *out);
/* Adds "0:04", "27:30" (hours and minutes) between two times in UTC; nothing when one is none or TO is before FROM. */
void tracker_put_elapsed(struct strbuf *out, const char *from, const char *to);
/* Adds "09:38" when TIME is on the day of NOW, else "20 Nov 09:38"; both in UTC. */
void tracker_put_time(struct strbuf *out, const char *time, const char *now);

#endif
