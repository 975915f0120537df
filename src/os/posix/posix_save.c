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

enum { PRIVATE_MODE = 0600 };

struct save {
	const struct save_request *request;
	int folder;
	const char *name;
	bool replacing;                  /* the target was there when we looked */
	struct stat old;
	struct stat written;
	char temporary[ASIDE_ROOM];      /* "" when there is none */
	char backup[ASIDE_ROOM];         /* a second name for the old file, until it becomes NAME~ */
	const char **why;
};

static enum save_result failed(struct save *save, const char *what)
{
	*save->why = posix_why("%s: %s; nothing was changed", what, strerror(errno));
	return SAVE_FAILED;
}

static enum save_result changed(struct save *save)
{
	*save->why = "somebody changed the file since it was read; nothing was changed";
	return SAVE_CHANGED;
}

static enum save_result exists(struct save *save)
{
	*save->why = "the file is there already; nothing was changed";
	return SAVE_EXISTS;
}

/* ---- the target ---- */

/* Digest of the file NAME, which must still be the one that STATUS tells of. */
static bool digest_of_file(struct save *save, const char *name, const struct stat *status, struct digest *digest)
{
	int descriptor = posix_open_at(save->folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
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

/* Whether NAME, which STATUS tells of, is what the request says that it is. */
static bool is_expected(struct save *save, const char *name, const struct stat *status)
{
	const struct file_identity *expected = save->request->expected;
	struct file_identity there;

	posix_identify(status, &there);
	return there.device == expected->device && there.inode == expected->inode && there.size == expected->size &&
	       there.modified_ns == expected->modified_ns && digest_of_file(save, name, status, &there.digest) &&
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
	if (request->secret || (!request->force && !expected))
		return exists(save);
	return request->force || is_expected(save, save->name, &save->old) ? SAVE_OK : changed(save);
}

/* In a folder such as /tmp another account's file cannot be replaced, and a second name made for it would stay. */
static bool is_protected(const struct save *save)
{
	struct stat folder;
	uid_t own = geteuid();

	return save->replacing && own != 0 && save->old.st_uid != own && fstat(save->folder, &folder) == 0 &&
	       (folder.st_mode & S_ISVTX) && folder.st_uid != own;
}

/* ---- the temporary file ---- */

static int create_temporary(struct save *save, char name[ASIDE_ROOM])
{
	int descriptor;

	for (unsigned attempt = 0; attempt < 100; attempt++) {
		posix_aside_name(save->name, attempt, ".tmp", name);
		descriptor = posix_open_at(save->folder, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW);
		if (descriptor >= 0)
			return descriptor;
		if (errno != EEXIST && errno != EINTR)
			break;
	}
	name[0] = '\0';
	return -1;
}

/* The rights of the old file; of a new one those of the file that it is to be like, without any for others. */
static bool set_rights(const struct save *save, int descriptor)
{
	struct stat like;

	if (save->replacing)
		return posix_take_over(descriptor, save->request->path, &save->old, save->old.st_mode & 0777,
				       save->why);
	if (save->request->like && stat(save->request->like, &like) == 0 && S_ISREG(like.st_mode))
		return posix_take_over(descriptor, save->request->like, &like,
				       (like.st_mode & 0660) | PRIVATE_MODE, save->why);
	if (fchmod(descriptor, PRIVATE_MODE) == 0)
		return true;
	*save->why = strerror(errno);
	return false;
}

/* BYTES and rights into the new file DESCRIPTOR, down to the disk; closes it. WRITTEN gets what it is. */
static enum save_result fill(struct save *save, int descriptor, const void *bytes, size_t count)
{
	enum save_result result = SAVE_OK;

	if (posix_write(descriptor, bytes, count) != 0)
		result = failed(save, "cannot write");
	else if (!set_rights(save, descriptor))
		result = posix_unchanged(save->why);
	else if (fsync(descriptor) != 0 || fstat(descriptor, &save->written) != 0)
		result = failed(save, "cannot write to the disk");
	if (posix_close(descriptor) != 0 && result == SAVE_OK)
		result = failed(save, "cannot write");
	return result;
}

static enum save_result write_temporary(struct save *save, char name[ASIDE_ROOM], const void *bytes, size_t count)
{
	int descriptor = create_temporary(save, name);

	return descriptor < 0 ? failed(save, "cannot make a temporary file") : fill(save, descriptor, bytes, count);
}

/* ---- the old file under NAME~ ---- */

/* For file systems without hard links. */
static enum save_result copy_old(struct save *save)
{
	int descriptor = posix_open_at(save->folder, save->name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
	size_t size = (size_t)save->old.st_size;
	struct strbuf bytes = STRBUF_INIT;
	struct stat written = save->written;
	enum save_result result;
	ssize_t got;

	if (descriptor < 0)
		return failed(save, "cannot keep the old file");
	got = posix_read(descriptor, strbuf_reserve(&bytes, size), size);
	if (got != (ssize_t)size) {
		if (got >= 0)
			errno = EIO;
		result = failed(save, "cannot keep the old file");
	} else {
		result = write_temporary(save, save->backup, strbuf_text(&bytes), size);
		save->written = written;
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
		posix_aside_name(save->name, 100, ".tmp", save->backup);
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

/* ---- into place ---- */

/* Not every file system and kernel has the flags of renameat2. */
static bool no_such_rename(void)
{
	return errno == EINVAL || errno == ENOSYS || errno == ENOTSUP;
}

/* The way without those flags: look once more, then rename. */
static enum save_result plain_rename(struct save *save)
{
	enum save_result result = look_at_target(save);

	if (result != SAVE_OK)
		return result;
	if (renameat(save->folder, save->temporary, save->folder, save->name) != 0)
		return failed(save, save->name);
	save->temporary[0] = '\0';
	return SAVE_OK;
}

/* The swap took something away that nobody knew of: swap again. What comes back then must be ours, else a third one
 * was faster and its file stays under the temporary name. */
static enum save_result put_back(struct save *save)
{
	struct stat back;

	if (renameat2(save->folder, save->temporary, save->folder, save->name, RENAME_EXCHANGE) == 0 &&
	    fstatat(save->folder, save->temporary, &back, AT_SYMLINK_NOFOLLOW) == 0 &&
	    back.st_ino == save->written.st_ino && back.st_dev == save->written.st_dev)
		return changed(save);
	*save->why = posix_why("somebody changed the file at the same moment; what was there is kept as %s",
			       save->temporary);
	save->temporary[0] = '\0';
	return SAVE_FAILED;
}

/* Swaps old and new and looks at what came back. */
static enum save_result replace_old(struct save *save)
{
	struct stat back;

	if (renameat2(save->folder, save->temporary, save->folder, save->name, RENAME_EXCHANGE) != 0) {
		if (no_such_rename())
			return plain_rename(save);
		/* Removed since we looked: the next look says what that means. */
		return errno == ENOENT ? plain_rename(save) : failed(save, save->name);
	}
	if (fstatat(save->folder, save->temporary, &back, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISREG(back.st_mode))
		return put_back(save);
	if (!save->request->force && !is_expected(save, save->temporary, &back))
		return put_back(save);
	/* What force replaces may be another file than the one that was kept: swap back rather than lose it. */
	return save->request->keep_old && back.st_ino != save->old.st_ino ? put_back(save) : SAVE_OK;
}

/* A new file must not take the place of one that appeared a moment ago. */
static enum save_result place_new(struct save *save)
{
	if (renameat2(save->folder, save->temporary, save->folder, save->name, RENAME_NOREPLACE) == 0) {
		save->temporary[0] = '\0';
		return SAVE_OK;
	}
	if (errno == EEXIST && !save->request->force)
		return exists(save);
	return errno == EEXIST || no_such_rename() ? plain_rename(save) : failed(save, save->name);
}

static enum save_result sync_folder(struct save *save)
{
	/* Some file systems cannot sync a folder and say so by EINVAL; then there is no more to be had. */
	if (fsync(save->folder) == 0 || errno == EINVAL)
		return SAVE_OK;
	*save->why = strerror(errno);
	return SAVE_UNSURE;
}

/* ---- passwords ---- */

/* A file without a name until it is whole: what a kill leaves is nothing. */
static enum save_result save_secret(struct save *save)
{
	int descriptor = posix_open_at(save->folder, ".", O_WRONLY | O_TMPFILE), again;
	enum save_result result;
	char self[40];

	if (descriptor < 0 && (errno == ENOTSUP || errno == EISDIR || errno == ENOENT)) {
		*save->why = "this file system has no files without a name, so the passwords would stay there if the "
			     "program were killed; another folder, such as /dev/shm, may have them; nothing was "
			     "changed";
		return SAVE_FAILED;
	}
	/* fill() closes one; the other keeps the file alive until it has its name. */
	again = descriptor < 0 ? -1 : fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
	if (again < 0) {
		result = failed(save, "cannot make a file without a name");
		if (descriptor >= 0)
			posix_close(descriptor);
		return result;
	}
	result = fill(save, descriptor, save->request->bytes, save->request->count);
	snprintf(self, sizeof(self), "/proc/self/fd/%d", again);
	if (result == SAVE_OK && linkat(AT_FDCWD, self, save->folder, save->name, AT_SYMLINK_FOLLOW) != 0)
		result = errno == EEXIST ? exists(save) : failed(save, "cannot give the file its name");
	posix_close(again);
	return result;
}

/* ---- the steps ---- */

static void remove_leftover(const struct save *save, char name[ASIDE_ROOM])
{
	/* Nothing to be done when it fails: it is known by its name, and the next save here tries again. */
	if (name[0])
		(void)unlinkat(save->folder, name, 0);
	name[0] = '\0';
}

static enum save_result save_visible(struct save *save)
{
	const struct save_request *request = save->request;
	enum save_result result = write_temporary(save, save->temporary, request->bytes, request->count);

	if (result == SAVE_OK && request->keep_old && save->replacing)
		result = keep_old(save);
	if (result == SAVE_OK)
		result = save->replacing ? replace_old(save) : place_new(save);
	return result;
}

static enum save_result save_locked(struct save *save)
{
	enum save_result result;
	sigset_t before;

	posix_hold_signals(&before);
	posix_aside_clean(save->folder, save->name);
	/* A refusal costs no writing; and the rights of the old file are known. */
	result = look_at_target(save);
	if (result == SAVE_OK && is_protected(save)) {
		*save->why = "only its owner may replace it in this folder; nothing was changed";
		result = SAVE_FAILED;
	}
	if (result == SAVE_OK)
		result = save->request->secret ? save_secret(save) : save_visible(save);
	if (result == SAVE_OK)
		result = sync_folder(save);
	remove_leftover(save, save->temporary);
	remove_leftover(save, save->backup);
	posix_release_signals(&before);
	return result;
}

enum save_result platform_save(const struct save_request *request, struct file_identity *identity, const char **why)
{
	struct save save = { .request = request, .why = why };
	enum save_result result = SAVE_FAILED;
	int lock = -1;

	save.folder = posix_open_folder(request->path, &save.name, why);
	if (save.folder < 0)
		return posix_unchanged(why);
	if (!request->locked)
		lock = platform_lock(request->path, request->wait, why);
	if (request->locked || lock >= 0)
		result = save_locked(&save);
	else
		posix_unchanged(why);
	posix_close(save.folder);
	if (lock >= 0)
		platform_unlock(request->path, lock);
	if (save_is_done(result) && identity) {
		posix_identify(&save.written, identity);
		identity->digest = digest_of(request->bytes, request->count);
	}
	return result;
}
