/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Steps and their states: who did what when, what may start, and the refusal that keeps a second management server from
 * starting too early. Layer 3. Every mark is made under the journal's lock after reading what others wrote, so two
 * people may track one plan.
 */
#ifndef SCUPGRADE_TRACKER_H
#define SCUPGRADE_TRACKER_H

#include "journal.h"
#include "sequence.h"

enum step_state { STATE_WAITING, STATE_STARTED, STATE_DONE, STATE_FAILED, STATE_SKIPPED, STATE_COUNT };

struct step_status {
	enum step_state state;
	const char *since, *started; /* UTC; NULL: never. STARTED of the last start, for the elapsed time */
	const char *by, *note;
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
/* The next step that should run: the first that may start and whose recommended ones are settled, else the first that
 * may start; SIZE_MAX: none. */
size_t tracker_next(const struct tracker *tracker);

struct mark_request {
	size_t step;
	enum mark mark;
	const char *by, *note; /* NOTE may be "" but for MARK_SKIPPED */
	bool force;            /* skip what others require, reset under what was started; recorded */
};
/* Judges REQUEST under the lock and, when it may be, writes its line. False: DIAGS says why (codes "step-waits",
 * "step-state", "skip-note", "skip-required", "reset-required", "journal-write"), nothing was written. */
bool tracker_mark(struct tracker *tracker, const struct mark_request *request, struct diags *diags);

struct phase_progress {
	const char *phase;
	size_t first, steps, settled, failed, started;
};
/* The phases in their order. In the tracker; valid until the next mark or reload. */
size_t tracker_phases(struct tracker *tracker, const struct phase_progress **phases);
const char *tracker_begun(const struct tracker *tracker); /* time of the first line, or NULL */
const char *tracker_path(const struct tracker *tracker);
const char *step_state_name(enum step_state state); /* "waiting", "running", "done", "failed", "skipped" */

#endif
