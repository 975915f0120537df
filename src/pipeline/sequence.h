/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * From a plan to its ordered steps.
 *
 * The order is the order of the flow's task table, and within a task that of the servers in the plan; tasks that go
 * along with the one above alternate with it server by server. Edges say what must be done before (requires) and what
 * should (follows); the order never contradicts them, and a test proves it.
 */
#ifndef SCUPGRADE_SEQUENCE_H
#define SCUPGRADE_SEQUENCE_H

#include "model/flow.h"

struct step_own { /* a step that one set alone names, and its place in that set */
	uint32_t step, at;
};

/* Indexes into the sequence, ascending. Those of whole tasks are there once for all steps that wait for them, so that a
 * hundred thousand sets stay small; beside them each set has at most a few of its own. step_set_at() reads both. */
struct step_set {
	const uint32_t *shared; /* ascending */
	const uint32_t *ends;   /* for each of them: behind its run of neighbors, in SHARED or later */
	const struct step_own *own;
	size_t shared_count, own_count, count; /* COUNT: of both */
};

/* What steps of one task have in common is there once: where two of them say the same they have the same pointers, and
 * a reader that shows many compares pointers, never texts. On each server its own are ID, TITLE, RUN_ON and FOLLOWS. */
struct step {
	const char *id; /* "upgrade-management-server@MS02" */
	const struct task *task;
	const struct server *server; /* NULL: not about one server */
	const char *title;
	uint32_t row; /* SERVER's in the plan's list */
	enum step_kind kind;
	struct command_words words; /* count 0: none */
	struct sql_place sql;       /* STEP_SQL */
	const char *text;           /* script or instructions; NULL: none */
	const char *why;             /* this and what follows as in its task, without slots */
	const char *verify, *failure;
	const char *if_it_fails;     /* what to do then: failure, or what serves every step of its kind; never NULL */
	const char *run_on;          /* the computer where it is done; NULL: any, or none */
	const char *uncertain;       /* what no document confirms in it, in words; NULL: nothing */
	struct step_set requires, follows;
};

struct sequence {
	struct step *items;
	size_t count;
};

const char *step_kind_name(enum step_kind kind); /* "command", "powershell", "sql", "manual" */
/* What to do when such a step fails, where its task knows no better; BACKUP: it is the only way back. */
const char *step_kind_failure(enum step_kind kind, bool backup);
size_t step_set_at(const struct step_set *set, size_t i);   /* the item I, of COUNT; quick */
bool step_set_has(const struct step_set *set, size_t step); /* quick */
/* Behind the run of neighbors that begins with the FIRST item of SET; as quick as SET has own items. */
size_t step_set_run(const struct step_set *set, size_t first);
/* Whether they are one set, not only equal. */
bool step_set_is_same(const struct step_set *a, const struct step_set *b);
bool step_set_shares(const struct step_set *a, const struct step_set *b); /* likewise, but for what they own */

/* All in ARENA; borrows from PLAN. The plan should be valid: a server without a name is left out, and a hop that is not
 * planned has no steps. */
struct sequence sequence_build(const struct plan *plan, struct arena *arena);
/* Whether the SQL of all steps (ONLY: of that server's) names servers and databases, for outputs that are made to be
 * run. False: DIAGS has an error for each key that the plan lacks. [database-unknown] */
bool sequence_names_databases(const struct sequence *sequence, const struct plan *plan, const struct server *only,
			      struct diags *diags);
const struct step *sequence_find(const struct sequence *sequence, const char *id); /* NULL: none; linear */

#endif
