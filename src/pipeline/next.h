/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The plan of the next hop, made of one that is done: what the group is stays, what was decided for one hop does not.
 */
#ifndef SCUPGRADE_NEXT_H
#define SCUPGRADE_NEXT_H

#include "model/flow.h"

/* The upgrade that follows PLAN's: the first one of the road to its goal, without a goal the one to the next long-term
 * release. NULL: there is none that this version plans, and TO has the error: "no-next" (it is the newest release, or
 * its goal), "edge-not-planned". */
const struct release_edge *next_edge(const struct plan *plan, struct report *to);

/* The plan of EDGE, which starts where PLAN ends. Owned. It keeps every answer but those of the fields with
 * FIELD_THIS_HOP. */
struct plan *next_plan(const struct plan *plan, const struct release_edge *edge);
/* The keys of what PLAN answers and NEXT, made of it, does not, in their order: "license-accepted, setup-folder"; ""
 * for none. In ARENA. */
const char *next_left_out(const struct plan *plan, const struct plan *next, struct arena *arena);

/* Adds the name of the file for it: "contoso-2019.yaml" beside "contoso.yaml", or beside "contoso-2016.yaml" whose plan
 * is about 2016. */
void next_path(const struct plan *plan, const char *plan_path, const struct release_edge *edge, struct strbuf *out);

#endif
