/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What servers recorded of an upgrade counts at the desk: beside the journal, never in its place unasked.
 */
#include "helpers.h"

#include "model/flow.h"
#include "pipeline/facts_read.h"
#include "pipeline/tracker.h"

#define NOW "2026-11-21T14:00:00Z"
#define LOGS "review-event-logs@MS01"
#define BACKUP "back-up-database"
#define MS01 "upgrade-management-server@MS01"

struct desk { /* a plan of two management servers and a gateway, its journal, facts of MS01 */
	char *folder, *path;
	struct plan *plan;
	struct arena *arena;
	struct sequence sequence;
	struct facts *facts;
	struct tracker *tracker;
	struct diags diags;
};

static void add_server(struct plan *plan, const char *name, unsigned roles)
{
	struct server *server = (struct server *)plan_new_record(plan, plan->flow->servers);

	server->name = name;
	server->roles = roles;
	rows_insert(plan, &plan->answers->servers, plan_server_count(plan), &server->record);
}

static int open_desk(void **state)
{
	struct desk *desk = calloc(1, sizeof(*desk));

	desk->folder = scratch_folder();
	assert_true(asprintf(&desk->path, "%s/plan.yaml", desk->folder) > 0);
	desk->plan = plan_new(flow_find("operations-manager"));
	field_store_kept(desk->plan->flow->name, desk->plan, &desk->plan->answers->record, "CONTOSO", NULL);
	add_server(desk->plan, "MS01", 1u << 0);
	add_server(desk->plan, "MS02", 1u << 0);
	add_server(desk->plan, "GW01", 1u << 3);
	desk->arena = arena_new();
	desk->sequence = sequence_build(desk->plan, desk->arena);
	*state = desk;
	return 0;
}

static void leave(struct desk *desk)
{
	tracker_free(desk->tracker);
	desk->tracker = NULL;
	diags_clear(&desk->diags);
	facts_free(desk->facts);
	desk->facts = NULL;
}

static int close_desk(void **state)
{
	struct desk *desk = *state;

	leave(desk);
	plan_free(desk->plan);
	arena_free(desk->arena);
	scratch_remove(desk->folder);
	free(desk->path);
	free(desk);
	return 0;
}

/* Facts of MS01 with ROWS of records, collected at 13:30; REST are further lines. */
static void read_facts(struct desk *desk, const char *rows, const char *rest)
{
	char *text;

	assert_true(asprintf(&text,
			     "scupgrade-facts: 1\nserver: ms01\ndomain: contoso.com\n"
			     "collected: '2026-11-21T13:30:00Z'\n%s%s%s",
			     *rows ? "records:\n" : "", rows, rest) > 0);
	assert_labelled(text, facts_read("ms01.facts.yaml", text, strlen(text), NOW, &desk->facts, &desk->diags));
	free(text);
}

static void sit_down(struct desk *desk)
{
	desk->tracker = tracker_open(desk->plan, &desk->sequence, desk->path, NULL, NOW, &desk->diags);
	assert_non_null(desk->tracker);
	tracker_use_records(desk->tracker, desk->facts, NOW, &desk->diags);
}

static size_t step_of(const struct desk *desk, const char *id)
{
	const struct step *step = sequence_find(&desk->sequence, id);

	assert_labelled(id, step != NULL);
	return (size_t)(step - desk->sequence.items);
}

static const struct step_status *status_of(const struct desk *desk, const char *id)
{
	return tracker_status(desk->tracker, step_of(desk, id));
}

static enum mark_result mark_at(struct desk *desk, const char *id, enum mark mark, const char *note, const char *time)
{
	struct mark_request request = { .step = step_of(desk, id), .mark = mark, .by = "anna", .note = note,
					.now = time };

	diags_clear(&desk->diags);
	return tracker_mark(desk->tracker, &request, &desk->diags);
}

/* A row of the records of MS01. */
#define ROW_OF(upgrade, step, hour, state)                                                                             \
	"  - { upgrade: '" upgrade "', step: '" step "', time: '2026-11-21T" hour ":00:00Z', state: " state            \
	", who: 'CONTOSO\\otto', note: 'there' }\n"
#define ROW(step, hour, state) ROW_OF("operations-manager\\CONTOSO\\2012-r2-2016", step, hour, state)

/* ---- the later one holds ---- */

struct story {
	const char *name;
	const char *before;  /* the desk's journal: marks of LOGS with their hours, "09 started 10 done"; "": none */
	const char *rows;
	const char *state;   /* of LOGS then */
	bool recorded;       /* by the server's record */
	const char *findings;
};

static const struct story stories[] = {
	{ "nothing", "", "", "waiting", false, "" },
	{ "done there", "", ROW(LOGS, "10", "done"), "done", true, "" },
	{ "failed there", "", ROW(LOGS, "10", "failed"), "failed", true, "" },
	{ "skipped there", "", ROW(LOGS, "10", "skipped"), "skipped", true, "" },
	{ "reset there", "", ROW(LOGS, "10", "reset"), "waiting", true, "" },
	{ "started there, no end", "", ROW(LOGS, "10", "started"), "unknown", true, "note steps-unknown\n" },
	{ "case of the key and of the id", "",
	  ROW_OF("Operations-Manager\\contoso\\2012-R2-2016", "Review-Event-Logs@ms01", "10", "done"), "done", true,
	  "" },
	{ "the server by its whole name", "", ROW("review-event-logs@ms01.contoso.com", "10", "done"), "done", true,
	  "" },
	{ "another group", "", ROW_OF("operations-manager\\OTHER\\2012-r2-2016", LOGS, "10", "done"), "waiting", false,
	  "" },
	{ "another hop", "", ROW_OF("operations-manager\\CONTOSO\\2016-2019", LOGS, "10", "done"), "waiting", false,
	  "" },
	{ "no step of the plan", "", ROW("upgrade-gateway@GW09", "10", "done"), "waiting", false,
	  "warning record-step-unknown\n" },
	{ "steps that the plan has not now", "",
	  ROW("move-windows", "10", "done") ROW("upgrade-gateway@MS01", "10", "done"), "waiting", false, "" },
	{ "two that are no steps of the plan", "",
	  ROW("upgrade-gateway@GW08", "10", "done") ROW("upgrade-gateway@GW09", "10", "done"), "waiting", false,
	  "warning record-step-unknown\n" },
	{ "begun at the desk, ended there", "09 started", ROW(LOGS, "10", "done"), "done", true, "" },
	{ "begun there, ended at the desk", "11 done", ROW(LOGS, "10", "started"), "done", false, "" },
	{ "failed there, done at the desk", "11 started 12 done", ROW(LOGS, "10", "failed"), "done", false, "" },
	{ "the same twice", "11 done", ROW(LOGS, "10", "done"), "done", false, "" },
	{ "the same again", "09 done", ROW(LOGS, "10", "done"), "done", true, "" },
	{ "at one time the journal holds", "10 done", ROW(LOGS, "10", "done"), "done", false, "" },
	{ "done at the desk, failed there", "09 done", ROW(LOGS, "10", "failed"), "failed", true,
	  "warning record-state\n" },
	{ "done at the desk, begun there", "09 done", ROW(LOGS, "10", "started"), "unknown", true,
	  "warning record-state\nnote steps-unknown\n" },
	{ "done there, begun at the desk", "11 started", ROW(LOGS, "10", "done"), "running", false,
	  "warning record-state\n" },
	{ "set back at the desk", "11 reset", ROW(LOGS, "10", "done"), "waiting", false, "" },
	{ "a note there", "09 done", ROW(LOGS, "10", "noted"), "done", false, "" },
	{ "from the future", "", ROW(LOGS, "19", "done"), "done", true, "warning record-future\n" },
};

/* Lines as the program writes them: marks that the rules would refuse cannot be made. */
static void write_journal(const struct desk *desk, const char *marks)
{
	struct strbuf text = STRBUF_INIT, path = STRBUF_INIT;
	char hour[3], state[12];
	int used = 0;

	for (; sscanf(marks, "%2s %11s%n", hour, state, &used) == 2; marks += used)
		strbuf_printf(&text,
			      "- { time: '2026-11-21T%s:00:00Z', step: '" LOGS "', state: %s, by: 'anna', note: '', "
			      "plan: '%064d', content: '%016d' }\n",
			      hour, state, 0, 0);
	journal_path(desk->path, &path);
	if (text.length)
		write_whole_file(strbuf_text(&path), strbuf_text(&text), text.length);
	else
		(void)remove(strbuf_text(&path));
	strbuf_clear(&text);
	strbuf_clear(&path);
}

/* Without what the journal alone has to say. */
static bool is_about_records(const struct diags *diags, size_t index, const void *data)
{
	const char *code = diags->items[index].code;

	(void)data;
	return strstr(code, "record") || str_eq(code, "steps-unknown");
}

static void test_use_records__journal_and_record__the_later_one_holds(void **state)
{
	struct desk *desk = *state;

	for (size_t i = 0; i < ARRAY_LEN(stories); i++) {
		const struct story *story = &stories[i];
		char *found;

		write_journal(desk, story->before);
		read_facts(desk, story->rows, "");
		sit_down(desk);
		assert_text(story->name, story->state, step_status_name(status_of(desk, LOGS)));
		assert_labelled(story->name, (status_of(desk, LOGS)->record != NULL) == story->recorded);
		diags_filter(&desk->diags, is_about_records, NULL);
		found = findings_text(&desk->diags);
		assert_text(story->name, story->findings, found);
		free(found);
		leave(desk);
	}
}

static void test_use_records__contradiction__names_both_with_who_and_when(void **state)
{
	struct desk *desk = *state;

	write_journal(desk, "09 done");
	read_facts(desk, ROW(LOGS, "10", "failed"), "");
	sit_down(desk);
	diags_filter(&desk->diags, is_about_records, NULL);
	assert_string_equal(desk->diags.items[0].text,
			    LOGS ": the journal (anna, 2026-11-21T09:00:00Z) says done, and later the record on "
				 "ms01.contoso.com (CONTOSO\\otto, 2026-11-21T10:00:00Z) says failed.");
	assert_string_equal(desk->diags.items[0].at.file, "ms01.facts.yaml");
}

static void test_use_records__thousands_of_contradictions__are_no_wall_of_text(void **state)
{
	struct desk *desk = *state;
	struct strbuf rows = STRBUF_INIT;

	for (int i = 0; i < 1000; i++)
		strbuf_puts(&rows, i % 2 ? ROW(LOGS, "10", "done") : ROW(LOGS, "10", "failed"));
	read_facts(desk, strbuf_text(&rows), "");
	sit_down(desk);
	assert_in_range(desk->diags.count, 1, 12);
	strbuf_clear(&rows);
}

static void test_use_records__digest_of_another_step__is_shown_as_changed(void **state)
{
	struct desk *desk = *state;
	char digest[17], *row;

	step_digest(&desk->sequence.items[step_of(desk, LOGS)], digest);
	assert_true(asprintf(&row,
			     "  - { upgrade: 'operations-manager\\CONTOSO\\2012-r2-2016', step: '" LOGS
			     "', time: '2026-11-21T10:00:00Z', state: done, by-hand: true, digest: '%s' }\n",
			     digest) > 0);
	read_facts(desk, row, "");
	sit_down(desk);
	assert_false(status_of(desk, LOGS)->changed);
	assert_true(status_of(desk, LOGS)->record->by_hand);
	assert_null(status_of(desk, LOGS)->by);
	leave(desk);
	*strstr(row, digest) ^= 1;
	read_facts(desk, row, "");
	sit_down(desk);
	assert_true(status_of(desk, LOGS)->changed);
	free(row);
}

/* ---- what a person makes of it ---- */

static void test_mark__done_by_a_record__is_taken_over_by_who_says_the_same(void **state)
{
	struct desk *desk = *state;

	read_facts(desk, ROW(LOGS, "10", "done"), "");
	sit_down(desk);
	assert_int_equal(mark_at(desk, LOGS, MARK_STARTED, "", NOW), MARK_REFUSED);
	assert_string_equal(desk->diags.items[0].code, "step-state");
	assert_non_null(strstr(desk->diags.items[0].text, "It is done, by the record on ms01.contoso.com"));
	assert_int_equal(mark_at(desk, LOGS, MARK_DONE, "", NOW), MARKED);
	assert_null(status_of(desk, LOGS)->record);
	assert_string_equal(status_of(desk, LOGS)->note,
			    "by the record on ms01.contoso.com, CONTOSO\\otto, 2026-11-21T10:00:00Z");
	assert_int_equal(mark_at(desk, LOGS, MARK_DONE, "", NOW), MARKED_BEFORE);
	leave(desk);
	/* It stands in the journal now, facts or not. */
	sit_down(desk);
	assert_int_equal(status_of(desk, LOGS)->state, STATE_DONE);
}

static void test_mark__skipped_or_reset_by_a_record__by_the_same_rules(void **state)
{
	struct desk *desk = *state;

	read_facts(desk, ROW(LOGS, "10", "skipped"), "");
	sit_down(desk);
	assert_int_equal(mark_at(desk, LOGS, MARK_SKIPPED, "nothing there", NOW), MARKED);
	assert_string_equal(status_of(desk, LOGS)->note, "nothing there");
	leave(desk);
	read_facts(desk, ROW("review-event-logs@MS02", "10", "reset"), "");
	sit_down(desk);
	assert_int_equal(mark_at(desk, "review-event-logs@MS02", MARK_RESET, "", NOW), MARK_REFUSED);
	assert_int_equal(mark_at(desk, "review-event-logs@MS02", MARK_STARTED, "", NOW), MARKED);
}

static void test_mark__unknown__waits_for_who_has_read_the_log(void **state)
{
	static const enum mark answers[] = { MARK_DONE, MARK_FAILED, MARK_RESET };
	struct desk *desk = *state;

	for (size_t i = 0; i < ARRAY_LEN(answers); i++) {
		write_journal(desk, "");
		read_facts(desk, ROW(BACKUP, "10", "started"), "");
		sit_down(desk);
		assert_false(tracker_may_start(desk->tracker, step_of(desk, BACKUP)));
		assert_int_equal(mark_at(desk, BACKUP, MARK_STARTED, "", NOW), MARK_REFUSED);
		assert_non_null(strstr(desk->diags.items[0].text, "How it ended is not known, by the record on"));
		assert_non_null(strstr(desk->diags.items[0].hint, "Read its log there"));
		assert_int_equal(mark_at(desk, MS01, MARK_STARTED, "", NOW), MARK_REFUSED);
		assert_int_equal(mark_at(desk, BACKUP, answers[i], "", NOW), MARKED);
		assert_null(status_of(desk, BACKUP)->record);
		leave(desk);
	}
}

static void test_mark__what_waits_for_a_record__may_start(void **state)
{
	struct desk *desk = *state;
	size_t step = step_of(desk, "clean-up-entity-log"), steps[64], count;

	read_facts(desk, ROW("clean-up-entity-log", "10", "done"), "");
	sit_down(desk);
	assert_true(tracker_is_settled(desk->tracker, step));
	/* The rest of the first server's conditions is open, but not that one. */
	count = tracker_blockers(desk->tracker, step_of(desk, MS01), steps, ARRAY_LEN(steps));
	assert_in_range(count, 1, ARRAY_LEN(steps));
	for (size_t i = 0; i < count; i++)
		assert_int_not_equal(steps[i], step);
}

/* ---- builds ---- */

#define TARGET "builds:\n  server-version: '7.2.11719.0'\n  file-version: '7.2.11719.0'\n"
#define SOURCE "builds:\n  server-version: '7.1.10226.0'\n  file-version: '7.1.10226.1387'\n"

static void test_use_records__build_of_the_target__is_not_known_without_a_record(void **state)
{
	struct desk *desk = *state;
	struct strbuf text = STRBUF_INIT;

	read_facts(desk, "", SOURCE);
	sit_down(desk);
	assert_string_equal(step_status_name(status_of(desk, MS01)), "waiting");
	leave(desk);
	read_facts(desk, "", TARGET);
	sit_down(desk);
	assert_string_equal(step_status_name(status_of(desk, MS01)), "unknown");
	assert_true(status_of(desk, MS01)->record->build);
	assert_string_equal(step_status_name(status_of(desk, "upgrade-management-server@MS02")), "waiting");
	tracker_situation(desk->tracker, step_of(desk, MS01), NOW, &text);
	tracker_put_origin(desk->tracker, step_of(desk, MS01), NOW, &text);
	assert_string_equal(strbuf_text(&text),
			    "not known: it has the target's build, by the facts of ms01.contoso.com, 13:30 UTC");
	strbuf_clear(&text);
	leave(desk);
	/* With a record it is done. */
	read_facts(desk, ROW(MS01, "12", "done"), TARGET);
	sit_down(desk);
	assert_string_equal(step_status_name(status_of(desk, MS01)), "done");
	leave(desk);
	/* Who sets it back has looked. */
	read_facts(desk, "", TARGET);
	sit_down(desk);
	assert_int_equal(mark_at(desk, MS01, MARK_STARTED, "", NOW), MARK_REFUSED);
	assert_int_equal(mark_at(desk, MS01, MARK_RESET, "", NOW), MARKED);
	assert_string_equal(step_status_name(status_of(desk, MS01)), "waiting");
}

static void test_use_records__origin_of_the_journal__is_who_and_when(void **state)
{
	struct desk *desk = *state;
	struct strbuf text = STRBUF_INIT;

	write_journal(desk, "09 done");
	read_facts(desk, "", "");
	sit_down(desk);
	tracker_put_origin(desk->tracker, step_of(desk, LOGS), NULL, &text);
	assert_string_equal(strbuf_text(&text), ", anna, 2026-11-21T09:00:00Z");
	strbuf_reset(&text);
	tracker_put_origin(desk->tracker, step_of(desk, BACKUP), NOW, &text);
	assert_string_equal(strbuf_text(&text), "");
	strbuf_clear(&text);
}

static void test_open__server_written_otherwise_since__keeps_its_record(void **state)
{
	static const char line[] = "- { time: '2026-11-21T09:00:00Z', step: 'review-event-logs@ms01.contoso.com', "
				   "state: done, by: 'anna', note: '', plan: '', content: '' }\n";
	struct desk *desk = *state;
	struct strbuf path = STRBUF_INIT, text = STRBUF_INIT;

	strbuf_printf(&text, "%.*s", (int)(strstr(line, "plan: ''") - line), line);
	strbuf_printf(&text, "plan: '%064d', content: '%016d' }\n", 0, 0);
	journal_path(desk->path, &path);
	write_whole_file(strbuf_text(&path), strbuf_text(&text), text.length);
	sit_down(desk);
	assert_int_equal(status_of(desk, LOGS)->state, STATE_DONE);
	strbuf_clear(&path);
	strbuf_clear(&text);
}

static void test_use_records__other_facts__are_told_anew(void **state)
{
	struct desk *desk = *state;
	struct facts *first;
	bool changed;

	write_journal(desk, "09 done");
	read_facts(desk, ROW(LOGS, "10", "failed"), "");
	sit_down(desk);
	diags_clear(&desk->diags);
	tracker_use_records(desk->tracker, desk->facts, NOW, &desk->diags);
	assert_true(tracker_reload(desk->tracker, NOW, &changed, &desk->diags));
	assert_int_equal(desk->diags.count, 0);
	assert_int_equal(mark_at(desk, BACKUP, MARK_STARTED, "", NOW), MARKED);
	assert_int_equal(desk->diags.count, 0);
	first = desk->facts;
	read_facts(desk, ROW(LOGS, "11", "failed"), "");
	tracker_use_records(desk->tracker, desk->facts, NOW, &desk->diags);
	assert_string_equal(desk->diags.items[0].code, "record-state");
	facts_free(first);
	tracker_use_records(desk->tracker, NULL, NOW, &desk->diags);
	assert_int_equal(status_of(desk, LOGS)->state, STATE_DONE);
}

#define AT_DESK(test) cmocka_unit_test_setup_teardown(test, open_desk, close_desk)

int main(void)
{
	const struct CMUnitTest tests[] = {
		AT_DESK(test_use_records__journal_and_record__the_later_one_holds),
		AT_DESK(test_use_records__contradiction__names_both_with_who_and_when),
		AT_DESK(test_use_records__thousands_of_contradictions__are_no_wall_of_text),
		AT_DESK(test_use_records__digest_of_another_step__is_shown_as_changed),
		AT_DESK(test_mark__done_by_a_record__is_taken_over_by_who_says_the_same),
		AT_DESK(test_mark__skipped_or_reset_by_a_record__by_the_same_rules),
		AT_DESK(test_mark__unknown__waits_for_who_has_read_the_log),
		AT_DESK(test_mark__what_waits_for_a_record__may_start),
		AT_DESK(test_use_records__build_of_the_target__is_not_known_without_a_record),
		AT_DESK(test_use_records__origin_of_the_journal__is_who_and_when),
		AT_DESK(test_open__server_written_otherwise_since__keeps_its_record),
		AT_DESK(test_use_records__other_facts__are_told_anew),
	};

	return run_tests(tests);
}
