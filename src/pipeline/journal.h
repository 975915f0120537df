/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The record of what was done: PLAN.journal, one line of flow-style YAML for every change of a step's state.
 *
 * Lines are only ever appended, and are on the disk before a mark counts. A torn last line (a crash while it was
 * written) is reported and ignored; anything else that is not a line of a journal is an error, and nothing is written
 * behind it.
 */
#ifndef SCUPGRADE_JOURNAL_H
#define SCUPGRADE_JOURNAL_H

#include "pipeline/planfile.h"

#define JOURNAL_LIMIT (64u * 1024 * 1024) /* bytes */

enum mark { MARK_STARTED, MARK_DONE, MARK_FAILED, MARK_SKIPPED, MARK_RESET, MARK_NOTED, MARK_COUNT };

struct journal_entry {
	const char *time; /* "2026-11-21T14:02:07Z" */
	const char *step, *by, *note;
	const char *plan;    /* digest of the plan, 64 hex digits */
	const char *content; /* digest of what the step runs, 16 hex digits */
	enum mark mark;
	bool forced;
	unsigned line;
};

struct journal {
	struct arena *arena;
	struct journal_entry *items;
	size_t count, room;
	size_t good_bytes; /* up to the end of the last whole line */
};

/* Reads TEXT as the journal FILE (borrowed). False: errors were added. JOURNAL is to be cleared either way. */
bool journal_parse(struct journal *journal, const char *file, const char *text, size_t length, struct diags *diags);
void journal_clear(struct journal *journal);
/* The line of ENTRY with its line feed. */
void journal_format(const struct journal_entry *entry, struct strbuf *out);

const char *mark_name(enum mark mark); /* "started", "done", "failed", "skipped", "reset", "noted" */
bool mark_find(const char *name, enum mark *mark);

#endif
