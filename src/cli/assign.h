/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * KEY=VALUE arguments as answers of a plan, by the same field tables as the wizard and the plan file.
 */
#ifndef SCUPGRADE_ASSIGN_H
#define SCUPGRADE_ASSIGN_H

#include "cli/commands.h"

struct maker {
	const struct session *session;
	struct plan *plan;
	struct diags *diags;
	struct arena *arena;
};

/* Arguments FIRST and later of the command line are KEY=VALUE. False: one is not, which is wrong use and was said; it
 * is not repeated, for it may be a password. */
bool arguments_have_keys(const struct session *session, size_t first);

/* Argument INDEX, one of those from FIRST on: KEY=VALUE; a key of rows adds a row, NAME:ROLE+ROLE,COLUMN=VALUE...;
 * LIST[ROW].COLUMN=VALUE changes a row that is there, by its first column, and LIST[ROW]= takes it out. Errors go to
 * the maker's DIAGS. [unknown-key, secret-in-plan, argument-form, duplicate-key, row-unknown, those of field_store] */
void assign_argument(struct maker *maker, size_t first, size_t index);

#endif
