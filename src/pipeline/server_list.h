/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Servers as people have them already: names one a line or with commas, a column copied out of a spreadsheet, with or
 * without their roles beside them, or a CSV file whose first line names the keys of a server. Becomes rows of a plan.
 * Sources: server_list.c (the list), server_roles.c (words and names of roles).
 */
#ifndef SCUPGRADE_SERVER_LIST_H
#define SCUPGRADE_SERVER_LIST_H

#include "model/flow.h"

#define SERVER_LIST_BYTES (16u * 1024 * 1024)

struct server_list {
	/* New servers in their order, made by plan_new_record() and not in the plan yet: borrowed from it. What the
	 * list has no roles for has none. */
	struct record **rows;
	size_t count;
	const char **there; /* names that the plan, or the list above, has already; borrowed from the plan */
	size_t there_count;
};

/* Reads LENGTH bytes, UTF-8 or UTF-16; NAME is for places and borrowed by DIAGS. What cannot be a server is left out,
 * what cannot be a value is not set, and DIAGS says why: false. Owned: server_list_clear.
 * [list-name, list-column (warning), list-cell (warning), list-empty, and those of field_store] */
bool server_list_read(struct plan *plan, const char *name, const char *bytes, size_t length, struct server_list *list,
		      struct diags *diags);
/* The same from a file ("-": standard input). [list-unreadable, file-too-large] */
bool server_list_load(struct plan *plan, const char *path, struct server_list *list, struct diags *diags);
void server_list_clear(struct server_list *list);
/* Puts them at the end of the plan's servers. */
void server_list_add(struct plan *plan, const struct server_list *list);

/* ---- server_roles.c ---- */

/* TEXT as roles, one or more words of a file or of a list ("management-server ACS", "Gateway server"), into BITS.
 * False: it has something else in it. */
bool roles_parse(const struct flow *flow, const char *text, unsigned *bits);
/* TEXT is not roles, but nearly. */
bool roles_nearly(const struct flow *flow, const char *text);
/* The roles that a computer called NAME probably has, by what such computers are often called; 0: its name tells
 * nothing. */
unsigned roles_suggested(const struct flow *flow, const char *name);
/* GW01 and gw02.contoso.com are named alike: the same but for digits, with the same domain or not. */
bool names_alike(const char *a, const char *b);

#endif
