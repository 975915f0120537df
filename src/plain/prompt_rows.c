/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The plain front end's lists of rows: the servers, in their order.
 */
#include "plain/prompt_private.h"

#include "core/text.h"
#include "wizard/wizard_checks.h"
#include "wizard/wizard_servers.h"

enum { SHOWN_AT_ONCE = 50, SHOWN_AFTER_CHANGE = 20 };

/* ---- the list ---- */

static void describe_row(struct prompt *prompt, const struct field *field, size_t index, struct strbuf *out)
{
	struct record *row = field_rows(field, wizard_record(prompt->wizard))->items[index];
	struct arena *arena = arena_new();
	const char *note = field_row_note(field, wizard_plan(prompt->wizard), row, arena);
	size_t shown = 0;

	for (const struct field *const *column = field->columns; *column; column++) {
		if (!((*column)->flags & FIELD_IN_LIST) || !wizard_field_applies(prompt->wizard, row, *column))
			continue;
		if (shown)
			strbuf_puts(out, shown == 1 ? ": " : "; ");
		shown++;
		prompt_show_value(prompt, row, *column, out);
	}
	if (*note)
		strbuf_printf(out, ". %s: %s", field->row_note_label, note);
	arena_free(arena);
}

static void say_row(struct prompt *prompt, const struct field *field, size_t index)
{
	struct strbuf line = STRBUF_INIT;

	describe_row(prompt, field, index, &line);
	prompt_say_list_item(prompt, index + 1, strbuf_text(&line));
	strbuf_clear(&line);
}

/* Rows FIRST (from 0) and on, at most COUNT. */
static void say_rows(struct prompt *prompt, const struct field *field, size_t first, size_t count)
{
	size_t all = field_rows(field, wizard_record(prompt->wizard))->count;

	for (size_t i = first; i < all && i - first < count; i++)
		say_row(prompt, field, i);
	if (all == 0)
		prompt_say(prompt, "  none yet");
	if (first < all && all - first > count)
		prompt_say(prompt, "  and %zu more: show %zu goes on", all - first - count, first + count + 1);
}

void prompt_say_servers(struct prompt *prompt)
{
	const struct plan *plan = wizard_plan(prompt->wizard);
	const struct field *field = plan->flow->servers;
	size_t all = field_rows(field, wizard_record(prompt->wizard))->count;
	struct strbuf line = STRBUF_INIT;

	prompt_say(prompt, "%s:", field_label(field, plan));
	for (size_t i = 0; i < all && i < SHOWN_AT_ONCE; i++) {
		strbuf_reset(&line);
		describe_row(prompt, field, i, &line);
		prompt_say(prompt, "  %s", strbuf_text(&line));
	}
	if (all > SHOWN_AT_ONCE)
		prompt_say(prompt, "  and %zu more", all - SHOWN_AT_ONCE);
	strbuf_clear(&line);
}

/* ---- one row ---- */

static size_t first_bad_column(const struct field *field, const struct diags *diags)
{
	for (size_t column = 0; field->columns[column]; column++) {
		for (size_t i = 0; i < diags->count; i++) {
			const char *dot = strchr(diags->items[i].path, '.');

			if (diags->items[i].severity == SEV_ERROR && dot &&
			    str_eq(dot + 1, field->columns[column]->key))
				return column;
		}
	}
	return 0;
}

static enum reply ask_columns(struct prompt *prompt, const struct field *field, struct record *row, size_t from)
{
	for (size_t i = from; field->columns[i]; i++) {
		enum reply reply;

		if (!wizard_field_applies(prompt->wizard, row, field->columns[i]))
			continue;
		reply = prompt_ask_field(prompt, row, field->columns[i]);
		if (reply != REPLY_TEXT && reply != REPLY_ENTER)
			return reply;
	}
	return REPLY_TEXT;
}

/* Row INDEX, or a new one (SIZE_MAX), whose first column may be given already. */
static enum reply edit_row(struct prompt *prompt, const struct field *field, size_t index, const char *first)
{
	struct record *row = wizard_row_edit(prompt->wizard, field, index);
	struct diags found = DIAGS_INIT;
	enum reply reply = REPLY_TEXT;
	bool done = false;
	size_t from = 0;

	if (*first) {
		wizard_set(prompt->wizard, row, field->columns[0], first, NULL);
		from = wizard_check_field(prompt->wizard, row, field->columns[0], &found);
		prompt_say_findings(prompt, &found);
		if (from == 0)
			wizard_set(prompt->wizard, row, field->columns[0], "", NULL);
	}
	prompt->in_row = true;
	while (!done) {
		reply = ask_columns(prompt, field, row, from);
		if (reply != REPLY_TEXT)
			break;
		diags_clear(&found);
		done = wizard_row_accept(prompt->wizard, field, index, row, &found);
		prompt_say_findings(prompt, &found);
		from = first_bad_column(field, &found);
	}
	prompt->in_row = false;
	diags_clear(&found);
	if (!done)
		prompt_say(prompt, index == SIZE_MAX ? "The new %s is not kept." : "The %s stays as it was.",
			   field->row_name);
	return reply == REPLY_BACK ? REPLY_TEXT : reply;
}

/* ---- the words of the list ---- */

/* A number of a row, or a name that its first column has. False: said why not. */
static bool which_row(struct prompt *prompt, const struct field *field, const char *text, size_t *index)
{
	const struct rows *rows = field_rows(field, wizard_record(prompt->wizard));
	size_t number, unused, count;

	if (prompt_numbers(text, &number, &unused, &count) && count == 1 && number > 0 && number <= rows->count) {
		*index = number - 1;
		return true;
	}
	for (size_t i = 0; *text && i < rows->count; i++) {
		if (text_equal_fold(wizard_text(prompt->wizard, rows->items[i], field->columns[0]), text)) {
			*index = i;
			return true;
		}
	}
	if (*text)
		prompt_say(prompt, "Error: There is no %s \"%s\". Say its number or name.", field->row_name, text);
	else
		prompt_say(prompt, "Error: Say which %s, by its number or name.", field->row_name);
	return false;
}

static void after_change(struct prompt *prompt, const struct field *field, size_t index)
{
	size_t count = field_rows(field, wizard_record(prompt->wizard))->count;

	if (count <= SHOWN_AFTER_CHANGE) {
		say_rows(prompt, field, 0, count);
		return;
	}
	if (index < count)
		say_row(prompt, field, index);
	prompt_say(prompt, "  %zu in all", count);
}

static enum reply edit(struct prompt *prompt, const struct field *field, const char *text)
{
	enum reply reply;
	size_t index;

	if (!which_row(prompt, field, text, &index))
		return REPLY_TEXT;
	reply = edit_row(prompt, field, index, "");
	if (reply == REPLY_TEXT)
		after_change(prompt, field, index);
	return reply;
}

static enum reply add(struct prompt *prompt, const struct field *field, const char *name)
{
	struct strbuf first = STRBUF_INIT;
	enum reply reply;

	/* The name lies in the line that the next question overwrites. */
	strbuf_puts(&first, name);
	reply = edit_row(prompt, field, SIZE_MAX, strbuf_text(&first));
	strbuf_clear(&first);
	if (reply == REPLY_TEXT)
		after_change(prompt, field, field_rows(field, wizard_record(prompt->wizard))->count - 1);
	return reply;
}

/* Both by number or by name: "move 3 1", "move GW01 MS02" to the place of MS02. */
static void move(struct prompt *prompt, const struct field *field, const char *text)
{
	size_t length = strcspn(text, " \t"), from, to;
	const char *where = text + length + strspn(text + length, " \t");
	struct strbuf which = STRBUF_INIT;

	if (!*where) {
		prompt_say(prompt, "Error: Say which and where to, for example move 3 1.");
		return;
	}
	strbuf_add(&which, text, length);
	if (which_row(prompt, field, strbuf_text(&which), &from) && which_row(prompt, field, where, &to)) {
		wizard_row_move(prompt->wizard, field, from, to);
		after_change(prompt, field, to);
	}
	strbuf_clear(&which);
}

static void remove_one(struct prompt *prompt, const struct field *field, const char *text)
{
	size_t index;

	if (!which_row(prompt, field, text, &index))
		return;
	wizard_row_remove(prompt->wizard, field, index);
	after_change(prompt, field, SIZE_MAX);
}

static void repeat(struct prompt *prompt, const struct field *field, const char *text)
{
	size_t index;

	if (which_row(prompt, field, text, &index))
		after_change(prompt, field, wizard_row_repeat(prompt->wizard, field, index));
}

static bool takes_lists(struct prompt *prompt, const struct field *field)
{
	return field == wizard_plan(prompt->wizard)->flow->servers;
}

/* Many at a time: a list that follows, or the file PATH. */
static enum reply take_list(struct prompt *prompt, const struct field *field, const char *path)
{
	struct strbuf kept = STRBUF_INIT;
	enum reply reply;

	/* It lies in the line that the next question overwrites. */
	strbuf_puts(&kept, path);
	reply = kept.length ? prompt_server_file(prompt, strbuf_text(&kept)) : prompt_paste(prompt);
	strbuf_clear(&kept);
	if (reply == REPLY_TEXT)
		after_change(prompt, field, SIZE_MAX);
	return reply;
}

static void show(struct prompt *prompt, const struct field *field, const char *text)
{
	size_t first = 1, last = 0, count;

	if (*text && (!prompt_numbers(text, &first, &last, &count) || !first)) {
		prompt_say(prompt, "Error: Say from where, for example show 51, or show 51 70.");
		return;
	}
	say_rows(prompt, field, first - 1, last >= first ? last - first + 1 : SHOWN_AT_ONCE);
}

static const char *words_of(struct prompt *prompt, const struct field *field)
{
	return takes_lists(prompt, field)
		       ? "add, edit N, repeat N, remove N, move N M, paste, file NAME, facts, show, or done"
		       : "add, edit N, repeat N, remove N, move N M, show, or done";
}

/* REPLY_TEXT: ask again. */
static enum reply obey_list(struct prompt *prompt, const struct field *field, bool *done)
{
	const char *line = strbuf_text(&prompt->line), *rest;

	if ((rest = prompt_after_word(line, "add")) != NULL)
		return add(prompt, field, rest);
	if ((rest = prompt_after_word(line, "edit")) != NULL)
		return edit(prompt, field, rest);
	if (takes_lists(prompt, field) && (rest = prompt_after_word(line, "paste")) != NULL && !*rest)
		return take_list(prompt, field, "");
	if (takes_lists(prompt, field) && (rest = prompt_after_word(line, "file")) != NULL && *rest)
		return take_list(prompt, field, rest);
	if (takes_lists(prompt, field) && (rest = prompt_after_word(line, "facts")) != NULL) {
		prompt_fill(prompt, *rest ? rest : wizard_facts_path(prompt->wizard));
		after_change(prompt, field, SIZE_MAX);
		return REPLY_TEXT;
	}
	if ((rest = prompt_after_word(line, "repeat")) != NULL)
		repeat(prompt, field, rest);
	else if ((rest = prompt_after_word(line, "remove")) != NULL)
		remove_one(prompt, field, rest);
	else if ((rest = prompt_after_word(line, "move")) != NULL)
		move(prompt, field, rest);
	else if ((rest = prompt_after_word(line, "show")) != NULL)
		show(prompt, field, rest);
	else if (prompt_after_word(line, "done"))
		*done = true;
	else
		prompt_say(prompt, "Error: \"%s\" is none of the words: %s.", line, words_of(prompt, field));
	return REPLY_TEXT;
}

enum reply prompt_rows(struct prompt *prompt, const struct field *field)
{
	const struct rows *rows = field_rows(field, wizard_record(prompt->wizard));
	enum reply reply = REPLY_TEXT;
	struct strbuf help = STRBUF_INIT;
	bool done = false;

	strbuf_printf(&help,
		      "%s Words: add NAME, edit N, repeat N (one more like it, with the next number), remove N, "
		      "move N M (N goes to the place of M), show, done; N and M are a number or a name.%s",
		      field_help(field, wizard_plan(prompt->wizard)),
		      takes_lists(prompt, field)
			      ? " paste takes a list, one server on each line, with or without roles after the name, "
				"until an empty line; file NAME reads such a list, or a CSV file; facts fills the "
				"plan from what the collector wrote, facts NAME from there."
			      : "");
	prompt_say(prompt, "%s:", field_label(field, wizard_plan(prompt->wizard)));
	say_rows(prompt, field, 0, SHOWN_AT_ONCE);
	while (!done && reply == REPLY_TEXT) {
		bool needs_one = rows->count == 0 && (field->flags & FIELD_REQUIRED);

		reply = prompt_ask(prompt, words_of(prompt, field), needs_one ? "add" : "done",
				   strbuf_text(&help));
		if (reply == REPLY_ENTER && needs_one) {
			reply = add(prompt, field, "");
		} else if (reply == REPLY_ENTER) {
			done = true;
		} else if (reply == REPLY_TEXT) {
			reply = obey_list(prompt, field, &done);
		}
	}
	strbuf_clear(&help);
	return done ? REPLY_TEXT : reply;
}
