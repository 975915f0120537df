/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * POSIX: a folder of files, whole or not at all: made aside, then moved into place in one step.
 */
#include "os/posix/posix.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

enum { DEEPEST = 8, MOST_ENTRIES = 10000 };

struct making {
	const struct folder_request *request;
	int parent;
	const char *name;
	bool replacing;
	struct stat old;             /* of the folder that is there */
	unsigned entries;
	char aside[ASIDE_ROOM];      /* "" when there is none */
	const char **why;
};

static enum save_result failed(struct making *making, const char *what)
{
	*making->why = posix_why("%.500s: %s; nothing was changed", what, strerror(errno));
	return SAVE_FAILED;
}

/* ---- what is there ---- */

static bool is_among_files(const struct folder_request *request, const char *name)
{
	for (size_t i = 0; i < request->count; i++) {
		if (str_eq(request->files[i].name, name))
			return true;
	}
	return false;
}

/* What an entry that is no folder means for the request. */
static enum save_result judge_entry(struct making *making, const char *name, const struct stat *status)
{
	const struct folder_request *request = making->request;

	if (!S_ISREG(status->st_mode) ||
	    (!is_among_files(request, name) && !(request->is_ours && request->is_ours(name, request->data)))) {
		*making->why = posix_why("it holds %.500s, which is none of the files that are made there; nothing was "
					 "changed",
					 name);
		return SAVE_FAILED;
	}
	if (request->force)
		return SAVE_OK;
	*making->why = posix_why("%.500s is there already; nothing was changed", name);
	return SAVE_EXISTS;
}

static enum save_result look_below(struct making *making, int folder, const char *below, unsigned depth);

static enum save_result look_at_entry(struct making *making, int folder, const char *entry, const char *below,
				      unsigned depth)
{
	enum save_result result = SAVE_OK;
	struct strbuf name = STRBUF_INIT;
	struct stat status;
	int inside;

	strbuf_printf(&name, "%s%s%s", below, *below ? "/" : "", entry);
	if (++making->entries > MOST_ENTRIES || depth > DEEPEST) {
		*making->why = "it holds more than such a folder; nothing was changed";
		result = SAVE_FAILED;
	} else if (fstatat(folder, entry, &status, AT_SYMLINK_NOFOLLOW) != 0) {
		result = failed(making, strbuf_text(&name));
	} else if (!S_ISDIR(status.st_mode)) {
		result = judge_entry(making, strbuf_text(&name), &status);
	} else {
		inside = posix_open_at(folder, entry, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
		result = inside < 0 ? failed(making, strbuf_text(&name))
				    : look_below(making, inside, strbuf_text(&name), depth + 1);
	}
	strbuf_clear(&name);
	return result;
}

/* Closes FOLDER. What is foreign counts more than what is there. */
static enum save_result look_below(struct making *making, int folder, const char *below, unsigned depth)
{
	enum save_result result = SAVE_OK, one;
	DIR *stream = fdopendir(folder);
	const struct dirent *entry;
	int error;

	if (!stream) {
		result = failed(making, *below ? below : making->name);
		posix_close(folder);
		return result;
	}
	while (result != SAVE_FAILED && (errno = 0, entry = readdir(stream)) != NULL) {
		if (str_eq(entry->d_name, ".") || str_eq(entry->d_name, ".."))
			continue;
		one = look_at_entry(making, folder, entry->d_name, below, depth);
		result = one != SAVE_OK ? one : result;
		errno = 0;
	}
	error = result == SAVE_FAILED ? 0 : errno;
	(void)closedir(stream); /* was only read */
	errno = error;
	return error ? failed(making, *below ? below : making->name) : result;
}

/* Whether the request allows to replace the folder NAME, the target or what came back for it. */
static enum save_result look_at_folder(struct making *making, const char *name)
{
	int folder = posix_open_at(making->parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);

	making->entries = 0;
	return folder < 0 ? failed(making, making->name) : look_below(making, folder, "", 0);
}

static enum save_result look_at_target(struct making *making)
{
	making->replacing = fstatat(making->parent, making->name, &making->old, AT_SYMLINK_NOFOLLOW) == 0;
	if (!making->replacing)
		return errno == ENOENT ? SAVE_OK : failed(making, making->name);
	if (S_ISDIR(making->old.st_mode))
		return look_at_folder(making, making->name);
	*making->why = S_ISLNK(making->old.st_mode) ? "it is a symbolic link; nothing was changed"
						    : "it is not a folder; nothing was changed";
	return SAVE_FAILED;
}

/* ---- making it ---- */

/* Opens the folder PART of FOLDER, made when it is not there; closes FOLDER. -1 with errno. */
static int enter(int folder, const char *part)
{
	int inside = -1;

	if (mkdirat(folder, part, 0700) == 0 || errno == EEXIST)
		inside = posix_open_at(folder, part, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
	posix_close(folder);
	return inside;
}

/* The folder that NAME stands in below ROOT; *LAST is the last part of NAME. -1 with errno. */
static int open_place(int root, const char *name, const char **last)
{
	int folder = fcntl(root, F_DUPFD_CLOEXEC, 0);
	struct strbuf part = STRBUF_INIT;
	const char *slash;

	for (*last = name; folder >= 0 && (slash = strchr(*last, '/')) != NULL; *last = slash + 1) {
		strbuf_reset(&part);
		strbuf_add(&part, *last, (size_t)(slash - *last));
		folder = enter(folder, strbuf_text(&part));
	}
	strbuf_clear(&part);
	return folder;
}

/* Rights as the file of this name had, else as the old folder gives them. */
static bool set_rights(const struct making *making, const char *name, int descriptor)
{
	struct strbuf path = STRBUF_INIT;
	struct stat like;
	bool taken;

	if (!making->replacing)
		return true;
	strbuf_printf(&path, "%s/%s", making->request->path, name);
	if (lstat(strbuf_text(&path), &like) == 0 && S_ISREG(like.st_mode))
		taken = posix_take_over(descriptor, strbuf_text(&path), &like, like.st_mode & 0777, making->why);
	else
		taken = posix_take_over(descriptor, making->request->path, &making->old,
					(making->old.st_mode & 0666) | 0600, making->why);
	strbuf_clear(&path);
	return taken;
}

/* The entries of ROOT itself are made sure once, when all are there. */
static enum save_result write_file(struct making *making, int root, const struct folder_file *file)
{
	enum save_result result = SAVE_OK;
	const char *last;
	int folder = open_place(root, file->name, &last), descriptor;

	if (folder < 0)
		return failed(making, file->name);
	descriptor = posix_open_at(folder, last, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW);
	if (descriptor < 0 || posix_write(descriptor, file->bytes, file->count) != 0)
		result = failed(making, file->name);
	else if (!set_rights(making, file->name, descriptor))
		result = posix_unchanged(making->why);
	else if (fsync(descriptor) != 0 ||
		 (last != file->name && fsync(folder) != 0 && errno != EINVAL))
		result = failed(making, file->name);
	if (descriptor >= 0 && posix_close(descriptor) != 0 && result == SAVE_OK)
		result = failed(making, file->name);
	posix_close(folder);
	return result;
}

static bool share_folder(struct making *making, int folder)
{
	return posix_take_over(folder, making->request->path, &making->old, making->old.st_mode & 07777, making->why);
}

/* The folders below, which were made with 0700, get the rights of the one that is replaced. */
static bool share_folders(struct making *making, int root)
{
	const char *last;
	bool fine = true;
	int folder;

	for (size_t i = 0; fine && i < making->request->count; i++) {
		if (!strchr(making->request->files[i].name, '/'))
			continue;
		folder = open_place(root, making->request->files[i].name, &last);
		fine = folder >= 0 && share_folder(making, folder);
		if (folder >= 0)
			posix_close(folder);
		else
			*making->why = strerror(errno);
	}
	return fine && share_folder(making, root);
}

static enum save_result make_aside(struct making *making)
{
	enum save_result result = SAVE_OK;
	unsigned attempt = 0;
	int root;

	do {
		posix_aside_name(making->name, attempt, ".tmp", making->aside);
	} while (mkdirat(making->parent, making->aside, 0700) != 0 && errno == EEXIST && ++attempt < 100);
	root = posix_open_at(making->parent, making->aside, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
	if (root < 0)
		return failed(making, "cannot make a temporary folder");
	for (size_t i = 0; i < making->request->count && result == SAVE_OK; i++)
		result = write_file(making, root, &making->request->files[i]);
	if (result == SAVE_OK && making->replacing && !share_folders(making, root))
		result = posix_unchanged(making->why);
	if (result == SAVE_OK && fsync(root) != 0 && errno != EINVAL)
		result = failed(making, making->name);
	posix_close(root);
	return result;
}

/* ---- into place ---- */

static bool no_such_rename(void)
{
	return errno == EINVAL || errno == ENOSYS || errno == ENOTSUP;
}

/* rename puts a folder in the place of an empty one only, so nothing is lost by it. */
static enum save_result place_new(struct making *making)
{
	int moved = renameat2(making->parent, making->aside, making->parent, making->name, RENAME_NOREPLACE);

	if (moved != 0 && no_such_rename())
		moved = renameat(making->parent, making->aside, making->parent, making->name);
	if (moved != 0 && (errno == EEXIST || errno == ENOTEMPTY)) {
		*making->why = "somebody made it at the same moment; nothing was changed";
		return SAVE_CHANGED;
	}
	if (moved != 0)
		return failed(making, making->name);
	making->aside[0] = '\0';
	return SAVE_OK;
}

/* The way without a swap: the old one goes aside under a name from which it comes back when we are killed here. */
static enum save_result replace_in_two(struct making *making)
{
	char old[ASIDE_ROOM];

	posix_aside_name(making->name, 0, ".old", old);
	if (renameat(making->parent, making->name, making->parent, old) != 0)
		return failed(making, making->name);
	if (renameat(making->parent, making->aside, making->parent, making->name) != 0) {
		int error = errno;
		if (renameat(making->parent, old, making->parent, making->name) != 0) {
			*making->why = posix_why("%.200s: %s; what was there is kept as %s", making->name,
						 strerror(error), old);
			return SAVE_FAILED;
		}
		errno = error;
		return failed(making, making->name);
	}
	memcpy(making->aside, old, sizeof(old));
	return SAVE_OK;
}

static enum save_result replace_old(struct making *making)
{
	enum save_result result;
	struct stat back;

	if (renameat2(making->parent, making->aside, making->parent, making->name, RENAME_EXCHANGE) != 0)
		return no_such_rename() ? replace_in_two(making) : failed(making, making->name);
	if (fstatat(making->parent, making->aside, &back, AT_SYMLINK_NOFOLLOW) == 0 &&
	    back.st_ino == making->old.st_ino && back.st_dev == making->old.st_dev)
		result = look_at_folder(making, making->aside);
	else
		result = SAVE_CHANGED;
	if (result == SAVE_OK)
		return SAVE_OK;
	if (renameat2(making->parent, making->aside, making->parent, making->name, RENAME_EXCHANGE) != 0) {
		*making->why = posix_why("somebody changed it at the same moment; what was there is kept as %s",
					 making->aside);
		making->aside[0] = '\0';
		return SAVE_FAILED;
	}
	*making->why = "somebody changed it at the same moment; nothing was changed";
	return SAVE_CHANGED;
}

static enum save_result sync_parent(struct making *making)
{
	if (fsync(making->parent) == 0 || errno == EINVAL)
		return SAVE_OK;
	*making->why = strerror(errno);
	return SAVE_UNSURE;
}

static enum save_result make_locked(struct making *making)
{
	enum save_result result;
	sigset_t before;

	posix_hold_signals(&before);
	posix_aside_clean(making->parent, making->name);
	result = look_at_target(making);
	if (result == SAVE_OK)
		result = make_aside(making);
	if (result == SAVE_OK)
		result = making->replacing ? replace_old(making) : place_new(making);
	if (result == SAVE_OK)
		result = sync_parent(making);
	/* The new one that failed, or the old one; what stays goes with the next save here. */
	if (making->aside[0])
		(void)posix_remove_tree(making->parent, making->aside);
	posix_release_signals(&before);
	return result;
}

/* PATH without slashes at its end, its parents made. */
static int open_parent(struct strbuf *path, const char **name, const char **why)
{
	struct strbuf parents = STRBUF_INIT;
	const char *slash;
	bool made = true;

	while (path->length > 1 && strbuf_text(path)[path->length - 1] == '/')
		strbuf_truncate(path, path->length - 1);
	slash = strrchr(strbuf_text(path), '/');
	if (slash && slash > strbuf_text(path)) {
		strbuf_add(&parents, strbuf_text(path), (size_t)(slash - strbuf_text(path)));
		made = platform_make_folder(strbuf_text(&parents), why);
	}
	strbuf_clear(&parents);
	return made ? posix_open_folder(strbuf_text(path), name, why) : -1;
}

enum save_result platform_save_folder(const struct folder_request *request, const char **why)
{
	struct making making = { .request = request, .why = why };
	struct strbuf path = STRBUF_INIT;
	enum save_result result = SAVE_FAILED;
	int lock = -1;

	strbuf_puts(&path, request->path);
	making.parent = open_parent(&path, &making.name, why);
	if (making.parent >= 0)
		lock = platform_lock(strbuf_text(&path), request->wait, why);
	if (lock >= 0)
		result = make_locked(&making);
	else
		posix_unchanged(why);
	if (making.parent >= 0)
		posix_close(making.parent);
	if (lock >= 0)
		platform_unlock(strbuf_text(&path), lock);
	strbuf_clear(&path);
	return result;
}
