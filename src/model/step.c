/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * User values as literals in the script texts of tasks.
 */
#include "model/step.h"

const struct build_probe *task_build(const struct task *task, const struct plan *plan)
{
	/* A slot that nothing fills stays. */
	return task->build && !strchr(table_text(plan, task->build->target), '{') ? task->build : NULL;
}

const char *task_file(const struct task *task, const struct scope *scope)
{
	return task->file_of ? task->file_of(scope) : task->file;
}

const char *task_run_on(const struct task *task, const struct scope *scope)
{
	return task->run_on ? task->run_on(scope) : NULL;
}

#include "core/text.h"

typedef bool quote_fn(struct strbuf *out, const char *value);

static const char *quoted(struct arena *arena, const char *value, quote_fn *quote)
{
	struct strbuf text = STRBUF_INIT, safe = STRBUF_INIT;
	if (!quote(&text, value ? value : "")) {
		text_visible(&safe, value);
		if (!quote(&text, strbuf_text(&safe)))
			bug("filtered text cannot be quoted");
	}
	const char *kept = arena_strdup(arena, strbuf_text(&text));
	strbuf_clear(&text);
	strbuf_clear(&safe);
	return kept;
}

const char *script_powershell(struct arena *arena, const char *value)
{
	return quoted(arena, value, quote_powershell);
}

const char *script_sql_text(struct arena *arena, const char *value)
{
	return quoted(arena, value, quote_sql_text);
}

const char *script_sql_name(struct arena *arena, const char *value)
{
	return quoted(arena, value, quote_sql_name);
}
