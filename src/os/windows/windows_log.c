/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Windows: a file that only grows, shared by several processes. It is looked at before anything is written, and what
 * stands there is never touched.
 */
#include "os/windows/windows_files.h"

static HANDLE open_log(const char *path, DWORD access)
{
	return windows_open(path, access, OPEN_EXISTING, NULL,
			    FILE_FLAG_OPEN_REPARSE_POINT | FILE_FLAG_BACKUP_SEMANTICS);
}

static enum log_outcome cannot(const char **why)
{
	if (windows_is_missing(GetLastError()))
		return LOG_MISSING;
	*why = windows_why(NULL);
	return LOG_FAILED;
}

static enum log_outcome read_open(HANDLE log, size_t limit, struct strbuf *out, struct file_identity *identity,
				 const char **why)
{
	const char *trouble = windows_not_regular(log);

	if (trouble) {
		*why = trouble;
		return LOG_FOREIGN;
	}
	if (!windows_identify(log, identity))
		return cannot(why);
	switch (windows_read(log, limit, out, why)) {
	case FILE_OK:
		identity->digest = digest_of(strbuf_text(out), out->length);
		return LOG_OK;
	case FILE_TOO_LARGE:
		*why = windows_say("it has more than %zu bytes", limit);
		return LOG_FOREIGN;
	case FILE_MISSING:
	case FILE_FAILED:
		break;
	}
	return LOG_FAILED;
}

enum log_outcome platform_log_read(const char *path, size_t limit, struct strbuf *out, struct file_identity *identity,
				   const char **why)
{
	HANDLE log = open_log(path, GENERIC_READ);
	enum log_outcome result;

	strbuf_reset(out);
	*identity = (struct file_identity){ .exists = false };
	if (log == INVALID_HANDLE_VALUE)
		return cannot(why);
	result = read_open(log, limit, out, identity, why);
	CloseHandle(log);
	return result;
}

/* Takes a part back that was written behind what READ tells of; not when somebody else wrote behind it. */
static enum log_outcome take_back(HANDLE log, const struct file_identity *read, const char **why)
{
	LARGE_INTEGER size = { .QuadPart = (LONGLONG)read->size }, at, end;

	*why = windows_why(NULL);
	if (SetFilePointerEx(log, (LARGE_INTEGER){ .QuadPart = 0 }, &at, FILE_CURRENT) && GetFileSizeEx(log, &end) &&
	    at.QuadPart == end.QuadPart && SetFilePointerEx(log, size, NULL, FILE_BEGIN) && SetEndOfFile(log))
		return LOG_FAILED;
	return LOG_UNKNOWN;
}

static enum log_outcome append(HANDLE log, const struct file_identity *read, const char *bytes, size_t count,
			      const char **why)
{
	const char *trouble = windows_not_regular(log);
	struct file_identity there;

	if (trouble) {
		*why = trouble;
		return LOG_FOREIGN;
	}
	if (!windows_identify(log, &there))
		return cannot(why);
	if (there.device != read->device || there.inode != read->inode || there.size != read->size)
		return LOG_CHANGED;
	if (!SetFilePointerEx(log, (LARGE_INTEGER){ .QuadPart = 0 }, NULL, FILE_END))
		return cannot(why);
	if (!windows_write(log, bytes, count))
		return take_back(log, read, why);
	if (FlushFileBuffers(log))
		return LOG_OK;
	*why = windows_why(NULL);
	return LOG_UNSURE;
}

enum log_outcome platform_log_append(const char *path, const struct file_identity *read, const char *bytes,
				     size_t count, const char **why)
{
	HANDLE log = open_log(path, GENERIC_READ | GENERIC_WRITE);
	enum log_outcome result;

	if (log == INVALID_HANDLE_VALUE)
		return cannot(why);
	result = append(log, read, bytes, count, why);
	CloseHandle(log);
	return result;
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
