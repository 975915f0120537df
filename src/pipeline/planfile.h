/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The plan file: YAML in by the field tables, one canonical YAML out. Sources: plan_load.c and plan_save.c.
 */
#ifndef SCUPGRADE_PLANFILE_H
#define SCUPGRADE_PLANFILE_H

#include "model/flow.h"
#include "os/platform.h"

#define PLAN_VERSION_KEY "scupgrade"
#define PLAN_VERSION_TEXT "1"

struct plan_source {                        /* what a plan was read from; = {0} when it is new */
	struct file_identity identity;
	bool has_comments;
	struct strbuf text;                 /* canonical form of what was read: to see whether anything changed */
};

enum load_result {
	LOAD_OK,             /* a plan; DIAGS may hold errors about single keys, which then keep their presets */
	LOAD_BAD,            /* not a plan at all; DIAGS says why */
	LOAD_MISSING,        /* no such file; nothing added */
	LOAD_UNREADABLE      /* cannot be read; DIAGS says why */
};

/* Reads PATH ("-": standard input). *PLAN is owned by the caller when LOAD_OK. SOURCE may be NULL; clear it with
 * plan_source_clear. PATH must outlive the plan (places borrow it). */
enum load_result plan_load(const char *path, struct plan **plan, struct plan_source *source, struct diags *diags);
/* The same from memory; NAME is for places. Never LOAD_MISSING. */
enum load_result plan_read(const char *name, const char *bytes, size_t length, struct plan **plan,
			   struct diags *diags);

/* The canonical form: field-table order, presets included, strings in single quotes (double only where the text needs
 * an escape), one line per row. Fields that do not apply or have no value are left out. */
void plan_format(const struct plan *plan, struct strbuf *out);
struct digest plan_digest(const struct plan *plan);         /* of the canonical form */

/* Saves to PATH. Writes nothing when the plan is what SOURCE says was read from there. Keeps the old file as PATH~ when
 * it had comments. SOURCE NULL: a new file; FORCE replaces what is there. On success SOURCE (if any) describes the new
 * file, and *NOTE (may be NULL) gets a sentence worth telling, or "". */
enum save_result plan_save(const struct plan *plan, const char *path, struct plan_source *source, bool force,
			   const char **note, const char **why);
void plan_source_clear(struct plan_source *source);

#endif
