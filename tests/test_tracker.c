/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Tracking: what may start, what is refused and why, and a journal that survives what happens to files.
 */
#include "helpers.h"

#include "model/flow.h"
#include "pipeline/tracker.h"

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

struct group { /* two management servers and a gateway, tracked in a folder of their own */
	char *folder;
	char *path, *journal;
	struct flow flow;
	struct task *tasks; /* of it; owned */
	struct plan *plan;
	struct arena *arena;
	struct sequence sequence;
	struct diags diags;
};

static void add_server(struct plan *plan, const char *name, unsigned roles)
{
	struct server *server = (struct server *)plan_new_record(plan, plan->flow->servers);
	server->name = name;
	server->roles = roles;
	rows_insert(plan, &plan->answers->servers, plan_server_count(plan), &server->record);
}

/* The product's steps, but the first server waits for the backup alone: most tests are about one thing to wait for. */
static void make_flow(struct group *group)
{
	static const struct edge edges[] = { { EDGE_ALL, "back-up-database" },
					     { EDGE_FIRST, "upgrade-management-server" },
					     { EDGE_NONE, NULL } };
	const struct flow *flow = flow_find("operations-manager");
	size_t count = flow_task_count(flow) + 1;

	group->tasks = calloc(count, sizeof(*group->tasks));
	memcpy(group->tasks, flow->tasks, count * sizeof(*group->tasks));
	for (struct task *task = group->tasks; task->id; task++)
		if (str_eq(task->id, "upgrade-management-server"))
			task->requires = edges;
	group->flow = *flow;
	group->flow.tasks = group->tasks;
}

static int open_group_of(void **state, bool whole)
{
	struct group *group = calloc(1, sizeof(*group));
	make_flow(group);
	group->folder = scratch_folder();
	assert_true(asprintf(&group->path, "%s/plan.yaml", group->folder) > 0);
	assert_true(asprintf(&group->journal, "%s.journal", group->path) > 0);
	group->plan = plan_new(whole ? flow_find("operations-manager") : &group->flow);
	add_server(group->plan, "MS01", 1u << 0);
	add_server(group->plan, "MS02", 1u << 0);
	add_server(group->plan, "GW01", 1u << 3);
	group->arena = arena_new();
	group->sequence = sequence_build(group->plan, group->arena);
	*state = group;
	return 0;
}

static int open_group(void **state)
{
	return open_group_of(state, false);
}

static int open_whole_group(void **state)
{
	return open_group_of(state, true);
}

static int close_group(void **state)
{
	struct group *group = *state;
	scratch_remove(group->folder);
	free(group->tasks);
	free(group->path);
	free(group->journal);
	plan_free(group->plan);
	arena_free(group->arena);
	diags_clear(&group->diags);
	free(group);
	return 0;
}

static const char now[] = "2026-11-21T14:00:00Z";

static struct tracker *open_tracker(struct group *group)
{
	return tracker_open(group->plan, &group->sequence, group->path, NULL, now, &group->diags);
}

static size_t step_of(const struct group *group, const char *id)
{
	const struct step *step = sequence_find(&group->sequence, id);
	assert_labelled(id, step != NULL);
	return (size_t)(step - group->sequence.items);
}

static struct mark_request request_of(struct group *group, const char *id, enum mark mark, const char *note)
{
	return (struct mark_request){
		.step = step_of(group, id), .mark = mark, .by = "CONTOSO\\anna", .note = note, .now = now
	};
}

static bool mark(struct group *group, struct tracker *tracker, const char *id, enum mark mark, const char *note)
{
	struct mark_request request = request_of(group, id, mark, note);
	diags_clear(&group->diags);
	return tracker_mark(tracker, &request, &group->diags) == MARKED;
}

static void assert_refused(struct group *group, struct tracker *tracker, const char *id, enum mark wanted,
			   const char *note, const char *code)
{
	struct step_status before = *tracker_status(tracker, step_of(group, id));
	assert_labelled(id, !mark(group, tracker, id, wanted, note));
	assert_int_equal(group->diags.count, 1);
	assert_string_equal(group->diags.items[0].code, code);
	assert_int_equal(tracker_status(tracker, step_of(group, id))->state, before.state);
}

#define MS01 "upgrade-management-server@MS01"
#define MS02 "upgrade-management-server@MS02"
#define GW01 "upgrade-gateway@GW01"
#define BACKUP "back-up-database"

static void test_mark__second_server_before_the_first_is_done__is_refused_with_the_reason(void **state)
{
	struct group *group = *state;
	struct tracker *tracker = open_tracker(group);
	assert_refused(group, tracker, MS02, MARK_STARTED, "", "step-waits");
	assert_refused(group, tracker, MS01, MARK_STARTED, "", "step-waits");
	assert_true(mark(group, tracker, BACKUP, MARK_DONE, "verified"));
	assert_true(mark(group, tracker, MS01, MARK_STARTED, ""));
	assert_refused(group, tracker, MS02, MARK_STARTED, "", "step-waits");
	assert_non_null(strstr(group->diags.items[0].text, "\"Upgrade management server MS01\""));
	assert_non_null(strstr(group->diags.items[0].text, "SQL update script"));
	assert_refused(group, tracker, MS02, MARK_DONE, "", "step-waits");
	assert_true(mark(group, tracker, MS01, MARK_FAILED, "0x80131904"));
	assert_refused(group, tracker, MS02, MARK_STARTED, "", "step-waits");
	assert_true(mark(group, tracker, MS01, MARK_STARTED, "again"));
	assert_true(mark(group, tracker, MS01, MARK_DONE, ""));
	assert_refused(group, tracker, GW01, MARK_STARTED, "", "step-waits");
	assert_true(mark(group, tracker, MS02, MARK_STARTED, ""));
	assert_true(mark(group, tracker, MS02, MARK_DONE, ""));
	assert_true(mark(group, tracker, GW01, MARK_STARTED, ""));
	tracker_free(tracker);
}

static const struct server *server_of(const struct group *group, const char *id)
{
	return group->sequence.items[step_of(group, id)].server;
}

static void test_mark__facts_against_it__no_start(void **state)
{
	static const struct prereq check = { .id = "cores", .title = "Cores" };
	struct group *group = *state;
	struct check_verdict verdict = {
		.prereq = &check,
		.raw = CHECK_FAILED,
		.state = CHECK_FAILED,
		.found = "1 core",
		.remedy = "Give it more.",
	};
	struct check_result failed = { .verdict = &verdict };
	const struct check_list list = { .items = &failed, .count = 1 };
	struct tracker *tracker = open_tracker(group);

	assert_true(mark(group, tracker, BACKUP, MARK_DONE, ""));
	tracker_use_checks(tracker, &list);
	/* One of the plan holds up the first server alone. */
	assert_refused(group, tracker, MS01, MARK_STARTED, "", "prerequisite-failed");
	/* A check of one server holds up what changes it, and neither other servers nor what comes before. */
	failed.server = server_of(group, MS02);
	assert_true(mark(group, tracker, "review-event-logs@MS02", MARK_STARTED, ""));
	assert_true(mark(group, tracker, MS01, MARK_STARTED, ""));
	assert_true(mark(group, tracker, MS01, MARK_DONE, ""));
	assert_refused(group, tracker, MS02, MARK_STARTED, "", "prerequisite-failed");
	assert_string_equal(group->diags.items[0].text,
			    "It may not start: by the facts the prerequisite \"Cores\" failed on MS02: 1 core.");
	assert_string_equal(group->diags.items[0].hint, "Give it more. Then collect the facts again.");
	verdict.state = CHECK_WARNING;
	assert_true(mark(group, tracker, MS02, MARK_STARTED, ""));
	failed.server = NULL;
	verdict.state = CHECK_FAILED;
	assert_true(mark(group, tracker, MS02, MARK_DONE, ""));
	assert_true(mark(group, tracker, GW01, MARK_STARTED, ""));
	tracker_free(tracker);
}

static void test_mark__due_by_facts__a_later_record_outweighs_them(void **state)
{
	static const struct prereq check = { .id = "database-backup", .title = "Backup", .step = BACKUP };
	struct group *group = *state;
	struct check_verdict verdict = {
		.prereq = &check,
		.raw = CHECK_FAILED,
		.state = CHECK_PLANNED,
		.found = "none",
		.collected = "2026-11-21T15:00:00Z",
	};
	struct check_result due = { .verdict = &verdict };
	const struct check_list list = { .items = &due, .count = 1 };
	struct tracker *tracker = open_tracker(group);

	tracker_use_checks(tracker, &list);
	assert_true(mark(group, tracker, BACKUP, MARK_DONE, ""));
	assert_refused(group, tracker, MS01, MARK_STARTED, "", "prerequisite-failed");
	assert_non_null(strstr(group->diags.items[0].text, "is not met yet: none."));
	verdict.collected = "2026-11-21T13:00:00Z";
	assert_true(mark(group, tracker, MS01, MARK_STARTED, ""));
	tracker_free(tracker);
}

static void test_mark__wrong_states__are_refused(void **state)
{
	struct group *group = *state;
	struct tracker *tracker = open_tracker(group);
	assert_refused(group, tracker, BACKUP, MARK_RESET, "", "step-state");
	assert_true(mark(group, tracker, BACKUP, MARK_STARTED, ""));
	assert_refused(group, tracker, BACKUP, MARK_SKIPPED, "why", "step-state");
	assert_true(mark(group, tracker, BACKUP, MARK_DONE, ""));
	assert_refused(group, tracker, BACKUP, MARK_FAILED, "", "step-state");
	assert_non_null(strstr(group->diags.items[0].hint, "reset"));
	tracker_free(tracker);
}

static void test_mark__skip__needs_a_note_and_force_under_others(void **state)
{
	struct group *group = *state;
	struct tracker *tracker = open_tracker(group);
	assert_refused(group, tracker, "clean-up-entity-log", MARK_SKIPPED, "", "skip-note");
	assert_true(mark(group, tracker, "clean-up-entity-log", MARK_SKIPPED, "12 rows only"));
	assert_refused(group, tracker, BACKUP, MARK_SKIPPED, "done by the storage", "skip-backup");
	struct mark_request request = { .step = step_of(group, BACKUP),
					.mark = MARK_SKIPPED,
					.by = "anna",
					.note = "storage snapshot",
					.now = now,
					.force = true };
	/* The only way back is never passed over. */
	assert_int_equal(tracker_mark(tracker, &request, &group->diags), MARK_REFUSED);
	assert_non_null(strstr(group->diags.items[1].hint, "record it as done"));
	assert_true(mark(group, tracker, BACKUP, MARK_DONE, "storage snapshot"));
	assert_refused(group, tracker, MS01, MARK_SKIPPED, "it is gone", "skip-required");
	request.step = step_of(group, MS01);
	assert_int_equal(tracker_mark(tracker, &request, &group->diags), MARKED);
	assert_true(tracker_status(tracker, request.step)->forced);
	assert_true(tracker_may_start(tracker, step_of(group, MS02)));
	tracker_free(tracker);
	tracker = open_tracker(group);
	assert_true(tracker_status(tracker, request.step)->forced);
	assert_string_equal(tracker_status(tracker, request.step)->note, "storage snapshot");
	tracker_free(tracker);
}

/* A journal of before, or one that somebody wrote by hand. */
static void test_mark__backup_recorded_as_skipped__holds_the_first_server_up(void **state)
{
	static const char line[] = "- { time: '2026-11-21T13:00:00Z', step: 'back-up-database', state: 'skipped', "
				   "by: 'anna', note: 'later', plan: 'x', content: 'y', forced: true }\n";
	struct group *group = *state;
	struct tracker *tracker;

	write_whole_file(group->journal, line, strlen(line));
	tracker = open_tracker(group);
	assert_int_equal(tracker_status(tracker, step_of(group, BACKUP))->state, STATE_SKIPPED);
	assert_false(tracker_may_start(tracker, step_of(group, MS01)));
	assert_refused(group, tracker, MS01, MARK_STARTED, "", "step-waits");
	assert_non_null(strstr(group->diags.items[0].text, "\"Back up the operational database\""));
	tracker_free(tracker);
}

/* What the plan's own steps bring about before the start. */
static void test_mark__first_server__waits_for_every_preparation(void **state)
{
	struct group *group = *state;
	struct tracker *tracker = open_tracker(group);
	const struct step *first = sequence_find(&group->sequence, MS01);
	size_t waits = 0;

	for (size_t i = 0; i < group->sequence.count; i++) {
		const struct step *step = &group->sequence.items[i];

		if (!step->task->preparation && !step->task->backup)
			continue;
		assert_refused(group, tracker, MS01, MARK_STARTED, "", "step-waits");
		assert_labelled(step->id, step_set_has(&first->requires, i));
		assert_true(mark(group, tracker, step->id, step->task->backup ? MARK_DONE : MARK_SKIPPED,
				 "somebody else did it"));
		waits++;
	}
	assert_int_equal(waits, first->requires.count);
	assert_true(waits >= 8);
	assert_true(mark(group, tracker, MS01, MARK_STARTED, ""));
	assert_true(sequence_find(&group->sequence, MS02)->requires.count <= 2);
	tracker_free(tracker);
}

static void test_mark__reset_under_what_was_started__needs_force(void **state)
{
	struct group *group = *state;
	struct tracker *tracker = open_tracker(group);
	assert_true(mark(group, tracker, BACKUP, MARK_DONE, ""));
	assert_true(mark(group, tracker, MS01, MARK_STARTED, ""));
	assert_refused(group, tracker, BACKUP, MARK_RESET, "", "reset-required");
	assert_true(mark(group, tracker, MS01, MARK_RESET, ""));
	assert_true(mark(group, tracker, BACKUP, MARK_RESET, ""));
	assert_int_equal(tracker_status(tracker, step_of(group, BACKUP))->state, STATE_WAITING);
	tracker_free(tracker);
}

static void test_mark__waiting__names_up_to_three_that_are_missing(void **state)
{
	struct group *group = *state;
	struct tracker *tracker = open_tracker(group);
	size_t blockers[2];
	assert_int_equal(tracker_blockers(tracker, step_of(group, GW01), blockers, ARRAY_LEN(blockers)), 2);
	assert_int_equal(blockers[0], step_of(group, MS01));
	assert_int_equal(blockers[1], step_of(group, MS02));
	assert_int_equal(tracker_blockers(tracker, step_of(group, BACKUP), blockers, ARRAY_LEN(blockers)), 0);
	assert_refused(group, tracker, GW01, MARK_STARTED, "", "step-waits");
	assert_non_null(strstr(group->diags.items[0].text, "MS01\" and \"Upgrade management server MS02\" are done. "));
	tracker_free(tracker);
	for (size_t i = 3; i < 8; i++)
		add_server(group->plan, arena_printf(group->arena, "MS%02zu", i), 1u << 0);
	group->sequence = sequence_build(group->plan, group->arena);
	tracker = open_tracker(group);
	assert_refused(group, tracker, GW01, MARK_STARTED, "", "step-waits");
	assert_non_null(strstr(group->diags.items[0].text,
			       "MS02\", \"Upgrade management server MS03\" and 4 more are done."));
	tracker_free(tracker);
}

static void test_mark__note_alone__changes_no_state_and_stays(void **state)
{
	struct group *group = *state;
	struct tracker *tracker = open_tracker(group);
	const struct step_status *status = tracker_status(tracker, step_of(group, BACKUP));
	assert_refused(group, tracker, BACKUP, MARK_NOTED, "", "note-missing");
	assert_refused(group, tracker, BACKUP, MARK_NOTED, "two\nlines", "unsafe-character");
	assert_true(mark(group, tracker, BACKUP, MARK_NOTED, "the tape is full"));
	assert_int_equal(status->state, STATE_WAITING);
	assert_null(status->since);
	assert_string_equal(status->note, "the tape is full");
	assert_string_equal(status->note_by, "CONTOSO\\anna");
	assert_true(mark(group, tracker, BACKUP, MARK_DONE, ""));
	assert_string_equal(status->note, "the tape is full");
	assert_true(mark(group, tracker, BACKUP, MARK_RESET, ""));
	assert_string_equal(status->note, "");
	assert_null(status->note_by);
	tracker_free(tracker);
}

static void test_situation__states__are_told_in_words(void **state)
{
	struct group *group = *state;
	struct tracker *tracker;
	struct strbuf text = STRBUF_INIT;
	static const struct {
		const char *now, *words;
	} cases[] = {
		{ "2026-11-21T14:00:00Z", "running 0 min" },	  { "2026-11-21T14:04:59Z", "running 4 min" },
		{ "2026-11-21T15:00:00Z", "running 1 h 00 min" }, { "2026-11-23T14:30:00Z", "running 48 h 30 min" },
		{ "2026-11-21T13:59:59Z", "running" },
	};
	tracker = open_tracker(group);
	tracker_situation(tracker, step_of(group, GW01), "2026-11-21T14:00:00Z", &text);
	assert_string_equal(strbuf_text(&text), "waits for: MS01, MS02");
	strbuf_reset(&text);
	tracker_situation(tracker, step_of(group, BACKUP), "2026-11-21T14:00:00Z", &text);
	assert_string_equal(strbuf_text(&text), "may start");
	assert_true(mark(group, tracker, BACKUP, MARK_STARTED, ""));
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		strbuf_reset(&text);
		tracker_situation(tracker, step_of(group, BACKUP), cases[i].now, &text);
		assert_text(cases[i].now, cases[i].words, strbuf_text(&text));
	}
	strbuf_clear(&text);
	tracker_free(tracker);
}

static void test_put_elapsed__over_days_months_and_leap_years__counts_hours(void **state)
{
	static const struct {
		const char *from, *to, *words;
	} cases[] = {
		{ "2026-11-21T14:00:00Z", "2026-11-21T15:52:59Z", "1:52" },
		{ "2026-11-30T23:59:00Z", "2026-12-01T00:01:00Z", "0:02" },
		{ "2027-12-31T12:00:00Z", "2028-01-01T12:00:00Z", "24:00" },
		{ "2028-02-28T00:00:00Z", "2028-03-01T00:00:00Z", "48:00" },
		{ "2027-02-28T00:00:00Z", "2027-03-01T00:00:00Z", "24:00" },
		{ "2026-11-21T14:00:00Z", "2026-11-21T13:00:00Z", "" },
		{ "yesterday", "2026-11-21T13:00:00Z", "" },
	};
	struct strbuf text = STRBUF_INIT;
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		strbuf_reset(&text);
		tracker_put_elapsed(&text, cases[i].from, cases[i].to);
		assert_text(cases[i].from, cases[i].words, strbuf_text(&text));
	}
	strbuf_reset(&text);
	tracker_put_time(&text, "2026-11-20T09:38:11Z", "2026-11-21T00:00:00Z");
	tracker_put_time(&text, "2026-11-21T09:38:11Z", "2026-11-21T10:00:00Z");
	assert_string_equal(strbuf_text(&text), "Nov 20 09:3809:38");
	strbuf_clear(&text);
}

static void test_next__follows_the_recommended_order(void **state)
{
	struct group *group = *state;
	struct tracker *tracker = open_tracker(group);
	for (size_t i = 0; i < group->sequence.count; i++) {
		size_t next = tracker_next(tracker);
		assert_int_equal(next, i);
		assert_true(mark(group, tracker, group->sequence.items[next].id, MARK_DONE, ""));
	}
	assert_true(tracker_next(tracker) == SIZE_MAX);
	const struct phase_progress *phases;
	size_t count = tracker_phases(tracker, &phases);
	assert_true(count >= 3);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(phases[i].settled, phases[i].steps);
	tracker_free(tracker);
}

/* ---- the file ---- */

static void test_journal__reopened__holds_every_mark(void **state)
{
	struct group *group = *state;
	struct tracker *tracker = open_tracker(group);
	assert_true(mark(group, tracker, BACKUP, MARK_DONE, "it's \"verified\": C:\\x # no comment"));
	assert_true(mark(group, tracker, MS01, MARK_STARTED, ""));
	tracker_free(tracker);
	diags_clear(&group->diags);
	tracker = open_tracker(group);
	assert_int_equal(group->diags.count, 0);
	assert_string_equal(tracker_status(tracker, step_of(group, BACKUP))->note,
			    "it's \"verified\": C:\\x # no comment");
	assert_string_equal(tracker_status(tracker, step_of(group, BACKUP))->by, "CONTOSO\\anna");
	assert_int_equal(tracker_status(tracker, step_of(group, MS01))->state, STATE_STARTED);
	tracker_free(tracker);
}

/* A file that ends in the middle of a line: whole lines count, with or without a line feed. */
static void test_journal__cut_at_every_byte__loads_all_whole_lines(void **state)
{
	struct group *group = *state;
	struct tracker *tracker = open_tracker(group);
	assert_true(mark(group, tracker, BACKUP, MARK_DONE, ""));
	assert_true(mark(group, tracker, MS01, MARK_STARTED, ""));
	tracker_free(tracker);
	size_t length;
	char *whole = read_whole_file(group->journal, &length);
	size_t head = (size_t)(strchr(whole, '\n') + 1 - whole);
	size_t first = (size_t)(strchr(whole + head, '\n') + 1 - whole);
	for (size_t cut = 0; cut <= length; cut++) {
		bool fine = cut == 0 || cut + 1 == head || cut == head || cut + 1 == first || cut == first ||
			    cut + 1 == length || cut == length;
		write_whole_file(group->journal, whole, cut);
		diags_clear(&group->diags);
		tracker = open_tracker(group);
		assert_non_null(tracker);
		assert_int_equal(tracker_is_settled(tracker, step_of(group, BACKUP)), cut + 1 >= first);
		assert_int_equal(tracker_status(tracker, step_of(group, MS01))->state == STATE_STARTED,
				 cut + 1 >= length);
		assert_int_equal(group->diags.count, !fine);
		if (!fine)
			assert_string_equal(group->diags.items[0].code, "journal-torn");
		tracker_free(tracker);
	}
	free(whole);
}

/* What stood there is a whole prefix of what stands there after another mark, or is kept beside it. */
static void test_mark__after_any_cut__loses_nothing(void **state)
{
	struct group *group = *state;
	struct tracker *tracker = open_tracker(group);
	assert_true(mark(group, tracker, BACKUP, MARK_DONE, ""));
	assert_true(mark(group, tracker, MS01, MARK_STARTED, ""));
	tracker_free(tracker);
	size_t length, after_length;
	char *whole = read_whole_file(group->journal, &length), *kept_path, *after;
	assert_true(asprintf(&kept_path, "%s~", group->journal) > 0);
	for (size_t cut = 0; cut <= length; cut += cut % 7 ? 1 : 3) {
		write_whole_file(group->journal, whole, cut);
		unlink(kept_path);
		tracker = open_tracker(group);
		assert_true(mark(group, tracker, "clean-up-entity-log", MARK_DONE, "later"));
		tracker_free(tracker);
		after = read_whole_file(group->journal, &after_length);
		if (access(kept_path, F_OK) == 0) {
			free(after);
			after = read_whole_file(kept_path, &after_length);
			assert_int_equal(after_length, cut);
		}
		assert_true(after_length >= cut);
		assert_memory_equal(after, whole, cut);
		free(after);
		diags_clear(&group->diags);
		tracker = open_tracker(group);
		assert_int_equal(group->diags.count, 0);
		assert_string_equal(tracker_status(tracker, step_of(group, "clean-up-entity-log"))->note, "later");
		tracker_free(tracker);
	}
	free(kept_path);
	free(whole);
}

#define LINE(time, step, state)                                                                                        \
	"- { time: '" time "', step: '" step "', state: " state ", by: 'anna', note: '', plan: 'x', content: 'y' }"

static void test_journal__carriage_returns_and_order_mark__are_read(void **state)
{
	static const char *const texts[] = {
		LINE("2026-11-21T13:02:07Z", BACKUP, "done") "\r\n",
		LINE("2026-11-21T13:02:07Z", BACKUP, "done") "\r",
		LINE("2026-11-21T13:02:07Z", BACKUP, "done"),
		"\xEF\xBB\xBF" LINE("2026-11-21T13:02:07Z", BACKUP, "done") "\r\n",
	};
	struct group *group = *state;
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		write_whole_file(group->journal, texts[i], strlen(texts[i]));
		struct tracker *tracker = open_tracker(group);
		assert_non_null(tracker);
		assert_true(tracker_is_settled(tracker, step_of(group, BACKUP)));
		assert_true(mark(group, tracker, MS01, MARK_STARTED, ""));
		tracker_free(tracker);
		diags_clear(&group->diags);
		tracker = open_tracker(group);
		assert_int_equal(tracker_status(tracker, step_of(group, MS01))->state, STATE_STARTED);
		tracker_free(tracker);
		assert_int_equal(unlink(group->journal), 0);
	}
}

static void test_journal__what_is_none_of_ours__is_refused_and_untouched(void **state)
{
	static const struct {
		const char *label, *text;
		size_t length;
	} cases[] = {
		{ "notes without a line feed", "Notes on the change, kept here by mistake", 41 },
		{ "a list of somebody else", "- buy milk\n", 11 },
		{ "binary", "\x7F" "ELF\0\0\1\2\3", 9 },
		{ "zeros", "\0\0\0\0\0\0\0\0", 8 },
		{ "a head that is not the first line",
		  LINE("2026-11-21T13:02:07Z", BACKUP, "done") "\n- { journal: 1, product: 'operations-manager', "
							       "name: '', source: '2012-r2', target: '2016' }\n",
		  0 },
		{ "a head of another form", "- { journal: 2, product: 'x', name: '', source: 'a', target: 'b' }\n", 0 },
	};
	struct group *group = *state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		size_t length = cases[i].length ? cases[i].length : strlen(cases[i].text), after_length;
		struct tracker *tracker = open_tracker(group);
		write_whole_file(group->journal, cases[i].text, length);
		/* Neither one that is opened, nor one that was when there was no file yet. */
		diags_clear(&group->diags);
		assert_labelled(cases[i].label, !open_tracker(group));
		assert_text(cases[i].label, "journal-damaged", group->diags.items[0].code);
		struct mark_request request = request_of(group, BACKUP, MARK_DONE, "");
		diags_clear(&group->diags);
		assert_int_equal(tracker_mark(tracker, &request, &group->diags), MARK_UNWRITTEN);
		assert_text(cases[i].label, "journal-damaged", group->diags.items[group->diags.count - 1].code);
		char *after = read_whole_file(group->journal, &after_length);
		assert_int_equal(after_length, length);
		assert_memory_equal(after, cases[i].text, length);
		free(after);
		tracker_free(tracker);
		assert_int_equal(unlink(group->journal), 0);
		diags_clear(&group->diags);
	}
}

#define HEAD(product, name, target)                                                                                    \
	"- { journal: 1, product: '" product "', name: '" name "', source: '2012-r2', target: '" target "' }\n"

static void test_journal__of_another_upgrade__is_refused(void **state)
{
	static const char *const heads[] = { HEAD("service-management-automation", "CONTOSO", "2016"),
					     HEAD("operations-manager", "CONTOSO", "2019") };
	struct group *group = *state;
	for (size_t i = 0; i < ARRAY_LEN(heads); i++) {
		write_whole_file(group->journal, heads[i], strlen(heads[i]));
		diags_clear(&group->diags);
		assert_null(open_tracker(group));
		assert_string_equal(group->diags.items[0].code, "journal-other");
	}
}

static void name_group(struct group *group, const char *name)
{
	const struct field *field = fields_find(group->plan->flow->fields, "management-group");
	struct report to = plan_report(group->plan, &group->plan->answers->record, field, &group->diags);
	assert_true(field_store(field, group->plan, &group->plan->answers->record, name, &to));
}

static void test_journal__of_another_name__is_adopted_only_when_asked_for(void **state)
{
	struct group *group = *state;
	name_group(group, "CONTOSO");
	struct tracker *tracker = open_tracker(group);
	assert_true(mark(group, tracker, BACKUP, MARK_DONE, "of CONTOSO"));
	tracker_free(tracker);
	char *before = read_whole_file(group->journal, NULL), *after;
	name_group(group, "FABRIKAM");
	diags_clear(&group->diags);
	tracker = open_tracker(group);
	assert_string_equal(group->diags.items[0].code, "journal-name");
	assert_refused(group, tracker, MS01, MARK_STARTED, "", "journal-name");
	after = read_whole_file(group->journal, NULL);
	assert_string_equal(after, before);
	free(after);
	struct mark_request request = request_of(group, MS01, MARK_STARTED, "");
	request.adopt = true;
	assert_int_equal(tracker_mark(tracker, &request, &group->diags), MARKED);
	tracker_free(tracker);
	diags_clear(&group->diags);
	tracker = open_tracker(group);
	assert_int_equal(group->diags.count, 0);
	assert_true(tracker_is_settled(tracker, step_of(group, BACKUP)));
	assert_true(mark(group, tracker, MS01, MARK_DONE, ""));
	after = read_whole_file(group->journal, NULL);
	assert_non_null(strstr(after, "name: 'FABRIKAM'"));
	assert_null(strstr(after, "name: 'CONTOSO'"));
	assert_non_null(strstr(after, strchr(before, '\n') + 1));
	free(after);
	free(before);
	tracker_free(tracker);
}

static void test_journal__times_and_states_that_do_not_fit__are_told_once(void **state)
{
	static const char text[] = LINE("2999-01-01T00:00:00Z", BACKUP, "done") "\n" LINE(
		"1970-01-01T00:00:00Z", BACKUP, "started") "\n" LINE("2026-01-01T00:00:00Z", BACKUP, "done") "\n";
	static const struct {
		const char *code;
		unsigned line;
	} expected[] = { { "journal-future", 1 },
			 { "journal-time", 2 },
			 { "journal-state", 2 },
			 { "plan-changed", 0 } };
	struct group *group = *state;
	write_whole_file(group->journal, text, strlen(text));
	struct tracker *tracker = open_tracker(group);
	assert_int_equal(group->diags.count, ARRAY_LEN(expected));
	for (size_t i = 0; i < ARRAY_LEN(expected); i++) {
		assert_string_equal(group->diags.items[i].code, expected[i].code);
		assert_int_equal(group->diags.items[i].at.line, expected[i].line);
	}
	/* What was told at the opening is not told again by a mark, which reads the journal once more. */
	assert_true(mark(group, tracker, MS01, MARK_STARTED, ""));
	assert_int_equal(group->diags.count, 0);
	tracker_free(tracker);
}

static void test_journal__thousands_of_odd_lines__are_no_wall_of_text(void **state)
{
	struct group *group = *state;
	struct strbuf text = STRBUF_INIT;
	for (size_t i = 0; i < 3000; i++)
		strbuf_puts(&text, LINE("2999-01-01T00:00:00Z", "gone", "done") "\n");
	write_whole_file(group->journal, strbuf_text(&text), text.length);
	struct tracker *tracker = open_tracker(group);
	assert_true(group->diags.count < 30);
	assert_non_null(strstr(group->diags.items[group->diags.count - 2].text, "3000 such lines"));
	tracker_free(tracker);
	strbuf_clear(&text);
}

static void test_journal__damaged_in_the_middle__is_an_error_and_is_not_written_to(void **state)
{
	static const char good[] =
		"- { time: '2026-11-21T14:02:07Z', step: 'back-up-database', state: done, by: 'anna', "
		"note: '', plan: 'x', content: 'y' }\n";
	static const char *const bad[] = {
		"garbage\n",
		"\n",
		"- { time: 'x' }\n",
		"- [\n",
		"- { state: done }\n",
		"- { time: 'yesterday', step: 'a', state: done, by: 'b', note: '', plan: '', content: '' }\n",
		"- { time: '2026-11-21T14:02:07Z', step: 'a', state: over, by: 'b', note: '', plan: '', content: '' }\n"
	};
	struct group *group = *state;
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		struct strbuf text = STRBUF_INIT;
		strbuf_printf(&text, "%s%s%s", good, bad[i], good);
		write_whole_file(group->journal, strbuf_text(&text), text.length);
		diags_clear(&group->diags);
		assert_null(open_tracker(group));
		assert_int_equal(group->diags.errors, 1);
		assert_string_equal(group->diags.items[0].code, "journal-damaged");
		assert_int_equal(group->diags.items[0].at.line, 2);
		char *after = read_whole_file(group->journal, NULL);
		assert_string_equal(after, strbuf_text(&text));
		free(after);
		strbuf_clear(&text);
	}
}

static void test_journal__plan_changed_since__is_shown_step_by_step(void **state)
{
	struct group *group = *state;
	struct tracker *tracker = open_tracker(group);
	assert_true(mark(group, tracker, BACKUP, MARK_DONE, ""));
	assert_true(mark(group, tracker, MS01, MARK_DONE, ""));
	tracker_free(tracker);
	struct report to = plan_report(group->plan, &group->plan->answers->record,
				       fields_find(group->plan->flow->fields, "install-path"), &group->diags);
	assert_true(field_store(fields_find(group->plan->flow->fields, "install-path"), group->plan,
				&group->plan->answers->record, "E:\\OM", &to));
	group->sequence = sequence_build(group->plan, group->arena);
	diags_clear(&group->diags);
	tracker = open_tracker(group);
	assert_int_equal(group->diags.warnings, 1);
	assert_string_equal(group->diags.items[0].code, "plan-changed");
	assert_true(tracker_status(tracker, step_of(group, MS01))->changed);
	assert_false(tracker_status(tracker, step_of(group, BACKUP))->changed);
	tracker_free(tracker);
}

static void test_journal__a_step_that_is_gone__is_a_warning(void **state)
{
	struct group *group = *state;
	struct tracker *tracker = open_tracker(group);
	assert_true(mark(group, tracker, BACKUP, MARK_DONE, ""));
	assert_true(mark(group, tracker, MS01, MARK_DONE, ""));
	assert_true(mark(group, tracker, MS02, MARK_DONE, ""));
	tracker_free(tracker);
	rows_remove(group->plan, &group->plan->answers->servers, 1);
	group->sequence = sequence_build(group->plan, group->arena);
	diags_clear(&group->diags);
	tracker = open_tracker(group);
	assert_non_null(tracker);
	assert_string_equal(group->diags.items[0].code, "journal-step-unknown");
	tracker_free(tracker);
}

/* ---- several at once ---- */

static void mark_in_child(struct group *group, size_t from)
{
	struct diags diags = DIAGS_INIT;
	struct tracker *tracker = tracker_open(group->plan, &group->sequence, group->path, NULL, now, &diags);
	for (size_t i = from; tracker && i < group->sequence.count; i += 4) {
		struct mark_request request = {
			.step = i,
			.mark = group->sequence.items[i].task->backup ? MARK_DONE : MARK_SKIPPED,
			.by = "child", .note = "n", .now = now, .force = true
		};
		if (tracker_mark(tracker, &request, &diags) != MARKED)
			_exit(1);
	}
	_exit(tracker ? 0 : 2);
}

static void test_mark__four_trackers_at_once__lose_and_mix_nothing(void **state)
{
	struct group *group = *state;
	pid_t children[4];
	for (size_t i = 0; i < ARRAY_LEN(children); i++) {
		children[i] = fork();
		assert_true(children[i] >= 0);
		if (!children[i])
			mark_in_child(group, i);
	}
	for (size_t i = 0; i < ARRAY_LEN(children); i++) {
		int status = -1;
		assert_int_equal(waitpid(children[i], &status, 0), children[i]);
		assert_int_equal(status, 0);
	}
	struct tracker *tracker = open_tracker(group);
	for (size_t i = 0; i < group->sequence.count; i++)
		assert_true(tracker_is_settled(tracker, i));
	tracker_free(tracker);
}

static void test_reload__another_tracker_wrote__shows_it(void **state)
{
	struct group *group = *state;
	struct tracker *mine = open_tracker(group), *other = open_tracker(group);
	bool changed = true;
	assert_true(tracker_reload(mine, now, &changed, &group->diags));
	assert_false(changed);
	assert_true(mark(group, other, BACKUP, MARK_DONE, ""));
	assert_true(tracker_reload(mine, now, &changed, &group->diags));
	assert_true(changed);
	assert_true(tracker_is_settled(mine, step_of(group, BACKUP)));
	/* Even without a reload a mark is judged by what is on the disk. */
	assert_true(mark(group, other, MS01, MARK_STARTED, ""));
	assert_false(mark(group, mine, MS01, MARK_STARTED, "me too"));
	assert_string_equal(group->diags.items[0].code, "step-state");
	assert_int_equal(tracker_status(mine, step_of(group, MS01))->state, STATE_STARTED);
	tracker_free(mine);
	tracker_free(other);
}

/* TRACKER, which wrote lines without reading them again, has what a fresh look at the journal has. */
static void assert_as_fresh(struct group *group, struct tracker *tracker)
{
	struct tracker *fresh = open_tracker(group);
	const struct phase_progress *phases, *fresh_phases;
	size_t count = tracker_phases(tracker, &phases);

	assert_int_equal(tracker_phases(fresh, &fresh_phases), count);
	assert_memory_equal(phases, fresh_phases, count * sizeof(*phases));
	for (size_t i = 0; i < group->sequence.count; i++) {
		const struct step_status *is = tracker_status(tracker, i), *was = tracker_status(fresh, i);
		const char *id = group->sequence.items[i].id;

		assert_labelled(id, is->state == was->state && is->changed == was->changed);
		assert_labelled(id, is->forced == was->forced && is->record == was->record);
		assert_labelled(id, str_eq(is->since, was->since) && str_eq(is->started, was->started));
		assert_labelled(id, str_eq(is->by, was->by) && str_eq(is->note, was->note));
		assert_labelled(id, str_eq(is->note_by, was->note_by) && str_eq(is->noted, was->noted));
		assert_labelled(id, tracker_blocker(tracker, i, NULL) == tracker_blocker(fresh, i, NULL));
	}
	tracker_free(fresh);
}

static void test_mark__at_random_by_two__each_has_what_the_journal_has(void **state)
{
	static const char *const steps[] = { BACKUP, MS01, MS02, GW01, "approve-agents" };
	static const char *const notes[] = { "", "a note", "another" };
	struct group *group = *state;
	struct tracker *trackers[] = { open_tracker(group), open_tracker(group) };
	uint32_t seed = 20261127;
	unsigned marked = 0;

	for (unsigned i = 0; i < 400; i++) {
		char when[21];
		struct mark_request request;

		/* Most by the same; clocks go back too. */
		snprintf(when, sizeof(when), "2026-11-21T%02u:%02u:00Z", 1 + i / 60, i % 7 ? i % 60 : i % 30);
		seed = seed * 1664525u + 1013904223u;
		request = request_of(group, steps[(seed >> 8) % ARRAY_LEN(steps)],
				     (enum mark)((seed >> 16) % MARK_COUNT), notes[(seed >> 20) % ARRAY_LEN(notes)]);
		request.now = when;
		request.force = (seed >> 24) % 2;
		diags_clear(&group->diags);
		marked += tracker_mark(trackers[(seed >> 26) % 5 == 0], &request, &group->diags) == MARKED;
		assert_as_fresh(group, trackers[(seed >> 26) % 5 == 0]);
	}
	assert_true(marked > 100);
	tracker_free(trackers[0]);
	tracker_free(trackers[1]);
}

static void test_mark__repeated__is_fine_and_writes_nothing(void **state)
{
	struct group *group = *state;
	struct tracker *tracker = open_tracker(group);
	struct mark_request request = request_of(group, BACKUP, MARK_DONE, "verified");
	size_t length, after;
	assert_true(mark(group, tracker, BACKUP, MARK_STARTED, ""));
	request.mark = MARK_STARTED;
	request.note = "";
	assert_int_equal(tracker_mark(tracker, &request, &group->diags), MARKED_BEFORE);
	request.by = "CONTOSO\\bob"; /* who is the second one to start it */
	assert_int_equal(tracker_mark(tracker, &request, &group->diags), MARK_REFUSED);
	assert_true(mark(group, tracker, BACKUP, MARK_DONE, "verified"));
	free(read_whole_file(group->journal, &length));
	request.mark = MARK_DONE;
	diags_clear(&group->diags);
	assert_int_equal(tracker_mark(tracker, &request, &group->diags), MARKED_BEFORE);
	assert_int_equal(group->diags.count, 1);
	assert_string_equal(group->diags.items[0].code, "step-already");
	assert_int_equal(group->diags.items[0].severity, SEV_NOTE);
	free(read_whole_file(group->journal, &after));
	assert_int_equal(after, length);
	/* A new note is not swallowed. */
	request.note = "another note";
	assert_int_equal(tracker_mark(tracker, &request, &group->diags), MARK_REFUSED);
	tracker_free(tracker);
}

static void test_mark__refused__leaves_no_journal(void **state)
{
	struct group *group = *state;
	struct tracker *tracker = open_tracker(group);
	assert_refused(group, tracker, MS02, MARK_STARTED, "", "step-waits");
	assert_int_equal(access(group->journal, F_OK), -1);
	tracker_free(tracker);
}

static void test_mark__what_could_not_be_read_again__is_not_written(void **state)
{
	struct group *group = *state;
	struct tracker *tracker = open_tracker(group);
	struct strbuf name = STRBUF_INIT;
	struct mark_request request = request_of(group, BACKUP, MARK_DONE, "");
	strbuf_fill(&name, 'a', 5000);
	request.by = strbuf_text(&name);
	assert_int_equal(tracker_mark(tracker, &request, &group->diags), MARK_UNWRITTEN);
	assert_string_equal(group->diags.items[0].code, "mark-by");
	diags_clear(&group->diags);
	request.by = "two\nlines";
	assert_int_equal(tracker_mark(tracker, &request, &group->diags), MARK_UNWRITTEN);
	assert_string_equal(group->diags.items[0].code, "journal-write");
	assert_int_equal(access(group->journal, F_OK), -1);
	/* A journal that has no room for it any more stays one that can be read. */
	struct strbuf line = STRBUF_INIT, all = STRBUF_INIT;
	strbuf_puts(&line, "- { time: '2026-11-21T13:02:07Z', step: 'gone', state: noted, by: 'anna', note: '");
	strbuf_fill(&line, 'n', 4000);
	strbuf_puts(&line, "', plan: 'x', content: 'y' }\n");
	while (all.length + line.length <= JOURNAL_LIMIT)
		strbuf_add(&all, strbuf_text(&line), line.length);
	write_whole_file(group->journal, strbuf_text(&all), all.length);
	request.by = "anna";
	diags_clear(&group->diags);
	assert_int_equal(tracker_mark(tracker, &request, &group->diags), MARK_UNWRITTEN);
	assert_non_null(strstr(group->diags.items[group->diags.count - 1].text, "64 MiB"));
	diags_clear(&group->diags);
	tracker_free(tracker);
	tracker = open_tracker(group);
	assert_non_null(tracker);
	strbuf_clear(&line);
	strbuf_clear(&all);
	strbuf_clear(&name);
	tracker_free(tracker);
}

static void test_mark__locked_by_another__is_told_and_can_be_left(void **state)
{
	const struct lock_wait at_once = { .milliseconds = 0 };
	struct group *group = *state;
	struct tracker *tracker = open_tracker(group);
	struct mark_request request = request_of(group, BACKUP, MARK_DONE, "");
	const char *why;
	int lock = platform_lock(group->journal, NULL, &why);
	request.wait = &at_once;
	assert_int_equal(tracker_mark(tracker, &request, &group->diags), MARK_UNWRITTEN);
	assert_string_equal(group->diags.items[0].code, "journal-locked");
	assert_non_null(strstr(group->diags.items[0].text, "it is locked by test_tracker (process "));
	platform_unlock(group->journal, lock);
	assert_int_equal(tracker_mark(tracker, &request, &group->diags), MARKED);
	tracker_free(tracker);
}

static void test_mark__new_journal__has_the_rights_of_its_plan(void **state)
{
	static const struct {
		mode_t plan;
		unsigned journal;
	} cases[] = { { 0600, 0600 }, { 0660, 0660 }, { 0644, 0640 }, { 0664, 0660 } };
	struct group *group = *state;
	struct stat status;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		write_whole_file(group->path, "plan", 4);
		assert_int_equal(chmod(group->path, cases[i].plan), 0);
		struct tracker *tracker = open_tracker(group);
		assert_true(mark(group, tracker, BACKUP, MARK_DONE, ""));
		tracker_free(tracker);
		assert_int_equal(stat(group->journal, &status), 0);
		assert_int_equal(status.st_mode & 07777, cases[i].journal);
		assert_int_equal(unlink(group->journal), 0);
	}
}

static void test_open__by_a_link_to_the_plan__has_the_journal_of_the_plan(void **state)
{
	struct group *group = *state;
	char *link_path, *own = group->path;
	write_whole_file(group->path, "plan", 4);
	struct tracker *tracker = open_tracker(group);
	assert_true(mark(group, tracker, BACKUP, MARK_DONE, ""));
	tracker_free(tracker);
	assert_true(asprintf(&link_path, "%s/link.yaml", group->folder) > 0);
	assert_int_equal(symlink("plan.yaml", link_path), 0);
	group->path = link_path;
	tracker = open_tracker(group);
	assert_true(tracker_is_settled(tracker, step_of(group, BACKUP)));
	assert_true(mark(group, tracker, MS01, MARK_STARTED, ""));
	tracker_free(tracker);
	group->path = own;
	tracker = open_tracker(group);
	assert_int_equal(tracker_status(tracker, step_of(group, MS01))->state, STATE_STARTED);
	tracker_free(tracker);
	free(link_path);
}

static void test_open__a_link_or_a_folder__is_refused(void **state)
{
	struct group *group = *state;
	assert_int_equal(symlink("/etc/passwd", group->journal), 0);
	assert_null(open_tracker(group));
	assert_string_equal(group->diags.items[0].code, "journal-damaged");
	assert_non_null(strstr(group->diags.items[0].text, "symbolic link"));
	assert_int_equal(unlink(group->journal), 0);
	assert_int_equal(mkdir(group->journal, 0700), 0);
	diags_clear(&group->diags);
	assert_null(open_tracker(group));
	assert_string_equal(group->diags.items[0].code, "journal-damaged");
}

static void test_open__a_hard_link__is_a_warning(void **state)
{
	struct group *group = *state;
	struct tracker *tracker = open_tracker(group);
	char *other;
	assert_true(mark(group, tracker, BACKUP, MARK_DONE, ""));
	tracker_free(tracker);
	assert_true(asprintf(&other, "%s/other", group->folder) > 0);
	assert_int_equal(link(group->journal, other), 0);
	tracker = open_tracker(group);
	assert_int_equal(group->diags.count, 1);
	assert_string_equal(group->diags.items[0].code, "journal-linked");
	tracker_free(tracker);
	free(other);
}

int main(void)
{
#define IN_GROUP(test) cmocka_unit_test_setup_teardown(test, open_group, close_group)
	const struct CMUnitTest tests[] = {
		IN_GROUP(test_mark__second_server_before_the_first_is_done__is_refused_with_the_reason),
		IN_GROUP(test_mark__wrong_states__are_refused),
		IN_GROUP(test_mark__at_random_by_two__each_has_what_the_journal_has),
		IN_GROUP(test_mark__skip__needs_a_note_and_force_under_others),
		IN_GROUP(test_mark__backup_recorded_as_skipped__holds_the_first_server_up),
		IN_GROUP(test_mark__facts_against_it__no_start),
		IN_GROUP(test_mark__due_by_facts__a_later_record_outweighs_them),
		cmocka_unit_test_setup_teardown(test_mark__first_server__waits_for_every_preparation, open_whole_group,
						close_group),
		IN_GROUP(test_mark__reset_under_what_was_started__needs_force),
		IN_GROUP(test_mark__waiting__names_up_to_three_that_are_missing),
		IN_GROUP(test_mark__note_alone__changes_no_state_and_stays),
		IN_GROUP(test_situation__states__are_told_in_words),
		IN_GROUP(test_put_elapsed__over_days_months_and_leap_years__counts_hours),
		IN_GROUP(test_next__follows_the_recommended_order),
		IN_GROUP(test_journal__reopened__holds_every_mark),
		IN_GROUP(test_journal__cut_at_every_byte__loads_all_whole_lines),
		IN_GROUP(test_mark__after_any_cut__loses_nothing),
		IN_GROUP(test_journal__carriage_returns_and_order_mark__are_read),
		IN_GROUP(test_journal__what_is_none_of_ours__is_refused_and_untouched),
		IN_GROUP(test_journal__of_another_upgrade__is_refused),
		IN_GROUP(test_journal__of_another_name__is_adopted_only_when_asked_for),
		IN_GROUP(test_journal__times_and_states_that_do_not_fit__are_told_once),
		IN_GROUP(test_journal__thousands_of_odd_lines__are_no_wall_of_text),
		IN_GROUP(test_journal__damaged_in_the_middle__is_an_error_and_is_not_written_to),
		IN_GROUP(test_journal__plan_changed_since__is_shown_step_by_step),
		IN_GROUP(test_journal__a_step_that_is_gone__is_a_warning),
		IN_GROUP(test_mark__four_trackers_at_once__lose_and_mix_nothing),
		IN_GROUP(test_reload__another_tracker_wrote__shows_it),
		IN_GROUP(test_mark__repeated__is_fine_and_writes_nothing),
		IN_GROUP(test_mark__refused__leaves_no_journal),
		IN_GROUP(test_mark__what_could_not_be_read_again__is_not_written),
		IN_GROUP(test_mark__locked_by_another__is_told_and_can_be_left),
		IN_GROUP(test_mark__new_journal__has_the_rights_of_its_plan),
		IN_GROUP(test_open__by_a_link_to_the_plan__has_the_journal_of_the_plan),
		IN_GROUP(test_open__a_link_or_a_folder__is_refused),
		IN_GROUP(test_open__a_hard_link__is_a_warning),
	};
	return run_tests(tests);
}
