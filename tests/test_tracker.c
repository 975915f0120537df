/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Tracking: what may start, what is refused and why, and a journal that survives what happens to files.
 */
#include "helpers.h"

#include "model/flow.h"
#include "pipeline/tracker.h"

#include <sys/wait.h>
#include <unistd.h>

struct group { /* two management servers and a gateway, tracked in a folder of their own */
	char *folder;
	char *path, *journal;
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

static int open_group(void **state)
{
	struct group *group = calloc(1, sizeof(*group));
	group->folder = scratch_folder();
	assert_true(asprintf(&group->path, "%s/plan.yaml", group->folder) > 0);
	assert_true(asprintf(&group->journal, "%s.journal", group->path) > 0);
	group->plan = plan_new(flow_find("operations-manager"));
	add_server(group->plan, "MS01", 1u << 0);
	add_server(group->plan, "MS02", 1u << 0);
	add_server(group->plan, "GW01", 1u << 3);
	group->arena = arena_new();
	group->sequence = sequence_build(group->plan, group->arena);
	*state = group;
	return 0;
}

static int close_group(void **state)
{
	struct group *group = *state;
	scratch_remove(group->folder);
	free(group->path);
	free(group->journal);
	plan_free(group->plan);
	arena_free(group->arena);
	diags_clear(&group->diags);
	free(group);
	return 0;
}

static struct tracker *open_tracker(struct group *group)
{
	return tracker_open(group->plan, &group->sequence, group->path, &group->diags);
}

static size_t step_of(const struct group *group, const char *id)
{
	const struct step *step = sequence_find(&group->sequence, id);
	assert_labelled(id, step != NULL);
	return (size_t)(step - group->sequence.items);
}

static bool mark(struct group *group, struct tracker *tracker, const char *id, enum mark mark, const char *note)
{
	struct mark_request request = { .step = step_of(group, id), .mark = mark, .by = "CONTOSO\\anna", .note = note };
	diags_clear(&group->diags);
	return tracker_mark(tracker, &request, &group->diags);
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
	assert_non_null(strstr(group->diags.items[0].text, MS01));
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

static void test_mark__wrong_states__are_refused(void **state)
{
	struct group *group = *state;
	struct tracker *tracker = open_tracker(group);
	assert_refused(group, tracker, BACKUP, MARK_RESET, "", "step-state");
	assert_true(mark(group, tracker, BACKUP, MARK_STARTED, ""));
	assert_refused(group, tracker, BACKUP, MARK_STARTED, "", "step-state");
	assert_refused(group, tracker, BACKUP, MARK_SKIPPED, "why", "step-state");
	assert_true(mark(group, tracker, BACKUP, MARK_DONE, ""));
	assert_refused(group, tracker, BACKUP, MARK_DONE, "", "step-state");
	assert_refused(group, tracker, BACKUP, MARK_FAILED, "", "step-state");
	tracker_free(tracker);
}

static void test_mark__skip__needs_a_note_and_force_under_others(void **state)
{
	struct group *group = *state;
	struct tracker *tracker = open_tracker(group);
	assert_refused(group, tracker, "clean-up-entity-log", MARK_SKIPPED, "", "skip-note");
	assert_true(mark(group, tracker, "clean-up-entity-log", MARK_SKIPPED, "12 rows only"));
	assert_refused(group, tracker, BACKUP, MARK_SKIPPED, "done by the storage", "skip-required");
	struct mark_request request = { .step = step_of(group, BACKUP),
					.mark = MARK_SKIPPED,
					.by = "anna",
					.note = "storage snapshot",
					.force = true };
	assert_true(tracker_mark(tracker, &request, &group->diags));
	assert_true(tracker_status(tracker, request.step)->forced);
	assert_true(tracker_may_start(tracker, step_of(group, MS01)));
	tracker_free(tracker);
	tracker = open_tracker(group);
	assert_true(tracker_status(tracker, request.step)->forced);
	assert_string_equal(tracker_status(tracker, request.step)->note, "storage snapshot");
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
	assert_non_null(strstr(group->diags.items[0].text, MS01 " and " MS02 " are done. "));
	tracker_free(tracker);
	for (size_t i = 3; i < 8; i++)
		add_server(group->plan, arena_printf(group->arena, "MS%02zu", i), 1u << 0);
	group->sequence = sequence_build(group->plan, group->arena);
	tracker = open_tracker(group);
	assert_refused(group, tracker, GW01, MARK_STARTED, "", "step-waits");
	assert_non_null(strstr(group->diags.items[0].text,
			       MS02 ", upgrade-management-server@MS03 and 4 more are done."));
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
	setenv("SOURCE_DATE_EPOCH", "1795269600", 1); /* 2026-11-21T14:00:00Z */
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
	unsetenv("SOURCE_DATE_EPOCH");
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
	assert_string_equal(strbuf_text(&text), "20 Nov 09:3809:38");
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

static void test_journal__cut_at_every_byte__loads_all_whole_lines(void **state)
{
	struct group *group = *state;
	struct tracker *tracker = open_tracker(group);
	assert_true(mark(group, tracker, BACKUP, MARK_DONE, ""));
	assert_true(mark(group, tracker, MS01, MARK_STARTED, ""));
	tracker_free(tracker);
	size_t length;
	char *whole = read_whole_file(group->journal, &length);
	size_t first = (size_t)(strchr(whole, '\n') + 1 - whole);
	for (size_t cut = 0; cut <= length; cut++) {
		write_whole_file(group->journal, whole, cut);
		diags_clear(&group->diags);
		tracker = open_tracker(group);
		assert_non_null(tracker);
		assert_int_equal(tracker_is_settled(tracker, step_of(group, BACKUP)), cut >= first);
		assert_int_equal(tracker_status(tracker, step_of(group, MS01))->state == STATE_STARTED, cut == length);
		assert_int_equal(group->diags.count, cut != 0 && cut != first && cut != length);
		tracker_free(tracker);
	}
	/* What comes after a torn line stands on a line of its own. */
	write_whole_file(group->journal, whole, length - 10);
	tracker = open_tracker(group);
	assert_true(mark(group, tracker, MS01, MARK_STARTED, "again"));
	tracker_free(tracker);
	diags_clear(&group->diags);
	tracker = open_tracker(group);
	assert_int_equal(group->diags.count, 0);
	assert_string_equal(tracker_status(tracker, step_of(group, MS01))->note, "again");
	tracker_free(tracker);
	free(whole);
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
	rows_remove(&group->plan->answers->servers, 1);
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
	struct tracker *tracker = tracker_open(group->plan, &group->sequence, group->path, &diags);
	for (size_t i = from; tracker && i < group->sequence.count; i += 4) {
		struct mark_request request = {
			.step = i, .mark = MARK_SKIPPED, .by = "child", .note = "n", .force = true
		};
		if (!tracker_mark(tracker, &request, &diags))
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
		assert_int_equal(tracker_status(tracker, i)->state, STATE_SKIPPED);
	tracker_free(tracker);
}

static void test_reload__another_tracker_wrote__shows_it(void **state)
{
	struct group *group = *state;
	struct tracker *mine = open_tracker(group), *other = open_tracker(group);
	bool changed = true;
	assert_true(tracker_reload(mine, &changed, &group->diags));
	assert_false(changed);
	assert_true(mark(group, other, BACKUP, MARK_DONE, ""));
	assert_true(tracker_reload(mine, &changed, &group->diags));
	assert_true(changed);
	assert_true(tracker_is_settled(mine, step_of(group, BACKUP)));
	/* Even without a reload a mark is judged by what is on the disk. */
	assert_true(mark(group, other, MS01, MARK_STARTED, ""));
	assert_false(mark(group, mine, MS01, MARK_STARTED, ""));
	assert_string_equal(group->diags.items[0].code, "step-state");
	assert_int_equal(tracker_status(mine, step_of(group, MS01))->state, STATE_STARTED);
	tracker_free(mine);
	tracker_free(other);
}

static void test_open__a_link_or_a_folder__is_refused(void **state)
{
	struct group *group = *state;
	assert_int_equal(symlink("/etc/passwd", group->journal), 0);
	assert_null(open_tracker(group));
	assert_string_equal(group->diags.items[0].code, "journal-read");
	assert_int_equal(unlink(group->journal), 0);
}

int main(void)
{
#define IN_GROUP(test) cmocka_unit_test_setup_teardown(test, open_group, close_group)
	const struct CMUnitTest tests[] = {
		IN_GROUP(test_mark__second_server_before_the_first_is_done__is_refused_with_the_reason),
		IN_GROUP(test_mark__wrong_states__are_refused),
		IN_GROUP(test_mark__skip__needs_a_note_and_force_under_others),
		IN_GROUP(test_mark__reset_under_what_was_started__needs_force),
		IN_GROUP(test_mark__waiting__names_up_to_three_that_are_missing),
		IN_GROUP(test_mark__note_alone__changes_no_state_and_stays),
		IN_GROUP(test_situation__states__are_told_in_words),
		IN_GROUP(test_put_elapsed__over_days_months_and_leap_years__counts_hours),
		IN_GROUP(test_next__follows_the_recommended_order),
		IN_GROUP(test_journal__reopened__holds_every_mark),
		IN_GROUP(test_journal__cut_at_every_byte__loads_all_whole_lines),
		IN_GROUP(test_journal__damaged_in_the_middle__is_an_error_and_is_not_written_to),
		IN_GROUP(test_journal__plan_changed_since__is_shown_step_by_step),
		IN_GROUP(test_journal__a_step_that_is_gone__is_a_warning),
		IN_GROUP(test_mark__four_trackers_at_once__lose_and_mix_nothing),
		IN_GROUP(test_reload__another_tracker_wrote__shows_it),
		IN_GROUP(test_open__a_link_or_a_folder__is_refused),
	};
	return run_tests(tests);
}
