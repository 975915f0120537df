/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Which confirmation or acknowledgment counts for a check: for the servers that it names, for what was found then, and
 * not for ever.
 */
#include "pipeline/prereq_notes.h"

#include <limits.h>

#include "core/nametable.h"
#include "model/flow.h"

enum { NOTES_TRIED = 64 };

/* ---- days ---- */

/* "2026-11-21" as a number of days, by the calendar of today for ever. False: it is no date. */
static bool count_days(const char *text, int *days)
{
	static const int before[12] = { 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334 };
	int year = 0, month = 0, day = 0, length = 0;

	if (!text || sscanf(text, "%4d-%2d-%2d%n", &year, &month, &day, &length) != 3 || text[length] || year < 1 ||
	    month < 1 || month > 12)
		return false;
	*days = 365 * year + before[month - 1] + day;
	/* The leap days of the years before, and of this one once February is over. */
	year -= month < 3;
	*days += year / 4 - year / 100 + year / 400;
	return true;
}

int note_age(const char *on, const char *today)
{
	int then, now;

	return count_days(on, &then) && count_days(today, &now) ? now - then : INT_MAX;
}

static bool is_fresh(const struct answer_note *note, const struct prereq *prereq, const char *today)
{
	int age = today ? note_age(note->on, today) : 0;

	return age >= 0 && (age == INT_MAX || (unsigned)age <= prereq->days);
}

/* ---- which servers are named ---- */

static const char *name_of(const struct plan *plan, size_t place)
{
	const char *name = plan_server(plan, place)->name;

	return name ? name : "";
}

static const char *name_at(const void *data, size_t index, size_t *length)
{
	const char *name = name_of(data, index);

	*length = strlen(name);
	return name;
}

static const char *label_at(const void *data, size_t index, size_t *length)
{
	const char *name = name_of(data, index);

	*length = strcspn(name, ".");
	return name;
}

/* The number in LISTS, by place, of the list of the name that number INDEX has in TABLE: a new one for a new name. */
static uint32_t list_number(struct note_places *places, struct nametable *table, const uint32_t *lists, size_t index)
{
	size_t first = nametable_add(table, index);

	return first == index ? places->lists++ : lists[first];
}

static void index_places(struct note_places *places)
{
	const struct plan *plan = places->plan;
	size_t count = plan_server_count(plan);

	places->names = nametable_new(count, true, name_at, plan);
	places->labels = nametable_new(count, true, label_at, plan);
	places->own = xcalloc(count + 1, sizeof(*places->own));
	places->label = xcalloc(count + 1, sizeof(*places->label));
	for (size_t i = 0; i < count; i++) {
		places->label[i] = list_number(places, places->labels, places->label, i);
		places->own[i] = strchr(name_of(plan, i), '.') ? list_number(places, places->names, places->own, i)
							       : places->label[i];
	}
}

void note_places_clear(struct note_places *places)
{
	nametable_free(places->names);
	nametable_free(places->labels);
	free(places->own);
	free(places->label);
}

/* Where a server is called NAME, else where the first one is with its label; NAME_NONE: nowhere. *LIST: its number. */
static size_t find_place(const struct note_places *places, const char *name, uint32_t *list)
{
	size_t length = strcspn(name, "."), place = NAME_NONE;

	if (name[length])
		place = nametable_find(places->names, name, strlen(name));
	if (place != NAME_NONE) {
		*list = places->own[place];
		return place;
	}
	place = nametable_find(places->labels, name, length);
	if (place != NAME_NONE)
		*list = places->label[place];
	return place;
}

/* Most notes name servers in the plan's order and letters: PLACE is where NAME would stand by that. */
static bool is_at(const struct note_places *places, size_t place, const char *name)
{
	return place < plan_server_count(places->plan) && str_eq(plan_server(places->plan, place)->name, name);
}

/* ---- looking up ---- */

/* Puts the entry before all others of the list that begins with *FIRST. */
static void put_entry(struct notes *notes, uint32_t *first, struct note_entry entry)
{
	entry.next = *first;
	notes->entries[notes->entry_count++] = entry;
	*first = (uint32_t)notes->entry_count;
}

/* From the last to the first, for each goes before the others. A name that no server has is about nothing. */
static void add_names(struct notes *notes, const struct note_places *places, uint32_t number)
{
	const struct names *names = &notes->items[number].note->servers;
	size_t place = plan_server_count(places->plan);

	for (size_t i = names->count; i > 0; i--) {
		const char *name = names->items[i - 1];
		struct note_entry entry = { .note = number, .name = (uint32_t)(i - 1), .place = (uint32_t)--place };
		uint32_t list = 0;

		if (is_at(places, place, name)) {
			list = places->own[place];
		} else {
			entry.place = UINT32_MAX;
			place = find_place(places, name, &list);
		}
		if (place != NAME_NONE)
			put_entry(notes, &notes->first[list], entry);
	}
}

/* The notes about PREREQ, and how many names they have. */
static size_t add_notes(struct notes *notes, const struct prereq *prereq, const struct rows *rows, const char *today)
{
	size_t names = 0;

	for (size_t i = 0; i < rows->count; i++) {
		const struct answer_note *note = (const struct answer_note *)rows->items[i];

		if (!str_eq(note->check, prereq->id))
			continue;
		notes->items = xgrow(notes->items, notes->count, &notes->room, sizeof(*notes->items));
		notes->items[notes->count++] = (struct dated_note){ note, is_fresh(note, prereq, today) };
		names += note->servers.count ? note->servers.count : 1;
	}
	return names;
}

static struct notes notes_about(const struct prereq *prereq, const struct rows *rows, const char *today,
				struct note_places *places)
{
	struct notes notes = { 0 };
	size_t count = add_notes(&notes, prereq, rows, today);

	if (!count)
		return notes;
	if (!places->labels)
		index_places(places);
	notes.entries = xcalloc(count, sizeof(*notes.entries));
	notes.first = xcalloc((size_t)places->lists + 1, sizeof(*notes.first));
	for (size_t i = notes.count; i > 0; i--) {
		if (notes.items[i - 1].note->servers.count)
			add_names(&notes, places, (uint32_t)(i - 1));
		else
			put_entry(&notes, &notes.first[places->lists],
				  (struct note_entry){ .note = (uint32_t)(i - 1) });
	}
	return notes;
}

static void notes_clear(struct notes *notes)
{
	free(notes->items);
	free(notes->entries);
	free(notes->first);
}

/* A note is about the servers that it names, or about the plan, and about what was found now: one about something
 * else asks again. PLACE is that of the server. */
static bool counts(const struct notes *notes, const struct note_entry *entry, const struct server *server, size_t place,
		   const char *mark, bool old_too)
{
	const struct dated_note *dated = &notes->items[entry->note];
	const struct answer_note *note = dated->note;

	if (server && entry->place != place && !host_equal(note->servers.items[entry->name], server->name))
		return false;
	return (!note->found || !*note->found || str_eq(note->found, mark)) && (dated->fresh || old_too);
}

/* The number of the first entry of LIST that counts, from 1; 0: none. Nobody has many about one check of one computer;
 * a file made to have them stays quick. */
static size_t find_in_list(const struct notes *notes, uint32_t list, const struct server *server, size_t place,
			   const char *mark, bool old_too)
{
	size_t at = notes->first[list];

	for (unsigned tried = 0; at && tried < NOTES_TRIED; tried++) {
		if (counts(notes, &notes->entries[at - 1], server, place, mark, old_too))
			return at;
		at = notes->entries[at - 1].next;
	}
	return 0;
}

/* The first that counts for SERVER, where MARK was found, or would but for its age (OLD_TOO); NULL: none. */
static const struct answer_note *notes_find(const struct said *said, const struct notes *notes,
					    const struct server *server, const char *mark, bool old_too)
{
	const struct note_places *places = said->places;
	size_t place = server ? plan_place(places->plan, server) : 0, at, other;

	if (!notes->count || (server && !server->name))
		return NULL;
	at = find_in_list(notes, server ? places->own[place] : places->lists, server, place, mark, old_too);
	if (server && places->label[place] != places->own[place]) {
		other = find_in_list(notes, places->label[place], server, place, mark, old_too);
		at = at > other ? at : other; /* the last that was put in is the first of the file */
	}
	return at ? notes->items[notes->entries[at - 1].note].note : NULL;
}

/* ---- what was said ---- */

struct said said_about(const struct prereq *prereq, struct note_places *places, const char *today)
{
	const struct answers *answers = places->plan->answers;

	return (struct said){ .confirmed = notes_about(prereq, &answers->confirmed, today, places),
			      .acknowledged = notes_about(prereq, &answers->acknowledged, NULL, places),
			      .places = places };
}

void said_clear(struct said *said)
{
	notes_clear(&said->confirmed);
	notes_clear(&said->acknowledged);
}

/* It turns "not known" into passed, and lets a warning pass as a warning. */
static void weigh_note(const struct said *said, const struct server *server, struct check_verdict *verdict)
{
	verdict->state = verdict->raw;
	verdict->note = NULL;
	verdict->against = false;
	if (verdict->prereq->step) {
		if (verdict->raw != CHECK_PASSED)
			verdict->state = CHECK_PLANNED;
		return;
	}
	if (verdict->raw == CHECK_UNKNOWN)
		verdict->note = notes_find(said, &said->confirmed, server, verdict->mark, false);
	else if (verdict->raw == CHECK_WARNING || verdict->raw == CHECK_FAILED)
		/* it is about what was found then */
		verdict->note = notes_find(said, &said->acknowledged, server, verdict->mark, true);
	if (verdict->raw == CHECK_FAILED && verdict->note) {
		verdict->against = !verdict->prereq->inferred;
		if (verdict->against && !verdict->note->against)
			verdict->note = NULL; /* what a document states is not passed over by a word */
		verdict->against = verdict->against && verdict->note;
		verdict->state = verdict->note ? CHECK_WARNING : CHECK_FAILED;
	}
	if (verdict->note && verdict->raw == CHECK_UNKNOWN)
		verdict->state = CHECK_PASSED;
}

void said_weigh(const struct said *said, const struct server *server, struct check_verdict *verdict)
{
	weigh_note(said, server, verdict);
	if (*verdict->mark)
		return;
	if (verdict->note)
		verdict->found = "confirmed";
	else if (verdict->raw == CHECK_UNKNOWN && notes_find(said, &said->confirmed, server, verdict->mark, true))
		verdict->found = "confirmed too long ago";
	else
		verdict->found = check_state_name(verdict->raw);
}

/* ---- lists of results ---- */

/* The rest follows from the check, from what its test says and from the note. */
bool check_verdict_equal(const struct check_verdict *a, const struct check_verdict *b)
{
	return a->prereq == b->prereq && a->raw == b->raw && a->note == b->note && a->remedy == b->remedy &&
	       a->found == b->found && a->collected == b->collected && a->mark == b->mark;
}

const struct check_verdict *check_verdict_keep(const struct check_verdict *verdict, const struct check_verdict *last,
					       struct arena *arena)
{
	struct check_verdict *kept;

	if (last && check_verdict_equal(verdict, last))
		return last;
	kept = arena_alloc(arena, sizeof(*kept));
	*kept = *verdict;
	return kept;
}

void check_list_tell(struct check_list *list, const struct check_verdict *verdict, bool there)
{
	size_t one = there ? 1 : SIZE_MAX; /* sums go round */

	list->counts[verdict->state] += one;
	list->open += check_verdict_is_open(verdict) ? one : 0;
}

/* A counting sort keeps it linear. */
void check_list_sort(struct check_list *list, struct arena *arena)
{
	struct check_result *sorted;
	size_t next[CHECK_STATE_COUNT] = { 0 };

	if (list->count == 0 || list->counts[list->items[0].verdict->state] == list->count)
		return;
	sorted = arena_array(arena, list->count, sizeof(*sorted));
	for (size_t state = 1; state < CHECK_STATE_COUNT; state++)
		next[state] = next[state - 1] + list->counts[state - 1];
	for (size_t i = 0; i < list->count; i++)
		sorted[next[list->items[i].verdict->state]++] = list->items[i];
	list->items = sorted;
}

/* The results from number FIRST on that are about the same check. Returns where they end. */
static size_t weigh_row(struct check_list *list, size_t first, struct note_places *places, const char *today,
			struct arena *arena)
{
	const struct prereq *prereq = list->items[first].verdict->prereq;
	struct said said = said_about(prereq, places, today);
	const struct check_verdict *last = NULL;
	size_t i;

	for (i = first; i < list->count && list->items[i].verdict->prereq == prereq; i++) {
		struct check_result *result = &list->items[i];
		struct check_verdict verdict = *result->verdict;

		said_weigh(&said, result->server, &verdict);
		if (check_verdict_equal(&verdict, result->verdict))
			continue;
		last = check_verdict_keep(&verdict, last, arena);
		check_list_tell(list, result->verdict, false);
		check_list_tell(list, last, true);
		result->verdict = last;
	}
	said_clear(&said);
	return i;
}

void prereq_weigh_again(struct check_list *list, const struct plan *plan, const bool of_check[], const char *today,
			struct arena *arena)
{
	struct note_places places = { .plan = plan };

	for (size_t i = 0; i < list->count;) {
		const struct prereq *prereq = list->items[i].verdict->prereq;

		/* Of what a step does nobody's word counts. */
		if (of_check[prereq - plan->flow->prereqs] && !prereq->step)
			i = weigh_row(list, i, &places, today, arena);
		else
			i++;
	}
	note_places_clear(&places);
}

/* ---- what is wrong with notes ---- */

static const struct prereq *prereq_of(const struct plan *plan, const char *id)
{
	for (const struct prereq *prereq = plan->flow->prereqs; prereq->id; prereq++) {
		if (str_eq(prereq->id, id))
			return prereq;
	}
	return NULL;
}

/* What is said of the notes of one list. */
struct critic {
	const struct plan *plan;
	const char *today;
	const struct field *list;
	struct diags *diags;
	size_t added;
};

static struct report report_of(struct critic *critic, const struct answer_note *note, const char *column)
{
	critic->added++;
	return plan_report(critic->plan, &note->record, fields_find(critic->list->columns, column), critic->diags);
}

static void judge_servers(struct critic *critic, const struct answer_note *note, const struct prereq *prereq)
{
	struct report report;

	if (note->servers.count || !prereq->roles)
		return;
	report = report_of(critic, note, "servers");
	report_add(&report, SEV_WARNING, "confirmed-without-servers",
		   "Name the servers for which it was looked at: servers: [MS01, MS02].",
		   "\"%s\" is checked on each server, and this names none: the confirmation does not count.",
		   table_text(critic->plan, prereq->title));
}

/* What was acknowledged is accepted as it was found, however long ago. */
static void judge_age(struct critic *critic, const struct answer_note *note, const struct prereq *prereq)
{
	int age = critic->today ? note_age(note->on, critic->today) : 0;
	struct report report;

	if (age >= 0 && (age == INT_MAX || (unsigned)age <= prereq->days || critic->list == &field_acknowledged))
		return;
	report = report_of(critic, note, "on");
	if (age < 0)
		report_add(&report, SEV_ERROR, "confirmed-future", "Write the day on which it was looked at.",
			   "%s is in the future: today is %s.", note->on, critic->today);
	else if (prereq->days == 1)
		report_add(&report, SEV_WARNING, "confirmed-old", "Look again, and write the new date.",
			   "\"%s\" was looked at on %s, before yesterday: the confirmation no longer counts.",
			   table_text(critic->plan, prereq->title), note->on);
	else
		report_add(&report, SEV_WARNING, "confirmed-old", "Look again, and write the new date.",
			   "\"%s\" was looked at on %s, more than %u days ago: the confirmation no longer counts.",
			   table_text(critic->plan, prereq->title), note->on, prereq->days);
}

static void judge_list(struct critic *critic)
{
	const struct rows *rows = field_rows(critic->list, &critic->plan->answers->record);

	for (size_t i = 0; i < rows->count && critic->added < PLAN_ERROR_LIMIT; i++) {
		const struct answer_note *note = (const struct answer_note *)rows->items[i];
		const struct prereq *prereq = prereq_of(critic->plan, note->check);

		if (!prereq)
			continue;
		judge_servers(critic, note, prereq);
		judge_age(critic, note, prereq);
	}
}

bool prereq_judge_notes(const struct plan *plan, const char *today, struct diags *diags)
{
	struct critic critic = { .plan = plan, .today = today, .list = &field_confirmed, .diags = diags };
	size_t errors = diags->errors;

	judge_list(&critic);
	critic.list = &field_acknowledged;
	judge_list(&critic);
	return diags->errors == errors;
}
