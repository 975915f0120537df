/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Judging a plan: fields, pages, the whole. The only caller of field_check() and of a flow's check.
 */
#ifndef SCUPGRADE_VALIDATE_H
#define SCUPGRADE_VALIDATE_H

#include "model/flow.h"

/* Each returns false exactly when it added an error, and goes on after the first one. */
bool validate_field(const struct plan *plan, const struct record *record, const struct field *field,
		    struct diags *diags);
/* All columns of one row. */
bool validate_row(const struct plan *plan, const struct field *rows_field, const struct record *record,
		  struct diags *diags);
/* The page's fields, their rows, and those findings of the flow's check that are about them. */
bool validate_page(const struct plan *plan, const struct page *page, struct diags *diags);
/* Everything: every applicable field, every row, the flow's check, names that occur twice. */
bool validate_plan(const struct plan *plan, struct diags *diags);

/* followers.c: takes out what merely follows from another finding, such as a role that is missing where one is
 * misspelt: one finding a mistake. Never the last error. */
void findings_drop_followers(struct diags *diags);

/* The page of the plan's flow that shows the key PATH ("servers[2].name", "accounts.data-access.user"), or NULL. */
const struct page *page_of_path(const struct flow *flow, const char *path);

#endif
