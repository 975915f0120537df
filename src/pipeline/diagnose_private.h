/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What the sources of diagnose.h share: the catalog of all texts that are looked for, the reader of one log, and the
 * judge who makes findings of what the reader meets.
 */
#ifndef SCUPGRADE_DIAGNOSE_PRIVATE_H
#define SCUPGRADE_DIAGNOSE_PRIVATE_H

#include "core/literals.h"
#include "core/pattern.h"
#include "pipeline/diagnose.h"

/* ---- diagnose_catalog.c ---- */

/* What a text is of, in the order in which the texts of a line are looked at. */
enum wanted_of { WANTED_NOISE, WANTED_MARK, WANTED_LACKS, WANTED_SIGN };

struct wanted {
	enum wanted_of of;
	unsigned logs;
	const struct sign_text *text;
	size_t row;                     /* of the catalog's signs or marks */
};

struct catalog {
	const struct log_shape **shapes;
	const struct sign **signs;
	const struct log_mark **marks;
	struct wanted *wanted;          /* by enum wanted_of, then by their tables */
	size_t shape_count, sign_count, mark_count, wanted_count;
	struct literals *literals;      /* a word's number is that of its wanted */
	struct pattern_set *patterns;   /* of the wanted, the signs' WITH, the shapes' names and contents */
};

/* The tables of every flow, each row once. Owned: free with catalog_free. */
struct catalog *catalog_new(void);
void catalog_free(struct catalog *catalog);
bool catalog_matches(const struct catalog *catalog, size_t wanted, const char *text, size_t length,
		     struct pattern_span spans[PATTERN_GROUPS]);
bool catalog_with(const struct catalog *catalog, size_t sign, const char *text, size_t length,
		  struct pattern_span spans[PATTERN_GROUPS]);
/* The shape of the log called NAME that begins with the LENGTH bytes at TEXT, or NULL. */
const struct log_shape *catalog_shape(const struct catalog *catalog, const char *name, const char *text, size_t length);

/* ---- diagnose_judge.c ---- */

/* A line (or record) that something was found in, and the text around it. */
struct met {
	uint64_t key;                   /* where it begins in the log: the same line has the same key */
	uint64_t number;
	const char *line;               /* LENGTH bytes; of a long line what is in the window */
	size_t length;
	const char *around_from, *around_until;     /* the neighbouring text, the line in it; no more than 4 KiB away */
	bool alone;                     /* a part of a long line: neighbours tell nothing */
};

struct shown {                      /* lines as they are shown */
	uint64_t numbers[2 * CONTEXT_LINES + 1];
	size_t starts[2 * CONTEXT_LINES + 1];       /* in TEXT, each ends with a NUL */
	size_t count, hit;
	struct strbuf text;
};

struct occurrence {
	uint64_t key, number;
	struct shown shown;
	struct strbuf detail, numbers;
};

struct tally {                      /* of one sign in one run */
	uint64_t count, lacked;         /* LACKED: 1 + the key of the line that has what should lack */
	uint64_t last_key;
	struct occurrence first, latest;
};

struct run {
	bool begun, ended, broken, undoing, rolled_back, has_status;
	enum log_verdict verdict;
	uint64_t end_key, undo_key, place;        /* PLACE: the line's number */
	long status;
	uint64_t consequences, errors, error_key;
	struct shown error[ERROR_LINES];
	struct tally *tallies;          /* [sign] */
};

struct judge {
	const struct catalog *catalog;
	struct run run, earlier;        /* EARLIER: the last one before that said anything */
	bool begins;                    /* this log says where runs begin */
	uint64_t runs;
};

/* Whether RUN says how it went, or holds anything that could. */
bool run_says_something(const struct judge *judge, const struct run *run);

struct judge *judge_new(const struct catalog *catalog);     /* owned: free with judge_free */
void judge_free(struct judge *judge);
void judge_mark(struct judge *judge, const struct met *met, size_t mark, const struct pattern_span *spans);
void judge_sign(struct judge *judge, const struct met *met, size_t sign, const struct pattern_span *spans);
void judge_lacks(struct judge *judge, const struct met *met, size_t sign);
/* diagnose_weigh.c: the end of the log, whose last line with text is LAST. Fills RESULT's findings and what goes with
 * them, in ARENA. */
void judge_finish(struct judge *judge, uint64_t last, const struct plan *plan, struct log_result *result,
		  struct arena *arena);

/* ---- diagnose_read.c ---- */

/* Fills RESULT from what READ gives, as the log RESULT->path. */
void read_log_bytes(const struct catalog *catalog, const struct plan *plan, logtext_read_fn *read, void *data,
		    struct log_result *result, struct arena *arena);
/* The same from the file of that name, or standard input. */
void read_log(const struct catalog *catalog, const struct plan *plan, struct log_result *result, struct arena *arena);

/* ---- diagnose_step.c ---- */

/* Fills what RESULT says about the step. */
void diagnose_step(const struct diagnose_request *request, struct diagnosis *result, struct arena *arena);

#endif
