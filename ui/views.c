/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Which view draws which kind of page.
 */
#include "ui/view.h"

#include <assert.h>

const struct view_ops *const views[] = {
	[PAGE_FORM] = &view_form,       [PAGE_TEXT] = &view_text,   [PAGE_CHECKS] = &view_checks,
	[PAGE_SUMMARY] = &view_summary, [PAGE_STEPS] = &view_steps, [PAGE_DONE] = &view_done,
};
static_assert(ARRAY_LEN(views) == PAGE_KIND_COUNT, "one view per page kind");
