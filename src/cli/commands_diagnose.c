/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * "diagnose": why a setup failed, from its logs.
 */
#include "cli/commands.h"

#include "render/diagnosis.h"

static int print_result(const struct session *session, const struct diagnosis *diagnosis)
{
	struct strbuf out = STRBUF_INIT;
	int status;

	for (size_t i = 0; i < diagnosis->log_count; i++) {
		if (diagnosis->logs[i].why)
			say(session, "%s: cannot be read: %s", diagnosis->logs[i].path, diagnosis->logs[i].why);
		inputs_add(session->inputs, diagnosis->logs[i].path);
	}
	if (session->options->json)
		diagnosis_json(&out, diagnosis);
	else
		diagnosis_text(&out, diagnosis, session->width);
	status = emit(session, &out, false);
	strbuf_clear(&out);
	if (status == EXIT_FINE && diagnosis->unreadable)
		return EXIT_USE;
	return status == EXIT_FINE && diagnosis->failed ? EXIT_PLAN : status;
}

int command_diagnose(const struct session *session)
{
	const struct options *options = session->options;
	struct tracked tracked = { .diags = DIAGS_INIT };
	struct diagnose_request request = {
		.paths = options->arguments, .path_count = options->argument_count, .code = options->setup_code
	};
	const struct exit_code *code;
	long value;

	if (!options->argument_count && !options->setup_code) {
		say(session, "diagnose needs a log, a folder of logs, or --setup-code");
		return EXIT_USE;
	}
	if (options->setup_code && !diagnose_code(options->setup_code, &value, &code)) {
		say(session, "--setup-code takes the number that setup returned, not \"%s\"", options->setup_code);
		return EXIT_USE;
	}
	if (options->step && !options->plan) {
		say(session, "--step names a step of a plan: --plan is needed too");
		return EXIT_USE;
	}
	if (options->plan && open_tracked(session, options->plan, &tracked) != EXIT_FINE)
		return EXIT_USE;
	if (options->plan) {
		request.plan = tracked.plan;
		request.sequence = &tracked.sequence;
		request.tracker = tracked.tracker;
	}
	if (options->step && !(request.step = tracked_step(session, &tracked, options->step))) {
		close_tracked(&tracked);
		return EXIT_USE;
	}
	struct arena *arena = arena_new();
	struct diagnosis diagnosis = diagnose(&request, arena);
	int status = print_result(session, &diagnosis);
	arena_free(arena);
	close_tracked(&tracked);
	return status;
}
