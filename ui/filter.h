/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What "/" leaves of a list of rows. The pointer of the list stays the index of a row; only what is shown and where the
 * keys go is told by the filter. A filter always leaves something: one that nothing fits is none.
 */
#ifndef SCUPGRADE_FILTER_H
#define SCUPGRADE_FILTER_H

#include "ui/sheet.h"

struct filter {
	struct strbuf text; /* empty: all rows are shown */
	size_t *shown;      /* the rows that are, in order */
	size_t count, all;  /* of them; of all rows when that was worked out */
};

typedef bool (*filter_fits)(size_t row, const char *text, void *data);

void filter_clear(struct filter *filter);    /* all rows again */
bool filter_is_on(const struct filter *filter);
/* Works out which of ALL rows fit, anew when there are others than before. FRESH: in any case. */
void filter_update(struct filter *filter, size_t all, filter_fits fits, void *data, bool fresh);
/* What "/" is the same in, whatever list it is for: the question (WHAT is searched: "server"; TEXT has what it is now,
 * and then what was typed; false: Esc), the answer when nothing fits, the line above what is left. Owned by ARENA. */
bool filter_prompt(struct ui *ui, const char *what, struct strbuf *text);
void filter_none(struct ui *ui, const char *what);
const char *filter_title(struct arena *arena, const struct strbuf *text, size_t count, size_t all);
/* Asks for the text, with what it is now, and takes it; says so when nothing fits. */
void filter_ask(struct filter *filter, struct ui *ui, const char *what, size_t all, filter_fits fits, void *data);

/* The rest is as of the last update. */
size_t filter_count(const struct filter *filter, size_t all);             /* rows that are shown */
size_t filter_row(const struct filter *filter, size_t place);             /* the row at a place among those shown */
/* As listing_fit and listing_key do for a plain list; LISTING->first is a place among those shown. */
void filter_fit(const struct filter *filter, struct listing *listing, size_t all, size_t room);
enum view_result filter_key(const struct filter *filter, struct listing *listing, size_t all, const struct key *key);
size_t filter_place(const struct filter *filter, size_t row); /* the other way round; if hidden, of the next one */

#endif
