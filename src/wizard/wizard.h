/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The wizard without a front end: which page, what was typed, next, back, checks, saving, the draft.
 *
 * It never prints and never reads from a terminal. Rules: Back never validates and loses nothing; Next validates its
 * page; the Ready page validates the whole plan. A page whose condition does not hold is skipped in both directions.
 * What was typed is kept at once (field_store); what the kind of a field cannot hold ("abc" as a number) is kept as
 * text beside the plan.
 */
#ifndef SCUPGRADE_WIZARD_H
#define SCUPGRADE_WIZARD_H

#include "pipeline/collect.h"
#include "pipeline/passwords.h"
#include "pipeline/planfile.h"
#include "pipeline/tracker.h"
#include "pipeline/validate.h"
#include "render/render.h"

/* How a front end ended. */
enum front_result {
	FRONT_FINISHED,    /* everything is written */
	FRONT_LEFT,        /* left without finishing; the draft is kept or was given up */
	FRONT_NO_TERMINAL, /* cannot start; WHY says why */
	FRONT_SIGNAL       /* ended by a signal: number in *SIGNAL; the draft is saved */
};

struct wizard;

struct wizard_options {
	const char *plan_path;     /* PLAN of the command line; NULL: a name is made from the answers */
	const char *license_path;  /* a text file with the license terms, or NULL */
	const char *const *drives; /* "C=/mnt/c", NULL-terminated; or NULL */
	struct collect collect;    /* --facts and --probe; = {0}: none */
	bool track;                /* the progress page alone, of a plan that is finished; no draft is kept */
};

/* Takes over PLAN and SOURCE (may be {0}). Owned: free with wizard_free. */
struct wizard *wizard_new(struct plan *plan, struct plan_source *source, const struct wizard_options *options);
void wizard_free(struct wizard *wizard);
struct plan *wizard_plan(struct wizard *wizard); /* borrowed until the product changes or a draft is resumed */

/* ---- who, and when ---- */
const char *wizard_user(struct wizard *wizard); /* who runs it, for "who" fields; borrowed */
void wizard_now(char text[21]);                 /* "2026-11-21T14:02:07Z" */
void wizard_today(char text[11]);               /* "2026-11-21", where it runs */

/* ---- pages ---- */
enum page_state { PAGE_STATE_AHEAD, PAGE_STATE_SEEN, PAGE_STATE_OK, PAGE_STATE_BAD, PAGE_STATE_CURRENT };
enum wizard_move {
	WIZARD_STAYED, /* findings say why, the first error's path where; or wizard_conflict has a question first */
	WIZARD_MOVED,
	WIZARD_FINISHED /* behind the last page: everything is written */
};

const struct page *wizard_page(const struct wizard *wizard);
size_t wizard_page_count(struct wizard *wizard); /* pages that apply now; one aside only while it is the current one */
size_t wizard_page_index(struct wizard *wizard); /* of the current one among them, from 0 */
const struct page *wizard_page_at(struct wizard *wizard, size_t index);
/* The pages whose answers the summary shows, those aside too; NULL behind the last. */
const struct page *wizard_review_page(struct wizard *wizard, size_t index);
enum page_state wizard_page_state(struct wizard *wizard, const struct page *page);
/* What stands above the page now. The last one is called complete only when the record says so. Borrowed from the
 * plan. */
const char *wizard_page_title(struct wizard *wizard, const struct page *page);
bool wizard_page_visited(const struct wizard *wizard, const struct page *page);

/* What is to be read at its top: its introduction, and of the page that chooses the releases what follows from them.
 * NULL: nothing. Borrowed till the next call. */
const char *wizard_page_intro(struct wizard *wizard, const struct page *page);
/* Its number among the pages on the way, from 1: those that the answers ask for, and the one after the prerequisites
 * before they are met; a page aside has that of the page that leads to it. How many these are; and the page of a
 * number, NULL where none is there now. */
size_t wizard_page_number(const struct wizard *wizard, const struct page *page);
size_t wizard_page_total(const struct wizard *wizard);
const struct page *wizard_page_numbered(struct wizard *wizard, size_t number);
/* Steps of the upgrade are recorded: product and releases cannot change any more. */
bool wizard_is_fixed(struct wizard *wizard);

/* Next: validates this page (and all, on the Ready page, where it also writes the files). DIAGS gets this page's
 * findings, warnings too. */
enum wizard_move wizard_next(struct wizard *wizard, struct diags *diags);
/* Page by page as Next does, up to PAGE: what does not let one pass is where it ends, and DIAGS has why. Never past the
 * Ready page, which writes. */
enum wizard_move wizard_go_on_to(struct wizard *wizard, const struct page *page, struct diags *diags);
bool wizard_back(struct wizard *wizard);                          /* false: this is the first page */
bool wizard_goto(struct wizard *wizard, const struct page *page); /* false: not visited yet, or does not apply */
/* Where a plan that was opened goes on, DIAGS being what was found of it: at the first page with an error; at the
 * checklist once steps are recorded; at the summary when nothing is open. Else it stays where it is. */
void wizard_goto_open(struct wizard *wizard, const struct diags *diags);

/* ---- fields ---- */
/* Keeps TEXT. False: the kind cannot hold it; TEXT is remembered all the same and DIAGS (may be NULL) says why. */
bool wizard_set(struct wizard *wizard, struct record *record, const struct field *field, const char *text,
		struct diags *diags);
/* Its value as text: what was typed, the preset, or "". Borrowed till the next call of wizard_set. */
const char *wizard_text(struct wizard *wizard, struct record *record, const struct field *field);
struct record *wizard_record(struct wizard *wizard); /* the flow's answers: what the fields of a page belong to */
bool wizard_field_applies(struct wizard *wizard, const struct record *record, const struct field *field);
/* Findings of one field, as on leaving it. */
bool wizard_check_field(struct wizard *wizard, struct record *record, const struct field *field, struct diags *diags);
/* Where an answer came from: "default", "plan file", "draft", "you". */
const char *wizard_origin(struct wizard *wizard, const struct record *record, const struct field *field);

/* Passwords: WHICH 0 is the password, 1 its repetition. Borrowed. */
struct secret *wizard_secret(struct wizard *wizard, const struct field *field, int which);
struct passwords *wizard_passwords(struct wizard *wizard);
bool wizard_literal(const struct wizard *wizard); /* put typed passwords into the final line (off at first) */
void wizard_set_literal(struct wizard *wizard, bool literal);

/* ---- rows (servers) ---- */
/* A copy of row INDEX to edit, or a new one (SIZE_MAX); nothing changes until it is accepted. */
struct record *wizard_row_edit(struct wizard *wizard, const struct field *rows_field, size_t index);
/* Puts ROW at INDEX (SIZE_MAX: at the end). False: DIAGS has its errors and nothing changed. */
bool wizard_row_accept(struct wizard *wizard, const struct field *rows_field, size_t index, struct record *row,
		       struct diags *diags);
void wizard_row_remove(struct wizard *wizard, const struct field *rows_field, size_t index);
void wizard_row_move(struct wizard *wizard, const struct field *rows_field, size_t from, size_t to);

/* ---- prerequisites ---- */
const struct check_list *
wizard_checks(struct wizard *wizard); /* of the plan as it is; borrowed till anything changes */
const struct check_list *wizard_recheck(struct wizard *wizard); /* "Verify prerequisites again" */
/* What reading the facts (and the probe) found: stale or broken ones, servers without. Borrowed till the next
 * recheck. */
const struct diags *wizard_facts_findings(const struct wizard *wizard);
/* "2026-11-21 14:02 UTC": of the last run. */
const char *wizard_checked_at(const struct wizard *wizard);
/* Answers are given by wizard_checks.h. */
/* Takes back the notes that count for RESULTS, all about one check. An older one may count then. */
void wizard_withdraw_answers(struct wizard *wizard, const struct check_result *const *results, size_t count);

/* ---- command lines and files ---- */
const struct sequence *wizard_sequence(struct wizard *wizard); /* borrowed till anything changes */
/* The record of the plan where it is saved; opened when it is asked for first, and anew when the plan or its path has
 * changed: borrowed till then. DIAGS (may be NULL) gets what opening found each time, warnings too. NULL: the plan is
 * not saved as it is, or its journal cannot be read. */
struct tracker *wizard_tracker(struct wizard *wizard, struct diags *diags);
/* Reads the facts again when their folder (or file) has changed, or SURELY, and goes on with those that are others:
 * what was borrowed of the steps and their record is gone then, and OUT says so. FOLLOWED_STEPS: other steps, or in
 * other places. */
enum followed { FOLLOWED_NOTHING, FOLLOWED_FACTS, FOLLOWED_STEPS };
enum followed wizard_follow_facts(struct wizard *wizard, bool surely, struct strbuf *out);
/* Somebody changed the plan's file in what it says, or took it away, since it was read or saved here: there is no
 * tracker until it was read again or saved. */
bool wizard_plan_moved(struct wizard *wizard);
/* Reads it again, and goes on with its steps. False: DIAGS says why it cannot be, and all is as it was. */
bool wizard_reread_plan(struct wizard *wizard, struct diags *diags);
/* Adds the command that compares the end state with the plan, in a sentence; nothing where there is none. */
void wizard_proof(struct wizard *wizard, struct strbuf *out);
/* Every step is done or was skipped, by the record; not without one. */
bool wizard_is_complete(struct wizard *wizard);
/* The plan of the next hop beside this one, once every step is settled: whether one follows, and WHAT it is, "2016 to
 * 2019" (may be NULL; borrowed). */
bool wizard_has_next(struct wizard *wizard, const char **what);
/* Writes it, never over a file. NOTE gets sentences. False: it is not written. */
bool wizard_write_next(struct wizard *wizard, struct strbuf *note);
const char *wizard_next_plan(const struct wizard *wizard); /* what that wrote; NULL: nothing */
bool wizard_tracks(const struct wizard *wizard); /* the options ask for tracking alone */
/* What the log at PATH (or the logs of a folder; as typed, pasted or dropped, of this computer or of a Windows drive
 * that can be reached) says about why step number STEP failed: text of at most WIDTH columns, to be shown as it is.
 * False: it cannot be read, and OUT says why. */
bool wizard_diagnose(struct wizard *wizard, size_t step, const char *path, size_t width, struct strbuf *out);
struct output {
	const struct renderer *renderer; /* a file; NULL: a folder or the plan itself */
	const struct folder_renderer *folder; /* a folder; NULL: a file */
	const char *label, *path;
	bool chosen;
	bool written, existed; /* after writing */
	char sha256[65];
};
size_t wizard_output_count(const struct wizard *wizard);
bool wizard_has_written(const struct wizard *wizard); /* any of them */
struct output *wizard_output(struct wizard *wizard, size_t index);
void wizard_set_output_path(struct wizard *wizard, size_t index, const char *path);
/* Files that are there and would be replaced: asked about before Next on the Ready page. Number of them; OUT gets their
 * paths, one a line. */
size_t wizard_would_replace(struct wizard *wizard, struct strbuf *out);
void wizard_allow_replace(struct wizard *wizard, bool allow);

/* ---- plan file and draft ---- */
/* How the plan and the outputs wait for a lock that somebody else has; borrowed. NULL, as at first:
 * LOCK_MILLISECONDS, without telling. */
void wizard_wait(struct wizard *wizard, const struct lock_wait *wait);
const char *wizard_plan_path(struct wizard *wizard); /* borrowed */
void wizard_set_plan_path(struct wizard *wizard, const char *path);
bool wizard_changed(struct wizard *wizard); /* something differs from what was loaded or saved */
bool wizard_is_saved(struct wizard *wizard);        /* it was in the file once, and nothing was changed here since */
bool wizard_saved_here(const struct wizard *wizard); /* wizard_save did so, since the wizard began */
enum wizard_saved {
	WIZARD_SAVED,     /* the disk was looked at and holds the plan; NOTE says as what */
	WIZARD_CONFLICT,  /* the file is not what was read or written here: wizard_conflict asks; NOTE is as it was */
	WIZARD_NOT_SAVED  /* NOTE says why */
};
/* Saves the plan now (F6), valid or not. NOTE gets sentences. */
enum wizard_saved wizard_save(struct wizard *wizard, struct strbuf *note);

/* ---- a file that somebody else changed: wizard_conflict.c ---- */
/* Adds what there is to say when another wizard had the plan open already. False: nobody had. */
bool wizard_others(const struct wizard *wizard, struct strbuf *out);
enum conflict_answer { CONFLICT_REPLACE, CONFLICT_LEAVE, CONFLICT_SAVE_AS, CONFLICT_ANSWER_COUNT };
struct conflict_choice {
	const char *label, *word; /* on a button; typed */
};
extern const struct conflict_choice conflict_choices[CONFLICT_ANSWER_COUNT];
/* The question that wizard_save or wizard_next left open: what happened to the file and what the three answers do;
 * NULL: none. Borrowed till the next save. Front ends ask it, answer it and do the same again (not after LEAVE). */
const char *wizard_conflict(const struct wizard *wizard);
/* PATH is the new name of the plan for SAVE_AS. REPLACE is about what stood there when it was asked, and no more. */
void wizard_answer_conflict(struct wizard *wizard, enum conflict_answer answer, const char *path);

/* A draft is the plan and the page, without passwords, under the state folder, mode 0600. */
bool wizard_draft_save(struct wizard *wizard); /* false: could not be written; wizard_draft_trouble says why */
/* "No draft can be kept: ... Leaving now loses what is not saved; ..." after a false; borrowed till the next one. */
const char *wizard_draft_trouble(struct wizard *wizard);
/* Gives up the draft of this session; right after wizard_draft_found: the one that it told of. */
void wizard_draft_remove(struct wizard *wizard);
/* Neither resumed nor removed: the draft that was found stays for another session. Moving to another page says so too.
 */
void wizard_draft_leave(struct wizard *wizard);
/* True when a draft of an earlier session for this plan (or for a new one) is there. ABOUT gets "saved 2026-11-21 14:02
 * on page Location". */
bool wizard_draft_found(struct wizard *wizard, struct strbuf *about);
/* False: DIAGS says what is wrong with it; it is kept, and the wizard stays as it was. */
bool wizard_draft_resume(struct wizard *wizard, struct diags *diags);
const char *wizard_draft_path(struct wizard *wizard); /* of the draft that is kept; borrowed; "" when there is none */

/* ---- license terms, folders ---- */
const char *wizard_page_text(struct wizard *wizard, const struct page *page); /* PAGE_TEXT and PAGE_DONE; borrowed */
/* Folders below the Windows folder PATH ("" lists the drives): the real ones where the drive is reachable, else those
 * that the facts of a server name. Calls EACH. False: WHY says why there are none. */
bool wizard_list_folders(struct wizard *wizard, const char *path, void (*each)(const char *name, void *data),
			 void *data, const char **why);

#endif
