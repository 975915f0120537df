/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What logs of a failed setup look like and what it means, as tables of the flows: kinds of logs, signs, what says how
 * a run went, what stands in good runs too, exit codes.
 *
 * A text is looked for in two steps: LITERAL in one pass with all others (ASCII letters without case, a tab as a
 * blank), then PATTERN (core/pattern.h) on the line that has it; NULL: the literal is enough. The literal stands in all
 * that the pattern matches.
 */
#ifndef SCUPGRADE_SIGN_H
#define SCUPGRADE_SIGN_H

#include "core/base.h"

/* Kinds of logs, as a mask. */
enum log_kind {
	LOG_SETUP = 1 << 0,         /* of setup's pages and actions */
	LOG_CHECKS = 1 << 1,        /* the results of setup's prerequisite checker, XML */
	LOG_START = 1 << 2,         /* of what starts setup */
	LOG_ROLE = 1 << 3,          /* of the package of a role: LOG_PACKAGE with lines as in LOG_SETUP */
	LOG_PACKAGE = 1 << 4,       /* verbose, of Windows Installer */
	LOG_PUSH = 1 << 5,          /* of an agent that a management server installs */
	LOG_EVENTS = 1 << 6,        /* exported event logs, task results, texts of dialogs */
	LOG_SQL = 1 << 7,           /* SQL Server's error log */
	LOG_UNIX = 1 << 8,          /* discovery and agents of UNIX and Linux */
	LOG_ANY = (1 << 9) - 1      /* what is not recognized counts as all of them */
};

struct log_shape {
	const char *id;             /* "setup"; NULL ends the table */
	unsigned kind;
	unsigned texts;             /* whose signs count in it: a mask */
	const char *name;           /* pattern of the file's name; NULL: any */
	const char *content;        /* pattern of something in the first 64 KiB; NULL: anything */
	const char *title;          /* "setup's log" */
	const char *record;         /* not lines but records, which end with this text; NULL: lines */
};

struct sign_text {
	const char *literal, *pattern;
};

#define SIGN_TEXTS 6u

enum sign_role {
	SIGN_CAUSE,                 /* names what is wrong */
	SIGN_PLACE,                 /* where it broke off: the cause stands above */
	SIGN_SUMMARY,               /* says only that it failed */
	SIGN_REMARK                 /* worth saying, never a failure by itself */
};

/* What becomes of the step once the cause is gone. */
enum sign_next {
	NEXT_ASK,                   /* somebody reads the log and decides */
	NEXT_REPEAT,                /* nothing was changed: run it again */
	NEXT_RESTORE,               /* databases or the role may be half changed: not again on them */
	NEXT_GO_ON                  /* nothing to repeat */
};

struct sign {
	const char *id;                             /* "sql-log-full"; NULL ends a table */
	enum sign_role role;
	enum sign_next next;
	unsigned logs;                              /* mask of enum log_kind */
	struct sign_text texts[SIGN_TEXTS];         /* any of them; those behind the last have no literal */
	/* Block: only where this stands too, not more than WITHIN lines (and 4 KiB) away. NULL: a line is enough. */
	const char *with;
	unsigned within;
	/* Absence: only in a run that failed or has no end, and where LACKS does not stand (AFTER: behind the text);
	 * where LACKS is NULL and AFTER is set: where nothing at all stands behind the line. */
	struct sign_text lacks;
	bool after;
	const char *releases;                       /* ids with a blank between; NULL: all */
	/* Whole sentences. Where MEANS has {1}, the first group of the pattern, " | " and what it says without one
	 * follow. */
	const char *means, *remedy;
	const char *source;                         /* where that is known from, certainty in brackets */
	const char *task;                           /* the step's task; NULL: the log or the person tells */
};

/* Lines that tell how a run went. */
enum log_mark_kind {
	RUN_BEGIN,                 /* a new run begins */
	RUN_GOOD, RUN_BAD,        /* the verdict */
	RUN_UNDO_BEGIN, RUN_UNDO_END,     /* between them nothing is a cause */
	RUN_ERROR                  /* a line that its program calls an error */
};

struct log_mark {
	enum log_mark_kind kind;
	unsigned logs;              /* 0 ends the table */
	struct sign_text text;
	const char *source;
};

/* Lines that look like a failure and stand in good runs too. */
struct log_noise {
	unsigned logs;              /* 0 ends the table */
	struct sign_text text;
	const char *source;
};

struct exit_code {
	const char *program;        /* "setup.exe"; NULL ends the table */
	long code;                  /* those of setup.exe come with either sign */
	const char *word;           /* its name; NULL: none */
	bool good;
	enum sign_next next;
	const char *means, *remedy; /* sentences */
	const char *source;
};

/* What a flow knows about logs: its own tables and those of common use. Each list ends with NULL. */
struct log_tables {
	const struct log_shape *const *shapes;
	const struct sign *const *signs;
	const struct log_mark *const *marks;
	const struct log_noise *const *noise;
	const struct exit_code *const *codes;
};

#endif
