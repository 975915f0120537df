/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * "wizard": chooses a front end, runs it, and prints what it ends with.
 */
#include "cli/commands.h"

#include "core/text.h"
#include "wizard/wizard_checks.h"

static bool term_is_usable(const struct session *session)
{
	return session->term && *session->term && !str_eq(session->term, "dumb");
}

/* Where the plain front end talks: standard output is for the result, unless it is the one that a person sees. */
static FILE *dialogue_stream(const struct session *session)
{
	return !session->err_terminal && session->out_terminal ? session->out : session->err;
}

static enum front_result run_plain(const struct session *session, struct wizard *wizard, int *signal)
{
	struct prompt_options options = { .in = session->in, .out = dialogue_stream(session),
					  .echo = !session->in_terminal, .width = session->width };

	return prompt_run(wizard, &options, signal);
}

/* --plain may be answered by a file: that was asked for. */
enum front_result run_front(const struct session *session, struct wizard *wizard, int *signal)
{
	const char *why = "this build has no full-screen wizard";
	bool tracks = wizard_tracks(wizard);

	if (session->options->plain)
		return run_plain(session, wizard, signal);
	if (session->full_screen && !session->accessible && term_is_usable(session)) {
		enum front_result result = session->full_screen(wizard, session->options, signal, &why);

		if (result != FRONT_NO_TERMINAL)
			return result;
	} else if (session->accessible) {
		why = "ACCESSIBLE asks for the plain wizard";
	} else if (session->full_screen) {
		why = "TERM names no usable terminal";
	}
	if (session->in_terminal && (session->err_terminal || session->out_terminal)) {
		if (!session->accessible)
			say(session, "%s; going on line by line", why);
		return run_plain(session, wizard, signal);
	}
	say(session,
	    "%s needs a terminal: %s, and standard input is no terminal. \"--plain\" takes the answers from "
	    "standard input; \"scupgrade %s",
	    tracks ? "tracking" : "the wizard", why,
	    tracks ? "mark\" records without questions" : "new\" makes a plan without questions");
	return FRONT_NO_TERMINAL;
}

static void add_file(struct strbuf *files, const char *path)
{
	strbuf_puts(files, files->length ? ", " : "");
	text_visible(files, path);
}

/* The files that this wizard wrote, be it left before its last page. */
static void say_files(const struct session *session, struct wizard *wizard)
{
	bool plan = wizard_saved_here(wizard);
	struct strbuf files = STRBUF_INIT;

	for (size_t i = 0; i < wizard_output_count(wizard); i++) {
		const struct output *output = wizard_output(wizard, i);

		if (!output->written)
			continue;
		add_file(&files, output->path);
		plan = plan && !str_eq(output->path, wizard_plan_path(wizard));
	}
	if (plan)
		add_file(&files, wizard_plan_path(wizard));
	if (wizard_next_plan(wizard))
		add_file(&files, wizard_next_plan(wizard));
	if (files.length)
		say(session, "written: %s", strbuf_text(&files));
	strbuf_clear(&files);
}

/* Which files there are now, and the command that goes on. */
static void say_written(const struct session *session, struct wizard *wizard)
{
	struct strbuf command = STRBUF_INIT;

	say_files(session, wizard);
	if (!wizard_is_complete(wizard)) {
		wizard_track_command(wizard, &command);
	} else if (wizard_next_plan(wizard)) {
		strbuf_puts(&command, "scupgrade wizard ");
		text_visible(&command, wizard_next_plan(wizard));
	}
	if (command.length)
		say(session, "go on with: %s", strbuf_text(&command));
	strbuf_clear(&command);
}

/* What "command PLAN" prints. Typed passwords only where the Ready page's box and the output allow it. */
static int finish(const struct session *session, struct wizard *wizard)
{
	const struct plan *plan = wizard_plan(wizard);
	struct password_source source = { .lookup = passwords_lookup, .data = wizard_passwords(wizard) };
	bool literal = wizard_literal(wizard);
	int status;

	inputs_add_plan(session->inputs, wizard_plan_path(wizard));
	if (literal && !passwords_may_show(session)) {
		say(session, "the lines say <password> instead");
		literal = false;
	}
	status = print_all_lines(session, plan, literal ? &source : NULL);
	/* Last on a terminal that shows both. */
	fflush(session->out);
	say_written(session, wizard);
	return status;
}

static int leave(const struct session *session, struct wizard *wizard)
{
	const char *draft = wizard_draft_path(wizard), *plan = wizard_plan_path(wizard);
	struct file_identity identity;
	struct strbuf ignored = STRBUF_INIT;
	const char *why;
	bool kept = *draft && platform_read(draft, YAML_FILE_LIMIT, &ignored, &identity, &why) == FILE_OK;

	strbuf_clear(&ignored);
	say_files(session, wizard);
	if (!kept && wizard_is_saved(wizard))
		say(session, "left without finishing. Go on with: scupgrade wizard %s%s", plan,
		    session->options->plain ? " --plain" : "");
	else if (!kept)
		say(session, "left without finishing; no draft is kept");
	else
		say(session, "left without finishing; a draft is kept. Go on with: scupgrade%s%s%s",
		    session->options->argument_count ? " wizard " : "",
		    session->options->argument_count ? plan : "", session->options->plain ? " --plain" : "");
	return EXIT_LEFT;
}

static int run_wizard(const struct session *session, struct wizard *wizard)
{
	int signal = 0;

	switch (run_front(session, wizard, &signal)) {
	case FRONT_FINISHED:
		return finish(session, wizard);
	case FRONT_LEFT:
		return leave(session, wizard);
	case FRONT_NO_TERMINAL:
		return EXIT_USE;
	case FRONT_SIGNAL:
		leave(session, wizard);
		return EXIT_BY_SIGNAL + signal;
	}
	bug("unknown front end result");
}

/* The plan to start with: what is in PATH, or a new one when there is nothing. EXIT_FINE: *PLAN is there. */
static int open_plan(const struct session *session, const char *path, struct plan **plan, struct plan_source *source,
		     struct diags *diags)
{
	switch (path ? plan_load(path, plan, source, diags) : LOAD_MISSING) {
	case LOAD_OK:
		validate_plan(*plan, diags);
		return EXIT_FINE;
	case LOAD_BAD:
		say(session, "%s is not a plan that the wizard can open", path);
		return EXIT_PLAN;
	case LOAD_MISSING:
		*plan = plan_new(flow_at(0));
		return EXIT_FINE;
	case LOAD_UNREADABLE:
		return EXIT_USE;
	}
	bug("unknown load result");
}

static void ignore_name(const char *name, void *data)
{
	(void)name;
	(void)data;
}

static bool is_folder(const char *path, const char **why)
{
	return platform_list_folders(path, ignore_name, NULL, why);
}

/* The folder that the file PATH would be in. */
static bool has_folder(const char *path, const char **why)
{
	struct strbuf folder = STRBUF_INIT;
	bool fine;

	strbuf_add(&folder, path, (size_t)(platform_last_part(path) - path));
	fine = !folder.length || is_folder(strbuf_text(&folder), why);
	strbuf_clear(&folder);
	return fine;
}

/* What would only be noticed when everything has been answered. */
static bool can_end(const struct session *session, const char *plan)
{
	const struct options *options = session->options;
	const char *output = output_is_file(session) ? options->output : NULL, *why = "";
	struct strbuf ignored = STRBUF_INIT;
	struct file_identity identity;
	bool fine = false;

	if (plan && !has_folder(plan, &why))
		say(session, "%s: its folder cannot be read: %s", plan, why);
	else if (output && !has_folder(output, &why))
		say(session, "%s: its folder cannot be read: %s", output, why);
	else if (output && !options->force &&
		 platform_read(output, 0, &ignored, &identity, &why) != FILE_MISSING)
		say(session, "%s already exists; --force replaces it", output);
	else
		fine = !output_is_input(session);
	strbuf_clear(&ignored);
	return fine;
}

static bool can_read(const struct session *session)
{
	const struct options *options = session->options;
	struct strbuf ignored = STRBUF_INIT;
	struct file_identity identity;
	const char *why = "";
	enum file_result license = FILE_OK;

	if (options->license)
		license = platform_read(options->license, 0, &ignored, &identity, &why);
	strbuf_clear(&ignored);
	if (license == FILE_MISSING || license == FILE_FAILED) {
		say(session, "%s: cannot be read: %s", options->license,
		    license == FILE_MISSING ? "there is no such file" : why);
		return false;
	}
	for (const char *const *drive = options->drives; *drive; drive++) {
		if (is_folder(*drive + strlen("C="), &why))
			continue;
		say(session, "--drive %s: the folder cannot be read: %s", *drive, why);
		return false;
	}
	return true;
}

int command_wizard(const struct session *session)
{
	const struct options *options = session->options;
	const char *path = options->argument_count ? options->arguments[0] : NULL;
	struct strbuf place = STRBUF_INIT;
	bool facts = facts_place(session, path ? path : "-", &place);
	struct wizard_options how = { .plan_path = path, .license_path = options->license, .drives = options->drives,
				      .collect = { .facts_path = facts ? strbuf_text(&place) : NULL,
						   .probe = options->probe,
						   /* "Verify again" collects by itself where it can. */
						   .own = options->facts && !options->probe &&
									  platform_has_powershell()
								  ? platform_run
								  : NULL } };
	struct plan_source source = { 0 };
	struct diags diags = DIAGS_INIT;
	struct plan *plan = NULL;
	int status;

	if (options->no_input || str_eq(path, "-")) {
		say(session, "%s", options->no_input ? "the wizard has to ask, and --no-input forbids it"
						     : "the wizard cannot read its plan from standard input");
		strbuf_clear(&place);
		return EXIT_USE;
	}
	inputs_add_plan(session->inputs, path);
	inputs_add(session->inputs, options->license);
	inputs_add(session->inputs, how.collect.facts_path);
	if (!facts_stay(session) || !can_end(session, path) || !can_read(session)) {
		strbuf_clear(&place);
		return EXIT_USE;
	}
	status = open_plan(session, path, &plan, &source, &diags);
	sort_findings(&diags, plan && plan->file ? plan->file : path);
	diags_print(&diags, session->err);
	if (status == EXIT_FINE) {
		struct wizard *wizard = wizard_new(plan, &source, &how);

		wizard_goto_open(wizard, &diags);
		status = run_wizard(session, wizard);
		wizard_free(wizard);
	} else {
		plan_source_clear(&source);
	}
	strbuf_clear(&place);
	diags_clear(&diags);
	return status;
}
