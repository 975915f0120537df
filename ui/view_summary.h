/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The inside of the Ready page: view_summary.c (what can be focused and done), view_summary_draw.c and the answers in
 * view_summary_lines.c. Nobody else includes it.
 */
#ifndef SCUPGRADE_VIEW_SUMMARY_H
#define SCUPGRADE_VIEW_SUMMARY_H

#include "ui/filter.h"
#include "ui/sheet.h"
#include "ui/view.h"

enum line_kind { LINE_TURNS, LINE_SERVER, LINE_SHELL, LINE_OUTPUT, LINE_LITERAL, LINE_ANSWER, LINE_KIND_COUNT };

#define TURN_AREA ((size_t)1 << 20) /* the argument of a click on the first row of the table; below it: a line */

struct summary_line { /* everything that can have the focus */
	enum line_kind kind;
	const char *label, *value; /* LINE_ANSWER */
	bool is_default;
	const struct page *page; /* LINE_ANSWER: where it is changed */
	size_t index;            /* LINE_OUTPUT */
};

struct turn { /* a server, where its turn comes */
	const struct server *server;
	size_t at;                     /* the step with its last command; without one its last step */
	size_t first, steps, commands; /* its steps: from FIRST in turn_steps on, so many, so many of them commands */
};

struct summary_state {
	struct arena *arena;
	struct summary_line *lines;
	size_t count, room;
	struct listing list;
	struct turn *turns; /* in the order of their turns */
	size_t *turn_steps; /* steps by server */
	size_t turn_count;
	struct listing turns_list;
	struct filter filter; /* of the turns */
	const struct server **servers; /* those with a command line, in order */
	size_t server_count, server;   /* server: SERVER_COUNT means all of them */
	enum shell shell;
	bool typed;           /* a password was typed */
	bool reveal;          /* until the next key */
	struct strbuf line;   /* the command lines of the chosen server, with placeholders */
	struct diags refused; /* why there are none; warnings too */
	enum shell able;      /* a shell that can, when this one cannot; SHELL_COUNT: none */
	int first;            /* scrolling */
	enum action actions[12]; /* as last asked for */
};

/* ---- view_summary_turns.c ---- */
void summary_find_turns(struct view *view);
void summary_ask_filter(struct view *view);
/* What the row of the pointer says of its server, which the table may have cut. There is one. */
void summary_turn_whole(struct view *view, struct strbuf *out);
const char *summary_turn_words(struct view *view, const struct turn *turn, struct arena *arena);
/* The table in RECT of SHEET, whose rows are the most servers that it shows. Returns the next free row. */
int summary_draw_turns(struct view *view, struct sheet *sheet, struct rect rect, bool focused);

void summary_build(struct view *view); /* the lines, from the plan as it is */
void summary_draw(struct view *view, struct canvas *canvas, struct rect body);
const char *summary_server(const struct summary_state *state); /* "MS01", "all servers", "-" */
/* With the passwords that were typed; OUT holds secrets. False: refused. */
bool summary_literal_line(struct view *view, struct strbuf *out);

#endif
