/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * POSIX: a file that is too large to be held, read piece by piece.
 */
#include "os/posix/posix.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

static int fail(int descriptor, const char *reason, const char **why)
{
	*why = reason;
	if (descriptor > STDERR_FILENO)
		(void)posix_close(descriptor);
	return -1;
}

int platform_stream_open(const char *path, struct file_identity *identity, const char **why)
{
	struct stat status;
	int descriptor = STDIN_FILENO;

	/* O_NONBLOCK: a FIFO without a writer must not hang the program before it can be refused. */
	if (!str_eq(path, "-"))
		descriptor = posix_open_at(AT_FDCWD, path, O_RDONLY | O_NONBLOCK | O_NOCTTY);
	if (descriptor < 0 || fstat(descriptor, &status) != 0)
		return fail(descriptor, strerror(errno), why);
	if (descriptor != STDIN_FILENO && posix_not_regular(&status))
		return fail(descriptor, posix_not_regular(&status), why);
	if (identity)
		posix_identify(&status, identity);
	return descriptor;
}

ptrdiff_t platform_stream_read(int stream, char *bytes, size_t room, const char **why)
{
	ssize_t got = posix_read(stream, bytes, room);

	if (got < 0)
		*why = strerror(errno);
	return got;
}

void platform_stream_close(int stream)
{
	if (stream > STDERR_FILENO)
		(void)posix_close(stream);
}
