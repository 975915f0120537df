/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * One verdict for every front end: fields, rows, pages, the whole plan.
 */
#include "pipeline/validate.h"

/* Where findings go. There is a limit: a plan with a fault in each of 100,000 servers needs no list of them. Beyond it
 * the verdict is known as soon as there is an error; as long as there are warnings only, the search for one goes on. */
struct judge {
	const struct plan *plan;
	struct scope scope;      /* made once for all fields of all rows */
	struct diags *diags, spare;
	size_t before, errors_before;
	bool more;               /* than DIAGS has */
};

static struct judge judge_init(const struct plan *plan, struct diags *diags)
{
	return (struct judge){ .plan = plan, .scope = scope_of(plan, plan->arena), .diags = diags,
			       .spare = DIAGS_INIT, .before = diags->count, .errors_before = diags->errors };
}

static bool is_full(const struct judge *judge)
{
	return judge->diags->count - judge->before >= PLAN_ERROR_LIMIT;
}

/* Where the next findings go. An error among those that are not kept takes their place. */
static struct diags *sink(struct judge *judge)
{
	if (judge->spare.count) {
		judge->more = true;
		if (judge->spare.errors && judge->diags->errors == judge->errors_before)
			diags_add_all(judge->diags, &judge->spare);
		diags_clear(&judge->spare);
	}
	return is_full(judge) ? &judge->spare : judge->diags;
}

/* Nothing that comes can change the verdict or is shown. */
static bool is_settled(struct judge *judge)
{
	bool settled = sink(judge) == &judge->spare && judge->diags->errors > judge->errors_before;

	judge->more = judge->more || settled;
	return settled;
}

static void judge_end(struct judge *judge)
{
	(void)sink(judge);
	if (judge->more)
		diags_add(judge->diags, SEV_NOTE, "too-many-findings", (struct place){ judge->plan->file, 0, 0 }, "",
			  "", "There may be more than these: the list ends after about %u.", PLAN_ERROR_LIMIT);
}

/* ---- fields and rows ---- */

/* Most columns of most rows have nothing to judge. */
static inline bool is_judged(struct judge *judge, const struct record *record, const struct field *field)
{
	if (!field->rule && !field->check && !(field->flags & FIELD_REQUIRED))
		return false;
	judge->scope.record = record;
	return !field->applies || field->applies(&judge->scope);
}

static bool judge_value(struct judge *judge, const struct record *record, const struct field *field)
{
	struct report report = plan_report(judge->plan, record, field, sink(judge));

	return field_check(field, judge->plan, record, &report);
}

static bool judge_field(struct judge *judge, const struct record *record, const struct field *field)
{
	return !is_judged(judge, record, field) || judge_value(judge, record, field);
}

static bool judge_row(struct judge *judge, const struct field *rows_field, const struct record *record)
{
	bool ok = true;

	for (const struct field *const *column = rows_field->columns; *column; column++) {
		if (is_judged(judge, record, *column))
			ok = judge_value(judge, record, *column) && ok;
	}
	return ok;
}

static bool judge_rows(struct judge *judge, const struct field *field)
{
	const struct rows *rows = field_rows(field, &judge->plan->answers->record);
	bool ok = true;

	for (size_t i = 0; i < rows->count && !is_settled(judge); i++)
		ok = judge_row(judge, field, rows->items[i]) && ok;
	return ok;
}

/* FIELDS of the answers, with all their rows. */
static bool judge_fields(struct judge *judge, const struct field *const *fields)
{
	const struct record *answers = &judge->plan->answers->record;
	bool ok = true;

	for (; fields && *fields; fields++) {
		ok = judge_field(judge, answers, *fields) && ok;
		if ((*fields)->kind == FIELD_ROWS && field_applies(*fields, judge->plan, answers))
			ok = judge_rows(judge, *fields) && ok;
	}
	return ok;
}

bool validate_field(const struct plan *plan, const struct record *record, const struct field *field,
		    struct diags *diags)
{
	struct judge judge = judge_init(plan, diags);

	return judge_field(&judge, record, field);
}

bool validate_row(const struct plan *plan, const struct field *rows_field, const struct record *record,
		  struct diags *diags)
{
	struct judge judge = judge_init(plan, diags);

	return judge_row(&judge, rows_field, record);
}

/* ---- names of servers ---- */

static const struct field *name_field(const struct plan *plan)
{
	return fields_find(plan->flow->servers->columns, "name");
}

static void report_twice(struct judge *judge, const struct server *first, size_t first_index,
			 const struct server *again)
{
	const struct plan *plan = judge->plan;
	struct report report = plan_report(plan, &again->record, name_field(plan), sink(judge));
	struct place before = record_place(plan, &first->record);
	struct strbuf where = STRBUF_INIT;

	if (plan->file && before.line)
		strbuf_printf(&where, "on line %u", before.line);
	else
		strbuf_printf(&where, "in place %zu of the list", first_index + 1);
	report_error(&report, "server-twice", "List every server once, with all its roles.",
		     "The server \"%s\" is already listed %s.", again->name, strbuf_text(&where));
	strbuf_clear(&where);
}

/* Finds names that occur twice. */
static bool judge_names(struct judge *judge)
{
	size_t count, next;
	const struct server_pair *twice = plan_servers_twice(judge->plan, &count);

	for (size_t i = 0; i < count && !is_settled(judge); i++)
		report_twice(judge, plan_server(judge->plan, twice[i].first), twice[i].first,
			     plan_server(judge->plan, twice[i].again));
	/* The rest of the list is one more thing to look at. */
	next = count ? twice[count - 1].again + 1 : 0;
	if (next < plan_server_count(judge->plan))
		(void)is_settled(judge);
	return count == 0;
}

/* A note about a server that the plan does not have counts for nothing. */
static void judge_notes(struct judge *judge, const struct field *field)
{
	const struct rows *rows = field_rows(field, &judge->plan->answers->record);

	for (size_t i = 0; i < rows->count; i++) {
		const struct answer_note *note = (const struct answer_note *)rows->items[i];

		for (size_t k = 0; k < note->servers.count && !is_settled(judge); k++) {
			const char *key = record_has(judge->plan, &note->record, "server") ? "server" : "servers";
			struct report report;

			if (plan_find_server(judge->plan, note->servers.items[k]))
				continue;
			report = plan_report(judge->plan, &note->record, fields_find(field->columns, key), sink(judge));
			report_add(&report, SEV_WARNING, "server-unknown", "Remove the note, or correct the name.",
				   "The plan has no server \"%s\".", note->servers.items[k]);
		}
	}
}

/* ---- pages and the whole ---- */

static bool shows(const struct page *page, const struct field *field)
{
	for (const struct field *const *one = page->fields; one && *one; one++) {
		if (*one == field)
			return true;
	}
	return false;
}

/* The flow's rules across fields. */
static bool check_flow(const struct plan *plan, struct diags *diags)
{
	struct scope scope = scope_of(plan, plan->arena);

	return !plan->flow->check || plan->flow->check(&scope, diags);
}

/* Adds what the flow's own check finds about PAGE. */
static bool check_flow_for(const struct plan *plan, const struct page *page, struct diags *diags)
{
	struct diags all = DIAGS_INIT, own = DIAGS_INIT;
	bool ok;

	(void)check_flow(plan, &all);
	for (size_t i = 0; i < all.count; i++) {
		const struct diag *diag = &all.items[i];

		if (page_of_path(plan->flow, diag->path) == page)
			diags_add(&own, diag->severity, diag->code, diag->at, diag->path, diag->hint, "%s", diag->text);
	}
	ok = own.errors == 0;
	diags_add_all(diags, &own);
	diags_clear(&own);
	diags_clear(&all);
	return ok;
}

bool validate_page(const struct plan *plan, const struct page *page, struct diags *diags)
{
	struct judge judge = judge_init(plan, diags);
	bool ok = judge_fields(&judge, page->fields);

	if (shows(page, plan->flow->servers))
		ok = judge_names(&judge) && ok;
	judge_end(&judge);
	return check_flow_for(plan, page, diags) && ok;
}

bool validate_plan(const struct plan *plan, struct diags *diags)
{
	struct judge judge = judge_init(plan, diags);
	bool ok = judge_fields(&judge, plan->flow->fields);

	ok = judge_names(&judge) && ok;
	judge_notes(&judge, &field_confirmed);
	judge_notes(&judge, &field_acknowledged);
	judge_end(&judge);
	return check_flow(plan, diags) && ok;
}

/* Whether PATH is KEY, something in it ("servers[2].name"), or a group that it is in. */
static bool is_about(const char *path, const char *key)
{
	size_t path_length = strlen(path), key_length = strlen(key);

	if (path_length <= key_length)
		return strncmp(path, key, path_length) == 0 && (!key[path_length] || key[path_length] == '.');
	return strncmp(path, key, key_length) == 0 && (path[key_length] == '[' || path[key_length] == '.');
}

const struct page *page_of_path(const struct flow *flow, const char *path)
{
	for (const struct page *const *page = flow->pages; *path && *page; page++) {
		for (const struct field *const *field = (*page)->fields; field && *field; field++) {
			if (is_about(path, (*field)->key))
				return *page;
		}
	}
	return NULL;
}
