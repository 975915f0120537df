/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Many servers at a time, line by line: lines until an empty one, or a file; then the roles of those that came without.
 */
#include "plain/prompt_private.h"

#include "core/text.h"
#include "wizard/wizard_checks.h"
#include "wizard/wizard_servers.h"

enum { NAMES_SHOWN = 40 };

/* "Roles of GW01, GW02" */
static void make_question(struct incoming *incoming, struct strbuf *out)
{
	size_t shown = 0, count = incoming_ticked_count(incoming);

	strbuf_puts(out, "Roles of");
	for (size_t i = 0; i < incoming_open(incoming) && shown < NAMES_SHOWN; i++) {
		if (*incoming_ticked(incoming, i))
			strbuf_printf(out, "%s %s", shown++ ? "," : "", incoming_name(incoming, i));
	}
	if (count > shown)
		strbuf_printf(out, ", and %zu more", count - shown);
}

static void put_roles(struct prompt *prompt, unsigned roles, struct strbuf *out)
{
	const struct choice *choices = wizard_plan(prompt->wizard)->flow->roles;

	for (unsigned i = 0; choices[i].id; i++) {
		if (roles & 1u << i)
			strbuf_printf(out, "%s%s", out->length ? ", " : "", choices[i].id);
	}
}

static void put_help(struct prompt *prompt, struct strbuf *out)
{
	const struct choice *choices = wizard_plan(prompt->wizard)->flow->roles;

	strbuf_puts(out, "One or more of:");
	for (unsigned i = 0; choices[i].id; i++)
		strbuf_printf(out, "%s %s", i ? "," : "", choices[i].id);
	strbuf_puts(out, ". Enter takes what is in brackets. each asks for one name after the other, skip leaves these "
			 "out; back gives up all that have no roles yet.");
}

/* The first of those that are ticked stays so, alone. */
static void tick_one(struct incoming *incoming)
{
	bool found = false;

	for (size_t i = 0; i < incoming_open(incoming); i++) {
		bool *ticked = incoming_ticked(incoming, i);

		*ticked = *ticked && !found;
		found = found || *ticked;
	}
}

static void take(struct prompt *prompt, struct incoming *incoming, const char *text)
{
	struct diags found = DIAGS_INIT;
	unsigned roles = 0;

	if (text && !roles_parse(wizard_plan(prompt->wizard)->flow, text, &roles)) {
		prompt_say(prompt, "Error: \"%s\" is not a role. ? lists the roles.", text);
		return;
	}
	if (text)
		*incoming_roles(incoming) = roles;
	(void)incoming_take(incoming, &found);
	prompt_say_findings(prompt, &found);
	diags_clear(&found);
}

static enum reply ask_roles(struct prompt *prompt, struct incoming *incoming)
{
	struct strbuf question = STRBUF_INIT, proposed = STRBUF_INIT, help = STRBUF_INIT;
	enum reply reply = REPLY_TEXT;

	put_help(prompt, &help);
	prompt->in_row = true;
	while (incoming_open(incoming) && (reply == REPLY_TEXT || reply == REPLY_ENTER)) {
		const char *line;

		strbuf_reset(&question);
		strbuf_reset(&proposed);
		make_question(incoming, &question);
		put_roles(prompt, *incoming_roles(incoming), &proposed);
		reply = prompt_ask(prompt, strbuf_text(&question), proposed.length ? strbuf_text(&proposed) : NULL,
				   strbuf_text(&help));
		line = strbuf_text(&prompt->line);
		if (reply == REPLY_ENTER)
			take(prompt, incoming, NULL);
		else if (reply == REPLY_TEXT && text_equal_fold(line, "each"))
			tick_one(incoming);
		else if (reply == REPLY_TEXT && text_equal_fold(line, "skip"))
			incoming_skip(incoming);
		else if (reply == REPLY_TEXT)
			take(prompt, incoming, line);
	}
	prompt->in_row = false;
	strbuf_clear(&question);
	strbuf_clear(&proposed);
	strbuf_clear(&help);
	return reply == REPLY_OVER || reply == REPLY_MOVED ? reply : REPLY_TEXT;
}

static enum reply add_incoming(struct prompt *prompt, struct incoming *incoming, const struct diags *found)
{
	struct strbuf said = STRBUF_INIT;
	enum reply reply;

	prompt_say_findings(prompt, found);
	reply = ask_roles(prompt, incoming);
	/* What was answered is kept, also when nobody answers any more. */
	incoming_finish(incoming, &said);
	if (reply != REPLY_OVER)
		prompt_say(prompt, "%s", strbuf_text(&said));
	strbuf_clear(&said);
	return reply;
}

/* Lines until an empty one. */
static enum reply read_lines(struct prompt *prompt, struct strbuf *text)
{
	enum reply reply;

	prompt_say(prompt, "One server on each line, alone or with its roles; an empty line ends the list.");
	prompt->in_row = true;
	while ((reply = prompt_ask(prompt, "Server", NULL, "A name, or a name and its roles, such as MS01 "
							   "management-server.")) == REPLY_TEXT) {
		if (prompt_slipped(prompt))
			continue;
		strbuf_puts(text, strbuf_text(&prompt->line));
		strbuf_putc(text, '\n');
	}
	prompt->in_row = false;
	return reply;
}

enum reply prompt_paste(struct prompt *prompt)
{
	struct strbuf text = STRBUF_INIT;
	struct diags found = DIAGS_INIT;
	struct incoming *incoming;
	enum reply reply = read_lines(prompt, &text);

	if (text.length && reply == REPLY_ENTER) {
		incoming = incoming_paste(prompt->wizard, strbuf_text(&text), text.length, &found);
		reply = add_incoming(prompt, incoming, &found);
		incoming_free(incoming);
	} else if (reply == REPLY_ENTER || reply == REPLY_BACK) {
		prompt_say(prompt, "Nothing is added.");
		reply = REPLY_TEXT;
	}
	diags_clear(&found);
	strbuf_clear(&text);
	return reply;
}

enum reply prompt_server_file(struct prompt *prompt, const char *path)
{
	struct diags found = DIAGS_INIT;
	struct incoming *incoming = incoming_load(prompt->wizard, path, &found);
	enum reply reply = add_incoming(prompt, incoming, &found);

	incoming_free(incoming);
	diags_clear(&found);
	return reply;
}

void prompt_fill(struct prompt *prompt, const char *path)
{
	struct strbuf said = STRBUF_INIT;
	struct diags found = DIAGS_INIT;
	bool ok = wizard_fill(prompt->wizard, path, &said, &found);

	prompt_say(prompt, "%s%s", ok ? "" : "Error: ", strbuf_text(&said));
	prompt_say_findings(prompt, &found);
	strbuf_clear(&said);
	diags_clear(&found);
}

enum reply prompt_offer_facts(struct prompt *prompt)
{
	const char *offer = wizard_facts_offer(prompt->wizard);
	enum reply reply;
	bool yes = true;

	if (!offer)
		return REPLY_TEXT;
	prompt_say(prompt, "There are facts in %s. They fill the plan: servers, roles, accounts, databases.", offer);
	reply = prompt_ask_yes(prompt, "Fill the plan from them?", &yes);
	if (reply == REPLY_TEXT && yes)
		prompt_fill(prompt, offer);
	return reply == REPLY_OVER ? reply : REPLY_TEXT;
}
