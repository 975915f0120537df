/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Walks through a plan and its steps once, for every format of the runbook.
 */
#include "render/render_runbook.h"

#include "core/wrap.h"
#include "model/identity.h"
#include "render/render.h"

enum { SERVERS_NAMED = 4 };

/* ---- small texts ---- */

const char *runbook_keep(struct arena *arena, struct strbuf *text)
{
	const char *kept = arena_strdup(arena, strbuf_text(text));

	strbuf_clear(text);
	return kept;
}

const char *runbook_range(struct arena *arena, size_t first, size_t last)
{
	if (first == last)
		return arena_printf(arena, "step %zu", first);
	return arena_printf(arena, "steps %zu to %zu", first, last);
}

struct lines runbook_lines(struct arena *arena, const char *text)
{
	struct lines lines = wrap_text(arena, text, SIZE_MAX);

	while (lines.count > 1 && !*lines.items[lines.count - 1])
		lines.count--;
	return lines;
}

/* The phases of SEQUENCE in order, in ARENA. */
static const struct runbook_phase *runbook_phases(const struct sequence *sequence, struct arena *arena, size_t *count)
{
	struct runbook_phase *phases = NULL;
	size_t found = 0;

	for (unsigned pass = 0; pass < 2; pass++) {
		const char *name = NULL;

		found = 0;
		for (size_t i = 0; i < sequence->count; i++) {
			const char *phase = sequence->items[i].task->phase;

			if (!str_eq(phase, name)) {
				if (phases)
					phases[found] = (struct runbook_phase){ phase, i, 0 };
				found++;
				name = phase;
			}
			if (phases)
				phases[found - 1].count++;
		}
		if (!phases)
			phases = arena_array(arena, found, sizeof(*phases));
	}
	*count = found;
	return phases;
}

/* As a person reads it: the label of a choice, not its word in the file. */
static const char *value_text(const struct runbook *book, const struct field *field, const struct record *record)
{
	if (field->kind == FIELD_CHOICE)
		return field->choices[field_choice(field, record)].label;
	return field_text(field, book->plan, record, book->arena);
}

static const char *role_names(const struct runbook *book, unsigned roles)
{
	struct strbuf text = STRBUF_INIT;
	const struct choice *choices = book->plan->flow->roles;

	for (unsigned i = 0; choices[i].id; i++) {
		if (roles & 1u << i)
			strbuf_printf(&text, "%s%s", text.length ? ", " : "", choices[i].label);
	}
	return runbook_keep(book->arena, &text);
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

void runbook_write_table(const struct runbook_writer *writer, struct runbook *book, const struct runbook_table *table)
{
	struct runbook_table kept = *table;
	const char **headings = arena_array(book->arena, table->columns, sizeof(*headings));
	size_t columns = 0;

	kept.cells = arena_array(book->arena, table->columns * table->rows, sizeof(*kept.cells));
	kept.headings = headings;
	kept.columns = kept.values = 0;
	for (size_t from = 0; from < table->columns; from++) {
		for (size_t row = 0; row < table->rows; row++) {
			if (*table->cells[row * table->columns + from]) {
				headings[kept.columns] = table->headings[from];
				kept.values |= table->values & 1u << from ? 1u << kept.columns : 0;
				kept.columns++;
				break;
			}
		}
	}
	for (size_t row = 0; row < table->rows; row++, columns = 0) {
		for (size_t from = 0; from < table->columns && columns < kept.columns; from++) {
			if (table->headings[from] == headings[columns])
				kept.cells[row * kept.columns + columns++] = table->cells[row * table->columns + from];
		}
	}
	writer->table(book, &kept);
}

static bool is_account(const struct field *field)
{
	return str_starts(field->key, "accounts.");
}

/* Fields of the answers with a value that can be shown; ACCOUNTS says which half. */
static bool is_shown(const struct runbook *book, const struct field *field, bool accounts)
{
	const struct record *record = &book->plan->answers->record;

	if (field->kind == FIELD_ROWS || field->kind == FIELD_SECRET || field->kind == FIELD_VOUCH ||
	    field->offset == FIELD_NO_MEMBER || is_account(field) != accounts)
		return false;
	return field_applies(field, book->plan, record) && !field_is_empty(field, book->plan, record);
}

static void write_fields(const struct runbook_writer *writer, struct runbook *book, bool accounts)
{
	static const char *const headings[] = { "Setting", "Value" };
	static const char *const account_headings[] = { "Account", "Name" };
	const struct field *const *fields = book->plan->flow->fields;
	size_t count = 0;

	while (fields[count])
		count++;
	struct runbook_table table = runbook_table(book, accounts ? "Accounts" : "Settings of the plan",
					       accounts ? account_headings : headings, 2, count);
	table.values = 1u << 1;
	for (size_t i = 0; i < count; i++) {
		if (!is_shown(book, fields[i], accounts))
			continue;
		table.cells[2 * table.rows] = field_label(fields[i], book->plan);
		table.cells[2 * table.rows++ + 1] = value_text(book, fields[i], &book->plan->answers->record);
	}
	if (table.rows)
		runbook_write_table(writer, book, &table);
}

/* The columns behind name and roles that are filled in. */
static const char *server_details(const struct runbook *book, const struct server *server)
{
	struct strbuf text = STRBUF_INIT;
	const struct field *const *column = book->plan->flow->servers->columns;

	for (size_t i = 0; column[i]; i++) {
		if (i < 2 || !field_applies(column[i], book->plan, &server->record) ||
		    field_is_empty(column[i], book->plan, &server->record))
			continue;
		strbuf_printf(&text, "%s%s: %s", text.length ? "; " : "", field_label(column[i], book->plan),
			      value_text(book, column[i], &server->record));
	}
	return runbook_keep(book->arena, &text);
}

static void write_servers(const struct runbook_writer *writer, struct runbook *book)
{
	const struct field *field = book->plan->flow->servers;
	const char *headings[] = { "No.", "Server", "Roles", field->row_note ? field->row_note_label : "Turn",
				   "Details" };
	size_t count = plan_server_count(book->plan);
	struct runbook_table table =
		runbook_table(book, "Servers in the order of the plan", headings, ARRAY_LEN(headings), count);

	table.values = 1u << 1;
	for (size_t i = 0; i < count; i++) {
		const struct server *server = plan_server(book->plan, i);
		const char **cells = table.cells + table.columns * table.rows++;

		cells[0] = arena_printf(book->arena, "%zu", i + 1);
		cells[1] = server->name ? server->name : "";
		cells[2] = role_names(book, server->roles);
		cells[3] = field_row_note(field, book->plan, &server->record, book->arena);
		cells[4] = server_details(book, server);
	}
	writer->section(book, "servers", "Servers");
	runbook_write_table(writer, book, &table);
}

/* ---- prerequisites ---- */

static bool same_result(const struct check_result *a, const struct check_result *b)
{
	return a->prereq == b->prereq && a->state == b->state && a->note == b->note && str_eq(a->found, b->found);
}

/* "MS01, MS02 and 298 more" of COUNT results that differ in their server only. */
static const char *check_servers(const struct runbook *book, const struct check_result *results, size_t count)
{
	struct strbuf text = STRBUF_INIT;

	if (!results->server)
		return "";
	for (size_t i = 0; i < count && i < SERVERS_NAMED; i++)
		strbuf_printf(&text, "%s%s", i ? ", " : "", results[i].server->name);
	if (count > SERVERS_NAMED)
		strbuf_printf(&text, " and %zu more", count - SERVERS_NAMED);
	return runbook_keep(book->arena, &text);
}

static const char *check_word(const struct check_result *result)
{
	if (!result->note)
		return check_state_name(result->state);
	if (result->against)
		return "against the document";
	return result->state == CHECK_PASSED ? "confirmed" : "acknowledged";
}

static const char *check_class(const struct check_result *result)
{
	if (result->against)
		return "against";
	return result->state == CHECK_UNKNOWN ? "unknown" : check_word(result);
}

/* Which step brings it about: readers of a runbook know the steps by their numbers. */
static const char *planned_account(const struct runbook *book, const struct check_result *result)
{
	for (size_t i = 0; i < book->sequence->count; i++) {
		if (!str_eq(book->sequence->items[i].task->id, result->prereq->step))
			continue;
		if (check_is_due(result))
			return arena_printf(book->arena, "%s; step %zu sees to it", result->found, i + 1);
		return arena_printf(book->arena, "step %zu does this", i + 1);
	}
	return result->found;
}

/* Who vouches for it, or what is left to do. */
static const char *check_account(const struct runbook *book, const struct check_result *result)
{
	const struct answer_note *note = result->note;

	if (note && result->against)
		return arena_printf(book->arena, "%s. Accepted all the same by %s, %s: %s", result->found,
				    note->by ? note->by : "", note->on ? note->on : "", note->note ? note->note : "");
	if (note)
		return arena_printf(book->arena, "%s, %s%s%s", note->by ? note->by : "", note->on ? note->on : "",
				    note->note && *note->note ? ": " : "", note->note ? note->note : "");
	if (result->state == CHECK_PLANNED)
		return planned_account(book, result);
	if (!check_is_open(result))
		return result->found;
	const char *remedy = result->remedy && !check_collector_tells(result) ? result->remedy : "";
	if (str_eq(result->found, check_state_name(result->raw)))
		return remedy;
	return arena_printf(book->arena, "%s. %s", result->found, remedy);
}

static size_t count_against(const struct check_list *list)
{
	size_t count = 0;

	for (size_t i = 0; i < list->count; i++)
		count += list->items[i].against;
	return count;
}

static void write_checks(const struct runbook_writer *writer, struct runbook *book)
{
	static const char *const headings[] = { "State", "Prerequisite", "Needed", "Where",
						"Confirmation, finding or action" };
	struct check_list list = prereq_run(book->plan, book->input->facts, NULL, book->arena);
	check_list_sort(&list, book->arena);
	size_t against = count_against(&list);
	struct runbook_table table = runbook_table(book, "Prerequisites", headings, ARRAY_LEN(headings), list.count);
	size_t same, collected = 0;

	table.values = 1u << 3;
	table.classes = arena_array(book->arena, list.count, sizeof(const char *));
	for (size_t i = 0; i < list.count; i += same) {
		const struct check_result *result = &list.items[i];
		const char **cells = table.cells + table.columns * table.rows;

		for (same = 1; i + same < list.count && same_result(result, &result[same]);)
			same++;
		cells[0] = check_word(result);
		cells[1] = result->title;
		cells[2] = result->needed ? result->needed : "";
		cells[3] = check_servers(book, result, same);
		cells[4] = check_account(book, result);
		collected += check_collector_tells(result);
		table.classes[table.rows++] = check_class(result);
	}
	writer->section(book, "prerequisites", "Prerequisites");
	writer->text(book, list.counts[CHECK_UNKNOWN]
				   ? "From plan and facts: what no program has seen is \"not known\" until somebody "
				     "confirms it."
				   : "From plan and facts: a program or a person has seen each of them.");
	if (against)
		writer->text(book, arena_printf(book->arena,
						against == 1 ? "%zu prerequisite goes against what a document states, "
							       "and was accepted all the same: whoever signs this "
							       "takes that over."
							     : "%zu prerequisites go against what a document states, "
							       "and were accepted all the same: whoever signs this "
							       "takes that over.",
						against));
	if (collected)
		writer->text(book, "Where the last column says nothing else about what is not known: run the collector "
				   "there (scupgrade facts-script), or look, and confirm what you saw.");
	if (table.rows)
		runbook_write_table(writer, book, &table);
}

/* ---- the whole ---- */

static size_t count_uncertain(const struct runbook *book)
{
	size_t count = 0;

	for (size_t i = 0; i < book->sequence->count; i++)
		count += book->sequence->items[i].uncertain != NULL;
	return count;
}

static void write_summary(const struct runbook_writer *writer, struct runbook *book)
{
	size_t servers = plan_server_count(book->plan), steps = book->sequence->count, doubtful = count_uncertain(book);

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
	write_fields(writer, book, false);
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

bool render_runbook(const struct runbook_writer *writer, const struct render_input *input, struct strbuf *out,
		    struct diags *diags)
{
	static const char *const roles[] = { "Prepared by", "Approved by", "Carried out by", "Verified by", NULL };
	struct runbook book = { .input = input,
				.plan = input->plan,
				.sequence = input->sequence,
				.out = out,
				.arena = arena_new(),
				.ok = true };
	struct upgrade_identity identity = plan_identity(book.plan, book.arena);
	size_t before = out->length;

	book.origin = render_origin(input);
	if (*book.origin.facts)
		book.facts = arena_printf(book.arena, "%s%s%s", book.origin.facts,
					  book.origin.collected ? ", the newest collected at " : "",
					  book.origin.collected ? book.origin.collected : "");
	book.title = flow_headline(book.plan);
	book.upgrade = identity_words(book.arena, &identity);
	book.made_by = "scupgrade " PACKAGE_VERSION;
	book.phases = runbook_phases(book.sequence, book.arena, &book.phase_count);
	writer->open(&book);
	write_summary(writer, &book);
	write_servers(writer, &book);
	writer->section(&book, "accounts", "Accounts");
	writer->text(&book,
		     "No password is in this file. Where a line needs one it says <password>: type it on the server.");
	write_fields(writer, &book, true);
	write_checks(writer, &book);
	write_order(writer, &book);
	runbook_write_decisions(writer, &book);
	runbook_write_exit_codes(writer, &book);
	runbook_write_failures(writer, &book);
	for (size_t i = 0; i < book.phase_count; i++)
		runbook_write_phase(writer, &book, &book.phases[i], diags);
	runbook_write_back_out(writer, &book);
	runbook_write_road(writer, &book);
	write_proof(writer, &book);
	writer->section(&book, "sign-off", "Sign-off");
	write_sources(writer, &book);
	writer->sign_off(&book, roles);
	writer->close(&book);
	if (!book.ok)
		strbuf_truncate(out, before);
	arena_free(book.arena);
	return book.ok;
}
