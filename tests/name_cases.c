/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Tables of names and their findings.
 */
#include "name_cases.h"

#include "helpers.h"

/* The findings of RULE on TEXT, without a path. Owned: free it. */
static char *apply(value_rule_fn *rule, const char *text)
{
	struct diags diags = DIAGS_INIT;
	struct report to = { .diags = &diags, .path = "" };
	struct strbuf list = STRBUF_INIT;
	bool fine = rule(text, &to);
	char *result;

	assert_labelled(text, fine == (diags.errors == 0));
	for (size_t i = 0; i < diags.count; i++) {
		strbuf_printf(&list, "%s %s\n", severity_name(diags.items[i].severity), diags.items[i].code);
		assert_labelled(text, diags.items[i].text[strlen(diags.items[i].text) - 1] == '.');
	}
	result = strdup(strbuf_text(&list));
	strbuf_clear(&list);
	diags_clear(&diags);
	return result;
}

void assert_case(value_rule_fn *rule, const char *text, const char *expected)
{
	char *findings = apply(rule, text);

	assert_text(text, expected ? expected : "", findings);
	free(findings);
}

void run_cases(const struct name_case *cases, size_t count)
{
	for (size_t i = 0; i < count; i++)
		assert_case(cases[i].rule, cases[i].text, cases[i].findings);
}
