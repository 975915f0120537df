/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * POSIX: a file that only grows, shared by several processes. It is looked at before anything is written, and what
 * stands there is never touched.
 */
#include "os/posix/posix.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

static int open_plain(const char *path, int flags)
{
	return posix_open_at(AT_FDCWD, path, flags | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
}

static enum log_outcome cannot_open(const char **why)
{
	if (errno == ENOENT)
		return LOG_MISSING;
	*why = errno == ELOOP ? "it is a symbolic link" : strerror(errno);
	return errno == ELOOP ? LOG_FOREIGN : LOG_FAILED;
}

enum log_outcome platform_log_read(const char *path, size_t limit, struct strbuf *out, struct file_identity *identity,
				   const char **why)
{
	int log = open_plain(path, O_RDONLY);
	enum file_result read;
	struct stat status;

	strbuf_reset(out);
	*identity = (struct file_identity){ .exists = false };
	if (log < 0)
		return cannot_open(why);
	if (fstat(log, &status) == 0 && posix_not_regular(&status)) {
		*why = posix_not_regular(&status);
		posix_close(log);
		return LOG_FOREIGN;
	}
	read = posix_read_open(log, true, limit, out, identity, why);
	if (posix_close(log) != 0 && read == FILE_OK) {
		*why = strerror(errno);
		read = FILE_FAILED;
	}
	if (read == FILE_TOO_LARGE)
		*why = posix_why("it has more than %zu bytes", limit);
	return read == FILE_OK ? LOG_OK : read == FILE_TOO_LARGE ? LOG_FOREIGN : LOG_FAILED;
}

/* Takes a part back that was written behind the SIZE bytes; not when somebody else wrote behind it. */
static enum log_outcome take_back(int log, uint64_t size, size_t done, const char **why)
{
	struct stat status;

	*why = strerror(errno);
	if (done == 0)
		return LOG_FAILED;
	if (fstat(log, &status) != 0 || (uint64_t)status.st_size != size + done || ftruncate(log, (off_t)size) != 0)
		return LOG_UNKNOWN;
	return LOG_FAILED;
}

static enum log_outcome append(int log, uint64_t size, const char *bytes, size_t count, const char **why)
{
	size_t done = 0;
	ssize_t written;

	while (done < count) {
		written = write(log, bytes + done, count - done);
		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0)
			return take_back(log, size, done, why);
		done += (size_t)written;
	}
	if (fsync(log) == 0)
		return LOG_OK;
	*why = strerror(errno);
	return LOG_UNSURE;
}

static enum log_outcome append_open(int log, const struct file_identity *read, const char *bytes, size_t count,
				   const char **why)
{
	struct stat status;

	if (fstat(log, &status) != 0) {
		*why = strerror(errno);
		return LOG_FAILED;
	}
	if (posix_not_regular(&status)) {
		*why = posix_not_regular(&status);
		return LOG_FOREIGN;
	}
	if ((uint64_t)status.st_dev != read->device || (uint64_t)status.st_ino != read->inode ||
	    (uint64_t)status.st_size != read->size)
		return LOG_CHANGED;
	return append(log, read->size, bytes, count, why);
}

enum log_outcome platform_log_append(const char *path, const struct file_identity *read, const char *bytes,
				     size_t count, const char **why)
{
	int log = open_plain(path, O_WRONLY | O_APPEND);
	enum log_outcome result;
	sigset_t before;

	if (log < 0)
		return cannot_open(why);
	posix_hold_signals(&before);
	result = append_open(log, read, bytes, count, why);
	if (posix_close(log) != 0 && result == LOG_OK) {
		*why = strerror(errno);
		result = LOG_UNSURE;
	}
	posix_release_signals(&before);
	return result;
}

uint64_t platform_log_stamp(const char *path)
{
	struct stat status;

	if (stat(path, &status) != 0)
		return 0;
	return (uint64_t)status.st_size * 1000003u ^ (uint64_t)status.st_mtim.tv_sec * 1000000007u ^
	       (uint64_t)status.st_mtim.tv_nsec ^ (uint64_t)status.st_ino << 32;
}
