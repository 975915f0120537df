/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * POSIX: people, time, memory. Layer 0.
 */
#include "os/posix/posix.h"

#include <errno.h>
#include <pwd.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>
#ifdef HAVE_PRCTL
#include <sys/prctl.h>
#endif

#include "core/text.h"

/* ---- people and time ---- */

static bool add_safe_name(struct strbuf *out, const char *name)
{
	size_t offset;

	if (!name || !*name || text_find_unsafe(name, strlen(name), &offset) != 0)
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

bool platform_is_terminal(int descriptor)
{
	return isatty(descriptor) == 1;
}

/* ---- memory ---- */

static size_t whole_pages(size_t size)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE);

	return (size + page - 1) / page * page;
}

void *platform_locked_pages(size_t size)
{
	void *pages = mmap(NULL, whole_pages(size), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (pages == MAP_FAILED)
		die("no memory for a password: %s", strerror(errno));
	/* Best effort, all three: an unprivileged user may lock little or nothing, and an older kernel knows less.
	 * What is refused costs depth of defence only; the pages are wiped all the same. */
	(void)mlock(pages, whole_pages(size));
#ifdef MADV_DONTDUMP
	(void)madvise(pages, whole_pages(size), MADV_DONTDUMP);
#endif
#ifdef MADV_WIPEONFORK
	(void)madvise(pages, whole_pages(size), MADV_WIPEONFORK);
#endif
	return pages;
}

void platform_free_pages(void *pages, size_t size)
{
	platform_wipe(pages, whole_pages(size));
	if (munmap(pages, whole_pages(size)) != 0)
		bug("munmap: %s", strerror(errno));
}

void platform_wipe(void *memory, size_t size)
{
	if (size == 0)
		return;
#ifdef HAVE_EXPLICIT_BZERO
	explicit_bzero(memory, size);
#else
	memset(memory, 0, size);
	/* As far as the compiler knows this reads the memory, so the memset cannot go. */
	__asm__ __volatile__("" : : "r"(memory) : "memory");
#endif
}

void platform_no_dumps(void)
{
	struct rlimit limit;

	/* A failure leaves the other half, and the pages of a secret are not dumped anyway. */
	if (getrlimit(RLIMIT_CORE, &limit) == 0) {
		limit.rlim_cur = 0;
		limit.rlim_max = 0;
		(void)setrlimit(RLIMIT_CORE, &limit);
	}
#ifdef HAVE_PRCTL
	(void)prctl(PR_SET_DUMPABLE, 0L, 0L, 0L, 0L);
#endif
}
