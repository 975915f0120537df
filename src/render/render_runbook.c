/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Walks through a plan and its steps once, for every format of the runbook.
 */
#include "render/render_runbook.h"

#include "model/identity.h"

/* ---- what there is ---- */

/* Phases, tasks and what is not certain, in one walk: the steps of a large group are many. */
static void survey(struct runbook *book)
{
	const struct sequence *sequence = book->sequence;
	const struct flow *flow = book->plan->flow;
	struct runbook_task *tasks = arena_array(book->arena, flow_task_count(flow), sizeof(*tasks));
	struct runbook_phase *phases = NULL;
	size_t room = 0;

	for (size_t i = 0; i < sequence->count; i++) {
		const struct step *step = &sequence->items[i];
		struct runbook_task *task = &tasks[flow_task_number(flow, step->task)];

		if (!book->phase_count || !str_eq(step->task->phase, phases[book->phase_count - 1].name)) {
			phases = arena_grow(book->arena, phases, book->phase_count, &room, sizeof(*phases));
			phases[book->phase_count++] = (struct runbook_phase){ step->task->phase, i, 0 };
		}
		phases[book->phase_count - 1].count++;
		if (!task->count++)
			task->first = i;
		book->uncertain += step->uncertain != NULL;
	}
	book->phases = phases;
	book->tasks = tasks;
}

const struct runbook_task *runbook_find_task(const struct runbook *book, const char *id)
{
	const struct task *tasks = book->plan->flow->tasks;

	for (size_t i = 0; tasks[i].id; i++) {
		if (str_eq(tasks[i].id, id) && book->tasks[i].count)
			return &book->tasks[i];
	}
	return NULL;
}

/* ---- values ---- */

/* As a person reads it: the label of a choice, not its word in the file. */
static const char *value_text(const struct runbook *book, const struct field *field, const struct record *record,
			      struct arena *arena)
{
	if (field->kind == FIELD_CHOICE)
		return field->choices[field_choice(field, record)].label;
	return field_text(field, book->plan, record, arena);
}

static const char *role_names(const struct runbook *book, unsigned roles)
{
	const struct choice *choices = book->plan->flow->roles;
	const char *names = "";

	for (unsigned i = 0; choices[i].id; i++) {
		if (roles & 1u << i)
			names = *names ? arena_join(book->scratch, names, ", ", choices[i].label) : choices[i].label;
	}
	return names;
}

/* ---- tables ---- */

struct runbook_table runbook_table(const struct runbook *book, const char *caption, const char *const *headings,
				   size_t columns, size_t rows)
{
	return (struct runbook_table){ .caption = caption,
				       .headings = headings,
				       .columns = columns,
				       .cells = arena_array(book->arena, columns * rows, sizeof(const char *)) };
}

/* The cells of ROW in all columns; MADE has room for those that have to be made. */
static const char *const *row_cells(struct runbook *book, const struct runbook_table *table, size_t row,
				    const char **made)
{
	if (!table->fill)
		return table->cells + row * table->columns;
	arena_reset(book->scratch);
	table->fill(book, row, made);
	return made;
}

/* Bit i: something stands in column i. */
static unsigned used_columns(struct runbook *book, const struct runbook_table *table)
{
	const char *made[RUNBOOK_COLUMNS_MOST];
	unsigned used = 0, all = (1u << table->columns) - 1;

	for (size_t row = 0; row < table->rows && used != all; row++) {
		const char *const *cells = row_cells(book, table, row, made);

		for (size_t i = 0; i < table->columns; i++)
			used |= *cells[i] ? 1u << i : 0;
	}
	return used;
}

void runbook_write_table(const struct runbook_writer *writer, struct runbook *book, const struct runbook_table *table)
{
	struct runbook_grid grid = { .table = table };
	unsigned used = used_columns(book, table);

	for (size_t from = 0; from < table->columns; from++) {
		if (!(used & 1u << from))
			continue;
		grid.places[grid.columns] = from;
		grid.headings[grid.columns] = table->headings[from];
		grid.values |= table->values & 1u << from ? 1u << grid.columns : 0;
		grid.columns++;
	}
	writer->table(book, &grid);
}

void runbook_row(struct runbook *book, const struct runbook_grid *grid, size_t row, const char **cells)
{
	const char *made[RUNBOOK_COLUMNS_MOST];
	const char *const *all = row_cells(book, grid->table, row, made);

	render_hand_out(book->input, book->out);
	for (size_t i = 0; i < grid->columns; i++)
		cells[i] = all[grid->places[i]];
}

/* The answers that stand together in a table: those whose key begins with PREFIX; NULL: in none of the others. */
struct answers_part {
	const char *prefix, *caption, *headings[2];
	bool blank; /* those without a value have a line to write on */
};

static const struct answers_part change_part = { "change.", "The change", { "What", "Value" }, true };
static const struct answers_part accounts_part = { "accounts.", "Accounts", { "Account", "Name" }, false };
static const struct answers_part settings_part = { NULL, "Settings of the plan", { "Setting", "Value" }, false };

static bool is_of_part(const struct field *field, const struct answers_part *part)
{
	if (part->prefix)
		return str_starts(field->key, part->prefix);
	return !str_starts(field->key, change_part.prefix) && !str_starts(field->key, accounts_part.prefix);
}

/* Fields of the answers that can be shown. */
static bool is_shown(const struct runbook *book, const struct field *field, const struct answers_part *part)
{
	const struct record *record = &book->plan->answers->record;

	if (field->kind == FIELD_ROWS || field->kind == FIELD_SECRET ||
	    field->offset == FIELD_NO_MEMBER || !is_of_part(field, part))
		return false;
	return field_applies(field, book->plan, record) && (part->blank || !field_is_empty(field, book->plan, record));
}

bool runbook_has_change(const struct runbook *book)
{
	const struct field *number = fields_find(book->plan->flow->fields, "change.number");

	return number && is_shown(book, number, &change_part);
}

static void write_fields(const struct runbook_writer *writer, struct runbook *book, const struct answers_part *part)
{
	const struct record *record = &book->plan->answers->record;
	const struct field *const *fields = book->plan->flow->fields;
	size_t count = 0;

	while (fields[count])
		count++;
	struct runbook_table table = runbook_table(book, part->caption, part->headings, 2, count);
	table.values = 1u << 1;
	for (size_t i = 0; i < count; i++) {
		if (!is_shown(book, fields[i], part))
			continue;
		const char **cells = table.cells + 2 * table.rows++;

		cells[0] = field_label(fields[i], book->plan);
		cells[1] = field_is_empty(fields[i], book->plan, record)
				   ? "______________________"
				   : value_text(book, fields[i], record, book->arena);
	}
	if (table.rows)
		runbook_write_table(writer, book, &table);
}

/* The columns behind name and roles that are filled in. */
static const char *server_details(const struct runbook *book, const struct server *server)
{
	const struct field *const *column = book->plan->flow->servers->columns;
	const char *details = "";

	for (size_t i = 0; column[i]; i++) {
		if (i < 2 || field_is_empty(column[i], book->plan, &server->record) ||
		    !field_applies(column[i], book->plan, &server->record))
			continue;
		details = arena_join(book->scratch, details, *details ? "; " : "",
				     field_label(column[i], book->plan));
		details = arena_join(book->scratch, details, ": ",
				     value_text(book, column[i], &server->record, book->scratch));
	}
	return details;
}

static void fill_server(struct runbook *book, size_t row, const char **cells)
{
	const struct server *server = plan_server(book->plan, row);

	cells[0] = arena_printf(book->scratch, "%zu", row + 1);
	cells[1] = server->name ? server->name : "";
	cells[2] = role_names(book, server->roles);
	cells[3] = field_row_note(book->plan->flow->servers, book->plan, &server->record, book->scratch);
	cells[4] = server_details(book, server);
}

static void write_servers(const struct runbook_writer *writer, struct runbook *book)
{
	const struct field *field = book->plan->flow->servers;
	const char *headings[] = { "No.", "Server", "Roles", field->row_note ? field->row_note_label : "Turn",
				   "Details" };
	struct runbook_table table = { .caption = "Servers in the order of the plan",
				       .headings = headings,
				       .columns = ARRAY_LEN(headings),
				       .fill = fill_server,
				       .rows = plan_server_count(book->plan),
				       .values = 1u << 1 };

	writer->section(book, "servers", "Servers");
	runbook_write_table(writer, book, &table);
}

/* ---- the whole ---- */

static void write_summary(const struct runbook_writer *writer, struct runbook *book)
{
	size_t servers = plan_server_count(book->plan), steps = book->sequence->count, doubtful = book->uncertain;

	writer->section(book, "summary", "Summary");
	writer->text(
		book,
		arena_printf(
			book->arena,
			"%zu %s, %zu %s in %zu %s. Every step is here with its reason, what to run, "
			"how to see that it worked, and a place to sign.",
			servers, servers == 1 ? "server" : "servers", steps, steps == 1 ? "step" : "steps",
			book->phase_count, book->phase_count == 1 ? "phase" : "phases"));
	if (book->input->only)
		writer->text(book, arena_printf(book->arena, "This is an extract: it has only the steps of %s, with "
							     "the numbers that they have in the whole runbook.",
						book->input->only->name));
	if (doubtful)
		writer->text(
			book,
			arena_printf(
				book->arena,
				doubtful == 1 ? "%zu step rests on something that no document confirms, explained "
						"there under \"Not certain\": try it outside production first."
					      : "%zu steps rest on something that no document confirms, explained "
						"there under \"Not certain\": try them outside production first.",
				doubtful));
	write_fields(writer, book, &settings_part);
}

static void write_order(const struct runbook_writer *writer, struct runbook *book)
{
	static const char *const headings[] = { "Phase", "Steps" };
	struct runbook_table table = runbook_table(book, "Phases", headings, ARRAY_LEN(headings), book->phase_count);

	writer->section(book, "order", "Order");
	writer->text(book, "A step may start when all that it requires is done. Within a phase the order is "
			   "recommended; where it is required, the step says what it requires.");
	if (writer->drawing) {
		writer->drawing(book);
		return;
	}
	for (size_t i = 0; i < book->phase_count; i++) {
		const struct runbook_phase *phase = &book->phases[i];

		table.cells[2 * i] = phase->name;
		table.cells[2 * i + 1] = runbook_range(book->arena, phase->first + 1, phase->first + phase->count);
		table.rows++;
	}
	runbook_write_table(writer, book, &table);
}

static void write_proof(const struct runbook_writer *writer, struct runbook *book)
{
	if (!book->plan->flow->after)
		return;
	writer->section(book, "end-state", "The end state");
	writer->text(book, "When all is done, collect the facts on every server again, into a folder of their own, and "
			   "compare them with this plan: builds, services, and what was set for the time of the "
			   "upgrade. Without an error the upgrade is what the plan promised.");
	writer->text(book, "scupgrade check --after --facts FOLDER PLAN");
}

static void write_sources(const struct runbook_writer *writer, struct runbook *book)
{
	writer->text(book,
		     "A source ends with how sure it is: PAGE, the vendor's upgrade page; DOC, another document of the "
		     "vendor; CODE, published deployment code; FIELD, reports from practice; OURS, our own conclusion; "
		     "UNCERTAIN, not confirmed.");
}

static void write_all(const struct runbook_writer *writer, struct runbook *book)
{
	static const char *const roles[] = { "Prepared by", "Approved by", "Carried out by", "Verified by", NULL };

	writer->open(book);
	if (runbook_has_change(book)) {
		writer->section(book, "change", change_part.caption);
		write_fields(writer, book, &change_part);
	}
	write_summary(writer, book);
	write_servers(writer, book);
	writer->section(book, "accounts", "Accounts");
	writer->text(book,
		     "No password is in this file. Where a line needs one it says <password>: type it on the server.");
	write_fields(writer, book, &accounts_part);
	runbook_write_checks(writer, book);
	write_order(writer, book);
	runbook_write_decisions(writer, book);
	runbook_write_exit_codes(writer, book);
	runbook_write_failures(writer, book);
	runbook_write_steps(writer, book);
	runbook_write_back_out(writer, book);
	runbook_write_road(writer, book);
	write_proof(writer, book);
	writer->section(book, "sign-off", "Sign-off");
	write_sources(writer, book);
	writer->sign_off(book, roles);
	writer->close(book);
}

bool render_runbook(const struct runbook_writer *writer, const struct render_input *input, struct strbuf *out,
		    struct diags *diags)
{
	struct runbook book = { .input = input,
				.plan = input->plan,
				.sequence = input->sequence,
				.out = out,
				.arena = arena_new(),
				.scratch = arena_new() };
	struct upgrade_identity identity = plan_identity(book.plan, book.arena);
	bool fine;

	survey(&book);
	fine = runbook_group_steps(&book, diags);
	if (fine) {
		book.origin = render_origin(input);
		if (*book.origin.facts)
			book.facts = arena_printf(book.arena, "%s%s%s", book.origin.facts,
						  book.origin.collected ? ", the newest collected at " : "",
						  book.origin.collected ? book.origin.collected : "");
		book.title = flow_headline(book.plan);
		book.upgrade = identity_words(book.arena, &identity);
		book.made_by = "scupgrade " PACKAGE_VERSION;
		write_all(writer, &book);
	}
	strbuf_clear(&book.line);
	arena_free(book.scratch);
	arena_free(book.arena);
	return fine;
}
