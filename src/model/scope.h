/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The scope: what a row of a table is asked about.
 *
 * Every function that stands in a table of a product (of its fields, pages, prerequisites, tasks, words and the flow
 * itself) takes one scope and nothing wider: what such functions may look at grows here, not in their types.
 */
#ifndef SCUPGRADE_SCOPE_H
#define SCUPGRADE_SCOPE_H

#include "model/plan.h"

struct facts;
struct hop;

struct scope {
	const struct plan *plan;
	const struct hop *hop;       /* what the plan is about, from which release to which; never NULL */
	const struct record *record; /* where a field's value is: the plan's answers or a row; never NULL */
	const struct server *server; /* the one it is about; NULL: the whole plan (fields have RECORD) */
	const struct facts *facts;   /* what was collected on the servers; NULL: nothing */
	struct arena *arena;         /* what is made for the answer lives here */
};

/* About the whole plan, with the facts that it uses. */
struct scope scope_of(const struct plan *plan, struct arena *arena);
/* The same about one server; NULL: about the whole plan. */
struct scope scope_on(const struct scope *scope, const struct server *server);
/* About a field of RECORD. What is made lives as long as the plan. */
struct scope scope_in(const struct plan *plan, const struct record *record);

/* TEXT of a table with its slots filled: {server} is the server's name, {source} and {target} are the releases,
 * "2012 R2". A slot that the scope has nothing for, and everything else in braces, stays as it is. TEXT itself when
 * there is nothing to fill (NULL for NULL), else in the scope's arena or borrowed as long as the plan. */
const char *scope_fill(const struct scope *scope, const char *text);
/* The same with what PLAN alone tells, for what is shown of fields, pages and prerequisites: TEXT itself, or borrowed
 * as long as the plan and made once. */
const char *table_text(const struct plan *plan, const char *text);

/* A text of a table for many servers: what is the same for all of them is filled once. */
struct server_text {
	const char *before; /* what stands before the first {server}; NULL: there is no text */
	const char *behind; /* NULL: it does not name the server, and BEFORE is all of it */
};

/* TEXT (or NULL) for the servers of SCOPE's plan, in the scope's arena or borrowed as long as the plan. */
struct server_text server_text(const struct scope *scope, const char *text);
/* What scope_fill() makes of it for the scope's server, which has a name; the same for all unless it names them. */
const char *server_text_fill(const struct server_text *text, const struct scope *scope);

#endif
