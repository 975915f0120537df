/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What the administrator vouches for. An answer names the servers for which it was given, those that were shown; one
 * that comes later is asked about.
 *
 * An answer keeps what was found when it was given: a finding that changes is asked about again.
 */
#include "wizard/wizard_checks.h"
#include "wizard/wizard_private.h"

#include "win/hosttable.h"

static void set_column(struct wizard *wizard, const struct field *rows_field, struct record *row, const char *key,
		       const char *text, struct diags *diags)
{
	const struct field *column = fields_find(rows_field->columns, key);
	struct report to;

	if (!column)
		bug("no column \"%s\" in \"%s\"", key, rows_field->key);
	to = plan_report(wizard->plan, row, column, diags);
	field_store(column, wizard->plan, row, text, &to);
}

static bool may_answer(const struct check_result *result, struct diags *diags)
{
	const char *title = result->verdict->title;

	if (result->verdict->prereq->step) {
		wizard_finding(diags, SEV_ERROR, "answer-refused", "", "",
			       "\"%s\" is done by a step of the plan: nobody has to vouch for it.", title);
		return false;
	}
	if (result->verdict->raw == CHECK_PASSED) {
		wizard_finding(diags, SEV_ERROR, "answer-refused", "", "",
			       "\"%s\" has passed: there is nothing to vouch for.", title);
		return false;
	}
	if (result->server && !result->server->name) {
		wizard_finding(diags, SEV_ERROR, "answer-refused", "", "",
			       "The server has no name yet, so a note cannot name it.");
		return false;
	}
	return true;
}

static bool is_signed(const char *by, const char *note, bool needs_note, struct diags *diags)
{
	bool ok = true;

	if (!*by) {
		wizard_finding(diags, SEV_ERROR, "answer-by", "by", "A name such as CONTOSO\\anna.",
			       "Say who vouches for it.");
		ok = false;
	}
	if (!*note && needs_note) {
		wizard_finding(diags, SEV_ERROR, "answer-note", "note",
			       "A few words, such as: restore tested on Friday.", "Say how you know.");
		ok = false;
	}
	return ok;
}

/* Who says what about which check. */
struct answer {
	const struct prereq *prereq;
	const struct field *rows_field;
	const char *by, *note;
	bool against; /* the document */
	char today[11];
};

static struct answer answer_to(const struct check_result *result, const char *by, const char *note)
{
	struct answer answer = { .prereq = result->verdict->prereq, .by = by, .note = note };

	answer.rows_field = result->verdict->raw == CHECK_UNKNOWN ? &field_confirmed : &field_acknowledged;
	answer.against = result->verdict->raw == CHECK_FAILED && !result->verdict->prereq->inferred;
	wizard_today(answer.today);
	return answer;
}

/* ---- names in notes ---- */

/* Whether the word NAME (NULL: the plan) of a note is taken back. */
typedef bool taken_fn(const char *name, const void *data);

/* Takes back names of those of NOTES that OF_NOTE has by their place, and the notes that are about nothing then. One
 * pass: there may be very many. */
static void take_back(struct rows *notes, const bool of_note[], taken_fn *is_taken, const void *data)
{
	size_t kept = 0;

	for (size_t i = 0; i < notes->count; i++) {
		struct answer_note *note = (struct answer_note *)notes->items[i];
		size_t named = note->servers.count, left = 0;

		for (size_t k = 0; of_note[i] && k < named; k++) {
			if (!is_taken(note->servers.items[k], data))
				note->servers.items[left++] = note->servers.items[k];
		}
		if (of_note[i])
			note->servers.count = left;
		/* One that names nobody is about the plan, or about nothing. */
		if (of_note[i] && !left && (named || is_taken(NULL, data)))
			continue;
		note->record.position = (uint32_t)kept;
		notes->items[kept++] = &note->record;
	}
	notes->count = kept;
}

static void answers_changed(struct wizard *wizard, const struct check_result *const *results, size_t count)
{
	const struct flow *flow = wizard->plan->flow;
	bool *of_check = xcalloc(flow_check_count(flow) + 1, sizeof(*of_check));

	for (size_t i = 0; i < count; i++)
		of_check[results[i]->verdict->prereq - flow->prereqs] = true;
	wizard_touch_answers(wizard, of_check);
	free(of_check);
}

/* ---- giving answers ---- */

/* The results that one answer is about, and their servers by what was found on them. */
struct group {
	const struct check_result *const *items; /* borrowed */
	size_t count;
	struct nametable *marks; /* of each mark, the first of ITEMS */
};

static const char *mark_at(const void *items, size_t index, size_t *length)
{
	const char *mark = ((const struct check_result *const *)items)[index]->verdict->mark;

	*length = strlen(mark);
	return mark;
}

/* Of RESULTS, COUNT of them, those from FROM on that are about the same check and stood the same: *FROM is behind them
 * then. */
static struct group group_of(const struct check_result *const *results, size_t count, size_t *from)
{
	struct group group = { .items = results + *from };

	while (*from < count && results[*from]->verdict->prereq == group.items[0]->verdict->prereq &&
	       results[*from]->verdict->raw == group.items[0]->verdict->raw)
		++*from;
	group.count = (size_t)(results + *from - group.items);
	group.marks = nametable_new(group.count, false, mark_at, group.items);
	return group;
}

/* A row for ANSWER where MARK was found; not in its list yet. */
static struct record *new_row(struct wizard *wizard, const struct answer *answer, const char *mark,
			      struct diags *diags)
{
	const struct field *rows_field = answer->rows_field;
	struct record *row = plan_new_record(wizard->plan, rows_field);

	set_column(wizard, rows_field, row, "check", answer->prereq->id, diags);
	set_column(wizard, rows_field, row, "by", answer->by, diags);
	set_column(wizard, rows_field, row, "on", answer->today, diags);
	set_column(wizard, rows_field, row, "note", answer->note, diags);
	set_column(wizard, rows_field, row, "found", mark, diags);
	if (answer->against)
		set_column(wizard, rows_field, row, "against-document", "yes", diags);
	return row;
}

/* One row for each thing that was found, with the servers where it was. False: DIAGS says why, and the rows are there
 * all the same. */
static bool append(struct wizard *wizard, const struct answer *answer, const struct group *group, struct diags *diags)
{
	const struct field *rows_field = answer->rows_field, *servers = fields_find(rows_field->columns, "servers");
	struct rows *notes = field_rows_at(rows_field, wizard_record(wizard));
	struct record **rows = xcalloc(group->count, sizeof(struct record *));
	size_t errors = diags->errors, first = 0;
	bool ok = true;

	for (size_t i = 0; i < group->count; i++) {
		const struct check_result *result = group->items[i];

		if (!i || !str_eq(result->verdict->mark, group->items[i - 1]->verdict->mark))
			first = nametable_add(group->marks, i);
		if (first == i) {
			rows[i] = new_row(wizard, answer, result->verdict->mark, diags);
			rows_insert(wizard->plan, notes, notes->count, rows[i]);
		}
		if (result->server)
			field_store_item(servers, wizard->plan, rows[first], result->server->name, NULL);
	}
	for (size_t i = 0; i < group->count; i++)
		ok = (!rows[i] || validate_row(wizard->plan, rows_field, rows[i], diags)) && ok;
	free(rows);
	return ok && diags->errors == errors;
}

/* The servers of GROUP, to find a name among them. */
static const char *server_at(const void *items, size_t index, size_t *length)
{
	const struct server *server = ((const struct check_result *const *)items)[index]->server;
	const char *name = server ? server->name : "";

	*length = strlen(name);
	return name;
}

static bool is_renewed(const char *name, const void *servers)
{
	return !name || nametable_find(servers, name, strlen(name)) != NAME_NONE;
}

/* What the first COUNT notes say about the servers of GROUP is said by the new ones. */
static void remove_older(struct rows *notes, size_t count, const char *check, const struct group *group)
{
	bool *of_note = xcalloc(notes->count + 1, sizeof(*of_note));
	struct nametable *servers;
	size_t older = 0;

	for (size_t i = 0; i < count; i++) {
		of_note[i] = str_eq(((const struct answer_note *)notes->items[i])->check, check);
		older += of_note[i];
	}
	if (older) {
		servers = nametable_new(group->count, true, server_at, group->items);
		for (size_t i = 0; i < group->count; i++)
			nametable_add(servers, i);
		take_back(notes, of_note, is_renewed, servers);
		nametable_free(servers);
	}
	free(of_note);
}

/* One row a check and what was found; older answers about the same servers go. */
static bool answer(struct wizard *wizard, const struct group *group, const char *by, const char *note,
		   struct diags *diags)
{
	struct answer given = answer_to(group->items[0], by, note);
	struct rows *notes = field_rows_at(given.rows_field, wizard_record(wizard));
	size_t count = notes->count;
	bool ok = append(wizard, &given, group, diags);

	if (ok)
		remove_older(notes, count, given.prereq->id, group);
	else
		notes->count = count;
	return ok;
}

const char *answer_note_missing(const struct check_result *const *results, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		enum answer_kind kind = check_answer_kind(results[i]);

		if (kind == ANSWER_AGAINST)
			return "A note is needed: why this is accepted all the same.";
		if (kind == ANSWER_ACKNOWLEDGE)
			return "A note is needed: what was done, or why it may stay as it is.";
		if (results[i]->verdict->prereq != results[0]->verdict->prereq)
			return "A note is needed: how you know.";
	}
	return NULL;
}

static size_t position_of(const struct check_result *result)
{
	return result->server ? result->server->record.position : 0;
}

/* By how it stood, in the order of the plan's servers. */
static int compare_results(const void *a, const void *b)
{
	const struct check_result *one = *(const struct check_result *const *)a;
	const struct check_result *two = *(const struct check_result *const *)b;

	if (one->verdict->raw != two->verdict->raw)
		return one->verdict->raw < two->verdict->raw ? -1 : 1;
	return (position_of(one) > position_of(two)) - (position_of(one) < position_of(two));
}

/* RESULTS by check, and those of one check as compare_results() has them, which is mostly how they come: SORTED. */
static void sort_results(const struct flow *flow, const struct check_result *const *results, size_t count,
			 const struct check_result **sorted)
{
	size_t checks = flow_check_count(flow), from = 0;
	size_t *ends = xcalloc(checks + 1, sizeof(*ends));

	for (size_t i = 0; i < count; i++)
		ends[results[i]->verdict->prereq - flow->prereqs + 1]++;
	for (size_t i = 1; i <= checks; i++)
		ends[i] += ends[i - 1];
	for (size_t i = 0; i < count; i++)
		sorted[ends[results[i]->verdict->prereq - flow->prereqs]++] = results[i];
	for (size_t check = 0; check < checks; from = ends[check++]) {
		size_t at = from + 1;

		while (at < ends[check] && compare_results(&sorted[at - 1], &sorted[at]) <= 0)
			at++;
		if (at < ends[check])
			qsort(sorted + from, ends[check] - from, sizeof(*sorted), compare_results);
	}
	free(ends);
}

bool wizard_answer_results(struct wizard *wizard, const struct check_result *const *results, size_t count,
			   const char *by, const char *note, struct diags *diags)
{
	const struct check_result **sorted = xcalloc(count + 1, sizeof(*sorted));
	bool ok = count > 0 && is_signed(by, note, answer_note_missing(results, count) != NULL, diags);
	size_t from = 0;

	for (size_t i = 0; i < count; i++)
		ok = ok && may_answer(results[i], diags);
	sort_results(wizard->plan->flow, results, count, sorted);
	while (ok && from < count) {
		struct group group = group_of(sorted, count, &from);

		ok = answer(wizard, &group, by, note, diags);
		nametable_free(group.marks);
	}
	if (ok)
		answers_changed(wizard, results, count);
	free(sorted);
	return ok;
}

/* ---- taking them back ---- */

/* The server of a result, to find a host among them. */
static const char *host_at(const void *items, size_t index)
{
	size_t length;

	return server_at(items, index, &length);
}

static bool is_withdrawn(const char *name, const void *servers)
{
	return !name || hosttable_find(servers, name) != NAME_NONE;
}

static void withdraw_from(struct rows *notes, const struct check_result *const *results, size_t count,
			  const struct hosttable *servers)
{
	bool *of_note = xcalloc(notes->count + 1, sizeof(*of_note));

	for (size_t i = 0; i < count; i++) {
		const struct record *note = &results[i]->verdict->note->record;

		if (note->position < notes->count && notes->items[note->position] == note)
			of_note[note->position] = true;
	}
	take_back(notes, of_note, is_withdrawn, servers);
	free(of_note);
}

void wizard_withdraw_answers(struct wizard *wizard, const struct check_result *const *results, size_t count)
{
	struct answers *answers = wizard->plan->answers;
	struct hosttable *servers = hosttable_new(count, host_at, results);

	for (size_t i = 0; i < count; i++)
		(void)hosttable_add(servers, i);
	withdraw_from(&answers->confirmed, results, count, servers);
	withdraw_from(&answers->acknowledged, results, count, servers);
	hosttable_free(servers);
	answers_changed(wizard, results, count);
}
