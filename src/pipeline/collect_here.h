/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Running the collector of "facts-script" from here, where there is a Windows PowerShell: on this computer or, by
 * PowerShell's remoting, on another one. Nothing of a plan gets into what is run but a name of letters, digits, dots
 * and hyphens.
 */
#ifndef SCUPGRADE_COLLECT_HERE_H
#define SCUPGRADE_COLLECT_HERE_H

#include "core/diag.h"

/* Nothing in NAME but letters, digits, dots and hyphens, none of the last two at its start: stricter than what a host
 * may be named, and nothing that any shell looks at. */
bool collect_takes_name(const char *name);

/* The last line of SAID that is not empty, where commands say what went wrong; cuts what is behind it. Borrowed. */
const char *collect_last_line(struct strbuf *said);

/* Runs a command for SECONDS at most, as platform_run does, which it is but in tests. */
typedef bool collect_runner(const char *command, unsigned seconds, struct strbuf *said, const char **why);

/* Collects the facts of SERVER into FOLDER, in a file named as the collector does, over an older one; FOLDER is made.
 * NOW as in facts_load; RUN starts PowerShell. False: DIAGS has the error, and an older file is as it was.
 * [collect-name, collect-failed] */
bool collect_here(const char *server, const char *folder, const char *now_utc, collect_runner *run,
		  struct diags *diags);

#endif
