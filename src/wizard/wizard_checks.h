/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The page of prerequisites as both front ends show it: one row a check with its servers and counts, in the same words;
 * answers for those of its servers that are shown; and the ways to begin when there are no facts. Part of wizard.h.
 */
#ifndef SCUPGRADE_WIZARD_CHECKS_H
#define SCUPGRADE_WIZARD_CHECKS_H

#include "wizard/wizard.h"

/* One check on all its servers, or about the whole plan. */
struct check_row {
	const struct prereq *prereq;
	const char *title;
	enum check_state state;              /* the worst of its results' */
	const struct check_result *results;  /* in the order of the plan's servers; at least one */
	size_t count, open;
	size_t counts[CHECK_STATE_COUNT];    /* results by state */
	size_t answered;                     /* results that the administrator answered */
};

struct check_table {
	const struct check_row *rows; /* in the order of enum check_state; within, of the flow's table */
	size_t count;
	size_t counts[CHECK_STATE_COUNT]; /* rows by state */
	size_t open;                      /* rows with something open */
	size_t number;                    /* another one for each table that was made */
};

/* Of the plan as it is; borrowed till anything changes. */
const struct check_table *wizard_check_table(struct wizard *wizard);
/* "1 open, 25 passed, 2 of them confirmed, 1 acknowledged", of rows as the page counts them. What keeps one there comes
 * first, for the end may be cut. */
void check_table_words(const struct check_table *table, struct strbuf *out);
/* Its servers and what was found, in few words: "MS01: 4.8; 10 right", "11 not known", "step 6 does this". */
void check_row_words(struct wizard *wizard, const struct check_row *row, struct strbuf *out);
/* "MS01" or "the plan". */
const char *check_result_server(const struct check_result *result);
/* "failed", "confirmed", ... */
const char *check_result_state(const struct check_result *result);
/* What was found, when it is more than the state in other words; else "". */
const char *check_result_found(const struct check_result *result);
/* What an answer to a result would be now: nothing when it was answered, has passed, or a step does it. */
enum answer_kind {
	ANSWER_NONE,
	ANSWER_CONFIRM,                     /* it is not known */
	ANSWER_ACKNOWLEDGE,                 /* a warning, or a failure that is inferred or disputed */
	ANSWER_AGAINST                      /* it has failed by what a document states; the runbook shows that in red */
};
enum answer_kind check_answer_kind(const struct check_result *result);
bool check_is_askable(const struct check_result *result);
/* "Confirmed by anna on 2026-11-21: seen"; nothing without an answer. */
void check_note_words(const struct check_result *result, struct strbuf *out);

/* Gives each of RESULTS the answer of its kind, each check for its servers among them and for no others; what was found
 * is kept with it, and another finding asks again. NOTE may be empty when all confirm one check. False: DIAGS says why,
 * and nothing was answered. */
bool wizard_answer_results(struct wizard *wizard, const struct check_result *const *results, size_t count,
			   const char *by, const char *note, struct diags *diags);
/* What is said when their answer comes without a note; NULL: it needs none. */
const char *answer_note_missing(const struct check_result *const *results, size_t count);

/* ---- ways to begin ---- */

bool wizard_has_facts(struct wizard *wizard);
/* There are none, the product has facts, and something is open. */
bool wizard_wants_facts(struct wizard *wizard);
/* What is offered without facts: "Get facts" and so on. */
enum beginning { BEGIN_GET, BEGIN_LOAD, BEGIN_BY_HAND, BEGINNINGS };
extern const char *const beginning_labels[BEGINNINGS];
extern const char *const beginning_words[BEGINNINGS]; /* in the plain form */
void beginning_text(struct wizard *wizard, enum beginning beginning, struct strbuf *out);
/* Where the facts of this plan are looked for: --facts, else the folder beside the plan. Borrowed. */
const char *wizard_facts_path(struct wizard *wizard);
/* Reads PATH, a folder or a file, and verifies; a plan without a name takes that of its folder *.facts here. False: OUT
 * says why nothing could be read, and all is as it was. */
bool wizard_load_facts(struct wizard *wizard, const char *path, struct strbuf *out);
/* The same, then everything in the plan that is empty is filled from them, and servers are appended; no answer is
 * changed. FOUND gets what facts cannot say, and what has to be looked at. */
bool wizard_fill(struct wizard *wizard, const char *path, struct strbuf *out, struct diags *found);
/* Facts that lie here for a plan that has no servers yet; NULL: none. Borrowed. */
const char *wizard_facts_offer(struct wizard *wizard);
/* Where there are facts for this plan now; "" for nowhere. Borrowed. */
const char *wizard_facts_here(struct wizard *wizard);
/* PATH names a list of servers rather than facts: it is a file, and no YAML. */
bool is_server_file(const char *path);
/* Writes the collector beside the plan, unless it is there; OUT gets where, and the lines to run it. False: OUT says
 * why not. */
bool wizard_write_collector(struct wizard *wizard, struct strbuf *out);

/* "scupgrade track contoso.yaml", with --facts where the facts in use are not those beside the plan. */
void wizard_track_command(struct wizard *wizard, struct strbuf *out);

#endif
