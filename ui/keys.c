/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Keys and what they do. key_action() reads the very words that the help shows, so that the two cannot differ.
 */
#include "ui/keys.h"

#include "core/text.h"

/* clang-format off */
const struct key_row key_table[] = {
	{ ACTION_NEXT_FIELD, "Tab, Down, Ctrl-N", "Tab", "Next field", "Goes to the next field." },
	{ ACTION_PREVIOUS_FIELD, "Shift-Tab, Up, Ctrl-P", "Shift-Tab", "Previous field", "Goes to the field before." },
	{ ACTION_ACTIVATE, "Enter", "Enter", "Choose",
	  "Presses the button, opens what is selected; in a text it goes to the next field." },
	{ ACTION_TOGGLE, "Space", "Space", "Switch", "Sets or clears a check mark, takes the next choice." },
	{ ACTION_NEXT_PAGE, "Alt-N, F8", "F8", "Next",
	  "Goes on: checks the page, writes the files or closes, as its button says; PgDn too, where nothing "
	  "scrolls." },
	{ ACTION_BACK, "Esc, Alt-B, F7", "Esc", "Back",
	  "Goes to the page before, or closes what is open. Nothing that was typed is lost." },
	{ ACTION_PAGE_LIST, "Alt-G", "Alt-G", "Pages", "Lists the pages, to go to one of them." },
	{ ACTION_HELP, "F1, Alt-H, ?", "F1", "Help", "Explains the page, the field and the keys." },
	{ ACTION_BROWSE, "F2, Alt-O", "F2", "Browse", "Looks for a folder." },
	{ ACTION_FIND, "F3, /", "/", "Find", "Shows only the rows with the typed text in them." },
	{ ACTION_VERIFY, "F5, Alt-V", "F5", "Verify", "Verifies the prerequisites again." },
	{ ACTION_SAVE, "F6, Alt-S", "F6", "Save", "Saves the plan now, finished or not." },
	{ ACTION_REVEAL, "F4, Alt-P", "F4", "Show", "Shows or hides the password while its field has the focus." },
	{ ACTION_REDRAW, "Ctrl-L", "Ctrl-L", "Redraw", "Draws the whole screen again." },
	{ ACTION_MOUSE, "F9", "F9", "Mouse",
	  "Turns the mouse on or off; while it is off the terminal selects text as usual." },
	{ ACTION_QUIT, "Alt-Q, Ctrl-Q, Q", "Alt-Q", "Quit",
	  "Leaves; asks what to do with changes." },
	{ ACTION_INTERRUPT, "Ctrl-C", "Ctrl-C", "Interrupt", "Leaves at once; a draft is kept." },
	{ ACTION_SUSPEND, "Ctrl-Z", "Ctrl-Z", "Suspend", "Stops the program until the shell brings it back." },
	{ ACTION_ADD, "A, Insert, Alt-A", "A", "Add", "Adds a row to the list." },
	{ ACTION_REPEAT, "D", "D", "Like this",
	  "Adds a row like the selected one, with the next number in its name." },
	{ ACTION_FACTS, "F, Alt-F", "F", "From facts",
	  "Fills the answers from facts, or from a file that lists servers." },
	{ ACTION_EDIT, "E, Alt-E", "Enter", "Edit", "Opens the selected row; Enter does so too." },
	{ ACTION_REMOVE, "Del, Ctrl-D", "Del", "Remove", "Removes the selected row." },
	{ ACTION_MOVE_UP, "Ctrl-Up, Alt-U", "Ctrl-Up", "Move up", "Moves the selected row up; - does so too." },
	{ ACTION_MOVE_DOWN, "Ctrl-Down, Alt-D", "Ctrl-Down", "Move down",
	  "Moves the selected row down; + does so too." },
	{ ACTION_WHOLE_LINE, "Alt-L", "Alt-L", "Whole line", "Shows a line whole that was cut." },
	{ ACTION_COPY_LINE, "Alt-C", "Alt-C", "Copy line",
	  "Copies the command line to the terminal's clipboard, never with a password." },
	{ ACTION_ANSWER, "Alt-W", "Space", "Answer",
	  "Confirms or acknowledges the selected check for its servers that are shown; Space does so too." },
	{ ACTION_ANSWER_ALL, "Alt-Y", "A", "Several",
	  "Answers several checks that are shown with one note; A does so too." },
	{ ACTION_SERVERS, "O", "Enter", "Servers",
	  "Opens the servers of the check, or closes them; Enter and Right do so too." },
	{ ACTION_STEP_START, "S, Alt-T", "S", "Start", "The step has been started." },
	{ ACTION_STEP_DONE, "Alt-I", "Enter", "Done", "The step is done; Enter does so too." },
	{ ACTION_STEP_FAILED, "X, Alt-X", "X", "Failed",
	  "The step has failed; shows where to look." },
	{ ACTION_STEP_SKIP, "K, Alt-K", "K", "Skip", "The step is skipped, with a note." },
	{ ACTION_STEP_NOTE, "N, Alt-M", "N", "Note", "Adds a note to the step." },
	{ ACTION_STEP_RESET, "R, Alt-R", "R", "Reset", "Sets the step back, after a question." },
	{ ACTION_DETAILS, "I, Alt-J", "Space", "Details",
	  "Shows all about the step; Space does so too." },
	{ ACTION_NEXT_PLAN, "P", "P", "Next plan",
	  "Writes the plan of the next upgrade." },
	{ ACTION_NONE, NULL, NULL, NULL, NULL }
};

const struct key_row key_shown[] = {
	{ ACTION_CHOOSE_SIDE, "Left, Right", "\u2190\u2192", "Choose", "Takes the choice before or the next one." },
	{ ACTION_SELECT, "Up, Down", "\u2191\u2193", "Select", "Goes to the row before or the next one." },
	{ ACTION_SCROLL, "PgUp, PgDn", "PgDn", "Scroll", "Shows what is above or below." },
	{ ACTION_SHELL, "Left, Right", "\u2190\u2192", "Shell", "Shows the command line for another shell." },
	{ ACTION_WHOLE_PAGE, "Enter", "Enter", "Details", "Shows all that is known about it." },
	{ ACTION_READ_LOG, "F2, Alt-O", "F2", "Read log", "Reads the log of the step and says why it failed." },
	{ ACTION_CHANGE, "Enter", "Enter", "Change", "Goes to the page where this is answered." },
	{ ACTION_WITHDRAW, "Del, Ctrl-D", "Del", "Withdraw", "Withdraws the answer." },
	{ ACTION_SHOW_ALL, "Esc", "Esc", "Show all", "Shows all rows again, and not only those that were found." },
	{ ACTION_NONE, NULL, NULL, NULL, NULL }
};

const struct key_row key_editing[] = {
	{ ACTION_NONE, "Left, Right", "", "", "One character on." },
	{ ACTION_NONE, "Ctrl-Left, Ctrl-Right", "", "", "One word on." },
	{ ACTION_NONE, "Home, Ctrl-A", "", "", "To the start." },
	{ ACTION_NONE, "End, Ctrl-E", "", "", "To the end." },
	{ ACTION_NONE, "Backspace, Del", "", "", "Deletes the character before or under the cursor." },
	{ ACTION_NONE, "Ctrl-W", "", "", "Deletes back to the last blank, \\ or /." },
	{ ACTION_NONE, "Ctrl-U, Ctrl-K", "", "", "Deletes all before or behind the cursor." },
	{ ACTION_NONE, "Ctrl-_, Alt-Z", "", "", "Takes the last change back." },
	{ ACTION_NONE, NULL, NULL, NULL, NULL }
};

static const struct { const char *name; enum key_name key; } named[] = {
	{ "Enter", KEYNAME_ENTER }, { "Tab", KEYNAME_TAB }, { "Shift-Tab", KEYNAME_BACKTAB }, { "Esc", KEYNAME_ESC },
	{ "Backspace", KEYNAME_BACKSPACE }, { "Del", KEYNAME_DELETE }, { "Insert", KEYNAME_INSERT },
	{ "Up", KEYNAME_UP }, { "Down", KEYNAME_DOWN }, { "Left", KEYNAME_LEFT }, { "Right", KEYNAME_RIGHT },
	{ "Home", KEYNAME_HOME }, { "End", KEYNAME_END }, { "PgUp", KEYNAME_PAGE_UP }, { "PgDn", KEYNAME_PAGE_DOWN },
	{ "Ctrl-Up", KEYNAME_CTRL_UP }, { "Ctrl-Down", KEYNAME_CTRL_DOWN },
	{ "Ctrl-Left", KEYNAME_CTRL_LEFT }, { "Ctrl-Right", KEYNAME_CTRL_RIGHT },
	{ "F1", KEYNAME_F1 }, { "F2", KEYNAME_F2 }, { "F3", KEYNAME_F3 }, { "F4", KEYNAME_F4 }, { "F5", KEYNAME_F5 },
	{ "F6", KEYNAME_F6 }, { "F7", KEYNAME_F7 }, { "F8", KEYNAME_F8 }, { "F9", KEYNAME_F9 }
};
/* clang-format on */

const struct key_row *key_row_of(enum action action)
{
	const struct key_row *row;

	for (row = key_table; row->action != ACTION_NONE; row++)
		if (row->action == action)
			return row;
	for (row = key_shown; row->action != ACTION_NONE; row++)
		if (row->action == action)
			return row;
	return NULL;
}

const char *key_brief(const struct key_row *row, bool ascii)
{
	return ascii && (unsigned char)row->brief[0] > 0x7F ? row->keys : row->brief;
}

static char lower(char c)
{
	return (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

static bool is_name(const char *name, size_t length, const char *word)
{
	return strlen(word) == length && memcmp(name, word, length) == 0;
}

bool key_from_name(const char *name, size_t length, struct key *key)
{
	const char *at = name, *end = name + length;
	size_t i;

	*key = (struct key){ .name = KEYNAME_CODE };
	for (i = 0; i < ARRAY_LEN(named); i++)
		if (is_name(name, length, named[i].name)) {
			key->name = named[i].key;
			return true;
		}
	if (is_name(name, length, "Space")) {
		key->code = ' ';
		return true;
	}
	if (length == 6 && memcmp(name, "Ctrl-", 5) == 0)
		key->name = KEYNAME_CTRL;
	else if (length == 5 && memcmp(name, "Alt-", 4) == 0)
		key->name = KEYNAME_ALT;
	if (key->name != KEYNAME_CODE) {
		key->code = (unsigned char)lower(name[length - 1]);
		return true;
	}
	if (length == 0)
		return false;
	key->code = text_next(&at, end);
	return at == end && !text_is_unsafe(key->code);
}

void key_to_name(const struct key *key, struct strbuf *out)
{
	bool letter = key->code >= 'a' && key->code <= 'z';
	size_t i;

	for (i = 0; i < ARRAY_LEN(named); i++)
		if (key->name == named[i].key)
			strbuf_puts(out, named[i].name);
	if (key->name == KEYNAME_CTRL)
		strbuf_puts(out, "Ctrl-");
	else if (key->name == KEYNAME_ALT)
		strbuf_puts(out, "Alt-");
	else if (key->name != KEYNAME_CODE)
		return;
	if (key->name == KEYNAME_CODE && key->code == ' ')
		strbuf_puts(out, "Space");
	else if (!text_is_unsafe(key->code))
		strbuf_put_code(out, letter ? key->code - 'a' + 'A' : key->code);
}

/* Whether the comma-separated KEYS has NAME (LENGTH bytes) in it. */
static bool lists(const char *keys, const char *name, size_t length)
{
	size_t here;

	for (; *keys; keys += here) {
		keys += strspn(keys, ", ");
		here = strcspn(keys, ",");
		if (here == length && memcmp(keys, name, length) == 0)
			return true;
	}
	return false;
}

enum action key_action(const struct key *key, bool in_text)
{
	struct key plain = *key;
	struct strbuf name = STRBUF_INIT;
	const struct key_row *row;

	if (key->name == KEYNAME_CODE && in_text)
		return ACTION_NONE;
	if (key->name == KEYNAME_CODE && key->code >= '1' && key->code <= '9')
		plain.name = (enum key_name)(KEYNAME_F1 + (int)(key->code - '1'));
	key_to_name(&plain, &name);
	for (row = key_table; row->action != ACTION_NONE; row++)
		if (name.length && lists(row->keys, strbuf_text(&name), name.length))
			break;
	strbuf_clear(&name);
	return row->action;
}

/* Adds those keys of ROW that do it here. KNOWN: those that were added before, each with ", " before it. */
static void add_keys(struct strbuf *out, struct strbuf *known, const struct key_row *row, bool letters)
{
	size_t start = out->length, length;
	struct key key;

	for (const char *at = row->keys; *at; at += strspn(at, ", ")) {
		length = strcspn(at, ",");
		if ((letters || !key_from_name(at, length, &key) || key.name != KEYNAME_CODE) &&
		    !lists(strbuf_text(known), at, length)) {
			strbuf_printf(out, "%s%.*s", out->length > start ? ", " : "", (int)length, at);
			strbuf_printf(known, ", %.*s", (int)length, at);
		}
		at += length;
	}
}

void keys_print(struct strbuf *out, int width, const struct key_use *uses, bool in_text)
{
	struct strbuf keys = STRBUF_INIT, known = STRBUF_INIT;
	const struct key_row *row;

	for (; uses->action != ACTION_NONE; uses++) {
		row = key_row_of(uses->action);
		strbuf_reset(&keys);
		add_keys(&keys, &known, row, uses->letters && !in_text);
		if (keys.length)
			strbuf_printf(out, "%-*s %s\n", width, strbuf_text(&keys), row->help);
	}
	strbuf_clear(&keys);
	strbuf_clear(&known);
	if (!in_text) {
		strbuf_printf(out, "%-*s %s\n", width, "1 to 9", "F1 to F9, while the focus is in no text.");
		return;
	}
	strbuf_puts(out, "\nInside a text:\n");
	for (row = key_editing; row->keys; row++)
		strbuf_printf(out, "%-*s %s\n", width, row->keys, row->help);
}
