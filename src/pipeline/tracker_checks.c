/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What facts say against the start of a step.
 */
#include "pipeline/tracker_private.h"

void tracker_use_checks(struct tracker *tracker, const struct check_list *checks)
{
	tracker->checks = checks;
}

/* The step that only backups take back: the first one of its task. */
static bool is_no_return(const struct tracker *tracker, const struct step *step)
{
	if (!tracker->no_return || !str_eq(step->task->id, tracker->no_return))
		return false;
	return step == tracker->sequence->items || step[-1].task != step->task;
}

/* What was done after the facts were collected outweighs them. */
static bool is_outdated(const struct tracker *tracker, const struct check_result *result)
{
	const char *collected = result->verdict->collected;
	bool any = false;

	for (size_t i = 0; i < tracker->sequence->count; i++) {
		const struct step_status *status = &tracker->statuses[i];

		if (!str_eq(tracker->sequence->items[i].task->id, result->verdict->prereq->step))
			continue;
		if (status->state != STATE_DONE || !collected || strcmp(status->since, collected) <= 0)
			return false;
		any = true;
	}
	return any;
}

/* A check of one server holds up what changes that server; one of the plan, and what the plan's own steps should have
 * brought about, the step of no return. */
static bool holds_up(const struct tracker *tracker, const struct check_result *result, const struct step *step)
{
	if (check_is_due(result))
		return is_no_return(tracker, step) && !is_outdated(tracker, result);
	if (result->verdict->state != CHECK_FAILED)
		return false;
	if (!result->server)
		return is_no_return(tracker, step);
	return result->server == step->server && step->task->phase != tracker->sequence->items[0].task->phase;
}

/* What has failed before what is due. */
const struct check_result *tracker_held_by(const struct tracker *tracker, size_t step)
{
	const struct check_result *due = NULL;

	for (size_t i = 0; tracker->checks && i < tracker->checks->count; i++) {
		const struct check_result *result = &tracker->checks->items[i];

		if ((due && result->verdict->state != CHECK_FAILED) ||
		    !holds_up(tracker, result, &tracker->sequence->items[step]))
			continue;
		if (result->verdict->state == CHECK_FAILED)
			return result;
		due = result;
	}
	return due;
}
