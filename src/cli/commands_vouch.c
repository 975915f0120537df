/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * "confirm" and "acknowledge": answers to a prerequisite without the wizard, by the wizard's own rules.
 */
#include "cli/commands.h"

#include "core/text.h"
#include "wizard/wizard_checks.h"

#define NAMES_MOST 255u

/* The row of the check called ID; NULL: the plan has none, which was said with what may have been meant. */
static const struct check_row *find_check(const struct session *session, struct wizard *wizard, const char *id)
{
	const struct check_table *table = wizard_check_table(wizard);
	const char *ids[NAMES_MOST + 1] = { NULL }, *near;

	for (size_t i = 0; i < table->count; i++) {
		if (str_eq(table->rows[i].prereq->id, id))
			return &table->rows[i];
		if (i < NAMES_MOST)
			ids[i] = table->rows[i].prereq->id;
	}
	near = text_nearest(id, ids);
	say(session, "the plan has no prerequisite \"%s\"%s%s%s", id, near ? "; did you mean " : "", near ? near : "",
	    near ? "?" : "; \"scupgrade check --all\" lists them in brackets");
	return NULL;
}

static bool is_named(const struct options *options, const struct check_result *result)
{
	for (size_t i = 2; i < options->argument_count; i++) {
		if (result->server && result->server->name && host_equal(result->server->name, options->arguments[i]))
			return true;
	}
	return options->argument_count == 2;
}

static bool is_checked_on(const struct check_row *row, const struct server *server)
{
	for (size_t i = 0; i < row->count; i++) {
		if (row->results[i].server == server)
			return true;
	}
	return false;
}

/* Else than EXIT_FINE: a SERVER is none of the plan's, or none of the check's, which was said. */
static int ask_servers(const struct session *session, const struct plan *plan, const struct check_row *row)
{
	const struct options *options = session->options;

	for (size_t i = 2; i < options->argument_count; i++) {
		const struct server *server = named_server(session, plan, options->arguments[i]);

		if (!server)
			return EXIT_USE;
		if (!is_checked_on(row, server)) {
			say(session, "\"%s\" is not checked on %s", row->prereq->id, server->name);
			return EXIT_PLAN;
		}
	}
	return EXIT_FINE;
}

/* What the command is about: what is not known is confirmed, everything else that may be answered is acknowledged. */
static bool is_meant(const struct session *session, const struct check_result *result)
{
	const struct options *options = session->options;
	enum answer_kind kind = check_answer_kind(result);

	if (!is_named(options, result))
		return false;
	if (options->command == COMMAND_CONFIRM)
		return kind == ANSWER_CONFIRM;
	return kind == ANSWER_ACKNOWLEDGE || (kind == ANSWER_AGAINST && options->against);
}

/* Why nothing of ROW can be answered. */
static void say_nothing_meant(const struct session *session, const struct check_row *row)
{
	const struct options *options = session->options;
	const char *id = row->prereq->id;

	if (row->prereq->step) {
		say(session, "nobody answers \"%s\": the step %s does this", id, row->prereq->step);
		return;
	}
	if (options->command == COMMAND_CONFIRM) {
		say(session, "there is nothing to confirm for \"%s\": it is known, or was answered already", id);
		return;
	}
	for (size_t i = 0; i < row->count; i++) {
		const struct check_result *result = &row->results[i];

		if (!is_named(options, result) || check_answer_kind(result) != ANSWER_AGAINST)
			continue;
		say(session, "\"%s\" has failed on %s by what a document states: put it right, or accept it with "
			     "--against-document", id, check_result_server(result));
		return;
	}
	say(session, "there is no open warning of \"%s\" to acknowledge", id);
}

static int save(const struct session *session, struct wizard *wizard, const char *path)
{
	struct waiting waiting = { session, path, false };
	const struct lock_wait wait = wait_in_sight(&waiting);
	struct strbuf note = STRBUF_INIT;
	enum wizard_saved saved;

	wizard_wait(wizard, &wait);
	saved = wizard_save(wizard, &note);
	wizard_wait(wizard, NULL);

	if (saved == WIZARD_CONFLICT)
		say(session, "%s was changed by somebody else just now; nothing was written", path);
	else if (note.length)
		say(session, "%s", strbuf_text(&note));
	strbuf_clear(&note);
	return saved == WIZARD_SAVED ? EXIT_FINE : EXIT_USE;
}

static int answer(const struct session *session, struct wizard *wizard)
{
	const struct options *options = session->options;
	const struct check_row *row = find_check(session, wizard, options->arguments[1]);
	const struct check_result **meant;
	struct diags diags = DIAGS_INIT;
	int status = row ? ask_servers(session, wizard_plan(wizard), row) : EXIT_USE;
	size_t count = 0;
	bool ok;

	if (status != EXIT_FINE)
		return status;
	meant = xcalloc(row->count, sizeof(*meant));
	for (size_t i = 0; i < row->count; i++) {
		if (is_meant(session, &row->results[i]))
			meant[count++] = &row->results[i];
	}
	if (!count)
		say_nothing_meant(session, row);
	ok = count && wizard_answer_results(wizard, meant, count, wizard_user(wizard),
					    options->note ? options->note : "", &diags);
	diags_print(&diags, session->err);
	diags_clear(&diags);
	free(meant);
	return ok ? save(session, wizard, options->arguments[0]) : EXIT_PLAN;
}

/* Nobody vouches for what facts would tell that were named and are not there. Else than EXIT_FINE: it was said. */
static int ask_facts(const struct session *session)
{
	struct diags diags = DIAGS_INIT;
	int status = take_facts(session, session->options->facts, session->facts, &diags);

	diags_print(&diags, session->err);
	diags_clear(&diags);
	return status;
}

static int vouch(const struct session *session)
{
	const char *path = session->options->arguments[0];
	struct wizard_options how = { .plan_path = path };
	struct strbuf place = STRBUF_INIT;
	struct diags diags = DIAGS_INIT;
	struct plan_source source;
	struct wizard *wizard;
	struct plan *plan;
	int status = open_changeable(session, path, &plan, &source, &diags);

	diags_clear(&diags);
	if (status != EXIT_FINE)
		return status;
	status = ask_facts(session);
	if (status != EXIT_FINE) {
		plan_free(plan);
		plan_source_clear(&source);
		return status;
	}
	if (facts_place(session, path, &place))
		how.collect.facts_path = strbuf_text(&place);
	inputs_add(session->inputs, how.collect.facts_path);
	wizard = wizard_new(plan, &source, &how);
	status = answer(session, wizard);
	wizard_free(wizard);
	strbuf_clear(&place);
	return status;
}

int command_confirm(const struct session *session)
{
	return vouch(session);
}

int command_acknowledge(const struct session *session)
{
	if (session->options->note)
		return vouch(session);
	say(session, "an acknowledgment needs its reason: --note TEXT");
	return EXIT_USE;
}
