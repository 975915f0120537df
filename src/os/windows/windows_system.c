/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Windows: people and time.
 */
#include "os/windows/windows_files.h"

#include <errno.h>
#include <io.h>
#include <time.h>

#include "core/text.h"

static bool is_safe_name(const struct strbuf *name)
{
	const char *text = strbuf_text(name);
	size_t offset;

	return text[strspn(text, " ")] && text_find_unsafe(text, name->length, &offset) == 0;
}

void platform_user(struct strbuf *out)
{
	struct strbuf user = STRBUF_INIT, name = STRBUF_INIT;

	/* As elsewhere: whoever sets LOGNAME is called so. */
	if (!windows_environment(L"LOGNAME", &user) || !is_safe_name(&user)) {
		strbuf_reset(&user);
		if (windows_environment(L"USERNAME", &name) && windows_environment(L"USERDOMAIN", &user))
			strbuf_putc(&user, '\\');
		strbuf_puts(&user, strbuf_text(&name));
	}
	strbuf_puts(out, is_safe_name(&user) ? strbuf_text(&user) : "unknown");
	strbuf_clear(&name);
	strbuf_clear(&user);
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

static struct tm parts_of_now(bool local)
{
	time_t seconds = now();
	struct tm parts;

	if ((local ? localtime_s(&parts, &seconds) : gmtime_s(&parts, &seconds)) != 0)
		die("the clock gives no date");
	return parts;
}

void platform_time_utc(char text[21])
{
	struct tm parts = parts_of_now(false);

	if (strftime(text, 21, "%Y-%m-%dT%H:%M:%SZ", &parts) != 20)
		die("the clock gives no date");
}

void platform_date_local(char text[11])
{
	struct tm parts = parts_of_now(true);

	if (strftime(text, 11, "%Y-%m-%d", &parts) != 10)
		die("the clock gives no date");
}

int64_t platform_monotonic_ms(void)
{
	return (int64_t)GetTickCount64();
}

int platform_closed_pipe_signal(void)
{
	return 0;
}

bool platform_has_powershell(void)
{
	static const WCHAR below[] = L"\\WindowsPowerShell\\v1.0\\powershell.exe";
	WCHAR path[MAX_PATH + ARRAY_LEN(below)];
	UINT count = GetSystemDirectoryW(path, MAX_PATH);

	if (!count || count >= MAX_PATH)
		return false;
	memcpy(path + count, below, sizeof(below));
	return GetFileAttributesW(path) != INVALID_FILE_ATTRIBUTES;
}
