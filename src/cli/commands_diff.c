/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * "diff": what differs between two plans, for people and for programs.
 */
#include "cli/commands.h"

#include "core/json.h"
#include "core/text.h"
#include "model/identity.h"
#include "pipeline/compare.h"

#define LINES_SHOWN 8u              /* of a script that changed, of each side */

struct pair {
	const char *paths[2];
	struct plan *plans[2];
	struct sequence sequences[2];
	struct arena *arena;
	struct differences answers, steps;
};

/* ---- JSON ---- */

static void put_json_list(struct strbuf *out, const struct session *session, const struct differences *list, bool steps)
{
	for (size_t i = 0; i < list->count; i++) {
		const struct difference *difference = &list->items[i];

		json_member(out, i ? ",\n    {" : "\n    {", steps ? "step" : "key", difference->where);
		if (steps)
			json_member(out, ", ", "part", difference->part);
		json_member(out, ", ", "change", change_name(difference->change));
		json_member(out, ", ", "before", difference->before);
		json_member(out, ", ", "after", difference->after);
		strbuf_putc(out, '}');
		emit_part(session, out);
	}
	strbuf_puts(out, list->count ? "\n  ]" : "]");
}

static void put_json(struct strbuf *out, const struct session *session, const struct pair *pair)
{
	strbuf_puts(out, "{\n  \"format\": 1,\n  \"plans\": [");
	for (int i = 0; i < 2; i++) {
		struct upgrade_identity identity = plan_identity(pair->plans[i], pair->arena);

		json_member(out, i ? ",\n    {" : "\n    {", "file", pair->paths[i]);
		strbuf_puts(out, ", \"upgrade\": ");
		identity_json(out, &identity);
		strbuf_putc(out, '}');
	}
	strbuf_puts(out, "\n  ],\n  \"answers\": [");
	put_json_list(out, session, &pair->answers, false);
	strbuf_puts(out, ",\n  \"steps\": [");
	put_json_list(out, session, &pair->steps, true);
	strbuf_puts(out, "\n}\n");
}

/* ---- text ---- */

static void put_line(struct strbuf *out, const char *lead, const char *text, size_t length)
{
	struct strbuf line = STRBUF_INIT;

	strbuf_add(&line, text, length);
	strbuf_puts(out, lead);
	text_visible(out, strbuf_text(&line));
	strbuf_putc(out, '\n');
	strbuf_clear(&line);
}

/* "  - setup-folder: 'D:\'" */
static void put_value(struct strbuf *out, const char *lead, const char *where, const char *value)
{
	struct strbuf line = STRBUF_INIT;

	strbuf_printf(&line, "%s: %s", where, value);
	put_line(out, lead, strbuf_text(&line), line.length);
	strbuf_clear(&line);
}

static void put_answer(struct strbuf *out, const struct difference *difference)
{
	struct strbuf line = STRBUF_INIT;

	if (difference->change == CHANGE_MOVED) {
		strbuf_printf(&line, "%s: number %s, was number %s", difference->where, difference->after,
			      difference->before);
		put_line(out, "  > ", strbuf_text(&line), line.length);
		strbuf_clear(&line);
		return;
	}
	if (difference->before)
		put_value(out, "  - ", difference->where, difference->before);
	if (difference->after)
		put_value(out, "  + ", difference->where, difference->after);
}

struct span {
	const char *text;
	size_t length;
};

/* What is left of both texts without the lines that they begin and end with alike. */
static void cut_same(struct span *before, struct span *after)
{
	size_t least = before->length < after->length ? before->length : after->length, same = 0, line = 0;

	while (same < least && before->text[same] == after->text[same]) {
		same++;
		if (before->text[same - 1] == '\n')
			line = same;
	}
	*before = (struct span){ before->text + line, before->length - line };
	*after = (struct span){ after->text + line, after->length - line };
	least -= line;
	for (same = line = 0; same < least; same++) {
		if (before->text[before->length - 1 - same] != after->text[after->length - 1 - same])
			break;
		if (before->text[before->length - 1 - same] == '\n')
			line = same;
	}
	before->length -= line;
	after->length -= line;
}

static void put_lines(struct strbuf *out, const char *lead, struct span span)
{
	size_t shown = 0, more = 0;

	while (span.length) {
		const char *end = memchr(span.text, '\n', span.length);
		size_t length = end ? (size_t)(end - span.text) : span.length;

		if (shown < LINES_SHOWN)
			put_line(out, lead, span.text, length);
		else
			more++;
		shown++;
		span.text += length + (end != NULL);
		span.length -= length + (end != NULL);
	}
	if (more)
		strbuf_printf(out, "%s(lines more: %zu)\n", lead, more);
}

static void put_part(struct strbuf *out, const struct difference *difference)
{
	const char *before = difference->before ? difference->before : "";
	const char *after = difference->after ? difference->after : "";
	struct span left = { before, strlen(before) }, right = { after, strlen(after) };

	strbuf_printf(out, "      %s\n", difference->part);
	cut_same(&left, &right);
	put_lines(out, "        - ", left);
	put_lines(out, "        + ", right);
}

static void put_step(struct strbuf *out, const struct difference *difference, const char *previous)
{
	static const char *const leads[CHANGE_COUNT] = {
		[CHANGE_ADDED] = "  + ", [CHANGE_REMOVED] = "  - ", [CHANGE_CHANGED] = "  ~ ", [CHANGE_MOVED] = "  > ",
	};
	struct strbuf line = STRBUF_INIT;

	if (difference->change != CHANGE_CHANGED || !str_eq(previous, difference->where)) {
		strbuf_puts(&line, difference->where);
		if (difference->change == CHANGE_MOVED)
			strbuf_printf(&line, ": number %s, was number %s", difference->after, difference->before);
		else if (difference->change != CHANGE_CHANGED)
			strbuf_printf(&line, ": %s", difference->after ? difference->after : difference->before);
		put_line(out, leads[difference->change], strbuf_text(&line), line.length);
		strbuf_clear(&line);
	}
	if (difference->part)
		put_part(out, difference);
}

static void put_text(struct strbuf *out, const struct session *session, const struct pair *pair)
{
	const char *previous = NULL;

	if (!pair->answers.count && !pair->steps.count) {
		strbuf_puts(out, "The plans have the same answers and the same steps.\n");
		return;
	}
	put_line(out, "--- ", pair->paths[0], strlen(pair->paths[0]));
	put_line(out, "+++ ", pair->paths[1], strlen(pair->paths[1]));
	strbuf_puts(out, pair->answers.count ? "\nAnswers\n" : "\nAnswers: the same\n");
	for (size_t i = 0; i < pair->answers.count; i++) {
		put_answer(out, &pair->answers.items[i]);
		emit_part(session, out);
	}
	if (pair->plans[0]->flow != pair->plans[1]->flow)
		return;
	strbuf_puts(out, pair->steps.count ? "\nSteps\n" : "\nSteps: the same\n");
	for (size_t i = 0; i < pair->steps.count; i++) {
		put_step(out, &pair->steps.items[i], previous);
		previous = pair->steps.items[i].change == CHANGE_CHANGED ? pair->steps.items[i].where : NULL;
		emit_part(session, out);
	}
}

/* ---- the command ---- */

/* Plans that are not finished can be compared too; ones with answers that cannot be read would be compared by what they
 * do not say. */
static bool load_pair(const struct session *session, struct pair *pair)
{
	bool fine = true;

	for (int i = 0; i < 2 && fine; i++) {
		struct diags diags = DIAGS_INIT;
		int status = load_plan(session, pair->paths[i], &pair->plans[i], &diags);

		fine = status == EXIT_FINE && !diags.errors;
		sort_findings(&diags, pair->paths[i]);
		diags_print(&diags, session->err);
		if (!fine && status != EXIT_USE)
			say(session, "%s has errors, so nothing is compared", pair->paths[i]);
		diags_clear(&diags);
	}
	return fine;
}

static bool compare(struct pair *pair)
{
	pair->arena = arena_new();
	compare_answers(pair->plans[0], pair->plans[1], pair->arena, &pair->answers);
	if (pair->plans[0]->flow == pair->plans[1]->flow) {
		for (int i = 0; i < 2; i++)
			pair->sequences[i] = sequence_build(pair->plans[i], pair->arena);
		compare_steps(&pair->sequences[0], &pair->sequences[1], pair->arena, &pair->steps);
	}
	return !pair->answers.count && !pair->steps.count;
}

int command_diff(const struct session *session)
{
	const char *const *arguments = session->options->arguments;
	struct pair pair = { .paths = { arguments[0], arguments[1] } };
	struct strbuf out = STRBUF_INIT;
	int status = EXIT_USE;

	if (load_pair(session, &pair)) {
		bool same = compare(&pair);

		if (session->options->json)
			put_json(&out, session, &pair);
		else
			put_text(&out, session, &pair);
		status = emit(session, &out, false);
		if (status == EXIT_FINE && !same)
			status = EXIT_PLAN;
	}
	strbuf_clear(&out);
	arena_free(pair.arena);
	for (int i = 0; i < 2; i++)
		plan_free(pair.plans[i]);
	return status;
}
