/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What the administrator said about one check, quick to search, and what that makes of its results: what prereq.c and
 * prereq_notes.c share.
 */
#ifndef SCUPGRADE_PREREQ_NOTES_H
#define SCUPGRADE_PREREQ_NOTES_H

#include "model/prereq.h"

/* Where the servers of PLAN stand, for names in notes; made when a note asks. = { .plan = PLAN } to begin with, good as
 * long as its servers and their names stay. Clear it with note_places_clear. */
struct note_places {
	const struct plan *plan;
	struct nametable *names, *labels; /* whole ones with a domain, and first labels; NULL: not yet */
	/* Notes stand in lists by the name that they have for a server. By place of a server, the numbers of the list
	 * of its own name, and of that of its label, which are one where it has no domain. */
	uint32_t *own, *label;
	uint32_t lists; /* how many; behind them that of the plan itself */
};

struct dated_note {
	const struct answer_note *note;
	bool fresh; /* it is neither too old nor in the future */
};

struct note_entry { /* one server that a note names */
	uint32_t note, name; /* which of the notes, and of its names */
	uint32_t place;      /* of the server that is called so to the letter, if that was plain to see */
	uint32_t next;       /* number of the next entry of its list, from 1; 0: none */
};

/* Notes about one check. They and their servers may be as many as the plan's servers. */
struct notes {
	struct dated_note *items;
	size_t count, room;
	struct note_entry *entries;
	size_t entry_count;
	uint32_t *first; /* by list: number of its first entry, from 1; 0: none */
};

struct said {
	struct notes confirmed, acknowledged;
	const struct note_places *places;
};

void note_places_clear(struct note_places *places);
/* What the plan of PLACES, borrowed, has about PREREQ, as it is on the day TODAY (NULL: ages do not matter). Clear it
 * with said_clear. */
struct said said_about(const struct prereq *prereq, struct note_places *places, const char *today);
void said_clear(struct said *said);
/* Sets note, state and against of VERDICT on SERVER (NULL: the plan), one of the check that SAID is about, by its raw
 * state; and what was found, in words, where its mark is empty. */
void said_weigh(const struct said *said, const struct server *server, struct check_verdict *verdict);

bool check_verdict_is_open(const struct check_verdict *verdict);
bool check_verdict_equal(const struct check_verdict *a, const struct check_verdict *b); /* the same texts in place */
/* VERDICT counts in the sums of LIST, or (not THERE) counts no more. */
void check_list_tell(struct check_list *list, const struct check_verdict *verdict, bool there);
/* VERDICT as it stays: LAST, the one of the neighbor, when it is the same, else a copy in ARENA. */
const struct check_verdict *check_verdict_keep(const struct check_verdict *verdict, const struct check_verdict *last,
					       struct arena *arena);

#endif
