/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The change that a board approves and the planned times: the same rows and page in every product.
 */
#include "flows/common/common.h"

const struct field common_change_number = {
	.key = "change.number",
	.kind = FIELD_TEXT,
	.flags = FIELD_THIS_HOP,
	.offset = AT_TEXT(struct answers, change.number),
	.label = "Number of the change",
	.brief = "Change",
	.example = "CHG0012345",
	.rule = rule_note,
	.tidy = tidy_trim,
	.help = "As the change board's own system has it. It is shown at the top of the runbook.",
	.source = "our reading [OURS]",
};

const struct field common_change_start = {
	.key = "change.start",
	.kind = FIELD_TEXT,
	.flags = FIELD_THIS_HOP,
	.offset = AT_TEXT(struct answers, change.start),
	.label = "The window opens",
	.brief = "Window from",
	.example = "2026-12-05 20:00",
	.rule = rule_local_time,
	.tidy = tidy_trim,
	.help = "Date and time where the servers are. Nothing that changes the management group starts before it.",
	.source = "our reading [OURS]",
};

static bool check_end(const struct scope *scope, struct report *to)
{
	const struct change_window *change = &scope->plan->answers->change;

	if (!change->start || strcmp(change->start, change->end) < 0)
		return true;
	return report_error(to, "window-order", "Give the window an end after its start.",
			    "The window closes at %s, before it opens at %s.", change->end, change->start);
}

const struct field common_change_end = {
	.key = "change.end",
	.kind = FIELD_TEXT,
	.flags = FIELD_THIS_HOP,
	.offset = AT_TEXT(struct answers, change.end),
	.label = "The window closes",
	.brief = "Window to",
	.example = "2026-12-06 06:00",
	.rule = rule_local_time,
	.tidy = tidy_trim,
	.check = check_end,
	.help = "Date and time where the servers are.",
	.source = "our reading [OURS]",
};

const struct field common_change_owner = {
	.key = "change.owner",
	.kind = FIELD_TEXT,
	.flags = FIELD_THIS_HOP,
	.offset = AT_TEXT(struct answers, change.owner),
	.label = "Who is responsible for the change",
	.brief = "Owner",
	.example = "CONTOSO\\anna",
	.rule = rule_note,
	.tidy = tidy_trim,
	.help = "A name or an account.",
	.source = "our reading [OURS]",
};

const struct field common_change_contact = {
	.key = "change.contact",
	.kind = FIELD_TEXT,
	.flags = FIELD_THIS_HOP,
	.offset = AT_TEXT(struct answers, change.contact),
	.label = "How to reach them",
	.brief = "Contact",
	.example = "+1 555 0100",
	.rule = rule_note,
	.tidy = tidy_trim,
	.help = "During the window: a telephone number, a chat room.",
	.source = "our reading [OURS]",
};

/* The id of a task of the plan's flow. */
static bool check_task(const struct scope *scope, struct report *to)
{
	const char *id = ((const struct task_minutes *)scope->record)->task;

	for (const struct task *task = scope->plan->flow->tasks; task && task->id; task++) {
		if (str_eq(task->id, id))
			return true;
	}
	report_add(to, SEV_WARNING, "task-unknown",
		   "\"scupgrade steps PLAN\" lists them; a task is the part before @.",
		   "There is no task \"%s\".", id);
	return true;
}

static const struct field minutes_task = {
	.key = "task",
	.kind = FIELD_TEXT,
	.flags = FIELD_REQUIRED | FIELD_IN_LIST,
	.offset = AT_TEXT(struct task_minutes, task),
	.label = "Task",
	.example = "upgrade-management-server",
	.rule = rule_note,
	.tidy = tidy_trim,
	.check = check_task,
	.help = "The id of a step without @ and the server.",
	.source = "our reading [OURS]",
};

static const struct field minutes_minutes = {
	.key = "minutes",
	.kind = FIELD_NUMBER,
	.flags = FIELD_REQUIRED | FIELD_IN_LIST,
	.offset = AT_NUMBER(struct task_minutes, minutes),
	.label = "Minutes",
	.example = "60",
	.minimum = 1,
	.maximum = 10080,
	.help = "How long it takes on one server.",
	.source = "our reading [OURS]",
};

const struct field common_minutes = {
	.key = "minutes",
	.kind = FIELD_ROWS,
	.offset = AT_ROWS(struct answers, minutes),
	.label = "Planned times",
	.row_name = "time",
	.columns = (const struct field *const[]){ &minutes_task, &minutes_minutes, NULL },
	.record_size = sizeof(struct task_minutes),
	.help = "How many minutes a task takes. The runbook and the checklist show when each step is due.",
	.source = "our reading [OURS]",
};

const struct page common_page_change = {
	.id = "change",
	.section = "Configuration",
	.title = "Change and planned times",
	.rail = "Change",
	.kind = PAGE_FORM,
	.aside = true,
	.intro = "What the runbook says of the change, and how long each task may take. All of it may stay empty.",
	.help = "For the change board: number, window, owner and contact are shown at the top of the runbook. Planned "
		"times are for the runbook and the checklist alone; they neither start nor stop anything.",
	.fields = (const struct field *const[]){ &common_change_number, &common_change_start, &common_change_end,
						 &common_change_owner, &common_change_contact, &common_minutes, NULL },
};
