/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Windows: a file that only grows, shared by several processes: locked while it is read or written, and on the disk
 * before a call returns.
 */
#include "os/windows/windows_files.h"

static HANDLE handle_of(int log)
{
	return (HANDLE)(intptr_t)log;
}

static bool seek(HANDLE file, size_t offset)
{
	return SetFilePointerEx(file, (LARGE_INTEGER){ .QuadPart = (LONGLONG)offset }, NULL, FILE_BEGIN);
}

int platform_log_open(const char *path, bool write, const char **why)
{
	/* The rights of the folder: whoever may save the plan may record. */
	HANDLE log = windows_open(path, write ? GENERIC_READ | GENERIC_WRITE : GENERIC_READ,
				  write ? OPEN_ALWAYS : OPEN_EXISTING, NULL, FILE_FLAG_OPEN_REPARSE_POINT);

	if (log == INVALID_HANDLE_VALUE) {
		if (!write && windows_is_missing(GetLastError()))
			return -1;
		*why = windows_why(NULL);
		return -2;
	}
	*why = windows_not_regular(log);
	if (*why || !windows_lock(log, !write, NULL, why)) {
		CloseHandle(log);
		return -2;
	}
	return (int)(intptr_t)log; /* handles have 32 bits that count */
}

bool platform_log_read(int log, size_t limit, struct strbuf *out, const char **why)
{
	if (!seek(handle_of(log), 0)) {
		*why = windows_why(NULL);
		return false;
	}
	switch (windows_read(handle_of(log), limit, out, why)) {
	case FILE_OK:
		return true;
	case FILE_TOO_LARGE:
		*why = "it is too large";
		return false;
	case FILE_MISSING:
	case FILE_FAILED:
		break;
	}
	return false;
}

static bool cut(HANDLE file, size_t length)
{
	return seek(file, length) && SetEndOfFile(file);
}

bool platform_log_append(int log, const char *path, size_t keep, const char *bytes, size_t count, const char **why)
{
	HANDLE file = handle_of(log);

	(void)path;
	if (cut(file, keep) && windows_write(file, bytes, count) && FlushFileBuffers(file))
		return true;
	*why = windows_why(NULL);
	/* A torn line that stays is reported and ignored by the next reader. */
	(void)cut(file, keep);
	return false;
}

void platform_log_close(int log)
{
	if (log >= 0)
		CloseHandle(handle_of(log));
}

uint64_t platform_log_stamp(const char *path)
{
	WIN32_FILE_ATTRIBUTE_DATA about;
	WCHAR *wide = windows_path(path);
	bool there = GetFileAttributesExW(wide, GetFileExInfoStandard, &about);

	free(wide);
	if (!there)
		return 0;
	return ((uint64_t)about.ftLastWriteTime.dwHighDateTime << 32 | about.ftLastWriteTime.dwLowDateTime) ^
	       (uint64_t)about.nFileSizeLow << 40 ^ 1;
}
