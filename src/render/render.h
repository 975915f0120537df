/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What is made from a plan: a register of output formats. Every one is a pure function of the plan: the same
 * plan gives the same bytes. None of them ever holds a password; literal lines are made by commands.c alone.
 */
#ifndef SCUPGRADE_RENDER_H
#define SCUPGRADE_RENDER_H

#include "os/platform.h"
#include "pipeline/tracker.h"

/* What an output is made from, all borrowed. */
struct render_input {
	const struct plan *plan;
	const struct sequence *sequence;
	const struct facts *facts;     /* what is known of the servers; NULL: nothing */
	const struct tracker *tracker; /* what was recorded; NULL: nothing */
	const struct server *only;     /* the server that the output is limited to; NULL: all */
	/* Where a large text may go while it grows: takes what is in OUT when that is much. NULL: OUT keeps it all. */
	void (*hand_out)(const void *to, struct strbuf *out);
	const void *hand_out_to;
};

/* What is in OUT so far will stand: what the output refuses, it has refused, and its findings are all there. */
void render_hand_out(const struct render_input *input, struct strbuf *out);

/* What an output is made from, for its head: digests in hex. */
struct render_origin {
	char plan[65];
	char facts[65], record[65]; /* "": made without */
	const char *collected;      /* when the newest of the facts were, in UTC; NULL: not known */
};
struct render_origin render_origin(const struct render_input *input);

/* Whether STEP belongs into an output of INPUT: it is about the server that it is limited to, or done there. */
bool render_is_wanted(const struct render_input *input, const struct step *step);
/* Whether STEP and OTHER, two of one task, run the same; whether they have all but their names in common. What they say
 * alike, they share. */
bool render_runs_alike(const struct step *step, const struct step *other);
bool render_is_like(const struct step *step, const struct step *other);
/* The title of COUNT steps that are like STEP, on other servers: their number stands in the place of its server ("on 3
 * servers", "gateway servers (3)"). In ARENA, or the step's own. */
const char *render_group_title(struct arena *arena, const struct step *step, size_t count);
/* How many minutes the plan gives STEP; 0: it does not say. */
unsigned render_minutes(const struct render_input *input, const struct step *step);
/* Where script and playbook do and record the steps that belong to no computer: on the first server that a command
 * changes. NULL: there is none. */
const char *render_lead(const struct sequence *sequence);
#define BYTE_ORDER_MARK "\xEF\xBB\xBF"
/* TEXT with CR LF at the end of each line, the last one included. */
void render_crlf(struct strbuf *out, const char *text);
/* TEXT for a comment of a script: only what no shell looks at; anything else is "_". */
void render_label(struct strbuf *out, const char *text);

struct renderer {
	const char *name;   /* "commands"; NULL ends the table */
	const char *suffix; /* of the file the wizard offers: ".commands.txt" */
	const char *label;  /* "command lines" */
	bool chosen;        /* ticked on the Ready page at first */
	bool recorded;      /* it tells what was recorded */
	bool run;           /* it is made to be run on servers, as all folders are */
	bool (*render)(const struct render_input *input, struct strbuf *out, struct diags *diags);
};

extern const struct renderer renderers[];
const struct renderer *renderer_find(const char *name);

/* What a format that is a folder consists of. Names are relative, with "/" between folders; they are made of program
 * constants alone, in a-z, 0-9, dots, hyphens and underscores ("README.md" is the exception), and each stands once. */
struct render_file {
	char *name; /* owned by the folder */
	struct strbuf text;
};

struct render_folder {
	struct render_file *items;
	size_t count, room;
	/* Whether NAME, which is none of ITEMS, was one for another plan: it must not stay beside them. NULL: never. */
	bool (*is_former)(const char *name, const void *data);
	const void *former_data;
};

#define RENDER_FOLDER_INIT { NULL, 0, 0, NULL, NULL }

/* An empty file; the text is valid until the next file is added. Dies on a name that is not as above. */
struct strbuf *render_folder_add(struct render_folder *folder, const char *name);
void render_folder_clear(struct render_folder *folder);

struct folder_renderer {
	const char *name;  /* "ansible"; NULL ends the table */
	const char *label; /* "Ansible playbook" */
	const char *limited; /* how it is limited to one server instead; NULL: it heeds render_input.only */
	/* False: errors were added, and FOLDER is as it was. */
	bool (*render)(const struct render_input *input, struct render_folder *folder, struct diags *diags);
};

extern const struct folder_renderer folder_renderers[];

/* Writes FOLDER to PATH, whole or not at all, with platform_save_folder's results: SAVE_EXISTS without FORCE when files
 * of such a folder are there. With FORCE those of an earlier plan that are none of this one's go; what this program
 * did not make is never replaced, and *WHY names it. WAIT as in platform_save_folder. */
enum save_result render_folder_save(struct render_folder *folder, const char *path, bool force,
				    const struct lock_wait *wait, const char **why);
/* One digest for all of it: of the names and texts in their order. */
struct digest render_folder_digest(const struct render_folder *folder);
const struct folder_renderer *folder_renderer_find(const char *name);

/* The lines of "command": for ONLY (NULL: every server) each step that has words, as one line for SHELL, in order. With
 * ONLY NULL each is preceded by a comment line that names server and step; so are steps that have no command
 * line, and a phase in which no step has one is a single comment.
 * WAIT: each as render_waiting_line() has it. PASSWORDS may be NULL. False: a line was refused; nothing was added to
 * OUT. */
bool render_commands(const struct plan *plan, const struct sequence *sequence, const struct server *only,
		     enum shell shell, bool wait, const struct password_source *passwords, struct strbuf *out,
		     struct diags *diags);
/* The line of one step. */
bool render_step_line(const struct plan *plan, const struct step *step, enum shell shell,
		      const struct password_source *passwords, struct strbuf *out, struct diags *diags);
/* The same so that the prompt waits for the program's end and shows its exit code: one line of PowerShell, two of cmd,
 * where an & would read the code before there is one. Never for SHELL_ARGV. */
bool render_waiting_line(const struct plan *plan, const struct step *step, enum shell shell,
			 const struct password_source *passwords, struct strbuf *out, struct diags *diags);
/* One script for all servers: UTF-8 with its mark, CR LF. Sources: render_powershell*.c. */
bool render_powershell(const struct render_input *input, struct strbuf *out, struct diags *diags);
/* Playbook, inventory, variables, and the files of the steps. Sources: render_ansible*.c. */
bool render_ansible(const struct render_input *input, struct render_folder *folder, struct diags *diags);

/* The steps as rows for a spreadsheet: RFC 4180, UTF-8 with its mark, with what was recorded. */
bool render_csv(const struct render_input *input, struct strbuf *out, struct diags *diags);
/* A file for each step that is SQL; for each server with command lines a .cmd and a .ps1 that wait and tell the exit
 * code. Source: render_files.c. */
bool render_sql(const struct render_input *input, struct render_folder *folder, struct diags *diags);
bool render_command_files(const struct render_input *input, struct render_folder *folder, struct diags *diags);

/* The runbook as plain text, GitHub's Markdown, one HTML file that needs nothing else. Sources: render_text.c and so
 * on; what they say is decided in render_runbook.c. */
bool render_text(const struct render_input *input, struct strbuf *out, struct diags *diags);
bool render_markdown(const struct render_input *input, struct strbuf *out, struct diags *diags);
bool render_html(const struct render_input *input, struct strbuf *out, struct diags *diags);
/* Plan, prerequisites and steps as one JSON object; the steps as a graph for Graphviz. */
bool render_json(const struct render_input *input, struct strbuf *out, struct diags *diags);
bool render_dot(const struct render_input *input, struct strbuf *out, struct diags *diags);

#endif
