/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * From what a terminal sends to keys.
 */
#include "ui/input.h"

#include <signal.h>

#include "core/text.h"

#define ESC 0x1B
#define PASTE_END "\033[201~"

/* clang-format off */
const struct input_sequence input_sequences[] = {
	{ "\033[1;5A", KEYNAME_CTRL_UP }, { "\033[1;5B", KEYNAME_CTRL_DOWN },
	{ "\033[1;5C", KEYNAME_CTRL_RIGHT }, { "\033[1;5D", KEYNAME_CTRL_LEFT },
	{ "\033Oa", KEYNAME_CTRL_UP }, { "\033Ob", KEYNAME_CTRL_DOWN },
	{ "\033Oc", KEYNAME_CTRL_RIGHT }, { "\033Od", KEYNAME_CTRL_LEFT },
	{ "\033[A", KEYNAME_UP }, { "\033[B", KEYNAME_DOWN }, { "\033[C", KEYNAME_RIGHT }, { "\033[D", KEYNAME_LEFT },
	{ "\033OA", KEYNAME_UP }, { "\033OB", KEYNAME_DOWN }, { "\033OC", KEYNAME_RIGHT }, { "\033OD", KEYNAME_LEFT },
	{ "\033[H", KEYNAME_HOME }, { "\033[F", KEYNAME_END }, { "\033OH", KEYNAME_HOME }, { "\033OF", KEYNAME_END },
	{ "\033[1~", KEYNAME_HOME }, { "\033[4~", KEYNAME_END },
	{ "\033[7~", KEYNAME_HOME }, { "\033[8~", KEYNAME_END },
	{ "\033[2~", KEYNAME_INSERT }, { "\033[3~", KEYNAME_DELETE },
	{ "\033[5~", KEYNAME_PAGE_UP }, { "\033[6~", KEYNAME_PAGE_DOWN }, { "\033[Z", KEYNAME_BACKTAB },
	{ "\033OP", KEYNAME_F1 }, { "\033OQ", KEYNAME_F2 }, { "\033OR", KEYNAME_F3 }, { "\033OS", KEYNAME_F4 },
	{ "\033[11~", KEYNAME_F1 }, { "\033[12~", KEYNAME_F2 }, { "\033[13~", KEYNAME_F3 }, { "\033[14~", KEYNAME_F4 },
	{ "\033[15~", KEYNAME_F5 }, { "\033[17~", KEYNAME_F6 }, { "\033[18~", KEYNAME_F7 }, { "\033[19~", KEYNAME_F8 },
	{ "\033[20~", KEYNAME_F9 }, { NULL, KEYNAME_CODE }
};
/* clang-format on */

static int next(struct input *input)
{
	int code = input->pushed;

	input->pushed = 0;
	return code ? code : input->next(input->data);
}

/* All up to the end mark, of which nothing is kept. What is beyond the limit is read and dropped; a terminal that
 * never sends the mark ends the paste by its silence. */
static enum input_result read_paste(struct input *input, struct key *key)
{
	const size_t mark = strlen(PASTE_END);
	char tail[sizeof(PASTE_END)] = "";
	size_t filled = 0;
	int byte;

	input->paste.most = INPUT_PASTE_MOST;
	while ((byte = input->byte(input->data)) >= 0) {
		if (filled == mark) {
			lockbuf_add(&input->paste, tail, 1);
			memmove(tail, tail + 1, --filled);
		}
		tail[filled++] = (char)byte;
		if (filled == mark && memcmp(tail, PASTE_END, mark) == 0)
			break;
	}
	if (byte < 0)
		lockbuf_add(&input->paste, tail, filled);
	*key = (struct key){ .name = KEYNAME_PASTE,
			     .text = lockbuf_text(&input->paste),
			     .length = input->paste.length };
	return INPUT_GOT;
}

/* The rest of a sequence that means nothing here: it must not end up as text in a field. */
static enum input_result swallow(struct input *input, int introducer, int code)
{
	while (introducer == '[' && code >= 0x20 && code < 0x40)
		code = next(input);
	return INPUT_SWALLOWED;
}

static enum input_result got(struct key *key, enum key_name name, uint32_t code)
{
	*key = (struct key){ .name = name, .code = code };
	return INPUT_GOT;
}

static enum input_result read_code(struct input *input, int first, struct key *key);

/* Behind an Esc: alone it is the key; with something in the same read it is Alt. */
static enum input_result read_escape(struct input *input, struct key *key)
{
	int code = next(input), after;

	if (code == INPUT_NOTHING)
		return got(key, KEYNAME_ESC, 0);
	if (code == ESC) {
		input->pushed = ESC;
		return got(key, KEYNAME_ESC, 0);
	}
	if (code == '[' || code == 'O') {
		after = next(input);
		if (after != INPUT_NOTHING)
			return swallow(input, code, after);
	}
	if (code == 0x08 || code == 0x7F || code == INPUT_KEY + KEYNAME_BACKSPACE)
		return got(key, KEYNAME_CTRL, 'w');      /* as shells have it: the word before */
	if (code > ' ' && code < 0x7F)
		return got(key, KEYNAME_ALT, (uint32_t)(code >= 'A' && code <= 'Z' ? code - 'A' + 'a' : code));
	return read_code(input, code, key);
}

static enum input_result read_control(int code, struct key *key)
{
	switch (code) {
	case 0x08:
	case 0x7F:
		return got(key, KEYNAME_BACKSPACE, 0);
	case '\t':
		return got(key, KEYNAME_TAB, 0);
	case '\n':
	case '\r':
		return got(key, KEYNAME_ENTER, 0);
	case 0x1C:
		return got(key, KEYNAME_SIGNAL, SIGQUIT);
	default:
		break;
	}
	if (code == 0x1F)
		return got(key, KEYNAME_CTRL, '_');
	if (code < 1 || code > 26)
		return INPUT_SWALLOWED;
	return got(key, KEYNAME_CTRL, (uint32_t)('a' + code - 1));
}

static enum input_result read_utf8(struct input *input, int first, struct key *key)
{
	char bytes[4] = { (char)first };
	const char *at = bytes;
	size_t wanted = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 1, have = 1;
	uint32_t code;
	int byte;

	while (have < wanted) {
		byte = next(input);
		if (byte == INPUT_NOTHING)
			byte = input->byte(input->data);
		if (byte < 0x80 || byte > 0xBF) {
			if (byte > 0)
				input->pushed = byte;
			return INPUT_SWALLOWED;
		}
		bytes[have++] = (char)byte;
	}
	code = text_next(&at, bytes + have);
	return code == TEXT_BAD ? INPUT_SWALLOWED : got(key, KEYNAME_CODE, code);
}

static enum input_result read_code(struct input *input, int first, struct key *key)
{
	if (first >= INPUT_KEY)
		return got(key, (enum key_name)(first - INPUT_KEY), 0);
	if (first == INPUT_PASTE)
		return read_paste(input, key);
	if (first < 0x20 || first == 0x7F)
		return read_control(first, key);
	if (first < 0x7F)
		return got(key, KEYNAME_CODE, (uint32_t)first);
	return read_utf8(input, first, key);
}

enum input_result input_read(struct input *input, struct key *key)
{
	int code;

	/* Whoever got it has it where it belongs. */
	lockbuf_wipe(&input->paste);
	code = next(input);
	if (code == INPUT_NOTHING)
		return INPUT_EMPTY;
	if (code == ESC)
		return read_escape(input, key);
	return read_code(input, code, key);
}

void input_clear(struct input *input)
{
	lockbuf_free(&input->paste);
}
