/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The plan, its prerequisites and its steps as one JSON object, for other programs. Its form is
 * schema/render.schema.json; the plan stands in it as the plan file has it.
 */
#include "render/render.h"

#include "core/json.h"
#include "model/identity.h"
#include "pipeline/planfile.h"
#include "render/steps_json.h"

/* ---- the plan ---- */

static bool is_written(const struct scope *scope, const struct field *field)
{
	if (field->kind == FIELD_SECRET || field->offset == FIELD_NO_MEMBER)
		return false;
	return field_applies_in(field, scope) && !field_is_empty(field, scope->plan, scope->record);
}

static void put_rows(struct strbuf *out, const struct render_input *input, const struct field *field,
		     const struct rows *rows)
{
	const struct plan *plan = input->plan;

	strbuf_putc(out, '[');
	for (size_t i = 0; i < rows->count; i++) {
		struct scope scope = scope_in(plan, rows->items[i]);
		const char *before = "";

		strbuf_puts(out, i ? ",\n      {" : "\n      {");
		for (const struct field *const *column = field->columns; *column; column++) {
			if (!is_written(&scope, *column))
				continue;
			json_key(out, before, (*column)->key);
			plan_put_value(out, plan, *column, rows->items[i], json_string);
			before = ", ";
		}
		strbuf_putc(out, '}');
		render_hand_out(input, out);
	}
	strbuf_puts(out, rows->count ? "\n    ]" : "]");
}

static void put_value(struct strbuf *out, const struct render_input *input, const struct field *field)
{
	const struct record *record = &input->plan->answers->record;

	if (field->kind == FIELD_ROWS)
		put_rows(out, input, field, field_rows(field, record));
	else
		plan_put_value(out, input->plan, field, record, json_string);
}

/* The fields from *FIELD on whose keys begin with the LENGTH bytes of PREFIX, as members; groups open and close by
 * themselves, for the members of a group stand together in every table. */
static const struct field *const *put_group(struct strbuf *out, const struct render_input *input,
					    const struct field *const *field, const char *prefix, size_t length)
{
	struct scope scope = scope_in(input->plan, &input->plan->answers->record);
	const char *before = length ? "" : ",\n    ";

	while (*field && strncmp((*field)->key, prefix, length) == 0) {
		const char *rest = (*field)->key + length;
		size_t part = strcspn(rest, ".");
		size_t start = out->length;

		strbuf_printf(out, "%s\"%.*s\": ", before, (int)part, rest);
		if (rest[part]) {
			size_t opened = out->length + 1;

			strbuf_putc(out, '{');
			field = put_group(out, input, field, (*field)->key, length + part + 1);
			if (out->length == opened) { /* nothing of it applies */
				strbuf_truncate(out, start);
				continue;
			}
			strbuf_putc(out, '}');
		} else {
			if (!is_written(&scope, *field)) {
				strbuf_truncate(out, start);
				field++;
				continue;
			}
			put_value(out, input, *field++);
		}
		before = length ? ", " : ",\n    ";
	}
	return field;
}

static void put_plan(struct strbuf *out, const struct render_input *input)
{
	const struct plan *plan = input->plan;

	strbuf_puts(out, ",\n  \"plan\": {\n    \"" PLAN_VERSION_KEY "\": " PLAN_VERSION_TEXT);
	json_member(out, ",\n    ", field_product.key, plan->flow->id);
	put_group(out, input, plan->flow->fields, "", 0);
	strbuf_puts(out, "\n  }");
}

/* ---- the rest ---- */

enum { STEP_BYTES = 700, SERVER_BYTES = 300 }; /* about what a step takes, and a server with its prerequisites */

static void put_note(struct strbuf *out, const struct check_result *result)
{
	const struct answer_note *note = result->verdict->note;

	strbuf_puts(out, ", \"answer\": ");
	if (!note) {
		strbuf_puts(out, "null");
		return;
	}
	json_member(out, "{", "by", note->by);
	json_member(out, ", ", "on", note->on);
	json_member(out, ", ", "note", note->note);
	strbuf_printf(out, ", \"against-document\": %s}", result->verdict->against ? "true" : "false");
}

/* The results of one prerequisite. What is not known anywhere is a list of names: a large group has many of those, and
 * nothing more to say of each. */
struct row_results {
	struct arena *arena;
	struct check_result first; /* in the order of states, then of the plan */
	size_t count;
	const struct server **unknown; /* NULL: the plan itself */
	size_t unknown_count, unknown_room;
	struct check_result *others;
	size_t other_count, other_room;
};

static void keep_result(const struct check_result *result, void *data)
{
	struct row_results *row = data;

	if (!row->count++ || result->verdict->state < row->first.verdict->state)
		row->first = *result;
	if (result->verdict->state == CHECK_UNKNOWN) {
		row->unknown = arena_grow(row->arena, row->unknown, row->unknown_count, &row->unknown_room,
					  sizeof(*row->unknown));
		row->unknown[row->unknown_count++] = result->server;
		return;
	}
	row->others = arena_grow(row->arena, row->others, row->other_count, &row->other_room, sizeof(*row->others));
	row->others[row->other_count++] = *result;
}

static void put_result(struct strbuf *out, const struct check_result *result)
{
	json_member(out, "{", "server", result->server ? result->server->name : NULL);
	json_member(out, ", ", "state", check_state_name(result->verdict->state));
	json_member(out, ", ", "found", result->verdict->found);
	put_note(out, result);
	strbuf_putc(out, '}');
}

/* Failed first, passed last. */
static void put_results(struct strbuf *out, const struct render_input *input, const struct row_results *row)
{
	const char *before = "\n      ";

	for (unsigned state = 0; row->other_count && state < CHECK_STATE_COUNT; state++) {
		for (size_t i = 0; i < row->other_count; i++) {
			if (row->others[i].verdict->state != state)
				continue;
			strbuf_puts(out, before);
			before = ",\n      ";
			put_result(out, &row->others[i]);
			render_hand_out(input, out);
		}
	}
}

static void put_prerequisite(struct strbuf *out, const struct render_input *input, const struct row_results *row)
{
	const struct check_result *first = &row->first;

	json_member(out, "{", "id", first->verdict->prereq->id);
	json_member(out, ", ", "title", first->verdict->title);
	json_member(out, ", ", "needed", first->verdict->needed);
	json_member(out, ", ", "remedy", first->verdict->remedy);
	json_member(out, ", ", "source", first->verdict->prereq->source);
	strbuf_puts(out, ",\n     \"not-known\": [");
	for (size_t i = 0; i < row->unknown_count; i++) {
		const struct server *server = row->unknown[i];

		strbuf_puts(out, i ? ", " : "");
		json_string(out, server ? server->name : NULL);
		render_hand_out(input, out);
	}
	strbuf_puts(out, "],\n     \"results\": [");
	put_results(out, input, row);
	strbuf_puts(out, "]}");
}

/* Row by row: all results of a large group at once would take more memory than the text. */
static void put_checks(struct strbuf *out, const struct render_input *input)
{
	struct arena *arena = arena_new();
	size_t said = 0;

	strbuf_puts(out, ",\n  \"prerequisites\": [");
	for (const struct prereq *prereq = input->plan->flow->prereqs; prereq->id; prereq++) {
		struct row_results row = { .arena = arena };

		prereq_visit_row(input->plan, input->facts, prereq, arena, keep_result, &row);
		if (row.count) { /* else it does not apply to this plan */
			strbuf_puts(out, said++ ? ",\n    " : "\n    ");
			put_prerequisite(out, input, &row);
		}
		arena_reset(arena);
	}
	arena_free(arena);
	strbuf_puts(out, said ? "\n  ]" : "]");
}

static void put_steps(struct strbuf *out, const struct render_input *input)
{
	const struct sequence *sequence = input->sequence;
	struct steps_json json = { .sequence = sequence };
	size_t said = 0;

	strbuf_puts(out, ",\n  \"steps\": [");
	for (size_t i = 0; i < sequence->count; i++) {
		if (!render_is_wanted(input, &sequence->items[i]))
			continue;
		strbuf_puts(out, said++ ? ",\n    " : "\n    ");
		steps_json_put(&json, out, i);
		render_hand_out(input, out);
	}
	strbuf_puts(out, said ? "\n  ]" : "]");
	steps_json_clear(&json);
}

bool render_json(const struct render_input *input, struct strbuf *out, struct diags *diags)
{
	const struct plan *plan = input->plan;
	struct arena *arena = arena_new();
	struct upgrade_identity identity = plan_identity(plan, arena);
	struct render_origin origin = render_origin(input);

	(void)diags;
	/* Growing copies and wipes: for a large group the room is made at once. */
	if (!input->hand_out)
		strbuf_reserve(out, input->sequence->count * STEP_BYTES + plan_server_count(plan) * SERVER_BYTES);
	strbuf_puts(out, "{\n  \"format\": 1,\n  \"made-by\": \"scupgrade " PACKAGE_VERSION "\"");
	json_member(out, ",\n  ", "plan-digest", origin.plan);
	json_member(out, ",\n  ", "facts-digest", *origin.facts ? origin.facts : NULL);
	json_member(out, ",\n  ", "facts-collected", origin.collected);
	strbuf_puts(out, ",\n  \"upgrade\": ");
	identity_json(out, &identity);
	json_member(out, ",\n  ", "title", flow_headline(plan));
	put_plan(out, input);
	put_checks(out, input);
	put_steps(out, input);
	strbuf_puts(out, "\n}\n");
	arena_free(arena);
	return true;
}
