/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The prerequisites as the runbook has them: one row for all servers that differ in nothing.
 */
#include "render/render_runbook.h"

enum { SERVERS_NAMED = 4, COLUMNS = 5 };

/* Results that differ in their server only. */
struct check_group {
	struct check_result first;
	const struct server *servers[SERVERS_NAMED];
	size_t count;
};

struct check_groups {
	struct runbook *book;
	struct check_group *items;
	size_t count, room;
	size_t last[CHECK_STATE_COUNT]; /* behind the newest of each state; 0: there is none */
	size_t against;                 /* results that were accepted against a document */
};

/* ---- groups ---- */

static bool same_result(const struct check_result *a, const struct check_result *b)
{
	const struct check_verdict *one = a->verdict, *other = b->verdict;

	return one->prereq == other->prereq && one->state == other->state && one->note == other->note &&
	       str_eq(one->found, other->found);
}

static void add_result(const struct check_result *result, void *data)
{
	struct check_groups *groups = data;
	size_t *last = &groups->last[result->verdict->state];
	struct check_group *group;

	if (!*last || !same_result(&groups->items[*last - 1].first, result)) {
		groups->items = arena_grow(groups->book->arena, groups->items, groups->count, &groups->room,
					   sizeof(*groups->items));
		groups->items[groups->count++] = (struct check_group){ .first = *result };
		*last = groups->count;
	}
	group = &groups->items[*last - 1];
	if (group->count < SERVERS_NAMED)
		group->servers[group->count] = result->server;
	group->count++;
	groups->against += result->verdict->against;
}

/* "MS01, MS02 and 298 more"; "" for what is about the plan. */
static const char *check_servers(const struct runbook *book, const struct check_group *group)
{
	struct strbuf text = STRBUF_INIT;

	if (!group->first.server)
		return "";
	for (size_t i = 0; i < group->count && i < SERVERS_NAMED; i++)
		strbuf_printf(&text, "%s%s", i ? ", " : "", group->servers[i]->name);
	if (group->count > SERVERS_NAMED)
		strbuf_printf(&text, " and %zu more", group->count - SERVERS_NAMED);
	return runbook_keep(book->arena, &text);
}

/* ---- what a row says ---- */

static const char *check_word(const struct check_result *result)
{
	if (!result->verdict->note)
		return check_state_name(result->verdict->state);
	if (result->verdict->against)
		return "against the document";
	return result->verdict->state == CHECK_PASSED ? "confirmed" : "acknowledged";
}

static const char *check_class(const struct check_result *result)
{
	if (result->verdict->against)
		return "against";
	return result->verdict->state == CHECK_UNKNOWN ? "unknown" : check_word(result);
}

/* Which step brings it about: readers of a runbook know the steps by their numbers. */
static const char *planned_account(const struct runbook *book, const struct check_result *result)
{
	const struct runbook_task *task = runbook_find_task(book, result->verdict->prereq->step);

	if (!task)
		return result->verdict->found;
	if (check_is_due(result))
		return arena_printf(book->arena, "%s; step %zu sees to it", result->verdict->found, task->first + 1);
	return arena_printf(book->arena, "step %zu does this", task->first + 1);
}

/* Who vouches for it, or what is left to do. */
static const char *check_account(const struct runbook *book, const struct check_result *result)
{
	const struct answer_note *note = result->verdict->note;

	if (note && result->verdict->against)
		return arena_printf(book->arena, "%s. Accepted all the same by %s, %s: %s", result->verdict->found,
				    note->by ? note->by : "", note->on ? note->on : "", note->note ? note->note : "");
	if (note)
		return arena_printf(book->arena, "%s, %s%s%s", note->by ? note->by : "", note->on ? note->on : "",
				    note->note && *note->note ? ": " : "", note->note ? note->note : "");
	if (result->verdict->state == CHECK_PLANNED)
		return planned_account(book, result);
	if (!check_is_open(result))
		return result->verdict->found;
	const char *remedy = result->verdict->remedy && !check_collector_tells(result) ? result->verdict->remedy : "";
	if (str_eq(result->verdict->found, check_state_name(result->verdict->raw)))
		return remedy;
	return arena_printf(book->arena, "%s. %s", result->verdict->found, remedy);
}

static void add_row(struct runbook *book, struct runbook_table *table, const struct check_group *group)
{
	const struct check_result *result = &group->first;
	const char **cells = table->cells + COLUMNS * table->rows;

	cells[0] = check_word(result);
	cells[1] = result->verdict->title;
	cells[2] = result->verdict->needed ? result->verdict->needed : "";
	cells[3] = check_servers(book, group);
	cells[4] = check_account(book, result);
	table->classes[table->rows++] = check_class(result);
}

/* ---- the whole ---- */

static void write_words(const struct runbook_writer *writer, struct runbook *book, const struct check_groups *groups)
{
	bool collected = false;

	for (size_t i = 0; i < groups->count; i++)
		collected = collected || check_collector_tells(&groups->items[i].first);
	writer->text(book, groups->last[CHECK_UNKNOWN]
				   ? "From plan and facts: what no program has seen is \"not known\" until somebody "
				     "confirms it."
				   : "From plan and facts: a program or a person has seen each of them.");
	if (groups->against)
		writer->text(book, arena_printf(book->arena,
						groups->against == 1
							? "%zu prerequisite goes against what a document states, "
							  "and was accepted all the same: whoever signs this "
							  "takes that over."
							: "%zu prerequisites go against what a document states, "
							  "and were accepted all the same: whoever signs this "
							  "takes that over.",
						groups->against));
	if (collected)
		writer->text(book, "Where the last column says nothing else about what is not known: run the collector "
				   "there (scupgrade facts-script), or look, and confirm what you saw.");
}

/* In the order of their states, as everywhere; within, in that of table and plan. */
void runbook_write_checks(const struct runbook_writer *writer, struct runbook *book)
{
	static const char *const headings[COLUMNS] = { "State", "Prerequisite", "Needed", "Where",
						       "Confirmation, finding or action" };
	struct check_groups groups = { .book = book };

	for (const struct prereq *prereq = book->plan->flow->prereqs; prereq->id; prereq++)
		prereq_visit_row(book->plan, book->input->facts, prereq, book->arena, add_result, &groups);
	struct runbook_table table = runbook_table(book, "Prerequisites", headings, COLUMNS, groups.count);

	table.values = 1u << 3;
	table.classes = arena_array(book->arena, groups.count, sizeof(const char *));
	for (unsigned state = 0; state < CHECK_STATE_COUNT; state++) {
		for (size_t i = 0; i < groups.count; i++) {
			if (groups.items[i].first.verdict->state == (enum check_state)state)
				add_row(book, &table, &groups.items[i]);
		}
	}
	writer->section(book, "prerequisites", "Prerequisites");
	write_words(writer, book, &groups);
	if (table.rows)
		runbook_write_table(writer, book, &table);
}
