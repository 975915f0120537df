/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Proposals: what facts say about the answers of a plan.
 *
 * A product tells once, in its propose function, which fact belongs to which key. The same walk fills a plan, which
 * takes what is still empty and servers that it lacks, and compares one, which reports where plan and facts differ.
 */
#ifndef SCUPGRADE_PROPOSAL_H
#define SCUPGRADE_PROPOSAL_H

#include "model/facts.h"

struct proposals;

/* How much a difference between the plan and the facts matters. */
enum weight { WEIGHT_NONE, WEIGHT_WARNING, WEIGHT_ERROR };

struct proposal {
	struct record *record;         /* the plan's answers, a server or a row of LIST; NULL: the answers */
	const char *key;               /* of a field of that record */
	const char *value;             /* as field_store() takes it; NULL or "": nothing is known */
	const char *from;              /* the host that told it: borrowed as long as the facts */
	enum weight weight;
	const char *list;              /* key of the list that RECORD is a row of; NULL: it is none, or a server */
	const char *instead;           /* what an empty answer means, compared in its place; NULL: it says nothing */
};

const struct plan *proposals_plan(const struct proposals *to);
const struct facts *proposals_facts(const struct proposals *to);
struct arena *proposals_arena(struct proposals *to);
bool proposals_compare(const struct proposals *to);      /* else a plan is filled */

void propose_value(struct proposals *to, const struct proposal *proposal);
/* The row of LIST whose COLUMN names HOST; when a plan is filled one is made where there is none, when it is compared
 * NULL stands for it. */
struct record *propose_row(struct proposals *to, const char *list, const char *column, const char *host);
/* The server of the plan that NAME means. One that is not there is appended with ROLES when a plan is filled, and NULL
 * with a finding of WEIGHT when it is compared; roles that the plan's server lacks are added where it has none, and a
 * warning else. */
struct server *propose_server(struct proposals *to, const char *name, unsigned roles, const char *from,
			      enum weight weight);
/* When a plan is filled: says what facts do not tell, or what was taken only because an address names it. WHAT is a
 * whole sentence; KEY is where it belongs. */
void propose_nothing(struct proposals *to, const char *key, const char *hint, const char *what);
/* When a plan is compared: servers with any of ROLES that no name of NAMES means are a warning. */
struct host_names {
	const char **items;
	size_t count, room;
};
void host_names_add(struct proposals *to, struct host_names *names, const char *name);
void propose_no_others(struct proposals *to, unsigned roles, const struct host_names *names, const char *from);

/* ---- what is done with them ---- */

/* Fills what is empty in PLAN and appends servers: never overwrites an answer, never changes the order. Returns how
 * many answers and servers it put in. DIAGS has notes: what facts cannot say, servers that only an address names.
 * [facts-silent] */
size_t plan_fill(struct plan *plan, const struct facts *facts, struct diags *diags);
/* Reports where the answers of PLAN and FACTS (may be NULL) differ, with both values. MISSING (may be NULL) gets the
 * servers that were reported as such; in the plan's arena. [facts-differ, facts-server-missing, facts-server-surplus,
 * facts-roles] */
void plan_compare(const struct plan *plan, const struct facts *facts, struct host_names *missing, struct diags *diags);

#endif
