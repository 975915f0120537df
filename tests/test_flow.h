/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * A small flow with a field of every kind, so that tests of the generic modules do not change with the products. A test
 * program that defines DEMO_REGISTER before it includes this has this flow alone in its register: its definitions come
 * before those of the archive, whose register.o is then left out.
 */
#ifndef SCUPGRADE_TESTS_TEST_FLOW_H
#define SCUPGRADE_TESTS_TEST_FLOW_H

#include "model/flow.h"

enum { DEMO_FIRST = 1u << 0, DEMO_SECOND = 1u << 1 };

struct demo_answers {
	struct answers common;
	const char *group, *folder, *derived;    /* FOLDER has a preset, DERIVED one that depends on GROUP */
	unsigned port, batches;
	bool ssl;
	int colour;
	unsigned parts;
	struct names members;
	int kind;
	const char *user, *reader;               /* USER applies while KIND is "domain" */
};

struct demo_server {
	struct server common;
	const char *site;                        /* applies to servers with the role "second" */
	bool fast;
	struct names aliases;
};

extern const struct flow flow_demo;
extern const struct field demo_group, demo_folder, demo_derived, demo_port, demo_batches, demo_ssl, demo_colour,
	demo_parts, demo_members, demo_kind, demo_user, demo_password, demo_reader, demo_servers, demo_name, demo_roles,
	demo_site, demo_fast, demo_aliases;
extern const struct page demo_page_accounts, demo_page_servers;

static inline struct demo_answers *demo_answers(struct plan *plan)
{
	return (struct demo_answers *)plan->answers;
}

#ifdef DEMO_REGISTER
const struct choice product_choices[] = { { "demonstration", "Demonstration", NULL, NULL },
					  { "other-product", "Other", NULL, NULL },
					  { NULL, NULL, NULL, NULL } };

const struct flow *flow_find(const char *id)
{
	return str_eq(id, flow_demo.id) ? &flow_demo : NULL;
}

const struct flow *flow_at(size_t index)
{
	return index == 0 ? &flow_demo : NULL;
}
#endif

/* Adds a server to PLAN; NAME may be NULL. */
struct demo_server *demo_add_server(struct plan *plan, const char *name, unsigned roles);
/* A plan from TEXT that must have no finding. Owned: free with plan_free. */
struct plan *demo_plan(const char *text);
/* The findings as "LINE:COLUMN severity path code", one a line without a last line feed. Owned. */
char *placed_findings(const struct diags *diags);
/* Fails, naming LABEL, unless DIAGS has the findings EXPECTED (as placed_findings); empties DIAGS. */
void assert_findings(const char *label, const char *expected, struct diags *diags);

#endif
