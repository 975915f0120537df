/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The plan of the next hop.
 */
#include "pipeline/next.h"

#include "core/text.h"
#include "model/hop.h"
#include "pipeline/planfile.h"

/* ---- which one ---- */

/* The oldest long-term release that an upgrade from FROM leads to. */
static const struct release_edge *edge_from(const struct flow *flow, const struct release *from)
{
	const struct release_edge *best = NULL;

	for (const struct release_edge *edge = flow->edges; edge && edge->id; edge++) {
		const struct release *to = release_find(edge->to);

		if (str_eq(edge->product, flow->id) && str_eq(edge->from, from->id) &&
		    to->channel == CHANNEL_LONG_TERM && (!best || to->rank < release_find(best->to)->rank))
			best = edge;
	}
	return best;
}

const struct release_edge *next_edge(const struct plan *plan, struct report *to)
{
	const struct release_edge *road[RELEASE_ROAD_LIMIT], *edge;
	const struct release *from = plan_hop(plan)->target, *goal = plan_goal(plan);
	const struct flow *flow = plan->flow;

	if (goal == from) {
		report_error(to, "no-next", "Another goal: set it in the plan.",
			     "%s is the goal of this plan: nothing follows.", from->brief);
		return NULL;
	}
	if (goal)
		edge = release_road(flow->edges, flow->id, from, goal, road) ? road[0] : NULL;
	else
		edge = edge_from(flow, from);
	if (!edge) {
		report_error(to, "no-next", "", "No upgrade is known that follows %s.", from->brief);
		return NULL;
	}
	if (!edge->planned) {
		report_error(to, "edge-not-planned", "",
			     "%s to %s is an upgrade that this version of scupgrade does not plan yet.", from->brief,
			     release_find(edge->to)->brief);
		return NULL;
	}
	return edge;
}

/* ---- what it keeps ---- */

static bool is_kept(const struct field *field)
{
	return !(field->flags & FIELD_THIS_HOP) && field->offset != FIELD_NO_MEMBER && field->kind != FIELD_SECRET;
}

static void keep_list(struct plan *next, struct record *record, const struct field *field, const struct record *from)
{
	const struct names *names = field_names(field, from);

	field_empty_list(field, next, record);
	for (size_t i = 0; i < names->count; i++)
		field_store_item(field, next, record, arena_strdup(next->arena, names->items[i]), NULL);
}

static void keep_rows(struct plan *next, struct record *record, const struct field *field, const struct plan *plan,
		      const struct record *from);

/* FIELD of RECORD, a record of NEXT, becomes what VALUE of FROM, one of PLAN, is. Presets are not copied, for the next
 * hop may have others. */
static void keep(struct plan *next, struct record *record, const struct field *field, const struct plan *plan,
		 const struct record *from, const struct field *value)
{
	const char *text = NULL;

	switch (field->kind) {
	case FIELD_ROWS:
		keep_rows(next, record, field, plan, from);
		return;
	case FIELD_NAMES:
		keep_list(next, record, field, from);
		return;
	case FIELD_TEXT:
		text = field_own_text(value, from);
		break;
	case FIELD_NUMBER:
	case FIELD_FLAG:
	case FIELD_CHOICE:
	case FIELD_CHOICES:
		text = field_text(value, plan, from, next->arena);
		break;
	case FIELD_SECRET:
	case FIELD_KIND_COUNT:
		bug("%s is no answer to keep", field->key);
	}
	if (text)
		field_store(field, next, record, text, NULL);
}

static void keep_columns(struct plan *next, struct record *record, const struct field *const *fields,
			 const struct plan *plan, const struct record *from)
{
	for (; *fields; fields++) {
		if ((*fields)->next_from)
			keep(next, record, *fields, plan, from, (*fields)->next_from);
		else if (is_kept(*fields))
			keep(next, record, *fields, plan, from, *fields);
	}
}

static void keep_rows(struct plan *next, struct record *record, const struct field *field, const struct plan *plan,
		      const struct record *from)
{
	const struct rows *rows = field_rows(field, from);
	struct rows *kept = field_rows_at(field, record);

	for (size_t i = 0; i < rows->count; i++) {
		struct scope scope = scope_in(plan, rows->items[i]);
		struct record *row;

		if (field->row_ends && field->row_ends(&scope))
			continue;
		row = plan_new_record(next, field);
		keep_columns(next, row, field->columns, plan, rows->items[i]);
		rows_insert(next, kept, kept->count, row);
	}
}

struct plan *next_plan(const struct plan *plan, const struct release_edge *edge)
{
	struct plan *next = plan_new(plan->flow);
	const struct release *goal = plan_goal(plan);

	next->answers->source = (int)(release_find(edge->from) - releases);
	next->answers->target = (int)(release_find(edge->to) - releases);
	keep_columns(next, &next->answers->record, plan->flow->fields, plan, &plan->answers->record);
	if (goal && goal->rank > release_find(edge->to)->rank)
		plan_set_goal(next, goal);
	return next;
}

const char *next_left_out(const struct plan *plan, const struct plan *next, struct arena *arena)
{
	struct strbuf text = STRBUF_INIT;
	const char *kept;

	for (const struct field *const *field = plan->flow->fields; *field; field++) {
		if (((*field)->flags & FIELD_THIS_HOP) && plan_writes(plan, *field, &plan->answers->record) &&
		    !field_is_preset(*field, plan, &plan->answers->record) &&
		    field_is_preset(*field, next, &next->answers->record))
			strbuf_printf(&text, "%s%s", text.length ? ", " : "", (*field)->key);
	}
	kept = arena_strdup(arena, strbuf_text(&text));
	strbuf_clear(&text);
	return kept;
}

/* ---- where it goes ---- */

void next_path(const struct plan *plan, const char *plan_path, const struct release_edge *edge, struct strbuf *out)
{
	size_t end = strlen(plan_path), stem = end;
	const char *ending = strrchr(plan_path, '.');
	const char *target = plan_hop(plan)->target->id;

	if (ending && (text_equal_fold(ending, ".yaml") || text_equal_fold(ending, ".yml")))
		stem = (size_t)(ending - plan_path);
	if (stem > strlen(target) + 1 && plan_path[stem - strlen(target) - 1] == '-' &&
	    strncmp(plan_path + stem - strlen(target), target, strlen(target)) == 0)
		stem -= strlen(target) + 1;
	strbuf_add(out, plan_path, stem);
	strbuf_printf(out, "-%s.yaml", edge->to);
}
