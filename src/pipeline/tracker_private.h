/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What the tracker's sources share; nobody else includes it.
 */
#ifndef SCUPGRADE_TRACKER_PRIVATE_H
#define SCUPGRADE_TRACKER_PRIVATE_H

#include "pipeline/tracker.h"

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
	struct open_set *known; /* one for what is required, one for what is recommended */
	char plan_digest[65];
	uint64_t stamp;
};

/* What is open of a set. Neighbours share their sets, and a set may have as many members as the plan has servers. */
struct open_set {
	const uint32_t *items; /* NULL: nothing is known */
	size_t count, first, open;
};
enum { SET_REQUIRED, SET_RECOMMENDED, SET_COUNT };

/* The journal's descriptor; -1: there is none yet (not WRITE), -2: DIAGS says why not. */
int tracker_open_log(struct tracker *tracker, bool write, struct diags *diags);
/* Takes over what the open LOG holds. False: it is no journal, and everything is as it was. */
bool tracker_take_log(struct tracker *tracker, int log, struct diags *diags);

#endif
