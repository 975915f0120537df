/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The proof at the end: what the plan promised against what facts say that were collected when all was done.
 */
#ifndef SCUPGRADE_AFTER_H
#define SCUPGRADE_AFTER_H

#include "model/facts.h"

/* Runs the rows of the flow's "after" over the plan and its servers: a failed one is an error, a warning a warning, and
 * nothing is what is as promised. The code is the row's id, the path the server's name or "upgrade". What is not
 * known is one finding for all, as bad as WISH says, "after-unknown", and each by its own code with WISH->all. BEFORE:
 * facts from before the start; NULL: none. Nothing about a hop that is not planned. */
void after_judge(const struct plan *plan, const struct facts *facts, const struct facts *before,
		 const struct judge_wish *wish, struct diags *diags);

#endif
