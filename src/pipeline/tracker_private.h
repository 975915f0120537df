/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What the tracker's sources share; nobody else includes it.
 */
#ifndef SCUPGRADE_TRACKER_PRIVATE_H
#define SCUPGRADE_TRACKER_PRIVATE_H

#include "pipeline/tracker.h"

/* A row of a server's records, about a step of the plan. Its texts are the tracker's. */
struct machine_record {
	struct journal_entry entry; /* CONTENT is NULL where the row has no digest */
	struct step_record origin;
	size_t step;
};

/* The digest of what a step runs. Steps that run the same have the same words and text. */
struct content {
	bool known;
	const struct word *words;
	const char *text;
	char digest[17];
};

struct tracker {
	struct arena *arena;
	const struct plan *plan;
	const struct sequence *sequence;
	const char *no_return;           /* id of the task that only backups take back; NULL: none */
	const struct check_list *checks; /* NULL: no facts */
	struct upgrade_identity identity; /* of the plan */
	char plan_digest[65];             /* which stays as it is while it is tracked; "": not asked for yet */
	const char *path;                 /* of the journal */
	struct strbuf path_text, plan_path;
	struct journal journal;
	struct file_identity read; /* of the journal */
	struct step_status *statuses;
	struct phase_progress *phases;
	size_t phase_count;
	struct open_set *known; /* one for what is required, one for what is recommended */
	struct arena *record_arena; /* of what follows; NULL: nothing */
	const struct facts *facts;  /* only to be compared: they may be gone */
	struct machine_record *records; /* in the order of their times */
	size_t record_count;
	const struct step_record **builds; /* of each step: the target's build is there; NULL: there are none */
	bool told_records;
	struct digest digest; /* of the bytes that JOURNAL was read from, and of what was written since; with LINES */
	struct content content; /* of the step that was looked at last */
	uint64_t stamp;
	unsigned told_lines; /* findings up to this line of the journal were told */
	bool told;           /* and those without a line */
};

/* What is open of a set. Neighbours share their sets, and a set may have as many members as the plan has servers. */
struct open_set {
	struct step_set of; /* its shared part counts; none: nothing is known */
	size_t first, open;
};
enum { SET_REQUIRED, SET_RECOMMENDED, SET_COUNT };

/* Of the plan as it is, in hex: only what has a record, or gets one, needs it. */
const char *tracker_plan_digest(struct tracker *tracker); /* borrowed */

/* Takes over what the journal holds, and tells what was not told before. Without the lock; a last line that is not
 * whole is looked at again under it. False: it cannot be read or is none of this plan, and everything is as it was. */
bool tracker_read(struct tracker *tracker, const char *now, struct diags *diags);
/* The same under the lock, which the caller holds. TEXT gets the bytes. */
bool tracker_read_locked(struct tracker *tracker, const char *now, struct strbuf *text, struct diags *diags);
/* Writes ENTRY, of STEP, behind TEXT, what tracker_read_locked() gave, and takes it over. False: errors say whether it
 * is not recorded or whether that is not known. */
bool tracker_write(struct tracker *tracker, size_t step, const struct journal_entry *entry, const struct strbuf *text,
		   struct diags *diags);
/* Whether the journal was begun for a plan of another name. */
bool tracker_has_other_name(const struct tracker *tracker);

/* The same once more, with what is new to be told. */
void tracker_replay_again(struct tracker *tracker, const char *now, struct diags *diags);
/* The states from the lines that the tracker has. NOW is for times that lie in the future. */
void tracker_replay(struct tracker *tracker, const char *now, struct diags *diags);
/* The same after the journal got its last line, of STEP, and nothing else changed. */
void tracker_replay_last(struct tracker *tracker, size_t step, const char *now, struct diags *diags);
struct nametable;
/* The step called ID, in TABLE of all ids, however its server is written there; SIZE_MAX: none. */
size_t tracker_find_step(const struct tracker *tracker, const struct nametable *table, const char *id);
/* ID is that of a task and a server of the plan, but no step now: facts refute it, or another answer. */
bool tracker_is_left_out(const struct tracker *tracker, const char *id);
/* What becomes of a step that is marked so. MARK_NOTED: nothing, it has none. */
enum step_state tracker_state_of(enum mark mark);
/* Whether a step in STATE may be marked so. */
bool tracker_fits(enum step_state state, enum mark mark);
/* Seconds between two times of the journal; -1: TO is before FROM, or one is none. */
int64_t tracker_seconds_between(const char *from, const char *to);

#endif
