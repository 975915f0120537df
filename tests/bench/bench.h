/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What the parts of the bench share: rows of the result, medians, programs that are run and measured.
 */
#ifndef SCUPGRADE_TESTS_BENCH_H
#define SCUPGRADE_TESTS_BENCH_H

#include "core/base.h"

/* One line of the result: what was measured, and whether it keeps within LIMIT. */
void bench_row(const char *what, double measured, const char *unit, double limit);
/* A line for what could not be measured here, and why. */
void bench_left_out(const char *what, const char *why);

double bench_now_ms(void);
double bench_median(double *values, size_t count);       /* sorts them */
double bench_worst(const double *values, size_t count);

const char *bench_program(void);                         /* $SCUPGRADE, the program to measure */
const char *bench_itself(void);                          /* this one, for "bench --events FILE" */
const char *bench_folder(void);                          /* scratch, removed at the end */

/* A complete plan "NAME.yaml" of one management server and COUNT - 1 gateways in the scratch folder: its PATH, its
 * size. */
double bench_write_plan(char *path, size_t room, const char *name, unsigned count);

struct bench_run {
	int status; /* exit status, or 128 plus the signal */
	double ms, kib;
};

struct bench_case {
	const char *words[6];   /* of the command line, whose output is thrown away; NULL-terminated */
	const char *leaves;     /* a folder that it makes, which is removed behind each run; NULL: none */
	struct bench_run run;   /* what came of it */
};

/* Runs CASES in turns, ROUNDS times or until six seconds are over, so that the clock of the machine, which changes,
 * hits all of them. Of each the least time is kept, for whatever comes on top is not the program's, with the largest
 * memory and the first status that is not 0. */
void bench_run_in_turns(struct bench_case cases[], size_t count, unsigned rounds);

void bench_terminal(void);      /* start, memory, bytes, Esc */
void bench_keys(void);          /* keys with many servers */
void bench_plans(void);         /* big and hostile plans */
void bench_mixed(void);         /* servers in odd orders, with several roles, with facts */
void bench_logs(void);          /* big and hostile logs */
int bench_events(const char *path);     /* libyaml's bare event loop over PATH; exit status */

#endif
