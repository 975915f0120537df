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
		reply = prompt_ask_inside(prompt, "To which file", NULL, "The path of the file, such as plan.yaml.");
	} while (reply == REPLY_ENTER || (reply == REPLY_TEXT && prompt_slipped(prompt)));
	return reply;
}

/* What is to become of the conflict, and for Save as the name in LINE. */
static enum conflict_answer ask_conflict(struct prompt *prompt, enum reply *reply)
{
	enum conflict_answer answer = CONFLICT_ANSWER_COUNT;
	struct strbuf question = STRBUF_INIT;

	for (int i = 0; i < CONFLICT_ANSWER_COUNT; i++)
		strbuf_printf(&question, "%s%s", i ? ", " : "What now? (", conflict_choices[i].word);
	strbuf_putc(&question, ')');
	do {
		*reply = prompt_ask_inside(prompt, strbuf_text(&question), conflict_choices[CONFLICT_LEAVE].word,
					   "replace writes the plan there, leave writes nothing, as asks for another "
					   "name.");
		if (*reply != REPLY_TEXT)
			answer = CONFLICT_LEAVE;
		for (int i = 0; *reply == REPLY_TEXT && i < CONFLICT_ANSWER_COUNT; i++)
			if (text_equal_fold(strbuf_text(&prompt->line), conflict_choices[i].word) ||
			    text_equal_fold(strbuf_text(&prompt->line), conflict_choices[i].label))
				answer = (enum conflict_answer)i;
		if (answer == CONFLICT_ANSWER_COUNT)
			prompt_say_none_of(prompt, "replace, leave, as");
		if (answer == CONFLICT_SAVE_AS && (*reply = ask_path(prompt)) == REPLY_BACK)
			answer = CONFLICT_ANSWER_COUNT;
	} while (answer == CONFLICT_ANSWER_COUNT);
	strbuf_clear(&question);
	return *reply == REPLY_OVER ? CONFLICT_LEAVE : answer;
}

/* Asks what the wizard's conflict asks. *AGAIN: it was answered so that the same can be tried again. */
static enum reply settle_conflict(struct prompt *prompt, bool *again)
{
	enum conflict_answer answer;
	enum reply reply;

	prompt_say_text(prompt, wizard_conflict(prompt->wizard));
	answer = ask_conflict(prompt, &reply);
	wizard_answer_conflict(prompt->wizard, answer, strbuf_text(&prompt->line));
	*again = answer != CONFLICT_LEAVE;
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

/* "keep", "discard" or "stay"; *REPLY otherwise says that nobody answers any more. */
static const char *ask_what_becomes(struct prompt *prompt, enum reply *reply)
{
	static const char *const answers[] = { "keep", "discard", "stay" };

	for (;;) {
		*reply = prompt_ask_inside(
			prompt, "Keep your answers as a draft, discard them, or stay? (keep, discard, stay)", "keep",
			"keep leaves and keeps the answers as a draft, which the next start offers. discard leaves "
			"and forgets what is not saved. stay goes on here.");
		if (*reply == REPLY_ENTER)
			return "keep";
		if (*reply != REPLY_TEXT)
			return "stay";
		for (size_t i = 0; i < ARRAY_LEN(answers); i++)
			if (text_equal_fold(strbuf_text(&prompt->line), answers[i]))
				return answers[i];
		prompt_say_none_of(prompt, "keep, discard, stay");
	}
}

static enum reply leave(struct prompt *prompt)
{
	for (;;) {
		enum reply reply;
		const char *answer = ask_what_becomes(prompt, &reply);

		if (str_eq(answer, "stay"))
			return reply == REPLY_OVER ? reply : REPLY_TEXT;
		if (str_eq(answer, "discard")) {
			wizard_draft_remove(prompt->wizard);
			prompt_say(prompt, "Left. Nothing is kept.");
			return end(prompt, FRONT_LEFT);
		}
		if (wizard_draft_save(prompt->wizard)) {
			prompt_say(prompt, *wizard_draft_path(prompt->wizard)
						   ? "Left. What is not saved is kept as a draft."
						   : "Left. No answer is unsaved, so no draft is kept.");
			return end(prompt, FRONT_LEFT);
		}
		prompt_say(prompt, "%s", wizard_draft_trouble(prompt->wizard));
	}
}

enum reply prompt_quit(struct prompt *prompt)
{
	enum reply reply;

	if (wizard_tracks(prompt->wizard))
		return end(prompt, FRONT_LEFT);
	if (prompt->starting) {
		prompt_say(prompt, "Left. The draft stays where it is.");
		return end(prompt, FRONT_LEFT);
	}
	prompt->leaving = true;
	reply = leave(prompt);
	prompt->leaving = false;
	return reply;
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
