/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The plain front end's questions: one a field, by its kind.
 */
#include "plain/prompt_private.h"

#include "core/text.h"

static const char *name_of(const struct choice *choice)
{
	return choice->label ? choice->label : choice->id;
}

/* The choice that ID (LENGTH bytes) stands for: its word, its label, its short label. */
static const struct choice *find_choice(const struct field *field, const char *text)
{
	for (const struct choice *choice = field->choices; choice->id; choice++) {
		if (text_equal_fold(text, choice->id) || (choice->label && text_equal_fold(text, choice->label)) ||
		    (choice->brief && text_equal_fold(text, choice->brief)))
			return choice;
	}
	return NULL;
}

/* Calls EACH with every part of the comma-separated TEXT, without blanks around it. */
static void each_part(const char *text, void (*each)(const char *part, void *data), void *data)
{
	struct strbuf part = STRBUF_INIT;

	while (*text) {
		size_t length, used;

		text += strspn(text, " \t");
		used = length = strcspn(text, ",");
		while (used && (text[used - 1] == ' ' || text[used - 1] == '\t'))
			used--;
		strbuf_reset(&part);
		strbuf_add(&part, text, used);
		if (used)
			each(strbuf_text(&part), data);
		text += length + (text[length] == ',');
	}
	strbuf_clear(&part);
}

/* ---- values as a person reads them ---- */

static const char *account_label(const struct prompt *prompt, const struct field *field)
{
	for (const struct account *at = wizard_plan(prompt->wizard)->flow->accounts; at && at->key; at++) {
		if (str_eq(at->key, field->account))
			return at->label;
	}
	return field->account;
}

struct listing {
	const struct field *field;
	const struct plan *plan;
	struct strbuf *out;
	bool numbers; /* of the choices instead of their labels */
	size_t count;
};

/* The number of CHOICE among those that can be taken, from 1; 0: it cannot. */
static size_t number_of(const struct listing *listing, const struct choice *choice)
{
	const struct choice *offer;

	for (size_t i = 0; (offer = field_offer(listing->field, listing->plan, i)); i++) {
		if (offer == choice)
			return i + 1;
	}
	return 0;
}

static void add_choice(const char *part, void *data)
{
	struct listing *listing = data;
	const struct choice *choice = find_choice(listing->field, part);
	size_t number = choice && listing->numbers ? number_of(listing, choice) : 0;

	if (listing->count++)
		strbuf_puts(listing->out, ", ");
	if (number)
		strbuf_printf(listing->out, "%zu", number);
	else
		strbuf_puts(listing->out, choice ? name_of(choice) : part);
}

static void show_rows(struct prompt *prompt, struct record *record, const struct field *field, struct strbuf *out)
{
	enum { SHOWN_ROWS = 8 };
	const struct rows *rows = field_rows(field, record);

	for (size_t i = 0; i < rows->count && i < SHOWN_ROWS; i++) {
		strbuf_puts(out, i ? ", " : "");
		strbuf_puts(out, wizard_text(prompt->wizard, rows->items[i], field->columns[0]));
	}
	if (rows->count > SHOWN_ROWS)
		strbuf_printf(out, ", ... (%zu in all)", rows->count);
}

void prompt_show_value(struct prompt *prompt, struct record *record, const struct field *field, struct strbuf *out)
{
	struct listing listing = { field, wizard_plan(prompt->wizard), out, false, 0 };

	switch (field->kind) {
	case FIELD_CHOICE:
	case FIELD_CHOICES:
		each_part(wizard_text(prompt->wizard, record, field), add_choice, &listing);
		break;
	case FIELD_ROWS:
		show_rows(prompt, record, field, out);
		break;
	case FIELD_SECRET:
		strbuf_printf(out, "%s (%s)",
			      secret_length(wizard_secret(prompt->wizard, field, 0)) ? "typed" : "left out",
			      account_label(prompt, field));
		break;
	case FIELD_TEXT:
	case FIELD_NUMBER:
	case FIELD_FLAG:
	case FIELD_NAMES:
	case FIELD_KIND_COUNT:
		strbuf_puts(out, wizard_text(prompt->wizard, record, field));
		break;
	}
}

/* ---- answers as field_store takes them ---- */

static void take_choice(const char *part, void *data)
{
	struct listing *listing = data;
	const struct choice *choice = find_choice(listing->field, part);
	size_t first, second, count;

	/* "1 3" too: numbers need no comma between them. */
	while (!choice && prompt_numbers(part, &first, &second, &count) && count == 2) {
		struct strbuf one = STRBUF_INIT;

		strbuf_printf(&one, "%zu", first);
		take_choice(strbuf_text(&one), data);
		strbuf_clear(&one);
		part += strspn(part, " \t");
		part += strcspn(part, " \t");
	}
	part += strspn(part, " \t");
	if (!choice && prompt_numbers(part, &first, &second, &count) && first > 0)
		choice = field_offer(listing->field, listing->plan, first - 1);
	if (listing->count++)
		strbuf_puts(listing->out, ", ");
	strbuf_puts(listing->out, choice ? choice->id : part);
}

static void translate(const struct prompt *prompt, const struct field *field, const char *answer, struct strbuf *out)
{
	struct listing listing = { field, wizard_plan(prompt->wizard), out, false, 0 };
	const struct choice *whole;

	switch (field->kind) {
	case FIELD_CHOICE:
	case FIELD_CHOICES:
		/* A label may have a comma in it. */
		whole = find_choice(field, answer);
		if (whole)
			strbuf_puts(out, whole->id);
		else
			each_part(answer, take_choice, &listing);
		break;
	case FIELD_FLAG:
		strbuf_puts(out, text_equal_fold(answer, "y") ? "yes" : text_equal_fold(answer, "n") ? "no" : answer);
		break;
	case FIELD_TEXT:
	case FIELD_NUMBER:
	case FIELD_NAMES:
	case FIELD_ROWS:
	case FIELD_SECRET:
	case FIELD_KIND_COUNT:
		strbuf_puts(out, answer);
		break;
	}
}

/* ---- one field ---- */

static const char *label_of(const struct prompt *prompt, const struct field *field)
{
	return field_label(field, wizard_plan(prompt->wizard));
}

/* Once a page: a list of servers asks the same question again and again, and "?" tells the choices too. */
static void say_choices(struct prompt *prompt, const struct field *field)
{
	const struct choice *offer;

	for (size_t i = 0; i < prompt->listed_count; i++) {
		if (prompt->listed[i] == field)
			return;
	}
	if (prompt->listed_count < ARRAY_LEN(prompt->listed))
		prompt->listed[prompt->listed_count++] = field;
	prompt_say(prompt, "%s:", label_of(prompt, field));
	for (size_t i = 0; (offer = field_offer(field, wizard_plan(prompt->wizard), i)); i++)
		prompt_say_list_item(prompt, i + 1, name_of(offer));
}

/* The question and the value in brackets, by kind. */
static void make_question(struct prompt *prompt, struct record *record, const struct field *field,
			  struct strbuf *question, struct strbuf *shown)
{
	struct listing listing = { field, wizard_plan(prompt->wizard), shown, true, 0 };

	strbuf_puts(question, label_of(prompt, field));
	switch (field->kind) {
	case FIELD_FLAG:
		strbuf_puts(question, " (yes/no)");
		break;
	case FIELD_CHOICE:
		strbuf_puts(question, ", number or word");
		break;
	case FIELD_CHOICES:
		strbuf_puts(question, ", numbers or words with commas between");
		break;
	case FIELD_NAMES:
		strbuf_puts(question, ", with commas between");
		break;
	case FIELD_TEXT:
	case FIELD_NUMBER:
	case FIELD_ROWS:
	case FIELD_SECRET:
	case FIELD_KIND_COUNT:
		break;
	}
	if (field->kind == FIELD_CHOICE || field->kind == FIELD_CHOICES)
		each_part(wizard_text(prompt->wizard, record, field), add_choice, &listing);
	else
		strbuf_puts(shown, wizard_text(prompt->wizard, record, field));
}

/* Help for "?": what the field says, what Enter does, and the choices' own words. */
static void make_help(const struct prompt *prompt, const struct field *field, bool has_value, struct strbuf *help)
{
	const struct plan *plan = wizard_plan(prompt->wizard);
	struct arena *arena = arena_new();
	const struct choice *offer;

	strbuf_puts(help, field_help(field, plan));
	for (size_t i = 0; (offer = field_offer(field, plan, i)); i++) {
		const char *said = field_choice_help(field, plan, offer, arena);

		if (said)
			strbuf_printf(help, " %zu, %s: %s", i + 1, name_of(offer), said);
	}
	arena_free(arena);
	strbuf_puts(help, has_value                         ? " Enter keeps the value in brackets."
			  : (field->flags & FIELD_REQUIRED) ? ""
							    : " Enter leaves it empty.");
	/* Last and without a full stop, which would look like a part of it. That of choices is a word for files. */
	if (field->example && field->kind != FIELD_CHOICE && field->kind != FIELD_CHOICES)
		strbuf_printf(help, " Example: %s", field->example);
}

/* Keeps the answer when it is right; what was there before comes back when it is not. False: ask again. */
static bool try_answer(struct prompt *prompt, struct record *record, const struct field *field, const char *answer)
{
	struct wizard *wizard = prompt->wizard;
	struct strbuf before = STRBUF_INIT, value = STRBUF_INIT;
	struct diags found = DIAGS_INIT;
	bool ok;

	strbuf_puts(&before, wizard_text(wizard, record, field));
	translate(prompt, field, answer, &value);
	ok = wizard_set(wizard, record, field, strbuf_text(&value), &found);
	/* Another product has another plan, whose record is a new one. */
	if (field == &field_product)
		record = wizard_record(wizard);
	ok = ok && wizard_check_field(wizard, record, field, &found);
	prompt_say_findings(prompt, &found);
	if (!ok)
		wizard_set(wizard, record, field, strbuf_text(&before), NULL);
	strbuf_clear(&before);
	strbuf_clear(&value);
	diags_clear(&found);
	return ok;
}

/* Enter: the value that is there is judged like a typed one. */
static bool keep_answer(struct prompt *prompt, struct record *record, const struct field *field)
{
	struct diags found = DIAGS_INIT;
	bool ok = wizard_check_field(prompt->wizard, record, field, &found);

	prompt_say_findings(prompt, &found);
	diags_clear(&found);
	return ok;
}

static enum reply ask_value(struct prompt *prompt, struct record *record, const struct field *field)
{
	struct strbuf question = STRBUF_INIT, shown = STRBUF_INIT, help = STRBUF_INIT;
	bool ok = false, is_text = field->kind == FIELD_TEXT || field->kind == FIELD_NAMES;
	enum reply reply;

	make_question(prompt, record, field, &question, &shown);
	make_help(prompt, field, shown.length > 0, &help);
	do {
		reply = prompt_ask(prompt, strbuf_text(&question), shown.length ? strbuf_text(&shown) : NULL,
				   strbuf_text(&help));
		if (reply == REPLY_TEXT)
			ok = !(is_text && prompt_slipped(prompt)) &&
			     try_answer(prompt, record, field, strbuf_text(&prompt->line));
		else if (reply == REPLY_ENTER)
			ok = keep_answer(prompt, record, field);
	} while (!ok && (reply == REPLY_TEXT || reply == REPLY_ENTER));
	strbuf_clear(&question);
	strbuf_clear(&shown);
	strbuf_clear(&help);
	return reply;
}

/* ---- passwords ---- */

static enum reply ask_twice(struct prompt *prompt, const struct field *field, const char *question)
{
	struct wizard *wizard = prompt->wizard;
	struct secret *first = wizard_secret(wizard, field, 0), *second = wizard_secret(wizard, field, 1);
	const char *help = field_help(field, wizard_plan(wizard));
	struct diags found = DIAGS_INIT;
	enum reply reply;
	bool ok = false;

	do {
		secret_clear(first);
		secret_clear(second);
		reply = prompt_ask_secret(prompt, question, help, first);
		if (reply != REPLY_TEXT)
			break;
		reply = prompt_ask_secret(prompt, "The same again", help, second);
		if (reply == REPLY_OVER || reply == REPLY_MOVED)
			break;
		diags_clear(&found);
		ok = wizard_check_field(wizard, wizard_record(wizard), field, &found);
		prompt_say_findings(prompt, &found);
	} while (!ok);
	/* Nothing half typed stays behind. */
	if (reply == REPLY_OVER || reply == REPLY_MOVED) {
		secret_clear(first);
		secret_clear(second);
	}
	diags_clear(&found);
	return reply;
}

static enum reply ask_password(struct prompt *prompt, const struct field *field)
{
	struct strbuf question = STRBUF_INIT;
	enum reply reply = REPLY_TEXT;
	bool change = false;

	if (secret_length(wizard_secret(prompt->wizard, field, 0))) {
		strbuf_printf(&question, "%s (%s) is typed already. Change it?", label_of(prompt, field),
			      account_label(prompt, field));
		reply = prompt_ask_yes(prompt, strbuf_text(&question), &change);
	} else {
		change = true;
	}
	strbuf_reset(&question);
	strbuf_printf(&question, "%s (%s), not shown, Enter leaves it out", label_of(prompt, field),
		      account_label(prompt, field));
	if (change && reply == REPLY_TEXT)
		reply = ask_twice(prompt, field, strbuf_text(&question));
	strbuf_clear(&question);
	return reply == REPLY_OVER || reply == REPLY_MOVED ? reply : REPLY_TEXT;
}

bool prompt_is_settled(const struct prompt *prompt, const struct field *field, struct record *record)
{
	const struct plan *plan = wizard_plan(prompt->wizard);

	return field->kind == FIELD_CHOICE && !field_offer(field, plan, 1) &&
	       str_eq(wizard_text(prompt->wizard, record, field), field_offer(field, plan, 0)->id);
}

enum reply prompt_ask_field(struct prompt *prompt, struct record *record, const struct field *field)
{
	if (prompt_is_settled(prompt, field, record)) {
		prompt_say(prompt, "%s: %s", label_of(prompt, field),
			   name_of(field_offer(field, wizard_plan(prompt->wizard), 0)));
		return REPLY_TEXT;
	}
	switch (field->kind) {
	case FIELD_ROWS:
		return prompt_rows(prompt, field);
	case FIELD_SECRET:
		return ask_password(prompt, field);
	case FIELD_CHOICE:
	case FIELD_CHOICES:
		say_choices(prompt, field);
		break;
	case FIELD_TEXT:
	case FIELD_NUMBER:
	case FIELD_FLAG:
	case FIELD_NAMES:
	case FIELD_KIND_COUNT:
		break;
	}
	return ask_value(prompt, record, field);
}
