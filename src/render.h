/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What is made from a plan: a register of output formats. Layer 3. Every one is a pure function of the plan: the same
 * plan gives the same bytes. None of them ever holds a password; literal lines are made by commands.c alone.
 */
#ifndef SCUPGRADE_RENDER_H
#define SCUPGRADE_RENDER_H

#include "sequence.h"

struct renderer {
	const char *name;   /* "commands"; NULL ends the table */
	const char *suffix; /* of the file the wizard offers: ".commands.txt" */
	const char *label;  /* "command lines" */
	bool chosen;        /* ticked on the Ready page at first */
	bool (*render)(const struct plan *plan, const struct sequence *sequence, struct strbuf *out,
		       struct diags *diags);
};

extern const struct renderer renderers[];
const struct renderer *renderer_find(const char *name);

/* The lines of "command": for ONLY (NULL: every server) each step that has words, as one line for SHELL, in order. With
 * ONLY NULL each is preceded by a comment line that names server and step; so are steps that have no command
 * line, and a phase in which no step has one is a single comment.
 * PASSWORDS may be NULL. False: a line was refused; nothing was added to OUT. */
bool render_commands(const struct plan *plan, const struct sequence *sequence, const struct server *only,
		     enum shell shell, const struct password_source *passwords, struct strbuf *out,
		     struct diags *diags);
/* The line of one step. */
bool render_step_line(const struct plan *plan, const struct step *step, enum shell shell,
		      const struct password_source *passwords, struct strbuf *out, struct diags *diags);

#endif
