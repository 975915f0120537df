/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The plans that have to be done before another one ("upgraded-before"), judged by their records.
 */
#ifndef SCUPGRADE_EARLIER_H
#define SCUPGRADE_EARLIER_H

#include "pipeline/planfile.h"

/* Adds where the plan NAME lies, which a plan at PLAN_PATH names: beside it or below. */
void earlier_path(const char *plan_path, const char *name, struct strbuf *out);
/* Reads them and their records: PLAN->earlier gets what they say, in the plan's arena. Whoever loads a plan from
 * PLAN_PATH calls it, and again where prerequisites are verified again; names that rule_plan_name() refuses are never
 * opened. */
void earlier_look(struct plan *plan, const char *plan_path);

#endif
