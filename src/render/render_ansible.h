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
	size_t *last;       /* by task: its last step with a text so far, counted from 1 */
	size_t *first;      /* by task: its first step, counted from 1; 0: it has none */
	size_t *next;       /* by step: the next one of its task, counted from 1; 0: it is the last */
	size_t *heads;      /* the first steps of the tasks, as they come */
	size_t head_count;
	bool *needed;       /* by task: steps of other servers wait for it */
	bool (*used)[2];    /* by account: its password stands in a command; for Windows Installer */
	const char *lead;   /* the host of steps that belong to none */
	char digest[65];
};

/* A file that is the same for every plan. */
struct ansible_file {
	const char *name; /* "tasks/step.yml"; NULL ends the table */
	const char *const *lines;
};

extern const struct ansible_file ansible_files[]; /* render_ansible_text.c */
extern const char *const ansible_look[], *const ansible_step[]; /* render_ansible_windows.c: what runs on hosts */
extern const char *const ansible_filter[]; /* render_ansible_filter.c: what decides */
extern const char *const ansible_start[], *const ansible_end[]; /* render_ansible_text.c: the first and the last play */
extern const char *const ansible_readme_start[], *const ansible_readme_asked[], *const ansible_readme_passwords[],
	*const ansible_readme_end[];

/* '...', with everything a user can have typed kept from Jinja: !unsafe '...' when USER. */
void ansible_literal(struct strbuf *out, const char *text, bool user);
/* "upgrade_management_server": of a task or an account's key. */
const char *ansible_name(const struct ansible *ansible, const char *id);
/* The first one is alone, and the others come one at a time. */
bool ansible_is_split(const struct task *task);
/* The host where STEP is done and recorded, as in the PowerShell script. NULL: the plan has no server. */
const char *ansible_host(const struct ansible *ansible, const struct step *step);
/* How a step is done: "command", "script" or, by a person, "manual". */
const char *ansible_kind(const struct step *step);
/* Its failure stops nothing but itself and what needs it. */
bool ansible_fails_alone(const struct ansible *ansible, const struct step *step);
/* A script that is about more than its host, or not always needed: somebody says first whether it runs. */
bool ansible_asks(const struct step *step);
void ansible_head(const struct ansible *ansible, struct strbuf *out); /* "---" and where the file comes from */

void ansible_inventory(struct ansible *ansible, struct strbuf *out); /* render_ansible_hosts.c */
void ansible_variables(struct ansible *ansible, struct strbuf *out);

#endif
