/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The files that are read: none of them is ever written to, whatever name or link leads there and whoever allows it.
 */
#ifndef SCUPGRADE_INPUTS_H
#define SCUPGRADE_INPUTS_H

#include "core/strbuf.h"

struct inputs {
	char **paths; /* files, and folders that stand for the files in them */
	size_t count, room;
};

#define INPUTS_INIT { NULL, 0, 0 }

void inputs_clear(struct inputs *inputs);
/* PATH ("-": standard input; NULL and "": nothing) is or will be read; it need not be there. Copied. */
void inputs_add(struct inputs *inputs, const char *path);
/* A plan, and the record beside it. */
void inputs_add_plan(struct inputs *inputs, const char *path);
/* That record alone, where the plan itself is what is written. */
void inputs_add_record(struct inputs *inputs, const char *plan_path);
/* PATH as it was added, which lives as long as INPUTS; NULL: it was not. */
const char *inputs_name(const struct inputs *inputs, const char *path);
/* Whether the file PATH is one of them. WHICH gets the name by which it was read. */
bool inputs_hold(const struct inputs *inputs, const char *path, struct strbuf *which);
/* What a file PATH would be read as by its name and place alone ("the record of a plan"), so that nothing else is
 * written there, whether it is there or not. NULL: as nothing. */
const char *inputs_name_means(const char *path);
/* Whether the file at PATH is a plan, right or wrong: nothing but a plan is written over it. */
bool inputs_is_plan(const char *path);

#endif
