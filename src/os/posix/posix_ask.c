/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * POSIX: asking for a password on the terminal, without echo.
 *
 * While it asks, the signals that could end or stop the process are blocked but for the moment of waiting, so that none
 * can come between a look and a read. One that comes puts the terminal back first and is then raised again.
 */
#include "os/posix/posix.h"
#include "os/posix/posix_signals.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/select.h>
#include <termios.h>
#include <unistd.h>

#include "core/lineedit.h"
#include "core/secret.h"
#include "core/text.h"
#include "os/memory.h"

enum { LONGEST_SEQUENCE = 16 };

/* Which came; one at a time, since all are blocked while one is handled. */
static volatile sig_atomic_t caught;

struct asking {
	int terminal;
	struct termios saved;
	struct posix_actions old_actions;
	sigset_t old_mask;
};

/* What a crash puts back. */
static struct {
	int terminal;
	struct termios saved;
} silenced;

enum outcome { ASK_MORE, ASK_DONE, ASK_END, ASK_SIGNAL, ASK_TROUBLE };

/* What was read so far of a character or a key sequence. */
struct input {
	struct lineedit edit;
	unsigned char bytes[4];              /* of one UTF-8 character */
	size_t count;
	char keys[LONGEST_SEQUENCE];         /* of one key sequence, without ESC */
	size_t key_count;
	bool in_sequence, pasting, too_long;
};

static void remember(int number)
{
	caught = number;
}

/* ---- terminal and signals ---- */

/* The terminal first: it would not echo in the shell either. */
static void on_crash(int number)
{
	struct sigaction plain = { .sa_handler = SIG_DFL };

	(void)tcsetattr(silenced.terminal, TCSANOW, &silenced.saved);
	(void)sigaction(number, &plain, NULL);
	(void)raise(number);
}

static bool is_caught(int number)
{
	return number == SIGTSTP || posix_signal_ends(number);
}

static void take_signals(struct asking *asking)
{
	sigset_t blocked;

	sigemptyset(&blocked);
	posix_signals_add(&blocked, is_caught);
	posix_must(sigprocmask(SIG_BLOCK, &blocked, &asking->old_mask), "sigprocmask");
	posix_actions_take(&asking->old_actions, is_caught, remember, 0, &blocked);
	silenced.terminal = asking->terminal;
	silenced.saved = asking->saved;
	posix_actions_take(&asking->old_actions, posix_signal_crashes, on_crash, 0, &blocked);
}

static void give_signals_back(struct asking *asking)
{
	posix_actions_give_back(&asking->old_actions);
	posix_must(sigprocmask(SIG_SETMASK, &asking->old_mask, NULL), "sigprocmask");
}

/* An interrupted tcsetattr has not set anything. At once: what is still to be shown may wait for ever, and the modes
 * that change are about what is typed. */
static bool set_terminal(int terminal, const struct termios *mode)
{
	while (tcsetattr(terminal, TCSANOW, mode) != 0) {
		if (errno != EINTR)
			return false;
	}
	return true;
}

/* False when the terminal is gone, or does not take any more and a signal came. */
static bool tell(const struct asking *asking, const char *bytes, size_t count)
{
	while (count > 0) {
		ssize_t written = write(asking->terminal, bytes, count);
		fd_set wanted;

		if (written >= 0) {
			bytes += written;
			count -= (size_t)written;
			continue;
		}
		if (errno != EAGAIN && errno != EINTR)
			return false;
		FD_ZERO(&wanted);
		FD_SET(asking->terminal, &wanted);
		if (caught || (pselect(asking->terminal + 1, NULL, &wanted, NULL, NULL, &asking->old_mask) < 0 &&
			       errno != EINTR))
			return false;
	}
	return true;
}

static bool start(struct asking *asking, const char *prompt)
{
	struct strbuf text = STRBUF_INIT;
	struct termios silent;
	bool shown;

	caught = 0;
	if (tcgetattr(asking->terminal, &asking->saved) != 0)
		return false;
	take_signals(asking);
	silent = asking->saved;
	silent.c_lflag &= ~(tcflag_t)(ECHO | ECHONL | ICANON | IEXTEN);
	silent.c_lflag |= ISIG;
	silent.c_cc[VMIN] = 1;
	silent.c_cc[VTIME] = 0;
	/* Silent first: who waits for the prompt finds the echo off. */
	text_visible(&text, prompt);
	shown = set_terminal(asking->terminal, &silent) &&
		tell(asking, strbuf_text(&text), text.length);
	strbuf_clear(&text);
	if (!shown) {
		set_terminal(asking->terminal, &asking->saved);
		give_signals_back(asking);
	}
	return shown;
}

/* False when the terminal cannot be put back (it is gone). The line feed stands for the Enter that was not shown. */
static bool stop(struct asking *asking)
{
	bool restored = tell(asking, "\n", 1);

	restored = set_terminal(asking->terminal, &asking->saved) && restored;
	give_signals_back(asking);
	return restored;
}

/* ---- keys ---- */

static void bell(const struct asking *asking)
{
	/* A missing beep is no reason to stop. */
	(void)tell(asking, "\a", 1);
}

static void type(const struct asking *asking, struct input *input, uint32_t code)
{
	enum edit_result result = lineedit_code(&input->edit, code);

	input->too_long = input->too_long || result == EDIT_FULL;
	if (result != EDIT_DONE)
		bell(asking);
}

/* One byte of a key sequence: CSI up to its final byte, SS3 and one more. Keys do nothing here; only the marks around a
 * paste count, since a line feed within a paste does not end the line. */
static void sequence_byte(struct input *input, char byte)
{
	if (input->key_count < sizeof(input->keys) - 1)
		input->keys[input->key_count++] = byte;
	input->keys[input->key_count] = '\0';
	if (input->key_count == 1 && (byte == '[' || byte == 'O'))
		return;
	if (input->keys[0] == '[' && input->key_count > 1 && (byte < '@' || byte > '~'))
		return;
	if (str_eq(input->keys, "[200~"))
		input->pasting = true;
	else if (str_eq(input->keys, "[201~"))
		input->pasting = false;
	input->in_sequence = false;
}

/* One byte of a character beyond ASCII. */
static void character_byte(const struct asking *asking, struct input *input, unsigned char byte)
{
	const char *start, *at;
	size_t wanted;

	if (input->count > 0 && (byte & 0xC0) != 0x80) {
		input->count = 0;
		bell(asking);
	}
	input->bytes[input->count++] = byte;
	wanted = input->bytes[0] < 0xC0 ? 1 : input->bytes[0] < 0xE0 ? 2 : input->bytes[0] < 0xF0 ? 3 : 4;
	if (input->count < wanted)
		return;
	start = at = (const char *)input->bytes;
	type(asking, input, text_next(&at, start + input->count));
	input->count = 0;
}

static enum outcome end_of_line(const struct input *input)
{
	return input->pasting ? ASK_MORE : ASK_DONE;
}

static enum outcome control(const struct asking *asking, struct input *input, unsigned char byte)
{
	const cc_t *keys = asking->saved.c_cc;

	if (byte == '\r' || byte == '\n')
		return end_of_line(input);
	if (byte == 0x1B) {
		input->in_sequence = true;
		input->key_count = 0;
	} else if (byte == 0x7F || byte == '\b' || byte == keys[VERASE]) {
		lineedit_key(&input->edit, EDIT_BACKSPACE);
	} else if (byte == 0x15 || byte == keys[VKILL]) {
		lineedit_key(&input->edit, EDIT_KILL_LINE);
		input->too_long = false;
	} else if (byte == 0x17) {
		lineedit_key(&input->edit, EDIT_KILL_WORD);
	} else if (byte == 0x04 && secret_length(input->edit.hidden) == 0) {
		return ASK_END;
	} else {
		bell(asking);
	}
	return ASK_MORE;
}

static enum outcome take_byte(const struct asking *asking, struct input *input, unsigned char byte)
{
	if (input->in_sequence && byte >= 0x20 && byte < 0x7F) {
		sequence_byte(input, (char)byte);
		return ASK_MORE;
	}
	input->in_sequence = false;
	if (byte >= 0x80) {
		character_byte(asking, input, byte);
		return ASK_MORE;
	}
	if (input->count > 0) {
		input->count = 0;
		bell(asking);
	}
	if (byte < 0x20 || byte == 0x7F)
		return control(asking, input, byte);
	type(asking, input, byte);
	return ASK_MORE;
}

/* Waits with the signals open, then reads with them blocked: nothing gets lost between. */
static enum outcome next_byte(const struct asking *asking, unsigned char *byte)
{
	fd_set wanted;
	ssize_t got;

	for (;;) {
		if (caught)
			return ASK_SIGNAL;
		FD_ZERO(&wanted);
		FD_SET(asking->terminal, &wanted);
		if (pselect(asking->terminal + 1, &wanted, NULL, NULL, NULL, &asking->old_mask) < 0) {
			if (errno != EINTR)
				return ASK_TROUBLE;
			continue;
		}
		got = read(asking->terminal, byte, 1);
		if (got == 1)
			return ASK_MORE;
		if (got == 0)
			return ASK_END;
		if (errno != EINTR && errno != EAGAIN)
			return ASK_TROUBLE;
	}
}

static enum outcome ask_once(struct asking *asking, const char *prompt, struct input *input, const char **why)
{
	enum outcome outcome = ASK_MORE;
	unsigned char byte = 0;

	if (!start(asking, prompt)) {
		*why = posix_why("the terminal: %s", strerror(errno));
		return ASK_TROUBLE;
	}
	while (outcome == ASK_MORE) {
		outcome = next_byte(asking, &byte);
		if (outcome == ASK_MORE)
			outcome = take_byte(asking, input, byte);
	}
	memory_wipe(&byte, sizeof(byte));
	if (outcome == ASK_TROUBLE)
		*why = posix_why("the terminal: %s", strerror(errno));
	if (!stop(asking) && outcome == ASK_DONE) {
		*why = posix_why("the terminal: %s", strerror(errno));
		outcome = ASK_TROUBLE;
	}
	return outcome;
}

bool platform_ask_secret(const char *prompt, struct secret *secret, const char **why)
{
	/* O_NONBLOCK: a key that raises a signal throws away what was typed before it, even what pselect() has just
	 * told of. */
	struct asking asking = { .terminal = posix_open_at(AT_FDCWD, "/dev/tty",
							   O_RDWR | O_NONBLOCK | O_NOCTTY) };
	struct input input = { .count = 0 };
	enum outcome outcome;
	int number;

	secret_clear(secret);
	if (asking.terminal < 0 || asking.terminal >= FD_SETSIZE) {
		*why = posix_why("there is no terminal to ask on: %s", strerror(errno));
		return false;
	}
	lineedit_start_hidden(&input.edit, secret);
	for (;;) {
		outcome = ask_once(&asking, prompt, &input, why);
		if (outcome != ASK_SIGNAL)
			break;
		number = (int)caught;
		*why = "it was interrupted";
		if (raise(number) != 0 || number != SIGTSTP)
			break;
		/* Stopped and continued: what was typed is still there, the prompt comes again. */
	}
	if (outcome == ASK_END)
		*why = "end of input";
	if (outcome == ASK_DONE && input.too_long) {
		*why = posix_why("it is longer than %u bytes", SECRET_MAX);
		outcome = ASK_TROUBLE;
	}
	if (outcome != ASK_DONE)
		secret_clear(secret);
	lineedit_clear(&input.edit);
	memory_wipe(&input, sizeof(input));
	posix_close(asking.terminal);
	return outcome == ASK_DONE;
}
