/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The pages that are no forms: text, prerequisites, Ready, progress, the end. Keys go in, pictures come out.
 */
#include "stage.h"

#include "vouched.h"

#include <sys/stat.h>

#define CANARY "Xq7canary"
#define CONFIRMED "\xE2\x9C\x93"
#define WRONG "\xE2\x9C\x97"
/* On the Ready page of the pages below: behind the six answers. */
#define TO_SERVER "<Tab>\n" /* from the table of turns */

static const struct page *const terms_pages[] = { &small_terms, &small_done, NULL };
static const struct page *const checks_pages[] = { &small_checks, &small_done, NULL };
static const struct page *const ready_pages[] = { &small_form, &small_ready, &small_progress, &small_done, NULL };
static const struct page *const all_pages[] = { &small_form,     &small_accounts, &small_servers,
						&small_terms,    &small_checks,   &small_ready,
						&small_progress, &small_done,     NULL };

/* ---- a text to read ---- */

static void test_view_text__page_keys__scroll_and_stay(void **state)
{
	struct stage *stage = *state;
	const char *screen;

	stage_open(stage, terms_pages);
	screen = stage_play(stage, "<DumpText top>\n<PgDn>\n<DumpText page>\n<End>\n<PgDn>\n<PgDn>\n<Dump end>\n");
	assert_shows(screen, "Paragraph 1 of");
	assert_shows(screen, " 0 %");
	assert_hides(strstr(screen, "== page"), "Paragraph 1 of");
	assert_shows(last_screen(screen), "Paragraph 60 of");
	assert_shows(last_screen(screen), "100 %");
	assert_shows(last_screen(screen), "The terms");
}

static void test_view_text__tab__the_field_below_is_reached_without_scrolling(void **state)
{
	struct stage *stage = *state;
	const char *screen;

	stage_open(stage, terms_pages);
	screen = stage_play(stage, "<Tab>\n<Space>\n<Dump a>\n");
	assert_cursor_on(screen, "[x] I agree with the terms");
	assert_shows(screen, "Paragraph 1 of");
	stage->rows = 10;
	stage->columns = 40;
	assert_cursor_on(stage_play(stage, "<Tab>\n<Dump a>\n"), "[x] I agree");
	assert_cursor_on(stage_play(stage, "<Tab>\n<Tab>\n<Dump a>\n"), "[ Next > ]");
}

/* ---- prerequisites ---- */

static void test_view_checks__counts_list_and_detail__are_shown(void **state)
{
	struct stage *stage = *state;
	const char *screen;

	stage_open(stage, checks_pages);
	stage_add_servers(stage, 1);
	screen = stage_play(stage, "<Dump a>\n");
	assert_shows(screen, "1 warning  1 not known  1 passed");
	assert_shows(screen, "verified ");
	assert_cursor_on(screen, "Pending reboot      MS01: a restart is pending, 1 more");
	assert_shows(screen, "Enough memory       2 right: 16 GB");
	assert_shows(screen, "Needed: No restart is pending.");
	assert_shows(screen, "Found:  a restart is pending");
	assert_shows(screen, "Source: a tool (not certain: not documented)");
	/* The time gives way to the words, and not they to it. */
	stage->columns = 50;
	stage_open(stage, checks_pages);
	stage_add_servers(stage, 1);
	screen = stage_play(stage, "<Dump a>\n");
	assert_shows(screen, "1 warning  1 not known  1 passed");
	assert_hides(screen, "verified ");
}

static void test_view_checks__space__acknowledges_with_name_and_note(void **state)
{
	struct stage *stage = *state;
	const char *screen;
	const struct answer_note *note;

	stage_open(stage, checks_pages);
	screen = stage_play(
		stage,
		"<Space>\n<Dump asks>\n<Up>\n<Ctrl-U>\nCONTOSO\\anna\n<Tab>\nreboot at ten\n<Enter>\n<Dump a>\n");
	assert_shows(strstr(screen, "== asks"), "Pending reboot on MS01");
	assert_shows(strstr(screen, "== asks"), "a restart is pending");
	assert_shows(last_screen(screen), "acknowledged");
	note = plan_note(&wizard_plan(stage->wizard)->answers->acknowledged, "reboot", "MS01");
	assert_non_null(note);
	assert_text("by", "CONTOSO\\anna", note->by);
	assert_text("note", "reboot at ten", note->note);
	screen = stage_play(stage, "<Dump a>\n<Del>\n<Dump b>\n");
	assert_shows(screen, "Acknowledged by CONTOSO\\anna on");
	assert_shows(screen, "reboot at ten");
	assert_null(plan_note(&wizard_plan(stage->wizard)->answers->acknowledged, "reboot", "MS01"));
}

static void test_view_checks__answer_without_a_note__is_asked_for(void **state)
{
	struct stage *stage = *state;
	const char *screen;

	stage_open(stage, checks_pages);
	screen = stage_play(stage, "<Space>\n<Enter>\n<Dump a>\n");
	assert_shows(screen, "A note is needed: what was done, or why it may stay as it is.");
	assert_null(plan_note(&wizard_plan(stage->wizard)->answers->acknowledged, "reboot", "MS01"));
}

static void test_view_checks__confirm__shows_what_is_vouched_for(void **state)
{
	struct stage *stage = *state;
	const char *screen;

	stage_open(stage, checks_pages);
	screen = stage_play(stage, "<Down>\n<Space>\n<Dump asks>\nrestored it\n<Enter>\n<Dump a>\n");
	assert_shows(strstr(screen, "== asks"), "A verified backup exists.");
	assert_non_null(plan_note(&wizard_plan(stage->wizard)->answers->confirmed, "backup", NULL));
}

static void test_view_checks__a__answers_for_every_server(void **state)
{
	struct stage *stage = *state;

	stage_open(stage, checks_pages);
	stage_add_servers(stage, 2);
	stage_play(stage, "A\n<Enter>\nall at ten\n<Enter>\n<Dump a>\n");
	assert_non_null(plan_note(&wizard_plan(stage->wizard)->answers->acknowledged, "reboot", "MS01"));
	assert_non_null(plan_note(&wizard_plan(stage->wizard)->answers->acknowledged, "reboot", "S00002"));
}

static void test_view_checks__a_on_everything__confirms_what_is_not_known(void **state)
{
	struct stage *stage = *state;
	const char *screen;

	stage_open(stage, checks_pages);
	stage_add_servers(stage, 2);
	screen = stage_play(stage, "A\n<DumpText asks>\n<End>\n<Enter>\n<DumpText vouch>\nseen\n<Enter>\n<Dump a>\n");
	assert_shows(screen, "This check on the servers shown (3)");
	assert_shows(screen, "All that is shown and not known (1 check, 1 answer)");
	assert_shows(last_screen(screen), "confirmed");
	assert_int_equal(wizard_checks(stage->wizard)->counts[CHECK_UNKNOWN], 0);
	assert_non_null(plan_note(&wizard_plan(stage->wizard)->answers->confirmed, "backup", NULL));
}

/* Its own dialog, a note, and words of its own: nobody acknowledges a failure in passing. */
static void test_view_checks__failed__is_accepted_against_the_document_alone(void **state)
{
	struct stage *stage = *state;
	const struct answer_note *note;
	const char *screen;

	stage_open(stage, checks_pages);
	stage_set(stage, NULL, "name", "BAD01");
	screen = stage_play(stage, "<Dump top>\n<Space>\n<DumpText asks>\n<Enter>\n<DumpText bare>\nlab\n<Enter>\n"
				   "<DumpText done>\n");
	assert_shows(screen, "1 failed");
	assert_shows(screen, "▸ Chec… 1✗│");
	assert_shows(strstr(screen, "== done"), "▸ Checks  │");
	assert_shows(strstr(screen, "== asks"), "Against the document");
	assert_shows(strstr(screen, "== asks"), "8 GB at least.");
	assert_shows(strstr(screen, "== asks"), "in red");
	assert_shows(strstr(screen, "== bare"), "A note is needed: why this is accepted all the same.");
	assert_shows(strstr(screen, "== done"), "Accepted against the document.");
	note = plan_note(&wizard_plan(stage->wizard)->answers->acknowledged, "memory", "BAD01");
	assert_true(note && note->against);
	screen = stage_play(stage, "<DumpText a>\n");
	assert_shows(screen, "2 warnings");
}

/* One press answers what has failed, never what is a warning or not known beside it. */
static void test_view_checks__failed_among_others__is_answered_alone(void **state)
{
	struct stage *stage = *state;
	const struct rows *notes;

	stage_open(stage, checks_pages);
	stage_add_servers(stage, 2);
	stage_set(stage, NULL, "name", "BAD01");
	stage_play(stage, "A\n<Enter>\nlab\n<Enter>\n<Dump a>\n");
	notes = &wizard_plan(stage->wizard)->answers->acknowledged;
	assert_int_equal(notes->count, 1);
	assert_int_equal(((const struct answer_note *)notes->items[0])->servers.count, 1);
}

static void test_view_checks__filter__shows_what_matches_until_esc(void **state)
{
	struct stage *stage = *state;
	const char *screen;

	stage_open(stage, checks_pages);
	stage_add_servers(stage, 5);
	screen = stage_play(stage, "/\ns00003\n<Enter>\n<Dump some>\n<Esc>\n<Dump all>\n");
	assert_shows(strstr(screen, "== some"), "S00003");
	assert_shows(strstr(screen, "== some"), "Only rows with \"s00003\": 2 of ");
	assert_shows(last_screen(screen), "MS01");
	assert_shows(last_screen(screen), "Prerequisites");
	assert_cursor_on(screen, "Pending reboot");
	screen = stage_play(stage, "/\nnothing like it\n<Enter>\n<Dump none>\n");
	assert_shows(screen, "No check has this text.");
	assert_cursor_on(screen, "Pending reboot");
}

static void test_view_checks__verify_again__the_pointer_stays_on_its_check(void **state)
{
	struct stage *stage = *state;
	const char *screen;

	stage_open(stage, checks_pages);
	stage_add_servers(stage, 3);
	screen = stage_play(stage, "<Right>\n<Down>\n<Down>\n<Down>\n<F5>\n<Dump a>\n");
	assert_cursor_on(screen, "S00002");
	assert_shows(screen, "Verified again at");
	screen = stage_play(stage, "<Tab>\n<Left>\n<Dump button>\n<Enter>\n<Dump a>\n");
	assert_shows(screen, "[ Verify prerequisites again ]");
	assert_shows(last_screen(screen), "Verified again at");
}

static void test_view_checks__whole_line__shows_everything(void **state)
{
	struct stage *stage = *state;
	const char *screen;

	stage->rows = 10;
	stage->columns = 40;
	stage_open(stage, checks_pages);
	screen = stage_play(stage, "<Alt-L>\n<DumpText a>\n<PgDn>\n<DumpText b>\n");
	assert_shows(screen, "Found: a restart is pending");
	assert_shows(screen, "Restart it.");
}

static void test_view_checks__right_and_left__open_and_close_the_servers(void **state)
{
	struct stage *stage = *state;
	const char *screen;

	stage_open(stage, checks_pages);
	stage_add_servers(stage, 2);
	screen = stage_play(stage, "<Right>\n<Down>\n<Down>\n<Dump open>\n<Left>\n<Dump closed>\n"
				   "<Enter>\n<Dump again>\n");
	assert_shows(strstr(screen, "== open"), "S00001");
	assert_shows(strstr(screen, "== open"), "Pending reboot on S00001");
	assert_shows(strstr(screen, "== closed"), "Pending reboot");
	assert_cursor_on(screen, "Pending reboot");
	/* One server alone is answered on its line. */
	stage_play(stage, "<Right>\n<Down>\n<Down>\n<Space>\nat ten\n<Enter>\n<Dump a>\n");
	assert_non_null(plan_note(&wizard_plan(stage->wizard)->answers->acknowledged, "reboot", "S00001"));
	assert_null(plan_note(&wizard_plan(stage->wizard)->answers->acknowledged, "reboot", "MS01"));
	/* What has no servers opens as a text. */
	screen = stage_play(stage, "<Down>\n<Enter>\n<Dump a>\n");
	assert_shows(screen, "Needed: A verified backup exists.");
}

/* Three keys vouched for all that a filter hid, once. */
static void test_view_checks__answers_below_a_filter__go_for_what_is_shown(void **state)
{
	struct stage *stage = *state;
	const char *screen;

	stage_open(stage, checks_pages);
	stage_add_servers(stage, 3);
	screen = stage_play(stage, "/\ns0000\n<Enter>\nA\n<Dump asks>\n<Enter>\nat ten\n<Enter>\n<Dump a>\n");
	assert_shows(strstr(screen, "== asks"), "This check on the servers shown (3)");
	assert_hides(strstr(screen, "== asks"), "All that is shown");
	assert_non_null(plan_note(&wizard_plan(stage->wizard)->answers->acknowledged, "reboot", "S00003"));
	assert_null(plan_note(&wizard_plan(stage->wizard)->answers->acknowledged, "reboot", "MS01"));
	/* A server that comes later is asked about. */
	stage_add_servers(stage, 1);
	assert_int_equal(wizard_check_table(stage->wizard)->rows[0].answered, 3);
}

static void test_view_checks__one_confirmation__needs_no_note(void **state)
{
	struct stage *stage = *state;

	stage_open(stage, checks_pages);
	stage_play(stage, "<Down>\n<Space>\n<Enter>\n<Dump a>\n");
	assert_non_null(plan_note(&wizard_plan(stage->wizard)->answers->confirmed, "backup", NULL));
}

/* ---- the list of pages ---- */

/* To a page that was not seen yet Next leads, as far as the pages let one; never past the writing. */
static void test_pages__goto_one_ahead__as_next_would(void **state)
{
	static const struct page *const pages[] = { &small_form,  &small_accounts, &small_servers, &small_ready,
						    &small_done, NULL };
	struct stage *stage = *state;
	const char *screen;

	stage_open(stage, pages);
	screen = stage_play(stage, "<Alt-G>\n<Down>\n<Down>\n<Down>\n<Enter>\n<Dump a>\n");
	assert_shows(screen, "What happens");
	screen = stage_play(stage, "<Alt-G>\n<End>\n<Enter>\n<Dump a>\n");
	assert_shows(screen, "What happens");
	assert_shows(screen, "That page comes when the files are written: F8 writes them.");
	stage_open(stage, pages);
	stage_set(stage, small_flow.fields, "account.user", "");
	screen = stage_play(stage, "<Alt-G>\n<Down>\n<Down>\n<Down>\n<Enter>\n<Dump a>\n");
	assert_hides(screen, "What happens");
	assert_cursor_on(screen, "Service account");
}

/* ---- Ready ---- */

static void test_view_summary__answers_and_lines__are_shown(void **state)
{
	struct stage *stage = *state;
	const char *screen;

	stage->rows = 43;
	stage->columns = 132;
	stage_open(stage, ready_pages);
	screen = stage_play(stage, "<F8>\n<Dump a>\n");
	assert_shows(screen, "Group name");
	assert_shows(screen, "C:\\Default (default)");
	assert_shows(screen, "Command line for \xE2\x97\x82 MS01 \xE2\x96\xB8");
	assert_shows(screen, "setup.exe /silent /User:CONTOSO\\svc /Password:<password>");
	assert_shows(screen, "[x] plan");
	assert_shows(screen, "small.yaml");
	assert_hides(screen, "Put the typed passwords");
}

static void test_view_summary__enter_on_an_answer__goes_to_its_page(void **state)
{
	struct stage *stage = *state;

	stage_open(stage, ready_pages);
	assert_shows(stage_play(stage, "<F8>\n<Tab>\n<Tab>\n<Tab>\n<Tab>\n<Enter>\n<Dump a>\n"), "The form");
	/* Next comes back to the answer, once: from elsewhere the page begins at its first line. */
	stage_open(stage, ready_pages);
	assert_cursor_on(stage_play(stage, "<F8>\n<Tab>\n<Tab>\n<Tab>\n<Tab>\n<Enter>\n<F8>\n<Dump back>\n"),
			 "Group name");
	stage_open(stage, ready_pages);
	assert_cursor_on(stage_play(stage, "<F8>\n<Tab>\n<Tab>\n<Tab>\n<Tab>\n<Enter>\n<F8>\n<F7>\n<F8>\n"
					   "<Dump anew>\n"),
			 "1 MS01");
}

static void test_view_summary__arrows__turn_server_and_shell(void **state)
{
	struct stage *stage = *state;
	const char *screen;

	stage->rows = 43;
	stage_open(stage, ready_pages);
	stage_add_servers(stage, 1);
	screen = stage_play(stage, "<F8>\n" TO_SERVER "<Right>\n<Dump a>\n<Right>\n<Dump all>\n");
	assert_shows(screen, "\xE2\x97\x82 S00001 \xE2\x96\xB8");
	assert_shows(last_screen(screen), "all servers");
	screen = stage_play(stage, TO_SERVER "<Down>\n<Left>\n<Dump a>\n");
	assert_cursor_on(screen, "shell \xE2\x97\x82 argv \xE2\x96\xB8");
	assert_shows(screen, "[\"setup.exe\"");
}

/* Longer than the window: what turns it is seen, not its end. */
static void test_view_summary__lowest_screen__the_focused_selector_is_in_sight(void **state)
{
	struct stage *stage = *state;
	const char *screen;

	stage_open(stage, ready_pages);
	stage_add_servers(stage, 9);
	screen = stage_play(stage, "<F8>\n<Resize 40x10>\n" TO_SERVER "<Left>\n<Dump server>\n");
	assert_cursor_on(screen, "Command line for \xE2\x97\x82 all");
	stage->rows = 10;
	stage->columns = 40;
	assert_cursor_on(stage_play(stage, TO_SERVER "<Left>\n<Tab>\n<Dump shell>\n"), "shell \xE2\x97\x82");
}

static void test_view_summary__copy_and_whole_line__placeholders_only(void **state)
{
	struct stage *stage = *state;
	const char *screen;

	stage_open(stage, ready_pages);
	secret_set(passwords_secret(wizard_passwords(stage->wizard), "account"), CANARY, strlen(CANARY));
	screen = stage_play(stage, "<F8>\n<Alt-C>\n<Alt-L>\n<Dump a>\n");
	assert_shows(screen, "copied: setup.exe /silent /User:CONTOSO\\svc /Password:<password>");
	assert_shows(screen, "MS01, cmd");
	assert_hides(screen, CANARY);
}

/* The row of the table is cut where room is short, and Enter shows all of it. */
static void test_view_summary__enter_on_a_server__its_row_whole(void **state)
{
	struct stage *stage = *state;
	const char *screen;

	stage->columns = 40;
	stage_open(stage, ready_pages);
	stage_add_servers(stage, 2);
	screen = stage_play(stage, "<F8>\n<Down>\n<Dump row>\n<Enter>\n<Dump whole>\n");
	assert_shows(screen, "note S00001: se\xE2\x80\xA6");
	assert_shows(strstr(screen, "== whole"), "note S00001: setup ");
	assert_shows(strstr(screen, "== whole"), "S00001, cmd");
	assert_shows(strstr(screen, "== whole"), "setup.exe /silent");
	/* The command lines of all servers are below the table: the row alone. */
	screen = stage_play(stage, TO_SERVER "<Left>\n<Shift-Tab>\n<Enter>\n<DumpText all>\n");
	assert_shows(screen, " note MS01: setup  ");
	assert_hides(screen, "MS01, cmd");
}

static void test_view_summary__typed_password__shown_only_until_the_next_key(void **state)
{
	struct stage *stage = *state;
	const char *screen;

	stage->rows = 43;
	stage_open(stage, ready_pages);
	secret_set(passwords_secret(wizard_passwords(stage->wizard), "account"), CANARY, strlen(CANARY));
	screen = stage_play(stage,
			    "<F8>\n<Tab>\n<Tab>\n<Tab>\n<Tab>\n<Space>\n<Dump ticked>\n<F4>\n<DumpText shown>\n"
			    "<Up>\n<DumpText hidden>\n");
	assert_shows(screen, "[x] Put the typed passwords into the final line");
	assert_shows(screen, "A password on a command line can be seen");
	assert_true(wizard_literal(stage->wizard));
	assert_shows(strstr(screen, "== shown"), "/Password:" CANARY);
	assert_hides(last_screen(screen), CANARY);
	*strstr(stage->out.data, "== shown") = '\0';
	assert_hides(screen, CANARY);
}

static void test_view_summary__refused_value__reason_and_a_shell_that_can(void **state)
{
	struct stage *stage = *state;
	const char *screen;

	stage->rows = 43;
	stage_open(stage, ready_pages);
	stage_set(stage, small_accounts.fields, "account.user", "CONTOSO\\a\"b&c");
	screen = stage_play(stage, "<F8>\n<Dump a>\n");
	assert_shows(screen, WRONG);
	assert_shows(screen, "/User");
	assert_shows(screen, "The shell powershell can carry it.");
	assert_shows(stage_play(stage, "<Alt-C>\n<Dump a>\n"), "There is no line");
}

static void test_view_summary__files__ticked_and_renamed(void **state)
{
	struct stage *stage = *state;
	struct output *lines;

	stage_open(stage, ready_pages);
	lines = wizard_output(stage->wizard, 1);
	lines->chosen = true;
	stage_play(stage, "<F8>\n" TO_SERVER
			  "<Down>\n<Down>\n<Down>\n<Space>\n<Up>\n<Enter>\n<Ctrl-U>\nother.yaml\n<Enter>\n<Dump a>\n");
	assert_text("path", "other.yaml", wizard_output(stage->wizard, 0)->path);
	assert_shows(strbuf_text(&stage->out), "other.yaml");
	assert_shows(strbuf_text(&stage->out), "[ ] command lines");
}

/* The table has the servers in the order of their turns; its pointer chooses whose line stands below. */
static void test_view_summary__table_of_turns__pointer_chooses_the_line(void **state)
{
	struct stage *stage = *state;
	const char *screen;

	stage_open(stage, ready_pages);
	stage_add_servers(stage, 30);
	screen = stage_play(stage, "<F8>\n<Down>\n<Dump second>\n");
	assert_shows(screen, "What happens");
	assert_cursor_on(screen, "2 S00001");
	assert_shows(screen, "Command line for \xE2\x97\x82 S00001");
	screen = stage_play(stage, "<PgDn>\n<PgDn>\n<End>\n<Dump last>\n");
	assert_cursor_on(screen, "31 S00030");
	assert_shows(screen, "Command line for \xE2\x97\x82 S00030");
	assert_cursor_on(stage_play(stage, "<End>\n<Down>\n<Dump left>\n"), "Command line for");
	assert_shows(stage_play(stage, "<End>\n<Enter>\n<Dump whole>\n"), "S00030, cmd");
	screen = stage_play(stage, "/\nS0000\n<Enter>\n<Dump some>\n");
	assert_shows(screen, "Only rows with \"S0000\": 9 of 31. Esc shows all.");
	assert_shows(screen, "Command line for \xE2\x97\x82 S00001");
	assert_hides(stage_play(stage, "/\nS0000\n<Enter>\n<Esc>\n<Dump all>\n"), "Only rows");
	/* A server that is chosen by name takes the pointer along. */
	screen = stage_play(stage, TO_SERVER "<Right>\n<Shift-Tab>\n<Dump a>\n");
	assert_cursor_on(screen, "S00001");
	screen = stage_play(stage, stage_click(stage, "", "S00002"));
	screen = stage_play(stage, "<Dump a>\n");
	assert_shows(screen, "Command line for");
}

static void test_view_summary__server_list__many_servers_are_counted(void **state)
{
	static const struct page *const pages[] = { &small_servers, &small_ready, &small_done, NULL };
	struct stage *stage = *state;

	const char *screen;

	stage->columns = 132;
	stage_open(stage, pages);
	wizard_row_remove(stage->wizard, wizard_plan(stage->wizard)->flow->servers, 0);
	screen = stage_play(stage, "<F8>\n<End>\n<DumpText none>\n");
	assert_hides(screen, "0 servers");
	stage_open(stage, pages);
	stage_add_servers(stage, 2000);
	assert_shows(stage_play(stage, "<F8>\n<Tab>\n<Tab>\n<Tab>\n<Tab>\n<Dump a>\n"),
		     "2001 servers: MS01, S00001, S00002, S00003 and 1997 more");
}

/* ---- progress and the end ---- */

static void confirm_everything(struct stage *stage)
{
	struct diags diags = DIAGS_INIT;

	for (bool open = true; open;) {
		const struct check_list *checks = wizard_checks(stage->wizard);

		open = false;
		for (size_t i = 0; i < checks->count && !open; i++)
			if (check_is_open(&checks->items[i]))
				open = vouch_result(stage->wizard, &checks->items[i], "CONTOSO\\anna", "seen",
							   true, &diags);
	}
	diags_clear(&diags);
}

static void test_view_done__text_files_and_next_steps__are_shown(void **state)
{
	struct stage *stage = *state;
	const char *screen;

	stage_open(stage, ready_pages);
	confirm_everything(stage);
	screen = stage_play(stage, "<F8>\n<F8>\n<F8>\n<Dump a>\n");
	assert_shows(screen, "Everything is written.");
	assert_shows(screen, CONFIRMED);
	assert_shows(screen, "plan: small.yaml");
	assert_shows(screen, "What comes next");
	assert_shows(screen, "Back up the databases");
	stage_play(stage, "<F8>\n");
	assert_int_equal(stage->result, FRONT_FINISHED);
}

/* ---- sizes ---- */

/* The cursor is shown, and within the screen, on every page at every size. */
static void test_views__every_page_and_size__the_cursor_is_there(void **state)
{
	static const int sizes[][2] = { { 10, 40 }, { 11, 41 },  { 17, 71 }, { 18, 72 },
					{ 24, 80 }, { 30, 120 }, { 43, 132 } };
	struct stage *stage = *state;
	struct strbuf keys = STRBUF_INIT;

	stage_open(stage, all_pages);
	confirm_everything(stage);
	stage_set(stage, small_terms.fields, "agree", "yes");
	for (size_t page = 0; page + 1 < ARRAY_LEN(all_pages); page++) {
		strbuf_reset(&keys);
		for (size_t i = 0; i < ARRAY_LEN(sizes); i++)
			strbuf_printf(&keys,
				      "<Resize %dx%d>\n<Dump size>\n<Down>\n<Dump down>\n<PgDn>\n<Up>\n<Dump up>\n",
				      sizes[i][1], sizes[i][0]);
		strbuf_printf(&keys, "<Resize 80x24>\n<F8>\n<DumpText next>\n");
		print_message("page %zu\n", page);
		stage_play(stage, strbuf_text(&keys));
		assert_hides(strbuf_text(&stage->out), "cursor hidden");
	}
	strbuf_clear(&keys);
}

/* Any keys in any order: memory stays whole (with sanitizers) and the cursor stays in sight. */
static void test_views__random_keys__nothing_breaks(void **state)
{
	static const char *const keys[] = {
		"<Tab>",
		"<Shift-Tab>",
		"<Up>",
		"<Down>",
		"<Left>",
		"<Right>",
		"<Enter>",
		"<Space>",
		"<PgUp>",
		"<PgDn>",
		"<Home>",
		"<End>",
		"<F1>",
		"<F2>",
		"<F3>",
		"<F4>",
		"<F5>",
		"<F6>",
		"<F8>",
		"<F8>",
		"<Esc>",
		"<Del>",
		"<Insert>",
		"a",
		"+",
		"-",
		"/",
		"<Alt-L>",
		"<Alt-C>",
		"<Alt-G>",
		"<Ctrl-Up>",
		"<Ctrl-N>",
		"<Ctrl-U>",
		"<Backspace>",
		"NUL",
		"<Click 5 30>",
		"<Click 8 40>",
		"<Click 12 30>",
		"<Wheel up 5 30>",
		"<Wheel down 8 40>",
		"<Resize 40x10>",
		"<Resize 80x24>",
		"<Resize 132x43>",
		"<Resize 20x5>",
	};
	struct stage *stage = *state;
	struct strbuf script = STRBUF_INIT;
	uint32_t seed = 12345;

	for (int round = 0; round < 6; round++) {
		stage_open(stage, all_pages);
		if (round % 2)
			confirm_everything(stage);
		strbuf_reset(&script);
		for (int i = 0; i < 600; i++) {
			seed = seed * 1664525u + 1013904223u;
			strbuf_printf(&script, "%s\n%s", keys[(seed >> 16) % ARRAY_LEN(keys)],
				      i % 50 ? "" : "<Dump a>\n");
		}
		assert_hides(stage_play(stage, strbuf_text(&script)), "cursor hidden");
	}
	strbuf_clear(&script);
}

#define STAGED(function) cmocka_unit_test_setup_teardown(function, stage_set_up, stage_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		STAGED(test_view_text__page_keys__scroll_and_stay),
		STAGED(test_view_text__tab__the_field_below_is_reached_without_scrolling),
		STAGED(test_view_checks__counts_list_and_detail__are_shown),
		STAGED(test_view_checks__space__acknowledges_with_name_and_note),
		STAGED(test_view_checks__answer_without_a_note__is_asked_for),
		STAGED(test_view_checks__confirm__shows_what_is_vouched_for),
		STAGED(test_view_checks__a__answers_for_every_server),
		STAGED(test_view_checks__a_on_everything__confirms_what_is_not_known),
		STAGED(test_view_checks__failed__is_accepted_against_the_document_alone),
		STAGED(test_view_checks__failed_among_others__is_answered_alone),
		STAGED(test_view_checks__filter__shows_what_matches_until_esc),
		STAGED(test_view_checks__verify_again__the_pointer_stays_on_its_check),
		STAGED(test_view_checks__right_and_left__open_and_close_the_servers),
		STAGED(test_view_checks__answers_below_a_filter__go_for_what_is_shown),
		STAGED(test_view_checks__one_confirmation__needs_no_note),
		STAGED(test_view_checks__whole_line__shows_everything),
		STAGED(test_pages__goto_one_ahead__as_next_would),
		STAGED(test_view_summary__answers_and_lines__are_shown),
		STAGED(test_view_summary__enter_on_an_answer__goes_to_its_page),
		STAGED(test_view_summary__arrows__turn_server_and_shell),
		STAGED(test_view_summary__lowest_screen__the_focused_selector_is_in_sight),
		STAGED(test_view_summary__copy_and_whole_line__placeholders_only),
		STAGED(test_view_summary__enter_on_a_server__its_row_whole),
		STAGED(test_view_summary__typed_password__shown_only_until_the_next_key),
		STAGED(test_view_summary__refused_value__reason_and_a_shell_that_can),
		STAGED(test_view_summary__files__ticked_and_renamed),
		STAGED(test_view_summary__table_of_turns__pointer_chooses_the_line),
		STAGED(test_view_summary__server_list__many_servers_are_counted),
		STAGED(test_view_done__text_files_and_next_steps__are_shown),
		STAGED(test_views__every_page_and_size__the_cursor_is_there),
		STAGED(test_views__random_keys__nothing_breaks),
	};

	return run_tests(tests);
}
