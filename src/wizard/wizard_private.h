/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What the wizard's sources share; nobody else includes it.
 *
 * Three kinds of memory: ARENA lives as long as the wizard (paths, a handful of names), DERIVED holds what was worked
 * out from the plan (steps, the table of checks) and goes when the plan changes, as CANONICAL does; JUDGED holds the
 * results of the checks, which stay when answers to them are all that changes. Nothing is worked out before somebody
 * asks for it.
 */
#ifndef SCUPGRADE_WIZARD_PRIVATE_H
#define SCUPGRADE_WIZARD_PRIVATE_H

#include "wizard/wizard.h"

/* Fields of the answers that were set by the user. */
struct typed {
	const struct field **items;
	size_t count, room;
};

/* What was typed and its kind cannot hold. */
struct kept_text {
	const struct record *record;
	const struct field *field;
	struct strbuf text;
};

enum verdict { VERDICT_NONE, VERDICT_OK, VERDICT_BAD };

struct page_mark {
	bool visited;
	enum verdict verdict; /* of the last Next */
};

struct check_table;

struct output_file {
	struct output output;
	const char *own_path;          /* chosen by the user; NULL: beside the plan */
	struct file_identity identity; /* as this wizard wrote it, to notice that somebody changed it since */
	struct file_identity seen;     /* as it was when it was asked whether it may be replaced */
};

struct wizard {
	struct arena *arena;
	struct wizard_options options; /* texts in ARENA */
	const char *user;              /* read once; NULL: not yet */
	const struct lock_wait *wait;  /* wizard_wait's */

	struct plan *plan;
	struct plan *parked; /* of the other product, where it was chosen here before; NULL: none */
	struct plan_source source; /* describes SOURCE_PATH */
	const char *source_path;   /* NULL: nothing was read or saved yet */
	struct strbuf baseline;    /* canonical plan as loaded or saved */
	bool touched;              /* something was set since BASELINE */
	bool changed, changed_known;
	bool resumed; /* the plan comes from a draft */

	size_t page;             /* index in the flow's pages */
	size_t opened;           /* the page where it began */
	struct page_mark *marks; /* one a page of the flow */

	struct kept_text *kept;
	size_t kept_count, kept_room;
	struct arena *texts;        /* what wizard_text gave since the last wizard_set */
	struct typed typed, parked_typed; /* of PLAN, and of PARKED */
	struct passwords *passwords, *repeats;
	bool literal;

	struct facts *facts;         /* as last read; NULL: none */
	struct diags facts_findings; /* borrow from FACTS */
	bool facts_read;
	uint64_t facts_stamp; /* of their folder or file, as it was looked at last by wizard_follow_facts() */
	const char *facts_place; /* the folder beside the plan, as last asked for */

	struct strbuf canonical; /* of the plan as it is */
	bool canonical_known;
	size_t canonical_number; /* which one since the wizard began; 0: none was asked for yet */
	struct arena *derived, *judged, *steps;
	struct check_list checks;
	struct sequence sequence;
	bool checks_known, sequence_known;
	size_t check_tables; /* made so far */
	struct check_table *check_table; /* of CHECKS, by check; NULL: not made yet */
	bool gate_open; /* the last run left nothing open on the page of the checks */
	char checked_at[21];
	struct tracker *tracker; /* borrows from SEQUENCE and the plan: goes with them */
	const char *tracked_path;
	struct diags tracked; /* what opening it found */
	uint64_t plan_stamp; /* of the plan's file as it was looked at last; 0: not yet */
	bool plan_is_there; /* it says what this wizard read or saved */

	struct output_file *outputs;
	size_t output_count;
	const char *plan_path; /* chosen by the user; NULL: made from the answers */
	struct strbuf made_path;
	const char *next_plan; /* of the next hop, as written here; NULL: none was */
	bool allow_replace;
	bool saved_here; /* the plan, by wizard_save */

	bool conflict, may_replace; /* a question is open; the answer was: replace */
	const char *conflict_path;
	struct file_identity conflict_found; /* what stood there when it was put */
	struct strbuf conflict_text;
	bool resumed_older; /* the draft that was resumed knows another file than the one that is there */

	int presence;         /* marks that the plan's file is open here; -1: nothing is marked */
	struct strbuf others; /* who had it open when this wizard began; "" for nobody */

	const char *draft_own, *draft_found; /* paths; NULL: none yet */
	int own_lock, found_lock;
	bool draft_written;
	struct strbuf draft_head; /* of the draft as last written: what stands before the plan, without its time */
	struct strbuf draft_text; /* all of it; kept for its room, which the next one needs too */
	size_t draft_canonical;   /* number of the plan's text in it */
	struct strbuf draft_trouble; /* why the last one was not kept, for a person */

	struct arena *text_arena; /* the text of a page */
	struct arena *intro_arena; /* its introduction */
	bool begun, begun_known;   /* steps are recorded; whether its file was looked at */
	const char *license;      /* read once */
};

/* ---- wizard_state.c ---- */
/* Something of the plan changed: what was worked out is forgotten. */
void wizard_touch(struct wizard *wizard);
/* Nothing but answers to checks changed, those that OF_CHECK says by place in the flow's table. */
void wizard_touch_answers(struct wizard *wizard, const bool of_check[]);
struct arena *wizard_derived(struct wizard *wizard); /* made when it is not there */
/* Puts PLAN (taken over) in the place of the present one; the pages start anew. */
void wizard_replace_plan(struct wizard *wizard, struct plan *plan);
/* The same; the one before is the caller's. */
struct plan *wizard_exchange_plan(struct wizard *wizard, struct plan *plan);
/* As last read, now if they were not; NULL: none. */
const struct facts *wizard_facts(struct wizard *wizard);
void wizard_forget_facts(struct wizard *wizard);
/* Reads them again without the probe; what was worked out is forgotten. */
const struct facts *wizard_reread_facts(struct wizard *wizard);
/* The plan in its canonical form; borrowed till something changes. */
const struct strbuf *wizard_canonical(struct wizard *wizard);
/* It is TEXT: who has made it already says so. */
void wizard_keep_canonical(struct wizard *wizard, const struct strbuf *text);
/* The canonical plan as it is now counts as saved. */
void wizard_set_baseline(struct wizard *wizard);
size_t wizard_flow_page_count(const struct wizard *wizard);
size_t wizard_start_page(struct wizard *wizard);  /* the first page that is there and not answered by the file */
/* Judges the pages before the present one that were passed elsewhere, so that the list of pages shows it. */
void wizard_judge_passed(struct wizard *wizard);
void wizard_start_pages(struct wizard *wizard); /* to the first page that is there, as if nothing had been seen */
void wizard_drop_kept(struct wizard *wizard, struct kept_text *kept);
void wizard_forget_kept(struct wizard *wizard, bool all); /* ALL: those of the answers too, not of rows alone */
void wizard_forget_tracker(struct wizard *wizard);
/* Whether page INDEX of the flow is there now. FRESH: with the checks of the plan as it is, else as they were last
 * known. */
bool wizard_page_applies(struct wizard *wizard, size_t index, bool fresh);
/* Finding at a key of the wizard's own ("files.plan"), without a place. */
void wizard_finding(struct diags *diags, enum severity severity, const char *code, const char *path, const char *hint,
		    const char *format, ...) PRINTF_LIKE(6, 7);

/* ---- wizard_hop.c ---- */
/* Which release runs today, as the facts of a new plan show; it counts as what the plan began with. */
void wizard_answer_release(struct wizard *wizard);
/* A plan that has no name yet takes that of the folder of facts here, PATH, so that they lie beside it from then on;
 * not where a file of that name is there already. */
void wizard_name_after_facts(struct wizard *wizard, const char *path);

/* ---- wizard_fields.c ---- */
/* Findings of one page's texts that their kind cannot hold, and of its passwords. */
bool wizard_check_typed(struct wizard *wizard, const struct page *page, struct diags *diags);

/* Rows of the list ROWS_FIELD were added, moved or taken out by the user. */
void wizard_rows_changed(struct wizard *wizard, const struct field *rows_field);

/* ---- wizard_files.c ---- */
void wizard_outputs_init(struct wizard *wizard);
bool output_is_plan(const struct output *output);
/* To its place as wizard_plan_path says; what was agreed to is used up, a new conflict is kept. */
enum save_result wizard_save_plan(struct wizard *wizard, struct plan_saving *saving);

/* ---- wizard_write.c ---- */
/* Renders and writes what is chosen; all findings in DIAGS. False without one: wizard_conflict has a question. */
bool wizard_write_outputs(struct wizard *wizard, struct diags *diags);

/* ---- wizard_conflict.c ---- */
/* RESULT of saving the plan: what it found is what the question will be about. */
void wizard_keep_conflict(struct wizard *wizard, enum save_result result, const struct plan_saving *saving);

/* ---- wizard_draft.c ---- */
void wizard_drafts_close(struct wizard *wizard);

/* Where PATH, a file or folder on a Windows drive, lies on this computer: into LOCAL. False: it is no such path, or it
 * cannot be reached from here. */
bool wizard_reach(struct wizard *wizard, const char *path, struct strbuf *local, const char **why);

#endif
