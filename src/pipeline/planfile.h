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
	bool has_comments, has_errors;      /* what a saved plan does not keep: answers that could not be read too */
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
/* The same from memory, a NUL behind LENGTH; NAME is for places. Never LOAD_MISSING. */
enum load_result plan_read(const char *name, const char *bytes, size_t length, struct plan **plan,
			   struct diags *diags);

/* Whether the reader's own rules give PLAN back from TEXT, its canonical form, as it is; what is wrong with single
 * answers does not matter. False: DIAGS may say why. */
bool plan_reads_back(const struct plan *plan, const struct strbuf *text, struct diags *diags);

/* The canonical form: field-table order, presets included, strings in single quotes (double only where the text needs
 * an escape), one line per row. Fields that do not apply or have no value are left out. */
void plan_format(const struct plan *plan, struct strbuf *out);
bool plan_formats_as(const struct plan *plan, const struct strbuf *text);   /* whether the canonical form is TEXT */
/* Adds the value in one line, as YAML and JSON both have it once QUOTE has written its texts. Never for rows, ticks and
 * passwords. */
typedef void plan_quote_fn(struct strbuf *out, const char *text);
void plan_put_value(struct strbuf *out, const struct plan *plan, const struct field *field,
		    const struct record *record, plan_quote_fn *quote);
/* Whether the canonical form has FIELD of RECORD: it applies and has a value. */
bool plan_writes(const struct plan *plan, const struct field *field, const struct record *record);
/* Adds a row of FIELD, a FIELD_ROWS, in one line: "{ name: 'MS01', roles: ['management-server'] }". */
void plan_put_row(struct strbuf *out, const struct plan *plan, const struct field *field, const struct record *row);
void plan_quote(struct strbuf *out, const char *text);      /* adds TEXT as the canonical form has it */
struct digest plan_digest(const struct plan *plan);         /* of the canonical form */

struct plan_saving {                        /* = { 0 } but for WAIT and REPLACE */
	const struct lock_wait *wait;       /* for the file's lock; NULL: as platform_save() */
	/* What may be replaced although it is not what SOURCE tells of: FOUND of an earlier try, after somebody said
	 * yes to it. NULL: nothing. Not there any more (EXISTS false): it may be made anew. */
	const struct file_identity *replace;
	struct file_identity found;         /* after SAVE_EXISTS and SAVE_CHANGED: what stands there now */
	const char *note;                   /* after SAVE_OK: a sentence worth telling, or "" */
	const char *why;                    /* else the reason */
};

/* Saves to PATH. SAVE_OK: the disk was looked at and holds the plan. It is not written when it does so already, be it
 * in words of its own (then SOURCE says so) or byte for byte. What is not what SOURCE (exists false: nothing, a new
 * file) tells of is left as it is: SAVE_EXISTS, SAVE_CHANGED. A plan that plan_read() would not give back as it is is
 * not written: SAVE_FAILED. The old file is kept as PATH~ when it had comments or was not what SOURCE tells of. On
 * success SOURCE describes the file. */
enum save_result plan_save(const struct plan *plan, const char *path, struct plan_source *source,
			   struct plan_saving *saving);
void plan_source_clear(struct plan_source *source);

#endif
