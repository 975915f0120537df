/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What differs between two plans: in their answers, and in the steps that come of them. Nothing is judged. Sources:
 * compare.c (which row is which), compare_answers.c, compare_steps.c.
 */
#ifndef SCUPGRADE_COMPARE_H
#define SCUPGRADE_COMPARE_H

#include "pipeline/sequence.h"

enum change { CHANGE_ADDED, CHANGE_REMOVED, CHANGE_CHANGED, CHANGE_MOVED, CHANGE_COUNT };

struct difference {
	enum change change;
	const char *where;              /* "setup-folder", "servers[MS01].roles", "servers[MS01]"; a step's id */
	const char *part;               /* of a step that changed: "words", "text", ...; NULL: the whole */
	/* Values of one line as a plan has them, texts of steps as they are; turns, counted from 1, of what moved. NULL
	 * where there is none. */
	const char *before, *after;
};

struct differences {                    /* = { 0 }; in an arena, in the order of the plans */
	struct difference *items;
	size_t count, room;
};

/* Adds what differs in the answers. Servers are the same by name, other rows by what they begin with. Of plans of two
 * products that is the only difference. Linear. What is added lives in ARENA or as long as the plans. */
void compare_answers(const struct plan *before, const struct plan *after, struct arena *arena,
		     struct differences *differences);
/* The same for their steps, which are the same by id. */
void compare_steps(const struct sequence *before, const struct sequence *after, struct arena *arena,
		   struct differences *differences);
const char *change_name(enum change change); /* "added", "removed", "changed", "moved" */

/* ---- for the two of them ---- */

void differences_add(struct differences *differences, struct arena *arena, struct difference difference);

/* Which item of one list is which of the other. */
struct matching {
	size_t before_count, after_count;
	size_t *before, *after;         /* the other one's number; SIZE_MAX: it has none (yet) */
};
struct matching matching_new(struct arena *arena, size_t before_count, size_t after_count);
/* Pairs items that have no other one yet and the same name, in their order; ASCII letters without case. A name may be
 * NULL: that item stays alone. */
void matching_pair(struct matching *matching, struct arena *arena, const char *const *before, const char *const *after);
/* Of the pairs, the fewest items of AFTER that had to be moved to make the order of BEFORE theirs: one flag each. */
const bool *matching_moved(const struct matching *matching, struct arena *arena);

#endif
