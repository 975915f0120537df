/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Logs for tests: normal noise in the shape of the real ones, with three lines of a failure in it or none; and what the
 * reader makes of a log that lies in memory.
 */
#ifndef SCUPGRADE_TESTS_LOG_MAKER_H
#define SCUPGRADE_TESTS_LOG_MAKER_H

#include "core/strbuf.h"
#include "pipeline/diagnose_private.h"

/* One row of tests/logs/samples.txt. */
struct sample {
	const char *sign, *log;         /* its id; the name of the log */
	const char *lines;              /* three, each with its line feed */
};

/* All of them; terminated by a row of NULLs. In ARENA. */
const struct sample *samples_load(struct arena *arena);

/* A log called NAME of about LINES lines, with SAMPLE (NULL: a run that ended well) after three fifths of them. What
 * follows from a failure follows. VARIANT changes the order of the noise. */
void log_make(struct strbuf *out, const char *name, const struct sample *sample, unsigned lines, unsigned variant);

/* TEXT read as the log NAME. In ARENA. */
struct log_result log_read(const struct catalog *catalog, const char *name, const char *text, size_t length,
			   struct arena *arena);
/* The id of the finding that decides; "" when none does. */
const char *log_decisive(const struct log_result *result);
const struct sign *log_sign(const struct catalog *catalog, const char *id);

#endif
