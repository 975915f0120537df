/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The keys of a line that is typed, as key_editing of keys.c tells of them.
 */
#include "ui/editing.h"

static const struct {
	enum key_name name;
	uint32_t code;
	enum edit_key edit;
} edit_keys[] = {
	{ KEYNAME_LEFT, 0, EDIT_LEFT },           { KEYNAME_RIGHT, 0, EDIT_RIGHT },
	{ KEYNAME_HOME, 0, EDIT_HOME },           { KEYNAME_END, 0, EDIT_END },
	{ KEYNAME_CTRL_LEFT, 0, EDIT_WORD_LEFT }, { KEYNAME_CTRL_RIGHT, 0, EDIT_WORD_RIGHT },
	{ KEYNAME_BACKSPACE, 0, EDIT_BACKSPACE }, { KEYNAME_DELETE, 0, EDIT_DELETE },
	{ KEYNAME_CTRL, 'a', EDIT_HOME },         { KEYNAME_CTRL, 'e', EDIT_END },
	{ KEYNAME_CTRL, 'u', EDIT_KILL_LINE },    { KEYNAME_CTRL, 'w', EDIT_KILL_WORD },
	{ KEYNAME_CTRL, 'k', EDIT_KILL_END },     { KEYNAME_CTRL, '_', EDIT_UNDO },
	{ KEYNAME_ALT, 'z', EDIT_UNDO },
};

const char *editing_notice(enum edit_result result)
{
	return result == EDIT_FULL       ? "There is no room for more in this field."
	       : result == EDIT_STRIPPED ? "Line ends and control characters were left out of what was pasted."
					 : NULL;
}

bool editing_press(struct lineedit *edit, const struct key *key, enum edit_result *result)
{
	enum edit_result got = EDIT_NOTHING;
	bool mine = key->name == KEYNAME_CODE || key->name == KEYNAME_PASTE;

	if (key->name == KEYNAME_CODE)
		got = lineedit_code(edit, key->code);
	else if (key->name == KEYNAME_PASTE)
		got = lineedit_paste(edit, key->text, key->length);
	for (size_t i = 0; !mine && i < ARRAY_LEN(edit_keys); i++) {
		if (key->name != edit_keys[i].name || (edit_keys[i].code && key->code != edit_keys[i].code))
			continue;
		got = lineedit_key(edit, edit_keys[i].edit);
		mine = true;
	}
	if (mine && result)
		*result = got;
	return mine;
}
