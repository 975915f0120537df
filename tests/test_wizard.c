/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The wizard without a front end: pages, fields, rows, prerequisites, passwords.
 */
#include "wizard_fixture.h"

#include "vouched.h"
#include "wizard/wizard_servers.h"

#include <sys/stat.h>

/* ---- pages ---- */

static void test_wizard_next__empty_page__stays_and_says_why(void **state)
{
	struct wizard *wizard = open_wizard(NULL);

	(void)state;
	assert_string_equal(wizard_page(wizard)->id, "choose");
	assert_int_equal(wizard_page_index(wizard), 0);
	assert_int_equal(next(wizard, "choose", ""), WIZARD_MOVED);
	assert_int_equal(wizard_page_index(wizard), 1);
	assert_int_equal(next(wizard, "servers", "error management-group missing\nerror servers missing\n"),
			 WIZARD_STAYED);
	assert_string_equal(wizard_page(wizard)->id, "servers");
	wizard_free(wizard);
}

static void test_wizard_page_state__way_through__follows(void **state)
{
	struct wizard *wizard = open_wizard(NULL);
	const struct page *first = wizard_page_at(wizard, 0), *second = wizard_page_at(wizard, 1);

	(void)state;
	assert_int_equal(wizard_page_state(wizard, first), PAGE_STATE_CURRENT);
	assert_int_equal(wizard_page_state(wizard, second), PAGE_STATE_AHEAD);
	next(wizard, "choose", "");
	assert_int_equal(wizard_page_state(wizard, first), PAGE_STATE_OK);
	next(wizard, "servers", NULL);
	assert_true(wizard_back(wizard));
	assert_int_equal(wizard_page_state(wizard, second), PAGE_STATE_BAD);
	assert_true(wizard_goto(wizard, second));
	set(wizard, "management-group", "A");
	assert_true(wizard_back(wizard));
	assert_int_equal(wizard_page_state(wizard, second), PAGE_STATE_SEEN);
	wizard_free(wizard);
}

static void test_wizard_back__invalid_page__loses_nothing(void **state)
{
	struct wizard *wizard = open_wizard(NULL);

	(void)state;
	next(wizard, "choose", "");
	assert_true(set(wizard, "management-group", "bad;name"));
	assert_false(set(wizard, "agents.push-installed", "abc"));
	assert_true(wizard_back(wizard));
	assert_false(wizard_back(wizard));
	next(wizard, "choose", "");
	assert_string_equal(wizard_text(wizard, wizard_record(wizard), field_of(wizard, "management-group")),
			    "bad;name");
	assert_string_equal(wizard_text(wizard, wizard_record(wizard), field_of(wizard, "agents.push-installed")),
			    "abc");
	wizard_free(wizard);
}

/* Reached from the summary, and both ways lead back there. */
static void test_wizard_goto__page_aside__leads_back_to_the_summary(void **state)
{
	struct wizard *wizard = open_wizard(NULL);
	const struct page *aside = NULL, *ready;

	(void)state;
	for (size_t i = 0; wizard_review_page(wizard, i); i++)
		aside = wizard_review_page(wizard, i)->aside ? wizard_review_page(wizard, i) : aside;
	assert_non_null(aside);
	for (size_t i = 0; i < wizard_page_count(wizard); i++)
		assert_ptr_not_equal(wizard_page_at(wizard, i), aside);
	assert_false(wizard_goto(wizard, aside));
	fill_up_to(wizard, "ready");
	/* It is no page to be counted on the way, and a number leads to a page there. */
	ready = wizard_page(wizard);
	assert_int_equal(wizard_page_number(wizard, aside), wizard_page_number(wizard, ready));
	assert_ptr_equal(wizard_page_numbered(wizard, wizard_page_number(wizard, ready)), ready);
	assert_int_equal(wizard_page_total(wizard), wizard_page_number(wizard, ready) + 2);
	assert_true(wizard_goto(wizard, aside));
	assert_int_equal(next(wizard, "aside", ""), WIZARD_MOVED);
	assert_string_equal(wizard_page(wizard)->id, "ready");
	assert_true(wizard_goto(wizard, aside));
	set(wizard, "change.start", "2026-12-05 20:00");
	set(wizard, "change.end", "2026-12-05 06:00");
	assert_int_equal(next(wizard, "an end before the start", "error change.end window-order\n"), WIZARD_STAYED);
	assert_true(wizard_back(wizard));
	assert_string_equal(wizard_page(wizard)->id, "ready");
	wizard_free(wizard);
}

static void test_wizard_back__every_page__is_never_refused(void **state)
{
	struct wizard *wizard = open_wizard(NULL);
	size_t backs = 0, last;

	(void)state;
	fill_up_to(wizard, "complete");
	last = wizard_page_index(wizard);
	assert_int_equal(last + 1, wizard_page_count(wizard));
	while (wizard_back(wizard))
		backs++;
	assert_int_equal(backs, last);
	assert_string_equal(wizard_page(wizard)->id, "choose");
	wizard_free(wizard);
}

static void test_wizard_goto__page_not_reached__is_refused(void **state)
{
	struct wizard *wizard = open_wizard(NULL);

	(void)state;
	assert_false(wizard_goto(wizard, page_of(wizard, "location")));
	fill_up_to(wizard, "ready");
	assert_true(wizard_goto(wizard, page_of(wizard, "servers")));
	assert_string_equal(wizard_page(wizard)->id, "servers");
	wizard_free(wizard);
}

static void test_wizard_goto_open__plan_with_errors__finds_the_page(void **state)
{
	struct wizard *wizard = open_wizard(NULL);
	struct diags found = DIAGS_INIT;

	(void)state;
	set(wizard, "management-group", "CONTOSO");
	assert_true(add_server(wizard, "MS01", "management-server", &found));
	set(wizard, "license-accepted", "yes");
	set(wizard, "install-path", "E:\\CON\\x");
	validate_plan(wizard_plan(wizard), &found);
	wizard_goto_open(wizard, &found);
	assert_string_equal(wizard_page(wizard)->id, "location");
	assert_true(wizard_page_visited(wizard, page_of(wizard, "choose")));
	assert_false(wizard_page_visited(wizard, page_of(wizard, "prerequisites")));
	diags_clear(&found);
	wizard_free(wizard);
}

/* The plan of the file of the present folder, opened as the program does. */
static struct wizard *open_file(const char *path)
{
	struct plan_source source = { 0 };
	struct diags found = DIAGS_INIT;
	struct plan *plan = NULL;
	struct wizard *wizard;

	assert_int_equal(plan_load(path, &plan, &source, &found), LOAD_OK);
	validate_plan(plan, &found);
	wizard = wizard_new(plan, &source, &(struct wizard_options){ .plan_path = path });
	wizard_goto_open(wizard, &found);
	diags_clear(&found);
	return wizard;
}

static void test_wizard_goto_open__plan_of_a_file__where_it_goes_on(void **state)
{
	struct wizard *wizard = open_wizard("p.yaml");
	struct diags found = DIAGS_INIT;
	struct strbuf note = STRBUF_INIT;
	struct mark_request request = { .mark = MARK_STARTED, .by = "anna", .note = "", .now = "2026-11-20T10:00:00Z" };

	(void)state;
	set(wizard, "management-group", "CONTOSO");
	assert_true(add_server(wizard, "MS01", "management-server", &found));
	set(wizard, "license-accepted", "yes");
	set(wizard, "accounts.data-access.user", "CONTOSO\\svc-das");
	set(wizard, "accounts.data-reader.user", "CONTOSO\\svc-reader");
	assert_int_equal(wizard_save(wizard, &note), WIZARD_SAVED);
	wizard_free(wizard);
	/* Something is open: where every plan of a file begins. */
	wizard = open_file("p.yaml");
	assert_string_equal(wizard_page(wizard)->id, "servers");
	answer_all(wizard);
	strbuf_reset(&note);
	assert_int_equal(wizard_save(wizard, &note), WIZARD_SAVED);
	wizard_free(wizard);
	/* Nothing is: at its summary, with all before it ticked, and no draft of having looked at it. */
	wizard = open_file("p.yaml");
	assert_string_equal(wizard_page(wizard)->id, "ready");
	assert_int_equal(wizard_page_state(wizard, page_of(wizard, "location")), PAGE_STATE_OK);
	assert_int_equal(wizard_page_state(wizard, page_of(wizard, "prerequisites")), PAGE_STATE_OK);
	assert_true(wizard_draft_save(wizard));
	assert_string_equal(wizard_draft_path(wizard), "");
	assert_int_equal(tracker_mark(wizard_tracker(wizard, NULL), &request, &found), MARKED);
	wizard_free(wizard);
	/* Steps are recorded: at the checklist. The record names this plan, or there would be a warning. */
	wizard = open_file("p.yaml");
	assert_string_equal(wizard_page(wizard)->id, "progress");
	assert_non_null(wizard_tracker(wizard, &found));
	assert_int_equal(found.count, 0);
	wizard_free(wizard);
	diags_clear(&found);
	strbuf_clear(&note);
}

static void test_wizard_set__other_product__has_other_pages(void **state)
{
	struct wizard *wizard = open_wizard(NULL);
	struct diags found = DIAGS_INIT;

	(void)state;
	assert_false(wizard_set(wizard, wizard_record(wizard), &field_product, "orchestrator", &found));
	assert_string_equal(found.items[0].code, "choice-unknown");
	assert_true(set(wizard, "product", "service-management-automation"));
	assert_string_equal(wizard_plan(wizard)->flow->id, "service-management-automation");
	assert_string_equal(wizard_page(wizard)->id, "choose");
	assert_string_equal(wizard_page(wizard)->fields[0]->key, "product");
	next(wizard, "choose", "");
	assert_string_equal(wizard_page(wizard)->title, "Upgrade Service Management Automation");
	diags_clear(&found);
	wizard_free(wizard);
}

/* One arrow too many on the first page costs no answer of any product. */
static void test_wizard_set__other_product_and_back__answers_are_as_they_were(void **state)
{
	struct wizard *wizard = open_wizard(NULL);

	(void)state;
	set(wizard, "management-group", "CONTOSO");
	set(wizard, "product", "service-management-automation");
	set(wizard, "database.server", "SQL01");
	set(wizard, "product", "service-management-automation"); /* the same again changes nothing */
	set(wizard, "product", "operations-manager");
	assert_text("the first one's", "CONTOSO",
		    wizard_text(wizard, wizard_record(wizard), field_of(wizard, "management-group")));
	set(wizard, "product", "service-management-automation");
	assert_text("the other one's", "SQL01",
		    wizard_text(wizard, wizard_record(wizard), field_of(wizard, "database.server")));
	wizard_free(wizard);
}

/* ---- fields ---- */

static void test_wizard_set__kind_cannot_hold_it__is_kept_and_told(void **state)
{
	struct wizard *wizard = open_wizard(NULL);
	const struct field *agents = field_of(wizard, "agents.push-installed");
	struct diags found = DIAGS_INIT;

	(void)state;
	assert_false(wizard_set(wizard, wizard_record(wizard), agents, "many", &found));
	assert_string_equal(found.items[0].code, "number-form");
	assert_string_equal(found.items[0].path, "agents.push-installed");
	assert_false(wizard_check_field(wizard, wizard_record(wizard), agents, &found));
	next(wizard, "choose", "");
	next(wizard, "servers",
	     "error agents.push-installed number-form\nerror management-group missing\n"
	     "error servers missing\n");
	assert_true(wizard_set(wizard, wizard_record(wizard), agents, "12", NULL));
	assert_true(wizard_check_field(wizard, wizard_record(wizard), agents, &found));
	assert_string_equal(wizard_text(wizard, wizard_record(wizard), agents), "12");
	next(wizard, "servers", "error management-group missing\nerror servers missing\n");
	diags_clear(&found);
	wizard_free(wizard);
}

static void test_wizard_origin__value__says_where_it_came_from(void **state)
{
	static const char plan[] = "scupgrade: 1\nproduct: operations-manager\nmanagement-group: CONTOSO\n"
				   "agents: { push-installed: 7 }\n"
				   "servers:\n  - { name: MS01, roles: [management-server] }\n";
	struct diags found = DIAGS_INIT;
	struct wizard *wizard;
	struct record *row;

	(void)state;
	write_whole_file("p.yaml", plan, strlen(plan));
	wizard = open_wizard("p.yaml");
	set(wizard, "setup-folder", "D:\\");
	row = wizard_plan(wizard)->answers->servers.items[0];
	assert_string_equal(wizard_origin(wizard, wizard_record(wizard), field_of(wizard, "management-group")),
			    "plan file");
	assert_string_equal(wizard_origin(wizard, wizard_record(wizard), field_of(wizard, "agents.push-installed")),
			    "plan file");
	assert_string_equal(wizard_origin(wizard, wizard_record(wizard), field_of(wizard, "install-path")), "default");
	assert_string_equal(wizard_origin(wizard, wizard_record(wizard), field_of(wizard, "setup-folder")), "you");
	assert_string_equal(wizard_origin(wizard, row, wizard_plan(wizard)->flow->servers->columns[0]), "plan file");
	assert_true(add_server(wizard, "MS02", "management-server", &found));
	row = wizard_plan(wizard)->answers->servers.items[1];
	assert_string_equal(wizard_origin(wizard, row, wizard_plan(wizard)->flow->servers->columns[0]), "you");
	/* By way of the other product, whose own answers are nobody's yet. */
	set(wizard, "management-group", "FABRIKAM");
	set(wizard, "product", "service-management-automation");
	assert_string_equal(wizard_origin(wizard, wizard_record(wizard), field_of(wizard, "database.port")), "default");
	set(wizard, "product", "operations-manager");
	assert_string_equal(wizard_origin(wizard, wizard_record(wizard), field_of(wizard, "management-group")), "you");
	assert_string_equal(wizard_origin(wizard, wizard_record(wizard), field_of(wizard, "agents.push-installed")),
			    "plan file");
	diags_clear(&found);
	wizard_free(wizard);
}

static void test_wizard_changed__set_and_set_back__is_unchanged(void **state)
{
	struct wizard *wizard = open_wizard(NULL);

	(void)state;
	assert_false(wizard_changed(wizard));
	set(wizard, "management-group", "CONTOSO");
	assert_true(wizard_changed(wizard));
	set(wizard, "management-group", "");
	assert_false(wizard_changed(wizard));
	wizard_free(wizard);
}

/* ---- passwords ---- */

static void test_wizard_next__passwords_differ__stays(void **state)
{
	struct wizard *wizard = open_wizard(NULL);
	const struct field *password;

	(void)state;
	fill_up_to(wizard, "accounts");
	password = field_of(wizard, "accounts.data-access.password");
	secret_set(wizard_secret(wizard, password, 0), CANARY, strlen(CANARY));
	assert_int_equal(next(wizard, "one", "error accounts.data-access.password password-differs\n"), WIZARD_STAYED);
	secret_set(wizard_secret(wizard, password, 1), CANARY, strlen(CANARY));
	assert_string_equal(wizard_origin(wizard, wizard_record(wizard), password), "you");
	assert_int_equal(next(wizard, "both", ""), WIZARD_MOVED);
	wizard_free(wizard);
}

/* A password of an account that does not apply any more keeps nobody from going on. */
static void test_wizard_next__password_of_other_account_kind__is_not_asked(void **state)
{
	struct wizard *wizard = open_wizard(NULL);
	const struct field *password;

	(void)state;
	fill_up_to(wizard, "accounts");
	password = field_of(wizard, "accounts.data-access.password");
	secret_set(wizard_secret(wizard, password, 0), CANARY, strlen(CANARY));
	set(wizard, "accounts.data-access.kind", "local-system");
	assert_int_equal(next(wizard, "local system", "warning accounts.data-access.kind das-local-system\n"),
			 WIZARD_MOVED);
	wizard_free(wizard);
}

/* ---- rows ---- */

static void test_wizard_row_accept__bad_row__changes_nothing(void **state)
{
	static const struct {
		const char *name, *roles, *findings;
	} cases[] = {
		{ "", "management-server", "error servers[2].name missing\n" },
		{ "MS02", "", "error servers[2].roles missing\n" },
		{ "MS02", "acs-collector", "error servers[2].roles acs-alone\n" },
		{ "MS02", "owner", "error servers[2].roles choice-unknown\nerror servers[2].roles missing\n" },
		{ "ms01", "gateway", "error servers[2].name server-twice\n" },
	};
	struct wizard *wizard = open_wizard(NULL);
	struct diags found = DIAGS_INIT;

	(void)state;
	assert_true(add_server(wizard, "MS01", "management-server", &found));
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		char *text;

		diags_clear(&found);
		assert_labelled(cases[i].findings, !add_server(wizard, cases[i].name, cases[i].roles, &found));
		text = findings_text(&found);
		assert_text(cases[i].name, cases[i].findings, text);
		free(text);
		assert_int_equal(plan_server_count(wizard_plan(wizard)), 1);
	}
	diags_clear(&found);
	wizard_free(wizard);
}

static void test_wizard_row_edit__given_up__leaves_the_row(void **state)
{
	struct wizard *wizard = open_wizard(NULL);
	const struct field *servers = wizard_plan(wizard)->flow->servers;
	struct diags found = DIAGS_INIT;
	struct record *row;

	(void)state;
	assert_true(add_server(wizard, "MS01", "management-server", &found));
	assert_true(add_server(wizard, "MS02", "management-server", &found));
	row = wizard_row_edit(wizard, servers, 1);
	wizard_set(wizard, row, servers->columns[0], "MS09", NULL);
	assert_string_equal(plan_server(wizard_plan(wizard), 1)->name, "MS02");
	assert_true(wizard_row_accept(wizard, servers, 1, row, &found));
	assert_string_equal(plan_server(wizard_plan(wizard), 1)->name, "MS09");
	wizard_row_move(wizard, servers, 1, 0);
	assert_string_equal(plan_server(wizard_plan(wizard), 0)->name, "MS09");
	wizard_row_remove(wizard, servers, 0);
	assert_int_equal(plan_server_count(wizard_plan(wizard)), 1);
	assert_string_equal(plan_server(wizard_plan(wizard), 0)->name, "MS01");
	assert_ptr_equal(plan_find_server(wizard_plan(wizard), "ms01"), plan_server(wizard_plan(wizard), 0));
	diags_clear(&found);
	wizard_free(wizard);
}

/* ---- prerequisites ---- */

static const struct check_result *result_of(struct wizard *wizard, const char *id, const char *server)
{
	const struct check_list *list = wizard_checks(wizard);

	for (size_t i = 0; i < list->count; i++) {
		const struct check_result *result = &list->items[i];

		if (str_eq(result->verdict->prereq->id, id) && (!server || str_eq(result->server->name, server)))
			return result;
	}
	assert_labelled(id, false);
	return NULL;
}

static void test_wizard_next__checks_open__stays_until_answered(void **state)
{
	struct wizard *wizard = open_wizard(NULL);
	struct diags found = DIAGS_INIT;
	size_t pages;

	(void)state;
	set(wizard, "management-group", "CONTOSO");
	assert_true(add_server(wizard, "MS01", "management-server", &found));
	set(wizard, "license-accepted", "yes");
	while (!str_eq(wizard_page(wizard)->id, "prerequisites"))
		assert_int_equal(wizard_next(wizard, &found), WIZARD_MOVED);
	diags_clear(&found);
	assert_int_equal(wizard_next(wizard, &found), WIZARD_STAYED);
	assert_string_equal(found.items[0].code, "checks-open");
	assert_non_null(strstr(found.items[0].text, "are not known"));
	pages = wizard_page_count(wizard);
	answer_all(wizard);
	assert_int_equal(wizard_page_count(wizard), pages + 1);
	assert_int_equal(next(wizard, "answered", ""), WIZARD_MOVED);
	assert_string_equal(wizard_page(wizard)->id, "proceed");
	diags_clear(&found);
	wizard_free(wizard);
}

static void assert_draft_is_plan(struct wizard *wizard)
{
	struct strbuf plan = STRBUF_INIT;
	char *draft;

	plan_format(wizard_plan(wizard), &plan);
	assert_true(wizard_draft_save(wizard));
	draft = read_whole_file(wizard_draft_path(wizard), NULL);
	assert_non_null(strstr(draft, strbuf_text(&plan)));
	free(draft);
	strbuf_clear(&plan);
}

static void withdraw_result(struct wizard *wizard, const struct check_result *result)
{
	wizard_withdraw_answers(wizard, &result, 1);
}

/* All answers to a check at once, and those before them that would count then; what names others stays. */
static void test_wizard_withdraw_answers__many_servers__leaves_what_is_said_of_others(void **state)
{
	struct wizard *wizard = open_wizard(NULL);
	struct diags found = DIAGS_INIT;
	const struct check_result *both[2];
	const struct answers *answers = wizard_plan(wizard)->answers;

	(void)state;
	assert_true(add_server(wizard, "MS01", "management-server", &found));
	assert_true(add_server(wizard, "MS02.contoso.com", "management-server", &found));
	assert_true(add_server(wizard, "MS03", "management-server", &found));
	assert_true(vouch_result(wizard, result_of(wizard, "winrm", "MS01"), "anna", "read", true, &found));
	assert_true(vouch_result(wizard, result_of(wizard, "memory", "MS01"), "anna", "read", true, &found));
	/* A file may call a server by its short name. */
	((struct answer_note *)answers->confirmed.items[0])->servers.items[1] = "ms02";
	both[0] = result_of(wizard, "winrm", "MS01");
	both[1] = result_of(wizard, "winrm", "MS02.contoso.com");
	wizard_withdraw_answers(wizard, both, 2);
	assert_null(result_of(wizard, "winrm", "MS01")->verdict->note);
	assert_null(result_of(wizard, "winrm", "MS02.contoso.com")->verdict->note);
	assert_non_null(result_of(wizard, "winrm", "MS03")->verdict->note);
	assert_non_null(result_of(wizard, "memory", "MS01")->verdict->note);
	assert_int_equal(answers->confirmed.count, 2);
	withdraw_result(wizard, result_of(wizard, "winrm", "MS03"));
	assert_int_equal(answers->confirmed.count, 1);
	assert_int_equal(answers->confirmed.items[0]->position, 0);
	diags_clear(&found);
	wizard_free(wizard);
}

/* What was worked out for the last change does not stand in the way of the next one. */
static void test_wizard_draft_save__each_kind_of_change__writes_the_plan_as_it_is(void **state)
{
	struct wizard *wizard = open_wizard(NULL);
	struct diags found = DIAGS_INIT;
	struct record *row;

	(void)state;
	assert_true(add_server(wizard, "MS01", "management-server", &found));
	assert_draft_is_plan(wizard);
	row = wizard_row_edit(wizard, wizard_plan(wizard)->flow->servers, 0);
	assert_true(wizard_set(wizard, row, fields_find(wizard_plan(wizard)->flow->servers->columns, "name"), "MS09",
			       &found));
	assert_true(wizard_row_accept(wizard, wizard_plan(wizard)->flow->servers, 0, row, &found));
	assert_draft_is_plan(wizard);
	assert_true(add_server(wizard, "MS02", "management-server", &found));
	wizard_row_move(wizard, wizard_plan(wizard)->flow->servers, 0, 1);
	assert_draft_is_plan(wizard);
	assert_true(vouch_result(wizard, result_of(wizard, "winrm", "MS02"), "anna", "read", false, &found));
	assert_draft_is_plan(wizard);
	withdraw_result(wizard, result_of(wizard, "winrm", "MS02"));
	assert_draft_is_plan(wizard);
	wizard_row_remove(wizard, wizard_plan(wizard)->flow->servers, 0);
	assert_draft_is_plan(wizard);
	(void)wizard_recheck(wizard);
	assert_draft_is_plan(wizard);
	assert_true(wizard_set(wizard, wizard_record(wizard), &field_product, "service-management-automation", &found));
	assert_draft_is_plan(wizard);
	diags_clear(&found);
	wizard_free(wizard);
}

/* A server more, and what was let through is not any more: Back does not stop where nothing stands. */
static void test_wizard_back__checks_open_again__skips_the_page_behind_them(void **state)
{
	struct wizard *wizard = open_wizard(NULL);
	struct diags found = DIAGS_INIT;

	(void)state;
	fill_up_to(wizard, "ready");
	withdraw_result(wizard, result_of(wizard, "pending-reboot", NULL));
	assert_int_equal(next(wizard, "ready", "error checks-open\n"), WIZARD_STAYED);
	assert_true(wizard_back(wizard));
	assert_string_equal(wizard_page(wizard)->id, "databases");
	assert_true(wizard_back(wizard));
	assert_string_equal(wizard_page(wizard)->id, "accounts");
	assert_true(wizard_back(wizard));
	assert_string_equal(wizard_page(wizard)->id, "prerequisites");
	diags_clear(&found);
	wizard_free(wizard);
}

static void test_wizard_answer_check__one_server__counts_there_only(void **state)
{
	struct wizard *wizard = open_wizard(NULL);
	struct diags found = DIAGS_INIT;
	const struct answers *answers;
	const struct answer_note *note;

	(void)state;
	assert_true(add_server(wizard, "MS01", "management-server", &found));
	assert_true(add_server(wizard, "MS02", "management-server", &found));
	answers = wizard_plan(wizard)->answers;
	assert_true(vouch_result(wizard, result_of(wizard, "winrm", "MS01"), "anna", "read", false,
					&found));
	assert_non_null(result_of(wizard, "winrm", "MS01")->verdict->note);
	assert_null(result_of(wizard, "winrm", "MS02")->verdict->note);
	assert_true(vouch_result(wizard, result_of(wizard, "winrm", "MS02"), "anna", "read", true,
					&found));
	assert_int_equal(answers->confirmed.count, 1);
	note = (const struct answer_note *)answers->confirmed.items[0];
	assert_int_equal(note->servers.count, 2);
	assert_string_equal(note->servers.items[0], "MS01");
	assert_string_equal(note->servers.items[1], "MS02");
	assert_string_equal(note->on, "2026-11-21");
	/* Nobody vouched for one that came later. */
	assert_true(add_server(wizard, "MS03", "management-server", &found));
	assert_non_null(result_of(wizard, "winrm", "MS01")->verdict->note);
	assert_int_equal(result_of(wizard, "winrm", "MS03")->verdict->state, CHECK_UNKNOWN);
	withdraw_result(wizard, result_of(wizard, "winrm", "MS01"));
	assert_int_equal(answers->confirmed.count, 1);
	assert_null(result_of(wizard, "winrm", "MS01")->verdict->note);
	assert_non_null(result_of(wizard, "winrm", "MS02")->verdict->note);
	withdraw_result(wizard, result_of(wizard, "winrm", "MS02"));
	assert_int_equal(answers->confirmed.count, 0);
	diags_clear(&found);
	wizard_free(wizard);
}

static void test_wizard_answer_check__incomplete_or_senseless__is_refused(void **state)
{
	struct wizard *wizard = open_wizard(NULL);
	struct diags found = DIAGS_INIT;
	struct check_result passed;
	struct check_verdict verdict;
	char *text;

	(void)state;
	assert_true(add_server(wizard, "MS01", "management-server", &found));
	assert_false(vouch_result(wizard, result_of(wizard, "pending-reboot", NULL), "", "", false, &found));
	passed = *result_of(wizard, "pending-reboot", NULL);
	verdict = *passed.verdict;
	verdict.raw = verdict.state = CHECK_PASSED;
	passed.verdict = &verdict;
	assert_false(vouch_result(wizard, &passed, "anna", "it is fine", false, &found));
	assert_false(
		vouch_result(wizard, result_of(wizard, "pending-reboot", NULL), "anna", "a\nb", false, &found));
	text = findings_text(&found);
	assert_non_null(strstr(text, "error by answer-by\nerror answer-refused\n"));
	free(text);
	assert_int_equal(wizard_plan(wizard)->answers->confirmed.count, 0);
	diags_clear(&found);
	wizard_free(wizard);
}

/* Facts of SERVER: nothing but why it waits for a restart (NULL: that could not be read). */
static void write_facts(const char *server, const char *reason)
{
	struct strbuf path = STRBUF_INIT, text = STRBUF_INIT;

	strbuf_printf(&path, "facts/%s.yaml", server);
	strbuf_printf(&text, "scupgrade-facts: 1\nserver: '%s'\ncollected: '2026-11-21T14:00:00Z'\n", server);
	if (reason)
		strbuf_printf(&text, "reboot: { pending: true, reasons: ['%s'] }\n", reason);
	else
		strbuf_puts(&text, "unread: [ { what: reboot, why: ' access denied ' } ]\n");
	write_whole_file(strbuf_text(&path), strbuf_text(&text), text.length);
	strbuf_clear(&path);
	strbuf_clear(&text);
}

/* MS01 and MS02 wait for a restart, each for a reason of its own; of MS03 that could not be read. */
static struct wizard *open_wizard_with_facts(void)
{
	struct wizard_options options = { .collect = { .facts_path = "facts" } };
	struct diags found = DIAGS_INIT;
	struct wizard *wizard;

	assert_int_equal(mkdir("facts", 0700), 0);
	write_facts("MS01", "Windows Update");
	write_facts("MS02", "PendingFileRenameOperations");
	write_facts("MS03", NULL);
	wizard = open_wizard_with(NULL, options);
	assert_true(add_server(wizard, "MS01", "management-server", &found));
	assert_true(add_server(wizard, "MS02", "management-server", &found));
	assert_true(add_server(wizard, "MS03", "management-server", &found));
	assert_int_equal(wizard_recheck(wizard)->counts[CHECK_FAILED], 0);
	assert_int_equal(wizard_facts_findings(wizard)->errors, 0);
	diags_clear(&found);
	return wizard;
}

static void test_wizard_answer_check__finding_changes__asks_again(void **state)
{
	struct wizard *wizard = open_wizard_with_facts();
	struct diags found = DIAGS_INIT;
	const struct answer_note *note;

	(void)state;
	assert_true(vouch_result(wizard, result_of(wizard, "pending-reboot", "MS01"), "anna", "at 22:00", false,
					&found));
	note = result_of(wizard, "pending-reboot", "MS01")->verdict->note;
	assert_non_null(note);
	assert_string_equal(note->found, "a restart is pending: Windows Update");
	assert_non_null(wizard_recheck(wizard));
	assert_false(check_is_open(result_of(wizard, "pending-reboot", "MS01")));
	write_facts("MS01", "Component Based Servicing");
	assert_non_null(wizard_recheck(wizard));
	assert_true(check_is_open(result_of(wizard, "pending-reboot", "MS01")));
	assert_true(vouch_result(wizard, result_of(wizard, "pending-reboot", "MS01"), "anna", "later", false,
					&found));
	assert_int_equal(wizard_plan(wizard)->answers->acknowledged.count, 1);
	assert_string_equal(result_of(wizard, "pending-reboot", "MS01")->verdict->note->note, "later");
	/* Confirmed though it could not be read: why it could not belongs to the answer too. */
	assert_true(vouch_result(wizard, result_of(wizard, "pending-reboot", "MS03"), "anna", "seen", false,
					&found));
	assert_int_equal(result_of(wizard, "pending-reboot", "MS03")->verdict->state, CHECK_PASSED);
	write_facts("MS03", "Windows Update");
	assert_non_null(wizard_recheck(wizard));
	assert_true(check_is_open(result_of(wizard, "pending-reboot", "MS03")));
	diags_clear(&found);
	wizard_free(wizard);
}

static void test_wizard_answer_check__everywhere__each_server_with_its_finding(void **state)
{
	struct wizard *wizard = open_wizard_with_facts();
	const struct rows *acknowledged = &wizard_plan(wizard)->answers->acknowledged;
	struct diags found = DIAGS_INIT;

	(void)state;
	/* Twice, for the second answer takes the place of the first. */
	assert_true(vouch_result(wizard, result_of(wizard, "pending-reboot", "MS02"), "anna", "soon", true,
					&found));
	assert_true(vouch_result(wizard, result_of(wizard, "pending-reboot", "MS02"), "anna", "at 22:00", true,
					&found));
	assert_int_equal(acknowledged->count, 2);
	for (size_t i = 0; i < 2; i++) {
		const struct answer_note *note = (const struct answer_note *)acknowledged->items[i];

		assert_string_equal(note->note, "at 22:00");
		assert_int_equal(note->servers.count, 1);
		assert_string_equal(note->servers.items[0], i ? "MS02" : "MS01");
		assert_string_equal(note->found, i ? "a restart is pending: PendingFileRenameOperations"
						   : "a restart is pending: Windows Update");
		assert_int_equal(note->record.position, i);
	}
	/* Not known there: a warning that is accepted says nothing about it. */
	assert_true(check_is_open(result_of(wizard, "pending-reboot", "MS03")));
	write_facts("MS02", "Windows Update");
	assert_non_null(wizard_recheck(wizard));
	assert_false(check_is_open(result_of(wizard, "pending-reboot", "MS01")));
	assert_true(check_is_open(result_of(wizard, "pending-reboot", "MS02")));
	/* Nothing was found anywhere: one note for all, about no finding. */
	assert_true(vouch_result(wizard, result_of(wizard, "winrm", "MS01"), "anna", "read", true,
					&found));
	assert_int_equal(wizard_plan(wizard)->answers->confirmed.count, 1);
	assert_null(((const struct answer_note *)wizard_plan(wizard)->answers->confirmed.items[0])->found);
	assert_int_equal(((const struct answer_note *)wizard_plan(wizard)->answers->confirmed.items[0])->servers.count,
			 3);
	diags_clear(&found);
	wizard_free(wizard);
}

/* All that is not known, at once. */
static bool answer_unknown(struct wizard *wizard, const char *note, struct diags *found)
{
	const struct check_list *list = wizard_checks(wizard);
	const struct check_result **results = xcalloc(list->count + 1, sizeof(*results));
	size_t count = 0;
	bool ok;

	for (size_t i = 0; i < list->count; i++) {
		if (list->items[i].verdict->state == CHECK_UNKNOWN)
			results[count++] = &list->items[i];
	}
	ok = wizard_answer_results(wizard, results, count, "anna", note, found);
	free(results);
	return ok;
}

static void test_wizard_answer_results__some_found_something__keeps_each_finding(void **state)
{
	struct wizard *wizard = open_wizard_with_facts();
	const struct answer_note *note;
	struct diags found = DIAGS_INIT;

	(void)state;
	/* Several checks at once need a note, one does not. */
	assert_false(answer_unknown(wizard, "", &found));
	assert_true(vouch_result(wizard, result_of(wizard, "winrm", "MS01"), "anna", "", true, &found));
	assert_true(answer_unknown(wizard, "looked at all of them", &found));
	assert_int_equal(wizard_checks(wizard)->counts[CHECK_UNKNOWN], 0);
	note = result_of(wizard, "pending-reboot", "MS03")->verdict->note;
	assert_non_null(note);
	assert_int_equal(note->servers.count, 1);
	assert_string_equal(note->servers.items[0], "MS03");
	assert_true(str_starts(note->found, "sha256:"));
	assert_null(result_of(wizard, "winrm", "MS01")->verdict->note->found);
	diags_clear(&found);
	wizard_free(wizard);
}

/* Each check has its servers in the plan's order, and what was said of the others before stays. */
static void test_wizard_answer_results__in_any_order__name_servers_as_the_plan_does(void **state)
{
	struct wizard *wizard = open_wizard(NULL);
	const struct answers *answers = wizard_plan(wizard)->answers;
	const struct check_result *some[5];
	const struct answer_note *winrm, *memory;
	struct diags found = DIAGS_INIT;

	(void)state;
	assert_true(add_server(wizard, "MS01", "management-server", &found));
	assert_true(add_server(wizard, "MS02", "management-server", &found));
	assert_true(add_server(wizard, "MS03", "management-server", &found));
	assert_true(vouch_result(wizard, result_of(wizard, "winrm", "MS01"), "bert", "", true, &found));
	some[0] = result_of(wizard, "cores", "MS03");
	some[1] = result_of(wizard, "memory", "MS02");
	some[2] = result_of(wizard, "cores", "MS01");
	some[3] = result_of(wizard, "memory", "MS01");
	some[4] = result_of(wizard, "memory", "MS03");
	assert_true(wizard_answer_results(wizard, some, ARRAY_LEN(some), "anna", "read", &found));
	assert_int_equal(answers->confirmed.count, 3);
	memory = result_of(wizard, "memory", "MS01")->verdict->note;
	assert_int_equal(memory->servers.count, 3);
	assert_string_equal(memory->servers.items[0], "MS01");
	assert_string_equal(memory->servers.items[1], "MS02");
	assert_string_equal(memory->servers.items[2], "MS03");
	assert_string_equal(result_of(wizard, "cores", "MS03")->verdict->note->servers.items[0], "MS01");
	assert_null(result_of(wizard, "cores", "MS02")->verdict->note);
	winrm = result_of(wizard, "winrm", "MS02")->verdict->note;
	assert_string_equal(winrm->by, "bert");
	assert_int_equal(winrm->servers.count, 3);
	diags_clear(&found);
	wizard_free(wizard);
}

/* A step of the plan goes by its answers and by facts, and by nothing that is said of the checks. */
static void test_wizard_sequence__checks_answered_or_verified__is_the_one_before(void **state)
{
	struct wizard *wizard = open_wizard(NULL);
	struct diags found = DIAGS_INIT;
	const struct step *steps;
	size_t count;

	(void)state;
	assert_true(add_server(wizard, "MS01", "management-server", &found));
	steps = wizard_sequence(wizard)->items;
	count = wizard_sequence(wizard)->count;
	assert_true(vouch_result(wizard, result_of(wizard, "winrm", "MS01"), "anna", "", true, &found));
	assert_ptr_equal(wizard_sequence(wizard)->items, steps);
	assert_non_null(wizard_recheck(wizard));
	assert_ptr_equal(wizard_sequence(wizard)->items, steps);
	assert_true(add_server(wizard, "MS02", "management-server", &found));
	assert_true(wizard_sequence(wizard)->count > count);
	diags_clear(&found);
	wizard_free(wizard);
}

static void test_wizard_answer_check__refused_everywhere__changes_nothing(void **state)
{
	struct wizard *wizard = open_wizard_with_facts();
	struct diags found = DIAGS_INIT;

	(void)state;
	assert_true(vouch_result(wizard, result_of(wizard, "pending-reboot", "MS01"), "anna", "at 22:00", true,
					&found));
	assert_false(vouch_result(wizard, result_of(wizard, "pending-reboot", "MS01"), "anna", "a\nb", true,
					 &found));
	assert_int_equal(wizard_plan(wizard)->answers->acknowledged.count, 2);
	assert_string_equal(result_of(wizard, "pending-reboot", "MS02")->verdict->note->note, "at 22:00");
	diags_clear(&found);
	wizard_free(wizard);
}

static void test_wizard_checks__nothing_changed__are_kept(void **state)
{
	struct wizard *wizard = open_wizard(NULL);
	const struct check_result *before;

	(void)state;
	before = wizard_checks(wizard)->items;
	assert_ptr_equal(wizard_checks(wizard)->items, before);
	assert_string_equal(wizard_checked_at(wizard), "2026-11-21 14:02 UTC");
	set(wizard, "connectors", "yes");
	assert_int_equal(wizard_recheck(wizard)->count, wizard_checks(wizard)->count);
	wizard_free(wizard);
}

/* ---- many servers ---- */

/* What a key press needs must not look at every server more than a few times: quadratic work would not end here. */
static void test_wizard_set__many_servers__stays_quick(void **state)
{
	enum { SERVERS = 20000, KEYS = 2000 };
	struct wizard *wizard = open_wizard(NULL);
	const struct field *servers = wizard_plan(wizard)->flow->servers, *group = field_of(wizard, "management-group");
	struct plan *plan = wizard_plan(wizard);
	char text[16];
	size_t pages = wizard_page_count(wizard);

	(void)state;
	for (unsigned i = 0; i < SERVERS; i++) {
		struct record *row = plan_new_record(plan, servers);

		snprintf(text, sizeof(text), "MS%05u", i);
		field_store(servers->columns[0], plan, row, text, NULL);
		field_store(servers->columns[1], plan, row, "management-server", NULL);
		rows_insert(plan, &plan->answers->servers, i, row);
	}
	next(wizard, "choose", "");
	for (unsigned i = 0; i < KEYS; i++) {
		snprintf(text, sizeof(text), "G%u", i);
		assert_true(wizard_set(wizard, wizard_record(wizard), group, text, NULL));
		assert_true(wizard_changed(wizard));
		assert_int_equal(wizard_page_count(wizard), pages);
		assert_string_equal(wizard_text(wizard, wizard_record(wizard), group), text);
	}
	assert_true(wizard_checks(wizard)->count > SERVERS);
	assert_int_equal(next(wizard, "servers", ""), WIZARD_MOVED);
	wizard_free(wizard);
}

static void test_wizard_row_repeat__names__count_on(void **state)
{
	static const struct {
		const char *there, *other, *next;
	} cases[] = {
		{ "MS01", NULL, "MS02" },
		{ "MS09", NULL, "MS10" },
		{ "MS99", NULL, "MS100" },
		{ "MS", NULL, "MS2" },
		{ "MS", "MS2", "MS3" },
		{ "MS01", "ms02.contoso.com", "MS03" },
		{ "MS01A", NULL, "MS02A" },
		{ "7A", NULL, "8A" },
		{ "MS01.contoso.com", NULL, "MS02.contoso.com" },
		{ "MS.dc1.contoso.com", NULL, "MS2.dc1.contoso.com" },
		{ "M12345678901234", NULL, "M12345678901235" },
		{ "", NULL, "" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct wizard *wizard = open_wizard(NULL);
		struct plan *plan = wizard_plan(wizard);
		struct diags found = DIAGS_INIT;
		const char *name;
		size_t at;

		assert_labelled(cases[i].there, add_server(wizard, *cases[i].there ? cases[i].there : "MS01", "gateway",
							   &found));
		if (!*cases[i].there)
			((struct server *)plan->answers->servers.items[0])->name = NULL;
		if (cases[i].other)
			(void)add_server(wizard, cases[i].other, "gateway", &found);
		at = wizard_row_repeat(wizard, plan->flow->servers, 0);
		assert_int_equal(at, 1);
		name = plan_server(plan, 1)->name;
		assert_text(cases[i].there, cases[i].next, name ? name : "");
		assert_int_equal(plan_server(plan, 1)->roles, plan_server(plan, 0)->roles);
		diags_clear(&found);
		wizard_free(wizard);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WIZARD_TEST(test_wizard_next__empty_page__stays_and_says_why),
		WIZARD_TEST(test_wizard_page_state__way_through__follows),
		WIZARD_TEST(test_wizard_back__invalid_page__loses_nothing),
		WIZARD_TEST(test_wizard_goto__page_aside__leads_back_to_the_summary),
		WIZARD_TEST(test_wizard_back__every_page__is_never_refused),
		WIZARD_TEST(test_wizard_goto__page_not_reached__is_refused),
		WIZARD_TEST(test_wizard_goto_open__plan_with_errors__finds_the_page),
		WIZARD_TEST(test_wizard_goto_open__plan_of_a_file__where_it_goes_on),
		WIZARD_TEST(test_wizard_set__other_product__has_other_pages),
		WIZARD_TEST(test_wizard_set__other_product_and_back__answers_are_as_they_were),
		WIZARD_TEST(test_wizard_set__kind_cannot_hold_it__is_kept_and_told),
		WIZARD_TEST(test_wizard_origin__value__says_where_it_came_from),
		WIZARD_TEST(test_wizard_changed__set_and_set_back__is_unchanged),
		WIZARD_TEST(test_wizard_next__passwords_differ__stays),
		WIZARD_TEST(test_wizard_next__password_of_other_account_kind__is_not_asked),
		WIZARD_TEST(test_wizard_row_accept__bad_row__changes_nothing),
		WIZARD_TEST(test_wizard_row_edit__given_up__leaves_the_row),
		WIZARD_TEST(test_wizard_next__checks_open__stays_until_answered),
		WIZARD_TEST(test_wizard_back__checks_open_again__skips_the_page_behind_them),
		WIZARD_TEST(test_wizard_answer_check__one_server__counts_there_only),
		WIZARD_TEST(test_wizard_withdraw_answers__many_servers__leaves_what_is_said_of_others),
		WIZARD_TEST(test_wizard_draft_save__each_kind_of_change__writes_the_plan_as_it_is),
		WIZARD_TEST(test_wizard_answer_check__incomplete_or_senseless__is_refused),
		WIZARD_TEST(test_wizard_answer_check__finding_changes__asks_again),
		WIZARD_TEST(test_wizard_answer_check__everywhere__each_server_with_its_finding),
		WIZARD_TEST(test_wizard_answer_check__refused_everywhere__changes_nothing),
		WIZARD_TEST(test_wizard_answer_results__in_any_order__name_servers_as_the_plan_does),
		WIZARD_TEST(test_wizard_sequence__checks_answered_or_verified__is_the_one_before),
		WIZARD_TEST(test_wizard_answer_results__some_found_something__keeps_each_finding),
		WIZARD_TEST(test_wizard_checks__nothing_changed__are_kept),
		WIZARD_TEST(test_wizard_set__many_servers__stays_quick),
		WIZARD_TEST(test_wizard_row_repeat__names__count_on),
	};

	return run_tests(tests);
}
