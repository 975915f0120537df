/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * A small flow that has every kind of field and page once: what is generic is proven on it and does not change with the
 * products. A test program that defines SMALL_REGISTER before it includes this has this flow alone in its register.
 */
#ifndef SCUPGRADE_TESTS_SMALL_FLOW_H
#define SCUPGRADE_TESTS_SMALL_FLOW_H

#include "model/flow.h"

enum { SMALL_ALPHA = 1u << 0, SMALL_BETA = 1u << 1 };

extern const struct flow small_flow; /* all pages but small_terms, which is long */
extern const struct page small_form, small_accounts, small_servers, small_terms, small_checks, small_ready,
	small_progress, small_done;

#ifdef SMALL_REGISTER
const struct choice product_choices[] = { { "small", "Small", NULL, NULL }, { NULL, NULL, NULL, NULL } };

const struct flow *flow_find(const char *id)
{
	return str_eq(id, small_flow.id) ? &small_flow : NULL;
}

const struct flow *flow_at(size_t index)
{
	return index == 0 ? &small_flow : NULL;
}
#endif

#endif
