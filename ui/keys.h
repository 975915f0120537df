/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Keys and what they do: one table makes the reading, the key line, the help and the manual's list.
 */
#ifndef SCUPGRADE_KEYS_H
#define SCUPGRADE_KEYS_H

#include "core/base.h"
#include "core/strbuf.h"

enum key_name {
	KEYNAME_CODE,                /* a character: code */
	KEYNAME_PASTE,               /* a bracketed paste: text */
	KEYNAME_ENTER, KEYNAME_TAB, KEYNAME_BACKTAB, KEYNAME_ESC, KEYNAME_BACKSPACE, KEYNAME_DELETE, KEYNAME_INSERT,
	KEYNAME_UP, KEYNAME_DOWN, KEYNAME_LEFT, KEYNAME_RIGHT, KEYNAME_HOME, KEYNAME_END,
	KEYNAME_PAGE_UP, KEYNAME_PAGE_DOWN,
	KEYNAME_CTRL_UP, KEYNAME_CTRL_DOWN, KEYNAME_CTRL_LEFT, KEYNAME_CTRL_RIGHT,
	KEYNAME_F1, KEYNAME_F2, KEYNAME_F3, KEYNAME_F4, KEYNAME_F5, KEYNAME_F6, KEYNAME_F7, KEYNAME_F8, KEYNAME_F9,
	KEYNAME_CTRL,                /* Ctrl and the lower-case letter in code */
	KEYNAME_ALT,                 /* Alt and the lower-case letter in code */
	/* A click at row, column; the loop puts the argument of the clicked area into code. Or the wheel: WHEEL is -1
	 * up, 1 down. */
	KEYNAME_MOUSE,
	KEYNAME_RESIZE,              /* the terminal has another size: row, column are the new ones */
	KEYNAME_RESUME,              /* back after Ctrl-Z: draw everything */
	KEYNAME_SIGNAL,              /* a signal that ends the program: code is its number */
	KEYNAME_TIMEOUT,             /* nothing came in the time that was given */
	KEYNAME_HANGUP               /* end of input */
};

struct key {
	enum key_name name;
	uint32_t code;
	int row, column, wheel;
	const char *text;            /* KEYNAME_PASTE: borrowed until the next key */
	size_t length;
};

enum action {
	ACTION_NONE,
	ACTION_NEXT_FIELD, ACTION_PREVIOUS_FIELD, ACTION_ACTIVATE, ACTION_TOGGLE,
	ACTION_NEXT_PAGE, ACTION_BACK, ACTION_PAGE_LIST, ACTION_HELP, ACTION_BROWSE, ACTION_FIND,
	ACTION_VERIFY, ACTION_SAVE,
	ACTION_REVEAL, ACTION_REDRAW, ACTION_MOUSE, ACTION_QUIT, ACTION_INTERRUPT, ACTION_SUSPEND,
	ACTION_ADD, ACTION_REPEAT, ACTION_FACTS, ACTION_EDIT, ACTION_REMOVE, ACTION_MOVE_UP, ACTION_MOVE_DOWN,
	ACTION_WHOLE_LINE, ACTION_COPY_LINE, ACTION_ANSWER, ACTION_ANSWER_ALL, ACTION_SERVERS,
	ACTION_STEP_START, ACTION_STEP_DONE, ACTION_STEP_FAILED, ACTION_STEP_SKIP, ACTION_STEP_NOTE, ACTION_STEP_RESET,
	ACTION_DETAILS, ACTION_NEXT_PLAN,
	/* Only to be shown: the view looks at the key itself. */
	ACTION_CHOOSE_SIDE, ACTION_SELECT, ACTION_SCROLL, ACTION_SHELL, ACTION_WHOLE_PAGE, ACTION_READ_LOG,
	ACTION_CHANGE, ACTION_WITHDRAW, ACTION_SHOW_ALL,
	ACTION_FOCUS,                /* clicks only: the argument is the view's own index */
	ACTION_BUTTON,               /* clicks only: the argument is the button */
	ACTION_GOTO_PAGE,            /* clicks only: the argument is the page's index */
	ACTION_COUNT
};

struct key_row {
	enum action action;
	const char *keys;            /* as shown in the help and as read by key_action(): "Tab, Down, Ctrl-N" */
	const char *brief;           /* for the key line: "F1" */
	const char *name;            /* for the key line: "Help" */
	const char *help;            /* a sentence */
};

extern const struct key_row key_table[];             /* ends with ACTION_NONE */
extern const struct key_row key_shown[];             /* rows of actions that are only shown; ends with ACTION_NONE */
extern const struct key_row key_editing[];           /* keys inside a text: for the help only; ends with keys NULL */
const struct key_row *key_row_of(enum action action);        /* NULL: an action of clicks only */
const char *key_brief(const struct key_row *row, bool ascii); /* for the key line */

/* The action of KEY, in one place for all pages. IN_TEXT: a text field has the focus, so that characters are text and
 * digits are not F-keys. Down and Up are ACTION_NEXT_FIELD and ACTION_PREVIOUS_FIELD; a view that has its own use for
 * them looks at KEY first. Left, Right, Home, End, PgUp, PgDn and the keys of a text have no action: they are the
 * view's. A click has none either: see loop_clicked(). */
enum action key_action(const struct key *key, bool in_text);

/* The key called NAME ("Enter", "Ctrl-N", "Alt-B", "F1", "Space", "PgDn", "?"; LENGTH bytes). False: there is none. */
bool key_from_name(const char *name, size_t length, struct key *key);
void key_to_name(const struct key *key, struct strbuf *out);         /* adds nothing for what has no name */

struct key_use {
	enum action action;
	bool letters;                /* a character alone does it too; else only the keys that no text takes */
};

/* The keys of USES (ends with ACTION_NONE), and those of editing where IN_TEXT, as two columns, WIDTH cells for the
 * first: the end of every help text. A key does what is said of it first, and a character is text where IN_TEXT: what
 * a key does not do here is not said of it. */
void keys_print(struct strbuf *out, int width, const struct key_use *uses, bool in_text);

#endif
