/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The plain front end's saving, going on and leaving: every way on which answers could be lost.
 */
#include "plain/prompt_private.h"

#include "core/text.h"

static enum reply end(struct prompt *prompt, enum front_result result)
{
	prompt->result = result;
	return REPLY_OVER;
}

/* Nobody answers any more: the draft keeps what there is. */
enum reply prompt_gone(struct prompt *prompt, int number)
{
	bool kept = wizard_draft_save(prompt->wizard) && *wizard_draft_path(prompt->wizard);

	prompt_put(prompt, "\n");
	if (wizard_tracks(prompt->wizard))
		prompt_say(prompt, "%s. What was recorded stays.", number ? "Interrupted" : "End of input");
	else
		prompt_say(prompt, kept ? "%s. Your answers are kept as a draft." : "%s. No draft is kept.",
		   number ? "Interrupted" : "End of input");
	prompt->signal = number;
	return end(prompt, number ? FRONT_SIGNAL : FRONT_LEFT);
}

void prompt_keep_draft(struct prompt *prompt)
{
	if (wizard_draft_save(prompt->wizard) || prompt->told_no_draft)
		return;
	prompt->told_no_draft = true;
	prompt_say(prompt, "%s", wizard_draft_trouble(prompt->wizard));
}

/* The name for Save as into LINE. */
static enum reply ask_path(struct prompt *prompt)
{
	enum reply reply;

	do {
		reply = prompt_ask_plain(prompt, "To which file", NULL);
	} while (reply == REPLY_ENTER);
	return reply;
}

/* Asks what the wizard's conflict asks. *AGAIN: it was answered so that the same can be tried again. */
static enum reply settle_conflict(struct prompt *prompt, bool *again)
{
	enum conflict_answer answer = CONFLICT_ANSWER_COUNT;
	struct strbuf question = STRBUF_INIT;
	enum reply reply;

	for (int i = 0; i < CONFLICT_ANSWER_COUNT; i++)
		strbuf_printf(&question, "%s%s", i ? ", " : "What now? (", conflict_choices[i].word);
	strbuf_putc(&question, ')');
	prompt_say_text(prompt, wizard_conflict(prompt->wizard));
	do {
		reply = prompt_ask_plain(prompt, strbuf_text(&question), conflict_choices[CONFLICT_LEAVE].word);
		if (reply != REPLY_TEXT)
			answer = CONFLICT_LEAVE;
		for (int i = 0; reply == REPLY_TEXT && i < CONFLICT_ANSWER_COUNT; i++)
			if (text_equal_fold(strbuf_text(&prompt->line), conflict_choices[i].word) ||
			    text_equal_fold(strbuf_text(&prompt->line), conflict_choices[i].label))
				answer = (enum conflict_answer)i;
	} while (answer == CONFLICT_ANSWER_COUNT);
	if (answer == CONFLICT_SAVE_AS && (reply = ask_path(prompt)) == REPLY_OVER)
		answer = CONFLICT_LEAVE;
	wizard_answer_conflict(prompt->wizard, answer, strbuf_text(&prompt->line));
	*again = answer != CONFLICT_LEAVE;
	strbuf_clear(&question);
	return reply == REPLY_OVER ? REPLY_OVER : REPLY_TEXT;
}

enum reply prompt_save(struct prompt *prompt)
{
	struct strbuf note = STRBUF_INIT;
	enum reply reply = REPLY_TEXT;
	enum wizard_saved saved;
	bool again;

	if (wizard_tracks(prompt->wizard)) {
		prompt_say(prompt, "There is nothing to save: each change is recorded at once.");
		return REPLY_TEXT;
	}
	while ((saved = wizard_save(prompt->wizard, &note)) == WIZARD_CONFLICT) {
		reply = settle_conflict(prompt, &again);
		if (!again)
			break;
	}
	if (reply != REPLY_OVER)
		prompt_say(prompt, "%s", saved == WIZARD_CONFLICT ? "The plan is not saved; the file is as it was."
								  : strbuf_text(&note));
	strbuf_clear(&note);
	return reply;
}

enum reply prompt_quit(struct prompt *prompt)
{
	if (wizard_tracks(prompt->wizard))
		return end(prompt, FRONT_LEFT);
	for (;;) {
		enum reply reply = prompt_ask_plain(
			prompt, "Keep your answers as a draft, discard them, or stay? (keep, discard, stay)", "keep");
		const char *answer = strbuf_text(&prompt->line);

		if (reply == REPLY_OVER)
			return reply;
		if (reply == REPLY_ENTER || text_equal_fold(answer, "keep")) {
			if (wizard_draft_save(prompt->wizard)) {
				prompt_say(prompt, *wizard_draft_path(prompt->wizard)
							   ? "Left. What is not saved is kept as a draft."
							   : "Left. Everything is saved.");
				return end(prompt, FRONT_LEFT);
			}
			prompt_say(prompt, "%s", wizard_draft_trouble(prompt->wizard));
			continue;
		}
		if (text_equal_fold(answer, "discard")) {
			wizard_draft_remove(prompt->wizard);
			prompt_say(prompt, "Left. Nothing is kept.");
			return end(prompt, FRONT_LEFT);
		}
		if (text_equal_fold(answer, "stay"))
			return REPLY_TEXT;
	}
}

enum reply prompt_next(struct prompt *prompt, struct diags *diags)
{
	enum reply reply = REPLY_TEXT;
	enum wizard_move move;
	bool again = false;

	do {
		diags_clear(diags);
		move = wizard_next(prompt->wizard, diags);
		if (move == WIZARD_STAYED && wizard_conflict(prompt->wizard))
			reply = settle_conflict(prompt, &again);
		else
			again = false;
	} while (again);
	prompt_say_findings(prompt, diags);
	if (move == WIZARD_MOVED)
		return REPLY_MOVED;
	if (move == WIZARD_FINISHED)
		return end(prompt, FRONT_FINISHED);
	if (!diags->count && reply != REPLY_OVER)
		prompt_say(prompt, "Nothing is written.");
	return reply == REPLY_OVER ? reply : REPLY_ENTER;
}
