/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What a change board asks of a runbook: where to decide whether to go on, what exit codes mean, what leads back.
 */
#include "render/render_runbook.h"

#include "pipeline/diagnose.h"

/* ---- decisions ---- */

enum { DECISION_COLUMNS = 4, DECISIONS_EXTRA = 3 };

static void add_decision(const struct runbook *book, struct runbook_table *table, const char *when, const char *only_if)
{
	const char **cells = table->cells + DECISION_COLUMNS * table->rows++;

	cells[0] = arena_printf(book->arena, "%zu", table->rows);
	cells[1] = when;
	cells[2] = only_if;
	cells[3] = "Go / no-go:";
}

/* Around the first step of TASK, which only backups take back. */
static void add_point(const struct runbook *book, struct runbook_table *table, const struct runbook_task *task)
{
	add_decision(book, table,
		     arena_printf(book->arena, "Before step %zu, %s: the point of no return", task->first + 1,
				  book->sequence->items[task->first].title),
		     "All that it requires is done and was verified, the backups above all. From here on, backups are "
		     "the only way back.");
	if (task->count > 1)
		add_decision(book, table, arena_printf(book->arena, "After step %zu", task->first + 1),
			     "It is done, and the result is as its Verify says. If not: stop. No other server is "
			     "started; see Back-out.");
}

void runbook_write_decisions(const struct runbook_writer *writer, struct runbook *book)
{
	static const char *const headings[DECISION_COLUMNS] = { "No.", "When", "Go on only if", "Decided by, time" };
	struct runbook_table table = runbook_table(book, "Decisions", headings, DECISION_COLUMNS,
						   book->phase_count + DECISIONS_EXTRA);
	const struct runbook_task *point = runbook_find_task(book, book->plan->flow->no_return);

	writer->section(book, "decisions", "Go or no-go");
	writer->text(book, "At each of these somebody decides, and signs, whether to go on.");
	add_decision(book, &table, "Before the first step",
		     "The change is approved, its window is open, everybody can be reached, and no prerequisite is "
		     "open.");
	for (size_t i = 1; i < book->phase_count; i++) {
		const struct runbook_phase *phase = &book->phases[i];

		if (point && point->first >= phase->first && point->first < phase->first + phase->count)
			add_point(book, &table, point);
		else
			add_decision(book, &table,
				     arena_printf(book->arena, "Before step %zu, the phase %s", phase->first + 1,
						  phase->name),
				     "The steps before are done or settled with a note, and time is left in the "
				     "window.");
	}
	runbook_write_table(writer, book, &table);
}

/* ---- exit codes ---- */

struct code_rows {
	struct runbook *book;
	struct runbook_table *table; /* NULL: they are counted */
	size_t count;
	bool good;                   /* the rows that are added: the codes of success, or the others */
};

static void add_code_row(const struct exit_code *code, void *data)
{
	struct code_rows *rows = data;

	rows->count++;
	if (!rows->table || code->good != rows->good)
		return;
	const char **cells = rows->table->cells + 2 * rows->table->rows++;

	/* Those with a name come with either sign. */
	cells[0] = code->word ? arena_printf(rows->book->arena, "%ld, -%ld", code->code, code->code) :
				arena_printf(rows->book->arena, "%ld", code->code);
	cells[1] = exit_code_words(code, rows->book->arena);
}

void runbook_write_exit_codes(const struct runbook_writer *writer, struct runbook *book)
{
	static const char *const headings[] = { "Exit code", "What it means" };
	struct code_rows rows = { .book = book };

	each_exit_code(book->plan->flow, add_code_row, &rows);
	if (!rows.count)
		return;
	struct runbook_table table = runbook_table(book, "Exit codes", headings, ARRAY_LEN(headings), rows.count);

	rows.table = &table;
	for (int good = 1; good >= 0; good--) {
		rows.good = good;
		each_exit_code(book->plan->flow, add_code_row, &rows);
	}
	writer->section(book, "exit-codes", "How a command line ends");
	writer->text(book,
		     "setup.exe and msiexec are windowed programs: a Command Prompt returns at once and shows no exit "
		     "code, while they still run. Put start /wait \"\" before a line, and after it, on its own line, "
		     "echo %errorlevel%. In PowerShell: (Start-Process -Wait -PassThru ...).ExitCode. Start nothing "
		     "else on that server before you have the code.");
	runbook_write_table(writer, book, &table);
}

/* ---- failures ---- */

static bool has_once(const struct runbook *book)
{
	const struct task *tasks = book->plan->flow->tasks;

	for (size_t i = 0; tasks[i].id; i++) {
		if (tasks[i].once && book->tasks[i].count)
			return true;
	}
	return false;
}

/* What a step with words of its own says there is not here. */
void runbook_write_failures(const struct runbook_writer *writer, struct runbook *book)
{
	writer->section(book, "failures", "If a step fails");
	writer->text(book, arena_printf(book->arena,
					"Nothing starts that requires it; where a step has a log, it is named there. %s"
					"A command line: %s A script: %s SQL: %s A backup: %s By hand: %s",
					has_once(book) ? "Setup of a management server or gateway server: stop, start "
							 "nothing on another server, and do not repeat it; keep the "
							 "logs, and somebody who has read them decides: finish it, "
							 "repeat it, or back out. "
						       : "",
					step_kind_failure(STEP_COMMAND, false),
					step_kind_failure(STEP_POWERSHELL, false), step_kind_failure(STEP_SQL, false),
					step_kind_failure(STEP_SQL, true), step_kind_failure(STEP_MANUAL, false)));
}

/* ---- back-out ---- */

static bool is_needed(const struct runbook *book, const struct back_out *row)
{
	if (row->from && !runbook_find_task(book, row->from))
		return false;
	for (size_t i = 0; row->roles && i < plan_server_count(book->plan); i++) {
		if (server_has(plan_server(book->plan, i), row->roles))
			return true;
	}
	return !row->roles;
}

void runbook_write_back_out(const struct runbook_writer *writer, struct runbook *book)
{
	static const char *const headings[] = { "No.", "What", "From", "How", "Source" };
	const struct back_out *rows = book->plan->flow->back_out;
	size_t count = 0;

	while (rows && rows[count].title)
		count++;
	if (!count)
		return;
	struct runbook_table table = runbook_table(book, "Back-out", headings, ARRAY_LEN(headings), count);

	for (size_t i = 0; i < count; i++) {
		const char **cells = table.cells + ARRAY_LEN(headings) * table.rows;
		const struct runbook_task *from = runbook_find_task(book, rows[i].from);

		if (!is_needed(book, &rows[i]))
			continue;
		cells[0] = arena_printf(book->arena, "%zu", ++table.rows);
		cells[1] = table_text(book->plan, rows[i].title);
		cells[2] = from ? runbook_range(book->arena, from->first + 1, from->first + 1) : "";
		cells[3] = table_text(book->plan, rows[i].text);
		cells[4] = rows[i].source;
	}
	writer->section(book, "back-out", "Back-out");
	writer->text(book,
		     "No document describes how to undo this upgrade: backups are the only way. Where to begin "
		     "depends on how far it got: a row applies once the step it names was started. In this order:");
	runbook_write_table(writer, book, &table);
}
