/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The plain front end's page of prerequisites.
 *
 * Results are sorted by state, so a result moves when it is answered. The numbers that were read out stay what they
 * were as long as one is on the page.
 */
#include "plain/prompt_private.h"

#include "core/text.h"
#include "model/certainty.h"

enum { SHOWN_AT_ONCE = 50, MOST_NUMBERS = 9999 };

/* A result's name that outlives a run. */
struct numbered {
	const struct prereq *prereq;
	const struct server *server;
};

struct numbers {
	struct numbered *items;
	size_t count;
};

/* How a result stood before the checks ran again. */
struct past {
	struct numbered which;
	enum check_state state;
	struct strbuf found;
};

/* ---- results in words ---- */

static const char *state_word(const struct check_result *result)
{
	if (!result->note)
		return check_state_name(result->state);
	return result->raw == CHECK_UNKNOWN ? "confirmed" : "acknowledged";
}

/* Whether what was found is more than the state in other words. */
static bool says_more(const struct check_result *result)
{
	return *result->found && !str_eq(result->found, check_state_name(result->raw)) &&
	       !str_eq(result->found, "confirmed");
}

static void describe(const struct check_result *result, struct strbuf *out)
{
	strbuf_printf(out, "%s: %s", state_word(result), result->title);
	if (result->server)
		strbuf_printf(out, " on %s", result->server->name ? result->server->name : "a server without a name");
	if (says_more(result))
		strbuf_printf(out, ". Found: %s", result->found);
}

/* "0 failed, 1 warning, 3 not known, 19 passed (2 confirmed)." */
static void add_counts(const struct check_list *list, struct strbuf *out)
{
	size_t confirmed = 0, acknowledged = 0, warnings = list->counts[CHECK_WARNING];

	for (size_t i = 0; i < list->count; i++) {
		confirmed += list->items[i].note && list->items[i].raw == CHECK_UNKNOWN;
		acknowledged += list->items[i].note && list->items[i].raw == CHECK_WARNING;
	}
	strbuf_printf(out, "%zu failed, %zu %s", list->counts[CHECK_FAILED], warnings,
		      warnings == 1 ? "warning" : "warnings");
	if (acknowledged)
		strbuf_printf(out, " (%zu acknowledged)", acknowledged);
	strbuf_printf(out, ", %zu not known, %zu passed", list->counts[CHECK_UNKNOWN], list->counts[CHECK_PASSED]);
	if (confirmed)
		strbuf_printf(out, " (%zu confirmed)", confirmed);
	strbuf_putc(out, '.');
}

static void say_counts(struct prompt *prompt, bool with_time)
{
	struct strbuf line = STRBUF_INIT;

	add_counts(wizard_checks(prompt->wizard), &line);
	if (with_time)
		strbuf_printf(&line, " Checked at %s.", wizard_checked_at(prompt->wizard));
	prompt_say(prompt, "%s", strbuf_text(&line));
	strbuf_clear(&line);
}

/* ---- numbers ---- */

static void make_numbers(struct prompt *prompt, struct numbers *numbers)
{
	const struct check_list *list = wizard_checks(prompt->wizard);

	numbers->count = list->count < MOST_NUMBERS ? list->count : MOST_NUMBERS;
	numbers->items = xcalloc(numbers->count, sizeof(*numbers->items));
	for (size_t i = 0; i < numbers->count; i++)
		numbers->items[i] = (struct numbered){ list->items[i].prereq, list->items[i].server };
}

/* What has become of number NUMBER (from 1); NULL: it is not checked any more. */
static const struct check_result *find(struct prompt *prompt, const struct numbers *numbers, size_t number)
{
	const struct check_list *list = wizard_checks(prompt->wizard);
	const struct numbered *wanted = &numbers->items[number - 1];

	/* Mostly it is where it was. */
	if (number <= list->count && list->items[number - 1].prereq == wanted->prereq &&
	    list->items[number - 1].server == wanted->server)
		return &list->items[number - 1];
	for (size_t i = 0; i < list->count; i++) {
		if (list->items[i].prereq == wanted->prereq && list->items[i].server == wanted->server)
			return &list->items[i];
	}
	return NULL;
}

/* Lists from number FIRST (0: 1) on what is open, or (PASSED) what is not. */
static void say_list(struct prompt *prompt, const struct numbers *numbers, size_t first, bool passed)
{
	struct strbuf line = STRBUF_INIT;
	size_t said = 0;

	for (size_t number = first ? first : 1; number <= numbers->count; number++) {
		const struct check_result *result = find(prompt, numbers, number);

		if (!result || check_is_open(result) == passed)
			continue;
		if (said++ == SHOWN_AT_ONCE) {
			prompt_say(prompt, "  more: %s %zu goes on", passed ? "passed" : "show", number);
			break;
		}
		strbuf_reset(&line);
		describe(result, &line);
		prompt_say_list_item(prompt, number, strbuf_text(&line));
	}
	if (!said)
		prompt_say(prompt, passed ? "  nothing has passed" : "  nothing is open");
	strbuf_clear(&line);
}

/* ---- verify again ---- */

static int compare_past(const void *a, const void *b)
{
	const struct past *first = a, *second = b;

	if (first->which.prereq != second->which.prereq)
		return (uintptr_t)first->which.prereq < (uintptr_t)second->which.prereq ? -1 : 1;
	if (first->which.server != second->which.server)
		return (uintptr_t)first->which.server < (uintptr_t)second->which.server ? -1 : 1;
	return 0;
}

static struct past *remember(const struct check_list *list)
{
	struct past *past = xcalloc(list->count ? list->count : 1, sizeof(*past));

	for (size_t i = 0; i < list->count; i++) {
		past[i].which = (struct numbered){ list->items[i].prereq, list->items[i].server };
		past[i].state = list->items[i].state;
		strbuf_puts(&past[i].found, list->items[i].found);
	}
	if (list->count)
		qsort(past, list->count, sizeof(*past), compare_past);
	return past;
}

static bool is_as_before(const struct past *past, size_t count, const struct check_result *result)
{
	struct past wanted = { .which = { result->prereq, result->server } };
	const struct past *before = count ? bsearch(&wanted, past, count, sizeof(*past), compare_past) : NULL;

	return before && before->state == result->state && str_eq(strbuf_text(&before->found), result->found);
}

/* What is wrong with the facts themselves, or with the probe: no check can say it. */
static void say_facts_findings(struct prompt *prompt)
{
	const struct diags *findings = wizard_facts_findings(prompt->wizard);

	for (size_t i = 0; i < findings->count; i++) {
		const struct diag *finding = &findings->items[i];
		prompt_say(prompt, "  %s: %s: %s", severity_name(finding->severity),
			   finding->at.file ? finding->at.file : finding->path, finding->text);
	}
}

void prompt_verify(struct prompt *prompt)
{
	const struct check_list *list = wizard_checks(prompt->wizard);
	size_t count = list->count, changed = 0;
	struct past *past = remember(list);
	struct strbuf line = STRBUF_INIT;

	list = wizard_recheck(prompt->wizard);
	say_facts_findings(prompt);
	for (size_t i = 0; i < list->count; i++) {
		if (is_as_before(past, count, &list->items[i]) || changed++ >= SHOWN_AT_ONCE)
			continue;
		strbuf_reset(&line);
		describe(&list->items[i], &line);
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
	strbuf_clear(&line);
}

/* ---- one result ---- */

static void say_detail(struct prompt *prompt, const struct check_result *result)
{
	const struct prereq *prereq = result->prereq;
	struct strbuf line = STRBUF_INIT;

	strbuf_puts(&line, result->title);
	if (result->server && result->server->name)
		strbuf_printf(&line, " on %s", result->server->name);
	prompt_say(prompt, "%s: %s", strbuf_text(&line), state_word(result));
	if (says_more(result))
		prompt_say(prompt, "  Found: %s", result->found);
	if (result->needed)
		prompt_say(prompt, "  Needed: %s", result->needed);
	if (result->remedy)
		prompt_say(prompt, "  What to do: %s", result->remedy);
	if (prereq->source) {
		strbuf_reset(&line);
		certainty_words(&line, prereq->source);
		prompt_say(prompt, "  Source: %s", strbuf_text(&line));
	}
	if (result->note)
		prompt_say(prompt, "  Said by %s on %s: %s", result->note->by, result->note->on,
			   result->note->note ? result->note->note : "no note");
	strbuf_clear(&line);
}

/* On how many servers the same check stands like this one, without an answer. */
static size_t count_alike(struct prompt *prompt, const struct check_result *result)
{
	const struct check_list *list = wizard_checks(prompt->wizard);
	size_t count = 0;

	for (size_t i = 0; i < list->count; i++)
		count += list->items[i].prereq == result->prereq && list->items[i].raw == result->raw &&
			 !list->items[i].note;
	return count;
}

static enum reply withdraw(struct prompt *prompt, const struct check_result *result)
{
	bool yes = false;
	enum reply reply = prompt_ask_yes(prompt, "Withdraw it?", &yes);

	if (reply == REPLY_OVER || !yes)
		return reply == REPLY_OVER ? reply : REPLY_TEXT;
	wizard_withdraw_answer(prompt->wizard, result);
	say_counts(prompt, false);
	return REPLY_TEXT;
}

/* Who, remembered from the last time; then the note. An empty note gives up. */
static enum reply ask_note(struct prompt *prompt, bool warning, struct strbuf *note)
{
	enum reply reply;

	if (!prompt->by.length)
		strbuf_puts(&prompt->by, wizard_user(prompt->wizard));
	reply = prompt_ask_plain(prompt, warning ? "Who acknowledges it" : "Who vouches for it",
				 strbuf_text(&prompt->by));
	if (reply == REPLY_TEXT) {
		strbuf_reset(&prompt->by);
		strbuf_puts(&prompt->by, strbuf_text(&prompt->line));
	}
	if (reply == REPLY_OVER)
		return reply;
	reply = prompt_ask_plain(prompt,
				 warning ? "Why it may stand (Enter: not now)" : "How you know (Enter: not now)", NULL);
	if (reply == REPLY_TEXT)
		strbuf_puts(note, strbuf_text(&prompt->line));
	return reply;
}

static enum reply answer(struct prompt *prompt, const struct check_result *result, bool all)
{
	size_t alike = count_alike(prompt, result);
	struct strbuf note = STRBUF_INIT, question = STRBUF_INIT;
	struct diags found = DIAGS_INIT;
	enum reply reply = ask_note(prompt, result->raw == CHECK_WARNING, &note);

	if (reply == REPLY_TEXT && !all && result->server && alike > 1) {
		strbuf_printf(&question, "For all %zu servers where it stands like this, not %s alone?", alike,
			      result->server->name);
		reply = prompt_ask_yes(prompt, strbuf_text(&question), &all);
		reply = reply == REPLY_OVER ? reply : REPLY_TEXT;
	}
	if (reply == REPLY_TEXT) {
		const char *title = result->title;

		if (wizard_answer_check(prompt->wizard, result, strbuf_text(&prompt->by), strbuf_text(&note), all,
					&found)) {
			prompt_say(prompt, "Kept: %s.", title);
			say_counts(prompt, false);
		}
		prompt_say_findings(prompt, &found);
	} else if (reply == REPLY_ENTER) {
		prompt_say(prompt, "It stays as it is.");
		reply = REPLY_TEXT;
	}
	strbuf_clear(&note);
	strbuf_clear(&question);
	diags_clear(&found);
	return reply;
}

/* Everything that is not known, with one note. */
static enum reply answer_everything(struct prompt *prompt)
{
	size_t count = wizard_unknown_count(prompt->wizard);
	struct strbuf note = STRBUF_INIT;
	struct diags found = DIAGS_INIT;
	enum reply reply;

	if (!count) {
		prompt_say(prompt, "Nothing is left here that is not known.");
		return REPLY_TEXT;
	}
	prompt_say(prompt, "You vouch for everything that is not known (%zu).", count);
	reply = ask_note(prompt, false, &note);
	if (reply == REPLY_TEXT) {
		if (wizard_answer_unknown(prompt->wizard, strbuf_text(&prompt->by), strbuf_text(&note), &found))
			say_counts(prompt, false);
		prompt_say_findings(prompt, &found);
	} else if (reply == REPLY_ENTER) {
		prompt_say(prompt, "It stays as it is.");
		reply = REPLY_TEXT;
	}
	strbuf_clear(&note);
	diags_clear(&found);
	return reply;
}

static enum reply look_at(struct prompt *prompt, const struct numbers *numbers, size_t number, bool all)
{
	const struct check_result *result =
		number > 0 && number <= numbers->count ? find(prompt, numbers, number) : NULL;

	if (!result) {
		prompt_say(prompt, "Error: There is no check %zu. The word show lists them.", number);
		return REPLY_TEXT;
	}
	say_detail(prompt, result);
	if (result->note)
		return withdraw(prompt, result);
	if (result->state == CHECK_UNKNOWN || result->state == CHECK_WARNING)
		return answer(prompt, result, all);
	return REPLY_TEXT;
}

/* ---- the page ---- */

static enum reply obey_checks(struct prompt *prompt, const struct numbers *numbers)
{
	const char *line = strbuf_text(&prompt->line), *rest;
	size_t first = 1, second, count;

	if (prompt_numbers(line, &first, &second, &count) && count == 1)
		return look_at(prompt, numbers, first, false);
	rest = prompt_after_word(line, "all");
	if (rest && prompt_numbers(rest, &first, &second, &count) && count == 1)
		return look_at(prompt, numbers, first, true);
	if ((rest = prompt_after_word(line, "everything")) != NULL && !*rest)
		return answer_everything(prompt);
	first = 1;
	if ((rest = prompt_after_word(line, "show")) != NULL &&
	    (!*rest || prompt_numbers(rest, &first, &second, &count))) {
		say_counts(prompt, true);
		say_list(prompt, numbers, first, false);
	} else if ((rest = prompt_after_word(line, "passed")) != NULL &&
		   (!*rest || prompt_numbers(rest, &first, &second, &count))) {
		say_list(prompt, numbers, first, true);
	} else {
		prompt_say(prompt,
			   "Error: \"%s\" is none of the words: a number, all N, everything, show, passed, verify; "
			   "Enter goes "
			   "on.",
			   line);
	}
	return REPLY_TEXT;
}

enum reply prompt_checks(struct prompt *prompt)
{
	static const char help[] =
		"A number shows one check and lets you confirm what is not known, or acknowledge a warning. all N "
		"does it for every server at once, everything for all that is not known. show lists what is open, "
		"passed the others with what you said. "
		"verify checks again. Enter goes on when nothing is open.";
	struct numbers numbers = { NULL, 0 };
	struct diags found = DIAGS_INIT;
	enum reply reply;

	make_numbers(prompt, &numbers);
	say_counts(prompt, true);
	say_list(prompt, &numbers, 1, false);
	do {
		reply = prompt_ask(prompt, "Number, all N, everything, show, passed, verify, or Enter to go on", NULL,
				   help);
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
