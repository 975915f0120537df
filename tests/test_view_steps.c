/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The checklist on a script: what a key records, what is refused and how that is told, and that what
 * others record shows up by itself.
 */
#include "stage.h"

#include "pipeline/planfile.h"
#include "wizard/wizard_checks.h"

#include <sys/stat.h>
#include <unistd.h>

#define BEGUN 1795250100 /* 2026-11-21T08:35:00Z */
#define MINUTES(count) ((count)*60)

#define MS01 "upgrade-management-server@MS01"
#define MS02 "upgrade-management-server@MS02"
#define BACKUP "back-up-database"

struct desk { /* one who tracks, with a terminal of his own */
	char *folder;
	struct wizard *wizard;
	struct terminal inner; /* the script's */
	struct strbuf out;
	int rows, columns;
	bool ascii;
	const char *other_step; /* somebody else starts it while this desk is idle; NULL: nobody */
	const char *facts;      /* of WEB01, come while this desk is idle; NULL: none */
	unsigned idle, shown;
	enum front_result result;
	int signal;
};

/* ---- the desk ---- */

static void set_time(long minutes)
{
	char text[24];

	snprintf(text, sizeof(text), "%ld", BEGUN + MINUTES(minutes));
	assert_int_equal(setenv("SOURCE_DATE_EPOCH", text, 1), 0);
}

static struct wizard *open_wizard(bool track)
{
	struct wizard_options how = { .plan_path = "contoso.yaml", .track = track };
	struct plan_source source = { 0 };
	struct diags diags = DIAGS_INIT;
	struct plan *plan = NULL;

	assert_int_equal(plan_load("contoso.yaml", &plan, &source, &diags), LOAD_OK);
	assert_int_equal(diags.errors, 0);
	diags_clear(&diags);
	return wizard_new(plan, &source, &how);
}

static int set_up(void **state)
{
	struct desk *desk = xcalloc(1, sizeof(*desk));
	size_t length;
	char *plan = read_whole_file(source_path("tests/plans/om.yaml"), &length);

	desk->folder = scratch_folder();
	assert_int_equal(chdir(desk->folder), 0);
	setenv("XDG_STATE_HOME", desk->folder, 1);
	setenv("LOGNAME", "CONTOSO\\anna", 1);
	set_time(0);
	write_whole_file("contoso.yaml", plan, length);
	free(plan);
	desk->rows = 24;
	desk->columns = 80;
	desk->wizard = open_wizard(true);
	*state = desk;
	return 0;
}

static int tear_down(void **state)
{
	struct desk *desk = *state;

	wizard_free(desk->wizard);
	strbuf_clear(&desk->out);
	assert_int_equal(chdir("/"), 0);
	scratch_remove(desk->folder);
	free(desk);
	return 0;
}

static size_t step_of(struct wizard *wizard, const char *id)
{
	const struct step *step = sequence_find(wizard_sequence(wizard), id);

	assert_labelled(id, step != NULL);
	return (size_t)(step - wizard_sequence(wizard)->items);
}

/* Somebody records it at that minute, past this desk. */
static void record(const char *id, enum mark mark, const char *by, const char *note, long minutes)
{
	struct wizard *other = open_wizard(true);
	char now[21];
	struct mark_request request = {
		.step = step_of(other, id), .mark = mark, .by = by, .note = note, .now = now
	};
	struct diags diags = DIAGS_INIT;

	set_time(minutes);
	wizard_now(now);
	assert_labelled(id, tracker_mark(wizard_tracker(other, NULL), &request, &diags) == MARKED);
	diags_clear(&diags);
	wizard_free(other);
}

/* What has to be done before the first management server. */
static void record_preparation(void)
{
	struct wizard *other = open_wizard(true);
	const struct sequence *sequence = tracker_sequence(wizard_tracker(other, NULL));

	for (size_t i = 0; i < sequence->count; i++)
		if (sequence->items[i].task->preparation || sequence->items[i].task->backup)
			record(sequence->items[i].id, MARK_DONE, "anna", "", 1);
	wizard_free(other);
}

static const struct step_status *status_of(struct desk *desk, const char *id)
{
	struct tracker *tracker = wizard_tracker(desk->wizard, NULL);
	struct diags diags = DIAGS_INIT;
	bool changed;
	char now[21];

	assert_non_null(tracker);
	wizard_now(now);
	assert_true(tracker_reload(tracker, now, &changed, &diags));
	diags_clear(&diags);
	return tracker_status(tracker, step_of(desk->wizard, id));
}

static void put_facts_of(const char *path, const char *text)
{
	struct strbuf all = STRBUF_INIT;

	if (access("contoso.facts", F_OK) != 0)
		assert_int_equal(mkdir("contoso.facts", 0700), 0);
	strbuf_puts(&all, "scupgrade-facts: 1\ncollected: '2026-11-21T08:36:00Z'\n");
	strbuf_puts(&all, text);
	write_whole_file(path, strbuf_text(&all), all.length);
	strbuf_clear(&all);
}

/* ---- its terminal ---- */

static bool read_key(void *data, struct key *key, int timeout_ms)
{
	struct desk *desk = data;
	bool read = desk->inner.read(desk->inner.data, key, timeout_ms);

	if (key->name == KEYNAME_TIMEOUT && desk->idle++ > 0 && desk->other_step)
		record(desk->other_step, MARK_STARTED, "CONTOSO\\bob", "", 60);
	if (key->name == KEYNAME_TIMEOUT && desk->facts)
		put_facts_of("contoso.facts/web01.facts.yaml", desk->facts);
	return read;
}

static void show(void *data, const struct canvas *canvas, bool all)
{
	struct desk *desk = data;

	desk->shown++;
	desk->inner.show(desk->inner.data, canvas, all);
}

static void get_size(void *data, int *rows, int *columns)
{
	struct desk *desk = data;

	desk->inner.size(desk->inner.data, rows, columns);
}

static void copy(void *data, const char *text)
{
	struct desk *desk = data;

	desk->inner.copy(desk->inner.data, text);
}

static const char *play(struct desk *desk, const char *keys)
{
	struct ui_options options = { .color = COLOR_NEVER, .ascii = desk->ascii };
	struct terminal terminal = { .data = desk, .size = get_size, .read = read_key, .show = show, .copy = copy };
	struct script *script = script_new(keys, desk->rows, desk->columns, &desk->out);
	struct ui *ui;

	strbuf_reset(&desk->out);
	desk->shown = desk->idle = 0;
	desk->inner = script_terminal(script);
	ui = loop_new(desk->wizard, &terminal, &options);
	desk->result = loop_run(ui, &desk->signal);
	assert_int_equal(script_bad_line(script), 0);
	loop_free(ui);
	script_free(script);
	return strbuf_text(&desk->out);
}

/* ---- recording ---- */

static void test_checklist__opened__the_pointer_is_on_what_is_next(void **state)
{
	struct desk *desk = *state;

	assert_cursor_on(play(desk, "<Dump a>\n"), "Extract the media of 2016 on MS01");
	assert_shows(strbuf_text(&desk->out), "nothing recorded yet");
	assert_shows(strbuf_text(&desk->out), "tracking");
	record("extract-media@MS01", MARK_DONE, "anna", "", 1);
	assert_cursor_on(play(desk, "<Dump a>\n"), "Extract the media of 2016 on MS02");
}

static void test_checklist__start_and_enter__record_and_go_on(void **state)
{
	struct desk *desk = *state;
	const char *screen = play(desk, "S\n<DumpText started>\n<Enter>\n<Dump done>\n");

	assert_shows(screen, "running 0 min");
	assert_shows(last_screen(screen), "Recorded: Extract the media of 2016 on MS01, done. Next:");
	assert_cursor_on(screen, "Extract the media of 2016 on MS02");
	assert_int_equal(status_of(desk, "extract-media@MS01")->state, STATE_DONE);
	assert_text("by", "CONTOSO\\anna", status_of(desk, "extract-media@MS01")->by);
}

static void test_checklist__enter_on_what_was_not_started__asks(void **state)
{
	struct desk *desk = *state;

	assert_shows(play(desk, "<Enter>\n<DumpText a>\n<Esc>\n"), "Is it done already?");
	assert_int_equal(status_of(desk, "extract-media@MS01")->state, STATE_WAITING);
	play(desk, "<Enter>\n<Enter>\n");
	assert_int_equal(status_of(desk, "extract-media@MS01")->state, STATE_DONE);
	play(desk, "<Enter>\n<Right>\n<Enter>\n");
	assert_int_equal(status_of(desk, "extract-media@MS02")->state, STATE_STARTED);
}

static void test_checklist__second_management_server__is_refused_with_the_reason(void **state)
{
	struct desk *desk = *state;
	const char *screen;

	record_preparation();
	record(MS01, MARK_STARTED, "anna", "", 2);
	screen = play(desk, "/\nupgrade-management-server@MS02\n<Enter>\nS\n<DumpText start>\n<Esc>\n<Enter>\n"
			    "<DumpText done>\n");
	assert_shows(strstr(screen, "== start"), "It may not start before \"Upgrade management server");
	assert_shows(strstr(screen, "== done"), "It may not start before \"Upgrade management server");
	assert_shows(screen, "Not recorded");
	assert_int_equal(status_of(desk, MS02)->state, STATE_WAITING);
	assert_null(status_of(desk, MS02)->since);
}

static void test_checklist__failed__asks_for_a_note_and_says_where_to_look(void **state)
{
	struct desk *desk = *state;
	const char *screen;

	record_preparation();
	record(MS01, MARK_STARTED, "anna", "", 2);
	screen = play(desk, "/\n" MS01 "\n<Enter>\nX\n0x80131904\n<Enter>\n<DumpText look>\n<Esc>\n<DumpText after>\n");
	assert_shows(strstr(screen, "== look"), "Where to look: %LocalAppData%");
	assert_shows(last_screen(screen), "Note         0x80131904");
	assert_int_equal(status_of(desk, MS01)->state, STATE_FAILED);
}

static void test_checklist__log_of_a_failed_step__is_read_and_says_why(void **state)
{
	static const char log[] = "[20:00:01]:\tError:\t:SQL Server SQL01 does not have Full Text Search installed.\n";
	struct desk *desk = *state;
	const char *screen;

	write_whole_file("setup.log", log, sizeof(log) - 1);
	record_preparation();
	record(MS01, MARK_STARTED, "anna", "", 2);
	screen = play(desk, "/\n" MS01 "\n<Enter>\nX\n<Enter>\n<Right>\n<Enter>\n<DumpText ways>\n<Enter>\nno.log\n"
			    "<Enter>\n<DumpText missing>\n<Ctrl-U>\nsetup.log\n<Enter>\n<DumpText says>\n<Esc>\n"
			    "<DumpText after>\n");
	assert_shows(strstr(screen, "== ways"), "Type or paste");
	assert_shows(strstr(screen, "== missing"), "no.log cannot be read");
	assert_shows(strstr(screen, "== says"), "[sql-full-text-missing]");
	assert_shows(last_screen(screen), "F2 Read log");
	screen = play(desk, "/\n" MS01 "\n<Enter>\n<F2>\n<Enter>\nsetup.log\n<Enter>\n<DumpText again>\n<Esc>\n");
	assert_shows(strstr(screen, "== again"), "Full-Text Search is missing");
}

static void test_checklist__skip__needs_a_note_and_a_second_question_under_others(void **state)
{
	struct desk *desk = *state;
	const char *screen;

	screen = play(desk, "K\n<Enter>\n<DumpText empty>\n12 rows only\n<Enter>\n<DumpText skipped>\n");
	assert_shows(strstr(screen, "== empty"), "Say why, or what was seen.");
	assert_shows(last_screen(screen), "skipped, CONTOSO");
	screen = play(desk, "/\n" BACKUP "\n<Enter>\nK\nsnapshot\n<Enter>\n<DumpText refused>\n<Esc>\n");
	assert_shows(strstr(screen, "== refused"), "record it as done");
	assert_int_equal(status_of(desk, BACKUP)->state, STATE_WAITING);
	screen = play(desk, "/\n" MS01 "\n<Enter>\nK\ngone\n<Enter>\n<DumpText asks>\n<Enter>\n<DumpText left>\n");
	assert_shows(strstr(screen, "== asks"), "may start although nobody did it");
	assert_shows(strstr(screen, "== asks"), "\"Check that the services run on MS01\" requires");
	assert_hides(last_screen(screen), "Recorded");
	assert_int_equal(status_of(desk, MS01)->state, STATE_WAITING);
	play(desk, "/\n" MS01 "\n<Enter>\nK\ngone\n<Enter>\n<Left>\n<Enter>\n");
	assert_int_equal(status_of(desk, MS01)->state, STATE_SKIPPED);
	assert_true(status_of(desk, MS01)->forced);
	assert_text("note", "gone", status_of(desk, MS01)->note);
}

static void test_checklist__note_and_reset__stand_in_the_record(void **state)
{
	struct desk *desk = *state;
	char *journal;

	play(desk, "S\nN\nthe fans are loud\n<Enter>\n");
	assert_text("note", "the fans are loud", status_of(desk, "extract-media@MS01")->note);
	assert_int_equal(status_of(desk, "extract-media@MS01")->state, STATE_STARTED);
	assert_shows(play(desk, "<Home>\nR\n<Dump asks>\n<Enter>\n"), "[ Leave it ]");
	assert_int_equal(status_of(desk, "extract-media@MS01")->state, STATE_STARTED);
	play(desk, "<Home>\nR\n<Left>\n<Enter>\n");
	assert_int_equal(status_of(desk, "extract-media@MS01")->state, STATE_WAITING);
	journal = read_whole_file("contoso.yaml.journal", NULL);
	assert_non_null(strstr(journal, "state: noted, by: 'CONTOSO\\anna', note: 'the fans are loud'"));
	assert_non_null(strstr(journal, "state: reset"));
	free(journal);
}

static void test_checklist__note_that_is_none__is_told(void **state)
{
	struct desk *desk = *state;
	struct strbuf keys = STRBUF_INIT;

	strbuf_puts(&keys, "N\n");
	for (int i = 0; i < 501; i++)
		strbuf_putc(&keys, 'x');
	strbuf_puts(&keys, "\n<Enter>\n<DumpText long>\n<Esc>\n");
	assert_shows(play(desk, strbuf_text(&keys)), "500");
	assert_int_equal(access("contoso.yaml.journal", F_OK), -1);
	strbuf_clear(&keys);
}

static void test_checklist__lines__shown_whole_and_copied_with_placeholders(void **state)
{
	struct desk *desk = *state;
	const char *screen = play(desk, "/\n" MS01 "\n<Enter>\n<Alt-C>\n<Alt-L>\n<DumpText whole>\n<Esc>\n<Right>\n"
					"<DumpText turned>\n/\nno such step\n<Enter>\n<DumpText none>\n");

	assert_shows(screen, "copied: \"D:\\setup.exe\" /silent /upgrade");
	assert_shows(screen, "/DASAccountPassword:<password>");
	assert_shows(strstr(screen, "== whole"), "/AcceptEndUserLicenseAgreement:1");
	assert_shows(strstr(screen, "== turned"), "powershell");
	assert_shows(last_screen(screen), "No step has this text.");
}

/* A step that others wait for is recorded from among those found; what comes next is shown again. */
static void test_checklist__filter__some_until_esc_or_the_next_step(void **state)
{
	struct desk *desk = *state;
	const char *screen = play(desk, "/\nreview the event log\n<Enter>\n<DumpText some>\n<Down>\n<Down>\n"
					"<Esc>\n<DumpText all>\n");

	assert_shows(screen, "Only rows with \"review the event log\": 2 of ");
	assert_shows(strstr(screen, "== some"), "Esc Show all");
	assert_hides(strstr(screen, "== all"), "Only steps");
	assert_shows(strstr(screen, "== all"), "Esc Close");
	screen = play(desk, "/\nreview the event log of MS02\n<Enter>\nS\n<Enter>\n<DumpText next>\n");
	assert_hides(last_screen(screen), "Only steps");
}

/* ---- with others ---- */

static void test_checklist__somebody_else_records__shows_it_and_draws_only_then(void **state)
{
	struct desk *desk = *state;
	const char *screen = play(desk, "<Idle>\n<Idle>\n<Idle>\n<DumpText quiet>\n");

	(void)screen;
	assert_int_equal(desk->idle, 3);
	assert_int_equal(desk->shown, 1);
	desk->other_step = "extract-media@MS02";
	screen = play(desk, "<Idle>\n<DumpText before>\n<Idle>\n<DumpText after>\n");
	assert_hides(strndupa(screen, (size_t)(strstr(screen, "== after") - screen)), "running");
	assert_shows(strstr(screen, "== after"), "running 0 min");
	assert_int_equal(desk->shown, 2);
}

static void test_checklist__torn_and_damaged_journals__are_told(void **state)
{
	struct desk *desk = *state;
	const char *screen;
	char *journal;

	record("extract-media@MS01", MARK_DONE, "anna", "", 1);
	journal = read_whole_file("contoso.yaml.journal", NULL);
	write_whole_file("contoso.yaml.journal", journal, strlen(journal) - 5);
	free(journal);
	assert_shows(play(desk, "<DumpText torn>\n"), "The last line was cut off");
	write_whole_file("contoso.yaml.journal", "no journal\n", 11);
	screen = play(desk, "<DumpText old>\n");
	assert_shows(screen, "What is shown may be old");
	wizard_free(desk->wizard);
	desk->wizard = open_wizard(true);
	screen = play(desk, "<DumpText damaged>\nS\n<DumpText refused>\n");
	assert_shows(screen, "This is not a line of a journal.");
	assert_shows(last_screen(screen), "Not recorded");
	journal = read_whole_file("contoso.yaml.journal", NULL);
	assert_text("untouched", "no journal\n", journal);
	free(journal);
}

/* ---- leaving, and the wizard's own page ---- */

static void test_checklist__ways_to_leave__end_without_a_question(void **state)
{
	static const char *const ways[] = { "<Esc>\n", "<F8>\n", "<Tab>\n<Enter>\n", "<Alt-Q>\n", "Q\n" };
	struct desk *desk = *state;

	for (size_t i = 0; i < ARRAY_LEN(ways); i++) {
		play(desk, ways[i]);
		assert_labelled(ways[i], desk->result == FRONT_FINISHED || desk->result == FRONT_LEFT);
	}
	assert_shows(play(desk, "<PgDn>\n<PgDn>\n<PgDn>\n<PgDn>\n<PgDn>\n<PgDn>\n<PgDn>\n<F6>\n<DumpText here>\n"),
		     "There is nothing to save");
	play(desk, "<Signal 15>\n");
	assert_int_equal(desk->result, FRONT_SIGNAL);
	assert_int_equal(desk->signal, 15);
	assert_int_equal(access("scupgrade", F_OK), -1); /* no draft */
}

static void test_wizard_tracker__unsaved_plan__says_so_until_it_is_saved(void **state)
{
	struct desk *desk = *state;
	struct wizard *wizard = open_wizard(false);
	struct strbuf note = STRBUF_INIT;
	struct diags diags = DIAGS_INIT;

	assert_non_null(wizard_tracker(wizard, &diags));
	assert_int_equal(diags.count, 0);
	wizard_set(wizard, wizard_record(wizard), fields_find(wizard_plan(wizard)->flow->fields, "management-group"),
		   "FABRIKAM", NULL);
	assert_null(wizard_tracker(wizard, &diags));
	assert_string_equal(diags.items[0].code, "plan-not-saved");
	assert_int_equal(wizard_save(wizard, &note), WIZARD_SAVED);
	assert_non_null(wizard_tracker(wizard, NULL));
	wizard_set_plan_path(wizard, "other.yaml");
	assert_null(wizard_tracker(wizard, NULL));
	assert_int_equal(wizard_save(wizard, &note), WIZARD_SAVED);
	assert_non_null(wizard_tracker(wizard, NULL));
	assert_text("path", "other.yaml.journal", tracker_path(wizard_tracker(wizard, NULL)));
	strbuf_clear(&note);
	diags_clear(&diags);
	wizard_free(wizard);
	(void)desk;
}

/* The digest of the plan that the last record names. */
static void last_plan(char text[65])
{
	struct strbuf bytes = STRBUF_INIT;
	const char *at, *why, *last = NULL;

	assert_int_equal(platform_read("contoso.yaml.journal", 1u << 20, &bytes, NULL, &why), FILE_OK);
	for (at = strbuf_text(&bytes); (at = strstr(at, "plan: '")); at++)
		last = at + strlen("plan: '");
	assert_non_null(last);
	snprintf(text, 65, "%.64s", last);
	strbuf_clear(&bytes);
}

/* An answer to a check changes no step, but it is another plan. */
static void test_wizard_tracker__a_check_is_answered__records_name_the_plan_as_it_is_then(void **state)
{
	struct wizard *wizard = open_wizard(false);
	const struct check_result *result = NULL;
	const struct check_list *checks = wizard_checks(wizard);
	struct strbuf note = STRBUF_INIT;
	struct diags diags = DIAGS_INIT;
	struct mark_request request = { .mark = MARK_NOTED, .by = "anna", .note = "seen" };
	char before[65], after[65], now[21];

	(void)state;
	wizard_now(now);
	request.now = now;
	assert_int_equal(tracker_mark(wizard_tracker(wizard, NULL), &request, &diags), MARKED);
	last_plan(before);
	for (size_t i = 0; i < checks->count && !result; i++) {
		if (checks->items[i].verdict->state == CHECK_UNKNOWN)
			result = &checks->items[i];
	}
	assert_non_null(result);
	assert_true(wizard_answer_results(wizard, &result, 1, "anna", "seen", &diags));
	assert_int_equal(wizard_save(wizard, &note), WIZARD_SAVED);
	assert_int_equal(tracker_mark(wizard_tracker(wizard, NULL), &request, &diags), MARKED);
	last_plan(after);
	assert_string_not_equal(after, before);
	strbuf_clear(&note);
	diags_clear(&diags);
	wizard_free(wizard);
}

static void test_checklist__all_done__names_the_proof(void **state)
{
	struct desk *desk = *state;
	struct wizard *other = open_wizard(true);
	const struct sequence *sequence = wizard_sequence(other);
	const char *screen;

	for (size_t i = 0; i + 1 < sequence->count; i++)
		record(sequence->items[i].id, MARK_DONE, "anna", "", 1);
	wizard_free(other);
	screen = play(desk, "S\n<DumpText last>\n<Enter>\n<DumpText done>\n<Esc>\n<DumpText closed>\n");
	assert_shows(strstr(screen, "== done"), "Every step is settled");
	assert_shows(strstr(screen, "== done"), "--facts contoso.after");
	assert_shows(last_screen(screen), "Recorded: Restore the setting of TLS 1.0, done.");
	assert_hides(last_screen(screen), "--after");
}

/* ---- a plan that somebody else changes ---- */

/* FROM of the plan's file becomes TO. */
static void edit_plan(const char *from, const char *to)
{
	char *text = read_whole_file("contoso.yaml", NULL), *at = strstr(text, from);
	struct strbuf changed = STRBUF_INIT;

	assert_labelled(from, at != NULL);
	strbuf_add(&changed, text, (size_t)(at - text));
	strbuf_puts(&changed, to);
	strbuf_puts(&changed, at + strlen(from));
	write_whole_file("contoso.yaml", strbuf_text(&changed), changed.length);
	strbuf_clear(&changed);
	free(text);
}

#define ANOTHER_SERVER "servers:\n  - { name: MS09, roles: [management-server] }\n"

static void test_checklist__plan_changed_meanwhile__is_read_again_before_anything_is_recorded(void **state)
{
	struct desk *desk = *state;
	const char *screen;

	status_of(desk, "extract-media@MS01");
	edit_plan("servers:\n", ANOTHER_SERVER);
	screen = play(desk, "<DumpText told>\nS\n<DumpText asks>\n<Esc>\n<DumpText left>\n");
	assert_shows(strstr(screen, "== told"), "Nothing is recorded any more");
	assert_shows(strstr(screen, "== asks"), "The plan was changed");
	assert_int_equal(access("contoso.yaml.journal", F_OK), -1);
	screen = play(desk, "S\n<Enter>\n<DumpText again>\nS\n<DumpText started>\n");
	assert_shows(strstr(screen, "== again"), "The plan was read again.");
	assert_shows(strstr(screen, "== started"), "Extract the media of 2016 on MS09");
	assert_int_equal(status_of(desk, "extract-media@MS09")->state, STATE_STARTED);
}

static void test_checklist__plan_in_other_words__is_the_same_plan(void **state)
{
	struct desk *desk = *state;

	status_of(desk, "extract-media@MS01");
	edit_plan("servers:\n", "# in their order\nservers:\n");
	play(desk, "S\n");
	assert_int_equal(status_of(desk, "extract-media@MS01")->state, STATE_STARTED);
}

static void test_checklist__plan_that_cannot_be_read_again__stays_as_it_was(void **state)
{
	static const char *const reasons[] = { "The plan's file is gone.", "nonsense" };
	struct desk *desk = *state;

	status_of(desk, "extract-media@MS01");
	for (size_t i = 0; i < ARRAY_LEN(reasons); i++) {
		const char *screen;
		char *text = read_whole_file("contoso.yaml", NULL);

		if (i)
			edit_plan("servers:\n", "servers:\n  - { name: MS09, roles: [nonsense] }\n");
		else
			assert_int_equal(unlink("contoso.yaml"), 0);
		screen = play(desk, "S\n<Enter>\n<DumpText refused>\n<Esc>\n<DumpText after>\n");
		assert_shows(strstr(screen, "== refused"), "Not read");
		assert_shows(strstr(screen, "== refused"), reasons[i]);
		assert_shows(strstr(screen, "== after"), "Extract the media of 2016 on MS01");
		write_whole_file("contoso.yaml", text, strlen(text));
		free(text);
	}
	play(desk, "S\n");
	assert_int_equal(status_of(desk, "extract-media@MS01")->state, STATE_STARTED);
}

/* ---- facts that come meanwhile ---- */

#define MS01_FACTS "contoso.facts/ms01.facts.yaml"

#define TO_MS01 "/\nserver@MS01\n<Enter>\n"

static void test_checklist__facts_that_come_later__count_before_a_start(void **state)
{
	struct desk *desk = *state;
	const char *screen;

	record_preparation();
	put_facts_of(MS01_FACTS, "server: MS01\ndotnet:\n  release: 528040\n");
	screen = play(desk, TO_MS01 "<DumpText found>\nS\n<DumpText refused>\n<Esc>\n");
	assert_shows(strstr(screen, "== refused"), "Not recorded");
	assert_shows(strstr(screen, "== refused"), ".NET Framework");
	assert_int_equal(status_of(desk, MS01)->state, STATE_WAITING);
	/* In place, which no folder shows. */
	put_facts_of(MS01_FACTS, "server: MS01\ndotnet:\n  release: 379893\n");
	screen = play(desk, TO_MS01 "S\n<DumpText started>\n");
	assert_shows(strstr(screen, "== started"), "Recorded: Upgrade management server MS01, started.");
	assert_int_equal(status_of(desk, MS01)->state, STATE_STARTED);
}

static void test_checklist__facts_that_change_the_steps__leave_the_pointer_where_it_is(void **state)
{
	struct desk *desk = *state;
	const char *screen;

	edit_plan("servers:\n", "data-access-address: das.contoso.com\nservers:\n");
	wizard_free(desk->wizard);
	desk->wizard = open_wizard(true);
	step_of(desk->wizard, "point-web-console@WEB01");
	put_facts_of("contoso.facts/rep01.facts.yaml", "server: REP01\n");
	put_facts_of("contoso.facts/web01.facts.yaml", "server: WEB01\nweb-console:\n  management-server: MS01\n"
						       "oops: 1\n");
	screen = play(desk, "<End>\n<Dump told>\n");
	assert_null(sequence_find(wizard_sequence(desk->wizard), "point-web-console@WEB01"));
	assert_shows(screen, "The facts were read again.");
	assert_shows(screen, "oops");
	assert_cursor_on(screen, "Restore the setting of TLS 1.0");
}

static void test_checklist__facts_that_take_the_step_away__start_no_other(void **state)
{
	struct desk *desk = *state;
	const char *screen, *first;

	edit_plan("servers:\n", "data-access-address: das.contoso.com\nservers:\n");
	wizard_free(desk->wizard);
	desk->wizard = open_wizard(true);
	put_facts_of("contoso.facts/web01.facts.yaml", "server: WEB01\n");
	play(desk, "<End>\n<Dump read>\n");
	/* In place, so that the key that starts is the first to see it. */
	put_facts_of("contoso.facts/web01.facts.yaml", "server: WEB01\nweb-console:\n  management-server: MS01\n");
	screen = play(desk, "/\npoint-web-console@WEB01\n<Enter>\n<DumpText found>\nS\n<DumpText gone>\n");
	assert_shows(strstr(screen, "== found"), "1 of ");
	assert_shows(strstr(screen, "== gone"), "The facts were read again.");
	assert_null(sequence_find(wizard_sequence(desk->wizard), "point-web-console@WEB01"));
	first = wizard_sequence(desk->wizard)->items[0].id;
	assert_int_equal(status_of(desk, first)->state, STATE_WAITING);
}

/* They are shown without a key, and the next key is not for the step that took the place of theirs. */
static void test_checklist__facts_that_come_meanwhile__are_shown_without_a_key(void **state)
{
	struct desk *desk = *state;
	const char *screen, *first;

	edit_plan("servers:\n", "data-access-address: das.contoso.com\nservers:\n");
	wizard_free(desk->wizard);
	desk->wizard = open_wizard(true);
	first = "extract-media@MS01";
	desk->facts = "server: WEB01\nweb-console:\n  management-server: MS01\n";
	screen = play(desk, "/\npoint-web-console@WEB01\n<Enter>\n<Esc>\n<DumpText before>\n<Idle>\n<DumpText after>\n"
			    "S\n<DumpText still>\n");
	assert_hides(strndupa(screen, (size_t)(strstr(screen, "== after") - screen)), "The facts were read again.");
	assert_shows(strstr(screen, "== after"), "The facts were read again.");
	assert_null(sequence_find(wizard_sequence(desk->wizard), "point-web-console@WEB01"));
	assert_int_equal(status_of(desk, first)->state, STATE_WAITING);
	desk->facts = NULL;
	play(desk, "<Home>\nS\n");
	assert_int_equal(status_of(desk, first)->state, STATE_STARTED);
}

static void test_wizard_tracker__progress_page__looks_at_the_file_too(void **state)
{
	struct wizard *wizard = open_wizard(false);
	struct diags diags = DIAGS_INIT;

	(void)state;
	assert_non_null(wizard_tracker(wizard, NULL));
	assert_false(wizard_plan_moved(wizard));
	edit_plan("servers:\n", ANOTHER_SERVER);
	assert_null(wizard_tracker(wizard, &diags));
	assert_string_equal(diags.items[0].code, "plan-moved");
	assert_true(wizard_plan_moved(wizard));
	diags_clear(&diags);
	assert_true(wizard_reread_plan(wizard, &diags));
	assert_int_equal(wizard_page(wizard)->kind, PAGE_STEPS);
	assert_true(wizard_page_visited(wizard, wizard_page_at(wizard, 0)));
	assert_non_null(wizard_tracker(wizard, &diags));
	assert_int_equal(diags.count, 0);
	assert_false(wizard_changed(wizard));
	wizard_free(wizard);
}

/* Any keys in any order: memory stays whole (with sanitizers), the record stays one, the cursor stays in sight. */
static void test_checklist__random_keys__nothing_breaks(void **state)
{
	static const char *const keys[] = { "<Up>",
					    "<Down>",
					    "<PgDn>",
					    "<Enter>",
					    "<Enter>",
					    "<Space>",
					    "<Left>",
					    "<Right>",
					    "<Esc>",
					    "S",
					    "X",
					    "K",
					    "N",
					    "R",
					    "I",
					    "/",
					    "a note",
					    "<Tab>",
					    "<Idle>",
					    "<Alt-L>",
					    "<Alt-C>",
					    "<F1>",
					    "<Home>",
					    "<End>",
					    "<Resize 40x10>",
					    "<Resize 80x24>",
					    "<Resize 20x5>",
					    "<Resize 132x43>",
					    "<Click 8 20>" };
	struct desk *desk = *state;
	struct strbuf script = STRBUF_INIT;
	uint32_t seed = 20261121;
	struct tracker *tracker;

	for (int i = 0; i < 3000; i++) {
		seed = seed * 1664525u + 1013904223u;
		strbuf_printf(&script, "%s\n", keys[(seed >> 16) % ARRAY_LEN(keys)]);
	}
	strbuf_puts(&script, "<Resize 80x24>\n<Dump end>\n");
	play(desk, strbuf_text(&script));
	strbuf_clear(&script);
	wizard_free(desk->wizard);
	desk->wizard = open_wizard(true);
	tracker = wizard_tracker(desk->wizard, NULL);
	assert_non_null(tracker);
	assert_non_null(tracker_begun(tracker));
}

int main(void)
{
#define AT_DESK(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		AT_DESK(test_checklist__opened__the_pointer_is_on_what_is_next),
		AT_DESK(test_checklist__start_and_enter__record_and_go_on),
		AT_DESK(test_checklist__enter_on_what_was_not_started__asks),
		AT_DESK(test_checklist__second_management_server__is_refused_with_the_reason),
		AT_DESK(test_checklist__failed__asks_for_a_note_and_says_where_to_look),
		AT_DESK(test_checklist__log_of_a_failed_step__is_read_and_says_why),
		AT_DESK(test_checklist__skip__needs_a_note_and_a_second_question_under_others),
		AT_DESK(test_checklist__note_and_reset__stand_in_the_record),
		AT_DESK(test_checklist__note_that_is_none__is_told),
		AT_DESK(test_checklist__lines__shown_whole_and_copied_with_placeholders),
		AT_DESK(test_checklist__filter__some_until_esc_or_the_next_step),
		AT_DESK(test_checklist__somebody_else_records__shows_it_and_draws_only_then),
		AT_DESK(test_checklist__torn_and_damaged_journals__are_told),
		AT_DESK(test_checklist__ways_to_leave__end_without_a_question),
		AT_DESK(test_wizard_tracker__unsaved_plan__says_so_until_it_is_saved),
		AT_DESK(test_wizard_tracker__a_check_is_answered__records_name_the_plan_as_it_is_then),
		AT_DESK(test_checklist__all_done__names_the_proof),
		AT_DESK(test_checklist__plan_changed_meanwhile__is_read_again_before_anything_is_recorded),
		AT_DESK(test_checklist__plan_in_other_words__is_the_same_plan),
		AT_DESK(test_checklist__plan_that_cannot_be_read_again__stays_as_it_was),
		AT_DESK(test_checklist__facts_that_come_later__count_before_a_start),
		AT_DESK(test_checklist__facts_that_change_the_steps__leave_the_pointer_where_it_is),
		AT_DESK(test_checklist__facts_that_take_the_step_away__start_no_other),
		AT_DESK(test_checklist__facts_that_come_meanwhile__are_shown_without_a_key),
		AT_DESK(test_wizard_tracker__progress_page__looks_at_the_file_too),
		AT_DESK(test_checklist__random_keys__nothing_breaks),
	};

	return run_tests(tests);
}
