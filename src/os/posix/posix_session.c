/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * POSIX: what an interactive session without curses needs: leaving signals, the local time, absolute paths.
 *
 * The signals are blocked but for the moment of waiting for input, so that none comes between a look and a read, and
 * none interrupts the saving of a file.
 */
#include "os/posix/posix.h"
#include "os/posix/posix_signals.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <sys/select.h>
#include <time.h>
#include <unistd.h>

/* The first that came, and what was there before: signal handlers leave no other way. */
static volatile sig_atomic_t leaving;
static struct posix_actions old_actions;
static sigset_t old_mask;

/* Where something is being written, and what takes its place when a signal comes meanwhile. */
static volatile sig_atomic_t writing = -1;
static int nothing = -1;

/* Somebody may sit in write() to a terminal that takes no more: it goes on into nothing from here. */
static void remember(int number)
{
	int saved_errno = errno;

	if (!leaving)
		leaving = number;
	if (writing >= 0 && nothing >= 0)
		(void)dup2(nothing, writing);
	errno = saved_errno;
}

static sigset_t leaving_signals(void)
{
	sigset_t set;

	sigemptyset(&set);
	posix_signals_add(&set, posix_signal_ends);
	return set;
}

void platform_signals_catch(void)
{
	sigset_t blocked = leaving_signals();

	leaving = 0;
	/* Without it a terminal that nobody reads is waited for, as ever. */
	nothing = posix_open_at(AT_FDCWD, "/dev/null", O_WRONLY);
	posix_must(sigprocmask(SIG_BLOCK, &blocked, &old_mask), "sigprocmask");
	posix_actions_take(&old_actions, posix_signal_ends, remember, 0, &blocked);
}

/* Lets through what came while the signals were blocked, before the old actions are back: it was meant for this
 * session. */
int platform_signals_release(void)
{
	int number;

	posix_must(sigprocmask(SIG_SETMASK, &old_mask, NULL), "sigprocmask");
	posix_actions_give_back(&old_actions);
	if (nothing >= 0)
		(void)posix_close(nothing);
	nothing = -1;
	number = leaving;
	leaving = 0;
	return number;
}

int platform_signals_look(void)
{
	const struct timespec at_once = { 0, 0 };

	if (!leaving)
		(void)pselect(0, NULL, NULL, NULL, &at_once, &old_mask);
	return leaving;
}

int platform_signals_wait(int descriptor)
{
	fd_set wanted;

	if (descriptor < 0 || descriptor >= FD_SETSIZE)
		return platform_signals_look();
	while (!leaving) {
		FD_ZERO(&wanted);
		FD_SET(descriptor, &wanted);
		if (pselect(descriptor + 1, &wanted, NULL, NULL, NULL, &old_mask) >= 0 || errno != EINTR)
			break;
	}
	return leaving;
}

void platform_signals_open(bool open)
{
	sigset_t blocked = leaving_signals();

	posix_must(sigprocmask(open ? SIG_SETMASK : SIG_BLOCK, open ? &old_mask : &blocked, NULL), "sigprocmask");
}

void platform_output_begin(int descriptor)
{
	struct pollfd ready = { .fd = descriptor, .events = POLLOUT };

	writing = descriptor;
	platform_signals_open(true);
	/* One that came before finds nobody waiting, and does not come again. */
	if (leaving && descriptor >= 0 && nothing >= 0 && poll(&ready, 1, 0) == 0)
		(void)dup2(nothing, descriptor);
}

void platform_output_end(void)
{
	platform_signals_open(false);
	writing = -1;
}

bool platform_link_target(const char *path, struct strbuf *out)
{
	struct stat status;
	char *real;

	if (lstat(path, &status) != 0 || !S_ISLNK(status.st_mode))
		return false;
	real = realpath(path, NULL);
	if (real)
		strbuf_puts(out, real);
	free(real);
	return real != NULL;
}

bool platform_absolute(const char *path, struct strbuf *out)
{
	const char *slash = strrchr(path, '/');
	struct strbuf folder = STRBUF_INIT;
	char *real = realpath(path, NULL);
	bool ok = true;

	if (real) {
		strbuf_puts(out, real);
		free(real);
		return true;
	}
	/* Not there yet: its folder is, or nothing can be said. */
	if (slash)
		strbuf_add(&folder, path, slash == path ? 1 : (size_t)(slash - path));
	else
		strbuf_puts(&folder, ".");
	real = realpath(strbuf_text(&folder), NULL);
	strbuf_clear(&folder);
	ok = real != NULL;
	if (ok)
		strbuf_printf(out, "%s/%s", str_eq(real, "/") ? "" : real, slash ? slash + 1 : path);
	free(real);
	return ok;
}
