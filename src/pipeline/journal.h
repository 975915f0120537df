/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The record of what was done: PLAN.journal, one line of flow-style YAML for every change of a step's state.
 *
 * The first line says which upgrade it is about; a journal without it belongs to the plan beside it. Lines are only
 * ever appended. A last line that begins like one of ours and does not parse was cut off while it was written: it is
 * reported and does not count. A last line that is whole counts, with or without a line feed; lines may end with CR LF.
 * Anything else is an error, and nothing is written to such a file.
 */
#ifndef SCUPGRADE_JOURNAL_H
#define SCUPGRADE_JOURNAL_H

#include "model/identity.h"
#include "pipeline/planfile.h"

#define JOURNAL_LIMIT (64u * 1024 * 1024) /* bytes */

/* Adds to OUT where the record of the plan PLAN_PATH lies: beside the plan itself, whatever link it was opened by. */
void journal_path(const char *plan_path, struct strbuf *out);

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
	struct upgrade_identity head; /* which upgrade it is about; its product is NULL where no line says so */
	struct journal_entry *items;
	size_t count, room;
	unsigned lines;               /* that count */
	size_t head_bytes;            /* of the first line, where it is the head; with its end of line */
	size_t good_bytes;            /* up to the end of the last line that counts, without a torn one */
	bool open;                    /* the last line that counts has no line feed */
	bool torn;                    /* something stands behind the good bytes */
};

/* Reads TEXT as the journal FILE (borrowed). False: errors were added. JOURNAL is to be cleared either way. */
bool journal_parse(struct journal *journal, const char *file, const char *text, size_t length, struct diags *diags);
void journal_clear(struct journal *journal);
/* ENTRY as a further item; its texts are copied. */
void journal_add(struct journal *journal, const struct journal_entry *entry);

/* The first line of a journal of IDENTITY, and the line of ENTRY, each with its line feed. */
void journal_format_head(const struct upgrade_identity *identity, struct strbuf *out);
void journal_format(const struct journal_entry *entry, struct strbuf *out);
/* Whether the reader would take LINES for what the writer meant: ENTRY, after the head of IDENTITY unless that is
 * NULL. */
bool journal_reads_back(const char *lines, size_t length, const struct upgrade_identity *identity,
			const struct journal_entry *entry);

const char *mark_name(enum mark mark); /* "started", "done", "failed", "skipped", "reset", "noted" */
bool mark_find(const char *name, enum mark *mark);

#endif
