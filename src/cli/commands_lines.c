/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * "command": the command lines of a plan, with or without passwords. The only place where a password gets
 * into a line that leaves the program.
 */
#include "cli/commands.h"

#include "core/json.h"
#include "render/render.h"

struct job {                                /* one run of "command" */
	const struct session *session;
	const struct plan *plan;
	struct sequence sequence;
	const struct password_source *passwords;
	const struct server **servers;      /* that were named */
	size_t server_count;                /* 0: all */
	struct arena *arena;
};

bool passwords_may_show(const struct session *session)
{
	if (output_is_file(session) || session->out_terminal)
		return true;
	say(session, "lines with passwords go to a terminal, or with --output to a new file that only you may read; "
		     "standard output is neither");
	return false;
}

/* Said each time: the line is safe here and is not where it will run. */
static void warn_of_passwords(const struct session *session)
{
	say(session, "note: the lines hold passwords. Where they run, others can see them in the list of processes, in "
		     "event 4688 if "
		     "command lines are audited, in PowerShell transcripts and in the shell's history");
	if (output_is_file(session))
		say(session, "note: remove %s when it is no longer needed", session->options->output);
}

static bool is_named(const struct job *job, const struct server *server)
{
	for (size_t i = 0; i < job->server_count; i++) {
		if (job->servers[i] == server)
			return true;
	}
	return false;
}

static bool is_wanted(const struct job *job, const struct step *step)
{
	return job->server_count == 0 || is_named(job, step->server);
}

static bool find_servers(struct job *job)
{
	const struct options *options = job->session->options;
	bool fine = true;

	job->servers = arena_array(job->arena, options->argument_count, sizeof(*job->servers));
	for (size_t i = 1; i < options->argument_count; i++) {
		const struct server *server = named_server(job->session, job->plan, options->arguments[i]);

		if (server && is_named(job, server))
			continue;
		if (server)
			job->servers[job->server_count++] = server;
		else
			fine = false;
	}
	return fine;
}

/* Nothing but lines is printed for named servers: what is not sure about them is said beside. */
static void note_uncertain(const struct job *job)
{
	for (size_t i = 0; job->server_count && i < job->sequence.count; i++) {
		const struct step *step = &job->sequence.items[i];

		if (step->words.count && step->uncertain && is_wanted(job, step))
			say(job->session, "note: %s is uncertain: %s", step->id, step->uncertain);
	}
}

/* Whether any line that is wanted has a password. */
static bool needs_passwords(const struct job *job)
{
	for (size_t i = 0; i < job->sequence.count; i++) {
		const struct step *step = &job->sequence.items[i];

		for (size_t k = 0; is_wanted(job, step) && k < step->words.count; k++) {
			if (step->words.items[k].account)
				return true;
		}
	}
	return false;
}

enum { TEXTS_REMEMBERED = 64 };

struct said {
	const struct diag *items[TEXTS_REMEMBERED];
	size_t count;
};

/* A value is in the lines of many steps: what is said of it is said with the first one. */
static bool is_news(const struct diags *diags, size_t index, const void *data)
{
	struct said *said = *(struct said *const *)data;
	const struct diag *diag = &diags->items[index];

	for (size_t i = 0; i < said->count; i++) {
		if (str_eq(said->items[i]->code, diag->code) && str_eq(said->items[i]->text, diag->text))
			return false;
	}
	if (said->count < TEXTS_REMEMBERED)
		said->items[said->count++] = diag;
	return true;
}

/* The steps of the named servers that no line stands for, so that nobody takes the output for everything. */
static void note_other_steps(const struct job *job)
{
	for (size_t i = 0; i < job->server_count; i++) {
		struct strbuf list = STRBUF_INIT;

		for (size_t k = 0; k < job->sequence.count; k++) {
			const struct step *step = &job->sequence.items[k];

			if (step->server == job->servers[i] && step->words.count == 0)
				strbuf_printf(&list, "%s%s", list.length ? ", " : "", step->task->id);
		}
		if (list.length)
			say(job->session,
			    "note: %s also has steps without a command line (see \"scupgrade steps\"): %s",
			    job->servers[i]->name, strbuf_text(&list));
		strbuf_clear(&list);
	}
}

static bool add_line(const struct job *job, const struct step *step, struct strbuf *out, struct diags *diags)
{
	const struct options *options = job->session->options;

	if (options->wait)
		return render_waiting_line(job->plan, step, options->shell, job->passwords, out, diags);
	return render_step_line(job->plan, step, options->shell, job->passwords, out, diags);
}

static bool add_named_lines(const struct job *job, struct strbuf *out, struct diags *diags)
{
	bool fine = true;

	for (size_t i = 0; i < job->sequence.count; i++) {
		const struct step *step = &job->sequence.items[i];

		if (!is_wanted(job, step) || step->words.count == 0)
			continue;
		if (add_line(job, step, out, diags))
			strbuf_putc(out, '\n');
		else
			fine = false;
	}
	return fine;
}

static bool add_json_lines(const struct job *job, struct strbuf *out, struct diags *diags)
{
	bool fine = true, first = true;
	struct strbuf line = STRBUF_INIT;

	strbuf_putc(out, '[');
	for (size_t i = 0; i < job->sequence.count; i++) {
		const struct step *step = &job->sequence.items[i];

		if (!is_wanted(job, step) || step->words.count == 0)
			continue;
		strbuf_reset(&line);
		if (!add_line(job, step, &line, diags)) {
			fine = false;
			continue;
		}
		json_member(out, first ? "\n{" : ",\n{", "id", step->id);
		json_member(out, ", ", "server", step->server ? step->server->name : NULL);
		json_member(out, ", ", "shell", shell_name(job->session->options->shell));
		json_member(out, ", ", "line", strbuf_text(&line));
		if (job->session->options->shell == SHELL_ARGV)
			strbuf_printf(out, ", \"words\": %s", strbuf_text(&line));
		strbuf_putc(out, '}');
		first = false;
	}
	strbuf_puts(out, first ? "]\n" : "\n]\n");
	strbuf_clear(&line);
	return fine;
}

/* Makes the lines and hands them out, or says which value could not be carried. */
static int print_lines(struct job *job)
{
	const struct session *session = job->session;
	struct strbuf out = STRBUF_INIT;
	struct diags diags = DIAGS_INIT;
	int status = EXIT_PLAN;
	bool fine;

	if (session->options->json)
		fine = add_json_lines(job, &out, &diags);
	else if (job->server_count)
		fine = add_named_lines(job, &out, &diags);
	else
		fine = render_commands(job->plan, &job->sequence, NULL, session->options->shell,
				       session->options->wait, job->passwords, &out, &diags);
	sort_findings(&diags, job->plan->file);
	diags_filter(&diags, is_news, &(struct said *){ &(struct said){ .count = 0 } });
	diags_print(&diags, session->err);
	if (!fine || findings_refuse(session, &diags)) {
		say(session, "no command line is shown");
	} else {
		status = emit(session, &out, job->passwords != NULL);
		if (status == EXIT_FINE) {
			if (!session->options->quiet) {
				note_uncertain(job);
				note_other_steps(job);
			}
			if (job->passwords)
				warn_of_passwords(session);
		}
	}
	diags_clear(&diags);
	strbuf_clear(&out);
	return status;
}

int print_all_lines(const struct session *session, const struct plan *plan, const struct password_source *passwords)
{
	struct job job = { .session = session, .plan = plan, .passwords = passwords, .arena = arena_new() };

	job.sequence = sequence_build(plan, job.arena);
	int status = print_lines(&job);
	arena_free(job.arena);
	return status;
}

/* Reads the passwords that --passwords names. */
static bool read_passwords(const struct session *session, const struct plan *plan, struct passwords *passwords)
{
	const char *from = session->options->passwords;
	struct diags diags = DIAGS_INIT;
	bool fine;

	if (str_eq(from, "ask"))
		fine = passwords_ask(passwords, plan, &diags);
	else
		fine = passwords_read(passwords, plan, from, &diags);
	if (!str_eq(from, "ask"))
		inputs_add(session->inputs, from);
	diags_print(&diags, session->err);
	if (!fine)
		say(session, "no command line is shown");
	diags_clear(&diags);
	return fine;
}

/* What can be said against --passwords before anything is read. */
static bool passwords_make_sense(const struct session *session)
{
	const struct options *options = session->options;

	if (!options->passwords)
		return true;
	if (options->no_input && str_eq(options->passwords, "ask")) {
		say(session, "--passwords ask has to ask, and --no-input forbids it");
		return false;
	}
	return passwords_may_show(session);
}

static int run_job(struct job *job)
{
	const struct session *session = job->session;
	struct passwords *passwords = NULL;
	struct password_source source = { .lookup = passwords_lookup };
	int status;

	if (!find_servers(job))
		return EXIT_USE;
	job->sequence = sequence_build(job->plan, job->arena);
	if (session->options->passwords && !needs_passwords(job))
		say(session, "note: no line that is shown needs a password");
	else if (session->options->passwords) {
		passwords = passwords_new();
		source.data = passwords;
		job->passwords = &source;
	}
	if (passwords && !read_passwords(session, job->plan, passwords))
		status = EXIT_USE;
	else
		status = print_lines(job);
	passwords_free(passwords);
	return status;
}

int command_command(const struct session *session)
{
	const struct options *options = session->options;
	struct plan *plan;

	if (!passwords_make_sense(session))
		return EXIT_USE;
	if (options->wait && (options->json || options->shell == SHELL_ARGV)) {
		say(session, "--wait is for the lines of cmd and powershell");
		return EXIT_USE;
	}
	int status = load_good_plan(session, session->options->arguments[0], JUDGE_PREREQUISITES,
				    "no command line is shown", &plan);
	if (status != EXIT_FINE)
		return status;
	struct job job = { .session = session, .plan = plan, .arena = arena_new() };
	status = run_job(&job);
	arena_free(job.arena);
	plan_free(plan);
	return status;
}
