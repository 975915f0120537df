/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The releases as answers: the choices of the fields source and target, and the verdict about the two together.
 */
#ifndef SCUPGRADE_HOP_H
#define SCUPGRADE_HOP_H

#include "model/scope.h"

/* Every release, as releases[] has them: what a plan file may say. */
extern const struct choice release_choices[];

/* What can be chosen: the ends of those edges of the plan's product that this version plans. */
bool hop_offers_source(const struct scope *scope, const struct choice *choice);
bool hop_offers_target(const struct scope *scope, const struct choice *choice);

/* The level that CHOICE must have to be upgraded; NULL: none is told. */
const char *hop_source_help(const struct scope *scope, const struct choice *choice);
/* The end of CHOICE's support. */
const char *hop_target_help(const struct scope *scope, const struct choice *choice);

/* Judges the scope's hop. False: TO has the error, "no-such-edge" with the road where there is one, or
 * "edge-not-planned". */
bool hop_check(const struct scope *scope, struct report *to);

#endif
