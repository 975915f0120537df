/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Answers for the plain front end that go by what is asked, never by position: a table of exchanges, and one function
 * that finds the answer to the question that stands at the end of the output. A question that nobody expected ends the
 * dialogue as derailed, and whoever talks fails then, before any golden file is looked at or written.
 */
#ifndef SCUPGRADE_TESTS_DIALOGUE_H
#define SCUPGRADE_TESTS_DIALOGUE_H

#include "core/strbuf.h"

/* ASKED is the key of a field ("management-group"), of a column ("servers.name"), or how the question begins ("add,
 * edit"). */
struct exchange {
	const char *asked, *answer;
};

/* LINES come in this order. Between them, what any flow of the register has a field for and LINES does not name is
 * answered with Enter, so that one more field with a default derails nobody; so is "Enter goes on". ALWAYS is for
 * questions that may come at any time, as often as they do. After the last of LINES the input ends. */
struct dialogue {
	const struct exchange *lines;
	size_t count;
	const struct exchange *always; /* borrowed, ends with ASKED NULL; or NULL */
	size_t at;                     /* how many of LINES were asked; starts with 0 */
	struct strbuf entered;         /* the question that Enter alone answered just now; dialogue_clear() */
};

enum turn {
	TURN_ANSWER,
	TURN_OVER, /* all was asked: end of input */
	TURN_DERAILED
};

/* The *ANSWER (borrowed, as long as DIALOGUE's tables) to the question at the end of TAIL, which is what was said since
 * the last answer. TURN_DERAILED: WHY tells what was asked instead of what. */
enum turn dialogue_turn(struct dialogue *dialogue, const char *tail, const char **answer, struct strbuf *why);
/* Whether the end of the output came with lines that nobody asked for; WHY names the first. */
bool dialogue_is_cut(const struct dialogue *dialogue, struct strbuf *why);
void dialogue_clear(struct dialogue *dialogue);

#endif
