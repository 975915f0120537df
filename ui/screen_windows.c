/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The terminal of Windows: its console by its own calls, without curses and without escape sequences, so that every
 * console since Windows Server 2012 R2 shows the same. It draws into a screen buffer of its own, never on standard
 * output; what stood in the console before is there again at the end.
 */
#include "ui/screen.h"

#include <windows.h>

#include "core/lockbuf.h"
#include "os/platform.h"
#include "os/windows/windows.h"
#include "ui/theme.h"

enum {
	EVENTS = 256,
	PASTE_LEAST = 6,       /* characters that wait all at once: more than fingers bring between two pictures */
	PASTE_SILENCE_MS = 20, /* so long nothing comes: the paste has ended */
	PASTE_MOST = 64 * 1024,
	SIZE_MS = 250 /* how often the window's size is looked at: the console of old does not tell */
};

#define BACKGROUND_ALL (BACKGROUND_RED | BACKGROUND_GREEN | BACKGROUND_BLUE | BACKGROUND_INTENSITY)
#define FOREGROUND_ALL (FOREGROUND_RED | FOREGROUND_GREEN | FOREGROUND_BLUE | FOREGROUND_INTENSITY)

struct screen {
	HANDLE input, before, buffer; /* BEFORE: the screen buffer that was shown at first */
	DWORD input_mode;
	WORD plain; /* attributes of that console's ordinary text */
	bool mono, underlines, mouse;
	int rows, columns;
	CHAR_INFO *line;
	struct cell *shown; /* what the console was given last */
	INPUT_RECORD events[EVENTS];
	DWORD event, event_count;
	WORD repeat;   /* so often EVENT counts still */
	WCHAR high;    /* first half of a character that came in two */
	DWORD buttons; /* of the mouse, as last seen */
	struct lockbuf paste; /* it may be a password: locked, and wiped before anything else is read */
};

/* ---- output ---- */

static WORD color_bits(enum theme_color color, WORD plain)
{
	switch (color) {
	case THEME_RED:
		return FOREGROUND_RED | FOREGROUND_INTENSITY;
	case THEME_GREEN:
		return FOREGROUND_GREEN | FOREGROUND_INTENSITY;
	case THEME_CYAN:
		return FOREGROUND_GREEN | FOREGROUND_BLUE | FOREGROUND_INTENSITY;
	case THEME_MAGENTA:
		return FOREGROUND_RED | FOREGROUND_BLUE | FOREGROUND_INTENSITY;
	case THEME_DEFAULT:
	case THEME_COLOR_COUNT:
		break;
	}
	return plain & FOREGROUND_ALL;
}

static WORD attributes_of(const struct screen *screen, enum role role)
{
	struct look look = theme_look(role, screen->mono);
	WORD back = screen->plain & BACKGROUND_ALL, front = color_bits(look.color, screen->plain);
	bool dark = !(back & BACKGROUND_INTENSITY) && back != (BACKGROUND_RED | BACKGROUND_GREEN | BACKGROUND_BLUE);

	/* A light background takes the dark half of the colours. */
	if (!dark && look.color != THEME_DEFAULT)
		front &= (WORD)~FOREGROUND_INTENSITY;
	if (look.bold && look.color == THEME_DEFAULT)
		front ^= FOREGROUND_INTENSITY;
	if (look.dim && !back)
		front = FOREGROUND_INTENSITY;
	if (look.reverse)
		return (WORD)((front << 4 & BACKGROUND_ALL) | (back >> 4 & FOREGROUND_ALL));
	return (WORD)(front | back | (look.underline && screen->underlines ? COMMON_LVB_UNDERSCORE : 0));
}

/* One cell, two for a wide character. Returns how many. The console has one UTF-16 unit for a cell: what does not fit
 * is a question mark, and so are marks that stand on another character left out. */
static int put_cell(const struct screen *screen, const struct cell *cell, bool wide, CHAR_INFO *out)
{
	struct look look = theme_look((enum role)cell->role, screen->mono);
	WORD attributes = attributes_of(screen, (enum role)cell->role);
	WCHAR code = cell->code == 0 || cell->code > 0xFFFF ? L'?' : (WCHAR)cell->code;

	/* Consoles before Windows 10 do not underline: fields would not be seen. */
	if (look.underline && !screen->underlines && code == L' ')
		code = L'_';
	out[0] = (CHAR_INFO){ .Char.UnicodeChar = code, .Attributes = attributes };
	if (!wide)
		return 1;
	out[1] = out[0];
	out[0].Attributes |= COMMON_LVB_LEADING_BYTE;
	out[1].Attributes |= COMMON_LVB_TRAILING_BYTE;
	return 2;
}

static void show_row(struct screen *screen, const struct cell *cells, int row)
{
	SMALL_RECT where = { 0, (SHORT)row, (SHORT)(screen->columns - 1), (SHORT)row };
	int column = 0;

	while (column < screen->columns) {
		bool wide = column + 1 < screen->columns && cells[column + 1].code == 0;

		column += put_cell(screen, &cells[column], wide, &screen->line[column]);
	}
	/* A console that is gone is told by the next read. */
	(void)WriteConsoleOutputW(screen->buffer, screen->line, (COORD){ (SHORT)screen->columns, 1 }, (COORD){ 0, 0 },
				  &where);
}

static void screen_show(void *data, const struct canvas *canvas, bool all)
{
	struct screen *screen = data;
	size_t width = (size_t)screen->columns * sizeof(struct cell);
	CONSOLE_CURSOR_INFO cursor = { .dwSize = 25, .bVisible = canvas->cursor_row >= 0 };

	if (canvas->rows != screen->rows || canvas->columns != screen->columns)
		return; /* of the size before: the loop hears of the new one next */
	for (int row = 0; row < screen->rows; row++) {
		const struct cell *cells = canvas->cells + (size_t)row * (size_t)screen->columns;
		struct cell *shown = screen->shown + (size_t)row * (size_t)screen->columns;

		if (!all && memcmp(cells, shown, width) == 0)
			continue;
		memcpy(shown, cells, width);
		show_row(screen, cells, row);
	}
	(void)SetConsoleCursorInfo(screen->buffer, &cursor);
	if (canvas->cursor_row >= 0)
		(void)SetConsoleCursorPosition(screen->buffer,
					       (COORD){ (SHORT)canvas->cursor_column, (SHORT)canvas->cursor_row });
}

static void screen_copy(void *data, const char *text)
{
	(void)data;
	/* Another program may hold the clipboard; there is no more to be done than to copy again. */
	(void)windows_copy(text);
}

static void set_input_mode(const struct screen *screen)
{
	DWORD mode = ENABLE_WINDOW_INPUT | ENABLE_EXTENDED_FLAGS;

	/* Without the mouse the console's own marking and pasting by mouse stay as the user has set them. */
	if (screen->mouse)
		mode |= ENABLE_MOUSE_INPUT;
	else
		mode |= screen->input_mode & (ENABLE_QUICK_EDIT_MODE | ENABLE_INSERT_MODE);
	(void)SetConsoleMode(screen->input, mode);
}

static void screen_mouse(void *data, bool on)
{
	struct screen *screen = data;

	screen->mouse = on;
	set_input_mode(screen);
}

/* There is no stopping a program here and going on later. */
static void screen_suspend(void *data)
{
	(void)data;
}

/* ---- size ---- */

static void screen_size(void *data, int *rows, int *columns)
{
	const struct screen *screen = data;

	*rows = screen->rows;
	*columns = screen->columns;
}

/* Asks the window for its size, and makes the buffer as large. True: it is another one. */
static bool follow_size(struct screen *screen)
{
	CONSOLE_SCREEN_BUFFER_INFO info;
	int rows, columns;

	if (!GetConsoleScreenBufferInfo(screen->buffer, &info))
		return false;
	rows = info.srWindow.Bottom - info.srWindow.Top + 1;
	columns = info.srWindow.Right - info.srWindow.Left + 1;
	if (info.dwSize.X != columns || info.dwSize.Y != rows)
		(void)SetConsoleScreenBufferSize(screen->buffer, (COORD){ (SHORT)columns, (SHORT)rows });
	if (rows == screen->rows && columns == screen->columns)
		return false;
	screen->rows = rows;
	screen->columns = columns;
	free(screen->shown);
	screen->shown = xcalloc((size_t)rows * (size_t)columns, sizeof(*screen->shown));
	screen->line = xrealloc(screen->line, ((size_t)columns + 1) * sizeof(*screen->line));
	return true;
}

/* ---- input ---- */

static enum key_name key_of_code(WORD code, bool ctrl, bool shift)
{
	/* clang-format off */
	static const struct { WORD code; enum key_name name, with_ctrl; } keys[] = {
		{ VK_RETURN, KEYNAME_ENTER, KEYNAME_ENTER }, { VK_ESCAPE, KEYNAME_ESC, KEYNAME_ESC },
		{ VK_DELETE, KEYNAME_DELETE, KEYNAME_DELETE }, { VK_INSERT, KEYNAME_INSERT, KEYNAME_INSERT },
		{ VK_UP, KEYNAME_UP, KEYNAME_CTRL_UP }, { VK_DOWN, KEYNAME_DOWN, KEYNAME_CTRL_DOWN },
		{ VK_LEFT, KEYNAME_LEFT, KEYNAME_CTRL_LEFT }, { VK_RIGHT, KEYNAME_RIGHT, KEYNAME_CTRL_RIGHT },
		{ VK_HOME, KEYNAME_HOME, KEYNAME_HOME }, { VK_END, KEYNAME_END, KEYNAME_END },
		{ VK_PRIOR, KEYNAME_PAGE_UP, KEYNAME_PAGE_UP }, { VK_NEXT, KEYNAME_PAGE_DOWN, KEYNAME_PAGE_DOWN },
	};
	/* clang-format on */

	if (code == VK_TAB)
		return shift ? KEYNAME_BACKTAB : KEYNAME_TAB;
	if (code >= VK_F1 && code <= VK_F9)
		return (enum key_name)(KEYNAME_F1 + (code - VK_F1));
	for (size_t i = 0; i < ARRAY_LEN(keys); i++)
		if (keys[i].code == code)
			return ctrl ? keys[i].with_ctrl : keys[i].name;
	return KEYNAME_CODE;
}

static bool key_of_event(struct screen *screen, const KEY_EVENT_RECORD *event, struct key *key)
{
	DWORD state = event->dwControlKeyState;
	bool ctrl = state & (LEFT_CTRL_PRESSED | RIGHT_CTRL_PRESSED);
	bool alt = state & (LEFT_ALT_PRESSED | RIGHT_ALT_PRESSED);
	WCHAR unit = event->uChar.UnicodeChar;
	bool letter = event->wVirtualKeyCode >= 'A' && event->wVirtualKeyCode <= 'Z';
	uint32_t lower = (uint32_t)event->wVirtualKeyCode - 'A' + 'a', code;

	/* Alt with digits gives its character when Alt is let go. */
	if (!event->bKeyDown && !(event->wVirtualKeyCode == VK_MENU && unit))
		return false;
	if (event->wVirtualKeyCode == VK_BACK) {
		/* As shells have it: the word before */
		*key = ctrl || alt ? (struct key){ .name = KEYNAME_CTRL, .code = 'w' }
				   : (struct key){ .name = KEYNAME_BACKSPACE };
		return true;
	}
	key->name = key_of_code(event->wVirtualKeyCode, ctrl, state & SHIFT_PRESSED);
	if (key->name != KEYNAME_CODE) {
		*key = (struct key){ .name = key->name };
		return true;
	}
	/* AltGr is Ctrl and Alt at once, and has a character where it means one. */
	if (ctrl && alt && unit >= L' ')
		ctrl = alt = false;
	if (ctrl && unit == 0x1F) {
		*key = (struct key){ .name = KEYNAME_CTRL, .code = '_' };
		return true;
	}
	if (letter && (ctrl || alt)) {
		*key = (struct key){ .name = ctrl ? KEYNAME_CTRL : KEYNAME_ALT, .code = lower };
		return true;
	}
	if (alt && unit > L' ' && unit < 0x7F) {
		*key = (struct key){ .name = KEYNAME_ALT, .code = unit };
		return true;
	}
	code = unit >= L' ' && unit != 0x7F && !ctrl ? windows_join(&screen->high, unit) : 0;
	*key = (struct key){ .name = KEYNAME_CODE, .code = code };
	return code != 0;
}

static bool key_of_mouse(struct screen *screen, const MOUSE_EVENT_RECORD *event, struct key *key)
{
	DWORD pressed = event->dwButtonState & ~screen->buttons;

	*key = (struct key){ .name = KEYNAME_MOUSE,
			     .row = event->dwMousePosition.Y,
			     .column = event->dwMousePosition.X };
	if (event->dwEventFlags & MOUSE_WHEELED) {
		key->wheel = (SHORT)HIWORD(event->dwButtonState) > 0 ? -1 : 1;
		return true;
	}
	screen->buttons = event->dwButtonState;
	return (pressed & FROM_LEFT_1ST_BUTTON_PRESSED) && !(event->dwEventFlags & MOUSE_MOVED);
}

static bool resize_key(struct screen *screen, struct key *key)
{
	if (!follow_size(screen))
		return false;
	*key = (struct key){ .name = KEYNAME_RESIZE, .row = screen->rows, .column = screen->columns };
	return true;
}

/* More events when none are left here. False: the console is gone. */
static bool fetch(struct screen *screen)
{
	DWORD waiting = 0;

	if (screen->event < screen->event_count)
		return true;
	screen->event = screen->event_count = 0;
	if (!GetNumberOfConsoleInputEvents(screen->input, &waiting))
		return false;
	return !waiting || ReadConsoleInputW(screen->input, screen->events, EVENTS, &screen->event_count);
}

static bool is_text_event(const INPUT_RECORD *event)
{
	const KEY_EVENT_RECORD *key = &event->Event.KeyEvent;
	WCHAR unit = key->uChar.UnicodeChar;

	return event->EventType == KEY_EVENT && key->bKeyDown && (unit >= L' ' || unit == L'\r' || unit == L'\t') &&
	       unit != 0x7F && !(key->dwControlKeyState & (LEFT_ALT_PRESSED | LEFT_CTRL_PRESSED | RIGHT_CTRL_PRESSED));
}

static size_t texts_waiting(const struct screen *screen)
{
	size_t count = 0;

	for (DWORD i = screen->event; i < screen->event_count; i++)
		count += is_text_event(&screen->events[i]);
	return count;
}

static void add_code(struct lockbuf *buf, uint32_t code)
{
	struct strbuf bytes = STRBUF_INIT;

	strbuf_put_code(&bytes, code);
	lockbuf_add(buf, strbuf_text(&bytes), bytes.length);
	strbuf_clear(&bytes); /* wipes */
}

/* The console types what is pasted: so many characters at once are none that a hand typed. */
static void read_paste(struct screen *screen, struct key *key)
{
	bool more = true;

	while (more) {
		for (; screen->event < screen->event_count; screen->event++) {
			const INPUT_RECORD *event = &screen->events[screen->event];
			WCHAR unit = event->Event.KeyEvent.uChar.UnicodeChar;
			uint32_t code;

			if (!is_text_event(event))
				continue;
			code = unit == L'\r' ? '\n' : windows_join(&screen->high, unit);
			if (code)
				add_code(&screen->paste, code);
		}
		SecureZeroMemory(screen->events, sizeof(screen->events));
		more = WaitForSingleObject(screen->input, PASTE_SILENCE_MS) == WAIT_OBJECT_0 && fetch(screen) &&
		       screen->event_count > 0;
	}
	*key = (struct key){ .name = KEYNAME_PASTE,
			     .text = lockbuf_text(&screen->paste),
			     .length = screen->paste.length };
}

/* The next key of the events that are here. */
static bool take(struct screen *screen, struct key *key)
{
	while (screen->event < screen->event_count) {
		const INPUT_RECORD *event = &screen->events[screen->event];
		bool got = false;

		if (screen->repeat == 0 && texts_waiting(screen) >= PASTE_LEAST) {
			read_paste(screen, key);
			return true;
		}
		if (event->EventType == KEY_EVENT)
			got = key_of_event(screen, &event->Event.KeyEvent, key);
		else if (event->EventType == MOUSE_EVENT)
			got = key_of_mouse(screen, &event->Event.MouseEvent, key);
		else if (event->EventType == WINDOW_BUFFER_SIZE_EVENT)
			got = resize_key(screen, key);
		if (event->EventType == KEY_EVENT && got && ++screen->repeat < event->Event.KeyEvent.wRepeatCount)
			return true;
		screen->repeat = 0;
		screen->event++;
		if (got)
			return true;
	}
	return false;
}

static bool screen_read(void *data, struct key *key, int timeout_ms)
{
	struct screen *screen = data;
	HANDLE handles[2] = { screen->input, windows_ending() };
	int left = timeout_ms, number;

	lockbuf_wipe(&screen->paste);
	for (;;) {
		number = platform_signals_look();
		if (number) {
			*key = (struct key){ .name = KEYNAME_SIGNAL, .code = (uint32_t)number };
			return true;
		}
		if (!fetch(screen)) {
			*key = (struct key){ .name = KEYNAME_HANGUP };
			return true;
		}
		if (take(screen, key) || resize_key(screen, key))
			return true;
		if (screen->event_count)
			continue;
		if (timeout_ms >= 0 && left <= 0) {
			*key = (struct key){ .name = KEYNAME_TIMEOUT };
			return true;
		}
		DWORD wait = timeout_ms >= 0 && left < SIZE_MS ? (DWORD)left : SIZE_MS;

		if (WaitForMultipleObjects(2, handles, FALSE, wait) == WAIT_FAILED) {
			*key = (struct key){ .name = KEYNAME_HANGUP };
			return true;
		}
		left -= (int)wait;
	}
}

/* ---- start and end ---- */

/* For die() and crashes: one screen at a time, and a handler has no other way to it. */
static struct screen *open_screen;

static void put_back(void)
{
	struct screen *screen = open_screen;

	open_screen = NULL;
	if (!screen)
		return;
	(void)SetConsoleActiveScreenBuffer(screen->before);
	(void)SetConsoleMode(screen->input, screen->input_mode);
}

static bool start(struct screen *screen, const struct ui_options *options, const char **why)
{
	CONSOLE_SCREEN_BUFFER_INFO info;
	const char *none = getenv("NO_COLOR");

	*why = "there is no console";
	if (screen->input == INVALID_HANDLE_VALUE || screen->before == INVALID_HANDLE_VALUE ||
	    !GetConsoleMode(screen->input, &screen->input_mode) || !GetConsoleScreenBufferInfo(screen->before, &info))
		return false;
	screen->buffer = CreateConsoleScreenBuffer(GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE,
						   NULL, CONSOLE_TEXTMODE_BUFFER, NULL);
	if (screen->buffer == INVALID_HANDLE_VALUE || !SetConsoleActiveScreenBuffer(screen->buffer)) {
		*why = windows_why("the console");
		return false;
	}
	screen->plain = info.wAttributes & (FOREGROUND_ALL | BACKGROUND_ALL);
	screen->mono = options->color == COLOR_NEVER || (options->color == COLOR_AUTO && none && *none);
	screen->underlines = windows_is_10();
	follow_size(screen);
	set_input_mode(screen);
	open_screen = screen;
	die_set_hook(put_back);
	windows_on_crash(put_back);
	platform_signals_catch();
	return true;
}

static void free_screen(struct screen *screen)
{
	if (screen->buffer != INVALID_HANDLE_VALUE)
		CloseHandle(screen->buffer);
	if (screen->before != INVALID_HANDLE_VALUE)
		CloseHandle(screen->before);
	if (screen->input != INVALID_HANDLE_VALUE)
		CloseHandle(screen->input);
	lockbuf_free(&screen->paste);
	free(screen->shown);
	free(screen->line);
	free(screen);
}

bool screen_open(const struct ui_options *options, struct terminal *terminal, const char **why)
{
	struct screen *screen = xcalloc(1, sizeof(*screen));

	screen->input = windows_console(L"CONIN$");
	screen->before = windows_console(L"CONOUT$");
	screen->buffer = INVALID_HANDLE_VALUE;
	screen->paste.most = PASTE_MOST;
	if (!start(screen, options, why)) {
		free_screen(screen);
		return false;
	}
	*terminal = (struct terminal){ screen,      screen_size,  screen_read,   screen_show,
				       screen_copy, screen_mouse, screen_suspend };
	return true;
}

void screen_close(struct terminal *terminal)
{
	struct screen *screen = terminal->data;

	put_back();
	die_set_hook(NULL);
	windows_on_crash(NULL);
	(void)platform_signals_release();
	free_screen(screen);
	terminal->data = NULL;
}

/* Lines and arrows stand in every font of a console. */
bool screen_is_ascii(const struct terminal *terminal)
{
	(void)terminal;
	return false;
}
