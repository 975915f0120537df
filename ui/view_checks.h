/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The inside of the prerequisites page: view_checks.c (focus, keys), view_checks_lines.c (what is shown),
 * view_checks_answer.c (answers) and view_checks_draw.c. Nobody else includes it.
 */
#ifndef SCUPGRADE_VIEW_CHECKS_H
#define SCUPGRADE_VIEW_CHECKS_H

#include "ui/sheet.h"
#include "ui/view.h"
#include "wizard/wizard_checks.h"

/* A line of the list: a way to begin, a check, or one of the servers of a check that is open. */
struct check_line {
	const struct check_row *row;       /* NULL: a way to begin */
	const struct check_result *result; /* NULL: not a server's */
	enum beginning beginning;
};

struct checks_state {
	struct listing list;
	struct check_line *lines; /* what is shown, as of TABLE */
	size_t count, room, shown; /* SHOWN: how many checks are among the lines */
	const struct check_table *table;
	size_t number;        /* of TABLE */
	struct strbuf filter; /* empty: everything is shown */
	bool in_names;        /* the filter is found in the name of a server */
	bool *opened;         /* by place in the flow's table: its servers are shown */
	bool stale;           /* the lines have to be made anew */
	/* What the pointer is on, to find it among other lines. */
	const struct prereq *at;
	struct strbuf at_server;
	struct strbuf by; /* who answered last */
	struct strbuf help;
	enum action actions[12]; /* as last asked for */
};

/* ---- view_checks_lines.c ---- */
const struct check_line *checks_fresh(struct view *view); /* the line with the pointer; NULL: there is none */
void checks_clear(struct checks_state *state);
bool *check_opened(struct view *view, const struct check_row *row);
/* Which results of ROW the filter leaves, by their places. Owned: free. */
bool *checks_shown(const struct checks_state *state, const struct check_row *row);
/* RESULT of a server's line, the only one of its row, or NULL. */
const struct check_result *line_result(const struct check_line *line);
void checks_filter(struct view *view, const char *text);
void checks_go_to_open(struct view *view); /* to the next check that is open, from the pointer on */

/* ---- view_checks_answer.c ---- */
void checks_answer(struct view *view);      /* the check under the pointer, for those of its servers that are shown */
void checks_answer_more(struct view *view); /* what is to choose from that */
void checks_withdraw(struct view *view);

/* ---- view_checks_draw.c ---- */
/* All that is known about the line, in sentences. */
void check_words(struct view *view, const struct check_line *line, struct strbuf *out);
void checks_draw(struct view *view, struct canvas *canvas, struct rect body);

#endif
