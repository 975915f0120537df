/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * POSIX: people and time.
 */
#include "os/posix/posix.h"

#include <errno.h>
#include <poll.h>
#include <pwd.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

#include "core/text.h"

/* ---- people and time ---- */

static bool add_safe_name(struct strbuf *out, const char *name)
{
	size_t offset;

	if (!name || !name[strspn(name, " ")] || text_find_unsafe(name, strlen(name), &offset) != 0)
		return false;
	strbuf_puts(out, name);
	return true;
}

void platform_user(struct strbuf *out)
{
	const struct passwd *entry;

	if (add_safe_name(out, getenv("LOGNAME")))
		return;
	entry = getpwuid(geteuid());
	if (!entry || !add_safe_name(out, entry->pw_name))
		strbuf_puts(out, "unknown");
}

/* The time to write into results. SOURCE_DATE_EPOCH is for builds that shall give the same bytes again; one that is no
 * number, or lies beyond the year 9999, does not count. */
static time_t now(void)
{
	const char *fixed = getenv("SOURCE_DATE_EPOCH");
	const long long latest = 253402300799;
	long long seconds;
	char *end;

	if (fixed && *fixed >= '0' && *fixed <= '9') {
		errno = 0;
		seconds = strtoll(fixed, &end, 10);
		if (errno == 0 && !*end && seconds <= latest)
			return (time_t)seconds;
	}
	return time(NULL);
}

void platform_time_utc(char text[21])
{
	time_t seconds = now();
	struct tm parts;

	if (!gmtime_r(&seconds, &parts) || strftime(text, 21, "%Y-%m-%dT%H:%M:%SZ", &parts) != 20)
		die("the clock gives no date: %s", strerror(errno));
}

void platform_date_local(char text[11])
{
	time_t seconds = now();
	struct tm parts;

	tzset();
	if (!localtime_r(&seconds, &parts) || strftime(text, 11, "%Y-%m-%d", &parts) != 10)
		die("the clock gives no date: %s", strerror(errno));
}

int64_t platform_monotonic_ms(void)
{
	struct timespec time;

	if (clock_gettime(CLOCK_MONOTONIC, &time) != 0)
		die("no monotonic clock: %s", strerror(errno));
	return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

/* ---- terminal ---- */

const char *platform_terminal_type(void)
{
	return getenv("TERM");
}

bool platform_is_terminal(int descriptor)
{
	return isatty(descriptor) == 1;
}

int platform_closed_pipe_signal(void)
{
	struct pollfd output = { STDOUT_FILENO, 0, 0 };

	return poll(&output, 1, 0) == 1 && (output.revents & POLLERR) ? SIGPIPE : 0;
}

bool platform_has_powershell(void)
{
	return false;
}

bool platform_drive(char letter, struct strbuf *out)
{
	(void)letter;
	(void)out;
	return false;
}
