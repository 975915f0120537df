/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * POSIX: one lock for each target, waited for in sight and not for ever. flock, because it ends with the
 * process; on a file of its own, because the target is replaced while the lock is held.
 */
#include "os/posix/posix.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/sysmacros.h>
#include <time.h>
#include <unistd.h>

enum { LOCKS_LIMIT = 4 * 1024 * 1024, NAP_MILLISECONDS = 50, UNSTEADY = -3 };

/* ---- who holds it ---- */

/* The process that /proc/locks names as the holder of STATUS, or 0. */
static long holding_process(const struct stat *status, const char *locks)
{
	unsigned long long inode;
	unsigned major, minor;
	char kind[16];
	long process;

	for (const char *line = locks; line; line = strchr(line, '\n')) {
		line += *line == '\n';
		/* "12: FLOCK  ADVISORY  WRITE 4711 fd:01:131076 0 EOF"; those who wait have an arrow in front. */
		if (sscanf(line, "%*d: %15s %*s %*s %ld %x:%x:%llu", kind, &process, &major, &minor, &inode) != 5)
			continue;
		if (inode == (unsigned long long)status->st_ino && major == major(status->st_dev) &&
		    minor == minor(status->st_dev) && process > 0)
			return process;
	}
	return 0;
}

static void put_process(struct strbuf *out, long process)
{
	struct strbuf name = STRBUF_INIT, path = STRBUF_INIT;
	const char *ignored;

	strbuf_printf(&path, "/proc/%ld/comm", process);
	if (platform_read(strbuf_text(&path), 64, &name, NULL, &ignored) == FILE_OK && name.length > 1)
		strbuf_printf(out, "%.*s (process %ld)", (int)strcspn(strbuf_text(&name), "\n"), strbuf_text(&name),
			      process);
	else
		strbuf_puts(out, "another program"); /* it ended, and what it started holds the lock */
	strbuf_clear(&name);
	strbuf_clear(&path);
}

static void put_holder(struct strbuf *out, const struct stat *status)
{
	struct strbuf locks = STRBUF_INIT;
	const char *ignored;
	long process = 0;

	strbuf_reset(out);
	if (platform_read("/proc/locks", LOCKS_LIMIT, &locks, NULL, &ignored) == FILE_OK)
		process = holding_process(status, strbuf_text(&locks));
	if (process)
		put_process(out, process);
	else
		strbuf_puts(out, "another program");
	strbuf_clear(&locks);
}

/* ---- one try ---- */

struct lock_try {
	const char *path;
	int folder;
	const char *target;
	char name[ASIDE_ROOM];
	struct strbuf holder;
	const char **why;
};

/* Whoever may open the target may open its lock, or two accounts could not share a plan. What cannot be given is no
 * failure here: the other account is told. */
static void share_lock(const struct lock_try *try, int lock)
{
	struct stat target;
	const char *ignored;

	if (fstatat(try->folder, try->target, &target, AT_SYMLINK_NOFOLLOW) == 0 && !S_ISLNK(target.st_mode))
		(void)posix_take_over(lock, try->path, &target, (target.st_mode & 0660) | 0600, &ignored);
}

static int open_lock(const struct lock_try *try)
{
	const int flags = O_NOFOLLOW | O_NONBLOCK | O_NOCTTY;
	int lock = posix_open_at(try->folder, try->name, O_RDWR | flags);

	if (lock < 0 && errno == EACCES)
		lock = posix_open_at(try->folder, try->name, O_RDONLY | flags);
	if (lock >= 0 || errno != ENOENT)
		return lock;
	lock = posix_open_at(try->folder, try->name, O_RDWR | O_CREAT | O_EXCL | flags);
	if (lock >= 0)
		share_lock(try, lock);
	return lock;
}

/* Whether LOCK is still the file NAME: its last holder may have removed it between our open and our flock. */
static bool is_current(int folder, const char *name, int lock)
{
	struct stat ours, there;

	return fstat(lock, &ours) == 0 && fstatat(folder, name, &there, AT_SYMLINK_NOFOLLOW) == 0 &&
	       ours.st_ino == there.st_ino && ours.st_dev == there.st_dev;
}

/* A held descriptor; -1 and *WHY; UNSTEADY when the file changed under us; LOCK_HELD, and the holder is known. */
static int try_lock(struct lock_try *try)
{
	int lock = open_lock(try), result = -1, error = errno;
	struct stat status;

	if (lock < 0 && (error == EEXIST || error == EINTR))
		return UNSTEADY;
	if (lock < 0 && error == EACCES && fstatat(try->folder, try->name, &status, AT_SYMLINK_NOFOLLOW) == 0) {
		/* Made a moment ago, and not yet open to others; or left by one who had a narrower plan. */
		strbuf_reset(&try->holder);
		strbuf_printf(&try->holder, "another account, whose %s cannot be opened", try->name);
		return LOCK_HELD;
	}
	if (lock < 0) {
		*try->why = posix_why("it cannot be locked by %s beside it: %s", try->name, strerror(error));
		return -1;
	}
	if (fstat(lock, &status) != 0)
		*try->why = posix_why("the lock %s beside it: %s", try->name, strerror(errno));
	else if (!S_ISREG(status.st_mode))
		*try->why = posix_why("the lock %s beside it is not a regular file", try->name);
	else if (flock(lock, LOCK_EX | LOCK_NB) == 0)
		result = is_current(try->folder, try->name, lock) ? lock : UNSTEADY;
	else if (errno == EINTR)
		result = UNSTEADY;
	else if (errno == EWOULDBLOCK)
		result = LOCK_HELD;
	else
		*try->why = posix_why("the lock %s beside it: %s", try->name, strerror(errno));
	if (result == LOCK_HELD)
		put_holder(&try->holder, &status);
	if (result != lock)
		posix_close(lock);
	return result;
}

/* ---- waiting ---- */

/* False: the time is over, the caller had enough, or a signal asks to leave. */
static bool wait_a_little(const struct lock_wait *wait, int64_t end, const char *holder)
{
	const struct timespec nap = { 0, NAP_MILLISECONDS * 1000000L };

	if (platform_monotonic_ms() >= end || platform_signals_look() ||
	    (wait->waiting && !wait->waiting(holder, wait->data)))
		return false;
	(void)nanosleep(&nap, NULL); /* a signal only shortens it */
	return true;
}

static int wait_for_lock(struct lock_try *try, const struct lock_wait *wait)
{
	int64_t end = platform_monotonic_ms() + wait->milliseconds;
	int lock, tries = 0;

	for (;;) {
		lock = try_lock(try);
		if (lock >= 0 || lock == -1)
			return lock;
		if (lock == UNSTEADY && ++tries < 100)
			continue;
		if (lock == UNSTEADY)
			*try->why = posix_why("the lock %s beside it does not stay", try->name);
		else
			*try->why = posix_why("it is locked by %s", strbuf_text(&try->holder));
		if (lock == UNSTEADY)
			return -1;
		if (!wait_a_little(wait, end, strbuf_text(&try->holder)))
			return LOCK_HELD;
	}
}

/* ---- the lock ---- */

static void lock_name(char out[ASIDE_ROOM], const char *name)
{
	snprintf(out, ASIDE_ROOM, ".%.240s.lock", name);
}

int platform_lock(const char *path, const struct lock_wait *wait, const char **why)
{
	static const struct lock_wait usual = { .milliseconds = LOCK_MILLISECONDS };
	struct lock_try try = { .path = path, .holder = STRBUF_INIT, .why = why };
	int lock;

	try.folder = posix_open_folder(path, &try.target, why);
	if (try.folder < 0)
		return -1;
	lock_name(try.name, try.target);
	lock = wait_for_lock(&try, wait ? wait : &usual);
	strbuf_clear(&try.holder);
	posix_close(try.folder);
	return lock;
}

void platform_unlock(const char *path, int lock)
{
	char name[ASIDE_ROOM];
	const char *target, *why;
	int folder = posix_open_folder(path, &target, &why);

	/* Removed while it is still held, and only when it is ours, so that nobody's lock is taken away. A file
	 * that stays is no harm: it is free. */
	if (folder >= 0) {
		lock_name(name, target);
		if (is_current(folder, name, lock))
			(void)unlinkat(folder, name, 0);
		posix_close(folder);
	}
	posix_close(lock);
}

/* ---- who has it open ---- */

/* A shared flock on the file itself: it leaves nothing behind, and ends with the process. Who can have it alone is the
 * only one. */
int platform_presence(const char *path, struct strbuf *others)
{
	const struct timespec nap = { 0, 1000000L };
	int file = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC), tries = 0;
	struct stat status;

	strbuf_reset(others);
	if (file < 0)
		return -1;
	if (flock(file, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK && fstat(file, &status) == 0)
		put_holder(others, &status);
	/* Somebody who looks at this very moment has it alone for an instant. */
	while (flock(file, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK && ++tries < 20)
		(void)nanosleep(&nap, NULL);
	return file;
}

void platform_presence_end(int presence)
{
	if (presence >= 0)
		posix_close(presence);
}
