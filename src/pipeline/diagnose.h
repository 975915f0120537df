/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What the logs of a setup say about why it failed: one decisive finding, the others by weight, and what becomes of the
 * step. The tables of the flows say what is looked for; nothing here knows a product.
 *
 * A log of any size is read once, in a window of constant size. Texts of findings come from the log: masked
 * (core/mask.h), and to be filtered by text_visible() like all foreign text.
 */
#ifndef SCUPGRADE_DIAGNOSE_H
#define SCUPGRADE_DIAGNOSE_H

#include "core/logtext.h"
#include "model/certainty.h"
#include "model/sign.h"
#include "pipeline/tracker.h"

enum log_verdict { LOG_ENDED_SOMEHOW, LOG_ENDED_WELL, LOG_ENDED_BADLY };

#define CONTEXT_LINES 3u            /* before and behind the line of a finding */
#define ERROR_LINES 6u              /* of a log in which nothing was recognized */

struct log_line {
	uint64_t number;            /* from 1 */
	const char *text;
};

struct finding {
	const struct sign *sign;
	const char *means;          /* the sign's, with what stood in the line */
	const char *numbers;        /* "0x80070643 is 1603, ..."; "" for none */
	enum certainty certainty;
	const char *source;         /* in words */
	const char *file;
	uint64_t line, count;       /* the first line; how many have it */
	struct log_line context[2 * CONTEXT_LINES + 1];
	size_t context_count, context_hit;      /* which of them is the finding's */
	bool other_release;         /* only known from releases that the plan has nothing to do with */
	int weight;
};

struct log_result {
	const char *path;
	const char *why;            /* it cannot be read; NULL: it was */
	const struct log_shape *shape;          /* NULL: not recognized, read as anything */
	enum log_encoding encoding;
	uint64_t bytes, lines, runs;
	int64_t modified_ns;        /* 0: not known */
	enum log_verdict verdict;   /* of the run that was judged, the last one that says anything */
	bool has_status;            /* the log says which exit code it ended with */
	long status;
	bool rolled_back;
	uint64_t consequences;      /* lines with signs behind the place where it broke off */
	struct finding *findings;   /* by weight */
	size_t finding_count;
	struct log_line errors[ERROR_LINES];    /* the first of its error lines, and the last */
	size_t error_count;
	uint64_t error_lines;
};

struct diagnosis {
	struct log_result *logs;
	size_t log_count;
	const struct finding **findings;        /* of all logs, by weight; the first is the decisive one when DECIDED */
	size_t finding_count;
	bool decided;
	bool failed;                /* a cause, a failed run, or errors that nobody knows */
	bool unreadable;            /* a log could not be read */
	const struct exit_code *code;           /* of setup; NULL: none was given, or it is not known */
	const char *code_note;      /* a sentence about it; "" for none */
	const struct step *step;    /* that it belongs to; NULL: not known */
	const char *step_note;      /* why it is that step, or which ones it could be; "" for none */
	enum sign_next next;
	const char *next_text;      /* what to do with the step, whole sentences */
	const char *advice;         /* a further finding that always goes along (the role may be gone); "" for none */
};

struct diagnose_request {
	const char *const *paths;   /* files, folders, "-" */
	size_t path_count;
	const struct plan *plan;    /* and its steps and record; each may be NULL */
	const struct sequence *sequence;
	const struct tracker *tracker;
	const struct step *step;    /* the one that failed; NULL: to be found out */
	const char *code;           /* what setup returned, as typed; NULL: not known */
};

/* All in ARENA; borrows from REQUEST. WHY (a sentence) is set when the code cannot be understood; then the result says
 * so. */
struct diagnosis diagnose(const struct diagnose_request *request, struct arena *arena);

/* The exit code that TEXT names, of any flow: decimal with either sign, unsigned or in hex. NULL: none that is known.
 * *VALUE gets the number as it is known; false: TEXT is no number. */
bool diagnose_code(const char *text, long *value, const struct exit_code **code);

/* Calls EACH for the exit codes that the logs of FLOW's setups know, each once, the good ones too. */
void each_exit_code(const struct flow *flow, void (*each)(const struct exit_code *code, void *data), void *data);
/* What CODE means and what to do, in ARENA; "Probably: ..." where no document says so. */
const char *exit_code_words(const struct exit_code *code, struct arena *arena);
/* The last part of PATH, written for Windows or not. */
const char *path_name(const char *path);

const char *sign_role_name(enum sign_role role);    /* "cause", "place", "summary", "remark" */
const char *sign_next_name(enum sign_next next);    /* "ask", "repeat", "restore", "go-on" */
const char *log_verdict_name(enum log_verdict verdict);     /* "none", "good", "bad" */

#endif
