/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Results of the prerequisites as rows, one a check, and what is said of them.
 */
#include "wizard/wizard_checks.h"

#include "core/text.h"
#include "wizard/wizard_private.h"

/* ---- rows ---- */

/* RESULT, and those behind it that share its verdict, COUNT in all. */
static void put_results(struct check_row *row, const struct check_result *result, size_t count)
{
	const struct check_verdict *verdict = result->verdict;

	if (!row->count || verdict->state < row->state)
		row->state = verdict->state;
	row->count += count;
	row->counts[verdict->state] += count;
	row->open += check_is_open(result) ? count : 0;
	row->answered += verdict->note ? count : 0;
}

/* One row a check that has results, in the order of the flow's table. */
static struct check_row *gather(const struct flow *flow, const struct check_list *list, struct arena *arena)
{
	struct check_row *rows = arena_array(arena, flow_check_count(flow) + 1, sizeof(*rows)), *row = rows;

	for (size_t i = 0, end; i < list->count; i = end) {
		const struct check_result *result = &list->items[i];

		for (end = i + 1; end < list->count && list->items[end].verdict == result->verdict;)
			end++;
		if (row->prereq && row->prereq != result->verdict->prereq)
			row++;
		if (!row->prereq) {
			row->prereq = result->verdict->prereq;
			row->title = result->verdict->title;
			row->results = result;
		}
		put_results(row, result, end - i);
	}
	return rows;
}

const struct check_table *wizard_check_table(struct wizard *wizard)
{
	const struct check_list *list = wizard_checks(wizard);
	const struct flow *flow = wizard->plan->flow;
	struct check_table *table = wizard->check_table;
	struct check_row *all, *rows;
	struct arena *arena;

	if (table)
		return table;
	arena = wizard_derived(wizard);
	table = arena_alloc(arena, sizeof(*table));
	all = gather(flow, list, arena);
	rows = arena_array(arena, flow_check_count(flow) + 1, sizeof(*rows));
	for (int state = 0; state < CHECK_STATE_COUNT; state++) {
		for (size_t i = 0; all[i].prereq; i++) {
			if ((int)all[i].state != state)
				continue;
			rows[table->count++] = all[i];
			table->counts[state]++;
			table->open += all[i].open > 0;
		}
	}
	table->rows = rows;
	table->number = ++wizard->check_tables;
	wizard->check_table = table;
	return table;
}

/* ---- words ---- */

void check_table_words(const struct check_table *table, struct strbuf *out)
{
	size_t acknowledged = 0, confirmed = 0;

	for (size_t i = 0; i < table->count; i++) {
		const struct check_row *row = &table->rows[i];

		acknowledged += row->state == CHECK_WARNING && row->answered && !row->open;
		confirmed += row->state == CHECK_PASSED && row->answered;
	}
	if (table->open)
		strbuf_printf(out, "%zu open, ", table->open);
	strbuf_printf(out, "%zu passed", table->counts[CHECK_PASSED]);
	if (confirmed)
		strbuf_printf(out, ", %zu of them confirmed", confirmed);
	if (acknowledged)
		strbuf_printf(out, ", %zu acknowledged", acknowledged);
}

const char *check_result_server(const struct check_result *result)
{
	if (!result->server)
		return "the plan";
	return result->server->name ? result->server->name : "a server without a name";
}

const char *check_result_state(const struct check_result *result)
{
	if (!result->verdict->note)
		return check_state_name(result->verdict->state);
	if (result->verdict->raw == CHECK_UNKNOWN)
		return "confirmed";
	return result->verdict->against ? "against the document" : "acknowledged";
}

const char *check_result_found(const struct check_result *result)
{
	const struct check_verdict *verdict = result->verdict;
	bool same = str_eq(verdict->found, check_state_name(verdict->raw)) || str_eq(verdict->found, "confirmed");

	return same || (verdict->state == CHECK_PLANNED && !check_is_due(result)) ? "" : verdict->found;
}

enum answer_kind check_answer_kind(const struct check_result *result)
{
	static const enum answer_kind kinds[CHECK_STATE_COUNT] = {
		[CHECK_UNKNOWN] = ANSWER_CONFIRM, [CHECK_WARNING] = ANSWER_ACKNOWLEDGE, [CHECK_FAILED] = ANSWER_AGAINST,
	};

	if (result->verdict->note)
		return ANSWER_NONE;
	return check_is_disputable(result) ? ANSWER_ACKNOWLEDGE : kinds[result->verdict->state];
}

bool check_is_askable(const struct check_result *result)
{
	return check_answer_kind(result) != ANSWER_NONE;
}

void check_note_words(const struct check_result *result, struct strbuf *out)
{
	const struct answer_note *note = result->verdict->note;

	if (!note)
		return;
	strbuf_printf(out, "%s by %s on %s",
		      result->verdict->raw == CHECK_UNKNOWN ? "Confirmed"
		      : result->verdict->against            ? "Accepted against the document"
						   : "Acknowledged",
		      note->by ? note->by : "?", note->on ? note->on : "?");
	if (note->note && note->note[0])
		strbuf_printf(out, ": %s", note->note);
}

/* The number of the first step of TASK, from 1; 0: the plan has none. */
static size_t step_number(struct wizard *wizard, const char *task)
{
	const struct sequence *sequence = wizard_sequence(wizard);

	for (size_t i = 0; i < sequence->count; i++) {
		if (str_eq(sequence->items[i].task->id, task))
			return i + 1;
	}
	return 0;
}

static void planned_words(struct wizard *wizard, const struct check_row *row, struct strbuf *out)
{
	size_t number = step_number(wizard, row->prereq->step);

	if (number)
		strbuf_printf(out, "step %zu does this", number);
	else
		strbuf_printf(out, "the step %s does this", row->prereq->step);
	for (size_t i = 0; i < row->count; i++) {
		if (check_is_due(&row->results[i])) {
			strbuf_printf(out, "; now: %s", row->results[i].verdict->found);
			break;
		}
	}
}

static const struct check_result *first_of(const struct check_row *row, enum check_state state)
{
	size_t i = 0;

	while (i + 1 < row->count && row->results[i].verdict->state != state)
		i++;
	return &row->results[i];
}

/* The same was found on all servers. */
static bool is_uniform(const struct check_row *row)
{
	for (size_t i = 1; i < row->count; i++) {
		if (!str_eq(row->results[i].verdict->found, row->results[0].verdict->found))
			return false;
	}
	return true;
}

/* What is not right, by name: "MS01: 4.8", "MS01: 4.8, 2 more". */
static void wrong_words(const struct check_row *row, enum check_state state, struct strbuf *out)
{
	const struct check_result *first = first_of(row, state);

	strbuf_printf(out, "%s%s: %s", out->length ? "; " : "", check_result_server(first),
		      *check_result_found(first) ? check_result_found(first) : check_state_name(state));
	if (row->counts[state] > 1)
		strbuf_printf(out, ", %zu more", row->counts[state] - 1);
}

static void count_words(size_t count, const char *words, struct strbuf *out)
{
	if (count)
		strbuf_printf(out, "%s%zu %s", out->length ? "; " : "", count, words);
}

static void put_words(const struct check_row *row, struct strbuf *out)
{
	size_t unknown = row->counts[CHECK_UNKNOWN], confirmed = row->state == CHECK_WARNING ? 0 : row->answered;

	if (row->counts[CHECK_FAILED])
		wrong_words(row, CHECK_FAILED, out);
	if (row->counts[CHECK_WARNING])
		wrong_words(row, CHECK_WARNING, out);
	if (row->state == CHECK_WARNING && row->answered == row->counts[CHECK_WARNING])
		strbuf_puts(out, ", acknowledged");
	if (unknown == 1 && row->count > 1)
		wrong_words(row, CHECK_UNKNOWN, out);
	else
		count_words(unknown, "not known", out);
	count_words(row->counts[CHECK_PLANNED], "later", out);
	if (confirmed > row->counts[CHECK_PASSED])
		confirmed = row->counts[CHECK_PASSED];
	count_words(row->counts[CHECK_PASSED] - confirmed, "right", out);
	count_words(confirmed, "confirmed", out);
}

void check_row_words(struct wizard *wizard, const struct check_row *row, struct strbuf *out)
{
	const struct check_result *first = &row->results[0];
	struct strbuf words = STRBUF_INIT;

	if (row->state == CHECK_PLANNED)
		planned_words(wizard, row, &words);
	else if (!first->server)
		strbuf_puts(&words, first->verdict->note ? check_result_state(first) : first->verdict->found);
	else
		put_words(row, &words);
	if (first->server && row->state == CHECK_PASSED && !row->answered && is_uniform(row) &&
	    *check_result_found(first))
		strbuf_printf(&words, ": %s", first->verdict->found);
	strbuf_add(out, strbuf_text(&words), words.length);
	strbuf_clear(&words);
}
