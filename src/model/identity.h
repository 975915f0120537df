/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Which upgrade a plan is about: journal, records and outputs carry it, so that nobody takes those of another one.
 */
#ifndef SCUPGRADE_IDENTITY_H
#define SCUPGRADE_IDENTITY_H

#include "model/plan.h"

struct upgrade_identity {
	const char *product;                 /* "operations-manager" */
	const char *name;                    /* "CONTOSO"; "" while the plan has none */
	const char *source, *target;         /* ids of releases */
};

/* Of PLAN, its texts in ARENA or borrowed from PLAN until it is changed. */
struct upgrade_identity plan_identity(const struct plan *plan, struct arena *arena);

/* "operations-manager CONTOSO, 2012-r2 to 2016"; without a name "operations-manager, 2012-r2 to 2016". In ARENA. */
const char *identity_words(struct arena *arena, const struct upgrade_identity *identity);
/* Adds {"product": ..., "name": ..., "source": ..., "target": ...} to OUT. */
void identity_json(struct strbuf *out, const struct upgrade_identity *identity);

/* Adds where records of servers lie, below HKEY_LOCAL_MACHINE: SOFTWARE\scupgrade\PRODUCT\NAME\SOURCE-TARGET. What
 * would end the name of a key stands as %5C, %2F, %25. */
void identity_record_key(struct strbuf *out, const struct upgrade_identity *identity);

/* Gives a new plan the name that would stand in for an empty one, so that it keeps it when other answers change. */
void plan_keep_name(struct plan *plan);

#endif
