/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * A flow: one product's upgrade as tables, and the register of them. Nothing includes a flow's source: its tables are
 * found through src/flows/register.c alone.
 */
#ifndef SCUPGRADE_FLOW_H
#define SCUPGRADE_FLOW_H

#include "model/collector.h"
#include "model/page.h"
#include "model/prereq.h"
#include "model/proposal.h"
#include "model/sign.h"
#include "model/step.h"

struct account {                            /* an account whose password a command line takes */
	const char *key;                    /* "accounts.data-access"; NULL ends the table */
	const char *label;                  /* "Data Access Service account" */
	const struct field *user;           /* the field with its name, which also says whether it applies */
	const char *asks;                   /* what a question calls the secret: "Product key"; NULL: a password */
};

/* Words of a product for a fact of the kind FIELD_CHOICE that has none of its own: what databases are for. */
struct fact_words {
	const struct field *fact;           /* NULL ends the table */
	const struct choice *words;
};

/* What computers with these roles are often called. */
struct role_name {
	unsigned roles;                     /* 0 ends the table */
	const char *parts;                  /* letters in their names, with blanks between: "GW GATE" */
};

struct flow {
	const char *id;                     /* "operations-manager" */
	const char *const *other_names;     /* what people type for ID: "scom"; NULL-terminated; NULL: none */
	const char *title;                  /* "Operations Manager" */
	const char *headline;               /* with slots: "Operations Manager {source} to {target}"; NULL: the title */
	const char *help;
	const struct field *const *build_facts;      /* texts that tell which release a server has; NULL: none do */
	bool goes_first;                    /* of the products of one release it is upgraded before the others */
	const struct release_edge *edges;   /* a table that has this product's upgrades */
	const struct product_release *const *releases;      /* what it has to know of each; NULL-terminated */
	size_t answers_size;
	const struct field *const *fields;  /* all keys of the plan file in their order, product and common ones
					     * included; NULL-terminated */
	const struct field *name;           /* the one of them, a text, that says which one is upgraded; NULL: none */
	/* What stands for an empty name; "" while nothing does. NULL: nothing ever does. */
	const char *(*name_instead)(const struct scope *scope);
	const struct field *servers;        /* the one of them that holds the servers */
	const struct choice *roles;         /* of the servers, bit i is roles[i] */
	const struct role_name *role_names; /* which of them a computer's name suggests; NULL: none ever */
	const struct page *const *pages;    /* NULL-terminated */
	const struct account *accounts;
	const struct prereq *prereqs;
	const struct prereq *after;         /* what the end state has to be, judged by facts that come after */
	const struct task *tasks;
	const char *no_return;              /* id of the task whose first step only backups take back; NULL: none */
	const struct back_out *back_out;    /* NULL: nothing leads back, or nothing has to */
	/* Tables of what its files of facts may hold, common ones included; NULL-terminated, as each table is. */
	const struct field *const *const *facts;
	const struct fact_words *fact_words;      /* NULL: none */
	void (*propose)(struct proposals *to);      /* what facts say about the answers; NULL: nothing */
	const struct collector *collector;  /* how they are read; NULL: no facts of its own */
	const char *(*ending)(const struct scope *scope);   /* what its last page says: how to use the lines */
	const struct log_tables *logs;      /* how its logs are read; NULL: none are known */
	/* The build of what TASK installs on the scope's server, by the scope's facts; NULL: not known. NULL: never
	 * is. */
	const char *(*found_build)(const struct scope *scope, const struct task *task);
	/* Notes about facts that are no check of a server; the scope has them. NULL: none. */
	void (*facts_check)(const struct scope *scope, struct diags *diags);
	/* Rules across fields; findings through plan_report(). False: errors were added. */
	bool (*check)(const struct scope *scope, struct diags *diags);
};

/* The flow's headline of PLAN, else its title. */
const char *flow_headline(const struct plan *plan);
bool page_applies(const struct page *page, const struct plan *plan);
/* What is to be read on PAGE; "" for nothing. */
const char *page_text(const struct page *page, const struct plan *plan, struct arena *arena);

size_t flow_task_count(const struct flow *flow);
size_t flow_check_count(const struct flow *flow);
/* The place of TASK, one of the flow's, among them. */
size_t flow_task_number(const struct flow *flow, const struct task *task);

const struct flow *flow_find(const char *id);       /* NULL: no such product */
const struct flow *flow_at(size_t index);           /* NULL behind the last */

/* fields_common.c: the same rows in every flow. */
extern const struct field field_product;            /* a choice without a member: the plan's flow */
extern const struct field field_confirmed, field_acknowledged;
extern const struct choice product_choices[];

#endif
