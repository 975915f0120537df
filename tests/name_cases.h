/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Tables of names and their findings; shared by the tests of winname.
 */
#ifndef SCUPGRADE_TESTS_NAME_CASES_H
#define SCUPGRADE_TESTS_NAME_CASES_H

#include "win/winname.h"

struct name_case {
	value_rule_fn *rule;
	const char *text, *findings;      /* "error code", "warning code", one a line; NULL: none */
};

/* Fails unless RULE on TEXT gives the findings EXPECTED, each with a full stop at its end; NULL: none. */
void assert_case(value_rule_fn *rule, const char *text, const char *expected);
void run_cases(const struct name_case *cases, size_t count);

#define RUN(cases) run_cases(cases, ARRAY_LEN(cases))

#endif
