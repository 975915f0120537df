/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * One PowerShell script for all servers of a plan: its steps as tables, then the constant part that runs them.
 *
 * Every value of the plan is one verbatim literal '...' of a table or of a task's own script, and stands in no comment.
 */
#include "render/render_powershell.h"

#include "core/text.h"
#include "model/identity.h"
#include "pipeline/diagnose.h"
#include "pipeline/planfile.h"
#include "pipeline/tracker.h"

#define NONE SIZE_MAX

enum { RUNS_IN_ROW = 16 }; /* a longer list of required steps does not stand in the row */

/* What was made last for a task: its next steps mostly say the same. */
struct latest {
	size_t task;    /* number of its row in the script; NONE: not written yet */
	size_t command; /* of COMMAND_STEP */
	const struct step *command_step;
	size_t script; /* of SCRIPT_STEP */
	const struct step *script_step;
	const char *rest; /* of the row of REST_STEP */
	const struct step *rest_step;
};

struct writer {
	const struct render_input *input;
	const struct plan *plan;
	const struct sequence *sequence;
	struct diags *diags;
	struct arena *arena;
	struct latest *latest; /* by index of the task in the flow's table */
	const char **rests;    /* by step: what its row says behind its computer */
	const struct build_probe **probes;
	struct step_set list; /* the last one in LIST_ROWS */
	size_t probe_count, task_count, command_count, script_count, list_count;
	struct strbuf scripts, code_rows, probe_rows, task_rows, command_rows, list_rows;
};

static void put_lines(struct strbuf *out, const char *const *lines)
{
	for (; *lines; lines++)
		strbuf_printf(out, "%s\n", *lines);
}

/* NULL as ''. What no literal can hold was refused long before; it shows as its filtered text. */
static void put_literal(struct strbuf *out, const char *value)
{
	struct strbuf safe = STRBUF_INIT;

	if (quote_powershell(out, value ? value : ""))
		return;
	text_visible(&safe, value);
	if (!quote_powershell(out, strbuf_text(&safe)))
		bug("filtered text cannot be quoted");
	strbuf_clear(&safe);
}

/* " NAME = 'VALUE';" */
static void put_member(struct strbuf *out, const char *name, const char *value)
{
	strbuf_putc(out, ' ');
	strbuf_puts(out, name);
	strbuf_puts(out, " = ");
	put_literal(out, value);
	strbuf_putc(out, ';');
}

static void put_flag(struct strbuf *out, const char *name, bool flag)
{
	strbuf_printf(out, " %s = $%s;", name, flag ? "true" : "false");
}

static void put_number(struct strbuf *out, const char *name, size_t number)
{
	if (number == NONE)
		strbuf_printf(out, " %s = -1;", name);
	else
		strbuf_printf(out, " %s = %zu;", name, number);
}

/* Ends a row: the last semicolon goes. */
static void end_row(struct strbuf *out)
{
	strbuf_truncate(out, out->length - 1);
	strbuf_puts(out, " }\n");
}

/* The lines of TEXT as an array of literals, which may hold line feeds nowhere. */
static void put_text(struct strbuf *out, const char *name, const char *text)
{
	strbuf_printf(out, " %s = @(", name);
	while (*text) {
		size_t length = strcspn(text, "\n");
		struct strbuf one = STRBUF_INIT;

		strbuf_add(&one, text, length);
		put_literal(out, strbuf_text(&one));
		strbuf_clear(&one);
		text += length;
		text += *text == '\n';
		if (*text)
			strbuf_puts(out, ", ");
	}
	strbuf_puts(out, ");");
}

/* ---- builds and tasks ---- */

/* TEXT as the body of a function. */
static void put_function(struct strbuf *out, const char *name, const char *text)
{
	size_t length = strlen(text);

	strbuf_printf(out, "function %s {\n", name);
	strbuf_puts(out, text);
	strbuf_puts(out, length && text[length - 1] == '\n' ? "}\n\n" : "\n}\n\n");
}

static size_t probe_number(struct writer *writer, const struct build_probe *probe)
{
	struct strbuf *out = &writer->probe_rows;

	if (!probe)
		return NONE;
	for (size_t i = 0; i < writer->probe_count; i++) {
		if (writer->probes[i] == probe)
			return i;
	}
	strbuf_puts(out, "  @{");
	put_member(out, "Key", probe->key);
	put_member(out, "Value", probe->value);
	put_member(out, "Product", probe->product);
	put_member(out, "Service", probe->service);
	put_member(out, "File", probe->file);
	put_member(out, "Target", table_text(writer->plan, probe->target));
	end_row(out);
	writer->probes[writer->probe_count] = probe;
	return writer->probe_count++;
}

static size_t task_number(struct writer *writer, const struct task *task, struct latest *latest)
{
	struct strbuf *out = &writer->task_rows;
	size_t probe;

	if (latest->task != NONE)
		return latest->task;
	probe = probe_number(writer, task_build(task, writer->plan));
	strbuf_puts(out, "  @{");
	put_member(out, "Id", task->id);
	put_number(out, "Probe", probe);
	put_flag(out, "Removes", task->removes);
	put_flag(out, "Once", task->once);
	put_flag(out, "Alone", task->alone);
	put_flag(out, "Backup", task->backup);
	put_flag(out, "Elsewhere", task->elsewhere);
	put_flag(out, "Optional", task->optional);
	strbuf_puts(out, " Services = @(");
	for (const char *const *service = task->services; service && *service; service++) {
		strbuf_puts(out, service == task->services ? "" : ", ");
		put_literal(out, *service);
	}
	strbuf_puts(out, ");");
	put_member(out, "Log", task->log);
	strbuf_puts(out, "\n   ");
	put_member(out, "Verify", table_text(writer->plan, task->verify));
	strbuf_puts(out, "\n   ");
	put_member(out, "Failure", table_text(writer->plan, task->failure));
	end_row(out);
	return latest->task = writer->task_count++;
}

/* ---- commands ---- */

static void put_word(struct strbuf *out, const struct word *word, enum word_reader reader)
{
	struct strbuf lead = STRBUF_INIT;

	winquote_lead(&lead, word);
	strbuf_puts(out, "    @{");
	put_member(out, "Lead", strbuf_text(&lead));
	put_member(out, "Value", word->value);
	put_flag(out, "Always", reader == READER_MSI && winquote_is_public(word));
	put_member(out, "Account", word->account);
	end_row(out);
	strbuf_clear(&lead);
}

/* The line is made and read back here too, so that what the script is going to build has been proved once. */
static bool check_words(struct writer *writer, const struct step *step)
{
	struct report to = { .diags = writer->diags, .at = { .file = writer->plan->file }, .path = step->id };
	struct strbuf line = STRBUF_INIT;
	bool fine = winquote_line(&line, &step->words, SHELL_ARGV, NULL, &to);

	strbuf_clear(&line);
	return fine;
}

static bool command_number(struct writer *writer, const struct step *step, struct latest *latest, size_t *number)
{
	struct strbuf *out = &writer->command_rows;

	if (!latest->command_step || !command_words_equal(&latest->command_step->words, &step->words)) {
		if (!check_words(writer, step))
			return false;
		strbuf_puts(out, "  @{");
		put_member(out, "Reader", step->words.reader == READER_MSI ? "msi" : "argv");
		put_member(out, "Program", step->words.items[0].value);
		strbuf_puts(out, " Words = @(\n");
		for (size_t i = 1; i < step->words.count; i++)
			put_word(out, &step->words.items[i], step->words.reader);
		strbuf_puts(out, "  ) }\n");
		latest->command_step = step;
		latest->command = writer->command_count++;
	}
	*number = latest->command;
	return true;
}

/* ---- steps ---- */

static size_t script_number(struct writer *writer, const struct step *step, struct latest *latest)
{
	char name[64];

	if (!latest->script_step || !str_eq(latest->script_step->text, step->text)) {
		snprintf(name, sizeof(name), "Invoke-Script%zu", writer->script_count);
		put_function(&writer->scripts, name, step->text);
		latest->script_step = step;
		latest->script = writer->script_count++;
	}
	return latest->script;
}

/* SET as runs "0 3-7": whole tasks mostly lie side by side, so that large plans stay short. Their number. */
static size_t put_runs(struct strbuf *out, const struct step_set *set)
{
	size_t count = 0;

	for (size_t i = 0, end; i < set->count; i = end, count++) {
		end = step_set_run(set, i);
		strbuf_puts(out, i ? " " : "");
		strbuf_put_number(out, step_set_at(set, i));
		if (end - i > 1) {
			strbuf_putc(out, '-');
			strbuf_put_number(out, step_set_at(set, end - 1));
		}
	}
	return count;
}

/* Where tasks take turns on many servers, those that wait for all of one would each have a long list: what they share
 * stands once, in a table. False: it is short. */
static bool put_shared(struct writer *writer, const struct step_set *set)
{
	struct step_set shared = *set;
	struct strbuf runs = STRBUF_INIT;
	bool is_long;

	if (writer->list_count && step_set_shares(&writer->list, set))
		return true;
	shared.own_count = 0;
	shared.count = set->shared_count;
	is_long = put_runs(&runs, &shared) > RUNS_IN_ROW;
	if (is_long) {
		writer->list = shared;
		writer->list_count++;
		strbuf_printf(&writer->list_rows, "  '%s'\n", strbuf_text(&runs));
	}
	strbuf_clear(&runs);
	return is_long;
}

static void put_required(struct writer *writer, struct strbuf *out, const struct step_set *set)
{
	bool is_long = put_shared(writer, set);

	strbuf_puts(out, " Requires = ");
	if (!is_long) {
		strbuf_putc(out, '\'');
		put_runs(out, set);
		strbuf_puts(out, "';");
		return;
	}
	for (size_t i = 0; i < set->own_count; i++)
		strbuf_printf(out, "%s'%zu', ", i ? "" : "@(", (size_t)set->own[i].step);
	strbuf_printf(out, "$Lists[%zu]%s;", writer->list_count - 1, set->own_count ? ")" : "");
}

/* What the row of STEP says behind its computer, for this step and those that are like it. */
static void put_rest(struct writer *writer, struct strbuf *out, const struct step *step, struct latest *latest,
		     size_t command)
{
	static const char *const kinds[] = {
		[STEP_COMMAND] = "command",
		[STEP_POWERSHELL] = "powershell",
		[STEP_SQL] = "sql",
		[STEP_MANUAL] = "manual",
	};
	_Static_assert(ARRAY_LEN(kinds) == STEP_KIND_COUNT, "a word for each kind");
	struct scope scope = scope_of(writer->plan, writer->arena), here = scope_on(&scope, step->server);
	char digest[17];

	put_member(out, "Kind", kinds[step->kind]);
	step_digest(step, digest);
	put_member(out, "Digest", digest);
	put_number(out, "Task", task_number(writer, step->task, latest));
	put_required(writer, out, &step->requires);
	put_number(out, "Command", command);
	if (step->kind == STEP_COMMAND)
		put_member(out, "File", task_file(step->task, &here));
	if (step->kind == STEP_POWERSHELL)
		strbuf_printf(out, " Script = 'Invoke-Script%zu';", script_number(writer, step, latest));
	strbuf_puts(out, "\n   ");
	put_member(out, "Why", step->why);
	if (step->kind == STEP_SQL || step->kind == STEP_MANUAL) {
		strbuf_puts(out, "\n   ");
		put_text(out, "Text", step->text);
	}
	end_row(out);
}

/* All that stands in front of the steps' own table, and of each step what others share. False: a line was refused. */
static bool prepare_step(struct writer *writer, size_t index)
{
	const struct step *step = &writer->sequence->items[index];
	struct latest *latest = &writer->latest[flow_task_number(writer->plan->flow, step->task)];
	struct strbuf rest = STRBUF_INIT, ended = STRBUF_INIT;
	size_t command = NONE;

	if (!latest->rest_step || !render_is_like(step, latest->rest_step)) {
		if (step->kind == STEP_COMMAND && !command_number(writer, step, latest, &command))
			return false;
		put_rest(writer, &rest, step, latest, command);
		render_crlf(&ended, strbuf_text(&rest));
		latest->rest = arena_strdup(writer->arena, strbuf_text(&ended));
		latest->rest_step = step;
		strbuf_clear(&rest);
		strbuf_clear(&ended);
	}
	writer->rests[index] = latest->rest;
	return true;
}

static void put_step(struct strbuf *out, const struct step *step, const char *rest)
{
	strbuf_puts(out, "  @{");
	put_member(out, "Id", step->id);
	put_member(out, "Title", step->title);
	strbuf_puts(out, "\r\n   ");
	put_member(out, "Server", step->server ? step->server->name : NULL);
	put_member(out, "RunOn", step->server ? NULL : step->run_on);
	strbuf_puts(out, rest);
}

/* ---- the whole ---- */

static void put_code(const struct exit_code *code, void *data)
{
	struct writer *writer = data;
	struct strbuf *out = &writer->code_rows;

	if (code->good)
		return;
	strbuf_puts(out, "  @{");
	put_number(out, "Code", (size_t)code->code);
	put_member(out, "Means", exit_code_words(code, writer->arena));
	end_row(out);
}

static void put_table(struct strbuf *out, const char *name, const struct strbuf *rows)
{
	strbuf_printf(out, "$%s = @(\r\n", name);
	render_crlf(out, strbuf_text(rows));
	strbuf_puts(out, ")\r\n\r\n");
}

static void put_accounts(struct strbuf *out, const struct plan *plan)
{
	const struct record *record = &plan->answers->record;

	strbuf_puts(out, "$Accounts = @{\n");
	for (const struct account *account = plan->flow->accounts; account && account->key; account++) {
		const char *user;

		if (!field_applies(account->user, plan, record))
			continue;
		user = account->asks ? account->key : field_own_text(account->user, record);
		strbuf_puts(out, "  ");
		put_literal(out, account->key);
		strbuf_puts(out, " = @{");
		put_member(out, "Label", account->label);
		put_member(out, "User", user ? user : field_preset(account->user, plan));
		put_member(out, "Asks", account->asks ? account->asks : "its password");
		end_row(out);
	}
	strbuf_puts(out, "}\n\n");
}

/* What stands in front of the tables, with line feeds. */
static void put_head(struct strbuf *out, const struct writer *writer)
{
	struct upgrade_identity identity = plan_identity(writer->plan, writer->arena);
	struct digest digest = plan_digest(writer->plan);
	struct strbuf key = STRBUF_INIT;
	char hex[65];

	digest_text(&digest, hex);
	put_lines(out, powershell_help);
	strbuf_printf(out, "Made by scupgrade " PACKAGE_VERSION ". Plan: SHA-256 %s.\n", hex);
	put_lines(out, powershell_parameters);
	strbuf_printf(out, "$PlanDigest = '%s'\n", hex);
	identity_record_key(&key, &identity);
	strbuf_puts(out, "$RecordKey = ");
	put_literal(out, strbuf_text(&key));
	strbuf_clear(&key);
	strbuf_puts(out, "\n$Upgrade = @{");
	put_member(out, "Product", identity.product);
	put_member(out, "Name", identity.name);
	put_member(out, "Source", identity.source);
	put_member(out, "Target", identity.target);
	strbuf_puts(out, " }\n$PlanTitle = ");
	put_literal(out, flow_headline(writer->plan));
	strbuf_puts(out, "\n$Lead = ");
	put_literal(out, render_lead(writer->sequence));
	if (writer->input->only) {
		strbuf_puts(out, "\nif (-not $Server) { $Server = ");
		put_literal(out, writer->input->only->name);
		strbuf_puts(out, " }");
	}
	strbuf_puts(out, "\n\n");
	put_accounts(out, writer->plan);
}

/* A finding may refuse the whole in the end: then nothing of it may be out. */
static void put_steps(struct strbuf *out, const struct writer *writer)
{
	const struct sequence *sequence = writer->sequence;

	strbuf_puts(out, "# Requires: numbers of the steps, from 0, that have to be done before.\r\n$Steps = @(\r\n");
	for (size_t i = 0; i < sequence->count; i++) {
		put_step(out, &sequence->items[i], writer->rests[i]);
		if (!writer->diags->count)
			render_hand_out(writer->input, out);
	}
	strbuf_puts(out, ")\r\n\r\n");
}

static void put_script(struct strbuf *out, struct writer *writer)
{
	const char *const *const parts[] = { powershell_tools, powershell_records, powershell_steps, powershell_run };
	struct strbuf text = STRBUF_INIT;

	/* Windows PowerShell takes a file without the mark for one in the machine's code page. */
	strbuf_puts(out, BYTE_ORDER_MARK);
	put_head(&text, writer);
	render_crlf(out, strbuf_text(&text));
	put_table(out, "Probes", &writer->probe_rows);
	put_table(out, "Tasks", &writer->task_rows);
	each_exit_code(writer->plan->flow, put_code, writer);
	put_table(out, "ExitCodes", &writer->code_rows);
	put_table(out, "Commands", &writer->command_rows);
	if (writer->list_count)
		put_table(out, "Lists", &writer->list_rows);
	put_steps(out, writer);
	strbuf_puts(out, "# ---- scripts of the steps ----\r\n\r\n");
	render_crlf(out, strbuf_text(&writer->scripts));
	strbuf_reset(&text);
	for (size_t i = 0; i < ARRAY_LEN(parts); i++)
		put_lines(&text, parts[i]);
	render_crlf(out, strbuf_text(&text));
	strbuf_clear(&text);
}

static void writer_clear(struct writer *writer)
{
	strbuf_clear(&writer->scripts);
	strbuf_clear(&writer->code_rows);
	strbuf_clear(&writer->probe_rows);
	strbuf_clear(&writer->task_rows);
	strbuf_clear(&writer->command_rows);
	strbuf_clear(&writer->list_rows);
	arena_free(writer->arena);
}

bool render_powershell(const struct render_input *input, struct strbuf *out, struct diags *diags)
{
	struct writer writer = {
		.input = input,
		.plan = input->plan,
		.sequence = input->sequence,
		.diags = diags,
		.arena = arena_new(),
	};
	size_t tasks = flow_task_count(input->plan->flow);
	bool fine = true;

	writer.rests = arena_array(writer.arena, input->sequence->count, sizeof(*writer.rests));
	writer.latest = arena_array(writer.arena, tasks, sizeof(*writer.latest));
	writer.probes = arena_array(writer.arena, tasks, sizeof(const struct build_probe *));
	for (size_t i = 0; i < tasks; i++)
		writer.latest[i] = (struct latest){ .task = NONE };
	for (size_t i = 0; i < input->sequence->count; i++)
		fine &= prepare_step(&writer, i);
	if (fine)
		put_script(out, &writer);
	writer_clear(&writer);
	return fine;
}
