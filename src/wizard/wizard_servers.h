/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Servers that come many at a time: a list that was pasted or read from a file, asked about until all have roles; and
 * one more like this. Part of wizard.h.
 */
#ifndef SCUPGRADE_WIZARD_SERVERS_H
#define SCUPGRADE_WIZARD_SERVERS_H

#include "pipeline/server_list.h"
#include "wizard/wizard.h"

/* New servers, not in the plan yet. Those that the list has no roles for are asked about, group by group. */
struct incoming;

/* TEXT was pasted. Owned: incoming_free. DIAGS gets what is wrong in it. */
struct incoming *incoming_paste(struct wizard *wizard, const char *text, size_t length, struct diags *diags);
/* PATH is a list or a CSV file. */
struct incoming *incoming_load(struct wizard *wizard, const char *path, struct diags *diags);
void incoming_free(struct incoming *incoming); /* NULL is fine; what has no place in the plan is given up */

size_t incoming_open(const struct incoming *incoming); /* servers that have no roles yet */
const char *incoming_name(const struct incoming *incoming, size_t index); /* of those; borrowed */
/* Ticked at first: those that are named like the first one, or have the roles that its name suggests. */
bool *incoming_ticked(struct incoming *incoming, size_t index);
size_t incoming_ticked_count(const struct incoming *incoming);
unsigned *incoming_roles(struct incoming *incoming); /* for the ticked; proposed at first */
/* Gives the ticked the roles and goes on to the next group. False: DIAGS says why not. */
bool incoming_take(struct incoming *incoming, struct diags *diags);
/* The ticked are left out. */
void incoming_skip(struct incoming *incoming);
/* "1 name was there already: MS04." or "". Borrowed. */
const char *incoming_there(const struct incoming *incoming);

/* Puts those with roles into the plan, in the order of the list. SAID gets "11 servers were added. ..." */
void incoming_finish(struct incoming *incoming, struct strbuf *said);

/* Puts one more server behind row INDEX: the same, with the next number in its name that is free. Its index. */
size_t wizard_row_repeat(struct wizard *wizard, const struct field *rows_field, size_t index);

#endif
