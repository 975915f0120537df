/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Prerequisites: a table of checks of the flow, run over plan and facts.
 *
 * "Not known" never counts as passed: the administrator confirms it (kept in the plan with who, when and a note) or
 * supplies facts. A warning needs a fix or an acknowledgment. A check belongs to one of two moments: now, or before
 * the start, where a step of the plan brings about what it asks for. Nobody answers those of the second kind; the
 * first server waits for their steps. Running is a function of plan and facts without side effects.
 */
#ifndef SCUPGRADE_PREREQ_H
#define SCUPGRADE_PREREQ_H

#include "model/scope.h"

enum check_state {
	CHECK_FAILED, CHECK_WARNING, CHECK_UNKNOWN,
	CHECK_PLANNED, /* never what a test says: a step of the plan brings it about before the start */
	CHECK_PASSED, CHECK_STATE_COUNT
};

struct check_context {
	const struct scope *scope;
	const struct facts *before; /* of the end state: the facts from before the upgrade; NULL: none */
	const char *found; /* set by the test: what was found, in words */
	const char *remedy; /* set by the test where that of the row is not the right one */
	const char *collected; /* set by the test: when what it judged was collected, in UTC; NULL: with the server's */
};

struct prereq {
	const char *id;    /* "database-backup"; NULL ends the table */
	const char *title; /* "Databases backed up" */
	unsigned roles;    /* run on every server with one of these; 0: once for the plan */
	unsigned days;     /* how long a confirmation is good for, in local days; 1: yesterday's is, an older one not */
	bool (*applies)(const struct scope *scope);              /* NULL: always */
	bool (*on_hop)(const struct hop *hop); /* asked before, once for all servers; NULL: on every hop */
	bool by_facts;                         /* APPLIES goes by facts: where there are none it is not asked */
	enum check_state (*test)(struct check_context *context); /* NULL: a program cannot see it, CHECK_UNKNOWN */
	bool needs_no_facts; /* the test looks at the plan; others with ROLES are not asked when there are no facts */
	const char *needed; /* what must be true, in words; also what a confirmation vouches for */
	const char *remedy; /* what to do about it when it has failed */
	const char *find_out; /* how to find out what is not known; NULL: what facts say, the collector tells */
	const char *step; /* id of the task that brings it about before the start; NULL: it has to be true now */
	bool inferred; /* that it fails is inferred or disputed: who knows better may acknowledge it */
	const char *source; /* page or fact, with its certainty in brackets: "pre-upgrade tasks, task 9 [DOC]" */
};

/* What comes of a check: one for all neighbors of which it is the same. */
struct check_verdict {
	const struct prereq *prereq;
	enum check_state raw;           /* what the test says */
	enum check_state state;         /* CHECK_PASSED too when not known but confirmed; CHECK_PLANNED: see the row */
	const struct answer_note *note; /* the confirmation or acknowledgment that counts; NULL: none */
	bool against;                   /* it has failed, and was acknowledged against the document */
	const char *title, *needed;     /* of the row, without slots */
	const char *remedy;             /* what to do: how to find out where it is not known, else how to mend it */
	const char *found;              /* never NULL */
	const char *collected; /* when what was found was collected, in UTC; NULL: no facts were asked */
	const char *mark; /* what an answer to this result keeps as its "found": a note with another one does not
			   * count. "" when nothing in particular was found. At most 400 bytes. */
};

struct check_result {
	const struct server *server; /* NULL: the plan */
	const struct check_verdict *verdict;
};

struct check_list {
	struct check_result *items; /* in ARENA; in the order of table and plan */
	size_t count;
	size_t counts[CHECK_STATE_COUNT]; /* by state */
	size_t open;                      /* results that keep the wizard from finishing */
};

/* TODAY ("2026-11-21", where it runs) is for the age of confirmations: one that is too old, or in the future, counts
 * for nothing. NULL: ages are not looked at. An empty list for a hop that is not planned. */
struct check_list prereq_run(const struct plan *plan, const struct facts *facts, const char *today,
			     struct arena *arena);
/* After answers were given or taken back LIST, which prereq_run made of the same plan and facts, becomes what it would
 * make now, in the same ARENA. OF_CHECK, by place in the flow's table, says which checks the answers are about. */
void prereq_weigh_again(struct check_list *list, const struct plan *plan, const bool of_check[], const char *today,
			struct arena *arena);
/* Puts LIST in the order of enum check_state, what failed first; stable within. */
void check_list_sort(struct check_list *list, struct arena *arena);
/* One row of the flow's table without a list, ages not looked at: each result in the order of the plan. It is VISIT's
 * until it returns, its verdict and texts stay in ARENA. */
typedef void prereq_visit(const struct check_result *result, void *data);
void prereq_visit_row(const struct plan *plan, const struct facts *facts, const struct prereq *prereq,
		      struct arena *arena, prereq_visit *visit, void *data);
/* Not known, and the collector tells it: nothing else is said about how to find out. */
bool check_collector_tells(const struct check_result *result);
bool check_is_open(const struct check_result *result); /* failed, an unacknowledged warning, or not known */
/* Whether RESULT has failed and a note may let it pass as a warning without a word about the document. */
bool check_is_disputable(const struct check_result *result);
/* Whether facts say that what a step brings about before the start is not so yet. */
bool check_is_due(const struct check_result *result);

struct judge_wish {
	bool all;              /* list what is not known, each check once for all its servers */
	enum severity unknown; /* how bad it is: SEV_NOTE, or SEV_ERROR when nothing may be unknown */
};

/* Findings, without a list of results, so that memory does not grow with the plan: failed ones are errors, warnings
 * that nobody acknowledged are warnings, what is due before the start is a note. The code is the prerequisite's id, the
 * path the server's name or "prerequisites". What is not known is one finding for all, "prerequisites-unknown", unless
 * WISH says otherwise. Nothing about a hop that is not planned. */
void prereq_judge(const struct plan *plan, const struct facts *facts, const char *today,
		  const struct judge_wish *wish, struct diags *diags);
/* What is wrong with the notes themselves: "confirmed-without-servers" and "confirmed-old" are warnings,
 * "confirmed-future" is an error (false). */
bool prereq_judge_notes(const struct plan *plan, const char *today, struct diags *diags);
/* Days from ON to TODAY, below 0 when it lies ahead; INT_MAX: one of them is no date. */
int note_age(const char *on, const char *today);
/* "failed", "warning", "not known", "before the start", "passed" */
const char *check_state_name(enum check_state state);

#endif
