/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What the sources of the sequence share; nobody else includes it.
 */
#ifndef SCUPGRADE_SEQUENCE_PRIVATE_H
#define SCUPGRADE_SEQUENCE_PRIVATE_H

#include "pipeline/sequence.h"

/* What a step is about: its task's number in the flow's table, and its server's in the plan (0 for one without). */
struct step_place {
	uint32_t task, server;
};

struct build {
	const struct plan *plan;
	struct arena *arena;
	struct scope scope; /* of the plan */
	size_t task_count;
	struct step_place *places; /* by step; owned */
	size_t count, room;
	struct step *items;
};

/* sequence_step.c: makes the steps of all places, but for their edges. */
void sequence_make_steps(struct build *build);
/* sequence_edges.c: adds what they require and follow. */
void sequence_add_edges(const struct build *build);

#endif
