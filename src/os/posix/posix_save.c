/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * POSIX: saving a file so that at every moment the old one or the new one is there, complete. The order of the
 * steps is what makes it so.
 */
#include "os/posix/posix.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

enum { WIDEST_MODE = 0640, PRIVATE_MODE = 0600, NAME_ROOM = 256 };

struct save {
	const struct save_request *request;
	int folder;
	const char *name;
	bool replacing;                  /* the target was there when we looked */
	struct stat old;
	char temporary[NAME_ROOM];       /* "" when there is none */
	char backup[NAME_ROOM];          /* a second name for the old file, until it becomes NAME~ */
	const char **why;
};

static enum save_result failed(struct save *save, const char *what)
{
	*save->why = posix_why("%s: %s; nothing was changed", what, strerror(errno));
	return SAVE_FAILED;
}

/* *WHY may lie in the buffer that posix_why() writes to. */
static enum save_result add_unchanged(const char **why)
{
	struct strbuf reason = STRBUF_INIT;

	strbuf_puts(&reason, *why);
	*why = posix_why("%s; nothing was changed", strbuf_text(&reason));
	strbuf_clear(&reason);
	return SAVE_FAILED;
}

/* ---- the target ---- */

/* Digest of the file NAME, which must still be the one that STATUS tells of. */
static bool digest_of_file(struct save *save, const struct stat *status, struct digest *digest)
{
	int descriptor = openat(save->folder, save->name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	struct strbuf bytes = STRBUF_INIT;
	struct stat opened;
	ssize_t got = -1;

	if (descriptor < 0)
		return false;
	if (fstat(descriptor, &opened) == 0 && opened.st_ino == status->st_ino && opened.st_dev == status->st_dev)
		got = posix_read(descriptor, strbuf_reserve(&bytes, (size_t)status->st_size), (size_t)status->st_size);
	if (posix_close(descriptor) != 0)
		got = -1;
	if (got == (ssize_t)status->st_size)
		*digest = digest_of(strbuf_text(&bytes), (size_t)got);
	strbuf_clear(&bytes);
	return got == (ssize_t)status->st_size;
}

static bool is_expected(struct save *save, const struct stat *status)
{
	const struct file_identity *expected = save->request->expected;
	struct file_identity there;

	posix_identify(status, &there);
	return there.device == expected->device && there.inode == expected->inode && there.size == expected->size &&
	       there.modified_ns == expected->modified_ns && digest_of_file(save, status, &there.digest) &&
	       digest_equal(&there.digest, &expected->digest);
}

/* Whether the request allows to write over what is at the target now. Fills REPLACING and OLD. */
static enum save_result look_at_target(struct save *save)
{
	const struct save_request *request = save->request;
	bool expected = request->expected && request->expected->exists;

	save->replacing = fstatat(save->folder, save->name, &save->old, AT_SYMLINK_NOFOLLOW) == 0;
	if (!save->replacing && errno != ENOENT)
		return failed(save, save->name);
	if (!save->replacing) {
		if (!expected || request->force)
			return SAVE_OK;
		*save->why = "somebody removed the file since it was read; nothing was changed";
		return SAVE_CHANGED;
	}
	if (posix_not_regular(&save->old)) {
		*save->why = posix_why("%s; nothing was changed", posix_not_regular(&save->old));
		return SAVE_FAILED;
	}
	if (request->secret || (!request->force && !expected)) {
		*save->why = "the file is there already; nothing was changed";
		return SAVE_EXISTS;
	}
	if (!request->force && !is_expected(save, &save->old)) {
		*save->why = "somebody changed the file since it was read; nothing was changed";
		return SAVE_CHANGED;
	}
	return SAVE_OK;
}

/* ---- the temporary file ---- */

/* The name only has to be free, O_EXCL sees to that; the clock and the process make a clash unlikely. */
static void temporary_name(const struct save *save, unsigned attempt, char name[NAME_ROOM])
{
	uint64_t mix = (uint64_t)platform_monotonic_ms() * 2654435761u + (uint64_t)getpid() * 40503u + attempt * 7919u;

	snprintf(name, NAME_ROOM, ".%.200s.%06x.tmp", save->name, (unsigned)(mix & 0xFFFFFF));
}

static int create_temporary(struct save *save, char name[NAME_ROOM])
{
	unsigned attempt;
	int descriptor;

	for (attempt = 0; attempt < 100; attempt++) {
		temporary_name(save, attempt, name);
		descriptor = openat(save->folder, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
				    PRIVATE_MODE);
		if (descriptor >= 0)
			return descriptor;
		if (errno != EEXIST && errno != EINTR)
			break;
	}
	name[0] = '\0';
	return -1;
}

/* The mode of the old file, but never wider than 0640; and its group, without which its group bits would open the
 * file to people who could not read it before. */
static int set_mode(const struct save *save, int descriptor)
{
	mode_t mode = PRIVATE_MODE;
	struct stat status;

	if (save->replacing) {
		mode = save->old.st_mode & WIDEST_MODE;
		if (fstat(descriptor, &status) != 0)
			return -1;
		if (status.st_gid != save->old.st_gid && fchown(descriptor, (uid_t)-1, save->old.st_gid) != 0)
			mode &= PRIVATE_MODE;
	}
	return fchmod(descriptor, mode);
}

/* Writes BYTES to a new file beside the target, down to the disk. STATUS gets what it is. */
static enum save_result write_temporary(struct save *save, char name[NAME_ROOM], const void *bytes, size_t count,
					struct stat *status)
{
	enum save_result result = SAVE_OK;
	int descriptor = create_temporary(save, name);

	if (descriptor < 0)
		return failed(save, "cannot make a temporary file");
	if (posix_write(descriptor, bytes, count) != 0 || set_mode(save, descriptor) != 0)
		result = failed(save, "cannot write");
	else if (fsync(descriptor) != 0 || fstat(descriptor, status) != 0)
		result = failed(save, "cannot write to the disk");
	if (posix_close(descriptor) != 0 && result == SAVE_OK)
		result = failed(save, "cannot write");
	return result;
}

/* ---- the old file under NAME~ ---- */

/* For file systems without hard links. */
static enum save_result copy_old(struct save *save)
{
	int descriptor = openat(save->folder, save->name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	size_t size = (size_t)save->old.st_size;
	struct strbuf bytes = STRBUF_INIT;
	enum save_result result = SAVE_FAILED;
	struct stat status;
	ssize_t got;

	if (descriptor < 0)
		return failed(save, "cannot keep the old file");
	got = posix_read(descriptor, strbuf_reserve(&bytes, size), size);
	if (got != (ssize_t)size) {
		if (got >= 0)
			errno = EIO;
		failed(save, "cannot keep the old file");
	} else {
		result = write_temporary(save, save->backup, strbuf_text(&bytes), size, &status);
	}
	posix_close(descriptor);
	strbuf_clear(&bytes);
	return result;
}

/* Two steps, so that a former NAME~ is replaced in one: link the old file to a name of our own, then rename that. */
static enum save_result keep_old(struct save *save)
{
	struct strbuf kept = STRBUF_INIT;
	enum save_result result = SAVE_OK;
	struct stat status;

	strbuf_printf(&kept, "%s~", save->name);
	if (fstatat(save->folder, strbuf_text(&kept), &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(status.st_mode)) {
		errno = EISDIR;
		result = failed(save, strbuf_text(&kept));
	}
	if (result == SAVE_OK) {
		temporary_name(save, 1000, save->backup);
		if (linkat(save->folder, save->name, save->folder, save->backup, 0) != 0) {
			save->backup[0] = '\0';
			result = copy_old(save);
		}
	}
	if (result == SAVE_OK && renameat(save->folder, save->backup, save->folder, strbuf_text(&kept)) != 0)
		result = failed(save, strbuf_text(&kept));
	/* When NAME~ was the same file already, rename does nothing and leaves our name: the clean-up removes it. */
	strbuf_clear(&kept);
	return result;
}

/* ---- the steps ---- */

/* A new file must not take the place of one that appeared a moment ago: rename without replacing where there is
 * that. */
static int move_into_place(const struct save *save)
{
#ifdef RENAME_NOREPLACE
	if (!save->replacing && !save->request->force) {
		if (renameat2(save->folder, save->temporary, save->folder, save->name, RENAME_NOREPLACE) == 0)
			return 0;
		if (errno != EINVAL && errno != ENOSYS)
			return -1;
	}
#endif
	return renameat(save->folder, save->temporary, save->folder, save->name);
}

static void remove_leftover(const struct save *save, char name[NAME_ROOM])
{
	/* Nothing to be done when it fails: the reason for the failure before is the one to tell. */
	if (name[0])
		(void)unlinkat(save->folder, name, 0);
	name[0] = '\0';
}

static enum save_result replace_target(struct save *save)
{
	const struct save_request *request = save->request;
	enum save_result result = look_at_target(save);

	if (result == SAVE_OK && request->keep_old && save->replacing)
		result = keep_old(save);
	if (result != SAVE_OK)
		return result;
	if (move_into_place(save) != 0) {
		if (errno != EEXIST)
			return failed(save, save->name);
		*save->why = "the file is there already; nothing was changed";
		return SAVE_EXISTS;
	}
	save->temporary[0] = '\0';
	/* Some file systems cannot sync a folder and say so by EINVAL; then there is no more to be had. */
	if (fsync(save->folder) != 0 && errno != EINVAL) {
		*save->why = posix_why("%s; the new file is in place, but a power failure could still undo that",
				       strerror(errno));
		return SAVE_FAILED;
	}
	return SAVE_OK;
}

enum save_result platform_save(const struct save_request *request, struct file_identity *identity, const char **why)
{
	struct save save = { .request = request, .why = why };
	enum save_result result;
	struct stat written;

	save.folder = posix_open_folder(request->path, &save.name, why);
	if (save.folder < 0)
		return add_unchanged(why);
	/* Looked at twice: now, so that a refusal costs no writing and for the mode; and again right before the
	 * rename. */
	result = look_at_target(&save);
	if (result == SAVE_OK)
		result = write_temporary(&save, save.temporary, request->bytes, request->count, &written);
	if (result == SAVE_OK)
		result = replace_target(&save);
	remove_leftover(&save, save.temporary);
	remove_leftover(&save, save.backup);
	posix_close(save.folder);
	if (result == SAVE_OK && identity) {
		posix_identify(&written, identity);
		identity->digest = digest_of(request->bytes, request->count);
	}
	return result;
}
