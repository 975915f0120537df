/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * "track", "mark" and "status": the record of what was done, for people, for scripts and for monitoring.
 */
#include "cli/commands.h"

#include "core/json.h"
#include "core/text.h"
#include "model/identity.h"
#include "pipeline/tracker.h"

void close_tracked(struct tracked *tracked)
{
	tracker_free(tracked->tracker);
	diags_clear(&tracked->diags);
	arena_free(tracked->arena);
	plan_free(tracked->plan);
}

/* A step that the facts speak against is not started. */
static void use_facts(const struct session *session, struct tracked *tracked)
{
	char today[11];

	if (!*session->facts)
		return;
	platform_date_local(today);
	tracked->checks = prereq_run(tracked->plan, *session->facts, today, tracked->arena);
	tracker_use_checks(tracked->tracker, &tracked->checks);
}

int open_tracked(const struct session *session, const char *path, struct tracked *tracked)
{
	char now[21];

	*tracked = (struct tracked){ .diags = DIAGS_INIT };
	if (str_eq(path, "-")) {
		say(session, "a plan on standard input has no record; name a file");
		return EXIT_USE;
	}
	int status = load_good_plan(session, path, JUDGE_FACTS, "nothing is tracked", &tracked->plan);
	if (status != EXIT_FINE)
		return status;
	tracked->arena = arena_new();
	platform_time_utc(now);
	tracked->sequence = sequence_build(tracked->plan, tracked->arena);
	tracked->tracker = tracker_open(tracked->plan, &tracked->sequence, path, *session->facts, now,
					&tracked->diags);
	if (tracked->tracker)
		use_facts(session, tracked);
	diags_print(&tracked->diags, session->err);
	if (tracked->tracker)
		return EXIT_FINE;
	close_tracked(tracked);
	return EXIT_USE;
}

/* ---- mark ---- */

/* Whether ID begins with the task of STEP and its "@": how the server is written is for plan_find_server(). */
static bool is_task(const struct step *step, const char *id)
{
	size_t length = strlen(step->task->id);

	return strncmp(step->task->id, id, length) == 0 && id[length] == '@';
}

const struct step *tracked_step(const struct session *session, const struct tracked *tracked, const char *id)
{
	const struct sequence *sequence = &tracked->sequence;
	struct strbuf servers = STRBUF_INIT;
	const char **ids = arena_array(tracked->arena, sequence->count + 1, sizeof(*ids));
	const char *name = strchr(id, '@');
	const struct server *server = name ? plan_find_server(tracked->plan, name + 1) : NULL;

	for (size_t i = 0; i < sequence->count; i++) {
		const struct step *step = &sequence->items[i];

		ids[i] = step->id;
		if (text_equal_fold(step->id, id) || (server && step->server == server && is_task(step, id)))
			return step;
		if (text_equal_fold(step->task->id, id))
			strbuf_printf(&servers, "%s%s", servers.length ? ", " : "", step->id);
	}
	const char *near = text_nearest(id, ids);
	/* Somebody who leaves the server out means the task. */
	for (size_t i = 0; i < sequence->count; i++)
		ids[i] = sequence->items[i].task->id;
	if (!near)
		near = text_nearest(id, ids);
	if (servers.length)
		say(session, "\"%s\" is a step for each server: %s", id, strbuf_text(&servers));
	else if (near)
		say(session, "the plan has no step \"%s\"; did you mean %s? \"scupgrade steps\" lists all of them", id,
		    near);
	else
		say(session, "the plan has no step \"%s\"; \"scupgrade steps\" lists them", id);
	strbuf_clear(&servers);
	return NULL;
}

enum { BLOCKERS_NAMED = 8 };

/* The ids of what a step waits for: the refusal has their titles. */
static void say_blockers(const struct session *session, const struct tracked *tracked, size_t step)
{
	size_t blockers[BLOCKERS_NAMED], count = tracker_blockers(tracked->tracker, step, blockers, BLOCKERS_NAMED);
	struct strbuf list = STRBUF_INIT;

	for (size_t i = 0; i < count && i < BLOCKERS_NAMED; i++)
		strbuf_printf(&list, "%s%s", i ? ", " : "", tracked->sequence.items[blockers[i]].id);
	say(session, count > BLOCKERS_NAMED ? "it waits for %s, ..." : "it waits for %s", strbuf_text(&list));
	strbuf_clear(&list);
}

/* The option that lets through what was refused for CODE, or what has to be recorded first. */
static void say_way_out(const struct session *session, const struct tracked *tracked, size_t step, const char *code)
{
	if (str_eq(code, "step-waits"))
		say_blockers(session, tracked, step);
	else if (str_eq(code, "skip-note") || str_eq(code, "note-missing"))
		say(session, "--note TEXT gives the note");
	else if (str_eq(code, "skip-required") || str_eq(code, "reset-required"))
		say(session, "--anyway records it all the same");
	else if (str_eq(code, "journal-name"))
		say(session, "--adopt gives the record the name of this plan");
}

/* Records REQUEST, whose step is known. Returns the exit status. */
static int record(const struct session *session, struct tracked *tracked, struct mark_request *request)
{
	const struct step *step = &tracked->sequence.items[request->step];
	struct waiting waiting = { session, tracker_path(tracked->tracker), false };
	const struct lock_wait wait = wait_in_sight(&waiting);
	enum mark_result result;
	char now[21];

	platform_time_utc(now);
	request->now = now;
	request->wait = &wait;
	diags_clear(&tracked->diags);
	result = tracker_mark(tracked->tracker, request, &tracked->diags);
	diags_print(&tracked->diags, session->err);
	switch (result) {
	case MARKED:
		if (request->mark == MARK_FAILED && step->failure)
			say(session, "%s failed. Where to look: %s", step->id, step->failure);
		return EXIT_FINE;
	case MARKED_BEFORE:
		return EXIT_FINE;
	case MARK_REFUSED:
		if (tracked->diags.count)
			say_way_out(session, tracked, request->step,
				    tracked->diags.items[tracked->diags.count - 1].code);
		return EXIT_PLAN;
	case MARK_UNWRITTEN:
		return EXIT_USE;
	}
	bug("unknown result of a mark");
}

/* Whoever names facts wants them to be asked before a start. False: they cannot be, which was said. */
static bool may_ask_facts(const struct session *session, enum mark mark)
{
	bool may = mark != MARK_STARTED || !session->options->facts || facts_count(*session->facts);

	if (!may)
		say(session, "no facts could be read from %s, so nothing is started by them", session->options->facts);
	return may;
}

int command_mark(const struct session *session)
{
	const struct options *options = session->options;
	struct strbuf user = STRBUF_INIT;
	struct tracked tracked;
	struct mark_request request = { .note = options->note ? options->note : "",
					.force = options->anyway,
					.adopt = options->adopt };

	if (!mark_find(options->arguments[2], &request.mark)) {
		say(session, "the state is one of started, done, failed, skipped, reset, noted, not \"%s\"",
		    options->arguments[2]);
		return EXIT_USE;
	}
	int status = open_tracked(session, options->arguments[0], &tracked);
	if (status != EXIT_FINE)
		return status;
	const struct step *step = tracked_step(session, &tracked, options->arguments[1]);
	status = EXIT_USE;
	if (step && may_ask_facts(session, request.mark)) {
		platform_user(&user);
		request.by = strbuf_text(&user);
		request.step = (size_t)(step - tracked.sequence.items);
		status = record(session, &tracked, &request);
	}
	strbuf_clear(&user);
	close_tracked(&tracked);
	return status;
}

/* ---- track ---- */

static int run_tracking(const struct session *session, struct wizard *wizard)
{
	struct diags diags = DIAGS_INIT;
	struct tracker *tracker = wizard_tracker(wizard, &diags);
	int signal = 0;

	/* What is no reason not to open it is said by the front end. */
	if (!tracker)
		diags_print(&diags, session->err);
	diags_clear(&diags);
	if (!tracker)
		return EXIT_USE;
	switch (run_front(session, wizard, &signal)) {
	case FRONT_FINISHED:
	case FRONT_LEFT:
		return EXIT_FINE;
	case FRONT_NO_TERMINAL:
		return EXIT_USE;
	case FRONT_SIGNAL:
		return EXIT_BY_SIGNAL + signal;
	}
	bug("unknown front end result");
}

/* The tracking has to know which file it is about: PLAN is read once more, as SOURCE. False: it was changed just now,
 * which was said. */
static bool find_source(const struct session *session, const char *path, struct plan **plan,
			struct plan_source *source)
{
	struct diags ignored = DIAGS_INIT;
	struct digest before = plan_digest(*plan), now = before;
	struct plan *again = NULL;
	bool same = plan_load(path, &again, source, &ignored) == LOAD_OK;

	if (same)
		now = plan_digest(again);
	same = same && digest_equal(&before, &now);
	if (!same)
		say(session, "%s was changed by somebody else just now; try again", path);
	plan_free(again);
	diags_clear(&ignored);
	return same;
}

int command_track(const struct session *session)
{
	const char *path = session->options->arguments[0];
	struct wizard_options how = { .plan_path = path, .track = true };
	struct plan_source source = { 0 };
	struct plan *plan;
	int status;

	if (session->options->no_input) {
		say(session, "tracking has to ask, and --no-input forbids it; \"scupgrade mark\" does without");
		return EXIT_USE;
	}
	if (str_eq(path, "-")) {
		say(session, "a plan on standard input has no record; name a file");
		return EXIT_USE;
	}
	if (!facts_stay(session))
		return EXIT_USE;
	status = load_good_plan(session, path, JUDGE_FACTS, "nothing is tracked", &plan);
	if (status == EXIT_FINE && !find_source(session, path, &plan, &source)) {
		plan_source_clear(&source);
		plan_free(plan);
		status = EXIT_USE;
	}
	if (status == EXIT_FINE) {
		struct strbuf place = STRBUF_INIT;

		if (facts_place(session, path, &place))
			how.collect.facts_path = strbuf_text(&place);
		struct wizard *wizard = wizard_new(plan, &source, &how);

		status = run_tracking(session, wizard);
		wizard_free(wizard);
		strbuf_clear(&place);
	}
	return status;
}

/* ---- status ---- */

/* Where a state comes from, when it is not the journal. */
static void put_record(struct strbuf *out, const struct step_record *record)
{
	if (!record) {
		strbuf_puts(out, "null");
		return;
	}
	json_member(out, "{", "server", record->host);
	json_member(out, ", ", "collected", record->collected);
	strbuf_printf(out, ", \"by-hand\": %s, \"build\": %s}", record->by_hand ? "true" : "false",
		      record->build ? "true" : "false");
}

static void put_step(struct strbuf *out, const struct tracked *tracked, size_t index)
{
	const struct step_status *status = tracker_status(tracked->tracker, index);

	strbuf_puts(out, index ? ",\n    {\"id\": " : "\n    {\"id\": ");
	json_string(out, tracked->sequence.items[index].id);
	json_member(out, ", ", "state", step_status_name(status));
	json_member(out, ", ", "since", status->since);
	json_member(out, ", ", "by", status->by);
	json_member(out, ", ", "note", status->note);
	strbuf_printf(out, ", \"may-start\": %s, \"changed\": %s, \"forced\": %s, \"record\": ",
		      tracker_may_start(tracked->tracker, index) ? "true" : "false", status->changed ? "true" : "false",
		      status->forced ? "true" : "false");
	put_record(out, status->record);
	strbuf_putc(out, '}');
}

static void put_json(struct strbuf *out, const struct tracked *tracked)
{
	struct upgrade_identity identity = plan_identity(tracked->plan, tracked->arena);
	const struct phase_progress *phases;
	size_t count = tracker_phases(tracked->tracker, &phases), next = tracker_next(tracked->tracker);

	strbuf_puts(out, "{\n  \"upgrade\": ");
	identity_json(out, &identity);
	strbuf_puts(out, ",\n  \"begun\": ");
	json_string(out, tracker_begun(tracked->tracker));
	strbuf_puts(out, ",\n  \"next\": ");
	json_string(out, next == SIZE_MAX ? NULL : tracked->sequence.items[next].id);
	strbuf_puts(out, ",\n  \"phases\": [");
	for (size_t i = 0; i < count; i++) {
		strbuf_puts(out, i ? ",\n    {\"phase\": " : "\n    {\"phase\": ");
		json_string(out, phases[i].phase);
		strbuf_printf(out, ", \"steps\": %zu, \"settled\": %zu, \"running\": %zu, \"failed\": %zu}",
			      phases[i].steps, phases[i].settled, phases[i].started, phases[i].failed);
	}
	strbuf_puts(out, "\n  ],\n  \"steps\": [");
	for (size_t i = 0; i < tracked->sequence.count; i++)
		put_step(out, tracked, i);
	strbuf_puts(out, "\n  ]\n}\n");
}

/* "waits for X and 2 more", "may start", or who did what when. */
static void put_situation(struct strbuf *out, const struct tracked *tracked, size_t index)
{
	const struct step_status *status = tracker_status(tracked->tracker, index);
	size_t more = 0, blocker = tracker_blocker(tracked->tracker, index, &more);

	if (status->state != STATE_WAITING) {
		strbuf_puts(out, step_status_name(status));
		tracker_put_origin(tracked->tracker, index, NULL, out);
		strbuf_printf(out, "%s%s%s", *status->note ? ": " : "", status->note,
			      status->changed ? " (what it runs was changed since)" : "");
	} else if (blocker == SIZE_MAX) {
		strbuf_puts(out, "may start");
	} else {
		strbuf_printf(out, "waits for %s", tracked->sequence.items[blocker].id);
		if (more > 1)
			strbuf_printf(out, " and %zu more", more - 1);
	}
}

static void put_text(struct strbuf *out, const struct tracked *tracked)
{
	const struct phase_progress *phases;
	size_t count = tracker_phases(tracked->tracker, &phases), next = tracker_next(tracked->tracker);
	struct strbuf line = STRBUF_INIT;

	for (size_t i = 0; i < count; i++) {
		strbuf_printf(out, "%s%s: %zu of %zu\n", i ? "\n" : "", phases[i].phase, phases[i].settled,
			      phases[i].steps);
		for (size_t j = phases[i].first; j < phases[i].first + phases[i].steps; j++) {
			strbuf_reset(&line);
			strbuf_printf(&line, "  %s: ", tracked->sequence.items[j].id);
			put_situation(&line, tracked, j);
			text_visible(out, strbuf_text(&line));
			strbuf_putc(out, '\n');
		}
	}
	strbuf_clear(&line);
	if (next == SIZE_MAX)
		strbuf_puts(out, "\nNext: nothing.\n");
	else
		strbuf_printf(out, "\nNext: %s\n", tracked->sequence.items[next].id);
}

static bool has_failed_step(const struct tracked *tracked)
{
	for (size_t i = 0; i < tracked->sequence.count; i++) {
		if (tracker_status(tracked->tracker, i)->state == STATE_FAILED)
			return true;
	}
	return false;
}

int command_status(const struct session *session)
{
	struct tracked tracked;
	struct strbuf out = STRBUF_INIT;
	int status = open_tracked(session, session->options->arguments[0], &tracked);

	if (status != EXIT_FINE)
		return status;
	if (session->options->json)
		put_json(&out, &tracked);
	else
		put_text(&out, &tracked);
	status = emit(session, &out, false);
	if (status == EXIT_FINE && session->options->exit_code && has_failed_step(&tracked))
		status = EXIT_PLAN;
	strbuf_clear(&out);
	close_tracked(&tracked);
	return status;
}
