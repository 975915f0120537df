/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * See pty.h. We keep the terminal's other end open too, so that its settings can be read after the program ended and no
 * byte of its last words is lost.
 */
#include "pty.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>
#include <vterm.h>

#include "pty_session.h"

#define SLICE_MS 5              /* how long a wait goes without a look at whether the program ended */

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

NORETURN void session_cannot(const char *what)
{
	die("pty: %s: %s", what, strerror(errno));
}

/* ---- the terminal ---- */

static int on_property(VTermProp property, VTermValue *value, void *user)
{
	struct session *session = user;

	if (property == VTERM_PROP_CURSORVISIBLE)
		session->cursor_visible = value->boolean;
	else if (property == VTERM_PROP_ALTSCREEN)
		session->switches++;
	return 1;
}

static const VTermScreenCallbacks screen_callbacks = { .settermprop = on_property };

void session_take_output(struct session *session)
{
	char bytes[4096];
	ssize_t count;

	while (session->master >= 0 && (count = read(session->master, bytes, sizeof(bytes))) > 0) {
		strbuf_add(&session->output, bytes, (size_t)count);
		vterm_input_write(session->vterm, bytes, (size_t)count);
	}
}

/* Writes without ever blocking on a program that is itself blocked writing to us. */
static void type_bytes(const char *bytes, size_t count, void *user)
{
	struct session *session = user;
	int64_t deadline = now_ms() + SESSION_PATIENCE;

	while (count > 0 && session->master >= 0) {
		struct pollfd ready = { .fd = session->master, .events = POLLIN | POLLOUT };
		ssize_t written;

		if (now_ms() > deadline)
			die("pty: the program does not read what is typed");
		if (poll(&ready, 1, SLICE_MS) < 0 && errno != EINTR)
			session_cannot("poll");
		if (ready.revents & POLLIN)
			session_take_output(session);
		if (!(ready.revents & POLLOUT))
			continue;
		written = write(session->master, bytes, count);
		if (written < 0 && errno != EAGAIN && errno != EINTR)
			session_cannot("write");
		if (written > 0) {
			bytes += written;
			count -= (size_t)written;
		}
	}
}

/* ---- start and end ---- */

static void redirect(const char *path, int flags, int stream)
{
	int file;

	if (!path)
		return;
	file = open(path, flags, 0600);
	if (file < 0 || dup2(file, stream) < 0)
		_exit(126);
	if (file != stream)
		close(file);
}

NORETURN static void become_program(const struct session_options *options, int slave)
{
	/* execvp takes the words as not const for historical reasons only; it does not change them. */
	union { const char *const *given; char *const *taken; } words = { .given = options->argv };
	const char *const *entry;

	setenv("TERM", "xterm-256color", 1);
	setenv("LC_ALL", "C.UTF-8", 1);
	for (entry = options->environment; entry && *entry; entry++) {
		const char *equals = strchr(*entry, '=');
		char name[128];

		snprintf(name, sizeof(name), "%.*s", equals ? (int)(equals - *entry) : 127, *entry);
		if (equals)
			setenv(name, equals + 1, 1);
		else
			unsetenv(name);
	}
	if (setsid() < 0 || ioctl(slave, TIOCSCTTY, 0) < 0 || dup2(slave, STDIN_FILENO) < 0 ||
	    dup2(slave, STDOUT_FILENO) < 0 || dup2(slave, STDERR_FILENO) < 0 ||
	    (options->folder && chdir(options->folder) < 0))
		_exit(126);
	redirect(options->input_file, O_RDONLY, STDIN_FILENO);
	redirect(options->output_file, O_WRONLY | O_CREAT | O_TRUNC, STDOUT_FILENO);
	redirect(options->error_file, O_WRONLY | O_CREAT | O_TRUNC, STDERR_FILENO);
	execvp(words.taken[0], words.taken);
	_exit(127);
}

static void open_screen(struct session *session)
{
	session->vterm = vterm_new(session->rows, session->cols);
	if (!session->vterm)
		die("pty: no terminal emulator");
	vterm_set_utf8(session->vterm, 1);
	session->screen = vterm_obtain_screen(session->vterm);
	vterm_screen_enable_altscreen(session->screen, 1);
	vterm_screen_set_callbacks(session->screen, &screen_callbacks, session);
	vterm_screen_reset(session->screen, 1);
	vterm_output_set_callback(session->vterm, type_bytes, session);
	session->cursor_visible = true;
	session->switches = 0;
}

static void open_terminal(struct session *session)
{
	struct winsize size = { .ws_row = (unsigned short)session->rows, .ws_col = (unsigned short)session->cols };
	const char *name;

	session->master = posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
	if (session->master < 0 || grantpt(session->master) < 0 || unlockpt(session->master) < 0)
		session_cannot("no pseudo-terminal");
	name = ptsname(session->master);
	session->slave = name ? open(name, O_RDWR | O_NOCTTY | O_CLOEXEC) : -1;
	if (session->slave < 0 || ioctl(session->slave, TIOCSWINSZ, &size) < 0 ||
	    tcgetattr(session->slave, &session->before) < 0)
		session_cannot("pseudo-terminal");
}

struct session *session_start(const struct session_options *options)
{
	struct session *session = xrealloc(NULL, sizeof(*session));

	*session = (struct session) { .master = -1, .slave = -1 };
	session->rows = options->rows ? options->rows : 24;
	session->cols = options->cols ? options->cols : 80;
	open_terminal(session);
	open_screen(session);
	session->pid = fork();
	if (session->pid < 0)
		session_cannot("fork");
	if (session->pid == 0)
		become_program(options, session->slave);
	return session;
}

bool session_has_ended(struct session *session)
{
	int status;

	if (!session->ended && wait4(session->pid, &status, WNOHANG, &session->usage) == session->pid) {
		session->ended = true;
		session->status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
	}
	return session->ended;
}

void session_hang_up(struct session *session)
{
	if (session->master >= 0)
		close(session->master);
	if (session->slave >= 0)
		close(session->slave);
	session->master = session->slave = -1;
}

void session_stop_output(struct session *session)
{
	if (tcflow(session->slave, TCOOFF) < 0)
		session_cannot("tcflow");
}

bool session_type_blindly(struct session *session, const char *text, int ms)
{
	int64_t deadline = now_ms() + ms;
	int waiting = 0;

	if (write(session->master, text, strlen(text)) != (ssize_t)strlen(text))
		session_cannot("write");
	while (waiting != 1 && now_ms() < deadline) {
		if (ioctl(session->slave, FIONREAD, &waiting) < 0)
			session_cannot("ioctl");
		poll(NULL, 0, 1);
	}
	return waiting == 1;
}

void session_end(struct session *session)
{
	if (!session)
		return;
	if (!session_has_ended(session)) {
		kill(-session->pid, SIGKILL);
		kill(session->pid, SIGKILL);
		while (waitpid(session->pid, NULL, 0) < 0 && errno == EINTR)
			;
	}
	session_hang_up(session);
	vterm_free(session->vterm);
	strbuf_clear(&session->output);
	strbuf_clear(&session->text);
	free(session);
}

/* ---- typing ---- */

void session_send(struct session *session, const char *text)
{
	type_bytes(text, strlen(text), session);
}

struct key_name {
	const char *name;
	VTermKey key;
};

static const struct key_name key_names[] = {
	{ "Enter", VTERM_KEY_ENTER },
	{ "Esc", VTERM_KEY_ESCAPE },
	{ "Tab", VTERM_KEY_TAB },
	{ "Backspace", VTERM_KEY_BACKSPACE },
	{ "Delete", VTERM_KEY_DEL },
	{ "Insert", VTERM_KEY_INS },
	{ "Up", VTERM_KEY_UP },
	{ "Down", VTERM_KEY_DOWN },
	{ "Left", VTERM_KEY_LEFT },
	{ "Right", VTERM_KEY_RIGHT },
	{ "Home", VTERM_KEY_HOME },
	{ "End", VTERM_KEY_END },
	{ "PageUp", VTERM_KEY_PAGEUP },
	{ "PageDown", VTERM_KEY_PAGEDOWN },
};

static bool take_prefix(const char **name, const char *prefix)
{
	if (!str_starts(*name, prefix) || (*name)[strlen(prefix)] == '\0')
		return false;
	*name += strlen(prefix);
	return true;
}

/* One character: control characters and Alt's escape are what every terminal sends. */
static void press_character(struct session *session, char c, VTermModifier modifier)
{
	char bytes[2] = { '\033', c };

	if (modifier & VTERM_MOD_CTRL)
		bytes[1] = (char)(c & 0x1f);
	if (modifier & VTERM_MOD_ALT)
		type_bytes(bytes, 2, session);
	else
		type_bytes(bytes + 1, 1, session);
}

static VTermKey key_by_name(const char *name)
{
	size_t i;
	long number;

	for (i = 0; i < ARRAY_LEN(key_names); i++)
		if (str_eq(name, key_names[i].name))
			return key_names[i].key;
	number = name[0] == 'F' ? strtol(name + 1, NULL, 10) : 0;
	if (number < 1 || number > 12)
		die("pty: no key is called %s", name);
	return (VTermKey)VTERM_KEY_FUNCTION(number);
}

void session_key(struct session *session, const char *name)
{
	VTermModifier modifier = VTERM_MOD_NONE;
	bool more = true;

	session_take_output(session);           /* the mode of the cursor keys may just have changed */
	while (more) {
		if (take_prefix(&name, "Ctrl-"))
			modifier |= VTERM_MOD_CTRL;
		else if (take_prefix(&name, "Alt-"))
			modifier |= VTERM_MOD_ALT;
		else if (take_prefix(&name, "Shift-"))
			modifier |= VTERM_MOD_SHIFT;
		else
			more = false;
	}
	if (str_eq(name, "Space"))
		name = " ";
	if (name[0] != '\0' && name[1] == '\0')
		press_character(session, name[0], modifier);
	else
		vterm_keyboard_key(session->vterm, key_by_name(name), modifier);
}

void session_resize(struct session *session, int rows, int cols)
{
	struct winsize size = { .ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols };

	session_take_output(session);
	session->rows = rows;
	session->cols = cols;
	vterm_set_size(session->vterm, rows, cols);
	if (ioctl(session->master, TIOCSWINSZ, &size) < 0)
		session_cannot("resize");
}

void session_signal(struct session *session, int number)
{
	if (!session->ended && kill(session->pid, number) < 0)
		session_cannot("kill");
}

/* ---- waiting ---- */

/* Reads what comes within at most MS milliseconds. False when nothing did. */
static bool read_for(struct session *session, int ms)
{
	struct pollfd ready = { .fd = session->master, .events = POLLIN };
	size_t before = session->output.length;

	if (poll(&ready, 1, ms) < 0 && errno != EINTR)
		session_cannot("poll");
	session_take_output(session);
	return session->output.length > before;
}

void session_listen(struct session *session, int ms)
{
	(void)read_for(session, ms);
}

/* Reads until HOLDS(session, data) or the deadline. What an ended program sent is complete once a read finds nothing.
 * */
static bool wait_until(struct session *session, bool (*holds)(struct session *, const void *), const void *data, int ms)
{
	int64_t deadline = now_ms() + ms;

	session_take_output(session);
	while (!holds(session, data)) {
		bool ended = session_has_ended(session);

		if (!read_for(session, ended ? 0 : SLICE_MS) && (ended || now_ms() > deadline))
			return holds(session, data);
	}
	return true;
}

static bool shows_text(struct session *session, const void *text)
{
	return strstr(session_screen(session), text) != NULL;
}

static bool lacks_text(struct session *session, const void *text)
{
	return !shows_text(session, text);
}

static bool cursor_is_at(struct session *session, const void *data)
{
	const struct session_cursor *want = data;
	struct session_cursor cursor = session_cursor(session);

	return cursor.row == want->row && cursor.col == want->col;
}

static bool is_over(struct session *session, const void *unused)
{
	(void)unused;
	return session_has_ended(session);
}

static bool sent_more(struct session *session, const void *bytes)
{
	return session->output.length > *(const size_t *)bytes;
}

static bool complain(struct session *session, const char *what, const char *text)
{
	struct session_cursor cursor = session_cursor(session);

	fprintf(stderr, "pty: %s: %s\n", what, text);
	if (session->ended)
		fprintf(stderr, "pty: the program ended with %d\n", session->status);
	fprintf(stderr, "pty: cursor in row %d, column %d; the screen, %d x %d:\n%s", cursor.row, cursor.col,
		session->cols, session->rows, session_screen(session));
	return false;
}

bool session_wait_text(struct session *session, const char *text, int ms)
{
	return wait_until(session, shows_text, text, ms) || complain(session, "the screen does not show", text);
}

bool session_wait_gone(struct session *session, const char *text, int ms)
{
	return wait_until(session, lacks_text, text, ms) || complain(session, "the screen still shows", text);
}

bool session_wait_cursor(struct session *session, int row, int col, int ms)
{
	const struct session_cursor want = { .row = row, .col = col };
	char place[64];

	snprintf(place, sizeof(place), "row %d, column %d", row, col);
	return wait_until(session, cursor_is_at, &want, ms) || complain(session, "the cursor does not reach", place);
}

bool session_wait_quiet(struct session *session, int quiet, int ms)
{
	int64_t deadline = now_ms() + ms;

	while (read_for(session, quiet))
		if (now_ms() > deadline)
			return complain(session, "the program does not come to rest", "");
	return true;
}

bool session_wait_output(struct session *session, size_t sent, int ms)
{
	return wait_until(session, sent_more, &sent, ms) || complain(session, "nothing more is sent", "");
}

bool session_wait_exit(struct session *session, int *status, int ms)
{
	if (session->master < 0) {
		int64_t deadline = now_ms() + ms;

		while (!session_has_ended(session) && now_ms() <= deadline)
			poll(NULL, 0, SLICE_MS);
	} else if (wait_until(session, is_over, NULL, ms)) {
		while (read_for(session, 0))
			;
	}
	if (!session->ended)
		return complain(session, "the program does not end", "");
	if (status)
		*status = session->status;
	return true;
}

/* ---- the program ---- */

pid_t session_pid(const struct session *session)
{
	return session->pid;
}

long session_peak_kib(const struct session *session)
{
	return session->usage.ru_maxrss;
}

double session_cpu_ms(const struct session *session)
{
	const struct timeval *own = &session->usage.ru_utime, *kernel = &session->usage.ru_stime;

	return (double)(own->tv_sec + kernel->tv_sec) * 1e3 + (double)(own->tv_usec + kernel->tv_usec) / 1e3;
}
