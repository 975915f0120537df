/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Fuzz target: no bytes may crash or hang the reader of plans, and what it took must survive saving and reading again.
 */
#include "fuzz.h"

#include "pipeline/planfile.h"
#include "pipeline/validate.h"

/* Reads the canonical text again, which must give the same text, and no finding. */
static void check_again(const struct strbuf *text)
{
	struct strbuf again = STRBUF_INIT;
	struct diags diags = DIAGS_INIT;
	struct plan *plan;

	if (plan_read("saved", strbuf_text(text), text->length, &plan, &diags) != LOAD_OK || diags.count > 0) {
		diags_print(&diags, stderr);
		bug("a saved plan cannot be read:\n%s", strbuf_text(text));
	}
	plan_format(plan, &again);
	if (!str_eq(strbuf_text(text), strbuf_text(&again)))
		bug("a saved plan changes:\n%s\n%s", strbuf_text(text), strbuf_text(&again));
	strbuf_clear(&again);
	diags_clear(&diags);
	plan_free(plan);
}

int fuzz_plan(const uint8_t *data, size_t size)
{
	struct strbuf text = STRBUF_INIT;
	struct diags diags = DIAGS_INIT;
	struct plan *plan;
	enum load_result result;

	strbuf_add(&text, (const char *)data, size);
	result = plan_read("fuzz", strbuf_text(&text), size, &plan, &diags);
	strbuf_reset(&text);
	if (result != LOAD_OK && diags.errors == 0)
		bug("a plan is refused without a reason");
	if (result == LOAD_OK) {
		validate_plan(plan, &diags);
		plan_format(plan, &text);
		check_again(&text);
	}
	for (size_t i = 0; i < diags.count; i++)
		diag_format(&text, &diags.items[i]);
	strbuf_clear(&text);
	diags_clear(&diags);
	plan_free(plan);
	return 0;
}
