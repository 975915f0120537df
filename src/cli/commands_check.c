/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * "check": the findings of plans, which are its result.
 */
#include "cli/commands.h"
#include "pipeline/road.h"

#include "cli/check_formats.h"

/* "2 errors, 1 warning", to standard error: standard output has findings only. */
static void say_summary(const struct session *session, const char *path, const struct diags *diags)
{
	struct strbuf text = STRBUF_INIT;

	if (diags->errors)
		strbuf_printf(&text, "%zu error%s", diags->errors, diags->errors == 1 ? "" : "s");
	else
		strbuf_puts(&text, "no errors");
	if (diags->warnings)
		strbuf_printf(&text, ", %zu warning%s", diags->warnings, diags->warnings == 1 ? "" : "s");
	else
		strbuf_puts(&text, ", no warnings");
	say(session, "%s: %s", str_eq(path, "-") ? "<stdin>" : path, strbuf_text(&text));
	strbuf_clear(&text);
}

static bool has_code(const char *const *codes, const char *code)
{
	for (; *codes; codes++)
		if (str_eq(*codes, code))
			return true;
	return false;
}

static bool is_wanted(const struct diags *diags, size_t index, const void *data)
{
	const struct options *options = data;
	const char *code = diags->items[index].code;

	return (!*options->select || has_code(options->select, code)) && !has_code(options->ignore, code);
}

static void print_findings(const struct diags *diags, struct strbuf *out, const struct session *session)
{
	for (size_t i = 0; i < diags->count; i++) {
		if (session->options->github)
			finding_github(out, &diags->items[i]);
		else
			diag_format(out, &diags->items[i]);
		emit_part(session, out);
	}
}

/* Not line by line, but all findings together. */
static bool is_one_document(const struct options *options)
{
	return options->json || options->sarif;
}

static void add_unreadable(const char *path, struct diags *diags)
{
	const struct place place = { path, 0, 0 };

	diags_add(diags, SEV_ERROR, "file-unreadable", place, "", "", "The file is not there, or cannot be read.");
}

static bool is_explained(const struct diags *diags, size_t index, const void *data)
{
	(void)data;
	return !str_eq(diags->items[index].code, "target-build-found");
}

/* What the servers recorded, beside the journal. Findings of the journal itself are for who tracks. */
static void judge_records(const struct plan *plan, const char *path, const struct facts *facts, struct diags *diags)
{
	const struct place nowhere = { NULL, 0, 0 };
	struct arena *arena = arena_new();
	struct sequence sequence = sequence_build(plan, arena);
	struct diags found = DIAGS_INIT;
	struct tracker *tracker;
	char now[21];
	size_t unknown = 0;

	platform_time_utc(now);
	tracker = tracker_open(plan, &sequence, path, now, &found);
	for (size_t i = 0; !tracker && i < found.count; i++)
		diags_add(diags, SEV_WARNING, found.items[i].code, nowhere, "", found.items[i].hint, "%s",
			  found.items[i].text);
	diags_clear(&found);
	if (tracker) {
		tracker_use_records(tracker, facts, now, diags);
		for (size_t i = 0; i < sequence.count; i++)
			unknown += step_is_unknown(tracker_status(tracker, i));
		if (!unknown)
			diags_filter(diags, is_explained, NULL);
	}
	tracker_free(tracker);
	arena_free(arena);
}

static int check_one(const struct session *session, const char *path, struct facts **facts, struct strbuf *out,
		     struct diags *all)
{
	struct diags diags = DIAGS_INIT;
	struct plan *plan;
	char today[11];
	int status = load_plan(session, path, &plan, &diags);

	if (status == EXIT_FINE) {
		struct judge_wish wish = judge_wish(session);

		validate_plan(plan, &diags);
		gather_facts(session, plan, path, facts, &diags);
		plan_use_facts(plan, *facts);
		platform_date_local(today);
		support_note(plan, today, &diags);
		prereq_judge_notes(plan, today, &diags);
		prereq_judge(plan, *facts, today, &wish, &diags);
		if (facts_count(*facts) && !diags.errors && !str_eq(path, "-"))
			judge_records(plan, path, *facts, &diags);
	}
	if (status != EXIT_USE) {
		findings_drop_followers(&diags);
		sort_findings(&diags, plan && plan->file ? plan->file : path);
		diags_filter(&diags, is_wanted, session->options);
		if (findings_refuse(session, &diags))
			status = EXIT_PLAN;
		keep_quiet(session, &diags);
		if (is_one_document(session->options))
			diags_add_all(all, &diags);
		else
			print_findings(&diags, out, session);
		if (!session->options->quiet)
			say_summary(session, path, &diags);
	} else {
		/* Why was said; who reads the findings alone has to see it as well. */
		add_unreadable(path, &diags);
		if (is_one_document(session->options))
			diags_add_all(all, &diags);
		else if (session->options->github)
			print_findings(&diags, out, session);
	}
	diags_clear(&diags);
	plan_free(plan);
	return status;
}

int command_check(const struct session *session)
{
	const struct options *options = session->options;
	struct strbuf out = STRBUF_INIT;
	struct diags all = DIAGS_INIT;
	/* Findings name their files, so facts live as long as they do. */
	struct facts **facts = xcalloc(options->argument_count + 1, sizeof(*facts));
	int worst = EXIT_FINE, written;

	for (size_t i = 0; i < options->argument_count; i++) {
		int status = check_one(session, options->arguments[i], &facts[i], &out, &all);

		if (status > worst)
			worst = status;
	}
	if (options->json) {
		diags_json(&out, &all);
		strbuf_putc(&out, '\n');
	} else if (options->sarif) {
		findings_sarif(&out, &all);
	}
	written = emit(session, &out, false);
	diags_clear(&all);
	strbuf_clear(&out);
	for (size_t i = 0; i < options->argument_count; i++)
		facts_free(facts[i]);
	free(facts);
	return written > worst ? written : worst;
}
