/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What is known of the plans that have to be done before another one.
 */
#ifndef SCUPGRADE_MODEL_EARLIER_H
#define SCUPGRADE_MODEL_EARLIER_H

#include "core/diag.h"

enum earlier_state { EARLIER_DONE, EARLIER_OPEN, EARLIER_UNKNOWN };

struct earlier_plan {
	const char *name;        /* as the plan names it */
	enum earlier_state state;
	const char *found;       /* "12 of its steps are open" */
};

/* A plan's file beside the one that names it, or in a folder below: "sma.yaml", "sma/plan.yaml". Never a way up, out or
 * elsewhere. TO may be NULL. ["plan-name-form"] */
bool rule_plan_name(const char *text, struct report *to);

#endif
