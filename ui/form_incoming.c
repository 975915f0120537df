/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The list of servers of a form takes many at a time: what is pasted, and what a file has.
 */
#include "ui/dialog_servers.h"
#include "ui/form.h"
#include "ui/form_parts.h"

bool form_takes_lists(const struct form *form, const struct form_item *item)
{
	return item->field == wizard_plan(form->wizard)->flow->servers;
}

/* What could not be read is shown, what could is asked about and added. */
static void add_incoming(struct form *form, struct form_item *item, struct incoming *incoming,
			 const struct diags *found)
{
	size_t before = field_rows(item->field, form_record(form))->count;
	struct strbuf said = STRBUF_INIT;

	if (found->count)
		dialog_findings(form->ui, "Left out", found);
	if (incoming_open(incoming))
		dialog_servers(form->ui, incoming);
	incoming_finish(incoming, &said);
	ui_say(form->ui, strbuf_text(&said));
	strbuf_clear(&said);
	if (field_rows(item->field, form_record(form))->count > before) {
		filter_clear(&item->filter);
		item->list.at = before;
	}
	form_store(form, item, NULL);
}

static void paste_rows(struct form *form, struct form_item *item, const char *text, size_t length)
{
	struct diags found = DIAGS_INIT;
	struct incoming *incoming = incoming_paste(form->wizard, text, length, &found);

	add_incoming(form, item, incoming, &found);
	incoming_free(incoming);
	diags_clear(&found);
}

/* ---- where a paste goes ---- */

/* TEXT up to the blanks and line ends behind it has one of CHARACTERS. */
static bool has_within(const char *text, size_t length, const char *characters)
{
	while (length > 0 && strchr(" \t\r\n", text[length - 1]))
		length--;
	for (size_t i = 0; i < length; i++) {
		if (text[i] && strchr(characters, text[i]))
			return true;
	}
	return false;
}

bool is_list_paste(const struct key *key)
{
	return key->name == KEYNAME_PASTE && has_within(key->text, key->length, "\r\n\t");
}

static struct form_item *list_of(struct form *form)
{
	for (size_t i = 0; i < form->count; i++) {
		if (form->items[i].shown && form_takes_lists(form, &form->items[i]))
			return &form->items[i];
	}
	return NULL;
}

/* Lines become the items of a list of names. */
static void paste_names(struct form *form, const char *text, size_t length)
{
	struct strbuf line = STRBUF_INIT;
	struct key key = { .name = KEYNAME_PASTE };

	for (size_t i = 0; i < length; i++) {
		bool end = text[i] == '\n' || text[i] == '\r';

		if (end && i + 1 < length && text[i + 1] != '\n' && text[i + 1] != '\r')
			strbuf_puts(&line, ", ");
		else if (!end)
			strbuf_putc(&line, text[i]);
	}
	key.text = strbuf_text(&line);
	key.length = line.length;
	(void)form_key(form, &key, ACTION_NONE);
	strbuf_clear(&line);
}

bool form_paste(struct form *form, struct form_item *item, const struct key *key)
{
	struct form_item *list = list_of(form);

	if (form_takes_lists(form, item)) {
		paste_rows(form, item, key->text, key->length);
	} else if (item->field->kind == FIELD_SECRET || !is_list_paste(key)) {
		return false;
	} else if (item->field->kind == FIELD_NAMES && has_within(key->text, key->length, "\r\n")) {
		paste_names(form, key->text, key->length);
	} else if (list) {
		form_focus_item(form, list);
		paste_rows(form, list, key->text, key->length);
	} else if (has_within(key->text, key->length, "\r\n")) {
		ui_say(form->ui, "Several lines were pasted, and this field takes one: nothing was taken.");
	} else {
		return false;
	}
	return true;
}
