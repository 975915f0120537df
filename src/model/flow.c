/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What a flow and its pages say about a plan.
 */
#include "model/flow.h"

const char *flow_headline(const struct plan *plan)
{
	return plan->flow->headline ? table_text(plan, plan->flow->headline) : plan->flow->title;
}

bool page_applies(const struct page *page, const struct plan *plan)
{
	struct scope scope = scope_of(plan, plan->arena);

	return !page->applies || page->applies(&scope);
}

const char *page_text(const struct page *page, const struct plan *plan, struct arena *arena)
{
	struct scope scope = scope_of(plan, arena);

	if (page->text_of)
		return page->text_of(&scope);
	return page->text ? table_text(plan, page->text) : "";
}

size_t flow_check_count(const struct flow *flow)
{
	size_t count = 0;

	while (flow->prereqs[count].id)
		count++;
	return count;
}

size_t flow_task_count(const struct flow *flow)
{
	size_t count = 0;

	while (flow->tasks[count].id)
		count++;
	return count;
}

size_t flow_task_number(const struct flow *flow, const struct task *task)
{
	return (size_t)(task - flow->tasks);
}
