/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What scripts and playbooks recorded on the servers, as facts have it: rows of this upgrade, in the order of their
 * times, and builds that no record explains.
 */
#include "pipeline/tracker_private.h"

#include "core/nametable.h"
#include "core/text.h"
#include "model/flow.h"

/* As many as a person reads in a sentence. */
enum { NAMED_STEPS = 5 };

#define KEY_START "SOFTWARE\\scupgrade\\"

struct gathering {
	struct tracker *tracker;
	const struct facts *facts;
	struct nametable *table; /* of the steps, letters without case as names of registry values are */
	const char *upgrade;
	size_t room;
	size_t unknown;          /* rows of no step of the plan */
	const char *first_unknown;
	struct place unknown_at;
};

static const char *step_name_at(const void *data, size_t position, size_t *length)
{
	const struct sequence *sequence = data;

	*length = strlen(sequence->items[position].id);
	return sequence->items[position].id;
}

static const char *kept(struct tracker *tracker, const char *text)
{
	return text ? arena_strdup(tracker->record_arena, text) : NULL;
}

static struct step_record origin_of(struct gathering *gathering, size_t server)
{
	struct tracker *tracker = gathering->tracker;
	const struct fact_set *set = facts_at(gathering->facts, server);

	return (struct step_record){ .host = kept(tracker, facts_host_at(gathering->facts, server)),
				     .collected = kept(tracker, fact_text(set, &fact_collected)),
				     .at = facts_place_at(gathering->facts, server) };
}

static struct machine_record *next_record(struct gathering *gathering)
{
	struct tracker *tracker = gathering->tracker;
	struct machine_record *items;

	if (tracker->record_count == gathering->room) {
		gathering->room = gathering->room ? gathering->room * 2 : 64;
		items = arena_array(tracker->record_arena, gathering->room, sizeof(*items));
		if (tracker->record_count)
			memcpy(items, tracker->records, tracker->record_count * sizeof(*items));
		tracker->records = items;
	}
	return &tracker->records[tracker->record_count++];
}

static void add_row(struct gathering *gathering, const struct fact_set *row, const struct step_record *origin)
{
	struct tracker *tracker = gathering->tracker;
	const char *id = fact_text(row, &fact_record_step), *note = fact_text(row, &fact_record_note);
	const char *digest = fact_text(row, &fact_record_digest);
	size_t step = tracker_find_step(tracker, gathering->table, id);
	struct machine_record *record;

	if (step == NAME_NONE && tracker_is_left_out(tracker, id))
		return;
	if (step == NAME_NONE) {
		gathering->unknown_at = gathering->unknown ? gathering->unknown_at : origin->at;
		gathering->first_unknown = gathering->unknown++ ? gathering->first_unknown : id;
		return;
	}
	record = next_record(gathering);
	*record = (struct machine_record){ .origin = *origin, .step = step };
	record->entry = (struct journal_entry){ .time = kept(tracker, fact_text(row, &fact_record_time)),
						.step = tracker->sequence->items[step].id,
						.by = kept(tracker, fact_text(row, &fact_record_who)),
						.note = note ? kept(tracker, note) : "",
						.content = digest && *digest ? kept(tracker, digest) : NULL };
	(void)mark_find(fact_text(row, &fact_record_state), &record->entry.mark);
	(void)fact_flag(row, &fact_record_by_hand, &record->origin.by_hand);
}

static void add_server(struct gathering *gathering, size_t server)
{
	const struct fact_set *set = facts_at(gathering->facts, server);
	size_t count = fact_row_count(set, &fact_records);
	struct step_record origin = { 0 };

	if (count)
		origin = origin_of(gathering, server);
	for (size_t i = 0; i < count; i++) {
		const struct fact_set *row = fact_row(set, &fact_records, i);

		if (text_equal_fold(fact_text(row, &fact_record_upgrade), gathering->upgrade))
			add_row(gathering, row, &origin);
	}
}

static int compare_times(const void *a, const void *b)
{
	const struct machine_record *first = a, *second = b;
	int order = strcmp(first->entry.time, second->entry.time);

	if (!order)
		order = (first->step > second->step) - (first->step < second->step);
	return order ? order : strcmp(first->origin.host, second->origin.host);
}

/* ---- builds ---- */

/* Which file of facts is of which server of the plan, by their places; SIZE_MAX: none. */
static const size_t *files_of(const struct gathering *gathering)
{
	const struct plan *plan = gathering->tracker->plan;
	size_t servers = plan_server_count(plan);
	size_t *files = arena_array(gathering->tracker->record_arena, servers + 1, sizeof(*files));

	for (size_t i = 0; i < servers; i++)
		files[i] = SIZE_MAX;
	for (size_t i = 0; i < facts_count(gathering->facts); i++) {
		const struct server *server = plan_find_server(plan, facts_host_at(gathering->facts, i));

		if (server)
			files[plan_place(plan, server)] = i;
	}
	return files;
}

/* The target's release is there, or a later one. */
static bool has_target(const struct gathering *gathering, const struct step *step)
{
	const struct plan *plan = gathering->tracker->plan;
	const struct build_probe *probe = task_build(step->task, plan);
	struct scope scope = scope_of(plan, gathering->tracker->record_arena), here = scope_on(&scope, step->server);
	unsigned found[4];
	const char *text;

	if (!probe || step->task->removes)
		return false;
	here.facts = gathering->facts;
	text = plan->flow->found_build(&here, step->task);
	if (!text)
		return false;
	fact_version(text, found);
	return build_reaches(found, scope_fill(&here, probe->target));
}

static const struct step_record *build_record(struct gathering *gathering, size_t file)
{
	struct step_record *build = arena_alloc(gathering->tracker->record_arena, sizeof(*build));

	*build = origin_of(gathering, file);
	build->build = true;
	return build;
}

static void find_builds(struct gathering *gathering)
{
	struct tracker *tracker = gathering->tracker;
	const struct sequence *sequence = tracker->sequence;
	const struct flow *flow = tracker->plan->flow;
	const size_t *files;

	tracker->builds = NULL;
	if (!flow->found_build || !facts_count(gathering->facts))
		return;
	tracker->builds = arena_array(tracker->record_arena, sequence->count + 1, sizeof(*tracker->builds));
	files = files_of(gathering);
	for (size_t i = 0; i < sequence->count; i++) {
		const struct step *step = &sequence->items[i];
		size_t file = step->server ? files[plan_place(tracker->plan, step->server)] : SIZE_MAX;

		if (file != SIZE_MAX && has_target(gathering, step))
			tracker->builds[i] = build_record(gathering, file);
	}
}

bool tracker_has_target(const struct tracker *tracker, size_t step)
{
	return tracker->builds && tracker->builds[step];
}

/* ---- findings ---- */

static void tell_unknown_steps(const struct gathering *gathering, struct diags *diags)
{
	if (gathering->unknown == 1)
		diags_add(diags, SEV_WARNING, "record-step-unknown", gathering->unknown_at, "",
			  "The plan was changed since; the record stays there.",
			  "A record of this upgrade is about %s, which is no step of the plan.",
			  gathering->first_unknown);
	else if (gathering->unknown)
		diags_add(diags, SEV_WARNING, "record-step-unknown", gathering->unknown_at, "",
			  "The plan was changed since; the records stay there.",
			  "%zu records of this upgrade are about steps that the plan does not have, the first "
			  "about %s.",
			  gathering->unknown, gathering->first_unknown);
}

/* One for all: what nobody knows holds the upgrade up. Of builds other findings tell. */
static void tell_unknown(const struct tracker *tracker, struct diags *diags)
{
	struct strbuf names = STRBUF_INIT;
	const struct step_record *first = NULL;
	size_t count = 0;

	for (size_t i = 0; i < tracker->sequence->count; i++) {
		if (!step_is_unknown(&tracker->statuses[i]) || tracker->statuses[i].record->build)
			continue;
		if (count < NAMED_STEPS)
			strbuf_printf(&names, "%s%s", count ? ", " : "", tracker->sequence->items[i].id);
		first = count++ ? first : tracker->statuses[i].record;
	}
	if (count > NAMED_STEPS)
		strbuf_printf(&names, " and %zu more", count - NAMED_STEPS);
	if (count)
		diags_add(diags, SEV_NOTE, "steps-unknown", first->at, "",
			  "Read the log there, then record what is true: done, failed or reset (mark).",
			  "How these steps ended is not known: %s. A server recorded that they were started, and no "
			  "end.",
			  strbuf_text(&names));
	strbuf_clear(&names);
}

void tracker_use_records(struct tracker *tracker, const struct facts *facts, const char *now, struct diags *diags)
{
	struct gathering gathering = { .tracker = tracker, .facts = facts };
	struct strbuf key = STRBUF_INIT;

	if (facts == tracker->facts)
		return;
	arena_free(tracker->record_arena);
	tracker->record_arena = arena_new();
	tracker->facts = facts;
	tracker->records = NULL;
	tracker->record_count = 0;
	tracker->told_records = false;
	identity_record_key(&key, &tracker->identity);
	gathering.upgrade = strbuf_text(&key) + strlen(KEY_START);
	gathering.table = nametable_new(tracker->sequence->count, true, step_name_at, tracker->sequence);
	for (size_t i = 0; i < tracker->sequence->count; i++)
		nametable_add(gathering.table, i);
	for (size_t i = 0; i < facts_count(facts); i++)
		add_server(&gathering, i);
	if (tracker->record_count)
		qsort(tracker->records, tracker->record_count, sizeof(*tracker->records), compare_times);
	find_builds(&gathering);
	tracker_replay_again(tracker, now, diags);
	tell_unknown_steps(&gathering, diags);
	tell_unknown(tracker, diags);
	nametable_free(gathering.table);
	strbuf_clear(&key);
}
