/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The torture run: every command that writes, with each of its calls failing in turn and killed before each of its
 * system calls. Afterwards the old or the new content is on the disk, and what was said about it is true.
 */
#ifndef SCUPGRADE_TESTS_TORTURE_H
#define SCUPGRADE_TESTS_TORTURE_H

#include <limits.h>
#include <sys/types.h>

#include "core/strbuf.h"
#include "torture/faults.h"
#include "torture/tree.h"

/* Stands in the passwords that the run gives; nothing but a file that was asked for may hold it. */
#define CANARY "Canary-7f3a"

enum { WORDS_MOST = 24, FILES_MOST = 4, TOO_LONG_S = 20, LISTED = 010000 };

struct torture_file {
	const char *name, *source;       /* SOURCE: below the sources, or NULL */
	const char *text;                /* else these bytes; NULL: a folder */
	unsigned mode;                   /* and LISTED: it has an access list, by which its group may nothing */
};

struct torture_case {
	const char *label;
	const char *arguments[WORDS_MOST];
	const char *before[WORDS_MOST];  /* what makes the old content, beside FILES; NULL: they are all of it */
	const char *again[WORDS_MOST];   /* what goes through after it, the new content or the old; NULL: the same */
	const char *input;               /* of standard input, or NULL */
	struct torture_file files[FILES_MOST];
	const char *const *screen;       /* keys of the full screen, the last one saves; NULL: none */
	bool from_start;                 /* of the full screen: faults from its start to its first page */
	bool nameless;                   /* the environment does not say who runs it */
	bool talks;                      /* its status does not tell whether it was saved, its words do */
	bool secret;                     /* what it makes holds the passwords, as it was asked to */
};

/* All of them. Borrowed for ever. */
const struct torture_case *torture_cases(size_t *count);

/* Where one worker works. */
struct rack {
	char root[PATH_MAX];
	char work[PATH_MAX + 16], state[PATH_MAX + 16], out[PATH_MAX + 16], err[PATH_MAX + 16], in[PATH_MAX + 16];
	char faults_path[PATH_MAX + 16];
	struct faults *faults;           /* shared with the program */
};

struct outcome {
	int status;                      /* or 128 plus the signal */
	bool hung;
	struct strbuf out, err;          /* what it said; ERR has the screen of a full-screen case too */
};

void rack_open(struct rack *rack, const char *below, unsigned number);
void rack_close(struct rack *rack);
void outcome_clear(struct outcome *outcome);
void take_output(const char *path, struct strbuf *out); /* what PATH holds, or nothing */

/* Runs the program with ARGUMENTS in the rack, with the fault that rack->faults has. */
void run_case(struct rack *rack, const struct torture_case *test, const char *const *arguments,
	      struct outcome *outcome);
/* The same on a terminal, up to the answer to the last key; the fault counts from that key on. */
void run_screen(struct rack *rack, const struct torture_case *test, struct outcome *outcome);
/* Runs it without faults and kills it before its system call number CALL, from 1. False: it ended by itself. */
bool run_killed(struct rack *rack, const struct torture_case *test, unsigned call, struct outcome *outcome);

/* What a case gives when nothing fails. */
struct measure {
	struct tree before, after;
	struct outcome outcome;
	unsigned counts[FAULT_COUNT];
};

struct verdict {
	const struct torture_case *test;
	const struct measure *measure;
	const struct rack *rack;
	const struct outcome *outcome;
	bool killed, may_leave;
	bool has_left;                   /* set by judge(): something that may be there until the next run */
	bool silent;                     /* the fault was one of the streams: a message may be missing */
	struct strbuf *why;              /* what is wrong, one a line; stays empty when all is well */
};
/* *IS_NEW: the new content is there. */
void judge(struct verdict *verdict, bool *is_new);
/* What stands there after a run that followed and went through. */
void judge_again(const struct verdict *verdict, const struct outcome *again);

#endif
