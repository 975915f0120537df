/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The runbook without its form: what is said in which order, for the formats that a person reads. A format is
 * a table of functions; it escapes what it is given for its target and decides nothing about the contents.
 */
#ifndef SCUPGRADE_RENDER_RUNBOOK_H
#define SCUPGRADE_RENDER_RUNBOOK_H

#include <limits.h>

#include "pipeline/planfile.h"
#include "render/render.h"

struct runbook_phase {
	const char *name;
	size_t first, count; /* steps of the sequence; FIRST counts from 0 */
};

struct runbook_task {
	size_t first, count; /* its steps; COUNT 0: it has none */
};

/* Steps that are described once. */
struct runbook_group {
	size_t first, count;  /* COUNT from FIRST on are equal but for their servers */
	const char *line;     /* the command line; NULL: it has none */
	bool powershell;      /* a Command Prompt cannot carry it */
};

struct runbook {
	const struct render_input *input;
	const struct plan *plan;
	const struct sequence *sequence;
	struct strbuf *out;
	struct arena *arena;   /* of this rendering */
	struct arena *scratch; /* of one row or step: it is emptied before the next */
	struct strbuf line;    /* of the format, for what it joins before it breaks it into lines */
	const char *title;   /* "Operations Manager 2012 R2 -> 2016", with the arrow */
	const char *upgrade; /* "operations-manager CONTOSO, 2012-r2 to 2016" */
	const char *made_by; /* "scupgrade 1.2.3" */
	struct render_origin origin;
	const char *facts; /* "DIGEST, the newest collected at 2026-11-21T14:02:07Z"; NULL: without facts */
	const struct runbook_phase *phases;
	size_t phase_count;
	const struct runbook_group *groups;
	size_t group_count;
	const struct runbook_task *tasks; /* as in the flow's table */
	size_t uncertain;                 /* steps that no document confirms */
};

enum { RUNBOOK_COLUMNS_MOST = 5 };

struct runbook_table {
	const char *caption; /* what it lists, for those who cannot see it */
	const char *const *headings;
	size_t columns;
	const char **cells; /* COLUMNS of each row; never NULL, "" for none */
	/* Where there are many rows: the cells of one, in the scratch arena. NULL: CELLS has them. */
	void (*fill)(struct runbook *book, size_t row, const char **cells);
	size_t rows;
	unsigned values;      /* bit i: column i holds what somebody wrote into the plan, not words of ours */
	const char **classes; /* one a row, "passed", "failed", ...; NULL: none */
};

/* A table as a format gets it: without the columns in which nothing stands. */
struct runbook_grid {
	const struct runbook_table *table; /* for caption, rows and classes */
	const char *headings[RUNBOOK_COLUMNS_MOST];
	size_t columns;
	unsigned values;                         /* as in the table */
	size_t places[RUNBOOK_COLUMNS_MOST];     /* of its columns in the table */
};

enum runbook_form { RUNBOOK_PROSE, RUNBOOK_CODE, RUNBOOK_STEPS };

struct runbook_link {
	size_t number; /* of the first step that is meant, from 1 */
	const char *text;
};

struct runbook_part {
	enum runbook_form form;
	const char *label;                /* "Run", "Verify" */
	const char *text;                 /* PROSE, CODE */
	const char *language;             /* CODE: as fenced blocks name it */
	const struct runbook_link *links; /* STEPS */
	size_t link_count;
	size_t more; /* STEPS: links that were left out */
};

#define RUNBOOK_PARTS_MAX 10u

struct runbook_step {
	const struct step *step;
	size_t number;     /* from 1 */
	size_t count;      /* this one and so many less one behind it are equal but for their servers */
	const char *title;
	const char *where; /* computer; NULL: not about one */
	const char *kind;  /* "Command line", "By hand" */
	struct runbook_part parts[RUNBOOK_PARTS_MAX];
	size_t part_count;
	const char *source;
	bool uncertain; /* its source says so */
};

/* One format. Each function adds to BOOK->out. */
struct runbook_writer {
	void (*open)(struct runbook *book);
	void (*section)(struct runbook *book, const char *id, const char *title); /* ends the one before */
	void (*text)(struct runbook *book, const char *text);
	void (*table)(struct runbook *book, const struct runbook_grid *grid);
	void (*drawing)(struct runbook *book); /* of the order; NULL: the format has none */
	void (*phase)(struct runbook *book, const struct runbook_phase *phase);
	void (*step)(struct runbook *book, const struct runbook_step *step);
	void (*sign_off)(struct runbook *book, const char *const *roles); /* NULL-terminated */
	void (*close)(struct runbook *book);
};

/* The whole runbook to OUT, which is handed out as it grows. False: a command line could not be written in any form;
 * OUT is as it was. */
bool render_runbook(const struct runbook_writer *writer, const struct render_input *input, struct strbuf *out,
		    struct diags *diags);

/* Its parts: render_runbook_steps.c, render_runbook_checks.c, render_runbook_board.c. */

/* Groups the steps and makes their command lines, before anything is written. False: one was refused, as DIAGS says. */
bool runbook_group_steps(struct runbook *book, struct diags *diags);
void runbook_write_steps(const struct runbook_writer *writer, struct runbook *book);
void runbook_write_checks(const struct runbook_writer *writer, struct runbook *book);
void runbook_write_decisions(const struct runbook_writer *writer, struct runbook *book);
/* Whether the product's plans have the data of a change, which the runbook shows first. */
bool runbook_has_change(const struct runbook *book);
void runbook_write_exit_codes(const struct runbook_writer *writer, struct runbook *book);
void runbook_write_failures(const struct runbook_writer *writer, struct runbook *book);
void runbook_write_back_out(const struct runbook_writer *writer, struct runbook *book);
/* render_runbook_road.c: the hops that follow on the road to the plan's goal; nothing where there are none. */
void runbook_write_road(const struct runbook_writer *writer, struct runbook *book);

/* A table with room for ROWS, all cells empty; its rows are counted by who fills them. */
struct runbook_table runbook_table(const struct runbook *book, const char *caption, const char *const *headings,
				   size_t columns, size_t rows);
void runbook_write_table(const struct runbook_writer *writer, struct runbook *book, const struct runbook_table *table);
/* For formats: the cells of ROW, in order, until the next row is asked for; what was written before is handed out. */
void runbook_row(struct runbook *book, const struct runbook_grid *grid, size_t row, const char **cells);
/* The same for the rows to sign of a step on many servers: the name of the server INDEX. */
const char *runbook_signer(struct runbook *book, const struct runbook_step *step, size_t index);

/* The steps of the task ID; NULL: there are none. */
const struct runbook_task *runbook_find_task(const struct runbook *book, const char *id);

/* ---- texts: render_runbook_text.c ---- */

/* What TEXT holds, in ARENA; it is cleared. */
const char *runbook_keep(struct arena *arena, struct strbuf *text);
/* "steps 1 to 14", for a phase. In ARENA. */
const char *runbook_range(struct arena *arena, size_t first, size_t last);
/* In the scratch arena of BOOK: "21" or "21 to 40"; "upgrade-agent@APP01" or "upgrade-agent@SERVER". */
const char *runbook_numbers(const struct runbook *book, const struct runbook_step *step);
const char *runbook_id(const struct runbook *book, const struct runbook_step *step);

/* The lines of TEXT without blanks at their ends and without empty ones at its end; it has one at least. */
struct runbook_lines {
	const char *at, *end; /* AT NULL: there are no more */
};
struct runbook_lines runbook_lines(const char *text);
bool runbook_next_line(struct runbook_lines *lines, const char **line, size_t *length);

/* By character, in what is shown: what stands for it in a format; NULL: itself. */
typedef const char *const runbook_escapes[UCHAR_MAX + 1];
/* LENGTH bytes of TEXT, filtered and escaped. */
void runbook_escape(struct strbuf *out, const char *text, size_t length, runbook_escapes escapes);

/* render_drawing.c: the order of the steps as SVG, a lane for every server or, when there are many, for every role. */
void render_drawing(struct runbook *book);

/* TEXT for HTML and SVG: filtered, and everything escaped that has a meaning there. */
void html_text(struct strbuf *out, const char *text);

#endif
