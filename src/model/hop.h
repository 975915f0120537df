/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The releases as answers: the choices of the fields source and target, and the verdict about the two together.
 */
#ifndef SCUPGRADE_HOP_H
#define SCUPGRADE_HOP_H

#include "model/scope.h"

struct flow;

/* From SOURCE to TARGET, whatever is between them. */
struct hop flow_hop(const struct flow *flow, const struct release *source, const struct release *target);
/* Why no road leads from FROM to TO, a sentence, in ARENA. */
const char *hop_dead_end(const struct flow *flow, const struct release *from, const struct release *to,
			 struct arena *arena);
/* "January 11, 2027" for "2027-01-11". In ARENA. */
const char *day_in_words(struct arena *arena, const char *day);

/* Every release, as releases[] has them: what a plan file may say. */
extern const struct choice release_choices[];

/* Where a road may end: none, and every release that a plan may lead to. */
extern const struct choice goal_choices[];
/* Where the plan's road ends; NULL: nowhere else than the plan. */
const struct release *plan_goal(const struct plan *plan);
void plan_set_goal(struct plan *plan, const struct release *goal);

/* What was chosen of PLAN's releases may leave others that do not go with it: where no upgrade leads from source to
 * target, the first one that does is taken, and a goal that is not further on is none. */
void hop_settle(struct plan *plan);

/* What can be chosen: where those edges of the plan's product begin that this version plans, and where those lead that
 * begin at the plan's source. */
bool hop_offers_source(const struct scope *scope, const struct choice *choice);
bool hop_offers_target(const struct scope *scope, const struct choice *choice);

/* The level that CHOICE must have to be upgraded; NULL: none is told. */
const char *hop_source_help(const struct scope *scope, const struct choice *choice);
/* The end of CHOICE's support. */
const char *hop_target_help(const struct scope *scope, const struct choice *choice);

bool hop_offers_goal(const struct scope *scope, const struct choice *choice);
/* Judges the plan's goal: "goal-unreachable". */
bool hop_check_goal(const struct scope *scope, struct report *to);

/* Judges the scope's hop. False: TO has the error, "no-such-edge" with the road where there is one, or
 * "edge-not-planned". */
bool hop_check(const struct scope *scope, struct report *to);

#endif
