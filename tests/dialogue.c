/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Which question is it? See dialogue.h.
 */
#include "dialogue.h"

#include "model/flow.h"

#include <ctype.h>

/* A question is wrapped like every line: it may stand on several, each at least so full. */
enum { FULL_LINE = 20 };

static bool is_blank_or_break(char c)
{
	return c == ' ' || c == '\n';
}

/* What follows TEXT at AT, where a line may have been broken at a blank; else NULL. A {slot} of TEXT is a few letters,
 * digits and blanks. */
static const char *skip(const char *at, const char *text)
{
	for (; *text; at++, text++) {
		if (*text == '{' && strchr(text, '}')) {
			const char *found = NULL;

			for (; !found && (isalnum((unsigned char)*at) || is_blank_or_break(*at)); at++)
				found = skip(at + 1, strchr(text, '}') + 1);
			return found;
		}
		if (*at != *text && !(*text == ' ' && *at == '\n'))
			return NULL;
	}
	return at;
}

static bool is_one_paragraph(const char *at)
{
	for (const char *end; (end = strchr(at, '\n')) != NULL; at = end + 1) {
		if (end - at < FULL_LINE)
			return false;
	}
	return true;
}

/* The question that begins with TEXT and ends TAIL; LABEL: TEXT is all of it but a hint and the value in brackets. */
static const char *find_question(const char *tail, const char *text, bool label)
{
	size_t length = strlen(tail);

	if (length < 2 || tail[length - 2] != ':' || tail[length - 1] != ' ')
		return NULL;
	for (const char *at = tail + length - 1; at >= tail; at--) {
		const char *rest;

		if (at > tail && at[-1] != '\n')
			continue;
		rest = skip(at + strspn(at, " "), text);
		if (rest && label && *rest != ':' && *rest != ',' &&
		    !(is_blank_or_break(*rest) && (rest[1] == '(' || rest[1] == '[')))
			rest = NULL;
		if (rest)
			return is_one_paragraph(at) ? at : NULL;
	}
	return NULL;
}

/* ---- fields ---- */

static const char *account_label(const struct flow *flow, const char *key)
{
	for (const struct account *account = flow->accounts; account && account->key; account++) {
		if (str_eq(account->key, key))
			return account->label;
	}
	return key;
}

static const char *find_field_question(const struct flow *flow, const struct field *field, const char *tail)
{
	struct strbuf text = STRBUF_INIT;
	const char *found;

	strbuf_puts(&text, field->label);
	if (field->kind == FIELD_SECRET)
		strbuf_printf(&text, " (%s)", account_label(flow, field->account));
	found = find_question(tail, strbuf_text(&text), field->kind != FIELD_SECRET);
	strbuf_clear(&text);
	return found;
}

/* Whether FIELD, of the rows PARENT or of the plan itself, has KEY. */
static bool has_key(const struct field *parent, const struct field *field, const char *key)
{
	size_t length = parent ? strlen(parent->key) : 0;

	if (!parent)
		return str_eq(field->key, key);
	return strncmp(key, parent->key, length) == 0 && key[length] == '.' && str_eq(field->key, key + length + 1);
}

/* A field that is asked for at the end of TAIL. KEY: that one; NULL: any that LINES does not name. */
struct search {
	const struct dialogue *dialogue;
	const char *key, *tail, *found;
	bool known; /* some field has KEY */
};

static bool is_named(const struct dialogue *dialogue, const struct field *parent, const struct field *field)
{
	for (size_t i = 0; i < dialogue->count; i++) {
		if (has_key(parent, field, dialogue->lines[i].asked))
			return true;
	}
	return false;
}

static void look_at(struct search *search, const struct flow *flow, const struct field *parent,
		    const struct field *const *fields)
{
	for (; fields && *fields; fields++) {
		bool meant = search->key ? has_key(parent, *fields, search->key)
					 : !is_named(search->dialogue, parent, *fields);

		search->known = search->known || (search->key && meant);
		if (meant && (*fields)->kind != FIELD_ROWS && !search->found)
			search->found = find_field_question(flow, *fields, search->tail);
		if ((*fields)->kind == FIELD_ROWS)
			look_at(search, flow, *fields, (*fields)->columns);
	}
}

static void search_fields(struct search *search)
{
	const struct flow *flow;

	for (size_t i = 0; (flow = flow_at(i)); i++) {
		look_at(search, flow, NULL, flow->fields);
		for (const struct page *const *page = flow->pages; page && *page; page++)
			look_at(search, flow, NULL, (*page)->fields);
	}
}

/* ---- turns ---- */

static bool is_asked(const struct dialogue *dialogue, const char *asked, const char *tail)
{
	struct search search = { .dialogue = dialogue, .key = asked, .tail = tail };

	search_fields(&search);
	return search.known ? search.found != NULL : find_question(tail, asked, false) != NULL;
}

/* Enter, once: what is asked again was no answer. */
static bool may_enter(struct dialogue *dialogue, const char *tail)
{
	struct search search = { .dialogue = dialogue, .tail = tail };
	bool again;

	search_fields(&search);
	if (!search.found)
		search.found = find_question(tail, "Enter goes on", false);
	if (!search.found)
		return false;
	again = str_eq(strbuf_text(&dialogue->entered), tail);
	strbuf_reset(&dialogue->entered);
	strbuf_puts(&dialogue->entered, tail);
	return !again && !strstr(tail, "Error: ");
}

enum turn dialogue_turn(struct dialogue *dialogue, const char *tail, const char **answer, struct strbuf *why)
{
	const struct exchange *next;

	if (dialogue->at == dialogue->count)
		return TURN_OVER;
	next = &dialogue->lines[dialogue->at];
	if (is_asked(dialogue, next->asked, tail)) {
		*answer = next->answer;
		dialogue->at++;
		strbuf_reset(&dialogue->entered);
		return TURN_ANSWER;
	}
	for (const struct exchange *always = dialogue->always; always && always->asked; always++) {
		if (is_asked(dialogue, always->asked, tail)) {
			*answer = always->answer;
			strbuf_reset(&dialogue->entered);
			return TURN_ANSWER;
		}
	}
	if (may_enter(dialogue, tail)) {
		*answer = "";
		return TURN_ANSWER;
	}
	strbuf_printf(why, "derailed: \"%s\" was to be asked (number %zu), but here is\n%s\n", next->asked,
		      dialogue->at + 1, tail);
	return TURN_DERAILED;
}

bool dialogue_is_cut(const struct dialogue *dialogue, struct strbuf *why)
{
	if (dialogue->at == dialogue->count)
		return false;
	strbuf_printf(why, "derailed: nobody asked for \"%s\" (number %zu of %zu)\n",
		      dialogue->lines[dialogue->at].asked, dialogue->at + 1, dialogue->count);
	return true;
}

void dialogue_clear(struct dialogue *dialogue)
{
	strbuf_clear(&dialogue->entered);
}
