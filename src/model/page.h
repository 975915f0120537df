/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Pages: the documented setup pages as data. Front ends draw them by kind; no layout numbers stand here.
 */
#ifndef SCUPGRADE_PAGE_H
#define SCUPGRADE_PAGE_H

#include "model/field.h"

enum page_kind {
	PAGE_FORM,           /* fields, rows included */
	PAGE_TEXT,           /* a text to read, then fields */
	PAGE_CHECKS,         /* the prerequisites */
	PAGE_SUMMARY,        /* Ready: all answers, the command lines, the files to write */
	PAGE_STEPS,          /* progress */
	PAGE_DONE,           /* complete */
	PAGE_KIND_COUNT
};

/* Title, intro and help may have slots (table_text). */
struct page {
	const char *id;              /* "location" */
	const char *section;         /* "Getting Started" */
	const char *title;           /* "Select installation location" */
	const char *open_title;      /* instead of TITLE until the record says that every step is done; NULL: never */
	const char *unwritten_title; /* instead of OPEN_TITLE while no file was written */
	const char *rail;            /* short name for the list of pages: "Location" */
	const char *intro;           /* a sentence or two at the top; NULL: none */
	const char *help;            /* what F1 shows: the documented step in our words */
	const char *next_label;      /* NULL: "Next" */
	enum page_kind kind;
	const struct field *const *fields;                     /* NULL-terminated; NULL: none */
	bool (*applies)(const struct scope *scope);            /* NULL: always */
	bool aside;                  /* not on the way: reached from the summary, and back to it */
	bool chooses;                /* it chooses the releases; what follows from them is said below the intro */
	bool after_checks;           /* only there once the prerequisites let one pass */
	const char *text;            /* PAGE_TEXT, PAGE_DONE; with slots (scope.h) */
	const char *(*text_of)(const struct scope *scope); /* instead of text */
};

#endif
