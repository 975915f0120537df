/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What the commands share: messages, loading and judging a plan, where output goes.
 */
#include "cli/commands.h"

#include "core/text.h"
#include "pipeline/earlier.h"
#include "pipeline/validate.h"

bool accessible_is_on(const char *value)
{
	return value && *value && !str_eq(value, "0") && !text_equal_fold(value, "false");
}

void say(const struct session *session, const char *format, ...)
{
	struct strbuf raw = STRBUF_INIT, shown = STRBUF_INIT;
	va_list args;

	va_start(args, format);
	strbuf_vprintf(&raw, format, args);
	va_end(args);
	text_visible(&shown, strbuf_text(&raw));
	fprintf(session->err, "scupgrade: %s\n", strbuf_text(&shown));
	strbuf_clear(&raw);
	strbuf_clear(&shown);
}

/* The plans that come first are read too, with what lies beside them. */
static void add_earlier(const struct session *session, const struct plan *plan, const char *path)
{
	const struct names *names = &plan->answers->upgraded_before;
	struct strbuf earlier = STRBUF_INIT, facts = STRBUF_INIT;

	for (size_t i = 0; i < names->count && plan->earlier; i++) {
		strbuf_reset(&earlier);
		earlier_path(path, names->items[i], &earlier);
		inputs_add_plan(session->inputs, strbuf_text(&earlier));
		strbuf_reset(&facts);
		facts_beside(strbuf_text(&earlier), &facts);
		inputs_add(session->inputs, strbuf_text(&facts));
	}
	strbuf_clear(&earlier);
	strbuf_clear(&facts);
}

int load_plan(const struct session *session, const char *path, struct plan **plan, struct diags *diags)
{
	*plan = NULL;
	inputs_add_plan(session->inputs, path);
	switch (plan_load(path, plan, NULL, diags)) {
	case LOAD_OK:
		add_earlier(session, *plan, path);
		return EXIT_FINE;
	case LOAD_BAD:
		return EXIT_PLAN;
	case LOAD_MISSING:
		say(session, *path ? "%s: there is no such file" : "the name of the file is empty", path);
		return EXIT_USE;
	case LOAD_UNREADABLE:
		return EXIT_USE;
	}
	bug("unknown load result");
}

bool facts_place(const struct session *session, const char *path, struct strbuf *out)
{
	if (session->options->facts) {
		strbuf_puts(out, session->options->facts);
		return true;
	}
	return !str_eq(path, "-") && facts_found(path, out);
}

bool facts_stay(const struct session *session)
{
	if (!str_eq(session->options->facts, "-"))
		return true;
	say(session, "the facts are read more than once here, so they cannot come from standard input; name a file or "
		     "a folder");
	return false;
}

bool gather_facts(const struct session *session, const struct plan *plan, const char *path, struct facts **facts,
		  struct diags *diags)
{
	struct strbuf place = STRBUF_INIT;
	bool any = facts_place(session, path, &place), ok;
	struct collect collect = { .facts_path = any ? strbuf_text(&place) : NULL,
				   .probe = session->options->probe,
				   .clock = platform_time_utc };

	inputs_add(session->inputs, collect.facts_path);
	ok = collect_facts(&collect, plan, facts, diags);
	strbuf_clear(&place);
	return ok;
}

int take_facts(const struct session *session, const char *path, struct facts **facts, struct diags *diags)
{
	struct diags found = DIAGS_INIT;
	int status = EXIT_FINE;
	char now[21];

	*facts = NULL;
	if (!path)
		return EXIT_FINE;
	inputs_add(session->inputs, path);
	platform_time_utc(now);
	(void)facts_load(path, now, facts, &found);
	if (facts_unreadable(session, &found))
		status = EXIT_USE;
	else if (!facts_count(*facts))
		status = EXIT_PLAN;
	if (status == EXIT_FINE)
		diags_add_mild(diags, &found);
	else
		diags_add_all(diags, &found);
	diags_clear(&found);
	return status;
}

bool facts_unreadable(const struct session *session, const struct diags *diags)
{
	bool named = session->options->facts || session->options->from;

	for (size_t i = 0; i < diags->count; i++) {
		const struct diag *diag = &diags->items[i];

		if (diag->severity == SEV_ERROR && (str_eq(diag->code, "facts-unreadable") ||
						    (named && str_eq(diag->code, "facts-none"))))
			return true;
	}
	return false;
}

void sort_findings(struct diags *diags, const char *file)
{
	for (size_t i = 0; i < diags->count; i++) {
		struct place *at = &diags->items[i].at;

		if (!at->file)
			at->file = file;
		if (!at->line)
			at->line = at->column = 1;
	}
	diags_sort(diags);
}

static bool refuses(const struct diags *diags, size_t index, const void *data)
{
	const struct options *options = data;
	enum severity severity = diags->items[index].severity;

	return severity == SEV_ERROR || (options->strict && severity == SEV_WARNING);
}

void keep_quiet(const struct session *session, struct diags *diags)
{
	if (session->options->quiet)
		diags_filter(diags, refuses, session->options);
}

bool findings_refuse(const struct session *session, const struct diags *diags)
{
	return diags->errors || (session->options->strict && diags->warnings);
}

struct judge_wish judge_wish(const struct session *session)
{
	return (struct judge_wish){ session->options->all, session->options->strict ? SEV_ERROR : SEV_NOTE };
}

/* What has failed, in full, and the note about what is not known. Warnings are a list of their own ("check"), and would
 * bury the lines: one for all. */
static void judge_briefly(const struct session *session, const struct plan *plan, const char *path,
			  const struct facts *facts, struct diags *diags)
{
	struct judge_wish wish = judge_wish(session);
	struct diags found = DIAGS_INIT;
	struct place place = { path, 0, 0 };
	char today[11];

	platform_date_local(today);
	prereq_judge_notes(plan, today, diags);
	prereq_judge(plan, facts, today, &wish, &found);
	for (size_t i = 0; i < found.count; i++) {
		const struct diag *diag = &found.items[i];

		if (diag->severity != SEV_WARNING || session->options->strict)
			diags_add(diags, diag->severity, diag->code, diag->at, diag->path, diag->hint, "%s",
				  diag->text);
	}
	if (found.warnings && !session->options->strict)
		diags_add(diags, SEV_WARNING, "prerequisites-open", place, "prerequisites",
			  "\"scupgrade check\" lists them with what each one needs.",
			  found.warnings == 1 ? "%zu warning is not acknowledged." :
						"%zu warnings are not acknowledged.", found.warnings);
	diags_clear(&found);
}

/* What is wrong with the facts is told and stops nothing: a record of what was done has to be kept, facts or not. */
static void note_facts(const struct session *session, const struct plan *plan, const char *path, struct diags *diags)
{
	struct diags found = DIAGS_INIT;

	gather_facts(session, plan, path, session->facts, &found);
	for (size_t i = 0; i < found.count; i++) {
		const struct diag *diag = &found.items[i];

		if (diag->severity == SEV_ERROR)
			diags_add(diags, SEV_WARNING, diag->code, diag->at, diag->path, diag->hint, "%s", diag->text);
	}
	diags_clear(&found);
}

static void judge_with_facts(const struct session *session, struct plan *plan, const char *path,
			     enum judging judging, struct diags *diags)
{
	if (judging == JUDGE_FACTS) {
		note_facts(session, plan, path, diags);
		plan_use_facts(plan, *session->facts);
		return;
	}
	gather_facts(session, plan, path, session->facts, diags);
	plan_use_facts(plan, *session->facts);
	judge_briefly(session, plan, path, *session->facts, diags);
}

int load_good_plan(const struct session *session, const char *path, enum judging judging, const char *refused,
		   struct plan **plan)
{
	struct diags diags = DIAGS_INIT;
	int status = load_plan(session, path, plan, &diags);

	if (status == EXIT_FINE) {
		validate_plan(*plan, &diags);
		judge_with_facts(session, *plan, path, judging, &diags);
	}
	findings_drop_followers(&diags);
	sort_findings(&diags, *plan && (*plan)->file ? (*plan)->file : path);
	keep_quiet(session, &diags);
	diags_print(&diags, session->err);
	if (status == EXIT_FINE && findings_refuse(session, &diags))
		status = facts_unreadable(session, &diags) ? EXIT_USE : EXIT_PLAN;
	if (status == EXIT_PLAN)
		say(session, "%s has %s, so %s", path, diags.errors ? "errors" : "warnings and --strict was given",
		    refused);
	if (status != EXIT_FINE) {
		plan_free(*plan);
		*plan = NULL;
	}
	diags_clear(&diags);
	return status;
}

bool output_is_file(const struct session *session)
{
	return session->options->output && !str_eq(session->options->output, "-");
}

void emit_part(const struct session *session, struct strbuf *text)
{
	if (text->length < 65536 || output_is_file(session))
		return;
	fwrite(strbuf_text(text), 1, text->length, session->out);
	strbuf_reset(text);
}

static bool say_waiting(const char *holder, void *data)
{
	struct waiting *waiting = data;

	if (!waiting->said)
		say(waiting->session, "%s is locked by %s; waiting up to %d seconds", waiting->path, holder,
		    LOCK_MILLISECONDS / 1000);
	waiting->said = true;
	return true;
}

struct lock_wait wait_in_sight(struct waiting *waiting)
{
	return (struct lock_wait){ LOCK_MILLISECONDS, say_waiting, waiting };
}

int say_saved(const struct session *session, const char *path, enum save_result result, const char *why,
	      const char *way_out)
{
	switch (result) {
	case SAVE_OK:
		break;
	case SAVE_UNSURE:
		say(session, "%s is written, but it may not survive a power loss: %s", path, why);
		break;
	case SAVE_EXISTS:
		say(session, "%s already exists; %s", path, way_out);
		break;
	case SAVE_CHANGED:
		say(session, "%s was changed by somebody else just now; nothing was written", path);
		break;
	case SAVE_FAILED:
		say(session, "%s: cannot be written: %s", path, why);
		break;
	}
	return save_is_done(result) ? EXIT_FINE : EXIT_USE;
}

/* The rule of output_is_input() for what may be a plan itself. */
static bool is_input(const struct session *session)
{
	struct strbuf which = STRBUF_INIT;
	const char *path = session->options->output;
	bool is = output_is_file(session) && inputs_hold(session->inputs, path, &which);
	const char *meaning = output_is_file(session) ? inputs_name_means(path) : NULL;

	if (is)
		say(session, "%s is what was read as %s: it is not written to, --force or not", path,
		    strbuf_text(&which));
	else if (meaning)
		say(session, "%s would be read as %s: choose another name", path, meaning);
	strbuf_clear(&which);
	return is || meaning;
}

bool output_is_input(const struct session *session)
{
	bool is = is_input(session), plan = !is && output_is_file(session) && inputs_is_plan(session->options->output);

	if (plan)
		say(session, "%s is a plan: it is not written over with what is none, --force or not",
		    session->options->output);
	return is || plan;
}

/* To the output, which was judged. */
static int put_out(const struct session *session, const struct strbuf *text, bool secret)
{
	const char *path = session->options->output, *why = "";
	struct waiting waiting = { session, path, false };
	const struct lock_wait wait = wait_in_sight(&waiting);
	struct save_request request = { .path = path, .bytes = strbuf_text(text), .count = text->length,
					.force = session->options->force, .secret = secret, .wait = &wait };
	enum save_result result;

	if (!output_is_file(session)) {
		/* A failure stays with the stream, and the caller looks at the end. */
		fwrite(strbuf_text(text), 1, text->length, session->out);
		return EXIT_FINE;
	}
	result = platform_save(&request, NULL, &why);
	return say_saved(session, path, result, why,
			 secret ? "passwords go to a new file only" : "--force replaces it");
}

int emit(const struct session *session, const struct strbuf *text, bool secret)
{
	return output_is_input(session) ? EXIT_USE : put_out(session, text, secret);
}

int emit_plan(const struct session *session, const struct strbuf *text)
{
	return is_input(session) ? EXIT_USE : put_out(session, text, false);
}

const struct flow *find_product(const struct session *session, const char *name)
{
	const char *names[16] = { NULL }, *near = NULL;
	const struct flow *flow;

	for (size_t i = 0; i + 1 < ARRAY_LEN(names) && (flow = flow_at(i)); i++) {
		if (str_eq(flow->id, name))
			return flow;
		names[i] = flow->id;
		for (const char *const *other = flow->other_names; other && *other; other++) {
			if (text_equal_fold(*other, name))
				near = flow->id;
		}
	}
	struct strbuf list = STRBUF_INIT;

	if (!near)
		near = text_nearest(name, names);
	for (size_t i = 0; names[i]; i++)
		strbuf_printf(&list, "%s%s", i ? ", " : "", names[i]);
	if (near)
		say(session, "there is no product \"%s\"; did you mean %s?", name, near);
	else
		say(session, "there is no product \"%s\"; there are: %s", name, strbuf_text(&list));
	strbuf_clear(&list);
	return NULL;
}

const struct server *named_server(const struct session *session, const struct plan *plan, const char *name)
{
	const struct server *server = plan_find_server(plan, name);
	size_t count = plan_server_count(plan), kept = 0;
	const char **names, *near;

	if (server)
		return server;
	names = xcalloc(count + 1, sizeof(*names));
	for (size_t i = 0; i < count; i++) {
		const char *each = plan_server(plan, i)->name;

		if (each)
			names[kept++] = each;
	}
	near = text_nearest(name, names);
	if (near)
		say(session, "the plan has no server \"%s\"; did you mean %s?", name, near);
	else
		say(session, "the plan has no server \"%s\"", name);
	free(names);
	return NULL;
}
