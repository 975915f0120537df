/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The terminal: the only module that knows curses. It draws on the controlling terminal, never on standard output.
 */
#include "ui/screen.h"

#include <curses.h>
#include <errno.h>
#include <langinfo.h>
#include <poll.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "ui/clipboard.h"
#include "ui/input.h"
#include "ui/screen_signals.h"
#include "ui/screen_words.h"

#define PASTE_ON "\033[?2004h"
#define PASTE_OFF "\033[?2004l"
#define MOUSE_OFF "\033[?1006l\033[?1000l"
#define ESC_DELAY_MS 25
#define PASTE_SILENCE_MS 1000
#define EMPTY_READS 64          /* readable, yet nothing to read: so often it is the end of input */

/* Codes of our own for define_key(), above all of curses'. */
enum { CODE_FIRST = 0x4000, CODE_PASTE = CODE_FIRST + 0x100 };

struct screen {
	FILE *tty;
	int descriptor;
	SCREEN *curses;
	WINDOW *keys;                    /* a pad, so that reading never refreshes */
	struct termios saved;
	bool mono, utf8, check_size, cursor_shown;
	int empty_reads;
	int rows, columns;
	struct paint paint;
	struct words words;              /* what the painter sends */
	struct input input;
	MEVENT mouse;
};

/* ---- output ---- */

static void send_bytes(const struct screen *screen, const char *bytes, size_t length)
{
	ssize_t written;

	while (length > 0) {
		written = write(screen->descriptor, bytes, length);
		if (written < 0 && errno == EINTR)
			continue;
		if (written <= 0)
			return;          /* the terminal is gone; the next read says so */
		bytes += written;
		length -= (size_t)written;
	}
}

static void send_text(const struct screen *screen, const char *text)
{
	send_bytes(screen, text, strlen(text));
}

/* A clear terminal: curses clears it, and comes back to it after endwin(). */
static void start_picture(struct screen *screen)
{
	erase();
	clearok(curscr, TRUE);
	move(0, 0);
	refresh();
	paint_blank(&screen->paint, screen->rows, screen->columns);
}

static void screen_show(void *data, const struct canvas *canvas, bool all)
{
	struct screen *screen = data;
	bool cursor = canvas->cursor_row >= 0;
	struct strbuf out = STRBUF_INIT;

	if (canvas->rows != screen->rows || canvas->columns != screen->columns)
		return;         /* of the size before: the loop hears of the new one next */
	if (all) {
		start_picture(screen);
		strbuf_puts(&out, PASTE_ON);
	}
	/* With the picture: each write() to a terminal wakes whoever reads it. */
	if (all || cursor != screen->cursor_shown)
		words_add(&out, cursor ? "cnorm" : "civis");
	screen->cursor_shown = cursor;
	paint_update(&screen->paint, canvas, &out);
	send_bytes(screen, strbuf_text(&out), out.length);
	strbuf_clear(&out);
}

static void end_picture(struct screen *screen)
{
	struct strbuf out = STRBUF_INIT;

	paint_end(&screen->paint, &out);
	words_leave(&out, screen->rows);
	strbuf_puts(&out, PASTE_OFF);
	words_add(&out, "cnorm");
	send_bytes(screen, strbuf_text(&out), out.length);
	strbuf_clear(&out);
}

static void screen_copy(void *data, const char *text)
{
	struct strbuf sequence = STRBUF_INIT;

	clipboard_sequence(&sequence, text);
	send_text(data, strbuf_text(&sequence));
	strbuf_clear(&sequence);
}

static void screen_mouse(void *data, bool on)
{
	(void)data;
	mousemask(on ? BUTTON1_PRESSED | BUTTON4_PRESSED | BUTTON5_PRESSED : 0, NULL);
}

/* ---- size, stop and go ---- */

static void screen_size(void *data, int *rows, int *columns)
{
	const struct screen *screen = data;

	*rows = screen->rows;
	*columns = screen->columns;
}

/* Asks the terminal for its size. True: it is another one. */
static bool follow_size(struct screen *screen)
{
	struct winsize size = { 0 };

	if (ioctl(screen->descriptor, TIOCGWINSZ, &size) != 0 || !size.ws_row || !size.ws_col ||
	    (size.ws_row == screen->rows && size.ws_col == screen->columns))
		return false;
	screen->rows = size.ws_row;
	screen->columns = size.ws_col;
	return true;
}

/* curses leaves the cursor in the last row. */
static void tell_rows(const struct screen *screen)
{
	if (screen->rows != LINES)
		resizeterm(screen->rows, COLS);
}

static void screen_suspend(void *data)
{
	struct screen *screen = data;

	end_picture(screen);
	endwin();
	tcsetattr(screen->descriptor, TCSADRAIN, &screen->saved);
	signals_stop();
	reset_prog_mode();
	screen->check_size = true;
}

/* ---- input ---- */

static enum key_name key_of_curses(int code)
{
	/* clang-format off */
	static const struct { int code; enum key_name name; } keys[] = {
		{ KEY_ENTER, KEYNAME_ENTER }, { KEY_BTAB, KEYNAME_BACKTAB }, { KEY_BACKSPACE, KEYNAME_BACKSPACE },
		{ KEY_DC, KEYNAME_DELETE }, { KEY_IC, KEYNAME_INSERT }, { KEY_UP, KEYNAME_UP },
		{ KEY_DOWN, KEYNAME_DOWN },
		{ KEY_LEFT, KEYNAME_LEFT }, { KEY_RIGHT, KEYNAME_RIGHT }, { KEY_HOME, KEYNAME_HOME },
		{ KEY_END, KEYNAME_END },
		{ KEY_FIND, KEYNAME_HOME }, { KEY_SELECT, KEYNAME_END }, { KEY_A1, KEYNAME_HOME },
		{ KEY_C1, KEYNAME_END },
		{ KEY_PPAGE, KEYNAME_PAGE_UP }, { KEY_NPAGE, KEYNAME_PAGE_DOWN }, { KEY_MOUSE, KEYNAME_MOUSE },
		{ KEY_SLEFT, KEYNAME_CTRL_LEFT }, { KEY_SRIGHT, KEYNAME_CTRL_RIGHT },
		{ KEY_SR, KEYNAME_CTRL_UP }, { KEY_SF, KEYNAME_CTRL_DOWN }
	};
	/* clang-format on */
	size_t i;

	if (code >= CODE_FIRST && code < CODE_PASTE)
		return (enum key_name)(code - CODE_FIRST);
	if (code >= KEY_F(1) && code <= KEY_F(9))
		return (enum key_name)(KEYNAME_F1 + code - KEY_F(1));
	for (i = 0; i < ARRAY_LEN(keys); i++)
		if (keys[i].code == code)
			return keys[i].name;
	return KEYNAME_CODE;
}

static void define_keys(void)
{
	const struct input_sequence *key;

	for (key = input_sequences; key->bytes; key++)
		define_key(key->bytes, CODE_FIRST + (int)key->name);
	define_key("\033[200~", CODE_PASTE);
}

static int next_code(void *data)
{
	struct screen *screen = data;
	enum key_name name;
	int code;

	for (;;) {
		code = wgetch(screen->keys);
		if (code == ERR)
			return INPUT_NOTHING;
		if (code < 0x100)
			return code;
		if (code == CODE_PASTE)
			return INPUT_PASTE;
		if (code == KEY_MOUSE && getmouse(&screen->mouse) != OK)
			continue;
		name = key_of_curses(code);
		if (name != KEYNAME_CODE)
			return INPUT_KEY + (int)name;
	}
}

/* Within a paste curses has read nothing ahead: the rest comes straight from the terminal. */
static int next_byte(void *data)
{
	struct screen *screen = data;
	struct pollfd ready = { .fd = screen->descriptor, .events = POLLIN };
	unsigned char byte;

	if (poll(&ready, 1, PASTE_SILENCE_MS) < 1 || read(screen->descriptor, &byte, 1) != 1)
		return INPUT_NOTHING;
	return byte;
}

static bool signal_key(struct screen *screen, struct key *key)
{
	int number = signals_next();
	bool resized = number == SIGWINCH || screen->check_size;

	screen->check_size = false;
	if (resized && follow_size(screen)) {
		tell_rows(screen);
		*key = (struct key){ .name = KEYNAME_RESIZE, .row = screen->rows, .column = screen->columns };
		return true;
	}
	if (number == 0 || number == SIGWINCH)
		return false;
	if (number == SIGTSTP)
		screen_suspend(screen);
	else if (number == SIGCONT)
		reset_prog_mode();      /* stopped from outside: the shell may have changed the modes */
	if (number == SIGTSTP || number == SIGCONT) {
		screen->check_size = true;
		*key = (struct key){ .name = KEYNAME_RESUME };
	} else {
		*key = (struct key){ .name = KEYNAME_SIGNAL, .code = (uint32_t)number };
	}
	return true;
}

/* Waits for input or a signal. False: the input has ended. *LATE: TIMEOUT_MS passed and nothing came. */
static bool wait_input(struct screen *screen, int timeout_ms, bool *late)
{
	struct pollfd ready[2] = { { .fd = screen->descriptor, .events = POLLIN },
				   { .fd = signals_descriptor(), .events = POLLIN } };

	int count = poll(ready, 2, timeout_ms);

	if (count < 0)
		return errno == EINTR;
	*late = count == 0;
	if (*late)
		return true;
	if (ready[1].revents)
		return true;
	return ++screen->empty_reads < EMPTY_READS;
}

static bool screen_read(void *data, struct key *key, int timeout_ms)
{
	struct screen *screen = data;
	enum input_result result;
	bool late = false;

	for (;;) {
		if (signal_key(screen, key))
			return true;
		result = input_read(&screen->input, key);
		if (result != INPUT_EMPTY)
			screen->empty_reads = 0;
		if (result == INPUT_GOT)
			break;
		if (result == INPUT_EMPTY && late) {
			*key = (struct key){ .name = KEYNAME_TIMEOUT };
			return true;
		}
		if (result == INPUT_EMPTY && !wait_input(screen, timeout_ms, &late)) {
			*key = (struct key){ .name = KEYNAME_HANGUP };
			return true;
		}
	}
	if (key->name == KEYNAME_MOUSE) {
		key->row = screen->mouse.y;
		key->column = screen->mouse.x;
		key->wheel = (screen->mouse.bstate & BUTTON5_PRESSED) != 0;
		key->wheel -= (screen->mouse.bstate & BUTTON4_PRESSED) != 0;
	}
	return true;
}

/* ---- start and end ---- */

static void arm(const struct screen *screen)
{
	/* The attributes last: leaving the alternate screen may bring others back. */
	static const char *const names[] = { "rmkx", "rmcup", "cnorm", "sgr0", "op" };
	struct strbuf reset = STRBUF_INIT;
	size_t i;

	strbuf_puts(&reset, MOUSE_OFF PASTE_OFF);
	for (i = 0; i < ARRAY_LEN(names) - screen->mono; i++)
		words_add(&reset, names[i]);
	signals_arm(screen->descriptor, &screen->saved, strbuf_text(&reset));
	strbuf_clear(&reset);
}

static void start_colors(struct screen *screen, enum color_mode mode)
{
	const char *none = getenv("NO_COLOR");
	bool wanted = mode == COLOR_ALWAYS || (mode == COLOR_AUTO && !(none && *none));

	screen->mono = !wanted || !has_colors();
	/* Armed before the first color is set, which is one thing more to put back. */
	arm(screen);
	screen->mono = screen->mono || start_color() != OK || use_default_colors() != OK;
}

static void start_curses(struct screen *screen, enum color_mode mode)
{
	struct paint_words known;

	raw();
	noecho();
	nonl();
	typeahead(-1);
	start_colors(screen, mode);
	words_read(&screen->words, screen->mono, &known);
	paint_init(&screen->paint, &known, screen->mono, screen->utf8);
	screen->keys = newpad(1, 1);
	if (!screen->keys)
		die("curses cannot make a window");
	keypad(screen->keys, TRUE);
	nodelay(screen->keys, TRUE);
	define_keys();
	mouseinterval(0);
}

/* As the first type of terminal that is known: $TERM, then what most terminals understand. */
static SCREEN *open_type(const struct screen *screen, const char *term)
{
	const char *const types[] = { term, "xterm-256color", "xterm", "vt100" };
	SCREEN *opened = NULL;

	for (size_t i = 0; i < ARRAY_LEN(types) && !opened; i++)
		opened = newterm(types[i], screen->tty, screen->tty);
	return opened;
}

/* curses keeps four pictures of the whole screen, which take longer to make than ours to be drawn: it is shown a
 * terminal of one column. One that does not tell its size has what the environment or its description says. */
static SCREEN *open_narrow(struct screen *screen, const char *term)
{
	const char *given = getenv("COLUMNS");
	struct strbuf before = STRBUF_INIT;
	SCREEN *opened;

	strbuf_puts(&before, given ? given : "");
	/* Where that fails, it is shown the whole. */
	if (follow_size(screen))
		(void)setenv("COLUMNS", "1", 1);
	opened = open_type(screen, term);
	if ((given ? setenv("COLUMNS", strbuf_text(&before), 1) : unsetenv("COLUMNS")) != 0)
		die("out of memory (for the environment)");
	strbuf_clear(&before);
	if (opened && screen->columns)
		tell_rows(screen);
	else
		screen->rows = LINES, screen->columns = COLS;
	return opened;
}

/* False: nothing was sent; *WHY. */
static bool open_known(struct screen *screen, const char **why)
{
	const char *term = getenv("TERM");

	*why = "TERM is not set";
	if (!term || !*term)
		return false;
	*why = "this type of terminal (TERM) is not known";
	screen->curses = open_narrow(screen, term);
	if (!screen->curses)
		return false;
	*why = "this type of terminal (TERM) cannot place the cursor";
	if (words_place())
		return true;
	reset_shell_mode();
	delscreen(screen->curses);
	return false;
}

/* False: nothing was changed; *WHY. */
static bool open_curses(struct screen *screen, const struct ui_options *options, const char **why)
{
	if (!signals_open(why))
		return false;
	if (!getenv("ESCDELAY"))
		set_escdelay(ESC_DELAY_MS);
	/* From here on the modes of the terminal are others; memory may run out before there is more to put back. */
	signals_arm(screen->descriptor, &screen->saved, "");
	die_set_hook(signals_put_back);
	if (!open_known(screen, why)) {
		die_set_hook(NULL);
		signals_close();
		return false;
	}
	start_curses(screen, options->color);
	return true;
}

bool screen_open(const struct ui_options *options, struct terminal *terminal, const char **why)
{
	struct screen *screen = xcalloc(1, sizeof(*screen));

	screen->utf8 = str_eq(nl_langinfo(CODESET), "UTF-8");
	screen->input = (struct input){ .next = next_code, .byte = next_byte, .data = screen };
	screen->tty = fopen("/dev/tty", "r+e");
	if (!screen->tty) {
		*why = "there is no terminal";
		free(screen);
		return false;
	}
	screen->descriptor = fileno(screen->tty);
	if (tcgetattr(screen->descriptor, &screen->saved) != 0)
		*why = strerror(errno);
	else if (open_curses(screen, options, why)) {
		*terminal = (struct terminal){ screen,      screen_size,  screen_read,   screen_show,
					       screen_copy, screen_mouse, screen_suspend };
		return true;
	}
	fclose(screen->tty);
	free(screen);
	return false;
}

void screen_close(struct terminal *terminal)
{
	struct screen *screen = terminal->data;
	bool by_signal = signals_ending();

	mousemask(0, NULL);
	end_picture(screen);
	endwin();
	if (!by_signal)
		tcsetattr(screen->descriptor, TCSADRAIN, &screen->saved);
	else
		signals_put_back();
	die_set_hook(NULL);
	signals_close();
	delwin(screen->keys);
	delscreen(screen->curses);
	fclose(screen->tty);
	input_clear(&screen->input);
	paint_clear(&screen->paint);
	words_clear(&screen->words);
	free(screen);
	terminal->data = NULL;
}

bool screen_is_ascii(const struct terminal *terminal)
{
	const struct screen *screen = terminal->data;

	return !screen->utf8;
}
