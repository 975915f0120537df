/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * A file that only grows, shared by several processes: locked while it is read or written, and on the disk before a
 * call returns.
 */
#include "os/platform.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static int fail(const char **why)
{
	*why = strerror(errno);
	return -2;
}

int platform_log_open(const char *path, bool write, const char **why)
{
	struct stat status;
	int flags = (write ? O_RDWR | O_CREAT : O_RDONLY) | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY;
	int log = open(path, flags, 0600);

	if (log < 0 && errno == ENOENT && !write)
		return -1;
	if (log < 0)
		return fail(why);
	if (fstat(log, &status) != 0 || !S_ISREG(status.st_mode)) {
		*why = "it is not a regular file";
		close(log);
		return -2;
	}
	while (flock(log, write ? LOCK_EX : LOCK_SH) != 0) {
		if (errno == EINTR)
			continue;
		fail(why);
		close(log);
		return -2;
	}
	return log;
}

bool platform_log_read(int log, size_t limit, struct strbuf *out, const char **why)
{
	char block[16384];
	off_t at = 0;

	for (;;) {
		ssize_t count = pread(log, block, sizeof(block), at);
		if (count < 0 && errno == EINTR)
			continue;
		if (count < 0) {
			fail(why);
			return false;
		}
		if (count == 0)
			return true;
		if ((size_t)count > limit - out->length) {
			*why = "it is too large";
			return false;
		}
		strbuf_add(out, block, (size_t)count);
		at += count;
	}
}

/* The folder's entry of a new file is on the disk only after this. */
static bool sync_folder(const char *path)
{
	struct strbuf folder = STRBUF_INIT;
	const char *slash = strrchr(path, '/');
	bool ok;

	strbuf_add(&folder, slash ? path : ".", slash ? (size_t)(slash - path) + 1 : 1);
	int descriptor = open(strbuf_text(&folder), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	ok = descriptor >= 0 && fsync(descriptor) == 0;
	if (descriptor >= 0)
		close(descriptor);
	strbuf_clear(&folder);
	return ok;
}

bool platform_log_append(int log, const char *path, size_t keep, const char *bytes, size_t count, const char **why)
{
	size_t done = 0;

	if (ftruncate(log, (off_t)keep) != 0) {
		fail(why);
		return false;
	}
	while (done < count) {
		ssize_t written = pwrite(log, bytes + done, count - done, (off_t)(keep + done));
		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0) {
			fail(why);
			if (ftruncate(log, (off_t)keep) != 0)
				return false; /* a torn line stays: it is reported and ignored by the next reader */
			return false;
		}
		done += (size_t)written;
	}
	if (fsync(log) != 0 || (keep == 0 && !sync_folder(path))) {
		fail(why);
		return false;
	}
	return true;
}

void platform_log_close(int log)
{
	if (log >= 0)
		close(log);
}

uint64_t platform_log_stamp(const char *path)
{
	struct stat status;

	if (stat(path, &status) != 0)
		return 0;
	return (uint64_t)status.st_size * 1000003u ^ (uint64_t)status.st_mtim.tv_sec * 1000000007u ^
	       (uint64_t)status.st_mtim.tv_nsec ^ (uint64_t)status.st_ino << 32;
}
