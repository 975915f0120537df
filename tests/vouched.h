/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Plans in which everything is confirmed that a program cannot see, whichever prerequisites the product has.
 */
#ifndef SCUPGRADE_TESTS_VOUCHED_H
#define SCUPGRADE_TESTS_VOUCHED_H

#include "wizard/wizard_checks.h"

/* Confirms every prerequisite of PLAN's product that it does not confirm yet; those without a test of their own when
 * UNSEEN_ONLY. For SERVERS (ends with NULL), or for those that it has (NULL). */
void vouch_for(struct plan *plan, bool unseen_only, const char *const *servers);
/* Answers LIKE; EVERYWHERE: on every server where the same check stands the same. */
bool vouch_result(struct wizard *wizard, const struct check_result *like, const char *by, const char *note,
		  bool everywhere, struct diags *diags);
/* The text of the plan file RELATIVE with all of them confirmed. Owned: free it. */
char *vouched_plan(const char *relative);

#endif
