/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The runbook without its form: what is said in which order, for the formats that a person reads. A format is
 * a table of functions; it escapes what it is given for its target and decides nothing about the contents.
 */
#ifndef SCUPGRADE_RENDER_RUNBOOK_H
#define SCUPGRADE_RENDER_RUNBOOK_H

#include "core/wrap.h"
#include "pipeline/planfile.h"
#include "render/render.h"

struct runbook_phase {
	const char *name;
	size_t first, count; /* steps of the sequence; FIRST counts from 0 */
};

struct runbook {
	const struct render_input *input;
	const struct plan *plan;
	const struct sequence *sequence;
	struct strbuf *out;
	struct arena *arena; /* of this rendering */
	const char *title;   /* "Operations Manager 2012 R2 -> 2016", with the arrow */
	const char *upgrade; /* "operations-manager CONTOSO, 2012-r2 to 2016" */
	const char *made_by; /* "scupgrade 1.2.3" */
	struct render_origin origin;
	const char *facts; /* "DIGEST, the newest collected at 2026-11-21T14:02:07Z"; NULL: without facts */
	const struct runbook_phase *phases;
	size_t phase_count;
	bool ok; /* no command line was refused */
};

struct runbook_table {
	const char *caption; /* what it lists, for those who cannot see it */
	const char *const *headings;
	size_t columns;
	const char **cells; /* COLUMNS of each row; never NULL, "" for none */
	size_t rows;
	unsigned values;      /* bit i: column i holds what somebody wrote into the plan, not words of ours */
	const char **classes; /* one a row, "passed", "failed", ...; NULL: none */
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
	void (*table)(struct runbook *book, const struct runbook_table *table);
	void (*drawing)(struct runbook *book); /* of the order; NULL: the format has none */
	void (*phase)(struct runbook *book, const struct runbook_phase *phase);
	void (*step)(struct runbook *book, const struct runbook_step *step);
	void (*sign_off)(struct runbook *book, const char *const *roles); /* NULL-terminated */
	void (*close)(struct runbook *book);
};

/* The whole runbook to OUT. False: a command line could not be written in any form; OUT is as it was. */
bool render_runbook(const struct runbook_writer *writer, const struct render_input *input, struct strbuf *out,
		    struct diags *diags);

/* Its parts: render_runbook_steps.c, render_runbook_board.c. */
void runbook_write_phase(const struct runbook_writer *writer, struct runbook *book, const struct runbook_phase *phase,
			 struct diags *diags);
void runbook_write_decisions(const struct runbook_writer *writer, struct runbook *book);
void runbook_write_exit_codes(const struct runbook_writer *writer, struct runbook *book);
void runbook_write_failures(const struct runbook_writer *writer, struct runbook *book);
void runbook_write_back_out(const struct runbook_writer *writer, struct runbook *book);
/* render_runbook_road.c: the hops that follow on the road to the plan's goal; nothing where there are none. */
void runbook_write_road(const struct runbook_writer *writer, struct runbook *book);

/* A table with room for ROWS, all cells empty; its rows are counted by who fills them. */
struct runbook_table runbook_table(const struct runbook *book, const char *caption, const char *const *headings,
				   size_t columns, size_t rows);
/* Hands TABLE to the format, without the columns in which nothing stands. */
void runbook_write_table(const struct runbook_writer *writer, struct runbook *book, const struct runbook_table *table);
/* What TEXT holds, in ARENA; it is cleared. */
const char *runbook_keep(struct arena *arena, struct strbuf *text);
/* "steps 1 to 14", for a phase. In ARENA. */
const char *runbook_range(struct arena *arena, size_t first, size_t last);

/* In the arena of BOOK: "21" or "21 to 40"; "upgrade-agent@APP01" or "upgrade-agent@SERVER". */
const char *runbook_numbers(const struct runbook *book, const struct runbook_step *step);
const char *runbook_id(const struct runbook *book, const struct runbook_step *step);
/* TEXT without the line feed at its end as lines, in ARENA; a long one stays whole. */
struct lines runbook_lines(struct arena *arena, const char *text);

/* render_drawing.c: the order of the steps as SVG, a lane for every server or, when there are many, for every role. */
void render_drawing(struct runbook *book);

/* TEXT for HTML and SVG: filtered, and everything escaped that has a meaning there. */
void html_text(struct strbuf *out, const char *text);

#endif
