/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * POSIX: what stands beside a target while it is saved, and what is left of it when a process was killed.
 *
 * All of it happens under the target's lock. The names tell host and process besides, for locks do not reach every
 * network file system.
 */
#include "os/posix/posix.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

enum { DEEPEST = 16 };

/* ---- names ---- */

static unsigned host_number(void)
{
	char host[256] = "";
	struct digest digest;

	if (gethostname(host, sizeof(host) - 1) != 0)
		host[0] = '\0';
	digest = digest_of(host, strlen(host));
	return (unsigned)digest.bytes[0] << 24 | (unsigned)digest.bytes[1] << 16 | (unsigned)digest.bytes[2] << 8 |
	       digest.bytes[3];
}

void posix_aside_name(const char *name, unsigned attempt, const char *ending, char out[ASIDE_ROOM])
{
	snprintf(out, ASIDE_ROOM, ".%.200s.%08x.%ld.%u%s", name, host_number(), (long)getpid(), attempt, ending);
}

/* Whether ENTRY is such a name for NAME, of a process of this host that is gone (or of this one, which saves nothing
 * else right now). *OUTGOING: it ends with ".old". */
static bool is_left(const char *entry, const char *name, bool *outgoing)
{
	char prefix[ASIDE_ROOM], ending[8] = "";
	unsigned host, attempt;
	int length = 0;
	long process;

	snprintf(prefix, sizeof(prefix), ".%.200s.", name);
	if (!str_starts(entry, prefix))
		return false;
	entry += strlen(prefix);
	if (sscanf(entry, "%8x.%ld.%3u%7s%n", &host, &process, &attempt, ending, &length) != 4 || entry[length] ||
	    host != host_number() || process <= 0)
		return false;
	*outgoing = str_eq(ending, ".old");
	if (!*outgoing && !str_eq(ending, ".tmp"))
		return false;
	return process == (long)getpid() || (kill((pid_t)process, 0) != 0 && errno == ESRCH);
}

/* ---- removing ---- */

static int remove_below(int folder, const char *name, unsigned depth);

static int remove_entries(int folder, unsigned depth)
{
	DIR *stream = fdopendir(folder);
	const struct dirent *entry;
	int result = 0;

	if (!stream) {
		posix_close(folder);
		return -1;
	}
	while (result == 0 && (errno = 0, entry = readdir(stream)) != NULL) {
		if (str_eq(entry->d_name, ".") || str_eq(entry->d_name, ".."))
			continue;
		result = unlinkat(folder, entry->d_name, 0);
		if (result != 0 && (errno == EISDIR || errno == EPERM))
			result = remove_below(folder, entry->d_name, depth + 1);
	}
	if (result == 0 && errno)
		result = -1;
	if (closedir(stream) != 0)
		result = -1;
	return result;
}

static int remove_below(int folder, const char *name, unsigned depth)
{
	int inside = posix_open_at(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);

	if (inside < 0)
		return -1;
	if (depth > DEEPEST) {
		posix_close(inside);
		errno = ELOOP;
		return -1;
	}
	return remove_entries(inside, depth) == 0 ? unlinkat(folder, name, AT_REMOVEDIR) : -1;
}

int posix_remove_tree(int folder, const char *name)
{
	return remove_below(folder, name, 0);
}

/* A file is ours when nobody has more rights to it than to the target, whose old file it may be (so it may have the
 * target's owner); where that is missing, nobody but its group (a new journal has the plan's rights). */
static void clean_entry(int folder, const char *name, const char *entry, bool outgoing)
{
	struct stat status, target;
	bool there = fstatat(folder, name, &target, AT_SYMLINK_NOFOLLOW) == 0;
	mode_t allowed = there ? target.st_mode | 0700 : 0770;

	if (fstatat(folder, entry, &status, AT_SYMLINK_NOFOLLOW) != 0 ||
	    (status.st_uid != geteuid() && !(there && status.st_uid == target.st_uid)) ||
	    (!outgoing && (status.st_mode & 0777 & ~allowed) != 0))
		return;
	/* Nothing to be done when one of these fails: it stays, and the next save tries again. */
	if (S_ISREG(status.st_mode) && !outgoing)
		(void)unlinkat(folder, entry, 0);
	else if (S_ISDIR(status.st_mode) && outgoing && !there)
		(void)renameat(folder, entry, folder, name);
	else if (S_ISDIR(status.st_mode))
		(void)posix_remove_tree(folder, entry);
}

void posix_aside_clean(int folder, const char *name)
{
	int again = posix_open_at(folder, ".", O_RDONLY | O_DIRECTORY);
	DIR *stream = again < 0 ? NULL : fdopendir(again);
	const struct dirent *entry;
	bool outgoing;

	if (!stream) {
		if (again >= 0)
			posix_close(again);
		return;
	}
	while ((entry = readdir(stream)) != NULL) {
		if (is_left(entry->d_name, name, &outgoing))
			clean_entry(folder, name, entry->d_name, outgoing);
	}
	(void)closedir(stream); /* was only read */
}

/* ---- signals, words ---- */

void posix_hold_signals(sigset_t *before)
{
	static const int faults[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGSYS, SIGABRT };
	sigset_t held;

	sigfillset(&held);
	for (size_t i = 0; i < ARRAY_LEN(faults); i++)
		sigdelset(&held, faults[i]);
	posix_must(sigprocmask(SIG_BLOCK, &held, before), "sigprocmask");
}

void posix_release_signals(const sigset_t *before)
{
	posix_must(sigprocmask(SIG_SETMASK, before, NULL), "sigprocmask");
}

enum save_result posix_unchanged(const char **why)
{
	struct strbuf reason = STRBUF_INIT;

	/* *WHY may lie in the buffer that posix_why() writes to. */
	strbuf_puts(&reason, *why);
	*why = posix_why("%s; nothing was changed", strbuf_text(&reason));
	strbuf_clear(&reason);
	return SAVE_FAILED;
}
