/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The answers of a plan as lines "label, value" in the order of the pages, and the servers that have a command line.
 */
#include "ui/view_summary.h"

#include "wizard/wizard_checks.h"

#define NAMES_MOST 4 /* of the rows, by name; the others are counted */

static struct summary_line *add_line(struct summary_state *state, enum line_kind kind)
{
	if (state->count == state->room) {
		state->room = state->room ? state->room * 2 : 32;
		state->lines = xrealloc(state->lines, state->room * sizeof(*state->lines));
	}
	state->lines[state->count] = (struct summary_line){ .kind = kind };
	return &state->lines[state->count++];
}

/* "3 servers: MS01, MS02, GW01"; "" for none. */
static const char *rows_value(struct view *view, const struct field *field, struct arena *arena)
{
	const struct plan *plan = wizard_plan(view->wizard);
	const struct rows *rows = field_rows(field, wizard_record(view->wizard));
	struct strbuf text = STRBUF_INIT;
	const char *value;

	if (!rows->count)
		return "";
	put_count(&text, rows->count, field->row_name ? field->row_name : "row");
	for (size_t i = 0; i < rows->count && i < NAMES_MOST; i++)
		strbuf_printf(&text, "%s%s", i ? ", " : ": ",
			      field_text(field->columns[0], plan, rows->items[i], arena));
	if (rows->count > NAMES_MOST)
		strbuf_printf(&text, " and %zu more", rows->count - NAMES_MOST);
	value = arena_strdup(arena, strbuf_text(&text));
	strbuf_clear(&text);
	return value;
}

static const char *choice_label(const struct field *field, const char *id)
{
	for (const struct choice *choice = field->choices; choice && choice->id; choice++)
		if (str_eq(choice->id, id))
			return choice->label;
	return id;
}

static const char *field_value(struct view *view, const struct field *field, struct arena *arena)
{
	struct record *record = wizard_record(view->wizard);

	if (field->kind == FIELD_ROWS)
		return rows_value(view, field, arena);
	if (field->kind == FIELD_SECRET)
		return "typed, not shown";
	if (field->kind == FIELD_CHOICE)
		return choice_label(field, arena_strdup(arena, wizard_text(view->wizard, record, field)));
	return arena_strdup(arena, wizard_text(view->wizard, record, field));
}

/* A password that was not typed is asked for when it is needed: nothing to review. */
static bool is_shown(struct view *view, const struct field *field)
{
	if (field->kind == FIELD_SECRET && !secret_length(wizard_secret(view->wizard, field, 0)))
		return false;
	return !(field->flags & FIELD_HIDDEN_ROW) &&
	       wizard_field_applies(view->wizard, wizard_record(view->wizard), field);
}

/* A page that asks one thing only is called by its short name: the thing itself may be a whole sentence. */
static bool asks_one_thing(struct view *view, const struct page *page)
{
	size_t count = 0;

	for (size_t i = 0; page->fields && page->fields[i]; i++)
		count += is_shown(view, page->fields[i]);
	return count == 1;
}

static void add_fields(struct view *view, const struct page *page)
{
	struct summary_state *state = view->state;
	struct record *record = wizard_record(view->wizard);
	bool single = asks_one_thing(view, page);

	for (size_t i = 0; page->fields && page->fields[i]; i++) {
		const struct field *field = page->fields[i];
		struct summary_line *line;

		if (!is_shown(view, field))
			continue;
		line = add_line(state, LINE_ANSWER);
		line->label = single ? page->rail : field_brief(field, wizard_plan(view->wizard));
		line->value = field_value(view, field, state->arena);
		line->page = page;
		line->is_default = str_eq(wizard_origin(view->wizard, record, field), "default") && line->value[0] &&
				   field->kind != FIELD_ROWS && field->kind != FIELD_SECRET;
	}
}

static void add_checks(struct view *view, const struct page *page)
{
	struct summary_state *state = view->state;
	struct summary_line *line = add_line(state, LINE_ANSWER);
	struct strbuf text = STRBUF_INIT;

	check_table_words(wizard_check_table(view->wizard), &text);
	line->label = table_text(wizard_plan(view->wizard), page->title);
	line->value = arena_strdup(state->arena, strbuf_text(&text));
	line->page = page;
	strbuf_clear(&text);
}

static void add_answers(struct view *view)
{
	const struct page *page;

	for (size_t i = 0; (page = wizard_review_page(view->wizard, i)) != NULL; i++) {
		if (page->kind == PAGE_CHECKS)
			add_checks(view, page);
		else
			add_fields(view, page);
	}
}

/* ---- servers with a command line ---- */

static void find_servers(struct view *view)
{
	struct summary_state *state = view->state;
	const struct sequence *sequence = wizard_sequence(view->wizard);
	const struct plan *plan = wizard_plan(view->wizard);
	size_t count = plan_server_count(plan);
	bool *has_line = xcalloc(count + 1, sizeof(*has_line));

	for (size_t i = 0; i < sequence->count; i++)
		if (sequence->items[i].words.count && sequence->items[i].server)
			has_line[sequence->items[i].row] = true;
	free(state->servers);
	state->servers = xcalloc(count + 1, sizeof(*state->servers));
	state->server_count = 0;
	for (size_t i = 0; i < count; i++)
		if (has_line[i])
			state->servers[state->server_count++] = plan_server(plan, i);
	free(has_line);
}

static void look_for_password(const struct account *account, void *data)
{
	struct view *view = data;
	struct summary_state *state = view->state;

	if (passwords_lookup(wizard_passwords(view->wizard), account->key))
		state->typed = true;
}

void summary_build(struct view *view)
{
	struct summary_state *state = view->state;
	size_t outputs = wizard_output_count(view->wizard);

	arena_free(state->arena);
	state->arena = arena_new();
	state->count = 0;
	state->typed = false;
	find_servers(view);
	summary_find_turns(view);
	if (state->turn_count)
		add_line(state, LINE_TURNS);
	add_line(state, LINE_SERVER);
	add_line(state, LINE_SHELL);
	for (size_t i = 0; i < outputs; i++)
		add_line(state, LINE_OUTPUT)->index = i;
	passwords_needed(wizard_plan(view->wizard), look_for_password, view);
	if (state->typed)
		add_line(state, LINE_LITERAL);
	add_answers(view);
}
