/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * A stage on which the full-screen front end plays a script with the small flow.
 */
#ifndef SCUPGRADE_TESTS_STAGE_H
#define SCUPGRADE_TESTS_STAGE_H

#include "helpers.h"
#include "small_flow.h"
#include "ui/loop.h"
#include "ui/script.h"

struct stage {
	char *folder; /* scratch: state, files, the drive C: */
	struct flow flow;
	const struct page *pages[9];
	struct wizard *wizard;
	struct strbuf out; /* what the script dumped */
	int rows, columns;
	bool ascii;
	enum front_result result;
};

int stage_set_up(void **state); /* for cmocka: *STATE is a struct stage, 24 rows and 80 columns */
int stage_tear_down(void **state);
/* A wizard over these pages (NULL-terminated); its plan has one server MS01 and a name. */
void stage_open(struct stage *stage, const struct page *const *pages);
/* Plays KEYS (see script.h) on a new screen. Returns what was dumped; stays until the next call. */
const char *stage_play(struct stage *stage, const char *keys);
void stage_set(struct stage *stage, const struct field *const *fields, const char *key, const char *value);
const char *stage_value(struct stage *stage, const struct page *page, const char *key);
void stage_add_servers(struct stage *stage, size_t count);   /* "S00001", ... */
const char *stage_server(struct stage *stage, size_t index); /* its name; NULL behind the last */

/* A click on the last character of TEXT once KEYS were played: KEYS and the line for the click, to be played. Borrowed
 * until the next call. */
const char *stage_click(struct stage *stage, const char *keys, const char *text);

void assert_shows(const char *screen, const char *text);
void assert_hides(const char *screen, const char *text);
const char *last_screen(const char *dumps); /* from its title line on */
/* The cursor of the last dump (one with roles and cursor) is on the row that has TEXT. */
void assert_cursor_on(const char *screen, const char *text);

#endif
