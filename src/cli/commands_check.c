/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * "check": the findings of plans, which are its result.
 */
#include "cli/commands.h"

#include "cli/check_formats.h"
#include "cli/finding_codes.h"
#include "pipeline/after.h"
#include "pipeline/road.h"

/* "2 errors, 1 warning", to standard error: standard output has findings only. */
static void say_summary(const struct session *session, const char *path, const struct diags *diags)
{
	struct strbuf text = STRBUF_INIT;

	if (diags->errors)
		strbuf_printf(&text, diags->errors == 1 ? "%zu error" : "%zu errors", diags->errors);
	else
		strbuf_puts(&text, "no errors");
	if (diags->warnings)
		strbuf_printf(&text, diags->warnings == 1 ? ", %zu warning" : ", %zu warnings", diags->warnings);
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

static void print_findings(const struct diags *diags, const char *path, struct strbuf *out,
			   const struct session *session)
{
	if (session->options->junit) {
		junit_plan(out, path, diags, session->options->strict);
		return;
	}
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

/* What cannot be read is said on standard error, and found for who reads the findings alone. */
static void tell_unreadable(const struct session *session, const char *path, struct diags *diags)
{
	const struct place place = { path, 1, 1 };

	sort_findings(diags, path);
	diags_print(diags, session->err);
	if (!diags->count)
		diags_add(diags, SEV_ERROR, "file-unreadable", place, "", "", "There is no such file.");
}

/* The target's build of SERVER came by a step that is recorded. */
static bool is_recorded(const struct tracker *tracker, const char *server)
{
	const struct sequence *sequence = tracker_sequence(tracker);

	for (size_t i = 0; i < sequence->count; i++) {
		const struct step *step = &sequence->items[i];

		if (tracker_has_target(tracker, i) && str_eq(step->server->name, server))
			return tracker_is_settled(tracker, i);
	}
	return false;
}

static bool any_unknown(const struct tracker *tracker)
{
	bool any = false;

	for (size_t i = 0; i < tracker_sequence(tracker)->count; i++)
		any = any || step_is_unknown(tracker_status(tracker, i));
	return any;
}

/* What is said of the target's build stays as long as no record explains it. DATA: the tracker. */
static bool is_unexplained(const struct diags *diags, size_t index, const void *data)
{
	const struct diag *diag = &diags->items[index];

	if (str_eq(diag->code, "target-build-found"))
		return any_unknown(data);
	return !str_eq(diag->code, "installed-release") || !is_recorded(data, diag->path);
}

/* Once somebody has begun to record, the end is what the record says. */
static void judge_steps(const struct tracker *tracker, const struct sequence *sequence, const char *path,
			struct diags *diags)
{
	const struct place place = { path, 0, 0 };
	size_t open = 0, first = 0, recorded = 0;

	for (size_t i = 0; i < sequence->count; i++) {
		const struct step_status *status = tracker_status(tracker, i);

		recorded += status->state != STATE_WAITING && !(status->record && status->record->build);
		if (tracker_is_settled(tracker, i))
			continue;
		first = open++ ? first : i;
	}
	if (open && recorded)
		diags_add(diags, SEV_ERROR, "after-steps", place, "upgrade",
			  "Do it, or record what became of it (track, mark).",
			  open == 1 ? "%zu step is open by the record: %s." : "%zu steps are open by the record, the "
									      "first one is %s.",
			  open, sequence->items[first].id);
}

/* Findings outlive the tracker: their journal has the name by which it is known to be read. */
static void keep_names(const struct inputs *inputs, struct diags *found)
{
	for (size_t i = 0; i < found->count; i++) {
		const char *name = inputs_name(inputs, found->items[i].at.file);

		if (name)
			found->items[i].at.file = name;
	}
}

/* The journal and what the servers recorded. A journal that cannot be read is told, and makes no plan wrong. */
static void judge_records(const struct session *session, const struct plan *plan, const char *path,
			  const struct facts *facts, struct diags *diags)
{
	struct arena *arena = arena_new();
	struct sequence sequence = sequence_build(plan, arena);
	struct diags found = DIAGS_INIT;
	struct tracker *tracker;
	char now[21];

	platform_time_utc(now);
	tracker = tracker_open(plan, &sequence, path, facts, now, &found);
	keep_names(session->inputs, &found);
	(tracker ? diags_add_all : diags_add_mild)(diags, &found);
	diags_clear(&found);
	if (tracker) {
		if (session->options->after)
			judge_steps(tracker, &sequence, path, diags);
		diags_filter(diags, is_unexplained, tracker);
	}
	tracker_free(tracker);
	arena_free(arena);
}

/* Without facts and a journal there are no records, and the steps need not be built. */
static bool may_have_records(const char *path, const struct facts *facts)
{
	struct strbuf journal = STRBUF_INIT, ignored = STRBUF_INIT;
	struct file_identity identity;
	const char *why;
	bool may;

	if (str_eq(path, "-"))
		return false;
	journal_path(path, &journal);
	may = facts_count(facts) ||
	      platform_log_read(strbuf_text(&journal), 0, &ignored, &identity, &why) != LOG_MISSING;
	strbuf_clear(&journal);
	strbuf_clear(&ignored);
	return may;
}

/* ---- the end state ---- */

/* The build of the target is what should be found, and where SMA's databases differ the rows of the end state say
 * so. */
static bool is_about_the_end(const struct diags *diags, size_t index, const void *data)
{
	const struct diag *diag = &diags->items[index];

	(void)data;
	return !str_eq(diag->code, "target-build-found") &&
	       !(str_eq(diag->code, "facts-differ") && str_starts(diag->path, "database."));
}

/* The facts beside the plan, when they are others than those that were named. */
static struct facts *facts_before(const struct session *session, const char *path)
{
	struct strbuf place = STRBUF_INIT;
	struct diags ignored = DIAGS_INIT;
	struct facts *before = NULL;

	if (!str_eq(path, "-") && facts_found(path, &place) && session->options->facts &&
	    !platform_same_file(strbuf_text(&place), session->options->facts))
		(void)take_facts(session, strbuf_text(&place), &before, &ignored);
	diags_clear(&ignored);
	strbuf_clear(&place);
	return before;
}

static void judge_end(const struct session *session, const struct plan *plan, const char *path,
		      const struct facts *facts, struct diags *diags)
{
	struct judge_wish wish = judge_wish(session);
	struct facts *before = facts_before(session, path);

	diags_filter(diags, is_about_the_end, NULL);
	after_judge(plan, facts, before, &wish, diags);
	facts_free(before);
}

static void judge_start(const struct session *session, const struct plan *plan, const struct facts *facts,
			struct diags *diags)
{
	struct judge_wish wish = judge_wish(session);
	char today[11];

	platform_date_local(today);
	support_note(plan, today, diags);
	prereq_judge_notes(plan, today, diags);
	prereq_judge(plan, facts, today, &wish, diags);
}

/* ---- one folder of facts for several plans ---- */

/* What is wrong in its files is told with the first plan, and a computer that none of them has with the last one. */
struct shared_facts {
	struct diags told;      /* in those files, with the plans before */
	struct diags strangers; /* computers that no plan so far has */
	size_t plans;           /* so far */
	bool last;
	const char *file;       /* of the plan at hand */
};

static bool is_among(const struct diags *diags, const struct diag *wanted)
{
	for (size_t i = 0; i < diags->count; i++) {
		const struct diag *diag = &diags->items[i];

		if (diag->at.line == wanted->at.line && str_eq(diag->at.file, wanted->at.file) &&
		    str_eq(diag->code, wanted->code) && str_eq(diag->text, wanted->text))
			return true;
	}
	return false;
}

static bool is_stranger(const struct diag *diag)
{
	return str_eq(diag->code, "facts-unknown-server");
}

/* DATA: the findings of the plan at hand. */
static bool is_stranger_still(const struct diags *strangers, size_t index, const void *data)
{
	return is_among(data, &strangers->items[index]);
}

static bool is_to_be_told(const struct diags *diags, size_t index, const void *data)
{
	const struct shared_facts *shared = data;
	const struct diag *diag = &diags->items[index];

	if (is_stranger(diag))
		return shared->last && is_among(&shared->strangers, diag);
	return str_eq(diag->at.file, shared->file) || !is_among(&shared->told, diag);
}

static void add_same(struct diags *to, const struct diag *diag)
{
	diags_add(to, diag->severity, diag->code, diag->at, diag->path, diag->hint, "%s", diag->text);
}

/* Leaves of DIAGS, those of the plan FILE, what is told with it. */
static void share(struct shared_facts *shared, const char *file, struct diags *diags)
{
	bool first = shared->plans++ == 0;

	shared->file = file;
	diags_filter(&shared->strangers, is_stranger_still, diags);
	for (size_t i = 0; first && i < diags->count; i++) {
		if (is_stranger(&diags->items[i]))
			add_same(&shared->strangers, &diags->items[i]);
	}
	diags_filter(diags, is_to_be_told, shared);
	for (size_t i = 0; i < diags->count; i++) {
		if (!str_eq(diags->items[i].at.file, file))
			add_same(&shared->told, &diags->items[i]);
	}
}

/* ---- many computers that the plan does not have ---- */

enum { STRANGERS_SHOWN = 3 };

static size_t strangers_before(const struct diags *diags, size_t index)
{
	size_t count = 0;

	for (size_t i = 0; i < index; i++)
		count += is_stranger(&diags->items[i]);
	return count;
}

static bool is_shown(const struct diags *diags, size_t index, const void *data)
{
	(void)data;
	return !is_stranger(&diags->items[index]) || strangers_before(diags, index) < STRANGERS_SHOWN;
}

/* A folder for several groups, or products, has many: one finding for the rest. */
static void join_strangers(struct diags *diags)
{
	size_t count = strangers_before(diags, diags->count), more = count - STRANGERS_SHOWN;
	struct place at = { NULL, 0, 0 };

	if (count <= STRANGERS_SHOWN + 1)
		return;
	for (size_t i = 0, seen = 0; i < diags->count && seen <= STRANGERS_SHOWN; i++) {
		at = diags->items[i].at;
		seen += is_stranger(&diags->items[i]);
	}
	diags_filter(diags, is_shown, NULL);
	diags_add(diags, SEV_WARNING, "facts-unknown-server", at, "server", "",
		  "The plan lacks %zu more servers that there are facts of; they count for nothing either.", more);
	diags_sort(diags);
}

static int check_one(const struct session *session, const char *path, struct facts **facts, struct strbuf *out,
		     struct diags *all, struct shared_facts *shared)
{
	struct diags diags = DIAGS_INIT;
	struct plan *plan;
	int status = load_plan(session, path, &plan, &diags);

	if (status == EXIT_FINE) {
		bool good = validate_plan(plan, &diags) && !diags.errors;

		gather_facts(session, plan, path, facts, &diags);
		plan_use_facts(plan, *facts);
		if (!session->options->after)
			judge_start(session, plan, *facts, &diags);
		if (good && may_have_records(path, *facts))
			judge_records(session, plan, path, *facts, &diags);
		if (session->options->after && *facts)
			judge_end(session, plan, path, *facts, &diags);
	}
	if (status != EXIT_USE) {
		findings_drop_followers(&diags);
		sort_findings(&diags, plan && plan->file ? plan->file : path);
		if (session->options->facts)
			share(shared, plan && plan->file ? plan->file : path, &diags);
		join_strangers(&diags);
		diags_filter(&diags, is_wanted, session->options);
		if (findings_refuse(session, &diags))
			status = facts_unreadable(session, &diags) ? EXIT_USE : EXIT_PLAN;
		keep_quiet(session, &diags);
		if (is_one_document(session->options))
			diags_add_all(all, &diags);
		else
			print_findings(&diags, path, out, session);
		if (!session->options->quiet)
			say_summary(session, path, &diags);
	} else {
		tell_unreadable(session, path, &diags);
		if (is_one_document(session->options))
			diags_add_all(all, &diags);
		else if (session->options->github || session->options->junit)
			print_findings(&diags, path, out, session);
	}
	diags_clear(&diags);
	plan_free(plan);
	return status;
}

/* False: a plan has no facts, which was said. */
static bool has_facts(const struct session *session)
{
	struct strbuf place = STRBUF_INIT;
	bool all = true;

	for (size_t i = 0; i < session->options->argument_count; i++)
		all = all && facts_place(session, session->options->arguments[i], &place);
	strbuf_clear(&place);
	if (!all)
		say(session, "--after compares the plan with facts that were collected when all was done; name their "
			     "folder with --facts");
	return all;
}

/* False: one of CODES is none, which was said. A mistyped one would let everything pass, or nothing. */
static bool codes_exist(const struct session *session, const char *option, const char *const *codes)
{
	for (; *codes; codes++) {
		const char *near = finding_code_known(*codes) ? *codes : finding_code_nearest(*codes);

		if (near == *codes)
			continue;
		say(session, "--%s: there is no code \"%s\"%s%s%s", option, *codes, near ? "; did you mean " : "",
		    near ? near : "", near ? "?" : "");
		return false;
	}
	return true;
}

int command_check(const struct session *session)
{
	const struct options *options = session->options;
	struct strbuf out = STRBUF_INIT;
	struct diags all = DIAGS_INIT;
	struct shared_facts shared = { .told = DIAGS_INIT, .strangers = DIAGS_INIT };
	/* Findings name their files, so facts live as long as they do. */
	struct facts **facts = xcalloc(options->argument_count + 1, sizeof(*facts));
	int worst = EXIT_FINE, written;

	if (!codes_exist(session, "select", options->select) || !codes_exist(session, "ignore", options->ignore) ||
	    (options->after && !has_facts(session))) {
		free(facts);
		return EXIT_USE;
	}
	if (options->junit)
		junit_begin(&out);
	for (size_t i = 0; i < options->argument_count; i++) {
		int status;

		shared.last = i + 1 == options->argument_count;
		status = check_one(session, options->arguments[i], &facts[i], &out, &all, &shared);
		if (status > worst)
			worst = status;
	}
	if (options->json) {
		diags_json(&out, &all);
		strbuf_putc(&out, '\n');
	} else if (options->sarif) {
		findings_sarif(&out, &all);
	} else if (options->junit) {
		junit_end(&out);
	}
	written = emit(session, &out, false);
	diags_clear(&all);
	diags_clear(&shared.told);
	diags_clear(&shared.strangers);
	strbuf_clear(&out);
	for (size_t i = 0; i < options->argument_count; i++)
		facts_free(facts[i]);
	free(facts);
	return written > worst ? written : worst;
}
