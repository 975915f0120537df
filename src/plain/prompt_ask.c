/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The plain front end's ear: answers in, and the words that are good at every question.
 */
#include "plain/prompt_private.h"

#include <errno.h>

#include "core/text.h"
#include "core/wrap.h"
#include "os/platform.h"

enum { LINE_LIMIT = 65536 };

#define HINTS                                                                                                          \
	"At any prompt: back, help, list, goto N, save, verify, quit. A value that equals one of these words: write "  \
	"= "                                                                                                           \
	"before it. = alone empties an answer."
#define HINTS_INSIDE "back leaves this question; help, list and quit work too."

/* ---- in ---- */

/* One line into LINE, without its end. False at end of input (a last line without its end counts), or after a signal.
 */
static bool read_line(struct prompt *prompt, struct strbuf *line, bool *odd)
{
	int descriptor = fileno(prompt->in), c;

	strbuf_reset(line);
	*odd = prompt->told_waiting = false;
	if (ferror(prompt->out) || platform_signals_wait(descriptor))
		return false;
	while ((c = getc(prompt->in)) != EOF && c != '\n') {
		if (c == '\0' || line->length == LINE_LIMIT)
			*odd = true;
		else
			strbuf_putc(line, (char)c);
	}
	if (c == EOF && !line->length)
		return false;
	while (line->length && line->data[line->length - 1] == '\r')
		strbuf_truncate(line, line->length - 1);
	*odd = *odd || !text_is_utf8(strbuf_text(line), line->length);
	return true;
}

static void put_question(struct prompt *prompt, const char *question, const char *shown)
{
	struct strbuf text = STRBUF_INIT, visible = STRBUF_INIT;
	struct arena *arena = arena_new();
	struct lines lines;

	strbuf_printf(&text, shown ? "%s [%s]:" : "%s:", question, shown);
	text_visible(&visible, strbuf_text(&text));
	lines = wrap_text(arena, strbuf_text(&visible),
			  prompt->width > PROMPT_NARROWEST ? prompt->width : PROMPT_NARROWEST);
	strbuf_reset(&visible);
	for (size_t i = 0; i < lines.count; i++)
		strbuf_printf(&visible, "%s%s", lines.items[i], i + 1 < lines.count ? "\n" : " ");
	prompt_put(prompt, strbuf_text(&visible));
	arena_free(arena);
	strbuf_clear(&text);
	strbuf_clear(&visible);
}

static bool is_blank(const char *text)
{
	return !text[strspn(text, " \t")];
}

static void trim(struct strbuf *line)
{
	size_t lead = strspn(strbuf_text(line), " \t");

	while (line->length > lead && strchr(" \t", line->data[line->length - 1]))
		strbuf_truncate(line, line->length - 1);
	if (lead) {
		memmove(line->data, line->data + lead, line->length - lead);
		strbuf_truncate(line, line->length - lead);
	}
}

/* The answer as it is, words too. */
static enum reply ask_raw(struct prompt *prompt, const char *question, const char *shown)
{
	bool odd;

	for (;;) {
		put_question(prompt, question, shown);
		if (!read_line(prompt, &prompt->line, &odd))
			return prompt_gone(prompt, platform_signals_look());
		if (prompt->echo)
			prompt_say_raw(prompt, 0, strbuf_text(&prompt->line));
		if (!odd)
			break;
		prompt_say(prompt, "Error: That is not text (UTF-8), or too long.");
	}
	trim(&prompt->line);
	return prompt->line.length ? REPLY_TEXT : REPLY_ENTER;
}

static enum reply read_secret(struct prompt *prompt, const char *question, struct secret *secret)
{
	struct strbuf line = STRBUF_INIT;
	enum reply reply = REPLY_TEXT;
	const char *why;
	bool odd, got;

	strbuf_printf(&line, "%s: ", question);
	if (prompt->terminal) {
		platform_signals_open(true);
		got = platform_ask_secret(strbuf_text(&line), secret, &why);
		platform_signals_open(false);
		if (platform_signals_look() || (!got && str_eq(why, "end of input")))
			reply = prompt_gone(prompt, platform_signals_look());
		else if (!got)
			prompt_say(prompt, "Error: The password was not read: %s.", why);
	} else {
		put_question(prompt, question, NULL);
		strbuf_clear(&line);
		if (!read_line(prompt, &line, &odd))
			reply = prompt_gone(prompt, platform_signals_look());
		else if (odd || !secret_set(secret, strbuf_text(&line), line.length))
			prompt_say(prompt, "Error: The password is not text, or too long; it is left out.");
		else if (prompt->echo)
			prompt_say(prompt, "%s", line.length ? "********" : "");
	}
	strbuf_clear(&line);
	if (reply == REPLY_OVER)
		return reply;
	return secret_length(secret) ? REPLY_TEXT : REPLY_ENTER;
}

/* ---- words ---- */

const char *prompt_after_word(const char *text, const char *word)
{
	struct strbuf first = STRBUF_INIT;
	size_t length = strcspn(text, " \t");
	bool is;

	strbuf_add(&first, text, length);
	is = text_equal_fold(strbuf_text(&first), word);
	strbuf_clear(&first);
	return is ? text + length + strspn(text + length, " \t") : NULL;
}

bool prompt_numbers(const char *text, size_t *first, size_t *second, size_t *count)
{
	size_t *const into[] = { first, second };

	for (*count = 0; *count < ARRAY_LEN(into); ++*count) {
		unsigned long long number;
		char *rest;

		text += strspn(text, " \t");
		if (!*text)
			break;
		if (*text < '0' || *text > '9')
			return false;
		errno = 0;
		number = strtoull(text, &rest, 10);
		if (errno || number > SIZE_MAX || (*rest && *rest != ' ' && *rest != '\t'))
			return false;
		*into[*count] = (size_t)number;
		text = rest;
	}
	return *count > 0 && is_blank(text);
}

static const char *state_name(enum page_state state)
{
	switch (state) {
	case PAGE_STATE_CURRENT:
		return "you are here";
	case PAGE_STATE_OK:
		return "done";
	case PAGE_STATE_BAD:
		return "has errors";
	case PAGE_STATE_SEEN:
		return "seen";
	case PAGE_STATE_AHEAD:
		break;
	}
	return "not reached yet";
}

static void say_pages(struct prompt *prompt)
{
	size_t count = wizard_page_count(prompt->wizard);
	struct strbuf line = STRBUF_INIT;

	for (size_t i = 0; i < count; i++) {
		const struct page *page = wizard_page_at(prompt->wizard, i);

		if (page->aside)
			continue;
		strbuf_reset(&line);
		strbuf_printf(&line, "%s: %s", page->rail, state_name(wizard_page_state(prompt->wizard, page)));
		prompt_say_list_item(prompt, wizard_page_number(prompt->wizard, page), strbuf_text(&line));
	}
	strbuf_clear(&line);
}

/* To a page that was not reached yet: as far as the pages before it let one. */
static enum reply go_on_to(struct prompt *prompt, const struct page *page)
{
	const struct page *from = wizard_page(prompt->wizard);
	struct diags found = DIAGS_INIT;
	enum wizard_move move = wizard_go_on_to(prompt->wizard, page, &found);

	prompt_say_findings(prompt, &found);
	diags_clear(&found);
	if (move != WIZARD_STAYED && wizard_page(prompt->wizard) != page)
		prompt_say(prompt,
			   page->kind > PAGE_SUMMARY ? "Error: %s: that page comes when the files are written."
						     : "Error: %s: that page is not there now.",
			   page->rail);
	return wizard_page(prompt->wizard) != from ? REPLY_MOVED : REPLY_TEXT;
}

static enum reply go_to(struct prompt *prompt, const char *text)
{
	size_t number, unused, count;
	const struct page *page = NULL;

	if (prompt_numbers(text, &number, &unused, &count) && count == 1 && number > 0)
		page = wizard_page_numbered(prompt->wizard, number);
	if (!page)
		prompt_say(prompt, "Error: Say which page, for example goto 2. The word list shows their numbers.");
	else
		return wizard_goto(prompt->wizard, page) ? REPLY_MOVED : go_on_to(prompt, page);
	return REPLY_TEXT;
}

static enum reply go_back(struct prompt *prompt)
{
	if (prompt->in_row || prompt->inside)
		return REPLY_BACK;
	if (wizard_back(prompt->wizard))
		return REPLY_MOVED;
	prompt_say(prompt, "This is the first page.");
	return REPLY_TEXT;
}

static void say_help(struct prompt *prompt, const char *help, bool of_page)
{
	const struct page *page = wizard_page(prompt->wizard);

	if (of_page && page->help && !prompt->inside)
		prompt_say(prompt, "%s", table_text(wizard_plan(prompt->wizard), page->help));
	if (of_page && page->kind == PAGE_TEXT && !prompt->inside)
		prompt_say_text(prompt, strbuf_text(&prompt->page_text));
	if (help)
		prompt_say(prompt, "%s", help);
	prompt_say(prompt, prompt->inside ? HINTS_INSIDE : HINTS);
}

/* goto, save and verify change what a question inside another one is about. */
static bool waits(struct prompt *prompt, const char *line)
{
	if (!prompt->inside || !(prompt_after_word(line, "goto") || text_equal_fold(line, "save") ||
				 text_equal_fold(line, "verify")))
		return false;
	prompt_say(prompt, "Answer this question first; back leaves it.");
	return true;
}

/* As obey() knows them, but for goto, which a number follows. */
static const char *const words[] = { "back", "<", "help", "?", "list", "save", "verify", "quit" };

bool prompt_is_word(const char *text)
{
	bool is = false;

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		is = is || text_equal_fold(text, words[i]);
	return is;
}

/* Whether LINE is one of the words. *REPLY then says what it led to; REPLY_TEXT: ask again. */
static bool obey(struct prompt *prompt, const char *help, enum reply *reply)
{
	const char *line = strbuf_text(&prompt->line);
	const char *page = prompt_after_word(line, "goto");

	*reply = REPLY_TEXT;
	if (waits(prompt, line))
		return true;
	if (text_equal_fold(line, "back") || str_eq(line, "<"))
		*reply = go_back(prompt);
	else if (text_equal_fold(line, "help") || str_eq(line, "?"))
		say_help(prompt, help, *line != '?');
	else if (text_equal_fold(line, "list") && !prompt->own_list)
		say_pages(prompt);
	else if (text_equal_fold(line, "save"))
		*reply = prompt_save(prompt);
	else if (text_equal_fold(line, "verify"))
		prompt_verify(prompt);
	else if (text_equal_fold(line, "quit") && prompt->leaving)
		say_help(prompt, help, false);
	else if (text_equal_fold(line, "quit"))
		*reply = prompt_quit(prompt);
	else if (page)
		*reply = go_to(prompt, page);
	else
		return false;
	return true;
}

enum reply prompt_ask(struct prompt *prompt, const char *question, const char *shown, const char *help)
{
	enum reply reply, led_to;

	for (;;) {
		reply = ask_raw(prompt, question, shown);
		if (reply != REPLY_TEXT)
			return reply;
		if (!obey(prompt, help, &led_to))
			break;
		if (led_to != REPLY_TEXT)
			return led_to;
	}
	prompt->literal = prompt->line.data[0] == '=';
	if (prompt->literal) {
		prompt->line.data[0] = ' ';
		trim(&prompt->line);
	}
	return REPLY_TEXT;
}

void prompt_say_none_of(struct prompt *prompt, const char *possible)
{
	prompt_say(prompt, "Error: \"%s\" is none of the words: %s.", strbuf_text(&prompt->line), possible);
}

bool prompt_slipped(struct prompt *prompt)
{
	static const struct {
		const char *word, *said;
	} slips[] = {
		{ "yes", "this asks for a text" },    { "y", "this asks for a text" },
		{ "no", "this asks for a text" },     { "n", "this asks for a text" },
		{ "none", "= alone leaves it empty" }, { "exit", "quit leaves" },
		{ "q", "quit leaves" },
	};
	const char *line = strbuf_text(&prompt->line);

	for (size_t i = 0; !prompt->literal && i < ARRAY_LEN(slips); i++) {
		if (!text_equal_fold(line, slips[i].word))
			continue;
		prompt_say(prompt, "Error: \"%s\" is not taken for an answer: %s. If it is meant, write =%s.", line,
			   slips[i].said, line);
		return true;
	}
	return false;
}

enum reply prompt_ask_inside(struct prompt *prompt, const char *question, const char *shown, const char *help)
{
	bool inside = prompt->inside;
	enum reply reply;

	prompt->inside = true;
	reply = prompt_ask(prompt, question, shown, help);
	prompt->inside = inside;
	return reply;
}

enum reply prompt_ask_yes(struct prompt *prompt, const char *question, bool *yes)
{
	struct strbuf text = STRBUF_INIT;
	enum reply reply;

	strbuf_printf(&text, "%s (yes/no)", question);
	for (;;) {
		const char *answer;

		reply = prompt_ask_inside(prompt, strbuf_text(&text), *yes ? "yes" : "no",
					  "Answer yes or no; Enter takes what is in brackets.");
		answer = strbuf_text(&prompt->line);
		if (reply == REPLY_ENTER)
			reply = REPLY_TEXT;
		else if (reply == REPLY_TEXT && (text_equal_fold(answer, "yes") || text_equal_fold(answer, "y")))
			*yes = true;
		else if (reply == REPLY_TEXT && (text_equal_fold(answer, "no") || text_equal_fold(answer, "n")))
			*yes = false;
		else if (reply == REPLY_TEXT) {
			prompt_say(prompt, "Error: Answer yes or no.");
			continue;
		}
		break;
	}
	strbuf_clear(&text);
	return reply;
}

enum reply prompt_ask_secret(struct prompt *prompt, const char *question, const char *help, struct secret *secret)
{
	enum reply reply;
	bool is_word;

	do {
		reply = read_secret(prompt, question, secret);
		is_word = false;
		for (size_t i = 0; reply == REPLY_TEXT && !is_word && i < ARRAY_LEN(words); i++) {
			is_word = secret_is(secret, words[i]);
			if (!is_word)
				continue;
			secret_clear(secret);
			strbuf_reset(&prompt->line);
			strbuf_puts(&prompt->line, words[i]);
			(void)obey(prompt, help, &reply);
		}
	} while (is_word && reply == REPLY_TEXT);
	return reply;
}
