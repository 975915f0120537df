/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The loop of the full-screen front end on a script, with a real wizard and a page view of its own that stands in for
 * all of them: what is tested is everything around the views.
 */
#ifndef SCUPGRADE_TESTS_UI_FIXTURE_H
#define SCUPGRADE_TESTS_UI_FIXTURE_H

#include "ui/ui.h"
#include "ui/view.h"

struct fixture {
	char *folder;                    /* state folder and plan; the fixture's own */
	struct wizard *wizard;
	struct strbuf out;               /* what the script gave */
	int rows, columns;
	enum front_result result;
	int signal;
};

/* What a letter does while the list of the stand-in view has the focus; set by the test. */
extern void (*fixture_letter)(struct view *view, uint32_t code);

int fixture_set_up(void **state);
int fixture_tear_down(void **state);
/* A wizard that begins again, with whatever drafts the last one left. */
void fixture_restart(struct fixture *fixture);
/* Runs SCRIPT to its end; fails when it has a line that is not understood. Returns the output. */
const char *fixture_run(struct fixture *fixture, const char *script);

#define UI_TEST(function) cmocka_unit_test_setup_teardown(function, fixture_set_up, fixture_tear_down)

#endif
