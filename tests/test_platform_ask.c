/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Tests of asking for a password, on a pseudo-terminal: nothing is shown, and the terminal is as before on every
 * way out.
 */
#include "helpers.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "core/secret.h"
#include "os/platform.h"

#define PROMPT "Password: "

/* What the child, whose terminal it is, ends with. */
enum { GOT_EXPECTED = 40, GOT_OTHER, GOT_NOTHING, NO_TERMINAL };

struct session {
	int terminal, line;      /* our end; the child's end, kept open so that its settings stay to be looked at */
	struct strbuf shown;
	pid_t child;
};

static void child_asks(const char *line, const char *expected)
{
	struct secret *secret;
	const char *why = NULL;
	int terminal, code;
	bool got;

	/* A child that hangs ends by this signal, which no test expects. */
	alarm(30);
	if (setsid() < 0 || (terminal = open(line, O_RDWR)) < 0 || ioctl(terminal, TIOCSCTTY, 0) != 0)
		_exit(NO_TERMINAL);
	secret = secret_new();
	if (!secret_set(secret, "from before", 11))
		_exit(NO_TERMINAL);
	got = platform_ask_secret(PROMPT, secret, &why);
	if (got)
		code = str_eq(secret_expose(secret), expected) ? GOT_EXPECTED : GOT_OTHER;
	else
		code = why && secret_length(secret) == 0 ? GOT_NOTHING : GOT_OTHER;
	secret_free(secret);
	_exit(code);
}

/* Starts a child that asks, and waits for its prompt. */
static struct session start(const char *expected)
{
	struct session session = { .terminal = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC) };
	char line[100];

	assert_true(session.terminal >= 0);
	assert_int_equal(grantpt(session.terminal), 0);
	assert_int_equal(unlockpt(session.terminal), 0);
	assert_int_equal(ptsname_r(session.terminal, line, sizeof(line)), 0);
	session.line = open(line, O_RDWR | O_NOCTTY | O_CLOEXEC);
	assert_true(session.line >= 0);
	session.child = fork();
	assert_true(session.child >= 0);
	if (session.child == 0)
		child_asks(line, expected);
	return session;
}

static bool echoes(const struct session *session)
{
	struct termios mode;

	assert_int_equal(tcgetattr(session->line, &mode), 0);
	return (mode.c_lflag & (ECHO | ICANON)) == (ECHO | ICANON);
}

/* Reads until the terminal has shown TEXT so many times. The limit on waiting only keeps a failure from hanging. */
static void wait_for(struct session *session, const char *text, int count)
{
	struct pollfd readable = { session->terminal, POLLIN, 0 };
	const char *at;
	ssize_t got;
	int seen;

	for (;;) {
		seen = 0;
		for (at = strbuf_text(&session->shown); (at = strstr(at, text)) != NULL; at++)
			seen++;
		if (seen >= count)
			return;
		assert_int_equal(poll(&readable, 1, 20000), 1);
		got = read(session->terminal, strbuf_reserve(&session->shown, 256), 256);
		assert_true(got > 0);
		session->shown.length += (size_t)got;
		session->shown.data[session->shown.length] = '\0';
	}
}

static void type(const struct session *session, const char *keys)
{
	assert_int_equal(write(session->terminal, keys, strlen(keys)), strlen(keys));
}

/* Waits for the end of the child; what was shown is complete then. Returns its status. */
static int finish(struct session *session)
{
	int status = -1, flags = fcntl(session->terminal, F_GETFL);
	ssize_t got;

	assert_int_equal(waitpid(session->child, &status, 0), session->child);
	assert_true(echoes(session));
	assert_int_equal(fcntl(session->terminal, F_SETFL, flags | O_NONBLOCK), 0);
	while ((got = read(session->terminal, strbuf_reserve(&session->shown, 256), 256)) > 0) {
		session->shown.length += (size_t)got;
		session->shown.data[session->shown.length] = '\0';
	}
	close(session->terminal);
	close(session->line);
	return status;
}

static void test_platform_ask_secret__keys__edited_and_never_shown(void **state)
{
	static const struct {
		const char *label, *keys, *expected;
		int code;
		bool rings;
	} cases[] = {
		{ "plain", "P@ss\"w0rd\r", "P@ss\"w0rd", GOT_EXPECTED, false },
		{ "line feed", "pw\n", "pw", GOT_EXPECTED, false },
		{ "empty", "\r", "", GOT_EXPECTED, false },
		{ "backspace, both kinds", "pxy\x7F\bw\r", "pw", GOT_EXPECTED, false },
		{ "backspace of a character", "p\xC3\xA9\x7Fw\r", "pw", GOT_EXPECTED, false },
		{ "Ctrl-U", "wrong\x15pw\r", "pw", GOT_EXPECTED, false },
		{ "Ctrl-W", "wrong words\x17pw\r", "pw", GOT_EXPECTED, false },
		{ "UTF-8", "\xC3\xA9\xE6\x97\xA5\xF0\x9F\x98\x80\r", "\xC3\xA9\xE6\x97\xA5\xF0\x9F\x98\x80",
		  GOT_EXPECTED, false },
		{ "bad bytes", "p\xC3w\xFF\r", "pw", GOT_EXPECTED, true },
		{ "unsafe character", "p\xE2\x80\xAEw\r", "pw", GOT_EXPECTED, true },
		{ "tab", "p\tw\r", "pw", GOT_EXPECTED, true },
		{ "paste", "\x1B[200~pw\x1B[201~\r", "pw", GOT_EXPECTED, false },
		{ "line feed within a paste", "\x1B[200~p\rw\n\x1B[201~\r", "pw", GOT_EXPECTED, false },
		{ "arrows and function keys", "p\x1B[D\x1B[15~\x1BOPw\r", "pw", GOT_EXPECTED, false },
		{ "a sequence longer than any", "p\x1B[1;2;3;4;5;6;7;8;9;10;11;12;13~w\r", "pw", GOT_EXPECTED,
		  false },
		{ "Escape and a letter", "p\x1Bxw\r", "pw", GOT_EXPECTED, false },
		{ "a character that is cut off at the end", "pw\xE6\x97\r", "pw", GOT_EXPECTED, true },
		{ "brackets of its own", "[200~\r", "[200~", GOT_EXPECTED, false },
		{ "Ctrl-D when empty", "\x04", NULL, GOT_NOTHING, false },
		{ "Ctrl-D after text", "pw\x04\r", "pw", GOT_EXPECTED, true },
	};
	struct session session;
	int status;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(cases); i++) {
		session = start(cases[i].expected);
		wait_for(&session, PROMPT, 1);
		assert_labelled(cases[i].label, !echoes(&session));
		type(&session, cases[i].keys);
		status = finish(&session);
		assert_labelled(cases[i].label, WIFEXITED(status));
		if (WEXITSTATUS(status) != cases[i].code)
			fail_msg("%s: ended with %d", cases[i].label, WEXITSTATUS(status));
		assert_labelled(cases[i].label, (strchr(strbuf_text(&session.shown), '\a') != NULL) == cases[i].rings);
		for (char *at = session.shown.data; (at = strchr(at, '\a')) != NULL;)
			memmove(at, at + 1, strlen(at));
		assert_text(cases[i].label, PROMPT "\r\n", session.shown.data);
		strbuf_clear(&session.shown);
	}
}

static void test_platform_ask_secret__longest_and_longer__refused_at_the_end(void **state)
{
	struct strbuf keys = STRBUF_INIT, expected = STRBUF_INIT;
	struct session session;
	int status;

	(void)state;
	strbuf_fill(&expected, 'x', SECRET_MAX);
	strbuf_fill(&keys, 'x', SECRET_MAX);
	strbuf_putc(&keys, '\r');
	session = start(strbuf_text(&expected));
	wait_for(&session, PROMPT, 1);
	type(&session, strbuf_text(&keys));
	status = finish(&session);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), GOT_EXPECTED);
	strbuf_clear(&session.shown);

	session = start(NULL);
	wait_for(&session, PROMPT, 1);
	type(&session, "y");
	type(&session, strbuf_text(&keys));
	status = finish(&session);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), GOT_NOTHING);
	strbuf_clear(&session.shown);
	strbuf_clear(&keys);
	strbuf_clear(&expected);
}

static void test_platform_ask_secret__signals__echo_back_and_ended_by_them(void **state)
{
	static const struct {
		const char *label, *key;      /* a key, or NULL: sent */
		int number;
	} cases[] = {
		{ "Ctrl-C", "\x03", SIGINT }, { "Ctrl-\\", "\x1C", SIGQUIT }, { "INT", NULL, SIGINT },
		{ "TERM", NULL, SIGTERM }, { "HUP", NULL, SIGHUP }, { "QUIT", NULL, SIGQUIT },
		{ "USR1", NULL, SIGUSR1 }, { "ALRM", NULL, SIGALRM }, { "XCPU", NULL, SIGXCPU },
		{ "SEGV", NULL, SIGSEGV }, { "ABRT", NULL, SIGABRT }, { "ILL", NULL, SIGILL },
	};
	struct session session;
	int status;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(cases); i++) {
		session = start(NULL);
		wait_for(&session, PROMPT, 1);
		/* The bell says that all before it was read: what comes later is echoed by right. */
		type(&session, "secr\x01");
		wait_for(&session, "\a", 1);
		if (cases[i].key)
			type(&session, cases[i].key);
		else
			assert_int_equal(kill(session.child, cases[i].number), 0);
		status = finish(&session);
		assert_labelled(cases[i].label, WIFSIGNALED(status) && WTERMSIG(status) == cases[i].number);
		assert_labelled(cases[i].label, strstr(strbuf_text(&session.shown), "secr") == NULL);
		strbuf_clear(&session.shown);
	}
}

/* The child leads a session of its own, so nobody could continue it and the system does not stop it: what remains
 * is the way out to the shell and back, with the prompt again and the text kept. */
static void test_platform_ask_secret__suspended_and_continued__asks_on(void **state)
{
	struct session session = start("password");
	int status;

	(void)state;
	wait_for(&session, PROMPT, 1);
	/* The terminal forgets what nobody read yet when a key raises a signal; the bell for the tab says it was
	 * read. */
	type(&session, "pass\t");
	wait_for(&session, "\a", 1);
	type(&session, "\x1A");
	wait_for(&session, PROMPT, 2);
	assert_false(echoes(&session));
	type(&session, "word\r");
	status = finish(&session);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), GOT_EXPECTED);
	assert_text("shown", PROMPT "\a\r\n" PROMPT "\r\n", strbuf_text(&session.shown));
	strbuf_clear(&session.shown);
}

static void test_platform_ask_secret__no_terminal__says_so(void **state)
{
	struct secret *secret;
	const char *why = NULL;
	int status = -1;
	pid_t child = fork();

	(void)state;
	assert_true(child >= 0);
	if (child == 0) {
		if (setsid() < 0)
			_exit(1);
		secret = secret_new();
		_exit(!platform_ask_secret(PROMPT, secret, &why) && why && strstr(why, "terminal") ? 0 : 1);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_platform_ask_secret__keys__edited_and_never_shown),
		TEST(test_platform_ask_secret__longest_and_longer__refused_at_the_end),
		TEST(test_platform_ask_secret__signals__echo_back_and_ended_by_them),
		TEST(test_platform_ask_secret__suspended_and_continued__asks_on),
		TEST(test_platform_ask_secret__no_terminal__says_so),
	};

	return run_tests(tests);
}
