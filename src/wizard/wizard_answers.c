/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What the administrator vouches for: answers to one check, on one server or on all, and one answer to many checks at
 * once: a group of five servers has dozens of things that a program cannot see.
 *
 * An answer keeps what was found when it was given: a finding that changes is asked about again.
 */
#include "wizard/wizard_private.h"

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

static bool may_answer(const struct check_result *result, const char *by, const char *note, struct diags *diags)
{
	const char *title = result->title;
	bool ok = true;

	if (result->raw == CHECK_FAILED || result->raw == CHECK_PASSED) {
		wizard_finding(diags, SEV_ERROR, "answer-refused", "", "",
			       result->raw == CHECK_FAILED
				       ? "\"%s\" has failed: it must be fixed, a note is not enough."
				       : "\"%s\" has passed: there is nothing to vouch for.",
			       title);
		return false;
	}
	if (result->server && !result->server->name) {
		wizard_finding(diags, SEV_ERROR, "answer-refused", "", "",
			       "The server has no name yet that a note could be about.");
		return false;
	}
	if (!*by) {
		wizard_finding(diags, SEV_ERROR, "answer-by", "by", "A name such as CONTOSO\\anna.",
			       "Say who vouches for it.");
		ok = false;
	}
	if (!*note) {
		wizard_finding(diags, SEV_ERROR, "answer-note", "note",
			       "A few words, such as: restore tested on Friday.", "Say how you know.");
		ok = false;
	}
	return ok;
}

static bool is_about(const struct answer_note *note, const char *check, const char *server)
{
	return str_eq(note->check, check) && (!server || (note->server && host_equal(note->server, server)));
}

/* Takes out what CHECK had on SERVER (NULL: everywhere) among the first COUNT. One pass: there may be very many. */
static void remove_notes(struct rows *notes, size_t count, const char *check, const char *server)
{
	size_t kept = 0;

	for (size_t i = 0; i < notes->count; i++) {
		struct record *row = notes->items[i];

		if (i < count && is_about((const struct answer_note *)row, check, server))
			continue;
		row->position = kept;
		notes->items[kept++] = row;
	}
	notes->count = kept;
}

/* Who says what about which check. */
struct answer {
	const struct prereq *prereq;
	const struct field *rows_field;
	const char *by, *note;
	char today[11];
};

static struct answer answer_to(const struct check_result *result, const char *by, const char *note)
{
	struct answer answer = { .prereq = result->prereq, .by = by, .note = note };

	answer.rows_field = result->raw == CHECK_WARNING ? &field_acknowledged : &field_confirmed;
	wizard_today(answer.today);
	return answer;
}

/* Appends ANSWER about SERVER (NULL: the plan, and every server), where MARK was found. False: DIAGS says why; the row
 * is there all the same. */
static bool append(struct wizard *wizard, const struct answer *answer, const struct server *server, const char *mark,
		   struct diags *diags)
{
	const struct field *rows_field = answer->rows_field;
	struct rows *notes = field_rows_at(rows_field, wizard_record(wizard));
	struct record *row = plan_new_record(wizard->plan, rows_field);
	size_t errors = diags->errors;

	set_column(wizard, rows_field, row, "check", answer->prereq->id, diags);
	set_column(wizard, rows_field, row, "server", server && server->name ? server->name : "", diags);
	set_column(wizard, rows_field, row, "by", answer->by, diags);
	set_column(wizard, rows_field, row, "on", answer->today, diags);
	set_column(wizard, rows_field, row, "note", answer->note, diags);
	set_column(wizard, rows_field, row, "found", mark, diags);
	rows_insert(wizard->plan, notes, notes->count, row);
	return validate_row(wizard->plan, rows_field, row, diags) && diags->errors == errors;
}

static bool has_results_with_marks(const struct check_list *list, const struct check_result *like)
{
	for (size_t i = 0; i < list->count; i++) {
		const struct check_result *result = &list->items[i];

		if (result->prereq == like->prereq && result->raw == like->raw && *result->mark)
			return true;
	}
	return false;
}

/* One answer a server, each with what was found there; what nothing was found about needs one for all of them. */
static bool append_everywhere(struct wizard *wizard, const struct answer *answer, const struct check_result *like,
			      struct diags *diags)
{
	const struct check_list *list = wizard_checks(wizard);
	bool ok = true;

	if (!has_results_with_marks(list, like))
		return append(wizard, answer, NULL, "", diags);
	for (size_t i = 0; i < list->count && ok; i++) {
		const struct check_result *result = &list->items[i];

		/* A note cannot be about a server without a name. */
		if (result->server && !result->server->name)
			continue;
		if (result->prereq == like->prereq && result->raw == like->raw)
			ok = append(wizard, answer, result->server, result->mark, diags);
	}
	return ok;
}

/* What was appended behind the first COUNT takes the place of what they say about it (SERVER NULL: everywhere), or goes
 * when it is not OK. */
static void settle(struct wizard *wizard, const struct answer *answer, const struct server *server, size_t count,
		   bool ok)
{
	struct rows *notes = field_rows_at(answer->rows_field, wizard_record(wizard));

	if (!ok) {
		notes->count = count;
		return;
	}
	remove_notes(notes, count, answer->prereq->id, server ? server->name : NULL);
	wizard_touch(wizard);
}

static bool answer_one(struct wizard *wizard, const struct check_result *result, const char *by, const char *note,
		       struct diags *diags)
{
	struct answer answer = answer_to(result, by, note);
	size_t count = field_rows_at(answer.rows_field, wizard_record(wizard))->count;
	const struct server *server = result->server;
	bool ok;

	if (!may_answer(result, by, note, diags))
		return false;
	ok = append(wizard, &answer, server, result->mark, diags);
	settle(wizard, &answer, server, count, ok);
	return ok;
}

bool wizard_answer_check(struct wizard *wizard, const struct check_result *result, const char *by, const char *note,
			 bool everywhere, struct diags *diags)
{
	struct answer answer = answer_to(result, by, note);
	size_t count = field_rows_at(answer.rows_field, wizard_record(wizard))->count;
	bool ok;

	if (!everywhere)
		return answer_one(wizard, result, by, note, diags);
	if (!may_answer(result, by, note, diags))
		return false;
	ok = append_everywhere(wizard, &answer, result, diags);
	settle(wizard, &answer, NULL, count, ok);
	return ok;
}

void wizard_withdraw_answer(struct wizard *wizard, const struct check_result *result)
{
	struct answers *answers = wizard->plan->answers;
	struct rows *const lists[] = { &answers->confirmed, &answers->acknowledged };

	for (size_t i = 0; i < ARRAY_LEN(lists); i++) {
		for (size_t j = lists[i]->count; j-- > 0;) {
			if ((const struct answer_note *)lists[i]->items[j] == result->note)
				rows_remove(lists[i], j);
		}
	}
	wizard_touch(wizard);
}

/* ---- many checks at once ---- */

/* A page of its own asks for the others. */
static bool is_unknown_here(const struct check_result *result)
{
	return result->state == CHECK_UNKNOWN && !result->prereq->page;
}

size_t wizard_unknown_count(struct wizard *wizard)
{
	const struct check_list *list = wizard_checks(wizard);
	size_t count = 0;

	for (size_t i = 0; i < list->count; i++)
		count += is_unknown_here(&list->items[i]);
	return count;
}

/* One answer for all servers would take the place of those that were given for single ones, and what a check has found
 * on each server belongs to the answer. */
static bool needs_answers_of_its_own(const struct check_list *list, const struct prereq *prereq)
{
	for (size_t i = 0; i < list->count; i++) {
		const struct check_result *result = &list->items[i];

		if (result->prereq == prereq && (result->note || (is_unknown_here(result) && *result->mark)))
			return true;
	}
	return false;
}

/* Copies of what has to be answered: the list itself goes with the first answer. An entry without a server stands for
 * all of them. In ARENA. */
static struct check_result *collect(const struct check_list *list, struct arena *arena, size_t *count)
{
	struct check_result *all = arena_array(arena, list->count + 1, sizeof(*all));
	const struct prereq *last = NULL;
	bool each = false;

	*count = 0;
	for (size_t i = 0; i < list->count; i++) {
		struct check_result result = list->items[i];

		if (!is_unknown_here(&result))
			continue;
		if (result.prereq != last)
			each = needs_answers_of_its_own(list, result.prereq);
		else if (!each)
			continue;
		last = result.prereq;
		result.server = each ? result.server : NULL;
		result.mark = each ? arena_strdup(arena, result.mark) : "";
		all[(*count)++] = result;
	}
	return all;
}

bool wizard_answer_unknown(struct wizard *wizard, const char *by, const char *note, struct diags *diags)
{
	struct arena *arena = arena_new();
	bool ok = true;
	size_t count;
	struct check_result *all = collect(wizard_checks(wizard), arena, &count);

	for (size_t i = 0; i < count && ok; i++)
		ok = answer_one(wizard, &all[i], by, note, diags);
	arena_free(arena);
	return ok;
}
