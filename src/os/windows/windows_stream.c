/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Windows: a file that is too large to be held, read piece by piece.
 */
#include "os/windows/windows_files.h"

#include <fcntl.h>
#include <io.h>

int platform_stream_open(const char *path, struct file_identity *identity, const char **why)
{
	bool standard = str_eq(path, "-");
	HANDLE file = standard ? (HANDLE)_get_osfhandle(0)
			       : windows_open(path, GENERIC_READ, OPEN_EXISTING, NULL, FILE_FLAG_BACKUP_SEMANTICS);
	int stream = 0;

	if (file == INVALID_HANDLE_VALUE) {
		*why = windows_why(NULL);
		return -1;
	}
	if (!standard) {
		*why = windows_not_regular(file);
		stream = *why ? -1 : _open_osfhandle((intptr_t)file, _O_RDONLY | _O_BINARY);
		if (!*why && stream < 0)
			*why = "too many files are open";
		if (stream < 0)
			CloseHandle(file);
	}
	if (stream >= 0 && identity && GetFileType(file) == FILE_TYPE_DISK)
		(void)windows_identify(file, identity);
	return stream;
}

ptrdiff_t platform_stream_read(int stream, char *bytes, size_t room, const char **why)
{
	HANDLE file = (HANDLE)_get_osfhandle(stream);
	size_t done = 0;
	DWORD got;

	while (done < room) {
		DWORD most = room - done < 1u << 20 ? (DWORD)(room - done) : 1u << 20;

		/* A pipe whose other end is closed is at its end. */
		if (!ReadFile(file, bytes + done, most, &got, NULL)) {
			if (GetLastError() == ERROR_BROKEN_PIPE || GetLastError() == ERROR_HANDLE_EOF)
				break;
			*why = windows_why(NULL);
			return -1;
		}
		if (got == 0)
			break;
		done += got;
	}
	return (ptrdiff_t)done;
}

void platform_stream_close(int stream)
{
	if (stream > 2)
		(void)_close(stream);
}
