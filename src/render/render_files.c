/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Folders of small files: the command lines of each server to start there, and the SQL of each step.
 */
#include "render/render.h"

#include "core/text.h"
#include "model/identity.h"
#include "pipeline/planfile.h"

enum { REQUIRED_NAMED = 6 };

/* What is known while one of these folders is made. */
struct files {
	const struct render_input *input;
	struct render_folder *folder;
	struct arena *arena;
	const char *upgrade; /* "operations-manager CONTOSO, 2012-r2 to 2016" */
	char digest[65];     /* of the plan */
};

static struct files files_of(const struct render_input *input, struct render_folder *folder)
{
	struct files files = { .input = input, .folder = folder, .arena = arena_new() };
	struct upgrade_identity identity = plan_identity(input->plan, files.arena);
	struct digest digest = plan_digest(input->plan);

	files.upgrade = identity_words(files.arena, &identity);
	digest_text(&digest, files.digest);
	return files;
}

/* "ms01.contoso.com" for a file's name; what a file's name cannot have is "-", and NUMBER keeps two such names apart.
 * In the arena. */
static const char *file_part(const struct files *files, const char *name, size_t number)
{
	struct strbuf part = STRBUF_INIT;
	bool plain = true;

	for (const char *at = name; *at; at++) {
		char letter = *at >= 'A' && *at <= 'Z' ? (char)(*at - 'A' + 'a') : *at;
		bool fits = (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') ||
			    strchr("-_.", letter);

		plain = plain && fits;
		strbuf_putc(&part, fits ? letter : '-');
	}
	const char *kept = plain ? arena_strdup(files->arena, strbuf_text(&part)) :
				   arena_printf(files->arena, "%s-%zu", strbuf_text(&part), number);
	strbuf_clear(&part);
	return kept;
}

/* What made the file and of which plan, behind MARK, which begins a comment. */
static void put_origin(const struct files *files, struct strbuf *out, const char *mark)
{
	strbuf_printf(out, "%s ", mark);
	render_label(out, files->upgrade);
	strbuf_printf(out, "\n%s Plan %s, made by scupgrade " PACKAGE_VERSION "\n", mark, files->digest);
}

/* Windows takes line feeds alone badly in batch files. */
static void end_lines(struct render_folder *folder)
{
	for (size_t i = 0; i < folder->count; i++) {
		struct strbuf *text = &folder->items[i].text, ended = STRBUF_INIT;

		render_crlf(&ended, strbuf_text(text));
		strbuf_clear(text);
		*text = ended;
	}
}

/* ---- SQL ---- */

static bool is_former_sql(const char *name, const void *data)
{
	(void)data;
	return str_starts(name, "step-") && str_ends(name, ".sql");
}

/* Two digits at least, so that a folder lists the steps in their order. */
static const char *sql_name(const struct files *files, size_t index)
{
	const struct step *step = &files->input->sequence->items[index];
	const char *name = file_part(files, step->id, index + 1);

	return arena_printf(files->arena, "step-%0*zu-%s.sql", files->input->sequence->count > 99 ? 3 : 2, index + 1,
			    name);
}

static void put_sql(const struct files *files, size_t index)
{
	const struct step *step = &files->input->sequence->items[index];
	const char *name = sql_name(files, index);
	struct strbuf *out = render_folder_add(files->folder, name);

	strbuf_printf(out, "-- Step %zu: ", index + 1);
	render_label(out, step->title);
	strbuf_puts(out, "\n-- sqlcmd -E -b -x -S \"");
	text_visible(out, step->sql.server ? step->sql.server : "SERVER");
	strbuf_printf(out, "\" -i %s\n", name);
	put_origin(files, out, "--");
	strbuf_putc(out, '\n');
	strbuf_puts(out, step->text);
}

bool render_sql(const struct render_input *input, struct render_folder *folder, struct diags *diags)
{
	struct files files;

	/* They are made to be run: a placeholder would be found by SQL Server only. */
	if (!sequence_names_databases(input->sequence, input->plan, input->only, diags))
		return false;
	files = files_of(input, folder);
	folder->is_former = is_former_sql;
	for (size_t i = 0; i < input->sequence->count; i++) {
		const struct step *step = &input->sequence->items[i];

		if (step->kind == STEP_SQL && step->text && render_is_wanted(input, step))
			put_sql(&files, i);
	}
	end_lines(folder);
	arena_free(files.arena);
	return true;
}

/* ---- command files ---- */

/* A step that is a command line, and whose: put together by server, so that each finds its own. */
struct own_line {
	const struct server *server;
	size_t step;
};

struct own_lines {
	struct own_line *items;
	size_t count;
	const struct word *of; /* what LINE is made of: the servers of one task mostly have the same */
	struct strbuf line;
	bool plain;            /* a batch file can hold LINE */
};

static int compare_server(const struct server *a, const struct server *b)
{
	return ((uintptr_t)a > (uintptr_t)b) - ((uintptr_t)a < (uintptr_t)b);
}

static int compare_lines(const void *a, const void *b)
{
	const struct own_line *left = a, *right = b;
	int order = compare_server(left->server, right->server);

	return order ? order : (left->step > right->step) - (left->step < right->step);
}

static struct own_lines find_lines(const struct files *files)
{
	const struct sequence *sequence = files->input->sequence;
	struct own_lines lines = { .items = arena_array(files->arena, sequence->count, sizeof(*lines.items)) };

	for (size_t i = 0; i < sequence->count; i++) {
		const struct step *step = &sequence->items[i];

		if (step->words.count && step->server)
			lines.items[lines.count++] = (struct own_line){ step->server, i };
	}
	if (lines.count)
		qsort(lines.items, lines.count, sizeof(*lines.items), compare_lines);
	return lines;
}

/* The first line of SERVER, up to which *END its lines go; both the same: it has none, and no files. */
static size_t own_lines_of(const struct own_lines *lines, const struct server *server, size_t *end)
{
	size_t low = 0, high = lines->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (compare_server(lines->items[middle].server, server) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (*end = low; *end < lines->count && lines->items[*end].server == server;)
		++*end;
	return low;
}

static bool is_former_command(const char *name, const void *data)
{
	(void)data;
	return str_starts(name, "upgrade-") && (str_ends(name, ".cmd") || str_ends(name, ".ps1"));
}

/* A batch file is read in the code page of the console, and takes %NAME% and single percent signs away. */
static bool fits_batch(const char *line)
{
	for (const char *at = line; *at; at++) {
		if ((unsigned char)*at >= 0x80 || *at == '%')
			return false;
	}
	return true;
}

static bool asks_password(const struct step *step)
{
	for (size_t i = 0; i < step->words.count; i++) {
		if (step->words.items[i].account)
			return true;
	}
	return false;
}

/* What has to be done before STEP is said, and only the server's name goes on: Enter and "yes" do not. */
static void put_gate(const struct files *files, const struct step *step, struct strbuf *out)
{
	const struct step_set *before = &step->requires;

	for (size_t i = 0; i < before->count && i < REQUIRED_NAMED; i++) {
		strbuf_puts(out, "echo Before this: ");
		render_label(out, files->input->sequence->items[step_set_at(before, i)].title);
		strbuf_putc(out, '\n');
	}
	if (before->count > REQUIRED_NAMED)
		strbuf_printf(out, "echo Before this: %zu more steps, see the runbook\n",
			      before->count - REQUIRED_NAMED);
	if (!before->count)
		return;
	strbuf_puts(out, "set answer=\n");
	strbuf_puts(out, "set /p answer=All of that is done: type the name of this server to go on: \n");
	strbuf_printf(out, "if /i not \"%%answer%%\"==\"%s\" exit /b 2\n", step->server->name);
}

static void make_line(const struct files *files, const struct step *step, struct own_lines *lines)
{
	struct diags refused = DIAGS_INIT;

	if (lines->of == step->words.items)
		return;
	lines->of = step->words.items;
	strbuf_reset(&lines->line);
	lines->plain = !asks_password(step) &&
		       render_step_line(files->input->plan, step, SHELL_CMD, NULL, &lines->line, &refused) &&
		       fits_batch(strbuf_text(&lines->line));
	diags_clear(&refused);
}

/* LINES from FIRST up to END, each with its exit code, to OUT. False: one of them needs a password, or what a batch
 * file cannot hold. */
static bool put_batch_lines(const struct files *files, struct own_lines *lines, size_t first, size_t end,
			    struct strbuf *out)
{
	for (size_t i = first; i < end; i++) {
		const struct step *step = &files->input->sequence->items[lines->items[i].step];

		make_line(files, step, lines);
		if (!lines->plain)
			return false;
		strbuf_puts(out, "echo ");
		render_label(out, step->title);
		strbuf_putc(out, '\n');
		put_gate(files, step, out);
		strbuf_puts(out, "start /wait \"\" ");
		strbuf_add(out, strbuf_text(&lines->line), lines->line.length);
		strbuf_puts(out, "\nset code=%errorlevel%\n"
				 "echo Exit code: %code%\n"
				 "if not \"%code%\"==\"0\" exit /b %code%\n");
	}
	return true;
}

/* Windows shortens a computer's name to 15 characters where it speaks NetBIOS. */
static void put_place_check(struct strbuf *out, const char *name)
{
	size_t label = strcspn(name, ".");

	strbuf_printf(out, "if /i not \"%%COMPUTERNAME%%\"==\"%.*s\" (\n", (int)(label < 15 ? label : 15), name);
	strbuf_printf(out, "  echo This is not %s: nothing was done.\n", name);
	strbuf_puts(out, "  exit /b 2\n)\n");
}

static void put_batch(const struct files *files, const struct server *server, const char *part,
		      struct own_lines *lines, size_t first, size_t end)
{
	struct strbuf text = STRBUF_INIT;
	bool plain = fits_batch(server->name) && put_batch_lines(files, lines, first, end, &text);
	struct strbuf *out = render_folder_add(files->folder, arena_printf(files->arena, "upgrade-%s.cmd", part));

	strbuf_puts(out, "@echo off\n");
	if (plain) {
		put_origin(files, out, "rem");
		strbuf_puts(out, "rem README.md says what has to be done first.\n");
		put_place_check(out, server->name);
		strbuf_puts(out, strbuf_text(&text));
	} else {
		strbuf_puts(out, "rem A line needs what a batch file cannot hold, such as a password: the script "
				 "beside this one is started instead.\n");
		strbuf_printf(out,
			      "powershell.exe -NoProfile -ExecutionPolicy Bypass -File \"%%~dp0upgrade-%s.ps1\" %%*\n",
			      part);
		strbuf_puts(out, "exit /b %errorlevel%\n");
	}
	strbuf_clear(&text);
}

static void put_caller(const struct files *files, const struct server *server, const char *part)
{
	struct strbuf *out = render_folder_add(files->folder, arena_printf(files->arena, "upgrade-%s.ps1", part));

	strbuf_puts(out, BYTE_ORDER_MARK);
	put_origin(files, out, "#");
	strbuf_puts(out, "& (Join-Path $PSScriptRoot 'upgrade.ps1') -Server ");
	strbuf_puts(out, script_powershell(files->arena, server->name));
	strbuf_puts(out, " @args\n");
	strbuf_puts(out, "exit $LASTEXITCODE\n");
}

static void put_readme(const struct files *files)
{
	static const char *const words[] = {
		"",
		"Copy this folder to every server. On the server whose turn it is, in an elevated prompt:",
		"",
		"    upgrade-NAME.cmd",
		"",
		"or, in Windows PowerShell:",
		"",
		"    powershell -NoProfile -ExecutionPolicy Bypass -File upgrade-NAME.ps1",
		"",
		"Each waits until setup has ended and tells its exit code: 0 done, 3010 restart Windows.",
		"A .cmd file has the lines and nothing else, where no line needs a password: it neither looks at",
		"other servers nor keeps a record. Otherwise it starts the script beside it, which does, and asks for "
		"the",
		"passwords; no password is in any of these files.",
		"",
		"| turn | server | what |",
		"| --- | --- | --- |",
		NULL
	};
	const struct sequence *sequence = files->input->sequence;
	struct strbuf *out = render_folder_add(files->folder, "README.md");
	size_t turn = 0;

	strbuf_puts(out, "# ");
	render_label(out, files->upgrade);
	strbuf_printf(out, "\n\nPlan %s, made by scupgrade " PACKAGE_VERSION ".\n", files->digest);
	for (size_t i = 0; words[i]; i++)
		strbuf_printf(out, "%s\n", words[i]);
	for (size_t i = 0; i < sequence->count; i++) {
		const struct step *step = &sequence->items[i];

		if (!step->words.count || !step->server || !render_is_wanted(files->input, step))
			continue;
		strbuf_printf(out, "| %zu | ", ++turn);
		render_label(out, step->server->name);
		strbuf_puts(out, " | ");
		render_label(out, step->title);
		strbuf_puts(out, " |\n");
	}
}

/* Two files for each server that has lines. */
static void put_servers(const struct files *files)
{
	const struct plan *plan = files->input->plan;
	const struct server *only = files->input->only;
	struct own_lines lines = find_lines(files);

	for (size_t i = 0; i < plan_server_count(plan); i++) {
		const struct server *server = plan_server(plan, i);
		size_t end, first = own_lines_of(&lines, server, &end);

		if ((only && server != only) || first == end)
			continue;
		const char *part = file_part(files, server->name, i + 1);

		put_batch(files, server, part, &lines, first, end);
		put_caller(files, server, part);
	}
	strbuf_clear(&lines.line);
}

bool render_command_files(const struct render_input *input, struct render_folder *folder, struct diags *diags)
{
	struct files files = files_of(input, folder);
	struct render_input whole = *input;
	struct strbuf script = STRBUF_INIT;

	whole.hand_out = NULL;
	bool fine = render_powershell(&whole, &script, diags);

	if (fine) {
		put_servers(&files);
		folder->is_former = is_former_command;
		put_readme(&files);
		end_lines(folder);
		*render_folder_add(folder, "upgrade.ps1") = script;
	} else {
		strbuf_clear(&script);
	}
	arena_free(files.arena);
	return fine;
}
