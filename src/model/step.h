/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Tasks: a flow's table of what is done on which server, from which the ordered steps come.
 */
#ifndef SCUPGRADE_STEP_H
#define SCUPGRADE_STEP_H

#include "model/scope.h"
#include "win/winquote.h"

enum step_kind { STEP_COMMAND, STEP_POWERSHELL, STEP_SQL, STEP_MANUAL, STEP_KIND_COUNT };

/* One word of a command line. Table order is output order. The word is left out when it does not apply or has no value.
 */
struct argument {
	enum word_form form;
	const char *name;  /* of a switch or property; NULL for WORD_PLAIN */
	const char *value; /* a constant; NULL: ask value_of */
	const char *(*value_of)(const struct scope *scope);
	const char *account;                        /* the password of this account */
	const char *uncertain;                      /* what no document confirms about it; NULL: nothing */
	bool (*applies)(const struct scope *scope); /* NULL: always */
};

/* The words of a command line; the first is the program. */
struct argument_list {
	const struct argument *items;
	size_t count;
};
#define ARGUMENTS(table) { (table), ARRAY_LEN(table) }

/* Which steps of a task are meant. */
enum edge_to {
	EDGE_NONE,        /* ends a list */
	EDGE_ALL,         /* every step of that task */
	EDGE_BEGIN,       /* the same, but for the first step of the own task alone: the others wait for that one */
	EDGE_FIRST,       /* the first step of that task (never the step itself) */
	EDGE_SAME_SERVER, /* the step of that task on the same server */
	EDGE_PREVIOUS     /* the nearest earlier step of that task */
};

struct edge {
	enum edge_to to;
	const char *task; /* id of the task; edges to steps that the plan does not have count for nothing */
};

/* How a program sees which build of a feature a machine has: one of three ways, and for other machines one more. */
struct build_probe {
	const char *key, *value;    /* a text of the registry, KEY below HKEY_LOCAL_MACHINE; or */
	const char *product;        /* the display name of an installed program, with * for what varies; or */
	const char *service, *file; /* the version of FILE beside the program of SERVICE */
	const char *target;         /* the lowest build of the target release; may have slots */
	const char *source;         /* fact, certainty in brackets */
};

/* Where a STEP_SQL runs. What the plan does not say stands in its text as a placeholder, which no server takes. */
struct sql_place {
	const char *server, *database;  /* as the plan has them; NULL: it does not */
	const struct field *unknown;    /* the first of the plan's fields that it lacks; NULL: it can be run */
};

struct task {
	const char *id;    /* "upgrade-management-server"; NULL ends the table */
	const char *phase; /* "Management servers" */
	const char *title; /* with slots (scope.h): "{server}" stands for the server's name */
	enum step_kind kind;
	enum step_kind (*kind_of)(const struct scope *scope); /* instead of kind */
	unsigned roles; /* one step for every server with one of these; 0: one step */
	bool along;     /* goes along with the row above: server by server, not task by task */
	bool (*applies)(const struct scope *scope);         /* NULL: always */
	const char *(*title_of)(const struct scope *scope); /* instead of title */
	const struct argument_list *arguments; /* STEP_COMMAND; else NULL */
	enum word_reader reader;
	/* STEP_POWERSHELL and STEP_SQL: the script; STEP_MANUAL: what to do, in sentences. With slots, which quote
	 * nothing: a script that names something of the plan comes from text_of. */
	const char *text;
	const char *(*text_of)(const struct scope *scope); /* instead of text */
	bool one_text; /* text_of() says the same on every server */
	const struct edge *requires; /* hard: may not start before; ends with EDGE_NONE; NULL: none */
	const struct edge *follows;  /* the recommended order; NULL: after the step that is listed before it */
	const char *why;             /* why it stands where it stands */
	const char *(*why_of)(const struct scope *scope); /* instead of why */
	const char *verify;                               /* how to see that it worked */
	const char *failure;                              /* where to look when it did not; NULL: nothing known */
	const char *source;                               /* page or fact, certainty in brackets */

	/* What a program that runs the steps has to know; a row may leave all of it out. */
	const struct build_probe *build;   /* done when it finds the target's build; NULL: a program cannot see it */
	bool removes;                      /* done when BUILD finds nothing (or the target's build, which came later) */
	const char *const *services;       /* run when it is done; ends with NULL */
	const char *file;                  /* STEP_COMMAND: the file that it is installed from */
	const char *(*file_of)(const struct scope *scope); /* instead of file; equal words have the same */
	const char *log;                   /* of the program; %VARIABLES% stand for the environment's */
	struct sql_place (*sql_of)(const struct scope *scope); /* STEP_SQL; NULL: none is known */
	const char *(*run_on)(const struct scope *scope); /* no roles: the computer to run it on, NULL: any */
	bool elsewhere;                    /* STEP_POWERSHELL: for computers that are not in the plan */
	bool once;                         /* never repeated by itself when it failed: somebody reads the log first */
	bool alone;                        /* its SERVICES are stopped on those servers that have not had it yet */
	bool optional;                     /* its title says when it is needed; nothing runs it unasked */
	bool preparation; /* brings a prerequisite about; skipped with a note it holds nobody up */
	bool backup;      /* the only way back: nobody goes on without it */
	/* Where it is true the steps stand behind those of the task BEHIND, a later row, not at their place. */
	bool (*postponed)(const struct scope *scope);
	const char *behind;
};

/* What leads back when an upgrade failed, in the order in which it is done; for the runbook. */
struct back_out {
	const char *title; /* "Restore the databases"; NULL ends the table */
	const char *from;  /* id of the task from whose first step on it is needed; NULL: from the beginning */
	unsigned roles;    /* only where a server has one of these; 0: always */
	const char *text;  /* whole sentences; this and the title with slots */
	const char *source;
};

/* How to see the build of TASK; NULL: a program cannot, or the build of PLAN's target is not known. */
const struct build_probe *task_build(const struct task *task, const struct plan *plan);
/* The file that a STEP_COMMAND of the scope's server is installed from; NULL: none that the row knows. */
const char *task_file(const struct task *task, const struct scope *scope);
/* The computer that a task without roles runs on; NULL: any. */
const char *task_run_on(const struct task *task, const struct scope *scope);

/* User values in script text, each as one quoted literal of its language; in ARENA. A value that no literal can hold (a
 * control character; validation refuses it) shows as its filtered text. */
const char *script_powershell(struct arena *arena, const char *value); /* 'O''Brien' */
const char *script_sql_text(struct arena *arena, const char *value);   /* N'E:\Backup\SMA.bak' */
const char *script_sql_name(struct arena *arena, const char *value);   /* [SMA] */

#endif
