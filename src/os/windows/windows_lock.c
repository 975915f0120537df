/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Windows: locks. They are the system's own: those of a process that ends, however it ends, are free.
 */
#include "os/windows/windows_files.h"

enum { STEP_MS = 50 };

static const char held[] = "it is locked by another program";

/* Far behind what any file holds: Windows' locks keep others from reading what they cover. */
static OVERLAPPED place_of_lock(void)
{
	return (OVERLAPPED){ .OffsetHigh = 0x7FFFFFFF };
}

bool windows_lock(HANDLE file, bool shared, const struct lock_wait *wait, const char **why)
{
	static const struct lock_wait silent = { .milliseconds = LOCK_MILLISECONDS };
	int64_t end = platform_monotonic_ms() + (wait ? wait : &silent)->milliseconds;
	DWORD flags = LOCKFILE_FAIL_IMMEDIATELY | (shared ? 0 : LOCKFILE_EXCLUSIVE_LOCK);

	if (!wait)
		wait = &silent;
	for (;;) {
		OVERLAPPED place = place_of_lock();

		if (LockFileEx(file, flags, 0, 1, 0, &place))
			return true;
		if (GetLastError() != ERROR_LOCK_VIOLATION && GetLastError() != ERROR_IO_PENDING) {
			*why = windows_why(NULL);
			return false;
		}
		/* Who it is no call tells. */
		*why = held;
		if (platform_signals_look() || platform_monotonic_ms() >= end ||
		    (wait->waiting && !wait->waiting("another program", wait->data)))
			return false;
		(void)WaitForSingleObject(windows_ending(), STEP_MS);
	}
}

int platform_lock(const char *path, const struct lock_wait *wait, const char **why)
{
	struct strbuf name = STRBUF_INIT;
	HANDLE file;

	windows_beside(path, ".", ".lock", &name);
	/* The rights of its folder: whoever may save there may lock. */
	file = windows_open(strbuf_text(&name), GENERIC_READ | GENERIC_WRITE, OPEN_ALWAYS, NULL, FILE_ATTRIBUTE_HIDDEN);
	strbuf_clear(&name);
	if (file == INVALID_HANDLE_VALUE) {
		*why = windows_why("its lock");
		return -1;
	}
	if (windows_lock(file, false, wait, why))
		return (int)(intptr_t)file; /* handles have 32 bits that count */
	CloseHandle(file);
	return *why == held ? LOCK_HELD : -1;
}

void platform_unlock(const char *path, int lock)
{
	(void)path;
	if (lock >= 0)
		CloseHandle((HANDLE)(intptr_t)lock);
}

/* A file that is open here cannot be replaced, so that nothing marks it; saving asks all the same. */
int platform_presence(const char *path, struct strbuf *others)
{
	(void)path;
	strbuf_reset(others);
	return -1;
}

void platform_presence_end(int presence)
{
	(void)presence;
}
