/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What the program drew and sent, and whether it left the terminal as it found it. See pty.h.
 */
#include "pty_session.h"

/* ---- looking ---- */

static size_t add_cell(struct session *session, int row, int col)
{
	VTermPos at = { .row = row, .col = col };
	VTermScreenCell cell;
	size_t i;

	if (!vterm_screen_get_cell(session->screen, at, &cell) || cell.chars[0] == 0 || cell.chars[0] == (uint32_t)-1) {
		strbuf_putc(&session->text, ' ');
		return 1;
	}
	for (i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i]; i++)
		strbuf_put_code(&session->text, cell.chars[i]);
	return cell.width > 1 ? 2 : 1;
}

static void add_row(struct session *session, int row)
{
	size_t start = session->text.length;
	int col = 0;

	while (col < session->cols)
		col += (int)add_cell(session, row, col);
	while (session->text.length > start && session->text.data[session->text.length - 1] == ' ')
		strbuf_truncate(&session->text, session->text.length - 1);
}

const char *session_screen(struct session *session)
{
	int row;

	strbuf_reset(&session->text);
	for (row = 0; row < session->rows; row++) {
		add_row(session, row);
		strbuf_putc(&session->text, '\n');
	}
	return strbuf_text(&session->text);
}

const char *session_row(struct session *session, int row)
{
	strbuf_reset(&session->text);
	add_row(session, row);
	return strbuf_text(&session->text);
}

struct session_cell session_cell(const struct session *session, int row, int col)
{
	struct session_cell result = { .text = "" };
	VTermPos at = { .row = row, .col = col };
	struct strbuf text = STRBUF_INIT;
	VTermScreenCell cell;
	size_t i;

	if (!vterm_screen_get_cell(session->screen, at, &cell))
		return result;
	for (i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i] && cell.chars[i] != (uint32_t)-1; i++)
		strbuf_put_code(&text, cell.chars[i]);
	snprintf(result.text, sizeof(result.text), "%s", strbuf_text(&text));
	strbuf_clear(&text);
	result.bold = cell.attrs.bold;
	result.underline = cell.attrs.underline != 0;
	result.reverse = cell.attrs.reverse;
	result.coloured = !VTERM_COLOR_IS_DEFAULT_FG(&cell.fg) || !VTERM_COLOR_IS_DEFAULT_BG(&cell.bg);
	return result;
}

struct session_cursor session_cursor(const struct session *session)
{
	VTermPos at;

	vterm_state_get_cursorpos(vterm_obtain_state(session->vterm), &at);
	return (struct session_cursor) { .row = at.row, .col = at.col, .visible = session->cursor_visible };
}

const char *session_output(const struct session *session, size_t *length)
{
	if (length)
		*length = session->output.length;
	return strbuf_text(&session->output);
}

size_t session_output_length(const struct session *session)
{
	return session->output.length;
}

unsigned session_screen_switches(const struct session *session)
{
	return session->switches;
}

/* Steps through the control sequences "ESC [ ... FINAL" of what was sent: *AT moves behind one, the result is its
 * parameters and final character, NULL at the end. */
static const char *next_sequence(const char **at, size_t *length)
{
	const char *start = strstr(*at, "\033[");

	if (!start)
		return NULL;
	start += 2;
	*length = strspn(start, "0123456789;:?<=>!$ ") + 1;
	*at = start + (start[*length - 1] ? *length : *length - 1);
	return start;
}

static bool is_colour(unsigned long number)
{
	return (number >= 30 && number <= 38) || (number >= 40 && number <= 48) || (number >= 90 && number <= 107);
}

unsigned session_colours(const struct session *session)
{
	const char *at = session_output(session, NULL), *sequence;
	unsigned count = 0;
	size_t length;

	while ((sequence = next_sequence(&at, &length))) {
		const char *number = sequence, *end = sequence + length - 1;

		if (*end != 'm' || *sequence == '?' || *sequence == '>')
			continue;
		while (number < end) {
			if (is_colour(strtoul(number, NULL, 10))) {
				count++;
				break;
			}
			number += strcspn(number, ";m") + 1;
		}
	}
	return count;
}

/* ---- left as it was found? ---- */

/* The last that was said about a private mode: true for "h". FOUND stays when nothing was said. */
static bool private_mode(const struct session *session, const char *number, bool found)
{
	const char *at = session_output(session, NULL), *sequence;
	size_t length, digits = strlen(number);

	while ((sequence = next_sequence(&at, &length))) {
		char final = sequence[length - 1];
		const char *each = sequence;

		if (*sequence != '?' || (final != 'h' && final != 'l'))
			continue;
		do {
			each++;
			if (strncmp(each, number, digits) == 0 && strchr(";hl", each[digits]))
				found = final == 'h';
			each += strcspn(each, ";hl");
		} while (*each == ';');
	}
	return found;
}

static bool check_modes(const struct session *session)
{
	static const struct { const char *number, *meaning; bool wanted; } modes[] = {
		{ "1", "cursor keys in application mode", false },
		{ "7", "automatic margins", true },
		{ "25", "visible cursor", true },
		{ "47", "alternate screen (47)", false },
		{ "1000", "mouse (1000)", false },
		{ "1002", "mouse (1002)", false },
		{ "1003", "mouse (1003)", false },
		{ "1004", "focus reports", false },
		{ "1006", "mouse (1006)", false },
		{ "1047", "alternate screen (1047)", false },
		{ "1049", "alternate screen (1049)", false },
		{ "2004", "bracketed paste", false },
	};
	bool sane = true;
	size_t i;

	for (i = 0; i < ARRAY_LEN(modes); i++)
		if (private_mode(session, modes[i].number, modes[i].wanted) != modes[i].wanted) {
			fprintf(stderr, "pty: left behind: %s is %s\n", modes[i].meaning,
				modes[i].wanted ? "off" : "on");
			sane = false;
		}
	return sane;
}

/* The keypad's mode has sequences of its own. */
static bool check_keypad(const struct session *session)
{
	const char *at = session_output(session, NULL);
	bool application = false;

	while ((at = strchr(at, '\033')) != NULL) {
		at++;
		if (*at == '=' || *at == '>')
			application = *at == '=';
	}
	if (application)
		fputs("pty: left behind: keypad in application mode\n", stderr);
	return !application;
}

static bool check_pen(const struct session *session)
{
	static const struct { VTermAttr attribute; const char *name; } attributes[] = {
		{ VTERM_ATTR_BOLD, "bold" }, { VTERM_ATTR_UNDERLINE, "underlined" }, { VTERM_ATTR_REVERSE, "reverse" },
		{ VTERM_ATTR_BLINK, "blinking" }, { VTERM_ATTR_FOREGROUND, "foreground colour" },
		{ VTERM_ATTR_BACKGROUND, "background colour" },
	};
	const VTermState *state = vterm_obtain_state(session->vterm);
	bool sane = true;
	size_t i;

	for (i = 0; i < ARRAY_LEN(attributes); i++) {
		VTermAttr attribute = attributes[i].attribute;
		VTermValue value;
		bool set;

		memset(&value, 0, sizeof(value));
		if (!vterm_state_get_penattr(state, attribute, &value))
			continue;
		if (attribute == VTERM_ATTR_FOREGROUND)
			set = !VTERM_COLOR_IS_DEFAULT_FG(&value.color);
		else if (attribute == VTERM_ATTR_BACKGROUND)
			set = !VTERM_COLOR_IS_DEFAULT_BG(&value.color);
		else
			set = attribute == VTERM_ATTR_UNDERLINE ? value.number != 0 : value.boolean != 0;
		if (set) {
			fprintf(stderr, "pty: left behind: text is %s\n", attributes[i].name);
			sane = false;
		}
	}
	return sane;
}

static bool check_line_settings(const struct session *session)
{
	struct termios after;

	if (tcgetattr(session->slave, &after) < 0)
		session_cannot("tcgetattr");
	if (after.c_iflag == session->before.c_iflag && after.c_oflag == session->before.c_oflag &&
	    after.c_cflag == session->before.c_cflag && after.c_lflag == session->before.c_lflag &&
	    memcmp(after.c_cc, session->before.c_cc, sizeof(after.c_cc)) == 0)
		return true;
	fprintf(stderr, "pty: left behind: line settings: in %#x, was %#x; out %#x, was %#x; local %#x, was %#x\n",
		after.c_iflag, session->before.c_iflag, after.c_oflag, session->before.c_oflag, after.c_lflag,
		session->before.c_lflag);
	return false;
}

bool session_terminal_sane(struct session *session)
{
	bool sane;

	session_take_output(session);
	sane = check_line_settings(session);
	sane = check_modes(session) && sane;
	sane = check_keypad(session) && sane;
	return check_pen(session) && sane;
}

bool session_echoes(const struct session *session)
{
	struct termios settings;

	return tcgetattr(session->slave, &settings) == 0 && (settings.c_lflag & ECHO);
}
