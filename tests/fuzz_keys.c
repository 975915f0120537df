/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Fuzz target: what a terminal sends -> keys -> a line that is edited, shown and hidden. Every byte is used up, the
 * line stays text within its limit, and the cursor stays in its field.
 */
#include "fuzz.h"

#include "core/lineedit.h"
#include "core/text.h"
#include "ui/input.h"

enum { LIMIT = 64 };

struct source {
	const uint8_t *at, *end;
};

/* A byte of 0xFF stands for what curses has recognized already: a paste, or the key that the next byte names. */
static int next(void *data)
{
	struct source *source = data;

	if (source->at == source->end)
		return INPUT_NOTHING;
	if (*source->at != 0xFF)
		return *source->at++;
	source->at++;
	if (source->at == source->end)
		return INPUT_PASTE;
	return INPUT_KEY + KEYNAME_ENTER + *source->at++ % (KEYNAME_CTRL - KEYNAME_ENTER);
}

static int byte(void *data)
{
	struct source *source = data;

	return source->at == source->end ? INPUT_NOTHING : *source->at++;
}

static void edit_key(struct lineedit *edit, const struct key *key)
{
	static const struct { enum key_name name; enum edit_key edit; } keys[] = {
		{ KEYNAME_LEFT, EDIT_LEFT }, { KEYNAME_RIGHT, EDIT_RIGHT }, { KEYNAME_HOME, EDIT_HOME },
		{ KEYNAME_END, EDIT_END }, { KEYNAME_CTRL_LEFT, EDIT_WORD_LEFT },
		{ KEYNAME_CTRL_RIGHT, EDIT_WORD_RIGHT },
		{ KEYNAME_BACKSPACE, EDIT_BACKSPACE }, { KEYNAME_DELETE, EDIT_DELETE }, { KEYNAME_F1, EDIT_KILL_LINE },
		{ KEYNAME_F2, EDIT_KILL_WORD }, { KEYNAME_F3, EDIT_KILL_END },
	};

	if (key->name == KEYNAME_CODE)
		lineedit_code(edit, key->code);
	else if (key->name == KEYNAME_PASTE)
		lineedit_paste(edit, key->text, key->length);
	for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
		if (keys[i].name == key->name)
			lineedit_key(edit, keys[i].edit);
	}
}

static size_t cells(const struct strbuf *text)
{
	const char *at = strbuf_text(text), *end = at + text->length;
	size_t count = 0;

	while (at < end)
		count += (size_t)text_width(text_next(&at, end));
	return count;
}

static void must_be_well(struct lineedit *edit, size_t width)
{
	struct strbuf shown = STRBUF_INIT;
	const char *text = lineedit_text(edit);
	size_t length = strlen(text), offset;

	if (!edit->hidden && (length > LIMIT || edit->cursor > length || !text_is_utf8(text, length) ||
			      text_find_unsafe(text, length, &offset)))
		bug("the line is no text, or too long");
	if (!edit->hidden && (text[edit->cursor] & 0xC0) == 0x80)
		bug("the cursor stands within a character");
	if (lineedit_view(edit, width, false, &shown) >= width || cells(&shown) > width)
		bug("the cursor or the text is outside of its field");
	strbuf_clear(&shown);
}

int fuzz_keys(const uint8_t *data, size_t size)
{
	struct source source = { data, data + size };
	struct input input = { .next = next, .byte = byte, .data = &source };
	struct secret *secret = secret_new();
	struct strbuf name = STRBUF_INIT;
	struct lineedit shown, hidden;
	enum input_result result;
	size_t turns = 0;
	struct key key;

	lineedit_start(&shown, "CONTOSO", LIMIT);
	lineedit_start_hidden(&hidden, secret);
	while ((result = input_read(&input, &key)) != INPUT_EMPTY) {
		if (turns++ > 2 * size + 2)
			bug("keys without end");
		if (result != INPUT_GOT)
			continue;
		(void)key_action(&key, true);
		(void)key_action(&key, false);
		key_to_name(&key, &name);
		edit_key(&shown, &key);
		edit_key(&hidden, &key);
		must_be_well(&shown, 1 + turns % 20);
		must_be_well(&hidden, 1 + turns % 20);
	}
	lineedit_clear(&shown);
	lineedit_clear(&hidden);
	input_clear(&input);
	secret_free(secret);
	strbuf_clear(&name);
	return 0;
}
