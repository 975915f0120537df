/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The command line: commands and options as tables, from which the parser, the usage and --help come. Prints
 * and reads nothing itself.
 */
#ifndef SCUPGRADE_OPTIONS_H
#define SCUPGRADE_OPTIONS_H

#include "win/winquote.h"

enum command_id {
	COMMAND_WIZARD, COMMAND_CHECK, COMMAND_COMMAND, COMMAND_STEPS, COMMAND_TRACK, COMMAND_MARK, COMMAND_STATUS,
	COMMAND_SET, COMMAND_CONFIRM, COMMAND_ACKNOWLEDGE,
	COMMAND_NEW, COMMAND_FIELDS, COMMAND_FACTS_SCRIPT, COMMAND_COLLECT,
	COMMAND_PATH, COMMAND_NEXT, COMMAND_DIFF, COMMAND_SOURCES,
	COMMAND_RENDER, COMMAND_SCHEMA, COMMAND_DIAGNOSE, COMMAND_COMPLETION, COMMAND_HELP,
	COMMAND_COUNT
};

#define ARGUMENTS_ANY SIZE_MAX

struct command {
	const char *name;               /* "check"; NULL ends the table */
	const char *arguments;          /* "PLAN [SERVER...]"; "" for none. What completes them goes by these
					 * words (complete.c) */
	size_t minimum, maximum;        /* number of arguments */
	const char *summary;            /* for the list of commands, no full stop */
	const char *help;               /* sentences */
	const char *const *examples;    /* without the program's name; NULL-terminated */
};

extern const struct command command_table[];       /* in the order of enum command_id */

/* What argument INDEX is called, in ARENA: "SERVER" for each that "SERVER..." stands for. NULL: the command takes no
 * such argument. */
const char *command_argument(const struct command *command, size_t index, struct arena *arena);

enum option_id {
	OPTION_FORMAT, OPTION_CHECK_FORMAT, OPTION_OUTPUT, OPTION_ALL, OPTION_AFTER, OPTION_QUIET, OPTION_SELECT,
	OPTION_IGNORE, OPTION_ADOPT, OPTION_FORCE, OPTION_ANYWAY, OPTION_STRICT, OPTION_SHELL, OPTION_WAIT,
	OPTION_PASSWORDS, OPTION_PLAIN, OPTION_COLOR, OPTION_ASCII, OPTION_MOUSE, OPTION_LICENSE, OPTION_DRIVE,
	OPTION_SERVER, OPTION_FROM, OPTION_SERVERS,
	OPTION_NOTE, OPTION_AGAINST, OPTION_FACTS, OPTION_PROBE, OPTION_NO_INPUT, OPTION_PLAN, OPTION_STEP,
	OPTION_SETUP_CODE,
	OPTION_EXIT_CODE, OPTION_HELP, OPTION_VERSION,
	OPTION_ID_COUNT
};

struct option_row {
	char letter;                /* 0: none */
	const char *name;           /* not that of another option of one command */
	const char *argument;       /* "FILE", "text|json"; NULL: none */
	unsigned commands;          /* where it does something: bit i is command_table[i] */
	const char *help;           /* sentences; see option_help() */
};

/* What the option of ROW, one of option_table, does with COMMAND. Static. */
const char *option_help(const struct option_row *row, enum command_id command);
extern const struct option_row option_table[];     /* in the order of enum option_id; a row without a name ends it */

enum color_choice { OPTION_COLOR_AUTO, OPTION_COLOR_ALWAYS, OPTION_COLOR_NEVER };

struct options {                        /* what the command line says; the texts are borrowed from it */
	enum command_id command;
	bool command_named;             /* false: the wizard because nothing else was said */
	const char *const *arguments;   /* behind the command's name; NULL-terminated, in the arena */
	size_t argument_count;
	bool json, sarif, github, junit, adopt, against, wait, after;
	bool all, quiet, force, anyway, exit_code, strict, plain, ascii, mouse, no_input;
	enum color_choice color;
	enum shell shell;
	const char *output;             /* -o; NULL: standard output */
	const char *passwords;          /* "ask", "-" or a file; NULL: placeholders */
	const char *license;            /* or NULL */
	const char *server;             /* --server of render; or NULL */
	const char *note;               /* --note; or NULL */
	const char *plan, *step, *setup_code; /* of diagnose; or NULL */
	const char *from, *servers;     /* --from, --servers; or NULL */
	const char *facts, *probe;      /* --facts, --probe; or NULL */
	const char *const *drives;      /* "C=/mnt/c", NULL-terminated, in the arena */
	/* Codes of findings: those that are wanted alone, those that are not; NULL-terminated, in the arena */
	const char *const *select, *const *ignore;
};

enum options_result {
	OPTIONS_RUN,
	OPTIONS_HELP,                   /* of the command when one was named, else of the program */
	OPTIONS_VERSION,
	OPTIONS_WRONG                   /* WHY says what is wrong, one sentence or two, without a line feed */
};

/* Reads ARGV (ARGV[0] is the program and counts for nothing) in GNU style: options anywhere before "--", long ones as
 * --name=value, --name value or any beginning that fits one of the command's alone, short ones in clusters. The last of
 * a repeated option counts; --drive, --select and
 * --ignore add up. "help COMMAND" is "COMMAND --help". */
enum options_result options_parse(struct options *options, int argc, const char *const *argv, struct arena *arena,
				  struct strbuf *why);

/* The text of --help, at most 80 columns: of the whole program, or of one command. */
void options_usage(struct strbuf *out);
void options_command_usage(enum command_id command, struct strbuf *out);

#endif
