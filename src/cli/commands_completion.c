/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * "completion": the files for the shells, and what these ask for.
 */
#include "cli/commands.h"

#include "cli/complete.h"

int command_completion(const struct session *session)
{
	const struct options *options = session->options;
	const char *shell = options->arguments[0], *file = completion_file(shell);
	struct strbuf out = STRBUF_INIT;
	int status = EXIT_USE;

	if (str_eq(shell, "words")) {
		complete_line(options->arguments + 1, options->argument_count - 1, &out);
		status = emit(session, &out, false);
	} else if (!file) {
		say(session, "there is no completion for \"%s\"; there are: bash, zsh, fish", shell);
	} else if (options->argument_count > 1) {
		say(session, "\"completion\" takes no further argument \"%s\"", options->arguments[1]);
	} else {
		strbuf_puts(&out, file);
		status = emit(session, &out, false);
	}
	strbuf_clear(&out);
	return status;
}
