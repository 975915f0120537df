/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Single faults put into facts in which there are none: what "check" finds beside what it finds without them.
 */
#ifndef SCUPGRADE_TESTS_FAULTY_H
#define SCUPGRADE_TESTS_FAULTY_H

#include "core/strbuf.h"

enum { FAULTY_EDITS = 6, FAULTY_FINDINGS = 5 };

/* What the faults are put into: a plan, in which everything is confirmed that a program cannot see, and a folder of
 * facts below tests/, the names of the files without ".facts.yaml", and NULL behind the last one. */
struct faulty_ground {
	const char *plan, *facts;
	const char *more;      /* keys for the plan */
	const char *const *servers;
};

struct faulty_edit {
	const char *server;    /* whose facts; "all": every one that has FROM; "plan": the plan */
	const char *from, *to; /* the first FROM becomes TO; FROM "": TO is put at the end */
};

struct fault {
	int number;
	struct faulty_edit edits[FAULTY_EDITS];
	/* "severity code path|part of the text|part of the hint"; "unknown code path|...|...": not known, counted in
	 * the one note, and listed by --all like this. */
	const char *findings[FAULTY_FINDINGS];
};

/* Writes the facts of GROUND with EDITS (FAULTY_EDITS of them) into FOLDER, which is made if need be. Fails when one of
 * them does not fit. */
void faulty_write(const struct faulty_ground *ground, const char *folder, const struct faulty_edit *edits);
/* The healthy facts of SERVER, added to TEXT. */
void faulty_read_healthy(const struct faulty_ground *ground, const char *server, struct strbuf *text);
void faulty_write_file(const char *folder, const char *name, const char *bytes, size_t length);

/* With the facts of FOLDER and the plan with EDITS "check" finds exactly FINDINGS (FAULTY_FINDINGS of them). NUMBER
 * says which in a failure. */
void faulty_assert(const struct faulty_ground *ground, int number, const char *folder, const struct faulty_edit *edits,
		   const char *const *findings);

/* Each of COUNT FAULTS, alone. */
void faulty_assert_each(const struct faulty_ground *ground, const struct fault *faults, size_t count);

#endif
