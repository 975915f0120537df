/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The register of commands.
 */
#include "cli/commands.h"

int command_run(const struct session *session)
{
	static int (*const commands[COMMAND_COUNT])(const struct session *) = {
		[COMMAND_WIZARD] = command_wizard,
		[COMMAND_CHECK] = command_check,
		[COMMAND_COMMAND] = command_command,
		[COMMAND_STEPS] = command_steps,
		[COMMAND_TRACK] = command_track,
		[COMMAND_MARK] = command_mark,
		[COMMAND_STATUS] = command_status,
		[COMMAND_SET] = command_set,
		[COMMAND_CONFIRM] = command_confirm,
		[COMMAND_ACKNOWLEDGE] = command_acknowledge,
		[COMMAND_NEW] = command_new,
		[COMMAND_FIELDS] = command_fields,
		[COMMAND_FACTS_SCRIPT] = command_facts_script,
		[COMMAND_COLLECT] = command_collect,
		[COMMAND_PATH] = command_path,
		[COMMAND_SOURCES] = command_sources,
		[COMMAND_NEXT] = command_next,
		[COMMAND_DIFF] = command_diff,
		[COMMAND_RENDER] = command_render,
		[COMMAND_SCHEMA] = command_schema,
		[COMMAND_DIAGNOSE] = command_diagnose,
		[COMMAND_COMPLETION] = command_completion,
		/* COMMAND_HELP: options_parse() makes it --help. */
	};

	struct inputs inputs = INPUTS_INIT;
	struct facts *facts = NULL;
	struct session own = *session;

	own.inputs = &inputs;
	own.facts = &facts;
	int status = commands[session->options->command](&own);
	inputs_clear(&inputs);
	facts_free(facts);
	return status;
}
