/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Walks every flow and refuses bad tables, so that a mistake in a row cannot run.
 */
#include "helpers.h"

#include "model/certainty.h"
#include "model/document.h"

#include "core/pattern.h"
#include "core/text.h"
#include "core/wrap.h"
#include "pipeline/sequence.h"
#include "pipeline/validate.h"

static void each_flow(void (*visit)(const struct flow *flow))
{
	size_t count = 0;
	for (; flow_at(count); count++)
		visit(flow_at(count));
	assert_true(count >= 2);
}

static bool is_sentence(const char *text)
{
	size_t length = text ? strlen(text) : 0;
	return length > 1 && (text[length - 1] == '.' || text[length - 1] == ']') && text[0] != ' ';
}

static bool is_clean(const char *text)
{
	size_t length = strlen(text), offset = 0;
	if (!length || text[0] == ' ' || text[length - 1] == ' ' || text[length - 1] == '\n')
		return false;
	for (const char *at = text; *at; at++)
		if (*at == '\n')
			continue;
		else if (text_find_unsafe(at, 1, &offset) && (unsigned char)*at < 0x80)
			return false;
	return text_is_utf8(text, length);
}

/* A choice as files spell it: "management-server", "2012-r2". */
static bool is_word(const char *text)
{
	for (const char *at = text; *at; at++)
		if (!(*at >= 'a' && *at <= 'z') && !(*at >= '0' && *at <= '9') && *at != '-')
			return false;
	return *text && *text != '-';
}

/* ---- fields ---- */

static void check_field_row(const struct field *field, size_t record_size)
{
	assert_labelled(field->key, pattern_matches(PATTERN_KEY, field->key));
	assert_labelled(field->key, field->label && is_clean(field->label));
	assert_labelled(field->key, is_sentence(field->help));
	assert_labelled(field->key, field->source && is_clean(field->source));
	assert_labelled(field->key,
			(field->kind == FIELD_CHOICE || field->kind == FIELD_CHOICES) == (field->choices != NULL));
	assert_labelled(field->key, (field->kind == FIELD_SECRET) == (field->account != NULL));
	assert_labelled(field->key, field->kind != FIELD_SECRET || !field->preset);
	assert_labelled(field->key, field->kind != FIELD_NUMBER || field->minimum < field->maximum);
	assert_labelled(field->key, field->kind == FIELD_SECRET ||
					    field->offset == FIELD_NO_MEMBER || field->offset < record_size);
	for (const struct choice *a = field->choices; a && a->id; a++) {
		assert_labelled(a->id, is_word(a->id) && is_clean(a->label));
		for (const struct choice *b = a + 1; b->id; b++)
			assert_labelled(a->id, !str_eq(a->id, b->id) && !str_eq(a->label, b->label));
	}
}

static void check_columns(const struct field *const *columns, size_t record_size)
{
	for (; *columns; columns++) {
		check_field_row(*columns, record_size);
		for (const struct field *const *other = columns + 1; *other; other++) {
			assert_labelled((*columns)->key, !str_eq((*columns)->key, (*other)->key));
			assert_labelled((*columns)->key, (*columns)->offset == FIELD_NO_MEMBER ||
								 (*columns)->offset != (*other)->offset);
		}
		if ((*columns)->kind == FIELD_ROWS)
			check_columns((*columns)->columns, (*columns)->record_size);
	}
}

static void check_fields(const struct flow *flow)
{
	check_columns(flow->fields, flow->answers_size);
	assert_true(flow->fields[0] == &field_product);
}

static void test_fields__every_flow__rows_are_well_formed(void **state)
{
	(void)state;
	each_flow(check_fields);
}

static void check_presets(const struct flow *flow)
{
	struct plan *plan = plan_new(flow);
	for (const struct field *const *field = flow->fields; *field; field++) {
		struct diags diags = DIAGS_INIT;
		struct report to = plan_report(plan, &plan->answers->record, *field, &diags);
		if (*field_preset(*field, plan) && (*field)->kind == FIELD_TEXT)
			assert_labelled((*field)->key,
					field_check(*field, plan, &plan->answers->record, &to) && !diags.count);
		assert_labelled((*field)->key, field_is_preset(*field, plan, &plan->answers->record));
		diags_clear(&diags);
	}
	plan_free(plan);
}

static void test_fields__presets__pass_their_own_check(void **state)
{
	(void)state;
	each_flow(check_presets);
}

static void check_examples_of(struct plan *plan, const struct field *rows, const struct field *const *columns)
{
	for (; *columns; columns++) {
		struct record *record = rows ? plan_new_record(plan, rows) : &plan->answers->record;
		struct diags diags = DIAGS_INIT;
		struct report to = plan_report(plan, record, *columns, &diags);
		if ((*columns)->kind == FIELD_ROWS && !(*columns)->check && (*columns) != &field_confirmed &&
		    (*columns) != &field_acknowledged)
			check_examples_of(plan, *columns, (*columns)->columns);
		if (!(*columns)->example || !(*columns)->rule || (*columns)->check)
			continue;
		assert_labelled((*columns)->key, field_store(*columns, plan, record, (*columns)->example, &to));
		assert_labelled((*columns)->key, field_check(*columns, plan, record, &to));
		assert_labelled((*columns)->key, diags.count == 0);
		diags_clear(&diags);
	}
}

static void check_examples(const struct flow *flow)
{
	struct plan *plan = plan_new(flow);
	check_examples_of(plan, NULL, flow->fields);
	plan_free(plan);
}

static void test_fields__examples__are_right_without_a_warning(void **state)
{
	(void)state;
	each_flow(check_examples);
}

/* ---- pages ---- */

static void check_page_fields(const struct flow *flow, const struct page *page)
{
	for (const struct field *const *field = page->fields; field && *field; field++) {
		bool known = (*field)->kind == FIELD_SECRET;

		for (const struct field *const *other = flow->fields; *other; other++)
			known = known || *other == *field;
		assert_labelled((*field)->key, known);
		check_field_row(*field, flow->answers_size);
	}
}

static void check_pages(const struct flow *flow)
{
	for (const struct page *const *page = flow->pages; *page; page++) {
		assert_labelled((*page)->id, pattern_matches(PATTERN_KEY, (*page)->id));
		assert_labelled((*page)->id,
				is_clean((*page)->title) && is_clean((*page)->section) && is_clean((*page)->rail));
		assert_labelled((*page)->id, text_cells((*page)->rail) <= 18 && text_cells((*page)->title) <= 56);
		assert_labelled((*page)->id, is_sentence((*page)->help));
		assert_labelled((*page)->id,
				((*page)->kind == PAGE_TEXT || (*page)->kind == PAGE_DONE) ==
				((*page)->text || (*page)->text_of));
		check_page_fields(flow, *page);
		for (const struct page *const *other = page + 1; *other; other++)
			assert_labelled((*page)->id, !str_eq((*page)->id, (*other)->id));
	}
}

static void test_pages__every_flow__rows_are_well_formed(void **state)
{
	(void)state;
	each_flow(check_pages);
}

static bool is_on_a_page(const struct flow *flow, const struct field *field)
{
	return page_of_path(flow, field->key) != NULL;
}

static void check_reachable(const struct flow *flow)
{
	for (const struct field *const *field = flow->fields; *field; field++)
		if (!((*field)->flags & FIELD_HIDDEN_ROW))
			assert_labelled((*field)->key, is_on_a_page(flow, *field));
}

static void test_pages__every_field__has_a_page(void **state)
{
	(void)state;
	each_flow(check_reachable);
}

static void check_hint(const char *label, const char *text, size_t width)
{
	struct arena *arena = arena_new();

	assert_labelled(label, wrap_text(arena, text, width).count <= 2);
	arena_free(arena);
}

/* Two hint lines of 78 cells, as the smallest full screen has; of 72 in the pop-up of a row. */
static void check_field_hints(const struct field *field, size_t width)
{
	check_hint(field->key, field->help, width);
	for (const struct choice *choice = field->choices; choice && choice->id; choice++) {
		if (choice->help)
			check_hint(choice->id, choice->help, width);
	}
	for (const struct field *const *column = field->columns; column && *column; column++)
		check_field_hints(*column, 72);
}

static void check_hints(const struct flow *flow)
{
	for (const struct page *const *page = flow->pages; *page; page++) {
		for (const struct field *const *field = (*page)->fields; field && *field; field++)
			check_field_hints(*field, 78);
	}
}

static void test_pages__help_of_fields__fits_two_hint_lines(void **state)
{
	(void)state;
	each_flow(check_hints);
}

/* ---- sources ---- */

static void check_source(void *data, const struct source_text *text)
{
	(void)data;
	if (!certainty_is_closed(text->source))
		print_error("the source of %s %s: %s\n", text->table, text->row, text->source);
	assert_labelled(text->row, certainty_is_closed(text->source));
}

static void test_sources__every_table__tags_are_of_the_closed_list(void **state)
{
	(void)state;
	source_each(check_source, NULL);
}

/* ---- prerequisites ---- */

static bool requires_task(const struct task *task, const char *id)
{
	for (const struct edge *edge = task->requires; edge && edge->to != EDGE_NONE; edge++) {
		if (str_eq(edge->task, id))
			return true;
	}
	return false;
}

/* What a step brings about before the start is enforced: somebody waits for that step, and it is said whether skipping
 * it is enough. */
static void check_moment(const struct flow *flow, const struct prereq *row)
{
	const struct task *task = flow->tasks;
	bool required = false;

	while (task->id && !str_eq(task->id, row->step))
		task++;
	assert_labelled(row->id, task->id && task->preparation != task->backup);
	assert_labelled(row->id, !task->roles || row->roles || !row->test);
	for (const struct task *other = flow->tasks; other->id; other++)
		required = required || requires_task(other, task->id);
	assert_labelled(row->id, required);
}

static void check_prereqs(const struct flow *flow)
{
	struct plan *plan = plan_new(flow);

	for (const struct prereq *row = flow->prereqs; row->id; row++) {
		assert_labelled(row->id, pattern_matches(PATTERN_KEY, row->id));
		assert_labelled(row->id, is_clean(table_text(plan, row->title)));
		assert_labelled(row->id, is_sentence(table_text(plan, row->needed)));
		assert_labelled(row->id, is_sentence(table_text(plan, row->remedy)));
		assert_labelled(row->id, row->source && strchr(row->source, '['));
		assert_labelled(row->id, row->days > 0);
		assert_labelled(row->id, !row->find_out || is_sentence(table_text(plan, row->find_out)));
		if (row->step)
			check_moment(flow, row);
		for (const struct prereq *other = row + 1; other->id; other++)
			assert_labelled(row->id, !str_eq(row->id, other->id));
	}
	plan_free(plan);
}

static void test_prereqs__every_flow__rows_are_well_formed(void **state)
{
	(void)state;
	each_flow(check_prereqs);
}

/* ---- tasks ---- */

static void check_arguments(const struct flow *flow, const struct task *task)
{
	assert_labelled(task->id, task->arguments->items[0].form == WORD_PLAIN);
	for (size_t i = 0; i < task->arguments->count; i++) {
		const struct argument *row = &task->arguments->items[i];
		bool known = !row->account;
		assert_labelled(task->id, (row->form == WORD_PLAIN) == (row->name == NULL));
		assert_labelled(task->id, (row->value != NULL) + (row->value_of != NULL) + (row->account != NULL) == 1);
		for (const struct account *account = flow->accounts; account->key; account++)
			known = known || str_eq(account->key, row->account);
		assert_labelled(row->account ? row->account : task->id, known);
	}
}

static void check_edges(const struct flow *flow, const struct task *task, const struct edge *edges)
{
	for (; edges && edges->to != EDGE_NONE; edges++) {
		const struct task *other = flow->tasks;
		while (other->id && !str_eq(other->id, edges->task))
			other++;
		assert_labelled(edges->task, other->id != NULL);
		/* An edge to a later row would contradict the order of the table; along rows alternate with the ones
		 * above, and postponed ones stand behind another row where that one has steps. */
		assert_labelled(task->id, other <= task || edges->to == EDGE_PREVIOUS ||
						  (task->behind && str_eq(other->id, task->behind)));
	}
}

static void check_tasks(const struct flow *flow)
{
	for (const struct task *task = flow->tasks; task->id; task++) {
		assert_labelled(task->id, pattern_matches(PATTERN_KEY, task->id));
		assert_labelled(task->id, is_clean(task->title) && is_clean(task->phase));
		assert_labelled(task->id, (task->roles != 0) == (strstr(task->title, "{server}") != NULL));
		assert_labelled(task->id, task->why_of || is_sentence(task->why));
		assert_labelled(task->id, is_sentence(task->verify));
		assert_labelled(task->id, task->source && strchr(task->source, '['));
		assert_labelled(task->id, (task->kind == STEP_COMMAND) == (task->arguments != NULL));
		assert_labelled(task->id, task->kind == STEP_COMMAND || task->text || task->text_of);
		assert_labelled(task->id, !(task->text && task->text_of) && !(task->file && task->file_of));
		if (task->arguments)
			check_arguments(flow, task);
		for (const struct task *other = flow->tasks; task->behind && !str_eq(other->id, task->behind); other++)
			assert_labelled(task->behind, other->id != NULL);
		check_edges(flow, task, task->requires);
		check_edges(flow, task, task->follows);
		for (const struct task *other = task + 1; other->id; other++)
			assert_labelled(task->id, !str_eq(task->id, other->id));
	}
}

/* ---- slots ---- */

static void check_filled(const char *label, const char *text)
{
	assert_labelled(label, !text || !strchr(text, '{'));
}

/* TEXT of a table names no release that a hop can give: the next one would say the same of another release. What is
 * left when its slots are filled has none that nothing fills. */
static void check_table_text(const struct scope *scope, const char *label, const char *text)
{
	if (!text)
		return;
	for (const struct release *release = releases; release->id; release++)
		assert_labelled(text, !strstr(text, release->brief));
	check_filled(label, scope_fill(scope, text));
}

static void check_texts_of_fields(const struct scope *scope, const struct field *const *fields)
{
	for (; fields && *fields; fields++) {
		check_table_text(scope, (*fields)->key, (*fields)->label);
		check_table_text(scope, (*fields)->key, (*fields)->brief);
		check_table_text(scope, (*fields)->key, (*fields)->help);
		check_table_text(scope, (*fields)->key, (*fields)->example);
		check_texts_of_fields(scope, (*fields)->columns);
	}
}

static void check_texts(const struct flow *flow)
{
	struct plan *plan = plan_new(flow);
	struct server server = { .name = "MS01" };
	struct scope scope = scope_of(plan, plan->arena), here = scope_on(&scope, &server);

	check_table_text(&scope, flow->id, flow->headline);
	check_texts_of_fields(&scope, flow->fields);
	for (const struct page *const *page = flow->pages; *page; page++) {
		check_table_text(&scope, (*page)->id, (*page)->title);
		check_table_text(&scope, (*page)->id, (*page)->intro);
		check_table_text(&scope, (*page)->id, (*page)->help);
		check_table_text(&scope, (*page)->id, (*page)->text);
		check_filled((*page)->id, page_text(*page, plan, plan->arena));
		check_texts_of_fields(&scope, (*page)->fields);
	}
	for (const struct prereq *row = flow->prereqs; row->id; row++) {
		check_table_text(&scope, row->id, row->title);
		check_table_text(&scope, row->id, row->needed);
		check_table_text(&scope, row->id, row->remedy);
	}
	for (const struct task *task = flow->tasks; task->id; task++) {
		check_table_text(&here, task->id, task->title);
		check_table_text(&here, task->id, task->why);
		check_table_text(&here, task->id, task->verify);
		check_table_text(&here, task->id, task->failure);
		if (task->kind == STEP_MANUAL || task->kind == STEP_SQL)
			check_table_text(&here, task->id, task->text);
	}
	plan_free(plan);
}

static void test_texts__every_flow__name_no_release_and_have_no_slot_that_nothing_fills(void **state)
{
	(void)state;
	each_flow(check_texts);
}

static void test_tasks__every_flow__rows_are_well_formed(void **state)
{
	(void)state;
	each_flow(check_tasks);
}

/* ---- the register ---- */

static void test_flows__products__are_the_register(void **state)
{
	size_t count = 0;
	(void)state;
	for (; flow_at(count); count++) {
		assert_string_equal(product_choices[count].id, flow_at(count)->id);
		assert_string_equal(product_choices[count].label, flow_at(count)->title);
		assert_true(flow_find(flow_at(count)->id) == flow_at(count));
	}
	assert_null(product_choices[count].id);
	assert_null(flow_find("no-such-product"));
}

static void check_accounts(const struct flow *flow)
{
	for (const struct account *account = flow->accounts; account->key; account++) {
		char user[128];
		snprintf(user, sizeof(user), "%s.%s", account->key, account->asks ? "password" : "user");
		assert_string_equal(user, account->user->key);
		assert_labelled(account->key, is_clean(account->label));
	}
}

static void test_flows__accounts__have_their_user_field(void **state)
{
	(void)state;
	each_flow(check_accounts);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_fields__every_flow__rows_are_well_formed),
		TEST(test_fields__presets__pass_their_own_check),
		TEST(test_fields__examples__are_right_without_a_warning),
		TEST(test_pages__every_flow__rows_are_well_formed),
		TEST(test_pages__every_field__has_a_page),
		TEST(test_pages__help_of_fields__fits_two_hint_lines),
		TEST(test_sources__every_table__tags_are_of_the_closed_list),
		TEST(test_prereqs__every_flow__rows_are_well_formed),
		TEST(test_tasks__every_flow__rows_are_well_formed),
		TEST(test_texts__every_flow__name_no_release_and_have_no_slot_that_nothing_fills),
		TEST(test_flows__products__are_the_register),
		TEST(test_flows__accounts__have_their_user_field),
	};
	return run_tests(tests);
}
