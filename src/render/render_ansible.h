/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What the sources of the Ansible folder share; included by render_ansible*.c alone.
 */
#ifndef SCUPGRADE_RENDER_ANSIBLE_H
#define SCUPGRADE_RENDER_ANSIBLE_H

#include "render/render.h"

/* Steps that are done host by host: those of a task, and of the tasks that go along with it. One play, or two. */
struct ansible_block {
	size_t first, end; /* of the sequence */
	const struct task *head;
	bool along; /* more than one task */
};

struct ansible {
	const struct plan *plan;
	const struct sequence *sequence;
	struct arena *arena;
	struct render_folder *folder;
	struct diags *diags;
	const char **texts; /* by step: name of the file with its text; NULL: none */
	size_t *previous;   /* by step with a text: the one before of its task, counted from 1; 0: none */
	size_t *last;       /* by task: its last step so far, counted from 1 */
	char digest[65];
};

extern const char *const ansible_build[]; /* render_ansible_text.c: lines of the files in tasks/ */
extern const char *const ansible_required[];
extern const char *const ansible_command[];
extern const char *const ansible_script[];
extern const char *const ansible_confirm[];
extern const char *const ansible_readme_start[], *const ansible_readme_connection[], *const ansible_readme_end[];

/* '...', with everything a user can have typed kept from Jinja: !unsafe '...' when USER. */
void ansible_literal(struct strbuf *out, const char *text, bool user);
/* "upgrade_management_server": of a task or an account's key. */
const char *ansible_name(const struct ansible *ansible, const char *id);
/* The first one is alone, and the others come one at a time. */
bool ansible_is_split(const struct task *task);
/* The host of STEP: its server, where its task says, or NULL for the controller. */
const char *ansible_host(const struct ansible *ansible, const struct step *step);
void ansible_head(const struct ansible *ansible, struct strbuf *out); /* "---" and where the file comes from */

void ansible_inventory(struct ansible *ansible, struct strbuf *out); /* render_ansible_hosts.c */
void ansible_variables(struct ansible *ansible, struct strbuf *out);

#endif
