/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What the products' proposals from facts share.
 */
#ifndef SCUPGRADE_COMMON_FILL_H
#define SCUPGRADE_COMMON_FILL_H

#include "flows/common/common_facts.h"
#include "model/flow.h"

/* VALUE for the plan's KEY. */
void fill_answer(struct proposals *to, const char *key, const char *value, const char *from, enum weight weight);
void fill_setting(struct proposals *to, struct record *record, const char *key, const char *value, const char *from,
		  enum weight weight);

/* The roles of PLAN's product that the file SET (may be NULL) says its computer has. */
unsigned fill_roles(const struct plan *plan, const struct fact_set *set);

/* What several hosts say: where all of it is the same it counts, else nothing does. */
struct agreed {
	const char *value, *from;
	bool differs;
};
void agree(struct agreed *agreed, const char *value, const char *from);

/* One note about the servers with any of ROLES that nobody collected on. */
void fill_tell_uncollected(struct proposals *to, unsigned roles);

#endif
