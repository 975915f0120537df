/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The confirmations and acknowledgments about one check, quick to search: what prereq.c and prereq_notes.c share.
 */
#ifndef SCUPGRADE_PREREQ_NOTES_H
#define SCUPGRADE_PREREQ_NOTES_H

#include "model/prereq.h"

struct note_entry { /* one server that a note names */
	const struct answer_note *note;
	const char *server; /* NULL: the note names none */
};

/* By the first label of the server ("" without one). Notes and their servers may be as many as the plan's servers. */
struct notes {
	struct note_entry *items;
	size_t count;
	struct nametable *labels; /* of each label, the first entry */
	size_t *next, *last;      /* by entry: the next one with its label; by first entry: the last one */
};

/* Those of ROWS about PREREQ. Clear it with notes_clear. */
struct notes notes_about(const struct prereq *prereq, const struct rows *rows);
void notes_clear(struct notes *notes);
/* The first that counts for RESULT on the day TODAY (NULL: whatever its age); NULL: none. */
const struct answer_note *notes_find(const struct notes *notes, const struct check_result *result, const char *today);

#endif
