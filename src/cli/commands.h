/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The commands of the program, one function each. With main.c the only place that decides what goes to
 * standard output, what to standard error, and which exit status that means.
 */
#ifndef SCUPGRADE_COMMANDS_H
#define SCUPGRADE_COMMANDS_H

#include "cli/options.h"
#include "pipeline/collect.h"
#include "pipeline/inputs.h"
#include "pipeline/planfile.h"
#include "pipeline/sequence.h"
#include "pipeline/tracker.h"
#include "plain/prompt.h"

enum exit_status {
	EXIT_FINE = 0,             /* warnings are allowed */
	EXIT_PLAN = 1,             /* the plan has errors or a step may not run */
	EXIT_USE = 2,              /* wrong use, or something cannot be read or written */
	EXIT_LEFT = 3,             /* the wizard was left without finishing */
	EXIT_BY_SIGNAL = 128       /* and the signal's number added */
};

/* The full-screen front end as the commands see it; FRONT_NO_TERMINAL: *WHY says why, nothing was drawn. */
typedef enum front_result full_screen_fn(struct wizard *wizard, const struct options *options, int *signal,
					 const char **why);

struct session {                           /* what a command works with */
	const struct options *options;
	FILE *in, *out, *err; /* OUT should have no buffer: it would keep passwords, and is given whole texts */
	bool in_terminal, out_terminal, err_terminal;
	full_screen_fn *full_screen;       /* NULL: this build has none */
	const char *term;                  /* TERM; NULL or "": unknown */
	bool accessible;                   /* ACCESSIBLE asks for the plain front end */
	unsigned width;                    /* columns for the plain front end */
	struct inputs *inputs;             /* command_run's: what was read; nothing of it is ever written to */
	struct facts **facts;              /* command_run's: those of load_good_plan(), as long as the command runs */
};

/* Runs the command that the options name. Returns the exit status; above EXIT_BY_SIGNAL: ended by that signal. Whether
 * OUT could be written is for the caller to find out. */
int command_run(const struct session *session);

/* The value of ACCESSIBLE (may be NULL) asks for the plain front end: anything but "", "0" and "false". */
bool accessible_is_on(const char *value);

/* ---- what the commands share ---- */

/* One message to standard error: "scupgrade: TEXT", filtered by text_visible, which takes line feeds too. */
void say(const struct session *session, const char *format, ...) PRINTF_LIKE(2, 3);

/* Loads PATH, judges nothing. EXIT_FINE: *PLAN is owned by the caller, DIAGS may hold errors about single keys.
 * EXIT_PLAN: it is no plan, DIAGS says why. EXIT_USE: it cannot be read, DIAGS says why, or it is not there, which was
 * said. */
int load_plan(const struct session *session, const char *path, struct plan **plan, struct diags *diags);

/* DIAGS say that facts cannot be read at all, which is an error of use. */
bool facts_unreadable(const struct session *session, const struct diags *diags);
/* The facts of PLAN at PATH, NULL for none: what --facts names, else the folder beside it where there is one, and what
 * --probe brings; see collect_facts. They must outlive DIAGS. */
bool gather_facts(const struct session *session, const struct plan *plan, const char *path, struct facts **facts,
		  struct diags *diags);
/* What --facts names, else the folder beside the plan at PATH where there is one, into OUT; false: there is neither. */
bool facts_place(const struct session *session, const char *path, struct strbuf *out);
/* False: --facts names standard input, which a wizard and a checklist could not read again; that was said. */
bool facts_stay(const struct session *session);
/* The facts at PATH (NULL: none), for who compares them with nothing. What could be read of them counts: a mistake in a
 * file is a warning. They must outlive DIAGS, and are the caller's whatever comes back. EXIT_USE, EXIT_PLAN: they
 * cannot be read, or nothing in them could; DIAGS has the errors. */
int take_facts(const struct session *session, const char *path, struct facts **facts, struct diags *diags);
/* Sorted, errors first; those without a place are about FILE, and those without a line about its first one. */
void sort_findings(struct diags *diags, const char *file);
/* With --quiet leaves what refuses: errors, and warnings with --strict. */
void keep_quiet(const struct session *session, struct diags *diags);
bool findings_refuse(const struct session *session, const struct diags *diags); /* errors, or warnings with --strict */
/* What the options of SESSION want to hear of the prerequisites. */
struct judge_wish judge_wish(const struct session *session);

/* How far a plan is judged: with its facts, whose errors are told and refuse nothing, or with the prerequisites too,
 * and whatever has failed refuses. */
enum judging { JUDGE_FACTS, JUDGE_PREREQUISITES };

/* load_plan, validate_plan, facts, prerequisites if wanted; findings to standard error. EXIT_FINE: *PLAN is owned and
 * good, and *SESSION->facts are its facts (NULL: none).
 * Otherwise there is no plan, and it was said why not (REFUSED is the end of that sentence: "no command line is
 * shown"). */
int load_good_plan(const struct session *session, const char *path, enum judging judging, const char *refused,
		   struct plan **plan);

/* Where the output goes: --output (and "-" is standard output). */
bool output_is_file(const struct session *session);
/* Hands out what is in TEXT so far when that is much and goes to a stream: large results need no memory of their own. A
 * file is written whole, at the end. */
void emit_part(const struct session *session, struct strbuf *text);
struct waiting {
	const struct session *session;
	const char *path; /* whose lock it is */
	bool said;
};
/* For a lock of somebody else: who has it is said, once. Ctrl-C ends the program, and the time ends the waiting. */
struct lock_wait wait_in_sight(struct waiting *waiting);
/* Says what came of saving PATH, unless all went well; WAY_OUT is how one that is there is replaced. EXIT_FINE when it
 * is written, else EXIT_USE. */
int say_saved(const struct session *session, const char *path, enum save_result result, const char *why,
	      const char *way_out);
/* Whether the output, which is no plan, would go to a file that was read (session->inputs) or to any plan, --force or
 * not; it is said then. */
bool output_is_input(const struct session *session);
/* PLAN in its canonical form to the output, once it was seen that it can be read back. Statuses as of emit(), and
 * EXIT_PLAN. */
int write_plan(const struct session *session, const struct plan *plan);
/* The rest. SECRET: never over an existing file, mode 0600. Returns EXIT_FINE or, having said why, EXIT_USE. */
int emit(const struct session *session, const struct strbuf *text, bool secret);
/* The same for the TEXT of a plan, which may stand where another one was. */
int emit_plan(const struct session *session, const struct strbuf *text);

/* WIZARD in the front end that fits: full screen where there is a terminal for it, else line by line where somebody can
 * answer. FRONT_NO_TERMINAL: it was said why. */
enum front_result run_front(const struct session *session, struct wizard *wizard, int *signal);

struct tracked { /* a plan, its steps and their record */
	struct arena *arena;
	struct plan *plan;
	struct sequence sequence;
	struct check_list checks; /* what the facts say; nothing without facts */
	struct tracker *tracker;
	struct diags diags;
};

/* The plan at PATH, which has to be good, with its record. Other results than EXIT_FINE were said, and there is nothing
 * to close. */
int open_tracked(const struct session *session, const char *path, struct tracked *tracked);
void close_tracked(struct tracked *tracked);    /* one that holds nothing is fine */
/* The step called ID; NULL: there is none, which was said with what may have been meant. */
const struct step *tracked_step(const struct session *session, const struct tracked *tracked, const char *id);

/* The plan at PATH to be changed, and where it comes from; other results than EXIT_FINE were said, and there is nothing
 * to free. A plan with answers that cannot be read is not changed: they would be lost. */
int open_changeable(const struct session *session, const char *path, struct plan **plan, struct plan_source *source,
	      struct diags *diags);
/* Saves it there, unless somebody else has changed the file since. What came of it is said. */
int save_changed(const struct session *session, const struct plan *plan, const char *path, struct plan_source *source);

/* The program's commands. */
int command_set(const struct session *session);
int command_confirm(const struct session *session);
int command_acknowledge(const struct session *session);
int command_wizard(const struct session *session);
int command_check(const struct session *session);
int command_command(const struct session *session);
int command_steps(const struct session *session);
int command_track(const struct session *session);
int command_mark(const struct session *session);
int command_status(const struct session *session);
int command_new(const struct session *session);
int command_fields(const struct session *session);
int command_facts_script(const struct session *session);
int command_collect(const struct session *session);
int command_path(const struct session *session);
int command_sources(const struct session *session);
int command_next(const struct session *session);
int command_diff(const struct session *session);
int command_render(const struct session *session);
int command_schema(const struct session *session);
int command_diagnose(const struct session *session);
int command_completion(const struct session *session);

/* May passwords go where the output goes? False: it was said why not. */
bool passwords_may_show(const struct session *session);
/* All command lines of PLAN to the output, as "command PLAN" prints them. PASSWORDS may be NULL. */
int print_all_lines(const struct session *session, const struct plan *plan, const struct password_source *passwords);

/* The server of PLAN called NAME; NULL: there is none, which was said with what may have been meant. */
const struct server *named_server(const struct session *session, const struct plan *plan, const char *name);

/* The flow called NAME; NULL: there is none, which was said with what may have been meant. */
const struct flow *find_product(const struct session *session, const char *name);

#endif
