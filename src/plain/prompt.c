/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The plain front end's life: the draft of an earlier session, then page after page.
 */
#include "plain/prompt_private.h"

#include <assert.h>

#include "core/text.h"
#include "os/platform.h"

enum { USUAL_WIDTH = 80 };

typedef enum reply page_fn(struct prompt *prompt);

static page_fn *const handlers[] = {
	[PAGE_FORM] = prompt_form,       [PAGE_TEXT] = prompt_text_page, [PAGE_CHECKS] = prompt_checks,
	[PAGE_SUMMARY] = prompt_summary, [PAGE_STEPS] = prompt_steps,    [PAGE_DONE] = prompt_done,
};

static_assert(ARRAY_LEN(handlers) == PAGE_KIND_COUNT, "every kind of page has its handler");

static void say_heading(struct prompt *prompt, const struct page *page)
{
	const char *intro = wizard_page_intro(prompt->wizard, page);
	const char *title = wizard_page_title(prompt->wizard, page);

	if (wizard_tracks(prompt->wizard))
		prompt_say(prompt, "%s: %s", title, wizard_plan_path(prompt->wizard));
	else
		prompt_say(prompt, "Page %zu of %zu. %s: %s", wizard_page_number(prompt->wizard, page),
			   wizard_page_total(prompt->wizard), page->section, title);
	if (intro)
		prompt_say(prompt, "%s", intro);
	prompt_put(prompt, "\n");
}

/* What an earlier session left. "new" leaves it there for another time. */
static enum reply offer_draft(struct prompt *prompt)
{
	struct strbuf about = STRBUF_INIT;
	struct diags found = DIAGS_INIT;
	enum reply reply = REPLY_TEXT;
	bool answered = !wizard_draft_found(prompt->wizard, &about);

	prompt->starting = !answered;
	if (!answered)
		prompt_say(prompt, "There is a draft of an earlier session, %s.", strbuf_text(&about));
	while (!answered && reply != REPLY_OVER) {
		const char *answer;

		reply = prompt_ask_inside(
			prompt, "Resume it, start new and leave it there, or discard it? (resume, new, discard)",
			"resume",
			"resume goes on where it ended. new starts without it and leaves it there for another time. "
			"discard removes it. quit leaves it there.");
		answer = strbuf_text(&prompt->line);
		answered = true;
		if (reply == REPLY_ENTER || (reply == REPLY_TEXT && text_equal_fold(answer, "resume"))) {
			wizard_draft_resume(prompt->wizard, &found);
			prompt_say_findings(prompt, &found);
		} else if (reply == REPLY_TEXT && text_equal_fold(answer, "discard")) {
			wizard_draft_remove(prompt->wizard);
		} else if (reply == REPLY_TEXT && text_equal_fold(answer, "new")) {
			wizard_draft_leave(prompt->wizard);
		} else if (reply == REPLY_BACK) { /* nothing is before this question */
			reply = prompt_quit(prompt);
		} else if (reply != REPLY_OVER) {
			prompt_say_none_of(prompt, "resume, new, discard");
			answered = false;
		}
	}
	prompt->starting = false;
	if (!about.length)
		reply = prompt_offer_facts(prompt);
	strbuf_clear(&about);
	diags_clear(&found);
	return reply;
}

static void say_others(struct prompt *prompt)
{
	struct strbuf text = STRBUF_INIT;

	if (wizard_others(prompt->wizard, &text))
		prompt_say(prompt, "%s", strbuf_text(&text));
	strbuf_clear(&text);
}

static void talk(struct prompt *prompt)
{
	enum reply reply;

	say_others(prompt);
	reply = offer_draft(prompt);

	if (reply == REPLY_OVER)
		return;
	if (!wizard_tracks(prompt->wizard))
		prompt_say(prompt,
			   "Enter keeps the value in brackets. ? tells what an answer may be, help tells about the "
			   "page.");
	do {
		const struct page *page = wizard_page(prompt->wizard);

		prompt_put(prompt, "\n");
		diags_clear(&prompt->said);
		prompt->listed_count = 0;
		prompt->own_list = page->kind == PAGE_STEPS;
		say_heading(prompt, page);
		reply = handlers[page->kind](prompt);
		if (reply == REPLY_MOVED)
			prompt_keep_draft(prompt);
	} while (reply == REPLY_MOVED);
}

enum front_result prompt_run(struct wizard *wizard, const struct prompt_options *options, int *signal)
{
	struct prompt prompt = {
		.wizard = wizard,
		.in = options->in,
		.out = options->out,
		.width = options->width ? options->width : USUAL_WIDTH,
		.echo = options->echo,
		.terminal = platform_is_terminal(fileno(options->in)),
		.result = FRONT_LEFT,
		.shell = SHELL_CMD,
	};
	const struct lock_wait wait = { LOCK_MILLISECONDS, prompt_say_waiting, &prompt };

	/* Waiting looks at the descriptor: nothing may lie in the stream unread. */
	(void)setvbuf(prompt.in, NULL, _IONBF, 0);
	platform_signals_catch();
	wizard_wait(wizard, &wait);
	talk(&prompt);
	wizard_wait(wizard, NULL);
	(void)platform_signals_release();
	*signal = prompt.signal;
	strbuf_clear(&prompt.line);
	strbuf_clear(&prompt.page_text);
	strbuf_clear(&prompt.texts_read);
	strbuf_clear(&prompt.checks_read);
	strbuf_clear(&prompt.review_read);
	strbuf_clear(&prompt.steps_read);
	strbuf_clear(&prompt.by);
	diags_clear(&prompt.said);
	return prompt.result;
}
