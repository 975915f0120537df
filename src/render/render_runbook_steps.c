/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The steps of the runbook. Equal steps on many servers are one, with a table to sign for each server.
 */
#include "render/render_runbook.h"

#include "pipeline/diagnose.h"

enum { LINKS_WITH_TITLE = 3, LINKS_MOST = 8 };

static void add_part(struct runbook_step *step, const char *label, const char *text)
{
	if (!text || !*text)
		return;
	step->parts[step->part_count++] = (struct runbook_part){ .label = label, .text = text };
}

static void add_code(struct runbook_step *step, const char *label, const char *text, const char *language)
{
	step->parts[step->part_count++] =
		(struct runbook_part){ .form = RUNBOOK_CODE, .label = label, .text = text, .language = language };
}

/* Whether the step INDEX, which STEP requires, is about the same server. */
static bool is_own(const struct runbook *book, const struct step *step, size_t index)
{
	const struct server *server = book->sequence->items[index].server;

	return server && server == step->server;
}

/* Whether the requirement I of TO stands for each server's own; the next of the equal steps tells. */
static bool is_of_each(const struct runbook *book, const struct runbook_step *to, size_t i)
{
	const struct step *step = to->step;

	return to->count > 1 && is_own(book, step, step_set_at(&step->requires, i)) &&
	       step_set_at(&step[1].requires, i) != step_set_at(&step->requires, i);
}

/* Behind what is said in one link with the requirement I of TO: a run of neighbors, but for one of each server. */
static size_t link_end(const struct runbook *book, const struct runbook_step *to, size_t i)
{
	const struct step_set *set = &to->step->requires;
	size_t end = set->count > LINKS_WITH_TITLE ? step_set_run(set, i) : i + 1, next = i + 1;

	if (to->count == 1) /* there is no "each", and a run may be as long as the plan */
		return end;
	if (is_of_each(book, to, i))
		return next;
	while (next < end && !is_of_each(book, to, next))
		next++;
	return next;
}

/* The requirements from I on, before END. */
static const char *link_text(const struct runbook *book, const struct runbook_step *to, size_t i, size_t end)
{
	size_t first = step_set_at(&to->step->requires, i), last = step_set_at(&to->step->requires, end - 1);
	const struct step *step = &book->sequence->items[first];

	if (is_of_each(book, to, i))
		return arena_printf(book->scratch, "%s of the same server", step->task->id);
	if (to->step->requires.count <= LINKS_WITH_TITLE)
		return arena_printf(book->scratch, "step %zu, %s", first + 1, step->title);
	return runbook_range(book->scratch, first + 1, last + 1);
}

/* What comes before, few steps with their titles, many as ranges. */
static void add_requires(struct runbook *book, struct runbook_step *to)
{
	const struct step_set *set = &to->step->requires;
	struct runbook_link *links = arena_array(book->scratch, LINKS_MOST, sizeof(*links));
	struct runbook_part part = { .form = RUNBOOK_STEPS, .label = "Requires", .links = links };
	size_t next;

	if (!set->count)
		return;
	for (size_t i = 0; i < set->count; i = next) {
		next = link_end(book, to, i);
		if (part.link_count == LINKS_MOST) {
			part.more += next - i;
			continue;
		}
		links[part.link_count].number = step_set_at(set, i) + 1;
		links[part.link_count++].text = link_text(book, to, i, next);
	}
	to->parts[to->part_count++] = part;
}

static void add_text(struct runbook_step *to, const struct runbook_group *group)
{
	const struct step *step = to->step;

	switch (step->kind) {
	case STEP_COMMAND:
		to->kind = "Command line";
		if (group->powershell)
			add_code(to, "PowerShell, as administrator", group->line, "powershell");
		else
			add_code(to, "Command Prompt, as administrator", group->line, "bat");
		break;
	case STEP_POWERSHELL:
		to->kind = "PowerShell";
		add_code(to, "PowerShell, as administrator", step->text, "powershell");
		break;
	case STEP_SQL:
		to->kind = "SQL";
		add_code(to, "SQL, in sqlcmd or Management Studio", step->text, "sql");
		break;
	case STEP_MANUAL:
		to->kind = "By hand";
		add_part(to, "Do", step->text);
		break;
	case STEP_KIND_COUNT:
		bug("not a kind of step");
	}
}

/* ---- equal steps ---- */

/* A requires ONE and B the OTHER: the same step, or the same task on its own server. */
static bool same_need(const struct runbook *book, const struct step *a, const struct step *b, size_t one, size_t other)
{
	const struct step *steps = book->sequence->items;

	return one == other ||
	       (steps[one].task == steps[other].task && is_own(book, a, one) && is_own(book, b, other));
}

/* Whether what A and B require beside the steps that they share is the same, and in the same places. */
static bool same_own_needs(const struct runbook *book, const struct step *a, const struct step *b)
{
	const struct step_own *own = a->requires.own, *other = b->requires.own;

	for (size_t i = 0; i < a->requires.own_count; i++)
		if (own[i].at != other[i].at || !same_need(book, a, b, own[i].step, other[i].step))
			return false;
	return true;
}

static bool same_needs(const struct runbook *book, const struct step *a, const struct step *b)
{
	if (a->requires.count != b->requires.count)
		return false;
	if (step_set_shares(&a->requires, &b->requires))
		return same_own_needs(book, a, b);
	for (size_t i = 0; i < a->requires.count; i++)
		if (!same_need(book, a, b, step_set_at(&a->requires, i), step_set_at(&b->requires, i)))
			return false;
	return true;
}

/* They differ in their server alone, so that one description serves both. */
static bool same_step(const struct runbook *book, const struct step *a, const struct step *b)
{
	return a->task == b->task && a->server && b->server && a->kind == b->kind && str_eq(a->text, b->text) &&
	       str_eq(a->why, b->why) && str_eq(a->verify, b->verify) && str_eq(a->failure, b->failure) &&
	       command_words_equal(&a->words, &b->words) && same_needs(book, a, b);
}

/* How many steps from FIRST on are one. */
static size_t equal_steps(const struct runbook *book, size_t first)
{
	const struct step *steps = book->sequence->items;
	size_t count = 1;

	while (first + count < book->sequence->count && same_step(book, &steps[first], &steps[first + count]) &&
	       render_is_wanted(book->input, &steps[first + count]))
		count++;
	return count;
}

/* The line for a Command Prompt; for PowerShell when a prompt cannot carry a value. */
static bool make_line(const struct runbook *book, struct runbook_group *group, struct diags *diags)
{
	const struct step *step = &book->sequence->items[group->first];
	struct diags first = DIAGS_INIT, second = DIAGS_INIT;
	struct strbuf line = STRBUF_INIT;
	bool fine = render_step_line(book->plan, step, SHELL_CMD, NULL, &line, &first);

	if (!fine)
		fine = group->powershell =
			render_step_line(book->plan, step, SHELL_POWERSHELL, NULL, &line, &second);
	diags_add_all(diags, group->powershell ? &second : &first);
	if (fine)
		group->line = arena_strdup(book->arena, strbuf_text(&line));
	strbuf_clear(&line);
	diags_clear(&first);
	diags_clear(&second);
	return fine;
}

bool runbook_group_steps(struct runbook *book, struct diags *diags)
{
	struct runbook_group *groups = NULL;
	bool fine = true;
	size_t room = 0, count;

	for (size_t i = 0; i < book->sequence->count; i += count) {
		const struct step *step = &book->sequence->items[i];

		count = 1;
		if (!render_is_wanted(book->input, step))
			continue;
		count = equal_steps(book, i);
		groups = arena_grow(book->arena, groups, book->group_count, &room, sizeof(*groups));
		groups[book->group_count] = (struct runbook_group){ .first = i, .count = count };
		if (step->kind == STEP_COMMAND)
			fine = make_line(book, &groups[book->group_count], diags) && fine;
		book->group_count++;
	}
	book->groups = groups;
	return fine;
}

/* ---- writing ---- */

static void write_step(const struct runbook_writer *writer, struct runbook *book, const struct runbook_group *group)
{
	const struct step *step = &book->sequence->items[group->first];
	const struct task *task = step->task;
	unsigned minutes = render_minutes(book->input, step);
	struct runbook_step to = { .step = step, .number = group->first + 1, .count = group->count };

	render_hand_out(book->input, book->out);
	arena_reset(book->scratch);
	to.title = render_group_title(book->scratch, step, group->count);
	to.where = group->count > 1 ? arena_printf(book->scratch, "%zu servers", group->count) : step->run_on;
	to.source = task->source;
	to.uncertain = step->uncertain != NULL;
	if (minutes)
		add_part(&to, "Planned",
			 arena_printf(book->scratch, group->count > 1 ? "%u minutes each" : "%u minutes", minutes));
	add_part(&to, "Why", step->why);
	add_part(&to, "Not certain", step->uncertain);
	add_requires(book, &to);
	add_text(&to, group);
	if (step->words.count)
		add_part(&to, "Ends",
			 "A prompt returns at once while setup still runs: put start /wait \"\" before the line, and "
			 "after it, on its own line, echo %errorlevel%. 0 is done; 3010 is done, and Windows has to "
			 "be restarted.");
	add_part(&to, "Verify", step->verify);
	if (task->log && !step->failure)
		add_part(&to, "If it fails, look at", task->log);
	add_part(&to, "If it fails, look at", step->failure);
	if (task->log)
		add_part(&to, "If it fails, read the log",
			 arena_printf(book->scratch, "On a copy of it, or of its folder: scupgrade diagnose %s; with "
				      "--setup-code it says what the exit code means.", path_name(task->log)));
	writer->step(book, &to);
}

/* A phase of which no step is wanted is not mentioned. */
void runbook_write_steps(const struct runbook_writer *writer, struct runbook *book)
{
	const struct runbook_phase *phase = book->phases, *begun = NULL;

	for (size_t i = 0; i < book->group_count; i++) {
		const struct runbook_group *group = &book->groups[i];

		while (group->first >= phase->first + phase->count)
			phase++;
		if (phase != begun)
			writer->phase(book, phase);
		begun = phase;
		write_step(writer, book, group);
	}
}

const char *runbook_signer(struct runbook *book, const struct runbook_step *step, size_t index)
{
	render_hand_out(book->input, book->out);
	return step->step[index].server->name;
}
