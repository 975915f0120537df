/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What the plain front end's sources share; nobody else includes it.
 *
 * Every question goes through prompt_ask(), which knows the words that are good everywhere; every line that is shown
 * goes through prompt_say() and its sisters, which filter and wrap it.
 */
#ifndef SCUPGRADE_PROMPT_PRIVATE_H
#define SCUPGRADE_PROMPT_PRIVATE_H

#include "plain/prompt.h"

/* What a question led to. */
enum reply {
	REPLY_TEXT,  /* an answer, in LINE */
	REPLY_ENTER, /* Enter alone */
	REPLY_BACK,  /* only while a row is edited or in a question of its own: give it up */
	REPLY_MOVED, /* another page, or this one anew */
	REPLY_OVER   /* the session ends: RESULT says how */
};

struct prompt {
	struct wizard *wizard;
	FILE *in, *out;
	unsigned width;
	bool echo, terminal; /* TERMINAL: IN is one */
	bool in_row;         /* back belongs to the row that is edited */
	bool inside;         /* a question inside another one: nothing else begins before it is answered */
	bool starting;       /* an earlier draft stands to be asked about: leaving does not touch it */
	bool leaving;        /* it is asked what becomes of the answers */
	bool own_list;       /* list belongs to the page */
	bool literal;        /* the last answer stood behind "=": it is what it says */
	bool told_no_draft;
	bool told_waiting;   /* since the last answer */
	int signal;
	enum front_result result;
	struct strbuf line;             /* the last answer */
	struct strbuf page_text;        /* of a page with a text, as it was said last */
	/* What was read out already, each part after a LINE FEED: texts of pages, open checks, lines of the review. */
	struct strbuf texts_read, checks_read, review_read;
	struct strbuf steps_read;       /* the ids of the steps whose list was read out last */
	struct diags said;              /* warnings of this page that were said already */
	const struct field *listed[16]; /* whose choices were listed on this page */
	size_t listed_count;
	struct strbuf by; /* who vouched last */
	enum shell shell; /* of the command lines on the Ready page */
};

/* ---- prompt_say.c ---- */
enum { PROMPT_NARROWEST = 20 }; /* columns that lines have at least */
void prompt_put(struct prompt *prompt, const char *text);                           /* TEXT is filtered */
void prompt_say(struct prompt *prompt, const char *format, ...) PRINTF_LIKE(2, 3); /* one paragraph, wrapped */
/* The same with LINE FEEDs between paragraphs, as a text of a page has them. */
void prompt_say_text(struct prompt *prompt, const char *text);
/* One line as it is, never wrapped: a command line is copied. INDENT blanks before it. */
void prompt_say_raw(struct prompt *prompt, unsigned indent, const char *text);
void prompt_say_list_item(struct prompt *prompt, size_t number,
			  const char *text); /* "  3. ..." with a hanging indent */
void prompt_say_findings(struct prompt *prompt, const struct diags *diags);
/* Says once after each answer who has a lock that is waited for. DATA: the prompt; for struct lock_wait. */
bool prompt_say_waiting(const char *holder, void *data);

/* ---- prompt_ask.c ---- */
/* Asks "QUESTION [SHOWN]: " (SHOWN NULL: no brackets). HELP is for "?" and "help"; NULL: the page's. */
enum reply prompt_ask(struct prompt *prompt, const char *question, const char *shown, const char *help);
/* A question inside another one: REPLY_BACK leaves it, and never REPLY_MOVED. HELP alone is for "help" too. */
enum reply prompt_ask_inside(struct prompt *prompt, const char *question, const char *shown, const char *help);
bool prompt_is_word(const char *text); /* one that is good at every question */
/* The last answer, to a question for a text, is a word that hardly anybody means as one, such as "yes" or "none", and
 * would count as what it says: true once that is said; ask again. */
bool prompt_slipped(struct prompt *prompt);
/* The last answer is none of POSSIBLE, "keep, discard, stay": says so; ask again. */
void prompt_say_none_of(struct prompt *prompt, const char *possible);
/* Yes or no, inside; anything else is asked again. *YES is the default and, after REPLY_TEXT, the answer. */
enum reply prompt_ask_yes(struct prompt *prompt, const char *question, bool *yes);
/* REPLY_ENTER: it is empty. A password that equals a word is the word. */
enum reply prompt_ask_secret(struct prompt *prompt, const char *question, const char *help, struct secret *secret);
/* "3" or "3 7" in TEXT; false: it is something else. Numbers from 1. */
bool prompt_numbers(const char *text, size_t *first, size_t *second, size_t *count);
/* TEXT starts with WORD and then a blank or nothing: what follows, without blanks before it; else NULL. */
const char *prompt_after_word(const char *text, const char *word);

/* ---- prompt_leave.c ---- */
/* Next: says the findings, asks what a conflict asks. REPLY_ENTER: it stayed, and DIAGS has why. */
enum reply prompt_next(struct prompt *prompt, struct diags *diags);
enum reply prompt_save(struct prompt *prompt);
enum reply prompt_quit(struct prompt *prompt);
enum reply prompt_gone(struct prompt *prompt, int number); /* nobody answers any more; the signal's number, or 0 */
/* Keeps the draft; says it, once, when that is not possible. */
void prompt_keep_draft(struct prompt *prompt);

/* ---- prompt_form.c ---- */
enum reply prompt_form(struct prompt *prompt); /* the fields of the present page, then Next */

/* ---- prompt_fields.c ---- */
/* A choice of one needs no question, unless something else was chosen in a file. */
bool prompt_is_settled(const struct prompt *prompt, const struct field *field, struct record *record);
enum reply prompt_ask_field(struct prompt *prompt, struct record *record, const struct field *field);
/* The value of FIELD for a person to read: labels, not words of the file. In OUT. */
void prompt_show_value(struct prompt *prompt, struct record *record, const struct field *field, struct strbuf *out);

/* ---- prompt_rows.c ---- */
enum reply prompt_rows(struct prompt *prompt, const struct field *field);

void prompt_say_servers(struct prompt *prompt); /* with their roles and turns, and without numbers to type */

/* ---- prompt_servers.c ---- */
/* Takes lines until an empty one as servers, or a file of them; asks for roles. REPLY_TEXT: the list may have more. */
enum reply prompt_paste(struct prompt *prompt);
enum reply prompt_server_file(struct prompt *prompt, const char *path);
void prompt_fill(struct prompt *prompt, const char *path); /* the plan, from the facts at PATH */
enum reply prompt_offer_facts(struct prompt *prompt);      /* those that lie here, for a plan without servers */

/* ---- prompt_checks.c ---- */
enum reply prompt_checks(struct prompt *prompt);
void prompt_verify(struct prompt *prompt); /* runs the checks again and says what is different */

/* ---- prompt_steps.c ---- */
enum reply prompt_steps(struct prompt *prompt);
void prompt_say_files(struct prompt *prompt); /* those that are written */

/* ---- prompt_pages.c ---- */
enum reply prompt_text_page(struct prompt *prompt);
enum reply prompt_summary(struct prompt *prompt);
enum reply prompt_done(struct prompt *prompt);

#endif
