/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Fields: what can be answered, described once.
 *
 * A static const row says the key, kind, rule, default, label and help of a field and where its value lives in its
 * record. The plan file's reader and writer, validation, both front ends, "new", "fields", the schema and the check of
 * the manual work from these rows alone. Values come in as text through field_store(), whoever brings them, and are
 * judged by field_check().
 */
#ifndef SCUPGRADE_FIELD_H
#define SCUPGRADE_FIELD_H

#include "core/diag.h"
#include "core/yamltree.h"
#include "win/winname.h"

struct plan;
struct scope;

/* The head of everything that holds values: the flow's answers, a server, a confirmation. */
struct record {
	uint32_t node;                   /* from 1, in the plan's tree: where it was read from; 0: not from a file */
	uint32_t position;               /* of a row: where it was inserted last; a hint for plan_report() */
};

struct rows {                            /* records of one kind, in order */
	struct record **items;
	size_t count, room;
};

struct names {                           /* a list of texts */
	const char **items;
	size_t count;
};

enum field_kind {
	FIELD_TEXT,          /* const char *, never empty; NULL: not answered, the preset counts */
	FIELD_NUMBER,        /* unsigned */
	FIELD_FLAG,          /* bool */
	FIELD_CHOICE,        /* int, index into choices */
	FIELD_CHOICES,       /* unsigned, bit i stands for choices[i] */
	FIELD_NAMES,         /* struct names */
	FIELD_ROWS,          /* struct rows of records described by columns */
	FIELD_SECRET,        /* a password: no value here, never in a file; kept by passwords.h by the account's key */
	FIELD_KIND_COUNT
};

struct choice {
	const char *id;               /* word in files; NULL ends the table */
	const char *label;            /* "Management server" */
	const char *brief;            /* for tables: "ACS"; NULL: the label */
	const char *help;             /* a sentence; NULL: none */
};

#define FIELD_REQUIRED   0x01u        /* an error when empty (and it applies) */
#define FIELD_IN_LIST    0x02u        /* a column of the list of its rows */
#define FIELD_SILENT     0x04u        /* only the silent command line needs it, the setup page does not ask */
#define FIELD_FOLDER     0x08u        /* Browse makes sense: a folder on the server */
#define FIELD_HIDDEN_ROW 0x10u        /* rows that no form page shows (confirmed, acknowledged) */
#define FIELD_THIS_HOP   0x20u        /* decided for one hop: the next one's plan begins without it */
#define FIELD_SPARSE     0x40u        /* left out of files while it has its preset */
#define FIELD_FIXED      0x80u        /* says which upgrade it is: stays once a step of it is recorded */

struct field {
	const char *key;              /* within its record: "accounts.data-access.user", "web-site" */
	enum field_kind kind;
	unsigned flags;
	size_t offset;                /* in the record; use AT_... below */
	const char *label;            /* "Data Access Service account" */
	const char *brief;            /* label where room is short: reviews and tables; NULL: the label */
	const char *help;             /* sentences, each ends with a full stop; at most two hint lines of 78 cells */
	const char *preset;           /* documented default, as text; NULL: none */
	/* Instead of preset, when it depends on the plan: a constant or a text of the plan, nothing new. */
	const char *(*preset_of)(const struct scope *scope);
	const char *example;          /* "CONTOSO\svc-das" */
	const struct choice *choices; /* all that a file may say */
	bool (*offers)(const struct scope *scope, const struct choice *choice);     /* a person; NULL: all of them */
	/* Instead of the choice's own help. */
	const char *(*choice_help)(const struct scope *scope, const struct choice *choice);
	uint64_t minimum, maximum;    /* FIELD_NUMBER; of a plan's fields at most UINT32_MAX */
	size_t limit;                 /* FIELD_NAMES and FIELD_ROWS: items in a file; 0: any number */
	const struct field *const *columns;      /* FIELD_ROWS: NULL-terminated */
	size_t record_size;                      /* FIELD_ROWS */
	const char *row_name;                    /* FIELD_ROWS: "server" */
	const char *(*row_note)(const struct scope *scope);
	const char *row_note_label;              /* heading of that last column, "Upgrades" */
	const char *account;          /* FIELD_SECRET: key of the account it belongs to, "accounts.data-access" */
	value_rule_fn *rule;          /* FIELD_TEXT and each of FIELD_NAMES */
	value_tidy_fn *tidy;
	bool (*check)(const struct scope *scope, struct report *to); /* beyond rule */
	bool (*applies)(const struct scope *scope);                  /* NULL: always */
	/* FIELD_ROWS: the record of the scope is over with this hop, and the next one's plan begins without it. */
	bool (*row_ends)(const struct scope *scope);
	const struct field *next_from;     /* the next hop's plan has what this one held; NULL: see FIELD_THIS_HOP */
	const char *source;           /* page or fact it comes from */
};

/* A FIELD_NUMBER without a preset that takes 0, and not this, is this until it is answered: 0 is an answer. */
#define NUMBER_OPEN UINT32_MAX

#define FIELD_NO_MEMBER SIZE_MAX      /* offset of field_product: the value is the plan's flow */

/* Offset of MEMBER, refused by the compiler when its type does not fit the kind. */
#define AT_(type, member, wanted) \
	(offsetof(type, member) + 0 * sizeof(_Generic(&((type *)0)->member, wanted: (char)0)))
#define AT_TEXT(type, member) AT_(type, member, const char **)
#define AT_NUMBER(type, member) AT_(type, member, unsigned *)
#define AT_FLAG(type, member) AT_(type, member, bool *)
#define AT_CHOICE(type, member) AT_(type, member, int *)
#define AT_CHOICES(type, member) AT_(type, member, unsigned *)
#define AT_NAMES(type, member) AT_(type, member, struct names *)
#define AT_ROWS(type, member) AT_(type, member, struct rows *)

/* The one door in: TEXT as typed or read. Tidies it and keeps it when the kind can hold it (a text always can, even one
 * that its rule refuses: field_check says so). False: nothing changed and TO has the error (codes: "number-form",
 * "number-range", "flag-form", "choice-unknown", "product-fixed", "text-long"). "" empties a text, puts others back to
 * their preset. FIELD_CHOICES and FIELD_NAMES take a comma-separated list. Never for FIELD_ROWS and
 * FIELD_SECRET. */
bool field_store(const struct field *field, struct plan *plan, struct record *record, const char *text,
		 struct report *to);
/* The same for one more item of a FIELD_NAMES or FIELD_CHOICES (the plan file's lists). */
bool field_store_item(const struct field *field, struct plan *plan, struct record *record, const char *item,
		      struct report *to);

/* Reads true or false, yes or no. False: TO (may be NULL) has the error "flag-form", *FLAG is as before. */
bool field_parse_flag(const char *text, bool *flag, struct report *to);

/* The same when TEXT lives as long as the plan, in its arena or its tree: borrowed, not copied. */
bool field_store_kept(const struct field *field, struct plan *plan, struct record *record, const char *text,
		      struct report *to);
/* Takes all items out of a FIELD_NAMES or FIELD_CHOICES, presets too. */
void field_empty_list(const struct field *field, struct plan *plan, struct record *record);

/* The value as field_store() would take it, presets included ("yes", "domain", "a, b"); "" when there is none. In ARENA
 * or borrowed from the plan. */
const char *field_text(const struct field *field, const struct plan *plan, const struct record *record,
		       struct arena *arena);
const char *field_preset(const struct field *field, const struct plan *plan);     /* "" for none */
bool field_is_preset(const struct field *field, const struct plan *plan, const struct record *record);
/* No value at all, preset included. A flag and a choice always have one. */
bool field_is_empty(const struct field *field, const struct plan *plan, const struct record *record);
/* The texts of the row as they read for PLAN: borrowed from it or from the row; "" for none. The brief is the label
 * where the row has none. */
const char *field_label(const struct field *field, const struct plan *plan);
const char *field_brief(const struct field *field, const struct plan *plan);
const char *field_help(const struct field *field, const struct plan *plan);
bool field_applies(const struct field *field, const struct plan *plan, const struct record *record);
/* The same for a row of many fields: SCOPE is about its record. */
bool field_applies_in(const struct field *field, const struct scope *scope);
/* What stands in the last column of the list of FIELD, a FIELD_ROWS, at ROW; "" for nothing. */
const char *field_row_note(const struct field *field, const struct plan *plan, const struct record *row,
			   struct arena *arena);

/* Judges the stored value: required, rule, check. False: errors were added. Warnings too are added. */
/* Whether TEXT is free of a word processor's quotation marks at its beginning, WHOLE: around all of it. [quote-form] */
bool field_check_quotes(const char *text, bool whole, struct report *to);
bool field_check(const struct field *field, const struct plan *plan, const struct record *record, struct report *to);

/* Puts every field of the NULL-terminated COLUMNS to its preset in a zeroed RECORD. */
void fields_init(const struct field *const *columns, struct plan *plan, struct record *record);
const struct field *fields_find(const struct field *const *columns, const char *key);

/* The choices that a person can take: the one behind BEFORE, the first behind NULL. NULL: no more. */
const struct choice *field_next_offer(const struct field *field, const struct plan *plan, const struct choice *before);
/* The same by INDEX from 0. */
const struct choice *field_offer(const struct field *field, const struct plan *plan, size_t index);
/* What is said of CHOICE, in ARENA or a constant; NULL: nothing. */
const char *field_choice_help(const struct field *field, const struct plan *plan, const struct choice *choice,
			      struct arena *arena);

/* What a value must look like, for "fields", messages and the manual: "text", "number 1 to 65535", "true or false",
 * "one of: domain, local-system", ... with all that any plan may say. Adds to OUT. */
void field_describe_kind(const struct field *field, struct strbuf *out);

/* Typed access to the member, for generic code. */
const char **field_text_at(const struct field *field, struct record *record);
unsigned *field_number_at(const struct field *field, struct record *record);
bool *field_flag_at(const struct field *field, struct record *record);
int *field_choice_at(const struct field *field, struct record *record);
struct names *field_names_at(const struct field *field, struct record *record);
struct rows *field_rows_at(const struct field *field, struct record *record);
const struct rows *field_rows(const struct field *field, const struct record *record);
const struct names *field_names(const struct field *field, const struct record *record);
const char *field_own_text(const struct field *field, const struct record *record);     /* NULL: the preset counts */
bool field_flag(const struct field *field, const struct record *record);
int field_choice(const struct field *field, const struct record *record);
unsigned field_choices(const struct field *field, const struct record *record);
unsigned field_number(const struct field *field, const struct record *record);

#endif
