/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The plain front end's pages of fields: their questions in order, then Next.
 */
#include "plain/prompt_private.h"

#include "core/text.h"

/* Whether PATH ("servers[2].name") speaks of FIELD. */
static bool is_about(const char *path, const struct field *field)
{
	size_t length = strlen(field->key);

	return strncmp(path, field->key, length) == 0 && (!path[length] || path[length] == '[');
}

/* Where to ask again: the first field that has an error, else the first of all. */
static size_t first_error(const struct page *page, const struct diags *diags)
{
	for (size_t field = 0; page->fields && page->fields[field]; field++) {
		for (size_t i = 0; i < diags->count; i++) {
			if (diags->items[i].severity == SEV_ERROR &&
			    is_about(diags->items[i].path, page->fields[field]))
				return field;
		}
	}
	return 0;
}

static size_t place_of(const struct page *page, const struct field *field)
{
	size_t place = 0;

	while (page->fields[place] && page->fields[place] != field)
		place++;
	if (!page->fields[place])
		bug("page \"%s\" has no field \"%s\"", page->id, field->key);
	return place;
}

/* The text may be made of the answers: the one with those just given, when it is another than stood above them. */
static void say_text_again(struct prompt *prompt, const struct page *page)
{
	const char *text = page->kind == PAGE_TEXT ? wizard_page_text(prompt->wizard, page) : NULL;

	if (!text || str_eq(text, strbuf_text(&prompt->page_text)))
		return;
	prompt_say(prompt, "With these answers:");
	prompt_say_text(prompt, text);
	strbuf_reset(&prompt->page_text);
	strbuf_puts(&prompt->page_text, text);
}

/* Asks from field FROM of the page on. *ASKED tells whether there was anything to ask. */
static enum reply ask_fields(struct prompt *prompt, size_t from, bool *asked)
{
	const struct page *page = wizard_page(prompt->wizard);

	*asked = false;
	for (size_t i = from; page->fields && page->fields[i]; i++) {
		const struct field *field = page->fields[i];
		struct record *record = wizard_record(prompt->wizard);
		const struct flow *flow = wizard_plan(prompt->wizard)->flow;
		enum reply reply;

		if ((field->flags & FIELD_HIDDEN_ROW) || !wizard_field_applies(prompt->wizard, record, field))
			continue;
		*asked = *asked || !prompt_is_settled(prompt, field, record);
		reply = prompt_ask_field(prompt, record, field);
		if (reply != REPLY_TEXT && reply != REPLY_ENTER)
			return reply;
		/* Another product has other pages: on with the same one of that product. */
		if (wizard_plan(prompt->wizard)->flow != flow) {
			page = wizard_page(prompt->wizard);
			i = place_of(page, field);
		}
	}
	say_text_again(prompt, page);
	return REPLY_TEXT;
}

enum reply prompt_form(struct prompt *prompt)
{
	struct diags found = DIAGS_INIT;
	enum reply reply;
	size_t from = 0;
	bool asked;

	do {
		reply = ask_fields(prompt, from, &asked);
		if (reply == REPLY_TEXT && !asked)
			reply = prompt_ask(prompt, "Enter goes on", NULL, NULL);
		if (reply != REPLY_TEXT && reply != REPLY_ENTER)
			break;
		diags_clear(&found);
		reply = prompt_next(prompt, &found);
		from = first_error(wizard_page(prompt->wizard), &found);
	} while (reply == REPLY_ENTER);
	diags_clear(&found);
	return reply;
}
