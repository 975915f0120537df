/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Steps and their states: who did what when, what may start, and the refusal that keeps a second management server from
 * starting too early. Every mark is made under the journal's lock after reading what others wrote, so two
 * people may track one plan.
 */
#ifndef SCUPGRADE_TRACKER_H
#define SCUPGRADE_TRACKER_H

#include "core/digest.h"
#include "pipeline/journal.h"
#include "pipeline/sequence.h"

enum step_state { STATE_WAITING, STATE_STARTED, STATE_DONE, STATE_FAILED, STATE_SKIPPED, STATE_COUNT };

/* What a server says of a step, as the facts that were collected there have it. */
struct step_record {
	const char *host;      /* the server */
	const char *collected; /* when that was read there, in UTC; NULL: not known */
	struct place at;       /* of its facts */
	bool by_hand;          /* a person answered, no program saw it */
	bool build;            /* it is no record: the target's build is there, and nothing says how it came */
};

struct step_status {
	enum step_state state;
	const struct step_record *record; /* where the state comes from; NULL: from the journal, or there is none */
	const char *since, *started; /* UTC; NULL: never. STARTED of the last start, for the elapsed time */
	const char *by, *note; /* BY is NULL where nobody is named */
	const char *note_by, *noted; /* who added the note afterwards, and when; NULL: it came with the state */
	bool changed; /* what the step runs is not what it was when it was marked last */
	bool forced;
};

/* What STEP runs, its words and its text with placeholders in, as 16 hex digits: journal and records of servers have
 * it, so that what changed since is seen, and a note or a confirmation changes nothing. */
void step_digest(const struct step *step, char text[17]);

struct tracker;

/* The journal of PLAN_PATH is PLAN_PATH.journal; where PLAN_PATH is a symbolic link, that of the plan it leads to. PLAN
 * is only looked at, and stays as it is; SEQUENCE is borrowed. FACTS count at once, as by tracker_use_records(). NOW is
 * the time in UTC. NULL: the journal cannot be read, is no journal, or that of another upgrade; findings say why. A
 * torn last line, steps that the plan no longer has, times and states that do not fit together, another name and a
 * changed plan are warnings. Owned: tracker_free. */
struct tracker *tracker_open(const struct plan *plan, const struct sequence *sequence, const char *plan_path,
			     const struct facts *facts, const char *now, struct diags *diags);
void tracker_free(struct tracker *tracker);
/* Of what its journal held when it was read last. False: nothing. */
bool tracker_digest(const struct tracker *tracker, struct digest *digest);
/* Reads again when somebody else wrote. *CHANGED says whether; findings that were not told before are added. False:
 * errors were added, the states are as they were. */
bool tracker_reload(struct tracker *tracker, const char *now, bool *changed, struct diags *diags);

/* TEXT is the canonical form of its plan: for records to come the plan need not be written out again. */
void tracker_use_text(struct tracker *tracker, const struct strbuf *text);
/* Counts what scripts and playbooks recorded on the servers, by FACTS (NULL: nothing), like lines of the journal: of
 * each step the later one holds, and the journal's where both have the same time. What was started there without an
 * end, and a target's build that no record explains, is not known (step_is_unknown). FACTS must outlive DIAGS, which
 * gets what does not fit together. [record-state, record-future, record-step-unknown; note steps-unknown] */
void tracker_use_records(struct tracker *tracker, const struct facts *facts, const char *now, struct diags *diags);
/* These facts show the target's build of what STEP installs. */
bool tracker_has_target(const struct tracker *tracker, size_t step);
/* Nobody at the desk knows how it ended: a server's record says started, or its build came without a record. Such a
 * step is never started; who has read its log records done or failed, or sets it back. */
bool step_is_unknown(const struct step_status *status);

/* What facts say of the plan, borrowed until another call; NULL: nothing. A step that they speak against is not
 * started: "prerequisite-failed". */
void tracker_use_checks(struct tracker *tracker, const struct check_list *checks);
/* The first of them that holds up STEP; NULL: none. */
const struct check_result *tracker_held_by(const struct tracker *tracker, size_t step);

const struct step_status *tracker_status(const struct tracker *tracker, size_t step);
bool tracker_is_settled(const struct tracker *tracker, size_t step); /* done or skipped; TRACKER may be NULL */
/* Whether those that require STEP wait for it: until it is settled; for a backup, until it is done. */
bool tracker_holds_up(const struct tracker *tracker, size_t step);
bool tracker_may_start(const struct tracker *tracker,
		       size_t step); /* waiting or failed, and nothing that it requires is open */
/* The first step that STEP requires and that holds it up; SIZE_MAX: none. *MORE (may be NULL) gets how many there
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
	const char *now;       /* the time in UTC */
	bool force;            /* skip what others require (never a backup), reset under what was started; recorded when
				* it was needed */
	bool adopt;            /* also when the journal was begun for another name: it has the plan's from now on */
	const struct lock_wait *wait; /* for the journal's lock */
};

enum mark_result {
	MARKED,               /* it stands in the record */
	MARKED_BEFORE,        /* it stood there already: nothing was written, a note says since when and by whom */
	/* It may not be, nothing was written: DIAGS says why ("step-waits", "step-state", "skip-note", "note-missing",
	 * "skip-required", "skip-backup", "reset-required", "prerequisite-failed", "journal-name", those of rule_note).
	 */
	MARK_REFUSED,
	MARK_UNWRITTEN        /* it could not be judged or written: DIAGS says why, or that it is not known */
};
/* Judges REQUEST under the lock and, when it may be, writes its line. DIAGS has an error at its end when it is not
 * recorded, else what is to be known about it ("journal-unsure": it may not survive a power loss). */
enum mark_result tracker_mark(struct tracker *tracker, const struct mark_request *request, struct diags *diags);

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
const char *step_status_name(const struct step_status *status); /* the same, or "unknown" */

/* ---- words for the front ends: tracker_words.c ---- */

/* "may start", "waits for: MS01, MS02" (or the title of one step, or "7 steps"), "running 4 min", "done", "failed",
 * "skipped", "not known how it ended". NOW is the time in UTC. */
void tracker_situation(const struct tracker *tracker, size_t step, const char *now, struct strbuf *out);
/* Who brought STEP into its state, and when: ", CONTOSO\anna, 14:02 UTC"; of a server also ", by the record on MS01",
 * "by hand" where a person answered there; nothing when nobody did. NOW: see tracker_put_time(); NULL: the whole
 * time. */
void tracker_put_origin(const struct tracker *tracker, size_t step, const char *now, struct strbuf *out);
/* Adds "0:04", "27:30" (hours and minutes) between two times in UTC; nothing when one is none or TO is before FROM. */
void tracker_put_elapsed(struct strbuf *out, const char *from, const char *to);
/* Adds "09:38" when TIME is on the day of NOW, else "Nov 20 09:38"; both in UTC. */
void tracker_put_time(struct strbuf *out, const char *time, const char *now);

#endif
