/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The wizard's drafts: what is kept, where, for whom, and that a broken one does no harm.
 */
#include "wizard_fixture.h"

#include <sys/stat.h>

#define NEW_DRAFT "state/scupgrade/draft-new.yaml"

static bool is_there(const char *path)
{
	return access(path, F_OK) == 0;
}

static bool is_found(struct wizard *wizard, const char *expected)
{
	struct strbuf about = STRBUF_INIT;
	bool found = wizard_draft_found(wizard, &about);

	if (found && expected)
		assert_text("about", expected, strbuf_text(&about));
	strbuf_clear(&about);
	return found;
}

static void test_wizard_draft_save__new_plan__comes_back_with_its_page(void **state)
{
	struct wizard *wizard = open_wizard(NULL);
	const struct field *password = field_of(wizard, "accounts.data-access.password");
	struct diags found = DIAGS_INIT;
	struct stat status;
	char *bytes;

	(void)state;
	fill_up_to(wizard, "accounts");
	secret_set(wizard_secret(wizard, password, 0), CANARY, strlen(CANARY));
	wizard_set_plan_path(wizard, "mine.yaml");
	assert_true(wizard_draft_save(wizard));
	assert_int_equal(stat(NEW_DRAFT, &status), 0);
	assert_int_equal(status.st_mode & 07777, 0600);
	bytes = read_whole_file(NEW_DRAFT, NULL);
	assert_null(strstr(bytes, CANARY));
	assert_true(str_starts(bytes, "# scupgrade draft 1\n# time: 2026-11-21T14:02:07Z\n# plan: /"));
	free(bytes);
	wizard_free(wizard);

	wizard = open_wizard(NULL);
	assert_true(is_found(wizard, "saved 2026-11-21 14:02 UTC on page Accounts"));
	assert_true(wizard_draft_resume(wizard, &found));
	assert_int_equal(found.count, 0);
	assert_string_equal(wizard_page(wizard)->id, "accounts");
	assert_true(wizard_page_visited(wizard, page_of(wizard, "choose")));
	assert_false(wizard_page_visited(wizard, page_of(wizard, "ready")));
	assert_int_equal(plan_server_count(wizard_plan(wizard)), 2);
	assert_string_equal(wizard_origin(wizard, wizard_record(wizard), field_of(wizard, "management-group")),
			    "draft");
	assert_string_equal(wizard_plan_path(wizard), "mine.yaml");
	assert_true(wizard_changed(wizard));
	wizard_draft_remove(wizard);
	assert_false(is_there(NEW_DRAFT));
	wizard_free(wizard);
}

static void test_wizard_draft_save__nothing_to_keep__writes_nothing(void **state)
{
	struct wizard *wizard = open_wizard(NULL);

	(void)state;
	assert_true(wizard_draft_save(wizard));
	assert_string_equal(wizard_draft_path(wizard), "");
	set(wizard, "management-group", "CONTOSO");
	assert_true(wizard_draft_save(wizard));
	assert_true(is_there(NEW_DRAFT));
	set(wizard, "management-group", "");
	assert_true(wizard_draft_save(wizard));
	assert_false(is_there(NEW_DRAFT));
	wizard_free(wizard);
}

static void test_wizard_draft_save__two_wizards__do_not_meet(void **state)
{
	struct wizard *first = open_wizard(NULL), *second, *third;

	(void)state;
	set(first, "management-group", "FIRST");
	assert_true(wizard_draft_save(first));
	second = open_wizard(NULL);
	assert_false(is_found(second, NULL));
	set(second, "management-group", "SECOND");
	assert_true(wizard_draft_save(second));
	assert_non_null(strstr(wizard_draft_path(second), "draft-new-2.yaml"));
	wizard_free(first);
	third = open_wizard(NULL);
	assert_true(is_found(third, "saved 2026-11-21 14:02 UTC on page Upgrade"));
	set(third, "management-group", "THIRD");
	/* The one that was found and not taken up stays for another time. */
	assert_true(wizard_draft_save(third));
	assert_non_null(strstr(wizard_draft_path(third), "draft-new-3.yaml"));
	assert_true(is_there(NEW_DRAFT));
	wizard_free(second);
	wizard_free(third);
}

static void test_wizard_draft_remove__draft_found__gives_it_up(void **state)
{
	struct wizard *wizard = open_wizard(NULL);

	(void)state;
	set(wizard, "management-group", "FIRST");
	wizard_draft_save(wizard);
	wizard_free(wizard);
	wizard = open_wizard(NULL);
	assert_true(is_found(wizard, NULL));
	wizard_draft_remove(wizard);
	assert_false(is_there(NEW_DRAFT));
	set(wizard, "management-group", "SECOND");
	wizard_draft_save(wizard);
	assert_true(is_there(NEW_DRAFT));
	wizard_free(wizard);
}

static void test_wizard_draft_resume__damaged__is_told_and_kept(void **state)
{
	static const struct {
		const char *label, *bytes;
	} cases[] = {
		{ "empty", "" },
		{ "no draft", "scupgrade: 1\nproduct: operations-manager\n" },
		{ "no YAML", "# scupgrade draft 1\n# page: servers\n{ [\n" },
		{ "unknown key",
		  "# scupgrade draft 1\nscupgrade: 1\nproduct: operations-manager\nmanagment-group: X\n" },
		{ "cut off", "# scupgrade draft 1\n# ti" },
		{ "not text", "# scupgrade draft 1\n# time: \xff\xfe\x01\x02 2026-11-21T14:02\nscupgrade: 1\n" },
		{ "other program", "# scupgrade draft 2\nscupgrade: 1\nproduct: operations-manager\n" },
	};

	(void)state;
	assert_int_equal(mkdir("state", 0700), 0);
	assert_int_equal(mkdir("state/scupgrade", 0700), 0);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct wizard *wizard = open_wizard(NULL);
		struct diags found = DIAGS_INIT;
		char *bytes;

		write_whole_file(NEW_DRAFT, cases[i].bytes, strlen(cases[i].bytes));
		assert_labelled(cases[i].label, is_found(wizard, NULL));
		assert_labelled(cases[i].label, !wizard_draft_resume(wizard, &found));
		assert_text(cases[i].label, "draft-damaged", found.items[found.count - 1].code);
		assert_string_equal(wizard_page(wizard)->id, "choose");
		set(wizard, "management-group", "CONTOSO");
		assert_true(wizard_draft_save(wizard));
		bytes = read_whole_file(NEW_DRAFT, NULL);
		assert_text(cases[i].label, cases[i].bytes, bytes);
		free(bytes);
		wizard_draft_remove(wizard);
		wizard_free(wizard);
		diags_clear(&found);
	}
}

/* A page that is not there any more, or unknown: the nearest before it. */
static void test_wizard_draft_resume__page_not_there__stands_before_it(void **state)
{
	static const struct {
		const char *page, *resumed;
	} cases[] = {
		{ "proceed", "prerequisites" }, { "accounts", "accounts" }, { "gone", "choose" }, { "", "choose" }
	};

	(void)state;
	assert_int_equal(mkdir("state", 0700), 0);
	assert_int_equal(mkdir("state/scupgrade", 0700), 0);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct wizard *wizard = open_wizard(NULL);
		struct strbuf text = STRBUF_INIT;
		struct diags found = DIAGS_INIT;

		strbuf_printf(&text,
			      "# scupgrade draft 1\n# page: %s\nscupgrade: 1\nproduct: operations-manager\n"
			      "servers:\n  - { name: MS01, roles: [management-server] }\n",
			      cases[i].page);
		write_whole_file(NEW_DRAFT, strbuf_text(&text), text.length);
		assert_labelled(cases[i].page, wizard_draft_resume(wizard, &found));
		assert_text(cases[i].page, cases[i].resumed, wizard_page(wizard)->id);
		/* What was passed has its ticks: the list of servers is one without a management group. */
		if (str_eq(cases[i].page, "accounts")) {
			assert_int_equal(wizard_page_state(wizard, page_of(wizard, "servers")), PAGE_STATE_BAD);
			assert_int_equal(wizard_page_state(wizard, page_of(wizard, "location")), PAGE_STATE_OK);
		}
		wizard_free(wizard);
		diags_clear(&found);
		strbuf_clear(&text);
	}
}

static void test_wizard_draft_resume__named_plan__knows_that_it_changed(void **state)
{
	static const char plan[] = "scupgrade: 1\nproduct: operations-manager\nmanagement-group: OLD\n";
	struct diags found = DIAGS_INIT;
	struct wizard *wizard;

	(void)state;
	write_whole_file("p.yaml", plan, strlen(plan));
	wizard = open_wizard("p.yaml");
	set(wizard, "management-group", "NEW");
	assert_true(wizard_draft_save(wizard));
	assert_non_null(strstr(wizard_draft_path(wizard), "/draft-"));
	assert_null(strstr(wizard_draft_path(wizard), "draft-new"));
	wizard_free(wizard);

	/* By another way to the same file; not for another file. */
	wizard = open_wizard("./p.yaml");
	assert_true(wizard_draft_resume(wizard, &found));
	assert_int_equal(found.count, 0);
	assert_string_equal(wizard_text(wizard, wizard_record(wizard), field_of(wizard, "management-group")), "NEW");
	assert_string_equal(wizard_plan_path(wizard), "./p.yaml");
	assert_true(wizard_changed(wizard));
	assert_true(wizard_draft_save(wizard));
	wizard_free(wizard);
	wizard = open_wizard("q.yaml");
	assert_false(is_found(wizard, NULL));
	wizard_free(wizard);

	write_whole_file("p.yaml", plan, strlen(plan) - 4);
	write_whole_file("p.yaml", plan, strlen(plan));
	wizard = open_wizard("p.yaml");
	assert_true(wizard_draft_resume(wizard, &found));
	assert_int_equal(found.count, 0);
	wizard_free(wizard);
	write_whole_file("p.yaml", plan, strlen(plan) - 5);
	wizard = open_wizard("p.yaml");
	assert_true(wizard_draft_resume(wizard, &found));
	assert_string_equal(found.items[0].code, "draft-older");
	wizard_free(wizard);
	diags_clear(&found);
}

/* What happened to the file between a draft and its resumption: saving asks, whatever it was. */
static void test_wizard_draft_resume__file_changed_since__saving_asks(void **state)
{
	static const char plan[] = "scupgrade: 1\nproduct: operations-manager\nmanagement-group: OLD\n";
	static const char theirs[] = "scupgrade: 1\nproduct: operations-manager\nmanagement-group: THEIRS\n";
	static const struct {
		const char *label, *before, *after; /* NULL: no file */
		bool named;                         /* on the command line */
		enum wizard_saved saved;
	} cases[] = {
		{ "as it was", plan, plan, true, WIZARD_SAVED },
		{ "changed", plan, theirs, true, WIZARD_CONFLICT },
		{ "removed", plan, NULL, true, WIZARD_CONFLICT },
		{ "still none", NULL, NULL, true, WIZARD_SAVED },
		{ "made", NULL, theirs, true, WIZARD_CONFLICT },
		{ "made, a new plan", NULL, theirs, false, WIZARD_CONFLICT },
		{ "none, a new plan", NULL, NULL, false, WIZARD_SAVED },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const char *path = cases[i].named ? "p.yaml" : NULL;
		struct diags found = DIAGS_INIT;
		struct strbuf note = STRBUF_INIT;
		struct wizard *wizard;

		remove("p.yaml");
		if (cases[i].before)
			write_whole_file("p.yaml", cases[i].before, strlen(cases[i].before));
		wizard = open_wizard(path);
		set(wizard, "management-group", "NEW");
		wizard_set_plan_path(wizard, "p.yaml");
		assert_labelled(cases[i].label, wizard_draft_save(wizard));
		wizard_free(wizard);
		remove("p.yaml");
		if (cases[i].after)
			write_whole_file("p.yaml", cases[i].after, strlen(cases[i].after));
		wizard = open_wizard(path);
		assert_labelled(cases[i].label, wizard_draft_resume(wizard, &found));
		assert_labelled(cases[i].label, found.count == (cases[i].saved == WIZARD_CONFLICT));
		assert_labelled(cases[i].label, wizard_save(wizard, &note) == cases[i].saved);
		/* Kept and resumed once more it is asked again. */
		assert_labelled(cases[i].label, wizard_draft_save(wizard));
		wizard_free(wizard);
		wizard = open_wizard(path);
		if (cases[i].saved == WIZARD_CONFLICT) {
			assert_labelled(cases[i].label, wizard_draft_resume(wizard, &found));
			assert_labelled(cases[i].label, wizard_save(wizard, &note) == WIZARD_CONFLICT);
		}
		wizard_draft_remove(wizard);
		wizard_free(wizard);
		diags_clear(&found);
		strbuf_clear(&note);
	}
}

/* Saved under another name, then lost: the draft goes on with that name. */
static void test_wizard_draft_resume__saved_as_another__stays_there(void **state)
{
	static const char plan[] = "scupgrade: 1\nproduct: operations-manager\nmanagement-group: OLD\n";
	struct strbuf note = STRBUF_INIT;
	struct diags found = DIAGS_INIT;
	struct wizard *wizard;

	(void)state;
	write_whole_file("p.yaml", plan, strlen(plan));
	wizard = open_wizard("p.yaml");
	wizard_set_plan_path(wizard, "q.yaml");
	assert_int_equal(wizard_save(wizard, &note), WIZARD_SAVED);
	set(wizard, "management-group", "NEW");
	assert_true(wizard_draft_save(wizard));
	wizard_free(wizard);
	wizard = open_wizard("p.yaml");
	assert_true(wizard_draft_resume(wizard, &found));
	assert_int_equal(found.count, 0);
	assert_string_equal(wizard_plan_path(wizard), "q.yaml");
	assert_int_equal(wizard_save(wizard, &note), WIZARD_SAVED);
	strbuf_clear(&note);
	wizard_free(wizard);
}

/* Who may write there chooses what is resumed, and where it is saved to. */
static void test_wizard_draft_found__others_may_write__is_not_offered(void **state)
{
	struct wizard *wizard = open_wizard(NULL);

	(void)state;
	set(wizard, "management-group", "CONTOSO");
	assert_true(wizard_draft_save(wizard));
	wizard_free(wizard);
	assert_int_equal(chmod("state/scupgrade", 0770), 0);
	wizard = open_wizard(NULL);
	assert_false(is_found(wizard, NULL));
	set(wizard, "management-group", "CONTOSO");
	assert_false(wizard_draft_save(wizard));
	assert_non_null(strstr(wizard_draft_trouble(wizard), "others may write to"));
	assert_int_equal(chmod("state/scupgrade", 0700), 0);
	assert_int_equal(chmod(NEW_DRAFT, 0606), 0);
	assert_false(is_found(wizard, NULL));
	assert_int_equal(chmod(NEW_DRAFT, 0600), 0);
	assert_true(is_found(wizard, NULL));
	wizard_free(wizard);
}

static void test_wizard_next__finished__removes_the_draft(void **state)
{
	struct wizard *wizard = open_wizard(NULL);

	(void)state;
	fill_up_to(wizard, "ready");
	assert_true(wizard_draft_save(wizard));
	assert_true(is_there(NEW_DRAFT));
	next(wizard, "ready", "");
	/* Everything is in the plan file by now. */
	assert_true(wizard_draft_save(wizard));
	assert_false(is_there(NEW_DRAFT));
	set(wizard, "setup-folder", "D:\\");
	assert_true(wizard_draft_save(wizard));
	assert_true(is_there(NEW_DRAFT));
	next(wizard, "progress", "");
	assert_int_equal(next(wizard, "complete", ""), WIZARD_FINISHED);
	assert_false(is_there(NEW_DRAFT));
	wizard_free(wizard);
}

static void test_wizard_draft_save__no_state_folder__says_no(void **state)
{
	struct wizard *wizard = open_wizard(NULL);
	char *home = getenv("HOME") ? realpath(getenv("HOME"), NULL) : NULL;

	(void)state;
	unsetenv("XDG_STATE_HOME");
	unsetenv("HOME");
	set(wizard, "management-group", "CONTOSO");
	assert_false(wizard_draft_save(wizard));
	assert_non_null(strstr(wizard_draft_trouble(wizard), "neither XDG_STATE_HOME nor HOME"));
	assert_false(is_found(wizard, NULL));
	assert_string_equal(wizard_draft_path(wizard), "");
	wizard_free(wizard);
	if (home)
		setenv("HOME", home, 1);
	free(home);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WIZARD_TEST(test_wizard_draft_save__new_plan__comes_back_with_its_page),
		WIZARD_TEST(test_wizard_draft_save__nothing_to_keep__writes_nothing),
		WIZARD_TEST(test_wizard_draft_save__two_wizards__do_not_meet),
		WIZARD_TEST(test_wizard_draft_remove__draft_found__gives_it_up),
		WIZARD_TEST(test_wizard_draft_resume__damaged__is_told_and_kept),
		WIZARD_TEST(test_wizard_draft_resume__page_not_there__stands_before_it),
		WIZARD_TEST(test_wizard_draft_resume__named_plan__knows_that_it_changed),
		WIZARD_TEST(test_wizard_draft_resume__file_changed_since__saving_asks),
		WIZARD_TEST(test_wizard_draft_resume__saved_as_another__stays_there),
		WIZARD_TEST(test_wizard_draft_found__others_may_write__is_not_offered),
		WIZARD_TEST(test_wizard_next__finished__removes_the_draft),
		WIZARD_TEST(test_wizard_draft_save__no_state_folder__says_no),
	};

	return run_tests(tests);
}
