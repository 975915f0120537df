/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The plain front end's page of prerequisites: one number a check, whatever its servers.
 *
 * Checks are sorted by state, so one moves when it is answered. The numbers that were read out stay what they were as
 * long as one is on the page.
 */
#include "plain/prompt_private.h"

#include "core/text.h"
#include "model/certainty.h"
#include "wizard/wizard_checks.h"

enum { SHOWN_AT_ONCE = 50, NAMED_MOST = 20 };

struct numbers {
	const struct prereq **items;
	size_t count;
};

/* How a result stood before the checks ran again. */
struct past {
	const struct prereq *prereq;
	const struct server *server;
	enum check_state state;
	struct strbuf found;
};

/* ---- in words ---- */

static void describe(const struct check_result *result, struct strbuf *out)
{
	strbuf_printf(out, "%s: %s", check_result_state(result), result->verdict->title);
	if (result->server)
		strbuf_printf(out, " on %s", check_result_server(result));
	if (*check_result_found(result))
		strbuf_printf(out, ". Found: %s", result->verdict->found);
}

static void describe_row(struct prompt *prompt, const struct check_row *row, struct strbuf *out)
{
	bool answered = row->answered && row->answered == row->counts[row->state];
	const char *state;
	struct strbuf words = STRBUF_INIT;
	size_t first = 0;

	while (first + 1 < row->count && row->results[first].verdict->state != row->state)
		first++;
	state = answered ? check_result_state(&row->results[first]) : check_state_name(row->state);
	check_row_words(prompt->wizard, row, &words);
	strbuf_printf(out, "%s: %s", state, row->title);
	if (!str_eq(strbuf_text(&words), state))
		strbuf_printf(out, ". %s", strbuf_text(&words));
	strbuf_clear(&words);
}

static void say_counts(struct prompt *prompt, bool with_time)
{
	const struct check_table *table = wizard_check_table(prompt->wizard);
	size_t warnings = table->counts[CHECK_WARNING];
	struct strbuf line = STRBUF_INIT;

	strbuf_printf(&line, "%zu failed, %zu %s, %zu not known, %zu done by steps, %zu passed.",
		      table->counts[CHECK_FAILED], warnings, warnings == 1 ? "warning" : "warnings",
		      table->counts[CHECK_UNKNOWN], table->counts[CHECK_PLANNED], table->counts[CHECK_PASSED]);
	if (with_time)
		strbuf_printf(&line, " Checked at %s.", wizard_checked_at(prompt->wizard));
	prompt_say(prompt, "%s", strbuf_text(&line));
	strbuf_clear(&line);
}

/* ---- numbers ---- */

static void make_numbers(struct prompt *prompt, struct numbers *numbers)
{
	const struct check_table *table = wizard_check_table(prompt->wizard);

	numbers->count = table->count;
	numbers->items = xcalloc(table->count + 1, sizeof(*numbers->items));
	for (size_t i = 0; i < table->count; i++)
		numbers->items[i] = table->rows[i].prereq;
}

/* What has become of number NUMBER (from 1); NULL: it is not checked any more. */
static const struct check_row *find(struct prompt *prompt, const struct numbers *numbers, size_t number)
{
	const struct check_table *table = wizard_check_table(prompt->wizard);

	for (size_t i = 0; number <= numbers->count && i < table->count; i++) {
		if (table->rows[i].prereq == numbers->items[number - 1])
			return &table->rows[i];
	}
	return NULL;
}

/* Lists what is open, or (REST) what is not. */
static void say_list(struct prompt *prompt, const struct numbers *numbers, bool rest)
{
	struct strbuf line = STRBUF_INIT;
	size_t said = 0;

	for (size_t number = 1; number <= numbers->count; number++) {
		const struct check_row *row = find(prompt, numbers, number);

		if (!row || (row->open == 0) != rest)
			continue;
		said++;
		strbuf_reset(&line);
		describe_row(prompt, row, &line);
		prompt_say_list_item(prompt, number, strbuf_text(&line));
	}
	if (!said)
		prompt_say(prompt, rest ? "  nothing has passed" : "  nothing is open");
	strbuf_clear(&line);
}

/* ---- verify again ---- */

static int compare_past(const void *a, const void *b)
{
	const struct past *first = a, *second = b;

	if (first->prereq != second->prereq)
		return (uintptr_t)first->prereq < (uintptr_t)second->prereq ? -1 : 1;
	if (first->server != second->server)
		return (uintptr_t)first->server < (uintptr_t)second->server ? -1 : 1;
	return 0;
}

static struct past *remember(const struct check_list *list)
{
	struct past *past = xcalloc(list->count ? list->count : 1, sizeof(*past));

	for (size_t i = 0; i < list->count; i++) {
		past[i].prereq = list->items[i].verdict->prereq;
		past[i].server = list->items[i].server;
		past[i].state = list->items[i].verdict->state;
		strbuf_puts(&past[i].found, list->items[i].verdict->found);
	}
	if (list->count)
		qsort(past, list->count, sizeof(*past), compare_past);
	return past;
}

static bool is_as_before(const struct past *past, size_t count, const struct check_result *result)
{
	struct past wanted = { .prereq = result->verdict->prereq, .server = result->server };
	const struct past *before = count ? bsearch(&wanted, past, count, sizeof(*past), compare_past) : NULL;

	return before && before->state == result->verdict->state &&
	       str_eq(strbuf_text(&before->found), result->verdict->found);
}

/* What is wrong with the facts themselves, or with the probe: no check can say it. */
static void say_facts_findings(struct prompt *prompt)
{
	const struct diags *findings = wizard_facts_findings(prompt->wizard);

	for (size_t i = 0; i < findings->count; i++) {
		const struct diag *finding = &findings->items[i];
		const char *where = finding->at.file ? finding->at.file : finding->path;

		prompt_say(prompt, "  %s: %s%s%s", severity_name(finding->severity), where, *where ? ": " : "",
			   finding->text);
	}
}

void prompt_verify(struct prompt *prompt)
{
	const struct check_list *list = wizard_checks(prompt->wizard);
	size_t count = list->count, changed = 0;
	struct past *past = remember(list);
	struct strbuf line = STRBUF_INIT;
	struct arena *arena = arena_new();
	struct check_list now;

	now = *wizard_recheck(prompt->wizard);
	check_list_sort(&now, arena);
	say_facts_findings(prompt);
	for (size_t i = 0; i < now.count; i++) {
		if (is_as_before(past, count, &now.items[i]) || changed++ >= SHOWN_AT_ONCE)
			continue;
		strbuf_reset(&line);
		describe(&now.items[i], &line);
		prompt_say(prompt, "  now %s", strbuf_text(&line));
	}
	if (changed > SHOWN_AT_ONCE)
		prompt_say(prompt, "  and %zu more changes", changed - SHOWN_AT_ONCE);
	if (!changed)
		prompt_say(prompt, "Nothing has changed.");
	say_counts(prompt, true);
	for (size_t i = 0; i < count; i++)
		strbuf_clear(&past[i].found);
	free(past);
	arena_free(arena);
	strbuf_clear(&line);
}

/* ---- one check ---- */

/* The results that a number means: all, or that of one server. */
struct chosen {
	const struct check_row *row;
	const char *server; /* NULL: all */
};

static bool is_chosen(const struct chosen *chosen, const struct check_result *result)
{
	return !chosen->server ||
	       (result->server && result->server->name && host_equal(result->server->name, chosen->server));
}

static const struct check_result *first_chosen(const struct chosen *chosen)
{
	const struct check_result *first = NULL;

	for (size_t i = 0; i < chosen->row->count; i++) {
		const struct check_result *result = &chosen->row->results[i];

		if (is_chosen(chosen, result) && (!first || result->verdict->state < first->verdict->state))
			first = result;
	}
	return first;
}

/* What stands otherwise than right, server by server. */
static void say_servers(struct prompt *prompt, const struct chosen *chosen)
{
	const struct check_row *row = chosen->row;
	struct strbuf line = STRBUF_INIT;
	size_t said = 0;

	for (size_t i = 0; row->results[0].server && i < row->count; i++) {
		const struct check_result *result = &row->results[i];

		if (!is_chosen(chosen, result) || (result->verdict->state == CHECK_PASSED && !result->verdict->note))
			continue;
		if (said++ == NAMED_MOST) {
			prompt_say(prompt, "  and others");
			break;
		}
		strbuf_reset(&line);
		strbuf_printf(&line, "  %s: %s", check_result_server(result), check_result_state(result));
		if (*check_result_found(result))
			strbuf_printf(&line, ", %s", result->verdict->found);
		if (result->verdict->note)
			strbuf_puts(&line, ". ");
		check_note_words(result, &line);
		prompt_say(prompt, "%s", strbuf_text(&line));
	}
	strbuf_clear(&line);
}

static void say_detail(struct prompt *prompt, const struct chosen *chosen)
{
	const struct check_result *first = first_chosen(chosen);
	struct strbuf line = STRBUF_INIT;

	describe_row(prompt, chosen->row, &line);
	prompt_say(prompt, "%s", strbuf_text(&line));
	if (first->verdict->needed)
		prompt_say(prompt, "  Needed: %s", first->verdict->needed);
	if (!first->server && *check_result_found(first))
		prompt_say(prompt, "  Found: %s", first->verdict->found);
	say_servers(prompt, chosen);
	if (first->verdict->remedy)
		prompt_say(prompt, "  What to do: %s", first->verdict->remedy);
	strbuf_reset(&line);
	if (first->verdict->prereq->source)
		certainty_words(&line, first->verdict->prereq->source);
	if (line.length)
		prompt_say(prompt, "  Source: %s", strbuf_text(&line));
	strbuf_reset(&line);
	if (!first->server)
		check_note_words(first, &line);
	if (line.length)
		prompt_say(prompt, "  %s", strbuf_text(&line));
	strbuf_clear(&line);
}

static enum reply withdraw(struct prompt *prompt, const struct chosen *chosen)
{
	const struct prereq *prereq = chosen->row->prereq;
	size_t most = chosen->row->count, count = 1;
	const struct check_result **results;
	bool yes = false;
	enum reply reply = prompt_ask_yes(prompt, "Withdraw the answer?", &yes);

	if (reply == REPLY_OVER || !yes)
		return reply == REPLY_OVER ? reply : REPLY_TEXT;
	results = xcalloc(most, sizeof(*results));
	/* An older answer may count once the last one is taken back. */
	while (count) {
		const struct check_list *list = wizard_checks(prompt->wizard);

		count = 0;
		for (size_t i = 0; i < list->count; i++) {
			if (list->items[i].verdict->prereq == prereq && list->items[i].verdict->note &&
			    is_chosen(chosen, &list->items[i]))
				results[count++] = &list->items[i];
		}
		if (count)
			wizard_withdraw_answers(prompt->wizard, results, count);
	}
	free(results);
	say_counts(prompt, false);
	return REPLY_TEXT;
}

/* Who, remembered from the last time; then the note. REPLY_BACK: not now. */
static enum reply ask_note(struct prompt *prompt, enum answer_kind kind, const char *missing, struct strbuf *note)
{
	static const char *const who[] = { [ANSWER_CONFIRM] = "Who vouches for it",
					   [ANSWER_ACKNOWLEDGE] = "Who acknowledges it",
					   [ANSWER_AGAINST] = "Who accepts it against the document" };
	const char *question = kind != ANSWER_CONFIRM ? "Why it may stand (back: not now)"
			       : missing              ? "How you know (back: not now)"
						      : "How you know (Enter: no note, back: not now)";
	enum reply reply;

	if (kind == ANSWER_AGAINST)
		prompt_say(prompt, "A document rules out what was found. It can be accepted all the same: the runbook "
				   "will show it in red.");
	if (!prompt->by.length)
		strbuf_puts(&prompt->by, wizard_user(prompt->wizard));
	do {
		reply = prompt_ask_inside(prompt, who[kind], strbuf_text(&prompt->by),
					  "A name such as CONTOSO\\anna.");
	} while (reply == REPLY_TEXT && prompt_slipped(prompt));
	if (reply == REPLY_TEXT) {
		strbuf_reset(&prompt->by);
		strbuf_puts(&prompt->by, strbuf_text(&prompt->line));
	}
	while (reply == REPLY_TEXT || reply == REPLY_ENTER) {
		reply = prompt_ask_inside(prompt, question, NULL, "What you looked at, and when.");
		if (reply == REPLY_TEXT && prompt_slipped(prompt))
			continue;
		if (reply == REPLY_TEXT)
			strbuf_puts(note, strbuf_text(&prompt->line));
		if (reply == REPLY_TEXT || (reply == REPLY_ENTER && !missing))
			break;
		if (reply == REPLY_ENTER)
			prompt_say(prompt, "Error: %s", missing);
	}
	return reply == REPLY_ENTER ? REPLY_TEXT : reply;
}

/* Answers COUNT results of the present run: nothing changes them while the questions are asked. */
static enum reply answer(struct prompt *prompt, const struct check_result *const *results, size_t count)
{
	struct strbuf note = STRBUF_INIT;
	struct diags found = DIAGS_INIT;
	const char *title = results[0]->verdict->title;
	enum reply reply = ask_note(prompt, check_answer_kind(results[0]), answer_note_missing(results, count), &note);

	if (reply == REPLY_TEXT) {
		bool one = results[0]->verdict->prereq == results[count - 1]->verdict->prereq;

		if (wizard_answer_results(prompt->wizard, results, count, strbuf_text(&prompt->by), strbuf_text(&note),
					  &found)) {
			if (one)
				prompt_say(prompt, "Kept: %s.", title);
			say_counts(prompt, false);
		}
		prompt_say_findings(prompt, &found);
	} else if (reply == REPLY_BACK) {
		prompt_say(prompt, "It stays as it is.");
		reply = REPLY_TEXT;
	}
	strbuf_clear(&note);
	diags_clear(&found);
	return reply;
}

/* Everything that is not known, with one note. */
static enum reply answer_everything(struct prompt *prompt)
{
	const struct check_list *list = wizard_checks(prompt->wizard);
	const struct check_result **results = xcalloc(list->count + 1, sizeof(*results));
	size_t count = 0;
	enum reply reply = REPLY_TEXT;

	for (size_t i = 0; i < list->count; i++) {
		if (check_is_askable(&list->items[i]) && list->items[i].verdict->state == CHECK_UNKNOWN &&
		    (!list->items[i].server || list->items[i].server->name))
			results[count++] = &list->items[i];
	}
	if (count) {
		prompt_say(prompt, "You vouch for everything that is not known: %zu checks, %zu answers.",
			   wizard_check_table(prompt->wizard)->counts[CHECK_UNKNOWN], count);
		reply = answer(prompt, results, count);
	} else {
		prompt_say(prompt, "Nothing is left here that is not known.");
	}
	free(results);
	return reply;
}

static enum reply look_at(struct prompt *prompt, const struct numbers *numbers, size_t number, const char *server)
{
	struct chosen chosen = { number > 0 ? find(prompt, numbers, number) : NULL, *server ? server : NULL };
	const struct check_result **results;
	size_t count = 0, answered = 0;
	enum answer_kind kind = ANSWER_NONE;
	enum reply reply = REPLY_TEXT;

	if (!chosen.row || !first_chosen(&chosen)) {
		prompt_say(prompt, chosen.row ? "Error: Check %zu is not about that server." :
						"Error: There is no check %zu. The word show lists them.", number);
		return REPLY_TEXT;
	}
	say_detail(prompt, &chosen);
	results = xcalloc(chosen.row->count, sizeof(*results));
	for (size_t i = 0; i < chosen.row->count; i++) {
		const struct check_result *result = &chosen.row->results[i];

		answered += is_chosen(&chosen, result) && result->verdict->note;
		if (is_chosen(&chosen, result) && check_answer_kind(result) > kind) {
			kind = check_answer_kind(result); /* what has failed comes first, and is asked alone */
			count = 0;
		}
		if (is_chosen(&chosen, result) && check_answer_kind(result) == kind && kind != ANSWER_NONE)
			results[count++] = result;
	}
	if (count)
		reply = answer(prompt, results, count);
	else if (answered)
		reply = withdraw(prompt, &chosen);
	free(results);
	return reply;
}

/* ---- ways to begin ---- */

static void say_beginnings(struct prompt *prompt)
{
	for (int i = 0; i < BEGINNINGS && wizard_wants_facts(prompt->wizard); i++) {
		struct strbuf text = STRBUF_INIT;

		beginning_text(prompt->wizard, (enum beginning)i, &text);
		prompt_say(prompt, "  %s: %s", i == BEGIN_BY_HAND ? "a number" : beginning_words[i],
			   strbuf_text(&text));
		strbuf_clear(&text);
	}
}

static void get_facts(struct prompt *prompt)
{
	struct strbuf said = STRBUF_INIT;

	(void)wizard_write_collector(prompt->wizard, &said);
	prompt_say_text(prompt, strbuf_text(&said));
	strbuf_clear(&said);
}

static void load_facts(struct prompt *prompt, const char *path)
{
	struct strbuf said = STRBUF_INIT;
	bool ok = wizard_load_facts(prompt->wizard, *path ? path : wizard_facts_path(prompt->wizard), &said);

	prompt_say(prompt, "%s%s", ok ? "" : "Error: ", strbuf_text(&said));
	if (ok) {
		say_facts_findings(prompt);
		say_counts(prompt, true);
	}
	strbuf_clear(&said);
}

/* ---- the page ---- */

/* The ways to begin and what is open, unless that is what was read out last. */
static void say_unless_read(struct prompt *prompt, const struct numbers *numbers)
{
	struct strbuf now = STRBUF_INIT;

	for (size_t number = 1; number <= numbers->count; number++) {
		const struct check_row *row = find(prompt, numbers, number);

		strbuf_printf(&now, "\n%zu. ", number);
		if (row && row->open)
			describe_row(prompt, row, &now);
	}
	if (str_eq(strbuf_text(&now), strbuf_text(&prompt->checks_read))) {
		prompt_say(prompt, "The list is as before; show reads it again.");
	} else {
		say_beginnings(prompt);
		say_list(prompt, numbers, false);
	}
	strbuf_clear(&prompt->checks_read);
	prompt->checks_read = now;
}

/* "3", "3 MS01" */
static bool is_number(const char *line, size_t *number, const char **server)
{
	size_t length = strcspn(line, " \t");
	struct strbuf first = STRBUF_INIT;
	size_t unused, count;
	bool is;

	strbuf_add(&first, line, length);
	is = prompt_numbers(strbuf_text(&first), number, &unused, &count) && count == 1;
	strbuf_clear(&first);
	*server = line + length + strspn(line + length, " \t");
	return is;
}

static enum reply obey_checks(struct prompt *prompt, const struct numbers *numbers)
{
	const char *line = strbuf_text(&prompt->line), *rest;
	struct strbuf kept = STRBUF_INIT;
	enum reply reply = REPLY_TEXT;
	size_t number;

	/* Questions overwrite the line. */
	strbuf_puts(&kept, line);
	line = strbuf_text(&kept);
	if (is_number(line, &number, &rest)) {
		reply = look_at(prompt, numbers, number, rest);
	} else if ((rest = prompt_after_word(line, "everything")) != NULL && !*rest) {
		reply = answer_everything(prompt);
	} else if ((rest = prompt_after_word(line, "get")) != NULL && !*rest) {
		get_facts(prompt);
	} else if ((rest = prompt_after_word(line, "load")) != NULL) {
		load_facts(prompt, rest);
	} else if ((rest = prompt_after_word(line, "show")) != NULL && !*rest) {
		say_counts(prompt, true);
		say_list(prompt, numbers, false);
	} else if ((rest = prompt_after_word(line, "passed")) != NULL && !*rest) {
		say_list(prompt, numbers, true);
	} else {
		prompt_say(prompt,
			   "Error: \"%s\" is none of the words: a number, a number and a server, everything, show, "
			   "passed, get, load, verify; Enter goes on.",
			   line);
	}
	strbuf_clear(&kept);
	return reply;
}

enum reply prompt_checks(struct prompt *prompt)
{
	static const char help[] =
		"A number shows one check and lets you confirm what is not known, or acknowledge a warning, for the "
		"servers that are named; with a server after it, 3 MS01, for that one alone. everything does so for "
		"all that is not known. show lists what is open, passed the rest with what you said. get writes the "
		"collector and says how to run it, load reads its facts, load NAME from there. verify checks again. "
		"Enter goes on when nothing is open.";
	struct numbers numbers = { NULL, 0 };
	struct diags found = DIAGS_INIT;
	enum reply reply;

	make_numbers(prompt, &numbers);
	say_counts(prompt, true);
	say_unless_read(prompt, &numbers);
	do {
		reply = prompt_ask(prompt, "Number, everything, show, passed, get, load, verify, or Enter to go on",
				   NULL, help);
		if (reply == REPLY_ENTER) {
			diags_clear(&found);
			reply = prompt_next(prompt, &found);
		} else if (reply == REPLY_TEXT) {
			reply = obey_checks(prompt, &numbers);
		}
	} while (reply == REPLY_TEXT || reply == REPLY_ENTER);
	diags_clear(&found);
	free(numbers.items);
	return reply;
}
