/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The end state by a product's table of tasks.
 */
#include "flows/common/common_after.h"

#include "model/flow.h"

/* Whether TASK is one of the scope's server, and puts something there. */
static bool is_own(const struct task *task, const struct scope *scope)
{
	return task->roles && server_has(scope->server, task->roles) && !task->removes &&
	       (!task->applies || task->applies(scope));
}

enum check_state common_after_build(struct check_context *context)
{
	const struct scope *scope = context->scope;
	const struct flow *flow = scope->plan->flow;
	unsigned found[4];
	const char *build = NULL;
	bool known = true;

	for (const struct task *task = flow->tasks; task->id; task++) {
		const struct build_probe *probe = task_build(task, scope->plan);
		const char *least, *text;

		if (!probe || !is_own(task, scope))
			continue;
		least = table_text(scope->plan, probe->target);
		text = flow->found_build(scope, task);
		known = known && text;
		if (!text)
			continue;
		fact_version(text, found);
		if (!build_reaches(found, least))
			return check_say(context, CHECK_FAILED, "%s, and %s begins with %s", text,
					 scope->hop->target->brief, least);
		build = text;
	}
	return build && known ? check_say(context, CHECK_PASSED, "%s", build) : check_unknown(context, "builds");
}

/* NAMES ends with NULL. False: one does not run, which was said. *KNOWN: all are known. */
static bool run(struct check_context *context, const char *const *names, bool *known)
{
	for (; *names; names++) {
		const struct fact_set *row =
			fact_row_with(check_facts(context), &fact_services, &fact_service_name, *names);
		const char *state = fact_text(row, &fact_service_state);

		*known = *known && state;
		if (state && !str_eq(state, "running")) {
			check_say(context, CHECK_FAILED, "%s is %s, and should be running", *names, state);
			return false;
		}
	}
	return true;
}

enum check_state common_after_services(struct check_context *context)
{
	const struct scope *scope = context->scope;
	bool known = true;

	for (const struct task *task = scope->plan->flow->tasks; task->id; task++) {
		if (task->services && is_own(task, scope) && !run(context, task->services, &known))
			return CHECK_FAILED;
	}
	return known ? CHECK_PASSED : check_unknown(context, "services");
}
