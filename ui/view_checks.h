/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The inside of the prerequisites page: view_checks.c (focus, answers, the filter) and view_checks_draw.c. Nobody else
 * includes it.
 */
#ifndef SCUPGRADE_VIEW_CHECKS_H
#define SCUPGRADE_VIEW_CHECKS_H

#include "ui/sheet.h"
#include "ui/view.h"

struct checks_state {
	struct listing list;
	struct strbuf filter;       /* empty: everything is shown */
	size_t *shown, shown_count; /* with a filter: indexes of what matches; without: unused, all are shown */
	size_t filtered_count;      /* results when the filter was applied */
	bool stale;                 /* the results may have changed: look the pointer's check up again */
	const struct prereq *at;    /* the check under the pointer and its server, to find it among other results */
	struct strbuf at_server;
	struct strbuf by; /* who answered last */
	struct strbuf help;
};

size_t checks_shown(const struct checks_state *state, const struct check_list *checks);
const struct check_result *check_shown(const struct checks_state *state, const struct check_list *checks, size_t index);
const char *check_server_name(const struct check_result *result); /* "-" for the whole plan */
/* All that is known about RESULT, in lines. */
void check_words(const struct check_result *result, struct strbuf *out);
void checks_draw(struct view *view, const struct check_list *checks, struct canvas *canvas, struct rect body);

#endif
