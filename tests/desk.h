/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The program at work in a folder of its own, with a fixed clock and user, for tests from the first key to the last.
 */
#ifndef SCUPGRADE_TESTS_DESK_H
#define SCUPGRADE_TESTS_DESK_H

#include "helpers.h"

#include <limits.h>

#include "pty.h"

#define MS SESSION_PATIENCE
#define READY_HINT "The servers in the order of their upgrade;" /* only there is it said */

struct desk {
	char *folder;
	char state_variable[PATH_MAX + 32], home_variable[PATH_MAX + 32];
	const char *environment[8];
};

int desk_set_up(void **state); /* for cmocka: *STATE is a struct desk */
int desk_tear_down(void **state);
#define DESK_TEST(function) cmocka_unit_test_setup_teardown(function, desk_set_up, desk_tear_down)

char *desk_file(const struct desk *desk, const char *name); /* all of it; owned: free it */
/* tests/ui/PLAN.yaml, where everything is answered and vouched for. */
void desk_copy_plan(const struct desk *desk, const char *plan);
/* On a terminal. Standard output goes to the file "stdout" there, standard error to "stderr". VARIABLE: one more for
 * the environment, or NULL. */
struct session *desk_start(struct desk *desk, const char *const *arguments, const char *variable, int rows, int cols);
struct session *desk_wizard(struct desk *desk, const char *plan); /* "wizard PLAN" on 24 rows, 80 columns */
void go_to_second_page(struct session *session); /* from Ready, where a complete plan opens */
/* Without any input, until it ends. Returns its status; what it printed is in "stdout" and "stderr". */
int desk_run(struct desk *desk, const char *const *arguments);
/* The same, and SCRIPT ("ASKED<tab>ANSWER" a line, see dialogue.h) answers what it asks. Fails when that derails. */
int desk_interview(struct desk *desk, const char *const *arguments, const char *script);
void assert_desk_holds(const struct desk *desk, const char *name, const char *part);

void expect_text(struct session *session, const char *text);
void press_key(struct session *session, const char *key, const char *then);
void expect_end(struct session *session, int expected); /* and the terminal is as it was */
/* KEY leads to another page, which is waited for. */
void turn_page(struct session *session, const char *key);
/* Next until PAGE ("Ready To Upgrade") is shown, however many pages there are between. */
void go_to_page(struct session *session, const char *page);
/* The number in "3 of 8", top right. */
int page_number(struct session *session);
/* Tab until the cursor is at the field with LABEL, beside it or below it. */
void go_to_field(struct session *session, const char *label);
void go_to_row(struct session *session, const char *text); /* Down until the cursor is in a row with TEXT */
void add_server(struct session *session, const char *name, const char *role); /* ROLE: a label of the list */
/* From any check on: one note for all that is not known. */
void vouch_for_everything(struct session *session);
/* Operations Manager from the first page to Ready; PASSWORD may be "". */
void answer_operations_manager(struct session *session, const char *password);
/* From Ready: writes the files, leaves the checklist, closes. */
void finish_wizard(struct session *session, int expected);

#endif
