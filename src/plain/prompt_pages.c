/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The plain front end's other pages: texts to read, the review with its command lines and files.
 */
#include "plain/prompt_private.h"

#include "core/text.h"
#include "wizard/wizard_checks.h"

enum { SCREENFUL = 20, NEXT_STEPS = 8 };

/* ---- texts ---- */

/* A screenful at a time where somebody reads along; all of it at once into a file or pipe. */
static enum reply read_out(struct prompt *prompt, const char *text)
{
	struct strbuf piece = STRBUF_INIT;
	enum reply reply = REPLY_TEXT;

	while (*text && reply == REPLY_TEXT) {
		size_t length = 0;

		for (unsigned lines = 0; text[length] && (!prompt->terminal || lines < SCREENFUL); lines++) {
			size_t line = strcspn(text + length, "\n");

			lines += (unsigned)(line / (prompt->width ? prompt->width : 1));
			length += line + (text[length + line] == '\n');
		}
		strbuf_reset(&piece);
		strbuf_add(&piece, text, length);
		prompt_say_text(prompt, strbuf_text(&piece));
		text += length;
		if (!*text)
			break;
		reply = prompt_ask(prompt, "Enter shows more, end leaves out the rest", NULL, NULL);
		if (reply == REPLY_TEXT && text_equal_fold(strbuf_text(&prompt->line), "end"))
			break;
		if (reply == REPLY_ENTER)
			reply = REPLY_TEXT;
	}
	strbuf_clear(&piece);
	return reply;
}

enum reply prompt_text_page(struct prompt *prompt)
{
	enum reply reply = REPLY_TEXT;

	strbuf_reset(&prompt->page_text);
	strbuf_puts(&prompt->page_text, wizard_page_text(prompt->wizard, wizard_page(prompt->wizard)));
	if (strstr(strbuf_text(&prompt->texts_read), strbuf_text(&prompt->page_text))) {
		prompt_say(prompt, "The text of this page is as before; help reads it again.");
	} else {
		strbuf_printf(&prompt->texts_read, "\n%s", strbuf_text(&prompt->page_text));
		reply = read_out(prompt, strbuf_text(&prompt->page_text));
	}
	prompt_put(prompt, "\n");
	return reply == REPLY_TEXT ? prompt_form(prompt) : reply;
}

/* The first of what the record leaves open. The files were told of on the page before. */
static void say_open_steps(struct prompt *prompt)
{
	const struct sequence *sequence = wizard_sequence(prompt->wizard);
	const struct tracker *tracker;
	size_t open = 0;

	if (sequence->count && !wizard_is_complete(prompt->wizard))
		prompt_say(prompt, "What comes next:");
	tracker = wizard_tracker(prompt->wizard, NULL);
	for (size_t i = 0; i < sequence->count; i++) {
		if (!tracker_is_settled(tracker, i) && open++ < NEXT_STEPS)
			prompt_say_list_item(prompt, i + 1, sequence->items[i].title);
	}
	if (open > NEXT_STEPS)
		prompt_say(prompt, "  and %zu more.", open - NEXT_STEPS);
}

static void say_next(struct prompt *prompt)
{
	struct strbuf note = STRBUF_INIT;

	wizard_write_next(prompt->wizard, &note);
	prompt_say(prompt, "%s", strbuf_text(&note));
	strbuf_clear(&note);
}

enum reply prompt_done(struct prompt *prompt)
{
	const char *what = NULL;
	bool next = wizard_has_next(prompt->wizard, &what);
	struct strbuf proof = STRBUF_INIT;
	struct diags found = DIAGS_INIT;
	enum reply reply;

	prompt_say_text(prompt, wizard_page_text(prompt->wizard, wizard_page(prompt->wizard)));
	say_open_steps(prompt);
	wizard_proof(prompt->wizard, &proof);
	if (proof.length)
		prompt_say(prompt, "%s", strbuf_text(&proof));
	strbuf_clear(&proof);
	if (next)
		prompt_say(prompt, "What follows: the upgrade from %s.", what);
	prompt_put(prompt, "\n");
	do {
		reply = prompt_ask(prompt, next ? "Enter closes, next writes the next plan" : "Enter closes", NULL,
				   NULL);
		if (next && reply == REPLY_TEXT && text_equal_fold(strbuf_text(&prompt->line), "next")) {
			say_next(prompt);
			reply = REPLY_ENTER;
		} else if (reply == REPLY_ENTER || reply == REPLY_TEXT) {
			diags_clear(&found);
			reply = prompt_next(prompt, &found);
		}
	} while (reply == REPLY_ENTER);
	diags_clear(&found);
	return reply;
}

/* ---- the review: all answers ---- */

/* Says line NUMBER of the review and returns true, or, when it is the WANTED one, notes its page. */
struct review {
	struct prompt *prompt;
	size_t number, wanted;
	const struct page *page;
	const char *before;  /* the lines that were read out before, which are not read again; NULL: none were */
	struct strbuf lines; /* all of them */
	size_t left_out;
};

static void review_line(struct review *review, const struct page *page, const char *label, const char *value)
{
	struct strbuf line = STRBUF_INIT;

	review->number++;
	if (review->wanted) {
		if (review->number == review->wanted)
			review->page = page;
		return;
	}
	strbuf_printf(&line, "\n%zu. %s: %s\n", review->number, label, *value ? value : "empty");
	strbuf_puts(&review->lines, strbuf_text(&line));
	if (review->before && strstr(review->before, strbuf_text(&line))) {
		review->left_out++;
	} else {
		strbuf_reset(&line);
		strbuf_printf(&line, "%s: %s", label, *value ? value : "empty");
		prompt_say_list_item(review->prompt, review->number, strbuf_text(&line));
	}
	strbuf_clear(&line);
}

static void review_checks(struct review *review, const struct page *page)
{
	struct strbuf value = STRBUF_INIT;

	check_table_words(wizard_check_table(review->prompt->wizard), &value);
	review_line(review, page, table_text(wizard_plan(review->prompt->wizard), page->title), strbuf_text(&value));
	strbuf_clear(&value);
}

static void review_fields(struct review *review, const struct page *page)
{
	const struct plan *plan = wizard_plan(review->prompt->wizard);
	struct record *record = wizard_record(review->prompt->wizard);
	struct strbuf value = STRBUF_INIT;

	for (const struct field *const *field = page->fields; field && *field; field++) {
		if (((*field)->flags & FIELD_HIDDEN_ROW) ||
		    !wizard_field_applies(review->prompt->wizard, record, *field))
			continue;
		strbuf_reset(&value);
		prompt_show_value(review->prompt, record, *field, &value);
		review_line(review, page, field_label(*field, plan), strbuf_text(&value));
	}
	strbuf_clear(&value);
}

static void go_through(struct review *review)
{
	const struct page *page;

	for (size_t i = 0; (page = wizard_review_page(review->prompt->wizard, i)) != NULL; i++) {
		if (page->kind == PAGE_CHECKS)
			review_checks(review, page);
		else
			review_fields(review, page);
	}
}

/* The page that line WANTED belongs to, or NULL. */
static const struct page *page_of_line(struct prompt *prompt, size_t wanted)
{
	struct review review = { .prompt = prompt, .wanted = wanted };

	go_through(&review);
	return review.page;
}

/* ---- the review: command lines and files ---- */

static void say_files(struct prompt *prompt)
{
	size_t count = wizard_output_count(prompt->wizard);

	prompt_say(prompt, "Files to write:");
	for (size_t i = 0; i < count; i++) {
		const struct output *output = wizard_output(prompt->wizard, i);

		if (output->chosen)
			prompt_say(prompt, "  %s: %s", output->label, output->path);
		else
			prompt_say(prompt, "  %s: no", output->label);
	}
}

/* The lines of ONLY (NULL: all), as they are to be copied. */
static void say_lines(struct prompt *prompt, const struct server *only)
{
	struct strbuf lines = STRBUF_INIT, one = STRBUF_INIT;
	struct diags found = DIAGS_INIT;
	const char *at;

	if (!render_commands(wizard_plan(prompt->wizard), wizard_sequence(prompt->wizard), only, prompt->shell, false,
			     NULL, &lines, &found))
		prompt_say(prompt, "Error: There is no such line:");
	else if (!lines.length)
		prompt_say(prompt, "No command line belongs to it.");
	prompt_say_findings(prompt, &found);
	for (at = strbuf_text(&lines); *at; at += strcspn(at, "\n") + 1) {
		strbuf_reset(&one);
		strbuf_add(&one, at, strcspn(at, "\n"));
		prompt_say_raw(prompt, 0, strbuf_text(&one));
	}
	strbuf_clear(&lines);
	strbuf_clear(&one);
	diags_clear(&found);
}

static const struct step *first_command(struct prompt *prompt)
{
	const struct sequence *sequence = wizard_sequence(prompt->wizard);

	for (size_t i = 0; i < sequence->count; i++) {
		if (sequence->items[i].words.count && sequence->items[i].server)
			return &sequence->items[i];
	}
	return NULL;
}

static void say_first_line(struct prompt *prompt)
{
	const struct step *step = first_command(prompt);
	struct strbuf line = STRBUF_INIT;
	struct diags found = DIAGS_INIT;

	if (step) {
		prompt_say(prompt, "The first command line, for %s (%s):", step->server->name,
			   shell_name(prompt->shell));
		if (render_step_line(wizard_plan(prompt->wizard), step, prompt->shell, NULL, &line, &found))
			prompt_say_raw(prompt, 0, strbuf_text(&line));
		prompt_say_findings(prompt, &found);
	}
	strbuf_clear(&line);
	diags_clear(&found);
}

static void line_of(struct prompt *prompt, const char *name)
{
	const struct server *server = *name ? plan_find_server(wizard_plan(prompt->wizard), name) : NULL;

	if (*name && !server)
		prompt_say(prompt, "Error: There is no server \"%s\".", name);
	else
		say_lines(prompt, server);
}

static void set_shell(struct prompt *prompt, const char *name)
{
	if (shell_find(name, &prompt->shell))
		say_first_line(prompt);
	else
		prompt_say(prompt, "Error: The shells are cmd, powershell and argv.");
}

static bool any_password(struct prompt *prompt)
{
	const struct page *page;

	for (size_t i = 0; (page = wizard_page_at(prompt->wizard, i)) != NULL; i++) {
		for (const struct field *const *field = page->fields; field && *field; field++) {
			if ((*field)->kind == FIELD_SECRET && secret_length(wizard_secret(prompt->wizard, *field, 0)))
				return true;
		}
	}
	return false;
}

static enum reply choose_file(struct prompt *prompt, size_t index)
{
	struct output *output = wizard_output(prompt->wizard, index);
	struct strbuf question = STRBUF_INIT;
	enum reply reply;

	strbuf_printf(&question, "Write the %s?", output->label);
	reply = prompt_ask_yes(prompt, strbuf_text(&question), &output->chosen);
	if (reply == REPLY_TEXT && output->chosen) {
		do {
			reply = prompt_ask_inside(prompt, "  to the file", output->path,
						  "The path of the file; Enter keeps the one in brackets.");
		} while (reply == REPLY_TEXT && prompt_slipped(prompt));
		if (reply == REPLY_TEXT)
			wizard_set_output_path(prompt->wizard, index, strbuf_text(&prompt->line));
	}
	strbuf_clear(&question);
	return reply;
}

static enum reply choose_files(struct prompt *prompt)
{
	bool literal = wizard_literal(prompt->wizard);
	enum reply reply = REPLY_TEXT;

	for (size_t i = 0; i < wizard_output_count(prompt->wizard) && (reply == REPLY_TEXT || reply == REPLY_ENTER);
	     i++)
		reply = choose_file(prompt, i);
	if ((reply == REPLY_TEXT || reply == REPLY_ENTER) && any_password(prompt)) {
		reply = prompt_ask_yes(prompt, "Put the typed passwords into the lines that are printed at the end?",
				       &literal);
		wizard_set_literal(prompt->wizard, literal);
	}
	if (reply == REPLY_OVER)
		return reply;
	say_files(prompt);
	return REPLY_TEXT;
}

static enum reply upgrade(struct prompt *prompt)
{
	struct strbuf files = STRBUF_INIT;
	struct diags found = DIAGS_INIT;
	enum reply reply = REPLY_TEXT;
	bool go = true;

	if (wizard_would_replace(prompt->wizard, &files)) {
		go = false;
		prompt_say(prompt, "There already:");
		prompt_say_text(prompt, strbuf_text(&files));
		reply = prompt_ask_yes(prompt, "Replace what is there?", &go);
		wizard_allow_replace(prompt->wizard, go);
	}
	if (reply == REPLY_TEXT && go)
		reply = prompt_next(prompt, &found);
	else if (reply == REPLY_BACK)
		reply = REPLY_TEXT;
	strbuf_clear(&files);
	diags_clear(&found);
	return reply;
}

/* ALL: all answers, a command line, the files; else the answers that are not what was read out before. */
static void say_review(struct prompt *prompt, bool all)
{
	struct review review = { .prompt = prompt, .before = all ? NULL : strbuf_text(&prompt->review_read) };

	/* What all of it is for comes first: which server when, and the line that upgrades the first one. */
	if (all) {
		prompt_say_servers(prompt);
		say_first_line(prompt);
	}
	go_through(&review);
	if (all) {
		say_files(prompt);
	} else if (review.left_out) {
		prompt_say(prompt, review.left_out == review.number ? "All is as before; show reads it again."
								    : "The rest is as before; show reads it all.");
	}
	strbuf_clear(&prompt->review_read);
	prompt->review_read = review.lines;
}

static enum reply obey_summary(struct prompt *prompt)
{
	const char *line = strbuf_text(&prompt->line), *rest;
	size_t number, unused, count;

	if (prompt_numbers(line, &number, &unused, &count) && count == 1) {
		const struct page *page = number ? page_of_line(prompt, number) : NULL;

		size_t here = wizard_page_number(prompt->wizard, wizard_page(prompt->wizard));

		if (page && wizard_goto(prompt->wizard, page)) {
			prompt_say(prompt, "goto %zu leads back to this page.", here);
			return REPLY_MOVED;
		}
		prompt_say(prompt,
			   page ? "Error: The page of line %zu is not reached yet." : "Error: There is no line %zu.",
			   number);
	} else if (text_equal_fold(line, "yes") || text_equal_fold(line, "y")) {
		return upgrade(prompt);
	} else if (text_equal_fold(line, "files")) {
		return choose_files(prompt);
	} else if ((rest = prompt_after_word(line, "line")) != NULL) {
		line_of(prompt, rest);
	} else if ((rest = prompt_after_word(line, "shell")) != NULL) {
		set_shell(prompt, rest);
	} else if (text_equal_fold(line, "show")) {
		say_review(prompt, true);
	} else if (text_equal_fold(line, "no") || text_equal_fold(line, "n")) {
		prompt_say(prompt,
			   "Nothing is written. A number leads to the page of that line, back to the page before.");
	} else {
		prompt_say(prompt,
			   "Error: \"%s\" is none of the words: yes, a number, line SERVER, shell NAME, files, show.",
			   line);
	}
	return REPLY_TEXT;
}

enum reply prompt_summary(struct prompt *prompt)
{
	const char *label = wizard_page(prompt->wizard)->next_label;
	static const char help[] = "yes writes the files and shows the steps. A number leads to the page of that line. "
				   "line MS01 shows the "
				   "command lines of one server, line those of all. shell cmd, shell powershell or "
				   "shell argv says for what. "
				   "files asks which files to write and where. show shows the review again.";
	struct strbuf question = STRBUF_INIT;
	enum reply reply;

	say_review(prompt, !prompt->review_read.length);
	strbuf_printf(&question, "%s? yes, a number, line SERVER, shell NAME, files, show", label ? label : "Go on");
	do {
		reply = prompt_ask(prompt, strbuf_text(&question), "no", help);
		if (reply == REPLY_TEXT)
			reply = obey_summary(prompt);
		else if (reply == REPLY_ENTER)
			prompt_say(prompt, "%s", help);
	} while (reply == REPLY_TEXT || reply == REPLY_ENTER);
	strbuf_clear(&question);
	return reply;
}
