/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What the tests of the wizard and of its plain front end share: a folder of their own, a fixed clock, quick answers. A
 * header, for each of them is a program of its own.
 */
#ifndef SCUPGRADE_TESTS_WIZARD_FIXTURE_H
#define SCUPGRADE_TESTS_WIZARD_FIXTURE_H

#include "helpers.h"

#include "vouched.h"

#include <limits.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "wizard/wizard.h"

#define CANARY "Canary-7f3a-Passw0rd" /* no file may ever hold it */

struct fixture {
	char *folder;
	char *home; /* where the test came from */
};

/* A current folder and a state folder of its own; golden files are found all the same. */
static inline int fixture_set_up(void **state)
{
	struct fixture *fixture = xcalloc(1, sizeof(*fixture));
	char *source = realpath(source_path("."), NULL);
	struct strbuf path = STRBUF_INIT;

	fixture->folder = scratch_folder();
	fixture->home = getcwd(NULL, 0);
	strbuf_printf(&path, "%s/state", fixture->folder);
	setenv("srcdir", source, 1);
	setenv("XDG_STATE_HOME", strbuf_text(&path), 1);
	setenv("SOURCE_DATE_EPOCH", "1795269727", 1);
	setenv("LOGNAME", "anna", 1);
	setenv("TZ", "UTC", 1);
	tzset();
	strbuf_clear(&path);
	free(source);
	*state = fixture;
	return chdir(fixture->folder);
}

static inline int fixture_tear_down(void **state)
{
	struct fixture *fixture = *state;
	int result = chdir(fixture->home);

	scratch_remove(fixture->folder);
	free(fixture->home);
	free(fixture);
	return result;
}

#define WIZARD_TEST(function) cmocka_unit_test_setup_teardown(function, fixture_set_up, fixture_tear_down)

/* A wizard on a new plan of the first flow, or on the file PATH if it is there. */
static inline struct wizard *open_wizard_with(const char *path, struct wizard_options options)
{
	struct plan_source source = { 0 };
	struct diags found = DIAGS_INIT;
	struct plan *plan = NULL;
	struct wizard *wizard;

	if (!path || plan_load(path, &plan, &source, &found) == LOAD_MISSING)
		plan = plan_new(flow_at(0));
	assert_int_equal(found.errors, 0);
	diags_clear(&found);
	options.plan_path = path;
	wizard = wizard_new(plan, &source, &options);
	return wizard;
}

static inline struct wizard *open_wizard(const char *path)
{
	return open_wizard_with(path, (struct wizard_options){ 0 });
}

/* The field with KEY, of the flow or of a page (passwords stand in no plan file). */
static inline const struct field *field_of(struct wizard *wizard, const char *key)
{
	const struct flow *flow = wizard_plan(wizard)->flow;
	const struct field *field = fields_find(flow->fields, key);

	for (const struct page *const *page = flow->pages; *page && !field; page++)
		field = (*page)->fields ? fields_find((*page)->fields, key) : NULL;
	assert_labelled(key, field != NULL);
	return field;
}

/* The page ID, which is there as the plan stands. */
static inline const struct page *page_of(struct wizard *wizard, const char *id)
{
	for (size_t i = 0; i < wizard_page_count(wizard); i++) {
		if (str_eq(wizard_page_at(wizard, i)->id, id))
			return wizard_page_at(wizard, i);
	}
	assert_labelled(id, false);
	return NULL;
}

static inline bool set(struct wizard *wizard, const char *key, const char *text)
{
	return wizard_set(wizard, wizard_record(wizard), field_of(wizard, key), text, NULL);
}

static inline bool add_server(struct wizard *wizard, const char *name, const char *roles, struct diags *diags)
{
	const struct field *servers = wizard_plan(wizard)->flow->servers;
	struct record *row = wizard_row_edit(wizard, servers, SIZE_MAX);

	wizard_set(wizard, row, fields_find(servers->columns, "name"), name, NULL);
	wizard_set(wizard, row, fields_find(servers->columns, "roles"), roles, NULL);
	return wizard_row_accept(wizard, servers, SIZE_MAX, row, diags);
}

/* Next, whose findings must be EXPECTED (as findings_text gives them). */
static inline enum wizard_move next(struct wizard *wizard, const char *label, const char *expected)
{
	struct diags found = DIAGS_INIT;
	enum wizard_move move = wizard_next(wizard, &found);
	char *text = findings_text(&found);

	if (expected)
		assert_text(label, expected, text);
	free(text);
	diags_clear(&found);
	return move;
}

/* Vouches for everything that a program cannot see. */
static inline void answer_all(struct wizard *wizard)
{
	struct diags found = DIAGS_INIT;
	const struct check_list *list = wizard_checks(wizard);

	for (size_t i = 0; i < list->count;) {
		if (!check_is_open(&list->items[i])) {
			i++;
			continue;
		}
		assert_true(vouch_result(wizard, &list->items[i], "CONTOSO\\anna", "seen", true, &found));
		list = wizard_checks(wizard);
		i = 0;
	}
	diags_clear(&found);
}

/* Next until the page PAGE. */
static inline void walk_to(struct wizard *wizard, const char *page)
{
	struct diags found = DIAGS_INIT;

	for (unsigned pages = 0; !str_eq(wizard_page(wizard)->id, page); pages++) {
		assert_labelled(wizard_page(wizard)->id, pages < 20);
		assert_labelled(wizard_page(wizard)->id, wizard_next(wizard, &found) == WIZARD_MOVED);
	}
	diags_clear(&found);
}

/* Records every step as done. */
static inline void mark_all(struct wizard *wizard)
{
	struct diags diags = DIAGS_INIT;
	struct tracker *tracker = wizard_tracker(wizard, &diags);
	const struct sequence *sequence = wizard_sequence(wizard);

	assert_non_null(tracker);
	for (size_t i = 0; i < sequence->count; i++) {
		struct mark_request request = { .step = i, .mark = MARK_DONE, .by = "anna", .note = "",
						.now = "2026-11-21T14:02:07Z" };

		assert_int_equal(tracker_mark(tracker, &request, &diags), MARKED);
	}
	diags_clear(&diags);
}

/* Good answers on every page up to PAGE. */
static inline void fill_up_to(struct wizard *wizard, const char *page)
{
	struct diags found = DIAGS_INIT;

	set(wizard, "management-group", "CONTOSO");
	assert_true(add_server(wizard, "MS01", "management-server", &found));
	assert_true(add_server(wizard, "MS02", "management-server, acs-collector", &found));
	set(wizard, "license-accepted", "yes");
	set(wizard, "accounts.data-access.user", "CONTOSO\\svc-das");
	set(wizard, "accounts.data-reader.user", "CONTOSO\\svc-reader");
	answer_all(wizard);
	walk_to(wizard, page);
	diags_clear(&found);
}

#endif
