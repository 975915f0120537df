/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What the administrator said about one check, quick to search, and what that makes of its results: what prereq.c and
 * prereq_notes.c share.
 */
#ifndef SCUPGRADE_PREREQ_NOTES_H
#define SCUPGRADE_PREREQ_NOTES_H

#include "model/prereq.h"

struct note_entry { /* one server that a note names */
	const struct answer_note *note;
	const char *server; /* NULL: the note names none */
	bool fresh;         /* it is neither too old nor in the future */
};

/* By the first label of the server ("" without one). Notes and their servers may be as many as the plan's servers. */
struct notes {
	struct note_entry *items;
	size_t count;
	struct nametable *labels; /* of each label, the first entry */
	size_t *next, *last;      /* by entry: the next one with its label; by first entry: the last one */
};

struct said {
	struct notes confirmed, acknowledged;
};

/* What PLAN has about PREREQ, as it is on the day TODAY (NULL: ages do not matter). Clear it with said_clear. */
struct said said_about(const struct prereq *prereq, const struct plan *plan, const char *today);
void said_clear(struct said *said);
/* Sets note, state and against of RESULT, one of the check that SAID is about, by its raw state; and what was found, in
 * words, where its mark is empty. */
void said_weigh(const struct said *said, struct check_result *result);

/* RESULT counts in the sums of LIST, or (not THERE) counts no more. */
void check_list_tell(struct check_list *list, const struct check_result *result, bool there);

#endif
